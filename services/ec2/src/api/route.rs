//! Routes of a table.

use super::permission::ipv6;
use super::vpc::canonical;
use crate::errors::{invalid, refuse};
use crate::resource::find;
use crate::service::Ec2;
use ::api::Unit;
use ::api::ec2::{CreateRouteRequest, CreateRouteResult, DeleteRouteRequest, Error, ReplaceRouteRequest};
use auth::Cx;
use model::ec2::{
    Destination, InternetGateway, NatGateway, NatGatewayState, NetworkInterface, PrefixList, Route,
    RouteOrigin, RouteTable, RouteTarget, Vpc,
};
use state::Tx;
use state::ec2::route_table;

/// Per route table, local ones aside. Source: "Amazon VPC quotas", 2025.
const MOST_ROUTES: usize = 500;

/// Where a route leads, as a request names it.
struct Named<'a> {
    local: bool,
    gateway: Option<&'a str>,
    nat_gateway: Option<&'a str>,
    interface: Option<&'a str>,
}

pub(crate) async fn create_route(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateRouteRequest,
) -> Result<CreateRouteResult, Error> {
    refuse(&[
        ("vpcEndpointId", input.vpc_endpoint_id.is_some()),
        ("transitGatewayId", input.transit_gateway_id.is_some()),
        ("localGatewayId", input.local_gateway_id.is_some()),
        ("carrierGatewayId", input.carrier_gateway_id.is_some()),
        ("coreNetworkArn", input.core_network_arn.is_some()),
        ("odbNetworkArn", input.odb_network_arn.is_some()),
        ("egressOnlyInternetGatewayId", input.egress_only_internet_gateway_id.is_some()),
        ("instanceId", input.instance_id.is_some()),
        ("vpcPeeringConnectionId", input.vpc_peering_connection_id.is_some()),
    ])?;
    let named = Named {
        local: false,
        gateway: input.gateway_id.as_deref(),
        nat_gateway: input.nat_gateway_id.as_deref(),
        interface: input.network_interface_id.as_deref(),
    };
    ec2.change(cx, input.dry_run, |tx, _| {
        let table = find::<RouteTable>(tx, &cx.scope, &input.route_table_id)?;
        let destination = destination(
            tx,
            cx,
            input.destination_cidr_block.as_deref(),
            input.destination_ipv6_cidr_block.as_deref(),
            input.destination_prefix_list_id.as_deref(),
        )?;
        let target = target(tx, cx, &table, &named)?;
        refuse_gateway_inside(tx, &table, &destination, &target)?;
        if table.routes.iter().any(|r| r.destination == destination) {
            return Err(Error::route_already_exists(format!(
                "The route identified by {} already exists.",
                worded(&destination)
            )));
        }
        refuse_inside(tx, &table, &destination)?;
        if table.routes.iter().filter(|r| r.target != RouteTarget::Local).count() >= MOST_ROUTES {
            return Err(Error::route_limit_exceeded(format!(
                "The maximum number of routes has been reached in {}.",
                table.id
            )));
        }
        let route = Route { destination, target, origin: RouteOrigin::CreateRoute };
        tx.modify::<RouteTable>(&table.id, |t| t.routes.push(route));
        Ok(CreateRouteResult { r#return: Some(true) })
    })
    .await
}

pub(crate) async fn replace_route(ec2: &Ec2, cx: &Cx, input: ReplaceRouteRequest) -> Result<Unit, Error> {
    refuse(&[
        ("vpcEndpointId", input.vpc_endpoint_id.is_some()),
        ("transitGatewayId", input.transit_gateway_id.is_some()),
        ("localGatewayId", input.local_gateway_id.is_some()),
        ("carrierGatewayId", input.carrier_gateway_id.is_some()),
        ("coreNetworkArn", input.core_network_arn.is_some()),
        ("odbNetworkArn", input.odb_network_arn.is_some()),
        ("egressOnlyInternetGatewayId", input.egress_only_internet_gateway_id.is_some()),
        ("instanceId", input.instance_id.is_some()),
        ("vpcPeeringConnectionId", input.vpc_peering_connection_id.is_some()),
    ])?;
    let named = Named {
        local: input.local_target == Some(true),
        gateway: input.gateway_id.as_deref(),
        nat_gateway: input.nat_gateway_id.as_deref(),
        interface: input.network_interface_id.as_deref(),
    };
    ec2.change(cx, input.dry_run, |tx, _| {
        let table = find::<RouteTable>(tx, &cx.scope, &input.route_table_id)?;
        let destination = destination(
            tx,
            cx,
            input.destination_cidr_block.as_deref(),
            input.destination_ipv6_cidr_block.as_deref(),
            input.destination_prefix_list_id.as_deref(),
        )?;
        let Some(at) = table.routes.iter().position(|r| r.destination == destination) else {
            return Err(Error::invalid_parameter_value(format!(
                "There is no route defined for '{}' in the route table. Use CreateRoute instead.",
                worded(&destination)
            )));
        };
        let new = if named.local { RouteTarget::Local } else { target(tx, cx, &table, &named)? };
        refuse_gateway_inside(tx, &table, &destination, &new)?;
        let was_local = table.routes[at].origin == RouteOrigin::CreateRouteTable;
        if was_local != (new == RouteTarget::Local) {
            // AWS differs: it lets appliances take over the local route, which nodes do not carry out.
            return Err(Error::unsupported_operation(format!(
                "Longshore does not replace the local route {}, nor any other route by a local one.",
                worded(&destination)
            )));
        }
        if !was_local {
            refuse_inside(tx, &table, &destination)?;
        }
        tx.modify::<RouteTable>(&table.id, |t| t.routes[at].target = new);
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn delete_route(ec2: &Ec2, cx: &Cx, input: DeleteRouteRequest) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let table = find::<RouteTable>(tx, &cx.scope, &input.route_table_id)?;
        let destination = destination(
            tx,
            cx,
            input.destination_cidr_block.as_deref(),
            input.destination_ipv6_cidr_block.as_deref(),
            input.destination_prefix_list_id.as_deref(),
        )?;
        let Some(route) = table.routes.iter().find(|r| r.destination == destination) else {
            return Err(Error::invalid_route_not_found(format!(
                "no route with destination-cidr-block {} in route table {}",
                worded(&destination),
                table.id
            )));
        };
        if route.target == RouteTarget::Local {
            return Err(Error::invalid_parameter_value(format!(
                "cannot remove local route {} in route table {}",
                worded(&destination),
                table.id
            )));
        }
        tx.modify::<RouteTable>(&table.id, |t| t.routes.retain(|r| r.destination != destination));
        Ok(Unit {})
    })
    .await
}

/// Whether a destination lies within a block of the table's VPC.
fn is_inside(tx: &Tx<'_>, table: &RouteTable, destination: &Destination) -> bool {
    let Some(vpc) = tx.get::<Vpc>(&table.vpc) else { return false };
    match destination {
        Destination::Ipv4(block) => vpc.blocks().any(|b| b.covers(*block)),
        Destination::Ipv6(block) => vpc.ipv6_blocks.iter().any(|a| a.block.covers(*block)),
        // What AWS does with a list that has blocks of the VPC is not established.
        Destination::PrefixList(_) => false,
    }
}

/// Addresses of the VPC are never behind its internet gateway.
fn refuse_gateway_inside(
    tx: &Tx<'_>,
    table: &RouteTable,
    destination: &Destination,
    target: &RouteTarget,
) -> Result<(), Error> {
    match target {
        RouteTarget::InternetGateway(_) if is_inside(tx, table, destination) => {
            Err(Error::invalid_parameter_value(format!(
                "The destination CIDR block {} is equal to or more specific than one of this VPC's CIDR blocks. \
                 This route can target only an interface or an instance.",
                worded(destination)
            )))
        }
        RouteTarget::InternetGateway(_)
        | RouteTarget::Local
        | RouteTarget::NatGateway(_)
        | RouteTarget::NetworkInterface(_) => Ok(()),
    }
}

// AWS differs: it lets interfaces and NAT gateways take over the way to a subnet, which nodes do not carry out.
fn refuse_inside(tx: &Tx<'_>, table: &RouteTable, destination: &Destination) -> Result<(), Error> {
    if is_inside(tx, table, destination) {
        return Err(Error::unsupported_operation(format!(
            "Longshore does not route within a VPC: {} lies in one of its CIDR blocks.",
            worded(destination)
        )));
    }
    Ok(())
}

fn worded(destination: &Destination) -> String {
    match destination {
        Destination::Ipv4(block) => block.to_string(),
        Destination::Ipv6(block) => block.to_string(),
        Destination::PrefixList(list) => list.to_string(),
    }
}

fn destination(
    tx: &Tx<'_>,
    cx: &Cx,
    v4: Option<&str>,
    v6: Option<&str>,
    list: Option<&str>,
) -> Result<Destination, Error> {
    match (v4, v6, list) {
        (Some(text), None, None) => Ok(Destination::Ipv4(canonical("destinationCidrBlock", text)?)),
        (None, Some(text), None) => ipv6(text)
            .map(Destination::Ipv6)
            .map_err(|_| invalid("destinationIpv6CidrBlock", text, "This is not a valid IPv6 CIDR block.")),
        (None, None, Some(id)) => {
            Ok(Destination::PrefixList(find::<PrefixList>(tx, &cx.scope, id)?.id.clone()))
        }
        (None, None, None) => Err(Error::missing_parameter(
            "The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock or destinationPrefixListId",
        )),
        _ => Err(Error::invalid_parameter_combination(
            "The request must contain exactly one of destinationCidrBlock, destinationIpv6CidrBlock or destinationPrefixListId",
        )),
    }
}

fn target(tx: &Tx<'_>, cx: &Cx, table: &RouteTable, named: &Named<'_>) -> Result<RouteTarget, Error> {
    let others = |what: &str, id: &str| {
        Error::invalid_parameter_value(format!(
            "route table {} and {what} {id} belong to different networks",
            table.id
        ))
    };
    match (named.gateway, named.nat_gateway, named.interface) {
        (Some(id), None, None) => {
            let gateway = find::<InternetGateway>(tx, &cx.scope, id).map_err(|_| {
                Error::invalid_gateway_id_not_found(format!("The gateway ID '{id}' does not exist"))
            })?;
            if gateway.attached.as_ref() != Some(&table.vpc) {
                return Err(others("network gateway", id));
            }
            Ok(RouteTarget::InternetGateway(gateway.id.clone()))
        }
        (None, Some(id), None) => {
            let gateway =
                find::<NatGateway>(tx, &cx.scope, id).ok().filter(|g| g.state == NatGatewayState::Available);
            let gateway = gateway.ok_or_else(|| {
                Error::invalid_nat_gateway_id_not_found(format!("The natGateway ID '{id}' does not exist"))
            })?;
            if gateway.vpc != table.vpc {
                return Err(others("NAT gateway", id));
            }
            Ok(RouteTarget::NatGateway(gateway.id.clone()))
        }
        (None, None, Some(id)) => {
            let interface = find::<NetworkInterface>(tx, &cx.scope, id)?;
            if interface.vpc != table.vpc {
                return Err(others("interface", id));
            }
            Ok(RouteTarget::NetworkInterface(interface.id.clone()))
        }
        (None, None, None) => Err(Error::missing_parameter(
            "The request must contain exactly one of gatewayId, natGatewayId or networkInterfaceId",
        )),
        _ => Err(Error::invalid_parameter_combination(
            "The request must contain exactly one of gatewayId, natGatewayId or networkInterfaceId",
        )),
    }
}

/// Whether a route of some table leads through a prefix list.
pub(super) fn uses_list(tx: &Tx<'_>, cx: &Cx, list: &PrefixList) -> bool {
    let leads = |r: &Route| r.destination == Destination::PrefixList(list.id.clone());
    tx.by_index(route_table::BY_SCOPE, &cx.scope).any(|t| t.routes.iter().any(leads))
}
