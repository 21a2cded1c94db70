//! From what a request names to records.

use crate::errors;
use ::api::iam::Error;
use auth::Cx;
use model::iam::{ManagedPolicy, Role};
use state::{Snapshot, Tx};
use std::sync::Arc;

/// The role of that name.
pub(crate) fn role(snapshot: &Snapshot, cx: &Cx, name: &str) -> Result<Arc<Role>, Error> {
    let key = Role::key_of(&cx.scope.account, name);
    snapshot.get::<Role>(key).cloned().ok_or_else(|| errors::no_role(name))
}

/// The role of that name, to be changed. A service's own role is not a user's to change.
pub(crate) fn role_to_change(tx: &Tx<'_>, cx: &Cx, name: &str) -> Result<Role, Error> {
    let found = any_role(tx, cx, name)?;
    if found.is_service_linked() { Err(errors::protected(found.arn.name())) } else { Ok(found) }
}

/// The role of that name, a service's own too.
pub(crate) fn any_role(tx: &Tx<'_>, cx: &Cx, name: &str) -> Result<Role, Error> {
    let found = tx.get::<Role>(Role::key_of(&cx.scope.account, name));
    found.map(|role| Role::clone(&role)).ok_or_else(|| errors::no_role(name))
}

/// The account's own managed policy of that ARN.
pub(crate) fn policy(snapshot: &Snapshot, cx: &Cx, arn: &str) -> Result<Arc<ManagedPolicy>, Error> {
    let found = snapshot.get::<ManagedPolicy>(arn).filter(|policy| policy.account == cx.scope.account);
    found.cloned().ok_or_else(|| errors::no_policy(arn))
}

/// The account's own managed policy of that ARN, to be changed.
pub(crate) fn policy_to_change(tx: &Tx<'_>, cx: &Cx, arn: &str) -> Result<ManagedPolicy, Error> {
    let found = tx.get::<ManagedPolicy>(arn).filter(|policy| policy.account == cx.scope.account);
    found.map(|policy| ManagedPolicy::clone(&policy)).ok_or_else(|| errors::no_policy(arn))
}

/// Whether a policy can be attached: AWS's by any name, the account's own if there is such.
pub(crate) fn is_attachable(tx: &Tx<'_>, cx: &Cx, arn: &str) -> bool {
    auth::policy::is_managed_by_aws(arn)
        || tx.get::<ManagedPolicy>(arn).is_some_and(|policy| policy.account == cx.scope.account)
}
