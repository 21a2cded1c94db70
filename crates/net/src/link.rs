//! Links, addresses and routes through netlink: small verbs, each of which says what it did when it fails.

use crate::Error;
use crate::namespace::{NETLINK_TIME_LIMIT, Namespace};
use futures_util::TryStreamExt;
use rtnetlink::packet_route::link::{InfoData, InfoVeth};
use rtnetlink::{LinkBridge, LinkMessageBuilder, LinkUnspec, LinkVeth, RouteMessageBuilder};
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The name of the only interface inside an endpoint, as in a Docker container.
pub(crate) const INSIDE: &str = "eth0";

type Answer<T> = Result<T, rtnetlink::Error>;

/// Waits for an answer of netlink, and not for ever.
pub(crate) async fn ask<T>(
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

/// The index of a link that has to be there.
pub(crate) async fn existing(ns: &Namespace, name: &str) -> Result<u32, Error> {
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
        Err(e) if e.is_errno(rustix::io::Errno::EXIST) => {}
        other => other?,
    }
    let index = existing(ns, name).await?;
    add_address(ns, index, name, address, prefix_len).await?;
    Ok(index)
}

/// What the ends of a veth pair are given; the kernel chooses the rest.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ends {
    /// Of the end inside.
    pub mac: Option<[u8; 6]>,
    pub outer_mac: Option<[u8; 6]>,
    /// Of both.
    pub mtu: Option<u32>,
}

/// A veth pair: `name` in `ns` (a port of bridge `bridge`, where given), the other end in `inside` with the name `peer`. A link that
/// has the name already is what a run left whose records are gone: it is removed.
pub(crate) async fn add_veth(
    ns: &Namespace,
    name: &str,
    bridge: Option<u32>,
    inside: &Namespace,
    peer: &str,
    ends: Ends,
) -> Result<(), Error> {
    let make = || {
        let mut other = LinkMessageBuilder::<LinkUnspec>::new().name(peer).setns_by_fd(inside.raw_fd());
        if let Some(mac) = ends.mac {
            other = other.address(mac.to_vec());
        }
        if let Some(mtu) = ends.mtu {
            other = other.mtu(mtu);
        }
        let pair = LinkMessageBuilder::<LinkVeth>::new(name, peer);
        let mut pair = pair.set_info_data(InfoData::Veth(InfoVeth::Peer(other.build()))).up();
        if let Some(index) = bridge {
            pair = pair.controller(index);
        }
        if let Some(mac) = ends.outer_mac {
            pair = pair.address(mac.to_vec());
        }
        if let Some(mtu) = ends.mtu {
            pair = pair.mtu(mtu);
        }
        ask(|| format!("make link {name}"), ns.netlink().link().add(pair.build()).execute())
    };
    match make().await {
        Err(e) if e.is_errno(rustix::io::Errno::EXIST) => {
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

/// The same for a link on which there is only a router: its neighbours in the subnet are behind the router too, and
/// whose MAC address that is has not to be asked for.
pub(crate) async fn configure_routed(
    ns: &Namespace,
    name: &str,
    (address, prefix_len): (Ipv4Addr, u8),
    gateway: Ipv4Addr,
    router: [u8; 6],
) -> Result<(), Error> {
    use rtnetlink::packet_route::address::{AddressAttribute, AddressFlags};
    let index = existing(ns, name).await?;
    let mut request = ns.netlink().address().add(index, IpAddr::V4(address), prefix_len).replace();
    request.message_mut().attributes.push(AddressAttribute::Flags(AddressFlags::Noprefixroute));
    ask(|| format!("give {address}/{prefix_len} to {name}"), request.execute()).await?;
    set_up(ns, index, name).await?;
    name_neighbour(ns, index, gateway.into(), &router).await?;
    let route =
        RouteMessageBuilder::<Ipv4Addr>::new().output_interface(index).gateway(gateway).onlink().build();
    ask(|| format!("route through {gateway}"), ns.netlink().route().add(route).replace().execute()).await
}

/// The same with an IPv6 address. Nobody else can have it, so none is asked whether he does.
pub(crate) async fn configure_routed_ipv6(
    ns: &Namespace,
    name: &str,
    address: Ipv6Addr,
    gateway: Ipv6Addr,
    router: [u8; 6],
) -> Result<(), Error> {
    use rtnetlink::packet_route::address::{AddressAttribute, AddressFlags};
    let index = existing(ns, name).await?;
    let mut request = ns.netlink().address().add(index, IpAddr::V6(address), 128).replace();
    let flags = AddressFlags::Noprefixroute | AddressFlags::Nodad;
    request.message_mut().attributes.push(AddressAttribute::Flags(flags));
    ask(|| format!("give {address} to {name}"), request.execute()).await?;
    name_neighbour(ns, index, gateway.into(), &router).await?;
    let route =
        RouteMessageBuilder::<Ipv6Addr>::new().output_interface(index).gateway(gateway).onlink().build();
    ask(|| format!("route through {gateway}"), ns.netlink().route().add(route).replace().execute()).await
}

/// Says whose MAC address is behind an address on a link, for good: nobody has to be asked.
pub(crate) async fn name_neighbour(
    ns: &Namespace,
    index: u32,
    address: IpAddr,
    mac: &[u8],
) -> Result<(), Error> {
    let request = ns.netlink().neighbours().add(index, address).link_layer_address(mac).replace();
    ask(|| format!("name the neighbour {address}"), request.execute()).await
}

/// The MAC address of a link.
pub(crate) async fn mac_of(ns: &Namespace, index: u32) -> Result<Vec<u8>, Error> {
    use rtnetlink::packet_route::link::LinkAttribute;
    let mut answers = ns.netlink().link().get().match_index(index).execute();
    let message = ask(|| format!("look at link {index}"), answers.try_next()).await?;
    let mac = message.and_then(|m| {
        m.attributes.into_iter().find_map(|a| match a {
            LinkAttribute::Address(mac) => Some(mac),
            _ => None,
        })
    });
    mac.ok_or_else(|| Error::System {
        action: format!("look for the MAC address of link {index}"),
        source: std::io::Error::from(std::io::ErrorKind::NotFound),
    })
}

/// Brings loopback up.
pub(crate) async fn loopback_up(ns: &Namespace) -> Result<(), Error> {
    // Loopback is link 1 of every namespace.
    set_up(ns, 1, "lo").await
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
        Err(e) if e.is_errno(rustix::io::Errno::NODEV) => Ok(()),
        other => other,
    }
}

/// Names of all links of the namespace, by their index.
pub(crate) async fn names(ns: &Namespace) -> Result<BTreeMap<u32, String>, Error> {
    use rtnetlink::packet_route::link::LinkAttribute;
    let mut links = ns.netlink().link().get().execute();
    let mut names = BTreeMap::new();
    while let Some(link) = ask(|| "list links".to_owned(), links.try_next()).await? {
        let name = link.attributes.into_iter().find_map(|a| match a {
            LinkAttribute::IfName(name) => Some(name),
            _ => None,
        });
        names.extend(name.map(|name| (link.header.index, name)));
    }
    Ok(names)
}

/// Names of all links of the namespace that begin with `prefix`.
pub(crate) async fn names_with_prefix(ns: &Namespace, prefix: &str) -> Result<Vec<String>, Error> {
    Ok(names(ns).await?.into_values().filter(|name| name.starts_with(prefix)).collect())
}

/// The first IPv4 address of a link, where the link is there and has one.
pub(crate) async fn address_of(ns: &Namespace, name: &str) -> Result<Option<Ipv4Addr>, Error> {
    let Some(index) = index_of(ns, name).await? else { return Ok(None) };
    Ok(own_addresses(ns, index).await?.into_iter().next())
}

/// Every IPv4 address of a link.
pub(crate) async fn own_addresses(ns: &Namespace, index: u32) -> Result<Vec<Ipv4Addr>, Error> {
    let all = all_addresses(ns, index).await?.into_iter();
    Ok(all
        .filter_map(|a| match a {
            IpAddr::V4(address) => Some(address),
            IpAddr::V6(_) => None,
        })
        .collect())
}

/// The first link-local IPv6 address of a link, where it has one.
pub(crate) async fn link_local_of(ns: &Namespace, index: u32) -> Result<Option<Ipv6Addr>, Error> {
    let mut all = all_addresses(ns, index).await?.into_iter();
    Ok(all.find_map(|a| match a {
        IpAddr::V6(address) if address.is_unicast_link_local() => Some(address),
        IpAddr::V4(_) | IpAddr::V6(_) => None,
    }))
}

/// Every address of a link.
pub(crate) async fn all_addresses(ns: &Namespace, index: u32) -> Result<Vec<IpAddr>, Error> {
    use rtnetlink::packet_route::address::AddressAttribute;
    let mut addresses = ns.netlink().address().get().set_link_index_filter(index).execute();
    let mut found = Vec::new();
    while let Some(message) = ask(|| "list addresses".to_owned(), addresses.try_next()).await? {
        // The other end of a point-to-point link is named beside our own.
        let own = message.attributes.iter().find_map(|a| match a {
            AddressAttribute::Local(address) => Some(*address),
            _ => None,
        });
        let address = message.attributes.iter().find_map(|a| match a {
            AddressAttribute::Address(address) => Some(*address),
            _ => None,
        });
        found.extend(own.or(address));
    }
    Ok(found)
}

/// Takes an address from a link; one that it does not have is an error of the kernel's.
pub(crate) async fn remove_address(
    ns: &Namespace,
    index: u32,
    address: IpAddr,
    prefix_len: u8,
) -> Result<(), Error> {
    use rtnetlink::AddressMessageBuilder;
    let message = match address {
        IpAddr::V4(address) => {
            AddressMessageBuilder::<Ipv4Addr>::new().index(index).address(address, prefix_len).build()
        }
        IpAddr::V6(address) => {
            AddressMessageBuilder::<Ipv6Addr>::new().index(index).address(address, prefix_len).build()
        }
    };
    ask(|| format!("take {address} away"), ns.netlink().address().del(message).execute()).await
}

/// Gives an IPv6 address to a link on which nobody else can have it; one that it has already is no error.
pub(crate) async fn add_ipv6_address(
    ns: &Namespace,
    index: u32,
    address: Ipv6Addr,
    prefix_len: u8,
) -> Result<(), Error> {
    use rtnetlink::packet_route::address::{AddressAttribute, AddressFlags};
    let mut request = ns.netlink().address().add(index, IpAddr::V6(address), prefix_len).replace();
    request.message_mut().attributes.push(AddressAttribute::Flags(AddressFlags::Nodad));
    ask(|| format!("give {address}/{prefix_len} to a link"), request.execute()).await
}

/// Gives an address to a link; one that it has already is no error.
pub(crate) async fn add_address(
    ns: &Namespace,
    index: u32,
    name: &str,
    address: Ipv4Addr,
    prefix_len: u8,
) -> Result<(), Error> {
    let request = ns.netlink().address().add(index, IpAddr::V4(address), prefix_len).replace().execute();
    ask(|| format!("give {address}/{prefix_len} to {name}"), request).await
}

pub(crate) async fn set_up(ns: &Namespace, index: u32, name: &str) -> Result<(), Error> {
    let request = ns.netlink().link().set(LinkUnspec::new_with_index(index).up().build()).execute();
    ask(|| format!("bring {name} up"), request).await
}
