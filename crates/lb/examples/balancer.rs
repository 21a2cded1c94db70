//! Serves the configuration in a file until it is ended: `balancer CONFIGURATION.json [WORKERS]`. For benchmarks and for trying things out.

use lb::{Engine, Options};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().ok_or("usage: balancer CONFIGURATION.json [WORKERS]")?;
    let workers = arguments.next().map_or(Ok(1), |workers| workers.parse())?;
    let configuration: model::balancer::Configuration = serde_json::from_slice(&std::fs::read(path)?)?;
    let engine = Engine::start(Options { workers, ..Options::default() })?;
    engine.apply(&configuration)?;
    loop {
        std::thread::park();
    }
}
