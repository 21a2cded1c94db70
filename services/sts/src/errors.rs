//! What is said when a request cannot be done, in AWS's words where they are known.

use ::api::sts::Error;
use auth::Principal;

/// Whoever may not assume a role is not told whether there is one. `why` is what Longshore does not understand.
pub(crate) fn not_authorized(principal: &Principal, action: &str, role: &str, why: Option<&str>) -> Error {
    let said = format!("User: {principal} is not authorized to perform: {action} on resource: {role}");
    match why {
        None => Error::access_denied(said),
        Some(why) => Error::access_denied(format!(
            "{said}: its trust policy allows it under a condition that Longshore does not evaluate: {why}"
        )),
    }
}

/// No device for several factors can be registered here.
pub(crate) fn no_device() -> Error {
    Error::access_denied("MultiFactorAuthentication failed with invalid MFA one time pass code.")
}
