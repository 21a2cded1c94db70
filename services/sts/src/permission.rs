//! What principals may do: the account's root everything, the session of a role what the role's policies allow.
//!
//! AWS differs: it evaluates conditions and variables that are not evaluated here; what depends on one of them is not
//! allowed (`auth::policy`).

use auth::policy::{Access, Context, Grant, role_allows};
use auth::session::Bearer;
use auth::{Identity, Principal};
use model::iam::{ManagedPolicy, Role};
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
    let managed = |arn: &str| {
        let policy = snapshot.get::<ManagedPolicy>(arn).filter(|policy| policy.account == role.arn.account());
        policy.and_then(|policy| policy.document().map(str::to_owned))
    };
    let context = context(principal, Some(role));
    let limits = principal.session().map(|claims| &claims.limits);
    role_allows(role, limits, &managed, grant, &Access { action, resource, context: &context })
}

/// The role whose session a principal is.
pub(crate) fn role_of<'a>(snapshot: &'a Snapshot, principal: &Principal) -> Option<&'a Role> {
    let Identity::RoleSession { role, id, .. } = principal.identity() else { return None };
    snapshot
        .get::<Role>(Role::key_of(principal.account(), role))
        .map(|role| &**role)
        .filter(|role| role.id == *id)
}

/// What conditions can ask of a caller.
pub(crate) fn context(principal: &Principal, role: Option<&Role>) -> Context {
    // That of a session is the role's.
    let arn = role.map_or(principal.arn(), |role| role.arn.as_str());
    let kind = match principal.identity() {
        Identity::AccountRoot => "Account",
        Identity::User { .. } => "User",
        Identity::RoleSession { .. } | Identity::System { .. } => "AssumedRole",
    };
    // Long-lived keys leave it out; no session here was begun with a second factor.
    let second_factor = principal.session().map(|_| "false");
    Context::default()
        .with("aws:PrincipalArn", Some(arn))
        .with("aws:PrincipalAccount", Some(principal.account()))
        .with("aws:PrincipalType", Some(kind))
        .with("aws:userid", Some(principal.user_id()))
        .with("aws:PrincipalIsAWSService", Some("false"))
        .with("aws:MultiFactorAuthPresent", second_factor)
}
