//! A load balancer, and whether there is one yet.

use super::attribute::{self, Attributes};
use crate::ids::{
    AllocationId, LoadBalancerArn, NetworkInterfaceId, Scope, SecurityGroupId, SubnetId, VpcId,
};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::net::Ipv4Addr;

/// What the names of all load balancers end with. Clients of the operator's machine take every name under `localhost` to its loopback (RFC 6761).
pub const DOMAIN: &str = "elb.localhost";

crate::status::named!(
    /// `LoadBalancerTypeEnum` of the API, as far as there are such.
    LoadBalancerKind, "load balancer type" {
        Application = "application",
        Network = "network",
    }
);

crate::status::named!(
    /// `LoadBalancerSchemeEnum` of the API.
    Scheme, "scheme" {
        InternetFacing = "internet-facing",
        Internal = "internal",
    }
);

crate::status::named!(
    /// `IpAddressType` of the API.
    LoadBalancerIpAddressType, "IP address type" {
        Ipv4 = "ipv4",
        Dualstack = "dualstack",
        /// Public IPv6 addresses, private IPv4 ones.
        DualstackWithoutPublicIpv4 = "dualstack-without-public-ipv4",
    }
);

crate::status::named!(
    /// `LoadBalancerStateEnum` of the API. Observed; what was never observed is being provisioned.
    LoadBalancerState, "load balancer state" {
        Provisioning = "provisioning",
        Active = "active",
        ActiveImpaired = "active_impaired",
        Failed = "failed",
    }
);

/// The record of a load balancer as it was asked for. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancer {
    pub arn: LoadBalancerArn,
    pub scope: Scope,
    /// Unique in its scope.
    pub name: String,
    pub kind: LoadBalancerKind,
    pub scheme: Scheme,
    pub ip_address_type: LoadBalancerIpAddressType,
    pub vpc: VpcId,
    /// One for each zone, in order of their zones.
    pub subnets: Vec<BalancerSubnet>,
    /// Of its VPC. A network load balancer may have none, and then is behind no firewall.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<SecurityGroupId>,
    /// Of a network load balancer with security groups: whether they are asked about what comes by PrivateLink.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_link_rules: Option<bool>,
    /// What was changed of [`attribute::of_load_balancer`].
    #[serde(default, skip_serializing_if = "Attributes::is_empty")]
    pub attributes: Attributes,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// Where a load balancer is in one zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BalancerSubnet {
    pub subnet: SubnetId,
    pub zone: String,
    /// The interface whose addresses are the load balancer's.
    pub interface: NetworkInterfaceId,
    /// The elastic address that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<AllocationId>,
    /// The private address that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_address: Option<Ipv4Addr>,
}

/// What the data plane reports of a load balancer. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Provision {
    pub load_balancer: LoadBalancerArn,
    pub state: LoadBalancerState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Zones in which some target group has fewer healthy targets than `target_group_health.dns_failover` asks for.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub failed_zones: BTreeSet<String>,
    pub observed_at: Timestamp,
}

impl LoadBalancerKind {
    /// As ARNs and descriptions of interfaces name it.
    pub const fn in_arn(self) -> &'static str {
        match self {
            Self::Application => "app",
            Self::Network => "net",
        }
    }
}

impl LoadBalancer {
    /// Its name in the DNS. A network load balancer's has its ARN's id; an application load balancer's has a number of its own in AWS, which
    /// here is the id's too.
    // AWS differs: `elb.localhost` instead of `elb.amazonaws.com`, and the region before `elb` for both kinds.
    pub fn dns_name(&self) -> String {
        let internal = match self.scheme {
            Scheme::Internal => "internal-",
            Scheme::InternetFacing => "",
        };
        format!("{internal}{}-{}.{}.{DOMAIN}", self.name, self.arn.id(), self.scope.region)
    }

    /// `app/NAME/ID`, as descriptions of its interfaces and dimensions of metrics have it.
    pub fn full_name(&self) -> &str {
        self.arn.path()
    }

    /// The value of an attribute, its default where nobody changed it. `None` for a key that it does not have.
    pub fn attribute(&self, key: &str) -> Option<&str> {
        let known = attribute::of_load_balancer(self.kind, self.scheme);
        self.attributes.value(&known, key)
    }

    pub fn is_protected(&self) -> bool {
        self.attribute(attribute::DELETION_PROTECTION) == Some("true")
    }

    pub fn has_zone(&self, zone: &str) -> bool {
        self.subnets.iter().any(|subnet| subnet.zone == zone)
    }
}
