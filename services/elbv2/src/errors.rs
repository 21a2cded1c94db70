//! What is said when a request cannot be done, in AWS's words where they are known.

use ::api::elbv2::Error;
use state::UpdateError;
use state::ec2::network_interface;
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
    Error::validation_error(message.into())
}

pub(crate) fn configuration(message: impl Into<String>) -> Error {
    Error::invalid_configuration_request(message.into())
}

/// Something that is not built here.
pub(crate) fn unsupported(what: impl Display) -> Error {
    configuration(format!("Longshore does not support {what}."))
}

/// Refuses the first of the list that is there.
pub(crate) fn refuse(given: &[(&str, bool)]) -> Result<(), Error> {
    match given.iter().find(|(_, given)| *given) {
        Some((what, _)) => Err(unsupported(what)),
        None => Ok(()),
    }
}

/// A value that is none of those that its place takes.
pub(crate) fn one_of(what: &str, value: impl Display, values: &[&str]) -> Error {
    validation(format!("{what} '{value}' must be one of '{}'", values.join(", ")))
}

pub(crate) fn no_load_balancer(arn: impl Display) -> Error {
    Error::load_balancer_not_found(format!("Load balancer '{arn}' not found"))
}

pub(crate) fn no_target_group(arn: impl Display) -> Error {
    Error::target_group_not_found(format!("Target group '{arn}' not found"))
}

pub(crate) fn no_listener(arn: impl Display) -> Error {
    Error::listener_not_found(format!("Listener '{arn}' not found"))
}

pub(crate) fn no_rule(arn: impl Display) -> Error {
    Error::rule_not_found(format!("Rule '{arn}' not found"))
}

pub(crate) fn no_certificate(arn: impl Display) -> Error {
    Error::certificate_not_found(format!("Certificate '{arn}' not found"))
}

/// Why a load balancer has no interface.
pub(crate) fn interface(error: network_interface::Error) -> Error {
    use network_interface::Error::{InUse, OutOfRange, PoolEmpty, SubnetFull};
    match error {
        SubnetFull { subnet } => no_room(subnet),
        OutOfRange { subnet, address } => configuration(format!(
            "The private IPv4 address '{address}' is not in the range of subnet '{subnet}', or is reserved"
        )),
        InUse { address, .. } => {
            configuration(format!("The private IPv4 address '{address}' is already in use"))
        }
        PoolEmpty => {
            configuration("Not enough public addresses are available: the pool of this Longshore is used up.")
        }
    }
}

pub(crate) fn no_room(subnet: impl Display) -> Error {
    Error::invalid_subnet(format!(
        "Not enough IP space available in {subnet}. ELB requires at least 8 free IP addresses in each subnet."
    ))
}
