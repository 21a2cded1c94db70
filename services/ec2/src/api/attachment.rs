//! Attachments of network interfaces to machines: container instances that have an EC2 instance's id.

use super::network_interface::{no_permission, refuse_foreign};
use crate::errors::{invalid, refuse};
use crate::resource::find;
use crate::service::Ec2;
use ::api::Unit;
use ::api::ec2::{
    AttachNetworkInterfaceRequest, AttachNetworkInterfaceResult, DetachNetworkInterfaceRequest, Error,
};
use auth::Cx;
use model::ec2::{InterfaceOwner, NetworkInterface};
use model::ecs::ContainerInstance;
use model::ecs::container_instance::MACHINE_INTERFACES;
use model::ids::Ec2InstanceId;
use state::ec2::network_interface::{self, Machine};
use state::ecs::container_instance::{self, ZONE};
use state::{Source, Tx};
use std::sync::Arc;

/// Interfaces of a machine, its own first one included: the most that any instance type had when this was written. Source: "Maximum IP addresses
/// per network interface", Amazon EC2 user guide, 2025.
const MOST_INTERFACES: usize = 15;

pub(crate) async fn attach_network_interface(
    ec2: &Ec2,
    cx: &Cx,
    input: AttachNetworkInterfaceRequest,
) -> Result<AttachNetworkInterfaceResult, Error> {
    refuse(&[
        ("enaSrdSpecification", input.ena_srd_specification.is_some()),
        ("enaQueueCount", input.ena_queue_count.is_some()),
        ("networkCardIndex", input.network_card_index.is_some_and(|index| index != 0)),
    ])?;
    let device_index = u32::try_from(input.device_index)
        .map_err(|_| invalid("deviceIndex", input.device_index, "The device index is not allowed."))?;
    let id = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let (instance, node) = machine(tx, cx, &input.instance_id)?;
            let interface = find::<NetworkInterface>(tx, &cx.scope, &input.network_interface_id)?;
            refuse_foreign(&interface)?;
            check_free(&interface)?;
            check_machine(&interface, &instance, &node)?;
            check_room(tx, &instance, &node, device_index)?;
            let machine = Machine { node: node.arn.clone(), instance, device_index };
            Ok(network_interface::attach(tx, &interface.id, &machine, cx.now, draw))
        })
        .await?;
    Ok(AttachNetworkInterfaceResult { attachment_id: Some(id.to_string()), network_card_index: Some(0) })
}

pub(crate) async fn detach_network_interface(
    ec2: &Ec2,
    cx: &Cx,
    input: DetachNetworkInterfaceRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let interface = of_attachment(tx, cx, &input.attachment_id)?;
        // What services attach, they detach.
        if interface.owner != InterfaceOwner::User {
            return Err(no_permission());
        }
        if input.force == Some(true) {
            // Whether the machine gives it back is not waited for. It does as soon as it hears of it.
            network_interface::detached(tx, &interface.id);
        } else {
            network_interface::detach(tx, &interface.id);
        }
        Ok(Unit {})
    })
    .await
}

/// The interface that an attachment's id is of.
pub(super) fn of_attachment(tx: &Tx<'_>, cx: &Cx, id: &str) -> Result<Arc<NetworkInterface>, Error> {
    let mut interfaces = tx.by_index(network_interface::BY_SCOPE, &cx.scope);
    let found = interfaces.find(|i| i.attachment.as_ref().is_some_and(|a| a.id.as_str() == id));
    found.cloned().ok_or_else(|| attachment_not_found(id))
}

/// Source: errors of Terraform's that people published.
pub(super) fn attachment_not_found(id: &str) -> Error {
    Error::invalid_attachment_id_not_found(format!("The interface attachment '{id}' does not exist."))
}

/// The only interface of a machine, for what names the machine instead.
// AWS differs: the machine's first interface is none of a VPC here, and does not count.
pub(super) fn interface_of_machine(from: &Tx<'_>, cx: &Cx, id: &str) -> Result<Arc<NetworkInterface>, Error> {
    let (instance, node) = machine(from, cx, id)?;
    let mut interfaces = of_machine(from, &node);
    let first = interfaces.next().cloned();
    let only = first.filter(|_| interfaces.next().is_none());
    match (only, of_machine(from, &node).next().is_some()) {
        (Some(interface), _) => Ok(interface),
        (None, true) => Err(Error::invalid_instance_id(format!(
            "There are multiple interfaces attached to instance '{instance}'. Please specify an interface ID for the operation instead."
        ))),
        (None, false) => Err(Error::invalid_instance_id(format!(
            "Instance '{instance}' has no network interface of a VPC: attach one first."
        ))),
    }
}

/// The container instance that is the machine of an id.
fn machine(from: &impl Source, cx: &Cx, id: &str) -> Result<(Ec2InstanceId, Arc<ContainerInstance>), Error> {
    if !id.starts_with("i-") {
        let text = format!("Invalid id: \"{id}\" (expecting \"i-...\")");
        return Err(Error::invalid_instance_id_malformed(text));
    }
    let instance: Ec2InstanceId =
        id.parse().map_err(|_| Error::invalid_instance_id_malformed(format!("Invalid id: \"{id}\"")))?;
    container_instance::machine(from, &cx.scope, id)
        .map(|node| (instance, node))
        .ok_or_else(|| Error::invalid_instance_id_not_found(format!("The instance ID '{id}' does not exist")))
}

fn of_machine<'a>(
    from: &'a Tx<'_>,
    node: &ContainerInstance,
) -> impl Iterator<Item = &'a Arc<NetworkInterface>> {
    from.by_index(network_interface::BY_HOST, &node.arn).filter(|i| i.owner == InterfaceOwner::User)
}

fn check_free(interface: &NetworkInterface) -> Result<(), Error> {
    match interface.attachment {
        None => Ok(()),
        Some(_) => {
            Err(Error::invalid_network_interface_in_use(format!("Interface: [{}] in use.", interface.id)))
        }
    }
}

fn check_machine(
    interface: &NetworkInterface,
    instance: &Ec2InstanceId,
    node: &ContainerInstance,
) -> Result<(), Error> {
    if node.attribute(MACHINE_INTERFACES).is_none() {
        return Err(Error::unsupported_operation(format!(
            "Longshore cannot attach a network interface to {instance}: only its own agent does that, on a node that carries VPCs (not with --cni) and \
             does not route to other nodes directly (--direct)."
        )));
    }
    if node.attribute(ZONE).and_then(|a| a.value.as_ref()) != Some(&interface.zone) {
        return Err(Error::invalid_parameter_combination(
            "You may not attach a network interface to an instance if they are not in the same availability zone",
        ));
    }
    Ok(())
}

/// Tasks' interfaces take no device index and no room: a machine has as many as tasks.
// AWS differs: there each takes one, unless the instance has a trunk for them.
fn check_room(
    tx: &Tx<'_>,
    instance: &Ec2InstanceId,
    node: &ContainerInstance,
    device_index: u32,
) -> Result<(), Error> {
    let indexes: Vec<u32> =
        of_machine(tx, node).filter_map(|i| i.attachment.as_ref()).map(|a| a.device_index).collect();
    // The first is the machine's own.
    if device_index == 0 || indexes.contains(&device_index) {
        return Err(Error::invalid_parameter_value(format!(
            "Instance '{instance}' already has an interface attached at device index '{device_index}'."
        )));
    }
    let count = 1 + indexes.len() + 1;
    if count > MOST_INTERFACES {
        return Err(Error::attachment_limit_exceeded(format!(
            "Interface count {count} exceeds the limit for {instance}"
        )));
    }
    Ok(())
}
