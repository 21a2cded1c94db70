//! The shapes of a model by what becomes of them, and the checks that the rest relies on.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail, ensure};
use indexmap::IndexMap;

use crate::model::{Model, Shape};
use crate::names;

/// Names that generated code or its users need for other things.
const RESERVED: &[&str] = &[
    "Blob",
    "Box",
    "BTreeMap",
    "Debug",
    "Default",
    "Document",
    "Error",
    "ErrorCode",
    "EventStream",
    "None",
    "Ok",
    "Option",
    "Result",
    "Self",
    "Some",
    "String",
    "Timestamp",
    "Vec",
];

pub struct Graph {
    /// Structures that become Rust structs, unions included; exceptions are not among them.
    pub structures: Vec<String>,
    pub enums: Vec<String>,
    pub exceptions: Vec<String>,
    /// Structures that contain themselves other than through a list or a map.
    boxed: BTreeSet<String>,
}

impl Graph {
    pub fn of(model: &Model) -> Result<Self> {
        let mut graph = Graph {
            structures: Vec::new(),
            enums: Vec::new(),
            exceptions: Vec::new(),
            boxed: BTreeSet::new(),
        };
        let mut statics = BTreeSet::new();
        let mut types = BTreeSet::new();
        for (name, shape) in &model.shapes {
            check(name, shape, &model.shapes).with_context(|| format!("shape {name}"))?;
            ensure!(
                statics.insert(names::shout(name)),
                "two shapes would be the static {}",
                names::shout(name)
            );
            let type_name = names::type_name(name);
            let kind = if shape.exception {
                &mut graph.exceptions
            } else if shape.r#type == "structure" && !shape.document {
                &mut graph.structures
            } else if !shape.enumeration.is_empty() {
                &mut graph.enums
            } else {
                continue;
            };
            kind.push(name.clone());
            if !shape.exception {
                ensure!(!RESERVED.contains(&type_name.as_str()), "shape {name} has a reserved name");
                ensure!(types.insert(type_name), "two shapes would be the same type as {name}");
            }
        }
        let structures = graph.structures.clone();
        graph.boxed.extend(structures.into_iter().filter(|name| holds_itself(name, &model.shapes)));
        Ok(graph)
    }

    /// Whether members of this type must be boxed in the structure `owner`.
    pub fn is_boxed(&self, owner: &str, target: &str) -> bool {
        self.boxed.contains(owner) && self.boxed.contains(target)
    }
}

/// Refuses combinations that nothing here has met yet.
fn check(name: &str, shape: &Shape, shapes: &IndexMap<String, Shape>) -> Result<()> {
    let known = [
        "structure",
        "list",
        "map",
        "string",
        "boolean",
        "integer",
        "long",
        "float",
        "double",
        "blob",
        "timestamp",
    ];
    ensure!(known.contains(&shape.r#type.as_str()), "unknown type {}", shape.r#type);
    ensure!(shape.enumeration.is_empty() || shape.r#type == "string", "an enumeration that is no string");
    ensure!(!shape.union || shape.r#type == "structure", "a union that is no structure");
    ensure!(
        !shape.document || shape.members.as_ref().is_none_or(IndexMap::is_empty),
        "a document with members"
    );
    ensure!(
        !shape.eventstream || shape.union || shape.r#type == "structure",
        "an event stream that is no structure"
    );
    ensure!(shape.pattern.is_none() || shape.r#type == "string", "a pattern on a {}", shape.r#type);
    if let Some(pattern) = &shape.pattern {
        wire::schema::compile(pattern)
            .with_context(|| format!("the pattern {pattern} cannot be translated"))?;
    }
    for bound in shape.min.iter().chain(&shape.max) {
        ensure!(whole(bound).is_some(), "the bound {bound} is not a whole number");
    }
    for used in shape.references() {
        ensure!(
            !used.eventpayload && !used.eventheader,
            "events with a payload member or headers are not built yet"
        );
    }
    for required in &shape.required {
        let known = shape.members.as_ref().is_some_and(|members| members.contains_key(required));
        ensure!(known, "requires the member {required}, which it does not have");
    }
    if let Some(key) = &shape.key {
        let target = shapes.get(&key.shape).with_context(|| format!("no shape {}", key.shape))?;
        ensure!(target.r#type == "string", "map keys of type {}", target.r#type);
    }
    if shape.exception {
        let error = shape.error.as_ref();
        ensure!(
            error.is_none_or(|error| (400..600).contains(&error.http_status_code)),
            "an error with an odd status"
        );
    } else if shape.error.is_some() || shape.fault {
        bail!("error traits on {name}, which is no exception");
    }
    Ok(())
}

/// A bound as an integer; the model writes `0.0` for doubles.
pub fn whole(bound: &serde_json::Number) -> Option<i64> {
    bound.as_i64().or_else(|| {
        bound.as_f64().filter(|value| value.fract() == 0.0 && value.abs() < 9e15).map(|value| value as i64)
    })
}

fn holds_itself(name: &str, shapes: &IndexMap<String, Shape>) -> bool {
    let mut waiting = vec![name];
    let mut seen = BTreeSet::new();
    while let Some(at) = waiting.pop() {
        let members = shapes.get(at).and_then(|shape| shape.members.as_ref());
        for target in members.into_iter().flat_map(|members| members.values()) {
            if target.shape == name {
                return true;
            }
            if seen.insert(target.shape.as_str()) {
                waiting.push(&target.shape);
            }
        }
    }
    false
}
