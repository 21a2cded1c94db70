//! Fifth step: the constraints of the model, all violations in one answer.

use super::Called;
use crate::refusal::Refusal;
use api::Decoded;

pub(super) fn step(called: &Called<'_>, decoded: &Decoded) -> Result<(), Refusal> {
    called.service.validate(decoded).map_err(Refusal::Said)
}
