//! The packet filter of a VPC's namespace, as text for nft.
//!
//! Every packet between interfaces is routed through the namespace, so one hook sees all of them. What is fixed stands in base chains
//! that never change; what changes stands in sets, maps and chains of its own, so that the cost of a change does not grow with what else
//! there is:
//!
//! - `sources`: which link may send from which address; anything else is dropped before it is looked at. So is who comes from outside and says
//!   to be of the VPC.
//! - `egress`, `ingress`: an address of this node → the chain of its combination of security groups. Interfaces with the same groups share one.
//! - `out-GROUP`, `in-GROUP`: a group's rules. `members-GROUP`: the addresses of its interfaces, where a rule names it.
//!
//! - `foreign`: links that send as others too, load balancers that keep their clients' addresses. Their packets are judged by the link they come by
//!   and go to (`foreign-egress`, `foreign-ingress`), since addresses say nothing of them. Connections that begin there, and those that come from the
//!   node of such a link, are marked with who that was (`link-marks`, `station-marks`), and their answers are routed by the mark.
//! - `sheltered`: addresses of IPv6 with which nobody from outside begins a connection.
//! - `origins-GROUP`: marks of members of a group that a rule names. Who speaks as another is let in as himself too.
//!
//! Security groups are stateful, and each side of a connection has its own: bit 1 of the connection's mark says that the groups of the
//! one who opened it let it out, bit 2 that the groups of the other let it in. What is marked passes in both directions, whatever the rules
//! say later. As on AWS, a flow that a rule opens to everybody while the group lets every answer out again is not tracked: it ends with its rule.
//! Source: "Security group connection tracking", Amazon EC2 user guide, 2025.

pub(super) use crate::netfilter::Family;
use model::ec2::{Direction, IcmpKinds, IpBlock, Ipv4Block, Ipv6Block, PortRange, Traffic};
use model::fabric::{Group, Peer, Rule};
use std::fmt::Write;

/// The table of each family; they are alone in the namespace.
pub(super) const TABLE: &str = "longshore";
/// The end of the uplink inside the namespace.
pub(super) const UPLINK: &str = "uplink";
/// The overlay's link inside the namespace.
pub(super) const OVERLAY: &str = "overlay";
/// Links of interfaces begin with this.
pub(super) const PORTS: &str = "lsv";

/// The bits of marks that say where a connection began; those below are the groups'.
pub(super) const ORIGIN: u32 = 0xffff_ff00;
/// Set where a connection comes from another node with a source that is not over there: only who speaks as others can have begun it.
// AWS differs: a client that is on yet another node than the target is not told apart from itself, and its own groups alone count.
pub(super) const SPEAKS_AS_ANOTHER: u32 = 0x80;

/// A table that keeps connections tracked while the other one is replaced: the last rule that asks for them would take the tracking away.
const KEEPER: &str = "longshore-tracking";

/// The tables with everything that never changes, replacing those that an earlier run left.
///
/// `direct`: the other nodes' tasks come by the uplink, as who they are. Otherwise nobody of the VPC does, and who says so lies.
pub(super) fn base(families: &[Family], direct: bool) -> String {
    families.iter().map(|family| table(*family, direct)).collect()
}

/// Takes a table away that an earlier run may have left.
pub(super) fn without(family: Family) -> String {
    let family = family.word();
    format!(
        "add table {family} {TABLE}\ndelete table {family} {TABLE}\nadd table {family} {KEEPER}\ndelete table {family} {KEEPER}\n"
    )
}

fn table(family: Family, direct: bool) -> String {
    let (ip, address) = (family.word(), family.addresses());
    // Addresses of IPv6 are never translated, and no name server has one.
    let (translation, names) = match family {
        Family::V4 => (TRANSLATION, "udp dport 53 accept\n        tcp dport 53 accept"),
        Family::V6 => ("", ""),
    };
    // By IPv4 who has no public address is reached from nowhere else.
    let shelter = match family {
        Family::V4 => String::new(),
        Family::V6 => {
            format!("iifname \"{UPLINK}\" ct state new ip6 daddr @sheltered ip6 saddr != @blocks drop")
        }
    };
    let outside = match family {
        Family::V4 if !direct => format!("iifname \"{UPLINK}\" ip saddr @blocks drop"),
        Family::V4 => String::new(),
        // Who comes from outside is somebody whom the one he comes to would answer there: not a member, and nobody where no route leads out.
        Family::V6 => format!("iifname \"{UPLINK}\" fib saddr oifname != \"{UPLINK}\" drop"),
    };
    format!(
        r#"add table {ip} {KEEPER}
add chain {ip} {KEEPER} keep {{ type filter hook prerouting priority 300; policy accept; }}
flush chain {ip} {KEEPER} keep
add rule {ip} {KEEPER} keep ct state invalid accept
add table {ip} {TABLE}
delete table {ip} {TABLE}
table {ip} {TABLE} {{
    set sources {{ type ifname . {address}; }}
    map egress {{ type {address} : verdict; }}
    map ingress {{ type {address} : verdict; }}
    set foreign {{ type ifname; }}
    map foreign-egress {{ type ifname : verdict; }}
    map foreign-ingress {{ type ifname : verdict; }}
    map link-marks {{ type ifname : mark; }}
    map station-marks {{ type ether_addr : mark; }}
    set sheltered {{ type {address}; }}
    set blocks {{ type {address}; flags interval; auto-merge; }}
    {translation}
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
        iifname "{PORTS}*" iifname . {ip} saddr != @sources iifname != @foreign drop
        {outside}
    }}
    chain begin {{
        type filter hook prerouting priority mangle; policy accept;
        {shelter}
        ct direction reply ct mark and {ORIGIN:#x} != 0x0 meta mark set ct mark and {ORIGIN:#x}
        ct state new ct mark and {ORIGIN:#x} == 0x0 ct mark set iifname map @link-marks
        iifname "{OVERLAY}" ct state new ct mark and {ORIGIN:#x} == 0x0 ct mark set ether saddr map @station-marks
        iifname "{OVERLAY}" ct state new ct mark and {ORIGIN:#x} != 0x0 fib saddr oifname != "{OVERLAY}" ct mark set ct mark or {SPEAKS_AS_ANOTHER:#x}
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
        iifname vmap @foreign-egress
        {ip} saddr vmap @egress
    }}
    chain enter-interface {{
        type filter hook forward priority 10; policy drop;
        oifname != "{PORTS}*" accept
        ct state related accept
        ct direction original ct mark and 0x2 == 0x2 accept
        ct direction reply ct mark and 0x1 == 0x1 accept
        oifname vmap @foreign-ingress
        {ip} daddr vmap @ingress
    }}
    chain here {{
        type filter hook input priority 0; policy drop;
        iifname "lo" accept
        ct state established,related accept
        {names}
    }}
}}
"#
    )
}

/// What only the IPv4 side has: public addresses, and the way out.
const TRANSLATION: &str = r#"map public-in { type ipv4_addr : ipv4_addr; }
    map public-out { type ipv4_addr : ipv4_addr; }
    chain nat-gateways {
    }
    chain arrive {
        type nat hook prerouting priority dstnat; policy accept;
        dnat to ip daddr map @public-in
    }
    chain depart {
        type nat hook postrouting priority srcnat; policy accept;
        ip daddr @blocks accept
        oifname "uplink" snat to ip saddr map @public-out
        oifname "uplink" jump nat-gateways
        oifname "uplink" masquerade
    }"#;

/// Sets the blocks of the VPC: what goes to those of IPv4 is never translated, and who is of those of IPv6 is not outside.
pub(super) fn blocks(families: &[Family], ipv4: &[Ipv4Block], ipv6: &[Ipv6Block]) -> String {
    let of = |family: &Family| {
        let blocks: Vec<String> = match family {
            Family::V4 => ipv4.iter().map(ToString::to_string).collect(),
            Family::V6 => ipv6.iter().map(ToString::to_string).collect(),
        };
        let ip = family.word();
        let mut script = format!("flush set {ip} {TABLE} blocks\n");
        if !blocks.is_empty() {
            writeln!(script, "add element {ip} {TABLE} blocks {{ {} }}", blocks.join(", "))
                .expect("a string takes everything");
        }
        script
    };
    families.iter().map(of).collect()
}

/// Makes the two chains of a group where they are missing. Without rules they allow nothing.
pub(super) fn add_group_chains(families: &[Family], id: &str) -> String {
    let chains = |family: &Family| {
        let family = family.word();
        format!("add chain {family} {TABLE} in-{id}\nadd chain {family} {TABLE} out-{id}\n")
    };
    families.iter().map(chains).collect()
}

/// Takes the chains of a group away.
pub(super) fn delete_group_chains(families: &[Family], id: &str) -> String {
    let chains = |family: &Family| {
        let family = family.word();
        format!("delete chain {family} {TABLE} in-{id}\ndelete chain {family} {TABLE} out-{id}\n")
    };
    families.iter().map(chains).collect()
}

/// Sets the rules of a group whose chains exist. `known_list` says whether a prefix list is there.
pub(super) fn group(families: &[Family], group: &Group, known_list: impl Fn(&str) -> bool) -> String {
    families.iter().map(|family| group_of(*family, group, &known_list)).collect()
}

fn group_of(family: Family, group: &Group, known_list: &impl Fn(&str) -> bool) -> String {
    let (id, ip) = (&group.id, family.word());
    let mut script = format!("flush chain {ip} {TABLE} in-{id}\nflush chain {ip} {TABLE} out-{id}\n");
    for rule in &group.rules {
        let speaks_here = match &rule.peer {
            Peer::PrefixList(list) => known_list(list),
            Peer::Block(block) => Family::of_block(*block) == family,
            Peer::Group(_) => true,
        };
        if !speaks_here {
            continue;
        }
        let (chain, tracked) = match rule.direction {
            Direction::Ingress => ("in", "goto tracked-in"),
            Direction::Egress => ("out", "goto tracked-out"),
        };
        let peer = peer(family, rule);
        for (traffic, untracked) in traffic(family, group, rule) {
            let verdict = if untracked { "accept" } else { tracked };
            writeln!(script, "add rule {ip} {TABLE} {chain}-{id} {peer}{traffic}{verdict}")
                .expect("a string takes everything");
            if let (Direction::Ingress, Peer::Group(group)) = (rule.direction, &rule.peer) {
                let (bits, set) = (ORIGIN | SPEAKS_AS_ANOTHER, origins(group));
                let who = format!("ct mark and {bits:#x} @{set} ");
                writeln!(script, "add rule {ip} {TABLE} {chain}-{id} {who}{traffic}{verdict}")
                    .expect("a string takes everything");
            }
        }
    }
    script
}

/// The set of a group's members.
pub(super) fn members(group: &str) -> String {
    format!("members-{group}")
}

/// The set of the marks of a group's members.
pub(super) fn origins(group: &str) -> String {
    format!("origins-{group}")
}

pub(super) fn add_members(families: &[Family], group: &str) -> String {
    let set = |family: &Family| {
        let (ip, addresses) = (family.word(), family.addresses());
        let (members, origins) = (members(group), origins(group));
        format!(
            "add set {ip} {TABLE} {members} {{ type {addresses}; }}\nadd set {ip} {TABLE} {origins} {{ type mark; }}\n"
        )
    };
    families.iter().map(set).collect()
}

pub(super) fn delete_members(families: &[Family], group: &str) -> String {
    let set = |family: &Family| {
        let (ip, members, origins) = (family.word(), members(group), origins(group));
        format!("delete set {ip} {TABLE} {members}\ndelete set {ip} {TABLE} {origins}\n")
    };
    families.iter().map(set).collect()
}

/// Makes a prefix list's sets with just these blocks.
pub(super) fn prefix_list(families: &[Family], id: &str, blocks: &[IpBlock]) -> String {
    families.iter().map(|family| prefix_list_of(*family, id, blocks)).collect()
}

fn prefix_list_of(family: Family, id: &str, blocks: &[IpBlock]) -> String {
    let set = format!("list-{id}");
    let (ip, addresses) = (family.word(), family.addresses());
    let mut script = format!(
        "add set {ip} {TABLE} {set} {{ type {addresses}; flags interval; auto-merge; }}\nflush set {ip} {TABLE} {set}\n"
    );
    let blocks = blocks.iter().filter(|block| Family::of_block(**block) == family);
    let blocks: Vec<String> = blocks.map(ToString::to_string).collect();
    if !blocks.is_empty() {
        writeln!(script, "add element {ip} {TABLE} {set} {{ {} }}", blocks.join(", "))
            .expect("a string takes everything");
    }
    script
}

pub(super) fn delete_prefix_list(families: &[Family], id: &str) -> String {
    families.iter().map(|family| format!("delete set {} {TABLE} list-{id}\n", family.word())).collect()
}

/// The chains of a combination of groups.
pub(super) fn add_combination(families: &[Family], name: &str, groups: &[String]) -> String {
    let mut script = String::new();
    for (ip, direction) in families.iter().flat_map(|f| [(f.word(), "in"), (f.word(), "out")]) {
        let chain = format!("{direction}-{name}");
        writeln!(script, "add chain {ip} {TABLE} {chain}\nflush chain {ip} {TABLE} {chain}")
            .expect("a string takes everything");
        for group in groups {
            writeln!(script, "add rule {ip} {TABLE} {chain} jump {direction}-{group}")
                .expect("a string takes everything");
        }
    }
    script
}

pub(super) fn delete_combination(families: &[Family], name: &str) -> String {
    delete_group_chains(families, name)
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

fn peer(family: Family, rule: &Rule) -> String {
    let ip = family.word();
    let side = match rule.direction {
        Direction::Ingress => "saddr",
        Direction::Egress => "daddr",
    };
    match &rule.peer {
        Peer::Block(block) if block.prefix_len() == 0 => String::new(),
        Peer::Block(block) => format!("{ip} {side} {block} "),
        Peer::Group(group) => format!("{ip} {side} @{} ", members(group)),
        Peer::PrefixList(list) => format!("{ip} {side} @list-{list} "),
    }
}

/// The matches of a rule's traffic, each with whether it is left untracked.
fn traffic(family: Family, group: &Group, rule: &Rule) -> Vec<(String, bool)> {
    match (rule.traffic, family) {
        (Traffic::All, _) => {
            // TCP and UDP may go untracked, everything else never does.
            let mut matches = Vec::new();
            for (name, traffic) in [("tcp", Traffic::Tcp(EVERY_PORT)), ("udp", Traffic::Udp(EVERY_PORT))] {
                if untracked(family, group, rule, traffic) {
                    matches.push((format!("meta l4proto {name} "), true));
                }
            }
            matches.push((String::new(), false));
            matches
        }
        (Traffic::Tcp(range), _) => {
            vec![(ports("tcp", range), untracked(family, group, rule, rule.traffic))]
        }
        (Traffic::Udp(range), _) => {
            vec![(ports("udp", range), untracked(family, group, rule, rule.traffic))]
        }
        (Traffic::Icmp(kinds), Family::V4) => vec![(icmp("icmp", "icmp", kinds), false)],
        (Traffic::Icmpv6(kinds), Family::V6) => vec![(icmp("ipv6-icmp", "icmpv6", kinds), false)],
        // Each has its own.
        (Traffic::Icmp(_), Family::V6) | (Traffic::Icmpv6(_), Family::V4) => Vec::new(),
        (Traffic::Other(number), _) => vec![(format!("meta l4proto {number} "), false)],
    }
}

fn icmp(protocol: &str, header: &str, IcmpKinds { kind, code }: IcmpKinds) -> String {
    let mut text = format!("meta l4proto {protocol} ");
    if let Some(kind) = kind {
        write!(text, "{header} type {kind} ").expect("a string takes everything");
    }
    if let Some(code) = code {
        write!(text, "{header} code {code} ").expect("a string takes everything");
    }
    text
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
fn untracked(family: Family, group: &Group, rule: &Rule, traffic: Traffic) -> bool {
    let everybody = |peer: &Peer| matches!(peer, Peer::Block(block) if block.prefix_len() == 0 && Family::of_block(*block) == family);
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

    fn lines_of(family: Family, rules: Vec<Rule>) -> Vec<String> {
        let script = group(&[family], &Group { id: "sg-1".to_owned(), rules }, |list| list == "pl-1");
        let start = format!("add rule {} longshore ", family.word());
        script.lines().skip(2).map(|l| l.trim_start_matches(&start).to_owned()).collect()
    }

    fn lines(rules: Vec<Rule>) -> Vec<String> {
        lines_of(Family::V4, rules)
    }

    #[test]
    fn each_family_has_its_own_rules() {
        use Direction::{Egress, Ingress};
        let kinds = IcmpKinds { kind: Some(128), code: None };
        let tcp = Traffic::Tcp(PortRange { from: 80, to: 80 });
        let rules = vec![
            rule(Ingress, tcp, "fd00::/16"),
            rule(Ingress, tcp, "10.0.0.0/8"),
            rule(Ingress, tcp, "::/0"),
            rule(Ingress, tcp, "sg-2"),
            rule(Ingress, tcp, "pl-1"),
            rule(Ingress, Traffic::Icmpv6(kinds), "::/0"),
            rule(Ingress, Traffic::Icmp(kinds), "sg-2"),
            rule(Egress, Traffic::All, "::/0"),
        ];
        assert_eq!(
            lines_of(Family::V6, rules.clone()),
            [
                "in-sg-1 ip6 saddr fd00::/16 tcp dport 80 goto tracked-in",
                "in-sg-1 tcp dport 80 accept",
                "in-sg-1 ip6 saddr @members-sg-2 tcp dport 80 goto tracked-in",
                "in-sg-1 ct mark and 0xffffff80 @origins-sg-2 tcp dport 80 goto tracked-in",
                "in-sg-1 ip6 saddr @list-pl-1 tcp dport 80 goto tracked-in",
                "in-sg-1 meta l4proto ipv6-icmp icmpv6 type 128 goto tracked-in",
                "out-sg-1 goto tracked-out",
            ]
        );
        assert_eq!(
            lines(rules),
            [
                "in-sg-1 ip saddr 10.0.0.0/8 tcp dport 80 goto tracked-in",
                "in-sg-1 ip saddr @members-sg-2 tcp dport 80 goto tracked-in",
                "in-sg-1 ct mark and 0xffffff80 @origins-sg-2 tcp dport 80 goto tracked-in",
                "in-sg-1 ip saddr @list-pl-1 tcp dport 80 goto tracked-in",
                "in-sg-1 ip saddr @members-sg-2 meta l4proto icmp icmp type 128 goto tracked-in",
                "in-sg-1 ct mark and 0xffffff80 @origins-sg-2 meta l4proto icmp icmp type 128 goto tracked-in",
            ]
        );
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
                "in-sg-1 ct mark and 0xffffff80 @origins-sg-2 tcp dport 1000-2000 goto tracked-in",
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
