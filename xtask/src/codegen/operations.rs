//! `operations.rs`: the trait that a service implements, and the table through which it is called.

use std::fmt::Write;

use anyhow::Result;

use super::{Generation, literal, schema};
use crate::model::ShapeRef;
use crate::names;

fn type_or_unit(used: Option<&ShapeRef>) -> String {
    used.map_or_else(|| "Unit".to_owned(), |used| names::type_name(&used.shape))
}

pub fn generate(cx: &Generation<'_>) -> Result<String> {
    let trait_name = &cx.service.r#trait;
    let title = &cx.service.title;
    let (mut methods, mut table) = (String::new(), String::new());
    for (name, operation) in &cx.model.operations {
        let method = names::snake(name);
        let (input, output) =
            (type_or_unit(operation.input.as_ref()), type_or_unit(operation.output.as_ref()));
        let deprecated = if operation.deprecated { " Deprecated by AWS." } else { "" };
        write!(
            methods,
            "/// `{name}`.{deprecated}\n\
             fn {method}(&self, cx: &C, input: {input}) -> impl Future<Output = Result<{output}, Error>> + Send {{\n\
               let _ = (cx, input);\n\
               std::future::ready(Err(Error::not_implemented({})))\n}}\n\n",
            literal(name)
        )?;
        let iam_prefix = cx.service.iam_prefix.as_deref().unwrap_or_else(|| {
            cx.model.metadata.signing_name.as_deref().unwrap_or(&cx.model.metadata.endpoint_prefix)
        });
        let action = cx.service.actions.get(name).unwrap_or(name);
        let template = &cx.service.operations[name];
        let resource = if template.starts_with(['*', '{']) {
            template.clone()
        } else {
            format!("{}{template}", cx.service.arn)
        };
        let constructor = match schema::event_stream(cx, operation.output.as_ref()) {
            None => "new",
            Some(_) => "streaming",
        };
        let stream = stream_field(cx, operation.output.as_ref())
            .map(|field| format!(", |output| std::mem::take(&mut output.{field})"))
            .unwrap_or_default();
        writeln!(
            table,
            "Operation::{constructor}(&s::{}_OPERATION, {}, {}, &implementation, |i: &S, cx, input: {input}| Box::pin(i.{method}(cx, input)){stream}),",
            names::shout(name),
            literal(&format!("{iam_prefix}:{action}")),
            literal(&resource),
        )?;
    }
    Ok(format!(
        "//! Operations of {title}.\n\n\
         #![allow(unused_imports, reason = \"which of them a model needs varies\")]\n\n\
         use std::sync::Arc;\n\nuse super::{{errors::Error, schema as s, shapes::*}};\nuse crate::{{Operation, Service, Unit}};\n\n\
         /// {title}. An operation that is not overridden answers that it is not implemented.\n\
         pub trait {trait_name}<C: Sync>: Send + Sync + 'static {{\n{methods}}}\n\n\
         /// The service as `front` calls it.\n\
         pub fn service<C: Sync + 'static, S: {trait_name}<C>>(implementation: Arc<S>) -> Service<C> {{\n\
         Service::new(&s::SERVICE_SCHEMA, vec![\n{table}])\n}}\n"
    ))
}

/// The field that holds an output's event stream.
fn stream_field(cx: &Generation<'_>, output: Option<&ShapeRef>) -> Option<String> {
    let index = schema::event_stream(cx, output)?;
    let members = cx.model.shapes.get(&output?.shape)?.members.as_ref()?;
    members.get_index(index).map(|(name, _)| names::snake(name))
}
