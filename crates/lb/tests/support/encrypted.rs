//! Certificates, encrypted listeners and clients of TLS and HTTP/2.

use super::{DEADLINE, simple};
use bytes::Bytes;
use model::balancer::*;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::client::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};

pub const POLICY: &str = "ELBSecurityPolicy-TLS13-1-2-2021-06";

pub fn certificate(arn: &str, names: &[&str], algorithm: &'static rcgen::SignatureAlgorithm) -> Certificate {
    let key = rcgen::KeyPair::generate_for(algorithm).expect("a key");
    let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let made = rcgen::CertificateParams::new(names).expect("names").self_signed(&key).expect("a certificate");
    Certificate {
        arn: arn.to_owned(),
        chain: made.pem(),
        key: Secret::new(key.serialize_pem()),
        not_after: model::Timestamp::from_millis(4_000_000_000_000),
    }
}

pub fn tls(default: &str, others: &[&str]) -> Tls {
    Tls {
        policy: POLICY.to_owned(),
        default_certificate: default.to_owned(),
        certificates: others.iter().map(|arn| (*arn).to_owned()).collect(),
        alpn: AlpnPolicy::None,
        headers: TlsHeaders::default(),
    }
}

/// A load balancer with an HTTPS listener.
pub fn https(port: u16, targets: Vec<Target>) -> Configuration {
    let mut configuration = simple(port, targets);
    configuration.certificates = vec![
        certificate("default", &["default.example"], &rcgen::PKCS_ECDSA_P256_SHA256),
        certificate("wild", &["*.wild.example"], &rcgen::PKCS_ECDSA_P256_SHA256),
        certificate("one", &["one.wild.example"], &rcgen::PKCS_ECDSA_P384_SHA384),
    ];
    let listener = &mut configuration.balancers[0].listeners[0];
    listener.protocol = ListenerProtocol::Https;
    listener.tls = Some(tls("default", &["wild", "one"]));
    configuration
}

pub fn block<T>(what: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async { tokio::time::timeout(DEADLINE, what).await.expect("within the deadline") })
}

/// A client that takes any certificate and remembers which it got.
#[derive(Debug)]
pub struct Anybody(Mutex<Option<Vec<u8>>>, Vec<rustls::SignatureScheme>);

impl rustls::client::danger::ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        end: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: rustls::pki_types::UnixTime,
    ) -> Result<rustls::client::danger::ServerCertVerified, rustls::Error> {
        *self.0.lock().expect("no panic") = Some(end.to_vec());
        Ok(rustls::client::danger::ServerCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        Ok(rustls::client::danger::HandshakeSignatureValid::assertion())
    }
    fn verify_tls13_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &rustls::DigitallySignedStruct,
    ) -> Result<rustls::client::danger::HandshakeSignatureValid, rustls::Error> {
        Ok(rustls::client::danger::HandshakeSignatureValid::assertion())
    }
    fn supported_verify_schemes(&self) -> Vec<rustls::SignatureScheme> {
        self.1.clone()
    }
}

pub async fn connect(
    port: u16,
    name: &str,
    alpn: &[&[u8]],
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> std::io::Result<(TlsStream<TcpStream>, Vec<u8>)> {
    let (config, seen) = any_certificate(alpn, versions);
    let tcp = TcpStream::connect(("127.0.0.1", port)).await?;
    let name = ServerName::try_from(name.to_owned()).expect("a name");
    let stream = TlsConnector::from(config).connect(name, tcp).await?;
    let certificate = seen.0.lock().expect("no panic").clone().expect("a certificate");
    Ok((stream, certificate))
}

/// How a client that takes any certificate speaks TLS.
pub fn any_certificate(
    alpn: &[&[u8]],
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> (Arc<rustls::ClientConfig>, Arc<Anybody>) {
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    let schemes = provider.signature_verification_algorithms.supported_schemes();
    let seen = Arc::new(Anybody(Mutex::new(None), schemes));
    let mut config = rustls::ClientConfig::builder_with_provider(Arc::new(provider))
        .with_protocol_versions(versions)
        .expect("versions")
        .dangerous()
        .with_custom_certificate_verifier(Arc::<Anybody>::clone(&seen))
        .with_no_client_auth();
    config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
    (Arc::new(config), seen)
}

pub async fn http2(port: u16) -> h2::client::SendRequest<Bytes> {
    let (stream, _) =
        connect(port, "default.example", &[b"h2"], rustls::ALL_VERSIONS).await.expect("a connection");
    let (sender, connection) = h2::client::handshake(stream).await.expect("HTTP/2");
    tokio::spawn(connection);
    sender.ready().await.expect("it is ready")
}

pub async fn body(mut stream: h2::RecvStream) -> (Vec<u8>, Option<http::HeaderMap>) {
    let mut all = Vec::new();
    while let Some(data) = stream.data().await {
        let data = data.expect("data");
        all.extend_from_slice(&data);
        stream.flow_control().release_capacity(data.len()).expect("a window");
    }
    (all, stream.trailers().await.expect("trailers or none"))
}

/// A target of gRPC: it answers with a message of what it got, and a status in the trailers.
pub async fn grpc_target(tls: Option<Certificate>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let acceptor = tls.map(|certificate| {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let chain = vec![CertificateDer::from_pem_slice(certificate.chain.as_bytes()).expect("PEM")];
        let key = PrivateKeyDer::from_pem_slice(certificate.key.reveal().as_bytes()).expect("PEM");
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(rustls::ALL_VERSIONS)
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .expect("a certificate");
        config.alpn_protocols = vec![b"h2".to_vec()];
        TlsAcceptor::from(Arc::new(config))
    });
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                match acceptor {
                    Some(acceptor) => grpc_serve(acceptor.accept(stream).await.expect("a handshake")).await,
                    None => grpc_serve(stream).await,
                }
            });
        }
    });
    address
}

async fn grpc_serve(stream: impl tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin) {
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    while let Some(Ok((request, mut respond))) = connection.accept().await {
        tokio::spawn(async move {
            let te = request.headers().get("te").cloned();
            let path = request.uri().path().to_owned();
            let scheme = request.uri().scheme_str().unwrap_or("none").to_owned();
            let (got, _) = body(request.into_body()).await;
            let response = http::Response::builder()
                .header("content-type", "application/grpc")
                .body(())
                .expect("a response");
            let mut stream = respond.send_response(response, false).expect("it is sent");
            stream.send_data(got.into(), false).expect("it is sent");
            let mut trailers = http::HeaderMap::new();
            trailers.insert(
                "grpc-status",
                if path == "/AWS.ALB/healthcheck" { "12" } else { "0" }.parse().expect("a value"),
            );
            trailers.insert("x-scheme", scheme.parse().expect("a value"));
            trailers.insert("x-te", te.unwrap_or(http::HeaderValue::from_static("none")));
            stream.send_trailers(trailers).expect("it is sent");
        });
    }
}

/// Where a request is that has no answer as long as its group's target is silent.
pub const HELD: &str = "/held";

/// The rule of such requests.
pub fn held() -> Rule {
    let conditions = vec![Condition::PathPattern(vec![HELD.to_owned()])];
    Rule { arn: HELD.to_owned(), priority: 50_000, conditions, actions: vec![super::forward(&[("g", 1)])] }
}

/// Waits until the load balancer takes no more requests by a connection, in good order. One that is held keeps the connection meanwhile.
pub async fn goes_away(mut sender: h2::client::SendRequest<Bytes>) {
    let error = loop {
        match sender.ready().await {
            Ok(ready) => sender = ready,
            Err(error) => break error,
        }
        tokio::task::yield_now().await;
    };
    assert!(error.is_go_away() && error.is_remote(), "{error:?}");
    assert_eq!(error.reason(), Some(h2::Reason::NO_ERROR));
}
