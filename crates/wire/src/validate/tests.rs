use expect_test::{Expect, expect};

use super::*;
use crate::schema::{Pattern, Schema};

static STRING: Schema = Schema::scalar("String", Kind::String);
static NAME_PATTERN: Pattern = Pattern::new("[a-z]*");
static NAME: Schema = Schema::scalar("Name", Kind::String).min(2).max(5).pattern(&NAME_PATTERN);
static KIND: Schema = Schema::scalar("Kind", Kind::String).enumeration(&["EC2", "FARGATE"]);
static SECRET: Schema = Schema::scalar("Secret", Kind::String).min(4).sensitive();
static COUNT: Schema = Schema::scalar("Count", Kind::Integer).min(1).max(10);
static RATIO: Schema = Schema::scalar("Ratio", Kind::Double).min(0).max(1);
static NAMES: Schema = Schema::list("Names", &[Member::new("member", &NAME)]).max(2);
static TAG: Schema =
    Schema::structure("Tag", &[Member::new("Key", &NAME).required(), Member::new("Value", &STRING)]);
static TAGS: Schema = Schema::list("Tags", &[Member::new("member", &TAG)]);
static LABELS: Schema = Schema::map("Labels", &[Member::new("key", &NAME), Member::new("value", &NAME)]);
static TAG_MAP: Schema = Schema::map("TagMap", &[Member::new("key", &STRING), Member::new("value", &TAG)]);
static INPUT: Schema = Schema::structure(
    "Input",
    &[
        Member::new("Name", &NAME).required(),
        Member::new("kind", &KIND),
        Member::new("secret", &SECRET),
        Member::new("count", &COUNT),
        Member::new("ratio", &RATIO),
        Member::new("names", &NAMES),
        Member::new("tags", &TAGS),
        Member::new("labels", &LABELS),
        Member::new("tagMap", &TAG_MAP),
        Member::new("input", &INPUT),
    ],
);

#[derive(Clone, Debug, Default, PartialEq)]
struct Tag {
    key: String,
    value: Option<String>,
}

crate::structure!(Tag, TAG, { 0: key, 1: value });

#[derive(Clone, Debug, Default, PartialEq)]
struct Input {
    name: String,
    kind: Option<String>,
    secret: Option<String>,
    count: Option<i32>,
    ratio: Option<f64>,
    names: Option<Vec<String>>,
    tags: Option<Vec<Tag>>,
    labels: Option<std::collections::BTreeMap<String, String>>,
    tag_map: Option<std::collections::BTreeMap<String, Tag>>,
    input: Option<Box<Input>>,
}

crate::structure!(Input, INPUT, {
    0: name, 1: kind, 2: secret, 3: count, 4: ratio, 5: names, 6: tags, 7: labels, 8: tag_map, 9: input
});

fn check(json: &str, expected: Expect) {
    let mut input = Input::default();
    let missing = crate::json::read_structure(json.as_bytes(), &mut input).expect("readable");
    expected.assert_eq(&message(&violations(&input, &missing)).unwrap_or_else(|| "valid".to_owned()));
}

#[test]
fn messages() {
    check(
        r#"{"Name":"abc","kind":"EC2","count":10,"ratio":0.5,"names":["ab"],"labels":{"ab":"cd"}}"#,
        expect!["valid"],
    );
    check(
        r"{}",
        expect![
            "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"
        ],
    );
    check(
        r#"{"Name":null}"#,
        expect![
            "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null"
        ],
    );
    check(
        r#"{"Name":"a"}"#,
        expect![
            "1 validation error detected: Value 'a' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 2"
        ],
    );
    check(
        r#"{"Name":"ABCDEF"}"#,
        expect![
            "2 validation errors detected: Value 'ABCDEF' at 'name' failed to satisfy constraint: Member must have length less than or equal to 5; Value 'ABCDEF' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]*"
        ],
    );
    check(
        r#"{"Name":"äöüßäö"}"#,
        expect![
            "2 validation errors detected: Value 'äöüßäö' at 'name' failed to satisfy constraint: Member must have length less than or equal to 5; Value 'äöüßäö' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]*"
        ],
    );
    check(
        r#"{"Name":"ab","kind":"VM"}"#,
        expect![
            "1 validation error detected: Value 'VM' at 'kind' failed to satisfy constraint: Member must satisfy enum value set: [EC2, FARGATE]"
        ],
    );
    check(
        r#"{"Name":"ab","count":0}"#,
        expect![
            "1 validation error detected: Value '0' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1"
        ],
    );
    check(
        r#"{"Name":"ab","count":11,"ratio":1.5}"#,
        expect![
            "2 validation errors detected: Value '11' at 'count' failed to satisfy constraint: Member must have value less than or equal to 10; Value '1.5' at 'ratio' failed to satisfy constraint: Member must have value less than or equal to 1"
        ],
    );
    check(
        r#"{"Name":"ab","ratio":"NaN"}"#,
        expect![
            "2 validation errors detected: Value 'NaN' at 'ratio' failed to satisfy constraint: Member must have value less than or equal to 1; Value 'NaN' at 'ratio' failed to satisfy constraint: Member must have value greater than or equal to 0"
        ],
    );
}

#[test]
fn sensitive_values_are_not_shown() {
    check(
        r#"{"Name":"ab","secret":"abc"}"#,
        expect![
            "1 validation error detected: Value at 'secret' failed to satisfy constraint: Member must have length greater than or equal to 4"
        ],
    );
}

#[test]
fn lists_and_maps() {
    check(
        r#"{"Name":"ab","names":["ab","cd","ef"]}"#,
        expect![
            "1 validation error detected: Value '[ab, cd, ef]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 2"
        ],
    );
    check(
        r#"{"Name":"ab","names":["ab","c"]}"#,
        expect![
            "1 validation error detected: Value '[ab, c]' at 'names' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 5, Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: [a-z]*]"
        ],
    );
    check(
        r#"{"Name":"ab","names":["ab",null]}"#,
        expect![
            "1 validation error detected: Value null at 'names.2.member' failed to satisfy constraint: Member must not be null"
        ],
    );
    check(
        r#"{"Name":"ab","tags":[{"Key":"ab"},{"Key":"x","Value":""},{}]}"#,
        expect![
            "2 validation errors detected: Value null at 'tags.3.member.key' failed to satisfy constraint: Member must not be null; Value 'x' at 'tags.2.member.key' failed to satisfy constraint: Member must have length greater than or equal to 2"
        ],
    );
    check(
        r#"{"Name":"ab","labels":{"x":"ab"}}"#,
        expect![
            "1 validation error detected: Value '{x=ab}' at 'labels' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have length less than or equal to 5, Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: [a-z]*]"
        ],
    );
    check(
        r#"{"Name":"ab","labels":{"ab":"X"}}"#,
        expect![
            "1 validation error detected: Value '{ab=X}' at 'labels' failed to satisfy constraint: Map value must satisfy constraint: [Member must have length less than or equal to 5, Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: [a-z]*]"
        ],
    );
    check(
        r#"{"Name":"ab","tagMap":{"one":{"Key":"x"},"two":{}}}"#,
        expect![
            "2 validation errors detected: Value null at 'tagMap.two.member.key' failed to satisfy constraint: Member must not be null; Value 'x' at 'tagMap.one.member.key' failed to satisfy constraint: Member must have length greater than or equal to 2"
        ],
    );
    check(
        r#"{"Name":"ab","input":{"input":{}}}"#,
        expect![
            "2 validation errors detected: Value null at 'input.input.name' failed to satisfy constraint: Member must not be null; Value null at 'input.name' failed to satisfy constraint: Member must not be null"
        ],
    );
}

#[test]
fn a_replaced_value_leaves_no_trace() {
    check(r#"{"Name":"ab","tags":[{}],"tags":[{"Key":"ab"}]}"#, expect!["valid"]);
    check(r#"{"Name":"ab","tagMap":{"a":{},"a":{"Key":"ab"}}}"#, expect!["valid"]);
}

static OUTER: Schema = Schema::structure(
    "Outer",
    &[Member::new("tag", &TAG).required(), Member::new("names", &MANY_NAMES).required()],
);
static MANY_NAMES: Schema = Schema::list("ManyNames", &[Member::new("member", &NAME)]).min(1);

#[derive(Clone, Debug, Default, PartialEq)]
struct Outer {
    tag: Tag,
    names: Vec<String>,
}

crate::structure!(Outer, OUTER, { 0: tag, 1: names });

#[test]
fn a_missing_structure_or_list_is_one_violation() {
    let mut outer = Outer::default();
    let missing = crate::json::read_structure(b"{}", &mut outer).expect("readable");
    let paths: Vec<String> =
        violations(&outer, &missing).into_iter().map(|violation| violation.path).collect();
    assert_eq!(paths, ["names", "tag"]);
}

/// A body of some megabytes that is wrong everywhere is refused in bounded time and space.
#[test]
fn large_wrong_inputs_are_cheap() {
    let mut input = Input::default();
    let missing = format!(r#"{{"Name":"ab","tags":[{}{{}}]}}"#, "{},".repeat(200_000));
    let error = crate::json::read_structure(missing.as_bytes(), &mut input).expect_err("refused");
    assert_eq!(error.to_string(), "More than 1000 required members are missing.");

    let wrong = format!(r#"{{"Name":"ab","tags":[{}{{}}]}}"#, r#"{"Key":"x"},"#.repeat(200_000));
    let missing = crate::json::read_structure(wrong.as_bytes(), &mut input).expect("readable");
    let text = message(&violations(&input, &missing)).expect("violations");
    assert!(text.starts_with("200001 validation errors detected: ") && text.len() < 10_000);

    let repeated = format!(
        r#"{{"tags":[{}],{}"Name":"ab"}}"#,
        vec!["{}"; 900].join(","),
        r#""kind":"EC2","#.repeat(200_000)
    );
    let missing = crate::json::read_structure(repeated.as_bytes(), &mut input).expect("readable");
    assert_eq!(missing.len(), 900);
}
