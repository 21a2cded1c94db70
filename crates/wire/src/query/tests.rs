use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::*;
use crate::schema::{Kind, Member, Schema};
use crate::{DecodeError, MAX_DEPTH};

static STRING: Schema = Schema::scalar("String", Kind::String);
static BOOLEAN: Schema = Schema::scalar("Boolean", Kind::Boolean);
static INTEGER: Schema = Schema::scalar("Integer", Kind::Integer);
static STRINGS: Schema = Schema::list("Strings", &[Member::new("member", &STRING)]);
static FLAT: Schema = Schema::list("Flat", &[Member::new("member", &STRING).wire_name("Item")]).flattened();
static TAG: Schema =
    Schema::structure("Tag", &[Member::new("Key", &STRING).required(), Member::new("Value", &STRING)]);
static TAGS: Schema = Schema::list("Tags", &[Member::new("member", &TAG)]);
static LABELS: Schema = Schema::map("Labels", &[Member::new("key", &STRING), Member::new("value", &STRING)]);
static INPUT: Schema = Schema::structure(
    "Input",
    &[
        Member::new("Name", &STRING),
        Member::new("Yes", &BOOLEAN),
        Member::new("Count", &INTEGER),
        Member::new("Strings", &STRINGS),
        Member::new("Flat", &FLAT),
        Member::new("Tags", &TAGS),
        Member::new("Labels", &LABELS),
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
    name: Option<String>,
    yes: Option<bool>,
    count: Option<i32>,
    strings: Option<Vec<String>>,
    flat: Option<Vec<String>>,
    tags: Option<Vec<Tag>>,
    labels: Option<std::collections::BTreeMap<String, String>>,
}

crate::structure!(Input, INPUT, { 0: name, 1: yes, 2: count, 3: strings, 4: flat, 5: tags, 6: labels });

fn read(form: &[u8]) -> Result<(Input, Vec<String>), DecodeError> {
    let mut input = Input::default();
    read_structure(&Form::parse(form), Dialect::AwsQuery, &mut input).map(|missing| (input, missing))
}

/// What is read, as JSON, and the missing members.
fn check(form: &str, expected: Expect) {
    let found = match read(form.as_bytes()) {
        Err(error) => format!("error: {error}"),
        Ok((input, missing)) => {
            let mut out = Vec::new();
            crate::json::write_structure(&input, &mut out);
            format!("{} {missing:?}", String::from_utf8_lossy(&out))
        }
    };
    expected.assert_eq(&found);
}

#[test]
fn forms() {
    check("Action=X&Version=1&Name=a+b&Unknown.1=x", expect![[r#"{"Name":"a b"} []"#]]);
    check("Yes=TRUE&Count=%207", expect![[r#"{"Yes":true,"Count":7} []"#]]);
    check(
        "Strings.member.10=c&Strings.member.2=b&Strings.member.1=a",
        expect![[r#"{"Strings":["a","b","c"]} []"#]],
    );
    check("Strings=", expect![[r#"{"Strings":[]} []"#]]);
    check("Item.1=a&Item.2=b", expect![[r#"{"Flat":["a","b"]} []"#]]);
    check("Flat.1=a", expect![[r#"{"Flat":["a"]} []"#]]);
    check(
        "Tags.member.1.Key=a&Tags.member.2.Value=b",
        expect![[r#"{"Tags":[{"Key":"a"},{"Key":"","Value":"b"}]} ["tags.2.member.key"]"#]],
    );
    check("Labels.entry.1.key=a&Labels.entry.1.value=b", expect![[r#"{"Labels":{"a":"b"}} []"#]]);
    check("Name=a&Name=b", expect![[r#"{"Name":"b"} []"#]]);
}

#[test]
fn refused() {
    check("Count=many", expect!["error: 'many' at 'count' is not a valid integer"]);
    check("Count=99999999999", expect!["error: '99999999999' at 'count' is not a valid integer"]);
    check("Yes=2", expect!["error: '2' at 'yes' is not a valid boolean"]);
    check("Name.a=b", expect!["error: Unexpected complex element at name"]);
    check("Labels.entry.1.key=a", expect!["error: An entry of 'labels' lacks its key or value"]);
    let deep = format!("Name{}=x", ".a".repeat(MAX_DEPTH));
    check(&deep, expect!["error: A parameter name is nested too deeply."]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(&bytes);
    }

    #[test]
    fn any_parameters_are_read_without_panic(
        form in "((Name|Strings|Flat|Item|Tags|Labels|Count|Yes|member|entry|key|value|Key|[0-9]{1,2})[.=&]{0,2}){0,20}",
    ) {
        let _ = read(form.as_bytes());
    }
}
