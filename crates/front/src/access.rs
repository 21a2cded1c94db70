//! The question of the authorise step: may this principal do this to that?

use auth::Principal;

/// One act that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    pub principal: &'a Principal,
    /// `ecs:RunTask`
    pub action: &'a str,
    /// An ARN, or `*` where the operation has no resource.
    pub resource: &'a str,
}

/// Decides on acts. It reads a snapshot and does not wait.
pub trait Authorizer: Send + Sync {
    fn allows(&self, access: &Access<'_>) -> bool;
}

/// Allows the account's root, and Longshore itself, everything and others nothing: what holds as long as there are no
/// policies.
#[derive(Clone, Copy, Debug, Default)]
pub struct AdministratorOnly;

impl Authorizer for AdministratorOnly {
    fn allows(&self, access: &Access<'_>) -> bool {
        access.principal.is_administrator()
    }
}
