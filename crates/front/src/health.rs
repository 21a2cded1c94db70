//! `GET /_longshore/health`: whether this server works, for whoever asks.

use crate::body::{Body, full};
use crate::config::AuthMode;
use http::{HeaderValue, Response, StatusCode, header};
use serde::Serialize;

pub(crate) const PATH: &str = "/_longshore/health";

/// What the roles of this process know about themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// `server`, `agent`, …
    pub roles: Vec<String>,
    /// Why the store does not take writes, if it does not.
    pub store_failure: Option<String>,
}

/// Where the front learns how the process is. Asked on the thread that answers: it must not wait.
pub trait Health: Send + Sync {
    fn report(&self) -> Report;
}

impl<F: Fn() -> Report + Send + Sync> Health for F {
    fn report(&self) -> Report {
        self()
    }
}

#[derive(Serialize)]
struct Answer<'a> {
    status: &'static str,
    version: &'static str,
    auth: &'static str,
    store: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    store_failure: Option<&'a str>,
    roles: &'a [String],
}

pub(crate) fn answer(health: &dyn Health, auth: AuthMode) -> Response<Body> {
    let report = health.report();
    let well = report.store_failure.is_none();
    let answer = Answer {
        status: if well { "ok" } else { "failing" },
        version: env!("CARGO_PKG_VERSION"),
        auth: match auth {
            AuthMode::On => "on",
            AuthMode::Off => "off",
        },
        store: if well { "ok" } else { "failing" },
        store_failure: report.store_failure.as_deref(),
        roles: &report.roles,
    };
    let text = serde_json::to_vec(&answer).expect("texts and lists of texts become JSON");
    let mut response = Response::new(full(text));
    if !well {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
