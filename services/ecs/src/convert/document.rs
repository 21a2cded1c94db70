//! Values without a schema: a `Document` of the API, JSON text in records.

use api::ecs::Document;
use serde_json::{Map, Number, Value};

pub(crate) fn to_json(document: Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(value),
        Document::Integer(value) => Value::Number(value.into()),
        Document::Float(value) => Number::from_f64(value).map_or(Value::Null, Value::Number),
        Document::String(value) => Value::String(value),
        Document::List(values) => Value::Array(values.into_iter().map(to_json).collect()),
        Document::Map(values) => {
            Value::Object(values.into_iter().map(|(k, v)| (k, to_json(v))).collect::<Map<_, _>>())
        }
    }
}

pub(crate) fn from_json(value: Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(value),
        Value::Number(value) => match value.as_i64() {
            Some(whole) => Document::Integer(whole),
            None => Document::Float(value.as_f64().unwrap_or_default()),
        },
        Value::String(value) => Document::String(value),
        Value::Array(values) => Document::List(values.into_iter().map(from_json).collect()),
        Value::Object(values) => Document::Map(values.into_iter().map(|(k, v)| (k, from_json(v))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        let text = r#"{"a":[1,2.5,null,true,"x",{"b":-3}],"c":{}}"#;
        let value: Value = serde_json::from_str(text).expect("JSON");
        assert_eq!(to_json(from_json(value)).to_string(), text);
    }
}
