//! A task set: a part of a service's tasks that a deployment controller other than ECS's own made, scales and takes away.

use super::service::Schedule;
use crate::ids::{ClusterArn, ServiceArn, ServiceRevisionArn, TaskSetArn};
use crate::status::named;
use crate::{Percent, Tag, Timestamp};
use serde::{Deserialize, Serialize};

/// The record of a task set. Key: its ARN.
///
/// Two halves with separate writers: the API writes what is wanted, the service scheduler writes `counted`, `stable_at` and `schedule`. An
/// update that unsettles a set writes `schedule.steady` as well.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TaskSet {
    pub arn: TaskSetArn,
    pub service: ServiceArn,
    pub cluster: ClusterArn,
    pub status: TaskSetStatus,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    /// `CODE_DEPLOY` where that controller made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_by: Option<String>,
    /// What the controller calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// What it runs. The revision has the number of the set, so that its tasks are started by the set.
    pub revision: ServiceRevisionArn,
    /// The part of the service's desired count that it runs.
    pub scale: Percent,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,

    /// How many tasks it was to have when its scheduler last looked.
    #[serde(default)]
    pub counted: u32,
    /// When it became, or ceased to be, stable.
    pub stable_at: Timestamp,
    #[serde(default)]
    pub schedule: Schedule,
}

impl TaskSet {
    /// `ecs-svc/` and a number; `startedBy` of its tasks.
    pub fn id(&self) -> String {
        self.arn.id()
    }
}

named!(
    /// Life of a task set.
    TaskSetStatus, "task set status" {
        Primary = "PRIMARY",
        Active = "ACTIVE",
        Draining = "DRAINING",
    }
);

impl TaskSetStatus {
    /// PRIMARY and ACTIVE may be exchanged; DRAINING is the end.
    pub const fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Primary, Self::Active) | (Self::Active, Self::Primary) => true,
            (Self::Primary | Self::Active, Self::Draining) => true,
            (Self::Draining, _) | (Self::Primary, Self::Primary) | (Self::Active, Self::Active) => false,
        }
    }
}
