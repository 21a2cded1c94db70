//! The tables of IAM, and the look-ups that every service which passes or assumes a role needs.

use crate::{Entries, Index, Record, Snapshot, TableDef, Tx, Version};
use model::iam::{ManagedPolicy, Role};
use model::ids::RoleArn;
use std::sync::Arc;

/// Account; in the order of names.
pub const ROLES: Index<Role> = Index::new("by_account");

/// ARN of an attached policy or of a boundary: the roles that have it.
pub const ROLES_WITH_POLICY: Index<Role> = Index::new("by_policy");

/// Account; in the order of ARNs.
pub const POLICIES: Index<ManagedPolicy> = Index::new("by_account");

/// The tables of IAM.
pub const TABLES: &[TableDef] = &[TableDef::of::<Role>(), TableDef::of::<ManagedPolicy>()];

impl Version for Role {}

impl Record for Role {
    const TABLE: &'static str = "iam.role";

    fn key(&self) -> String {
        Role::key(self)
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(ROLES, self.arn.account());
        for policy in self.attached_policies.iter().chain(&self.permissions_boundary) {
            entries.add(ROLES_WITH_POLICY, policy);
        }
    }
}

impl Version for ManagedPolicy {}

impl Record for ManagedPolicy {
    const TABLE: &'static str = "iam.policy";

    fn key(&self) -> String {
        self.arn()
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(POLICIES, &self.account);
    }
}

/// The role of exactly this ARN, path included.
pub fn role(snapshot: &Snapshot, arn: &RoleArn) -> Option<Arc<Role>> {
    snapshot.get::<Role>(Role::key_of(arn.account(), arn.name())).filter(|role| role.arn == *arn).cloned()
}

/// As [`role`], inside an update.
pub fn role_in(tx: &Tx<'_>, arn: &RoleArn) -> Option<Arc<Role>> {
    tx.get::<Role>(Role::key_of(arn.account(), arn.name())).filter(|role| role.arn == *arn)
}

/// The role whose session has the role's name and id in its token. None where it was deleted, or made again.
pub fn role_of_session<'a>(snapshot: &'a Snapshot, account: &str, name: &str, id: &str) -> Option<&'a Role> {
    let found = snapshot.get::<Role>(Role::key_of(account, name))?;
    (found.id == id).then_some(&**found)
}

/// The document that counts of a managed policy that the account made.
pub fn policy_document(snapshot: &Snapshot, account: &str, arn: &str) -> Option<String> {
    let policy = snapshot.get::<ManagedPolicy>(arn).filter(|policy| policy.account == account)?;
    policy.document().map(str::to_owned)
}
