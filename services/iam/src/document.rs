//! Policy documents on their way in: well formed, within their sizes, and naming whom there is.

use crate::errors;
use ::api::iam::Error;
use auth::policy::{AwsPrincipal, Document, Malformed};
use model::iam::Role;
use model::ids::Scope;
use state::Tx;

/// Characters of a trust policy, of all inline policies of a role, and of a version of a managed policy; white space
/// does not count. AWS's quotas.
const TRUST: usize = 2048;
const INLINE: usize = 10_240;
const MANAGED: usize = 6144;

/// Checks a trust policy.
pub(crate) fn check_trust(tx: &Tx<'_>, scope: &Scope, text: &str) -> Result<(), Error> {
    if size(text) > TRUST {
        return Err(errors::over_quota("ACLSizePerRole", TRUST));
    }
    let document = Document::trust(text).map_err(malformed)?;
    match document.aws_principals().find(|named| !exists(tx, scope, named)) {
        None => Ok(()),
        Some(missing) => Err(malformed(missing.missing())),
    }
}

/// Whether a principal of this account exists.
///
/// AWS differs: it also knows who exists in other accounts. Nobody can be one of those here.
fn exists(tx: &Tx<'_>, scope: &Scope, named: &AwsPrincipal) -> bool {
    let arn = match named {
        AwsPrincipal::Account(_) | AwsPrincipal::Id(_) => return true,
        AwsPrincipal::Arn(arn) => arn,
    };
    let Ok(parsed) = arn.parse::<model::Arn>() else { return false };
    if parsed.account != scope.account {
        return true;
    }
    match parsed.resource.split('/').collect::<Vec<_>>().as_slice() {
        ["role", ..] => arn.parse().is_ok_and(|arn| state::iam::role_in(tx, &arn).is_some()),
        ["assumed-role", role, _] => tx.get::<Role>(Role::key_of(&scope.account, role)).is_some(),
        _ => false,
    }
}

/// Checks an inline policy that `role` is to have under `name`, beside those that it has.
pub(crate) fn check_inline(role: &Role, name: &str, text: &str) -> Result<(), Error> {
    Document::identity(text).map_err(malformed)?;
    let others = role.inline_policies.iter().filter(|(other, _)| *other != name);
    let sum = size(text) + others.map(|(_, text)| size(text)).sum::<usize>();
    match sum > INLINE {
        true => Err(Error::limit_exceeded(format!(
            "Maximum policy size of {INLINE} bytes exceeded for role {}",
            role.arn.name()
        ))),
        false => Ok(()),
    }
}

/// Checks a version of a managed policy.
pub(crate) fn check_managed(text: &str) -> Result<(), Error> {
    if size(text) > MANAGED {
        return Err(errors::over_quota("PolicySize", MANAGED));
    }
    Document::identity(text).map(drop).map_err(malformed)
}

fn size(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

fn malformed(Malformed(text): Malformed) -> Error {
    Error::malformed_policy_document(text)
}
