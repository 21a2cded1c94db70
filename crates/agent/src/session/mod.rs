//! The agent's two sessions with the control plane: ACS (what to do) and TCS (how it goes).
//!
//! This file keeps one of them open: connect, run until it ends, wait as the protocol says, again. Invariant: losing a
//! session never touches a container.

mod acs;
mod tcs;

use crate::backend::{Backend, Channel, ConnectError, Session};
use crate::balancers::DataPlane;
use crate::clock;
use crate::engine::Engine;
use crate::register;
use agent_protocol::connect::{AcsQuery, RefusalKind, TcsQuery};
use agent_protocol::control::{DiscoverPollEndpointRequest, DiscoverPollEndpointResponse};
use agent_protocol::timers::{
    BACKOFF_FACTOR, BACKOFF_JITTER, BACKOFF_MAX, BACKOFF_MIN, INACTIVE_RETRY, PROTOCOL_VERSION,
    RECONNECT_AT_ONCE,
};
use std::sync::Arc;
use std::time::{Duration, Instant};

pub(crate) use acs::Timeline;

/// Who is in session.
#[derive(Clone, Debug)]
pub(crate) struct Instance {
    pub backend: Arc<dyn Backend>,
    pub engine: Engine,
    /// `None`: the node carries no load balancers.
    pub balancers: Option<Arc<dyn DataPlane>>,
    /// As configured.
    pub cluster: String,
    pub arn: String,
    pub timeline: Arc<Timeline>,
}

/// A session shorter than this is not renewed at once, so that a control plane in trouble is not stormed.
const SHORTEST: Duration = Duration::from_secs(1);

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ended {
    /// Its time was up, or it ended well: again at once.
    Renew,
    Failed,
}

/// Keeps a session open until the agent stops.
pub(crate) async fn keep(instance: Instance, channel: Channel) {
    let stop = instance.engine.0.stop.clone();
    let mut pause = BACKOFF_MIN;
    let mut first = true;
    loop {
        let begun = Instant::now();
        // Cancel-safe: a session that is dropped closes its connection.
        let wait = tokio::select! {
            ended = once(&instance, channel, first) => match ended {
                // A session that ends as soon as it is open is no session, whatever its close code says.
                Ok(Ended::Renew) if begun.elapsed() >= SHORTEST => {
                    pause = BACKOFF_MIN;
                    first = false;
                    Duration::ZERO
                }
                Ok(Ended::Renew | Ended::Failed) => {
                    first = false;
                    next_pause(&mut pause)
                }
                Err(ConnectError::Refused(refusal)) if refusal.kind == RefusalKind::InactiveInstance => {
                    tracing::error!(?channel, refusal = refusal.message, "this instance was deregistered");
                    INACTIVE_RETRY
                }
                Err(error) => {
                    tracing::warn!(?channel, %error, "no session");
                    next_pause(&mut pause)
                }
            },
            () = stop.cancelled() => return,
        };
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = stop.cancelled() => return,
        }
    }
}

fn next_pause(pause: &mut Duration) -> Duration {
    let now = clock::jittered(*pause, BACKOFF_JITTER);
    *pause = pause.mul_f64(BACKOFF_FACTOR).min(BACKOFF_MAX);
    now
}

async fn once(instance: &Instance, channel: Channel, first: bool) -> Result<Ended, ConnectError> {
    let discovered = discover(instance).await?;
    let (endpoint, query) = match channel {
        Channel::Acs => (discovered.endpoint, acs_query(instance, first).encode()),
        Channel::Tcs => (discovered.telemetry_endpoint, tcs_query(instance).encode()),
    };
    let Some(endpoint) = endpoint else {
        let reason = "DiscoverPollEndpoint named no endpoint".to_owned();
        return Err(ConnectError::Failed { url: String::new(), reason });
    };
    let session = instance.backend.connect(channel, &endpoint, &query).await?;
    tracing::info!(?channel, "session open");
    let ended = run(instance, channel, session).await;
    tracing::info!(?channel, ?ended, "session over");
    Ok(ended)
}

async fn run(instance: &Instance, channel: Channel, session: Session) -> Ended {
    match channel {
        Channel::Acs => acs::run(instance, session).await,
        Channel::Tcs => tcs::run(instance, session).await,
    }
}

async fn discover(instance: &Instance) -> Result<DiscoverPollEndpointResponse, ConnectError> {
    let request = DiscoverPollEndpointRequest {
        cluster: Some(instance.cluster.clone()),
        container_instance: Some(instance.arn.clone()),
        zone_id: None,
    };
    let discovered = instance.backend.discover(&request).await;
    discovered
        .map_err(|e| ConnectError::Failed { url: "DiscoverPollEndpoint".to_owned(), reason: e.to_string() })
}

fn acs_query(instance: &Instance, first: bool) -> AcsQuery {
    AcsQuery {
        agent_hash: String::new(),
        agent_version: register::VERSION.to_owned(),
        cluster: instance.cluster.clone(),
        container_instance_arn: instance.arn.clone(),
        docker_version: register::RUNTIME_VERSION.to_owned(),
        protocol_version: PROTOCOL_VERSION,
        seq_num: 1,
        // The checkpoint keeps no credentials, so the first session asks for all of them.
        send_credentials: first,
    }
}

fn tcs_query(instance: &Instance) -> TcsQuery {
    TcsQuery {
        agent_hash: String::new(),
        agent_version: register::VERSION.to_owned(),
        cluster: instance.cluster.clone(),
        container_instance: instance.arn.clone(),
        docker_version: register::RUNTIME_VERSION.to_owned(),
    }
}

/// How a close code is taken: none is a broken connection.
fn after_close(code: Option<u16>) -> Ended {
    match code {
        None => Ended::Renew,
        Some(code) if RECONNECT_AT_ONCE.contains(&code) => Ended::Renew,
        Some(_) => Ended::Failed,
    }
}
