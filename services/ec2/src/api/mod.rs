//! The handlers, a module per noun.

pub(crate) mod address;
pub(crate) mod attachment;
pub(crate) mod default_vpc;
pub(crate) mod dhcp_options;
pub(crate) mod interface_change;
pub(crate) mod internet_gateway;
pub(crate) mod nat_gateway;
pub(crate) mod network_acl;
pub(crate) mod network_interface;
pub(crate) mod permission;
pub(crate) mod prefix_list;
pub(crate) mod route;
pub(crate) mod route_table;
pub(crate) mod rule;
pub(crate) mod security_group;
pub(crate) mod subnet;
pub(crate) mod tag;
pub(crate) mod vpc;
pub(crate) mod vpc_change;
pub(crate) mod zone;
