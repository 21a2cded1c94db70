//! What is said when a request cannot be done, in AWS's words where they are known.

use ::api::acm::Error;
use state::UpdateError;
use std::fmt::Display;

/// An answer of `state.update`: the handler's own error as it is; anything unexpected is logged once.
pub(crate) fn settle<T>(outcome: Result<T, UpdateError<Error>>) -> Result<T, Error> {
    outcome.map_err(|error| match error {
        UpdateError::Refused(error) => error,
        UpdateError::Failed(failure) => {
            tracing::error!(error = &failure as &dyn std::error::Error, "the state could not be changed");
            Error::internal("The state could not be changed. Try again later.")
        }
    })
}

pub(crate) fn validation(message: impl Into<String>) -> Error {
    Error::validation(message.into())
}

pub(crate) fn no_certificate(arn: impl Display) -> Error {
    Error::resource_not_found(format!("Could not find certificate {arn}."))
}
