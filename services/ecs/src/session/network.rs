//! What a session tells its node of VPCs: those that the node has interfaces of, and from then on what changes about them.

use crate::fabric::{self, Items, View};
use imbl::ordmap::DiffItem;
use model::ec2::NetworkInterface;
use model::fabric::{Item, Key, Kind, Update};
use model::ids::{ContainerInstanceArn, VpcId};
use plan::fabric::{Needs, says_something, seen_from};
use state::Snapshot;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Items of one message, so that no frame grows without bound: an item has some hundred bytes, a group with many rules some thousand.
const ITEMS_PER_UPDATE: usize = 400;

/// What this session has said.
#[derive(Default)]
pub(super) struct Network {
    told: BTreeMap<VpcId, Told>,
}

struct Told {
    items: Items,
    nodes: Items,
    names: Items,
    needs: Needs,
}

impl Network {
    /// What was told of an interface.
    pub(super) fn told_of(&self, interface: &NetworkInterface) -> Option<&Item> {
        let key = Key { kind: Kind::Interface, id: interface.id.to_string() };
        self.told.get(&interface.vpc)?.items.get(&key).map(Arc::as_ref)
    }

    /// Says everything of a VPC again.
    pub(super) fn forget(&mut self, vpc: &VpcId) {
        self.told.remove(vpc);
    }

    /// What has not been said yet.
    pub(super) fn news(
        &mut self,
        snapshot: &Snapshot,
        view: &View,
        here: &ContainerInstanceArn,
    ) -> Vec<Update> {
        let groups = fabric::groups_here(snapshot, here);
        let vpcs: BTreeSet<VpcId> = groups.keys().chain(self.told.keys()).cloned().collect();
        let mut updates = Vec::new();
        for vpc in vpcs {
            let Some(items) = view.vpcs.get(&vpc) else {
                // It was deleted: the node forgets it.
                if self.told.remove(&vpc).is_some() {
                    let nothing =
                        Update { vpc: vpc.to_string(), complete: true, put: Vec::new(), gone: Vec::new() };
                    updates.push(nothing);
                }
                continue;
            };
            let none = BTreeSet::new();
            let wanted = groups.get(&vpc).unwrap_or(&none).iter().map(String::as_str);
            let needs = Needs::of(wanted, |id| match items.get(&group_key(id)).map(Arc::as_ref) {
                Some(Item::Group(group)) => Some(group),
                _ => None,
            });
            let (nodes, names) = (view.nodes.clone(), view.names.clone());
            let now = Told { items: items.clone(), nodes, names, needs };
            let update = match self.told.get(&vpc) {
                Some(told) => told.difference(&now, &vpc, here),
                None => now.whole(&vpc, here),
            };
            self.told.insert(vpc, now);
            updates.extend(Some(update).filter(says_something));
        }
        updates.into_iter().flat_map(in_parts).collect()
    }
}

impl Told {
    fn whole(&self, vpc: &VpcId, here: &ContainerInstanceArn) -> Update {
        let items = self.items.iter().chain(&self.nodes).chain(&self.names);
        let put = items.filter(|(key, _)| self.needs.has(key, here)).map(|(_, item)| seen_from(item, here));
        Update { vpc: vpc.to_string(), complete: true, put: put.collect(), gone: Vec::new() }
    }

    fn difference(&self, now: &Told, vpc: &VpcId, here: &ContainerInstanceArn) -> Update {
        let mut put: BTreeMap<Key, Item> = BTreeMap::new();
        let mut gone: BTreeSet<Key> = BTreeSet::new();
        let changes = self.items.diff(&now.items).chain(self.nodes.diff(&now.nodes));
        for change in changes.chain(self.names.diff(&now.names)) {
            match change {
                DiffItem::Add(key, item) | DiffItem::Update { new: (key, item), .. }
                    if now.needs.has(key, here) =>
                {
                    put.insert(key.clone(), seen_from(item, here));
                }
                DiffItem::Remove(key, _) if self.needs.has(key, here) => {
                    gone.insert(key.clone());
                }
                DiffItem::Add(..) | DiffItem::Update { .. } | DiffItem::Remove(..) => {}
            }
        }
        for (kind, before, after) in [
            (Kind::Group, &self.needs.groups, &now.needs.groups),
            (Kind::PrefixList, &self.needs.lists, &now.needs.lists),
        ] {
            let key = |id: &String| Key { kind, id: id.clone() };
            for key in after.difference(before).map(key) {
                if let Some(item) = now.items.get(&key) {
                    put.insert(key, seen_from(item, here));
                }
            }
            gone.extend(before.difference(after).map(key).filter(|key| self.items.contains_key(key)));
        }
        let put = put.into_values().collect();
        Update { vpc: vpc.to_string(), complete: false, put, gone: gone.into_iter().collect() }
    }
}

fn group_key(id: &str) -> Key {
    Key { kind: Kind::Group, id: id.to_owned() }
}

/// The same in messages of bounded size. What things use comes before them, also across messages.
fn in_parts(mut update: Update) -> Vec<Update> {
    update.put.sort_by_key(|item| item.key().kind);
    let mut parts = Vec::new();
    while update.put.len() > ITEMS_PER_UPDATE {
        let rest = update.put.split_off(ITEMS_PER_UPDATE);
        let put = std::mem::replace(&mut update.put, rest);
        parts.push(Update { vpc: update.vpc.clone(), complete: update.complete, put, gone: Vec::new() });
        update.complete = false;
    }
    parts.push(update);
    parts
}
