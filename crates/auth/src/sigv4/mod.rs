//! Verification of AWS Signature Version 4, in headers and in presigned queries.
//!
//! Decides one thing: which credential, if any, a request was signed with. Checks come in the order in which AWS tells
//! their failures: presence, parts, date, age, signed headers, algorithm, scope, key, signature, session token.
//! Invariants: nothing of a request is trusted before its signature; the body is always hashed here unless the signer
//! left it out under a signed header; comparison takes the same time wherever the difference is.
//!
//! Must not know what a service or an operation is: the caller says which service and regions it expects.
//!
//! Source: "AWS Signature Version 4 for API requests" and "Troubleshoot Signature Version 4" of the IAM user guide (read
//! 2026-11); botocore is the oracle of the tests.

mod canonical;
mod claim;
mod error;
mod instant;
mod key;
mod sign;

pub use claim::claimed_service;
pub use error::{Error, Family};
pub use sign::{Signer, UnfitCredential};

use crate::credential::{Credential, Credentials};
use canonical::QueryForm;
use claim::Claim;
use http::HeaderMap;
use model::Timestamp;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;
use subtle::ConstantTimeEq;

/// How far the clocks may differ, and how long a signature can be used.
pub const SKEW: Duration = Duration::from_secs(15 * 60);

const CONTENT_SHA256: &str = "x-amz-content-sha256";
const UNSIGNED: &str = "UNSIGNED-PAYLOAD";

/// A request as it came over the wire.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub method: &'a str,
    /// As sent, percent encoding included.
    pub path: &'a str,
    /// As sent, without the question mark.
    pub query: Option<&'a str>,
    pub headers: &'a HeaderMap,
    /// HTTP/2's `:authority`, which stands for the host.
    pub authority: Option<&'a str>,
    pub body: &'a [u8],
}

/// The scope that a signature must have.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The service's signing name.
    pub service: &'a str,
    /// The regions that are as good as ours; a global service has `us-east-1` beside it.
    pub regions: &'a [&'a str],
}

/// Verifies requests against a source of credentials, with the signing keys of late kept.
pub struct Verifier {
    credentials: Arc<dyn Credentials>,
    keys: key::Cache,
}

impl Verifier {
    pub fn new(credentials: Arc<dyn Credentials>) -> Self {
        Self { credentials, keys: key::Cache::default() }
    }

    /// The credential that `request` was signed with, at most [`SKEW`] from `now`, for what is `expected`.
    pub fn verify(
        &self,
        request: &Request<'_>,
        expected: Expected<'_>,
        now: Timestamp,
    ) -> Result<Arc<Credential>, Error> {
        let claim = Claim::read(request)?;
        in_time(&claim, now)?;
        header_names(&claim, request)?;
        if claim.algorithm != "AWS4-HMAC-SHA256" {
            let algorithm = claim.algorithm.chars().take(64).collect::<String>();
            return Err(Error::Incomplete(format!(
                "Unsupported AWS 'algorithm': '{algorithm}' (only AWS4-HMAC-SHA256 for now). "
            )));
        }
        let (access_key_id, scope) = in_scope(&claim, expected)?;
        let credential =
            self.credentials.lookup(access_key_id, claim.token.as_deref()).ok_or(Error::UnknownKey)?;

        let key = self.keys.get(&claim.credential, &credential.secret, || {
            key::derive(&credential.secret, scope.date, scope.region, scope.service)
        });
        let payload = payload_hash(request, &claim)?;
        let matches = |form| {
            let hash = canonical::hash(request, &claim.signed_headers, payload.as_bytes(), form);
            let Scope { date, region, service } = scope;
            let at = instant::basic(claim.at);
            let text = format!(
                "AWS4-HMAC-SHA256\n{at}\n{date}/{region}/{service}/aws4_request\n{}",
                hex::encode(hash)
            );
            let signature = hex::encode(key::hmac(&key, text.as_bytes()));
            bool::from(signature.as_bytes().ct_eq(claim.signature.as_bytes()))
        };
        let has_query = request.query.is_some_and(|query| !query.is_empty());
        if !(matches(QueryForm::Encoded) || has_query && matches(QueryForm::AsSent)) {
            return Err(Error::Mismatch);
        }

        match (&credential.session_token, claim.token.as_deref()) {
            (None, None) => {}
            (Some(token), Some(sent)) if token.is(sent) => {}
            (Some(_) | None, _) => return Err(Error::UnknownKey),
        }
        if credential.expires.is_some_and(|end| end <= now) {
            return Err(Error::ExpiredToken);
        }
        Ok(credential)
    }
}

fn in_time(claim: &Claim<'_>, now: Timestamp) -> Result<(), Error> {
    // A presigned query is good for a quarter of an hour whatever shorter time it says: presigned GetCallerIdentity
    // tokens, which say 60 seconds, are used that long against AWS.
    let allowed = SKEW.max(Duration::from_secs(claim.expires_s.unwrap_or(0)));
    let minutes = allowed.as_secs() / 60;
    let (at, now_text) = (instant::basic(claim.at), instant::basic(now));
    if now.since(claim.at) > allowed {
        let limit = instant::basic(Timestamp::from_millis(now.millis() - allowed.as_millis() as i64));
        let text =
            format!("Signature expired: {at} is now earlier than {limit} ({now_text} - {minutes} min.)");
        return Err(Error::Invalid(text));
    }
    if claim.at.since(now) > SKEW {
        let limit = instant::basic(now.after(SKEW));
        let text =
            format!("Signature not yet current: {at} is still later than {limit} ({now_text} + 15 min.)");
        return Err(Error::Invalid(text));
    }
    Ok(())
}

/// The host must be signed, and the target, which names the operation. (That names ascend is the signer's duty; it also
/// keeps a request from having one header hashed a thousand times.)
fn header_names(claim: &Claim<'_>, request: &Request<'_>) -> Result<(), Error> {
    let signed = |wanted: &str| claim.signed_headers.split(';').any(|name| name == wanted);
    if !signed("host") && !signed(":authority") {
        return Err(Error::unsigned_header("'Host' or ':authority'"));
    }
    if request.headers.contains_key("x-amz-target") && !signed("x-amz-target") {
        return Err(Error::unsigned_header("'X-Amz-Target'"));
    }
    let names = claim.signed_headers.split(';');
    match names.clone().zip(names.skip(1)).all(|(one, next)| one < next) {
        true => Ok(()),
        false => Err(Error::Mismatch),
    }
}

#[derive(Clone, Copy)]
struct Scope<'a> {
    date: &'a str,
    region: &'a str,
    service: &'a str,
}

fn in_scope<'a>(claim: &'a Claim<'_>, expected: Expected<'_>) -> Result<(&'a str, Scope<'a>), Error> {
    let mut parts = claim.credential.split('/');
    let five = [(); 5].map(|()| parts.next());
    let ([Some(key), Some(date), Some(region), Some(service), Some(terminator)], None) = (five, parts.next())
    else {
        // What it holds is not repeated: it may be a secret in the wrong place.
        return Err(Error::Incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term."
                .into(),
        ));
    };
    let at = instant::basic(claim.at);
    let mut wrong = Vec::new();
    if !expected.regions.contains(&region) {
        wrong.push(format!("Credential should be scoped to a valid region, not '{region}'. "));
    }
    if service != expected.service {
        wrong.push(format!("Credential should be scoped to correct service: '{}'. ", expected.service));
    }
    if terminator != "aws4_request" {
        wrong.push(format!(
            "Credential should be scoped with a valid terminator: 'aws4_request', not '{terminator}'. "
        ));
    }
    if date != &at[..8] {
        wrong.push(format!(
            "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{date}' != \
             '{}', from '{at}'. ",
            &at[..8]
        ));
    }
    match wrong.is_empty() {
        true => Ok((key, Scope { date, region, service })),
        false => Err(Error::Invalid(wrong.concat())),
    }
}

/// What stands last in the canonical request.
fn payload_hash(request: &Request<'_>, claim: &Claim<'_>) -> Result<String, Error> {
    let says = request.headers.get(CONTENT_SHA256).map(http::HeaderValue::as_bytes);
    let is_signed = || claim.signed_headers.split(';').any(|name| name == CONTENT_SHA256);
    match says {
        Some(says) if says == UNSIGNED.as_bytes() && is_signed() => Ok(UNSIGNED.to_owned()),
        // Only S3 takes bodies whose chunks are signed one by one.
        Some(says) if says.starts_with(b"STREAMING-") => Err(Error::Invalid(
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, or a valid sha256 value.".to_owned(),
        )),
        // The hash that the header tells, if it is signed, must be the one of what came.
        _ => Ok(hex::encode(Sha256::digest(request.body))),
    }
}
