//! What the network as a whole is set to.

use super::block::{Ipv4Block, Ipv6Block};
use crate::ids::Scope;
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, Ipv6Addr};

/// The one record of its table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkSettings {
    /// Where public and elastic addresses come from.
    pub public_pool: Ipv4Block,
    /// Where VPCs get their /56 from.
    pub ipv6_pool: Ipv6Block,
    /// The highest number that a VPC ever had.
    pub last_vpc_number: u32,
    /// How many /56 blocks were ever given.
    pub ipv6_blocks_given: u32,
    /// Those that had their first start, with their default VPC.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub started: Vec<Scope>,
}

impl Default for NetworkSettings {
    /// Public addresses of the block for benchmarks of networks (RFC 2544), which no host of the internet has; IPv6 blocks of a unique local one.
    fn default() -> Self {
        let public_pool = Ipv4Block::new(Ipv4Addr::new(198, 18, 0, 0), 16);
        let ipv6_pool = Ipv6Block::new(Ipv6Addr::new(0xfd4c, 0x5348, 0, 0, 0, 0, 0, 0), 32);
        Self {
            public_pool: public_pool.expect("no bit is set below the prefix"),
            ipv6_pool: ipv6_pool.expect("no bit is set below the prefix"),
            last_vpc_number: 0,
            ipv6_blocks_given: 0,
            started: Vec::new(),
        }
    }
}
