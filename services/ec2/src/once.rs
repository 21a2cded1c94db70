//! Client tokens: a request that comes again makes nothing again.

use api::ec2::Error;
use auth::Cx;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use state::{Tx, idempotency};
use std::fmt::Debug;
use std::time::Duration;

/// A token is remembered this long. AWS documents 24 hours for most resources.
const LIFE: Duration = Duration::from_secs(24 * 3600);

/// A request with the token that its client gave it.
pub(crate) struct Once {
    token: Option<String>,
    scope: String,
    fingerprint: String,
}

impl Once {
    pub(crate) fn new(cx: &Cx, operation: &str, token: Option<&str>, input: &impl Debug) -> Self {
        let digest = Sha256::digest(format!("{input:?}").as_bytes());
        Self {
            token: token.filter(|t| !t.is_empty()).map(str::to_owned),
            scope: format!("ec2:{operation}:{}:{}", cx.scope.account, cx.scope.region),
            fingerprint: digest.iter().map(|b| format!("{b:02x}")).collect(),
        }
    }

    /// What `make` made the first time that this token came; `make` runs if it is the first time.
    pub(crate) fn make<T: Serialize + DeserializeOwned>(
        &self,
        tx: &mut Tx<'_>,
        cx: &Cx,
        make: impl FnOnce(&mut Tx<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let Some(token) = &self.token else { return make(tx) };
        match idempotency::recall(tx, &self.scope, token, &self.fingerprint, cx.now) {
            Ok(Some(before)) => return Ok(before),
            Ok(None) => {}
            Err(idempotency::Error::Mismatch) => {
                return Err(Error::idempotent_parameter_mismatch(
                    "The client token you have provided is associated with a resource that has different parameters.",
                ));
            }
            Err(error) => return Err(Error::internal(error.to_string())),
        }
        let made = make(tx)?;
        let until = cx.now.after(LIFE);
        idempotency::remember(tx, &self.scope, token, &self.fingerprint, &made, until)
            .map_err(|error| Error::internal(error.to_string()))?;
        Ok(made)
    }
}
