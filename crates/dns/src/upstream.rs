//! The node's resolvers, and one exchange with one of them.

use hickory_proto::op::Message;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpStream, UdpSocket};
use tokio::time::Instant;

/// How many resolvers are tried for a question, one after the other; one that is alone is tried as often.
pub(crate) const TRIES: usize = 2;
/// What one of them has for its answer.
const TRY_LIMIT: Duration = Duration::from_millis(1500);
/// A question is over after this, before clients ask again (5 s in most).
pub const LIMIT: Duration = Duration::from_millis(3200);
/// How often it is looked whether the file has changed.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Files with more resolvers than this name the first ones only.
const MAX_RESOLVERS: usize = 8;

/// Who is asked what the VPC does not know itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolvers {
    /// Those of a resolv.conf, which is read again when it changes.
    File(PathBuf),
    These(Vec<SocketAddr>),
}

impl Resolvers {
    /// The machine's own.
    pub fn of_host() -> Self {
        Self::File(PathBuf::from("/etc/resolv.conf"))
    }
}

/// Why a resolver gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("cannot {action} {resolver}")]
    Io {
        action: &'static str,
        resolver: SocketAddr,
        #[source]
        source: io::Error,
    },
    #[error("{0} did not answer in time")]
    Late(SocketAddr),
    #[error("{resolver} answered something else")]
    Unreadable {
        resolver: SocketAddr,
        #[source]
        source: hickory_proto::serialize::binary::DecodeError,
    },
}

/// The resolvers as they were last seen.
pub(crate) struct Upstream {
    resolvers: Resolvers,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    looked: Option<Instant>,
    stamp: Option<(SystemTime, u64)>,
    addresses: Vec<SocketAddr>,
    /// The one that answered last.
    first: usize,
}

impl Upstream {
    pub(crate) fn new(resolvers: Resolvers) -> Self {
        let addresses = match &resolvers {
            Resolvers::These(addresses) => addresses.clone(),
            Resolvers::File(_) => Vec::new(),
        };
        Self { resolvers, seen: Mutex::new(Seen { addresses, ..Seen::default() }) }
    }

    /// Whom to ask, in order, [`TRIES`] times; empty where there are none.
    pub(crate) fn order(&self) -> Vec<SocketAddr> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Resolvers::File(path) = &self.resolvers {
            seen.look(path);
        }
        let Seen { addresses, first, .. } = &*seen;
        addresses
            .iter()
            .cycle()
            .skip(*first)
            .take(if addresses.is_empty() { 0 } else { TRIES })
            .copied()
            .collect()
    }

    pub(crate) fn answered(&self, resolver: SocketAddr) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = seen.addresses.iter().position(|known| *known == resolver) {
            seen.first = at;
        }
    }

    /// The next one is asked first from now on.
    pub(crate) fn silent(&self, resolver: SocketAddr) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.addresses.get(seen.first) == Some(&resolver) {
            seen.first = (seen.first + 1) % seen.addresses.len();
        }
    }
}

impl Seen {
    fn look(&mut self, path: &std::path::Path) {
        let now = Instant::now();
        if self.looked.is_some_and(|looked| now.saturating_duration_since(looked) < LOOK_EVERY) {
            return;
        }
        self.looked = Some(now);
        let stamp = std::fs::metadata(path).and_then(|m| Ok((m.modified()?, m.len()))).ok();
        if stamp.is_some() && stamp == self.stamp {
            return;
        }
        match std::fs::read_to_string(path) {
            Ok(text) => {
                self.stamp = stamp;
                self.addresses = resolvers(&text);
                self.first = 0;
            }
            // Those that were named before go on counting.
            Err(error) => tracing::warn!(path = %path.display(), %error, "the resolvers cannot be read"),
        }
    }
}

/// The resolvers of a resolv.conf; the machine itself where it names none, as resolv.conf(5) has it.
fn resolvers(text: &str) -> Vec<SocketAddr> {
    let named = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        (words.next() == Some("nameserver")).then(|| words.next())?
    });
    let named: Vec<SocketAddr> = named
        .filter_map(|n| n.parse::<IpAddr>().ok())
        .map(|a| SocketAddr::new(a, 53))
        .take(MAX_RESOLVERS)
        .collect();
    if named.is_empty() { vec![SocketAddr::from((Ipv4Addr::LOCALHOST, 53))] } else { named }
}

/// Asks one resolver, over TCP where its answer does not fit a datagram. Also says how many bytes the answer had.
pub(crate) async fn exchange(resolver: SocketAddr, query: &Message) -> Result<(Message, usize), Error> {
    let asked = async {
        let (answer, bytes) = over_udp(resolver, query).await?;
        if answer.metadata.truncation { over_tcp(resolver, query).await } else { Ok((answer, bytes)) }
    };
    tokio::time::timeout(TRY_LIMIT, asked).await.map_err(|_| Error::Late(resolver))?
}

async fn over_udp(resolver: SocketAddr, query: &Message) -> Result<(Message, usize), Error> {
    let failed = |action| move |source| Error::Io { action, resolver, source };
    let any: SocketAddr = match resolver {
        SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
        SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
    };
    // A port of its own for each question, which the kernel chooses at random: with the id it is what others would have to guess.
    let socket = UdpSocket::bind(any).await.map_err(failed("open a socket for"))?;
    socket.connect(resolver).await.map_err(failed("reach"))?;
    socket.send(&bytes_of(query, resolver)?).await.map_err(failed("ask"))?;
    let mut buffer = vec![0; usize::from(u16::MAX)];
    loop {
        let length = socket.recv(&mut buffer).await.map_err(failed("hear from"))?;
        // What is no answer to this question may be somebody's guess; the real one may still come.
        if let Ok(answer) = Message::from_vec(&buffer[..length])
            && answers(&answer, query)
        {
            return Ok((answer, length));
        }
    }
}

async fn over_tcp(resolver: SocketAddr, query: &Message) -> Result<(Message, usize), Error> {
    let failed = |action| move |source| Error::Io { action, resolver, source };
    let mut stream = TcpStream::connect(resolver).await.map_err(failed("reach"))?;
    let bytes = bytes_of(query, resolver)?;
    let length = u16::try_from(bytes.len()).map_err(|e| failed("ask")(io::Error::other(e)))?;
    let framed = [&length.to_be_bytes()[..], &bytes].concat();
    stream.write_all(&framed).await.map_err(failed("ask"))?;
    let length = stream.read_u16().await.map_err(failed("hear from"))?;
    let mut buffer = vec![0; length.into()];
    stream.read_exact(&mut buffer).await.map_err(failed("hear from"))?;
    let answer = Message::from_vec(&buffer).map_err(|source| Error::Unreadable { resolver, source })?;
    if answers(&answer, query) {
        Ok((answer, buffer.len()))
    } else {
        Err(failed("understand")(io::Error::other("it answered another question")))
    }
}

fn bytes_of(query: &Message, resolver: SocketAddr) -> Result<Vec<u8>, Error> {
    query.to_vec().map_err(|e| Error::Io { action: "ask", resolver, source: io::Error::other(e) })
}

fn answers(answer: &Message, query: &Message) -> bool {
    answer.metadata.id == query.metadata.id
        && answer.metadata.message_type == hickory_proto::op::MessageType::Response
        && answer.queries == query.queries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolvers_are_read_as_the_c_library_reads_them() {
        let text = "# comment\nnameserver 192.0.2.1\nsearch a b\n  nameserver\t::1 \nnameserver nonsense\nnameserverx 192.0.2.9\n";
        let expected: Vec<SocketAddr> =
            ["192.0.2.1:53", "[::1]:53"].iter().map(|a| a.parse().expect("an address")).collect();
        assert_eq!(resolvers(text), expected);
        assert_eq!(resolvers("search a"), ["127.0.0.1:53".parse::<SocketAddr>().expect("an address")]);
    }

    #[test]
    fn a_silent_resolver_is_asked_second() {
        let [a, b]: [SocketAddr; 2] =
            ["192.0.2.1:53", "192.0.2.2:53"].map(|a| a.parse().expect("an address"));
        let upstream = Upstream::new(Resolvers::These(vec![a, b]));
        assert_eq!(upstream.order(), [a, b]);
        upstream.silent(a);
        assert_eq!(upstream.order(), [b, a]);
        upstream.silent(a);
        assert_eq!(upstream.order(), [b, a], "it is second already");
        upstream.answered(a);
        assert_eq!(upstream.order(), [a, b]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_changed_file_is_read_again() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), "nameserver 192.0.2.1\n").expect("write");
        let upstream = Upstream::new(Resolvers::File(file.path().to_owned()));
        let addresses = || upstream.order().iter().map(|a| a.ip().to_string()).collect::<Vec<_>>();
        assert_eq!(addresses(), ["192.0.2.1", "192.0.2.1"]);
        std::fs::write(file.path(), "nameserver 192.0.2.11\nnameserver 192.0.2.12\n").expect("write");
        assert_eq!(addresses(), ["192.0.2.1", "192.0.2.1"], "it is not looked at for every question");
        tokio::time::advance(LOOK_EVERY).await;
        assert_eq!(addresses(), ["192.0.2.11", "192.0.2.12"]);
        std::fs::remove_file(file.path()).expect("remove");
        tokio::time::advance(LOOK_EVERY).await;
        assert_eq!(addresses(), ["192.0.2.11", "192.0.2.12"], "those that were named go on counting");
    }
}
