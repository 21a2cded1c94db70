//! placeholder
use anyhow::Result;

pub async fn run(_: &crate::cli::Place) -> Result<()> {
    Ok(())
}
