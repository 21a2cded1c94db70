//! Structures and unions of Amazon EC2 (networking). Required members are plain, all others `Option`.

#![allow(unused_imports, reason = "which of them a model needs varies")]
#![allow(clippy::large_enum_variant, reason = "a union is read once and taken apart")]

use std::collections::BTreeMap;

use wire::{Blob, Document, Timestamp};

use super::{enums::*, errors::ErrorCode, schema as s};
use crate::EventStream;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountAttribute {
    pub attribute_name: Option<String>,
    pub attribute_values: Option<Vec<AccountAttributeValue>>,
}

wire::structure!(AccountAttribute, s::ACCOUNT_ATTRIBUTE, {
    0: attribute_name, 1: attribute_values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AccountAttributeValue {
    pub attribute_value: Option<String>,
}

wire::structure!(AccountAttributeValue, s::ACCOUNT_ATTRIBUTE_VALUE, {
    0: attribute_value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddPrefixListEntry {
    pub cidr: String,
    pub description: Option<String>,
}

wire::structure!(AddPrefixListEntry, s::ADD_PREFIX_LIST_ENTRY, {
    0: cidr, 1: description,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Address {
    pub allocation_id: Option<String>,
    pub association_id: Option<String>,
    pub domain: Option<DomainType>,
    pub network_interface_id: Option<String>,
    pub network_interface_owner_id: Option<String>,
    pub private_ip_address: Option<String>,
    pub tags: Option<Vec<Tag>>,
    pub public_ipv4_pool: Option<String>,
    pub network_border_group: Option<String>,
    pub customer_owned_ip: Option<String>,
    pub customer_owned_ipv4_pool: Option<String>,
    pub carrier_ip: Option<String>,
    pub subnet_id: Option<String>,
    pub service_managed: Option<ServiceManaged>,
    pub instance_id: Option<String>,
    pub public_ip: Option<String>,
}

wire::structure!(Address, s::ADDRESS, {
    0: allocation_id, 1: association_id, 2: domain, 3: network_interface_id,
    4: network_interface_owner_id, 5: private_ip_address, 6: tags, 7: public_ipv4_pool,
    8: network_border_group, 9: customer_owned_ip, 10: customer_owned_ipv4_pool, 11: carrier_ip,
    12: subnet_id, 13: service_managed, 14: instance_id, 15: public_ip,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddressAttribute {
    pub public_ip: Option<String>,
    pub allocation_id: Option<String>,
    pub ptr_record: Option<String>,
    pub ptr_record_update: Option<PtrUpdateStatus>,
}

wire::structure!(AddressAttribute, s::ADDRESS_ATTRIBUTE, {
    0: public_ip, 1: allocation_id, 2: ptr_record, 3: ptr_record_update,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AllocateAddressRequest {
    pub domain: Option<DomainType>,
    pub address: Option<String>,
    pub public_ipv4_pool: Option<String>,
    pub network_border_group: Option<String>,
    pub customer_owned_ipv4_pool: Option<String>,
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub ipam_pool_id: Option<String>,
    pub dry_run: Option<bool>,
}

wire::structure!(AllocateAddressRequest, s::ALLOCATE_ADDRESS_REQUEST, {
    0: domain, 1: address, 2: public_ipv4_pool, 3: network_border_group, 4: customer_owned_ipv4_pool,
    5: tag_specifications, 6: ipam_pool_id, 7: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AllocateAddressResult {
    pub allocation_id: Option<String>,
    pub public_ipv4_pool: Option<String>,
    pub network_border_group: Option<String>,
    pub domain: Option<DomainType>,
    pub customer_owned_ip: Option<String>,
    pub customer_owned_ipv4_pool: Option<String>,
    pub carrier_ip: Option<String>,
    pub public_ip: Option<String>,
}

wire::structure!(AllocateAddressResult, s::ALLOCATE_ADDRESS_RESULT, {
    0: allocation_id, 1: public_ipv4_pool, 2: network_border_group, 3: domain, 4: customer_owned_ip,
    5: customer_owned_ipv4_pool, 6: carrier_ip, 7: public_ip,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssignPrivateIpAddressesRequest {
    pub ipv4_prefixes: Option<Vec<String>>,
    pub ipv4_prefix_count: Option<i32>,
    pub network_interface_id: String,
    pub private_ip_addresses: Option<Vec<String>>,
    pub secondary_private_ip_address_count: Option<i32>,
    pub allow_reassignment: Option<bool>,
}

wire::structure!(AssignPrivateIpAddressesRequest, s::ASSIGN_PRIVATE_IP_ADDRESSES_REQUEST, {
    0: ipv4_prefixes, 1: ipv4_prefix_count, 2: network_interface_id, 3: private_ip_addresses,
    4: secondary_private_ip_address_count, 5: allow_reassignment,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssignPrivateIpAddressesResult {
    pub network_interface_id: Option<String>,
    pub assigned_private_ip_addresses: Option<Vec<AssignedPrivateIpAddress>>,
    pub assigned_ipv4_prefixes: Option<Vec<Ipv4PrefixSpecification>>,
}

wire::structure!(AssignPrivateIpAddressesResult, s::ASSIGN_PRIVATE_IP_ADDRESSES_RESULT, {
    0: network_interface_id, 1: assigned_private_ip_addresses, 2: assigned_ipv4_prefixes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssignedPrivateIpAddress {
    pub private_ip_address: Option<String>,
}

wire::structure!(AssignedPrivateIpAddress, s::ASSIGNED_PRIVATE_IP_ADDRESS, {
    0: private_ip_address,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssociateAddressRequest {
    pub allocation_id: Option<String>,
    pub instance_id: Option<String>,
    pub public_ip: Option<String>,
    pub dry_run: Option<bool>,
    pub network_interface_id: Option<String>,
    pub private_ip_address: Option<String>,
    pub allow_reassociation: Option<bool>,
}

wire::structure!(AssociateAddressRequest, s::ASSOCIATE_ADDRESS_REQUEST, {
    0: allocation_id, 1: instance_id, 2: public_ip, 3: dry_run, 4: network_interface_id,
    5: private_ip_address, 6: allow_reassociation,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssociateAddressResult {
    pub association_id: Option<String>,
}

wire::structure!(AssociateAddressResult, s::ASSOCIATE_ADDRESS_RESULT, {
    0: association_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssociateDhcpOptionsRequest {
    pub dhcp_options_id: String,
    pub vpc_id: String,
    pub dry_run: Option<bool>,
}

wire::structure!(AssociateDhcpOptionsRequest, s::ASSOCIATE_DHCP_OPTIONS_REQUEST, {
    0: dhcp_options_id, 1: vpc_id, 2: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssociateRouteTableRequest {
    pub gateway_id: Option<String>,
    pub public_ipv4_pool: Option<String>,
    pub dry_run: Option<bool>,
    pub subnet_id: Option<String>,
    pub route_table_id: String,
}

wire::structure!(AssociateRouteTableRequest, s::ASSOCIATE_ROUTE_TABLE_REQUEST, {
    0: gateway_id, 1: public_ipv4_pool, 2: dry_run, 3: subnet_id, 4: route_table_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssociateRouteTableResult {
    pub association_id: Option<String>,
    pub association_state: Option<RouteTableAssociationState>,
}

wire::structure!(AssociateRouteTableResult, s::ASSOCIATE_ROUTE_TABLE_RESULT, {
    0: association_id, 1: association_state,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssociateSubnetCidrBlockRequest {
    pub ipv6_ipam_pool_id: Option<String>,
    pub ipv6_netmask_length: Option<i32>,
    pub subnet_id: String,
    pub ipv6_cidr_block: Option<String>,
}

wire::structure!(AssociateSubnetCidrBlockRequest, s::ASSOCIATE_SUBNET_CIDR_BLOCK_REQUEST, {
    0: ipv6_ipam_pool_id, 1: ipv6_netmask_length, 2: subnet_id, 3: ipv6_cidr_block,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssociateSubnetCidrBlockResult {
    pub ipv6_cidr_block_association: Option<SubnetIpv6CidrBlockAssociation>,
    pub subnet_id: Option<String>,
}

wire::structure!(AssociateSubnetCidrBlockResult, s::ASSOCIATE_SUBNET_CIDR_BLOCK_RESULT, {
    0: ipv6_cidr_block_association, 1: subnet_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssociateVpcCidrBlockRequest {
    pub cidr_block: Option<String>,
    pub ipv6_cidr_block_network_border_group: Option<String>,
    pub ipv6_pool: Option<String>,
    pub ipv6_cidr_block: Option<String>,
    pub ipv4_ipam_pool_id: Option<String>,
    pub ipv4_netmask_length: Option<i32>,
    pub ipv6_ipam_pool_id: Option<String>,
    pub ipv6_netmask_length: Option<i32>,
    pub vpc_id: String,
    pub amazon_provided_ipv6_cidr_block: Option<bool>,
}

wire::structure!(AssociateVpcCidrBlockRequest, s::ASSOCIATE_VPC_CIDR_BLOCK_REQUEST, {
    0: cidr_block, 1: ipv6_cidr_block_network_border_group, 2: ipv6_pool, 3: ipv6_cidr_block,
    4: ipv4_ipam_pool_id, 5: ipv4_netmask_length, 6: ipv6_ipam_pool_id, 7: ipv6_netmask_length,
    8: vpc_id, 9: amazon_provided_ipv6_cidr_block,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AssociateVpcCidrBlockResult {
    pub ipv6_cidr_block_association: Option<VpcIpv6CidrBlockAssociation>,
    pub cidr_block_association: Option<VpcCidrBlockAssociation>,
    pub vpc_id: Option<String>,
}

wire::structure!(AssociateVpcCidrBlockResult, s::ASSOCIATE_VPC_CIDR_BLOCK_RESULT, {
    0: ipv6_cidr_block_association, 1: cidr_block_association, 2: vpc_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachInternetGatewayRequest {
    pub dry_run: Option<bool>,
    pub internet_gateway_id: String,
    pub vpc_id: String,
}

wire::structure!(AttachInternetGatewayRequest, s::ATTACH_INTERNET_GATEWAY_REQUEST, {
    0: dry_run, 1: internet_gateway_id, 2: vpc_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachNetworkInterfaceRequest {
    pub network_card_index: Option<i32>,
    pub ena_srd_specification: Option<EnaSrdSpecification>,
    pub ena_queue_count: Option<i32>,
    pub dry_run: Option<bool>,
    pub network_interface_id: String,
    pub instance_id: String,
    pub device_index: i32,
}

wire::structure!(AttachNetworkInterfaceRequest, s::ATTACH_NETWORK_INTERFACE_REQUEST, {
    0: network_card_index, 1: ena_srd_specification, 2: ena_queue_count, 3: dry_run,
    4: network_interface_id, 5: instance_id, 6: device_index,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachNetworkInterfaceResult {
    pub attachment_id: Option<String>,
    pub network_card_index: Option<i32>,
}

wire::structure!(AttachNetworkInterfaceResult, s::ATTACH_NETWORK_INTERFACE_RESULT, {
    0: attachment_id, 1: network_card_index,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachmentEnaSrdSpecification {
    pub ena_srd_enabled: Option<bool>,
    pub ena_srd_udp_specification: Option<AttachmentEnaSrdUdpSpecification>,
}

wire::structure!(AttachmentEnaSrdSpecification, s::ATTACHMENT_ENA_SRD_SPECIFICATION, {
    0: ena_srd_enabled, 1: ena_srd_udp_specification,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachmentEnaSrdUdpSpecification {
    pub ena_srd_udp_enabled: Option<bool>,
}

wire::structure!(AttachmentEnaSrdUdpSpecification, s::ATTACHMENT_ENA_SRD_UDP_SPECIFICATION, {
    0: ena_srd_udp_enabled,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttributeBooleanValue {
    pub value: Option<bool>,
}

wire::structure!(AttributeBooleanValue, s::ATTRIBUTE_BOOLEAN_VALUE, {
    0: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttributeValue {
    pub value: Option<String>,
}

wire::structure!(AttributeValue, s::ATTRIBUTE_VALUE, {
    0: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthorizeSecurityGroupEgressRequest {
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub dry_run: Option<bool>,
    pub group_id: String,
    pub source_security_group_name: Option<String>,
    pub source_security_group_owner_id: Option<String>,
    pub ip_protocol: Option<String>,
    pub from_port: Option<i32>,
    pub to_port: Option<i32>,
    pub cidr_ip: Option<String>,
    pub ip_permissions: Option<Vec<IpPermission>>,
}

wire::structure!(AuthorizeSecurityGroupEgressRequest, s::AUTHORIZE_SECURITY_GROUP_EGRESS_REQUEST, {
    0: tag_specifications, 1: dry_run, 2: group_id, 3: source_security_group_name,
    4: source_security_group_owner_id, 5: ip_protocol, 6: from_port, 7: to_port, 8: cidr_ip,
    9: ip_permissions,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthorizeSecurityGroupEgressResult {
    pub r#return: Option<bool>,
    pub security_group_rules: Option<Vec<SecurityGroupRule>>,
}

wire::structure!(AuthorizeSecurityGroupEgressResult, s::AUTHORIZE_SECURITY_GROUP_EGRESS_RESULT, {
    0: r#return, 1: security_group_rules,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthorizeSecurityGroupIngressRequest {
    pub cidr_ip: Option<String>,
    pub from_port: Option<i32>,
    pub group_id: Option<String>,
    pub group_name: Option<String>,
    pub ip_permissions: Option<Vec<IpPermission>>,
    pub ip_protocol: Option<String>,
    pub source_security_group_name: Option<String>,
    pub source_security_group_owner_id: Option<String>,
    pub to_port: Option<i32>,
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub dry_run: Option<bool>,
}

wire::structure!(AuthorizeSecurityGroupIngressRequest, s::AUTHORIZE_SECURITY_GROUP_INGRESS_REQUEST, {
    0: cidr_ip, 1: from_port, 2: group_id, 3: group_name, 4: ip_permissions, 5: ip_protocol,
    6: source_security_group_name, 7: source_security_group_owner_id, 8: to_port,
    9: tag_specifications, 10: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthorizeSecurityGroupIngressResult {
    pub r#return: Option<bool>,
    pub security_group_rules: Option<Vec<SecurityGroupRule>>,
}

wire::structure!(AuthorizeSecurityGroupIngressResult, s::AUTHORIZE_SECURITY_GROUP_INGRESS_RESULT, {
    0: r#return, 1: security_group_rules,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AvailabilityZone {
    pub opt_in_status: Option<AvailabilityZoneOptInStatus>,
    pub messages: Option<Vec<AvailabilityZoneMessage>>,
    pub region_name: Option<String>,
    pub zone_name: Option<String>,
    pub zone_id: Option<String>,
    pub group_name: Option<String>,
    pub network_border_group: Option<String>,
    pub zone_type: Option<String>,
    pub parent_zone_name: Option<String>,
    pub parent_zone_id: Option<String>,
    pub group_long_name: Option<String>,
    pub geography: Option<Vec<AvailabilityZoneGeography>>,
    pub sub_geography: Option<Vec<AvailabilityZoneSubGeography>>,
    pub state: Option<AvailabilityZoneState>,
}

wire::structure!(AvailabilityZone, s::AVAILABILITY_ZONE, {
    0: opt_in_status, 1: messages, 2: region_name, 3: zone_name, 4: zone_id, 5: group_name,
    6: network_border_group, 7: zone_type, 8: parent_zone_name, 9: parent_zone_id,
    10: group_long_name, 11: geography, 12: sub_geography, 13: state,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AvailabilityZoneAddress {
    pub availability_zone: Option<String>,
    pub availability_zone_id: Option<String>,
    pub allocation_ids: Option<Vec<String>>,
}

wire::structure!(AvailabilityZoneAddress, s::AVAILABILITY_ZONE_ADDRESS, {
    0: availability_zone, 1: availability_zone_id, 2: allocation_ids,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AvailabilityZoneGeography {
    pub name: Option<String>,
}

wire::structure!(AvailabilityZoneGeography, s::AVAILABILITY_ZONE_GEOGRAPHY, {
    0: name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AvailabilityZoneMessage {
    pub message: Option<String>,
}

wire::structure!(AvailabilityZoneMessage, s::AVAILABILITY_ZONE_MESSAGE, {
    0: message,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AvailabilityZoneSubGeography {
    pub name: Option<String>,
}

wire::structure!(AvailabilityZoneSubGeography, s::AVAILABILITY_ZONE_SUB_GEOGRAPHY, {
    0: name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BlockDeviceMapping {
    pub ebs: Option<EbsBlockDevice>,
    pub no_device: Option<String>,
    pub device_name: Option<String>,
    pub virtual_name: Option<String>,
}

wire::structure!(BlockDeviceMapping, s::BLOCK_DEVICE_MAPPING, {
    0: ebs, 1: no_device, 2: device_name, 3: virtual_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct BlockPublicAccessStates {
    pub internet_gateway_block_mode: Option<BlockPublicAccessMode>,
}

wire::structure!(BlockPublicAccessStates, s::BLOCK_PUBLIC_ACCESS_STATES, {
    0: internet_gateway_block_mode,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassicLinkDnsSupport {
    pub classic_link_dns_supported: Option<bool>,
    pub vpc_id: Option<String>,
}

wire::structure!(ClassicLinkDnsSupport, s::CLASSIC_LINK_DNS_SUPPORT, {
    0: classic_link_dns_supported, 1: vpc_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConnectionTrackingConfiguration {
    pub tcp_established_timeout: Option<i32>,
    pub udp_stream_timeout: Option<i32>,
    pub udp_timeout: Option<i32>,
}

wire::structure!(ConnectionTrackingConfiguration, s::CONNECTION_TRACKING_CONFIGURATION, {
    0: tcp_established_timeout, 1: udp_stream_timeout, 2: udp_timeout,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConnectionTrackingSpecificationRequest {
    pub tcp_established_timeout: Option<i32>,
    pub udp_stream_timeout: Option<i32>,
    pub udp_timeout: Option<i32>,
}

wire::structure!(ConnectionTrackingSpecificationRequest, s::CONNECTION_TRACKING_SPECIFICATION_REQUEST, {
    0: tcp_established_timeout, 1: udp_stream_timeout, 2: udp_timeout,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateDefaultSubnetRequest {
    pub availability_zone: Option<String>,
    pub dry_run: Option<bool>,
    pub ipv6_native: Option<bool>,
    pub availability_zone_id: Option<String>,
}

wire::structure!(CreateDefaultSubnetRequest, s::CREATE_DEFAULT_SUBNET_REQUEST, {
    0: availability_zone, 1: dry_run, 2: ipv6_native, 3: availability_zone_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateDefaultSubnetResult {
    pub subnet: Option<Subnet>,
}

wire::structure!(CreateDefaultSubnetResult, s::CREATE_DEFAULT_SUBNET_RESULT, {
    0: subnet,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateDefaultVpcRequest {
    pub dry_run: Option<bool>,
}

wire::structure!(CreateDefaultVpcRequest, s::CREATE_DEFAULT_VPC_REQUEST, {
    0: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateDefaultVpcResult {
    pub vpc: Option<Vpc>,
}

wire::structure!(CreateDefaultVpcResult, s::CREATE_DEFAULT_VPC_RESULT, {
    0: vpc,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateDhcpOptionsRequest {
    pub dhcp_configurations: Vec<NewDhcpConfiguration>,
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub dry_run: Option<bool>,
}

wire::structure!(CreateDhcpOptionsRequest, s::CREATE_DHCP_OPTIONS_REQUEST, {
    0: dhcp_configurations, 1: tag_specifications, 2: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateDhcpOptionsResult {
    pub dhcp_options: Option<DhcpOptions>,
}

wire::structure!(CreateDhcpOptionsResult, s::CREATE_DHCP_OPTIONS_RESULT, {
    0: dhcp_options,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateInternetGatewayRequest {
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub dry_run: Option<bool>,
}

wire::structure!(CreateInternetGatewayRequest, s::CREATE_INTERNET_GATEWAY_REQUEST, {
    0: tag_specifications, 1: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateInternetGatewayResult {
    pub internet_gateway: Option<InternetGateway>,
}

wire::structure!(CreateInternetGatewayResult, s::CREATE_INTERNET_GATEWAY_RESULT, {
    0: internet_gateway,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateManagedPrefixListRequest {
    pub dry_run: Option<bool>,
    pub prefix_list_name: String,
    pub entries: Option<Vec<AddPrefixListEntry>>,
    pub max_entries: i32,
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub address_family: String,
    pub client_token: Option<String>,
}

wire::structure!(CreateManagedPrefixListRequest, s::CREATE_MANAGED_PREFIX_LIST_REQUEST, {
    0: dry_run, 1: prefix_list_name, 2: entries, 3: max_entries, 4: tag_specifications,
    5: address_family, 6: client_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateManagedPrefixListResult {
    pub prefix_list: Option<ManagedPrefixList>,
}

wire::structure!(CreateManagedPrefixListResult, s::CREATE_MANAGED_PREFIX_LIST_RESULT, {
    0: prefix_list,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateNatGatewayRequest {
    pub availability_mode: Option<AvailabilityMode>,
    pub allocation_id: Option<String>,
    pub client_token: Option<String>,
    pub dry_run: Option<bool>,
    pub subnet_id: Option<String>,
    pub vpc_id: Option<String>,
    pub availability_zone_addresses: Option<Vec<AvailabilityZoneAddress>>,
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub connectivity_type: Option<ConnectivityType>,
    pub private_ip_address: Option<String>,
    pub secondary_allocation_ids: Option<Vec<String>>,
    pub secondary_private_ip_addresses: Option<Vec<String>>,
    pub secondary_private_ip_address_count: Option<i32>,
}

wire::structure!(CreateNatGatewayRequest, s::CREATE_NAT_GATEWAY_REQUEST, {
    0: availability_mode, 1: allocation_id, 2: client_token, 3: dry_run, 4: subnet_id, 5: vpc_id,
    6: availability_zone_addresses, 7: tag_specifications, 8: connectivity_type,
    9: private_ip_address, 10: secondary_allocation_ids, 11: secondary_private_ip_addresses,
    12: secondary_private_ip_address_count,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateNatGatewayResult {
    pub client_token: Option<String>,
    pub nat_gateway: Option<NatGateway>,
}

wire::structure!(CreateNatGatewayResult, s::CREATE_NAT_GATEWAY_RESULT, {
    0: client_token, 1: nat_gateway,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateNetworkInterfaceRequest {
    pub ipv4_prefixes: Option<Vec<Ipv4PrefixSpecificationRequest>>,
    pub ipv4_prefix_count: Option<i32>,
    pub ipv6_prefixes: Option<Vec<Ipv6PrefixSpecificationRequest>>,
    pub ipv6_prefix_count: Option<i32>,
    pub interface_type: Option<NetworkInterfaceCreationType>,
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub client_token: Option<String>,
    pub enable_primary_ipv6: Option<bool>,
    pub connection_tracking_specification: Option<ConnectionTrackingSpecificationRequest>,
    pub operator: Option<OperatorRequest>,
    pub subnet_id: String,
    pub description: Option<String>,
    pub private_ip_address: Option<String>,
    pub groups: Option<Vec<String>>,
    pub private_ip_addresses: Option<Vec<PrivateIpAddressSpecification>>,
    pub secondary_private_ip_address_count: Option<i32>,
    pub ipv6_addresses: Option<Vec<InstanceIpv6Address>>,
    pub ipv6_address_count: Option<i32>,
    pub dry_run: Option<bool>,
}

wire::structure!(CreateNetworkInterfaceRequest, s::CREATE_NETWORK_INTERFACE_REQUEST, {
    0: ipv4_prefixes, 1: ipv4_prefix_count, 2: ipv6_prefixes, 3: ipv6_prefix_count,
    4: interface_type, 5: tag_specifications, 6: client_token, 7: enable_primary_ipv6,
    8: connection_tracking_specification, 9: operator, 10: subnet_id, 11: description,
    12: private_ip_address, 13: groups, 14: private_ip_addresses,
    15: secondary_private_ip_address_count, 16: ipv6_addresses, 17: ipv6_address_count, 18: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateNetworkInterfaceResult {
    pub network_interface: Option<NetworkInterface>,
    pub client_token: Option<String>,
}

wire::structure!(CreateNetworkInterfaceResult, s::CREATE_NETWORK_INTERFACE_RESULT, {
    0: network_interface, 1: client_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRouteRequest {
    pub destination_prefix_list_id: Option<String>,
    pub vpc_endpoint_id: Option<String>,
    pub transit_gateway_id: Option<String>,
    pub local_gateway_id: Option<String>,
    pub carrier_gateway_id: Option<String>,
    pub core_network_arn: Option<String>,
    pub odb_network_arn: Option<String>,
    pub dry_run: Option<bool>,
    pub route_table_id: String,
    pub destination_cidr_block: Option<String>,
    pub gateway_id: Option<String>,
    pub destination_ipv6_cidr_block: Option<String>,
    pub egress_only_internet_gateway_id: Option<String>,
    pub instance_id: Option<String>,
    pub network_interface_id: Option<String>,
    pub vpc_peering_connection_id: Option<String>,
    pub nat_gateway_id: Option<String>,
}

wire::structure!(CreateRouteRequest, s::CREATE_ROUTE_REQUEST, {
    0: destination_prefix_list_id, 1: vpc_endpoint_id, 2: transit_gateway_id, 3: local_gateway_id,
    4: carrier_gateway_id, 5: core_network_arn, 6: odb_network_arn, 7: dry_run, 8: route_table_id,
    9: destination_cidr_block, 10: gateway_id, 11: destination_ipv6_cidr_block,
    12: egress_only_internet_gateway_id, 13: instance_id, 14: network_interface_id,
    15: vpc_peering_connection_id, 16: nat_gateway_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRouteResult {
    pub r#return: Option<bool>,
}

wire::structure!(CreateRouteResult, s::CREATE_ROUTE_RESULT, {
    0: r#return,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRouteTableRequest {
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub client_token: Option<String>,
    pub dry_run: Option<bool>,
    pub vpc_id: String,
}

wire::structure!(CreateRouteTableRequest, s::CREATE_ROUTE_TABLE_REQUEST, {
    0: tag_specifications, 1: client_token, 2: dry_run, 3: vpc_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRouteTableResult {
    pub route_table: Option<RouteTable>,
    pub client_token: Option<String>,
}

wire::structure!(CreateRouteTableResult, s::CREATE_ROUTE_TABLE_RESULT, {
    0: route_table, 1: client_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateSecurityGroupRequest {
    pub description: String,
    pub group_name: String,
    pub vpc_id: Option<String>,
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub dry_run: Option<bool>,
}

wire::structure!(CreateSecurityGroupRequest, s::CREATE_SECURITY_GROUP_REQUEST, {
    0: description, 1: group_name, 2: vpc_id, 3: tag_specifications, 4: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateSecurityGroupResult {
    pub group_id: Option<String>,
    pub tags: Option<Vec<Tag>>,
    pub security_group_arn: Option<String>,
}

wire::structure!(CreateSecurityGroupResult, s::CREATE_SECURITY_GROUP_RESULT, {
    0: group_id, 1: tags, 2: security_group_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateSubnetRequest {
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub availability_zone: Option<String>,
    pub availability_zone_id: Option<String>,
    pub cidr_block: Option<String>,
    pub ipv6_cidr_block: Option<String>,
    pub outpost_arn: Option<String>,
    pub vpc_id: String,
    pub ipv6_native: Option<bool>,
    pub ipv4_ipam_pool_id: Option<String>,
    pub ipv4_netmask_length: Option<i32>,
    pub ipv6_ipam_pool_id: Option<String>,
    pub ipv6_netmask_length: Option<i32>,
    pub dry_run: Option<bool>,
}

wire::structure!(CreateSubnetRequest, s::CREATE_SUBNET_REQUEST, {
    0: tag_specifications, 1: availability_zone, 2: availability_zone_id, 3: cidr_block,
    4: ipv6_cidr_block, 5: outpost_arn, 6: vpc_id, 7: ipv6_native, 8: ipv4_ipam_pool_id,
    9: ipv4_netmask_length, 10: ipv6_ipam_pool_id, 11: ipv6_netmask_length, 12: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateSubnetResult {
    pub subnet: Option<Subnet>,
}

wire::structure!(CreateSubnetResult, s::CREATE_SUBNET_RESULT, {
    0: subnet,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateTagsRequest {
    pub dry_run: Option<bool>,
    pub resources: Vec<String>,
    pub tags: Vec<Tag>,
}

wire::structure!(CreateTagsRequest, s::CREATE_TAGS_REQUEST, {
    0: dry_run, 1: resources, 2: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateVpcRequest {
    pub cidr_block: Option<String>,
    pub ipv6_pool: Option<String>,
    pub ipv6_cidr_block: Option<String>,
    pub ipv4_ipam_pool_id: Option<String>,
    pub ipv4_netmask_length: Option<i32>,
    pub ipv6_ipam_pool_id: Option<String>,
    pub ipv6_netmask_length: Option<i32>,
    pub ipv6_cidr_block_network_border_group: Option<String>,
    pub vpc_encryption_control: Option<VpcEncryptionControlConfiguration>,
    pub tag_specifications: Option<Vec<TagSpecification>>,
    pub dry_run: Option<bool>,
    pub instance_tenancy: Option<Tenancy>,
    pub amazon_provided_ipv6_cidr_block: Option<bool>,
}

wire::structure!(CreateVpcRequest, s::CREATE_VPC_REQUEST, {
    0: cidr_block, 1: ipv6_pool, 2: ipv6_cidr_block, 3: ipv4_ipam_pool_id, 4: ipv4_netmask_length,
    5: ipv6_ipam_pool_id, 6: ipv6_netmask_length, 7: ipv6_cidr_block_network_border_group,
    8: vpc_encryption_control, 9: tag_specifications, 10: dry_run, 11: instance_tenancy,
    12: amazon_provided_ipv6_cidr_block,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateVpcResult {
    pub vpc: Option<Vpc>,
}

wire::structure!(CreateVpcResult, s::CREATE_VPC_RESULT, {
    0: vpc,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DefaultConnectionTrackingConfiguration {
    pub default_tcp_established_timeout: Option<i32>,
    pub default_udp_timeout: Option<i32>,
    pub default_udp_stream_timeout: Option<i32>,
}

wire::structure!(DefaultConnectionTrackingConfiguration, s::DEFAULT_CONNECTION_TRACKING_CONFIGURATION, {
    0: default_tcp_established_timeout, 1: default_udp_timeout, 2: default_udp_stream_timeout,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteDhcpOptionsRequest {
    pub dhcp_options_id: String,
    pub dry_run: Option<bool>,
}

wire::structure!(DeleteDhcpOptionsRequest, s::DELETE_DHCP_OPTIONS_REQUEST, {
    0: dhcp_options_id, 1: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteInternetGatewayRequest {
    pub dry_run: Option<bool>,
    pub internet_gateway_id: String,
}

wire::structure!(DeleteInternetGatewayRequest, s::DELETE_INTERNET_GATEWAY_REQUEST, {
    0: dry_run, 1: internet_gateway_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteManagedPrefixListRequest {
    pub dry_run: Option<bool>,
    pub prefix_list_id: String,
}

wire::structure!(DeleteManagedPrefixListRequest, s::DELETE_MANAGED_PREFIX_LIST_REQUEST, {
    0: dry_run, 1: prefix_list_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteManagedPrefixListResult {
    pub prefix_list: Option<ManagedPrefixList>,
}

wire::structure!(DeleteManagedPrefixListResult, s::DELETE_MANAGED_PREFIX_LIST_RESULT, {
    0: prefix_list,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteNatGatewayRequest {
    pub dry_run: Option<bool>,
    pub nat_gateway_id: String,
}

wire::structure!(DeleteNatGatewayRequest, s::DELETE_NAT_GATEWAY_REQUEST, {
    0: dry_run, 1: nat_gateway_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteNatGatewayResult {
    pub nat_gateway_id: Option<String>,
}

wire::structure!(DeleteNatGatewayResult, s::DELETE_NAT_GATEWAY_RESULT, {
    0: nat_gateway_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteNetworkInterfaceRequest {
    pub dry_run: Option<bool>,
    pub network_interface_id: String,
}

wire::structure!(DeleteNetworkInterfaceRequest, s::DELETE_NETWORK_INTERFACE_REQUEST, {
    0: dry_run, 1: network_interface_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRouteRequest {
    pub destination_prefix_list_id: Option<String>,
    pub dry_run: Option<bool>,
    pub route_table_id: String,
    pub destination_cidr_block: Option<String>,
    pub destination_ipv6_cidr_block: Option<String>,
}

wire::structure!(DeleteRouteRequest, s::DELETE_ROUTE_REQUEST, {
    0: destination_prefix_list_id, 1: dry_run, 2: route_table_id, 3: destination_cidr_block,
    4: destination_ipv6_cidr_block,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRouteTableRequest {
    pub dry_run: Option<bool>,
    pub route_table_id: String,
}

wire::structure!(DeleteRouteTableRequest, s::DELETE_ROUTE_TABLE_REQUEST, {
    0: dry_run, 1: route_table_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteSecurityGroupRequest {
    pub group_id: Option<String>,
    pub group_name: Option<String>,
    pub dry_run: Option<bool>,
}

wire::structure!(DeleteSecurityGroupRequest, s::DELETE_SECURITY_GROUP_REQUEST, {
    0: group_id, 1: group_name, 2: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteSecurityGroupResult {
    pub r#return: Option<bool>,
    pub group_id: Option<String>,
}

wire::structure!(DeleteSecurityGroupResult, s::DELETE_SECURITY_GROUP_RESULT, {
    0: r#return, 1: group_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteSubnetRequest {
    pub subnet_id: String,
    pub dry_run: Option<bool>,
}

wire::structure!(DeleteSubnetRequest, s::DELETE_SUBNET_REQUEST, {
    0: subnet_id, 1: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteTagsRequest {
    pub dry_run: Option<bool>,
    pub resources: Vec<String>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(DeleteTagsRequest, s::DELETE_TAGS_REQUEST, {
    0: dry_run, 1: resources, 2: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteVpcRequest {
    pub vpc_id: String,
    pub dry_run: Option<bool>,
}

wire::structure!(DeleteVpcRequest, s::DELETE_VPC_REQUEST, {
    0: vpc_id, 1: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAccountAttributesRequest {
    pub dry_run: Option<bool>,
    pub attribute_names: Option<Vec<AccountAttributeName>>,
}

wire::structure!(DescribeAccountAttributesRequest, s::DESCRIBE_ACCOUNT_ATTRIBUTES_REQUEST, {
    0: dry_run, 1: attribute_names,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAccountAttributesResult {
    pub account_attributes: Option<Vec<AccountAttribute>>,
}

wire::structure!(DescribeAccountAttributesResult, s::DESCRIBE_ACCOUNT_ATTRIBUTES_RESULT, {
    0: account_attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAddressesAttributeRequest {
    pub allocation_ids: Option<Vec<String>>,
    pub attribute: Option<AddressAttributeName>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub dry_run: Option<bool>,
}

wire::structure!(DescribeAddressesAttributeRequest, s::DESCRIBE_ADDRESSES_ATTRIBUTE_REQUEST, {
    0: allocation_ids, 1: attribute, 2: next_token, 3: max_results, 4: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAddressesAttributeResult {
    pub addresses: Option<Vec<AddressAttribute>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeAddressesAttributeResult, s::DESCRIBE_ADDRESSES_ATTRIBUTE_RESULT, {
    0: addresses, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAddressesRequest {
    pub public_ips: Option<Vec<String>>,
    pub dry_run: Option<bool>,
    pub filters: Option<Vec<Filter>>,
    pub allocation_ids: Option<Vec<String>>,
}

wire::structure!(DescribeAddressesRequest, s::DESCRIBE_ADDRESSES_REQUEST, {
    0: public_ips, 1: dry_run, 2: filters, 3: allocation_ids,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAddressesResult {
    pub addresses: Option<Vec<Address>>,
}

wire::structure!(DescribeAddressesResult, s::DESCRIBE_ADDRESSES_RESULT, {
    0: addresses,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAvailabilityZonesRequest {
    pub zone_names: Option<Vec<String>>,
    pub zone_ids: Option<Vec<String>>,
    pub all_availability_zones: Option<bool>,
    pub dry_run: Option<bool>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeAvailabilityZonesRequest, s::DESCRIBE_AVAILABILITY_ZONES_REQUEST, {
    0: zone_names, 1: zone_ids, 2: all_availability_zones, 3: dry_run, 4: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAvailabilityZonesResult {
    pub availability_zones: Option<Vec<AvailabilityZone>>,
}

wire::structure!(DescribeAvailabilityZonesResult, s::DESCRIBE_AVAILABILITY_ZONES_RESULT, {
    0: availability_zones,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeDhcpOptionsRequest {
    pub dhcp_options_ids: Option<Vec<String>>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub dry_run: Option<bool>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeDhcpOptionsRequest, s::DESCRIBE_DHCP_OPTIONS_REQUEST, {
    0: dhcp_options_ids, 1: next_token, 2: max_results, 3: dry_run, 4: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeDhcpOptionsResult {
    pub next_token: Option<String>,
    pub dhcp_options: Option<Vec<DhcpOptions>>,
}

wire::structure!(DescribeDhcpOptionsResult, s::DESCRIBE_DHCP_OPTIONS_RESULT, {
    0: next_token, 1: dhcp_options,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeImagesRequest {
    pub executable_users: Option<Vec<String>>,
    pub image_ids: Option<Vec<String>>,
    pub owners: Option<Vec<String>>,
    pub include_deprecated: Option<bool>,
    pub include_disabled: Option<bool>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
    pub dry_run: Option<bool>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeImagesRequest, s::DESCRIBE_IMAGES_REQUEST, {
    0: executable_users, 1: image_ids, 2: owners, 3: include_deprecated, 4: include_disabled,
    5: max_results, 6: next_token, 7: dry_run, 8: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeImagesResult {
    pub next_token: Option<String>,
    pub images: Option<Vec<Image>>,
}

wire::structure!(DescribeImagesResult, s::DESCRIBE_IMAGES_RESULT, {
    0: next_token, 1: images,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeInstanceTypesRequest {
    pub dry_run: Option<bool>,
    pub instance_types: Option<Vec<InstanceType>>,
    pub filters: Option<Vec<Filter>>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
    pub include_unsupported_in_region: Option<bool>,
}

wire::structure!(DescribeInstanceTypesRequest, s::DESCRIBE_INSTANCE_TYPES_REQUEST, {
    0: dry_run, 1: instance_types, 2: filters, 3: max_results, 4: next_token,
    5: include_unsupported_in_region,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeInstanceTypesResult {
    pub instance_types: Option<Vec<InstanceTypeInfo>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeInstanceTypesResult, s::DESCRIBE_INSTANCE_TYPES_RESULT, {
    0: instance_types, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeInternetGatewaysRequest {
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub dry_run: Option<bool>,
    pub internet_gateway_ids: Option<Vec<String>>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeInternetGatewaysRequest, s::DESCRIBE_INTERNET_GATEWAYS_REQUEST, {
    0: next_token, 1: max_results, 2: dry_run, 3: internet_gateway_ids, 4: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeInternetGatewaysResult {
    pub internet_gateways: Option<Vec<InternetGateway>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeInternetGatewaysResult, s::DESCRIBE_INTERNET_GATEWAYS_RESULT, {
    0: internet_gateways, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeManagedPrefixListsRequest {
    pub dry_run: Option<bool>,
    pub filters: Option<Vec<Filter>>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
    pub prefix_list_ids: Option<Vec<String>>,
}

wire::structure!(DescribeManagedPrefixListsRequest, s::DESCRIBE_MANAGED_PREFIX_LISTS_REQUEST, {
    0: dry_run, 1: filters, 2: max_results, 3: next_token, 4: prefix_list_ids,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeManagedPrefixListsResult {
    pub next_token: Option<String>,
    pub prefix_lists: Option<Vec<ManagedPrefixList>>,
}

wire::structure!(DescribeManagedPrefixListsResult, s::DESCRIBE_MANAGED_PREFIX_LISTS_RESULT, {
    0: next_token, 1: prefix_lists,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeNatGatewaysRequest {
    pub dry_run: Option<bool>,
    pub filter: Option<Vec<Filter>>,
    pub max_results: Option<i32>,
    pub nat_gateway_ids: Option<Vec<String>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeNatGatewaysRequest, s::DESCRIBE_NAT_GATEWAYS_REQUEST, {
    0: dry_run, 1: filter, 2: max_results, 3: nat_gateway_ids, 4: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeNatGatewaysResult {
    pub nat_gateways: Option<Vec<NatGateway>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeNatGatewaysResult, s::DESCRIBE_NAT_GATEWAYS_RESULT, {
    0: nat_gateways, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeNetworkAclsRequest {
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub dry_run: Option<bool>,
    pub network_acl_ids: Option<Vec<String>>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeNetworkAclsRequest, s::DESCRIBE_NETWORK_ACLS_REQUEST, {
    0: next_token, 1: max_results, 2: dry_run, 3: network_acl_ids, 4: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeNetworkAclsResult {
    pub network_acls: Option<Vec<NetworkAcl>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeNetworkAclsResult, s::DESCRIBE_NETWORK_ACLS_RESULT, {
    0: network_acls, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeNetworkInterfaceAttributeRequest {
    pub dry_run: Option<bool>,
    pub network_interface_id: String,
    pub attribute: Option<NetworkInterfaceAttribute>,
}

wire::structure!(DescribeNetworkInterfaceAttributeRequest, s::DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE_REQUEST, {
    0: dry_run, 1: network_interface_id, 2: attribute,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeNetworkInterfaceAttributeResult {
    pub attachment: Option<NetworkInterfaceAttachment>,
    pub description: Option<AttributeValue>,
    pub groups: Option<Vec<GroupIdentifier>>,
    pub network_interface_id: Option<String>,
    pub source_dest_check: Option<AttributeBooleanValue>,
    pub associate_public_ip_address: Option<bool>,
}

wire::structure!(DescribeNetworkInterfaceAttributeResult, s::DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE_RESULT, {
    0: attachment, 1: description, 2: groups, 3: network_interface_id, 4: source_dest_check,
    5: associate_public_ip_address,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeNetworkInterfacesRequest {
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub include_managed_resources: Option<bool>,
    pub dry_run: Option<bool>,
    pub network_interface_ids: Option<Vec<String>>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeNetworkInterfacesRequest, s::DESCRIBE_NETWORK_INTERFACES_REQUEST, {
    0: next_token, 1: max_results, 2: include_managed_resources, 3: dry_run,
    4: network_interface_ids, 5: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeNetworkInterfacesResult {
    pub network_interfaces: Option<Vec<NetworkInterface>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeNetworkInterfacesResult, s::DESCRIBE_NETWORK_INTERFACES_RESULT, {
    0: network_interfaces, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribePrefixListsRequest {
    pub dry_run: Option<bool>,
    pub filters: Option<Vec<Filter>>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
    pub prefix_list_ids: Option<Vec<String>>,
}

wire::structure!(DescribePrefixListsRequest, s::DESCRIBE_PREFIX_LISTS_REQUEST, {
    0: dry_run, 1: filters, 2: max_results, 3: next_token, 4: prefix_list_ids,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribePrefixListsResult {
    pub next_token: Option<String>,
    pub prefix_lists: Option<Vec<PrefixList>>,
}

wire::structure!(DescribePrefixListsResult, s::DESCRIBE_PREFIX_LISTS_RESULT, {
    0: next_token, 1: prefix_lists,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeRegionsRequest {
    pub region_names: Option<Vec<String>>,
    pub all_regions: Option<bool>,
    pub dry_run: Option<bool>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeRegionsRequest, s::DESCRIBE_REGIONS_REQUEST, {
    0: region_names, 1: all_regions, 2: dry_run, 3: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeRegionsResult {
    pub regions: Option<Vec<Region>>,
}

wire::structure!(DescribeRegionsResult, s::DESCRIBE_REGIONS_RESULT, {
    0: regions,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeRouteTablesRequest {
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub dry_run: Option<bool>,
    pub route_table_ids: Option<Vec<String>>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeRouteTablesRequest, s::DESCRIBE_ROUTE_TABLES_REQUEST, {
    0: next_token, 1: max_results, 2: dry_run, 3: route_table_ids, 4: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeRouteTablesResult {
    pub route_tables: Option<Vec<RouteTable>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeRouteTablesResult, s::DESCRIBE_ROUTE_TABLES_RESULT, {
    0: route_tables, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeSecurityGroupRulesRequest {
    pub filters: Option<Vec<Filter>>,
    pub security_group_rule_ids: Option<Vec<String>>,
    pub dry_run: Option<bool>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
}

wire::structure!(DescribeSecurityGroupRulesRequest, s::DESCRIBE_SECURITY_GROUP_RULES_REQUEST, {
    0: filters, 1: security_group_rule_ids, 2: dry_run, 3: next_token, 4: max_results,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeSecurityGroupRulesResult {
    pub security_group_rules: Option<Vec<SecurityGroupRule>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeSecurityGroupRulesResult, s::DESCRIBE_SECURITY_GROUP_RULES_RESULT, {
    0: security_group_rules, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeSecurityGroupsRequest {
    pub group_ids: Option<Vec<String>>,
    pub group_names: Option<Vec<String>>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub dry_run: Option<bool>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeSecurityGroupsRequest, s::DESCRIBE_SECURITY_GROUPS_REQUEST, {
    0: group_ids, 1: group_names, 2: next_token, 3: max_results, 4: dry_run, 5: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeSecurityGroupsResult {
    pub next_token: Option<String>,
    pub security_groups: Option<Vec<SecurityGroup>>,
}

wire::structure!(DescribeSecurityGroupsResult, s::DESCRIBE_SECURITY_GROUPS_RESULT, {
    0: next_token, 1: security_groups,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeSubnetsRequest {
    pub filters: Option<Vec<Filter>>,
    pub subnet_ids: Option<Vec<String>>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub dry_run: Option<bool>,
}

wire::structure!(DescribeSubnetsRequest, s::DESCRIBE_SUBNETS_REQUEST, {
    0: filters, 1: subnet_ids, 2: next_token, 3: max_results, 4: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeSubnetsResult {
    pub next_token: Option<String>,
    pub subnets: Option<Vec<Subnet>>,
}

wire::structure!(DescribeSubnetsResult, s::DESCRIBE_SUBNETS_RESULT, {
    0: next_token, 1: subnets,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTagsRequest {
    pub dry_run: Option<bool>,
    pub filters: Option<Vec<Filter>>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeTagsRequest, s::DESCRIBE_TAGS_REQUEST, {
    0: dry_run, 1: filters, 2: max_results, 3: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTagsResult {
    pub next_token: Option<String>,
    pub tags: Option<Vec<TagDescription>>,
}

wire::structure!(DescribeTagsResult, s::DESCRIBE_TAGS_RESULT, {
    0: next_token, 1: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcAttributeRequest {
    pub attribute: VpcAttributeName,
    pub vpc_id: String,
    pub dry_run: Option<bool>,
}

wire::structure!(DescribeVpcAttributeRequest, s::DESCRIBE_VPC_ATTRIBUTE_REQUEST, {
    0: attribute, 1: vpc_id, 2: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcAttributeResult {
    pub enable_dns_hostnames: Option<AttributeBooleanValue>,
    pub enable_dns_support: Option<AttributeBooleanValue>,
    pub enable_network_address_usage_metrics: Option<AttributeBooleanValue>,
    pub vpc_id: Option<String>,
}

wire::structure!(DescribeVpcAttributeResult, s::DESCRIBE_VPC_ATTRIBUTE_RESULT, {
    0: enable_dns_hostnames, 1: enable_dns_support, 2: enable_network_address_usage_metrics,
    3: vpc_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcClassicLinkDnsSupportRequest {
    pub vpc_ids: Option<Vec<String>>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeVpcClassicLinkDnsSupportRequest, s::DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_REQUEST, {
    0: vpc_ids, 1: max_results, 2: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcClassicLinkDnsSupportResult {
    pub next_token: Option<String>,
    pub vpcs: Option<Vec<ClassicLinkDnsSupport>>,
}

wire::structure!(DescribeVpcClassicLinkDnsSupportResult, s::DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_RESULT, {
    0: next_token, 1: vpcs,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcClassicLinkRequest {
    pub dry_run: Option<bool>,
    pub vpc_ids: Option<Vec<String>>,
    pub filters: Option<Vec<Filter>>,
}

wire::structure!(DescribeVpcClassicLinkRequest, s::DESCRIBE_VPC_CLASSIC_LINK_REQUEST, {
    0: dry_run, 1: vpc_ids, 2: filters,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcClassicLinkResult {
    pub vpcs: Option<Vec<VpcClassicLink>>,
}

wire::structure!(DescribeVpcClassicLinkResult, s::DESCRIBE_VPC_CLASSIC_LINK_RESULT, {
    0: vpcs,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcEndpointsRequest {
    pub dry_run: Option<bool>,
    pub vpc_endpoint_ids: Option<Vec<String>>,
    pub filters: Option<Vec<Filter>>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeVpcEndpointsRequest, s::DESCRIBE_VPC_ENDPOINTS_REQUEST, {
    0: dry_run, 1: vpc_endpoint_ids, 2: filters, 3: max_results, 4: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcEndpointsResult {
    pub vpc_endpoints: Option<Vec<VpcEndpoint>>,
    pub next_token: Option<String>,
}

wire::structure!(DescribeVpcEndpointsResult, s::DESCRIBE_VPC_ENDPOINTS_RESULT, {
    0: vpc_endpoints, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcsRequest {
    pub filters: Option<Vec<Filter>>,
    pub vpc_ids: Option<Vec<String>>,
    pub next_token: Option<String>,
    pub max_results: Option<i32>,
    pub dry_run: Option<bool>,
}

wire::structure!(DescribeVpcsRequest, s::DESCRIBE_VPCS_REQUEST, {
    0: filters, 1: vpc_ids, 2: next_token, 3: max_results, 4: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeVpcsResult {
    pub next_token: Option<String>,
    pub vpcs: Option<Vec<Vpc>>,
}

wire::structure!(DescribeVpcsResult, s::DESCRIBE_VPCS_RESULT, {
    0: next_token, 1: vpcs,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetachInternetGatewayRequest {
    pub dry_run: Option<bool>,
    pub internet_gateway_id: String,
    pub vpc_id: String,
}

wire::structure!(DetachInternetGatewayRequest, s::DETACH_INTERNET_GATEWAY_REQUEST, {
    0: dry_run, 1: internet_gateway_id, 2: vpc_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetachNetworkInterfaceRequest {
    pub dry_run: Option<bool>,
    pub attachment_id: String,
    pub force: Option<bool>,
}

wire::structure!(DetachNetworkInterfaceRequest, s::DETACH_NETWORK_INTERFACE_REQUEST, {
    0: dry_run, 1: attachment_id, 2: force,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DhcpConfiguration {
    pub key: Option<String>,
    pub values: Option<Vec<AttributeValue>>,
}

wire::structure!(DhcpConfiguration, s::DHCP_CONFIGURATION, {
    0: key, 1: values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DhcpOptions {
    pub owner_id: Option<String>,
    pub tags: Option<Vec<Tag>>,
    pub dhcp_options_id: Option<String>,
    pub dhcp_configurations: Option<Vec<DhcpConfiguration>>,
}

wire::structure!(DhcpOptions, s::DHCP_OPTIONS, {
    0: owner_id, 1: tags, 2: dhcp_options_id, 3: dhcp_configurations,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisassociateAddressRequest {
    pub association_id: Option<String>,
    pub public_ip: Option<String>,
    pub dry_run: Option<bool>,
}

wire::structure!(DisassociateAddressRequest, s::DISASSOCIATE_ADDRESS_REQUEST, {
    0: association_id, 1: public_ip, 2: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisassociateRouteTableRequest {
    pub dry_run: Option<bool>,
    pub association_id: String,
}

wire::structure!(DisassociateRouteTableRequest, s::DISASSOCIATE_ROUTE_TABLE_REQUEST, {
    0: dry_run, 1: association_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisassociateSubnetCidrBlockRequest {
    pub association_id: String,
}

wire::structure!(DisassociateSubnetCidrBlockRequest, s::DISASSOCIATE_SUBNET_CIDR_BLOCK_REQUEST, {
    0: association_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisassociateSubnetCidrBlockResult {
    pub ipv6_cidr_block_association: Option<SubnetIpv6CidrBlockAssociation>,
    pub subnet_id: Option<String>,
}

wire::structure!(DisassociateSubnetCidrBlockResult, s::DISASSOCIATE_SUBNET_CIDR_BLOCK_RESULT, {
    0: ipv6_cidr_block_association, 1: subnet_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisassociateVpcCidrBlockRequest {
    pub association_id: String,
}

wire::structure!(DisassociateVpcCidrBlockRequest, s::DISASSOCIATE_VPC_CIDR_BLOCK_REQUEST, {
    0: association_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisassociateVpcCidrBlockResult {
    pub ipv6_cidr_block_association: Option<VpcIpv6CidrBlockAssociation>,
    pub cidr_block_association: Option<VpcCidrBlockAssociation>,
    pub vpc_id: Option<String>,
}

wire::structure!(DisassociateVpcCidrBlockResult, s::DISASSOCIATE_VPC_CIDR_BLOCK_RESULT, {
    0: ipv6_cidr_block_association, 1: cidr_block_association, 2: vpc_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DiskInfo {
    pub size_in_gb: Option<i64>,
    pub count: Option<i32>,
    pub r#type: Option<DiskType>,
}

wire::structure!(DiskInfo, s::DISK_INFO, {
    0: size_in_gb, 1: count, 2: r#type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DnsEntry {
    pub dns_name: Option<String>,
    pub hosted_zone_id: Option<String>,
}

wire::structure!(DnsEntry, s::DNS_ENTRY, {
    0: dns_name, 1: hosted_zone_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DnsOptions {
    pub dns_record_ip_type: Option<DnsRecordIpType>,
    pub private_dns_only_for_inbound_resolver_endpoint: Option<bool>,
    pub private_dns_preference: Option<String>,
    pub private_dns_specified_domains: Option<Vec<String>>,
}

wire::structure!(DnsOptions, s::DNS_OPTIONS, {
    0: dns_record_ip_type, 1: private_dns_only_for_inbound_resolver_endpoint,
    2: private_dns_preference, 3: private_dns_specified_domains,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EbsBlockDevice {
    pub delete_on_termination: Option<bool>,
    pub iops: Option<i32>,
    pub snapshot_id: Option<String>,
    pub volume_size: Option<i32>,
    pub volume_type: Option<VolumeType>,
    pub kms_key_id: Option<String>,
    pub throughput: Option<i32>,
    pub outpost_arn: Option<String>,
    pub availability_zone: Option<String>,
    pub encrypted: Option<bool>,
    pub volume_initialization_rate: Option<i32>,
    pub availability_zone_id: Option<String>,
    pub ebs_card_index: Option<i32>,
}

wire::structure!(EbsBlockDevice, s::EBS_BLOCK_DEVICE, {
    0: delete_on_termination, 1: iops, 2: snapshot_id, 3: volume_size, 4: volume_type, 5: kms_key_id,
    6: throughput, 7: outpost_arn, 8: availability_zone, 9: encrypted,
    10: volume_initialization_rate, 11: availability_zone_id, 12: ebs_card_index,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EbsCardInfo {
    pub ebs_card_index: Option<i32>,
    pub baseline_bandwidth_in_mbps: Option<i32>,
    pub baseline_throughput_in_m_bps: Option<f64>,
    pub baseline_iops: Option<i32>,
    pub maximum_bandwidth_in_mbps: Option<i32>,
    pub maximum_throughput_in_m_bps: Option<f64>,
    pub maximum_iops: Option<i32>,
}

wire::structure!(EbsCardInfo, s::EBS_CARD_INFO, {
    0: ebs_card_index, 1: baseline_bandwidth_in_mbps, 2: baseline_throughput_in_m_bps,
    3: baseline_iops, 4: maximum_bandwidth_in_mbps, 5: maximum_throughput_in_m_bps, 6: maximum_iops,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EbsInfo {
    pub ebs_optimized_support: Option<EbsOptimizedSupport>,
    pub encryption_support: Option<EbsEncryptionSupport>,
    pub ebs_optimized_info: Option<EbsOptimizedInfo>,
    pub nvme_support: Option<EbsNvmeSupport>,
    pub maximum_ebs_attachments: Option<i32>,
    pub attachment_limit_type: Option<AttachmentLimitType>,
    pub maximum_ebs_cards: Option<i32>,
    pub ebs_cards: Option<Vec<EbsCardInfo>>,
}

wire::structure!(EbsInfo, s::EBS_INFO, {
    0: ebs_optimized_support, 1: encryption_support, 2: ebs_optimized_info, 3: nvme_support,
    4: maximum_ebs_attachments, 5: attachment_limit_type, 6: maximum_ebs_cards, 7: ebs_cards,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EbsOptimizedInfo {
    pub baseline_bandwidth_in_mbps: Option<i32>,
    pub baseline_throughput_in_m_bps: Option<f64>,
    pub baseline_iops: Option<i32>,
    pub maximum_bandwidth_in_mbps: Option<i32>,
    pub maximum_throughput_in_m_bps: Option<f64>,
    pub maximum_iops: Option<i32>,
}

wire::structure!(EbsOptimizedInfo, s::EBS_OPTIMIZED_INFO, {
    0: baseline_bandwidth_in_mbps, 1: baseline_throughput_in_m_bps, 2: baseline_iops,
    3: maximum_bandwidth_in_mbps, 4: maximum_throughput_in_m_bps, 5: maximum_iops,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EfaInfo {
    pub maximum_efa_interfaces: Option<i32>,
}

wire::structure!(EfaInfo, s::EFA_INFO, {
    0: maximum_efa_interfaces,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnaSrdSpecification {
    pub ena_srd_enabled: Option<bool>,
    pub ena_srd_udp_specification: Option<EnaSrdUdpSpecification>,
}

wire::structure!(EnaSrdSpecification, s::ENA_SRD_SPECIFICATION, {
    0: ena_srd_enabled, 1: ena_srd_udp_specification,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct EnaSrdUdpSpecification {
    pub ena_srd_udp_enabled: Option<bool>,
}

wire::structure!(EnaSrdUdpSpecification, s::ENA_SRD_UDP_SPECIFICATION, {
    0: ena_srd_udp_enabled,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub name: Option<String>,
    pub values: Option<Vec<String>>,
}

wire::structure!(Filter, s::FILTER, {
    0: name, 1: values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FpgaDeviceInfo {
    pub name: Option<String>,
    pub manufacturer: Option<String>,
    pub count: Option<i32>,
    pub memory_info: Option<FpgaDeviceMemoryInfo>,
}

wire::structure!(FpgaDeviceInfo, s::FPGA_DEVICE_INFO, {
    0: name, 1: manufacturer, 2: count, 3: memory_info,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FpgaDeviceMemoryInfo {
    pub size_in_mi_b: Option<i32>,
}

wire::structure!(FpgaDeviceMemoryInfo, s::FPGA_DEVICE_MEMORY_INFO, {
    0: size_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FpgaInfo {
    pub fpgas: Option<Vec<FpgaDeviceInfo>>,
    pub total_fpga_memory_in_mi_b: Option<i32>,
}

wire::structure!(FpgaInfo, s::FPGA_INFO, {
    0: fpgas, 1: total_fpga_memory_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetManagedPrefixListEntriesRequest {
    pub dry_run: Option<bool>,
    pub prefix_list_id: String,
    pub target_version: Option<i64>,
    pub max_results: Option<i32>,
    pub next_token: Option<String>,
}

wire::structure!(GetManagedPrefixListEntriesRequest, s::GET_MANAGED_PREFIX_LIST_ENTRIES_REQUEST, {
    0: dry_run, 1: prefix_list_id, 2: target_version, 3: max_results, 4: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetManagedPrefixListEntriesResult {
    pub entries: Option<Vec<PrefixListEntry>>,
    pub next_token: Option<String>,
}

wire::structure!(GetManagedPrefixListEntriesResult, s::GET_MANAGED_PREFIX_LIST_ENTRIES_RESULT, {
    0: entries, 1: next_token,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GpuDeviceInfo {
    pub name: Option<String>,
    pub manufacturer: Option<String>,
    pub count: Option<i32>,
    pub logical_gpu_count: Option<i32>,
    pub gpu_partition_size: Option<f64>,
    pub workloads: Option<Vec<String>>,
    pub memory_info: Option<GpuDeviceMemoryInfo>,
}

wire::structure!(GpuDeviceInfo, s::GPU_DEVICE_INFO, {
    0: name, 1: manufacturer, 2: count, 3: logical_gpu_count, 4: gpu_partition_size, 5: workloads,
    6: memory_info,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GpuDeviceMemoryInfo {
    pub size_in_mi_b: Option<i32>,
}

wire::structure!(GpuDeviceMemoryInfo, s::GPU_DEVICE_MEMORY_INFO, {
    0: size_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GpuInfo {
    pub gpus: Option<Vec<GpuDeviceInfo>>,
    pub total_gpu_memory_in_mi_b: Option<i32>,
}

wire::structure!(GpuInfo, s::GPU_INFO, {
    0: gpus, 1: total_gpu_memory_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupIdentifier {
    pub group_id: Option<String>,
    pub group_name: Option<String>,
}

wire::structure!(GroupIdentifier, s::GROUP_IDENTIFIER, {
    0: group_id, 1: group_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct IcmpTypeCode {
    pub code: Option<i32>,
    pub r#type: Option<i32>,
}

wire::structure!(IcmpTypeCode, s::ICMP_TYPE_CODE, {
    0: code, 1: r#type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Image {
    pub platform_details: Option<String>,
    pub usage_operation: Option<String>,
    pub block_device_mappings: Option<Vec<BlockDeviceMapping>>,
    pub description: Option<String>,
    pub ena_support: Option<bool>,
    pub hypervisor: Option<HypervisorType>,
    pub image_owner_alias: Option<String>,
    pub name: Option<String>,
    pub root_device_name: Option<String>,
    pub root_device_type: Option<DeviceType>,
    pub sriov_net_support: Option<String>,
    pub state_reason: Option<StateReason>,
    pub tags: Option<Vec<Tag>>,
    pub virtualization_type: Option<VirtualizationType>,
    pub boot_mode: Option<BootModeValues>,
    pub tpm_support: Option<TpmSupportValues>,
    pub deprecation_time: Option<String>,
    pub imds_support: Option<ImdsSupportValues>,
    pub source_instance_id: Option<String>,
    pub deregistration_protection: Option<String>,
    pub last_launched_time: Option<String>,
    pub image_allowed: Option<bool>,
    pub source_image_id: Option<String>,
    pub source_image_region: Option<String>,
    pub free_tier_eligible: Option<bool>,
    pub public_ssm_parameter_name: Option<String>,
    pub image_watermarks: Option<Vec<ImageWatermark>>,
    pub scan_results: Option<ScanResults>,
    pub instance_type_specification: Option<InstanceTypeSpecification>,
    pub image_id: Option<String>,
    pub image_location: Option<String>,
    pub state: Option<ImageState>,
    pub owner_id: Option<String>,
    pub creation_date: Option<String>,
    pub public: Option<bool>,
    pub product_codes: Option<Vec<ProductCode>>,
    pub architecture: Option<ArchitectureValues>,
    pub image_type: Option<ImageTypeValues>,
    pub kernel_id: Option<String>,
    pub ramdisk_id: Option<String>,
    pub platform: Option<PlatformValues>,
}

wire::structure!(Image, s::IMAGE, {
    0: platform_details, 1: usage_operation, 2: block_device_mappings, 3: description,
    4: ena_support, 5: hypervisor, 6: image_owner_alias, 7: name, 8: root_device_name,
    9: root_device_type, 10: sriov_net_support, 11: state_reason, 12: tags, 13: virtualization_type,
    14: boot_mode, 15: tpm_support, 16: deprecation_time, 17: imds_support, 18: source_instance_id,
    19: deregistration_protection, 20: last_launched_time, 21: image_allowed, 22: source_image_id,
    23: source_image_region, 24: free_tier_eligible, 25: public_ssm_parameter_name,
    26: image_watermarks, 27: scan_results, 28: instance_type_specification, 29: image_id,
    30: image_location, 31: state, 32: owner_id, 33: creation_date, 34: public, 35: product_codes,
    36: architecture, 37: image_type, 38: kernel_id, 39: ramdisk_id, 40: platform,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageWatermark {
    pub watermark_key: Option<String>,
    pub source_image_region: Option<String>,
    pub source_image_id: Option<String>,
    pub source_image_creation_time: Option<Timestamp>,
    pub watermark_creation_time: Option<Timestamp>,
}

wire::structure!(ImageWatermark, s::IMAGE_WATERMARK, {
    0: watermark_key, 1: source_image_region, 2: source_image_id, 3: source_image_creation_time,
    4: watermark_creation_time,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InferenceAcceleratorInfo {
    pub accelerators: Option<Vec<InferenceDeviceInfo>>,
    pub total_inference_memory_in_mi_b: Option<i32>,
}

wire::structure!(InferenceAcceleratorInfo, s::INFERENCE_ACCELERATOR_INFO, {
    0: accelerators, 1: total_inference_memory_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InferenceDeviceInfo {
    pub count: Option<i32>,
    pub name: Option<String>,
    pub manufacturer: Option<String>,
    pub memory_info: Option<InferenceDeviceMemoryInfo>,
}

wire::structure!(InferenceDeviceInfo, s::INFERENCE_DEVICE_INFO, {
    0: count, 1: name, 2: manufacturer, 3: memory_info,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InferenceDeviceMemoryInfo {
    pub size_in_mi_b: Option<i32>,
}

wire::structure!(InferenceDeviceMemoryInfo, s::INFERENCE_DEVICE_MEMORY_INFO, {
    0: size_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstanceIpv6Address {
    pub ipv6_address: Option<String>,
    pub is_primary_ipv6: Option<bool>,
}

wire::structure!(InstanceIpv6Address, s::INSTANCE_IPV6_ADDRESS, {
    0: ipv6_address, 1: is_primary_ipv6,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstanceStorageInfo {
    pub total_size_in_gb: Option<i64>,
    pub disks: Option<Vec<DiskInfo>>,
    pub nvme_support: Option<EphemeralNvmeSupport>,
    pub encryption_support: Option<InstanceStorageEncryptionSupport>,
}

wire::structure!(InstanceStorageInfo, s::INSTANCE_STORAGE_INFO, {
    0: total_size_in_gb, 1: disks, 2: nvme_support, 3: encryption_support,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstanceTypeInfo {
    pub instance_type: Option<InstanceType>,
    pub current_generation: Option<bool>,
    pub free_tier_eligible: Option<bool>,
    pub supported_usage_classes: Option<Vec<UsageClassType>>,
    pub supported_root_device_types: Option<Vec<RootDeviceType>>,
    pub supported_virtualization_types: Option<Vec<VirtualizationType>>,
    pub bare_metal: Option<bool>,
    pub hypervisor: Option<InstanceTypeHypervisor>,
    pub processor_info: Option<ProcessorInfo>,
    pub v_cpu_info: Option<VCpuInfo>,
    pub memory_info: Option<MemoryInfo>,
    pub instance_storage_supported: Option<bool>,
    pub instance_storage_info: Option<InstanceStorageInfo>,
    pub ebs_info: Option<EbsInfo>,
    pub network_info: Option<NetworkInfo>,
    pub gpu_info: Option<GpuInfo>,
    pub fpga_info: Option<FpgaInfo>,
    pub placement_group_info: Option<PlacementGroupInfo>,
    pub inference_accelerator_info: Option<InferenceAcceleratorInfo>,
    pub hibernation_supported: Option<bool>,
    pub burstable_performance_supported: Option<bool>,
    pub dedicated_hosts_supported: Option<bool>,
    pub auto_recovery_supported: Option<bool>,
    pub supported_boot_modes: Option<Vec<BootModeType>>,
    pub nitro_enclaves_support: Option<NitroEnclavesSupport>,
    pub nitro_tpm_support: Option<NitroTpmSupport>,
    pub nitro_tpm_info: Option<NitroTpmInfo>,
    pub media_accelerator_info: Option<MediaAcceleratorInfo>,
    pub neuron_info: Option<NeuronInfo>,
    pub phc_support: Option<PhcSupport>,
    pub reboot_migration_support: Option<RebootMigrationSupport>,
    pub supported_in_region: Option<bool>,
}

wire::structure!(InstanceTypeInfo, s::INSTANCE_TYPE_INFO, {
    0: instance_type, 1: current_generation, 2: free_tier_eligible, 3: supported_usage_classes,
    4: supported_root_device_types, 5: supported_virtualization_types, 6: bare_metal, 7: hypervisor,
    8: processor_info, 9: v_cpu_info, 10: memory_info, 11: instance_storage_supported,
    12: instance_storage_info, 13: ebs_info, 14: network_info, 15: gpu_info, 16: fpga_info,
    17: placement_group_info, 18: inference_accelerator_info, 19: hibernation_supported,
    20: burstable_performance_supported, 21: dedicated_hosts_supported, 22: auto_recovery_supported,
    23: supported_boot_modes, 24: nitro_enclaves_support, 25: nitro_tpm_support, 26: nitro_tpm_info,
    27: media_accelerator_info, 28: neuron_info, 29: phc_support, 30: reboot_migration_support,
    31: supported_in_region,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstanceTypeItem {
    pub instance_type: Option<String>,
}

wire::structure!(InstanceTypeItem, s::INSTANCE_TYPE_ITEM, {
    0: instance_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstanceTypeSpecification {
    pub supported_instance_types: Option<Vec<InstanceTypeItem>>,
    pub unsupported_instance_types: Option<Vec<InstanceTypeItem>>,
}

wire::structure!(InstanceTypeSpecification, s::INSTANCE_TYPE_SPECIFICATION, {
    0: supported_instance_types, 1: unsupported_instance_types,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InternetGateway {
    pub attachments: Option<Vec<InternetGatewayAttachment>>,
    pub internet_gateway_id: Option<String>,
    pub owner_id: Option<String>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(InternetGateway, s::INTERNET_GATEWAY, {
    0: attachments, 1: internet_gateway_id, 2: owner_id, 3: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InternetGatewayAttachment {
    pub state: Option<AttachmentStatus>,
    pub vpc_id: Option<String>,
}

wire::structure!(InternetGatewayAttachment, s::INTERNET_GATEWAY_ATTACHMENT, {
    0: state, 1: vpc_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct IpPermission {
    pub ip_protocol: Option<String>,
    pub from_port: Option<i32>,
    pub to_port: Option<i32>,
    pub user_id_group_pairs: Option<Vec<UserIdGroupPair>>,
    pub ip_ranges: Option<Vec<IpRange>>,
    pub ipv6_ranges: Option<Vec<Ipv6Range>>,
    pub prefix_list_ids: Option<Vec<PrefixListId>>,
}

wire::structure!(IpPermission, s::IP_PERMISSION, {
    0: ip_protocol, 1: from_port, 2: to_port, 3: user_id_group_pairs, 4: ip_ranges, 5: ipv6_ranges,
    6: prefix_list_ids,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct IpRange {
    pub description: Option<String>,
    pub cidr_ip: Option<String>,
}

wire::structure!(IpRange, s::IP_RANGE, {
    0: description, 1: cidr_ip,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ipv4PrefixSpecification {
    pub ipv4_prefix: Option<String>,
}

wire::structure!(Ipv4PrefixSpecification, s::IPV4_PREFIX_SPECIFICATION, {
    0: ipv4_prefix,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ipv4PrefixSpecificationRequest {
    pub ipv4_prefix: Option<String>,
}

wire::structure!(Ipv4PrefixSpecificationRequest, s::IPV4_PREFIX_SPECIFICATION_REQUEST, {
    0: ipv4_prefix,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ipv6PrefixSpecification {
    pub ipv6_prefix: Option<String>,
}

wire::structure!(Ipv6PrefixSpecification, s::IPV6_PREFIX_SPECIFICATION, {
    0: ipv6_prefix,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ipv6PrefixSpecificationRequest {
    pub ipv6_prefix: Option<String>,
}

wire::structure!(Ipv6PrefixSpecificationRequest, s::IPV6_PREFIX_SPECIFICATION_REQUEST, {
    0: ipv6_prefix,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ipv6Range {
    pub description: Option<String>,
    pub cidr_ipv6: Option<String>,
}

wire::structure!(Ipv6Range, s::IPV6_RANGE, {
    0: description, 1: cidr_ipv6,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LastError {
    pub message: Option<String>,
    pub code: Option<String>,
}

wire::structure!(LastError, s::LAST_ERROR, {
    0: message, 1: code,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ManagedPrefixList {
    pub prefix_list_id: Option<String>,
    pub address_family: Option<String>,
    pub state: Option<PrefixListState>,
    pub state_message: Option<String>,
    pub prefix_list_arn: Option<String>,
    pub prefix_list_name: Option<String>,
    pub max_entries: Option<i32>,
    pub version: Option<i64>,
    pub tags: Option<Vec<Tag>>,
    pub owner_id: Option<String>,
    pub ipam_prefix_list_resolver_target_id: Option<String>,
    pub ipam_prefix_list_resolver_sync_enabled: Option<bool>,
}

wire::structure!(ManagedPrefixList, s::MANAGED_PREFIX_LIST, {
    0: prefix_list_id, 1: address_family, 2: state, 3: state_message, 4: prefix_list_arn,
    5: prefix_list_name, 6: max_entries, 7: version, 8: tags, 9: owner_id,
    10: ipam_prefix_list_resolver_target_id, 11: ipam_prefix_list_resolver_sync_enabled,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaAcceleratorInfo {
    pub accelerators: Option<Vec<MediaDeviceInfo>>,
    pub total_media_memory_in_mi_b: Option<i32>,
}

wire::structure!(MediaAcceleratorInfo, s::MEDIA_ACCELERATOR_INFO, {
    0: accelerators, 1: total_media_memory_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaDeviceInfo {
    pub count: Option<i32>,
    pub name: Option<String>,
    pub manufacturer: Option<String>,
    pub memory_info: Option<MediaDeviceMemoryInfo>,
}

wire::structure!(MediaDeviceInfo, s::MEDIA_DEVICE_INFO, {
    0: count, 1: name, 2: manufacturer, 3: memory_info,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MediaDeviceMemoryInfo {
    pub size_in_mi_b: Option<i32>,
}

wire::structure!(MediaDeviceMemoryInfo, s::MEDIA_DEVICE_MEMORY_INFO, {
    0: size_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MemoryInfo {
    pub size_in_mi_b: Option<i64>,
}

wire::structure!(MemoryInfo, s::MEMORY_INFO, {
    0: size_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyManagedPrefixListRequest {
    pub dry_run: Option<bool>,
    pub prefix_list_id: String,
    pub current_version: Option<i64>,
    pub prefix_list_name: Option<String>,
    pub add_entries: Option<Vec<AddPrefixListEntry>>,
    pub remove_entries: Option<Vec<RemovePrefixListEntry>>,
    pub max_entries: Option<i32>,
    pub ipam_prefix_list_resolver_sync_enabled: Option<bool>,
}

wire::structure!(ModifyManagedPrefixListRequest, s::MODIFY_MANAGED_PREFIX_LIST_REQUEST, {
    0: dry_run, 1: prefix_list_id, 2: current_version, 3: prefix_list_name, 4: add_entries,
    5: remove_entries, 6: max_entries, 7: ipam_prefix_list_resolver_sync_enabled,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyManagedPrefixListResult {
    pub prefix_list: Option<ManagedPrefixList>,
}

wire::structure!(ModifyManagedPrefixListResult, s::MODIFY_MANAGED_PREFIX_LIST_RESULT, {
    0: prefix_list,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyNetworkInterfaceAttributeRequest {
    pub ena_srd_specification: Option<EnaSrdSpecification>,
    pub enable_primary_ipv6: Option<bool>,
    pub connection_tracking_specification: Option<ConnectionTrackingSpecificationRequest>,
    pub associate_public_ip_address: Option<bool>,
    pub associated_subnet_ids: Option<Vec<String>>,
    pub dry_run: Option<bool>,
    pub network_interface_id: String,
    pub description: Option<AttributeValue>,
    pub source_dest_check: Option<AttributeBooleanValue>,
    pub groups: Option<Vec<String>>,
    pub attachment: Option<NetworkInterfaceAttachmentChanges>,
}

wire::structure!(ModifyNetworkInterfaceAttributeRequest, s::MODIFY_NETWORK_INTERFACE_ATTRIBUTE_REQUEST, {
    0: ena_srd_specification, 1: enable_primary_ipv6, 2: connection_tracking_specification,
    3: associate_public_ip_address, 4: associated_subnet_ids, 5: dry_run, 6: network_interface_id,
    7: description, 8: source_dest_check, 9: groups, 10: attachment,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifySecurityGroupRulesRequest {
    pub group_id: String,
    pub security_group_rules: Vec<SecurityGroupRuleUpdate>,
    pub dry_run: Option<bool>,
}

wire::structure!(ModifySecurityGroupRulesRequest, s::MODIFY_SECURITY_GROUP_RULES_REQUEST, {
    0: group_id, 1: security_group_rules, 2: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifySecurityGroupRulesResult {
    pub r#return: Option<bool>,
}

wire::structure!(ModifySecurityGroupRulesResult, s::MODIFY_SECURITY_GROUP_RULES_RESULT, {
    0: r#return,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifySubnetAttributeRequest {
    pub assign_ipv6_address_on_creation: Option<AttributeBooleanValue>,
    pub map_public_ip_on_launch: Option<AttributeBooleanValue>,
    pub subnet_id: String,
    pub map_customer_owned_ip_on_launch: Option<AttributeBooleanValue>,
    pub customer_owned_ipv4_pool: Option<String>,
    pub enable_dns64: Option<AttributeBooleanValue>,
    pub private_dns_hostname_type_on_launch: Option<HostnameType>,
    pub enable_resource_name_dns_a_record_on_launch: Option<AttributeBooleanValue>,
    pub enable_resource_name_dns_aaaa_record_on_launch: Option<AttributeBooleanValue>,
    pub enable_lni_at_device_index: Option<i32>,
    pub disable_lni_at_device_index: Option<AttributeBooleanValue>,
}

wire::structure!(ModifySubnetAttributeRequest, s::MODIFY_SUBNET_ATTRIBUTE_REQUEST, {
    0: assign_ipv6_address_on_creation, 1: map_public_ip_on_launch, 2: subnet_id,
    3: map_customer_owned_ip_on_launch, 4: customer_owned_ipv4_pool, 5: enable_dns64,
    6: private_dns_hostname_type_on_launch, 7: enable_resource_name_dns_a_record_on_launch,
    8: enable_resource_name_dns_aaaa_record_on_launch, 9: enable_lni_at_device_index,
    10: disable_lni_at_device_index,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyVpcAttributeRequest {
    pub enable_dns_hostnames: Option<AttributeBooleanValue>,
    pub enable_dns_support: Option<AttributeBooleanValue>,
    pub vpc_id: String,
    pub enable_network_address_usage_metrics: Option<AttributeBooleanValue>,
}

wire::structure!(ModifyVpcAttributeRequest, s::MODIFY_VPC_ATTRIBUTE_REQUEST, {
    0: enable_dns_hostnames, 1: enable_dns_support, 2: vpc_id,
    3: enable_network_address_usage_metrics,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NatGateway {
    pub create_time: Option<Timestamp>,
    pub delete_time: Option<Timestamp>,
    pub failure_code: Option<String>,
    pub failure_message: Option<String>,
    pub nat_gateway_addresses: Option<Vec<NatGatewayAddress>>,
    pub nat_gateway_id: Option<String>,
    pub provisioned_bandwidth: Option<ProvisionedBandwidth>,
    pub state: Option<NatGatewayState>,
    pub subnet_id: Option<String>,
    pub vpc_id: Option<String>,
    pub tags: Option<Vec<Tag>>,
    pub connectivity_type: Option<ConnectivityType>,
    pub availability_mode: Option<AvailabilityMode>,
    pub auto_scaling_ips: Option<AutoScalingIpsState>,
    pub auto_provision_zones: Option<AutoProvisionZonesState>,
    pub attached_appliances: Option<Vec<NatGatewayAttachedAppliance>>,
    pub route_table_id: Option<String>,
}

wire::structure!(NatGateway, s::NAT_GATEWAY, {
    0: create_time, 1: delete_time, 2: failure_code, 3: failure_message, 4: nat_gateway_addresses,
    5: nat_gateway_id, 6: provisioned_bandwidth, 7: state, 8: subnet_id, 9: vpc_id, 10: tags,
    11: connectivity_type, 12: availability_mode, 13: auto_scaling_ips, 14: auto_provision_zones,
    15: attached_appliances, 16: route_table_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NatGatewayAddress {
    pub allocation_id: Option<String>,
    pub network_interface_id: Option<String>,
    pub private_ip: Option<String>,
    pub public_ip: Option<String>,
    pub association_id: Option<String>,
    pub is_primary: Option<bool>,
    pub failure_message: Option<String>,
    pub status: Option<NatGatewayAddressStatus>,
    pub availability_zone: Option<String>,
    pub availability_zone_id: Option<String>,
}

wire::structure!(NatGatewayAddress, s::NAT_GATEWAY_ADDRESS, {
    0: allocation_id, 1: network_interface_id, 2: private_ip, 3: public_ip, 4: association_id,
    5: is_primary, 6: failure_message, 7: status, 8: availability_zone, 9: availability_zone_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NatGatewayAttachedAppliance {
    pub r#type: Option<NatGatewayApplianceType>,
    pub appliance_arn: Option<String>,
    pub vpc_endpoint_id: Option<String>,
    pub attachment_state: Option<NatGatewayApplianceState>,
    pub modification_state: Option<NatGatewayApplianceModifyState>,
    pub failure_code: Option<String>,
    pub failure_message: Option<String>,
}

wire::structure!(NatGatewayAttachedAppliance, s::NAT_GATEWAY_ATTACHED_APPLIANCE, {
    0: r#type, 1: appliance_arn, 2: vpc_endpoint_id, 3: attachment_state, 4: modification_state,
    5: failure_code, 6: failure_message,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkAcl {
    pub associations: Option<Vec<NetworkAclAssociation>>,
    pub entries: Option<Vec<NetworkAclEntry>>,
    pub is_default: Option<bool>,
    pub network_acl_id: Option<String>,
    pub tags: Option<Vec<Tag>>,
    pub vpc_id: Option<String>,
    pub owner_id: Option<String>,
}

wire::structure!(NetworkAcl, s::NETWORK_ACL, {
    0: associations, 1: entries, 2: is_default, 3: network_acl_id, 4: tags, 5: vpc_id, 6: owner_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkAclAssociation {
    pub network_acl_association_id: Option<String>,
    pub network_acl_id: Option<String>,
    pub subnet_id: Option<String>,
}

wire::structure!(NetworkAclAssociation, s::NETWORK_ACL_ASSOCIATION, {
    0: network_acl_association_id, 1: network_acl_id, 2: subnet_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkAclEntry {
    pub cidr_block: Option<String>,
    pub egress: Option<bool>,
    pub icmp_type_code: Option<IcmpTypeCode>,
    pub ipv6_cidr_block: Option<String>,
    pub port_range: Option<PortRange>,
    pub protocol: Option<String>,
    pub rule_action: Option<RuleAction>,
    pub rule_number: Option<i32>,
}

wire::structure!(NetworkAclEntry, s::NETWORK_ACL_ENTRY, {
    0: cidr_block, 1: egress, 2: icmp_type_code, 3: ipv6_cidr_block, 4: port_range, 5: protocol,
    6: rule_action, 7: rule_number,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkCardInfo {
    pub network_card_index: Option<i32>,
    pub network_performance: Option<String>,
    pub maximum_network_interfaces: Option<i32>,
    pub additional_flexible_network_interfaces: Option<i32>,
    pub baseline_bandwidth_in_gbps: Option<f64>,
    pub peak_bandwidth_in_gbps: Option<f64>,
    pub default_ena_queue_count_per_interface: Option<i32>,
    pub maximum_ena_queue_count: Option<i32>,
    pub maximum_ena_queue_count_per_interface: Option<i32>,
    pub interface_types: Option<Vec<NetworkCardInterfaceType>>,
}

wire::structure!(NetworkCardInfo, s::NETWORK_CARD_INFO, {
    0: network_card_index, 1: network_performance, 2: maximum_network_interfaces,
    3: additional_flexible_network_interfaces, 4: baseline_bandwidth_in_gbps,
    5: peak_bandwidth_in_gbps, 6: default_ena_queue_count_per_interface, 7: maximum_ena_queue_count,
    8: maximum_ena_queue_count_per_interface, 9: interface_types,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkInfo {
    pub network_performance: Option<String>,
    pub maximum_network_interfaces: Option<i32>,
    pub maximum_network_cards: Option<i32>,
    pub default_network_card_index: Option<i32>,
    pub network_cards: Option<Vec<NetworkCardInfo>>,
    pub ipv4_addresses_per_interface: Option<i32>,
    pub ipv6_addresses_per_interface: Option<i32>,
    pub ipv6_supported: Option<bool>,
    pub ena_support: Option<EnaSupport>,
    pub efa_supported: Option<bool>,
    pub efa_info: Option<EfaInfo>,
    pub encryption_in_transit_supported: Option<bool>,
    pub ena_srd_supported: Option<bool>,
    pub bandwidth_weightings: Option<Vec<BandwidthWeightingType>>,
    pub flexible_ena_queues_support: Option<FlexibleEnaQueuesSupport>,
    pub connection_tracking_configuration: Option<DefaultConnectionTrackingConfiguration>,
    pub secondary_network_supported: Option<bool>,
    pub maximum_secondary_network_interfaces: Option<i32>,
    pub ipv4_addresses_per_secondary_interface: Option<i32>,
}

wire::structure!(NetworkInfo, s::NETWORK_INFO, {
    0: network_performance, 1: maximum_network_interfaces, 2: maximum_network_cards,
    3: default_network_card_index, 4: network_cards, 5: ipv4_addresses_per_interface,
    6: ipv6_addresses_per_interface, 7: ipv6_supported, 8: ena_support, 9: efa_supported,
    10: efa_info, 11: encryption_in_transit_supported, 12: ena_srd_supported,
    13: bandwidth_weightings, 14: flexible_ena_queues_support, 15: connection_tracking_configuration,
    16: secondary_network_supported, 17: maximum_secondary_network_interfaces,
    18: ipv4_addresses_per_secondary_interface,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkInterface {
    pub association: Option<NetworkInterfaceAssociation>,
    pub attachment: Option<NetworkInterfaceAttachment>,
    pub availability_zone: Option<String>,
    pub connection_tracking_configuration: Option<ConnectionTrackingConfiguration>,
    pub description: Option<String>,
    pub groups: Option<Vec<GroupIdentifier>>,
    pub interface_type: Option<NetworkInterfaceType>,
    pub ipv6_addresses: Option<Vec<NetworkInterfaceIpv6Address>>,
    pub mac_address: Option<String>,
    pub network_interface_id: Option<String>,
    pub outpost_arn: Option<String>,
    pub owner_id: Option<String>,
    pub private_dns_name: Option<String>,
    pub public_dns_name: Option<String>,
    pub public_ip_dns_name_options: Option<PublicIpDnsNameOptions>,
    pub private_ip_address: Option<String>,
    pub private_ip_addresses: Option<Vec<NetworkInterfacePrivateIpAddress>>,
    pub ipv4_prefixes: Option<Vec<Ipv4PrefixSpecification>>,
    pub ipv6_prefixes: Option<Vec<Ipv6PrefixSpecification>>,
    pub requester_id: Option<String>,
    pub requester_managed: Option<bool>,
    pub source_dest_check: Option<bool>,
    pub status: Option<NetworkInterfaceStatus>,
    pub subnet_id: Option<String>,
    pub tag_set: Option<Vec<Tag>>,
    pub vpc_id: Option<String>,
    pub deny_all_igw_traffic: Option<bool>,
    pub ipv6_native: Option<bool>,
    pub ipv6_address: Option<String>,
    pub operator: Option<OperatorResponse>,
    pub associated_subnets: Option<Vec<String>>,
    pub availability_zone_id: Option<String>,
}

wire::structure!(NetworkInterface, s::NETWORK_INTERFACE, {
    0: association, 1: attachment, 2: availability_zone, 3: connection_tracking_configuration,
    4: description, 5: groups, 6: interface_type, 7: ipv6_addresses, 8: mac_address,
    9: network_interface_id, 10: outpost_arn, 11: owner_id, 12: private_dns_name,
    13: public_dns_name, 14: public_ip_dns_name_options, 15: private_ip_address,
    16: private_ip_addresses, 17: ipv4_prefixes, 18: ipv6_prefixes, 19: requester_id,
    20: requester_managed, 21: source_dest_check, 22: status, 23: subnet_id, 24: tag_set, 25: vpc_id,
    26: deny_all_igw_traffic, 27: ipv6_native, 28: ipv6_address, 29: operator,
    30: associated_subnets, 31: availability_zone_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkInterfaceAssociation {
    pub allocation_id: Option<String>,
    pub association_id: Option<String>,
    pub ip_owner_id: Option<String>,
    pub public_dns_name: Option<String>,
    pub public_ip: Option<String>,
    pub customer_owned_ip: Option<String>,
    pub carrier_ip: Option<String>,
}

wire::structure!(NetworkInterfaceAssociation, s::NETWORK_INTERFACE_ASSOCIATION, {
    0: allocation_id, 1: association_id, 2: ip_owner_id, 3: public_dns_name, 4: public_ip,
    5: customer_owned_ip, 6: carrier_ip,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkInterfaceAttachment {
    pub attach_time: Option<Timestamp>,
    pub attachment_id: Option<String>,
    pub delete_on_termination: Option<bool>,
    pub device_index: Option<i32>,
    pub network_card_index: Option<i32>,
    pub instance_id: Option<String>,
    pub instance_owner_id: Option<String>,
    pub status: Option<AttachmentStatus>,
    pub ena_srd_specification: Option<AttachmentEnaSrdSpecification>,
    pub ena_queue_count: Option<i32>,
}

wire::structure!(NetworkInterfaceAttachment, s::NETWORK_INTERFACE_ATTACHMENT, {
    0: attach_time, 1: attachment_id, 2: delete_on_termination, 3: device_index,
    4: network_card_index, 5: instance_id, 6: instance_owner_id, 7: status, 8: ena_srd_specification,
    9: ena_queue_count,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkInterfaceAttachmentChanges {
    pub default_ena_queue_count: Option<bool>,
    pub ena_queue_count: Option<i32>,
    pub attachment_id: Option<String>,
    pub delete_on_termination: Option<bool>,
}

wire::structure!(NetworkInterfaceAttachmentChanges, s::NETWORK_INTERFACE_ATTACHMENT_CHANGES, {
    0: default_ena_queue_count, 1: ena_queue_count, 2: attachment_id, 3: delete_on_termination,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkInterfaceIpv6Address {
    pub ipv6_address: Option<String>,
    pub public_ipv6_dns_name: Option<String>,
    pub is_primary_ipv6: Option<bool>,
}

wire::structure!(NetworkInterfaceIpv6Address, s::NETWORK_INTERFACE_IPV6_ADDRESS, {
    0: ipv6_address, 1: public_ipv6_dns_name, 2: is_primary_ipv6,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NetworkInterfacePrivateIpAddress {
    pub association: Option<NetworkInterfaceAssociation>,
    pub primary: Option<bool>,
    pub private_dns_name: Option<String>,
    pub private_ip_address: Option<String>,
}

wire::structure!(NetworkInterfacePrivateIpAddress, s::NETWORK_INTERFACE_PRIVATE_IP_ADDRESS, {
    0: association, 1: primary, 2: private_dns_name, 3: private_ip_address,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NeuronDeviceCoreInfo {
    pub count: Option<i32>,
    pub version: Option<i32>,
}

wire::structure!(NeuronDeviceCoreInfo, s::NEURON_DEVICE_CORE_INFO, {
    0: count, 1: version,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NeuronDeviceInfo {
    pub count: Option<i32>,
    pub name: Option<String>,
    pub core_info: Option<NeuronDeviceCoreInfo>,
    pub memory_info: Option<NeuronDeviceMemoryInfo>,
}

wire::structure!(NeuronDeviceInfo, s::NEURON_DEVICE_INFO, {
    0: count, 1: name, 2: core_info, 3: memory_info,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NeuronDeviceMemoryInfo {
    pub size_in_mi_b: Option<i32>,
}

wire::structure!(NeuronDeviceMemoryInfo, s::NEURON_DEVICE_MEMORY_INFO, {
    0: size_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NeuronInfo {
    pub neuron_devices: Option<Vec<NeuronDeviceInfo>>,
    pub total_neuron_device_memory_in_mi_b: Option<i32>,
}

wire::structure!(NeuronInfo, s::NEURON_INFO, {
    0: neuron_devices, 1: total_neuron_device_memory_in_mi_b,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NewDhcpConfiguration {
    pub key: Option<String>,
    pub values: Option<Vec<String>>,
}

wire::structure!(NewDhcpConfiguration, s::NEW_DHCP_CONFIGURATION, {
    0: key, 1: values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct NitroTpmInfo {
    pub supported_versions: Option<Vec<String>>,
}

wire::structure!(NitroTpmInfo, s::NITRO_TPM_INFO, {
    0: supported_versions,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperatorRequest {
    pub principal: Option<String>,
}

wire::structure!(OperatorRequest, s::OPERATOR_REQUEST, {
    0: principal,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct OperatorResponse {
    pub managed: Option<bool>,
    pub principal: Option<String>,
    pub hidden_by_default: Option<bool>,
}

wire::structure!(OperatorResponse, s::OPERATOR_RESPONSE, {
    0: managed, 1: principal, 2: hidden_by_default,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PayerResponsibilityEntry {
    pub scope: Option<PayerResponsibilityScope>,
    pub payer_responsibility_type: Option<PayerResponsibilityType>,
}

wire::structure!(PayerResponsibilityEntry, s::PAYER_RESPONSIBILITY_ENTRY, {
    0: scope, 1: payer_responsibility_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacementGroupInfo {
    pub supported_strategies: Option<Vec<PlacementGroupStrategy>>,
}

wire::structure!(PlacementGroupInfo, s::PLACEMENT_GROUP_INFO, {
    0: supported_strategies,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PortRange {
    pub from: Option<i32>,
    pub to: Option<i32>,
}

wire::structure!(PortRange, s::PORT_RANGE, {
    0: from, 1: to,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrefixList {
    pub cidrs: Option<Vec<String>>,
    pub prefix_list_id: Option<String>,
    pub prefix_list_name: Option<String>,
}

wire::structure!(PrefixList, s::PREFIX_LIST, {
    0: cidrs, 1: prefix_list_id, 2: prefix_list_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrefixListEntry {
    pub cidr: Option<String>,
    pub description: Option<String>,
}

wire::structure!(PrefixListEntry, s::PREFIX_LIST_ENTRY, {
    0: cidr, 1: description,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrefixListId {
    pub description: Option<String>,
    pub prefix_list_id: Option<String>,
}

wire::structure!(PrefixListId, s::PREFIX_LIST_ID, {
    0: description, 1: prefix_list_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrivateDnsNameOptionsOnLaunch {
    pub hostname_type: Option<HostnameType>,
    pub enable_resource_name_dns_a_record: Option<bool>,
    pub enable_resource_name_dns_aaaa_record: Option<bool>,
}

wire::structure!(PrivateDnsNameOptionsOnLaunch, s::PRIVATE_DNS_NAME_OPTIONS_ON_LAUNCH, {
    0: hostname_type, 1: enable_resource_name_dns_a_record, 2: enable_resource_name_dns_aaaa_record,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrivateIpAddressSpecification {
    pub primary: Option<bool>,
    pub private_ip_address: Option<String>,
}

wire::structure!(PrivateIpAddressSpecification, s::PRIVATE_IP_ADDRESS_SPECIFICATION, {
    0: primary, 1: private_ip_address,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProcessorInfo {
    pub supported_architectures: Option<Vec<ArchitectureType>>,
    pub sustained_clock_speed_in_ghz: Option<f64>,
    pub supported_features: Option<Vec<SupportedAdditionalProcessorFeature>>,
    pub manufacturer: Option<String>,
}

wire::structure!(ProcessorInfo, s::PROCESSOR_INFO, {
    0: supported_architectures, 1: sustained_clock_speed_in_ghz, 2: supported_features,
    3: manufacturer,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProductCode {
    pub product_code_id: Option<String>,
    pub product_code_type: Option<ProductCodeValues>,
}

wire::structure!(ProductCode, s::PRODUCT_CODE, {
    0: product_code_id, 1: product_code_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PropagatingVgw {
    pub gateway_id: Option<String>,
}

wire::structure!(PropagatingVgw, s::PROPAGATING_VGW, {
    0: gateway_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProvisionedBandwidth {
    pub provision_time: Option<Timestamp>,
    pub provisioned: Option<String>,
    pub request_time: Option<Timestamp>,
    pub requested: Option<String>,
    pub status: Option<String>,
}

wire::structure!(ProvisionedBandwidth, s::PROVISIONED_BANDWIDTH, {
    0: provision_time, 1: provisioned, 2: request_time, 3: requested, 4: status,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PtrUpdateStatus {
    pub value: Option<String>,
    pub status: Option<String>,
    pub reason: Option<String>,
}

wire::structure!(PtrUpdateStatus, s::PTR_UPDATE_STATUS, {
    0: value, 1: status, 2: reason,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublicIpDnsNameOptions {
    pub dns_hostname_type: Option<String>,
    pub public_ipv4_dns_name: Option<String>,
    pub public_ipv6_dns_name: Option<String>,
    pub public_dual_stack_dns_name: Option<String>,
}

wire::structure!(PublicIpDnsNameOptions, s::PUBLIC_IP_DNS_NAME_OPTIONS, {
    0: dns_hostname_type, 1: public_ipv4_dns_name, 2: public_ipv6_dns_name,
    3: public_dual_stack_dns_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReferencedSecurityGroup {
    pub group_id: Option<String>,
    pub peering_status: Option<String>,
    pub user_id: Option<String>,
    pub vpc_id: Option<String>,
    pub vpc_peering_connection_id: Option<String>,
}

wire::structure!(ReferencedSecurityGroup, s::REFERENCED_SECURITY_GROUP, {
    0: group_id, 1: peering_status, 2: user_id, 3: vpc_id, 4: vpc_peering_connection_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region {
    pub opt_in_status: Option<String>,
    pub geography: Option<Vec<RegionGeography>>,
    pub region_name: Option<String>,
    pub endpoint: Option<String>,
}

wire::structure!(Region, s::REGION, {
    0: opt_in_status, 1: geography, 2: region_name, 3: endpoint,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegionGeography {
    pub name: Option<String>,
}

wire::structure!(RegionGeography, s::REGION_GEOGRAPHY, {
    0: name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReleaseAddressRequest {
    pub allocation_id: Option<String>,
    pub public_ip: Option<String>,
    pub network_border_group: Option<String>,
    pub dry_run: Option<bool>,
}

wire::structure!(ReleaseAddressRequest, s::RELEASE_ADDRESS_REQUEST, {
    0: allocation_id, 1: public_ip, 2: network_border_group, 3: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemovePrefixListEntry {
    pub cidr: String,
}

wire::structure!(RemovePrefixListEntry, s::REMOVE_PREFIX_LIST_ENTRY, {
    0: cidr,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplaceRouteRequest {
    pub destination_prefix_list_id: Option<String>,
    pub vpc_endpoint_id: Option<String>,
    pub local_target: Option<bool>,
    pub transit_gateway_id: Option<String>,
    pub local_gateway_id: Option<String>,
    pub carrier_gateway_id: Option<String>,
    pub core_network_arn: Option<String>,
    pub odb_network_arn: Option<String>,
    pub dry_run: Option<bool>,
    pub route_table_id: String,
    pub destination_cidr_block: Option<String>,
    pub gateway_id: Option<String>,
    pub destination_ipv6_cidr_block: Option<String>,
    pub egress_only_internet_gateway_id: Option<String>,
    pub instance_id: Option<String>,
    pub network_interface_id: Option<String>,
    pub vpc_peering_connection_id: Option<String>,
    pub nat_gateway_id: Option<String>,
}

wire::structure!(ReplaceRouteRequest, s::REPLACE_ROUTE_REQUEST, {
    0: destination_prefix_list_id, 1: vpc_endpoint_id, 2: local_target, 3: transit_gateway_id,
    4: local_gateway_id, 5: carrier_gateway_id, 6: core_network_arn, 7: odb_network_arn, 8: dry_run,
    9: route_table_id, 10: destination_cidr_block, 11: gateway_id, 12: destination_ipv6_cidr_block,
    13: egress_only_internet_gateway_id, 14: instance_id, 15: network_interface_id,
    16: vpc_peering_connection_id, 17: nat_gateway_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplaceRouteTableAssociationRequest {
    pub dry_run: Option<bool>,
    pub association_id: String,
    pub route_table_id: String,
}

wire::structure!(ReplaceRouteTableAssociationRequest, s::REPLACE_ROUTE_TABLE_ASSOCIATION_REQUEST, {
    0: dry_run, 1: association_id, 2: route_table_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReplaceRouteTableAssociationResult {
    pub new_association_id: Option<String>,
    pub association_state: Option<RouteTableAssociationState>,
}

wire::structure!(ReplaceRouteTableAssociationResult, s::REPLACE_ROUTE_TABLE_ASSOCIATION_RESULT, {
    0: new_association_id, 1: association_state,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RevokeSecurityGroupEgressRequest {
    pub security_group_rule_ids: Option<Vec<String>>,
    pub dry_run: Option<bool>,
    pub group_id: String,
    pub source_security_group_name: Option<String>,
    pub source_security_group_owner_id: Option<String>,
    pub ip_protocol: Option<String>,
    pub from_port: Option<i32>,
    pub to_port: Option<i32>,
    pub cidr_ip: Option<String>,
    pub ip_permissions: Option<Vec<IpPermission>>,
}

wire::structure!(RevokeSecurityGroupEgressRequest, s::REVOKE_SECURITY_GROUP_EGRESS_REQUEST, {
    0: security_group_rule_ids, 1: dry_run, 2: group_id, 3: source_security_group_name,
    4: source_security_group_owner_id, 5: ip_protocol, 6: from_port, 7: to_port, 8: cidr_ip,
    9: ip_permissions,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RevokeSecurityGroupEgressResult {
    pub r#return: Option<bool>,
    pub unknown_ip_permissions: Option<Vec<IpPermission>>,
    pub revoked_security_group_rules: Option<Vec<RevokedSecurityGroupRule>>,
}

wire::structure!(RevokeSecurityGroupEgressResult, s::REVOKE_SECURITY_GROUP_EGRESS_RESULT, {
    0: r#return, 1: unknown_ip_permissions, 2: revoked_security_group_rules,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RevokeSecurityGroupIngressRequest {
    pub cidr_ip: Option<String>,
    pub from_port: Option<i32>,
    pub group_id: Option<String>,
    pub group_name: Option<String>,
    pub ip_permissions: Option<Vec<IpPermission>>,
    pub ip_protocol: Option<String>,
    pub source_security_group_name: Option<String>,
    pub source_security_group_owner_id: Option<String>,
    pub to_port: Option<i32>,
    pub security_group_rule_ids: Option<Vec<String>>,
    pub dry_run: Option<bool>,
}

wire::structure!(RevokeSecurityGroupIngressRequest, s::REVOKE_SECURITY_GROUP_INGRESS_REQUEST, {
    0: cidr_ip, 1: from_port, 2: group_id, 3: group_name, 4: ip_permissions, 5: ip_protocol,
    6: source_security_group_name, 7: source_security_group_owner_id, 8: to_port,
    9: security_group_rule_ids, 10: dry_run,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RevokeSecurityGroupIngressResult {
    pub r#return: Option<bool>,
    pub unknown_ip_permissions: Option<Vec<IpPermission>>,
    pub revoked_security_group_rules: Option<Vec<RevokedSecurityGroupRule>>,
}

wire::structure!(RevokeSecurityGroupIngressResult, s::REVOKE_SECURITY_GROUP_INGRESS_RESULT, {
    0: r#return, 1: unknown_ip_permissions, 2: revoked_security_group_rules,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RevokedSecurityGroupRule {
    pub security_group_rule_id: Option<String>,
    pub group_id: Option<String>,
    pub is_egress: Option<bool>,
    pub ip_protocol: Option<String>,
    pub from_port: Option<i32>,
    pub to_port: Option<i32>,
    pub cidr_ipv4: Option<String>,
    pub cidr_ipv6: Option<String>,
    pub prefix_list_id: Option<String>,
    pub referenced_group_id: Option<String>,
    pub description: Option<String>,
}

wire::structure!(RevokedSecurityGroupRule, s::REVOKED_SECURITY_GROUP_RULE, {
    0: security_group_rule_id, 1: group_id, 2: is_egress, 3: ip_protocol, 4: from_port, 5: to_port,
    6: cidr_ipv4, 7: cidr_ipv6, 8: prefix_list_id, 9: referenced_group_id, 10: description,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    pub destination_cidr_block: Option<String>,
    pub destination_ipv6_cidr_block: Option<String>,
    pub destination_prefix_list_id: Option<String>,
    pub egress_only_internet_gateway_id: Option<String>,
    pub gateway_id: Option<String>,
    pub instance_id: Option<String>,
    pub instance_owner_id: Option<String>,
    pub nat_gateway_id: Option<String>,
    pub transit_gateway_id: Option<String>,
    pub local_gateway_id: Option<String>,
    pub carrier_gateway_id: Option<String>,
    pub network_interface_id: Option<String>,
    pub origin: Option<RouteOrigin>,
    pub state: Option<RouteState>,
    pub vpc_peering_connection_id: Option<String>,
    pub core_network_arn: Option<String>,
    pub odb_network_arn: Option<String>,
    pub ip_address: Option<String>,
}

wire::structure!(Route, s::ROUTE, {
    0: destination_cidr_block, 1: destination_ipv6_cidr_block, 2: destination_prefix_list_id,
    3: egress_only_internet_gateway_id, 4: gateway_id, 5: instance_id, 6: instance_owner_id,
    7: nat_gateway_id, 8: transit_gateway_id, 9: local_gateway_id, 10: carrier_gateway_id,
    11: network_interface_id, 12: origin, 13: state, 14: vpc_peering_connection_id,
    15: core_network_arn, 16: odb_network_arn, 17: ip_address,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteTable {
    pub associations: Option<Vec<RouteTableAssociation>>,
    pub propagating_vgws: Option<Vec<PropagatingVgw>>,
    pub route_table_id: Option<String>,
    pub routes: Option<Vec<Route>>,
    pub tags: Option<Vec<Tag>>,
    pub vpc_id: Option<String>,
    pub owner_id: Option<String>,
}

wire::structure!(RouteTable, s::ROUTE_TABLE, {
    0: associations, 1: propagating_vgws, 2: route_table_id, 3: routes, 4: tags, 5: vpc_id,
    6: owner_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteTableAssociation {
    pub main: Option<bool>,
    pub route_table_association_id: Option<String>,
    pub route_table_id: Option<String>,
    pub subnet_id: Option<String>,
    pub gateway_id: Option<String>,
    pub public_ipv4_pool: Option<String>,
    pub association_state: Option<RouteTableAssociationState>,
}

wire::structure!(RouteTableAssociation, s::ROUTE_TABLE_ASSOCIATION, {
    0: main, 1: route_table_association_id, 2: route_table_id, 3: subnet_id, 4: gateway_id,
    5: public_ipv4_pool, 6: association_state,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteTableAssociationState {
    pub state: Option<RouteTableAssociationStateCode>,
    pub status_message: Option<String>,
}

wire::structure!(RouteTableAssociationState, s::ROUTE_TABLE_ASSOCIATION_STATE, {
    0: state, 1: status_message,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScanResults {
    pub highest_finding_severity_label: Option<SeverityLabel>,
    pub finding_scan_date: Option<Timestamp>,
    pub informational_fix_available_since: Option<Timestamp>,
    pub low_fix_available_since: Option<Timestamp>,
    pub medium_fix_available_since: Option<Timestamp>,
    pub high_fix_available_since: Option<Timestamp>,
    pub critical_fix_available_since: Option<Timestamp>,
}

wire::structure!(ScanResults, s::SCAN_RESULTS, {
    0: highest_finding_severity_label, 1: finding_scan_date, 2: informational_fix_available_since,
    3: low_fix_available_since, 4: medium_fix_available_since, 5: high_fix_available_since,
    6: critical_fix_available_since,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecurityGroup {
    pub group_id: Option<String>,
    pub ip_permissions_egress: Option<Vec<IpPermission>>,
    pub tags: Option<Vec<Tag>>,
    pub vpc_id: Option<String>,
    pub security_group_arn: Option<String>,
    pub owner_id: Option<String>,
    pub group_name: Option<String>,
    pub description: Option<String>,
    pub ip_permissions: Option<Vec<IpPermission>>,
}

wire::structure!(SecurityGroup, s::SECURITY_GROUP, {
    0: group_id, 1: ip_permissions_egress, 2: tags, 3: vpc_id, 4: security_group_arn, 5: owner_id,
    6: group_name, 7: description, 8: ip_permissions,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecurityGroupIdentifier {
    pub group_id: Option<String>,
    pub group_name: Option<String>,
}

wire::structure!(SecurityGroupIdentifier, s::SECURITY_GROUP_IDENTIFIER, {
    0: group_id, 1: group_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecurityGroupRule {
    pub security_group_rule_id: Option<String>,
    pub group_id: Option<String>,
    pub group_owner_id: Option<String>,
    pub is_egress: Option<bool>,
    pub ip_protocol: Option<String>,
    pub from_port: Option<i32>,
    pub to_port: Option<i32>,
    pub cidr_ipv4: Option<String>,
    pub cidr_ipv6: Option<String>,
    pub prefix_list_id: Option<String>,
    pub referenced_group_info: Option<ReferencedSecurityGroup>,
    pub description: Option<String>,
    pub tags: Option<Vec<Tag>>,
    pub security_group_rule_arn: Option<String>,
}

wire::structure!(SecurityGroupRule, s::SECURITY_GROUP_RULE, {
    0: security_group_rule_id, 1: group_id, 2: group_owner_id, 3: is_egress, 4: ip_protocol,
    5: from_port, 6: to_port, 7: cidr_ipv4, 8: cidr_ipv6, 9: prefix_list_id,
    10: referenced_group_info, 11: description, 12: tags, 13: security_group_rule_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecurityGroupRuleDescription {
    pub security_group_rule_id: Option<String>,
    pub description: Option<String>,
}

wire::structure!(SecurityGroupRuleDescription, s::SECURITY_GROUP_RULE_DESCRIPTION, {
    0: security_group_rule_id, 1: description,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecurityGroupRuleRequest {
    pub ip_protocol: Option<String>,
    pub from_port: Option<i32>,
    pub to_port: Option<i32>,
    pub cidr_ipv4: Option<String>,
    pub cidr_ipv6: Option<String>,
    pub prefix_list_id: Option<String>,
    pub referenced_group_id: Option<String>,
    pub description: Option<String>,
}

wire::structure!(SecurityGroupRuleRequest, s::SECURITY_GROUP_RULE_REQUEST, {
    0: ip_protocol, 1: from_port, 2: to_port, 3: cidr_ipv4, 4: cidr_ipv6, 5: prefix_list_id,
    6: referenced_group_id, 7: description,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SecurityGroupRuleUpdate {
    pub security_group_rule_id: String,
    pub security_group_rule: Option<SecurityGroupRuleRequest>,
}

wire::structure!(SecurityGroupRuleUpdate, s::SECURITY_GROUP_RULE_UPDATE, {
    0: security_group_rule_id, 1: security_group_rule,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateReason {
    pub code: Option<String>,
    pub message: Option<String>,
}

wire::structure!(StateReason, s::STATE_REASON, {
    0: code, 1: message,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subnet {
    pub availability_zone_id: Option<String>,
    pub enable_lni_at_device_index: Option<i32>,
    pub map_customer_owned_ip_on_launch: Option<bool>,
    pub customer_owned_ipv4_pool: Option<String>,
    pub owner_id: Option<String>,
    pub assign_ipv6_address_on_creation: Option<bool>,
    pub ipv6_cidr_block_association_set: Option<Vec<SubnetIpv6CidrBlockAssociation>>,
    pub tags: Option<Vec<Tag>>,
    pub subnet_arn: Option<String>,
    pub outpost_arn: Option<String>,
    pub enable_dns64: Option<bool>,
    pub ipv6_native: Option<bool>,
    pub private_dns_name_options_on_launch: Option<PrivateDnsNameOptionsOnLaunch>,
    pub block_public_access_states: Option<BlockPublicAccessStates>,
    pub r#type: Option<String>,
    pub subnet_id: Option<String>,
    pub state: Option<SubnetState>,
    pub vpc_id: Option<String>,
    pub cidr_block: Option<String>,
    pub available_ip_address_count: Option<i32>,
    pub availability_zone: Option<String>,
    pub default_for_az: Option<bool>,
    pub map_public_ip_on_launch: Option<bool>,
}

wire::structure!(Subnet, s::SUBNET, {
    0: availability_zone_id, 1: enable_lni_at_device_index, 2: map_customer_owned_ip_on_launch,
    3: customer_owned_ipv4_pool, 4: owner_id, 5: assign_ipv6_address_on_creation,
    6: ipv6_cidr_block_association_set, 7: tags, 8: subnet_arn, 9: outpost_arn, 10: enable_dns64,
    11: ipv6_native, 12: private_dns_name_options_on_launch, 13: block_public_access_states,
    14: r#type, 15: subnet_id, 16: state, 17: vpc_id, 18: cidr_block, 19: available_ip_address_count,
    20: availability_zone, 21: default_for_az, 22: map_public_ip_on_launch,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubnetCidrBlockState {
    pub state: Option<SubnetCidrBlockStateCode>,
    pub status_message: Option<String>,
}

wire::structure!(SubnetCidrBlockState, s::SUBNET_CIDR_BLOCK_STATE, {
    0: state, 1: status_message,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubnetIpPrefixes {
    pub subnet_id: Option<String>,
    pub ip_prefixes: Option<Vec<String>>,
}

wire::structure!(SubnetIpPrefixes, s::SUBNET_IP_PREFIXES, {
    0: subnet_id, 1: ip_prefixes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubnetIpv6CidrBlockAssociation {
    pub association_id: Option<String>,
    pub ipv6_cidr_block: Option<String>,
    pub ipv6_cidr_block_state: Option<SubnetCidrBlockState>,
    pub ipv6_address_attribute: Option<Ipv6AddressAttribute>,
    pub ip_source: Option<IpSource>,
}

wire::structure!(SubnetIpv6CidrBlockAssociation, s::SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION, {
    0: association_id, 1: ipv6_cidr_block, 2: ipv6_cidr_block_state, 3: ipv6_address_attribute,
    4: ip_source,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    pub key: Option<String>,
    pub value: Option<String>,
}

wire::structure!(Tag, s::TAG, {
    0: key, 1: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagDescription {
    pub key: Option<String>,
    pub resource_id: Option<String>,
    pub resource_type: Option<ResourceType>,
    pub value: Option<String>,
}

wire::structure!(TagDescription, s::TAG_DESCRIPTION, {
    0: key, 1: resource_id, 2: resource_type, 3: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagSpecification {
    pub resource_type: Option<ResourceType>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(TagSpecification, s::TAG_SPECIFICATION, {
    0: resource_type, 1: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnassignPrivateIpAddressesRequest {
    pub ipv4_prefixes: Option<Vec<String>>,
    pub network_interface_id: String,
    pub private_ip_addresses: Option<Vec<String>>,
}

wire::structure!(UnassignPrivateIpAddressesRequest, s::UNASSIGN_PRIVATE_IP_ADDRESSES_REQUEST, {
    0: ipv4_prefixes, 1: network_interface_id, 2: private_ip_addresses,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateSecurityGroupRuleDescriptionsEgressRequest {
    pub dry_run: Option<bool>,
    pub group_id: Option<String>,
    pub group_name: Option<String>,
    pub ip_permissions: Option<Vec<IpPermission>>,
    pub security_group_rule_descriptions: Option<Vec<SecurityGroupRuleDescription>>,
}

wire::structure!(UpdateSecurityGroupRuleDescriptionsEgressRequest, s::UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_EGRESS_REQUEST, {
    0: dry_run, 1: group_id, 2: group_name, 3: ip_permissions, 4: security_group_rule_descriptions,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateSecurityGroupRuleDescriptionsEgressResult {
    pub r#return: Option<bool>,
}

wire::structure!(UpdateSecurityGroupRuleDescriptionsEgressResult, s::UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_EGRESS_RESULT, {
    0: r#return,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateSecurityGroupRuleDescriptionsIngressRequest {
    pub dry_run: Option<bool>,
    pub group_id: Option<String>,
    pub group_name: Option<String>,
    pub ip_permissions: Option<Vec<IpPermission>>,
    pub security_group_rule_descriptions: Option<Vec<SecurityGroupRuleDescription>>,
}

wire::structure!(UpdateSecurityGroupRuleDescriptionsIngressRequest, s::UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_INGRESS_REQUEST, {
    0: dry_run, 1: group_id, 2: group_name, 3: ip_permissions, 4: security_group_rule_descriptions,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateSecurityGroupRuleDescriptionsIngressResult {
    pub r#return: Option<bool>,
}

wire::structure!(UpdateSecurityGroupRuleDescriptionsIngressResult, s::UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_INGRESS_RESULT, {
    0: r#return,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UserIdGroupPair {
    pub description: Option<String>,
    pub user_id: Option<String>,
    pub group_name: Option<String>,
    pub group_id: Option<String>,
    pub vpc_id: Option<String>,
    pub vpc_peering_connection_id: Option<String>,
    pub peering_status: Option<String>,
}

wire::structure!(UserIdGroupPair, s::USER_ID_GROUP_PAIR, {
    0: description, 1: user_id, 2: group_name, 3: group_id, 4: vpc_id, 5: vpc_peering_connection_id,
    6: peering_status,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VCpuInfo {
    pub default_v_cpus: Option<i32>,
    pub default_cores: Option<i32>,
    pub default_threads_per_core: Option<i32>,
    pub valid_cores: Option<Vec<i32>>,
    pub valid_threads_per_core: Option<Vec<i32>>,
}

wire::structure!(VCpuInfo, s::V_CPU_INFO, {
    0: default_v_cpus, 1: default_cores, 2: default_threads_per_core, 3: valid_cores,
    4: valid_threads_per_core,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vpc {
    pub owner_id: Option<String>,
    pub instance_tenancy: Option<Tenancy>,
    pub ipv6_cidr_block_association_set: Option<Vec<VpcIpv6CidrBlockAssociation>>,
    pub cidr_block_association_set: Option<Vec<VpcCidrBlockAssociation>>,
    pub is_default: Option<bool>,
    pub encryption_control: Option<VpcEncryptionControl>,
    pub tags: Option<Vec<Tag>>,
    pub block_public_access_states: Option<BlockPublicAccessStates>,
    pub vpc_id: Option<String>,
    pub state: Option<VpcState>,
    pub cidr_block: Option<String>,
    pub dhcp_options_id: Option<String>,
}

wire::structure!(Vpc, s::VPC, {
    0: owner_id, 1: instance_tenancy, 2: ipv6_cidr_block_association_set,
    3: cidr_block_association_set, 4: is_default, 5: encryption_control, 6: tags,
    7: block_public_access_states, 8: vpc_id, 9: state, 10: cidr_block, 11: dhcp_options_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcCidrBlockAssociation {
    pub association_id: Option<String>,
    pub cidr_block: Option<String>,
    pub cidr_block_state: Option<VpcCidrBlockState>,
}

wire::structure!(VpcCidrBlockAssociation, s::VPC_CIDR_BLOCK_ASSOCIATION, {
    0: association_id, 1: cidr_block, 2: cidr_block_state,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcCidrBlockState {
    pub state: Option<VpcCidrBlockStateCode>,
    pub status_message: Option<String>,
}

wire::structure!(VpcCidrBlockState, s::VPC_CIDR_BLOCK_STATE, {
    0: state, 1: status_message,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcClassicLink {
    pub classic_link_enabled: Option<bool>,
    pub tags: Option<Vec<Tag>>,
    pub vpc_id: Option<String>,
}

wire::structure!(VpcClassicLink, s::VPC_CLASSIC_LINK, {
    0: classic_link_enabled, 1: tags, 2: vpc_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcEncryptionControl {
    pub vpc_id: Option<String>,
    pub vpc_encryption_control_id: Option<String>,
    pub mode: Option<VpcEncryptionControlMode>,
    pub state: Option<VpcEncryptionControlState>,
    pub state_message: Option<String>,
    pub resource_exclusions: Option<VpcEncryptionControlExclusions>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(VpcEncryptionControl, s::VPC_ENCRYPTION_CONTROL, {
    0: vpc_id, 1: vpc_encryption_control_id, 2: mode, 3: state, 4: state_message,
    5: resource_exclusions, 6: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcEncryptionControlConfiguration {
    pub mode: VpcEncryptionControlMode,
    pub internet_gateway_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
    pub egress_only_internet_gateway_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
    pub nat_gateway_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
    pub virtual_private_gateway_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
    pub vpc_peering_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
    pub lambda_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
    pub vpc_lattice_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
    pub elastic_file_system_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
    pub global_accelerator_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
    pub api_gateway_v2_exclusion: Option<VpcEncryptionControlExclusionStateInput>,
}

wire::structure!(VpcEncryptionControlConfiguration, s::VPC_ENCRYPTION_CONTROL_CONFIGURATION, {
    0: mode, 1: internet_gateway_exclusion, 2: egress_only_internet_gateway_exclusion,
    3: nat_gateway_exclusion, 4: virtual_private_gateway_exclusion, 5: vpc_peering_exclusion,
    6: lambda_exclusion, 7: vpc_lattice_exclusion, 8: elastic_file_system_exclusion,
    9: global_accelerator_exclusion, 10: api_gateway_v2_exclusion,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcEncryptionControlExclusion {
    pub state: Option<VpcEncryptionControlExclusionState>,
    pub state_message: Option<String>,
}

wire::structure!(VpcEncryptionControlExclusion, s::VPC_ENCRYPTION_CONTROL_EXCLUSION, {
    0: state, 1: state_message,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcEncryptionControlExclusions {
    pub internet_gateway: Option<VpcEncryptionControlExclusion>,
    pub egress_only_internet_gateway: Option<VpcEncryptionControlExclusion>,
    pub nat_gateway: Option<VpcEncryptionControlExclusion>,
    pub virtual_private_gateway: Option<VpcEncryptionControlExclusion>,
    pub vpc_peering: Option<VpcEncryptionControlExclusion>,
    pub lambda: Option<VpcEncryptionControlExclusion>,
    pub vpc_lattice: Option<VpcEncryptionControlExclusion>,
    pub elastic_file_system: Option<VpcEncryptionControlExclusion>,
    pub global_accelerator: Option<VpcEncryptionControlExclusion>,
    pub api_gateway_v2: Option<VpcEncryptionControlExclusion>,
}

wire::structure!(VpcEncryptionControlExclusions, s::VPC_ENCRYPTION_CONTROL_EXCLUSIONS, {
    0: internet_gateway, 1: egress_only_internet_gateway, 2: nat_gateway, 3: virtual_private_gateway,
    4: vpc_peering, 5: lambda, 6: vpc_lattice, 7: elastic_file_system, 8: global_accelerator,
    9: api_gateway_v2,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcEndpoint {
    pub vpc_endpoint_id: Option<String>,
    pub vpc_endpoint_type: Option<VpcEndpointType>,
    pub vpc_id: Option<String>,
    pub service_name: Option<String>,
    pub state: Option<State>,
    pub policy_document: Option<String>,
    pub route_table_ids: Option<Vec<String>>,
    pub subnet_ids: Option<Vec<String>>,
    pub groups: Option<Vec<SecurityGroupIdentifier>>,
    pub ip_address_type: Option<IpAddressType>,
    pub dns_options: Option<DnsOptions>,
    pub private_dns_enabled: Option<bool>,
    pub requester_managed: Option<bool>,
    pub network_interface_ids: Option<Vec<String>>,
    pub dns_entries: Option<Vec<DnsEntry>>,
    pub creation_timestamp: Option<Timestamp>,
    pub tags: Option<Vec<Tag>>,
    pub owner_id: Option<String>,
    pub last_error: Option<LastError>,
    pub ipv4_prefixes: Option<Vec<SubnetIpPrefixes>>,
    pub ipv6_prefixes: Option<Vec<SubnetIpPrefixes>>,
    pub failure_reason: Option<String>,
    pub service_network_arn: Option<String>,
    pub resource_configuration_arn: Option<String>,
    pub service_region: Option<String>,
    pub payer_responsibilities: Option<Vec<PayerResponsibilityEntry>>,
}

wire::structure!(VpcEndpoint, s::VPC_ENDPOINT, {
    0: vpc_endpoint_id, 1: vpc_endpoint_type, 2: vpc_id, 3: service_name, 4: state,
    5: policy_document, 6: route_table_ids, 7: subnet_ids, 8: groups, 9: ip_address_type,
    10: dns_options, 11: private_dns_enabled, 12: requester_managed, 13: network_interface_ids,
    14: dns_entries, 15: creation_timestamp, 16: tags, 17: owner_id, 18: last_error,
    19: ipv4_prefixes, 20: ipv6_prefixes, 21: failure_reason, 22: service_network_arn,
    23: resource_configuration_arn, 24: service_region, 25: payer_responsibilities,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct VpcIpv6CidrBlockAssociation {
    pub association_id: Option<String>,
    pub ipv6_cidr_block: Option<String>,
    pub ipv6_cidr_block_state: Option<VpcCidrBlockState>,
    pub network_border_group: Option<String>,
    pub ipv6_pool: Option<String>,
    pub ipv6_address_attribute: Option<Ipv6AddressAttribute>,
    pub ip_source: Option<IpSource>,
}

wire::structure!(VpcIpv6CidrBlockAssociation, s::VPC_IPV6_CIDR_BLOCK_ASSOCIATION, {
    0: association_id, 1: ipv6_cidr_block, 2: ipv6_cidr_block_state, 3: network_border_group,
    4: ipv6_pool, 5: ipv6_address_attribute, 6: ip_source,
});
