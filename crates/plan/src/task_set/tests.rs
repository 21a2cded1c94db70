//! Scripts of what controllers do, and random histories.

use super::*;
use crate::deployment::{End, Phase, Places};
use model::Percent;
use model::ecs::launch::PropagateTags;
use model::ecs::service::{DeploymentController, Schedule, SchedulingStrategy};
use model::ids::{ClusterArn, HexId, Scope, ServiceArn, ServiceRevisionArn};
use proptest::prelude::*;
use std::time::Duration;

struct World {
    service: Service,
    sets: Vec<TaskSet>,
    members: Vec<Member>,
    said: Vec<String>,
    room: usize,
    made: u64,
    now: Timestamp,
}

fn cluster() -> ClusterArn {
    ClusterArn::new(&Scope::new("us-east-1", "123456789012"), "default")
}

impl World {
    fn new(desired_count: u32) -> Self {
        let service = Service {
            arn: ServiceArn::new(&cluster(), "web"),
            cluster: cluster(),
            status: ServiceStatus::Active,
            created_at: Timestamp::default(),
            created_by: String::new(),
            inactive_at: None,
            scheduling_strategy: SchedulingStrategy::Replica,
            deployment_controller: DeploymentController::External,
            desired_count,
            deployment_configuration: DeploymentConfiguration::default(),
            availability_zone_rebalancing: AvailabilityZoneRebalancing::Disabled,
            health_check_grace_period_seconds: None,
            placement_constraints: Vec::new(),
            placement_strategy: Vec::new(),
            propagate_tags: PropagateTags::None,
            managed_tags: false,
            enable_execute_command: false,
            tags: Vec::new(),
            revision: None,
            fingerprint: String::new(),
            deployments: Vec::new(),
            current_deployment: None,
            schedule: Schedule::default(),
            events: 0,
        };
        let now = Timestamp::from_millis(1_000_000);
        Self {
            service,
            sets: Vec::new(),
            members: Vec::new(),
            said: Vec::new(),
            room: usize::MAX,
            made: 0,
            now,
        }
    }

    fn random(&mut self) -> [u8; 16] {
        self.made += 1;
        u128::from(self.made).to_be_bytes()
    }

    /// A set of that scale; answers its id.
    fn create(&mut self, percent: f64) -> String {
        let bytes = self.random();
        let revision = ServiceRevisionArn::from_random(&self.service.arn, bytes);
        let id = format!("ecs-svc/{}", revision.id());
        self.sets.push(TaskSet {
            arn: TaskSetArn::new(&self.service.arn, &id),
            service: self.service.arn.clone(),
            cluster: cluster(),
            status: TaskSetStatus::Active,
            created_at: self.now,
            updated_at: self.now,
            started_by: None,
            external_id: None,
            revision,
            scale: Percent::new(percent).expect("a percentage"),
            tags: Vec::new(),
            counted: 0,
            stable_at: self.now,
            schedule: Schedule::default(),
        });
        id
    }

    fn set(&mut self, id: &str) -> &mut TaskSet {
        self.sets.iter_mut().find(|s| s.id() == id).expect("a known set")
    }

    fn scale(&mut self, id: &str, percent: f64) {
        self.set(id).scale = Percent::new(percent).expect("a percentage");
    }

    fn delete(&mut self, id: &str) {
        let set = self.set(id);
        set.status = TaskSetStatus::Draining;
        set.schedule.steady = false;
    }

    fn running(&self, id: &str) -> usize {
        self.members.iter().filter(|m| *m.deployment == *id && m.phase == Phase::Healthy).count()
    }

    fn present(&self) -> usize {
        self.members.iter().filter(|m| !matches!(m.phase, Phase::Ended(_))).count()
    }

    /// One look, carried out, with what has to hold of it.
    fn look(&mut self) {
        let sets = self.sets.clone();
        let view = View {
            service: &self.service,
            sets: sets.iter().collect(),
            members: self.members.clone(),
            now: self.now,
        };
        let mut plan = plan(&view);
        let mut started = Vec::new();
        for part in &mut plan.parts {
            let Some(start) = part.plan.start.clone() else { continue };
            let wanted = computed_desired_count(&self.service, &part.set);
            // What is lost takes nobody's place.
            let here = |m: &&Member| *m.deployment == *part.set.id() && !m.lost;
            let alive = self.members.iter().filter(here).filter(|m| !matches!(m.phase, Phase::Ended(_)));
            let alive = u32::try_from(alive.count()).expect("few");
            assert!(
                alive + start.on.count() <= (2 * wanted).max(alive),
                "{alive} are there, {wanted} wanted"
            );
            assert_eq!(start.deployment, part.set.id());
            assert!(matches!(start.on, Places::Anywhere(_)));
            let free = self.room.saturating_sub(self.present() + started.len());
            let count = (start.on.count() as usize).min(free);
            let mut tasks = Vec::new();
            for _ in 0..count {
                self.made += 1;
                let id = HexId::from_random(u128::from(self.made).to_be_bytes());
                let task = TaskArn::new(&cluster(), &id);
                tasks.push(task.clone());
                started.push(Member {
                    task,
                    deployment: part.set.id().into(),
                    phase: Phase::Starting,
                    in_hand: false,
                    instance: None,
                    zone: None,
                    accompanies: false,
                    retired: false,
                    draining: false,
                    lost: false,
                    protected: false,
                    started_at: None,
                    idle: false,
                    ailing: None,
                });
            }
            part.placed(self.now, &tasks, start.on.count() - u32::try_from(count).expect("few"), true);
        }
        for part in &plan.parts {
            for stop in &part.plan.stop {
                let member = self.members.iter_mut().find(|m| m.task == stop.task).expect("a known task");
                assert_eq!(*member.deployment, *part.set.id());
                let forced = member.lost || member.phase == Phase::Unhealthy;
                assert!(!member.protected || forced, "a protected task was stopped: {member:?}");
                member.phase = Phase::Stopping;
            }
        }
        let counted = |m: &Member| {
            plan.account.contains(&m.task) || plan.parts.iter().any(|p| p.plan.account.contains(&m.task))
        };
        self.members.retain(|m| !counted(m));
        self.members.extend(started);
        let concluded = plan.conclude();
        for gone in &concluded.gone {
            let left = self.members.iter().filter(|m| *m.deployment == *gone.id());
            assert_eq!(left.count(), 0, "{gone} went before its tasks");
        }
        self.said.extend(concluded.messages);
        (self.service, self.sets) = (concluded.service, concluded.sets);
    }

    /// Everything that is on its way arrives.
    fn go_well(&mut self) {
        for member in &mut self.members {
            member.phase = match member.phase {
                Phase::Starting | Phase::Settling => {
                    member.started_at.get_or_insert(self.now);
                    Phase::Healthy
                }
                Phase::Stopping => Phase::Ended(End::Wanted),
                other => other,
            };
        }
    }

    fn settle(&mut self) {
        for _ in 0..30 {
            self.look();
            self.go_well();
            self.now = self.now.after(Duration::from_secs(1800));
        }
    }
}

#[test]
fn two_sets_take_turns() {
    let mut world = World::new(4);
    world.settle();
    assert!(world.said.is_empty(), "a service without sets is silent");
    let blue = world.create(100.0);
    world.settle();
    assert_eq!(world.running(&blue), 4);
    let name = |rest: &str| format!("(service web{rest}");
    assert_eq!(world.said[0], name(&format!(") updated computedDesiredCount for taskSet {blue} to 4.")));
    assert!(world.said[1].starts_with(&name(&format!(", taskSet {blue}) has started 4 tasks: (task "))));
    assert_eq!(world.said[2], name(&format!(", taskSet {blue}) updated state to STEADY_STATE.")));
    assert_eq!(world.said[3], name(") has reached a steady state."));
    assert_eq!(world.said.len(), 4);

    // A quarter of the next one, then all of it.
    let green = world.create(25.0);
    world.settle();
    assert_eq!((world.running(&blue), world.running(&green)), (4, 1));
    world.scale(&green, 100.0);
    assert!(!is_stable(&world.service, &world.sets[1]), "it is to have more than it has");
    world.settle();
    assert_eq!((world.running(&blue), world.running(&green)), (4, 4));
    world.delete(&blue);
    world.settle();
    assert_eq!((world.running(&blue), world.running(&green), world.sets.len()), (0, 4, 1));
    world.service.desired_count = 1;
    world.settle();
    assert_eq!(world.running(&green), 1);
    assert!(is_stable(&world.service, &world.sets[0]));

    world.service.status = ServiceStatus::Draining;
    world.settle();
    assert_eq!(
        (world.service.status, world.sets.len(), world.members.len()),
        (ServiceStatus::Inactive, 0, 0)
    );
}

#[test]
fn a_set_that_has_nothing_to_do_is_stable() {
    let mut world = World::new(3);
    let id = world.create(0.0);
    world.settle();
    let state = format!("(service web, taskSet {id}) updated state to STEADY_STATE.");
    assert_eq!(world.said, [state.as_str(), "(service web) has reached a steady state."]);
    // Nothing more is to be done, and nothing more is done.
    let view = View {
        service: &world.service,
        sets: world.sets.iter().collect(),
        members: Vec::new(),
        now: world.now,
    };
    assert!(plan(&view).is_idle(&view));
}

#[test]
fn an_unhealthy_task_goes_when_its_replacement_is_there() {
    let mut world = World::new(2);
    let id = world.create(100.0);
    world.settle();
    world.members[0].phase = Phase::Unhealthy;
    world.look();
    assert_eq!(world.members.iter().filter(|m| m.phase == Phase::Stopping).count(), 0);
    assert!(!is_stable(&world.service, &world.sets[0]));
    world.settle();
    assert_eq!((world.running(&id), world.members.len()), (2, 2));
}

#[derive(Clone, Debug)]
enum Happens {
    Look,
    Advance(usize),
    Fail(usize),
    End(usize),
    Sicken(usize),
    Drain(usize),
    Lose(usize),
    Protect(usize),
    Desire(u32),
    Create(f64),
    Scale(usize, f64),
    Delete(usize),
    Primary(usize),
    Time(u64),
    Room(usize),
}

fn happens() -> impl Strategy<Value = Happens> {
    use Happens::*;
    let some = 0..12usize;
    let percent = prop_oneof![Just(0.0), Just(100.0), 0.0..100.0];
    prop_oneof![
        6 => Just(Look),
        6 => some.clone().prop_map(Advance),
        2 => some.clone().prop_map(Fail),
        1 => some.clone().prop_map(End),
        1 => some.clone().prop_map(Sicken),
        1 => some.clone().prop_map(Drain),
        1 => some.clone().prop_map(Lose),
        1 => some.clone().prop_map(Protect),
        1 => (0..8u32).prop_map(Desire),
        1 => percent.clone().prop_map(Create),
        1 => (some.clone(), percent).prop_map(|(at, percent)| Scale(at, percent)),
        1 => some.clone().prop_map(Delete),
        1 => some.prop_map(Primary),
        2 => (0..60u64).prop_map(Time),
        1 => (0..16usize).prop_map(Room),
    ]
}

fn apply(world: &mut World, event: &Happens) {
    let now = world.now;
    let (tasks, sets) = (world.members.len(), world.sets.len());
    let mut member = |at: &usize, change: &dyn Fn(&mut Member)| {
        if tasks > 0 {
            change(&mut world.members[at % tasks]);
        }
    };
    match event {
        Happens::Look => world.look(),
        Happens::Advance(at) => member(at, &|m| {
            m.phase = match m.phase {
                Phase::Starting => Phase::Settling,
                Phase::Settling => {
                    m.started_at.get_or_insert(now);
                    Phase::Healthy
                }
                Phase::Stopping => Phase::Ended(End::Wanted),
                other => other,
            }
        }),
        Happens::Fail(at) => member(at, &|m| {
            if m.phase == Phase::Starting {
                m.phase = Phase::Ended(End::NeverStarted);
            }
        }),
        Happens::End(at) => member(at, &|m| {
            if m.phase == Phase::Healthy {
                m.phase = Phase::Ended(End::Lasting);
            }
        }),
        Happens::Sicken(at) => member(at, &|m| {
            if m.phase == Phase::Healthy {
                m.phase = Phase::Unhealthy;
            }
        }),
        Happens::Drain(at) => member(at, &|m| m.draining = true),
        Happens::Lose(at) => member(at, &|m| m.lost = true),
        Happens::Protect(at) => member(at, &|m| m.protected ^= true),
        Happens::Desire(count) => world.service.desired_count = *count,
        Happens::Create(percent) if sets < MOST_SETS => drop(world.create(*percent)),
        Happens::Scale(at, percent) if sets > 0 => {
            let id = world.sets[at % sets].id();
            world.scale(&id, *percent);
        }
        Happens::Delete(at) if sets > 0 => {
            let id = world.sets[at % sets].id();
            world.delete(&id);
        }
        Happens::Primary(at) if sets > 0 => {
            for (number, set) in world.sets.iter_mut().enumerate() {
                let next = if number == at % sets { TaskSetStatus::Primary } else { TaskSetStatus::Active };
                if set.status.may_become(next) {
                    set.status = next;
                }
            }
        }
        Happens::Create(_) | Happens::Scale(..) | Happens::Delete(_) | Happens::Primary(_) => {}
        Happens::Time(seconds) => world.now = world.now.after(Duration::from_secs(*seconds)),
        Happens::Room(room) => world.room = *room,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_set_becomes_what_it_is_to_be(desired in 0..8u32, events in prop::collection::vec(happens(), 0..80)) {
        let mut world = World::new(desired);
        for event in &events {
            apply(&mut world, event);
        }
        let draining: Vec<String> =
            world.sets.iter().filter(|s| s.status == TaskSetStatus::Draining).map(TaskSet::id).collect();
        world.room = usize::MAX;
        world.members.iter_mut().for_each(|m| m.protected = false);
        world.settle();
        for set in &world.sets {
            let wanted = computed_desired_count(&world.service, set);
            prop_assert_eq!(world.running(&set.id()), wanted as usize);
            prop_assert_eq!(set.counted, wanted);
            prop_assert!(is_stable(&world.service, set));
            prop_assert!(!draining.contains(&set.id()), "a set that was deleted is still there");
        }
        let whole: u32 = world.sets.iter().map(|s| s.counted).sum();
        prop_assert_eq!(world.members.len(), whole as usize);
        let view = View {
            service: &world.service, sets: world.sets.iter().collect(), members: world.members.clone(), now: world.now,
        };
        prop_assert!(plan(&view).is_idle(&view), "{:?}", plan(&view).conclude());
        world.service.status = ServiceStatus::Draining;
        world.settle();
        prop_assert_eq!(world.service.status, ServiceStatus::Inactive);
        prop_assert!(world.members.is_empty() && world.sets.is_empty());
    }
}
