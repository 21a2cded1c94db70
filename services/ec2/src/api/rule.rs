//! The rules of security groups: given, taken back, changed, described.

use super::permission::{self, Single, Statement, statements, worded};
use super::security_group::of_request;
use crate::convert;
use crate::describe::{Field, Filters, key_of_token, page};
use crate::errors::{dry_run, missing};
use crate::resource::{self, group};
use crate::service::Ec2;
use crate::tagging;
use ::api::ec2::{
    AuthorizeSecurityGroupEgressRequest, AuthorizeSecurityGroupEgressResult,
    AuthorizeSecurityGroupIngressRequest, AuthorizeSecurityGroupIngressResult,
    DescribeSecurityGroupRulesRequest, DescribeSecurityGroupRulesResult, Error, IpPermission,
    ModifySecurityGroupRulesRequest, ModifySecurityGroupRulesResult, RevokeSecurityGroupEgressRequest,
    RevokeSecurityGroupEgressResult, RevokeSecurityGroupIngressRequest, RevokeSecurityGroupIngressResult,
    RevokedSecurityGroupRule, SecurityGroupRuleDescription, SecurityGroupRuleRequest,
    UpdateSecurityGroupRuleDescriptionsEgressRequest, UpdateSecurityGroupRuleDescriptionsEgressResult,
    UpdateSecurityGroupRuleDescriptionsIngressRequest, UpdateSecurityGroupRuleDescriptionsIngressResult,
};
use auth::Cx;
use model::Tag;
use model::ec2::{Direction, Peer, PrefixList, SecurityGroup, SecurityGroupRule, Vpc};
use model::ids::SecurityGroupRuleId;
use state::ec2::{Draw, security_group};
use state::{Source, Tx};
use std::sync::Arc;

/// Per direction and address family; a prefix list counts with its maximum. Source: "Amazon VPC quotas", 2025.
const MOST_RULES: usize = 60;

type Rule = (Arc<SecurityGroup>, SecurityGroupRule);

/// The one permission that a request may state without a list. Four types of requests have these fields, and nothing else in common.
macro_rules! single {
    ($input:ident) => {
        Single {
            protocol: $input.ip_protocol.as_deref(),
            from_port: $input.from_port,
            to_port: $input.to_port,
            cidr: $input.cidr_ip.as_deref(),
            group_name: $input.source_security_group_name.as_deref(),
            group_owner: $input.source_security_group_owner_id.as_deref(),
        }
    };
}

pub(crate) async fn authorize_security_group_ingress(
    ec2: &Ec2,
    cx: &Cx,
    input: AuthorizeSecurityGroupIngressRequest,
) -> Result<AuthorizeSecurityGroupIngressResult, Error> {
    let tags = tagging::of_new("security-group-rule", input.tag_specifications.as_deref())?;
    let single = single!(input);
    let rules = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let group = of_request(tx, &cx.scope, input.group_id.as_deref(), input.group_name.as_deref())?;
            let new = statements(tx, &cx.scope, &group, input.ip_permissions.as_deref(), single)?;
            authorize(tx, &group, Direction::Ingress, new, &tags, draw)
        })
        .await?;
    Ok(AuthorizeSecurityGroupIngressResult { r#return: Some(true), security_group_rules: shown(&rules) })
}

pub(crate) async fn authorize_security_group_egress(
    ec2: &Ec2,
    cx: &Cx,
    input: AuthorizeSecurityGroupEgressRequest,
) -> Result<AuthorizeSecurityGroupEgressResult, Error> {
    let tags = tagging::of_new("security-group-rule", input.tag_specifications.as_deref())?;
    let single = single!(input);
    let rules = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let group = group(tx, &cx.scope, &input.group_id)?;
            let new = statements(tx, &cx.scope, &group, input.ip_permissions.as_deref(), single)?;
            authorize(tx, &group, Direction::Egress, new, &tags, draw)
        })
        .await?;
    Ok(AuthorizeSecurityGroupEgressResult { r#return: Some(true), security_group_rules: shown(&rules) })
}

fn shown(rules: &[Rule]) -> Option<Vec<::api::ec2::SecurityGroupRule>> {
    Some(rules.iter().map(|(group, rule)| convert::rule(rule, group)).collect())
}

fn authorize(
    tx: &mut Tx<'_>,
    group: &Arc<SecurityGroup>,
    direction: Direction,
    new: Vec<Statement>,
    tags: &[Tag],
    draw: Draw<'_>,
) -> Result<Vec<Rule>, Error> {
    if new.is_empty() {
        return Err(missing("ipPermissions"));
    }
    let mut rules = group.rules.clone();
    let before = rules.len();
    for statement in new {
        check_new(&rules, direction, &statement)?;
        rules.push(SecurityGroupRule {
            id: SecurityGroupRuleId::from_random(draw()),
            direction,
            traffic: statement.traffic,
            peer: statement.peer,
            description: statement.description,
            tags: tags.to_vec(),
        });
    }
    check_count(tx, &rules, direction)?;
    let made = rules[before..].to_vec();
    let group = tx.modify::<SecurityGroup>(&group.id, |g| g.rules = rules).expect("it is being changed");
    Ok(made.into_iter().map(|rule| (Arc::clone(&group), rule)).collect())
}

fn is_of(rule: &SecurityGroupRule, direction: Direction, statement: &Statement) -> bool {
    rule.direction == direction && rule.traffic == statement.traffic && rule.peer == statement.peer
}

fn check_new(rules: &[SecurityGroupRule], direction: Direction, statement: &Statement) -> Result<(), Error> {
    if rules.iter().any(|rule| is_of(rule, direction, statement)) {
        return Err(Error::invalid_permission_duplicate(format!(
            "the specified rule \"{}\" already exists",
            worded(statement)
        )));
    }
    Ok(())
}

fn check_count(tx: &Tx<'_>, rules: &[SecurityGroupRule], direction: Direction) -> Result<(), Error> {
    let weight = |rule: &SecurityGroupRule| match &rule.peer {
        Peer::PrefixList(id) => tx.get::<PrefixList>(id).map_or(1, |list| list.max_entries as usize),
        Peer::Ipv4(_) | Peer::Ipv6(_) | Peer::Group(_) => 1,
    };
    let count = |but: fn(&Peer) -> bool| -> usize {
        rules.iter().filter(|r| r.direction == direction && !but(&r.peer)).map(weight).sum()
    };
    let v4 = count(|peer| matches!(peer, Peer::Ipv6(_)));
    let v6 = count(|peer| matches!(peer, Peer::Ipv4(_)));
    if v4.max(v6) > MOST_RULES {
        return Err(Error::rules_per_security_group_limit_exceeded(
            "The maximum number of rules per security group has been reached.",
        ));
    }
    Ok(())
}

/// What was taken back, and what there was not.
struct Revoked {
    rules: Vec<RevokedSecurityGroupRule>,
    unknown: Vec<IpPermission>,
}

pub(crate) async fn revoke_security_group_ingress(
    ec2: &Ec2,
    cx: &Cx,
    input: RevokeSecurityGroupIngressRequest,
) -> Result<RevokeSecurityGroupIngressResult, Error> {
    let single = single!(input);
    let revoked = ec2
        .change(cx, input.dry_run, |tx, _| {
            let group = of_request(tx, &cx.scope, input.group_id.as_deref(), input.group_name.as_deref())?;
            let old = statements(tx, &cx.scope, &group, input.ip_permissions.as_deref(), single)?;
            revoke(tx, &group, Direction::Ingress, &old, input.security_group_rule_ids.as_deref())
        })
        .await?;
    Ok(RevokeSecurityGroupIngressResult {
        r#return: Some(true),
        unknown_ip_permissions: Some(revoked.unknown),
        revoked_security_group_rules: Some(revoked.rules),
    })
}

pub(crate) async fn revoke_security_group_egress(
    ec2: &Ec2,
    cx: &Cx,
    input: RevokeSecurityGroupEgressRequest,
) -> Result<RevokeSecurityGroupEgressResult, Error> {
    let single = single!(input);
    let revoked = ec2
        .change(cx, input.dry_run, |tx, _| {
            let group = group(tx, &cx.scope, &input.group_id)?;
            let old = statements(tx, &cx.scope, &group, input.ip_permissions.as_deref(), single)?;
            revoke(tx, &group, Direction::Egress, &old, input.security_group_rule_ids.as_deref())
        })
        .await?;
    Ok(RevokeSecurityGroupEgressResult {
        r#return: Some(true),
        unknown_ip_permissions: Some(revoked.unknown),
        revoked_security_group_rules: Some(revoked.rules),
    })
}

fn revoke(
    tx: &mut Tx<'_>,
    group: &SecurityGroup,
    direction: Direction,
    old: &[Statement],
    ids: Option<&[String]>,
) -> Result<Revoked, Error> {
    let ids = ids.unwrap_or_default();
    if old.is_empty() && ids.is_empty() {
        return Err(missing("ipPermissions or securityGroupRuleIds"));
    }
    for id in ids {
        if !group.rules(direction).any(|rule| rule.id.as_str() == id) {
            return Err(rule_not_found(id));
        }
    }
    let goes = |rule: &SecurityGroupRule| {
        ids.iter().any(|id| rule.id.as_str() == id)
            || old.iter().any(|statement| is_of(rule, direction, statement))
    };
    let unknown: Vec<&Statement> = old
        .iter()
        .filter(|statement| !group.rules.iter().any(|rule| is_of(rule, direction, statement)))
        .collect();
    // "[Default VPC] If the values you specify do not match the existing rule's values, no error is returned."
    let is_default_vpc = tx.get::<Vpc>(&group.vpc).is_some_and(|vpc| vpc.is_default);
    if !unknown.is_empty() && !is_default_vpc {
        return Err(Error::invalid_permission_not_found(
            "The specified rule does not exist in this security group.",
        ));
    }
    let rules =
        group.rules.iter().filter(|rule| goes(rule)).map(|rule| convert::revoked(rule, group)).collect();
    let unknown = as_permissions(tx, group, direction, &unknown);
    tx.modify::<SecurityGroup>(&group.id, |g| g.rules.retain(|rule| !goes(rule)));
    Ok(Revoked { rules, unknown })
}

fn as_permissions(
    from: &impl Source,
    group: &SecurityGroup,
    direction: Direction,
    statements: &[&Statement],
) -> Vec<IpPermission> {
    let rules: Vec<SecurityGroupRule> = statements
        .iter()
        .map(|statement| SecurityGroupRule {
            // Not shown in a permission.
            id: SecurityGroupRuleId::from_random([0; 16]),
            direction,
            traffic: statement.traffic,
            peer: statement.peer.clone(),
            description: statement.description.clone(),
            tags: Vec::new(),
        })
        .collect();
    convert::permissions(rules.iter(), group, from)
}

fn rule_not_found(id: &str) -> Error {
    Error::invalid_security_group_rule_id_not_found(format!(
        "The security group rule ID '{id}' does not exist"
    ))
}

const FIELDS: &[Field<Rule>] = &[
    ("group-id", |(group, _), _| vec![group.id.to_string()]),
    ("security-group-rule-id", |(_, rule), _| vec![rule.id.to_string()]),
];

pub(crate) fn describe_security_group_rules(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeSecurityGroupRulesRequest,
) -> Result<DescribeSecurityGroupRulesResult, Error> {
    let filters = Filters::new(input.filters.as_deref(), FIELDS, true)?;
    let snapshot = ec2.state.snapshot();
    let ids = input.security_group_rule_ids.as_deref().unwrap_or_default();
    for id in ids {
        snapshot
            .by_index(security_group::BY_RULE, id)
            .find(|group| group.scope == cx.scope)
            .ok_or_else(|| rule_not_found(id))?;
    }
    if input.dry_run == Some(true) {
        return Err(dry_run());
    }
    let after = input.next_token.as_deref().map(key_of_token).transpose()?;
    let mut found: Vec<Rule> = snapshot
        .by_index(security_group::BY_SCOPE, &cx.scope)
        .flat_map(|group| group.rules.iter().map(move |rule| (Arc::clone(group), rule.clone())))
        .filter(|(_, rule)| ids.is_empty() || ids.iter().any(|id| rule.id.as_str() == id))
        .filter(|rule| filters.fit(rule, &rule.1.tags, &snapshot))
        .filter(|(_, rule)| after.as_ref().is_none_or(|after| rule.id.as_str() > after.as_str()))
        .collect();
    found.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    let page = page(found.into_iter(), input.max_results, |(_, rule)| rule.id.to_string());
    let security_group_rules = page.shown(|(group, rule)| convert::rule(rule, group));
    Ok(DescribeSecurityGroupRulesResult { security_group_rules, next_token: page.next_token })
}

pub(crate) async fn modify_security_group_rules(
    ec2: &Ec2,
    cx: &Cx,
    input: ModifySecurityGroupRulesRequest,
) -> Result<ModifySecurityGroupRulesResult, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let group = group(tx, &cx.scope, &input.group_id)?;
        let mut rules = group.rules.clone();
        for update in &input.security_group_rules {
            let id = &update.security_group_rule_id;
            let at =
                rules.iter().position(|rule| rule.id.as_str() == id).ok_or_else(|| rule_not_found(id))?;
            let given = update.security_group_rule.as_ref().ok_or_else(|| missing("SecurityGroupRule"))?;
            let statement = statement(tx, cx, &group, given)?;
            let direction = rules[at].direction;
            let others: Vec<_> =
                rules.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, r)| r.clone()).collect();
            check_new(&others, direction, &statement)?;
            let rule = &mut rules[at];
            (rule.traffic, rule.peer, rule.description) =
                (statement.traffic, statement.peer, statement.description);
        }
        for direction in [Direction::Ingress, Direction::Egress] {
            check_count(tx, &rules, direction)?;
        }
        tx.modify::<SecurityGroup>(&group.id, |g| g.rules = rules);
        Ok(ModifySecurityGroupRulesResult { r#return: Some(true) })
    })
    .await
}

/// A whole rule, as ModifySecurityGroupRules states it: exactly one peer.
fn statement(
    tx: &Tx<'_>,
    cx: &Cx,
    group: &SecurityGroup,
    given: &SecurityGroupRuleRequest,
) -> Result<Statement, Error> {
    let traffic = permission::traffic(given.ip_protocol.as_deref(), given.from_port, given.to_port)?;
    let peers = [&given.cidr_ipv4, &given.cidr_ipv6, &given.prefix_list_id, &given.referenced_group_id];
    if peers.iter().filter(|peer| peer.is_some()).count() != 1 {
        return Err(Error::invalid_parameter_combination(
            "Specify exactly one of cidrIpv4, cidrIpv6, prefixListId and referencedGroupId.",
        ));
    }
    let peer = match (&given.cidr_ipv4, &given.cidr_ipv6, &given.prefix_list_id, &given.referenced_group_id) {
        (Some(cidr), ..) => Peer::Ipv4(permission::ipv4(cidr)?),
        (_, Some(cidr), ..) => Peer::Ipv6(permission::ipv6(cidr)?),
        (_, _, Some(id), _) => Peer::PrefixList(resource::find::<PrefixList>(tx, &cx.scope, id)?.id.clone()),
        (_, _, _, id) => {
            let peer = resource::group(tx, &cx.scope, id.as_deref().unwrap_or_default())?;
            if peer.vpc != group.vpc {
                return Err(Error::invalid_group_not_found(
                    "You have specified two resources that belong to different networks.",
                ));
            }
            Peer::Group(peer.id.clone())
        }
    };
    Ok(Statement { traffic, peer, description: permission::description(given.description.as_deref())? })
}

pub(crate) async fn update_security_group_rule_descriptions_ingress(
    ec2: &Ec2,
    cx: &Cx,
    input: UpdateSecurityGroupRuleDescriptionsIngressRequest,
) -> Result<UpdateSecurityGroupRuleDescriptionsIngressResult, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let group = of_request(tx, &cx.scope, input.group_id.as_deref(), input.group_name.as_deref())?;
        let new = statements(tx, &cx.scope, &group, input.ip_permissions.as_deref(), Single::default())?;
        describe_anew(tx, &group, Direction::Ingress, &new, input.security_group_rule_descriptions.as_deref())
    })
    .await?;
    Ok(UpdateSecurityGroupRuleDescriptionsIngressResult { r#return: Some(true) })
}

pub(crate) async fn update_security_group_rule_descriptions_egress(
    ec2: &Ec2,
    cx: &Cx,
    input: UpdateSecurityGroupRuleDescriptionsEgressRequest,
) -> Result<UpdateSecurityGroupRuleDescriptionsEgressResult, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let group = of_request(tx, &cx.scope, input.group_id.as_deref(), input.group_name.as_deref())?;
        let new = statements(tx, &cx.scope, &group, input.ip_permissions.as_deref(), Single::default())?;
        describe_anew(tx, &group, Direction::Egress, &new, input.security_group_rule_descriptions.as_deref())
    })
    .await?;
    Ok(UpdateSecurityGroupRuleDescriptionsEgressResult { r#return: Some(true) })
}

fn describe_anew(
    tx: &mut Tx<'_>,
    group: &SecurityGroup,
    direction: Direction,
    new: &[Statement],
    by_id: Option<&[SecurityGroupRuleDescription]>,
) -> Result<(), Error> {
    let by_id = by_id.unwrap_or_default();
    if new.is_empty() == by_id.is_empty() {
        return Err(Error::invalid_parameter_combination(
            "Specify either ipPermissions or securityGroupRuleDescriptions.",
        ));
    }
    let mut rules = group.rules.clone();
    for statement in new {
        let rule = rules.iter_mut().find(|rule| is_of(rule, direction, statement)).ok_or_else(|| {
            Error::invalid_permission_not_found("The specified rule does not exist in this security group.")
        })?;
        rule.description.clone_from(&statement.description);
    }
    for given in by_id {
        let id = given.security_group_rule_id.as_deref().unwrap_or_default();
        let rule = rules
            .iter_mut()
            .find(|rule| rule.direction == direction && rule.id.as_str() == id)
            .ok_or_else(|| rule_not_found(id))?;
        rule.description = permission::description(given.description.as_deref())?;
    }
    tx.modify::<SecurityGroup>(&group.id, |g| g.rules = rules);
    Ok(())
}
