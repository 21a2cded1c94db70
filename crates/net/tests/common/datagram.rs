//! Datagrams of a test: who listens for them, and who sends them under which name.

use super::machine::{enter, run};
use super::*;
use std::net::UdpSocket;

/// A socket inside a namespace that takes what comes.
pub struct Ear(UdpSocket);

impl Ear {
    pub fn open(at: &Path, address: impl Into<SocketAddr>) -> Self {
        let socket = socket(at, address.into());
        // Whatever a test sends at once finds room: what is counted is never what the reader was too slow for.
        rustix::net::sockopt::set_socket_recv_buffer_size_force(&socket, 8 << 20).expect("root may");
        socket.set_read_timeout(Some(DEADLINE)).expect("a limit");
        Self(socket)
    }

    /// Who sent what, up to this word, which has to come.
    pub fn until(&self, last: &str) -> Vec<(SocketAddr, String)> {
        let mut heard: Vec<(SocketAddr, String)> = Vec::new();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let (length, peer) = self.0.recv_from(&mut buffer).unwrap_or_else(|e| {
                let address = self.0.local_addr().expect("it is bound");
                let (last, words) = (brief(last), heard.iter().map(|(peer, word)| (*peer, brief(word))));
                panic!(
                    "{last} does not come to {address}: {e}; only {:?}",
                    words.collect::<Vec<(SocketAddr, &str)>>()
                );
            });
            let word = String::from_utf8_lossy(&buffer[..length]).into_owned();
            let end = word == last;
            heard.push((peer, word));
            if end {
                return heard;
            }
        }
    }
}

/// Enough of a word to know it by.
fn brief(word: &str) -> &str {
    word.get(..40).unwrap_or(word)
}

/// A socket of a namespace, which it stays in wherever it is used.
pub fn socket(at: &Path, address: SocketAddr) -> UdpSocket {
    let bound = enter(at, move || UdpSocket::bind(address)).join().expect("no panic");
    bound.unwrap_or_else(|e| panic!("{address}: {e}"))
}

/// Sends out of a namespace under each of these addresses in turn, the namespace's own last; the word is the address. Those that are not its
/// own are put on its loopback meanwhile, as whoever may do that in a task would.
pub fn speak_as(at: &Path, addresses: &[IpAddr], to: SocketAddr) {
    let loopback = |verb: &str, address: &IpAddr| {
        let bits = if address.is_ipv6() { 128 } else { 32 };
        let address = format!("{address}/{bits}");
        let mut args = vec!["ip", "addr", verb, &address, "dev", "lo"];
        if bits == 128 && verb == "add" {
            args.push("nodad");
        }
        run(&mut inside(at, &args));
    };
    let (_, others) = addresses.split_last().expect("its own is among them");
    for other in others {
        loopback("add", other);
    }
    let sockets: Vec<UdpSocket> = addresses.iter().map(|a| socket(at, SocketAddr::from((*a, 0)))).collect();
    for (socket, address) in sockets.iter().zip(addresses) {
        socket.send_to(address.to_string().as_bytes(), to).unwrap_or_else(|e| panic!("{address}: {e}"));
    }
    for other in others {
        loopback("del", other);
    }
}

/// Asserts that of all that is said under these addresses only what is said under the last one arrives.
pub fn only_its_own_passes(ear: &Ear, at: &Path, addresses: &[IpAddr], to: SocketAddr) {
    speak_as(at, addresses, to);
    let own = addresses.last().expect("its own is among them");
    let heard: Vec<(IpAddr, String)> =
        ear.until(&own.to_string()).into_iter().map(|(peer, word)| (peer.ip(), word)).collect();
    assert_eq!(heard, [(*own, own.to_string())]);
}
