//! Managed daemons.

use super::task::is_healthy;
use model::ecs::daemon::{Daemon, DaemonDeployment, DaemonRevision, DaemonStatus};
use model::ecs::{ContainerInstance, Task};
use model::ids::CapacityProviderArn;
use model::status::InstanceStatus;
use state::ecs::container_instance::BY_CLUSTER as INSTANCES;
use state::ecs::task::{OPEN, holding};
use state::{Difference, Snapshot};
use std::sync::Arc;

fn group(task: &Task) -> Option<&str> {
    Some(&*task.group).filter(|g| g.starts_with(model::ecs::daemon::GROUP))
}

/// Whether an instance has two tasks of a daemon, of which one is new.
pub(super) fn comes_twice(now: &Snapshot, task: &Task) -> Option<String> {
    let (group, instance) = (group(task)?, task.container_instance.as_ref()?);
    let there = holding(now, instance).filter(|t| self::group(t) == Some(group)).count();
    (there > 1).then(|| format!("{instance} has {there} tasks of {group}"))
}

/// Looks at every daemon and deployment that changed.
pub(super) fn between(before: &Snapshot, now: &Snapshot, wrong: &mut Vec<String>) {
    for change in now.changes::<DaemonDeployment>(before) {
        if let Difference::Changed { old, new } = change
            && old.status.is_over()
            && old.status != new.status
        {
            wrong.push(format!("{} went from {} to {}", new.arn, old.status, new.status));
        }
    }
    for change in now.changes::<Daemon>(before) {
        let Difference::Removed(old) = change else { continue };
        let left = now.by_index(OPEN, (&old.cluster, old.group())).filter(|t| !t.last_status.is_over());
        let left = left.count();
        if left > 0 {
            wrong.push(format!("{} is gone, and {left} of its tasks are there", old.arn));
        }
    }
}

/// What of a daemon is not as it is wanted yet.
pub(super) fn unsettled(now: &Snapshot, daemon: &Daemon) -> Vec<String> {
    let arn = &daemon.arn;
    if daemon.status == DaemonStatus::DeleteInProgress {
        return vec![format!("{arn} is not gone yet")];
    }
    let mut found = Vec::new();
    let deployment = now.get::<DaemonDeployment>(daemon.deployment.as_str());
    found.extend(deployment.filter(|d| !d.status.is_over()).map(|d| format!("{} goes on", d.arn)));
    let Some(revision) = now.get::<DaemonRevision>(daemon.revision.as_str()) else {
        found.push(format!("{arn} has no revision"));
        return found;
    };
    let group = daemon.group();
    let is_there = |i: &&Arc<ContainerInstance>| i.status != InstanceStatus::Inactive;
    for instance in now.by_index(INSTANCES, &daemon.cluster).filter(is_there) {
        let provider = instance.capacity_provider.as_deref();
        let provider = provider.map(|p| CapacityProviderArn::new(&daemon.cluster.scope(), p));
        let wanted = usize::from(provider.is_some_and(|p| revision.capacity_providers.contains(&p)));
        let tasks = holding(now, &instance.arn).filter(|t| self::group(t) == Some(&*group));
        let (all, healthy) = tasks.fold((0, 0), |(a, h), t| (a + 1, h + usize::from(is_healthy(now, t))));
        if (all, healthy) != (wanted, wanted) {
            found.push(format!(
                "{} has {all} tasks of {arn}, {healthy} healthy, and wants {wanted}",
                instance.arn
            ));
        }
        if instance.status != InstanceStatus::Active {
            found.push(format!("{} is {}", instance.arn, instance.status));
        }
    }
    found
}
