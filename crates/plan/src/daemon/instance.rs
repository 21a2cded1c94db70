//! Instances: which of them a daemon belongs on, and when they take tasks.

use super::{Plan, Seen, View, started_by};
use crate::deployment::{Member, Phase};
use model::ecs::daemon::{DaemonRevision, DaemonStatus, Drained};
use model::ids::{CapacityProviderArn, ContainerInstanceArn};
use model::status::InstanceStatus;
use std::collections::BTreeMap;

/// A container instance of a capacity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    pub arn: ContainerInstanceArn,
    pub provider: CapacityProviderArn,
    pub status: InstanceStatus,
    /// Whether its agent is there.
    pub connected: bool,
    /// Tasks of services are on it.
    pub busy: bool,
    /// Some of them are to stop and have not stopped yet: their targets drain, or they take their time.
    pub leaving: bool,
}

impl Instance {
    /// Whether the tasks of a revision belong on it.
    pub(super) fn is_of(&self, revision: &DaemonRevision) -> bool {
        let alive = match self.status {
            InstanceStatus::Registering | InstanceStatus::Active | InstanceStatus::Draining => true,
            InstanceStatus::RegistrationFailed | InstanceStatus::Deregistering | InstanceStatus::Inactive => {
                false
            }
        };
        alive && revision.capacity_providers.contains(&self.provider)
    }
}

/// Tasks of a daemon on an instance that have not ended.
pub(super) fn on<'m>(seen: &'m Seen<'_>, instance: &ContainerInstanceArn) -> Vec<&'m Member> {
    let places = seen.on.get_or_init(|| {
        let mut places: BTreeMap<ContainerInstanceArn, Vec<usize>> = BTreeMap::new();
        for (at, member) in seen.members.iter().enumerate() {
            if let Some(instance) =
                member.instance.as_ref().filter(|_| !matches!(member.phase, Phase::Ended(_)))
            {
                places.entry(instance.clone()).or_default().push(at);
            }
        }
        places
    });
    places.get(instance).into_iter().flatten().map(|at| &seen.members[*at]).collect()
}

/// Whether a task is what is wanted, or on the way to it.
pub(super) fn is_good(member: &Member, revision: &DaemonRevision) -> bool {
    *member.deployment == *started_by(&revision.arn)
        && matches!(member.phase, Phase::Starting | Phase::Settling | Phase::Healthy)
}

/// Whether the daemon does its work on an instance.
pub(super) fn is_served(seen: &Seen<'_>, revision: &DaemonRevision, instance: &ContainerInstanceArn) -> bool {
    on(seen, instance).iter().any(|m| is_good(m, revision) && m.phase == Phase::Healthy)
}

/// Gives instances back that have what they waited for.
pub(super) fn settle(view: &View<'_>, plan: &mut Plan) {
    let instances: BTreeMap<&ContainerInstanceArn, &Instance> =
        view.instances.iter().map(|i| (&i.arn, i)).collect();
    for part in &mut plan.parts {
        let known = |arn: &ContainerInstanceArn| instances.get(arn).copied();
        let deleted = part.daemon.status == DaemonStatus::DeleteInProgress;
        let revision = &part.revision;
        let seen = view.daemons.iter().find(|s| s.daemon.arn == part.daemon.arn);
        part.daemon.schedule.drained.retain(|drained| {
            let Some((instance, seen)) = known(&drained.instance).zip(seen) else { return false };
            if deleted
                || !instance.is_of(revision)
                || instance.status == InstanceStatus::Active && drained.since < view.now
            {
                return false;
            }
            // One that is not critical holds nobody up, once its old task is gone.
            let replaced = !revision.critical && part.start.contains(&drained.instance);
            !(replaced || is_served(seen, revision, &drained.instance))
        });
    }
    for instance in &view.instances {
        let was_drained = view.daemons.iter().any(|s| is_drained(&s.daemon.schedule.drained, &instance.arn));
        let may_open = match instance.status {
            InstanceStatus::Registering => true,
            InstanceStatus::Draining => was_drained,
            InstanceStatus::RegistrationFailed
            | InstanceStatus::Active
            | InstanceStatus::Deregistering
            | InstanceStatus::Inactive => false,
        };
        let held = plan.parts.iter().any(|p| is_drained(&p.daemon.schedule.drained, &instance.arn));
        let lacks = |(part, seen): (&super::Part, &Seen<'_>)| {
            part.daemon.status == DaemonStatus::Active
                && part.revision.critical
                && instance.is_of(&part.revision)
                && !is_served(seen, &part.revision, &instance.arn)
        };
        if !may_open || held {
            continue;
        }
        let mut waiting: Vec<&mut super::Part> = plan
            .parts
            .iter_mut()
            .zip(&view.daemons)
            .filter_map(|(part, seen)| lacks((part, seen)).then_some(part))
            .collect();
        if waiting.is_empty() {
            plan.instances.push((instance.arn.clone(), InstanceStatus::Active));
        } else if was_drained {
            // Whoever emptied it is done with it. What still waits takes it over, or nobody would open it again.
            for part in &mut waiting {
                let drained = Drained { instance: instance.arn.clone(), since: view.now };
                part.daemon.schedule.drained.push(drained);
            }
        }
    }
}

pub(super) fn is_drained(drained: &[Drained], instance: &ContainerInstanceArn) -> bool {
    drained.iter().any(|d| d.instance == *instance)
}
