//! Which certificate a client gets.
//!
//! AWS's smart selection, as far as it is documented ("SSL certificates for your Application Load Balancer": SNI): of the certificates that
//! cover the client's name and that it can verify, by public key algorithm (ECDSA before RSA), then hash, key length and validity period.
//! How hashes are ranked is not established; they are not looked at. Without a name, or with one that none covers, the default one.

use model::balancer::{Certificate, Tls};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::{ClientHello, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls::{SignatureAlgorithm, SignatureScheme};
use std::collections::HashMap;
use std::sync::Arc;

/// Why a listener cannot end TLS. The text never shows a key.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("no security policy is called {0}")]
    Policy(String),
    #[error("the certificate {0} is not there")]
    Missing(String),
    #[error("the certificate {arn} cannot be used: {why}")]
    Certificate { arn: String, why: String },
    #[error("TLS cannot be configured")]
    Config(#[source] rustls::Error),
}

/// A certificate with what chooses it.
#[derive(Debug)]
pub struct Chosen {
    pub arn: String,
    names: Vec<String>,
    ecdsa: bool,
    /// Size of the public key, by that of its encoding.
    key_size: usize,
    not_after: i64,
    key: Arc<CertifiedKey>,
}

/// The certificates of a listener.
#[derive(Debug)]
pub struct Resolver {
    /// The default one first.
    certificates: Vec<Chosen>,
}

impl Resolver {
    pub fn new(
        tls: &Tls,
        certificates: &HashMap<&str, &Certificate>,
        provider: &CryptoProvider,
    ) -> Result<Self, Error> {
        let arns = std::iter::once(&tls.default_certificate)
            .chain(tls.certificates.iter().filter(|arn| **arn != tls.default_certificate));
        let certificates = arns
            .map(|arn| {
                Chosen::new(
                    certificates.get(arn.as_str()).ok_or_else(|| Error::Missing(arn.clone()))?,
                    provider,
                )
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { certificates })
    }

    /// The certificate for a client, and whether its name was covered.
    pub fn choose(&self, name: Option<&str>, schemes: &[SignatureScheme]) -> Option<(&Chosen, bool)> {
        let covering = self
            .certificates
            .iter()
            .filter(|certificate| name.is_some_and(|name| certificate.covers(name)))
            .filter(|certificate| certificate.key.key.choose_scheme(schemes).is_some())
            .max_by_key(|certificate| (certificate.ecdsa, certificate.key_size, certificate.not_after));
        covering.map(|chosen| (chosen, true)).or_else(|| Some((self.certificates.first()?, false)))
    }
}

impl ResolvesServerCert for Resolver {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        self.choose(hello.server_name(), hello.signature_schemes()).map(|(chosen, _)| Arc::clone(&chosen.key))
    }
}

impl Chosen {
    fn new(certificate: &Certificate, provider: &CryptoProvider) -> Result<Self, Error> {
        let refuse = |why: String| Error::Certificate { arn: certificate.arn.clone(), why };
        let chain: Vec<CertificateDer<'static>> =
            CertificateDer::pem_slice_iter(certificate.chain.as_bytes())
                .collect::<Result<_, _>>()
                .map_err(|error| refuse(format!("its chain is no PEM: {error}")))?;
        let leaf = chain.first().ok_or_else(|| refuse("its chain is empty".to_owned()))?.clone();
        let key = PrivateKeyDer::from_pem_slice(certificate.key.reveal().as_bytes())
            .map_err(|_| refuse("its key is no PEM".to_owned()))?;
        let key = provider
            .key_provider
            .load_private_key(key)
            .map_err(|_| refuse("its key is of no kind that is known".to_owned()))?;
        let ecdsa = key.algorithm() != SignatureAlgorithm::RSA;
        let key_size = key.public_key().map_or(0, |public| public.len());
        let key = CertifiedKey::new(chain, key);
        // A key that does not tell its public half cannot be compared.
        match key.keys_match() {
            Ok(()) | Err(rustls::Error::InconsistentKeys(rustls::InconsistentKeys::Unknown)) => {}
            Err(_) => return Err(refuse("its key is another's".to_owned())),
        }
        let parsed = webpki::EndEntityCert::try_from(&leaf).map_err(|error| refuse(error.to_string()))?;
        let names = parsed.valid_dns_names().map(str::to_ascii_lowercase).collect();
        Ok(Self {
            arn: certificate.arn.clone(),
            names,
            ecdsa,
            key_size,
            not_after: certificate.not_after.millis(),
            key: Arc::new(key),
        })
    }

    /// A wildcard stands for exactly one label, the leftmost.
    fn covers(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.names.iter().any(|covered| match covered.strip_prefix("*.") {
            None => *covered == name,
            Some(domain) => {
                name.split_once('.').is_some_and(|(label, rest)| !label.is_empty() && rest == domain)
            }
        })
    }
}
