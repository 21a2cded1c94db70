//! Temporary credentials: made under a key of this server, and verified with it alone.
//!
//! A session token holds what its session is ([`Claims`]) and a code over it that only the holder of the [`SessionKey`]
//! can make; the secret access key follows from the same bytes. So nothing of a session is stored, a session outlives
//! the server's restarts, and verifying one writes nothing. Its holder can read the claims: no secret is among them.
//!
//! Invariants: [`SessionKey::open`] believes no token but those that [`SessionKey::issue`] made, unchanged to the last
//! bit; the codes for tokens, secrets and ids come from keys of their own. Whether a session still counts (its role
//! exists, its end has not come) is for whoever opens it.

use crate::key_file::{self, Error};
use crate::principal::{Identity, Principal};
use crate::secret::Secret;
use crate::seed::{Seed, Stream};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use model::ids::{Scope, Uuid, base32_id};
use model::{Tag, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::path::Path;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Name of the file in the data directory.
pub const FILE: &str = "session-key";

/// What begins every token: a byte that a later form of tokens would have another value of.
const FORM: u8 = 1;
const CODE_BYTES: usize = 32;
/// Longer texts are no tokens: more than the longest claims come to.
const LONGEST_TOKEN: usize = 16 << 10;

/// The key under which sessions are made.
#[derive(Clone)]
pub struct SessionKey(Zeroizing<[u8; 32]>);

/// Who a session is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Bearer {
    /// A session of a role.
    #[serde(rename_all = "camelCase")]
    Role {
        /// The role's name.
        name: String,
        /// The role's `AROA…`: a role that was made again is another.
        id: String,
        session: String,
    },
    /// The account's root, by GetSessionToken; it ends with the long-lived key that asked for it.
    #[serde(rename_all = "camelCase")]
    AccountRoot { parent_key: String },
}

/// What a token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claims {
    pub partition: String,
    /// Twelve digits.
    pub account: String,
    pub bearer: Bearer,
    pub issued_at: Timestamp,
    pub expires: Timestamp,
    #[serde(default, skip_serializing_if = "SessionLimits::is_empty")]
    pub limits: SessionLimits,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// Keys of tags that sessions of this session have too.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transitive_tag_keys: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_identity: Option<String>,
}

/// What was handed over when a session began, and narrows what it may do: session policies.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SessionLimits {
    /// Documents.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policies: Vec<String>,
    /// ARNs of managed policies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub policy_arns: Vec<String>,
}

impl SessionLimits {
    /// Whether nothing is narrowed.
    pub fn is_empty(&self) -> bool {
        self.policies.is_empty() && self.policy_arns.is_empty()
    }
}

/// A token's bytes, as they are sealed.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sealed {
    access_key_id: String,
    claims: Claims,
    /// Makes the token as long as its caller wants it at least.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    padding: String,
}

/// What the bearer of a session is given.
#[derive(Clone, Debug)]
pub struct TemporaryCredentials {
    /// `ASIA` and 16 characters of base32.
    pub access_key_id: String,
    /// 40 characters of base64.
    pub secret_access_key: Secret,
    pub session_token: Secret,
    pub expires: Timestamp,
}

/// A session as its token tells it, with the key that it signs with.
#[derive(Clone, Debug)]
pub struct Session {
    pub access_key_id: String,
    pub secret_access_key: Secret,
    pub claims: Claims,
}

impl SessionKey {
    /// The key of the data directory `dir`, made and kept there if there is none yet. Without the file every session
    /// ends.
    pub fn load_or_create(dir: &Path, seed: Seed) -> Result<Self, Error> {
        key_file::of_32_bytes(dir, FILE, seed).map(Self)
    }

    /// A key out of `seed`.
    pub fn generate(seed: Seed) -> Self {
        Self(Zeroizing::new(Stream::new(seed).next()))
    }

    /// Makes credentials for `claims`. `random` decides the access key id and must never be given twice.
    pub fn issue(&self, claims: Claims, random: [u8; 16]) -> TemporaryCredentials {
        self.issue_of_size(claims, random, 0)
    }

    /// As [`SessionKey::issue`], with a token of `least` characters or more.
    pub fn issue_of_size(&self, claims: Claims, random: [u8; 16], least: usize) -> TemporaryCredentials {
        let access_key_id = base32_id("ASIA", &random, 16);
        let expires = claims.expires;
        let mut sealed = Sealed { access_key_id, claims, padding: String::new() };
        let mut bytes = sealed.bytes();
        // Three bytes make four characters.
        let missing = (least.div_ceil(4) * 3).saturating_sub(bytes.len() + CODE_BYTES);
        if missing > 0 {
            sealed.padding = "0".repeat(missing);
            bytes = sealed.bytes();
        }
        let secret_access_key = self.secret_of(&bytes);
        let code = self.code("token", &bytes);
        bytes.extend_from_slice(&code);
        let session_token = Secret::new(STANDARD.encode(bytes));
        TemporaryCredentials {
            access_key_id: sealed.access_key_id,
            secret_access_key,
            session_token,
            expires,
        }
    }

    /// What a token says, if this key sealed it.
    pub fn open(&self, token: &str) -> Option<Session> {
        if token.len() > LONGEST_TOKEN {
            return None;
        }
        let bytes = STANDARD.decode(token).ok()?;
        let (sealed, code) = bytes.split_at_checked(bytes.len().checked_sub(CODE_BYTES)?)?;
        // Nothing is read of what we did not make.
        if !bool::from(self.code("token", sealed).ct_eq(code)) {
            return None;
        }
        let (form, json) = sealed.split_first()?;
        if *form != FORM {
            return None;
        }
        let Sealed { access_key_id, claims, padding: _ } = serde_json::from_slice(json).ok()?;
        Some(Session { access_key_id, secret_access_key: self.secret_of(sealed), claims })
    }

    /// An id that nobody can guess and that is always the same for `what`: under it an agent keeps the credentials of a
    /// task, from one refresh to the next and across restarts of the server.
    pub fn stable_id(&self, what: &str) -> Uuid {
        let mut half = [0; 16];
        half.copy_from_slice(&self.code("id", what.as_bytes())[..16]);
        Uuid::from_random(half)
    }

    fn secret_of(&self, sealed: &[u8]) -> Secret {
        Secret::new(STANDARD.encode(&self.code("secret", sealed)[..30]))
    }

    /// HMAC under a key that serves one purpose.
    fn code(&self, purpose: &str, bytes: &[u8]) -> [u8; CODE_BYTES] {
        let key = Zeroizing::new(hmac(&*self.0, purpose.as_bytes()));
        hmac(&*key, bytes)
    }
}

impl Sealed {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = vec![FORM];
        serde_json::to_writer(&mut bytes, self).expect("claims are texts and numbers, and a Vec takes all");
        bytes
    }
}

fn hmac(key: &[u8], bytes: &[u8]) -> [u8; CODE_BYTES] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(bytes);
    mac.finalize().into_bytes().into()
}

impl std::fmt::Debug for SessionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionKey(…)")
    }
}

impl Session {
    /// Who acts in this session.
    pub fn principal(&self, region: &str) -> Principal {
        let Claims { partition, account, bearer, .. } = &self.claims;
        let scope =
            Scope { partition: partition.clone(), region: region.to_owned(), account: account.clone() };
        let identity = match bearer {
            Bearer::Role { name, id, session } => {
                Identity::RoleSession { role: name.clone(), id: id.clone(), session: session.clone() }
            }
            Bearer::AccountRoot { .. } => Identity::AccountRoot,
        };
        Principal::new(&scope, identity, Some(self.access_key_id.clone())).in_session(self.claims.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> SessionKey {
        SessionKey::generate(Seed::from_bytes([3; 32]))
    }

    fn claims() -> Claims {
        Claims {
            partition: "aws".into(),
            account: "123456789012".into(),
            bearer: Bearer::Role { name: "web".into(), id: "AROAEXAMPLE".into(), session: "s".into() },
            issued_at: Timestamp::from_millis(1),
            expires: Timestamp::from_millis(3_600_001),
            limits: SessionLimits::default(),
            tags: Vec::new(),
            transitive_tag_keys: Vec::new(),
            source_identity: None,
        }
    }

    #[test]
    fn credentials_have_the_forms_of_aws() {
        let given = key().issue(claims(), [7; 16]);
        assert_eq!((given.access_key_id.len(), &given.access_key_id[..4]), (20, "ASIA"));
        assert_eq!(given.secret_access_key.expose().len(), 40);
        assert_eq!(given.expires, claims().expires);
        let again = key().issue(claims(), [8; 16]);
        assert!(
            !again.secret_access_key.is(given.secret_access_key.expose()),
            "each has a secret of its own"
        );
        assert!(!format!("{given:?}").contains(given.session_token.expose()));
    }

    #[test]
    fn a_token_tells_its_session() {
        let given = key().issue(claims(), [7; 16]);
        let session = key().open(given.session_token.expose()).expect("it is ours");
        assert_eq!(session.claims, claims());
        assert_eq!(session.access_key_id, given.access_key_id);
        assert!(session.secret_access_key.is(given.secret_access_key.expose()));
        let principal = session.principal("us-east-1");
        assert_eq!(principal.arn(), "arn:aws:sts::123456789012:assumed-role/web/s");
        assert_eq!(principal.user_id(), "AROAEXAMPLE:s");
    }

    #[test]
    fn another_key_opens_nothing() {
        let given = key().issue(claims(), [7; 16]);
        let other = SessionKey::generate(Seed::from_bytes([4; 32]));
        assert!(other.open(given.session_token.expose()).is_none());
    }

    #[test]
    fn texts_that_are_no_tokens() {
        let long = "A".repeat(1 << 20);
        for text in ["", "A", "AAAA", "not base64!", "IQoJb3JpZ2luX2VjEXAMPLE", long.as_str()] {
            assert!(key().open(text).is_none());
        }
    }

    #[test]
    fn ids_are_stable_and_differ() {
        assert_eq!(key().stable_id("a"), key().stable_id("a"));
        assert_ne!(key().stable_id("a"), key().stable_id("b"));
        let other = SessionKey::generate(Seed::from_bytes([4; 32]));
        assert_ne!(other.stable_id("a"), key().stable_id("a"));
    }

    #[test]
    fn the_key_stays_the_same_and_is_the_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let first = SessionKey::load_or_create(dir.path(), Seed::from_os()).unwrap();
        let again = SessionKey::load_or_create(dir.path(), Seed::from_os()).unwrap();
        assert_eq!(first.stable_id("x"), again.stable_id("x"));
        let path = dir.path().join(FILE);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, "short").unwrap();
        let error = SessionKey::load_or_create(dir.path(), Seed::from_os()).unwrap_err();
        assert!(matches!(error, Error::Malformed { .. }), "{error}");
        assert_eq!(format!("{first:?}"), "SessionKey(…)");
    }

    proptest! {
        #[test]
        fn whatever_is_claimed_comes_back(
            session in "[\\w+=,.@-]{2,64}",
            policy in proptest::option::of(".{1,200}"),
            tags in proptest::collection::vec((".{1,20}", ".{0,20}"), 0..5),
            end in any::<i64>(),
        ) {
            let mut told = claims();
            told.bearer = Bearer::Role { name: "r".into(), id: "AROA".into(), session };
            told.expires = Timestamp::from_millis(end);
            told.limits.policies.extend(policy);
            told.tags = tags.into_iter().map(|(key, value)| Tag::new(key, value)).collect();
            let given = key().issue(told.clone(), [1; 16]);
            prop_assert_eq!(key().open(given.session_token.expose()).map(|s| s.claims), Some(told));
        }

        #[test]
        fn a_token_is_as_long_as_it_is_wanted(least in 0usize..4097) {
            let given = key().issue_of_size(claims(), [1; 16], least);
            prop_assert!(given.session_token.expose().len() >= least);
            prop_assert_eq!(key().open(given.session_token.expose()).map(|s| s.claims), Some(claims()));
        }

        #[test]
        fn a_token_with_one_bit_changed_is_none(at in any::<prop::sample::Index>(), bit in 0u8..8) {
            let given = key().issue(claims(), [1; 16]);
            let mut bytes = STANDARD.decode(given.session_token.expose()).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= 1 << bit;
            prop_assert!(key().open(&STANDARD.encode(bytes)).is_none());
        }

        #[test]
        fn noise_is_no_token(noise in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert!(key().open(&STANDARD.encode(noise)).is_none());
        }
    }
}
