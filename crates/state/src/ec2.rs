//! The tables of EC2 networking, keyed by id.

use crate::{Entries, Index, Record, TableDef, Version};
use model::ec2::{SecurityGroup, Subnet, Vpc};

/// Scope.
pub const VPCS: Index<Vpc> = Index::new("by_scope");

/// (scope, vpc).
pub const SUBNETS: Index<Subnet> = Index::new("by_scope_and_vpc");

/// (scope, vpc).
pub const SECURITY_GROUPS: Index<SecurityGroup> = Index::new("by_scope_and_vpc");

/// The tables of EC2 networking.
pub const TABLES: &[TableDef] =
    &[TableDef::of::<Vpc>(), TableDef::of::<Subnet>(), TableDef::of::<SecurityGroup>()];

impl Version for Vpc {}

impl Record for Vpc {
    const TABLE: &'static str = "ec2.vpc";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(VPCS, &self.scope);
    }
}

impl Version for Subnet {}

impl Record for Subnet {
    const TABLE: &'static str = "ec2.subnet";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(SUBNETS, (&self.scope, self.vpc.as_str()));
    }
}

impl Version for SecurityGroup {}

impl Record for SecurityGroup {
    const TABLE: &'static str = "ec2.security_group";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(SECURITY_GROUPS, (&self.scope, self.vpc.as_str()));
    }
}
