//! The control plane as the agent sees it: a few calls and two sessions. [`Http`] is the real one; tests bring their own.

mod http;

pub use self::http::Http;

use crate::aws::{ApiError, Credentials};
use agent_protocol::connect::Refusal;
use agent_protocol::control::{
    DiscoverPollEndpointRequest, DiscoverPollEndpointResponse, GetTaskProtectionRequest,
    RegisterContainerInstanceRequest, RegisterContainerInstanceResponse, SubmitTaskStateChangeRequest,
    TaskProtectionResponse, UpdateTaskProtectionRequest,
};
use async_trait::async_trait;
use std::fmt;
use tokio::sync::mpsc;

/// The control plane.
#[async_trait]
pub trait Backend: Send + Sync + fmt::Debug {
    async fn register(
        &self,
        request: &RegisterContainerInstanceRequest,
    ) -> Result<RegisterContainerInstanceResponse, ApiError>;

    async fn discover(
        &self,
        request: &DiscoverPollEndpointRequest,
    ) -> Result<DiscoverPollEndpointResponse, ApiError>;

    /// Sends a state change once; repeating is the caller's.
    async fn submit(&self, request: &SubmitTaskStateChangeRequest) -> Result<(), ApiError>;

    /// The tags of a task or a container instance, as pairs.
    async fn tags(&self, arn: &str) -> Result<Vec<(String, String)>, ApiError>;

    /// Asks with a task's own credentials.
    async fn task_protection(
        &self,
        role: &Credentials,
        request: &GetTaskProtectionRequest,
    ) -> Result<TaskProtectionResponse, ApiError>;

    /// Asks with a task's own credentials.
    async fn protect_task(
        &self,
        role: &Credentials,
        request: &UpdateTaskProtectionRequest,
    ) -> Result<TaskProtectionResponse, ApiError>;

    /// Opens a session at `endpoint` (as DiscoverPollEndpoint named it) with an encoded query.
    async fn connect(&self, channel: Channel, endpoint: &str, query: &str) -> Result<Session, ConnectError>;
}

/// Which session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    Acs,
    Tcs,
}

/// An open session. Dropping `outgoing` closes it with code 1000.
#[derive(Debug)]
pub struct Session {
    /// Text frames, then how it ended.
    pub incoming: mpsc::Receiver<Incoming>,
    pub outgoing: mpsc::Sender<String>,
}

/// What a session brings.
#[derive(Debug)]
pub enum Incoming {
    Text(String),
    /// The last: a close code, or `None` where the connection broke or ended without one.
    Closed(Option<u16>),
}

/// Why a session was not opened.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error("{}: {}", .0.kind, .0.message)]
    Refused(Refusal),
    #[error("cannot connect to {url}: {reason}")]
    Failed { url: String, reason: String },
}
