//! What is noted of a request for its log entry and for the metrics.

use super::Client;
use crate::engine::worker::Worker;
use crate::exchange::Timeline;
use crate::http::RequestHead;
use crate::http::desync::Verdict;
use crate::log::{Access, Kind};
use crate::metrics::{Count, of_balancer, of_target};
use crate::plan::ListenerPlan;
use crate::target::Group;
use bytes::Bytes;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Instant, SystemTime};

/// A request from its first byte to its last.
#[derive(Debug)]
pub struct Record {
    pub received: SystemTime,
    pub began: Instant,
    /// Only where there is a log.
    pub head: Option<Box<RequestHead>>,
    pub verdict: Verdict,
    pub timeline: Timeline,
    pub responded: Option<Instant>,
    /// What the client got; none where it got nothing.
    pub status: Option<u16>,
    /// Whether the load balancer itself answered.
    pub own: bool,
    pub target: Option<SocketAddr>,
    pub group: Option<Arc<Group>>,
    pub trace: Option<Bytes>,
    pub priority: Option<u32>,
    pub actions: &'static str,
    /// Whether the rule authenticates users first.
    pub authenticated: bool,
    /// `error_reason`.
    pub error: Option<&'static str>,
    pub redirect: Option<String>,
    pub received_bytes: u64,
    pub sent_bytes: u64,
    pub upgraded: bool,
    pub grpc: bool,
}

impl Record {
    pub fn begin(verdict: Verdict) -> Self {
        Self {
            received: SystemTime::now(),
            began: Instant::now(),
            head: None,
            verdict,
            timeline: Timeline::default(),
            responded: None,
            status: None,
            own: false,
            target: None,
            group: None,
            trace: None,
            priority: None,
            actions: "-",
            authenticated: false,
            error: None,
            redirect: None,
            received_bytes: 0,
            sent_bytes: 0,
            upgraded: false,
            grpc: false,
        }
    }

    /// When it came, in seconds since 1970.
    pub fn epoch_seconds(&self) -> u64 {
        self.received.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_secs()
    }

    /// Counts it and writes its entry.
    pub fn end(&self, worker: &Worker, listener: &ListenerPlan, client: &Client) {
        let balancer = &listener.balancer;
        worker.count(balancer, Count::ProcessedBytes, self.received_bytes + self.sent_bytes);
        if client.is_ipv6() {
            worker.count(balancer, Count::IPv6ProcessedBytes, self.received_bytes + self.sent_bytes);
        }
        if self.verdict != Verdict::COMPLIANT {
            worker.count(balancer, Count::DesyncMitigationMode_NonCompliant_Request_Count, 1);
        }
        if self.own
            && let Some(status) = self.status
        {
            of_balancer(status).for_each(|count| worker.count(balancer, count, 1));
        }
        if let Some(status) = self.timeline.target_status.and_then(of_target) {
            worker.count(balancer, status, 1);
            if let Some(group) = &self.group {
                group.counters.add(worker.index, status, 1);
            }
        }
        if let (Some(dispatched), Some(answered)) = (self.timeline.dispatched, self.timeline.answered) {
            let micros = u64::try_from(answered.duration_since(dispatched).as_micros()).unwrap_or(u64::MAX);
            balancer.counters.response_time(worker.index, micros);
            if let Some(group) = &self.group {
                group.counters.response_time(worker.index, micros);
            }
        }
        if balancer.access_log {
            worker.shared.logs.write(&balancer.arn, Kind::Access, self.entry(listener, client).line());
        }
    }

    fn entry<'a>(&'a self, listener: &'a ListenerPlan, client: &'a Client) -> Access<'a> {
        let dispatched = self.timeline.dispatched.filter(|_| self.timeline.answered.is_some());
        let tls = client.tls.as_ref();
        let http2 = tls.is_some_and(|tls| tls.http2);
        let kind = match (self.upgraded, tls.is_some(), http2, self.grpc) {
            (true, false, ..) => "ws",
            (true, true, ..) => "wss",
            (false, _, true, true) => "grpcs",
            (false, _, true, false) => "h2",
            (false, true, false, _) => "https",
            (false, false, false, _) => "http",
        };
        Access {
            kind,
            balancer: &listener.balancer.id,
            client: SocketAddr::new(client.address.ip().to_canonical(), client.address.port()),
            target: self.target,
            received: self.received,
            responded: SystemTime::now(),
            request_processing: dispatched.map(|at| at.duration_since(self.began)),
            target_processing: dispatched
                .zip(self.timeline.answered)
                .map(|(from, to)| to.duration_since(from)),
            response_processing: self
                .timeline
                .answered
                .zip(self.responded)
                .map(|(from, to)| to.duration_since(from)),
            status: self.status,
            target_status: self.timeline.target_status,
            received_bytes: self.received_bytes,
            sent_bytes: self.sent_bytes,
            head: self.head.as_deref(),
            encrypted: tls.is_some(),
            port: listener.port,
            cipher: tls.map(|tls| tls.cipher),
            protocol: tls.map(|tls| tls.protocol),
            group: self.group.as_ref().map(|group| group.arn.as_str()),
            trace: self.trace.as_ref(),
            domain: tls.and_then(|tls| tls.domain.as_deref()),
            certificate: tls.map(|tls| tls.certificate.as_str()),
            priority: self.priority,
            actions: self.actions,
            authenticated: self.authenticated,
            error: self.error,
            redirect: self.redirect.as_deref(),
            verdict: self.verdict,
            connection: client.trace,
        }
    }
}
