//! Asks a provider of identities: one HTTPS request a connection, from the load balancer's own network, within bounds.
//!
//! Its names are asked of the node's resolver, as AWS asks public ones and no private ones; its certificate is verified against the node's trust
//! store (`SSL_CERT_FILE`, `SSL_CERT_DIR`, else the system's). Redirects are answers like any other: they are not followed.

use crate::http::body::response_framing;
use crate::http::head::take_response;
use crate::http::{Decoder, Step};
use crate::net::sockets::connect;
use crate::net::{Activity, Sockets, Tcp, stream};
use crate::tls;
use model::balancer::Endpoint;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use tokio_rustls::TlsConnector;

/// Whose certificates providers may show.
#[derive(Clone, Debug, Default)]
pub enum Trust {
    /// Those that the machine trusts.
    #[default]
    System,
    /// Those alone.
    These(Vec<CertificateDer<'static>>),
}

/// What asks providers, for all workers.
pub struct Provider {
    trust: Trust,
    /// What the trust came to, and when.
    config: Mutex<Option<(Instant, Arc<ClientConfig>)>>,
    room: Semaphore,
    complaints: Seldom,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Provider").field("trust", &self.trust).finish_non_exhaustive()
    }
}

/// What an endpoint has for its answer: AWS's five seconds.
const LIMIT: Duration = Duration::from_secs(5);
/// Requests to all providers that are under way at once; others wait within their time.
const AT_ONCE: usize = 256;
/// The most of an answer that is read.
const ANSWER: usize = 64 * 1024;
/// Addresses of a provider that are tried.
const ADDRESSES: usize = 4;
/// What a changed trust store takes to be noticed.
const TRUSTED_FOR: Duration = Duration::from_secs(60);

/// What is said once in a while: clients decide how often it happens, and not how much of it lies on the disk.
#[derive(Debug, Default)]
struct Seldom(Mutex<Option<Instant>>);

const SELDOM: Duration = Duration::from_secs(5);

impl Seldom {
    fn is_time(&self, now: Instant) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_time = last.is_none_or(|last| now.saturating_duration_since(last) >= SELDOM);
        if is_time {
            *last = Some(now);
        }
        is_time
    }
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("it did not answer in time")]
    Late,
    #[error("it cannot be reached")]
    Io(#[from] io::Error),
    #[error("its answer is malformed or longer than {ANSWER} bytes")]
    Answer,
    #[error("no TLS towards providers")]
    Tls(#[from] rustls::Error),
}

/// A request without its host and length.
pub struct Ask<'a> {
    pub method: &'a str,
    pub authorization: &'a str,
    /// A form.
    pub body: Option<&'a str>,
}

impl Provider {
    pub fn new(trust: Trust) -> Self {
        Self { trust, config: Mutex::new(None), room: Semaphore::new(AT_ONCE), complaints: Seldom::default() }
    }

    /// Whether it is time to say again that providers do not answer.
    pub fn complains(&self) -> bool {
        self.complaints.is_time(Instant::now())
    }

    /// Status and body of an answer; `room` is the provider's own.
    pub async fn ask(
        &self,
        sockets: &dyn Sockets,
        namespace: Option<&str>,
        room: &Semaphore,
        endpoint: &Endpoint,
        ask: Ask<'_>,
    ) -> Result<(u16, Vec<u8>), Error> {
        let asked = async {
            let _own = room.acquire().await.map_err(|_| Error::Late)?;
            let _room = self.room.acquire().await.map_err(|_| Error::Late)?;
            let config = self.config().await?;
            self.exchange(sockets, namespace, endpoint, config, ask).await
        };
        tokio::time::timeout(LIMIT, asked).await.unwrap_or(Err(Error::Late))
    }

    async fn exchange(
        &self,
        sockets: &dyn Sockets,
        namespace: Option<&str>,
        endpoint: &Endpoint,
        config: Arc<ClientConfig>,
        ask: Ask<'_>,
    ) -> Result<(u16, Vec<u8>), Error> {
        let mut failed = io::Error::from(io::ErrorKind::NotFound);
        let mut connected = None;
        for address in addresses(endpoint).await? {
            match connect(sockets, namespace, None, address, LIMIT).await {
                Ok(tcp) => {
                    connected = Some(tcp);
                    break;
                }
                Err(error) => failed = error,
            }
        }
        let tcp = connected.ok_or(failed)?;
        let name = ServerName::try_from(endpoint.host().to_owned()).map_err(io::Error::other)?;
        let tls = TlsConnector::from(config).connect(name, Tcp::from(tcp)).await?;
        let (mut reader, mut writer) = stream::tls(tls.into(), Activity::begin());
        writer.send(request(endpoint, &ask).as_bytes()).await?;
        let head = loop {
            match take_response(&mut reader.buffer).map_err(|_| Error::Answer)? {
                Some((head, _)) if head.status >= 200 => break head,
                Some(_) => {}
                None if reader.fill().await? == 0 => return Err(Error::Answer),
                None => {}
            }
        };
        let framing = response_framing(&head, false).map_err(|_| Error::Answer)?;
        let (mut decoder, mut body) = (Decoder::new(framing), Vec::new());
        loop {
            match decoder.step(&mut reader.buffer).map_err(|_| Error::Answer)? {
                Step::Data(data) if body.len() + data.len() > ANSWER => return Err(Error::Answer),
                Step::Data(data) => body.extend_from_slice(&data),
                Step::End(_) => return Ok((head.status, body)),
                Step::More if reader.fill().await? == 0 => {
                    let whole = decoder.ends_with_connection();
                    return if whole { Ok((head.status, body)) } else { Err(Error::Answer) };
                }
                Step::More => {}
            }
        }
    }

    /// TLS with the trust store as it was a minute ago at most.
    async fn config(&self) -> Result<Arc<ClientConfig>, Error> {
        let known = self.config.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((since, config)) = known
            && since.elapsed() < TRUSTED_FOR
        {
            return Ok(config);
        }
        let trust = self.trust.clone();
        // It reads files.
        let made =
            tokio::task::spawn_blocking(move || trusting(&trust)).await.map_err(io::Error::other)??;
        *self.config.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((Instant::now(), Arc::clone(&made)));
        Ok(made)
    }
}

fn trusting(trust: &Trust) -> Result<Arc<ClientConfig>, rustls::Error> {
    let mut roots = RootCertStore::empty();
    match trust {
        Trust::These(certificates) => {
            roots.add_parsable_certificates(certificates.iter().cloned());
        }
        Trust::System => {
            let found = rustls_native_certs::load_native_certs();
            for error in &found.errors {
                tracing::warn!(%error, "a part of the trust store cannot be read");
            }
            roots.add_parsable_certificates(found.certs);
        }
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(tls::provider()))
        .with_protocol_versions(rustls::ALL_VERSIONS)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// Addresses of an endpoint, those of IPv4 first: AWS asks no others.
async fn addresses(endpoint: &Endpoint) -> io::Result<Vec<SocketAddr>> {
    if let Ok(address) = endpoint.host().parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, endpoint.port())]);
    }
    let found = tokio::net::lookup_host((endpoint.host(), endpoint.port())).await?;
    let mut found: Vec<SocketAddr> = found.collect();
    found.sort_by_key(SocketAddr::is_ipv6);
    found.truncate(ADDRESSES);
    Ok(found)
}

fn request(endpoint: &Endpoint, ask: &Ask<'_>) -> String {
    let form = ask.body.map_or_else(String::new, |body| {
        format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", body.len())
    });
    format!(
        "{} {} HTTP/1.1\r\nHost: {}\r\nAuthorization: {}\r\nAccept: application/json\r\nConnection: close\r\n{form}\r\n{}",
        ask.method,
        endpoint.target(),
        endpoint.authority(),
        ask.authorization,
        ask.body.unwrap_or_default()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_rare() {
        let (seldom, now) = (Seldom::default(), Instant::now());
        assert!(seldom.is_time(now));
        assert!(!seldom.is_time(now + Duration::from_secs(4)));
        assert!(seldom.is_time(now + SELDOM));
        assert!(!seldom.is_time(now + SELDOM));
    }
}
