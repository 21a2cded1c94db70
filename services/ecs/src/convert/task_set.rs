//! Task sets, as the API shows them.

use super::ToApi;
use super::service::{TaskCounts, platform_family, whole};
use api::ecs as a;
use model::Percent;
use model::ecs::ServiceRevision;
use model::ecs::task_set::TaskSet;

/// What of a task set is not in its own record.
pub(crate) struct Beside<'a> {
    pub revision: Option<&'a ServiceRevision>,
    pub counts: TaskCounts,
    pub computed_desired_count: u32,
    pub stable: bool,
    pub with_tags: bool,
}

pub(crate) fn task_set(record: &TaskSet, beside: &Beside<'_>) -> a::TaskSet {
    let revision = beside.revision;
    a::TaskSet {
        id: Some(record.id()),
        task_set_arn: Some(record.arn.to_string()),
        service_arn: Some(record.service.to_string()),
        cluster_arn: Some(record.cluster.to_string()),
        started_by: record.started_by.clone(),
        external_id: record.external_id.clone(),
        status: Some(record.status.to_string()),
        task_definition: revision.map(|r| r.task_definition.to_string()),
        computed_desired_count: Some(whole(beside.computed_desired_count)),
        pending_count: Some(beside.counts.pending),
        running_count: Some(beside.counts.running),
        created_at: Some(record.created_at.to_api()),
        updated_at: Some(record.updated_at.to_api()),
        launch_type: revision.and_then(|r| r.launch_type.to_api()),
        capacity_provider_strategy: revision.and_then(|r| r.capacity_provider_strategy.to_api()),
        platform_version: revision.and_then(|r| r.platform_version.clone()),
        platform_family: revision.and_then(platform_family),
        network_configuration: revision.and_then(|r| r.network_configuration.to_api()),
        load_balancers: Some(revision.map(|r| r.load_balancers.to_api()).unwrap_or_default()),
        service_registries: Some(Vec::new()),
        scale: Some(scale(record.scale)),
        stability_status: Some(if beside.stable {
            a::StabilityStatus::SteadyState
        } else {
            a::StabilityStatus::Stabilizing
        }),
        stability_status_at: Some(record.stable_at.to_api()),
        tags: beside.with_tags.then(|| record.tags.to_api()),
        fargate_ephemeral_storage: None,
    }
}

fn scale(scale: Percent) -> a::Scale {
    a::Scale { value: Some(scale.value()), unit: Some(a::ScaleUnit::Percent) }
}
