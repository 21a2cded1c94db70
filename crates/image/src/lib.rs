//! Container images: content store, registry client, unpacking, overlay root file systems.
//!
//! # Entry points
//! [`Store::open`], then [`Store::pull`] or [`Store::load`] give an [`Image`]; [`rootfs::prepare`] mounts a container's
//! root over the image's layers. [`build::ImageBuilder`] makes an image out of files, without any other tool.
//!
//! # Invariants
//! - What is in `blobs/` and `layers/` has been verified: every digest the manifest promises was computed over the bytes.
//! - Both are filled by rename from `tmp/`, so a crash leaves nothing half-done in them.
//! - Memory is bounded: blobs stream to disk, documents have a maximum size.
//! - Unpacking never writes outside its directory, whatever the archive says.
//! - Collection never removes what an [`Image`] value holds, a pull is fetching, or the caller names as in use.

pub mod build;
#[doc(hidden)]
pub mod fuzzing;
pub mod rootfs;

mod config;
mod digest;
mod error;
mod keyring;
mod load;
mod manifest;
mod platform;
mod progress;
mod pull;
mod reference;
mod registry;
mod store;
mod unpack;

pub use config::{HealthCheck, ImageConfig};
pub use digest::{Digest, ParseError as DigestParseError};
pub use error::{Error, Kind as ErrorKind};
pub use keyring::{Keyring, KeyringError, KeyringFormat};
pub use platform::Platform;
pub use progress::{LayerProgress, Progress, Reporter, Stage};
pub use pull::{Credentials, Policy, PullRequest};
pub use reference::{ParseError as ReferenceParseError, Reference};
pub use store::{Collected, GcPolicy, Image, ImageSummary, Limits, Network, Options, Store};
