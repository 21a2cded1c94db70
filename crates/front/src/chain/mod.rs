//! The request chain. [`steps`] is the whole of it, in order; each step is one file that says what it decides.

mod authenticate;
mod authorise;
mod call;
mod decode;
pub(crate) mod detect;
mod encode;
mod validate;

use crate::body::{Body, full};
use crate::front::Front;
use crate::refusal::Refusal;
use api::{Codec, Protocol, Service};
use auth::{Cx, Principal, Seed, Timestamp};
use bytes::Bytes;
use http::Response;
use http::request::Parts;
use std::net::SocketAddr;
use tracing::error;

pub(crate) use detect::Called;

/// A request whose body is complete.
pub(crate) struct Incoming {
    pub parts: Parts,
    pub host: String,
    pub body: Bytes,
    pub peer: SocketAddr,
    pub now: Timestamp,
    pub seed: Seed,
}

async fn steps(front: &Front, request: &Incoming, called: &Called<'_>) -> Result<Response<Body>, Refusal> {
    let cx = authenticate::step(front, request, called)?;
    let decoded = decode::step(request, called)?;
    authorise::step(&*front.authorizer, &cx, called, &decoded)?;
    validate::step(called, &decoded)?;
    let reply = call::step(&cx, called, decoded).await?;
    Ok(encode::step(&cx, called, reply))
}

/// Takes a request through the chain: detect, then [`steps`], then whatever refusal came, in the caller's protocol.
pub(crate) async fn run(front: &Front, request: Incoming) -> Response<Body> {
    let request_id = request.seed.request_id();
    match detect::step(&front.directory, &request) {
        Ok(called) => match steps(front, &request, &called).await {
            Ok(response) => response,
            Err(refusal) => {
                refused(refusal, called.protocol, called.codec, Some(called.service), request_id.as_str())
            }
        },
        Err((protocol, refusal)) => {
            // Who does not prove itself is told so before it is told what there is.
            let refusal = match authenticate::missing(front, &request) {
                Some(missing) if matches!(refusal, Refusal::UnknownPath) => missing,
                Some(_) | None => refusal,
            };
            let codec =
                api::codec(protocol).or_else(|| api::codec(Protocol::AwsJson1_1)).expect("awsJson is built");
            refused(refusal, protocol, codec, None, request_id.as_str())
        }
    }
}

/// Takes a call from inside the process through the same steps, from decode on.
pub(crate) async fn run_inside(
    front: &Front,
    called: &Called<'_>,
    principal: Principal,
    request: &Incoming,
) -> Result<api::Reply, api::ErrorReply> {
    let mut scope = front.config().scope.clone();
    principal.account().clone_into(&mut scope.account);
    let cx = Cx::new(scope, principal, auth::Origin::default(), request.now, request.seed);
    let outcome: Result<api::Reply, Refusal> = async {
        let decoded = decode::step(request, called)?;
        authorise::step(&*front.authorizer, &cx, called, &decoded)?;
        validate::step(called, &decoded)?;
        call::step(&cx, called, decoded).await
    }
    .await;
    outcome.map_err(|refusal| refusal.reply(called.protocol))
}

fn refused(
    refusal: Refusal,
    protocol: Protocol,
    codec: &dyn Codec,
    service: Option<&Service<Cx>>,
    request_id: &str,
) -> Response<Body> {
    let reply = refusal.reply(protocol);
    if reply.http_status >= 500 && reply.http_status != 501 {
        error!(code = reply.code, message = reply.message, "the operation failed");
    }
    codec.encode_error(service.map(|service| service.schema), &reply, request_id).map(full)
}
