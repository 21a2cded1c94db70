//! Questions to the kernel that have many answers, and single orders, on a socket of the calling thread's namespace.
//! Source: `linux/netlink.h`.

use super::batch::write;
use super::{ANSWER_LIMIT, Family};
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, netlink};
use std::io;
use std::os::fd::OwnedFd;

const NLM_F_ACK: u16 = 0x4;
const NLM_F_DUMP: u16 = 0x300;
const NLM_F_DUMP_INTR: u16 = 0x10;
const NLMSG_ERROR: u16 = 0x2;
const NLMSG_DONE: u16 = 0x3;
/// More than the kernel puts into one answer.
const BUFFER: usize = 64 * 1024;
/// The headers of a message: netlink's, and netfilter's.
const HEADERS: usize = 20;

/// A connection to the netfilter of the namespace that it was opened in.
pub(crate) struct Netfilter {
    socket: OwnedFd,
    sequence: u32,
}

impl Netfilter {
    /// Opens it in the namespace of the calling thread.
    pub(crate) fn open() -> io::Result<Self> {
        let (family, kind) = (AddressFamily::NETLINK, SocketType::RAW);
        let protocol = Some(netlink::NETFILTER);
        let socket = rustix::net::socket_with(family, kind, SocketFlags::CLOEXEC, protocol)?;
        set_socket_timeout(&socket, Timeout::Recv, Some(ANSWER_LIMIT))?;
        Ok(Self { socket, sequence: 0 })
    }

    /// Asks for all there is of something, and gives the attributes of each. Where things come and go meanwhile some may be missing or come twice.
    pub(crate) fn dump(
        &mut self,
        kind: u16,
        family: Family,
        body: impl FnOnce(&mut Vec<u8>),
        mut each: impl FnMut(&[u8]),
    ) -> io::Result<()> {
        self.send(kind, NLM_F_DUMP, family, body)?;
        self.receive(|kind, message| match kind {
            NLMSG_DONE => Some(Ok(())),
            _ => {
                each(message.get(HEADERS..).unwrap_or_default());
                None
            }
        })
    }

    /// Gives an order.
    pub(crate) fn order(
        &mut self,
        kind: u16,
        family: Family,
        body: impl FnOnce(&mut Vec<u8>),
    ) -> io::Result<()> {
        self.send(kind, NLM_F_ACK, family, body)?;
        self.receive(|_, _| None)
    }

    fn send(
        &mut self,
        kind: u16,
        flags: u16,
        family: Family,
        body: impl FnOnce(&mut Vec<u8>),
    ) -> io::Result<()> {
        self.sequence += 1;
        let mut bytes = Vec::new();
        write(&mut bytes, kind, 1 | flags, self.sequence, family as u8, 0, body);
        let kernel = netlink::SocketAddrNetlink::new(0, 0);
        rustix::net::sendto(&self.socket, &bytes, SendFlags::empty(), &kernel)?;
        Ok(())
    }

    /// Reads answers until one ends them, an error or an acknowledgement at the latest.
    fn receive(&self, mut take: impl FnMut(u16, &[u8]) -> Option<io::Result<()>>) -> io::Result<()> {
        let mut buffer = vec![0; BUFFER];
        loop {
            let (len, _) = rustix::net::recv(&self.socket, &mut buffer, RecvFlags::empty())?;
            let mut rest = &buffer[..len];
            while let Some(message) = next(&mut rest) {
                let half = |at: usize| u16::from_ne_bytes([message[at], message[at + 1]]);
                let sequence = word(message, 8);
                if sequence != Some(self.sequence) {
                    // Of a question before this one, which ended early.
                    continue;
                }
                if half(6) & NLM_F_DUMP_INTR != 0 {
                    tracing::trace!("what was asked for changed meanwhile");
                }
                let ended = match half(4) {
                    NLMSG_ERROR => match word(message, 16).map(u32::cast_signed) {
                        Some(0) => Some(Ok(())),
                        error => Some(Err(io::Error::from_raw_os_error(-error.unwrap_or(0)))),
                    },
                    kind => take(kind, message),
                };
                if let Some(ended) = ended {
                    return ended;
                }
            }
        }
    }
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_ne_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// The next message of those that were read; its header is whole.
fn next<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let len = word(rest, 0)? as usize;
    let message = rest.get(..len).filter(|_| len >= 16)?;
    *rest = rest.get(len.next_multiple_of(4)..).unwrap_or_default();
    Some(message)
}

/// The content of an attribute of a kind, in attributes that follow each other.
pub(crate) fn attribute(mut bytes: &[u8], kind: u16) -> Option<&[u8]> {
    const KIND: u16 = 0x3fff;
    while let (Some(len), Some(of)) = (bytes.get(..2), bytes.get(2..4)) {
        let len = usize::from(u16::from_ne_bytes([len[0], len[1]]));
        if len < 4 {
            return None;
        }
        if u16::from_ne_bytes([of[0], of[1]]) & KIND == kind {
            return bytes.get(4..len);
        }
        bytes = bytes.get(len.next_multiple_of(4)..).unwrap_or_default();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::netfilter::batch::{number, text};

    #[test]
    fn attributes_are_found_and_broken_ones_are_none() {
        let mut bytes = Vec::new();
        text(&mut bytes, 2, "abc");
        number(&mut bytes, 0x8000 | 3, 7);
        assert_eq!(attribute(&bytes, 2), Some(&b"abc\0"[..]));
        assert_eq!(attribute(&bytes, 3), Some(&[0, 0, 0, 7][..]), "the flag is no part of the kind");
        assert_eq!(attribute(&bytes, 4), None);
        assert_eq!(attribute(&bytes[..10], 3), None, "it is cut");
        assert_eq!(attribute(&[2, 0, 2, 0, 9, 9, 9, 9], 9), None, "no length is that short");
    }
}
