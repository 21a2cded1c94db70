//! The command line.

use crate::settings::Settings;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// Amazon ECS on your own machines.
#[derive(Debug, Parser)]
#[command(name = "longshore", version, about, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run everything on this machine, in the foreground: the API, and one node for its tasks.
    Up(Up),
    /// Stop what `up` started in a data directory, with every task and network it left running.
    Down(Down),
    /// Run the control plane only.
    Server(Server),
    /// Run a node: an instance of a cluster, or of the pool that Fargate tasks run on.
    Agent(Agent),
    /// Run a node that carries load balancers and nothing else.
    Lb(Lb),
    /// Carry the traffic of a node's load balancers. Agents start this by themselves.
    #[command(hide = true)]
    LbEngine(Engine),
    /// Print the environment that the aws CLI and the SDKs need: eval "$(longshore env)"
    Env(Place),
    /// Say what runs.
    Status(Place),
    /// Say why a task has no place: which check refused how many instances.
    Why(WhyOf),
    /// Take a node of the Spot pool back: its Spot tasks are interrupted, and it gets no more.
    Reclaim(Reclaim),
    /// Retire a node of a pool: it gets no more Fargate tasks, and those that it has stop at a date.
    Retire(Retire),
    /// Load, list and remove images of this node.
    #[command(subcommand)]
    Image(Image),
    /// Say what this machine lacks, and how to mend it.
    Doctor(Doctor),
}

/// Where a Longshore of this machine keeps its state.
#[derive(Args, Clone, Debug)]
pub struct Place {
    /// The data directory.
    #[arg(long, env = "LONGSHORE_DATA_DIR", default_value = "/var/lib/longshore", value_name = "DIR")]
    pub data_dir: PathBuf,
}

#[derive(Args, Clone, Debug)]
pub struct Server {
    #[command(flatten)]
    pub place: Place,
    /// Where the API listens.
    #[arg(long, default_value = "127.0.0.1:4566", value_name = "ADDR:PORT")]
    pub listen: SocketAddr,
    /// The address at which agents reach the API, where that is another than the one it listens on.
    #[arg(long, value_name = "URL")]
    pub advertise: Option<String>,
    /// The account that this server is.
    #[arg(long, default_value = "000000000000", value_parser = account, value_name = "ID")]
    pub account: String,
    /// The region that this server is.
    #[arg(long, default_value = "us-east-1", value_name = "REGION")]
    pub region: String,
    /// Whether requests have to be signed. `off` makes everybody on this machine the administrator.
    #[arg(long, value_enum, default_value_t = Auth::On)]
    pub auth: Auth,
    /// The block of the default VPC, taken at the first start.
    #[arg(long, default_value = "172.31.0.0/16", value_name = "BLOCK")]
    pub vpc: model::ec2::Ipv4Block,
    /// Where public and elastic IP addresses come from, from this start on; 198.18.0.0/16 where none was ever named.
    #[arg(long, value_name = "BLOCK")]
    pub public_pool: Option<model::ec2::Ipv4Block>,
    /// Where the /56 of a VPC that wants IPv6 comes from, from this start on: a block that is routed to this machine. Where none was ever named,
    /// fd4c:5348::/32, whose addresses leave the machine behind its own.
    #[arg(long, value_name = "BLOCK")]
    pub ipv6_pool: Option<model::ec2::Ipv6Block>,
    /// After so many seconds without its agent a node of the Fargate pool counts as dead: its Fargate tasks are stopped.
    #[arg(long, default_value_t = ecs::FARGATE_LOST_AFTER.as_secs(), value_parser = clap::value_parser!(u64).range(30..), value_name = "SECONDS")]
    pub fargate_lost_after: u64,
    /// After so many seconds without its agent services replace their tasks on a container instance.
    #[arg(long, default_value_t = ecs::SERVICE_LOST_AFTER.as_secs(), value_parser = clap::value_parser!(u64).range(5..), value_name = "SECONDS")]
    pub service_lost_after: u64,
    /// After so many seconds without its agent others carry a node's load balancers.
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u64).range(5..), value_name = "SECONDS")]
    pub carrier_lost_after: u64,
    /// A service's task without a health check counts as healthy so many seconds after it runs: a deployment waits for that. AWS waits 40.
    #[arg(long, default_value_t = ecs::HEALTHY_AFTER.as_secs(), value_parser = clap::value_parser!(u64).range(..=3600), value_name = "SECONDS")]
    pub healthy_after: u64,
    /// A fleet of machines that capacity providers of its name may scale: NAME=local,cpu=UNITS,memory=MIB[,min=N][,max=N][,managed][,zone=ZONE] starts
    /// nodes on this machine, NAME=exec:PROGRAM,… calls a program for each. Several where the option is.
    #[arg(long, value_name = "FLEET")]
    pub fleet: Vec<crate::fleet::Fleet>,
    /// A program that lifecycle hooks of deployments may call as exec:NAME. None may be called without. Several where the option is.
    #[arg(long, value_name = "NAME=PROGRAM")]
    pub hook: Vec<crate::hook::Program>,
    /// For so many seconds fewer machines must be needed than there are before a fleet gives one up.
    #[arg(long, default_value_t = 900, value_name = "SECONDS")]
    pub scale_in_after: u64,
}

#[derive(Args, Clone, Debug)]
pub struct WhyOf {
    #[command(flatten)]
    pub place: Place,
    /// The ARN of a task, or of a service: then of each of its tasks that waits.
    pub arn: String,
}

#[derive(Args, Clone, Debug)]
pub struct Reclaim {
    #[command(flatten)]
    pub place: Place,
    /// The node: the name of its agent, or the id or ARN of its instance.
    pub node: String,
}

#[derive(Args, Clone, Debug)]
pub struct Retire {
    #[command(flatten)]
    pub place: Place,
    /// The node: the name of its agent, or the id or ARN of its instance.
    pub node: String,
    /// When its tasks stop, such as 2030-01-31T12:00:00Z. Otherwise after the days of the account setting fargateTaskRetirementWaitPeriod.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub at: Option<model::Timestamp>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Auth {
    On,
    Off,
}

#[derive(Args, Clone, Debug)]
pub struct Up {
    #[command(flatten)]
    pub server: Server,
    #[command(flatten)]
    pub node: Node,
}

/// How a node runs its containers.
#[derive(Args, Clone, Debug)]
pub struct Node {
    /// Use this OCI runtime (crun, runc, runsc, kata) in place of the built-in one.
    #[arg(long, value_name = "PATH", value_parser = runtime_program)]
    pub runtime: Option<PathBuf>,
    /// The availability zone that the node is in, or its letter alone; the region's first where none is named.
    #[arg(long, value_name = "ZONE")]
    pub zone: Option<String>,
    /// The network of the bridge; a free one where none is named.
    #[arg(long, value_name = "BLOCK")]
    pub bridge: Option<model::ec2::Ipv4Block>,
    /// Where other nodes reach this one, for the network between tasks: an address of this machine, with a UDP port where 4789 is not
    /// wanted. Where none is named, the address that the API is reached from; a node that reaches it on loopback is alone.
    #[arg(long, value_name = "ADDR[:PORT]", value_parser = overlay)]
    pub overlay: Option<(Ipv4Addr, Option<u16>)>,
    /// Send packets of VPCs to other nodes as they are, in place of VXLAN. For nodes on one segment that trust each other; all of them do it, or none.
    #[arg(long)]
    pub direct: bool,
    /// Have these CNI plugins (a configuration or list of version 1.0 or 1.1) connect awsvpc tasks, in place of VPCs. Then addresses, routes and names
    /// are theirs, and so is who reaches whom: security groups, public addresses and VPCs' name servers do nothing on this node.
    #[arg(long, value_name = "CONF", conflicts_with_all = ["overlay", "direct"])]
    pub cni: Option<PathBuf>,
    /// Where CNI plugins are looked for; several where the option is.
    #[arg(long, value_name = "DIR", default_value = "/opt/cni/bin", requires = "cni")]
    pub cni_path: Vec<PathBuf>,
    /// A resolver that name servers of VPCs ask, with a port where 53 is not wanted; several where the option is. Where none is named: those of
    /// this machine's /etc/resolv.conf.
    #[arg(long, value_name = "ADDR[:PORT]", value_parser = resolver)]
    pub resolver: Vec<SocketAddr>,
    /// CPU units to offer (1024 are one CPU); what the machine has where none are named.
    #[arg(long, value_name = "UNITS")]
    pub cpu: Option<u32>,
    /// Where the node says which tasks it runs, to programs that ask. A free port where another node has this one.
    #[arg(long, default_value = "127.0.0.1:51678", value_name = "ADDR:PORT")]
    pub introspection: SocketAddr,
    /// Memory to offer in MiB; what the machine has where none is named.
    #[arg(long, value_name = "MIB")]
    pub memory: Option<u32>,
    #[command(flatten, next_help_heading = "Options of the official agent")]
    pub settings: Settings,
}

/// A node that joins a control plane.
#[derive(Args, Clone, Debug)]
pub struct Joining {
    #[command(flatten)]
    pub place: Place,
    #[command(flatten)]
    pub node: Node,
    /// The API that the node belongs to. Its key comes from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    #[arg(long, env = "LONGSHORE_ENDPOINT", default_value = "http://127.0.0.1:4566", value_name = "URL")]
    pub endpoint: String,
    #[arg(long, env = "AWS_REGION", default_value = "us-east-1", value_name = "REGION")]
    pub region: String,
}

#[derive(Args, Clone, Debug)]
pub struct Agent {
    #[command(flatten)]
    pub joining: Joining,
    /// The cluster to be an instance of.
    #[arg(long, default_value = "default", value_name = "NAME")]
    pub cluster: String,
    /// Be a node of the pool that Fargate tasks run on, and no instance of a cluster.
    #[arg(long, value_enum, value_name = "POOL", conflicts_with = "cluster")]
    pub pool: Option<Pool>,
    /// The fleet (the Auto Scaling group of a capacity provider) that the node belongs to.
    #[arg(long, value_name = "NAME")]
    pub fleet: Option<String>,
    /// Which machine of its fleet it is, where somebody makes them.
    #[arg(long, value_name = "ID", requires = "fleet")]
    pub machine: Option<String>,
    /// The capacity provider of Managed Instances that the machine was made for.
    #[arg(long, value_name = "NAME", requires = "machine")]
    pub provider: Option<String>,
    /// Tells several nodes on one machine apart; each has a name of its own.
    #[arg(long, default_value = "node", value_name = "NAME")]
    pub name: String,
    /// Register as external (on-premises) capacity, for the EXTERNAL launch type.
    #[arg(long)]
    pub external: bool,
}

#[derive(Args, Clone, Debug)]
pub struct Lb {
    #[command(flatten)]
    pub joining: Joining,
    /// Tells several nodes on one machine apart; each has a name of its own.
    #[arg(long, default_value = "lb", value_name = "NAME")]
    pub name: String,
}

#[derive(Args, Clone, Debug)]
pub struct Engine {
    /// Where it keeps what is its own: its configuration, its control socket, its logs.
    #[arg(long, value_name = "DIR")]
    pub dir: PathBuf,
    /// Where the network namespaces of the node's load balancers are bound.
    #[arg(long, value_name = "DIR")]
    pub namespaces: PathBuf,
    /// The address that names of access logs give.
    #[arg(long, default_value = "127.0.0.1", value_name = "ADDR")]
    pub node_address: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Pool {
    Fargate,
    FargateSpot,
}

#[derive(Args, Clone, Debug)]
pub struct Down {
    #[command(flatten)]
    pub place: Place,
    /// Leave the containers running: stop the server and the agent only.
    #[arg(long)]
    pub keep_tasks: bool,
}

#[derive(Debug, Subcommand)]
pub enum Image {
    /// Load an image from a docker-archive, an OCI archive or an OCI directory.
    Load {
        #[command(flatten)]
        place: Place,
        path: PathBuf,
        /// Names to give it besides those it brings.
        #[arg(long, value_name = "NAME")]
        name: Vec<String>,
    },
    /// Pull an image from its registry, whatever is here already.
    Pull {
        #[command(flatten)]
        place: Place,
        name: String,
        /// Credentials of private registries, as for `agent`.
        #[arg(long, value_name = "FILE")]
        registry_auth: Option<PathBuf>,
    },
    /// List the images of this node.
    Ls {
        #[command(flatten)]
        place: Place,
    },
    /// Remove images by name.
    Rm {
        #[command(flatten)]
        place: Place,
        #[arg(required = true)]
        names: Vec<String>,
    },
    /// Make the small image of the tour, from this machine's busybox.
    Demo {
        #[command(flatten)]
        place: Place,
        #[arg(long, default_value = "longshore-demo", value_name = "NAME")]
        name: String,
    },
}

#[derive(Args, Clone, Debug)]
pub struct Doctor {
    #[command(flatten)]
    pub place: Place,
    /// Where the API is to listen.
    #[arg(long, default_value = "127.0.0.1:4566", value_name = "ADDR:PORT")]
    pub listen: SocketAddr,
}

fn overlay(text: &str) -> Result<(Ipv4Addr, Option<u16>), String> {
    let parsed = match text.split_once(':') {
        Some((address, port)) => address.parse().ok().zip(port.parse().ok().map(Some)),
        None => text.parse().ok().map(|address| (address, None)),
    };
    parsed.ok_or_else(|| "an overlay address is ADDR or ADDR:PORT".to_owned())
}

fn resolver(text: &str) -> Result<SocketAddr, String> {
    let address = || text.parse().map(|address: IpAddr| SocketAddr::new(address, 53));
    text.parse().or_else(|_| address()).map_err(|_| "a resolver is ADDR or ADDR:PORT".to_owned())
}

/// A program that can be run; a name without a directory is looked for where the shell would.
fn runtime_program(text: &str) -> Result<PathBuf, String> {
    use std::os::unix::fs::PermissionsExt;
    let named = PathBuf::from(text);
    let path = match text.contains('/') {
        true => std::path::absolute(&named).map_err(|e| e.to_string())?,
        false => std::env::var_os("PATH")
            .and_then(|all| std::env::split_paths(&all).map(|dir| dir.join(text)).find(|p| p.is_file()))
            .ok_or("there is no such program (apt-get install crun has one)")?,
    };
    match std::fs::metadata(&path) {
        Ok(file) if file.is_file() && file.permissions().mode() & 0o111 != 0 => Ok(path),
        Ok(_) => Err("it is no program that can be run".to_owned()),
        Err(error) => Err(format!("{error} (apt-get install crun has one)")),
    }
}

fn date(text: &str) -> Result<model::Timestamp, String> {
    let read = api::Timestamp::parse(text).map(|at| model::Timestamp::from_millis(at.epoch_ms()));
    read.ok_or_else(|| "a date is like 2030-01-31T12:00:00Z".to_owned())
}

fn account(text: &str) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err("an account is twelve digits".to_owned())
    }
}

impl Server {
    /// What agents and users are told to call.
    pub fn endpoint(&self, listening: SocketAddr) -> String {
        match &self.advertise {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None if listening.ip().is_unspecified() => {
                format!("http://{}:{}", Ipv4Addr::LOCALHOST, listening.port())
            }
            None => format!("http://{listening}"),
        }
    }
}
