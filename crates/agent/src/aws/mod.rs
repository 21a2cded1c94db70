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

impl Credentials {
    pub fn new(access_key_id: impl Into<String>, secret_access_key: impl Into<String>) -> Self {
        let secret_access_key = SensitiveString(secret_access_key.into());
        Self { access_key_id: access_key_id.into(), secret_access_key, session_token: None }
    }
}
