//! Route tables and what they are associated with. Their routes are changed in [`super::route`].

use crate::convert;
use crate::describe::{Field, Query, select};
use crate::errors::{in_use, refuse, unsupported};
use crate::once::Once;
use crate::resource::find;
use crate::service::Ec2;
use crate::tagging;
use ::api::Unit;
use ::api::ec2::{
    AssociateRouteTableRequest, AssociateRouteTableResult, CreateRouteTableRequest, CreateRouteTableResult,
    DeleteRouteTableRequest, DescribeRouteTablesRequest, DescribeRouteTablesResult,
    DisassociateRouteTableRequest, Error, ReplaceRouteTableAssociationRequest,
    ReplaceRouteTableAssociationResult,
};
use auth::Cx;
use model::ec2::{
    AssociatedWith, Destination, InternetGateway, Route, RouteTable, RouteTableAssociation, RouteTarget,
    Subnet, Vpc,
};
use model::ids::{RouteTableAssociationId, RouteTableId};
use state::ec2::{route_table, vpc};
use state::{Snapshot, Tx};
use std::sync::Arc;

/// Per VPC. Source: "Amazon VPC quotas", 2025.
const MOST_TABLES: usize = 200;

fn each(table: &RouteTable, value: impl Fn(&Route) -> Option<String>) -> Vec<String> {
    table.routes.iter().filter_map(value).collect()
}

fn states(table: &RouteTable, from: &Snapshot) -> Vec<String> {
    let state = |r: &Route| if convert::is_black_hole(r, table, from) { "blackhole" } else { "active" };
    each(table, |r| Some(state(r).to_owned()))
}

fn destination(route: &Route, of: fn(&Destination) -> bool) -> Option<String> {
    of(&route.destination).then(|| match &route.destination {
        Destination::Ipv4(block) => block.to_string(),
        Destination::Ipv6(block) => block.to_string(),
        Destination::PrefixList(list) => list.to_string(),
    })
}

const FIELDS: &[Field<RouteTable>] = &[
    ("association.gateway-id", |t, _| {
        let gateway = |a: &RouteTableAssociation| match &a.with {
            AssociatedWith::Gateway(id) => Some(id.to_string()),
            AssociatedWith::Main | AssociatedWith::Subnet(_) => None,
        };
        t.associations.iter().filter_map(gateway).collect()
    }),
    ("association.route-table-association-id", |t, _| {
        t.associations.iter().map(|a| a.id.to_string()).collect()
    }),
    ("association.route-table-id", |t, _| t.associations.iter().map(|_| t.id.to_string()).collect()),
    ("association.subnet-id", |t, _| {
        let subnet = |a: &RouteTableAssociation| match &a.with {
            AssociatedWith::Subnet(id) => Some(id.to_string()),
            AssociatedWith::Main | AssociatedWith::Gateway(_) => None,
        };
        t.associations.iter().filter_map(subnet).collect()
    }),
    ("association.main", |t, _| vec![t.is_main().to_string()]),
    ("owner-id", |t, _| vec![t.scope.account.clone()]),
    ("route-table-id", |t, _| vec![t.id.to_string()]),
    ("route.destination-cidr-block", |t, _| {
        each(t, |r| destination(r, |d| matches!(d, Destination::Ipv4(_))))
    }),
    ("route.destination-ipv6-cidr-block", |t, _| {
        each(t, |r| destination(r, |d| matches!(d, Destination::Ipv6(_))))
    }),
    ("route.destination-prefix-list-id", |t, _| {
        each(t, |r| destination(r, |d| matches!(d, Destination::PrefixList(_))))
    }),
    ("route.egress-only-internet-gateway-id", |_, _| Vec::new()),
    ("route.gateway-id", |t, _| {
        each(t, |r| {
            matches!(r.target, RouteTarget::Local | RouteTarget::InternetGateway(_))
                .then(|| r.target.as_str().to_owned())
        })
    }),
    ("route.instance-id", |t, from| {
        let instances = t.routes.iter().filter_map(|r| match &r.target {
            RouteTarget::NetworkInterface(id) => convert::instance_of(from, id),
            _ => None,
        });
        instances.map(|i| i.to_string()).collect()
    }),
    ("route.nat-gateway-id", |t, _| {
        each(t, |r| matches!(r.target, RouteTarget::NatGateway(_)).then(|| r.target.as_str().to_owned()))
    }),
    ("route.transit-gateway-id", |_, _| Vec::new()),
    ("route.origin", |t, _| each(t, |r| Some(r.origin.to_string()))),
    ("route.state", states),
    ("route.vpc-peering-connection-id", |_, _| Vec::new()),
    ("vpc-id", |t, _| vec![t.vpc.to_string()]),
];

pub(crate) async fn create_route_table(
    ec2: &Ec2,
    cx: &Cx,
    input: CreateRouteTableRequest,
) -> Result<CreateRouteTableResult, Error> {
    let tags = tagging::of_new("route-table", input.tag_specifications.as_deref())?;
    let once = Once::new(cx, "CreateRouteTable", input.client_token.as_deref(), &input);
    let id = ec2
        .change(cx, input.dry_run, |tx, draw| {
            once.make(tx, cx, |tx| {
                let vpc = find::<Vpc>(tx, &cx.scope, &input.vpc_id)?;
                if tx.by_index(route_table::BY_VPC, &vpc.id).count() >= MOST_TABLES {
                    return Err(Error::route_table_limit_exceeded(
                        "The maximum number of route tables has been reached.",
                    ));
                }
                let table = tx.put(RouteTable {
                    id: RouteTableId::from_random(draw()),
                    scope: cx.scope.clone(),
                    vpc: vpc.id.clone(),
                    routes: vpc::local_routes(&vpc),
                    associations: Vec::new(),
                    tags: tags.clone(),
                });
                Ok(table.id.to_string())
            })
        })
        .await?;
    let snapshot = ec2.state.snapshot();
    let table = find::<RouteTable>(&snapshot, &cx.scope, &id)?;
    let route_table = Some(convert::route_table(&table, &snapshot));
    Ok(CreateRouteTableResult { route_table, client_token: input.client_token })
}

pub(crate) fn describe_route_tables(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeRouteTablesRequest,
) -> Result<DescribeRouteTablesResult, Error> {
    let query = Query {
        dry_run: input.dry_run,
        ids: input.route_table_ids.as_deref(),
        filters: input.filters.as_deref(),
        max_results: input.max_results,
        next_token: input.next_token.as_deref(),
    };
    let snapshot = ec2.state.snapshot();
    let page = select(&snapshot, cx, &query, FIELDS)?;
    let route_tables = page.shown(|t| convert::route_table(t, &snapshot));
    Ok(DescribeRouteTablesResult { route_tables, next_token: page.next_token })
}

pub(crate) async fn delete_route_table(
    ec2: &Ec2,
    cx: &Cx,
    input: DeleteRouteTableRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let table = find::<RouteTable>(tx, &cx.scope, &input.route_table_id)?;
        if !table.associations.is_empty() {
            return Err(in_use("routeTable", &table.id));
        }
        tx.delete::<RouteTable>(&table.id);
        Ok(Unit {})
    })
    .await
}

/// The subnet that is to be associated with a table.
fn end(tx: &Tx<'_>, cx: &Cx, input: &AssociateRouteTableRequest) -> Result<Arc<Subnet>, Error> {
    match (&input.subnet_id, &input.gateway_id) {
        (Some(id), None) => find::<Subnet>(tx, &cx.scope, id),
        (None, Some(id)) => {
            find::<InternetGateway>(tx, &cx.scope, id)?;
            // AWS differs: it has gateway route tables, which nodes do not carry out.
            Err(unsupported("gatewayId"))
        }
        (None, None) => {
            Err(Error::missing_parameter("The request must contain exactly one of subnetId or gatewayId"))
        }
        (Some(_), Some(_)) => Err(Error::invalid_parameter_combination(
            "The request must contain exactly one of subnetId or gatewayId",
        )),
    }
}

pub(crate) async fn associate_route_table(
    ec2: &Ec2,
    cx: &Cx,
    input: AssociateRouteTableRequest,
) -> Result<AssociateRouteTableResult, Error> {
    refuse(&[("publicIpv4Pool", input.public_ipv4_pool.is_some())])?;
    let id = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let table = find::<RouteTable>(tx, &cx.scope, &input.route_table_id)?;
            let subnet = end(tx, cx, &input)?;
            if subnet.vpc != table.vpc {
                return Err(Error::invalid_parameter_value(format!(
                    "Route table {} and subnet {} belong to different networks",
                    table.id, subnet.id
                )));
            }
            let with = AssociatedWith::Subnet(subnet.id.clone());
            if let Some(existing) = table.associations.iter().find(|a| a.with == with) {
                return Ok(existing.id.clone());
            }
            if tx
                .by_index(route_table::BY_VPC, &table.vpc)
                .any(|t| t.associations.iter().any(|a| a.with == with))
            {
                return Err(Error::resource_already_associated(format!(
                    "the specified association for route table {} conflicts with an existing association",
                    table.id
                )));
            }
            let id = RouteTableAssociationId::from_random(draw());
            let new = RouteTableAssociation { id: id.clone(), with };
            tx.modify::<RouteTable>(&table.id, |t| t.associations.push(new));
            Ok(id)
        })
        .await?;
    Ok(AssociateRouteTableResult {
        association_id: Some(id.to_string()),
        association_state: convert::associated(),
    })
}

/// The table that has an association.
fn of_association(tx: &Tx<'_>, cx: &Cx, id: &str) -> Result<(Arc<RouteTable>, RouteTableAssociation), Error> {
    let mut tables = tx.by_index(route_table::BY_SCOPE, &cx.scope);
    let found = tables.find_map(|table| {
        let association = table.associations.iter().find(|a| a.id.as_str() == id)?;
        Some((Arc::clone(table), association.clone()))
    });
    found.ok_or_else(|| {
        Error::invalid_association_id_not_found(format!("The association ID '{id}' does not exist"))
    })
}

pub(crate) async fn disassociate_route_table(
    ec2: &Ec2,
    cx: &Cx,
    input: DisassociateRouteTableRequest,
) -> Result<Unit, Error> {
    ec2.change(cx, input.dry_run, |tx, _| {
        let (table, association) = of_association(tx, cx, &input.association_id)?;
        if association.with == AssociatedWith::Main {
            return Err(Error::invalid_parameter_value(format!(
                "cannot disassociate the main route table association {}",
                association.id
            )));
        }
        tx.modify::<RouteTable>(&table.id, |t| t.associations.retain(|a| a.id != association.id));
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn replace_route_table_association(
    ec2: &Ec2,
    cx: &Cx,
    input: ReplaceRouteTableAssociationRequest,
) -> Result<ReplaceRouteTableAssociationResult, Error> {
    let id = ec2
        .change(cx, input.dry_run, |tx, draw| {
            let (old, association) = of_association(tx, cx, &input.association_id)?;
            let new = find::<RouteTable>(tx, &cx.scope, &input.route_table_id)?;
            if new.vpc != old.vpc {
                return Err(Error::invalid_parameter_value(format!(
                    "Route table {} and route table {} belong to different networks",
                    new.id, old.id
                )));
            }
            let id = RouteTableAssociationId::from_random(draw());
            tx.modify::<RouteTable>(&old.id, |t| t.associations.retain(|a| a.id != association.id));
            let moved = RouteTableAssociation { id: id.clone(), with: association.with };
            tx.modify::<RouteTable>(&new.id, |t| t.associations.push(moved));
            Ok(id)
        })
        .await?;
    Ok(ReplaceRouteTableAssociationResult {
        new_association_id: Some(id.to_string()),
        association_state: convert::associated(),
    })
}
