//! What one check came to, and what follows from it: for the target's health, and for the log. Pure.
//!
//! Source of the reason codes: "Health check logs" of the guide for application load balancers, 2026.

use super::machine::Finding;
use crate::log::Failure;
use crate::target::upstream::Refused;
use model::balancer::Matcher;
use std::io::{self, ErrorKind};

/// What a target did when it was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It took the connection, and more was not asked for.
    Connected,
    /// A status of HTTP.
    Http(u32),
    /// A status of gRPC.
    Grpc(u32),
    /// An answer of gRPC without a status.
    NoGrpcStatus,
    /// It does not speak what it was spoken to in.
    Malformed,
    /// It refused, reset or closed the connection before it had answered.
    Ended,
    TimedOut,
    /// Nobody has its address, or no way leads there.
    Unreachable,
    /// It was not asked: there was no socket for that.
    Unasked,
}

impl Outcome {
    /// Of a connection that did not come about, or broke.
    pub fn of(refused: &Refused) -> Self {
        match refused {
            Refused::Connect(error) => Self::of_io(error, Self::Unasked),
            Refused::Tls(error) => Self::of_io(error, Self::Malformed),
            Refused::Http2(error) => match error.get_io() {
                Some(error) => Self::of_io(error, Self::Malformed),
                None if error.is_remote() => Self::Ended,
                None => Self::Malformed,
            },
        }
    }

    fn of_io(error: &io::Error, other: Self) -> Self {
        match error.kind() {
            ErrorKind::TimedOut => Self::TimedOut,
            ErrorKind::ConnectionRefused
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::NotConnected
            | ErrorKind::BrokenPipe
            | ErrorKind::UnexpectedEof => Self::Ended,
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Self::Unreachable,
            _ => other,
        }
    }

    /// What it says of the target's health.
    pub fn finding(self, matcher: &Matcher) -> Finding {
        match self {
            Self::Connected => Finding::Passed,
            Self::Http(code) | Self::Grpc(code) if matcher.matches(code) => Finding::Passed,
            Self::Http(code) | Self::Grpc(code) => Finding::Code(code),
            Self::TimedOut => Finding::TimedOut,
            Self::NoGrpcStatus | Self::Malformed | Self::Ended | Self::Unreachable | Self::Unasked => {
                Finding::Failed
            }
        }
    }

    /// The status that the target answered. Of gRPC, whether AWS logs that or HTTP's is not established.
    pub fn code(self) -> Option<u32> {
        match self {
            Self::Http(code) | Self::Grpc(code) => Some(code),
            _ => None,
        }
    }

    /// Why the check failed, if it did. Not established for AWS: who takes no connection, and who answers what is no answer.
    pub fn failure(self, matcher: &Matcher) -> Option<Failure> {
        match self {
            Self::Connected => None,
            Self::Http(code) | Self::Grpc(code) if matcher.matches(code) => None,
            Self::Http(500..=599) | Self::Malformed => Some(Failure::TargetError),
            Self::Http(_) => Some(Failure::ResponseCodeMismatch),
            Self::Grpc(_) => Some(Failure::GrpcUnexpectedStatus),
            Self::NoGrpcStatus => Some(Failure::GrpcStatusHeaderEmpty),
            Self::Ended => Some(Failure::ConnectionReset),
            // In a VPC of AWS nobody says so, and the time runs out.
            Self::TimedOut | Self::Unreachable => Some(Failure::TimedOut),
            Self::Unasked => Some(Failure::InternalError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_check_says() {
        let matcher = Matcher("200-299,12,503".to_owned());
        for (outcome, finding, code, failure) in [
            (Outcome::Connected, Finding::Passed, None, None),
            (Outcome::Http(204), Finding::Passed, Some(204), None),
            (Outcome::Http(503), Finding::Passed, Some(503), None),
            (Outcome::Http(404), Finding::Code(404), Some(404), Some(Failure::ResponseCodeMismatch)),
            (Outcome::Http(502), Finding::Code(502), Some(502), Some(Failure::TargetError)),
            (Outcome::Grpc(12), Finding::Passed, Some(12), None),
            (Outcome::Grpc(0), Finding::Code(0), Some(0), Some(Failure::GrpcUnexpectedStatus)),
            (Outcome::NoGrpcStatus, Finding::Failed, None, Some(Failure::GrpcStatusHeaderEmpty)),
            (Outcome::Malformed, Finding::Failed, None, Some(Failure::TargetError)),
            (Outcome::Ended, Finding::Failed, None, Some(Failure::ConnectionReset)),
            (Outcome::TimedOut, Finding::TimedOut, None, Some(Failure::TimedOut)),
            (Outcome::Unreachable, Finding::Failed, None, Some(Failure::TimedOut)),
            (Outcome::Unasked, Finding::Failed, None, Some(Failure::InternalError)),
        ] {
            assert_eq!(outcome.finding(&matcher), finding, "{outcome:?}");
            assert_eq!((outcome.code(), outcome.failure(&matcher)), (code, failure), "{outcome:?}");
        }
    }

    #[test]
    fn what_an_error_means() {
        for (error, connecting, encrypting) in [
            (ErrorKind::ConnectionRefused, Outcome::Ended, Outcome::Ended),
            (ErrorKind::UnexpectedEof, Outcome::Ended, Outcome::Ended),
            (ErrorKind::TimedOut, Outcome::TimedOut, Outcome::TimedOut),
            (ErrorKind::HostUnreachable, Outcome::Unreachable, Outcome::Unreachable),
            (ErrorKind::AddrNotAvailable, Outcome::Unasked, Outcome::Malformed),
            (ErrorKind::InvalidData, Outcome::Unasked, Outcome::Malformed),
        ] {
            assert_eq!(Outcome::of(&Refused::Connect(error.into())), connecting, "{error:?}");
            assert_eq!(Outcome::of(&Refused::Tls(error.into())), encrypting, "{error:?}");
        }
    }
}
