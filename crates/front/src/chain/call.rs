//! Sixth step: the service does it.

use super::Called;
use crate::refusal::Refusal;
use api::{Decoded, Reply};
use auth::Cx;

pub(super) async fn step(cx: &Cx, called: &Called<'_>, decoded: Decoded) -> Result<Reply, Refusal> {
    called.operation.call(cx, decoded).await.map_err(Refusal::Said)
}
