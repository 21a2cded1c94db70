//! VPCs, keyed by id.

use super::{Draw, network_acl, route_table, settings};
use crate::{DecodeError, Entries, Index, Older, Record, Tx, Version};
use model::Tag;
use model::ec2::{
    AssociatedWith, Destination, Ipv4Block, NetworkAcl, Route, RouteOrigin, RouteTable,
    RouteTableAssociation, RouteTarget, SecurityGroup, Tenancy, Vpc, VpcV1,
};
use model::ids::{
    DhcpOptionsId, NetworkAclId, RouteTableAssociationId, RouteTableId, Scope, SecurityGroupId,
    SecurityGroupRuleId, VpcCidrAssociationId, VpcId,
};
use std::sync::Arc;

/// Scope.
pub const BY_SCOPE: Index<Vpc> = Index::new("by_scope");

/// DHCP options.
pub const BY_DHCP_OPTIONS: Index<Vpc> = Index::new("by_dhcp_options");

impl Version for VpcV1 {}

impl Version for Vpc {
    const VERSION: u32 = 2;

    fn from_older(older: Older<'_>) -> Result<Self, DecodeError> {
        older.decode::<VpcV1>().map(Self::from)
    }
}

impl Record for Vpc {
    const TABLE: &'static str = "ec2.vpc";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        if let Some(options) = &self.dhcp_options {
            entries.add(BY_DHCP_OPTIONS, options);
        }
    }
}

/// What a new VPC is to be.
#[derive(Clone, Debug)]
pub struct NewVpc {
    pub scope: Scope,
    pub block: Ipv4Block,
    pub is_default: bool,
    pub tenancy: Tenancy,
    pub dhcp_options: Option<DhcpOptionsId>,
    pub tags: Vec<Tag>,
}

/// Makes a VPC with everything that one cannot be without: its number, main route table, default security group and default network ACL.
pub fn create(tx: &mut Tx<'_>, new: NewVpc, draw: Draw<'_>) -> Arc<Vpc> {
    let number = settings::next_vpc_number(tx);
    let vpc = tx.put(Vpc {
        id: VpcId::from_random(draw()),
        scope: new.scope,
        number,
        block: new.block,
        block_association: VpcCidrAssociationId::from_random(draw()),
        secondary_blocks: Vec::new(),
        ipv6_blocks: Vec::new(),
        is_default: new.is_default,
        tenancy: new.tenancy,
        dns_support: true,
        dns_hostnames: new.is_default,
        usage_metrics: false,
        dhcp_options: new.dhcp_options,
        tags: new.tags,
    });
    complete(tx, &vpc, draw);
    tx.get::<Vpc>(&vpc.id).expect("it was just put")
}

/// Makes what a VPC lacks of what [`create`] makes. An older version stored VPCs that lacked it.
pub fn complete(tx: &mut Tx<'_>, vpc: &Vpc, draw: Draw<'_>) {
    if vpc.number == 0 {
        let number = settings::next_vpc_number(tx);
        tx.modify::<Vpc>(&vpc.id, |v| v.number = number);
    }
    if route_table::main_of(tx.table(), &vpc.id).is_none() {
        tx.put(main_route_table(vpc, draw));
    }
    if super::security_group::default_of(tx.table(), &vpc.id).is_none() {
        tx.put(SecurityGroup::default_of(
            vpc.id.clone(),
            vpc.scope.clone(),
            SecurityGroupId::from_random(draw()),
            SecurityGroupRuleId::from_random(draw()),
            SecurityGroupRuleId::from_random(draw()),
        ));
    }
    if network_acl::default_of(tx.table(), &vpc.id).is_none() {
        let acl =
            NetworkAcl::default_of(vpc.id.clone(), vpc.scope.clone(), NetworkAclId::from_random(draw()));
        tx.put(acl);
    }
}

fn main_route_table(vpc: &Vpc, draw: Draw<'_>) -> RouteTable {
    RouteTable {
        id: RouteTableId::from_random(draw()),
        scope: vpc.scope.clone(),
        vpc: vpc.id.clone(),
        routes: local_routes(vpc),
        associations: vec![RouteTableAssociation {
            id: RouteTableAssociationId::from_random(draw()),
            with: AssociatedWith::Main,
        }],
        tags: Vec::new(),
    }
}

/// The routes that every table of the VPC begins with.
pub fn local_routes(vpc: &Vpc) -> Vec<Route> {
    let v4 = vpc.blocks().map(Destination::Ipv4);
    let v6 = vpc.ipv6_blocks.iter().map(|a| Destination::Ipv6(a.block));
    let local = |destination| Route {
        destination,
        target: RouteTarget::Local,
        origin: RouteOrigin::CreateRouteTable,
    };
    v4.chain(v6).map(local).collect()
}
