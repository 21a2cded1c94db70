//! The guide's examples (facts, in our words) and what they imply; then noise.

use proptest::prelude::*;

use super::{Filter, Invalid};

fn matches(pattern: &str, message: &str) -> bool {
    Filter::parse(pattern).unwrap_or_else(|e| panic!("{pattern}: {e} at {}", e.at)).matches(message)
}

/// Rows of pattern, messages that match, messages that do not.
fn table(rows: &[(&str, &[&str], &[&str])]) {
    for (pattern, yes, no) in rows {
        for message in *yes {
            assert!(matches(pattern, message), "{pattern} should match {message}");
        }
        for message in *no {
            assert!(!matches(pattern, message), "{pattern} should not match {message}");
        }
    }
}

const BAD: &str = "[ERROR 400] BAD REQUEST";
const UNAUTHORIZED: &str = "[ERROR 401] UNAUTHORIZED REQUEST";
const MISSING: &str = "[ERROR 419] MISSING ARGUMENTS";
const INVALID: &str = "[ERROR 420] INVALID ARGUMENTS";

#[test]
fn terms() {
    table(&[
        ("", &[BAD, ""], &[]),
        ("   ", &[BAD], &[]),
        ("\" \"", &[BAD, "nospace", ""], &[]),
        ("\"\"", &[BAD, ""], &[]),
        ("ERROR", &[BAD, UNAUTHORIZED, MISSING, "ERRORCODE"], &["error", "[WARN]"]),
        ("ERROR ARGUMENTS", &[MISSING, INVALID], &[BAD, "ARGUMENTS"]),
        ("?ERROR ?ARGUMENTS", &[BAD, MISSING, "ARGUMENTS"], &["REQUEST"]),
        // Optional terms beside others mean nothing.
        ("?ERROR ?ARGUMENTS REQUEST", &["[INFO] REQUEST FAILED", BAD], &[MISSING]),
        ("?ERROR -ARGUMENTS", &["nothing of it", BAD], &[MISSING]),
        ("\"INTERNAL SERVER ERROR\"", &["[ERROR 500] INTERNAL SERVER ERROR"], &["INTERNAL ERROR SERVER"]),
        ("ERROR -ARGUMENTS", &[BAD, UNAUTHORIZED], &[MISSING, "none"]),
        ("\"ERROR\" - \"Exiting\"", &["[ERROR] fatal"], &["Exiting with ERRORCODE: -1"]),
        ("-\"a b\"", &["ab"], &["a b"]),
        (r#""say \"hi\" \\o/""#, &[r#"say "hi" \o/"#], &["say hi"]),
        ("größe_1", &["die größe_12"], &["die groesse_1"]),
    ]);
}

#[test]
fn regular_expressions() {
    table(&[
        ("%AUTHORIZED%", &[UNAUTHORIZED, "AUTHORIZED"], &[BAD]),
        ("%^[hc]at%", &["hat", "cats"], &["that"]),
        ("%[hc]at$%", &["that"], &["hats"]),
        ("%colou?r%", &["color", "colour"], &["colouur"]),
        ("%[abcx-z]%", &["q y"], &["q w"]),
        ("%^a{3,5}$%", &["aaa", "aaaaa"], &["aa", "aaaaaa"]),
        ("%^a{,2}$%", &["", "aa"], &["aaa"]),
        ("%^a{2,}$%", &["aa", "aaaaaa"], &["a"]),
        ("%^a{ 2 , 3 }$%", &["aa"], &["a"]),
        ("%gray|grey%", &["grey"], &["gry"]),
        ("%^starting|^initializing|^shutting down%", &["shutting down now"], &["skipping initializing"]),
        (r"%\[.\]%", &["[a]", "[ ]", "[]]"], &["a", "[]"]),
        (r"%10\.10\.0\.1%", &["10.10.0.1"], &["10010,051"]),
        ("%10.10.0.1%", &["10010,051"], &[]),
        ("%ab*c%", &["ac", "abbbc"], &["abb"]),
        ("%ab+c%", &["abc"], &["ac"]),
        (r"%^\d\D$%", &["1a"], &["a1", "١a"]),
        (r"%^\w\W\s\S$%", &["_- x"], &["__ x"]),
        (r"%\x3A\x28%", &["a:("], &["a("]),
        ("%[+--]%", &[",", "-"], &["."]),
        ("%[]a]%", &["]"], &["b"]),
        ("%[^0-9-]%", &["a"], &["1-2"]),
        ("%.at%", &["#at", " at", "äat"], &["at"]),
    ]);
}

const EVENT: &str = r#"{"eventType":"UpdateTrail","sourceIPAddress":"111.111.111.111","arrayKey":["value","another value"],
    "objectList":[{"name":"a","id":1},{"name":"b","id":2}],"SomeObject":null,"cluster.name":"c","flag":true,"off":false,
    "latency":49.5,"number":[1000],"text":"500","deep":{"a":{"b":[[0,1],[2,3]]}},"star":"Ev*ent","some-key_1":"k","big":9007199254740993}"#;

#[test]
fn json_tests() {
    let rows: &[(&str, bool)] = &[
        (r#"{ $.eventType = "UpdateTrail" }"#, true),
        ("{$.eventType=UpdateTrail}", true),
        ("{ $.eventType = updatetrail }", false),
        ("{ $.eventType != UpdateTrail }", false),
        ("{ $.sourceIPAddress != 123.123.* }", true),
        ("{ $.sourceIPAddress = 111.111.* }", true),
        (r#"{ $.eventType = "*Trail" }"#, true),
        (r#"{ $.eventType = "Update*" }"#, true),
        (r#"{ $.eventType = "*dateT*" }"#, true),
        ("{ $.eventType = * }", true),
        ("{ $.latency = * }", true),
        ("{ $.missing = * }", false),
        // An asterisk inside is an asterisk.
        ("{ $.star = Ev*ent }", true),
        ("{ $.eventType = Up*Trail }", false),
        (r#"{ $.arrayKey[0] = "value" }"#, true),
        (r#"{ $.arrayKey[1] = "value" }"#, false),
        (r#"{ $.arrayKey[7] = "value" }"#, false),
        ("{ $.eventType = %Trail% }", true),
        ("{ $.eventType != %Trail% }", false),
        ("{ $.arrayKey[*] = %val.{2}% }", true),
        (r"{ $.* = %111\.111\.111\.1[0-9]{1,2}% }", true),
        (r"{ $.* = %222\.2% }", false),
        ("{ $.['cluster.name'] = \"c\" }", true),
        ("{ $.deep['a'].b[1][0] = 2 }", true),
        ("{ $.SomeObject IS NULL }", true),
        ("{ $.eventType IS NULL }", false),
        ("{ $.flag IS TRUE }", true),
        ("{ $.flag IS FALSE }", false),
        ("{ $.off IS FALSE }", true),
        ("{ $.flag = true }", false),
        ("{ $.SomeOtherObject NOT EXISTS }", true),
        ("{ $.SomeObject NOT EXISTS }", false),
        ("{ $.objectList[1].id = 2 }", true),
        ("{ $.objectList[*].id = 2 }", true),
        ("{ $.objectList[*].id = 3 }", false),
        // Absent, array and object fit no comparison.
        ("{ $.arrayKey = value }", false),
        ("{ $.arrayKey != value }", false),
        ("{ $.deep != 1 }", false),
        ("{ $.missing != 1 }", false),
        ("{ $.latency < 50 }", true),
        ("{ $.latency <= 49.5 }", true),
        ("{ $.latency > 75 }", false),
        ("{ $.latency >= +49.50 }", true),
        ("{ $.number[0] = 1e+3 }", true),
        ("{ $.number[0] != 1e-3 }", true),
        ("{ $.number[0] < 10e3 }", true),
        ("{ $.latency > -1 }", true),
        // A text that looks like a number is a text.
        ("{ $.text = 500 }", true),
        ("{ $.text > 1 }", false),
        ("{ $.some-key_1 = k }", true),
        ("{ $.number[0] = 10* }", true),
    ];
    for (pattern, expected) in rows {
        assert_eq!(matches(pattern, EVENT), *expected, "{pattern}");
    }
    table(&[(
        "{ $.a = 1 }",
        &[r#" {"a":1} "#, r#"{"a":1.0}"#],
        &["", "a", "[1]", r#"{"a":1"#, r#"{"a":1} x"#],
    )]);
}

#[test]
fn json_expressions() {
    let event = r#"{"user":{"id":1,"email":"John.Stiles@example.com"},"users":[{"id":2,"email":"John.Doe@example.com"},
        {"id":3,"email":"Jane.Doe@example.com"}],"actions":["GET","PUT","DELETE"],"coordinates":[[0,1,2],[4,5,6],[7,8,9]]}"#;
    let rows: &[(&str, bool)] = &[
        (r#"{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }"#, true),
        (r#"{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }"#, false),
        (
            r#"{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }"#,
            true,
        ),
        (
            r#"{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }"#,
            false,
        ),
        (r#"{(($.user.id=1)&&(($.coordinates[2][2]>=9)))}"#, true),
    ];
    for (pattern, expected) in rows {
        assert_eq!(matches(pattern, event), *expected, "{pattern}");
    }
}

const ACCESS: &str =
    r#"127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534"#;

#[test]
fn space_delimited() {
    let rows: &[(&str, bool)] = &[
        ("[ip, user, username, timestamp, request, status_code, bytes]", true),
        (
            r"[ip=%127\.0\.0\.[1-9]%, user, username, timestamp, request =*.html*, status_code = 4*, bytes]",
            true,
        ),
        ("[..., request =*.html*, status_code = 4*, bytes]", true),
        ("[..., request=*.html*, status_code=4*,]", true),
        ("[ip, user, ..., status_code, bytes]", true),
        ("[ip, user, ...]", true),
        ("[...]", true),
        ("[ip=10.*, ...]", false),
        ("[..., bytes > 1000]", true),
        ("[..., bytes > 1534]", false),
        ("[ip, user, username, timestamp, request, status_code = 404 || status_code = 410, bytes]", true),
        ("[ip, user, username, timestamp, request, status_code = 4* && status_code != 403, bytes]", true),
        ("[ip, user, username, timestamp, request, (status_code = 4* && status_code != 404), bytes]", false),
        ("[..., timestamp=\"10/Oct/2000:13:25:15 -0700\", request, code, bytes]", true),
        ("[a, b, c, d, e, f, g, h]", false),
        ("[a, b, c, d, e, f, g, h, ...]", false),
        ("[..., status=404.0, bytes]", true),
    ];
    for (pattern, expected) in rows {
        assert_eq!(matches(pattern, ACCESS), *expected, "{pattern}");
    }
    let info = "INFO 09/25/2014 12:00:00 GET /service/resource/67 1200";
    let part = "INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310";
    let warning = "WARNING 09/25/2014 12:00:02 Invalid user request";
    let error = "ERROR 09/25/2014 12:00:02 Failed to process request";
    table(&[
        ("[w1=ERROR, w2]", &[error], &[info, part, warning, "ERROR"]),
        ("[w1=ERROR || w1=WARNING, w2]", &[error, warning], &[info]),
        ("[w1!=ERROR && w1!=WARNING, w2]", &[info, part], &[error, warning]),
        ("[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]", &[info], &[part]),
        ("[logLevel, date, time, method, url=%/service/resource/[0-9]+/part/[0-9]+$%, ms]", &[part], &[info]),
        ("[a=1]", &["1", " 1 "], &["1 2", ""]),
        ("[a, b=\"x y\"]", &["1 [x y]", "1 \"x y\""], &["1 x y"]),
        ("[a=%\\[x%, b]", &["[x y"], &["[x] y"]),
    ]);
}

#[test]
fn what_is_refused_and_where() {
    let generic = "Invalid filter pattern";
    let rows: &[(&str, &str, usize)] = &[
        ("email@example.com", "Invalid character(s) in term '@'", 5),
        ("ERROR (x", "Invalid character(s) in term '('", 6),
        ("Status: x", "Invalid character(s) in term ':'", 6),
        ("level\\\"", "Invalid character(s) in term '\\'", 5),
        ("`x", "Invalid character(s) in term '`'", 0),
        ("{ $.a = 1", "If a filter pattern starts with '{' it must end with '}'", 9),
        ("[a", "If a filter pattern starts with '[' it must end with ']'", 2),
        ("{ }", generic, 2),
        ("{ $ = 1 }", generic, 3),
        ("{ $.a }", generic, 6),
        ("{ $.a = }", generic, 8),
        ("{ $.\"a\" = 1 }", "Invalid character(s) in term '\"'", 4),
        ("{ $.a > x }", generic, 8),
        ("{ $.a > \"1\" }", generic, 8),
        ("{ $.a IS NOT NULL }", generic, 9),
        ("{ $.a EXISTS }", "Invalid character(s) in term 'E'", 6),
        ("{ $.a = 1 && }", generic, 13),
        ("{ ($.a = 1 }", generic, 11),
        ("{ $.a = 1) }", generic, 9),
        ("{ $.a = \"1 }", generic, 11),
        ("{ $.*.b[*] = 1 }", generic, 10),
        ("{ $.a[x] = 1 }", generic, 6),
        ("[a b]", "Invalid character(s) in term 'b'", 3),
        ("[a=1 && b=2]", generic, 8),
        ("[..., a, ...]", generic, 12),
        ("[a=]", generic, 3),
        ("\"open", generic, 5),
        ("%open", generic, 1),
        ("%%", generic, 1),
        ("%something!%", "Invalid character(s) in term '!'", 10),
        ("%(a)%", "Invalid character(s) in term '('", 1),
        ("%ä%", "Invalid character(s) in term 'ä'", 1),
        ("%a{2,1}%", generic, 1),
        ("%a{99999}%", generic, 3),
        (r"%\q%", generic, 2),
        ("%a% %b% %c%", generic, 9),
    ];
    for (pattern, message, at) in rows {
        let expected = Invalid { message: (*message).to_owned(), at: *at };
        assert_eq!(Filter::parse(pattern).err(), Some(expected), "{pattern}");
    }
    let four = r#"{ $.a[*] = "x" && $.* = "y" && $.b[*] = "z" && $.c[*] = "w" }"#;
    assert!(Filter::parse(four).is_err());
    assert!(Filter::parse(&four.replace(r#" && $.c[*] = "w""#, "")).is_ok());
}

#[test]
fn deep_nesting_is_refused_not_run() {
    let deep = format!("{{ {}$.a = 1{} }}", "(".repeat(400), ")".repeat(400));
    assert!(Filter::parse(&deep).is_err());
    let message = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(!matches("{ $.a = 1 }", &format!(r#"{{"a":{message}}}"#)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn noise_never_panics(pattern in "[\\[{%\"?-]?[ -~äé]{0,60}[\\]}%\"]?", message in ".{0,80}") {
        if let Ok(filter) = Filter::parse(&pattern) {
            filter.matches(&message);
        }
    }

    /// Pieces of the language in any order reach deeper than noise does.
    #[test]
    fn shuffled_pieces_never_panic(
        pieces in proptest::collection::vec(proptest::sample::select(vec![
            "{", "}", "[", "]", "(", ")", "$.", "$", "a", ".", "['x.y']", "[*]", "[0]", ".*", " ", "=", "!=", "<", ">=",
            "&&", "||", "\"s*\"", "\"", "%", "%x+%", "1", "-1e3", "*", "IS", "NULL", "NOT", "EXISTS", "TRUE", ",", "...",
            "\\", "?", "-", "w1", "é",
        ]), 0..25),
        open in proptest::sample::select(vec!["", "{ $.a = 1", "[a", "[a=1"]), close in proptest::sample::select(vec!["", "}", "]"]),
    ) {
        let pattern = format!("{open}{}{close}", pieces.concat());
        match Filter::parse(&pattern) {
            Ok(filter) => { filter.matches(EVENT); filter.matches(ACCESS); }
            Err(error) => prop_assert!(error.at <= pattern.len() && !error.message.is_empty()),
        }
    }

    /// A quoted text matches exactly the messages that contain it.
    #[test]
    fn a_phrase_is_containment(phrase in "[a-c \"\\\\]{1,4}", message in "[a-c \"\\\\]{0,12}") {
        prop_assume!(phrase != " ");
        let quoted = phrase.replace('\\', "\\\\").replace('"', "\\\"");
        prop_assert_eq!(matches(&format!("\"{quoted}\""), &message), message.contains(&phrase));
        prop_assert_eq!(matches(&format!("-\"{quoted}\""), &message), !message.contains(&phrase));
    }
}
