//! Scripts of what happens to daemons, and random histories.

use super::*;
use crate::deployment::{End, Phase};
use model::Percent;
use model::ecs::daemon::{
    DaemonDeploymentConfiguration, DaemonDeploymentStatus, DaemonPropagateTags, DaemonSchedule, DaemonStatus,
};
use model::ecs::service_deployment::Monitor;
use model::ids::{
    CapacityProviderArn, ClusterArn, DaemonArn, DaemonDeploymentArn, HexId, Scope, TaskDefinitionArn,
};
use proptest::prelude::*;

struct World {
    daemon: Daemon,
    revisions: Vec<DaemonRevision>,
    deployments: Vec<DaemonDeployment>,
    members: Vec<Member>,
    instances: Vec<Instance>,
    /// Revisions whose tasks never run.
    broken: Vec<DaemonRevisionArn>,
    gone: bool,
    made: u64,
    now: Timestamp,
}

fn scope() -> Scope {
    Scope::new("us-east-1", "123456789012")
}

fn cluster() -> ClusterArn {
    ClusterArn::new(&scope(), "default")
}

fn provider() -> CapacityProviderArn {
    CapacityProviderArn::new(&scope(), "managed")
}

impl World {
    /// A daemon that was just made, and so many instances.
    fn new(instances: usize, critical: bool, percent: f64, bake: u32) -> Self {
        Self::named("logs", instances, critical, percent, bake)
    }

    fn named(name: &str, instances: usize, critical: bool, percent: f64, bake: u32) -> Self {
        let arn = DaemonArn::new(&cluster(), name);
        let now = Timestamp::from_millis(1_000_000);
        let revision = DaemonRevisionArn::from_random(&arn, [0; 16]);
        let deployment = DaemonDeploymentArn::from_random(&arn, [0; 16]);
        let daemon = Daemon {
            arn,
            cluster: cluster(),
            status: DaemonStatus::Active,
            created_at: now,
            updated_at: now,
            created_by: String::new(),
            tags: Vec::new(),
            revision,
            deployment,
            schedule: DaemonSchedule::default(),
        };
        let mut world = Self {
            daemon,
            revisions: Vec::new(),
            deployments: Vec::new(),
            members: Vec::new(),
            instances: Vec::new(),
            broken: Vec::new(),
            gone: false,
            made: 0,
            now,
        };
        world.deploy(critical, percent, bake);
        (0..instances).for_each(|_| world.join(InstanceStatus::Active));
        world
    }

    fn random(&mut self) -> [u8; 16] {
        self.made += 1;
        u128::from(self.made).to_be_bytes()
    }

    fn deploy(&mut self, critical: bool, percent: f64, bake: u32) -> DaemonRevisionArn {
        let (one, two) = (self.random(), self.random());
        let revision = DaemonRevisionArn::from_random(&self.daemon.arn, one);
        if let Some(last) = self.deployments.last_mut().filter(|d| !d.status.is_over()) {
            last.status = DaemonDeploymentStatus::Stopped;
        }
        self.revisions.push(DaemonRevision {
            arn: revision.clone(),
            daemon: self.daemon.arn.clone(),
            cluster: cluster(),
            created_at: self.now,
            task_definition: TaskDefinitionArn::of_daemon(&scope(), "logs", 1),
            capacity_providers: vec![provider()],
            container_images: Vec::new(),
            propagate_tags: DaemonPropagateTags::None,
            managed_tags: false,
            enable_execute_command: false,
            critical,
            gone_at: None,
        });
        let deployment = DaemonDeployment {
            arn: DaemonDeploymentArn::from_random(&self.daemon.arn, two),
            daemon: self.daemon.arn.clone(),
            cluster: cluster(),
            status: DaemonDeploymentStatus::Pending,
            status_reason: None,
            target: Some(revision.clone()),
            sources: Vec::new(),
            configuration: DaemonDeploymentConfiguration {
                drain_percent: Percent::new(percent).expect("a percentage"),
                bake_time_in_minutes: bake,
                alarm_names: Vec::new(),
                alarms_enabled: false,
            },
            created_at: self.now,
            started_at: None,
            baking_since: None,
            stopped_at: None,
            finished_at: None,
            circuit_breaker: Monitor::Monitoring,
            failure_count: 0,
            threshold: 0,
            alarms: Monitor::Disabled,
            triggered_alarms: Vec::new(),
            rollback: None,
            gone_at: None,
        };
        self.daemon.revision = revision.clone();
        self.daemon.deployment = deployment.arn.clone();
        self.daemon.schedule.failed_rounds = 0;
        self.daemon.schedule.start_after = None;
        self.daemon.schedule.halted = false;
        self.deployments.push(deployment);
        revision
    }

    fn join(&mut self, status: InstanceStatus) {
        let id = HexId::from_random(self.random());
        let arn = ContainerInstanceArn::new(&cluster(), &id);
        self.instances.push(Instance {
            arn,
            provider: provider(),
            status,
            connected: true,
            busy: false,
            leaving: false,
        });
    }

    fn delete(&mut self) {
        self.deploy(true, 100.0, 0);
        let last = self.deployments.last_mut().expect("a deployment");
        last.target = None;
        self.daemon.status = DaemonStatus::DeleteInProgress;
    }

    fn status(&self) -> DaemonDeploymentStatus {
        self.deployments.last().expect("a deployment").status
    }

    fn running(&self, revision: &DaemonRevisionArn) -> usize {
        let id = started_by(revision);
        self.members.iter().filter(|m| *m.deployment == *id && m.phase == Phase::Healthy).count()
    }

    fn active(&self) -> usize {
        self.instances.iter().filter(|i| i.status == InstanceStatus::Active).count()
    }

    fn seen(&self) -> Seen<'_> {
        let of = |arn: &DaemonRevisionArn| self.revisions.iter().find(|r| r.arn == *arn);
        Seen {
            daemon: &self.daemon,
            revision: of(&self.daemon.revision).expect("a known revision"),
            last_completed: self.daemon.schedule.last_completed.as_ref().and_then(of),
            deployment: self.deployments.last().expect("a deployment"),
            alarms: Vec::new(),
            members: self.members.clone(),
            on: Default::default(),
        }
    }

    /// One look, carried out, with what has to hold of it.
    fn look(&mut self) {
        let view = View { daemons: vec![self.seen()], instances: self.instances.clone(), now: self.now };
        let planned = plan(&view);
        let part = planned.parts[0].clone();
        let draining = self.instances.iter().filter(|i| i.status == InstanceStatus::Draining).count();
        let drains = planned.instances.iter().filter(|(_, s)| *s == InstanceStatus::Draining).count();
        let most = part
            .deployment
            .configuration
            .drain_percent
            .of(u32::try_from(self.instances.len()).expect("few"))
            .max(1);
        if drains > 0 && !part.deployment.status.is_over() {
            assert!(
                draining + drains <= (most as usize).max(draining),
                "{drains} more are emptied, {most} may be"
            );
        }
        for (arn, status) in &planned.instances {
            let instance = self.instances.iter_mut().find(|i| i.arn == *arn).expect("a known instance");
            if *status == InstanceStatus::Active
                && part.revision.critical
                && part.daemon.status == DaemonStatus::Active
            {
                let id = started_by(&part.revision.arn);
                let served = self.members.iter().any(|m| {
                    m.instance.as_ref() == Some(arn) && *m.deployment == *id && m.phase == Phase::Healthy
                });
                assert!(served, "{arn} takes tasks without its daemon");
            }
            assert!(instance.status.may_become(*status), "{} to {status}", instance.status);
            instance.status = *status;
        }
        for (task, _) in &part.stop {
            let member = self.members.iter_mut().find(|m| m.task == *task).expect("a known task");
            assert!(
                !matches!(member.phase, Phase::Stopping | Phase::Ended(_)),
                "{member:?} was stopped twice"
            );
            member.phase = Phase::Stopping;
        }
        self.members.retain(|m| !part.account.contains(&m.task));
        for arn in &part.start {
            let there = self
                .members
                .iter()
                .any(|m| m.instance.as_ref() == Some(arn) && !matches!(m.phase, Phase::Ended(_)));
            assert!(!there, "a second task on {arn}");
            self.made += 1;
            let id = HexId::from_random(u128::from(self.made).to_be_bytes());
            self.members.push(Member {
                task: TaskArn::new(&cluster(), &id),
                deployment: started_by(&part.revision.arn).into(),
                phase: Phase::Starting,
                in_hand: false,
                instance: Some(arn.clone()),
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
        self.daemon = part.daemon;
        *self.deployments.last_mut().expect("a deployment") = part.deployment;
        self.gone |= part.gone;
    }

    /// Everything that is on its way arrives, but for tasks of broken revisions.
    fn go_on(&mut self) {
        let broken: Vec<String> = self.broken.iter().map(started_by).collect();
        for member in &mut self.members {
            member.phase = match member.phase {
                Phase::Starting if broken.iter().any(|b| **b == *member.deployment) => {
                    Phase::Ended(End::NeverStarted)
                }
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
        for _ in 0..120 {
            self.look();
            self.go_on();
            self.now = self.now.after(Duration::from_secs(600));
        }
    }
}

#[test]
fn every_instance_gets_its_task_and_later_ones_wait_for_it() {
    let mut world = World::new(3, true, 25.0, 0);
    world.look();
    assert_eq!(
        (world.active(), world.status()),
        (2, DaemonDeploymentStatus::InProgress),
        "one at a time is emptied"
    );
    world.settle();
    let revision = world.daemon.revision.clone();
    assert_eq!((world.running(&revision), world.active()), (3, 3));
    assert_eq!(world.status(), DaemonDeploymentStatus::Successful);
    world.join(InstanceStatus::Registering);
    world.look();
    assert_eq!((world.active(), world.members.len()), (3, 4), "it starts before anything else may");
    world.settle();
    assert_eq!((world.running(&revision), world.active()), (4, 4));
}

/// One daemon empties an instance and is done before the task of another one runs there again.
#[test]
fn an_instance_that_two_daemons_wait_for_is_opened_by_the_later_one() {
    let mut one = World::new(1, true, 25.0, 0);
    let mut other = World::named("metrics", 0, true, 25.0, 0);
    other.join(InstanceStatus::Active);
    other.instances.clone_from(&one.instances);
    one.settle();
    other.settle();
    one.instances[0].status = InstanceStatus::Draining;
    let arn = one.instances[0].arn.clone();
    one.daemon.schedule.drained.push(model::ecs::daemon::Drained { instance: arn.clone(), since: one.now });
    other.members[0].phase = Phase::Settling;
    let look = |one: &mut World, other: &mut World| {
        let view =
            View { daemons: vec![one.seen(), other.seen()], instances: one.instances.clone(), now: one.now };
        let planned = plan(&view);
        let [first, second] = &planned.parts[..] else { panic!("{planned:?}") };
        (one.daemon, other.daemon) = (first.daemon.clone(), second.daemon.clone());
        planned.instances
    };
    assert_eq!(look(&mut one, &mut other), []);
    assert!(one.daemon.schedule.drained.is_empty(), "it has its task");
    one.now = one.now.after(Duration::from_secs(1));
    other.members[0].phase = Phase::Healthy;
    assert_eq!(look(&mut one, &mut other), [(arn, InstanceStatus::Active)]);
    assert!(other.daemon.schedule.drained.is_empty());
}

#[test]
fn without_instances_it_is_done_at_once_or_when_it_is_baked() {
    let mut world = World::new(0, true, 25.0, 0);
    world.look();
    assert_eq!(world.status(), DaemonDeploymentStatus::Successful);
    world.deploy(true, 25.0, 5);
    world.look();
    assert_eq!(world.status(), DaemonDeploymentStatus::InProgress);
    world.now = world.now.after(Duration::from_secs(299));
    world.look();
    assert_eq!(world.status(), DaemonDeploymentStatus::InProgress);
    world.now = world.now.after(Duration::from_secs(1));
    world.look();
    assert_eq!(world.status(), DaemonDeploymentStatus::Successful);
}

#[test]
fn a_broken_revision_is_rolled_back() {
    let mut world = World::new(3, true, 100.0, 0);
    world.settle();
    let good = world.daemon.revision.clone();
    let bad = world.deploy(true, 34.0, 0);
    world.broken.push(bad.clone());
    world.settle();
    assert_eq!((world.running(&good), world.running(&bad), world.active()), (3, 0, 3));
    assert_eq!((world.status(), &world.daemon.revision), (DaemonDeploymentStatus::RollbackSuccessful, &good));
    let last = world.deployments.last().expect("a deployment");
    assert_eq!((last.circuit_breaker, last.threshold), (Monitor::Triggered, 3));
    assert_eq!(last.rollback.as_ref().map(|r| &r.revision), Some(&good));
}

#[test]
fn a_first_revision_that_is_broken_stops() {
    let mut world = World::new(2, true, 100.0, 0);
    world.broken.push(world.daemon.revision.clone());
    world.settle();
    assert_eq!((world.status(), world.active()), (DaemonDeploymentStatus::Stopped, 0));
    world.deploy(true, 100.0, 0);
    world.settle();
    assert_eq!(
        (world.status(), world.active()),
        (DaemonDeploymentStatus::Successful, 2),
        "another one mends it"
    );
}

#[test]
fn a_critical_task_that_ends_empties_its_instance_and_another_does_not() {
    for critical in [true, false] {
        let mut world = World::new(2, critical, 25.0, 0);
        world.settle();
        world.members[0].phase = Phase::Ended(End::Lasting);
        world.instances[0].busy = true;
        world.look();
        assert_eq!(world.active(), if critical { 1 } else { 2 });
        world.settle();
        assert_eq!((world.active(), world.members.len()), (2, 2));
    }
}

#[test]
fn who_drains_is_waited_for_and_who_stays_is_not() {
    for (leaving, waits) in [(true, true), (false, false)] {
        let mut world = World::new(1, true, 100.0, 0);
        world.settle();
        let old = world.members[0].task.clone();
        world.instances[0].busy = true;
        world.deploy(true, 100.0, 0);
        world.look();
        assert_eq!(world.active(), 0, "it is emptied");
        world.instances[0].leaving = leaving;
        // As long as targets drain where nobody says otherwise, and some more.
        world.now = world.now.after(PATIENCE + Duration::from_secs(30));
        world.look();
        let stays = |world: &World| {
            let of = |m: &&Member| m.task == old && !matches!(m.phase, Phase::Stopping | Phase::Ended(_));
            world.members.iter().any(|m| of(&m))
        };
        assert_eq!(stays(&world), waits, "leaving: {leaving}");
        world.instances[0].connected = false;
        world.look();
        assert!(!stays(&world), "nobody comes back to say that it has left");
    }
}

#[test]
fn a_deleted_daemon_leaves_nothing() {
    let mut world = World::new(3, true, 25.0, 0);
    world.look();
    world.delete();
    world.settle();
    assert!(world.gone && world.members.is_empty());
    assert_eq!((world.active(), world.status()), (3, DaemonDeploymentStatus::Successful));
}

#[derive(Clone, Debug)]
enum Happens {
    Look,
    Advance(usize),
    End(usize),
    Sicken(usize),
    Join,
    Busy(usize),
    Silent(usize),
    Deploy { critical: bool, percent: f64, broken: bool },
    Time(u64),
}

fn happens() -> impl Strategy<Value = Happens> {
    use Happens::*;
    let some = 0..8usize;
    prop_oneof![
        6 => Just(Look),
        6 => some.clone().prop_map(Advance),
        1 => some.clone().prop_map(End),
        1 => some.clone().prop_map(Sicken),
        1 => Just(Join),
        1 => some.clone().prop_map(Busy),
        1 => some.prop_map(Silent),
        1 => (any::<bool>(), 0.0..100.0, any::<bool>())
            .prop_map(|(critical, percent, broken)| Deploy { critical, percent, broken }),
        2 => (0..600u64).prop_map(Time),
    ]
}

fn apply(world: &mut World, event: &Happens) {
    let (tasks, instances) = (world.members.len(), world.instances.len());
    match event {
        Happens::Look => world.look(),
        Happens::Advance(at) if tasks > 0 => {
            let now = world.now;
            let member = &mut world.members[at % tasks];
            let broken = world.broken.iter().any(|r| *started_by(r) == *member.deployment);
            member.phase = match member.phase {
                Phase::Starting if broken => Phase::Ended(End::NeverStarted),
                Phase::Starting => Phase::Settling,
                Phase::Settling => {
                    member.started_at.get_or_insert(now);
                    Phase::Healthy
                }
                Phase::Stopping => Phase::Ended(End::Wanted),
                other => other,
            };
        }
        Happens::End(at) if tasks > 0 && world.members[at % tasks].phase == Phase::Healthy => {
            world.members[at % tasks].phase = Phase::Ended(End::Lasting);
        }
        Happens::Sicken(at) if tasks > 0 && world.members[at % tasks].phase == Phase::Healthy => {
            world.members[at % tasks].phase = Phase::Unhealthy;
        }
        Happens::Join if instances < 6 => world.join(InstanceStatus::Registering),
        Happens::Busy(at) if instances > 0 => world.instances[at % instances].busy ^= true,
        Happens::Silent(at) if instances > 0 => world.instances[at % instances].connected ^= true,
        Happens::Deploy { critical, percent, broken } => {
            let revision = world.deploy(*critical, *percent, 0);
            if *broken {
                world.broken.push(revision);
            }
        }
        Happens::Time(seconds) => world.now = world.now.after(Duration::from_secs(*seconds)),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_every_instance_gets_its_task(
        instances in 0..5usize, critical in any::<bool>(), events in prop::collection::vec(happens(), 0..60),
    ) {
        let mut world = World::new(instances, critical, 25.0, 0);
        for event in &events {
            apply(&mut world, event);
        }
        // A revision that works, and nothing goes wrong any more.
        world.instances.iter_mut().for_each(|i| (i.connected, i.busy) = (true, false));
        let last = world.deploy(critical, 50.0, 0);
        world.settle();
        prop_assert_eq!(world.status(), DaemonDeploymentStatus::Successful);
        prop_assert_eq!(world.running(&last), world.instances.len());
        prop_assert_eq!(world.active(), world.instances.len());
        prop_assert_eq!(world.members.len(), world.instances.len());
        prop_assert!(world.daemon.schedule.drained.is_empty());
        world.delete();
        world.settle();
        prop_assert!(world.gone && world.members.is_empty());
    }
}
