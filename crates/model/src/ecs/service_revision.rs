//! A service revision: what one deployment of a service runs. Immutable once made, but for the images that its tasks turned out to run, and the side that they
//! are on where traffic has moved in the meantime.

use super::launch::{CapacityProviderStrategyItem, NetworkConfiguration};
use super::load_balancer::LoadBalancer;
use crate::Timestamp;
use crate::ids::{ClusterArn, ServiceArn, ServiceRevisionArn, TargetGroupArn, TaskDefinitionArn};
use crate::status::LaunchType;
use serde::{Deserialize, Serialize};

/// The record of a service revision. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceRevision {
    pub arn: ServiceRevisionArn,
    pub service: ServiceArn,
    pub cluster: ClusterArn,
    pub created_at: Timestamp,
    pub task_definition: TaskDefinitionArn,
    /// `None` where a capacity provider strategy says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launch_type: Option<LaunchType>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capacity_provider_strategy: Vec<CapacityProviderStrategyItem>,
    /// As the caller named it, `LATEST` included: what the service shows. Of task sets only the version is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_asked: Option<String>,
    /// What that stood for when the revision was made: its tasks keep to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network_configuration: Option<NetworkConfiguration>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub load_balancers: Vec<LoadBalancer>,
    /// Its tasks are registered to the alternate target groups: the revision before it has the first ones, or these have its service's traffic.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_alternate: bool,
    /// What its containers run.
    pub container_images: Vec<ContainerImage>,
}

/// `ContainerImage` of the ECS API.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ContainerImage {
    pub container_name: String,
    pub image: String,
}

impl ServiceRevision {
    /// The id of its deployment: `ecs-svc/` and the number of the revision.
    pub fn deployment_id(&self) -> String {
        deployment_id(&self.arn)
    }

    /// The platform version as the service shows it.
    pub fn shown_platform(&self) -> Option<&String> {
        self.platform_asked.as_ref().or(self.platform_version.as_ref())
    }

    /// Whether a service that runs `self` would run the same with `other`: everything but the name.
    pub fn is_like(&self, other: &Self) -> bool {
        self.task_definition == other.task_definition
            && self.launch_type == other.launch_type
            && self.capacity_provider_strategy == other.capacity_provider_strategy
            && self.shown_platform() == other.shown_platform()
            && self.network_configuration == other.network_configuration
            && self.load_balancers == other.load_balancers
    }

    /// Where its tasks are registered, in the order of its load balancers.
    pub fn target_groups(&self) -> impl Iterator<Item = &TargetGroupArn> {
        self.load_balancers.iter().map(|balancer| balancer.group(self.in_alternate))
    }

    /// Whether it has to have the alternate target groups, so that the tasks of `before`, which goes on beside it, are in others.
    pub fn avoids(&self, before: &Self) -> bool {
        let advanced = self.load_balancers.iter().filter(|balancer| balancer.advanced.is_some());
        let mut firsts = advanced.map(|balancer| &balancer.target_group);
        firsts.any(|group| before.target_groups().any(|taken| taken == group))
    }
}

/// The id of a revision's deployment.
pub fn deployment_id(revision: &ServiceRevisionArn) -> String {
    format!("ecs-svc/{}", revision.id())
}
