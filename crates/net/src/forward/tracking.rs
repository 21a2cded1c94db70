//! The kernel's tracking of forwarded flows: which there are, and how they are forgotten.
//! Source: `linux/netfilter/nfnetlink_conntrack.h`, `nf_conntrack_tcp.h`.

use super::FORWARDED;
use super::table::LANE;
use crate::netfilter::{Family, Netfilter, attribute, number, raw};
use model::balancer::forwarding::{Flowing, Lane};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

const GET: u16 = (1 << 8) | 1;
const DELETE: u16 = (1 << 8) | 2;
const TUPLE_ORIGINAL: u16 = 1;
const TUPLE_REPLY: u16 = 2;
const PROTOCOL_INFO: u16 = 4;
const MARK: u16 = 8;
const ID: u16 = 12;
const MARK_MASK: u16 = 21;
const NESTED: u16 = 0x8000;
/// Of a tuple: addresses, and the protocol with its ports.
const TUPLE_IP: u16 = 1;
const TUPLE_PROTOCOL: u16 = 2;
const IPV4_SOURCE: u16 = 1;
const IPV6_SOURCE: u16 = 3;
const SOURCE_PORT: u16 = 2;
/// Of what is known of a protocol.
const TCP: u16 = 1;
const TCP_STATE: u16 = 1;
/// From the first packet on, until both sides have closed.
const OPEN: std::ops::RangeInclusive<u8> = 1..=5;

/// A flow with what names it to the kernel.
pub(super) struct Tracked {
    pub is: Flowing,
    /// Whether more may come of it: not where a connection is closed.
    pub open: bool,
    family: Family,
    original: Vec<u8>,
    id: Vec<u8>,
}

/// Those of the calling thread's namespace.
pub(super) fn flows() -> io::Result<Vec<Tracked>> {
    let mut netfilter = Netfilter::open()?;
    let mut found = Vec::new();
    for family in super::families() {
        let forwarded = |bytes: &mut Vec<u8>| {
            number(bytes, MARK, FORWARDED);
            number(bytes, MARK_MASK, FORWARDED);
        };
        netfilter.dump(GET, *family, forwarded, |flow| found.extend(read(*family, flow)))?;
    }
    Ok(found)
}

/// Forgets flows of the calling thread's namespace; answers how many of them were open.
pub(super) fn forget(which: &dyn Fn(&Flowing) -> bool) -> io::Result<u64> {
    let mut netfilter = Netfilter::open()?;
    let mut open = 0;
    for flow in flows()?.into_iter().filter(|flow| which(&flow.is)) {
        let named = |bytes: &mut Vec<u8>| {
            raw(bytes, TUPLE_ORIGINAL | NESTED, &flow.original);
            raw(bytes, ID, &flow.id);
        };
        match netfilter.order(DELETE, flow.family, named) {
            Ok(()) => open += u64::from(flow.open),
            // It ended by itself.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(open)
}

fn read(family: Family, flow: &[u8]) -> Option<Tracked> {
    let mark = u32::from_be_bytes(attribute(flow, MARK)?.try_into().ok()?);
    // A kernel that does not know how to filter answers with all.
    if mark & FORWARDED == 0 {
        return None;
    }
    let state = attribute(flow, PROTOCOL_INFO).and_then(|info| attribute(attribute(info, TCP)?, TCP_STATE));
    Some(Tracked {
        is: Flowing { lane: Lane((mark & LANE) as u16), target: source(attribute(flow, TUPLE_REPLY)?)? },
        open: state.is_none_or(|state| state.first().is_some_and(|state| OPEN.contains(state))),
        family,
        original: attribute(flow, TUPLE_ORIGINAL)?.to_vec(),
        id: attribute(flow, ID)?.to_vec(),
    })
}

/// Who sends, in a tuple.
fn source(tuple: &[u8]) -> Option<SocketAddr> {
    let ip = attribute(tuple, TUPLE_IP)?;
    let address = match attribute(ip, IPV4_SOURCE) {
        Some(octets) => IpAddr::V4(Ipv4Addr::from(<[u8; 4]>::try_from(octets).ok()?)),
        None => IpAddr::V6(Ipv6Addr::from(<[u8; 16]>::try_from(attribute(ip, IPV6_SOURCE)?).ok()?)),
    };
    let port = attribute(attribute(tuple, TUPLE_PROTOCOL)?, SOURCE_PORT)?;
    Some(SocketAddr::new(address, u16::from_be_bytes(port.try_into().ok()?)))
}
