//! A container instance: a node of a cluster, or of the operator's Fargate pool.

use super::attribute::Attribute;
use crate::ids::{ClusterArn, ContainerInstanceArn};
use crate::status::InstanceStatus;
use crate::{CpuUnits, MemoryMib, Tag, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The record of a container instance. Key: its ARN. What is left of its resources is not recorded: it is what it registered
/// less what its tasks hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ContainerInstance {
    pub arn: ContainerInstanceArn,
    pub cluster: ClusterArn,
    pub status: InstanceStatus,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_reason: Option<String>,
    /// Grows with every change, as `version` shows it.
    pub version: i64,
    pub registered_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deregistered_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ec2_instance_id: Option<String>,
    /// Whether the agent has a session now. Observed: the session's own writing.
    pub agent_connected: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connectivity_at: Option<Timestamp>,
    pub agent: AgentVersion,
    pub registered: Resources,
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// The operator's shared pool that the node serves too. A node that serves nothing else is registered in [`POOL_CLUSTER`] and is no
    /// instance of anybody's cluster.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Pool>,
    /// The operator wants the node back: it takes no more tasks of its pool. Until its agent registers anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaving_pool: Option<LeavingPool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_provider: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// The name of the cluster that nodes of a pool register in. Not a cluster that anybody can make, list or describe.
pub const POOL_CLUSTER: &str = "longshore-pool";

/// The attribute of an instance whose agent plugs interfaces of VPCs into its machine.
pub const MACHINE_INTERFACES: &str = "longshore.machine-interfaces";

/// The attribute of an instance whose agent runs a data plane of load balancers; its value [`BALANCERS_ONLY`] is a node's that does nothing else.
pub const BALANCERS: &str = "longshore.balancers";
pub const BALANCERS_ONLY: &str = "only";
/// The attribute of such an instance on the operator's own machine: the names of load balancers lead to its loopback.
pub const DOORS: &str = "longshore.doors";

impl ContainerInstance {
    /// The attribute of that name.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|a| a.name == name)
    }

    /// Whether the node belongs to a pool and to no cluster.
    pub fn serves_pool_only(&self) -> bool {
        self.cluster.name() == POOL_CLUSTER
    }
}

/// What runs on the node, as its last session said.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentVersion {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub docker_version: Option<String>,
}

/// What a node offers in all. Ports are those taken by the node itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Resources {
    pub cpu: CpuUnits,
    pub memory: MemoryMib,
    #[serde(default)]
    pub ports_tcp: BTreeSet<u16>,
    #[serde(default)]
    pub ports_udp: BTreeSet<u16>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gpus: Vec<String>,
    /// Ids of the cores of Neuron devices, which no task definition can reserve.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub neuron_cores: Vec<String>,
}

/// How a node leaves its pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LeavingPool {
    /// When its Fargate tasks stop.
    pub at: Timestamp,
    /// A Spot node that was reclaimed: its Spot tasks are interrupted already.
    pub reclaimed: bool,
}

/// A pool of nodes that the operator shares among clusters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Pool {
    #[serde(rename = "fargate")]
    Fargate,
    #[serde(rename = "fargate-spot")]
    FargateSpot,
}
