//! Entries of connection logs, and of the access logs of network load balancers.

use super::{ConnectionId, timestamp};
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};

/// One connection to an application load balancer.
#[derive(Debug)]
pub struct Connection<'a> {
    pub began: SystemTime,
    pub client: SocketAddr,
    pub port: u16,
    pub protocol: Option<&'a str>,
    pub cipher: Option<&'a str>,
    pub handshake: Option<Duration>,
    /// Of client certificates, which are not asked for: always a dash.
    pub connection: ConnectionId,
}

impl Connection<'_> {
    /// timestamp, client_ip, client_port, listener_port, tls_protocol, tls_cipher, tls_handshake_latency, leaf certificate's subject,
    /// validity and serial number, tls_verify_status, conn_trace_id.
    pub fn line(&self) -> String {
        format!(
            "{} {} {} {} {} {} {} \"-\" - - - {}",
            timestamp(self.began),
            self.client.ip().to_canonical(),
            self.client.port(),
            self.port,
            self.protocol.unwrap_or("-"),
            self.cipher.unwrap_or("-"),
            self.handshake.map_or_else(|| "-".to_owned(), |latency| format!("{:.3}", latency.as_secs_f64())),
            self.connection,
        )
    }
}

/// One connection of a network load balancer's TLS listener.
#[derive(Debug)]
pub struct Network<'a> {
    pub ended: SystemTime,
    pub began: SystemTime,
    pub balancer: &'a str,
    /// The listener's resource id.
    pub listener: &'a str,
    pub client: SocketAddr,
    pub destination: SocketAddr,
    pub connection_time: Duration,
    pub handshake: Option<Duration>,
    pub received: u64,
    pub sent: u64,
    /// The alert that the client ended the handshake with.
    pub alert: Option<u8>,
    pub certificate: Option<&'a str>,
    pub cipher: Option<&'a str>,
    pub protocol: Option<&'a str>,
    pub domain: Option<&'a str>,
    pub alpn: Option<&'a str>,
    /// As [`offered`] writes it.
    pub offered: Option<String>,
}

/// The protocols that a client offers by ALPN: quoted and escaped as in a URL, in its order, at most 256 bytes.
pub fn offered<'a>(protocols: impl Iterator<Item = &'a [u8]>) -> String {
    let mut text = String::new();
    for protocol in protocols {
        let before = if text.is_empty() { "\"" } else { ",\"" };
        text.push_str(before);
        for byte in protocol {
            match byte {
                b'"' | b'%' | b',' | b'\\' => text.push_str(&format!("%{byte:02X}")),
                byte if byte.is_ascii_graphic() => text.push(char::from(*byte)),
                byte => text.push_str(&format!("%{byte:02X}")),
            }
        }
        text.push('"');
    }
    text.truncate(256);
    text
}

impl Network<'_> {
    /// The fields of AWS's table, version 2.0.
    pub fn line(&self) -> String {
        let dash = |text: Option<&str>| text.unwrap_or("-").to_owned();
        let millis = |duration: Duration| duration.as_millis().to_string();
        let time = |time: SystemTime| timestamp(time).get(..19).unwrap_or_default().to_owned();
        [
            "tls".to_owned(),
            "2.0".to_owned(),
            time(self.ended),
            self.balancer.to_owned(),
            self.listener.to_owned(),
            self.client.to_string(),
            self.destination.to_string(),
            millis(self.connection_time),
            self.handshake.map_or_else(|| "-".to_owned(), millis),
            self.received.to_string(),
            self.sent.to_string(),
            self.alert.map_or_else(|| "-".to_owned(), |alert| alert.to_string()),
            dash(self.certificate),
            // The certificate's serial number: reserved by AWS, always a dash.
            "-".to_owned(),
            dash(self.cipher),
            dash(self.protocol),
            "-".to_owned(),
            dash(self.domain),
            dash(self.alpn),
            dash(self.alpn),
            dash(self.offered.as_deref()),
            time(self.began),
        ]
        .join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::UNIX_EPOCH;

    #[test]
    fn lines() {
        let entry = Connection {
            began: UNIX_EPOCH,
            client: "[::ffff:192.0.2.1]:36280".parse().expect("an address"),
            port: 443,
            protocol: Some("TLSv1.2"),
            cipher: Some("ECDHE-RSA-AES128-GCM-SHA256"),
            handshake: Some(Duration::from_millis(5)),
            connection: ConnectionId([0, 1]),
        };
        assert_eq!(
            entry.line(),
            "1970-01-01T00:00:00.000000Z 192.0.2.1 36280 443 TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 0.005 \"-\" - - - TID_00000000000000000000000000000001"
        );
        let entry = Network {
            ended: UNIX_EPOCH,
            began: UNIX_EPOCH,
            balancer: "net/a/1",
            listener: "b",
            client: "192.0.2.1:51341".parse().expect("an address"),
            destination: "198.51.100.1:443".parse().expect("an address"),
            connection_time: Duration::from_millis(5),
            handshake: Some(Duration::from_millis(2)),
            received: 98,
            sent: 246,
            alert: None,
            certificate: Some("c"),
            cipher: Some("ECDHE-RSA-AES128-GCM-SHA256"),
            protocol: Some("tlsv12"),
            domain: Some("my.example"),
            alpn: Some("h2"),
            offered: Some(offered([&b"h2"[..], b"http/1.1", b"a\"b\xff"].into_iter())),
        };
        assert_eq!(
            entry.line(),
            "tls 2.0 1970-01-01T00:00:00 net/a/1 b 192.0.2.1:51341 198.51.100.1:443 5 2 98 246 - c - ECDHE-RSA-AES128-GCM-SHA256 tlsv12 - \
             my.example h2 h2 \"h2\",\"http/1.1\",\"a%22b%FF\" 1970-01-01T00:00:00"
        );
        let refused = Network {
            handshake: None,
            alert: Some(42),
            offered: None,
            certificate: None,
            alpn: None,
            ..entry
        };
        assert!(refused.line().contains(" 5 - 98 246 42 - - "), "{}", refused.line());
        assert_eq!(offered(std::iter::repeat_n(&b"http/1.1"[..], 30)).len(), 256);
    }
}
