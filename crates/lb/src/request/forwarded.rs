//! The headers that tell a target of its client, and those that do not reach it ("HTTP headers and Application Load Balancers").

use crate::http::fields::{Field, list, strip_hop_by_hop};
use crate::http::{Fields, RequestHead};
use bytes::Bytes;
use model::balancer::{ForwardedFor, HttpAttributes, TlsHeaders};
use std::net::{IpAddr, SocketAddr};

/// What is said of a client's connection.
#[derive(Clone, Copy, Debug)]
pub struct Client<'a> {
    /// How `X-Forwarded-For` names it.
    pub said: &'a Bytes,
    /// The port it reached, and its digits.
    pub port: u16,
    pub port_text: &'a Bytes,
    /// The address it reached.
    pub local: IpAddr,
    pub tls: Option<Agreed<'a>>,
}

/// What is said of a client's TLS.
#[derive(Clone, Copy, Debug)]
pub struct Agreed<'a> {
    /// Protocol and cipher by OpenSSL's names.
    pub version: &'a str,
    pub cipher: &'a str,
    /// The group of the key exchange by its name in IANA's registry; none is known where a session went on without one.
    pub group: Option<&'a str>,
    /// What the headers are called.
    pub headers: &'a TlsHeaders,
}

/// A request whose X-Forwarded-For names more addresses is answered 463.
pub const ADDRESSES: usize = 30;

/// Whether `X-Forwarded-For` names too many addresses.
pub fn too_many_addresses(fields: &Fields) -> bool {
    fields.all("x-forwarded-for").map(|value| list(value).count()).sum::<usize>() > ADDRESSES
}

/// Makes a client's request the one that a target gets. `trailers` keeps what gRPC needs; an upgrade keeps what asks for it. Answers
/// whether a header's name is invalid by AWS's measure; such headers are dropped or passed on as the attributes say.
pub fn prepare(
    head: &mut RequestHead,
    attributes: &HttpAttributes,
    client: Client<'_>,
    trailers: bool,
    upgrade: Option<&Bytes>,
) -> bool {
    strip_hop_by_hop(&mut head.fields, trailers);
    let mut invalid = false;
    head.fields.retain(|field| {
        let valid = is_valid_name(field.name);
        invalid |= !valid;
        !is_framing(&field) && (valid || !attributes.drop_invalid_header_fields)
    });
    if let Some(protocol) = upgrade {
        head.fields.push("Connection", "Upgrade");
        head.fields.push("Upgrade", protocol);
    }
    set_host(head, attributes, client);
    set_forwarded_for(&mut head.fields, attributes, client.said);
    head.fields.set("X-Forwarded-Proto", if client.tls.is_some() { "https" } else { "http" });
    head.fields.set("X-Forwarded-Port", client.port_text);
    tell_of_tls(&mut head.fields, attributes, client.tls);
    invalid
}

/// Nobody else says what these headers say.
fn tell_of_tls(fields: &mut Fields, attributes: &HttpAttributes, tls: Option<Agreed<'_>>) {
    let mut tell = |name: &str, value: Option<&str>| {
        fields.remove(name);
        if let Some(value) = value {
            fields.push(name, value);
        }
    };
    if attributes.tls_headers {
        let usual = TlsHeaders::default();
        let names = tls.map_or(&usual, |tls| tls.headers);
        tell(&names.version, tls.map(|tls| tls.version));
        tell(&names.cipher_suite, tls.map(|tls| tls.cipher));
    }
    if attributes.key_exchange_header {
        tell("X-Amzn-Tls-Kx", tls.and_then(|tls| tls.group));
    }
}

/// The length and coding are said anew for each connection.
fn is_framing(field: &Field<'_>) -> bool {
    field.name.eq_ignore_ascii_case(b"content-length")
}

/// `routing.http.drop_invalid_header_fields.enabled`: names are letters, digits and hyphens.
fn is_valid_name(name: &[u8]) -> bool {
    name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

/// Every request that is passed on has one Host; preserved, it passes as it came. Else, where the listener's port is neither 80 nor 443, a
/// host that names no port gets the listener's; where it is one of these, a port that is the protocol's own is left out
/// ("Host header preservation" in the guide's page on load balancers).
fn set_host(head: &mut RequestHead, attributes: &HttpAttributes, client: Client<'_>) {
    if head.host.is_empty() {
        // HTTP/1.0 needs no host, HTTP/1.1 does: it is the address that the client asked. What AWS says there is not established.
        head.host = host_of(client.local).into();
    }
    let bare = crate::rules::without_port(&head.host);
    let named = &head.host[bare.len()..];
    let own: &[u8] = if client.tls.is_some() { b":443" } else { b":80" };
    let with_port;
    let host = if attributes.preserve_host_header {
        &head.host[..]
    } else if named.is_empty() && !matches!(client.port, 80 | 443) {
        with_port = [bare, b":", client.port_text].concat();
        &with_port
    } else if named == own && matches!(client.port, 80 | 443) {
        bare
    } else {
        &head.host[..]
    };
    // Most pass as they came.
    if head.fields.get("host") != Some(host) {
        head.fields.set("Host", host);
    }
}

/// An address as `Host` has it.
fn host_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => format!("[{address}]"),
    }
}

fn set_forwarded_for(fields: &mut Fields, attributes: &HttpAttributes, said: &Bytes) {
    match attributes.forwarded_for {
        ForwardedFor::Preserve => {}
        ForwardedFor::Remove => fields.remove("x-forwarded-for"),
        ForwardedFor::Append => {
            let before: Vec<&[u8]> =
                fields.all("x-forwarded-for").filter(|value| !value.is_empty()).collect();
            if before.is_empty() {
                fields.set("X-Forwarded-For", said);
            } else {
                let value = before.into_iter().chain([&said[..]]).collect::<Vec<_>>().join(&b", "[..]);
                fields.set("X-Forwarded-For", value);
            }
        }
    }
}

/// How `X-Forwarded-For` names a client: its address, with its port where that is wanted; then one of IPv6 stands in brackets.
pub fn said(client: SocketAddr, port: bool) -> String {
    let address = client.ip().to_canonical();
    match (address, port) {
        (address, false) => address.to_string(),
        (IpAddr::V4(address), true) => format!("{address}:{}", client.port()),
        (IpAddr::V6(address), true) => format!("[{address}]:{}", client.port()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::head::take_request;
    use bytes::BytesMut;

    fn prepared(text: &str, attributes: &HttpAttributes, port: u16, tls: Option<Agreed<'_>>) -> String {
        let mut head = take_request(&mut BytesMut::from(text)).expect("well formed").expect("whole").head;
        let address = "192.0.2.1:4000".parse().expect("an address");
        let (said, port_text) =
            (said(address, attributes.forwarded_for_port).into(), port.to_string().into());
        let local = "192.0.2.9".parse().expect("an address");
        let client = Client { said: &said, port, port_text: &port_text, local, tls };
        prepare(&mut head, attributes, client, false, None);
        let mut out = BytesMut::new();
        crate::http::write::request(&mut out, &head, crate::http::Framing::None);
        String::from_utf8(out.to_vec()).expect("text")
    }

    #[test]
    fn what_a_target_gets() {
        assert_eq!(
            prepared(
                "GET / HTTP/1.1\r\nhost: a\r\nConnection: close\r\nX_Y: z\r\nX-Forwarded-Proto: https\r\n\r\n",
                &HttpAttributes::default(),
                8080,
                None
            ),
            "GET / HTTP/1.1\r\nhost: a:8080\r\nX_Y: z\r\nX-Forwarded-Proto: http\r\nX-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Port: 8080\r\n\r\n"
        );
        let attributes = HttpAttributes {
            drop_invalid_header_fields: true,
            preserve_host_header: true,
            forwarded_for_port: true,
            tls_headers: true,
            ..HttpAttributes::default()
        };
        let headers = TlsHeaders::default();
        let agreed = Agreed {
            version: "TLSv1.3",
            cipher: "TLS_AES_128_GCM_SHA256",
            group: Some("X25519MLKEM768"),
            headers: &headers,
        };
        assert_eq!(
            prepared(
                "GET / HTTP/1.1\r\nHost: a\r\nX_Y: z\r\nX-Forwarded-For: 10.0.0.1\r\nx-amzn-tls-version: forged\r\n\r\n",
                &attributes,
                443,
                Some(agreed)
            ),
            "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 10.0.0.1, 192.0.2.1:4000\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Port: 443\r\nX-Amzn-Tls-Version: TLSv1.3\r\nX-Amzn-Tls-Cipher-Suite: TLS_AES_128_GCM_SHA256\r\n\r\n"
        );
        // Other names, and the group: what a client says of its own is gone, encrypted or not.
        let attributes =
            HttpAttributes { tls_headers: true, key_exchange_header: true, ..HttpAttributes::default() };
        let headers = TlsHeaders { version: "X-Tls".to_owned(), cipher_suite: "X-Cipher".to_owned() };
        let forged = "GET / HTTP/1.1\r\nHost: a\r\nx-tls: forged\r\nx-amzn-tls-kx: forged\r\n\r\n";
        let said = |tls| {
            let text = prepared(forged, &attributes, 443, tls);
            let lines = text
                .lines()
                .filter(|line| line.to_ascii_lowercase().contains("tls") || line.contains("Cipher"));
            lines.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(
            said(Some(Agreed { headers: &headers, ..agreed })),
            "X-Tls: TLSv1.3, X-Cipher: TLS_AES_128_GCM_SHA256, X-Amzn-Tls-Kx: X25519MLKEM768"
        );
        assert_eq!(
            said(Some(Agreed { headers: &headers, group: None, ..agreed })),
            "X-Tls: TLSv1.3, X-Cipher: TLS_AES_128_GCM_SHA256"
        );
        assert_eq!(said(None), "x-tls: forged");
    }

    #[test]
    fn a_host_for_those_who_named_none() {
        let attributes = HttpAttributes::default();
        assert!(prepared("GET / HTTP/1.0\r\n\r\n", &attributes, 80, None).contains("Host: 192.0.2.9\r\n"));
        let text = prepared("GET / HTTP/1.0\r\n\r\n", &attributes, 8080, None);
        assert!(text.contains("Host: 192.0.2.9:8080\r\n"), "{text}");
        assert_eq!(host_of("::1".parse().expect("an address")), "[::1]");
    }

    #[test]
    fn modes_of_forwarded_for() {
        let text =
            "GET / HTTP/1.1\r\nHost: a:1\r\nX-Forwarded-For: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.2\r\n\r\n";
        let with = |forwarded_for| {
            prepared(text, &HttpAttributes { forwarded_for, ..HttpAttributes::default() }, 8080, None)
        };
        assert!(with(ForwardedFor::Append).contains("X-Forwarded-For: 10.0.0.1, 10.0.0.2, 192.0.2.1\r\n"));
        assert_eq!(with(ForwardedFor::Append).matches("X-Forwarded-For").count(), 1);
        assert_eq!(with(ForwardedFor::Preserve).matches("X-Forwarded-For: 10.0.0.").count(), 2);
        assert_eq!(with(ForwardedFor::Remove).matches("X-Forwarded-For").count(), 0);
    }

    #[test]
    fn thirty_addresses_and_no_more() {
        let mut fields = Fields::default();
        fields.push("X-Forwarded-For", ["1.1.1.1"; 30].join(","));
        assert!(!too_many_addresses(&fields));
        fields.push("X-Forwarded-For", "1.1.1.1");
        assert!(too_many_addresses(&fields));
    }
}
