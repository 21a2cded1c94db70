//! A node of this machine: image store, runtime, network and agent, put together.

use crate::balancers::Plane;
use crate::cli::{Node as Options, Pool};
use agent::aws::Credentials;
use agent::{Agent, Awsvpc, Config, DataPlane, Deps, Handle, LaunchKind, NamedNetwork, StoreImages};
use agent_protocol::{BALANCER_CHANGES, BALANCERS, BALANCERS_ONLY, DOORS, OVERLAY, SEGMENT};
use anyhow::{Context, Result, bail};
use dns::Resolvers;
use image::Store;
use model::ec2::Ipv4Block;
use net::cni::Chain;
use net::{NodeNetwork, WantedOverlay};
use runtime::{Runtime, ShimRuntime};
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Images of all nodes of a data directory.
pub const IMAGES: &str = "images";

/// What a node is told.
pub struct Node {
    pub options: Options,
    pub data_dir: PathBuf,
    /// Tells nodes of one data directory apart.
    pub name: String,
    pub endpoint: String,
    pub region: String,
    pub credentials: Credentials,
    /// The cluster that it is an instance of; `None` makes it a node of its pool only.
    pub cluster: Option<String>,
    pub pool: Option<Pool>,
    /// Whether a pool's node stands for every zone.
    pub every_zone: bool,
    pub external: bool,
    /// The fleet that it belongs to, and which machine of it the node is.
    pub fleet: Option<String>,
    pub machine: Option<String>,
    /// The capacity provider that the machine was made for.
    pub provider: Option<String>,
    /// Whether it carries load balancers and does nothing else.
    pub balancers_only: bool,
}

impl Node {
    /// Where the node keeps what is its own.
    pub fn dir(&self) -> PathBuf {
        self.data_dir.join("nodes").join(&self.name)
    }

    /// Takes over what an earlier run left, and begins to serve.
    pub async fn start(self) -> Result<Handle> {
        if !rustix::process::geteuid().is_root() {
            bail!("a node runs containers and networks, which takes root: start it with sudo");
        }
        let dir = self.dir();
        // First: a node that is told nonsense leaves nothing on the machine.
        let mut config = self.config(dir.clone())?;
        crate::server::make_private_dir(&dir)?;
        let images = open_images(&self.data_dir).await?;
        let chain = self.options.cni.as_deref().map(|conf| Chain::load(conf, &self.options.cni_path));
        let chain = chain.transpose()?;
        // Who is connected by the operator is reached as the operator has it.
        let overlay = if chain.is_some() { None } else { self.overlay().await? };
        let ports = self.options.settings.dynamic_ports();
        let network = Arc::new(open_network(&dir, self.options.bridge, overlay, ports, chain).await?);
        let runtime = self.runtime(&dir)?;
        let names = dir.join("names");
        let resolvers = match self.options.resolver.as_slice() {
            [] => Resolvers::of_host(),
            named => Resolvers::These(named.to_vec()),
        };
        // What other nodes send to such an address as it is would be the machine's before it is the VPC's.
        config.machine_interfaces = !network.overlay().is_some_and(|o| o.is_direct());
        let overlay = network.overlay().map(|o| (OVERLAY.to_owned(), Some(o.address.to_string())));
        config.attributes.extend(overlay);
        let direct = network.overlay().filter(|o| o.is_direct());
        config.attributes.extend(direct.map(|o| (SEGMENT.to_owned(), o.ipv6.map(|a| a.to_string()))));
        // An operator's own network has no place for load balancers of a VPC.
        let balancers = match self.options.cni {
            Some(_) if self.balancers_only => {
                bail!("load balancers are carried in VPCs, which --cni stands in for")
            }
            Some(_) => None,
            None => {
                let value = self.balancers_only.then(|| BALANCERS_ONLY.to_owned());
                config.attributes.push((BALANCERS.to_owned(), value));
                config.attributes.push((BALANCER_CHANGES.to_owned(), None));
                if self.is_local().await? {
                    config.attributes.push((DOORS.to_owned(), None));
                }
                let plane = Plane::start(&dir, &run_dir(&instance_of(&dir)));
                Some(Arc::new(plane) as Arc<dyn DataPlane>)
            }
        };
        let deps = Deps {
            runtime,
            balancers,
            net: Arc::new(NamedNetwork::new(network, dns::Server::new(resolvers), names)),
            images: Arc::new(StoreImages::new(images, self.options.settings.images())),
            backend: None,
            logs: None,
        };
        Agent::start(config, deps).await.context("cannot start the agent")
    }

    /// Where other nodes reach this one. A node that reaches the API on loopback, and was told nothing else, is alone.
    async fn overlay(&self) -> Result<Option<WantedOverlay>> {
        if let Some((address, port)) = self.options.overlay {
            return Ok(Some(WantedOverlay { address, port, direct: self.options.direct }));
        }
        let addresses = self.api().await?;
        let Some(api) = addresses.into_iter().find(|a| a.is_ipv4()) else { return Ok(None) };
        // Connecting a datagram socket sends nothing: it asks the kernel which address it would send from.
        let socket = tokio::net::UdpSocket::bind("0.0.0.0:0").await.context("cannot open a socket")?;
        socket.connect(api).await.with_context(|| format!("there is no route to {api}"))?;
        let ours = socket.local_addr().context("the socket has no address")?.ip();
        Ok(match ours {
            std::net::IpAddr::V4(address) if !address.is_loopback() => {
                Some(WantedOverlay { address, port: None, direct: self.options.direct })
            }
            _ => None,
        })
    }

    /// Where the API is.
    async fn api(&self) -> Result<Vec<SocketAddr>> {
        let api = self.endpoint.parse::<http::Uri>().context("the endpoint is no URL")?;
        let host = api.host().context("the endpoint names no host")?.trim_matches(['[', ']']);
        let looked_up = tokio::net::lookup_host((host, api.port_u16().unwrap_or(80))).await;
        Ok(looked_up.with_context(|| format!("cannot resolve {host}"))?.collect())
    }

    /// Whether the API is on this machine.
    async fn is_local(&self) -> Result<bool> {
        Ok(self.api().await?.iter().any(|address| address.ip().is_loopback()))
    }

    fn runtime(&self, dir: &Path) -> Result<Arc<dyn Runtime>> {
        let config = runtime_config(dir);
        let runtime = match &self.options.runtime {
            None => ShimRuntime::embedded(config),
            Some(program) => ShimRuntime::external(config, program.clone()),
        };
        Ok(Arc::new(
            runtime
                .context("cannot prepare the container runtime; `longshore doctor` says what is missing")?,
        ))
    }

    fn config(&self, dir: PathBuf) -> Result<Config> {
        let cluster =
            self.cluster.clone().unwrap_or_else(|| model::ecs::container_instance::POOL_CLUSTER.to_owned());
        let instance = instance_of(&dir);
        let mut config = Config::new(cluster, dir, self.endpoint.clone(), self.credentials.clone());
        config.instance = instance;
        config.introspection = Some(self.options.introspection);
        if self.options.cni.is_some() {
            config.awsvpc = Awsvpc::Operator;
        }
        config.availability_zone = Some(zone(self.options.zone.as_deref(), &self.region));
        config.region = self.region.clone();
        config.launch = match (self.external, &self.cluster) {
            (true, _) => LaunchKind::External,
            (false, Some(_)) => LaunchKind::Ec2,
            (false, None) => LaunchKind::Fargate,
        };
        if let Some(pool) = self.pool {
            let name = match pool {
                Pool::Fargate => "fargate",
                Pool::FargateSpot => "fargate-spot",
            };
            config.attributes.push(("longshore.pool".to_owned(), Some(name.to_owned())));
            // That is how an operator names it who wants it back.
            config.attributes.push((ecs::NODE_ATTRIBUTE.to_owned(), Some(self.name.clone())));
        }
        if self.every_zone {
            config.attributes.push(("longshore.zones".to_owned(), Some("*".to_owned())));
        }
        let of_fleet = [
            (ecs::FLEET_ATTRIBUTE, self.fleet.clone()),
            (ecs::MACHINE_ATTRIBUTE, self.machine.clone()),
            (ecs::PROVIDER_ATTRIBUTE, self.provider.clone()),
        ];
        for (name, value) in of_fleet.into_iter().filter(|(_, value)| value.is_some()) {
            config.attributes.push((name.to_owned(), value));
        }
        config.cpu = self.options.cpu;
        config.memory = self.options.memory;
        self.options.settings.apply(&mut config)?;
        Ok(config)
    }
}

/// The zone that a node says it is in. A letter alone is a zone of the region.
fn zone(named: Option<&str>, region: &str) -> String {
    match named.unwrap_or("a") {
        letter if letter.len() == 1 => format!("{region}{letter}"),
        whole => whole.to_owned(),
    }
}

/// The image store of a data directory; several processes may have it open.
pub async fn open_images(data_dir: &Path) -> Result<Store> {
    let root = data_dir.join(IMAGES);
    // Images hold programs that take root's rights; nobody is to find them outside of a container.
    crate::server::make_private_dir(&root)?;
    let opened = tokio::task::spawn_blocking(move || Store::open(&root, image::Options::default())).await;
    opened.context("opening the image store panicked")?.context("cannot open the image store")
}

/// The networks of the node whose directory this is.
pub async fn open_network(
    dir: &Path,
    bridge: Option<Ipv4Block>,
    overlay: Option<WantedOverlay>,
    dynamic_ports: RangeInclusive<u16>,
    cni: Option<Chain>,
) -> Result<NodeNetwork> {
    let instance = instance_of(dir);
    let config = net::Config {
        state_dir: dir.join("net"),
        run_dir: run_dir(&instance),
        instance,
        bridge_network: bridge.map(|b| (b.address(), b.prefix_len())),
        overlay,
        dynamic_ports,
        cni,
    };
    NodeNetwork::open(config)
        .await
        .context("cannot prepare the network; `longshore doctor` says what is missing")
}

/// Where the namespaces of a node are bound.
fn run_dir(instance: &str) -> PathBuf {
    Path::new("/run/longshore").join(instance)
}

/// Where the runtime of the node whose directory this is keeps its state.
pub fn runtime_config(dir: &Path) -> runtime::Config {
    runtime::Config {
        state_directory: dir.join("containers"),
        cgroup_root: format!("longshore/{}", instance_of(dir)),
    }
}

/// Five hex digits that tell this node from others of the machine, made from its directory: they are part of link and table names.
fn instance_of(dir: &Path) -> String {
    let absolute = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    net::short_hash(&absolute.to_string_lossy())[..5].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_keeps_its_name() {
        // `down` of this program has to find what `up` of an older one made.
        assert_eq!(instance_of(Path::new("/var/lib/longshore/nodes/up")), "00894");
    }

    #[test]
    fn a_letter_is_a_zone_of_the_region() {
        let of = |named| zone(named, "eu-west-1");
        assert_eq!((of(None), of(Some("b"))), ("eu-west-1a".to_owned(), "eu-west-1b".to_owned()));
        assert_eq!(of(Some("eu-west-1c")), "eu-west-1c");
    }
}
