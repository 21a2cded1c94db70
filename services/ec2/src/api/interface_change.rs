//! Attributes and further addresses of network interfaces.

use super::attachment::attachment_not_found;
use super::network_interface::{MOST_ADDRESSES, count, free, groups, ipv4, refuse_foreign};
use crate::convert;
use crate::errors::{self, dry_run, missing, refuse};
use crate::resource::find;
use crate::service::Ec2;
use ::api::Unit;
use ::api::ec2::{
    AssignPrivateIpAddressesRequest, AssignPrivateIpAddressesResult, AssignedPrivateIpAddress,
    AttributeBooleanValue, AttributeValue, DescribeNetworkInterfaceAttributeRequest,
    DescribeNetworkInterfaceAttributeResult, Error, ModifyNetworkInterfaceAttributeRequest,
    NetworkInterfaceAttachmentChanges, UnassignPrivateIpAddressesRequest,
};
use auth::Cx;
use model::ec2::{NetworkInterface, Subnet};
use state::ec2::network_interface;
use std::net::Ipv4Addr;

pub(crate) fn describe_network_interface_attribute(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeNetworkInterfaceAttributeRequest,
) -> Result<DescribeNetworkInterfaceAttributeResult, Error> {
    let snapshot = ec2.state.snapshot();
    let interface = find::<NetworkInterface>(&snapshot, &cx.scope, &input.network_interface_id)?;
    let attribute = input.attribute.as_ref().ok_or_else(|| missing("attribute"))?;
    if input.dry_run == Some(true) {
        return Err(dry_run());
    }
    let mut result = DescribeNetworkInterfaceAttributeResult {
        network_interface_id: Some(interface.id.to_string()),
        ..Default::default()
    };
    match attribute.as_str() {
        "description" => {
            result.description = Some(AttributeValue { value: Some(interface.description.clone()) })
        }
        "groupSet" => result.groups = convert::groups(&interface, &snapshot),
        "sourceDestCheck" => {
            result.source_dest_check =
                Some(AttributeBooleanValue { value: Some(interface.source_dest_check) });
        }
        "attachment" => result.attachment = interface.attachment.as_ref().map(convert::attachment),
        _ => result.associate_public_ip_address = Some(interface.public_address().is_some()),
    }
    Ok(result)
}

pub(crate) async fn modify_network_interface_attribute(
    ec2: &Ec2,
    cx: &Cx,
    input: ModifyNetworkInterfaceAttributeRequest,
) -> Result<Unit, Error> {
    let changes = input.attachment.as_ref();
    refuse(&[
        ("enaSrdSpecification", input.ena_srd_specification.is_some()),
        ("enablePrimaryIpv6", input.enable_primary_ipv6.is_some()),
        ("connectionTrackingSpecification", input.connection_tracking_specification.is_some()),
        ("associatePublicIpAddress", input.associate_public_ip_address.is_some()),
        ("associatedSubnetId", input.associated_subnet_ids.as_ref().is_some_and(|ids| !ids.is_empty())),
        ("attachment.enaQueueCount", changes.is_some_and(|a| a.ena_queue_count.is_some())),
        ("attachment.defaultEnaQueueCount", changes.is_some_and(|a| a.default_ena_queue_count.is_some())),
    ])?;
    let attachment = changes.map(ends_with_machine).transpose()?;
    let description = input.description.as_ref().and_then(|d| d.value.clone());
    let source_dest_check = input.source_dest_check.as_ref().and_then(|c| c.value);
    let named = input.groups.as_deref().filter(|groups| !groups.is_empty());
    let attributes =
        [description.is_some(), source_dest_check.is_some(), named.is_some(), attachment.is_some()];
    match attributes.iter().filter(|given| **given).count() {
        0 => return Err(missing("description, sourceDestCheck, groupSet or attachment")),
        1 => {}
        _ => {
            return Err(Error::invalid_parameter_combination(
                "Only one network interface attribute can be modified at a time.",
            ));
        }
    }
    ec2.change(cx, input.dry_run, |tx, _| {
        let interface = find::<NetworkInterface>(tx, &cx.scope, &input.network_interface_id)?;
        refuse_foreign(&interface)?;
        if let Some((id, _)) = attachment
            && interface.attachment.as_ref().is_none_or(|a| a.id.as_str() != id)
        {
            return Err(attachment_not_found(id));
        }
        let groups = match named {
            Some(_) => Some(groups(tx, cx, &interface.vpc, named)?),
            None => None,
        };
        tx.modify::<NetworkInterface>(&interface.id, |i| {
            i.source_dest_check = source_dest_check.unwrap_or(i.source_dest_check);
            if let (Some(attached), Some((_, ends))) = (&mut i.attachment, attachment) {
                attached.delete_on_termination = ends;
            }
            if let Some(description) = description.clone() {
                i.description = description;
            }
            if let Some(groups) = groups {
                i.groups = groups;
            }
        });
        Ok(Unit {})
    })
    .await
}

/// Of a change of an attachment: its id, and whether the interface is to end with the machine.
fn ends_with_machine(changes: &NetworkInterfaceAttachmentChanges) -> Result<(&str, bool), Error> {
    let id = changes.attachment_id.as_deref().ok_or_else(|| missing("attachment.attachmentId"))?;
    let ends = changes.delete_on_termination.ok_or_else(|| missing("attachment.deleteOnTermination"))?;
    Ok((id, ends))
}

pub(crate) async fn assign_private_ip_addresses(
    ec2: &Ec2,
    cx: &Cx,
    input: AssignPrivateIpAddressesRequest,
) -> Result<AssignPrivateIpAddressesResult, Error> {
    refuse(&[
        ("ipv4Prefix", input.ipv4_prefixes.is_some() || input.ipv4_prefix_count.is_some()),
        ("allowReassignment", input.allow_reassignment == Some(true)),
    ])?;
    let named = input.private_ip_addresses.iter().flatten().map(|text| ipv4("privateIpAddresses", text));
    let named: Vec<Ipv4Addr> = named.collect::<Result<_, Error>>()?;
    let more = count("secondaryPrivateIpAddressCount", input.secondary_private_ip_address_count)?;
    if named.is_empty() == (more == 0) {
        return Err(Error::invalid_parameter_combination(
            "Specify either privateIpAddresses or secondaryPrivateIpAddressCount.",
        ));
    }
    let new = ec2
        .change(cx, None, |tx, draw| {
            let interface = find::<NetworkInterface>(tx, &cx.scope, &input.network_interface_id)?;
            refuse_foreign(&interface)?;
            let subnet = find::<Subnet>(tx, &cx.scope, interface.subnet.as_str())?;
            let mut new: Vec<Ipv4Addr> = Vec::new();
            for address in &named {
                network_interface::check_address(tx.table(), &subnet, *address).map_err(errors::interface)?;
                new.push(*address);
            }
            for _ in 0..more {
                let address = free(tx, &subnet, &new, draw)?;
                new.push(address);
            }
            new.sort();
            new.dedup();
            if interface.addresses().count() + new.len() > MOST_ADDRESSES {
                return Err(Error::private_ip_address_limit_exceeded(format!(
                    "Number of private addresses will exceed limit: {MOST_ADDRESSES}."
                )));
            }
            tx.modify::<NetworkInterface>(&interface.id, |i| i.secondary_addresses.extend(&new));
            Ok(new)
        })
        .await?;
    let shown = new.iter().map(|a| AssignedPrivateIpAddress { private_ip_address: Some(a.to_string()) });
    Ok(AssignPrivateIpAddressesResult {
        network_interface_id: Some(input.network_interface_id),
        assigned_private_ip_addresses: Some(shown.collect()),
        ..Default::default()
    })
}

pub(crate) async fn unassign_private_ip_addresses(
    ec2: &Ec2,
    cx: &Cx,
    input: UnassignPrivateIpAddressesRequest,
) -> Result<Unit, Error> {
    refuse(&[("ipv4Prefix", input.ipv4_prefixes.is_some())])?;
    let named = input.private_ip_addresses.iter().flatten().map(|text| ipv4("privateIpAddresses", text));
    let named: Vec<Ipv4Addr> = named.collect::<Result<_, Error>>()?;
    if named.is_empty() {
        return Err(missing("privateIpAddress"));
    }
    ec2.change(cx, None, |tx, _| {
        let interface = find::<NetworkInterface>(tx, &cx.scope, &input.network_interface_id)?;
        refuse_foreign(&interface)?;
        if let Some(other) = named.iter().find(|a| !interface.secondary_addresses.contains(a)) {
            return Err(Error::invalid_parameter_value(format!(
                "Some of {other} are not assigned to interface {}",
                interface.id
            )));
        }
        for address in &named {
            super::address::unmap(tx, &interface.id, *address);
        }
        tx.modify::<NetworkInterface>(&interface.id, |i| {
            i.secondary_addresses.retain(|a| !named.contains(a))
        });
        Ok(Unit {})
    })
    .await
}
