//! The records of EC2 networking. So far the default VPC with its subnets, which every account has from its first start.

use crate::ids::{Scope, SecurityGroupId, SubnetId, VpcId};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

/// A block of IPv4 addresses, `ADDRESS/LENGTH`, whose address has no bit below the prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ipv4Block {
    address: Ipv4Addr,
    prefix_len: u8,
}

impl Ipv4Block {
    /// `None` where the length is over 32 or a bit is set below the prefix.
    pub fn new(address: Ipv4Addr, prefix_len: u8) -> Option<Self> {
        let block = Self { address, prefix_len };
        (prefix_len <= 32 && u32::from(address) & !block.mask() == 0).then_some(block)
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

    pub fn contains(self, address: Ipv4Addr) -> bool {
        u32::from(address) & self.mask() == u32::from(self.address)
    }

    /// Whether two blocks share an address.
    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other.address) || other.contains(self.address)
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
#[error("'{0}' is not a block of IPv4 addresses")]
pub struct NotABlock(pub String);

impl FromStr for Ipv4Block {
    type Err = NotABlock;

    fn from_str(text: &str) -> Result<Self, NotABlock> {
        let parse = || {
            let (address, prefix_len) = text.split_once('/')?;
            Self::new(address.parse().ok()?, prefix_len.parse().ok()?)
        };
        parse().ok_or_else(|| NotABlock(text.to_owned()))
    }
}

impl Serialize for Ipv4Block {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Ipv4Block {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// A VPC. Key: its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Vpc {
    pub id: VpcId,
    pub scope: Scope,
    pub block: Ipv4Block,
    pub is_default: bool,
}

/// A subnet, all of it in one zone. Key: its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subnet {
    pub id: SubnetId,
    pub scope: Scope,
    pub vpc: VpcId,
    pub block: Ipv4Block,
    /// Such as `us-east-1a`.
    pub zone: String,
    pub default_for_zone: bool,
}

impl Subnet {
    /// The subnet's router: base + 1.
    pub fn gateway(&self) -> Ipv4Addr {
        self.block.nth(1).expect("a subnet has 16 addresses at least")
    }
}

/// A security group. Key: its id. Rules follow with the EC2 API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SecurityGroup {
    pub id: SecurityGroupId,
    pub scope: Scope,
    pub vpc: VpcId,
    pub name: String,
    pub description: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_parsed_shown_and_compared() {
        let vpc: Ipv4Block = "172.31.0.0/16".parse().expect("a block");
        let subnet: Ipv4Block = "172.31.16.0/20".parse().expect("a block");
        assert_eq!(subnet.to_string(), "172.31.16.0/20");
        assert!(vpc.overlaps(subnet) && subnet.overlaps(vpc));
        assert_eq!((subnet.size(), subnet.nth(1)), (4096, Some(Ipv4Addr::new(172, 31, 16, 1))));
        assert_eq!(subnet.nth(4096), None);
        for text in ["172.31.0.1/16", "172.31.0.0", "1.2.3.4/33", "x/8"] {
            assert!(text.parse::<Ipv4Block>().is_err(), "{text}");
        }
        assert!("0.0.0.0/0".parse::<Ipv4Block>().expect("a block").contains(Ipv4Addr::new(9, 9, 9, 9)));
    }
}
