//! Tasks, keyed by ARN.

use crate::{Entries, Index, KeyOrder, Record, Source, Tx, Version, Watcher};
use model::ecs::Task;
use model::ids::ContainerInstanceArn;
use model::status::{DesiredStatus, TaskStatus};
use std::sync::Arc;

/// (cluster, desired status): what ListTasks walks.
pub const BY_DESIRED_STATUS: Index<Task> = Index::new("by_desired_status");

/// (container instance, one of the next three), of all tasks that were ever placed there and are still kept. What an agent is told of its tasks
/// goes by these lists, what placement counts by the first two ([`holding`]).
pub const ON_INSTANCE: Index<Task> = Index::new("on_instance");
/// Of [`ON_INSTANCE`]: they hold its resources and are to run.
pub const TO_RUN: &str = "run";
/// Of [`ON_INSTANCE`]: they hold its resources and are to stop now.
pub const TO_STOP: &str = "stop";
/// Of [`ON_INSTANCE`]: they are over.
pub const OVER: &str = "over";

/// The tasks that hold resources of an instance: those to run, then those to stop.
pub fn holding<'a, S: Source>(
    from: &'a S,
    instance: &ContainerInstanceArn,
) -> impl Iterator<Item = &'a Arc<Task>> + use<'a, S> {
    let table = from.table::<Task>();
    table.by_index(ON_INSTANCE, (instance, TO_RUN)).chain(table.by_index(ON_INSTANCE, (instance, TO_STOP)))
}

/// Hear of changes of [`holding`], too.
pub fn watch_holding(watcher: Watcher, instance: &ContainerInstanceArn) -> Watcher {
    watcher.index(ON_INSTANCE, (instance, TO_RUN)).index(ON_INSTANCE, (instance, TO_STOP))
}

/// The key of a registration that it has with a target group.
pub const BY_TARGET: Index<Task> = Index::new("by_target");

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

/// Until when its targets may drain, only tasks that wait for that ([`crate::Table::up_to`]).
pub const DRAINING: Index<Task> = Index::new("draining");

/// Only tasks that run, are to run, and are not registered with each of their target groups. All under the empty text.
pub const UNREGISTERED: Index<Task> = Index::new("unregistered");

/// When it stopped, for forgetting it ([`crate::Table::up_to`]).
pub const BY_STOPPED_AT: Index<Task> = Index::new("by_stopped_at");

/// Notes that the load balancer has found a registration healthy, in the tasks that have it. Writes only what changes.
pub fn passed(tx: &mut Tx<'_>, registration: &str) {
    let is_news = |task: &&Arc<Task>| {
        task.targets.iter().any(|t| !t.passed && t.key().as_deref() == Some(registration))
    };
    let tasks: Vec<Arc<Task>> = tx.by_index(BY_TARGET, registration).filter(is_news).cloned().collect();
    for task in tasks {
        let mut task = Task::clone(&task);
        for target in task.targets.iter_mut().filter(|t| t.key().as_deref() == Some(registration)) {
            target.passed = true;
        }
        tx.put(task);
    }
}

impl Version for Task {}

impl Record for Task {
    const TABLE: &'static str = "ecs.task";
    const KEYS: KeyOrder = KeyOrder::Ending;

    fn key(&self) -> String {
        self.arn.to_string()
    }

    fn key_text(&self) -> Arc<str> {
        self.arn.text()
    }

    fn indexes(&self, entries: &mut Entries) {
        let cluster = &self.cluster;
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
                let list = match (self.holds_resources(), self.wanted_of_node()) {
                    (false, _) => OVER,
                    (true, DesiredStatus::Stopped) => TO_STOP,
                    (true, DesiredStatus::Pending | DesiredStatus::Running) => TO_RUN,
                };
                entries.add(ON_INSTANCE, (instance, list));
            }
            None if !self.last_status.is_over() => entries.add(UNPLACED, cluster),
            None => {}
        }
        for key in self.targets.iter().filter_map(|target| target.key()) {
            entries.add(BY_TARGET, key);
        }
        let serves = self.last_status == TaskStatus::Running && self.desired_status == DesiredStatus::Running;
        if serves && self.targets.iter().any(|target| target.registered.is_none()) {
            entries.add(UNREGISTERED, "");
        }
        if let Some(until) = self.draining_until {
            entries.add(DRAINING, until);
        }
        if let Some(stopped_at) = self.stopped_at {
            entries.add(BY_STOPPED_AT, stopped_at);
        }
    }
}
