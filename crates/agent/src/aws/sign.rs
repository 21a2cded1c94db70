//! Signature version 4 in headers, for requests this agent makes. Verification is the control plane's; this crate may not
//! use that one, so the few lines stand here too. Source: the SigV4 page of the IAM user guide; vectors of botocore.
//!
//! Everything a signature depends on, the instant included, is an input.

use super::Credentials;
use hmac::{Hmac, KeyInit, Mac};
use model::Timestamp;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// SHA-256 of nothing.
pub const EMPTY_BODY_HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/// What is signed.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub method: &'a str,
    pub host: &'a str,
    /// Percent-encoded already.
    pub path: &'a str,
    /// `name=value&…`, percent-encoded already.
    pub query: &'a str,
    /// Further headers to sign, names in lower case.
    pub headers: &'a [(&'a str, &'a str)],
    /// Hex SHA-256 of the body.
    pub body_hash: &'a str,
}

/// For whom and when.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub credentials: &'a Credentials,
    pub region: &'a str,
    pub service: &'a str,
    pub now: Timestamp,
}

/// The headers that a signed request carries beside `Host`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub authorization: String,
    pub date: String,
    pub security_token: Option<String>,
}

/// Signs a request.
pub fn sign(request: &Request<'_>, scope: &Scope<'_>) -> Signed {
    let date = amz_date(scope.now);
    let token = scope.credentials.session_token.as_ref().map(|t| t.expose().to_owned());
    let mut headers: Vec<(&str, &str)> = vec![("host", request.host), ("x-amz-date", &date)];
    headers.extend_from_slice(request.headers);
    if let Some(token) = &token {
        headers.push(("x-amz-security-token", token));
    }
    headers.sort_unstable();
    let names = headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");

    let mut query: Vec<&str> = request.query.split('&').filter(|pair| !pair.is_empty()).collect();
    query.sort_unstable();
    let mut canonical = format!("{}\n{}\n{}\n", request.method, request.path, query.join("&"));
    for (name, value) in &headers {
        let value = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(canonical, "{name}:{value}").expect("writing to a String does not fail");
    }
    write!(canonical, "\n{names}\n{}", request.body_hash).expect("writing to a String does not fail");

    let day = &date[..8];
    let credential_scope = format!("{day}/{}/{}/aws4_request", scope.region, scope.service);
    let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{credential_scope}\n{}", hash(canonical.as_bytes()));
    let mut key = hmac(format!("AWS4{}", scope.credentials.secret_access_key.expose()).as_bytes(), day);
    for part in [scope.region, scope.service, "aws4_request"] {
        key = hmac(&key, part);
    }
    let signature = hex::encode(hmac(&key, &to_sign));
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{credential_scope}, SignedHeaders={names}, Signature={signature}",
        scope.credentials.access_key_id
    );
    Signed { authorization, date, security_token: token }
}

/// Hex SHA-256.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of every length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

/// `20150830T123600Z`.
fn amz_date(now: Timestamp) -> String {
    let (year, month, day, seconds) = civil(now);
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Year, month, day and second of the day, in UTC.
pub(crate) fn civil(now: Timestamp) -> (i64, i64, i64, i64) {
    let seconds = now.millis().div_euclid(1000);
    let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // Days to a date with years that begin in March, so that the leap day is the last.
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let doe = z.rem_euclid(146_097);
    let yoe = (doe - doe / 1460 + doe / 36_524 - doe / 146_096) / 365;
    let doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    let mp = (5 * doy + 2) / 153;
    let month = if mp < 10 { mp + 3 } else { mp - 9 };
    (yoe + era * 400 + i64::from(month <= 2), month, doy - (153 * mp + 2) / 5 + 1, of_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of AWS's documentation (`aws4_request` test suite, "get-vanilla" and the IAM example).
    #[test]
    fn documented_vectors() {
        let credentials = Credentials::new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        let scope = Scope {
            credentials: &credentials,
            region: "us-east-1",
            service: "service",
            now: Timestamp(1_440_938_160_000),
        };
        let vanilla = Request {
            method: "GET",
            host: "example.amazonaws.com",
            path: "/",
            query: "",
            headers: &[],
            body_hash: EMPTY_BODY_HASH,
        };
        let signed = sign(&vanilla, &scope);
        assert_eq!(signed.date, "20150830T123600Z");
        assert!(
            signed
                .authorization
                .ends_with("Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
            "{}",
            signed.authorization
        );
        let iam = Request {
            host: "iam.amazonaws.com",
            query: "Version=2010-05-08&Action=ListUsers",
            headers: &[("content-type", "application/x-www-form-urlencoded; charset=utf-8")],
            ..vanilla
        };
        let signed = sign(&iam, &Scope { service: "iam", ..scope });
        assert!(
            signed
                .authorization
                .ends_with("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
        );
    }

    #[test]
    fn dates() {
        assert_eq!(civil(Timestamp(0)), (1970, 1, 1, 0));
        assert_eq!(civil(Timestamp(951_782_400_000)), (2000, 2, 29, 0));
        assert_eq!(civil(Timestamp(1_735_689_599_000)), (2024, 12, 31, 86_399));
    }

    #[test]
    fn a_session_token_is_signed() {
        let mut credentials = Credentials::new("A", "B");
        credentials.session_token = Some("T".into());
        let scope = Scope { credentials: &credentials, region: "r", service: "s", now: Timestamp(0) };
        let request = Request {
            method: "GET",
            host: "h",
            path: "/",
            query: "",
            headers: &[],
            body_hash: EMPTY_BODY_HASH,
        };
        let signed = sign(&request, &scope);
        assert!(signed.authorization.contains("SignedHeaders=host;x-amz-date;x-amz-security-token"));
        assert_eq!(signed.security_token.as_deref(), Some("T"));
    }
}
