//! A plan becomes records.

use super::picture::{Picture, UNHEALTHY, UNHEALTHY_TARGET};
use super::said::say;
use super::task_sets;
use crate::api::launch::of_service::{self, Started};
use crate::balancing::{self, Moved, side};
use crate::operator;
use crate::service::Ecs;
use crate::shifting;
use crate::stop;
use auth::{Cx, Ids};
use model::Timestamp;
use model::ecs::service::{Service, ServiceStatus};
use model::ecs::{ServiceDeployment, ServiceRevision, Task};
use model::ids::{ServiceArn, TaskArn};
use model::status::StopCode;
use plan::deployment::{self, Event, Places, Plan, Start, Stop, Tried, View, Why};
use state::Tx;
use std::collections::BTreeMap;

/// Tasks that one step starts at most, so that no change holds the others up for long.
const MOST_STARTS: u32 = 200;
const MOST_STOPS: usize = 500;

/// Not AWS's words: there a task of a silent instance stays.
const LOST: &str = "The agent of the container instance has been out of reach for too long.";
const NO_FARGATE_CAPACITY: &str = "Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone. \
     For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

/// What a step left.
#[derive(Default)]
pub(super) struct Done {
    pub(super) next_wakeup: Option<Timestamp>,
    /// It was cut short and goes on at once.
    pub(super) more: bool,
}

/// Plans on the records as this change has them, and writes. Where two revisions are kept side by side each has its turn.
pub(super) fn step(ecs: &Ecs, cx: &Cx, tx: &mut Tx<'_>, arn: &ServiceArn, seed: [u8; 32]) -> Done {
    let mut done = Done::default();
    let mut ids = Ids::from_seed(seed);
    let mut tried = Vec::new();
    while let Some(picture) = Picture::take(ecs, &tx.snapshot(), arn, cx.now) {
        if task_sets::decide(&picture.service) {
            return task_sets::step(ecs, cx, tx, &picture, seed);
        }
        let turn = turn(ecs, cx, tx, &picture, &tried, &mut ids);
        done.more |= turn.done.more;
        done.next_wakeup = done.next_wakeup.into_iter().chain(turn.done.next_wakeup).min();
        let Some(again) = turn.again else { break };
        tried.push(again);
    }
    done
}

struct Turn {
    done: Done,
    /// What was tried, where another deployment's start may follow.
    again: Option<Tried>,
}

fn turn(ecs: &Ecs, cx: &Cx, tx: &mut Tx<'_>, picture: &Picture, tried: &[Tried], ids: &mut Ids) -> Turn {
    let view = View { tried: tried.to_vec(), ..picture.view(cx.now) };
    let mut plan = deployment::plan(&view);
    let mut again = plan
        .start
        .as_ref()
        .filter(|_| plan.is_split())
        .map(|s| Tried { deployment: s.deployment.clone(), unplaced: s.on.count() });
    let mut more = false;
    if let Some(start) = plan.start.clone() {
        let seed = self::seed(ids);
        match begin(ecs, cx, tx, (picture, &plan.service), &start, seed) {
            Ok(started) => {
                more = goes_on(&started, &start.on);
                plan.placed(&view, &started.tasks, started.unplaced, started.lacks_room());
                // Of two that lack room the first says why: each would forget what the other said, and say it again.
                if tried.iter().all(|t| t.unplaced == 0) {
                    plan.events.extend(why_unplaced(&started, &start.on));
                }
                if let Some(again) = &mut again {
                    again.unplaced = started.unplaced;
                }
            }
            Err(error) => plan.refused(&view, &error.message),
        }
    }
    more |= cut_stops(&mut plan.stop);
    let deployments: BTreeMap<&TaskArn, &str> = match plan.stop.is_empty() {
        true => BTreeMap::new(),
        false => picture.members.iter().map(|m| (&m.task, &*m.deployment)).collect(),
    };
    let mut moved = Moved::default();
    for stop in &plan.stop {
        let deployment = deployments.get(&stop.task).copied().unwrap_or_default();
        moved = moved.with(end(tx, stop, deployment, cx.now));
    }
    plan.events.extend(moved.events());
    for task in &plan.account {
        tx.modify::<Task>(task, |t| t.accounted = true);
    }
    if plan.service.status == ServiceStatus::Inactive {
        let_go(tx, picture);
    }
    let next_wakeup = picture.wake(plan.next_wakeup);
    write(tx, plan, ids, cx.now);
    Turn { done: Done { next_wakeup, more }, again }
}

/// A service that has ended counts no ends any more, and one that takes its name does not count them either.
pub(super) fn let_go(tx: &mut Tx<'_>, picture: &Picture) {
    for member in &*picture.members {
        tx.modify::<Task>(&member.task, |t| t.accounted = true);
    }
}

/// The seed of one launch.
pub(super) fn seed(ids: &mut Ids) -> [u8; 32] {
    let halves = [ids.random_16(), ids.random_16()];
    std::array::from_fn(|at| halves[at / 16][at % 16])
}

/// Leaves what one step may stop. Whether there was more.
pub(super) fn cut_stops(stops: &mut Vec<Stop>) -> bool {
    let more = stops.len() > MOST_STOPS;
    stops.truncate(MOST_STOPS);
    more
}

/// Whether the next step starts more at once: not where this one found that there is no room.
pub(super) fn goes_on(started: &Started, on: &Places) -> bool {
    let may_be_room = match on {
        Places::Anywhere(_) | Places::Zone { .. } => started.unplaced == 0,
        // Each has room of its own.
        Places::Instances(_) => true,
    };
    started.untried > 0 && !started.tasks.is_empty() && may_be_room
}

/// Starts tasks of one of the service's deployments.
pub(super) fn begin(
    ecs: &Ecs,
    cx: &Cx,
    tx: &mut Tx<'_>,
    (picture, service): (&Picture, &Service),
    start: &Start,
    seed: [u8; 32],
) -> Result<Started, api::ecs::Error> {
    let deployment = service.deployments.iter().find(|d| d.id == start.deployment);
    let revision = deployment.and_then(|d| tx.get::<ServiceRevision>(d.revision.as_str()));
    let Some(revision) = revision else {
        return Err(api::ecs::Error::internal("The service revision is gone."));
    };
    of_service::start(
        (ecs, cx),
        tx,
        (service, &revision),
        (&start.on, MOST_STARTS),
        picture.already(&start.deployment),
        seed,
    )
}

pub(super) fn why_unplaced(started: &Started, places: &Places) -> Option<Event> {
    if started.unplaced == 0 {
        return None;
    }
    if let Places::Zone { zone, .. } = places {
        return Some(Event::NoRoomInZone { zone: zone.clone(), on_fargate: started.on_fargate });
    }
    if started.beyond_limit > 0 {
        return Some(Event::TooManyProvisioning);
    }
    if started.on_fargate {
        return Some(Event::NoCapacity { text: NO_FARGATE_CAPACITY.to_owned() });
    }
    started.report.as_ref().map(Event::unplaced)
}

/// Stops a task. What becomes of its targets is the caller's to say.
pub(super) fn end(tx: &mut Tx<'_>, stop: &Stop, deployment: &str, now: Timestamp) -> Moved {
    let Stop { task, why, ailing, .. } = stop;
    let Some(record) = tx.get::<Task>(task) else { return Moved::default() };
    let (code, reason) = match why {
        Why::Scaling | Why::Balancing | Why::Draining => (
            StopCode::ServiceSchedulerInitiated,
            format!("Scaling activity initiated by (deployment {deployment})"),
        ),
        Why::Unhealthy => {
            let target = ailing.as_ref().map(|target| format!("{UNHEALTHY_TARGET}{})", target.group));
            (StopCode::ServiceSchedulerInitiated, target.unwrap_or_else(|| UNHEALTHY.to_owned()))
        }
        Why::Lost => (StopCode::ServiceSchedulerInitiated, LOST.to_owned()),
        Why::Retired => (StopCode::TerminationNotice, operator::RETIRED.to_owned()),
    };
    let stopped = stop::request(Task::clone(&record), code, &reason, now);
    tracing::info!(%task, reason, "a service stops a task");
    balancing::put_quietly(tx, stopped, now).1
}

fn write(tx: &mut Tx<'_>, mut plan: Plan, ids: &mut Ids, now: Timestamp) {
    for message in plan.messages(now) {
        say(tx, &mut plan.service, message, ids, now);
    }
    if let Some(before) = tx.get::<Service>(plan.service.arn.as_str()) {
        put(tx, &before, plan.service);
    }
    if let Some(current) = plan.current {
        let known = tx.get::<ServiceDeployment>(current.arn.as_str());
        if known.as_ref().is_none_or(|k| **k != current) {
            let stage = |d: &ServiceDeployment| d.shift.as_ref().map(|s| (s.course, s.stage));
            if let Some((course, stage)) =
                stage(&current).filter(|now| known.as_deref().and_then(stage) != Some(*now))
            {
                tracing::info!(deployment = %current.arn, %course, %stage, "deployment entered a lifecycle stage");
            }
            if current.rollback.is_some() && known.as_ref().is_none_or(|k| k.rollback.is_none()) {
                side::follow_traffic(tx, &current);
            }
            if let Some(known) = known {
                shifting::let_go(tx, &known, &current, now);
            }
            tx.put(current);
        }
    }
}

/// Writes a service that changed.
pub(super) fn put(tx: &mut Tx<'_>, before: &Service, service: Service) {
    if *before == service {
        return;
    }
    if before.status != service.status {
        tracing::info!(service = %before.arn, from = %before.status, to = %service.status, "service changed its status");
    }
    tx.put(service);
}
