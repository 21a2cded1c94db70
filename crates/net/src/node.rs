//! The networks of this node: the records of its endpoints, and the effects that make and remove them.

mod bridge;
mod chained;
mod leftovers;
mod machine;

use crate::address;
use crate::cni::Chain;
use crate::fault::{Fault, Spared};
use crate::lock::AddressLock;
use crate::namespace::{self, Namespace};
use crate::netfilter::Family;
use crate::ports::{Hold, Ports};
use crate::record::{Plugged, Record, make_dir, read_records, remove_record, write_record};
use crate::vpc::{self, Vpc};
use crate::{Attached, Attachment, EndpointId, Error, Overlay, Service, TaskNetwork, link, nft, overlay};
use async_trait::async_trait;
use bridge::{Bridge, bridge_block};
use machine::MachineLinks;
pub use machine::balancer_path;
use model::fabric::Update;
use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddrV4};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, UdpSocket};

/// What a node's networks are made from.
#[derive(Clone, Debug)]
pub struct Config {
    /// Tells several Longshores on one machine apart: 1 to 5 letters or digits, part of every link and table name.
    pub instance: String,
    /// Records of endpoints; survives a restart of the agent.
    pub state_dir: PathBuf,
    /// Where namespaces are bound; gone after a reboot, as they are.
    pub run_dir: PathBuf,
    /// Network of the bridge; `None` takes a free /20 of 172.16.0.0/12 and keeps it.
    pub bridge_network: Option<(Ipv4Addr, u8)>,
    /// Where host ports come from that nobody names: [`crate::DYNAMIC_PORTS`], unless the operator has others.
    pub dynamic_ports: RangeInclusive<u16>,
    /// How this node reaches interfaces of other nodes; `None` where it is alone.
    pub overlay: Option<overlay::Wanted>,
    /// The operator's own chain of CNI plugins, which connects interfaces in place of VPCs.
    pub cni: Option<Chain>,
}

/// The networks of this node.
pub struct NodeNetwork {
    config: Config,
    host: Namespace,
    bridge: Bridge,
    overlay: Option<Overlay>,
    vpcs: tokio::sync::Mutex<BTreeMap<String, Arc<Vpc>>>,
    /// Wakes those who wait for a description of their interface.
    described: tokio::sync::Notify,
    book: Mutex<Book>,
    machine: tokio::sync::Mutex<MachineLinks>,
}

/// How long an endpoint waits for the description of its interface: it comes before the task, or not at all.
const DESCRIPTION_LIMIT: Duration = Duration::from_secs(30);

/// Which endpoints there are, and what they hold.
#[derive(Default)]
struct Book {
    endpoints: BTreeMap<EndpointId, Record>,
    addresses: BTreeSet<Ipv4Addr>,
    ports: Ports,
    /// Grows with every address that is given, see [`address::free_address`].
    given: u32,
}

impl NodeNetwork {
    /// Reads the records of an earlier run; [`TaskNetwork::recover`] then says which of them still count. Needs root.
    pub async fn open(config: Config) -> Result<Self, Error> {
        make_dir(&config.state_dir)?;
        make_dir(&config.run_dir)?;
        namespace::make_private_mount(&config.run_dir)?;
        let host = Namespace::own().await?;
        let name = format!("lsb{}", config.instance);
        let lock = AddressLock::take().await?;
        let block = bridge_block(&config, &host, &name).await?;
        // Made at once, so that its block is seen to be taken.
        link::ensure_bridge(&host, &name, address::nth(block, 1), block.1).await?;
        drop(lock);
        let overlay = match config.overlay {
            Some(wanted) => Some(overlay::claim(&host, &overlay_name(&config.instance), wanted).await?),
            None => None,
        };
        let table = format!("longshore-{}", config.instance);
        let mut book = Book { ports: Ports::new(config.dynamic_ports.clone()), ..Book::default() };
        for record in read_records(&config.state_dir)? {
            book.enter(record);
        }
        let machine = tokio::sync::Mutex::new(MachineLinks::load(&config.state_dir)?);
        let bridge = Bridge { name, table, block, index: tokio::sync::OnceCell::new() };
        Ok(Self {
            config,
            host,
            bridge,
            overlay,
            vpcs: Default::default(),
            described: Default::default(),
            book: Mutex::new(book),
            machine,
        })
    }

    /// The network of the node's bridge.
    pub fn bridge_network(&self) -> (Ipv4Addr, u8) {
        self.bridge.block
    }

    /// Where the node takes packets of other nodes.
    pub fn overlay(&self) -> Option<Overlay> {
        self.overlay
    }

    /// Listens on an address that a VPC's namespace itself has, for datagrams and for streams.
    pub async fn listen_in_vpc(
        &self,
        vpc: &str,
        at: SocketAddrV4,
    ) -> Result<(UdpSocket, TcpListener), Error> {
        namespace::run_in(&vpc::path_of(&self.config.run_dir, vpc), move || {
            let open = || {
                let datagrams = std::net::UdpSocket::bind(at)?;
                let streams = std::net::TcpListener::bind(at)?;
                datagrams.set_nonblocking(true)?;
                streams.set_nonblocking(true)?;
                Ok((UdpSocket::from_std(datagrams)?, TcpListener::from_std(streams)?))
            };
            open().map_err(|source| Error::System { action: format!("listen on {at} inside a VPC"), source })
        })
        .await
    }

    /// Takes everything away that this node's networks have made: endpoints, bridges, rules. For `longshore down`.
    pub async fn remove_all(&self) -> Result<(), Error> {
        let ids: Vec<EndpointId> = self.book().endpoints.keys().cloned().collect();
        let mut errors = Vec::new();
        for id in ids {
            errors.extend(self.detach(&id).await.err());
        }
        errors.extend(self.unplug_machine_from(|_| true).await.err());
        errors.extend(self.sweep_machine(&BTreeSet::new()).await.err());
        for (_, vpc) in std::mem::take(&mut *self.vpcs.lock().await) {
            errors.extend(vpc.remove(&self.host).await.err());
        }
        errors.extend(link::remove(&self.host, &self.bridge.name).await.err());
        errors.extend(link::remove(&self.host, &overlay_name(&self.config.instance)).await.err());
        errors.extend(
            nft::apply("remove the rules", None, nft::delete_table(Family::V4, &self.bridge.table))
                .await
                .err(),
        );
        errors.extend(self.remove_vpc_leftovers().await);
        if errors.is_empty() {
            errors.extend(namespace::remove_private_mount(&self.config.run_dir).err());
        }
        Error::collect(errors)
    }

    /// Takes faults of the node's own network away that tasks have left.
    pub async fn remove_faults(&self) -> Result<(), Error> {
        crate::fault::remove_all(&format!("longshore-{}-fault-", self.config.instance)).await
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        // A panic while the book was held left it as it was before or after one whole entry.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides what the endpoint gets and writes it down.
    fn enter(&self, id: &EndpointId, attachment: &Attachment, vpc: Option<String>) -> Result<Record, Error> {
        let mut book = self.book();
        let namespace = Some(self.config.run_dir.join(id.as_str()));
        let mut attached = Attached {
            namespace,
            address: None,
            prefix_len: 32,
            gateway: None,
            mac: None,
            vpc,
            resolution: None,
            bindings: Vec::new(),
        };
        match attachment {
            Attachment::None => {}
            Attachment::Host { ports } => {
                attached.namespace = None;
                attached.bindings = book.ports.take(ports, Hold::Note)?;
            }
            Attachment::Bridge { ports } => {
                let block = self.bridge.block;
                let address = address::free_address(block, &book.addresses, book.given)
                    .ok_or_else(|| Error::NoBridgeAddress(self.bridge.name.clone()))?;
                attached.bindings = book.ports.take(ports, Hold::Bind)?;
                book.given = book.given.wrapping_add(1);
                attached.address = Some(address);
                attached.prefix_len = block.1;
                attached.gateway = Some(address::nth(block, 1));
                attached.mac = Some(address::mac_of(address));
            }
            Attachment::Awsvpc(interface) => {
                attached.address = Some(interface.address);
                attached.prefix_len = interface.prefix_len;
                attached.gateway = Some(interface.gateway);
                attached.mac = Some(interface.mac);
            }
        }
        let chain = self.config.cni.as_ref().filter(|_| matches!(attachment, Attachment::Awsvpc(_)));
        let plugged = chain.map(|chain| Plugged { chain: chain.clone(), result: None });
        let (id, attachment) = (id.clone(), attachment.clone());
        let record = Record { id, attachment, attached, plugged, leaving: false };
        if let Err(error) = write_record(&self.config.state_dir, &record) {
            book.ports.give_back(&record.attached.bindings);
            return Err(error);
        }
        book.enter(record.clone());
        Ok(record)
    }

    /// Makes what the record says, and writes down what came of it.
    async fn build(&self, record: &mut Record) -> Result<(), Error> {
        if record.plugged.is_some() {
            return self.build_with_chain(record).await;
        }
        let Some(path) = &record.attached.namespace else { return Ok(()) };
        match &record.attachment {
            Attachment::Host { .. } => Ok(()),
            Attachment::None => link::loopback_up(&Namespace::create(path).await?).await,
            Attachment::Bridge { .. } => {
                let (inside, bridge) = tokio::try_join!(Namespace::create(path), self.bridge())?;
                let attached = &record.attached;
                let address = attached.address.expect("every endpoint of the bridge has one");
                let veth = self.veth_of(&record.id);
                let ends = link::Ends { mac: attached.mac, ..link::Ends::default() };
                link::add_veth(&self.host, &veth, Some(bridge), &inside, link::INSIDE, ends).await?;
                link::loopback_up(&inside).await?;
                link::configure(&inside, link::INSIDE, address, attached.prefix_len, attached.gateway)
                    .await?;
                self.publish(address, &attached.bindings, true).await
            }
            Attachment::Awsvpc(interface) => {
                let (vpc, inside) = tokio::try_join!(self.vpc_of(record), Namespace::create(path))?;
                vpc.plug(&self.host, &inside, &self.veth_of(&record.id), interface).await
            }
        }
    }

    /// Takes an endpoint away, or keeps in mind that it is still to be: [`TaskNetwork::mend`] repeats it.
    async fn release(&self, record: &Record) -> Result<(), Error> {
        let id = &record.id;
        if let Err(error) = self.dismantle(record).await {
            let leaving = Record { leaving: true, ..record.clone() };
            let written = write_record(&self.config.state_dir, &leaving);
            self.book().endpoints.insert(id.clone(), leaving);
            return Err(Error::collect(std::iter::once(error).chain(written.err()).collect())
                .expect_err("there is one at least"));
        }
        remove_record(&self.config.state_dir, id)?;
        self.book().strike(id);
        Ok(())
    }

    /// Whether an endpoint is plugged into a VPC.
    pub fn uses(&self, vpc: &str) -> bool {
        self.book().endpoints.values().any(|r| r.attached.vpc.as_deref() == Some(vpc))
    }

    /// Takes apart what the record says, whatever of it exists.
    async fn dismantle(&self, record: &Record) -> Result<(), Error> {
        if let Some(plugged) = &record.plugged {
            return self.disconnect(record, plugged).await;
        }
        let mut errors = Vec::new();
        match &record.attachment {
            Attachment::None | Attachment::Host { .. } => {}
            Attachment::Bridge { .. } => {
                let address = record.attached.address.expect("every endpoint of the bridge has one");
                errors.extend(self.publish(address, &record.attached.bindings, false).await.err());
                errors.extend(link::remove(&self.host, &self.veth_of(&record.id)).await.err());
            }
            Attachment::Awsvpc(interface) => {
                let id = record.attached.vpc.as_deref().unwrap_or_default();
                if namespace::is_bound(&vpc::path_of(&self.config.run_dir, id)) {
                    let veth = self.veth_of(&record.id);
                    match self.vpc(id).await {
                        Ok(vpc) => errors.extend(vpc.unplug(&self.host, &veth, &interface.id).await.err()),
                        Err(e) => errors.push(e),
                    }
                }
            }
        }
        if let Some(path) = &record.attached.namespace {
            errors.extend(namespace::remove(path).err());
        }
        Error::collect(errors)
    }

    async fn vpc(&self, id: &str) -> Result<Arc<Vpc>, Error> {
        let mut vpcs = self.vpcs.lock().await;
        if let Some(vpc) = vpcs.get(id) {
            return Ok(vpc.clone());
        }
        vpc::set_sysctl("net/ipv4/ip_forward", "1")?;
        let Config { run_dir, instance, .. } = &self.config;
        let vpc = Arc::new(Vpc::ensure(&self.host, run_dir, instance, id, self.overlay).await?);
        vpcs.insert(id.to_owned(), vpc.clone());
        Ok(vpc)
    }

    async fn vpc_of(&self, record: &Record) -> Result<Arc<Vpc>, Error> {
        self.vpc(record.attached.vpc.as_deref().expect("it was found before the record was made")).await
    }

    /// The VPC of an interface, as soon as the control plane has described it.
    async fn vpc_with(&self, interface: &str) -> Result<String, Error> {
        let search = async {
            loop {
                // Asked for before the look, so that no description falls between.
                let described = self.described.notified();
                tokio::pin!(described);
                described.as_mut().enable();
                let vpcs: Vec<(String, Arc<Vpc>)> =
                    self.vpcs.lock().await.iter().map(|(id, vpc)| (id.clone(), vpc.clone())).collect();
                for (id, vpc) in vpcs {
                    if vpc.knows(interface).await {
                        return id;
                    }
                }
                described.await;
            }
        };
        tokio::time::timeout(DESCRIPTION_LIMIT, search)
            .await
            .map_err(|_| Error::NotDescribed(interface.to_owned()))
    }

    /// The name of an endpoint's link outside; at most 15 characters, as the kernel wants. Another node of the machine may have an endpoint of
    /// the same id.
    fn veth_of(&self, id: &EndpointId) -> String {
        format!("lsv{}", &short_hash(&format!("{}/{id}", self.config.instance))[..12])
    }

    /// Whether what the record says exists: not after a reboot.
    fn stands(record: &Record) -> bool {
        let plugged = match (&record.attachment, &record.plugged) {
            (Attachment::Awsvpc(_), Some(plugged)) => plugged.result.is_some(),
            (Attachment::Awsvpc(_), None) => record.attached.vpc.is_some(),
            _ => true,
        };
        plugged && !record.leaving && record.attached.namespace.as_deref().is_none_or(namespace::is_bound)
    }
}

#[async_trait]
impl TaskNetwork for NodeNetwork {
    async fn attach(&self, id: &EndpointId, attachment: &Attachment) -> Result<Attached, Error> {
        let known = self.book().endpoints.get(id).cloned();
        match known {
            Some(record) if record.attachment == *attachment && Self::stands(&record) => {
                return Ok(record.attached);
            }
            Some(_) => self.detach(id).await?,
            None => {}
        }
        let vpc = match attachment {
            Attachment::Awsvpc(_) if self.config.cni.is_some() => None,
            Attachment::Awsvpc(interface) => Some(self.vpc_with(&interface.id).await?),
            Attachment::None | Attachment::Host { .. } | Attachment::Bridge { .. } => None,
        };
        let mut record = self.enter(id, attachment, vpc)?;
        match self.build(&mut record).await {
            Ok(()) => Ok(record.attached),
            Err(error) => {
                let mut errors = vec![error];
                errors.extend(self.detach(id).await.err());
                Err(Error::collect(errors).expect_err("there is one at least"))
            }
        }
    }

    async fn detach(&self, id: &EndpointId) -> Result<(), Error> {
        let Some(record) = self.book().endpoints.get(id).cloned() else { return Ok(()) };
        self.release(&record).await
    }

    async fn update(&self, update: &Update) -> Result<(), Error> {
        if self.config.cni.is_some() {
            return Err(Error::NotOurs);
        }
        if update.complete && update.put.is_empty() {
            // The VPC is no more.
            self.unplug_machine_from(|vpc| vpc == update.vpc).await?;
            let forgotten = self.vpcs.lock().await.remove(&update.vpc);
            return match forgotten {
                Some(vpc) => vpc.remove(&self.host).await,
                None => Ok(()),
            };
        }
        let vpc = self.vpc(&update.vpc).await?;
        let updated = vpc.update(&self.host, update).await;
        self.described.notify_waiters();
        let followed = self.follow_machine(&update.vpc, &vpc, update).await;
        // What was amiss may have been a link that the machine has again by now.
        let again = updated.is_err() && matches!(followed, Ok(true));
        let updated = if again { vpc.mend(&self.host).await } else { updated };
        Error::collect(updated.err().into_iter().chain(followed.err()).collect())
    }

    async fn listen(&self, namespace: Option<&Path>, service: Service) -> Result<TcpListener, Error> {
        crate::listen(namespace, service).await
    }

    async fn set_faults(
        &self,
        namespace: Option<&Path>,
        table: &str,
        faults: &[Fault],
        spared: Spared,
    ) -> Result<(), Error> {
        crate::fault::set(namespace, table, faults, spared).await
    }

    async fn keep_vpcs(&self, ids: &BTreeSet<String>) -> Result<(), Error> {
        self.keep_machine(ids).await?;
        self.forget_all_but(ids).await
    }

    async fn mend(&self) -> Result<(), Error> {
        let vpcs: Vec<Arc<Vpc>> = self.vpcs.lock().await.values().cloned().collect();
        let mut errors = Vec::new();
        for vpc in vpcs {
            errors.extend(vpc.mend(&self.host).await.err());
        }
        errors.extend(self.mend_machine().await.err());
        let leaving: Vec<Record> = self.book().endpoints.values().filter(|r| r.leaving).cloned().collect();
        for record in leaving {
            errors.extend(self.release(&record).await.err());
        }
        Error::collect(errors)
    }

    async fn recover(&self, live: &[EndpointId]) -> Result<Vec<(EndpointId, Attached)>, Error> {
        let records: Vec<Record> = self.book().endpoints.values().cloned().collect();
        let mut kept = Vec::new();
        let (live, gone): (Vec<_>, Vec<_>) =
            records.into_iter().partition(|r| live.contains(&r.id) && Self::stands(r));
        // The rules are set anew first, so that what is withdrawn below is there to be withdrawn.
        if live.iter().chain(&gone).any(|r| matches!(r.attachment, Attachment::Bridge { .. })) {
            self.bridge().await?;
        }
        for record in live {
            let hold =
                if matches!(record.attachment, Attachment::Host { .. }) { Hold::Note } else { Hold::Bind };
            self.book().ports.retake(&record.attached.bindings, hold);
            if let (Attachment::Awsvpc(interface), Some(plugged)) = (&record.attachment, &record.plugged) {
                self.check(&record, plugged, interface).await;
            } else if let Attachment::Awsvpc(interface) = &record.attachment {
                self.vpc_of(&record)
                    .await?
                    .remember(&self.veth_of(&record.id), &interface.id, interface.mac)
                    .await;
            }
            kept.push((record.id, record.attached));
        }
        self.recover_machine().await?;
        for record in gone {
            if let Err(error) = self.release(&record).await {
                // The node serves all the same.
                tracing::warn!(
                    endpoint = %record.id,
                    error = crate::error::chain(&error),
                    "a network endpoint of an earlier run cannot be taken away yet"
                );
            }
        }
        Ok(kept)
    }
}

impl Book {
    fn enter(&mut self, record: Record) {
        if matches!(record.attachment, Attachment::Bridge { .. }) {
            self.addresses.extend(record.attached.address);
        }
        self.endpoints.insert(record.id.clone(), record);
    }

    fn strike(&mut self, id: &EndpointId) {
        let Some(record) = self.endpoints.remove(id) else { return };
        self.ports.give_back(&record.attached.bindings);
        if let (Attachment::Bridge { .. }, Some(address)) = (&record.attachment, record.attached.address) {
            self.addresses.remove(&address);
        }
    }
}

/// Sixteen hex digits that stand for a text, each prefix of them well spread: FNV-1a with a finalizer. Names of links, tables and namespaces
/// are made of it, so it must not change. Not for secrets.
pub fn short_hash(text: &str) -> String {
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    let mixed = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    format!("{:016x}", mixed ^ (mixed >> 32))
}

/// The link that holds the overlay's port.
fn overlay_name(instance: &str) -> String {
    format!("lso{instance}")
}
