//! Brings paths about through netlink: routes, rules, neighbours and stations of a VPC's namespace, and the node's own routes to it.

use super::changes::{Hop, MAIN, Path};
use super::rules::{Family, ORIGIN, OVERLAY, UPLINK};
use crate::link::{self, ask};
use crate::namespace::Namespace;
use crate::{Error, Overlay, address, overlay};
use futures_util::TryStreamExt;
use model::ec2::{IpBlock, Ipv4Block, Ipv6Block};
use rtnetlink::packet_route::AddressFamily;
use rtnetlink::packet_route::neighbour::{
    NeighbourAddress, NeighbourAttribute, NeighbourFlags, NeighbourMessage, NeighbourState,
};
use rtnetlink::packet_route::route::{
    RouteAddress, RouteAttribute, RouteMessage, RouteProtocol, RouteRealm, RouteScope, RouteType,
};
use rtnetlink::packet_route::rule::{RuleAction, RuleAttribute, RuleMessage};
use rtnetlink::{IpVersion, LinkMessageBuilder, LinkVxlan, RouteMessageBuilder};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Tells our routes from others', of the numbers that the kernel leaves to administrators.
const PROTOCOL: RouteProtocol = RouteProtocol::Other(197);
/// Where the kernel looks first: addresses of the VPC.
const FIRST_RULE: u32 = 100;
/// Before that, where the answers of marked connections go.
const MARK_RULE: u32 = 50;
/// Then in the table of the subnet that a packet comes from.
const SUBNET_RULE: u32 = 1000;
/// Last in one for what the namespace says itself.
const OWN_RULE: u32 = 2000;
/// Those of subnets are numbered from 1000.
const OWN_TABLE: u32 = 999;
/// Loopback is link 1 of every namespace.
const LOOPBACK: u32 = 1;

/// Both sides of a VPC on this node.
pub(super) struct Ground<'a> {
    pub host: &'a Namespace,
    pub inside: &'a Namespace,
    /// The node's address on the uplink: the way out.
    pub here: Ipv4Addr,
    /// The namespace's address on the uplink: the way in.
    pub there: Ipv4Addr,
    pub overlay: Option<Overlay>,
}

impl Ground<'_> {
    /// Brings `new` about, then takes `gone` away. A route that another takes the place of is replaced without a gap.
    pub(super) async fn change(&self, gone: &[Path], new: &[Path]) -> Result<(), Error> {
        let mut new: Vec<&Path> = new.iter().filter(|p| self.carries(p)).collect();
        new.sort();
        for path in &new {
            self.make(path).await?;
        }
        let places: BTreeSet<_> = new.iter().map(|p| place(p)).collect();
        let mut gone: Vec<&Path> =
            gone.iter().filter(|p| self.carries(p) && !places.contains(&place(p))).collect();
        gone.sort_by(|a, b| b.cmp(a));
        let mut errors = Vec::new();
        for path in gone {
            errors.extend(self.unmake(path).await.err());
        }
        Error::collect(errors)
    }

    /// A node that takes part in no overlay has no other nodes.
    fn carries(&self, path: &Path) -> bool {
        let overlay = match path {
            Path::Overlay { .. } | Path::Station { .. } => true,
            Path::Neighbour { link, .. } => link == OVERLAY,
            Path::Route { hop: Hop::Link(link) | Hop::Through { link, .. }, .. } => link == OVERLAY,
            Path::Route { .. }
            | Path::Here { .. }
            | Path::Rule { .. }
            | Path::Marked { .. }
            | Path::Inward { .. }
            | Path::Across { .. } => false,
        };
        !overlay || self.overlay.is_some()
    }

    async fn make(&self, path: &Path) -> Result<(), Error> {
        let netlink = self.inside.netlink();
        let action = || format!("bring about {path:?}");
        match path {
            Path::Overlay { number } => self.make_overlay(*number).await,
            Path::Here { address } => link::add_address(self.inside, LOOPBACK, "lo", *address, 32).await,
            Path::Station { mac, to } => {
                let index = link::existing(self.inside, OVERLAY).await?;
                let request = netlink
                    .neighbours()
                    .add_bridge(index, mac)
                    .flags(NeighbourFlags::Own)
                    .destination(IpAddr::V4(*to.ip()));
                let mut request = request.replace();
                request.message_mut().attributes.push(NeighbourAttribute::Port(to.port()));
                ask(action, request.execute()).await
            }
            Path::Neighbour { address, link, mac } => {
                let index = link::existing(self.inside, link).await?;
                let request = netlink.neighbours().add(index, *address).link_layer_address(mac);
                ask(action, request.replace().execute()).await
            }
            Path::Route { table, to, hop } => {
                let route = self.route(*table, *to, hop).await?;
                ask(action, netlink.route().add(route).replace().execute()).await
            }
            Path::Rule { from, table } => {
                let mut request = netlink.rule().add();
                *request.message_mut() = rule(SUBNET_RULE, Some(*from), *table);
                match ask(action, request.execute()).await {
                    Err(e) if e.is_errno(rustix::io::Errno::EXIST) => Ok(()),
                    other => other,
                }
            }
            Path::Marked { family, mark, table } => {
                let mut request = netlink.rule().add();
                *request.message_mut() = marked(*family, *mark, *table);
                match ask(action, request.execute()).await {
                    Err(e) if e.is_errno(rustix::io::Errno::EXIST) => Ok(()),
                    other => other,
                }
            }
            Path::Inward { to } => self.lead_inward(*to).await,
            Path::Across { to, via } => {
                let route = self.across(*to, *via).await?;
                ask(action, self.host.netlink().route().add(route).replace().execute()).await
            }
        }
    }

    async fn unmake(&self, path: &Path) -> Result<(), Error> {
        let netlink = self.inside.netlink();
        let action = || format!("take away {path:?}");
        let done = match path {
            Path::Overlay { .. } => link::remove(self.inside, OVERLAY).await,
            Path::Here { address } => {
                link::remove_address(self.inside, LOOPBACK, (*address).into(), 32).await
            }
            Path::Station { mac, .. } => {
                let mut message = NeighbourMessage::default();
                message.header.family = AddressFamily::Bridge;
                message.header.ifindex = link::existing(self.inside, OVERLAY).await?;
                message.header.flags = NeighbourFlags::Own;
                message.attributes.push(NeighbourAttribute::LinkLayerAddress(mac.to_vec()));
                ask(action, netlink.neighbours().del(message).execute()).await
            }
            Path::Neighbour { address, link, .. } => {
                // A link that went took its neighbours along.
                let Some(index) = link::index_of(self.inside, link).await? else { return Ok(()) };
                let mut message = NeighbourMessage::default();
                let (family, address) = match address {
                    IpAddr::V4(address) => (AddressFamily::Inet, NeighbourAddress::Inet(*address)),
                    IpAddr::V6(address) => (AddressFamily::Inet6, NeighbourAddress::Inet6(*address)),
                };
                message.header.family = family;
                message.header.ifindex = index;
                message.attributes.push(NeighbourAttribute::Destination(address));
                ask(action, netlink.neighbours().del(message).execute()).await
            }
            Path::Route { table, to, .. } => {
                // Without a hop the kernel takes the one there is, and with these of whatever scope and kind: a route of another is not found.
                // A link that went took its routes along.
                let message =
                    to_block(*table, *to)?.scope(RouteScope::NoWhere).kind(RouteType::Unspec).build();
                ask(action, netlink.route().del(message).execute()).await
            }
            Path::Rule { from, table } => {
                ask(action, netlink.rule().del(rule(SUBNET_RULE, Some(*from), *table)).execute()).await
            }
            Path::Marked { family, mark, table } => {
                ask(action, netlink.rule().del(marked(*family, *mark, *table)).execute()).await
            }
            Path::Inward { to } => {
                let message = self.inward(*to)?;
                ask(action, self.host.netlink().route().del(message).execute()).await
            }
            Path::Across { to, .. } => {
                let message = to_block(MAIN, IpBlock::of(*to))?.build();
                ask(action, self.host.netlink().route().del(message).execute()).await
            }
        };
        match done {
            Err(e) if e.is_absent() => Ok(()),
            other => other,
        }
    }

    /// The overlay's link is in the VPC's namespace, its packets leave from the node's own.
    async fn make_overlay(&self, number: u32) -> Result<(), Error> {
        let Some(overlay) = self.overlay else { return Ok(()) };
        link::remove(self.inside, OVERLAY).await?;
        let link = LinkMessageBuilder::<LinkVxlan>::new(OVERLAY)
            .id(number)
            .local(*overlay.address.ip())
            .port(overlay.address.port())
            .learning(false)
            // The kernel's short cut between two overlays of one machine takes a packet's connection along into the other namespace, where it
            // means nothing. Kernels before 6.5 do not know the option, and take the cut.
            .localbypass(false)
            .setns_by_fd(self.inside.raw_fd())
            .address(super::plane::station_mac(overlay.address).to_vec())
            .mtu(overlay.mtu)
            .up()
            .build();
        let request = self.host.netlink().link().add(link).execute();
        ask(|| format!("make the overlay {number} on {}", overlay.address), request).await
    }

    async fn lead_inward(&self, to: IpBlock) -> Result<(), Error> {
        let request = self.host.netlink().route().add(self.inward(to)?).execute();
        match ask(|| format!("route {to} through {}", self.there), request).await {
            Err(e) if e.is_errno(rustix::io::Errno::EXIST) => {
                if !self.leads_inward(to).await? {
                    tracing::warn!(
                        block = %to,
                        "this machine has another route to these addresses: tasks cannot be reached from it by them"
                    );
                }
                Ok(())
            }
            other => other,
        }
    }

    /// Whether the route that there is to a block is ours.
    async fn leads_inward(&self, to: IpBlock) -> Result<bool, Error> {
        let family = Family::of(to.address());
        let there = self.end(self.there, family);
        let routes = routes(self.host, family).await?;
        Ok(routes.iter().any(|r| destination(r, family) == to && gateway(r) == Some(there)))
    }

    /// An end of the uplink, by its IPv4 address, as a family has it.
    fn end(&self, end: Ipv4Addr, family: Family) -> IpAddr {
        match family {
            Family::V4 => end.into(),
            Family::V6 => address::uplink_ipv6(end).into(),
        }
    }

    /// The node's own route to a block of the VPC.
    fn inward(&self, to: IpBlock) -> Result<RouteMessage, Error> {
        let there = self.end(self.there, Family::of(to.address()));
        Ok(to_block(MAIN, to)?.gateway(there).map_err(unfit)?.build())
    }

    /// The node's own route to an address that another node of its segment has.
    async fn across(&self, to: IpAddr, via: IpAddr) -> Result<RouteMessage, Error> {
        let mut route = to_block(MAIN, IpBlock::of(to))?;
        if let (IpAddr::V6(_), Some(overlay)) = (via, self.overlay) {
            // It is link-local: that says nothing without the link.
            let segment = overlay::segment(self.host, *overlay.address.ip()).await?;
            route = route.output_interface(segment);
        }
        Ok(route.gateway(via).map_err(unfit)?.build())
    }

    async fn route(&self, table: u32, to: IpBlock, hop: &Hop) -> Result<RouteMessage, Error> {
        let route = to_block(table, to)?;
        Ok(match hop {
            Hop::Unreachable => route.kind(RouteType::Unreachable).build(),
            Hop::Link(name) => {
                let index = link::existing(self.inside, name).await?;
                route.output_interface(index).scope(RouteScope::Link).build()
            }
            Hop::Through { address, link: name } => {
                let index = link::existing(self.inside, name).await?;
                let route = route.output_interface(index).gateway(*address).map_err(unfit)?;
                route.onlink().build()
            }
            Hop::Out { realm } => {
                let index = link::existing(self.inside, UPLINK).await?;
                let here = self.end(self.here, Family::of(to.address()));
                let route = route.output_interface(index).gateway(here).map_err(unfit)?;
                match realm {
                    0 => route.build(),
                    realm => route.realm(RouteRealm { source: 0, destination: *realm }).build(),
                }
            }
        })
    }

    /// The rule that everything begins with: addresses of the VPC come before the routes of subnets.
    pub(super) async fn look_at_vpc_first(&self, families: &[Family]) -> Result<(), Error> {
        for family in families {
            let mut request = self.inside.netlink().rule().add();
            *request.message_mut() = rule(FIRST_RULE, None, MAIN);
            request.message_mut().header.family = address_family(*family);
            match ask(|| "put the VPC's addresses first".to_owned(), request.execute()).await {
                Err(e) if e.is_errno(rustix::io::Errno::EXIST) => {}
                other => other?,
            }
        }
        Ok(())
    }

    /// Who reaches an interface by its public address is told when a packet is too big for it. Nothing else that the namespace itself says goes
    /// out: its name service answers only those inside.
    pub(super) async fn lead_own_words_out(&self, families: &[Family]) -> Result<(), Error> {
        let netlink = self.inside.netlink();
        for family in families {
            let route = self.route(OWN_TABLE, everything(*family), &Hop::Out { realm: 0 }).await?;
            let action = || "lead the namespace's own words out".to_owned();
            ask(action, netlink.route().add(route).replace().execute()).await?;
            let mut request = netlink.rule().add();
            *request.message_mut() = rule(OWN_RULE, None, OWN_TABLE);
            request.message_mut().header.family = address_family(*family);
            request.message_mut().attributes.push(RuleAttribute::Iifname("lo".to_owned()));
            match ask(action, request.execute()).await {
                Err(e) if e.is_errno(rustix::io::Errno::EXIST) => {}
                other => other?,
            }
        }
        Ok(())
    }

    /// Takes away what an earlier run left and `wanted` does not name: addresses of the namespace itself, routes, rules, neighbours, stations.
    pub(super) async fn sweep(&self, families: &[Family], wanted: &BTreeSet<Path>) -> Result<(), Error> {
        let places: BTreeSet<_> = wanted.iter().map(place).collect();
        let mut stale = Vec::new();
        for family in families {
            let routes = routes(self.inside, *family).await?;
            let ours = |r: &&RouteMessage| r.header.protocol == PROTOCOL && table_of(r) != OWN_TABLE;
            for route in routes.iter().filter(ours) {
                let to = destination(route, *family);
                let path = Path::Route { table: table_of(route), to, hop: Hop::Unreachable };
                if !places.contains(&place(&path)) {
                    stale.push(path);
                }
            }
        }
        for address in link::own_addresses(self.inside, LOOPBACK).await? {
            let path = Path::Here { address };
            if !address.is_loopback() && !wanted.contains(&path) {
                stale.push(path);
            }
        }
        stale.extend(self.rules(families).await?.into_iter().filter(|path| !wanted.contains(path)));
        stale.extend(self.neighbours().await?.into_iter().filter(|path| !places.contains(&place(path))));
        for family in [Family::V4, Family::V6].into_iter().filter(|f| *f == Family::V4 || super::knows_ipv6())
        {
            stale.extend(
                self.ways_here(family, wanted).await?.into_iter().filter(|path| !wanted.contains(path)),
            );
        }
        self.change(&stale, &[]).await
    }

    /// The node's own routes to the VPC, and to the addresses of `wanted` that other nodes have. Those of other VPCs are not ours to judge.
    async fn ways_here(&self, family: Family, wanted: &BTreeSet<Path>) -> Result<Vec<Path>, Error> {
        let there = self.end(self.there, family);
        let routes = routes(self.host, family).await?;
        let ours = routes.iter().filter(|r| r.header.protocol == PROTOCOL);
        Ok(ours
            .filter_map(|route| {
                let (to, via) = (destination(route, family), gateway(route)?);
                let one = to.prefix_len() == IpBlock::of(to.address()).prefix_len();
                if via == there {
                    Some(Path::Inward { to })
                } else if one && leads(wanted, to.address()) {
                    Some(Path::Across { to: to.address(), via })
                } else {
                    None
                }
            })
            .collect())
    }

    async fn rules(&self, families: &[Family]) -> Result<Vec<Path>, Error> {
        let mut found = Vec::new();
        for family in families {
            let version = match family {
                Family::V4 => IpVersion::V4,
                Family::V6 => IpVersion::V6,
            };
            let mut answers = self.inside.netlink().rule().get(version).execute();
            while let Some(rule) = ask(|| "list rules".to_owned(), answers.try_next()).await? {
                found.extend(subnet_rule(&rule).or_else(|| marked_rule(*family, &rule)));
            }
        }
        Ok(found)
    }

    /// Neighbours and stations that somebody set by hand: only we do in this namespace.
    async fn neighbours(&self) -> Result<Vec<Path>, Error> {
        let names = link::names(self.inside).await?;
        let mut found = Vec::new();
        for family in [AddressFamily::Inet, AddressFamily::Inet6, AddressFamily::Bridge] {
            let request = self.inside.netlink().neighbours().get().set_address_family(family);
            let mut answers = request.execute();
            while let Some(message) = ask(|| "list neighbours".to_owned(), answers.try_next()).await? {
                // The other end of the uplink is no path: it is there as long as the uplink is.
                let Some(link) = names.get(&message.header.ifindex).filter(|name| *name != UPLINK) else {
                    continue;
                };
                if message.header.state == NeighbourState::Permanent {
                    found.extend(set_neighbour(&message, link));
                }
            }
        }
        Ok(found)
    }
}

fn set_neighbour(message: &NeighbourMessage, link: &str) -> Option<Path> {
    let mut mac = None;
    let mut to = None;
    let mut port = 0;
    for attribute in &message.attributes {
        match attribute {
            NeighbourAttribute::LinkLayerAddress(bytes) => mac = <[u8; 6]>::try_from(bytes.as_slice()).ok(),
            NeighbourAttribute::Destination(NeighbourAddress::Inet(address)) => {
                to = Some(IpAddr::V4(*address))
            }
            NeighbourAttribute::Destination(NeighbourAddress::Inet6(address)) => {
                to = Some(IpAddr::V6(*address));
            }
            NeighbourAttribute::Port(number) => port = *number,
            _ => {}
        }
    }
    match message.header.family {
        AddressFamily::Inet | AddressFamily::Inet6 => {
            Some(Path::Neighbour { address: to?, link: link.to_owned(), mac: mac? })
        }
        AddressFamily::Bridge if link == OVERLAY => {
            let IpAddr::V4(to) = to? else { return None };
            Some(Path::Station { mac: mac?, to: std::net::SocketAddrV4::new(to, port) })
        }
        _ => None,
    }
}

/// What a path is the only one of: another with the same place takes its place.
fn place(path: &Path) -> (u8, u32, IpAddr, u8, &str, [u8; 6]) {
    const NONE: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
    match path {
        Path::Overlay { .. } => (0, 0, NONE, 0, "", [0; 6]),
        Path::Here { address } => (1, 0, (*address).into(), 0, "", [0; 6]),
        Path::Station { mac, .. } => (2, 0, NONE, 0, "", *mac),
        Path::Neighbour { address, link, .. } => (3, 0, *address, 0, link, [0; 6]),
        Path::Route { table, to, .. } => (4, *table, to.address(), to.prefix_len(), "", [0; 6]),
        Path::Rule { from, table } => (5, *table, from.address(), from.prefix_len(), "", [0; 6]),
        Path::Marked { family, mark, .. } => (6, *mark, everything(*family).address(), 0, "", [0; 6]),
        Path::Inward { to } => (7, 0, to.address(), to.prefix_len(), "", [0; 6]),
        Path::Across { to, .. } => (8, 0, *to, 0, "", [0; 6]),
    }
}

fn to_block(table: u32, to: IpBlock) -> Result<RouteMessageBuilder<IpAddr>, Error> {
    let route = RouteMessageBuilder::<IpAddr>::new().table_id(table).protocol(PROTOCOL);
    route.destination_prefix(to.address(), to.prefix_len()).map_err(unfit)
}

/// A route of two families at once, which nobody should ask for.
pub(super) fn unfit(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::System { action: "make a route".to_owned(), source: std::io::Error::other(error) }
}

pub(super) fn rule(priority: u32, from: Option<IpBlock>, table: u32) -> RuleMessage {
    let mut message = RuleMessage::default();
    message.header.family = AddressFamily::Inet;
    message.header.action = RuleAction::ToTable;
    message.attributes.push(RuleAttribute::Priority(priority));
    message.attributes.push(RuleAttribute::Table(table));
    if let Some(from) = from {
        message.header.family = address_family(Family::of(from.address()));
        message.header.src_len = from.prefix_len();
        message.attributes.push(RuleAttribute::Source(from.address()));
    }
    message
}

fn marked(family: Family, mark: u32, table: u32) -> RuleMessage {
    let mut message = rule(MARK_RULE, None, table);
    message.header.family = address_family(family);
    message.attributes.push(RuleAttribute::FwMark(mark));
    message.attributes.push(RuleAttribute::FwMask(ORIGIN));
    message
}

/// A rule of the kernel's as the path that it is, where it is one for a mark.
fn marked_rule(family: Family, rule: &RuleMessage) -> Option<Path> {
    let (priority, _, table) = read_rule(rule);
    let mark = rule.attributes.iter().find_map(|a| match a {
        RuleAttribute::FwMark(mark) => Some(*mark),
        _ => None,
    });
    mark.filter(|_| priority == MARK_RULE).map(|mark| Path::Marked { family, mark, table })
}

fn address_family(family: Family) -> AddressFamily {
    match family {
        Family::V4 => AddressFamily::Inet,
        Family::V6 => AddressFamily::Inet6,
    }
}

/// A rule of the kernel's as the path that it is, where it is one of a subnet.
fn subnet_rule(rule: &RuleMessage) -> Option<Path> {
    let (priority, from, table) = read_rule(rule);
    from.filter(|_| priority == SUBNET_RULE).map(|from| Path::Rule { from, table })
}

/// A rule of the kernel's: its priority, what it is about, and the table that it names.
pub(super) fn read_rule(rule: &RuleMessage) -> (u32, Option<IpBlock>, u32) {
    let (mut priority, mut from, mut table) = (0, None, u32::from(rule.header.table));
    for attribute in &rule.attributes {
        match attribute {
            RuleAttribute::Priority(number) => priority = *number,
            RuleAttribute::Source(address) => from = Some(*address),
            RuleAttribute::Table(number) => table = *number,
            _ => {}
        }
    }
    (priority, from.and_then(|from| block_of(from, rule.header.src_len)), table)
}

fn block_of(address: IpAddr, prefix_len: u8) -> Option<IpBlock> {
    match address {
        IpAddr::V4(address) => Ipv4Block::new(address, prefix_len).map(IpBlock::V4),
        IpAddr::V6(address) => Ipv6Block::new(address, prefix_len).map(IpBlock::V6),
    }
}

async fn routes(ns: &Namespace, family: Family) -> Result<Vec<RouteMessage>, Error> {
    let all = match family {
        Family::V4 => RouteMessageBuilder::<Ipv4Addr>::new().build(),
        Family::V6 => RouteMessageBuilder::<Ipv6Addr>::new().build(),
    };
    let mut answers = ns.netlink().route().get(all).execute();
    let mut found = Vec::new();
    while let Some(route) = ask(|| "list routes".to_owned(), answers.try_next()).await? {
        found.push(route);
    }
    Ok(found)
}

/// Whether an address lies in a block that is led to the VPC.
fn leads(wanted: &BTreeSet<Path>, address: IpAddr) -> bool {
    let covers = |to: &IpBlock| match (to, address) {
        (IpBlock::V4(block), IpAddr::V4(address)) => block.contains(address),
        (IpBlock::V6(block), IpAddr::V6(address)) => block.contains(address),
        (IpBlock::V4(_), IpAddr::V6(_)) | (IpBlock::V6(_), IpAddr::V4(_)) => false,
    };
    wanted.iter().any(|p| matches!(p, Path::Inward { to } if covers(to)))
}

fn gateway(route: &RouteMessage) -> Option<IpAddr> {
    route.attributes.iter().find_map(|a| match a {
        RouteAttribute::Gateway(RouteAddress::Inet(address)) => Some(IpAddr::V4(*address)),
        RouteAttribute::Gateway(RouteAddress::Inet6(address)) => Some(IpAddr::V6(*address)),
        _ => None,
    })
}

pub(super) fn everything(family: Family) -> IpBlock {
    match family {
        Family::V4 => IpBlock::V4(Ipv4Block::ANY),
        Family::V6 => IpBlock::V6(Ipv6Block::ANY),
    }
}

fn destination(route: &RouteMessage, family: Family) -> IpBlock {
    let address = route.attributes.iter().find_map(|a| match a {
        RouteAttribute::Destination(RouteAddress::Inet(address)) => Some(IpAddr::V4(*address)),
        RouteAttribute::Destination(RouteAddress::Inet6(address)) => Some(IpAddr::V6(*address)),
        _ => None,
    });
    let block = address.and_then(|a| block_of(a, route.header.destination_prefix_length));
    block.unwrap_or_else(|| everything(family))
}

fn table_of(route: &RouteMessage) -> u32 {
    let named = route.attributes.iter().find_map(|a| match a {
        RouteAttribute::Table(number) => Some(*number),
        _ => None,
    });
    named.unwrap_or_else(|| u32::from(route.header.table))
}
