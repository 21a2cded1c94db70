//! What placement is asked, and its refusals in AWS's words.

use super::making::Resolved;
use super::{Failed, Place};
use crate::find;
use crate::fleet::ZONES_ATTRIBUTE;
use api::ecs::Error;
use model::status::{InstanceStatus, LaunchType};
use plan::placement::{self, Failure, Fleet, Placement, Request, StartOutcome};

pub(super) type Placed = (Vec<Placement>, Vec<Failed>);

/// Asks placement, and puts its refusals into AWS's words.
pub(super) fn place_on(
    fleet: &mut Fleet,
    request: &Request,
    place: &Place,
    resolved: &Resolved,
) -> Result<Placed, Error> {
    let fargate = resolved.launch_type == LaunchType::Fargate;
    match place {
        Place::On(named) => {
            let arns: Vec<String> = named
                .iter()
                .map(|n| {
                    find::instance_arn(&resolved.cluster.arn, n)
                        .map_or_else(|| n.clone(), |arn| arn.to_string())
                })
                .collect();
            let mut placed = Placed::default();
            for outcome in fleet.start(request, &arns) {
                match outcome {
                    StartOutcome::Placed(placement) => placed.0.push(placement),
                    StartOutcome::Failed(f) => {
                        placed.1.push(failed(fleet, request, f));
                    }
                }
            }
            Ok(placed)
        }
        Place::Anywhere { .. } => {
            // One that drains is none that a task could ever be placed on.
            if !fargate && fleet.instances().all(|i| i.status != InstanceStatus::Active) {
                return Err(Error::invalid_parameter("No Container Instances were found in your cluster."));
            }
            let mut request = request.clone();
            // A pool whose nodes stand for every zone takes a task of any subnet.
            if fargate && fleet.instances().all(|i| i.attributes.contains_key(ZONES_ATTRIBUTE)) {
                request.zones.clear();
            }
            let outcome = fleet.place(&request);
            let mut failures = Vec::new();
            if outcome.unplaced > 0 && fargate {
                // AWS differs: it says no more than this; we say in the detail why our nodes refused.
                failures.push(Failed {
                    arn: None,
                    reason: "Capacity is unavailable at this time. Please try again later or in a different availability zone".to_owned(),
                    detail: outcome.report.as_ref().and_then(|r| r.closest.as_ref()).map(|(_, refusal)| refusal.to_string()),
                });
            } else if outcome.unplaced > 0 {
                let refused = fleet.failures(&request);
                failures.extend(refused.into_iter().map(|f| failed(fleet, &request, f)));
            }
            Ok((outcome.placements, failures))
        }
    }
}

/// AWS differs: it leaves the detail out; ours says what was missing.
fn failed(fleet: &Fleet, request: &Request, failure: Failure) -> Failed {
    let instance = failure.arn.parse().ok().and_then(|arn| fleet.get(&arn));
    let detail = instance.and_then(|i| placement::refusal(i, request)).map(|refusal| refusal.explain());
    Failed { arn: Some(failure.arn), reason: failure.reason.to_owned(), detail }
}
