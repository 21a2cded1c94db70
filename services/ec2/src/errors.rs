//! Errors that several operations share, and what becomes of the state's own failures.

use api::ec2::Error;
use state::UpdateError;
use state::ec2::network_interface;
use std::fmt::Display;

/// An answer of `state.update`: the handler's own error as it is; anything unexpected is logged once and becomes an internal failure.
pub(crate) fn settle<T>(outcome: Result<T, UpdateError<Error>>) -> Result<T, Error> {
    outcome.map_err(|error| match error {
        UpdateError::Refused(error) => error,
        UpdateError::Failed(failure) => {
            tracing::error!(error = %failure, "a change was not made");
            Error::internal("The state could not be changed. Try again later.")
        }
    })
}

/// What a dry run answers that would have succeeded.
pub(crate) fn dry_run() -> Error {
    Error::dry_run_operation("Request would have succeeded, but DryRun flag is set.")
}

/// A value that its parameter cannot have.
pub(crate) fn invalid(parameter: &str, value: impl Display, why: &str) -> Error {
    Error::invalid_parameter_value(format!("Value ({value}) for parameter {parameter} is invalid. {why}"))
}

pub(crate) fn missing(parameter: &str) -> Error {
    Error::missing_parameter(format!("The request must contain the parameter {parameter}"))
}

/// A parameter that Longshore does not know how to honour.
pub(crate) fn unsupported(parameter: &str) -> Error {
    Error::unsupported_operation(format!("Longshore does not support the parameter {parameter}."))
}

/// Refuses the first parameter of the list that is there.
pub(crate) fn refuse(parameters: &[(&str, bool)]) -> Result<(), Error> {
    match parameters.iter().find(|(_, given)| *given) {
        Some((name, _)) => Err(unsupported(name)),
        None => Ok(()),
    }
}

/// Something that others stand on.
pub(crate) fn in_use(kind: &str, id: impl Display) -> Error {
    Error::dependency_violation(format!("The {kind} '{id}' has dependencies and cannot be deleted."))
}

/// Why there is no interface, in EC2's words.
pub(crate) fn interface(error: network_interface::Error) -> Error {
    use network_interface::Error::{InUse, OutOfRange, PoolEmpty, SubnetFull};
    match error {
        SubnetFull { .. } => Error::insufficient_free_addresses_in_subnet(
            "The specified subnet does not have enough free addresses to satisfy the request.",
        ),
        OutOfRange { address, .. } => Error::invalid_parameter_value(format!(
            "Address {address} does not fall within the subnet's address range, or is reserved"
        )),
        InUse { .. } => Error::invalid_ip_address_in_use("The specified address is already in use."),
        PoolEmpty => Error::insufficient_address_capacity(
            "Not enough public addresses are available: the pool of this Longshore is used up.",
        ),
    }
}
