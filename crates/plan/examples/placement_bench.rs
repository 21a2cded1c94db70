//! Placements per second over 10,000 instances.
//!
//! `cargo run --release -p plan --example placement_bench [INSTANCES]`. Each scenario starts on a fleet that is about half
//! full, sends its requests one after the other and ends one old task for each new one, so that the state keeps evolving
//! and no scenario fills up. Printed: the median of five runs, and the slowest.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock and its arguments")]

use model::ecs::Attribute;
use model::ids::ContainerInstanceArn;
use model::status::TransportProtocol;
use model::{CpuUnits, MemoryMib};
use plan::placement::{
    BinpackField, Constraint, Fleet, Held, Instance, Phase, Placement, Request, SpreadField, Strategy,
};
use std::collections::VecDeque;
use std::time::{Duration, Instant};

const RUNS: usize = 5;
const CAPABILITIES: usize = 24;

/// 32 vCPU and 64 GiB each, in three zones and four types, with the capabilities an agent registers.
fn instance(n: usize) -> Instance {
    let arn = format!("arn:aws:ecs:us-east-1:000000000000:container-instance/bench/{n:032x}");
    let arn: ContainerInstanceArn = arn.parse().expect("an ARN");
    let mut instance = Instance::new(arn, CpuUnits(32 * 1024), MemoryMib(64 * 1024));
    let mut set = |name: &str, value: String| instance.attributes.insert(name.to_owned(), Some(value));
    set("ecs.availability-zone", format!("us-east-1{}", ["a", "b", "c"][n % 3]));
    set("ecs.instance-type", ["m5.8xlarge", "c5.9xlarge", "m6i.8xlarge", "g5.8xlarge"][n / 7 % 4].to_owned());
    set("ecs.awsvpc-trunk-id", format!("eni-{n:017x}"));
    set("rack", format!("r{}", n / 40));
    for capability in 0..CAPABILITIES {
        instance.attributes.insert(format!("com.amazonaws.ecs.capability.{capability}"), None);
    }
    instance
}

fn request(family: usize, count: u32) -> Request {
    Request {
        count,
        cpu: CpuUnits([128, 256, 512, 1024][family % 4]),
        memory: MemoryMib([256, 300, 512, 1000, 2048][family % 5]),
        required_attributes: (0..10)
            .map(|i| {
                Attribute::named(format!("com.amazonaws.ecs.capability.{}", (family + i) % CAPABILITIES))
            })
            .collect(),
        group: format!("family:{family}"),
        ..Request::default()
    }
}

fn zone_then_instance() -> Vec<Strategy> {
    let mut chain = Strategy::default_for_services();
    chain.push(Strategy::Spread(SpreadField::Instance));
    chain
}

fn member_of(text: &str) -> Vec<Constraint> {
    vec![Constraint::member_of(text).expect("an expression")]
}

/// One of 200 definitions, each with ways of its own.
fn mixed(n: usize) -> Request {
    let family = n * 7919 % 200;
    let mut request = Request { seed: n as u64, ..request(family, 1 + (n % 10) as u32) };
    request.strategies = match family % 6 {
        0 => vec![Strategy::Random],
        1 => zone_then_instance(),
        2 => vec![Strategy::Binpack(BinpackField::Memory)],
        3 => vec![Strategy::Spread(SpreadField::Instance), Strategy::Binpack(BinpackField::Cpu)],
        4 => Strategy::default_for_services(),
        _ => vec![Strategy::Binpack(BinpackField::Cpu), Strategy::Binpack(BinpackField::Memory)],
    };
    request.constraints = match family % 5 {
        0 => {
            member_of("attribute:ecs.instance-type =~ m.* and attribute:ecs.availability-zone != us-east-1c")
        }
        1 => vec![Constraint::DistinctInstance],
        2 => member_of("not (task:group == family:3) or runningTasksCount < 2"),
        _ => vec![],
    };
    if family % 10 == 4 {
        request.host_ports = vec![(8000 + (family % 50) as u16, TransportProtocol::Tcp)];
    }
    request
}

/// A fleet and the tasks on it, oldest first.
#[derive(Clone)]
struct Cluster {
    fleet: Fleet,
    tasks: VecDeque<(Placement, String)>,
}

impl Cluster {
    fn half_full(instances: usize) -> Self {
        let mut cluster = Self { fleet: Fleet::new((0..instances).map(instance)), tasks: VecDeque::new() };
        for n in 0..instances / 10 * 8 {
            let strategies =
                if n % 2 == 0 { vec![Strategy::Random] } else { vec![Strategy::Binpack(BinpackField::Cpu)] };
            cluster.place(&Request { strategies, seed: n as u64, ..request(1000 + n % 300, 25) });
        }
        cluster
    }

    fn place(&mut self, request: &Request) -> usize {
        let outcome = self.fleet.place(request);
        let placed = outcome.placements.len();
        self.tasks.extend(outcome.placements.into_iter().map(|p| (p, request.group.clone())));
        placed
    }

    fn end_oldest(&mut self, count: usize) {
        for (placement, group) in self.tasks.drain(..count.min(self.tasks.len())) {
            let held = Held { group: &group, reservation: &placement.reservation, network_interfaces: 0 };
            self.fleet.release(&placement.instance, held, Phase::Pending);
        }
    }
}

/// Sends the requests; returns tasks placed and the time that placing and ending took.
fn run(start: &Cluster, requests: &[Request]) -> (usize, Duration) {
    let mut cluster = start.clone();
    let mut placed = 0;
    let begin = Instant::now();
    for request in requests {
        let now = cluster.place(request);
        cluster.end_oldest(now);
        placed += now;
    }
    (placed, begin.elapsed())
}

fn scenario(name: &str, start: &Cluster, requests: &[Request]) {
    let asked: u32 = requests.iter().map(|request| request.count).sum();
    let mut runs: Vec<(usize, Duration)> = (0..RUNS).map(|_| run(start, requests)).collect();
    runs.sort_by_key(|(_, time)| *time);
    let rate = |(placed, time): (usize, Duration)| placed as f64 / time.as_secs_f64();
    let (median, slowest) = (runs[RUNS / 2], runs[RUNS - 1]);
    println!(
        "{name:<58} {:>9.0}/s  slowest {:>9.0}/s  placed {} of {asked} in {} requests, {:.1} µs a request",
        rate(median),
        rate(slowest),
        median.0,
        requests.len(),
        median.1.as_secs_f64() * 1e6 / requests.len() as f64,
    );
}

fn main() {
    let instances = std::env::args().nth(1).map_or(10_000, |n| n.parse().expect("a number of instances"));
    let views: Vec<Instance> = (0..instances).map(instance).collect();
    let begin = Instant::now();
    let fleet = Fleet::new(views);
    println!("{instances} instances, index built in {:.1} ms", begin.elapsed().as_secs_f64() * 1e3);
    drop(fleet);
    let start = Cluster::half_full(instances);
    println!("{} tasks run at the start", start.tasks.len());

    let one = |n: usize| Request { seed: n as u64, ..request(n % 20, 1) };
    let many = |make: &dyn Fn(usize) -> Request, n: usize| (0..n).map(make).collect::<Vec<_>>();
    let binpack = vec![Strategy::Binpack(BinpackField::Memory)];
    let with = |strategies: &[Strategy]| {
        let strategies = strategies.to_vec();
        move |n: usize| Request { strategies: strategies.clone(), ..one(n) }
    };
    scenario("binpack memory, count 1", &start, &many(&with(&binpack), 20_000));
    scenario("spread zone + instanceId, count 1", &start, &many(&with(&zone_then_instance()), 20_000));
    scenario("random, count 1", &start, &many(&with(&[Strategy::Random]), 20_000));
    let rack = [Strategy::Spread(SpreadField::Attribute("rack".to_owned()))];
    scenario("spread over 250 racks, count 1", &start, &many(&with(&rack), 5_000));
    let selected = |n: usize| Request {
        constraints: member_of(
            "attribute:ecs.instance-type =~ g5.* and attribute:ecs.availability-zone in [us-east-1a]",
        ),
        ..with(&binpack)(n)
    };
    scenario("memberOf attributes + binpack memory, count 1", &start, &many(&selected, 20_000));
    let apart =
        |n: usize| Request { constraints: member_of("not (task:group == family:3)"), ..with(&binpack)(n) };
    scenario("memberOf task:group + binpack memory, count 1", &start, &many(&apart, 20_000));
    scenario("200 definitions mixed, count 1 to 10", &start, &many(&mixed, 50_000));
    for (name, strategies) in
        [("binpack memory", binpack.clone()), ("spread zone + instanceId", zone_then_instance())]
    {
        let large = Request { strategies, ..request(7, 5_000) };
        scenario(&format!("{name}, one request of 5,000"), &start, &[large]);
    }
    let hopeless = Request { memory: MemoryMib(1 << 20), count: 10, ..with(&binpack)(0) };
    let begin = Instant::now();
    let mut cluster = start.clone();
    let copied = begin.elapsed();
    let begin = Instant::now();
    for _ in 0..100 {
        assert_eq!(cluster.place(&hopeless), 0);
    }
    let (refused, begin) = (begin.elapsed() / 100, Instant::now());
    let failures = cluster.fleet.failures(&hopeless).len();
    println!(
        "a refused request {refused:.1?}; its {failures} failures listed in {:.1?}; a copy of the fleet {copied:.1?}",
        begin.elapsed()
    );
}
