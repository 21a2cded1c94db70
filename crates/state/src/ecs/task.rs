//! Tasks, keyed by ARN.

use crate::{Entries, Index, KeyOrder, Record, Version};
use model::ecs::Task;
use model::status::DesiredStatus;

/// Cluster.
pub const BY_CLUSTER: Index<Task> = Index::new("by_cluster");

/// (cluster, desired status): what ListTasks walks.
pub const BY_DESIRED_STATUS: Index<Task> = Index::new("by_desired_status");

/// Container instance, all tasks that were ever placed there and are still kept.
pub const BY_CONTAINER_INSTANCE: Index<Task> = Index::new("by_container_instance");

/// Container instance, only tasks that hold its resources: what placement counts and an agent's session sends.
pub const HOLDING: Index<Task> = Index::new("holding");

/// (container instance, what is wanted of it), of the tasks of [`HOLDING`]: what an agent is told of them goes by these two lists.
pub const WANTED: Index<Task> = Index::new("wanted");
/// Of [`WANTED`]: they are to run.
pub const TO_RUN: &str = "run";
/// Of [`WANTED`]: they are to stop.
pub const TO_STOP: &str = "stop";

/// (cluster, family of the task definition).
pub const BY_FAMILY: Index<Task> = Index::new("by_family");

/// (cluster, group): `service:NAME`, `family:NAME` or what the caller named.
pub const BY_GROUP: Index<Task> = Index::new("by_group");

/// (cluster, group), only tasks of services and daemons that their scheduler has to do with: those that live, and those whose end it has not
/// taken into account yet.
pub const OPEN: Index<Task> = Index::new("open");

/// (cluster, startedBy).
pub const BY_STARTED_BY: Index<Task> = Index::new("by_started_by");

/// Cluster, only tasks that wait for a container instance.
pub const UNPLACED: Index<Task> = Index::new("unplaced");

/// When it stopped, for forgetting it ([`crate::Table::up_to`]).
pub const BY_STOPPED_AT: Index<Task> = Index::new("by_stopped_at");

impl Version for Task {}

impl Record for Task {
    const TABLE: &'static str = "ecs.task";
    const KEYS: KeyOrder = KeyOrder::Ending;

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        let cluster = &self.cluster;
        entries.add(BY_CLUSTER, cluster);
        entries.add(BY_DESIRED_STATUS, (cluster, self.desired_status.as_str()));
        entries.add(BY_FAMILY, (cluster, self.task_definition.family()));
        entries.add(BY_GROUP, (cluster, &self.group));
        if (self.is_of_service() || self.is_of_daemon()) && !(self.last_status.is_over() && self.accounted) {
            entries.add(OPEN, (cluster, &self.group));
        }
        if let Some(started_by) = &self.started_by {
            entries.add(BY_STARTED_BY, (cluster, started_by));
        }
        match &self.container_instance {
            Some(instance) => {
                entries.add(BY_CONTAINER_INSTANCE, instance);
                if self.holds_resources() {
                    entries.add(HOLDING, instance);
                    let stops = self.desired_status == DesiredStatus::Stopped;
                    entries.add(WANTED, (instance, if stops { TO_STOP } else { TO_RUN }));
                }
            }
            None if !self.last_status.is_over() => entries.add(UNPLACED, cluster),
            None => {}
        }
        if let Some(stopped_at) = self.stopped_at {
            entries.add(BY_STOPPED_AT, stopped_at);
        }
    }
}
