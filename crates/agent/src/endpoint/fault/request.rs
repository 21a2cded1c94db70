//! The bodies of fault requests. Pure. The texts are the official agent's.

use crate::endpoint::ADDRESS;
use crate::endpoint::route::Kind;
use model::status::TransportProtocol;
use net::fault::{Blackhole, Block, Direction, Fault, Flows};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::net::IpAddr;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct BlackholeBody {
    port: Option<u16>,
    protocol: Option<String>,
    traffic_type: Option<String>,
    #[serde(default)]
    sources_to_filter: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LatencyBody {
    delay_milliseconds: Option<u64>,
    jitter_milliseconds: Option<u64>,
    #[serde(flatten)]
    flows: FlowsBody,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct LossBody {
    loss_percent: Option<u64>,
    #[serde(flatten)]
    flows: FlowsBody,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct FlowsBody {
    #[serde(default)]
    sources: Option<Vec<String>>,
    #[serde(default)]
    sources_to_filter: Option<Vec<String>>,
    #[serde(default)]
    flows_percent: Option<i64>,
}

/// Reads the body of a request about a fault, or says what is wrong with it.
pub(super) fn read(kind: Kind, body: &[u8]) -> Result<Fault, String> {
    match kind {
        Kind::BlackholePort => blackhole(decode(body)?),
        Kind::Latency => latency(decode(body)?),
        Kind::PacketLoss => loss(decode(body)?),
    }
}

fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err("required request body is missing".to_owned());
    }
    serde_json::from_slice(body).map_err(|e| e.to_string())
}

fn required<T>(value: Option<T>, name: &str) -> Result<T, String> {
    value.ok_or_else(|| format!("required parameter {name} is missing"))
}

fn invalid<T>(value: impl std::fmt::Display, name: &str) -> Result<T, String> {
    Err(format!("invalid value {value} for parameter {name}"))
}

fn blackhole(body: BlackholeBody) -> Result<Fault, String> {
    let port = required(body.port, "Port")?;
    let protocol = required(body.protocol.filter(|p| !p.is_empty()), "Protocol")?;
    let traffic = required(body.traffic_type.filter(|t| !t.is_empty()), "TrafficType")?;
    let protocol = match protocol.as_str() {
        "tcp" => TransportProtocol::Tcp,
        "udp" => TransportProtocol::Udp,
        other => return invalid(other, "Protocol"),
    };
    let direction = match traffic.as_str() {
        "ingress" => Direction::Ingress,
        "egress" => Direction::Egress,
        other => return invalid(other, "TrafficType"),
    };
    let mut except = blocks(body.sources_to_filter, "SourcesToFilter")?;
    if direction == Direction::Egress && port == 80 {
        // So that the fault can be stopped again.
        except.push(Block { address: IpAddr::V4(ADDRESS), prefix_len: 32 });
    }
    Ok(Fault::Blackhole(Blackhole { direction, protocol, port, except }))
}

fn latency(body: LatencyBody) -> Result<Fault, String> {
    let delay_ms = required(body.delay_milliseconds, "DelayMilliseconds")?;
    let jitter_ms = required(body.jitter_milliseconds, "JitterMilliseconds")?;
    if delay_ms == 0 && jitter_ms == 0 {
        return Err("required either DelayMilliseconds or JitterMilliseconds to be non-zero".to_owned());
    }
    Ok(Fault::Latency { flows: flows(body.flows)?, delay_ms, jitter_ms })
}

fn loss(body: LossBody) -> Result<Fault, String> {
    let given = required(body.loss_percent, "LossPercent")?;
    let percent = u8::try_from(given).ok().filter(|p| (1..=100).contains(p));
    let Some(percent) = percent else { return invalid(given, "LossPercent") };
    Ok(Fault::Loss { flows: flows(body.flows)?, percent })
}

fn flows(body: FlowsBody) -> Result<Flows, String> {
    let sources = required(body.sources.filter(|s| !s.is_empty()), "Sources")?;
    let to = blocks(Some(sources), "Sources")?;
    let except = blocks(body.sources_to_filter, "SourcesToFilter")?;
    let given = body.flows_percent.unwrap_or(100);
    let percent = u8::try_from(given).ok().filter(|p| (1..=100).contains(p));
    let Some(percent) = percent else { return invalid(given, "flowsPercent") };
    Ok(Flows { to, except, percent })
}

fn blocks(given: Option<Vec<String>>, name: &str) -> Result<Vec<Block>, String> {
    let read = |text: &String| match block(text) {
        Some(block) => Ok(block),
        None => invalid(text, name),
    };
    given.iter().flatten().map(read).collect()
}

/// An address, or a block of them.
fn block(text: &str) -> Option<Block> {
    let (address, prefix_len) = match text.split_once('/') {
        Some((address, len)) => (address.parse::<IpAddr>().ok()?, Some(len.parse::<u8>().ok()?)),
        None => (text.parse::<IpAddr>().ok()?, None),
    };
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let prefix_len = prefix_len.unwrap_or(longest);
    (prefix_len <= longest).then_some(Block { address, prefix_len })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_said() {
        use Kind::{BlackholePort as Port, Latency as Late, PacketLoss as Loss};
        let cases = [
            (Port, "", "required request body is missing"),
            (Port, "{}", "required parameter Port is missing"),
            (Port, r#"{"Port":1}"#, "required parameter Protocol is missing"),
            (Port, r#"{"Port":1,"Protocol":"tcp"}"#, "required parameter TrafficType is missing"),
            (
                Port,
                r#"{"Port":1,"Protocol":"icmp","TrafficType":"ingress"}"#,
                "invalid value icmp for parameter Protocol",
            ),
            (
                Port,
                r#"{"Port":1,"Protocol":"tcp","TrafficType":"up"}"#,
                "invalid value up for parameter TrafficType",
            ),
            (
                Port,
                r#"{"Port":1,"Protocol":"tcp","TrafficType":"egress","SourcesToFilter":["x"]}"#,
                "invalid value x for parameter SourcesToFilter",
            ),
            (Late, r#"{"JitterMilliseconds":1}"#, "required parameter DelayMilliseconds is missing"),
            (Late, r#"{"DelayMilliseconds":1}"#, "required parameter JitterMilliseconds is missing"),
            (
                Late,
                r#"{"DelayMilliseconds":0,"JitterMilliseconds":0}"#,
                "required either DelayMilliseconds or JitterMilliseconds to be non-zero",
            ),
            (
                Late,
                r#"{"DelayMilliseconds":1,"JitterMilliseconds":0}"#,
                "required parameter Sources is missing",
            ),
            (Loss, r#"{"Sources":["1.1.1.1"]}"#, "required parameter LossPercent is missing"),
            (Loss, r#"{"LossPercent":0,"Sources":["1.1.1.1"]}"#, "invalid value 0 for parameter LossPercent"),
            (
                Loss,
                r#"{"LossPercent":101,"Sources":["1.1.1.1"]}"#,
                "invalid value 101 for parameter LossPercent",
            ),
            (Loss, r#"{"LossPercent":1,"Sources":[]}"#, "required parameter Sources is missing"),
            (
                Loss,
                r#"{"LossPercent":1,"Sources":["1.1.1.1/33"]}"#,
                "invalid value 1.1.1.1/33 for parameter Sources",
            ),
            (
                Loss,
                r#"{"LossPercent":1,"Sources":["1.1.1.1"],"FlowsPercent":0}"#,
                "invalid value 0 for parameter flowsPercent",
            ),
        ];
        for (kind, body, expected) in cases {
            assert_eq!(read(kind, body.as_bytes()).unwrap_err(), expected, "{body}");
        }
        assert!(read(Port, br#"{"Port":70000}"#).is_err());
    }

    #[test]
    fn what_is_right_is_read() {
        let body = r#"{"LossPercent":7,"Sources":["1.1.1.1","fd00::/8"],"SourcesToFilter":["1.1.1.2"],"FlowsPercent":50,"More":1}"#;
        let Fault::Loss { flows, percent } = read(Kind::PacketLoss, body.as_bytes()).unwrap() else {
            panic!()
        };
        let shown: Vec<String> = flows.to.iter().map(ToString::to_string).collect();
        assert_eq!((shown.join(" "), flows.percent, percent), ("1.1.1.1/32 fd00::/8".to_owned(), 50, 7));
        // The endpoint itself stays within reach.
        let body = r#"{"Port":80,"Protocol":"tcp","TrafficType":"egress"}"#;
        let Fault::Blackhole(hole) = read(Kind::BlackholePort, body.as_bytes()).unwrap() else { panic!() };
        assert_eq!(hole.except[0].to_string(), "169.254.170.2/32");
    }
}
