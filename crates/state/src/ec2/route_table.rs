//! Route tables, keyed by id.

use crate::{Entries, Index, Record, Table, Version};
use model::ec2::{AssociatedWith, RouteTable, RouteTarget, Subnet};
use model::ids::VpcId;
use std::sync::Arc;

/// Scope.
pub const BY_SCOPE: Index<RouteTable> = Index::new("by_scope");

/// VPC.
pub const BY_VPC: Index<RouteTable> = Index::new("by_vpc");

/// A subnet that it is associated with by name.
pub const BY_SUBNET: Index<RouteTable> = Index::new("by_subnet");

/// The id of a target of its routes, local ones aside.
pub const BY_TARGET: Index<RouteTable> = Index::new("by_target");

impl Version for RouteTable {}

impl Record for RouteTable {
    const TABLE: &'static str = "ec2.route_table";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_SCOPE, &self.scope);
        entries.add(BY_VPC, &self.vpc);
        for association in &self.associations {
            if let AssociatedWith::Subnet(subnet) = &association.with {
                entries.add(BY_SUBNET, subnet);
            }
        }
        for route in self.routes.iter().filter(|r| r.target != RouteTarget::Local) {
            entries.add(BY_TARGET, route.target.as_str());
        }
    }
}

/// The table of the VPC's subnets that have none of their own.
pub fn main_of<'a>(tables: &'a Table<RouteTable>, vpc: &VpcId) -> Option<&'a Arc<RouteTable>> {
    tables.by_index(BY_VPC, vpc).find(|t| t.is_main())
}

/// The table that decides where the subnet's packets go.
pub fn of_subnet<'a>(tables: &'a Table<RouteTable>, subnet: &Subnet) -> Option<&'a Arc<RouteTable>> {
    tables.by_index(BY_SUBNET, &subnet.id).next().or_else(|| main_of(tables, &subnet.vpc))
}
