//! placeholder
use anyhow::Result;

pub fn run(_: &crate::cli::Doctor) -> Result<()> {
    Ok(())
}
