//! What is said when a request cannot be done, in AWS's words where they are known.

use ::api::logs::Error;
use state::{Failure, UpdateError};

pub(crate) fn no_group() -> Error {
    Error::resource_not_found("The specified log group does not exist.")
}

pub(crate) fn no_stream() -> Error {
    Error::resource_not_found("The specified log stream does not exist.")
}

pub(crate) fn no_resource() -> Error {
    Error::resource_not_found("The specified resource does not exist.")
}

pub(crate) fn group_exists() -> Error {
    Error::resource_already_exists("The specified log group already exists")
}

pub(crate) fn stream_exists() -> Error {
    Error::resource_already_exists("The specified log stream already exists")
}

pub(crate) fn bad_token() -> Error {
    Error::invalid_parameter("The specified nextToken is invalid.")
}

/// A parameter that Longshore refuses because it could not keep what it promises.
pub(crate) fn not_supported(what: &str) -> Error {
    Error::invalid_parameter(format!("Longshore does not support {what}."))
}

/// What the event store could not do.
pub(crate) fn from_series(error: series::Error) -> Error {
    match error {
        // Deleted between the look-up and the write.
        series::Error::GroupDeleted { .. } => no_group(),
        series::Error::StreamDeleted { .. } => no_stream(),
        series::Error::TooLarge { bytes, limit } => {
            Error::invalid_parameter(format!("Upload too large: {bytes} bytes exceeds limit of {limit}"))
        }
        series::Error::Io { .. }
        | series::Error::Damaged { .. }
        | series::Error::Locked { .. }
        | series::Error::Behind { .. }
        | series::Error::Stopped { .. } => {
            let source = std::error::Error::source(&error).map(ToString::to_string);
            tracing::error!(%error, source, "the event store failed");
            Error::service_unavailable("The service cannot complete the request.")
        }
    }
}

pub(crate) fn from_update(error: UpdateError<Error>) -> Error {
    match error {
        UpdateError::Refused(error) => error,
        UpdateError::Failed(failure) => from_failure(&failure),
    }
}

fn from_failure(failure: &Failure) -> Error {
    let source = std::error::Error::source(failure).map(ToString::to_string);
    tracing::error!(error = %failure, source, "the state could not be changed");
    Error::internal("The service cannot complete the request.")
}
