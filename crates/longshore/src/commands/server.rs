//! `longshore server`: the control plane only.

use crate::cli::Server;
use crate::server::ControlPlane;
use anyhow::Result;

pub async fn run(options: Server) -> Result<()> {
    let mut control = ControlPlane::start(&options, &["server"]).await?;
    control.serve();
    let subnets: Vec<&str> = control.network.subnets.iter().map(|s| s.id.as_str()).collect();
    eprintln!("longshore: the API listens on {}", control.endpoint);
    eprintln!("longshore: subnets of the default VPC: {}", subnets.join(" "));
    super::asked_to_end().await?;
    eprintln!("longshore: stopping");
    control.stop().await;
    Ok(())
}
