//! Account settings.

use crate::{Entries, Index, Record, Version};
use model::ecs::AccountSetting;

/// (scope, principal, name)
pub const BY_PRINCIPAL: Index<AccountSetting> = Index::new("by_principal");

impl Version for AccountSetting {}

impl Record for AccountSetting {
    const TABLE: &'static str = "ecs.account_setting";

    fn key(&self) -> String {
        AccountSetting::key(self)
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(BY_PRINCIPAL, (&self.scope, &self.principal, &self.name));
    }
}
