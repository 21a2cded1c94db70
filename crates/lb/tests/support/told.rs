//! Engines whose metrics are told to a test.

use super::{forward, listener, options, simple, target};
use lb::metrics::{Datum, Metrics, Value};
use lb::{Engine, Options};
use model::balancer::*;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Everything that was told, each time on its own.
#[derive(Default)]
pub struct Told(Mutex<Vec<Vec<Datum>>>);

impl Metrics for Told {
    fn record(&self, data: &[Datum]) {
        self.0.lock().expect("nobody panics").push(data.to_vec());
    }
}

impl Told {
    pub fn all(&self) -> Vec<Datum> {
        self.0.lock().expect("nobody panics").concat()
    }

    /// How often something was told.
    pub fn times(&self) -> usize {
        self.0.lock().expect("nobody panics").len()
    }

    /// The sums of a metric of the load balancer, or of the group, so far.
    pub fn sum(&self, name: &str, of_group: bool) -> u64 {
        let of =
            self.all().into_iter().filter(|datum| datum.name == name && datum.group.is_some() == of_group);
        of.map(|datum| match datum.value {
            Value::Sum(sum) => sum,
            other => panic!("{name}: {other:?}"),
        })
        .sum()
    }

    /// The least and the most of a metric so far.
    pub fn range(&self, name: &str, of_group: bool) -> Option<(f64, f64)> {
        let of =
            self.all().into_iter().filter(|datum| datum.name == name && datum.group.is_some() == of_group);
        let ranges = of.map(|datum| match datum.value {
            Value::Statistics { minimum, maximum, .. } => (minimum, maximum),
            other => panic!("{name}: {other:?}"),
        });
        ranges.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)))
    }

    /// What a gauge of the load balancer was told to be last.
    pub fn gauge(&self, name: &str) -> Option<u64> {
        let all = self.all();
        let last = all.iter().rfind(|datum| datum.name == name && datum.group.is_none())?;
        match last.value {
            Value::Gauge(value) => Some(value),
            other => panic!("{name}: {other:?}"),
        }
    }
}

/// An engine that tells every second.
pub fn start(configuration: &Configuration) -> (Engine, Arc<Told>) {
    start_with(configuration, options())
}

/// As [`start`], with other options.
pub fn start_with(configuration: &Configuration, options: Options) -> (Engine, Arc<Told>) {
    let told = Arc::new(Told::default());
    let metrics: Arc<dyn Metrics> = Arc::clone(&told) as _;
    let options = Options { metrics: Some(metrics), metrics_period: Duration::from_secs(1), ..options };
    let engine = Engine::start(options).expect("it starts");
    engine.apply(configuration).expect("it is taken");
    (engine, told)
}

/// A network load balancer with one target.
pub fn network(port: u16, protocol: ListenerProtocol, of_group: Protocol, to: SocketAddr) -> Configuration {
    let mut configuration = simple(port, vec![target(to)]);
    configuration.balancers[0].kind = BalancerKind::Network;
    configuration.balancers[0].listeners = vec![listener(port, protocol, forward(&[("g", 1)]))];
    configuration.groups[0].protocol = of_group;
    configuration
}
