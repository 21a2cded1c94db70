//! Attributes of container instances, and those that a task definition requires.

use serde::{Deserialize, Serialize};

/// A name with or without a value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribute {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl Attribute {
    /// An attribute that is there or not: a capability.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), value: None }
    }

    pub fn valued(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: Some(value.into()) }
    }
}
