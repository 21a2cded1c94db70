//! Whom a task asks for names: what the DHCP options of its VPC say. Source: "DHCP option sets in Amazon VPC", user guide, 2025.
//!
//! Invariant: servers are addresses and domains are words. Agents write them into files of containers, and options of an older version's are in the
//! store that nobody had looked at.

use model::ec2::{DhcpOptions, Subnet, Vpc};
use model::ecs::Task;
use state::Snapshot;
use std::net::IpAddr;

/// The name server of the VPC, whichever that is.
const PROVIDED: &str = "AmazonProvidedDNS";

/// What an agent writes into a task's resolv.conf. Empty where the VPC has no options: then it is the agent's choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Resolution {
    pub servers: Vec<String>,
    pub domains: Vec<String>,
}

/// Of a task with an interface.
pub(crate) fn of(snapshot: &Snapshot, task: &Task) -> Option<Resolution> {
    let subnet = snapshot.get::<Subnet>(&task.network_interface.as_ref()?.subnet)?;
    let vpc = snapshot.get::<Vpc>(&subnet.vpc)?;
    let options = snapshot.get::<DhcpOptions>(vpc.dhcp_options.as_ref()?)?;
    Some(said(vpc, options))
}

fn said(vpc: &Vpc, options: &DhcpOptions) -> Resolution {
    let server = |value: &str| match value {
        PROVIDED => vpc.block.nth(2).map(IpAddr::V4),
        // IPv6 and IPv4 addresses alike; a resolver takes no port.
        address => address.parse().ok(),
    };
    let is_domain = |domain: &&str| domain.chars().all(|c| c.is_ascii_graphic());
    let domains = options.values("domain-name").filter(|value| !value.contains(char::is_control));
    Resolution {
        servers: options
            .values("domain-name-servers")
            .flat_map(|value| value.split(','))
            .filter_map(|value| server(value.trim()))
            .map(|address| address.to_string())
            .collect(),
        domains: domains
            .flat_map(str::split_whitespace)
            .filter(is_domain)
            .map(|domain| domain.trim_end_matches('.').to_owned())
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ec2::DhcpConfiguration;
    use model::ids::Scope;

    #[test]
    fn options_name_servers_and_domains() {
        let id = |text: &str| text.parse().expect("an id");
        let mut options =
            DhcpOptions::default_of(Scope::new("eu-west-1", "123456789012"), id("dopt-11111111"));
        let vpc: Vpc = serde_json::from_value(serde_json::json!({
            "id": "vpc-11111111", "scope": options.scope, "number": 1, "block": "10.0.0.0/16",
            "blockAssociation": "vpc-cidr-assoc-11111111", "isDefault": false, "tenancy": "default",
            "dnsSupport": true, "dnsHostnames": false,
        }))
        .expect("a VPC");
        let provided = said(&vpc, &options);
        assert_eq!(
            (provided.servers, provided.domains),
            (vec!["10.0.0.2".to_owned()], vec!["eu-west-1.compute.internal".to_owned()])
        );
        let option = |key: &str, values: &[&str]| DhcpConfiguration {
            key: key.to_owned(),
            values: values.iter().map(|v| (*v).to_owned()).collect(),
        };
        options.configurations = vec![
            option("domain-name", &["a.example b.example."]),
            option("domain-name-servers", &["192.0.2.1", "AmazonProvidedDNS"]),
            option("ntp-servers", &["192.0.2.9"]),
        ];
        let own = said(&vpc, &options);
        assert_eq!(
            (own.servers, own.domains),
            (
                vec!["192.0.2.1".to_owned(), "10.0.0.2".to_owned()],
                vec!["a.example".to_owned(), "b.example".to_owned()]
            )
        );
        // As an older version took them.
        options.configurations = vec![
            option("domain-name", &["a.example\noptions ndots:9"]),
            option(
                "domain-name-servers",
                &["192.0.2.1,fd00::1", "dns.example", "1.1.1.1\nnameserver 6.6.6.6"],
            ),
        ];
        let unchecked = said(&vpc, &options);
        assert_eq!(
            (unchecked.servers, unchecked.domains),
            (vec!["192.0.2.1".to_owned(), "fd00::1".to_owned()], Vec::new())
        );
    }
}
