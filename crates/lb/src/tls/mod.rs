//! TLS: towards clients with AWS's policies and many certificates, towards targets without verification, as AWS has it.
//!
//! One provider, aws-lc-rs, named explicitly: what another crate installs for the process changes nothing here.

mod certificate;
mod policy;
mod target;

pub use certificate::{Error, Resolver};
pub use policy::policy;
pub use target::unverified;

use model::balancer::{AlpnPolicy, Certificate, Tls};
use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use std::collections::HashMap;
use std::sync::Arc;

/// How a listener ends TLS.
#[derive(Clone, Debug)]
pub struct Acceptor {
    pub config: Arc<ServerConfig>,
    pub resolver: Arc<Resolver>,
}

impl Acceptor {
    /// From a listener's settings. `protocols` are what it offers by ALPN.
    pub fn new(
        tls: &Tls,
        certificates: &HashMap<&str, &Certificate>,
        protocols: &[&[u8]],
    ) -> Result<Self, Error> {
        let policy = policy(&tls.policy).ok_or_else(|| Error::Policy(tls.policy.clone()))?;
        let provider = Arc::new(policy.provider());
        let resolver = Arc::new(Resolver::new(tls, certificates, &provider)?);
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(policy.versions())
            .map_err(Error::Config)?
            .with_no_client_auth()
            .with_cert_resolver(Arc::<Resolver>::clone(&resolver));
        config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
        config.send_half_rtt_data = false;
        config.ticketer = rustls::crypto::aws_lc_rs::Ticketer::new().map_err(Error::Config)?;
        config.max_fragment_size = None;
        Ok(Self { config: Arc::new(config), resolver })
    }
}

/// What an HTTPS listener offers.
pub fn http_protocols(http2: bool) -> &'static [&'static [u8]] {
    if http2 { &[b"h2", b"http/1.1"] } else { &[b"http/1.1"] }
}

/// What a TLS listener offers.
pub fn alpn(policy: AlpnPolicy) -> &'static [&'static [u8]] {
    match policy {
        AlpnPolicy::None => &[],
        AlpnPolicy::Http1Only => &[b"http/1.1"],
        AlpnPolicy::Http2Only => &[b"h2"],
        AlpnPolicy::Http2Optional => &[b"http/1.1", b"h2"],
        AlpnPolicy::Http2Preferred => &[b"h2", b"http/1.1"],
    }
}

/// Everything that aws-lc-rs has.
pub fn provider() -> CryptoProvider {
    rustls::crypto::aws_lc_rs::default_provider()
}

/// A protocol as access logs write it.
pub fn protocol_name(version: rustls::ProtocolVersion) -> &'static str {
    match version {
        rustls::ProtocolVersion::TLSv1_2 => "TLSv1.2",
        rustls::ProtocolVersion::TLSv1_3 => "TLSv1.3",
        _ => "-",
    }
}

/// A cipher suite by the name that OpenSSL and AWS give it.
pub fn cipher_name(suite: rustls::CipherSuite) -> &'static str {
    use rustls::CipherSuite as Suite;
    match suite {
        Suite::TLS13_AES_128_GCM_SHA256 => "TLS_AES_128_GCM_SHA256",
        Suite::TLS13_AES_256_GCM_SHA384 => "TLS_AES_256_GCM_SHA384",
        Suite::TLS13_CHACHA20_POLY1305_SHA256 => "TLS_CHACHA20_POLY1305_SHA256",
        Suite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 => "ECDHE-ECDSA-AES128-GCM-SHA256",
        Suite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 => "ECDHE-ECDSA-AES256-GCM-SHA384",
        Suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 => "ECDHE-RSA-AES128-GCM-SHA256",
        Suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 => "ECDHE-RSA-AES256-GCM-SHA384",
        _ => "-",
    }
}

/// A group by its name in IANA's registry "TLS Supported Groups".
pub fn group_name(group: rustls::NamedGroup) -> Option<&'static str> {
    use rustls::NamedGroup as Group;
    match group {
        Group::secp256r1 => Some("secp256r1"),
        Group::secp384r1 => Some("secp384r1"),
        Group::secp521r1 => Some("secp521r1"),
        Group::X25519 => Some("x25519"),
        Group::X25519MLKEM768 => Some("X25519MLKEM768"),
        Group::secp256r1MLKEM768 => Some("SecP256r1MLKEM768"),
        Group::MLKEM768 => Some("MLKEM768"),
        Group::MLKEM1024 => Some("MLKEM1024"),
        _ => None,
    }
}
