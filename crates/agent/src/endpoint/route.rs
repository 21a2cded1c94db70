//! What a path asks for. Pure.

/// Where a request goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Route<'a> {
    /// The path is not as it is written in full: there it is.
    Moved(String),
    Credentials {
        version: u8,
        id: &'a str,
    },
    /// Of the task whose listener was asked (version 2).
    Own(Own<'a>),
    /// Of the container, or its task, that an id stands for.
    Of {
        version: Version,
        id: &'a str,
        what: What<'a>,
    },
    Protection {
        id: &'a str,
    },
    Fault {
        id: &'a str,
        kind: Kind,
        action: Action,
    },
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own<'a> {
    Task { tags: bool },
    Container(&'a str),
    TaskStats,
    ContainerStats(&'a str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V2,
    V3,
    V4,
}

impl Version {
    /// As error texts name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::V2 => "V2",
            Self::V3 => "V3",
            Self::V4 => "V4",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What<'a> {
    Container,
    Task { tags: bool },
    Stats,
    TaskStats,
    Associations { kind: &'a str },
    Association { kind: &'a str, name: &'a str },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    BlackholePort,
    Latency,
    PacketLoss,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::BlackholePort => "network-blackhole-port",
            Self::Latency => "network-latency",
            Self::PacketLoss => "network-packet-loss",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Action {
    Start,
    Stop,
    Status,
}

/// Reads a path and its query.
pub(super) fn route<'a>(path: &'a str, query: &'a str) -> Route<'a> {
    if let Some(clean) = cleaned(path) {
        return Route::Moved(clean);
    }
    let rest = path.strip_prefix('/').unwrap_or(path);
    let (version, rest) = rest.split_once('/').unwrap_or((rest, ""));
    match version {
        "v1" if rest == "credentials" => {
            Route::Credentials { version: 1, id: parameter(query, "id").unwrap_or("") }
        }
        "v2" => v2(rest),
        "v3" => by_id(Version::V3, rest),
        "v4" => by_id(Version::V4, rest),
        "api" => api(rest),
        _ => Route::Unknown,
    }
}

/// The value of a parameter of the query, as it stands there.
pub(super) fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').find_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        (key == name).then_some(value)
    })
}

fn v2(rest: &str) -> Route<'_> {
    match rest.split_once('/') {
        None => match rest {
            "metadata" => Route::Own(Own::Task { tags: false }),
            "metadataWithTags" => Route::Own(Own::Task { tags: true }),
            "stats" => Route::Own(Own::TaskStats),
            _ => Route::Unknown,
        },
        Some(("credentials", id)) => Route::Credentials { version: 2, id },
        Some(("metadata", "")) => Route::Own(Own::Task { tags: false }),
        Some(("metadataWithTags", "")) => Route::Own(Own::Task { tags: true }),
        Some(("stats", "")) => Route::Own(Own::TaskStats),
        Some(("metadata", id)) => Route::Own(Own::Container(id)),
        Some(("stats", id)) => Route::Own(Own::ContainerStats(id)),
        Some(_) => Route::Unknown,
    }
}

fn by_id(version: Version, rest: &str) -> Route<'_> {
    let mut parts = rest.splitn(4, '/');
    let id = parts.next().unwrap_or_default();
    let what = match (parts.next(), parts.next(), parts.next()) {
        (None, ..) => What::Container,
        (Some("task"), None, _) => What::Task { tags: false },
        (Some("taskWithTags"), None, _) => What::Task { tags: true },
        (Some("stats"), None, _) => What::Stats,
        (Some("task"), Some("stats"), None) => What::TaskStats,
        (Some("associations"), Some(kind), None) => What::Associations { kind },
        (Some("associations"), Some(kind), Some(name)) => What::Association { kind, name },
        _ => return Route::Unknown,
    };
    Route::Of { version, id, what }
}

fn api(rest: &str) -> Route<'_> {
    let parts: Vec<&str> = rest.split('/').collect();
    match *parts.as_slice() {
        [id, "task-protection", "v1", "state"] => Route::Protection { id },
        [id, "fault", "v1", kind, action] => {
            let kind =
                [Kind::BlackholePort, Kind::Latency, Kind::PacketLoss].into_iter().find(|k| k.name() == kind);
            let action = match action {
                "start" => Some(Action::Start),
                "stop" => Some(Action::Stop),
                "status" => Some(Action::Status),
                _ => None,
            };
            match (kind, action) {
                (Some(kind), Some(action)) => Route::Fault { id, kind, action },
                _ => Route::Unknown,
            }
        }
        _ => Route::Unknown,
    }
}

/// The path without doubled slashes and dots, where it has any.
fn cleaned(path: &str) -> Option<String> {
    let dirty = !path.starts_with('/')
        || path.contains("//")
        || path.split('/').any(|part| matches!(part, "." | ".."));
    if !dirty {
        return None;
    }
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    let end = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    Some(format!("/{}{end}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let of = |version, what| Route::Of { version, id: "x", what };
        let (v3, v4) = (Version::V3, Version::V4);
        let fault = |kind, action| Route::Fault { id: "x", kind, action };
        let cases = [
            ("/v3/x", of(v3, What::Container)),
            ("/v4/x", of(v4, What::Container)),
            ("/v4/x/task", of(v4, What::Task { tags: false })),
            ("/v4/x/taskWithTags", of(v4, What::Task { tags: true })),
            ("/v4/x/stats", of(v4, What::Stats)),
            ("/v3/x/task/stats", of(v3, What::TaskStats)),
            ("/v4/x/associations/gpu", of(v4, What::Associations { kind: "gpu" })),
            ("/v4/x/associations/gpu/", of(v4, What::Association { kind: "gpu", name: "" })),
            ("/v4/x/associations/gpu/a/b", of(v4, What::Association { kind: "gpu", name: "a/b" })),
            ("/v4/", Route::Of { version: v4, id: "", what: What::Container }),
            ("/v4/x/", Route::Unknown),
            ("/v4/x/task/", Route::Unknown),
            ("/v4/x/tasks", Route::Unknown),
            ("/v5/x", Route::Unknown),
            ("/", Route::Unknown),
            ("/v2/metadata", Route::Own(Own::Task { tags: false })),
            ("/v2/metadata/", Route::Own(Own::Task { tags: false })),
            ("/v2/metadataWithTags", Route::Own(Own::Task { tags: true })),
            ("/v2/metadata/c/d", Route::Own(Own::Container("c/d"))),
            ("/v2/stats", Route::Own(Own::TaskStats)),
            ("/v2/stats/c", Route::Own(Own::ContainerStats("c"))),
            ("/v2/credentials", Route::Unknown),
            ("/v2/credentials/", Route::Credentials { version: 2, id: "" }),
            ("/v2/credentials/x", Route::Credentials { version: 2, id: "x" }),
            ("/v1/credentials", Route::Credentials { version: 1, id: "" }),
            ("/api/x/task-protection/v1/state", Route::Protection { id: "x" }),
            ("/api/x/task-protection/v1/state/", Route::Unknown),
            ("/api/x/fault/v1/network-latency/start", fault(Kind::Latency, Action::Start)),
            ("/api/x/fault/v1/network-packet-loss/stop", fault(Kind::PacketLoss, Action::Stop)),
            ("/api/x/fault/v1/network-blackhole-port/status", fault(Kind::BlackholePort, Action::Status)),
            ("/api/x/fault/v1/network-blackhole-port/begin", Route::Unknown),
            ("//v4//x/./task", Route::Moved("/v4/x/task".into())),
            ("/v4/y/../x/", Route::Moved("/v4/x/".into())),
            ("/../..", Route::Moved("/".into())),
            ("*", Route::Moved("/*".into())),
        ];
        for (path, expected) in cases {
            assert_eq!(route(path, ""), expected, "{path}");
        }
        assert_eq!(route("/v1/credentials", "a=b&id=x"), Route::Credentials { version: 1, id: "x" });
    }

    proptest::proptest! {
        /// Whatever is asked, a cleaned path is clean.
        #[test]
        fn cleaning_ends(path in "[/.a]{0,20}") {
            if let Some(clean) = cleaned(&path) {
                proptest::prop_assert_eq!(cleaned(&clean), None);
            }
        }
    }
}
