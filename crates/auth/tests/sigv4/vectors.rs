//! Requests that botocore signed: kept ones, and new ones made by each run.

use crate::{KEY, SECRET, Sent, verifier};
use auth::Secret;
use auth::sigv4::{Error, Signer};
use http::{HeaderMap, HeaderName, HeaderValue};
use model::Timestamp;
use serde::Deserialize;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

#[derive(Deserialize)]
struct Line {
    name: String,
    now: i64,
    method: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    body: String,
    service: String,
    region: String,
    key: String,
    secret: String,
    token: Option<String>,
}

struct Vector {
    name: String,
    sent: Sent,
    token: Option<String>,
}

fn read(lines: &str) -> Vec<Vector> {
    let lines = lines.lines().map(|line| serde_json::from_str::<Line>(line).expect("a vector"));
    lines
        .map(|line| {
            assert_eq!((line.key.as_str(), line.secret.as_str()), (KEY, SECRET));
            let mut headers = HeaderMap::new();
            for (name, value) in &line.headers {
                let name = name.parse::<HeaderName>().expect("a header name");
                headers.append(name, HeaderValue::from_bytes(value.as_bytes()).expect("a header value"));
            }
            let sent = Sent {
                method: line.method,
                path: line.path,
                query: line.query,
                headers,
                body: hex::decode(line.body).expect("hex digits"),
                service: line.service,
                region: line.region,
                now: Timestamp::from_millis(line.now * 1000),
            };
            Vector { name: line.name, sent, token: line.token }
        })
        .collect()
}

fn kept() -> Vec<Vector> {
    read(include_str!("vectors.jsonl"))
}

#[test]
fn what_botocore_signed_is_believed() {
    let vectors = kept();
    assert!(vectors.len() >= 36);
    for Vector { name, sent, token } in vectors {
        let verified = sent.verify(&verifier(token.as_deref(), None));
        assert!(verified.is_ok(), "{name}: {:?}", verified.err());
    }
}

/// Runs the oracle afresh with a seed of the day's clock, which a failure prints.
#[test]
fn what_botocore_signs_now_is_believed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let own = root.join("../../.venv/bin/python3");
    let python = if own.exists() { own } else { "python3".into() };
    let seed = format!("{:?}", std::time::SystemTime::now());
    let output =
        Command::new(&python).arg(root.join("tests/sigv4/sign.py")).arg(&seed).output().unwrap_or_else(
            |error| panic!("cannot run {}: {error}; `make venv` installs botocore", python.display()),
        );
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the oracle failed; `make venv` installs botocore: {said}");
    let vectors = read(std::str::from_utf8(&output.stdout).expect("the oracle writes JSON"));
    assert_eq!(vectors.len(), 40);
    for Vector { name, sent, token } in vectors {
        let verified = sent.verify(&verifier(token.as_deref(), None));
        assert!(verified.is_ok(), "{name}: {:?} {sent:?}", verified.err());
    }
}

/// Whatever is signed and differs by one byte is refused.
#[test]
fn what_was_changed_on_the_way_is_refused() {
    for Vector { name, sent, token } in kept() {
        let verifier = verifier(token.as_deref(), None);
        let refused = |change: &str, sent: &Sent| {
            let verified = sent.verify(&verifier);
            assert_eq!(verified.err(), Some(Error::Mismatch), "{name}: {change}");
        };
        let mut changed = sent.clone();
        changed.method = "OPTIONS".into();
        refused("method", &changed);

        let mut changed = sent.clone();
        changed.path.push_str("/x");
        refused("path", &changed);

        let mut changed = sent.clone();
        changed.query = format!("{}&zz=1", changed.query);
        refused("query", &changed);

        let mut changed = sent.clone();
        changed.body.push(b' ');
        match sent.headers.get("x-amz-content-sha256").map(HeaderValue::as_bytes) {
            Some(b"UNSIGNED-PAYLOAD") => {
                assert!(changed.verify(&verifier).is_ok(), "{name}: left out by a signed header")
            }
            Some(_) | None => refused("body", &changed),
        }

        let mut changed = sent.clone();
        changed.set("host", "elsewhere");
        refused("host", &changed);

        if sent.headers.contains_key("x-amz-target") {
            let mut changed = sent.clone();
            changed.set("x-amz-target", "AmazonEC2ContainerServiceV20141113.DeleteCluster");
            refused("target", &changed);
        }
    }
}

/// Our own signer makes, header for header, what botocore makes.
#[test]
fn our_signer_agrees_with_botocore() {
    let mut compared = 0;
    // A query left as it is gets another, equally good signature from us, and we sign every payload.
    let others = ["query left as it is", "unsigned payload"];
    let ours = kept().into_iter().filter(|vector| !others.contains(&vector.name.as_str()));
    for Vector { name, sent, token } in
        ours.filter(|vector| vector.sent.headers.contains_key("authorization"))
    {
        let mut bare = sent.clone();
        // What botocore leaves unsigned is not there yet when we sign.
        for name in ["authorization", "x-amz-date", "x-amz-security-token", "user-agent"] {
            bare.headers.remove(name);
        }
        let token = token.map(Secret::new);
        let signer = Signer {
            access_key_id: KEY,
            secret: &Secret::new(SECRET),
            session_token: token.as_ref(),
            region: &sent.region,
            service: &sent.service,
        };
        let added = signer.sign(&bare.request(), sent.now).expect("it can be signed");
        let (_, authorization) =
            added.iter().find(|(name, _)| name == "authorization").expect("it is signed");
        assert_eq!(authorization.to_str().expect("text"), sent.header("authorization"), "{name}");
        compared += 1;
    }
    assert!(compared >= 28);
}

/// A quarter of an hour at least, what it says if that is more.
#[test]
fn presigned_queries_end() {
    for (name, good_for_s, minutes) in [("presigned", 900, 15), ("presigned post", 3600, 60)] {
        let vector = kept().into_iter().find(|vector| vector.name == name).expect("it is kept");
        let after = |seconds| {
            let mut sent = vector.sent.clone();
            sent.now = sent.now.after(Duration::from_secs(seconds));
            sent.verify(&verifier(None, None)).err()
        };
        assert_eq!(after(good_for_s), None, "{name}");
        let Some(Error::Invalid(text)) = after(good_for_s + 1) else { panic!("{name} is still good") };
        assert!(text.starts_with("Signature expired: 20150830T123600Z is now earlier than"), "{text}");
        assert!(text.ends_with(&format!(" - {minutes} min.)")), "{text}");
    }
}
