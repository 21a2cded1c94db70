//! Errors: the messages that several operations share, and what becomes of the state's own failures.

use api::ecs::Error;
use state::UpdateError;

/// An answer of `state.update`: the handler's own error as it is; anything unexpected is logged once and becomes a ServerException.
pub(crate) fn settle<T>(outcome: Result<T, UpdateError<Error>>) -> Result<T, Error> {
    outcome.map_err(|error| match error {
        UpdateError::Refused(error) => error,
        UpdateError::Failed(failure) => {
            tracing::error!(error = %failure, "a change was not made");
            Error::internal("The state could not be changed. Try again later.")
        }
    })
}

pub(crate) fn cluster_not_found() -> Error {
    Error::cluster_not_found("Cluster not found.")
}

pub(crate) fn cluster_inactive() -> Error {
    Error::cluster_not_found("The referenced cluster was inactive.")
}
