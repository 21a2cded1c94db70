//! What is told of the traffic: access logs, connection logs, health check logs, metrics.

mod support;

use lb::log::{Kind, Logs};
use lb::metrics::{Datum, Metrics, Value};
use lb::{Engine, Options};
use model::balancer::*;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use support::encrypted::*;
use support::*;

#[derive(Default)]
struct Lines(Mutex<Vec<(String, Kind, String)>>);

impl Logs for Lines {
    fn write(&self, balancer: &str, kind: Kind, line: String) {
        self.0.lock().expect("no panic").push((balancer.to_owned(), kind, line));
    }
}

impl Lines {
    fn of(&self, kind: Kind) -> Vec<String> {
        self.of_balancer(BALANCER, kind)
    }

    fn of_balancer(&self, arn: &str, kind: Kind) -> Vec<String> {
        let all = self.0.lock().expect("no panic");
        all.iter()
            .filter(|(balancer, of, _)| balancer == arn && *of == kind)
            .map(|(_, _, line)| line.clone())
            .collect()
    }
}

/// The fields of an entry: quoted ones are one.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            ' ' if !quoted => fields.push(std::mem::take(&mut field)),
            _ => field.push(character),
        }
    }
    fields.push(field);
    fields
}

#[test]
fn every_request_has_its_entry() {
    let (port, backend, lines) = (free_port(), Backend::saying("hello"), Arc::new(Lines::default()));
    let mut configuration = simple(port, vec![backend.target()]);
    configuration.balancers[0].access_log = true;
    configuration.balancers[0].connection_log = true;
    configuration.balancers[0].listeners[0].rules = vec![Rule {
        arn: "r".to_owned(),
        priority: 7,
        conditions: vec![Condition::PathPattern(vec!["/old".to_owned()])],
        actions: vec![Action::Redirect(Redirect {
            protocol: "HTTPS".to_owned(),
            host: "#{host}".to_owned(),
            port: "443".to_owned(),
            path: "/#{path}".to_owned(),
            query: "#{query}".to_owned(),
            status: 301,
        })],
    }];
    let engine =
        Engine::start(Options { logs: Arc::<Lines>::clone(&lines), ..options() }).expect("it starts");
    engine.apply(&configuration).expect("it is taken");
    let mut client = Client::connect(port);
    let request =
        "GET /a HTTP/1.1\r\nHost: a.example\r\nUser-Agent: a \"quoted\" one\r\nContent-Length: 0\r\n\r\n";
    client.send(request);
    let (_, head, body) = client.response();
    client.get("/old");
    client.send("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    client.rest();
    until("the entries", || lines.of(Kind::Access).len() == 3);
    let entries: Vec<Vec<String>> = lines.of(Kind::Access).iter().map(|line| fields(line)).collect();
    assert!(entries.iter().all(|entry| entry.len() == 30), "{entries:?}");
    let forwarded = &entries[0];
    assert_eq!((&forwarded[0][..], &forwarded[2][..]), ("http", "app/web/50dc6c495c0c9188"));
    assert_eq!(forwarded[3], client.stream.local_addr().expect("an address").to_string());
    assert_eq!(forwarded[4], backend.address.to_string());
    assert_eq!((&forwarded[8][..], &forwarded[9][..]), ("200", "200"));
    assert_eq!(forwarded[10], request.len().to_string());
    assert_eq!(forwarded[11], (head.len() + body.len()).to_string());
    assert_eq!(forwarded[12], format!("GET http://a.example:{port}/a HTTP/1.1"));
    assert_eq!(forwarded[13], "a \\x22quoted\\x22 one");
    assert_eq!(forwarded[16], "g");
    assert_eq!((&forwarded[20][..], &forwarded[22][..]), ("0", "forward"));
    assert_eq!((&forwarded[27][..], &forwarded[28][..]), ("Acceptable", "GetHeadZeroContentLength"));
    let redirected = &entries[1];
    assert_eq!(
        (&redirected[4][..], &redirected[5][..], &redirected[8][..], &redirected[9][..]),
        ("-", "-1", "301", "-")
    );
    assert_eq!(
        (&redirected[20][..], &redirected[22][..], &redirected[23][..]),
        ("7", "redirect", "https://a.example:443/old")
    );
    let refused = &entries[2];
    assert_eq!((&refused[8][..], &refused[20][..], &refused[22][..]), ("400", "-", "-"));
    assert_eq!(refused[12], format!("- http://-:{port}- -"));
    let connection = fields(&lines.of(Kind::Connection)[0]);
    assert_eq!((&connection[1][..], &connection[3][..]), ("127.0.0.1", &port.to_string()[..]));
    // The same name of the connection stands in both logs.
    assert_eq!(connection.last(), forwarded.last());
}

#[test]
fn every_handshake_with_a_network_load_balancer_has_its_entry() {
    use rustls::pki_types::{CertificateDer, pem::PemObject as _};
    let (port, lines) = (free_port(), Arc::new(Lines::default()));
    let mut configuration = https(port, vec![Backend::saying("hello").target()]);
    let balancer = &mut configuration.balancers[0];
    (balancer.kind, balancer.access_log) = (BalancerKind::Network, true);
    balancer.listeners[0].protocol = ListenerProtocol::Tls;
    balancer.listeners[0].tls.as_mut().expect("it is encrypted").alpn = AlpnPolicy::Http1Only;
    configuration.groups[0].protocol = Protocol::Tcp;
    let engine =
        Engine::start(Options { logs: Arc::<Lines>::clone(&lines), ..options() }).expect("it starts");
    engine.apply(&configuration).expect("it is taken");
    // A client that trusts others says so.
    let other = certificate("other", &["other.example"], &rcgen::PKCS_ECDSA_P256_SHA256).chain;
    let mut roots = rustls::RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(other.as_bytes()).expect("PEM")).expect("a certificate");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    block(async {
        let tcp = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.expect("it listens");
        let name = "default.example".try_into().expect("a name");
        let connector = tokio_rustls::TlsConnector::from(Arc::new(config));
        connector.connect(name, tcp).await.expect_err("it is not trusted");
    });
    until("its entry", || lines.of(Kind::Access).len() == 1);
    block(async {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let (mut stream, _) = connect(port, "default.example", &[b"h2", b"http/1.1"], rustls::ALL_VERSIONS)
            .await
            .expect("a connection");
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            .await
            .expect("it is sent");
        let mut answer = Vec::new();
        while !answer.ends_with(b"hello") {
            assert!(stream.read_buf(&mut answer).await.expect("an answer") > 0, "it is whole");
        }
        stream.shutdown().await.expect("it ends");
    });
    until("its entry", || lines.of(Kind::Access).len() == 2);
    let entries = lines.of(Kind::Access);
    let entries: Vec<Vec<&str>> = entries.iter().map(|line| line.split(' ').collect()).collect();
    assert!(entries.iter().all(|entry| entry.len() == 22 && entry[0] == "tls"), "{entries:?}");
    // The handshake's time, the alert, the certificate, the protocol, what was agreed on and what was offered.
    let of = |entry: &[&str]| [8, 11, 12, 15, 18, 20].map(|at| entry[at].to_owned());
    assert_eq!(of(&entries[0]), ["-", "51", "-", "-", "-", "-"], "another key of the same name");
    let good = of(&entries[1]);
    assert!(good[0].parse::<u64>().is_ok() && good[2] == "default", "{good:?}");
    assert_eq!(
        (&good[1][..], &good[3..]),
        ("-", &["tlsv13", "http/1.1", "\"h2\",\"http/1.1\""].map(str::to_owned)[..])
    );
}

#[test]
fn every_check_has_its_entry_with_each_balancer_that_logs_them() {
    let answering = |status: &'static str| {
        Backend::start(move |_| {
            Reply::Last(format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n").into_bytes())
        })
    };
    let (good, wrong, broken) =
        (answering("200 OK"), answering("404 Not Found"), answering("502 Bad Gateway"));
    let (cut, silent) = (Backend::start(|_| Reply::Last(Vec::new())), Backend::start(|_| Reply::Silence));
    let nobody = target(([127, 0, 0, 1], free_port()).into());
    let backends = [&good, &wrong, &broken, &cut, &silent];
    let targets = backends.iter().map(|backend| backend.target()).chain([nobody.clone()]).collect();
    let mut configuration = simple(free_port(), targets);
    let arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/web/73e2d6bc24d8a067";
    configuration.groups[0].arn = arn.to_owned();
    configuration.groups[0].health_check.enabled = true;
    // Three lead there, and two of them log it.
    configuration.balancers = ["one", "two", "three"]
        .iter()
        .map(|name| Balancer {
            arn: BALANCER.replace("/web/", &format!("/{name}/")),
            health_check_log: *name != "three",
            listeners: vec![listener(free_port(), ListenerProtocol::Http, forward(&[(arn, 1)]))],
            ..configuration.balancers[0].clone()
        })
        .collect();
    let lines = Arc::new(Lines::default());
    let engine =
        Engine::start(Options { logs: Arc::<Lines>::clone(&lines), ..options() }).expect("it starts");
    engine.apply(&configuration).expect("it is taken");
    for name in ["one", "two"] {
        let balancer = BALANCER.replace("/web/", &format!("/{name}/"));
        let of = |address: SocketAddr| {
            let all = lines.of_balancer(&balancer, Kind::HealthCheck);
            all.iter().map(|line| fields(line)).find(|entry| entry[3] == address.to_string())
        };
        for (address, status, code, reason) in [
            (good.address, "PASS", "200", "-"),
            (wrong.address, "FAIL", "404", "ResponseCodeMismatch"),
            (broken.address, "FAIL", "502", "TargetError"),
            (cut.address, "FAIL", "-", "ConnectionReset"),
            (silent.address, "FAIL", "-", "TimedOut"),
            (SocketAddr::new(nobody.address, nobody.port), "FAIL", "-", "ConnectionReset"),
        ] {
            until("an entry", || of(address).is_some());
            let entry = of(address).expect("an entry");
            let id = format!("app/{name}/50dc6c495c0c9188");
            assert_eq!(entry[0], "http");
            assert_eq!(entry[4..], ["web", status, code, reason, &id[..], "127.0.0.1"], "{entry:?}");
            let latency: f64 = entry[2].parse().expect("seconds");
            // The time-out of the check is a second.
            assert_eq!(latency >= 1.0, reason == "TimedOut", "{entry:?}");
            assert_eq!((entry[1].len(), entry[2].split_once('.').expect("a point").1.len()), (27, 9));
        }
    }
    assert_eq!(lines.of_balancer(&BALANCER.replace("/web/", "/three/"), Kind::HealthCheck).len(), 0);
}

#[derive(Default)]
struct Told(Mutex<Vec<Datum>>);

impl Metrics for Told {
    fn record(&self, data: &[Datum]) {
        self.0.lock().expect("no panic").extend_from_slice(data);
    }
}

#[test]
fn metrics_are_told_once() {
    let (port, told) = (free_port(), Arc::new(Told::default()));
    let metrics: Arc<dyn Metrics> = Arc::<Told>::clone(&told);
    let period = Duration::from_millis(1);
    let engine = Engine::start(Options { metrics: Some(metrics), metrics_period: period, ..options() })
        .expect("it starts");
    let broken = Backend::start(|_| Reply::Last(Vec::new()));
    let mut configuration = simple(port, vec![Backend::saying("x").target(), broken.target()]);
    configuration.groups[0].arn =
        "arn:aws:elasticloadbalancing:us-east-1:000000000000:targetgroup/g/1".to_owned();
    configuration.balancers[0].listeners[0].default_actions =
        vec![forward(&[(&configuration.groups[0].arn, 1)])];
    engine.apply(&configuration).expect("it is taken");
    let answers: Vec<u16> = (0..10).map(|_| get(port, "/").0).collect();
    let sum = |name: &str, balancer: Option<&str>, group: Option<&str>| {
        let all = told.0.lock().expect("no panic");
        let of = all.iter().filter(|datum| {
            datum.name == name && datum.balancer.as_deref() == balancer && datum.group.as_deref() == group
        });
        of.map(|datum| match datum.value {
            Value::Sum(sum) => sum,
            Value::Statistics { count, .. } => count,
            Value::Gauge(_) => 0,
        })
        .sum::<u64>()
    };
    let (balancer, group) = (Some("app/web/50dc6c495c0c9188"), Some("targetgroup/g/1"));
    let good = answers.iter().filter(|status| **status == 200).count() as u64;
    assert!((1..10).contains(&good), "{answers:?}");
    until("they are told", || {
        sum("HTTPCode_ELB_502_Count", balancer, None) == 10 - good
            && sum("TargetResponseTime", balancer, None) == good
    });
    for (name, of_balancer, of_group) in [
        ("RequestCount", 10, 10),
        ("NewConnectionCount", 10, 0),
        ("HTTPCode_Target_2XX_Count", good, good),
        ("HTTPCode_ELB_5XX_Count", 10 - good, 0),
        ("TargetResponseTime", good, good),
    ] {
        assert_eq!(
            (sum(name, balancer, None), sum(name, balancer, group)),
            (of_balancer, of_group),
            "{name}"
        );
    }
    let hosts = |datum: &&Datum| datum.name == "HealthyHostCount" && datum.group.as_deref() == group;
    assert_eq!(
        told.0.lock().expect("no panic").iter().rfind(hosts).map(|datum| datum.value),
        Some(Value::one(2.0))
    );
}

#[test]
fn a_target_that_is_named_no_longer_ends_its_tunnels() {
    let port = free_port();
    let backend = Backend::start(|_| {
        Reply::Echo(
            b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n".to_vec(),
        )
    });
    let mut configuration = simple(port, vec![backend.target()]);
    let engine = engine(&configuration);
    let mut client = Client::connect(port);
    client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
    assert_eq!(client.response().0, 101);
    configuration.revision = 2;
    configuration.groups[0].targets[0].draining_since = Some(model::Timestamp::from_millis(1));
    engine.apply(&configuration).expect("it is taken");
    let draining = || {
        engine
            .observations()
            .borrow()
            .targets
            .first()
            .is_some_and(|target| target.state == TargetState::Draining && target.active > 0)
    };
    until("it drains with its tunnel", draining);
    client.send("still there");
    let mut got = [0; 11];
    std::io::Read::read_exact(&mut client.stream, &mut got).expect("an echo");
    configuration.revision = 3;
    configuration.groups[0].targets.clear();
    engine.apply(&configuration).expect("it is taken");
    assert_eq!(client.rest(), b"", "its time is over");
}
