//! From a request's head to its answer: rules, group, target, exchange.

use super::Client;
use super::record::Record;
use crate::authenticate::User;
use crate::engine::worker::Worker;
use crate::exchange::{self, Done, Failure, Incoming, Outgoing};
use crate::http::{Framing, RequestHead, ResponseHead, Version};
use crate::metrics::Count;
use crate::net::IdleTimer;
use crate::plan::{Action, Forward, ListenerPlan};
use crate::request::answer::{self, Answer};
use crate::request::{forwarded, redirect, trace};
use crate::sticky;
use crate::target::upstream::{Http1, Http2, Refused, Way};
use crate::target::{Group, GroupPlan, Target};
use bytes::Bytes;
use model::balancer::{Protocol, ProtocolVersion, Stickiness};
use std::sync::Arc;
use std::time::{Instant, SystemTime};

/// RFC 9113 §7: a stream with this code was not processed.
const REFUSED_STREAM: u32 = 7;

/// Where a request is.
pub struct At<'a> {
    pub worker: &'a Worker,
    pub listener: &'a ListenerPlan,
    pub client: &'a Client,
}

/// What becomes of the client's connection.
#[derive(Debug)]
pub enum Ended {
    Keep,
    /// The client said that nothing follows its request, and nothing did.
    Last,
    Close,
    /// The response is not whole, and the client has to notice.
    Cut,
    /// The client takes nothing any more: there is nobody to say farewell to.
    Abandoned,
    /// It becomes a tunnel to this target.
    Tunnel(Box<Http1>, Box<crate::target::Held>),
}

/// A request's head with what was found out about it.
pub struct Asked {
    pub head: RequestHead,
    pub framing: Framing,
    /// The protocol a client wants to switch to.
    pub upgrade: Option<Bytes>,
    /// Neither connection may be used again.
    pub suspicious: bool,
    /// Who sent it, where a rule authenticates.
    pub user: Option<Box<User>>,
}

impl At<'_> {
    /// Answers a request. The record has everything but the bytes when it is done.
    pub async fn answer<I: Incoming, O: Outgoing>(
        &self,
        asked: &mut Asked,
        input: &mut I,
        output: &mut O,
        idle: &mut IdleTimer,
        record: &mut Record,
    ) -> Ended {
        if self.listener.balancer.access_log {
            record.head = Some(Box::new(asked.head.clone()));
        }
        self.stamp(&mut asked.head, record);
        if &asked.head.method[..] == b"TRACE" {
            return self.own(answer::error(405), &asked.head, output, idle, record).await;
        }
        if forwarded::too_many_addresses(&asked.head.fields) {
            return self.own(answer::error(463), &asked.head, output, idle, record).await;
        }
        if self.listener.balancer.authenticates
            && let Some(answer) = self.reserved(asked, record).await
        {
            return self.own(answer, &asked.head, output, idle, record).await;
        }
        let found = self.listener.rules.find(&asked.head, self.client.address.ip());
        record.priority = Some(found.map_or(0, |(priority, _)| priority));
        match self.listener.rules.evaluated(found.map(|(priority, _)| priority)) {
            0 => {}
            rules => self.worker.count(&self.listener.balancer, Count::RuleEvaluations, rules as u64),
        }
        let mut action = found.map_or(&self.listener.default, |(_, action)| action);
        if let Action::Authenticate(first) = action {
            if let Some(answer) = self.admit(first, asked, record).await {
                return self.own(answer, &asked.head, output, idle, record).await;
            }
            action = &first.then;
        }
        match action {
            Action::Forward(forward) => {
                record.actions = "forward";
                self.forward(forward, asked, input, output, idle, record).await
            }
            Action::Fixed(answer) => {
                record.actions = "fixed-response";
                self.count(Count::HTTP_Fixed_Response_Count);
                let mut answer = answer.clone();
                asked.renew(&mut answer.head);
                self.own(answer, &asked.head, output, idle, record).await
            }
            Action::Redirect(to) => {
                record.actions = "redirect";
                match redirect::location(to, &asked.head, self.listener.is_encrypted(), self.listener.port) {
                    Some(location) => {
                        self.count(Count::HTTP_Redirect_Count);
                        record.redirect = Some(location.clone());
                        let mut answer = answer::redirect(to.status, location);
                        asked.renew(&mut answer.head);
                        self.own(answer, &asked.head, output, idle, record).await
                    }
                    None => {
                        self.count(Count::HTTP_Redirect_Url_Limit_Exceeded_Count);
                        self.own(answer::error(507), &asked.head, output, idle, record).await
                    }
                }
            }
            Action::Nothing | Action::Authenticate(_) => {
                self.own(answer::error(503), &asked.head, output, idle, record).await
            }
        }
    }

    fn count(&self, count: Count) {
        self.worker.count(&self.listener.balancer, count, 1);
    }

    fn stamp(&self, head: &mut RequestHead, record: &mut Record) {
        trace::stamp(&mut head.fields, record.epoch_seconds(), self.worker.random_bytes());
        if self.listener.balancer.access_log {
            record.trace = head.fields.get(trace::NAME).map(Bytes::copy_from_slice);
        }
    }

    /// An answer of our own.
    pub async fn own<O: Outgoing>(
        &self,
        answer: Answer,
        head: &RequestHead,
        output: &mut O,
        idle: &mut IdleTimer,
        record: &mut Record,
    ) -> Ended {
        Box::pin(self.send_own(answer, head, output, idle, record)).await
    }

    async fn send_own<O: Outgoing>(
        &self,
        mut answer: Answer,
        head: &RequestHead,
        output: &mut O,
        idle: &mut IdleTimer,
        record: &mut Record,
    ) -> Ended {
        record.own = true;
        record.status = Some(answer.head.status);
        record.responded = Some(Instant::now());
        answer.head.fields.push("Date", self.worker.date());
        self.listener.adorn(&mut answer.head.fields);
        let body = if &head.method[..] == b"HEAD" { Bytes::new() } else { answer.body.clone() };
        let framing = Framing::Length(answer.body.len() as u64);
        let without = matches!(answer.head.status, 204 | 304);
        output.reads_no_more();
        let sent = async {
            if without {
                output.head(&answer.head, Framing::None).await?;
            } else if body.is_empty() && !answer.body.is_empty() {
                // The length is told, the body is not.
                answer.head.fields.push("Content-Length", answer.body.len().to_string());
                output.head(&answer.head, Framing::None).await?;
            } else {
                output.head(&answer.head, framing).await?;
                output.data(body).await?;
            }
            output.end(None).await
        };
        match idle.moving(sent).await {
            Some(Ok(())) => Ended::Keep,
            Some(Err(_)) => Ended::Close,
            None => Ended::Abandoned,
        }
    }

    async fn forward<I: Incoming, O: Outgoing>(
        &self,
        forward: &Forward,
        asked: &mut Asked,
        input: &mut I,
        output: &mut O,
        idle: &mut IdleTimer,
        record: &mut Record,
    ) -> Ended {
        let Some(group) = self.group(forward, &asked.head, record) else {
            return self.own(answer::error(503), &asked.head, output, idle, record).await;
        };
        let plan = self.worker.plan_of(group);
        record.group = Some(Arc::clone(group));
        record.grpc = plan.config.protocol_version == ProtocolVersion::Grpc;
        if !fits(&asked.head, plan.config.protocol_version) {
            return self.own(answer::error(464), &asked.head, output, idle, record).await;
        }
        let Some(mut target) = self.target(group, &plan, &asked.head, record) else {
            return self.own(answer::error(503), &asked.head, output, idle, record).await;
        };
        self.count(Count::RequestCount);
        group.counters.add(self.worker.index, Count::RequestCount, 1);
        if self.client.is_ipv6() {
            self.count(Count::IPv6RequestCount);
        }
        if group.fails_open(self.client.zone.as_deref()) {
            group.counters.add(self.worker.index, Count::UnhealthyRoutingRequestCount, 1);
        }
        if record.grpc {
            self.count(Count::GrpcRequestCount);
        }
        self.prepare(asked, &plan);
        let (mut tried, zone) = (Vec::new(), self.client.zone.as_deref());
        let failed = loop {
            record.target = Some(target.address);
            let held = target.begin();
            match self.exchange(forward, group, &plan, &target, asked, input, output, idle, record).await {
                Ok(Ended::Tunnel(connection, _)) => return Ended::Tunnel(connection, Box::new(held)),
                Ok(ended) => {
                    target.answered(record.timeline.target_status.is_some_and(|status| status >= 500));
                    return ended;
                }
                Err(failed @ Failure::Unreached(_)) => {
                    tried.push(Arc::clone(&target));
                    let (turn, random) = (self.worker.turn(group.slot), self.worker.random());
                    let other = (tried.len() < TARGETS).then(|| {
                        group.choose_besides(zone, &tried, turn, random, self.worker.ms_at(record.began))
                    });
                    let Some(other) = other.flatten() else { break failed };
                    target.answered(true);
                    target = other;
                }
                Err(failed) => break failed,
            }
        };
        match failed {
            Failure::ClientGone => {
                record.status = Some(460);
                record.own = record.timeline.target_status.is_none();
                Ended::Close
            }
            Failure::Cut => {
                target.answered(true);
                Ended::Cut
            }
            Failure::Reset { code, .. } => {
                output.reset(code);
                target.answered(true);
                Ended::Cut
            }
            Failure::Stale | Failure::Unsent | Failure::Unreached(_) | Failure::Status(_) => {
                let status = match failed {
                    Failure::Status(status) | Failure::Unreached(status) => status,
                    _ => 502,
                };
                target.answered(status >= 500);
                let empty = RequestHead {
                    method: asked.head.method.clone(),
                    target: Bytes::new(),
                    host: Bytes::new(),
                    scheme: None,
                    version: Version::Http11,
                    fields: crate::http::Fields::default(),
                };
                self.own(answer::error(status), &empty, output, idle, record).await
            }
        }
    }

    /// The target group: the one the client stays with, or one by weight.
    fn group<'f>(&self, forward: &'f Forward, head: &RequestHead, record: &Record) -> Option<&'f Arc<Group>> {
        if let ([(group, _)], None) = (&forward.groups[..], forward.stickiness_seconds) {
            return Some(group);
        }
        let (scope, now) = (self.listener.balancer.arn.as_bytes(), record.epoch_seconds());
        let sticky = forward.stickiness_seconds.and_then(|_| {
            let session = sticky::session(&head.fields, &sticky::GROUP, &self.listener.key, scope, now)?;
            let (group, weight) =
                forward.groups.iter().find(|(group, _)| group.arn.as_bytes() == session.with)?;
            (*weight > 0).then_some(group)
        });
        sticky.or_else(|| {
            let weights = forward.groups.iter().map(|(_, weight)| u64::from(*weight));
            forward
                .groups
                .get(crate::balance::weighted(weights, self.worker.random())?)
                .map(|(group, _)| group)
        })
    }

    /// The target: the one the client stays with while it may be chosen, or the next.
    fn target(
        &self,
        group: &Arc<Group>,
        plan: &GroupPlan,
        head: &RequestHead,
        record: &Record,
    ) -> Option<Arc<Target>> {
        let now = record.epoch_seconds();
        let zone = self.client.zone.as_deref();
        let names = match &plan.config.stickiness {
            Some(Stickiness::Balancer { .. }) => &sticky::TARGET[..],
            // The client has to bring both cookies back.
            Some(Stickiness::Application { cookie, .. })
                if sticky::cookie(&head.fields, cookie).is_some() =>
            {
                &sticky::APPLICATION[..]
            }
            _ => &[],
        };
        let sticky = sticky::session(&head.fields, names, &self.listener.key, group.arn.as_bytes(), now)
            .and_then(|session| group.target(zone, &session.with));
        sticky.or_else(|| {
            if matches!(
                plan.config.stickiness,
                Some(Stickiness::Balancer { .. } | Stickiness::Application { .. })
            ) {
                self.count(Count::NonStickyRequestCount);
            }
            group.choose(
                zone,
                self.worker.turn(group.slot),
                self.worker.random(),
                self.worker.ms_at(record.began),
            )
        })
    }

    #[allow(clippy::too_many_arguments, reason = "one request's whole surroundings")]
    async fn exchange<I: Incoming, O: Outgoing>(
        &self,
        forward: &Forward,
        group: &Arc<Group>,
        plan: &GroupPlan,
        target: &Arc<Target>,
        asked: &Asked,
        input: &mut I,
        output: &mut O,
        idle: &mut IdleTimer,
        record: &mut Record,
    ) -> Result<Ended, Failure> {
        let http1 = plan.config.protocol_version == ProtocolVersion::Http1;
        let mut first = true;
        loop {
            let request = exchange::http1::Request {
                head: &asked.head,
                framing: asked.framing,
                upgrade: asked.upgrade.is_some(),
                gone: &target.gone,
            };
            let adorn = |head: &mut ResponseHead| {
                self.adorn(head, forward, group, plan, target);
                asked.renew(head);
            };
            let timeline = &mut record.timeline;
            let result = if http1 {
                let mut connection = match self
                    .worker
                    .pool
                    .take(target, record.began.into())
                    .filter(|_| first && !asked.suspicious)
                {
                    Some(connection) => connection,
                    // Of its own, as are other ways that few requests go: what all go is then small.
                    None => Box::pin(Http1::open(self.way(plan), target, idle.activity()))
                        .await
                        .map_err(|refused| self.refused(group, &refused))?,
                };
                connection.follow(&idle.activity());
                let done =
                    exchange::http1::exchange(&mut connection, request, input, output, idle, timeline, adorn)
                        .await;
                match done {
                    Ok(Done::Upgraded) => {
                        record.status = Some(101);
                        record.upgraded = true;
                        return Ok(Ended::Tunnel(connection, Box::new(target.begin())));
                    }
                    Ok(Done::Whole { target_reusable: true, .. }) if !asked.suspicious => {
                        self.worker.pool.put(target, connection)
                    }
                    _ => {}
                }
                done
            } else {
                let opened = Box::pin(self.http2(plan, target)).await;
                let connection = opened.map_err(|refused| self.refused(group, &refused))?;
                let resets = plan.config.forward_resets;
                let exchange = exchange::http2::exchange(
                    &connection,
                    request,
                    resets,
                    input,
                    output,
                    idle,
                    timeline,
                    adorn,
                );
                let done = Box::pin(exchange).await;
                if matches!(done, Err(Failure::Unsent)) {
                    connection.retire();
                }
                done
            };
            record.status = record.timeline.target_status;
            record.responded = record.timeline.answered;
            match result {
                Ok(Done::Whole { request_read, .. }) => {
                    let keep = request_read && !asked.suspicious;
                    return Ok(if keep { Ended::Keep } else { Ended::Close });
                }
                Ok(Done::Upgraded) => return Ok(Ended::Close),
                // RFC 9110 §9.2.2: what is idempotent may be sent again where the connection it went over was closed meanwhile.
                Err(Failure::Stale) if first && !input.touched() && is_idempotent(&asked.head.method) => {
                    first = false
                }
                Err(Failure::Unsent | Failure::Reset { code: REFUSED_STREAM, begun: false })
                    if first && !input.touched() =>
                {
                    first = false
                }
                Err(failure) => return Err(failure),
            }
        }
    }

    /// Makes of a client's request the one that targets get.
    fn prepare(&self, asked: &mut Asked, plan: &GroupPlan) {
        let http1 = plan.config.protocol_version == ProtocolVersion::Http1;
        let tls = self.client.tls.as_ref().map(|tls| forwarded::Agreed {
            version: tls.protocol,
            cipher: tls.cipher,
            group: tls.group,
            headers: &self.listener.tls_headers,
        });
        let client = forwarded::Client {
            said: self.client.said(self.listener.balancer.http.forwarded_for_port),
            port: self.listener.port,
            port_text: &self.listener.port_text,
            local: self.client.local,
            tls,
        };
        let http = &self.listener.balancer.http;
        if forwarded::prepare(&mut asked.head, http, client, !http1, asked.upgrade.as_ref()) {
            self.count(match http.drop_invalid_header_fields {
                true => Count::DroppedInvalidHeaderRequestCount,
                false => Count::ForwardedInvalidHeaderRequestCount,
            });
        }
        // Last: nothing that a client says takes it away again.
        if let Some(user) = &asked.user {
            user.introduce(&mut asked.head.fields);
        }
    }

    /// A connection of HTTP/2 with room for a request. Whoever comes while one is opened waits for that one.
    async fn http2(
        &self,
        plan: &GroupPlan,
        target: &Arc<Target>,
    ) -> Result<std::rc::Rc<Http2>, std::rc::Rc<Refused>> {
        let pool = &self.worker.pool;
        let mut rounds = 0;
        loop {
            if let Some(connection) = pool.shared(target) {
                return Ok(connection);
            }
            let mut opening = pool.opening(target).unwrap_or_else(|| self.open_shared(plan, target));
            let opened = opening.wait_for(Option::is_some).await.map(|opened| opened.clone());
            rounds += 1;
            match opened {
                Ok(Some(Ok(connection))) if connection.has_room() || rounds >= ROUNDS => {
                    return Ok(connection);
                }
                // Others took all of it.
                Ok(Some(Ok(_)) | None) => {}
                Ok(Some(Err(refused))) => return Err(refused),
                Err(_) => {
                    let error = std::io::ErrorKind::ConnectionAborted.into();
                    return Err(std::rc::Rc::new(Refused::Connect(error)));
                }
            }
        }
    }

    /// Opens a connection in a task of its own: a client that leaves takes it from nobody else.
    fn open_shared(&self, plan: &GroupPlan, target: &Arc<Target>) -> crate::target::Opening {
        let (tell, opening) = tokio::sync::watch::channel(None);
        self.worker.pool.begin(target, opening.clone());
        let (shared, pool) = (Arc::clone(&self.worker.shared), std::rc::Rc::clone(&self.worker.pool));
        let way = self.way(plan);
        let (namespace, tls) = (way.namespace.map(str::to_owned), way.tls.cloned());
        let target = Arc::clone(target);
        tokio::task::spawn_local(async move {
            let way = Way {
                sockets: &*shared.sockets,
                namespace: namespace.as_deref(),
                client: None,
                tls: tls.as_ref(),
            };
            let opened = Http2::open(way, &target).await.map_err(std::rc::Rc::new);
            pool.share(&target, opened.as_ref().ok());
            tell.send_replace(Some(opened));
        });
        opening
    }

    fn way<'w>(&'w self, plan: &'w GroupPlan) -> Way<'w> {
        let shared = &self.worker.shared;
        let encrypted = plan.config.protocol == Protocol::Https;
        let tls = match plan.config.protocol_version {
            ProtocolVersion::Http1 => &shared.target_tls.http1,
            _ => &shared.target_tls.http2,
        };
        Way {
            sockets: &*shared.sockets,
            namespace: plan.config.namespace.as_deref(),
            client: None,
            tls: encrypted.then_some(tls),
        }
    }

    fn refused(&self, group: &Group, refused: &Refused) -> Failure {
        let count = if matches!(refused, Refused::Tls(_)) {
            Count::TargetTLSNegotiationErrorCount
        } else {
            Count::TargetConnectionErrorCount
        };
        self.count(count);
        group.counters.add(self.worker.index, count, 1);
        tracing::debug!(group = group.arn, error = %refused, "no connection to a target");
        match refused.status() {
            // A client that has waited for that long gets its answer.
            status @ 504 => Failure::Status(status),
            status => Failure::Unreached(status),
        }
    }

    /// What the load balancer adds to a target's response.
    fn adorn(
        &self,
        head: &mut ResponseHead,
        forward: &Forward,
        group: &Group,
        plan: &GroupPlan,
        target: &Target,
    ) {
        self.listener.adorn(&mut head.fields);
        if forward.stickiness_seconds.is_none() && plan.config.stickiness.is_none() {
            return;
        }
        let now = SystemTime::now();
        let until = |seconds: u32| self.worker.epoch_seconds() + u64::from(seconds);
        let key = &self.listener.key;
        if let Some(seconds) = forward.stickiness_seconds {
            let session = sticky::Session { with: group.arn.as_bytes().to_vec(), until: until(seconds) };
            let value = key.seal(&session, self.listener.balancer.arn.as_bytes(), self.worker.nonce());
            sticky::bind(&mut head.fields, &sticky::GROUP, &value, now);
        }
        let (names, seconds) = match &plan.config.stickiness {
            Some(Stickiness::Balancer { duration_seconds }) => (&sticky::TARGET[..], *duration_seconds),
            Some(Stickiness::Application { cookie, duration_seconds })
                if sticky::sets(&head.fields, cookie) =>
            {
                (&sticky::APPLICATION[..], *duration_seconds)
            }
            _ => (&[][..], 0),
        };
        if !names.is_empty() {
            let session = sticky::Session { with: target.key.as_bytes().to_vec(), until: until(seconds) };
            let value = key.seal(&session, group.arn.as_bytes(), self.worker.nonce());
            sticky::bind(&mut head.fields, names, &value, now);
        }
    }
}

/// Whether a request may go to a group of this version: else AWS answers 464.
fn fits(head: &RequestHead, version: ProtocolVersion) -> bool {
    match version {
        // gRPC cannot end in HTTP/1.1: its status is in the trailers.
        ProtocolVersion::Http1 => {
            let grpc = |kind: &[u8]| kind.to_ascii_lowercase().starts_with(b"application/grpc");
            head.version != Version::Http2 || !head.fields.get("content-type").is_some_and(grpc)
        }
        ProtocolVersion::Http2 => head.version == Version::Http2,
        ProtocolVersion::Grpc => head.version == Version::Http2 && &head.method[..] == b"POST",
    }
}

/// Connections that a request waits for before it takes one that is full.
const ROUNDS: usize = 4;
/// Targets that one request is offered to where they do not take connections.
const TARGETS: usize = 3;

fn is_idempotent(method: &[u8]) -> bool {
    matches!(method, b"GET" | b"HEAD" | b"OPTIONS" | b"PUT" | b"DELETE")
}
