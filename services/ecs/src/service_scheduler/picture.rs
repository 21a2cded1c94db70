//! What the planner is shown of a service, from the records.

use super::roster::{Look, Terms};
use crate::api::launch::of_service::Already;
use crate::balancing::{self, side};
use crate::find::Source;
use crate::fleet::{self, Owner};
use crate::operator;
use crate::provider;
use crate::service::{Ecs, Settings};
use model::Timestamp;
use model::ec2::Subnet;
use model::ecs::launch::PlacementConstraintType;
use model::ecs::service::{AvailabilityZoneRebalancing, SchedulingStrategy, ServiceStatus};
use model::ecs::{ContainerInstance, Service, ServiceDeployment, ServiceRevision, Task, TaskDefinition};
use model::ids::{ContainerInstanceArn, ServiceArn, TaskDefinitionArn};
use model::status::{DesiredStatus, InstanceStatus, LaunchType, StopCode, TaskStatus};
use plan::deployment::{Facts, Member, Phase, Targets, View, Wanted, phase};
use plan::placement::filter::Filter;
use plan::placement::{Constraint, Request};
use state::Snapshot;
use state::ecs::container_instance::BY_STATUS;
use state::ecs::task::holding;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

/// How often alarms are looked at while a deployment watches them. CloudWatch evaluates them every ten seconds at most.
const ALARM_LOOK: Duration = Duration::from_secs(10);

/// What AWS says of a task that the scheduler stopped because of its containers' health checks.
pub(crate) const UNHEALTHY: &str = "Task failed container health checks";

/// What it says where a load balancer's health checks failed; the target group follows.
pub(crate) const UNHEALTHY_TARGET: &str = "Task failed ELB health checks in (target-group ";

/// A service and all that its planning needs.
pub(super) struct Picture {
    pub(super) service: Arc<Service>,
    current: Option<Arc<ServiceDeployment>>,
    pub(super) members: Arc<Vec<Member>>,
    /// The capacity provider of each member.
    providers: Arc<Vec<Option<Arc<str>>>>,
    wanted: Wanted,
    zones: Vec<String>,
    alarms: Vec<String>,
    /// When something in it changes by time alone.
    wake: Option<Timestamp>,
}

impl Picture {
    /// `None` where there is nothing to plan.
    pub(super) fn take(ecs: &Ecs, snapshot: &Snapshot, arn: &ServiceArn, now: Timestamp) -> Option<Self> {
        let service = snapshot.get::<Service>(arn.as_str());
        let Some(service) = service.filter(|s| s.status != ServiceStatus::Inactive) else {
            ecs.rosters.forget(arn);
            return None;
        };
        let current = service.current_deployment.as_ref();
        let current = current.and_then(|d| snapshot.get::<ServiceDeployment>(d.as_str())).cloned();
        let Look { members, providers, wake } = ecs.rosters.look(snapshot, service, &ecs.settings, now);
        let mut picture = Self {
            service: Arc::clone(service),
            current,
            members,
            providers,
            wanted: Wanted::Replica(service.desired_count),
            zones: Vec::new(),
            alarms: Vec::new(),
            wake,
        };
        if service.scheduling_strategy == SchedulingStrategy::Daemon {
            picture.wanted = Wanted::Daemon(match service.status {
                ServiceStatus::Active => daemon_places(snapshot, service, &picture.members),
                ServiceStatus::Draining | ServiceStatus::Inactive => Vec::new(),
            });
        }
        // Looked at only where it may matter, since it is a walk over the instances.
        if service.availability_zone_rebalancing == AvailabilityZoneRebalancing::Enabled
            && service.desired_count > 1
            && (service.schedule.rebalancing || service.schedule.steady && picture.is_at_rest())
        {
            picture.zones = zones(ecs, snapshot, service);
        }
        picture.look_at_alarms(ecs, now);
        Some(picture)
    }

    pub(super) fn view(&self, now: Timestamp) -> View<'_> {
        View {
            service: &self.service,
            current: self.current.as_deref(),
            members: &self.members,
            wanted: self.wanted.clone(),
            zones: self.zones.clone(),
            alarms: self.alarms.clone(),
            tried: Vec::new(),
            now,
        }
    }

    /// What bases, weights and the spread over zones go by. `deployment`: whose tasks count for capacity providers.
    pub(super) fn already(&self, deployment: &str) -> Already {
        let live = self.members.iter().zip(&*self.providers);
        let live = live.filter(|(member, _)| !matches!(member.phase, Phase::Ended(_)));
        let (mut zones, mut providers): (BTreeMap<&str, u32>, BTreeMap<&str, u32>) = Default::default();
        for (member, provider) in live {
            if let Some(zone) = &member.zone {
                *zones.entry(zone).or_default() += 1;
            }
            if let Some(provider) = provider.as_ref().filter(|_| *member.deployment == *deployment) {
                *providers.entry(provider).or_default() += 1;
            }
        }
        let owned =
            |counts: BTreeMap<&str, u32>| counts.into_iter().map(|(n, c)| (n.to_owned(), c)).collect();
        Already { zones: owned(zones), providers: owned(providers) }
    }

    /// The earlier of the plan's wake-up and our own.
    pub(super) fn wake(&self, plan: Option<Timestamp>) -> Option<Timestamp> {
        self.wake.into_iter().chain(plan).min()
    }

    /// Whether all that is wanted is there, and nothing else. Zones are balanced only then.
    fn is_at_rest(&self) -> bool {
        self.members.len() == self.service.desired_count as usize
            && self.members.iter().all(|m| m.phase == Phase::Healthy)
    }

    fn wake_at(&mut self, at: Timestamp) {
        self.wake = Some(self.wake.map_or(at, |before| before.min(at)));
    }

    /// Nothing tells when an alarm goes off: they are looked at again while a deployment watches them.
    fn look_at_alarms(&mut self, ecs: &Ecs, now: Timestamp) {
        let watched = self.current.as_ref().filter(|d| !d.status.is_over());
        let alarms = watched.and_then(|d| d.configuration.alarms.as_ref()).filter(|a| a.enable);
        if let Some(alarms) = alarms {
            self.alarms = ecs.alarms.in_alarm(&alarms.alarm_names);
            self.wake_at(now.after(ALARM_LOOK));
        }
    }
}

/// Texts that many tasks have in common, each kept once.
#[derive(Clone, Default)]
pub(super) struct Texts(Vec<Arc<str>>);

impl Texts {
    /// More are not looked through: each is then a text of its own.
    const MOST: usize = 64;

    pub(super) fn shared(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.iter().rev().find(|known| ***known == *text) {
            return Arc::clone(known);
        }
        let new: Arc<str> = text.into();
        if self.0.len() == Self::MOST {
            self.0.remove(0);
        }
        self.0.push(Arc::clone(&new));
        new
    }
}

/// A task as its service's planner sees it, and when it looks different by time alone.
pub(super) fn look(
    snapshot: &Snapshot,
    service: &Service,
    task: &Task,
    (terms, has_health_check): (&Terms, bool),
    settings: &Settings,
    now: Timestamp,
    texts: &mut Texts,
) -> (Member, Option<Timestamp>) {
    let (targets, ailing) = match (task.last_status, task.desired_status) {
        (TaskStatus::Running, DesiredStatus::Running) => balancing::seen(snapshot, task),
        // Its registrations are gone, and with them what was seen of them.
        _ => (balancing::had(task), None),
    };
    let (phase, until) = phase(&facts(task, has_health_check, targets), terms.patience, now);
    // One that is over has nothing to do with its instance any more, and nobody stops it.
    let lives = !task.last_status.is_over();
    let instance = task.container_instance.as_ref().filter(|_| lives);
    let instance = instance.and_then(|i| snapshot.get::<ContainerInstance>(i.as_str()));
    let protected_until = task.protected_until.filter(|_| lives);
    let silent_until = instance.and_then(|i| lost_at(i, task, settings.service_lost_after));
    let retires = instance.and_then(|i| operator::leaves_at(i, task));
    let retired = retires.is_some_and(|at| at <= now);
    let later = [silent_until, retires, protected_until].into_iter().flatten().filter(|at| *at > now);
    let is_daemon = service.scheduling_strategy == SchedulingStrategy::Daemon;
    let member = Member {
        task: task.arn.clone(),
        deployment: texts.shared(task.started_by.as_deref().unwrap_or_default()),
        phase,
        in_hand: is_in_hand(task.last_status),
        instance: task.container_instance.clone(),
        zone: task.availability_zone.as_deref().map(|zone| texts.shared(zone)),
        accompanies: is_daemon && instance.is_some_and(|i| has_replicas(snapshot, i)),
        draining: instance.is_some_and(|i| i.status == InstanceStatus::Draining) || retired,
        retired,
        lost: silent_until.is_some_and(|at| at <= now),
        protected: protected_until.is_some_and(|at| at > now),
        started_at: task.started_at,
        idle: terms.groups.as_ref().is_some_and(|groups| side::is_idle(snapshot, task, groups)),
        ailing,
    };
    (member, later.chain(until).min())
}

/// When a task counts as lost: its instance's agent has been away for that long. Fargate's hosts are watched by `loops::GiveUp`.
/// AWS differs: it waits for the instance to be deregistered.
fn lost_at(instance: &ContainerInstance, task: &Task, lost_after: Duration) -> Option<Timestamp> {
    let away = !instance.agent_connected && task.launch_type != LaunchType::Fargate;
    let since = instance.connectivity_at.unwrap_or(instance.registered_at).max(task.created_at);
    away.then(|| since.after(lost_after))
}

/// Whether an instance drains and still has tasks of replica services.
fn has_replicas(snapshot: &Snapshot, instance: &ContainerInstance) -> bool {
    let is_replica = |task: &Task| {
        let service = task.service().and_then(|s| snapshot.get::<Service>(s.as_str()));
        service.is_some_and(|s| s.scheduling_strategy == SchedulingStrategy::Replica)
    };
    instance.status == InstanceStatus::Draining
        && holding(snapshot, &instance.arn).any(|task| is_replica(task))
}

/// Whether a task is STOPPING, or further.
pub(crate) fn is_in_hand(status: TaskStatus) -> bool {
    match status {
        TaskStatus::Provisioning
        | TaskStatus::Pending
        | TaskStatus::Activating
        | TaskStatus::Running
        | TaskStatus::Deactivating => false,
        TaskStatus::Stopping | TaskStatus::Deprovisioning | TaskStatus::Stopped | TaskStatus::Deleted => true,
    }
}

/// Whether an essential container of a definition has a health check.
pub(crate) fn has_health_check(from: &impl Source, definition: &TaskDefinitionArn) -> bool {
    from.get::<TaskDefinition>(definition.as_str()).is_some_and(|d| {
        d.container_definitions.iter().any(|c| c.essential.unwrap_or(true) && c.health_check.is_some())
    })
}

/// What a task's record says of its phase.
pub(crate) fn facts(task: &Task, has_health_check: bool, targets: Targets) -> Facts {
    let by_scheduler = task.stop_code == Some(StopCode::ServiceSchedulerInitiated);
    Facts {
        last: task.last_status,
        desired: task.desired_status,
        has_health_check,
        health: task.health,
        started_at: task.started_at,
        stopped_at: task.stopped_at,
        stop_code: task.stop_code,
        stopped_for_health: by_scheduler
            && task
                .stopped_reason
                .as_deref()
                .is_some_and(|r| r == UNHEALTHY || r.starts_with(UNHEALTHY_TARGET)),
        ends: task.last_status == TaskStatus::Running && task.has_lost_essential(),
        targets,
    }
}

/// The zones that tasks of a service can be in: those of instances of its capacity that take its tasks, however full they are, and, where it names
/// subnets, of these.
fn zones(ecs: &Ecs, snapshot: &Snapshot, service: &Service) -> Vec<String> {
    let revision = service.revision.as_ref().and_then(|r| snapshot.get::<ServiceRevision>(r.as_str()));
    let Some(revision) = revision else { return Vec::new() };
    let Some(request) = standing(snapshot, service, revision) else { return Vec::new() };
    let network = revision.network_configuration.as_ref().and_then(|n| n.awsvpc_configuration.as_ref());
    let subnets = network.map(|n| n.subnets.iter());
    let of_subnets: Option<BTreeSet<&String>> =
        subnets.map(|named| named.filter_map(|id| snapshot.get::<Subnet>(id).map(|s| &s.zone)).collect());
    let mut zones: BTreeSet<String> = BTreeSet::new();
    for owner in provider::owners(snapshot, &service.cluster, revision) {
        // A node of a pool may stand for every zone; what a task requires of an instance is not asked of it.
        let is_pool = matches!(owner, Owner::Pool(_));
        let filters: &[Filter] = match is_pool {
            true => &[Filter::Status, Filter::Agent],
            false => &[Filter::Status, Filter::Agent, Filter::Attributes, Filter::MemberOf],
        };
        ecs.fleets.with(snapshot, &owner, |fleet| {
            for instance in fleet.instances() {
                if filters.iter().any(|filter| filter.refusal(instance, &request).is_some()) {
                    continue;
                }
                if is_pool && instance.attributes.contains_key(fleet::ZONES_ATTRIBUTE) {
                    zones.extend(of_subnets.iter().flatten().map(|zone| (*zone).clone()));
                }
                if let Some(zone) = instance.zone().filter(|zone| !zones.contains(*zone)) {
                    zones.insert(zone.to_owned());
                }
            }
            ((), Vec::new())
        });
    }
    let within = |zone: &String| of_subnets.as_ref().is_none_or(|s| s.contains(zone));
    zones.into_iter().filter(within).collect()
}

/// What the tasks of a service ask of an instance whatever else is on it.
fn standing(snapshot: &Snapshot, service: &Service, revision: &ServiceRevision) -> Option<Request> {
    let definition = snapshot.get::<TaskDefinition>(revision.task_definition.as_str())?;
    let own = service.placement_constraints.iter();
    let own = own.filter(|c| c.kind == Some(PlacementConstraintType::MemberOf)).map(|c| &c.expression);
    let rules = own.chain(definition.placement_constraints.iter().map(|c| &c.expression));
    Some(Request {
        required_attributes: definition.requires_attributes.clone(),
        constraints: rules.filter_map(|e| Constraint::member_of(e.as_deref()?).ok()).collect(),
        ..Request::default()
    })
}

/// The instances that a DAEMON service belongs on: ACTIVE ones that its constraints and its definition's requirements admit. One whose
/// agent is away counts while a task is there.
fn daemon_places(snapshot: &Snapshot, service: &Service, members: &[Member]) -> Vec<ContainerInstanceArn> {
    let revision = service.revision.as_ref().and_then(|r| snapshot.get::<ServiceRevision>(r.as_str()));
    let Some(revision) = revision else { return Vec::new() };
    let Some(request) = standing(snapshot, service, revision) else { return Vec::new() };
    let external = revision.launch_type == Some(LaunchType::External);
    let held: BTreeSet<&ContainerInstanceArn> = members.iter().filter_map(|m| m.instance.as_ref()).collect();
    let active = snapshot.by_index(BY_STATUS, (&service.cluster, InstanceStatus::Active.as_str()));
    active
        .filter(|i| fleet::is_external(i) == external && (i.agent_connected || held.contains(&i.arn)))
        .filter(|i| {
            let view = fleet::view(snapshot, i);
            let standing = [Filter::Attributes, Filter::MemberOf];
            standing.iter().all(|filter| filter.refusal(&view, &request).is_none())
        })
        .map(|i| i.arn.clone())
        .collect()
}
