//! Counts over the tables: what DescribeClusters shows.

use crate::provider;
use model::ecs::service::ServiceStatus;
use model::ecs::{Cluster, ContainerInstance, ServiceRevision, Task};
use model::ids::ClusterArn;
use model::status::{DesiredStatus, InstanceStatus, LaunchType, TaskStatus};
use state::Snapshot;
use state::ecs::{container_instance, service, task};

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
    pub services: ServiceCounts,
}

/// Services of one cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ServiceCounts {
    pub active_ec2: i32,
    pub active_fargate: i32,
    pub active_external: i32,
    pub draining_ec2: i32,
    pub draining_fargate: i32,
    pub draining_external: i32,
}

impl ServiceCounts {
    fn of(snapshot: &Snapshot, cluster: &ClusterArn) -> Self {
        let mut counts = Self::default();
        for service in snapshot.by_index(service::BY_CLUSTER, cluster) {
            let revision =
                service.revision.as_ref().and_then(|r| snapshot.get::<ServiceRevision>(r.as_str()));
            let launch_type = match revision {
                Some(r) if provider::is_on_fargate(r) => LaunchType::Fargate,
                Some(r) => r.launch_type.unwrap_or(LaunchType::Ec2),
                None => LaunchType::Ec2,
            };
            let count = match (service.status, launch_type) {
                (ServiceStatus::Active, LaunchType::Ec2 | LaunchType::ManagedInstances) => {
                    &mut counts.active_ec2
                }
                (ServiceStatus::Active, LaunchType::Fargate) => &mut counts.active_fargate,
                (ServiceStatus::Active, LaunchType::External) => &mut counts.active_external,
                (ServiceStatus::Draining, LaunchType::Ec2 | LaunchType::ManagedInstances) => {
                    &mut counts.draining_ec2
                }
                (ServiceStatus::Draining, LaunchType::Fargate) => &mut counts.draining_fargate,
                (ServiceStatus::Draining, LaunchType::External) => &mut counts.draining_external,
                (ServiceStatus::Inactive, _) => continue,
            };
            *count += 1;
        }
        counts
    }

    pub(crate) fn active(&self) -> i32 {
        self.active_ec2 + self.active_fargate + self.active_external
    }
}

impl ClusterCounts {
    pub(crate) fn of(snapshot: &Snapshot, cluster: &ClusterArn) -> Self {
        let mut counts = Self { services: ServiceCounts::of(snapshot, cluster), ..Self::default() };
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
            // Not established: what AWS calls the figures of Managed Instances.
            LaunchType::Ec2 | LaunchType::ManagedInstances => (&mut self.running_ec2, &mut self.pending_ec2),
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

/// Whether a cluster has services that are ACTIVE.
pub(crate) fn has_services(snapshot: &Snapshot, cluster: &Cluster) -> bool {
    ServiceCounts::of(snapshot, &cluster.arn).active() > 0
}

/// Whether anything of a cluster keeps it from being deleted.
pub(crate) fn is_in_use(snapshot: &Snapshot, cluster: &Cluster) -> (bool, bool) {
    let counts = ClusterCounts::of(snapshot, &cluster.arn);
    let instances: bool = snapshot
        .by_index(container_instance::BY_CLUSTER, &cluster.arn)
        .any(|i: &std::sync::Arc<ContainerInstance>| i.status != InstanceStatus::Inactive);
    (instances, counts.running() + counts.pending() > 0)
}
