//! What one command of this machine finds of another: the endpoint, region and key in a data directory.

use crate::cli::Place;
use crate::server::ENDPOINT_FILE;
use anyhow::{Context, Result, bail};
use auth::AdministratorKey;
use std::fs;
use std::io::ErrorKind;

/// A Longshore that was started in a data directory.
pub struct Local {
    pub endpoint: String,
    pub region: String,
    pub key: AdministratorKey,
}

impl Local {
    /// Reads what its server wrote.
    pub fn find(place: &Place) -> Result<Self> {
        let dir = &place.data_dir;
        let path = dir.join(ENDPOINT_FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(e) if e.kind() == ErrorKind::NotFound => {
                bail!(
                    "no Longshore was started in {}; start one with: longshore up --data-dir {}",
                    dir.display(),
                    dir.display()
                )
            }
            Err(e) if e.kind() == ErrorKind::PermissionDenied => {
                bail!("{} cannot be read; run this as the user who runs Longshore (root)", path.display())
            }
            Err(e) => return Err(e).with_context(|| format!("cannot read {}", path.display())),
        };
        let mut lines = text.lines();
        let (Some(endpoint), Some(region)) = (lines.next(), lines.next()) else {
            bail!("{} is damaged; start Longshore again", path.display());
        };
        let key = AdministratorKey::load(dir)?.with_context(|| format!("{} holds no key", dir.display()))?;
        Ok(Self { endpoint: endpoint.to_owned(), region: region.to_owned(), key })
    }
}
