//! AWS IAM: roles, with the policies that are theirs, and managed policies.
//!
//! What a document means is decided in `auth::policy`; here it is checked when it comes in and kept as it is. Users,
//! groups, instance profiles and the rest answer that they are not implemented.
//!
//! Source: the IAM API reference, version 2010-05-08; messages as AWS has been seen to answer them.

mod api;
mod convert;
mod document;
mod errors;
mod find;
mod page;
mod service;
#[cfg(test)]
mod tests;

pub use api::service_linked::of_ecs as ecs_role;
pub use service::Iam;
