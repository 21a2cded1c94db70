//! `longshore lb-engine`: the process that carries the traffic of a node's load balancers. The agent starts it; nobody else has to.
//!
//! It serves the last configuration that it was given, whether an agent or a control plane is there or not, until it is told to end.

use super::socket;
use crate::cli::Engine as Options;
use anyhow::{Context, Result};
use lb::{Engine, Forwarder, Sockets};
use model::balancer::FORMAT;
use model::balancer::forwarding::{Carried, Flowing, Forwarding, Lane};
use rustix::fs::{FlockOperation, flock};
use rustix::process::{Pid, Resource, Rlimit, getrlimit, setrlimit};
use rustix::thread::{CapabilitySet, CapabilitySets, set_capabilities, set_no_new_privs};
use socket2::{Domain, Socket, Type};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Gives up what carrying traffic does not take, before there is any other thread, and serves until it is told to end.
pub fn run(options: Options) -> Result<()> {
    restrict().context("cannot give up privileges")?;
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?
        .block_on(serve(options))
}

/// What it reads comes from anybody: of root's rights it keeps that of entering networks of its load balancers, of listening at ports below 1024, and of the
/// addresses of others.
fn restrict() -> io::Result<()> {
    let kept = CapabilitySet::SYS_ADMIN
        | CapabilitySet::NET_ADMIN
        | CapabilitySet::NET_BIND_SERVICE
        | CapabilitySet::NET_RAW;
    // First, since it takes what is given up next.
    set_nofile_limit()?;
    set_no_new_privs(true)?;
    let none = CapabilitySet::empty();
    Ok(set_capabilities(None, CapabilitySets { effective: kept, permitted: kept, inheritable: none })?)
}

async fn serve(options: Options) -> Result<()> {
    // Out of the session of whoever started it: a signal for those is none for this.
    match rustix::process::setsid() {
        // It leads one already, where an operator started it in its own.
        Ok(_) | Err(rustix::io::Errno::PERM) => {}
        Err(error) => return Err(error).context("cannot leave the session"),
    }
    let dir = &options.dir;
    crate::server::make_private_dir(dir)?;
    let _lock = Lock::take(dir)
        .with_context(|| format!("another process serves the load balancers of {}", dir.display()))?;
    let logs = lb::log::Directory::open(&dir.join("logs"), &options.node_address)
        .context("cannot open the directory of the access logs")?;
    let engine = Engine::start(lb::Options {
        sockets: Arc::new(Namespaces { run_dir: options.namespaces.clone() }),
        forwarder: Some(Arc::new(Kernel {
            run_dir: options.namespaces.clone(),
            forwards: net::Forwards::default(),
        })),
        logs: Arc::new(logs),
        ..lb::Options::default()
    });
    let engine = Arc::new(engine.context("cannot start the data plane")?);
    let stop = CancellationToken::new();
    let ended = stop.clone();
    tokio::spawn(async move {
        if let Err(error) = crate::commands::asked_to_end().await {
            tracing::error!(error = format!("{error:#}"), "signals cannot be heard");
        }
        ended.cancel();
    });
    lb::process::serve(Arc::clone(&engine), dir, &socket(dir), stop).await?;
    // Ends the connections, with the time that they have for it.
    tokio::task::spawn_blocking(move || drop(engine)).await.context("the data plane did not end well")
}

/// Every connection is one open file or two.
const FILES: u64 = 1 << 20;

/// As many files as the kernel lets a process have.
fn set_nofile_limit() -> io::Result<()> {
    let limit = getrlimit(Resource::Nofile);
    let wanted = Some(limit.maximum.map_or(FILES, |maximum| maximum.max(FILES)));
    match setrlimit(Resource::Nofile, Rlimit { current: wanted, maximum: wanted }) {
        // The kernel's own limit (fs.nr_open) is lower.
        Err(rustix::io::Errno::PERM) => {
            Ok(setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })?)
        }
        other => Ok(other?),
    }
}

/// Sockets in the namespaces of the node's load balancers, and in the machine's own network.
struct Namespaces {
    run_dir: PathBuf,
}

impl Sockets for Namespaces {
    fn socket(&self, namespace: Option<&str>, domain: Domain, kind: Type) -> io::Result<Socket> {
        let make = || Socket::new(domain, kind, None);
        match namespace {
            Some(name) => net::visit(&net::balancer_path(&self.run_dir, name), make),
            None => make(),
        }
    }
}

/// The packet filter of those namespaces.
struct Kernel {
    run_dir: PathBuf,
    forwards: net::Forwards,
}

impl Kernel {
    fn path(&self, namespace: &str) -> PathBuf {
        net::balancer_path(&self.run_dir, namespace)
    }
}

impl Forwarder for Kernel {
    fn forward(&self, namespace: &str, wanted: &Forwarding) -> io::Result<()> {
        self.forwards.forward(&self.path(namespace), wanted)
    }

    fn carried(&self, namespace: &str) -> io::Result<Vec<(Lane, Carried)>> {
        self.forwards.carried(&self.path(namespace))
    }

    fn flowing(&self, namespace: &str) -> io::Result<Vec<Flowing>> {
        self.forwards.flowing(&self.path(namespace))
    }

    fn end(&self, namespace: &str, flows: &dyn Fn(&Flowing) -> bool) -> io::Result<u64> {
        self.forwards.end(&self.path(namespace), flows)
    }
}

/// One process a directory.
pub struct Lock {
    _file: File,
}

impl Lock {
    fn path(dir: &Path) -> PathBuf {
        dir.join("process")
    }

    fn take(dir: &Path) -> io::Result<Self> {
        let mut file = fs::OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(Self::path(dir))?;
        flock(&file, FlockOperation::NonBlockingLockExclusive)?;
        file.set_len(0)?;
        writeln!(file, "{} {FORMAT}", std::process::id())?;
        Ok(Self { _file: file })
    }

    /// The process that has it, and the format of configurations that it takes.
    pub fn holder(dir: &Path) -> io::Result<Option<(Pid, u32)>> {
        let path = Self::path(dir);
        let file = File::open(&path)?;
        match flock(&file, FlockOperation::NonBlockingLockShared) {
            Ok(()) => return Ok(None),
            Err(rustix::io::Errno::WOULDBLOCK) => {}
            Err(error) => return Err(error.into()),
        }
        let text = fs::read_to_string(&path)?;
        let mut words = text.split_whitespace();
        let pid = words.next().and_then(|word| word.parse().ok()).and_then(Pid::from_raw);
        let format = words.next().and_then(|word| word.parse().ok());
        let unnamed = || io::Error::other(format!("{} is held, but names no process", path.display()));
        pid.zip(format).map(Some).ok_or_else(unnamed)
    }
}
