//! Deployments that shift traffic: how they are asked for, and what is answered and stopped while they go.

use super::{World, small};
use crate::outside::HOOK;
use crate::server::cx;
use ::api::ecs::*;
use model::ecs::ServiceDeployment as Record;
use std::sync::Arc;

const STRATEGIES: [DeploymentStrategy; 3] =
    [DeploymentStrategy::BlueGreen, DeploymentStrategy::Linear, DeploymentStrategy::Canary];

/// Stages at which somebody may be asked; the second list is of those that are run on the way back too, where no pause may be.
const STAGES: [DeploymentLifecycleHookStage; 6] = [
    DeploymentLifecycleHookStage::ReconcileService,
    DeploymentLifecycleHookStage::PreScaleUp,
    DeploymentLifecycleHookStage::PostScaleUp,
    DeploymentLifecycleHookStage::PostTestTrafficShift,
    DeploymentLifecycleHookStage::PreProductionTrafficShift,
    DeploymentLifecycleHookStage::PostProductionTrafficShift,
];
const BOTH_WAYS: [DeploymentLifecycleHookStage; 2] =
    [DeploymentLifecycleHookStage::TestTrafficShift, DeploymentLifecycleHookStage::ProductionTrafficShift];

impl World {
    /// Makes a configuration one that shifts traffic.
    pub(super) fn shift(&self, configuration: &mut DeploymentConfiguration) {
        let strategy = self.dice.pick(&STRATEGIES).expect("there are some").clone();
        let minutes = || Some(small(self.dice.below(4)));
        configuration.bake_time_in_minutes = minutes();
        match &strategy {
            DeploymentStrategy::Linear => {
                configuration.linear_configuration = Some(LinearConfiguration {
                    step_percent: self.dice.pick(&[25.0, 60.0, 100.0]).copied(),
                    step_bake_time_in_minutes: minutes(),
                });
            }
            DeploymentStrategy::Canary => {
                configuration.canary_configuration = Some(CanaryConfiguration {
                    canary_percent: self.dice.pick(&[0.1, 20.0, 100.0]).copied(),
                    canary_bake_time_in_minutes: minutes(),
                });
            }
            _ => {}
        }
        configuration.strategy = Some(strategy);
        configuration.lifecycle_hooks = Some((0..self.dice.below(3)).map(|_| self.hook()).collect());
    }

    fn hook(&self) -> DeploymentLifecycleHook {
        let pauses = self.dice.percent(40);
        let mut stages: Vec<_> = STAGES.iter().filter(|_| self.dice.percent(35)).cloned().collect();
        if !pauses {
            stages.extend(BOTH_WAYS.iter().filter(|_| self.dice.percent(50)).cloned());
        }
        if stages.is_empty() {
            stages.push(DeploymentLifecycleHookStage::PreScaleUp);
        }
        let action = [DeploymentLifecycleHookAction::Continue, DeploymentLifecycleHookAction::Rollback];
        DeploymentLifecycleHook {
            target_type: pauses.then_some(DeploymentLifecycleHookTargetType::Pause),
            hook_target_arn: (!pauses).then(|| HOOK.to_owned()),
            lifecycle_stages: Some(stages),
            timeout_configuration: Some(DeploymentLifecycleHookTimeoutConfiguration {
                timeout_in_minutes: Some(small(1 + self.dice.below(20))),
                action: self.dice.pick(&action).cloned(),
            }),
            ..DeploymentLifecycleHook::default()
        }
    }

    /// Deployments that go on.
    fn under_way(&self) -> Vec<Arc<Record>> {
        self.snapshot().scan::<Record>().filter(|d| !d.status.is_over()).cloned().collect()
    }

    pub(super) async fn stop_deployment(&self) {
        let open = self.under_way();
        let Some(deployment) = self.dice.pick(&open) else { return };
        let how = if self.dice.percent(50) {
            StopServiceDeploymentStopType::Abort
        } else {
            StopServiceDeploymentStopType::Rollback
        };
        self.say(format!("stop {}: {how:?}", deployment.arn));
        let input = StopServiceDeploymentRequest {
            service_deployment_arn: deployment.arn.to_string(),
            stop_type: Some(how),
        };
        if let Err(error) = self.ecs().stop_service_deployment(&cx(), input).await {
            self.say(format!("refused: {}", error.message));
        }
    }

    /// Answers one pause, or as many as there are where `all` go on.
    pub(super) async fn answer_pauses(&self, all: bool) {
        for deployment in self.under_way() {
            let input = DescribeServiceDeploymentsRequest {
                service_deployment_arns: vec![deployment.arn.to_string()],
            };
            let shown = self.ecs().describe_service_deployments(&cx(), input).await.expect("an answer");
            let hooks = shown
                .service_deployments
                .into_iter()
                .flatten()
                .flat_map(|d| d.lifecycle_hook_details.unwrap_or_default());
            let waits = |h: &DeploymentLifecycleHookDetail| {
                h.status == Some(DeploymentLifecycleHookStatus::AwaitingAction)
            };
            for id in hooks.filter(waits).filter_map(|h| h.hook_id) {
                let on = all || self.dice.percent(75);
                self.say(format!("{} waits for {id}: goes on {on}", deployment.arn));
                let action = match on {
                    true => DeploymentLifecycleHookAction::Continue,
                    false => DeploymentLifecycleHookAction::Rollback,
                };
                let input = ContinueServiceDeploymentRequest {
                    service_deployment_arn: deployment.arn.to_string(),
                    hook_id: id,
                    action: Some(action),
                };
                // It may have gone on meanwhile.
                if let Err(error) = self.ecs().continue_service_deployment(&cx(), input).await {
                    self.say(format!("refused: {}", error.message));
                }
                if !all {
                    return;
                }
            }
        }
    }
}
