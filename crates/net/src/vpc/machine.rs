//! Interfaces of a VPC that the machine itself has, or a load balancer which it carries: links in the node's own namespace, or in that of the load
//! balancer, each with a table of routes of its own.
//!
//! What is said from such an address leaves by its link, and the machine's other routes stay as they are (AWS's own machines do the same, with
//! ec2-net-utils). The VPC's side of the link is as a task's: sources, security groups, routes. On the machine's side a table of the packet filter sees
//! to it that by the link comes only what is for the interface's addresses, and what is for them by that link only: so that whoever
//! reaches the machine there has passed the groups. Nothing is forwarded by such a link but flows of a network load balancer (`crate::forward`), which
//! leave by the link that they came by.

use super::{ROUTER_MAC, Vpc, knows_ipv6, paths, set_sysctl, set_sysctl_if_there};
use crate::forward::FORWARDED;
use crate::link::{self, ask};
use crate::namespace::{self, Namespace};
use crate::vpc::plane::Port;
use crate::{Error, nft};
use futures_util::TryStreamExt;
use model::ec2::IpBlock;
use rtnetlink::packet_route::address::{AddressAttribute, AddressFlags};
use rtnetlink::packet_route::route::{RouteScope, RouteType};
use rtnetlink::packet_route::rule::{RuleAttribute, RuleMessage};
use rtnetlink::{IpVersion, RouteMessageBuilder};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::Path;

/// The network that a link is put into.
#[derive(Clone, Copy)]
pub(crate) struct Home<'a> {
    pub namespace: &'a Namespace,
    /// Where it is bound; `None` is the machine's own.
    pub path: Option<&'a Path>,
}

impl Home<'_> {
    async fn apply(&self, action: &'static str, script: String) -> Result<(), Error> {
        nft::apply(action, self.path.map(Path::to_owned), script).await
    }

    /// Works inside.
    async fn work(&self, work: impl FnOnce() -> Result<(), Error> + Send + 'static) -> Result<(), Error> {
        match self.path {
            Some(path) => namespace::run_in(path, work).await,
            None => work(),
        }
    }
}

/// What the machine has of an interface.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MachineLink {
    /// The interface's id, and that of its attachment.
    pub interface: String,
    pub attachment: String,
    pub mac: [u8; 6],
    /// The load balancer whose it is; `None` is the machine itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balancer: Option<String>,
    /// Whether it takes in answers to others than itself, as whom it sent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub foreign_sources: bool,
    pub addresses: Vec<IpAddr>,
    /// The subnet's router.
    pub gateway: Ipv4Addr,
}

/// Links of machines begin with this, then comes the node's instance.
const LINKS: &str = "lse";
/// Hex digits of a link's name that stand for its interface.
const TAG: usize = 7;
/// Where the kernel looks before it looks into the machine's main table (32766).
const RULE: u32 = 19_700;
/// Before that, where what a link takes in for others is found.
const FOREIGN_RULE: u32 = 19_600;
/// Before that, where a packet goes that the packet filter forwards.
const FORWARDED_RULE: u32 = 19_500;
/// From a link's table to the one of what it takes in for others.
const FOREIGN: u32 = 0x0100_0000;
/// Loopback is link 1 of every namespace.
const LOOPBACK: u32 = 1;
/// Tables of links are numbered from here, by 24 bits of their names.
const TABLES: u32 = 0x4c00_0000;
/// The router of every subnet has the same address of the link for IPv6.
const IPV6_ROUTER: Ipv6Addr = Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 1);

/// What a machine's link, its table of the packet filter and its table of routes are called: all of it follows from the link's name, so that what an
/// earlier run left is taken away with it.
#[derive(Debug)]
pub(crate) struct Names {
    pub link: String,
    filter: String,
    table: u32,
}

impl Names {
    pub(crate) fn of(instance: &str, interface: &str) -> Self {
        let tag = &crate::node::short_hash(interface)[..TAG];
        Self::with_tag(instance, tag)
    }

    /// Those of a link that there is, where it is one of this node's.
    pub(crate) fn of_link(instance: &str, link: &str) -> Option<Self> {
        let tag = link.strip_prefix(LINKS)?.strip_prefix(instance)?;
        (tag.len() == TAG).then(|| Self::with_tag(instance, tag))
    }

    /// What links of this node begin with.
    pub(crate) fn prefix(instance: &str) -> String {
        format!("{LINKS}{instance}")
    }

    fn with_tag(instance: &str, tag: &str) -> Self {
        let link = format!("{LINKS}{instance}{tag}");
        let number = u32::from_str_radix(&crate::node::short_hash(&link)[..6], 16);
        let table = TABLES + number.expect("it is six hex digits");
        Self { filter: format!("longshore-{instance}-e{tag}"), link, table }
    }
}

impl Vpc {
    /// The links that the control plane wants the machine to have; `None` before it has said everything.
    pub(crate) async fn machine_links(&self) -> Option<Vec<MachineLink>> {
        let state = self.plane.lock().await;
        state.told.then(|| state.plane.machine_links())
    }

    /// Plugs the machine itself in, or a load balancer of it. What of it is there stays, and is brought to what it should be. Answers whether the
    /// link was made.
    pub(crate) async fn plug_machine(
        &self,
        host: &Namespace,
        home: Home<'_>,
        veth: &str,
        names: &Names,
        wanted: &MachineLink,
    ) -> Result<bool, Error> {
        // Before anybody can say anything by the link.
        home.apply("set the rules of a machine's interface", filter(names, wanted)).await?;
        let missing = link::index_of(home.namespace, &names.link).await?.is_none();
        if missing {
            let mtu = self.overlay.map(|o| o.mtu);
            let ends = link::Ends { mac: Some(wanted.mac), outer_mac: Some(ROUTER_MAC), mtu };
            link::add_veth(&self.namespace, veth, None, home.namespace, &names.link, ends).await?;
        }
        configure(home, names, wanted).await?;
        let mut state = self.plane.lock().await;
        let port = Port { link: veth.to_owned(), mac: wanted.mac };
        let changes = state.plane.plug(&wanted.interface, port);
        self.carry_out(host, &mut state, changes).await?;
        Ok(missing)
    }
}

/// Takes a machine's link away with everything that belongs to it, whatever of it exists.
pub(crate) async fn take_away(home: Home<'_>, names: &Names) -> Result<(), Error> {
    let mut errors = Vec::new();
    // Its addresses and routes go with it.
    errors.extend(link::remove(home.namespace, &names.link).await.err());
    errors.extend(set_rules(home.namespace, names.table, &BTreeSet::new()).await.err());
    for version in versions() {
        errors.extend(take_in(home.namespace, names, &version, false).await.err());
        errors.extend(lead_through(home.namespace, names, &version, false).await.err());
    }
    let script = delete_filter(&names.filter);
    errors.extend(home.apply("remove the rules of a machine's interface", script).await.err());
    Error::collect(errors)
}

/// Prepares a new namespace for a load balancer: sources and destinations are checked by the VPC, and of ports to ask targets from there are as many as can be.
pub(crate) async fn furnish(namespace: &Namespace, path: &Path) -> Result<(), Error> {
    link::loopback_up(namespace).await?;
    namespace::run_in(path, || {
        for scope in ["all", "default"] {
            // Of several interfaces each is asked by whoever its VPC lets ask it.
            set_sysctl(&format!("net/ipv4/conf/{scope}/rp_filter"), "0")?;
        }
        set_sysctl("net/ipv4/ip_local_port_range", "1024 65535")
    })
    .await
}

/// Gives the link just these addresses, its routes and its rules.
async fn configure(home: Home<'_>, names: &Names, wanted: &MachineLink) -> Result<(), Error> {
    let host = home.namespace;
    let index = link::existing(host, &names.link).await?;
    let ipv6 = wanted.addresses.iter().any(IpAddr::is_ipv6);
    let name = names.link.clone();
    home.work(move || {
        let sysctl = |of: &str| format!("net/ipv6/conf/{name}/{of}");
        if ipv6 {
            // 1: no address of its own, which nobody would ask for.
            set_sysctl(&sysctl("addr_gen_mode"), "1")?;
            set_sysctl(&sysctl("accept_ra"), "0")?;
        }
        set_sysctl_if_there(&sysctl("disable_ipv6"), if ipv6 { "0" } else { "1" })
    })
    .await?;
    link::set_up(host, index, &names.link).await?;
    let before: BTreeSet<IpAddr> = link::all_addresses(host, index).await?.into_iter().collect();
    for address in &wanted.addresses {
        // With its own prefix only: neighbours are behind the router, and no route of the machine's comes of it.
        let mut request = host.netlink().address().add(index, *address, width(*address)).replace();
        let flags = AddressFlags::Noprefixroute | AddressFlags::Nodad;
        request.message_mut().attributes.push(AddressAttribute::Flags(flags));
        ask(|| format!("give {address} to {}", names.link), request.execute()).await?;
    }
    for address in before.difference(&wanted.addresses.iter().copied().collect()) {
        match link::remove_address(host, index, *address, width(*address)).await {
            Err(e) if e.is_absent() => {}
            other => other?,
        }
    }
    for router in [wanted.gateway.into(), IPV6_ROUTER.into()] {
        if !matches!(router, IpAddr::V6(_)) || ipv6 {
            lead_out(host, index, names.table, router, None).await?;
            if home.path.is_some() {
                // What the load balancer itself begins has no address yet: any of its links will do, and the others are there when that one goes.
                lead_out(host, index, MAIN, router, Some(names.table)).await?;
            }
        }
    }
    set_rules(host, names.table, &wanted.addresses.iter().copied().collect()).await?;
    for version in versions() {
        let on = wanted.foreign_sources && (matches!(version, IpVersion::V4) || ipv6);
        take_in(host, names, &version, on).await?;
        lead_through(host, names, &version, home.path.is_some()).await?;
    }
    Ok(())
}

/// Where the kernel looks to whom a packet of the link is: to this network, whatever its address. Sockets decide what is heard.
async fn take_in(host: &Namespace, names: &Names, version: &IpVersion, on: bool) -> Result<(), Error> {
    let table = names.table + FOREIGN;
    let anywhere = match version {
        IpVersion::V4 => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        IpVersion::V6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    let mut rule = paths::rule(FOREIGN_RULE, Some(IpBlock::of(anywhere)), table);
    // From anywhere, which the kernel says without an address.
    rule.header.src_len = 0;
    rule.attributes.retain(|a| !matches!(a, RuleAttribute::Source(_)));
    rule.attributes.push(RuleAttribute::Iifname(names.link.clone()));
    let action = || format!("take everything in by {}", names.link);
    if !on {
        return set_rule(host, rule, false, action).await;
    }
    let route = RouteMessageBuilder::<IpAddr>::new()
        .table_id(table)
        .output_interface(LOOPBACK)
        .kind(RouteType::Local)
        .scope(RouteScope::Host);
    let route = route.destination_prefix(anywhere, 0).map_err(paths::unfit)?.build();
    ask(action, host.netlink().route().add(route).replace().execute()).await?;
    set_rule(host, rule, true, action).await
}

/// What comes by the link and is forwarded leaves by it again, whoever it is for.
async fn lead_through(host: &Namespace, names: &Names, version: &IpVersion, on: bool) -> Result<(), Error> {
    let anybody = match version {
        IpVersion::V4 => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        IpVersion::V6 => IpAddr::V6(Ipv6Addr::UNSPECIFIED),
    };
    let mut rule = paths::rule(FORWARDED_RULE, Some(IpBlock::of(anybody)), names.table);
    // From anywhere, which the kernel says without an address.
    rule.header.src_len = 0;
    rule.attributes.retain(|a| !matches!(a, RuleAttribute::Source(_)));
    rule.attributes.push(RuleAttribute::Iifname(names.link.clone()));
    rule.attributes.push(RuleAttribute::FwMark(FORWARDED));
    rule.attributes.push(RuleAttribute::FwMask(FORWARDED));
    set_rule(host, rule, on, || format!("forward by {}", names.link)).await
}

/// Adds a rule where it is not there, or takes it away where it is.
async fn set_rule(
    host: &Namespace,
    rule: RuleMessage,
    on: bool,
    action: impl Fn() -> String,
) -> Result<(), Error> {
    if !on {
        return match ask(action, host.netlink().rule().del(rule).execute()).await {
            Err(e) if e.is_absent() => Ok(()),
            other => other,
        };
    }
    let mut request = host.netlink().rule().add();
    *request.message_mut() = rule;
    match ask(action, request.execute()).await {
        Err(e) if e.is_errno(rustix::io::Errno::EXIST) => Ok(()),
        other => other,
    }
}

/// The table where the kernel looks last.
const MAIN: u32 = 254;

/// Everything that looks into the table leaves by the link, through the router. Ways of one table differ in their metrics.
async fn lead_out(
    host: &Namespace,
    index: u32,
    table: u32,
    router: IpAddr,
    metric: Option<u32>,
) -> Result<(), Error> {
    let neighbour = host.netlink().neighbours().add(index, router).link_layer_address(&ROUTER_MAC).replace();
    ask(|| format!("name the router {router}"), neighbour.execute()).await?;
    let route = match router {
        IpAddr::V4(router) => {
            let route = RouteMessageBuilder::<Ipv4Addr>::new().table_id(table).output_interface(index);
            let route = metric.map_or(route.clone(), |metric| route.priority(metric));
            route.gateway(router).onlink().build()
        }
        IpAddr::V6(router) => {
            let route = RouteMessageBuilder::<Ipv6Addr>::new().table_id(table).output_interface(index);
            let route = metric.map_or(route.clone(), |metric| route.priority(metric));
            route.gateway(router).onlink().build()
        }
    };
    ask(|| format!("route through {router}"), host.netlink().route().add(route).replace().execute()).await
}

/// Has just what comes from these addresses look into the table.
async fn set_rules(host: &Namespace, table: u32, from: &BTreeSet<IpAddr>) -> Result<(), Error> {
    let before = rules_of(host, table).await?;
    let rule = |address: IpAddr| paths::rule(RULE, Some(IpBlock::of(address)), table);
    for address in from.difference(&before) {
        let mut request = host.netlink().rule().add();
        *request.message_mut() = rule(*address);
        ask(|| format!("route what {address} says"), request.execute()).await?;
    }
    for address in before.difference(from) {
        let removed = host.netlink().rule().del(rule(*address)).execute();
        match ask(|| format!("no longer route what {address} says"), removed).await {
            Err(e) if e.is_absent() => {}
            other => other?,
        }
    }
    Ok(())
}

async fn rules_of(host: &Namespace, table: u32) -> Result<BTreeSet<IpAddr>, Error> {
    let mut found = BTreeSet::new();
    for version in versions() {
        let mut answers = host.netlink().rule().get(version).execute();
        while let Some(message) = ask(|| "list rules".to_owned(), answers.try_next()).await? {
            if let (RULE, Some(from), number) = paths::read_rule(&message)
                && number == table
            {
                found.insert(from.address());
            }
        }
    }
    Ok(found)
}

fn versions() -> Vec<IpVersion> {
    if knows_ipv6() { vec![IpVersion::V4, IpVersion::V6] } else { vec![IpVersion::V4] }
}

fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The machine's side of the packet filter.
fn filter(names: &Names, wanted: &MachineLink) -> String {
    let Names { link, filter, .. } = names;
    let MachineLink { addresses, foreign_sources, .. } = wanted;
    let mut rules = String::new();
    for (family, ipv6) in [("ip", false), ("ip6", true)] {
        let own: Vec<String> =
            addresses.iter().filter(|a| a.is_ipv6() == ipv6).map(ToString::to_string).collect();
        if own.is_empty() {
            let nfproto = if ipv6 { "ipv6" } else { "ipv4" };
            rules += &format!("        iifname \"{link}\" meta nfproto {nfproto} drop\n");
        } else {
            let own = own.join(", ");
            if !foreign_sources {
                rules += &format!("        iifname \"{link}\" {family} daddr != {{ {own} }} drop\n");
            }
            rules +=
                &format!("        iifname != {{ \"lo\", \"{link}\" }} {family} daddr {{ {own} }} drop\n");
        }
    }
    let fresh = delete_filter(filter);
    // Nobody but the load balancer's own table gives packets a mark in there.
    let forwarded = match wanted.balancer {
        Some(_) => format!("        meta mark and {FORWARDED:#x} != 0x0 accept\n"),
        None => String::new(),
    };
    format!(
        r#"{fresh}table inet {filter} {{
    chain input {{
        type filter hook input priority filter; policy accept;
{rules}    }}
    chain forward {{
        type filter hook forward priority filter; policy accept;
{forwarded}        iifname "{link}" drop
        oifname "{link}" drop
    }}
}}
"#
    )
}

fn delete_filter(filter: &str) -> String {
    format!("add table inet {filter}\ndelete table inet {filter}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_and_follow_from_the_link() {
        let names = Names::of("abcde", "eni-0123456789abcdef0");
        assert!(names.link.len() <= 15 && names.link.starts_with(&Names::prefix("abcde")), "{names:?}");
        let again = Names::of_link("abcde", &names.link).expect("it is one");
        assert_eq!((again.filter, again.table), (names.filter, names.table));
        assert_ne!(Names::of("abcde", "eni-1").table, Names::of("abcde", "eni-2").table);
        // Another node's, whose instance begins the same.
        assert!(Names::of_link("abcd", &names.link).is_none());
    }

    fn wanted(addresses: &[&str]) -> MachineLink {
        MachineLink {
            interface: "eni-1".to_owned(),
            attachment: "eni-attach-1".to_owned(),
            mac: [2, 0, 0, 0, 0, 9],
            balancer: None,
            foreign_sources: false,
            addresses: addresses.iter().map(|a| a.parse().unwrap()).collect(),
            gateway: Ipv4Addr::new(10, 0, 0, 1),
        }
    }

    #[test]
    fn the_filter_lets_in_what_is_for_the_interface_by_its_link_alone() {
        let names = Names::of("a", "eni-1");
        let link = &names.link;
        let text = filter(&names, &wanted(&["10.0.0.9", "10.0.0.10"]));
        assert!(text.contains(&format!("iifname \"{link}\" ip daddr != {{ 10.0.0.9, 10.0.0.10 }} drop")));
        assert!(text.contains(&format!(
            "iifname != {{ \"lo\", \"{link}\" }} ip daddr {{ 10.0.0.9, 10.0.0.10 }} drop"
        )));
        assert!(text.contains(&format!("iifname \"{link}\" meta nfproto ipv6 drop")), "{text}");
        let text = filter(&names, &wanted(&["10.0.0.9", "fd00::9"]));
        assert!(text.contains(&format!("iifname \"{link}\" ip6 daddr != {{ fd00::9 }} drop")), "{text}");
        // For others too, and by other links it still lets in nothing for its own.
        let text = filter(&names, &MachineLink { foreign_sources: true, ..wanted(&["10.0.0.9"]) });
        assert!(!text.contains("daddr != "), "{text}");
        assert!(text.contains(&format!("iifname != {{ \"lo\", \"{link}\" }} ip daddr {{ 10.0.0.9 }} drop")));
    }
}
