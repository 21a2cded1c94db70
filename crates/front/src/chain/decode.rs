//! Third step: the input, read by the protocol's codec. Constraints are not looked at yet.

use super::{Called, Incoming};
use crate::refusal::Refusal;
use api::Decoded;

pub(super) fn step(request: &Incoming, called: &Called<'_>) -> Result<Decoded, Refusal> {
    let decoded = called.operation.decode(called.codec, &request.parts, &request.body);
    decoded.map_err(|error| Refusal::Said(called.codec.malformed(&error)))
}
