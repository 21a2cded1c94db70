use super::*;

/// As it is on disks and on the wire: a change of this text needs a new [`FORMAT`].
const STORED: &str = r#"{
  "format": 3, "revision": 7, "cookieKey": "00", "signingKey": "01",
  "balancers": [{
    "arn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/web/50dc6c495c0c9188",
    "kind": "application", "addresses": [{"address": "172.31.0.5", "zone": "us-east-1a"}], "crossZone": true,
    "listeners": [{
      "arn": "l", "port": 80, "protocol": "HTTP",
      "rules": [{"arn": "r", "priority": 1, "conditions": [{"pathPattern": ["/a*"]}, {"httpHeader": {"name": "X", "values": ["y"]}}],
                 "actions": [
        {"authenticateOidc": {
          "issuer": "https://id.example", "authorizationEndpoint": "https://id.example/a", "tokenEndpoint": "https://id.example/t",
          "userInfoEndpoint": "https://id.example/u", "clientId": "c", "clientSecret": "s", "sessionCookieName": "n", "scope": "openid",
          "sessionTimeoutSeconds": 60, "onUnauthenticated": "authenticate"
        }},
        {"fixedResponse": {"status": 404}}]}],
      "defaultActions": [{"forward": {"groups": [{"group": "g", "weight": 1}]}}]
    }]
  }],
  "groups": [{
    "arn": "g", "protocol": "HTTP",
    "healthCheck": {"enabled": true, "protocol": "HTTP", "path": "/", "intervalSeconds": 30, "timeoutSeconds": 5,
                    "healthyThreshold": 5, "unhealthyThreshold": 2, "matcher": "200"},
    "targets": [{"id": "172.31.0.9", "address": "172.31.0.9", "port": 8080}]
  }]
}"#;

#[test]
fn what_an_older_control_plane_wrote_is_read() {
    let read: Configuration = serde_json::from_str(STORED).expect("the stored form is read");
    let balancer = &read.balancers[0];
    assert_eq!(balancer.resource_id(), "app/web/50dc6c495c0c9188");
    assert_eq!(balancer.http, HttpAttributes::default());
    assert_eq!(balancer.listeners[0].tcp_idle_timeout_seconds, 350);
    assert_eq!(read.groups[0].algorithm, Algorithm::RoundRobin);
    assert_eq!(read.groups[0].routing_threshold, Thresholds { count: Some(1), percentage: None });
    let again: Configuration = serde_json::from_str(&serde_json::to_string(&read).expect("it is written"))
        .expect("what is written is read");
    assert_eq!(read, again);
}

#[test]
fn a_group_has_the_name_in_its_arn() {
    let read: Configuration = serde_json::from_str(STORED).expect("the stored form is read");
    let group = &read.groups[0];
    assert_eq!(group.name(), "g");
    let arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/web/73e2d6bc24d8a067";
    assert_eq!(TargetGroup { arn: arn.to_owned(), ..group.clone() }.name(), "web");
}

#[test]
fn secrets_have_no_text() {
    assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
}

#[test]
fn matchers() {
    for (matcher, code, matches) in [
        ("200", 200, true),
        ("200", 204, false),
        ("200,202", 202, true),
        ("200-299", 250, true),
        ("200-299,301", 301, true),
        ("0-99", 12, true),
        ("", 200, false),
        ("2xx", 200, false),
    ] {
        assert_eq!(Matcher(matcher.to_owned()).matches(code), matches, "{matcher} {code}");
    }
}

#[test]
fn thresholds() {
    let half = Thresholds { count: Some(1), percentage: Some(50) };
    assert!(half.met(2, 4));
    assert!(!half.met(1, 4));
    assert!(!Thresholds::default().met(0, 3));
    assert!(Thresholds { count: None, percentage: None }.met(0, 3));
}
