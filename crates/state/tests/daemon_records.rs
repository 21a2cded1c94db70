//! The stored bytes of the records of managed daemons, with every member: what a released version wrote must stay readable.

use model::ecs::{Daemon, DaemonDeployment, DaemonRevision};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use state::Record;
use std::fmt::Debug;

const CLUSTER: &str = "arn:aws:ecs:us-east-1:123456789012:cluster/web";
const DAEMON: &str = "arn:aws:ecs:us-east-1:123456789012:daemon/web/watch";
const REVISION: &str = "arn:aws:ecs:us-east-1:123456789012:daemon-revision/web/watch/1234567890123456789";
const DEPLOYMENT: &str =
    "arn:aws:ecs:us-east-1:123456789012:daemon-deployment/web/watch/0123456789abcdefABCDE";
const PROVIDER: &str = "arn:aws:ecs:us-east-1:123456789012:capacity-provider/mi";
const AT: i64 = 1_700_000_000_000;

/// Holds the record of a JSON text to its fixture.
fn hold<T: Record + Serialize + DeserializeOwned + PartialEq + Debug>(written: &Value) {
    let record: T = serde_json::from_value(written.clone()).expect("the text is a record");
    let again = serde_json::to_value(&record).expect("a record is JSON");
    assert_eq!(&again, written, "a member of the text is none of the record's, or is written otherwise");
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), 1, &record);
}

#[test]
fn daemon() {
    hold::<Daemon>(&json!({
        "arn": DAEMON,
        "cluster": CLUSTER,
        "status": "DELETE_IN_PROGRESS",
        "createdAt": AT,
        "updatedAt": AT + 1,
        "createdBy": "arn:aws:iam::123456789012:root",
        "tags": [{ "key": "a", "value": "b" }],
        "revision": REVISION,
        "deployment": DEPLOYMENT,
        "schedule": {
            "lastCompleted": REVISION,
            "drained": [{
                "instance": "arn:aws:ecs:us-east-1:123456789012:container-instance/web/0123456789abcdef0123456789abcdef",
                "since": AT + 2,
            }],
            "failedRounds": 2,
            "startAfter": AT + 3,
            "halted": true,
        },
    }));
}

#[test]
fn daemon_revision() {
    hold::<DaemonRevision>(&json!({
        "arn": REVISION,
        "daemon": DAEMON,
        "cluster": CLUSTER,
        "createdAt": AT,
        "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:daemon-task-definition/watch:3",
        "capacityProviders": [PROVIDER],
        "containerImages": [{ "containerName": "app", "image": "busybox" }],
        "propagateTags": "DAEMON",
        "managedTags": true,
        "enableExecuteCommand": true,
        "critical": false,
        "goneAt": AT + 4,
    }));
}

#[test]
fn daemon_deployment() {
    hold::<DaemonDeployment>(&json!({
        "arn": DEPLOYMENT,
        "daemon": DAEMON,
        "cluster": CLUSTER,
        "status": "ROLLBACK_IN_PROGRESS",
        "statusReason": "slow",
        "target": REVISION,
        "sources": [REVISION],
        "configuration": {
            "drainPercent": 25.0,
            "bakeTimeInMinutes": 5,
            "alarmNames": ["slow"],
            "alarmsEnabled": true,
        },
        "createdAt": AT,
        "startedAt": AT + 1,
        "bakingSince": AT + 2,
        "stoppedAt": AT + 3,
        "finishedAt": AT + 4,
        "circuitBreaker": "MONITORING",
        "failureCount": 2,
        "threshold": 3,
        "alarms": "TRIGGERED",
        "triggeredAlarms": ["slow"],
        "rollback": {
            "reason": "slow",
            "startedAt": AT + 3,
            "revision": REVISION,
            "capacityProviders": [PROVIDER],
        },
        "goneAt": AT + 5,
    }));
}
