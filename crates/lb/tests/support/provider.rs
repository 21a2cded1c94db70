//! A provider of identities: TLS under an authority of its own, two endpoints, and answers as a test has them.

use super::message;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};

pub const CLIENT: &str = "client/1";
pub const SECRET: &str = "hunter2 & more";

/// Status and body of an answer; none is silence.
pub type Reply = Option<(u16, String)>;
type Answer = Box<dyn FnMut(&Asked) -> Reply + Send>;

/// A request as the provider got it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub head: String,
    pub body: String,
}

impl Asked {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (field, value) = line.split_once(": ")?;
            field.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

pub struct Provider {
    pub port: u16,
    /// What it is trusted by.
    pub root: CertificateDer<'static>,
    pub asked: Arc<Mutex<Vec<Asked>>>,
    answer: Arc<Mutex<Answer>>,
}

impl Provider {
    pub fn start() -> Self {
        let authority_key = rcgen::KeyPair::generate().expect("a key");
        let mut authority = rcgen::CertificateParams::new(Vec::new()).expect("parameters");
        authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let root = authority.self_signed(&authority_key).expect("a root").der().clone();
        let key = rcgen::KeyPair::generate().expect("a key");
        let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
        let issuer = rcgen::Issuer::new(authority, authority_key);
        let certificate =
            rcgen::CertificateParams::new(names).expect("names").signed_by(&key, &issuer).expect("signed");
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(rustls::ALL_VERSIONS)
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).expect("a key"),
            )
            .expect("a certificate");
        let config = Arc::new(config);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let answer: Arc<Mutex<Answer>> = Arc::new(Mutex::new(Box::new(move |asked| Some(good(asked, port)))));
        let (all, answers) = (Arc::clone(&asked), Arc::clone(&answer));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (all, answers, config) = (Arc::clone(&all), Arc::clone(&answers), Arc::clone(&config));
                std::thread::spawn(move || {
                    let session = rustls::ServerConnection::new(config).expect("a session");
                    let mut stream = rustls::StreamOwned::new(session, stream.expect("a connection"));
                    // A client that does not trust it is the end of the connection.
                    let Ok(Some((head, body))) = message(&mut stream, &mut Vec::new()) else { return };
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    let request = Asked { path, head, body: String::from_utf8_lossy(&body).into_owned() };
                    all.lock().expect("no panic").push(request.clone());
                    let reply = (answers.lock().expect("no panic"))(&request);
                    let Some((status, body)) = reply else {
                        let _ = std::io::copy(&mut stream, &mut std::io::sink());
                        return;
                    };
                    let text = format!(
                        "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nLocation: https://localhost:{port}/else\r\nContent-Length: {}\r\n\r\n{body}",
                        body.len()
                    );
                    let _ = std::io::Write::write_all(&mut stream, text.as_bytes());
                    stream.conn.send_close_notify();
                    let _ = std::io::Write::flush(&mut stream);
                });
            }
        });
        Self { port, root, asked, answer }
    }

    /// What it answers from now on.
    pub fn answers(&self, answer: impl FnMut(&Asked) -> Reply + Send + 'static) {
        *self.answer.lock().expect("no panic") = Box::new(answer);
    }

    pub fn issuer(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    pub fn requests(&self, path: &str) -> Vec<Asked> {
        self.asked.lock().expect("no panic").iter().filter(|asked| asked.path == path).cloned().collect()
    }
}

/// A token of that audience, subject and issuer.
pub fn id_token(issuer: &str, audience: &str, subject: &str) -> String {
    use base64::Engine as _;
    let part = |value: Value| base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(value.to_string());
    let claims = json!({ "iss": issuer, "aud": audience, "sub": subject, "exp": 4_000_000_000_u64 });
    format!("{}.{}.c2ln", part(json!({ "alg": "RS256" })), part(claims))
}

pub fn tokens(port: u16, seconds: u64) -> Value {
    json!({
        "access_token": "access-1", "token_type": "Bearer", "expires_in": seconds, "refresh_token": "refresh-1",
        "id_token": id_token(&format!("https://localhost:{port}"), CLIENT, "ann"),
    })
}

pub fn good(asked: &Asked, port: u16) -> (u16, String) {
    match &*asked.path {
        "/token" => (200, tokens(port, 3600).to_string()),
        "/userinfo?x=y" => (200, json!({ "sub": "ann", "email": "ann@example.com" }).to_string()),
        _ => (404, "{}".to_owned()),
    }
}
