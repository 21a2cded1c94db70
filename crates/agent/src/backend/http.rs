//! The control plane over HTTP and websockets.

use super::{Backend, Channel, ConnectError, Incoming, Session};
use crate::aws::sign::{self, EMPTY_BODY_HASH, Request, Scope};
use crate::aws::{ApiError, Client, Credentials};
use crate::clock;
use agent_protocol::connect::{Refusal, websocket_url};
use agent_protocol::control::{
    DiscoverPollEndpointRequest, DiscoverPollEndpointResponse, GetTaskProtectionRequest,
    ListTagsForResourceRequest, ListTagsForResourceResponse, RegisterContainerInstanceRequest,
    RegisterContainerInstanceResponse, SubmitResponse, SubmitTaskStateChangeRequest, TARGET_PREFIX,
    TaskProtectionResponse, UpdateTaskProtectionRequest,
};
use agent_protocol::frame::with_header_prefix;
use async_trait::async_trait;
use futures_util::{SinkExt, StreamExt};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

const CALL_TIMEOUT: Duration = Duration::from_secs(15);
/// Of calls that a container waits for: the official agent's.
const ENDPOINT_TIMEOUT: Duration = Duration::from_secs(4);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const CLOSE_TIMEOUT: Duration = Duration::from_secs(2);
/// Frames on their way between socket and agent.
const QUEUE: usize = 64;
/// Largest message of a session: a payload of many tasks stays far below.
const MAX_MESSAGE: usize = 16 << 20;

/// The control plane behind one endpoint.
#[derive(Clone, Debug)]
pub struct Http {
    client: Client,
    credentials: Credentials,
}

impl Http {
    pub fn new(endpoint: &str, region: &str, credentials: Credentials) -> Result<Self, ApiError> {
        Ok(Self { client: Client::new(endpoint, region)?, credentials })
    }

    async fn ecs<I: Serialize + Sync, O: DeserializeOwned>(
        &self,
        operation: &str,
        input: &I,
    ) -> Result<O, ApiError> {
        self.signed(&self.credentials, operation, input, CALL_TIMEOUT).await
    }

    async fn signed<I: Serialize + Sync, O: DeserializeOwned>(
        &self,
        credentials: &Credentials,
        operation: &str,
        input: &I,
        timeout: Duration,
    ) -> Result<O, ApiError> {
        let target = format!("{TARGET_PREFIX}.{operation}");
        self.client.call("ecs", &target, credentials, input, timeout).await
    }

    /// The headers of a GET of a websocket address, in the official agent's order.
    fn signed_headers(&self, uri: &http::Uri) -> Vec<(&'static str, String)> {
        let host = uri.authority().map(ToString::to_string).unwrap_or_default();
        let request = Request {
            method: "GET",
            host: &host,
            path: uri.path(),
            query: uri.query().unwrap_or_default(),
            headers: &[],
            body_hash: EMPTY_BODY_HASH,
        };
        let region = self.client.region();
        let scope = Scope { credentials: &self.credentials, region, service: "ecs", now: clock::now() };
        let signed = sign::sign(&request, &scope);
        let mut headers =
            vec![("Authorization", signed.authorization), ("Host", host), ("X-Amz-Date", signed.date)];
        headers.extend(signed.security_token.map(|token| ("X-Amz-Security-Token", token)));
        headers
    }
}

#[async_trait]
impl Backend for Http {
    async fn register(
        &self,
        request: &RegisterContainerInstanceRequest,
    ) -> Result<RegisterContainerInstanceResponse, ApiError> {
        self.ecs("RegisterContainerInstance", request).await
    }

    async fn discover(
        &self,
        request: &DiscoverPollEndpointRequest,
    ) -> Result<DiscoverPollEndpointResponse, ApiError> {
        self.ecs("DiscoverPollEndpoint", request).await
    }

    async fn submit(&self, request: &SubmitTaskStateChangeRequest) -> Result<(), ApiError> {
        self.ecs::<_, SubmitResponse>("SubmitTaskStateChange", request).await.map(|_| ())
    }

    async fn tags(&self, arn: &str) -> Result<Vec<(String, String)>, ApiError> {
        let request = ListTagsForResourceRequest { resource_arn: arn.to_owned() };
        let answer: ListTagsForResourceResponse =
            self.signed(&self.credentials, "ListTagsForResource", &request, ENDPOINT_TIMEOUT).await?;
        Ok(answer.tags.into_iter().map(|t| (t.key, t.value)).collect())
    }

    async fn task_protection(
        &self,
        role: &Credentials,
        request: &GetTaskProtectionRequest,
    ) -> Result<TaskProtectionResponse, ApiError> {
        self.signed(role, "GetTaskProtection", request, ENDPOINT_TIMEOUT).await
    }

    async fn protect_task(
        &self,
        role: &Credentials,
        request: &UpdateTaskProtectionRequest,
    ) -> Result<TaskProtectionResponse, ApiError> {
        self.signed(role, "UpdateTaskProtection", request, ENDPOINT_TIMEOUT).await
    }

    async fn connect(&self, channel: Channel, endpoint: &str, query: &str) -> Result<Session, ConnectError> {
        let url = websocket_url(endpoint, query);
        let failed = |reason: String| ConnectError::Failed { url: url.clone(), reason };
        if url.starts_with("wss:") {
            return Err(failed("TLS is not supported by this agent".to_owned()));
        }
        let mut request = url.as_str().into_client_request().map_err(|e| failed(e.to_string()))?;
        let signed = self.signed_headers(request.uri());
        for (name, value) in &signed {
            if *name != "Host" {
                let value = value.parse().map_err(|_| failed(format!("header {name} cannot be sent")))?;
                request.headers_mut().insert(*name, value);
            }
        }
        let config =
            WebSocketConfig::default().max_message_size(Some(MAX_MESSAGE)).max_frame_size(Some(MAX_MESSAGE));
        let connecting = tokio_tungstenite::connect_async_with_config(request, Some(config), true);
        let (stream, _) = match tokio::time::timeout(CONNECT_TIMEOUT, connecting).await {
            Ok(Ok(connected)) => connected,
            Ok(Err(WsError::Http(answer))) => {
                let body = answer.body().as_deref().map(String::from_utf8_lossy).unwrap_or_default();
                return Err(match Refusal::decode(&body) {
                    Some(refusal) => ConnectError::Refused(refusal),
                    None => failed(format!("answered {}", answer.status())),
                });
            }
            Ok(Err(error)) => return Err(failed(error.to_string())),
            Err(_) => return Err(failed(format!("no answer within {CONNECT_TIMEOUT:?}"))),
        };
        let prefix = match channel {
            Channel::Acs => Vec::new(),
            // The official agent signs every telemetry frame as if it were a request (observed); so do we.
            Channel::Tcs => signed,
        };
        Ok(pump(stream, prefix))
    }
}

type Stream = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// Moves frames between a socket and two channels until either side ends.
fn pump(stream: Stream, prefix: Vec<(&'static str, String)>) -> Session {
    let (mut sink, mut source) = stream.split();
    let (to_agent, incoming) = mpsc::channel(QUEUE);
    let (outgoing, mut from_agent) = mpsc::channel::<String>(QUEUE);
    let reader = tokio::spawn(async move {
        let mut code = None;
        while let Some(frame) = source.next().await {
            match frame {
                Ok(Message::Text(text)) => {
                    if to_agent.send(Incoming::Text(text.to_string())).await.is_err() {
                        return;
                    }
                }
                Ok(Message::Close(frame)) => code = frame.map(|f| u16::from(f.code)),
                Ok(Message::Binary(_) | Message::Ping(_) | Message::Pong(_) | Message::Frame(_)) => {}
                Err(error) => {
                    tracing::debug!(%error, "session broke");
                    break;
                }
            }
        }
        // The agent may be gone already.
        let _ = to_agent.send(Incoming::Closed(code)).await;
    });
    tokio::spawn(async move {
        while let Some(text) = from_agent.recv().await {
            let text = match prefix.is_empty() {
                true => text,
                false => with_header_prefix(prefix.iter().map(|(n, v)| (*n, v.as_str())), &text),
            };
            if sink.send(Message::text(text)).await.is_err() {
                break;
            }
        }
        let frame = CloseFrame { code: CloseCode::Normal, reason: "".into() };
        let goodbye = async {
            // The other side may be gone already; then there is nobody to say goodbye to.
            let _ = sink.send(Message::Close(Some(frame))).await;
            let _ = sink.close().await;
        };
        let _ = tokio::time::timeout(CLOSE_TIMEOUT, goodbye).await;
        reader.abort();
    });
    Session { incoming, outgoing }
}

#[cfg(test)]
mod tests;
