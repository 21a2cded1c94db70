//! Links, addresses and routes through netlink: small verbs, each of which says what it did when it fails.

use crate::Error;
use crate::namespace::{NETLINK_TIME_LIMIT, Namespace};
use futures_util::TryStreamExt;
use rtnetlink::packet_route::link::{InfoData, InfoVeth};
use rtnetlink::{LinkBridge, LinkMessageBuilder, LinkUnspec, LinkVeth, RouteMessageBuilder};
use std::net::{IpAddr, Ipv4Addr};

/// The name of the only interface inside an endpoint, as in a Docker container.
pub(crate) const INSIDE: &str = "eth0";

type Answer<T> = Result<T, rtnetlink::Error>;

async fn ask<T>(
    action: impl FnOnce() -> String,
    request: impl Future<Output = Answer<T>>,
) -> Result<T, Error> {
    match tokio::time::timeout(NETLINK_TIME_LIMIT, request).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(source)) => Err(Error::Netlink { action: action(), source }),
        Err(_) => Err(Error::TimedOut("netlink")),
    }
}

/// The index of a link, where there is one of that name.
pub(crate) async fn index_of(ns: &Namespace, name: &str) -> Result<Option<u32>, Error> {
    let mut answers = ns.netlink().link().get().match_name(name.to_owned()).execute();
    match tokio::time::timeout(NETLINK_TIME_LIMIT, answers.try_next()).await {
        Ok(Ok(link)) => Ok(link.map(|l| l.header.index)),
        Ok(Err(rtnetlink::Error::NetlinkError(e)))
            if e.raw_code() == -rustix::io::Errno::NODEV.raw_os_error() =>
        {
            Ok(None)
        }
        Ok(Err(source)) => Err(Error::Netlink { action: format!("look for link {name}"), source }),
        Err(_) => Err(Error::TimedOut("netlink")),
    }
}

async fn existing(ns: &Namespace, name: &str) -> Result<u32, Error> {
    index_of(ns, name).await?.ok_or_else(|| Error::System {
        action: format!("look for link {name}"),
        source: std::io::Error::from(std::io::ErrorKind::NotFound),
    })
}

/// A bridge with an address, made where it does not exist. Returns its index.
pub(crate) async fn ensure_bridge(
    ns: &Namespace,
    name: &str,
    address: Ipv4Addr,
    prefix_len: u8,
) -> Result<u32, Error> {
    if let Some(index) = index_of(ns, name).await? {
        return Ok(index);
    }
    let made = ns.netlink().link().add(LinkBridge::new(name).up().build()).execute();
    match ask(|| format!("make bridge {name}"), made).await {
        // Two endpoints may bring the same new subnet at once.
        Err(Error::Netlink { source: rtnetlink::Error::NetlinkError(e), .. })
            if e.raw_code() == -rustix::io::Errno::EXIST.raw_os_error() => {}
        other => other?,
    }
    let index = existing(ns, name).await?;
    add_address(ns, index, name, address, prefix_len).await?;
    Ok(index)
}

/// A veth pair: `name` in `ns` (a port of bridge `bridge`, where given), the other end in `inside` with the name `peer`. A link that
/// has the name already is what a run left whose records are gone: it is removed.
pub(crate) async fn add_veth(
    ns: &Namespace,
    name: &str,
    bridge: Option<u32>,
    inside: &Namespace,
    peer: &str,
    mac: Option<[u8; 6]>,
) -> Result<(), Error> {
    let make = || {
        let mut other = LinkMessageBuilder::<LinkUnspec>::new().name(peer).setns_by_fd(inside.raw_fd());
        if let Some(mac) = mac {
            other = other.address(mac.to_vec());
        }
        let pair = LinkMessageBuilder::<LinkVeth>::new(name, peer);
        let mut pair = pair.set_info_data(InfoData::Veth(InfoVeth::Peer(other.build()))).up();
        if let Some(index) = bridge {
            pair = pair.controller(index);
        }
        ask(|| format!("make link {name}"), ns.netlink().link().add(pair.build()).execute())
    };
    match make().await {
        Err(Error::Netlink { source: rtnetlink::Error::NetlinkError(e), .. })
            if e.raw_code() == -rustix::io::Errno::EXIST.raw_os_error() =>
        {
            remove(ns, name).await?;
            make().await
        }
        other => other,
    }
}

/// Addresses the link `name` of `ns`, brings it and loopback up, and sets the default route.
pub(crate) async fn configure(
    ns: &Namespace,
    name: &str,
    address: Ipv4Addr,
    prefix_len: u8,
    gateway: Option<Ipv4Addr>,
) -> Result<(), Error> {
    let index = existing(ns, name).await?;
    add_address(ns, index, name, address, prefix_len).await?;
    set_up(ns, index, name).await?;
    if let Some(gateway) = gateway {
        let route = RouteMessageBuilder::<Ipv4Addr>::new().gateway(gateway).build();
        ask(|| format!("route through {gateway}"), ns.netlink().route().add(route).execute()).await?;
    }
    Ok(())
}

/// Brings loopback up.
pub(crate) async fn loopback_up(ns: &Namespace) -> Result<(), Error> {
    // Loopback is link 1 of every namespace.
    set_up(ns, 1, "lo").await
}

/// A route to a block through a neighbour. Returns whether it was added: not where another route to the block exists.
pub(crate) async fn add_route(ns: &Namespace, to: (Ipv4Addr, u8), via: Ipv4Addr) -> Result<bool, Error> {
    let route = RouteMessageBuilder::<Ipv4Addr>::new().destination_prefix(to.0, to.1).gateway(via).build();
    match ask(|| format!("route {}/{} through {via}", to.0, to.1), ns.netlink().route().add(route).execute())
        .await
    {
        Ok(()) => Ok(true),
        Err(Error::Netlink { source: rtnetlink::Error::NetlinkError(e), .. })
            if e.raw_code() == -rustix::io::Errno::EXIST.raw_os_error() =>
        {
            Ok(false)
        }
        Err(other) => Err(other),
    }
}

/// Every IPv4 block that the namespace routes to or has an address in, the default route left out.
pub(crate) async fn routed_blocks(ns: &Namespace) -> Result<Vec<(Ipv4Addr, u8)>, Error> {
    use rtnetlink::packet_route::route::{RouteAddress, RouteAttribute};
    let mut routes = ns.netlink().route().get(RouteMessageBuilder::<Ipv4Addr>::new().build()).execute();
    let mut blocks = Vec::new();
    while let Some(route) = ask(|| "list routes".to_owned(), routes.try_next()).await? {
        let to = route.attributes.iter().find_map(|a| match a {
            RouteAttribute::Destination(RouteAddress::Inet(address)) => Some(*address),
            _ => None,
        });
        if let Some(address) = to {
            blocks.push((address, route.header.destination_prefix_length));
        }
    }
    Ok(blocks)
}

/// Removes a link; nothing of that name is no error.
pub(crate) async fn remove(ns: &Namespace, name: &str) -> Result<(), Error> {
    let Some(index) = index_of(ns, name).await? else { return Ok(()) };
    match ask(|| format!("remove link {name}"), ns.netlink().link().del(index).execute()).await {
        // A veth goes with its peer's namespace, possibly just now.
        Err(Error::Netlink { source: rtnetlink::Error::NetlinkError(e), .. })
            if e.raw_code() == -rustix::io::Errno::NODEV.raw_os_error() =>
        {
            Ok(())
        }
        other => other,
    }
}

/// Names of all links of the namespace that begin with `prefix`.
pub(crate) async fn names_with_prefix(ns: &Namespace, prefix: &str) -> Result<Vec<String>, Error> {
    use rtnetlink::packet_route::link::LinkAttribute;
    let mut links = ns.netlink().link().get().execute();
    let mut names = Vec::new();
    while let Some(link) = ask(|| "list links".to_owned(), links.try_next()).await? {
        names.extend(link.attributes.into_iter().find_map(|a| match a {
            LinkAttribute::IfName(name) if name.starts_with(prefix) => Some(name),
            _ => None,
        }));
    }
    Ok(names)
}

async fn add_address(
    ns: &Namespace,
    index: u32,
    name: &str,
    address: Ipv4Addr,
    prefix_len: u8,
) -> Result<(), Error> {
    let request = ns.netlink().address().add(index, IpAddr::V4(address), prefix_len).replace().execute();
    ask(|| format!("give {address}/{prefix_len} to {name}"), request).await
}

async fn set_up(ns: &Namespace, index: u32, name: &str) -> Result<(), Error> {
    let request = ns.netlink().link().set(LinkUnspec::new_with_index(index).up().build()).execute();
    ask(|| format!("bring {name} up"), request).await
}
