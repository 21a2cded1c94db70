//! The websockets' addresses: what an agent says about itself in the query of `GET {endpoint}/ws`, and the refusals it may
//! be answered with instead of a 101.

use crate::text::open_enum;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// The query of the ACS address, in the official agent's (alphabetical) order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcsQuery {
    pub agent_hash: String,
    pub agent_version: String,
    /// As the agent was configured: an ARN or a short name such as `default`.
    pub cluster: String,
    pub container_instance_arn: String,
    pub docker_version: String,
    pub protocol_version: u32,
    pub seq_num: i64,
    /// Whether the backend is to send the credentials of all live tasks again.
    pub send_credentials: bool,
}

/// The query of the TCS address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TcsQuery {
    pub agent_hash: String,
    pub agent_version: String,
    pub cluster: String,
    pub container_instance: String,
    pub docker_version: String,
}

impl AcsQuery {
    /// As `name=value&…`, percent-encoded as SigV4 wants it.
    pub fn encode(&self) -> String {
        encode_pairs(&[
            ("agentHash", &self.agent_hash),
            ("agentVersion", &self.agent_version),
            ("clusterArn", &self.cluster),
            ("containerInstanceArn", &self.container_instance_arn),
            ("dockerVersion", &self.docker_version),
            ("protocolVersion", &self.protocol_version.to_string()),
            ("sendCredentials", if self.send_credentials { "true" } else { "false" }),
            ("seqNum", &self.seq_num.to_string()),
        ])
    }

    /// From the query of a request; what is absent is empty, `None` where the instance is not named.
    pub fn decode(query: &str) -> Option<Self> {
        let get = |name| value_of(query, name);
        Some(Self {
            agent_hash: get("agentHash").unwrap_or_default(),
            agent_version: get("agentVersion").unwrap_or_default(),
            cluster: get("clusterArn").or_else(|| get("cluster")).unwrap_or_default(),
            container_instance_arn: get("containerInstanceArn").or_else(|| get("containerInstance"))?,
            docker_version: get("dockerVersion").unwrap_or_default(),
            protocol_version: get("protocolVersion").and_then(|v| v.parse().ok()).unwrap_or(1),
            seq_num: get("seqNum").and_then(|v| v.parse().ok()).unwrap_or(1),
            send_credentials: get("sendCredentials").is_some_and(|v| v == "true"),
        })
    }
}

impl TcsQuery {
    /// As `name=value&…`.
    pub fn encode(&self) -> String {
        encode_pairs(&[
            ("agentHash", &self.agent_hash),
            ("agentVersion", &self.agent_version),
            ("cluster", &self.cluster),
            ("containerInstance", &self.container_instance),
            ("dockerVersion", &self.docker_version),
        ])
    }

    /// From the query of a request, `None` where the instance is not named.
    pub fn decode(query: &str) -> Option<Self> {
        let get = |name| value_of(query, name);
        Some(Self {
            agent_hash: get("agentHash").unwrap_or_default(),
            agent_version: get("agentVersion").unwrap_or_default(),
            cluster: get("cluster").or_else(|| get("clusterArn")).unwrap_or_default(),
            container_instance: get("containerInstance").or_else(|| get("containerInstanceArn"))?,
            docker_version: get("dockerVersion").unwrap_or_default(),
        })
    }
}

/// The websocket address of an endpoint that DiscoverPollEndpoint named: http → ws, https → wss, `/ws` appended.
pub fn websocket_url(endpoint: &str, query: &str) -> String {
    let base = endpoint.trim_end_matches('/');
    let base = match base.split_once("://") {
        Some(("https", rest)) => format!("wss://{rest}"),
        Some(("http", rest)) => format!("ws://{rest}"),
        Some(_) => base.to_owned(),
        None => format!("wss://{base}"),
    };
    format!("{base}/ws?{query}")
}

fn encode_pairs(pairs: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            match byte {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
                _ => write!(out, "%{byte:02X}").expect("writing to a String does not fail"),
            }
        }
    }
    out
}

fn value_of(query: &str, name: &str) -> Option<String> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, v)| decode_text(v))
}

fn decode_text(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = |i: usize| bytes.get(i).and_then(|b| (*b as char).to_digit(16));
        match bytes[at] {
            b'%' => {
                if let (Some(high), Some(low)) = (hex(at + 1), hex(at + 2)) {
                    out.push((high * 16 + low) as u8);
                    at += 3;
                    continue;
                }
                out.push(b'%');
            }
            b'+' => out.push(b' '),
            other => out.push(other),
        }
        at += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

open_enum!(
    /// Why a websocket was refused.
    RefusalKind {
        Server = "ServerException",
        BadRequest = "BadRequestException",
        InvalidCluster = "InvalidClusterException",
        InvalidInstance = "InvalidInstanceException",
        AccessDenied = "AccessDeniedException",
        /// The instance was deregistered: an agent tries again after an hour.
        InactiveInstance = "InactiveInstanceException",
    }
);

/// The body of an answer that is not a 101: `{"InactiveInstanceException":"text"}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub kind: RefusalKind,
    pub message: String,
}

impl Refusal {
    /// As a body.
    pub fn encode(&self) -> String {
        serde_json::to_string(&Body([(self.kind.as_str().to_owned(), self.message.clone())].into()))
            .expect("a map of texts is JSON")
    }

    /// From a body, where it is one.
    pub fn decode(body: &str) -> Option<Self> {
        let Body(map) = serde_json::from_str(body).ok()?;
        let (kind, message) = map.into_iter().next()?;
        Some(Self { kind: kind.as_str().into(), message })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Body(std::collections::BTreeMap<String, String>);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_round_trip_and_read_the_official_order() {
        let query = AcsQuery {
            agent_hash: "8dfceca6".into(),
            agent_version: "1.105.1".into(),
            cluster: "arn:aws:ecs:us-east-1:000000000000:cluster/a b".into(),
            container_instance_arn: "arn:aws:ecs:us-east-1:000000000000:container-instance/c/1".into(),
            docker_version: "DockerVersion: 20.10".into(),
            protocol_version: 2,
            seq_num: 1,
            send_credentials: true,
        };
        assert_eq!(AcsQuery::decode(&query.encode()), Some(query));
        assert_eq!(AcsQuery::decode("agentVersion=1"), None);
        let tcs = TcsQuery::decode("agentVersion=1&cluster=a+b%2&containerInstance=i").unwrap();
        assert_eq!((tcs.cluster.as_str(), tcs.container_instance.as_str()), ("a b%2", "i"));
    }

    #[test]
    fn refusals_round_trip() {
        let refusal = Refusal { kind: RefusalKind::InactiveInstance, message: "gone".into() };
        assert_eq!(refusal.encode(), r#"{"InactiveInstanceException":"gone"}"#);
        assert_eq!(Refusal::decode(&refusal.encode()), Some(refusal));
        assert_eq!(Refusal::decode("<html>"), None);
    }

    #[test]
    fn scheme_and_path() {
        assert_eq!(websocket_url("http://127.0.0.1:4566/acs/", "a=b"), "ws://127.0.0.1:4566/acs/ws?a=b");
        assert_eq!(websocket_url("https://h", "a=b"), "wss://h/ws?a=b");
    }
}
