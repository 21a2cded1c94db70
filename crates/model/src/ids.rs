//! Ids and ARNs, each in AWS's exact form, with one `FromStr` and one `Display`. ARNs are parsed nowhere else.
//!
//! Ids are made before acting (a crash then repeats an act instead of doubling it), from random bytes that the caller
//! supplies: this crate has no source of randomness.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use thiserror::Error;

/// What is wrong with a text that should have been an ARN or an id.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum ArnError {
    #[error("'{0}' is not an ARN")]
    NotAnArn(String),
    #[error("'{text}' is not an ARN of a {expected}")]
    WrongKind { text: String, expected: &'static str },
    #[error("'{text}' is not an id of a {expected}")]
    BadId { text: String, expected: &'static str },
}

/// `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`, split but not interpreted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Arn {
    pub partition: String,
    pub service: String,
    pub region: String,
    pub account: String,
    /// Everything after the fifth colon, colons included.
    pub resource: String,
}

impl FromStr for Arn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let mut parts = text.splitn(6, ':');
        let mut next = || parts.next().map(str::to_owned).ok_or_else(|| ArnError::NotAnArn(text.to_owned()));
        if next()? != "arn" {
            return Err(ArnError::NotAnArn(text.to_owned()));
        }
        let arn = Self {
            partition: next()?,
            service: next()?,
            region: next()?,
            account: next()?,
            resource: next()?,
        };
        if arn.partition.is_empty() || arn.service.is_empty() || arn.resource.is_empty() {
            return Err(ArnError::NotAnArn(text.to_owned()));
        }
        Ok(arn)
    }
}

impl fmt::Display for Arn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { partition, service, region, account, resource } = self;
        write!(f, "arn:{partition}:{service}:{region}:{account}:{resource}")
    }
}

/// Where a resource lives: what the front of every ARN has in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Scope {
    pub partition: String,
    pub region: String,
    /// Twelve digits.
    pub account: String,
}

impl Scope {
    /// A scope of the `aws` partition.
    pub fn new(region: impl Into<String>, account: impl Into<String>) -> Self {
        Self { partition: "aws".to_owned(), region: region.into(), account: account.into() }
    }

    /// The ARN of `resource` of `service` in this scope.
    pub fn arn(&self, service: &str, resource: impl Into<String>) -> Arn {
        Arn {
            partition: self.partition.clone(),
            service: service.to_owned(),
            region: self.region.clone(),
            account: self.account.clone(),
            resource: resource.into(),
        }
    }
}

macro_rules! text_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

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
                Ok(Self(text.to_owned()))
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
        Self(scope.arn("ecs", format!("capacity-provider/{name}")).to_string())
    }

    pub fn name(&self) -> &str {
        self.part(1)
    }
}

impl ClusterArn {
    pub fn new(scope: &Scope, name: &str) -> Self {
        Self(scope.arn("ecs", format!("cluster/{name}")).to_string())
    }

    /// The cluster's name.
    pub fn name(&self) -> &str {
        self.part(1)
    }
}

impl TaskArn {
    pub fn new(cluster: &ClusterArn, id: &HexId) -> Self {
        Self(cluster.scope().arn("ecs", format!("task/{}/{id}", cluster.name())).to_string())
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
        Self(cluster.scope().arn("ecs", format!("container-instance/{}/{id}", cluster.name())).to_string())
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
        Self(task.scope().arn("ecs", resource).to_string())
    }

    /// The UUID at its end.
    pub fn uuid(&self) -> &str {
        self.part(3)
    }
}

impl ServiceArn {
    pub fn new(cluster: &ClusterArn, name: &str) -> Self {
        Self(cluster.scope().arn("ecs", format!("service/{}/{name}", cluster.name())).to_string())
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
        Self(service.scope().arn("ecs", resource).to_string())
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
        Self(service.scope().arn("ecs", resource).to_string())
    }

    pub fn service(&self) -> ServiceArn {
        ServiceArn::new(&ClusterArn::new(&self.scope(), self.part(1)), self.part(2))
    }
}

impl DaemonArn {
    pub fn new(cluster: &ClusterArn, name: &str) -> Self {
        Self(cluster.scope().arn("ecs", format!("daemon/{}/{name}", cluster.name())).to_string())
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
        Self(daemon.scope().arn("ecs", resource).to_string())
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
        Self(daemon.scope().arn("ecs", resource).to_string())
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
        Self(service.scope().arn("ecs", resource).to_string())
    }

    /// `ecs-svc/` and a number.
    pub fn id(&self) -> String {
        format!("{}/{}", self.part(3), self.part(4))
    }

    pub fn service(&self) -> ServiceArn {
        ServiceArn::new(&ClusterArn::new(&self.scope(), self.part(1)), self.part(2))
    }
}

/// Nineteen digits, the first of them not zero, as the numbers of deployments have them.
pub fn number(bytes: [u8; 16]) -> String {
    let number = u128::from_be_bytes(bytes) % 9_000_000_000_000_000_000 + 1_000_000_000_000_000_000;
    number.to_string()
}

/// 21 letters and digits.
fn base62(bytes: [u8; 16]) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut left = u128::from_be_bytes(bytes);
    let digit = |_| {
        let digit = DIGITS[usize::try_from(left % 62).expect("it is less than 62")];
        left /= 62;
        char::from(digit)
    };
    (0..21).map(digit).collect()
}

text_newtype!(
    /// `arn:aws:ecs:REGION:ACCOUNT:task-definition/FAMILY:REVISION`, or `…:daemon-task-definition/FAMILY:REVISION`: what tasks of daemons are made of
    TaskDefinitionArn
);

impl TaskDefinitionArn {
    pub fn new(scope: &Scope, family: &str, revision: u32) -> Self {
        Self(scope.arn("ecs", format!("task-definition/{family}:{revision}")).to_string())
    }

    pub fn of_daemon(scope: &Scope, family: &str, revision: u32) -> Self {
        Self(scope.arn("ecs", format!("daemon-task-definition/{family}:{revision}")).to_string())
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
        Ok(Self(text.to_owned()))
    }
}

text_newtype!(
    /// `arn:aws:iam::ACCOUNT:role/PATH/NAME`; a role of the root path has no PATH.
    RoleArn
);

impl RoleArn {
    /// `path` begins and ends with a slash. A role belongs to an account, whatever the region of `scope`.
    pub fn new(scope: &Scope, path: &str, name: &str) -> Self {
        let Scope { partition, account, .. } = scope;
        Self(format!("arn:{partition}:iam::{account}:role{path}{name}"))
    }

    /// Twelve digits.
    pub fn account(&self) -> &str {
        self.0.split(':').nth(4).expect("checked when it was made")
    }

    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').expect("checked when it was made").1
    }

    /// It begins and ends with a slash.
    pub fn path(&self) -> &str {
        let start = self.0.find("role/").expect("checked when it was made") + "role".len();
        &self.0[start..self.0.len() - self.name().len()]
    }
}

impl FromStr for RoleArn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let arn: Arn = text.parse()?;
        let name = arn.resource.strip_prefix("role/").and_then(|rest| rest.rsplit('/').next());
        let good = arn.service == "iam"
            && arn.region.is_empty()
            && arn.account.len() == 12
            && arn.account.bytes().all(|b| b.is_ascii_digit())
            && name.is_some_and(|name| !name.is_empty());
        good.then(|| Self(text.to_owned()))
            .ok_or_else(|| ArnError::WrongKind { text: text.to_owned(), expected: "role" })
    }
}

/// An id such as IAM gives: `prefix` (`AROA` for a role, `ASIA` for a temporary access key) and `length` characters of
/// base32, five bits of each random byte.
///
/// # Panics
/// When `random` has fewer bytes than characters are asked for.
pub fn base32_id(prefix: &str, random: &[u8], length: usize) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let tail = random[..length].iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    prefix.chars().chain(tail).collect()
}

text_newtype!(
    /// 32 lower-case hex digits, the id of a task or a container instance.
    HexId
);

impl HexId {
    /// Made from 16 random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        Self(hex(&bytes))
    }
}

impl FromStr for HexId {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let good = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        good.then(|| Self(text.to_owned()))
            .ok_or_else(|| ArnError::BadId { text: text.to_owned(), expected: "task or container instance" })
    }
}

text_newtype!(
    /// A version 4 UUID in lower case: attachments, containers, requests.
    Uuid
);

impl Uuid {
    /// Made from 16 random bytes; version and variant bits are set here.
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let digits = hex(&bytes);
        let (a, b, c, d, e) = (&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]);
        Self(format!("{a}-{b}-{c}-{d}-{e}"))
    }
}

impl FromStr for Uuid {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let good = text.len() == 36
            && text.bytes().enumerate().all(|(i, b)| match i {
                8 | 13 | 18 | 23 => b == b'-',
                _ => b.is_ascii_hexdigit(),
            });
        good.then(|| Self(text.to_ascii_lowercase()))
            .ok_or_else(|| ArnError::BadId { text: text.to_owned(), expected: "resource (a UUID)" })
    }
}

macro_rules! ec2_id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal, $word:literal) => {
        text_newtype!($(#[$doc])* $name);

        impl $name {
            /// Made from random bytes, of which 17 hex digits are kept.
            pub fn from_random(bytes: [u8; 16]) -> Self {
                Self(format!(concat!($prefix, "-{}"), &hex(&bytes)[..17]))
            }

            /// The hex digits behind the prefix.
            pub fn digits(&self) -> &str {
                &self.0[$prefix.len() + 1..]
            }
        }

        impl FromStr for $name {
            type Err = ArnError;

            /// Takes the long form and the 8-digit form of older accounts.
            fn from_str(text: &str) -> Result<Self, ArnError> {
                let digits = text.strip_prefix(concat!($prefix, "-")).unwrap_or("");
                let good = matches!(digits.len(), 8 | 17) && digits.bytes().all(|b| b.is_ascii_hexdigit());
                good.then(|| Self(text.to_owned()))
                    .ok_or_else(|| ArnError::BadId { text: text.to_owned(), expected: $word })
            }
        }
    };
}

ec2_id!(
    /// `eni-` and 17 hex digits
    NetworkInterfaceId, "eni", "network interface"
);
ec2_id!(
    /// `subnet-` and 17 hex digits
    SubnetId, "subnet", "subnet"
);
ec2_id!(
    /// `vpc-` and 17 hex digits
    VpcId, "vpc", "VPC"
);
ec2_id!(
    /// `sg-` and 17 hex digits
    SecurityGroupId, "sg", "security group"
);
ec2_id!(
    /// `i-` and 17 hex digits
    Ec2InstanceId, "i", "EC2 instance"
);
ec2_id!(
    /// `vpc-cidr-assoc-` and 17 hex digits: a VPC's block
    VpcCidrAssociationId, "vpc-cidr-assoc", "VPC CIDR block association"
);
ec2_id!(
    /// `subnet-cidr-assoc-` and 17 hex digits: a subnet's IPv6 block
    SubnetCidrAssociationId, "subnet-cidr-assoc", "subnet CIDR block association"
);
ec2_id!(
    /// `sgr-` and 17 hex digits
    SecurityGroupRuleId, "sgr", "security group rule"
);
ec2_id!(
    /// `rtb-` and 17 hex digits
    RouteTableId, "rtb", "route table"
);
ec2_id!(
    /// `rtbassoc-` and 17 hex digits
    RouteTableAssociationId, "rtbassoc", "route table association"
);
ec2_id!(
    /// `igw-` and 17 hex digits
    InternetGatewayId, "igw", "internet gateway"
);
ec2_id!(
    /// `nat-` and 17 hex digits
    NatGatewayId, "nat", "NAT gateway"
);
ec2_id!(
    /// `eipalloc-` and 17 hex digits: an elastic IP address
    AllocationId, "eipalloc", "address allocation"
);
ec2_id!(
    /// `eipassoc-` and 17 hex digits
    AddressAssociationId, "eipassoc", "address association"
);
ec2_id!(
    /// `eni-attach-` and 17 hex digits
    InterfaceAttachmentId, "eni-attach", "network interface attachment"
);
ec2_id!(
    /// `dopt-` and 17 hex digits
    DhcpOptionsId, "dopt", "DHCP options set"
);
ec2_id!(
    /// `acl-` and 17 hex digits
    NetworkAclId, "acl", "network ACL"
);
ec2_id!(
    /// `aclassoc-` and 17 hex digits
    NetworkAclAssociationId, "aclassoc", "network ACL association"
);
ec2_id!(
    /// `pl-` and 17 hex digits
    PrefixListId, "pl", "prefix list"
);

fn hex(bytes: &[u8]) -> String {
    use fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes every write");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope() -> Scope {
        Scope::new("us-east-1", "000000000000")
    }

    #[test]
    fn arns_have_the_forms_of_aws() {
        let cluster = ClusterArn::new(&scope(), "default");
        assert_eq!(cluster.as_str(), "arn:aws:ecs:us-east-1:000000000000:cluster/default");
        let task = TaskArn::new(&cluster, &HexId::from_random([0xab; 16]));
        assert_eq!(
            task.as_str(),
            "arn:aws:ecs:us-east-1:000000000000:task/default/abababababababababababababababab"
        );
        assert_eq!((task.cluster_name(), task.cluster()), ("default", cluster.clone()));
        let service = ServiceArn::new(&cluster, "web");
        let set = TaskSetArn::new(&service, "ecs-svc/1234567890123456789");
        let text = "arn:aws:ecs:us-east-1:000000000000:task-set/default/web/ecs-svc/1234567890123456789";
        assert_eq!((set.as_str(), set.id().as_str()), (text, "ecs-svc/1234567890123456789"));
        assert_eq!((set.service(), text.parse()), (service, Ok(set)));
        let definition = TaskDefinitionArn::new(&scope(), "web", 7);
        assert_eq!((definition.family(), definition.revision()), ("web", 7));
        assert_eq!(NetworkInterfaceId::from_random([1; 16]).as_str(), "eni-01010101010101010");
        assert_eq!(Uuid::from_random([0xff; 16]).as_str(), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

    #[test]
    fn what_is_parsed_is_what_is_shown() {
        let text = "arn:aws:ecs:us-east-1:000000000000:task/c/0123456789abcdef0123456789abcdef";
        assert_eq!(text.parse::<TaskArn>().map(|a| a.to_string()), Ok(text.to_owned()));
        let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/ecs/x:*".parse::<Arn>().expect("an ARN");
        assert_eq!(arn.resource, "log-group:/ecs/x:*");
    }

    #[test]
    fn roles_have_a_path_and_no_region() {
        let root = RoleArn::new(&scope(), "/", "web");
        assert_eq!(root.as_str(), "arn:aws:iam::000000000000:role/web");
        assert_eq!((root.account(), root.path(), root.name()), ("000000000000", "/", "web"));
        let deep: RoleArn = "arn:aws:iam::123456789012:role/service-role/x/web".parse().expect("an ARN");
        assert_eq!((deep.path(), deep.name()), ("/service-role/x/", "web"));
        for text in [
            "arn:aws:iam::123456789012:role/",
            "arn:aws:iam::123456789012:user/web",
            "arn:aws:iam:us-east-1:123456789012:role/web",
            "arn:aws:iam::1234:role/web",
            "web",
        ] {
            assert!(text.parse::<RoleArn>().is_err(), "{text}");
        }
        assert_eq!(base32_id("AROA", &[0, 31, 32, 63], 4), "AROAA7A7");
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "arn",
            "arn:aws:ecs:r:a:",
            "arn:aws:ecs:r:a:cluster/",
            "arn:aws:ecs:r:a:cluster/a/b",
            "arn:aws:s3:r:a:cluster/a",
            "default",
        ] {
            assert!(text.parse::<ClusterArn>().is_err(), "{text}");
        }
        assert!("arn:aws:ecs:r:a:task/c//".parse::<TaskArn>().is_err());
        assert!("arn:aws:ecs:r:a:task-definition/web".parse::<TaskDefinitionArn>().is_err());
        assert!("arn:aws:ecs:r:a:task-definition/web:x".parse::<TaskDefinitionArn>().is_err());
        assert!("0123".parse::<HexId>().is_err());
        assert!("subnet-12345".parse::<SubnetId>().is_err());
    }
}
