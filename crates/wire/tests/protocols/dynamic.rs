//! Schemas made at run time from a case's shapes, and a value of any such shape.

use std::collections::HashMap;

use serde_json::{Map, Value as Json, json};
use wire::{
    DecodeError, Document, Kind, Member, MemberTraits, Schema, ShapeDeserializer, ShapeSerializer, Structure,
    Timestamp, TimestampFormat, Value, XmlNamespace,
};

/// Makes schemas; what it makes lives as long as the process.
pub struct Schemas<'a> {
    shapes: &'a Map<String, Json>,
    made: HashMap<String, &'static Schema>,
}

/// A recursive shape would need a reference to itself before it exists; recursion is unrolled to this depth instead.
const UNROLLED: usize = 14;

impl<'a> Schemas<'a> {
    pub fn new(shapes: &'a Map<String, Json>) -> Self {
        Schemas { shapes, made: HashMap::new() }
    }

    pub fn get(&mut self, name: &str) -> &'static Schema {
        self.at(name, UNROLLED)
    }

    fn at(&mut self, name: &str, depth: usize) -> &'static Schema {
        let key = format!("{name}/{depth}");
        if let Some(schema) = self.made.get(&key) {
            return schema;
        }
        let shape = self.shapes[name].as_object().expect("a shape is an object").clone();
        let schema: &'static Schema = Box::leak(Box::new(self.make(name, &shape, depth)));
        self.made.insert(key, schema);
        schema
    }

    fn make(&mut self, name: &str, shape: &Map<String, Json>, depth: usize) -> Schema {
        let id = leak(name);
        let flag = |name: &str| shape.get(name).and_then(Json::as_bool).unwrap_or(false);
        let kind = match shape["type"].as_str().expect("a type") {
            "structure" if flag("document") => Kind::Document,
            "structure" if flag("union") => Kind::Union,
            "structure" => Kind::Structure,
            "list" => Kind::List,
            "map" => Kind::Map,
            "string" | "character" => Kind::String,
            "boolean" => Kind::Boolean,
            "integer" | "short" | "byte" => Kind::Integer,
            "long" => Kind::Long,
            "float" => Kind::Float,
            "double" => Kind::Double,
            "blob" => Kind::Blob,
            "timestamp" => Kind::Timestamp,
            other => panic!("unknown type {other}"),
        };
        let mut members = Vec::new();
        if depth > 0 {
            let listed: Vec<(String, Json)> = match kind {
                Kind::Structure | Kind::Union => {
                    shape["members"].as_object().expect("members").clone().into_iter().collect()
                }
                Kind::List => vec![("member".to_owned(), shape["member"].clone())],
                Kind::Map => vec![
                    ("key".to_owned(), shape["key"].clone()),
                    ("value".to_owned(), shape["value"].clone()),
                ],
                _ => Vec::new(),
            };
            for (member, used) in listed {
                members.push(self.member(&member, used.as_object().expect("a member is an object"), depth));
            }
        }
        let mut schema = Schema::new(id, kind, Vec::leak(members));
        schema.flattened = flag("flattened");
        schema.timestamp_format = timestamp_format(shape);
        schema.xml_namespace = namespace(shape);
        schema
    }

    fn member(&mut self, name: &str, used: &Map<String, Json>, depth: usize) -> Member {
        let target = self.at(used["shape"].as_str().expect("a target"), depth - 1);
        let mut member = Member::new(leak(name), target);
        member.wire_name = used.get("locationName").and_then(Json::as_str).map(leak);
        let flag = |name: &str| used.get(name).and_then(Json::as_bool).unwrap_or(false);
        member.traits = Box::leak(Box::new(MemberTraits {
            flattened: flag("flattened"),
            timestamp_format: timestamp_format(used),
            xml_namespace: namespace(used),
            json_value: flag("jsonvalue"),
            ..MemberTraits::NONE
        }));
        member
    }
}

fn leak(text: &str) -> &'static str {
    String::leak(text.to_owned())
}

fn timestamp_format(traits: &Map<String, Json>) -> Option<TimestampFormat> {
    Some(match traits.get("timestampFormat")?.as_str()? {
        "iso8601" => TimestampFormat::Iso8601,
        "rfc822" => TimestampFormat::HttpDate,
        "unixTimestamp" => TimestampFormat::EpochSeconds,
        other => panic!("unknown timestamp format {other}"),
    })
}

fn namespace(traits: &Map<String, Json>) -> Option<XmlNamespace> {
    let namespace = traits.get("xmlNamespace")?;
    let uri = leak(namespace.get("uri").unwrap_or(namespace).as_str()?);
    Some(XmlNamespace { uri, prefix: namespace.get("prefix").and_then(Json::as_str).map(leak) })
}

/// A value of any shape, kept as the JSON in which cases write parameters: blobs as text, instants as epoch seconds.
#[derive(Clone, Debug)]
pub struct Dynamic {
    schema: &'static Schema,
    pub json: Json,
}

impl Dynamic {
    pub fn new(schema: &'static Schema, json: Json) -> Self {
        Dynamic { schema, json }
    }

    pub fn empty(schema: &'static Schema) -> Self {
        Dynamic { schema, json: json!({}) }
    }
}

impl Structure for Dynamic {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn write_members(&self, out: &mut dyn ShapeSerializer) {
        for member in self.schema.members {
            match self.json.get(member.name) {
                None | Some(Json::Null) => {}
                Some(value) => Dynamic::new(member.target, value.clone()).write(member, out),
            }
        }
    }

    fn read_member(&mut self, index: usize, input: &mut dyn ShapeDeserializer) -> Result<(), DecodeError> {
        let member = &self.schema.members[index];
        let mut value = Dynamic::empty(member.target);
        value.read(member, input)?;
        self.json[member.name] = value.json;
        Ok(())
    }
}

fn number(value: &Json) -> f64 {
    match value.as_str() {
        Some("NaN") => f64::NAN,
        Some("Infinity") => f64::INFINITY,
        Some("-Infinity") => f64::NEG_INFINITY,
        _ => value.as_f64().expect("a number"),
    }
}

fn number_json(value: f64) -> Json {
    if value.is_nan() {
        json!("NaN")
    } else if value.is_infinite() {
        json!(if value > 0.0 { "Infinity" } else { "-Infinity" })
    } else {
        json!(value)
    }
}

fn document(value: &Json) -> Document {
    match value {
        Json::Null => Document::Null,
        Json::Bool(value) => Document::Bool(*value),
        Json::Number(value) => {
            value.as_i64().map_or_else(|| Document::Float(number(&json!(value))), Document::Integer)
        }
        Json::String(text) => Document::String(text.clone()),
        Json::Array(items) => Document::List(items.iter().map(document).collect()),
        Json::Object(entries) => {
            Document::Map(entries.iter().map(|(key, value)| (key.clone(), document(value))).collect())
        }
    }
}

fn document_json(value: &Document) -> Json {
    match value {
        Document::Null => Json::Null,
        Document::Bool(value) => json!(value),
        Document::Integer(value) => json!(value),
        Document::Float(value) => json!(value),
        Document::String(text) => json!(text),
        Document::List(items) => items.iter().map(document_json).collect(),
        Document::Map(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), document_json(value))).collect()
        }
    }
}

impl Value for Dynamic {
    fn write(&self, member: &'static Member, out: &mut dyn ShapeSerializer) {
        let json = &self.json;
        match self.schema.kind {
            Kind::Structure | Kind::Union => out.structure(member, self),
            Kind::List => {
                let element = self.schema.element().expect("a list has an element").target;
                let items = json.as_array().expect("a list").iter().filter(|item| !item.is_null());
                let items: Vec<Dynamic> = items.map(|item| Dynamic::new(element, item.clone())).collect();
                out.list(member, &mut items.iter().map(|item| item as &dyn Value));
            }
            Kind::Map => {
                let value = self.schema.entry().expect("a map has entries").1.target;
                let entries = json.as_object().expect("a map").iter().filter(|(_, item)| !item.is_null());
                let entries: Vec<(&str, Dynamic)> =
                    entries.map(|(key, item)| (key.as_str(), Dynamic::new(value, item.clone()))).collect();
                out.map(member, &mut entries.iter().map(|(key, item)| (*key, item as &dyn Value)));
            }
            Kind::String => out.string(member, json.as_str().expect("a string")),
            Kind::Boolean => out.boolean(member, json.as_bool().expect("a boolean")),
            Kind::Integer => out
                .integer(member, json.as_i64().and_then(|value| value.try_into().ok()).expect("an integer")),
            Kind::Long => out.long(member, json.as_i64().expect("a long")),
            Kind::Float => out.float(member, number(json) as f32),
            Kind::Double => out.double(member, number(json)),
            Kind::Blob => out.blob(member, json.as_str().expect("a blob").as_bytes()),
            Kind::Timestamp => {
                out.timestamp(member, Timestamp::from_epoch_seconds(number(json)).expect("an instant"))
            }
            Kind::Document => out.document(member, &document(json)),
        }
    }

    fn read(
        &mut self,
        member: &'static Member,
        input: &mut dyn ShapeDeserializer,
    ) -> Result<(), DecodeError> {
        self.json = match self.schema.kind {
            Kind::Structure | Kind::Union => {
                self.json = json!({});
                return input.structure(member, self);
            }
            Kind::List => {
                let mut items = Vec::new();
                input.list(member, &mut |element, input| {
                    let mut item = Dynamic::empty(element.target);
                    item.read(element, input)?;
                    items.push(item.json);
                    Ok(())
                })?;
                Json::Array(items)
            }
            Kind::Map => {
                let mut entries = Map::new();
                input.map(member, &mut |key, value, input| {
                    let mut item = Dynamic::empty(value.target);
                    item.read(value, input)?;
                    entries.insert(key, item.json);
                    Ok(())
                })?;
                Json::Object(entries)
            }
            Kind::String => json!(input.string(member)?),
            Kind::Boolean => json!(input.boolean(member)?),
            Kind::Integer => json!(input.integer(member)?),
            Kind::Long => json!(input.long(member)?),
            // Through text: 1.1 as an f32 must compare with the case's 1.1.
            Kind::Float => {
                let value = input.float(member)?;
                if value.is_finite() {
                    json!(value.to_string().parse::<f64>().expect("a float is a float"))
                } else {
                    number_json(value.into())
                }
            }
            Kind::Double => number_json(input.double(member)?),
            Kind::Blob => json!(String::from_utf8(input.blob(member)?).expect("cases have text in blobs")),
            Kind::Timestamp => json!(input.timestamp(member)?.epoch_ms() as f64 / 1000.0),
            Kind::Document => document_json(&input.document(member)?),
        };
        Ok(())
    }
}
