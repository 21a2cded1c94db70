//! Network ACLs: the default one of each VPC.

use crate::convert;
use crate::describe::{Field, Query, select};
use crate::service::Ec2;
use ::api::ec2::{DescribeNetworkAclsRequest, DescribeNetworkAclsResult, Error};
use auth::Cx;
use model::ec2::{Direction, IpBlock, NetworkAcl, NetworkAclEntry};

fn each(acl: &NetworkAcl, value: impl Fn(&NetworkAclEntry) -> Option<String>) -> Vec<String> {
    acl.entries.iter().filter_map(value).collect()
}

const FIELDS: &[Field<NetworkAcl>] = &[
    ("association.association-id", |a, _| a.associations.iter().map(|s| s.id.to_string()).collect()),
    ("association.network-acl-id", |a, _| a.associations.iter().map(|_| a.id.to_string()).collect()),
    ("association.subnet-id", |a, _| a.associations.iter().map(|s| s.subnet.to_string()).collect()),
    ("default", |a, _| vec![a.is_default.to_string()]),
    ("entry.cidr", |a, _| each(a, |e| matches!(e.block, IpBlock::V4(_)).then(|| e.block.to_string()))),
    ("entry.ipv6-cidr", |a, _| each(a, |e| matches!(e.block, IpBlock::V6(_)).then(|| e.block.to_string()))),
    ("entry.egress", |a, _| each(a, |e| Some((e.direction == Direction::Egress).to_string()))),
    ("entry.icmp.code", |a, _| each(a, |e| icmp(e, true))),
    ("entry.icmp.type", |a, _| each(a, |e| icmp(e, false))),
    ("entry.port-range.from", |a, _| each(a, |e| convert::traffic(e.traffic).1.map(|p| p.to_string()))),
    ("entry.port-range.to", |a, _| each(a, |e| convert::traffic(e.traffic).2.map(|p| p.to_string()))),
    ("entry.protocol", |a, _| {
        each(a, |e| Some(e.traffic.protocol().map_or_else(|| "-1".to_owned(), |p| p.to_string())))
    }),
    ("entry.rule-action", |a, _| each(a, |e| Some(e.action.to_string()))),
    ("entry.rule-number", |a, _| each(a, |e| Some(e.number.to_string()))),
    ("network-acl-id", |a, _| vec![a.id.to_string()]),
    ("owner-id", |a, _| vec![a.scope.account.clone()]),
    ("vpc-id", |a, _| vec![a.vpc.to_string()]),
];

fn icmp(entry: &NetworkAclEntry, code: bool) -> Option<String> {
    let (name, of_type, of_code) = convert::traffic(entry.traffic);
    let number = if code { of_code } else { of_type };
    number.filter(|_| name.starts_with("icmp")).map(|n| n.to_string())
}

pub(crate) fn describe_network_acls(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeNetworkAclsRequest,
) -> Result<DescribeNetworkAclsResult, Error> {
    let query = Query {
        dry_run: input.dry_run,
        ids: input.network_acl_ids.as_deref(),
        filters: input.filters.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let page = select(&ec2.state.snapshot(), cx, &query, FIELDS)?;
    Ok(DescribeNetworkAclsResult {
        network_acls: page.shown(|a| convert::network_acl(a)),
        next_token: page.next_token,
    })
}
