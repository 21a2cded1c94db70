//! AWS Security Token Service. So far it tells callers who they are; what issues temporary credentials comes with IAM
//! and answers until then that it is not implemented.
//!
//! Keeps no state: everything it says is in the request's context.

mod api;

pub use self::api::Sts;
