//! A fleet whose machines the operator's own program makes.
//!
//! `PROGRAM start MACHINE` makes sure that the machine runs, `PROGRAM stop MACHINE` that it is gone; both may come again at any time. What it has to know
//! is in its environment: LONGSHORE_FLEET, LONGSHORE_MACHINE, LONGSHORE_PROVIDER, LONGSHORE_CLUSTER, LONGSHORE_ENDPOINT, LONGSHORE_CPU, LONGSHORE_MEMORY. On the machine, in the end,
//! runs `longshore agent --cluster … --fleet … --machine … --provider …`. The exit code 0 says that it is done.

use super::{Fleet, failed};
use ecs::{Doing, FleetError, InstanceFleet, Order};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::process::Command;

/// How long the program may take.
const PATIENCE: Duration = Duration::from_secs(120);
/// How much of what it says is told.
const MOST_WORDS: usize = 500;

pub struct Program {
    fleet: Fleet,
    program: PathBuf,
    endpoint: String,
}

impl Program {
    pub fn new(fleet: Fleet, program: PathBuf, endpoint: &str) -> Self {
        Self { fleet, program, endpoint: endpoint.to_owned() }
    }

    async fn call(&self, verb: &str, order: &Order) -> Result<(), FleetError> {
        let settings = &self.fleet.settings;
        let mut command = Command::new(&self.program);
        command.arg(verb).arg(&order.machine).stdin(Stdio::null()).kill_on_drop(true);
        command.env("LONGSHORE_FLEET", &order.fleet).env("LONGSHORE_MACHINE", &order.machine);
        command.env("LONGSHORE_CLUSTER", &order.cluster).env("LONGSHORE_ENDPOINT", &self.endpoint);
        command.env("LONGSHORE_PROVIDER", &order.provider);
        command.env("LONGSHORE_CPU", settings.cpu.to_string());
        command.env("LONGSHORE_MEMORY", settings.memory.0.to_string());
        let ran = tokio::time::timeout(PATIENCE, command.output()).await;
        let program = self.program.display();
        let output = ran
            .map_err(|_| {
                failed(order, format!("{program} {verb} took longer than {} s", PATIENCE.as_secs()))
            })?
            .map_err(|e| failed(order, format!("{program} {verb} could not be run: {e}")))?;
        if output.status.success() {
            return Ok(());
        }
        let said: String = String::from_utf8_lossy(&output.stderr).trim().chars().take(MOST_WORDS).collect();
        Err(failed(order, format!("{program} {verb}: {}: {said}", output.status)))
    }
}

impl InstanceFleet for Program {
    fn start<'a>(&'a self, order: &'a Order) -> Doing<'a> {
        Box::pin(self.call("start", order))
    }

    fn stop<'a>(&'a self, order: &'a Order) -> Doing<'a> {
        Box::pin(self.call("stop", order))
    }
}
