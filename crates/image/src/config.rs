//! The image's configuration: what a container of it runs by default.
//!
//! Decides how the OCI and Docker configuration JSON is read; both have the same fields. Unknown fields are ignored,
//! absent ones empty. Invariant: `diff_ids` has one entry per layer, lowest first (checked against the manifest).
//! Source: OCI image-spec `config.md`, Docker image specification v1.2 (health check).

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize};

use crate::digest::Digest;

/// What a container of the image runs unless the task definition says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImageConfig {
    /// `ENTRYPOINT`; empty when absent.
    pub entrypoint: Vec<String>,
    /// `CMD`; empty when absent.
    pub cmd: Vec<String>,
    /// `NAME=value` pairs, in the image's order.
    pub env: Vec<String>,
    /// `user`, `uid`, `user:group` or `uid:gid`; empty means root.
    pub user: String,
    /// The working directory; empty means `/`.
    pub working_dir: String,
    /// Paths declared as volumes.
    pub volumes: Vec<String>,
    /// `80/tcp`, `53/udp`, …
    pub exposed_ports: Vec<String>,
    /// Labels.
    pub labels: BTreeMap<String, String>,
    /// The signal that asks it to stop, for example `SIGQUIT`; `None` means SIGTERM.
    pub stop_signal: Option<String>,
    /// The image's own health check.
    pub healthcheck: Option<HealthCheck>,
    /// `linux`.
    pub os: String,
    /// `amd64`, `arm64`, …
    pub architecture: String,
    /// Digests of the uncompressed layers, lowest first.
    pub diff_ids: Vec<Digest>,
}

/// A `HEALTHCHECK` of the image. ECS does not run these; the task definition's health check counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HealthCheck {
    /// `["CMD", …]`, `["CMD-SHELL", …]` or `["NONE"]`.
    pub test: Vec<String>,
    /// Time between two checks; `None` means the default.
    pub interval: Option<Duration>,
    /// Time after which a check has failed.
    pub timeout: Option<Duration>,
    /// Time at the start in which failures do not count.
    pub start_period: Option<Duration>,
    /// Failures in a row before the container is unhealthy.
    pub retries: Option<u32>,
}

impl ImageConfig {
    /// Read a configuration blob.
    pub fn from_json(json: &[u8]) -> Result<Self, serde_json::Error> {
        let raw: RawImage = serde_json::from_slice(json)?;
        let config = raw.config.unwrap_or_default();
        Ok(Self {
            entrypoint: config.entrypoint,
            cmd: config.cmd,
            env: config.env,
            user: config.user,
            working_dir: config.working_dir,
            volumes: config.volumes.into_keys().collect(),
            exposed_ports: config.exposed_ports.into_keys().collect(),
            labels: config.labels,
            stop_signal: config.stop_signal.filter(|signal| !signal.is_empty()),
            healthcheck: config.healthcheck.filter(|check| !check.test.is_empty()).map(HealthCheck::from),
            os: raw.os,
            architecture: raw.architecture,
            diff_ids: raw.rootfs.diff_ids,
        })
    }

    /// Write it as an OCI configuration blob.
    pub fn to_json(&self) -> Vec<u8> {
        let keys = |names: &[String]| names.iter().map(|name| (name.clone(), Empty {})).collect();
        let raw = RawImage {
            architecture: self.architecture.clone(),
            os: self.os.clone(),
            config: Some(RawConfig {
                entrypoint: self.entrypoint.clone(),
                cmd: self.cmd.clone(),
                env: self.env.clone(),
                user: self.user.clone(),
                working_dir: self.working_dir.clone(),
                volumes: keys(&self.volumes),
                exposed_ports: keys(&self.exposed_ports),
                labels: self.labels.clone(),
                stop_signal: self.stop_signal.clone(),
                healthcheck: self.healthcheck.as_ref().map(RawHealthCheck::from),
            }),
            rootfs: RawRootfs { kind: "layers".to_owned(), diff_ids: self.diff_ids.clone() },
        };
        serde_json::to_vec(&raw).expect("strings, maps and numbers always serialise")
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Empty {}

#[derive(Debug, Serialize, Deserialize)]
struct RawImage {
    #[serde(default)]
    architecture: String,
    #[serde(default)]
    os: String,
    #[serde(default)]
    config: Option<RawConfig>,
    rootfs: RawRootfs,
}

#[derive(Debug, Serialize, Deserialize)]
struct RawRootfs {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default, deserialize_with = "null_is_default")]
    diff_ids: Vec<Digest>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct RawConfig {
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    entrypoint: Vec<String>,
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    cmd: Vec<String>,
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "Vec::is_empty")]
    env: Vec<String>,
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "String::is_empty")]
    user: String,
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "String::is_empty")]
    working_dir: String,
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "BTreeMap::is_empty")]
    volumes: BTreeMap<String, Empty>,
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "BTreeMap::is_empty")]
    exposed_ports: BTreeMap<String, Empty>,
    #[serde(deserialize_with = "null_is_default", skip_serializing_if = "BTreeMap::is_empty")]
    labels: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stop_signal: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    healthcheck: Option<RawHealthCheck>,
}

/// Docker writes durations as nanoseconds, zero meaning "the default".
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct RawHealthCheck {
    #[serde(deserialize_with = "null_is_default")]
    test: Vec<String>,
    interval: u64,
    timeout: u64,
    start_period: u64,
    retries: u32,
}

impl From<RawHealthCheck> for HealthCheck {
    fn from(raw: RawHealthCheck) -> Self {
        let duration = |nanoseconds: u64| (nanoseconds > 0).then(|| Duration::from_nanos(nanoseconds));
        Self {
            test: raw.test,
            interval: duration(raw.interval),
            timeout: duration(raw.timeout),
            start_period: duration(raw.start_period),
            retries: (raw.retries > 0).then_some(raw.retries),
        }
    }
}

impl From<&HealthCheck> for RawHealthCheck {
    fn from(check: &HealthCheck) -> Self {
        let nanoseconds = |duration: Option<Duration>| {
            duration.map_or(0, |d| u64::try_from(d.as_nanos()).unwrap_or(u64::MAX))
        };
        Self {
            test: check.test.clone(),
            interval: nanoseconds(check.interval),
            timeout: nanoseconds(check.timeout),
            start_period: nanoseconds(check.start_period),
            retries: check.retries.unwrap_or(0),
        }
    }
}

/// Go writes empty slices and maps as `null`.
fn null_is_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(d: D) -> Result<T, D::Error> {
    Ok(Option::<T>::deserialize(d)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn reads_dockers_nulls_and_health_check() {
        let json = format!(
            r#"{{"architecture":"amd64","os":"linux","created":"x","config":{{"Entrypoint":null,"Cmd":["sh"],
            "Volumes":{{"/data":{{}}}},"ExposedPorts":{{"80/tcp":{{}}}},"Labels":null,"StopSignal":"SIGQUIT","Env":["A=b"],
            "Healthcheck":{{"Test":["CMD","true"],"Interval":5000000000}}}},
            "rootfs":{{"type":"layers","diff_ids":["{DIGEST}"]}}}}"#
        );
        let config = ImageConfig::from_json(json.as_bytes()).unwrap();
        assert_eq!(config.cmd, ["sh"]);
        assert!(config.entrypoint.is_empty());
        assert_eq!(config.volumes, ["/data"]);
        assert_eq!(config.exposed_ports, ["80/tcp"]);
        assert_eq!(config.stop_signal.as_deref(), Some("SIGQUIT"));
        assert_eq!(config.healthcheck.as_ref().unwrap().interval, Some(Duration::from_secs(5)));
        assert_eq!(config.healthcheck.as_ref().unwrap().retries, None);
        assert_eq!(ImageConfig::from_json(&config.to_json()).unwrap(), config);
    }

    #[test]
    fn a_configuration_without_config_is_empty() {
        let config = ImageConfig::from_json(br#"{"rootfs":{"type":"layers","diff_ids":null}}"#).unwrap();
        assert_eq!(config, ImageConfig::default());
        assert!(ImageConfig::from_json(b"{}").is_err());
    }
}
