//! Elastic IP addresses: public addresses that an account keeps and lends to its interfaces.

use crate::convert;
use crate::describe::{Field, Query, key_of_token, page, select};
use crate::errors::{self, dry_run, refuse};
use crate::resource::find;
use crate::service::Ec2;
use crate::tagging;
use ::api::Unit;
use ::api::ec2::{
    AddressAttribute, AllocateAddressRequest, AllocateAddressResult, AssociateAddressRequest,
    AssociateAddressResult, DescribeAddressesAttributeRequest, DescribeAddressesAttributeResult,
    DescribeAddressesRequest, DescribeAddressesResult, DisassociateAddressRequest, Error,
    ReleaseAddressRequest,
};
use auth::Cx;
use model::ec2::{AddressAssociation, ElasticIp, NetworkInterface};
use model::ids::{AddressAssociationId, AllocationId, NetworkInterfaceId};
use state::ec2::{elastic_ip, internet_gateway, network_interface};
use state::{Source, Tx};
use std::net::Ipv4Addr;
use std::sync::Arc;

fn of_association(a: &ElasticIp, value: fn(&AddressAssociation) -> String) -> Vec<String> {
    a.association.iter().map(value).collect()
}

const FIELDS: &[Field<ElasticIp>] = &[
    ("allocation-id", |a, _| vec![a.allocation.to_string()]),
    ("association-id", |a, _| of_association(a, |s| s.id.to_string())),
    ("domain", |_, _| vec!["vpc".to_owned()]),
    ("instance-id", |a, from| {
        let instance = a.association.as_ref().and_then(|s| convert::instance_of(from, &s.interface));
        instance.iter().map(ToString::to_string).collect()
    }),
    ("network-border-group", |a, _| vec![a.scope.region.clone()]),
    ("network-interface-id", |a, _| of_association(a, |s| s.interface.to_string())),
    ("network-interface-owner-id", |a, _| a.association.iter().map(|_| a.scope.account.clone()).collect()),
    ("private-ip-address", |a, _| of_association(a, |s| s.private_address.to_string())),
    ("public-ip", |a, _| vec![a.public_address.to_string()]),
];

pub(crate) async fn allocate_address(
    ec2: &Ec2,
    cx: &Cx,
    input: AllocateAddressRequest,
) -> Result<AllocateAddressResult, Error> {
    let group = input.network_border_group.as_ref();
    refuse(&[
        ("domain", input.domain.as_ref().is_some_and(|d| d.as_str() != "vpc")),
        ("address", input.address.is_some()),
        ("publicIpv4Pool", input.public_ipv4_pool.as_ref().is_some_and(|pool| pool != "amazon")),
        ("networkBorderGroup", group.is_some_and(|group| *group != cx.scope.region)),
        ("customerOwnedIpv4Pool", input.customer_owned_ipv4_pool.is_some()),
        ("ipamPoolId", input.ipam_pool_id.is_some()),
    ])?;
    let tags = tagging::of_new("elastic-ip", input.tag_specifications.as_deref())?;
    let made = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let address = network_interface::free_public_address(tx, draw).map_err(errors::interface)?;
            Ok(tx.put(ElasticIp {
                allocation: AllocationId::from_random(draw()),
                scope: cx.scope.clone(),
                public_address: address,
                association: None,
                allocated_at: cx.now,
                tags: tags.clone(),
            }))
        })
        .await?;
    Ok(AllocateAddressResult {
        allocation_id: Some(made.allocation.to_string()),
        public_ipv4_pool: Some("amazon".to_owned()),
        network_border_group: Some(cx.scope.region.clone()),
        domain: Some("vpc".into()),
        public_ip: Some(made.public_address.to_string()),
        ..AllocateAddressResult::default()
    })
}

pub(crate) fn describe_addresses(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeAddressesRequest,
) -> Result<DescribeAddressesResult, Error> {
    let snapshot = ec2.state.snapshot();
    let mut ids = input.allocation_ids.clone().unwrap_or_default();
    for address in input.public_ips.iter().flatten() {
        ids.push(by_address(&snapshot, cx, address)?.allocation.to_string());
    }
    let query = Query {
        dry_run: input.dry_run,
        ids: Some(&ids),
        filters: input.filters.as_deref(),
        max_results: None,
        next_token: None,
    };
    let page = select(&snapshot, cx, &query, FIELDS)?;
    Ok(DescribeAddressesResult { addresses: page.shown(|a| convert::address(a, &snapshot)) })
}

fn by_address(from: &impl Source, cx: &Cx, text: &str) -> Result<Arc<ElasticIp>, Error> {
    let parsed: Option<Ipv4Addr> = text.parse().ok();
    let found =
        parsed.and_then(|address| from.table().by_index(elastic_ip::BY_ADDRESS, address).next().cloned());
    found
        .filter(|a| a.scope == cx.scope)
        .ok_or_else(|| Error::invalid_address_not_found(format!("Address '{text}' not found.")))
}

/// Names that a public address resolves back to: none is set here.
pub(crate) fn describe_addresses_attribute(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeAddressesAttributeRequest,
) -> Result<DescribeAddressesAttributeResult, Error> {
    let snapshot = ec2.state.snapshot();
    let ids = input.allocation_ids.as_deref().unwrap_or_default();
    for id in ids {
        find::<ElasticIp>(&snapshot, &cx.scope, id)?;
    }
    if input.dry_run == Some(true) {
        return Err(dry_run());
    }
    let after = input.next_token.as_deref().map(key_of_token).transpose()?;
    let found = snapshot
        .by_index(elastic_ip::BY_SCOPE, &cx.scope)
        .after(after)
        .filter(|a| ids.is_empty() || ids.iter().any(|id| a.allocation.as_str() == id));
    let page = page(found, input.max_results, |a| a.allocation.to_string());
    let addresses = page.shown(|a| AddressAttribute {
        public_ip: Some(a.public_address.to_string()),
        allocation_id: Some(a.allocation.to_string()),
        ..AddressAttribute::default()
    });
    Ok(DescribeAddressesAttributeResult { addresses, next_token: page.next_token })
}

/// The address that a request names by allocation or by the address itself.
fn of_request(
    tx: &Tx<'_>,
    cx: &Cx,
    allocation: Option<&str>,
    address: Option<&str>,
) -> Result<Arc<ElasticIp>, Error> {
    match (allocation.filter(|a| !a.is_empty()), address.filter(|a| !a.is_empty())) {
        (Some(_), Some(_)) => Err(Error::invalid_parameter_combination(
            "You may specify public IP or allocation id, but not both in the same call",
        )),
        (Some(id), None) => find::<ElasticIp>(tx, &cx.scope, id),
        (None, Some(address)) => by_address(tx, cx, address),
        (None, None) => Err(Error::missing_parameter("Either public IP or allocation id must be specified")),
    }
}

pub(crate) async fn release_address(ec2: &Ec2, cx: &Cx, input: ReleaseAddressRequest) -> Result<Unit, Error> {
    let group = input.network_border_group.as_ref();
    refuse(&[("networkBorderGroup", group.is_some_and(|group| *group != cx.scope.region))])?;
    ec2.change(cx, input.dry_run, |tx, _| {
        let address = of_request(tx, cx, input.allocation_id.as_deref(), input.public_ip.as_deref())?;
        if let Some(association) = &address.association {
            refuse_of_foreign(tx, association)?;
            return Err(Error::invalid_ip_address_in_use(format!(
                "Address {} is in use.",
                address.allocation
            )));
        }
        tx.delete::<ElasticIp>(&address.allocation);
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn associate_address(
    ec2: &Ec2,
    cx: &Cx,
    input: AssociateAddressRequest,
) -> Result<AssociateAddressResult, Error> {
    let id = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let address = of_request(tx, cx, input.allocation_id.as_deref(), input.public_ip.as_deref())?;
            let interface = match (&input.network_interface_id, &input.instance_id) {
                (Some(id), _) => find::<NetworkInterface>(tx, &cx.scope, id)?,
                (None, Some(id)) => super::attachment::interface_of_machine(tx, cx, id)?,
                (None, None) => {
                    return Err(Error::missing_parameter(
                        "Either instance ID or network interface id must be specified",
                    ));
                }
            };
            super::network_interface::refuse_foreign(&interface)?;
            let private = match input.private_ip_address.as_deref() {
                None => interface.address,
                Some(text) => {
                    let private = super::network_interface::ipv4("privateIpAddress", text)?;
                    if !interface.addresses().any(|a| a == private) {
                        return Err(Error::invalid_parameter_value(format!(
                            "Invalid value '{text}' for PrivateIpAddress. Address {text} does not belong to {}",
                            interface.id
                        )));
                    }
                    private
                }
            };
            let may_move = input.allow_reassociation != Some(false);
            check_free(&address, &interface, private, may_move)?;
            address.association.iter().try_for_each(|before| refuse_of_foreign(tx, before))?;
            check_gateway(tx, &interface)?;
            if let Some(before) = &address.association {
                unmap(tx, &before.interface, before.private_address);
            }
            unmap(tx, &interface.id, private);
            let association = AddressAssociationId::from_random(draw());
            Ok(elastic_ip::associate(tx, &address, &interface.id, private, association))
        })
        .await?;
    Ok(AssociateAddressResult { association_id: Some(id.to_string()) })
}

fn check_free(
    address: &ElasticIp,
    interface: &NetworkInterface,
    private: Ipv4Addr,
    may_move: bool,
) -> Result<(), Error> {
    if may_move {
        return Ok(());
    }
    if let Some(association) = &address.association {
        return Err(Error::resource_already_associated(format!(
            "resource {} is already associated with associate-id {}",
            address.allocation, association.id
        )));
    }
    match interface.public_address_of(private).and_then(|p| p.allocation.as_ref()) {
        Some(_) => Err(Error::resource_already_associated(format!(
            "resource {} is already associated with an elastic IP address",
            interface.id
        ))),
        None => Ok(()),
    }
}

/// A public address needs a way to the internet.
fn check_gateway(tx: &Tx<'_>, interface: &NetworkInterface) -> Result<(), Error> {
    match tx.by_index(internet_gateway::BY_VPC, &interface.vpc).next() {
        Some(_) => Ok(()),
        None => Err(Error::gateway_not_attached(format!(
            "Network {} is not attached to any internet gateway",
            interface.vpc
        ))),
    }
}

/// An address that a service uses for the account is not the account's to take away.
fn refuse_of_foreign(tx: &Tx<'_>, association: &AddressAssociation) -> Result<(), Error> {
    match tx.get::<NetworkInterface>(&association.interface) {
        Some(interface) => super::network_interface::refuse_foreign(&interface),
        None => Ok(()),
    }
}

/// Takes whatever public address a private one has away, at both ends.
pub(super) fn unmap(tx: &mut Tx<'_>, interface: &NetworkInterfaceId, private: Ipv4Addr) {
    let Some(found) = tx.get::<NetworkInterface>(interface) else { return };
    if let Some(allocation) = found.public_address_of(private).and_then(|p| p.allocation.clone()) {
        tx.modify::<ElasticIp>(&allocation, |a| a.association = None);
    }
    tx.modify::<NetworkInterface>(interface, |i| i.public_addresses.retain(|p| p.private_address != private));
}

pub(crate) async fn disassociate_address(
    ec2: &Ec2,
    cx: &Cx,
    input: DisassociateAddressRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let association = match (&input.association_id, &input.public_ip) {
            (Some(id), _) => {
                let mut all =
                    tx.by_index(elastic_ip::BY_SCOPE, &cx.scope).filter_map(|a| a.association.clone());
                all.find(|a| a.id.as_str() == id).ok_or_else(|| {
                    Error::invalid_association_id_not_found(format!(
                        "The association ID '{id}' does not exist"
                    ))
                })?
            }
            (None, Some(address)) => by_address(tx, cx, address)?.association.clone().ok_or_else(|| {
                Error::invalid_association_id_not_found(format!("Address '{address}' is not associated."))
            })?,
            (None, None) => {
                return Err(Error::missing_parameter("Either public IP or association id must be specified"));
            }
        };
        refuse_of_foreign(tx, &association)?;
        unmap(tx, &association.interface, association.private_address);
        Ok(Unit {})
    })
    .await
}
