//! A value without a schema: `document` members, and the extra members of errors.

use std::collections::BTreeMap;

/// JSON's data model, with integers kept exact.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Document {
    #[default]
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    String(String),
    List(Vec<Document>),
    Map(BTreeMap<String, Document>),
}

impl From<bool> for Document {
    fn from(value: bool) -> Self {
        Document::Bool(value)
    }
}

impl From<i64> for Document {
    fn from(value: i64) -> Self {
        Document::Integer(value)
    }
}

impl From<i32> for Document {
    fn from(value: i32) -> Self {
        Document::Integer(value.into())
    }
}

impl From<&str> for Document {
    fn from(value: &str) -> Self {
        Document::String(value.to_owned())
    }
}

impl From<String> for Document {
    fn from(value: String) -> Self {
        Document::String(value)
    }
}

impl<T: Into<Document>> From<Vec<T>> for Document {
    fn from(values: Vec<T>) -> Self {
        Document::List(values.into_iter().map(Into::into).collect())
    }
}
