//! Services whose deployments somebody else controls: what `plan::task_set` decides becomes records.

use super::carry_out::{self, Done};
use super::picture::Picture;
use super::said;
use crate::balancing::Moved;
use crate::find::Source;
use crate::service::Ecs;
use auth::{Cx, Ids};
use model::Timestamp;
use model::ecs::service::{DeploymentController, Service, ServiceStatus};
use model::ecs::{Task, TaskSet};
use model::ids::ServiceArn;
use plan::task_set::{self, Conclusion, View};
use state::Tx;
use state::ecs::task_set::BY_SERVICE;
use std::sync::Arc;

/// Whether task sets say what a service runs.
pub(crate) fn decide(service: &Service) -> bool {
    match service.deployment_controller {
        DeploymentController::Ecs => false,
        DeploymentController::CodeDeploy | DeploymentController::External => true,
    }
}

/// The task sets of a service, the oldest first.
pub(crate) fn of(from: &impl Source, service: &ServiceArn) -> Vec<Arc<TaskSet>> {
    let mut sets: Vec<Arc<TaskSet>> =
        from.table::<TaskSet>().by_index(BY_SERVICE, service).cloned().collect();
    sets.sort_by(|a, b| (a.created_at, &a.arn).cmp(&(b.created_at, &b.arn)));
    sets
}

fn view<'a>(picture: &'a Picture, sets: &'a [Arc<TaskSet>], now: Timestamp) -> View<'a> {
    let sets = sets.iter().map(|s| &**s).collect();
    View { service: &picture.service, sets, members: picture.members.to_vec(), now }
}

/// Whether there is nothing to do, and when to look again then.
pub(super) fn idle(from: &impl Source, picture: &Picture, now: Timestamp) -> Option<Option<Timestamp>> {
    let sets = of(from, &picture.service.arn);
    let view = view(picture, &sets, now);
    let plan = task_set::plan(&view);
    plan.is_idle(&view).then(|| picture.wake(plan.next_wakeup()))
}

/// Plans on the records as this change has them, and writes.
pub(super) fn step(ecs: &Ecs, cx: &Cx, tx: &mut Tx<'_>, picture: &Picture, seed: [u8; 32]) -> Done {
    let sets = of(tx, &picture.service.arn);
    let mut plan = task_set::plan(&view(picture, &sets, cx.now));
    let mut ids = Ids::from_seed(seed);
    let mut more = false;
    for part in &mut plan.parts {
        if let Some(start) = part.plan.start.clone() {
            let seed = carry_out::seed(&mut ids);
            match carry_out::begin(ecs, cx, tx, (picture, &part.plan.service), &start, seed) {
                Ok(started) => {
                    more |= carry_out::goes_on(&started, &start.on);
                    part.placed(cx.now, &started.tasks, started.unplaced, started.lacks_room());
                    part.plan.events.extend(carry_out::why_unplaced(&started, &start.on));
                }
                Err(error) => part.refused(cx.now, &error.message),
            }
        }
        more |= carry_out::cut_stops(&mut part.plan.stop);
        let id = part.set.id();
        let mut moved = Moved::default();
        for stop in &part.plan.stop {
            moved = moved.with(carry_out::end(tx, stop, &id, cx.now));
        }
        part.plan.events.extend(moved.events());
    }
    for task in plan.parts.iter().flat_map(|p| &p.plan.account).chain(&plan.account) {
        tx.modify::<Task>(task, |t| t.accounted = true);
    }
    let next_wakeup = picture.wake(plan.next_wakeup());
    let concluded = plan.conclude();
    if concluded.service.status == ServiceStatus::Inactive {
        carry_out::let_go(tx, picture);
    }
    write(tx, &picture.service, concluded, &mut ids, cx.now);
    Done { next_wakeup, more }
}

fn write(tx: &mut Tx<'_>, before: &Service, concluded: Conclusion, ids: &mut Ids, now: Timestamp) {
    let Conclusion { mut service, sets, gone, messages } = concluded;
    for message in messages {
        said::say(tx, &mut service, message, ids, now);
    }
    for set in sets {
        if tx.get::<TaskSet>(set.arn.as_str()).is_some_and(|known| *known != set) {
            tx.put(set);
        }
    }
    for arn in gone {
        tracing::info!(task_set = %arn, "a task set has ended");
        tx.delete::<TaskSet>(arn.as_str());
    }
    carry_out::put(tx, before, service);
}
