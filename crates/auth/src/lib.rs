//! Who asks, and whether that is proven: the request context [`Cx`], SigV4 verification ([`sigv4`]) and the credentials
//! it verifies against.
//!
//! Secrets of records are sealed in [`envelope`]. Temporary credentials are made and opened in [`session`]; what policies mean is decided in [`policy`].
//!
//! Everything is a pure function of its input with two exceptions, each in one place: [`Seed::from_os`] reads the
//! system's randomness and [`key_file`] keeps keys in files. Nothing here knows a listener, a
//! wire format or a service; `front` hands in method, path, query, headers and body.

pub mod administrator;
mod credential;
mod cx;
pub mod envelope;
mod ids;
pub mod key_file;
pub mod policy;
mod principal;
mod secret;
mod seed;
pub mod session;
pub mod sigv4;

pub use administrator::AdministratorKey;
pub use credential::{Credential, Credentials, FixedCredentials};
pub use cx::{Cx, Origin};
pub use envelope::MasterKey;
pub use ids::Ids;
pub use principal::{Identity, Principal};
pub use secret::Secret;
pub use seed::Seed;
pub use session::SessionKey;

/// What a [`Cx`] is made of, for those who make one without knowing `model`.
pub use model::{
    Timestamp,
    ids::{Scope, Uuid},
};
