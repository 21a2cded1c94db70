//! TLS towards clients and targets, HTTP/2 and gRPC.

mod support;

use bytes::Bytes;
use model::balancer::*;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::sync::Arc;
use support::encrypted::*;
use support::*;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

fn der(configuration: &Configuration, arn: &str) -> Vec<u8> {
    let found =
        configuration.certificates.iter().find(|certificate| certificate.arn == arn).expect("it is there");
    CertificateDer::from_pem_slice(found.chain.as_bytes()).expect("PEM").to_vec()
}

#[test]
fn the_clients_name_chooses_the_certificate() {
    let port = free_port();
    let configuration = https(port, vec![Backend::saying("x").target()]);
    let _engine = engine(&configuration);
    block(async {
        for (name, arn) in [
            ("default.example", "default"),
            ("two.wild.example", "wild"),
            // Both cover it; the longer key wins.
            ("one.wild.example", "one"),
            ("a.two.wild.example", "default"),
            ("wild.example", "default"),
            ("other.example", "default"),
            ("127.0.0.1", "default"),
        ] {
            let (_, certificate) =
                connect(port, name, &[], rustls::ALL_VERSIONS).await.expect("a connection");
            assert!(certificate == der(&configuration, arn), "{name}");
        }
    });
}

#[test]
fn policies_decide_the_versions() {
    let (port, only13, only12) = (free_port(), free_port(), free_port());
    let mut configuration = https(port, vec![Backend::saying("x").target()]);
    for (port, policy) in
        [(only13, "ELBSecurityPolicy-TLS13-1-3-2021-06"), (only12, "ELBSecurityPolicy-2016-08")]
    {
        let mut listener =
            Listener { port, arn: policy.to_owned(), ..configuration.balancers[0].listeners[0].clone() };
        listener.tls.as_mut().expect("TLS").policy = policy.to_owned();
        configuration.balancers[0].listeners.push(listener);
    }
    let mut unknown = Listener {
        port: free_port(),
        arn: "unknown".to_owned(),
        ..configuration.balancers[0].listeners[0].clone()
    };
    unknown.tls.as_mut().expect("TLS").policy = "Nobody's".to_owned();
    configuration.balancers[0].listeners.push(unknown);
    let engine = engine(&configuration);
    block(async {
        let (v12, v13) = ([&rustls::version::TLS12], [&rustls::version::TLS13]);
        for (port, versions, works) in [
            (port, &v12, true),
            (port, &v13, true),
            (only13, &v13, true),
            (only13, &v12, false),
            (only12, &v12, true),
            (only12, &v13, false),
        ] {
            assert_eq!(connect(port, "default.example", &[], versions).await.is_ok(), works, "{versions:?}");
        }
    });
    until("it is told", || {
        let observed = engine.observations();
        let observed = observed.borrow();
        let state = observed
            .listeners
            .iter()
            .find(|listener| listener.arn == "unknown")
            .map(|listener| listener.state.clone());
        state == Some(Bound::Failed("no security policy is called Nobody's".to_owned()))
    });
    until("failed handshakes are counted", || {
        engine
            .counters(BALANCER)
            .is_some_and(|counters| counters.get(lb::metrics::Count::ClientTLSNegotiationErrorCount) == 2)
    });
}

#[test]
fn http1_over_tls_and_what_targets_are_told_of_it() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let (port, backend) = (free_port(), Backend::saying("hello"));
    let mut configuration = https(port, vec![backend.target()]);
    configuration.balancers[0].http.tls_headers = true;
    configuration.balancers[0].http.key_exchange_header = true;
    let tls = configuration.balancers[0].listeners[0].tls.as_mut().expect("it is encrypted");
    tls.headers.cipher_suite = "X-Cipher".to_owned();
    let _engine = engine(&configuration);
    block(async {
        let (mut stream, _) = connect(port, "default.example", &[b"http/1.1"], rustls::ALL_VERSIONS)
            .await
            .expect("a connection");
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            .await
            .expect("it is sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("an answer");
        assert!(answer.ends_with("\r\n\r\nhello"), "{answer}");
    });
    let request = &backend.requests()[0];
    assert_eq!(request.field("x-forwarded-proto"), Some("https"));
    assert_eq!(request.field("x-amzn-tls-version"), Some("TLSv1.3"));
    assert!(request.field("x-cipher").is_some_and(|suite| suite.starts_with("TLS_")));
    assert_eq!(request.field("x-amzn-tls-cipher-suite"), None);
    assert_eq!(request.field("x-amzn-tls-kx"), Some("x25519"));
}

#[test]
fn http2_clients_and_targets_of_http1() {
    let port = free_port();
    let backend = Backend::start(|request| {
        let mut answer = format!(
            "HTTP/1.1 200 OK\r\nConnection: close, X-Gone\r\nX-Gone: 1\r\nContent-Length: {}\r\n\r\n",
            request.body.len()
        )
        .into_bytes();
        answer.extend_from_slice(&request.body);
        Reply::Last(answer)
    });
    let _engine = engine(&https(port, vec![backend.target()]));
    let sent: Vec<u8> = (0..300_000_u32).map(|at| at as u8).collect();
    block(async {
        let mut sender = http2(port).await;
        let request = http::Request::post("https://a.example/x?y")
            .header("cookie", "a=1")
            .header("cookie", "b=2")
            .body(())
            .expect("a request");
        let (response, mut stream) = sender.send_request(request, false).expect("it is sent");
        let mut rest = Bytes::from(sent.clone());
        let upload = async {
            while !rest.is_empty() {
                stream.reserve_capacity(rest.len());
                let room =
                    std::future::poll_fn(|cx| stream.poll_capacity(cx)).await.expect("open").expect("open");
                stream.send_data(rest.split_to(room), false).expect("it is sent");
            }
            stream.send_data(Bytes::new(), true).expect("it ends");
        };
        let ((), response) = tokio::join!(upload, response);
        let response = response.expect("a response");
        assert_eq!(response.status(), 200);
        assert!(!response.headers().contains_key("connection") && !response.headers().contains_key("x-gone"));
        assert!(body(response.into_body()).await.0 == sent);
        // Many at once on one connection.
        let many: Vec<_> = (0..50)
            .map(|_| {
                sender
                    .send_request(http::Request::get("https://a.example/").body(()).expect("a request"), true)
                    .expect("it is sent")
                    .0
            })
            .collect();
        for response in many {
            assert_eq!(response.await.expect("a response").status(), 200);
        }
    });
    let request = &backend.requests()[0];
    assert!(request.head.starts_with("POST /x?y HTTP/1.1\r\n"));
    assert_eq!(request.field("host"), Some(&format!("a.example:{port}")[..]));
    assert_eq!(request.field("cookie"), Some("a=1; b=2"));
    assert!(request.body == sent);
}

#[test]
fn grpc_with_its_trailers_to_plain_and_encrypted_targets() {
    block(async {
        let port = free_port();
        let certificate = certificate("target", &["t"], &rcgen::PKCS_ECDSA_P256_SHA256);
        let mut configuration = https(port, vec![target(grpc_target(None).await)]);
        configuration.groups[0].protocol_version = ProtocolVersion::Grpc;
        configuration.groups[0].health_check = HealthCheck {
            enabled: true,
            protocol: HealthProtocol::Http,
            path: "/AWS.ALB/healthcheck".to_owned(),
            matcher: Matcher("12".to_owned()),
            ..no_check()
        };
        let mut encrypted = TargetGroup {
            arn: "encrypted".to_owned(),
            protocol: Protocol::Https,
            ..configuration.groups[0].clone()
        };
        encrypted.health_check.protocol = HealthProtocol::Https;
        encrypted.targets = vec![target(grpc_target(Some(certificate)).await)];
        configuration.groups.push(encrypted);
        configuration.balancers[0].listeners[0].rules = vec![Rule {
            arn: "r".to_owned(),
            priority: 1,
            conditions: vec![Condition::PathPattern(vec!["/encrypted/*".to_owned()])],
            actions: vec![forward(&[("encrypted", 1)])],
        }];
        let engine = engine(&configuration);
        let mut observations = engine.observations();
        let healthy = |seen: &Observations| {
            seen.targets.len() == 2 && seen.targets.iter().all(|target| target.state == TargetState::Healthy)
        };
        observations.wait_for(healthy).await.expect("both are healthy");
        let mut sender = http2(port).await;
        for (path, scheme) in [("/plain/Method", "http"), ("/encrypted/Method", "https")] {
            let request = http::Request::post(format!("https://a.example{path}"))
                .header("content-type", "application/grpc")
                .header("te", "trailers")
                .body(())
                .expect("a request");
            let (response, mut stream) = sender.send_request(request, false).expect("it is sent");
            stream.send_data(Bytes::from_static(b"\0\0\0\0\x01x"), true).expect("it is sent");
            let response = response.await.expect("a response");
            assert_eq!(response.status(), 200, "{path}");
            let (got, trailers) = body(response.into_body()).await;
            assert_eq!(got, b"\0\0\0\0\x01x");
            let trailers = trailers.expect("trailers");
            assert_eq!(trailers.get("grpc-status").map(|status| status.as_bytes()), Some(&b"0"[..]));
            assert_eq!(trailers.get("x-scheme").map(|told| told.as_bytes()), Some(scheme.as_bytes()));
            assert_eq!(trailers.get("x-te").map(|te| te.as_bytes()), Some(&b"trailers"[..]));
        }
        // A request that gRPC does not have.
        let request = http::Request::get("https://a.example/plain/Method").body(()).expect("a request");
        let response = sender.send_request(request, true).expect("it is sent").0.await.expect("a response");
        assert_eq!(response.status().as_u16(), 464);
    });
}

/// How a target speaks TLS.
fn server() -> rustls::ServerConfig {
    let made = certificate("target", &["whoever"], &rcgen::PKCS_ECDSA_P256_SHA256);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    rustls::ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(rustls::ALL_VERSIONS)
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(
            vec![CertificateDer::from_pem_slice(made.chain.as_bytes()).expect("PEM")],
            PrivateKeyDer::from_pem_slice(made.key.reveal().as_bytes()).expect("PEM"),
        )
        .expect("a certificate")
}

#[test]
fn encrypted_targets_of_http1_are_not_verified() {
    block(async {
        let port = free_port();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let config = server();
        tokio::spawn(async move {
            use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
            let (stream, _) = listener.accept().await.expect("a connection");
            let mut stream = TlsAcceptor::from(Arc::new(config)).accept(stream).await.expect("a handshake");
            let mut part = [0; 4096];
            let count = stream.read(&mut part).await.expect("a request");
            assert!(count > 0);
            stream.write_all(&ok("encrypted")).await.expect("it is sent");
            stream.flush().await.expect("it is sent");
            std::future::pending::<()>().await;
        });
        let mut configuration = simple(port, vec![target(address)]);
        configuration.groups[0].protocol = Protocol::Https;
        let _engine = engine(&configuration);
        let (status, _, body) = tokio::task::spawn_blocking(move || get(port, "/")).await.expect("no panic");
        assert_eq!((status, &body[..]), (200, &b"encrypted"[..]));
    });
}

#[test]
fn clients_resume_their_sessions_over_changes_that_are_not_theirs() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let port = free_port();
    let mut configuration = https(port, vec![Backend::saying("x").target()]);
    let engine = engine(&configuration);
    let config = any_certificate(&[b"http/1.1"], rustls::ALL_VERSIONS).0;
    let session = || {
        block(async {
            let tcp = tokio::net::TcpStream::connect(("127.0.0.1", port)).await.expect("a connection");
            let name = rustls::pki_types::ServerName::try_from("default.example").expect("a name");
            let connector = tokio_rustls::TlsConnector::from(Arc::clone(&config));
            let mut stream = connector.connect(name, tcp).await.expect("a handshake");
            let kind = stream.get_ref().1.handshake_kind();
            stream
                .write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                .await
                .expect("it is sent");
            // Tickets come before the answer.
            stream.read_to_end(&mut Vec::new()).await.expect("an answer");
            kind
        })
    };
    assert_eq!(session(), Some(rustls::HandshakeKind::Full));
    configuration.revision = 2;
    engine.apply(&configuration).expect("it is taken");
    assert_eq!(session(), Some(rustls::HandshakeKind::Resumed));
    configuration.revision = 3;
    configuration.certificates[0] =
        certificate("default", &["default.example"], &rcgen::PKCS_ECDSA_P256_SHA256);
    engine.apply(&configuration).expect("it is taken");
    assert_eq!(session(), Some(rustls::HandshakeKind::Full), "another certificate begins anew");
}

/// Behind a network load balancer the target speaks what the client and the listener agreed on.
#[test]
fn targets_of_tls_are_offered_what_the_client_agreed_on() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    block(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let mut config = server();
        config.alpn_protocols = vec![b"http/1.1".to_vec(), b"h2".to_vec()];
        let config = Arc::new(config);
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.expect("a connection");
                let mut stream =
                    TlsAcceptor::from(Arc::clone(&config)).accept(stream).await.expect("a handshake");
                let agreed = stream.get_ref().1.alpn_protocol().unwrap_or(b"nothing").to_vec();
                stream.write_all(&agreed).await.expect("it is sent");
                stream.shutdown().await.expect("it ends");
            }
        });
        for (policy, offered, expected) in [
            (AlpnPolicy::Http2Preferred, &[&b"h2"[..], b"http/1.1"][..], "h2"),
            (AlpnPolicy::Http2Optional, &[b"h2", b"http/1.1"], "http/1.1"),
            (AlpnPolicy::Http2Optional, &[], "nothing"),
            (AlpnPolicy::None, &[b"h2"], "nothing"),
        ] {
            let port = free_port();
            let mut configuration = https(port, vec![target(address)]);
            configuration.balancers[0].kind = BalancerKind::Network;
            let listener = &mut configuration.balancers[0].listeners[0];
            listener.protocol = ListenerProtocol::Tls;
            listener.tls.as_mut().expect("TLS").alpn = policy;
            configuration.groups[0].protocol = Protocol::Tls;
            let _engine = engine(&configuration);
            let (mut stream, _) =
                connect(port, "default.example", offered, rustls::ALL_VERSIONS).await.expect("a connection");
            let mut said = String::new();
            stream.read_to_string(&mut said).await.expect("an end");
            assert_eq!(said, expected, "{policy:?} {offered:?}");
        }
    });
}
