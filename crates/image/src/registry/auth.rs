//! Answering a registry's challenge: Basic, or Bearer by way of a token server.
//!
//! Invariant: credentials go to the registry's own origin or, over TLS, to the token server it names; a registry on this
//! machine may name a token server on this machine without TLS. Source: the Docker token authentication specification,
//! RFC 9110 §11 for the header's grammar.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::header::HeaderValue;
use reqwest::{Method, StatusCode, Url};
use serde::Deserialize;

use super::{Repository, is_allowed, read_bounded, shown};
use crate::error::Error;
use crate::pull::Credentials;

const MAX_TOKEN_BYTES: u64 = 256 << 10;

#[derive(Debug, PartialEq, Eq)]
enum Challenge {
    Basic,
    Bearer { realm: String, service: Option<String>, scope: Option<String> },
}

#[derive(Deserialize)]
struct TokenAnswer {
    token: Option<String>,
    access_token: Option<String>,
}

impl Repository {
    /// The header that answers the challenges; `None` when we have nothing to answer with.
    pub(super) async fn answer(&self, challenges: &[String]) -> Result<Option<HeaderValue>, Error> {
        if let Credentials::Bearer(token) = &self.credentials {
            return secret(format!("Bearer {token}")).map(Some);
        }
        let parsed: Vec<Challenge> = challenges.iter().filter_map(|header| parse(header)).collect();
        for challenge in &parsed {
            if let Challenge::Bearer { realm, service, scope } = challenge {
                let token = self.token(realm, service.as_deref(), scope.as_deref()).await?;
                return secret(format!("Bearer {token}")).map(Some);
            }
        }
        match (&self.credentials, parsed.contains(&Challenge::Basic)) {
            (Credentials::Basic { username, password }, true) => basic(username, password).map(Some),
            _ => Ok(None),
        }
    }

    async fn token(&self, realm: &str, service: Option<&str>, scope: Option<&str>) -> Result<String, Error> {
        let mut url = Url::parse(realm).map_err(|e| Error::invalid("token server", e))?;
        let from_loopback = self.reference.is_loopback();
        if !is_allowed(&url) || (url.scheme() == "http" && !from_loopback) {
            return Err(Error::invalid("token server", format!("{} is not https", shown(&url))));
        }
        let own_scope = format!("repository:{}:pull", self.reference.repository());
        {
            let mut query = url.query_pairs_mut();
            if let Some(service) = service {
                query.append_pair("service", service);
            }
            query.append_pair("scope", scope.unwrap_or(&own_scope));
        }
        let authorization = match &self.credentials {
            Credentials::Basic { username, password } => Some(basic(username, password)?),
            Credentials::Anonymous | Credentials::Bearer(_) => None,
        };
        let response = self.registries.send(&Method::GET, &url, None, authorization.as_ref(), 0).await?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
                let detail = format!(
                    "{}: authorization failed: token server answered {}",
                    self.reference.familiar(),
                    response.status()
                );
                return Err(Error::Unauthorised { detail });
            }
            _ => return Err(self.refused("GET", response).await),
        }
        let bytes = read_bounded(response, MAX_TOKEN_BYTES, "token bytes").await?;
        let answer: TokenAnswer = serde_json::from_slice(&bytes).map_err(|e| Error::invalid("token", e))?;
        let token = answer.token.or(answer.access_token).filter(|token| !token.is_empty());
        token.ok_or_else(|| Error::invalid("token", "the token server's answer has none"))
    }
}

fn basic(username: &str, password: &str) -> Result<HeaderValue, Error> {
    secret(format!("Basic {}", STANDARD.encode(format!("{username}:{password}"))))
}

/// A header value that no log shows.
fn secret(text: String) -> Result<HeaderValue, Error> {
    let mut value =
        HeaderValue::try_from(text).map_err(|_| Error::invalid("credentials", "not a header value"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// `Bearer realm="…",service="…",scope="…"` or `Basic realm="…"`; anything else is nothing to us.
fn parse(header: &str) -> Option<Challenge> {
    let (scheme, parameters) = header.trim().split_once(' ').unwrap_or((header.trim(), ""));
    if scheme.eq_ignore_ascii_case("basic") {
        return Some(Challenge::Basic);
    }
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let (mut realm, mut service, mut scope) = (None, None, None);
    let mut rest = parameters;
    while let Some((key, after)) = rest.split_once('=') {
        let (value, remainder) = value(after)?;
        match key.trim().trim_start_matches(',').trim().to_ascii_lowercase().as_str() {
            "realm" => realm = Some(value),
            "service" => service = Some(value),
            "scope" => scope = Some(value),
            _ => {}
        }
        rest = remainder;
    }
    Some(Challenge::Bearer { realm: realm?, service, scope })
}

/// A quoted string or a token, and what follows it.
fn value(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start();
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(',').unwrap_or(text.len());
        return Some((text[..end].trim().to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &quoted[at + 1..])),
            '\\' => value.push(characters.next()?.1),
            other => value.push(other),
        }
    }
    None
}

/// What an error's body says: `{"errors":[{"code","message"}]}`, shortened to one line.
pub(super) fn error_words(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Body {
        errors: Vec<Item>,
    }
    #[derive(Deserialize)]
    struct Item {
        #[serde(default)]
        code: String,
        #[serde(default)]
        message: String,
    }
    let body: Body = serde_json::from_slice(body).ok()?;
    let first = body.errors.into_iter().next()?;
    let words = format!("{}: {}", first.code.to_ascii_lowercase().replace('_', ""), first.message);
    Some(words.chars().filter(|c| !c.is_control()).take(400).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges_are_read() {
        let bearer = |realm: &str, service: Option<&str>, scope: Option<&str>| {
            let (service, scope) = (service.map(str::to_owned), scope.map(str::to_owned));
            Some(Challenge::Bearer { realm: realm.to_owned(), service, scope })
        };
        for (header, expected) in [
            (
                r#"Bearer realm="https://a/token",service="s",scope="repository:x:pull,push""#,
                bearer("https://a/token", Some("s"), Some("repository:x:pull,push")),
            ),
            (r#"bearer service=s, realm="https://a/t""#, bearer("https://a/t", Some("s"), None)),
            (r#"Bearer realm="a\"b""#, bearer("a\"b", None, None)),
            (r#"Basic realm="x""#, Some(Challenge::Basic)),
            ("Basic", Some(Challenge::Basic)),
            ("Bearer", None),
            (r#"Bearer realm="open"#, None),
            ("Negotiate", None),
            ("", None),
        ] {
            assert_eq!(parse(header), expected, "{header}");
        }
    }

    #[test]
    fn error_bodies_become_one_line() {
        let body = br#"{"errors":[{"code":"TOOMANYREQUESTS","message":"You have\nreached"}]}"#;
        assert_eq!(error_words(body).unwrap(), "toomanyrequests: You havereached");
        assert_eq!(error_words(b"<html>"), None);
    }
}
