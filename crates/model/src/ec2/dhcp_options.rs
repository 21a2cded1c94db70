//! DHCP options: the names and servers that the members of a VPC are told.

use crate::Tag;
use crate::ids::{DhcpOptionsId, Scope};
use serde::{Deserialize, Serialize};
use std::net::Ipv4Addr;

/// The record of a DHCP options set. Key: its id. It never changes but for its tags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DhcpOptions {
    pub id: DhcpOptionsId,
    pub scope: Scope,
    pub configurations: Vec<DhcpConfiguration>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// One option, such as `domain-name-servers` with `AmazonProvidedDNS`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DhcpConfiguration {
    pub key: String,
    pub values: Vec<String>,
}

impl DhcpOptions {
    /// The values of an option; none where the set has it not.
    pub fn values(&self, key: &str) -> impl Iterator<Item = &str> {
        self.configurations.iter().filter(move |c| c.key == key).flat_map(|c| &c.values).map(String::as_str)
    }

    /// The set that an account begins with.
    pub fn default_of(scope: Scope, id: DhcpOptionsId) -> Self {
        let option =
            |key: &str, value: String| DhcpConfiguration { key: key.to_owned(), values: vec![value] };
        let configurations = vec![
            option("domain-name", internal_domain(&scope.region)),
            option("domain-name-servers", "AmazonProvidedDNS".to_owned()),
        ];
        Self { id, scope, configurations, tags: Vec::new() }
    }
}

/// The name of a private address: `ip-10-0-0-5.ec2.internal`.
pub fn private_dns_name(address: Ipv4Addr, region: &str) -> String {
    let [a, b, c, d] = address.octets();
    format!("ip-{a}-{b}-{c}-{d}.{}", internal_domain(region))
}

/// The domain of private names in a region: `ec2.internal` in us-east-1, `REGION.compute.internal` elsewhere.
pub fn internal_domain(region: &str) -> String {
    if region == "us-east-1" { "ec2.internal".to_owned() } else { format!("{region}.compute.internal") }
}

/// The domain of names of public addresses: `compute-1.amazonaws.com` in us-east-1, `REGION.compute.amazonaws.com` elsewhere.
pub fn public_domain(region: &str) -> String {
    if region == "us-east-1" {
        "compute-1.amazonaws.com".to_owned()
    } else {
        format!("{region}.compute.amazonaws.com")
    }
}
