//! Capacity providers in a cluster: which are associated with it, what that brings, and which provider an instance belongs to.

use crate::convert::FromApi;
use crate::find::Source;
use crate::fleet::Owner;
use crate::instance_fleet::{PROVIDER_ATTRIBUTE, fleet_of};
use crate::service_scheduler::task_sets;
use api::ecs::Error;
use auth::Ids;
use model::ecs::capacity_provider::{self, FARGATE, FARGATE_SPOT};
use model::ecs::cluster::{ClusterAttachment, ClusterAttachmentKind};
use model::ecs::container_instance::Pool;
use model::ecs::launch::CapacityProviderStrategyItem;
use model::ecs::{
    Attribute, CapacityProvider, Cluster, ContainerInstance, Daemon, DaemonRevision, Service,
    ServiceRevision, Task,
};
use model::ids::{CapacityProviderArn, ClusterArn};
use model::status::LaunchType;
use plan::capacity::{Kind, Provider};
use state::Tx;
use state::ecs::capacity_provider::BY_GROUP;
use state::ecs::{container_instance, daemon, service, task};
use std::sync::Arc;

/// The launch type that a request names. Tasks come to Managed Instances by a strategy only ("RunTask", API reference); the words are not established.
pub(crate) fn asked_for(given: Option<api::ecs::LaunchType>) -> Result<Option<LaunchType>, Error> {
    match Option::from_api(given)? {
        Some(LaunchType::ManagedInstances) => Err(Error::invalid_parameter(
            "The launch type MANAGED_INSTANCES cannot be specified. Use a capacity provider strategy.",
        )),
        launch_type => Ok(launch_type),
    }
}

pub(crate) fn is_fargate(name: &str) -> bool {
    [FARGATE, FARGATE_SPOT].contains(&name)
}

/// Whether tasks of a revision run on Fargate, by its launch type or by its strategy.
pub(crate) fn is_on_fargate(revision: &ServiceRevision) -> bool {
    revision.launch_type == Some(LaunchType::Fargate)
        || revision.capacity_provider_strategy.iter().any(|p| is_fargate(&p.capacity_provider))
}

/// Whose instances take the tasks of a revision.
pub(crate) fn owners(from: &impl Source, cluster: &ClusterArn, revision: &ServiceRevision) -> Vec<Owner> {
    let of_strategy = |strategy: &[CapacityProviderStrategyItem]| {
        strategy.iter().map(|item| Owner::of_provider(cluster, &item.capacity_provider)).collect()
    };
    match (revision.launch_type, revision.capacity_provider_strategy.as_slice()) {
        (Some(LaunchType::Fargate), _) => vec![Owner::Pool(Pool::Fargate)],
        (Some(LaunchType::External), _) => vec![Owner::External(cluster.clone())],
        (Some(LaunchType::Ec2 | LaunchType::ManagedInstances), _) => vec![Owner::Ec2(cluster.clone())],
        (None, []) => match from.get::<Cluster>(cluster.as_str()) {
            Some(record) if !record.default_capacity_provider_strategy.is_empty() => {
                of_strategy(&record.default_capacity_provider_strategy)
            }
            _ => vec![Owner::Ec2(cluster.clone())],
        },
        (None, named) => of_strategy(named),
    }
}

/// The provider of that name in a cluster's account; those of Fargate have no record.
pub(crate) fn record(from: &impl Source, cluster: &ClusterArn, name: &str) -> Option<Arc<CapacityProvider>> {
    from.get(CapacityProviderArn::new(&cluster.scope(), name).as_str())
}

/// What a strategy in the cluster may name.
pub(crate) fn associated(from: &impl Source, cluster: &Cluster) -> Vec<Provider> {
    let kind = |name: &str| {
        if is_fargate(name) {
            return Some(Kind::Fargate);
        }
        Some(match record(from, &cluster.arn, name)?.source {
            capacity_provider::Source::AutoScalingGroup(_) => Kind::AutoScalingGroup,
            capacity_provider::Source::ManagedInstances(_) => Kind::ManagedInstances,
        })
    };
    let provider = |name: &String| Some(Provider { name: name.clone(), kind: kind(name)? });
    cluster.capacity_providers.iter().filter_map(provider).collect()
}

/// Whether tasks of the cluster run on a provider, or wait for it, or a service would start some on it.
pub(crate) fn in_use(tx: &Tx<'_>, cluster: &ClusterArn, name: &str) -> bool {
    let uses = |t: &Arc<Task>| !t.last_status.is_over() && t.capacity_provider.as_deref() == Some(name);
    let names = |s: &Arc<Service>| {
        let of_sets = task_sets::of(tx, &s.arn).into_iter().map(|set| set.revision.clone());
        let revisions = s.deployments.iter().map(|d| d.revision.clone()).chain(of_sets);
        revisions
            .filter_map(|r| tx.get::<ServiceRevision>(r.as_str()))
            .flat_map(|r| r.capacity_provider_strategy.clone())
            .any(|item| item.capacity_provider == name)
    };
    let runs = |d: &Arc<Daemon>| {
        let revision = tx.get::<DaemonRevision>(d.revision.as_str());
        revision.is_some_and(|r| r.capacity_providers.iter().any(|p| p.name() == name))
    };
    tx.by_index(daemon::BY_CLUSTER, cluster).any(runs)
        || tx.by_prefix(task::BY_DESIRED_STATUS, cluster).any(uses)
        || tx.by_index(service::BY_CLUSTER, cluster).any(names)
}

/// Adds a provider to a cluster.
pub(crate) fn associate(tx: &mut Tx<'_>, cluster: &ClusterArn, name: &str) {
    tx.modify::<Cluster>(cluster.as_str(), |c| {
        if !c.capacity_providers.iter().any(|p| p == name) {
            c.capacity_providers.push(name.to_owned());
        }
    });
    claim_instances(tx, cluster);
}

/// Takes a provider from a cluster, with its attachments and its place in the default strategy.
pub(crate) fn dissociate(tx: &mut Tx<'_>, cluster: &ClusterArn, name: &str) {
    tx.modify::<Cluster>(cluster.as_str(), |c| {
        c.capacity_providers.retain(|p| p != name);
        c.attachments.retain(|a| a.capacity_provider != name);
        c.default_capacity_provider_strategy.retain(|i| i.capacity_provider != name);
    });
    claim_instances(tx, cluster);
}

/// Makes a cluster's attachments what its providers need, and keeps those that it has.
pub(crate) fn attach(from: &impl Source, cluster: &mut Cluster, ids: &mut Ids) {
    let mut wanted: Vec<(String, ClusterAttachmentKind)> = Vec::new();
    for name in &cluster.capacity_providers {
        let Some(provider) = record(from, &cluster.arn, name) else { continue };
        if let capacity_provider::Source::AutoScalingGroup(group) = &provider.source {
            if group.scaling.enabled {
                wanted.push((name.clone(), ClusterAttachmentKind::ScalingPolicy));
            }
            if group.draining {
                wanted.push((name.clone(), ClusterAttachmentKind::ManagedDraining));
            }
        }
    }
    let before = std::mem::take(&mut cluster.attachments);
    cluster.attachments = wanted
        .into_iter()
        .map(|(capacity_provider, kind)| {
            let kept = before.iter().find(|a| a.capacity_provider == capacity_provider && a.kind == kind);
            kept.cloned().unwrap_or_else(|| ClusterAttachment { id: ids.uuid(), capacity_provider, kind })
        })
        .collect();
}

/// After a provider changed: the attachments of the clusters that it is associated with.
pub(crate) fn renew_attachments(tx: &mut Tx<'_>, provider: &CapacityProvider, ids: &mut Ids) {
    let scope = provider.arn.scope();
    let clusters: Vec<Arc<Cluster>> = tx
        .by_index(state::ecs::cluster::BY_SCOPE, &scope)
        .filter(|c| c.capacity_providers.iter().any(|p| p == provider.name()))
        .cloned()
        .collect();
    for cluster in clusters {
        let mut changed = Cluster::clone(&cluster);
        attach(tx, &mut changed, ids);
        if changed != *cluster {
            tx.put(changed);
        }
    }
}

/// The provider that an instance with these attributes belongs to, in this cluster.
pub(crate) fn of_instance(tx: &Tx<'_>, cluster: &ClusterArn, attributes: &[Attribute]) -> Option<String> {
    let providers = &tx.get::<Cluster>(cluster.as_str())?.capacity_providers;
    let made_for = attributes.iter().find(|a| a.name == PROVIDER_ATTRIBUTE).and_then(|a| a.value.as_ref());
    let managed = made_for.filter(|name| providers.contains(name)).filter(|name| {
        record(tx, cluster, name).is_some_and(|p| p.cluster() == Some(cluster) && p.deleted_at.is_none())
    });
    if let Some(name) = managed {
        return Some(name.clone());
    }
    let fleet = fleet_of(attributes)?;
    let of_group = tx
        .by_index(BY_GROUP, fleet)
        .find(|p| p.arn.scope() == cluster.scope() && providers.iter().any(|name| name == p.name()));
    of_group.map(|p| p.name().to_owned())
}

/// Says of a cluster's instances anew which provider each belongs to.
pub(crate) fn claim_instances(tx: &mut Tx<'_>, cluster: &ClusterArn) {
    let instances: Vec<Arc<ContainerInstance>> =
        tx.by_index(container_instance::BY_CLUSTER, cluster).cloned().collect();
    for instance in instances {
        let provider = of_instance(tx, cluster, &instance.attributes);
        if provider != instance.capacity_provider {
            let mut changed = ContainerInstance::clone(&instance);
            changed.capacity_provider = provider;
            changed.version += 1;
            tx.put(changed);
        }
    }
}
