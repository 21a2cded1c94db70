//! What all records of EC2 have in common: a kind, an id, a scope, tags, and an error for one that is not there.

use api::ec2::Error;
use model::Tag;
use model::ec2::{
    DhcpOptions, ElasticIp, InternetGateway, NatGateway, NetworkAcl, NetworkInterface, PrefixList,
    RouteTable, SecurityGroup, Subnet, Vpc,
};
use model::ids::{ArnError, Scope};
use state::{Index, Record, Source};
use std::str::FromStr;
use std::sync::Arc;

/// A record of EC2 that has an id and tags of its own.
pub(crate) trait Resource: Record {
    /// As `ResourceType` has it.
    const KIND: &'static str;
    /// Before the dash of its id.
    const PREFIX: &'static str;
    fn by_scope() -> Index<Self>;
    fn scope(&self) -> &Scope;
    fn tags(&self) -> &[Tag];
    fn tags_mut(&mut self) -> &mut Vec<Tag>;
    fn not_found(id: &str) -> Error;
}

macro_rules! resource {
    ($($record:ty, $table:ident, $kind:literal, $prefix:literal, $error:ident, $text:literal;)*) => {
        $(
            impl Resource for $record {
                const KIND: &'static str = $kind;
                const PREFIX: &'static str = $prefix;

                fn by_scope() -> Index<Self> {
                    state::ec2::$table::BY_SCOPE
                }

                fn scope(&self) -> &Scope {
                    &self.scope
                }

                fn tags(&self) -> &[Tag] {
                    &self.tags
                }

                fn tags_mut(&mut self) -> &mut Vec<Tag> {
                    &mut self.tags
                }

                fn not_found(id: &str) -> Error {
                    Error::$error(format!($text, id = id))
                }
            }
        )*
    };
}

resource! {
    Vpc, vpc, "vpc", "vpc", invalid_vpc_id_not_found, "The vpc ID '{id}' does not exist";
    Subnet, subnet, "subnet", "subnet", invalid_subnet_id_not_found, "The subnet ID '{id}' does not exist";
    SecurityGroup, security_group, "security-group", "sg", invalid_group_not_found,
        "The security group '{id}' does not exist";
    RouteTable, route_table, "route-table", "rtb", invalid_route_table_id_not_found,
        "The routeTable ID '{id}' does not exist";
    InternetGateway, internet_gateway, "internet-gateway", "igw", invalid_internet_gateway_id_not_found,
        "The internetGateway ID '{id}' does not exist";
    NatGateway, nat_gateway, "natgateway", "nat", nat_gateway_not_found, "NatGateway {id} was not found";
    ElasticIp, elastic_ip, "elastic-ip", "eipalloc", invalid_allocation_id_not_found,
        "The allocation ID '{id}' does not exist";
    NetworkInterface, network_interface, "network-interface", "eni", invalid_network_interface_id_not_found,
        "The networkInterface ID '{id}' does not exist";
    DhcpOptions, dhcp_options, "dhcp-options", "dopt", invalid_dhcp_option_id_not_found,
        "The dhcpOption ID '{id}' does not exist";
    NetworkAcl, network_acl, "network-acl", "acl", invalid_network_acl_id_not_found,
        "The networkAcl ID '{id}' does not exist";
    PrefixList, prefix_list, "prefix-list", "pl", invalid_prefix_list_id_not_found,
        "The prefix list ID '{id}' does not exist";
}

/// The record of an id, of the caller's account and region.
pub(crate) fn find<T: Resource>(from: &impl Source, scope: &Scope, id: &str) -> Result<Arc<T>, Error> {
    from.get::<T>(id).filter(|r| r.scope() == scope).ok_or_else(|| T::not_found(id))
}

/// A security group by its id, whose form is looked at first.
pub(crate) fn group(from: &impl Source, scope: &Scope, id: &str) -> Result<Arc<SecurityGroup>, Error> {
    if !id.starts_with("sg-") {
        return Err(Error::invalid_group_id_malformed(format!(
            "Invalid id: \"{id}\" (expecting \"sg-...\")"
        )));
    }
    find(from, scope, id)
}

/// A text as an id; what is none is an id that does not exist.
pub(crate) fn id<T: Resource, I: FromStr<Err = ArnError>>(text: &str) -> Result<I, Error> {
    text.parse().map_err(|_| T::not_found(text))
}
