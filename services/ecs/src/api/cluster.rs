//! Clusters: made, described, changed and deleted.
//!
//! A deleted cluster stays describable as INACTIVE; making one of its name again begins a new one. Which instances and tasks a cluster has is
//! counted from their tables, never recorded.

use crate::api::{account_setting, tag};
use crate::convert::{self, FromApi, ToApi};
use crate::count::{self, ClusterCounts};
use crate::errors::settle;
use crate::find::{self, page};
use crate::service::Ecs;
use api::ecs::{
    ClusterField, CreateClusterRequest, CreateClusterResponse, DeleteClusterRequest, DeleteClusterResponse,
    DescribeClustersRequest, DescribeClustersResponse, Error, ListClustersRequest, ListClustersResponse,
    UpdateClusterRequest, UpdateClusterResponse, UpdateClusterSettingsRequest, UpdateClusterSettingsResponse,
};
use auth::Cx;
use model::Tag;
use model::ecs::Cluster;
use model::ecs::cluster::{ClusterConfiguration, ClusterSetting, ClusterSettingName, ExecuteCommandLogging};
use model::ecs::container_instance::POOL_CLUSTER;
use model::ecs::launch::CapacityProviderStrategyItem;
use model::ids::{ClusterArn, Scope};
use model::status::ClusterStatus;
use state::Snapshot;
use state::ecs::cluster::BY_SCOPE;
use std::sync::Arc;

const LONGEST_NAME: usize = 255;
const MOST_DESCRIBED: usize = 100;
const MOST_LISTED: i32 = 100;
/// The capacity providers that every account has.
const FARGATE_PROVIDERS: [&str; 2] = ["FARGATE", "FARGATE_SPOT"];
const MOST_PROVIDERS: usize = 20;
const MOST_WEIGHT: i32 = 1000;
const MOST_BASE: i32 = 100_000;

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
    check_providers(&providers)?;
    check_strategy(&strategy, &providers)?;
    let namespace = input.service_connect_defaults.map(|d| d.namespace).filter(|n| !n.is_empty());
    let arn = ClusterArn::new(&cx.scope, name);
    let change = ecs.state.update(|tx| {
        if let Some(existing) = tx.get::<Cluster>(arn.as_str())
            && existing.status != ClusterStatus::Inactive
        {
            let differs = !settings.is_empty() && settings != existing.settings
                || configuration.is_some() && configuration != existing.configuration
                || !providers.is_empty() && providers != existing.capacity_providers
                || !strategy.is_empty() && strategy != existing.default_capacity_provider_strategy
                || namespace.is_some() && namespace != existing.service_connect_namespace;
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
        Ok(tx.put(Cluster {
            arn: arn.clone(),
            status: ClusterStatus::Active,
            created_at: cx.now,
            settings,
            configuration: configuration.clone(),
            capacity_providers: providers.clone(),
            default_capacity_provider_strategy: strategy.clone(),
            service_connect_namespace: namespace.clone(),
            tags: tags.clone(),
        }))
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
    let changed = Change {
        settings: input.settings.map(|s| settings(Some(s))).transpose()?,
        configuration: configuration(input.configuration)?,
        namespace: input.service_connect_defaults.map(|d| d.namespace),
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
    let changed =
        Change { settings: Some(settings(Some(input.settings))?), configuration: None, namespace: None };
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
        let mut deleted = Cluster::clone(&cluster);
        deleted.status = ClusterStatus::Inactive;
        Ok(tx.put(deleted))
    });
    let cluster = settle(change.await)?;
    Ok(DeleteClusterResponse { cluster: Some(whole(&ecs.state.snapshot(), &cluster)) })
}

/// What an update sets; what is `None` stays.
struct Change {
    settings: Option<Vec<ClusterSetting>>,
    configuration: Option<ClusterConfiguration>,
    /// Empty takes the default away.
    namespace: Option<String>,
}

async fn change(ecs: &Ecs, scope: &Scope, named: &str, change: Change) -> Result<Arc<Cluster>, Error> {
    let named = required(named)?;
    let Change { settings, configuration, namespace } = change;
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
        if let Some(namespace) = &namespace {
            cluster.service_connect_namespace = Some(namespace.clone()).filter(|n| !n.is_empty());
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
        shown.attachments = Some(Vec::new());
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

/// The documented names, with services as they will be counted once there are any.
fn statistics(counts: &ClusterCounts) -> Vec<api::ecs::KeyValuePair> {
    [
        ("runningEC2TasksCount", counts.running_ec2),
        ("runningFargateTasksCount", counts.running_fargate),
        ("pendingEC2TasksCount", counts.pending_ec2),
        ("pendingFargateTasksCount", counts.pending_fargate),
        ("runningExternalTasksCount", counts.running_external),
        ("pendingExternalTasksCount", counts.pending_external),
        ("activeEC2ServiceCount", 0),
        ("activeFargateServiceCount", 0),
        ("drainingEC2ServiceCount", 0),
        ("drainingFargateServiceCount", 0),
        ("activeExternalServiceCount", 0),
        ("drainingExternalServiceCount", 0),
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

fn configuration(
    given: Option<api::ecs::ClusterConfiguration>,
) -> Result<Option<ClusterConfiguration>, Error> {
    let configuration: Option<ClusterConfiguration> = Option::from_api(given)?;
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

fn check_providers(providers: &[String]) -> Result<(), Error> {
    if providers.len() > MOST_PROVIDERS {
        return Err(Error::invalid_parameter(format!(
            "A cluster can have at most {MOST_PROVIDERS} capacity providers."
        )));
    }
    for (at, provider) in providers.iter().enumerate() {
        if !FARGATE_PROVIDERS.contains(&provider.as_str()) {
            return Err(Error::invalid_parameter(format!(
                "The specified capacity provider '{provider}' was not found. Specify a valid name or ARN and try again."
            )));
        }
        if providers[..at].contains(provider) {
            return Err(Error::invalid_parameter("The capacity providers of a cluster must be unique."));
        }
    }
    Ok(())
}

/// The rules of a strategy: providers of the cluster, weights and bases in their ranges, one base at most.
fn check_strategy(strategy: &[CapacityProviderStrategyItem], providers: &[String]) -> Result<(), Error> {
    let refuse = |message: String| Err(Error::invalid_parameter(message));
    if strategy.len() > MOST_PROVIDERS {
        return refuse(format!("A capacity provider strategy can have at most {MOST_PROVIDERS} items."));
    }
    for (at, item) in strategy.iter().enumerate() {
        let name = &item.capacity_provider;
        if !providers.contains(name) {
            return refuse(
                "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. Associate the capacity provider with the cluster and try again.".to_owned(),
            );
        }
        if strategy[..at].iter().any(|other| other.capacity_provider == *name) {
            return refuse(
                "The capacity provider strategy cannot contain the same capacity provider twice.".to_owned(),
            );
        }
        if !(0..=MOST_WEIGHT).contains(&item.weight.unwrap_or(0)) {
            return refuse(format!("The weight of a capacity provider must be between 0 and {MOST_WEIGHT}."));
        }
        if !(0..=MOST_BASE).contains(&item.base.unwrap_or(0)) {
            return refuse(format!("The base of a capacity provider must be between 0 and {MOST_BASE}."));
        }
    }
    if strategy.iter().filter(|i| i.base.unwrap_or(0) > 0).count() > 1 {
        return refuse("The specified capacity provider strategy contains multiple capacity providers with a base value defined.".to_owned());
    }
    if !strategy.is_empty() && strategy.iter().all(|i| i.weight.unwrap_or(0) == 0) {
        return refuse("A capacity provider strategy must contain at least one capacity provider with a weight greater than 0.".to_owned());
    }
    Ok(())
}
