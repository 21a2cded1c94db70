//! Targets: registered, deregistered, and how they are.

use crate::errors::{refuse, validation};
use crate::find;
use crate::service::Elbv2;
use ::api::elbv2::{
    AdministrativeOverride, AnomalyDetection, AnomalyResultEnum, DeregisterTargetsInput,
    DeregisterTargetsOutput, DescribeTargetHealthInput, DescribeTargetHealthInputIncludeEnum,
    DescribeTargetHealthOutput, Error, MitigationInEffectEnum, RegisterTargetsInput, RegisterTargetsOutput,
    TargetAdministrativeOverrideReasonEnum, TargetAdministrativeOverrideStateEnum, TargetDescription,
    TargetHealthDescription,
};
use auth::Cx;
use model::ec2::{Ipv4Block, Subnet};
use model::elbv2::{
    HealthCheckPort, Target, TargetGroup, TargetGroupIpAddressType, TargetHealth, TargetType, attribute,
};
use model::ids::Ec2InstanceId;
use state::ec2::subnet;
use state::ecs::container_instance::machine;
use state::elbv2::target::{self, Full, Health};
use state::{Snapshot, Source, Tx};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// The ranges of addresses outside of a VPC that can be targets: RFC 1918 and RFC 6598.
const PRIVATE: [(Ipv4Addr, u8); 4] = [
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
];

pub(crate) async fn register_targets(
    elbv2: &Elbv2,
    cx: &Cx,
    input: RegisterTargetsInput,
) -> Result<RegisterTargetsOutput, Error> {
    check_given(&input.targets)?;
    elbv2
        .change(cx, |tx, _| {
            let group = find::target_group(tx, cx, &input.target_group_arn)?;
            for given in &input.targets {
                let target = read(tx, cx, &group, given)?;
                target::register(tx, &cx.scope, target, cx.now).map_err(full)?;
            }
            Ok(())
        })
        .await?;
    Ok(RegisterTargetsOutput {})
}

fn check_given(targets: &[TargetDescription]) -> Result<(), Error> {
    if targets.is_empty() {
        return Err(validation("At least one target must be specified"));
    }
    if targets.len() > target::MOST {
        return Err(full(Full::Group));
    }
    refuse(&[("QUIC server IDs", targets.iter().any(|target| target.quic_server_id.is_some()))])
}

fn full(full: Full) -> Error {
    match full {
        Full::Group => Error::too_many_targets(full.to_string()),
        Full::Target(_) => Error::too_many_registrations_for_target_id(full.to_string()),
    }
}

fn read(from: &Tx<'_>, cx: &Cx, group: &TargetGroup, given: &TargetDescription) -> Result<Target, Error> {
    let (id, zone) = match group.target_type {
        TargetType::Instance => (instance(from, cx, given)?, None),
        TargetType::Ip => address(from, group, given)?,
    };
    let port = port(group, given)?;
    Ok(Target { group: group.arn.clone(), id, port, zone, registered_at: cx.now, draining_until: None })
}

fn port(group: &TargetGroup, given: &TargetDescription) -> Result<u16, Error> {
    let Some(port) = given.port else { return Ok(group.port) };
    u16::try_from(port).map_err(|_| validation(format!("Port '{port}' is not valid")))
}

/// A machine by its id. AWS also asks whether it is in the group's VPC.
// AWS differs: a machine of ours is in no VPC, and the load balancer reaches it as a node.
fn instance(from: &Tx<'_>, cx: &Cx, given: &TargetDescription) -> Result<String, Error> {
    let id = instance_id(&given.id)?;
    if given.availability_zone.is_some() {
        return Err(validation("An Availability Zone cannot be specified for targets of type 'instance'"));
    }
    match machine(from, &cx.scope, id.as_str()) {
        Some(_) => Ok(id.to_string()),
        None => Err(Error::invalid_target(format!(
            "The following targets are not in a running state and cannot be registered: '{id}'"
        ))),
    }
}

fn instance_id(text: &str) -> Result<Ec2InstanceId, Error> {
    text.parse().map_err(|_| validation(format!("Instance ID '{}' is not valid", short(text))))
}

fn short(text: &str) -> String {
    text.chars().take(128).collect()
}

/// An address in its usual form, and the zone whose nodes send to it; `None` for all.
fn address(
    from: &impl Source,
    group: &TargetGroup,
    given: &TargetDescription,
) -> Result<(String, Option<String>), Error> {
    let address = ip(group, &given.id)?;
    let zone = given.availability_zone.as_deref();
    if let Some(subnet) = target::subnet_of(from, &group.vpc, address) {
        return match zone {
            Some(other) if other != subnet.zone => Err(validation(format!(
                "The IP address '{address}' is within the VPC, and cannot have its Availability Zone overridden to '{}' from '{}'",
                short(other),
                subnet.zone
            ))),
            _ => Ok((address.to_string(), Some(subnet.zone.clone()))),
        };
    }
    if !is_private(address) {
        return Err(validation(format!(
            "The IP address '{address}' is not within the VPC, nor in the RFC 1918 or RFC 6598 ranges"
        )));
    }
    match zone {
        None => Err(validation(format!(
            "The Availability Zone is required for IP address '{address}' because it is not in the VPC"
        ))),
        Some("all") => Ok((address.to_string(), None)),
        Some(zone) => {
            let subnets = from.table::<Subnet>();
            let known = subnets.by_index(subnet::BY_VPC, &group.vpc).any(|subnet| subnet.zone == zone);
            match known {
                true => Ok((address.to_string(), Some(zone.to_owned()))),
                false => Err(validation(format!("The Availability Zone '{}' is not valid", short(zone)))),
            }
        }
    }
}

fn ip(group: &TargetGroup, text: &str) -> Result<IpAddr, Error> {
    let (family, found) = match group.ip_address_type {
        TargetGroupIpAddressType::Ipv4 => ("IPv4", text.parse().ok().map(IpAddr::V4)),
        TargetGroupIpAddressType::Ipv6 => ("IPv6", text.parse().ok().map(IpAddr::V6)),
    };
    found.ok_or_else(|| {
        validation(format!("The IP address '{}' is not a valid {family} address", short(text)))
    })
}

fn is_private(address: IpAddr) -> bool {
    let IpAddr::V4(address) = address else { return false };
    PRIVATE.iter().any(|(network, length)| {
        Ipv4Block::new(*network, *length).is_some_and(|block| block.contains(address))
    })
}

/// The key parts of a target that is named and need not be registered.
fn named(group: &TargetGroup, given: &TargetDescription) -> Result<(String, u16), Error> {
    let id = match group.target_type {
        TargetType::Instance => instance_id(&given.id)?.to_string(),
        TargetType::Ip => ip(group, &given.id)?.to_string(),
    };
    Ok((id, port(group, given)?))
}

pub(crate) async fn deregister_targets(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DeregisterTargetsInput,
) -> Result<DeregisterTargetsOutput, Error> {
    check_given(&input.targets)?;
    elbv2
        .change(cx, |tx, _| {
            let group = find::target_group(tx, cx, &input.target_group_arn)?;
            for given in &input.targets {
                let (id, port) = named(&group, given)?;
                if let Some(target) = tx.get::<Target>(Target::key_of(&group.arn, &id, port)) {
                    target::deregister(tx, &group, &target, cx.now);
                }
            }
            Ok(())
        })
        .await?;
    Ok(DeregisterTargetsOutput {})
}

pub(crate) async fn describe_target_health(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeTargetHealthInput,
) -> Result<DescribeTargetHealthOutput, Error> {
    let snapshot = elbv2.state.snapshot();
    let group = find::target_group(&snapshot, cx, &input.target_group_arn)?;
    let anomalies = input.include.iter().flatten().any(|include| {
        matches!(
            include,
            DescribeTargetHealthInputIncludeEnum::AnomalyDetection
                | DescribeTargetHealthInputIncludeEnum::All
        )
    });
    let shown = |target: &Arc<Target>| {
        let health = target::health(&snapshot, &group, target);
        let anomaly = anomalies.then(|| anomaly(&snapshot, &group, target));
        description(&group, (&target.id, target.port, zone_shown(&group, target)), health, anomaly)
    };
    let registered = || target::of_group(&snapshot, &group.arn, cx.now);
    let Some(named_ones) = input.targets.filter(|targets| !targets.is_empty()) else {
        let all = registered().map(shown).collect();
        return Ok(DescribeTargetHealthOutput { target_health_descriptions: Some(all) });
    };
    check_given(&named_ones)?;
    let mut all = Vec::new();
    for given in &named_ones {
        let (id, port) = named(&group, given)?;
        match registered().find(|target| target.id == id && target.port == port) {
            Some(target) => all.push(shown(target)),
            None => all.push(description(&group, (&id, port, None), target::not_registered(), None)),
        }
    }
    Ok(DescribeTargetHealthOutput { target_health_descriptions: Some(all) })
}

/// The zone of an address; a machine's is not shown.
fn zone_shown(group: &TargetGroup, target: &Target) -> Option<String> {
    match group.target_type {
        TargetType::Instance => None,
        TargetType::Ip => Some(target.zone.clone().unwrap_or_else(|| "all".to_owned())),
    }
}

fn description(
    group: &TargetGroup,
    (id, port, zone): (&str, u16, Option<String>),
    health: Health,
    anomaly_detection: Option<AnomalyDetection>,
) -> TargetHealthDescription {
    let checked = match group.health_check.port {
        HealthCheckPort::Traffic => port,
        HealthCheckPort::Number(number) => number,
    };
    TargetHealthDescription {
        target: Some(TargetDescription {
            id: id.to_owned(),
            port: Some(port.into()),
            availability_zone: zone,
            quic_server_id: None,
        }),
        health_check_port: Some(checked.to_string()),
        target_health: Some(::api::elbv2::TargetHealth {
            state: Some(health.state.as_str().into()),
            reason: health.reason.map(|reason| reason.as_str().into()),
            description: health.description,
        }),
        anomaly_detection,
        // Nobody shifts zones here.
        administrative_override: Some(AdministrativeOverride {
            state: Some(TargetAdministrativeOverrideStateEnum::NoOverride),
            reason: Some(TargetAdministrativeOverrideReasonEnum::AdministrativeOverrideNoOverride),
            description: Some("No override is currently active on target".to_owned()),
        }),
    }
}

fn anomaly(from: &Snapshot, group: &TargetGroup, target: &Target) -> AnomalyDetection {
    let key = Target::key_of(&target.group, &target.id, target.port);
    let anomalous = from.get::<TargetHealth>(&key).is_some_and(|seen| seen.anomalous);
    let mitigated = anomalous && group.attribute(attribute::MITIGATION) == Some("on");
    AnomalyDetection {
        result: Some(if anomalous { AnomalyResultEnum::Anomalous } else { AnomalyResultEnum::Normal }),
        mitigation_in_effect: Some(if mitigated {
            MitigationInEffectEnum::Yes
        } else {
            MitigationInEffectEnum::No
        }),
    }
}
