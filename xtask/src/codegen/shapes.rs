//! `shapes.rs`: structures and unions.

use std::fmt::Write;

use anyhow::{Context, Result, ensure};

use super::Generation;
use crate::model::Shape;
use crate::names;

pub fn generate(cx: &Generation<'_>) -> Result<String> {
    let mut out = format!(
        "//! Structures and unions of {}. Required members are plain, all others `Option`.\n\n\
         #![allow(unused_imports, reason = \"which of them a model needs varies\")]\n\
         #![allow(clippy::large_enum_variant, reason = \"a union is read once and taken apart\")]\n\n\
         use std::collections::BTreeMap;\n\nuse wire::{{Blob, Document, Timestamp}};\n\n\
         use super::{{enums::*, errors::ErrorCode, schema as s}};\nuse crate::EventStream;\n\n",
        cx.service.title
    );
    for name in &cx.graph.structures {
        let shape = &cx.model.shapes[name];
        if shape.union || shape.eventstream {
            union(cx, name, shape, &mut out)
        } else {
            structure(cx, name, shape, &mut out)
        }
        .with_context(|| format!("shape {name}"))?;
    }
    Ok(out)
}

/// The Rust type of a shape, when `owner` has it as a member.
fn rust_type(cx: &Generation<'_>, owner: &str, target: &str) -> Result<String> {
    let shape = cx.model.shapes.get(target).with_context(|| format!("no shape {target}"))?;
    let used = |used: &Option<crate::model::ShapeRef>| match used {
        Some(used) => rust_type(cx, owner, &used.shape),
        None => Err(anyhow::anyhow!("{target} lacks its element")),
    };
    Ok(match shape.r#type.as_str() {
        "structure" if shape.document => "Document".to_owned(),
        "structure" if shape.exception => anyhow::bail!("the exception {target} as a member"),
        "structure" if cx.graph.is_boxed(owner, target) => format!("Box<{}>", names::type_name(target)),
        "structure" => names::type_name(target),
        "list" => format!("Vec<{}>", used(&shape.member)?),
        "map" => format!("BTreeMap<String, {}>", used(&shape.value)?),
        "string" if shape.enumeration.is_empty() => "String".to_owned(),
        "string" => names::type_name(target),
        "boolean" => "bool".to_owned(),
        "integer" => "i32".to_owned(),
        "long" => "i64".to_owned(),
        "float" => "f32".to_owned(),
        "double" => "f64".to_owned(),
        "blob" => "Blob".to_owned(),
        "timestamp" => "Timestamp".to_owned(),
        other => anyhow::bail!("unknown type {other}"),
    })
}

fn structure(cx: &Generation<'_>, name: &str, shape: &Shape, out: &mut String) -> Result<()> {
    let type_name = names::type_name(name);
    let mut fields = String::new();
    let mut places = Vec::new();
    let (mut plain, mut secret) = (Vec::new(), Vec::new());
    let mut streams = false;
    for (index, (member_name, used)) in shape.members.iter().flatten().enumerate() {
        let target = &cx.model.shapes[&used.shape];
        let field = names::snake(member_name);
        if target.eventstream {
            streams = true;
            writeln!(fields, "/// The stream of events; not part of the initial response.")?;
            writeln!(fields, "pub {field}: EventStream<{}, ErrorCode>,", names::type_name(&used.shape))?;
            plain.push(field);
            continue;
        }
        let mut field_type = rust_type(cx, name, &used.shape)?;
        if !shape.required.contains(member_name) {
            field_type = format!("Option<{field_type}>");
        }
        if used.deprecated || target.deprecated {
            writeln!(fields, "/// Deprecated by AWS.")?;
        }
        writeln!(fields, "pub {field}: {field_type},")?;
        places.push(format!("{index}: {field}"));
        if shape.sensitive || target.sensitive { secret.push(field) } else { plain.push(field) }
    }
    let mut derives = if streams { vec!["Default"] } else { vec!["Clone", "Default", "PartialEq"] };
    if secret.is_empty() {
        derives.insert(derives.len() - usize::from(!streams) - 1, "Debug");
    }
    if shape.deprecated {
        writeln!(out, "/// Deprecated by AWS.")?;
    }
    writeln!(out, "#[derive({})]\npub struct {type_name} {{\n{fields}}}\n", derives.join(", "))?;
    writeln!(out, "wire::structure!({type_name}, s::{}, {{{}}});", names::shout(name), listed(&places))?;
    if !secret.is_empty() {
        writeln!(out, "wire::redacted_debug!({type_name}, [{}], [{}]);", listed(&plain), listed(&secret))?;
    }
    out.push('\n');
    Ok(())
}

/// A list inside a macro call, which rustfmt leaves as it is: lines of a readable length.
fn listed(places: &[String]) -> String {
    let mut out = String::new();
    let mut width = usize::MAX;
    for place in places {
        if width.saturating_add(place.len()) > 100 {
            out.push_str("\n    ");
            width = 4;
        } else {
            out.push(' ');
        }
        out.push_str(place);
        out.push(',');
        width += place.len() + 2;
    }
    if !places.is_empty() {
        out.push('\n');
    }
    out
}

fn union(cx: &Generation<'_>, name: &str, shape: &Shape, out: &mut String) -> Result<()> {
    let type_name = names::type_name(name);
    let mut variants = String::new();
    let mut places = Vec::new();
    let mut errors = Vec::new();
    for (index, (member_name, used)) in shape.members.iter().flatten().enumerate() {
        let target = &cx.model.shapes[&used.shape];
        let variant = names::variant(member_name);
        if target.exception {
            ensure!(shape.eventstream, "an exception in a union that is no event stream");
            errors.push(member_name.as_str());
            continue;
        }
        ensure!(!target.sensitive, "a sensitive union member, which Debug would show");
        writeln!(variants, "{variant}({}),", rust_type(cx, name, &used.shape)?)?;
        places.push(format!("{index}: {variant}"));
    }
    if shape.eventstream {
        writeln!(out, "/// Events of a stream, which may also end with: {}.", errors.join(", "))?;
    }
    let what = if shape.eventstream {
        "No event."
    } else {
        "No member that the model knows; written as an empty object."
    };
    writeln!(
        out,
        "#[derive(Clone, Debug, Default, PartialEq)]\npub enum {type_name} {{\n{variants}/// {what}\n#[default]\nUnknown,\n}}\n"
    )?;
    writeln!(out, "wire::union!({type_name}, s::{}, {{{}}});\n", names::shout(name), listed(&places))?;
    Ok(())
}
