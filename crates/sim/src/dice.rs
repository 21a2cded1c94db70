//! What is random in a simulation.

use std::cell::Cell;
use std::time::Duration;

/// Random numbers that follow from a seed (SplitMix64: Steele, Lea, Flood, 2014). Not for secrets.
#[derive(Debug)]
pub struct Dice(Cell<u64>);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(Cell::new(seed))
    }

    pub fn next(&self) -> u64 {
        let state = self.0.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.0.set(state);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Others that follow from these.
    pub fn split(&self) -> Self {
        Self::new(self.next())
    }

    /// 0 to `end` less one; 0 where `end` is 0.
    pub fn below(&self, end: usize) -> usize {
        self.next().checked_rem(end as u64).map_or(0, |n| usize::try_from(n).expect("it is below a usize"))
    }

    /// True in that many of a hundred cases.
    pub fn percent(&self, chance: usize) -> bool {
        self.below(100) < chance
    }

    /// A span of milliseconds.
    pub fn millis(&self, from: u64, to: u64) -> Duration {
        Duration::from_millis(from + self.next() % (to - from + 1))
    }

    pub fn pick<'a, T>(&self, from: &'a [T]) -> Option<&'a T> {
        from.get(self.below(from.len()))
    }

    pub fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        for eight in bytes.chunks_mut(8) {
            eight.copy_from_slice(&self.next().to_le_bytes());
        }
        bytes
    }
}
