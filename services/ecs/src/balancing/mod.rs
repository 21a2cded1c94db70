//! Tasks as targets of load balancers: what `plan::target` decides becomes registrations, in the change that moves the task.
//!
//! A task remembers as what it was registered, so that it leaves its groups whatever has become of its service, its definition or its machine. The
//! registrations themselves are `state::elbv2`'s.
//!
//! AWS shows ACTIVATING while a task is being registered. Here that is one change with the report that it runs, and takes no time.

mod activate;
mod deactivate;
mod seen;
pub(crate) mod side;

pub use activate::Activate;
pub use deactivate::Deactivate;
pub(crate) use seen::{had, seen, touched};

use crate::address;
use crate::find::Source;
use crate::service_scheduler;
use model::Timestamp;
use model::ecs::task::{Registered, TaskTarget};
use model::ecs::{ContainerInstance, Task, TaskDefinition};
use model::elbv2::{
    Protocol, Target, TargetGroup, TargetGroupIpAddressType, TargetHealth, TargetState, TargetType,
};
use model::ids::TargetGroupArn;
use model::status::{NetworkMode, TaskStatus};
use plan::deployment::Event;
use plan::target::{self, Move, Reach};
use state::Tx;
use state::ecs::task::BY_TARGET;
use state::elbv2::target as registrations;
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

/// What a change did to registrations, by target group.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    registered: BTreeMap<TargetGroupArn, u32>,
    deregistered: BTreeMap<TargetGroupArn, u32>,
    /// Tasks that go on until theirs have drained.
    draining: u32,
    /// Groups that took no registration, and why.
    refused: BTreeMap<TargetGroupArn, String>,
}

impl Moved {
    /// Both together.
    pub(crate) fn with(mut self, other: Self) -> Self {
        for (mine, others) in
            [(&mut self.registered, other.registered), (&mut self.deregistered, other.deregistered)]
        {
            others.into_iter().for_each(|(group, targets)| *mine.entry(group).or_default() += targets);
        }
        self.draining += other.draining;
        self.refused.extend(other.refused);
        self
    }

    fn deregister(&mut self, tx: &mut Tx<'_>, target: &Target, now: Timestamp) {
        let group = tx.get::<TargetGroup>(target.group.as_str());
        if let Some(group) = group.filter(|_| !target.is_draining()) {
            registrations::deregister(tx, &group, target, now);
            *self.deregistered.entry(group.arn.clone()).or_default() += 1;
        }
    }

    /// What the service says of it.
    pub(crate) fn events(self) -> Vec<Event> {
        let Self { registered, deregistered, draining, refused } = self;
        let mut events = Vec::new();
        events.extend((draining > 0).then_some(Event::Draining { tasks: draining }));
        let named = |(group, targets): (TargetGroupArn, u32)| (group.to_string(), targets);
        events.extend(
            deregistered
                .into_iter()
                .map(named)
                .map(|(group, targets)| Event::Deregistered { group, targets }),
        );
        events.extend(
            registered.into_iter().map(named).map(|(group, targets)| Event::Registered { group, targets }),
        );
        let refused = refused.into_iter();
        events.extend(refused.map(|(group, error)| Event::NotRegistered { group: group.to_string(), error }));
        events
    }
}

/// Writes a task that moved, and what belongs to it follows: its registrations and its network interface. Its service says what became of them.
pub(crate) fn put(tx: &mut Tx<'_>, task: Task, now: Timestamp) -> Arc<Task> {
    let service = task.service();
    let (task, moved) = put_quietly(tx, task, now);
    if let Some(service) = service {
        service_scheduler::tell(tx, &service, moved.events(), now);
    }
    task
}

/// The same, where the caller says it.
pub(crate) fn put_quietly(tx: &mut Tx<'_>, mut task: Task, now: Timestamp) -> (Arc<Task>, Moved) {
    let moved = follow(tx, &mut task, now);
    (address::put(tx, task), moved)
}

/// Tries again what could not be registered. Writes only what changes.
fn retry(tx: &mut Tx<'_>, before: &Task, now: Timestamp) {
    let mut task = before.clone();
    let moved = follow(tx, &mut task, now);
    let service = task.service();
    if task != *before {
        task.version += 1;
        address::put(tx, task);
    }
    if let Some(service) = service {
        service_scheduler::tell(tx, &service, moved.events(), now);
    }
}

fn follow(tx: &mut Tx<'_>, task: &mut Task, now: Timestamp) -> Moved {
    if task.targets.is_empty() {
        return Moved::default();
    }
    let checked = service_scheduler::picture::has_health_check(tx, &task.task_definition);
    match target::next(task, checked) {
        Move::Stay => Moved::default(),
        Move::Register => register(tx, task, now),
        Move::Drain => leave(tx, task, true, now),
        Move::Leave => leave(tx, task, false, now),
    }
}

fn register(tx: &mut Tx<'_>, task: &mut Task, now: Timestamp) -> Moved {
    let mut moved = Moved::default();
    let definition = tx.get::<TaskDefinition>(task.task_definition.as_str());
    let mode = definition.and_then(|d| d.network_mode).unwrap_or(NetworkMode::Bridge);
    let instance = task.container_instance.as_ref();
    let instance = instance.and_then(|i| tx.get::<ContainerInstance>(i.as_str()));
    let instance = instance.as_ref().and_then(|i| i.ec2_instance_id.as_deref());
    let mut targets = task.targets.clone();
    for target in targets.iter_mut().filter(|target| target.registered.is_none()) {
        match register_one(tx, task, target, (mode, instance), now) {
            Ok((passed, place)) => {
                target.passed |= passed;
                target.registered = Some(place);
                *moved.registered.entry(target.group.clone()).or_default() += 1;
            }
            Err(error) => {
                moved.refused.insert(target.group.clone(), error);
            }
        }
    }
    task.targets = targets;
    moved
}

/// As what a target is registered now, and whether that counts as healthy already; or why it is not, in words for the service's events.
fn register_one(
    tx: &mut Tx<'_>,
    task: &Task,
    target: &TaskTarget,
    (mode, instance): (NetworkMode, Option<&str>),
    now: Timestamp,
) -> Result<(bool, Registered), String> {
    let group = tx.get::<TargetGroup>(target.group.as_str());
    let group = group.ok_or_else(|| "The target group does not exist.".to_owned())?;
    let udp = group.protocol == Protocol::Udp;
    let ipv6 = group.ip_address_type == TargetGroupIpAddressType::Ipv6;
    let place = target::place(task, target, Reach { mode, instance, udp, ipv6 });
    let Registered { id, port } = place.map_err(|error| error.to_string())?;
    let registration = Target {
        group: group.arn.clone(),
        zone: zone(tx, &group, &id),
        id: id.clone(),
        port,
        registered_at: now,
        draining_until: None,
    };
    registrations::register(tx, &group.scope, registration, now).map_err(|full| full.to_string())?;
    let place = Registered { id, port };
    Ok((is_passed(tx, &group, &place), place))
}

/// Whether nothing more will be said of a registration before it counts: it was another task's and is healthy, or nobody checks it.
fn is_passed(tx: &Tx<'_>, group: &TargetGroup, place: &Registered) -> bool {
    let seen = tx.get::<TargetHealth>(&Target::key_of(&group.arn, &place.id, place.port));
    seen.is_some_and(|seen| seen.state == TargetState::Healthy) || !seen::is_carried(tx, group)
}

/// The zone of an address in the group's VPC; a machine's is its own affair.
fn zone(from: &impl Source, group: &TargetGroup, id: &str) -> Option<String> {
    let address: IpAddr = match group.target_type {
        TargetType::Ip => id.parse().ok()?,
        TargetType::Instance => return None,
    };
    registrations::subnet_of(from, &group.vpc, address).map(|subnet| subnet.zone.clone())
}

/// Ends a task's wait for its targets, if it waits: its node is told to stop it now. What somebody has registered again in the meantime leaves as well.
pub(crate) fn end_wait(tx: &mut Tx<'_>, task: &Task, now: Timestamp) {
    if task.draining_until.is_none() {
        return;
    }
    let mut moved = Moved::default();
    let mut task = Task::clone(task);
    for target in task.targets.iter().filter_map(|target| held(tx, &task, target)).collect::<Vec<_>>() {
        moved.deregister(tx, &target, now);
    }
    task.draining_until = None;
    task.targets.iter_mut().for_each(|target| target.registered = None);
    task.version += 1;
    let service = task.service();
    address::put(tx, task);
    if let Some(service) = service {
        service_scheduler::tell(tx, &service, moved.events(), now);
    }
}

fn key(target: &Target) -> String {
    Target::key_of(&target.group, &target.id, target.port)
}

/// The registration of a task's target, where it is the task's alone: in host mode the next one may have its port before it has gone.
fn held(from: &impl Source, task: &Task, target: &TaskTarget) -> Option<Arc<Target>> {
    let key = target.key()?;
    let is_shared = from
        .table::<Task>()
        .by_index(BY_TARGET, key.as_str())
        .any(|other| other.arn != task.arn && !other.last_status.is_over() && other.draining_until.is_none());
    from.get::<Target>(&key).filter(|_| !is_shared)
}

/// Ends the registrations. Where the task waits for them it is DEACTIVATING until they have drained, or at once where nothing drains.
fn leave(tx: &mut Tx<'_>, task: &mut Task, waits: bool, now: Timestamp) -> Moved {
    let mut moved = Moved::default();
    let mut until: Option<Timestamp> = None;
    for target in task.targets.iter().filter_map(|target| held(tx, task, target)).collect::<Vec<_>>() {
        moved.deregister(tx, &target, now);
        until = until.max(tx.get::<Target>(&key(&target)).and_then(|left| left.draining_until));
    }
    let until = until.filter(|until| waits && *until > now);
    task.draining_until = until;
    if until.is_some() {
        tracing::info!(task = %task.arn, from = %task.last_status, to = %TaskStatus::Deactivating, "the targets of a task drain");
        task.last_status = TaskStatus::Deactivating;
        moved.draining = 1;
    } else {
        task.targets.iter_mut().for_each(|target| target.registered = None);
    }
    moved
}
