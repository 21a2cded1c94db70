//! Security groups: their names and their lives. Their rules are in [`super::rule`].

use super::default_vpc::no_default_vpc;
use crate::convert;
use crate::describe::{Field, Query, select};
use crate::errors::{invalid, missing};
use crate::resource::{find, group};
use crate::service::Ec2;
use crate::tagging::{self, shown};
use ::api::ec2::{
    CreateSecurityGroupRequest, CreateSecurityGroupResult, DeleteSecurityGroupRequest,
    DeleteSecurityGroupResult, DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult, Error,
};
use auth::Cx;
use model::ec2::{Direction, Peer, SecurityGroup, SecurityGroupRule, Vpc};
use model::ids::{Scope, SecurityGroupId, SecurityGroupRuleId};
use state::ec2::{default_vpc, network_interface, security_group};
use state::{Source, Tx};
use std::sync::Arc;

/// Per region. Source: "Amazon VPC quotas", 2025.
const MOST_GROUPS: usize = 2500;

/// What names and descriptions consist of, beside letters and digits.
const ALLOWED: &str = " ._-:/()#,@[]+=&;{}!$*";

macro_rules! permission_fields {
    ($direction:expr, $($name:literal => $value:expr),* $(,)?) => {
        [$(($name, |g, _| of_rules(g, $direction, $value))),*]
    };
}

/// The values of a group's rules of one direction.
fn of_rules(
    group: &SecurityGroup,
    direction: Direction,
    value: fn(&SecurityGroupRule) -> Option<String>,
) -> Vec<String> {
    group.rules(direction).filter_map(value).collect()
}

fn cidr(rule: &SecurityGroupRule) -> Option<String> {
    if let Peer::Ipv4(block) = &rule.peer { Some(block.to_string()) } else { None }
}

fn ipv6_cidr(rule: &SecurityGroupRule) -> Option<String> {
    if let Peer::Ipv6(block) = &rule.peer { Some(block.to_string()) } else { None }
}

fn peer_group(rule: &SecurityGroupRule) -> Option<String> {
    if let Peer::Group(id) = &rule.peer { Some(id.to_string()) } else { None }
}

fn prefix_list(rule: &SecurityGroupRule) -> Option<String> {
    if let Peer::PrefixList(id) = &rule.peer { Some(id.to_string()) } else { None }
}

fn protocol(rule: &SecurityGroupRule) -> Option<String> {
    Some(convert::traffic(rule.traffic).0)
}

fn from_port(rule: &SecurityGroupRule) -> Option<String> {
    convert::traffic(rule.traffic).1.map(|port| port.to_string())
}

fn to_port(rule: &SecurityGroupRule) -> Option<String> {
    convert::traffic(rule.traffic).2.map(|port| port.to_string())
}

const OWN_FIELDS: &[Field<SecurityGroup>] = &[
    ("description", |g, _| vec![g.description.clone()]),
    ("group-id", |g, _| vec![g.id.to_string()]),
    ("group-name", |g, _| vec![g.name.clone()]),
    ("owner-id", |g, _| vec![g.scope.account.clone()]),
    ("vpc-id", |g, _| vec![g.vpc.to_string()]),
];

const INGRESS_FIELDS: [Field<SecurityGroup>; 7] = permission_fields!(Direction::Ingress,
    "ip-permission.cidr" => cidr,
    "ip-permission.from-port" => from_port,
    "ip-permission.group-id" => peer_group,
    "ip-permission.ipv6-cidr" => ipv6_cidr,
    "ip-permission.prefix-list-id" => prefix_list,
    "ip-permission.protocol" => protocol,
    "ip-permission.to-port" => to_port,
);

const EGRESS_FIELDS: [Field<SecurityGroup>; 7] = permission_fields!(Direction::Egress,
    "egress.ip-permission.cidr" => cidr,
    "egress.ip-permission.from-port" => from_port,
    "egress.ip-permission.group-id" => peer_group,
    "egress.ip-permission.ipv6-cidr" => ipv6_cidr,
    "egress.ip-permission.prefix-list-id" => prefix_list,
    "egress.ip-permission.protocol" => protocol,
    "egress.ip-permission.to-port" => to_port,
);

/// Names and owners of the groups that rules name.
const PEER_FIELDS: &[Field<SecurityGroup>] = &[
    ("ip-permission.group-name", |g, from| peer_names(g, Direction::Ingress, from)),
    ("ip-permission.user-id", |g, _| {
        of_rules(g, Direction::Ingress, peer_group).iter().map(|_| g.scope.account.clone()).collect()
    }),
    ("egress.ip-permission.group-name", |g, from| peer_names(g, Direction::Egress, from)),
    ("egress.ip-permission.user-id", |g, _| {
        of_rules(g, Direction::Egress, peer_group).iter().map(|_| g.scope.account.clone()).collect()
    }),
];

fn peer_names(group: &SecurityGroup, direction: Direction, from: &state::Snapshot) -> Vec<String> {
    let ids = of_rules(group, direction, peer_group);
    ids.iter().filter_map(|id| from.get::<SecurityGroup>(id)).map(|peer| peer.name.clone()).collect()
}

pub(crate) async fn create_security_group(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateSecurityGroupRequest,
) -> Result<CreateSecurityGroupResult, Error> {
    let (name, description) = (&input.group_name, &input.description);
    check_text("GroupName", name)?;
    check_text("GroupDescription", description)?;
    if name.starts_with("sg-") {
        return Err(invalid("GroupName", name, "Group names may not be in the format sg-*"));
    }
    let tags = tagging::of_new("security-group", input.tag_specifications.as_deref())?;
    let made = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let vpc = match input.vpc_id.as_deref().filter(|id| !id.is_empty()) {
                Some(id) => find::<Vpc>(tx, &cx.scope, id)?,
                None => default_vpc::of(tx.table(), &cx.scope).cloned().ok_or_else(no_default_vpc)?,
            };
            if name == "default" {
                return Err(Error::invalid_parameter_value(
                    "Cannot use reserved security group name: default",
                ));
            }
            if tx.by_index(security_group::BY_NAME, (&vpc.id, name)).next().is_some() {
                return Err(Error::invalid_group_duplicate(format!(
                    "The security group '{name}' already exists for VPC '{}'",
                    vpc.id
                )));
            }
            if tx.by_index(security_group::BY_SCOPE, &cx.scope).count() >= MOST_GROUPS {
                return Err(Error::security_group_limit_exceeded(
                    "The maximum number of security groups has been reached.",
                ));
            }
            Ok(tx.put(SecurityGroup {
                id: SecurityGroupId::from_random(draw()),
                scope: cx.scope.clone(),
                vpc: vpc.id.clone(),
                name: name.clone(),
                description: description.clone(),
                rules: vec![SecurityGroupRule::egress_to_everywhere(
                    SecurityGroupRuleId::from_random(draw()),
                )],
                tags: tags.clone(),
            }))
        })
        .await?;
    Ok(CreateSecurityGroupResult {
        group_id: Some(made.id.to_string()),
        tags: shown(&made.tags),
        security_group_arn: Some(cx.scope.arn("ec2", format!("security-group/{}", made.id)).to_string()),
    })
}

fn check_text(parameter: &str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(missing(parameter));
    }
    if text.chars().count() > 255 {
        return Err(invalid(parameter, text, "It exceeds the maximum length of 255 characters."));
    }
    if !text.chars().all(is_allowed) {
        return Err(invalid(parameter, text, "Character sets beyond ASCII are not supported."));
    }
    Ok(())
}

/// Whether a name or a description may have the character.
pub(super) fn is_allowed(c: char) -> bool {
    c.is_ascii_alphanumeric() || ALLOWED.contains(c)
}

pub(crate) fn describe_security_groups(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeSecurityGroupsRequest,
) -> Result<DescribeSecurityGroupsResult, Error> {
    let snapshot = ec2.state.snapshot();
    let mut ids = input.group_ids.clone().unwrap_or_default();
    for id in &ids {
        group(&snapshot, &cx.scope, id)?;
    }
    for name in input.group_names.iter().flatten() {
        ids.push(named(&snapshot, &cx.scope, name)?.id.to_string());
    }
    let query = Query {
        dry_run: input.dry_run,
        ids: Some(&ids),
        filters: input.filters.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let fields = [OWN_FIELDS, &INGRESS_FIELDS, &EGRESS_FIELDS, PEER_FIELDS].concat();
    let page = select(&snapshot, cx, &query, &fields)?;
    let security_groups = page.shown(|g| convert::security_group(g, &snapshot));
    Ok(DescribeSecurityGroupsResult { security_groups, next_token: page.next_token })
}

/// A group of the default VPC by its name.
pub(super) fn named(from: &impl Source, scope: &Scope, name: &str) -> Result<Arc<SecurityGroup>, Error> {
    let vpc = default_vpc::of(from.table(), scope).ok_or_else(no_default_vpc)?;
    let found = from.table().by_index(security_group::BY_NAME, (&vpc.id, name)).next().cloned();
    found.ok_or_else(|| {
        Error::invalid_group_not_found(format!(
            "The security group '{name}' does not exist in default VPC '{}'",
            vpc.id
        ))
    })
}

/// The group that a request names by id, or by name in the default VPC.
pub(super) fn of_request(
    from: &impl Source,
    scope: &Scope,
    id: Option<&str>,
    name: Option<&str>,
) -> Result<Arc<SecurityGroup>, Error> {
    match (id.filter(|id| !id.is_empty()), name.filter(|name| !name.is_empty())) {
        (Some(id), _) => group(from, scope, id),
        (None, Some(name)) => named(from, scope, name),
        (None, None) => {
            Err(Error::missing_parameter("The request must contain the parameter groupName or groupId"))
        }
    }
}

pub(crate) async fn delete_security_group(
    ec2: &Ec2,
    cx: &Cx,
    input: DeleteSecurityGroupRequest,
) -> Result<DeleteSecurityGroupResult, Error> {
    let id = ec2
        .change(cx, input.dry_run, |tx, _| {
            let group = of_request(tx, &cx.scope, input.group_id.as_deref(), input.group_name.as_deref())?;
            if group.is_default() {
                return Err(Error::cannot_delete(format!(
                    "the specified group: \"{}\" name: \"default\" cannot be deleted by a user",
                    group.id
                )));
            }
            if is_in_use(tx, &group) {
                return Err(Error::dependency_violation(format!(
                    "resource {} has a dependent object",
                    group.id
                )));
            }
            tx.delete::<SecurityGroup>(&group.id);
            Ok(group.id.clone())
        })
        .await?;
    Ok(DeleteSecurityGroupResult { r#return: Some(true), group_id: Some(id.to_string()) })
}

/// Whether interfaces are members of it, or rules of other groups name it.
fn is_in_use(tx: &Tx<'_>, group: &SecurityGroup) -> bool {
    tx.by_index(network_interface::BY_GROUP, &group.id).next().is_some()
        || tx.by_index(security_group::BY_PEER_GROUP, &group.id).any(|other| other.id != group.id)
}
