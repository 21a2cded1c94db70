//! Network interfaces of tasks: the subnets that a launch names, and an address in one of them.

use crate::find::Source;
use api::ecs::Error;
use auth::Ids;
use model::Timestamp;
use model::ec2::{InterfaceOwner, InterfaceType, Requester, SecurityGroup, Subnet};
use model::ecs::Task;
use model::ecs::launch::AwsVpcConfiguration;
use model::ecs::task::{AttachmentStatus, TaskNetworkInterface};
use model::ids::{ContainerInstanceArn, Scope, SecurityGroupId, TaskArn};
use state::Tx;
use state::ec2::network_interface::NewInterface;
use state::ec2::{network_interface, security_group};
use std::sync::Arc;

/// The most subnets and security groups that a launch may name, as AWS documents them.
const MOST_SUBNETS: usize = 16;
const MOST_GROUPS: usize = 5;

/// The subnets of a configuration, checked: they exist and are of one VPC, and so do the security groups.
pub(crate) fn subnets(
    from: &impl Source,
    scope: &Scope,
    named: &AwsVpcConfiguration,
) -> Result<Vec<Arc<Subnet>>, Error> {
    if named.subnets.is_empty() {
        return Err(Error::invalid_parameter("subnets can not be empty."));
    }
    if named.subnets.len() > MOST_SUBNETS {
        return Err(Error::invalid_parameter(format!("subnets can have at most {MOST_SUBNETS} items.")));
    }
    if named.security_groups.len() > MOST_GROUPS {
        return Err(Error::invalid_parameter(format!(
            "securityGroups can have at most {MOST_GROUPS} items."
        )));
    }
    let unknown_subnet = |id: &str| {
        Error::invalid_parameter(format!(
            "Error retrieving subnet information for [{id}]: The subnet ID '{id}' does not exist (ErrorCode: InvalidSubnetID.NotFound)"
        ))
    };
    let mut found: Vec<Arc<Subnet>> = Vec::with_capacity(named.subnets.len());
    for id in &named.subnets {
        let subnet =
            from.get::<Subnet>(id).filter(|s| s.scope == *scope).ok_or_else(|| unknown_subnet(id))?;
        if found.first().is_some_and(|first| first.vpc != subnet.vpc) {
            return Err(Error::invalid_parameter("subnets should be in the same VPC."));
        }
        found.push(subnet);
    }
    for id in &named.security_groups {
        let group = from.get::<SecurityGroup>(id).filter(|g| g.scope == *scope).ok_or_else(|| {
            Error::invalid_parameter(format!("Error retrieving security group information for [{id}]: The security group '{id}' does not exist (ErrorCode: InvalidGroup.NotFound)"))
        })?;
        if found.first().is_some_and(|first| first.vpc != group.vpc) {
            return Err(Error::invalid_parameter("securityGroups should be in the same VPC as the subnets."));
        }
    }
    Ok(found)
}

/// The security groups of a launch: those it names, or the default one of the VPC.
pub(crate) fn groups(
    from: &impl Source,
    subnets: &[Arc<Subnet>],
    named: &AwsVpcConfiguration,
) -> Vec<SecurityGroupId> {
    let mut groups: Vec<SecurityGroupId> = named
        .security_groups
        .iter()
        .filter_map(|id| from.get::<SecurityGroup>(id))
        .map(|g| g.id.clone())
        .collect();
    if groups.is_empty() {
        let default = subnets.first().and_then(|s| security_group::default_of(from.table(), &s.vpc));
        groups.extend(default.map(|g| g.id.clone()));
    }
    groups.sort();
    groups.dedup();
    groups
}

/// What the interface of a task is to be.
pub(crate) struct Wanted<'a> {
    /// Those of the launch; the first with a free address in the zone is taken.
    pub subnets: &'a [Arc<Subnet>],
    /// `None` where the node stands for every zone.
    pub zone: Option<&'a str>,
    pub groups: &'a [SecurityGroupId],
    pub public: bool,
    pub task: &'a TaskArn,
    pub host: &'a ContainerInstanceArn,
}

/// Makes the interface of a task. `None` where no address is left.
pub(crate) fn interface(
    tx: &mut Tx<'_>,
    wanted: &Wanted<'_>,
    now: Timestamp,
    ids: &mut Ids,
) -> Option<TaskNetworkInterface> {
    for subnet in wanted.subnets.iter().filter(|s| wanted.zone.is_none_or(|zone| s.zone == zone)) {
        let attachment_id = ids.uuid();
        let description = wanted.task.scope().arn("ecs", format!("attachment/{attachment_id}")).to_string();
        let new = NewInterface {
            subnet: subnet.clone(),
            groups: wanted.groups.to_vec(),
            address: None,
            secondary_addresses: Vec::new(),
            ipv6_addresses: Vec::new(),
            public: wanted.public,
            description,
            interface_type: InterfaceType::Interface,
            requester: Some(Requester { id: "amazon-ecs".to_owned() }),
            attachment: None,
            host: Some(wanted.host.clone()),
            owner: InterfaceOwner::Task(wanted.task.clone()),
            source_dest_check: true,
            tags: Vec::new(),
        };
        match network_interface::create(tx, new, now, &mut || ids.random_16()) {
            Ok(made) => {
                return Some(TaskNetworkInterface {
                    attachment_id,
                    status: AttachmentStatus::Precreated,
                    id: made.id.clone(),
                    subnet: subnet.id.clone(),
                    mac: made.mac.clone(),
                    address: made.address,
                    prefix_len: subnet.block.prefix_len(),
                    gateway: subnet.gateway(),
                });
            }
            Err(error) => tracing::info!(task = %wanted.task, %error, "no network interface in this subnet"),
        }
    }
    None
}

/// Writes a task, and gives its interface back where the task is over.
pub(crate) fn put(tx: &mut Tx<'_>, task: Task) -> Arc<Task> {
    if task.last_status.is_over()
        && let Some(interface) = &task.network_interface
    {
        network_interface::release(tx, &interface.id);
    }
    tx.put(task)
}
