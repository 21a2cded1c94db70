//! URLs of a provider of identities that are asked or shown: HTTPS only, without user, password and fragment.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Such a URL, and its parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Endpoint {
    url: String,
    /// Where the host ends, the port, and where the path begins.
    host: usize,
    port: u16,
    path: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndpointError;

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a full URL with the HTTPS protocol")
    }
}

impl std::error::Error for EndpointError {}

const SCHEME: &str = "https://";

impl Endpoint {
    /// A name, or an address without brackets.
    pub fn host(&self) -> &str {
        self.url[SCHEME.len()..self.host].trim_start_matches('[').trim_end_matches(']')
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Host and port as they stand in the URL.
    pub fn authority(&self) -> &str {
        &self.url[SCHEME.len()..self.path]
    }

    /// Path and query; the path is `/` at least.
    pub fn target(&self) -> String {
        match &self.url[self.path..] {
            rest if rest.starts_with('/') => rest.to_owned(),
            rest => format!("/{rest}"),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.url
    }
}

impl FromStr for Endpoint {
    type Err = EndpointError;

    fn from_str(url: &str) -> Result<Self, EndpointError> {
        let good = |byte: u8| byte.is_ascii_graphic() && !b"\"<>\\^`{|}#".contains(&byte);
        let rest = url.strip_prefix(SCHEME).filter(|rest| rest.bytes().all(good)).ok_or(EndpointError)?;
        let authority = &rest[..rest.find(['/', '?']).unwrap_or(rest.len())];
        let host = match authority.strip_prefix('[') {
            Some(address) => address.find(']').map(|end| end + 2).ok_or(EndpointError)?,
            None => authority.find(':').unwrap_or(authority.len()),
        };
        let port = match authority[host..].strip_prefix(':') {
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok(),
            None if authority.len() == host => Some(443),
            _ => None,
        };
        let named = &authority[..host];
        let bracketed = named.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let is_host = match bracketed {
            Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
            None => {
                !named.is_empty() && named.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
            }
        };
        let port = port.filter(|port| *port > 0 && is_host).ok_or(EndpointError)?;
        let (host, path) = (SCHEME.len() + host, SCHEME.len() + authority.len());
        Ok(Self { url: url.to_owned(), host, port, path })
    }
}

impl TryFrom<String> for Endpoint {
    type Error = EndpointError;

    fn try_from(url: String) -> Result<Self, EndpointError> {
        url.parse()
    }
}

impl From<Endpoint> for String {
    fn from(endpoint: Endpoint) -> Self {
        endpoint.url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        for (url, host, port, authority, target) in [
            ("https://id.example/token?a=b", "id.example", 443, "id.example", "/token?a=b"),
            ("https://id.example:8443", "id.example", 8443, "id.example:8443", "/"),
            ("https://id.example?a", "id.example", 443, "id.example", "/?a"),
            ("https://192.0.2.1:1/x", "192.0.2.1", 1, "192.0.2.1:1", "/x"),
            ("https://[2001:db8::1]:9/x", "2001:db8::1", 9, "[2001:db8::1]:9", "/x"),
            ("https://[::1]", "::1", 443, "[::1]", "/"),
        ] {
            let endpoint: Endpoint = url.parse().expect(url);
            let parts = (endpoint.host(), endpoint.port(), endpoint.authority(), endpoint.target());
            assert_eq!(parts, (host, port, authority, target.to_owned()), "{url}");
        }
    }

    #[test]
    fn what_is_none() {
        for url in [
            "",
            "http://id.example/",
            "https://",
            "https:///x",
            "https://user@id.example/",
            "https://id.example:/",
            "https://id.example:0/",
            "https://id.example:65536/",
            "https://id.example:+1/",
            "https://id.example/#a",
            "https://id.example/a b",
            "https://[::1/",
            "https://[::1]x/",
            "https://[x]/",
            "https://id.example/\r\nX: y",
            "https://\u{e9}.example/",
            "https://a:1:2/",
            "https://:443/",
            "https://a\\b/",
        ] {
            assert_eq!(url.parse::<Endpoint>(), Err(EndpointError), "{url}");
        }
    }
}
