//! Sealed values: AES-256-GCM-SIV, so that a client can neither read nor make one.
//!
//! A load balancer seals a value with each response of a sticky session, under one key for all its nodes. Random nonces come twice after some 2^48 of
//! them; with this cipher (RFC 8452) that gives away only that two equal values are equal, where plain GCM would give away its authentication key.

use super::Session;
use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;
use zeroize::Zeroizing;

/// Seals and opens cookies. All nodes of a load balancer have the same.
pub struct Key(LessSafeKey);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the cookie key is not 32 bytes in hexadecimal")]
pub struct KeyError;

/// The most a cookie is looked at: ours are smaller.
const LONGEST: usize = 1024;
const NONCE: usize = 12;

impl Key {
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let bytes = bytes_of_hex(text).ok_or(KeyError)?;
        let key = UnboundKey::new(&AES_256_GCM_SIV, &bytes[..]).map_err(|_| KeyError)?;
        Ok(Self(LessSafeKey::new(key)))
    }

    /// A cookie's value. `nonce` is random.
    pub fn seal(&self, session: &Session, scope: &[u8], nonce: [u8; NONCE]) -> String {
        let mut text = session.until.to_be_bytes().to_vec();
        text.extend_from_slice(&session.with);
        self.seal_text(&text, scope, nonce)
    }

    /// Any text, for a scope of its own. `nonce` is random.
    pub fn seal_text(&self, text: &[u8], scope: &[u8], nonce: [u8; NONCE]) -> String {
        let mut text = text.to_vec();
        self.0
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(scope), &mut text)
            .expect("a cookie is far below the limit of AES-GCM-SIV");
        let mut whole = nonce.to_vec();
        whole.append(&mut text);
        URL_SAFE_NO_PAD.encode(whole)
    }

    /// What a value says, where it is ours.
    pub fn open(&self, value: &[u8], scope: &[u8]) -> Option<Session> {
        let text = self.open_text(value, scope, LONGEST)?;
        let (until, with) = text.split_first_chunk::<8>()?;
        Some(Session { with: with.to_vec(), until: u64::from_be_bytes(*until) })
    }

    /// The text of a value of at most `longest` characters, where it was sealed for this scope.
    pub fn open_text(&self, value: &[u8], scope: &[u8], longest: usize) -> Option<Vec<u8>> {
        if value.len() > longest {
            return None;
        }
        let mut whole = URL_SAFE_NO_PAD.decode(value).ok()?;
        let (nonce, sealed) = whole.split_at_mut_checked(NONCE)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        self.0.open_in_place(nonce, Aad::from(scope), sealed).ok().map(|text| text.to_vec())
    }
}

/// The 32 bytes of a key in hexadecimal.
pub fn bytes_of_hex(text: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut bytes = Zeroizing::new([0u8; 32]);
    if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}
