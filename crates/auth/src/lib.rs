//! Who asks, and whether that is proven: the request context [`Cx`], SigV4 verification and the credentials it verifies
//! against.
//!
//! Everything is a pure function of its input with two exceptions, each in one place: [`Seed::from_os`] reads the
//! system's randomness and `administrator` keeps the administrator's key in a file. Nothing here knows HTTP libraries, a
//! wire format or a service; `front` hands in method, path, query and headers.

mod cx;
mod principal;
mod seed;

pub use cx::{Cx, Origin};
pub use principal::{Identity, Principal};
pub use seed::Seed;
