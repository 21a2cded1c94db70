//! Statuses, each an enum with the AWS names and one `may_become` table.
//!
//! Statuses only move forward. A table answers "may this observation or decision replace what is recorded?"; everyone who
//! writes a status asks it. `Unknown` is never a default: what is not known yet is an `Option`.

/// A text that names no value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{text}' is not a {expected}")]
pub struct UnknownName {
    pub text: String,
    pub expected: &'static str,
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident, $word:literal { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name AWS gives it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::status::UnknownName;

            fn from_str(text: &str) -> Result<Self, $crate::status::UnknownName> {
                Self::ALL
                    .iter()
                    .copied()
                    .find(|value| value.as_str() == text)
                    .ok_or_else(|| $crate::status::UnknownName { text: text.to_owned(), expected: $word })
            }
        }
    };
}

pub(crate) use named;

named!(
    /// Where a task is in its life, as `lastStatus` shows it. Observed: the agent's reports move it, except that the
    /// control plane makes PROVISIONING and PENDING and may stop a task that never reached an agent.
    TaskStatus, "task status" {
        Provisioning = "PROVISIONING",
        Pending = "PENDING",
        Activating = "ACTIVATING",
        Running = "RUNNING",
        Deactivating = "DEACTIVATING",
        Stopping = "STOPPING",
        Deprovisioning = "DEPROVISIONING",
        Stopped = "STOPPED",
        Deleted = "DELETED",
    }
);

impl TaskStatus {
    /// Forward only; STOPPED can be reached from everywhere but DELETED.
    pub const fn may_become(self, next: Self) -> bool {
        (self as u8) < (next as u8)
    }

    /// Whether the task holds its resources on the instance no longer.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Stopped | Self::Deleted)
    }
}

named!(
    /// What is wanted of a task: the control plane's word alone.
    DesiredStatus, "desired status" {
        Pending = "PENDING",
        Running = "RUNNING",
        Stopped = "STOPPED",
    }
);

impl DesiredStatus {
    pub const fn may_become(self, next: Self) -> bool {
        (self as u8) < (next as u8)
    }
}

named!(
    /// Where a container is, as DescribeTasks shows it.
    ContainerStatus, "container status" {
        Pending = "PENDING",
        Running = "RUNNING",
        Stopped = "STOPPED",
    }
);

impl ContainerStatus {
    /// Forward only. (A restart by its restart policy leaves a container RUNNING here.)
    pub const fn may_become(self, next: Self) -> bool {
        (self as u8) < (next as u8)
    }
}

named!(
    /// Health of a container or task: the verdict of its health checks.
    HealthStatus, "health status" {
        Healthy = "HEALTHY",
        Unhealthy = "UNHEALTHY",
        Unknown = "UNKNOWN",
    }
);

named!(
    /// Whether the agent of an instance, or of a task's instance, is heard of.
    Connectivity, "connectivity" {
        Connected = "CONNECTED",
        Disconnected = "DISCONNECTED",
    }
);

named!(
    /// Why a task stopped, as `stopCode` shows it. Derived by the control plane.
    StopCode, "stop code" {
        TaskFailedToStart = "TaskFailedToStart",
        EssentialContainerExited = "EssentialContainerExited",
        UserInitiated = "UserInitiated",
        ServiceSchedulerInitiated = "ServiceSchedulerInitiated",
        SpotInterruption = "SpotInterruption",
        TerminationNotice = "TerminationNotice",
    }
);

named!(
    /// On what kind of capacity a task runs.
    LaunchType, "launch type" {
        Ec2 = "EC2",
        Fargate = "FARGATE",
        External = "EXTERNAL",
        /// Never asked for: of tasks that a capacity provider of Managed Instances has.
        ManagedInstances = "MANAGED_INSTANCES",
    }
);

named!(
    /// How the containers of a task are attached to the network.
    NetworkMode, "network mode" {
        Bridge = "bridge",
        Host = "host",
        Awsvpc = "awsvpc",
        None = "none",
    }
);

named!(
    /// Life of a cluster.
    ClusterStatus, "cluster status" {
        Active = "ACTIVE",
        Provisioning = "PROVISIONING",
        Deprovisioning = "DEPROVISIONING",
        Failed = "FAILED",
        Inactive = "INACTIVE",
    }
);

named!(
    /// Life of a task definition revision.
    TaskDefinitionStatus, "task definition status" {
        Active = "ACTIVE",
        Inactive = "INACTIVE",
        DeleteInProgress = "DELETE_IN_PROGRESS",
    }
);

impl TaskDefinitionStatus {
    pub const fn may_become(self, next: Self) -> bool {
        (self as u8) < (next as u8)
    }
}

named!(
    /// Life of a container instance.
    InstanceStatus, "container instance status" {
        Registering = "REGISTERING",
        RegistrationFailed = "REGISTRATION_FAILED",
        Active = "ACTIVE",
        Draining = "DRAINING",
        Deregistering = "DEREGISTERING",
        Inactive = "INACTIVE",
    }
);

impl InstanceStatus {
    /// ACTIVE and DRAINING may be exchanged by UpdateContainerInstancesState; INACTIVE is the end.
    pub const fn may_become(self, next: Self) -> bool {
        match (self, next) {
            (Self::Active, Self::Draining) | (Self::Draining, Self::Active) => true,
            (Self::Registering, Self::RegistrationFailed | Self::Active) => true,
            (Self::Inactive | Self::RegistrationFailed, _) => false,
            (_, Self::Deregistering | Self::Inactive) => (self as u8) < (next as u8),
            (_, Self::Registering | Self::RegistrationFailed | Self::Active | Self::Draining) => false,
        }
    }
}

named!(
    /// Protocol of a container port.
    TransportProtocol, "transport protocol" {
        Tcp = "tcp",
        Udp = "udp",
    }
);

named!(
    /// What a dependency has to have reached before the dependent container starts.
    ContainerCondition, "container condition" {
        Start = "START",
        Complete = "COMPLETE",
        Success = "SUCCESS",
        Healthy = "HEALTHY",
    }
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip() {
        for status in TaskStatus::ALL {
            assert_eq!(status.as_str().parse::<TaskStatus>(), Ok(*status));
            let json = serde_json::to_string(status).expect("an enum is JSON");
            assert_eq!(json, format!("\"{status}\""));
        }
    }

    #[test]
    fn no_status_goes_back() {
        for a in TaskStatus::ALL {
            assert!(!a.may_become(*a));
            for b in TaskStatus::ALL {
                assert!(!(a.may_become(*b) && b.may_become(*a)), "{a} {b}");
            }
        }
        assert!(InstanceStatus::Draining.may_become(InstanceStatus::Active));
        assert!(!InstanceStatus::Inactive.may_become(InstanceStatus::Active));
        assert!(InstanceStatus::Active.may_become(InstanceStatus::Inactive));
    }
}
