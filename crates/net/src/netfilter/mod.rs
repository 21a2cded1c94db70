//! The packet filter of one namespace, changed through netlink.
//!
//! A start of `nft` costs more than everything else that a task's network takes, so what happens with every task and every interface goes this
//! way; tables of many rules, which are set once, go through `nft`. A [`Batch`] is one transaction of the kernel: all of it or nothing.
//! Source: `linux/netfilter/nf_tables.h` and `nfnetlink.h`.

mod batch;
mod dump;
mod expression;

pub(crate) use batch::{Batch, Data, Hook, Item, Set, number, raw, text};
pub(crate) use dump::{Netfilter, attribute};
pub(crate) use expression::{Expression, Field};

use crate::Error;
use batch::Answer;
use model::ec2::IpBlock;
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink};
use std::io;
use std::net::IpAddr;
use std::os::fd::OwnedFd;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long the kernel may take to answer: it answers within the send unless another transaction holds it up.
const ANSWER_LIMIT: Duration = Duration::from_secs(10);
/// Answers are far smaller.
const ANSWER_BYTES: usize = 32 * 1024;

/// The two sides of a network, with the kernel's numbers. Each has tables of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Family {
    V4 = 2,
    V6 = 10,
}

impl Family {
    pub(crate) fn of(address: IpAddr) -> Self {
        if address.is_ipv6() { Self::V6 } else { Self::V4 }
    }

    pub(crate) fn of_block(block: IpBlock) -> Self {
        Self::of(block.address())
    }

    /// What nft calls a table of it, and the header of its packets.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::V4 => "ip",
            Self::V6 => "ip6",
        }
    }

    /// What nft calls the type of its addresses.
    pub(crate) fn addresses(self) -> &'static str {
        match self {
            Self::V4 => "ipv4_addr",
            Self::V6 => "ipv6_addr",
        }
    }
}

/// The packet filter of the namespace that this was opened in.
pub(crate) struct Filter {
    socket: Mutex<OwnedFd>,
}

impl Filter {
    /// Opens it in the namespace of the calling thread.
    pub(crate) fn open() -> Result<Self, Error> {
        let open = || -> rustix::io::Result<OwnedFd> {
            let socket = rustix::net::socket_with(
                AddressFamily::NETLINK,
                SocketType::RAW,
                SocketFlags::CLOEXEC,
                Some(netlink::NETFILTER),
            )?;
            set_socket_timeout(&socket, Timeout::Recv, Some(ANSWER_LIMIT))?;
            Ok(socket)
        };
        let socket = open().map_err(|e| Error::System {
            action: "open a socket to the packet filter".to_owned(),
            source: e.into(),
        })?;
        Ok(Self { socket: Mutex::new(socket) })
    }

    /// Makes the changes, all or none. Blocks for less than a millisecond, unless another transaction is under way. An error says `action`.
    pub(crate) fn commit(&self, action: &'static str, batch: Batch) -> Result<(), Error> {
        let failed = |source: io::Error| Error::System { action: action.to_owned(), source };
        let Some((bytes, last)) = batch.finish() else { return Ok(()) };
        let socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        let kernel = netlink::SocketAddrNetlink::new(0, 0);
        let mut buffer = vec![0u8; ANSWER_BYTES];
        // What is left of the answers to a batch that was refused.
        while rustix::net::recv(&*socket, &mut buffer, RecvFlags::DONTWAIT).is_ok() {}
        rustix::net::sendto(&*socket, &bytes, SendFlags::empty(), &kernel).map_err(|e| failed(e.into()))?;
        loop {
            let (len, _) =
                rustix::net::recv(&*socket, &mut buffer, RecvFlags::empty()).map_err(|e| failed(e.into()))?;
            match batch::answer(&buffer[..len], last) {
                Answer::Done => return Ok(()),
                Answer::More => {}
                Answer::Refused(errno) => return Err(failed(io::Error::from_raw_os_error(errno))),
            }
        }
    }
}
