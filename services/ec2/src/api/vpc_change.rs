//! Attributes of a VPC, and its further blocks.

use super::vpc::vpc_block;
use crate::convert;
use crate::errors::{missing, refuse};
use crate::resource::find;
use crate::service::Ec2;
use ::api::Unit;
use ::api::ec2::{
    AssociateVpcCidrBlockRequest, AssociateVpcCidrBlockResult, AttributeBooleanValue,
    DescribeVpcAttributeRequest, DescribeVpcAttributeResult, DisassociateVpcCidrBlockRequest,
    DisassociateVpcCidrBlockResult, Error, ModifyVpcAttributeRequest, VpcCidrBlockAssociation,
    VpcCidrBlockState,
};
use auth::Cx;
use model::ec2::{
    Destination, Ipv4Block, NetworkAcl, Route, RouteTable, RouteTarget, Subnet, Vpc, VpcIpv4Association,
    VpcIpv6Association,
};
use model::ids::VpcCidrAssociationId;
use state::Tx;
use state::ec2::{Draw, network_acl, route_table, settings, subnet, vpc};
use std::net::Ipv4Addr;
use std::sync::Arc;

/// Blocks of a VPC, of each family. Source: "Amazon VPC quotas", 2025.
const MOST_BLOCKS: usize = 5;

pub(crate) fn describe_vpc_attribute(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeVpcAttributeRequest,
) -> Result<DescribeVpcAttributeResult, Error> {
    let vpc = find::<Vpc>(&ec2.state.snapshot(), &cx.scope, &input.vpc_id)?;
    if input.dry_run == Some(true) {
        return Err(crate::errors::dry_run());
    }
    let mut result = DescribeVpcAttributeResult { vpc_id: Some(vpc.id.to_string()), ..Default::default() };
    let value = |value: bool| Some(AttributeBooleanValue { value: Some(value) });
    match input.attribute.as_str() {
        "enableDnsSupport" => result.enable_dns_support = value(vpc.dns_support),
        "enableDnsHostnames" => result.enable_dns_hostnames = value(vpc.dns_hostnames),
        _ => result.enable_network_address_usage_metrics = value(vpc.usage_metrics),
    }
    Ok(result)
}

pub(crate) async fn modify_vpc_attribute(
    ec2: &Ec2,
    cx: &Cx,
    input: ModifyVpcAttributeRequest,
) -> Result<Unit, Error> {
    let given = |v: &Option<AttributeBooleanValue>| v.as_ref().and_then(|v| v.value);
    let support = given(&input.enable_dns_support);
    let hostnames = given(&input.enable_dns_hostnames);
    let metrics = given(&input.enable_network_address_usage_metrics);
    match [support, hostnames, metrics].iter().flatten().count() {
        0 => return Err(missing("enableDnsSupport")),
        1 => {}
        _ => {
            return Err(Error::invalid_parameter_combination(
                "Fields for multiple attribute types specified. Only one attribute can be modified at a time.",
            ));
        }
    }
    ec2.change(cx, None, |tx, _| {
        let vpc = find::<Vpc>(tx, &cx.scope, &input.vpc_id)?;
        tx.modify::<Vpc>(&vpc.id, |v| {
            v.dns_support = support.unwrap_or(v.dns_support);
            v.dns_hostnames = hostnames.unwrap_or(v.dns_hostnames);
            v.usage_metrics = metrics.unwrap_or(v.usage_metrics);
        });
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn associate_vpc_cidr_block(
    ec2: &Ec2,
    cx: &Cx,
    input: AssociateVpcCidrBlockRequest,
) -> Result<AssociateVpcCidrBlockResult, Error> {
    refuse(&[
        ("ipv6Pool", input.ipv6_pool.is_some()),
        ("ipv6CidrBlock", input.ipv6_cidr_block.is_some()),
        ("ipv4IpamPoolId", input.ipv4_ipam_pool_id.is_some()),
        ("ipv4NetmaskLength", input.ipv4_netmask_length.is_some()),
        ("ipv6IpamPoolId", input.ipv6_ipam_pool_id.is_some()),
        ("ipv6NetmaskLength", input.ipv6_netmask_length.is_some()),
        ("ipv6CidrBlockNetworkBorderGroup", input.ipv6_cidr_block_network_border_group.is_some()),
    ])?;
    let wants_ipv6 = input.amazon_provided_ipv6_cidr_block == Some(true);
    let block = input.cidr_block.as_deref().map(vpc_block).transpose()?;
    if block.is_some() == wants_ipv6 {
        return Err(Error::invalid_parameter_combination(
            "Specify either an IPv4 CIDR block or an Amazon-provided IPv6 CIDR block.",
        ));
    }
    let vpc = ec2
        .change(cx, None, |tx, draw| {
            let vpc = find::<Vpc>(tx, &cx.scope, &input.vpc_id)?;
            match block {
                Some(block) => add_block(tx, &vpc, block, draw),
                None => add_ipv6(tx, &vpc, draw),
            }
        })
        .await?;
    let mut result = AssociateVpcCidrBlockResult { vpc_id: Some(vpc.id.to_string()), ..Default::default() };
    if wants_ipv6 {
        result.ipv6_cidr_block_association =
            vpc.ipv6_blocks.last().map(|a| convert::vpc_ipv6(&vpc, a, "associating"));
    } else {
        result.cidr_block_association = vpc.secondary_blocks.last().map(|a| shown(a, "associating"));
    }
    Ok(result)
}

fn shown(association: &VpcIpv4Association, state: &str) -> VpcCidrBlockAssociation {
    VpcCidrBlockAssociation {
        association_id: Some(association.id.to_string()),
        cidr_block: Some(association.block.to_string()),
        cidr_block_state: Some(VpcCidrBlockState { state: Some(state.into()), status_message: None }),
    }
}

fn too_many(vpc: &Vpc) -> Error {
    Error::cidr_limit_exceeded(format!(
        "This network '{}' has met its maximum number of allowed CIDRs: {MOST_BLOCKS}",
        vpc.id
    ))
}

fn add_block(tx: &mut Tx<'_>, vpc: &Vpc, block: Ipv4Block, draw: Draw<'_>) -> Result<Arc<Vpc>, Error> {
    if vpc.blocks().any(|b| b.overlaps(block)) {
        return Err(Error::cidr_conflict(format!(
            "The CIDR '{block}' conflicts with another CIDR block of the VPC."
        )));
    }
    if is_restricted(vpc, block) {
        return Err(Error::invalid_vpc_range(format!(
            "The CIDR '{block}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable CIDR. \
             For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html"
        )));
    }
    let tables = tx.by_index(route_table::BY_VPC, &vpc.id);
    if let Some(taken) = tables.flat_map(|t| &t.routes).find_map(|r| ends_in(r, block)) {
        // The rule is AWS's ("VPC CIDR blocks"); its code and words are not established.
        return Err(Error::cidr_conflict(format!(
            "The CIDR '{block}' is the same as, or larger than, the destination {taken} of a route of the VPC."
        )));
    }
    if vpc.blocks().count() >= MOST_BLOCKS {
        return Err(too_many(vpc));
    }
    let id = VpcCidrAssociationId::from_random(draw());
    tx.modify::<Vpc>(&vpc.id, |v| v.secondary_blocks.push(VpcIpv4Association { id, block }));
    Ok(with_local_routes(tx, vpc))
}

/// The destination of a route that a block would hide.
fn ends_in(route: &Route, block: Ipv4Block) -> Option<Ipv4Block> {
    match route.destination {
        Destination::Ipv4(destination) if route.target != RouteTarget::Local => {
            block.covers(destination).then_some(destination)
        }
        Destination::Ipv4(_) | Destination::Ipv6(_) | Destination::PrefixList(_) => None,
    }
}

/// Ranges of which a VPC has blocks of one only: the private ones of RFC 1918, and one that AWS uses.
const APART: [(Ipv4Addr, u8); 4] = [
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 19, 0, 0), 16),
];

/// Beside a block of the first range there cannot be one of the second.
const NOT_BESIDE: [((Ipv4Addr, u8), (Ipv4Addr, u8)); 2] = [
    ((Ipv4Addr::new(10, 0, 0, 0), 15), (Ipv4Addr::new(10, 0, 0, 0), 16)),
    ((Ipv4Addr::new(172, 16, 0, 0), 12), (Ipv4Addr::new(172, 31, 0, 0), 16)),
];

/// Whether a block may not join those that the VPC has. No block is larger than any of the ranges, so that it lies in one or shares nothing with it.
/// Source: "IPv4 CIDR block association restrictions", VPC user guide, 2025. It lets public blocks join any, and none of [`APART`] join public ones;
/// a VPC that has blocks of one of these and public ones takes more of both here, which is not established.
fn is_restricted(vpc: &Vpc, block: Ipv4Block) -> bool {
    let in_range = |block: Ipv4Block, (address, length): (Ipv4Addr, u8)| {
        Ipv4Block::new(address, length).is_some_and(|range| range.overlaps(block))
    };
    let range = |block: Ipv4Block| APART.into_iter().find(|range| in_range(block, *range));
    if let Some(wanted) = range(block) {
        let mut others = vpc.blocks().filter_map(range).peekable();
        if others.peek().is_none() || others.any(|other| other != wanted) {
            return true;
        }
    }
    NOT_BESIDE
        .into_iter()
        .any(|(beside, not)| in_range(block, not) && vpc.blocks().any(|b| in_range(b, beside)))
}

/// Gives the VPC a /56 of the pool, with what goes with it.
pub(crate) fn add_ipv6(tx: &mut Tx<'_>, vpc: &Vpc, draw: Draw<'_>) -> Result<Arc<Vpc>, Error> {
    if vpc.ipv6_blocks.len() >= MOST_BLOCKS {
        return Err(too_many(vpc));
    }
    let block = settings::next_ipv6_block(tx).ok_or_else(|| {
        Error::insufficient_address_capacity("The pool of IPv6 blocks of this Longshore is used up.")
    })?;
    let id = VpcCidrAssociationId::from_random(draw());
    tx.modify::<Vpc>(&vpc.id, |v| v.ipv6_blocks.push(VpcIpv6Association { id, block }));
    if vpc.ipv6_blocks.is_empty() {
        let acl = network_acl::default_of(tx.table(), &vpc.id).map(|acl| acl.id.clone());
        if let Some(acl) = acl {
            tx.modify::<NetworkAcl>(&acl, |acl| acl.entries.extend(NetworkAcl::ipv6_entries()));
        }
    }
    Ok(with_local_routes(tx, vpc))
}

/// Makes the local routes of every table of the VPC those of its blocks, and answers the VPC as it is now.
fn with_local_routes(tx: &mut Tx<'_>, vpc: &Vpc) -> Arc<Vpc> {
    let now = tx.get::<Vpc>(&vpc.id).expect("it is being changed");
    let tables: Vec<_> = tx.by_index(route_table::BY_VPC, &vpc.id).map(|t| t.id.clone()).collect();
    for table in tables {
        tx.modify::<RouteTable>(&table, |t| {
            let others = t.routes.iter().filter(|r| r.target != RouteTarget::Local).cloned();
            t.routes = vpc::local_routes(&now).into_iter().chain(others).collect();
        });
    }
    now
}

pub(crate) async fn disassociate_vpc_cidr_block(
    ec2: &Ec2,
    cx: &Cx,
    input: DisassociateVpcCidrBlockRequest,
) -> Result<DisassociateVpcCidrBlockResult, Error> {
    let id = &input.association_id;
    ec2.change(cx, None, |tx, _| {
        let mut vpcs = tx.by_index(vpc::BY_SCOPE, &cx.scope);
        let has = |v: &&Arc<Vpc>| {
            v.block_association.as_str() == id
                || v.secondary_blocks.iter().any(|a| a.id.as_str() == id)
                || v.ipv6_blocks.iter().any(|a| a.id.as_str() == id)
        };
        let vpc = vpcs.find(has).cloned().ok_or_else(|| {
            Error::invalid_vpc_cidr_block_association_id_not_found(format!(
                "The vpc CIDR block association ID '{id}' does not exist"
            ))
        })?;
        let mut result = DisassociateVpcCidrBlockResult { vpc_id: Some(vpc.id.to_string()), ..Default::default() };
        if vpc.block_association.as_str() == id {
            return Err(Error::operation_not_permitted(format!(
                "The vpc CIDR block with association ID {id} may not be disassociated. It is the primary IPv4 CIDR block of the VPC"
            )));
        }
        let subnets: Vec<Arc<Subnet>> = tx.by_index(subnet::BY_VPC, &vpc.id).cloned().collect();
        let used = |block: &dyn std::fmt::Display| {
            Error::invalid_cidr_in_use(format!("The vpc {} currently has a subnet within CIDR block {block}", vpc.id))
        };
        if let Some(old) = vpc.secondary_blocks.iter().find(|a| a.id.as_str() == id) {
            if subnets.iter().any(|s| old.block.covers(s.block)) {
                return Err(used(&old.block));
            }
            tx.modify::<Vpc>(&vpc.id, |v| v.secondary_blocks.retain(|a| a.id != old.id));
            result.cidr_block_association = Some(shown(old, "disassociating"));
        }
        if let Some(old) = vpc.ipv6_blocks.iter().find(|a| a.id.as_str() == id) {
            if subnets.iter().any(|s| s.ipv6.as_ref().is_some_and(|a| old.block.covers(a.block))) {
                return Err(used(&old.block));
            }
            tx.modify::<Vpc>(&vpc.id, |v| v.ipv6_blocks.retain(|a| a.id != old.id));
            result.ipv6_cidr_block_association = Some(convert::vpc_ipv6(&vpc, old, "disassociating"));
        }
        with_local_routes(tx, &vpc);
        Ok(result)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::ec2::Tenancy;
    use model::ids::{Scope, VpcId};

    fn vpc_of(blocks: &[&str]) -> Vpc {
        let id = |n: u8| VpcCidrAssociationId::from_random([n; 16]);
        let block = |text: &str| text.parse().expect("a block");
        let further = blocks[1..].iter().zip(1..);
        Vpc {
            id: VpcId::from_random([0; 16]),
            scope: Scope::new("us-east-1", "123456789012"),
            number: 1,
            block: block(blocks[0]),
            block_association: id(0),
            secondary_blocks: further
                .map(|(text, n)| VpcIpv4Association { id: id(n), block: block(text) })
                .collect(),
            ipv6_blocks: Vec::new(),
            is_default: false,
            tenancy: Tenancy::Default,
            dns_support: true,
            dns_hostnames: false,
            usage_metrics: false,
            dhcp_options: None,
            tags: Vec::new(),
        }
    }

    /// The rows of AWS's table, one after the other.
    #[test]
    fn private_ranges_keep_to_themselves() {
        let cases: &[(&[&str], &[&str], &[&str])] = &[
            (
                &["10.20.0.0/16"],
                &["172.16.0.0/16", "172.31.0.0/20", "192.168.0.0/16", "198.19.0.0/20"],
                &[
                    "10.0.0.0/16",
                    "10.1.0.0/16",
                    "10.255.0.0/28",
                    "100.64.0.0/16",
                    "8.8.0.0/16",
                    "198.18.0.0/16",
                    "172.32.0.0/16",
                ],
            ),
            (&["10.1.0.0/20"], &["10.0.0.0/16", "10.0.255.0/28"], &["10.1.16.0/20", "10.2.0.0/16"]),
            (&["10.0.0.0/24"], &["10.0.1.0/24"], &["10.1.0.0/16"]),
            (&["10.20.0.0/16", "10.0.0.0/24"], &["10.0.1.0/24"], &["10.21.0.0/16"]),
            (
                &["172.20.0.0/16"],
                &["10.0.0.0/16", "192.168.0.0/24", "172.31.0.0/16", "198.19.0.0/16"],
                &["172.21.0.0/16", "100.127.0.0/16", "9.0.0.0/16"],
            ),
            (&["172.31.0.0/20"], &["172.31.16.0/20"], &["172.30.0.0/16"]),
            (
                &["192.168.0.0/20"],
                &["10.9.0.0/16", "172.16.0.0/16", "198.19.0.0/16"],
                &["192.168.16.0/20", "100.64.0.0/16", "9.0.0.0/16"],
            ),
            (
                &["198.19.0.0/20"],
                &["10.9.0.0/16", "172.16.0.0/16", "192.168.0.0/16"],
                &["198.19.16.0/20", "100.64.0.0/16", "9.0.0.0/16"],
            ),
            (
                &["9.0.0.0/16"],
                &["10.9.0.0/16", "172.16.0.0/16", "192.168.0.0/16", "198.19.0.0/16"],
                &["100.64.0.0/16", "9.1.0.0/16"],
            ),
            (&["100.64.0.0/16"], &["10.9.0.0/16", "198.19.0.0/16"], &["100.65.0.0/16", "9.1.0.0/16"]),
            (&["10.20.0.0/16", "100.64.0.0/16"], &["192.168.0.0/16"], &["10.21.0.0/16", "100.65.0.0/16"]),
        ];
        for (blocks, restricted, permitted) in cases {
            let vpc = vpc_of(blocks);
            let check = |text: &str| is_restricted(&vpc, text.parse().expect("a block"));
            restricted.iter().for_each(|block| assert!(check(block), "{block} beside {blocks:?}"));
            permitted.iter().for_each(|block| assert!(!check(block), "{block} beside {blocks:?}"));
        }
    }
}
