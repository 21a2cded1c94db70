//! What is counted, as CloudWatch names it ("CloudWatch metrics for your Application Load Balancer" and "… Network Load Balancer").
//!
//! Workers count into shards of their own; a reader adds them up and takes the differences. What is no sum is looked at every second, so that a
//! dip within a period shows in its minimum. Not told: packets (the kernel counts those of flows that it forwards; what is spliced is never seen), flows that
//! security groups block (the node's firewall drops them), capacity units. Data are of a whole load balancer, not of its zones.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

/// Receives what was counted since it was last told.
pub trait Metrics: Send + Sync + 'static {
    fn record(&self, data: &[Datum]);
}

/// A data point of one metric.
#[derive(Clone, Debug, PartialEq)]
pub struct Datum {
    pub name: &'static str,
    /// `app/NAME/ID` or `net/NAME/ID`; that of a target group is missing where nothing leads to it.
    pub balancer: Option<String>,
    /// `targetgroup/NAME/ID`.
    pub group: Option<String>,
    pub value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Added up over the period.
    Sum(u64),
    /// As it is now.
    Gauge(u64),
    /// Of many: response times in seconds, `ELBAuthLatency` in milliseconds, or what was there every second.
    Statistics { count: u64, sum: f64, minimum: f64, maximum: f64 },
}

impl Value {
    /// One number as a statistic.
    pub fn one(value: f64) -> Self {
        Self::Statistics { count: 1, sum: value, minimum: value, maximum: value }
    }

    fn and(self, value: f64) -> Self {
        match self {
            Self::Statistics { count, sum, minimum, maximum } => Self::Statistics {
                count: count + 1,
                sum: sum + value,
                minimum: minimum.min(value),
                maximum: maximum.max(value),
            },
            Self::Sum(_) | Self::Gauge(_) => self,
        }
    }
}

macro_rules! counts {
    ($($(#[$doc:meta])* $variant:ident),* $(,)?) => {
        /// A metric that is added up; its name is AWS's.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(non_camel_case_types, reason = "the names of the metrics")]
        pub enum Count { $($(#[$doc])* $variant),* }

        impl Count {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant)),* }
            }
        }
    };
}

counts! {
    RequestCount,
    IPv6RequestCount,
    IPv6ProcessedBytes,
    NonStickyRequestCount,
    RuleEvaluations,
    /// Requests of a target group while its unhealthy targets get some too.
    UnhealthyRoutingRequestCount,
    NewConnectionCount,
    RejectedConnectionCount,
    ProcessedBytes,
    ClientTLSNegotiationErrorCount,
    TargetTLSNegotiationErrorCount,
    TargetConnectionErrorCount,
    HTTPCode_ELB_3XX_Count,
    HTTPCode_ELB_4XX_Count,
    HTTPCode_ELB_5XX_Count,
    HTTPCode_ELB_500_Count,
    HTTPCode_ELB_502_Count,
    HTTPCode_ELB_503_Count,
    HTTPCode_ELB_504_Count,
    HTTPCode_Target_2XX_Count,
    HTTPCode_Target_3XX_Count,
    HTTPCode_Target_4XX_Count,
    HTTPCode_Target_5XX_Count,
    HTTP_Fixed_Response_Count,
    HTTP_Redirect_Count,
    HTTP_Redirect_Url_Limit_Exceeded_Count,
    GrpcRequestCount,
    DesyncMitigationMode_NonCompliant_Request_Count,
    /// Of users who are authenticated.
    ELBAuthError,
    ELBAuthFailure,
    ELBAuthRefreshTokenSuccess,
    ELBAuthSuccess,
    ELBAuthUserClaimsSizeExceeded,
    DroppedInvalidHeaderRequestCount,
    ForwardedInvalidHeaderRequestCount,
    /// Of network load balancers.
    NewFlowCount,
    NewFlowCount_TCP,
    NewFlowCount_TLS,
    NewFlowCount_UDP,
    ProcessedBytes_TCP,
    ProcessedBytes_TLS,
    ProcessedBytes_UDP,
    RejectedFlowCount,
    RejectedFlowCount_TCP,
    TCP_Client_Reset_Count,
    TCP_Target_Reset_Count,
    TCP_ELB_Reset_Count,
    /// Flows that began while unhealthy targets get some too.
    UnhealthyRoutingFlowCount,
    /// Connections to targets for which no port of the source address was left.
    PortAllocationErrorCount,
}

/// What a flow of a network load balancer's is, for the metrics that tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flow {
    Tcp,
    Tls,
    Udp,
}

/// One worker's counts of one load balancer or target group. Aligned so that workers do not share cache lines.
#[derive(Debug)]
#[repr(align(128))]
struct Shard {
    counts: [AtomicU64; Count::ALL.len()],
    /// Connections that are open now: those of application load balancers, then flows by what they are.
    active: [AtomicU64; 4],
    /// Of responses of targets.
    times: Times,
    /// Of what providers of identities were asked.
    authentications: Times,
}

/// Count, sum, least and most of times in microseconds.
#[derive(Debug)]
struct Times([AtomicU64; 4]);

impl Default for Times {
    fn default() -> Self {
        Self([AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(u64::MAX), AtomicU64::new(0)])
    }
}

impl Times {
    fn add(&self, micros: u64) {
        let [count, sum, minimum, maximum] = &self.0;
        count.fetch_add(1, Relaxed);
        sum.fetch_add(micros, Relaxed);
        minimum.fetch_min(micros, Relaxed);
        maximum.fetch_max(micros, Relaxed);
    }

    /// Takes those of all shards, in units of so many microseconds.
    fn take<'a>(all: impl Iterator<Item = &'a Self>, unit: f64) -> Option<Value> {
        let (mut count, mut sum, mut minimum, mut maximum) = (0, 0, u64::MAX, 0);
        for Self(times) in all {
            count += times[0].swap(0, Relaxed);
            sum += times[1].swap(0, Relaxed);
            minimum = minimum.min(times[2].swap(u64::MAX, Relaxed));
            maximum = maximum.max(times[3].swap(0, Relaxed));
        }
        let units = |micros: u64| micros as f64 / unit;
        (count > 0).then(|| Value::Statistics {
            count,
            sum: units(sum),
            minimum: units(minimum),
            maximum: units(maximum),
        })
    }
}

impl Default for Shard {
    fn default() -> Self {
        Self {
            counts: [const { AtomicU64::new(0) }; Count::ALL.len()],
            active: [const { AtomicU64::new(0) }; 4],
            times: Times::default(),
            authentications: Times::default(),
        }
    }
}

/// The counts of a load balancer or of a target group.
#[derive(Debug)]
pub struct Counters {
    shards: Box<[Shard]>,
    /// Flows that the kernel carries, by what they are, as it was looked at last.
    forwarded: [AtomicU64; 3],
    /// What was looked at since the beginning or since [`Self::take`].
    samples: Mutex<Vec<(&'static str, Value)>>,
}

impl Counters {
    pub fn new(workers: usize) -> Self {
        let shards = (0..workers.max(1)).map(|_| Shard::default()).collect();
        Self { shards, forwarded: Default::default(), samples: Mutex::default() }
    }

    fn shard(&self, worker: usize) -> &Shard {
        &self.shards[worker % self.shards.len()]
    }

    pub fn add(&self, worker: usize, count: Count, by: u64) {
        self.shard(worker).counts[count as usize].fetch_add(by, Relaxed);
    }

    /// A flow of a network load balancer's.
    pub fn flow(&self, worker: usize, kind: Flow) {
        self.flows(worker, kind, 1);
    }

    pub fn flows(&self, worker: usize, kind: Flow, new: u64) {
        self.add(worker, Count::NewFlowCount, new);
        let of_kind = match kind {
            Flow::Tcp => Count::NewFlowCount_TCP,
            Flow::Tls => Count::NewFlowCount_TLS,
            Flow::Udp => Count::NewFlowCount_UDP,
        };
        self.add(worker, of_kind, new);
    }

    /// What flows of a network load balancer carried.
    pub fn carried(&self, worker: usize, kind: Flow, bytes: u64) {
        self.add(worker, Count::ProcessedBytes, bytes);
        let of_kind = match kind {
            Flow::Tcp => Count::ProcessedBytes_TCP,
            Flow::Tls => Count::ProcessedBytes_TLS,
            Flow::Udp => Count::ProcessedBytes_UDP,
        };
        self.add(worker, of_kind, bytes);
    }

    /// A connection is there; of a network load balancer's it is said what.
    pub fn opened(&self, worker: usize, kind: Option<Flow>) {
        self.shard(worker).active[place(kind)].fetch_add(1, Relaxed);
    }

    pub fn closed(&self, worker: usize, kind: Option<Flow>) {
        self.shard(worker).active[place(kind)].fetch_sub(1, Relaxed);
    }

    /// So many flows of a kind are with the kernel.
    pub fn set_forwarded(&self, kind: Flow, count: u64) {
        self.forwarded[kind as usize].store(count, Relaxed);
    }

    /// What is there now of something that is not added up.
    pub fn sample(&self, name: &'static str, value: f64) {
        let mut samples = self.samples.lock().unwrap_or_else(PoisonError::into_inner);
        match samples.iter_mut().find(|(of, _)| *of == name) {
            Some((_, statistics)) => *statistics = statistics.and(value),
            None => samples.push((name, Value::one(value))),
        }
    }

    pub fn response_time(&self, worker: usize, micros: u64) {
        self.shard(worker).times.add(micros);
    }

    /// How long a provider of identities took to say who a user is, or to fail.
    pub fn authentication_time(&self, worker: usize, micros: u64) {
        self.shard(worker).authentications.add(micros);
    }

    /// The count since the beginning or since [`Self::take`].
    pub fn get(&self, count: Count) -> u64 {
        self.shards.iter().map(|shard| shard.counts[count as usize].load(Relaxed)).sum()
    }

    /// All connections and flows that are open now.
    pub fn active(&self) -> u64 {
        [None, Some(Flow::Tcp), Some(Flow::Tls), Some(Flow::Udp)]
            .map(|kind| self.active_of(kind))
            .iter()
            .sum()
    }

    pub fn active_of(&self, kind: Option<Flow>) -> u64 {
        let of_kind = self.shards.iter().map(|shard| shard.active[place(kind)].load(Relaxed));
        let forwarded = kind.map_or(0, |kind| self.forwarded[kind as usize].load(Relaxed));
        of_kind.fold(forwarded, u64::wrapping_add)
    }

    /// Takes what was counted and begins anew.
    pub fn take(&self, mut give: impl FnMut(&'static str, Value)) {
        for (name, value) in self.samples.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            give(name, value);
        }
        for count in Count::ALL {
            let sum = self.shards.iter().map(|shard| shard.counts[*count as usize].swap(0, Relaxed)).sum();
            if sum > 0 {
                give(count.name(), Value::Sum(sum));
            }
        }
        if let Some(times) = Times::take(self.shards.iter().map(|shard| &shard.times), 1e6) {
            give("TargetResponseTime", times);
        }
        if let Some(times) = Times::take(self.shards.iter().map(|shard| &shard.authentications), 1e3) {
            give("ELBAuthLatency", times);
        }
    }
}

fn place(kind: Option<Flow>) -> usize {
    kind.map_or(0, |flow| 1 + flow as usize)
}

/// The bytes of a client's flow, counted as they come and go.
#[derive(Debug)]
pub struct Meter {
    pub counters: Arc<Counters>,
    pub worker: usize,
    pub kind: Flow,
}

impl Meter {
    pub fn count(&self, bytes: usize) {
        self.counters.carried(self.worker, self.kind, bytes as u64);
    }
}

/// The counts of an answer of the load balancer's own.
pub fn of_balancer(status: u16) -> impl Iterator<Item = Count> {
    let class = match status / 100 {
        3 => Some(Count::HTTPCode_ELB_3XX_Count),
        4 => Some(Count::HTTPCode_ELB_4XX_Count),
        5 => Some(Count::HTTPCode_ELB_5XX_Count),
        _ => None,
    };
    let one = match status {
        500 => Some(Count::HTTPCode_ELB_500_Count),
        502 => Some(Count::HTTPCode_ELB_502_Count),
        503 => Some(Count::HTTPCode_ELB_503_Count),
        504 => Some(Count::HTTPCode_ELB_504_Count),
        _ => None,
    };
    class.into_iter().chain(one)
}

/// The count of a target's answer.
pub fn of_target(status: u16) -> Option<Count> {
    match status / 100 {
        2 => Some(Count::HTTPCode_Target_2XX_Count),
        3 => Some(Count::HTTPCode_Target_3XX_Count),
        4 => Some(Count::HTTPCode_Target_4XX_Count),
        5 => Some(Count::HTTPCode_Target_5XX_Count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workers_are_added_up_and_taken_once() {
        let counters = Counters::new(2);
        counters.add(0, Count::RequestCount, 2);
        counters.add(1, Count::RequestCount, 3);
        counters.sample("HealthyHostCount", 3.0);
        counters.sample("HealthyHostCount", 1.0);
        counters.response_time(0, 1000);
        counters.response_time(1, 3000);
        let mut taken = Vec::new();
        counters.take(|name, value| taken.push((name, value)));
        assert_eq!(
            taken,
            [
                ("HealthyHostCount", Value::Statistics { count: 2, sum: 4.0, minimum: 1.0, maximum: 3.0 }),
                ("RequestCount", Value::Sum(5)),
                (
                    "TargetResponseTime",
                    Value::Statistics { count: 2, sum: 0.004, minimum: 0.001, maximum: 0.003 }
                )
            ]
        );
        counters.take(|name, _| panic!("{name} was taken already"));
    }

    #[test]
    fn names() {
        assert_eq!(Count::HTTPCode_ELB_5XX_Count.name(), "HTTPCode_ELB_5XX_Count");
        assert_eq!(
            of_balancer(503).collect::<Vec<_>>(),
            [Count::HTTPCode_ELB_5XX_Count, Count::HTTPCode_ELB_503_Count]
        );
        assert_eq!(of_target(404), Some(Count::HTTPCode_Target_4XX_Count));
    }
}
