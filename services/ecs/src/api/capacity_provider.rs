//! Capacity providers: made, described, changed and deleted.
//!
//! FARGATE and FARGATE_SPOT are there without a record. A provider of an Auto Scaling group belongs to the account and is associated with clusters
//! ([`super::cluster`]); one of Managed Instances belongs to one cluster from the start. AWS changes providers in the background; here it is
//! done when it is answered, so that `updateStatus` shows only how it ended.
//!
//! Source: the five operations' pages of the API reference, 2026; texts marked below were seen in public reports.

mod managed;

use crate::api::tag;
use crate::convert::{self, FromApi};
use crate::errors::settle;
use crate::find::{self, Source, page};
use crate::provider;
use crate::service::Ecs;
use api::ecs::{
    AutoScalingGroupProvider, AutoScalingGroupProviderUpdate, CapacityProviderField,
    CreateCapacityProviderRequest, CreateCapacityProviderResponse, DeleteCapacityProviderRequest,
    DeleteCapacityProviderResponse, DescribeCapacityProvidersRequest, DescribeCapacityProvidersResponse,
    Error, ManagedDraining, ManagedScalingStatus, ManagedTerminationProtection,
    UpdateCapacityProviderRequest, UpdateCapacityProviderResponse,
};
use auth::{Cx, Ids};
use model::Tag;
use model::ecs::capacity_provider::{
    AutoScalingGroup, CapacityProviderStatus, FARGATE, FARGATE_SPOT, ManagedScaling, Source as From,
    UpdateStatus,
};
use model::ecs::{CapacityProvider, Cluster};
use model::ids::{CapacityProviderArn, Scope};
use model::status::ClusterStatus;
use state::Tx;
use state::ecs::capacity_provider::{BY_GROUP, BY_SCOPE};
use state::ecs::cluster;
use std::sync::Arc;

const LONGEST_NAME: usize = 255;
const MOST_DESCRIBED: usize = 100;
/// "This value can be between 1 and 10."
const MOST_LISTED: i32 = 10;

pub(crate) async fn create_capacity_provider(
    ecs: &Ecs,
    cx: &Cx,
    input: CreateCapacityProviderRequest,
) -> Result<CreateCapacityProviderResponse, Error> {
    check_name(&input.name)?;
    let tags: Vec<Tag> = Vec::from_api(input.tags)?;
    tag::check(&tags)?;
    let arn = CapacityProviderArn::new(&cx.scope, &input.name);
    tag::check_on_create(
        ecs,
        cx,
        "CreateCapacityProvider",
        format!("capacity-provider/{}", input.name),
        &tags,
    )?;
    let (group, managed) = match (input.auto_scaling_group_provider, input.managed_instances_provider) {
        (Some(group), None) => (Some(self::group(ecs, group)?), None),
        (None, Some(managed)) => (None, Some(managed::read(ecs, managed)?)),
        // Not established: the wording.
        _ => {
            return Err(Error::invalid_parameter(
                "Exactly one of autoScalingGroupProvider and managedInstancesProvider must be specified.",
            ));
        }
    };
    let change = ecs.state.update(|tx| {
        // Observed.
        if tx.get::<CapacityProvider>(arn.as_str()).is_some_and(|p| p.deleted_at.is_none()) {
            return Err(Error::invalid_parameter(
                "The specified capacity provider already exists. To change the configuration of an existing capacity provider, update the capacity provider.",
            ));
        }
        let source = match (&group, &managed) {
            (Some(group), _) => {
                check_group(tx, group, &arn)?;
                From::AutoScalingGroup(group.clone())
            }
            (None, Some(managed)) => {
                let cluster = managed::cluster(tx, &cx.scope, input.cluster.as_deref())?;
                From::ManagedInstances(managed::of(tx, &cx.scope, &cluster, managed)?)
            }
            (None, None) => unreachable!("one of them was given"),
        };
        let made = tx.put(CapacityProvider {
            arn: arn.clone(),
            status: CapacityProviderStatus::Active,
            created_at: cx.now,
            deleted_at: None,
            source,
            update_status: Some(UpdateStatus::CreateComplete),
            update_status_reason: None,
            tags: tags.clone(),
        });
        if let Some(cluster) = made.cluster() {
            provider::associate(tx, cluster, made.name());
        }
        Ok(made)
    });
    let made = settle(change.await)?;
    Ok(CreateCapacityProviderResponse { capacity_provider: Some(convert::capacity_provider(&made, true)) })
}

pub(crate) async fn update_capacity_provider(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateCapacityProviderRequest,
) -> Result<UpdateCapacityProviderResponse, Error> {
    refuse_reserved(&input.name, "updated")?;
    let seed = cx.random_32();
    let change = ecs.state.update(|tx| {
        let mut changed = CapacityProvider::clone(&*known(tx, &cx.scope, &input.name)?);
        check_cluster(tx, &cx.scope, &changed, input.cluster.as_deref())?;
        match (&mut changed.source, &input.auto_scaling_group_provider, &input.managed_instances_provider) {
            (From::AutoScalingGroup(group), Some(update), None) => {
                *group = updated(group, update)?;
                check_fleet(ecs, group)?;
            }
            (From::ManagedInstances(managed), None, Some(update)) => {
                *managed = managed::updated(ecs, tx, &cx.scope, managed, update)?;
            }
            // Not established: the wording.
            _ => {
                return Err(Error::invalid_parameter(
                    "The update does not match the type of the capacity provider.",
                ));
            }
        }
        changed.update_status = Some(UpdateStatus::UpdateComplete);
        changed.update_status_reason = None;
        let changed = tx.put(changed);
        provider::renew_attachments(tx, &changed, &mut Ids::from_seed(seed));
        Ok(changed)
    });
    let changed = settle(change.await)?;
    Ok(UpdateCapacityProviderResponse { capacity_provider: Some(convert::capacity_provider(&changed, true)) })
}

pub(crate) async fn describe_capacity_providers(
    ecs: &Ecs,
    cx: &Cx,
    input: DescribeCapacityProvidersRequest,
) -> Result<DescribeCapacityProvidersResponse, Error> {
    let named = input.capacity_providers.unwrap_or_default();
    if named.len() > MOST_DESCRIBED {
        return Err(Error::invalid_parameter(format!(
            "Capacity providers can have at most {MOST_DESCRIBED} items."
        )));
    }
    let with_tags = input.include.iter().flatten().any(|f| *f == CapacityProviderField::Tags);
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let snapshot = ecs.state.snapshot();
    let cluster = match input.cluster.as_deref().filter(|c| !c.is_empty()) {
        Some(named) => Some(find::cluster(&snapshot, &cx.scope, Some(named))?),
        None => None,
    };
    let shown_here =
        |name: &str| cluster.as_ref().is_none_or(|c| c.capacity_providers.iter().any(|p| p == name));
    if !named.is_empty() {
        let (mut found, mut failures) = (Vec::new(), Vec::new());
        for text in &named {
            let shown = arn(&cx.scope, text).filter(|arn| shown_here(arn.name())).and_then(|arn| {
                if provider::is_fargate(arn.name()) {
                    return Some(convert::fargate_provider(&cx.scope, arn.name()));
                }
                let record = snapshot.get::<CapacityProvider>(arn.as_str())?;
                Some(convert::capacity_provider(record, with_tags))
            });
            match shown {
                Some(shown) => found.push(shown),
                None => {
                    let asked = arn(&cx.scope, text).map_or_else(|| text.clone(), |a| a.to_string());
                    failures.push(convert::failure(asked, "MISSING"));
                }
            }
        }
        return Ok(DescribeCapacityProvidersResponse {
            capacity_providers: Some(found),
            failures: Some(failures),
            next_token: None,
        });
    }
    // Those of the account come first, under their names' ARNs, so that a page's token is an ARN in any case.
    let own: Vec<CapacityProviderArn> =
        [FARGATE, FARGATE_SPOT].iter().map(|name| CapacityProviderArn::new(&cx.scope, name)).collect();
    let own_left = own
        .iter()
        .filter(|arn| {
            after
                .as_deref()
                .is_none_or(|after| own.iter().any(|o| o.as_str() == after) && arn.as_str() > after)
        })
        .filter(|arn| shown_here(arn.name()))
        .map(|arn| convert::fargate_provider(&cx.scope, arn.name()));
    let after_record = after.clone().filter(|after| own.iter().all(|o| o.as_str() != after));
    let records = snapshot.by_index(BY_SCOPE, &cx.scope).after(after_record);
    let alive = records.filter(|p| p.deleted_at.is_none() && shown_here(p.name()));
    let mut listed: Vec<_> =
        own_left.chain(alive.map(|p| convert::capacity_provider(p, with_tags))).take(limit + 1).collect();
    let more = listed.len() > limit;
    listed.truncate(limit);
    let last = listed.last().filter(|_| more).and_then(|p| p.capacity_provider_arn.as_deref());
    Ok(DescribeCapacityProvidersResponse {
        next_token: last.map(page::token),
        capacity_providers: Some(listed),
        failures: Some(Vec::new()),
    })
}

pub(crate) async fn delete_capacity_provider(
    ecs: &Ecs,
    cx: &Cx,
    input: DeleteCapacityProviderRequest,
) -> Result<DeleteCapacityProviderResponse, Error> {
    refuse_reserved(&input.capacity_provider, "deleted")?;
    let change = ecs.state.update(|tx| {
        let mut changed = CapacityProvider::clone(&*known(tx, &cx.scope, &input.capacity_provider)?);
        check_cluster(tx, &cx.scope, &changed, input.cluster.as_deref())?;
        let in_use = match changed.cluster().cloned() {
            // It goes with its cluster's association; what still runs on it keeps it.
            Some(cluster) => match provider::in_use(tx, &cluster, changed.name()) {
                true => Some(format!(
                    "The capacity provider cannot be deleted because it is in use in cluster: {}. Stop what uses it and try again.",
                    cluster.name()
                )),
                false => {
                    provider::dissociate(tx, &cluster, changed.name());
                    None
                }
            },
            None => associated(tx, &cx.scope, changed.name()).map(|cluster| {
                format!(
                    "The capacity provider cannot be deleted because it is associated with cluster: {}. Remove the capacity provider from the cluster and try again.",
                    cluster.arn.name()
                )
            }),
        };
        let begun = {
            let mut begun = changed.clone();
            begun.update_status = Some(UpdateStatus::DeleteInProgress);
            begun
        };
        match in_use {
            Some(reason) => {
                changed.update_status = Some(UpdateStatus::DeleteFailed);
                changed.update_status_reason = Some(reason);
            }
            None => {
                changed.status = CapacityProviderStatus::Inactive;
                changed.update_status = Some(UpdateStatus::DeleteComplete);
                changed.update_status_reason = None;
                changed.deleted_at = Some(cx.now);
            }
        }
        tx.put(changed);
        Ok(begun)
    });
    // The answer says that it has begun, as AWS's does; how it ended is to be described.
    let begun = settle(change.await)?;
    Ok(DeleteCapacityProviderResponse { capacity_provider: Some(convert::capacity_provider(&begun, true)) })
}

/// The ARN that a provider's name or ARN stands for.
pub(crate) fn arn(scope: &Scope, named: &str) -> Option<CapacityProviderArn> {
    if named.starts_with("arn:") {
        return named.parse::<CapacityProviderArn>().ok().filter(|arn| arn.scope() == *scope);
    }
    let plain = !named.is_empty() && !named.contains(['/', ':']);
    plain.then(|| CapacityProviderArn::new(scope, named))
}

/// The provider that is named and not deleted.
fn known(from: &impl Source, scope: &Scope, named: &str) -> Result<Arc<CapacityProvider>, Error> {
    let found = arn(scope, named).and_then(|arn| from.get::<CapacityProvider>(arn.as_str()));
    // Observed.
    found.filter(|p| p.deleted_at.is_none()).ok_or_else(|| {
        Error::invalid_parameter(
            "The specified capacity provider does not exist. Specify a valid name or ARN and try again.",
        )
    })
}

/// A cluster that the caller names besides has to be the one that the provider is bound to.
fn check_cluster(
    from: &impl Source,
    scope: &Scope,
    provider: &CapacityProvider,
    named: Option<&str>,
) -> Result<(), Error> {
    let Some(named) = named.filter(|n| !n.is_empty()) else { return Ok(()) };
    let cluster = find::cluster(from, scope, Some(named))?;
    match provider.cluster() {
        Some(own) if *own != cluster.arn => Err(Error::invalid_parameter(
            "The specified capacity provider does not exist. Specify a valid name or ARN and try again.",
        )),
        _ => Ok(()),
    }
}

fn associated(tx: &Tx<'_>, scope: &Scope, name: &str) -> Option<Arc<Cluster>> {
    let mut clusters = tx.by_index(cluster::BY_SCOPE, scope);
    clusters
        .find(|c| c.status != ClusterStatus::Inactive && c.capacity_providers.iter().any(|p| p == name))
        .cloned()
}

fn check_name(name: &str) -> Result<(), Error> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let lower = name.to_ascii_lowercase();
    let reserved = ["aws", "ecs", "fargate"].iter().any(|prefix| lower.starts_with(prefix));
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(plain) || reserved {
        return Err(Error::invalid_parameter(
            "The specified capacity provider name is invalid. Up to 255 characters are allowed, including letters (upper and lowercase), numbers, underscores, and hyphens. The name cannot be prefixed with \"aws\", \"ecs\", or \"fargate\". Specify a valid name and try again.",
        ));
    }
    Ok(())
}

fn refuse_reserved(named: &str, done: &str) -> Result<(), Error> {
    let name = named.rsplit('/').next().unwrap_or(named);
    if provider::is_fargate(name) {
        // Not established: the wording.
        return Err(Error::invalid_parameter(format!(
            "The specified capacity provider is reserved and cannot be {done}."
        )));
    }
    Ok(())
}

fn group(ecs: &Ecs, given: AutoScalingGroupProvider) -> Result<AutoScalingGroup, Error> {
    let group = AutoScalingGroup {
        arn: given.auto_scaling_group_arn,
        scaling: ManagedScaling::default(),
        termination_protection: false,
        draining: true,
    };
    let valid = match group.arn.strip_prefix("arn:") {
        Some(_) => group.arn.contains(":autoscaling:") && group.arn.contains(":autoScalingGroupName/"),
        None => !group.arn.contains([':', '/']),
    };
    if !valid || group.name().is_empty() || group.name().len() > LONGEST_NAME {
        // Not established: the wording.
        return Err(Error::invalid_parameter(
            "The specified Auto Scaling group ARN is not valid. Specify a valid ARN and try again.",
        ));
    }
    let update = AutoScalingGroupProviderUpdate {
        managed_scaling: given.managed_scaling,
        managed_termination_protection: given.managed_termination_protection,
        managed_draining: given.managed_draining,
    };
    let group = updated(&group, &update)?;
    check_fleet(ecs, &group)?;
    Ok(group)
}

/// The group as an update leaves it: what the update does not say stays.
fn updated(
    group: &AutoScalingGroup,
    update: &AutoScalingGroupProviderUpdate,
) -> Result<AutoScalingGroup, Error> {
    let mut group = group.clone();
    if let Some(given) = &update.managed_scaling {
        let scaling = &mut group.scaling;
        let set = |target: &mut u32, given: Option<i32>| {
            if let Some(value) = given.and_then(|v| u32::try_from(v).ok()) {
                *target = value;
            }
        };
        if let Some(status) = &given.status {
            scaling.enabled = *status == ManagedScalingStatus::Enabled;
        }
        set(&mut scaling.target_capacity, given.target_capacity);
        set(&mut scaling.minimum_step, given.minimum_scaling_step_size);
        set(&mut scaling.maximum_step, given.maximum_scaling_step_size);
        set(&mut scaling.warmup_s, given.instance_warmup_period);
    }
    if let Some(given) = &update.managed_termination_protection {
        group.termination_protection = *given == ManagedTerminationProtection::Enabled;
    }
    if let Some(given) = &update.managed_draining {
        group.draining = *given == ManagedDraining::Enabled;
    }
    let scaling = &group.scaling;
    if scaling.minimum_step > scaling.maximum_step {
        // Not established: the wording.
        return Err(Error::invalid_parameter(
            "The minimum scaling step size cannot be greater than the maximum scaling step size.",
        ));
    }
    if group.termination_protection && !scaling.enabled {
        // "managed scaling must also be used otherwise managed termination protection doesn't work"; the wording's second half is not established.
        return Err(Error::invalid_parameter(
            "The managed termination protection setting for the capacity provider is invalid. To enable managed termination protection for a capacity provider, managed scaling must be enabled.",
        ));
    }
    Ok(group)
}

/// Managed scaling needs somebody who makes instances.
fn check_fleet(ecs: &Ecs, group: &AutoScalingGroup) -> Result<(), Error> {
    let known = ecs.settings.fleets.iter().any(|f| f.name == group.name());
    if group.scaling.enabled && !known {
        // AWS differs: its Auto Scaling groups are a service of their own. Here they are fleets of the server's configuration.
        return Err(Error::invalid_parameter(format!(
            "The Auto Scaling group {} does not exist: no fleet of that name was given to the server (--fleet). Without one, disable managed scaling.",
            group.name()
        )));
    }
    Ok(())
}

fn check_group(tx: &Tx<'_>, group: &AutoScalingGroup, own: &CapacityProviderArn) -> Result<(), Error> {
    if tx.by_index(BY_GROUP, group.name()).any(|p| p.arn != *own) {
        // Observed.
        return Err(Error::invalid_parameter(
            "The specified Auto Scaling group ARN is already being used by another capacity provider. Specify a unique Auto Scaling group ARN and try again.",
        ));
    }
    Ok(())
}
