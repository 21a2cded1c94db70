//! `errors.rs`: the error codes of a service.

use std::fmt::Write;

use anyhow::Result;
use indexmap::IndexMap;

use super::{Generation, literal};
use crate::names;

/// One error code.
struct Entry {
    /// `__type` of awsJson.
    shape: String,
    status: u16,
    query: Option<(String, u16)>,
    sender: bool,
    members: Vec<String>,
}

/// Codes that every service can answer, where its model does not have them.
const COMMON: &[(&str, u16, bool)] = &[("InternalFailure", 500, false), ("NotImplemented", 501, false)];

/// Methods that `crate::Error` has for every service.
const OWN: &[&str] = &["new", "internal", "not_implemented", "validation", "with", "code", "message"];

pub fn generate(cx: &Generation<'_>) -> Result<String> {
    let entries = entries(cx);
    let mut out = format!(
        "//! Errors of {title}.\n\n#![allow(unused_imports, reason = \"which of them a model needs varies\")]\n\nuse wire::{{ErrorSchema, Fault, QueryError}};\n\nuse crate::error::Code;\n\n\
         /// An error of {title}.\npub type Error = crate::Error<ErrorCode>;\n\n",
        title = cx.service.title
    );
    let (mut variants, mut schemas, mut constructors) = (String::new(), String::new(), String::new());
    for entry in entries.values() {
        let shout = names::shout(&entry.shape);
        let variant = variant(&entry.shape);
        let fault = if entry.sender { "Sender" } else { "Receiver" };
        let members: Vec<String> = entry.members.iter().map(|member| literal(member)).collect();
        let query = entry.query.as_ref().map_or_else(
            || "None".to_owned(),
            |(code, status)| format!("Some(QueryError {{ code: {}, http_status: {status} }})", literal(code)),
        );
        writeln!(variants, "/// HTTP {}\n{variant},", entry.status)?;
        writeln!(schemas, "ErrorCode::{variant} => &{shout},")?;
        write!(
            out,
            "pub(super) static {shout}: ErrorSchema = ErrorSchema {{ shape: {}, http_status: {}, query: {query}, fault: Fault::{fault}, members: &[{}] }};\n\n",
            literal(&entry.shape),
            entry.status,
            members.join(", ")
        )?;
        if COMMON.iter().any(|(name, ..)| *name == entry.shape) {
            continue;
        }
        let short = names::snake(entry.shape.strip_suffix("Exception").unwrap_or(&entry.shape));
        let constructor = if OWN.contains(&short.as_str()) { names::snake(&entry.shape) } else { short };
        write!(
            constructors,
            "/// `{}`, HTTP {}.\npub fn {}(message: impl Into<String>) -> Self {{ Self::new(ErrorCode::{variant}, message) }}\n\n",
            entry.shape, entry.status, constructor,
        )?;
    }
    let validation = &cx.service.validation_error;
    write!(
        out,
        "pub(super) use {} as VALIDATION;\n\n\
         /// The code of an [`Error`].\n#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]\npub enum ErrorCode {{\n{variants}}}\n\n\
         impl Code for ErrorCode {{\n\
           const INTERNAL: Self = ErrorCode::InternalFailure;\n\
           const NOT_IMPLEMENTED: Self = ErrorCode::NotImplemented;\n\
           const VALIDATION: Self = ErrorCode::{};\n\n\
           fn schema(self) -> &'static ErrorSchema {{ match self {{ {schemas} }} }}\n}}\n\n\
         impl Error {{\n{constructors}}}\n",
        names::shout(validation),
        variant(validation),
    )?;
    Ok(out)
}

/// A code may have a dot: `InvalidVpcID.NotFound`.
fn variant(code: &str) -> String {
    if code.contains('.') { names::variant(code) } else { names::type_name(code) }
}

fn entries(cx: &Generation<'_>) -> IndexMap<String, Entry> {
    let mut entries = IndexMap::new();
    for name in &cx.graph.exceptions {
        let shape = &cx.model.shapes[name];
        let error = shape.error.as_ref();
        // Without an error trait, a modelled error is 400, and 500 where it is the server's fault.
        let fault = shape.fault || error.is_some_and(|error| error.fault);
        // Where query is a service's second protocol, its codes and statuses are not those of the first.
        let query_only = cx.model.metadata.aws_query_compatible.is_some();
        let default = if fault { 500 } else { 400 };
        let members = shape.members.iter().flat_map(IndexMap::keys);
        let entry = Entry {
            shape: name.clone(),
            status: error.filter(|_| !query_only).map_or(default, |error| error.http_status_code),
            query: error.map(|error| (error.code.clone(), error.http_status_code)),
            sender: !fault,
            members: members.filter(|member| !member.eq_ignore_ascii_case("message")).cloned().collect(),
        };
        entries.insert(name.clone(), entry);
    }
    let own = cx.service.errors.iter().map(|(name, status)| (name.as_str(), *status, *status < 500));
    let common = COMMON.iter().copied().chain(own).chain([(cx.service.validation_error.as_str(), 400, true)]);
    for (name, status, sender) in common {
        entries.entry(name.to_owned()).or_insert_with(|| Entry {
            shape: name.to_owned(),
            status,
            query: None,
            sender,
            members: Vec::new(),
        });
    }
    entries
}
