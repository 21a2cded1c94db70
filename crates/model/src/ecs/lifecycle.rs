//! Deployments that shift traffic: what is asked of them, and how far one is.
//!
//! The revision that served before is **blue**, the one that is deployed is **green**.

use crate::Timestamp;
use crate::ids::{ServiceRevisionArn, TaskArn};
use crate::status::named;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A share of traffic, in tenths of a percent: the API counts in multiples of 0.1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Share(u16);

impl Share {
    pub const NONE: Self = Self(0);
    pub const ALL: Self = Self(1000);

    /// `None` beyond the whole.
    pub const fn from_tenths(tenths: u16) -> Option<Self> {
        if tenths <= Self::ALL.0 { Some(Self(tenths)) } else { None }
    }

    pub const fn tenths(self) -> u16 {
        self.0
    }

    /// What is left for the other.
    pub const fn rest(self) -> Self {
        Self(Self::ALL.0 - self.0)
    }

    /// Together, and no more than everything.
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0).min(Self::ALL.0))
    }
}

/// In percent, as the API writes it.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// `LinearConfiguration` of the ECS API, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Linear {
    pub step: Share,
    pub step_bake_minutes: u32,
}

/// "The default value is 10.0", "the default value is 6."
impl Default for Linear {
    fn default() -> Self {
        Self { step: Share(100), step_bake_minutes: 6 }
    }
}

/// `CanaryConfiguration` of the ECS API, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Canary {
    pub share: Share,
    pub bake_minutes: u32,
}

/// "The default value is 5.0", "the default value is 10."
impl Default for Canary {
    fn default() -> Self {
        Self { share: Share(50), bake_minutes: 10 }
    }
}

/// `DeploymentLifecycleHook` of the ECS API.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LifecycleHook {
    pub target_type: HookTargetType,
    /// Whom it calls; `None` of a pause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    pub stages: Vec<LifecycleStage>,
    /// What it is told with every call: a JSON object, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// As asked for; the default is a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_minutes: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeout_action: Option<HookAction>,
}

/// What a hook is told may be a secret, and so may a part of its address.
impl fmt::Debug for LifecycleHook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("LifecycleHook");
        shown.field("target_type", &self.target_type).field("stages", &self.stages);
        shown.finish_non_exhaustive()
    }
}

/// How far a deployment that shifts traffic is. Part of its service deployment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Shift {
    pub course: Course,
    pub stage: LifecycleStage,
    /// Of production traffic, from 0.
    #[serde(default)]
    pub step: u32,
    /// When the stage, or the step of it, began.
    pub entered_at: Timestamp,
    /// Since when the step has its traffic, and its bake time runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub baking_since: Option<Timestamp>,
    /// What served before; a service's first deployment has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blue: Option<ServiceRevisionArn>,
    /// Green's share of the test traffic.
    pub test: Traffic,
    /// Green's share of the production traffic.
    pub production: Traffic,
    /// Of the stage that it is in, and what failed or timed out before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hooks: Vec<HookRun>,
}

/// Green's share of one kind of traffic; the rest is blue's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Traffic {
    pub share: Share,
    /// The router has said that it is so.
    pub routed: bool,
}

/// One run of a hook: in one visit of one stage.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HookRun {
    pub key: HookKey,
    pub status: HookStatus,
    pub expires_at: Timestamp,
    pub timeout_action: HookAction,
    /// When it is called next; `None` of a pause, and of what is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_at: Option<Timestamp>,
    /// Calls in a row that reached nobody.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub unreached: u32,
    /// What it gave for its next call: a JSON object, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<String>,
    /// The task that does its work, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskArn>,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// What a hook gives may be a secret.
impl fmt::Debug for HookRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("HookRun");
        shown.field("key", &self.key).field("status", &self.status).field("call_at", &self.call_at);
        shown.finish_non_exhaustive()
    }
}

/// Which run, within its deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HookKey {
    /// Its place in the deployment's configuration.
    pub hook: u32,
    pub stage: LifecycleStage,
    pub step: u32,
    /// On the way back to blue.
    pub back: bool,
}

impl fmt::Display for HookKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let way = if self.back { "back" } else { "on" };
        write!(f, "{}/{}/{way}/{}", self.stage, self.step, self.hook)
    }
}

named!(
    /// `ServiceDeploymentLifecycleStage` and `DeploymentLifecycleHookStage` of the ECS API, in the order in which they come.
    LifecycleStage, "lifecycle stage" {
        /// Several revisions are there: only blue is to stay.
        ReconcileService = "RECONCILE_SERVICE",
        /// Green has no tasks.
        PreScaleUp = "PRE_SCALE_UP",
        ScaleUp = "SCALE_UP",
        /// Green has all of its tasks and no traffic.
        PostScaleUp = "POST_SCALE_UP",
        TestTrafficShift = "TEST_TRAFFIC_SHIFT",
        PostTestTrafficShift = "POST_TEST_TRAFFIC_SHIFT",
        /// Before each step of production traffic.
        PreProductionTrafficShift = "PRE_PRODUCTION_TRAFFIC_SHIFT",
        ProductionTrafficShift = "PRODUCTION_TRAFFIC_SHIFT",
        PostProductionTrafficShift = "POST_PRODUCTION_TRAFFIC_SHIFT",
        /// Green has all traffic, and blue is still there.
        BakeTime = "BAKE_TIME",
        /// One of the two goes.
        CleanUp = "CLEAN_UP",
    }
);

impl LifecycleStage {
    /// Whether hooks may run at it.
    pub const fn takes_hooks(self) -> bool {
        match self {
            Self::ScaleUp | Self::BakeTime | Self::CleanUp => false,
            Self::ReconcileService
            | Self::PreScaleUp
            | Self::PostScaleUp
            | Self::TestTrafficShift
            | Self::PostTestTrafficShift
            | Self::PreProductionTrafficShift
            | Self::ProductionTrafficShift
            | Self::PostProductionTrafficShift => true,
        }
    }

    /// Whether a rollback runs its hooks too.
    pub const fn comes_back(self) -> bool {
        matches!(self, Self::TestTrafficShift | Self::ProductionTrafficShift)
    }
}

named!(
    /// Where a deployment that shifts traffic goes.
    Course, "course of a deployment" {
        /// To green.
        Forward = "FORWARD",
        /// Back to blue.
        Back = "BACK",
        /// Nowhere: it was stopped, or failed without a way back, and both stay as they are.
        Held = "HELD",
        /// It is at its end.
        Over = "OVER",
    }
);

named!(
    /// `DeploymentLifecycleHookTargetType` of the ECS API.
    HookTargetType, "lifecycle hook target type" {
        /// Whoever `hookTargetArn` names.
        AwsLambda = "AWS_LAMBDA",
        Pause = "PAUSE",
    }
);

named!(
    /// `DeploymentLifecycleHookAction` of the ECS API.
    HookAction, "lifecycle hook action" {
        Rollback = "ROLLBACK",
        Continue = "CONTINUE",
    }
);

named!(
    /// `DeploymentLifecycleHookStatus` of the ECS API.
    HookStatus, "lifecycle hook status" {
        AwaitingAction = "AWAITING_ACTION",
        InProgress = "IN_PROGRESS",
        Succeeded = "SUCCEEDED",
        Failed = "FAILED",
        TimedOut = "TIMED_OUT",
    }
);

impl HookStatus {
    /// Whether it is still waited for.
    pub const fn is_open(self) -> bool {
        match self {
            Self::AwaitingAction | Self::InProgress => true,
            Self::Succeeded | Self::Failed | Self::TimedOut => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_parts_of_a_whole() {
        let third = Share::from_tenths(333).expect("a part");
        assert_eq!((third.to_string(), third.rest().to_string()), ("33.3".to_owned(), "66.7".to_owned()));
        assert_eq!((Share::from_tenths(1001), Share::ALL.plus(third)), (None, Share::ALL));
        assert_eq!(Share::NONE.rest(), Share::ALL);
    }
}
