//! The table that forwards, as text for nft, and what it counts.
//!
//! The first packet of a flow gets a number of its bucket in its mark, and with it a lane and a target; from then on the mark of the connection says
//! that packets are forwarded (bit 31), whether the client's address is not kept (30), whether the flow was counted (29), and the lane (0–15).
//! Source: nft(8); `linux/netfilter/nf_tables.h`.

use super::FORWARDED;
use crate::netfilter::{Data, Family, Item, Netfilter, attribute, text};
use model::balancer::forwarding::{BUCKETS, Carried, Entrance, Forwarding, Lane, Transport};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::net::SocketAddr;

pub(super) const TABLE: &str = "longshore-lb";

/// Bits of a connection's mark, besides [`FORWARDED`].
const MASKED: u32 = 0x4000_0000;
const COUNTED: u32 = 0x2000_0000;
pub(super) const LANE: u32 = 0xffff;

/// What is counted of a lane, as maps and counters are called.
const FLOWS: &str = "flows";
const PACKETS: &str = "packets";
const CLIENT_RESETS: &str = "client-resets";
const TARGET_RESETS: &str = "target-resets";
/// There wherever the table is.
const PRESENT: &str = "present";

/// The tables of all families, replacing those that are there.
pub(super) fn whole(families: &[Family], wanted: &Forwarding) -> String {
    families.iter().map(|family| of_family(*family, wanted)).collect()
}

/// The idle time-out that most entrances for connections have.
pub(super) fn common_idle(wanted: &Forwarding) -> Option<u32> {
    let mut times = BTreeMap::<u32, usize>::new();
    for entrance in wanted.entrances.iter().filter(|of| of.transport == Transport::Tcp) {
        *times.entry(entrance.idle_seconds).or_default() += 1;
    }
    times.into_iter().max_by_key(|(_, count)| *count).map(|(seconds, _)| seconds)
}

fn of_family(family: Family, wanted: &Forwarding) -> String {
    let ip = family.word();
    let common = common_idle(wanted);
    let entrances = || {
        let all = wanted.entrances.iter().enumerate();
        all.filter(move |(_, of)| Family::of(of.address.ip()) == family)
    };
    let own_idle = |of: &Entrance| of.transport == Transport::Tcp && common != Some(of.idle_seconds);
    let mut idle: Vec<u32> =
        entrances().filter(|(_, of)| own_idle(of)).map(|(_, of)| of.idle_seconds).collect();
    idle.sort_unstable();
    idle.dedup();
    let mut objects = format!("    counter {PRESENT} {{ }}\n");
    for seconds in idle {
        let policy = format!("established : {seconds}, fin_wait : {seconds}, close_wait : {seconds}");
        put(
            &mut objects,
            format_args!(
                "    ct timeout tcp-{seconds} {{ protocol tcp; l3proto {ip}; policy = {{ {policy} }}; }}\n"
            ),
        );
    }
    let mut lanes: Vec<Lane> = entrances().flat_map(|(_, of)| of.lanes.iter().copied()).collect();
    lanes.sort_unstable();
    for what in [FLOWS, PACKETS, CLIENT_RESETS, TARGET_RESETS] {
        for Lane(lane) in &lanes {
            put(&mut objects, format_args!("    counter {what}-{lane} {{ }}\n"));
        }
        let elements = lanes.iter().map(|Lane(lane)| format!("{lane:#x} : \"{what}-{lane}\""));
        objects += &map(what, "mark : counter", elements);
    }
    let addresses = family.addresses();
    let listening = entrances().map(|(number, of)| {
        let (address, port) = (of.address.ip(), of.address.port());
        format!("{address} . {} . {port} : goto at-{number}", word(of.transport))
    });
    let maps = map("listeners", &format!("{addresses} . inet_proto . inet_service : verdict"), listening)
        + &map("lanes", "mark : mark", entrances().flat_map(|(number, of)| lane_marks(number, of)))
        + &map(
            "targets",
            &format!("mark : {addresses} . inet_service"),
            entrances().flat_map(|(number, of)| targets(number, of)),
        );
    let mut chains = String::new();
    for (number, entrance) in entrances() {
        let idle = own_idle(entrance).then_some(entrance.idle_seconds);
        chains += &at(family, number, entrance, idle);
    }
    format!(
        r#"add table {ip} {TABLE}
delete table {ip} {TABLE}
table {ip} {TABLE} {{
{objects}{chains}{maps}    chain known {{
        type filter hook prerouting priority mangle; policy accept;
        ct mark and {FORWARDED:#x} != 0x0 meta mark set {FORWARDED:#x}
    }}
    chain arrive {{
        type nat hook prerouting priority dstnat; policy accept;
        {ip} daddr . meta l4proto . th dport vmap @listeners
    }}
    chain depart {{
        type nat hook postrouting priority srcnat; policy accept;
        ct mark and {MASKED:#x} != 0x0 snat {ip} to ct original {ip} daddr
    }}
    chain begun {{
        ct mark set ct mark or {COUNTED:#x}
        counter name ct mark and {LANE:#x} map @{FLOWS}
    }}
    chain ended {{
        ct direction original counter name ct mark and {LANE:#x} map @{CLIENT_RESETS}
        ct direction reply counter name ct mark and {LANE:#x} map @{TARGET_RESETS}
    }}
    chain through {{
        type filter hook forward priority filter; policy drop;
        meta mark and {FORWARDED:#x} == 0x0 drop
        counter name ct mark and {LANE:#x} map @{PACKETS}
        ct mark and {COUNTED:#x} == 0x0 ct state established ct direction original jump begun
        ct mark and {COUNTED:#x} == 0x0 meta l4proto udp jump begun
        tcp flags and rst == rst jump ended
        accept
    }}
}}
"#
    )
}

/// The chain of an entrance: what it knows no target of goes on to whoever listens.
fn at(family: Family, number: usize, entrance: &Entrance, idle: Option<u32>) -> String {
    let (ip, transport) = (family.word(), word(entrance.transport));
    let of_flow = match entrance.by_source {
        true => format!("{ip} saddr"),
        false => format!("{ip} saddr . {transport} sport"),
    };
    let seed = crate::node::short_hash(&entrance.address.to_string());
    let (seed, offset) = (&seed[..8], bucket_mark(number, 0));
    let idle = idle.map(|seconds| format!("        ct timeout set \"tcp-{seconds}\"\n")).unwrap_or_default();
    format!(
        r#"    chain at-{number} {{
        meta mark set jhash {of_flow} mod {BUCKETS} seed 0x{seed} offset {offset}
        ct mark set meta mark map @lanes
{idle}        meta l4proto {transport} dnat {ip} to meta mark map @targets
        meta mark set 0x0
    }}
"#
    )
}

fn word(transport: Transport) -> &'static str {
    match transport {
        Transport::Tcp => "tcp",
        Transport::Udp => "udp",
    }
}

fn map(name: &str, kind: &str, elements: impl Iterator<Item = String>) -> String {
    let elements: Vec<String> = elements.collect();
    let elements = match elements.is_empty() {
        true => String::new(),
        false => format!("        elements = {{ {} }}\n", elements.join(",\n            ")),
    };
    format!("    map {name} {{\n        type {kind};\n{elements}    }}\n")
}

fn put(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    text.write_fmt(arguments).expect("a string takes everything");
}

/// The mark of a packet that is to go to a bucket of an entrance.
fn bucket_mark(entrance: usize, bucket: usize) -> u32 {
    let number = u32::try_from(entrance * BUCKETS + bucket).expect("a load balancer has few listeners");
    FORWARDED | number
}

/// The mark of a connection.
fn lane_mark(Lane(lane): Lane, as_client: bool) -> u32 {
    FORWARDED | if as_client { 0 } else { MASKED } | u32::from(lane)
}

fn marks(number: usize, entrance: &Entrance) -> impl Iterator<Item = (u32, u32, SocketAddr)> + '_ {
    let buckets = entrance.buckets.iter().enumerate();
    buckets.map(move |(at, bucket)| {
        (bucket_mark(number, at), lane_mark(bucket.lane, bucket.as_client), bucket.target)
    })
}

fn lane_marks(number: usize, entrance: &Entrance) -> impl Iterator<Item = String> + '_ {
    marks(number, entrance).map(|(packet, connection, _)| format!("{packet:#x} : {connection:#x}"))
}

fn targets(number: usize, entrance: &Entrance) -> impl Iterator<Item = String> + '_ {
    marks(number, entrance)
        .map(|(packet, _, target)| format!("{packet:#x} : {} . {}", target.ip(), target.port()))
}

/// The elements of the maps that follow from where an entrance's buckets lead.
pub(super) struct Elements {
    pub lanes: Vec<Item>,
    pub targets: Vec<Item>,
}

pub(super) fn elements(number: usize, entrance: &Entrance) -> Elements {
    // Marks stand in the order of the machine.
    let item = |packet: u32, data| Item { key: packet.to_ne_bytes().to_vec(), data };
    let lanes = marks(number, entrance).map(|(packet, connection, _)| item(packet, Data::Mark(connection)));
    let targets = marks(number, entrance)
        .map(|(packet, _, target)| item(packet, Data::AddressPort(target.ip(), target.port())));
    Elements { lanes: lanes.collect(), targets: targets.collect() }
}

const GET_OBJECTS_AND_RESET: u16 = (10 << 8) | 21;
const OBJECT_TABLE: u16 = 1;
const OBJECT_NAME: u16 = 2;
const OBJECT_DATA: u16 = 4;
const COUNTER_BYTES: u16 = 1;
const COUNTER_PACKETS: u16 = 2;

/// Takes what the table of the calling thread's namespace has counted. `NotFound` where there is no such table.
pub(super) fn read_counters() -> io::Result<Vec<(Lane, Carried)>> {
    let mut netfilter = Netfilter::open()?;
    let (mut found, mut present) = (BTreeMap::<Lane, Carried>::new(), false);
    for family in super::families() {
        netfilter.dump(
            GET_OBJECTS_AND_RESET,
            *family,
            |bytes| text(bytes, OBJECT_TABLE, TABLE),
            |object| {
                let Some(name) =
                    attribute(object, OBJECT_NAME).and_then(|name| std::str::from_utf8(name).ok())
                else {
                    return;
                };
                let name = name.trim_end_matches('\0');
                present |= name == PRESENT;
                let data = attribute(object, OBJECT_DATA).unwrap_or_default();
                let of = |kind| {
                    let bytes = attribute(data, kind).and_then(|bytes| bytes.try_into().ok());
                    bytes.map_or(0, u64::from_be_bytes)
                };
                let Some((what, lane)) = name.rsplit_once('-') else { return };
                let Ok(lane) = lane.parse() else { return };
                let (packets, carried) = (of(COUNTER_PACKETS), found.entry(Lane(lane)).or_default());
                match what {
                    FLOWS => carried.flows += packets,
                    CLIENT_RESETS => carried.client_resets += packets,
                    TARGET_RESETS => carried.target_resets += packets,
                    PACKETS => {
                        carried.packets += packets;
                        carried.bytes += of(COUNTER_BYTES);
                    }
                    _ => {}
                }
            },
        )?;
    }
    if !present {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(found.into_iter().filter(|(_, carried)| *carried != Carried::default()).collect())
}
