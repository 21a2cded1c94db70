//! Tables of cases: a task definition as JSON, and what the rules make of it.

mod compatibility;
mod container;
mod derived;
mod network;

use super::complete;
use expect_test::Expect;
use model::ecs::TaskDefinition;
use serde_json::{Value, json};

/// A definition of one good container, with the members of `over` in place of its own.
fn definition(over: Value) -> TaskDefinition {
    let mut base = json!({
        "arn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
        "status": "ACTIVE",
        "registeredAt": 0,
        "registeredBy": "arn:aws:iam::123456789012:root",
        "containerDefinitions": [app(json!({}))],
    });
    merge(&mut base, over);
    serde_json::from_value(base).expect("the case is a record")
}

fn merge(base: &mut Value, over: Value) {
    let Value::Object(over) = over else { panic!("a case is an object") };
    for (key, value) in over {
        base[key] = value;
    }
}

fn app(over: Value) -> Value {
    let mut container = json!({ "name": "app", "image": "busybox", "memory": 64 });
    merge(&mut container, over);
    container
}

/// One container, changed.
fn one(over: Value) -> Value {
    json!({ "containerDefinitions": [app(over)] })
}

/// Two containers, `app` and `side`, changed.
fn two(first: Value, second: Value) -> Value {
    let mut side = app(json!({ "name": "side" }));
    merge(&mut side, second);
    json!({ "containerDefinitions": [app(first), side] })
}

fn with(mut base: Value, over: Value) -> Value {
    merge(&mut base, over);
    base
}

fn fargate(over: Value) -> Value {
    let base =
        json!({ "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": 256, "memory": 512 });
    with(base, over)
}

fn verdict(case: Value) -> String {
    let mut given = definition(case);
    match complete(&mut given) {
        Ok(()) => "ok".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn check(cases: impl IntoIterator<Item = (&'static str, Value)>, expected: Expect) {
    let lines: Vec<String> =
        cases.into_iter().map(|(what, case)| format!("{what}: {}", verdict(case))).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}
