//! Ids for one change, drawn before it is made.
//!
//! A change's closure may run again and must write the same ids each time, but how many it needs shows only inside (a task definition decides how
//! many containers there are). So a change draws one seed from the context, and every run derives the same row of ids from it.

use model::ids::{HexId, NetworkInterfaceId, Uuid};
use sha2::{Digest, Sha256};

/// A row of ids. Make a new one from the same seed at the start of every run.
pub struct Ids {
    seed: [u8; 32],
    drawn: u64,
}

impl Ids {
    /// The seed comes from [`crate::Cx::random_32`].
    pub fn from_seed(seed: [u8; 32]) -> Self {
        Self { seed, drawn: 0 }
    }

    /// The id of a task or a container instance.
    pub fn hex_id(&mut self) -> HexId {
        HexId::from_random(self.random_16())
    }

    pub fn uuid(&mut self) -> Uuid {
        Uuid::from_random(self.random_16())
    }

    pub fn network_interface(&mut self) -> NetworkInterfaceId {
        NetworkInterfaceId::from_random(self.random_16())
    }

    /// A MAC address: locally administered, unicast, as an ENI has (`02:…` or `06:…`).
    pub fn mac(&mut self) -> String {
        let [_, b, c, d, e, f, ..] = self.random_16();
        format!("02:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{f:02x}")
    }

    /// A seed for a decided choice.
    pub fn number(&mut self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.random_16();
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }

    /// 16 bytes of the row.
    pub fn random_16(&mut self) -> [u8; 16] {
        let digest = Sha256::new().chain_update(self.seed).chain_update(self.drawn.to_be_bytes()).finalize();
        self.drawn += 1;
        let mut half = [0; 16];
        half.copy_from_slice(&digest[..16]);
        half
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_row() {
        let row = |seed| {
            let mut ids = Ids::from_seed([seed; 32]);
            (ids.hex_id(), ids.uuid(), ids.network_interface(), ids.mac(), ids.number())
        };
        assert_eq!(row(1), row(1));
        assert_ne!(row(1), row(2));
        assert_ne!(row(1).0.as_str(), row(1).1.as_str().replace('-', ""));
    }
}
