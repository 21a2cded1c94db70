//! Clusters: made, described, changed and deleted.
//!
//! A deleted cluster stays describable as INACTIVE; making one of its name again begins a new one. Which instances and tasks a cluster has is
//! counted from their tables, never recorded.

use crate::api::{account_setting, capacity_provider, tag};
use crate::convert::{self, FromApi, ToApi};
use crate::count::{self, ClusterCounts};
use crate::errors::settle;
use crate::find::{self, Source, page};
use crate::provider;
use crate::service::Ecs;
use api::ecs::{
    ClusterField, CreateClusterRequest, CreateClusterResponse, DeleteClusterRequest, DeleteClusterResponse,
    DescribeClustersRequest, DescribeClustersResponse, Error, ListClustersRequest, ListClustersResponse,
    PutClusterCapacityProvidersRequest, PutClusterCapacityProvidersResponse, UpdateClusterRequest,
    UpdateClusterResponse, UpdateClusterSettingsRequest, UpdateClusterSettingsResponse,
};
use auth::{Cx, Ids};
use model::Tag;
use model::ecs::capacity_provider::CapacityProviderStatus;
use model::ecs::cluster::{ClusterConfiguration, ClusterSetting, ClusterSettingName, ExecuteCommandLogging};
use model::ecs::container_instance::POOL_CLUSTER;
use model::ecs::launch::CapacityProviderStrategyItem;
use model::ecs::{CapacityProvider, Cluster};
use model::ids::{ClusterArn, Scope};
use model::status::ClusterStatus;
use plan::capacity::strategy;
use state::Snapshot;
use state::ecs::cluster::BY_SCOPE;
use std::sync::Arc;

const LONGEST_NAME: usize = 255;
const MOST_DESCRIBED: usize = 100;
const MOST_LISTED: i32 = 100;

pub(crate) async fn create_cluster(
    ecs: &Ecs,
    cx: &Cx,
    input: CreateClusterRequest,
) -> Result<CreateClusterResponse, Error> {
    let name = input.cluster_name.as_deref().filter(|n| !n.is_empty()).unwrap_or("default");
    check_name(name)?;
    let tags: Vec<Tag> = Vec::from_api(input.tags)?;
    tag::check(&tags)?;
    let settings = settings(input.settings)?;
    let configuration = configuration(input.configuration)?;
    let providers = input.capacity_providers.unwrap_or_default();
    let strategy: Vec<CapacityProviderStrategyItem> =
        Vec::from_api(input.default_capacity_provider_strategy)?;
    let seed = cx.random_32();
    refuse_namespace(input.service_connect_defaults)?;
    let arn = ClusterArn::new(&cx.scope, name);
    tag::check_on_create(ecs, cx, "CreateCluster", format!("cluster/{name}"), &tags)?;
    let change = ecs.state.update(|tx| {
        let providers = named_providers(tx, &cx.scope, &providers)?;
        if let Some(existing) = tx.get::<Cluster>(arn.as_str())
            && existing.status != ClusterStatus::Inactive
        {
            let differs = !settings.is_empty() && settings != existing.settings
                || configuration.is_some() && configuration != existing.configuration
                || !providers.is_empty() && providers != existing.capacity_providers
                || !strategy.is_empty() && strategy != existing.default_capacity_provider_strategy;
            if differs {
                return Err(Error::invalid_parameter(
                    "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).",
                ));
            }
            return Ok(existing);
        }
        let settings = match settings.as_slice() {
            [] => vec![insights(account_setting::effective(tx, &cx.scope, cx.principal.arn(), "containerInsights"))],
            given => given.to_vec(),
        };
        let mut cluster = Cluster {
            arn: arn.clone(),
            status: ClusterStatus::Active,
            created_at: cx.now,
            settings,
            configuration: configuration.clone(),
            capacity_providers: Vec::new(),
            default_capacity_provider_strategy: Vec::new(),
            attachments: Vec::new(),
            service_connect_namespace: None,
            tags: tags.clone(),
        };
        set_providers(tx, &mut cluster, providers, &strategy, &mut Ids::from_seed(seed))?;
        Ok(tx.put(cluster))
    });
    let cluster = settle(change.await)?;
    Ok(CreateClusterResponse { cluster: Some(whole(&ecs.state.snapshot(), &cluster)) })
}

pub(crate) async fn describe_clusters(
    ecs: &Ecs,
    cx: &Cx,
    input: DescribeClustersRequest,
) -> Result<DescribeClustersResponse, Error> {
    let named = input.clusters.filter(|c| !c.is_empty()).unwrap_or_else(|| vec!["default".to_owned()]);
    if named.len() > MOST_DESCRIBED {
        return Err(Error::invalid_parameter(format!("Clusters can have at most {MOST_DESCRIBED} items.")));
    }
    let include = Include::of(input.include.as_deref().unwrap_or_default())?;
    let snapshot = ecs.state.snapshot();
    let (mut clusters, mut failures) = (Vec::new(), Vec::new());
    for name in &named {
        let arn = find::cluster_arn(&cx.scope, Some(name));
        // One that cannot be there is as missing as one that is not there, and does not fail the others.
        match arn.ok().and_then(|arn| snapshot.get::<Cluster>(arn.as_str())) {
            Some(cluster) => clusters.push(shown(&snapshot, cluster, include)),
            None => {
                let arn = if name.starts_with("arn:") {
                    name.clone()
                } else {
                    ClusterArn::new(&cx.scope, name).to_string()
                };
                failures.push(convert::failure(arn, "MISSING"));
            }
        }
    }
    Ok(DescribeClustersResponse { clusters: Some(clusters), failures: Some(failures) })
}

pub(crate) async fn list_clusters(
    ecs: &Ecs,
    cx: &Cx,
    input: ListClustersRequest,
) -> Result<ListClustersResponse, Error> {
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let snapshot = ecs.state.snapshot();
    let active = |c: &&Arc<Cluster>| c.status != ClusterStatus::Inactive;
    let listed: Vec<_> =
        snapshot.by_index(BY_SCOPE, &cx.scope).after(after).filter(active).take(limit + 1).collect();
    let more = listed.len() > limit;
    let arns: Vec<String> = listed.iter().take(limit).map(|c| c.arn.to_string()).collect();
    let next_token = arns.last().filter(|_| more).map(|last| page::token(last));
    Ok(ListClustersResponse { cluster_arns: Some(arns), next_token })
}

pub(crate) async fn update_cluster(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateClusterRequest,
) -> Result<UpdateClusterResponse, Error> {
    refuse_namespace(input.service_connect_defaults)?;
    let changed = Change {
        settings: input.settings.map(|s| settings(Some(s))).transpose()?,
        configuration: configuration(input.configuration)?,
    };
    let cluster = change(ecs, &cx.scope, &input.cluster, changed).await?;
    Ok(UpdateClusterResponse { cluster: Some(whole(&ecs.state.snapshot(), &cluster)) })
}

pub(crate) async fn update_cluster_settings(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateClusterSettingsRequest,
) -> Result<UpdateClusterSettingsResponse, Error> {
    if input.settings.is_empty() {
        return Err(Error::invalid_parameter("Settings can not be empty."));
    }
    let changed = Change { settings: Some(settings(Some(input.settings))?), configuration: None };
    let cluster = change(ecs, &cx.scope, &input.cluster, changed).await?;
    Ok(UpdateClusterSettingsResponse { cluster: Some(whole(&ecs.state.snapshot(), &cluster)) })
}

pub(crate) async fn delete_cluster(
    ecs: &Ecs,
    cx: &Cx,
    input: DeleteClusterRequest,
) -> Result<DeleteClusterResponse, Error> {
    let named = required(&input.cluster)?;
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster(tx, &cx.scope, Some(named))?;
        if count::has_services(&tx.snapshot(), &cluster) {
            return Err(Error::cluster_contains_services(
                "The Cluster cannot be deleted while Services are active.",
            ));
        }
        let (instances, tasks) = count::is_in_use(&tx.snapshot(), &cluster);
        if instances {
            return Err(Error::cluster_contains_container_instances(
                "The Cluster cannot be deleted while Container Instances are active or draining.",
            ));
        }
        if tasks {
            return Err(Error::cluster_contains_tasks(
                "The Cluster cannot be deleted while Tasks are active.",
            ));
        }
        let bound =
            |name: &String| provider::record(tx, &cluster.arn, name).filter(|p| p.cluster().is_some());
        if cluster.capacity_providers.iter().any(|name| bound(name).is_some_and(|p| p.deleted_at.is_none())) {
            return Err(Error::cluster_contains_capacity_provider(
                "The Cluster cannot be deleted while Capacity Providers of it are active.",
            ));
        }
        let mut deleted = Cluster::clone(&cluster);
        deleted.status = ClusterStatus::Inactive;
        // It lets go of its providers: "disassociate them … by deleting the cluster".
        deleted.capacity_providers.clear();
        deleted.default_capacity_provider_strategy.clear();
        deleted.attachments.clear();
        Ok(tx.put(deleted))
    });
    let cluster = settle(change.await)?;
    Ok(DeleteClusterResponse { cluster: Some(whole(&ecs.state.snapshot(), &cluster)) })
}

/// What an update sets; what is `None` stays.
struct Change {
    settings: Option<Vec<ClusterSetting>>,
    configuration: Option<ClusterConfiguration>,
}

async fn change(ecs: &Ecs, scope: &Scope, named: &str, change: Change) -> Result<Arc<Cluster>, Error> {
    let named = required(named)?;
    let Change { settings, configuration } = change;
    let update = ecs.state.update(|tx| {
        let mut cluster = Cluster::clone(&*find::cluster(tx, scope, Some(named))?);
        for setting in settings.iter().flatten() {
            match cluster.settings.iter_mut().find(|s| s.name == setting.name) {
                Some(existing) => existing.value.clone_from(&setting.value),
                None => cluster.settings.push(setting.clone()),
            }
        }
        if let Some(configuration) = &configuration {
            cluster.configuration = Some(configuration.clone());
        }
        Ok(tx.put(cluster))
    });
    settle(update.await)
}

/// What of a cluster is shown on request only.
#[derive(Clone, Copy, Default)]
struct Include {
    attachments: bool,
    configurations: bool,
    settings: bool,
    statistics: bool,
    tags: bool,
}

impl Include {
    fn of(fields: &[ClusterField]) -> Result<Self, Error> {
        let mut include = Self::default();
        for field in fields {
            match field {
                ClusterField::Attachments => include.attachments = true,
                ClusterField::Configurations => include.configurations = true,
                ClusterField::Settings => include.settings = true,
                ClusterField::Statistics => include.statistics = true,
                ClusterField::Tags => include.tags = true,
                ClusterField::Unknown(other) => {
                    return Err(Error::invalid_parameter(format!("'{other}' is not a value of include.")));
                }
            }
        }
        Ok(include)
    }
}

/// A cluster as the operations that change it answer.
fn whole(snapshot: &Snapshot, cluster: &Cluster) -> api::ecs::Cluster {
    shown(
        snapshot,
        cluster,
        Include { configurations: true, settings: true, tags: true, ..Include::default() },
    )
}

fn shown(snapshot: &Snapshot, cluster: &Cluster, include: Include) -> api::ecs::Cluster {
    let counts = ClusterCounts::of(snapshot, &cluster.arn);
    let mut shown = convert::cluster(cluster, &counts);
    if include.attachments {
        attach(&mut shown, cluster);
    }
    if include.configurations {
        shown.configuration = cluster.configuration.to_api();
    }
    if include.settings {
        shown.settings = Some(cluster.settings.to_api());
    }
    if include.statistics {
        shown.statistics = Some(statistics(&counts));
    }
    if include.tags {
        shown.tags = Some(cluster.tags.to_api());
    }
    shown
}

/// The documented names.
fn statistics(counts: &ClusterCounts) -> Vec<api::ecs::KeyValuePair> {
    [
        ("runningEC2TasksCount", counts.running_ec2),
        ("runningFargateTasksCount", counts.running_fargate),
        ("pendingEC2TasksCount", counts.pending_ec2),
        ("pendingFargateTasksCount", counts.pending_fargate),
        ("runningExternalTasksCount", counts.running_external),
        ("pendingExternalTasksCount", counts.pending_external),
        ("activeEC2ServiceCount", counts.services.active_ec2),
        ("activeFargateServiceCount", counts.services.active_fargate),
        ("drainingEC2ServiceCount", counts.services.draining_ec2),
        ("drainingFargateServiceCount", counts.services.draining_fargate),
        ("activeExternalServiceCount", counts.services.active_external),
        ("drainingExternalServiceCount", counts.services.draining_external),
    ]
    .into_iter()
    .map(|(name, value)| convert::pair(name, value))
    .collect()
}

fn required(named: &str) -> Result<&str, Error> {
    if named.is_empty() { Err(Error::invalid_parameter("Cluster can not be blank.")) } else { Ok(named) }
}

fn check_name(name: &str) -> Result<(), Error> {
    if name.len() > LONGEST_NAME {
        return Err(Error::invalid_parameter("Cluster name cannot be longer than 255 characters."));
    }
    if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_') {
        return Err(Error::invalid_parameter(
            "Invalid characters in cluster name. It can contain letters, numbers, hyphens and underscores.",
        ));
    }
    if name == POOL_CLUSTER {
        // AWS differs: has no such name. Instances of the operator's own pools register under it.
        return Err(Error::invalid_parameter(format!("The cluster name {name} is reserved.")));
    }
    Ok(())
}

fn insights(value: String) -> ClusterSetting {
    ClusterSetting { name: Some(ClusterSettingName::ContainerInsights), value: Some(value) }
}

fn settings(given: Option<Vec<api::ecs::ClusterSetting>>) -> Result<Vec<ClusterSetting>, Error> {
    let given: Vec<ClusterSetting> = Vec::from_api(given)?;
    for setting in &given {
        if setting.name.is_none() {
            return Err(Error::invalid_parameter("Cluster setting name can not be blank."));
        }
        match setting.value.as_deref() {
            Some("enabled" | "disabled" | "enhanced") => {}
            value => {
                let value = value.unwrap_or_default();
                return Err(Error::invalid_parameter(format!(
                    "Invalid value '{value}' for cluster setting containerInsights. Valid values are: [enabled, disabled, enhanced]."
                )));
            }
        }
    }
    if given.len() > 1 {
        return Err(Error::invalid_parameter("Duplicate cluster settings are not allowed."));
    }
    Ok(given)
}

/// Services find each other by Service Connect when there is service discovery.
fn refuse_namespace(given: Option<api::ecs::ClusterServiceConnectDefaultsRequest>) -> Result<(), Error> {
    match given.is_some_and(|d| !d.namespace.is_empty()) {
        true => Err(Error::unsupported_feature(
            "Longshore has no service discovery yet (serviceConnectDefaults).",
        )),
        false => Ok(()),
    }
}

fn configuration(
    given: Option<api::ecs::ClusterConfiguration>,
) -> Result<Option<ClusterConfiguration>, Error> {
    let configuration: Option<ClusterConfiguration> = Option::from_api(given)?;
    if configuration.as_ref().is_some_and(|c| c.managed_storage_configuration.is_some()) {
        return Err(Error::unsupported_feature(
            "Longshore does not encrypt the storage of tasks with a key yet (managedStorageConfiguration).",
        ));
    }
    let Some(command) = configuration.as_ref().and_then(|c| c.execute_command_configuration.as_ref()) else {
        return Ok(configuration);
    };
    let overrides = command.logging == Some(ExecuteCommandLogging::Override);
    let log = command.log_configuration.as_ref();
    if log.is_some() && !overrides {
        return Err(Error::invalid_parameter(
            "You must set logging to 'OVERRIDE' when you supply a log configuration.",
        ));
    }
    let has_target =
        log.is_some_and(|l| l.cloud_watch_log_group_name.is_some() || l.s3_bucket_name.is_some());
    if overrides && !has_target {
        return Err(Error::invalid_parameter(
            "A CloudWatch log group name or S3 bucket name must be specified when overriding the default log configuration.",
        ));
    }
    Ok(configuration)
}

/// The providers that a list of names and ARNs means, each active and there once. Those of Managed Instances are bound to their cluster by
/// themselves and cannot be named.
fn named_providers(from: &impl Source, scope: &Scope, named: &[String]) -> Result<Vec<String>, Error> {
    if named.len() > strategy::MOST_PROVIDERS {
        // Observed.
        return Err(Error::invalid_parameter(
            "The maximum number of capacity providers per cluster has been exceeded.",
        ));
    }
    let mut names: Vec<String> = Vec::with_capacity(named.len());
    for text in named {
        // Observed.
        let unknown = || {
            Error::invalid_parameter(format!(
                "The specified capacity provider '{text}' was not found. Specify a valid name or ARN and try again."
            ))
        };
        let arn = capacity_provider::arn(scope, text).ok_or_else(unknown)?;
        if !provider::is_fargate(arn.name()) {
            let record = from.get::<CapacityProvider>(arn.as_str()).ok_or_else(unknown)?;
            if record.status != CapacityProviderStatus::Active {
                // Observed.
                return Err(Error::invalid_parameter(format!(
                    "The specified capacity provider '{text}' is not in an ACTIVE state. Specify a valid capacity provider and try again."
                )));
            }
            if record.cluster().is_some() {
                // Observed; its second half is not established.
                return Err(Error::invalid_parameter(
                    "Cannot associate Managed Instances capacity provider to clusters using this API. Managed Instances capacity providers are already associated with their cluster.",
                ));
            }
        }
        if names.iter().any(|name| name == arn.name()) {
            return Err(Error::invalid_parameter("The capacity providers of a cluster must be unique."));
        }
        names.push(arn.name().to_owned());
    }
    Ok(names)
}

/// Gives a cluster its providers and its default strategy, checked.
fn set_providers(
    from: &impl Source,
    cluster: &mut Cluster,
    providers: Vec<String>,
    default: &[CapacityProviderStrategyItem],
    ids: &mut Ids,
) -> Result<(), Error> {
    cluster.capacity_providers = providers;
    strategy::check(default, &provider::associated(from, cluster))
        .map_err(|e| Error::invalid_parameter(e.to_string()))?;
    cluster.default_capacity_provider_strategy = default.to_vec();
    provider::attach(from, cluster, ids);
    Ok(())
}

pub(crate) async fn put_cluster_capacity_providers(
    ecs: &Ecs,
    cx: &Cx,
    input: PutClusterCapacityProvidersRequest,
) -> Result<PutClusterCapacityProvidersResponse, Error> {
    let named = required(&input.cluster)?;
    let default: Vec<CapacityProviderStrategyItem> = Vec::from_api(input.default_capacity_provider_strategy)?;
    let seed = cx.random_32();
    let change = ecs.state.update(|tx| {
        let mut ids = Ids::from_seed(seed);
        let before = find::cluster(tx, &cx.scope, Some(named))?;
        let mut providers = named_providers(tx, &cx.scope, &input.capacity_providers)?;
        let is_bound =
            |name: &String| provider::record(tx, &before.arn, name).is_some_and(|p| p.cluster().is_some());
        providers.extend(before.capacity_providers.iter().filter(|name| is_bound(name)).cloned());
        let gone = before.capacity_providers.iter().filter(|name| !providers.contains(name));
        for name in gone {
            if provider::in_use(tx, &before.arn, name) {
                // Observed.
                return Err(Error::resource_in_use(
                    "The specified capacity provider is in use and cannot be removed.",
                ));
            }
        }
        let mut cluster = Cluster::clone(&before);
        set_providers(tx, &mut cluster, providers, &default, &mut ids)?;
        let cluster = tx.put(cluster);
        provider::claim_instances(tx, &cluster.arn);
        Ok(cluster)
    });
    let cluster = settle(change.await)?;
    let mut shown = whole(&ecs.state.snapshot(), &cluster);
    attach(&mut shown, &cluster);
    Ok(PutClusterCapacityProvidersResponse { cluster: Some(shown) })
}

fn attach(shown: &mut api::ecs::Cluster, cluster: &Cluster) {
    let attachments = convert::attachments(cluster);
    shown.attachments_status = (!attachments.is_empty()).then(|| "UPDATE_COMPLETE".to_owned());
    shown.attachments = Some(attachments);
}
