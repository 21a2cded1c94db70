//! Permissions as requests state them, and the rules that they stand for: one for each peer.

use super::security_group::{is_allowed, named};
use crate::errors::missing;
use crate::resource::{find, group};
use ::api::ec2::{Error, IpPermission, IpRange, UserIdGroupPair};
use model::ec2::{IcmpKinds, Ipv4Block, Ipv6Block, Peer, PortRange, PrefixList, SecurityGroup, Traffic};
use model::ids::Scope;
use state::Source;

/// A rule that has no id yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Statement {
    pub(super) traffic: Traffic,
    pub(super) peer: Peer,
    pub(super) description: Option<String>,
}

/// The parameters by which a request states one permission without a list.
#[derive(Clone, Copy, Default)]
pub(super) struct Single<'a> {
    pub(super) protocol: Option<&'a str>,
    pub(super) from_port: Option<i32>,
    pub(super) to_port: Option<i32>,
    pub(super) cidr: Option<&'a str>,
    pub(super) group_name: Option<&'a str>,
    pub(super) group_owner: Option<&'a str>,
}

impl Single<'_> {
    /// The permission that it is. `None` where the request states none.
    fn permission(&self) -> Option<IpPermission> {
        let none = self.protocol.is_none() && self.cidr.is_none() && self.group_name.is_none();
        (!none).then(|| IpPermission {
            // Without a protocol, a source group stands for all traffic.
            ip_protocol: self.protocol.or(self.group_name.map(|_| "-1")).map(str::to_owned),
            from_port: self.from_port,
            to_port: self.to_port,
            ip_ranges: self
                .cidr
                .map(|cidr| vec![IpRange { cidr_ip: Some(cidr.to_owned()), description: None }]),
            user_id_group_pairs: self.group_name.map(|name| {
                vec![UserIdGroupPair {
                    group_name: Some(name.to_owned()),
                    user_id: self.group_owner.map(str::to_owned),
                    ..UserIdGroupPair::default()
                }]
            }),
            ..IpPermission::default()
        })
    }
}

/// The rules that a request states for `group`.
pub(super) fn statements(
    from: &impl Source,
    scope: &Scope,
    group: &SecurityGroup,
    list: Option<&[IpPermission]>,
    single: Single<'_>,
) -> Result<Vec<Statement>, Error> {
    let single = single.permission();
    if single.is_some() && list.is_some_and(|list| !list.is_empty()) {
        return Err(Error::invalid_parameter_combination(
            "The parameter 'ipPermissions' may not be used in combination with 'ipProtocol'",
        ));
    }
    let mut found = Vec::new();
    for permission in single.iter().chain(list.unwrap_or_default()) {
        of_permission(from, scope, group, permission, &mut found)?;
    }
    Ok(found)
}

fn of_permission(
    from: &impl Source,
    scope: &Scope,
    of: &SecurityGroup,
    given: &IpPermission,
    out: &mut Vec<Statement>,
) -> Result<(), Error> {
    let traffic = traffic(given.ip_protocol.as_deref(), given.from_port, given.to_port)?;
    let before = out.len();
    for range in given.ip_ranges.iter().flatten() {
        let peer = Peer::Ipv4(ipv4(range.cidr_ip.as_deref().unwrap_or_default())?);
        out.push(Statement { traffic, peer, description: description(range.description.as_deref())? });
    }
    for range in given.ipv6_ranges.iter().flatten() {
        let peer = Peer::Ipv6(ipv6(range.cidr_ipv6.as_deref().unwrap_or_default())?);
        out.push(Statement { traffic, peer, description: description(range.description.as_deref())? });
    }
    for list in given.prefix_list_ids.iter().flatten() {
        let id = list.prefix_list_id.as_deref().unwrap_or_default();
        let peer = Peer::PrefixList(find::<PrefixList>(from, scope, id)?.id.clone());
        out.push(Statement { traffic, peer, description: description(list.description.as_deref())? });
    }
    for pair in given.user_id_group_pairs.iter().flatten() {
        let peer = peer_group(from, scope, of, pair)?;
        out.push(Statement { traffic, peer, description: description(pair.description.as_deref())? });
    }
    if out.len() == before {
        return Err(missing("ipRanges, ipv6Ranges, prefixListIds or groups"));
    }
    Ok(())
}

fn peer_group(
    from: &impl Source,
    scope: &Scope,
    of: &SecurityGroup,
    pair: &UserIdGroupPair,
) -> Result<Peer, Error> {
    let found = match (pair.group_id.as_deref(), pair.group_name.as_deref()) {
        (Some(id), _) => group(from, scope, id)?,
        (None, Some(name)) => named(from, scope, name)?,
        (None, None) => return Err(missing("groupId")),
    };
    if pair.user_id.as_ref().is_some_and(|user| *user != scope.account) {
        return Err(Error::invalid_group_not_found(format!(
            "The security group '{}' does not exist",
            found.id
        )));
    }
    if found.vpc != of.vpc {
        return Err(Error::invalid_group_not_found(
            "You have specified two resources that belong to different networks.",
        ));
    }
    Ok(Peer::Group(found.id.clone()))
}

/// Protocol and ports of a request. Of protocols without ports, ports are not looked at, as on AWS.
pub(super) fn traffic(protocol: Option<&str>, from: Option<i32>, to: Option<i32>) -> Result<Traffic, Error> {
    let protocol = protocol.filter(|p| !p.is_empty()).ok_or_else(|| missing("ipProtocol"))?;
    let lower = protocol.to_ascii_lowercase();
    match lower.as_str() {
        "-1" | "all" => Ok(Traffic::All),
        "tcp" | "6" => Ok(Traffic::Tcp(ports(from, to)?)),
        "udp" | "17" => Ok(Traffic::Udp(ports(from, to)?)),
        "icmp" | "1" => Ok(Traffic::Icmp(icmp(from, to)?)),
        // An ICMPv6 without types stands for all of them.
        "icmpv6" | "58" => Ok(Traffic::Icmpv6(icmp(from.or(Some(-1)), to.or(Some(-1)))?)),
        other => other.parse().map(Traffic::Other).map_err(|_| {
            Error::invalid_parameter_value(format!(
                "Invalid value '{protocol}' for IP protocol. Unknown protocol."
            ))
        }),
    }
}

fn range_error(text: impl std::fmt::Display) -> Error {
    Error::invalid_parameter_value(format!("Invalid value '{text}' for portRange."))
}

fn ports(from: Option<i32>, to: Option<i32>) -> Result<PortRange, Error> {
    let (Some(from), Some(to)) = (from, to) else {
        return Err(range_error("Must specify both from and to ports with TCP/UDP."));
    };
    match (u16::try_from(from), u16::try_from(to)) {
        (Ok(first), Ok(last)) if first <= last => Ok(PortRange { from: first, to: last }),
        _ => Err(range_error(format_args!("{from}-{to}"))),
    }
}

fn icmp(kind: Option<i32>, code: Option<i32>) -> Result<IcmpKinds, Error> {
    let (Some(kind), Some(code)) = (kind, code) else {
        return Err(range_error("Must specify both type and code with ICMP."));
    };
    let number = |n: i32| match n {
        -1 => Ok(None),
        n => u8::try_from(n).map(Some).map_err(|_| range_error(format_args!("{kind}-{code}"))),
    };
    let kinds = IcmpKinds { kind: number(kind)?, code: number(code)? };
    if kinds.kind.is_none() && kinds.code.is_some() {
        return Err(range_error(format_args!("{kind}-{code}")));
    }
    Ok(kinds)
}

fn malformed(text: &str) -> Error {
    Error::invalid_parameter_value(format!("CIDR block {text} is malformed"))
}

/// "Amazon Web Services canonicalizes IPv4 and IPv6 CIDRs" (EC2 API reference, `IpRange`).
pub(super) fn ipv4(text: &str) -> Result<Ipv4Block, Error> {
    super::vpc::canonical("cidrIp", text).map_err(|_| malformed(text))
}

/// See [`ipv4`].
pub(super) fn ipv6(text: &str) -> Result<Ipv6Block, Error> {
    let parse = || {
        let (address, length) = text.split_once('/')?;
        let length = length.bytes().all(|b| b.is_ascii_digit()).then_some(length)?;
        Ipv6Block::around(address.parse().ok()?, length.parse().ok()?)
    };
    parse().ok_or_else(|| malformed(text))
}

/// A rule's description; an empty one is none.
pub(super) fn description(given: Option<&str>) -> Result<Option<String>, Error> {
    let Some(text) = given.filter(|text| !text.is_empty()) else { return Ok(None) };
    if text.chars().count() > 255 || !text.chars().all(is_allowed) {
        return Err(Error::invalid_parameter_value(
            "Invalid rule description. Valid descriptions are strings less than 256 characters from the following set:  a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*",
        ));
    }
    Ok(Some(text.to_owned()))
}

/// A rule as errors name it: `peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW`.
pub(super) fn worded(statement: &Statement) -> String {
    let peer = match &statement.peer {
        Peer::Ipv4(block) => block.to_string(),
        Peer::Ipv6(block) => block.to_string(),
        Peer::Group(id) => id.to_string(),
        Peer::PrefixList(id) => id.to_string(),
    };
    let ports = |name: &str, r: PortRange| format!("{name}, from port: {}, to port: {}", r.from, r.to);
    let kinds = |name: &str, k: IcmpKinds| {
        let number = |n: Option<u8>| n.map_or(-1, i32::from);
        format!("{name}, type: {}, code: {}", number(k.kind), number(k.code))
    };
    let traffic = match statement.traffic {
        Traffic::All => "ALL".to_owned(),
        Traffic::Tcp(range) => ports("TCP", range),
        Traffic::Udp(range) => ports("UDP", range),
        Traffic::Icmp(k) => kinds("ICMP", k),
        Traffic::Icmpv6(k) => kinds("ICMPv6", k),
        Traffic::Other(number) => format!("protocol: {number}"),
    };
    format!("peer: {peer}, {traffic}, ALLOW")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn protocols_and_ports_are_read_as_aws_does() {
        let tcp = |from, to| Traffic::Tcp(PortRange { from, to });
        let cases = [
            ("tcp", Some(80), Some(81), Some(tcp(80, 81))),
            ("6", Some(0), Some(65535), Some(tcp(0, 65535))),
            ("TCP", Some(80), None, None),
            ("tcp", Some(81), Some(80), None),
            ("udp", Some(-1), Some(-1), None),
            ("udp", Some(0), Some(65536), None),
            ("-1", Some(5), Some(6), Some(Traffic::All)),
            ("icmp", Some(8), Some(-1), Some(Traffic::Icmp(IcmpKinds { kind: Some(8), code: None }))),
            ("icmp", Some(-1), Some(0), None),
            ("icmp", None, None, None),
            ("icmpv6", None, None, Some(Traffic::Icmpv6(IcmpKinds { kind: None, code: None }))),
            ("50", None, None, Some(Traffic::Other(50))),
            ("256", None, None, None),
            ("esp", None, None, None),
            ("", None, None, None),
        ];
        for (protocol, from, to, expected) in cases {
            assert_eq!(traffic(Some(protocol), from, to).ok(), expected, "{protocol} {from:?} {to:?}");
        }
    }

    #[test]
    fn blocks_are_made_canonical() {
        assert_eq!(ipv4("100.68.0.18/18").map(|b| b.to_string()).ok().as_deref(), Some("100.68.0.0/18"));
        assert_eq!(ipv6("fd00::1/64").map(|b| b.to_string()).ok().as_deref(), Some("fd00::/64"));
        for text in ["", "10.0.0.0", "10.0.0.0/33", "10.0.0/8", "fd00::/64", "10.0.0.0/+8"] {
            assert!(ipv4(text).is_err(), "{text}");
        }
    }
}
