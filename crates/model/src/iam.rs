//! The records of IAM: roles, and the customer's own managed policies.
//!
//! Policy documents are kept as they were given; what they mean is `auth::policy`'s business.

use crate::ids::{RoleArn, Scope};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The record of a role. Key: account and name, without regard to case, as names are unique.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Role {
    pub arn: RoleArn,
    /// `AROA…`. A role that is made again under its old name has another, which is what ends the sessions of the old one.
    pub id: String,
    pub created_at: Timestamp,
    /// Who may assume it: a JSON document.
    pub trust_policy: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The longest session that AssumeRole gives, 3600 to 43200.
    pub max_session_s: u32,
    /// Documents by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inline_policies: BTreeMap<String, String>,
    /// ARNs of managed policies, in the order in which they were attached.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attached_policies: Vec<String>,
    /// The ARN of the managed policy that bounds what the others allow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permissions_boundary: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

impl Role {
    /// The key of the role `name` of an account.
    pub fn key_of(account: &str, name: &str) -> String {
        format!("{account}/{}", name.to_ascii_lowercase())
    }

    pub fn key(&self) -> String {
        Self::key_of(self.arn.account(), self.arn.name())
    }

    /// Whether a service owns it: its path is reserved for that.
    pub fn is_service_linked(&self) -> bool {
        self.arn.path().starts_with("/aws-service-role/")
    }
}

/// The record of a managed policy that an account made. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedPolicy {
    pub account: String,
    pub partition: String,
    /// It begins and ends with a slash.
    pub path: String,
    pub name: String,
    /// `ANPA…`
    pub id: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// One to five, by their numbers.
    pub versions: BTreeMap<u32, PolicyVersion>,
    /// The number of the version that counts.
    pub default_version: u32,
    /// The highest number that was ever given.
    pub last_version: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// One version of a managed policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PolicyVersion {
    pub document: String,
    pub created_at: Timestamp,
}

impl ManagedPolicy {
    /// The ARN of the policy `name` under `path` in the account of `scope`.
    pub fn arn_of(scope: &Scope, path: &str, name: &str) -> String {
        format!("arn:{}:iam::{}:policy{path}{name}", scope.partition, scope.account)
    }

    pub fn arn(&self) -> String {
        let Self { partition, account, path, name, .. } = self;
        format!("arn:{partition}:iam::{account}:policy{path}{name}")
    }

    /// The document that counts.
    pub fn document(&self) -> Option<&str> {
        self.versions.get(&self.default_version).map(|version| version.document.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_roles_are_unique_without_regard_to_case() {
        assert_eq!(Role::key_of("123456789012", "WebRole"), Role::key_of("123456789012", "webrole"));
        assert_ne!(Role::key_of("123456789012", "web"), Role::key_of("123456789013", "web"));
    }
}
