//! A place where a listener listens, over all its configurations.

use crate::net::sockets::{Sharing, Sockets, bind_udp, listen};
use crate::plan::{Place, Served, Transport};
use arc_swap::ArcSwap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// A socket for each worker, and what is served on them.
#[derive(Debug)]
pub struct Endpoint {
    pub place: Place,
    pub plan: ArcSwap<Served>,
    /// Cancelled when nothing listens here any more.
    pub draining: CancellationToken,
    sockets: Mutex<Vec<Option<Socket>>>,
}

#[derive(Debug)]
pub enum Socket {
    Tcp(std::net::TcpListener),
    Udp(std::net::UdpSocket),
}

impl Socket {
    /// The same socket for another worker. One of UDP is for one worker: each has the flows of its own packets.
    fn again(&self) -> io::Result<Option<Self>> {
        match self {
            Self::Tcp(socket) => socket.try_clone().map(Self::Tcp).map(Some),
            Self::Udp(_) => Ok(None),
        }
    }
}

impl Endpoint {
    /// Listens with one socket a worker.
    pub fn open(place: Place, plan: Arc<Served>, sockets: &dyn Sockets, workers: usize) -> io::Result<Self> {
        let (namespace, address) = (place.namespace.as_deref(), place.address);
        let open = |sharing| match place.transport {
            Transport::Tcp => listen(sockets, namespace, address, sharing).map(Socket::Tcp),
            Transport::Udp => bind_udp(sockets, namespace, address, sharing).map(Socket::Udp),
        };
        let made = if place.door {
            let socket = open(Sharing::Alone)?;
            let others = (1..workers).map(|_| socket.again()).collect::<io::Result<Vec<_>>>()?;
            [Some(socket)].into_iter().chain(others).collect()
        } else {
            (0..workers).map(|_| open(Sharing::Workers).map(Some)).collect::<io::Result<_>>()?
        };
        Ok(Self {
            place,
            plan: ArcSwap::new(plan),
            draining: CancellationToken::new(),
            sockets: Mutex::new(made),
        })
    }

    /// A worker's socket; it is handed out once.
    pub fn take(&self, worker: usize) -> Option<Socket> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner).get_mut(worker)?.take()
    }
}
