//! What a chain's result says of the endpoint. It comes from a program of somebody else: nothing of it is believed to be there.

use super::Given;
use serde::Deserialize;
use serde_json::Value;
use std::net::{IpAddr, Ipv4Addr};

/// A result, as far as it matters here. Source: "Section 5: Result Types" of the specification.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    interfaces: Vec<Interface>,
    #[serde(default)]
    ips: Vec<Ip>,
    #[serde(default)]
    dns: Dns,
}

#[derive(Deserialize)]
struct Interface {
    name: String,
    #[serde(default)]
    mac: String,
    /// Empty: it is the machine's.
    #[serde(default)]
    sandbox: String,
}

#[derive(Deserialize)]
struct Ip {
    /// With its prefix length.
    address: String,
    gateway: Option<String>,
    /// Index of an interface.
    interface: Option<usize>,
}

#[derive(Default, Deserialize)]
struct Dns {
    #[serde(default)]
    nameservers: Vec<String>,
    #[serde(default)]
    search: Vec<String>,
}

/// As many name servers and search domains as a resolv.conf takes.
const MOST_NAMES: usize = 16;

pub(super) fn given(result: &Value) -> Result<Given, String> {
    let answer = Answer::deserialize(result).map_err(|e| format!("its result cannot be read: {e}"))?;
    let inside = |ip: &&Ip| match ip.interface {
        None => true,
        Some(index) => answer.interfaces.get(index).is_some_and(|i| !i.sandbox.is_empty()),
    };
    for ip in answer.ips.iter().filter(inside) {
        let parsed = ip
            .address
            .split_once('/')
            .and_then(|(address, len)| Some((address.parse::<IpAddr>().ok()?, len.parse::<u8>().ok()?)));
        let Some((address, prefix_len)) = parsed else {
            return Err(format!("'{}' is no address with a prefix length", ip.address));
        };
        let IpAddr::V4(address) = address else { continue };
        if prefix_len > 32 || address.is_unspecified() {
            return Err(format!("'{}' is no address of an interface", ip.address));
        }
        let gateway = match &ip.gateway {
            None => None,
            Some(text) => {
                let parsed: Ipv4Addr = text.parse().map_err(|_| format!("'{text}' is no gateway"))?;
                Some(parsed)
            }
        };
        let interface = match ip.interface {
            Some(index) => answer.interfaces.get(index),
            None => answer.interfaces.iter().find(|i| i.name == crate::link::INSIDE && !i.sandbox.is_empty()),
        };
        let servers = answer.dns.nameservers.iter().filter(|s| s.parse::<IpAddr>().is_ok());
        let search = answer.dns.search.iter().filter(|d| !d.contains(char::is_whitespace));
        return Ok(Given {
            address,
            prefix_len,
            gateway,
            mac: interface.and_then(|i| mac(&i.mac)),
            name_servers: servers.take(MOST_NAMES).cloned().collect(),
            search: search.take(MOST_NAMES).cloned().collect(),
        });
    }
    Err("its result names no IPv4 address of the task".to_owned())
}

fn mac(text: &str) -> Option<[u8; 6]> {
    let mut mac = [0; 6];
    let mut parts = text.split(':');
    for byte in &mut mac {
        *byte = u8::from_str_radix(parts.next()?, 16).ok()?;
    }
    parts.next().is_none().then_some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_first_address_inside_counts() {
        let result = json!({
            "cniVersion": "1.0.0",
            "interfaces": [
                {"name": "br0", "mac": "02:00:00:00:00:01"},
                {"name": "eth0", "mac": "02:00:00:00:00:02", "sandbox": "/run/x"},
            ],
            "ips": [
                {"address": "10.9.0.1/16", "interface": 0},
                {"address": "fd00::5/64", "interface": 1},
                {"address": "10.9.0.5/16", "gateway": "10.9.0.1", "interface": 1},
            ],
            "dns": {"nameservers": ["10.9.0.2", "x y"], "search": ["a.test"]},
        });
        let expected = Given {
            address: Ipv4Addr::new(10, 9, 0, 5),
            prefix_len: 16,
            gateway: Some(Ipv4Addr::new(10, 9, 0, 1)),
            mac: Some([2, 0, 0, 0, 0, 2]),
            name_servers: vec!["10.9.0.2".to_owned()],
            search: vec!["a.test".to_owned()],
        };
        assert_eq!(given(&result), Ok(expected));
    }

    #[test]
    fn what_names_no_address_is_refused() {
        for (result, reason) in [
            (json!({}), "its result names no IPv4 address of the task"),
            (json!({"ips": [{"address": "fd00::5/64"}]}), "its result names no IPv4 address of the task"),
            (
                json!({"ips": [{"address": "10.9.0.5/16", "interface": 7}]}),
                "its result names no IPv4 address of the task",
            ),
            (json!({"ips": [{"address": "10.9.0.5"}]}), "'10.9.0.5' is no address with a prefix length"),
            (json!({"ips": [{"address": "10.9.0.5/33"}]}), "'10.9.0.5/33' is no address of an interface"),
            (json!({"ips": [{"address": "10.9.0.5/16", "gateway": "here"}]}), "'here' is no gateway"),
        ] {
            assert_eq!(given(&result).expect_err(&result.to_string()), reason);
        }
        assert!(given(&json!({"ips": 5})).expect_err("no list").starts_with("its result cannot be read"));
    }
}
