//! What can go wrong, with what was being done.

use model::status::TransportProtocol;
use std::io;
use std::net::SocketAddrV4;
use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("'{0}' cannot name a network endpoint")]
    BadEndpointId(String),
    /// Docker's words, which ECS users know.
    #[error("Bind for 0.0.0.0:{port} failed: port is already allocated ({protocol})")]
    PortTaken { port: u16, protocol: TransportProtocol },
    #[error("no free {0} port is left in the dynamic range")]
    NoDynamicPort(TransportProtocol),
    #[error("no free address is left on the bridge {0}")]
    NoBridgeAddress(String),
    #[error(
        "every candidate network for {0} overlaps with a route of this machine; name one in the configuration"
    )]
    NoFreeNetwork(&'static str),
    #[error("{action}")]
    Netlink {
        action: String,
        #[source]
        source: rtnetlink::Error,
    },
    #[error("{action}: {message}")]
    Nft { action: &'static str, message: String },
    #[error("{action} {path}")]
    File {
        action: &'static str,
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    #[error("{action}")]
    System {
        action: String,
        #[source]
        source: io::Error,
    },
    #[error("no UDP port is free for the overlay on {0}")]
    NoOverlayPort(std::net::Ipv4Addr),
    #[error("{0} is no address of this machine")]
    NotOurAddress(std::net::Ipv4Addr),
    #[error("the control plane did not describe network interface {0} in time")]
    NotDescribed(String),
    #[error("somebody listens on {0} already")]
    AddressTaken(SocketAddrV4),
    #[error("this node's kernel has no sch_netem or no sch_prio, which network latency takes")]
    NoNetem,
    #[error("the operator's CNI chain connects this node's tasks, not VPCs")]
    NotOurs,
    #[error(transparent)]
    Cni(#[from] crate::cni::Error),
    #[error("{0} did not answer in time")]
    TimedOut(&'static str),
    #[error("while taking an endpoint apart: {}", .0.iter().map(|e| chain(e)).collect::<Vec<_>>().join("; "))]
    Several(Vec<Error>),
}

impl Error {
    /// Whether the kernel answered netlink with this.
    pub(crate) fn is_errno(&self, errno: rustix::io::Errno) -> bool {
        matches!(self, Self::Netlink { source: rtnetlink::Error::NetlinkError(e), .. } if e.raw_code() == -errno.raw_os_error())
    }

    /// Whether what was to be taken away was not there.
    pub(crate) fn is_absent(&self) -> bool {
        use rustix::io::Errno;
        [Errno::NOENT, Errno::SRCH, Errno::NODEV, Errno::ADDRNOTAVAIL].into_iter().any(|e| self.is_errno(e))
    }

    /// One error of many; nothing where there was none.
    pub(crate) fn collect(mut errors: Vec<Error>) -> Result<(), Error> {
        match errors.len() {
            0 => Ok(()),
            1 => Err(errors.remove(0)),
            _ => Err(Error::Several(errors)),
        }
    }
}

/// An error with its sources, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text.push_str(": ");
        text.push_str(&source.to_string());
        next = source.source();
    }
    text
}
