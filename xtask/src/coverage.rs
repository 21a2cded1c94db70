//! stub
use anyhow::Result;
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Write,
    Check,
}
pub fn run(_m: Mode) -> Result<()> {
    Ok(())
}
