//! `longshore up`: everything on this machine, in the foreground.

use crate::cli::{Auth, Pool, Up};
use crate::node::Node;
use crate::server::ControlPlane;
use agent::aws::Credentials;
use anyhow::{Result, anyhow};
use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// The name of the node that `up` makes.
pub const NODE: &str = "up";

pub async fn run(options: Up) -> Result<()> {
    let progress = Progress::new();
    progress.say("opening the state");
    let mut control = ControlPlane::start(&options.server, &["server", "agent"]).await?;
    control.serve();
    progress.say("starting the node");
    let started = start_node(&options, &control).await;
    let running = match started {
        Ok(running) => running,
        Err(error) => {
            control.stop().await;
            return Err(error);
        }
    };
    progress.say("registering the node");
    let ready = match running.registered().await {
        Ok(instance) => control.connected(&instance).await,
        Err(reason) => Err(anyhow!("the node was not registered: {reason}")),
    };
    if let Err(error) = ready {
        running.stop().await;
        control.stop().await;
        return Err(error);
    }
    progress.done();
    welcome(&control, &options);
    super::asked_to_end().await?;
    eprintln!("longshore: stopping; tasks keep running (`longshore down` ends them too)");
    running.stop().await;
    control.stop().await;
    Ok(())
}

async fn start_node(options: &Up, control: &ControlPlane) -> Result<agent::Handle> {
    let node = Node {
        options: options.node.clone(),
        data_dir: options.server.place.data_dir.clone(),
        name: NODE.to_owned(),
        // The node lies on this machine: it needs no address that others see.
        endpoint: control.endpoint.clone(),
        region: control.scope.region.clone(),
        credentials: Credentials::new(&control.key.access_key_id, control.key.secret_access_key.expose()),
        cluster: Some("default".to_owned()),
        pool: Some(Pool::Fargate),
        // One node stands for all zones of the pool, so that a task of any subnet runs here.
        every_zone: true,
        external: false,
        fleet: None,
        machine: None,
        provider: None,
        balancers_only: false,
    };
    node.start().await
}

/// A spinner that says what is being done, on a terminal; nothing elsewhere.
struct Progress(ProgressBar);

impl Progress {
    fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        bar.set_style(
            ProgressStyle::with_template("{spinner} {msg}")
                .unwrap_or_else(|_| ProgressStyle::default_spinner()),
        );
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    fn say(&self, what: &'static str) {
        self.0.set_message(what);
    }

    fn done(&self) {
        self.0.finish_and_clear();
    }
}

fn welcome(control: &ControlPlane, options: &Up) {
    let dir = &options.server.place.data_dir;
    let flag = if dir.as_os_str() == "/var/lib/longshore" {
        String::new()
    } else {
        format!(" --data-dir {}", dir.display())
    };
    let program =
        std::env::current_exe().map_or_else(|_| "longshore".to_owned(), |p| p.display().to_string());
    let subnets: Vec<&str> = control.network.subnets.iter().map(|s| s.id.as_str()).collect();
    println!("Longshore is up: {}", control.endpoint);
    if options.server.auth == Auth::Off {
        println!("AUTHENTICATION IS OFF: every program of this machine is the administrator.");
    }
    println!();
    println!("In another terminal:");
    println!("  eval \"$({program} env{flag})\"");
    println!();
    println!("Then, for example:");
    println!("  aws ecs list-container-instances");
    println!("  {program} image demo{flag}");
    println!(
        "  aws ecs register-task-definition --family hello --container-definitions \
         '[{{\"name\":\"hello\",\"image\":\"longshore-demo\",\"memory\":32,\"command\":[\"echo\",\"hello\"]}}]' && \
         aws ecs run-task --task-definition hello"
    );
    println!();
    println!("Subnets of the default VPC: {}", subnets.join(" "));
    println!("Ctrl-C stops Longshore and leaves tasks running; `{program} down{flag}` ends everything.");
}
