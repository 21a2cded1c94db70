//! Why the state could not be opened or changed.

use crate::DecodeError;
use std::fmt;
use std::sync::Arc;
use thiserror::Error;

/// Why [`crate::State::open`] failed.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error("the state cannot be loaded")]
    Store(#[from] store::Error),
    #[error("record '{key}' of table '{table}' cannot be read")]
    Record { table: String, key: String, source: DecodeError },
    #[error("table '{table}' is declared twice")]
    DoubledTable { table: &'static str },
    #[error("the thread that commits cannot be started")]
    Thread(#[source] std::io::Error),
}

/// Why [`crate::State::update`] changed nothing.
#[derive(Debug)]
pub enum UpdateError<E> {
    /// The closure said no.
    Refused(E),
    /// Something broke, or is full.
    Failed(Failure),
}

/// What broke. To a client this is an internal failure.
#[derive(Debug, Error, Clone)]
pub enum Failure {
    /// The change was refused by the store; later ones may succeed.
    #[error("the change cannot be made durable")]
    Store(#[source] Arc<store::Error>),
    #[error("record '{key}' of table '{table}' cannot be encoded")]
    Encode { table: &'static str, key: String, source: Arc<serde_json::Error> },
    #[error("a change panicked: {message}")]
    Panicked { message: String },
    /// Other servers changed what was read, over and over.
    #[error("gave up after {attempts} conflicting attempts")]
    Contended { attempts: u32 },
    /// Shutting down. The change may or may not have been made.
    #[error("the state is closed")]
    Closed,
}

impl<E> From<Failure> for UpdateError<E> {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl<E: fmt::Display> fmt::Display for UpdateError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(f),
            Self::Failed(failure) => failure.fmt(f),
        }
    }
}

impl<E: std::error::Error> std::error::Error for UpdateError<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Refused(error) => error.source(),
            Self::Failed(failure) => failure.source(),
        }
    }
}
