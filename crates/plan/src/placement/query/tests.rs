use super::*;
use expect_test::{Expect, expect};
use model::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// An instance with just what expressions ask for.
struct Host {
    attributes: BTreeMap<&'static str, Option<&'static str>>,
    connected: bool,
    version: Option<&'static str>,
    id: Option<&'static str>,
    registered_at: i64,
    running: u32,
    groups: &'static [&'static str],
}

impl Subject for Host {
    fn attribute(&self, name: &str) -> Option<Option<&str>> {
        self.attributes.get(name).copied()
    }
    fn agent_connected(&self) -> bool {
        self.connected
    }
    fn agent_version(&self) -> Option<&str> {
        self.version
    }
    fn ec2_instance_id(&self) -> Option<&str> {
        self.id
    }
    fn registered_at(&self) -> Timestamp {
        Timestamp(self.registered_at)
    }
    fn running_tasks_count(&self) -> u32 {
        self.running
    }
    fn any_task_group(&self, test: &mut dyn FnMut(&str) -> bool) -> bool {
        self.groups.iter().any(|group| test(group))
    }
}

/// `a` is a busy production host, `b` an empty one with a value-less attribute, `c` is old and disconnected.
fn hosts() -> [(char, Host); 3] {
    let host = |attributes: &[(&'static str, Option<&'static str>)]| Host {
        attributes: attributes.iter().copied().collect(),
        connected: true,
        version: Some("1.68.2"),
        id: None,
        registered_at: 1_529_360_908_250, // 2018-06-18T22:28:28.250Z
        running: 0,
        groups: &[],
    };
    let zone = "ecs.availability-zone";
    let kind = "ecs.instance-type";
    [
        (
            'a',
            Host {
                id: Some("i-abcd1234"),
                running: 3,
                groups: &["service:production", "family:web"],
                ..host(&[(zone, Some("us-east-1a")), (kind, Some("t2.small")), ("stack", Some("prod"))])
            },
        ),
        ('b', host(&[(zone, Some("us-east-1b")), (kind, Some("g2.2xlarge")), ("stack", None)])),
        (
            'c',
            Host {
                connected: false,
                version: Some("1.9.0"),
                id: Some("i-wxyz7890"),
                registered_at: 0,
                running: 1,
                groups: &["database"],
                ..host(&[(zone, Some("us-east-1d")), (kind, Some("g2.8xlarge")), ("rack", Some("10"))])
            },
        ),
    ]
}

#[test]
fn what_is_selected() {
    let cases = [
        // The guide's own examples.
        ("attribute:ecs.instance-type == t2.small", "a"),
        ("attribute:ecs.availability-zone in [us-east-1a, us-east-1b]", "ab"),
        ("attribute:ecs.instance-type =~ g2.* and attribute:ecs.availability-zone != us-east-1d", "b"),
        ("task:group == service:production", "a"),
        ("not(task:group == database)", "ab"),
        ("runningTasksCount == 1", "c"),
        ("agentVersion < 1.14.5", "c"),
        ("registeredAt < 2018-02-13", "c"),
        ("ec2InstanceId in ['i-abcd1234', 'i-wxyz7890']", "ac"),
        ("attribute:stack == prod", "a"),
        ("attribute:stack != prod", "b"),
        ("(attribute:stack exists or attribute:rack exists) and agentConnected == true", "ab"),
        // Each operator in both spellings.
        ("attribute:stack equals prod", "a"),
        ("attribute:stack not_equals prod", "b"),
        ("runningTasksCount > 0", "ac"),
        ("runningTasksCount greater_than 1", "a"),
        ("runningTasksCount >= 1", "ac"),
        ("runningTasksCount greater_than_equal 3", "a"),
        ("runningTasksCount < 3", "bc"),
        ("runningTasksCount less_than 1", "b"),
        ("runningTasksCount <= 1", "bc"),
        ("runningTasksCount less_than_equal 0", "b"),
        ("runningTasksCount != 1", "ab"),
        ("attribute:stack exists", "ab"),
        ("attribute:stack !exists", "c"),
        ("attribute:stack not_exists", "c"),
        ("attribute:stack !in [prod, test]", "b"),
        ("attribute:stack not_in [test]", "ab"),
        ("attribute:ecs.instance-type matches t2.*", "a"),
        ("attribute:ecs.instance-type !~ t2.*", "bc"),
        ("attribute:ecs.instance-type not_matches g2.*", "a"),
        // Patterns match whole values and may hold brackets and bars.
        ("attribute:ecs.instance-type =~ g2", ""),
        (r"attribute:ecs.instance-type =~ (t|g)2\.(small|8xlarge)", "ac"),
        ("(attribute:ecs.instance-type =~ [tg]2.small)", "a"),
        ("attribute:ecs.instance-type =~ t2.*|g2.8.*", "ac"),
        ("attribute:ecs.instance-type =~ t2.*||runningTasksCount==0", "ab"),
        ("attribute:ecs.instance-type =~ '(?i)T2.SMALL'", "a"),
        (r"attribute:ecs.instance-type =~ '\w\d\.\d{1}xlarge'", "bc"),
        // Words and signs; precedence; spacing.
        ("attribute:stack==prod||runningTasksCount==1", "ac"),
        ("runningTasksCount == 3 or runningTasksCount == 0 and agentConnected == false", "a"),
        ("(runningTasksCount == 3 or runningTasksCount == 0) and agentConnected == false", ""),
        ("! attribute:stack == prod && ! runningTasksCount == 1", "b"),
        ("!(attribute:stack == prod)", "bc"),
        ("not not attribute:stack == prod", "a"),
        ("  agentConnected  !=  true  ", "c"),
        ("agentConnected in [false]", "c"),
        ("agentConnected =~ t.*", "ab"),
        // Texts in quotes.
        ("attribute:stack == \"prod\"", "a"),
        ("attribute:stack == 'it''s'", ""),
        ("attribute:stack in ['a, b', 'prod']", "a"),
        // Task groups.
        ("task:group in [database, service:production]", "ac"),
        ("task:group != database", "ab"),
        ("task:group =~ family:.*", "a"),
        ("task:group !~ .*", "b"),
        ("task:group exists", "ac"),
        // Attributes in order; numbers as numbers.
        ("attribute:rack > 9", "c"),
        ("attribute:stack >= prod", "a"),
        // Versions and dates.
        ("agentVersion >= 1.68", "ab"),
        ("agentVersion == 1.68.2", "ab"),
        ("registeredAt == 2018-06-18T22:28:28", "ab"),
        ("registeredAt > 2018-06-18T22:28:27Z", "ab"),
        ("registeredAt >= 2018-06-19T00:28:28+02:00", "ab"),
        // An instance without an EC2 id.
        ("ec2InstanceId !~ i-a.*", "bc"),
    ];
    for (text, expected) in cases {
        let expression = Expression::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
        let hosts = hosts();
        let selected: String = hosts.iter().filter(|(_, h)| expression.matches(h)).map(|(n, _)| *n).collect();
        assert_eq!(selected, expected, "{text}");
        let again =
            Expression::parse(&expression.to_string()).unwrap_or_else(|e| panic!("{expression}: {e}"));
        assert_eq!(again, expression, "{text}");
    }
}

#[test]
fn errors_name_the_place() {
    let cases = [
        "",
        "attribute:x",
        "attribute: == y",
        "attribute:a&b == c",
        "colour == red",
        "attribute:x ~ y",
        "attribute:x == ",
        "attribute:x == 'y",
        "attribute:x == y z",
        "(attribute:x == y",
        "attribute:x == y)",
        "attribute:x in y",
        "attribute:x in []",
        "attribute:x in [a b]",
        "attribute:x in [a, ",
        "attribute:x =~ '(?=y)'",
        "attribute:x =~ 'a)|(b'",
        "attribute:x =~ *",
        "agentConnected == yes",
        "agentConnected > true",
        "agentVersion == latest",
        "agentVersion in [1.2]",
        "registeredAt < yesterday",
        "runningTasksCount == -1",
        "runningTasksCount exists",
        "task:group > a",
        "attribute:x == ü and nonsense",
        "attribute:x == y and",
        "== y",
    ];
    let mut lines = String::new();
    for text in cases {
        let error = Expression::parse(text).expect_err(text);
        lines.push_str(&format!("{text} -> {error}\n"));
    }
    let expected: Expect = expect![[r#"
         -> expected a subject, found the end at position 0
        attribute:x -> expected an operator, found the end at position 11
        attribute: == y -> 'attribute:' is not a subject at position 0
        attribute:a&b == c -> 'attribute:a&b' is not a subject at position 0
        colour == red -> 'colour' is not a subject at position 0
        attribute:x ~ y -> '~' is not an operator at position 12
        attribute:x ==  -> expected a value, found the end at position 15
        attribute:x == 'y -> the quote is not closed at position 15
        attribute:x == y z -> expected 'and', 'or' or the end, found 'z' at position 17
        (attribute:x == y -> expected ')', found the end at position 17
        attribute:x == y) -> expected 'and', 'or' or the end, found ')' at position 16
        attribute:x in y -> expected a list in brackets, found 'y' at position 15
        attribute:x in [] -> expected a value, found ']' at position 16
        attribute:x in [a b] -> expected ',' or ']', found 'b]' at position 18
        attribute:x in [a,  -> expected a value, found the end at position 19
        attribute:x =~ '(?=y)' -> the pattern '(?=y)' is not supported at position 15
        attribute:x =~ 'a)|(b' -> the pattern 'a)|(b' is not supported at position 15
        attribute:x =~ * -> the pattern '*' is not supported at position 15
        agentConnected == yes -> 'yes' is not true or false at position 18
        agentConnected > true -> operator '>' does not apply to agentConnected at position 15
        agentVersion == latest -> 'latest' is not a version at position 16
        agentVersion in [1.2] -> operator 'in' does not apply to agentVersion at position 13
        registeredAt < yesterday -> 'yesterday' is not a date such as 2018-06-18 or 2018-06-18T22:28:28Z at position 15
        runningTasksCount == -1 -> '-1' is not a number of tasks at position 21
        runningTasksCount exists -> operator 'exists' does not apply to runningTasksCount at position 18
        task:group > a -> operator '>' does not apply to task:group at position 11
        attribute:x == ü and nonsense -> 'nonsense' is not a subject at position 21
        attribute:x == y and -> expected a subject, found the end at position 20
        == y -> expected a subject, found '==' at position 0
    "#]];
    expected.assert_eq(&lines);
}

#[test]
fn length_and_depth_are_bounded() {
    let nested = |n: usize| format!("{}attribute:x exists{}", "(".repeat(n), ")".repeat(n));
    assert!(Expression::parse(&nested(MAX_DEPTH - 1)).is_ok());
    assert_eq!(Expression::parse(&nested(MAX_DEPTH)).unwrap_err().kind, ErrorKind::TooDeep);
    assert_eq!(Expression::parse(&"!".repeat(MAX_LENGTH)).unwrap_err().kind, ErrorKind::TooDeep);
    let long = |n: usize| format!("attribute:x == {}", "y".repeat(n - 15));
    assert!(Expression::parse(&long(MAX_LENGTH)).is_ok());
    assert_eq!(Expression::parse(&long(MAX_LENGTH + 1)).unwrap_err().kind, ErrorKind::TooLong);
    // A long chain is not nested.
    let chain = vec!["agentConnected==true"; 80].join("&&");
    assert!(Expression::parse(&chain).is_ok());
}

fn clause() -> impl Strategy<Value = String> {
    let value = prop_oneof!["[a-z0-9._:@/-]{1,8}", "'([a-z \\\\(),|&!=]|''){0,8}'", "\"[a-z ']{0,8}\""];
    let pattern = prop_oneof!["[a-z.*+]{1,3}[a-z]", "\\([a-z]{1,3}\\|[a-z]\\)", "'[a-z ,.]{1,6}'"];
    let sign = prop_oneof![Just("=="), Just("!="), Just(">"), Just("<="), Just("equals"), Just("less_than")];
    prop_oneof![
        (sign, value.clone()).prop_map(|(sign, value)| format!("attribute:x {sign} {value}")),
        prop::collection::vec(value, 1..4).prop_map(|v| format!("task:group not_in [{}]", v.join(","))),
        pattern.prop_map(|p| format!("ec2InstanceId =~ {p}")),
        any::<u32>().prop_map(|n| format!("runningTasksCount >= {n}")),
        (1970..2100_u32, 1..13_u32, 1..29_u32)
            .prop_map(|(y, m, d)| format!("registeredAt < {y}-{m:02}-{d:02}")),
        (0..9_u32, 0..99_u32).prop_map(|(a, b)| format!("agentVersion == {a}.{b}.0")),
        Just("attribute:y !exists".to_owned()),
    ]
}

fn expression() -> impl Strategy<Value = String> {
    clause().prop_recursive(5, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} and {b}")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} || {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a} or ({b})")),
            inner.clone().prop_map(|a| format!("not({a})")),
            inner.prop_map(|a| format!("! {a}")),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_shown_parses_to_the_same(text in expression()) {
        let parsed = Expression::parse(&text);
        // Some generated patterns (`*a`) are not patterns.
        if let Err(error) = &parsed {
            prop_assert!(matches!(error.kind, ErrorKind::BadPattern(_) | ErrorKind::TooLong), "{text}: {error}");
        }
        if let Ok(parsed) = parsed && parsed.to_string().len() <= MAX_LENGTH {
            let again = Expression::parse(&parsed.to_string());
            prop_assert_eq!(again.as_ref(), Ok(&parsed), "{} shown as {}", text, parsed);
            for (_, host) in hosts() {
                prop_assert_eq!(parsed.matches(&host), again.as_ref().unwrap().matches(&host));
            }
        }
    }

    #[test]
    fn any_text_is_answered(text in any::<String>()) {
        let _ = Expression::parse(&text);
    }

    #[test]
    fn texts_of_the_alphabet_are_answered(
        parts in prop::collection::vec(
            prop_oneof![
                Just("attribute:x"), Just("task:group"), Just("agentVersion"), Just("registeredAt"),
                Just("=="), Just("=~"), Just("!"), Just("in"), Just("exists"), Just("not"), Just("and"), Just("||"),
                Just("("), Just(")"), Just("["), Just("]"), Just(","), Just("'"), Just("\""), Just("\\"), Just("é"),
                Just("2018-06-18"), Just("1.2"), Just(" "),
            ],
            0..40,
        )
    ) {
        let text = parts.concat();
        if let Err(error) = Expression::parse(&text) {
            prop_assert!(error.position <= text.chars().count());
        }
    }
}
