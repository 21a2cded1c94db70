//! The stored bytes of the load balancers' records, with every member that a record can have: what a released version wrote must stay readable.

use model::elbv2::{Listener, LoadBalancer, Provision, Rule, Target, TargetGroup, TargetHealth};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use state::Record;
use std::fmt::Debug;

const BALANCER: &str =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/0123456789abcdef";
const LISTENER: &str =
    "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/web/0123456789abcdef/1111111111111111";
const GROUP: &str = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/blue/2222222222222222";
const CERTIFICATE: &str =
    "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-4234-8234-123456789012";

/// Holds the record of a JSON text to its fixture.
fn hold<T: Record + Serialize + DeserializeOwned + PartialEq + Debug>(written: &Value) {
    hold_version::<T>(written, T::VERSION);
}

/// As [`hold`], for the text of an older version.
fn hold_version<T: Record + Serialize + DeserializeOwned + PartialEq + Debug>(written: &Value, version: u32) {
    let record: T = serde_json::from_value(written.clone()).expect("the text is a record");
    let again = serde_json::to_value(&record).expect("a record is JSON");
    assert_eq!(&again, written, "a member of the text is none of the record's, or is written otherwise");
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), version, &record);
}

fn scope() -> Value {
    json!({ "partition": "aws", "region": "us-east-1", "account": "123456789012" })
}

#[test]
fn load_balancer() {
    hold::<LoadBalancer>(&json!({
        "arn": BALANCER,
        "scope": scope(),
        "name": "web",
        "kind": "application",
        "scheme": "internet-facing",
        "ipAddressType": "dualstack",
        "vpc": "vpc-01234567890123456",
        "subnets": [{
            "subnet": "subnet-01234567890123456",
            "zone": "us-east-1a",
            "interface": "eni-01234567890123456",
            "allocation": "eipalloc-01234567890123456",
            "privateAddress": "10.0.0.10",
        }],
        "securityGroups": ["sg-01234567890123456"],
        "privateLinkRules": false,
        "attributes": { "idle_timeout.timeout_seconds": "30" },
        "createdAt": 1_700_000_000_000_i64,
        "tags": [{ "key": "team", "value": "a" }],
    }));
}

#[test]
fn provision() {
    hold::<Provision>(&json!({
        "loadBalancer": BALANCER, "state": "active_impaired", "reason": "r", "observedAt": 1_700_000_000_000_i64,
    }));
}

#[test]
fn target_group() {
    hold::<TargetGroup>(&json!({
        "arn": GROUP,
        "scope": scope(),
        "name": "blue",
        "targetType": "ip",
        "protocol": "HTTP",
        "protocolVersion": "HTTP1",
        "port": 80,
        "vpc": "vpc-01234567890123456",
        "ipAddressType": "ipv4",
        "healthCheck": {
            "protocol": "HTTP",
            "port": { "number": 8080 },
            "path": "/up",
            "matcher": { "http": "200-299" },
            "intervalS": 30,
            "timeoutS": 5,
            "healthyThreshold": 5,
            "unhealthyThreshold": 2,
        },
        "attributes": { "slow_start.duration_seconds": "30" },
        "createdAt": 1_700_000_000_000_i64,
        "tags": [{ "key": "team", "value": "a" }],
    }));
}

#[test]
fn target() {
    hold::<Target>(&json!({
        "group": GROUP,
        "id": "10.0.0.7",
        "port": 8080,
        "zone": "us-east-1a",
        "registeredAt": 1_700_000_000_000_i64,
        "drainingUntil": 1_700_000_300_000_i64,
    }));
}

#[test]
fn target_health() {
    hold::<TargetHealth>(&json!({
        "group": GROUP,
        "id": "10.0.0.7",
        "port": 8080,
        "state": "unhealthy",
        "reason": "Target.ResponseCodeMismatch",
        "description": "Health checks failed with these codes: [404]",
        "anomalous": true,
        "observedAt": 1_700_000_000_000_i64,
    }));
}

#[test]
fn listener() {
    hold::<Listener>(&json!({
        "arn": LISTENER,
        "loadBalancer": BALANCER,
        "protocol": "HTTPS",
        "port": 443,
        "sslPolicy": "ELBSecurityPolicy-2016-08",
        "defaultCertificate": CERTIFICATE,
        "certificates": [CERTIFICATE],
        "alpn": "HTTP2Preferred",
        "attributes": { "routing.http.response.server.enabled": "false" },
        "createdAt": 1_700_000_000_000_i64,
        "tags": [{ "key": "team", "value": "a" }],
    }));
}

#[test]
fn rule() {
    hold::<Rule>(&rule_with("sealedSecret", "AQ=="));
    // Before client secrets were sealed.
    hold_version::<Rule>(&rule_with("clientSecret", "s"), 1);
}

fn rule_with(secret: &str, value: &str) -> Value {
    json!({
        "arn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener-rule/app/web/0123456789abcdef/1111111111111111/3333333333333333",
        "listener": LISTENER,
        "priority": { "number": 10 },
        "conditions": [
            { "field": "host", "values": ["*.example.com"] },
            { "field": "path", "values": ["/img/*"] },
            { "field": "header", "name": "User-Agent", "values": ["*Chrome*"] },
            { "field": "method", "values": ["GET"] },
            { "field": "query", "values": [{ "key": "version", "value": "v1" }, { "value": "*x*" }] },
            { "field": "sourceIp", "values": ["10.0.0.0/8", "2001:db8::/32"] },
        ],
        "actions": [
            { "order": 1, "kind": { "authenticateOidc": {
                "issuer": "https://example.com",
                "authorizationEndpoint": "https://example.com/authorize",
                "tokenEndpoint": "https://example.com/token",
                "userInfoEndpoint": "https://example.com/userinfo",
                "clientId": "c",
                secret: value,
                "sessionCookieName": "AWSELBAuthSessionCookie",
                "scope": "openid",
                "sessionTimeoutS": 604_800,
                "extraParameters": { "prompt": "login" },
                "onUnauthenticated": "authenticate",
            } } },
            { "order": 2, "kind": { "forward": {
                "groups": [{ "group": GROUP, "weight": 1 }],
                "stickiness": { "enabled": true, "durationS": 60 },
            } } },
            { "kind": { "redirect": {
                "protocol": "HTTPS", "host": "#{host}", "port": "443", "path": "/#{path}", "query": "#{query}", "code": "HTTP_301",
            } } },
            { "kind": { "fixedResponse": { "status": 404, "contentType": "text/plain", "body": "no" } } },
        ],
        "tags": [{ "key": "team", "value": "a" }],
    })
}
