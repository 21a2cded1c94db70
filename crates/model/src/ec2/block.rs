//! Blocks of addresses in CIDR notation.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A block of IPv4 addresses, `ADDRESS/LENGTH`, whose address has no bit below the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ipv4Block {
    address: Ipv4Addr,
    prefix_len: u8,
}

/// The first addresses of a subnet that nobody gets: the network's, the router's (base + 1), the name server's (base + 2), and one for later.
/// Source: "Subnet CIDR blocks", Amazon VPC user guide, 2025, for both families.
const RESERVED_FIRST: u32 = 4;

/// How many addresses of a subnet nobody gets: those, and the last, which in IPv4 is the broadcast address.
pub const RESERVED: u32 = RESERVED_FIRST + 1;

impl Ipv4Block {
    /// Every address.
    pub const ANY: Self = Self { address: Ipv4Addr::UNSPECIFIED, prefix_len: 0 };

    /// `None` where the length is over 32 or a bit is set below the prefix.
    pub fn new(address: Ipv4Addr, prefix_len: u8) -> Option<Self> {
        let block = Self { address, prefix_len };
        (prefix_len <= 32 && u32::from(address) & !block.mask() == 0).then_some(block)
    }

    /// The block of that length which the address lies in. `None` where the length is over 32.
    pub fn around(address: Ipv4Addr, prefix_len: u8) -> Option<Self> {
        let block = Self { address, prefix_len };
        (prefix_len <= 32)
            .then(|| Self { address: Ipv4Addr::from(u32::from(address) & block.mask()), prefix_len })
    }

    pub fn address(self) -> Ipv4Addr {
        self.address
    }

    pub fn prefix_len(self) -> u8 {
        self.prefix_len
    }

    /// How many addresses it has.
    pub fn size(self) -> u64 {
        1 << (32 - self.prefix_len)
    }

    /// The n-th address, from 0. `None` past the end.
    pub fn nth(self, n: u32) -> Option<Ipv4Addr> {
        (u64::from(n) < self.size()).then(|| Ipv4Addr::from(u32::from(self.address) + n))
    }

    /// The last address.
    pub fn last(self) -> Ipv4Addr {
        Ipv4Addr::from(u32::from(self.address) | !self.mask())
    }

    pub fn contains(self, address: Ipv4Addr) -> bool {
        u32::from(address) & self.mask() == u32::from(self.address)
    }

    /// Whether all of `other` lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.prefix_len <= other.prefix_len && self.contains(other.address)
    }

    /// Whether two blocks share an address.
    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other.address) || other.contains(self.address)
    }

    /// How many addresses of a subnet of this block interfaces can have.
    pub fn usable(self) -> u64 {
        self.size().saturating_sub(u64::from(RESERVED))
    }

    /// Whether an interface of a subnet of this block can have the address.
    pub fn is_usable(self, address: Ipv4Addr) -> bool {
        self.contains(address)
            && u32::from(address) - u32::from(self.address) >= RESERVED_FIRST
            && address != self.last()
    }

    /// A free address for an interface of a subnet of this block, looked for from the `start`-th usable one on and round. Starting elsewhere each
    /// time keeps an address that was given back from being used again at once, while neighbours still remember its last owner. `None` where
    /// every one is taken.
    pub fn free_address(self, start: u64, taken: impl Fn(Ipv4Addr) -> bool) -> Option<Ipv4Addr> {
        self.search(RESERVED_FIRST, self.usable(), start, taken)
    }

    /// The same of a pool, where only the first and the last address are nobody's.
    pub fn free_of_pool(self, start: u64, taken: impl Fn(Ipv4Addr) -> bool) -> Option<Ipv4Addr> {
        self.search(1, self.size().saturating_sub(2), start, taken)
    }

    fn search(
        self,
        first: u32,
        count: u64,
        start: u64,
        taken: impl Fn(Ipv4Addr) -> bool,
    ) -> Option<Ipv4Addr> {
        let begin = start.checked_rem(count)?;
        (0..count)
            .filter_map(|step| self.nth(first.checked_add(u32::try_from((begin + step) % count).ok()?)?))
            .find(|address| !taken(*address))
    }

    fn mask(self) -> u32 {
        u32::MAX.checked_shl(32 - u32::from(self.prefix_len)).unwrap_or(0)
    }
}

impl fmt::Display for Ipv4Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix_len)
    }
}

/// A text that is no block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a block of addresses")]
pub struct NotABlock(pub String);

impl FromStr for Ipv4Block {
    type Err = NotABlock;

    fn from_str(text: &str) -> Result<Self, NotABlock> {
        let parse = || {
            let (address, prefix_len) = split(text)?;
            Self::new(address, prefix_len)
        };
        parse().ok_or_else(|| NotABlock(text.to_owned()))
    }
}

/// A block of IPv6 addresses, `ADDRESS/LENGTH`, whose address has no bit below the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ipv6Block {
    address: Ipv6Addr,
    prefix_len: u8,
}

impl Ipv6Block {
    /// Every address.
    pub const ANY: Self = Self { address: Ipv6Addr::UNSPECIFIED, prefix_len: 0 };

    /// `None` where the length is over 128 or a bit is set below the prefix.
    pub fn new(address: Ipv6Addr, prefix_len: u8) -> Option<Self> {
        let block = Self { address, prefix_len };
        (prefix_len <= 128 && u128::from(address) & !block.mask() == 0).then_some(block)
    }

    /// The block of that length which the address lies in. `None` where the length is over 128.
    pub fn around(address: Ipv6Addr, prefix_len: u8) -> Option<Self> {
        let block = Self { address, prefix_len };
        (prefix_len <= 128)
            .then(|| Self { address: Ipv6Addr::from(u128::from(address) & block.mask()), prefix_len })
    }

    pub fn address(self) -> Ipv6Addr {
        self.address
    }

    pub fn prefix_len(self) -> u8 {
        self.prefix_len
    }

    /// The n-th block of length `prefix_len` within this one, from 0. `None` past the end, or where that length is shorter than this one's.
    pub fn nth_block(self, n: u64, prefix_len: u8) -> Option<Self> {
        let bits = prefix_len.checked_sub(self.prefix_len).filter(|bits| *bits < 64)?;
        let shift = 128u8.checked_sub(prefix_len)?;
        (n < 1 << bits).then(|| Self {
            address: Ipv6Addr::from(u128::from(self.address) | u128::from(n) << shift),
            prefix_len,
        })
    }

    /// The n-th address, from 0. `None` past the end.
    pub fn nth(self, n: u128) -> Option<Ipv6Addr> {
        (n & self.mask() == 0).then(|| Ipv6Addr::from(u128::from(self.address) | n))
    }

    pub fn contains(self, address: Ipv6Addr) -> bool {
        u128::from(address) & self.mask() == u128::from(self.address)
    }

    /// Whether an interface of a subnet of this block can have the address.
    pub fn is_usable(self, address: Ipv6Addr) -> bool {
        let place = u128::from(address) & !self.mask();
        self.contains(address) && place >= u128::from(RESERVED_FIRST) && place != !self.mask()
    }

    /// The address that a number drawn at random stands for, of those that an interface of a subnet of this block can have. `None` where there are none.
    pub fn usable(self, number: u128) -> Option<Ipv6Addr> {
        // The whole of IPv6 has one address more than a number has values.
        let count = (!self.mask()).checked_sub(u128::from(RESERVED - 1)).filter(|count| *count > 0)?;
        self.nth(u128::from(RESERVED_FIRST) + number % count)
    }

    /// Whether all of `other` lies in it.
    pub fn covers(self, other: Self) -> bool {
        self.prefix_len <= other.prefix_len && self.contains(other.address)
    }

    /// Whether two blocks share an address.
    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other.address) || other.contains(self.address)
    }

    fn mask(self) -> u128 {
        u128::MAX.checked_shl(128 - u32::from(self.prefix_len)).unwrap_or(0)
    }
}

impl fmt::Display for Ipv6Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix_len)
    }
}

impl FromStr for Ipv6Block {
    type Err = NotABlock;

    fn from_str(text: &str) -> Result<Self, NotABlock> {
        let parse = || {
            let (address, prefix_len) = split(text)?;
            Self::new(address, prefix_len)
        };
        parse().ok_or_else(|| NotABlock(text.to_owned()))
    }
}

/// Address and length of a text; the length in digits alone.
fn split<A: FromStr>(text: &str) -> Option<(A, u8)> {
    let (address, prefix_len) = text.split_once('/')?;
    let digits = prefix_len.bytes().all(|b| b.is_ascii_digit());
    digits.then_some(())?;
    Some((address.parse().ok()?, prefix_len.parse().ok()?))
}

/// A block of either family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IpBlock {
    V4(Ipv4Block),
    V6(Ipv6Block),
}

impl IpBlock {
    /// The block of one address.
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::V4(Ipv4Block { address, prefix_len: 32 }),
            IpAddr::V6(address) => Self::V6(Ipv6Block { address, prefix_len: 128 }),
        }
    }

    pub fn address(self) -> IpAddr {
        match self {
            Self::V4(block) => block.address.into(),
            Self::V6(block) => block.address.into(),
        }
    }

    pub fn prefix_len(self) -> u8 {
        match self {
            Self::V4(block) => block.prefix_len,
            Self::V6(block) => block.prefix_len,
        }
    }

    pub fn is_ipv6(self) -> bool {
        matches!(self, Self::V6(_))
    }
}

impl From<Ipv4Block> for IpBlock {
    fn from(block: Ipv4Block) -> Self {
        Self::V4(block)
    }
}

impl From<Ipv6Block> for IpBlock {
    fn from(block: Ipv6Block) -> Self {
        Self::V6(block)
    }
}

impl fmt::Display for IpBlock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(block) => block.fmt(f),
            Self::V6(block) => block.fmt(f),
        }
    }
}

impl FromStr for IpBlock {
    type Err = NotABlock;

    fn from_str(text: &str) -> Result<Self, NotABlock> {
        text.parse().map(Self::V4).or_else(|_| text.parse().map(Self::V6))
    }
}

macro_rules! as_text {
    ($($block:ty),*) => {
        $(
            impl Serialize for $block {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }

            impl<'de> Deserialize<'de> for $block {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
                }
            }
        )*
    };
}

as_text!(Ipv4Block, Ipv6Block, IpBlock);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn v4(text: &str) -> Ipv4Block {
        text.parse().expect("a block")
    }

    #[test]
    fn blocks_are_parsed_shown_and_compared() {
        let (vpc, subnet) = (v4("172.31.0.0/16"), v4("172.31.16.0/20"));
        assert_eq!(subnet.to_string(), "172.31.16.0/20");
        assert!(vpc.overlaps(subnet) && subnet.overlaps(vpc));
        assert!(vpc.covers(subnet) && !subnet.covers(vpc) && vpc.covers(vpc));
        assert_eq!((subnet.size(), subnet.nth(1)), (4096, Some(Ipv4Addr::new(172, 31, 16, 1))));
        assert_eq!((subnet.nth(4096), subnet.last()), (None, Ipv4Addr::new(172, 31, 31, 255)));
        for text in ["172.31.0.1/16", "172.31.0.0", "1.2.3.4/33", "x/8", "1.2.3.0/+24"] {
            assert!(text.parse::<Ipv4Block>().is_err(), "{text}");
        }
        assert!(Ipv4Block::ANY.contains(Ipv4Addr::new(9, 9, 9, 9)));
        assert_eq!(Ipv4Block::around(Ipv4Addr::new(10, 1, 2, 3), 16), Some(v4("10.1.0.0/16")));
    }

    #[test]
    fn blocks_of_ipv6_are_cut() {
        let pool: Ipv6Block = "fd00:1::/32".parse().expect("a block");
        let third = pool.nth_block(2, 56).expect("there are many");
        assert_eq!(third.to_string(), "fd00:1:0:200::/56");
        assert!(pool.covers(third) && !third.covers(pool) && third.overlaps(pool));
        assert_eq!(pool.nth_block(1 << 24, 56), None);
        assert!("fd00::1/64".parse::<Ipv6Block>().is_err());
        assert_eq!("fd00::/64".parse(), Ok(IpBlock::V6("fd00::/64".parse().expect("a block"))));
    }

    #[test]
    fn no_reserved_address_of_ipv6_is_drawn() {
        let v6 = |text: &str| text.parse::<Ipv6Block>().expect("a block");
        let subnet = v6("fd00:0:0:7::/64");
        for (number, expected) in [
            (0, "fd00:0:0:7::4"),
            (u128::from(u64::MAX) - 5, "fd00::7:ffff:ffff:ffff:fffe"),
            (u128::from(u64::MAX) - 4, "fd00:0:0:7::4"),
        ] {
            let address = subnet.usable(number).expect("there are many");
            assert_eq!(
                (address.to_string().as_str(), subnet.is_usable(address)),
                (expected, true),
                "{number}"
            );
        }
        for (address, usable) in [
            ("::", false),
            ("::3", false),
            ("::4", true),
            ("::fffe", true),
            ("::ffff", false),
            ("1::4", false),
        ] {
            assert_eq!(v6("::/112").is_usable(address.parse().expect("an address")), usable, "{address}");
        }
        let five: Vec<_> = (0..4).map(|n| v6("::/125").usable(n).map(|a| a.octets()[15])).collect();
        assert_eq!(five, [Some(4), Some(5), Some(6), Some(4)]);
        assert_eq!((v6("::/126").usable(0), v6("::/128").usable(0)), (None, None));
    }

    #[test]
    fn every_usable_address_is_given_once_and_no_reserved_one() {
        let mut taken = BTreeSet::new();
        let mut start = 7;
        while let Some(address) = v4("10.0.0.0/28").free_address(start, |a| taken.contains(&a)) {
            assert!(taken.insert(address), "{address} was given twice");
            assert!(v4("10.0.0.0/28").is_usable(address));
            start += 3;
        }
        let given: Vec<u8> = taken.iter().map(|a| a.octets()[3]).collect();
        assert_eq!(given, (4..15).collect::<Vec<u8>>());
    }

    #[test]
    fn a_pool_gives_all_but_its_ends() {
        let mut taken = BTreeSet::new();
        while let Some(address) = v4("198.18.0.0/30").free_of_pool(1, |a| taken.contains(&a)) {
            taken.insert(address);
        }
        let given: Vec<u8> = taken.iter().map(|a| a.octets()[3]).collect();
        assert_eq!(given, [1, 2]);
    }

    #[test]
    fn an_address_that_came_back_waits_its_turn() {
        let block = v4("10.0.0.0/24");
        let given = |start| block.free_address(start, |_| false).map(|a| a.octets()[3]);
        assert_eq!((given(0), given(1), given(251)), (Some(4), Some(5), Some(4)));
    }

    #[test]
    fn blocks_without_room_give_none() {
        for text in ["10.0.0.0/30", "10.0.0.0/31", "10.0.0.0/32"] {
            assert_eq!(v4(text).free_address(0, |_| false), None, "{text}");
        }
    }
}
