//! Fourth step: whether the caller may do this, on every resource that the input names. It comes before validation, so
//! that who may not act learns nothing about what would be valid.

use super::Called;
use crate::access::{Access, Authorizer};
use crate::refusal::Refusal;
use api::{Decoded, Scope};
use auth::Cx;
use tracing::Span;

/// Acts that need no permission and that no policy can deny (IAM user guide, "Actions … for AWS STS"; read 2026-11), and
/// the one that the role's own trust policy can allow: its handler asks both sides.
const ALWAYS_ALLOWED: [&str; 3] = ["sts:GetCallerIdentity", "sts:GetSessionToken", "sts:AssumeRole"];

pub(super) fn step(
    authorizer: &dyn Authorizer,
    cx: &Cx,
    called: &Called<'_>,
    decoded: &Decoded,
) -> Result<(), Refusal> {
    let auth::Scope { partition, region, account } = &cx.scope;
    let action = called.operation.action;
    let resources = called.operation.resources(&Scope { partition, region, account }, decoded);
    let span = Span::current();
    span.record("action", action);
    if let Some(resource) = resources.first() {
        span.record("resource", resource.as_str());
    }
    if ALWAYS_ALLOWED.contains(&action) {
        return Ok(());
    }
    let denied =
        |resource: &&String| !authorizer.allows(&Access { principal: &cx.principal, action, resource });
    match resources.iter().find(denied) {
        None => Ok(()),
        Some(resource) => Err(Refusal::Denied {
            principal: cx.principal.arn().to_owned(),
            action: action.to_owned(),
            resource: resource.clone(),
        }),
    }
}
