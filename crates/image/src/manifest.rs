//! Manifests and indexes, OCI and Docker v2 schema 2.
//!
//! Decides what a document is by its fields, with the media type only to refuse what we do not read, and which entry of an
//! index this machine runs. Pure: bytes in, values out. Source: OCI image-spec `manifest.md`, `image-index.md`; Docker
//! "Image Manifest Version 2, Schema 2".

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::error::Error;
use crate::platform::Platform;

/// Largest manifest, index or configuration we read; registries allow 4 MiB.
pub(crate) const MAX_DOCUMENT_BYTES: u64 = 4 << 20;
/// overlayfs stacks at most 500 lower layers.
pub(crate) const MAX_LAYERS: usize = 500;

pub(crate) const OCI_MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
pub(crate) const OCI_INDEX: &str = "application/vnd.oci.image.index.v1+json";
pub(crate) const OCI_CONFIG: &str = "application/vnd.oci.image.config.v1+json";
pub(crate) const OCI_LAYER: &str = "application/vnd.oci.image.layer.v1.tar";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";
const DOCKER_INDEX: &str = "application/vnd.docker.distribution.manifest.list.v2+json";

/// What to ask a registry for.
pub(crate) fn accept() -> String {
    [OCI_INDEX, OCI_MANIFEST, DOCKER_INDEX, DOCKER_MANIFEST].join(", ")
}

/// A manifest or an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Document {
    Manifest(Manifest),
    Index(Index),
}

/// One platform's image.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Manifest {
    pub schema_version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    pub config: Descriptor,
    pub layers: Vec<Descriptor>,
}

/// A list of images, one for each platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Index {
    pub schema_version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    pub manifests: Vec<Descriptor>,
}

/// What a document says of a blob.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Descriptor {
    #[serde(default)]
    pub media_type: String,
    pub digest: Digest,
    pub size: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<DescriptorPlatform>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotations: Option<std::collections::BTreeMap<String, String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DescriptorPlatform {
    pub os: String,
    pub architecture: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
}

impl Document {
    /// Read a manifest or an index.
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        let invalid = |problem: &dyn std::fmt::Display| Error::invalid("manifest", problem);
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Shape {
            schema_version: Option<u32>,
            manifests: Option<serde::de::IgnoredAny>,
            layers: Option<serde::de::IgnoredAny>,
        }
        let shape: Shape = serde_json::from_slice(json).map_err(|e| invalid(&e))?;
        match shape {
            Shape { schema_version: Some(1), .. } => {
                Err(invalid(&"Docker image format v1 and manifest version 2 schema 1 are not supported"))
            }
            // A document that is both would mean different images to different readers.
            Shape { manifests: Some(_), layers: Some(_), .. } => {
                Err(invalid(&"it is both a manifest and an index"))
            }
            Shape { manifests: Some(_), .. } => {
                Ok(Self::Index(serde_json::from_slice(json).map_err(|e| invalid(&e))?))
            }
            _ => {
                let manifest: Manifest = serde_json::from_slice(json).map_err(|e| invalid(&e))?;
                if manifest.layers.len() > MAX_LAYERS {
                    return Err(Error::LimitExceeded { what: "number of layers", limit: MAX_LAYERS as u64 });
                }
                Ok(Self::Manifest(manifest))
            }
        }
    }
}

impl Index {
    /// The entry that fits best; the first among equals.
    pub fn choose(&self, platform: &Platform) -> Result<&Descriptor, Error> {
        let fit = |entry: &Descriptor| match &entry.platform {
            Some(p) => platform.fit(&p.os, &p.architecture, p.variant.as_deref()),
            // Tools that make one-entry indexes leave it out.
            None => Some(1),
        };
        let best = self
            .manifests
            .iter()
            .rev()
            .filter_map(|entry| Some((fit(entry)?, entry)))
            .max_by_key(|(fit, _)| *fit);
        best.map(|(_, entry)| entry).ok_or_else(|| Error::NoMatchingPlatform { platform: platform.clone() })
    }
}

/// Fail unless `bytes` have this digest.
pub(crate) fn verify(what: &'static str, expected: Digest, bytes: &[u8]) -> Result<(), Error> {
    let actual = Digest::of(bytes);
    if actual == expected { Ok(()) } else { Err(Error::DigestMismatch { what, expected, actual }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const D: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn entry(os: &str, architecture: &str, variant: Option<&str>, size: u64) -> Descriptor {
        let platform = DescriptorPlatform {
            os: os.into(),
            architecture: architecture.into(),
            variant: variant.map(str::to_owned),
        };
        Descriptor {
            media_type: String::new(),
            digest: D.parse().unwrap(),
            size,
            platform: Some(platform),
            annotations: None,
        }
    }

    #[test]
    fn an_index_yields_what_runs_here() {
        let index = Index {
            schema_version: 2,
            media_type: None,
            manifests: vec![
                entry("unknown", "unknown", None, 0),
                entry("linux", "arm", Some("v6"), 1),
                entry("linux", "arm", Some("v7"), 2),
                entry("linux", "amd64", None, 3),
                entry("linux", "amd64", None, 4),
            ],
        };
        let choose = |architecture: &str, variant: Option<&str>| {
            let variant = variant.map(str::to_owned);
            let platform = Platform { os: "linux".into(), architecture: architecture.into(), variant };
            index.choose(&platform).map(|entry| entry.size)
        };
        assert_eq!(choose("amd64", None).unwrap(), 3);
        assert_eq!(choose("arm", Some("v7")).unwrap(), 2);
        assert_eq!(choose("arm", Some("v6")).unwrap(), 1);
        assert_eq!(
            choose("arm64", Some("v8")).unwrap_err().reason(),
            "no matching manifest for linux/arm64/v8 in the manifest list entries"
        );
    }

    #[test]
    fn old_ambiguous_and_malformed_documents_are_refused() {
        for bad in [
            r#"{"schemaVersion":1,"layers":[]}"#.to_owned(),
            r#"{"schemaVersion":2,"manifests":[],"layers":[]}"#.to_owned(),
            r#"{"schemaVersion":2}"#.to_owned(),
            "[]".to_owned(),
            String::new(),
            format!(r#"{{"schemaVersion":2,"config":{{"digest":"{D}","size":-1}},"layers":[]}}"#),
            r#"{"schemaVersion":2,"config":{"digest":"sha256:../../x","size":1},"layers":[]}"#.to_owned(),
        ] {
            assert!(Document::parse(bad.as_bytes()).is_err(), "{bad}");
        }
        let good = format!(r#"{{"schemaVersion":2,"config":{{"digest":"{D}","size":1}},"layers":[]}}"#);
        assert!(matches!(Document::parse(good.as_bytes()), Ok(Document::Manifest(_))));
    }
}
