//! The listener and its connections: HTTP/1.1 and HTTP/2 with prior knowledge on one port.
//!
//! Invariants: at most [`Limits::connections`](crate::Limits) at once, more wait in the system's queue; no peer holds one
//! without sending in time; a stop lets requests in flight end, up to a deadline. TLS would wrap the stream between
//! `accept` and [`Opening`] and change nothing else.

use crate::config::ConfigError;
use crate::front::Front;
use crate::opening::Opening;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{sleep, timeout};
use tracing::{debug, error, info, warn};

/// Why the server did not start.
#[derive(Debug, Error)]
pub enum BindError {
    #[error("the configuration is refused")]
    Config(#[from] ConfigError),
    #[error("cannot listen on {address}")]
    Listen { address: SocketAddr, source: io::Error },
}

/// A front that has its port and does not answer yet.
pub struct Server {
    front: Arc<Front>,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Takes the port of the front's configuration.
    pub async fn bind(front: Arc<Front>) -> Result<Self, BindError> {
        let config = front.config();
        config.check()?;
        let address = config.listen;
        let failed = |source| BindError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        Ok(Self { front, listener, address })
    }

    /// Where it listens; the port is the one that was taken.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is over, then lets requests in flight end.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send) {
        let Self { front, listener, address } = self;
        front.announce(address);
        let limits = front.config().limits;
        let room = Arc::new(Semaphore::new(limits.connections));
        let (stopping, stopped) = watch::channel(false);
        let mut connections = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            // Cancel-safe: a permit, a stream or a finished task that was not taken stays where it is.
            let (permit, accepted) = tokio::select! {
                biased;
                () = &mut stop => break,
                Some(ended) = connections.join_next() => {
                    report(ended);
                    continue;
                }
                accepted = async {
                    let permit = Arc::clone(&room).acquire_owned().await.expect("the semaphore is never closed");
                    (permit, listener.accept().await)
                } => accepted,
            };
            match accepted {
                Ok((stream, peer)) => {
                    let (front, stopped) = (Arc::clone(&front), stopped.clone());
                    connections.spawn(async move {
                        serve_connection(front, stream, peer, stopped).await;
                        drop(permit);
                    });
                }
                Err(error) => {
                    // Out of descriptors or memory, mostly: what makes room again is a connection that ends.
                    warn!(%error, "cannot accept a connection");
                    sleep(Duration::from_millis(50)).await;
                }
            }
        }
        drop(listener);
        stopping.send_replace(true);
        let drained = timeout(limits.drain_time, async {
            while let Some(ended) = connections.join_next().await {
                report(ended);
            }
            front.drained().await;
        });
        match drained.await {
            Ok(()) => info!("stopped listening; every request was answered"),
            Err(_) => {
                warn!(
                    connections = connections.len(),
                    "stopped listening; gave up on connections that did not end"
                );
                connections.shutdown().await;
            }
        }
    }
}

/// Connections end without a word; one that panicked is a fault of ours, and costs only itself.
fn report(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        error!(%error, "a connection's task failed");
    }
}

async fn serve_connection(
    front: Arc<Front>,
    stream: TcpStream,
    peer: SocketAddr,
    mut stopped: watch::Receiver<bool>,
) {
    let limits = front.config().limits;
    if let Err(error) = stream.set_nodelay(true) {
        debug!(%peer, %error, "cannot turn off delays");
    }
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        // hyper takes no buffer under 8 KiB.
        .max_buf_size(limits.header_bytes.max(8 << 10))
        .max_headers(limits.headers);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(limits.header_time)
        .keep_alive_timeout(limits.header_time)
        .max_header_list_size(u32::try_from(limits.header_bytes).unwrap_or(u32::MAX))
        .max_concurrent_streams(limits.streams);
    let service = service_fn(move |request| {
        let front = Arc::clone(&front);
        async move { Ok::<_, Infallible>(front.answer(request, peer).await) }
    });
    let stream = TokioIo::new(Opening::new(stream, limits.header_time));
    let mut connection = std::pin::pin!(builder.serve_connection_with_upgrades(stream, service));
    // Cancel-safe: the connection is polled on below, and the signal is only looked at.
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = async { drop(stopped.wait_for(|stopped| *stopped).await) } => None,
    };
    let ended = match ended {
        Some(ended) => ended,
        None => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        // The peer's doing: it left, stalled or spoke no HTTP. hyper has answered 400 where it could.
        debug!(%peer, error, "a connection ended badly");
    }
}
