use super::*;

fn blocks(texts: &[&str]) -> Vec<Block> {
    let block = |text: &&str| {
        let (address, len) = text.split_once('/').expect("a block");
        Block { address: address.parse().expect("an address"), prefix_len: len.parse().expect("a length") }
    };
    texts.iter().map(block).collect()
}

const SPARED: Spared = Spared(Ipv4Addr::new(169, 254, 170, 2));

#[test]
fn a_sound_network_has_no_table() {
    let text = script("t", &[], &["eth0".into()], SPARED);
    assert_eq!(text, "add table inet t\ndelete table inet t\nadd table netdev t\ndelete table netdev t\n");
}

#[test]
fn rules_follow_the_faults() {
    let hole = |direction, except: &[&str]| {
        let (protocol, port) = (TransportProtocol::Udp, 53);
        Fault::Blackhole(Blackhole { direction, protocol, port, except: blocks(except) })
    };
    let flows =
        Flows { to: blocks(&["10.0.0.0/8", "fd00::/8"]), except: blocks(&["10.1.0.1/32"]), percent: 30 };
    let faults = [
        hole(Direction::Ingress, &["10.0.0.9/32"]),
        hole(Direction::Egress, &[]),
        Fault::Loss { flows, percent: 100 },
    ];
    let text = script("t", &faults, &["eth0".into()], SPARED);
    let expected = [
        "add rule inet t input ip daddr 169.254.170.2 accept",
        "add rule inet t input udp dport 53 ip saddr 10.0.0.9/32 accept",
        "add rule inet t input udp dport 53 drop",
        "add rule inet t output ip daddr 169.254.170.2 accept",
        "add rule inet t output udp dport 53 drop",
        "add rule netdev t loss symhash mod 100 < 30 drop",
        "add rule netdev t egress ip daddr 10.1.0.1/32 accept",
        "add rule netdev t egress ip daddr 10.0.0.0/8 goto loss",
        "add rule netdev t egress ip6 daddr fd00::/8 goto loss",
    ];
    let rules: Vec<&str> = text.lines().filter(|l| l.starts_with("add rule")).collect();
    assert_eq!(rules, expected);
}

/// The bytes that `tc qdisc add … netem delay 100ms 5ms` has for the same.
#[test]
fn structures_of_the_kernel() {
    assert_eq!(prio().len(), 20);
    let bytes = netem(100, 5);
    assert_eq!(bytes.len(), 24 + 12 + 12);
    assert_eq!(bytes[4..8], 1000u32.to_ne_bytes());
    assert_eq!(bytes[28..36], 100_000_000i64.to_ne_bytes());
    assert_eq!(bytes[40..48], 5_000_000i64.to_ne_bytes());
}
