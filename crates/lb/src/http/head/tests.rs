use super::*;
use proptest::prelude::*;

fn request(text: &str) -> Result<Option<ParsedRequest>, Malformed> {
    take_request(&mut BytesMut::from(text))
}

#[test]
fn a_plain_request() {
    let mut buffer = BytesMut::from("\r\nGET /a?b=c HTTP/1.1\r\nHost: x:80\r\nEmpty:\r\nA:  b \r\n\r\nrest");
    let parsed = take_request(&mut buffer).expect("well formed").expect("whole");
    assert_eq!(parsed.head.path(), b"/a");
    assert_eq!(parsed.head.query(), b"b=c");
    assert_eq!(&parsed.head.host[..], b"x:80");
    assert_eq!(parsed.head.fields.get("a"), Some(&b"b"[..]));
    assert_eq!(parsed.head.fields.get("empty"), Some(&b""[..]));
    assert!(!parsed.bare_lf);
    assert_eq!(&buffer[..], b"rest");
}

#[test]
fn what_is_refused() {
    let long = "a".repeat(LINE_LIMIT);
    let header = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n");
    let many = format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", "X: y\r\n".repeat(FIELDS));
    for (text, status) in [
        ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400),
        ("GET http://u@a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET a HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX y: z\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n folded: z\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400),
        ("GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", 400),
        ("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        ("GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505),
        ("GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505),
        ("GET / HTPT/1.1\r\nHost: a\r\n\r\n", 400),
        (&format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), 414),
        (&format!("GET /{long}"), 414),
        (&header, 400),
        (&many, 400),
    ] {
        let refused = request(text).expect_err(text.get(..60).unwrap_or(text));
        assert_eq!(refused.status(), status, "{}", text.get(..60).unwrap_or(text));
    }
}

#[test]
fn other_forms_of_the_target() {
    let absolute =
        request("GET HTTP://b:81?q HTTP/1.1\r\nHost: a\r\n\r\n").expect("well formed").expect("whole").head;
    assert_eq!((&absolute.host[..], &absolute.target[..]), (&b"b:81"[..], &b"/?q"[..]));
    let asterisk =
        request("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n").expect("well formed").expect("whole").head;
    assert_eq!(&asterisk.target[..], b"*");
    let old = request("GET / HTTP/1.0\r\n\r\n").expect("well formed").expect("whole").head;
    assert_eq!((old.version, old.host.len()), (Version::Http10, 0));
    assert!(request("GET / HTTP/1.1\nHost: a\n\n").expect("well formed").expect("whole").bare_lf);
}

#[test]
fn responses() {
    let mut buffer = BytesMut::from("HTTP/1.1 204 No Content\r\nA: b\r\n\r\n");
    let (head, bytes) = take_response(&mut buffer).expect("well formed").expect("whole");
    assert_eq!((head.status, &head.reason[..], bytes), (204, &b"No Content"[..], 33));
    let (head, _) =
        take_response(&mut BytesMut::from("HTTP/1.0 200\r\n\r\n")).expect("well formed").expect("whole");
    assert_eq!((head.reason.len(), head.version), (0, Version::Http10));
    assert!(take_response(&mut BytesMut::from("HTTP/1.1 2000 X\r\n\r\n")).is_err());
    assert!(take_response(&mut BytesMut::from("ICY 200 OK\r\n\r\n")).is_err());
}

proptest! {
    /// Whatever comes, in whatever pieces, is taken, waited for or refused; and pieces change nothing.
    #[test]
    fn pieces_change_nothing(text in "(GET|POST|P T) (/[a-z?]{0,8}|http://a/) HTTP/1\\.[01]\r?\n(Host: a\r?\n)?([A-Za-z: -]{0,12}\r?\n){0,3}\r?\n.{0,5}", cut in 0usize..80) {
        let whole = request(&text);
        let mut pieces = BytesMut::from(&text.as_bytes()[..cut.min(text.len())]);
        let first = take_request(&mut pieces);
        match first {
            Ok(None) => {
                pieces.extend_from_slice(&text.as_bytes()[cut.min(text.len())..]);
                prop_assert_eq!(take_request(&mut pieces), whole);
            }
            Ok(Some(head)) => prop_assert_eq!(Ok(Some(head)), whole),
            Err(_) => prop_assert!(whole.is_err()),
        }
    }

    #[test]
    fn no_bytes_are_too_much(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = take_request(&mut BytesMut::from(&bytes[..]));
        let _ = take_response(&mut BytesMut::from(&bytes[..]));
        let _ = take_trailers(&mut BytesMut::from(&bytes[..]));
    }
}

#[test]
fn a_head_that_comes_byte_by_byte_is_read_a_few_times() {
    for end in ["\r\n\r\n", "\n\n", "\n\r\n"] {
        let text = format!("GET / HTTP/1.1\r\nHost: a\r\nX: {}{end}", "x".repeat(4000));
        let (mut patience, mut read, mut whole) = (Patience::default(), 0, None);
        for length in 1..=text.len() {
            if patience.is_over(&text.as_bytes()[..length]) {
                read += 1;
                let mut buffer = BytesMut::from(&text[..length]);
                if take_request(&mut buffer).expect("well formed").is_some() {
                    whole = Some(length);
                    break;
                }
            }
        }
        assert_eq!(whole, Some(text.len()), "{end:?}");
        assert!(read < 20, "{end:?}: {read}");
    }
    // Of what is too long each part is looked at.
    let mut patience = Patience::default();
    let long = [b'x'; REQUEST_LIMIT + 2];
    assert!(
        (1..=long.len()).filter(|length| patience.is_over(&long[..*length])).any(|l| l == REQUEST_LIMIT + 1)
    );
}
