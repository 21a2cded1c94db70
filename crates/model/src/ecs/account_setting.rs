//! Account settings.

use crate::ids::Scope;
use serde::{Deserialize, Serialize};

/// A setting that somebody changed. Key: account, region, principal, name. The account's default has the root user as its principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccountSetting {
    pub scope: Scope,
    /// ARN of a user, a role or the account's root.
    pub principal: String,
    pub name: String,
    pub value: String,
}

impl AccountSetting {
    /// `ACCOUNT/REGION/PRINCIPAL/NAME`
    pub fn key_of(scope: &Scope, principal: &str, name: &str) -> String {
        format!("{}/{}/{principal}/{name}", scope.account, scope.region)
    }

    pub fn key(&self) -> String {
        Self::key_of(&self.scope, &self.principal, &self.name)
    }
}
