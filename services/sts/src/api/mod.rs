//! The operations, one file per noun.

mod assume_role;
mod caller_identity;
mod session_token;

use ::api::Timestamp;
use ::api::sts::*;
use auth::Cx;
use auth::session::{SessionKey, TemporaryCredentials};
use state::State;
use std::sync::Arc;

/// The service.
pub struct Sts {
    pub(crate) state: State,
    pub(crate) key: Arc<SessionKey>,
}

impl Sts {
    /// The service over a state whose schema has `state::iam::TABLES`.
    pub fn new(state: State, key: Arc<SessionKey>) -> Self {
        Self { state, key }
    }
}

impl ::api::sts::Sts<Cx> for Sts {
    async fn assume_role(&self, cx: &Cx, input: AssumeRoleRequest) -> Result<AssumeRoleResponse, Error> {
        assume_role::assume(self, cx, input)
    }

    async fn get_caller_identity(
        &self,
        cx: &Cx,
        _input: GetCallerIdentityRequest,
    ) -> Result<GetCallerIdentityResponse, Error> {
        Ok(caller_identity::of(&cx.principal))
    }

    async fn get_session_token(
        &self,
        cx: &Cx,
        input: GetSessionTokenRequest,
    ) -> Result<GetSessionTokenResponse, Error> {
        session_token::get(self, cx, &input)
    }
}

/// Credentials as both operations show them.
fn shown(given: &TemporaryCredentials) -> Credentials {
    Credentials {
        access_key_id: given.access_key_id.clone(),
        secret_access_key: given.secret_access_key.expose().to_owned(),
        session_token: given.session_token.expose().to_owned(),
        expiration: Timestamp::from_epoch_ms(given.expires.millis()),
    }
}

fn token_size(given: &TemporaryCredentials) -> Option<i32> {
    i32::try_from(given.session_token.expose().len()).ok()
}

/// The model holds it to 0 to 4096.
fn least_size(asked: Option<i32>) -> usize {
    asked.and_then(|n| usize::try_from(n).ok()).unwrap_or(0)
}
