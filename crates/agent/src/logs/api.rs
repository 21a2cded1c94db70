//! The log service, as the shipper needs it.

use crate::aws::{ApiError, Client, Credentials};
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::Duration;

const TIMEOUT: Duration = Duration::from_secs(10);

/// A log event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEvent {
    /// Milliseconds since the epoch.
    pub timestamp: i64,
    pub message: String,
}

/// CloudWatch Logs. `credentials` are those of a task's execution role; without them the agent's own are used.
#[async_trait]
pub trait LogsApi: Send + Sync + fmt::Debug {
    /// Makes a log group; one that exists is well.
    async fn create_group(&self, credentials: Option<&Credentials>, group: &str) -> Result<(), ApiError>;

    /// Makes a log stream; one that exists is well.
    async fn create_stream(
        &self,
        credentials: Option<&Credentials>,
        group: &str,
        stream: &str,
    ) -> Result<(), ApiError>;

    /// Appends events, sorted by time and within the service's limits.
    async fn put(
        &self,
        credentials: Option<&Credentials>,
        group: &str,
        stream: &str,
        events: &[LogEvent],
    ) -> Result<(), ApiError>;

    /// The newest events of a stream, oldest first.
    async fn tail(
        &self,
        credentials: Option<&Credentials>,
        group: &str,
        stream: &str,
        limit: usize,
    ) -> Result<Vec<LogEvent>, ApiError>;
}

/// The log service behind an endpoint.
#[derive(Clone, Debug)]
pub struct CloudWatch {
    client: Client,
    credentials: Credentials,
}

impl CloudWatch {
    pub fn new(endpoint: &str, region: &str, credentials: Credentials) -> Result<Self, ApiError> {
        Ok(Self { client: Client::new(endpoint, region)?, credentials })
    }

    async fn call<I: Serialize + Sync, O: serde::de::DeserializeOwned>(
        &self,
        credentials: Option<&Credentials>,
        operation: &str,
        input: &I,
    ) -> Result<O, ApiError> {
        let target = format!("Logs_20140328.{operation}");
        self.client.call("logs", &target, credentials.unwrap_or(&self.credentials), input, TIMEOUT).await
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Stream<'a> {
    log_group_name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_stream_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    log_events: Option<&'a [LogEvent]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_from_head: Option<bool>,
}

impl<'a> Stream<'a> {
    fn new(group: &'a str, stream: Option<&'a str>) -> Self {
        Self {
            log_group_name: group,
            log_stream_name: stream,
            log_events: None,
            limit: None,
            start_from_head: None,
        }
    }
}

#[derive(Deserialize, Default)]
struct Nothing {}

#[derive(Deserialize, Default)]
struct Events {
    #[serde(default)]
    events: Vec<LogEvent>,
}

fn existing_is_well(result: Result<Nothing, ApiError>) -> Result<(), ApiError> {
    match result {
        Ok(Nothing {}) => Ok(()),
        Err(error) if error.code() == Some("ResourceAlreadyExistsException") => Ok(()),
        Err(error) => Err(error),
    }
}

#[async_trait]
impl LogsApi for CloudWatch {
    async fn create_group(&self, credentials: Option<&Credentials>, group: &str) -> Result<(), ApiError> {
        existing_is_well(self.call(credentials, "CreateLogGroup", &Stream::new(group, None)).await)
    }

    async fn create_stream(
        &self,
        credentials: Option<&Credentials>,
        group: &str,
        stream: &str,
    ) -> Result<(), ApiError> {
        existing_is_well(self.call(credentials, "CreateLogStream", &Stream::new(group, Some(stream))).await)
    }

    async fn put(
        &self,
        credentials: Option<&Credentials>,
        group: &str,
        stream: &str,
        events: &[LogEvent],
    ) -> Result<(), ApiError> {
        let input = Stream { log_events: Some(events), ..Stream::new(group, Some(stream)) };
        self.call::<_, Nothing>(credentials, "PutLogEvents", &input).await.map(|_| ())
    }

    async fn tail(
        &self,
        credentials: Option<&Credentials>,
        group: &str,
        stream: &str,
        limit: usize,
    ) -> Result<Vec<LogEvent>, ApiError> {
        let input =
            Stream { limit: Some(limit), start_from_head: Some(false), ..Stream::new(group, Some(stream)) };
        Ok(self.call::<_, Events>(credentials, "GetLogEvents", &input).await?.events)
    }
}
