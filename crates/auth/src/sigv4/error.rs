//! Why a request is not believed, with the codes, statuses and texts of AWS for each family of protocols.
//!
//! Source: the common errors pages of ECS (JSON) and STS (query), the SigV4 troubleshooting page of the IAM user guide,
//! and answers of AWS quoted in public issue trackers (read 2026-11). JSON services answer 400 to all of these, query
//! services 403 except for an incomplete signature, EC2 401 (AuthFailure; "Error codes for the Amazon EC2 API").

use base64::Engine;
use sha2::{Digest, Sha256};
use thiserror::Error;

/// The families of protocols that name the same refusal differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// awsJson, restJson and CBOR: codes end in `Exception`.
    Json,
    /// awsQuery and restXml.
    Query,
    /// ec2Query: one code for whatever is wrong with the credentials.
    Ec2,
}

/// A refusal; its text is what the caller is told by JSON services.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// Neither an `Authorization` header of SigV4 nor a presigned query.
    #[error("Missing Authentication Token")]
    MissingToken,
    #[error("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.")]
    TwoPlaces,
    /// A part of the signature is absent or has no sense; the text says which.
    #[error("{0}")]
    Incomplete(String),
    /// The time of the request is too far from ours, its scope is another or a header is unsigned; the text says what.
    #[error("{0}")]
    Invalid(String),
    #[error(
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access \
         Key and signing method. Consult the service documentation for details."
    )]
    Mismatch,
    /// No such access key, or not with this session token.
    #[error("The security token included in the request is invalid.")]
    UnknownKey,
    #[error("The security token included in the request is expired")]
    ExpiredToken,
}

/// What the text of a request that comes too late begins with.
const EXPIRED: &str = "Signature expired";

impl Error {
    /// The error code that `family` uses.
    pub fn code(&self, family: Family) -> &'static str {
        let (json, query) = match self {
            Self::MissingToken => ("MissingAuthenticationTokenException", "MissingAuthenticationToken"),
            Self::Incomplete(_) => ("IncompleteSignatureException", "IncompleteSignature"),
            Self::TwoPlaces | Self::Invalid(_) | Self::Mismatch => {
                ("InvalidSignatureException", "SignatureDoesNotMatch")
            }
            Self::UnknownKey => ("UnrecognizedClientException", "InvalidClientTokenId"),
            Self::ExpiredToken => ("ExpiredTokenException", "ExpiredToken"),
        };
        match family {
            Family::Json => json,
            Family::Query => query,
            Family::Ec2 => match self {
                Self::MissingToken => "MissingParameter",
                Self::ExpiredToken => "RequestExpired",
                Self::Invalid(text) if text.starts_with(EXPIRED) => "RequestExpired",
                Self::Incomplete(_)
                | Self::TwoPlaces
                | Self::Invalid(_)
                | Self::Mismatch
                | Self::UnknownKey => "AuthFailure",
            },
        }
    }

    /// The HTTP status that `family` uses.
    pub fn status(&self, family: Family) -> u16 {
        match (family, self) {
            (Family::Json, _) | (Family::Query, Self::Incomplete(_)) => 400,
            (Family::Query, _) => 403,
            (Family::Ec2, _) if self.code(family) == "AuthFailure" => 401,
            (Family::Ec2, _) => 400,
        }
    }

    /// The text that `family` uses.
    pub fn message(&self, family: Family) -> String {
        match (family, self) {
            (Family::Query, Self::MissingToken) => "Request is missing Authentication Token".to_owned(),
            (Family::Ec2, Self::MissingToken) => {
                "The request must contain the parameter AWSAccessKeyId".to_owned()
            }
            (Family::Ec2, _) if self.code(family) == "RequestExpired" => "Request has expired.".to_owned(),
            (Family::Ec2, Self::UnknownKey | Self::Mismatch) => {
                "AWS was not able to validate the provided access credentials".to_owned()
            }
            _ => self.to_string(),
        }
    }

    /// `missing` is not empty; each names one part that the header lacks.
    pub(super) fn incomplete_header(missing: &[&str], header: &[u8]) -> Self {
        // AWS tells the header's hash, never the header, which may be a secret of another scheme.
        let parts = missing.join(" ");
        let hash = hashed(header);
        Self::Incomplete(format!(
            "{parts} (Hashed with SHA-256 and encoded with Base64) Authorization={hash}"
        ))
    }

    pub(super) fn not_a_pair(header: &[u8]) -> Self {
        let hash = hashed(header);
        Self::Incomplete(format!(
            "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with \
             Base64): '{hash}'."
        ))
    }

    pub(super) fn incomplete_query(missing: &[&str]) -> Self {
        let parts = missing.iter().map(|name| format!("AWS query-string parameters must include '{name}'. "));
        Self::Incomplete(format!("{}Re-examine the query-string parameters.", parts.collect::<String>()))
    }

    pub(super) fn unsigned_header(name: &str) -> Self {
        Self::Invalid(format!("{name} must be a 'SignedHeader' in the AWS Authorization."))
    }
}

fn hashed(header: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(header))
}
