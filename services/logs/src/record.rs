//! What is stored of groups and streams.

use model::Tag;
use model::Timestamp;
use model::ids::Scope;
use serde::{Deserialize, Serialize};
use state::{Entries, Index, Record, TableDef, Version};

/// The tables of this service.
pub const TABLES: &[TableDef] = &[TableDef::of::<LogGroup>(), TableDef::of::<LogStream>()];

/// A log group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogGroup {
    pub scope: Scope,
    pub name: String,
    /// Its number in the event store; random, of this incarnation alone.
    pub number: u64,
    pub created_at: Timestamp,
    /// `None` keeps events for ever.
    pub retention_days: Option<i32>,
    pub class: Class,
    pub tags: Vec<Tag>,
}

/// What a group was made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Class {
    #[default]
    Standard,
    InfrequentAccess,
}

/// A log stream.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogStream {
    /// The number of its group.
    pub group: u64,
    pub name: String,
    /// Its number in the event store, within its group.
    pub number: u64,
    pub created_at: Timestamp,
}

impl LogGroup {
    /// The groups of an account in a region, by name.
    pub const BY_SCOPE: Index<Self> = Index::new("by_scope");

    /// The key of the group of that name.
    pub fn key_of(scope: &Scope, name: &str) -> String {
        format!("{}/{}/{name}", scope.account, scope.region)
    }

    /// How long events are kept, as the event store counts.
    pub fn retention_ms(&self) -> Option<i64> {
        self.retention_days.map(|days| i64::from(days) * 24 * 3600 * 1000)
    }
}

impl LogStream {
    /// By the numbers of group and stream, for what comes out of the event store.
    pub const BY_NUMBER: Index<Self> = Index::new("by_number");

    /// What the keys of a group's streams begin with.
    pub fn prefix_of(group: u64) -> String {
        format!("{group:016x}/")
    }

    /// The key of the stream of that name.
    pub fn key_of(group: u64, name: &str) -> String {
        Self::prefix_of(group) + name
    }
}

impl Version for LogGroup {}

impl Record for LogGroup {
    const TABLE: &'static str = "logs.group";

    fn key(&self) -> String {
        Self::key_of(&self.scope, &self.name)
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(Self::BY_SCOPE, &self.scope);
    }
}

impl Version for LogStream {}

impl Record for LogStream {
    const TABLE: &'static str = "logs.stream";

    fn key(&self) -> String {
        Self::key_of(self.group, &self.name)
    }

    fn indexes(&self, entries: &mut Entries) {
        entries.add(Self::BY_NUMBER, (self.group, self.number));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_bytes_stay_readable() {
        let group = LogGroup {
            scope: Scope::new("us-east-1", "000000000000"),
            name: "/ecs/web".into(),
            number: 0x0123_4567_89ab_cdef,
            created_at: Timestamp::from_millis(1_700_000_000_000),
            retention_days: Some(30),
            class: Class::InfrequentAccess,
            tags: vec![Tag::new("team", "a")],
        };
        state::testing::fixture(env!("CARGO_MANIFEST_DIR"), 1, &group);
        let stream = LogStream {
            group: u64::MAX,
            name: "web/app/0123".into(),
            number: 7,
            created_at: Timestamp::from_millis(1_700_000_000_001),
        };
        state::testing::fixture(env!("CARGO_MANIFEST_DIR"), 1, &stream);
    }
}
