//! `cargo xtask coverage`: the README's table of operations, derived from the source.
//!
//! An operation is implemented when a file in which the service implements its trait (`impl … <Cx> for …`) has a function of its name, or a row of its name in an `operations!` table, and no handler of the crate
//! answers that it is not implemented.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::{names, services, workspace};

const BEGIN: &str = "<!-- coverage:begin -->";
const END: &str = "<!-- coverage:end -->";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Write,
    Check,
    Print,
}

pub fn run(mode: Mode) -> Result<()> {
    let table = table()?;
    if mode == Mode::Print {
        print!("{table}");
        return Ok(());
    }
    let path = workspace::root().join("README.md");
    let readme = workspace::read(&path)?;
    let updated = replaced(&readme, &table).with_context(|| format!("in {}", path.display()))?;
    if updated == readme {
        return Ok(());
    }
    match mode {
        Mode::Write => workspace::write(&path, &updated),
        Mode::Check | Mode::Print => bail!("README.md's coverage table is stale: run `cargo xtask coverage`"),
    }
}

fn table() -> Result<String> {
    let mut out = String::from("| service | implemented | of | not yet |\n|---|---|---|---|\n");
    for (name, service) in &services::load()?.service {
        let source = workspace::root().join("services").join(name).join("src");
        let implemented = implemented(&source, service.operations.keys())?;
        let mut missing: Vec<&str> = service.operations.keys().map(String::as_str).collect();
        missing.retain(|operation| !implemented.contains(*operation));
        missing.sort_unstable();
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            service.title,
            implemented.len(),
            service.operations.len(),
            if missing.is_empty() { "–".to_owned() } else { missing.join(", ") }
        )?;
    }
    Ok(out)
}

/// The operations that a service crate implements; none when there is no crate yet.
fn implemented<'a>(source: &Path, operations: impl Iterator<Item = &'a String>) -> Result<BTreeSet<&'a str>> {
    let mut all = String::new();
    let mut entry = String::new();
    for path in files(source)? {
        let text = workspace::read(&path)?;
        if text.contains("<Cx> for ") {
            entry.push_str(&text);
        }
        all.push_str(&text);
    }
    let operations = operations.map(String::as_str);
    Ok(operations.filter(|operation| has_handler(&entry, operation) && !refuses(&all, operation)).collect())
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry.with_context(|| format!("cannot list {}", folder.display()))?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a line defines `operation`'s method, as a function or as a row of a table.
fn has_handler(text: &str, operation: &str) -> bool {
    let method = format!("{}(", names::snake(operation));
    text.lines().map(str::trim_start).any(|line| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        let row = !line.starts_with("fn ") && line.contains("->");
        let name = line.strip_prefix("fn ").or(row.then_some(line));
        name.is_some_and(|name| name.starts_with(&method))
    })
}

/// Whether some handler answers that `operation` is not implemented.
fn refuses(text: &str, operation: &str) -> bool {
    text.contains(&format!("not_implemented(\"{operation}\")"))
}

/// `readme` with `table` between the markers.
fn replaced(readme: &str, table: &str) -> Result<String> {
    let (before, rest) = readme.split_once(BEGIN).with_context(|| format!("{BEGIN} is missing"))?;
    let (_, after) = rest.split_once(END).with_context(|| format!("{END} is missing"))?;
    ensure!(!after.contains(BEGIN), "{BEGIN} stands twice");
    Ok(format!("{before}{BEGIN}\n{table}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlers_are_functions_or_rows() {
        let text = "impl Ecs<Cx> for S {\n    async fn run_task(&self) {}\n    fn stop_task(&self) {}\n}\n\
                    operations! {\n    list_tasks(ListTasksRequest) -> ListTasksResponse = task;\n}\n\
                    // async fn start_task(&self)\n    start_task(cx).await\n";
        let found: Vec<bool> = ["RunTask", "StopTask", "ListTasks", "StartTask", "Task"]
            .iter()
            .map(|o| has_handler(text, o))
            .collect();
        assert_eq!(found, [true, true, true, false, false]);
    }

    #[test]
    fn a_handler_that_refuses_is_none() {
        assert!(refuses("Err(Error::not_implemented(\"RunTask\"))", "RunTask"));
        assert!(!refuses("Err(Error::not_implemented(\"RunTask\"))", "Run"));
    }

    #[test]
    fn the_table_stands_between_the_markers() {
        let readme = format!("a\n{BEGIN}\nold\n{END}\nb\n");
        let updated = replaced(&readme, "new\n").expect("markers");
        assert_eq!(updated, format!("a\n{BEGIN}\nnew\n{END}\nb\n"));
        assert!(replaced("a", "new").is_err());
    }

    /// Whether the services' sources still are as this module reads them.
    #[test]
    fn the_table_lists_every_service() {
        let table = table().expect("sources");
        assert_eq!(table.lines().count(), 2 + services::load().expect("services.toml").service.len());
    }
}
