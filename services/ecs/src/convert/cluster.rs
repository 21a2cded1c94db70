//! A cluster as the API shows it.

use super::{ToApi, enums, pair, structs};
use model::ecs::cluster as m;

structs! {
    ClusterSetting = m::ClusterSetting { name, value }
    ExecuteCommandLogConfiguration = m::ExecuteCommandLogConfiguration {
        cloud_watch_log_group_name, cloud_watch_encryption_enabled, s3_bucket_name, s3_encryption_enabled, s3_key_prefix,
    }
    ExecuteCommandConfiguration = m::ExecuteCommandConfiguration { kms_key_id, logging, log_configuration }
    ManagedStorageConfiguration = m::ManagedStorageConfiguration { kms_key_id, fargate_ephemeral_storage_kms_key_id }
    ClusterConfiguration = m::ClusterConfiguration { execute_command_configuration, managed_storage_configuration }
}

enums! {
    ClusterSettingName = m::ClusterSettingName,
    ExecuteCommandLogging = m::ExecuteCommandLogging,
}

/// What a cluster's record says, with the counts that the caller took from the tables. What is shown on request only (`include`) is left out.
pub(crate) fn cluster(record: &m::Cluster, counts: &crate::count::ClusterCounts) -> api::ecs::Cluster {
    api::ecs::Cluster {
        cluster_arn: Some(record.arn.to_string()),
        cluster_name: Some(record.arn.name().to_owned()),
        status: Some(record.status.to_string()),
        registered_container_instances_count: Some(counts.instances),
        running_tasks_count: Some(counts.running()),
        pending_tasks_count: Some(counts.pending()),
        active_services_count: Some(counts.services.active()),
        statistics: Some(Vec::new()),
        tags: Some(Vec::new()),
        settings: Some(Vec::new()),
        capacity_providers: Some(record.capacity_providers.clone()),
        default_capacity_provider_strategy: Some(record.default_capacity_provider_strategy.to_api()),
        service_connect_defaults: record
            .service_connect_namespace
            .clone()
            .map(|namespace| api::ecs::ClusterServiceConnectDefaults { namespace: Some(namespace) }),
        ..Default::default()
    }
}

/// What a cluster's capacity providers brought with them. The names of policy and hook are of AWS's form and stand for nothing else here.
pub(crate) fn attachments(record: &m::Cluster) -> Vec<api::ecs::Attachment> {
    let shown = |attachment: &m::ClusterAttachment| {
        let named = match attachment.kind {
            m::ClusterAttachmentKind::ScalingPolicy => {
                pair("scalingPolicyName", format!("ECSManagedAutoScalingPolicy-{}", attachment.id))
            }
            m::ClusterAttachmentKind::ManagedDraining => {
                pair("autoScalingLifecycleHookName", "ecs-managed-draining-termination-hook")
            }
        };
        api::ecs::Attachment {
            id: Some(attachment.id.to_string()),
            r#type: Some(attachment.kind.to_string()),
            status: Some("CREATED".to_owned()),
            details: Some(vec![pair("capacityProviderName", &attachment.capacity_provider), named]),
        }
    };
    record.attachments.iter().map(shown).collect()
}
