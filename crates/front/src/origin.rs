//! Which callers are web pages, and which pages may call: CORS, and the checks that keep pages of other sites from
//! driving a server that asks for no signature.
//!
//! Decides: a page of an allowed origin may read answers (CORS headers). A page of another origin may not; with
//! signatures on, its request is otherwise treated as any other, since it cannot sign. With signatures off it is refused
//! before anything is looked at, because browsers send simple requests without asking first. With signatures off, too,
//! the host that a request names must be this machine's, so that a name under somebody else's control that resolves to a
//! loopback address (DNS rebinding) leads nowhere.
//!
//! Source: the Fetch standard (CORS protocol, forbidden request-headers) and the Fetch Metadata note (read 2026-11).

use crate::config::{AuthMode, Origins};
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::uri::Authority;
use std::net::IpAddr;

/// What a page may read of an answer.
const EXPOSED: &str = "x-amzn-requestid, x-amzn-errortype, x-amzn-query-error, date";
/// How long a browser may remember a preflight's answer.
const MAX_AGE_S: &str = "3600";

/// The rules for pages and hosts.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    auth: AuthMode,
    origins: Origins,
    host_names: Vec<String>,
}

/// Why a request is not served whoever signed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Forbidden {
    /// Its page has no right to call.
    Page,
    /// Its host is not a name of this server.
    Host,
}

impl Forbidden {
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Page => "Web pages of this origin may not call this server.",
            Self::Host => "This server does not answer to this host name.",
        }
    }
}

impl Rules {
    pub(crate) fn new(auth: AuthMode, origins: Origins, host_names: Vec<String>) -> Self {
        Self { auth, origins, host_names }
    }

    /// Whether a request with these headers to this host is looked at further.
    pub(crate) fn admit(&self, headers: &HeaderMap, host: &str) -> Result<(), Forbidden> {
        match self.auth {
            AuthMode::On => Ok(()),
            AuthMode::Off => {
                let name = host_name(host).ok_or(Forbidden::Host)?;
                if !is_loopback_name(&name)
                    && !self.host_names.iter().any(|own| own.eq_ignore_ascii_case(&name))
                {
                    return Err(Forbidden::Host);
                }
                match headers.get(header::ORIGIN) {
                    Some(origin) if self.allows(origin) => Ok(()),
                    Some(_) => Err(Forbidden::Page),
                    // Images, forms and links of other sites send no origin, but browsers mark them.
                    None => match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
                        Some(b"cross-site") => Err(Forbidden::Page),
                        Some(_) | None => Ok(()),
                    },
                }
            }
        }
    }

    /// Whether pages of this origin may read answers.
    pub(crate) fn allows(&self, origin: &HeaderValue) -> bool {
        let Ok(origin) = origin.to_str() else { return false };
        let listed = match &self.origins {
            Origins::Loopback => false,
            Origins::Listed(origins) => origins.iter().any(|one| one.eq_ignore_ascii_case(origin)),
        };
        let of_this_machine = || {
            let rest = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            rest.and_then(host_name).is_some_and(|name| is_loopback_name(&name))
        };
        listed || of_this_machine()
    }

    /// Adds to an answer what lets the page that asked read it.
    pub(crate) fn mark(&self, origin: Option<&HeaderValue>, answer: &mut HeaderMap) {
        let Some(origin) = origin else { return };
        answer.append(header::VARY, HeaderValue::from_static("origin"));
        if self.allows(origin) {
            answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            answer.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
        }
    }

    /// The headers of a preflight's answer; none where the page may not call.
    pub(crate) fn preflight(&self, asked: &HeaderMap) -> Option<Vec<(HeaderName, HeaderValue)>> {
        let origin = asked.get(header::ORIGIN).filter(|origin| self.allows(origin))?;
        let mut headers = vec![
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone()),
            (
                header::ACCESS_CONTROL_ALLOW_METHODS,
                HeaderValue::from_static("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
            ),
            (header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static(MAX_AGE_S)),
            (header::VARY, HeaderValue::from_static("origin, access-control-request-headers")),
        ];
        // The page is trusted by now; which headers SDKs send changes from version to version.
        if let Some(names) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
            headers.push((header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone()));
        }
        // A public page that calls a private address has to ask for that, too.
        if asked.contains_key("access-control-request-private-network") {
            let name = HeaderName::from_static("access-control-allow-private-network");
            headers.push((name, HeaderValue::from_static("true")));
        }
        Some(headers)
    }
}

/// The host of `HOST[:PORT]`, without the brackets of IPv6.
fn host_name(text: &str) -> Option<String> {
    let authority = text.parse::<Authority>().ok()?;
    // A browser's origin and a Host header never name a user.
    if authority.as_str().contains('@') {
        return None;
    }
    let host = authority.host();
    Some(host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host).to_ascii_lowercase())
}

fn is_loopback_name(name: &str) -> bool {
    match name.parse::<IpAddr>() {
        Ok(address) => address.to_canonical().is_loopback(),
        Err(_) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(auth: AuthMode, origins: Origins) -> Rules {
        Rules::new(auth, origins, vec!["box.example".into()])
    }

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn pages_of_this_machine_are_allowed() {
        let rules = rules(AuthMode::On, Origins::Loopback);
        for (origin, allowed) in [
            ("http://localhost:3000", true),
            ("https://console.localhost", true),
            ("http://127.0.0.1:5173", true),
            ("http://127.9.9.9", true),
            ("http://[::1]:80", true),
            ("http://LOCALHOST", true),
            ("null", false),
            ("", false),
            ("http://evil.example", false),
            ("http://localhost.evil.example", false),
            ("http://notlocalhost", false),
            ("http://127.0.0.1.evil.example", false),
            ("http://user@localhost", false),
            ("http://evil.example/localhost", false),
            ("file://localhost", false),
            ("http://0.0.0.0", false),
        ] {
            assert_eq!(rules.allows(&HeaderValue::from_static(origin)), allowed, "{origin}");
        }
    }

    #[test]
    fn listed_pages_are_allowed_exactly() {
        let rules = rules(AuthMode::On, Origins::Listed(vec!["https://console.example:8443".into()]));
        for (origin, allowed) in [
            ("https://console.example:8443", true),
            ("http://localhost", true),
            ("https://console.example", false),
            ("http://console.example:8443", false),
            ("https://console.example:8443.evil.example", false),
        ] {
            assert_eq!(rules.allows(&HeaderValue::from_static(origin)), allowed, "{origin}");
        }
    }

    #[test]
    fn without_signatures_pages_of_other_sites_are_refused_at_once() {
        let off = rules(AuthMode::Off, Origins::Loopback);
        let local = "127.0.0.1:4566";
        assert_eq!(off.admit(&headers(&[]), local), Ok(()));
        assert_eq!(off.admit(&headers(&[("origin", "http://localhost:3000")]), local), Ok(()));
        assert_eq!(off.admit(&headers(&[("sec-fetch-site", "none")]), local), Ok(()));
        for page in [
            &[("origin", "http://evil.example")][..],
            &[("origin", "null")],
            &[("sec-fetch-site", "cross-site")],
        ] {
            assert_eq!(off.admit(&headers(page), local), Err(Forbidden::Page), "{page:?}");
            assert_eq!(rules(AuthMode::On, Origins::Loopback).admit(&headers(page), local), Ok(()));
        }
    }

    #[test]
    fn without_signatures_the_host_is_this_machine() {
        let off = rules(AuthMode::Off, Origins::Loopback);
        for (host, good) in [
            ("localhost:4566", true),
            ("localhost.", true),
            ("ecs.localhost:4566", true),
            ("127.0.0.1", true),
            ("[::1]:4566", true),
            ("box.example:4566", true),
            ("rebound.evil.example:4566", false),
            ("", false),
            ("10.0.0.1", false),
            ("a b", false),
        ] {
            assert_eq!(off.admit(&headers(&[]), host).is_ok(), good, "{host}");
            assert_eq!(rules(AuthMode::On, Origins::Loopback).admit(&headers(&[]), host), Ok(()));
        }
    }

    #[test]
    fn preflights() {
        let rules = rules(AuthMode::On, Origins::Loopback);
        let asked = headers(&[
            ("origin", "http://localhost:3000"),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "x-amz-target,authorization"),
        ]);
        let answer = rules.preflight(&asked).unwrap().into_iter().collect::<HeaderMap>();
        assert_eq!(answer["access-control-allow-origin"], "http://localhost:3000");
        assert_eq!(answer["access-control-allow-headers"], "x-amz-target,authorization");
        assert!(rules.preflight(&headers(&[("origin", "http://evil.example")])).is_none());
    }
}
