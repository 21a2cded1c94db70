//! A service: what is wanted of it, and how far its scheduler is.

use super::launch::{PlacementConstraint, PlacementStrategy, PropagateTags};
use super::lifecycle::{Canary, LifecycleHook, Linear};
use crate::ids::{ClusterArn, ServiceArn, ServiceDeploymentArn, ServiceRevisionArn};
use crate::status::named;
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// The record of a service. Key: its ARN.
///
/// Two halves with separate writers: the API writes what is wanted, the service scheduler writes `deployments`, `schedule`, `events`
/// and the end of a service that drains. An update that begins a deployment writes both, in one change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    pub arn: ServiceArn,
    pub cluster: ClusterArn,
    pub status: ServiceStatus,
    pub created_at: Timestamp,
    /// The ARN of whoever made it.
    pub created_by: String,
    /// When it became INACTIVE.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inactive_at: Option<Timestamp>,
    pub scheduling_strategy: SchedulingStrategy,
    pub deployment_controller: DeploymentController,
    /// Of a DAEMON service the number of instances that it belongs on, as its scheduler last saw it.
    pub desired_count: u32,
    pub deployment_configuration: DeploymentConfiguration,
    pub availability_zone_rebalancing: AvailabilityZoneRebalancing,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health_check_grace_period_seconds: Option<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub placement_constraints: Vec<PlacementConstraint>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub placement_strategy: Vec<PlacementStrategy>,
    pub propagate_tags: PropagateTags,
    #[serde(default)]
    pub managed_tags: bool,
    #[serde(default)]
    pub enable_execute_command: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// What it should run. `None` where task sets say it (the EXTERNAL controller).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<ServiceRevisionArn>,
    /// Of the request that made it: the same request again makes nothing.
    pub fingerprint: String,

    /// The primary one first, then by age, the youngest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deployments: Vec<Deployment>,
    /// The deployment that is under way, or that was the last to end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_deployment: Option<ServiceDeploymentArn>,
    #[serde(default)]
    pub schedule: Schedule,
    /// How many events it has had: the number of the next one.
    #[serde(default)]
    pub events: u64,
}

/// The most events that are kept and shown.
pub const KEPT_EVENTS: u64 = 100;

impl Service {
    /// The task group of its tasks.
    pub fn group(&self) -> String {
        format!("service:{}", self.arn.name())
    }

    /// What new tasks are made of.
    pub fn primary(&self) -> Option<&Deployment> {
        self.deployments.iter().find(|d| d.status == DeploymentStatus::Primary)
    }
}

/// One revision of a service while tasks of it are wanted or left, as `deployments` of DescribeServices shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deployment {
    /// `ecs-svc/` and a number; `startedBy` of its tasks.
    pub id: String,
    pub revision: ServiceRevisionArn,
    pub status: DeploymentStatus,
    pub desired_count: u32,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// Tasks in a row that did not start.
    #[serde(default)]
    pub failed_tasks: u32,
    pub rollout_state: RolloutState,
    pub rollout_state_reason: String,
}

/// What the scheduler remembers between two looks at a service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Schedule {
    /// As many healthy tasks as wanted, and nothing else.
    pub steady: bool,
    /// The revision that was completed last: what a deployment that fails is rolled back to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_completed: Option<ServiceRevisionArn>,
    /// Starts in a row without success. It counts rounds, not tasks.
    pub failed_rounds: u32,
    /// No task is started before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_after: Option<Timestamp>,
    /// When the last of them failed: only what was started since shows that starts succeed again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<Timestamp>,
    /// The same of blue, while a deployment that shifts traffic keeps it beside the primary one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub blue: Option<Throttle>,
    /// Tasks for which there is no room.
    #[serde(skip_serializing_if = "is_zero")]
    pub unplaced: u32,
    /// Since when nothing moves for want of room, or when that was last counted as a failure of the deployment under way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stalled_at: Option<Timestamp>,
    /// What was said lately and is not said again soon.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Said>,
    /// How tasks lie in zones was found to be uneven, and is being mended.
    pub rebalancing: bool,
    /// A zone had no room for that: it is not tried before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rebalance_after: Option<Timestamp>,
    /// Its current deployment has to stop, and how.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_requested: Option<StopType>,
}

/// Starts that fail, and until when there are none therefore.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Throttle {
    pub failed_rounds: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start_after: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed_at: Option<Timestamp>,
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}

/// An event that is left out while its cause lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Said {
    /// What it was about; one of each kind is remembered.
    pub kind: String,
    pub message: String,
    pub at: Timestamp,
}

/// The record of an event of a service. Key: the service's ARN and the event's number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceEvent {
    pub service: ServiceArn,
    pub number: u64,
    /// A UUID.
    pub id: crate::ids::Uuid,
    pub created_at: Timestamp,
    pub message: String,
    /// What it counts, where more of the same soon after is said by the same event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tally: Option<Tally>,
}

/// A number of targets or tasks that an event is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tally {
    pub of: TallyOf,
    pub count: u32,
}

/// What is counted; of target groups the ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TallyOf {
    Registered(String),
    Deregistered(String),
    Draining,
}

impl ServiceEvent {
    pub fn key_of(service: &ServiceArn, number: u64) -> String {
        format!("{service}#{number:020}")
    }
}

/// `DeploymentConfiguration` of the ECS API, defaults filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeploymentConfiguration {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_circuit_breaker: Option<DeploymentCircuitBreaker>,
    pub maximum_percent: u32,
    pub minimum_healthy_percent: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alarms: Option<DeploymentAlarms>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strategy: Option<DeploymentStrategy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bake_time_in_minutes: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lifecycle_hooks: Vec<LifecycleHook>,
    /// Of the LINEAR strategy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linear: Option<Linear>,
    /// Of the CANARY strategy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canary: Option<Canary>,
}

impl DeploymentConfiguration {
    /// Whether its deployments shift traffic from one revision to the next.
    pub fn shifts_traffic(&self) -> bool {
        self.strategy.is_some_and(|s| s != DeploymentStrategy::Rolling)
    }
}

/// `DeploymentCircuitBreaker` of the ECS API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeploymentCircuitBreaker {
    pub enable: bool,
    pub rollback: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reset_on_healthy_task: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold_configuration: Option<Threshold>,
}

/// `ThresholdConfiguration` of the ECS API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Threshold {
    #[serde(rename = "type")]
    pub kind: ThresholdType,
    pub value: u32,
}

/// `DeploymentAlarms` of the ECS API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeploymentAlarms {
    pub alarm_names: Vec<String>,
    pub rollback: bool,
    pub enable: bool,
}

named!(
    /// Life of a service.
    ServiceStatus, "service status" {
        Active = "ACTIVE",
        Draining = "DRAINING",
        Inactive = "INACTIVE",
    }
);

impl ServiceStatus {
    /// Forward only.
    pub const fn may_become(self, next: Self) -> bool {
        (self as u8) < (next as u8)
    }
}

named!(
    /// `SchedulingStrategy` of the ECS API.
    SchedulingStrategy, "scheduling strategy" {
        Replica = "REPLICA",
        Daemon = "DAEMON",
    }
);

named!(
    /// `DeploymentControllerType` of the ECS API.
    DeploymentController, "deployment controller" {
        Ecs = "ECS",
        CodeDeploy = "CODE_DEPLOY",
        External = "EXTERNAL",
    }
);

named!(
    /// `AvailabilityZoneRebalancing` of the ECS API.
    AvailabilityZoneRebalancing, "availability zone rebalancing" {
        Enabled = "ENABLED",
        Disabled = "DISABLED",
    }
);

named!(
    /// `DeploymentStrategy` of the ECS API.
    DeploymentStrategy, "deployment strategy" {
        Rolling = "ROLLING",
        BlueGreen = "BLUE_GREEN",
        Linear = "LINEAR",
        Canary = "CANARY",
    }
);

named!(
    /// Of a service's deployments one is what new tasks are made of.
    DeploymentStatus, "deployment status" {
        Primary = "PRIMARY",
        Active = "ACTIVE",
    }
);

named!(
    /// How far a rolling deployment is.
    RolloutState, "rollout state" {
        InProgress = "IN_PROGRESS",
        Completed = "COMPLETED",
        Failed = "FAILED",
    }
);

named!(
    /// `ThresholdType` of the ECS API.
    ThresholdType, "threshold type" {
        Count = "COUNT",
        BoundedPercent = "BOUNDED_PERCENT",
        UnboundedPercent = "UNBOUNDED_PERCENT",
    }
);

named!(
    /// `StopServiceDeploymentStopType` of the ECS API.
    StopType, "stop type" {
        Abort = "ABORT",
        Rollback = "ROLLBACK",
    }
);
