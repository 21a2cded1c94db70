//! A chain as the operator's configuration has it: what it is made from, and its three commands.

use super::plugin::{Call, run};
use super::{Error, Given, Target, answer};
use crate::link;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Versions of the specification that are spoken: their results have the same form.
const VERSIONS: [&str; 2] = ["1.0.0", "1.1.0"];

/// A configuration holds a few plugins of some hundred bytes each.
const MOST_BYTES: u64 = 1 << 20;

/// A chain of plugins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Chain {
    name: String,
    version: String,
    disable_check: bool,
    /// Where plugins are looked for.
    places: Vec<PathBuf>,
    plugins: Vec<Plugin>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Plugin {
    kind: String,
    program: PathBuf,
    /// As the operator wrote it; plugins have keys of their own.
    configuration: Map<String, Value>,
}

impl Chain {
    /// Reads a configuration, a list of plugins or a single one, and finds the plugins' programs.
    pub fn load(path: &Path, places: &[PathBuf]) -> Result<Self, Error> {
        let file = |source| Error::File { path: path.to_owned(), source };
        let invalid = |reason: String| Error::Configuration { path: path.to_owned(), reason };
        if fs::metadata(path).map_err(file)?.len() > MOST_BYTES {
            return Err(invalid("it is larger than a megabyte".to_owned()));
        }
        let bytes = fs::read(path).map_err(file)?;
        let whole: Map<String, Value> = serde_json::from_slice(&bytes).map_err(|e| invalid(e.to_string()))?;
        let text = |key: &str| whole.get(key).and_then(Value::as_str).map(str::to_owned);
        let version = text("cniVersion").ok_or_else(|| invalid("it has no cniVersion".to_owned()))?;
        if !VERSIONS.contains(&version.as_str()) {
            return Err(invalid(format!("version {version} is not one of {}", VERSIONS.join(", "))));
        }
        let name = text("name").filter(|n| is_name(n)).ok_or_else(|| {
            invalid("it has no name of letters, digits, dots, dashes and underscores".to_owned())
        })?;
        let listed = match whole.get("plugins") {
            None => vec![whole.clone()],
            Some(Value::Array(plugins)) if !plugins.is_empty() => plugins
                .iter()
                .map(|p| p.as_object().cloned().ok_or_else(|| invalid("a plugin is no object".to_owned())))
                .collect::<Result<_, _>>()?,
            Some(_) => return Err(invalid("it lists no plugins".to_owned())),
        };
        let mut plugins = Vec::with_capacity(listed.len());
        for configuration in listed {
            let kind = configuration.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
            // It becomes a file's name.
            if !is_name(&kind) {
                return Err(invalid(format!("'{kind}' cannot be a plugin's type")));
            }
            let program = places.iter().map(|place| place.join(&kind)).find(|program| program.is_file());
            let program = program.ok_or_else(|| Error::NoPlugin {
                kind: kind.clone(),
                places: places.iter().map(|p| p.display().to_string()).collect(),
            })?;
            plugins.push(Plugin { kind, program, configuration });
        }
        let disable_check = whole.get("disableCheck") == Some(&Value::Bool(true));
        Ok(Self { name, version, disable_check, places: places.to_vec(), plugins })
    }

    /// Connects, plugin by plugin. Answers the last one's result, which the other commands want. After an error, the caller disconnects.
    pub(crate) async fn add(&self, target: &Target<'_>) -> Result<Value, Error> {
        let mut result = None;
        for plugin in &self.plugins {
            let said = self.ask(plugin, "ADD", target, result.as_ref()).await?;
            let parsed: Value = serde_json::from_slice(&said)
                .map_err(|e| plugin.failed("ADD", format!("its result cannot be read: {e}")))?;
            result = Some(parsed);
        }
        Ok(result.expect("a chain has a plugin"))
    }

    /// What a result gives the endpoint.
    pub(crate) fn given(&self, result: &Value) -> Result<Given, Error> {
        let last = self.plugins.last().expect("a chain has a plugin");
        answer::given(result).map_err(|reason| last.failed("ADD", reason))
    }

    /// Disconnects, in reverse order. To be repeated until it succeeds; a plugin takes that.
    pub(crate) async fn del(&self, target: &Target<'_>, result: Option<&Value>) -> Result<(), Error> {
        for plugin in self.plugins.iter().rev() {
            self.ask(plugin, "DEL", target, result).await?;
        }
        Ok(())
    }

    /// Asks whether everything is as it was made.
    pub(crate) async fn check(&self, target: &Target<'_>, result: &Value) -> Result<(), Error> {
        if self.disable_check {
            return Ok(());
        }
        for plugin in &self.plugins {
            self.ask(plugin, "CHECK", target, Some(result)).await?;
        }
        Ok(())
    }

    async fn ask(
        &self,
        plugin: &Plugin,
        command: &'static str,
        target: &Target<'_>,
        previous: Option<&Value>,
    ) -> Result<Vec<u8>, Error> {
        let mut configuration = plugin.configuration.clone();
        configuration.insert("cniVersion".to_owned(), json!(self.version));
        configuration.insert("name".to_owned(), json!(self.name));
        if let Some(previous) = previous {
            configuration.insert("prevResult".to_owned(), previous.clone());
        }
        let runtime = plugin.runtime_configuration(target);
        if !runtime.is_empty() {
            configuration.insert("runtimeConfig".to_owned(), Value::Object(runtime));
        }
        let places: Vec<String> = self.places.iter().map(|p| p.display().to_string()).collect();
        let bound = crate::namespace::is_bound(target.namespace);
        let call = Call {
            program: &plugin.program,
            environment: vec![
                ("CNI_COMMAND", command.to_owned()),
                ("CNI_CONTAINERID", target.id.to_owned()),
                // Gone after a reboot.
                ("CNI_NETNS", if bound { target.namespace.display().to_string() } else { String::new() }),
                ("CNI_IFNAME", link::INSIDE.to_owned()),
                (
                    "CNI_ARGS",
                    format!(
                        "IgnoreUnknown=1;LONGSHORE_ENDPOINT={};LONGSHORE_INTERFACE={}",
                        target.id, target.interface.id
                    ),
                ),
                ("CNI_PATH", places.join(":")),
            ],
            input: serde_json::to_vec(&configuration).expect("a configuration is JSON"),
        };
        run(call).await.map_err(|message| plugin.failed(command, message))
    }
}

impl Plugin {
    fn failed(&self, command: &'static str, message: String) -> Error {
        Error::Plugin { kind: self.kind.clone(), command, message }
    }

    /// What the plugin says it can be told: the address and MAC address that the control plane chose.
    fn runtime_configuration(&self, target: &Target<'_>) -> Map<String, Value> {
        let has = |capability: &str| {
            self.configuration.get("capabilities").and_then(|c| c.get(capability)) == Some(&Value::Bool(true))
        };
        let mut told = Map::new();
        let interface = target.interface;
        if has("ips") {
            let ipv6 = interface.ipv6.map(|i| format!("{}/64", i.address));
            let ipv4 = format!("{}/{}", interface.address, interface.prefix_len);
            let ips: Vec<String> = std::iter::once(ipv4).chain(ipv6).collect();
            told.insert("ips".to_owned(), json!(ips));
        }
        if has("mac") {
            let mac = interface.mac.map(|byte| format!("{byte:02x}")).join(":");
            told.insert("mac".to_owned(), json!(mac));
        }
        told
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Chain, String> {
        let dir = tempfile::tempdir().expect("a directory");
        for program in ["one", "two"] {
            fs::write(dir.path().join(program), "").expect("it is written");
        }
        let path = dir.path().join("net.conflist");
        fs::write(&path, text).expect("it is written");
        let place = dir.path().to_owned();
        Chain::load(&path, std::slice::from_ref(&place))
            .map_err(|e| e.to_string().replace(&place.display().to_string(), "DIR"))
    }

    #[test]
    fn a_list_and_a_single_plugin_are_read_and_bad_ones_refused() {
        let list =
            r#"{"cniVersion": "1.1.0", "name": "n", "plugins": [{"type": "one"}, {"type": "two", "x": 1}]}"#;
        let chain = load(list).expect("it is valid");
        assert_eq!(chain.plugins.iter().map(|p| p.kind.as_str()).collect::<Vec<_>>(), ["one", "two"]);
        assert_eq!(
            load(r#"{"cniVersion": "1.0.0", "name": "n", "type": "one"}"#).expect("valid").plugins.len(),
            1
        );
        for (text, reason) in [
            (
                "[]",
                "the CNI configuration DIR/net.conflist is not valid: invalid type: sequence, expected a map at line 1 column 0",
            ),
            (r#"{"name": "n"}"#, "the CNI configuration DIR/net.conflist is not valid: it has no cniVersion"),
            (
                r#"{"cniVersion": "0.2.0", "name": "n", "type": "one"}"#,
                "the CNI configuration DIR/net.conflist is not valid: version 0.2.0 is not one of 1.0.0, 1.1.0",
            ),
            (
                r#"{"cniVersion": "1.0.0", "name": "../n", "type": "one"}"#,
                "the CNI configuration DIR/net.conflist is not valid: it has no name of letters, digits, dots, dashes and underscores",
            ),
            (
                r#"{"cniVersion": "1.0.0", "name": "n", "plugins": []}"#,
                "the CNI configuration DIR/net.conflist is not valid: it lists no plugins",
            ),
            (
                r#"{"cniVersion": "1.0.0", "name": "n", "type": "../one"}"#,
                "the CNI configuration DIR/net.conflist is not valid: '../one' cannot be a plugin's type",
            ),
            (r#"{"cniVersion": "1.0.0", "name": "n", "type": "three"}"#, "no CNI plugin 'three' is in DIR"),
        ] {
            assert_eq!(load(text).expect_err(text), reason);
        }
    }
}
