//! Changes of load balancers: security groups, subnets, IP address type. Interfaces follow in the same change.

use super::{action, load_balancer::address_type, place};
use crate::errors::{configuration, refuse, validation};
use crate::service::Elbv2;
use crate::{convert, errors, find};
use ::api::elbv2::{
    Error, SetIpAddressTypeInput, SetIpAddressTypeOutput, SetSecurityGroupsInput, SetSecurityGroupsOutput,
    SetSubnetsInput, SetSubnetsOutput,
};
use auth::Cx;
use model::ec2::Subnet;
use model::elbv2::{BalancerSubnet, LoadBalancer, LoadBalancerIpAddressType, LoadBalancerKind};
use state::Tx;
use state::ec2::{Draw, network_interface};
use std::sync::Arc;

pub(crate) async fn set_security_groups(
    elbv2: &Elbv2,
    cx: &Cx,
    input: SetSecurityGroupsInput,
) -> Result<SetSecurityGroupsOutput, Error> {
    let enforce = input.enforce_security_group_inbound_rules_on_private_link_traffic.as_ref();
    let enforce = enforce.map(|value| value.as_str() == "on");
    let changed = elbv2
        .change(cx, |tx, _| {
            let balancer = find::load_balancer(tx, cx, &input.load_balancer_arn)?;
            let groups = place::groups(tx, cx, &balancer.vpc, &input.security_groups)?;
            if groups.is_empty() {
                return Err(validation("At least one security group must be specified"));
            }
            match balancer.kind {
                LoadBalancerKind::Application if enforce.is_some() => {
                    return Err(configuration("Security group rules on PrivateLink traffic are only for load balancers of type 'network'"));
                }
                LoadBalancerKind::Network if balancer.security_groups.is_empty() => {
                    return Err(configuration(format!(
                        "Security groups cannot be set for load balancer '{}', which was created without any",
                        balancer.arn
                    )));
                }
                LoadBalancerKind::Application | LoadBalancerKind::Network => {}
            }
            for subnet in &balancer.subnets {
                network_interface::set_groups(tx, &subnet.interface, groups.clone());
            }
            let changed = tx.modify::<LoadBalancer>(&balancer.arn, |b| {
                b.security_groups = groups;
                b.private_link_rules = enforce.or(b.private_link_rules);
            });
            Ok(changed.expect("it was just read"))
        })
        .await?;
    Ok(SetSecurityGroupsOutput {
        security_group_ids: Some(changed.security_groups.iter().map(ToString::to_string).collect()),
        enforce_security_group_inbound_rules_on_private_link_traffic: convert::private_link(&changed)
            .map(Into::into),
    })
}

pub(crate) async fn set_subnets(
    elbv2: &Elbv2,
    cx: &Cx,
    input: SetSubnetsInput,
) -> Result<SetSubnetsOutput, Error> {
    let prefix = input.enable_prefix_for_ipv6_source_nat.as_ref().is_some_and(|on| on.as_str() == "on");
    refuse(&[("IPv6 prefixes for source NAT", prefix)])?;
    let arn = elbv2
        .change(cx, |tx, draw| {
            let mut balancer = LoadBalancer::clone(&*find::load_balancer(tx, cx, &input.load_balancer_arn)?);
            let (kind, scheme) = (balancer.kind, balancer.scheme);
            let wanted = place::subnets(
                tx,
                cx,
                kind,
                scheme,
                input.subnets.as_deref(),
                input.subnet_mappings.as_deref(),
            )?;
            if wanted.iter().any(|wanted| wanted.subnet.vpc != balancer.vpc) {
                return Err(configuration(format!("All subnets must belong to VPC '{}'", balancer.vpc)));
            }
            if let Some(addresses) = &input.ip_address_type {
                let addresses = address_type(kind, scheme, addresses.as_str())?;
                // Those that leave are not asked for an IPv6 block.
                balancer.subnets.retain(|s| {
                    let stays = wanted.iter().any(|wanted| stays(s, wanted));
                    if !stays {
                        network_interface::release(tx, &s.interface);
                    }
                    stays
                });
                set_addresses(tx, &mut balancer, addresses, draw)?;
            }
            move_to(tx, cx, &mut balancer, &wanted, draw)?;
            let arn = balancer.arn.clone();
            tx.put(balancer);
            Ok(arn)
        })
        .await?;
    let snapshot = elbv2.state.snapshot();
    let changed = find::load_balancer(&snapshot, cx, arn.as_str())?;
    Ok(SetSubnetsOutput {
        availability_zones: Some(convert::zones(&changed, &snapshot)),
        ip_address_type: Some(changed.ip_address_type.as_str().into()),
        enable_prefix_for_ipv6_source_nat: convert::source_nat(&changed),
    })
}

/// Whether what a load balancer has in a subnet is what is wanted there.
fn stays(subnet: &BalancerSubnet, wanted: &place::Wanted) -> bool {
    subnet.subnet == wanted.subnet.id
        && subnet.allocation == wanted.allocation
        && subnet.private_address == wanted.private_address
}

/// Leaves the subnets that are not wanted any more, and enters those that are new.
fn move_to(
    tx: &mut Tx<'_>,
    cx: &Cx,
    balancer: &mut LoadBalancer,
    wanted: &[place::Wanted],
    draw: Draw<'_>,
) -> Result<(), Error> {
    let before = std::mem::take(&mut balancer.subnets);
    for subnet in before.iter().filter(|subnet| !wanted.iter().any(|wanted| stays(subnet, wanted))) {
        network_interface::release(tx, &subnet.interface);
    }
    for wanted in wanted {
        let entered = match before.iter().find(|subnet| stays(subnet, wanted)) {
            Some(subnet) => subnet.clone(),
            None => place::enter(tx, cx, balancer, wanted, draw)?,
        };
        balancer.subnets.push(entered);
    }
    Ok(())
}

pub(crate) async fn set_ip_address_type(
    elbv2: &Elbv2,
    cx: &Cx,
    input: SetIpAddressTypeInput,
) -> Result<SetIpAddressTypeOutput, Error> {
    let changed = elbv2
        .change(cx, |tx, draw| {
            let mut balancer = LoadBalancer::clone(&*find::load_balancer(tx, cx, &input.load_balancer_arn)?);
            let addresses = address_type(balancer.kind, balancer.scheme, input.ip_address_type.as_str())?;
            set_addresses(tx, &mut balancer, addresses, draw)?;
            tx.put(balancer);
            Ok(addresses)
        })
        .await?;
    Ok(SetIpAddressTypeOutput { ip_address_type: Some(changed.as_str().into()) })
}

/// Gives every interface of a load balancer the addresses of an IP address type, and takes those that are not of it.
fn set_addresses(
    tx: &mut Tx<'_>,
    balancer: &mut LoadBalancer,
    addresses: LoadBalancerIpAddressType,
    draw: Draw<'_>,
) -> Result<(), Error> {
    balancer.ip_address_type = addresses;
    for group in action::groups_of(tx, balancer) {
        action::check_addresses(balancer, &group)?;
    }
    let dualstack = addresses != LoadBalancerIpAddressType::Ipv4;
    let public = place::is_public(balancer.scheme, addresses);
    for place in &balancer.subnets {
        let subnet: Arc<Subnet> =
            tx.get::<Subnet>(&place.subnet).expect("a subnet with interfaces is not deleted");
        if !network_interface::set_ipv6(tx, &place.interface, &subnet, dualstack, draw) {
            return Err(place::no_ipv6(&subnet));
        }
        network_interface::set_public(tx, &place.interface, public, draw).map_err(errors::interface)?;
    }
    Ok(())
}
