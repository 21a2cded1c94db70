//! VPCs: made with everything that they cannot be without, deleted when nothing else is in them.

use crate::convert;
use crate::describe::{Field, Query, select};
use crate::errors::{in_use, invalid, missing, refuse};
use crate::resource::find;
use crate::service::Ec2;
use crate::tagging;
use ::api::Unit;
use ::api::ec2::{
    CreateVpcRequest, CreateVpcResult, DeleteVpcRequest, DescribeVpcClassicLinkDnsSupportRequest,
    DescribeVpcClassicLinkDnsSupportResult, DescribeVpcClassicLinkRequest, DescribeVpcClassicLinkResult,
    DescribeVpcsRequest, DescribeVpcsResult, Error,
};
use auth::Cx;
use model::ec2::{
    Ipv4Block, NatGateway, NatGatewayState, NetworkAcl, NetworkInterface, RouteTable, SecurityGroup, Subnet,
    Tenancy, Vpc,
};
use state::Tx;
use state::ec2::vpc::NewVpc;
use state::ec2::{
    default_vpc, internet_gateway, nat_gateway, network_acl, network_interface, route_table, security_group,
    subnet, vpc,
};
use std::net::Ipv4Addr;

/// VPCs of a region.
// AWS differs: 5, which AWS raises to hundreds on request; there is nobody to ask here (docs/differences.md).
const MOST_VPCS: usize = 100;

const FIELDS: &[Field<Vpc>] = &[
    ("cidr", |v, _| vec![v.block.to_string()]),
    ("cidr-block-association.cidr-block", |v, _| v.blocks().map(|b| b.to_string()).collect()),
    ("cidr-block-association.association-id", |v, _| {
        let others = v.secondary_blocks.iter().map(|a| &a.id);
        std::iter::once(&v.block_association).chain(others).map(ToString::to_string).collect()
    }),
    ("cidr-block-association.state", |_, _| vec!["associated".to_owned()]),
    ("dhcp-options-id", |v, _| {
        vec![v.dhcp_options.as_ref().map_or_else(|| "default".to_owned(), ToString::to_string)]
    }),
    ("ipv6-cidr-block-association.association-id", |v, _| {
        v.ipv6_blocks.iter().map(|a| a.id.to_string()).collect()
    }),
    ("ipv6-cidr-block-association.ipv6-cidr-block", |v, _| {
        v.ipv6_blocks.iter().map(|a| a.block.to_string()).collect()
    }),
    ("ipv6-cidr-block-association.ipv6-pool", |v, _| {
        v.ipv6_blocks.iter().map(|_| "Amazon".to_owned()).collect()
    }),
    ("ipv6-cidr-block-association.state", |v, _| {
        v.ipv6_blocks.iter().map(|_| "associated".to_owned()).collect()
    }),
    ("is-default", |v, _| vec![v.is_default.to_string()]),
    ("isDefault", |v, _| vec![v.is_default.to_string()]),
    ("owner-id", |v, _| vec![v.scope.account.clone()]),
    ("state", |_, _| vec!["available".to_owned()]),
    ("vpc-id", |v, _| vec![v.id.to_string()]),
];

pub(crate) async fn create_vpc(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateVpcRequest,
) -> Result<CreateVpcResult, Error> {
    refuse(&[
        ("ipv6Pool", input.ipv6_pool.is_some()),
        ("ipv6CidrBlock", input.ipv6_cidr_block.is_some()),
        ("ipv4IpamPoolId", input.ipv4_ipam_pool_id.is_some()),
        ("ipv4NetmaskLength", input.ipv4_netmask_length.is_some()),
        ("ipv6IpamPoolId", input.ipv6_ipam_pool_id.is_some()),
        ("ipv6NetmaskLength", input.ipv6_netmask_length.is_some()),
        ("vpcEncryptionControl", input.vpc_encryption_control.is_some()),
    ])?;
    let text = input.cidr_block.as_deref().ok_or_else(|| missing("cidrBlock"))?;
    let block = vpc_block(text)?;
    let tenancy = match input.instance_tenancy.as_ref().map(|t| t.as_str()) {
        None => Tenancy::Default,
        Some(named) => named
            .parse()
            .map_err(|_| invalid("instanceTenancy", named, "Expecting 'default' or 'dedicated'."))?,
    };
    let tags = tagging::of_new("vpc", input.tag_specifications.as_deref())?;
    let border_group = input.ipv6_cidr_block_network_border_group.as_deref();
    if border_group.is_some_and(|group| group != cx.scope.region) {
        return Err(invalid(
            "ipv6CidrBlockNetworkBorderGroup",
            border_group.unwrap_or_default(),
            "It is no group of this region.",
        ));
    }
    let wants_ipv6 = input.amazon_provided_ipv6_cidr_block == Some(true);
    let vpc = ec2
        .change(cx, input.dry_run, |tx, draw| {
            if tx.by_index(vpc::BY_SCOPE, &cx.scope).count() >= MOST_VPCS {
                return Err(Error::vpc_limit_exceeded("The maximum number of VPCs has been reached."));
            }
            let dhcp_options = Some(default_vpc::default_dhcp_options(tx, &cx.scope, draw));
            let scope = cx.scope.clone();
            let new = NewVpc { scope, block, is_default: false, tenancy, dhcp_options, tags: tags.clone() };
            let made = vpc::create(tx, new, draw);
            if wants_ipv6 { super::vpc_change::add_ipv6(tx, &made, draw) } else { Ok(made) }
        })
        .await?;
    Ok(CreateVpcResult { vpc: Some(convert::vpc(&vpc)) })
}

/// A block that a VPC may have: canonical, /16 to /28, and of addresses that hosts can have.
pub(crate) fn vpc_block(text: &str) -> Result<Ipv4Block, Error> {
    let block = canonical("cidrBlock", text)?;
    if !(16..=28).contains(&block.prefix_len()) || !is_for_hosts(block) {
        return Err(Error::invalid_vpc_range(format!("The CIDR '{text}' is invalid.")));
    }
    Ok(block)
}

/// A block with the bits below its prefix cleared: AWS takes `100.68.0.18/18` as `100.68.0.0/18`.
pub(crate) fn canonical(parameter: &str, text: &str) -> Result<Ipv4Block, Error> {
    let parse = || {
        let (address, length) = text.split_once('/')?;
        let length = length.bytes().all(|b| b.is_ascii_digit()).then_some(length)?;
        Ipv4Block::around(address.parse().ok()?, length.parse().ok()?)
    };
    parse().ok_or_else(|| invalid(parameter, text, "This is not a valid CIDR block."))
}

/// Source: "VPC CIDR blocks", VPC user guide, 2025; of 240.0.0.0/4, which no host can have either, it says nothing.
fn is_for_hosts(block: Ipv4Block) -> bool {
    let none = [
        (Ipv4Addr::UNSPECIFIED, 8),
        (Ipv4Addr::new(127, 0, 0, 0), 8),
        (Ipv4Addr::new(169, 254, 0, 0), 16),
        (Ipv4Addr::new(224, 0, 0, 0), 3),
    ];
    none.iter().filter_map(|(address, length)| Ipv4Block::new(*address, *length)).all(|b| !b.overlaps(block))
}

pub(crate) fn describe_vpcs(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeVpcsRequest,
) -> Result<DescribeVpcsResult, Error> {
    let query = Query {
        dry_run: input.dry_run,
        ids: input.vpc_ids.as_deref(),
        filters: input.filters.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let page = select(&ec2.state.snapshot(), cx, &query, FIELDS)?;
    Ok(DescribeVpcsResult { vpcs: page.shown(|v| convert::vpc(v)), next_token: page.next_token })
}

pub(crate) async fn delete_vpc(ec2: &Ec2, cx: &Cx, input: DeleteVpcRequest) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let vpc = find::<Vpc>(tx, &cx.scope, &input.vpc_id)?;
        if is_in_use(tx, &vpc) {
            return Err(in_use("vpc", &vpc.id));
        }
        let tables: Vec<_> = tx.by_index(route_table::BY_VPC, &vpc.id).map(|t| t.id.clone()).collect();
        let groups: Vec<_> = tx.by_index(security_group::BY_VPC, &vpc.id).map(|g| g.id.clone()).collect();
        let acls: Vec<_> = tx.by_index(network_acl::BY_VPC, &vpc.id).map(|a| a.id.clone()).collect();
        let gone: Vec<_> = tx.by_index(nat_gateway::BY_VPC, &vpc.id).map(|g| g.id.clone()).collect();
        tables.iter().for_each(|id| drop(tx.delete::<RouteTable>(id)));
        groups.iter().for_each(|id| drop(tx.delete::<SecurityGroup>(id)));
        acls.iter().for_each(|id| drop(tx.delete::<NetworkAcl>(id)));
        gone.iter().for_each(|id| drop(tx.delete::<NatGateway>(id)));
        tx.delete::<Vpc>(&vpc.id);
        Ok(Unit {})
    })
    .await
}

/// Whether there is something in the VPC beside what goes with it: its main route table, default group and default ACL.
fn is_in_use(tx: &Tx<'_>, vpc: &Vpc) -> bool {
    let id = &vpc.id;
    tx.by_index::<Subnet>(subnet::BY_VPC, id).next().is_some()
        || tx.by_index::<NetworkInterface>(network_interface::BY_VPC, id).next().is_some()
        || tx.by_index(internet_gateway::BY_VPC, id).next().is_some()
        || tx.by_index(nat_gateway::BY_VPC, id).any(|g| g.state != NatGatewayState::Deleted)
        || tx.by_index(security_group::BY_VPC, id).any(|g| !g.is_default())
        || tx.by_index(route_table::BY_VPC, id).any(|t| !t.is_main())
        || tx.by_index(network_acl::BY_VPC, id).any(|a| !a.is_default)
}

/// EC2-Classic has been retired, and with it what these asked about.
pub(crate) fn describe_vpc_classic_link(
    _ec2: &Ec2,
    _cx: &Cx,
    _input: &DescribeVpcClassicLinkRequest,
) -> Result<DescribeVpcClassicLinkResult, Error> {
    Err(retired())
}

/// See [`describe_vpc_classic_link`].
pub(crate) fn describe_vpc_classic_link_dns_support(
    _ec2: &Ec2,
    _cx: &Cx,
    _input: &DescribeVpcClassicLinkDnsSupportRequest,
) -> Result<DescribeVpcClassicLinkDnsSupportResult, Error> {
    Err(retired())
}

/// What AWS answers since August 2022; Terraform's provider knows it and goes on.
fn retired() -> Error {
    Error::unsupported_operation("The functionality you requested is not available in this region.")
}
