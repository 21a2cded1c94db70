//! Flows of network load balancers that the kernel forwards: the packet filter of the load balancers' namespaces.
//!
//! The table is written whole by `nft` where entrances come or go, in one transaction ([`table`]); where only targets do, elements of its maps change,
//! without a process. A flow has its translation in the kernel's tracking and keeps it: neither a change nor the end of whoever made it touches it,
//! until [`Forwards::end`] forgets it ([`tracking`]).
//!
//! A namespace that forwards is no router: what is not a packet of such a flow is dropped, and the mark that says so is set in here only. Packets
//! that belong to no flow any more go to the namespace's own sockets, none of which knows them: its TCP resets them, as AWS's load balancers do.

mod table;
mod tracking;

use crate::netfilter::{Batch, Data, Family, Filter, Item, Set};
use crate::visit::visit;
use crate::vpc::{set_sysctl, set_sysctl_if_there};
use crate::{Error, nft};
use model::balancer::forwarding::{Carried, Entrance, Flowing, Forwarding, Lane};
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

/// The bit of a packet's mark that says that the packet is of a forwarded flow, within the namespace of a load balancer.
pub(crate) const FORWARDED: u32 = 0x8000_0000;

/// AWS's idle time-out for UDP, which cannot be changed.
const UDP_IDLE_SECONDS: u32 = 120;
/// AWS gives a target ten seconds to take a connection.
const ASKED_SECONDS: u32 = 10;
/// How long a closed connection is remembered: for what is still under way of it, and not until all connections of a busy minute are too many.
const CLOSED_SECONDS: u32 = 10;

/// What was put into namespaces, by where they are bound. One that was made anew at the same place says by [`Self::carried`] that nothing is there.
#[derive(Debug, Default)]
pub struct Forwards {
    known: Mutex<HashMap<PathBuf, Known>>,
}

#[derive(Debug, Default)]
struct Known {
    forwarding: Forwarding,
    /// What tables had counted that were replaced.
    counted: BTreeMap<Lane, Carried>,
}

impl Forwards {
    /// Has the kernel forward just this in the namespace bound there, in one step. Flows that it has go on. Nothing is done where nothing is wanted
    /// and nothing was ever forwarded. Blocks, for some 20 ms where entrances come or go.
    pub fn forward(&self, at: &Path, wanted: &Forwarding) -> io::Result<()> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        visit(at, || {
            if let Some(known) = known.get_mut(at)
                && is_alike(&known.forwarding, wanted)
            {
                match change_targets(&known.forwarding, wanted) {
                    Ok(()) => {
                        known.forwarding = wanted.clone();
                        return Ok(());
                    }
                    Err(error) => {
                        tracing::debug!(error = crate::error::chain(&error), "the table is written anew");
                    }
                }
            }
            let before = known.remove(at);
            if before.is_none() && wanted.entrances.is_empty() && !is_there()? {
                return Ok(());
            }
            let mut counted = BTreeMap::new();
            if let Some(before) = before {
                // What is not known of these is of no table any more: a namespace was made anew.
                counted = before.counted;
                add_all(&mut counted, table::read_counters().unwrap_or_default());
            }
            if let Err(error) = replace(wanted) {
                // Whoever listens there takes what comes from now on: what led on may be no target any more.
                close();
                return Err(io::Error::other(error));
            }
            known.insert(at.to_owned(), Known { forwarding: wanted.clone(), counted });
            Ok(())
        })
    }

    /// What was carried since this was last asked. `NotFound` where nothing that was put there is there.
    pub fn carried(&self, at: &Path) -> io::Result<Vec<(Lane, Carried)>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(of) = known.get_mut(at) else { return Ok(Vec::new()) };
        match visit(at, table::read_counters) {
            Ok(counted) => {
                let mut all = std::mem::take(&mut of.counted);
                add_all(&mut all, counted);
                Ok(all.into_iter().collect())
            }
            Err(error) => {
                if error.kind() == io::ErrorKind::NotFound {
                    known.remove(at);
                }
                Err(error)
            }
        }
    }

    /// The flows that are there: connections until both sides have closed them, and datagrams' until they are idle for too long.
    pub fn flowing(&self, at: &Path) -> io::Result<Vec<Flowing>> {
        visit(at, || {
            Ok(tracking::flows()?.into_iter().filter(|flow| flow.open).map(|flow| flow.is).collect())
        })
    }

    /// Forgets flows, so that what comes of them is nobody's any more. Answers how many of them were open.
    pub fn end(&self, at: &Path, flows: &dyn Fn(&Flowing) -> bool) -> io::Result<u64> {
        visit(at, || tracking::forget(flows))
    }
}

fn add_all(to: &mut BTreeMap<Lane, Carried>, counted: Vec<(Lane, Carried)>) {
    for (lane, carried) in counted {
        let sum = to.entry(lane).or_default();
        sum.flows += carried.flows;
        sum.packets += carried.packets;
        sum.bytes += carried.bytes;
        sum.client_resets += carried.client_resets;
        sum.target_resets += carried.target_resets;
    }
}

/// Whether two differ in nothing but where buckets lead.
fn is_alike(a: &Forwarding, b: &Forwarding) -> bool {
    let fixed = |of: &Entrance| Entrance { buckets: Vec::new(), ..of.clone() };
    a.entrances.len() == b.entrances.len()
        && a.entrances.iter().zip(&b.entrances).all(|(a, b)| fixed(a) == fixed(b))
}

fn is_there() -> io::Result<bool> {
    Ok(!nft::tables_here(table::TABLE).map_err(io::Error::other)?.is_empty())
}

fn families() -> &'static [Family] {
    if Path::new("/proc/sys/net/ipv6").exists() { &[Family::V4, Family::V6] } else { &[Family::V4] }
}

/// Writes the table anew, in the namespace of the calling thread.
fn replace(wanted: &Forwarding) -> Result<(), Error> {
    let action = "have the kernel forward flows";
    if !is_furnished() {
        // First, since who forwards without it is a router; and it has the kernel track connections, whose settings are there only then.
        nft::apply_here(action, &table::whole(families(), &Forwarding::default()))?;
        furnish()?;
    }
    set_idle(wanted)?;
    nft::apply_here(action, &table::whole(families(), wanted))
}

/// Lets nothing in any more that is not under way already.
fn close() {
    for family in families() {
        let mut batch = Batch::new();
        batch.without_elements(Set { family: *family, table: table::TABLE, name: "listeners" });
        let closed = Filter::open().and_then(|filter| filter.commit("forward no more flows", batch));
        if let Err(error) = closed {
            tracing::debug!(error = crate::error::chain(&error), "there was nothing to close");
        }
    }
}

const LOOSE: &str = "net/netfilter/nf_conntrack_tcp_loose";
const IP_FORWARD: &str = "net/ipv4/ip_forward";

fn is_furnished() -> bool {
    let is = |name: &str, value: &str| {
        fs::read_to_string(Path::new("/proc/sys").join(name)).is_ok_and(|text| text.trim() == value)
    };
    is(LOOSE, "0") && is(IP_FORWARD, "1")
}

/// Prepares a namespace to forward.
fn furnish() -> Result<(), Error> {
    // Connections that are with the relay are not taken over in their midst, nor are those that were forgotten.
    set_sysctl(LOOSE, "0")?;
    // Windows are the ends' to watch: a packet that seems to be outside of one would reach our own TCP, which would reset the connection.
    set_sysctl("net/netfilter/nf_conntrack_tcp_be_liberal", "1")?;
    set_sysctl("net/netfilter/nf_conntrack_tcp_timeout_time_wait", &CLOSED_SECONDS.to_string())?;
    set_sysctl("net/netfilter/nf_conntrack_tcp_timeout_syn_sent", &ASKED_SECONDS.to_string())?;
    for name in ["nf_conntrack_udp_timeout", "nf_conntrack_udp_timeout_stream"] {
        set_sysctl(&format!("net/netfilter/{name}"), &UDP_IDLE_SECONDS.to_string())?;
    }
    // Packets leave by the link that they came by, which is not the shorter way's business.
    let conf = Path::new("/proc/sys/net/ipv4/conf");
    let unread = |source| Error::File { action: "list", path: conf.to_owned(), source };
    for link in fs::read_dir(conf).map_err(unread)? {
        let link = link.map_err(unread)?.file_name();
        set_sysctl_if_there(&format!("net/ipv4/conf/{}/send_redirects", link.to_string_lossy()), "0")?;
    }
    // Whether a source is one that could be answered is asked of the routes of forwarded packets: by the others, all the world is in here.
    set_sysctl("net/ipv4/conf/all/src_valid_mark", "1")?;
    set_sysctl_if_there("net/ipv6/conf/all/forwarding", "1")?;
    set_sysctl(IP_FORWARD, "1")
}

/// The idle time-out of connections that have none of their own: also of those whose entrance is no more.
fn set_idle(wanted: &Forwarding) -> Result<(), Error> {
    let Some(seconds) = table::common_idle(wanted) else { return Ok(()) };
    for state in ["established", "fin_wait", "close_wait"] {
        let name = format!("net/netfilter/nf_conntrack_tcp_timeout_{state}");
        set_sysctl(&name, &seconds.to_string())?;
    }
    Ok(())
}

/// Leads the buckets of entrances that are there elsewhere, each entrance's in one step.
fn change_targets(before: &Forwarding, wanted: &Forwarding) -> Result<(), Error> {
    let filter = Filter::open()?;
    for (number, (before, wanted)) in before.entrances.iter().zip(&wanted.entrances).enumerate() {
        let (old, new) = (table::elements(number, before), table::elements(number, wanted));
        let mut batch = Batch::new();
        for (name, old, new) in [("lanes", old.lanes, new.lanes), ("targets", old.targets, new.targets)] {
            let set = Set { family: Family::of(wanted.address.ip()), table: table::TABLE, name };
            let gone: Vec<Item> = without(&old, &new);
            let come: Vec<Item> = without(&new, &old);
            batch.elements(set, false, &gone);
            batch.elements(set, true, &come);
        }
        filter.commit("lead flows to other targets", batch)?;
    }
    Ok(())
}

/// The items of one side that are not the same on the other. Both stand in the order of their keys.
fn without(items: &[Item], other: &[Item]) -> Vec<Item> {
    let known: HashMap<&[u8], &Data> = other.iter().map(|item| (&*item.key, &item.data)).collect();
    items.iter().filter(|item| known.get(&*item.key) != Some(&&item.data)).cloned().collect()
}
