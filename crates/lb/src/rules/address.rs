//! CIDR blocks of clients.

use std::net::IpAddr;

/// A block of addresses of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    base: u128,
    mask: u128,
    v6: bool,
}

impl Block {
    /// `address/prefix`; nothing where it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        let (address, prefix): (IpAddr, u32) = (address.parse().ok()?, prefix.parse().ok()?);
        let width = if address.is_ipv6() { 128 } else { 32 };
        if prefix > width {
            return None;
        }
        // An address of IPv4 stands in the lowest 32 bits; a shift by all 128 would be none.
        let mask = u128::MAX.checked_shl(width - prefix).unwrap_or(0);
        Some(Self { base: number(address) & mask, mask, v6: address.is_ipv6() })
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv6() == self.v6 && number(address) & self.mask == self.base
    }
}

fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(u32::from(address)),
        IpAddr::V6(address) => u128::from(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks() {
        for (block, address, inside) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("0.0.0.0/0", "1.2.3.4", true),
            ("0.0.0.0/0", "::1", false),
            ("192.0.2.1/32", "192.0.2.1", true),
            ("192.0.2.1/32", "::ffff:192.0.2.1", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("::/0", "2001:db8:1::1", true),
            ("::/0", "1.2.3.4", false),
        ] {
            let block = Block::parse(block).expect(block);
            assert_eq!(block.contains(address.parse().expect("an address")), inside, "{block:?} {address}");
        }
        for text in ["10.0.0.0", "10.0.0.0/33", "x/8", "10.0.0.0/-1", "::/129"] {
            assert_eq!(Block::parse(text), None, "{text}");
        }
    }
}
