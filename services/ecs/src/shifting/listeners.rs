//! Traffic that goes through listener rules: of blue's and green's target groups each gets its share, in one change.
//!
//! Which group is whose is in their revisions (`ServiceRevision::in_alternate`). A service without load balancers has no traffic, and one without a test
//! rule no test traffic: "Amazon ECS doesn't manage the traffic shift automatically for headless services."

use super::router::{Route, RouteError, Routing, TrafficRouter};
use crate::find::Source;
use model::ecs::ServiceRevision;
use model::ecs::lifecycle::Share;
use model::ecs::load_balancer::ListenerRule;
use model::ids::{RuleArn, TargetGroupArn};
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
type Division = (RuleArn, [(TargetGroupArn, u32); 2]);

impl TrafficRouter for Listeners {
    fn route<'a>(&'a self, route: &'a Route) -> Routing<'a> {
        Box::pin(async move {
            let change = self.state.update(|tx| {
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
    let Some((green, share)) = route.weights.first() else { return Ok(Vec::new()) };
    let green = Source::get::<ServiceRevision>(tx, green.as_str());
    let green = green.ok_or_else(|| "the service revision is gone".to_owned())?;
    let mut divisions = Vec::new();
    for balancer in &green.load_balancers {
        let Some(advanced) = &balancer.advanced else { continue };
        let rule = match route.kind {
            Kind::Production => Some(&advanced.production_rule),
            Kind::Test => advanced.test_rule.as_ref(),
        };
        let Some(rule) = rule else { continue };
        let rule = match rule {
            ListenerRule::Rule(arn) => arn.clone(),
            ListenerRule::Default(listener) => traffic::default_rule(tx, listener)
                .ok_or_else(|| format!("the listener {listener} does not exist"))?,
        };
        let (own, other) = weights(*share);
        let group = |alternate| balancer.group(alternate).clone();
        divisions.push((rule, [(group(green.in_alternate), own), (group(!green.in_alternate), other)]));
    }
    Ok(divisions)
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
