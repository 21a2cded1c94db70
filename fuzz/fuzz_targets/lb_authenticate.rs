//! What comes from browsers and from providers of identities: none of it is a session, a login or a user that was not sealed or said so.
#![no_main]

use lb::authenticate::{Authenticator, Found, State, id_token, of_request, parameters, tokens, user_info};
use lb::http::Fields;
use lb::sticky::Key;
use libfuzzer_sys::fuzz_target;
use model::balancer::{Authentication, OnUnauthenticated, Secret};

fn authenticator() -> Authenticator {
    let url: model::balancer::Endpoint = "https://id.example/".parse().expect("a URL");
    let of = Authentication {
        issuer: "https://id.example".to_owned(),
        authorization_endpoint: url.clone(),
        token_endpoint: url.clone(),
        user_info_endpoint: url,
        client_id: "c".to_owned(),
        client_secret: Secret::new("s"),
        session_cookie_name: "n".to_owned(),
        scope: "openid".to_owned(),
        session_timeout_seconds: 60,
        extra_parameters: Default::default(),
        on_unauthenticated: OnUnauthenticated::Deny,
    };
    Authenticator::new("arn", of)
}

fuzz_target!(|input: (&[u8], &[u8], u16)| {
    let (first, second, status) = input;
    let (key, of) = (Key::from_hex(&"0b".repeat(32)).expect("a key"), authenticator());
    let mut fields = Fields::default();
    fields.push("Cookie", [b"n-0=1".as_slice(), first].concat());
    fields.push("Cookie", second.to_vec());
    assert!(!matches!(of_request(&fields, &key, &of), Found::Session(..)));
    assert_eq!(State::open(first, &key, &of), None);
    for (name, value) in parameters(first) {
        let _ = name.parse::<model::balancer::Endpoint>();
        let _ = value;
    }
    if let Ok(text) = std::str::from_utf8(first) {
        if let Ok(endpoint) = text.parse::<model::balancer::Endpoint>() {
            assert!(endpoint.port() > 0 && !endpoint.host().is_empty() && endpoint.target().starts_with('/'));
            let whole = format!("{}{}", endpoint.authority(), endpoint.target());
            assert!(!whole.bytes().any(|byte| byte.is_ascii_control() || byte == b' '));
        }
        if let Ok(subject) = id_token(Some(text), "https://id.example", "c", 1) {
            assert!(!subject.bytes().any(|byte| byte.is_ascii_control()));
        }
    }
    if let Ok(tokens) = tokens(status, first) {
        assert!(tokens.access_token.bytes().all(|byte| byte.is_ascii_graphic()));
    }
    if let Ok(claims) = user_info(status, first, "ann") {
        assert!(user_info(200, claims.as_bytes(), "ann").is_ok());
    }
});
