//! The networks of this node.
use crate::{Attached, Attachment, EndpointId, Error, TaskNetwork};
use async_trait::async_trait;
use std::net::Ipv4Addr;
use std::path::PathBuf;

/// What a node's networks are made from.
#[derive(Clone, Debug)]
pub struct Config {
    /// Tells several Longshores on one machine apart: 1 to 6 letters or digits, part of every link and table name.
    pub instance: String,
    /// Records of endpoints; survives a restart of the agent.
    pub state_dir: PathBuf,
    /// Where namespaces are bound; gone after a reboot, as they are.
    pub run_dir: PathBuf,
    /// Network of the bridge; `None` takes a free one of 172.16.0.0/12.
    pub bridge_network: Option<(Ipv4Addr, u8)>,
}

/// The networks of this node.
pub struct NodeNetwork {}

impl NodeNetwork {
    pub async fn open(_config: Config) -> Result<Self, Error> {
        Ok(Self {})
    }
}

#[async_trait]
impl TaskNetwork for NodeNetwork {
    async fn attach(&self, id: &EndpointId, _attachment: &Attachment) -> Result<Attached, Error> {
        Err(Error::BadEndpointId(id.to_string()))
    }
    async fn detach(&self, _id: &EndpointId) -> Result<(), Error> {
        Ok(())
    }
    async fn recover(&self, _live: &[EndpointId]) -> Result<Vec<(EndpointId, Attached)>, Error> {
        Ok(vec![])
    }
}
