//! Container instances, keyed by ARN.

use crate::{Entries, Index, KeyOrder, Record, Source, Version};
use model::ecs::ContainerInstance;
use model::ids::Scope;
use model::status::InstanceStatus;
use std::sync::Arc;

/// Cluster. Nodes that serve a pool only are not listed here.
pub const BY_CLUSTER: Index<ContainerInstance> = Index::new("by_cluster");

/// (cluster, status). Nodes that serve a pool only are not listed here.
pub const BY_STATUS: Index<ContainerInstance> = Index::new("by_status");

/// The operator's pool: `Fargate`, `FargateSpot`; also nodes that serve a cluster besides.
pub const BY_POOL: Index<ContainerInstance> = Index::new("by_pool");

/// Id of the EC2 instance (or of a node that stands for one).
pub const BY_EC2_INSTANCE: Index<ContainerInstance> = Index::new("by_ec2_instance");

/// The attribute that names an instance's zone.
pub const ZONE: &str = "ecs.availability-zone";

/// The attribute of an instance that stands for every zone.
pub const ZONES: &str = "longshore.zones";

/// The machine that has an EC2 instance's id: of several clusters' records the one that was registered last.
pub fn machine(from: &impl Source, scope: &Scope, id: &str) -> Option<Arc<ContainerInstance>> {
    let known = from.table::<ContainerInstance>().by_index(BY_EC2_INSTANCE, id);
    let known = known.filter(|i| i.status != InstanceStatus::Inactive && i.arn.scope() == *scope);
    known.max_by_key(|i| (i.registered_at, i.arn.to_string())).cloned()
}

impl Version for ContainerInstance {}

impl Record for ContainerInstance {
    const TABLE: &'static str = "ecs.container_instance";
    const KEYS: KeyOrder = KeyOrder::Ending;

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        if let Some(pool) = self.pool {
            entries.add(BY_POOL, pool);
        }
        if !self.serves_pool_only() {
            entries.add(BY_CLUSTER, &self.cluster);
            entries.add(BY_STATUS, (&self.cluster, self.status.as_str()));
        }
        if let Some(id) = &self.ec2_instance_id {
            entries.add(BY_EC2_INSTANCE, id);
        }
    }
}
