//! Network interfaces: made by the account, shown whoever made them.

use crate::convert;
use crate::describe::{Field, Query, select};
use crate::errors::{self, invalid, refuse};
use crate::once::Once;
use crate::resource::{find, group};
use crate::service::Ec2;
use crate::tagging;
use ::api::Unit;
use ::api::ec2::{
    CreateNetworkInterfaceRequest, CreateNetworkInterfaceResult, DeleteNetworkInterfaceRequest,
    DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult, Error,
};
use auth::Cx;
use model::ec2::{InterfaceOwner, InterfaceType, NetworkInterface, Subnet, Vpc};
use model::ids::{SecurityGroupId, VpcId};
use state::Tx;
use state::ec2::network_interface::{self, NewInterface};
use state::ec2::{Draw, security_group};
use std::net::{Ipv4Addr, Ipv6Addr};

/// Security groups of an interface. Source: "Amazon VPC quotas", 2025.
pub(super) const MOST_GROUPS: usize = 5;

/// Private addresses of an interface that no instance type limits. Not established for AWS.
pub(super) const MOST_ADDRESSES: usize = 50;

fn publics(i: &NetworkInterface, value: fn(&model::ec2::PublicAddress) -> Option<String>) -> Vec<String> {
    i.public_addresses.iter().filter_map(value).collect()
}

fn attached(
    i: &NetworkInterface,
    value: fn(&model::ec2::InterfaceAttachment) -> Option<String>,
) -> Vec<String> {
    i.attachment.iter().filter_map(value).collect()
}

fn owner_of(i: &NetworkInterface, public: &model::ec2::PublicAddress) -> String {
    if public.allocation.is_some() { i.scope.account.clone() } else { "amazon".to_owned() }
}

fn named(i: &NetworkInterface, from: &state::Snapshot) -> bool {
    from.get::<Vpc>(&i.vpc).is_some_and(|vpc| vpc.dns_hostnames)
}

const ADDRESS_FIELDS: &[Field<NetworkInterface>] = &[
    ("addresses.association.owner-id", |i, _| i.public_addresses.iter().map(|p| owner_of(i, p)).collect()),
    ("addresses.association.public-ip", |i, _| publics(i, |p| Some(p.address.to_string()))),
    ("addresses.primary", |i, _| i.addresses().map(|a| (a == i.address).to_string()).collect()),
    ("addresses.private-ip-address", |i, _| i.addresses().map(|a| a.to_string()).collect()),
    ("association.allocation-id", |i, _| publics(i, |p| p.allocation.as_ref().map(ToString::to_string))),
    ("association.association-id", |i, _| publics(i, |p| p.association.as_ref().map(ToString::to_string))),
    ("association.ip-owner-id", |i, _| i.public_address().iter().map(|p| owner_of(i, p)).collect()),
    ("association.public-dns-name", |i, from| {
        let public = i.public_address().filter(|_| named(i, from));
        public.iter().map(|p| convert::public_name(p.address, &i.scope.region)).collect()
    }),
    ("association.public-ip", |i, _| i.public_address().iter().map(|p| p.address.to_string()).collect()),
    ("ipv6-addresses.ipv6-address", |i, _| i.ipv6_addresses.iter().map(ToString::to_string).collect()),
    ("mac-address", |i, _| vec![i.mac.clone()]),
    ("private-dns-name", |i, from| {
        named(i, from).then(|| model::ec2::private_dns_name(i.address, &i.scope.region)).into_iter().collect()
    }),
    ("private-ip-address", |i, _| i.addresses().map(|a| a.to_string()).collect()),
];

const OTHER_FIELDS: &[Field<NetworkInterface>] = &[
    ("attachment.attach-time", |i, _| attached(i, |a| Some(convert::time(a.attached_at).to_string()))),
    ("attachment.attachment-id", |i, _| attached(i, |a| Some(a.id.to_string()))),
    ("attachment.delete-on-termination", |i, _| attached(i, |a| Some(a.delete_on_termination.to_string()))),
    ("attachment.device-index", |i, _| attached(i, |a| Some(a.device_index.to_string()))),
    ("attachment.instance-id", |i, _| attached(i, |a| a.instance.as_ref().map(ToString::to_string))),
    ("attachment.instance-owner-id", |i, _| attached(i, |a| Some(a.instance_owner.clone()))),
    ("attachment.status", |i, _| attached(i, |a| Some(a.status.to_string()))),
    ("availability-zone", |i, _| vec![i.zone.clone()]),
    ("availability-zone-id", |i, _| model::ec2::zone_id(&i.scope.region, &i.zone).into_iter().collect()),
    ("description", |i, _| vec![i.description.clone()]),
    ("group-id", |i, _| i.groups.iter().map(ToString::to_string).collect()),
    ("group-name", |i, from| {
        let groups = i.groups.iter().filter_map(|id| from.get::<model::ec2::SecurityGroup>(id));
        groups.map(|g| g.name.clone()).collect()
    }),
    ("interface-type", |i, _| vec![i.interface_type.to_string()]),
    ("network-interface-id", |i, _| vec![i.id.to_string()]),
    ("operator.managed", |_, _| vec!["false".to_owned()]),
    ("operator.principal", |_, _| Vec::new()),
    ("owner-id", |i, _| vec![i.scope.account.clone()]),
    ("requester-id", |i, _| i.requester.iter().map(|r| r.id.clone()).collect()),
    ("requester-managed", |i, _| vec![i.requester.is_some().to_string()]),
    ("source-dest-check", |i, _| vec![i.source_dest_check.to_string()]),
    ("status", |i, _| vec![i.status().to_string()]),
    ("subnet-id", |i, _| vec![i.subnet.to_string()]),
    ("vpc-id", |i, _| vec![i.vpc.to_string()]),
];

pub(crate) async fn create_network_interface(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateNetworkInterfaceRequest,
) -> Result<CreateNetworkInterfaceResult, Error> {
    refuse(&[
        ("ipv4Prefix", input.ipv4_prefixes.is_some() || input.ipv4_prefix_count.is_some()),
        ("ipv6Prefix", input.ipv6_prefixes.is_some() || input.ipv6_prefix_count.is_some()),
        ("enablePrimaryIpv6", input.enable_primary_ipv6 == Some(true)),
        ("connectionTrackingSpecification", input.connection_tracking_specification.is_some()),
        ("operator", input.operator.is_some()),
        ("interfaceType", input.interface_type.as_ref().is_some_and(|t| t.as_str() != "interface")),
    ])?;
    let (primary, secondary) = named_addresses(&input)?;
    let ipv6 = input.ipv6_addresses.iter().flatten().map(|a| {
        let text = a.ipv6_address.as_deref().unwrap_or_default();
        text.parse().map_err(|_| invalid("ipv6Address", text, "This is not a valid IPv6 address."))
    });
    let ipv6: Vec<Ipv6Addr> = distinct(ipv6.collect::<Result<_, Error>>()?);
    let ipv6_count = count("ipv6AddressCount", input.ipv6_address_count)?;
    let more = count("secondaryPrivateIpAddressCount", input.secondary_private_ip_address_count)?;
    let tags = tagging::of_new("network-interface", input.tag_specifications.as_deref())?;
    let once = Once::new(cx, "CreateNetworkInterface", input.client_token.as_deref(), &input);
    let id = ec2
        .change(cx, input.dry_run, |tx, draw| {
            once.make(tx, cx, |tx| {
                let subnet = find::<Subnet>(tx, &cx.scope, &input.subnet_id)?;
                let groups = groups(tx, cx, &subnet.vpc, input.groups.as_deref())?;
                let mut ipv6_addresses = ipv6.clone();
                let wanted = match ipv6_count {
                    0 if ipv6.is_empty() && subnet.assign_ipv6_on_creation => 1,
                    wanted => wanted,
                };
                for _ in 0..wanted {
                    ipv6_addresses.push(random_ipv6(&subnet, draw)?);
                }
                let mut secondary_addresses = secondary.clone();
                let address = match primary {
                    Some(address) => address,
                    None => free(tx, &subnet, &secondary_addresses, draw)?,
                };
                for _ in 0..more {
                    let mut besides = secondary_addresses.clone();
                    besides.push(address);
                    secondary_addresses.push(free(tx, &subnet, &besides, draw)?);
                }
                let new = NewInterface {
                    subnet,
                    groups,
                    address: Some(address),
                    secondary_addresses,
                    ipv6_addresses,
                    public: false,
                    description: input.description.clone().unwrap_or_default(),
                    interface_type: InterfaceType::Interface,
                    requester: None,
                    attachment: None,
                    host: None,
                    owner: InterfaceOwner::User,
                    source_dest_check: true,
                    tags: tags.clone(),
                };
                let made = network_interface::create(tx, new, cx.now, draw).map_err(errors::interface)?;
                Ok(made.id.to_string())
            })
        })
        .await?;
    let snapshot = ec2.state.snapshot();
    let made = find::<NetworkInterface>(&snapshot, &cx.scope, &id)?;
    let network_interface = Some(convert::network_interface(&made, &snapshot));
    Ok(CreateNetworkInterfaceResult { network_interface, client_token: input.client_token })
}

pub(super) fn count(parameter: &str, given: Option<i32>) -> Result<usize, Error> {
    let count = given.unwrap_or(0);
    let within = usize::try_from(count).ok().filter(|count| *count < MOST_ADDRESSES);
    within.ok_or_else(|| invalid(parameter, count, "The number of addresses is not allowed."))
}

pub(super) fn free(
    tx: &Tx<'_>,
    subnet: &Subnet,
    besides: &[Ipv4Addr],
    draw: Draw<'_>,
) -> Result<Ipv4Addr, Error> {
    network_interface::free_address(tx.table(), subnet, besides, draw).map_err(errors::interface)
}

fn random_ipv6(subnet: &Subnet, draw: Draw<'_>) -> Result<Ipv6Addr, Error> {
    network_interface::random_ipv6(subnet, draw).ok_or_else(|| {
        Error::invalid_parameter_value(format!("Subnet {} has no IPv6 CIDR block.", subnet.id))
    })
}

pub(super) fn ipv4(parameter: &str, text: &str) -> Result<Ipv4Addr, Error> {
    text.parse().map_err(|_| invalid(parameter, text, "This is not a valid IPv4 address."))
}

/// Each address once, where it is named first. What AWS answers to one that is named twice is not established.
fn distinct<A: PartialEq>(named: Vec<A>) -> Vec<A> {
    let mut seen = Vec::with_capacity(named.len());
    for address in named {
        if !seen.contains(&address) {
            seen.push(address);
        }
    }
    seen
}

/// The primary address and the secondary ones, as far as the request names them.
fn named_addresses(
    input: &CreateNetworkInterfaceRequest,
) -> Result<(Option<Ipv4Addr>, Vec<Ipv4Addr>), Error> {
    let mut primary = input.private_ip_address.as_deref().map(|a| ipv4("privateIpAddress", a)).transpose()?;
    let mut secondary = Vec::new();
    for given in input.private_ip_addresses.iter().flatten() {
        let address = ipv4("privateIpAddresses", given.private_ip_address.as_deref().unwrap_or_default())?;
        if given.primary != Some(true) {
            secondary.push(address);
        } else if primary.is_some_and(|before| before != address) {
            return Err(Error::invalid_parameter_combination(
                "Only one primary private IP address can be specified.",
            ));
        } else {
            primary = Some(address);
        }
    }
    secondary.retain(|address| Some(*address) != primary);
    let secondary = distinct(secondary);
    if secondary.len() >= MOST_ADDRESSES {
        return Err(Error::private_ip_address_limit_exceeded(format!(
            "Number of private addresses will exceed limit: {MOST_ADDRESSES}."
        )));
    }
    Ok((primary, secondary))
}

/// Groups for an interface of a VPC; its default one where none is named.
pub(super) fn groups(
    tx: &Tx<'_>,
    cx: &Cx,
    vpc: &VpcId,
    named: Option<&[String]>,
) -> Result<Vec<SecurityGroupId>, Error> {
    let mut groups: Vec<SecurityGroupId> = Vec::new();
    for id in named.unwrap_or_default() {
        let group = group(tx, &cx.scope, id)?;
        if group.vpc != *vpc {
            return Err(Error::invalid_group_not_found(
                "You have specified two resources that belong to different networks.",
            ));
        }
        if !groups.contains(&group.id) {
            groups.push(group.id.clone());
        }
    }
    if groups.len() > MOST_GROUPS {
        return Err(Error::security_groups_per_interface_limit_exceeded(
            "The maximum number of security groups per interface has been reached.",
        ));
    }
    if groups.is_empty() {
        let default = security_group::default_of(tx.table(), vpc);
        groups.push(default.expect("every VPC has a default group").id.clone());
    }
    Ok(groups)
}

pub(crate) fn describe_network_interfaces(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeNetworkInterfacesRequest,
) -> Result<DescribeNetworkInterfacesResult, Error> {
    let query = Query {
        dry_run: input.dry_run,
        ids: input.network_interface_ids.as_deref(),
        filters: input.filters.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let snapshot = ec2.state.snapshot();
    let page = select(&snapshot, cx, &query, &[ADDRESS_FIELDS, OTHER_FIELDS].concat())?;
    let network_interfaces = page.shown(|i| convert::network_interface(i, &snapshot));
    Ok(DescribeNetworkInterfacesResult { network_interfaces, next_token: page.next_token })
}

pub(crate) async fn delete_network_interface(
    ec2: &Ec2,
    cx: &Cx,
    input: DeleteNetworkInterfaceRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let interface = find::<NetworkInterface>(tx, &cx.scope, &input.network_interface_id)?;
        if interface.attachment.is_some() {
            return Err(Error::invalid_parameter_value(format!(
                "Network interface '{}' is currently in use.",
                interface.id
            )));
        }
        refuse_foreign(&interface)?;
        network_interface::release(tx, &interface.id);
        Ok(Unit {})
    })
    .await
}

/// What a service manages, the account may not change.
pub(super) fn refuse_foreign(interface: &NetworkInterface) -> Result<(), Error> {
    if interface.requester.is_some() {
        return Err(no_permission());
    }
    Ok(())
}

/// Source: answers to changes of interfaces and addresses of NAT gateways, and to detachments of services' interfaces, that people published.
pub(super) fn no_permission() -> Error {
    Error::auth_failure("You do not have permission to access the specified resource.")
}
