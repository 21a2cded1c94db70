//! Deployments: how they end, and the way of those that shift traffic.

use model::ecs::lifecycle::{Course, Share, Shift};
use model::ecs::service_deployment::{ServiceDeployment, ServiceDeploymentStatus};
use model::ecs::service_revision::deployment_id;
use model::ecs::{Service, Task};
use plan::deployment::Bounds;
use state::ecs::task::OPEN;
use state::{Difference, Snapshot};

/// Looks at every deployment that changed.
pub(super) fn between(before: &Snapshot, now: &Snapshot, wrong: &mut Vec<String>) {
    for change in now.changes::<ServiceDeployment>(before) {
        let Difference::Changed { old, new } = change else { continue };
        let arn = &new.arn;
        if old.status.is_over() && old.status != new.status {
            wrong.push(format!("{arn} went from {} to {}", old.status, new.status));
        }
        if let (Some(was), Some(is)) = (&old.shift, &new.shift) {
            wrong.extend(way(was, is).map(|what| format!("{arn} {what}")));
            if grows(was, is) {
                wrong.extend(untaken((before, now), new));
            }
        }
        if !old.status.is_over() {
            wrong.extend(end(new).map(|what| format!("{arn} {what}")));
        }
    }
    for change in now.changes::<Service>(before) {
        let service = change.latest();
        let primaries = service.deployments.iter().filter(|d| d.status.as_str() == "PRIMARY").count();
        if primaries > 1 {
            wrong.push(format!("{} has {primaries} primary deployments", service.arn));
        }
    }
}

fn grows(was: &Shift, is: &Shift) -> bool {
    is.test.share > was.test.share || is.production.share > was.production.share
}

/// A course is not taken up again, and on the way to green no stage comes a second time.
fn way(was: &Shift, is: &Shift) -> Option<String> {
    let may_become = match (was.course, is.course) {
        (Course::Forward, _) => true,
        (Course::Back, next) => next != Course::Forward,
        (Course::Held | Course::Over, next) => next == was.course,
    };
    if !may_become {
        return Some(format!("went {}, and goes {}", was.course, is.course));
    }
    let on = was.course == Course::Forward && is.course == Course::Forward;
    if on && (is.step, is.stage) < (was.step, was.stage) {
        return Some(format!("went from {} to {}", was.stage, is.stage));
    }
    (is.course == Course::Back && grows(was, is)).then(|| "gives green traffic on the way back".to_owned())
}

/// Whether green could not have been healthy enough for its traffic at any time between two looks.
fn untaken((before, now): (&Snapshot, &Snapshot), deployment: &ServiceDeployment) -> Option<String> {
    let service = now.get::<Service>(deployment.service.as_str())?;
    let was = before.get::<Service>(deployment.service.as_str())?;
    let green = deployment_id(&deployment.target);
    let least = [was, service].map(|s| Bounds::of(&s.deployment_configuration, s.desired_count).minimum);
    let least = least[0].min(least[1]) as usize;
    // Tasks that have ended and were counted are not among them: they were before as well, if they were healthy then.
    let ran = |t: &&std::sync::Arc<Task>| {
        t.started_by.as_deref() == Some(&*green)
            && t.started_at.is_some()
            && t.targets.iter().all(|target| target.passed)
    };
    let of = |snapshot: &Snapshot| -> Vec<String> {
        let group = service.group();
        let open = snapshot.by_index(OPEN, (&service.cluster, &group));
        open.filter(ran).map(|t| t.arn.to_string()).collect()
    };
    let mut healthy = of(before);
    healthy.extend(of(now));
    healthy.sort();
    healthy.dedup();
    let count = healthy.len();
    (count < least).then(|| format!("{}: {count} of green, and it gets traffic from {least}", deployment.arn))
}

/// What a deployment that has just ended left wrong.
fn end(deployment: &ServiceDeployment) -> Option<String> {
    let shift = deployment.shift.as_ref()?;
    let share = |expected: Share| {
        let is = shift.production.share == expected && shift.production.routed;
        (!is).then(|| format!("is {}, and green has {}", deployment.status, shift.production.share))
    };
    match deployment.status {
        ServiceDeploymentStatus::Successful => share(Share::ALL),
        ServiceDeploymentStatus::RollbackSuccessful => share(Share::NONE),
        _ => None,
    }
}
