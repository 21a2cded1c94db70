//! Interfaces of the VPC, here and on other nodes: their elements of the packet filter, and what leads to them.

use super::group::combination_name;
use super::node::{Reach, station_mac};
use super::{Plane, Port, replace};
use crate::vpc::changes::{Changes, Hop, MAIN, Path};
use crate::vpc::elements::Element;
use crate::vpc::machine::MachineLink;
use crate::vpc::rules::OVERLAY;
use model::ec2::IpBlock;
use model::fabric::{self, Place};
use std::collections::BTreeSet;
use std::net::IpAddr;

impl Plane {
    pub(super) fn change_interface(
        &mut self,
        id: &str,
        next: Option<fabric::Interface>,
        changes: &mut Changes,
    ) {
        self.around(id, changes, |plane| {
            replace(&mut plane.interfaces, id, next);
        });
    }

    /// Changes something about an interface, with all that follows from it.
    pub(super) fn around(&mut self, id: &str, changes: &mut Changes, change: impl FnOnce(&mut Self)) {
        let (elements, paths) = self.parts_of(id);
        let combination = self.combination_of(id);
        let steered = self.steered();
        let answered = self.stations_answered();
        self.note_origin(id, false);
        change(self);
        self.note_origin(id, true);
        let next = self.combination_of(id);
        if next != combination {
            if let Some(groups) = &next {
                self.need_combination(groups, changes);
            }
            if let Some(groups) = &combination {
                self.release_combination(groups, changes);
            }
        }
        let (new_elements, new_paths) = self.parts_of(id);
        changes.elements(&elements, &new_elements);
        changes.paths(&paths, &new_paths);
        changes.paths(&steered, &self.steered());
        changes.parts(&answered, &self.stations_answered());
    }

    /// What an interface has in the filter and as paths.
    pub(super) fn parts_of(&self, id: &str) -> (BTreeSet<Element>, BTreeSet<Path>) {
        let Some(interface) = self.interfaces.get(id) else { return Default::default() };
        (self.interface_elements(interface), self.interface_paths(interface))
    }

    /// The groups of an interface that is plugged in here.
    pub(super) fn combination_of(&self, id: &str) -> Option<Vec<String>> {
        let interface = self.interfaces.get(id).filter(|i| i.place == Place::Here)?;
        self.ports.contains_key(id).then(|| interface.groups.clone())
    }

    fn interface_elements(&self, interface: &fabric::Interface) -> BTreeSet<Element> {
        let mut elements = BTreeSet::new();
        for address in self.addresses(interface) {
            for group in interface.groups.iter().filter(|g| self.named.contains_key(*g)) {
                elements.insert(Element::Member { group: group.clone(), address });
            }
            let Some(port) = self.port_of(interface) else { continue };
            let combination = combination_name(&interface.groups);
            elements.insert(Element::Source { link: port.link.clone(), address });
            elements.insert(Element::Egress { address, combination: combination.clone() });
            elements.insert(Element::Ingress { address, combination });
            if let (IpAddr::V6(address), true) = (address, interface.sheltered) {
                elements.insert(Element::Sheltered { address });
            }
        }
        elements.extend(self.foreign_elements(interface));
        for fabric::Public { public, address } in
            interface.public.iter().copied().filter(|_| self.port_of(interface).is_some())
        {
            elements.insert(Element::PublicIn { public, address });
            elements.insert(Element::PublicOut { public, address });
        }
        elements
    }

    pub(super) fn interface_paths(&self, interface: &fabric::Interface) -> BTreeSet<Path> {
        let mut paths = BTreeSet::new();
        let (link, mac) = match &interface.place {
            Place::Nowhere => return paths,
            Place::Node(node) => match self.nodes.get(node).map(|node| (node, self.reach(node))) {
                Some((node, Reach::Overlay)) => (OVERLAY, station_mac(node.address)),
                Some((node, Reach::Direct)) => {
                    for to in self.addresses(interface) {
                        let via = match to {
                            IpAddr::V4(_) => Some(IpAddr::V4(*node.address.ip())),
                            IpAddr::V6(_) => node.ipv6.map(IpAddr::V6),
                        };
                        let Some(via) = via else { continue };
                        let hop = Hop::Out { realm: 0 };
                        paths.insert(Path::Route { table: MAIN, to: IpBlock::of(to), hop });
                        paths.insert(Path::Across { to, via });
                    }
                    return paths;
                }
                Some((_, Reach::None)) | None => return paths,
            },
            Place::Here => match self.port_of(interface) {
                Some(port) => (port.link.as_str(), port.mac),
                None => return paths,
            },
        };
        for address in self.addresses(interface) {
            let link = link.to_owned();
            paths.insert(Path::Neighbour { address, link: link.clone(), mac });
            paths.insert(Path::Route { table: MAIN, to: IpBlock::of(address), hop: Hop::Link(link) });
        }
        paths.extend(self.foreign_paths(interface));
        if interface.place == Place::Here {
            paths.extend(interface.public.iter().map(|p| Path::Inward { to: IpBlock::of(p.public.into()) }));
        }
        paths
    }

    /// The interfaces that the machine itself is to have.
    pub(in crate::vpc) fn machine_links(&self) -> Vec<MachineLink> {
        let here = self.interfaces.values().filter(|i| i.place == Place::Here);
        here.filter_map(|interface| {
            let machine = interface.machine.as_ref()?;
            let &IpAddr::V4(primary) = interface.addresses.first()? else { return None };
            let holds = |s: &&fabric::Subnet| s.block.contains(primary);
            let gateway = self.subnets.values().find(holds)?.block.nth(1)?;
            Some(MachineLink {
                interface: interface.id.clone(),
                attachment: machine.attachment.clone(),
                mac: machine.mac,
                balancer: machine.balancer.clone(),
                foreign_sources: interface.foreign_sources && machine.balancer.is_some(),
                addresses: self.addresses(interface).collect(),
                gateway,
            })
        })
        .collect()
    }

    pub(super) fn port_of(&self, interface: &fabric::Interface) -> Option<&Port> {
        self.ports.get(&interface.id).filter(|_| interface.place == Place::Here)
    }
}
