//! Flows of UDP listeners: a socket to the target for each, until nothing moves for as long as the engine's options say.

use super::tcp::{group, preserved};
use crate::balance::Flow;
use crate::engine::endpoint::Endpoint;
use crate::engine::worker::Worker;
use crate::metrics::{self, Count, Counters};
use crate::net::sockets::{connect_udp, is_taken};
use crate::net::{Activity, IdleTimer};
use model::balancer::Stickiness;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;

use super::proxy_protocol::{Transport, header};

/// Flows of one worker on one listener; of more the packets are dropped.
const FLOWS: usize = 16 * 1024;
/// Packets that wait for a flow's socket, and bytes that wait for all flows of one worker on one listener.
const QUEUE: usize = 64;
const WAITING: usize = 16 * 1024 * 1024;
/// No datagram is larger.
const DATAGRAM: usize = 65_535;

type Flows = Rc<RefCell<HashMap<SocketAddr, (mpsc::Sender<Waiting>, u64)>>>;

/// A packet that waits, counted as long as it does.
struct Waiting {
    data: Vec<u8>,
    all: Rc<Cell<usize>>,
}

impl Waiting {
    /// None where too much waits already.
    fn new(data: &[u8], all: &Rc<Cell<usize>>) -> Option<Self> {
        let now = all.get() + data.len();
        (now <= WAITING).then(|| {
            all.set(now);
            Self { data: data.to_vec(), all: Rc::clone(all) }
        })
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.all.set(self.all.get() - self.data.len());
    }
}

/// What all flows of one worker on one listener share.
struct Shared {
    socket: UdpSocket,
    endpoint: Arc<Endpoint>,
    /// Where answers are read: none is held over a wait.
    answer: RefCell<Vec<u8>>,
}

/// Relays until the endpoint is no more.
pub async fn serve(worker: Rc<Worker>, socket: UdpSocket, endpoint: Arc<Endpoint>) {
    let answer = RefCell::new(vec![0; DATAGRAM]);
    let shared = Rc::new(Shared { socket, endpoint, answer });
    let waiting = Rc::new(Cell::new(0));
    let flows = Flows::default();
    let mut packet = vec![0; DATAGRAM];
    let mut number = 0;
    loop {
        // Cancel-safe: a packet that is not read waits in the socket.
        let (length, client) = tokio::select! {
            biased;
            () = shared.endpoint.draining.cancelled() => return,
            read = shared.socket.recv_from(&mut packet) => match read {
                Ok(read) => read,
                // What an earlier answer met: a port that nobody has.
                Err(_) => continue,
            },
        };
        // UDP promises nothing: what finds no room is lost.
        let Some(data) = Waiting::new(&packet[..length], &waiting) else { continue };
        let known = flows.borrow().get(&client).map(|(queue, _)| queue.clone());
        let queue = match known {
            Some(queue) => queue,
            None if flows.borrow().len() >= FLOWS => {
                let plan = &shared.endpoint.plan.load().first;
                worker.count(&plan.balancer, Count::RejectedFlowCount, 1);
                continue;
            }
            None => {
                number += 1;
                let (queue, packets) = mpsc::channel(QUEUE);
                flows.borrow_mut().insert(client, (queue.clone(), number));
                let (worker, shared, flows) = (Rc::clone(&worker), Rc::clone(&shared), Rc::clone(&flows));
                let flow = number;
                tokio::task::spawn_local(async move {
                    relay(&worker, &shared, client, packets).await;
                    let mut flows = flows.borrow_mut();
                    // A newer flow of the same client is not this one's to end.
                    if flows.get(&client).is_some_and(|(_, number)| *number == flow) {
                        flows.remove(&client);
                    }
                });
                queue
            }
        };
        let _ = queue.try_send(data);
    }
}

async fn relay(worker: &Worker, of_all: &Shared, client: SocketAddr, mut packets: mpsc::Receiver<Waiting>) {
    let endpoint = &of_all.endpoint;
    let plan = Arc::clone(&endpoint.plan.load().first);
    let Some(group) = group(&plan, client.ip(), worker.random()) else { return };
    let of_group = group.plan();
    let by_source = of_group.config.stickiness == Some(Stickiness::SourceIp);
    let local = endpoint.place.address;
    let zone = endpoint.place.zone.as_deref();
    let Some(target) = group.flow(zone, Flow { client, listener: local }, by_source) else { return };
    let shared = &worker.shared;
    let (namespace, from) =
        (of_group.config.namespace.as_deref(), preserved(&of_group.config, client, target.address));
    let upstream = match connect_udp(&*shared.sockets, namespace, from, target.address).await {
        Ok(upstream) => upstream,
        Err(error) => {
            if is_taken(&error) {
                worker.count(&plan.balancer, Count::PortAllocationErrorCount, 1);
            }
            tracing::debug!(%error, target = target.key, "no socket to a target");
            return;
        }
    };
    let _held = target.begin();
    let over = target.connections();
    let counters = &plan.balancer.counters;
    counters.flow(worker.index, metrics::Flow::Udp);
    if group.fails_open(zone) {
        counters.add(worker.index, Count::UnhealthyRoutingFlowCount, 1);
    }
    let _open = Open::new(counters, worker.index);
    let carried = |bytes: usize| counters.carried(worker.index, metrics::Flow::Udp, bytes as u64);
    let activity = Activity::begin();
    let mut idle = IdleTimer::new(activity.clone(), shared.udp_idle);
    let mut proxied =
        of_group.config.network.proxy_protocol.then(|| header(client, local, Transport::Datagram));
    // Cancel-safe: packets wait in their queue or socket.
    loop {
        tokio::select! {
            packet = packets.recv() => {
                let Some(packet) = packet else { break };
                activity.touch();
                carried(packet.data.len());
                // A target that is not there shows as unhealthy.
                let _ = match proxied.take() {
                    // AWS: the header stands in the first datagram of a flow.
                    Some(header) => upstream.send(&[&header[..], &packet.data].concat()).await,
                    None => upstream.send(&packet.data).await,
                };
            }
            ready = upstream.readable() => {
                if ready.is_err() {
                    break;
                }
                let mut answer = of_all.answer.borrow_mut();
                // What an earlier packet met, or nothing after all.
                let Ok(length) = upstream.try_recv(&mut answer) else { continue };
                activity.touch();
                carried(length);
                let _ = of_all.socket.try_send_to(&answer[..length], client);
            }
            // The port is another's from now on: nobody may be left who holds it.
            () = endpoint.draining.cancelled() => break,
            ended = idle.watch(&over) => {
                tracing::trace!(?ended, %client, "a flow ended");
                break;
            }
        }
    }
}

/// A flow is counted while it is there, however it ends.
struct Open<'c>(&'c Counters, usize);

impl<'c> Open<'c> {
    fn new(counters: &'c Counters, worker: usize) -> Self {
        counters.opened(worker, Some(metrics::Flow::Udp));
        Self(counters, worker)
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.0.closed(self.1, Some(metrics::Flow::Udp));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_bounded() {
        let all = Rc::new(Cell::new(0));
        let held: Vec<_> = std::iter::from_fn(|| Waiting::new(&[0; 64 * 1024], &all)).take(1000).collect();
        assert_eq!((held.len(), all.get()), (256, WAITING));
        drop(held);
        assert_eq!(all.get(), 0);
    }
}
