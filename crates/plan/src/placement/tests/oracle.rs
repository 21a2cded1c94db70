//! The indexed engine against a plain scan, over random fleets and random histories.

use super::{arn, number};
use crate::placement::filter::{self, Filter, Refusal};
use crate::placement::query::Expression;
use crate::placement::random::SplitMix64;
use crate::placement::{
    BinpackField, Constraint, Fleet, Held, Instance, Outcome, Phase, Placement, Request, SpreadField,
    Strategy,
};
use model::ecs::Attribute;
use model::ids::ContainerInstanceArn;
use model::status::{InstanceStatus, TransportProtocol};
use model::{CpuUnits, MemoryMib};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::{Just, Strategy as Generate, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How good an instance is; the least is the best. The order of the fields is the priority.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    by_strategy: Vec<u32>,
    arn: ContainerInstanceArn,
}

/// How far an instance is from taking a task; the least is the closest. The order of the fields is the priority.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Distance {
    filter: Reverse<Filter>,
    lacking: u32,
    arn: ContainerInstanceArn,
}

fn lacking(refusal: &Refusal) -> u32 {
    match refusal {
        Refusal::Cpu { needed, left } => needed.saturating_sub(*left).0,
        Refusal::Memory { needed, left } => needed.saturating_sub(*left).0,
        Refusal::Gpus { needed, free } | Refusal::NetworkInterfaces { needed, free } => needed - free,
        _ => 0,
    }
}

/// Placement as its documentation reads: ask every instance, sort, take the first.
#[derive(Clone, Default)]
struct Scan {
    instances: BTreeMap<ContainerInstanceArn, Instance>,
}

impl Scan {
    fn choose(&self, request: &Request, random: &mut SplitMix64) -> Option<ContainerInstanceArn> {
        let mut fit: Vec<Score> = self
            .instances
            .values()
            .filter(|instance| filter::refusal(instance, request).is_none())
            .map(|instance| Score { by_strategy: vec![], arn: instance.arn.clone() })
            .collect();
        if fit.is_empty() {
            return None;
        }
        for strategy in &request.strategies {
            if *strategy == Strategy::Random {
                let least = fit.iter().map(|score| score.by_strategy.clone()).min()?;
                fit.retain(|score| score.by_strategy == least);
                fit.sort();
                let chosen = random.below(u32::try_from(fit.len()).unwrap()) as usize;
                return Some(fit.swap_remove(chosen).arn);
            }
            for score in &mut fit {
                let value = self.score(strategy, &self.instances[&score.arn], request);
                score.by_strategy.push(value);
            }
        }
        for score in &mut fit {
            let instance = &self.instances[&score.arn];
            score.by_strategy.push(instance.tasks_of(&request.group));
            score.by_strategy.push(u32::MAX - instance.remaining_memory.0);
        }
        fit.into_iter().min().map(|score| score.arn)
    }

    fn score(&self, strategy: &Strategy, instance: &Instance, request: &Request) -> u32 {
        match strategy {
            Strategy::Random => 0,
            Strategy::Binpack(field) => field.remaining(instance),
            Strategy::Spread(SpreadField::Instance) => instance.tasks_of(&request.group),
            Strategy::Spread(SpreadField::Attribute(name)) => self
                .instances
                .values()
                .filter(|other| other.attributes.get(name) == instance.attributes.get(name))
                .map(|other| other.tasks_of(&request.group))
                .sum(),
        }
    }

    fn place(&mut self, request: &Request) -> (Vec<Placement>, u32) {
        let mut random = SplitMix64::new(request.seed);
        let mut placements = Vec::new();
        for placed in 0..request.count {
            let Some(arn) = self.choose(request, &mut random) else {
                return (placements, request.count - placed);
            };
            placements.push(self.take(&arn, request));
        }
        (placements, 0)
    }

    fn take(&mut self, arn: &ContainerInstanceArn, request: &Request) -> Placement {
        let instance = self.instances.get_mut(arn).unwrap();
        let gpus: Vec<String> = instance.gpus_free.iter().take(request.gpus as usize).cloned().collect();
        // Checked: what was decided fits.
        instance.remaining_cpu =
            instance.remaining_cpu.checked_sub(request.cpu).expect("never above the CPU");
        instance.remaining_memory =
            instance.remaining_memory.checked_sub(request.memory).expect("never above the memory");
        for port in &request.host_ports {
            assert!(instance.ports_in_use.insert(*port), "no port twice");
        }
        assert_eq!(gpus.len(), request.gpus as usize, "enough GPUs");
        gpus.iter().for_each(|gpu| assert!(instance.gpus_free.remove(gpu), "no GPU twice"));
        if let Some(free) = &mut instance.network_interfaces_free {
            *free = free.checked_sub(request.network_interfaces).expect("never above the interfaces");
        }
        instance.pending_tasks += 1;
        let tasks = instance.groups.entry(request.group.clone()).or_default();
        *tasks += 1;
        if request.constraints.contains(&Constraint::DistinctInstance) {
            assert_eq!(*tasks, 1, "distinctInstance");
        }
        let (cpu, memory, ports) = (request.cpu, request.memory, request.host_ports.clone());
        let reservation = model::ecs::task::Reservation { cpu, memory, ports, gpus };
        Placement { instance: arn.clone(), reservation }
    }
}

/// One step of a fleet's history.
#[derive(Clone, Debug)]
enum Step {
    Place(Request),
    /// Ends the task with this number, modulo those that are there; it ran if the flag says so.
    End(usize, bool),
    Upsert(Instance),
    Remove(usize),
}

const GROUPS: [&str; 3] = ["family:a", "service:b", "c"];
const EXPRESSIONS: [&str; 14] = [
    "attribute:zone == z1",
    "attribute:zone != z1",
    "attribute:zone in [z0, z2] or attribute:ssd exists",
    "attribute:zone =~ z[01]",
    "not (attribute:ssd exists)",
    "agentConnected == true",
    "task:group == service:b",
    "task:group != c",
    "task:group =~ .*:.*",
    "task:group not_in [family:a, c]",
    "task:group not_exists",
    "runningTasksCount < 1",
    "runningTasksCount >= 1 and not attribute:zone == z2",
    "runningTasksCount != 1",
];

fn port() -> impl Generate<Value = (u16, TransportProtocol)> {
    (80..83_u16, select(TransportProtocol::ALL)).prop_map(|(port, protocol)| (port, protocol))
}

fn attributes() -> impl Generate<Value = BTreeMap<String, Option<String>>> {
    (prop_oneof![3 => (0..3).prop_map(Some), 1 => Just(None)], any::<bool>(), 0..90_u32).prop_map(
        |(zone, ssd, rack)| {
            let mut attributes = BTreeMap::from([("rack".to_owned(), Some(rack.to_string()))]);
            if let Some(zone) = zone {
                attributes.insert("zone".to_owned(), Some(format!("z{zone}")));
                attributes.insert("ecs.availability-zone".to_owned(), Some(format!("z{zone}")));
            }
            if ssd {
                attributes.insert("ssd".to_owned(), None);
            }
            attributes
        },
    )
}

fn instance() -> impl Generate<Value = Instance> {
    (
        0..90_usize,
        (0..5_u32, 0..5_u32),
        (btree_set(port(), 0..2), 0..3_usize, prop_oneof![Just(None), (0..3_u32).prop_map(Some)]),
        attributes(),
        btree_map(select(&GROUPS[..]).prop_map(str::to_owned), 1..3_u32, 0..2),
        (
            prop_oneof![9 => Just(InstanceStatus::Active), 1 => select(InstanceStatus::ALL)],
            prop_oneof![9 => Just(true), 1 => Just(false)],
        ),
    )
        .prop_map(
            |(n, (cpu, memory), (ports, gpus, interfaces), attributes, groups, (status, connected))| {
                let mut instance = Instance::new(arn(n), CpuUnits(cpu * 256), MemoryMib(memory * 300));
                instance.status = status;
                instance.agent_connected = connected;
                instance.ports_in_use = ports;
                instance.gpus_free = (0..gpus).map(|gpu| format!("GPU-{gpu}")).collect();
                instance.network_interfaces_free = interfaces;
                instance.attributes = attributes;
                instance.running_tasks = groups.values().sum();
                instance.groups = groups;
                instance
            },
        )
}

fn strategy() -> impl Generate<Value = Strategy> {
    prop_oneof![
        Just(Strategy::Random),
        Just(Strategy::Binpack(BinpackField::Cpu)),
        Just(Strategy::Binpack(BinpackField::Memory)),
        Just(Strategy::Spread(SpreadField::Instance)),
        select(&["zone", "ssd", "rack", "none"][..])
            .prop_map(|name| Strategy::Spread(SpreadField::Attribute(name.to_owned()))),
    ]
}

fn constraint() -> impl Generate<Value = Constraint> {
    prop_oneof![
        1 => Just(Constraint::DistinctInstance),
        3 => select(&EXPRESSIONS[..]).prop_map(|text| Constraint::member_of(text).unwrap()),
    ]
}

fn request() -> impl Generate<Value = Request> {
    (
        (0..6_u32, 0..4_u32, 0..4_u32, any::<u64>()),
        (btree_set(port(), 0..2), prop_oneof![3 => Just(0_u32), 1 => 0..3_u32], 0..2_u32),
        vec(prop_oneof![Just(Attribute::named("ssd")), Just(Attribute::valued("zone", "z1"))], 0..2),
        vec(select(&["z0", "z1"][..]).prop_map(str::to_owned), 0..3),
        vec(constraint(), 0..3),
        vec(strategy(), 0..4),
        select(&GROUPS[..]),
    )
        .prop_map(|(amounts, extras, required_attributes, zones, constraints, strategies, group)| {
            let ((count, cpu, memory, seed), (ports, gpus, network_interfaces)) = (amounts, extras);
            Request {
                count,
                cpu: CpuUnits(cpu * 100),
                memory: MemoryMib(memory * 128),
                host_ports: ports.into_iter().collect(),
                gpus,
                network_interfaces,
                required_attributes,
                // Half of the requests do not mind.
                zones: if zones.len() == 2 { zones } else { vec![] },
                constraints,
                strategies,
                group: group.to_owned(),
                seed,
            }
        })
}

fn step() -> impl Generate<Value = Step> {
    prop_oneof![
        6 => request().prop_map(Step::Place),
        3 => (any::<usize>(), any::<bool>()).prop_map(|(n, ran)| Step::End(n, ran)),
        2 => instance().prop_map(Step::Upsert),
        1 => (0..90_usize).prop_map(Step::Remove),
    ]
}

/// Both engines, and the tasks that they placed.
struct Pair {
    fleet: Fleet,
    scan: Scan,
    tasks: Vec<(Placement, String, u32)>,
}

impl Pair {
    fn place(&mut self, request: &Request) -> Outcome {
        let outcome = self.fleet.place(request);
        let (placements, unplaced) = self.scan.place(request);
        assert_eq!(outcome.placements, placements);
        assert_eq!(outcome.unplaced, unplaced);
        assert_eq!(outcome.report.is_some(), unplaced > 0);
        let tasks = placements.into_iter();
        self.tasks.extend(tasks.map(|task| (task, request.group.clone(), request.network_interfaces)));
        outcome
    }

    /// What a failed request is told agrees with what each instance says.
    fn check_report(&mut self, request: &Request) {
        let report = self.fleet.report(request);
        let mut refused = BTreeMap::new();
        for instance in self.scan.instances.values() {
            let refusal = filter::refusal(instance, request).expect("reported as unplaced");
            *refused.entry(refusal.filter()).or_insert(0) += 1;
        }
        assert_eq!(report.refused, refused.into_iter().collect::<Vec<_>>());
        assert_eq!(report.instances as usize, self.scan.instances.len());
        let refusals: Vec<_> = self
            .scan
            .instances
            .values()
            .filter(|instance| instance.status == InstanceStatus::Active)
            .map(|instance| (instance.arn.clone(), filter::refusal(instance, request).expect("refused")))
            .collect();
        let listed = self.fleet.failures(request).into_iter().map(|failure| (failure.arn, failure.reason));
        assert!(listed.eq(refusals.iter().map(|(arn, refusal)| (arn.to_string(), refusal.reason()))));
        let closest = refusals.into_iter().min_by_key(|(arn, refusal)| Distance {
            filter: Reverse(refusal.filter()),
            lacking: lacking(refusal),
            arn: arn.clone(),
        });
        assert_eq!(report.closest, closest);
    }

    fn end(&mut self, n: usize, ran: bool) {
        if self.tasks.is_empty() {
            return;
        }
        let (placement, group, network_interfaces) = self.tasks.swap_remove(n % self.tasks.len());
        let reservation = &placement.reservation;
        let held = Held { group: &group, reservation, network_interfaces };
        if ran {
            self.fleet.started(&placement.instance);
        }
        let known =
            self.fleet.release(&placement.instance, held, if ran { Phase::Running } else { Phase::Pending });
        let instance = self.scan.instances.get_mut(&placement.instance);
        assert_eq!(known, instance.is_some());
        if let Some(instance) = instance {
            *instance = self.fleet.get(&placement.instance).unwrap().clone();
        }
    }

    fn run(&mut self, step: &Step) {
        match step {
            Step::Place(request) => {
                let outcome = self.place(request);
                if outcome.unplaced > 0 {
                    self.check_report(request);
                }
            }
            Step::End(n, ran) => self.end(*n, *ran),
            Step::Upsert(instance) => {
                self.forget_tasks_of(&instance.arn);
                self.fleet.upsert(instance.clone());
                self.scan.instances.insert(instance.arn.clone(), instance.clone());
            }
            Step::Remove(n) => {
                self.forget_tasks_of(&arn(*n));
                assert_eq!(self.fleet.remove(&arn(*n)), self.scan.instances.remove(&arn(*n)));
            }
        }
    }

    /// A replaced view comes with its own account of what is held.
    fn forget_tasks_of(&mut self, arn: &ContainerInstanceArn) {
        self.tasks.retain(|(placement, ..)| placement.instance != *arn);
    }
}

proptest! {
    #[test]
    fn the_index_decides_as_a_scan_does(
        instances in vec(instance(), 0..90),
        steps in vec(step(), 1..40),
    ) {
        let scan = Scan { instances: instances.iter().map(|i| (i.arn.clone(), i.clone())).collect() };
        let mut pair = Pair { fleet: Fleet::new(instances), scan, tasks: vec![] };
        for step in &steps {
            pair.run(step);
            // The books agree, and a fleet made anew from them decides the same.
            prop_assert_eq!(pair.fleet.instances().len(), pair.scan.instances.len());
            for instance in pair.scan.instances.values() {
                prop_assert_eq!(pair.fleet.get(&instance.arn), Some(instance));
            }
        }
    }

    #[test]
    fn history_does_not_matter(
        instances in vec(instance(), 0..90),
        steps in vec(step(), 1..20),
        request in request(),
    ) {
        let scan = Scan { instances: instances.iter().map(|i| (i.arn.clone(), i.clone())).collect() };
        let mut pair = Pair { fleet: Fleet::new(instances), scan, tasks: vec![] };
        steps.iter().for_each(|step| pair.run(step));
        let mut anew = Fleet::new(pair.fleet.instances().cloned());
        prop_assert_eq!(pair.fleet.place(&request), anew.place(&request));
    }

    #[test]
    fn expressions_select_as_they_match(
        instances in vec(instance(), 0..90),
        requests in vec(request(), 0..5),
        picks in vec((select(&EXPRESSIONS[..]), select(&EXPRESSIONS[..]), any::<bool>()), 1..5),
    ) {
        let mut fleet = Fleet::new(instances);
        for (a, b, both) in picks {
            let text = if both { format!("not (({a}) and ({b}))") } else { format!("({a}) or ({b})") };
            let expression = Expression::parse(&text).unwrap();
            let mut matching: Vec<u32> =
                fleet.instances().filter(|i| expression.matches(*i)).map(|i| number(&i.arn)).collect();
            matching.sort_unstable();
            let selected: Vec<u32> = fleet.select(&expression).iter().map(number).collect();
            prop_assert_eq!(selected, matching, "{}", text);
            requests.iter().for_each(|request| drop(fleet.place(request)));
        }
        prop_assert!(fleet.instances().all(|i| i.pending_tasks <= 200));
    }
}
