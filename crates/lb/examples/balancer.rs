//! Serves the configuration in a file until it is ended: `balancer CONFIGURATION.json [WORKERS] [relay]`. Namespaces that it names are those of
//! `ip netns`; the kernel forwards what it can of their flows, unless all of it is to be relayed. For benchmarks and for trying things out.

use lb::{Engine, Forwarder, Options, Sockets};
use model::balancer::forwarding::{Carried, Flowing, Forwarding, Lane};
use socket2::{Domain, Socket, Type};
use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn path(namespace: &str) -> PathBuf {
    Path::new("/run/netns").join(namespace)
}

struct Namespaces;

impl Sockets for Namespaces {
    fn socket(&self, namespace: Option<&str>, domain: Domain, kind: Type) -> io::Result<Socket> {
        let make = || Socket::new(domain, kind, None);
        namespace.map_or_else(make, |namespace| net::visit(&path(namespace), make))
    }
}

#[derive(Default)]
struct Kernel(net::Forwards);

impl Forwarder for Kernel {
    fn forward(&self, namespace: &str, wanted: &Forwarding) -> io::Result<()> {
        self.0.forward(&path(namespace), wanted)
    }

    fn carried(&self, namespace: &str) -> io::Result<Vec<(Lane, Carried)>> {
        self.0.carried(&path(namespace))
    }

    fn flowing(&self, namespace: &str) -> io::Result<Vec<Flowing>> {
        self.0.flowing(&path(namespace))
    }

    fn end(&self, namespace: &str, flows: &dyn Fn(&Flowing) -> bool) -> io::Result<u64> {
        self.0.end(&path(namespace), flows)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: balancer CONFIGURATION.json [WORKERS] [relay]")?;
    let workers = arguments.next().map_or(Ok(1), |workers| workers.parse())?;
    let forwarder = match arguments.next().as_deref() {
        None => Some(Arc::new(Kernel::default()) as Arc<dyn Forwarder>),
        Some("relay") => None,
        Some(other) => return Err(format!("'{other}' is not known").into()),
    };
    let configuration: model::balancer::Configuration = serde_json::from_slice(&std::fs::read(file)?)?;
    let engine =
        Engine::start(Options { workers, sockets: Arc::new(Namespaces), forwarder, ..Options::default() })?;
    engine.apply(&configuration)?;
    loop {
        std::thread::park();
    }
}
