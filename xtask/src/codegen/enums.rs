//! `enums.rs`: enumerations, which keep values that the model does not list.

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::{Result, ensure};

use super::{Generation, literal};
use crate::names;

pub fn generate(cx: &Generation<'_>) -> Result<String> {
    let mut out = format!("//! Enumerations of {}.\n\n", cx.service.title);
    for name in &cx.graph.enums {
        let mut variants = String::new();
        let mut taken = BTreeSet::new();
        for value in &cx.model.shapes[name].enumeration {
            let variant = names::variant(value);
            ensure!(taken.insert(variant.clone()), "two values of {name} would be {variant}");
            writeln!(variants, "    {variant} = {},", literal(value))?;
        }
        writeln!(out, "wire::string_enum! {{ {} {{\n{variants}}}}}\n", names::type_name(name))?;
    }
    Ok(out)
}
