//! The listener of tasks on the node's own network.
//!
//! It is opened for the first such task. At 169.254.170.2 where that is free; where another Longshore of the machine, or anybody else, has it,
//! at a port of loopback. Containers know the address from their environment, so it stays the same over restarts of the agent.

use super::SERVICE;
use crate::engine::checkpoint::write_atomically;
use net::{Error, TaskNetwork};
use serde::{Deserialize, Serialize};
use std::io;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::{Path, PathBuf};
use tokio::net::TcpListener;

/// Where SDKs look.
pub(super) const USUAL: &str = "http://169.254.170.2";

/// Which address the node has for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    address: SocketAddrV4,
}

/// Opens it; the text is what URIs begin with. `dir` keeps the choice.
pub(super) async fn open(network: &dyn TaskNetwork, dir: &Path) -> Result<(TcpListener, String), Error> {
    let path = dir.join("host-endpoint.json");
    let failed = |action, source| Error::File { action, path: path.clone(), source };
    let known = read(&path).map_err(|e| failed("read", e))?.map(|r| r.address);
    let listener = match known {
        Some(address) if address != SERVICE.address => match TcpListener::bind(address).await {
            Ok(listener) => Some((listener, address)),
            Err(error) => {
                tracing::error!(%address, %error, "the task endpoint's address is taken: host network tasks that run already cannot reach it any more");
                None
            }
        },
        Some(_) | None => None,
    };
    let (listener, address) = match listener {
        Some(known) => known,
        None => choose(network, known.is_some()).await?,
    };
    if known != Some(address) {
        let bytes = serde_json::to_vec(&Record { address }).expect("an address is JSON");
        write_atomically(&path, &bytes, false).map_err(|e| failed("write", e))?;
    }
    tracing::info!(%address, "task endpoint of the host network");
    Ok((listener, base(address)))
}

async fn choose(network: &dyn TaskNetwork, had_one: bool) -> Result<(TcpListener, SocketAddrV4), Error> {
    match network.listen(None, SERVICE).await {
        Ok(listener) => return Ok((listener, SERVICE.address)),
        Err(Error::AddressTaken(address)) if had_one => {
            tracing::error!(%address, "the task endpoint's address is taken: host network tasks that run already cannot reach it any more");
        }
        Err(Error::AddressTaken(_)) => {}
        Err(error) => return Err(error),
    }
    let bound = async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        Ok::<_, io::Error>((listener, SocketAddrV4::new(Ipv4Addr::LOCALHOST, address.port())))
    };
    bound.await.map_err(|source| Error::System { action: "listen on a port of loopback".to_owned(), source })
}

fn base(address: SocketAddrV4) -> String {
    if address == SERVICE.address { USUAL.to_owned() } else { format!("http://{address}") }
}

fn read(path: &PathBuf) -> io::Result<Option<Record>> {
    match std::fs::read(path) {
        // After a loss of power it may be empty; then no task runs that knows it.
        Ok(bytes) => Ok(serde_json::from_slice(&bytes).ok()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
