//! The two sides of a service whose load balancers have alternate target groups: which of them has its traffic, and who stands on the other.
//!
//! A deployment that shifts traffic goes from one side to the other. One that replaces tasks where they are keeps to the side that has the traffic, and
//! what a shift that came to no end had divided is gathered there: tasks of the other side serve nobody then.

use crate::find::Source;
use model::ecs::load_balancer::{Advanced, ListenerRule, LoadBalancer};
use model::ecs::{Service, ServiceDeployment, ServiceRevision, Task};
use model::elbv2::Rule;
use model::ids::{RuleArn, TargetGroupArn};
use plan::deployment::shift;
use state::Tx;
use state::elbv2::traffic;

/// The rule that leads traffic to target groups: "listener rule … or listener".
pub(crate) fn rule_of(from: &impl Source, given: &ListenerRule) -> Option<RuleArn> {
    match given {
        ListenerRule::Rule(arn) => Some(arn.clone()),
        ListenerRule::Default(listener) => traffic::default_rule(from, listener),
    }
}

fn advanced(revision: &ServiceRevision) -> impl Iterator<Item = (&LoadBalancer, &Advanced)> {
    revision.load_balancers.iter().filter_map(|balancer| Some((balancer, balancer.advanced.as_ref()?)))
}

/// Whether the alternate side of a revision has more of the production traffic than the first one. `None` where its rules lead to neither, or to both alike.
pub(crate) fn serving(from: &impl Source, revision: &ServiceRevision) -> Option<bool> {
    let mut shares = [0_u64; 2];
    for (balancer, advanced) in advanced(revision) {
        let rule = rule_of(from, &advanced.production_rule).and_then(|arn| from.get::<Rule>(arn.as_str()));
        let Some(rule) = rule else { continue };
        for (share, alternate) in shares.iter_mut().zip([false, true]) {
            let (weight, all) = traffic::weight(&rule, balancer.group(alternate));
            *share += (u64::from(weight) * 1000).checked_div(u64::from(all)).unwrap_or(0);
        }
    }
    let [first, alternate] = shares;
    (first != alternate).then_some(alternate > first)
}

/// Leads all that rules divide between the sides of a revision to the one that it is on.
pub(crate) fn gather(tx: &mut Tx<'_>, revision: &ServiceRevision) -> Result<(), traffic::Error> {
    for (balancer, advanced) in advanced(revision) {
        let sides = [revision.in_alternate, !revision.in_alternate].map(|side| balancer.group(side).clone());
        for given in std::iter::once(&advanced.production_rule).chain(&advanced.test_rule) {
            let rule = rule_of(tx, given).and_then(|arn| tx.get::<Rule>(arn.as_str()));
            let divided = rule.filter(|rule| traffic::weight(rule, &sides[1]).0 > 0);
            if let Some(rule) = divided {
                let [own, other] = sides.clone();
                tracing::info!(service = %revision.service, rule = %rule.arn, group = %own, "a listener rule gathers its traffic");
                traffic::divide(tx, &rule.arn, &[(own, 100), (other, 0)])?;
            }
        }
    }
    Ok(())
}

/// Brings a revision that a deployment is rolled back to onto the side that has the traffic, where that is another than it was on: tasks that it has on
/// the other one are replaced.
pub(crate) fn follow_traffic(tx: &mut Tx<'_>, deployment: &ServiceDeployment) {
    let Some(rollback) = &deployment.rollback else { return };
    let Some(revision) = tx.get::<ServiceRevision>(rollback.revision.as_str()) else { return };
    let blue = deployment.shift.as_ref().and_then(|shift| shift.blue.as_ref());
    let side = match blue {
        // It is the side that all traffic goes back to.
        Some(blue) if *blue == rollback.revision => return,
        Some(blue) => tx.get::<ServiceRevision>(blue.as_str()).map(|blue| blue.in_alternate),
        None => serving(tx, &revision),
    };
    if let Some(side) = side.filter(|side| *side != revision.in_alternate) {
        tx.modify::<ServiceRevision>(revision.arn.as_str(), |r| r.in_alternate = side);
    }
}

/// Where new tasks of a service are registered, unless a deployment is under way, or was left, that has tasks on both sides.
pub(crate) fn groups_of(from: &impl Source, service: &Service) -> Option<Vec<TargetGroupArn>> {
    let primary = service.primary()?;
    let revision = from.get::<ServiceRevision>(primary.revision.as_str())?;
    let current = service.current_deployment.as_ref();
    let current = current.and_then(|arn| from.get::<ServiceDeployment>(arn.as_str()));
    let is_split = current.is_some_and(|deployment| shift::has_two_sides(&deployment));
    let has_sides = revision.load_balancers.iter().any(|balancer| balancer.advanced.is_some());
    (has_sides && !is_split).then(|| revision.target_groups().cloned().collect())
}

/// Whether a task is in groups that get nothing, while `serving` are those of its service.
pub(crate) fn is_idle(from: &impl Source, task: &Task, serving: &[TargetGroupArn]) -> bool {
    let idle = |group: &TargetGroupArn| !serving.contains(group) && !traffic::is_sent_any(from, group);
    !task.targets.is_empty() && task.targets.iter().all(|t| t.registered.is_some() && idle(&t.group))
}
