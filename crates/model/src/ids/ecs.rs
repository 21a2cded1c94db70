//! ARNs of the container service.

use super::{Arn, ArnError, HexId, Scope, Uuid, base62, number, text_newtype};
use std::fmt;
use std::str::FromStr;

macro_rules! ecs_arn {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $word:literal, $parts:literal) => {
        text_newtype!($(#[$doc])* $name);

        impl FromStr for $name {
            type Err = ArnError;

            fn from_str(text: &str) -> Result<Self, ArnError> {
                let wrong = || ArnError::WrongKind { text: text.to_owned(), expected: $word };
                let arn: Arn = text.parse()?;
                let rest = arn.resource.strip_prefix(concat!($kind, "/")).ok_or_else(wrong)?;
                let mut parts = rest.split('/');
                let filled = parts.by_ref().take($parts).filter(|p| !p.is_empty()).count();
                if arn.service != "ecs" || filled != $parts || parts.next().is_some() {
                    return Err(wrong());
                }
                Ok(Self(text.into()))
            }
        }

        impl $name {
            /// The account that the ARN names.
            pub fn scope(&self) -> Scope {
                let arn: Arn = self.0.parse().expect("checked when it was made");
                Scope { partition: arn.partition, region: arn.region, account: arn.account }
            }

            fn part(&self, index: usize) -> &str {
                let resource = self.0.splitn(6, ':').nth(5).expect("checked when it was made");
                resource.split('/').nth(index).expect("checked when it was made")
            }
        }
    };
}

ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:cluster/NAME`
    ClusterArn, "cluster", "cluster", 1
);
ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:task/CLUSTER/ID`, ID being 32 hex digits
    TaskArn, "task", "task", 2
);
ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:container-instance/CLUSTER/ID`, ID being 32 hex digits
    ContainerInstanceArn, "container-instance", "container instance", 2
);
ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:container/CLUSTER/TASK-ID/UUID`
    ContainerArn, "container", "container", 3
);
ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:service/CLUSTER/NAME`
    ServiceArn, "service", "service", 2
);
ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:service-revision/CLUSTER/SERVICE/NUMBER`
    ServiceRevisionArn, "service-revision", "service revision", 3
);
ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:service-deployment/CLUSTER/SERVICE/ID`
    ServiceDeploymentArn, "service-deployment", "service deployment", 3
);

ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:daemon/CLUSTER/NAME`
    DaemonArn, "daemon", "daemon", 2
);
ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:daemon-revision/CLUSTER/DAEMON/NUMBER`
    DaemonRevisionArn, "daemon-revision", "daemon revision", 3
);
ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:daemon-deployment/CLUSTER/DAEMON/ID`
    DaemonDeploymentArn, "daemon-deployment", "daemon deployment", 3
);
ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:task-set/CLUSTER/SERVICE/ecs-svc/NUMBER`
    TaskSetArn, "task-set", "task set", 4
);

ecs_arn!(
    /// `arn:aws:ecs:REGION:ACCOUNT:capacity-provider/NAME`
    CapacityProviderArn, "capacity-provider", "capacity provider", 1
);

impl CapacityProviderArn {
    pub fn new(scope: &Scope, name: &str) -> Self {
        Self(scope.arn("ecs", format!("capacity-provider/{name}")).to_string().into())
    }

    pub fn name(&self) -> &str {
        self.part(1)
    }
}

impl ClusterArn {
    pub fn new(scope: &Scope, name: &str) -> Self {
        Self(scope.arn("ecs", format!("cluster/{name}")).to_string().into())
    }

    /// The cluster's name.
    pub fn name(&self) -> &str {
        self.part(1)
    }
}

impl TaskArn {
    pub fn new(cluster: &ClusterArn, id: &HexId) -> Self {
        Self(cluster.scope().arn("ecs", format!("task/{}/{id}", cluster.name())).to_string().into())
    }

    /// The name of the cluster that the task runs in.
    pub fn cluster_name(&self) -> &str {
        self.part(1)
    }

    /// The ARN of that cluster.
    pub fn cluster(&self) -> ClusterArn {
        ClusterArn::new(&self.scope(), self.cluster_name())
    }

    /// The 32 hex digits at its end.
    pub fn id(&self) -> &str {
        self.part(2)
    }
}

impl ContainerInstanceArn {
    pub fn new(cluster: &ClusterArn, id: &HexId) -> Self {
        Self(
            cluster
                .scope()
                .arn("ecs", format!("container-instance/{}/{id}", cluster.name()))
                .to_string()
                .into(),
        )
    }

    pub fn cluster_name(&self) -> &str {
        self.part(1)
    }

    pub fn cluster(&self) -> ClusterArn {
        ClusterArn::new(&self.scope(), self.cluster_name())
    }

    /// The 32 hex digits at its end.
    pub fn id(&self) -> &str {
        self.part(2)
    }
}

impl ContainerArn {
    pub fn new(task: &TaskArn, uuid: &Uuid) -> Self {
        let resource = format!("container/{}/{}/{uuid}", task.cluster_name(), task.id());
        Self(task.scope().arn("ecs", resource).to_string().into())
    }

    /// The UUID at its end.
    pub fn uuid(&self) -> &str {
        self.part(3)
    }
}

impl ServiceArn {
    pub fn new(cluster: &ClusterArn, name: &str) -> Self {
        Self(cluster.scope().arn("ecs", format!("service/{}/{name}", cluster.name())).to_string().into())
    }

    pub fn name(&self) -> &str {
        self.part(2)
    }

    /// The name of the cluster that it is of.
    pub fn cluster_name(&self) -> &str {
        self.part(1)
    }

    /// The ARN of that cluster.
    pub fn cluster(&self) -> ClusterArn {
        ClusterArn::new(&self.scope(), self.cluster_name())
    }
}

impl ServiceRevisionArn {
    /// Of a service, with nineteen digits made of random bytes.
    pub fn from_random(service: &ServiceArn, bytes: [u8; 16]) -> Self {
        let resource =
            format!("service-revision/{}/{}/{}", service.cluster_name(), service.name(), number(bytes));
        Self(service.scope().arn("ecs", resource).to_string().into())
    }

    /// The number at its end.
    pub fn id(&self) -> &str {
        self.part(3)
    }

    pub fn service(&self) -> ServiceArn {
        ServiceArn::new(&ClusterArn::new(&self.scope(), self.part(1)), self.part(2))
    }
}

impl ServiceDeploymentArn {
    /// Of a service, with 21 characters made of random bytes.
    pub fn from_random(service: &ServiceArn, bytes: [u8; 16]) -> Self {
        let resource =
            format!("service-deployment/{}/{}/{}", service.cluster_name(), service.name(), base62(bytes));
        Self(service.scope().arn("ecs", resource).to_string().into())
    }

    pub fn service(&self) -> ServiceArn {
        ServiceArn::new(&ClusterArn::new(&self.scope(), self.part(1)), self.part(2))
    }
}

impl DaemonArn {
    pub fn new(cluster: &ClusterArn, name: &str) -> Self {
        Self(cluster.scope().arn("ecs", format!("daemon/{}/{name}", cluster.name())).to_string().into())
    }

    pub fn name(&self) -> &str {
        self.part(2)
    }

    /// The ARN of the cluster that it is of.
    pub fn cluster(&self) -> ClusterArn {
        ClusterArn::new(&self.scope(), self.part(1))
    }
}

impl DaemonRevisionArn {
    /// Of a daemon, with nineteen digits made of random bytes.
    pub fn from_random(daemon: &DaemonArn, bytes: [u8; 16]) -> Self {
        let resource = format!("daemon-revision/{}/{}/{}", daemon.part(1), daemon.name(), number(bytes));
        Self(daemon.scope().arn("ecs", resource).to_string().into())
    }

    /// The number at its end.
    pub fn id(&self) -> &str {
        self.part(3)
    }
}

impl DaemonDeploymentArn {
    /// Of a daemon, with 21 characters made of random bytes.
    pub fn from_random(daemon: &DaemonArn, bytes: [u8; 16]) -> Self {
        let resource = format!("daemon-deployment/{}/{}/{}", daemon.part(1), daemon.name(), base62(bytes));
        Self(daemon.scope().arn("ecs", resource).to_string().into())
    }

    /// The daemon that it is of.
    pub fn daemon(&self) -> DaemonArn {
        DaemonArn::new(&ClusterArn::new(&self.scope(), self.part(1)), self.part(2))
    }
}

impl TaskSetArn {
    /// `id` is `ecs-svc/` and a number.
    pub fn new(service: &ServiceArn, id: &str) -> Self {
        let resource = format!("task-set/{}/{}/{id}", service.cluster_name(), service.name());
        Self(service.scope().arn("ecs", resource).to_string().into())
    }

    /// `ecs-svc/` and a number.
    pub fn id(&self) -> String {
        format!("{}/{}", self.part(3), self.part(4))
    }

    pub fn service(&self) -> ServiceArn {
        ServiceArn::new(&ClusterArn::new(&self.scope(), self.part(1)), self.part(2))
    }
}

text_newtype!(
    /// `arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION`, or `…:daemon-task-definition/FAMILY:REVISION`: what tasks of daemons are made of
    TaskDefinitionArn
);

impl TaskDefinitionArn {
    pub fn new(scope: &Scope, family: &str, revision: u32) -> Self {
        Self(scope.arn("ecs", format!("task-definition/{family}:{revision}")).to_string().into())
    }

    pub fn of_daemon(scope: &Scope, family: &str, revision: u32) -> Self {
        Self(scope.arn("ecs", format!("daemon-task-definition/{family}:{revision}")).to_string().into())
    }

    /// Whether only daemons run it.
    pub fn is_of_daemon(&self) -> bool {
        self.0.contains(":daemon-task-definition/")
    }

    pub fn scope(&self) -> Scope {
        let arn: Arn = self.0.parse().expect("checked when it was made");
        Scope { partition: arn.partition, region: arn.region, account: arn.account }
    }

    /// `FAMILY:REVISION`
    pub fn family_revision(&self) -> &str {
        self.0.split_once('/').expect("checked when it was made").1
    }

    pub fn family(&self) -> &str {
        self.family_revision().rsplit_once(':').expect("checked when it was made").0
    }

    pub fn revision(&self) -> u32 {
        let (_, revision) = self.family_revision().rsplit_once(':').expect("checked when it was made");
        revision.parse().expect("checked when it was made")
    }
}

impl FromStr for TaskDefinitionArn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let wrong = || ArnError::WrongKind { text: text.to_owned(), expected: "task definition" };
        let arn: Arn = text.parse()?;
        let kinds = ["task-definition/", "daemon-task-definition/"];
        let rest = kinds.iter().find_map(|kind| arn.resource.strip_prefix(kind)).ok_or_else(wrong)?;
        let (family, revision) = rest.rsplit_once(':').ok_or_else(wrong)?;
        if arn.service != "ecs" || family.is_empty() || revision.parse::<u32>().is_err() {
            return Err(wrong());
        }
        Ok(Self(text.into()))
    }
}
