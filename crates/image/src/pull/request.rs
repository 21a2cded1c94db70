//! What a caller may say about a pull.

use std::fmt;

use crate::platform::Platform;
use crate::progress::Reporter;

/// How to authenticate at the registry.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub enum Credentials {
    /// Without; a registry may still hand out an anonymous token.
    #[default]
    Anonymous,
    /// A user's name and password, as in ECR authorisation data (`AWS` and a token) or repositoryCredentials.
    Basic {
        /// Name.
        username: String,
        /// Password.
        password: String,
    },
    /// A token the registry takes as it is.
    Bearer(String),
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Anonymous => f.write_str("Anonymous"),
            Self::Basic { username, .. } => write!(f, "Basic({username}, …)"),
            Self::Bearer(_) => f.write_str("Bearer(…)"),
        }
    }
}

/// When the registry is asked, as ECS_IMAGE_PULL_BEHAVIOR has it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Policy {
    /// `default`: ask the registry; when that fails, use what is in the store. An image that was loaded is used without asking.
    #[default]
    AlwaysOrCached,
    /// `always`: ask the registry; when that fails, fail.
    Always,
    /// `once` and `prefer-cached`: ask only when the store has nothing.
    IfAbsent,
    /// Never ask.
    Never,
}

/// How to pull.
#[derive(Debug, Clone, Default)]
pub struct PullRequest {
    /// For the registry.
    pub credentials: Credentials,
    /// When to ask the registry.
    pub policy: Policy,
    /// Which image of an index.
    pub platform: Platform,
    /// Where progress goes. Of several equal pulls at one time only the first reports.
    pub progress: Reporter,
}
