use super::*;
use proptest::prelude::*;

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);
const SIZE: Size = Size { cpu: CpuUnits(1024), memory: MemoryMib(1024) };

fn ago(seconds: i64) -> Timestamp {
    Timestamp::from_millis(NOW.millis() - seconds * 1000)
}

fn rules() -> Rules {
    Rules {
        target_capacity: 100,
        minimum_step: 1,
        maximum_step: 10_000,
        warmup: Duration::from_secs(300),
        termination_protection: false,
        min: 0,
        max: 100,
        scale_in_after: SCALE_IN_AFTER,
    }
}

/// An hour old, with so many tasks each.
fn machines(tasks: &[u32]) -> Vec<Machine> {
    let machine = |(at, tasks): (usize, &u32)| Machine {
        id: format!("m{at}"),
        launched_at: ago(3600),
        tasks: *tasks,
        leaving: false,
    };
    tasks.iter().enumerate().map(machine).collect()
}

fn waiting(count: usize, cpu: u32) -> Vec<Need> {
    vec![Need { cpu: CpuUnits(cpu), memory: MemoryMib(64), ports: Vec::new() }; count]
}

const LOW: Memory = Memory { low_since: Some(Timestamp::from_millis(0)), scaled_in_at: None };

#[test]
fn the_reservation_and_what_follows() {
    use Verdict::{AtMaximum, In, LowForTooShort, NothingFits, Out, Steady};
    let target = |target_capacity| Rules { target_capacity, ..rules() };
    let steps = |minimum_step, maximum_step| Rules { minimum_step, maximum_step, ..rules() };
    // rules, tasks of each machine, waiting tasks, since when low: reservation, M, N, to start, to leave, verdict
    let cases = [
        // Nothing is there and nothing is wanted.
        (rules(), machines(&[]), waiting(0, 0), LOW, (100, 0, 0, 0, 0, Steady)),
        // From nothing target tracking counts as if there were one instance, so that 200 per cent are two.
        (rules(), machines(&[]), waiting(1, 512), LOW, (200, 1, 0, 2, 0, Out)),
        (steps(1, 1), machines(&[]), waiting(9, 512), LOW, (200, 1, 0, 1, 0, Out)),
        // All of them in use is what a target of 100 means.
        (rules(), machines(&[1, 2]), waiting(0, 0), LOW, (100, 2, 2, 0, 0, Steady)),
        // Two tasks fit one instance.
        (rules(), machines(&[1, 1]), waiting(4, 512), LOW, (200, 4, 2, 2, 0, Out)),
        (rules(), machines(&[1, 1]), waiting(5, 512), LOW, (250, 5, 2, 3, 0, Out)),
        // The steps bound what is asked for at a time.
        (steps(3, 10), machines(&[1, 1]), waiting(1, 512), LOW, (250, 5, 2, 3, 0, Out)),
        (steps(1, 2), machines(&[1, 1]), waiting(50, 1024), LOW, (200, 4, 2, 2, 0, Out)),
        // A target of 50 keeps as many spare ones as are in use.
        (target(50), machines(&[1, 1]), waiting(0, 0), LOW, (100, 2, 2, 2, 0, Out)),
        (target(50), machines(&[1, 1, 0, 0]), waiting(0, 0), LOW, (50, 2, 4, 0, 0, Steady)),
        // 90 of 100: one spare one in ten.
        (target(90), machines(&[1; 9]), waiting(0, 0), LOW, (100, 9, 9, 1, 0, Out)),
        (
            target(90),
            machines(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 0]),
            waiting(0, 0),
            LOW,
            (90, 9, 10, 0, 0, Steady),
        ),
        // The fleet has no more.
        (Rules { max: 2, ..rules() }, machines(&[1, 1]), waiting(3, 512), LOW, (200, 4, 2, 0, 0, AtMaximum)),
        (Rules { max: 3, ..rules() }, machines(&[1, 1]), waiting(3, 512), LOW, (200, 4, 2, 1, 0, Out)),
        (Rules { min: 2, ..rules() }, machines(&[]), waiting(0, 0), LOW, (100, 0, 0, 2, 0, Out)),
        // What fits no instance makes none.
        (rules(), machines(&[1]), waiting(2, 2048), LOW, (100, 1, 1, 0, 0, NothingFits)),
        // Fewer are needed: one at least, half of them at most, and not before a quarter of an hour.
        (rules(), machines(&[1, 0, 0, 0]), waiting(0, 0), LOW, (25, 1, 4, 0, 2, In)),
        (rules(), machines(&[0]), waiting(0, 0), LOW, (0, 0, 1, 0, 1, In)),
        (Rules { min: 3, ..rules() }, machines(&[1, 0, 0, 0]), waiting(0, 0), LOW, (25, 1, 4, 0, 1, In)),
        (rules(), machines(&[1, 0]), waiting(0, 0), Memory::default(), (50, 1, 2, 0, 0, LowForTooShort)),
    ];
    for (rules, machines, waiting, memory, expected) in cases {
        let plan = plan(&rules, &machines, &waiting, SIZE, memory, NOW);
        let said = (plan.reservation, plan.needed, plan.running, plan.start, plan.leave.len(), plan.verdict);
        assert_eq!(said, expected, "{rules:?} {machines:?} {} waiting", waiting.len());
    }
}

#[test]
fn new_instances_are_waited_for() {
    let mut some = machines(&[1, 0]);
    some[1].launched_at = ago(100);
    let early = plan(&rules(), &some, &waiting(2, 1024), SIZE, Memory::default(), NOW);
    assert_eq!((early.verdict, early.start), (Verdict::Warming, 0));
    assert_eq!(early.look_again, Some(ago(100).after(Duration::from_secs(300))));
    some[1].launched_at = ago(300);
    assert_eq!(plan(&rules(), &some, &waiting(2, 1024), SIZE, Memory::default(), NOW).start, 2);
}

#[test]
fn instances_go_after_a_quarter_of_an_hour_and_a_minute_apart() {
    let some = machines(&[1, 0, 0, 0]);
    let first = plan(&rules(), &some, &[], SIZE, Memory::default(), NOW);
    assert_eq!(first.verdict, Verdict::LowForTooShort);
    assert_eq!(first.look_again, Some(NOW.after(SCALE_IN_AFTER)));
    let at = NOW.after(SCALE_IN_AFTER);
    let second = plan(&rules(), &some, &[], SIZE, first.memory, at);
    assert_eq!(
        (second.verdict, second.leave.as_slice()),
        (Verdict::In, ["m1".to_owned(), "m2".to_owned()].as_slice())
    );
    let fewer = machines(&[1, 0]);
    let soon = at.after(Duration::from_secs(59));
    let third = plan(&rules(), &fewer, &[], SIZE, second.memory, soon);
    assert_eq!((third.verdict, third.leave.len()), (Verdict::LowForTooShort, 0));
    let fourth = plan(&rules(), &fewer, &[], SIZE, third.memory, at.after(SCALE_IN_EVERY));
    assert_eq!(fourth.leave, ["m1"]);
    // Something waits in between: it begins from the beginning.
    let busy = plan(&rules(), &some, &waiting(1, 1024), SIZE, first.memory, at);
    assert_eq!(busy.memory.low_since, None);
}

#[test]
fn protection_keeps_instances_with_tasks() {
    let protected = Rules { termination_protection: true, target_capacity: 100, ..rules() };
    // Daemons are not counted as tasks: a machine with none of others is empty.
    let plan_of = |rules: &Rules, tasks: &[u32]| plan(rules, &machines(tasks), &[], SIZE, LOW, NOW);
    assert_eq!(plan_of(&protected, &[3, 0, 2, 0]).leave, ["m1", "m3"]);
    assert_eq!(plan_of(&rules(), &[3, 0, 2, 0]).leave, ["m1", "m3"]);
    let leaving = {
        let mut some = machines(&[1, 2, 0]);
        some[2].leaving = true;
        plan(&protected, &some, &[], SIZE, LOW, NOW)
    };
    assert_eq!(
        (leaving.running, leaving.verdict),
        (2, Verdict::Steady),
        "one that leaves is none of them any more"
    );
}

#[test]
fn one_host_port_is_one_instance() {
    let port = Need { ports: vec![(80, TransportProtocol::Tcp)], ..Need::default() };
    assert_eq!(instances_for(&[port.clone(), port.clone(), port], SIZE), (3, 3));
}

proptest! {
    #[test]
    fn packing_is_between_its_bounds(needs in prop::collection::vec((0..1500_u32, 0..1500_u32), 0..60)) {
        let needs: Vec<Need> = needs.into_iter()
            .map(|(cpu, memory)| Need { cpu: CpuUnits(cpu), memory: MemoryMib(memory), ports: Vec::new() })
            .collect();
        let (instances, fitting) = instances_for(&needs, SIZE);
        let fits = needs.iter().filter(|n| n.cpu.0 <= 1024 && n.memory.0 <= 1024);
        let (n, cpu, memory) = fits.fold((0, 0, 0), |(n, c, m), need| (n + 1, c + need.cpu.0, m + need.memory.0));
        prop_assert_eq!(fitting, n);
        prop_assert!(instances <= n);
        prop_assert!(instances >= cpu.max(memory).div_ceil(1024));
        // First-fit leaves no two instances whose contents would fit one, so it takes less than twice what each resource alone takes, summed.
        prop_assert!(instances <= 1 + 2 * (cpu.div_ceil(1024) + memory.div_ceil(1024)));
    }

    #[test]
    fn a_fleet_stays_within_its_bounds(
        target_capacity in 1..=100_u32,
        (minimum_step, more) in (1..20_u32, 0..20_u32),
        (min, spread) in (0..5_u32, 0..20_u32),
        tasks in prop::collection::vec(0..4_u32, 0..20),
        count in 0..40_usize,
        protection in any::<bool>(),
        low in any::<bool>(),
    ) {
        let rules = Rules {
            target_capacity, minimum_step, maximum_step: minimum_step + more, min, max: min + spread,
            termination_protection: protection, ..rules()
        };
        let all = machines(&tasks);
        let memory = if low { LOW } else { Memory::default() };
        let plan = plan(&rules, &all, &waiting(count, 300), SIZE, memory, NOW);
        prop_assert!(plan.start == 0 || plan.running + plan.start <= rules.max.max(rules.min));
        prop_assert!(plan.start <= rules.maximum_step.max(rules.min));
        prop_assert!(plan.start == 0 || plan.leave.is_empty());
        let leave = u32::try_from(plan.leave.len()).unwrap_or(u32::MAX);
        prop_assert!(leave == 0 || plan.running - leave >= rules.min);
        prop_assert!(leave <= (plan.running / 2).max(1));
        prop_assert!(leave == 0 || low);
        for id in &plan.leave {
            let machine = all.iter().find(|m| m.id == *id).expect("it is one of them");
            prop_assert!(!protection || machine.tasks == 0);
        }
        // Nothing ends while something waits for room that a new instance would give.
        prop_assert!(count == 0 || leave == 0);
    }
}
