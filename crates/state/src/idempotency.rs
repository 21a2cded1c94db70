//! Client tokens: a request that is sent again gets the first one's answer instead of happening twice.
//!
//! The token, a fingerprint of the request and the answer are written in the transaction that does the work, so either both exist or
//! neither. Tokens expire; who owns the operation decides when (ECS: 24 hours), a loop calls [`expire`].

use crate::{Entries, Index, Record, Tx, Version};
use model::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A remembered request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Whose token: account, operation and whatever else it is unique within, e.g. `ecs:RunTask:<cluster ARN>`.
    pub scope: String,
    /// As the client sent it.
    pub token: String,
    /// Of the request's other parameters: a token that returns with different ones is a mistake.
    pub fingerprint: String,
    /// What was answered, as JSON (the ids that were made, not the API's shape).
    pub answer: String,
    pub expires_at: Timestamp,
}

impl Token {
    const BY_EXPIRY: Index<Self> = Index::new("by_expiry");
}

impl Version for Token {}

impl Record for Token {
    const TABLE: &'static str = "state.idempotency_token";

    fn key(&self) -> String {
        key(&self.scope, &self.token)
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(Self::BY_EXPIRY, self.expires_at);
    }
}

/// Why a token cannot be used.
#[derive(Debug, Error)]
pub enum Error {
    #[error("the token was used with different parameters")]
    Mismatch,
    #[error("the answer remembered for a token cannot be read or written")]
    Answer(#[from] serde_json::Error),
}

/// The answer that was given to this token before, unless it has expired.
pub fn recall<A: DeserializeOwned>(
    tx: &Tx<'_>,
    scope: &str,
    token: &str,
    fingerprint: &str,
    now: Timestamp,
) -> Result<Option<A>, Error> {
    let Some(found) = tx.get::<Token>(key(scope, token)).filter(|found| found.expires_at > now) else {
        return Ok(None);
    };
    if found.fingerprint != fingerprint {
        return Err(Error::Mismatch);
    }
    Ok(Some(serde_json::from_str(&found.answer)?))
}

/// Remember the answer of the work that this transaction does.
pub fn remember<A: Serialize>(
    tx: &mut Tx<'_>,
    scope: &str,
    token: &str,
    fingerprint: &str,
    answer: &A,
    expires_at: Timestamp,
) -> Result<(), Error> {
    tx.put(Token {
        scope: scope.to_owned(),
        token: token.to_owned(),
        fingerprint: fingerprint.to_owned(),
        answer: serde_json::to_string(answer)?,
        expires_at,
    });
    Ok(())
}

/// Forget at most `limit` tokens that have expired and return how many it were; as many as `limit` means that there may be more.
pub fn expire(tx: &mut Tx<'_>, now: Timestamp, limit: usize) -> usize {
    let expired: Vec<String> =
        tx.table::<Token>().up_to(Token::BY_EXPIRY, now).take(limit).map(|token| token.key()).collect();
    for key in &expired {
        tx.delete::<Token>(key);
    }
    expired.len()
}

/// The scope's length stands in front, so that no two pairs meet.
fn key(scope: &str, token: &str) -> String {
    format!("{}:{scope}:{token}", scope.len())
}
