//! A task's network interface.

use crate::text::{open_enum, shape};

open_enum!(
    InterfaceAssociationProtocol { Default = "default", Tunnel = "tunnel", Veth = "veth", Vlan = "vlan" }
);

shape!(
    /// An elastic network interface. The agent refuses one without MAC address, id, IPv4 address or gateway.
    ElasticNetworkInterface {
        name: opt String,
        mac_address: opt String,
        attachment_arn: opt String,
        ec2_id: opt String,
        index: opt i64,
        interface_association_protocol: opt InterfaceAssociationProtocol,
        interface_tunnel_properties: opt InterfaceTunnelProperties,
        interface_veth_properties: opt InterfaceVethProperties,
        interface_vlan_properties: opt InterfaceVlanProperties,
        ipv4_addresses: list Ipv4AddressAssignment,
        ipv6_addresses: list Ipv6AddressAssignment,
        domain_name: list String,
        domain_name_servers: list String,
        private_dns_name: opt String,
        /// With its prefix length, as `10.9.0.1/24`.
        subnet_gateway_ipv4_address: opt String,
        subnet_gateway_ipv6_address: opt String,
    }
);

shape!(Ipv4AddressAssignment { private_address: opt String, primary: opt bool });
shape!(Ipv6AddressAssignment { address: opt String, primary: opt bool });
shape!(InterfaceTunnelProperties { tunnel_id: opt String, interface_ip_address: opt String });
shape!(InterfaceVethProperties { peer_interface: opt String });
shape!(InterfaceVlanProperties { vlan_id: opt String, trunk_interface_mac_address: opt String });
