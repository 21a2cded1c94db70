//! The stored bytes of the records of services, with every member that a record can have: what a released version wrote must stay readable.

use model::ecs::{Service, ServiceDeployment, ServiceEvent, ServiceRevision, TaskSet};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use state::Record;
use std::fmt::Debug;

const CLUSTER: &str = "arn:aws:ecs:us-east-1:123456789012:cluster/web";
const SERVICE: &str = "arn:aws:ecs:us-east-1:123456789012:service/web/site";
const REVISION: &str = "arn:aws:ecs:us-east-1:123456789012:service-revision/web/site/1234567890123456789";
const DEPLOYMENT: &str =
    "arn:aws:ecs:us-east-1:123456789012:service-deployment/web/site/0123456789abcdefABCDE";
const AT: i64 = 1_700_000_000_000;

/// Holds the record of a JSON text to its fixture.
fn hold<T: Record + Serialize + DeserializeOwned + PartialEq + Debug>(written: &Value) {
    let record: T = serde_json::from_value(written.clone()).expect("the text is a record");
    let again = serde_json::to_value(&record).expect("a record is JSON");
    assert_eq!(&again, written, "a member of the text is none of the record's, or is written otherwise");
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), 1, &record);
}

fn configuration() -> Value {
    json!({
        "deploymentCircuitBreaker": {
            "enable": true, "rollback": true, "resetOnHealthyTask": false,
            "thresholdConfiguration": { "type": "BOUNDED_PERCENT", "value": 50 },
        },
        "maximumPercent": 200,
        "minimumHealthyPercent": 100,
        "alarms": { "alarmNames": ["slow"], "rollback": true, "enable": true },
        "strategy": "ROLLING",
        "bakeTimeInMinutes": 5,
    })
}

/// What deployments that shift traffic write besides.
fn shifting() -> Value {
    let mut all = configuration();
    let more = json!({
        "strategy": "LINEAR",
        "lifecycleHooks": [{
            "targetType": "AWS_LAMBDA", "target": "http://127.0.0.1/hook", "role": "arn:aws:iam::123456789012:role/hook",
            "stages": ["PRE_SCALE_UP"], "details": "{\"a\":1}", "timeoutMinutes": 10, "timeoutAction": "CONTINUE",
        }],
        "linear": { "step": 100, "stepBakeMinutes": 6 },
        "canary": { "share": 50, "bakeMinutes": 10 },
    });
    let more = more.as_object().expect("an object").clone();
    all.as_object_mut().expect("an object").extend(more);
    all
}

#[test]
fn service() {
    hold::<Service>(&json!({
        "arn": SERVICE,
        "cluster": CLUSTER,
        "status": "INACTIVE",
        "createdAt": AT,
        "createdBy": "arn:aws:iam::123456789012:root",
        "inactiveAt": AT + 9,
        "schedulingStrategy": "REPLICA",
        "deploymentController": "ECS",
        "desiredCount": 3,
        "deploymentConfiguration": configuration(),
        "availabilityZoneRebalancing": "ENABLED",
        "healthCheckGracePeriodSeconds": 30,
        "placementConstraints": [{ "type": "memberOf", "expression": "attribute:a == b" }],
        "placementStrategy": [{ "type": "spread", "field": "attribute:ecs.availability-zone" }],
        "propagateTags": "SERVICE",
        "managedTags": true,
        "enableExecuteCommand": true,
        "tags": [{ "key": "a", "value": "b" }],
        "revision": REVISION,
        "fingerprint": "00ff",
        "deployments": [{
            "id": "ecs-svc/1234567890123456789",
            "revision": REVISION,
            "status": "PRIMARY",
            "desiredCount": 3,
            "createdAt": AT,
            "updatedAt": AT + 1,
            "failedTasks": 2,
            "rolloutState": "IN_PROGRESS",
            "rolloutStateReason": "ECS deployment ecs-svc/1234567890123456789 in progress.",
        }],
        "currentDeployment": DEPLOYMENT,
        "schedule": {
            "steady": false,
            "lastCompleted": REVISION,
            "failedRounds": 4,
            "startAfter": AT + 2,
            "unplaced": 1,
            "said": [{ "kind": "impaired", "message": "it is", "at": AT }],
            "rebalancing": true,
            "rebalanceAfter": AT + 3,
            "stopRequested": "ROLLBACK",
        },
        "events": 7,
    }));
}

#[test]
fn service_event() {
    hold::<ServiceEvent>(&json!({
        "service": SERVICE,
        "number": 7,
        "id": "01234567-89ab-4def-8123-456789abcdef",
        "createdAt": AT,
        "message": "(service site) has begun draining connections on 2 tasks.",
        "tally": { "of": "draining", "count": 2 },
    }));
}

#[test]
fn service_revision() {
    hold::<ServiceRevision>(&json!({
        "arn": REVISION,
        "service": SERVICE,
        "cluster": CLUSTER,
        "createdAt": AT,
        "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/site:3",
        "launchType": "FARGATE",
        "capacityProviderStrategy": [{ "capacityProvider": "FARGATE", "weight": 1, "base": 2 }],
        "platformAsked": "LATEST",
        "platformVersion": "1.4.0",
        "networkConfiguration": {
            "awsvpcConfiguration": { "subnets": ["subnet-01"], "securityGroups": ["sg-01"], "assignPublicIp": "ENABLED" },
        },
        "loadBalancers": [{
            "targetGroup": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/blue/0123456789abcdef",
            "containerName": "main",
            "containerPort": 80,
            "advanced": {
                "alternateTargetGroup": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/green/0123456789abcdef",
                "productionRule": {
                    "rule": "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee",
                },
                "testRule": {
                    "default": "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/50dc6c495c0c9188/f2f7dc8efc522ab3",
                },
                "role": "arn:aws:iam::123456789012:role/shift",
            },
        }],
        "inAlternate": true,
        "containerImages": [{ "containerName": "main", "image": "site:3" }],
    }));
}

#[test]
fn service_deployment() {
    hold::<ServiceDeployment>(&service_deployment_written());
}

fn service_deployment_written() -> Value {
    json!({
        "arn": DEPLOYMENT,
        "service": SERVICE,
        "cluster": CLUSTER,
        "createdAt": AT,
        "startedAt": AT,
        "finishedAt": AT + 5,
        "stoppedAt": AT + 5,
        "updatedAt": AT + 5,
        "sources": [REVISION],
        "target": REVISION,
        "status": "ROLLBACK_SUCCESSFUL",
        "statusReason": "it was",
        "configuration": configuration(),
        "rollback": { "reason": "it failed", "startedAt": AT + 1, "revision": REVISION },
        "circuitBreaker": "TRIGGERED",
        "alarms": "DISABLED",
        "triggeredAlarms": ["slow"],
        "failureCount": 3,
        "threshold": 3,
        "requestedTasks": 3,
    })
}

#[test]
fn service_deployment_that_shifts_traffic() {
    let mut written = service_deployment_written();
    let members = written.as_object_mut().expect("an object");
    members.insert("configuration".to_owned(), shifting());
    members.insert(
        "shift".to_owned(),
        json!({
            "course": "BACK",
            "stage": "PRODUCTION_TRAFFIC_SHIFT",
            "step": 2,
            "enteredAt": AT,
            "bakingSince": AT + 1,
            "blue": REVISION,
            "test": { "share": 1000, "routed": true },
            "production": { "share": 333, "routed": false },
            "hooks": [{
                "key": { "hook": 0, "stage": "PRE_SCALE_UP", "step": 0, "back": false },
                "status": "IN_PROGRESS",
                "expiresAt": AT + 2,
                "timeoutAction": "ROLLBACK",
                "callAt": AT + 3,
                "unreached": 1,
                "details": "{\"a\":1}",
                "task": "arn:aws:ecs:us-east-1:123456789012:task/web/0123456789abcdef0123456789abcdef",
            }],
        }),
    );
    // The text above is what is stored: the fixture is of the other kind of deployment.
    let record: ServiceDeployment = serde_json::from_value(written.clone()).expect("the text is a record");
    assert_eq!(serde_json::to_value(&record).expect("a record is JSON"), written);
}

#[test]
fn task_set() {
    hold::<TaskSet>(&json!({
        "arn": "arn:aws:ecs:us-east-1:123456789012:task-set/web/site/ecs-svc/1234567890123456789",
        "service": SERVICE,
        "cluster": CLUSTER,
        "status": "DRAINING",
        "createdAt": AT,
        "updatedAt": AT + 1,
        "startedBy": "CODE_DEPLOY",
        "externalId": "d-1",
        "revision": REVISION,
        "scale": 12.5,
        "tags": [{ "key": "a", "value": "b" }],
        "counted": 2,
        "stableAt": AT + 2,
        "schedule": {
            "steady": true,
            "failedRounds": 4,
            "startAfter": AT + 2,
            "unplaced": 1,
            "said": [{ "kind": "impaired", "message": "it is", "at": AT }],
            "rebalancing": false,
        },
    }));
}
