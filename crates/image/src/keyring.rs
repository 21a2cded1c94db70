//! Whose name and password go to which registry.
//!
//! Invariant: credentials leave here for an image of the registry that they were given for, and for no other; nothing that can be printed
//! shows a password. Sources: the official agent's ECS_ENGINE_AUTH_TYPE (`dockercfg`, `docker`) and the file that `docker login` writes.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::pull::Credentials;
use crate::reference::Reference;

/// The Docker Hub, under whichever of its names a key was written.
const HUB: &str = "docker.io";
const HUB_HOSTS: [&str; 3] = [HUB, "index.docker.io", "registry-1.docker.io"];

/// Credentials by registry, and by repositories below one.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Keyring(BTreeMap<String, Credentials>);

/// How a text holds credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyringFormat {
    /// `{"REGISTRY": {"auth": "base64 of NAME:PASSWORD"}}`, as old versions of Docker wrote it.
    DockerCfg,
    /// `{"REGISTRY": {"username": "…", "password": "…"}}`.
    Docker,
    /// `{"auths": {"REGISTRY": …}}`, as `docker login` writes it to `config.json`.
    ConfigJson,
}

/// Why a text holds no credentials. Never quotes it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// Not JSON of the form that was named.
    #[error("it is not JSON of this form (line {line}, column {column})")]
    Form { line: usize, column: usize },
    /// One entry says something that cannot be used.
    #[error("the entry of {registry}: {problem}")]
    Entry { registry: String, problem: &'static str },
    /// Passwords that lie with another program.
    #[error("credentials lie with a credential helper ({key}), which is not supported: log in without one")]
    Helper { key: &'static str },
}

#[derive(Deserialize)]
struct Entry {
    auth: Option<String>,
    username: Option<String>,
    password: Option<String>,
    #[serde(alias = "identitytoken")]
    identity_token: Option<String>,
    #[serde(alias = "registrytoken")]
    registry_token: Option<String>,
}

#[derive(Deserialize)]
struct ConfigJson {
    auths: Option<BTreeMap<String, Entry>>,
    #[serde(rename = "credsStore")]
    store: Option<String>,
    #[serde(rename = "credHelpers", default)]
    helpers: BTreeMap<String, String>,
}

impl Keyring {
    /// Reads a text; a key may have a scheme and a version (`https://index.docker.io/v1/`), and a path below its host.
    pub fn parse(format: KeyringFormat, text: &str) -> Result<Self, KeyringError> {
        let form = |e: serde_json::Error| KeyringError::Form { line: e.line(), column: e.column() };
        let entries: BTreeMap<String, Entry> = match format {
            KeyringFormat::DockerCfg | KeyringFormat::Docker => serde_json::from_str(text).map_err(form)?,
            KeyringFormat::ConfigJson => {
                let config: ConfigJson = serde_json::from_str(text).map_err(form)?;
                if config.store.is_some_and(|s| !s.is_empty()) {
                    return Err(KeyringError::Helper { key: "credsStore" });
                }
                if !config.helpers.is_empty() {
                    return Err(KeyringError::Helper { key: "credHelpers" });
                }
                config.auths.unwrap_or_default()
            }
        };
        let mut keys = BTreeMap::new();
        for (registry, entry) in entries {
            let credentials = entry
                .read()
                .map_err(|problem| KeyringError::Entry { registry: registry.clone(), problem })?;
            keys.insert(key_of(&registry), credentials);
        }
        Ok(Self(keys))
    }

    /// Takes in another's keys; where both have one, the other's counts.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// For pulling an image: those of the longest key that is its registry, or its registry and a part of its path.
    pub fn credentials(&self, image: &Reference) -> Credentials {
        let name = format!("{}/{}", image.registry(), image.repository());
        let covers =
            |key: &str| name.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let of_image = self.0.iter().filter(|(key, _)| covers(key)).max_by_key(|(key, _)| key.len());
        of_image.map(|(_, credentials)| credentials.clone()).unwrap_or_default()
    }
}

impl Entry {
    fn read(self) -> Result<Credentials, &'static str> {
        let given = |text: Option<String>| text.filter(|t| !t.is_empty());
        if given(self.identity_token).is_some() {
            return Err("identity tokens are not supported");
        }
        if let Some(token) = given(self.registry_token) {
            return Ok(Credentials::Bearer(token));
        }
        if let Some(auth) = given(self.auth) {
            let bytes = STANDARD.decode(auth.trim()).map_err(|_| "auth is not base64")?;
            let text = String::from_utf8(bytes).map_err(|_| "auth is not base64 of a text")?;
            // Old versions of Docker padded with zero bytes.
            let pair =
                text.trim_end_matches('\0').split_once(':').ok_or("auth is not base64 of NAME:PASSWORD")?;
            return Ok(Credentials::Basic { username: pair.0.to_owned(), password: pair.1.to_owned() });
        }
        match (given(self.username), self.password) {
            (Some(username), Some(password)) => Ok(Credentials::Basic { username, password }),
            _ => Err("neither auth nor username and password are there"),
        }
    }
}

/// A key without what does not tell registries apart: scheme, the API's version, the Docker Hub's several names.
fn key_of(registry: &str) -> String {
    let bare =
        registry.strip_prefix("https://").or_else(|| registry.strip_prefix("http://")).unwrap_or(registry);
    let bare = bare.trim_end_matches('/');
    let (host, path) = bare.split_once('/').map_or((bare, ""), |(host, path)| (host, path));
    let path = if matches!(path, "v1" | "v2") { "" } else { path };
    let host = if HUB_HOSTS.contains(&host) { HUB } else { host };
    if path.is_empty() { host.to_owned() } else { format!("{host}/{path}") }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(username: &str, password: &str) -> Credentials {
        Credentials::Basic { username: username.to_owned(), password: password.to_owned() }
    }

    fn of(keyring: &Keyring, image: &str) -> Credentials {
        keyring.credentials(&image.parse().unwrap())
    }

    #[test]
    fn every_form_is_read() {
        let auth = STANDARD.encode("me:pass:word");
        let dockercfg = format!(r#"{{"https://r.example/v1/":{{"auth":"{auth}","email":"e"}}}}"#);
        let docker = r#"{"r.example":{"username":"me","password":"pass:word","email":"e"}}"#.to_owned();
        let config = format!(r#"{{"auths":{{"r.example":{{"auth":"{auth}"}}}},"HttpHeaders":{{}}}}"#);
        for (format, text) in [
            (KeyringFormat::DockerCfg, dockercfg),
            (KeyringFormat::Docker, docker),
            (KeyringFormat::ConfigJson, config),
        ] {
            let keyring = Keyring::parse(format, &text).unwrap();
            assert_eq!(of(&keyring, "r.example/app:1"), basic("me", "pass:word"), "{format:?}");
            // Not to another registry, nor to one whose name only begins the same.
            for other in ["app", "other.example/app", "r.example:5000/app", "r.example.evil/app"] {
                assert_eq!(of(&keyring, other), Credentials::Anonymous, "{other}");
            }
        }
        assert_eq!(Keyring::parse(KeyringFormat::ConfigJson, "{}").unwrap(), Keyring::default());
    }

    #[test]
    fn the_longest_key_counts_and_the_hub_has_several_names() {
        let text = r#"{
            "r.example": {"username": "all", "password": "1"},
            "r.example/team": {"username": "team", "password": "2"},
            "https://index.docker.io/v1/": {"username": "hub", "password": "3"}
        }"#;
        let keyring = Keyring::parse(KeyringFormat::Docker, text).unwrap();
        for (image, expected) in [
            ("r.example/team/app", basic("team", "2")),
            ("r.example/teams/app", basic("all", "1")),
            (
                "r.example/app@sha256:0000000000000000000000000000000000000000000000000000000000000000",
                basic("all", "1"),
            ),
            ("busybox", basic("hub", "3")),
            ("docker.io/library/busybox", basic("hub", "3")),
        ] {
            assert_eq!(of(&keyring, image), expected, "{image}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_and_never_quoted() {
        let secret = "c2VjcmV0OnNlY3JldA";
        for (format, text, said) in [
            (KeyringFormat::DockerCfg, format!(r#"{{"r":{{"auth":"{secret}!"}}}}"#), "auth is not base64"),
            (KeyringFormat::DockerCfg, r#"{"r":{"auth":"c2VjcmV0"}}"#.to_owned(), "NAME:PASSWORD"),
            (KeyringFormat::Docker, r#"{"r":{"username":"secret"}}"#.to_owned(), "neither auth nor"),
            (KeyringFormat::Docker, r#"{"r":{"username":"a","password":"secret"}"#.to_owned(), "line 1"),
            (
                KeyringFormat::ConfigJson,
                r#"{"auths":{"r":{}},"credsStore":"secret"}"#.to_owned(),
                "credsStore",
            ),
            (KeyringFormat::ConfigJson, r#"{"credHelpers":{"r":"secret"}}"#.to_owned(), "credHelpers"),
            (
                KeyringFormat::ConfigJson,
                r#"{"auths":{"r":{"identitytoken":"secret"}}}"#.to_owned(),
                "identity tokens",
            ),
        ] {
            let error = Keyring::parse(format, &text).unwrap_err().to_string();
            assert!(error.contains(said), "{error}");
            assert!(!error.contains("secret") && !error.contains(secret), "{error}");
        }
    }

    #[test]
    fn nothing_printed_shows_a_password() {
        let text = r#"{"r.example":{"username":"me","password":"hush"}}"#;
        let keyring = Keyring::parse(KeyringFormat::Docker, text).unwrap();
        assert_eq!(format!("{keyring:?}"), r#"{"r.example"}"#);
        assert!(!format!("{:?}", of(&keyring, "r.example/app")).contains("hush"));
    }
}
