//! Runs the codecs against the protocol test cases of botocore's source distribution.
//!
//! The cases are written for clients. As a server we turn them around: the serialised request of an input case is decoded
//! and compared with the case's parameters; the result of an output case is encoded and compared with its response. The
//! package is pinned in `models/services.toml`; it is fetched once, with pip, into Cargo's target directory.
//! Every excluded case is listed in [`cases::EXCLUDED`] with its reason, and an exclusion that matches nothing fails.

mod cases;
mod compare;
mod dynamic;
mod fetch;

use std::collections::BTreeMap;
use std::fmt::Write;

use cases::{Direction, Suite};
use expect_test::expect_file;

#[test]
fn protocol_cases_pass() {
    let root = fetch::cases();
    let mut table: BTreeMap<(String, &str), (usize, usize, usize)> = BTreeMap::new();
    let mut failures = String::new();
    let mut excluded = Vec::new();
    let mut used = Vec::new();
    for file in ["json", "json_1_0", "json_1_0-query-compatible", "query", "ec2"] {
        for direction in [Direction::Input, Direction::Output] {
            let path = root.join(direction.folder()).join(format!("{file}.json"));
            let suites: Vec<Suite> = cases::load(&path);
            let (passed, left_out, total) = table.entry((file.to_owned(), direction.folder())).or_default();
            for suite in &suites {
                for case in &suite.cases {
                    *total += 1;
                    if let Some((entry, reason)) = cases::exclusion(direction, &case.id) {
                        *left_out += 1;
                        used.push(*entry);
                        excluded.push((direction.folder(), case.id.clone(), *reason));
                        continue;
                    }
                    match compare::run(direction, suite, case) {
                        Ok(()) => *passed += 1,
                        Err(why) => {
                            let _ = writeln!(failures, "{file} {} {}: {why}", direction.folder(), case.id);
                        }
                    }
                }
            }
        }
    }
    for (id, _) in cases::EXCLUDED {
        assert!(used.contains(id), "the exclusion {id} matches no case");
    }
    expect_file!["../../../../docs/protocol-tests.md"].assert_eq(&report(&table, &excluded));
    assert!(failures.is_empty(), "\n{failures}");
}

/// docs/protocol-tests.md. `UPDATE_EXPECT=1` rewrites it.
fn report(
    table: &BTreeMap<(String, &str), (usize, usize, usize)>,
    excluded: &[(&str, String, &str)],
) -> String {
    let mut out = String::from(
        "# Protocol test cases\n\n\
         The codecs of `crates/wire` run against the protocol test cases of botocore's source distribution (pinned in\n\
         `models/services.toml`), turned around for a server: requests are decoded and compared with the case's\n\
         parameters, results are encoded and compared with its response. This page is written and checked by\n\
         `cargo test -p wire --test protocols`.\n\n\
         | cases | direction | passed | of | excluded |\n|---|---|---|---|---|\n",
    );
    let (mut all_passed, mut all_total) = (0, 0);
    for ((file, direction), (passed, left_out, total)) in table {
        let _ = writeln!(out, "| {file} | {direction} | {passed} | {total} | {left_out} |");
        all_passed += passed;
        all_total += total;
    }
    let _ = writeln!(out, "| **all** | | **{all_passed}** | **{all_total}** | {} |\n", excluded.len());
    out.push_str("## Excluded cases\n\n");
    for (direction, id, reason) in excluded {
        let _ = writeln!(out, "- {id} ({direction}): {reason}");
    }
    out
}
