//! Which address of a subnet an interface gets.
//!
//! Deterministic: the same subnet, taken addresses and start give the same answer. AWS keeps five addresses of every subnet: the network's, the
//! router's (base + 1), the name server's (base + 2), one for later (base + 3), and the broadcast address.
//! Source: "Subnet CIDR blocks", Amazon VPC user guide, 2025.

use model::ec2::Ipv4Block;
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// The first addresses that nobody gets.
const RESERVED: u32 = 4;

/// A free address, looked for from the `start`-th usable one on and round. Starting elsewhere each time keeps an address that was given back
/// from being used again at once, while neighbours still remember its last owner. `None` where every one is taken.
pub fn allocate(block: Ipv4Block, taken: &BTreeSet<Ipv4Addr>, start: u64) -> Option<Ipv4Addr> {
    let usable = u32::try_from(block.size().min(u64::from(u32::MAX))).ok()?.checked_sub(RESERVED + 1)?;
    if usable == 0 || taken.len() >= usable as usize && free_count(block, taken, usable) == 0 {
        return None;
    }
    let first = u32::try_from(start % u64::from(usable)).ok()?;
    (0..usable)
        .filter_map(|step| block.nth(RESERVED + (first + step) % usable))
        .find(|address| !taken.contains(address))
}

fn free_count(block: Ipv4Block, taken: &BTreeSet<Ipv4Addr>, usable: u32) -> usize {
    let inside = taken.iter().filter(|a| block.contains(**a)).count();
    (usable as usize).saturating_sub(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usable_address_is_given_once_and_no_reserved_one() {
        let block: Ipv4Block = "10.0.0.0/28".parse().expect("a block");
        let mut taken = BTreeSet::new();
        let mut start = 7;
        while let Some(address) = allocate(block, &taken, start) {
            assert!(taken.insert(address), "{address} was given twice");
            start += 3;
        }
        let given: Vec<u8> = taken.iter().map(|a| a.octets()[3]).collect();
        assert_eq!(given, (4..15).collect::<Vec<u8>>());
    }

    #[test]
    fn an_address_that_came_back_waits_its_turn() {
        let block: Ipv4Block = "10.0.0.0/24".parse().expect("a block");
        let first = allocate(block, &BTreeSet::new(), 0);
        let second = allocate(block, &BTreeSet::new(), 1);
        assert_eq!((first, second), (Some(Ipv4Addr::new(10, 0, 0, 4)), Some(Ipv4Addr::new(10, 0, 0, 5))));
    }

    #[test]
    fn blocks_without_room_give_none() {
        for text in ["10.0.0.0/30", "10.0.0.0/31", "10.0.0.0/32"] {
            let block: Ipv4Block = text.parse().expect("a block");
            assert_eq!(allocate(block, &BTreeSet::new(), 0), None, "{text}");
        }
    }
}
