//! One thread that serves: it accepts from sockets of its own and shares nothing on a request's way but what targets have to do.

use super::Shared;
use super::endpoint::{Endpoint, Socket};
use crate::metrics::{Count, Counters, Flow};
use crate::net::splice::Pipes;
use crate::net::{Tcp, tcp, tick};
use crate::plan::BalancerPlan;
use crate::target::{Few, Group, GroupPlan, Pool, Slot};
use crate::{layer4, log, serve};
use bytes::Bytes;
use model::balancer::ListenerProtocol;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};
use tokio::io::Interest;
use tokio::io::unix::AsyncFd;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// What a worker's tasks share. It never leaves its thread.
pub struct Worker {
    pub index: usize,
    pub shared: Arc<Shared>,
    pub pool: Rc<Pool>,
    pub pipes: Pipes,
    pub tasks: TaskTracker,
    turns: RefCell<HashMap<Slot, u64, Few>>,
    groups: RefCell<HashMap<Slot, Rc<Planned>, Few>>,
    random: Cell<u64>,
    date: RefCell<(u64, Bytes)>,
    connections: Cell<usize>,
}

/// A group's configuration with a count of references that no other worker touches.
pub struct Planned(Arc<GroupPlan>);

impl std::ops::Deref for Planned {
    type Target = GroupPlan;

    fn deref(&self) -> &GroupPlan {
        &self.0
    }
}

impl Worker {
    fn new(index: usize, shared: Arc<Shared>) -> Self {
        let seed = u64::from_le_bytes(entropy());
        Self {
            index,
            shared,
            pool: Rc::default(),
            pipes: Pipes::default(),
            tasks: TaskTracker::new(),
            turns: RefCell::default(),
            groups: RefCell::default(),
            // Zero is the one state that the generator does not leave.
            random: Cell::new(seed | 1),
            date: RefCell::new((0, Bytes::new())),
            connections: Cell::new(0),
        }
    }

    pub fn count(&self, balancer: &BalancerPlan, count: Count, by: u64) {
        balancer.counters.add(self.index, count, by);
    }

    /// The number of this choice for a group. Workers begin at different places.
    pub fn turn(&self, group: usize) -> u64 {
        let mut turns = self.turns.borrow_mut();
        let turn = turns.entry(group).or_insert_with(|| self.random() >> 1);
        *turn += 1;
        *turn
    }

    /// A group as it is configured now, counted within this worker only.
    pub fn plan_of(&self, group: &Group) -> Rc<Planned> {
        let mut groups = self.groups.borrow_mut();
        match groups.get(&group.slot) {
            Some(known) if group.is_planned(&known.0) => Rc::clone(known),
            _ => {
                let plan = Rc::new(Planned(group.plan()));
                groups.insert(group.slot, Rc::clone(&plan));
                plan
            }
        }
    }

    /// Forgets what was kept of groups: those that are no more go with it.
    fn forget(&self) {
        self.groups.borrow_mut().clear();
        self.turns.borrow_mut().clear();
    }

    /// A number that is good enough to spread load, and for nothing else (xorshift64*).
    pub fn random(&self) -> u64 {
        let mut state = self.random.get();
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        self.random.set(state);
        state.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// Twelve bytes of an id that nobody has to be unable to guess.
    pub fn random_bytes(&self) -> [u8; 12] {
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(&self.random().to_le_bytes());
        bytes[8..].copy_from_slice(&self.random().to_le_bytes()[..4]);
        bytes
    }

    /// A nonce: random of the operating system, so that it never comes twice on any node.
    pub fn nonce(&self) -> [u8; 12] {
        entropy()
    }

    /// An id for both logs.
    pub fn connection_id(&self) -> log::ConnectionId {
        log::ConnectionId([self.random(), self.random()])
    }

    /// Milliseconds of the engine's own clock.
    pub fn ms_at(&self, at: Instant) -> u64 {
        self.shared.ms_at(at)
    }

    pub fn epoch_seconds(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
    }

    /// The `Date` of an answer, made once a second.
    pub fn date(&self) -> Bytes {
        let now = self.epoch_seconds();
        let mut date = self.date.borrow_mut();
        if date.0 != now {
            *date = (now, httpdate::fmt_http_date(UNIX_EPOCH + Duration::from_secs(now)).into());
        }
        date.1.clone()
    }
}

fn entropy<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("Linux has random bytes once it has booted");
    bytes
}

/// Runs a worker until the engine stops.
pub fn run(
    index: usize,
    shared: Arc<Shared>,
    endpoints: watch::Receiver<Vec<Arc<Endpoint>>>,
    stop: CancellationToken,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async move {
        let worker = Rc::new(Worker::new(index, shared));
        drop(tokio::task::spawn_local(tick::run()));
        let sweeping = Rc::clone(&worker);
        tokio::task::spawn_local(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(5)).await;
                sweeping.pool.sweep();
            }
        });
        listen(&worker, endpoints, &stop).await;
        worker.tasks.close();
        // What has not ended by then is cut.
        if tokio::time::timeout(worker.shared.grace, worker.tasks.wait()).await.is_err() {
            tracing::info!(worker = index, tasks = worker.tasks.len(), "connections were cut at the end");
        }
    });
    Ok(())
}

/// Takes up endpoints as they come.
async fn listen(
    worker: &Rc<Worker>,
    mut endpoints: watch::Receiver<Vec<Arc<Endpoint>>>,
    stop: &CancellationToken,
) {
    loop {
        worker.forget();
        for endpoint in endpoints.borrow_and_update().iter() {
            match endpoint.take(worker.index) {
                None => {}
                Some(Socket::Tcp(socket)) => match watched(socket) {
                    Ok(socket) => drop(tokio::task::spawn_local(accept(
                        Rc::clone(worker),
                        socket,
                        Arc::clone(endpoint),
                    ))),
                    Err(error) => {
                        tracing::error!(%error, address = %endpoint.place.address, "a socket cannot be used")
                    }
                },
                Some(Socket::Udp(socket)) => match tokio::net::UdpSocket::from_std(socket) {
                    Ok(socket) => {
                        let relay = layer4::udp::serve(Rc::clone(worker), socket, Arc::clone(endpoint));
                        drop(tokio::task::spawn_local(relay));
                    }
                    Err(error) => {
                        tracing::error!(%error, address = %endpoint.place.address, "a socket cannot be used")
                    }
                },
            }
        }
        // Cancel-safe: a change that is missed here is seen by the next look.
        tokio::select! {
            changed = endpoints.changed() => if changed.is_err() { return },
            () = stop.cancelled() => return,
        }
    }
}

#[expect(
    deprecated,
    reason = "what follows it is unsafe for descriptors that change; a listener's never does"
)]
fn watched(socket: TcpListener) -> io::Result<AsyncFd<TcpListener>> {
    AsyncFd::with_interest(socket, Interest::READABLE)
}

/// Accepts until the endpoint is no more, then takes what waits already: nobody who was let in is turned away.
async fn accept(worker: Rc<Worker>, socket: AsyncFd<TcpListener>, endpoint: Arc<Endpoint>) {
    let mut draining = std::pin::pin!(endpoint.draining.cancelled());
    loop {
        // Cancel-safe: a connection that is not accepted waits in the socket.
        let accepted = tokio::select! {
            biased;
            () = &mut draining => break,
            accepted = socket.async_io(Interest::READABLE, tcp::accept) => accepted,
        };
        match accepted {
            Ok((stream, peer)) => connection(&worker, stream, peer, &endpoint),
            Err(error) => {
                // Out of descriptors, or a connection that ended while it waited. A pause keeps the first from becoming a busy loop.
                tracing::warn!(%error, address = %endpoint.place.address, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }
    while let Ok((stream, peer)) = tcp::accept(socket.get_ref()) {
        connection(&worker, stream, peer, &endpoint);
    }
}

/// Counts a client's connection while it is there, however it ends.
struct Connected {
    worker: Rc<Worker>,
    counters: Option<Arc<Counters>>,
    kind: Option<Flow>,
}

impl Connected {
    fn new(worker: &Rc<Worker>, counters: Option<Arc<Counters>>, kind: Option<Flow>) -> Self {
        if let Some(counters) = &counters {
            counters.opened(worker.index, kind);
        }
        worker.connections.set(worker.connections.get() + 1);
        Self { worker: Rc::clone(worker), counters, kind }
    }
}

impl Drop for Connected {
    fn drop(&mut self) {
        self.worker.connections.set(self.worker.connections.get() - 1);
        if let Some(counters) = &self.counters {
            counters.closed(self.worker.index, self.kind);
        }
    }
}

fn connection(worker: &Rc<Worker>, stream: Tcp, peer: SocketAddr, endpoint: &Arc<Endpoint>) {
    let served = endpoint.plan.load();
    let network = !matches!(served.first.protocol, ListenerProtocol::Http | ListenerProtocol::Https);
    // A connection to several load balancers is counted for none: whose it is nobody knows yet.
    let counters = (!served.is_shared()).then(|| Arc::clone(&served.first.balancer.counters));
    if worker.connections.get() >= worker.shared.max_connections {
        let counts: &[Count] = match network {
            true => &[Count::RejectedFlowCount, Count::RejectedFlowCount_TCP],
            false => &[Count::RejectedConnectionCount],
        };
        counters.iter().for_each(|of| counts.iter().for_each(|count| of.add(worker.index, *count, 1)));
        return;
    }
    let kind = network.then(|| if served.first.is_encrypted() { Flow::Tls } else { Flow::Tcp });
    drop(served);
    // Whoever listens at one address was reached there: the kernel is asked only where that may be any.
    let local = match endpoint.place.address {
        any if any.ip().is_unspecified() => stream.local_addr().unwrap_or(any),
        one => one,
    };
    if let Some(counters) = &counters {
        match kind {
            Some(kind) => counters.flow(worker.index, kind),
            None => counters.add(worker.index, Count::NewConnectionCount, 1),
        }
    }
    let held = Connected::new(worker, counters, kind);
    let (worker, endpoint) = (Rc::clone(worker), Arc::clone(endpoint));
    let tracker = worker.tasks.clone();
    let served = async move {
        if network {
            // Of its own: connections of the other kind do not hold room for it.
            Box::pin(layer4::tcp::serve(&worker, stream, (peer, local), &endpoint)).await;
        } else {
            serve::client(Rc::clone(&worker), stream, (peer, local.ip()), endpoint).await;
        }
        drop(held);
    };
    // Moved into a task it would be copied three times.
    drop(tokio::task::spawn_local(tracker.track_future(Box::pin(served))));
}

/// When the engine began: the zero of its clock.
pub fn clock(started: Instant, at: Instant) -> u64 {
    // One, so that zero can mean never.
    1 + u64::try_from(at.duration_since(started).as_millis()).unwrap_or(u64::MAX - 1)
}
