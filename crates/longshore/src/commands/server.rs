//! `longshore server`: the control plane only.

use crate::cli::Server;
use crate::server::ControlPlane;
use anyhow::Result;

pub async fn run(options: Server) -> Result<()> {
    let mut control = ControlPlane::start(&options, &["server"]).await?;
    control.serve();
    eprintln!("longshore: the API listens on {}", control.endpoint);
    super::asked_to_end().await?;
    eprintln!("longshore: stopping");
    control.stop().await;
    Ok(())
}
