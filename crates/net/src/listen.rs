//! A listener that is reached from inside a namespace at an address of its own, such as 169.254.170.2:80.
//!
//! The address is put on the namespace's loopback, so it exists in every network mode, needs no route and is nobody else's. The socket has
//! another port than the service: a listener on port 80 of one address would keep every program of the namespace from listening on port
//! 80 of all of them. Two rules that rewrite the port, without a state, lead the one to the other; they track no
//! connections, so the namespace's other traffic costs what it did.
//!
//! In the node's own namespace the address belongs to one process at a time: whoever holds the socket. Its label on loopback says that it
//! is Longshore's, so that [`withdraw`] takes away nothing of the operator's.

use crate::Error;
use crate::lock::AddressLock;
use crate::namespace::{self, NETLINK_TIME_LIMIT};
use crate::netfilter::{Batch, Expression, Family, Field, Filter, Hook};
use futures_util::TryStreamExt;
use rtnetlink::packet_route::address::{AddressAttribute, AddressMessage};
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddrV4, TcpListener};
use std::path::Path;

/// The table of the two rules.
const TABLE: &str = "longshore-endpoint";
/// The label of the address, which has to begin with the link's name.
const LABEL: &str = "lo:longshore";
/// Loopback is link 1 of every namespace.
const LOOPBACK: u32 = 1;

/// Where a service is reached, and where its socket listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Service {
    /// What programs of the namespace connect to.
    pub address: SocketAddrV4,
    /// The socket's port, of the same address. One namespace has one service whose port is not the socket's.
    pub port: u16,
}

/// Listens in the namespace bound at `namespace`, or in the node's own. Doing it again after the listener was dropped gives another one.
/// [`Error::AddressTaken`] where somebody listens there.
pub async fn listen(namespace: Option<&Path>, service: Service) -> Result<tokio::net::TcpListener, Error> {
    let listener = match namespace {
        Some(path) => namespace::run_in(path, move || listen_here(service)).await?,
        None => {
            let _lock = AddressLock::take().await?;
            namespace::in_thread(move || listen_here(service)).await?
        }
    };
    let ready = listener.set_nonblocking(true).and_then(|()| tokio::net::TcpListener::from_std(listener));
    ready.map_err(|source| Error::System { action: format!("listen on {}", service.address), source })
}

/// Takes the address and the rules out of the node's own namespace, unless somebody listens there or they are not Longshore's.
pub async fn withdraw(service: Service) -> Result<(), Error> {
    let _lock = AddressLock::take().await?;
    namespace::in_thread(move || {
        let netlink = Netlink::connect()?;
        let Some(address) = netlink.labelled(*service.address.ip())? else { return Ok(()) };
        match bind(service) {
            // Another Longshore of this machine serves its tasks there.
            Err(Error::AddressTaken(_)) => return Ok(()),
            other => drop(other?),
        }
        let mut batch = Batch::new();
        batch.without_table(Family::V4, TABLE);
        Filter::open()?.commit("remove the rules of the task endpoint", batch)?;
        netlink.ask("remove the task endpoint's address", |h| h.address().del(address).execute())
    })
    .await
}

/// In the namespace of the calling thread. Blocks.
fn listen_here(service: Service) -> Result<TcpListener, Error> {
    let address = *service.address.ip();
    Netlink::connect()?.ask("give the task endpoint its address", |h| {
        let mut request = h.address().add(LOOPBACK, IpAddr::V4(address), 32).replace();
        request.message_mut().attributes.push(AddressAttribute::Label(LABEL.to_owned()));
        request.execute()
    })?;
    let listener = bind(service)?;
    if service.address.port() != service.port {
        set_rules(service)?;
    }
    Ok(listener)
}

/// A transaction that removes something has the kernel wait for all of its processors (10 ms and more) before it lets go of the socket, and a
/// task's start would wait with it. So the rules of an earlier listener are removed only where there are any.
fn set_rules(service: Service) -> Result<(), Error> {
    const ACTION: &str = "set the rules of the task endpoint";
    let filter = Filter::open()?;
    let mut first = Batch::new();
    first.new_table(Family::V4, TABLE);
    match filter.commit(ACTION, rules(service, first)) {
        Err(Error::System { source, .. }) if source.kind() == io::ErrorKind::AlreadyExists => {
            let mut again = Batch::new();
            again.without_table(Family::V4, TABLE);
            again.table(Family::V4, TABLE);
            filter.commit(ACTION, rules(service, again))
        }
        other => other,
    }
}

fn bind(service: Service) -> Result<TcpListener, Error> {
    let at = SocketAddrV4::new(*service.address.ip(), service.port);
    TcpListener::bind(at).map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => Error::AddressTaken(at),
        _ => Error::System { action: format!("listen on {at}"), source },
    })
}

/// Adds them to a batch that makes their table. Requests are rewritten before connections are tracked and answers after, so that who does
/// track them sees one and the same connection. As `nft list ruleset` shows it:
///
/// ```text
/// chain requests {
///     type filter hook output priority raw; policy accept;
///     ip daddr 169.254.170.2 tcp dport 80 tcp dport set 51680
/// }
/// chain answers {
///     type filter hook output priority filter; policy accept;
///     ip saddr 169.254.170.2 tcp sport 51680 tcp sport set 80
/// }
/// ```
fn rules(Service { address, port }: Service, mut batch: Batch) -> Batch {
    let (ip, public) = (*address.ip(), address.port());
    let to = Field::DestinationPort;
    let requests =
        [&Expression::to(ip)[..], &Expression::tcp(to, public), &Expression::set(to, port)].concat();
    batch.chain(Family::V4, TABLE, "requests", Hook::OutputRaw);
    batch.rule(Family::V4, TABLE, "requests", &requests);
    let from = Field::SourcePort;
    let answers =
        [&Expression::from(ip)[..], &Expression::tcp(from, port), &Expression::set(from, public)].concat();
    batch.chain(Family::V4, TABLE, "answers", Hook::OutputFilter);
    batch.rule(Family::V4, TABLE, "answers", &answers);
    batch
}

/// A netlink connection of a thread that entered a namespace.
pub(crate) struct Netlink {
    handle: rtnetlink::Handle,
    connection: tokio::task::AbortHandle,
}

impl Netlink {
    pub(crate) fn connect() -> Result<Self, Error> {
        let (handle, connection) = namespace::connect()?;
        Ok(Self { handle, connection })
    }

    /// Asks and waits, which only threads of our own may do.
    pub(crate) fn ask<T, F>(
        &self,
        action: &str,
        request: impl FnOnce(&rtnetlink::Handle) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, rtnetlink::Error>>,
    {
        let answer = async { tokio::time::timeout(NETLINK_TIME_LIMIT, request(&self.handle)).await };
        match tokio::runtime::Handle::current().block_on(answer) {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(source)) => Err(Error::Netlink { action: action.to_owned(), source }),
            Err(_) => Err(Error::TimedOut("netlink")),
        }
    }

    /// The address on loopback, where it has our label.
    fn labelled(&self, address: Ipv4Addr) -> Result<Option<AddressMessage>, Error> {
        let ours = |message: &AddressMessage| {
            let has = |attribute: AddressAttribute| message.attributes.contains(&attribute);
            has(AddressAttribute::Label(LABEL.to_owned()))
                && has(AddressAttribute::Local(IpAddr::V4(address)))
        };
        let all: Vec<AddressMessage> = self.ask("list addresses", |h| {
            h.address().get().set_link_index_filter(LOOPBACK).execute().try_collect()
        })?;
        Ok(all.into_iter().find(ours))
    }
}

impl Drop for Netlink {
    fn drop(&mut self) {
        self.connection.abort();
    }
}
