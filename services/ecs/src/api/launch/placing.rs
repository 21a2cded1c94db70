//! What placement is asked, and its refusals in AWS's words.

use super::making::{Resolved, Share};
use super::{Failed, Place};
use crate::find;
use crate::fleet::ZONES_ATTRIBUTE;
use api::ecs::Error;
use model::status::{InstanceStatus, LaunchType};
use plan::placement::{self, Failure, Fleet, Placement, Request, StartOutcome};

/// What came of it.
#[derive(Default)]
pub(super) struct Placed {
    pub(super) placements: Vec<Placement>,
    /// Tasks that wait for capacity.
    pub(super) waiting: u32,
    pub(super) failures: Vec<Failed>,
}

/// Asks placement, and puts its refusals into AWS's words.
pub(super) fn place_on(
    fleet: &mut Fleet,
    request: &Request,
    place: &Place,
    resolved: &Resolved,
    share: &Share,
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
                    StartOutcome::Placed(placement) => placed.placements.push(placement),
                    StartOutcome::Failed(f) => {
                        placed.failures.push(failed(fleet, request, f));
                    }
                }
            }
            Ok(placed)
        }
        Place::Anywhere { .. } => {
            // One that drains is none that a task could ever be placed on.
            let empty = fleet.instances().all(|i| i.status != InstanceStatus::Active);
            if !fargate && !share.waits && empty {
                let place = if share.provider.is_some() { "capacity provider" } else { "cluster" };
                return Err(Error::invalid_parameter(format!(
                    "No Container Instances were found in your {place}."
                )));
            }
            let mut request = request.clone();
            widen(fleet, fargate, &mut request);
            let outcome = fleet.place(&request);
            let mut failures = Vec::new();
            if share.waits {
                return Ok(Placed { placements: outcome.placements, waiting: outcome.unplaced, failures });
            }
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
            Ok(Placed { placements: outcome.placements, waiting: 0, failures })
        }
    }
}

/// A pool whose nodes stand for every zone takes a task of any subnet.
pub(super) fn widen(fleet: &Fleet, fargate: bool, request: &mut Request) {
    if fargate && fleet.instances().all(|i| i.attributes.contains_key(ZONES_ATTRIBUTE)) {
        request.zones.clear();
    }
}

/// AWS differs: it leaves the detail out; ours says what was missing.
fn failed(fleet: &Fleet, request: &Request, failure: Failure) -> Failed {
    let instance = failure.arn.parse().ok().and_then(|arn| fleet.get(&arn));
    let detail = instance.and_then(|i| placement::refusal(i, request)).map(|refusal| refusal.explain());
    Failed { arn: Some(failure.arn), reason: failure.reason.to_owned(), detail }
}
