//! The errors that handlers answer with: a code of the service's model, a message, and modelled extra members.

use std::fmt;

use wire::{Document, ErrorReply, ErrorSchema};

/// The codes of one service; generated.
pub trait Code: Copy + fmt::Debug + Send + Sync + 'static {
    const INTERNAL: Self;
    const NOT_IMPLEMENTED: Self;
    const VALIDATION: Self;

    /// AWS's name for the code, its HTTP status and whose fault it is.
    fn schema(self) -> &'static ErrorSchema;
}

/// An error of the service whose codes are `K`. Services have constructors by code: `Error::cluster_not_found("…")`.
#[derive(Clone, Debug, PartialEq)]
pub struct Error<K> {
    pub code: K,
    pub message: String,
    /// Modelled members beside the message, by their modelled names.
    pub members: Vec<(&'static str, Document)>,
}

impl<K: Code> Error<K> {
    pub fn new(code: K, message: impl Into<String>) -> Self {
        Error { code, message: message.into(), members: Vec::new() }
    }

    /// The server's own failure, HTTP 500. The cause belongs into the log, not into `message`.
    pub fn internal(message: impl Into<String>) -> Self {
        Error::new(K::INTERNAL, message)
    }

    /// The operation is of the service's API, but not built yet; HTTP 501.
    pub fn not_implemented(operation: &str) -> Self {
        Error::new(K::NOT_IMPLEMENTED, format!("Longshore does not implement {operation} yet."))
    }

    /// An input that breaks a rule, under the code that the service uses for it.
    pub fn validation(message: impl Into<String>) -> Self {
        Error::new(K::VALIDATION, message)
    }

    /// Adds a modelled member: `.with("resourceIds", vec!["arn:…"])`. A name that the error's model does not have is left
    /// out, and is a bug that debug builds stop at.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Document>) -> Self {
        let modelled = self.code.schema().members.iter().find(|member| **member == name);
        debug_assert!(modelled.is_some(), "{:?} has no member {name}", self.code);
        self.members.extend(modelled.map(|name| (*name, value.into())));
        self
    }
}

impl<K: Code> fmt::Display for Error<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.schema().shape, self.message)
    }
}

impl<K: Code> std::error::Error for Error<K> {}

impl<K: Code> From<Error<K>> for ErrorReply {
    fn from(error: Error<K>) -> Self {
        ErrorReply { members: error.members, ..ErrorReply::new(error.code.schema(), error.message) }
    }
}
