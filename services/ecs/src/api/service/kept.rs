//! What is kept of deployments that are over, and for how long.

use crate::service_scheduler::task_sets;
use model::Timestamp;
use model::ecs::{Service, ServiceDeployment, ServiceRevision};
use model::ids::{ServiceArn, ServiceRevisionArn};
use state::Tx;
use state::ecs::service::DEPLOYMENTS;
use std::sync::Arc;
use std::time::Duration;

/// How long deployments are kept.
const HISTORY: Duration = Duration::from_secs(90 * 24 * 3600);

/// "You can view the most recent 90-day history": forgets deployments that ended before, and revisions that are of none any more. Answers how many
/// deployments they were, `most` at the most.
pub(crate) fn forget_history(tx: &mut Tx<'_>, now: Timestamp, most: usize) -> usize {
    let ended = |d: &&Arc<ServiceDeployment>| d.finished_at.is_some_and(|at| now.since(at) >= HISTORY);
    let is_current = |d: &&Arc<ServiceDeployment>| {
        tx.get::<Service>(d.service.as_str()).is_some_and(|s| s.current_deployment.as_ref() == Some(&d.arn))
    };
    let all = tx.scan::<ServiceDeployment>().filter(ended);
    let old: Vec<Arc<ServiceDeployment>> = all.filter(|d| !is_current(d)).take(most).cloned().collect();
    for deployment in &old {
        tx.delete::<ServiceDeployment>(deployment.arn.as_str());
    }
    for deployment in &old {
        if !is_needed(tx, &deployment.service, &deployment.target) {
            tx.delete::<ServiceRevision>(deployment.target.as_str());
        }
    }
    old.len()
}

/// Whether a service, or a deployment that is kept, is still about a revision.
fn is_needed(tx: &Tx<'_>, service: &ServiceArn, revision: &ServiceRevisionArn) -> bool {
    let by_service = tx.get::<Service>(service.as_str()).is_some_and(|s| {
        let last = s.schedule.last_completed.as_ref();
        let named = s.revision.iter().chain(last).chain(s.deployments.iter().map(|d| &d.revision));
        named.into_iter().any(|r| r == revision)
    });
    let by_deployment = |d: &Arc<ServiceDeployment>| {
        let rolled_back = d.rollback.as_ref().map(|r| &r.revision);
        d.target == *revision || d.sources.contains(revision) || rolled_back == Some(revision)
    };
    by_service
        || tx.by_prefix::<ServiceDeployment>(DEPLOYMENTS, service).any(by_deployment)
        || task_sets::of(tx, service).iter().any(|set| set.revision == *revision)
}
