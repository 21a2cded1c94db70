//! Whether a caller may do what a request amounts to beyond its own operation: hand a role on, give a resource tags.

use api::ecs::Error;
use auth::policy::{Access, Context, Grant, principal_context, session_allows};
use auth::{Identity, Principal};
use state::Snapshot;

/// Whether `caller` may do an act on a resource. `with` adds what conditions may ask for.
pub(crate) fn allows(
    snapshot: &Snapshot,
    caller: &Principal,
    (action, resource): (&str, &str),
    with: impl FnOnce(Context) -> Context,
) -> bool {
    match caller.identity() {
        Identity::AccountRoot | Identity::System { .. } => true,
        // There are no users yet.
        Identity::User { .. } => false,
        Identity::RoleSession { role, id, .. } => {
            let Some(role) = state::iam::role_of_session(snapshot, caller.account(), role, id) else {
                return false;
            };
            let context = with(principal_context(caller, Some(role)));
            let managed = |arn: &str| state::iam::policy_document(snapshot, caller.account(), arn);
            let access = Access { action, resource, context: &context };
            session_allows(caller, role, &managed, Grant::Needed, &access)
        }
    }
}

/// The error for who may not.
pub(crate) fn denied(caller: &Principal, (action, resource): (&str, &str)) -> Error {
    Error::access_denied(format!(
        "User: {caller} is not authorized to perform: {action} on resource: {resource} because no identity-based policy \
         allows the {action} action"
    ))
}
