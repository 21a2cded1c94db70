//! A browser of tests, as far as logins need one.

use super::encrypted::any_certificate;
use super::{DEADLINE, message};
use rustls::pki_types::ServerName;
use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpStream};

/// Whom it asks.
const HOST: &str = "default.example";

/// A browser: it keeps cookies.
#[derive(Clone, Default)]
pub struct Browser {
    pub cookies: BTreeMap<String, String>,
}

pub struct Page {
    pub status: u16,
    pub head: String,
}

impl Page {
    pub fn field(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            let (field, value) = line.split_once(": ")?;
            field.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The parameters of the URL it leads to, and the URL without them.
    pub fn redirect(&self) -> (String, BTreeMap<String, String>) {
        let location = self.field("location").expect("a redirect");
        let (url, query) = location.split_once('?').unwrap_or((location, ""));
        (url.to_owned(), lb::authenticate::parameters(query.as_bytes()).collect())
    }
}

impl Browser {
    pub fn send(&mut self, port: u16, method: &str, target: &str, fields: &str) -> Page {
        let (config, _) = any_certificate(&[b"http/1.1"], rustls::ALL_VERSIONS);
        let name = ServerName::try_from(HOST).expect("a name");
        let session = rustls::ClientConnection::new(config, name).expect("a session");
        let tcp = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a connection");
        tcp.set_read_timeout(Some(DEADLINE)).expect("a deadline");
        let mut stream = rustls::StreamOwned::new(session, tcp);
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let cookies =
            if cookies.is_empty() { String::new() } else { format!("Cookie: {}\r\n", cookies.join("; ")) };
        let host = if fields.contains("Host:") { "" } else { "Host: default.example\r\n" };
        let text = format!("{method} {target} HTTP/1.1\r\n{host}{cookies}{fields}Connection: close\r\n\r\n");
        std::io::Write::write_all(&mut stream, text.as_bytes()).expect("it is sent");
        let (head, _) = message(&mut stream, &mut Vec::new()).expect("in time").expect("a response");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        for line in head.lines() {
            let Some(cookie) = line.strip_prefix("Set-Cookie: ") else { continue };
            let (name, value) =
                cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Page { status, head }
    }

    pub fn get(&mut self, port: u16, target: &str) -> Page {
        self.send(port, "GET", target, "")
    }

    pub fn session(&self) -> Option<&String> {
        self.cookies.get("AWSELBAuthSessionCookie-0")
    }
}
