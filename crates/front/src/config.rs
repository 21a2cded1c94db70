//! How the front is set up, and what of it is refused before a socket opens.

use auth::Scope;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use thiserror::Error;

/// Whether requests have to prove who sent them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthMode {
    /// SigV4 on every request.
    #[default]
    On,
    /// Everybody is the administrator: only for loopback addresses, only for callers of this machine.
    Off,
}

/// Which web pages may call, as their `Origin` headers say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origins {
    /// Pages that this machine serves to itself: `localhost`, `*.localhost` and loopback addresses, on any port.
    #[default]
    Loopback,
    /// These, written as browsers do (`https://console.example:8443`), and those of [`Origins::Loopback`].
    Listed(Vec<String>),
}

/// What a peer may ask of the server's memory and patience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a request's body; ECS itself takes far less.
    pub body_bytes: usize,
    /// Bytes of a request's line and headers together.
    pub header_bytes: usize,
    pub headers: usize,
    /// From the first byte that may come to the end of the headers; an idle connection ends after it, too.
    pub header_time: Duration,
    /// Between two pieces of a body.
    pub body_idle: Duration,
    /// For a whole body.
    pub body_time: Duration,
    /// At once; more wait in the system's queue.
    pub connections: usize,
    /// Requests of one HTTP/2 connection at once.
    pub streams: u32,
    /// What requests in flight get when the server stops.
    pub drain_time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 16 << 20,
            header_bytes: 64 << 10,
            headers: 100,
            header_time: Duration::from_secs(30),
            body_idle: Duration::from_secs(20),
            body_time: Duration::from_secs(120),
            connections: 4096,
            streams: 256,
            drain_time: Duration::from_secs(10),
        }
    }
}

/// Everything the front is told.
#[derive(Clone, Debug)]
pub struct Config {
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// The account, region and partition that this server is.
    pub scope: Scope,
    pub auth: AuthMode,
    pub origins: Origins,
    /// Host names beside loopback ones that callers may use with [`AuthMode::Off`].
    pub host_names: Vec<String>,
    pub limits: Limits,
}

impl Config {
    /// The defaults for a listening address and a scope: verification on, pages of this machine only.
    pub fn new(listen: SocketAddr, scope: Scope) -> Self {
        Self {
            listen,
            scope,
            auth: AuthMode::On,
            origins: Origins::Loopback,
            host_names: Vec::new(),
            limits: Limits::default(),
        }
    }

    /// What makes this configuration unsafe, if anything.
    pub fn check(&self) -> Result<(), ConfigError> {
        match (self.auth, self.listen.ip().to_canonical()) {
            (AuthMode::Off, address) if !address.is_loopback() => Err(ConfigError::OpenToOthers { address }),
            (AuthMode::On | AuthMode::Off, _) => Ok(()),
        }
    }
}

/// A configuration that the front does not start with.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConfigError {
    #[error(
        "without authentication the server listens on loopback addresses only, and {address} is none; use 127.0.0.1 or \
         leave authentication on"
    )]
    OpenToOthers { address: IpAddr },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_authentication_only_loopback_is_served() {
        let scope = Scope::new("us-east-1", "000000000000");
        for (listen, good) in [
            ("127.0.0.1:0", true),
            ("127.8.0.1:0", true),
            ("[::1]:0", true),
            ("[::ffff:127.0.0.1]:0", true),
            ("0.0.0.0:0", false),
            ("[::]:0", false),
            ("10.0.0.1:0", false),
        ] {
            let mut config = Config::new(listen.parse().unwrap(), scope.clone());
            assert_eq!(config.check(), Ok(()));
            config.auth = AuthMode::Off;
            assert_eq!(config.check().is_ok(), good, "{listen}");
        }
    }
}
