//! Second step: who asks, proven by SigV4 for the service that was detected; the context begins here.

use super::{Called, Incoming};
use crate::front::Front;
use crate::refusal::Refusal;
use crate::routes::signed;
use auth::{Cx, sigv4};

pub(super) fn step(front: &Front, request: &Incoming, called: &Called<'_>) -> Result<Cx, Refusal> {
    let service = called.service.schema.signing_name;
    let principal = front.prove(&as_signed(request), service, request.now).map_err(Refusal::Unproven)?;
    Ok(front.context(principal, &request.parts.headers, request.peer, request.now, request.seed))
}

/// The refusal for a request that has no signature at all, where one is asked for.
pub(super) fn missing(front: &Front, request: &Incoming) -> Option<Refusal> {
    match front.prove(&as_signed(request), "", request.now) {
        Err(error @ sigv4::Error::MissingToken) => Some(Refusal::Unproven(error)),
        Ok(_) | Err(_) => None,
    }
}

fn as_signed(request: &Incoming) -> sigv4::Request<'_> {
    let parts = &request.parts;
    signed(parts.method.as_str(), &parts.uri, parts.version, &parts.headers, &request.body)
}
