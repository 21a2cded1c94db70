//! `models/services.toml`: which services and operations are generated, from which botocore, and what IAM calls them.

use anyhow::{Context, Result};
use indexmap::IndexMap;
use serde::Deserialize;

use crate::workspace;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Services {
    pub botocore: Botocore,
    pub service: IndexMap<String, Service>,
}

/// The pinned package.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Botocore {
    pub version: String,
    pub wheel_sha256: String,
    /// The source distribution has the protocol test cases, which `wire`'s tests read.
    #[allow(dead_code, reason = "read by wire's tests")]
    pub sdist_sha256: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Service {
    /// The name in prose: `Amazon ECS`.
    pub title: String,
    /// The generated trait.
    pub r#trait: String,
    /// The folder in botocore's data; the service's own name where absent.
    pub botocore: Option<String>,
    pub api_version: String,
    /// What stands before the colon in IAM actions; the signing name where absent.
    pub iam_prefix: Option<String>,
    /// Before resources that are no whole ARN.
    pub arn: String,
    /// The code for violated constraints.
    pub validation_error: String,
    /// Error codes that the service answers with and its model does not have, with their HTTP statuses.
    #[serde(default)]
    pub errors: IndexMap<String, u16>,
    /// IAM action where it is not the operation's name.
    #[serde(default)]
    pub actions: IndexMap<String, String>,
    /// Members that clients send and the public model leaves out: shape to member to that member's shape.
    #[serde(default)]
    pub unpublished: IndexMap<String, IndexMap<String, String>>,
    /// Patterns of shapes that are written otherwise here, in the same language.
    #[serde(default)]
    pub patterns: IndexMap<String, String>,
    /// Operation to the template of the resource it is authorised on.
    pub operations: IndexMap<String, String>,
}

pub fn load() -> Result<Services> {
    let path = workspace::root().join("models/services.toml");
    toml::from_str(&workspace::read(&path)?).with_context(|| format!("{} is malformed", path.display()))
}
