//! Requests that try to be two, or one that others see differently: each is refused, or reaches the target as exactly one request that
//! no parser can take for another.

mod support;

use model::balancer::*;
use support::*;

/// Name, bytes, the status in each mode (monitor, defensive, strictest).
const CORPUS: &[(&str, &str, [u16; 3])] = &[
    (
        "CL and TE",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        [200, 200, 400],
    ),
    (
        "TE and CL",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        [200, 200, 400],
    ),
    (
        "two equal lengths",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx",
        [200, 200, 400],
    ),
    (
        "two lengths",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        [400; 3],
    ),
    ("a list of lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\nx", [400; 3]),
    ("a signed length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx", [400; 3]),
    ("a length in hexadecimal", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\nx", [400; 3]),
    (
        "an endless length",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\nx",
        [400; 3],
    ),
    (
        "chunked twice",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        [400; 3],
    ),
    (
        "chunked in two fields",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        [400; 3],
    ),
    (
        "another coding",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        [501; 3],
    ),
    (
        "nearly chunked",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        [501; 3],
    ),
    ("an empty coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \r\n\r\n", [400; 3]),
    (
        "an empty coding before chunked",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: , chunked\r\n\r\n0\r\n\r\n",
        [400; 3],
    ),
    (
        "chunked is not the last",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        [400; 3],
    ),
    ("identity", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", [200, 200, 400]),
    (
        "chunked with a vertical tab",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
        [400; 3],
    ),
    (
        "a disguised coding",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer_Encoding: chunked\r\n\r\n",
        [200, 200, 400],
    ),
    (
        "a space before the colon",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        [400; 3],
    ),
    ("a space in a name", "GET / HTTP/1.1\r\nHost: a\r\nX Y: z\r\n\r\n", [400; 3]),
    ("a folded line", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n", [400; 3]),
    (
        "a folded coding",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        [400; 3],
    ),
    ("bare line feeds", "GET / HTTP/1.1\nHost: a\n\n", [200, 200, 400]),
    ("a bare carriage return", "GET / HTTP/1.1\r\nHost: a\r\nX: y\rZ: z\r\n\r\n", [400; 3]),
    ("a null", "GET / HTTP/1.1\r\nHost: a\r\nX: y\0z\r\n\r\n", [400; 3]),
    ("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", [400; 3]),
    ("no host", "GET / HTTP/1.1\r\n\r\n", [400; 3]),
    ("a host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", [400; 3]),
    ("a host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", [400; 3]),
    ("an absolute form", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", [200; 3]),
    ("CONNECT", "CONNECT b:1 HTTP/1.1\r\nHost: b\r\n\r\n", [400; 3]),
    ("a body of GET", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx", [200, 200, 400]),
    ("HTTP/0.9", "GET /\r\n\r\n", [400; 3]),
    ("HTTP/1.9", "GET / HTTP/1.9\r\nHost: a\r\n\r\n", [505; 3]),
    ("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", [505; 3]),
    ("a chunk of -1", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", [400; 3]),
    (
        "a chunk of 0x1",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0x1\r\nx\r\n0\r\n\r\n",
        [400; 3],
    ),
    (
        "a chunk that ends in a line feed",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n",
        [400; 3],
    ),
    (
        "a chunk that is too long",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nxyz\r\n0\r\n\r\n",
        [400; 3],
    ),
    (
        "an endless chunk size",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx",
        [400; 3],
    ),
];

#[test]
fn no_request_becomes_two() {
    for (at, mode) in [DesyncMitigation::Monitor, DesyncMitigation::Defensive, DesyncMitigation::Strictest]
        .into_iter()
        .enumerate()
    {
        let (port, backend) = (free_port(), Backend::saying("x"));
        let mut configuration = simple(port, vec![backend.target()]);
        configuration.balancers[0].http.desync_mitigation = mode;
        let _engine = engine(&configuration);
        for (name, bytes, expected) in CORPUS {
            let before = backend.requests().len();
            let mut client = Client::connect(port);
            // What stands behind it must be seen as a request of its own, or not at all.
            client.send(format!("{bytes}GET /second HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
            let answers = String::from_utf8(client.rest()).expect("text");
            let first = answers.split(' ').nth(1).and_then(|status| status.parse::<u16>().ok());
            assert_eq!(first, Some(expected[at]), "{mode:?}: {name}: {answers}");
            for request in &backend.requests()[before..] {
                let head = request.head.to_ascii_lowercase();
                let framed = head.matches("\r\ncontent-length:").count()
                    + head.matches("\r\ntransfer-encoding:").count();
                assert!(framed <= 1, "{mode:?}: {name}: {head}");
                assert_eq!(head.matches("\r\nhost:").count(), 1, "{mode:?}: {name}: {head}");
                assert!(!head.replace("\r\n", "").contains(['\r', '\n']), "{mode:?}: {name}: {head}");
                assert!(
                    head.starts_with("get / ")
                        || head.starts_with("post / ")
                        || head.starts_with("get /second "),
                    "{name}: {head}"
                );
            }
        }
    }
}

#[test]
fn an_ambiguous_request_ends_both_connections() {
    let (port, backend) = (free_port(), Backend::saying("x"));
    let _engine = engine(&simple(port, vec![backend.target()]));
    let mut client = Client::connect(port);
    client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /second HTTP/1.1\r\nHost: a\r\n\r\n");
    let answers = String::from_utf8(client.rest()).expect("text");
    assert!(answers.contains("Connection: close"), "{answers}");
    assert_eq!(answers.matches("HTTP/1.1 ").count(), 1, "{answers}");
    assert_eq!(get(port, "/").0, 200);
    let requests = backend.requests();
    assert_eq!(requests.iter().map(|request| request.connection).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(requests[0].field("content-length"), None);
}

#[test]
fn heads_and_lines_have_limits() {
    let (port, backend) = (free_port(), Backend::saying("x"));
    let _engine = engine(&simple(port, vec![backend.target()]));
    let long = "a".repeat(17 * 1024);
    for (text, expected) in [
        (format!("GET /{long} HTTP/1.1\r\nHost: a\r\n\r\n"), 414),
        (format!("GET / HTTP/1.1\r\nHost: a\r\nX: {long}\r\n\r\n"), 400),
        (
            format!("GET / HTTP/1.1\r\nHost: a\r\n{}\r\n", format!("X: {}\r\n", "b".repeat(1000)).repeat(70)),
            400,
        ),
        (format!("GET /{} HTTP/1.1\r\nHost: a\r\n\r\n", "a".repeat(15 * 1024)), 200),
    ] {
        let mut client = Client::connect(port);
        client.send(text);
        assert_eq!(client.response().0, expected);
    }
    assert_eq!(backend.requests().len(), 1);
}
