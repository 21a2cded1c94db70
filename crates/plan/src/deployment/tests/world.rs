//! A service with its tasks, on which plans are carried out.

use crate::deployment::shift::{self, Answer, Effect};
use crate::deployment::{self, End, Event, Member, Phase, Places, Plan, Tried, View, Wanted};
use model::Timestamp;
use model::ecs::service::*;
use model::ecs::{Service, ServiceDeployment, launch::PropagateTags};
use model::ids::*;
use std::time::Duration;

pub(super) struct World {
    pub(super) service: Service,
    pub(super) current: Option<ServiceDeployment>,
    pub(super) history: Vec<ServiceDeployment>,
    pub(super) members: Vec<Member>,
    pub(super) alarms: Vec<String>,
    pub(super) now: Timestamp,
    /// How many tasks fit at all.
    pub(super) room: usize,
    /// Zones that new tasks are spread over.
    pub(super) zones: Vec<String>,
    /// Zones without room.
    pub(super) full_zones: Vec<String>,
    pub(super) said: Vec<String>,
    made: u64,
    /// How often its record was written.
    pub(super) writes: usize,
    /// Of the last start, those that found no place.
    unplaced: u32,
    pub(super) revisions: Vec<ServiceRevisionArn>,
    /// Instances of a DAEMON service.
    pub(super) instances: Option<Vec<ContainerInstanceArn>>,
}

pub(super) fn cluster() -> ClusterArn {
    ClusterArn::new(&Scope::new("us-east-1", "123456789012"), "default")
}

pub(super) fn instance(number: u8) -> ContainerInstanceArn {
    ContainerInstanceArn::new(&cluster(), &HexId::from_random([number; 16]))
}

impl World {
    pub(super) fn new(desired: u32, minimum: u32, maximum: u32) -> Self {
        let arn = ServiceArn::new(&cluster(), "web");
        let service = Service {
            arn: arn.clone(),
            cluster: cluster(),
            status: ServiceStatus::Active,
            created_at: Timestamp::default(),
            created_by: String::new(),
            inactive_at: None,
            scheduling_strategy: SchedulingStrategy::Replica,
            deployment_controller: DeploymentController::Ecs,
            desired_count: desired,
            deployment_configuration: DeploymentConfiguration {
                minimum_healthy_percent: minimum,
                maximum_percent: maximum,
                ..Default::default()
            },
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
        let mut world = Self {
            service,
            current: None,
            history: Vec::new(),
            members: Vec::new(),
            alarms: Vec::new(),
            now: Timestamp::from_millis(1_000_000),
            room: usize::MAX,
            zones: vec!["a".to_owned()],
            full_zones: Vec::new(),
            said: Vec::new(),
            made: 0,
            writes: 0,
            unplaced: 0,
            revisions: Vec::new(),
            instances: None,
        };
        world.deploy();
        world
    }

    pub(super) fn breaker(mut self, rollback: bool) -> Self {
        let breaker = DeploymentCircuitBreaker { enable: true, rollback, ..Default::default() };
        self.service.deployment_configuration.deployment_circuit_breaker = Some(breaker);
        self
    }

    fn random(&mut self) -> [u8; 16] {
        self.made += 1;
        u128::from(self.made).to_be_bytes()
    }

    /// A new revision.
    pub(super) fn deploy(&mut self) {
        let (revision, deployment) = (self.random(), self.random());
        let revision = ServiceRevisionArn::from_random(&self.service.arn, revision);
        self.revisions.push(revision.clone());
        let arn = ServiceDeploymentArn::from_random(&self.service.arn, deployment);
        let (begun, superseded) =
            deployment::begin(&mut self.service, revision, arn, self.current.as_ref(), self.now);
        self.history.extend(superseded);
        self.current = Some(begun);
    }

    pub(super) fn primary(&self) -> String {
        self.service.primary().expect("a primary deployment").id.clone()
    }

    pub(super) fn view(&self) -> View<'_> {
        View {
            service: &self.service,
            current: self.current.as_ref(),
            members: &self.members,
            wanted: match &self.instances {
                Some(instances) => Wanted::Daemon(instances.clone()),
                None => Wanted::Replica(self.service.desired_count),
            },
            zones: self.zones.clone(),
            alarms: self.alarms.clone(),
            tried: Vec::new(),
            now: self.now,
        }
    }

    /// One look, carried out. Answers the plan; where two revisions are kept side by side, the first of the two.
    pub(super) fn step(&mut self) -> Plan {
        let first = self.turn(&[]);
        let (mut last, mut tried) = (first.clone(), Vec::new());
        while let Some(start) = last.start.as_ref().filter(|_| last.is_split()) {
            let deployment = start.deployment.clone();
            tried.push(Tried { deployment, unplaced: self.unplaced });
            last = self.turn(&tried);
        }
        first
    }

    fn turn(&mut self, tried: &[Tried]) -> Plan {
        let view = View { tried: tried.to_vec(), ..self.view() };
        let mut plan = deployment::plan(&view);
        let mut started = Vec::new();
        if let Some(start) = plan.start.clone() {
            let full = matches!(&start.on, Places::Zone { zone, .. } if self.full_zones.contains(zone));
            let free = if full { 0 } else { self.room.saturating_sub(self.present()) };
            let count = (start.on.count() as usize).min(free);
            let mut made = self.made;
            for at in 0..count {
                made += 1;
                let id = HexId::from_random(u128::from(made).to_be_bytes());
                let zone = match &start.on {
                    Places::Zone { zone, .. } => Some(zone.clone()),
                    Places::Anywhere(_) => self.lightest_zone(&started),
                    Places::Instances(_) => None,
                };
                started.push(Member {
                    task: TaskArn::new(&cluster(), &id),
                    deployment: start.deployment.as_str().into(),
                    phase: Phase::Starting,
                    in_hand: false,
                    instance: match &start.on {
                        Places::Instances(on) => Some(on[at].clone()),
                        Places::Anywhere(_) | Places::Zone { .. } => None,
                    },
                    zone: zone.map(Into::into),
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
            let tasks: Vec<TaskArn> = started.iter().map(|m| m.task.clone()).collect();
            let unplaced = start.on.count() - u32::try_from(count).expect("few");
            plan.placed(&view, &tasks, unplaced, true);
            drop(view);
            if let Places::Zone { zone, .. } = &start.on
                && unplaced > 0
            {
                plan.events.push(Event::NoRoomInZone { zone: zone.clone(), on_fargate: false });
            }
            self.made = made;
            self.unplaced = unplaced;
        }
        for stop in &plan.stop {
            let member = self.members.iter_mut().find(|m| m.task == stop.task).expect("a known task");
            member.phase = Phase::Stopping;
        }
        self.members.retain(|m| !plan.account.contains(&m.task));
        self.members.extend(started);
        let said = plan.messages(self.now);
        self.said.extend(said);
        self.writes += usize::from(self.service != plan.service);
        self.service = plan.service.clone();
        self.current = plan.current.clone();
        plan
    }

    fn lightest_zone(&self, started: &[Member]) -> Option<String> {
        let there = |zone: &String| {
            let of = |m: &&Member| m.zone.as_deref() == Some(zone.as_str()) && m.is_live();
            self.members.iter().filter(of).count() + started.iter().filter(of).count()
        };
        self.zones.iter().min_by_key(|zone| there(zone)).cloned()
    }

    /// Does outside what is asked for: traffic is routed, and hooks that are due answer as told. Answers what was done, in words.
    pub(super) fn outside(&mut self, answer: &mut dyn FnMut(&str) -> Answer) -> Vec<String> {
        let Some(current) = self.current.clone() else { return Vec::new() };
        let mut done = Vec::new();
        for effect in shift::effects(&current) {
            let record = self.current.as_mut().expect("as before");
            match effect {
                Effect::Route { kind, green, weights } => {
                    assert!(shift::routed(record, kind, green));
                    assert!(!shift::routed(record, kind, green), "twice is as good as once");
                    let shares = weights.iter().map(|(r, share)| format!("{} {share}", self.letter(r)));
                    done.push(format!(
                        "{} traffic: {}",
                        kind.as_str(),
                        shares.collect::<Vec<_>>().join(", ")
                    ));
                }
                Effect::Call { key, at } if at <= self.now => {
                    let said = answer(&key.to_string());
                    done.push(format!("hook {key}: {said:?}"));
                    assert!(shift::answered(record, key, said, self.now));
                }
                Effect::Call { .. } => {}
            }
        }
        done
    }

    /// A for the first revision, and so on.
    pub(super) fn letter(&self, revision: &ServiceRevisionArn) -> char {
        let at = self.revisions.iter().position(|r| r == revision).expect("a known revision");
        char::from(b'A' + u8::try_from(at).expect("few"))
    }

    /// The same for the id of a deployment.
    pub(super) fn letter_of(&self, deployment: &str) -> char {
        let of = |r: &&ServiceRevisionArn| model::ecs::service_revision::deployment_id(r) == deployment;
        self.letter(self.revisions.iter().find(of).expect("a known deployment"))
    }

    /// Looks until nothing more is to be done, with everything going well in between. Answers how many looks it took.
    pub(super) fn settle(&mut self) -> usize {
        for look in 0..1000 {
            let before = (self.members.clone(), self.service.clone());
            self.step();
            self.go_well();
            if before == (self.members.clone(), self.service.clone()) {
                return look;
            }
        }
        panic!("it does not settle: {:?} {:?}", self.service, self.members);
    }

    /// Everything that is on its way arrives.
    pub(super) fn go_well(&mut self) {
        for member in &mut self.members {
            member.phase = match member.phase {
                Phase::Starting | Phase::Settling => {
                    member.started_at.get_or_insert(self.now);
                    Phase::Healthy
                }
                Phase::Stopping if !member.lost => Phase::Ended(End::Wanted),
                other => other,
            };
        }
    }

    pub(super) fn pass(&mut self, time: Duration) {
        self.now = self.now.after(time);
    }

    pub(super) fn present(&self) -> usize {
        self.members.iter().filter(|m| m.is_present()).count()
    }

    pub(super) fn healthy(&self) -> usize {
        self.members.iter().filter(|m| m.is_healthy()).count()
    }

    /// Healthy tasks of a deployment.
    pub(super) fn of(&self, deployment: &str) -> usize {
        self.members.iter().filter(|m| *m.deployment == *deployment && m.is_healthy()).count()
    }

    pub(super) fn has_said(&self, part: &str) -> bool {
        self.said.iter().any(|s| s.contains(part))
    }
}
