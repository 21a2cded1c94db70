//! NAT gateways. A gateway works as soon as it is made; one that was deleted is shown for an hour.

use crate::convert;
use crate::describe::{Field, Query, select};
use crate::errors::{self, invalid, refuse};
use crate::once::Once;
use crate::resource::{find, id};
use crate::service::Ec2;
use crate::tagging;
use ::api::ec2::{
    CreateNatGatewayRequest, CreateNatGatewayResult, DeleteNatGatewayRequest, DeleteNatGatewayResult,
    DescribeNatGatewaysRequest, DescribeNatGatewaysResult, Error,
};
use auth::Cx;
use model::Timestamp;
use model::ec2::{
    ElasticIp, InterfaceAttachment, InterfaceAttachmentStatus, InterfaceOwner, InterfaceType,
    NatConnectivity, NatGateway, NatGatewayAddress, NatGatewayState, Requester, Subnet,
};
use model::ids::{AddressAssociationId, InterfaceAttachmentId, NatGatewayId};
use state::Tx;
use state::ec2::network_interface::{self, NewInterface};
use state::ec2::{Draw, elastic_ip, internet_gateway, nat_gateway};
use std::net::Ipv4Addr;
use std::sync::Arc;

/// "Deleted NAT gateways are visible for about an hour" (Amazon VPC user guide, 2025).
const SHOWN_MS: i64 = 3_600_000;

/// How many that are past it go with each change.
const FORGOTTEN_AT_ONCE: usize = 100;

const FIELDS: &[Field<NatGateway>] = &[
    ("nat-gateway-id", |g, _| vec![g.id.to_string()]),
    ("state", |g, _| vec![g.state.to_string()]),
    ("subnet-id", |g, _| vec![g.subnet.to_string()]),
    ("vpc-id", |g, _| vec![g.vpc.to_string()]),
];

/// What a request asks for.
struct Wanted {
    connectivity: NatConnectivity,
    allocation: Option<String>,
    address: Option<Ipv4Addr>,
}

fn wanted(input: &CreateNatGatewayRequest) -> Result<Wanted, Error> {
    refuse(&[
        ("availabilityMode", input.availability_mode.as_ref().is_some_and(|mode| mode.as_str() != "zonal")),
        ("vpcId", input.vpc_id.is_some()),
        ("availabilityZoneAddresses", input.availability_zone_addresses.is_some()),
        ("secondaryAllocationId", input.secondary_allocation_ids.is_some()),
        ("secondaryPrivateIpAddress", input.secondary_private_ip_addresses.is_some()),
        ("secondaryPrivateIpAddressCount", input.secondary_private_ip_address_count.is_some()),
    ])?;
    let connectivity = match input.connectivity_type.as_ref().map(|c| c.as_str()) {
        None => NatConnectivity::Public,
        Some(named) => named
            .parse()
            .map_err(|_| invalid("connectivityType", named, "Expecting 'public' or 'private'."))?,
    };
    match (connectivity, &input.allocation_id) {
        (NatConnectivity::Public, None) => {
            return Err(Error::missing_parameter(
                "The request must include the AllocationId parameter. Add the required parameter and retry the request.",
            ));
        }
        (NatConnectivity::Private, Some(_)) => {
            return Err(Error::invalid_parameter_combination(
                "An allocation ID cannot be used with a private NAT gateway.",
            ));
        }
        (NatConnectivity::Public, Some(_)) | (NatConnectivity::Private, None) => {}
    }
    let address = input.private_ip_address.as_deref();
    let address = address.map(|text| super::network_interface::ipv4("privateIpAddress", text)).transpose()?;
    Ok(Wanted { connectivity, allocation: input.allocation_id.clone(), address })
}

pub(crate) async fn create_nat_gateway(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateNatGatewayRequest,
) -> Result<CreateNatGatewayResult, Error> {
    let wanted = wanted(&input)?;
    let subnet_id = input.subnet_id.as_deref().ok_or_else(|| errors::missing("subnetId"))?;
    let tags = tagging::of_new("natgateway", input.tag_specifications.as_deref())?;
    let once = Once::new(cx, "CreateNatGateway", input.client_token.as_deref(), &input);
    let id = ec2
        .change(cx, input.dry_run, |tx, draw| {
            forget(tx, cx.now);
            once.make(tx, cx, |tx| {
                let subnet = find::<Subnet>(tx, &cx.scope, subnet_id)?;
                let gateway_id = NatGatewayId::from_random(draw());
                let address = connect(tx, cx, &wanted, &subnet, &gateway_id, draw)?;
                tx.put(NatGateway {
                    id: gateway_id.clone(),
                    scope: cx.scope.clone(),
                    vpc: subnet.vpc.clone(),
                    subnet: subnet.id.clone(),
                    connectivity: wanted.connectivity,
                    state: NatGatewayState::Available,
                    addresses: vec![address],
                    created_at: cx.now,
                    deleted_at: None,
                    tags: tags.clone(),
                });
                Ok(gateway_id.to_string())
            })
        })
        .await?;
    let gateway = find::<NatGateway>(&ec2.state.snapshot(), &cx.scope, &id)?;
    let nat_gateway = Some(convert::nat_gateway(&gateway));
    Ok(CreateNatGatewayResult { client_token: input.client_token, nat_gateway })
}

/// Makes the gateway's interface and lends it its elastic address.
fn connect(
    tx: &mut Tx<'_>,
    cx: &Cx,
    wanted: &Wanted,
    subnet: &Arc<Subnet>,
    gateway: &NatGatewayId,
    draw: Draw<'_>,
) -> Result<NatGatewayAddress, Error> {
    let elastic = wanted.allocation.as_deref().map(|id| free_address(tx, cx, subnet, id)).transpose()?;
    let new = NewInterface {
        subnet: Arc::clone(subnet),
        groups: Vec::new(),
        address: wanted.address,
        secondary_addresses: Vec::new(),
        ipv6_addresses: Vec::new(),
        public: false,
        description: format!("Interface for NAT Gateway {gateway}"),
        interface_type: InterfaceType::NatGateway,
        requester: Some(Requester { id: cx.scope.account.clone() }),
        attachment: Some(InterfaceAttachment {
            id: InterfaceAttachmentId::from_random(draw()),
            device_index: 1,
            status: InterfaceAttachmentStatus::Attached,
            instance: None,
            instance_owner: "amazon-aws".to_owned(),
            attached_at: cx.now,
            delete_on_termination: false,
        }),
        host: None,
        owner: InterfaceOwner::NatGateway(gateway.clone()),
        source_dest_check: false,
        tags: Vec::new(),
    };
    let interface = network_interface::create(tx, new, cx.now, draw).map_err(errors::interface)?;
    let association = elastic.as_ref().map(|address| {
        let id = AddressAssociationId::from_random(draw());
        elastic_ip::associate(tx, address, &interface.id, interface.address, id)
    });
    Ok(NatGatewayAddress {
        interface: interface.id.clone(),
        private_address: interface.address,
        public_address: elastic.as_ref().map(|address| address.public_address),
        allocation: elastic.map(|address| address.allocation.clone()),
        association,
    })
}

fn free_address(tx: &Tx<'_>, cx: &Cx, subnet: &Subnet, id: &str) -> Result<Arc<ElasticIp>, Error> {
    let address = find::<ElasticIp>(tx, &cx.scope, id)?;
    if address.association.is_some() {
        return Err(Error::resource_already_associated(format!(
            "Elastic IP address [{id}] is already associated"
        )));
    }
    // AWS differs: there the gateway is made and then fails with this code.
    if tx.by_index(internet_gateway::BY_VPC, &subnet.vpc).next().is_none() {
        return Err(Error::gateway_not_attached(format!(
            "Network {} has no Internet gateway attached",
            subnet.vpc
        )));
    }
    Ok(address)
}

/// Forgets gateways that were deleted long enough ago.
fn forget(tx: &mut Tx<'_>, now: Timestamp) {
    let until = Timestamp::from_millis(now.millis() - SHOWN_MS);
    let past: Vec<_> = tx
        .table::<NatGateway>()
        .up_to(nat_gateway::BY_DELETED_AT, until)
        .take(FORGOTTEN_AT_ONCE)
        .map(|g| g.id.clone())
        .collect();
    past.iter().for_each(|id| drop(tx.delete::<NatGateway>(id)));
}

fn is_shown(gateway: &NatGateway, now: Timestamp) -> bool {
    gateway.deleted_at.is_none_or(|at| at.millis() > now.millis() - SHOWN_MS)
}

pub(crate) fn describe_nat_gateways(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeNatGatewaysRequest,
) -> Result<DescribeNatGatewaysResult, Error> {
    let query = Query {
        dry_run: input.dry_run,
        ids: input.nat_gateway_ids.as_deref(),
        filters: input.filter.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let page = select(&ec2.state.snapshot(), cx, &query, FIELDS)?;
    let shown = page.records.iter().filter(|g| is_shown(g, cx.now)).map(|g| convert::nat_gateway(g));
    Ok(DescribeNatGatewaysResult { nat_gateways: Some(shown.collect()), next_token: page.next_token })
}

pub(crate) async fn delete_nat_gateway(
    ec2: &Ec2,
    cx: &Cx,
    input: DeleteNatGatewayRequest,
) -> Result<DeleteNatGatewayResult, Error> {
    id::<NatGateway, NatGatewayId>(&input.nat_gateway_id)?;
    ec2.change(cx, input.dry_run, |tx, _| {
        forget(tx, cx.now);
        let gateway = find::<NatGateway>(tx, &cx.scope, &input.nat_gateway_id)?;
        if gateway.state != NatGatewayState::Deleted {
            for address in &gateway.addresses {
                network_interface::release(tx, &address.interface);
            }
            tx.modify::<NatGateway>(&gateway.id, |g| {
                g.state = NatGatewayState::Deleted;
                g.deleted_at = Some(cx.now);
            });
        }
        Ok(())
    })
    .await?;
    Ok(DeleteNatGatewayResult { nat_gateway_id: Some(input.nat_gateway_id) })
}
