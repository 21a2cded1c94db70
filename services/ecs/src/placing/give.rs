//! What a task's record gets with its place.

use crate::address;
use crate::fleet::{ZONES_ATTRIBUTE, is_external};
use crate::stop;
use auth::Ids;
use model::Timestamp;
use model::ecs::task::TaskNetworkInterface;
use model::ecs::{Attribute, ContainerInstance, Task};
use model::status::{LaunchType, TaskStatus};
use plan::placement::Placement;
use state::Tx;

/// Puts a task on its instance, with its network interface in one of the subnets of `network`. A task for which there is no address is over at once.
pub(crate) fn give(
    tx: &mut Tx<'_>,
    task: &mut Task,
    placement: Placement,
    network: &address::Place,
    now: Timestamp,
    ids: &mut Ids,
) {
    let instance = tx.get::<ContainerInstance>(placement.instance.as_str());
    let instance = instance.as_deref();
    if task.launch_type == LaunchType::Ec2 && instance.is_some_and(is_external) {
        task.launch_type = LaunchType::External;
    }
    let zone = instance.and_then(|i| zone_of(&i.attributes));
    let interface = instance.and_then(|node| {
        let anywhere = serves_every_zone(&node.attributes) && task.launch_type == LaunchType::Fargate;
        let zone = zone.as_deref().filter(|_| !anywhere);
        self::interface(tx, task, node, network, zone, now, ids)
    });
    let (interface, failure) = match interface {
        None => (None, None),
        Some(Ok(interface)) => (Some(interface), None),
        Some(Err(failure)) => (None, Some(failure)),
    };
    // A task lies in the zone of its subnet; that is the node's own where the node has one.
    let subnet_zone = interface
        .as_ref()
        .and_then(|i| network.subnets.iter().find(|s| s.id == i.subnet))
        .map(|s| s.zone.clone());
    task.container_instance = Some(placement.instance);
    task.reserved = placement.reservation;
    task.waiting = None;
    task.availability_zone = subnet_zone.or(zone);
    task.attributes = architecture(instance);
    if interface.is_none() {
        task.last_status = TaskStatus::Pending;
    }
    task.network_interface = interface;
    if let Some(failure) = failure {
        stop::lost(task, &failure, now);
    }
}

/// The task's interface, where tasks have one.
fn interface(
    tx: &mut Tx<'_>,
    task: &Task,
    node: &ContainerInstance,
    network: &address::Place,
    zone: Option<&str>,
    now: Timestamp,
    ids: &mut Ids,
) -> Option<Result<TaskNetworkInterface, String>> {
    if network.subnets.is_empty() {
        return None;
    }
    let guest = address::Guest { task: &task.arn, node, launch_type: task.launch_type, now };
    Some(address::interface(tx, network, zone, &guest, ids))
}

fn zone_of(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find(|a| a.name == "ecs.availability-zone").and_then(|a| a.value.clone())
}

fn serves_every_zone(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|a| a.name == ZONES_ATTRIBUTE)
}

/// The one attribute that a task shows: its node's architecture.
fn architecture(instance: Option<&ContainerInstance>) -> Vec<Attribute> {
    let attributes = instance.map(|i| i.attributes.as_slice()).unwrap_or_default();
    attributes.iter().filter(|a| a.name == "ecs.cpu-architecture").cloned().collect()
}
