//! Rules of any text meet any request: a pattern answers in time, and the filing of rules loses none.
#![no_main]

use bytes::BytesMut;
use lb::http::head::take_request;
use lb::rules::{Block, Pattern, Rules};
use libfuzzer_sys::fuzz_target;
use model::balancer::{Condition, Rule};

fuzz_target!(|input: (&str, &str, &str, &[u8])| {
    let (first, second, block, request) = input;
    let _ = Block::parse(block);
    let _ = Pattern::ignoring_case(first).matches(request);
    let Ok(Some(parsed)) = take_request(&mut BytesMut::from(request)) else { return };
    let rule = |priority, condition| Rule { arn: String::new(), priority, conditions: vec![condition], actions: Vec::new() };
    let rules = [
        rule(1, Condition::PathPattern(vec![first.to_owned(), second.to_owned()])),
        rule(2, Condition::HostHeader(vec![first.to_owned()])),
        rule(3, Condition::QueryString(vec![(Some(first.to_owned()), second.to_owned())])),
        rule(4, Condition::HttpHeader { name: first.to_owned(), values: vec![second.to_owned()] }),
    ];
    let client = [192, 0, 2, 1].into();
    let found = Rules::compile(&rules, |_| ()).expect("no block is among them").find(&parsed.head, client).map(|(priority, ())| priority);
    let one_by_one = rules.iter().find_map(|rule| {
        let alone = Rules::compile(std::slice::from_ref(rule), |_| ()).expect("no block is among them");
        alone.find(&parsed.head, client).map(|(priority, ())| priority)
    });
    assert_eq!(found, one_by_one);
});
