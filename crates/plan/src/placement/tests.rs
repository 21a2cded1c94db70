//! Tables for what AWS documents; `oracle` holds the index to a plain scan, `load` sums to sums made anew.

mod load;
mod oracle;

use super::filter::{Filter, Refusal};
use super::*;
use expect_test::expect;
use model::ecs::Attribute;
use model::ecs::launch::{
    PlacementConstraint, PlacementConstraintType, PlacementStrategy, PlacementStrategyType,
};
use model::ids::ContainerInstanceArn;
use model::status::{InstanceStatus, TransportProtocol::Tcp, TransportProtocol::Udp};
use model::{CpuUnits, MemoryMib};

pub(super) fn arn(n: usize) -> ContainerInstanceArn {
    format!("arn:aws:ecs:us-east-1:000000000000:container-instance/c/{n:032x}").parse().expect("an ARN")
}

/// Instance `n` with 4 vCPU and 8 GiB, in zone a, b or c in turn.
fn instance(n: usize) -> Instance {
    let mut instance = Instance::new(arn(n), CpuUnits(4096), MemoryMib(8192));
    let zone = format!("us-east-1{}", ["a", "b", "c"][n % 3]);
    instance.attributes.insert("ecs.availability-zone".to_owned(), Some(zone));
    instance
}

fn request(count: u32) -> Request {
    Request {
        count,
        cpu: CpuUnits(1024),
        memory: MemoryMib(1024),
        group: "family:web".to_owned(),
        ..Request::default()
    }
}

fn number(arn: &ContainerInstanceArn) -> u32 {
    u32::from_str_radix(arn.id(), 16).expect("made by arn()")
}

fn places(outcome: &Outcome) -> Vec<u32> {
    outcome.placements.iter().map(|placement| number(&placement.instance)).collect()
}

fn spread(attribute: &str) -> Strategy {
    Strategy::Spread(SpreadField::Attribute(attribute.to_owned()))
}

const BY_ZONE: &str = "ecs.availability-zone";

#[test]
fn each_filter_has_its_reason() {
    type Change = fn(&mut Instance, &mut Request);
    let cases: [(Change, Filter, &str, &str); 12] = [
        (|i, _| i.status = InstanceStatus::Draining, Filter::Status, "INACTIVE", "the instance is DRAINING"),
        (|i, _| i.agent_connected = false, Filter::Agent, "AGENT", "the agent is not connected"),
        (
            |_, r| r.required_attributes.push(Attribute::named("ecs.capability.task-eni")),
            Filter::Attributes,
            "ATTRIBUTE",
            "the instance lacks attribute ecs.capability.task-eni",
        ),
        (
            |i, r| {
                i.attributes.insert("disk".to_owned(), Some("hdd".to_owned()));
                r.required_attributes.push(Attribute::valued("disk", "ssd"));
            },
            Filter::Attributes,
            "ATTRIBUTE",
            "the instance lacks attribute disk with value ssd",
        ),
        (
            |_, r| r.zones.push("us-east-1z".to_owned()),
            Filter::Location,
            "LOCATION",
            "the instance is in zone us-east-1b",
        ),
        (
            |_, r| r.constraints.push(Constraint::member_of("attribute:gpu exists").unwrap()),
            Filter::MemberOf,
            "MemberOf placement constraint unsatisfied.",
            "the instance is not selected by: attribute:gpu exists",
        ),
        (
            |i, r| {
                i.groups.insert(r.group.clone(), 1);
                r.constraints.push(Constraint::DistinctInstance);
            },
            Filter::DistinctInstance,
            "DistinctInstance placement constraint unsatisfied.",
            "a task of the group is on the instance",
        ),
        (|_, r| r.cpu = CpuUnits(4097), Filter::Cpu, "RESOURCE:CPU", "4097 CPU units needed, 4096 left"),
        (
            |_, r| r.memory = MemoryMib(8193),
            Filter::Memory,
            "RESOURCE:MEMORY",
            "8193MiB of memory needed, 8192MiB left",
        ),
        (
            |i, r| {
                i.ports_in_use.insert((53, Udp));
                r.host_ports = vec![(53, Tcp), (53, Udp)];
            },
            Filter::Ports,
            "RESOURCE:PORTS",
            "host port 53/udp is in use",
        ),
        (
            |i, r| {
                i.gpus_free.insert("GPU-0".to_owned());
                r.gpus = 2;
            },
            Filter::Gpus,
            "RESOURCE:GPU",
            "2 GPUs needed, 1 free",
        ),
        (
            |i, r| {
                i.network_interfaces_free = Some(0);
                r.network_interfaces = 1;
            },
            Filter::NetworkInterfaces,
            "RESOURCE:ENI",
            "1 network interfaces needed, 0 can be attached",
        ),
    ];
    for (change, filter, reason, explanation) in cases {
        let (mut instance, mut request) = (instance(1), request(1));
        assert_eq!(filter::refusal(&instance, &request), None);
        change(&mut instance, &mut request);
        let refusal = filter::refusal(&instance, &request).expect(reason);
        assert_eq!(
            (refusal.filter(), refusal.reason(), refusal.explain().as_str()),
            (filter, reason, explanation)
        );
        let outcome = Fleet::new([instance]).place(&request);
        assert_eq!(outcome.unplaced, 1);
        assert_eq!(outcome.report.expect("unplaced").refused, [(filter, 1)]);
    }
}

#[test]
fn strategies_choose() {
    let zone = || spread(BY_ZONE);
    let each = || Strategy::Spread(SpreadField::Instance);
    let memory = || Strategy::Binpack(BinpackField::Memory);
    let cases: [(Vec<Strategy>, &[u32]); 6] = [
        (vec![], &[0, 1, 2, 3, 5, 4, 0]),
        (vec![memory()], &[4, 4, 0, 0, 0, 0, 1]),
        (vec![each()], &[0, 1, 2, 3, 5, 4, 0]),
        (vec![zone()], &[0, 1, 2, 3, 5, 4, 0]),
        (vec![zone(), each()], &[0, 1, 2, 3, 5, 4, 0]),
        (vec![zone(), memory()], &[4, 0, 2, 4, 0, 2, 0]),
    ];
    for (strategies, expected) in cases {
        let mut fleet = Fleet::new((0..6).map(|n| {
            let mut instance = instance(n);
            if n == 4 {
                instance.remaining_memory = MemoryMib(2048);
            }
            instance
        }));
        let outcome = fleet.place(&Request { strategies: strategies.clone(), ..request(7) });
        assert_eq!(places(&outcome), expected, "{strategies:?}");
    }
}

#[test]
fn many_groups_of_one_task_do_not_crowd_onto_one_instance() {
    let mut fleet = Fleet::new((0..4).map(instance));
    let mut taken: Vec<u32> = (0..4)
        .flat_map(|n| places(&fleet.place(&Request { group: format!("service:s{n}"), ..request(1) })))
        .collect();
    taken.sort_unstable();
    assert_eq!(taken, [0, 1, 2, 3]);
}

#[test]
fn spread_counts_the_tasks_of_the_group_alone() {
    let mut fleet = Fleet::new((0..3).map(|n| {
        let mut instance = instance(n);
        let group = if n == 0 { "family:web" } else { "service:other" };
        instance.groups.insert(group.to_owned(), 5);
        instance
    }));
    let outcome = fleet.place(&Request { strategies: vec![spread(BY_ZONE)], ..request(4) });
    // Instance 0's zone has five already.
    assert_eq!(places(&outcome), [1, 2, 1, 2]);
}

#[test]
fn random_follows_the_seed_and_reaches_everyone() {
    let place = |seed| {
        let mut fleet = Fleet::new((0..6).map(instance));
        places(&fleet.place(&Request { strategies: vec![Strategy::Random], seed, ..request(12) }))
    };
    assert_eq!(place(1), place(1));
    assert_ne!(place(1), place(2));
    let reached: std::collections::BTreeSet<u32> = (0..20).flat_map(place).collect();
    assert_eq!(reached.len(), 6);
}

#[test]
fn many_bucket_values_are_spread_too() {
    let mut fleet = Fleet::new((0..200).map(|n| {
        let mut instance = instance(n);
        instance.attributes.insert("rack".to_owned(), Some(format!("r{}", n / 2)));
        instance
    }));
    let outcome = fleet.place(&Request { strategies: vec![spread("rack")], ..request(101) });
    let expected: Vec<u32> = (0..100).map(|n| n * 2).chain([1]).collect();
    assert_eq!(places(&outcome), expected);
}

#[test]
fn distinct_instance_leaves_the_rest_unplaced() {
    let mut fleet = Fleet::new((0..3).map(instance));
    let request = Request { constraints: vec![Constraint::DistinctInstance], ..request(5) };
    let outcome = fleet.place(&request);
    assert_eq!((places(&outcome), outcome.unplaced), (vec![0, 1, 2], 2));
    let failures = fleet.failures(&request);
    assert_eq!(failures.len(), 3);
    assert_eq!(
        failures[0],
        Failure { arn: arn(0).to_string(), reason: "DistinctInstance placement constraint unsatisfied." }
    );
}

#[test]
fn affinity_and_anti_affinity() {
    let mut fleet = Fleet::new((0..3).map(instance));
    let with = |text: &str, group: &str| Request {
        constraints: vec![Constraint::member_of(text).unwrap()],
        group: group.to_owned(),
        ..request(1)
    };
    let database =
        Request { zones: vec!["us-east-1b".to_owned()], ..with("agentConnected == true", "database") };
    assert_eq!(places(&fleet.place(&database)), [1]);
    assert_eq!(places(&fleet.place(&with("task:group == database", "web"))), [1]);
    assert_eq!(places(&fleet.place(&with("not(task:group == database)", "web"))), [0]);
    // An anti-affinity to its own group ends after one task on each, the emptiest first.
    let outcome = fleet.place(&Request { count: 9, ..with("task:group != lone", "lone") });
    assert_eq!((places(&outcome), outcome.unplaced), (vec![2, 0, 1], 6));
}

#[test]
fn gpus_and_ports_are_handed_out_once() {
    let mut one = instance(0);
    one.gpus_free = ["GPU-a", "GPU-b", "GPU-c"].map(str::to_owned).into();
    let mut fleet = Fleet::new([one]);
    let gpus = Request { gpus: 2, ..request(2) };
    let outcome = fleet.place(&gpus);
    assert_eq!(outcome.placements[0].reservation.gpus, ["GPU-a", "GPU-b"]);
    assert_eq!(outcome.unplaced, 1);
    let held =
        Held { group: "family:web", reservation: &outcome.placements[0].reservation, network_interfaces: 0 };
    assert!(fleet.release(&arn(0), held, Phase::Pending));
    assert_eq!(fleet.place(&gpus).placements.len(), 1);
    let ports = Request { host_ports: vec![(80, Tcp)], ..request(2) };
    let outcome = fleet.place(&ports);
    assert_eq!((outcome.placements.len(), outcome.unplaced), (1, 1));
    let closest = outcome.report.and_then(|r| r.closest).expect("an ACTIVE instance");
    assert_eq!(closest, (arn(0), Refusal::Port { port: 80, protocol: Tcp }));
    assert!(!fleet.release(&arn(7), held, Phase::Pending));
}

#[test]
fn start_task_answers_for_each_instance() {
    let mut draining = instance(1);
    draining.status = InstanceStatus::Inactive;
    let mut fleet = Fleet::new([instance(0), draining, instance(2)]);
    fleet.remove(&arn(2));
    let names = [arn(0).to_string(), arn(1).to_string(), arn(2).to_string(), "nonsense".to_owned()];
    let answers: Vec<String> = fleet
        .start(&Request { cpu: CpuUnits(4096), ..request(0) }, &[&names[..], &names[..1]].concat())
        .into_iter()
        .map(|outcome| match outcome {
            StartOutcome::Placed(placement) => format!("placed on {}", number(&placement.instance)),
            StartOutcome::Failed(failure) => failure.reason.to_owned(),
        })
        .collect();
    assert_eq!(answers, ["placed on 0", "INACTIVE", "MISSING", "MISSING", "RESOURCE:CPU"]);
}

#[test]
fn the_report_tells_of_the_closest() {
    let mut small = instance(2);
    small.remaining_memory = MemoryMib(100);
    let mut less_small = instance(3);
    less_small.remaining_memory = MemoryMib(1000);
    let mut deaf = instance(4);
    deaf.agent_connected = false;
    let mut leaving = instance(5);
    leaving.status = InstanceStatus::Draining;
    let mut fleet = Fleet::new([small, less_small, deaf, leaving]);
    let report = fleet.place(&request(1)).report.expect("nothing fits");
    assert_eq!(report.instances, 4);
    assert_eq!(report.refused, [(Filter::Status, 1), (Filter::Agent, 1), (Filter::Memory, 2)]);
    expect!["no container instance met all of its requirements. The closest matching container-instance 00000000000000000000000000000003 has insufficient memory available. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."].assert_eq(&report.event_text());
    let reasons: Vec<_> = fleet.failures(&request(1)).into_iter().map(|failure| failure.reason).collect();
    assert_eq!(reasons, ["RESOURCE:MEMORY", "RESOURCE:MEMORY", "AGENT"]);
    let none = Fleet::default().place(&request(3));
    assert_eq!(none.unplaced, 3);
    expect!["no container instance met all of its requirements. Reason: No Container Instances were found in your cluster. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide."].assert_eq(&none.report.expect("nothing fits").event_text());
}

#[test]
fn event_clauses() {
    let texts: Vec<String> = [
        Refusal::Agent,
        Refusal::Attribute(Attribute::named("x")),
        Refusal::MemberOf { expression: "x".to_owned() },
        Refusal::Cpu { needed: CpuUnits(2), left: CpuUnits(1) },
        Refusal::Port { port: 1, protocol: Tcp },
        Refusal::Gpus { needed: 1, free: 0 },
        Refusal::NetworkInterfaces { needed: 1, free: 0 },
    ]
    .iter()
    .map(Refusal::event_clause)
    .collect();
    expect![[r#"
        encountered error "AGENT"
        is missing an attribute required by your task
        encountered error "MemberOf placement constraint unsatisfied."
        has insufficient CPU units available
        is already using a port required by your task
        has insufficient GPU resource available
        encountered error "RESOURCE:ENI""#]]
    .assert_eq(&texts.join("\n"));
}

#[test]
fn constraints_and_strategies_are_checked() {
    let constraint = |kind, expression: Option<&str>| {
        let constraint = PlacementConstraint { kind, expression: expression.map(str::to_owned) };
        Constraint::from_model(&constraint).map(|_| ()).map_err(|error| error.to_string())
    };
    let strategy = |kind, field: Option<&str>| {
        let strategy = PlacementStrategy { kind, field: field.map(str::to_owned) };
        Strategy::from_model(&strategy).map(|s| format!("{s:?}")).map_err(|error| error.to_string())
    };
    use PlacementConstraintType::{DistinctInstance, MemberOf};
    use PlacementStrategyType::{Binpack, Random, Spread};
    let constraints = [
        constraint(Some(DistinctInstance), None),
        constraint(Some(DistinctInstance), Some("")),
        constraint(Some(MemberOf), None),
        constraint(Some(MemberOf), Some("agentConnected == true")),
        constraint(Some(MemberOf), Some("agentConnected")),
        constraint(None, None),
    ];
    let strategies = [
        strategy(Some(Random), None),
        strategy(Some(Spread), Some("instanceId")),
        strategy(Some(Spread), Some("host")),
        strategy(Some(Spread), Some("attribute:ecs.availability-zone")),
        strategy(Some(Spread), Some("attribute:")),
        strategy(Some(Spread), Some("cpu")),
        strategy(Some(Spread), None),
        strategy(Some(Binpack), Some("CPU")),
        strategy(Some(Binpack), Some("memory")),
        strategy(Some(Binpack), Some("instanceId")),
        strategy(Some(Binpack), None),
        strategy(None, None),
    ];
    let mut lines: Vec<String> = constraints.iter().map(|result| format!("{result:?}")).collect();
    lines.extend(strategies.iter().map(|result| format!("{result:?}")));
    expect![[r#"
        Ok(())
        Err("distinctInstance expression should not be specified.")
        Err("memberOf expression should be specified.")
        Ok(())
        Err("Invalid placement constraint expression: agentConnected")
        Err("Placement constraint type should be specified.")
        Ok("Random")
        Ok("Spread(Instance)")
        Ok("Spread(Instance)")
        Ok("Spread(Attribute(\"ecs.availability-zone\"))")
        Err("Invalid placement strategy field 'attribute:' for type 'spread'.")
        Err("Invalid placement strategy field 'cpu' for type 'spread'.")
        Err("Placement strategy field should be specified for type 'spread'.")
        Ok("Binpack(Cpu)")
        Ok("Binpack(Memory)")
        Err("Invalid placement strategy field 'instanceId' for type 'binpack'.")
        Err("Placement strategy field should be specified for type 'binpack'.")
        Err("Placement strategy type should be specified.")"#]]
    .assert_eq(&lines.join("\n"));
    let many = vec![PlacementStrategy { kind: Some(Random), field: None }; 6];
    assert_eq!(Strategy::list_from_model(&many), Err(Error::TooManyStrategies(6)));
    assert_eq!(Strategy::list_from_model(&many[..5]).map(|list| list.len()), Ok(5));
    let many = vec![PlacementConstraint { kind: Some(DistinctInstance), expression: None }; 11];
    assert_eq!(Constraint::list_from_model(&many), Err(Error::TooManyConstraints(11)));
}

#[test]
fn what_is_kept_for_a_group_is_taken_for_everybody_else() {
    let daemon = Request {
        cpu: CpuUnits(3072),
        host_ports: vec![(80, Tcp)],
        group: "service:daemon".to_owned(),
        ..request(1)
    };
    let kept = || {
        let mut instance = instance(1);
        instance.keep(&daemon);
        instance.keep(&daemon);
        instance
    };
    let mut fleet = Fleet::new([kept()]);
    let name = [arn(1).to_string()];
    // Of 4 CPUs one is left, and no port.
    assert_eq!(places(&fleet.place(&request(2))), [1]);
    let outcome = Fleet::new([kept()]).place(&Request { host_ports: vec![(80, Tcp)], ..request(1) });
    assert_eq!(outcome.report.map(|r| r.refused), Some(vec![(Filter::Ports, 1)]));
    // It takes what is its own, and nothing is kept any more.
    assert!(matches!(fleet.start(&daemon, &name)[0], StartOutcome::Placed(_)));
    let full = fleet.get(&arn(1)).expect("it is there");
    assert_eq!((full.remaining_cpu, full.tasks_of("service:daemon")), (CpuUnits(0), 1));
    assert!(matches!(fleet.start(&daemon, &name)[0], StartOutcome::Failed(_)));
    assert!(fleet.release(
        &arn(1),
        Held {
            group: "service:daemon",
            reservation: &model::ecs::task::Reservation {
                cpu: CpuUnits(3072),
                memory: MemoryMib(1024),
                ports: vec![(80, Tcp)],
                gpus: Vec::new(),
            },
            network_interfaces: 0,
        },
        Phase::Pending
    ));
    assert_eq!(places(&fleet.place(&Request { host_ports: vec![(80, Tcp)], ..request(1) })), [1]);
}

#[test]
fn where_less_is_free_than_is_to_be_kept_all_of_it_is_kept() {
    let daemon = Request { cpu: CpuUnits(2048), group: "service:daemon".to_owned(), ..request(1) };
    let mut busy = instance(1);
    busy.remaining_cpu = CpuUnits(1024);
    busy.keep(&daemon);
    let mut fleet = Fleet::new([busy.clone()]);
    assert_eq!(fleet.place(&request(1)).unplaced, 1);
    // It finds no place either, says why as if nothing were kept, and what is kept stays so.
    let failed = fleet.start(&daemon, &[arn(1).to_string()]).remove(0);
    assert_eq!(failed, StartOutcome::Failed(Failure { arn: arn(1).to_string(), reason: "RESOURCE:CPU" }));
    let closest = fleet.report(&daemon).closest.map(|(_, refusal)| refusal);
    let (needed, left) = (CpuUnits(2048), CpuUnits(1024));
    assert_eq!(closest, Some(Refusal::Cpu { needed, left }));
    assert_eq!(fleet.get(&arn(1)), Some(&busy));
    assert_eq!(fleet.place(&request(1)).unplaced, 1);
}
