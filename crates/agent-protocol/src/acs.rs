//! The messages of the agent communication service. What the fields mean stands with the reference of the protocol; the
//! shapes here keep every one of them.

use crate::frame::direction;
use crate::payload::{Attachment, ElasticNetworkInterface, IamRoleCredentials, Task};
use crate::text::{open_enum, shape};
use model::balancer::{Change, Configuration, Observations};
use model::fabric::Update;

direction!(
    /// Backend → agent.
    FromBackend {
        HeartbeatMessage(HeartbeatMessage),
        PayloadMessage(PayloadMessage),
        IAMRoleCredentialsMessage(IamRoleCredentialsMessage),
        TaskManifestMessage(TaskManifestMessage),
        TaskStopVerificationAck(TaskStopVerificationAck),
        AttachTaskNetworkInterfacesMessage(AttachTaskNetworkInterfacesMessage),
        AttachInstanceNetworkInterfacesMessage(AttachInstanceNetworkInterfacesMessage),
        ConfirmAttachmentMessage(ConfirmAttachmentMessage),
        VpcUpdateMessage(VpcUpdateMessage),
        VpcManifestMessage(VpcManifestMessage),
        BalancerUpdateMessage(BalancerUpdateMessage),
        BalancerChangeMessage(BalancerChangeMessage),
        StageUpdateMessage(StageUpdateMessage),
        PerformUpdateMessage(PerformUpdateMessage),
        CloseMessage(CloseMessage),
    }
);

direction!(
    /// Agent → backend. The official agent has the first five; the last is our own's.
    FromAgent {
        AckRequest(AckRequest),
        NackRequest(NackRequest),
        HeartbeatAckRequest(HeartbeatAckRequest),
        IAMRoleCredentialsAckRequest(IamRoleCredentialsAckRequest),
        TaskStopVerificationMessage(TaskStopVerificationMessage),
        BalancerObservationsMessage(BalancerObservationsMessage),
    }
);

shape!(HeartbeatMessage { message_id: opt String, healthy: opt bool });
shape!(HeartbeatAckRequest { message_id: opt String });

shape!(
    /// Tasks to start and stop. Stops are applied before starts.
    PayloadMessage {
        /// Required: without it the agent drops the message.
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        /// Milliseconds since the epoch.
        generated_at: opt i64,
        seq_num: opt i64,
        timeline: opt i64,
        tasks: list Task,
    }
);

shape!(AckRequest { cluster: opt String, container_instance: opt String, message_id: opt String });
shape!(NackRequest { cluster: opt String, container_instance: opt String, message_id: opt String, reason: opt String });

open_enum!(RoleType { TaskApplication = "TaskApplication", TaskExecution = "TaskExecution" });

shape!(
    /// Refreshed credentials; the credentialsId stays what it was.
    IamRoleCredentialsMessage {
        message_id: opt String,
        task_arn: opt String,
        task_cluster_arn: opt String,
        role_type: opt RoleType,
        role_credentials: opt IamRoleCredentials,
    }
);
shape!(IamRoleCredentialsAckRequest { message_id: opt String, expiration: opt String, credentials_id: opt String });

shape!(TaskIdentifier { task_arn: opt String, task_cluster_arn: opt String, desired_status: opt String });

shape!(
    /// Every task the backend believes on the instance. Discarded unless `timeline` exceeds all seen.
    TaskManifestMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        generated_at: opt i64,
        timeline: opt i64,
        tasks: list TaskIdentifier,
    }
);
shape!(
    /// Tasks the agent has and the manifest does not: may they be stopped?
    TaskStopVerificationMessage { message_id: opt String, stop_candidates: list TaskIdentifier }
);
shape!(
    /// Those of the candidates that are to stop, with the manifest's messageId.
    TaskStopVerificationAck { message_id: opt String, generated_at: opt i64, stop_tasks: list TaskIdentifier }
);

shape!(
    AttachTaskNetworkInterfacesMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        task_arn: opt String,
        task_cluster_arn: opt String,
        generated_at: opt i64,
        wait_timeout_ms: opt i64,
        elastic_network_interfaces: list ElasticNetworkInterface,
    }
);
shape!(
    AttachInstanceNetworkInterfacesMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        generated_at: opt i64,
        wait_timeout_ms: opt i64,
        elastic_network_interfaces: list ElasticNetworkInterface,
    }
);
shape!(
    ConfirmAttachmentMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        task_arn: opt String,
        task_cluster_arn: opt String,
        generated_at: opt i64,
        wait_timeout_ms: opt i64,
        attachment: opt Attachment,
    }
);

shape!(
    /// What changed about a VPC that the instance has interfaces of. Sent to our own agent only, which asks for it with the attribute
    /// [`crate::VPC_UPDATES`]; AWS's network does this by itself. It comes before the tasks that need it.
    VpcUpdateMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        generated_at: opt i64,
        update: opt Update,
    }
);

shape!(
    /// Every VPC that the instance has interfaces of, at the beginning of a session: what it has of others, from earlier sessions, it may forget. Sent to
    /// agents that get [`VpcUpdateMessage`]s, before the first of them.
    VpcManifestMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        generated_at: opt i64,
        vpcs: list String,
    }
);

shape!(
    /// What the instance's data plane of load balancers is to serve, whole. Sent to our own agent only, which asks for it with the attribute
    /// [`crate::BALANCERS`]: at the beginning of each session, and where it changes. It comes after what the load balancers need of their VPCs.
    BalancerUpdateMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        generated_at: opt i64,
        configuration: opt Configuration,
    }
);

shape!(
    /// A part of what changed of that, in place of the whole: for agents that say [`crate::BALANCER_CHANGES`]. The first change of a session is one of
    /// nothing. Parts come in their order; what is served changes with the last one.
    BalancerChangeMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        generated_at: opt i64,
        change: opt Change,
    }
);

shape!(
    /// What that data plane tells of itself, whole: where it changes, and at the beginning of each session.
    BalancerObservationsMessage {
        cluster: opt String,
        container_instance: opt String,
        observations: opt Observations,
        /// Why it does not serve what it was told last.
        refusal: opt String,
    }
);

shape!(UpdateInfo { location: opt String, signature: opt String });
shape!(
    StageUpdateMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        update_info: opt UpdateInfo,
    }
);
shape!(
    PerformUpdateMessage {
        message_id: opt String,
        cluster_arn: opt String,
        container_instance_arn: opt String,
        update_info: opt UpdateInfo,
    }
);
shape!(CloseMessage { message: opt String });

#[cfg(test)]
mod tests;
