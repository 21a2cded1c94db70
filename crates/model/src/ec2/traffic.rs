//! Traffic as rules speak of it: a protocol with ports or ICMP types, and a direction.

use serde::{Deserialize, Serialize};

crate::status::named!(
    /// Seen from the interface that a rule protects.
    Direction, "direction" {
        Ingress = "ingress",
        Egress = "egress",
    }
);

/// What a rule speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Traffic {
    /// Protocol `-1`: everything.
    All,
    Tcp(PortRange),
    Udp(PortRange),
    /// Protocol 1.
    Icmp(IcmpKinds),
    /// Protocol 58.
    Icmpv6(IcmpKinds),
    /// Any other protocol, by its IANA number; it has no ports.
    Other(u8),
}

/// Ports from and to, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PortRange {
    pub from: u16,
    pub to: u16,
}

/// Which ICMP messages: `None` stands for every type, every code. There is no code without a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IcmpKinds {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<u8>,
}

impl Traffic {
    /// The protocol's IANA number; `None` for all.
    pub fn protocol(self) -> Option<u8> {
        match self {
            Self::All => None,
            Self::Tcp(_) => Some(6),
            Self::Udp(_) => Some(17),
            Self::Icmp(_) => Some(1),
            Self::Icmpv6(_) => Some(58),
            Self::Other(number) => Some(number),
        }
    }
}
