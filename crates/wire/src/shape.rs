//! How Rust values meet codecs: one visitor per shape, in both directions.
//!
//! A generated structure implements [`Structure`] once; a codec implements [`ShapeSerializer`] or [`ShapeDeserializer`]
//! once. Both sides are `dyn`, so nothing multiplies shapes by protocols in compile time. Each call carries the
//! [`Member`] it is about, so that names, formats and constraints come from the schema.
//!
//! Writing cannot fail. Reading can: a value of the wrong type is a [`DecodeError`]; a missing required member is only
//! noted (see [`crate::validate`]) and left at its default.

use std::any::Any;
use std::collections::BTreeMap;

use crate::decode::DecodeError;
use crate::document::Document;
use crate::schema::{Member, Schema};
use crate::timestamp::Timestamp;

/// Bytes, base64 on most wires.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Blob(pub Vec<u8>);

/// Receives a value, shape by shape.
pub trait ShapeSerializer {
    fn structure(&mut self, member: &'static Member, value: &dyn Structure);
    fn list(&mut self, member: &'static Member, items: &mut dyn ExactSizeIterator<Item = &dyn Value>);
    fn map(
        &mut self,
        member: &'static Member,
        entries: &mut dyn ExactSizeIterator<Item = (&str, &dyn Value)>,
    );
    fn boolean(&mut self, member: &'static Member, value: bool);
    fn integer(&mut self, member: &'static Member, value: i32);
    fn long(&mut self, member: &'static Member, value: i64);
    fn float(&mut self, member: &'static Member, value: f32);
    fn double(&mut self, member: &'static Member, value: f64);
    /// Strings and enumerations.
    fn string(&mut self, member: &'static Member, value: &str);
    fn blob(&mut self, member: &'static Member, value: &[u8]);
    fn timestamp(&mut self, member: &'static Member, value: Timestamp);
    fn document(&mut self, member: &'static Member, value: &Document);
}

/// Called for each element of a list.
pub type OnItem<'a> =
    &'a mut dyn FnMut(&'static Member, &mut dyn ShapeDeserializer) -> Result<(), DecodeError>;
/// Called for each entry of a map.
pub type OnEntry<'a> =
    &'a mut dyn FnMut(String, &'static Member, &mut dyn ShapeDeserializer) -> Result<(), DecodeError>;

/// Yields the value at the current place of a message.
pub trait ShapeDeserializer {
    fn structure(&mut self, member: &'static Member, into: &mut dyn Structure) -> Result<(), DecodeError>;
    fn list(&mut self, member: &'static Member, on_item: OnItem<'_>) -> Result<(), DecodeError>;
    fn map(&mut self, member: &'static Member, on_entry: OnEntry<'_>) -> Result<(), DecodeError>;
    fn boolean(&mut self, member: &'static Member) -> Result<bool, DecodeError>;
    fn integer(&mut self, member: &'static Member) -> Result<i32, DecodeError>;
    fn long(&mut self, member: &'static Member) -> Result<i64, DecodeError>;
    fn float(&mut self, member: &'static Member) -> Result<f32, DecodeError>;
    fn double(&mut self, member: &'static Member) -> Result<f64, DecodeError>;
    fn string(&mut self, member: &'static Member) -> Result<String, DecodeError>;
    fn blob(&mut self, member: &'static Member) -> Result<Vec<u8>, DecodeError>;
    fn timestamp(&mut self, member: &'static Member) -> Result<Timestamp, DecodeError>;
    fn document(&mut self, member: &'static Member) -> Result<Document, DecodeError>;
}

/// A structure or union.
pub trait Structure: Any + Send + Sync {
    fn schema(&self) -> &'static Schema;
    /// Hands every present member to `out`, in model order.
    fn write_members(&self, out: &mut dyn ShapeSerializer);
    /// Reads the member at `index` of the schema. Reading a member twice keeps the last value.
    fn read_member(&mut self, index: usize, input: &mut dyn ShapeDeserializer) -> Result<(), DecodeError>;
}

/// Anything a member can hold.
pub trait Value: Send + Sync {
    fn write(&self, member: &'static Member, out: &mut dyn ShapeSerializer);
    /// Replaces `self`.
    fn read(&mut self, member: &'static Member, input: &mut dyn ShapeDeserializer)
    -> Result<(), DecodeError>;
}

macro_rules! scalar {
    ($type:ty, $method:ident, $value:ident => $borrowed:expr) => {
        impl Value for $type {
            fn write(&self, member: &'static Member, out: &mut dyn ShapeSerializer) {
                let $value = self;
                out.$method(member, $borrowed);
            }

            fn read(
                &mut self,
                member: &'static Member,
                input: &mut dyn ShapeDeserializer,
            ) -> Result<(), DecodeError> {
                *self = input.$method(member)?.into();
                Ok(())
            }
        }
    };
}

scalar!(bool, boolean, value => *value);
scalar!(i32, integer, value => *value);
scalar!(i64, long, value => *value);
scalar!(f32, float, value => *value);
scalar!(f64, double, value => *value);
scalar!(String, string, value => value);
scalar!(Timestamp, timestamp, value => *value);
scalar!(Document, document, value => value);
scalar!(Blob, blob, value => &value.0);

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Blob(bytes)
    }
}

impl<T: Value + Default> Value for Option<T> {
    fn write(&self, member: &'static Member, out: &mut dyn ShapeSerializer) {
        if let Some(value) = self {
            value.write(member, out);
        }
    }

    fn read(
        &mut self,
        member: &'static Member,
        input: &mut dyn ShapeDeserializer,
    ) -> Result<(), DecodeError> {
        let mut value = T::default();
        value.read(member, input)?;
        *self = Some(value);
        Ok(())
    }
}

impl<T: Value> Value for Box<T> {
    fn write(&self, member: &'static Member, out: &mut dyn ShapeSerializer) {
        (**self).write(member, out);
    }

    fn read(
        &mut self,
        member: &'static Member,
        input: &mut dyn ShapeDeserializer,
    ) -> Result<(), DecodeError> {
        (**self).read(member, input)
    }
}

impl<T: Value + Default> Value for Vec<T> {
    fn write(&self, member: &'static Member, out: &mut dyn ShapeSerializer) {
        out.list(member, &mut self.iter().map(|item| item as &dyn Value));
    }

    fn read(
        &mut self,
        member: &'static Member,
        input: &mut dyn ShapeDeserializer,
    ) -> Result<(), DecodeError> {
        self.clear();
        input.list(member, &mut |element, input| {
            let mut item = T::default();
            item.read(element, input)?;
            self.push(item);
            Ok(())
        })
    }
}

impl<T: Value + Default> Value for BTreeMap<String, T> {
    fn write(&self, member: &'static Member, out: &mut dyn ShapeSerializer) {
        out.map(member, &mut self.iter().map(|(key, value)| (key.as_str(), value as &dyn Value)));
    }

    fn read(
        &mut self,
        member: &'static Member,
        input: &mut dyn ShapeDeserializer,
    ) -> Result<(), DecodeError> {
        self.clear();
        input.map(member, &mut |key, value_member, input| {
            let mut value = T::default();
            value.read(value_member, input)?;
            self.insert(key, value);
            Ok(())
        })
    }
}
