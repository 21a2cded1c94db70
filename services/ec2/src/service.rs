//! The service: what it holds, and which operation is done where.

use crate::api::{
    address, attachment, default_vpc, dhcp_options, interface_change, internet_gateway, nat_gateway,
    network_acl, network_interface, prefix_list, route, route_table, rule, security_group, subnet, tag, vpc,
    vpc_change, zone,
};
use crate::errors;
use ::api::Unit;
use ::api::ec2::*;
use auth::{Cx, Ids};
use state::ec2::Draw;
use state::{State, Tx};

/// Amazon EC2's networking. Its tables are [`state::ec2::TABLES`].
pub struct Ec2 {
    pub(crate) state: State,
}

impl Ec2 {
    pub fn new(state: State) -> Self {
        Self { state }
    }

    /// One change, with its ids. A dry run makes it too, and takes it back.
    pub(crate) async fn change<T>(
        &self,
        cx: &Cx,
        dry_run: Option<bool>,
        make: impl Fn(&mut Tx<'_>, Draw<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let seed = cx.random_32();
        let change = self.state.update(|tx| {
            let mut ids = Ids::from_seed(seed);
            let made = make(tx, &mut || ids.random_16())?;
            if dry_run == Some(true) { Err(errors::dry_run()) } else { Ok(made) }
        });
        errors::settle(change.await)
    }
}

impl ::api::ec2::Ec2<Cx> for Ec2 {
    async fn create_vpc(&self, cx: &Cx, input: CreateVpcRequest) -> Result<CreateVpcResult, Error> {
        vpc::create_vpc(self, cx, input).await
    }

    async fn describe_vpcs(&self, cx: &Cx, input: DescribeVpcsRequest) -> Result<DescribeVpcsResult, Error> {
        vpc::describe_vpcs(self, cx, &input)
    }

    async fn delete_vpc(&self, cx: &Cx, input: DeleteVpcRequest) -> Result<Unit, Error> {
        vpc::delete_vpc(self, cx, input).await
    }

    async fn describe_vpc_classic_link(
        &self,
        cx: &Cx,
        input: DescribeVpcClassicLinkRequest,
    ) -> Result<DescribeVpcClassicLinkResult, Error> {
        vpc::describe_vpc_classic_link(self, cx, &input)
    }

    async fn describe_vpc_classic_link_dns_support(
        &self,
        cx: &Cx,
        input: DescribeVpcClassicLinkDnsSupportRequest,
    ) -> Result<DescribeVpcClassicLinkDnsSupportResult, Error> {
        vpc::describe_vpc_classic_link_dns_support(self, cx, &input)
    }

    async fn create_default_vpc(
        &self,
        cx: &Cx,
        input: CreateDefaultVpcRequest,
    ) -> Result<CreateDefaultVpcResult, Error> {
        default_vpc::create_default_vpc(self, cx, input).await
    }

    async fn create_default_subnet(
        &self,
        cx: &Cx,
        input: CreateDefaultSubnetRequest,
    ) -> Result<CreateDefaultSubnetResult, Error> {
        default_vpc::create_default_subnet(self, cx, input).await
    }

    async fn describe_vpc_attribute(
        &self,
        cx: &Cx,
        input: DescribeVpcAttributeRequest,
    ) -> Result<DescribeVpcAttributeResult, Error> {
        vpc_change::describe_vpc_attribute(self, cx, &input)
    }

    async fn modify_vpc_attribute(&self, cx: &Cx, input: ModifyVpcAttributeRequest) -> Result<Unit, Error> {
        vpc_change::modify_vpc_attribute(self, cx, input).await
    }

    async fn associate_vpc_cidr_block(
        &self,
        cx: &Cx,
        input: AssociateVpcCidrBlockRequest,
    ) -> Result<AssociateVpcCidrBlockResult, Error> {
        vpc_change::associate_vpc_cidr_block(self, cx, input).await
    }

    async fn disassociate_vpc_cidr_block(
        &self,
        cx: &Cx,
        input: DisassociateVpcCidrBlockRequest,
    ) -> Result<DisassociateVpcCidrBlockResult, Error> {
        vpc_change::disassociate_vpc_cidr_block(self, cx, input).await
    }

    async fn create_subnet(&self, cx: &Cx, input: CreateSubnetRequest) -> Result<CreateSubnetResult, Error> {
        subnet::create_subnet(self, cx, input).await
    }

    async fn describe_subnets(
        &self,
        cx: &Cx,
        input: DescribeSubnetsRequest,
    ) -> Result<DescribeSubnetsResult, Error> {
        subnet::describe_subnets(self, cx, &input)
    }

    async fn delete_subnet(&self, cx: &Cx, input: DeleteSubnetRequest) -> Result<Unit, Error> {
        subnet::delete_subnet(self, cx, input).await
    }

    async fn modify_subnet_attribute(
        &self,
        cx: &Cx,
        input: ModifySubnetAttributeRequest,
    ) -> Result<Unit, Error> {
        subnet::modify_subnet_attribute(self, cx, input).await
    }

    async fn associate_subnet_cidr_block(
        &self,
        cx: &Cx,
        input: AssociateSubnetCidrBlockRequest,
    ) -> Result<AssociateSubnetCidrBlockResult, Error> {
        subnet::associate_subnet_cidr_block(self, cx, input).await
    }

    async fn disassociate_subnet_cidr_block(
        &self,
        cx: &Cx,
        input: DisassociateSubnetCidrBlockRequest,
    ) -> Result<DisassociateSubnetCidrBlockResult, Error> {
        subnet::disassociate_subnet_cidr_block(self, cx, input).await
    }

    async fn create_security_group(
        &self,
        cx: &Cx,
        input: CreateSecurityGroupRequest,
    ) -> Result<CreateSecurityGroupResult, Error> {
        security_group::create_security_group(self, cx, input).await
    }

    async fn describe_security_groups(
        &self,
        cx: &Cx,
        input: DescribeSecurityGroupsRequest,
    ) -> Result<DescribeSecurityGroupsResult, Error> {
        security_group::describe_security_groups(self, cx, &input)
    }

    async fn delete_security_group(
        &self,
        cx: &Cx,
        input: DeleteSecurityGroupRequest,
    ) -> Result<DeleteSecurityGroupResult, Error> {
        security_group::delete_security_group(self, cx, input).await
    }

    async fn authorize_security_group_ingress(
        &self,
        cx: &Cx,
        input: AuthorizeSecurityGroupIngressRequest,
    ) -> Result<AuthorizeSecurityGroupIngressResult, Error> {
        rule::authorize_security_group_ingress(self, cx, input).await
    }

    async fn authorize_security_group_egress(
        &self,
        cx: &Cx,
        input: AuthorizeSecurityGroupEgressRequest,
    ) -> Result<AuthorizeSecurityGroupEgressResult, Error> {
        rule::authorize_security_group_egress(self, cx, input).await
    }

    async fn revoke_security_group_ingress(
        &self,
        cx: &Cx,
        input: RevokeSecurityGroupIngressRequest,
    ) -> Result<RevokeSecurityGroupIngressResult, Error> {
        rule::revoke_security_group_ingress(self, cx, input).await
    }

    async fn revoke_security_group_egress(
        &self,
        cx: &Cx,
        input: RevokeSecurityGroupEgressRequest,
    ) -> Result<RevokeSecurityGroupEgressResult, Error> {
        rule::revoke_security_group_egress(self, cx, input).await
    }

    async fn describe_security_group_rules(
        &self,
        cx: &Cx,
        input: DescribeSecurityGroupRulesRequest,
    ) -> Result<DescribeSecurityGroupRulesResult, Error> {
        rule::describe_security_group_rules(self, cx, &input)
    }

    async fn modify_security_group_rules(
        &self,
        cx: &Cx,
        input: ModifySecurityGroupRulesRequest,
    ) -> Result<ModifySecurityGroupRulesResult, Error> {
        rule::modify_security_group_rules(self, cx, input).await
    }

    async fn update_security_group_rule_descriptions_ingress(
        &self,
        cx: &Cx,
        input: UpdateSecurityGroupRuleDescriptionsIngressRequest,
    ) -> Result<UpdateSecurityGroupRuleDescriptionsIngressResult, Error> {
        rule::update_security_group_rule_descriptions_ingress(self, cx, input).await
    }

    async fn update_security_group_rule_descriptions_egress(
        &self,
        cx: &Cx,
        input: UpdateSecurityGroupRuleDescriptionsEgressRequest,
    ) -> Result<UpdateSecurityGroupRuleDescriptionsEgressResult, Error> {
        rule::update_security_group_rule_descriptions_egress(self, cx, input).await
    }

    async fn create_route_table(
        &self,
        cx: &Cx,
        input: CreateRouteTableRequest,
    ) -> Result<CreateRouteTableResult, Error> {
        route_table::create_route_table(self, cx, input).await
    }

    async fn describe_route_tables(
        &self,
        cx: &Cx,
        input: DescribeRouteTablesRequest,
    ) -> Result<DescribeRouteTablesResult, Error> {
        route_table::describe_route_tables(self, cx, &input)
    }

    async fn delete_route_table(&self, cx: &Cx, input: DeleteRouteTableRequest) -> Result<Unit, Error> {
        route_table::delete_route_table(self, cx, input).await
    }

    async fn associate_route_table(
        &self,
        cx: &Cx,
        input: AssociateRouteTableRequest,
    ) -> Result<AssociateRouteTableResult, Error> {
        route_table::associate_route_table(self, cx, input).await
    }

    async fn disassociate_route_table(
        &self,
        cx: &Cx,
        input: DisassociateRouteTableRequest,
    ) -> Result<Unit, Error> {
        route_table::disassociate_route_table(self, cx, input).await
    }

    async fn replace_route_table_association(
        &self,
        cx: &Cx,
        input: ReplaceRouteTableAssociationRequest,
    ) -> Result<ReplaceRouteTableAssociationResult, Error> {
        route_table::replace_route_table_association(self, cx, input).await
    }

    async fn create_route(&self, cx: &Cx, input: CreateRouteRequest) -> Result<CreateRouteResult, Error> {
        route::create_route(self, cx, input).await
    }

    async fn delete_route(&self, cx: &Cx, input: DeleteRouteRequest) -> Result<Unit, Error> {
        route::delete_route(self, cx, input).await
    }

    async fn replace_route(&self, cx: &Cx, input: ReplaceRouteRequest) -> Result<Unit, Error> {
        route::replace_route(self, cx, input).await
    }

    async fn create_internet_gateway(
        &self,
        cx: &Cx,
        input: CreateInternetGatewayRequest,
    ) -> Result<CreateInternetGatewayResult, Error> {
        internet_gateway::create_internet_gateway(self, cx, input).await
    }

    async fn describe_internet_gateways(
        &self,
        cx: &Cx,
        input: DescribeInternetGatewaysRequest,
    ) -> Result<DescribeInternetGatewaysResult, Error> {
        internet_gateway::describe_internet_gateways(self, cx, &input)
    }

    async fn delete_internet_gateway(
        &self,
        cx: &Cx,
        input: DeleteInternetGatewayRequest,
    ) -> Result<Unit, Error> {
        internet_gateway::delete_internet_gateway(self, cx, input).await
    }

    async fn attach_internet_gateway(
        &self,
        cx: &Cx,
        input: AttachInternetGatewayRequest,
    ) -> Result<Unit, Error> {
        internet_gateway::attach_internet_gateway(self, cx, input).await
    }

    async fn detach_internet_gateway(
        &self,
        cx: &Cx,
        input: DetachInternetGatewayRequest,
    ) -> Result<Unit, Error> {
        internet_gateway::detach_internet_gateway(self, cx, input).await
    }

    async fn create_nat_gateway(
        &self,
        cx: &Cx,
        input: CreateNatGatewayRequest,
    ) -> Result<CreateNatGatewayResult, Error> {
        nat_gateway::create_nat_gateway(self, cx, input).await
    }

    async fn describe_nat_gateways(
        &self,
        cx: &Cx,
        input: DescribeNatGatewaysRequest,
    ) -> Result<DescribeNatGatewaysResult, Error> {
        nat_gateway::describe_nat_gateways(self, cx, &input)
    }

    async fn delete_nat_gateway(
        &self,
        cx: &Cx,
        input: DeleteNatGatewayRequest,
    ) -> Result<DeleteNatGatewayResult, Error> {
        nat_gateway::delete_nat_gateway(self, cx, input).await
    }

    async fn allocate_address(
        &self,
        cx: &Cx,
        input: AllocateAddressRequest,
    ) -> Result<AllocateAddressResult, Error> {
        address::allocate_address(self, cx, input).await
    }

    async fn describe_addresses(
        &self,
        cx: &Cx,
        input: DescribeAddressesRequest,
    ) -> Result<DescribeAddressesResult, Error> {
        address::describe_addresses(self, cx, &input)
    }

    async fn describe_addresses_attribute(
        &self,
        cx: &Cx,
        input: DescribeAddressesAttributeRequest,
    ) -> Result<DescribeAddressesAttributeResult, Error> {
        address::describe_addresses_attribute(self, cx, &input)
    }

    async fn release_address(&self, cx: &Cx, input: ReleaseAddressRequest) -> Result<Unit, Error> {
        address::release_address(self, cx, input).await
    }

    async fn associate_address(
        &self,
        cx: &Cx,
        input: AssociateAddressRequest,
    ) -> Result<AssociateAddressResult, Error> {
        address::associate_address(self, cx, input).await
    }

    async fn disassociate_address(&self, cx: &Cx, input: DisassociateAddressRequest) -> Result<Unit, Error> {
        address::disassociate_address(self, cx, input).await
    }

    async fn create_network_interface(
        &self,
        cx: &Cx,
        input: CreateNetworkInterfaceRequest,
    ) -> Result<CreateNetworkInterfaceResult, Error> {
        network_interface::create_network_interface(self, cx, input).await
    }

    async fn describe_network_interfaces(
        &self,
        cx: &Cx,
        input: DescribeNetworkInterfacesRequest,
    ) -> Result<DescribeNetworkInterfacesResult, Error> {
        network_interface::describe_network_interfaces(self, cx, &input)
    }

    async fn delete_network_interface(
        &self,
        cx: &Cx,
        input: DeleteNetworkInterfaceRequest,
    ) -> Result<Unit, Error> {
        network_interface::delete_network_interface(self, cx, input).await
    }

    async fn attach_network_interface(
        &self,
        cx: &Cx,
        input: AttachNetworkInterfaceRequest,
    ) -> Result<AttachNetworkInterfaceResult, Error> {
        attachment::attach_network_interface(self, cx, input).await
    }

    async fn detach_network_interface(
        &self,
        cx: &Cx,
        input: DetachNetworkInterfaceRequest,
    ) -> Result<Unit, Error> {
        attachment::detach_network_interface(self, cx, input).await
    }

    async fn describe_network_interface_attribute(
        &self,
        cx: &Cx,
        input: DescribeNetworkInterfaceAttributeRequest,
    ) -> Result<DescribeNetworkInterfaceAttributeResult, Error> {
        interface_change::describe_network_interface_attribute(self, cx, &input)
    }

    async fn modify_network_interface_attribute(
        &self,
        cx: &Cx,
        input: ModifyNetworkInterfaceAttributeRequest,
    ) -> Result<Unit, Error> {
        interface_change::modify_network_interface_attribute(self, cx, input).await
    }

    async fn assign_private_ip_addresses(
        &self,
        cx: &Cx,
        input: AssignPrivateIpAddressesRequest,
    ) -> Result<AssignPrivateIpAddressesResult, Error> {
        interface_change::assign_private_ip_addresses(self, cx, input).await
    }

    async fn unassign_private_ip_addresses(
        &self,
        cx: &Cx,
        input: UnassignPrivateIpAddressesRequest,
    ) -> Result<Unit, Error> {
        interface_change::unassign_private_ip_addresses(self, cx, input).await
    }

    async fn describe_availability_zones(
        &self,
        cx: &Cx,
        input: DescribeAvailabilityZonesRequest,
    ) -> Result<DescribeAvailabilityZonesResult, Error> {
        zone::describe_availability_zones(self, cx, &input)
    }

    async fn describe_regions(
        &self,
        cx: &Cx,
        input: DescribeRegionsRequest,
    ) -> Result<DescribeRegionsResult, Error> {
        zone::describe_regions(self, cx, &input)
    }

    async fn describe_account_attributes(
        &self,
        cx: &Cx,
        input: DescribeAccountAttributesRequest,
    ) -> Result<DescribeAccountAttributesResult, Error> {
        zone::describe_account_attributes(self, cx, &input)
    }

    async fn create_dhcp_options(
        &self,
        cx: &Cx,
        input: CreateDhcpOptionsRequest,
    ) -> Result<CreateDhcpOptionsResult, Error> {
        dhcp_options::create_dhcp_options(self, cx, input).await
    }

    async fn describe_dhcp_options(
        &self,
        cx: &Cx,
        input: DescribeDhcpOptionsRequest,
    ) -> Result<DescribeDhcpOptionsResult, Error> {
        dhcp_options::describe_dhcp_options(self, cx, &input)
    }

    async fn delete_dhcp_options(&self, cx: &Cx, input: DeleteDhcpOptionsRequest) -> Result<Unit, Error> {
        dhcp_options::delete_dhcp_options(self, cx, input).await
    }

    async fn associate_dhcp_options(
        &self,
        cx: &Cx,
        input: AssociateDhcpOptionsRequest,
    ) -> Result<Unit, Error> {
        dhcp_options::associate_dhcp_options(self, cx, input).await
    }

    async fn describe_network_acls(
        &self,
        cx: &Cx,
        input: DescribeNetworkAclsRequest,
    ) -> Result<DescribeNetworkAclsResult, Error> {
        network_acl::describe_network_acls(self, cx, &input)
    }

    async fn describe_prefix_lists(
        &self,
        cx: &Cx,
        input: DescribePrefixListsRequest,
    ) -> Result<DescribePrefixListsResult, Error> {
        prefix_list::describe_prefix_lists(self, cx, &input)
    }

    async fn create_managed_prefix_list(
        &self,
        cx: &Cx,
        input: CreateManagedPrefixListRequest,
    ) -> Result<CreateManagedPrefixListResult, Error> {
        prefix_list::create_managed_prefix_list(self, cx, input).await
    }

    async fn describe_managed_prefix_lists(
        &self,
        cx: &Cx,
        input: DescribeManagedPrefixListsRequest,
    ) -> Result<DescribeManagedPrefixListsResult, Error> {
        prefix_list::describe_managed_prefix_lists(self, cx, &input)
    }

    async fn modify_managed_prefix_list(
        &self,
        cx: &Cx,
        input: ModifyManagedPrefixListRequest,
    ) -> Result<ModifyManagedPrefixListResult, Error> {
        prefix_list::modify_managed_prefix_list(self, cx, input).await
    }

    async fn delete_managed_prefix_list(
        &self,
        cx: &Cx,
        input: DeleteManagedPrefixListRequest,
    ) -> Result<DeleteManagedPrefixListResult, Error> {
        prefix_list::delete_managed_prefix_list(self, cx, input).await
    }

    async fn get_managed_prefix_list_entries(
        &self,
        cx: &Cx,
        input: GetManagedPrefixListEntriesRequest,
    ) -> Result<GetManagedPrefixListEntriesResult, Error> {
        prefix_list::get_managed_prefix_list_entries(self, cx, &input)
    }

    async fn create_tags(&self, cx: &Cx, input: CreateTagsRequest) -> Result<Unit, Error> {
        tag::create_tags(self, cx, input).await
    }

    async fn delete_tags(&self, cx: &Cx, input: DeleteTagsRequest) -> Result<Unit, Error> {
        tag::delete_tags(self, cx, input).await
    }

    async fn describe_tags(&self, cx: &Cx, input: DescribeTagsRequest) -> Result<DescribeTagsResult, Error> {
        tag::describe_tags(self, cx, &input)
    }
}
