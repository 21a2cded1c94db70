//! The records of Certificate Manager: certificates that were imported, with their keys sealed.

use crate::ids::{CertificateArn, Scope};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The record of a certificate. Key: its ARN. What is said of it here was read from it when it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    pub arn: CertificateArn,
    pub scope: Scope,
    /// PEM, of the certificate alone.
    pub certificate: String,
    /// PEM, of those that lead from it to a root, nearest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
    pub key: SealedKey,
    pub facts: CertificateFacts,
    pub created_at: Timestamp,
    /// Later than `created_at` where it was imported again.
    pub imported_at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// What a certificate says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateFacts {
    /// The common name of its subject, else the first of its names; empty where it has neither.
    pub domain_name: String,
    /// Names that it is for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    pub subject: String,
    pub issuer: String,
    /// Pairs of hex digits with colons.
    pub serial: String,
    pub not_before: Timestamp,
    pub not_after: Timestamp,
    /// As the API names it: `RSA-2048`, `EC-prime256v1`.
    pub key_algorithm: String,
    /// As the API names it: `SHA256WITHRSA`.
    pub signature_algorithm: String,
    /// As the API names them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub key_usages: Vec<String>,
    /// Name and object id, as the API has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extended_key_usages: Vec<(String, String)>,
}

/// A private key under the data directory's master key, for the certificate's ARN alone: base64.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SealedKey(pub String);

impl fmt::Debug for SealedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedKey(…)")
    }
}
