//! What principals may do: the account's root everything, the session of a role what the role's policies allow.
//!
//! AWS differs: it evaluates conditions and variables that are not evaluated here; what depends on one of them is not
//! allowed (`auth::policy`).

use auth::policy::{self, Access, Grant, principal_context};
use auth::session::Bearer;
use auth::{Identity, Principal};
use model::iam::Role;
use state::{Snapshot, State};

/// Acts of IAM and STS that a session of the account's root may still do: "You cannot call any IAM API operations unless
/// MFA authentication information is included in the request. You cannot call any STS API except AssumeRole or
/// GetCallerIdentity."
const OF_ROOT_SESSIONS: [&str; 2] = ["sts:AssumeRole", "sts:GetCallerIdentity"];

/// Decides by the newest snapshot.
#[derive(Clone)]
pub struct Permissions {
    state: State,
}

impl Permissions {
    pub fn new(state: State) -> Self {
        Self { state }
    }

    /// Whether a principal may do an act on a resource.
    pub fn allows(&self, principal: &Principal, action: &str, resource: &str) -> bool {
        match principal.identity() {
            Identity::System { .. } => true,
            Identity::AccountRoot => match principal.session().map(|claims| &claims.bearer) {
                Some(Bearer::AccountRoot { .. }) => {
                    let service = action.split(':').next().unwrap_or_default();
                    !["iam", "sts"].contains(&service) || OF_ROOT_SESSIONS.contains(&action)
                }
                Some(Bearer::Role { .. }) | None => true,
            },
            // There are no users yet.
            Identity::User { .. } => false,
            Identity::RoleSession { .. } => {
                session_allows(&self.state.snapshot(), principal, action, resource, Grant::Needed)
            }
        }
    }
}

/// Whether the session of a role may do an act. No session of a role that is gone may do anything.
pub(crate) fn session_allows(
    snapshot: &Snapshot,
    principal: &Principal,
    action: &str,
    resource: &str,
    grant: Grant,
) -> bool {
    let Some(role) = role_of(snapshot, principal) else { return false };
    let managed = |arn: &str| state::iam::policy_document(snapshot, principal.account(), arn);
    let context = principal_context(principal, Some(role));
    policy::session_allows(principal, role, &managed, grant, &Access { action, resource, context: &context })
}

/// The role whose session a principal is.
pub(crate) fn role_of<'a>(snapshot: &'a Snapshot, principal: &Principal) -> Option<&'a Role> {
    let Identity::RoleSession { role, id, .. } = principal.identity() else { return None };
    state::iam::role_of_session(snapshot, principal.account(), role, id)
}
