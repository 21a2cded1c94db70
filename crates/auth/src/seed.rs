//! Where ids come from: a seed read from the system once per request, and a deterministic stream of bytes made of it.
//!
//! The same seed gives the same bytes in the same order, so a test or a simulation that fixes the seed fixes every id.

use model::ids::Uuid;
use sha2::{Digest, Sha256};
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

/// 32 bytes that a stream of ids is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// Read from the operating system's generator.
    ///
    /// # Panics
    /// Where the system has no randomness; no id or secret may be made there.
    pub fn from_os() -> Self {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).expect("the operating system's random generator answers");
        Self(bytes)
    }

    /// The id of the request whose context will be made of this seed, for answers that come before there is a context.
    pub fn request_id(self) -> Uuid {
        Stream::new(self).next_16(Uuid::from_random)
    }

    /// A chosen seed, for tests and simulation.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Whoever knows the seed knows ids that are not made yet.
        f.write_str("Seed(…)")
    }
}

/// SHA-256 over seed and counter. A shared reference is enough to draw from it, so that a context can be held across
/// awaits of concurrent futures.
#[derive(Debug)]
pub(crate) struct Stream {
    seed: Seed,
    drawn: AtomicU64,
}

impl Stream {
    pub(crate) fn new(seed: Seed) -> Self {
        Self { seed, drawn: AtomicU64::new(0) }
    }

    pub(crate) fn next(&self) -> [u8; 32] {
        let index = self.drawn.fetch_add(1, Ordering::Relaxed);
        let mut hash = Sha256::new();
        hash.update(self.seed.0);
        hash.update(index.to_be_bytes());
        hash.finalize().into()
    }

    /// The first half of the next bytes, made into an id.
    pub(crate) fn next_16<T>(&self, make: impl FnOnce([u8; 16]) -> T) -> T {
        let mut half = [0; 16];
        half.copy_from_slice(&self.next()[..16]);
        make(half)
    }
}
