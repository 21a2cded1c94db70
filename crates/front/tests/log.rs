//! What the front writes into the log: one line per request with its span, and no secrets. A test program of its own,
//! since a log is the process's.

#[allow(dead_code, reason = "the other tests use the rest")]
#[path = "wire/toy.rs"]
mod toy;

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use toy::{ADMINISTRATOR, DESCRIBE_CLUSTERS, LIST_CLUSTERS, SESSION, TOKEN, Toy, json};
use tracing_subscriber::fmt::MakeWriter;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn one_line_per_request_and_no_secrets() {
    let log = Log::default();
    tracing_subscriber::fmt().json().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).init();
    let toy = Toy::start().await;
    let answer = toy.call(&json(LIST_CLUSTERS, b"{}")).await;
    answer.says(200, "clusterArns");
    let mut session = json(LIST_CLUSTERS, b"{}");
    (session.key, session.token) = (SESSION, Some(TOKEN));
    toy.call(&session).await.says(400, "AccessDenied");
    toy.call(&json(DESCRIBE_CLUSTERS, br#"{"clusters":["panic"]}"#)).await.says(500, "InternalFailure");
    toy.call(&json(DESCRIBE_CLUSTERS, br#"{"clusters":["internal"]}"#)).await.says(500, "It broke.");

    let text = String::from_utf8(log.0.lock().expect("nobody panicked").clone()).expect("the log is text");
    let lines =
        |what: &str| text.lines().filter(|line| line.contains(what)).map(str::to_owned).collect::<Vec<_>>();
    let answered = lines(r#""message":"answered""#);
    assert_eq!(answered.len(), 4, "{answered:#?}");
    let id = answer.header("x-amzn-requestid");
    for part in [
        r#""level":"INFO""#,
        r#""status":200"#,
        r#""latency_us":"#,
        r#""service":"ecs""#,
        r#""operation":"ListClusters""#,
        r#""account":"000000000000""#,
        r#""action":"ecs:ListClusters""#,
        &format!(r#""request_id":"{id}""#),
    ] {
        assert!(answered[0].contains(part), "{part} is not in {}", answered[0]);
    }
    assert_eq!(lines("a handler panicked").len(), 1);
    assert_eq!(lines("the operation failed").len(), 1);
    for secret in [ADMINISTRATOR.1, SESSION.1, TOKEN, "Signature="] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}
