//! Deployments that shift traffic, as the API shows them.

use super::{FromApi, ToApi, document, enums};
use crate::shifting::hook_id;
use api::ecs as a;
use api::ecs::Error;
use model::ecs::ServiceDeployment;
use model::ecs::lifecycle as m;

enums! {
    DeploymentLifecycleHookStage = m::LifecycleStage,
    // PRE_PRODUCTION_TRAFFIC_SHIFT is none of its values in the model; the API's reference names it.
    ServiceDeploymentLifecycleStage = m::LifecycleStage,
    DeploymentLifecycleHookTargetType = m::HookTargetType,
    DeploymentLifecycleHookAction = m::HookAction,
    DeploymentLifecycleHookStatus = m::HookStatus,
}

fn whole(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

pub(crate) fn percent(share: m::Share) -> f64 {
    f64::from(share.tenths()) / 10.0
}

impl FromApi<a::DeploymentLifecycleHook> for m::LifecycleHook {
    fn from_api(api: a::DeploymentLifecycleHook) -> Result<Self, Error> {
        let timeout = api.timeout_configuration;
        let (minutes, action) = timeout.map_or((None, None), |t| (t.timeout_in_minutes, t.action));
        Ok(Self {
            target_type: api.target_type.map_or(Ok(m::HookTargetType::AwsLambda), FromApi::from_api)?,
            target: api.hook_target_arn.filter(|t| !t.is_empty()),
            role: api.role_arn.filter(|r| !r.is_empty()),
            stages: Vec::from_api(api.lifecycle_stages)?,
            details: api.hook_details.map(|d| document::to_json(d).to_string()),
            // Validation has seen that it is positive.
            timeout_minutes: minutes.and_then(|m| u32::try_from(m).ok()),
            timeout_action: Option::from_api(action)?,
        })
    }
}

impl ToApi<a::DeploymentLifecycleHook> for m::LifecycleHook {
    fn to_api(&self) -> a::DeploymentLifecycleHook {
        let timeout = a::DeploymentLifecycleHookTimeoutConfiguration {
            timeout_in_minutes: self.timeout_minutes.map(whole),
            action: self.timeout_action.to_api(),
        };
        let has_timeout = self.timeout_minutes.is_some() || self.timeout_action.is_some();
        let details = self.details.as_deref().and_then(|text| serde_json::from_str(text).ok());
        a::DeploymentLifecycleHook {
            target_type: Some(self.target_type.to_api()),
            hook_target_arn: self.target.clone(),
            role_arn: self.role.clone(),
            lifecycle_stages: Some(self.stages.to_api()),
            hook_details: details.map(document::from_json),
            timeout_configuration: has_timeout.then_some(timeout),
        }
    }
}

pub(super) fn linear(record: &m::Linear) -> a::LinearConfiguration {
    a::LinearConfiguration {
        step_percent: Some(percent(record.step)),
        step_bake_time_in_minutes: Some(whole(record.step_bake_minutes)),
    }
}

pub(super) fn canary(record: &m::Canary) -> a::CanaryConfiguration {
    a::CanaryConfiguration {
        canary_percent: Some(percent(record.share)),
        canary_bake_time_in_minutes: Some(whole(record.bake_minutes)),
    }
}

/// The hooks of the stage that a deployment is in, and those that failed or timed out before.
pub(super) fn hooks(deployment: &ServiceDeployment) -> Option<Vec<a::DeploymentLifecycleHookDetail>> {
    let shift = deployment.shift.as_ref()?;
    let detail = |run: &m::HookRun| {
        let hook = deployment.configuration.lifecycle_hooks.get(run.key.hook as usize)?;
        Some(a::DeploymentLifecycleHookDetail {
            hook_id: Some(hook_id(&deployment.arn, run.key, hook.target_type)),
            target_type: Some(hook.target_type.to_api()),
            target_arn: hook.target.clone(),
            status: Some(run.status.to_api()),
            expires_at: Some(run.expires_at.to_api()),
            timeout_action: Some(run.timeout_action.to_api()),
        })
    };
    Some(shift.hooks.iter().filter_map(detail).collect())
}
