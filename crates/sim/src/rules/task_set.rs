//! Task sets of services that others deploy.

use model::ecs::task_set::{TaskSet, TaskSetStatus};
use model::ecs::{Service, Task};
use plan::task_set::MOST_SETS;
use state::ecs::task_set::BY_SERVICE;
use state::{Difference, Snapshot};

fn of_task<'a>(snapshot: &'a Snapshot, task: &Task) -> Option<&'a std::sync::Arc<TaskSet>> {
    let service = task.service()?;
    snapshot.by_index(BY_SERVICE, &service).find(|set| task.started_by.as_deref() == Some(&*set.id()))
}

/// Whether a new task is of a set that drained already.
pub(super) fn joins_one_that_drains(before: &Snapshot, now: &Snapshot, task: &Task) -> Option<String> {
    let drains = |snapshot| of_task(snapshot, task).is_some_and(|s| s.status == TaskSetStatus::Draining);
    (drains(before) && drains(now)).then(|| format!("{} is a new task of a set that drains", task.arn))
}

/// Looks at every set that changed.
pub(super) fn between(before: &Snapshot, now: &Snapshot, wrong: &mut Vec<String>) {
    for change in now.changes::<TaskSet>(before) {
        let set = change.latest();
        if let Difference::Changed { old, new } = change
            && old.status != new.status
            && !old.status.may_become(new.status)
        {
            wrong.push(format!("{} went from {:?} to {:?}", set.arn, old.status, new.status));
        }
        let Some(service) = now.get::<Service>(set.service.as_str()) else { continue };
        let sets: Vec<_> = now.by_index(BY_SERVICE, &service.arn).collect();
        let primaries = sets.iter().filter(|s| s.status == TaskSetStatus::Primary).count();
        if primaries > 1 || sets.len() > MOST_SETS {
            wrong.push(format!("{} has {} task sets, {primaries} primary", service.arn, sets.len()));
        }
        if let Difference::Removed(old) = change {
            let group = service.group();
            let open = now.by_index(state::ecs::task::OPEN, (&service.cluster, &group));
            let left = open
                .filter(|t| t.started_by.as_deref() == Some(&*old.id()) && !t.last_status.is_over())
                // Those that its service left STOPPING when it ended are nobody's.
                .filter(|t| !t.accounted)
                .count();
            if left > 0 {
                wrong.push(format!("{} is gone, and {left} of its tasks are there", old.arn));
            }
        }
    }
}
