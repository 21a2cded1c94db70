//! A VPC on this node: a namespace that routes between its interfaces, filters by security groups, and leads out of the VPC.
//!
//! Every interface has a link of its own into the namespace and an own route; there is no bridge and no broadcast. What one task
//! sends to another is routed even within a subnet, so that one packet filter sees everything. Interfaces of other nodes are behind
//! the overlay, a VXLAN whose neighbours and stations are set as the control plane says: nothing is learned, nothing is asked for by broadcast.

mod changes;
mod elements;
pub(crate) mod machine;
mod paths;
mod plane;
mod rules;

use crate::address;
use crate::lock::AddressLock;
use crate::namespace::{self, Namespace};
use crate::netfilter::Filter;
use crate::{Error, Interface, Overlay, link, nft};
use changes::Changes;
use model::fabric::Update;
use paths::Ground;
use plane::{Plane, Port};
use rules::{Family, UPLINK};
use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A VPC as this node carries it.
pub(crate) struct Vpc {
    namespace: Namespace,
    path: PathBuf,
    /// The node's end of the uplink.
    host_end: String,
    /// The table of the way out, in the node's namespace.
    host_table: String,
    /// The node's address on the uplink, and the namespace's.
    here: Ipv4Addr,
    there: Ipv4Addr,
    overlay: Option<Overlay>,
    filter: Arc<Filter>,
    plane: tokio::sync::Mutex<State>,
}

struct State {
    plane: Plane,
    /// Whether the kernel has what the plane says, and nothing else. Not after a start, nor after a change that failed half-way.
    settled: bool,
    /// Whether the control plane has said everything since this program began.
    told: bool,
    /// Whether the node's own rules are those for the network as it is.
    guarded: bool,
}

impl Vpc {
    /// Makes it, or takes up what an earlier run left: that goes on as it is until the control plane has said what there should be.
    pub(crate) async fn ensure(
        host: &Namespace,
        run_dir: &Path,
        instance: &str,
        id: &str,
        overlay: Option<Overlay>,
    ) -> Result<Self, Error> {
        let tag = crate::node::short_hash(id);
        let path = path_of(run_dir, id);
        let host_end = format!("lsu{instance}{}", &tag[..7]);
        let host_table = format!("longshore-{instance}-{}", &tag[..7]);
        if namespace::is_bound(&path)
            && let Some(here) = link::address_of(host, &host_end).await?
        {
            let namespace = Namespace::open(&path).await?;
            let there = address::nth((here, 30), 2);
            return Self::with(namespace, path, host_end, host_table, (here, there), overlay).await;
        }
        let namespace = Namespace::create(&path).await?;
        let made = connect(host, &namespace, &path, &host_end).await;
        let vpc = match made {
            Ok(ends) => {
                Self::with(namespace, path.clone(), host_end.clone(), host_table, ends, overlay).await
            }
            Err(error) => Err(error),
        };
        match vpc {
            Ok(vpc) => Ok(vpc),
            Err(error) => {
                let mut errors = vec![error];
                errors.extend(link::remove(host, &host_end).await.err());
                errors.extend(namespace::remove(&path).err());
                Err(Error::collect(errors).expect_err("there is one at least"))
            }
        }
    }

    async fn with(
        namespace: Namespace,
        path: PathBuf,
        host_end: String,
        host_table: String,
        (here, there): (Ipv4Addr, Ipv4Addr),
        overlay: Option<Overlay>,
    ) -> Result<Self, Error> {
        let filter = Arc::new(namespace::run_in(&path, Filter::open).await?);
        let plane = Plane::new(overlay.is_some_and(|o| o.is_direct()));
        let state = State { plane, settled: false, told: false, guarded: false };
        let plane = tokio::sync::Mutex::new(state);
        Ok(Self { namespace, path, host_end, host_table, here, there, overlay, filter, plane })
    }

    /// Takes in what the control plane says.
    pub(crate) async fn update(&self, host: &Namespace, update: &Update) -> Result<(), Error> {
        let mut state = self.plane.lock().await;
        let families = state.plane.families();
        let changes = if update.complete {
            let mut next = state.plane.emptied();
            next.update(update);
            state.plane = next;
            state.told = true;
            state.settled = false;
            Changes::default()
        } else {
            state.plane.update(update)
        };
        if update.put.iter().any(|item| matches!(item, model::fabric::Item::Network(_))) {
            state.guarded = false;
        }
        if state.plane.families() != families {
            // Changes speak of the families that there are. A side that comes or goes takes everything along.
            state.settled = false;
        }
        self.carry_out(host, &mut state, changes).await
    }

    /// Whether the control plane has said that an interface is on this node.
    pub(crate) async fn knows(&self, interface: &str) -> bool {
        let state = self.plane.lock().await;
        state.told && state.plane.knows(interface)
    }

    /// Plugs an endpoint's namespace in as an interface that the VPC knows.
    pub(crate) async fn plug(
        &self,
        host: &Namespace,
        endpoint: &Namespace,
        veth: &str,
        interface: &Interface,
    ) -> Result<(), Error> {
        let mtu = self.overlay.map(|o| o.mtu);
        let ends = link::Ends { mac: Some(interface.mac), outer_mac: Some(ROUTER_MAC), mtu };
        link::add_veth(&self.namespace, veth, None, endpoint, link::INSIDE, ends).await?;
        link::loopback_up(endpoint).await?;
        let Interface { address, prefix_len, gateway, ipv6, .. } = interface;
        link::configure_routed(endpoint, link::INSIDE, (*address, *prefix_len), *gateway, ROUTER_MAC).await?;
        if let Some(ipv6) = ipv6 {
            link::configure_routed_ipv6(endpoint, link::INSIDE, ipv6.address, ipv6.gateway, ROUTER_MAC)
                .await?;
        }
        let mut state = self.plane.lock().await;
        let changes = state.plane.plug(&interface.id, Port { link: veth.to_owned(), mac: interface.mac });
        self.carry_out(host, &mut state, changes).await
    }

    /// An endpoint that an earlier run plugged in: its place is kept until the control plane has said what there should be.
    pub(crate) async fn remember(&self, veth: &str, interface: &str, mac: [u8; 6]) {
        let port = Port { link: veth.to_owned(), mac };
        // Nothing is known yet that could change.
        let _ = self.plane.lock().await.plane.plug(interface, port);
    }

    /// Removes an endpoint's link, and what leads to it.
    pub(crate) async fn unplug(&self, host: &Namespace, veth: &str, interface: &str) -> Result<(), Error> {
        let mut state = self.plane.lock().await;
        let changes = state.plane.unplug(interface);
        let mut errors = Vec::new();
        errors.extend(self.carry_out(host, &mut state, changes).await.err());
        errors.extend(link::remove(&self.namespace, veth).await.err());
        Error::collect(errors)
    }

    /// Brings the kernel to what the plane says where it refused to be.
    pub(crate) async fn mend(&self, host: &Namespace) -> Result<(), Error> {
        let mut state = self.plane.lock().await;
        if state.settled {
            return Ok(());
        }
        self.carry_out(host, &mut state, Changes::default()).await
    }

    /// Changes the kernel as the plane has changed; all of it anew where it is not known to be as the plane was.
    async fn carry_out(&self, host: &Namespace, state: &mut State, changes: Changes) -> Result<(), Error> {
        if !state.told {
            return Ok(());
        }
        let done = match self.guard(state).await {
            Ok(()) if state.settled => self.change(host, &changes).await,
            Ok(()) => self.settle(host, state).await,
            Err(error) => Err(error),
        };
        state.settled = done.is_ok();
        done
    }

    async fn change(&self, host: &Namespace, changes: &Changes) -> Result<(), Error> {
        if changes.before.is_empty() && changes.after.is_empty() {
            let (filter, elements) = (self.filter.clone(), changes.elements.clone());
            // Well under a millisecond, unless another change of the filter is under way.
            let change =
                move || filter.commit("change the packet filter of a VPC", elements::batch(&elements));
            tokio::task::spawn_blocking(change).await.map_err(|e| Error::System {
                action: "change the packet filter".to_owned(),
                source: std::io::Error::other(e),
            })??;
        } else {
            let script = changes.script();
            nft::apply("change the rules of a VPC", Some(self.path.clone()), script).await?;
        }
        self.ground(host).change(&changes.gone, &changes.new).await
    }

    /// Brings everything about anew. The filter changes in one step; connections stay tracked.
    async fn settle(&self, host: &Namespace, state: &mut State) -> Result<(), Error> {
        let (plane, changes) = state.plane.again();
        let families = plane.families();
        let mut script = rules::base(families, self.is_direct()) + &changes.script();
        let ipv6 = families.contains(&Family::V6);
        if !ipv6 && knows_ipv6() {
            script = rules::without(Family::V6) + &script;
        }
        nft::apply("set the rules of a VPC", Some(self.path.clone()), script).await?;
        namespace::run_in(&self.path, move || switch_ipv6(ipv6)).await?;
        let ground = self.ground(host);
        self.connect_ipv6(host, ipv6).await?;
        ground.look_at_vpc_first(families).await?;
        ground.lead_own_words_out(families).await?;
        ground.change(&[], &changes.new).await?;
        ground.sweep(families, &plane.all_paths()).await?;
        state.plane = plane;
        Ok(())
    }

    fn ground<'a>(&'a self, host: &'a Namespace) -> Ground<'a> {
        Ground { host, inside: &self.namespace, here: self.here, there: self.there, overlay: self.overlay }
    }

    /// The node's own rules for the VPC: the way out, and what its tasks do not reach.
    async fn guard(&self, state: &mut State) -> Result<(), Error> {
        let Some(network) = state.plane.network().filter(|_| !state.guarded) else { return Ok(()) };
        let uplink = format!("{}/30", address::nth((self.here, 30), 0));
        let mut script = nft::delete_table(Family::V4, &self.host_table)
            + &nft::uplink_table(&self.host_table, &self.host_end, &uplink, network, self.is_direct());
        if knows_ipv6() {
            script.push_str(&nft::delete_table(Family::V6, &self.host_table));
        }
        if !network.ipv6_blocks.is_empty() {
            let uplink = format!("{}/{}", address::uplink_ipv6(self.here), address::UPLINK_IPV6_PREFIX);
            let blocks = (&network.ipv6_blocks[..], &network.ipv6_masked[..]);
            script.push_str(&nft::uplink_ipv6_table(&self.host_table, &self.host_end, &uplink, blocks));
        }
        nft::apply("set the rules of a VPC's way out", None, script).await?;
        state.guarded = true;
        Ok(())
    }

    /// Gives the uplink its IPv6 addresses where the VPC has such, and takes them away where it has not. The node then routes IPv6.
    async fn connect_ipv6(&self, host: &Namespace, on: bool) -> Result<(), Error> {
        const LEN: u8 = address::UPLINK_IPV6_PREFIX;
        let (here, there) = (address::uplink_ipv6(self.here), address::uplink_ipv6(self.there));
        let outer = link::existing(host, &self.host_end).await?;
        if !on {
            // The other end's went with IPv6 in there.
            return match link::remove_address(host, outer, here.into(), LEN).await {
                Err(e) if e.is_absent() || !knows_ipv6() => Ok(()),
                other => other,
            };
        }
        forward_ipv6()?;
        set_sysctl(&format!("net/ipv6/conf/{}/disable_ipv6", self.host_end), "0")?;
        set_sysctl(&format!("net/ipv6/conf/{}/accept_ra", self.host_end), "0")?;
        let inner = link::existing(&self.namespace, UPLINK).await?;
        link::add_ipv6_address(host, outer, here, LEN).await?;
        link::add_ipv6_address(&self.namespace, inner, there, LEN).await?;
        // Neither asks who the other is: in there no link has the address that one asks from.
        let (outer_mac, inner_mac) =
            (link::mac_of(host, outer).await?, link::mac_of(&self.namespace, inner).await?);
        link::name_neighbour(host, outer, there.into(), &inner_mac).await?;
        link::name_neighbour(&self.namespace, inner, here.into(), &outer_mac).await
    }

    fn is_direct(&self) -> bool {
        self.overlay.is_some_and(|o| o.is_direct())
    }

    /// Removes the VPC from this node. Collects what goes wrong.
    pub(crate) async fn remove(&self, host: &Namespace) -> Result<(), Error> {
        let mut errors = Vec::new();
        errors.extend(link::remove(host, &self.host_end).await.err());
        errors.extend(link::remove(&self.namespace, rules::OVERLAY).await.err());
        // Routes to the uplink go with it; those to other nodes do not.
        let mut across: Vec<_> = self.plane.lock().await.plane.all_paths().into_iter().collect();
        across.retain(|p| matches!(p, changes::Path::Across { .. }));
        errors.extend(self.ground(host).change(&across, &[]).await.err());
        errors.extend(
            nft::apply("remove the rules of a VPC", None, delete_host_tables(&self.host_table)).await.err(),
        );
        errors.extend(namespace::remove(&self.path).err());
        Error::collect(errors)
    }
}

/// The MAC address of every router: the other end of an interface's link. Nobody else is on that link.
const ROUTER_MAC: [u8; 6] = [0x02, 0, 0, 0, 0, 0x01];

/// Makes the uplink. Returns its two addresses, the node's and the namespace's.
async fn connect(
    host: &Namespace,
    inside: &Namespace,
    path: &Path,
    host_end: &str,
) -> Result<(Ipv4Addr, Ipv4Addr), Error> {
    let lock = AddressLock::take().await?;
    let taken = link::routed_blocks(host).await?;
    let block = address::first_free(address::uplink_candidates(), &taken)
        .ok_or(Error::NoFreeNetwork("the link to a VPC"))?;
    let (here, there) = (address::nth(block, 1), address::nth(block, 2));
    link::remove(host, host_end).await?;
    link::add_veth(host, host_end, None, inside, UPLINK, link::Ends::default()).await?;
    link::configure(host, host_end, here, block.1, None).await?;
    drop(lock);
    namespace::run_in(path, || switch_ipv6(false)).await?;
    link::loopback_up(inside).await?;
    link::configure(inside, UPLINK, there, block.1, None).await?;
    namespace::run_in(path, || {
        set_sysctl("net/ipv4/ip_forward", "1")?;
        for scope in ["all", "default"] {
            // Interfaces of a subnet are routed to each other: that is no detour to tell them about.
            set_sysctl(&format!("net/ipv4/conf/{scope}/send_redirects"), "0")?;
            set_sysctl(&format!("net/ipv4/conf/{scope}/rp_filter"), "0")?;
        }
        Ok(())
    })
    .await?;
    Ok((here, there))
}

/// Where the namespace of a VPC is bound.
pub(crate) fn path_of(run_dir: &Path, id: &str) -> PathBuf {
    run_dir.join(format!("vpc-{}", crate::node::short_hash(id)))
}

/// The same as [`set_sysctl`], where the kernel has it: IPv6 may be left out of one.
pub(crate) fn set_sysctl_if_there(name: &str, value: &str) -> Result<(), Error> {
    match set_sysctl(name, value) {
        Err(Error::File { source, .. }) if source.kind() == std::io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Whether the kernel has IPv6 at all: it may be left out of one.
fn knows_ipv6() -> bool {
    Path::new("/proc/sys/net/ipv6").exists()
}

/// Whether a text is as the seven digits that stand for a VPC in the names of its uplink and tables.
pub(crate) fn is_short_tag(text: &str) -> bool {
    text.len() == 7 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

/// Takes the tables of a VPC's way out away where they exist, within a transaction.
pub(crate) fn delete_host_tables(table: &str) -> String {
    let families = [Family::V4, Family::V6].into_iter().filter(|f| *f == Family::V4 || knows_ipv6());
    families.map(|family| nft::delete_table(family, table)).collect()
}

/// Makes the node route IPv6. What learns its own routes from the routers of its links goes on to do so: that a host that routes does not
/// is the kernel's default, and would take the machine's way out from under it.
fn forward_ipv6() -> Result<(), Error> {
    const ALL: &str = "net/ipv6/conf/all/forwarding";
    if get_sysctl(ALL)? == "1" {
        return Ok(());
    }
    let links = Path::new("/proc/sys/net/ipv6/conf");
    let failed = |source| Error::File { action: "list", path: links.to_owned(), source };
    for entry in fs::read_dir(links).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        let Some(link) = name.to_str().filter(|name| *name != "all") else { continue };
        let learns = format!("net/ipv6/conf/{link}/accept_ra");
        // A link may go in the meantime.
        if get_sysctl(&learns).is_ok_and(|value| value == "1") {
            set_sysctl_if_there(&learns, "2")?;
        }
    }
    set_sysctl(ALL, "1")
}

/// Makes the namespace of the calling thread route IPv6, or have nothing of it. Its links get no addresses of their own: nobody is asked for by
/// such, and they would pass no filter.
fn switch_ipv6(on: bool) -> Result<(), Error> {
    if !on && !knows_ipv6() {
        return Ok(());
    }
    for scope in ["default", "all"] {
        let set = |name: &str, value: &str| set_sysctl(&format!("net/ipv6/conf/{scope}/{name}"), value);
        // 1: none.
        set("addr_gen_mode", "1")?;
        set("accept_ra", "0")?;
        set("disable_ipv6", if on { "0" } else { "1" })?;
        set("forwarding", if on { "1" } else { "0" })?;
    }
    Ok(())
}

/// A sysctl of the calling thread's network namespace, without the line's end.
fn get_sysctl(name: &str) -> Result<String, Error> {
    let path = Path::new("/proc/sys").join(name);
    let read = fs::read_to_string(&path).map(|text| text.trim_end().to_owned());
    read.map_err(|source| Error::File { action: "read", path, source })
}

/// Sets a sysctl of the calling thread's network namespace.
pub(crate) fn set_sysctl(name: &str, value: &str) -> Result<(), Error> {
    let path = Path::new("/proc/sys").join(name);
    fs::write(&path, value).map_err(|source| Error::File { action: "set", path, source })
}
