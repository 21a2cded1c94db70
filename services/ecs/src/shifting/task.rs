//! A hook that is a task: run once, and done when it has stopped.
//!
//! AWS differs: there a hook is a Lambda function. The task is of the service's cluster and has the launch type and the network of the revision that is deployed. Its
//! containers find the event in `LONGSHORE_HOOK_EVENT`. It has succeeded when every essential container exited with 0.

use super::Shifting;
use super::hook::{self, Called};
use crate::api::launch::of_hook;
use auth::Cx;
use model::ecs::lifecycle::{HookRun, HookTargetType};
use model::ecs::{ServiceDeployment, ServiceRevision, Task};
use model::ids::TaskDefinitionArn;
use model::status::TaskStatus;
use reconcile::StepError;

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
