//! Calls of AWS APIs: signing, and a small JSON client. It knows no operation.

mod client;
pub mod sign;

pub(crate) use client::chain;
pub use client::{ApiError, Client, RetryPolicy};

use agent_protocol::SensitiveString;

/// An access key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub access_key_id: String,
    pub secret_access_key: SensitiveString,
    pub session_token: Option<SensitiveString>,
}

/// Credentials that are refreshed from time to time, shared by those who use them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Refreshed(std::sync::Arc<std::sync::Mutex<Option<Credentials>>>);

impl Refreshed {
    pub fn new(credentials: Option<Credentials>) -> Self {
        Self(std::sync::Arc::new(std::sync::Mutex::new(credentials)))
    }

    pub fn get(&self) -> Option<Credentials> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    pub fn set(&self, credentials: Credentials) {
        *self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(credentials);
    }
}

impl TryFrom<&agent_protocol::payload::IamRoleCredentials> for Credentials {
    type Error = ();

    /// Fails where the key is not there (a checkpoint keeps none).
    fn try_from(given: &agent_protocol::payload::IamRoleCredentials) -> Result<Self, ()> {
        Ok(Self {
            access_key_id: given.access_key_id.clone().ok_or(())?,
            secret_access_key: given.secret_access_key.clone().ok_or(())?,
            session_token: given.session_token.clone(),
        })
    }
}

impl Credentials {
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        let secret_access_key = SensitiveString(secret_access_key.into());
        Self { access_key_id: access_key_id.into(), secret_access_key, session_token: None }
    }
}
