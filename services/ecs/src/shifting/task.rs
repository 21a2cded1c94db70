//! A hook that is a task: run once, and done when it has stopped.
//!
//! AWS differs: there a hook is a Lambda function. The task is of the service's cluster and has the launch type and the network of the revision that is deployed. Its
//! containers find the event in `LONGSHORE_HOOK_EVENT`. It has succeeded when every essential container exited with 0.

use super::Shifting;
use super::hook::{self, Called};
use crate::address;
use crate::api::launch::of_hook;
use crate::stop;
use auth::Cx;
use model::Timestamp;
use model::ecs::lifecycle::{HookRun, HookTargetType};
use model::ecs::{ServiceDeployment, ServiceRevision, Task};
use model::ids::{TaskArn, TaskDefinitionArn};
use model::status::{DesiredStatus, StopCode, TaskStatus};
use reconcile::StepError;
use state::Tx;
use std::collections::BTreeSet;

/// Not AWS's words: there are no such tasks there.
const NOT_AWAITED: &str = "The deployment does not wait for this lifecycle hook any more.";

impl Shifting {
    /// Starts the task if that was not done yet. `None` while it runs, or waits for room.
    pub(super) async fn run_task(
        &self,
        deployment: &ServiceDeployment,
        run: &HookRun,
        definition: &TaskDefinitionArn,
    ) -> Result<Option<Called>, StepError> {
        let snapshot = self.ecs.state.snapshot();
        if let Some(arn) = &run.task {
            // One that is not there any more was stopped long ago.
            let Some(task) = snapshot.get::<Task>(arn.as_str()) else {
                return Ok(Some(Called::Failed("its task is gone".to_owned())));
            };
            return Ok(ended(task));
        }
        let Some(revision) = snapshot.get::<ServiceRevision>(deployment.target.as_str()).cloned() else {
            return Ok(Some(Called::Failed("the service revision is gone".to_owned())));
        };
        let cx = Cx::system("ecs.shift", deployment.arn.scope(), (self.clock)(), (self.seed)());
        let id = super::hook_id(&deployment.arn, run.key, HookTargetType::AwsLambda);
        let event = hook::event(deployment, run);
        let started =
            of_hook::start((&self.ecs, &cx), (&revision, definition), &id, event, (&deployment.arn, run.key));
        match started.await {
            // No room: it is tried again until the hook's time is up.
            Ok(_) => Ok(None),
            Err(refused) => Ok(Some(Called::Failed(refused.message))),
        }
    }
}

/// Stops the tasks of hooks that a deployment waited for and does not wait for any more.
pub(crate) fn let_go(tx: &mut Tx<'_>, before: &ServiceDeployment, after: &ServiceDeployment, now: Timestamp) {
    let awaited = |deployment: &ServiceDeployment| -> BTreeSet<TaskArn> {
        let runs = deployment.shift.iter().flat_map(|s| &s.hooks).filter(|run| run.status.is_open());
        runs.filter(|_| !deployment.status.is_over()).filter_map(|run| run.task.clone()).collect()
    };
    let still = awaited(after);
    for arn in awaited(before).difference(&still) {
        let task = tx.get::<Task>(arn.as_str()).filter(|t| t.desired_status != DesiredStatus::Stopped);
        if let Some(task) = task {
            let code = StopCode::ServiceSchedulerInitiated;
            address::put(tx, stop::request(Task::clone(&task), code, NOT_AWAITED, now));
        }
    }
}

fn ended(task: &Task) -> Option<Called> {
    if task.last_status != TaskStatus::Stopped {
        return None;
    }
    let good = task.containers.iter().filter(|c| c.essential).all(|c| c.exit_code == Some(0));
    Some(if good {
        Called::Said(br#"{"hookStatus":"SUCCEEDED"}"#.to_vec())
    } else {
        let reason = task.stopped_reason.as_deref().unwrap_or("it did not exit with 0");
        Called::Failed(format!("its task failed: {reason}"))
    })
}
