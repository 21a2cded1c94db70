//! What can go wrong with an image, told apart by what mends it.
//!
//! A variant's message never repeats its source; [`Error::reason`] writes the whole chain the way AWS words the text
//! after `CannotPullContainerError: `. Source: the "CannotPullContainer task errors" page of the ECS developer guide
//! and the messages of the official agent.

use std::error::Error as StdError;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::digest::Digest;
use crate::platform::Platform;
use crate::reference::Reference;

/// A failed image operation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The registry has no such repository, tag or digest.
    #[error("{reference}: not found")]
    NotFound {
        /// What was asked for.
        reference: String,
    },
    /// The image is not in the local store and the policy forbids a pull.
    #[error("{reference}: not in the local store")]
    NotLocal {
        /// What was asked for.
        reference: Reference,
    },
    /// The registry refused the credentials, or wants some.
    #[error("pull access denied, repository does not exist or may require authorization: {detail}")]
    Unauthorised {
        /// The registry's answer.
        detail: String,
    },
    /// The registry's rate limit.
    #[error("unexpected status from {method} request to {url}: 429 Too Many Requests{detail}")]
    TooManyRequests {
        /// HTTP method.
        method: &'static str,
        /// Without credentials.
        url: String,
        /// The registry's own words, with a leading separator, or empty.
        detail: String,
        /// What `Retry-After` said.
        retry_after: Option<Duration>,
    },
    /// Any other status.
    #[error("unexpected status from {method} request to {url}: {status}{detail}")]
    Status {
        /// HTTP method.
        method: &'static str,
        /// Without credentials.
        url: String,
        /// Code and reason, for example `500 Internal Server Error`.
        status: String,
        /// The registry's own words, with a leading separator, or empty.
        detail: String,
    },
    /// The registry's name does not resolve.
    #[error("failed to do request: {method} \"{url}\": dial tcp: lookup {host}: no such host")]
    NoSuchHost {
        /// HTTP method.
        method: &'static str,
        /// Without credentials.
        url: String,
        /// The name.
        host: String,
    },
    /// No connection or no bytes within the time-out.
    #[error("failed to do request: {method} \"{url}\": dial tcp {host}: i/o timeout")]
    Timeout {
        /// HTTP method.
        method: &'static str,
        /// Without credentials.
        url: String,
        /// Host and port.
        host: String,
    },
    /// Refused, reset, cut, or TLS failed.
    #[error("failed to do request: {method} \"{url}\": {problem}")]
    Connection {
        /// HTTP method.
        method: &'static str,
        /// Without credentials.
        url: String,
        /// The deepest cause, for example `connection refused`.
        problem: String,
    },
    /// A retried step gave up.
    #[error("{step} has been retried {retries} time(s): {context}")]
    Retried {
        /// For example `pull image manifest`.
        step: &'static str,
        /// Tries after the first.
        retries: u32,
        /// For example `failed to resolve ref docker.io/library/app:1`.
        context: String,
        /// The last failure.
        #[source]
        source: Box<Error>,
    },
    /// The bytes are not those the digest names.
    #[error("failed precondition: unexpected {what} digest {actual}, expected {expected}")]
    DigestMismatch {
        /// `manifest`, `config`, `layer` or `diff_id`.
        what: &'static str,
        /// What was promised.
        expected: Digest,
        /// What came.
        actual: Digest,
    },
    /// The bytes are more or fewer than the descriptor says.
    #[error("{what} {digest} has {actual} bytes, its descriptor says {expected}")]
    SizeMismatch {
        /// `manifest`, `config` or `layer`.
        what: &'static str,
        /// Of the blob.
        digest: Digest,
        /// What the descriptor says.
        expected: u64,
        /// What came.
        actual: u64,
    },
    /// The index has nothing that runs here.
    #[error("no matching manifest for {platform} in the manifest list entries")]
    NoMatchingPlatform {
        /// What was wanted.
        platform: Platform,
    },
    /// A manifest, configuration or archive is malformed or of a kind we do not read.
    #[error("{what}: {problem}")]
    Invalid {
        /// Which document.
        what: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A layer holds an entry that must not be unpacked.
    #[error("failed to extract layer: entry {entry:?}: {problem}")]
    BadEntry {
        /// Its name, shortened.
        entry: String,
        /// Why it is refused.
        problem: String,
    },
    /// A layer or document is larger than the configured limit.
    #[error("{what} exceeds the limit of {limit}")]
    LimitExceeded {
        /// For example `layer entries`.
        what: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The disk, or the quota, is full.
    #[error("write {}: no space left on device", path.display())]
    NoSpace {
        /// What was being written.
        path: PathBuf,
    },
    /// Another failure of the local file system.
    #[error("{action} {}", path.display())]
    Io {
        /// For example `open`.
        action: &'static str,
        /// What it was done to.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// The image is in use, so it was not removed.
    #[error("conflict: unable to remove {reference}: it is in use")]
    InUse {
        /// The image.
        reference: Reference,
    },
    /// The pull was given up because its last caller went away, or its thread died.
    #[error("context canceled")]
    Cancelled,
    /// Another caller pulled the same blob or layer at the same time, and failed.
    #[error(transparent)]
    Shared(std::sync::Arc<Error>),
}

/// The kinds of failure a caller treats differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// There is no such image.
    NotFound,
    /// Credentials are missing or wrong.
    Unauthorised,
    /// The registry limits the rate.
    TooManyRequests,
    /// The registry could not be reached, or failed; trying again may help.
    Unavailable,
    /// The registry's host name is unknown.
    NoSuchHost,
    /// The registry did not answer in time.
    Timeout,
    /// The disk is full.
    NoSpace,
    /// What came is not what was promised, or is malformed or hostile.
    Corrupt,
    /// The image is in use.
    InUse,
    /// The local system failed.
    Internal,
}

impl Error {
    /// The text AWS shows after `CannotPullContainerError: `.
    pub fn reason(&self) -> String {
        let mut text = self.to_string();
        let mut source = match self {
            // Transparent: its source is already the inner error's.
            Self::Shared(inner) => return inner.reason(),
            other => other.source(),
        };
        while let Some(error) = source {
            let part = error.to_string();
            text.push_str(": ");
            text.push_str(&part);
            source = error.source();
        }
        text
    }

    /// What kind of failure this is at its root.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Retried { source, .. } => source.kind(),
            Self::Shared(inner) => inner.kind(),
            Self::NotFound { .. } | Self::NotLocal { .. } => Kind::NotFound,
            Self::Unauthorised { .. } => Kind::Unauthorised,
            Self::TooManyRequests { .. } => Kind::TooManyRequests,
            Self::Status { .. } | Self::Connection { .. } => Kind::Unavailable,
            Self::NoSuchHost { .. } => Kind::NoSuchHost,
            Self::Timeout { .. } => Kind::Timeout,
            Self::NoSpace { .. } => Kind::NoSpace,
            Self::DigestMismatch { .. }
            | Self::SizeMismatch { .. }
            | Self::NoMatchingPlatform { .. }
            | Self::Invalid { .. }
            | Self::BadEntry { .. }
            | Self::LimitExceeded { .. } => Kind::Corrupt,
            Self::InUse { .. } => Kind::InUse,
            Self::Io { .. } | Self::Cancelled => Kind::Internal,
        }
    }

    /// A failure of the file system; a full disk is told apart.
    pub(crate) fn io(
        action: &'static str,
        path: impl AsRef<Path>,
        source: impl Into<std::io::Error>,
    ) -> Self {
        let (path, source) = (path.as_ref().to_owned(), source.into());
        match source.kind() {
            std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Self::NoSpace { path },
            _ => Self::Io { action, path, source },
        }
    }

    pub(crate) fn invalid(what: impl Into<String>, problem: impl std::fmt::Display) -> Self {
        Self::Invalid { what: what.into(), problem: problem.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_worded_as_aws_words_them() {
        let inner = Error::Timeout {
            method: "HEAD",
            url: "https://registry.example/v2/app/manifests/1".into(),
            host: "192.0.2.1:443".into(),
        };
        let error = Error::Retried {
            step: "pull image manifest",
            retries: 5,
            context: "failed to resolve ref registry.example/app:1".into(),
            source: Box::new(inner),
        };
        assert_eq!(
            error.reason(),
            "pull image manifest has been retried 5 time(s): failed to resolve ref registry.example/app:1: failed to \
             do request: HEAD \"https://registry.example/v2/app/manifests/1\": dial tcp 192.0.2.1:443: i/o timeout"
        );
        assert_eq!(error.kind(), Kind::Timeout);
    }

    #[test]
    fn a_full_disk_is_told_apart() {
        let full = Error::io("write", "/x/blob", rustix::io::Errno::NOSPC);
        assert_eq!(full.reason(), "write /x/blob: no space left on device");
        assert_eq!(Error::io("write", "/x", rustix::io::Errno::DQUOT).kind(), Kind::NoSpace);
        assert_eq!(Error::io("write", "/x", rustix::io::Errno::IO).kind(), Kind::Internal);
        let shared =
            Error::Shared(std::sync::Arc::new(Error::io("write", "/x/blob", rustix::io::Errno::NOSPC)));
        assert_eq!((shared.kind(), shared.reason()), (Kind::NoSpace, full.reason()));
    }
}
