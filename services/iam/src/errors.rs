//! What is said when a request cannot be done, in AWS's words where they are known.

use ::api::iam::Error;
use state::UpdateError;

/// An answer of `state.update`: the handler's own error as it is; anything unexpected is logged once.
pub(crate) fn settle<T>(outcome: Result<T, UpdateError<Error>>) -> Result<T, Error> {
    outcome.map_err(|error| match error {
        UpdateError::Refused(error) => error,
        UpdateError::Failed(failure) => {
            tracing::error!(error = &failure as &dyn std::error::Error, "the state could not be changed");
            Error::service_failure("The state could not be changed. Try again later.")
        }
    })
}

pub(crate) fn no_role(name: &str) -> Error {
    Error::no_such_entity(format!("The role with name {name} cannot be found."))
}

pub(crate) fn no_policy(arn: &str) -> Error {
    Error::no_such_entity(format!("Policy {arn} was not found."))
}

pub(crate) fn protected(name: &str) -> Error {
    Error::unmodifiable_entity(format!(
        "Cannot perform the operation on the protected role '{name}' - this role is only modifiable by AWS"
    ))
}

pub(crate) fn over_quota(quota: &str, limit: usize) -> Error {
    Error::limit_exceeded(format!("Cannot exceed quota for {quota}: {limit}"))
}
