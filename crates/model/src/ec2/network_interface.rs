//! A network interface: a place in a subnet, with addresses and security groups.

use crate::ids::{
    AddressAssociationId, AllocationId, ContainerInstanceArn, Ec2InstanceId, InterfaceAttachmentId,
    LoadBalancerArn, NatGatewayId, NetworkInterfaceId, Scope, SecurityGroupId, SubnetId, TaskArn, VpcId,
};
use crate::{Tag, Timestamp};
use serde::{Deserialize, Serialize};
use std::net::{Ipv4Addr, Ipv6Addr};

/// The record of a network interface. Key: its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NetworkInterface {
    pub id: NetworkInterfaceId,
    pub scope: Scope,
    pub vpc: VpcId,
    pub subnet: SubnetId,
    /// The subnet's zone.
    pub zone: String,
    /// `02:…`, lower case.
    pub mac: String,
    /// The primary private address.
    pub address: Ipv4Addr,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub secondary_addresses: Vec<Ipv4Addr>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ipv6_addresses: Vec<Ipv6Addr>,
    /// Of its VPC. Never empty, but for a NAT gateway's.
    pub groups: Vec<SecurityGroupId>,
    pub description: String,
    pub interface_type: InterfaceType,
    /// Who manages it in the account's stead; `None` for one that the account made itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<Requester>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<InterfaceAttachment>,
    /// At most one for each private address; that of the primary one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub public_addresses: Vec<PublicAddress>,
    /// Whether packets that are neither from nor to it are dropped.
    pub source_dest_check: bool,
    /// The node where its packets are delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<ContainerInstanceArn>,
    pub owner: InterfaceOwner,
    pub created_at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// The service that made an interface, as DescribeNetworkInterfaces shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requester {
    pub id: String,
}

/// Whose an interface is: with its owner's end it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum InterfaceOwner {
    /// CreateNetworkInterface made it.
    User,
    Task(TaskArn),
    NatGateway(NatGatewayId),
    LoadBalancer(LoadBalancerArn),
}

/// A public address and the private one that it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicAddress {
    pub address: Ipv4Addr,
    pub private_address: Ipv4Addr,
    /// Of an elastic one; any other goes with the interface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allocation: Option<AllocationId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<AddressAssociationId>,
}

/// What an interface is plugged into.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InterfaceAttachment {
    pub id: InterfaceAttachmentId,
    pub device_index: u32,
    pub status: InterfaceAttachmentStatus,
    /// `None` where the instance is not the account's own, as with Fargate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<Ec2InstanceId>,
    /// An account, or the name of an AWS service.
    pub instance_owner: String,
    pub attached_at: Timestamp,
    pub delete_on_termination: bool,
}

crate::status::named!(
    /// `AttachmentStatus` of the EC2 API.
    InterfaceAttachmentStatus, "attachment status" {
        Attaching = "attaching",
        Attached = "attached",
        Detaching = "detaching",
        Detached = "detached",
    }
);

crate::status::named!(
    /// `NetworkInterfaceType` of the EC2 API, as far as there are such. AWS answers `nat_gateway` for a NAT gateway's, where its service model has
    /// `natGateway`. Source: outputs of DescribeNetworkInterfaces that people published.
    InterfaceType, "network interface type" {
        Interface = "interface",
        NatGateway = "nat_gateway",
        NetworkLoadBalancer = "network_load_balancer",
    }
);

crate::status::named!(
    /// `NetworkInterfaceStatus` of the EC2 API. Derived, never stored.
    InterfaceStatus, "network interface status" {
        Available = "available",
        Associated = "associated",
        Attaching = "attaching",
        InUse = "in-use",
        Detaching = "detaching",
    }
);

impl NetworkInterface {
    /// Its private IPv4 addresses, the primary one first.
    pub fn addresses(&self) -> impl Iterator<Item = Ipv4Addr> + '_ {
        std::iter::once(self.address).chain(self.secondary_addresses.iter().copied())
    }

    /// The public address of a private one.
    pub fn public_address_of(&self, private: Ipv4Addr) -> Option<&PublicAddress> {
        self.public_addresses.iter().find(|p| p.private_address == private)
    }

    /// The public address of the primary address.
    pub fn public_address(&self) -> Option<&PublicAddress> {
        self.public_address_of(self.address)
    }

    /// What its attachment makes it.
    pub fn status(&self) -> InterfaceStatus {
        match self.attachment.as_ref().map(|a| a.status) {
            None | Some(InterfaceAttachmentStatus::Detached) => InterfaceStatus::Available,
            Some(InterfaceAttachmentStatus::Attaching) => InterfaceStatus::Attaching,
            Some(InterfaceAttachmentStatus::Attached) => InterfaceStatus::InUse,
            Some(InterfaceAttachmentStatus::Detaching) => InterfaceStatus::Detaching,
        }
    }
}
