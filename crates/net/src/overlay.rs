//! This node's part in the overlay between nodes: the address and the UDP port that it takes packets on.

use crate::lock::AddressLock;
use crate::namespace::Namespace;
use crate::{Error, Overlay, link};
use futures_util::TryStreamExt;
use rtnetlink::packet_route::link::{InfoData, InfoVxlan, LinkAttribute, LinkInfo};
use rtnetlink::{LinkMessageBuilder, LinkVxlan};
use std::net::{Ipv4Addr, SocketAddrV4};

/// Where the search for a port begins: the one that is registered for VXLAN.
const FIRST_PORT: u16 = 4789;
/// How many nodes of one machine may have an overlay.
const PORTS: u16 = 64;
/// The number of the link that holds a port. No VPC has it: they are counted from 1.
const HOLDER: u32 = (1 << 24) - 1;
/// What VXLAN over IPv4 puts before a packet: Ethernet, IPv4, UDP and its own header.
const OVERHEAD: u32 = 50;

/// What is wanted of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// An address of this machine that other nodes reach.
    pub address: Ipv4Addr,
    /// `None` takes 4789, or the next that no other node of this machine has.
    pub port: Option<u16>,
    /// No overlay: the nodes are on one segment, and route to each other.
    pub direct: bool,
}

/// Takes the port, or finds it taken by an earlier run: the link `name` holds it, so that two nodes of one machine do not get the same.
pub(crate) async fn claim(host: &Namespace, name: &str, wanted: Wanted) -> Result<Overlay, Error> {
    let segment = segment(host, wanted.address).await?;
    let mtu = mtu_of(host, wanted.address, segment).await?;
    if wanted.direct {
        link::remove(host, name).await?;
        let ipv6 = link::link_local_of(host, segment).await?;
        if ipv6.is_none() {
            tracing::warn!(
                address = %wanted.address,
                "the link of this address has no IPv6 address: tasks of this node and of others do not reach each other by IPv6"
            );
        }
        return Ok(Overlay { address: SocketAddrV4::new(wanted.address, 0), mtu, ipv6 });
    }
    let mtu = mtu.saturating_sub(OVERHEAD);
    let overlay = |port| Overlay { address: SocketAddrV4::new(wanted.address, port), mtu, ipv6: None };
    let _lock = AddressLock::take().await?;
    if let Some(held) = held(host, name).await? {
        if held.ip() == &wanted.address && wanted.port.is_none_or(|port| port == held.port()) {
            return Ok(overlay(held.port()));
        }
        link::remove(host, name).await?;
    }
    let candidates = match wanted.port {
        Some(port) => port..=port,
        None => FIRST_PORT..=FIRST_PORT + PORTS,
    };
    for port in candidates {
        match hold(host, name, wanted.address, port).await {
            // Another node's, or another program's.
            Err(e) if e.is_errno(rustix::io::Errno::EXIST) || e.is_errno(rustix::io::Errno::ADDRINUSE) => {}
            Err(error) => return Err(error),
            Ok(()) => return Ok(overlay(port)),
        }
    }
    Err(Error::NoOverlayPort(wanted.address))
}

async fn hold(host: &Namespace, name: &str, address: Ipv4Addr, port: u16) -> Result<(), Error> {
    let link = LinkMessageBuilder::<LinkVxlan>::new(name)
        .id(HOLDER)
        .local(address)
        .port(port)
        .learning(false)
        .up()
        .build();
    link::ask(|| format!("take port {port} for the overlay"), host.netlink().link().add(link).execute()).await
}

/// The address and port that the link `name` holds.
async fn held(host: &Namespace, name: &str) -> Result<Option<SocketAddrV4>, Error> {
    let Some(index) = link::index_of(host, name).await? else { return Ok(None) };
    let mut answers = host.netlink().link().get().match_index(index).execute();
    let Some(message) = link::ask(|| format!("look at link {name}"), answers.try_next()).await? else {
        return Ok(None);
    };
    let infos = message.attributes.into_iter().filter_map(|a| match a {
        LinkAttribute::LinkInfo(infos) => Some(infos),
        _ => None,
    });
    let vxlan = infos.flatten().find_map(|info| match info {
        LinkInfo::Data(InfoData::Vxlan(vxlan)) => Some(vxlan),
        _ => None,
    });
    let (mut address, mut port) = (None, None);
    for info in vxlan.into_iter().flatten() {
        match info {
            InfoVxlan::Local(local) => address = Some(local),
            InfoVxlan::Port(number) => port = Some(number),
            _ => {}
        }
    }
    Ok(address.zip(port).map(|(address, port)| SocketAddrV4::new(address, port)))
}

/// The link that has an address.
pub(crate) async fn segment(host: &Namespace, address: Ipv4Addr) -> Result<u32, Error> {
    let request = host.netlink().address().get().set_address_filter(address.into());
    let mut answers = request.execute();
    let found = link::ask(|| format!("look for {address}"), answers.try_next()).await?;
    Ok(found.ok_or(Error::NotOurAddress(address))?.header.index)
}

/// How much fits into a packet of the link of an address, in bytes.
async fn mtu_of(host: &Namespace, address: Ipv4Addr, index: u32) -> Result<u32, Error> {
    let mut answers = host.netlink().link().get().match_index(index).execute();
    let message = link::ask(|| format!("look at the link of {address}"), answers.try_next()).await?;
    let mtu = message.and_then(|m| {
        m.attributes.into_iter().find_map(|a| match a {
            LinkAttribute::Mtu(mtu) => Some(mtu),
            _ => None,
        })
    });
    // Loopback's does not count: what goes to other machines does not go over it.
    Ok(mtu.unwrap_or(1500).min(9000))
}
