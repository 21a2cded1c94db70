//! Listeners, their certificates, and how an application load balancer treats HTTP.

use super::{Action, Rule, Secret};
use crate::Timestamp;
use serde::{Deserialize, Serialize};

/// A listener of a load balancer; it listens on each of the load balancer's addresses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listener {
    pub arn: String,
    pub port: u16,
    pub protocol: ListenerProtocol,
    /// Of HTTPS and TLS listeners.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tls: Option<Tls>,
    /// Of an application load balancer. Any order: priorities decide.
    #[serde(default)]
    pub rules: Vec<Rule>,
    /// What happens where no rule matches. A network load balancer has this only, and only a forward.
    pub default_actions: Vec<Action>,
    /// `tcp.idle_timeout.seconds` of a network load balancer: 60 to 6,000.
    #[serde(default = "tcp_idle")]
    pub tcp_idle_timeout_seconds: u32,
    #[serde(default)]
    pub response_headers: ResponseHeaders,
}

fn tcp_idle() -> u32 {
    350
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum ListenerProtocol {
    Http,
    Https,
    Tcp,
    Tls,
    Udp,
    #[serde(rename = "TCP_UDP")]
    TcpUdp,
}

/// How a listener ends TLS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tls {
    /// AWS's name of a security policy, such as `ELBSecurityPolicy-TLS13-1-2-2021-06`.
    pub policy: String,
    /// ARN of the certificate for clients whose name no other one covers.
    pub default_certificate: String,
    /// ARNs of the others.
    #[serde(default)]
    pub certificates: Vec<String>,
    /// Of TLS listeners; an HTTPS listener offers what the load balancer's attributes say.
    #[serde(default)]
    pub alpn: AlpnPolicy,
    /// Of HTTPS listeners.
    #[serde(default)]
    pub headers: TlsHeaders,
}

/// What the headers are called that tell targets of a client's TLS: attributes `routing.http.request.*.header_name`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TlsHeaders {
    pub version: String,
    pub cipher_suite: String,
}

impl Default for TlsHeaders {
    fn default() -> Self {
        Self { version: "X-Amzn-Tls-Version".to_owned(), cipher_suite: "X-Amzn-Tls-Cipher-Suite".to_owned() }
    }
}

/// `AlpnPolicy` of a TLS listener.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AlpnPolicy {
    #[default]
    None,
    #[serde(rename = "HTTP1Only")]
    Http1Only,
    #[serde(rename = "HTTP2Only")]
    Http2Only,
    #[serde(rename = "HTTP2Optional")]
    Http2Optional,
    #[serde(rename = "HTTP2Preferred")]
    Http2Preferred,
}

/// A certificate with its key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    pub arn: String,
    /// The chain in PEM, the server's own certificate first.
    pub chain: String,
    /// The private key in PEM: PKCS #8, PKCS #1 or SEC 1.
    pub key: Secret,
    /// When it ends; of two that fit a client equally well the longer lived one is chosen.
    pub not_after: Timestamp,
}

/// Attributes of an application load balancer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct HttpAttributes {
    /// `idle_timeout.timeout_seconds`: 1 to 4,000.
    pub idle_timeout_seconds: u32,
    /// `client_keep_alive.seconds`: 60 to 604,800.
    pub client_keep_alive_seconds: u32,
    /// `routing.http2.enabled`.
    pub http2: bool,
    /// `routing.http.drop_invalid_header_fields.enabled`.
    pub drop_invalid_header_fields: bool,
    /// `routing.http.preserve_host_header.enabled`.
    pub preserve_host_header: bool,
    /// `routing.http.desync_mitigation_mode`.
    pub desync_mitigation: DesyncMitigation,
    /// `routing.http.xff_header_processing.mode`.
    pub forwarded_for: ForwardedFor,
    /// `routing.http.xff_client_port.enabled`.
    pub forwarded_for_port: bool,
    /// `routing.http.x_amzn_tls_version_and_cipher_suite.enabled`.
    pub tls_headers: bool,
    /// `routing.http.x_amzn_tls_kx.enabled`.
    pub key_exchange_header: bool,
}

impl Default for HttpAttributes {
    fn default() -> Self {
        Self {
            idle_timeout_seconds: 60,
            client_keep_alive_seconds: 3600,
            http2: true,
            drop_invalid_header_fields: false,
            preserve_host_header: false,
            desync_mitigation: DesyncMitigation::Defensive,
            forwarded_for: ForwardedFor::Append,
            forwarded_for_port: false,
            tls_headers: false,
            key_exchange_header: false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum DesyncMitigation {
    Monitor,
    Defensive,
    Strictest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ForwardedFor {
    Append,
    Preserve,
    Remove,
}

/// Attributes `routing.http.response.*` of a listener.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ResponseHeaders {
    /// `routing.http.response.server.enabled`: whether answers of the load balancer itself say `Server: awselb/2.0`, and those of
    /// targets keep theirs.
    pub server: bool,
    /// Names and values that every response gets instead of its own ones: `Strict-Transport-Security`, `Access-Control-Allow-Origin` …
    pub set: Vec<(String, String)>,
}

impl Default for ResponseHeaders {
    fn default() -> Self {
        Self { server: true, set: Vec::new() }
    }
}
