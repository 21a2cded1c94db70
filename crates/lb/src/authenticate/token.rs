//! What a provider answers: tokens, the ID token, the claims of a user. All of it is outside bytes.

use super::failure::Reason;
use super::session::REFRESH;
use base64::Engine as _;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde_json::{Map, Value};
use std::fmt;

/// Answer of a token endpoint.
#[derive(PartialEq, Eq)]
pub struct Tokens {
    pub access_token: String,
    /// How long the access token lasts.
    pub seconds: Option<u64>,
    pub refresh_token: Option<String>,
    pub id_token: Option<String>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens").field("seconds", &self.seconds).finish_non_exhaustive()
    }
}

/// The most of claims and access token together: AWS's 11 K.
pub const LARGEST: usize = 11 * 1024;
/// How far a provider's clock may be ahead.
const SKEW_SECONDS: u64 = 300;

/// Reads a token endpoint's answer (RFC 6749 §5).
pub fn tokens(status: u16, body: &[u8]) -> Result<Tokens, Reason> {
    let answer = serde_json::from_slice::<Map<String, Value>>(body);
    if !(200..300).contains(&status) {
        let error = answer.ok().and_then(|answer| answer.get("error")?.as_str().map(str::to_owned));
        return Err(match error.as_deref() {
            Some("invalid_grant") => Reason::InvalidGrant,
            _ => Reason::TokenFailed,
        });
    }
    let answer = answer.map_err(|_| Reason::InvalidTokenResponse)?;
    let text = |name: &str| answer.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let is_token = |text: &str| text.bytes().all(|byte| byte.is_ascii_graphic());
    let access_token =
        text("access_token").filter(|token| is_token(token)).ok_or(Reason::InvalidTokenResponse)?;
    if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(Reason::InvalidTokenResponse);
    }
    let seconds = answer.get("expires_in").and_then(|value| match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    });
    Ok(Tokens {
        access_token: access_token.to_owned(),
        seconds: seconds.map(|seconds| seconds.min(u64::from(u32::MAX))),
        refresh_token: text("refresh_token").filter(|token| token.len() <= REFRESH).map(str::to_owned),
        id_token: text("id_token").map(str::to_owned),
    })
}

/// Whom an ID token is about. It came from the token endpoint itself, over TLS whose certificate was verified, which stands for its signature
/// (OpenID Connect Core §3.1.3.7, 6).
pub fn id_token(token: Option<&str>, issuer: &str, client: &str, now: u64) -> Result<String, Reason> {
    let read = || {
        let mut parts = token?.split('.');
        let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
        let claims: Map<String, Value> = serde_json::from_slice(&base64url(payload)?).ok()?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let time = |name: &str| claims.get(name).and_then(Value::as_f64);
        let (is_audience, several) = match claims.get("aud")? {
            Value::String(one) => (one == client, false),
            Value::Array(all) => (all.iter().any(|one| one.as_str() == Some(client)), all.len() > 1),
            _ => (false, false),
        };
        let authorized = match text("azp") {
            Some(party) => party == client,
            None => !several,
        };
        let in_time =
            time("exp")? > now as f64 && time("iat").is_none_or(|at| at <= (now + SKEW_SECONDS) as f64);
        let good =
            text("iss") == Some(issuer) && is_audience && authorized && in_time && parts.next().is_none();
        text("sub").filter(|subject| good && is_subject(subject)).map(str::to_owned)
    };
    read().ok_or(Reason::InvalidIdToken)
}

/// The claims of a user info endpoint's answer, as they are kept: a JSON object about `subject`.
pub fn user_info(status: u16, body: &[u8], subject: &str) -> Result<String, Reason> {
    if !(200..300).contains(&status) {
        return Err(Reason::UserInfoFailed);
    }
    let claims: Map<String, Value> = serde_json::from_slice(body).map_err(|_| Reason::InvalidUserInfo)?;
    // Core §5.3.2: claims about somebody else must not be used.
    if claims.get("sub").and_then(Value::as_str) != Some(subject) {
        return Err(Reason::InvalidUserInfo);
    }
    serde_json::to_string(&claims).map_err(|_| Reason::InvalidUserInfo)
}

/// It goes into a header: Core §2 allows 255 ASCII characters.
fn is_subject(subject: &str) -> bool {
    (1..=255).contains(&subject.len())
        && subject.bytes().all(|byte| (b' '..=b'~').contains(&byte))
        && subject.trim() == subject
}

fn base64url(text: &str) -> Option<Vec<u8>> {
    const ANY: GeneralPurposeConfig =
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    GeneralPurpose::new(&URL_SAFE, ANY).decode(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::engine::general_purpose::{URL_SAFE as PADDED, URL_SAFE_NO_PAD};
    use serde_json::json;

    const NOW: u64 = 1_000;

    fn jwt(claims: &Value) -> String {
        let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
        format!("{}.{}.{}", part("{\"alg\":\"RS256\"}"), part(&claims.to_string()), part("signature"))
    }

    fn subject(claims: &Value) -> Result<String, Reason> {
        id_token(Some(&jwt(claims)), "https://id.example", "c", NOW)
    }

    #[test]
    fn id_tokens() {
        let good = json!({ "iss": "https://id.example", "aud": "c", "sub": "ann", "exp": 1001, "iat": 999 });
        let with = |name: &str, value: Value| {
            let mut claims = good.clone();
            claims[name] = value;
            claims
        };
        assert_eq!(subject(&good).as_deref(), Ok("ann"));
        for (name, value) in [
            ("aud", json!(["c"])),
            ("azp", json!("c")),
            ("exp", json!(1000.5)),
            ("iat", json!(NOW + SKEW_SECONDS)),
            ("nonce", json!("")),
        ] {
            assert_eq!(subject(&with(name, value.clone())).as_deref(), Ok("ann"), "{name} {value}");
        }
        let mut both = with("aud", json!(["other", "c"]));
        assert_eq!(subject(&both), Err(Reason::InvalidIdToken), "of several audiences one is authorized");
        both["azp"] = json!("c");
        assert_eq!(subject(&both).as_deref(), Ok("ann"));
        for (name, value) in [
            ("iss", json!("https://id.example/")),
            ("iss", json!("https://evil.example")),
            ("iss", Value::Null),
            ("aud", json!("other")),
            ("aud", json!(["other"])),
            ("aud", json!([])),
            ("aud", json!(7)),
            ("azp", json!("other")),
            ("exp", json!(1000)),
            ("exp", json!("1001")),
            ("exp", Value::Null),
            ("iat", json!(NOW + SKEW_SECONDS + 1)),
            ("sub", json!("")),
            ("sub", json!("a\r\nx-amzn-oidc-identity: b")),
            ("sub", json!("\u{e9}")),
            ("sub", json!(" a")),
            ("sub", json!("a".repeat(256))),
            ("sub", json!(7)),
        ] {
            assert_eq!(subject(&with(name, value.clone())), Err(Reason::InvalidIdToken), "{name} {value}");
        }
        let read = |token: Option<&str>| id_token(token, "https://id.example", "c", NOW);
        assert_eq!(read(None), Err(Reason::InvalidIdToken));
        let token = jwt(&good);
        assert_eq!(read(Some(&format!("{token}.x"))), Err(Reason::InvalidIdToken));
        assert_eq!(read(Some(token.split_once('.').expect("parts").1)), Err(Reason::InvalidIdToken));
        assert_eq!(read(Some("")), Err(Reason::InvalidIdToken));
        let padded = format!("e30=.{}.x", PADDED.encode(good.to_string()));
        assert_eq!(read(Some(&padded)).as_deref(), Ok("ann"));
    }

    #[test]
    fn answers_of_token_endpoints() {
        let read = |status, body: Value| tokens(status, body.to_string().as_bytes());
        let good = json!({ "access_token": "a.b", "token_type": "bearer", "expires_in": "60", "refresh_token": "r", "id_token": "i" });
        let read_good = read(200, good.clone()).expect("it is good");
        assert_eq!((read_good.seconds, read_good.refresh_token.as_deref()), (Some(60), Some("r")));
        assert!(!format!("{read_good:?}").contains("a.b"), "tokens are not shown");
        let least = read(200, json!({ "access_token": "a" })).expect("it is enough");
        assert_eq!((least.seconds, least.refresh_token, least.id_token), (None, None, None));
        for (status, body, reason) in [
            (400, json!({ "error": "invalid_grant" }), Reason::InvalidGrant),
            (401, json!({ "error": "invalid_client" }), Reason::TokenFailed),
            (302, good.clone(), Reason::TokenFailed),
            (500, json!("x"), Reason::TokenFailed),
            (200, json!([]), Reason::InvalidTokenResponse),
            (200, json!({}), Reason::InvalidTokenResponse),
            (200, json!({ "access_token": "" }), Reason::InvalidTokenResponse),
            (200, json!({ "access_token": "a b" }), Reason::InvalidTokenResponse),
            (200, json!({ "access_token": "a\r\nx: y" }), Reason::InvalidTokenResponse),
            (200, json!({ "access_token": "a", "token_type": "mac" }), Reason::InvalidTokenResponse),
        ] {
            assert_eq!(read(status, body.clone()), Err(reason), "{status} {body}");
        }
        let endless = read(200, json!({ "access_token": "a", "expires_in": u64::MAX })).expect("it is good");
        assert_eq!(endless.seconds, Some(u64::from(u32::MAX)));
    }

    #[test]
    fn answers_of_user_info_endpoints() {
        let read = |status, body: &str| user_info(status, body.as_bytes(), "ann");
        assert_eq!(
            read(200, "{ \"sub\": \"ann\", \"a\": [1] }").as_deref(),
            Ok("{\"a\":[1],\"sub\":\"ann\"}")
        );
        for (status, body, reason) in [
            (200, "{\"sub\": \"bob\"}", Reason::InvalidUserInfo),
            (200, "{}", Reason::InvalidUserInfo),
            (200, "ann", Reason::InvalidUserInfo),
            (401, "{\"sub\": \"ann\"}", Reason::UserInfoFailed),
        ] {
            assert_eq!(read(status, body), Err(reason), "{status} {body}");
        }
        let deep = format!("{{\"sub\": \"ann\", \"a\": {}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(read(200, &deep), Err(Reason::InvalidUserInfo));
    }
}
