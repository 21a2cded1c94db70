//! `longshore agent`: a node of a control plane elsewhere.

use crate::cli::Agent;
use crate::node::Node;
use agent::aws::Credentials;
use anyhow::{Context, Result, anyhow};

pub async fn run(options: Agent) -> Result<()> {
    let variable = |name: &str| {
        std::env::var(name)
            .with_context(|| format!("{name} is not set; `longshore env` at the server prints it"))
    };
    let credentials = Credentials::new(variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?);
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
    };
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
