//! Signing keys: four HMACs from the secret, kept for a while because clients use the same day, region and service
//! again and again.
//!
//! Invariant: at most [`CAPACITY`] keys are kept, so what strangers ask for cannot fill memory; and a kept key serves
//! only the secret it was derived from.

use crate::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const CAPACITY: usize = 1024;

pub(super) fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// The signing key of `secret` for a day, a region and a service.
pub(super) fn derive(secret: &Secret, date: &str, region: &str, service: &str) -> [u8; 32] {
    let first = zeroize::Zeroizing::new(format!("AWS4{}", secret.expose()));
    let date = hmac(first.as_bytes(), date.as_bytes());
    let region = hmac(&date, region.as_bytes());
    let service = hmac(&region, service.as_bytes());
    hmac(&service, b"aws4_request")
}

/// The last used signing keys, by the text of the credential parameter (`KEY/DATE/REGION/SERVICE/aws4_request`).
#[derive(Default)]
pub(super) struct Cache(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    keys: HashMap<String, Entry>,
    clock: u64,
}

struct Entry {
    secret: Secret,
    key: [u8; 32],
    used: u64,
}

impl Cache {
    pub(super) fn get(
        &self,
        credential: &str,
        secret: &Secret,
        derive: impl FnOnce() -> [u8; 32],
    ) -> [u8; 32] {
        // A panic while holding it could not have left it half changed: it is a cache either way.
        let lock = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut kept = lock();
            kept.clock += 1;
            let now = kept.clock;
            if let Some(entry) = kept.keys.get_mut(credential)
                && entry.secret.is(secret.expose())
            {
                entry.used = now;
                return entry.key;
            }
        }
        let key = derive();
        let mut kept = lock();
        if kept.keys.len() >= CAPACITY
            && let Some(oldest) =
                kept.keys.iter().min_by_key(|(_, entry)| entry.used).map(|(name, _)| name.clone())
        {
            kept.keys.remove(&oldest);
        }
        let used = kept.clock;
        kept.keys.insert(credential.to_owned(), Entry { secret: secret.clone(), key, used });
        key
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.0.lock().unwrap().keys.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_documentation() {
        let secret = Secret::new("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        let key = derive(&secret, "20120215", "us-east-1", "iam");
        assert_eq!(hex::encode(key), "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
    }

    #[test]
    fn a_kept_key_is_not_derived_again() {
        let (cache, secret) = (Cache::default(), Secret::new("s"));
        assert_eq!(cache.get("a", &secret, || [1; 32]), [1; 32]);
        assert_eq!(cache.get("a", &secret, || unreachable!("it is kept")), [1; 32]);
        assert_eq!(cache.get("a", &Secret::new("t"), || [2; 32]), [2; 32], "another secret, another key");
    }

    #[test]
    fn the_cache_is_bounded_and_forgets_the_least_used() {
        let (cache, secret) = (Cache::default(), Secret::new("s"));
        for index in 0..CAPACITY + 50 {
            cache.get("hot", &secret, || [9; 32]);
            cache.get(&index.to_string(), &secret, || [1; 32]);
        }
        assert_eq!(cache.len(), CAPACITY);
        cache.get("hot", &secret, || unreachable!("it was used all the time"));
    }
}
