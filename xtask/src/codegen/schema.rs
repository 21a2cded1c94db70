//! `schema.rs`: the statics that describe shapes, operations and the service.

use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};

use super::{Generation, graph, literal};
use crate::model::{Shape, ShapeRef};
use crate::names;

pub fn generate(cx: &Generation<'_>) -> Result<String> {
    let mut out = format!(
        "//! The model of {} as statics: what codecs and validation walk.\n\n\
         #![allow(unused_imports, reason = \"which of them a model needs varies\")]\n\n\
         use wire::{{ErrorSchema, Fault, Kind, Member, MemberTraits, OperationSchema, Pattern, Protocol, Schema, ServiceSchema, TimestampFormat}};\n\n\
         use super::errors;\nuse crate::service::UNIT;\n\n",
        cx.service.title
    );
    service(cx, &mut out)?;
    for name in cx.model.operations.keys() {
        operation(cx, name, &mut out).with_context(|| format!("operation {name}"))?;
    }
    for (name, shape) in &cx.model.shapes {
        self::shape(name, shape, &mut out).with_context(|| format!("shape {name}"))?;
    }
    Ok(out)
}

fn service(cx: &Generation<'_>, out: &mut String) -> Result<()> {
    let metadata = &cx.model.metadata;
    let mut protocols = Vec::new();
    for protocol in &metadata.protocols {
        protocols.push(match (protocol.as_str(), metadata.json_version.as_deref()) {
            ("json", Some("1.0")) => "Protocol::AwsJson1_0",
            ("json", Some("1.1")) => "Protocol::AwsJson1_1",
            ("query", _) => "Protocol::AwsQuery",
            ("ec2", _) => "Protocol::Ec2Query",
            ("rest-json", _) => "Protocol::RestJson",
            ("rest-xml", _) => "Protocol::RestXml",
            ("smithy-rpc-v2-cbor", _) => "Protocol::RpcV2Cbor",
            (other, version) => bail!("unknown protocol {other}, JSON version {version:?}"),
        });
    }
    ensure!(metadata.protocols.contains(&metadata.protocol), "the main protocol is not among the protocols");
    let signing_name = metadata.signing_name.as_deref().unwrap_or(&metadata.endpoint_prefix);
    write!(
        out,
        "pub static SERVICE_SCHEMA: ServiceSchema = ServiceSchema {{
            name: {}, signing_name: {}, endpoint_prefix: {}, target_prefix: {:?}, api_version: {},
            protocols: &[{}], xml_namespace: {:?}, query_compatible: {}, validation_error: &errors::VALIDATION,
        }};\n\n",
        literal(cx.name),
        literal(signing_name),
        literal(&metadata.endpoint_prefix),
        metadata.target_prefix,
        literal(&metadata.api_version),
        protocols.join(", "),
        metadata.xml_namespace,
        metadata.aws_query_compatible.is_some(),
    )?;
    Ok(())
}

/// The static of an operation's input or output.
fn unit_or(used: Option<&ShapeRef>) -> String {
    used.map_or_else(|| "UNIT".to_owned(), |used| names::shout(&used.shape))
}

/// Place of the event stream among an output's members.
pub fn event_stream(cx: &Generation<'_>, output: Option<&ShapeRef>) -> Option<usize> {
    let members = cx.model.shapes.get(&output?.shape)?.members.as_ref()?;
    members
        .values()
        .position(|member| cx.model.shapes.get(&member.shape).is_some_and(|shape| shape.eventstream))
}

fn operation(cx: &Generation<'_>, name: &str, out: &mut String) -> Result<()> {
    let operation = &cx.model.operations[name];
    ensure!(operation.name == name, "is called {} in its own body", operation.name);
    for used in operation.input.iter().chain(&operation.output) {
        let traits = used.flattened || used.location_name.is_some() || used.timestamp_format.is_some();
        ensure!(!traits, "traits on input or output, which nothing here reads");
    }
    let errors: Vec<String> =
        operation.errors.iter().map(|error| format!("&errors::{}", names::shout(&error.shape))).collect();
    write!(
        out,
        "pub static {}_OPERATION: OperationSchema = OperationSchema {{
            name: {}, input: &{}, output: &{}, errors: &[{}], http_method: {}, http_uri: {}, result_wrapper: {:?}, event_stream: {:?},
        }};\n\n",
        names::shout(name),
        literal(name),
        unit_or(operation.input.as_ref()),
        unit_or(operation.output.as_ref()),
        errors.join(", "),
        literal(&operation.http.method),
        literal(&operation.http.request_uri),
        operation.output.as_ref().and_then(|output| output.result_wrapper.as_deref()),
        event_stream(cx, operation.output.as_ref()),
    )?;
    Ok(())
}

fn shape(name: &str, shape: &Shape, out: &mut String) -> Result<()> {
    let id = literal(name);
    let constructor = match shape.r#type.as_str() {
        "structure" if shape.document => format!("Schema::scalar({id}, Kind::Document)"),
        "structure" => {
            let mut members = String::new();
            for (member_name, used) in shape.members.iter().flatten() {
                let required = shape.required.contains(member_name);
                members.push_str(&member(member_name, used, required)?);
                members.push(',');
            }
            let kind = if shape.union || shape.eventstream { "union" } else { "structure" };
            format!("Schema::{kind}({id}, &[{members}])")
        }
        "list" => {
            let element = shape.member.as_ref().context("a list without element")?;
            format!("Schema::list({id}, &[{}])", member("member", element, false)?)
        }
        "map" => {
            let key = member("key", shape.key.as_ref().context("a map without key")?, false)?;
            let value = member("value", shape.value.as_ref().context("a map without value")?, false)?;
            format!("Schema::map({id}, &[{key}, {value}])")
        }
        scalar => format!("Schema::scalar({id}, Kind::{})", names::type_name(scalar)),
    };
    let ident = names::shout(name);
    let mut traits = String::new();
    if let Some(min) = shape.min.as_ref().and_then(graph::whole) {
        write!(traits, ".min({min})")?;
    }
    if let Some(max) = shape.max.as_ref().and_then(graph::whole) {
        write!(traits, ".max({max})")?;
    }
    if let Some(pattern) = &shape.pattern {
        writeln!(out, "static PATTERN_OF_{ident}: Pattern = Pattern::new({});", literal(pattern))?;
        write!(traits, ".pattern(&PATTERN_OF_{ident})")?;
    }
    if !shape.enumeration.is_empty() {
        write!(traits, ".enumeration(super::{}::VALUES)", names::type_name(name))?;
    }
    if let Some(format) = &shape.timestamp_format {
        write!(traits, ".timestamp({})", timestamp_format(format)?)?;
    }
    for (has, call) in [
        (shape.sensitive, ".sensitive()"),
        (shape.flattened, ".flattened()"),
        (shape.eventstream, ".event_stream()"),
        (shape.event, ".event()"),
    ] {
        traits.push_str(if has { call } else { "" });
    }
    write!(out, "pub static {ident}: Schema = {constructor}{traits};\n\n")?;
    Ok(())
}

fn timestamp_format(name: &str) -> Result<&'static str> {
    Ok(match name {
        "iso8601" => "TimestampFormat::Iso8601",
        "rfc822" => "TimestampFormat::HttpDate",
        "unixTimestamp" => "TimestampFormat::EpochSeconds",
        other => bail!("unknown timestamp format {other}"),
    })
}

fn member(name: &str, used: &ShapeRef, required: bool) -> Result<String> {
    let mut out = format!("Member::new({}, &{})", literal(name), names::shout(&used.shape));
    if required {
        out.push_str(".required()");
    }
    if let Some(wire_name) = used.location_name.as_ref().filter(|wire_name| *wire_name != name) {
        write!(out, ".wire_name({})", literal(wire_name))?;
    }
    let mut traits = String::new();
    if let Some(query_name) = &used.query_name {
        write!(traits, "query_name: Some({}), ", literal(query_name))?;
    }
    if let Some(format) = &used.timestamp_format {
        write!(traits, "timestamp_format: Some({}), ", timestamp_format(format)?)?;
    }
    for (has, field) in [
        (used.flattened, "flattened"),
        (used.idempotency_token, "idempotency_token"),
        (used.jsonvalue, "json_value"),
        (used.eventpayload, "event_payload"),
        (used.eventheader, "event_header"),
    ] {
        if has {
            write!(traits, "{field}: true, ")?;
        }
    }
    if !traits.is_empty() {
        write!(out, ".traits(&MemberTraits {{ {traits} ..MemberTraits::NONE }})")?;
    }
    Ok(out)
}
