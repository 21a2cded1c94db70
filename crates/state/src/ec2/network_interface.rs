//! Network interfaces, keyed by id: how they get their addresses and give them back.
//!
//! Invariants, held here: no two interfaces of a subnet have a private address in common, and none has one twice; no two interfaces or elastic
//! addresses have a public one in common; an elastic address names the interface that names it.

use super::{Draw, elastic_ip, number, settings};
use crate::{Entries, Index, Record, Table, Tx, Version};
use model::Timestamp;
use model::ec2::{
    ElasticIp, InterfaceAttachment, InterfaceAttachmentStatus, InterfaceOwner, InterfaceStatus,
    InterfaceType, NetworkInterface, PublicAddress, Requester, Subnet,
};
use model::ids::{
    ContainerInstanceArn, Ec2InstanceId, InterfaceAttachmentId, NetworkInterfaceId, SecurityGroupId, SubnetId,
};
use model::{Tag, ids::AddressAssociationId};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use thiserror::Error;

/// Scope.
pub const BY_SCOPE: Index<NetworkInterface> = Index::new("by_scope");

/// VPC.
pub const BY_VPC: Index<NetworkInterface> = Index::new("by_vpc");

/// Subnet.
pub const BY_SUBNET: Index<NetworkInterface> = Index::new("by_subnet");

/// A security group that it is a member of.
pub const BY_GROUP: Index<NetworkInterface> = Index::new("by_group");

/// The node where its packets are delivered.
pub const BY_HOST: Index<NetworkInterface> = Index::new("by_host");

/// The node whose machine is being given it, or giving it back.
pub const BY_MOVING: Index<NetworkInterface> = Index::new("by_moving");

/// The node that carries it, of a load balancer's.
pub const BY_CARRIER: Index<NetworkInterface> = Index::new("by_carrier");

/// (subnet, private address).
pub const BY_ADDRESS: Index<NetworkInterface> = Index::new("by_address");

/// (subnet, IPv6 address).
pub const BY_IPV6_ADDRESS: Index<NetworkInterface> = Index::new("by_ipv6_address");

/// A public address.
pub const BY_PUBLIC_ADDRESS: Index<NetworkInterface> = Index::new("by_public_address");

impl Version for NetworkInterface {}

impl Record for NetworkInterface {
    const TABLE: &'static str = "ec2.network_interface";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_VPC, &self.vpc);
        entries.add(BY_SUBNET, &self.subnet);
        for group in &self.groups {
            entries.add(BY_GROUP, group);
        }
        if let Some(host) = &self.host {
            entries.add(BY_HOST, host);
            let moves = matches!(self.status(), InterfaceStatus::Attaching | InterfaceStatus::Detaching);
            if moves && self.owner == InterfaceOwner::User {
                entries.add(BY_MOVING, host);
            }
            if matches!(self.owner, InterfaceOwner::LoadBalancer(_)) {
                entries.add(BY_CARRIER, host);
            }
        }
        for address in self.addresses() {
            entries.add(BY_ADDRESS, (&self.subnet, address));
        }
        for address in &self.ipv6_addresses {
            entries.add(BY_IPV6_ADDRESS, (&self.subnet, address.to_string()));
        }
        for public in &self.public_addresses {
            entries.add(BY_PUBLIC_ADDRESS, public.address);
        }
    }
}

/// What a new interface is to be. Addresses that are not named are chosen.
#[derive(Clone, Debug)]
pub struct NewInterface {
    pub subnet: Arc<Subnet>,
    pub groups: Vec<SecurityGroupId>,
    /// The primary private address, where the caller wants a certain one.
    pub address: Option<Ipv4Addr>,
    pub secondary_addresses: Vec<Ipv4Addr>,
    pub ipv6_addresses: Vec<Ipv6Addr>,
    /// Whether it gets a public address of the pool, for as long as it lives.
    pub public: bool,
    pub description: String,
    pub interface_type: InterfaceType,
    pub requester: Option<Requester>,
    pub attachment: Option<InterfaceAttachment>,
    pub host: Option<ContainerInstanceArn>,
    pub owner: InterfaceOwner,
    pub source_dest_check: bool,
    pub tags: Vec<Tag>,
}

/// Why there is no interface.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    #[error("{subnet} has no free address left")]
    SubnetFull { subnet: SubnetId },
    #[error("{address} is no address for interfaces of {subnet}")]
    OutOfRange { subnet: SubnetId, address: String },
    #[error("{address} is in use in {subnet}")]
    InUse { subnet: SubnetId, address: String },
    #[error("the pool of public addresses has no free address left")]
    PoolEmpty,
}

/// Makes an interface with its addresses.
pub fn create(
    tx: &mut Tx<'_>,
    new: NewInterface,
    now: Timestamp,
    draw: Draw<'_>,
) -> Result<Arc<NetworkInterface>, Error> {
    let subnet = &new.subnet;
    let id = NetworkInterfaceId::from_random(draw());
    let mac = mac(draw);
    let address = match new.address {
        Some(address) => address,
        None => free_address(tx.table(), subnet, &new.secondary_addresses, draw)?,
    };
    let interface = NetworkInterface {
        id,
        scope: subnet.scope.clone(),
        vpc: subnet.vpc.clone(),
        subnet: subnet.id.clone(),
        zone: subnet.zone.clone(),
        mac,
        address,
        secondary_addresses: new.secondary_addresses,
        ipv6_addresses: new.ipv6_addresses,
        groups: new.groups,
        description: new.description,
        interface_type: new.interface_type,
        requester: new.requester,
        attachment: new.attachment,
        public_addresses: if new.public { vec![public_address(tx, address, draw)?] } else { Vec::new() },
        source_dest_check: new.source_dest_check,
        host: new.host,
        owner: new.owner,
        created_at: now,
        tags: new.tags,
    };
    // The table does not know them yet, so they are also compared with each other.
    let mut own = BTreeSet::new();
    for address in interface.addresses() {
        check_address(tx.table(), subnet, address)?;
        if !own.insert(IpAddr::V4(address)) {
            return Err(in_use(subnet, address));
        }
    }
    for address in &interface.ipv6_addresses {
        check_ipv6_address(tx.table(), subnet, *address)?;
        if !own.insert(IpAddr::V6(*address)) {
            return Err(in_use(subnet, address));
        }
    }
    Ok(tx.put(interface))
}

fn in_use(subnet: &Subnet, address: impl ToString) -> Error {
    Error::InUse { subnet: subnet.id.clone(), address: address.to_string() }
}

fn out_of_range(subnet: &Subnet, address: impl ToString) -> Error {
    Error::OutOfRange { subnet: subnet.id.clone(), address: address.to_string() }
}

/// Whoever an interface is being attached to has it.
pub fn attached(tx: &mut Tx<'_>, id: &NetworkInterfaceId) {
    let attaching = tx.get::<NetworkInterface>(id).filter(|i| i.status() == InterfaceStatus::Attaching);
    if attaching.is_some() {
        tx.modify::<NetworkInterface>(id, |i| {
            if let Some(attachment) = &mut i.attachment {
                attachment.status = InterfaceAttachmentStatus::Attached;
            }
        });
    }
}

/// The machine that an interface is to go to.
#[derive(Clone, Debug)]
pub struct Machine {
    pub node: ContainerInstanceArn,
    pub instance: Ec2InstanceId,
    pub device_index: u32,
}

/// Begins to attach the account's interface to a machine: it is attached when the node has said so.
pub fn attach(
    tx: &mut Tx<'_>,
    id: &NetworkInterfaceId,
    machine: &Machine,
    now: Timestamp,
    draw: Draw<'_>,
) -> InterfaceAttachmentId {
    let attachment = InterfaceAttachmentId::from_random(draw());
    tx.modify::<NetworkInterface>(id, |i| {
        i.attachment = Some(InterfaceAttachment {
            id: attachment.clone(),
            device_index: machine.device_index,
            status: InterfaceAttachmentStatus::Attaching,
            instance: Some(machine.instance.clone()),
            instance_owner: i.scope.account.clone(),
            attached_at: now,
            delete_on_termination: false,
        });
        i.host = Some(machine.node.clone());
    });
    attachment
}

/// Begins to take an interface from its machine.
pub fn detach(tx: &mut Tx<'_>, id: &NetworkInterfaceId) {
    tx.modify::<NetworkInterface>(id, |i| {
        if let Some(attachment) = &mut i.attachment {
            attachment.status = InterfaceAttachmentStatus::Detaching;
        }
    });
}

/// The machine has it no more, or nobody waits for that.
pub fn detached(tx: &mut Tx<'_>, id: &NetworkInterfaceId) {
    tx.modify::<NetworkInterface>(id, |i| {
        i.attachment = None;
        i.host = None;
    });
}

/// Has a node carry a load balancer's interface, or nobody. As it is shown, it is attached all the time: to the load balancer.
pub fn carry(tx: &mut Tx<'_>, id: &NetworkInterfaceId, node: Option<ContainerInstanceArn>) {
    tx.modify::<NetworkInterface>(id, |i| i.host = node.clone());
}

/// The interfaces of a machine that is gone: the account's that were to end with it end, the others are free; load balancers' are nobody's until others carry them.
pub fn machine_gone(tx: &mut Tx<'_>, node: &ContainerInstanceArn) {
    let carried: Vec<NetworkInterfaceId> = tx.by_index(BY_CARRIER, node).map(|i| i.id.clone()).collect();
    for interface in carried {
        carry(tx, &interface, None);
    }
    let of_machine = tx.by_index(BY_HOST, node).filter(|i| i.owner == InterfaceOwner::User);
    let of_machine: Vec<Arc<NetworkInterface>> = of_machine.cloned().collect();
    for interface in of_machine {
        if interface.attachment.as_ref().is_some_and(|a| a.delete_on_termination) {
            release(tx, &interface.id);
        } else {
            detached(tx, &interface.id);
        }
    }
}

/// Puts an interface that an older version knew as a part of its task only. Its address is what it has been using.
pub fn adopt(tx: &mut Tx<'_>, interface: NetworkInterface) {
    if tx.get::<NetworkInterface>(&interface.id).is_none() {
        tx.put(interface);
    }
}

/// Makes an interface a member of other groups than before.
pub fn set_groups(tx: &mut Tx<'_>, id: &NetworkInterfaceId, groups: Vec<SecurityGroupId>) {
    tx.modify::<NetworkInterface>(id, |i| i.groups = groups);
}

/// Gives an interface an IPv6 address of its subnet, or takes its IPv6 addresses away. What has one keeps it. Whether it has what was asked for.
pub fn set_ipv6(
    tx: &mut Tx<'_>,
    id: &NetworkInterfaceId,
    subnet: &Subnet,
    wanted: bool,
    draw: Draw<'_>,
) -> bool {
    let has = tx.get::<NetworkInterface>(id).is_some_and(|i| !i.ipv6_addresses.is_empty());
    if has == wanted {
        return true;
    }
    let address = if wanted { random_ipv6(subnet, draw) } else { None };
    tx.modify::<NetworkInterface>(id, |i| i.ipv6_addresses = address.into_iter().collect());
    address.is_some() == wanted
}

/// Gives an interface's primary address a public one of the pool for as long as it lives, or takes that away. Elastic ones stay.
pub fn set_public(
    tx: &mut Tx<'_>,
    id: &NetworkInterfaceId,
    wanted: bool,
    draw: Draw<'_>,
) -> Result<(), Error> {
    let Some(interface) = tx.get::<NetworkInterface>(id) else { return Ok(()) };
    match interface.public_address() {
        None if wanted => {
            let public = public_address(tx, interface.address, draw)?;
            tx.modify::<NetworkInterface>(id, |i| i.public_addresses.insert(0, public));
        }
        Some(public) if !wanted && public.allocation.is_none() => {
            tx.modify::<NetworkInterface>(id, |i| {
                i.public_addresses.retain(|p| p.private_address != i.address)
            });
        }
        Some(_) | None => {}
    }
    Ok(())
}

/// Takes an interface away. Its elastic addresses stay the account's, without an association; its others go back to their pools.
pub fn release(tx: &mut Tx<'_>, id: &NetworkInterfaceId) -> Option<Arc<NetworkInterface>> {
    let elastic: Vec<_> =
        tx.by_index(elastic_ip::BY_INTERFACE, id).map(|address| address.allocation.clone()).collect();
    for allocation in elastic {
        tx.modify::<ElasticIp>(&allocation, |address| address.association = None);
    }
    tx.delete::<NetworkInterface>(id)
}

/// A free private address of a subnet, other than those of `besides`. Costs a look-up for each address that it finds taken on its way.
pub fn free_address(
    interfaces: &Table<NetworkInterface>,
    subnet: &Subnet,
    besides: &[Ipv4Addr],
    draw: Draw<'_>,
) -> Result<Ipv4Addr, Error> {
    let taken = |address| besides.contains(&address) || is_taken(interfaces, subnet, address);
    subnet
        .block
        .free_address(number(draw), taken)
        .ok_or_else(|| Error::SubnetFull { subnet: subnet.id.clone() })
}

/// An IPv6 address of the subnet's /64 that nobody else will draw, and none of the reserved ones. `None` where the subnet has no such block.
pub fn random_ipv6(subnet: &Subnet, draw: Draw<'_>) -> Option<Ipv6Addr> {
    subnet.ipv6.as_ref()?.block.usable(u128::from_be_bytes(draw()))
}

/// Whether an interface of the subnet has the address.
pub fn is_taken(interfaces: &Table<NetworkInterface>, subnet: &Subnet, address: Ipv4Addr) -> bool {
    interfaces.by_index(BY_ADDRESS, (&subnet.id, address)).next().is_some()
}

/// How many addresses of a subnet are free, as DescribeSubnets shows it.
pub fn free_count(interfaces: &Table<NetworkInterface>, subnet: &Subnet) -> u64 {
    let taken: usize = interfaces.by_index(BY_SUBNET, &subnet.id).map(|i| i.addresses().count()).sum();
    subnet.block.usable().saturating_sub(taken as u64)
}

/// Whether an interface of the subnet could take the address.
pub fn check_address(
    interfaces: &Table<NetworkInterface>,
    subnet: &Subnet,
    address: Ipv4Addr,
) -> Result<(), Error> {
    if !subnet.block.is_usable(address) {
        return Err(out_of_range(subnet, address));
    }
    if is_taken(interfaces, subnet, address) {
        return Err(in_use(subnet, address));
    }
    Ok(())
}

/// The same of an IPv6 address.
pub fn check_ipv6_address(
    interfaces: &Table<NetworkInterface>,
    subnet: &Subnet,
    address: Ipv6Addr,
) -> Result<(), Error> {
    if !subnet.ipv6.as_ref().is_some_and(|a| a.block.is_usable(address)) {
        return Err(out_of_range(subnet, address));
    }
    if interfaces.by_index(BY_IPV6_ADDRESS, (&subnet.id, address.to_string())).next().is_some() {
        return Err(in_use(subnet, address));
    }
    Ok(())
}

/// A free address of the public pool, for an elastic address or an interface.
pub fn free_public_address(tx: &Tx<'_>, draw: Draw<'_>) -> Result<Ipv4Addr, Error> {
    let interfaces = tx.table::<NetworkInterface>();
    let elastic = tx.table::<ElasticIp>();
    let taken = |address: Ipv4Addr| {
        interfaces.by_index(BY_PUBLIC_ADDRESS, address).next().is_some()
            || elastic.by_index(elastic_ip::BY_ADDRESS, address).next().is_some()
    };
    settings::current(tx).public_pool.free_of_pool(number(draw), taken).ok_or(Error::PoolEmpty)
}

/// A public address of the pool for a private one.
pub fn public_address(tx: &Tx<'_>, private: Ipv4Addr, draw: Draw<'_>) -> Result<PublicAddress, Error> {
    Ok(PublicAddress {
        address: free_public_address(tx, draw)?,
        private_address: private,
        allocation: None,
        association: Some(AddressAssociationId::from_random(draw())),
    })
}

/// Locally administered, unicast, as an ENI has (`02:…` or `06:…`).
fn mac(draw: Draw<'_>) -> String {
    let [_, b, c, d, e, f, ..] = draw();
    format!("02:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{f:02x}")
}
