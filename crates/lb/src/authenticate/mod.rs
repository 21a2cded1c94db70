//! Users are authenticated before a rule's last action is taken: `authenticate-oidc`, the authorization code flow of OpenID Connect.
//!
//! Pure are what is sealed for a browser (`state`, `session`), what is read of a provider's answers (`token`), and what targets are told (`claims`);
//! `provider` asks the provider, `flow` puts them together, `renew` keeps one session from being renewed twice at once.
//!
//! Invariants: nobody is somebody without a session that was sealed here, for this load balancer and provider; a code is taken only from the browser that
//! was sent for it; `x-amzn-oidc-*` of a client reach no target of a load balancer that authenticates; secrets and tokens are in no log.
//!
//! Sources: "Authenticate users using an Application Load Balancer" and "Access logs" (error reason codes) of the user guide, November 2026; OpenID
//! Connect Core 1.0 §3.1; RFC 6749; RFC 7515 and 7518.

mod claims;
mod encode;
mod failure;
mod flow;
mod provider;
mod renew;
mod session;
mod state;
mod token;

pub use claims::{KeyError, Signer};
pub use encode::parameters;
pub use failure::Reason;
pub use flow::{Admission, Reserved};
pub use provider::{Provider, Trust};
pub use renew::Renewals;
pub use session::{Found, Session, of_request};
pub use state::State;
pub use token::{Tokens, id_token, tokens, user_info};

use crate::http::{Fields, RequestHead, ResponseHead};
use aws_lc_rs::digest;
use bytes::Bytes;
use model::balancer::Authentication;
use std::fmt;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Where a provider sends users back to.
pub const CALLBACK: &str = "/oauth2/idpresponse";
/// Where targets find the key that claims are signed with, by its id.
// AWS differs: there it lies at `https://public-keys.auth.elb.REGION.amazonaws.com/KEY-ID`.
pub const PUBLIC_KEYS: &str = "/oauth2/public-keys/";

/// Requests to one provider that are under way at once; others wait within their time.
const AT_ONCE: usize = 32;

/// What authenticates the users of a rule.
#[derive(Debug)]
pub struct Authenticator {
    pub of: Authentication,
    /// Tells sessions and states of this provider, client and load balancer from those of others.
    id: [u8; 32],
    /// For what this provider is asked at once: one that is silent keeps nobody else's users waiting.
    room: Semaphore,
}

impl Authenticator {
    pub fn new(balancer: &str, of: Authentication) -> Self {
        let mut hash = digest::Context::new(&digest::SHA256);
        let parts = [
            balancer,
            &of.issuer,
            of.authorization_endpoint.as_str(),
            of.token_endpoint.as_str(),
            of.user_info_endpoint.as_str(),
            &of.client_id,
            &of.scope,
            &of.session_cookie_name,
        ];
        for part in parts {
            hash.update(&(part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        let id = hash.finish().as_ref().try_into().expect("SHA-256 has 32 bytes");
        Self { of, id, room: Semaphore::new(AT_ONCE) }
    }

    /// Whether the sessions of one are the other's.
    pub fn is_same(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// What a listener needs whose rules authenticate.
#[derive(Debug)]
pub struct Doorkeeper {
    /// One of each provider and client: the one whose sessions last longest, since all rules of it have the same cookies.
    pub authenticators: Vec<Arc<Authenticator>>,
    pub signer: Arc<Signer>,
}

impl Doorkeeper {
    /// Takes in what authenticates for one more rule.
    pub fn add(known: &mut Vec<Arc<Authenticator>>, one: &Arc<Authenticator>) {
        match known.iter_mut().find(|other| other.is_same(one)) {
            Some(other) if other.of.session_timeout_seconds < one.of.session_timeout_seconds => {
                *other = Arc::clone(one)
            }
            Some(_) => {}
            None => known.push(Arc::clone(one)),
        }
    }

    /// The one whose cookies are another's.
    pub fn same<'d>(&'d self, one: &'d Authenticator) -> &'d Authenticator {
        self.authenticators.iter().find(|other| other.is_same(one)).map_or(one, |other| other)
    }

    /// What is answered here, whatever the rules say.
    pub fn reserved<'h>(&self, head: &'h RequestHead) -> Option<Reserved<'h>> {
        let path = head.path();
        if path == CALLBACK.as_bytes() {
            return Some(Reserved::Callback);
        }
        let key = path.strip_prefix(PUBLIC_KEYS.as_bytes())?;
        Some(Reserved::PublicKey(key))
    }
}

/// Who sent a request, as its target is told.
#[derive(Default)]
pub struct User {
    headers: Vec<(&'static str, Bytes)>,
    /// Of a session that was renewed.
    cookies: Vec<String>,
}

impl User {
    /// Tells the target.
    pub fn introduce(&self, fields: &mut Fields) {
        self.headers.iter().for_each(|(name, value)| fields.push(*name, value.clone()));
    }

    /// Gives the client its renewed session.
    pub fn renew(&self, head: &mut ResponseHead) {
        self.cookies.iter().for_each(|cookie| head.fields.push("Set-Cookie", cookie.clone()));
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("User(…)")
    }
}

/// Drops what only the load balancer may say of a user. Targets that take `_` for `-`, as CGI does, are not fooled either.
pub fn strip(fields: &mut Fields) {
    const PREFIX: &[u8] = b"x-amzn-oidc-";
    fields.retain(|field| {
        let start = field.name.get(..PREFIX.len()).unwrap_or_default();
        let same = |(a, b): (&u8, &u8)| a.to_ascii_lowercase() == *b || (*a == b'_' && *b == b'-');
        start.is_empty() || !start.iter().zip(PREFIX).all(same)
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_introduces_himself() {
        let mut fields = Fields::default();
        for name in [
            "X-Amzn-Oidc-Data",
            "x_amzn_oidc_identity",
            "x-amzn-OIDC-anything",
            "X-Amzn-Trace-Id",
            "x-amzn",
            "Cookie",
        ] {
            fields.push(name, "v");
        }
        strip(&mut fields);
        let left: Vec<_> = fields.iter().map(|field| field.name).collect();
        assert_eq!(left, [&b"X-Amzn-Trace-Id"[..], b"x-amzn", b"Cookie"]);
    }
}
