//! The tables of EC2 networking, keyed by id, a module per noun, with what several services do to them in one transaction.
//!
//! How a VPC comes to be whole (main route table, default security group, default network ACL) is in [`vpc`] and [`default_vpc`]; how an
//! interface gets and gives back its addresses is in [`network_interface`].

pub mod default_vpc;
pub mod dhcp_options;
pub mod elastic_ip;
pub mod internet_gateway;
pub mod nat_gateway;
pub mod network_acl;
pub mod network_interface;
pub mod prefix_list;
pub mod route_table;
pub mod security_group;
pub mod settings;
pub mod subnet;
#[cfg(test)]
mod tests;
pub mod vpc;

use crate::TableDef;
use model::ec2;

/// The tables of EC2 networking.
pub const TABLES: &[TableDef] = &[
    TableDef::of::<ec2::DhcpOptions>(),
    TableDef::of::<ec2::ElasticIp>(),
    TableDef::of::<ec2::InternetGateway>(),
    TableDef::of::<ec2::NatGateway>(),
    TableDef::of::<ec2::NetworkAcl>(),
    TableDef::of::<ec2::NetworkInterface>(),
    TableDef::of::<ec2::NetworkSettings>(),
    TableDef::of::<ec2::PrefixList>(),
    TableDef::of::<ec2::RouteTable>(),
    TableDef::of::<ec2::SecurityGroup>(),
    TableDef::of::<ec2::Subnet>(),
    TableDef::of::<ec2::Vpc>(),
];

/// Where the ids of a change come from: 16 bytes a call that were never given before. Its caller makes one from the same seed for every run of
/// its closure.
pub type Draw<'a> = &'a mut dyn FnMut() -> [u8; 16];

/// A number for a decided choice.
pub(crate) fn number(draw: Draw<'_>) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = draw();
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}
