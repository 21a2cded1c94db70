//! What an access key id stands for, and where that is looked up.

use crate::principal::Principal;
use crate::secret::Secret;
use model::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;

/// One access key, long-lived or temporary.
#[derive(Clone, Debug)]
pub struct Credential {
    pub secret: Secret,
    /// What `X-Amz-Security-Token` has to say; none for a long-lived key, which must come without one.
    pub session_token: Option<Secret>,
    /// When a temporary key ends.
    pub expires: Option<Timestamp>,
    pub principal: Principal,
}

/// Where credentials are found. Asked once or twice per request on the thread that serves it: an implementation reads a
/// snapshot and never waits.
pub trait Credentials: Send + Sync {
    /// The credential of a key, for a request that comes with this session token. The token proves nothing here: what is
    /// found is compared with it after the signature.
    fn lookup(&self, access_key_id: &str, session_token: Option<&str>) -> Option<Arc<Credential>>;
}

/// A fixed set of keys: the administrator's, and those of tests.
#[derive(Debug, Default)]
pub struct FixedCredentials(HashMap<String, Arc<Credential>>);

impl FixedCredentials {
    pub fn with(mut self, access_key_id: impl Into<String>, credential: Credential) -> Self {
        self.0.insert(access_key_id.into(), Arc::new(credential));
        self
    }
}

impl Credentials for FixedCredentials {
    fn lookup(&self, access_key_id: &str, _: Option<&str>) -> Option<Arc<Credential>> {
        self.0.get(access_key_id).cloned()
    }
}

impl<T: Credentials + ?Sized> Credentials for Arc<T> {
    fn lookup(&self, access_key_id: &str, session_token: Option<&str>) -> Option<Arc<Credential>> {
        (**self).lookup(access_key_id, session_token)
    }
}

/// Asks each in turn: the administrator's key first, then whatever services issue.
impl<A: Credentials, B: Credentials> Credentials for (A, B) {
    fn lookup(&self, access_key_id: &str, session_token: Option<&str>) -> Option<Arc<Credential>> {
        self.0.lookup(access_key_id, session_token).or_else(|| self.1.lookup(access_key_id, session_token))
    }
}
