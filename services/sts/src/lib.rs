//! AWS Security Token Service: who a caller is, and temporary credentials.
//!
//! Keeps no state: a session is in its token (`auth::session`). [`Sessions`] is how requests that are signed with
//! temporary credentials are verified; [`Permissions`] is what the session of a role may do.
//!
//! Source: the STS API reference, version 2011-06-15; messages as AWS has been seen to answer them.

mod api;
mod errors;
mod permission;
mod session;
#[cfg(test)]
mod tests;

pub use self::api::Sts;
pub use permission::Permissions;
pub use session::Sessions;
