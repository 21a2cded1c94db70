//! The network mode of a task and its interface.

use super::{Refusal, refuse};
use agent_protocol::payload::{ElasticNetworkInterface, Task};
use std::net::Ipv4Addr;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NetworkPlan {
    /// Each container in a namespace of its own with loopback only.
    None,
    Host,
    /// Each container with an address of the node's bridge.
    Bridge,
    /// One namespace for all, with an interface of a VPC.
    Awsvpc(Box<AwsvpcPlan>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AwsvpcPlan {
    pub interface: net::Interface,
    pub dns: Vec<String>,
    pub dns_search: Vec<String>,
    pub hostname: String,
    pub attachment_arn: Option<String>,
}

/// Reads the network of a payload. An absent mode is bridge, Docker's default on Linux.
pub(super) fn read(task: &Task) -> Result<NetworkPlan, Refusal> {
    match task.network_mode.as_deref() {
        _ if !task.elastic_network_interfaces.is_empty() => awsvpc(&task.elastic_network_interfaces),
        Some("awsvpc") => refuse("the awsvpc task has no elastic network interface"),
        Some("none") => Ok(NetworkPlan::None),
        Some("host") => Ok(NetworkPlan::Host),
        Some("bridge" | "default" | "") | None => Ok(NetworkPlan::Bridge),
        Some(other) => refuse(format!("network mode {other} is not supported")),
    }
}

fn awsvpc(interfaces: &[ElasticNetworkInterface]) -> Result<NetworkPlan, Refusal> {
    let [eni] = interfaces else { return refuse("more than one elastic network interface is not supported") };
    let bad = |what: &str| Refusal(format!("the elastic network interface has no valid {what}"));
    let primary = eni.ipv4_addresses.iter().find(|a| a.primary == Some(true)).or(eni.ipv4_addresses.first());
    let address: Ipv4Addr = primary
        .and_then(|a| a.private_address.as_deref())
        .and_then(|text| text.parse().ok())
        .ok_or_else(|| bad("IPv4 address"))?;
    let gateway = eni.subnet_gateway_ipv4_address.as_deref().unwrap_or_default();
    let (gateway, prefix) = gateway.split_once('/').ok_or_else(|| bad("subnet gateway"))?;
    let gateway: Ipv4Addr = gateway.parse().map_err(|_| bad("subnet gateway"))?;
    let prefix_len: u8 =
        prefix.parse().ok().filter(|p| *p <= 32).ok_or_else(|| bad("subnet prefix length"))?;
    let mac = eni.mac_address.as_deref().and_then(parse_mac).ok_or_else(|| bad("MAC address"))?;
    let id = eni.ec2_id.clone().filter(|id| !id.is_empty()).ok_or_else(|| bad("id"))?;
    let ipv6 = ipv6(eni)?;
    let interface = net::Interface { id, mac, address, prefix_len, gateway, ipv6 };
    let default_name = format!("ip-{}.ec2.internal", address.to_string().replace('.', "-"));
    Ok(NetworkPlan::Awsvpc(Box::new(AwsvpcPlan {
        interface,
        dns: eni.domain_name_servers.clone(),
        dns_search: eni.domain_name.clone(),
        hostname: eni.private_dns_name.clone().filter(|n| !n.is_empty()).unwrap_or(default_name),
        attachment_arn: eni.attachment_arn.clone(),
    })))
}

/// The IPv6 side, where there is one. Subnets have blocks of 64 bits.
fn ipv6(eni: &ElasticNetworkInterface) -> Result<Option<net::Ipv6>, Refusal> {
    let bad = |what: &str| Refusal(format!("the elastic network interface has no valid {what}"));
    let primary = eni.ipv6_addresses.iter().find(|a| a.primary == Some(true)).or(eni.ipv6_addresses.first());
    let Some(primary) = primary else { return Ok(None) };
    let address = primary.address.as_deref().and_then(|text| text.parse().ok());
    let address = address.ok_or_else(|| bad("IPv6 address"))?;
    let router = eni.subnet_gateway_ipv6_address.as_deref().unwrap_or_default();
    let router = router.split('/').next().and_then(|text| text.parse().ok());
    Ok(Some(net::Ipv6 { address, gateway: router.ok_or_else(|| bad("IPv6 subnet gateway"))? }))
}

fn parse_mac(text: &str) -> Option<[u8; 6]> {
    let mut mac = [0u8; 6];
    let mut parts = text.split(':');
    for byte in &mut mac {
        *byte = u8::from_str_radix(parts.next()?, 16).ok()?;
    }
    parts.next().is_none().then_some(mac)
}
