//! Subnets: blocks of a VPC that overlap with no other.

use super::vpc::canonical;
use crate::convert;
use crate::describe::{Field, Query, select};
use crate::errors::{in_use, invalid, missing, refuse};
use crate::resource::find;
use crate::service::Ec2;
use crate::tagging;
use ::api::Unit;
use ::api::ec2::{
    AssociateSubnetCidrBlockRequest, AssociateSubnetCidrBlockResult, AttributeBooleanValue,
    CreateSubnetRequest, CreateSubnetResult, DeleteSubnetRequest, DescribeSubnetsRequest,
    DescribeSubnetsResult, DisassociateSubnetCidrBlockRequest, DisassociateSubnetCidrBlockResult, Error,
    ModifySubnetAttributeRequest,
};
use auth::Cx;
use model::ec2::{
    AssociatedWith, HostnameType, Ipv4Block, Ipv6Block, NetworkAcl, RouteTable, Subnet,
    SubnetIpv6Association, Vpc, zone_id, zones,
};
use model::ids::{SubnetCidrAssociationId, SubnetId};
use state::Tx;
use state::ec2::{Draw, network_acl, network_interface, route_table, subnet};
use std::sync::Arc;

/// Source: "Amazon VPC quotas", 2025.
const MOST_SUBNETS: usize = 200;

const FIELDS: &[Field<Subnet>] = &[
    ("availability-zone", |s, _| vec![s.zone.clone()]),
    ("availabilityZone", |s, _| vec![s.zone.clone()]),
    ("availability-zone-id", |s, _| zone_id(&s.scope.region, &s.zone).into_iter().collect()),
    ("availabilityZoneId", |s, _| zone_id(&s.scope.region, &s.zone).into_iter().collect()),
    ("available-ip-address-count", |s, from| {
        vec![network_interface::free_count(from.table(), s).to_string()]
    }),
    ("cidr-block", |s, _| vec![s.block.to_string()]),
    ("cidr", |s, _| vec![s.block.to_string()]),
    ("cidrBlock", |s, _| vec![s.block.to_string()]),
    ("customer-owned-ipv4-pool", |_, _| Vec::new()),
    ("default-for-az", |s, _| vec![s.default_for_zone.to_string()]),
    ("defaultForAz", |s, _| vec![s.default_for_zone.to_string()]),
    ("enable-dns64", |s, _| vec![s.dns64.to_string()]),
    ("enable-lni-at-device-index", |_, _| Vec::new()),
    ("ipv6-cidr-block-association.ipv6-cidr-block", |s, _| {
        s.ipv6.iter().map(|a| a.block.to_string()).collect()
    }),
    ("ipv6-cidr-block-association.association-id", |s, _| s.ipv6.iter().map(|a| a.id.to_string()).collect()),
    ("ipv6-cidr-block-association.state", |s, _| s.ipv6.iter().map(|_| "associated".to_owned()).collect()),
    ("ipv6-native", |_, _| vec!["false".to_owned()]),
    ("map-customer-owned-ip-on-launch", |_, _| vec!["false".to_owned()]),
    ("map-public-ip-on-launch", |s, _| vec![s.map_public_ip_on_launch.to_string()]),
    ("outpost-arn", |_, _| Vec::new()),
    ("owner-id", |s, _| vec![s.scope.account.clone()]),
    ("private-dns-name-options-on-launch.hostname-type", |s, _| vec![s.hostname_type.to_string()]),
    ("private-dns-name-options-on-launch.enable-resource-name-dns-a-record", |s, _| {
        vec![s.resource_name_dns_a_record.to_string()]
    }),
    ("private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record", |s, _| {
        vec![s.resource_name_dns_aaaa_record.to_string()]
    }),
    ("state", |_, _| vec!["available".to_owned()]),
    ("subnet-arn", |s, _| vec![s.scope.arn("ec2", format!("subnet/{}", s.id)).to_string()]),
    ("subnet-id", |s, _| vec![s.id.to_string()]),
    ("vpc-id", |s, _| vec![s.vpc.to_string()]),
];

pub(crate) async fn create_subnet(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateSubnetRequest,
) -> Result<CreateSubnetResult, Error> {
    refuse(&[
        ("outpostArn", input.outpost_arn.is_some()),
        ("ipv6Native", input.ipv6_native == Some(true)),
        ("ipv4IpamPoolId", input.ipv4_ipam_pool_id.is_some()),
        ("ipv4NetmaskLength", input.ipv4_netmask_length.is_some()),
        ("ipv6IpamPoolId", input.ipv6_ipam_pool_id.is_some()),
        ("ipv6NetmaskLength", input.ipv6_netmask_length.is_some()),
    ])?;
    let text = input.cidr_block.as_deref().ok_or_else(|| missing("cidrBlock"))?;
    let block = canonical("cidrBlock", text)?;
    let ipv6 = input.ipv6_cidr_block.as_deref().map(ipv6_block).transpose()?;
    let zone = zone(cx, input.availability_zone.as_deref(), input.availability_zone_id.as_deref())?;
    let tags = tagging::of_new("subnet", input.tag_specifications.as_deref())?;
    let made = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let vpc = find::<Vpc>(tx, &cx.scope, &input.vpc_id)?;
            check_block(tx, &vpc, block, text)?;
            let ipv6 = ipv6.map(|block| associate(tx, &vpc, block, draw)).transpose()?;
            let new = Subnet {
                id: SubnetId::from_random(draw()),
                scope: cx.scope.clone(),
                vpc: vpc.id.clone(),
                block,
                zone: zone.clone(),
                default_for_zone: false,
                map_public_ip_on_launch: false,
                assign_ipv6_on_creation: false,
                ipv6,
                dns64: false,
                hostname_type: HostnameType::IpName,
                resource_name_dns_a_record: false,
                resource_name_dns_aaaa_record: false,
                tags: tags.clone(),
            };
            Ok(subnet::create(tx, new, draw))
        })
        .await?;
    Ok(CreateSubnetResult { subnet: Some(convert::subnet(&made, &ec2.state.snapshot())) })
}

fn check_block(tx: &Tx<'_>, vpc: &Vpc, block: Ipv4Block, text: &str) -> Result<(), Error> {
    if !(16..=28).contains(&block.prefix_len()) || !vpc.blocks().any(|b| b.covers(block)) {
        return Err(Error::invalid_subnet_range(format!("The CIDR '{text}' is invalid.")));
    }
    let mut others = tx.by_index(subnet::BY_VPC, &vpc.id);
    if others.any(|s| s.block.overlaps(block)) {
        return Err(Error::invalid_subnet_conflict(format!(
            "The CIDR '{text}' conflicts with another subnet"
        )));
    }
    if tx.by_index(subnet::BY_VPC, &vpc.id).count() >= MOST_SUBNETS {
        return Err(Error::subnet_limit_exceeded("The maximum number of subnets has been reached."));
    }
    Ok(())
}

/// The zone that is named by name or id; the region's first where none is.
// AWS differs: AWS chooses one of its own accord; ours is told in advance.
fn zone(cx: &Cx, name: Option<&str>, id: Option<&str>) -> Result<String, Error> {
    let region = &cx.scope.region;
    let names: Vec<String> = zones(region).collect();
    let only = format!(
        "Subnets can currently only be created in the following availability zones: {}.",
        names.join(", ")
    );
    match (name, id) {
        (Some(name), _) => {
            names.iter().find(|z| *z == name).cloned().ok_or_else(|| invalid("availabilityZone", name, &only))
        }
        (None, Some(id)) => names
            .iter()
            .find(|z| zone_id(region, z).as_deref() == Some(id))
            .cloned()
            .ok_or_else(|| invalid("availabilityZoneId", id, &only)),
        (None, None) => Ok(names[0].clone()),
    }
}

fn ipv6_block(text: &str) -> Result<Ipv6Block, Error> {
    let block: Ipv6Block =
        text.parse().map_err(|_| invalid("ipv6CidrBlock", text, "This is not a valid IPv6 CIDR block."))?;
    if block.prefix_len() != 64 {
        return Err(Error::invalid_subnet_range(format!("The CIDR '{text}' is invalid.")));
    }
    Ok(block)
}

/// A /64 for a subnet of the VPC, which is in one of its blocks and no other subnet's.
fn associate(
    tx: &Tx<'_>,
    vpc: &Vpc,
    block: Ipv6Block,
    draw: Draw<'_>,
) -> Result<SubnetIpv6Association, Error> {
    if !vpc.ipv6_blocks.iter().any(|a| a.block.covers(block)) {
        return Err(Error::invalid_subnet_range(format!("The CIDR '{block}' is invalid.")));
    }
    let mut others = tx.by_index(subnet::BY_VPC, &vpc.id);
    if others.any(|s| s.ipv6.as_ref().is_some_and(|a| a.block.overlaps(block))) {
        return Err(Error::invalid_subnet_conflict(format!(
            "The CIDR '{block}' conflicts with another subnet"
        )));
    }
    Ok(SubnetIpv6Association { id: SubnetCidrAssociationId::from_random(draw()), block })
}

pub(crate) fn describe_subnets(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeSubnetsRequest,
) -> Result<DescribeSubnetsResult, Error> {
    let query = Query {
        dry_run: input.dry_run,
        ids: input.subnet_ids.as_deref(),
        filters: input.filters.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let snapshot = ec2.state.snapshot();
    let page = select(&snapshot, cx, &query, FIELDS)?;
    Ok(DescribeSubnetsResult {
        subnets: page.shown(|s| convert::subnet(s, &snapshot)),
        next_token: page.next_token,
    })
}

pub(crate) async fn delete_subnet(ec2: &Ec2, cx: &Cx, input: DeleteSubnetRequest) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let subnet = find::<Subnet>(tx, &cx.scope, &input.subnet_id)?;
        if tx.by_index(network_interface::BY_SUBNET, &subnet.id).next().is_some() {
            return Err(in_use("subnet", &subnet.id));
        }
        let table = tx.by_index(route_table::BY_SUBNET, &subnet.id).next().map(|t| t.id.clone());
        if let Some(table) = table {
            let with = AssociatedWith::Subnet(subnet.id.clone());
            tx.modify::<RouteTable>(&table, |t| t.associations.retain(|a| a.with != with));
        }
        let acl = network_acl::of_subnet(tx.table(), &subnet.id).map(|a| a.id.clone());
        if let Some(acl) = acl {
            tx.modify::<NetworkAcl>(&acl, |a| a.associations.retain(|s| s.subnet != subnet.id));
        }
        tx.delete::<Subnet>(&subnet.id);
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn modify_subnet_attribute(
    ec2: &Ec2,
    cx: &Cx,
    input: ModifySubnetAttributeRequest,
) -> Result<Unit, Error> {
    let given = |v: &Option<AttributeBooleanValue>| v.as_ref().and_then(|v| v.value);
    refuse(&[
        ("mapCustomerOwnedIpOnLaunch", given(&input.map_customer_owned_ip_on_launch) == Some(true)),
        ("customerOwnedIpv4Pool", input.customer_owned_ipv4_pool.is_some()),
        ("enableLniAtDeviceIndex", input.enable_lni_at_device_index.is_some()),
        ("disableLniAtDeviceIndex", given(&input.disable_lni_at_device_index) == Some(true)),
    ])?;
    let hostname_type: Option<HostnameType> = match &input.private_dns_hostname_type_on_launch {
        Some(named) => Some(named.as_str().parse().map_err(|_| {
            invalid("privateDnsHostnameTypeOnLaunch", named, "Expecting 'ip-name' or 'resource-name'.")
        })?),
        None => None,
    };
    let attributes = [
        ("assignIpv6AddressOnCreation", given(&input.assign_ipv6_address_on_creation)),
        ("mapPublicIpOnLaunch", given(&input.map_public_ip_on_launch)),
        ("enableDns64", given(&input.enable_dns64)),
        ("enableResourceNameDnsARecordOnLaunch", given(&input.enable_resource_name_dns_a_record_on_launch)),
        (
            "enableResourceNameDnsAAAARecordOnLaunch",
            given(&input.enable_resource_name_dns_aaaa_record_on_launch),
        ),
        ("privateDnsHostnameTypeOnLaunch", hostname_type.map(|_| true)),
        // That it is not so here can be said, and changes nothing.
        ("mapCustomerOwnedIpOnLaunch", given(&input.map_customer_owned_ip_on_launch)),
        ("disableLniAtDeviceIndex", given(&input.disable_lni_at_device_index)),
    ];
    let named: Vec<&str> =
        attributes.iter().filter(|(_, value)| value.is_some()).map(|(name, _)| *name).collect();
    match named.len() {
        // AWS's answer is not established.
        0 => return Err(missing("mapPublicIpOnLaunch")),
        1 => {}
        _ => {
            return Err(Error::invalid_parameter_combination(format!(
                "Only one subnet attribute can be modified at a time.\nProvided attributes: [{}]",
                named.join(", ")
            )));
        }
    }
    let [assign_ipv6, map_public, dns64, a_record, aaaa_record, ..] = attributes.map(|(_, value)| value);
    ec2.change(cx, None, |tx, _| {
        let subnet = find::<Subnet>(tx, &cx.scope, &input.subnet_id)?;
        if assign_ipv6 == Some(true) && subnet.ipv6.is_none() {
            return Err(Error::invalid_parameter_value(format!(
                "Invalid value 'true' for assignIpv6AddressOnCreation. Subnet {} has no IPv6 CIDR block.",
                subnet.id
            )));
        }
        tx.modify::<Subnet>(&subnet.id, |s| {
            s.assign_ipv6_on_creation = assign_ipv6.unwrap_or(s.assign_ipv6_on_creation);
            s.map_public_ip_on_launch = map_public.unwrap_or(s.map_public_ip_on_launch);
            s.dns64 = dns64.unwrap_or(s.dns64);
            s.resource_name_dns_a_record = a_record.unwrap_or(s.resource_name_dns_a_record);
            s.resource_name_dns_aaaa_record = aaaa_record.unwrap_or(s.resource_name_dns_aaaa_record);
            s.hostname_type = hostname_type.unwrap_or(s.hostname_type);
        });
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn associate_subnet_cidr_block(
    ec2: &Ec2,
    cx: &Cx,
    input: AssociateSubnetCidrBlockRequest,
) -> Result<AssociateSubnetCidrBlockResult, Error> {
    refuse(&[
        ("ipv6IpamPoolId", input.ipv6_ipam_pool_id.is_some()),
        ("ipv6NetmaskLength", input.ipv6_netmask_length.is_some()),
    ])?;
    let block = ipv6_block(input.ipv6_cidr_block.as_deref().ok_or_else(|| missing("ipv6CidrBlock"))?)?;
    let association = ec2
        .change(cx, None, |tx, draw| {
            let subnet = find::<Subnet>(tx, &cx.scope, &input.subnet_id)?;
            let vpc = find::<Vpc>(tx, &cx.scope, subnet.vpc.as_str())?;
            if subnet.ipv6.is_some() {
                return Err(Error::cidr_limit_exceeded(format!(
                    "This network '{}' has met its maximum number of allowed CIDRs: 1",
                    subnet.id
                )));
            }
            let association = associate(tx, &vpc, block, draw)?;
            tx.modify::<Subnet>(&subnet.id, |s| s.ipv6 = Some(association.clone()));
            Ok(association)
        })
        .await?;
    Ok(AssociateSubnetCidrBlockResult {
        ipv6_cidr_block_association: Some(convert::subnet_ipv6(&association, "associating")),
        subnet_id: Some(input.subnet_id),
    })
}

pub(crate) async fn disassociate_subnet_cidr_block(
    ec2: &Ec2,
    cx: &Cx,
    input: DisassociateSubnetCidrBlockRequest,
) -> Result<DisassociateSubnetCidrBlockResult, Error> {
    let id = &input.association_id;
    let (subnet, old) = ec2
        .change(cx, None, |tx, _| {
            let mut subnets = tx.by_index(subnet::BY_SCOPE, &cx.scope);
            let found: Option<Arc<Subnet>> =
                subnets.find(|s| s.ipv6.as_ref().is_some_and(|a| a.id.as_str() == id)).cloned();
            let subnet = found.ok_or_else(|| {
                Error::invalid_subnet_cidr_block_association_id_not_found(format!(
                    "The subnet CIDR block association ID '{id}' does not exist"
                ))
            })?;
            if tx.by_index(network_interface::BY_SUBNET, &subnet.id).any(|i| !i.ipv6_addresses.is_empty()) {
                return Err(Error::invalid_cidr_in_use(format!(
                    "The subnet {} currently has network interfaces with IPv6 addresses",
                    subnet.id
                )));
            }
            let old = subnet.ipv6.clone().expect("it was found by it");
            tx.modify::<Subnet>(&subnet.id, |s| {
                s.ipv6 = None;
                s.assign_ipv6_on_creation = false;
            });
            Ok((subnet.id.clone(), old))
        })
        .await?;
    Ok(DisassociateSubnetCidrBlockResult {
        ipv6_cidr_block_association: Some(convert::subnet_ipv6(&old, "disassociating")),
        subnet_id: Some(subnet.to_string()),
    })
}
