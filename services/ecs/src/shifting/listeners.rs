//! Traffic that goes through listener rules: of blue's and green's target groups each gets its share, in one change.
//!
//! Which group is whose is in their revisions (`ServiceRevision::in_alternate`), of each in its own. A service without load balancers has no traffic, and one without a test
//! rule no test traffic: "Amazon ECS doesn't manage the traffic shift automatically for headless services."

use super::router::{Route, RouteError, Routing, TrafficRouter};
use crate::balancing::side;
use crate::find::Source;
use model::ecs::lifecycle::Share;
use model::ecs::load_balancer::{Advanced, LoadBalancer};
use model::ecs::{Service, ServiceRevision};
use model::elbv2::Rule;
use model::ids::{RuleArn, ServiceRevisionArn, TargetGroupArn};
use plan::deployment::shift::Kind;
use state::elbv2::traffic;
use state::{State, Tx};

/// The router over listener rules.
pub struct Listeners {
    state: State,
}

impl Listeners {
    pub fn new(state: &State) -> Self {
        Self { state: state.clone() }
    }
}

/// A rule, and the groups that it is to divide its traffic between.
type Division = (RuleArn, Vec<(TargetGroupArn, u32)>);

impl TrafficRouter for Listeners {
    fn route<'a>(&'a self, route: &'a Route) -> Routing<'a> {
        Box::pin(async move {
            let change = self.state.update(|tx| {
                // What was asked for may have been overtaken: another deployment has begun, and divides traffic as it needs it.
                let service = tx.get::<Service>(route.service.as_str());
                if service.is_none_or(|s| s.current_deployment.as_ref() != Some(&route.deployment)) {
                    return Ok(());
                }
                for (rule, weights) in divisions(tx, route)? {
                    traffic::divide(tx, &rule, &weights).map_err(|error| error.to_string())?;
                    tracing::info!(service = %route.service, %rule, ?weights, "a listener rule divides its traffic anew");
                }
                Ok::<_, String>(())
            });
            let failed = |reason| RouteError { service: route.service.clone(), reason };
            change.await.map_err(|error| failed(error.to_string()))
        })
    }
}

fn divisions(tx: &Tx<'_>, route: &Route) -> Result<Vec<Division>, String> {
    let revision = |arn: &ServiceRevisionArn| {
        Source::get::<ServiceRevision>(tx, arn.as_str())
            .ok_or_else(|| "the service revision is gone".to_owned())
    };
    let Some((green, share)) = route.weights.first() else { return Ok(Vec::new()) };
    let green = revision(green)?;
    let blue = route.weights.get(1).map(|(blue, _)| revision(blue)).transpose()?;
    let mut divisions = Vec::new();
    for balancer in &green.load_balancers {
        let Some(advanced) = &balancer.advanced else { continue };
        let given = match route.kind {
            Kind::Production => Some(&advanced.production_rule),
            Kind::Test => advanced.test_rule.as_ref(),
        };
        let Some(given) = given else { continue };
        let rule = side::rule_of(tx, given).and_then(|arn| tx.get::<Rule>(arn.as_str()));
        let rule = rule.ok_or_else(|| format!("the listener rule {given} does not exist"))?;
        let own = balancer.group(green.in_alternate);
        let other = blue.as_ref().and_then(|blue| of_blue(blue, advanced, &rule));
        let other = other.unwrap_or_else(|| balancer.group(!green.in_alternate));
        divisions.push((rule.arn.clone(), shares(*share, own, other)));
    }
    Ok(divisions)
}

/// Blue's group behind a rule, by blue's own settings: green's may be others.
fn of_blue<'b>(blue: &'b ServiceRevision, green: &Advanced, rule: &Rule) -> Option<&'b TargetGroupArn> {
    let is_behind = |balancer: &&LoadBalancer| match &balancer.advanced {
        Some(advanced) => advanced.production_rule == green.production_rule,
        None => rule.groups().any(|group| *group == balancer.target_group),
    };
    blue.load_balancers.iter().find(is_behind).map(|balancer| balancer.group(blue.in_alternate))
}

/// A rule names no group twice: where both have the same, it is all that group's.
fn shares(green: Share, own: &TargetGroupArn, other: &TargetGroupArn) -> Vec<(TargetGroupArn, u32)> {
    let (of_green, of_blue) = weights(green);
    match own == other {
        true => vec![(own.clone(), of_green + of_blue)],
        false => vec![(own.clone(), of_green), (other.clone(), of_blue)],
    }
}

/// Green's weight and blue's: percents, as AWS's own are seen to be, or tenths where a share is no whole percent.
fn weights(green: Share) -> (u32, u32) {
    let unit = if green.tenths().is_multiple_of(10) { 10 } else { 1 };
    (u32::from(green.tenths() / unit), u32::from(green.rest().tenths() / unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_become_weights_that_a_rule_may_have() {
        let of = |tenths| weights(Share::from_tenths(tenths).expect("a share"));
        assert_eq!((of(1000), of(0), of(50)), ((100, 0), (0, 100), (5, 95)));
        assert_eq!((of(333), of(1), of(999)), ((333, 667), (1, 999), (999, 1)));
        for tenths in 0..=1000 {
            let (green, blue) = of(tenths);
            assert!(green <= 999 && blue <= 999, "{tenths}");
        }
    }
}
