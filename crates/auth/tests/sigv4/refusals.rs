//! Each refusal with its code, status and text, for both families of protocols.

use crate::{KEY, SECRET, Sent, verifier};
use auth::Secret;
use auth::sigv4::{Error, Expected, Family, Signer, claimed_service};
use http::HeaderMap;
use model::Timestamp;
use std::time::Duration;

const NOW: Timestamp = Timestamp::from_millis(1_440_938_160_000);

fn bare() -> Sent {
    let mut sent = Sent {
        method: "POST".into(),
        path: "/".into(),
        query: String::new(),
        headers: HeaderMap::new(),
        body: b"{}".to_vec(),
        service: "ecs".into(),
        region: "us-east-1".into(),
        now: NOW,
    };
    sent.set("host", "127.0.0.1:4566");
    sent.set("x-amz-target", "AmazonEC2ContainerServiceV20141113.ListClusters");
    sent
}

fn signed_with(token: Option<&str>) -> Sent {
    let mut sent = bare();
    sign(&mut sent, token);
    sent
}

fn sign(sent: &mut Sent, token: Option<&str>) {
    let (secret, token) = (Secret::new(SECRET), token.map(Secret::new));
    let signer = Signer {
        access_key_id: KEY,
        secret: &secret,
        session_token: token.as_ref(),
        region: "us-east-1",
        service: "ecs",
    };
    let added = signer.sign(&sent.request(), NOW).expect("it can be signed");
    sent.headers.extend(added);
}

fn refusal(sent: &Sent) -> Error {
    sent.verify(&verifier(None, None)).expect_err("it is refused")
}

fn told(error: &Error, family: Family) -> (u16, &'static str, String) {
    (error.status(family), error.code(family), error.message(family))
}

#[test]
fn the_control_is_believed() {
    let verified = signed_with(None).verify(&verifier(None, None)).expect("it is well signed");
    assert_eq!(verified.principal.arn(), "arn:aws:iam::000000000000:root");
    assert_eq!(claimed_service(&signed_with(None).request()).as_deref(), Some("ecs"));
}

#[test]
fn no_signature() {
    for header in [None, Some("Basic YTpi"), Some("Bearer x"), Some("AWS AKID:sig"), Some("")] {
        let mut sent = bare();
        if let Some(header) = header {
            sent.set("authorization", header);
        }
        let error = refusal(&sent);
        assert_eq!(
            told(&error, Family::Json),
            (400, "MissingAuthenticationTokenException", "Missing Authentication Token".into())
        );
        assert_eq!(
            told(&error, Family::Query),
            (403, "MissingAuthenticationToken", "Request is missing Authentication Token".into())
        );
        assert_eq!(
            told(&error, Family::Ec2),
            (400, "MissingParameter", "The request must contain the parameter AWSAccessKeyId".into())
        );
    }
}

#[test]
fn a_signature_in_two_places() {
    let mut sent = signed_with(None);
    sent.query = "X-Amz-Algorithm=AWS4-HMAC-SHA256".into();
    let error = refusal(&sent);
    let text = "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.";
    assert_eq!(told(&error, Family::Json), (400, "InvalidSignatureException", text.into()));
    assert_eq!(told(&error, Family::Query), (403, "SignatureDoesNotMatch", text.into()));
}

#[test]
fn a_header_that_lacks_parts() {
    let mut sent = bare();
    sent.set("authorization", "AWS4-HMAC-SHA256 ");
    let error = refusal(&sent);
    assert_eq!((error.status(Family::Json), error.code(Family::Json)), (400, "IncompleteSignatureException"));
    assert_eq!((error.status(Family::Query), error.code(Family::Query)), (400, "IncompleteSignature"));
    let start = "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' \
                 parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires \
                 existence of either a 'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) \
                 Authorization=";
    assert!(error.to_string().starts_with(start), "{error}");

    for (header, text) in [
        ("Credential=a, SignedHeaders=host", "'Signature' parameter. (Hashed"),
        ("Credential=a,Signature=b", "'SignedHeaders' parameter. (Hashed"),
        ("SignedHeaders=host Signature=b", "'Credential' parameter. (Hashed"),
        ("Credential=, SignedHeaders=host, Signature=b", "'Credential' parameter. (Hashed"),
        ("Credential=a, SignedHeaders, Signature=b", "Invalid key=value pair (missing equal-sign) in"),
        ("Credential= a, SignedHeaders=host, Signature=b", "Invalid key=value pair (missing equal-sign) in"),
    ] {
        sent.set("x-amz-date", "20150830T123600Z");
        sent.set("authorization", &format!("AWS4-HMAC-SHA256 {header}"));
        let error = refusal(&sent);
        assert!(error.to_string().contains(text), "{header}: {error}");
        assert_eq!(error.code(Family::Json), "IncompleteSignatureException");
    }
}

#[test]
fn a_query_that_lacks_parts() {
    let mut sent = bare();
    sent.headers.remove("x-amz-target");
    sent.query = "X-Amz-Algorithm=&X-Amz-Date=20150830T123600Z".into();
    assert_eq!(
        refusal(&sent).to_string(),
        "AWS query-string parameters must include 'X-Amz-Algorithm'. AWS query-string parameters must include \
         'X-Amz-Credential'. AWS query-string parameters must include 'X-Amz-Signature'. AWS query-string parameters \
         must include 'X-Amz-SignedHeaders'. Re-examine the query-string parameters."
    );
    let rest = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Signature=b&X-Amz-SignedHeaders=host&\
                X-Amz-Date=20150830T123600Z&X-Amz-Expires=";
    for (expires, text) in
        [("x", "should be a number"), ("-1", "must be non-negative"), ("604801", "less than 604800 seconds")]
    {
        sent.query = format!("{rest}{expires}");
        assert!(refusal(&sent).to_string().ends_with(text));
    }
}

#[test]
fn times() {
    let mut sent = signed_with(None);
    sent.set("x-amz-date", "2015-08-30");
    assert_eq!(
        refusal(&sent),
        Error::Incomplete(
            "Date must be in ISO-8601 'basic format'. Got '2015-08-30'. See http://en.wikipedia.org/wiki/ISO_8601"
                .into()
        )
    );
    let mut sent = signed_with(None);
    sent.now = NOW.after(Duration::from_secs(901));
    let error = refusal(&sent);
    let text = "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T125101Z - 15 min.)";
    assert_eq!(told(&error, Family::Json), (400, "InvalidSignatureException", text.into()));
    assert_eq!(told(&error, Family::Query), (403, "SignatureDoesNotMatch", text.into()));
    sent.now = Timestamp::from_millis(NOW.millis() - 901_000);
    let text = "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T122059Z + 15 min.)";
    assert_eq!(refusal(&sent).to_string(), text);
    for millis in [-900_000, 900_000] {
        sent.now = Timestamp::from_millis(NOW.millis() + millis);
        assert!(sent.verify(&verifier(None, None)).is_ok(), "the limit itself is within");
    }
}

#[test]
fn headers_that_have_to_be_signed() {
    let mut sent = signed_with(None);
    let without = sent.header("authorization").replace("host;", "");
    sent.set("authorization", &without);
    assert_eq!(
        refusal(&sent).to_string(),
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
    );
    let mut sent = signed_with(None);
    let without = sent.header("authorization").replace(";x-amz-target", "");
    sent.set("authorization", &without);
    assert_eq!(
        refusal(&sent).to_string(),
        "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization."
    );
}

#[test]
fn algorithms() {
    let mut sent = signed_with(None);
    let other = sent.header("authorization").replace("HMAC-SHA256", "HMAC-SHA512");
    sent.set("authorization", &other);
    assert_eq!(
        told(&refusal(&sent), Family::Json),
        (
            400,
            "IncompleteSignatureException",
            "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA512' (only AWS4-HMAC-SHA256 for now). ".into()
        )
    );
}

#[test]
fn scopes() {
    let with = |scope: &str| {
        let mut sent = signed_with(None);
        let other = sent.header("authorization").replace("20150830/us-east-1/ecs/aws4_request", scope);
        sent.set("authorization", &other);
        refusal(&sent)
    };
    for scope in ["20150830/us-east-1/ecs", "20150830/us-east-1/ecs/aws4_request/x"] {
        let text =
            "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term.";
        assert_eq!(with(scope), Error::Incomplete(text.into()));
    }
    assert_eq!(
        told(&with("b/c/d/e"), Family::Json),
        (
            400,
            "InvalidSignatureException",
            "Credential should be scoped to a valid region, not 'c'. Credential should be scoped to correct service: \
             'ecs'. Credential should be scoped with a valid terminator: 'aws4_request', not 'e'. Date in Credential \
             scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: 'b' != '20150830', from \
             '20150830T123600Z'. "
                .into()
        )
    );
}

#[test]
fn a_global_service_takes_its_own_region_too() {
    let sent = signed_with(None);
    let regions = ["eu-west-1", "us-east-1"];
    let expected = Expected { service: "ecs", regions: &regions };
    assert!(verifier(None, None).verify(&sent.request(), expected, NOW).is_ok());
}

#[test]
fn an_unknown_key() {
    let mut sent = signed_with(None);
    let other = sent.header("authorization").replace(KEY, "AKIDOTHER");
    sent.set("authorization", &other);
    let text = "The security token included in the request is invalid.";
    assert_eq!(told(&refusal(&sent), Family::Json), (400, "UnrecognizedClientException", text.into()));
    assert_eq!(told(&refusal(&sent), Family::Query), (403, "InvalidClientTokenId", text.into()));
    let text = "AWS was not able to validate the provided access credentials";
    assert_eq!(told(&refusal(&sent), Family::Ec2), (401, "AuthFailure", text.into()));
}

#[test]
fn a_wrong_signature() {
    let mut sent = signed_with(None);
    sent.body = b"{ }".to_vec();
    let text = "The request signature we calculated does not match the signature you provided. Check your AWS Secret \
                Access Key and signing method. Consult the service documentation for details.";
    assert_eq!(told(&refusal(&sent), Family::Json), (400, "InvalidSignatureException", text.into()));
    assert_eq!(told(&refusal(&sent), Family::Query), (403, "SignatureDoesNotMatch", text.into()));
    for signature in ["", "0", &"0".repeat(64), &"0".repeat(65)] {
        let mut sent = signed_with(None);
        let (start, _) = sent.header("authorization").rsplit_once('=').expect("it has a signature");
        let other = format!("{start}={signature}");
        sent.set("authorization", &other);
        assert!(sent.verify(&verifier(None, None)).is_err());
    }
}

#[test]
fn session_tokens() {
    let temporary = verifier(Some("token"), Some(NOW.after(Duration::from_secs(1))));
    assert!(signed_with(Some("token")).verify(&temporary).is_ok());
    assert_eq!(signed_with(Some("tokeN")).verify(&temporary).err(), Some(Error::UnknownKey));
    assert_eq!(signed_with(None).verify(&temporary).err(), Some(Error::UnknownKey));
    assert_eq!(refusal(&signed_with(Some("token"))), Error::UnknownKey, "a long-lived key has no token");
    let ended = verifier(Some("token"), Some(NOW));
    let error = signed_with(Some("token")).verify(&ended).expect_err("it is over");
    let text = "The security token included in the request is expired";
    assert_eq!(told(&error, Family::Json), (400, "ExpiredTokenException", text.into()));
    assert_eq!(told(&error, Family::Query), (403, "ExpiredToken", text.into()));
    assert_eq!(told(&error, Family::Ec2), (400, "RequestExpired", "Request has expired.".into()));
}

#[test]
fn payloads() {
    let mut sent = bare();
    sent.set("x-amz-content-sha256", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD");
    sign(&mut sent, None);
    assert!(
        matches!(refusal(&sent), Error::Invalid(text) if text.starts_with("x-amz-content-sha256 must be"))
    );

    // Left out only if the header that says so is signed.
    let mut sent = signed_with(None);
    sent.set("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    assert!(sent.verify(&verifier(None, None)).is_ok(), "an unsigned header says nothing");
    sent.body.push(b' ');
    assert_eq!(refusal(&sent), Error::Mismatch);
}

#[test]
fn the_host_of_http_2_is_its_authority() {
    let mut sent = bare();
    sent.headers.remove("host");
    let secret = Secret::new(SECRET);
    let signer = Signer {
        access_key_id: KEY,
        secret: &secret,
        session_token: None,
        region: "us-east-1",
        service: "ecs",
    };
    let with = |sent: &Sent, authority| {
        let request = auth::sigv4::Request { authority: Some(authority), ..sent.request() };
        let expected = Expected { service: "ecs", regions: &["us-east-1"] };
        verifier(None, None).verify(&request, expected, NOW)
    };
    let request = auth::sigv4::Request { authority: Some("127.0.0.1:4566"), ..sent.request() };
    let added = signer.sign(&request, NOW).expect("it can be signed");
    sent.headers.extend(added);
    assert!(with(&sent, "127.0.0.1:4566").is_ok());
    assert_eq!(with(&sent, "127.0.0.1:4567").err(), Some(Error::Mismatch));
}
