//! A client of AWS JSON 1.1 services: one request, one answer, a deadline, bounded retries.

use super::Credentials;
use super::sign::{self, Request, Scope};
use crate::clock;
use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Largest answer that is read.
const MAX_ANSWER: usize = 16 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// Why a call gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The service answered with an error.
    #[error("{operation}: {code}: {message}")]
    Service { operation: String, code: String, message: String, status: u16, request_id: Option<String> },
    /// It is not known whether the service did it.
    #[error("{operation}: no answer: {reason}")]
    NoAnswer { operation: String, reason: String },
    /// The answer is not what the operation answers.
    #[error("{operation}: unreadable answer")]
    Unreadable {
        operation: String,
        #[source]
        source: serde_json::Error,
    },
    /// The request cannot be made at all.
    #[error("{operation}: {reason}")]
    BadRequest { operation: String, reason: String },
}

impl ApiError {
    /// The error code where the service gave one.
    pub fn code(&self) -> Option<&str> {
        match self {
            Self::Service { code, .. } => Some(code),
            Self::NoAnswer { .. } | Self::Unreadable { .. } | Self::BadRequest { .. } => None,
        }
    }

    /// Whether the same call may succeed later.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Service { code, status, .. } => {
                *status >= 500
                    || *status == 429
                    || code.contains("Throttl")
                    || matches!(
                        code.as_str(),
                        "ServerException" | "LimitExceededException" | "ServiceUnavailableException"
                    )
            }
            Self::NoAnswer { .. } => true,
            Self::Unreadable { .. } | Self::BadRequest { .. } => false,
        }
    }
}

/// How often and how patiently a call is repeated.
#[derive(Clone, Copy, Debug)]
pub struct RetryPolicy {
    pub attempts: u32,
    pub first: Duration,
    pub longest: Duration,
}

impl RetryPolicy {
    pub const NONE: Self = Self { attempts: 1, first: Duration::ZERO, longest: Duration::ZERO };

    /// The pause after the n-th failed attempt (from 1); `None` where there is no further one.
    pub fn pause(&self, failed: u32) -> Option<Duration> {
        (failed < self.attempts).then(|| {
            let doubled = self.first.saturating_mul(1 << failed.saturating_sub(1).min(20));
            clock::jittered(doubled.min(self.longest), 0.2)
        })
    }
}

/// A client of the services behind one endpoint.
#[derive(Clone, Debug)]
pub struct Client {
    http: hyper_util::client::legacy::Client<HttpConnector, Full<Bytes>>,
    base: http::Uri,
    host: String,
    region: String,
}

impl Client {
    /// `endpoint` as `http://host:port`.
    pub fn new(endpoint: &str, region: &str) -> Result<Self, ApiError> {
        let bad = |reason: String| ApiError::BadRequest { operation: "connect".to_owned(), reason };
        let base: http::Uri = endpoint.parse().map_err(|e| bad(format!("endpoint '{endpoint}': {e}")))?;
        if base.scheme_str() != Some("http") {
            return Err(bad(format!("endpoint '{endpoint}' is not http://, which is all this agent speaks")));
        }
        let host =
            base.authority().ok_or_else(|| bad(format!("endpoint '{endpoint}' names no host")))?.to_string();
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let http = hyper_util::client::legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(Duration::from_secs(20))
            .build(connector);
        Ok(Self { http, base, host, region: region.to_owned() })
    }

    pub fn region(&self) -> &str {
        &self.region
    }

    /// Calls an operation. `target` is the whole `X-Amz-Target`.
    pub async fn call<I: Serialize + ?Sized, O: DeserializeOwned>(
        &self,
        service: &str,
        target: &str,
        credentials: &Credentials,
        input: &I,
        timeout: Duration,
    ) -> Result<O, ApiError> {
        let operation = target.rsplit('.').next().unwrap_or(target);
        let body = serde_json::to_vec(input)
            .map_err(|e| ApiError::BadRequest { operation: operation.to_owned(), reason: e.to_string() })?;
        let exchange = self.exchange(service, target, credentials, body);
        let Answer { status, request_id, bytes } = match tokio::time::timeout(timeout, exchange).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(reason)) => return Err(ApiError::NoAnswer { operation: operation.to_owned(), reason }),
            Err(_) => {
                let reason = format!("no answer within {timeout:?}");
                return Err(ApiError::NoAnswer { operation: operation.to_owned(), reason });
            }
        };
        if status != 200 {
            return Err(service_error(operation, status, request_id, &bytes));
        }
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        serde_json::from_slice(text)
            .map_err(|source| ApiError::Unreadable { operation: operation.to_owned(), source })
    }

    async fn exchange(
        &self,
        service: &str,
        target: &str,
        credentials: &Credentials,
        body: Vec<u8>,
    ) -> Result<Answer, String> {
        let body_hash = sign::hash(&body);
        let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)];
        let request = Request {
            method: "POST",
            host: &self.host,
            path: "/",
            query: "",
            headers: &headers,
            body_hash: &body_hash,
        };
        let scope = Scope { credentials, region: &self.region, service, now: clock::now() };
        let signed = sign::sign(&request, &scope);
        let mut builder = http::Request::post(self.base.clone())
            .header("host", &self.host)
            .header("content-type", headers[0].1)
            .header("x-amz-target", target)
            .header("x-amz-date", signed.date)
            .header("authorization", signed.authorization);
        if let Some(token) = signed.security_token {
            builder = builder.header("x-amz-security-token", token);
        }
        let request = builder.body(Full::new(Bytes::from(body))).map_err(|e| e.to_string())?;
        let answer = self.http.request(request).await.map_err(|e| chain(&e))?;
        let status = answer.status().as_u16();
        let request_id = answer.headers().get("x-amzn-requestid").and_then(|v| v.to_str().ok());
        let request_id = request_id.map(str::to_owned);
        let bytes =
            Limited::new(answer.into_body(), MAX_ANSWER).collect().await.map_err(|e| e.to_string())?;
        Ok(Answer { status, request_id, bytes: bytes.to_bytes() })
    }
}

struct Answer {
    status: u16,
    request_id: Option<String>,
    bytes: Bytes,
}

fn service_error(operation: &str, status: u16, request_id: Option<String>, body: &[u8]) -> ApiError {
    #[derive(serde::Deserialize, Default)]
    struct Body {
        #[serde(rename = "__type", default)]
        kind: String,
        #[serde(alias = "Message", default)]
        message: String,
    }
    let body: Body = serde_json::from_slice(body).unwrap_or_default();
    let code = body.kind.rsplit('#').next().unwrap_or_default();
    let code = if code.is_empty() { format!("HTTP {status}") } else { code.to_owned() };
    ApiError::Service { operation: operation.to_owned(), code, message: body.message, status, request_id }
}

/// An error with its sources, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        let more = source.to_string();
        if !text.ends_with(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        next = source.source();
    }
    text
}
