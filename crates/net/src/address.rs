//! Addresses: which block the bridge takes, which address an endpoint of the bridge takes. Pure.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A block of IPv4 addresses.
pub(crate) type Block = (Ipv4Addr, u8);

/// The mask of a prefix length as a number.
fn mask(prefix_len: u8) -> u32 {
    u32::MAX.checked_shl(32 - u32::from(prefix_len)).unwrap_or(0)
}

/// Whether two blocks share an address.
pub(crate) fn overlap(a: Block, b: Block) -> bool {
    let shorter = mask(a.1.min(b.1));
    u32::from(a.0) & shorter == u32::from(b.0) & shorter
}

/// The first candidate that overlaps with none of `taken`.
pub(crate) fn first_free(candidates: impl IntoIterator<Item = Block>, taken: &[Block]) -> Option<Block> {
    candidates.into_iter().find(|c| !taken.iter().any(|t| overlap(*c, *t)))
}

/// Blocks that a bridge may take: /20s of 172.16.0.0/12 from 172.28 on (clear of Docker's first networks), without the default VPC's 172.31.
pub(crate) fn bridge_candidates() -> impl Iterator<Item = Block> {
    (28..31u8)
        .chain(18..28)
        .flat_map(|second| (0..16u8).map(move |third| (Ipv4Addr::new(172, second, third * 16, 0), 20)))
}

/// Blocks that the link to a VPC's namespace may take: /30s of 169.254.64.0/18, clear of the addresses that AWS gives a meaning.
pub(crate) fn uplink_candidates() -> impl Iterator<Item = Block> {
    (64..128u8)
        .flat_map(|third| (0..64u8).map(move |fourth| (Ipv4Addr::new(169, 254, third, fourth * 4), 30)))
}

/// The IPv6 address of an end of such a link, by its IPv4 address. They are unique local ones, and none that a VPC gets by itself.
pub(crate) fn uplink_ipv6(address: Ipv4Addr) -> Ipv6Addr {
    let [a, b, c, d] = address.octets();
    let pair = |high, low| u16::from_be_bytes([high, low]);
    Ipv6Addr::new(0xfd4c, 0x5349, 0, 0, 0, 0, pair(a, b), pair(c, d))
}

/// How many of its bits all addresses of the link share.
pub(crate) const UPLINK_IPV6_PREFIX: u8 = 126;

/// The n-th address of a block.
pub(crate) fn nth(block: Block, n: u32) -> Ipv4Addr {
    Ipv4Addr::from((u32::from(block.0) & mask(block.1)).wrapping_add(n))
}

/// The lowest free address at or after `from` within a block, wrapping round; never the network, the router (base + 1) or the broadcast
/// address. Going on from the last one given keeps an address from being used again at once.
pub(crate) fn free_address(block: Block, taken: &BTreeSet<Ipv4Addr>, from: u32) -> Option<Ipv4Addr> {
    let usable = (!mask(block.1)).saturating_sub(2);
    let start = from % usable.max(1);
    (0..usable).map(|i| nth(block, 2 + (start + i) % usable)).find(|a| !taken.contains(a))
}

/// The MAC address of an endpoint of the bridge, made from its address as Docker does.
pub(crate) fn mac_of(address: Ipv4Addr) -> [u8; 6] {
    let [a, b, c, d] = address.octets();
    [0x02, 0x42, a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        let (address, len) = text.split_once('/').expect("a block");
        (address.parse().expect("an address"), len.parse().expect("a length"))
    }

    #[test]
    fn blocks_overlap_where_one_holds_the_other() {
        for (a, b, expected) in [
            ("10.0.0.0/8", "10.1.2.0/24", true),
            ("10.1.2.0/24", "10.0.0.0/8", true),
            ("10.0.0.0/24", "10.0.1.0/24", false),
            ("0.0.0.0/0", "10.0.1.0/24", true),
            ("10.0.0.4/30", "10.0.0.0/30", false),
        ] {
            assert_eq!(overlap(block(a), block(b)), expected, "{a} {b}");
        }
    }

    #[test]
    fn a_free_block_is_found_beside_the_taken_ones() {
        let taken = [block("172.28.0.0/16"), block("172.29.0.0/20")];
        assert_eq!(first_free(bridge_candidates(), &taken), Some(block("172.29.16.0/20")));
        assert_eq!(first_free(bridge_candidates(), &[block("172.16.0.0/12")]), None);
    }

    #[test]
    fn addresses_go_round_and_run_out() {
        let small = block("10.0.0.0/29");
        let mut taken = BTreeSet::new();
        let mut given = Vec::new();
        while let Some(address) = free_address(small, &taken, 3) {
            taken.insert(address);
            given.push(address.octets()[3]);
        }
        assert_eq!(given, [5, 6, 2, 3, 4]);
    }
}
