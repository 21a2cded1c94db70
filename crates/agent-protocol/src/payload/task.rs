//! A task, its credentials and its attachments.

use super::{Container, ElasticNetworkInterface, Volume};
use crate::text::{SensitiveString, open_enum, shape};

shape!(
    /// A task. To stop one: `arn`, `desiredStatus` STOPPED, no containers, `overrides` "{}".
    Task {
        arn: plain String,
        task_cluster_arn: opt String,
        family: opt String,
        /// The revision, as a text.
        version: opt String,
        /// RUNNING or STOPPED.
        desired_status: plain String,
        /// "{}" from today's backends.
        overrides: opt String,
        task_definition_account_id: opt String,
        zone: opt String,
        /// Limit in virtual CPUs (not CPU units).
        cpu: opt f64,
        /// Limit in MiB.
        memory: opt i64,
        /// bridge, host, awsvpc or none.
        network_mode: opt String,
        /// EC2, EXTERNAL or FARGATE.
        launch_type: opt String,
        /// host or task.
        pid_mode: opt String,
        /// host, task or none.
        ipc_mode: opt String,
        service_name: opt String,
        group: opt String,
        role_credentials: opt IamRoleCredentials,
        execution_role_credentials: opt IamRoleCredentials,
        elastic_network_interfaces: list ElasticNetworkInterface,
        associations: list Association,
        proxy_configuration: opt ProxyConfiguration,
        agent_configuration: opt String,
        attachments: list Attachment,
        enable_fault_injection: opt bool,
        /// Ours, of Fargate tasks; agents of AWS's that have no use for it ignore it.
        ephemeral_storage_gib: opt i64,
        trusted_execution_configuration: opt TrustedExecutionConfiguration,
        volumes: list Volume,
        containers: plain Vec<Container>,
    }
);

impl Task {
    /// The payload that stops a task.
    pub fn stop(arn: impl Into<String>) -> Self {
        Self {
            arn: arn.into(),
            desired_status: "STOPPED".to_owned(),
            overrides: Some("{}".to_owned()),
            ..Self::default()
        }
    }
}

shape!(
    /// Credentials of a task role or execution role.
    IamRoleCredentials {
        credentials_id: opt String,
        role_arn: opt String,
        access_key_id: opt String,
        secret_access_key: opt SensitiveString,
        session_token: opt SensitiveString,
        /// ISO 8601, as `2026-01-01T00:00:00Z`.
        expiration: opt String,
        credential_scope: opt String,
    }
);

open_enum!(Encoding { Identity = "identity", Base64 = "base64" });
shape!(EncodedString { value: opt String, encoding: opt Encoding });

open_enum!(AssociationType { ElasticInference = "elastic-inference", Gpu = "gpu" });
shape!(
    /// Something of the instance that belongs to the task, such as a GPU.
    Association {
        name: opt String,
        r#type: opt AssociationType,
        content: opt EncodedString,
        containers: list String,
    }
);

open_enum!(ProxyConfigurationType { AppMesh = "APPMESH" });
shape!(ProxyConfiguration { r#type: opt ProxyConfigurationType, container_name: opt String, properties: map String });

shape!(TrustedExecutionConfiguration { isolation_mode: opt String });

shape!(AttachmentProperty { name: opt String, value: opt String });
shape!(
    /// An attachment such as an EBS volume (`amazonebs`).
    Attachment { attachment_arn: opt String, attachment_type: opt String, attachment_properties: list AttachmentProperty }
);

impl Attachment {
    /// The value of a property.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.attachment_properties.iter().find(|p| p.name.as_deref() == Some(name))?.value.as_deref()
    }
}
