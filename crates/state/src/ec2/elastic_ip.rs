//! Elastic IP addresses, keyed by allocation id.

use crate::{Entries, Index, Record, Tx, Version};
use model::ec2::{AddressAssociation, ElasticIp, NetworkInterface, PublicAddress};
use model::ids::{AddressAssociationId, NetworkInterfaceId};
use std::net::Ipv4Addr;

/// Scope.
pub const BY_SCOPE: Index<ElasticIp> = Index::new("by_scope");

/// The public address.
pub const BY_ADDRESS: Index<ElasticIp> = Index::new("by_address");

/// The interface that it is associated with.
pub const BY_INTERFACE: Index<ElasticIp> = Index::new("by_interface");

impl Version for ElasticIp {}

impl Record for ElasticIp {
    const TABLE: &'static str = "ec2.elastic_ip";

    fn key(&self) -> String {
        self.allocation.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_ADDRESS, self.public_address);
        if let Some(association) = &self.association {
            entries.add(BY_INTERFACE, &association.interface);
        }
    }
}

/// Writes an association into both ends.
pub fn associate(
    tx: &mut Tx<'_>,
    address: &ElasticIp,
    interface: &NetworkInterfaceId,
    private: Ipv4Addr,
    id: AddressAssociationId,
) -> AddressAssociationId {
    let association =
        AddressAssociation { id: id.clone(), interface: interface.clone(), private_address: private };
    tx.modify::<ElasticIp>(&address.allocation, |a| a.association = Some(association));
    let public = PublicAddress {
        address: address.public_address,
        private_address: private,
        allocation: Some(address.allocation.clone()),
        association: Some(id.clone()),
    };
    tx.modify::<NetworkInterface>(interface, |i| {
        i.public_addresses.push(public);
        let primary = i.address;
        i.public_addresses.sort_by_key(|p| p.private_address != primary);
    });
    id
}
