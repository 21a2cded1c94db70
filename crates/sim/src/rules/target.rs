//! Targets of tasks, and traffic that leads to them.

use model::ecs::task::TaskTarget;
use model::ecs::{Service, ServiceDeployment, ServiceRevision, Task};
use model::elbv2::{Rule, Target, TargetHealth, TargetState};
use model::ids::TargetGroupArn;
use model::status::DesiredStatus;
use plan::deployment::shift;
use state::Snapshot;
use state::ecs::task::BY_TARGET;
use state::elbv2::{target, traffic};

/// Whether a load balancer sends to a target, as far as it is known.
pub(super) fn is_well(snapshot: &Snapshot, target: &TaskTarget) -> bool {
    let Some(key) = target.key() else { return false };
    let registered = snapshot.get::<Target>(&key).is_some_and(|target| !target.is_draining());
    let state = snapshot.get::<TargetHealth>(&key).map_or(TargetState::Initial, |health| health.state);
    registered
        && match state {
            TargetState::Healthy => true,
            TargetState::Initial => target.passed,
            _ => false,
        }
}

/// Whether no traffic leads to a task's groups, and no deployment has two sides of which one is to have none: it serves nobody.
pub(super) fn is_idle(snapshot: &Snapshot, task: &Task) -> bool {
    let service = task.service().and_then(|arn| snapshot.get::<Service>(arn.as_str()));
    let current =
        service.and_then(|s| snapshot.get::<ServiceDeployment>(s.current_deployment.as_ref()?.as_str()));
    !task.targets.is_empty()
        && !current.is_some_and(|deployment| shift::has_two_sides(deployment))
        && !task.targets.iter().any(|target| traffic::is_sent_any(snapshot, &target.group))
}

/// A task has left its groups before its node is told to stop it.
pub(super) fn leaves_first(now: &Snapshot, (old, new): (&Task, &Task)) -> Option<String> {
    let told = new.wanted_of_node() == DesiredStatus::Stopped && !new.last_status.is_over();
    let was_told = old.wanted_of_node() == DesiredStatus::Stopped;
    if !told || was_told {
        return None;
    }
    let keys = || old.targets.iter().chain(&new.targets).filter_map(TaskTarget::key);
    let is_anothers = |key: &str| now.by_index(BY_TARGET, key).any(|other| other.arn != new.arn);
    let takes = |key: &String| now.get::<Target>(key).is_some_and(|target| !target.is_draining());
    let left = keys().find(|key| takes(key) && !is_anothers(key))?;
    Some(format!("the node of {} is to stop it, and {left} is sent to", new.arn))
}

/// What of a service that is as it is wanted gets traffic where nobody is.
pub(super) fn unserved(now: &Snapshot, service: &Service) -> Option<String> {
    let revision = now.get::<ServiceRevision>(service.revision.as_ref()?.as_str())?;
    let advanced = revision.load_balancers.first()?.advanced.as_ref()?;
    let rule = match &advanced.production_rule {
        model::ecs::load_balancer::ListenerRule::Rule(arn) => now.get::<Rule>(arn.as_str())?,
        model::ecs::load_balancer::ListenerRule::Default(_) => return None,
    };
    let wanted = service.desired_count as usize;
    let serve = |group: &TargetGroupArn| {
        let well = |target: &&std::sync::Arc<Target>| {
            let health = now.get::<TargetHealth>(&Target::key_of(group, &target.id, target.port));
            !target.is_draining() && health.is_some_and(|health| health.state == TargetState::Healthy)
        };
        now.by_index(target::BY_GROUP, group).filter(well).count()
    };
    let lacks = rule.groups().find(|group| traffic::weight(rule, group).0 > 0 && serve(group) < wanted)?;
    Some(format!("{}: {lacks} has traffic and {} of {wanted} targets", service.arn, serve(lacks)))
}
