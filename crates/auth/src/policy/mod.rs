//! What policy documents mean, as far as Longshore decides by them today: who may assume a role ([`assume`]), and what a
//! role's session may do ([`role_allows`]).
//!
//! Invariant: nothing is allowed by something that is not understood. A statement whose condition, variable or principal
//! cannot be evaluated here does not allow; where it denies, it denies.
//!
//! AWS differs: it evaluates every condition key and operator; the rest comes with the IAM issue. What is evaluated stands
//! in [`Context`] and `condition.rs`.
//!
//! Source: IAM user guide, "Policy reference" and "Policy evaluation logic" (read 2026-11).

mod condition;
mod document;
mod managed;
mod pattern;
mod permission;
mod trust;

pub use condition::Context;
pub use document::{AwsPrincipal, Document, Malformed};
pub use managed::{document as managed_document, is_managed_by_aws};
pub use permission::{Access, Grant, principal_context, role_allows, session_allows};
pub use trust::{Assume, Caller, Trust, assume};

/// Whether something holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Truth {
    Yes,
    No,
    /// It cannot be told here; the text says what is not understood.
    Unknown(String),
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    fn not(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Unknown(what) => Self::Unknown(what),
        }
    }

    /// Both hold. What is certainly false is not saved by what is unknown.
    fn and(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::No => Self::No,
            Self::Yes => other(),
            Self::Unknown(what) => match other() {
                Self::No => Self::No,
                Self::Yes | Self::Unknown(_) => Self::Unknown(what),
            },
        }
    }

    /// One of them holds. What is certainly true needs nothing that is unknown.
    fn any(all: impl Iterator<Item = Self>) -> Self {
        let mut found = Self::No;
        for truth in all {
            match truth {
                Self::Yes => return Self::Yes,
                Self::Unknown(what) if found == Self::No => found = Self::Unknown(what),
                Self::No | Self::Unknown(_) => {}
            }
        }
        found
    }
}

#[cfg(test)]
mod tests;
