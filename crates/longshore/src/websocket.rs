//! The websockets of agents: `/acs/ws` and `/tcs/ws`. Owns the sockets; what is said on them is the session's business.

use async_trait::async_trait;
use ecs::session::{Acs, MOST_WAITING, Tcs, Wire};
use ecs::{Ecs, session};
use front::{Body, RawRequest, Routes, full};
use futures_util::{SinkExt, StreamExt};
use http::header::{CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE};
use http::request::Parts;
use http::{HeaderValue, Response, StatusCode};
use hyper::upgrade::Upgraded;
use hyper_util::rt::TokioIo;
use reconcile::Tasks;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Message, Role, WebSocketConfig};

/// The longest frame that an agent may send.
const MOST_BYTES: usize = 4 << 20;

/// How long what a session said last may take to be written.
const LAST_WORDS: Duration = Duration::from_secs(5);

pub struct AgentSockets {
    pub ecs: Arc<Ecs>,
    pub tasks: Arc<Tasks>,
}

enum Accepted {
    Acs(Box<Acs>),
    Tcs(Tcs),
}

#[async_trait]
impl Routes for AgentSockets {
    fn takes(&self, request: &Parts) -> bool {
        matches!(request.uri.path(), "/acs/ws" | "/tcs/ws")
    }

    async fn handle(&self, mut raw: RawRequest) -> Response<Body> {
        let Some(accept) = accept_key(&raw) else {
            return refuse(
                StatusCode::BAD_REQUEST,
                r#"{"BadRequestException":"This path takes websockets only."}"#.to_owned(),
            );
        };
        let query = raw.request.uri().query().unwrap_or_default().to_owned();
        // Whoever polls is told the tasks of an instance, with the credentials of their roles.
        let action = match raw.request.uri().path() {
            "/acs/ws" => "ecs:Poll",
            _ => "ecs:StartTelemetrySession",
        };
        let instance = ecs::session::instance_of(&query).unwrap_or_else(|| "*".to_owned());
        let admitted = raw.authenticate("ecs").map_err(|error| error.to_string());
        let admitted = admitted.and_then(|cx| raw.authorise(&cx, action, &instance).map(|()| cx));
        let cx = match admitted {
            Ok(cx) => cx,
            Err(text) => {
                let body = serde_json::json!({ "AccessDeniedException": text });
                return refuse(StatusCode::FORBIDDEN, body.to_string());
            }
        };
        let accepted = match raw.request.uri().path() {
            "/acs/ws" => {
                Acs::accept(Arc::clone(&self.ecs), cx, &query).await.map(|s| Accepted::Acs(Box::new(s)))
            }
            _ => Tcs::accept(Arc::clone(&self.ecs), &cx, &query).map(Accepted::Tcs),
        };
        let accepted = match accepted {
            Ok(accepted) => accepted,
            Err(refusal) => return refuse(StatusCode::BAD_REQUEST, refusal.encode()),
        };
        let upgrade = hyper::upgrade::on(&mut raw.request);
        self.tasks.spawn("agent session", move |shutdown| async move {
            let upgraded = match upgrade.await {
                Ok(upgraded) => upgraded,
                Err(error) => {
                    tracing::warn!(%error, "an agent's websocket was not established");
                    // What was announced is taken back: the instance is not connected.
                    return run(accepted, Wire::broken()).await;
                }
            };
            serve(upgraded, accepted, shutdown).await;
        });
        let mut response = Response::new(full(""));
        *response.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
        response.headers_mut().insert(UPGRADE, HeaderValue::from_static("websocket"));
        response.headers_mut().insert(CONNECTION, HeaderValue::from_static("Upgrade"));
        response.headers_mut().insert(SEC_WEBSOCKET_ACCEPT, accept);
        response
    }
}

/// The answer to the handshake's key, where this is a handshake.
fn accept_key(raw: &RawRequest) -> Option<HeaderValue> {
    let headers = raw.request.headers();
    let has = |name, word: &str| {
        headers
            .get_all(name)
            .iter()
            .filter_map(|v| v.to_str().ok())
            .flat_map(|v| v.split(','))
            .any(|v| v.trim().eq_ignore_ascii_case(word))
    };
    let key = headers.get(SEC_WEBSOCKET_KEY)?;
    let wanted = has(CONNECTION, "upgrade") && has(UPGRADE, "websocket") && has(SEC_WEBSOCKET_VERSION, "13");
    wanted.then(|| HeaderValue::from_str(&derive_accept_key(key.as_bytes())).ok()).flatten()
}

fn refuse(status: StatusCode, body: String) -> Response<Body> {
    let mut response = Response::new(full(body));
    *response.status_mut() = status;
    response.headers_mut().insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

async fn run(accepted: Accepted, wire: Wire) {
    match accepted {
        Accepted::Acs(session) => session.run(wire, crate::clock).await,
        Accepted::Tcs(session) => session.run(wire, crate::clock).await,
    }
}

/// Carries texts between the socket and the session until either ends.
async fn serve(upgraded: Upgraded, accepted: Accepted, shutdown: reconcile::Shutdown) {
    let config =
        WebSocketConfig::default().max_message_size(Some(MOST_BYTES)).max_frame_size(Some(MOST_BYTES));
    let socket = WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Server, Some(config)).await;
    let (mut sink, mut stream) = socket.split();
    let (heard, from_agent) = mpsc::channel(MOST_WAITING);
    let (to_agent, mut said) = mpsc::channel::<String>(MOST_WAITING);
    let wire: Wire = session::Wire { from_agent, to_agent };
    let reading = async move {
        while let Some(message) = stream.next().await {
            match message {
                Ok(Message::Text(text)) => {
                    if heard.send(text.as_str().to_owned()).await.is_err() {
                        // The session has ended: its last words are still being written.
                        return tokio::time::sleep(LAST_WORDS).await;
                    }
                }
                // Pings are answered by the socket itself, with the next write.
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
                Ok(Message::Binary(_)) => tracing::warn!("an agent sent a binary message"),
                Ok(Message::Close(_)) => return,
                Err(error) => {
                    tracing::debug!(%error, "an agent's websocket ended");
                    return;
                }
            }
        }
    };
    let writing = async {
        while let Some(text) = said.recv().await {
            if let Err(error) = sink.send(Message::text(text)).await {
                tracing::debug!(%error, "an agent's websocket ended");
                return;
            }
        }
        // The session ended first: the agent is told to come again.
        let _ = sink.close().await;
    };
    let session = run(accepted, wire);
    // The session's own end writes to the state, so it is let finish: when the reader ends its channel closes, and the session ends by itself.
    let carry = async {
        tokio::join!(session, async {
            tokio::select! { () = reading => {}, () = writing => {}, () = shutdown.requested() => {} }
        })
    };
    carry.await;
}
