//! The parameter `state` with which a user is sent to the provider, and comes back: sealed, for one provider and client, one host and one browser.

use super::Authenticator;
use crate::sticky::Key;

/// What is known of a user who was sent to the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// In seconds since 1970.
    pub made: u64,
    /// The browser has the same in its cookie AWSALBAuthNonce.
    pub nonce: [u8; NONCE],
    /// `Host` of the request.
    pub host: Vec<u8>,
    /// Path and query to come back to; it begins with a slash, and so never goes on with the name of the host before it.
    pub target: Vec<u8>,
}

/// Characters of a nonce.
pub const NONCE: usize = 16;
/// How long users have for their login: AWS's fifteen minutes.
pub const LIFETIME_SECONDS: u64 = 15 * 60;
/// The most of a state that is looked at.
const LONGEST: usize = 8 * 1024;
/// Longer targets are come back to without their query: a URL has to be taken by browsers and providers.
const TARGET: usize = 4 * 1024;

impl State {
    /// Of a request's path and query.
    pub fn new(made: u64, nonce: [u8; NONCE], host: &[u8], path: &[u8], target: &[u8]) -> Self {
        let good = |part: &&[u8]| part.starts_with(b"/") && part.len() <= TARGET;
        let target = [target, path].into_iter().find(good).unwrap_or(b"/");
        Self { made, nonce, host: host.to_vec(), target: target.to_vec() }
    }

    pub fn seal(&self, key: &Key, of: &Authenticator, nonce: [u8; 12]) -> String {
        let mut text = self.made.to_be_bytes().to_vec();
        text.extend_from_slice(&self.nonce);
        text.extend_from_slice(&u16::try_from(self.host.len()).unwrap_or(0).to_be_bytes());
        text.extend_from_slice(&self.host);
        text.extend_from_slice(&self.target);
        key.seal_text(&text, &scope(of), nonce)
    }

    /// What a text says, where it was sealed here for this provider.
    pub fn open(text: &[u8], key: &Key, of: &Authenticator) -> Option<Self> {
        let text = key.open_text(text, &scope(of), LONGEST)?;
        let (made, rest) = text.split_first_chunk::<8>()?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE>()?;
        let (length, rest) = rest.split_first_chunk::<2>()?;
        let (host, target) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        Some(Self {
            made: u64::from_be_bytes(*made),
            nonce: *nonce,
            host: host.to_vec(),
            target: target.to_vec(),
        })
    }
}

fn scope(of: &Authenticator) -> Vec<u8> {
    [b"state of a login ".as_slice(), &of.id].concat()
}
