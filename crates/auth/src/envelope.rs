//! Secrets of records, sealed under a key of the data directory: what is on the disk says nothing without that key.
//!
//! Invariants: what was sealed for one record opens for no other, and not when a bit of it was changed; no nonce is drawn twice, since its
//! caller draws it from a request's stream; the key is in a file of its own, which only its owner can read.

use crate::key_file::{self, Error};
use crate::seed::{Seed, Stream};
use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::fmt;
use std::path::Path;
use zeroize::Zeroizing;

/// Name of the file in the data directory.
pub const FILE: &str = "master-key";

/// What begins every sealed text: a byte that a later form would have another value of.
const FORM: u8 = 1;
const NONCE_BYTES: usize = 12;

/// The key under which secrets of records are sealed: AES-256-GCM. Other keys follow from it.
pub struct MasterKey {
    seal: LessSafeKey,
    parent: hmac::Key,
}

impl MasterKey {
    /// The key of a data directory, made where there is none.
    ///
    /// # Errors
    /// The file cannot be read or made, others may read it, or there is no key in it.
    pub fn load_or_create(dir: &Path, seed: Seed) -> Result<Self, Error> {
        key_file::of_32_bytes(dir, FILE, seed).map(|key| Self::new(&key))
    }

    /// A key out of `seed`.
    pub fn generate(seed: Seed) -> Self {
        Self::new(&Stream::new(seed).next())
    }

    fn new(bytes: &[u8; 32]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, bytes).expect("it has the length of the algorithm's keys");
        Self { seal: LessSafeKey::new(key), parent: hmac::Key::new(hmac::HMAC_SHA256, bytes) }
    }

    /// The key for a purpose: the same with every start, and none tells anything of another or of this one. HMAC-SHA-256 of the purpose.
    pub fn derive(&self, purpose: &str) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(hmac::sign(&self.parent, purpose.as_bytes()).as_ref().to_vec())
    }

    /// Seals a secret of the record `record`. `random` was never given before; its first twelve bytes are the nonce.
    pub fn seal(&self, record: &str, secret: &[u8], random: [u8; 16]) -> String {
        let nonce: [u8; NONCE_BYTES] = random[..NONCE_BYTES].try_into().expect("it is that long");
        let mut sealed = secret.to_vec();
        let tagged = self.seal.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(record),
            &mut sealed,
        );
        tagged.expect("a secret is no longer than the algorithm seals");
        STANDARD.encode([&[FORM][..], &nonce, &sealed].concat())
    }

    /// What was sealed for `record`; `None` where it is anything else.
    pub fn open(&self, record: &str, sealed: &str) -> Option<Zeroizing<Vec<u8>>> {
        let bytes = STANDARD.decode(sealed).ok()?;
        let (form, rest) = bytes.split_first()?;
        let (nonce, sealed) = rest.split_at_checked(NONCE_BYTES)?;
        if *form != FORM {
            return None;
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut secret = Zeroizing::new(sealed.to_vec());
        let length = self.seal.open_in_place(nonce, Aad::from(record), &mut secret).ok()?.len();
        secret.truncate(length);
        Some(secret)
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn key(seed: u8) -> MasterKey {
        MasterKey::generate(Seed::from_bytes([seed; 32]))
    }

    #[test]
    fn what_is_sealed_opens_for_its_record_alone() {
        let sealed = key(1).seal("a", b"secret", [7; 16]);
        assert_eq!(key(1).open("a", &sealed).as_deref().map(Vec::as_slice), Some(&b"secret"[..]));
        assert!(key(1).open("b", &sealed).is_none());
        assert!(key(2).open("a", &sealed).is_none());
        assert!(!STANDARD.decode(&sealed).expect("base64").windows(6).any(|bytes| bytes == b"secret"));
        assert_ne!(sealed, key(1).seal("a", b"secret", [8; 16]));
    }

    #[test]
    fn keys_follow_from_it_by_their_purpose() {
        assert_eq!(key(1).derive("a"), key(1).derive("a"));
        assert_eq!(key(1).derive("a").len(), 32);
        assert_ne!(key(1).derive("a"), key(1).derive("b"));
        assert_ne!(key(1).derive("a"), key(2).derive("a"));
    }

    #[test]
    fn no_changed_bit_is_believed() {
        let sealed = STANDARD.decode(key(1).seal("a", b"secret", [7; 16])).expect("base64");
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(key(1).open("a", &STANDARD.encode(changed)).is_none(), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert!(key(1).open("a", &STANDARD.encode(&sealed[..length])).is_none(), "{length} bytes");
        }
        assert!(key(1).open("a", "?").is_none());
    }

    #[test]
    fn the_file_is_its_owners_and_stays() {
        let dir = tempfile::tempdir().expect("a directory");
        let sealed =
            MasterKey::load_or_create(dir.path(), Seed::from_os()).expect("a key").seal("a", b"x", [1; 16]);
        let again = MasterKey::load_or_create(dir.path(), Seed::from_os()).expect("the key");
        assert!(again.open("a", &sealed).is_some());
        let path = dir.path().join(FILE);
        assert_eq!(std::fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, "short").expect("written");
        assert!(matches!(
            MasterKey::load_or_create(dir.path(), Seed::from_os()),
            Err(Error::Malformed { .. })
        ));
    }
}
