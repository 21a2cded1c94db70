//! A place where a listener listens, over all its configurations.

use crate::net::sockets::{Sockets, bind_udp, listen};
use crate::plan::{ListenerPlan, Place, Transport};
use arc_swap::ArcSwap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use tokio_util::sync::CancellationToken;

/// A socket for each worker, and what is served on them.
#[derive(Debug)]
pub struct Endpoint {
    pub place: Place,
    pub plan: Arc<ArcSwap<ListenerPlan>>,
    /// Cancelled when nothing listens here any more.
    pub draining: CancellationToken,
    sockets: Mutex<Vec<Option<Socket>>>,
}

#[derive(Debug)]
pub enum Socket {
    Tcp(std::net::TcpListener),
    Udp(std::net::UdpSocket),
}

impl Endpoint {
    /// Listens with one socket a worker.
    pub fn open(
        place: Place,
        plan: Arc<ListenerPlan>,
        sockets: &dyn Sockets,
        workers: usize,
    ) -> io::Result<Self> {
        let open = || match place.transport {
            Transport::Tcp => listen(sockets, place.namespace.as_deref(), place.address).map(Socket::Tcp),
            Transport::Udp => bind_udp(sockets, place.namespace.as_deref(), place.address).map(Socket::Udp),
        };
        let made = (0..workers).map(|_| open().map(Some)).collect::<io::Result<_>>()?;
        Ok(Self {
            place,
            plan: Arc::new(ArcSwap::new(plan)),
            draining: CancellationToken::new(),
            sockets: Mutex::new(made),
        })
    }

    /// A worker's socket; it is handed out once.
    pub fn take(&self, worker: usize) -> Option<Socket> {
        self.sockets.lock().unwrap_or_else(PoisonError::into_inner).get_mut(worker)?.take()
    }
}
