//! Network interfaces of tasks: the subnets that a launch names, and an address in one of them.

use crate::api::account_setting;
use crate::find::Source;
use api::ecs::Error;
use auth::Ids;
use model::Timestamp;
use model::ec2::{
    InterfaceAttachment, InterfaceAttachmentStatus, InterfaceOwner, InterfaceType, NetworkInterface,
    Requester, SecurityGroup, Subnet,
};
use model::ecs::launch::{AssignPublicIp, AwsVpcConfiguration};
use model::ecs::task::{AttachmentStatus, TaskNetworkInterface};
use model::ecs::{ContainerInstance, Task};
use model::ids::{InterfaceAttachmentId, Scope, SecurityGroupId, TaskArn, Uuid};
use model::status::LaunchType;
use state::Tx;
use state::ec2::network_interface::{self, NewInterface};
use state::ec2::security_group;
use std::sync::Arc;

/// The most subnets and security groups that a launch may name, as AWS documents them.
const MOST_SUBNETS: usize = 16;
const MOST_GROUPS: usize = 5;

/// Where a launch puts its interfaces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Place {
    /// Empty where tasks have no interface of their own.
    pub(crate) subnets: Vec<Arc<Subnet>>,
    /// Never empty where there are subnets.
    pub(crate) groups: Vec<SecurityGroupId>,
    pub(crate) public: bool,
    /// Whether interfaces get an IPv6 address where the subnet has a block of such (the account setting `dualStackIPv6`).
    pub(crate) dual_stack: bool,
}

/// The place of a configuration, checked: its subnets exist and are of one VPC, and so do the security groups; the VPC's default group where none
/// is named.
pub(crate) fn place(from: &impl Source, scope: &Scope, named: &AwsVpcConfiguration) -> Result<Place, Error> {
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
    let mut groups: Vec<SecurityGroupId> = Vec::with_capacity(named.security_groups.len());
    let vpc = found.first().map(|first| first.vpc.clone()).expect("there is a subnet at least");
    for id in &named.security_groups {
        let group = from.get::<SecurityGroup>(id).filter(|g| g.scope == *scope).ok_or_else(|| {
            Error::invalid_parameter(format!("Error retrieving security group information for [{id}]: The security group '{id}' does not exist (ErrorCode: InvalidGroup.NotFound)"))
        })?;
        if group.vpc != vpc {
            return Err(Error::invalid_parameter("securityGroups should be in the same VPC as the subnets."));
        }
        if !groups.contains(&group.id) {
            groups.push(group.id.clone());
        }
    }
    if groups.is_empty() {
        let default = security_group::default_of(from.table(), &vpc);
        groups.push(default.expect("every VPC has a default group").id.clone());
    }
    let public = named.assign_public_ip == Some(AssignPublicIp::Enabled);
    let dual_stack = account_setting::of_account(from, scope, "dualStackIPv6") == "enabled";
    Ok(Place { subnets: found, groups, public, dual_stack })
}

/// The task that an interface is for, and the node where it runs.
pub(crate) struct Guest<'a> {
    pub(crate) task: &'a TaskArn,
    pub(crate) node: &'a ContainerInstance,
    pub(crate) launch_type: LaunchType,
    pub(crate) now: Timestamp,
}

impl Guest<'_> {
    fn takes_ipv6(&self) -> bool {
        self.node.attributes.iter().any(|a| a.name == "ecs.capability.task-eni.ipv6")
    }
}

/// Makes an interface for a task in one of the place's subnets that lies in `zone` (in any, where the node stands for every zone).
///
/// # Errors
/// What AWS says of a task whose interface cannot be made. As observed in public reports of it; for EC2 the same is not established.
pub(crate) fn interface(
    tx: &mut Tx<'_>,
    place: &Place,
    zone: Option<&str>,
    guest: &Guest<'_>,
    ids: &mut Ids,
) -> Result<TaskNetworkInterface, String> {
    let mut failure = None;
    for subnet in place.subnets.iter().filter(|s| zone.is_none_or(|zone| s.zone == zone)) {
        let attachment_id = ids.uuid();
        let id = InterfaceAttachmentId::from_random(ids.random_16());
        let mut new = new_interface(place, subnet, guest, &attachment_id, id);
        // Whether the subnet gives such addresses by itself (AssignIpv6AddressOnCreation) does not count for tasks. Source: "Using a VPC in dual-stack
        // mode", Amazon ECS developer guide, 2025. What AWS does with an agent that does not know them is not established.
        if place.dual_stack && guest.takes_ipv6() {
            new.ipv6_addresses.extend(network_interface::random_ipv6(subnet, &mut || ids.random_16()));
        }
        match network_interface::create(tx, new, guest.now, &mut || ids.random_16()) {
            Ok(made) => {
                return Ok(TaskNetworkInterface {
                    attachment_id,
                    status: AttachmentStatus::Precreated,
                    id: made.id.clone(),
                    subnet: subnet.id.clone(),
                    mac: made.mac.clone(),
                    address: made.address,
                    prefix_len: subnet.block.prefix_len(),
                    gateway: subnet.gateway(),
                    ipv6_address: made.ipv6_addresses.first().copied(),
                });
            }
            Err(error) => failure = failure.or(Some((subnet, error))),
        }
    }
    let public = if place.public { "enabled" } else { "disabled" };
    let (subnet, code) = match &failure {
        Some((subnet, network_interface::Error::PoolEmpty)) => {
            (subnet.id.as_str(), "InsufficientAddressCapacity")
        }
        Some((subnet, _)) => (subnet.id.as_str(), "InsufficientFreeAddressesInSubnet"),
        None => ("", "InvalidSubnetID.NotFound"),
    };
    Err(format!(
        "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment {public} in subnet '{subnet}': {code}"
    ))
}

/// Who the interfaces of tasks are requested by and, on Fargate, attached to. AWS shows the number of an account of its own.
const REQUESTER: &str = "amazon-ecs";

fn new_interface(
    place: &Place,
    subnet: &Arc<Subnet>,
    guest: &Guest<'_>,
    attachment_id: &Uuid,
    id: InterfaceAttachmentId,
) -> NewInterface {
    let on_own_instance = guest.launch_type != LaunchType::Fargate;
    let scope = &subnet.scope;
    let attachment = InterfaceAttachment {
        id,
        device_index: 1,
        status: InterfaceAttachmentStatus::Attaching,
        instance: guest
            .node
            .ec2_instance_id
            .clone()
            .filter(|_| on_own_instance)
            .and_then(|id| id.parse().ok()),
        instance_owner: if on_own_instance { scope.account.clone() } else { REQUESTER.to_owned() },
        attached_at: guest.now,
        delete_on_termination: false,
    };
    NewInterface {
        subnet: Arc::clone(subnet),
        groups: place.groups.clone(),
        address: None,
        secondary_addresses: Vec::new(),
        ipv6_addresses: Vec::new(),
        public: place.public,
        description: scope.arn("ecs", format!("attachment/{attachment_id}")).to_string(),
        interface_type: InterfaceType::Interface,
        requester: Some(Requester { id: REQUESTER.to_owned() }),
        attachment: Some(attachment),
        host: Some(guest.node.arn.clone()),
        owner: InterfaceOwner::Task(guest.task.clone()),
        source_dest_check: true,
        tags: Vec::new(),
    }
}

/// Makes the interface's record of a task that an older version launched, which knew it as a part of the task only.
pub(crate) fn adopt(tx: &mut Tx<'_>, task: &Task) {
    let (Some(interface), Some(host)) = (&task.network_interface, &task.container_instance) else { return };
    let (Some(subnet), Some(node)) = (tx.get::<Subnet>(&interface.subnet), tx.get::<ContainerInstance>(host))
    else {
        return;
    };
    let named = task.network_configuration.as_ref().and_then(|n| n.awsvpc_configuration.as_ref());
    let Some(Ok(place)) = named.map(|named| self::place(tx, &subnet.scope, named)) else { return };
    let guest = Guest { task: &task.arn, node: &node, launch_type: task.launch_type, now: task.created_at };
    let id = format!("eni-attach-{}", interface.id.digits());
    let id = id.parse().expect("the digits of an id make an id");
    let mut new = new_interface(&place, &subnet, &guest, &interface.attachment_id, id);
    if let Some(attachment) = &mut new.attachment {
        attachment.status = InterfaceAttachmentStatus::Attached;
    }
    let record = NetworkInterface {
        id: interface.id.clone(),
        scope: subnet.scope.clone(),
        vpc: subnet.vpc.clone(),
        subnet: subnet.id.clone(),
        zone: subnet.zone.clone(),
        mac: interface.mac.clone(),
        address: interface.address,
        secondary_addresses: Vec::new(),
        ipv6_addresses: Vec::new(),
        groups: new.groups,
        description: new.description,
        interface_type: new.interface_type,
        requester: new.requester,
        attachment: new.attachment,
        // It was launched without one, and its node knows of none.
        public_addresses: Vec::new(),
        source_dest_check: true,
        host: new.host,
        owner: new.owner,
        created_at: task.created_at,
        tags: Vec::new(),
    };
    network_interface::adopt(tx, record);
}

/// Writes a task, and its network interface follows: it is attached when the agent says so, and goes with the task's end.
pub(crate) fn put(tx: &mut Tx<'_>, task: Task) -> Arc<Task> {
    if let Some(interface) = &task.network_interface {
        if task.last_status.is_over() {
            network_interface::release(tx, &interface.id);
        } else if interface.status == AttachmentStatus::Attached {
            network_interface::attached(tx, &interface.id);
        }
    }
    tx.put(task)
}
