//! The operations, one file per noun.

pub(crate) mod policy;
pub(crate) mod policy_version;
pub(crate) mod role;
pub(crate) mod role_policy;
pub(crate) mod service_linked;
pub(crate) mod tag;
