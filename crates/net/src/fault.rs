//! Faults of a network on purpose: ports that swallow packets, lost packets, late packets. What is to be is said as a whole, and set in one
//! transaction; an empty list is a sound network.
//!
//! Losses are made where packets leave their interface (the egress hook), so that the sender does not notice, as with a real loss. Late packets
//! are picked there too, by giving them a priority that the queueing discipline below knows; it takes the kernel's `sch_prio` and `sch_netem`.

use crate::listen::Netlink;
use crate::{Error, link, namespace, nft};
use futures_util::{StreamExt, TryStreamExt};
use model::status::TransportProtocol;
use rtnetlink::packet_core::{
    DefaultNla, NLM_F_ACK, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REQUEST, NetlinkMessage,
};
use rtnetlink::packet_route::RouteNetlinkMessage;
use rtnetlink::packet_route::tc::{TcAttribute, TcHandle, TcMessage};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Write as _};
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;

/// One fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    Blackhole(Blackhole),
    Loss { flows: Flows, percent: u8 },
    Latency { flows: Flows, delay_ms: u64, jitter_ms: u64 },
}

/// Packets to a port are dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blackhole {
    pub direction: Direction,
    pub protocol: TransportProtocol,
    pub port: u16,
    /// Peers that are spared.
    pub except: Vec<Block>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    Ingress,
    Egress,
}

/// Which packets that leave the namespace are meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flows {
    /// Where they go.
    pub to: Vec<Block>,
    /// Where they go and are spared.
    pub except: Vec<Block>,
    /// How many of a hundred connections, 1 to 100.
    pub percent: u8,
}

/// An address, or a block of addresses of either family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub address: IpAddr,
    pub prefix_len: u8,
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.address, self.prefix_len)
    }
}

impl Block {
    fn family(&self) -> &'static str {
        match self.address {
            IpAddr::V4(_) => "ip",
            IpAddr::V6(_) => "ip6",
        }
    }
}

/// The service inside a namespace that no fault reaches.
#[derive(Clone, Copy, Debug)]
pub struct Spared(pub Ipv4Addr);

/// Makes exactly these faults in the namespace bound at `namespace`, or in the node's own. `table` names the rules; they are nobody else's.
/// [`Error::NoNetem`] where the kernel cannot delay packets: then everything is as it was.
pub async fn set(
    namespace: Option<&Path>,
    table: &str,
    faults: &[Fault],
    spared: Spared,
) -> Result<(), Error> {
    let devices = match namespace {
        Some(_) => vec![link::INSIDE.to_owned()],
        None => default_devices()?,
    };
    let leaves = faults.iter().any(|f| !matches!(f, Fault::Blackhole(_)));
    if leaves && devices.is_empty() {
        return Err(Error::System {
            action: "look for the interface that packets leave by".to_owned(),
            source: std::io::Error::other("there is no default route"),
        });
    }
    let script = script(table, faults, &devices, spared);
    let latency = faults.iter().find_map(|f| match f {
        Fault::Latency { delay_ms, jitter_ms, .. } => Some((*delay_ms, *jitter_ms)),
        Fault::Blackhole(_) | Fault::Loss { .. } => None,
    });
    let work = move || {
        for device in &devices {
            queue(device, latency)?;
        }
        nft::apply_here("set the network's faults", &script)
    };
    match namespace {
        Some(path) => namespace::run_in(path, work).await,
        None => namespace::in_thread(work).await,
    }
}

/// Removes every table of faults whose name begins so from the node's own namespace, and the queues that belong to them.
pub(crate) async fn remove_all(prefix: &str) -> Result<(), Error> {
    let prefix = prefix.to_owned();
    let devices = default_devices()?;
    namespace::in_thread(move || {
        let tables = nft::tables_here(&prefix)?;
        if tables.is_empty() {
            return Ok(());
        }
        for device in &devices {
            queue(device, None)?;
        }
        let script: String =
            tables.into_iter().map(|(family, table)| format!("delete table {family} {table}\n")).collect();
        nft::apply_here("remove the network's faults", &script)
    })
    .await
}

/// Interfaces by which the node reaches everywhere.
fn default_devices() -> Result<Vec<String>, Error> {
    let path = Path::new("/proc/net/route");
    let text = std::fs::read_to_string(path).map_err(|source| Error::File {
        action: "read",
        path: path.into(),
        source,
    })?;
    let mut devices: Vec<String> = text
        .lines()
        .skip(1)
        .map(|line| line.split_ascii_whitespace().collect::<Vec<_>>())
        .filter(|f| f.get(1) == Some(&"00000000") && f.get(7) == Some(&"00000000"))
        .filter_map(|f| f.first().map(|name| (*name).to_owned()))
        .collect();
    devices.sort();
    devices.dedup();
    Ok(devices)
}

/// Both tables of that name, as they are to be.
fn script(table: &str, faults: &[Fault], devices: &[String], spared: Spared) -> String {
    let mut text = String::new();
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    for family in ["inet", "netdev"] {
        line(format!("add table {family} {table}"));
        line(format!("delete table {family} {table}"));
    }
    let blackholes = faults.iter().filter_map(|f| match f {
        Fault::Blackhole(b) => Some(b),
        Fault::Loss { .. } | Fault::Latency { .. } => None,
    });
    let blackholes: Vec<&Blackhole> = blackholes.collect();
    if !blackholes.is_empty() {
        line(format!("add table inet {table}"));
        for (chain, direction) in [("input", Direction::Ingress), ("output", Direction::Egress)] {
            let here = format!("inet {table} {chain}");
            line(format!("add chain {here} {{ type filter hook {chain} priority filter; policy accept; }}"));
            // The endpoint's own packets travel the namespace's loopback.
            line(format!("add rule {here} ip daddr {} accept", spared.0));
            for hole in blackholes.iter().filter(|b| b.direction == direction) {
                let port = format!("{} dport {}", hole.protocol.as_str(), hole.port);
                // AWS differs: the official agent compares the spared addresses with the destination in both directions; of packets that come
                // in that is the task itself, so nobody would be spared.
                let peer = if direction == Direction::Ingress { "saddr" } else { "daddr" };
                for block in &hole.except {
                    line(format!("add rule {here} {port} {} {peer} {block} accept", block.family()));
                }
                line(format!("add rule {here} {port} drop"));
            }
        }
    }
    let mut egress = String::new();
    for fault in faults {
        egress.push_str(&match fault {
            Fault::Loss { flows, percent } => flow_rules(table, "loss", flows, &drop_of(*percent)),
            Fault::Latency { flows, .. } => flow_rules(table, "latency", flows, "meta priority set 4c53:1"),
            Fault::Blackhole(_) => continue,
        });
    }
    if !egress.is_empty() {
        let devices = devices.iter().map(|d| format!("\"{d}\"")).collect::<Vec<_>>().join(", ");
        line(format!("add table netdev {table}"));
        line(format!(
            "add chain netdev {table} egress {{ type filter hook egress devices = {{ {devices} }} priority filter; policy accept; }}"
        ));
        line(egress);
    }
    text
}

/// `numgen` cannot be compared with all it may give.
fn drop_of(percent: u8) -> String {
    match percent {
        0..=99 => format!("numgen random mod 100 < {percent} drop"),
        _ => "drop".to_owned(),
    }
}

fn flow_rules(table: &str, chain: &str, flows: &Flows, verdict: &str) -> String {
    let egress = format!("add rule netdev {table} egress");
    let mut rules = format!("add chain netdev {table} {chain}\n");
    // The same connections all the time: those whose hash is among the first of a hundred.
    let picked =
        if flows.percent < 100 { format!("symhash mod 100 < {} ", flows.percent) } else { String::new() };
    let mut line = |line: String| writeln!(rules, "{line}").expect("writing to a String does not fail");
    line(format!("add rule netdev {table} {chain} {picked}{verdict}"));
    for block in &flows.except {
        line(format!("{egress} {} daddr {block} accept", block.family()));
    }
    for block in &flows.to {
        line(format!("{egress} {} daddr {block} goto {chain}", block.family()));
    }
    rules
}

/// The root queue: of packets of priority 4c53:1 it makes late ones. Whatever else is there belongs to the operator and stays.
fn queue(device: &str, latency: Option<(u64, u64)>) -> Result<(), Error> {
    let netlink = Netlink::connect()?;
    let index = netlink.ask("look for the interface", |h| {
        let mut links = h.link().get().match_name(device.to_owned()).execute();
        async move { links.try_next().await }
    })?;
    let Some(index) = index.map(|l| l.header.index) else {
        return Err(Error::System {
            action: format!("look for link {device}"),
            source: std::io::Error::from(std::io::ErrorKind::NotFound),
        });
    };
    let index = i32::try_from(index).map_err(|e| Error::System {
        action: format!("look for link {device}"),
        source: std::io::Error::other(e),
    })?;
    if has_our_queue(&netlink, index)? {
        let message = RouteNetlinkMessage::DelQueueDiscipline(discipline(index, TcHandle::ROOT, HANDLE));
        request(&netlink, "remove the queue", message, NLM_F_REQUEST | NLM_F_ACK)?;
    }
    let Some((delay_ms, jitter_ms)) = latency else { return Ok(()) };
    let flags = NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_EXCL;
    let mut root = discipline(index, TcHandle::ROOT, HANDLE);
    root.attributes = vec![TcAttribute::Kind("prio".to_owned()), options(prio())];
    add(&netlink, root, flags)?;
    let mut netem_queue = discipline(
        index,
        TcHandle { major: HANDLE.major, minor: 1 },
        TcHandle { major: HANDLE.major + 1, minor: 0 },
    );
    netem_queue.attributes = vec![TcAttribute::Kind("netem".to_owned()), options(netem(delay_ms, jitter_ms))];
    add(&netlink, netem_queue, flags).inspect_err(|_| {
        let message = RouteNetlinkMessage::DelQueueDiscipline(discipline(index, TcHandle::ROOT, HANDLE));
        if let Err(error) = request(&netlink, "remove the queue", message, NLM_F_REQUEST | NLM_F_ACK) {
            tracing::warn!(error = crate::error::chain(&error), device, "half of a network fault is left");
        }
    })
}

/// `4c53:`, which `meta priority set 4c53:1` speaks of; nobody else counts that far.
const HANDLE: TcHandle = TcHandle { major: 0x4c53, minor: 0 };

fn discipline(index: i32, parent: TcHandle, handle: TcHandle) -> TcMessage {
    let mut message = TcMessage::with_index(index);
    message.header.parent = parent;
    message.header.handle = handle;
    message
}

fn has_our_queue(netlink: &Netlink, index: i32) -> Result<bool, Error> {
    let all: Vec<TcMessage> =
        netlink.ask("list queues", |h| h.qdisc().get().index(index).execute().try_collect())?;
    Ok(all.iter().any(|q| {
        q.header.index == index
            && q.header.parent == TcHandle::ROOT
            && q.header.handle == HANDLE
            && q.attributes.contains(&TcAttribute::Kind("prio".to_owned()))
    }))
}

fn add(netlink: &Netlink, message: TcMessage, flags: u16) -> Result<(), Error> {
    let added = request(netlink, "add a queue", RouteNetlinkMessage::NewQueueDiscipline(message), flags);
    added.map_err(|error| match &error {
        Error::Netlink { source: rtnetlink::Error::NetlinkError(e), .. }
            if e.raw_code() == -rustix::io::Errno::NOENT.raw_os_error() =>
        {
            Error::NoNetem
        }
        _ => error,
    })
}

fn request(netlink: &Netlink, action: &str, message: RouteNetlinkMessage, flags: u16) -> Result<(), Error> {
    netlink.ask(action, |handle| {
        let mut handle = handle.clone();
        let mut request = NetlinkMessage::from(message);
        request.header.flags = flags;
        async move {
            let mut answers = handle.request(request)?;
            while let Some(answer) = answers.next().await {
                if let rtnetlink::packet_core::NetlinkPayload::Error(error) = answer.payload {
                    return Err(rtnetlink::Error::NetlinkError(error));
                }
            }
            Ok(())
        }
    })
}

/// These kinds' options are a structure of the kernel's and not a list of attributes.
fn options(bytes: Vec<u8>) -> TcAttribute {
    const TCA_OPTIONS: u16 = 2;
    TcAttribute::Other(DefaultNla::new(TCA_OPTIONS, bytes))
}

/// `struct tc_prio_qopt`: three bands, everything that has no priority of ours in the last.
fn prio() -> Vec<u8> {
    let mut bytes = 3i32.to_ne_bytes().to_vec();
    bytes.extend([2u8; 16]);
    bytes
}

/// `struct tc_netem_qopt` and its two attributes in nanoseconds, which stand for its own of fewer bits.
fn netem(delay_ms: u64, jitter_ms: u64) -> Vec<u8> {
    const TCA_NETEM_LATENCY64: u16 = 10;
    const TCA_NETEM_JITTER64: u16 = 11;
    /// Packets that wait at most; `tc`'s default.
    const LIMIT: u32 = 1000;
    // latency, limit, loss, gap, duplicate, jitter
    let mut bytes: Vec<u8> = [0, LIMIT, 0, 0, 0, 0].iter().flat_map(|v: &u32| v.to_ne_bytes()).collect();
    let nanos = |ms: u64| i64::try_from(ms).unwrap_or(i64::MAX).saturating_mul(1_000_000);
    for (kind, value) in [(TCA_NETEM_LATENCY64, nanos(delay_ms)), (TCA_NETEM_JITTER64, nanos(jitter_ms))] {
        bytes.extend(12u16.to_ne_bytes());
        bytes.extend(kind.to_ne_bytes());
        bytes.extend(value.to_ne_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests;
