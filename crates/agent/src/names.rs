//! The node's networks with name servers inside: one for each VPC, on the addresses that AWS has it on.
//!
//! What a VPC's name server knows follows what the control plane says of the VPC; what it needs to serve is kept on disk, so that a restarted agent
//! serves again also while no control plane can be reached.

use async_trait::async_trait;
use dns::{Affinity, Data, Record, Server, Serving, Sockets, View, Zone, Zones};
use model::elbv2::DOMAIN;
use model::fabric::{self, Item, Kind, Update};
use net::fault::{Fault, Spared};
use net::{Attached, Attachment, EndpointId, Error, NodeNetwork, Service, TaskNetwork};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddrV4};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::net::TcpListener;

/// The name server's address in every VPC; the other one is the block's third.
const LINK_LOCAL: Ipv4Addr = Ipv4Addr::new(169, 254, 169, 253);
const PORT: u16 = 53;
/// How long load balancers' names are remembered, and that there is none, in seconds: as AWS has it.
const BALANCER_TTL_S: u32 = 60;

/// The networks of a node, with their name servers.
pub struct NamedNetwork {
    network: Arc<NodeNetwork>,
    server: Server,
    /// What is known of each VPC, a file each.
    dir: PathBuf,
    vpcs: tokio::sync::Mutex<BTreeMap<String, Vpc>>,
}

/// A VPC as its name server needs it.
#[derive(Default)]
struct Vpc {
    known: Known,
    serving: Option<(BTreeSet<Ipv4Addr>, Serving)>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Known {
    network: Option<fabric::Network>,
    /// Of each interface that has some.
    public: BTreeMap<String, Vec<fabric::Public>>,
    /// Load balancers', by their names.
    #[serde(default)]
    balancers: BTreeMap<String, fabric::Name>,
    /// By their ids.
    #[serde(default)]
    subnets: BTreeMap<String, fabric::Subnet>,
}

impl NamedNetwork {
    /// `dir` is the agent's own.
    pub fn new(network: Arc<NodeNetwork>, server: Server, dir: PathBuf) -> Self {
        Self { network, server, dir, vpcs: Default::default() }
    }

    /// Keeps what is said of a VPC, also on disk.
    async fn learn(&self, update: &Update) -> Result<(), Error> {
        let mut vpcs = self.vpcs.lock().await;
        let vpc = vpcs.entry(update.vpc.clone()).or_default();
        let before = vpc.known.clone();
        vpc.known.take_in(update);
        if vpc.known != before {
            write(&self.dir, &self.path_of(&update.vpc), &vpc.known)?;
        }
        Ok(())
    }

    /// Serves what is known of every VPC; nothing happens where that is served already.
    async fn follow_all(&self) -> Result<(), Error> {
        let mut followed = Ok(());
        for (id, vpc) in self.vpcs.lock().await.iter_mut() {
            followed = followed.and(self.follow(id, vpc).await);
        }
        followed
    }

    /// Ends a VPC's name server.
    async fn forget(&self, id: &str) -> Result<(), Error> {
        if let Some((_, serving)) = self.vpcs.lock().await.remove(id).and_then(|vpc| vpc.serving) {
            serving.close().await;
        }
        remove(&self.path_of(id))
    }

    /// Opens, changes or ends the VPC's name server, as what is known has it.
    async fn follow(&self, id: &str, vpc: &mut Vpc) -> Result<(), Error> {
        let wanted = vpc.known.addresses();
        if vpc.serving.as_ref().is_some_and(|(addresses, _)| *addresses != wanted)
            && let Some((_, serving)) = vpc.serving.take()
        {
            serving.close().await;
        }
        let Some(view) = vpc.known.view() else { return Ok(()) };
        match &vpc.serving {
            Some((_, serving)) if *serving.view() == view => {}
            Some((_, serving)) => serving.set(view),
            None => {
                let mut sockets = Vec::new();
                for address in &wanted {
                    let at = SocketAddrV4::new(*address, PORT);
                    let (datagrams, streams) = self.network.listen_in_vpc(id, at).await?;
                    sockets.push(Sockets { datagrams, streams });
                }
                vpc.serving = Some((wanted, self.server.serve(sockets, view)));
                tracing::info!(vpc = id, "a name server answers");
            }
        }
        Ok(())
    }

    /// Serves what an earlier run served, as it was last told, in the VPCs that are still there.
    async fn resume(&self, ids: &BTreeSet<String>) -> Result<(), Error> {
        let mut vpcs = self.vpcs.lock().await;
        for path in list(&self.dir)? {
            let id = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let known = if ids.contains(&id) { read(&path)? } else { None };
            let Some(known) = known else {
                remove(&path)?;
                continue;
            };
            let vpc = vpcs.entry(id.clone()).or_default();
            vpc.known = known;
            if let Err(error) = self.follow(&id, vpc).await {
                // The control plane's next word mends it.
                tracing::warn!(
                    vpc = id,
                    error = crate::aws::chain(&error),
                    "a name server cannot answer yet"
                );
            }
        }
        Ok(())
    }

    fn path_of(&self, vpc: &str) -> PathBuf {
        self.dir.join(format!("{vpc}.json"))
    }
}

impl Known {
    fn take_in(&mut self, update: &Update) {
        if update.complete {
            *self = Self::default();
        }
        for key in &update.gone {
            match key.kind {
                Kind::Interface => {
                    self.public.remove(&key.id);
                }
                Kind::Network => self.network = None,
                Kind::Name => {
                    self.balancers.remove(&key.id);
                }
                Kind::Subnet => {
                    self.subnets.remove(&key.id);
                }
                Kind::Node | Kind::NatGateway | Kind::RouteTable | Kind::PrefixList | Kind::Group => {}
            }
        }
        for item in &update.put {
            match item {
                Item::Network(network) => self.network = Some(network.clone()),
                Item::Interface(interface) if interface.public.is_empty() => {
                    self.public.remove(&interface.id);
                }
                Item::Interface(interface) => {
                    self.public.insert(interface.id.clone(), interface.public.clone());
                }
                Item::Name(name) => {
                    self.balancers.insert(name.id.clone(), name.clone());
                }
                Item::Subnet(subnet) => {
                    self.subnets.insert(subnet.id.clone(), subnet.clone());
                }
                Item::Node(_)
                | Item::NatGateway(_)
                | Item::RouteTable(_)
                | Item::PrefixList(_)
                | Item::Group(_) => {}
            }
        }
    }

    /// Where the name server listens; nowhere where the VPC has none.
    fn addresses(&self) -> BTreeSet<Ipv4Addr> {
        let Some(network) = self.network.as_ref().filter(|n| n.names.is_some()) else {
            return BTreeSet::new();
        };
        network.blocks.first().and_then(|b| b.nth(2)).into_iter().chain([LINK_LOCAL]).collect()
    }

    fn view(&self) -> Option<View> {
        let network = self.network.as_ref()?;
        let public = self.public.values().flatten().map(|p| (p.public, p.address));
        Some(View {
            blocks: network.blocks.clone(),
            names: network.names.clone()?,
            public: public.collect(),
            zones: self.zones(&network.id),
            availability_zones: self.subnets.values().map(|s| (s.block, s.zone.clone())).collect(),
        })
    }

    /// The names of load balancers as this VPC sees them: those that are not known are nobody's.
    fn zones(&self, vpc: &str) -> Zones {
        let record = |address: &IpAddr| {
            let data = match *address {
                IpAddr::V4(address) => Data::A(address),
                IpAddr::V6(address) => Data::Aaaa(address),
            };
            Record { ttl_s: BALANCER_TTL_S, data }
        };
        let mut zone = Zone { negative_ttl_s: BALANCER_TTL_S, ..Zone::default() };
        for balancer in self.balancers.values() {
            // A name that is none cannot be asked for.
            let Ok(name) = dns::name(&balancer.id) else { continue };
            let records = |leads| balancer.seen_from(vpc, leads).iter().map(record).collect();
            if let Some(fabric::Affinity { percent, zones }) = &balancer.affinity {
                let near = zones.iter().map(|(zone, leads)| (zone.clone(), records(leads)));
                let affinity = Affinity { percent: *percent, records: near.collect() };
                zone.affinities.insert(name.clone(), affinity);
            }
            zone.records.insert(name, records(&balancer.leads));
        }
        Zones { zones: dns::name(DOMAIN).map(|apex| (apex, zone)).into_iter().collect() }
    }
}

#[async_trait]
impl TaskNetwork for NamedNetwork {
    async fn attach(&self, id: &EndpointId, attachment: &Attachment) -> Result<Attached, Error> {
        self.network.attach(id, attachment).await
    }

    async fn detach(&self, id: &EndpointId) -> Result<(), Error> {
        self.network.detach(id).await
    }

    async fn update(&self, update: &Update) -> Result<(), Error> {
        let gone = update.complete && update.put.is_empty();
        if gone {
            // Before its namespace goes.
            let served = self.forget(&update.vpc).await;
            self.network.update(update).await.and(served)
        } else {
            // After its namespace has the addresses. What could not be carried out yet is kept in mind for when it is.
            let updated = self.network.update(update).await;
            let learned = self.learn(update).await;
            updated.and(learned)?;
            self.follow_all().await
        }
    }

    async fn keep_vpcs(&self, ids: &BTreeSet<String>) -> Result<(), Error> {
        let known: Vec<String> = self.vpcs.lock().await.keys().cloned().collect();
        let mut closed = Ok(());
        for vpc in known.into_iter().filter(|id| !ids.contains(id) && !self.network.uses(id)) {
            // Before its namespace goes.
            closed = closed.and(self.forget(&vpc).await);
        }
        self.network.keep_vpcs(ids).await.and(closed)
    }

    async fn mend(&self) -> Result<(), Error> {
        self.network.mend().await?;
        self.follow_all().await
    }

    async fn listen(&self, namespace: Option<&Path>, service: Service) -> Result<TcpListener, Error> {
        self.network.listen(namespace, service).await
    }

    async fn set_faults(
        &self,
        namespace: Option<&Path>,
        table: &str,
        faults: &[Fault],
        spared: Spared,
    ) -> Result<(), Error> {
        self.network.set_faults(namespace, table, faults, spared).await
    }

    async fn recover(&self, live: &[EndpointId]) -> Result<Vec<(EndpointId, Attached)>, Error> {
        let kept = self.network.recover(live).await?;
        let vpcs = kept.iter().filter_map(|(_, attached)| attached.vpc.clone()).collect();
        self.resume(&vpcs).await?;
        Ok(kept)
    }
}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::File { action, path: path.to_owned(), source }
}

fn write(dir: &Path, path: &Path, known: &Known) -> Result<(), Error> {
    fs::create_dir_all(dir).map_err(failed("make", dir))?;
    let temporary = path.with_extension("tmp");
    let json = serde_json::to_vec(known).expect("what is known is JSON");
    fs::write(&temporary, json).map_err(failed("write", &temporary))?;
    fs::rename(&temporary, path).map_err(failed("write", path))
}

/// `None` where the file says nothing that this version understands.
fn read(path: &Path) -> Result<Option<Known>, Error> {
    let bytes = fs::read(path).map_err(failed("read", path))?;
    Ok(serde_json::from_slice(&bytes)
        .inspect_err(
            |error| tracing::warn!(path = %path.display(), %error, "what was known of a VPC's names is dropped"),
        )
        .ok())
}

fn list(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = match fs::read_dir(dir) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed("list", dir))?,
    };
    entries.map(|e| Ok(e?.path())).collect::<io::Result<_>>().map_err(failed("list", dir))
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed.map_err(failed("remove", path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::fabric::{Key, Leads, Name, Names, Network};

    fn update(put: Vec<Item>, gone: Vec<Key>) -> Update {
        Update { vpc: "vpc-1".to_owned(), complete: false, put, gone }
    }

    fn said(known: &Known, name: &str) -> Option<Vec<String>> {
        let view = known.view()?;
        let zone = &view.zones.zones[&dns::name(DOMAIN).expect("a name")];
        let records = zone.records.get(&dns::name(name).expect("a name"))?;
        Some(records.iter().map(|record| format!("{} {:?}", record.ttl_s, record.data)).collect())
    }

    #[test]
    fn a_load_balancer_is_known_by_the_addresses_that_its_vpc_is_told() {
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        let name = |vpc: &str| {
            Item::Name(Name {
                id: "Web-1.us-east-1.elb.localhost".to_owned(),
                vpc: vpc.to_owned(),
                leads: Leads {
                    inside: vec![address("10.0.0.4"), address("fd00::4")],
                    outside: vec![address("198.18.0.4")],
                },
                affinity: None,
            })
        };
        let network = Item::Network(Network {
            id: "vpc-1".to_owned(),
            number: 1,
            blocks: Vec::new(),
            ipv6_blocks: Vec::new(),
            public: Vec::new(),
            masked: false,
            ipv6_masked: Vec::new(),
            names: Some(Names { private: "ec2.internal".to_owned(), public: None }),
        });
        let mut known = Known::default();
        known.take_in(&update(vec![network, name("vpc-1")], Vec::new()));
        let asked = "WEB-1.us-east-1.elb.localhost.";
        assert_eq!(
            said(&known, asked),
            Some(vec!["60 A(10.0.0.4)".to_owned(), "60 Aaaa(fd00::4)".to_owned()])
        );
        assert_eq!(said(&known, "other.us-east-1.elb.localhost"), None);
        // What was known before an upgrade has none.
        let json = serde_json::to_string(&known).expect("JSON");
        assert_eq!(serde_json::from_str::<Known>(&json).expect("it is read again"), known);
        let old = json.replace("\"balancers\":{\"Web", "\"names\":{\"Web");
        assert!(old != json && serde_json::from_str::<Known>(&old).is_ok(), "{old}");
        // Who asks from a zone that it is in is led there.
        let [inside, outside] = [["10.0.0.4"], ["198.18.0.4"]].map(|of| of.map(address).to_vec());
        let Item::Name(mut near) = name("vpc-1") else { panic!("it is one") };
        let zones = [("eu-west-1a".to_owned(), Leads { inside, outside })].into();
        near.affinity = Some(fabric::Affinity { percent: 85, zones });
        let subnet = fabric::Subnet {
            id: "subnet-1".to_owned(),
            block: "10.0.0.0/20".parse().expect("a block"),
            ipv6_block: None,
            zone: "eu-west-1a".to_owned(),
            routes: "rtb-1".to_owned(),
        };
        let mut with_zones = known.clone();
        let subnet = Item::Subnet(subnet);
        with_zones.take_in(&update(vec![Item::Name(near), subnet.clone()], Vec::new()));
        let view = with_zones.view().expect("it has one");
        assert_eq!(view.availability_zones.iter().map(|(_, zone)| zone).collect::<Vec<_>>(), ["eu-west-1a"]);
        let affinity = view.zones.zones[&dns::name(DOMAIN).expect("a name")].affinities
            [&dns::name(asked).expect("a name")]
            .clone();
        assert_eq!(affinity.percent, 85);
        assert_eq!(
            affinity.records["eu-west-1a"],
            [Record { ttl_s: 60, data: Data::A(Ipv4Addr::new(10, 0, 0, 4)) }]
        );
        with_zones.take_in(&update(Vec::new(), vec![subnet.key()]));
        assert_eq!(with_zones.view().expect("it has one").availability_zones, []);
        known.take_in(&update(vec![name("vpc-2")], Vec::new()));
        assert_eq!(said(&known, asked), Some(vec!["60 A(198.18.0.4)".to_owned()]));
        known.take_in(&update(Vec::new(), vec![name("vpc-2").key()]));
        assert_eq!(said(&known, asked), None);
    }
}
