//! The log driver of a container and its options. Source: the ECS developer guide on `awslogs`, Docker's driver of that name.

use crate::config::Config;
use crate::task::Refusal;
use agent_protocol::docker::LogConfig;
use agent_protocol::payload::{AuthStrategy, Container, Task};
use regex::Regex;
use runtime::spec::{LogLimits, WhenFull};
use std::collections::BTreeMap;

/// Default of `max-buffer-size`.
const DEFAULT_BUFFER: u64 = 10 << 20;
/// Local logs: Docker keeps everything by default; a node should not fill up unasked.
// AWS differs: Docker's json-file has no limit unless max-size is given.
const DEFAULT_FILE: u64 = 64 << 20;

/// Where a container's log goes.
#[derive(Clone, Debug)]
pub(crate) enum LogPlan {
    None,
    JsonFile { max_bytes: u64, max_files: usize },
    Awslogs(Box<AwslogsPlan>),
}

#[derive(Clone, Debug)]
pub(crate) struct AwslogsPlan {
    pub group: String,
    pub stream: String,
    pub create_group: bool,
    /// Otherwise it has to be there.
    pub create_stream: bool,
    /// `None` is mode `blocking`.
    pub buffer_bytes: Option<u64>,
    /// Matches the first line of an event of several lines.
    pub event_start: Option<Regex>,
    /// Whether the task's execution role signs.
    pub as_execution_role: bool,
}

impl LogPlan {
    /// What the runtime is to keep until it is acknowledged.
    pub fn limits(&self) -> LogLimits {
        let dropping = |total: u64| LogLimits {
            segment_bytes: (total / 4).clamp(64 << 10, 1 << 20),
            total_bytes: total.max(256 << 10),
            when_full: WhenFull::DropOldest,
        };
        match self {
            Self::None => dropping(0),
            Self::JsonFile { .. } => LogLimits::default(),
            Self::Awslogs(plan) => plan.buffer_bytes.map_or_else(LogLimits::default, dropping),
        }
    }
}

/// Reads a container's log configuration; without one the driver is `json-file`, as in Docker.
pub(crate) fn plan(
    container: &Container,
    log: Option<&LogConfig>,
    task: &Task,
    config: &Config,
) -> Result<LogPlan, Refusal> {
    let Some(log) = log else { return Ok(LogPlan::JsonFile { max_bytes: DEFAULT_FILE, max_files: 1 }) };
    let refuse = |what: String| Err(Refusal(format!("container {}: {what}", container.name)));
    match log.r#type.as_str() {
        "none" => Ok(LogPlan::None),
        "json-file" | "local" | "" => json_file(&log.config).or_else(refuse),
        "awslogs" => awslogs(container, &log.config, task, config)
            .map(|p| LogPlan::Awslogs(Box::new(p)))
            .or_else(refuse),
        other => refuse(format!("log driver {other} is not supported")),
    }
}

fn json_file(options: &BTreeMap<String, String>) -> Result<LogPlan, String> {
    let (mut max_bytes, mut max_files) = (DEFAULT_FILE, 1);
    for (key, value) in options {
        match key.as_str() {
            "max-size" if value == "-1" => {}
            "max-size" => max_bytes = size(value)?,
            "max-file" => {
                max_files =
                    value.parse().map_err(|_| format!("log option max-file '{value}' is no number"))?
            }
            // They add to what `docker logs` shows, which there is not here.
            "labels" | "env" | "tag" | "compress" | "mode" | "max-buffer-size" => {}
            other => return Err(format!("log option {other} of json-file is not supported")),
        }
    }
    Ok(LogPlan::JsonFile { max_bytes: max_bytes.max(4096), max_files: max_files.clamp(1, 100) })
}

fn awslogs(
    container: &Container,
    options: &BTreeMap<String, String>,
    task: &Task,
    config: &Config,
) -> Result<AwslogsPlan, String> {
    const KNOWN: [&str; 10] = [
        "awslogs-group",
        "awslogs-region",
        "awslogs-stream",
        "awslogs-stream-prefix",
        "awslogs-create-group",
        "awslogs-create-stream",
        "awslogs-multiline-pattern",
        "awslogs-datetime-format",
        "mode",
        "max-buffer-size",
    ];
    if let Some(other) = options.keys().find(|k| !KNOWN.contains(&k.as_str())) {
        return Err(format!("log option {other} of awslogs is not supported"));
    }
    let get = |name: &str| options.get(name).map(String::as_str).filter(|v| !v.is_empty());
    let group = get("awslogs-group").ok_or("log option awslogs-group is missing")?.to_owned();
    if let Some(region) = get("awslogs-region").filter(|r| *r != config.region) {
        return Err(format!("log option awslogs-region is {region}, this is {}", config.region));
    }
    let id = task.arn.rsplit('/').next().unwrap_or_default();
    let stream = match (get("awslogs-stream"), get("awslogs-stream-prefix")) {
        (Some(stream), _) => stream.to_owned(),
        (None, Some(prefix)) => format!("{prefix}/{}/{id}", container.name),
        // Docker names it after the container's id: what the API shows as its runtime id.
        (None, None) => {
            let index = task.containers.iter().position(|c| c.name == container.name).unwrap_or_default();
            format!("{id}-{index}")
        }
    };
    let flag = |name| get(name).is_some_and(|v| v.eq_ignore_ascii_case("true"));
    // The default since June 2025.
    let blocking = match get("mode") {
        None | Some("non-blocking") => false,
        Some("blocking") => true,
        Some(other) => {
            return Err(format!("log option mode is '{other}', neither blocking nor non-blocking"));
        }
    };
    let buffer = get("max-buffer-size").map_or(Ok(DEFAULT_BUFFER), size)?;
    let event_start = match (get("awslogs-multiline-pattern"), get("awslogs-datetime-format")) {
        (Some(_), Some(_)) => {
            return Err(
                "log options awslogs-multiline-pattern and awslogs-datetime-format exclude each other"
                    .to_owned(),
            );
        }
        (Some(pattern), None) => Some(compile(pattern, "awslogs-multiline-pattern")?),
        (None, Some(format)) => Some(compile(&datetime_pattern(format), "awslogs-datetime-format")?),
        (None, None) => None,
    };
    Ok(AwslogsPlan {
        group,
        stream,
        create_group: flag("awslogs-create-group"),
        create_stream: get("awslogs-create-stream").is_none() || flag("awslogs-create-stream"),
        buffer_bytes: (!blocking).then_some(buffer),
        event_start,
        as_execution_role: container.logs_auth_strategy == Some(AuthStrategy::ExecutionRole),
    })
}

fn compile(pattern: &str, option: &str) -> Result<Regex, String> {
    Regex::new(pattern).map_err(|e| format!("log option {option}: {e}"))
}

/// A regular expression for a strftime format: the conversions that Docker's driver takes. As there, the rest already is one: a literal
/// bracket is written `\[`.
fn datetime_pattern(format: &str) -> String {
    let mut pattern = String::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            pattern.push(c);
            continue;
        }
        match chars.next() {
            Some('A' | 'a' | 'B' | 'b') => pattern.push_str("[A-Za-z]{3,9}"),
            Some('d' | 'H' | 'I' | 'M' | 'm' | 'S' | 'y') => pattern.push_str(r"\d{1,2}"),
            Some('f') => pattern.push_str(r"\d{1,6}"),
            Some('L') => pattern.push_str(r"\d{3}"),
            Some('j') => pattern.push_str(r"\d{1,3}"),
            Some('p') => pattern.push_str("[A-Za-z]{2}"),
            Some('w') => pattern.push_str(r"\d"),
            Some('Y') => pattern.push_str(r"\d{4}"),
            Some('Z') => pattern.push_str("[A-Z]{1,4}T"),
            Some('z') => pattern.push_str(r"[+-]\d{4}"),
            Some('%') => pattern.push('%'),
            Some(other) => pattern.push_str(&regex::escape(other.encode_utf8(&mut [0; 4]))),
            None => {}
        }
    }
    pattern
}

/// `25m`, `1g`, `4096k`.
fn size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let factor = match text[digits.len()..].to_ascii_lowercase().as_str() {
        "" | "b" => Some(1),
        "k" | "kb" | "kib" => Some(1 << 10),
        "m" | "mb" | "mib" => Some(1 << 20),
        "g" | "gb" | "gib" => Some(1 << 30),
        _ => None,
    };
    let bytes = factor.and_then(|f: u64| digits.parse::<u64>().ok()?.checked_mul(f)).filter(|b| *b > 0);
    bytes.ok_or_else(|| format!("'{text}' is not a size"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Credentials;

    fn read(options: &[(&str, &str)]) -> Result<AwslogsPlan, String> {
        let options = options.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let config = Config::new("c", "/d", "http://h", Credentials::new("a", "b"));
        let container = Container { name: "web".into(), ..Default::default() };
        let task = Task { arn: "arn:aws:ecs:r:a:task/c/123".into(), ..Default::default() };
        awslogs(&container, &options, &task, &config)
    }

    #[test]
    fn options_of_awslogs() {
        let plan =
            read(&[("awslogs-group", "g"), ("awslogs-stream-prefix", "p"), ("awslogs-create-group", "true")])
                .unwrap();
        assert_eq!((plan.group.as_str(), plan.stream.as_str(), plan.create_group), ("g", "p/web/123", true));
        assert_eq!(plan.buffer_bytes, Some(10 << 20));
        assert!(plan.create_stream);
        assert!(!read(&[("awslogs-group", "g"), ("awslogs-create-stream", "false")]).unwrap().create_stream);
        assert_eq!(read(&[("awslogs-group", "g"), ("mode", "blocking")]).unwrap().buffer_bytes, None);
        let limits =
            LogPlan::Awslogs(Box::new(read(&[("awslogs-group", "g"), ("max-buffer-size", "25m")]).unwrap()))
                .limits();
        assert_eq!((limits.total_bytes, limits.when_full), (25 << 20, WhenFull::DropOldest));
        for (bad, expected) in [
            (vec![("awslogs-region", "us-east-1")], "awslogs-group is missing"),
            (vec![("awslogs-group", "g"), ("awslogs-region", "mars")], "mars"),
            (vec![("awslogs-group", "g"), ("max-buffer-size", "x")], "not a size"),
            (vec![("awslogs-group", "g"), ("mode", "maybe")], "maybe"),
            (vec![("awslogs-group", "g"), ("awslogs-format", "x")], "awslogs-format"),
            (vec![("awslogs-group", "g"), ("awslogs-endpoint", "http://x")], "awslogs-endpoint"),
            (vec![("awslogs-group", "g"), ("awslogs-multiline-pattern", "(")], "multiline"),
        ] {
            assert!(read(&bad).unwrap_err().contains(expected), "{bad:?}");
        }
    }

    #[test]
    fn datetime_formats_match_their_dates() {
        for (format, line) in [
            ("%b %d, %Y %H:%M:%S", "Nov 20, 2026 13:44:01 hello"),
            (r"\[%Y-%m-%dT%H:%M:%S\.%L%z\]", "[2026-11-20T13:44:01.123+0000] x"),
        ] {
            let regex = Regex::new(&datetime_pattern(format)).unwrap();
            assert!(regex.is_match(line), "{regex}");
            assert!(!regex.is_match("  at com.example.Main"), "{regex}");
        }
    }
}
