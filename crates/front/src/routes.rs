//! Paths that are no operations: websockets of agents, the registry. Whoever has such paths implements [`Routes`] and is
//! asked before the chain.

use crate::access::Access;
use crate::body::{self, Body};
use crate::front::Front;
use crate::refusal;
use async_trait::async_trait;
use auth::{Cx, Seed, Timestamp, sigv4};
use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use hyper::body::Incoming;
use std::net::SocketAddr;
use std::sync::Arc;

/// Raw paths of one owner.
#[async_trait]
pub trait Routes: Send + Sync {
    /// Whether this request is its. Asked for every request: it only looks.
    fn takes(&self, request: &Parts) -> bool;

    /// Answers one of its requests. It has not been authenticated: [`RawRequest::authenticate`] does that.
    async fn handle(&self, request: RawRequest) -> Response<Body>;
}

/// A request that the chain leaves alone. For an upgrade call `hyper::upgrade::on(&mut raw.request)` and answer 101.
pub struct RawRequest {
    pub request: Request<Incoming>,
    pub peer: SocketAddr,
    pub now: Timestamp,
    pub(crate) seed: Seed,
    pub(crate) front: Arc<Front>,
}

impl RawRequest {
    /// The context of its caller, if it is signed for `service` and has no body (an upgrade has none).
    pub fn authenticate(&self, service: &str) -> Result<Cx, sigv4::Error> {
        self.authenticate_with(service, b"")
    }

    /// As [`Self::authenticate`], for a request whose body has been read.
    pub fn authenticate_with(&self, service: &str, body: &[u8]) -> Result<Cx, sigv4::Error> {
        let Self { request, .. } = self;
        let request =
            signed(request.method().as_str(), request.uri(), request.version(), request.headers(), body);
        let principal = self.front.prove(&request, service, self.now)?;
        Ok(self.front.context(principal, self.request.headers(), self.peer, self.now, self.seed))
    }

    /// Whether the caller may do this; what it is told where it may not.
    pub fn authorise(&self, cx: &Cx, action: &str, resource: &str) -> Result<(), String> {
        match self.front.authorizer.allows(&Access { principal: &cx.principal, action, resource }) {
            true => Ok(()),
            false => Err(refusal::denied(cx.principal.arn(), action, resource)),
        }
    }

    /// Its body, within the front's limits.
    pub async fn read_body(&mut self) -> Result<Bytes, body::BoxError> {
        Ok(body::read(self.request.body_mut(), &self.front.config().limits).await?)
    }
}

/// The request as SigV4 sees it.
pub(crate) fn signed<'a>(
    method: &'a str,
    uri: &'a http::Uri,
    version: http::Version,
    headers: &'a http::HeaderMap,
    body: &'a [u8],
) -> sigv4::Request<'a> {
    // In HTTP/1 the Host header counts, even if the request line names another.
    let authority =
        uri.authority().filter(|_| version >= http::Version::HTTP_2).map(|authority| authority.as_str());
    sigv4::Request { method, path: uri.path(), query: uri.query(), headers, authority, body }
}
