//! `longshore agent` and `longshore lb`: a node of a control plane elsewhere.

use crate::cli::{Agent, Joining, Lb};
use crate::node::Node;
use agent::aws::Credentials;
use anyhow::{Context, Result, anyhow};

/// The node that joins under a name, of no cluster and no pool.
fn node(joining: Joining, name: String) -> Result<Node> {
    let variable = |name: &str| {
        std::env::var(name)
            .with_context(|| format!("{name} is not set; `longshore env` at the server prints it"))
    };
    let credentials = Credentials::new(variable("AWS_ACCESS_KEY_ID")?, variable("AWS_SECRET_ACCESS_KEY")?);
    Ok(Node {
        options: joining.node,
        data_dir: joining.place.data_dir,
        name,
        endpoint: joining.endpoint.trim_end_matches('/').to_owned(),
        region: joining.region,
        credentials,
        cluster: None,
        pool: None,
        every_zone: false,
        external: false,
        fleet: None,
        machine: None,
        provider: None,
        balancers_only: false,
    })
}

pub async fn run(options: Agent) -> Result<()> {
    let cluster = options.pool.is_none().then_some(options.cluster);
    serve(Node {
        cluster,
        pool: options.pool,
        external: options.external,
        fleet: options.fleet,
        machine: options.machine,
        provider: options.provider,
        ..node(options.joining, options.name)?
    })
    .await
}

/// A node that carries load balancers and runs no tasks: it is an instance of nobody's cluster, and of no pool.
pub async fn run_balancers(options: Lb) -> Result<()> {
    serve(Node { balancers_only: true, ..node(options.joining, options.name)? }).await
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
