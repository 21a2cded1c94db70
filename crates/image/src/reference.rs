//! Image references: `busybox`, `host:5000/team/app:1.2`, `app@sha256:…`.
//!
//! Decides how a user's short form becomes a full name, the way Docker does it: no registry means the Docker Hub, one
//! component there means `library/`, neither tag nor digest means `latest`. Invariant: `parse(display(r)) == r`.
//! Must not know: networks, the store. Source: the distribution reference grammar and Docker's familiar names.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::digest::Digest;

const DEFAULT_REGISTRY: &str = "docker.io";
const DEFAULT_REGISTRY_API: &str = "registry-1.docker.io";
const DEFAULT_NAMESPACE: &str = "library/";
const DEFAULT_TAG: &str = "latest";
const MAX_NAME_BYTES: usize = 255;
const MAX_TAG_BYTES: usize = 128;

/// A full image name: registry, repository, and a tag, a digest or both.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    registry: String,
    repository: String,
    tag: Option<String>,
    digest: Option<Digest>,
}

/// Why a text is not an image reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("invalid reference format: {problem}: {text:?}")]
pub struct ParseError {
    /// What was given, shortened.
    pub text: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

impl Reference {
    /// The registry as named, for example `docker.io` or `127.0.0.1:5000`.
    pub fn registry(&self) -> &str {
        &self.registry
    }

    /// The host and port that serve this registry's API.
    pub fn registry_api(&self) -> &str {
        if self.registry == DEFAULT_REGISTRY { DEFAULT_REGISTRY_API } else { &self.registry }
    }

    /// The repository inside the registry, for example `library/busybox`.
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// The tag; never absent when there is no digest.
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The digest the image must have, when the reference names one.
    pub fn digest(&self) -> Option<Digest> {
        self.digest
    }

    /// The same name with this digest instead of the tag: what a pull by digest uses.
    pub fn with_digest(&self, digest: Digest) -> Self {
        Self { digest: Some(digest), tag: None, ..self.clone() }
    }

    /// Whether the registry is on this machine (127.0.0.0/8, ::1, localhost) and so is spoken to without TLS.
    pub fn is_loopback(&self) -> bool {
        is_loopback_authority(&self.registry)
    }

    /// The short form Docker shows: without the default registry and namespace.
    pub fn familiar(&self) -> String {
        let mut name = String::new();
        if self.registry == DEFAULT_REGISTRY {
            let path = self.repository.strip_prefix(DEFAULT_NAMESPACE);
            let short = path.filter(|rest| !rest.contains('/')).unwrap_or(&self.repository);
            // A repository whose first component reads like a registry keeps the registry in front.
            if split_registry(short).0 != DEFAULT_REGISTRY {
                name.push_str(&format!("{}/", self.registry));
            }
            name.push_str(short);
        } else {
            name.push_str(&format!("{}/{}", self.registry, self.repository));
        }
        self.push_version(&mut name);
        name
    }

    fn push_version(&self, name: &mut String) {
        if let Some(tag) = &self.tag {
            name.push(':');
            name.push_str(tag);
        }
        if let Some(digest) = &self.digest {
            name.push_str(&format!("@{digest}"));
        }
    }
}

/// Whether `authority` (host, or host and port) names this machine.
pub(crate) fn is_loopback_authority(authority: &str) -> bool {
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or(""),
        None => authority.split(':').next().unwrap_or(""),
    };
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut name = format!("{}/{}", self.registry, self.repository);
        self.push_version(&mut name);
        f.write_str(&name)
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Reference {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        parse(text).map_err(|problem| ParseError { text: text.chars().take(300).collect(), problem })
    }
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

fn parse(text: &str) -> Result<Reference, &'static str> {
    if text.is_empty() {
        return Err("it is empty");
    }
    if text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err("64 hexadecimal digits are an image id, not a name");
    }
    let (rest, digest) = match text.split_once('@') {
        Some((rest, digest)) => {
            (rest, Some(digest.parse::<Digest>().map_err(|_| "the digest is not sha256 and 64 digits")?))
        }
        None => (text, None),
    };
    // A colon after the last slash begins a tag; one before it belongs to the registry's port.
    let last_slash = rest.rfind('/').map_or(0, |at| at + 1);
    let (name, tag) = match rest[last_slash..].find(':') {
        Some(at) => (&rest[..last_slash + at], Some(&rest[last_slash + at + 1..])),
        None => (rest, None),
    };
    if let Some(tag) = tag {
        check_tag(tag)?;
    }
    let (registry, path) = split_registry(name);
    check_registry(registry)?;
    let registry = if registry.eq_ignore_ascii_case("index.docker.io") { DEFAULT_REGISTRY } else { registry };
    let repository = if registry == DEFAULT_REGISTRY && !path.contains('/') {
        format!("{DEFAULT_NAMESPACE}{path}")
    } else {
        path.to_owned()
    };
    check_repository(path)?;
    if registry.len() + 1 + repository.len() > MAX_NAME_BYTES {
        return Err("the name is longer than 255 bytes");
    }
    let tag = match (tag, digest) {
        (None, None) => Some(DEFAULT_TAG.to_owned()),
        (tag, _) => tag.map(str::to_owned),
    };
    Ok(Reference { registry: registry.to_owned(), repository, tag, digest })
}

/// The first component is a registry only when it cannot be a repository: it has a dot, a colon or an upper-case letter,
/// or is `localhost`.
fn split_registry(name: &str) -> (&str, &str) {
    match name.split_once('/') {
        Some((first, rest))
            if first.contains(['.', ':'])
                || first == "localhost"
                || first.bytes().any(|b| b.is_ascii_uppercase()) =>
        {
            (first, rest)
        }
        _ => (DEFAULT_REGISTRY, name),
    }
}

fn check_registry(registry: &str) -> Result<(), &'static str> {
    let (host, port) = match registry.strip_prefix('[') {
        Some(rest) => {
            let (address, after) = rest.split_once(']').ok_or("the registry's address lacks a ]")?;
            address.parse::<std::net::Ipv6Addr>().map_err(|_| "the registry's IPv6 address is wrong")?;
            match after.strip_prefix(':') {
                Some(port) => ("", Some(port)),
                None if after.is_empty() => ("", None),
                None => return Err("the registry's address is followed by something else than a port"),
            }
        }
        None => match registry.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (registry, None),
        },
    };
    if let Some(port) = port
        && (port.is_empty() || !port.bytes().all(|b| b.is_ascii_digit()) || port.parse::<u16>().is_err())
    {
        return Err("the registry's port is not a number up to 65535");
    }
    if registry.starts_with('[') {
        return Ok(());
    }
    let label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    if host.split('.').all(label) { Ok(()) } else { Err("the registry is not a host name") }
}

fn check_repository(path: &str) -> Result<(), &'static str> {
    if path.is_empty() {
        return Err("the repository is empty");
    }
    if path.bytes().any(|b| b.is_ascii_uppercase()) {
        return Err("the repository name must be lowercase");
    }
    if path.split('/').all(is_component) { Ok(()) } else { Err("the repository name has a wrong component") }
}

/// Letters and digits, parted by one dot, one or two underscores, or any number of dashes.
fn is_component(component: &str) -> bool {
    let alphanumeric = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    let mut separator = String::new();
    let mut previous_alphanumeric = false;
    for byte in component.bytes() {
        if alphanumeric(byte) {
            let allowed = separator.is_empty()
                || (previous_alphanumeric
                    && (matches!(separator.as_str(), "." | "_" | "__")
                        || separator.bytes().all(|b| b == b'-')));
            if !allowed {
                return false;
            }
            separator.clear();
            previous_alphanumeric = true;
        } else if matches!(byte, b'.' | b'_' | b'-') {
            separator.push(char::from(byte));
        } else {
            return false;
        }
    }
    previous_alphanumeric && separator.is_empty()
}

fn check_tag(tag: &str) -> Result<(), &'static str> {
    let word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let good = tag.len() <= MAX_TAG_BYTES
        && tag.bytes().next().is_some_and(word)
        && tag.bytes().all(|b| word(b) || b == b'.' || b == b'-');
    if good { Ok(()) } else { Err("the tag is wrong") }
}

#[cfg(test)]
mod tests;
