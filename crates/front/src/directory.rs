//! The services of this server, found by whatever a request shows: target, version, signature, host.

use api::{Call, Protocol, Service};
use auth::Cx;
use std::collections::HashMap;

/// Every service, once.
#[derive(Default)]
pub struct Directory {
    services: Vec<Service<Cx>>,
    by_target: HashMap<&'static str, usize>,
}

impl Directory {
    #[must_use]
    pub fn with(mut self, service: Service<Cx>) -> Self {
        if let Some(prefix) = service.schema.target_prefix {
            self.by_target.insert(prefix, self.services.len());
        }
        self.services.push(service);
        self
    }

    pub fn len(&self) -> usize {
        self.services.len()
    }

    pub fn is_empty(&self) -> bool {
        self.services.is_empty()
    }

    /// By our short name.
    pub(crate) fn named(&self, name: &str) -> Option<&Service<Cx>> {
        self.services.iter().find(|service| service.schema.name == name)
    }

    /// The service that `call` is for: by its target, else by the service that the signature names, else by the host,
    /// else by the operation's name and version.
    pub(crate) fn find(&self, call: &Call, claimed: Option<&str>, host: &str) -> Option<&Service<Cx>> {
        match call {
            Call::Target { prefix, .. } => {
                self.by_target.get(prefix.as_str()).map(|index| &self.services[*index])
            }
            Call::Action { action, version } => {
                let speaks = self.services.iter().filter(|service| query_protocol(service).is_some());
                let has_version = |service: &&Service<Cx>| service.schema.api_version == version;
                match claimed {
                    // Two services may share a signing name (the load balancers do) and differ in their versions.
                    Some(name) => {
                        let mut signed_for = speaks.filter(|service| service.schema.signing_name == name);
                        signed_for.clone().find(has_version).or_else(|| signed_for.next())
                    }
                    None => {
                        self.at_host(host).filter(|service| query_protocol(service).is_some()).or_else(|| {
                            speaks.filter(has_version).find(|service| service.operation(action).is_some())
                        })
                    }
                }
            }
            Call::Rpc { .. } | Call::Path => {
                let signed_for =
                    |name| self.services.iter().find(|service| service.schema.signing_name == name);
                claimed.and_then(signed_for).or_else(|| self.at_host(host))
            }
        }
    }

    /// `ecs.us-east-1.…` or `ecs.localhost`.
    fn at_host(&self, host: &str) -> Option<&Service<Cx>> {
        let (label, _) = host.split_once('.')?;
        self.services.iter().find(|service| service.schema.endpoint_prefix.eq_ignore_ascii_case(label))
    }
}

/// Which of the query protocols a service speaks, if one.
pub(crate) fn query_protocol(service: &Service<Cx>) -> Option<Protocol> {
    let mut protocols = service.schema.protocols.iter().copied();
    protocols.find(|protocol| matches!(protocol, Protocol::AwsQuery | Protocol::Ec2Query))
}
