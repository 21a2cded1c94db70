//! Which tables there are: a list that the binary puts together from the lists of its crates.

use crate::Record;
use crate::failure::OpenError;
use crate::table::{AnyTable, Table};
use std::any::TypeId;
use std::collections::HashMap;

/// A table's declaration.
#[derive(Clone, Copy, Debug)]
pub struct TableDef {
    pub(crate) name: &'static str,
    type_id: fn() -> TypeId,
    empty: fn() -> Box<dyn AnyTable>,
}

impl TableDef {
    /// The table of record `T`.
    pub const fn of<T: Record>() -> Self {
        Self { name: T::TABLE, type_id: TypeId::of::<T>, empty: || Box::new(Table::<T>::default()) }
    }
}

/// Every table that the state holds.
#[derive(Clone, Debug)]
pub struct Schema {
    tables: Vec<TableDef>,
}

impl Schema {
    /// The built-in tables; a service's own ([`crate::ecs::TABLES`], say) are added to them.
    pub fn new() -> Self {
        Self { tables: crate::TABLES.to_vec() }
    }

    /// Add a crate's tables.
    pub fn with(mut self, tables: &[TableDef]) -> Self {
        self.tables.extend_from_slice(tables);
        self
    }
}

impl Default for Schema {
    fn default() -> Self {
        Self::new()
    }
}

/// A checked schema: where each table stands.
pub(crate) struct Layout {
    pub tables: Vec<TableDef>,
    by_type: HashMap<TypeId, usize>,
    by_name: HashMap<&'static str, usize>,
}

impl Layout {
    pub fn new(schema: &Schema) -> Result<Self, OpenError> {
        let mut layout =
            Self { tables: schema.tables.clone(), by_type: HashMap::new(), by_name: HashMap::new() };
        for (at, table) in schema.tables.iter().enumerate() {
            let doubled = layout.by_name.insert(table.name, at).is_some()
                | layout.by_type.insert((table.type_id)(), at).is_some();
            if doubled {
                return Err(OpenError::DoubledTable { table: table.name });
            }
        }
        Ok(layout)
    }

    /// # Panics
    /// When no list of tables given to [`Schema`] names the record: a mistake in the program.
    pub fn position<T: Record>(&self) -> usize {
        match self.by_type.get(&TypeId::of::<T>()) {
            Some(at) => *at,
            None => panic!("table '{}' is in no list that was given to the schema", T::TABLE),
        }
    }

    pub fn named(&self, table: &str) -> Option<usize> {
        self.by_name.get(table).copied()
    }

    pub fn empty(&self) -> Vec<Box<dyn AnyTable>> {
        self.tables.iter().map(|table| (table.empty)()).collect()
    }
}
