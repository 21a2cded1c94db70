//! The protocol's version and timers. Source: the official agent v1.105.1.

use std::time::Duration;

/// `protocolVersion` on the ACS URL.
pub const PROTOCOL_VERSION: u32 = 2;

/// How often a backend sends a HeartbeatMessage (ACS and TCS). Websocket pings do not count.
pub const HEARTBEAT_INTERVAL: Duration = Duration::from_secs(30);
/// An agent that heard no message for this long, plus up to [`IDLE_JITTER`], closes the connection.
pub const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
pub const IDLE_JITTER: Duration = Duration::from_secs(60);

/// An agent renews its connection after this long, plus up to [`CONNECTION_JITTER`], closing with code 1000.
pub const CONNECTION_LIFETIME: Duration = Duration::from_secs(30 * 60);
pub const CONNECTION_JITTER: Duration = Duration::from_secs(5 * 60);

/// Reconnecting after an error: from the first to the last by the factor, each with jitter.
pub const BACKOFF_MIN: Duration = Duration::from_millis(250);
pub const BACKOFF_MAX: Duration = Duration::from_secs(120);
pub const BACKOFF_FACTOR: f64 = 1.5;
pub const BACKOFF_JITTER: f64 = 0.2;
/// Reconnecting after InactiveInstanceException.
pub const INACTIVE_RETRY: Duration = Duration::from_secs(60 * 60);

/// Close codes after which an agent reconnects at once: normal, going away, abnormal, internal error.
pub const RECONNECT_AT_ONCE: [u16; 4] = [1000, 1001, 1006, 1011];

/// How often an agent publishes metrics and health.
pub const TELEMETRY_INTERVAL: Duration = Duration::from_secs(20);
/// Tasks per telemetry message at most.
pub const TELEMETRY_TASKS_PER_MESSAGE: usize = 10;

/// Container changes wait for a task change at most this long (between the two).
pub const CONTAINER_CHANGE_FLUSH_MIN: Duration = Duration::from_secs(10);
pub const CONTAINER_CHANGE_FLUSH_MAX: Duration = Duration::from_secs(30);
/// Tasks whose changes are submitted at the same time at most.
pub const PARALLEL_SUBMISSIONS: usize = 10;

/// Longest `reason` that Submit* takes, in characters.
pub const REASON_MAX: usize = 1024;

/// RegisterContainerInstance and DiscoverPollEndpoint back-off.
pub const REGISTER_BACKOFF_MIN: Duration = Duration::from_secs(3);
pub const REGISTER_BACKOFF_MAX: Duration = Duration::from_secs(192);
