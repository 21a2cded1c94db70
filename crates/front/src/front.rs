//! What happens to a request around the chain: who may call at all, preflights, health, raw routes, the body, the span
//! and the one log line, the request id.
//!
//! Invariants: every answer has `x-amzn-requestid`; a panic ends one request and nothing else; a caller that leaves does
//! not stop what it began.

use crate::access::Authorizer;
use crate::body::{self, Body, ReadError, full};
use crate::chain::{self, detect};
use crate::config::{AuthMode, Config};
use crate::directory::Directory;
use crate::health::{self, Health};
use crate::origin::Rules;
use crate::refusal::{self, Refusal};
use crate::routes::{RawRequest, Routes};
use api::Protocol;
use auth::sigv4::{self, Expected, Verifier};
use auth::{Credentials, Cx, Identity, Origin, Principal, Seed, Timestamp};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Version, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use std::any::Any;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};
use tokio::time::timeout;
use tokio_util::task::TaskTracker;
use tracing::{Instrument, Span, error, field, info, info_span, warn};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");

/// Services that have one endpoint for all regions and are signed for this one.
const GLOBAL_SERVICES: [&str; 4] = ["iam", "organizations", "route53", "sts"];
const GLOBAL_REGION: &str = "us-east-1";

/// How long the rest of a body that is too long is read and thrown away, so that the peer gets to read why.
const LINGER: Duration = Duration::from_secs(5);

/// Everything that requests are answered with.
pub struct Front {
    config: Config,
    rules: Rules,
    pub(crate) directory: Directory,
    verifier: Verifier,
    pub(crate) authorizer: Arc<dyn Authorizer>,
    health: Arc<dyn Health>,
    routes: Vec<Arc<dyn Routes>>,
    /// Requests in progress, those whose callers left among them.
    tasks: TaskTracker,
}

/// What the wiring hands over.
pub struct Parts {
    pub config: Config,
    pub directory: Directory,
    pub credentials: Arc<dyn Credentials>,
    pub authorizer: Arc<dyn Authorizer>,
    pub health: Arc<dyn Health>,
    pub routes: Vec<Arc<dyn Routes>>,
}

impl Front {
    pub fn new(parts: Parts) -> Arc<Self> {
        let Parts { config, directory, credentials, authorizer, health, routes } = parts;
        let rules = Rules::new(config.auth, config.origins.clone(), config.host_names.clone());
        let verifier = Verifier::new(credentials);
        let tasks = TaskTracker::new();
        Arc::new(Self { config, rules, directory, verifier, authorizer, health, routes, tasks })
    }

    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Says where it listens, and loudly that it asks for no signatures.
    pub(crate) fn announce(&self, address: SocketAddr) {
        info!(%address, services = self.directory.len(), "listening");
        if self.config.auth == AuthMode::Off {
            warn!(
                %address,
                "AUTHENTICATION IS OFF: whoever reaches this address on this machine is the administrator; never use \
                 this mode for anything but development"
            );
        }
    }

    /// Waits for requests whose callers left.
    pub(crate) async fn drained(&self) {
        self.tasks.close();
        self.tasks.wait().await;
    }

    /// Answers one request, whatever it is.
    pub(crate) async fn answer(
        self: &Arc<Self>,
        request: Request<Incoming>,
        peer: SocketAddr,
    ) -> Response<Body> {
        let begun = Instant::now();
        let now = Timestamp::from(SystemTime::now());
        let seed = Seed::from_os();
        let request_id = seed.request_id();
        let span = info_span!(
            "request",
            service = field::Empty,
            operation = field::Empty,
            account = field::Empty,
            %request_id,
            action = field::Empty,
            resource = field::Empty,
        );
        let origin = request.headers().get(header::ORIGIN).cloned();
        let protocol = detect::spoken(request.headers());
        // A task of its own: it goes on when the caller leaves, and a panic is told to us instead of ending the connection.
        let work = Arc::clone(self).respond(request, peer, now, seed, protocol).instrument(span.clone());
        let mut response = match self.tasks.spawn(work).await {
            Ok(response) => response,
            Err(failed) => {
                let _entered = span.enter();
                match failed.try_into_panic() {
                    Ok(panic) => error!(panic = said(&*panic), "a handler panicked"),
                    Err(cancelled) => error!(%cancelled, "a request was cancelled"),
                }
                refusal::answer(Refusal::Internal, protocol, request_id.as_str())
            }
        };
        if let Ok(id) = HeaderValue::from_str(request_id.as_str()) {
            response.headers_mut().insert(REQUEST_ID, id);
        }
        self.rules.mark(origin.as_ref(), response.headers_mut());
        let latency_us = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
        span.in_scope(|| info!(status = response.status().as_u16(), latency_us, "answered"));
        response
    }

    async fn respond(
        self: Arc<Self>,
        request: Request<Incoming>,
        peer: SocketAddr,
        now: Timestamp,
        seed: Seed,
        protocol: Protocol,
    ) -> Response<Body> {
        let request_id = seed.request_id();
        let refused = |refusal| refusal::answer(refusal, protocol, request_id.as_str());
        let host = match host_of(&request) {
            Ok(host) => host,
            Err(text) => return refused(Refusal::Http(text)),
        };
        if let Err(forbidden) = self.rules.admit(request.headers(), &host) {
            return refused(Refusal::Forbidden(forbidden.message()));
        }
        if is_preflight(&request) {
            return self.preflight(request.headers()).unwrap_or_else(|| {
                refused(Refusal::Forbidden("Web pages of this origin may not call this server."))
            });
        }
        if request.uri().path() == health::PATH && matches!(*request.method(), Method::GET | Method::HEAD) {
            return health::answer(&*self.health, self.config.auth);
        }
        let (parts, mut body) = request.into_parts();
        if let Some(routes) = self.routes.iter().find(|routes| routes.takes(&parts)) {
            let routes = Arc::clone(routes);
            let request = Request::from_parts(parts, body);
            return routes.handle(RawRequest { request, peer, now, seed, front: self }).await;
        }
        let bytes = match body::read(&mut body, &self.config.limits).await {
            Ok(bytes) => bytes,
            Err(ReadError::TooLong { limit }) => {
                // One that waits for our consent to send gets none.
                if !parts.headers.contains_key(header::EXPECT) {
                    self.linger(body).await;
                }
                return refused(Refusal::TooLong { limit });
            }
            Err(ReadError::TooSlow { .. }) => return refused(Refusal::TooSlow),
            Err(ReadError::Broken(_)) => return refused(Refusal::Http("The request's body is broken.")),
        };
        chain::run(&self, chain::Incoming { parts, host, body: bytes, peer, now, seed }).await
    }

    fn preflight(&self, asked: &HeaderMap) -> Option<Response<Body>> {
        let headers = self.rules.preflight(asked)?;
        let mut response = Response::new(full(""));
        *response.status_mut() = StatusCode::NO_CONTENT;
        response.headers_mut().extend(headers);
        Some(response)
    }

    /// Who signed `request` for `service`; with [`AuthMode::Off`], the administrator.
    pub(crate) fn prove(
        &self,
        request: &sigv4::Request<'_>,
        service: &str,
        now: Timestamp,
    ) -> Result<Principal, sigv4::Error> {
        match self.config.auth {
            AuthMode::Off => Ok(Principal::new(&self.config.scope, Identity::AccountRoot, None)),
            AuthMode::On => {
                let own = self.config.scope.region.as_str();
                let regions = [own, if GLOBAL_SERVICES.contains(&service) { GLOBAL_REGION } else { own }];
                let expected = Expected { service, regions: &regions };
                Ok(self.verifier.verify(request, expected, now)?.principal.clone())
            }
        }
    }

    pub(crate) fn context(
        &self,
        principal: Principal,
        headers: &HeaderMap,
        peer: SocketAddr,
        now: Timestamp,
        seed: Seed,
    ) -> Cx {
        let user_agent =
            headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).map(str::to_owned);
        let origin = Origin { source_ip: Some(peer.ip().to_canonical()), user_agent };
        let mut scope = self.config.scope.clone();
        principal.account().clone_into(&mut scope.account);
        Span::current().record("account", &scope.account);
        Cx::new(scope, principal, origin, now, seed)
    }

    async fn linger(&self, mut body: Incoming) {
        let most = self.config.limits.body_bytes.saturating_mul(4);
        // Whether it ends, breaks or takes too long: the answer is the same.
        let _ = timeout(LINGER, async {
            let mut seen = 0usize;
            while let Some(Ok(frame)) = body.frame().await {
                seen += frame.data_ref().map_or(0, bytes::Bytes::len);
                if seen > most {
                    break;
                }
            }
        })
        .await;
    }
}

/// The one host that a request names.
fn host_of<B>(request: &Request<B>) -> Result<String, &'static str> {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    match (hosts.next(), hosts.next(), request.version()) {
        (Some(_), Some(_), _) => Err("The request has more than one Host header."),
        (Some(host), None, _) => match host.to_str() {
            Ok(host) => Ok(host.to_owned()),
            Err(_) => Err("The request's Host header is malformed."),
        },
        (None, _, Version::HTTP_2) => {
            Ok(request.uri().authority().map_or_else(String::new, |authority| authority.to_string()))
        }
        (None, _, Version::HTTP_11) => Err("The request has no Host header."),
        (None, _, _) => Ok(String::new()),
    }
}

fn is_preflight<B>(request: &Request<B>) -> bool {
    *request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ORIGIN)
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// What a panic said.
fn said(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("(no text)")
}
