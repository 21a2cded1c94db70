//! Kernel parameters of a container.
//!
//! They are written by root of the machine, who sees all of /proc/sys: a parameter that is not a namespace's, or whose namespace is the host's,
//! would be the machine's own. Nothing below this checks it.

use crate::error::{Error, Result};
use crate::spec::{ContainerSpec, IpcSpace, NetworkSpace};
use model::sysctl::{Owner, owner};
use serde_json::{Map, Value, json};

pub(super) fn all(spec: &ContainerSpec) -> Result<Map<String, Value>> {
    let mut all = Map::new();
    for (name, value) in &spec.sysctls {
        let refuse = |why: &str| Err(Error::InvalidSpec { reason: format!("sysctl {name:?} {why}") });
        match owner(name) {
            None => return refuse("is not in a separate kernel namespace"),
            Some(Owner::Network) if spec.network == NetworkSpace::Host => {
                return refuse("is not allowed in the host's network namespace");
            }
            Some(Owner::Ipc) if spec.ipc == IpcSpace::Host => {
                return refuse("is not allowed in the host's IPC namespace");
            }
            Some(Owner::Network | Owner::Ipc) => all.insert(name.clone(), json!(value)),
        };
    }
    Ok(all)
}
