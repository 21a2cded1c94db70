//! A capacity provider of the account, or of one cluster (Managed Instances). FARGATE and FARGATE_SPOT exist without a record.

use crate::ids::{CapacityProviderArn, ClusterArn};
use crate::status::named;
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// The capacity providers that every account has.
pub const FARGATE: &str = "FARGATE";
pub const FARGATE_SPOT: &str = "FARGATE_SPOT";

/// The record of a capacity provider. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CapacityProvider {
    pub arn: CapacityProviderArn,
    pub status: CapacityProviderStatus,
    pub created_at: Timestamp,
    /// When it was deleted; it stays describable for a while.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<Timestamp>,
    pub source: Source,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_status: Option<UpdateStatus>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub update_status_reason: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// Where a provider's instances come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Source {
    AutoScalingGroup(AutoScalingGroup),
    ManagedInstances(ManagedInstances),
}

/// `AutoScalingGroupProvider` of the ECS API, defaults filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AutoScalingGroup {
    /// As the caller gave it: an ARN, or a name.
    pub arn: String,
    pub scaling: ManagedScaling,
    pub termination_protection: bool,
    pub draining: bool,
}

/// `ManagedScaling` of the ECS API, defaults filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedScaling {
    pub enabled: bool,
    /// 1 to 100, a percentage.
    pub target_capacity: u32,
    pub minimum_step: u32,
    pub maximum_step: u32,
    /// For so many seconds a new instance keeps others from being started.
    pub warmup_s: u32,
}

impl Default for ManagedScaling {
    fn default() -> Self {
        Self { enabled: false, target_capacity: 100, minimum_step: 1, maximum_step: 10_000, warmup_s: 300 }
    }
}

/// `ManagedInstancesProvider` of the ECS API, as far as a machine of one's own can be it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManagedInstances {
    /// The only cluster that it is for.
    pub cluster: ClusterArn,
    pub infrastructure_role: String,
    pub instance_profile: String,
    pub subnets: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub security_groups: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirements: Option<InstanceRequirements>,
    #[serde(default)]
    pub propagate_tags: bool,
    /// For so many seconds an idle instance is kept; -1 for ever; absent is the default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale_in_after_s: Option<i32>,
}

/// What `InstanceRequirementsRequest` asks of an instance that a fleet can be compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InstanceRequirements {
    /// In whole CPUs.
    pub vcpus: Range,
    /// In MiB.
    pub memory: Range,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_types: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub excluded_types: Vec<String>,
}

/// Both ends belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    pub min: i32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i32>,
}

impl Range {
    pub fn contains(&self, value: i64) -> bool {
        value >= i64::from(self.min) && self.max.is_none_or(|max| value <= i64::from(max))
    }
}

impl CapacityProvider {
    pub fn name(&self) -> &str {
        self.arn.name()
    }

    /// The name of its Auto Scaling group: that is how instances say that they belong to it.
    pub fn group(&self) -> Option<&str> {
        match &self.source {
            Source::AutoScalingGroup(group) => Some(group.name()),
            Source::ManagedInstances(_) => None,
        }
    }

    /// The cluster that it is bound to, where it is.
    pub fn cluster(&self) -> Option<&ClusterArn> {
        match &self.source {
            Source::AutoScalingGroup(_) => None,
            Source::ManagedInstances(managed) => Some(&managed.cluster),
        }
    }

    /// Whether tasks wait for instances that it will get. Where nobody makes any, they are refused at once.
    pub fn makes_instances(&self) -> bool {
        match &self.source {
            Source::AutoScalingGroup(group) => group.scaling.enabled,
            Source::ManagedInstances(_) => true,
        }
    }
}

impl AutoScalingGroup {
    /// `arn:…:autoScalingGroup:UUID:autoScalingGroupName/NAME`, or the name itself.
    pub fn name(&self) -> &str {
        self.arn.rsplit_once("autoScalingGroupName/").map_or(self.arn.as_str(), |(_, name)| name)
    }
}

named!(
    /// Life of a capacity provider.
    CapacityProviderStatus, "capacity provider status" {
        Provisioning = "PROVISIONING",
        Active = "ACTIVE",
        Deprovisioning = "DEPROVISIONING",
        Inactive = "INACTIVE",
    }
);

named!(
    /// What came of the last change of a capacity provider.
    UpdateStatus, "capacity provider update status" {
        CreateInProgress = "CREATE_IN_PROGRESS",
        CreateComplete = "CREATE_COMPLETE",
        CreateFailed = "CREATE_FAILED",
        DeleteInProgress = "DELETE_IN_PROGRESS",
        DeleteComplete = "DELETE_COMPLETE",
        DeleteFailed = "DELETE_FAILED",
        UpdateInProgress = "UPDATE_IN_PROGRESS",
        UpdateComplete = "UPDATE_COMPLETE",
        UpdateFailed = "UPDATE_FAILED",
    }
);
