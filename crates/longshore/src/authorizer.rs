//! The authorise step's question, answered by the policies of roles.

use front::{Access, Authorizer};
use sts::Permissions;

/// The account's root may do everything, the session of a role what its policies allow.
pub struct ByPolicies(pub Permissions);

impl Authorizer for ByPolicies {
    fn allows(&self, access: &Access<'_>) -> bool {
        self.0.allows(access.principal, access.action, access.resource)
    }
}
