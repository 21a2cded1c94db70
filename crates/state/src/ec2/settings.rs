//! The one record of the network's settings.

use crate::{Record, Snapshot, Tx, Version};
use model::ec2::{Ipv4Block, Ipv6Block, NetworkSettings, Vpc};
use model::ids::Scope;
use std::sync::Arc;

const KEY: &str = "network";

impl Version for NetworkSettings {}

impl Record for NetworkSettings {
    const TABLE: &'static str = "ec2.settings";

    fn key(&self) -> String {
        KEY.to_owned()
    }
}

/// The settings as they are; the defaults where nobody has set anything.
pub fn get(snapshot: &Snapshot) -> Arc<NetworkSettings> {
    snapshot.get::<NetworkSettings>(KEY).cloned().unwrap_or_default()
}

/// Takes public addresses from this pool from now on. Addresses that were given stay.
pub fn set_public_pool(tx: &mut Tx<'_>, pool: Ipv4Block) {
    change(tx, |settings| settings.public_pool = pool);
}

/// Takes the IPv6 blocks of VPCs from this pool from now on. Blocks that were given stay.
pub fn set_ipv6_pool(tx: &mut Tx<'_>, pool: Ipv6Block) {
    change(tx, |settings| {
        if settings.ipv6_pool != pool {
            settings.ipv6_pool = pool;
            settings.ipv6_blocks_given = 0;
        }
    });
}

/// Whether the scope starts for the first time; from then on it does not.
pub fn is_first_start(tx: &mut Tx<'_>, scope: &Scope) -> bool {
    let first = !current(tx).started.contains(scope);
    if first {
        change(tx, |settings| settings.started.push(scope.clone()));
    }
    first
}

/// A number that no VPC ever had.
pub(super) fn next_vpc_number(tx: &mut Tx<'_>) -> u32 {
    change(tx, |settings| settings.last_vpc_number += 1).last_vpc_number
}

/// A /56 that no VPC has, nor had since the pool was named. `None` where the pool is used up.
pub fn next_ipv6_block(tx: &mut Tx<'_>) -> Option<Ipv6Block> {
    let settings = current(tx);
    let taken: Vec<Ipv6Block> =
        tx.table::<Vpc>().scan().flat_map(|vpc| vpc.ipv6_blocks.iter().map(|a| a.block)).collect();
    let mut given = settings.ipv6_blocks_given;
    loop {
        let block = settings.ipv6_pool.nth_block(given.into(), 56)?;
        given += 1;
        // A pool may come back that others gave blocks of since.
        if !taken.iter().any(|t| t.overlaps(block)) {
            change(tx, |settings| settings.ipv6_blocks_given = given);
            return Some(block);
        }
    }
}

pub(super) fn current(tx: &Tx<'_>) -> Arc<NetworkSettings> {
    tx.get::<NetworkSettings>(KEY).unwrap_or_default()
}

fn change(tx: &mut Tx<'_>, change: impl FnOnce(&mut NetworkSettings)) -> Arc<NetworkSettings> {
    let mut settings = NetworkSettings::clone(&current(tx));
    change(&mut settings);
    tx.put(settings)
}
