//! `longshore agent` and `longshore lb`: a node of a control plane elsewhere.

use crate::cli::{Agent, Lb};
use crate::node::Node;
use agent::aws::Credentials;
use anyhow::{Context, Result, anyhow};

fn credentials() -> Result<Credentials> {
    let variable = |name: &str| {
        std::env::var(name)
            .with_context(|| format!("{name} is not set; `longshore env` at the server prints it"))
    };
    Ok(Credentials::new(variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?))
}

pub async fn run(options: Agent) -> Result<()> {
    let credentials = credentials()?;
    let node = Node {
        options: options.node.clone(),
        data_dir: options.place.data_dir.clone(),
        name: options.name.clone(),
        endpoint: options.endpoint.trim_end_matches('/').to_owned(),
        region: options.region.clone(),
        credentials,
        cluster: options.pool.is_none().then(|| options.cluster.clone()),
        pool: options.pool,
        every_zone: false,
        external: options.external,
        fleet: options.fleet.clone(),
        machine: options.machine.clone(),
        provider: options.provider.clone(),
        balancers_only: false,
    };
    serve(node).await
}

/// A node that carries load balancers and runs no tasks: it is an instance of nobody's cluster, and of no pool.
pub async fn run_balancers(options: Lb) -> Result<()> {
    let credentials = credentials()?;
    let node = Node {
        options: options.node.clone(),
        data_dir: options.place.data_dir.clone(),
        name: options.name.clone(),
        endpoint: options.endpoint.trim_end_matches('/').to_owned(),
        region: options.region.clone(),
        credentials,
        cluster: None,
        pool: None,
        every_zone: false,
        external: false,
        fleet: None,
        machine: None,
        provider: None,
        balancers_only: true,
    };
    serve(node).await
}

async fn serve(node: Node) -> Result<()> {
    let running = node.start().await?;
    match running.registered().await {
        Ok(arn) => eprintln!("longshore: registered as {arn}"),
        Err(reason) => {
            running.stop().await;
            return Err(anyhow!("the node was not registered: {reason}"));
        }
    }
    super::asked_to_end().await?;
    eprintln!("longshore: stopping; tasks keep running");
    running.stop().await;
    Ok(())
}
