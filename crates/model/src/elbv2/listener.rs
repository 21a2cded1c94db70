//! A listener: where a load balancer takes connections. What it does with them is in its rules, the default one included.

use super::attribute::{self, Attributes};
use super::target_group::Protocol;
use crate::ids::{CertificateArn, ListenerArn, LoadBalancerArn};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// The record of a listener. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Listener {
    pub arn: ListenerArn,
    pub load_balancer: LoadBalancerArn,
    pub protocol: Protocol,
    pub port: u16,
    /// Of HTTPS and TLS, and of these alone, as is the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ssl_policy: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_certificate: Option<CertificateArn>,
    /// More certificates, chosen by the name that a client asks for. In the order of their coming.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub certificates: Vec<CertificateArn>,
    /// Of TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alpn: Option<AlpnPolicy>,
    /// What was changed of [`attribute::of_listener`].
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

crate::status::named!(
    /// What a TLS listener offers of application protocols.
    AlpnPolicy, "ALPN policy" {
        Http1Only = "HTTP1Only",
        Http2Only = "HTTP2Only",
        Http2Optional = "HTTP2Optional",
        Http2Preferred = "HTTP2Preferred",
        None = "None",
    }
);

impl Listener {
    /// The value of an attribute, its default where nobody changed it. `None` for a key that it does not have.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.value(&attribute::of_listener(self.protocol), key)
    }
}
