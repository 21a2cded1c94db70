//! Counts over the tables: what DescribeClusters shows.

use model::ecs::{Cluster, ContainerInstance, Task};
use model::ids::ClusterArn;
use model::status::{DesiredStatus, InstanceStatus, LaunchType, TaskStatus};
use state::Snapshot;
use state::ecs::{container_instance, task};

/// Tasks and instances of one cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ClusterCounts {
    /// ACTIVE and DRAINING.
    pub instances: i32,
    pub running_ec2: i32,
    pub running_fargate: i32,
    pub running_external: i32,
    pub pending_ec2: i32,
    pub pending_fargate: i32,
    pub pending_external: i32,
}

impl ClusterCounts {
    pub(crate) fn of(snapshot: &Snapshot, cluster: &ClusterArn) -> Self {
        let mut counts = Self::default();
        for status in [InstanceStatus::Active, InstanceStatus::Draining] {
            let found = snapshot.by_index(container_instance::BY_STATUS, (cluster, status.as_str())).count();
            counts.instances += i32::try_from(found).unwrap_or(i32::MAX);
        }
        for desired in [DesiredStatus::Running, DesiredStatus::Pending, DesiredStatus::Stopped] {
            // Stopped tasks are kept for an hour: of those that are to be stopped only the few that still run are of interest.
            for task in snapshot.by_index(task::BY_DESIRED_STATUS, (cluster, desired.as_str())) {
                counts.add(task);
            }
        }
        counts
    }

    fn add(&mut self, task: &Task) {
        let (running, pending) = match task.launch_type {
            LaunchType::Ec2 => (&mut self.running_ec2, &mut self.pending_ec2),
            LaunchType::Fargate => (&mut self.running_fargate, &mut self.pending_fargate),
            LaunchType::External => (&mut self.running_external, &mut self.pending_external),
        };
        match task.last_status {
            TaskStatus::Provisioning | TaskStatus::Pending | TaskStatus::Activating => *pending += 1,
            TaskStatus::Running | TaskStatus::Deactivating | TaskStatus::Stopping => *running += 1,
            TaskStatus::Deprovisioning | TaskStatus::Stopped | TaskStatus::Deleted => {}
        }
    }

    pub(crate) fn running(&self) -> i32 {
        self.running_ec2 + self.running_fargate + self.running_external
    }

    pub(crate) fn pending(&self) -> i32 {
        self.pending_ec2 + self.pending_fargate + self.pending_external
    }
}

/// Whether anything of a cluster keeps it from being deleted.
pub(crate) fn is_in_use(snapshot: &Snapshot, cluster: &Cluster) -> (bool, bool) {
    let counts = ClusterCounts::of(snapshot, &cluster.arn);
    let instances: bool = snapshot
        .by_index(container_instance::BY_CLUSTER, &cluster.arn)
        .any(|i: &std::sync::Arc<ContainerInstance>| i.status != InstanceStatus::Inactive);
    (instances, counts.running() + counts.pending() > 0)
}
