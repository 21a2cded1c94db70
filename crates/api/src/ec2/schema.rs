//! The model of Amazon EC2 (networking) as statics: what codecs and validation walk.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{
    ErrorSchema, Fault, Kind, Member, MemberTraits, OperationSchema, Pattern, Protocol, Schema,
    ServiceSchema, TimestampFormat,
};

use super::errors;
use crate::service::UNIT;

pub static SERVICE_SCHEMA: ServiceSchema = ServiceSchema {
    name: "ec2",
    signing_name: "ec2",
    endpoint_prefix: "ec2",
    target_prefix: None,
    api_version: "2016-11-15",
    protocols: &[Protocol::Ec2Query],
    xml_namespace: Some("http://ec2.amazonaws.com/doc/2016-11-15"),
    query_compatible: false,
    validation_error: &errors::VALIDATION,
};

pub static ALLOCATE_ADDRESS_OPERATION: OperationSchema = OperationSchema {
    name: "AllocateAddress",
    input: &ALLOCATE_ADDRESS_REQUEST,
    output: &ALLOCATE_ADDRESS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ASSIGN_PRIVATE_IP_ADDRESSES_OPERATION: OperationSchema = OperationSchema {
    name: "AssignPrivateIpAddresses",
    input: &ASSIGN_PRIVATE_IP_ADDRESSES_REQUEST,
    output: &ASSIGN_PRIVATE_IP_ADDRESSES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ASSOCIATE_ADDRESS_OPERATION: OperationSchema = OperationSchema {
    name: "AssociateAddress",
    input: &ASSOCIATE_ADDRESS_REQUEST,
    output: &ASSOCIATE_ADDRESS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ASSOCIATE_DHCP_OPTIONS_OPERATION: OperationSchema = OperationSchema {
    name: "AssociateDhcpOptions",
    input: &ASSOCIATE_DHCP_OPTIONS_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ASSOCIATE_ROUTE_TABLE_OPERATION: OperationSchema = OperationSchema {
    name: "AssociateRouteTable",
    input: &ASSOCIATE_ROUTE_TABLE_REQUEST,
    output: &ASSOCIATE_ROUTE_TABLE_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ASSOCIATE_SUBNET_CIDR_BLOCK_OPERATION: OperationSchema = OperationSchema {
    name: "AssociateSubnetCidrBlock",
    input: &ASSOCIATE_SUBNET_CIDR_BLOCK_REQUEST,
    output: &ASSOCIATE_SUBNET_CIDR_BLOCK_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ASSOCIATE_VPC_CIDR_BLOCK_OPERATION: OperationSchema = OperationSchema {
    name: "AssociateVpcCidrBlock",
    input: &ASSOCIATE_VPC_CIDR_BLOCK_REQUEST,
    output: &ASSOCIATE_VPC_CIDR_BLOCK_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ATTACH_INTERNET_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "AttachInternetGateway",
    input: &ATTACH_INTERNET_GATEWAY_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ATTACH_NETWORK_INTERFACE_OPERATION: OperationSchema = OperationSchema {
    name: "AttachNetworkInterface",
    input: &ATTACH_NETWORK_INTERFACE_REQUEST,
    output: &ATTACH_NETWORK_INTERFACE_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static AUTHORIZE_SECURITY_GROUP_EGRESS_OPERATION: OperationSchema = OperationSchema {
    name: "AuthorizeSecurityGroupEgress",
    input: &AUTHORIZE_SECURITY_GROUP_EGRESS_REQUEST,
    output: &AUTHORIZE_SECURITY_GROUP_EGRESS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static AUTHORIZE_SECURITY_GROUP_INGRESS_OPERATION: OperationSchema = OperationSchema {
    name: "AuthorizeSecurityGroupIngress",
    input: &AUTHORIZE_SECURITY_GROUP_INGRESS_REQUEST,
    output: &AUTHORIZE_SECURITY_GROUP_INGRESS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_DEFAULT_SUBNET_OPERATION: OperationSchema = OperationSchema {
    name: "CreateDefaultSubnet",
    input: &CREATE_DEFAULT_SUBNET_REQUEST,
    output: &CREATE_DEFAULT_SUBNET_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_DEFAULT_VPC_OPERATION: OperationSchema = OperationSchema {
    name: "CreateDefaultVpc",
    input: &CREATE_DEFAULT_VPC_REQUEST,
    output: &CREATE_DEFAULT_VPC_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_DHCP_OPTIONS_OPERATION: OperationSchema = OperationSchema {
    name: "CreateDhcpOptions",
    input: &CREATE_DHCP_OPTIONS_REQUEST,
    output: &CREATE_DHCP_OPTIONS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_INTERNET_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "CreateInternetGateway",
    input: &CREATE_INTERNET_GATEWAY_REQUEST,
    output: &CREATE_INTERNET_GATEWAY_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_MANAGED_PREFIX_LIST_OPERATION: OperationSchema = OperationSchema {
    name: "CreateManagedPrefixList",
    input: &CREATE_MANAGED_PREFIX_LIST_REQUEST,
    output: &CREATE_MANAGED_PREFIX_LIST_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_NAT_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "CreateNatGateway",
    input: &CREATE_NAT_GATEWAY_REQUEST,
    output: &CREATE_NAT_GATEWAY_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_NETWORK_INTERFACE_OPERATION: OperationSchema = OperationSchema {
    name: "CreateNetworkInterface",
    input: &CREATE_NETWORK_INTERFACE_REQUEST,
    output: &CREATE_NETWORK_INTERFACE_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_ROUTE_OPERATION: OperationSchema = OperationSchema {
    name: "CreateRoute",
    input: &CREATE_ROUTE_REQUEST,
    output: &CREATE_ROUTE_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_ROUTE_TABLE_OPERATION: OperationSchema = OperationSchema {
    name: "CreateRouteTable",
    input: &CREATE_ROUTE_TABLE_REQUEST,
    output: &CREATE_ROUTE_TABLE_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_SECURITY_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "CreateSecurityGroup",
    input: &CREATE_SECURITY_GROUP_REQUEST,
    output: &CREATE_SECURITY_GROUP_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_SUBNET_OPERATION: OperationSchema = OperationSchema {
    name: "CreateSubnet",
    input: &CREATE_SUBNET_REQUEST,
    output: &CREATE_SUBNET_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_TAGS_OPERATION: OperationSchema = OperationSchema {
    name: "CreateTags",
    input: &CREATE_TAGS_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_VPC_OPERATION: OperationSchema = OperationSchema {
    name: "CreateVpc",
    input: &CREATE_VPC_REQUEST,
    output: &CREATE_VPC_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_DHCP_OPTIONS_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteDhcpOptions",
    input: &DELETE_DHCP_OPTIONS_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_INTERNET_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteInternetGateway",
    input: &DELETE_INTERNET_GATEWAY_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_MANAGED_PREFIX_LIST_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteManagedPrefixList",
    input: &DELETE_MANAGED_PREFIX_LIST_REQUEST,
    output: &DELETE_MANAGED_PREFIX_LIST_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_NAT_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteNatGateway",
    input: &DELETE_NAT_GATEWAY_REQUEST,
    output: &DELETE_NAT_GATEWAY_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_NETWORK_INTERFACE_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteNetworkInterface",
    input: &DELETE_NETWORK_INTERFACE_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_ROUTE_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteRoute",
    input: &DELETE_ROUTE_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_ROUTE_TABLE_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteRouteTable",
    input: &DELETE_ROUTE_TABLE_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_SECURITY_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteSecurityGroup",
    input: &DELETE_SECURITY_GROUP_REQUEST,
    output: &DELETE_SECURITY_GROUP_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_SUBNET_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteSubnet",
    input: &DELETE_SUBNET_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_TAGS_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteTags",
    input: &DELETE_TAGS_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_VPC_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteVpc",
    input: &DELETE_VPC_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_ACCOUNT_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeAccountAttributes",
    input: &DESCRIBE_ACCOUNT_ATTRIBUTES_REQUEST,
    output: &DESCRIBE_ACCOUNT_ATTRIBUTES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_ADDRESSES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeAddresses",
    input: &DESCRIBE_ADDRESSES_REQUEST,
    output: &DESCRIBE_ADDRESSES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_ADDRESSES_ATTRIBUTE_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeAddressesAttribute",
    input: &DESCRIBE_ADDRESSES_ATTRIBUTE_REQUEST,
    output: &DESCRIBE_ADDRESSES_ATTRIBUTE_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_AVAILABILITY_ZONES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeAvailabilityZones",
    input: &DESCRIBE_AVAILABILITY_ZONES_REQUEST,
    output: &DESCRIBE_AVAILABILITY_ZONES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_DHCP_OPTIONS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeDhcpOptions",
    input: &DESCRIBE_DHCP_OPTIONS_REQUEST,
    output: &DESCRIBE_DHCP_OPTIONS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_IMAGES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeImages",
    input: &DESCRIBE_IMAGES_REQUEST,
    output: &DESCRIBE_IMAGES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_INSTANCE_TYPES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeInstanceTypes",
    input: &DESCRIBE_INSTANCE_TYPES_REQUEST,
    output: &DESCRIBE_INSTANCE_TYPES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_INTERNET_GATEWAYS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeInternetGateways",
    input: &DESCRIBE_INTERNET_GATEWAYS_REQUEST,
    output: &DESCRIBE_INTERNET_GATEWAYS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_MANAGED_PREFIX_LISTS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeManagedPrefixLists",
    input: &DESCRIBE_MANAGED_PREFIX_LISTS_REQUEST,
    output: &DESCRIBE_MANAGED_PREFIX_LISTS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_NAT_GATEWAYS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeNatGateways",
    input: &DESCRIBE_NAT_GATEWAYS_REQUEST,
    output: &DESCRIBE_NAT_GATEWAYS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_NETWORK_ACLS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeNetworkAcls",
    input: &DESCRIBE_NETWORK_ACLS_REQUEST,
    output: &DESCRIBE_NETWORK_ACLS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeNetworkInterfaceAttribute",
    input: &DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE_REQUEST,
    output: &DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_NETWORK_INTERFACES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeNetworkInterfaces",
    input: &DESCRIBE_NETWORK_INTERFACES_REQUEST,
    output: &DESCRIBE_NETWORK_INTERFACES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_PREFIX_LISTS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribePrefixLists",
    input: &DESCRIBE_PREFIX_LISTS_REQUEST,
    output: &DESCRIBE_PREFIX_LISTS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_REGIONS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeRegions",
    input: &DESCRIBE_REGIONS_REQUEST,
    output: &DESCRIBE_REGIONS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_ROUTE_TABLES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeRouteTables",
    input: &DESCRIBE_ROUTE_TABLES_REQUEST,
    output: &DESCRIBE_ROUTE_TABLES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_SECURITY_GROUP_RULES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeSecurityGroupRules",
    input: &DESCRIBE_SECURITY_GROUP_RULES_REQUEST,
    output: &DESCRIBE_SECURITY_GROUP_RULES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_SECURITY_GROUPS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeSecurityGroups",
    input: &DESCRIBE_SECURITY_GROUPS_REQUEST,
    output: &DESCRIBE_SECURITY_GROUPS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_SUBNETS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeSubnets",
    input: &DESCRIBE_SUBNETS_REQUEST,
    output: &DESCRIBE_SUBNETS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_TAGS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTags",
    input: &DESCRIBE_TAGS_REQUEST,
    output: &DESCRIBE_TAGS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_VPC_ATTRIBUTE_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeVpcAttribute",
    input: &DESCRIBE_VPC_ATTRIBUTE_REQUEST,
    output: &DESCRIBE_VPC_ATTRIBUTE_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_VPC_CLASSIC_LINK_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeVpcClassicLink",
    input: &DESCRIBE_VPC_CLASSIC_LINK_REQUEST,
    output: &DESCRIBE_VPC_CLASSIC_LINK_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeVpcClassicLinkDnsSupport",
    input: &DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_REQUEST,
    output: &DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_VPC_ENDPOINTS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeVpcEndpoints",
    input: &DESCRIBE_VPC_ENDPOINTS_REQUEST,
    output: &DESCRIBE_VPC_ENDPOINTS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_VPCS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeVpcs",
    input: &DESCRIBE_VPCS_REQUEST,
    output: &DESCRIBE_VPCS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DETACH_INTERNET_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "DetachInternetGateway",
    input: &DETACH_INTERNET_GATEWAY_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DETACH_NETWORK_INTERFACE_OPERATION: OperationSchema = OperationSchema {
    name: "DetachNetworkInterface",
    input: &DETACH_NETWORK_INTERFACE_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DISASSOCIATE_ADDRESS_OPERATION: OperationSchema = OperationSchema {
    name: "DisassociateAddress",
    input: &DISASSOCIATE_ADDRESS_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DISASSOCIATE_ROUTE_TABLE_OPERATION: OperationSchema = OperationSchema {
    name: "DisassociateRouteTable",
    input: &DISASSOCIATE_ROUTE_TABLE_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DISASSOCIATE_SUBNET_CIDR_BLOCK_OPERATION: OperationSchema = OperationSchema {
    name: "DisassociateSubnetCidrBlock",
    input: &DISASSOCIATE_SUBNET_CIDR_BLOCK_REQUEST,
    output: &DISASSOCIATE_SUBNET_CIDR_BLOCK_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DISASSOCIATE_VPC_CIDR_BLOCK_OPERATION: OperationSchema = OperationSchema {
    name: "DisassociateVpcCidrBlock",
    input: &DISASSOCIATE_VPC_CIDR_BLOCK_REQUEST,
    output: &DISASSOCIATE_VPC_CIDR_BLOCK_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static GET_MANAGED_PREFIX_LIST_ENTRIES_OPERATION: OperationSchema = OperationSchema {
    name: "GetManagedPrefixListEntries",
    input: &GET_MANAGED_PREFIX_LIST_ENTRIES_REQUEST,
    output: &GET_MANAGED_PREFIX_LIST_ENTRIES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static MODIFY_MANAGED_PREFIX_LIST_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyManagedPrefixList",
    input: &MODIFY_MANAGED_PREFIX_LIST_REQUEST,
    output: &MODIFY_MANAGED_PREFIX_LIST_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static MODIFY_NETWORK_INTERFACE_ATTRIBUTE_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyNetworkInterfaceAttribute",
    input: &MODIFY_NETWORK_INTERFACE_ATTRIBUTE_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static MODIFY_SECURITY_GROUP_RULES_OPERATION: OperationSchema = OperationSchema {
    name: "ModifySecurityGroupRules",
    input: &MODIFY_SECURITY_GROUP_RULES_REQUEST,
    output: &MODIFY_SECURITY_GROUP_RULES_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static MODIFY_SUBNET_ATTRIBUTE_OPERATION: OperationSchema = OperationSchema {
    name: "ModifySubnetAttribute",
    input: &MODIFY_SUBNET_ATTRIBUTE_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static MODIFY_VPC_ATTRIBUTE_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyVpcAttribute",
    input: &MODIFY_VPC_ATTRIBUTE_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static RELEASE_ADDRESS_OPERATION: OperationSchema = OperationSchema {
    name: "ReleaseAddress",
    input: &RELEASE_ADDRESS_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static REPLACE_ROUTE_OPERATION: OperationSchema = OperationSchema {
    name: "ReplaceRoute",
    input: &REPLACE_ROUTE_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static REPLACE_ROUTE_TABLE_ASSOCIATION_OPERATION: OperationSchema = OperationSchema {
    name: "ReplaceRouteTableAssociation",
    input: &REPLACE_ROUTE_TABLE_ASSOCIATION_REQUEST,
    output: &REPLACE_ROUTE_TABLE_ASSOCIATION_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static REVOKE_SECURITY_GROUP_EGRESS_OPERATION: OperationSchema = OperationSchema {
    name: "RevokeSecurityGroupEgress",
    input: &REVOKE_SECURITY_GROUP_EGRESS_REQUEST,
    output: &REVOKE_SECURITY_GROUP_EGRESS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static REVOKE_SECURITY_GROUP_INGRESS_OPERATION: OperationSchema = OperationSchema {
    name: "RevokeSecurityGroupIngress",
    input: &REVOKE_SECURITY_GROUP_INGRESS_REQUEST,
    output: &REVOKE_SECURITY_GROUP_INGRESS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UNASSIGN_PRIVATE_IP_ADDRESSES_OPERATION: OperationSchema = OperationSchema {
    name: "UnassignPrivateIpAddresses",
    input: &UNASSIGN_PRIVATE_IP_ADDRESSES_REQUEST,
    output: &UNIT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_EGRESS_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateSecurityGroupRuleDescriptionsEgress",
    input: &UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_EGRESS_REQUEST,
    output: &UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_EGRESS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_INGRESS_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateSecurityGroupRuleDescriptionsIngress",
    input: &UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_INGRESS_REQUEST,
    output: &UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_INGRESS_RESULT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ACCOUNT_ATTRIBUTE: Schema = Schema::structure(
    "AccountAttribute",
    &[
        Member::new("AttributeName", &STRING).wire_name("attributeName"),
        Member::new("AttributeValues", &ACCOUNT_ATTRIBUTE_VALUE_LIST).wire_name("attributeValueSet"),
    ],
);

pub static ACCOUNT_ATTRIBUTE_LIST: Schema =
    Schema::list("AccountAttributeList", &[Member::new("member", &ACCOUNT_ATTRIBUTE).wire_name("item")]);

pub static ACCOUNT_ATTRIBUTE_NAME: Schema =
    Schema::scalar("AccountAttributeName", Kind::String).enumeration(super::AccountAttributeName::VALUES);

pub static ACCOUNT_ATTRIBUTE_NAME_STRING_LIST: Schema = Schema::list(
    "AccountAttributeNameStringList",
    &[Member::new("member", &ACCOUNT_ATTRIBUTE_NAME).wire_name("attributeName")],
);

pub static ACCOUNT_ATTRIBUTE_VALUE: Schema = Schema::structure(
    "AccountAttributeValue",
    &[Member::new("AttributeValue", &STRING).wire_name("attributeValue")],
);

pub static ACCOUNT_ATTRIBUTE_VALUE_LIST: Schema = Schema::list(
    "AccountAttributeValueList",
    &[Member::new("member", &ACCOUNT_ATTRIBUTE_VALUE).wire_name("item")],
);

pub static ADD_PREFIX_LIST_ENTRIES: Schema =
    Schema::list("AddPrefixListEntries", &[Member::new("member", &ADD_PREFIX_LIST_ENTRY)]).min(0).max(100);

pub static ADD_PREFIX_LIST_ENTRY: Schema = Schema::structure(
    "AddPrefixListEntry",
    &[Member::new("Cidr", &STRING).required(), Member::new("Description", &STRING)],
);

pub static ADDITIONAL_FLEXIBLE_NETWORK_INTERFACES: Schema =
    Schema::scalar("AdditionalFlexibleNetworkInterfaces", Kind::Integer);

pub static ADDRESS: Schema = Schema::structure(
    "Address",
    &[
        Member::new("AllocationId", &STRING).wire_name("allocationId"),
        Member::new("AssociationId", &STRING).wire_name("associationId"),
        Member::new("Domain", &DOMAIN_TYPE).wire_name("domain"),
        Member::new("NetworkInterfaceId", &STRING).wire_name("networkInterfaceId"),
        Member::new("NetworkInterfaceOwnerId", &STRING).wire_name("networkInterfaceOwnerId"),
        Member::new("PrivateIpAddress", &STRING).wire_name("privateIpAddress"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("PublicIpv4Pool", &STRING).wire_name("publicIpv4Pool"),
        Member::new("NetworkBorderGroup", &STRING).wire_name("networkBorderGroup"),
        Member::new("CustomerOwnedIp", &STRING).wire_name("customerOwnedIp"),
        Member::new("CustomerOwnedIpv4Pool", &STRING).wire_name("customerOwnedIpv4Pool"),
        Member::new("CarrierIp", &STRING).wire_name("carrierIp"),
        Member::new("SubnetId", &STRING).wire_name("subnetId"),
        Member::new("ServiceManaged", &SERVICE_MANAGED).wire_name("serviceManaged"),
        Member::new("InstanceId", &STRING).wire_name("instanceId"),
        Member::new("PublicIp", &STRING).wire_name("publicIp"),
    ],
);

pub static ADDRESS_ATTRIBUTE: Schema = Schema::structure(
    "AddressAttribute",
    &[
        Member::new("PublicIp", &PUBLIC_IP_ADDRESS).wire_name("publicIp"),
        Member::new("AllocationId", &ALLOCATION_ID).wire_name("allocationId"),
        Member::new("PtrRecord", &STRING).wire_name("ptrRecord"),
        Member::new("PtrRecordUpdate", &PTR_UPDATE_STATUS).wire_name("ptrRecordUpdate"),
    ],
);

pub static ADDRESS_ATTRIBUTE_NAME: Schema =
    Schema::scalar("AddressAttributeName", Kind::String).enumeration(super::AddressAttributeName::VALUES);

pub static ADDRESS_LIST: Schema =
    Schema::list("AddressList", &[Member::new("member", &ADDRESS).wire_name("item")]);

pub static ADDRESS_MAX_RESULTS: Schema = Schema::scalar("AddressMaxResults", Kind::Integer).min(1).max(1000);

pub static ADDRESS_SET: Schema =
    Schema::list("AddressSet", &[Member::new("member", &ADDRESS_ATTRIBUTE).wire_name("item")]);

pub static ALLOCATE_ADDRESS_REQUEST: Schema = Schema::structure(
    "AllocateAddressRequest",
    &[
        Member::new("Domain", &DOMAIN_TYPE),
        Member::new("Address", &PUBLIC_IP_ADDRESS),
        Member::new("PublicIpv4Pool", &IPV4_POOL_EC2_ID),
        Member::new("NetworkBorderGroup", &STRING),
        Member::new("CustomerOwnedIpv4Pool", &STRING),
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("IpamPoolId", &IPAM_POOL_ID),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static ALLOCATE_ADDRESS_RESULT: Schema = Schema::structure(
    "AllocateAddressResult",
    &[
        Member::new("AllocationId", &STRING).wire_name("allocationId"),
        Member::new("PublicIpv4Pool", &STRING).wire_name("publicIpv4Pool"),
        Member::new("NetworkBorderGroup", &STRING).wire_name("networkBorderGroup"),
        Member::new("Domain", &DOMAIN_TYPE).wire_name("domain"),
        Member::new("CustomerOwnedIp", &STRING).wire_name("customerOwnedIp"),
        Member::new("CustomerOwnedIpv4Pool", &STRING).wire_name("customerOwnedIpv4Pool"),
        Member::new("CarrierIp", &STRING).wire_name("carrierIp"),
        Member::new("PublicIp", &STRING).wire_name("publicIp"),
    ],
);

pub static ALLOCATION_ID: Schema = Schema::scalar("AllocationId", Kind::String);

pub static ALLOCATION_ID_LIST: Schema =
    Schema::list("AllocationIdList", &[Member::new("member", &ALLOCATION_ID).wire_name("AllocationId")]);

pub static ALLOCATION_IDS: Schema =
    Schema::list("AllocationIds", &[Member::new("member", &ALLOCATION_ID).wire_name("item")]);

pub static ARCHITECTURE_TYPE: Schema =
    Schema::scalar("ArchitectureType", Kind::String).enumeration(super::ArchitectureType::VALUES);

pub static ARCHITECTURE_TYPE_LIST: Schema =
    Schema::list("ArchitectureTypeList", &[Member::new("member", &ARCHITECTURE_TYPE).wire_name("item")]);

pub static ARCHITECTURE_VALUES: Schema =
    Schema::scalar("ArchitectureValues", Kind::String).enumeration(super::ArchitectureValues::VALUES);

pub static ASSIGN_PRIVATE_IP_ADDRESSES_REQUEST: Schema = Schema::structure(
    "AssignPrivateIpAddressesRequest",
    &[
        Member::new("Ipv4Prefixes", &IP_PREFIX_LIST).wire_name("Ipv4Prefix"),
        Member::new("Ipv4PrefixCount", &INTEGER),
        Member::new("NetworkInterfaceId", &NETWORK_INTERFACE_ID).required().wire_name("networkInterfaceId"),
        Member::new("PrivateIpAddresses", &PRIVATE_IP_ADDRESS_STRING_LIST).wire_name("privateIpAddress"),
        Member::new("SecondaryPrivateIpAddressCount", &INTEGER).wire_name("secondaryPrivateIpAddressCount"),
        Member::new("AllowReassignment", &BOOLEAN).wire_name("allowReassignment"),
    ],
);

pub static ASSIGN_PRIVATE_IP_ADDRESSES_RESULT: Schema = Schema::structure(
    "AssignPrivateIpAddressesResult",
    &[
        Member::new("NetworkInterfaceId", &STRING).wire_name("networkInterfaceId"),
        Member::new("AssignedPrivateIpAddresses", &ASSIGNED_PRIVATE_IP_ADDRESS_LIST)
            .wire_name("assignedPrivateIpAddressesSet"),
        Member::new("AssignedIpv4Prefixes", &IPV4_PREFIXES_LIST).wire_name("assignedIpv4PrefixSet"),
    ],
);

pub static ASSIGNED_PRIVATE_IP_ADDRESS: Schema = Schema::structure(
    "AssignedPrivateIpAddress",
    &[Member::new("PrivateIpAddress", &STRING).wire_name("privateIpAddress")],
);

pub static ASSIGNED_PRIVATE_IP_ADDRESS_LIST: Schema = Schema::list(
    "AssignedPrivateIpAddressList",
    &[Member::new("member", &ASSIGNED_PRIVATE_IP_ADDRESS).wire_name("item")],
);

pub static ASSOCIATE_ADDRESS_REQUEST: Schema = Schema::structure(
    "AssociateAddressRequest",
    &[
        Member::new("AllocationId", &ALLOCATION_ID),
        Member::new("InstanceId", &INSTANCE_ID),
        Member::new("PublicIp", &EIP_ALLOCATION_PUBLIC_IP),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("NetworkInterfaceId", &NETWORK_INTERFACE_ID).wire_name("networkInterfaceId"),
        Member::new("PrivateIpAddress", &STRING).wire_name("privateIpAddress"),
        Member::new("AllowReassociation", &BOOLEAN).wire_name("allowReassociation"),
    ],
);

pub static ASSOCIATE_ADDRESS_RESULT: Schema = Schema::structure(
    "AssociateAddressResult",
    &[Member::new("AssociationId", &STRING).wire_name("associationId")],
);

pub static ASSOCIATE_DHCP_OPTIONS_REQUEST: Schema = Schema::structure(
    "AssociateDhcpOptionsRequest",
    &[
        Member::new("DhcpOptionsId", &DEFAULTING_DHCP_OPTIONS_ID).required(),
        Member::new("VpcId", &VPC_ID).required(),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static ASSOCIATE_ROUTE_TABLE_REQUEST: Schema = Schema::structure(
    "AssociateRouteTableRequest",
    &[
        Member::new("GatewayId", &ROUTE_GATEWAY_ID),
        Member::new("PublicIpv4Pool", &IPV4_POOL_EC2_ID),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("SubnetId", &SUBNET_ID).wire_name("subnetId"),
        Member::new("RouteTableId", &ROUTE_TABLE_ID).required().wire_name("routeTableId"),
    ],
);

pub static ASSOCIATE_ROUTE_TABLE_RESULT: Schema = Schema::structure(
    "AssociateRouteTableResult",
    &[
        Member::new("AssociationId", &STRING).wire_name("associationId"),
        Member::new("AssociationState", &ROUTE_TABLE_ASSOCIATION_STATE).wire_name("associationState"),
    ],
);

pub static ASSOCIATE_SUBNET_CIDR_BLOCK_REQUEST: Schema = Schema::structure(
    "AssociateSubnetCidrBlockRequest",
    &[
        Member::new("Ipv6IpamPoolId", &IPAM_POOL_ID),
        Member::new("Ipv6NetmaskLength", &NETMASK_LENGTH),
        Member::new("SubnetId", &SUBNET_ID).required().wire_name("subnetId"),
        Member::new("Ipv6CidrBlock", &STRING).wire_name("ipv6CidrBlock"),
    ],
);

pub static ASSOCIATE_SUBNET_CIDR_BLOCK_RESULT: Schema = Schema::structure(
    "AssociateSubnetCidrBlockResult",
    &[
        Member::new("Ipv6CidrBlockAssociation", &SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION)
            .wire_name("ipv6CidrBlockAssociation"),
        Member::new("SubnetId", &STRING).wire_name("subnetId"),
    ],
);

pub static ASSOCIATE_VPC_CIDR_BLOCK_REQUEST: Schema = Schema::structure(
    "AssociateVpcCidrBlockRequest",
    &[
        Member::new("CidrBlock", &STRING),
        Member::new("Ipv6CidrBlockNetworkBorderGroup", &STRING),
        Member::new("Ipv6Pool", &IPV6_POOL_EC2_ID),
        Member::new("Ipv6CidrBlock", &STRING),
        Member::new("Ipv4IpamPoolId", &IPAM_POOL_ID),
        Member::new("Ipv4NetmaskLength", &NETMASK_LENGTH),
        Member::new("Ipv6IpamPoolId", &IPAM_POOL_ID),
        Member::new("Ipv6NetmaskLength", &NETMASK_LENGTH),
        Member::new("VpcId", &VPC_ID).required().wire_name("vpcId"),
        Member::new("AmazonProvidedIpv6CidrBlock", &BOOLEAN).wire_name("amazonProvidedIpv6CidrBlock"),
    ],
);

pub static ASSOCIATE_VPC_CIDR_BLOCK_RESULT: Schema = Schema::structure(
    "AssociateVpcCidrBlockResult",
    &[
        Member::new("Ipv6CidrBlockAssociation", &VPC_IPV6_CIDR_BLOCK_ASSOCIATION)
            .wire_name("ipv6CidrBlockAssociation"),
        Member::new("CidrBlockAssociation", &VPC_CIDR_BLOCK_ASSOCIATION).wire_name("cidrBlockAssociation"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
    ],
);

pub static ASSOCIATED_SUBNET_LIST: Schema =
    Schema::list("AssociatedSubnetList", &[Member::new("member", &SUBNET_ID).wire_name("item")]);

pub static ATTACH_INTERNET_GATEWAY_REQUEST: Schema = Schema::structure(
    "AttachInternetGatewayRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("InternetGatewayId", &INTERNET_GATEWAY_ID).required().wire_name("internetGatewayId"),
        Member::new("VpcId", &VPC_ID).required().wire_name("vpcId"),
    ],
);

pub static ATTACH_NETWORK_INTERFACE_REQUEST: Schema = Schema::structure(
    "AttachNetworkInterfaceRequest",
    &[
        Member::new("NetworkCardIndex", &INTEGER),
        Member::new("EnaSrdSpecification", &ENA_SRD_SPECIFICATION),
        Member::new("EnaQueueCount", &INTEGER),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("NetworkInterfaceId", &NETWORK_INTERFACE_ID).required().wire_name("networkInterfaceId"),
        Member::new("InstanceId", &INSTANCE_ID).required().wire_name("instanceId"),
        Member::new("DeviceIndex", &INTEGER).required().wire_name("deviceIndex"),
    ],
);

pub static ATTACH_NETWORK_INTERFACE_RESULT: Schema = Schema::structure(
    "AttachNetworkInterfaceResult",
    &[
        Member::new("AttachmentId", &STRING).wire_name("attachmentId"),
        Member::new("NetworkCardIndex", &INTEGER).wire_name("networkCardIndex"),
    ],
);

pub static ATTACHMENT_ENA_SRD_SPECIFICATION: Schema = Schema::structure(
    "AttachmentEnaSrdSpecification",
    &[
        Member::new("EnaSrdEnabled", &BOOLEAN).wire_name("enaSrdEnabled"),
        Member::new("EnaSrdUdpSpecification", &ATTACHMENT_ENA_SRD_UDP_SPECIFICATION)
            .wire_name("enaSrdUdpSpecification"),
    ],
);

pub static ATTACHMENT_ENA_SRD_UDP_SPECIFICATION: Schema = Schema::structure(
    "AttachmentEnaSrdUdpSpecification",
    &[Member::new("EnaSrdUdpEnabled", &BOOLEAN).wire_name("enaSrdUdpEnabled")],
);

pub static ATTACHMENT_LIMIT_TYPE: Schema =
    Schema::scalar("AttachmentLimitType", Kind::String).enumeration(super::AttachmentLimitType::VALUES);

pub static ATTACHMENT_STATUS: Schema =
    Schema::scalar("AttachmentStatus", Kind::String).enumeration(super::AttachmentStatus::VALUES);

pub static ATTRIBUTE_BOOLEAN_VALUE: Schema =
    Schema::structure("AttributeBooleanValue", &[Member::new("Value", &BOOLEAN).wire_name("value")]);

pub static ATTRIBUTE_VALUE: Schema =
    Schema::structure("AttributeValue", &[Member::new("Value", &STRING).wire_name("value")]);

pub static AUTHORIZE_SECURITY_GROUP_EGRESS_REQUEST: Schema = Schema::structure(
    "AuthorizeSecurityGroupEgressRequest",
    &[
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("GroupId", &SECURITY_GROUP_ID).required().wire_name("groupId"),
        Member::new("SourceSecurityGroupName", &STRING).wire_name("sourceSecurityGroupName"),
        Member::new("SourceSecurityGroupOwnerId", &STRING).wire_name("sourceSecurityGroupOwnerId"),
        Member::new("IpProtocol", &STRING).wire_name("ipProtocol"),
        Member::new("FromPort", &INTEGER).wire_name("fromPort"),
        Member::new("ToPort", &INTEGER).wire_name("toPort"),
        Member::new("CidrIp", &STRING).wire_name("cidrIp"),
        Member::new("IpPermissions", &IP_PERMISSION_LIST).wire_name("ipPermissions"),
    ],
);

pub static AUTHORIZE_SECURITY_GROUP_EGRESS_RESULT: Schema = Schema::structure(
    "AuthorizeSecurityGroupEgressResult",
    &[
        Member::new("Return", &BOOLEAN).wire_name("return"),
        Member::new("SecurityGroupRules", &SECURITY_GROUP_RULE_LIST).wire_name("securityGroupRuleSet"),
    ],
);

pub static AUTHORIZE_SECURITY_GROUP_INGRESS_REQUEST: Schema = Schema::structure(
    "AuthorizeSecurityGroupIngressRequest",
    &[
        Member::new("CidrIp", &STRING),
        Member::new("FromPort", &INTEGER),
        Member::new("GroupId", &SECURITY_GROUP_ID),
        Member::new("GroupName", &SECURITY_GROUP_NAME),
        Member::new("IpPermissions", &IP_PERMISSION_LIST),
        Member::new("IpProtocol", &STRING),
        Member::new("SourceSecurityGroupName", &STRING),
        Member::new("SourceSecurityGroupOwnerId", &STRING),
        Member::new("ToPort", &INTEGER),
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static AUTHORIZE_SECURITY_GROUP_INGRESS_RESULT: Schema = Schema::structure(
    "AuthorizeSecurityGroupIngressResult",
    &[
        Member::new("Return", &BOOLEAN).wire_name("return"),
        Member::new("SecurityGroupRules", &SECURITY_GROUP_RULE_LIST).wire_name("securityGroupRuleSet"),
    ],
);

pub static AUTO_PROVISION_ZONES_STATE: Schema = Schema::scalar("AutoProvisionZonesState", Kind::String)
    .enumeration(super::AutoProvisionZonesState::VALUES);

pub static AUTO_RECOVERY_FLAG: Schema = Schema::scalar("AutoRecoveryFlag", Kind::Boolean);

pub static AUTO_SCALING_IPS_STATE: Schema =
    Schema::scalar("AutoScalingIpsState", Kind::String).enumeration(super::AutoScalingIpsState::VALUES);

pub static AVAILABILITY_MODE: Schema =
    Schema::scalar("AvailabilityMode", Kind::String).enumeration(super::AvailabilityMode::VALUES);

pub static AVAILABILITY_ZONE: Schema = Schema::structure(
    "AvailabilityZone",
    &[
        Member::new("OptInStatus", &AVAILABILITY_ZONE_OPT_IN_STATUS).wire_name("optInStatus"),
        Member::new("Messages", &AVAILABILITY_ZONE_MESSAGE_LIST).wire_name("messageSet"),
        Member::new("RegionName", &STRING).wire_name("regionName"),
        Member::new("ZoneName", &STRING).wire_name("zoneName"),
        Member::new("ZoneId", &STRING).wire_name("zoneId"),
        Member::new("GroupName", &STRING).wire_name("groupName"),
        Member::new("NetworkBorderGroup", &STRING).wire_name("networkBorderGroup"),
        Member::new("ZoneType", &STRING).wire_name("zoneType"),
        Member::new("ParentZoneName", &STRING).wire_name("parentZoneName"),
        Member::new("ParentZoneId", &STRING).wire_name("parentZoneId"),
        Member::new("GroupLongName", &STRING).wire_name("groupLongName"),
        Member::new("Geography", &AVAILABILITY_ZONE_GEOGRAPHY_LIST).wire_name("geographySet"),
        Member::new("SubGeography", &AVAILABILITY_ZONE_SUB_GEOGRAPHY_LIST).wire_name("subGeographySet"),
        Member::new("State", &AVAILABILITY_ZONE_STATE).wire_name("zoneState"),
    ],
);

pub static AVAILABILITY_ZONE_ADDRESS: Schema = Schema::structure(
    "AvailabilityZoneAddress",
    &[
        Member::new("AvailabilityZone", &AVAILABILITY_ZONE_NAME),
        Member::new("AvailabilityZoneId", &AVAILABILITY_ZONE_ID),
        Member::new("AllocationIds", &ALLOCATION_ID_LIST).wire_name("AllocationId"),
    ],
);

pub static AVAILABILITY_ZONE_ADDRESSES: Schema = Schema::list(
    "AvailabilityZoneAddresses",
    &[Member::new("member", &AVAILABILITY_ZONE_ADDRESS).wire_name("AvailabilityZoneAddress")],
);

pub static AVAILABILITY_ZONE_GEOGRAPHY: Schema =
    Schema::structure("AvailabilityZoneGeography", &[Member::new("Name", &STRING).wire_name("name")]);

pub static AVAILABILITY_ZONE_GEOGRAPHY_LIST: Schema = Schema::list(
    "AvailabilityZoneGeographyList",
    &[Member::new("member", &AVAILABILITY_ZONE_GEOGRAPHY).wire_name("item")],
);

pub static AVAILABILITY_ZONE_ID: Schema = Schema::scalar("AvailabilityZoneId", Kind::String);

pub static AVAILABILITY_ZONE_LIST: Schema =
    Schema::list("AvailabilityZoneList", &[Member::new("member", &AVAILABILITY_ZONE).wire_name("item")]);

pub static AVAILABILITY_ZONE_MESSAGE: Schema =
    Schema::structure("AvailabilityZoneMessage", &[Member::new("Message", &STRING).wire_name("message")]);

pub static AVAILABILITY_ZONE_MESSAGE_LIST: Schema = Schema::list(
    "AvailabilityZoneMessageList",
    &[Member::new("member", &AVAILABILITY_ZONE_MESSAGE).wire_name("item")],
);

pub static AVAILABILITY_ZONE_NAME: Schema = Schema::scalar("AvailabilityZoneName", Kind::String);

pub static AVAILABILITY_ZONE_OPT_IN_STATUS: Schema =
    Schema::scalar("AvailabilityZoneOptInStatus", Kind::String)
        .enumeration(super::AvailabilityZoneOptInStatus::VALUES);

pub static AVAILABILITY_ZONE_STATE: Schema =
    Schema::scalar("AvailabilityZoneState", Kind::String).enumeration(super::AvailabilityZoneState::VALUES);

pub static AVAILABILITY_ZONE_SUB_GEOGRAPHY: Schema =
    Schema::structure("AvailabilityZoneSubGeography", &[Member::new("Name", &STRING).wire_name("name")]);

pub static AVAILABILITY_ZONE_SUB_GEOGRAPHY_LIST: Schema = Schema::list(
    "AvailabilityZoneSubGeographyList",
    &[Member::new("member", &AVAILABILITY_ZONE_SUB_GEOGRAPHY).wire_name("item")],
);

pub static BANDWIDTH_WEIGHTING_TYPE: Schema =
    Schema::scalar("BandwidthWeightingType", Kind::String).enumeration(super::BandwidthWeightingType::VALUES);

pub static BANDWIDTH_WEIGHTING_TYPE_LIST: Schema = Schema::list(
    "BandwidthWeightingTypeList",
    &[Member::new("member", &BANDWIDTH_WEIGHTING_TYPE).wire_name("item")],
);

pub static BARE_METAL_FLAG: Schema = Schema::scalar("BareMetalFlag", Kind::Boolean);

pub static BASELINE_BANDWIDTH_IN_GBPS: Schema = Schema::scalar("BaselineBandwidthInGbps", Kind::Double);

pub static BASELINE_BANDWIDTH_IN_MBPS: Schema = Schema::scalar("BaselineBandwidthInMbps", Kind::Integer);

pub static BASELINE_IOPS: Schema = Schema::scalar("BaselineIops", Kind::Integer);

pub static BASELINE_THROUGHPUT_IN_M_BPS: Schema = Schema::scalar("BaselineThroughputInMBps", Kind::Double);

pub static BLOCK_DEVICE_MAPPING: Schema = Schema::structure(
    "BlockDeviceMapping",
    &[
        Member::new("Ebs", &EBS_BLOCK_DEVICE).wire_name("ebs"),
        Member::new("NoDevice", &STRING).wire_name("noDevice"),
        Member::new("DeviceName", &STRING).wire_name("deviceName"),
        Member::new("VirtualName", &STRING).wire_name("virtualName"),
    ],
);

pub static BLOCK_DEVICE_MAPPING_LIST: Schema =
    Schema::list("BlockDeviceMappingList", &[Member::new("member", &BLOCK_DEVICE_MAPPING).wire_name("item")]);

pub static BLOCK_PUBLIC_ACCESS_MODE: Schema =
    Schema::scalar("BlockPublicAccessMode", Kind::String).enumeration(super::BlockPublicAccessMode::VALUES);

pub static BLOCK_PUBLIC_ACCESS_STATES: Schema = Schema::structure(
    "BlockPublicAccessStates",
    &[Member::new("InternetGatewayBlockMode", &BLOCK_PUBLIC_ACCESS_MODE)
        .wire_name("internetGatewayBlockMode")],
);

pub static BOOLEAN: Schema = Schema::scalar("Boolean", Kind::Boolean);

pub static BOOT_MODE_TYPE: Schema =
    Schema::scalar("BootModeType", Kind::String).enumeration(super::BootModeType::VALUES);

pub static BOOT_MODE_TYPE_LIST: Schema =
    Schema::list("BootModeTypeList", &[Member::new("member", &BOOT_MODE_TYPE).wire_name("item")]);

pub static BOOT_MODE_VALUES: Schema =
    Schema::scalar("BootModeValues", Kind::String).enumeration(super::BootModeValues::VALUES);

pub static BOXED_BOOLEAN: Schema = Schema::scalar("BoxedBoolean", Kind::Boolean);

pub static BURSTABLE_PERFORMANCE_FLAG: Schema = Schema::scalar("BurstablePerformanceFlag", Kind::Boolean);

pub static CARRIER_GATEWAY_ID: Schema = Schema::scalar("CarrierGatewayId", Kind::String);

pub static CLASSIC_LINK_DNS_SUPPORT: Schema = Schema::structure(
    "ClassicLinkDnsSupport",
    &[
        Member::new("ClassicLinkDnsSupported", &BOOLEAN).wire_name("classicLinkDnsSupported"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
    ],
);

pub static CLASSIC_LINK_DNS_SUPPORT_LIST: Schema = Schema::list(
    "ClassicLinkDnsSupportList",
    &[Member::new("member", &CLASSIC_LINK_DNS_SUPPORT).wire_name("item")],
);

pub static COIP_POOL_ID: Schema = Schema::scalar("CoipPoolId", Kind::String);

pub static CONNECTION_TRACKING_CONFIGURATION: Schema = Schema::structure(
    "ConnectionTrackingConfiguration",
    &[
        Member::new("TcpEstablishedTimeout", &INTEGER).wire_name("tcpEstablishedTimeout"),
        Member::new("UdpStreamTimeout", &INTEGER).wire_name("udpStreamTimeout"),
        Member::new("UdpTimeout", &INTEGER).wire_name("udpTimeout"),
    ],
);

pub static CONNECTION_TRACKING_SPECIFICATION_REQUEST: Schema = Schema::structure(
    "ConnectionTrackingSpecificationRequest",
    &[
        Member::new("TcpEstablishedTimeout", &INTEGER),
        Member::new("UdpStreamTimeout", &INTEGER),
        Member::new("UdpTimeout", &INTEGER),
    ],
);

pub static CONNECTIVITY_TYPE: Schema =
    Schema::scalar("ConnectivityType", Kind::String).enumeration(super::ConnectivityType::VALUES);

pub static CORE_COUNT: Schema = Schema::scalar("CoreCount", Kind::Integer);

pub static CORE_COUNT_LIST: Schema =
    Schema::list("CoreCountList", &[Member::new("member", &CORE_COUNT).wire_name("item")]);

pub static CORE_NETWORK_ARN: Schema = Schema::scalar("CoreNetworkArn", Kind::String);

pub static CPU_MANUFACTURER_NAME: Schema = Schema::scalar("CpuManufacturerName", Kind::String);

pub static CREATE_DEFAULT_SUBNET_REQUEST: Schema = Schema::structure(
    "CreateDefaultSubnetRequest",
    &[
        Member::new("AvailabilityZone", &AVAILABILITY_ZONE_NAME),
        Member::new("DryRun", &BOOLEAN),
        Member::new("Ipv6Native", &BOOLEAN),
        Member::new("AvailabilityZoneId", &AVAILABILITY_ZONE_ID),
    ],
);

pub static CREATE_DEFAULT_SUBNET_RESULT: Schema =
    Schema::structure("CreateDefaultSubnetResult", &[Member::new("Subnet", &SUBNET).wire_name("subnet")]);

pub static CREATE_DEFAULT_VPC_REQUEST: Schema =
    Schema::structure("CreateDefaultVpcRequest", &[Member::new("DryRun", &BOOLEAN)]);

pub static CREATE_DEFAULT_VPC_RESULT: Schema =
    Schema::structure("CreateDefaultVpcResult", &[Member::new("Vpc", &VPC).wire_name("vpc")]);

pub static CREATE_DHCP_OPTIONS_REQUEST: Schema = Schema::structure(
    "CreateDhcpOptionsRequest",
    &[
        Member::new("DhcpConfigurations", &NEW_DHCP_CONFIGURATION_LIST)
            .required()
            .wire_name("dhcpConfiguration"),
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static CREATE_DHCP_OPTIONS_RESULT: Schema = Schema::structure(
    "CreateDhcpOptionsResult",
    &[Member::new("DhcpOptions", &DHCP_OPTIONS).wire_name("dhcpOptions")],
);

pub static CREATE_INTERNET_GATEWAY_REQUEST: Schema = Schema::structure(
    "CreateInternetGatewayRequest",
    &[
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static CREATE_INTERNET_GATEWAY_RESULT: Schema = Schema::structure(
    "CreateInternetGatewayResult",
    &[Member::new("InternetGateway", &INTERNET_GATEWAY).wire_name("internetGateway")],
);

pub static CREATE_MANAGED_PREFIX_LIST_REQUEST: Schema = Schema::structure(
    "CreateManagedPrefixListRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("PrefixListName", &STRING).required(),
        Member::new("Entries", &ADD_PREFIX_LIST_ENTRIES).wire_name("Entry"),
        Member::new("MaxEntries", &INTEGER).required(),
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("AddressFamily", &STRING).required(),
        Member::new("ClientToken", &STRING)
            .traits(&MemberTraits { idempotency_token: true, ..MemberTraits::NONE }),
    ],
);

pub static CREATE_MANAGED_PREFIX_LIST_RESULT: Schema = Schema::structure(
    "CreateManagedPrefixListResult",
    &[Member::new("PrefixList", &MANAGED_PREFIX_LIST).wire_name("prefixList")],
);

pub static CREATE_NAT_GATEWAY_REQUEST: Schema = Schema::structure(
    "CreateNatGatewayRequest",
    &[
        Member::new("AvailabilityMode", &AVAILABILITY_MODE),
        Member::new("AllocationId", &ALLOCATION_ID),
        Member::new("ClientToken", &STRING)
            .traits(&MemberTraits { idempotency_token: true, ..MemberTraits::NONE }),
        Member::new("DryRun", &BOOLEAN),
        Member::new("SubnetId", &SUBNET_ID),
        Member::new("VpcId", &VPC_ID),
        Member::new("AvailabilityZoneAddresses", &AVAILABILITY_ZONE_ADDRESSES)
            .wire_name("AvailabilityZoneAddress"),
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("ConnectivityType", &CONNECTIVITY_TYPE),
        Member::new("PrivateIpAddress", &STRING),
        Member::new("SecondaryAllocationIds", &ALLOCATION_ID_LIST).wire_name("SecondaryAllocationId"),
        Member::new("SecondaryPrivateIpAddresses", &IP_LIST).wire_name("SecondaryPrivateIpAddress"),
        Member::new("SecondaryPrivateIpAddressCount", &PRIVATE_IP_ADDRESS_COUNT),
    ],
);

pub static CREATE_NAT_GATEWAY_RESULT: Schema = Schema::structure(
    "CreateNatGatewayResult",
    &[
        Member::new("ClientToken", &STRING).wire_name("clientToken"),
        Member::new("NatGateway", &NAT_GATEWAY).wire_name("natGateway"),
    ],
);

pub static CREATE_NETWORK_INTERFACE_REQUEST: Schema = Schema::structure(
    "CreateNetworkInterfaceRequest",
    &[
        Member::new("Ipv4Prefixes", &IPV4_PREFIX_LIST).wire_name("Ipv4Prefix"),
        Member::new("Ipv4PrefixCount", &INTEGER),
        Member::new("Ipv6Prefixes", &IPV6_PREFIX_LIST).wire_name("Ipv6Prefix"),
        Member::new("Ipv6PrefixCount", &INTEGER),
        Member::new("InterfaceType", &NETWORK_INTERFACE_CREATION_TYPE),
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("ClientToken", &STRING)
            .traits(&MemberTraits { idempotency_token: true, ..MemberTraits::NONE }),
        Member::new("EnablePrimaryIpv6", &BOOLEAN),
        Member::new("ConnectionTrackingSpecification", &CONNECTION_TRACKING_SPECIFICATION_REQUEST),
        Member::new("Operator", &OPERATOR_REQUEST),
        Member::new("SubnetId", &SUBNET_ID).required().wire_name("subnetId"),
        Member::new("Description", &STRING).wire_name("description"),
        Member::new("PrivateIpAddress", &STRING).wire_name("privateIpAddress"),
        Member::new("Groups", &SECURITY_GROUP_ID_STRING_LIST).wire_name("SecurityGroupId"),
        Member::new("PrivateIpAddresses", &PRIVATE_IP_ADDRESS_SPECIFICATION_LIST)
            .wire_name("privateIpAddresses"),
        Member::new("SecondaryPrivateIpAddressCount", &INTEGER).wire_name("secondaryPrivateIpAddressCount"),
        Member::new("Ipv6Addresses", &INSTANCE_IPV6_ADDRESS_LIST).wire_name("ipv6Addresses"),
        Member::new("Ipv6AddressCount", &INTEGER).wire_name("ipv6AddressCount"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static CREATE_NETWORK_INTERFACE_RESULT: Schema = Schema::structure(
    "CreateNetworkInterfaceResult",
    &[
        Member::new("NetworkInterface", &NETWORK_INTERFACE).wire_name("networkInterface"),
        Member::new("ClientToken", &STRING).wire_name("clientToken"),
    ],
);

pub static CREATE_ROUTE_REQUEST: Schema = Schema::structure(
    "CreateRouteRequest",
    &[
        Member::new("DestinationPrefixListId", &PREFIX_LIST_RESOURCE_ID),
        Member::new("VpcEndpointId", &VPC_ENDPOINT_ID),
        Member::new("TransitGatewayId", &TRANSIT_GATEWAY_ID),
        Member::new("LocalGatewayId", &LOCAL_GATEWAY_ID),
        Member::new("CarrierGatewayId", &CARRIER_GATEWAY_ID),
        Member::new("CoreNetworkArn", &CORE_NETWORK_ARN),
        Member::new("OdbNetworkArn", &ODB_NETWORK_ARN),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("RouteTableId", &ROUTE_TABLE_ID).required().wire_name("routeTableId"),
        Member::new("DestinationCidrBlock", &STRING).wire_name("destinationCidrBlock"),
        Member::new("GatewayId", &ROUTE_GATEWAY_ID).wire_name("gatewayId"),
        Member::new("DestinationIpv6CidrBlock", &STRING).wire_name("destinationIpv6CidrBlock"),
        Member::new("EgressOnlyInternetGatewayId", &EGRESS_ONLY_INTERNET_GATEWAY_ID)
            .wire_name("egressOnlyInternetGatewayId"),
        Member::new("InstanceId", &INSTANCE_ID).wire_name("instanceId"),
        Member::new("NetworkInterfaceId", &NETWORK_INTERFACE_ID).wire_name("networkInterfaceId"),
        Member::new("VpcPeeringConnectionId", &VPC_PEERING_CONNECTION_ID).wire_name("vpcPeeringConnectionId"),
        Member::new("NatGatewayId", &NAT_GATEWAY_ID).wire_name("natGatewayId"),
    ],
);

pub static CREATE_ROUTE_RESULT: Schema =
    Schema::structure("CreateRouteResult", &[Member::new("Return", &BOOLEAN).wire_name("return")]);

pub static CREATE_ROUTE_TABLE_REQUEST: Schema = Schema::structure(
    "CreateRouteTableRequest",
    &[
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("ClientToken", &STRING)
            .traits(&MemberTraits { idempotency_token: true, ..MemberTraits::NONE }),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("VpcId", &VPC_ID).required().wire_name("vpcId"),
    ],
);

pub static CREATE_ROUTE_TABLE_RESULT: Schema = Schema::structure(
    "CreateRouteTableResult",
    &[
        Member::new("RouteTable", &ROUTE_TABLE).wire_name("routeTable"),
        Member::new("ClientToken", &STRING).wire_name("clientToken"),
    ],
);

pub static CREATE_SECURITY_GROUP_REQUEST: Schema = Schema::structure(
    "CreateSecurityGroupRequest",
    &[
        Member::new("Description", &STRING).required().wire_name("GroupDescription"),
        Member::new("GroupName", &STRING).required(),
        Member::new("VpcId", &VPC_ID),
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static CREATE_SECURITY_GROUP_RESULT: Schema = Schema::structure(
    "CreateSecurityGroupResult",
    &[
        Member::new("GroupId", &STRING).wire_name("groupId"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("SecurityGroupArn", &STRING).wire_name("securityGroupArn"),
    ],
);

pub static CREATE_SUBNET_REQUEST: Schema = Schema::structure(
    "CreateSubnetRequest",
    &[
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("AvailabilityZone", &STRING),
        Member::new("AvailabilityZoneId", &STRING),
        Member::new("CidrBlock", &STRING),
        Member::new("Ipv6CidrBlock", &STRING),
        Member::new("OutpostArn", &STRING),
        Member::new("VpcId", &VPC_ID).required(),
        Member::new("Ipv6Native", &BOOLEAN),
        Member::new("Ipv4IpamPoolId", &IPAM_POOL_ID),
        Member::new("Ipv4NetmaskLength", &NETMASK_LENGTH),
        Member::new("Ipv6IpamPoolId", &IPAM_POOL_ID),
        Member::new("Ipv6NetmaskLength", &NETMASK_LENGTH),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static CREATE_SUBNET_RESULT: Schema =
    Schema::structure("CreateSubnetResult", &[Member::new("Subnet", &SUBNET).wire_name("subnet")]);

pub static CREATE_TAGS_REQUEST: Schema = Schema::structure(
    "CreateTagsRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("Resources", &RESOURCE_ID_LIST).required().wire_name("ResourceId"),
        Member::new("Tags", &TAG_LIST).required().wire_name("Tag"),
    ],
);

pub static CREATE_VPC_REQUEST: Schema = Schema::structure(
    "CreateVpcRequest",
    &[
        Member::new("CidrBlock", &STRING),
        Member::new("Ipv6Pool", &IPV6_POOL_EC2_ID),
        Member::new("Ipv6CidrBlock", &STRING),
        Member::new("Ipv4IpamPoolId", &IPAM_POOL_ID),
        Member::new("Ipv4NetmaskLength", &NETMASK_LENGTH),
        Member::new("Ipv6IpamPoolId", &IPAM_POOL_ID),
        Member::new("Ipv6NetmaskLength", &NETMASK_LENGTH),
        Member::new("Ipv6CidrBlockNetworkBorderGroup", &STRING),
        Member::new("VpcEncryptionControl", &VPC_ENCRYPTION_CONTROL_CONFIGURATION),
        Member::new("TagSpecifications", &TAG_SPECIFICATION_LIST).wire_name("TagSpecification"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("InstanceTenancy", &TENANCY).wire_name("instanceTenancy"),
        Member::new("AmazonProvidedIpv6CidrBlock", &BOOLEAN).wire_name("amazonProvidedIpv6CidrBlock"),
    ],
);

pub static CREATE_VPC_RESULT: Schema =
    Schema::structure("CreateVpcResult", &[Member::new("Vpc", &VPC).wire_name("vpc")]);

pub static CURRENT_GENERATION_FLAG: Schema = Schema::scalar("CurrentGenerationFlag", Kind::Boolean);

pub static DIT_MAX_RESULTS: Schema = Schema::scalar("DITMaxResults", Kind::Integer).min(5).max(100);

pub static DATE_TIME: Schema = Schema::scalar("DateTime", Kind::Timestamp);

pub static DEDICATED_HOST_FLAG: Schema = Schema::scalar("DedicatedHostFlag", Kind::Boolean);

pub static DEFAULT_CONNECTION_TRACKING_CONFIGURATION: Schema = Schema::structure(
    "DefaultConnectionTrackingConfiguration",
    &[
        Member::new("DefaultTcpEstablishedTimeout", &DEFAULT_TCP_ESTABLISHED_TIMEOUT)
            .wire_name("defaultTcpEstablishedTimeout"),
        Member::new("DefaultUdpTimeout", &DEFAULT_UDP_TIMEOUT).wire_name("defaultUdpTimeout"),
        Member::new("DefaultUdpStreamTimeout", &DEFAULT_UDP_STREAM_TIMEOUT)
            .wire_name("defaultUdpStreamTimeout"),
    ],
);

pub static DEFAULT_ENA_QUEUE_COUNT_PER_INTERFACE: Schema =
    Schema::scalar("DefaultEnaQueueCountPerInterface", Kind::Integer);

pub static DEFAULT_NETWORK_CARD_INDEX: Schema = Schema::scalar("DefaultNetworkCardIndex", Kind::Integer);

pub static DEFAULT_TCP_ESTABLISHED_TIMEOUT: Schema =
    Schema::scalar("DefaultTcpEstablishedTimeout", Kind::Integer);

pub static DEFAULT_UDP_STREAM_TIMEOUT: Schema = Schema::scalar("DefaultUdpStreamTimeout", Kind::Integer);

pub static DEFAULT_UDP_TIMEOUT: Schema = Schema::scalar("DefaultUdpTimeout", Kind::Integer);

pub static DEFAULTING_DHCP_OPTIONS_ID: Schema = Schema::scalar("DefaultingDhcpOptionsId", Kind::String);

pub static DELETE_DHCP_OPTIONS_REQUEST: Schema = Schema::structure(
    "DeleteDhcpOptionsRequest",
    &[
        Member::new("DhcpOptionsId", &DHCP_OPTIONS_ID).required(),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static DELETE_INTERNET_GATEWAY_REQUEST: Schema = Schema::structure(
    "DeleteInternetGatewayRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("InternetGatewayId", &INTERNET_GATEWAY_ID).required().wire_name("internetGatewayId"),
    ],
);

pub static DELETE_MANAGED_PREFIX_LIST_REQUEST: Schema = Schema::structure(
    "DeleteManagedPrefixListRequest",
    &[Member::new("DryRun", &BOOLEAN), Member::new("PrefixListId", &PREFIX_LIST_RESOURCE_ID).required()],
);

pub static DELETE_MANAGED_PREFIX_LIST_RESULT: Schema = Schema::structure(
    "DeleteManagedPrefixListResult",
    &[Member::new("PrefixList", &MANAGED_PREFIX_LIST).wire_name("prefixList")],
);

pub static DELETE_NAT_GATEWAY_REQUEST: Schema = Schema::structure(
    "DeleteNatGatewayRequest",
    &[Member::new("DryRun", &BOOLEAN), Member::new("NatGatewayId", &NAT_GATEWAY_ID).required()],
);

pub static DELETE_NAT_GATEWAY_RESULT: Schema = Schema::structure(
    "DeleteNatGatewayResult",
    &[Member::new("NatGatewayId", &STRING).wire_name("natGatewayId")],
);

pub static DELETE_NETWORK_INTERFACE_REQUEST: Schema = Schema::structure(
    "DeleteNetworkInterfaceRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("NetworkInterfaceId", &NETWORK_INTERFACE_ID).required().wire_name("networkInterfaceId"),
    ],
);

pub static DELETE_ROUTE_REQUEST: Schema = Schema::structure(
    "DeleteRouteRequest",
    &[
        Member::new("DestinationPrefixListId", &PREFIX_LIST_RESOURCE_ID),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("RouteTableId", &ROUTE_TABLE_ID).required().wire_name("routeTableId"),
        Member::new("DestinationCidrBlock", &STRING).wire_name("destinationCidrBlock"),
        Member::new("DestinationIpv6CidrBlock", &STRING).wire_name("destinationIpv6CidrBlock"),
    ],
);

pub static DELETE_ROUTE_TABLE_REQUEST: Schema = Schema::structure(
    "DeleteRouteTableRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("RouteTableId", &ROUTE_TABLE_ID).required().wire_name("routeTableId"),
    ],
);

pub static DELETE_SECURITY_GROUP_REQUEST: Schema = Schema::structure(
    "DeleteSecurityGroupRequest",
    &[
        Member::new("GroupId", &SECURITY_GROUP_ID),
        Member::new("GroupName", &SECURITY_GROUP_NAME),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static DELETE_SECURITY_GROUP_RESULT: Schema = Schema::structure(
    "DeleteSecurityGroupResult",
    &[
        Member::new("Return", &BOOLEAN).wire_name("return"),
        Member::new("GroupId", &SECURITY_GROUP_ID).wire_name("groupId"),
    ],
);

pub static DELETE_SUBNET_REQUEST: Schema = Schema::structure(
    "DeleteSubnetRequest",
    &[Member::new("SubnetId", &SUBNET_ID).required(), Member::new("DryRun", &BOOLEAN).wire_name("dryRun")],
);

pub static DELETE_TAGS_REQUEST: Schema = Schema::structure(
    "DeleteTagsRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("Resources", &RESOURCE_ID_LIST).required().wire_name("resourceId"),
        Member::new("Tags", &TAG_LIST).wire_name("tag"),
    ],
);

pub static DELETE_VPC_REQUEST: Schema = Schema::structure(
    "DeleteVpcRequest",
    &[Member::new("VpcId", &VPC_ID).required(), Member::new("DryRun", &BOOLEAN).wire_name("dryRun")],
);

pub static DESCRIBE_ACCOUNT_ATTRIBUTES_REQUEST: Schema = Schema::structure(
    "DescribeAccountAttributesRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("AttributeNames", &ACCOUNT_ATTRIBUTE_NAME_STRING_LIST).wire_name("attributeName"),
    ],
);

pub static DESCRIBE_ACCOUNT_ATTRIBUTES_RESULT: Schema = Schema::structure(
    "DescribeAccountAttributesResult",
    &[Member::new("AccountAttributes", &ACCOUNT_ATTRIBUTE_LIST).wire_name("accountAttributeSet")],
);

pub static DESCRIBE_ADDRESSES_ATTRIBUTE_REQUEST: Schema = Schema::structure(
    "DescribeAddressesAttributeRequest",
    &[
        Member::new("AllocationIds", &ALLOCATION_IDS).wire_name("AllocationId"),
        Member::new("Attribute", &ADDRESS_ATTRIBUTE_NAME),
        Member::new("NextToken", &NEXT_TOKEN),
        Member::new("MaxResults", &ADDRESS_MAX_RESULTS),
        Member::new("DryRun", &BOOLEAN),
    ],
);

pub static DESCRIBE_ADDRESSES_ATTRIBUTE_RESULT: Schema = Schema::structure(
    "DescribeAddressesAttributeResult",
    &[
        Member::new("Addresses", &ADDRESS_SET).wire_name("addressSet"),
        Member::new("NextToken", &NEXT_TOKEN).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_ADDRESSES_REQUEST: Schema = Schema::structure(
    "DescribeAddressesRequest",
    &[
        Member::new("PublicIps", &PUBLIC_IP_STRING_LIST).wire_name("PublicIp"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
        Member::new("AllocationIds", &ALLOCATION_ID_LIST).wire_name("AllocationId"),
    ],
);

pub static DESCRIBE_ADDRESSES_RESULT: Schema = Schema::structure(
    "DescribeAddressesResult",
    &[Member::new("Addresses", &ADDRESS_LIST).wire_name("addressesSet")],
);

pub static DESCRIBE_AVAILABILITY_ZONES_REQUEST: Schema = Schema::structure(
    "DescribeAvailabilityZonesRequest",
    &[
        Member::new("ZoneNames", &ZONE_NAME_STRING_LIST).wire_name("ZoneName"),
        Member::new("ZoneIds", &ZONE_ID_STRING_LIST).wire_name("ZoneId"),
        Member::new("AllAvailabilityZones", &BOOLEAN),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
    ],
);

pub static DESCRIBE_AVAILABILITY_ZONES_RESULT: Schema = Schema::structure(
    "DescribeAvailabilityZonesResult",
    &[Member::new("AvailabilityZones", &AVAILABILITY_ZONE_LIST).wire_name("availabilityZoneInfo")],
);

pub static DESCRIBE_DHCP_OPTIONS_MAX_RESULTS: Schema =
    Schema::scalar("DescribeDhcpOptionsMaxResults", Kind::Integer).min(5).max(1000);

pub static DESCRIBE_DHCP_OPTIONS_REQUEST: Schema = Schema::structure(
    "DescribeDhcpOptionsRequest",
    &[
        Member::new("DhcpOptionsIds", &DHCP_OPTIONS_ID_STRING_LIST).wire_name("DhcpOptionsId"),
        Member::new("NextToken", &STRING),
        Member::new("MaxResults", &DESCRIBE_DHCP_OPTIONS_MAX_RESULTS),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
    ],
);

pub static DESCRIBE_DHCP_OPTIONS_RESULT: Schema = Schema::structure(
    "DescribeDhcpOptionsResult",
    &[
        Member::new("NextToken", &STRING).wire_name("nextToken"),
        Member::new("DhcpOptions", &DHCP_OPTIONS_LIST).wire_name("dhcpOptionsSet"),
    ],
);

pub static DESCRIBE_IMAGES_REQUEST: Schema = Schema::structure(
    "DescribeImagesRequest",
    &[
        Member::new("ExecutableUsers", &EXECUTABLE_BY_STRING_LIST).wire_name("ExecutableBy"),
        Member::new("ImageIds", &IMAGE_ID_STRING_LIST).wire_name("ImageId"),
        Member::new("Owners", &OWNER_STRING_LIST).wire_name("Owner"),
        Member::new("IncludeDeprecated", &BOOLEAN),
        Member::new("IncludeDisabled", &BOOLEAN),
        Member::new("MaxResults", &INTEGER),
        Member::new("NextToken", &STRING),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
    ],
);

pub static DESCRIBE_IMAGES_RESULT: Schema = Schema::structure(
    "DescribeImagesResult",
    &[
        Member::new("NextToken", &STRING).wire_name("nextToken"),
        Member::new("Images", &IMAGE_LIST).wire_name("imagesSet"),
    ],
);

pub static DESCRIBE_INSTANCE_TYPES_REQUEST: Schema = Schema::structure(
    "DescribeInstanceTypesRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("InstanceTypes", &REQUEST_INSTANCE_TYPE_LIST).wire_name("InstanceType"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
        Member::new("MaxResults", &DIT_MAX_RESULTS),
        Member::new("NextToken", &NEXT_TOKEN),
        Member::new("IncludeUnsupportedInRegion", &INCLUDE_UNSUPPORTED_IN_REGION),
    ],
);

pub static DESCRIBE_INSTANCE_TYPES_RESULT: Schema = Schema::structure(
    "DescribeInstanceTypesResult",
    &[
        Member::new("InstanceTypes", &INSTANCE_TYPE_INFO_LIST).wire_name("instanceTypeSet"),
        Member::new("NextToken", &NEXT_TOKEN).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_INTERNET_GATEWAYS_MAX_RESULTS: Schema =
    Schema::scalar("DescribeInternetGatewaysMaxResults", Kind::Integer).min(5).max(1000);

pub static DESCRIBE_INTERNET_GATEWAYS_REQUEST: Schema = Schema::structure(
    "DescribeInternetGatewaysRequest",
    &[
        Member::new("NextToken", &STRING),
        Member::new("MaxResults", &DESCRIBE_INTERNET_GATEWAYS_MAX_RESULTS),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("InternetGatewayIds", &INTERNET_GATEWAY_ID_LIST).wire_name("internetGatewayId"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
    ],
);

pub static DESCRIBE_INTERNET_GATEWAYS_RESULT: Schema = Schema::structure(
    "DescribeInternetGatewaysResult",
    &[
        Member::new("InternetGateways", &INTERNET_GATEWAY_LIST).wire_name("internetGatewaySet"),
        Member::new("NextToken", &STRING).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_MANAGED_PREFIX_LISTS_REQUEST: Schema = Schema::structure(
    "DescribeManagedPrefixListsRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
        Member::new("MaxResults", &PREFIX_LIST_MAX_RESULTS),
        Member::new("NextToken", &NEXT_TOKEN),
        Member::new("PrefixListIds", &VALUE_STRING_LIST).wire_name("PrefixListId"),
    ],
);

pub static DESCRIBE_MANAGED_PREFIX_LISTS_RESULT: Schema = Schema::structure(
    "DescribeManagedPrefixListsResult",
    &[
        Member::new("NextToken", &NEXT_TOKEN).wire_name("nextToken"),
        Member::new("PrefixLists", &MANAGED_PREFIX_LIST_SET).wire_name("prefixListSet"),
    ],
);

pub static DESCRIBE_NAT_GATEWAYS_MAX_RESULTS: Schema =
    Schema::scalar("DescribeNatGatewaysMaxResults", Kind::Integer).min(5).max(1000);

pub static DESCRIBE_NAT_GATEWAYS_REQUEST: Schema = Schema::structure(
    "DescribeNatGatewaysRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("Filter", &FILTER_LIST),
        Member::new("MaxResults", &DESCRIBE_NAT_GATEWAYS_MAX_RESULTS),
        Member::new("NatGatewayIds", &NAT_GATEWAY_ID_STRING_LIST).wire_name("NatGatewayId"),
        Member::new("NextToken", &STRING),
    ],
);

pub static DESCRIBE_NAT_GATEWAYS_RESULT: Schema = Schema::structure(
    "DescribeNatGatewaysResult",
    &[
        Member::new("NatGateways", &NAT_GATEWAY_LIST).wire_name("natGatewaySet"),
        Member::new("NextToken", &STRING).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_NETWORK_ACLS_MAX_RESULTS: Schema =
    Schema::scalar("DescribeNetworkAclsMaxResults", Kind::Integer).min(5).max(1000);

pub static DESCRIBE_NETWORK_ACLS_REQUEST: Schema = Schema::structure(
    "DescribeNetworkAclsRequest",
    &[
        Member::new("NextToken", &STRING),
        Member::new("MaxResults", &DESCRIBE_NETWORK_ACLS_MAX_RESULTS),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("NetworkAclIds", &NETWORK_ACL_ID_STRING_LIST).wire_name("NetworkAclId"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
    ],
);

pub static DESCRIBE_NETWORK_ACLS_RESULT: Schema = Schema::structure(
    "DescribeNetworkAclsResult",
    &[
        Member::new("NetworkAcls", &NETWORK_ACL_LIST).wire_name("networkAclSet"),
        Member::new("NextToken", &STRING).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE_REQUEST: Schema = Schema::structure(
    "DescribeNetworkInterfaceAttributeRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("NetworkInterfaceId", &NETWORK_INTERFACE_ID).required().wire_name("networkInterfaceId"),
        Member::new("Attribute", &NETWORK_INTERFACE_ATTRIBUTE).wire_name("attribute"),
    ],
);

pub static DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE_RESULT: Schema = Schema::structure(
    "DescribeNetworkInterfaceAttributeResult",
    &[
        Member::new("Attachment", &NETWORK_INTERFACE_ATTACHMENT).wire_name("attachment"),
        Member::new("Description", &ATTRIBUTE_VALUE).wire_name("description"),
        Member::new("Groups", &GROUP_IDENTIFIER_LIST).wire_name("groupSet"),
        Member::new("NetworkInterfaceId", &STRING).wire_name("networkInterfaceId"),
        Member::new("SourceDestCheck", &ATTRIBUTE_BOOLEAN_VALUE).wire_name("sourceDestCheck"),
        Member::new("AssociatePublicIpAddress", &BOOLEAN).wire_name("associatePublicIpAddress"),
    ],
);

pub static DESCRIBE_NETWORK_INTERFACES_MAX_RESULTS: Schema =
    Schema::scalar("DescribeNetworkInterfacesMaxResults", Kind::Integer).min(5).max(1000);

pub static DESCRIBE_NETWORK_INTERFACES_REQUEST: Schema = Schema::structure(
    "DescribeNetworkInterfacesRequest",
    &[
        Member::new("NextToken", &STRING),
        Member::new("MaxResults", &DESCRIBE_NETWORK_INTERFACES_MAX_RESULTS),
        Member::new("IncludeManagedResources", &BOOLEAN),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("NetworkInterfaceIds", &NETWORK_INTERFACE_ID_LIST).wire_name("NetworkInterfaceId"),
        Member::new("Filters", &FILTER_LIST).wire_name("filter"),
    ],
);

pub static DESCRIBE_NETWORK_INTERFACES_RESULT: Schema = Schema::structure(
    "DescribeNetworkInterfacesResult",
    &[
        Member::new("NetworkInterfaces", &NETWORK_INTERFACE_LIST).wire_name("networkInterfaceSet"),
        Member::new("NextToken", &STRING).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_PREFIX_LISTS_REQUEST: Schema = Schema::structure(
    "DescribePrefixListsRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
        Member::new("MaxResults", &INTEGER),
        Member::new("NextToken", &STRING),
        Member::new("PrefixListIds", &PREFIX_LIST_RESOURCE_ID_STRING_LIST).wire_name("PrefixListId"),
    ],
);

pub static DESCRIBE_PREFIX_LISTS_RESULT: Schema = Schema::structure(
    "DescribePrefixListsResult",
    &[
        Member::new("NextToken", &STRING).wire_name("nextToken"),
        Member::new("PrefixLists", &PREFIX_LIST_SET).wire_name("prefixListSet"),
    ],
);

pub static DESCRIBE_REGIONS_REQUEST: Schema = Schema::structure(
    "DescribeRegionsRequest",
    &[
        Member::new("RegionNames", &REGION_NAME_STRING_LIST).wire_name("RegionName"),
        Member::new("AllRegions", &BOOLEAN),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
    ],
);

pub static DESCRIBE_REGIONS_RESULT: Schema = Schema::structure(
    "DescribeRegionsResult",
    &[Member::new("Regions", &REGION_LIST).wire_name("regionInfo")],
);

pub static DESCRIBE_ROUTE_TABLES_MAX_RESULTS: Schema =
    Schema::scalar("DescribeRouteTablesMaxResults", Kind::Integer).min(5).max(100);

pub static DESCRIBE_ROUTE_TABLES_REQUEST: Schema = Schema::structure(
    "DescribeRouteTablesRequest",
    &[
        Member::new("NextToken", &STRING),
        Member::new("MaxResults", &DESCRIBE_ROUTE_TABLES_MAX_RESULTS),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("RouteTableIds", &ROUTE_TABLE_ID_STRING_LIST).wire_name("RouteTableId"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
    ],
);

pub static DESCRIBE_ROUTE_TABLES_RESULT: Schema = Schema::structure(
    "DescribeRouteTablesResult",
    &[
        Member::new("RouteTables", &ROUTE_TABLE_LIST).wire_name("routeTableSet"),
        Member::new("NextToken", &STRING).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_SECURITY_GROUP_RULES_MAX_RESULTS: Schema =
    Schema::scalar("DescribeSecurityGroupRulesMaxResults", Kind::Integer).min(5).max(1000);

pub static DESCRIBE_SECURITY_GROUP_RULES_REQUEST: Schema = Schema::structure(
    "DescribeSecurityGroupRulesRequest",
    &[
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
        Member::new("SecurityGroupRuleIds", &SECURITY_GROUP_RULE_ID_LIST).wire_name("SecurityGroupRuleId"),
        Member::new("DryRun", &BOOLEAN),
        Member::new("NextToken", &STRING),
        Member::new("MaxResults", &DESCRIBE_SECURITY_GROUP_RULES_MAX_RESULTS),
    ],
);

pub static DESCRIBE_SECURITY_GROUP_RULES_RESULT: Schema = Schema::structure(
    "DescribeSecurityGroupRulesResult",
    &[
        Member::new("SecurityGroupRules", &SECURITY_GROUP_RULE_LIST).wire_name("securityGroupRuleSet"),
        Member::new("NextToken", &STRING).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_SECURITY_GROUPS_MAX_RESULTS: Schema =
    Schema::scalar("DescribeSecurityGroupsMaxResults", Kind::Integer).min(5).max(1000);

pub static DESCRIBE_SECURITY_GROUPS_REQUEST: Schema = Schema::structure(
    "DescribeSecurityGroupsRequest",
    &[
        Member::new("GroupIds", &GROUP_ID_STRING_LIST).wire_name("GroupId"),
        Member::new("GroupNames", &GROUP_NAME_STRING_LIST).wire_name("GroupName"),
        Member::new("NextToken", &STRING),
        Member::new("MaxResults", &DESCRIBE_SECURITY_GROUPS_MAX_RESULTS),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
    ],
);

pub static DESCRIBE_SECURITY_GROUPS_RESULT: Schema = Schema::structure(
    "DescribeSecurityGroupsResult",
    &[
        Member::new("NextToken", &STRING).wire_name("nextToken"),
        Member::new("SecurityGroups", &SECURITY_GROUP_LIST).wire_name("securityGroupInfo"),
    ],
);

pub static DESCRIBE_SUBNETS_MAX_RESULTS: Schema =
    Schema::scalar("DescribeSubnetsMaxResults", Kind::Integer).min(5).max(1000);

pub static DESCRIBE_SUBNETS_REQUEST: Schema = Schema::structure(
    "DescribeSubnetsRequest",
    &[
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
        Member::new("SubnetIds", &SUBNET_ID_STRING_LIST).wire_name("SubnetId"),
        Member::new("NextToken", &STRING),
        Member::new("MaxResults", &DESCRIBE_SUBNETS_MAX_RESULTS),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static DESCRIBE_SUBNETS_RESULT: Schema = Schema::structure(
    "DescribeSubnetsResult",
    &[
        Member::new("NextToken", &STRING).wire_name("nextToken"),
        Member::new("Subnets", &SUBNET_LIST).wire_name("subnetSet"),
    ],
);

pub static DESCRIBE_TAGS_REQUEST: Schema = Schema::structure(
    "DescribeTagsRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
        Member::new("MaxResults", &INTEGER).wire_name("maxResults"),
        Member::new("NextToken", &STRING).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_TAGS_RESULT: Schema = Schema::structure(
    "DescribeTagsResult",
    &[
        Member::new("NextToken", &STRING).wire_name("nextToken"),
        Member::new("Tags", &TAG_DESCRIPTION_LIST).wire_name("tagSet"),
    ],
);

pub static DESCRIBE_VPC_ATTRIBUTE_REQUEST: Schema = Schema::structure(
    "DescribeVpcAttributeRequest",
    &[
        Member::new("Attribute", &VPC_ATTRIBUTE_NAME).required(),
        Member::new("VpcId", &VPC_ID).required(),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static DESCRIBE_VPC_ATTRIBUTE_RESULT: Schema = Schema::structure(
    "DescribeVpcAttributeResult",
    &[
        Member::new("EnableDnsHostnames", &ATTRIBUTE_BOOLEAN_VALUE).wire_name("enableDnsHostnames"),
        Member::new("EnableDnsSupport", &ATTRIBUTE_BOOLEAN_VALUE).wire_name("enableDnsSupport"),
        Member::new("EnableNetworkAddressUsageMetrics", &ATTRIBUTE_BOOLEAN_VALUE)
            .wire_name("enableNetworkAddressUsageMetrics"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
    ],
);

pub static DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_MAX_RESULTS: Schema =
    Schema::scalar("DescribeVpcClassicLinkDnsSupportMaxResults", Kind::Integer).min(5).max(255);

pub static DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_NEXT_TOKEN: Schema =
    Schema::scalar("DescribeVpcClassicLinkDnsSupportNextToken", Kind::String).min(1).max(1024);

pub static DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_REQUEST: Schema = Schema::structure(
    "DescribeVpcClassicLinkDnsSupportRequest",
    &[
        Member::new("VpcIds", &VPC_CLASSIC_LINK_ID_LIST),
        Member::new("MaxResults", &DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_MAX_RESULTS).wire_name("maxResults"),
        Member::new("NextToken", &DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_NEXT_TOKEN).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_RESULT: Schema = Schema::structure(
    "DescribeVpcClassicLinkDnsSupportResult",
    &[
        Member::new("NextToken", &DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_NEXT_TOKEN).wire_name("nextToken"),
        Member::new("Vpcs", &CLASSIC_LINK_DNS_SUPPORT_LIST).wire_name("vpcs"),
    ],
);

pub static DESCRIBE_VPC_CLASSIC_LINK_REQUEST: Schema = Schema::structure(
    "DescribeVpcClassicLinkRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("VpcIds", &VPC_CLASSIC_LINK_ID_LIST).wire_name("VpcId"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
    ],
);

pub static DESCRIBE_VPC_CLASSIC_LINK_RESULT: Schema = Schema::structure(
    "DescribeVpcClassicLinkResult",
    &[Member::new("Vpcs", &VPC_CLASSIC_LINK_LIST).wire_name("vpcSet")],
);

pub static DESCRIBE_VPC_ENDPOINTS_REQUEST: Schema = Schema::structure(
    "DescribeVpcEndpointsRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("VpcEndpointIds", &VPC_ENDPOINT_ID_LIST).wire_name("VpcEndpointId"),
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
        Member::new("MaxResults", &INTEGER),
        Member::new("NextToken", &STRING),
    ],
);

pub static DESCRIBE_VPC_ENDPOINTS_RESULT: Schema = Schema::structure(
    "DescribeVpcEndpointsResult",
    &[
        Member::new("VpcEndpoints", &VPC_ENDPOINT_SET).wire_name("vpcEndpointSet"),
        Member::new("NextToken", &STRING).wire_name("nextToken"),
    ],
);

pub static DESCRIBE_VPCS_MAX_RESULTS: Schema =
    Schema::scalar("DescribeVpcsMaxResults", Kind::Integer).min(5).max(1000);

pub static DESCRIBE_VPCS_REQUEST: Schema = Schema::structure(
    "DescribeVpcsRequest",
    &[
        Member::new("Filters", &FILTER_LIST).wire_name("Filter"),
        Member::new("VpcIds", &VPC_ID_STRING_LIST).wire_name("VpcId"),
        Member::new("NextToken", &STRING),
        Member::new("MaxResults", &DESCRIBE_VPCS_MAX_RESULTS),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static DESCRIBE_VPCS_RESULT: Schema = Schema::structure(
    "DescribeVpcsResult",
    &[
        Member::new("NextToken", &STRING).wire_name("nextToken"),
        Member::new("Vpcs", &VPC_LIST).wire_name("vpcSet"),
    ],
);

pub static DETACH_INTERNET_GATEWAY_REQUEST: Schema = Schema::structure(
    "DetachInternetGatewayRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("InternetGatewayId", &INTERNET_GATEWAY_ID).required().wire_name("internetGatewayId"),
        Member::new("VpcId", &VPC_ID).required().wire_name("vpcId"),
    ],
);

pub static DETACH_NETWORK_INTERFACE_REQUEST: Schema = Schema::structure(
    "DetachNetworkInterfaceRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("AttachmentId", &NETWORK_INTERFACE_ATTACHMENT_ID).required().wire_name("attachmentId"),
        Member::new("Force", &BOOLEAN).wire_name("force"),
    ],
);

pub static DEVICE_TYPE: Schema =
    Schema::scalar("DeviceType", Kind::String).enumeration(super::DeviceType::VALUES);

pub static DHCP_CONFIGURATION: Schema = Schema::structure(
    "DhcpConfiguration",
    &[
        Member::new("Key", &STRING).wire_name("key"),
        Member::new("Values", &DHCP_CONFIGURATION_VALUE_LIST).wire_name("valueSet"),
    ],
);

pub static DHCP_CONFIGURATION_LIST: Schema =
    Schema::list("DhcpConfigurationList", &[Member::new("member", &DHCP_CONFIGURATION).wire_name("item")]);

pub static DHCP_CONFIGURATION_VALUE_LIST: Schema =
    Schema::list("DhcpConfigurationValueList", &[Member::new("member", &ATTRIBUTE_VALUE).wire_name("item")]);

pub static DHCP_OPTIONS: Schema = Schema::structure(
    "DhcpOptions",
    &[
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("DhcpOptionsId", &STRING).wire_name("dhcpOptionsId"),
        Member::new("DhcpConfigurations", &DHCP_CONFIGURATION_LIST).wire_name("dhcpConfigurationSet"),
    ],
);

pub static DHCP_OPTIONS_ID: Schema = Schema::scalar("DhcpOptionsId", Kind::String);

pub static DHCP_OPTIONS_ID_STRING_LIST: Schema = Schema::list(
    "DhcpOptionsIdStringList",
    &[Member::new("member", &DHCP_OPTIONS_ID).wire_name("DhcpOptionsId")],
);

pub static DHCP_OPTIONS_LIST: Schema =
    Schema::list("DhcpOptionsList", &[Member::new("member", &DHCP_OPTIONS).wire_name("item")]);

pub static DISASSOCIATE_ADDRESS_REQUEST: Schema = Schema::structure(
    "DisassociateAddressRequest",
    &[
        Member::new("AssociationId", &ELASTIC_IP_ASSOCIATION_ID),
        Member::new("PublicIp", &EIP_ALLOCATION_PUBLIC_IP),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static DISASSOCIATE_ROUTE_TABLE_REQUEST: Schema = Schema::structure(
    "DisassociateRouteTableRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("AssociationId", &ROUTE_TABLE_ASSOCIATION_ID).required().wire_name("associationId"),
    ],
);

pub static DISASSOCIATE_SUBNET_CIDR_BLOCK_REQUEST: Schema = Schema::structure(
    "DisassociateSubnetCidrBlockRequest",
    &[Member::new("AssociationId", &SUBNET_CIDR_ASSOCIATION_ID).required().wire_name("associationId")],
);

pub static DISASSOCIATE_SUBNET_CIDR_BLOCK_RESULT: Schema = Schema::structure(
    "DisassociateSubnetCidrBlockResult",
    &[
        Member::new("Ipv6CidrBlockAssociation", &SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION)
            .wire_name("ipv6CidrBlockAssociation"),
        Member::new("SubnetId", &STRING).wire_name("subnetId"),
    ],
);

pub static DISASSOCIATE_VPC_CIDR_BLOCK_REQUEST: Schema = Schema::structure(
    "DisassociateVpcCidrBlockRequest",
    &[Member::new("AssociationId", &VPC_CIDR_ASSOCIATION_ID).required().wire_name("associationId")],
);

pub static DISASSOCIATE_VPC_CIDR_BLOCK_RESULT: Schema = Schema::structure(
    "DisassociateVpcCidrBlockResult",
    &[
        Member::new("Ipv6CidrBlockAssociation", &VPC_IPV6_CIDR_BLOCK_ASSOCIATION)
            .wire_name("ipv6CidrBlockAssociation"),
        Member::new("CidrBlockAssociation", &VPC_CIDR_BLOCK_ASSOCIATION).wire_name("cidrBlockAssociation"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
    ],
);

pub static DISK_COUNT: Schema = Schema::scalar("DiskCount", Kind::Integer);

pub static DISK_INFO: Schema = Schema::structure(
    "DiskInfo",
    &[
        Member::new("SizeInGB", &DISK_SIZE).wire_name("sizeInGB"),
        Member::new("Count", &DISK_COUNT).wire_name("count"),
        Member::new("Type", &DISK_TYPE).wire_name("type"),
    ],
);

pub static DISK_INFO_LIST: Schema =
    Schema::list("DiskInfoList", &[Member::new("member", &DISK_INFO).wire_name("item")]);

pub static DISK_SIZE: Schema = Schema::scalar("DiskSize", Kind::Long);

pub static DISK_TYPE: Schema = Schema::scalar("DiskType", Kind::String).enumeration(super::DiskType::VALUES);

pub static DNS_ENTRY: Schema = Schema::structure(
    "DnsEntry",
    &[
        Member::new("DnsName", &STRING).wire_name("dnsName"),
        Member::new("HostedZoneId", &STRING).wire_name("hostedZoneId"),
    ],
);

pub static DNS_ENTRY_SET: Schema =
    Schema::list("DnsEntrySet", &[Member::new("member", &DNS_ENTRY).wire_name("item")]);

pub static DNS_OPTIONS: Schema = Schema::structure(
    "DnsOptions",
    &[
        Member::new("DnsRecordIpType", &DNS_RECORD_IP_TYPE).wire_name("dnsRecordIpType"),
        Member::new("PrivateDnsOnlyForInboundResolverEndpoint", &BOOLEAN)
            .wire_name("privateDnsOnlyForInboundResolverEndpoint"),
        Member::new("PrivateDnsPreference", &STRING).wire_name("privateDnsPreference"),
        Member::new("PrivateDnsSpecifiedDomains", &PRIVATE_DNS_SPECIFIED_DOMAIN_SET)
            .wire_name("privateDnsSpecifiedDomainSet"),
    ],
);

pub static DNS_RECORD_IP_TYPE: Schema =
    Schema::scalar("DnsRecordIpType", Kind::String).enumeration(super::DnsRecordIpType::VALUES);

pub static DOMAIN_TYPE: Schema =
    Schema::scalar("DomainType", Kind::String).enumeration(super::DomainType::VALUES);

pub static EBS_BLOCK_DEVICE: Schema = Schema::structure(
    "EbsBlockDevice",
    &[
        Member::new("DeleteOnTermination", &BOOLEAN).wire_name("deleteOnTermination"),
        Member::new("Iops", &INTEGER).wire_name("iops"),
        Member::new("SnapshotId", &SNAPSHOT_ID).wire_name("snapshotId"),
        Member::new("VolumeSize", &INTEGER).wire_name("volumeSize"),
        Member::new("VolumeType", &VOLUME_TYPE).wire_name("volumeType"),
        Member::new("KmsKeyId", &STRING).wire_name("kmsKeyId"),
        Member::new("Throughput", &INTEGER).wire_name("throughput"),
        Member::new("OutpostArn", &STRING).wire_name("outpostArn"),
        Member::new("AvailabilityZone", &STRING).wire_name("availabilityZone"),
        Member::new("Encrypted", &BOOLEAN).wire_name("encrypted"),
        Member::new("VolumeInitializationRate", &INTEGER),
        Member::new("AvailabilityZoneId", &STRING),
        Member::new("EbsCardIndex", &INTEGER),
    ],
);

pub static EBS_CARD_INDEX: Schema = Schema::scalar("EbsCardIndex", Kind::Integer);

pub static EBS_CARD_INFO: Schema = Schema::structure(
    "EbsCardInfo",
    &[
        Member::new("EbsCardIndex", &EBS_CARD_INDEX).wire_name("ebsCardIndex"),
        Member::new("BaselineBandwidthInMbps", &BASELINE_BANDWIDTH_IN_MBPS)
            .wire_name("baselineBandwidthInMbps"),
        Member::new("BaselineThroughputInMBps", &BASELINE_THROUGHPUT_IN_M_BPS)
            .wire_name("baselineThroughputInMBps"),
        Member::new("BaselineIops", &BASELINE_IOPS).wire_name("baselineIops"),
        Member::new("MaximumBandwidthInMbps", &MAXIMUM_BANDWIDTH_IN_MBPS).wire_name("maximumBandwidthInMbps"),
        Member::new("MaximumThroughputInMBps", &MAXIMUM_THROUGHPUT_IN_M_BPS)
            .wire_name("maximumThroughputInMBps"),
        Member::new("MaximumIops", &MAXIMUM_IOPS).wire_name("maximumIops"),
    ],
);

pub static EBS_CARD_INFO_LIST: Schema =
    Schema::list("EbsCardInfoList", &[Member::new("member", &EBS_CARD_INFO).wire_name("item")]);

pub static EBS_ENCRYPTION_SUPPORT: Schema =
    Schema::scalar("EbsEncryptionSupport", Kind::String).enumeration(super::EbsEncryptionSupport::VALUES);

pub static EBS_INFO: Schema = Schema::structure(
    "EbsInfo",
    &[
        Member::new("EbsOptimizedSupport", &EBS_OPTIMIZED_SUPPORT).wire_name("ebsOptimizedSupport"),
        Member::new("EncryptionSupport", &EBS_ENCRYPTION_SUPPORT).wire_name("encryptionSupport"),
        Member::new("EbsOptimizedInfo", &EBS_OPTIMIZED_INFO).wire_name("ebsOptimizedInfo"),
        Member::new("NvmeSupport", &EBS_NVME_SUPPORT).wire_name("nvmeSupport"),
        Member::new("MaximumEbsAttachments", &MAXIMUM_EBS_ATTACHMENTS).wire_name("maximumEbsAttachments"),
        Member::new("AttachmentLimitType", &ATTACHMENT_LIMIT_TYPE).wire_name("attachmentLimitType"),
        Member::new("MaximumEbsCards", &MAXIMUM_EBS_CARDS).wire_name("maximumEbsCards"),
        Member::new("EbsCards", &EBS_CARD_INFO_LIST).wire_name("ebsCardSet"),
    ],
);

pub static EBS_NVME_SUPPORT: Schema =
    Schema::scalar("EbsNvmeSupport", Kind::String).enumeration(super::EbsNvmeSupport::VALUES);

pub static EBS_OPTIMIZED_INFO: Schema = Schema::structure(
    "EbsOptimizedInfo",
    &[
        Member::new("BaselineBandwidthInMbps", &BASELINE_BANDWIDTH_IN_MBPS)
            .wire_name("baselineBandwidthInMbps"),
        Member::new("BaselineThroughputInMBps", &BASELINE_THROUGHPUT_IN_M_BPS)
            .wire_name("baselineThroughputInMBps"),
        Member::new("BaselineIops", &BASELINE_IOPS).wire_name("baselineIops"),
        Member::new("MaximumBandwidthInMbps", &MAXIMUM_BANDWIDTH_IN_MBPS).wire_name("maximumBandwidthInMbps"),
        Member::new("MaximumThroughputInMBps", &MAXIMUM_THROUGHPUT_IN_M_BPS)
            .wire_name("maximumThroughputInMBps"),
        Member::new("MaximumIops", &MAXIMUM_IOPS).wire_name("maximumIops"),
    ],
);

pub static EBS_OPTIMIZED_SUPPORT: Schema =
    Schema::scalar("EbsOptimizedSupport", Kind::String).enumeration(super::EbsOptimizedSupport::VALUES);

pub static EFA_INFO: Schema = Schema::structure(
    "EfaInfo",
    &[Member::new("MaximumEfaInterfaces", &MAXIMUM_EFA_INTERFACES).wire_name("maximumEfaInterfaces")],
);

pub static EFA_SUPPORTED_FLAG: Schema = Schema::scalar("EfaSupportedFlag", Kind::Boolean);

pub static EGRESS_ONLY_INTERNET_GATEWAY_ID: Schema =
    Schema::scalar("EgressOnlyInternetGatewayId", Kind::String);

pub static EIP_ALLOCATION_PUBLIC_IP: Schema = Schema::scalar("EipAllocationPublicIp", Kind::String);

pub static ELASTIC_IP_ASSOCIATION_ID: Schema = Schema::scalar("ElasticIpAssociationId", Kind::String);

pub static ENA_SRD_SPECIFICATION: Schema = Schema::structure(
    "EnaSrdSpecification",
    &[
        Member::new("EnaSrdEnabled", &BOOLEAN),
        Member::new("EnaSrdUdpSpecification", &ENA_SRD_UDP_SPECIFICATION),
    ],
);

pub static ENA_SRD_SUPPORTED: Schema = Schema::scalar("EnaSrdSupported", Kind::Boolean);

pub static ENA_SRD_UDP_SPECIFICATION: Schema =
    Schema::structure("EnaSrdUdpSpecification", &[Member::new("EnaSrdUdpEnabled", &BOOLEAN)]);

pub static ENA_SUPPORT: Schema =
    Schema::scalar("EnaSupport", Kind::String).enumeration(super::EnaSupport::VALUES);

pub static ENCRYPTION_IN_TRANSIT_SUPPORTED: Schema =
    Schema::scalar("EncryptionInTransitSupported", Kind::Boolean);

pub static EPHEMERAL_NVME_SUPPORT: Schema =
    Schema::scalar("EphemeralNvmeSupport", Kind::String).enumeration(super::EphemeralNvmeSupport::VALUES);

pub static EXECUTABLE_BY_STRING_LIST: Schema =
    Schema::list("ExecutableByStringList", &[Member::new("member", &STRING).wire_name("ExecutableBy")]);

pub static FILTER: Schema = Schema::structure(
    "Filter",
    &[Member::new("Name", &STRING), Member::new("Values", &VALUE_STRING_LIST).wire_name("Value")],
);

pub static FILTER_LIST: Schema =
    Schema::list("FilterList", &[Member::new("member", &FILTER).wire_name("Filter")]);

pub static FLEXIBLE_ENA_QUEUES_SUPPORT: Schema = Schema::scalar("FlexibleEnaQueuesSupport", Kind::String)
    .enumeration(super::FlexibleEnaQueuesSupport::VALUES);

pub static FPGA_DEVICE_COUNT: Schema = Schema::scalar("FpgaDeviceCount", Kind::Integer);

pub static FPGA_DEVICE_INFO: Schema = Schema::structure(
    "FpgaDeviceInfo",
    &[
        Member::new("Name", &FPGA_DEVICE_NAME).wire_name("name"),
        Member::new("Manufacturer", &FPGA_DEVICE_MANUFACTURER_NAME).wire_name("manufacturer"),
        Member::new("Count", &FPGA_DEVICE_COUNT).wire_name("count"),
        Member::new("MemoryInfo", &FPGA_DEVICE_MEMORY_INFO).wire_name("memoryInfo"),
    ],
);

pub static FPGA_DEVICE_INFO_LIST: Schema =
    Schema::list("FpgaDeviceInfoList", &[Member::new("member", &FPGA_DEVICE_INFO).wire_name("item")]);

pub static FPGA_DEVICE_MANUFACTURER_NAME: Schema = Schema::scalar("FpgaDeviceManufacturerName", Kind::String);

pub static FPGA_DEVICE_MEMORY_INFO: Schema = Schema::structure(
    "FpgaDeviceMemoryInfo",
    &[Member::new("SizeInMiB", &FPGA_DEVICE_MEMORY_SIZE).wire_name("sizeInMiB")],
);

pub static FPGA_DEVICE_MEMORY_SIZE: Schema = Schema::scalar("FpgaDeviceMemorySize", Kind::Integer);

pub static FPGA_DEVICE_NAME: Schema = Schema::scalar("FpgaDeviceName", Kind::String);

pub static FPGA_INFO: Schema = Schema::structure(
    "FpgaInfo",
    &[
        Member::new("Fpgas", &FPGA_DEVICE_INFO_LIST).wire_name("fpgas"),
        Member::new("TotalFpgaMemoryInMiB", &TOTAL_FPGA_MEMORY).wire_name("totalFpgaMemoryInMiB"),
    ],
);

pub static FREE_TIER_ELIGIBLE_FLAG: Schema = Schema::scalar("FreeTierEligibleFlag", Kind::Boolean);

pub static GET_MANAGED_PREFIX_LIST_ENTRIES_REQUEST: Schema = Schema::structure(
    "GetManagedPrefixListEntriesRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("PrefixListId", &PREFIX_LIST_RESOURCE_ID).required(),
        Member::new("TargetVersion", &LONG),
        Member::new("MaxResults", &PREFIX_LIST_MAX_RESULTS),
        Member::new("NextToken", &NEXT_TOKEN),
    ],
);

pub static GET_MANAGED_PREFIX_LIST_ENTRIES_RESULT: Schema = Schema::structure(
    "GetManagedPrefixListEntriesResult",
    &[
        Member::new("Entries", &PREFIX_LIST_ENTRY_SET).wire_name("entrySet"),
        Member::new("NextToken", &NEXT_TOKEN).wire_name("nextToken"),
    ],
);

pub static GPU_DEVICE_COUNT: Schema = Schema::scalar("GpuDeviceCount", Kind::Integer);

pub static GPU_DEVICE_INFO: Schema = Schema::structure(
    "GpuDeviceInfo",
    &[
        Member::new("Name", &GPU_DEVICE_NAME).wire_name("name"),
        Member::new("Manufacturer", &GPU_DEVICE_MANUFACTURER_NAME).wire_name("manufacturer"),
        Member::new("Count", &GPU_DEVICE_COUNT).wire_name("count"),
        Member::new("LogicalGpuCount", &LOGICAL_GPU_COUNT).wire_name("logicalGpuCount"),
        Member::new("GpuPartitionSize", &GPU_PARTITION_SIZE).wire_name("gpuPartitionSize"),
        Member::new("Workloads", &WORKLOADS_LIST).wire_name("workloadSet"),
        Member::new("MemoryInfo", &GPU_DEVICE_MEMORY_INFO).wire_name("memoryInfo"),
    ],
);

pub static GPU_DEVICE_INFO_LIST: Schema =
    Schema::list("GpuDeviceInfoList", &[Member::new("member", &GPU_DEVICE_INFO).wire_name("item")]);

pub static GPU_DEVICE_MANUFACTURER_NAME: Schema = Schema::scalar("GpuDeviceManufacturerName", Kind::String);

pub static GPU_DEVICE_MEMORY_INFO: Schema = Schema::structure(
    "GpuDeviceMemoryInfo",
    &[Member::new("SizeInMiB", &GPU_DEVICE_MEMORY_SIZE).wire_name("sizeInMiB")],
);

pub static GPU_DEVICE_MEMORY_SIZE: Schema = Schema::scalar("GpuDeviceMemorySize", Kind::Integer);

pub static GPU_DEVICE_NAME: Schema = Schema::scalar("GpuDeviceName", Kind::String);

pub static GPU_INFO: Schema = Schema::structure(
    "GpuInfo",
    &[
        Member::new("Gpus", &GPU_DEVICE_INFO_LIST).wire_name("gpus"),
        Member::new("TotalGpuMemoryInMiB", &TOTAL_GPU_MEMORY).wire_name("totalGpuMemoryInMiB"),
    ],
);

pub static GPU_PARTITION_SIZE: Schema = Schema::scalar("GpuPartitionSize", Kind::Double);

pub static GROUP_ID_STRING_LIST: Schema =
    Schema::list("GroupIdStringList", &[Member::new("member", &SECURITY_GROUP_ID).wire_name("groupId")]);

pub static GROUP_IDENTIFIER: Schema = Schema::structure(
    "GroupIdentifier",
    &[
        Member::new("GroupId", &STRING).wire_name("groupId"),
        Member::new("GroupName", &STRING).wire_name("groupName"),
    ],
);

pub static GROUP_IDENTIFIER_LIST: Schema =
    Schema::list("GroupIdentifierList", &[Member::new("member", &GROUP_IDENTIFIER).wire_name("item")]);

pub static GROUP_IDENTIFIER_SET: Schema = Schema::list(
    "GroupIdentifierSet",
    &[Member::new("member", &SECURITY_GROUP_IDENTIFIER).wire_name("item")],
);

pub static GROUP_NAME_STRING_LIST: Schema = Schema::list(
    "GroupNameStringList",
    &[Member::new("member", &SECURITY_GROUP_NAME).wire_name("GroupName")],
);

pub static HIBERNATION_FLAG: Schema = Schema::scalar("HibernationFlag", Kind::Boolean);

pub static HOSTNAME_TYPE: Schema =
    Schema::scalar("HostnameType", Kind::String).enumeration(super::HostnameType::VALUES);

pub static HYPERVISOR_TYPE: Schema =
    Schema::scalar("HypervisorType", Kind::String).enumeration(super::HypervisorType::VALUES);

pub static ICMP_TYPE_CODE: Schema = Schema::structure(
    "IcmpTypeCode",
    &[Member::new("Code", &INTEGER).wire_name("code"), Member::new("Type", &INTEGER).wire_name("type")],
);

pub static IMAGE: Schema = Schema::structure(
    "Image",
    &[
        Member::new("PlatformDetails", &STRING).wire_name("platformDetails"),
        Member::new("UsageOperation", &STRING).wire_name("usageOperation"),
        Member::new("BlockDeviceMappings", &BLOCK_DEVICE_MAPPING_LIST).wire_name("blockDeviceMapping"),
        Member::new("Description", &STRING).wire_name("description"),
        Member::new("EnaSupport", &BOOLEAN).wire_name("enaSupport"),
        Member::new("Hypervisor", &HYPERVISOR_TYPE).wire_name("hypervisor"),
        Member::new("ImageOwnerAlias", &STRING).wire_name("imageOwnerAlias"),
        Member::new("Name", &STRING).wire_name("name"),
        Member::new("RootDeviceName", &STRING).wire_name("rootDeviceName"),
        Member::new("RootDeviceType", &DEVICE_TYPE).wire_name("rootDeviceType"),
        Member::new("SriovNetSupport", &STRING).wire_name("sriovNetSupport"),
        Member::new("StateReason", &STATE_REASON).wire_name("stateReason"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("VirtualizationType", &VIRTUALIZATION_TYPE).wire_name("virtualizationType"),
        Member::new("BootMode", &BOOT_MODE_VALUES).wire_name("bootMode"),
        Member::new("TpmSupport", &TPM_SUPPORT_VALUES).wire_name("tpmSupport"),
        Member::new("DeprecationTime", &STRING).wire_name("deprecationTime"),
        Member::new("ImdsSupport", &IMDS_SUPPORT_VALUES).wire_name("imdsSupport"),
        Member::new("SourceInstanceId", &STRING).wire_name("sourceInstanceId"),
        Member::new("DeregistrationProtection", &STRING).wire_name("deregistrationProtection"),
        Member::new("LastLaunchedTime", &STRING).wire_name("lastLaunchedTime"),
        Member::new("ImageAllowed", &BOOLEAN).wire_name("imageAllowed"),
        Member::new("SourceImageId", &STRING).wire_name("sourceImageId"),
        Member::new("SourceImageRegion", &STRING).wire_name("sourceImageRegion"),
        Member::new("FreeTierEligible", &BOOLEAN).wire_name("freeTierEligible"),
        Member::new("PublicSsmParameterName", &STRING).wire_name("publicSsmParameterName"),
        Member::new("ImageWatermarks", &IMAGE_WATERMARK_LIST).wire_name("imageWatermarkSet"),
        Member::new("ScanResults", &SCAN_RESULTS).wire_name("scanResults"),
        Member::new("InstanceTypeSpecification", &INSTANCE_TYPE_SPECIFICATION)
            .wire_name("instanceTypeSpecification"),
        Member::new("ImageId", &STRING).wire_name("imageId"),
        Member::new("ImageLocation", &STRING).wire_name("imageLocation"),
        Member::new("State", &IMAGE_STATE).wire_name("imageState"),
        Member::new("OwnerId", &STRING).wire_name("imageOwnerId"),
        Member::new("CreationDate", &STRING).wire_name("creationDate"),
        Member::new("Public", &BOOLEAN).wire_name("isPublic"),
        Member::new("ProductCodes", &PRODUCT_CODE_LIST).wire_name("productCodes"),
        Member::new("Architecture", &ARCHITECTURE_VALUES).wire_name("architecture"),
        Member::new("ImageType", &IMAGE_TYPE_VALUES).wire_name("imageType"),
        Member::new("KernelId", &STRING).wire_name("kernelId"),
        Member::new("RamdiskId", &STRING).wire_name("ramdiskId"),
        Member::new("Platform", &PLATFORM_VALUES).wire_name("platform"),
    ],
);

pub static IMAGE_ID: Schema = Schema::scalar("ImageId", Kind::String);

pub static IMAGE_ID_STRING_LIST: Schema =
    Schema::list("ImageIdStringList", &[Member::new("member", &IMAGE_ID).wire_name("ImageId")]);

pub static IMAGE_LIST: Schema = Schema::list("ImageList", &[Member::new("member", &IMAGE).wire_name("item")]);

pub static IMAGE_STATE: Schema =
    Schema::scalar("ImageState", Kind::String).enumeration(super::ImageState::VALUES);

pub static IMAGE_TYPE_VALUES: Schema =
    Schema::scalar("ImageTypeValues", Kind::String).enumeration(super::ImageTypeValues::VALUES);

pub static IMAGE_WATERMARK: Schema = Schema::structure(
    "ImageWatermark",
    &[
        Member::new("WatermarkKey", &STRING).wire_name("watermarkKey"),
        Member::new("SourceImageRegion", &STRING).wire_name("sourceImageRegion"),
        Member::new("SourceImageId", &STRING).wire_name("sourceImageId"),
        Member::new("SourceImageCreationTime", &MILLISECOND_DATE_TIME).wire_name("sourceImageCreationTime"),
        Member::new("WatermarkCreationTime", &MILLISECOND_DATE_TIME).wire_name("watermarkCreationTime"),
    ],
);

pub static IMAGE_WATERMARK_LIST: Schema =
    Schema::list("ImageWatermarkList", &[Member::new("member", &IMAGE_WATERMARK).wire_name("item")]);

pub static IMDS_SUPPORT_VALUES: Schema =
    Schema::scalar("ImdsSupportValues", Kind::String).enumeration(super::ImdsSupportValues::VALUES);

pub static INCLUDE_UNSUPPORTED_IN_REGION: Schema =
    Schema::scalar("IncludeUnsupportedInRegion", Kind::Boolean);

pub static INFERENCE_ACCELERATOR_INFO: Schema = Schema::structure(
    "InferenceAcceleratorInfo",
    &[
        Member::new("Accelerators", &INFERENCE_DEVICE_INFO_LIST).wire_name("accelerators"),
        Member::new("TotalInferenceMemoryInMiB", &TOTAL_INFERENCE_MEMORY)
            .wire_name("totalInferenceMemoryInMiB"),
    ],
);

pub static INFERENCE_DEVICE_COUNT: Schema = Schema::scalar("InferenceDeviceCount", Kind::Integer);

pub static INFERENCE_DEVICE_INFO: Schema = Schema::structure(
    "InferenceDeviceInfo",
    &[
        Member::new("Count", &INFERENCE_DEVICE_COUNT).wire_name("count"),
        Member::new("Name", &INFERENCE_DEVICE_NAME).wire_name("name"),
        Member::new("Manufacturer", &INFERENCE_DEVICE_MANUFACTURER_NAME).wire_name("manufacturer"),
        Member::new("MemoryInfo", &INFERENCE_DEVICE_MEMORY_INFO).wire_name("memoryInfo"),
    ],
);

pub static INFERENCE_DEVICE_INFO_LIST: Schema =
    Schema::list("InferenceDeviceInfoList", &[Member::new("member", &INFERENCE_DEVICE_INFO)]);

pub static INFERENCE_DEVICE_MANUFACTURER_NAME: Schema =
    Schema::scalar("InferenceDeviceManufacturerName", Kind::String);

pub static INFERENCE_DEVICE_MEMORY_INFO: Schema = Schema::structure(
    "InferenceDeviceMemoryInfo",
    &[Member::new("SizeInMiB", &INFERENCE_DEVICE_MEMORY_SIZE).wire_name("sizeInMiB")],
);

pub static INFERENCE_DEVICE_MEMORY_SIZE: Schema = Schema::scalar("InferenceDeviceMemorySize", Kind::Integer);

pub static INFERENCE_DEVICE_NAME: Schema = Schema::scalar("InferenceDeviceName", Kind::String);

pub static INSTANCE_ID: Schema = Schema::scalar("InstanceId", Kind::String);

pub static INSTANCE_IPV6_ADDRESS: Schema = Schema::structure(
    "InstanceIpv6Address",
    &[
        Member::new("Ipv6Address", &STRING).wire_name("ipv6Address"),
        Member::new("IsPrimaryIpv6", &BOOLEAN).wire_name("isPrimaryIpv6"),
    ],
);

pub static INSTANCE_IPV6_ADDRESS_LIST: Schema = Schema::list(
    "InstanceIpv6AddressList",
    &[Member::new("member", &INSTANCE_IPV6_ADDRESS).wire_name("item")],
);

pub static INSTANCE_STORAGE_ENCRYPTION_SUPPORT: Schema =
    Schema::scalar("InstanceStorageEncryptionSupport", Kind::String)
        .enumeration(super::InstanceStorageEncryptionSupport::VALUES);

pub static INSTANCE_STORAGE_FLAG: Schema = Schema::scalar("InstanceStorageFlag", Kind::Boolean);

pub static INSTANCE_STORAGE_INFO: Schema = Schema::structure(
    "InstanceStorageInfo",
    &[
        Member::new("TotalSizeInGB", &DISK_SIZE).wire_name("totalSizeInGB"),
        Member::new("Disks", &DISK_INFO_LIST).wire_name("disks"),
        Member::new("NvmeSupport", &EPHEMERAL_NVME_SUPPORT).wire_name("nvmeSupport"),
        Member::new("EncryptionSupport", &INSTANCE_STORAGE_ENCRYPTION_SUPPORT).wire_name("encryptionSupport"),
    ],
);

pub static INSTANCE_TYPE: Schema =
    Schema::scalar("InstanceType", Kind::String).enumeration(super::InstanceType::VALUES);

pub static INSTANCE_TYPE_HYPERVISOR: Schema =
    Schema::scalar("InstanceTypeHypervisor", Kind::String).enumeration(super::InstanceTypeHypervisor::VALUES);

pub static INSTANCE_TYPE_INFO: Schema = Schema::structure(
    "InstanceTypeInfo",
    &[
        Member::new("InstanceType", &INSTANCE_TYPE).wire_name("instanceType"),
        Member::new("CurrentGeneration", &CURRENT_GENERATION_FLAG).wire_name("currentGeneration"),
        Member::new("FreeTierEligible", &FREE_TIER_ELIGIBLE_FLAG).wire_name("freeTierEligible"),
        Member::new("SupportedUsageClasses", &USAGE_CLASS_TYPE_LIST).wire_name("supportedUsageClasses"),
        Member::new("SupportedRootDeviceTypes", &ROOT_DEVICE_TYPE_LIST).wire_name("supportedRootDeviceTypes"),
        Member::new("SupportedVirtualizationTypes", &VIRTUALIZATION_TYPE_LIST)
            .wire_name("supportedVirtualizationTypes"),
        Member::new("BareMetal", &BARE_METAL_FLAG).wire_name("bareMetal"),
        Member::new("Hypervisor", &INSTANCE_TYPE_HYPERVISOR).wire_name("hypervisor"),
        Member::new("ProcessorInfo", &PROCESSOR_INFO).wire_name("processorInfo"),
        Member::new("VCpuInfo", &V_CPU_INFO).wire_name("vCpuInfo"),
        Member::new("MemoryInfo", &MEMORY_INFO).wire_name("memoryInfo"),
        Member::new("InstanceStorageSupported", &INSTANCE_STORAGE_FLAG).wire_name("instanceStorageSupported"),
        Member::new("InstanceStorageInfo", &INSTANCE_STORAGE_INFO).wire_name("instanceStorageInfo"),
        Member::new("EbsInfo", &EBS_INFO).wire_name("ebsInfo"),
        Member::new("NetworkInfo", &NETWORK_INFO).wire_name("networkInfo"),
        Member::new("GpuInfo", &GPU_INFO).wire_name("gpuInfo"),
        Member::new("FpgaInfo", &FPGA_INFO).wire_name("fpgaInfo"),
        Member::new("PlacementGroupInfo", &PLACEMENT_GROUP_INFO).wire_name("placementGroupInfo"),
        Member::new("InferenceAcceleratorInfo", &INFERENCE_ACCELERATOR_INFO)
            .wire_name("inferenceAcceleratorInfo"),
        Member::new("HibernationSupported", &HIBERNATION_FLAG).wire_name("hibernationSupported"),
        Member::new("BurstablePerformanceSupported", &BURSTABLE_PERFORMANCE_FLAG)
            .wire_name("burstablePerformanceSupported"),
        Member::new("DedicatedHostsSupported", &DEDICATED_HOST_FLAG).wire_name("dedicatedHostsSupported"),
        Member::new("AutoRecoverySupported", &AUTO_RECOVERY_FLAG).wire_name("autoRecoverySupported"),
        Member::new("SupportedBootModes", &BOOT_MODE_TYPE_LIST).wire_name("supportedBootModes"),
        Member::new("NitroEnclavesSupport", &NITRO_ENCLAVES_SUPPORT).wire_name("nitroEnclavesSupport"),
        Member::new("NitroTpmSupport", &NITRO_TPM_SUPPORT).wire_name("nitroTpmSupport"),
        Member::new("NitroTpmInfo", &NITRO_TPM_INFO).wire_name("nitroTpmInfo"),
        Member::new("MediaAcceleratorInfo", &MEDIA_ACCELERATOR_INFO).wire_name("mediaAcceleratorInfo"),
        Member::new("NeuronInfo", &NEURON_INFO).wire_name("neuronInfo"),
        Member::new("PhcSupport", &PHC_SUPPORT).wire_name("phcSupport"),
        Member::new("RebootMigrationSupport", &REBOOT_MIGRATION_SUPPORT).wire_name("rebootMigrationSupport"),
        Member::new("SupportedInRegion", &SUPPORTED_IN_REGION).wire_name("supportedInRegion"),
    ],
);

pub static INSTANCE_TYPE_INFO_LIST: Schema =
    Schema::list("InstanceTypeInfoList", &[Member::new("member", &INSTANCE_TYPE_INFO).wire_name("item")]);

pub static INSTANCE_TYPE_ITEM: Schema =
    Schema::structure("InstanceTypeItem", &[Member::new("InstanceType", &STRING).wire_name("instanceType")]);

pub static INSTANCE_TYPE_SPECIFICATION: Schema = Schema::structure(
    "InstanceTypeSpecification",
    &[
        Member::new("SupportedInstanceTypes", &SUPPORTED_INSTANCE_TYPE_SET)
            .wire_name("supportedInstanceTypeSet"),
        Member::new("UnsupportedInstanceTypes", &UNSUPPORTED_INSTANCE_TYPE_SET)
            .wire_name("unsupportedInstanceTypeSet"),
    ],
);

pub static INTEGER: Schema = Schema::scalar("Integer", Kind::Integer);

pub static INTERNET_GATEWAY: Schema = Schema::structure(
    "InternetGateway",
    &[
        Member::new("Attachments", &INTERNET_GATEWAY_ATTACHMENT_LIST).wire_name("attachmentSet"),
        Member::new("InternetGatewayId", &STRING).wire_name("internetGatewayId"),
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
    ],
);

pub static INTERNET_GATEWAY_ATTACHMENT: Schema = Schema::structure(
    "InternetGatewayAttachment",
    &[
        Member::new("State", &ATTACHMENT_STATUS).wire_name("state"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
    ],
);

pub static INTERNET_GATEWAY_ATTACHMENT_LIST: Schema = Schema::list(
    "InternetGatewayAttachmentList",
    &[Member::new("member", &INTERNET_GATEWAY_ATTACHMENT).wire_name("item")],
);

pub static INTERNET_GATEWAY_ID: Schema = Schema::scalar("InternetGatewayId", Kind::String);

pub static INTERNET_GATEWAY_ID_LIST: Schema =
    Schema::list("InternetGatewayIdList", &[Member::new("member", &INTERNET_GATEWAY_ID).wire_name("item")]);

pub static INTERNET_GATEWAY_LIST: Schema =
    Schema::list("InternetGatewayList", &[Member::new("member", &INTERNET_GATEWAY).wire_name("item")]);

pub static IP_ADDRESS_TYPE: Schema =
    Schema::scalar("IpAddressType", Kind::String).enumeration(super::IpAddressType::VALUES);

pub static IP_LIST: Schema = Schema::list("IpList", &[Member::new("member", &STRING).wire_name("item")]);

pub static IP_PERMISSION: Schema = Schema::structure(
    "IpPermission",
    &[
        Member::new("IpProtocol", &STRING).wire_name("ipProtocol"),
        Member::new("FromPort", &INTEGER).wire_name("fromPort"),
        Member::new("ToPort", &INTEGER).wire_name("toPort"),
        Member::new("UserIdGroupPairs", &USER_ID_GROUP_PAIR_LIST).wire_name("groups"),
        Member::new("IpRanges", &IP_RANGE_LIST).wire_name("ipRanges"),
        Member::new("Ipv6Ranges", &IPV6_RANGE_LIST).wire_name("ipv6Ranges"),
        Member::new("PrefixListIds", &PREFIX_LIST_ID_LIST).wire_name("prefixListIds"),
    ],
);

pub static IP_PERMISSION_LIST: Schema =
    Schema::list("IpPermissionList", &[Member::new("member", &IP_PERMISSION).wire_name("item")]);

pub static IP_PREFIX_LIST: Schema =
    Schema::list("IpPrefixList", &[Member::new("member", &STRING).wire_name("item")]);

pub static IP_RANGE: Schema = Schema::structure(
    "IpRange",
    &[
        Member::new("Description", &STRING).wire_name("description"),
        Member::new("CidrIp", &STRING).wire_name("cidrIp"),
    ],
);

pub static IP_RANGE_LIST: Schema =
    Schema::list("IpRangeList", &[Member::new("member", &IP_RANGE).wire_name("item")]);

pub static IP_SOURCE: Schema = Schema::scalar("IpSource", Kind::String).enumeration(super::IpSource::VALUES);

pub static IPAM_POOL_ID: Schema = Schema::scalar("IpamPoolId", Kind::String);

pub static IPV4_ADDRESSES_PER_SECONDARY_INTERFACE: Schema =
    Schema::scalar("Ipv4AddressesPerSecondaryInterface", Kind::Integer);

pub static IPV4_POOL_EC2_ID: Schema = Schema::scalar("Ipv4PoolEc2Id", Kind::String);

pub static IPV4_PREFIX_LIST: Schema = Schema::list(
    "Ipv4PrefixList",
    &[Member::new("member", &IPV4_PREFIX_SPECIFICATION_REQUEST).wire_name("item")],
);

pub static IPV4_PREFIX_SPECIFICATION: Schema = Schema::structure(
    "Ipv4PrefixSpecification",
    &[Member::new("Ipv4Prefix", &STRING).wire_name("ipv4Prefix")],
);

pub static IPV4_PREFIX_SPECIFICATION_REQUEST: Schema =
    Schema::structure("Ipv4PrefixSpecificationRequest", &[Member::new("Ipv4Prefix", &STRING)]);

pub static IPV4_PREFIXES_LIST: Schema =
    Schema::list("Ipv4PrefixesList", &[Member::new("member", &IPV4_PREFIX_SPECIFICATION).wire_name("item")]);

pub static IPV6_ADDRESS_ATTRIBUTE: Schema =
    Schema::scalar("Ipv6AddressAttribute", Kind::String).enumeration(super::Ipv6AddressAttribute::VALUES);

pub static IPV6_FLAG: Schema = Schema::scalar("Ipv6Flag", Kind::Boolean);

pub static IPV6_POOL_EC2_ID: Schema = Schema::scalar("Ipv6PoolEc2Id", Kind::String);

pub static IPV6_PREFIX_LIST: Schema = Schema::list(
    "Ipv6PrefixList",
    &[Member::new("member", &IPV6_PREFIX_SPECIFICATION_REQUEST).wire_name("item")],
);

pub static IPV6_PREFIX_SPECIFICATION: Schema = Schema::structure(
    "Ipv6PrefixSpecification",
    &[Member::new("Ipv6Prefix", &STRING).wire_name("ipv6Prefix")],
);

pub static IPV6_PREFIX_SPECIFICATION_REQUEST: Schema =
    Schema::structure("Ipv6PrefixSpecificationRequest", &[Member::new("Ipv6Prefix", &STRING)]);

pub static IPV6_PREFIXES_LIST: Schema =
    Schema::list("Ipv6PrefixesList", &[Member::new("member", &IPV6_PREFIX_SPECIFICATION).wire_name("item")]);

pub static IPV6_RANGE: Schema = Schema::structure(
    "Ipv6Range",
    &[
        Member::new("Description", &STRING).wire_name("description"),
        Member::new("CidrIpv6", &STRING).wire_name("cidrIpv6"),
    ],
);

pub static IPV6_RANGE_LIST: Schema =
    Schema::list("Ipv6RangeList", &[Member::new("member", &IPV6_RANGE).wire_name("item")]);

pub static LAST_ERROR: Schema = Schema::structure(
    "LastError",
    &[Member::new("Message", &STRING).wire_name("message"), Member::new("Code", &STRING).wire_name("code")],
);

pub static LOCAL_GATEWAY_ID: Schema = Schema::scalar("LocalGatewayId", Kind::String);

pub static LOGICAL_GPU_COUNT: Schema = Schema::scalar("LogicalGpuCount", Kind::Integer);

pub static LONG: Schema = Schema::scalar("Long", Kind::Long);

pub static MANAGED_PREFIX_LIST: Schema = Schema::structure(
    "ManagedPrefixList",
    &[
        Member::new("PrefixListId", &PREFIX_LIST_RESOURCE_ID).wire_name("prefixListId"),
        Member::new("AddressFamily", &STRING).wire_name("addressFamily"),
        Member::new("State", &PREFIX_LIST_STATE).wire_name("state"),
        Member::new("StateMessage", &STRING).wire_name("stateMessage"),
        Member::new("PrefixListArn", &RESOURCE_ARN).wire_name("prefixListArn"),
        Member::new("PrefixListName", &STRING).wire_name("prefixListName"),
        Member::new("MaxEntries", &INTEGER).wire_name("maxEntries"),
        Member::new("Version", &LONG).wire_name("version"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
        Member::new("IpamPrefixListResolverTargetId", &STRING).wire_name("ipamPrefixListResolverTargetId"),
        Member::new("IpamPrefixListResolverSyncEnabled", &BOOLEAN)
            .wire_name("ipamPrefixListResolverSyncEnabled"),
    ],
);

pub static MANAGED_PREFIX_LIST_SET: Schema =
    Schema::list("ManagedPrefixListSet", &[Member::new("member", &MANAGED_PREFIX_LIST).wire_name("item")]);

pub static MAX_IPV4_ADDR_PER_INTERFACE: Schema = Schema::scalar("MaxIpv4AddrPerInterface", Kind::Integer);

pub static MAX_IPV6_ADDR_PER_INTERFACE: Schema = Schema::scalar("MaxIpv6AddrPerInterface", Kind::Integer);

pub static MAX_NETWORK_INTERFACES: Schema = Schema::scalar("MaxNetworkInterfaces", Kind::Integer);

pub static MAXIMUM_BANDWIDTH_IN_MBPS: Schema = Schema::scalar("MaximumBandwidthInMbps", Kind::Integer);

pub static MAXIMUM_EBS_ATTACHMENTS: Schema = Schema::scalar("MaximumEbsAttachments", Kind::Integer);

pub static MAXIMUM_EBS_CARDS: Schema = Schema::scalar("MaximumEbsCards", Kind::Integer);

pub static MAXIMUM_EFA_INTERFACES: Schema = Schema::scalar("MaximumEfaInterfaces", Kind::Integer);

pub static MAXIMUM_ENA_QUEUE_COUNT: Schema = Schema::scalar("MaximumEnaQueueCount", Kind::Integer);

pub static MAXIMUM_ENA_QUEUE_COUNT_PER_INTERFACE: Schema =
    Schema::scalar("MaximumEnaQueueCountPerInterface", Kind::Integer);

pub static MAXIMUM_IOPS: Schema = Schema::scalar("MaximumIops", Kind::Integer);

pub static MAXIMUM_NETWORK_CARDS: Schema = Schema::scalar("MaximumNetworkCards", Kind::Integer);

pub static MAXIMUM_SECONDARY_NETWORK_INTERFACES: Schema =
    Schema::scalar("MaximumSecondaryNetworkInterfaces", Kind::Integer);

pub static MAXIMUM_THROUGHPUT_IN_M_BPS: Schema = Schema::scalar("MaximumThroughputInMBps", Kind::Double);

pub static MEDIA_ACCELERATOR_INFO: Schema = Schema::structure(
    "MediaAcceleratorInfo",
    &[
        Member::new("Accelerators", &MEDIA_DEVICE_INFO_LIST).wire_name("accelerators"),
        Member::new("TotalMediaMemoryInMiB", &TOTAL_MEDIA_MEMORY).wire_name("totalMediaMemoryInMiB"),
    ],
);

pub static MEDIA_DEVICE_COUNT: Schema = Schema::scalar("MediaDeviceCount", Kind::Integer);

pub static MEDIA_DEVICE_INFO: Schema = Schema::structure(
    "MediaDeviceInfo",
    &[
        Member::new("Count", &MEDIA_DEVICE_COUNT).wire_name("count"),
        Member::new("Name", &MEDIA_DEVICE_NAME).wire_name("name"),
        Member::new("Manufacturer", &MEDIA_DEVICE_MANUFACTURER_NAME).wire_name("manufacturer"),
        Member::new("MemoryInfo", &MEDIA_DEVICE_MEMORY_INFO).wire_name("memoryInfo"),
    ],
);

pub static MEDIA_DEVICE_INFO_LIST: Schema =
    Schema::list("MediaDeviceInfoList", &[Member::new("member", &MEDIA_DEVICE_INFO).wire_name("item")]);

pub static MEDIA_DEVICE_MANUFACTURER_NAME: Schema =
    Schema::scalar("MediaDeviceManufacturerName", Kind::String);

pub static MEDIA_DEVICE_MEMORY_INFO: Schema = Schema::structure(
    "MediaDeviceMemoryInfo",
    &[Member::new("SizeInMiB", &MEDIA_DEVICE_MEMORY_SIZE).wire_name("sizeInMiB")],
);

pub static MEDIA_DEVICE_MEMORY_SIZE: Schema = Schema::scalar("MediaDeviceMemorySize", Kind::Integer);

pub static MEDIA_DEVICE_NAME: Schema = Schema::scalar("MediaDeviceName", Kind::String);

pub static MEMORY_INFO: Schema =
    Schema::structure("MemoryInfo", &[Member::new("SizeInMiB", &MEMORY_SIZE).wire_name("sizeInMiB")]);

pub static MEMORY_SIZE: Schema = Schema::scalar("MemorySize", Kind::Long);

pub static MILLISECOND_DATE_TIME: Schema = Schema::scalar("MillisecondDateTime", Kind::Timestamp);

pub static MODIFY_MANAGED_PREFIX_LIST_REQUEST: Schema = Schema::structure(
    "ModifyManagedPrefixListRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("PrefixListId", &PREFIX_LIST_RESOURCE_ID).required(),
        Member::new("CurrentVersion", &LONG),
        Member::new("PrefixListName", &STRING),
        Member::new("AddEntries", &ADD_PREFIX_LIST_ENTRIES).wire_name("AddEntry"),
        Member::new("RemoveEntries", &REMOVE_PREFIX_LIST_ENTRIES).wire_name("RemoveEntry"),
        Member::new("MaxEntries", &INTEGER),
        Member::new("IpamPrefixListResolverSyncEnabled", &BOXED_BOOLEAN),
    ],
);

pub static MODIFY_MANAGED_PREFIX_LIST_RESULT: Schema = Schema::structure(
    "ModifyManagedPrefixListResult",
    &[Member::new("PrefixList", &MANAGED_PREFIX_LIST).wire_name("prefixList")],
);

pub static MODIFY_NETWORK_INTERFACE_ATTRIBUTE_REQUEST: Schema = Schema::structure(
    "ModifyNetworkInterfaceAttributeRequest",
    &[
        Member::new("EnaSrdSpecification", &ENA_SRD_SPECIFICATION),
        Member::new("EnablePrimaryIpv6", &BOOLEAN),
        Member::new("ConnectionTrackingSpecification", &CONNECTION_TRACKING_SPECIFICATION_REQUEST),
        Member::new("AssociatePublicIpAddress", &BOOLEAN),
        Member::new("AssociatedSubnetIds", &SUBNET_ID_LIST).wire_name("AssociatedSubnetId"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("NetworkInterfaceId", &NETWORK_INTERFACE_ID).required().wire_name("networkInterfaceId"),
        Member::new("Description", &ATTRIBUTE_VALUE).wire_name("description"),
        Member::new("SourceDestCheck", &ATTRIBUTE_BOOLEAN_VALUE).wire_name("sourceDestCheck"),
        Member::new("Groups", &SECURITY_GROUP_ID_STRING_LIST).wire_name("SecurityGroupId"),
        Member::new("Attachment", &NETWORK_INTERFACE_ATTACHMENT_CHANGES).wire_name("attachment"),
    ],
);

pub static MODIFY_SECURITY_GROUP_RULES_REQUEST: Schema = Schema::structure(
    "ModifySecurityGroupRulesRequest",
    &[
        Member::new("GroupId", &SECURITY_GROUP_ID).required(),
        Member::new("SecurityGroupRules", &SECURITY_GROUP_RULE_UPDATE_LIST)
            .required()
            .wire_name("SecurityGroupRule"),
        Member::new("DryRun", &BOOLEAN),
    ],
);

pub static MODIFY_SECURITY_GROUP_RULES_RESULT: Schema = Schema::structure(
    "ModifySecurityGroupRulesResult",
    &[Member::new("Return", &BOOLEAN).wire_name("return")],
);

pub static MODIFY_SUBNET_ATTRIBUTE_REQUEST: Schema = Schema::structure(
    "ModifySubnetAttributeRequest",
    &[
        Member::new("AssignIpv6AddressOnCreation", &ATTRIBUTE_BOOLEAN_VALUE),
        Member::new("MapPublicIpOnLaunch", &ATTRIBUTE_BOOLEAN_VALUE),
        Member::new("SubnetId", &SUBNET_ID).required().wire_name("subnetId"),
        Member::new("MapCustomerOwnedIpOnLaunch", &ATTRIBUTE_BOOLEAN_VALUE),
        Member::new("CustomerOwnedIpv4Pool", &COIP_POOL_ID),
        Member::new("EnableDns64", &ATTRIBUTE_BOOLEAN_VALUE),
        Member::new("PrivateDnsHostnameTypeOnLaunch", &HOSTNAME_TYPE),
        Member::new("EnableResourceNameDnsARecordOnLaunch", &ATTRIBUTE_BOOLEAN_VALUE),
        Member::new("EnableResourceNameDnsAAAARecordOnLaunch", &ATTRIBUTE_BOOLEAN_VALUE),
        Member::new("EnableLniAtDeviceIndex", &INTEGER),
        Member::new("DisableLniAtDeviceIndex", &ATTRIBUTE_BOOLEAN_VALUE),
    ],
);

pub static MODIFY_VPC_ATTRIBUTE_REQUEST: Schema = Schema::structure(
    "ModifyVpcAttributeRequest",
    &[
        Member::new("EnableDnsHostnames", &ATTRIBUTE_BOOLEAN_VALUE),
        Member::new("EnableDnsSupport", &ATTRIBUTE_BOOLEAN_VALUE),
        Member::new("VpcId", &VPC_ID).required().wire_name("vpcId"),
        Member::new("EnableNetworkAddressUsageMetrics", &ATTRIBUTE_BOOLEAN_VALUE),
    ],
);

pub static NAT_GATEWAY: Schema = Schema::structure(
    "NatGateway",
    &[
        Member::new("CreateTime", &DATE_TIME).wire_name("createTime"),
        Member::new("DeleteTime", &DATE_TIME).wire_name("deleteTime"),
        Member::new("FailureCode", &STRING).wire_name("failureCode"),
        Member::new("FailureMessage", &STRING).wire_name("failureMessage"),
        Member::new("NatGatewayAddresses", &NAT_GATEWAY_ADDRESS_LIST).wire_name("natGatewayAddressSet"),
        Member::new("NatGatewayId", &STRING).wire_name("natGatewayId"),
        Member::new("ProvisionedBandwidth", &PROVISIONED_BANDWIDTH).wire_name("provisionedBandwidth"),
        Member::new("State", &NAT_GATEWAY_STATE).wire_name("state"),
        Member::new("SubnetId", &STRING).wire_name("subnetId"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("ConnectivityType", &CONNECTIVITY_TYPE).wire_name("connectivityType"),
        Member::new("AvailabilityMode", &AVAILABILITY_MODE).wire_name("availabilityMode"),
        Member::new("AutoScalingIps", &AUTO_SCALING_IPS_STATE).wire_name("autoScalingIps"),
        Member::new("AutoProvisionZones", &AUTO_PROVISION_ZONES_STATE).wire_name("autoProvisionZones"),
        Member::new("AttachedAppliances", &NAT_GATEWAY_ATTACHED_APPLIANCE_LIST)
            .wire_name("attachedApplianceSet"),
        Member::new("RouteTableId", &STRING).wire_name("routeTableId"),
    ],
);

pub static NAT_GATEWAY_ADDRESS: Schema = Schema::structure(
    "NatGatewayAddress",
    &[
        Member::new("AllocationId", &STRING).wire_name("allocationId"),
        Member::new("NetworkInterfaceId", &STRING).wire_name("networkInterfaceId"),
        Member::new("PrivateIp", &STRING).wire_name("privateIp"),
        Member::new("PublicIp", &STRING).wire_name("publicIp"),
        Member::new("AssociationId", &STRING).wire_name("associationId"),
        Member::new("IsPrimary", &BOOLEAN).wire_name("isPrimary"),
        Member::new("FailureMessage", &STRING).wire_name("failureMessage"),
        Member::new("Status", &NAT_GATEWAY_ADDRESS_STATUS).wire_name("status"),
        Member::new("AvailabilityZone", &AVAILABILITY_ZONE_NAME).wire_name("availabilityZone"),
        Member::new("AvailabilityZoneId", &AVAILABILITY_ZONE_ID).wire_name("availabilityZoneId"),
    ],
);

pub static NAT_GATEWAY_ADDRESS_LIST: Schema =
    Schema::list("NatGatewayAddressList", &[Member::new("member", &NAT_GATEWAY_ADDRESS).wire_name("item")]);

pub static NAT_GATEWAY_ADDRESS_STATUS: Schema = Schema::scalar("NatGatewayAddressStatus", Kind::String)
    .enumeration(super::NatGatewayAddressStatus::VALUES);

pub static NAT_GATEWAY_APPLIANCE_MODIFY_STATE: Schema =
    Schema::scalar("NatGatewayApplianceModifyState", Kind::String)
        .enumeration(super::NatGatewayApplianceModifyState::VALUES);

pub static NAT_GATEWAY_APPLIANCE_STATE: Schema = Schema::scalar("NatGatewayApplianceState", Kind::String)
    .enumeration(super::NatGatewayApplianceState::VALUES);

pub static NAT_GATEWAY_APPLIANCE_TYPE: Schema = Schema::scalar("NatGatewayApplianceType", Kind::String)
    .enumeration(super::NatGatewayApplianceType::VALUES);

pub static NAT_GATEWAY_ATTACHED_APPLIANCE: Schema = Schema::structure(
    "NatGatewayAttachedAppliance",
    &[
        Member::new("Type", &NAT_GATEWAY_APPLIANCE_TYPE).wire_name("type"),
        Member::new("ApplianceArn", &STRING).wire_name("applianceArn"),
        Member::new("VpcEndpointId", &STRING).wire_name("vpcEndpointId"),
        Member::new("AttachmentState", &NAT_GATEWAY_APPLIANCE_STATE).wire_name("attachmentState"),
        Member::new("ModificationState", &NAT_GATEWAY_APPLIANCE_MODIFY_STATE).wire_name("modificationState"),
        Member::new("FailureCode", &STRING).wire_name("failureCode"),
        Member::new("FailureMessage", &STRING).wire_name("failureMessage"),
    ],
);

pub static NAT_GATEWAY_ATTACHED_APPLIANCE_LIST: Schema = Schema::list(
    "NatGatewayAttachedApplianceList",
    &[Member::new("member", &NAT_GATEWAY_ATTACHED_APPLIANCE).wire_name("item")],
);

pub static NAT_GATEWAY_ID: Schema = Schema::scalar("NatGatewayId", Kind::String);

pub static NAT_GATEWAY_ID_STRING_LIST: Schema =
    Schema::list("NatGatewayIdStringList", &[Member::new("member", &NAT_GATEWAY_ID).wire_name("item")]);

pub static NAT_GATEWAY_LIST: Schema =
    Schema::list("NatGatewayList", &[Member::new("member", &NAT_GATEWAY).wire_name("item")]);

pub static NAT_GATEWAY_STATE: Schema =
    Schema::scalar("NatGatewayState", Kind::String).enumeration(super::NatGatewayState::VALUES);

pub static NETMASK_LENGTH: Schema = Schema::scalar("NetmaskLength", Kind::Integer);

pub static NETWORK_ACL: Schema = Schema::structure(
    "NetworkAcl",
    &[
        Member::new("Associations", &NETWORK_ACL_ASSOCIATION_LIST).wire_name("associationSet"),
        Member::new("Entries", &NETWORK_ACL_ENTRY_LIST).wire_name("entrySet"),
        Member::new("IsDefault", &BOOLEAN).wire_name("default"),
        Member::new("NetworkAclId", &STRING).wire_name("networkAclId"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
    ],
);

pub static NETWORK_ACL_ASSOCIATION: Schema = Schema::structure(
    "NetworkAclAssociation",
    &[
        Member::new("NetworkAclAssociationId", &STRING).wire_name("networkAclAssociationId"),
        Member::new("NetworkAclId", &STRING).wire_name("networkAclId"),
        Member::new("SubnetId", &STRING).wire_name("subnetId"),
    ],
);

pub static NETWORK_ACL_ASSOCIATION_LIST: Schema = Schema::list(
    "NetworkAclAssociationList",
    &[Member::new("member", &NETWORK_ACL_ASSOCIATION).wire_name("item")],
);

pub static NETWORK_ACL_ENTRY: Schema = Schema::structure(
    "NetworkAclEntry",
    &[
        Member::new("CidrBlock", &STRING).wire_name("cidrBlock"),
        Member::new("Egress", &BOOLEAN).wire_name("egress"),
        Member::new("IcmpTypeCode", &ICMP_TYPE_CODE).wire_name("icmpTypeCode"),
        Member::new("Ipv6CidrBlock", &STRING).wire_name("ipv6CidrBlock"),
        Member::new("PortRange", &PORT_RANGE).wire_name("portRange"),
        Member::new("Protocol", &STRING).wire_name("protocol"),
        Member::new("RuleAction", &RULE_ACTION).wire_name("ruleAction"),
        Member::new("RuleNumber", &INTEGER).wire_name("ruleNumber"),
    ],
);

pub static NETWORK_ACL_ENTRY_LIST: Schema =
    Schema::list("NetworkAclEntryList", &[Member::new("member", &NETWORK_ACL_ENTRY).wire_name("item")]);

pub static NETWORK_ACL_ID: Schema = Schema::scalar("NetworkAclId", Kind::String);

pub static NETWORK_ACL_ID_STRING_LIST: Schema =
    Schema::list("NetworkAclIdStringList", &[Member::new("member", &NETWORK_ACL_ID).wire_name("item")]);

pub static NETWORK_ACL_LIST: Schema =
    Schema::list("NetworkAclList", &[Member::new("member", &NETWORK_ACL).wire_name("item")]);

pub static NETWORK_CARD_INDEX: Schema = Schema::scalar("NetworkCardIndex", Kind::Integer);

pub static NETWORK_CARD_INFO: Schema = Schema::structure(
    "NetworkCardInfo",
    &[
        Member::new("NetworkCardIndex", &NETWORK_CARD_INDEX).wire_name("networkCardIndex"),
        Member::new("NetworkPerformance", &NETWORK_PERFORMANCE).wire_name("networkPerformance"),
        Member::new("MaximumNetworkInterfaces", &MAX_NETWORK_INTERFACES)
            .wire_name("maximumNetworkInterfaces"),
        Member::new("AdditionalFlexibleNetworkInterfaces", &ADDITIONAL_FLEXIBLE_NETWORK_INTERFACES)
            .wire_name("additionalFlexibleNetworkInterfaces"),
        Member::new("BaselineBandwidthInGbps", &BASELINE_BANDWIDTH_IN_GBPS)
            .wire_name("baselineBandwidthInGbps"),
        Member::new("PeakBandwidthInGbps", &PEAK_BANDWIDTH_IN_GBPS).wire_name("peakBandwidthInGbps"),
        Member::new("DefaultEnaQueueCountPerInterface", &DEFAULT_ENA_QUEUE_COUNT_PER_INTERFACE)
            .wire_name("defaultEnaQueueCountPerInterface"),
        Member::new("MaximumEnaQueueCount", &MAXIMUM_ENA_QUEUE_COUNT).wire_name("maximumEnaQueueCount"),
        Member::new("MaximumEnaQueueCountPerInterface", &MAXIMUM_ENA_QUEUE_COUNT_PER_INTERFACE)
            .wire_name("maximumEnaQueueCountPerInterface"),
        Member::new("InterfaceTypes", &NETWORK_CARD_INTERFACE_TYPE_LIST).wire_name("interfaceTypeSet"),
    ],
);

pub static NETWORK_CARD_INFO_LIST: Schema =
    Schema::list("NetworkCardInfoList", &[Member::new("member", &NETWORK_CARD_INFO).wire_name("item")]);

pub static NETWORK_CARD_INTERFACE_TYPE: Schema = Schema::scalar("NetworkCardInterfaceType", Kind::String)
    .enumeration(super::NetworkCardInterfaceType::VALUES);

pub static NETWORK_CARD_INTERFACE_TYPE_LIST: Schema = Schema::list(
    "NetworkCardInterfaceTypeList",
    &[Member::new("member", &NETWORK_CARD_INTERFACE_TYPE).wire_name("item")],
);

pub static NETWORK_INFO: Schema = Schema::structure(
    "NetworkInfo",
    &[
        Member::new("NetworkPerformance", &NETWORK_PERFORMANCE).wire_name("networkPerformance"),
        Member::new("MaximumNetworkInterfaces", &MAX_NETWORK_INTERFACES)
            .wire_name("maximumNetworkInterfaces"),
        Member::new("MaximumNetworkCards", &MAXIMUM_NETWORK_CARDS).wire_name("maximumNetworkCards"),
        Member::new("DefaultNetworkCardIndex", &DEFAULT_NETWORK_CARD_INDEX)
            .wire_name("defaultNetworkCardIndex"),
        Member::new("NetworkCards", &NETWORK_CARD_INFO_LIST).wire_name("networkCards"),
        Member::new("Ipv4AddressesPerInterface", &MAX_IPV4_ADDR_PER_INTERFACE)
            .wire_name("ipv4AddressesPerInterface"),
        Member::new("Ipv6AddressesPerInterface", &MAX_IPV6_ADDR_PER_INTERFACE)
            .wire_name("ipv6AddressesPerInterface"),
        Member::new("Ipv6Supported", &IPV6_FLAG).wire_name("ipv6Supported"),
        Member::new("EnaSupport", &ENA_SUPPORT).wire_name("enaSupport"),
        Member::new("EfaSupported", &EFA_SUPPORTED_FLAG).wire_name("efaSupported"),
        Member::new("EfaInfo", &EFA_INFO).wire_name("efaInfo"),
        Member::new("EncryptionInTransitSupported", &ENCRYPTION_IN_TRANSIT_SUPPORTED)
            .wire_name("encryptionInTransitSupported"),
        Member::new("EnaSrdSupported", &ENA_SRD_SUPPORTED).wire_name("enaSrdSupported"),
        Member::new("BandwidthWeightings", &BANDWIDTH_WEIGHTING_TYPE_LIST).wire_name("bandwidthWeightings"),
        Member::new("FlexibleEnaQueuesSupport", &FLEXIBLE_ENA_QUEUES_SUPPORT)
            .wire_name("flexibleEnaQueuesSupport"),
        Member::new("ConnectionTrackingConfiguration", &DEFAULT_CONNECTION_TRACKING_CONFIGURATION)
            .wire_name("connectionTrackingConfiguration"),
        Member::new("SecondaryNetworkSupported", &SECONDARY_NETWORK_SUPPORTED_FLAG)
            .wire_name("secondaryNetworkSupported"),
        Member::new("MaximumSecondaryNetworkInterfaces", &MAXIMUM_SECONDARY_NETWORK_INTERFACES)
            .wire_name("maximumSecondaryNetworkInterfaces"),
        Member::new("Ipv4AddressesPerSecondaryInterface", &IPV4_ADDRESSES_PER_SECONDARY_INTERFACE)
            .wire_name("ipv4AddressesPerSecondaryInterface"),
    ],
);

pub static NETWORK_INTERFACE: Schema = Schema::structure(
    "NetworkInterface",
    &[
        Member::new("Association", &NETWORK_INTERFACE_ASSOCIATION).wire_name("association"),
        Member::new("Attachment", &NETWORK_INTERFACE_ATTACHMENT).wire_name("attachment"),
        Member::new("AvailabilityZone", &STRING).wire_name("availabilityZone"),
        Member::new("ConnectionTrackingConfiguration", &CONNECTION_TRACKING_CONFIGURATION)
            .wire_name("connectionTrackingConfiguration"),
        Member::new("Description", &STRING).wire_name("description"),
        Member::new("Groups", &GROUP_IDENTIFIER_LIST).wire_name("groupSet"),
        Member::new("InterfaceType", &NETWORK_INTERFACE_TYPE).wire_name("interfaceType"),
        Member::new("Ipv6Addresses", &NETWORK_INTERFACE_IPV6_ADDRESSES_LIST).wire_name("ipv6AddressesSet"),
        Member::new("MacAddress", &STRING).wire_name("macAddress"),
        Member::new("NetworkInterfaceId", &STRING).wire_name("networkInterfaceId"),
        Member::new("OutpostArn", &STRING).wire_name("outpostArn"),
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
        Member::new("PrivateDnsName", &STRING).wire_name("privateDnsName"),
        Member::new("PublicDnsName", &STRING).wire_name("publicDnsName"),
        Member::new("PublicIpDnsNameOptions", &PUBLIC_IP_DNS_NAME_OPTIONS)
            .wire_name("publicIpDnsNameOptions"),
        Member::new("PrivateIpAddress", &STRING).wire_name("privateIpAddress"),
        Member::new("PrivateIpAddresses", &NETWORK_INTERFACE_PRIVATE_IP_ADDRESS_LIST)
            .wire_name("privateIpAddressesSet"),
        Member::new("Ipv4Prefixes", &IPV4_PREFIXES_LIST).wire_name("ipv4PrefixSet"),
        Member::new("Ipv6Prefixes", &IPV6_PREFIXES_LIST).wire_name("ipv6PrefixSet"),
        Member::new("RequesterId", &STRING).wire_name("requesterId"),
        Member::new("RequesterManaged", &BOOLEAN).wire_name("requesterManaged"),
        Member::new("SourceDestCheck", &BOOLEAN).wire_name("sourceDestCheck"),
        Member::new("Status", &NETWORK_INTERFACE_STATUS).wire_name("status"),
        Member::new("SubnetId", &STRING).wire_name("subnetId"),
        Member::new("TagSet", &TAG_LIST).wire_name("tagSet"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("DenyAllIgwTraffic", &BOOLEAN).wire_name("denyAllIgwTraffic"),
        Member::new("Ipv6Native", &BOOLEAN).wire_name("ipv6Native"),
        Member::new("Ipv6Address", &STRING).wire_name("ipv6Address"),
        Member::new("Operator", &OPERATOR_RESPONSE).wire_name("operator"),
        Member::new("AssociatedSubnets", &ASSOCIATED_SUBNET_LIST).wire_name("associatedSubnetSet"),
        Member::new("AvailabilityZoneId", &STRING).wire_name("availabilityZoneId"),
    ],
);

pub static NETWORK_INTERFACE_ASSOCIATION: Schema = Schema::structure(
    "NetworkInterfaceAssociation",
    &[
        Member::new("AllocationId", &STRING).wire_name("allocationId"),
        Member::new("AssociationId", &STRING).wire_name("associationId"),
        Member::new("IpOwnerId", &STRING).wire_name("ipOwnerId"),
        Member::new("PublicDnsName", &STRING).wire_name("publicDnsName"),
        Member::new("PublicIp", &STRING).wire_name("publicIp"),
        Member::new("CustomerOwnedIp", &STRING).wire_name("customerOwnedIp"),
        Member::new("CarrierIp", &STRING).wire_name("carrierIp"),
    ],
);

pub static NETWORK_INTERFACE_ATTACHMENT: Schema = Schema::structure(
    "NetworkInterfaceAttachment",
    &[
        Member::new("AttachTime", &DATE_TIME).wire_name("attachTime"),
        Member::new("AttachmentId", &STRING).wire_name("attachmentId"),
        Member::new("DeleteOnTermination", &BOOLEAN).wire_name("deleteOnTermination"),
        Member::new("DeviceIndex", &INTEGER).wire_name("deviceIndex"),
        Member::new("NetworkCardIndex", &INTEGER).wire_name("networkCardIndex"),
        Member::new("InstanceId", &STRING).wire_name("instanceId"),
        Member::new("InstanceOwnerId", &STRING).wire_name("instanceOwnerId"),
        Member::new("Status", &ATTACHMENT_STATUS).wire_name("status"),
        Member::new("EnaSrdSpecification", &ATTACHMENT_ENA_SRD_SPECIFICATION)
            .wire_name("enaSrdSpecification"),
        Member::new("EnaQueueCount", &INTEGER).wire_name("enaQueueCount"),
    ],
);

pub static NETWORK_INTERFACE_ATTACHMENT_CHANGES: Schema = Schema::structure(
    "NetworkInterfaceAttachmentChanges",
    &[
        Member::new("DefaultEnaQueueCount", &BOOLEAN),
        Member::new("EnaQueueCount", &INTEGER),
        Member::new("AttachmentId", &NETWORK_INTERFACE_ATTACHMENT_ID).wire_name("attachmentId"),
        Member::new("DeleteOnTermination", &BOOLEAN).wire_name("deleteOnTermination"),
    ],
);

pub static NETWORK_INTERFACE_ATTACHMENT_ID: Schema =
    Schema::scalar("NetworkInterfaceAttachmentId", Kind::String);

pub static NETWORK_INTERFACE_ATTRIBUTE: Schema = Schema::scalar("NetworkInterfaceAttribute", Kind::String)
    .enumeration(super::NetworkInterfaceAttribute::VALUES);

pub static NETWORK_INTERFACE_CREATION_TYPE: Schema =
    Schema::scalar("NetworkInterfaceCreationType", Kind::String)
        .enumeration(super::NetworkInterfaceCreationType::VALUES);

pub static NETWORK_INTERFACE_ID: Schema = Schema::scalar("NetworkInterfaceId", Kind::String);

pub static NETWORK_INTERFACE_ID_LIST: Schema =
    Schema::list("NetworkInterfaceIdList", &[Member::new("member", &NETWORK_INTERFACE_ID).wire_name("item")]);

pub static NETWORK_INTERFACE_IPV6_ADDRESS: Schema = Schema::structure(
    "NetworkInterfaceIpv6Address",
    &[
        Member::new("Ipv6Address", &STRING).wire_name("ipv6Address"),
        Member::new("PublicIpv6DnsName", &STRING).wire_name("publicIpv6DnsName"),
        Member::new("IsPrimaryIpv6", &BOOLEAN).wire_name("isPrimaryIpv6"),
    ],
);

pub static NETWORK_INTERFACE_IPV6_ADDRESSES_LIST: Schema = Schema::list(
    "NetworkInterfaceIpv6AddressesList",
    &[Member::new("member", &NETWORK_INTERFACE_IPV6_ADDRESS).wire_name("item")],
);

pub static NETWORK_INTERFACE_LIST: Schema =
    Schema::list("NetworkInterfaceList", &[Member::new("member", &NETWORK_INTERFACE).wire_name("item")]);

pub static NETWORK_INTERFACE_PRIVATE_IP_ADDRESS: Schema = Schema::structure(
    "NetworkInterfacePrivateIpAddress",
    &[
        Member::new("Association", &NETWORK_INTERFACE_ASSOCIATION).wire_name("association"),
        Member::new("Primary", &BOOLEAN).wire_name("primary"),
        Member::new("PrivateDnsName", &STRING).wire_name("privateDnsName"),
        Member::new("PrivateIpAddress", &STRING).wire_name("privateIpAddress"),
    ],
);

pub static NETWORK_INTERFACE_PRIVATE_IP_ADDRESS_LIST: Schema = Schema::list(
    "NetworkInterfacePrivateIpAddressList",
    &[Member::new("member", &NETWORK_INTERFACE_PRIVATE_IP_ADDRESS).wire_name("item")],
);

pub static NETWORK_INTERFACE_STATUS: Schema =
    Schema::scalar("NetworkInterfaceStatus", Kind::String).enumeration(super::NetworkInterfaceStatus::VALUES);

pub static NETWORK_INTERFACE_TYPE: Schema =
    Schema::scalar("NetworkInterfaceType", Kind::String).enumeration(super::NetworkInterfaceType::VALUES);

pub static NETWORK_PERFORMANCE: Schema = Schema::scalar("NetworkPerformance", Kind::String);

pub static NEURON_DEVICE_CORE_COUNT: Schema = Schema::scalar("NeuronDeviceCoreCount", Kind::Integer);

pub static NEURON_DEVICE_CORE_INFO: Schema = Schema::structure(
    "NeuronDeviceCoreInfo",
    &[
        Member::new("Count", &NEURON_DEVICE_CORE_COUNT).wire_name("count"),
        Member::new("Version", &NEURON_DEVICE_CORE_VERSION).wire_name("version"),
    ],
);

pub static NEURON_DEVICE_CORE_VERSION: Schema = Schema::scalar("NeuronDeviceCoreVersion", Kind::Integer);

pub static NEURON_DEVICE_COUNT: Schema = Schema::scalar("NeuronDeviceCount", Kind::Integer);

pub static NEURON_DEVICE_INFO: Schema = Schema::structure(
    "NeuronDeviceInfo",
    &[
        Member::new("Count", &NEURON_DEVICE_COUNT).wire_name("count"),
        Member::new("Name", &NEURON_DEVICE_NAME).wire_name("name"),
        Member::new("CoreInfo", &NEURON_DEVICE_CORE_INFO).wire_name("coreInfo"),
        Member::new("MemoryInfo", &NEURON_DEVICE_MEMORY_INFO).wire_name("memoryInfo"),
    ],
);

pub static NEURON_DEVICE_INFO_LIST: Schema =
    Schema::list("NeuronDeviceInfoList", &[Member::new("member", &NEURON_DEVICE_INFO).wire_name("item")]);

pub static NEURON_DEVICE_MEMORY_INFO: Schema = Schema::structure(
    "NeuronDeviceMemoryInfo",
    &[Member::new("SizeInMiB", &NEURON_DEVICE_MEMORY_SIZE).wire_name("sizeInMiB")],
);

pub static NEURON_DEVICE_MEMORY_SIZE: Schema = Schema::scalar("NeuronDeviceMemorySize", Kind::Integer);

pub static NEURON_DEVICE_NAME: Schema = Schema::scalar("NeuronDeviceName", Kind::String);

pub static NEURON_INFO: Schema = Schema::structure(
    "NeuronInfo",
    &[
        Member::new("NeuronDevices", &NEURON_DEVICE_INFO_LIST).wire_name("neuronDevices"),
        Member::new("TotalNeuronDeviceMemoryInMiB", &TOTAL_NEURON_MEMORY)
            .wire_name("totalNeuronDeviceMemoryInMiB"),
    ],
);

pub static NEW_DHCP_CONFIGURATION: Schema = Schema::structure(
    "NewDhcpConfiguration",
    &[Member::new("Key", &STRING), Member::new("Values", &VALUE_STRING_LIST).wire_name("Value")],
);

pub static NEW_DHCP_CONFIGURATION_LIST: Schema = Schema::list(
    "NewDhcpConfigurationList",
    &[Member::new("member", &NEW_DHCP_CONFIGURATION).wire_name("item")],
);

pub static NEXT_TOKEN: Schema = Schema::scalar("NextToken", Kind::String);

pub static NITRO_ENCLAVES_SUPPORT: Schema =
    Schema::scalar("NitroEnclavesSupport", Kind::String).enumeration(super::NitroEnclavesSupport::VALUES);

pub static NITRO_TPM_INFO: Schema = Schema::structure(
    "NitroTpmInfo",
    &[Member::new("SupportedVersions", &NITRO_TPM_SUPPORTED_VERSIONS_LIST).wire_name("supportedVersions")],
);

pub static NITRO_TPM_SUPPORT: Schema =
    Schema::scalar("NitroTpmSupport", Kind::String).enumeration(super::NitroTpmSupport::VALUES);

pub static NITRO_TPM_SUPPORTED_VERSION_TYPE: Schema =
    Schema::scalar("NitroTpmSupportedVersionType", Kind::String);

pub static NITRO_TPM_SUPPORTED_VERSIONS_LIST: Schema = Schema::list(
    "NitroTpmSupportedVersionsList",
    &[Member::new("member", &NITRO_TPM_SUPPORTED_VERSION_TYPE).wire_name("item")],
);

pub static ODB_NETWORK_ARN: Schema = Schema::scalar("OdbNetworkArn", Kind::String);

pub static OPERATOR_REQUEST: Schema =
    Schema::structure("OperatorRequest", &[Member::new("Principal", &STRING)]);

pub static OPERATOR_RESPONSE: Schema = Schema::structure(
    "OperatorResponse",
    &[
        Member::new("Managed", &BOOLEAN).wire_name("managed"),
        Member::new("Principal", &STRING).wire_name("principal"),
        Member::new("HiddenByDefault", &BOOLEAN).wire_name("hiddenByDefault"),
    ],
);

pub static OWNER_STRING_LIST: Schema =
    Schema::list("OwnerStringList", &[Member::new("member", &STRING).wire_name("Owner")]);

pub static PAYER_RESPONSIBILITY_ENTRY: Schema = Schema::structure(
    "PayerResponsibilityEntry",
    &[
        Member::new("Scope", &PAYER_RESPONSIBILITY_SCOPE).wire_name("scope"),
        Member::new("PayerResponsibilityType", &PAYER_RESPONSIBILITY_TYPE)
            .wire_name("payerResponsibilityType"),
    ],
);

pub static PAYER_RESPONSIBILITY_SCOPE: Schema = Schema::scalar("PayerResponsibilityScope", Kind::String)
    .enumeration(super::PayerResponsibilityScope::VALUES);

pub static PAYER_RESPONSIBILITY_SET: Schema = Schema::list(
    "PayerResponsibilitySet",
    &[Member::new("member", &PAYER_RESPONSIBILITY_ENTRY).wire_name("item")],
);

pub static PAYER_RESPONSIBILITY_TYPE: Schema = Schema::scalar("PayerResponsibilityType", Kind::String)
    .enumeration(super::PayerResponsibilityType::VALUES);

pub static PEAK_BANDWIDTH_IN_GBPS: Schema = Schema::scalar("PeakBandwidthInGbps", Kind::Double);

pub static PHC_SUPPORT: Schema =
    Schema::scalar("PhcSupport", Kind::String).enumeration(super::PhcSupport::VALUES);

pub static PLACEMENT_GROUP_INFO: Schema = Schema::structure(
    "PlacementGroupInfo",
    &[Member::new("SupportedStrategies", &PLACEMENT_GROUP_STRATEGY_LIST).wire_name("supportedStrategies")],
);

pub static PLACEMENT_GROUP_STRATEGY: Schema =
    Schema::scalar("PlacementGroupStrategy", Kind::String).enumeration(super::PlacementGroupStrategy::VALUES);

pub static PLACEMENT_GROUP_STRATEGY_LIST: Schema = Schema::list(
    "PlacementGroupStrategyList",
    &[Member::new("member", &PLACEMENT_GROUP_STRATEGY).wire_name("item")],
);

pub static PLATFORM_VALUES: Schema =
    Schema::scalar("PlatformValues", Kind::String).enumeration(super::PlatformValues::VALUES);

pub static PORT_RANGE: Schema = Schema::structure(
    "PortRange",
    &[Member::new("From", &INTEGER).wire_name("from"), Member::new("To", &INTEGER).wire_name("to")],
);

pub static PREFIX_LIST: Schema = Schema::structure(
    "PrefixList",
    &[
        Member::new("Cidrs", &VALUE_STRING_LIST).wire_name("cidrSet"),
        Member::new("PrefixListId", &STRING).wire_name("prefixListId"),
        Member::new("PrefixListName", &STRING).wire_name("prefixListName"),
    ],
);

pub static PREFIX_LIST_ENTRY: Schema = Schema::structure(
    "PrefixListEntry",
    &[
        Member::new("Cidr", &STRING).wire_name("cidr"),
        Member::new("Description", &STRING).wire_name("description"),
    ],
);

pub static PREFIX_LIST_ENTRY_SET: Schema =
    Schema::list("PrefixListEntrySet", &[Member::new("member", &PREFIX_LIST_ENTRY).wire_name("item")]);

pub static PREFIX_LIST_ID: Schema = Schema::structure(
    "PrefixListId",
    &[
        Member::new("Description", &STRING).wire_name("description"),
        Member::new("PrefixListId", &STRING).wire_name("prefixListId"),
    ],
);

pub static PREFIX_LIST_ID_LIST: Schema =
    Schema::list("PrefixListIdList", &[Member::new("member", &PREFIX_LIST_ID).wire_name("item")]);

pub static PREFIX_LIST_MAX_RESULTS: Schema =
    Schema::scalar("PrefixListMaxResults", Kind::Integer).min(1).max(100);

pub static PREFIX_LIST_RESOURCE_ID: Schema = Schema::scalar("PrefixListResourceId", Kind::String);

pub static PREFIX_LIST_RESOURCE_ID_STRING_LIST: Schema = Schema::list(
    "PrefixListResourceIdStringList",
    &[Member::new("member", &PREFIX_LIST_RESOURCE_ID).wire_name("item")],
);

pub static PREFIX_LIST_SET: Schema =
    Schema::list("PrefixListSet", &[Member::new("member", &PREFIX_LIST).wire_name("item")]);

pub static PREFIX_LIST_STATE: Schema =
    Schema::scalar("PrefixListState", Kind::String).enumeration(super::PrefixListState::VALUES);

pub static PRIVATE_DNS_NAME_OPTIONS_ON_LAUNCH: Schema = Schema::structure(
    "PrivateDnsNameOptionsOnLaunch",
    &[
        Member::new("HostnameType", &HOSTNAME_TYPE).wire_name("hostnameType"),
        Member::new("EnableResourceNameDnsARecord", &BOOLEAN).wire_name("enableResourceNameDnsARecord"),
        Member::new("EnableResourceNameDnsAAAARecord", &BOOLEAN).wire_name("enableResourceNameDnsAAAARecord"),
    ],
);

pub static PRIVATE_DNS_SPECIFIED_DOMAIN_SET: Schema =
    Schema::list("PrivateDnsSpecifiedDomainSet", &[Member::new("member", &STRING).wire_name("item")])
        .min(0)
        .max(10);

pub static PRIVATE_IP_ADDRESS_COUNT: Schema =
    Schema::scalar("PrivateIpAddressCount", Kind::Integer).min(1).max(31);

pub static PRIVATE_IP_ADDRESS_SPECIFICATION: Schema = Schema::structure(
    "PrivateIpAddressSpecification",
    &[
        Member::new("Primary", &BOOLEAN).wire_name("primary"),
        Member::new("PrivateIpAddress", &STRING).wire_name("privateIpAddress"),
    ],
);

pub static PRIVATE_IP_ADDRESS_SPECIFICATION_LIST: Schema = Schema::list(
    "PrivateIpAddressSpecificationList",
    &[Member::new("member", &PRIVATE_IP_ADDRESS_SPECIFICATION).wire_name("item")],
);

pub static PRIVATE_IP_ADDRESS_STRING_LIST: Schema = Schema::list(
    "PrivateIpAddressStringList",
    &[Member::new("member", &STRING).wire_name("PrivateIpAddress")],
);

pub static PROCESSOR_INFO: Schema = Schema::structure(
    "ProcessorInfo",
    &[
        Member::new("SupportedArchitectures", &ARCHITECTURE_TYPE_LIST).wire_name("supportedArchitectures"),
        Member::new("SustainedClockSpeedInGhz", &PROCESSOR_SUSTAINED_CLOCK_SPEED)
            .wire_name("sustainedClockSpeedInGhz"),
        Member::new("SupportedFeatures", &SUPPORTED_ADDITIONAL_PROCESSOR_FEATURE_LIST)
            .wire_name("supportedFeatures"),
        Member::new("Manufacturer", &CPU_MANUFACTURER_NAME).wire_name("manufacturer"),
    ],
);

pub static PROCESSOR_SUSTAINED_CLOCK_SPEED: Schema =
    Schema::scalar("ProcessorSustainedClockSpeed", Kind::Double);

pub static PRODUCT_CODE: Schema = Schema::structure(
    "ProductCode",
    &[
        Member::new("ProductCodeId", &STRING).wire_name("productCode"),
        Member::new("ProductCodeType", &PRODUCT_CODE_VALUES).wire_name("type"),
    ],
);

pub static PRODUCT_CODE_LIST: Schema =
    Schema::list("ProductCodeList", &[Member::new("member", &PRODUCT_CODE).wire_name("item")]);

pub static PRODUCT_CODE_VALUES: Schema =
    Schema::scalar("ProductCodeValues", Kind::String).enumeration(super::ProductCodeValues::VALUES);

pub static PROPAGATING_VGW: Schema =
    Schema::structure("PropagatingVgw", &[Member::new("GatewayId", &STRING).wire_name("gatewayId")]);

pub static PROPAGATING_VGW_LIST: Schema =
    Schema::list("PropagatingVgwList", &[Member::new("member", &PROPAGATING_VGW).wire_name("item")]);

pub static PROVISIONED_BANDWIDTH: Schema = Schema::structure(
    "ProvisionedBandwidth",
    &[
        Member::new("ProvisionTime", &DATE_TIME).wire_name("provisionTime"),
        Member::new("Provisioned", &STRING).wire_name("provisioned"),
        Member::new("RequestTime", &DATE_TIME).wire_name("requestTime"),
        Member::new("Requested", &STRING).wire_name("requested"),
        Member::new("Status", &STRING).wire_name("status"),
    ],
);

pub static PTR_UPDATE_STATUS: Schema = Schema::structure(
    "PtrUpdateStatus",
    &[
        Member::new("Value", &STRING).wire_name("value"),
        Member::new("Status", &STRING).wire_name("status"),
        Member::new("Reason", &STRING).wire_name("reason"),
    ],
);

pub static PUBLIC_IP_ADDRESS: Schema = Schema::scalar("PublicIpAddress", Kind::String);

pub static PUBLIC_IP_DNS_NAME_OPTIONS: Schema = Schema::structure(
    "PublicIpDnsNameOptions",
    &[
        Member::new("DnsHostnameType", &STRING).wire_name("dnsHostnameType"),
        Member::new("PublicIpv4DnsName", &STRING).wire_name("publicIpv4DnsName"),
        Member::new("PublicIpv6DnsName", &STRING).wire_name("publicIpv6DnsName"),
        Member::new("PublicDualStackDnsName", &STRING).wire_name("publicDualStackDnsName"),
    ],
);

pub static PUBLIC_IP_STRING_LIST: Schema =
    Schema::list("PublicIpStringList", &[Member::new("member", &STRING).wire_name("PublicIp")]);

pub static REBOOT_MIGRATION_SUPPORT: Schema =
    Schema::scalar("RebootMigrationSupport", Kind::String).enumeration(super::RebootMigrationSupport::VALUES);

pub static REFERENCED_SECURITY_GROUP: Schema = Schema::structure(
    "ReferencedSecurityGroup",
    &[
        Member::new("GroupId", &STRING).wire_name("groupId"),
        Member::new("PeeringStatus", &STRING).wire_name("peeringStatus"),
        Member::new("UserId", &STRING).wire_name("userId"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("VpcPeeringConnectionId", &STRING).wire_name("vpcPeeringConnectionId"),
    ],
);

pub static REGION: Schema = Schema::structure(
    "Region",
    &[
        Member::new("OptInStatus", &STRING).wire_name("optInStatus"),
        Member::new("Geography", &REGION_GEOGRAPHY_LIST).wire_name("geographySet"),
        Member::new("RegionName", &STRING).wire_name("regionName"),
        Member::new("Endpoint", &STRING).wire_name("regionEndpoint"),
    ],
);

pub static REGION_GEOGRAPHY: Schema =
    Schema::structure("RegionGeography", &[Member::new("Name", &STRING).wire_name("name")]);

pub static REGION_GEOGRAPHY_LIST: Schema =
    Schema::list("RegionGeographyList", &[Member::new("member", &REGION_GEOGRAPHY).wire_name("item")]);

pub static REGION_LIST: Schema =
    Schema::list("RegionList", &[Member::new("member", &REGION).wire_name("item")]);

pub static REGION_NAME_STRING_LIST: Schema =
    Schema::list("RegionNameStringList", &[Member::new("member", &STRING).wire_name("RegionName")]);

pub static RELEASE_ADDRESS_REQUEST: Schema = Schema::structure(
    "ReleaseAddressRequest",
    &[
        Member::new("AllocationId", &ALLOCATION_ID),
        Member::new("PublicIp", &STRING),
        Member::new("NetworkBorderGroup", &STRING),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static REMOVE_PREFIX_LIST_ENTRIES: Schema =
    Schema::list("RemovePrefixListEntries", &[Member::new("member", &REMOVE_PREFIX_LIST_ENTRY)])
        .min(0)
        .max(100);

pub static REMOVE_PREFIX_LIST_ENTRY: Schema =
    Schema::structure("RemovePrefixListEntry", &[Member::new("Cidr", &STRING).required()]);

pub static REPLACE_ROUTE_REQUEST: Schema = Schema::structure(
    "ReplaceRouteRequest",
    &[
        Member::new("DestinationPrefixListId", &PREFIX_LIST_RESOURCE_ID),
        Member::new("VpcEndpointId", &VPC_ENDPOINT_ID),
        Member::new("LocalTarget", &BOOLEAN),
        Member::new("TransitGatewayId", &TRANSIT_GATEWAY_ID),
        Member::new("LocalGatewayId", &LOCAL_GATEWAY_ID),
        Member::new("CarrierGatewayId", &CARRIER_GATEWAY_ID),
        Member::new("CoreNetworkArn", &CORE_NETWORK_ARN),
        Member::new("OdbNetworkArn", &ODB_NETWORK_ARN),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("RouteTableId", &ROUTE_TABLE_ID).required().wire_name("routeTableId"),
        Member::new("DestinationCidrBlock", &STRING).wire_name("destinationCidrBlock"),
        Member::new("GatewayId", &ROUTE_GATEWAY_ID).wire_name("gatewayId"),
        Member::new("DestinationIpv6CidrBlock", &STRING).wire_name("destinationIpv6CidrBlock"),
        Member::new("EgressOnlyInternetGatewayId", &EGRESS_ONLY_INTERNET_GATEWAY_ID)
            .wire_name("egressOnlyInternetGatewayId"),
        Member::new("InstanceId", &INSTANCE_ID).wire_name("instanceId"),
        Member::new("NetworkInterfaceId", &NETWORK_INTERFACE_ID).wire_name("networkInterfaceId"),
        Member::new("VpcPeeringConnectionId", &VPC_PEERING_CONNECTION_ID).wire_name("vpcPeeringConnectionId"),
        Member::new("NatGatewayId", &NAT_GATEWAY_ID).wire_name("natGatewayId"),
    ],
);

pub static REPLACE_ROUTE_TABLE_ASSOCIATION_REQUEST: Schema = Schema::structure(
    "ReplaceRouteTableAssociationRequest",
    &[
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("AssociationId", &ROUTE_TABLE_ASSOCIATION_ID).required().wire_name("associationId"),
        Member::new("RouteTableId", &ROUTE_TABLE_ID).required().wire_name("routeTableId"),
    ],
);

pub static REPLACE_ROUTE_TABLE_ASSOCIATION_RESULT: Schema = Schema::structure(
    "ReplaceRouteTableAssociationResult",
    &[
        Member::new("NewAssociationId", &STRING).wire_name("newAssociationId"),
        Member::new("AssociationState", &ROUTE_TABLE_ASSOCIATION_STATE).wire_name("associationState"),
    ],
);

pub static REQUEST_INSTANCE_TYPE_LIST: Schema =
    Schema::list("RequestInstanceTypeList", &[Member::new("member", &INSTANCE_TYPE)]).min(0).max(100);

pub static RESOURCE_ARN: Schema = Schema::scalar("ResourceArn", Kind::String).min(1).max(1283);

pub static RESOURCE_CONFIGURATION_ARN: Schema = Schema::scalar("ResourceConfigurationArn", Kind::String);

pub static RESOURCE_ID_LIST: Schema =
    Schema::list("ResourceIdList", &[Member::new("member", &TAGGABLE_RESOURCE_ID)]);

pub static RESOURCE_TYPE: Schema =
    Schema::scalar("ResourceType", Kind::String).enumeration(super::ResourceType::VALUES);

pub static REVOKE_SECURITY_GROUP_EGRESS_REQUEST: Schema = Schema::structure(
    "RevokeSecurityGroupEgressRequest",
    &[
        Member::new("SecurityGroupRuleIds", &SECURITY_GROUP_RULE_ID_LIST).wire_name("SecurityGroupRuleId"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
        Member::new("GroupId", &SECURITY_GROUP_ID).required().wire_name("groupId"),
        Member::new("SourceSecurityGroupName", &STRING).wire_name("sourceSecurityGroupName"),
        Member::new("SourceSecurityGroupOwnerId", &STRING).wire_name("sourceSecurityGroupOwnerId"),
        Member::new("IpProtocol", &STRING).wire_name("ipProtocol"),
        Member::new("FromPort", &INTEGER).wire_name("fromPort"),
        Member::new("ToPort", &INTEGER).wire_name("toPort"),
        Member::new("CidrIp", &STRING).wire_name("cidrIp"),
        Member::new("IpPermissions", &IP_PERMISSION_LIST).wire_name("ipPermissions"),
    ],
);

pub static REVOKE_SECURITY_GROUP_EGRESS_RESULT: Schema = Schema::structure(
    "RevokeSecurityGroupEgressResult",
    &[
        Member::new("Return", &BOOLEAN).wire_name("return"),
        Member::new("UnknownIpPermissions", &IP_PERMISSION_LIST).wire_name("unknownIpPermissionSet"),
        Member::new("RevokedSecurityGroupRules", &REVOKED_SECURITY_GROUP_RULE_LIST)
            .wire_name("revokedSecurityGroupRuleSet"),
    ],
);

pub static REVOKE_SECURITY_GROUP_INGRESS_REQUEST: Schema = Schema::structure(
    "RevokeSecurityGroupIngressRequest",
    &[
        Member::new("CidrIp", &STRING),
        Member::new("FromPort", &INTEGER),
        Member::new("GroupId", &SECURITY_GROUP_ID),
        Member::new("GroupName", &SECURITY_GROUP_NAME),
        Member::new("IpPermissions", &IP_PERMISSION_LIST),
        Member::new("IpProtocol", &STRING),
        Member::new("SourceSecurityGroupName", &STRING),
        Member::new("SourceSecurityGroupOwnerId", &STRING),
        Member::new("ToPort", &INTEGER),
        Member::new("SecurityGroupRuleIds", &SECURITY_GROUP_RULE_ID_LIST).wire_name("SecurityGroupRuleId"),
        Member::new("DryRun", &BOOLEAN).wire_name("dryRun"),
    ],
);

pub static REVOKE_SECURITY_GROUP_INGRESS_RESULT: Schema = Schema::structure(
    "RevokeSecurityGroupIngressResult",
    &[
        Member::new("Return", &BOOLEAN).wire_name("return"),
        Member::new("UnknownIpPermissions", &IP_PERMISSION_LIST).wire_name("unknownIpPermissionSet"),
        Member::new("RevokedSecurityGroupRules", &REVOKED_SECURITY_GROUP_RULE_LIST)
            .wire_name("revokedSecurityGroupRuleSet"),
    ],
);

pub static REVOKED_SECURITY_GROUP_RULE: Schema = Schema::structure(
    "RevokedSecurityGroupRule",
    &[
        Member::new("SecurityGroupRuleId", &SECURITY_GROUP_RULE_ID).wire_name("securityGroupRuleId"),
        Member::new("GroupId", &SECURITY_GROUP_ID).wire_name("groupId"),
        Member::new("IsEgress", &BOOLEAN).wire_name("isEgress"),
        Member::new("IpProtocol", &STRING).wire_name("ipProtocol"),
        Member::new("FromPort", &INTEGER).wire_name("fromPort"),
        Member::new("ToPort", &INTEGER).wire_name("toPort"),
        Member::new("CidrIpv4", &STRING).wire_name("cidrIpv4"),
        Member::new("CidrIpv6", &STRING).wire_name("cidrIpv6"),
        Member::new("PrefixListId", &PREFIX_LIST_RESOURCE_ID).wire_name("prefixListId"),
        Member::new("ReferencedGroupId", &SECURITY_GROUP_ID).wire_name("referencedGroupId"),
        Member::new("Description", &STRING).wire_name("description"),
    ],
);

pub static REVOKED_SECURITY_GROUP_RULE_LIST: Schema = Schema::list(
    "RevokedSecurityGroupRuleList",
    &[Member::new("member", &REVOKED_SECURITY_GROUP_RULE).wire_name("item")],
);

pub static ROOT_DEVICE_TYPE: Schema =
    Schema::scalar("RootDeviceType", Kind::String).enumeration(super::RootDeviceType::VALUES);

pub static ROOT_DEVICE_TYPE_LIST: Schema =
    Schema::list("RootDeviceTypeList", &[Member::new("member", &ROOT_DEVICE_TYPE).wire_name("item")]);

pub static ROUTE: Schema = Schema::structure(
    "Route",
    &[
        Member::new("DestinationCidrBlock", &STRING).wire_name("destinationCidrBlock"),
        Member::new("DestinationIpv6CidrBlock", &STRING).wire_name("destinationIpv6CidrBlock"),
        Member::new("DestinationPrefixListId", &STRING).wire_name("destinationPrefixListId"),
        Member::new("EgressOnlyInternetGatewayId", &STRING).wire_name("egressOnlyInternetGatewayId"),
        Member::new("GatewayId", &STRING).wire_name("gatewayId"),
        Member::new("InstanceId", &STRING).wire_name("instanceId"),
        Member::new("InstanceOwnerId", &STRING).wire_name("instanceOwnerId"),
        Member::new("NatGatewayId", &STRING).wire_name("natGatewayId"),
        Member::new("TransitGatewayId", &STRING).wire_name("transitGatewayId"),
        Member::new("LocalGatewayId", &STRING).wire_name("localGatewayId"),
        Member::new("CarrierGatewayId", &CARRIER_GATEWAY_ID).wire_name("carrierGatewayId"),
        Member::new("NetworkInterfaceId", &STRING).wire_name("networkInterfaceId"),
        Member::new("Origin", &ROUTE_ORIGIN).wire_name("origin"),
        Member::new("State", &ROUTE_STATE).wire_name("state"),
        Member::new("VpcPeeringConnectionId", &STRING).wire_name("vpcPeeringConnectionId"),
        Member::new("CoreNetworkArn", &CORE_NETWORK_ARN).wire_name("coreNetworkArn"),
        Member::new("OdbNetworkArn", &ODB_NETWORK_ARN).wire_name("odbNetworkArn"),
        Member::new("IpAddress", &STRING).wire_name("ipAddress"),
    ],
);

pub static ROUTE_GATEWAY_ID: Schema = Schema::scalar("RouteGatewayId", Kind::String);

pub static ROUTE_LIST: Schema = Schema::list("RouteList", &[Member::new("member", &ROUTE).wire_name("item")]);

pub static ROUTE_ORIGIN: Schema =
    Schema::scalar("RouteOrigin", Kind::String).enumeration(super::RouteOrigin::VALUES);

pub static ROUTE_STATE: Schema =
    Schema::scalar("RouteState", Kind::String).enumeration(super::RouteState::VALUES);

pub static ROUTE_TABLE: Schema = Schema::structure(
    "RouteTable",
    &[
        Member::new("Associations", &ROUTE_TABLE_ASSOCIATION_LIST).wire_name("associationSet"),
        Member::new("PropagatingVgws", &PROPAGATING_VGW_LIST).wire_name("propagatingVgwSet"),
        Member::new("RouteTableId", &STRING).wire_name("routeTableId"),
        Member::new("Routes", &ROUTE_LIST).wire_name("routeSet"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
    ],
);

pub static ROUTE_TABLE_ASSOCIATION: Schema = Schema::structure(
    "RouteTableAssociation",
    &[
        Member::new("Main", &BOOLEAN).wire_name("main"),
        Member::new("RouteTableAssociationId", &STRING).wire_name("routeTableAssociationId"),
        Member::new("RouteTableId", &STRING).wire_name("routeTableId"),
        Member::new("SubnetId", &STRING).wire_name("subnetId"),
        Member::new("GatewayId", &STRING).wire_name("gatewayId"),
        Member::new("PublicIpv4Pool", &STRING).wire_name("publicIpv4Pool"),
        Member::new("AssociationState", &ROUTE_TABLE_ASSOCIATION_STATE).wire_name("associationState"),
    ],
);

pub static ROUTE_TABLE_ASSOCIATION_ID: Schema = Schema::scalar("RouteTableAssociationId", Kind::String);

pub static ROUTE_TABLE_ASSOCIATION_LIST: Schema = Schema::list(
    "RouteTableAssociationList",
    &[Member::new("member", &ROUTE_TABLE_ASSOCIATION).wire_name("item")],
);

pub static ROUTE_TABLE_ASSOCIATION_STATE: Schema = Schema::structure(
    "RouteTableAssociationState",
    &[
        Member::new("State", &ROUTE_TABLE_ASSOCIATION_STATE_CODE).wire_name("state"),
        Member::new("StatusMessage", &STRING).wire_name("statusMessage"),
    ],
);

pub static ROUTE_TABLE_ASSOCIATION_STATE_CODE: Schema =
    Schema::scalar("RouteTableAssociationStateCode", Kind::String)
        .enumeration(super::RouteTableAssociationStateCode::VALUES);

pub static ROUTE_TABLE_ID: Schema = Schema::scalar("RouteTableId", Kind::String);

pub static ROUTE_TABLE_ID_STRING_LIST: Schema =
    Schema::list("RouteTableIdStringList", &[Member::new("member", &ROUTE_TABLE_ID).wire_name("item")]);

pub static ROUTE_TABLE_LIST: Schema =
    Schema::list("RouteTableList", &[Member::new("member", &ROUTE_TABLE).wire_name("item")]);

pub static RULE_ACTION: Schema =
    Schema::scalar("RuleAction", Kind::String).enumeration(super::RuleAction::VALUES);

pub static SCAN_RESULTS: Schema = Schema::structure(
    "ScanResults",
    &[
        Member::new("HighestFindingSeverityLabel", &SEVERITY_LABEL).wire_name("highestFindingSeverityLabel"),
        Member::new("FindingScanDate", &MILLISECOND_DATE_TIME).wire_name("findingScanDate"),
        Member::new("InformationalFixAvailableSince", &MILLISECOND_DATE_TIME)
            .wire_name("informationalFixAvailableSince"),
        Member::new("LowFixAvailableSince", &MILLISECOND_DATE_TIME).wire_name("lowFixAvailableSince"),
        Member::new("MediumFixAvailableSince", &MILLISECOND_DATE_TIME).wire_name("mediumFixAvailableSince"),
        Member::new("HighFixAvailableSince", &MILLISECOND_DATE_TIME).wire_name("highFixAvailableSince"),
        Member::new("CriticalFixAvailableSince", &MILLISECOND_DATE_TIME)
            .wire_name("criticalFixAvailableSince"),
    ],
);

pub static SECONDARY_NETWORK_SUPPORTED_FLAG: Schema =
    Schema::scalar("SecondaryNetworkSupportedFlag", Kind::Boolean);

pub static SECURITY_GROUP: Schema = Schema::structure(
    "SecurityGroup",
    &[
        Member::new("GroupId", &STRING).wire_name("groupId"),
        Member::new("IpPermissionsEgress", &IP_PERMISSION_LIST).wire_name("ipPermissionsEgress"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("SecurityGroupArn", &STRING).wire_name("securityGroupArn"),
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
        Member::new("GroupName", &STRING).wire_name("groupName"),
        Member::new("Description", &STRING).wire_name("groupDescription"),
        Member::new("IpPermissions", &IP_PERMISSION_LIST).wire_name("ipPermissions"),
    ],
);

pub static SECURITY_GROUP_ID: Schema = Schema::scalar("SecurityGroupId", Kind::String);

pub static SECURITY_GROUP_ID_STRING_LIST: Schema = Schema::list(
    "SecurityGroupIdStringList",
    &[Member::new("member", &SECURITY_GROUP_ID).wire_name("SecurityGroupId")],
);

pub static SECURITY_GROUP_IDENTIFIER: Schema = Schema::structure(
    "SecurityGroupIdentifier",
    &[
        Member::new("GroupId", &STRING).wire_name("groupId"),
        Member::new("GroupName", &STRING).wire_name("groupName"),
    ],
);

pub static SECURITY_GROUP_LIST: Schema =
    Schema::list("SecurityGroupList", &[Member::new("member", &SECURITY_GROUP).wire_name("item")]);

pub static SECURITY_GROUP_NAME: Schema = Schema::scalar("SecurityGroupName", Kind::String);

pub static SECURITY_GROUP_RULE: Schema = Schema::structure(
    "SecurityGroupRule",
    &[
        Member::new("SecurityGroupRuleId", &SECURITY_GROUP_RULE_ID).wire_name("securityGroupRuleId"),
        Member::new("GroupId", &SECURITY_GROUP_ID).wire_name("groupId"),
        Member::new("GroupOwnerId", &STRING).wire_name("groupOwnerId"),
        Member::new("IsEgress", &BOOLEAN).wire_name("isEgress"),
        Member::new("IpProtocol", &STRING).wire_name("ipProtocol"),
        Member::new("FromPort", &INTEGER).wire_name("fromPort"),
        Member::new("ToPort", &INTEGER).wire_name("toPort"),
        Member::new("CidrIpv4", &STRING).wire_name("cidrIpv4"),
        Member::new("CidrIpv6", &STRING).wire_name("cidrIpv6"),
        Member::new("PrefixListId", &PREFIX_LIST_RESOURCE_ID).wire_name("prefixListId"),
        Member::new("ReferencedGroupInfo", &REFERENCED_SECURITY_GROUP).wire_name("referencedGroupInfo"),
        Member::new("Description", &STRING).wire_name("description"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("SecurityGroupRuleArn", &STRING).wire_name("securityGroupRuleArn"),
    ],
);

pub static SECURITY_GROUP_RULE_DESCRIPTION: Schema = Schema::structure(
    "SecurityGroupRuleDescription",
    &[Member::new("SecurityGroupRuleId", &STRING), Member::new("Description", &STRING)],
);

pub static SECURITY_GROUP_RULE_DESCRIPTION_LIST: Schema = Schema::list(
    "SecurityGroupRuleDescriptionList",
    &[Member::new("member", &SECURITY_GROUP_RULE_DESCRIPTION).wire_name("item")],
);

pub static SECURITY_GROUP_RULE_ID: Schema = Schema::scalar("SecurityGroupRuleId", Kind::String);

pub static SECURITY_GROUP_RULE_ID_LIST: Schema =
    Schema::list("SecurityGroupRuleIdList", &[Member::new("member", &STRING).wire_name("item")]);

pub static SECURITY_GROUP_RULE_LIST: Schema =
    Schema::list("SecurityGroupRuleList", &[Member::new("member", &SECURITY_GROUP_RULE).wire_name("item")]);

pub static SECURITY_GROUP_RULE_REQUEST: Schema = Schema::structure(
    "SecurityGroupRuleRequest",
    &[
        Member::new("IpProtocol", &STRING),
        Member::new("FromPort", &INTEGER),
        Member::new("ToPort", &INTEGER),
        Member::new("CidrIpv4", &STRING),
        Member::new("CidrIpv6", &STRING),
        Member::new("PrefixListId", &PREFIX_LIST_RESOURCE_ID),
        Member::new("ReferencedGroupId", &SECURITY_GROUP_ID),
        Member::new("Description", &STRING),
    ],
);

pub static SECURITY_GROUP_RULE_UPDATE: Schema = Schema::structure(
    "SecurityGroupRuleUpdate",
    &[
        Member::new("SecurityGroupRuleId", &SECURITY_GROUP_RULE_ID).required(),
        Member::new("SecurityGroupRule", &SECURITY_GROUP_RULE_REQUEST),
    ],
);

pub static SECURITY_GROUP_RULE_UPDATE_LIST: Schema = Schema::list(
    "SecurityGroupRuleUpdateList",
    &[Member::new("member", &SECURITY_GROUP_RULE_UPDATE).wire_name("item")],
);

pub static SERVICE_MANAGED: Schema =
    Schema::scalar("ServiceManaged", Kind::String).enumeration(super::ServiceManaged::VALUES);

pub static SERVICE_NETWORK_ARN: Schema = Schema::scalar("ServiceNetworkArn", Kind::String);

pub static SEVERITY_LABEL: Schema =
    Schema::scalar("SeverityLabel", Kind::String).enumeration(super::SeverityLabel::VALUES);

pub static SNAPSHOT_ID: Schema = Schema::scalar("SnapshotId", Kind::String);

pub static STATE: Schema = Schema::scalar("State", Kind::String).enumeration(super::State::VALUES);

pub static STATE_REASON: Schema = Schema::structure(
    "StateReason",
    &[Member::new("Code", &STRING).wire_name("code"), Member::new("Message", &STRING).wire_name("message")],
);

pub static STRING: Schema = Schema::scalar("String", Kind::String);

pub static SUBNET: Schema = Schema::structure(
    "Subnet",
    &[
        Member::new("AvailabilityZoneId", &STRING).wire_name("availabilityZoneId"),
        Member::new("EnableLniAtDeviceIndex", &INTEGER).wire_name("enableLniAtDeviceIndex"),
        Member::new("MapCustomerOwnedIpOnLaunch", &BOOLEAN).wire_name("mapCustomerOwnedIpOnLaunch"),
        Member::new("CustomerOwnedIpv4Pool", &COIP_POOL_ID).wire_name("customerOwnedIpv4Pool"),
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
        Member::new("AssignIpv6AddressOnCreation", &BOOLEAN).wire_name("assignIpv6AddressOnCreation"),
        Member::new("Ipv6CidrBlockAssociationSet", &SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION_SET)
            .wire_name("ipv6CidrBlockAssociationSet"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("SubnetArn", &STRING).wire_name("subnetArn"),
        Member::new("OutpostArn", &STRING).wire_name("outpostArn"),
        Member::new("EnableDns64", &BOOLEAN).wire_name("enableDns64"),
        Member::new("Ipv6Native", &BOOLEAN).wire_name("ipv6Native"),
        Member::new("PrivateDnsNameOptionsOnLaunch", &PRIVATE_DNS_NAME_OPTIONS_ON_LAUNCH)
            .wire_name("privateDnsNameOptionsOnLaunch"),
        Member::new("BlockPublicAccessStates", &BLOCK_PUBLIC_ACCESS_STATES)
            .wire_name("blockPublicAccessStates"),
        Member::new("Type", &STRING).wire_name("type"),
        Member::new("SubnetId", &STRING).wire_name("subnetId"),
        Member::new("State", &SUBNET_STATE).wire_name("state"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("CidrBlock", &STRING).wire_name("cidrBlock"),
        Member::new("AvailableIpAddressCount", &INTEGER).wire_name("availableIpAddressCount"),
        Member::new("AvailabilityZone", &STRING).wire_name("availabilityZone"),
        Member::new("DefaultForAz", &BOOLEAN).wire_name("defaultForAz"),
        Member::new("MapPublicIpOnLaunch", &BOOLEAN).wire_name("mapPublicIpOnLaunch"),
    ],
);

pub static SUBNET_CIDR_ASSOCIATION_ID: Schema = Schema::scalar("SubnetCidrAssociationId", Kind::String);

pub static SUBNET_CIDR_BLOCK_STATE: Schema = Schema::structure(
    "SubnetCidrBlockState",
    &[
        Member::new("State", &SUBNET_CIDR_BLOCK_STATE_CODE).wire_name("state"),
        Member::new("StatusMessage", &STRING).wire_name("statusMessage"),
    ],
);

pub static SUBNET_CIDR_BLOCK_STATE_CODE: Schema = Schema::scalar("SubnetCidrBlockStateCode", Kind::String)
    .enumeration(super::SubnetCidrBlockStateCode::VALUES);

pub static SUBNET_ID: Schema = Schema::scalar("SubnetId", Kind::String);

pub static SUBNET_ID_LIST: Schema =
    Schema::list("SubnetIdList", &[Member::new("member", &SUBNET_ID).wire_name("AssociatedSubnetId")]);

pub static SUBNET_ID_STRING_LIST: Schema =
    Schema::list("SubnetIdStringList", &[Member::new("member", &SUBNET_ID).wire_name("SubnetId")]);

pub static SUBNET_IP_PREFIXES: Schema = Schema::structure(
    "SubnetIpPrefixes",
    &[
        Member::new("SubnetId", &STRING).wire_name("subnetId"),
        Member::new("IpPrefixes", &VALUE_STRING_LIST).wire_name("ipPrefixSet"),
    ],
);

pub static SUBNET_IP_PREFIXES_LIST: Schema =
    Schema::list("SubnetIpPrefixesList", &[Member::new("member", &SUBNET_IP_PREFIXES).wire_name("item")]);

pub static SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION: Schema = Schema::structure(
    "SubnetIpv6CidrBlockAssociation",
    &[
        Member::new("AssociationId", &SUBNET_CIDR_ASSOCIATION_ID).wire_name("associationId"),
        Member::new("Ipv6CidrBlock", &STRING).wire_name("ipv6CidrBlock"),
        Member::new("Ipv6CidrBlockState", &SUBNET_CIDR_BLOCK_STATE).wire_name("ipv6CidrBlockState"),
        Member::new("Ipv6AddressAttribute", &IPV6_ADDRESS_ATTRIBUTE).wire_name("ipv6AddressAttribute"),
        Member::new("IpSource", &IP_SOURCE).wire_name("ipSource"),
    ],
);

pub static SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION_SET: Schema = Schema::list(
    "SubnetIpv6CidrBlockAssociationSet",
    &[Member::new("member", &SUBNET_IPV6_CIDR_BLOCK_ASSOCIATION).wire_name("item")],
);

pub static SUBNET_LIST: Schema =
    Schema::list("SubnetList", &[Member::new("member", &SUBNET).wire_name("item")]);

pub static SUBNET_STATE: Schema =
    Schema::scalar("SubnetState", Kind::String).enumeration(super::SubnetState::VALUES);

pub static SUPPORTED_ADDITIONAL_PROCESSOR_FEATURE: Schema =
    Schema::scalar("SupportedAdditionalProcessorFeature", Kind::String)
        .enumeration(super::SupportedAdditionalProcessorFeature::VALUES);

pub static SUPPORTED_ADDITIONAL_PROCESSOR_FEATURE_LIST: Schema = Schema::list(
    "SupportedAdditionalProcessorFeatureList",
    &[Member::new("member", &SUPPORTED_ADDITIONAL_PROCESSOR_FEATURE).wire_name("item")],
);

pub static SUPPORTED_IN_REGION: Schema = Schema::scalar("SupportedInRegion", Kind::Boolean);

pub static SUPPORTED_INSTANCE_TYPE_SET: Schema =
    Schema::list("SupportedInstanceTypeSet", &[Member::new("member", &INSTANCE_TYPE_ITEM).wire_name("item")]);

pub static TAG: Schema = Schema::structure(
    "Tag",
    &[Member::new("Key", &STRING).wire_name("key"), Member::new("Value", &STRING).wire_name("value")],
);

pub static TAG_DESCRIPTION: Schema = Schema::structure(
    "TagDescription",
    &[
        Member::new("Key", &STRING).wire_name("key"),
        Member::new("ResourceId", &STRING).wire_name("resourceId"),
        Member::new("ResourceType", &RESOURCE_TYPE).wire_name("resourceType"),
        Member::new("Value", &STRING).wire_name("value"),
    ],
);

pub static TAG_DESCRIPTION_LIST: Schema =
    Schema::list("TagDescriptionList", &[Member::new("member", &TAG_DESCRIPTION).wire_name("item")]);

pub static TAG_LIST: Schema = Schema::list("TagList", &[Member::new("member", &TAG).wire_name("item")]);

pub static TAG_SPECIFICATION: Schema = Schema::structure(
    "TagSpecification",
    &[
        Member::new("ResourceType", &RESOURCE_TYPE).wire_name("resourceType"),
        Member::new("Tags", &TAG_LIST).wire_name("Tag"),
    ],
);

pub static TAG_SPECIFICATION_LIST: Schema =
    Schema::list("TagSpecificationList", &[Member::new("member", &TAG_SPECIFICATION).wire_name("item")]);

pub static TAGGABLE_RESOURCE_ID: Schema = Schema::scalar("TaggableResourceId", Kind::String);

pub static TENANCY: Schema = Schema::scalar("Tenancy", Kind::String).enumeration(super::Tenancy::VALUES);

pub static THREADS_PER_CORE: Schema = Schema::scalar("ThreadsPerCore", Kind::Integer);

pub static THREADS_PER_CORE_LIST: Schema =
    Schema::list("ThreadsPerCoreList", &[Member::new("member", &THREADS_PER_CORE).wire_name("item")]);

pub static TOTAL_MEDIA_MEMORY: Schema = Schema::scalar("TotalMediaMemory", Kind::Integer);

pub static TOTAL_NEURON_MEMORY: Schema = Schema::scalar("TotalNeuronMemory", Kind::Integer);

pub static TPM_SUPPORT_VALUES: Schema =
    Schema::scalar("TpmSupportValues", Kind::String).enumeration(super::TpmSupportValues::VALUES);

pub static TRANSIT_GATEWAY_ID: Schema = Schema::scalar("TransitGatewayId", Kind::String);

pub static UNASSIGN_PRIVATE_IP_ADDRESSES_REQUEST: Schema = Schema::structure(
    "UnassignPrivateIpAddressesRequest",
    &[
        Member::new("Ipv4Prefixes", &IP_PREFIX_LIST).wire_name("Ipv4Prefix"),
        Member::new("NetworkInterfaceId", &NETWORK_INTERFACE_ID).required().wire_name("networkInterfaceId"),
        Member::new("PrivateIpAddresses", &PRIVATE_IP_ADDRESS_STRING_LIST).wire_name("privateIpAddress"),
    ],
);

pub static UNSUPPORTED_INSTANCE_TYPE_SET: Schema = Schema::list(
    "UnsupportedInstanceTypeSet",
    &[Member::new("member", &INSTANCE_TYPE_ITEM).wire_name("item")],
);

pub static UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_EGRESS_REQUEST: Schema = Schema::structure(
    "UpdateSecurityGroupRuleDescriptionsEgressRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("GroupId", &SECURITY_GROUP_ID),
        Member::new("GroupName", &SECURITY_GROUP_NAME),
        Member::new("IpPermissions", &IP_PERMISSION_LIST),
        Member::new("SecurityGroupRuleDescriptions", &SECURITY_GROUP_RULE_DESCRIPTION_LIST)
            .wire_name("SecurityGroupRuleDescription"),
    ],
);

pub static UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_EGRESS_RESULT: Schema = Schema::structure(
    "UpdateSecurityGroupRuleDescriptionsEgressResult",
    &[Member::new("Return", &BOOLEAN).wire_name("return")],
);

pub static UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_INGRESS_REQUEST: Schema = Schema::structure(
    "UpdateSecurityGroupRuleDescriptionsIngressRequest",
    &[
        Member::new("DryRun", &BOOLEAN),
        Member::new("GroupId", &SECURITY_GROUP_ID),
        Member::new("GroupName", &SECURITY_GROUP_NAME),
        Member::new("IpPermissions", &IP_PERMISSION_LIST),
        Member::new("SecurityGroupRuleDescriptions", &SECURITY_GROUP_RULE_DESCRIPTION_LIST)
            .wire_name("SecurityGroupRuleDescription"),
    ],
);

pub static UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_INGRESS_RESULT: Schema = Schema::structure(
    "UpdateSecurityGroupRuleDescriptionsIngressResult",
    &[Member::new("Return", &BOOLEAN).wire_name("return")],
);

pub static USAGE_CLASS_TYPE: Schema =
    Schema::scalar("UsageClassType", Kind::String).enumeration(super::UsageClassType::VALUES);

pub static USAGE_CLASS_TYPE_LIST: Schema =
    Schema::list("UsageClassTypeList", &[Member::new("member", &USAGE_CLASS_TYPE).wire_name("item")]);

pub static USER_ID_GROUP_PAIR: Schema = Schema::structure(
    "UserIdGroupPair",
    &[
        Member::new("Description", &STRING).wire_name("description"),
        Member::new("UserId", &STRING).wire_name("userId"),
        Member::new("GroupName", &STRING).wire_name("groupName"),
        Member::new("GroupId", &STRING).wire_name("groupId"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("VpcPeeringConnectionId", &STRING).wire_name("vpcPeeringConnectionId"),
        Member::new("PeeringStatus", &STRING).wire_name("peeringStatus"),
    ],
);

pub static USER_ID_GROUP_PAIR_LIST: Schema =
    Schema::list("UserIdGroupPairList", &[Member::new("member", &USER_ID_GROUP_PAIR).wire_name("item")]);

pub static V_CPU_COUNT: Schema = Schema::scalar("VCpuCount", Kind::Integer);

pub static V_CPU_INFO: Schema = Schema::structure(
    "VCpuInfo",
    &[
        Member::new("DefaultVCpus", &V_CPU_COUNT).wire_name("defaultVCpus"),
        Member::new("DefaultCores", &CORE_COUNT).wire_name("defaultCores"),
        Member::new("DefaultThreadsPerCore", &THREADS_PER_CORE).wire_name("defaultThreadsPerCore"),
        Member::new("ValidCores", &CORE_COUNT_LIST).wire_name("validCores"),
        Member::new("ValidThreadsPerCore", &THREADS_PER_CORE_LIST).wire_name("validThreadsPerCore"),
    ],
);

pub static VALUE_STRING_LIST: Schema =
    Schema::list("ValueStringList", &[Member::new("member", &STRING).wire_name("item")]);

pub static VIRTUALIZATION_TYPE: Schema =
    Schema::scalar("VirtualizationType", Kind::String).enumeration(super::VirtualizationType::VALUES);

pub static VIRTUALIZATION_TYPE_LIST: Schema =
    Schema::list("VirtualizationTypeList", &[Member::new("member", &VIRTUALIZATION_TYPE).wire_name("item")]);

pub static VOLUME_TYPE: Schema =
    Schema::scalar("VolumeType", Kind::String).enumeration(super::VolumeType::VALUES);

pub static VPC: Schema = Schema::structure(
    "Vpc",
    &[
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
        Member::new("InstanceTenancy", &TENANCY).wire_name("instanceTenancy"),
        Member::new("Ipv6CidrBlockAssociationSet", &VPC_IPV6_CIDR_BLOCK_ASSOCIATION_SET)
            .wire_name("ipv6CidrBlockAssociationSet"),
        Member::new("CidrBlockAssociationSet", &VPC_CIDR_BLOCK_ASSOCIATION_SET)
            .wire_name("cidrBlockAssociationSet"),
        Member::new("IsDefault", &BOOLEAN).wire_name("isDefault"),
        Member::new("EncryptionControl", &VPC_ENCRYPTION_CONTROL).wire_name("encryptionControl"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("BlockPublicAccessStates", &BLOCK_PUBLIC_ACCESS_STATES)
            .wire_name("blockPublicAccessStates"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("State", &VPC_STATE).wire_name("state"),
        Member::new("CidrBlock", &STRING).wire_name("cidrBlock"),
        Member::new("DhcpOptionsId", &STRING).wire_name("dhcpOptionsId"),
    ],
);

pub static VPC_ATTRIBUTE_NAME: Schema =
    Schema::scalar("VpcAttributeName", Kind::String).enumeration(super::VpcAttributeName::VALUES);

pub static VPC_CIDR_ASSOCIATION_ID: Schema = Schema::scalar("VpcCidrAssociationId", Kind::String);

pub static VPC_CIDR_BLOCK_ASSOCIATION: Schema = Schema::structure(
    "VpcCidrBlockAssociation",
    &[
        Member::new("AssociationId", &STRING).wire_name("associationId"),
        Member::new("CidrBlock", &STRING).wire_name("cidrBlock"),
        Member::new("CidrBlockState", &VPC_CIDR_BLOCK_STATE).wire_name("cidrBlockState"),
    ],
);

pub static VPC_CIDR_BLOCK_ASSOCIATION_SET: Schema = Schema::list(
    "VpcCidrBlockAssociationSet",
    &[Member::new("member", &VPC_CIDR_BLOCK_ASSOCIATION).wire_name("item")],
);

pub static VPC_CIDR_BLOCK_STATE: Schema = Schema::structure(
    "VpcCidrBlockState",
    &[
        Member::new("State", &VPC_CIDR_BLOCK_STATE_CODE).wire_name("state"),
        Member::new("StatusMessage", &STRING).wire_name("statusMessage"),
    ],
);

pub static VPC_CIDR_BLOCK_STATE_CODE: Schema =
    Schema::scalar("VpcCidrBlockStateCode", Kind::String).enumeration(super::VpcCidrBlockStateCode::VALUES);

pub static VPC_CLASSIC_LINK: Schema = Schema::structure(
    "VpcClassicLink",
    &[
        Member::new("ClassicLinkEnabled", &BOOLEAN).wire_name("classicLinkEnabled"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
    ],
);

pub static VPC_CLASSIC_LINK_ID_LIST: Schema =
    Schema::list("VpcClassicLinkIdList", &[Member::new("member", &VPC_ID).wire_name("VpcId")]);

pub static VPC_CLASSIC_LINK_LIST: Schema =
    Schema::list("VpcClassicLinkList", &[Member::new("member", &VPC_CLASSIC_LINK).wire_name("item")]);

pub static VPC_ENCRYPTION_CONTROL: Schema = Schema::structure(
    "VpcEncryptionControl",
    &[
        Member::new("VpcId", &VPC_ID).wire_name("vpcId"),
        Member::new("VpcEncryptionControlId", &VPC_ENCRYPTION_CONTROL_ID).wire_name("vpcEncryptionControlId"),
        Member::new("Mode", &VPC_ENCRYPTION_CONTROL_MODE).wire_name("mode"),
        Member::new("State", &VPC_ENCRYPTION_CONTROL_STATE).wire_name("state"),
        Member::new("StateMessage", &STRING).wire_name("stateMessage"),
        Member::new("ResourceExclusions", &VPC_ENCRYPTION_CONTROL_EXCLUSIONS).wire_name("resourceExclusions"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
    ],
);

pub static VPC_ENCRYPTION_CONTROL_CONFIGURATION: Schema = Schema::structure(
    "VpcEncryptionControlConfiguration",
    &[
        Member::new("Mode", &VPC_ENCRYPTION_CONTROL_MODE).required(),
        Member::new("InternetGatewayExclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
        Member::new("EgressOnlyInternetGatewayExclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
        Member::new("NatGatewayExclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
        Member::new("VirtualPrivateGatewayExclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
        Member::new("VpcPeeringExclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
        Member::new("LambdaExclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
        Member::new("VpcLatticeExclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
        Member::new("ElasticFileSystemExclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
        Member::new("GlobalAcceleratorExclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
        Member::new("ApiGatewayV2Exclusion", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT),
    ],
);

pub static VPC_ENCRYPTION_CONTROL_EXCLUSION: Schema = Schema::structure(
    "VpcEncryptionControlExclusion",
    &[
        Member::new("State", &VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE).wire_name("state"),
        Member::new("StateMessage", &STRING).wire_name("stateMessage"),
    ],
);

pub static VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE: Schema =
    Schema::scalar("VpcEncryptionControlExclusionState", Kind::String)
        .enumeration(super::VpcEncryptionControlExclusionState::VALUES);

pub static VPC_ENCRYPTION_CONTROL_EXCLUSION_STATE_INPUT: Schema =
    Schema::scalar("VpcEncryptionControlExclusionStateInput", Kind::String)
        .enumeration(super::VpcEncryptionControlExclusionStateInput::VALUES);

pub static VPC_ENCRYPTION_CONTROL_EXCLUSIONS: Schema = Schema::structure(
    "VpcEncryptionControlExclusions",
    &[
        Member::new("InternetGateway", &VPC_ENCRYPTION_CONTROL_EXCLUSION).wire_name("internetGateway"),
        Member::new("EgressOnlyInternetGateway", &VPC_ENCRYPTION_CONTROL_EXCLUSION)
            .wire_name("egressOnlyInternetGateway"),
        Member::new("NatGateway", &VPC_ENCRYPTION_CONTROL_EXCLUSION).wire_name("natGateway"),
        Member::new("VirtualPrivateGateway", &VPC_ENCRYPTION_CONTROL_EXCLUSION)
            .wire_name("virtualPrivateGateway"),
        Member::new("VpcPeering", &VPC_ENCRYPTION_CONTROL_EXCLUSION).wire_name("vpcPeering"),
        Member::new("Lambda", &VPC_ENCRYPTION_CONTROL_EXCLUSION).wire_name("lambda"),
        Member::new("VpcLattice", &VPC_ENCRYPTION_CONTROL_EXCLUSION).wire_name("vpcLattice"),
        Member::new("ElasticFileSystem", &VPC_ENCRYPTION_CONTROL_EXCLUSION).wire_name("elasticFileSystem"),
        Member::new("GlobalAccelerator", &VPC_ENCRYPTION_CONTROL_EXCLUSION).wire_name("globalAccelerator"),
        Member::new("ApiGatewayV2", &VPC_ENCRYPTION_CONTROL_EXCLUSION).wire_name("apiGatewayV2"),
    ],
);

pub static VPC_ENCRYPTION_CONTROL_ID: Schema = Schema::scalar("VpcEncryptionControlId", Kind::String);

pub static VPC_ENCRYPTION_CONTROL_MODE: Schema = Schema::scalar("VpcEncryptionControlMode", Kind::String)
    .enumeration(super::VpcEncryptionControlMode::VALUES);

pub static VPC_ENCRYPTION_CONTROL_STATE: Schema = Schema::scalar("VpcEncryptionControlState", Kind::String)
    .enumeration(super::VpcEncryptionControlState::VALUES);

pub static VPC_ENDPOINT: Schema = Schema::structure(
    "VpcEndpoint",
    &[
        Member::new("VpcEndpointId", &STRING).wire_name("vpcEndpointId"),
        Member::new("VpcEndpointType", &VPC_ENDPOINT_TYPE).wire_name("vpcEndpointType"),
        Member::new("VpcId", &STRING).wire_name("vpcId"),
        Member::new("ServiceName", &STRING).wire_name("serviceName"),
        Member::new("State", &STATE).wire_name("state"),
        Member::new("PolicyDocument", &STRING).wire_name("policyDocument"),
        Member::new("RouteTableIds", &VALUE_STRING_LIST).wire_name("routeTableIdSet"),
        Member::new("SubnetIds", &VALUE_STRING_LIST).wire_name("subnetIdSet"),
        Member::new("Groups", &GROUP_IDENTIFIER_SET).wire_name("groupSet"),
        Member::new("IpAddressType", &IP_ADDRESS_TYPE).wire_name("ipAddressType"),
        Member::new("DnsOptions", &DNS_OPTIONS).wire_name("dnsOptions"),
        Member::new("PrivateDnsEnabled", &BOOLEAN).wire_name("privateDnsEnabled"),
        Member::new("RequesterManaged", &BOOLEAN).wire_name("requesterManaged"),
        Member::new("NetworkInterfaceIds", &VALUE_STRING_LIST).wire_name("networkInterfaceIdSet"),
        Member::new("DnsEntries", &DNS_ENTRY_SET).wire_name("dnsEntrySet"),
        Member::new("CreationTimestamp", &MILLISECOND_DATE_TIME).wire_name("creationTimestamp"),
        Member::new("Tags", &TAG_LIST).wire_name("tagSet"),
        Member::new("OwnerId", &STRING).wire_name("ownerId"),
        Member::new("LastError", &LAST_ERROR).wire_name("lastError"),
        Member::new("Ipv4Prefixes", &SUBNET_IP_PREFIXES_LIST).wire_name("ipv4PrefixSet"),
        Member::new("Ipv6Prefixes", &SUBNET_IP_PREFIXES_LIST).wire_name("ipv6PrefixSet"),
        Member::new("FailureReason", &STRING).wire_name("failureReason"),
        Member::new("ServiceNetworkArn", &SERVICE_NETWORK_ARN).wire_name("serviceNetworkArn"),
        Member::new("ResourceConfigurationArn", &RESOURCE_CONFIGURATION_ARN)
            .wire_name("resourceConfigurationArn"),
        Member::new("ServiceRegion", &STRING).wire_name("serviceRegion"),
        Member::new("PayerResponsibilities", &PAYER_RESPONSIBILITY_SET).wire_name("payerResponsibilitySet"),
    ],
);

pub static VPC_ENDPOINT_ID: Schema = Schema::scalar("VpcEndpointId", Kind::String);

pub static VPC_ENDPOINT_ID_LIST: Schema =
    Schema::list("VpcEndpointIdList", &[Member::new("member", &VPC_ENDPOINT_ID).wire_name("item")]);

pub static VPC_ENDPOINT_SET: Schema =
    Schema::list("VpcEndpointSet", &[Member::new("member", &VPC_ENDPOINT).wire_name("item")]);

pub static VPC_ENDPOINT_TYPE: Schema =
    Schema::scalar("VpcEndpointType", Kind::String).enumeration(super::VpcEndpointType::VALUES);

pub static VPC_ID: Schema = Schema::scalar("VpcId", Kind::String);

pub static VPC_ID_STRING_LIST: Schema =
    Schema::list("VpcIdStringList", &[Member::new("member", &VPC_ID).wire_name("VpcId")]);

pub static VPC_IPV6_CIDR_BLOCK_ASSOCIATION: Schema = Schema::structure(
    "VpcIpv6CidrBlockAssociation",
    &[
        Member::new("AssociationId", &STRING).wire_name("associationId"),
        Member::new("Ipv6CidrBlock", &STRING).wire_name("ipv6CidrBlock"),
        Member::new("Ipv6CidrBlockState", &VPC_CIDR_BLOCK_STATE).wire_name("ipv6CidrBlockState"),
        Member::new("NetworkBorderGroup", &STRING).wire_name("networkBorderGroup"),
        Member::new("Ipv6Pool", &STRING).wire_name("ipv6Pool"),
        Member::new("Ipv6AddressAttribute", &IPV6_ADDRESS_ATTRIBUTE).wire_name("ipv6AddressAttribute"),
        Member::new("IpSource", &IP_SOURCE).wire_name("ipSource"),
    ],
);

pub static VPC_IPV6_CIDR_BLOCK_ASSOCIATION_SET: Schema = Schema::list(
    "VpcIpv6CidrBlockAssociationSet",
    &[Member::new("member", &VPC_IPV6_CIDR_BLOCK_ASSOCIATION).wire_name("item")],
);

pub static VPC_LIST: Schema = Schema::list("VpcList", &[Member::new("member", &VPC).wire_name("item")]);

pub static VPC_PEERING_CONNECTION_ID: Schema = Schema::scalar("VpcPeeringConnectionId", Kind::String);

pub static VPC_STATE: Schema = Schema::scalar("VpcState", Kind::String).enumeration(super::VpcState::VALUES);

pub static WORKLOAD: Schema = Schema::scalar("Workload", Kind::String);

pub static WORKLOADS_LIST: Schema =
    Schema::list("WorkloadsList", &[Member::new("member", &WORKLOAD).wire_name("item")]);

pub static ZONE_ID_STRING_LIST: Schema =
    Schema::list("ZoneIdStringList", &[Member::new("member", &STRING).wire_name("ZoneId")]);

pub static ZONE_NAME_STRING_LIST: Schema =
    Schema::list("ZoneNameStringList", &[Member::new("member", &STRING).wire_name("ZoneName")]);

pub static TOTAL_FPGA_MEMORY: Schema = Schema::scalar("totalFpgaMemory", Kind::Integer);

pub static TOTAL_GPU_MEMORY: Schema = Schema::scalar("totalGpuMemory", Kind::Integer);

pub static TOTAL_INFERENCE_MEMORY: Schema = Schema::scalar("totalInferenceMemory", Kind::Integer);
