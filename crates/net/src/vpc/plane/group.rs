//! Security groups and prefix lists: their chains and sets, made when something needs them and taken away after it.

use super::Plane;
use crate::node::short_hash;
use crate::vpc::changes::Changes;
use crate::vpc::elements::Element;
use crate::vpc::rules;
use model::fabric::{self, Peer};
use std::collections::BTreeSet;

impl Plane {
    pub(super) fn set_group(&mut self, group: &fabric::Group, changes: &mut Changes) {
        let old = self.groups.insert(group.id.clone(), group.clone());
        if old.is_none() {
            self.need_chains(&group.id, changes);
        }
        let before = old.as_ref().map(named).unwrap_or_default();
        let now = named(group);
        for name in now.difference(&before) {
            let users = self.named.entry((*name).to_owned()).or_default();
            *users += 1;
            if *users == 1 && !changes.stays(&rules::delete_members(self.families(), name)) {
                changes.before.push_str(&rules::add_members(self.families(), name));
                for interface in self.interfaces.values().filter(|i| i.groups.iter().any(|g| g == name)) {
                    for address in self.addresses(interface) {
                        changes.add(Element::Member { group: (*name).to_owned(), address });
                    }
                    self.link_origins(interface).into_iter().for_each(|element| {
                        if matches!(&element, Element::Origin { group, .. } if group == name) {
                            changes.add(element);
                        }
                    });
                }
                for element in self.stations_answered().0 {
                    if matches!(&element, Element::Origin { group, .. } if group == name) {
                        changes.add(element);
                    }
                }
            }
        }
        changes.before.push_str(&rules::group(self.families(), group, |list| self.lists.contains_key(list)));
        self.unname(before.difference(&now), changes);
    }

    pub(super) fn remove_group(&mut self, id: &str, changes: &mut Changes) {
        let Some(old) = self.groups.remove(id) else { return };
        // Without rules, so that nothing refers to the sets that go.
        let empty = fabric::Group { id: id.to_owned(), rules: Vec::new() };
        changes.before.push_str(&rules::group(self.families(), &empty, |_| false));
        self.unname(named(&old).iter(), changes);
        self.release_chains(id, changes);
    }

    /// Rules that name a list are only written where it is there.
    pub(super) fn write_groups_with_list(&self, list: &str, changes: &mut Changes) {
        let naming = |g: &&fabric::Group| {
            g.rules.iter().any(|r| matches!(&r.peer, Peer::PrefixList(id) if id == list))
        };
        for group in self.groups.values().filter(naming) {
            changes
                .before
                .push_str(&rules::group(self.families(), group, |list| self.lists.contains_key(list)));
        }
    }

    fn unname<'a>(&mut self, names: impl Iterator<Item = &'a &'a str>, changes: &mut Changes) {
        for name in names {
            let Some(users) = self.named.get_mut(*name) else { continue };
            *users -= 1;
            if *users == 0 {
                self.named.remove(*name);
                // Its elements go with it: those that this update put in or takes out of it, too.
                changes.elements.retain(|c| {
                    !matches!(&c.element, Element::Member { group, .. } | Element::Origin { group, .. } if group == name)
                });
                changes.after.push_str(&rules::delete_members(self.families(), name));
            }
        }
    }

    fn need_chains(&mut self, group: &str, changes: &mut Changes) {
        let users = self.chains.entry(group.to_owned()).or_default();
        *users += 1;
        if *users == 1 && !changes.stays(&rules::delete_group_chains(self.families(), group)) {
            changes.before.push_str(&rules::add_group_chains(self.families(), group));
        }
    }

    fn release_chains(&mut self, group: &str, changes: &mut Changes) {
        let Some(users) = self.chains.get_mut(group) else { return };
        *users -= 1;
        if *users == 0 {
            self.chains.remove(group);
            changes.after.push_str(&rules::delete_group_chains(self.families(), group));
        }
    }

    pub(super) fn need_combination(&mut self, groups: &[String], changes: &mut Changes) {
        let users = self.combinations.entry(groups.to_vec()).or_default();
        *users += 1;
        if *users > 1 {
            return;
        }
        for group in groups {
            self.need_chains(group, changes);
        }
        let name = combination_name(groups);
        if !changes.stays(&rules::delete_combination(self.families(), &name)) {
            changes.before.push_str(&rules::add_combination(self.families(), &name, groups));
        }
    }

    pub(super) fn release_combination(&mut self, groups: &[String], changes: &mut Changes) {
        let Some(users) = self.combinations.get_mut(groups) else { return };
        *users -= 1;
        if *users > 0 {
            return;
        }
        self.combinations.remove(groups);
        changes.after.push_str(&rules::delete_combination(self.families(), &combination_name(groups)));
        for group in groups {
            self.release_chains(group, changes);
        }
    }
}

/// The groups that a group's rules name.
pub(super) fn named(group: &fabric::Group) -> BTreeSet<&str> {
    let groups = group.rules.iter().filter_map(|r| match &r.peer {
        Peer::Group(id) => Some(id.as_str()),
        Peer::Block(_) | Peer::PrefixList(_) => None,
    });
    groups.collect()
}

pub(super) fn combination_name(groups: &[String]) -> String {
    format!("c{}", &short_hash(&groups.join(","))[..12])
}
