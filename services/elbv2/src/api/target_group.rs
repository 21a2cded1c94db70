//! Target groups: made, shown, changed and deleted.

use super::health_check::{self, Given, Of};
use super::load_balancer::check_count;
use super::name;
use crate::errors::{configuration, one_of, refuse, unsupported, validation};
use crate::service::Elbv2;
use crate::{convert, find, page, tagging};
use ::api::elbv2::{
    CreateTargetGroupInput, CreateTargetGroupOutput, DeleteTargetGroupInput, DeleteTargetGroupOutput,
    DescribeTargetGroupsInput, DescribeTargetGroupsOutput, Error, ErrorCode, ModifyTargetGroupInput,
    ModifyTargetGroupOutput,
};
use auth::Cx;
use model::Tag;
use model::ec2::Vpc;
use model::elbv2::{
    Attributes, HealthCheck, Protocol, ProtocolVersion, Rule, TargetGroup, TargetGroupIpAddressType,
    TargetType,
};
use model::ids::{TargetGroupArn, VpcId};
use state::elbv2::{listener, rule, target_group};
use state::{Source, Tx};
use std::sync::Arc;

/// Target groups of a region. Source: "Quotas for your Application Load Balancers", 2025.
pub(crate) const MOST: usize = 3000;

/// What is asked for, checked as far as no state is needed.
struct Wanted {
    target_type: TargetType,
    protocol: Protocol,
    protocol_version: Option<ProtocolVersion>,
    port: u16,
    addresses: TargetGroupIpAddressType,
    health_check: HealthCheck,
    tags: Vec<Tag>,
}

pub(crate) async fn create_target_group(
    elbv2: &Elbv2,
    cx: &Cx,
    input: CreateTargetGroupInput,
) -> Result<CreateTargetGroupOutput, Error> {
    let wanted = read(&input)?;
    let id = cx.random_16();
    let arn = elbv2.change(cx, |tx, _| create(tx, cx, &input, &wanted, id)).await?;
    let snapshot = elbv2.state.snapshot();
    let made = find::target_group(&snapshot, cx, arn.as_str())?;
    Ok(CreateTargetGroupOutput { target_groups: Some(vec![convert::target_group(&made, &snapshot)]) })
}

fn read(input: &CreateTargetGroupInput) -> Result<Wanted, Error> {
    name::check("Target group", &input.name)?;
    let target_type = input.target_type.as_ref().map_or("instance", |kind| kind.as_str());
    let target_type: TargetType = target_type
        .parse()
        .map_err(|_| unsupported(format!("target groups with target type '{target_type}'")))?;
    refuse(&[("target control ports", input.target_control_port.is_some())])?;
    let protocol =
        input.protocol.as_ref().ok_or_else(|| validation("A protocol must be specified"))?.as_str();
    let protocol: Protocol =
        protocol.parse().map_err(|_| unsupported(format!("target groups with the {protocol} protocol")))?;
    let protocol_version = version(protocol, input.protocol_version.as_deref())?;
    let port = input.port.ok_or_else(|| validation("A port must be specified"))?;
    let port = u16::try_from(port).map_err(|_| validation(format!("Port '{port}' is not valid")))?;
    let addresses = input.ip_address_type.as_ref().map_or("ipv4", |addresses| addresses.as_str());
    let addresses = addresses.parse().map_err(|_| one_of("IP address type", addresses, &["ipv4", "ipv6"]))?;
    if addresses == TargetGroupIpAddressType::Ipv6 && target_type == TargetType::Instance {
        return Err(unsupported("target groups of instances by their IPv6 addresses"));
    }
    let given = Given {
        enabled: input.health_check_enabled,
        protocol: input.health_check_protocol.as_ref().map(|protocol| protocol.as_str()),
        port: input.health_check_port.as_deref(),
        path: input.health_check_path.as_deref(),
        interval: input.health_check_interval_seconds,
        timeout: input.health_check_timeout_seconds,
        healthy: input.healthy_threshold_count,
        unhealthy: input.unhealthy_threshold_count,
        matcher: input.matcher.as_ref(),
    };
    let health_check = health_check::read(Of { protocol, version: protocol_version }, &given, None)?;
    let tags = tagging::read(input.tags.as_deref())?;
    Ok(Wanted { target_type, protocol, protocol_version, port, addresses, health_check, tags })
}

fn version(protocol: Protocol, given: Option<&str>) -> Result<Option<ProtocolVersion>, Error> {
    match given {
        None if protocol.is_application() => Ok(Some(ProtocolVersion::Http1)),
        None => Ok(None),
        Some(_) if !protocol.is_application() => Err(validation(format!(
            "A protocol version cannot be specified for target groups with the {protocol} protocol"
        ))),
        Some(text) => {
            let found =
                text.parse().map_err(|_| one_of("Protocol version", text, &["GRPC", "HTTP1", "HTTP2"]))?;
            Ok(Some(found))
        }
    }
}

fn create(
    tx: &mut Tx<'_>,
    cx: &Cx,
    input: &CreateTargetGroupInput,
    wanted: &Wanted,
    id: [u8; 16],
) -> Result<TargetGroupArn, Error> {
    let vpc = vpc(tx, cx, input.vpc_id.as_deref())?;
    let group = TargetGroup {
        arn: TargetGroupArn::new(&cx.scope, &input.name, id),
        scope: cx.scope.clone(),
        name: input.name.clone(),
        target_type: wanted.target_type,
        protocol: wanted.protocol,
        protocol_version: wanted.protocol_version,
        port: wanted.port,
        vpc,
        ip_address_type: wanted.addresses,
        health_check: wanted.health_check.clone(),
        attributes: Attributes::default(),
        created_at: cx.now,
        tags: wanted.tags.clone(),
    };
    if let Some(before) = target_group::named(tx.table(), &cx.scope, &input.name) {
        return match is_same(before, &group) {
            true => Ok(before.arn.clone()),
            false => Err(Error::duplicate_target_group_name(format!(
                "A target group with the same name '{}' exists, but with different settings",
                input.name
            ))),
        };
    }
    if tx.by_index(target_group::BY_SCOPE, &cx.scope).count() >= MOST {
        return Err(Error::too_many_target_groups(format!(
            "You've reached the limit of {MOST} on the number of target groups"
        )));
    }
    Ok(tx.put(group).arn.clone())
}

fn vpc(from: &impl Source, cx: &Cx, id: Option<&str>) -> Result<VpcId, Error> {
    let id = id.ok_or_else(|| validation("A VPC ID must be specified"))?;
    let found = from.get::<Vpc>(id).filter(|vpc| vpc.scope == cx.scope);
    let vpc = found.ok_or_else(|| validation(format!("The VPC ID '{id}' is not found")))?;
    Ok(vpc.id.clone())
}

/// Whether two groups are the same but for what a change may change without the request's knowledge.
fn is_same(before: &TargetGroup, wanted: &TargetGroup) -> bool {
    let shape = |g: &TargetGroup| {
        (
            g.target_type,
            g.protocol,
            g.protocol_version,
            g.port,
            g.vpc.clone(),
            g.ip_address_type,
            g.health_check.clone(),
        )
    };
    shape(before) == shape(wanted) && tagging::same(&before.tags, &wanted.tags)
}

pub(crate) async fn describe_target_groups(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeTargetGroupsInput,
) -> Result<DescribeTargetGroupsOutput, Error> {
    let snapshot = elbv2.state.snapshot();
    let arns = input.target_group_arns.as_deref().unwrap_or_default();
    let names = input.names.as_deref().unwrap_or_default();
    let ways = usize::from(!arns.is_empty()) + usize::from(!names.is_empty());
    if ways + usize::from(input.load_balancer_arn.is_some()) > 1 {
        return Err(validation(
            "Target group names, target group ARNs, and a load balancer ARN cannot be specified at the same time",
        ));
    }
    check_count(arns.len().max(names.len()), "target groups")?;
    let missing = || Error::target_group_not_found("One or more target groups not found");
    let mut found: Vec<Arc<TargetGroup>> = Vec::new();
    for arn in arns {
        found.push(find::target_group(&snapshot, cx, arn).map_err(|error| match error.code {
            ErrorCode::TargetGroupNotFoundException => missing(),
            _ => error,
        })?);
    }
    for name in names {
        found.push(target_group::named(snapshot.table(), &cx.scope, name).cloned().ok_or_else(missing)?);
    }
    if let Some(arn) = &input.load_balancer_arn {
        let balancer = find::load_balancer(&snapshot, cx, arn)?;
        let listeners = snapshot.by_index(listener::BY_LOAD_BALANCER, &balancer.arn);
        let rules = listeners.flat_map(|listener| snapshot.by_index(rule::BY_LISTENER, &listener.arn));
        let arns: Vec<TargetGroupArn> = rules.flat_map(|rule: &Arc<Rule>| rule.groups().cloned()).collect();
        found.extend(arns.iter().filter_map(|arn| snapshot.get::<TargetGroup>(arn).cloned()));
    } else if ways == 0 {
        found.extend(snapshot.by_index(target_group::BY_SCOPE, &cx.scope).cloned());
    }
    found.sort_by(|a, b| a.arn.cmp(&b.arn));
    found.dedup_by(|a, b| a.arn == b.arn);
    let key = |group: &Arc<TargetGroup>| group.arn.to_string();
    let page = page::of(found.into_iter(), key, input.marker.as_deref(), input.page_size)?;
    let shown = page.items.iter().map(|group| convert::target_group(group, &snapshot));
    Ok(DescribeTargetGroupsOutput { target_groups: Some(shown.collect()), next_marker: page.marker })
}

pub(crate) async fn modify_target_group(
    elbv2: &Elbv2,
    cx: &Cx,
    input: ModifyTargetGroupInput,
) -> Result<ModifyTargetGroupOutput, Error> {
    let given = Given {
        enabled: input.health_check_enabled,
        protocol: input.health_check_protocol.as_ref().map(|protocol| protocol.as_str()),
        port: input.health_check_port.as_deref(),
        path: input.health_check_path.as_deref(),
        interval: input.health_check_interval_seconds,
        timeout: input.health_check_timeout_seconds,
        healthy: input.healthy_threshold_count,
        unhealthy: input.unhealthy_threshold_count,
        matcher: input.matcher.as_ref(),
    };
    let arn = elbv2
        .change(cx, |tx, _| {
            let group = find::target_group(tx, cx, &input.target_group_arn)?;
            let of = Of { protocol: group.protocol, version: group.protocol_version };
            let health_check = health_check::read(of, &given, Some(&group.health_check))?;
            tx.put(TargetGroup { health_check, ..TargetGroup::clone(&group) });
            Ok(group.arn.clone())
        })
        .await?;
    let snapshot = elbv2.state.snapshot();
    let changed = find::target_group(&snapshot, cx, arn.as_str())?;
    Ok(ModifyTargetGroupOutput { target_groups: Some(vec![convert::target_group(&changed, &snapshot)]) })
}

pub(crate) async fn delete_target_group(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DeleteTargetGroupInput,
) -> Result<DeleteTargetGroupOutput, Error> {
    elbv2
        .change(cx, |tx, _| {
            let group = match find::target_group(tx, cx, &input.target_group_arn) {
                Ok(group) => group,
                // One that is gone is deleted; the operation has no error for it.
                Err(error) if error.code == ErrorCode::TargetGroupNotFoundException => return Ok(()),
                Err(error) => return Err(error),
            };
            if target_group::is_in_use(tx.table(), &group.arn) {
                return Err(Error::resource_in_use(format!(
                    "Target group '{}' is currently in use by a listener or a rule",
                    group.arn
                )));
            }
            target_group::delete(tx, &group.arn);
            Ok(())
        })
        .await?;
    Ok(DeleteTargetGroupOutput {})
}

/// A group that one load balancer uses is no other's.
pub(super) fn check_free(
    from: &Tx<'_>,
    group: &TargetGroup,
    balancer: &model::ids::LoadBalancerArn,
) -> Result<(), Error> {
    let users = target_group::load_balancers(from, &group.arn);
    match users.iter().all(|user| user == balancer) {
        true => Ok(()),
        false => Err(Error::target_group_association_limit(format!(
            "The following target groups cannot be associated with more than one load balancer: {}",
            group.arn
        ))),
    }
}

/// A group is of its load balancer's network.
pub(super) fn check_vpc(group: &TargetGroup, balancer: &model::elbv2::LoadBalancer) -> Result<(), Error> {
    match group.vpc == balancer.vpc {
        true => Ok(()),
        false => Err(configuration(format!(
            "The following target groups are in a different VPC than load balancer '{}': {}",
            balancer.arn, group.arn
        ))),
    }
}
