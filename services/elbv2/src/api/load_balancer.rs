//! Load balancers: made, shown and deleted.

use super::{name, place};
use crate::errors::{configuration, refuse, unsupported, validation};
use crate::service::Elbv2;
use crate::{convert, errors, find, page, tagging};
use ::api::elbv2::{
    CreateLoadBalancerInput, CreateLoadBalancerOutput, DeleteLoadBalancerInput, DeleteLoadBalancerOutput,
    DescribeLoadBalancersInput, DescribeLoadBalancersOutput, EnablePrefixForIpv6SourceNatEnum, Error,
};
use auth::Cx;
use model::Tag;
use model::elbv2::{Attributes, LoadBalancer, LoadBalancerIpAddressType, LoadBalancerKind, Scheme};
use model::ids::{LoadBalancerArn, SecurityGroupId};
use state::Tx;
use state::ec2::Draw;
use state::elbv2::load_balancer;
use std::sync::Arc;

/// Load balancers of one kind in a region. Source: "Quotas for your Application Load Balancers", 2025.
pub(crate) const MOST: usize = 50;

/// ARNs or names of one request.
pub(crate) const MOST_NAMED: usize = 20;

/// What is asked for, checked as far as no state is needed.
struct Wanted {
    kind: LoadBalancerKind,
    scheme: Scheme,
    addresses: LoadBalancerIpAddressType,
    tags: Vec<Tag>,
}

pub(crate) async fn create_load_balancer(
    elbv2: &Elbv2,
    cx: &Cx,
    input: CreateLoadBalancerInput,
) -> Result<CreateLoadBalancerOutput, Error> {
    let wanted = read(&input)?;
    let arn = elbv2.change(cx, |tx, draw| create(tx, cx, &input, &wanted, draw)).await?;
    let snapshot = elbv2.state.snapshot();
    let made = find::load_balancer(&snapshot, cx, arn.as_str())?;
    Ok(CreateLoadBalancerOutput { load_balancers: Some(vec![convert::load_balancer(&made, &snapshot)]) })
}

fn read(input: &CreateLoadBalancerInput) -> Result<Wanted, Error> {
    name::check("The load balancer", &input.name)?;
    let kind = input.r#type.as_ref().map_or("application", |kind| kind.as_str());
    let kind: LoadBalancerKind =
        kind.parse().map_err(|_| unsupported(format!("load balancers of type '{kind}'")))?;
    let scheme = input.scheme.as_ref().map_or("internet-facing", |scheme| scheme.as_str());
    let scheme: Scheme =
        scheme.parse().map_err(|_| Error::invalid_scheme(format!("The scheme '{scheme}' is not valid")))?;
    let addresses = input.ip_address_type.as_ref().map_or("ipv4", |addresses| addresses.as_str());
    let addresses = address_type(kind, scheme, addresses)?;
    let on = |prefix: &EnablePrefixForIpv6SourceNatEnum| prefix.as_str() == "on";
    refuse(&[
        ("customer-owned address pools", input.customer_owned_ipv4_pool.is_some()),
        ("IPAM pools", input.ipam_pools.is_some()),
        ("IPv6 prefixes for source NAT", input.enable_prefix_for_ipv6_source_nat.as_ref().is_some_and(on)),
    ])?;
    Ok(Wanted { kind, scheme, addresses, tags: tagging::read(input.tags.as_deref())? })
}

/// An IP address type that a load balancer of this kind and scheme can have.
pub(super) fn address_type(
    kind: LoadBalancerKind,
    scheme: Scheme,
    text: &str,
) -> Result<LoadBalancerIpAddressType, Error> {
    let addresses: LoadBalancerIpAddressType =
        text.parse().map_err(|_| errors::one_of("IP address type", text, &["ipv4", "dualstack"]))?;
    let possible = match addresses {
        LoadBalancerIpAddressType::Ipv4 | LoadBalancerIpAddressType::Dualstack => true,
        LoadBalancerIpAddressType::DualstackWithoutPublicIpv4 => {
            kind == LoadBalancerKind::Application && scheme == Scheme::InternetFacing
        }
    };
    match possible {
        true => Ok(addresses),
        false => Err(configuration(format!(
            "IP address type '{addresses}' is not supported for {scheme} load balancers of type '{kind}'"
        ))),
    }
}

fn create(
    tx: &mut Tx<'_>,
    cx: &Cx,
    input: &CreateLoadBalancerInput,
    wanted: &Wanted,
    draw: Draw<'_>,
) -> Result<LoadBalancerArn, Error> {
    let Wanted { kind, scheme, addresses, tags } = wanted;
    let subnets =
        place::subnets(tx, cx, *kind, *scheme, input.subnets.as_deref(), input.subnet_mappings.as_deref())?;
    let vpc = subnets.first().expect("there is one at least").subnet.vpc.clone();
    let mut groups = place::groups(tx, cx, &vpc, input.security_groups.as_deref().unwrap_or_default())?;
    if groups.is_empty() && *kind == LoadBalancerKind::Application {
        groups.push(place::default_group(tx, &vpc));
    }
    if let Some(before) = load_balancer::named(tx.table(), &cx.scope, &input.name) {
        return match is_same(before, wanted, &subnets, &groups) {
            true => Ok(before.arn.clone()),
            false => Err(Error::duplicate_load_balancer_name(format!(
                "A load balancer with the same name '{}' exists, but with different settings",
                input.name
            ))),
        };
    }
    let same_kind = tx.by_index(load_balancer::BY_SCOPE, &cx.scope).filter(|balancer| balancer.kind == *kind);
    if same_kind.count() >= MOST {
        return Err(Error::too_many_load_balancers(format!(
            "You've reached the limit of {MOST} on the number of load balancers of type '{kind}'"
        )));
    }
    place::check_gateway(tx, &vpc, *scheme)?;
    let mut balancer = LoadBalancer {
        arn: LoadBalancerArn::new(&cx.scope, *kind, &input.name, draw()),
        scope: cx.scope.clone(),
        name: input.name.clone(),
        kind: *kind,
        scheme: *scheme,
        ip_address_type: *addresses,
        vpc,
        subnets: Vec::new(),
        security_groups: groups,
        private_link_rules: None,
        attributes: Attributes::default(),
        created_at: cx.now,
        tags: tags.clone(),
    };
    for subnet in &subnets {
        let entered = place::enter(tx, cx, &balancer, subnet, draw)?;
        balancer.subnets.push(entered);
    }
    let arn = balancer.arn.clone();
    tx.put(balancer);
    Ok(arn)
}

fn is_same(
    before: &LoadBalancer,
    wanted: &Wanted,
    subnets: &[place::Wanted],
    groups: &[SecurityGroupId],
) -> bool {
    let same_subnets = before.subnets.len() == subnets.len()
        && before.subnets.iter().zip(subnets).all(|(before, wanted)| {
            before.subnet == wanted.subnet.id
                && before.allocation == wanted.allocation
                && before.private_address == wanted.private_address
        });
    let same_groups = before.security_groups.len() == groups.len()
        && groups.iter().all(|g| before.security_groups.contains(g));
    (before.kind, before.scheme, before.ip_address_type) == (wanted.kind, wanted.scheme, wanted.addresses)
        && same_subnets
        && same_groups
        && tagging::same(&before.tags, &wanted.tags)
}

pub(crate) async fn describe_load_balancers(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeLoadBalancersInput,
) -> Result<DescribeLoadBalancersOutput, Error> {
    let snapshot = elbv2.state.snapshot();
    let arns = input.load_balancer_arns.as_deref().unwrap_or_default();
    let names = input.names.as_deref().unwrap_or_default();
    if !arns.is_empty() && !names.is_empty() {
        return Err(validation(
            "Load balancer names and load balancer ARNs cannot be specified at the same time",
        ));
    }
    check_count(arns.len().max(names.len()), "load balancers")?;
    let mut found: Vec<Arc<LoadBalancer>> = Vec::new();
    for arn in arns {
        found.push(find::load_balancer(&snapshot, cx, arn).map_err(one_or_more)?);
    }
    for name in names {
        let named = load_balancer::named(snapshot.table(), &cx.scope, name).cloned();
        found.push(
            named.ok_or_else(|| {
                Error::load_balancer_not_found(format!("Load balancers '[{name}]' not found"))
            })?,
        );
    }
    if arns.is_empty() && names.is_empty() {
        found.extend(snapshot.by_index(load_balancer::BY_SCOPE, &cx.scope).cloned());
    }
    found.sort_by(|a, b| a.arn.cmp(&b.arn));
    found.dedup_by(|a, b| a.arn == b.arn);
    let key = |balancer: &Arc<LoadBalancer>| balancer.arn.to_string();
    let page = page::of(found.into_iter(), key, input.marker.as_deref(), input.page_size)?;
    let shown = page.items.iter().map(|balancer| convert::load_balancer(balancer, &snapshot));
    Ok(DescribeLoadBalancersOutput { load_balancers: Some(shown.collect()), next_marker: page.marker })
}

/// A list answers this of an ARN that is not there.
fn one_or_more(error: Error) -> Error {
    match error.code {
        ::api::elbv2::ErrorCode::LoadBalancerNotFoundException => {
            Error::load_balancer_not_found("One or more load balancers not found")
        }
        _ => error,
    }
}

/// Bounds what one request names.
pub(super) fn check_count(count: usize, what: &str) -> Result<(), Error> {
    match count > MOST_NAMED {
        true => Err(validation(format!("Up to '{MOST_NAMED}' {what} can be specified in a single call"))),
        false => Ok(()),
    }
}

pub(crate) async fn delete_load_balancer(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DeleteLoadBalancerInput,
) -> Result<DeleteLoadBalancerOutput, Error> {
    elbv2
        .change(cx, |tx, _| {
            let balancer = match find::load_balancer(tx, cx, &input.load_balancer_arn) {
                Ok(balancer) => balancer,
                Err(error) if error.code == ::api::elbv2::ErrorCode::LoadBalancerNotFoundException => {
                    return Ok(());
                }
                Err(error) => return Err(error),
            };
            if balancer.is_protected() {
                return Err(Error::operation_not_permitted(format!(
                    "Load balancer '{}' cannot be deleted because deletion protection is enabled",
                    balancer.arn
                )));
            }
            load_balancer::delete(tx, &balancer.arn);
            Ok(())
        })
        .await?;
    Ok(DeleteLoadBalancerOutput {})
}
