//! Operations of Amazon EC2 (networking).

#![allow(unused_imports, reason = "which of them a model needs varies")]

use std::sync::Arc;

use super::{errors::Error, schema as s, shapes::*};
use crate::{Operation, Service, Unit};

/// Amazon EC2 (networking). An operation that is not overridden answers that it is not implemented.
pub trait Ec2<C: Sync>: Send + Sync + 'static {
    /// `AllocateAddress`.
    fn allocate_address(
        &self,
        cx: &C,
        input: AllocateAddressRequest,
    ) -> impl Future<Output = Result<AllocateAddressResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AllocateAddress")))
    }

    /// `AssignPrivateIpAddresses`.
    fn assign_private_ip_addresses(
        &self,
        cx: &C,
        input: AssignPrivateIpAddressesRequest,
    ) -> impl Future<Output = Result<AssignPrivateIpAddressesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AssignPrivateIpAddresses")))
    }

    /// `AssociateAddress`.
    fn associate_address(
        &self,
        cx: &C,
        input: AssociateAddressRequest,
    ) -> impl Future<Output = Result<AssociateAddressResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AssociateAddress")))
    }

    /// `AssociateDhcpOptions`.
    fn associate_dhcp_options(
        &self,
        cx: &C,
        input: AssociateDhcpOptionsRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AssociateDhcpOptions")))
    }

    /// `AssociateRouteTable`.
    fn associate_route_table(
        &self,
        cx: &C,
        input: AssociateRouteTableRequest,
    ) -> impl Future<Output = Result<AssociateRouteTableResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AssociateRouteTable")))
    }

    /// `AssociateSubnetCidrBlock`.
    fn associate_subnet_cidr_block(
        &self,
        cx: &C,
        input: AssociateSubnetCidrBlockRequest,
    ) -> impl Future<Output = Result<AssociateSubnetCidrBlockResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AssociateSubnetCidrBlock")))
    }

    /// `AssociateVpcCidrBlock`.
    fn associate_vpc_cidr_block(
        &self,
        cx: &C,
        input: AssociateVpcCidrBlockRequest,
    ) -> impl Future<Output = Result<AssociateVpcCidrBlockResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AssociateVpcCidrBlock")))
    }

    /// `AttachInternetGateway`.
    fn attach_internet_gateway(
        &self,
        cx: &C,
        input: AttachInternetGatewayRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AttachInternetGateway")))
    }

    /// `AttachNetworkInterface`.
    fn attach_network_interface(
        &self,
        cx: &C,
        input: AttachNetworkInterfaceRequest,
    ) -> impl Future<Output = Result<AttachNetworkInterfaceResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AttachNetworkInterface")))
    }

    /// `AuthorizeSecurityGroupEgress`.
    fn authorize_security_group_egress(
        &self,
        cx: &C,
        input: AuthorizeSecurityGroupEgressRequest,
    ) -> impl Future<Output = Result<AuthorizeSecurityGroupEgressResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AuthorizeSecurityGroupEgress")))
    }

    /// `AuthorizeSecurityGroupIngress`.
    fn authorize_security_group_ingress(
        &self,
        cx: &C,
        input: AuthorizeSecurityGroupIngressRequest,
    ) -> impl Future<Output = Result<AuthorizeSecurityGroupIngressResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AuthorizeSecurityGroupIngress")))
    }

    /// `CreateDefaultSubnet`.
    fn create_default_subnet(
        &self,
        cx: &C,
        input: CreateDefaultSubnetRequest,
    ) -> impl Future<Output = Result<CreateDefaultSubnetResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateDefaultSubnet")))
    }

    /// `CreateDefaultVpc`.
    fn create_default_vpc(
        &self,
        cx: &C,
        input: CreateDefaultVpcRequest,
    ) -> impl Future<Output = Result<CreateDefaultVpcResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateDefaultVpc")))
    }

    /// `CreateDhcpOptions`.
    fn create_dhcp_options(
        &self,
        cx: &C,
        input: CreateDhcpOptionsRequest,
    ) -> impl Future<Output = Result<CreateDhcpOptionsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateDhcpOptions")))
    }

    /// `CreateInternetGateway`.
    fn create_internet_gateway(
        &self,
        cx: &C,
        input: CreateInternetGatewayRequest,
    ) -> impl Future<Output = Result<CreateInternetGatewayResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateInternetGateway")))
    }

    /// `CreateManagedPrefixList`.
    fn create_managed_prefix_list(
        &self,
        cx: &C,
        input: CreateManagedPrefixListRequest,
    ) -> impl Future<Output = Result<CreateManagedPrefixListResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateManagedPrefixList")))
    }

    /// `CreateNatGateway`.
    fn create_nat_gateway(
        &self,
        cx: &C,
        input: CreateNatGatewayRequest,
    ) -> impl Future<Output = Result<CreateNatGatewayResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateNatGateway")))
    }

    /// `CreateNetworkInterface`.
    fn create_network_interface(
        &self,
        cx: &C,
        input: CreateNetworkInterfaceRequest,
    ) -> impl Future<Output = Result<CreateNetworkInterfaceResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateNetworkInterface")))
    }

    /// `CreateRoute`.
    fn create_route(
        &self,
        cx: &C,
        input: CreateRouteRequest,
    ) -> impl Future<Output = Result<CreateRouteResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateRoute")))
    }

    /// `CreateRouteTable`.
    fn create_route_table(
        &self,
        cx: &C,
        input: CreateRouteTableRequest,
    ) -> impl Future<Output = Result<CreateRouteTableResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateRouteTable")))
    }

    /// `CreateSecurityGroup`.
    fn create_security_group(
        &self,
        cx: &C,
        input: CreateSecurityGroupRequest,
    ) -> impl Future<Output = Result<CreateSecurityGroupResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateSecurityGroup")))
    }

    /// `CreateSubnet`.
    fn create_subnet(
        &self,
        cx: &C,
        input: CreateSubnetRequest,
    ) -> impl Future<Output = Result<CreateSubnetResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateSubnet")))
    }

    /// `CreateTags`.
    fn create_tags(
        &self,
        cx: &C,
        input: CreateTagsRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateTags")))
    }

    /// `CreateVpc`.
    fn create_vpc(
        &self,
        cx: &C,
        input: CreateVpcRequest,
    ) -> impl Future<Output = Result<CreateVpcResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateVpc")))
    }

    /// `DeleteDhcpOptions`.
    fn delete_dhcp_options(
        &self,
        cx: &C,
        input: DeleteDhcpOptionsRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteDhcpOptions")))
    }

    /// `DeleteInternetGateway`.
    fn delete_internet_gateway(
        &self,
        cx: &C,
        input: DeleteInternetGatewayRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteInternetGateway")))
    }

    /// `DeleteManagedPrefixList`.
    fn delete_managed_prefix_list(
        &self,
        cx: &C,
        input: DeleteManagedPrefixListRequest,
    ) -> impl Future<Output = Result<DeleteManagedPrefixListResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteManagedPrefixList")))
    }

    /// `DeleteNatGateway`.
    fn delete_nat_gateway(
        &self,
        cx: &C,
        input: DeleteNatGatewayRequest,
    ) -> impl Future<Output = Result<DeleteNatGatewayResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteNatGateway")))
    }

    /// `DeleteNetworkInterface`.
    fn delete_network_interface(
        &self,
        cx: &C,
        input: DeleteNetworkInterfaceRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteNetworkInterface")))
    }

    /// `DeleteRoute`.
    fn delete_route(
        &self,
        cx: &C,
        input: DeleteRouteRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteRoute")))
    }

    /// `DeleteRouteTable`.
    fn delete_route_table(
        &self,
        cx: &C,
        input: DeleteRouteTableRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteRouteTable")))
    }

    /// `DeleteSecurityGroup`.
    fn delete_security_group(
        &self,
        cx: &C,
        input: DeleteSecurityGroupRequest,
    ) -> impl Future<Output = Result<DeleteSecurityGroupResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteSecurityGroup")))
    }

    /// `DeleteSubnet`.
    fn delete_subnet(
        &self,
        cx: &C,
        input: DeleteSubnetRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteSubnet")))
    }

    /// `DeleteTags`.
    fn delete_tags(
        &self,
        cx: &C,
        input: DeleteTagsRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteTags")))
    }

    /// `DeleteVpc`.
    fn delete_vpc(
        &self,
        cx: &C,
        input: DeleteVpcRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteVpc")))
    }

    /// `DescribeAccountAttributes`.
    fn describe_account_attributes(
        &self,
        cx: &C,
        input: DescribeAccountAttributesRequest,
    ) -> impl Future<Output = Result<DescribeAccountAttributesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeAccountAttributes")))
    }

    /// `DescribeAddresses`.
    fn describe_addresses(
        &self,
        cx: &C,
        input: DescribeAddressesRequest,
    ) -> impl Future<Output = Result<DescribeAddressesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeAddresses")))
    }

    /// `DescribeAddressesAttribute`.
    fn describe_addresses_attribute(
        &self,
        cx: &C,
        input: DescribeAddressesAttributeRequest,
    ) -> impl Future<Output = Result<DescribeAddressesAttributeResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeAddressesAttribute")))
    }

    /// `DescribeAvailabilityZones`.
    fn describe_availability_zones(
        &self,
        cx: &C,
        input: DescribeAvailabilityZonesRequest,
    ) -> impl Future<Output = Result<DescribeAvailabilityZonesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeAvailabilityZones")))
    }

    /// `DescribeDhcpOptions`.
    fn describe_dhcp_options(
        &self,
        cx: &C,
        input: DescribeDhcpOptionsRequest,
    ) -> impl Future<Output = Result<DescribeDhcpOptionsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeDhcpOptions")))
    }

    /// `DescribeImages`.
    fn describe_images(
        &self,
        cx: &C,
        input: DescribeImagesRequest,
    ) -> impl Future<Output = Result<DescribeImagesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeImages")))
    }

    /// `DescribeInstanceTypes`.
    fn describe_instance_types(
        &self,
        cx: &C,
        input: DescribeInstanceTypesRequest,
    ) -> impl Future<Output = Result<DescribeInstanceTypesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeInstanceTypes")))
    }

    /// `DescribeInternetGateways`.
    fn describe_internet_gateways(
        &self,
        cx: &C,
        input: DescribeInternetGatewaysRequest,
    ) -> impl Future<Output = Result<DescribeInternetGatewaysResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeInternetGateways")))
    }

    /// `DescribeManagedPrefixLists`.
    fn describe_managed_prefix_lists(
        &self,
        cx: &C,
        input: DescribeManagedPrefixListsRequest,
    ) -> impl Future<Output = Result<DescribeManagedPrefixListsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeManagedPrefixLists")))
    }

    /// `DescribeNatGateways`.
    fn describe_nat_gateways(
        &self,
        cx: &C,
        input: DescribeNatGatewaysRequest,
    ) -> impl Future<Output = Result<DescribeNatGatewaysResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeNatGateways")))
    }

    /// `DescribeNetworkAcls`.
    fn describe_network_acls(
        &self,
        cx: &C,
        input: DescribeNetworkAclsRequest,
    ) -> impl Future<Output = Result<DescribeNetworkAclsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeNetworkAcls")))
    }

    /// `DescribeNetworkInterfaceAttribute`.
    fn describe_network_interface_attribute(
        &self,
        cx: &C,
        input: DescribeNetworkInterfaceAttributeRequest,
    ) -> impl Future<Output = Result<DescribeNetworkInterfaceAttributeResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeNetworkInterfaceAttribute")))
    }

    /// `DescribeNetworkInterfaces`.
    fn describe_network_interfaces(
        &self,
        cx: &C,
        input: DescribeNetworkInterfacesRequest,
    ) -> impl Future<Output = Result<DescribeNetworkInterfacesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeNetworkInterfaces")))
    }

    /// `DescribePrefixLists`.
    fn describe_prefix_lists(
        &self,
        cx: &C,
        input: DescribePrefixListsRequest,
    ) -> impl Future<Output = Result<DescribePrefixListsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribePrefixLists")))
    }

    /// `DescribeRegions`.
    fn describe_regions(
        &self,
        cx: &C,
        input: DescribeRegionsRequest,
    ) -> impl Future<Output = Result<DescribeRegionsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeRegions")))
    }

    /// `DescribeRouteTables`.
    fn describe_route_tables(
        &self,
        cx: &C,
        input: DescribeRouteTablesRequest,
    ) -> impl Future<Output = Result<DescribeRouteTablesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeRouteTables")))
    }

    /// `DescribeSecurityGroupRules`.
    fn describe_security_group_rules(
        &self,
        cx: &C,
        input: DescribeSecurityGroupRulesRequest,
    ) -> impl Future<Output = Result<DescribeSecurityGroupRulesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeSecurityGroupRules")))
    }

    /// `DescribeSecurityGroups`.
    fn describe_security_groups(
        &self,
        cx: &C,
        input: DescribeSecurityGroupsRequest,
    ) -> impl Future<Output = Result<DescribeSecurityGroupsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeSecurityGroups")))
    }

    /// `DescribeSubnets`.
    fn describe_subnets(
        &self,
        cx: &C,
        input: DescribeSubnetsRequest,
    ) -> impl Future<Output = Result<DescribeSubnetsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeSubnets")))
    }

    /// `DescribeTags`.
    fn describe_tags(
        &self,
        cx: &C,
        input: DescribeTagsRequest,
    ) -> impl Future<Output = Result<DescribeTagsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTags")))
    }

    /// `DescribeVpcAttribute`.
    fn describe_vpc_attribute(
        &self,
        cx: &C,
        input: DescribeVpcAttributeRequest,
    ) -> impl Future<Output = Result<DescribeVpcAttributeResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeVpcAttribute")))
    }

    /// `DescribeVpcClassicLink`.
    fn describe_vpc_classic_link(
        &self,
        cx: &C,
        input: DescribeVpcClassicLinkRequest,
    ) -> impl Future<Output = Result<DescribeVpcClassicLinkResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeVpcClassicLink")))
    }

    /// `DescribeVpcClassicLinkDnsSupport`.
    fn describe_vpc_classic_link_dns_support(
        &self,
        cx: &C,
        input: DescribeVpcClassicLinkDnsSupportRequest,
    ) -> impl Future<Output = Result<DescribeVpcClassicLinkDnsSupportResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeVpcClassicLinkDnsSupport")))
    }

    /// `DescribeVpcEndpoints`.
    fn describe_vpc_endpoints(
        &self,
        cx: &C,
        input: DescribeVpcEndpointsRequest,
    ) -> impl Future<Output = Result<DescribeVpcEndpointsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeVpcEndpoints")))
    }

    /// `DescribeVpcs`.
    fn describe_vpcs(
        &self,
        cx: &C,
        input: DescribeVpcsRequest,
    ) -> impl Future<Output = Result<DescribeVpcsResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeVpcs")))
    }

    /// `DetachInternetGateway`.
    fn detach_internet_gateway(
        &self,
        cx: &C,
        input: DetachInternetGatewayRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DetachInternetGateway")))
    }

    /// `DetachNetworkInterface`.
    fn detach_network_interface(
        &self,
        cx: &C,
        input: DetachNetworkInterfaceRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DetachNetworkInterface")))
    }

    /// `DisassociateAddress`.
    fn disassociate_address(
        &self,
        cx: &C,
        input: DisassociateAddressRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DisassociateAddress")))
    }

    /// `DisassociateRouteTable`.
    fn disassociate_route_table(
        &self,
        cx: &C,
        input: DisassociateRouteTableRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DisassociateRouteTable")))
    }

    /// `DisassociateSubnetCidrBlock`.
    fn disassociate_subnet_cidr_block(
        &self,
        cx: &C,
        input: DisassociateSubnetCidrBlockRequest,
    ) -> impl Future<Output = Result<DisassociateSubnetCidrBlockResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DisassociateSubnetCidrBlock")))
    }

    /// `DisassociateVpcCidrBlock`.
    fn disassociate_vpc_cidr_block(
        &self,
        cx: &C,
        input: DisassociateVpcCidrBlockRequest,
    ) -> impl Future<Output = Result<DisassociateVpcCidrBlockResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DisassociateVpcCidrBlock")))
    }

    /// `GetManagedPrefixListEntries`.
    fn get_managed_prefix_list_entries(
        &self,
        cx: &C,
        input: GetManagedPrefixListEntriesRequest,
    ) -> impl Future<Output = Result<GetManagedPrefixListEntriesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetManagedPrefixListEntries")))
    }

    /// `ModifyManagedPrefixList`.
    fn modify_managed_prefix_list(
        &self,
        cx: &C,
        input: ModifyManagedPrefixListRequest,
    ) -> impl Future<Output = Result<ModifyManagedPrefixListResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyManagedPrefixList")))
    }

    /// `ModifyNetworkInterfaceAttribute`.
    fn modify_network_interface_attribute(
        &self,
        cx: &C,
        input: ModifyNetworkInterfaceAttributeRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyNetworkInterfaceAttribute")))
    }

    /// `ModifySecurityGroupRules`.
    fn modify_security_group_rules(
        &self,
        cx: &C,
        input: ModifySecurityGroupRulesRequest,
    ) -> impl Future<Output = Result<ModifySecurityGroupRulesResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifySecurityGroupRules")))
    }

    /// `ModifySubnetAttribute`.
    fn modify_subnet_attribute(
        &self,
        cx: &C,
        input: ModifySubnetAttributeRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifySubnetAttribute")))
    }

    /// `ModifyVpcAttribute`.
    fn modify_vpc_attribute(
        &self,
        cx: &C,
        input: ModifyVpcAttributeRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyVpcAttribute")))
    }

    /// `ReleaseAddress`.
    fn release_address(
        &self,
        cx: &C,
        input: ReleaseAddressRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ReleaseAddress")))
    }

    /// `ReplaceRoute`.
    fn replace_route(
        &self,
        cx: &C,
        input: ReplaceRouteRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ReplaceRoute")))
    }

    /// `ReplaceRouteTableAssociation`.
    fn replace_route_table_association(
        &self,
        cx: &C,
        input: ReplaceRouteTableAssociationRequest,
    ) -> impl Future<Output = Result<ReplaceRouteTableAssociationResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ReplaceRouteTableAssociation")))
    }

    /// `RevokeSecurityGroupEgress`.
    fn revoke_security_group_egress(
        &self,
        cx: &C,
        input: RevokeSecurityGroupEgressRequest,
    ) -> impl Future<Output = Result<RevokeSecurityGroupEgressResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RevokeSecurityGroupEgress")))
    }

    /// `RevokeSecurityGroupIngress`.
    fn revoke_security_group_ingress(
        &self,
        cx: &C,
        input: RevokeSecurityGroupIngressRequest,
    ) -> impl Future<Output = Result<RevokeSecurityGroupIngressResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RevokeSecurityGroupIngress")))
    }

    /// `UnassignPrivateIpAddresses`.
    fn unassign_private_ip_addresses(
        &self,
        cx: &C,
        input: UnassignPrivateIpAddressesRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UnassignPrivateIpAddresses")))
    }

    /// `UpdateSecurityGroupRuleDescriptionsEgress`.
    fn update_security_group_rule_descriptions_egress(
        &self,
        cx: &C,
        input: UpdateSecurityGroupRuleDescriptionsEgressRequest,
    ) -> impl Future<Output = Result<UpdateSecurityGroupRuleDescriptionsEgressResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateSecurityGroupRuleDescriptionsEgress")))
    }

    /// `UpdateSecurityGroupRuleDescriptionsIngress`.
    fn update_security_group_rule_descriptions_ingress(
        &self,
        cx: &C,
        input: UpdateSecurityGroupRuleDescriptionsIngressRequest,
    ) -> impl Future<Output = Result<UpdateSecurityGroupRuleDescriptionsIngressResult, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateSecurityGroupRuleDescriptionsIngress")))
    }
}

/// The service as `front` calls it.
pub fn service<C: Sync + 'static, S: Ec2<C>>(implementation: Arc<S>) -> Service<C> {
    Service::new(
        &s::SERVICE_SCHEMA,
        vec![
            Operation::new(
                &s::ALLOCATE_ADDRESS_OPERATION,
                "ec2:AllocateAddress",
                "arn:{partition}:ec2:{region}:{account}:elastic-ip/*",
                &implementation,
                |i: &S, cx, input: AllocateAddressRequest| Box::pin(i.allocate_address(cx, input)),
            ),
            Operation::new(
                &s::ASSIGN_PRIVATE_IP_ADDRESSES_OPERATION,
                "ec2:AssignPrivateIpAddresses",
                "arn:{partition}:ec2:{region}:{account}:network-interface/{NetworkInterfaceId}",
                &implementation,
                |i: &S, cx, input: AssignPrivateIpAddressesRequest| {
                    Box::pin(i.assign_private_ip_addresses(cx, input))
                },
            ),
            Operation::new(
                &s::ASSOCIATE_ADDRESS_OPERATION,
                "ec2:AssociateAddress",
                "arn:{partition}:ec2:{region}:{account}:elastic-ip/{AllocationId|*}",
                &implementation,
                |i: &S, cx, input: AssociateAddressRequest| Box::pin(i.associate_address(cx, input)),
            ),
            Operation::new(
                &s::ASSOCIATE_DHCP_OPTIONS_OPERATION,
                "ec2:AssociateDhcpOptions",
                "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}",
                &implementation,
                |i: &S, cx, input: AssociateDhcpOptionsRequest| Box::pin(i.associate_dhcp_options(cx, input)),
            ),
            Operation::new(
                &s::ASSOCIATE_ROUTE_TABLE_OPERATION,
                "ec2:AssociateRouteTable",
                "arn:{partition}:ec2:{region}:{account}:route-table/{RouteTableId}",
                &implementation,
                |i: &S, cx, input: AssociateRouteTableRequest| Box::pin(i.associate_route_table(cx, input)),
            ),
            Operation::new(
                &s::ASSOCIATE_SUBNET_CIDR_BLOCK_OPERATION,
                "ec2:AssociateSubnetCidrBlock",
                "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetId}",
                &implementation,
                |i: &S, cx, input: AssociateSubnetCidrBlockRequest| {
                    Box::pin(i.associate_subnet_cidr_block(cx, input))
                },
            ),
            Operation::new(
                &s::ASSOCIATE_VPC_CIDR_BLOCK_OPERATION,
                "ec2:AssociateVpcCidrBlock",
                "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}",
                &implementation,
                |i: &S, cx, input: AssociateVpcCidrBlockRequest| {
                    Box::pin(i.associate_vpc_cidr_block(cx, input))
                },
            ),
            Operation::new(
                &s::ATTACH_INTERNET_GATEWAY_OPERATION,
                "ec2:AttachInternetGateway",
                "arn:{partition}:ec2:{region}:{account}:internet-gateway/{InternetGatewayId}",
                &implementation,
                |i: &S, cx, input: AttachInternetGatewayRequest| {
                    Box::pin(i.attach_internet_gateway(cx, input))
                },
            ),
            Operation::new(
                &s::ATTACH_NETWORK_INTERFACE_OPERATION,
                "ec2:AttachNetworkInterface",
                "arn:{partition}:ec2:{region}:{account}:network-interface/{NetworkInterfaceId}",
                &implementation,
                |i: &S, cx, input: AttachNetworkInterfaceRequest| {
                    Box::pin(i.attach_network_interface(cx, input))
                },
            ),
            Operation::new(
                &s::AUTHORIZE_SECURITY_GROUP_EGRESS_OPERATION,
                "ec2:AuthorizeSecurityGroupEgress",
                "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId|*}",
                &implementation,
                |i: &S, cx, input: AuthorizeSecurityGroupEgressRequest| {
                    Box::pin(i.authorize_security_group_egress(cx, input))
                },
            ),
            Operation::new(
                &s::AUTHORIZE_SECURITY_GROUP_INGRESS_OPERATION,
                "ec2:AuthorizeSecurityGroupIngress",
                "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId|*}",
                &implementation,
                |i: &S, cx, input: AuthorizeSecurityGroupIngressRequest| {
                    Box::pin(i.authorize_security_group_ingress(cx, input))
                },
            ),
            Operation::new(
                &s::CREATE_DEFAULT_SUBNET_OPERATION,
                "ec2:CreateDefaultSubnet",
                "arn:{partition}:ec2:{region}:{account}:subnet/*",
                &implementation,
                |i: &S, cx, input: CreateDefaultSubnetRequest| Box::pin(i.create_default_subnet(cx, input)),
            ),
            Operation::new(
                &s::CREATE_DEFAULT_VPC_OPERATION,
                "ec2:CreateDefaultVpc",
                "arn:{partition}:ec2:{region}:{account}:vpc/*",
                &implementation,
                |i: &S, cx, input: CreateDefaultVpcRequest| Box::pin(i.create_default_vpc(cx, input)),
            ),
            Operation::new(
                &s::CREATE_DHCP_OPTIONS_OPERATION,
                "ec2:CreateDhcpOptions",
                "arn:{partition}:ec2:{region}:{account}:dhcp-options/*",
                &implementation,
                |i: &S, cx, input: CreateDhcpOptionsRequest| Box::pin(i.create_dhcp_options(cx, input)),
            ),
            Operation::new(
                &s::CREATE_INTERNET_GATEWAY_OPERATION,
                "ec2:CreateInternetGateway",
                "arn:{partition}:ec2:{region}:{account}:internet-gateway/*",
                &implementation,
                |i: &S, cx, input: CreateInternetGatewayRequest| {
                    Box::pin(i.create_internet_gateway(cx, input))
                },
            ),
            Operation::new(
                &s::CREATE_MANAGED_PREFIX_LIST_OPERATION,
                "ec2:CreateManagedPrefixList",
                "arn:{partition}:ec2:{region}:{account}:prefix-list/*",
                &implementation,
                |i: &S, cx, input: CreateManagedPrefixListRequest| {
                    Box::pin(i.create_managed_prefix_list(cx, input))
                },
            ),
            Operation::new(
                &s::CREATE_NAT_GATEWAY_OPERATION,
                "ec2:CreateNatGateway",
                "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetId|*}",
                &implementation,
                |i: &S, cx, input: CreateNatGatewayRequest| Box::pin(i.create_nat_gateway(cx, input)),
            ),
            Operation::new(
                &s::CREATE_NETWORK_INTERFACE_OPERATION,
                "ec2:CreateNetworkInterface",
                "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetId}",
                &implementation,
                |i: &S, cx, input: CreateNetworkInterfaceRequest| {
                    Box::pin(i.create_network_interface(cx, input))
                },
            ),
            Operation::new(
                &s::CREATE_ROUTE_OPERATION,
                "ec2:CreateRoute",
                "arn:{partition}:ec2:{region}:{account}:route-table/{RouteTableId}",
                &implementation,
                |i: &S, cx, input: CreateRouteRequest| Box::pin(i.create_route(cx, input)),
            ),
            Operation::new(
                &s::CREATE_ROUTE_TABLE_OPERATION,
                "ec2:CreateRouteTable",
                "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}",
                &implementation,
                |i: &S, cx, input: CreateRouteTableRequest| Box::pin(i.create_route_table(cx, input)),
            ),
            Operation::new(
                &s::CREATE_SECURITY_GROUP_OPERATION,
                "ec2:CreateSecurityGroup",
                "arn:{partition}:ec2:{region}:{account}:security-group/*",
                &implementation,
                |i: &S, cx, input: CreateSecurityGroupRequest| Box::pin(i.create_security_group(cx, input)),
            ),
            Operation::new(
                &s::CREATE_SUBNET_OPERATION,
                "ec2:CreateSubnet",
                "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}",
                &implementation,
                |i: &S, cx, input: CreateSubnetRequest| Box::pin(i.create_subnet(cx, input)),
            ),
            Operation::new(
                &s::CREATE_TAGS_OPERATION,
                "ec2:CreateTags",
                "*",
                &implementation,
                |i: &S, cx, input: CreateTagsRequest| Box::pin(i.create_tags(cx, input)),
            ),
            Operation::new(
                &s::CREATE_VPC_OPERATION,
                "ec2:CreateVpc",
                "arn:{partition}:ec2:{region}:{account}:vpc/*",
                &implementation,
                |i: &S, cx, input: CreateVpcRequest| Box::pin(i.create_vpc(cx, input)),
            ),
            Operation::new(
                &s::DELETE_DHCP_OPTIONS_OPERATION,
                "ec2:DeleteDhcpOptions",
                "arn:{partition}:ec2:{region}:{account}:dhcp-options/{DhcpOptionsId}",
                &implementation,
                |i: &S, cx, input: DeleteDhcpOptionsRequest| Box::pin(i.delete_dhcp_options(cx, input)),
            ),
            Operation::new(
                &s::DELETE_INTERNET_GATEWAY_OPERATION,
                "ec2:DeleteInternetGateway",
                "arn:{partition}:ec2:{region}:{account}:internet-gateway/{InternetGatewayId}",
                &implementation,
                |i: &S, cx, input: DeleteInternetGatewayRequest| {
                    Box::pin(i.delete_internet_gateway(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_MANAGED_PREFIX_LIST_OPERATION,
                "ec2:DeleteManagedPrefixList",
                "arn:{partition}:ec2:{region}:{account}:prefix-list/{PrefixListId}",
                &implementation,
                |i: &S, cx, input: DeleteManagedPrefixListRequest| {
                    Box::pin(i.delete_managed_prefix_list(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_NAT_GATEWAY_OPERATION,
                "ec2:DeleteNatGateway",
                "arn:{partition}:ec2:{region}:{account}:natgateway/{NatGatewayId}",
                &implementation,
                |i: &S, cx, input: DeleteNatGatewayRequest| Box::pin(i.delete_nat_gateway(cx, input)),
            ),
            Operation::new(
                &s::DELETE_NETWORK_INTERFACE_OPERATION,
                "ec2:DeleteNetworkInterface",
                "arn:{partition}:ec2:{region}:{account}:network-interface/{NetworkInterfaceId}",
                &implementation,
                |i: &S, cx, input: DeleteNetworkInterfaceRequest| {
                    Box::pin(i.delete_network_interface(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_ROUTE_OPERATION,
                "ec2:DeleteRoute",
                "arn:{partition}:ec2:{region}:{account}:route-table/{RouteTableId}",
                &implementation,
                |i: &S, cx, input: DeleteRouteRequest| Box::pin(i.delete_route(cx, input)),
            ),
            Operation::new(
                &s::DELETE_ROUTE_TABLE_OPERATION,
                "ec2:DeleteRouteTable",
                "arn:{partition}:ec2:{region}:{account}:route-table/{RouteTableId}",
                &implementation,
                |i: &S, cx, input: DeleteRouteTableRequest| Box::pin(i.delete_route_table(cx, input)),
            ),
            Operation::new(
                &s::DELETE_SECURITY_GROUP_OPERATION,
                "ec2:DeleteSecurityGroup",
                "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId|*}",
                &implementation,
                |i: &S, cx, input: DeleteSecurityGroupRequest| Box::pin(i.delete_security_group(cx, input)),
            ),
            Operation::new(
                &s::DELETE_SUBNET_OPERATION,
                "ec2:DeleteSubnet",
                "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetId}",
                &implementation,
                |i: &S, cx, input: DeleteSubnetRequest| Box::pin(i.delete_subnet(cx, input)),
            ),
            Operation::new(
                &s::DELETE_TAGS_OPERATION,
                "ec2:DeleteTags",
                "*",
                &implementation,
                |i: &S, cx, input: DeleteTagsRequest| Box::pin(i.delete_tags(cx, input)),
            ),
            Operation::new(
                &s::DELETE_VPC_OPERATION,
                "ec2:DeleteVpc",
                "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}",
                &implementation,
                |i: &S, cx, input: DeleteVpcRequest| Box::pin(i.delete_vpc(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_ACCOUNT_ATTRIBUTES_OPERATION,
                "ec2:DescribeAccountAttributes",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeAccountAttributesRequest| {
                    Box::pin(i.describe_account_attributes(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_ADDRESSES_OPERATION,
                "ec2:DescribeAddresses",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeAddressesRequest| Box::pin(i.describe_addresses(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_ADDRESSES_ATTRIBUTE_OPERATION,
                "ec2:DescribeAddressesAttribute",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeAddressesAttributeRequest| {
                    Box::pin(i.describe_addresses_attribute(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_AVAILABILITY_ZONES_OPERATION,
                "ec2:DescribeAvailabilityZones",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeAvailabilityZonesRequest| {
                    Box::pin(i.describe_availability_zones(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_DHCP_OPTIONS_OPERATION,
                "ec2:DescribeDhcpOptions",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeDhcpOptionsRequest| Box::pin(i.describe_dhcp_options(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_IMAGES_OPERATION,
                "ec2:DescribeImages",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeImagesRequest| Box::pin(i.describe_images(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_INSTANCE_TYPES_OPERATION,
                "ec2:DescribeInstanceTypes",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeInstanceTypesRequest| {
                    Box::pin(i.describe_instance_types(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_INTERNET_GATEWAYS_OPERATION,
                "ec2:DescribeInternetGateways",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeInternetGatewaysRequest| {
                    Box::pin(i.describe_internet_gateways(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_MANAGED_PREFIX_LISTS_OPERATION,
                "ec2:DescribeManagedPrefixLists",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeManagedPrefixListsRequest| {
                    Box::pin(i.describe_managed_prefix_lists(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_NAT_GATEWAYS_OPERATION,
                "ec2:DescribeNatGateways",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeNatGatewaysRequest| Box::pin(i.describe_nat_gateways(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_NETWORK_ACLS_OPERATION,
                "ec2:DescribeNetworkAcls",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeNetworkAclsRequest| Box::pin(i.describe_network_acls(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_NETWORK_INTERFACE_ATTRIBUTE_OPERATION,
                "ec2:DescribeNetworkInterfaceAttribute",
                "arn:{partition}:ec2:{region}:{account}:network-interface/{NetworkInterfaceId}",
                &implementation,
                |i: &S, cx, input: DescribeNetworkInterfaceAttributeRequest| {
                    Box::pin(i.describe_network_interface_attribute(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_NETWORK_INTERFACES_OPERATION,
                "ec2:DescribeNetworkInterfaces",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeNetworkInterfacesRequest| {
                    Box::pin(i.describe_network_interfaces(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_PREFIX_LISTS_OPERATION,
                "ec2:DescribePrefixLists",
                "*",
                &implementation,
                |i: &S, cx, input: DescribePrefixListsRequest| Box::pin(i.describe_prefix_lists(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_REGIONS_OPERATION,
                "ec2:DescribeRegions",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeRegionsRequest| Box::pin(i.describe_regions(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_ROUTE_TABLES_OPERATION,
                "ec2:DescribeRouteTables",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeRouteTablesRequest| Box::pin(i.describe_route_tables(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_SECURITY_GROUP_RULES_OPERATION,
                "ec2:DescribeSecurityGroupRules",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeSecurityGroupRulesRequest| {
                    Box::pin(i.describe_security_group_rules(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_SECURITY_GROUPS_OPERATION,
                "ec2:DescribeSecurityGroups",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeSecurityGroupsRequest| {
                    Box::pin(i.describe_security_groups(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_SUBNETS_OPERATION,
                "ec2:DescribeSubnets",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeSubnetsRequest| Box::pin(i.describe_subnets(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_TAGS_OPERATION,
                "ec2:DescribeTags",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeTagsRequest| Box::pin(i.describe_tags(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_VPC_ATTRIBUTE_OPERATION,
                "ec2:DescribeVpcAttribute",
                "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}",
                &implementation,
                |i: &S, cx, input: DescribeVpcAttributeRequest| Box::pin(i.describe_vpc_attribute(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_VPC_CLASSIC_LINK_OPERATION,
                "ec2:DescribeVpcClassicLink",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeVpcClassicLinkRequest| {
                    Box::pin(i.describe_vpc_classic_link(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_VPC_CLASSIC_LINK_DNS_SUPPORT_OPERATION,
                "ec2:DescribeVpcClassicLinkDnsSupport",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeVpcClassicLinkDnsSupportRequest| {
                    Box::pin(i.describe_vpc_classic_link_dns_support(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_VPC_ENDPOINTS_OPERATION,
                "ec2:DescribeVpcEndpoints",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeVpcEndpointsRequest| Box::pin(i.describe_vpc_endpoints(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_VPCS_OPERATION,
                "ec2:DescribeVpcs",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeVpcsRequest| Box::pin(i.describe_vpcs(cx, input)),
            ),
            Operation::new(
                &s::DETACH_INTERNET_GATEWAY_OPERATION,
                "ec2:DetachInternetGateway",
                "arn:{partition}:ec2:{region}:{account}:internet-gateway/{InternetGatewayId}",
                &implementation,
                |i: &S, cx, input: DetachInternetGatewayRequest| {
                    Box::pin(i.detach_internet_gateway(cx, input))
                },
            ),
            Operation::new(
                &s::DETACH_NETWORK_INTERFACE_OPERATION,
                "ec2:DetachNetworkInterface",
                "*",
                &implementation,
                |i: &S, cx, input: DetachNetworkInterfaceRequest| {
                    Box::pin(i.detach_network_interface(cx, input))
                },
            ),
            Operation::new(
                &s::DISASSOCIATE_ADDRESS_OPERATION,
                "ec2:DisassociateAddress",
                "*",
                &implementation,
                |i: &S, cx, input: DisassociateAddressRequest| Box::pin(i.disassociate_address(cx, input)),
            ),
            Operation::new(
                &s::DISASSOCIATE_ROUTE_TABLE_OPERATION,
                "ec2:DisassociateRouteTable",
                "*",
                &implementation,
                |i: &S, cx, input: DisassociateRouteTableRequest| {
                    Box::pin(i.disassociate_route_table(cx, input))
                },
            ),
            Operation::new(
                &s::DISASSOCIATE_SUBNET_CIDR_BLOCK_OPERATION,
                "ec2:DisassociateSubnetCidrBlock",
                "*",
                &implementation,
                |i: &S, cx, input: DisassociateSubnetCidrBlockRequest| {
                    Box::pin(i.disassociate_subnet_cidr_block(cx, input))
                },
            ),
            Operation::new(
                &s::DISASSOCIATE_VPC_CIDR_BLOCK_OPERATION,
                "ec2:DisassociateVpcCidrBlock",
                "*",
                &implementation,
                |i: &S, cx, input: DisassociateVpcCidrBlockRequest| {
                    Box::pin(i.disassociate_vpc_cidr_block(cx, input))
                },
            ),
            Operation::new(
                &s::GET_MANAGED_PREFIX_LIST_ENTRIES_OPERATION,
                "ec2:GetManagedPrefixListEntries",
                "arn:{partition}:ec2:{region}:{account}:prefix-list/{PrefixListId}",
                &implementation,
                |i: &S, cx, input: GetManagedPrefixListEntriesRequest| {
                    Box::pin(i.get_managed_prefix_list_entries(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_MANAGED_PREFIX_LIST_OPERATION,
                "ec2:ModifyManagedPrefixList",
                "arn:{partition}:ec2:{region}:{account}:prefix-list/{PrefixListId}",
                &implementation,
                |i: &S, cx, input: ModifyManagedPrefixListRequest| {
                    Box::pin(i.modify_managed_prefix_list(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_NETWORK_INTERFACE_ATTRIBUTE_OPERATION,
                "ec2:ModifyNetworkInterfaceAttribute",
                "arn:{partition}:ec2:{region}:{account}:network-interface/{NetworkInterfaceId}",
                &implementation,
                |i: &S, cx, input: ModifyNetworkInterfaceAttributeRequest| {
                    Box::pin(i.modify_network_interface_attribute(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_SECURITY_GROUP_RULES_OPERATION,
                "ec2:ModifySecurityGroupRules",
                "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId|*}",
                &implementation,
                |i: &S, cx, input: ModifySecurityGroupRulesRequest| {
                    Box::pin(i.modify_security_group_rules(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_SUBNET_ATTRIBUTE_OPERATION,
                "ec2:ModifySubnetAttribute",
                "arn:{partition}:ec2:{region}:{account}:subnet/{SubnetId}",
                &implementation,
                |i: &S, cx, input: ModifySubnetAttributeRequest| {
                    Box::pin(i.modify_subnet_attribute(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_VPC_ATTRIBUTE_OPERATION,
                "ec2:ModifyVpcAttribute",
                "arn:{partition}:ec2:{region}:{account}:vpc/{VpcId}",
                &implementation,
                |i: &S, cx, input: ModifyVpcAttributeRequest| Box::pin(i.modify_vpc_attribute(cx, input)),
            ),
            Operation::new(
                &s::RELEASE_ADDRESS_OPERATION,
                "ec2:ReleaseAddress",
                "arn:{partition}:ec2:{region}:{account}:elastic-ip/{AllocationId|*}",
                &implementation,
                |i: &S, cx, input: ReleaseAddressRequest| Box::pin(i.release_address(cx, input)),
            ),
            Operation::new(
                &s::REPLACE_ROUTE_OPERATION,
                "ec2:ReplaceRoute",
                "arn:{partition}:ec2:{region}:{account}:route-table/{RouteTableId}",
                &implementation,
                |i: &S, cx, input: ReplaceRouteRequest| Box::pin(i.replace_route(cx, input)),
            ),
            Operation::new(
                &s::REPLACE_ROUTE_TABLE_ASSOCIATION_OPERATION,
                "ec2:ReplaceRouteTableAssociation",
                "arn:{partition}:ec2:{region}:{account}:route-table/{RouteTableId}",
                &implementation,
                |i: &S, cx, input: ReplaceRouteTableAssociationRequest| {
                    Box::pin(i.replace_route_table_association(cx, input))
                },
            ),
            Operation::new(
                &s::REVOKE_SECURITY_GROUP_EGRESS_OPERATION,
                "ec2:RevokeSecurityGroupEgress",
                "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId|*}",
                &implementation,
                |i: &S, cx, input: RevokeSecurityGroupEgressRequest| {
                    Box::pin(i.revoke_security_group_egress(cx, input))
                },
            ),
            Operation::new(
                &s::REVOKE_SECURITY_GROUP_INGRESS_OPERATION,
                "ec2:RevokeSecurityGroupIngress",
                "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId|*}",
                &implementation,
                |i: &S, cx, input: RevokeSecurityGroupIngressRequest| {
                    Box::pin(i.revoke_security_group_ingress(cx, input))
                },
            ),
            Operation::new(
                &s::UNASSIGN_PRIVATE_IP_ADDRESSES_OPERATION,
                "ec2:UnassignPrivateIpAddresses",
                "arn:{partition}:ec2:{region}:{account}:network-interface/{NetworkInterfaceId}",
                &implementation,
                |i: &S, cx, input: UnassignPrivateIpAddressesRequest| {
                    Box::pin(i.unassign_private_ip_addresses(cx, input))
                },
            ),
            Operation::new(
                &s::UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_EGRESS_OPERATION,
                "ec2:UpdateSecurityGroupRuleDescriptionsEgress",
                "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId|*}",
                &implementation,
                |i: &S, cx, input: UpdateSecurityGroupRuleDescriptionsEgressRequest| {
                    Box::pin(i.update_security_group_rule_descriptions_egress(cx, input))
                },
            ),
            Operation::new(
                &s::UPDATE_SECURITY_GROUP_RULE_DESCRIPTIONS_INGRESS_OPERATION,
                "ec2:UpdateSecurityGroupRuleDescriptionsIngress",
                "arn:{partition}:ec2:{region}:{account}:security-group/{GroupId|*}",
                &implementation,
                |i: &S, cx, input: UpdateSecurityGroupRuleDescriptionsIngressRequest| {
                    Box::pin(i.update_security_group_rule_descriptions_ingress(cx, input))
                },
            ),
        ],
    )
}
