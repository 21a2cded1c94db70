//! The messages of the telemetry service. Instants are seconds since the epoch with a fraction.

use crate::frame::{DecodeError, direction, split_header_prefix};
use crate::text::{open_enum, shape};

direction!(
    /// Agent → backend. Decode a received frame with [`decode_prefixed`]: the official agent puts headers before the JSON.
    FromAgent {
        PublishMetricsRequest(PublishMetricsRequest),
        PublishHealthRequest(PublishHealthRequest),
        PublishInstanceStatusRequest(PublishInstanceStatusRequest),
    }
);

direction!(
    /// Backend → agent.
    FromBackend {
        HeartbeatMessage(HeartbeatMessage),
        AckPublishMetric(AckPublishMetric),
        AckPublishHealth(AckPublishHealth),
        AckPublishInstanceStatus(AckPublishInstanceStatus),
        StopTelemetrySessionMessage(StopTelemetrySessionMessage),
    }
);

/// Decodes an agent's frame with or without the signed header prefix, and hands back the prefix where there is one.
pub fn decode_prefixed(frame: &str) -> Result<(Option<&str>, FromAgent), DecodeError> {
    let (prefix, json) = split_header_prefix(frame);
    Ok((prefix, FromAgent::decode(json)?))
}

shape!(HeartbeatMessage { healthy: opt bool });
shape!(AckPublishMetric { message: opt String });
shape!(AckPublishHealth { message: opt String });
shape!(AckPublishInstanceStatus { message: opt String });
shape!(StopTelemetrySessionMessage { message: opt String });

shape!(
    MetricsMetadata {
        cluster: opt String,
        container_instance: opt String,
        message_id: opt String,
        /// No task runs: the message carries none.
        idle: opt bool,
        /// The last message of this round.
        fin: opt bool,
    }
);
shape!(
    PublishMetricsRequest {
        metadata: opt MetricsMetadata,
        instance_metrics: opt InstanceMetrics,
        task_metrics: list TaskMetric,
        timestamp: opt f64,
    }
);
shape!(InstanceMetrics { storage: opt InstanceStorageMetrics });
shape!(
    /// Percent used.
    InstanceStorageMetrics { root_filesystem: opt f64, data_filesystem: opt f64 }
);
shape!(
    TaskMetric {
        task_arn: opt String,
        cluster_arn: opt String,
        task_definition_family: opt String,
        task_definition_version: opt String,
        container_metrics: list ContainerMetric,
        ephemeral_storage_metrics: opt EphemeralStorageMetrics,
        volume_metrics: list VolumeMetric,
    }
);
shape!(EphemeralStorageMetrics { bytes_utilized: opt ULongStatsSet });
shape!(VolumeMetric { volume_id: opt String, volume_name: opt String, utilized: opt StatsSet, size: opt StatsSet });
shape!(
    ContainerMetric {
        container_name: opt String,
        container_arn: opt String,
        /// Percent of a virtual CPU.
        cpu_stats_set: opt StatsSet,
        /// MiB.
        memory_stats_set: opt StatsSet,
        network_stats_set: opt NetworkStatsSet,
        storage_stats_set: opt StorageStatsSet,
        restart_stats_set: opt RestartStatsSet,
    }
);
shape!(
    /// Samples of a round, condensed.
    StatsSet { min: plain f64, max: plain f64, sample_count: plain i64, sum: plain f64 }
);
shape!(
    /// As [`StatsSet`], of counters.
    ULongStatsSet {
        min: plain i64,
        max: plain i64,
        sample_count: plain i64,
        sum: plain i64,
        overflow_min: opt i64,
        overflow_max: opt i64,
        overflow_sum: opt i64,
    }
);
shape!(
    NetworkStatsSet {
        rx_bytes: opt ULongStatsSet,
        rx_bytes_per_second: opt StatsSet,
        rx_dropped: opt ULongStatsSet,
        rx_errors: opt ULongStatsSet,
        rx_packets: opt ULongStatsSet,
        tx_bytes: opt ULongStatsSet,
        tx_bytes_per_second: opt StatsSet,
        tx_dropped: opt ULongStatsSet,
        tx_errors: opt ULongStatsSet,
        tx_packets: opt ULongStatsSet,
    }
);
shape!(StorageStatsSet { read_size_bytes: opt ULongStatsSet, write_size_bytes: opt ULongStatsSet });
shape!(RestartStatsSet { restart_count: opt i64 });

shape!(HealthMetadata { cluster: opt String, container_instance: opt String, message_id: opt String, fin: opt bool });
shape!(PublishHealthRequest { metadata: opt HealthMetadata, tasks: list TaskHealth, timestamp: opt f64 });
shape!(
    TaskHealth {
        task_arn: opt String,
        cluster_arn: opt String,
        task_definition_family: opt String,
        task_definition_version: opt String,
        containers: list ContainerHealth,
    }
);
open_enum!(HealthStatus { Healthy = "HEALTHY", Unhealthy = "UNHEALTHY", Unknown = "UNKNOWN" });
shape!(
    ContainerHealth {
        container_name: opt String,
        health_status: opt HealthStatus,
        status_since: opt f64,
        status_message: opt String,
    }
);

shape!(InstanceStatusMetadata { cluster: opt String, container_instance: opt String, request_id: opt String });
open_enum!(
    InstanceHealthcheckStatus {
        Ok = "OK",
        Impaired = "IMPAIRED",
        InsufficientData = "INSUFFICIENT_DATA",
        Initializing = "INITIALIZING",
    }
);
shape!(
    InstanceStatus {
        r#type: opt String,
        status: opt InstanceHealthcheckStatus,
        status_reason: opt String,
        last_updated: opt f64,
        last_status_change: opt f64,
    }
);
shape!(
    PublishInstanceStatusRequest {
        metadata: opt InstanceStatusMetadata,
        statuses: list InstanceStatus,
        timestamp: opt f64,
    }
);
