//! The stored bytes of IAM's records, with every member that a record can have: what a released version wrote must stay readable.

use model::iam::{ManagedPolicy, Role};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use state::Record;
use std::fmt::Debug;

/// Holds the record of a JSON text to its fixture.
fn hold<T: Record + Serialize + DeserializeOwned + PartialEq + Debug>(written: &Value) {
    let record: T = serde_json::from_value(written.clone()).expect("the text is a record");
    let again = serde_json::to_value(&record).expect("a record is JSON");
    assert_eq!(&again, written, "a member of the text is none of the record's, or is written otherwise");
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), 1, &record);
}

#[test]
fn role() {
    hold::<Role>(&json!({
        "arn": "arn:aws:iam::123456789012:role/ops/deploy",
        "id": "AROAJQABLZS4A3QDU576Q",
        "createdAt": 1_700_000_000_000_i64,
        "trustPolicy": "{}",
        "description": "d",
        "maxSessionS": 3600,
        "inlinePolicies": { "p": "{}" },
        "attachedPolicies": ["arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"],
        "permissionsBoundary": "arn:aws:iam::123456789012:policy/b",
        "tags": [{ "key": "team", "value": "a" }],
    }));
}

#[test]
fn policy() {
    hold::<ManagedPolicy>(&json!({
        "account": "123456789012",
        "partition": "aws",
        "path": "/ops/",
        "name": "p",
        "id": "ANPAJQABLZS4A3QDU576Q",
        "createdAt": 1,
        "updatedAt": 2,
        "description": "d",
        "versions": { "2": { "document": "{}", "createdAt": 2 } },
        "defaultVersion": 2,
        "lastVersion": 3,
        "tags": [{ "key": "team", "value": "a" }],
    }));
}
