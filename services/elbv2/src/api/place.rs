//! Where a load balancer is: its subnets, one for each zone, with an interface in each, and its security groups.

use crate::errors::{self, configuration, refuse, validation};
use ::api::elbv2::{Error, SubnetMapping};
use auth::Cx;
use model::ec2::Requester;
use model::ec2::{
    ElasticIp, InterfaceAttachment, InterfaceAttachmentStatus, InterfaceOwner, InterfaceType, SecurityGroup,
    Subnet,
};
use model::elbv2::{BalancerSubnet, LoadBalancer, LoadBalancerIpAddressType, LoadBalancerKind, Scheme};
use model::ids::{AddressAssociationId, AllocationId, InterfaceAttachmentId, SecurityGroupId, VpcId};
use state::ec2::network_interface::{self, NewInterface};
use state::ec2::{Draw, elastic_ip, internet_gateway, security_group};
use state::{Source, Tx};
use std::net::Ipv4Addr;
use std::sync::Arc;

/// Free addresses that a subnet has to have.
const ROOM: u64 = 8;

/// Security groups of a load balancer.
const MOST_GROUPS: usize = 5;

/// A subnet as it was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub(crate) subnet: Arc<Subnet>,
    pub(crate) allocation: Option<AllocationId>,
    pub(crate) private_address: Option<Ipv4Addr>,
}

/// Subnets of a request, in order of their zones: all of one VPC, no two of one zone, and as many as the kind needs.
pub(crate) fn subnets(
    from: &impl Source,
    cx: &Cx,
    kind: LoadBalancerKind,
    scheme: Scheme,
    plain: Option<&[String]>,
    mappings: Option<&[SubnetMapping]>,
) -> Result<Vec<Wanted>, Error> {
    let (plain, mappings) = (plain.unwrap_or_default(), mappings.unwrap_or_default());
    if !plain.is_empty() && !mappings.is_empty() {
        return Err(validation("You can specify either subnets or subnet mappings, but not both"));
    }
    let mut wanted = Vec::new();
    for id in plain {
        wanted.push(Wanted { subnet: subnet(from, cx, id)?, allocation: None, private_address: None });
    }
    for mapping in mappings {
        wanted.push(mapped(from, cx, kind, scheme, mapping)?);
    }
    wanted.sort_by(|a, b| (&a.subnet.zone, &a.subnet.id).cmp(&(&b.subnet.zone, &b.subnet.id)));
    wanted.dedup_by(|a, b| a.subnet.id == b.subnet.id);
    if wanted.windows(2).any(|pair| pair[0].subnet.vpc != pair[1].subnet.vpc) {
        return Err(configuration("All subnets must belong to the same VPC"));
    }
    if wanted.windows(2).any(|pair| pair[0].subnet.zone == pair[1].subnet.zone) {
        return Err(configuration(
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        ));
    }
    match kind {
        LoadBalancerKind::Application if wanted.len() < 2 => {
            Err(validation("At least two subnets in two different Availability Zones must be specified"))
        }
        LoadBalancerKind::Network if wanted.is_empty() => {
            Err(validation("At least one subnet must be specified"))
        }
        LoadBalancerKind::Application | LoadBalancerKind::Network => Ok(wanted),
    }
}

fn subnet(from: &impl Source, cx: &Cx, id: &str) -> Result<Arc<Subnet>, Error> {
    let found = from.get::<Subnet>(id).filter(|subnet| subnet.scope == cx.scope);
    found.ok_or_else(|| Error::subnet_not_found(format!("The subnet ID '{id}' does not exist")))
}

fn mapped(
    from: &impl Source,
    cx: &Cx,
    kind: LoadBalancerKind,
    scheme: Scheme,
    mapping: &SubnetMapping,
) -> Result<Wanted, Error> {
    refuse(&[
        ("IPv6 addresses of a client's choice", mapping.ipv6_address.is_some()),
        ("IPv6 prefixes for source NAT", mapping.source_nat_ipv6_prefix.is_some()),
    ])?;
    let id = mapping.subnet_id.as_deref().ok_or_else(|| validation("A subnet ID must be specified"))?;
    let subnet = subnet(from, cx, id)?;
    if kind == LoadBalancerKind::Application
        && (mapping.allocation_id.is_some() || mapping.private_ipv4_address.is_some())
    {
        return Err(configuration(
            "Elastic IP addresses and private IPv4 addresses cannot be specified for load balancers of type 'application'",
        ));
    }
    if scheme == Scheme::Internal && mapping.allocation_id.is_some() {
        return Err(configuration("Elastic IP addresses cannot be specified for internal load balancers"));
    }
    if scheme == Scheme::InternetFacing && mapping.private_ipv4_address.is_some() {
        return Err(configuration(
            "Private IPv4 addresses can only be specified for internal load balancers",
        ));
    }
    let allocation = mapping.allocation_id.as_deref().map(|id| allocation(from, cx, id)).transpose()?;
    let private_address = mapping.private_ipv4_address.as_deref().map(|text| {
        text.parse().map_err(|_| validation(format!("The private IPv4 address '{text}' is not valid")))
    });
    Ok(Wanted { subnet, allocation, private_address: private_address.transpose()? })
}

fn allocation(from: &impl Source, cx: &Cx, id: &str) -> Result<AllocationId, Error> {
    let found = from.get::<ElasticIp>(id).filter(|address| address.scope == cx.scope);
    let address = found
        .ok_or_else(|| Error::allocation_id_not_found(format!("The allocation ID '{id}' does not exist")))?;
    Ok(address.allocation.clone())
}

/// Checks that an internet-facing load balancer's VPC leads to the internet.
pub(crate) fn check_gateway(from: &Tx<'_>, vpc: &VpcId, scheme: Scheme) -> Result<(), Error> {
    if scheme == Scheme::InternetFacing && from.by_index(internet_gateway::BY_VPC, vpc).next().is_none() {
        return Err(Error::invalid_subnet(format!("VPC {vpc} has no internet gateway")));
    }
    Ok(())
}

/// Security groups of a request, in its order, all of the VPC.
pub(crate) fn groups(
    from: &impl Source,
    cx: &Cx,
    vpc: &VpcId,
    named: &[String],
) -> Result<Vec<SecurityGroupId>, Error> {
    let mut groups: Vec<SecurityGroupId> = Vec::new();
    for id in named {
        let found = from.get::<SecurityGroup>(id).filter(|group| group.scope == cx.scope);
        let group = found.ok_or_else(|| {
            Error::invalid_security_group(format!("The security group '{id}' does not exist"))
        })?;
        if group.vpc != *vpc {
            return Err(configuration(format!("Security group '{id}' does not belong to VPC '{vpc}'")));
        }
        if !groups.contains(&group.id) {
            groups.push(group.id.clone());
        }
    }
    if groups.len() > MOST_GROUPS {
        return Err(configuration(format!("The maximum number of security groups is {MOST_GROUPS}")));
    }
    Ok(groups)
}

/// The VPC's default group, for a load balancer that has to have one.
pub(crate) fn default_group(from: &impl Source, vpc: &VpcId) -> SecurityGroupId {
    security_group::default_of(from.table(), vpc).expect("every VPC has a default group").id.clone()
}

/// Whether the interfaces of a load balancer have public IPv4 addresses.
pub(crate) fn is_public(scheme: Scheme, addresses: LoadBalancerIpAddressType) -> bool {
    scheme == Scheme::InternetFacing && addresses != LoadBalancerIpAddressType::DualstackWithoutPublicIpv4
}

/// Makes a load balancer's interface in a subnet.
pub(crate) fn enter(
    tx: &mut Tx<'_>,
    cx: &Cx,
    balancer: &LoadBalancer,
    wanted: &Wanted,
    draw: Draw<'_>,
) -> Result<BalancerSubnet, Error> {
    let Wanted { subnet, allocation, private_address } = wanted;
    if network_interface::free_count(tx.table(), subnet) < ROOM {
        return Err(errors::no_room(&subnet.id));
    }
    let elastic = allocation.as_ref().map(|id| free_address(tx, id)).transpose()?;
    let dualstack = balancer.ip_address_type != LoadBalancerIpAddressType::Ipv4;
    let ipv6 = if dualstack { vec![ipv6(subnet, draw)?] } else { Vec::new() };
    let new = NewInterface {
        subnet: Arc::clone(subnet),
        groups: balancer.security_groups.clone(),
        address: *private_address,
        secondary_addresses: Vec::new(),
        ipv6_addresses: ipv6,
        public: elastic.is_none() && is_public(balancer.scheme, balancer.ip_address_type),
        description: format!("ELB {}", balancer.full_name()),
        interface_type: match balancer.kind {
            LoadBalancerKind::Application => InterfaceType::Interface,
            LoadBalancerKind::Network => InterfaceType::NetworkLoadBalancer,
        },
        requester: Some(Requester { id: SERVICE.to_owned() }),
        attachment: Some(InterfaceAttachment {
            id: InterfaceAttachmentId::from_random(draw()),
            device_index: 1,
            status: InterfaceAttachmentStatus::Attached,
            instance: None,
            instance_owner: SERVICE.to_owned(),
            attached_at: cx.now,
            delete_on_termination: false,
        }),
        host: None,
        owner: InterfaceOwner::LoadBalancer(balancer.arn.clone()),
        source_dest_check: false,
        tags: Vec::new(),
    };
    let interface = network_interface::create(tx, new, cx.now, draw).map_err(errors::interface)?;
    if let Some(address) = elastic {
        let association = AddressAssociationId::from_random(draw());
        elastic_ip::associate(tx, &address, &interface.id, interface.address, association);
    }
    Ok(BalancerSubnet {
        subnet: subnet.id.clone(),
        zone: subnet.zone.clone(),
        interface: interface.id.clone(),
        allocation: allocation.clone(),
        private_address: *private_address,
    })
}

/// Who manages the interfaces, as DescribeNetworkInterfaces shows it.
const SERVICE: &str = "amazon-elb";

fn ipv6(subnet: &Subnet, draw: Draw<'_>) -> Result<std::net::Ipv6Addr, Error> {
    network_interface::random_ipv6(subnet, draw).ok_or_else(|| no_ipv6(subnet))
}

pub(crate) fn no_ipv6(subnet: &Subnet) -> Error {
    Error::invalid_subnet(format!("The subnet '{}' has no IPv6 CIDR block", subnet.id))
}

fn free_address(tx: &Tx<'_>, id: &AllocationId) -> Result<Arc<ElasticIp>, Error> {
    let address = tx
        .get::<ElasticIp>(id)
        .ok_or_else(|| Error::allocation_id_not_found(format!("The allocation ID '{id}' does not exist")))?;
    match address.association {
        None => Ok(address),
        Some(_) => Err(Error::resource_in_use(format!("The allocation ID '{id}' is already associated"))),
    }
}
