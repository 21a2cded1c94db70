//! The packet filter of a VPC's namespace, as text for nft.
//!
//! Every packet between interfaces is routed through the namespace, so one hook sees all of them. What is fixed stands in base chains
//! that never change; what changes stands in sets, maps and chains of its own, so that the cost of a change does not grow with what else
//! there is:
//!
//! - `sources`: which link may send from which address; anything else is dropped before it is looked at.
//! - `egress`, `ingress`: an address of this node → the chain of its combination of security groups. Interfaces with the same groups share one.
//! - `out-GROUP`, `in-GROUP`: a group's rules. `members-GROUP`: the addresses of its interfaces, where a rule names it.
//!
//! Security groups are stateful, and each side of a connection has its own: bit 1 of the connection's mark says that the groups of the
//! one who opened it let it out, bit 2 that the groups of the other let it in. What is marked passes in both directions, whatever the rules
//! say later. As on AWS, a flow that a rule opens to everybody while the group lets every answer out again is not tracked: it ends with its rule.
//! Source: "Security group connection tracking", Amazon EC2 user guide, 2025.

use model::ec2::{Direction, IcmpKinds, PortRange, Traffic};
use model::fabric::{Group, Peer, Rule};
use std::fmt::Write;

/// The table; it is alone in the namespace.
pub(super) const TABLE: &str = "longshore";
/// The end of the uplink inside the namespace.
pub(super) const UPLINK: &str = "uplink";
/// The overlay's link inside the namespace.
pub(super) const OVERLAY: &str = "overlay";
/// Links of interfaces begin with this.
pub(super) const PORTS: &str = "lsv";

/// A table that keeps connections tracked while the other one is replaced: the last rule that asks for them would take the tracking away.
const KEEPER: &str = "longshore-tracking";

/// The table with everything that never changes, replacing one that an earlier run left.
pub(super) fn base() -> String {
    format!(
        r#"add table ip {KEEPER}
add chain ip {KEEPER} keep {{ type filter hook prerouting priority 300; policy accept; }}
flush chain ip {KEEPER} keep
add rule ip {KEEPER} keep ct state invalid accept
add table ip {TABLE}
delete table ip {TABLE}
table ip {TABLE} {{
    set sources {{ type ifname . ipv4_addr; }}
    map egress {{ type ipv4_addr : verdict; }}
    map ingress {{ type ipv4_addr : verdict; }}
    map public-in {{ type ipv4_addr : ipv4_addr; }}
    map public-out {{ type ipv4_addr : ipv4_addr; }}
    set blocks {{ type ipv4_addr; flags interval; auto-merge; }}
    chain nat-gateways {{
    }}
    chain tracked-out {{
        ct direction original ct mark set ct mark or 0x1
        accept
    }}
    chain tracked-in {{
        ct direction original ct mark set ct mark or 0x2
        accept
    }}
    chain source {{
        type filter hook prerouting priority raw; policy accept;
        iifname "{PORTS}*" iifname . ip saddr != @sources drop
    }}
    chain arrive {{
        type nat hook prerouting priority dstnat; policy accept;
        dnat to ip daddr map @public-in
    }}
    chain segment {{
        type filter hook forward priority mangle; policy accept;
        oifname "{OVERLAY}" tcp flags syn / syn,rst tcp option maxseg size set rt mtu
        iifname "{OVERLAY}" tcp flags syn / syn,rst tcp option maxseg size set rt mtu
    }}
    chain leave-interface {{
        type filter hook forward priority 0; policy drop;
        iifname != "{PORTS}*" accept
        ct state related accept
        ct direction original ct mark and 0x1 == 0x1 accept
        ct direction reply ct mark and 0x2 == 0x2 accept
        ip saddr vmap @egress
    }}
    chain enter-interface {{
        type filter hook forward priority 10; policy drop;
        oifname != "{PORTS}*" accept
        ct state related accept
        ct direction original ct mark and 0x2 == 0x2 accept
        ct direction reply ct mark and 0x1 == 0x1 accept
        ip daddr vmap @ingress
    }}
    chain here {{
        type filter hook input priority 0; policy drop;
        iifname "lo" accept
        ct state established,related accept
        udp dport 53 accept
        tcp dport 53 accept
    }}
    chain depart {{
        type nat hook postrouting priority srcnat; policy accept;
        ip daddr @blocks accept
        oifname "{UPLINK}" snat to ip saddr map @public-out
        oifname "{UPLINK}" jump nat-gateways
        oifname "{UPLINK}" masquerade
    }}
}}
"#
    )
}

/// Sets the blocks of the VPC: what goes to them is never translated.
pub(super) fn blocks(blocks: &[model::ec2::Ipv4Block]) -> String {
    let mut script = format!("flush set ip {TABLE} blocks\n");
    if !blocks.is_empty() {
        let blocks: Vec<String> = blocks.iter().map(ToString::to_string).collect();
        writeln!(script, "add element ip {TABLE} blocks {{ {} }}", blocks.join(", "))
            .expect("a string takes everything");
    }
    script
}

/// Makes the two chains of a group where they are missing. Without rules they allow nothing.
pub(super) fn add_group_chains(id: &str) -> String {
    format!("add chain ip {TABLE} in-{id}\nadd chain ip {TABLE} out-{id}\n")
}

/// Takes the chains of a group away.
pub(super) fn delete_group_chains(id: &str) -> String {
    format!("delete chain ip {TABLE} in-{id}\ndelete chain ip {TABLE} out-{id}\n")
}

/// Sets the rules of a group whose chains exist. `known_list` says whether a prefix list is there.
pub(super) fn group(group: &Group, known_list: impl Fn(&str) -> bool) -> String {
    let id = &group.id;
    let mut script = format!("flush chain ip {TABLE} in-{id}\nflush chain ip {TABLE} out-{id}\n");
    for rule in &group.rules {
        if let Peer::PrefixList(list) = &rule.peer
            && !known_list(list)
        {
            continue;
        }
        let (chain, tracked) = match rule.direction {
            Direction::Ingress => ("in", "goto tracked-in"),
            Direction::Egress => ("out", "goto tracked-out"),
        };
        let peer = peer(rule);
        for (traffic, untracked) in traffic(group, rule) {
            let verdict = if untracked { "accept" } else { tracked };
            writeln!(script, "add rule ip {TABLE} {chain}-{id} {peer}{traffic}{verdict}")
                .expect("a string takes everything");
        }
    }
    script
}

/// The set of a group's members.
pub(super) fn members(group: &str) -> String {
    format!("members-{group}")
}

pub(super) fn add_members(group: &str) -> String {
    format!("add set ip {TABLE} {} {{ type ipv4_addr; }}\n", members(group))
}

pub(super) fn delete_members(group: &str) -> String {
    format!("delete set ip {TABLE} {}\n", members(group))
}

/// Makes a prefix list's set with just these blocks.
pub(super) fn prefix_list(id: &str, blocks: &[model::ec2::Ipv4Block]) -> String {
    let set = format!("list-{id}");
    let mut script = format!(
        "add set ip {TABLE} {set} {{ type ipv4_addr; flags interval; auto-merge; }}\nflush set ip {TABLE} {set}\n"
    );
    if !blocks.is_empty() {
        let blocks: Vec<String> = blocks.iter().map(ToString::to_string).collect();
        writeln!(script, "add element ip {TABLE} {set} {{ {} }}", blocks.join(", "))
            .expect("a string takes everything");
    }
    script
}

pub(super) fn delete_prefix_list(id: &str) -> String {
    format!("delete set ip {TABLE} list-{id}\n")
}

/// The chains of a combination of groups.
pub(super) fn add_combination(name: &str, groups: &[String]) -> String {
    let mut script = String::new();
    for direction in ["in", "out"] {
        let chain = format!("{direction}-{name}");
        writeln!(script, "add chain ip {TABLE} {chain}\nflush chain ip {TABLE} {chain}")
            .expect("a string takes everything");
        for group in groups {
            writeln!(script, "add rule ip {TABLE} {chain} jump {direction}-{group}")
                .expect("a string takes everything");
        }
    }
    script
}

pub(super) fn delete_combination(name: &str) -> String {
    delete_group_chains(name)
}

/// Sets which public address stands for which NAT gateway: (the realm of its routes, the address).
pub(super) fn nat_gateways<'a>(gateways: impl Iterator<Item = (u16, &'a std::net::Ipv4Addr)>) -> String {
    let mut script = format!("flush chain ip {TABLE} nat-gateways\n");
    for (realm, address) in gateways {
        writeln!(script, "add rule ip {TABLE} nat-gateways rt classid {realm} snat to {address}")
            .expect("a string takes everything");
    }
    script
}

fn peer(rule: &Rule) -> String {
    let side = match rule.direction {
        Direction::Ingress => "saddr",
        Direction::Egress => "daddr",
    };
    match &rule.peer {
        Peer::Block(block) if block.prefix_len() == 0 => String::new(),
        Peer::Block(block) => format!("ip {side} {block} "),
        Peer::Group(group) => format!("ip {side} @{} ", members(group)),
        Peer::PrefixList(list) => format!("ip {side} @list-{list} "),
    }
}

/// The matches of a rule's traffic, each with whether it is left untracked.
fn traffic(group: &Group, rule: &Rule) -> Vec<(String, bool)> {
    match rule.traffic {
        Traffic::All => {
            // TCP and UDP may go untracked, everything else never does.
            let mut matches = Vec::new();
            for (name, traffic) in [("tcp", Traffic::Tcp(EVERY_PORT)), ("udp", Traffic::Udp(EVERY_PORT))] {
                if untracked(group, rule, traffic) {
                    matches.push((format!("meta l4proto {name} "), true));
                }
            }
            matches.push((String::new(), false));
            matches
        }
        Traffic::Tcp(range) => vec![(ports("tcp", range), untracked(group, rule, rule.traffic))],
        Traffic::Udp(range) => vec![(ports("udp", range), untracked(group, rule, rule.traffic))],
        // This is the IPv4 side of the network.
        Traffic::Icmpv6(_) => Vec::new(),
        Traffic::Icmp(IcmpKinds { kind, code }) => {
            let mut text = "meta l4proto icmp ".to_owned();
            if let Some(kind) = kind {
                write!(text, "icmp type {kind} ").expect("a string takes everything");
            }
            if let Some(code) = code {
                write!(text, "icmp code {code} ").expect("a string takes everything");
            }
            vec![(text, false)]
        }
        Traffic::Other(number) => vec![(format!("meta l4proto {number} "), false)],
    }
}

const EVERY_PORT: PortRange = PortRange { from: 0, to: u16::MAX };

fn ports(protocol: &str, range: PortRange) -> String {
    match (range.from, range.to) {
        (0, u16::MAX) => format!("meta l4proto {protocol} "),
        (from, to) if from == to => format!("{protocol} dport {from} "),
        (from, to) => format!("{protocol} dport {from}-{to} "),
    }
}

/// Whether flows of this traffic that the rule allows are left untracked: it is open to everybody, and the same group lets every answer pass.
// AWS differs: AWS looks for the answering rule in all groups of the interface, we in the same group. A flow that we track though AWS would not
// lives on when its rule is removed.
fn untracked(group: &Group, rule: &Rule, traffic: Traffic) -> bool {
    let everybody = |peer: &Peer| matches!(peer, Peer::Block(block) if block.prefix_len() == 0);
    let answers = |other: &Rule| {
        other.direction != rule.direction
            && everybody(&other.peer)
            && match (traffic, other.traffic) {
                (_, Traffic::All) => true,
                (Traffic::Tcp(_), Traffic::Tcp(range)) | (Traffic::Udp(_), Traffic::Udp(range)) => {
                    range == EVERY_PORT
                }
                _ => false,
            }
    };
    everybody(&rule.peer) && group.rules.iter().any(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(direction: Direction, traffic: Traffic, peer: &str) -> Rule {
        let peer = match peer.parse() {
            Ok(block) => Peer::Block(block),
            Err(_) if peer.starts_with("pl-") => Peer::PrefixList(peer.to_owned()),
            Err(_) => Peer::Group(peer.to_owned()),
        };
        Rule { direction, traffic, peer }
    }

    fn lines(rules: Vec<Rule>) -> Vec<String> {
        let script = group(&Group { id: "sg-1".to_owned(), rules }, |list| list == "pl-1");
        script.lines().skip(2).map(|l| l.trim_start_matches("add rule ip longshore ").to_owned()).collect()
    }

    #[test]
    fn rules_become_matches() {
        use Direction::{Egress, Ingress};
        let tcp = |from, to| Traffic::Tcp(PortRange { from, to });
        let icmp = |kind| Traffic::Icmp(IcmpKinds { kind, code: None });
        let found = lines(vec![
            rule(Ingress, tcp(80, 80), "10.0.0.0/8"),
            rule(Ingress, tcp(1000, 2000), "sg-2"),
            rule(Ingress, Traffic::Udp(EVERY_PORT), "pl-1"),
            rule(Ingress, icmp(Some(8)), "10.0.0.0/8"),
            rule(Ingress, icmp(None), "10.0.0.0/8"),
            rule(Ingress, Traffic::Other(47), "10.0.0.1/32"),
            rule(Egress, Traffic::All, "10.0.0.0/8"),
            rule(Egress, Traffic::All, "pl-unknown"),
        ]);
        assert_eq!(
            found,
            [
                "in-sg-1 ip saddr 10.0.0.0/8 tcp dport 80 goto tracked-in",
                "in-sg-1 ip saddr @members-sg-2 tcp dport 1000-2000 goto tracked-in",
                "in-sg-1 ip saddr @list-pl-1 meta l4proto udp goto tracked-in",
                "in-sg-1 ip saddr 10.0.0.0/8 meta l4proto icmp icmp type 8 goto tracked-in",
                "in-sg-1 ip saddr 10.0.0.0/8 meta l4proto icmp goto tracked-in",
                "in-sg-1 ip saddr 10.0.0.1/32 meta l4proto 47 goto tracked-in",
                "out-sg-1 ip daddr 10.0.0.0/8 goto tracked-out",
            ]
        );
    }

    #[test]
    fn what_is_open_both_ways_is_untracked() {
        use Direction::{Egress, Ingress};
        let found = lines(vec![
            rule(Ingress, Traffic::Tcp(PortRange { from: 80, to: 80 }), "0.0.0.0/0"),
            rule(Ingress, Traffic::Icmp(IcmpKinds { kind: None, code: None }), "0.0.0.0/0"),
            rule(Ingress, Traffic::Udp(EVERY_PORT), "0.0.0.0/0"),
            rule(Egress, Traffic::All, "0.0.0.0/0"),
        ]);
        assert_eq!(
            found,
            [
                "in-sg-1 tcp dport 80 accept",
                "in-sg-1 meta l4proto icmp goto tracked-in",
                "in-sg-1 meta l4proto udp accept",
                "out-sg-1 meta l4proto udp accept",
                "out-sg-1 goto tracked-out",
            ]
        );
    }
}
