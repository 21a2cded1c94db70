//! Certificates, encrypted listeners and clients of TLS and HTTP/2.

use super::{DEADLINE, simple};
use bytes::Bytes;
use model::balancer::*;
use rustls::pki_types::{CertificateDer, ServerName};
use std::sync::{Arc, Mutex};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

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
