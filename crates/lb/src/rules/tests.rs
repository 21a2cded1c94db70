use super::*;
use crate::http::head::take_request;
use bytes::BytesMut;
use model::balancer::Condition;
use proptest::prelude::*;

fn head(method: &str, host: &str, target: &str, fields: &str) -> RequestHead {
    let text = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n");
    take_request(&mut BytesMut::from(&text[..])).expect("well formed").expect("whole").head
}

fn rule(priority: u32, conditions: Vec<Condition>) -> Rule {
    Rule { arn: format!("rule-{priority}"), priority, conditions, actions: Vec::new() }
}

fn texts(of: &[&str]) -> Vec<String> {
    of.iter().map(|text| (*text).to_owned()).collect()
}

fn found(rules: &[Rule], head: &RequestHead) -> Option<u32> {
    let rules = Rules::compile(rules, |_| ()).expect("they compile");
    rules.find(head, "192.0.2.1".parse().expect("an address")).map(|(priority, ())| priority)
}

#[test]
fn every_condition() {
    let request = head(
        "POST",
        "Www.Example.com:8080",
        "/img/a.png?Version=V1&flag&na%6De=a%20b&odd=%4&c=%25",
        "User-Agent: Curl/8\r\nUser-Agent: other\r\n",
    );
    for (condition, holds) in [
        (Condition::HostHeader(texts(&["www.example.COM"])), true),
        (Condition::HostHeader(texts(&["*.example.com"])), true),
        (Condition::HostHeader(texts(&["example.com", "example.org"])), false),
        (Condition::PathPattern(texts(&["/img/*"])), true),
        (Condition::PathPattern(texts(&["/IMG/*"])), false),
        (Condition::PathPattern(texts(&["*.png"])), true),
        (Condition::HttpHeader { name: "user-agent".to_owned(), values: texts(&["curl*"]) }, true),
        (Condition::HttpHeader { name: "user-agent".to_owned(), values: texts(&["OTHER"]) }, true),
        (Condition::HttpHeader { name: "x".to_owned(), values: texts(&["*"]) }, false),
        (Condition::HttpRequestMethod(texts(&["GET", "POST"])), true),
        (Condition::HttpRequestMethod(texts(&["post"])), false),
        (Condition::QueryString(vec![(Some("version".to_owned()), "v1".to_owned())]), true),
        (Condition::QueryString(vec![(None, "fl*".to_owned())]), true),
        (Condition::QueryString(vec![(Some("version".to_owned()), "v2".to_owned())]), false),
        (Condition::QueryString(vec![(Some("name".to_owned()), "A B".to_owned())]), true),
        (Condition::QueryString(vec![(Some("na%6De".to_owned()), "a%20b".to_owned())]), true),
        (Condition::QueryString(vec![(Some("odd".to_owned()), "%4".to_owned())]), true),
        (Condition::QueryString(vec![(Some("c".to_owned()), "%".to_owned())]), true),
        (Condition::QueryString(vec![(Some("name".to_owned()), "a+b".to_owned())]), false),
        (Condition::SourceIp(texts(&["192.0.2.0/24"])), true),
        (Condition::SourceIp(texts(&["10.0.0.0/8"])), false),
    ] {
        assert_eq!(found(&[rule(1, vec![condition.clone()])], &request), holds.then_some(1), "{condition:?}");
    }
}

#[test]
fn the_lowest_priority_wins_across_the_lists() {
    let rules = [
        rule(30, vec![Condition::HttpRequestMethod(texts(&["GET"]))]),
        rule(20, vec![Condition::PathPattern(texts(&["/a/*", "/a"]))]),
        rule(10, vec![Condition::HostHeader(texts(&["a"])), Condition::PathPattern(texts(&["/b"]))]),
    ];
    assert_eq!(found(&rules, &head("GET", "a", "/b", "")), Some(10));
    assert_eq!(found(&rules, &head("GET", "a", "/a/x", "")), Some(20));
    assert_eq!(found(&rules, &head("GET", "b", "/b", "")), Some(30));
    assert_eq!(found(&rules, &head("PUT", "b", "/b", "")), None);
}

#[test]
fn a_block_that_is_none_is_told() {
    let refused =
        Rules::compile(&[rule(1, vec![Condition::SourceIp(texts(&["x"]))])], |_| ()).expect_err("no block");
    assert_eq!(refused.to_string(), "rule rule-1: x is no CIDR block");
}

fn any_condition() -> impl Strategy<Value = Condition> {
    prop_oneof![
        proptest::collection::vec("[ab]{1,2}|\\*[ab]", 1..3).prop_map(Condition::HostHeader),
        proptest::collection::vec("/[ab]{0,2}(/[ab*?]{0,2})?", 1..3).prop_map(Condition::PathPattern),
        Just(Condition::HttpRequestMethod(vec!["GET".to_owned()])),
    ]
}

proptest! {
    /// The filing finds what reading all rules in their order finds.
    #[test]
    fn filing_changes_nothing(conditions in proptest::collection::vec(proptest::collection::vec(any_condition(), 1..3), 0..8), host in "[ab]{1,2}", path in "/[ab]{0,2}(/[ab]{0,2})?", method in "GET|PUT") {
        let rules: Vec<Rule> = conditions.into_iter().enumerate().map(|(at, conditions)| rule(at as u32 + 1, conditions)).collect();
        let request = head(&method, &host, &path, "");
        let client = "192.0.2.1".parse().expect("an address");
        let expected = rules.iter().find(|rule| {
            rule.conditions.iter().all(|condition| Compiled::new(condition).expect("it compiles").holds(&request, host.as_bytes(), client))
        });
        prop_assert_eq!(found(&rules, &request), expected.map(|rule| rule.priority));
    }
}
