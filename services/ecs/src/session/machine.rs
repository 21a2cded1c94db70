//! Interfaces that the account attaches to its machines: whether the agent has plugged them in, or taken them away.
//!
//! The agent carries an update of a VPC out before it acknowledges it. So when it has acknowledged the last one, the machine has just those interfaces
//! that it was told of. What it refuses it is told again, whole, at the next heartbeat.

use super::acs::Acs;
use super::network::Network;
use crate::errors::settle;
use model::ec2::{InterfaceAttachmentStatus, NetworkInterface};
use model::fabric::{Item, Place};
use model::ids::{ContainerInstanceArn, InterfaceAttachmentId, NetworkInterfaceId, VpcId};
use state::Tx;
use state::ec2::network_interface;
use std::collections::{BTreeMap, BTreeSet};

/// What the agent has carried out of what it was told of VPCs.
#[derive(Debug, Default)]
pub(super) struct Carried {
    /// The last update that was sent, where it has not been answered. Earlier ones are answered before it.
    waiting: BTreeMap<VpcId, String>,
    refused: BTreeSet<VpcId>,
}

impl Carried {
    pub(super) fn sent(&mut self, vpc: VpcId, message_id: String) {
        self.refused.remove(&vpc);
        self.waiting.insert(vpc, message_id);
    }

    pub(super) fn acknowledged(&mut self, message_id: &str) {
        self.answered(message_id);
    }

    pub(super) fn refused(&mut self, message_id: &str) {
        let refused = self.answered(message_id);
        self.refused.extend(refused);
    }

    fn answered(&mut self, message_id: &str) -> Option<VpcId> {
        let vpc = self.waiting.iter().find(|(_, id)| *id == message_id).map(|(vpc, _)| vpc.clone())?;
        self.waiting.remove(&vpc);
        Some(vpc)
    }

    fn has(&self, vpc: &VpcId) -> bool {
        !self.waiting.contains_key(vpc) && !self.refused.contains(vpc)
    }

    /// VPCs whose last update was refused, once.
    pub(super) fn take_refused(&mut self) -> BTreeSet<VpcId> {
        std::mem::take(&mut self.refused)
    }
}

/// Where an attachment has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Reached {
    Attached(InterfaceAttachmentId),
    Detached,
}

impl Acs {
    /// Records what the agent has done about interfaces of its machine. What cannot be recorded is found again at the next occasion.
    pub(super) async fn record_interfaces(&mut self) {
        let Some(network) = &self.network else { return };
        let snapshot = self.ecs.state.snapshot();
        let moving = snapshot.by_index(network_interface::BY_MOVING, &self.instance);
        let reached: Vec<(NetworkInterfaceId, Reached)> = moving
            .filter(|i| self.carried.has(&i.vpc))
            .filter_map(|i| Some((i.id.clone(), reached(network, i, &self.instance)?)))
            .collect();
        if reached.is_empty() {
            return;
        }
        let outcome = self.ecs.state.update(|tx| {
            for (id, reached) in &reached {
                record(tx, id, reached, &self.instance);
            }
            Ok(())
        });
        match settle(outcome.await) {
            Ok(()) => {
                for (interface, reached) in &reached {
                    tracing::info!(instance = %self.instance, %interface, ?reached, "a machine's interface changed its status");
                }
            }
            Err(error) => {
                tracing::error!(instance = %self.instance, %error, "what became of a machine's interfaces was not recorded");
            }
        }
    }
}

/// What the agent was told of an interface that moves, if that is what its record wants.
fn reached(network: &Network, record: &NetworkInterface, here: &ContainerInstanceArn) -> Option<Reached> {
    let attachment = record.attachment.as_ref()?;
    let Item::Interface(told) = network.told_of(record)? else { return None };
    let has_it = told.place == Place::Node(here.to_string())
        && told.machine.as_ref().is_some_and(|m| m.attachment == attachment.id.as_str());
    match attachment.status {
        InterfaceAttachmentStatus::Attaching if has_it => Some(Reached::Attached(attachment.id.clone())),
        InterfaceAttachmentStatus::Detaching if !has_it => Some(Reached::Detached),
        InterfaceAttachmentStatus::Attaching
        | InterfaceAttachmentStatus::Attached
        | InterfaceAttachmentStatus::Detaching
        | InterfaceAttachmentStatus::Detached => None,
    }
}

fn record(tx: &mut Tx<'_>, id: &NetworkInterfaceId, reached: &Reached, here: &ContainerInstanceArn) {
    let Some(interface) = tx.get::<NetworkInterface>(id).filter(|i| i.host.as_ref() == Some(here)) else {
        return;
    };
    let Some(attachment) = &interface.attachment else { return };
    match (reached, attachment.status) {
        (Reached::Attached(id), InterfaceAttachmentStatus::Attaching) if attachment.id == *id => {
            network_interface::attached(tx, &interface.id);
        }
        (Reached::Detached, InterfaceAttachmentStatus::Detaching) => {
            network_interface::detached(tx, &interface.id);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vpc(n: char) -> VpcId {
        format!("vpc-{}", n.to_string().repeat(17)).parse().expect("an id")
    }

    #[test]
    fn the_last_update_s_acknowledgement_counts() {
        let mut carried = Carried::default();
        assert!(carried.has(&vpc('a')));
        carried.sent(vpc('a'), "1".to_owned());
        carried.sent(vpc('a'), "2".to_owned());
        carried.sent(vpc('b'), "3".to_owned());
        carried.acknowledged("1");
        assert!(!carried.has(&vpc('a')));
        carried.acknowledged("2");
        assert!(carried.has(&vpc('a')) && !carried.has(&vpc('b')));
        carried.refused("3");
        assert!(!carried.has(&vpc('b')));
        assert_eq!(carried.take_refused(), BTreeSet::from([vpc('b')]));
        carried.sent(vpc('b'), "4".to_owned());
        carried.acknowledged("4");
        assert!(carried.has(&vpc('b')) && carried.take_refused().is_empty());
    }
}
