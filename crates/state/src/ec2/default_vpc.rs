//! The default VPC, as every AWS account has one: a subnet in each zone, an internet gateway and a route to it.

use super::vpc::NewVpc;
use super::{Draw, dhcp_options, internet_gateway, route_table, subnet, vpc};
use crate::{Table, Tx};
use model::ec2::{
    Destination, DhcpOptions, HostnameType, InternetGateway, Ipv4Block, Route, RouteOrigin, RouteTable,
    RouteTarget, Subnet, Tenancy, Vpc, zones,
};
use model::ids::{DhcpOptionsId, InternetGatewayId, Scope, SubnetId};
use std::net::Ipv4Addr;
use std::sync::Arc;

/// The default VPC of a scope.
pub fn of<'a>(vpcs: &'a Table<Vpc>, scope: &Scope) -> Option<&'a Arc<Vpc>> {
    vpcs.by_index(vpc::BY_SCOPE, scope).find(|v| v.is_default)
}

/// The block of a default VPC on AWS.
pub fn block() -> Ipv4Block {
    Ipv4Block::new(Ipv4Addr::new(172, 31, 0, 0), 16).expect("no bit is set below the prefix")
}

/// The subnets of a default VPC, one per zone: AWS's /20 of a /16, a sixteenth of another block. `None` where the block is no /16 to /24.
pub fn subnets(scope: &Scope, vpc: Ipv4Block) -> Option<Vec<(String, Ipv4Block)>> {
    let prefix_len = vpc.prefix_len() + 4;
    if !(20..=28).contains(&prefix_len) {
        return None;
    }
    let size = 1u32 << (32 - prefix_len);
    let nth = |n: u32| Ipv4Block::new(vpc.nth(n * size)?, prefix_len);
    zones(&scope.region).zip(0..).map(|(zone, n)| Some((zone, nth(n)?))).collect()
}

/// Makes a default VPC with a subnet of `blocks` in each zone (`us-east-1a`, …).
pub fn create(
    tx: &mut Tx<'_>,
    scope: &Scope,
    block: Ipv4Block,
    subnets: &[(String, Ipv4Block)],
    draw: Draw<'_>,
) -> Arc<Vpc> {
    let new = NewVpc {
        scope: scope.clone(),
        block,
        is_default: true,
        tenancy: Tenancy::Default,
        dhcp_options: Some(default_dhcp_options(tx, scope, draw)),
        tags: Vec::new(),
    };
    let made = vpc::create(tx, new, draw);
    for (zone, block) in subnets {
        let new = default_subnet(&made, zone.clone(), *block, draw);
        subnet::create(tx, new, draw);
    }
    complete(tx, &made, draw);
    made
}

/// Makes what a default VPC lacks of what [`create`] makes, its subnets aside. An older version stored one that lacked it.
pub fn complete(tx: &mut Tx<'_>, default: &Vpc, draw: Draw<'_>) {
    vpc::complete(tx, default, draw);
    let subnets: Vec<_> = tx.by_index(subnet::BY_VPC, &default.id).cloned().collect();
    for one in subnets {
        subnet::complete(tx, &one, draw);
    }
    if default.dhcp_options.is_none() {
        let options = default_dhcp_options(tx, &default.scope, draw);
        tx.modify::<Vpc>(&default.id, |v| v.dhcp_options = Some(options));
    }
    if tx.by_index(internet_gateway::BY_VPC, &default.id).next().is_none() {
        attach_gateway(tx, default, draw);
    }
}

/// A subnet that is its zone's default one.
pub fn default_subnet(vpc: &Vpc, zone: String, block: Ipv4Block, draw: Draw<'_>) -> Subnet {
    Subnet {
        id: SubnetId::from_random(draw()),
        scope: vpc.scope.clone(),
        vpc: vpc.id.clone(),
        block,
        zone,
        default_for_zone: true,
        map_public_ip_on_launch: true,
        assign_ipv6_on_creation: false,
        ipv6: None,
        dns64: false,
        hostname_type: HostnameType::IpName,
        resource_name_dns_a_record: false,
        resource_name_dns_aaaa_record: false,
        tags: Vec::new(),
    }
}

/// The options that new VPCs of a scope have. The first VPC makes them.
pub fn default_dhcp_options(tx: &mut Tx<'_>, scope: &Scope, draw: Draw<'_>) -> DhcpOptionsId {
    let wanted = DhcpOptions::default_of(scope.clone(), DhcpOptionsId::from_random(draw()));
    let found =
        tx.by_index(dhcp_options::BY_SCOPE, scope).find(|o| o.configurations == wanted.configurations);
    match found.map(|o| o.id.clone()) {
        Some(id) => id,
        None => tx.put(wanted).id.clone(),
    }
}

fn attach_gateway(tx: &mut Tx<'_>, vpc: &Vpc, draw: Draw<'_>) {
    let gateway = tx.put(InternetGateway {
        id: InternetGatewayId::from_random(draw()),
        scope: vpc.scope.clone(),
        attached: Some(vpc.id.clone()),
        tags: Vec::new(),
    });
    let main = route_table::main_of(tx.table(), &vpc.id).map(|t| t.id.clone());
    let main = main.expect("every VPC has a main route table");
    tx.modify::<RouteTable>(&main, |table| {
        table.routes.push(Route {
            destination: Destination::Ipv4(Ipv4Block::ANY),
            target: RouteTarget::InternetGateway(gateway.id.clone()),
            origin: RouteOrigin::CreateRoute,
        });
    });
}
