//! The registry client: OCI distribution over HTTP.
//!
//! Decides how one request is made: plain HTTP to loopback registries and TLS otherwise, the 401 challenge answered once,
//! redirects followed with the authorisation left behind at another origin, every wait bounded. What is retried is
//! `crate::pull`'s decision. Must not know: the store. Source: OCI distribution-spec 1.1, the Docker token specification.

mod auth;

use std::sync::{Arc, OnceLock};

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue, LOCATION, RANGE, RETRY_AFTER, WWW_AUTHENTICATE};
use reqwest::{Client, Method, Response, StatusCode, Url};
use tokio::sync::Mutex;

use crate::digest::Digest;
use crate::error::Error;
use crate::manifest::{self, MAX_DOCUMENT_BYTES};
use crate::pull::Credentials;
use crate::reference::{Reference, is_loopback_authority};
use crate::store::Network;

const MAX_REDIRECTS: usize = 5;
/// Of an error's body, for the message.
const MAX_ERROR_BYTES: u64 = 16 << 10;

/// Connections, shared by every pull.
#[derive(Debug)]
pub(crate) struct Registries {
    network: Network,
    /// Without TLS; made once.
    plain: OnceLock<Client>,
    /// With TLS; made at first use, since it needs the system's certificates.
    tls: OnceLock<Client>,
}

/// One repository as one caller sees it.
#[derive(Debug)]
pub(crate) struct Repository {
    registries: Arc<Registries>,
    reference: Reference,
    credentials: Credentials,
    base: String,
    /// What the last challenge led to.
    authorization: Mutex<Option<HeaderValue>>,
}

/// What a registry says a name is.
#[derive(Debug)]
pub(crate) struct Fetched {
    pub digest: Digest,
    pub bytes: Vec<u8>,
}

impl Registries {
    pub fn new(network: Network) -> Self {
        Self { network, plain: OnceLock::new(), tls: OnceLock::new() }
    }

    pub fn repository(self: &Arc<Self>, reference: &Reference, credentials: Credentials) -> Repository {
        let scheme = if reference.is_loopback() { "http" } else { "https" };
        let base = format!("{scheme}://{}/v2/{}", reference.registry_api(), reference.repository());
        Repository {
            registries: Arc::clone(self),
            reference: reference.clone(),
            credentials,
            base,
            authorization: Mutex::new(None),
        }
    }

    fn client(&self, url: &Url) -> Result<&Client, Error> {
        let loopback = url.scheme() == "http";
        let cell = if loopback { &self.plain } else { &self.tls };
        if let Some(client) = cell.get() {
            return Ok(client);
        }
        let mut builder = Client::builder()
            .connect_timeout(self.network.connect_timeout)
            .read_timeout(self.network.idle_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("longshore/", env!("CARGO_PKG_VERSION")));
        if loopback {
            // No proxy stands between this machine and itself, and no certificate is looked at.
            builder = builder.no_proxy().tls_certs_only([]);
        }
        let client = builder.build().map_err(|e| connection("GET", url, &e))?;
        Ok(cell.get_or_init(|| client))
    }

    /// One request, redirects followed.
    async fn send(
        &self,
        method: &Method,
        url: &Url,
        accept: Option<&str>,
        authorization: Option<&HeaderValue>,
        offset: u64,
    ) -> Result<Response, Error> {
        let verb = verb(method);
        let mut url = url.clone();
        let mut authorization = authorization.cloned();
        for _ in 0..=MAX_REDIRECTS {
            let mut request = self.client(&url)?.request(method.clone(), url.clone());
            if let Some(accept) = accept {
                request = request.header(ACCEPT, accept);
            }
            if let Some(value) = &authorization {
                request = request.header(AUTHORIZATION, value.clone());
            }
            if offset > 0 {
                request = request.header(RANGE, format!("bytes={offset}-"));
            }
            // The idle time-out bounds the wait for the head as well as the body's pauses.
            let limit = self.network.connect_timeout + self.network.idle_timeout;
            let sent = tokio::time::timeout(limit, request.send()).await;
            let response = sent.map_err(|_| timed_out(verb, &url))?.map_err(|e| failed(verb, &url, &e))?;
            if !response.status().is_redirection() {
                return Ok(response);
            }
            let next = redirect_target(verb, &url, &response)?;
            if origin(&next) != origin(&url) {
                authorization = None;
            }
            url = next;
        }
        Err(Error::Connection { method: verb, url: shown(&url), problem: "too many redirects".to_owned() })
    }
}

impl Repository {
    /// What the name points at, without fetching it. `None` when the registry does not say.
    pub async fn resolve(&self) -> Result<Option<Digest>, Error> {
        let response =
            self.request(Method::HEAD, &self.manifest_url(None), Some(&manifest::accept()), 0).await?;
        match response.status() {
            StatusCode::OK => {}
            // Some registries answer HEAD with nothing useful.
            StatusCode::METHOD_NOT_ALLOWED => return Ok(None),
            _ => return Err(self.refused("HEAD", response).await),
        }
        let header = response.headers().get("docker-content-digest").and_then(|value| value.to_str().ok());
        Ok(header.and_then(|text| text.parse().ok()))
    }

    /// Fetch a manifest or index, by digest or by the reference's own tag or digest, and verify it.
    pub async fn manifest(&self, digest: Option<Digest>) -> Result<Fetched, Error> {
        let response =
            self.request(Method::GET, &self.manifest_url(digest), Some(&manifest::accept()), 0).await?;
        if response.status() != StatusCode::OK {
            return Err(self.refused("GET", response).await);
        }
        let bytes = read_bounded(response, MAX_DOCUMENT_BYTES, "manifest bytes").await?;
        let actual = Digest::of(&bytes);
        match digest.or(self.reference.digest()) {
            Some(expected) if expected != actual => {
                Err(Error::DigestMismatch { what: "manifest", expected, actual })
            }
            _ => Ok(Fetched { digest: actual, bytes }),
        }
    }

    /// Begin to fetch a blob from `offset`. The answer has status 200 (from the start) or 206.
    pub async fn blob(&self, digest: &Digest, offset: u64) -> Result<Response, Error> {
        let response =
            self.request(Method::GET, &format!("{}/blobs/{digest}", self.base), None, offset).await?;
        match response.status() {
            StatusCode::OK | StatusCode::PARTIAL_CONTENT => Ok(response),
            _ => Err(self.refused("GET", response).await),
        }
    }

    /// Fetch a small blob whole.
    pub async fn small_blob(&self, digest: &Digest) -> Result<Vec<u8>, Error> {
        let response = self.blob(digest, 0).await?;
        let bytes = read_bounded(response, MAX_DOCUMENT_BYTES, "config bytes").await?;
        manifest::verify("config", *digest, &bytes)?;
        Ok(bytes)
    }

    fn manifest_url(&self, digest: Option<Digest>) -> String {
        match (digest.or(self.reference.digest()), self.reference.tag()) {
            (Some(digest), _) => format!("{}/manifests/{digest}", self.base),
            (None, tag) => format!("{}/manifests/{}", self.base, tag.unwrap_or("latest")),
        }
    }

    /// Send with what authorisation there is; answer one challenge.
    async fn request(
        &self,
        method: Method,
        url: &str,
        accept: Option<&str>,
        offset: u64,
    ) -> Result<Response, Error> {
        let url = Url::parse(url).map_err(|e| Error::invalid(format!("URL {url}"), e))?;
        let known = self.authorization.lock().await.clone();
        let response = self.registries.send(&method, &url, accept, known.as_ref(), offset).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return Ok(response);
        }
        let challenges: Vec<String> = response
            .headers()
            .get_all(WWW_AUTHENTICATE)
            .iter()
            .filter_map(|value| value.to_str().ok().map(str::to_owned))
            .collect();
        drop(response);
        let Some(answer) = self.answer(&challenges).await? else {
            let detail = format!("{}: no basic auth credentials", self.reference.familiar());
            return Err(Error::Unauthorised { detail });
        };
        *self.authorization.lock().await = Some(answer.clone());
        self.registries.send(&method, &url, accept, Some(&answer), offset).await
    }

    /// The error for an answer that is not what was asked for.
    async fn refused(&self, method: &'static str, response: Response) -> Error {
        let (status, url) = (response.status(), shown(response.url()));
        let retry_after =
            response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
        // The body only explains; a broken one explains nothing.
        let body = read_bounded(response, MAX_ERROR_BYTES, "error bytes").await.unwrap_or_default();
        let words = auth::error_words(&body);
        let detail = words.map(|words| format!(" - Server message: {words}")).unwrap_or_default();
        match status {
            StatusCode::NOT_FOUND => Error::NotFound { reference: self.reference.to_string() },
            StatusCode::UNAUTHORIZED => {
                Error::Unauthorised { detail: format!("{}{detail}", self.reference.familiar()) }
            }
            StatusCode::TOO_MANY_REQUESTS => Error::TooManyRequests {
                method,
                url,
                detail,
                retry_after: retry_after.map(std::time::Duration::from_secs),
            },
            _ => Error::Status { method, url, status: status.to_string(), detail },
        }
    }
}

/// Read a body of at most `limit` bytes.
async fn read_bounded(mut response: Response, limit: u64, what: &'static str) -> Result<Vec<u8>, Error> {
    let url = response.url().clone();
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|e| failed("GET", &url, &e))? {
        if (bytes.len() + piece.len()) as u64 > limit {
            return Err(Error::LimitExceeded { what, limit });
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// The next piece of a blob's body.
pub(crate) async fn next_piece(response: &mut Response) -> Result<Option<bytes::Bytes>, Error> {
    let piece = response.chunk().await;
    piece.map_err(|e| failed("GET", response.url(), &e))
}

fn redirect_target(method: &'static str, from: &Url, response: &Response) -> Result<Url, Error> {
    let broken = |problem: &str| Error::Connection { method, url: shown(from), problem: problem.to_owned() };
    let location = response.headers().get(LOCATION).and_then(|value| value.to_str().ok());
    let location = location.ok_or_else(|| broken("a redirect without a location"))?;
    let next = from.join(location).map_err(|_| broken("a redirect to something that is no URL"))?;
    // A registry elsewhere must not send us to services of this machine.
    if next.scheme() == "https" || (from.scheme() == "http" && is_allowed(&next)) {
        Ok(next)
    } else {
        Err(broken("a redirect away from TLS"))
    }
}

/// TLS, or this machine.
fn is_allowed(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && url.host_str().is_some_and(is_loopback_authority))
}

fn origin(url: &Url) -> (&str, Option<&str>, Option<u16>) {
    (url.scheme(), url.host_str(), url.port_or_known_default())
}

/// A URL for messages: signed links carry secrets in the query.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    // Neither can fail for http and https, which are the only ones that come here.
    let _ = url.set_password(None);
    let _ = url.set_username("");
    url.to_string()
}

fn verb(method: &Method) -> &'static str {
    if *method == Method::HEAD { "HEAD" } else { "GET" }
}

fn host_and_port(url: &Url) -> String {
    format!("{}:{}", url.host_str().unwrap_or(""), url.port_or_known_default().unwrap_or(0))
}

fn timed_out(method: &'static str, url: &Url) -> Error {
    Error::Timeout { method, url: shown(url), host: host_and_port(url) }
}

fn failed(method: &'static str, url: &Url, error: &reqwest::Error) -> Error {
    if error.is_timeout() {
        return timed_out(method, url);
    }
    if error.is_connect() && is_resolution_failure(error) {
        let host = url.host_str().unwrap_or("").to_owned();
        return Error::NoSuchHost { method, url: shown(url), host };
    }
    connection(method, url, error)
}

/// The client wraps the resolver's failure; its words are the C library's.
fn is_resolution_failure(error: &reqwest::Error) -> bool {
    error.is_dns() || chain(error).any(|cause| cause.to_string().contains("failed to lookup address"))
}

fn connection(method: &'static str, url: &Url, error: &reqwest::Error) -> Error {
    let problem = chain(error).last().map_or_else(|| error.to_string(), ToString::to_string);
    let refused = chain(error).any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::ConnectionRefused)
    });
    let problem = if refused {
        format!("dial tcp {}: connect: connection refused", host_and_port(url))
    } else {
        problem
    };
    Error::Connection { method, url: shown(url), problem }
}

fn chain(error: &reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |error| error.source())
}
