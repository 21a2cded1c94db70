//! Flows of UDP listeners: a socket to the target for each, until nothing moves for AWS's two minutes.

use super::tcp::group;
use crate::balance::Flow;
use crate::engine::endpoint::Endpoint;
use crate::engine::worker::Worker;
use crate::metrics::Count;
use crate::net::sockets::connect_udp;
use crate::net::{Activity, IdleTimer};
use model::balancer::Stickiness;
use std::cell::RefCell;
use std::collections::HashMap;
use std::net::SocketAddr;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::UdpSocket;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::proxy_protocol::{Transport, header};

/// The idle time-out of UDP flows; it cannot be changed.
const IDLE: Duration = Duration::from_secs(120);
/// Flows of one worker on one listener; of more the packets are dropped.
const FLOWS: usize = 16 * 1024;
/// Packets that wait for a flow's socket.
const QUEUE: usize = 64;
/// No datagram is larger.
const DATAGRAM: usize = 65_535;

type Flows = Rc<RefCell<HashMap<SocketAddr, (mpsc::Sender<Vec<u8>>, u64)>>>;

/// Relays until the endpoint is no more.
pub async fn serve(worker: Rc<Worker>, socket: UdpSocket, endpoint: Arc<Endpoint>) {
    let socket = Rc::new(socket);
    let flows = Flows::default();
    let mut packet = vec![0; DATAGRAM];
    let mut number = 0;
    loop {
        // Cancel-safe: a packet that is not read waits in the socket.
        let (length, client) = tokio::select! {
            biased;
            () = endpoint.draining.cancelled() => return,
            read = socket.recv_from(&mut packet) => match read {
                Ok(read) => read,
                // What an earlier answer met: a port that nobody has.
                Err(_) => continue,
            },
        };
        let data = packet[..length].to_vec();
        let known = flows.borrow().get(&client).map(|(queue, _)| queue.clone());
        let queue = match known {
            Some(queue) => queue,
            None if flows.borrow().len() >= FLOWS => continue,
            None => {
                number += 1;
                let (queue, packets) = mpsc::channel(QUEUE);
                flows.borrow_mut().insert(client, (queue.clone(), number));
                let (worker, socket, endpoint, flows) =
                    (Rc::clone(&worker), Rc::clone(&socket), Arc::clone(&endpoint), Rc::clone(&flows));
                let flow = number;
                tokio::task::spawn_local(async move {
                    relay(&worker, &socket, &endpoint, client, packets).await;
                    let mut flows = flows.borrow_mut();
                    // A newer flow of the same client is not this one's to end.
                    if flows.get(&client).is_some_and(|(_, number)| *number == flow) {
                        flows.remove(&client);
                    }
                });
                queue
            }
        };
        // UDP promises nothing: what finds no room is lost.
        let _ = queue.try_send(data);
    }
}

async fn relay(
    worker: &Worker,
    socket: &UdpSocket,
    endpoint: &Endpoint,
    client: SocketAddr,
    mut packets: mpsc::Receiver<Vec<u8>>,
) {
    let plan = endpoint.plan.load_full();
    let Some(group) = group(&plan, worker.random()) else { return };
    let of_group = group.plan();
    let by_source = of_group.config.stickiness == Some(Stickiness::SourceIp);
    let local = endpoint.place.address;
    let Some(target) = group.flow(Flow { client, listener: local }, by_source) else { return };
    let shared = &worker.shared;
    let upstream =
        match connect_udp(&*shared.sockets, plan.balancer.namespace.as_deref(), target.address).await {
            Ok(upstream) => upstream,
            Err(error) => {
                tracing::debug!(%error, target = target.key, "no socket to a target");
                worker.count(&plan.balancer, Count::TargetConnectionErrorCount, 1);
                return;
            }
        };
    let _held = target.begin();
    worker.count(&plan.balancer, Count::NewFlowCount, 1);
    let activity = Activity::begin();
    let mut idle = IdleTimer::new(activity.clone(), IDLE);
    let mut proxied =
        of_group.config.network.proxy_protocol.then(|| header(client, local, Transport::Datagram));
    let mut answer = vec![0; DATAGRAM];
    let mut bytes = 0;
    // Cancel-safe: packets wait in their queue or socket.
    let gone: &CancellationToken = &target.gone;
    loop {
        tokio::select! {
            packet = packets.recv() => {
                let Some(mut packet) = packet else { break };
                activity.touch();
                bytes += packet.len() as u64;
                // AWS: the header stands in the first datagram of a flow.
                if let Some(mut header) = proxied.take() {
                    header.append(&mut packet);
                    packet = header;
                }
                // A target that is not there shows as unhealthy.
                let _ = upstream.send(&packet).await;
            }
            read = upstream.recv(&mut answer) => {
                let Ok(length) = read else { continue };
                activity.touch();
                bytes += length as u64;
                let _ = socket.send_to(&answer[..length], client).await;
            }
            ended = idle.watch(gone) => {
                tracing::trace!(?ended, %client, "a flow ended");
                break;
            }
        }
    }
    worker.count(&plan.balancer, Count::ProcessedBytes, bytes);
}
