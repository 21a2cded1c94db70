//! The ECS API calls that an agent makes (AWS JSON 1.1, target `AmazonEC2ContainerServiceV20141113.<Operation>`), in the few
//! fields that an agent uses. They are ordinary API calls: the backend serves them through its generated shapes; these are
//! the agent's view, since an agent does not use the API crate. Instants are seconds since the epoch with a fraction.

use crate::text::shape;

/// What stands before the operation's name in `X-Amz-Target`.
pub const TARGET_PREFIX: &str = "AmazonEC2ContainerServiceV20141113";

shape!(Tag { key: plain String, value: plain String });
shape!(Attribute { name: plain String, value: opt String });
shape!(
    Resource {
        name: plain String,
        /// INTEGER or STRINGSET.
        r#type: plain String,
        integer_value: opt i64,
        string_set_value: opt Vec<String>,
    }
);
shape!(PlatformDevice { id: plain String, r#type: plain String });
shape!(VersionInfo { agent_version: opt String, agent_hash: opt String, docker_version: opt String });

shape!(
    RegisterContainerInstanceRequest {
        cluster: opt String,
        client_token: opt String,
        /// Only after a restart with a checkpoint: the instance to be taken up again.
        container_instance_arn: opt String,
        instance_identity_document: opt String,
        instance_identity_document_signature: opt String,
        total_resources: list Resource,
        attributes: list Attribute,
        platform_devices: list PlatformDevice,
        version_info: opt VersionInfo,
        tags: list Tag,
    }
);
shape!(ContainerInstance { container_instance_arn: opt String, status: opt String, attributes: list Attribute });
shape!(RegisterContainerInstanceResponse { container_instance: opt ContainerInstance });

shape!(DiscoverPollEndpointRequest { cluster: opt String, container_instance: opt String, zone_id: opt String });
shape!(
    DiscoverPollEndpointResponse {
        endpoint: opt String,
        telemetry_endpoint: opt String,
        service_connect_endpoint: opt String,
        system_logs_endpoint: opt String,
    }
);

shape!(
    NetworkBinding {
        #[serde(rename = "bindIP")]
        bind_ip: opt String,
        container_port: opt i64,
        host_port: opt i64,
        container_port_range: opt String,
        host_port_range: opt String,
        protocol: opt String,
    }
);
shape!(
    ContainerStateChange {
        container_name: opt String,
        /// PENDING, RUNNING or STOPPED.
        status: opt String,
        exit_code: opt i64,
        reason: opt String,
        runtime_id: opt String,
        image_digest: opt String,
        network_bindings: list NetworkBinding,
    }
);
shape!(AttachmentStateChange { attachment_arn: plain String, status: plain String });
shape!(
    ManagedAgentStateChange {
        container_name: plain String,
        managed_agent_name: plain String,
        status: plain String,
        reason: opt String,
    }
);
shape!(
    SubmitTaskStateChangeRequest {
        cluster: opt String,
        task: opt String,
        /// PENDING, RUNNING or STOPPED.
        status: opt String,
        reason: opt String,
        containers: list ContainerStateChange,
        attachments: list AttachmentStateChange,
        managed_agents: list ManagedAgentStateChange,
        pull_started_at: opt f64,
        pull_stopped_at: opt f64,
        execution_stopped_at: opt f64,
    }
);
shape!(SubmitAttachmentStateChangesRequest { cluster: opt String, attachments: list AttachmentStateChange });
shape!(SubmitResponse { acknowledgment: opt String });

shape!(
    UpdateContainerInstancesStateRequest { cluster: opt String, container_instances: list String, status: plain String }
);

shape!(ListTagsForResourceRequest { resource_arn: plain String });
shape!(ListTagsForResourceResponse { tags: list Tag });

shape!(GetTaskProtectionRequest { cluster: plain String, tasks: list String });
shape!(
    UpdateTaskProtectionRequest {
        cluster: plain String,
        tasks: list String,
        protection_enabled: plain bool,
        expires_in_minutes: opt i64,
    }
);
shape!(ProtectedTask { task_arn: opt String, protection_enabled: plain bool, expiration_date: opt f64 });
shape!(Failure { arn: opt String, reason: opt String, detail: opt String });
shape!(
    /// Of both calls.
    TaskProtectionResponse { protected_tasks: list ProtectedTask, failures: list Failure }
);
