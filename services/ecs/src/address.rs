//! Network interfaces of tasks: the subnets that a launch names, and an address in one of them.

use crate::find::Source;
use api::ecs::Error;
use auth::Ids;
use model::ec2::{SecurityGroup, Subnet};
use model::ecs::Task;
use model::ecs::launch::AwsVpcConfiguration;
use model::ecs::task::{AttachmentStatus, TaskNetworkInterface};
use model::ids::Scope;
use state::ecs::task::BY_SUBNET;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most subnets and security groups that a launch may name, as AWS documents them.
const MOST_SUBNETS: usize = 16;
const MOST_GROUPS: usize = 5;

// AWS differs: security groups are checked and filter nothing yet, and `assignPublicIp` gives no address yet: a network that enforces
// them is the next part (docs/differences.md).
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

/// An interface in one of `subnets` that lies in `zone` (in any, where the node stands for every zone). `None` where no address is left.
pub(crate) fn interface(
    from: &impl Source,
    subnets: &[Arc<Subnet>],
    zone: Option<&str>,
    given: &mut BTreeSet<std::net::Ipv4Addr>,
    ids: &mut Ids,
) -> Option<TaskNetworkInterface> {
    for subnet in subnets.iter().filter(|s| zone.is_none_or(|zone| s.zone == zone)) {
        let table = from.table::<Task>();
        let mut taken: BTreeSet<_> = table
            .by_index(BY_SUBNET, subnet.id.as_str())
            .filter_map(|t| t.network_interface.as_ref().map(|i| i.address))
            .collect();
        taken.extend(given.iter().copied());
        let Some(address) = plan::address::allocate(subnet.block, &taken, ids.number()) else { continue };
        given.insert(address);
        return Some(TaskNetworkInterface {
            attachment_id: ids.uuid(),
            status: AttachmentStatus::Precreated,
            id: ids.network_interface(),
            subnet: subnet.id.clone(),
            mac: ids.mac(),
            address,
            prefix_len: subnet.block.prefix_len(),
            gateway: subnet.gateway(),
        });
    }
    None
}
