//! AWS Certificate Manager: certificates that an operator imports, for listeners of load balancers.
//!
//! Nothing is issued here, so that RequestCertificate answers that it is not implemented. A key is read once, when it comes, to see that it is the
//! certificate's; then it is kept sealed under the data directory's master key, and no operation shows it.
//!
//! Source: the ACM API reference, version 2015-12-08, and "Prerequisites for importing ACM certificates", 2026.

mod api;
mod chain;
mod convert;
mod errors;
mod facts;
mod key;
mod pem;
mod service;
#[cfg(test)]
mod tests;

pub use key::private_key;
pub use service::Acm;
