//! The records of EC2 networking: what a VPC consists of, a module per noun.
//!
//! These are what the control plane wants; nodes are told and carry it out. Ids refer to other records; what can be derived from other records
//! (a route's being a black hole, an interface's status) is not stored.

mod block;
mod dhcp_options;
mod elastic_ip;
mod internet_gateway;
mod nat_gateway;
mod network_acl;
mod network_interface;
mod prefix_list;
mod route_table;
mod security_group;
mod settings;
mod subnet;
mod traffic;
mod vpc;
mod zone;

pub use block::{IpBlock, Ipv4Block, Ipv6Block, NotABlock};
pub use dhcp_options::{DhcpConfiguration, DhcpOptions, internal_domain, private_dns_name, public_domain};
pub use elastic_ip::{AddressAssociation, ElasticIp};
pub use internet_gateway::InternetGateway;
pub use nat_gateway::{NatConnectivity, NatGateway, NatGatewayAddress, NatGatewayState};
pub use network_acl::{AclAction, NetworkAcl, NetworkAclAssociation, NetworkAclEntry};
pub use network_interface::{
    InterfaceAttachment, InterfaceAttachmentStatus, InterfaceOwner, InterfaceStatus, InterfaceType,
    NetworkInterface, PublicAddress, Requester,
};
pub use prefix_list::{AddressFamily, PrefixList, PrefixListEntry, PrefixListOwner, PrefixListVersion};
pub use route_table::{
    AssociatedWith, Destination, Route, RouteOrigin, RouteTable, RouteTableAssociation, RouteTarget,
};
pub use security_group::{Peer, SecurityGroup, SecurityGroupRule, SecurityGroupV1};
pub use settings::NetworkSettings;
pub use subnet::{HostnameType, Subnet, SubnetIpv6Association, SubnetV1};
pub use traffic::{Direction, IcmpKinds, PortRange, Traffic};
pub use vpc::{Tenancy, Vpc, VpcIpv4Association, VpcIpv6Association, VpcV1};
pub use zone::{zone_group_long_name, zone_id, zones};
