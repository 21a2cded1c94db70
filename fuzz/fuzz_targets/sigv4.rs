//! No request makes SigV4 verification panic, and none is believed: nobody signed it.
//!
//! The input is a request by lines: method, path, query, headers until an empty line, and the body.

#![no_main]

use auth::sigv4::{Expected, Request, Verifier, claimed_service};
use auth::{Credential, FixedCredentials, Identity, Principal, Scope, Secret, Timestamp};
use http::{HeaderMap, HeaderName, HeaderValue};
use libfuzzer_sys::fuzz_target;
use std::sync::{Arc, LazyLock};

static VERIFIER: LazyLock<Verifier> = LazyLock::new(|| {
    let principal = Principal::new(&Scope::new("us-east-1", "000000000000"), Identity::AccountRoot, None);
    let secret = Secret::new("not in any corpus");
    let credential = Credential { secret, session_token: None, expires: None, principal };
    Verifier::new(Arc::new(FixedCredentials::default().with("AKIDEXAMPLE", credential)))
});

fuzz_target!(|data: &[u8]| {
    let (head, body) = match data.windows(2).position(|window| window == b"\n\n") {
        Some(end) => (&data[..end], &data[end + 2..]),
        None => (data, &b""[..]),
    };
    let mut lines = head.split(|byte| *byte == b'\n');
    let mut text = || std::str::from_utf8(lines.next().unwrap_or(b"")).unwrap_or("");
    let (method, path, query) = (text(), text(), text());
    let mut headers = HeaderMap::new();
    for line in lines {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(&line[..colon]), HeaderValue::from_bytes(&line[colon + 1..]))
        {
            headers.append(name, value);
        }
    }
    let query = Some(query).filter(|query| !query.is_empty());
    let request = Request { method, path, query, headers: &headers, authority: None, body };
    let expected = Expected { service: "ecs", regions: &["us-east-1"] };
    let now = Timestamp::from_millis(1_440_938_160_000);
    assert!(VERIFIER.verify(&request, expected, now).is_err());
    let _ = claimed_service(&request);
});
