//! Managed daemons: made, changed, described, listed and deleted; their deployments and revisions.
//!
//! An operation writes what is wanted; the daemon scheduler does the rest. What begins a deployment is begun in the operation's own change.
//!
//! Source: the operations' pages of the API reference and "Daemon deployments" of the developer guide, read 2026-11. The words of refusals are not
//! established.

use crate::api::client_token;
use crate::api::tag;
use crate::convert::{self, FromApi};
use crate::daemon;
use crate::errors::settle;
use crate::find::{self, Source, page};
use crate::service::Ecs;
use crate::{provider, role};
use api::ecs::{
    CreateDaemonRequest, CreateDaemonResponse, DaemonDeploymentConfiguration as GivenConfiguration,
    DeleteDaemonRequest, DeleteDaemonResponse, DescribeDaemonDeploymentsRequest,
    DescribeDaemonDeploymentsResponse, DescribeDaemonRequest, DescribeDaemonResponse,
    DescribeDaemonRevisionsRequest, DescribeDaemonRevisionsResponse, Error, ListDaemonDeploymentsRequest,
    ListDaemonDeploymentsResponse, ListDaemonsRequest, ListDaemonsResponse, UpdateDaemonRequest,
    UpdateDaemonResponse,
};
use auth::Cx;
use model::ecs::capacity_provider;
use model::ecs::daemon::{
    Daemon, DaemonDeployment, DaemonDeploymentConfiguration, DaemonDeploymentStatus, DaemonPropagateTags,
    DaemonRevision, DaemonSchedule, DaemonStatus,
};
use model::ecs::service_deployment::Monitor;
use model::ids::{CapacityProviderArn, ClusterArn, DaemonArn, DaemonDeploymentArn, DaemonRevisionArn};
use model::{Percent, Timestamp};
use sha2::{Digest, Sha256};
use state::ecs::daemon::{BY_CLUSTER, DEPLOYMENTS};
use state::{Tx, idempotency};
use std::sync::Arc;
use std::time::Duration;

const TOKEN_LIFE: Duration = Duration::from_secs(24 * 3600);
/// "You can specify up to 20 ARNs."
const MOST_DESCRIBED: usize = 20;
const MOST_LISTED: i32 = 100;
/// "If this parameter isn't used, then ListDaemonDeployments returns up to 20 results."
const USUALLY_LISTED: i32 = 20;
const MOST_BAKE_MINUTES: i32 = 1440;
/// "If not specified, the default is 25.0."
const DRAIN_PERCENT: f64 = 25.0;

fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_parameter(message))
}

fn not_found() -> Error {
    Error::daemon_not_found("Daemon not found.")
}

/// What a request says of the tasks of a daemon.
struct Wish {
    definition: String,
    providers: Vec<String>,
    propagate_tags: DaemonPropagateTags,
    managed_tags: bool,
    execute_command: bool,
    critical: bool,
}

impl Wish {
    fn check(&self) -> Result<(), Error> {
        if self.definition.is_empty() {
            return refuse("The daemon task definition can not be blank.");
        }
        if self.providers.is_empty() {
            return refuse("Capacity providers cannot be empty.");
        }
        if self.execute_command {
            return Err(Error::unsupported_feature("Longshore has no ECS Exec yet (enableExecuteCommand)."));
        }
        Ok(())
    }

    /// The revision that it amounts to. Its definition becomes what tasks can be made of.
    fn revision(
        &self,
        cx: &Cx,
        tx: &mut Tx<'_>,
        daemon: &DaemonArn,
        bytes: [u8; 16],
    ) -> Result<DaemonRevision, Error> {
        let cluster = daemon.cluster();
        let capacity_providers = providers(tx, &cluster, &self.providers)?;
        let found = super::daemon_task_definition::find(&tx.snapshot(), &cx.scope, &self.definition)?;
        if found.delete_requested_at.is_some() {
            return Err(Error::client("The specified daemon task definition is not in an ACTIVE state."));
        }
        let definition = daemon::task_definition(&found)?;
        for named in [&definition.task_role_arn, &definition.execution_role_arn] {
            role::check_pass(&tx.snapshot(), &cx.principal, &cx.scope, named.as_deref())?;
        }
        let revision = DaemonRevision {
            arn: DaemonRevisionArn::from_random(daemon, bytes),
            daemon: daemon.clone(),
            cluster,
            created_at: cx.now,
            task_definition: definition.arn.clone(),
            capacity_providers,
            container_images: super::service::images(&definition),
            propagate_tags: self.propagate_tags,
            managed_tags: self.managed_tags,
            enable_execute_command: self.execute_command,
            critical: self.critical,
            gone_at: None,
        };
        tx.put(definition);
        tx.put(revision.clone());
        Ok(revision)
    }
}

/// "ECS Managed Daemons is only supported for Amazon ECS Managed Instances Capacity Providers."
fn providers(tx: &Tx<'_>, cluster: &ClusterArn, named: &[String]) -> Result<Vec<CapacityProviderArn>, Error> {
    let mut found: Vec<CapacityProviderArn> = Vec::with_capacity(named.len());
    for text in named {
        let arn: CapacityProviderArn = text.parse().map_err(|_| {
            Error::invalid_parameter("Invalid identifier: Identifier is not a capacity provider ARN")
        })?;
        if provider::is_fargate(arn.name()) {
            return Err(only_managed());
        }
        let record =
            provider::record(tx, cluster, arn.name()).filter(|p| p.deleted_at.is_none() && p.arn == arn);
        let Some(record) = record else {
            return refuse(format!("The specified capacity provider {text} was not found."));
        };
        match &record.source {
            capacity_provider::Source::ManagedInstances(managed) if managed.cluster == *cluster => {}
            capacity_provider::Source::ManagedInstances(_) => {
                return refuse(format!(
                    "The capacity provider {} is not associated with the cluster.",
                    arn.name()
                ));
            }
            capacity_provider::Source::AutoScalingGroup(_) => return Err(only_managed()),
        }
        if !found.contains(&arn) {
            found.push(arn);
        }
    }
    Ok(found)
}

fn only_managed() -> Error {
    Error::unsupported_feature(
        "Daemons are only supported for Amazon ECS Managed Instances capacity providers.",
    )
}

fn configuration(
    ecs: &Ecs,
    given: Option<GivenConfiguration>,
) -> Result<DaemonDeploymentConfiguration, Error> {
    let given = given.unwrap_or_default();
    let percent = given.drain_percent.unwrap_or(DRAIN_PERCENT);
    let Some(drain_percent) = Percent::new(percent) else {
        return refuse("drainPercent must be between 0 and 100.");
    };
    let bake = given.bake_time_in_minutes.unwrap_or(0);
    if !(0..=MOST_BAKE_MINUTES).contains(&bake) {
        return refuse(format!("bakeTimeInMinutes must be between 0 and {MOST_BAKE_MINUTES}."));
    }
    let alarms = given.alarms.unwrap_or_default();
    let (alarm_names, enable) = (alarms.alarm_names.unwrap_or_default(), alarms.enable.unwrap_or(false));
    if enable && !ecs.alarms.is_there() {
        return Err(Error::unsupported_feature(
            "Longshore has no CloudWatch alarms yet that a deployment could watch.",
        ));
    }
    if enable && alarm_names.is_empty() {
        return refuse("alarmNames cannot be empty.");
    }
    Ok(DaemonDeploymentConfiguration {
        drain_percent,
        bake_time_in_minutes: u32::try_from(bake).unwrap_or(0),
        alarm_names,
        alarms_enabled: enable,
    })
}

fn deployment(
    daemon: &DaemonArn,
    target: Option<DaemonRevisionArn>,
    sources: Vec<DaemonRevisionArn>,
    configuration: DaemonDeploymentConfiguration,
    (now, bytes): (Timestamp, [u8; 16]),
) -> DaemonDeployment {
    let alarms = if configuration.alarms_enabled { Monitor::Monitoring } else { Monitor::Disabled };
    DaemonDeployment {
        arn: DaemonDeploymentArn::from_random(daemon, bytes),
        daemon: daemon.clone(),
        cluster: daemon.cluster(),
        status: DaemonDeploymentStatus::Pending,
        status_reason: None,
        circuit_breaker: if target.is_some() { Monitor::Monitoring } else { Monitor::Disabled },
        target,
        sources,
        configuration,
        created_at: now,
        started_at: None,
        baking_since: None,
        stopped_at: None,
        finished_at: None,
        failure_count: 0,
        threshold: 0,
        alarms,
        triggered_alarms: Vec::new(),
        rollback: None,
        gone_at: None,
    }
}

pub(crate) async fn create_daemon(
    ecs: &Ecs,
    cx: &Cx,
    input: CreateDaemonRequest,
) -> Result<CreateDaemonResponse, Error> {
    let plain = CreateDaemonRequest { client_token: None, ..input.clone() };
    let fingerprint: String =
        Sha256::digest(format!("{plain:?}").as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    let token = client_token::checked(input.client_token, client_token::LONGEST)?;
    let name = input.daemon_name;
    if !super::service::is_name(&name) {
        return refuse(
            "Invalid daemon name. It can contain up to 255 letters, numbers, hyphens and underscores.",
        );
    }
    let tags: Vec<model::Tag> = Vec::from_api(input.tags)?;
    tag::check(&tags)?;
    let configuration = configuration(ecs, input.deployment_configuration)?;
    let wish = Wish {
        definition: input.daemon_task_definition_arn,
        providers: input.capacity_provider_arns,
        propagate_tags: Option::from_api(input.propagate_tags)?.unwrap_or(DaemonPropagateTags::None),
        managed_tags: input.enable_ecs_managed_tags.unwrap_or(false),
        execute_command: input.enable_execute_command.unwrap_or(false),
        critical: input.critical.unwrap_or(true),
    };
    wish.check()?;
    let cluster = find::cluster_arn(&cx.scope, input.cluster_arn.as_deref())?;
    tag::check_on_create(ecs, cx, "CreateDaemon", format!("daemon/{}/{name}", cluster.name()), &tags)?;
    let (revision_bytes, deployment_bytes) = (cx.random_16(), cx.random_16());
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster(tx, &cx.scope, input.cluster_arn.as_deref())?;
        let arn = DaemonArn::new(&cluster.arn, &name);
        let scope = format!("ecs:CreateDaemon:{}", cluster.arn);
        if let Some(token) = &token {
            match idempotency::recall::<DaemonArn>(tx, &scope, token, &fingerprint, cx.now) {
                Ok(Some(before)) => return tx.get::<Daemon>(before.as_str()).ok_or_else(not_found),
                Ok(None) => {}
                Err(idempotency::Error::Mismatch) => return refuse("Creation of daemon was not idempotent."),
                Err(error) => return Err(Error::internal(error.to_string())),
            }
        }
        if tx.get::<Daemon>(arn.as_str()).is_some() {
            return refuse("Creation of daemon was not idempotent.");
        }
        let revision = wish.revision(cx, tx, &arn, revision_bytes)?;
        let target = Some(revision.arn.clone());
        let begun = deployment(&arn, target, Vec::new(), configuration.clone(), (cx.now, deployment_bytes));
        let daemon = Daemon {
            arn: arn.clone(),
            cluster: cluster.arn.clone(),
            status: DaemonStatus::Active,
            created_at: cx.now,
            updated_at: cx.now,
            created_by: cx.principal.arn().to_owned(),
            tags: tags.clone(),
            revision: revision.arn,
            deployment: begun.arn.clone(),
            schedule: DaemonSchedule::default(),
        };
        tx.put(begun);
        if let Some(token) = &token {
            idempotency::remember(tx, &scope, token, &fingerprint, &arn, cx.now.after(TOKEN_LIFE))
                .map_err(|e| Error::internal(e.to_string()))?;
        }
        Ok(tx.put(daemon))
    });
    let daemon = settle(change.await)?;
    tracing::info!(daemon = %daemon.arn, "daemon made");
    let (daemon_arn, status, created_at, _, deployment_arn) = convert::daemon_head(&daemon);
    Ok(CreateDaemonResponse { daemon_arn, status, created_at, deployment_arn })
}

pub(crate) async fn update_daemon(
    ecs: &Ecs,
    cx: &Cx,
    input: UpdateDaemonRequest,
) -> Result<UpdateDaemonResponse, Error> {
    let arn = parse(&input.daemon_arn)?;
    let given = input.deployment_configuration.map(|c| configuration(ecs, Some(c))).transpose()?;
    let propagate: Option<DaemonPropagateTags> = Option::from_api(input.propagate_tags)?;
    let (revision_bytes, deployment_bytes) = (cx.random_16(), cx.random_16());
    let change = ecs.state.update(|tx| {
        let before = active(tx, cx, &arn)?;
        let ran = tx.get::<DaemonRevision>(before.revision.as_str()).ok_or_else(not_found)?;
        let last = tx.get::<DaemonDeployment>(before.deployment.as_str());
        let wish = Wish {
            definition: input.daemon_task_definition_arn.clone(),
            providers: input.capacity_provider_arns.clone(),
            // "If you don't specify a value, the tags aren't propagated."
            propagate_tags: propagate.unwrap_or(DaemonPropagateTags::None),
            managed_tags: input.enable_ecs_managed_tags.unwrap_or(false),
            execute_command: input.enable_execute_command.unwrap_or(false),
            critical: input.critical.unwrap_or(ran.critical),
        };
        wish.check()?;
        let revision = wish.revision(cx, tx, &arn, revision_bytes)?;
        let configuration = given.clone().or_else(|| last.as_ref().map(|d| d.configuration.clone()));
        let configuration = configuration.map_or_else(|| self::configuration(ecs, None), Ok)?;
        supersede(tx, last.as_deref(), cx.now);
        let target = Some(revision.arn.clone());
        let begun = deployment(
            &arn,
            target,
            vec![before.revision.clone()],
            configuration,
            (cx.now, deployment_bytes),
        );
        let mut daemon = Daemon {
            updated_at: cx.now,
            revision: revision.arn,
            deployment: begun.arn.clone(),
            ..Daemon::clone(&before)
        };
        daemon.schedule.failed_rounds = 0;
        daemon.schedule.start_after = None;
        daemon.schedule.halted = false;
        tx.put(begun);
        Ok(tx.put(daemon))
    });
    let daemon = settle(change.await)?;
    let (daemon_arn, status, created_at, updated_at, deployment_arn) = convert::daemon_head(&daemon);
    Ok(UpdateDaemonResponse { daemon_arn, status, created_at, updated_at, deployment_arn })
}

/// "STOPPED - … or was replaced by a new deployment."
fn supersede(tx: &mut Tx<'_>, deployment: Option<&DaemonDeployment>, now: Timestamp) {
    let Some(under_way) = deployment.filter(|d| !d.status.is_over()) else { return };
    let mut stopped = under_way.clone();
    stopped.status = DaemonDeploymentStatus::Stopped;
    stopped.status_reason = Some("Daemon deployment was replaced by a new daemon deployment.".to_owned());
    stopped.stopped_at = Some(now);
    stopped.finished_at = Some(now);
    for monitor in [&mut stopped.circuit_breaker, &mut stopped.alarms] {
        if *monitor == Monitor::Monitoring {
            *monitor = Monitor::MonitoringComplete;
        }
    }
    tx.put(stopped);
}

pub(crate) async fn delete_daemon(
    ecs: &Ecs,
    cx: &Cx,
    input: DeleteDaemonRequest,
) -> Result<DeleteDaemonResponse, Error> {
    let arn = parse(&input.daemon_arn)?;
    let bytes = cx.random_16();
    let change = ecs.state.update(|tx| {
        let before = active(tx, cx, &arn)?;
        let last = tx.get::<DaemonDeployment>(before.deployment.as_str());
        supersede(tx, last.as_deref(), cx.now);
        let configuration = self::configuration(ecs, None)?;
        let begun = deployment(&arn, None, vec![before.revision.clone()], configuration, (cx.now, bytes));
        let daemon = Daemon {
            status: DaemonStatus::DeleteInProgress,
            updated_at: cx.now,
            deployment: begun.arn.clone(),
            ..Daemon::clone(&before)
        };
        tx.put(begun);
        Ok(tx.put(daemon))
    });
    let daemon = settle(change.await)?;
    let (daemon_arn, status, created_at, updated_at, deployment_arn) = convert::daemon_head(&daemon);
    Ok(DeleteDaemonResponse { daemon_arn, status, created_at, updated_at, deployment_arn })
}

pub(crate) async fn describe_daemon(
    ecs: &Ecs,
    cx: &Cx,
    input: DescribeDaemonRequest,
) -> Result<DescribeDaemonResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let daemon = find(&snapshot, cx, &parse(&input.daemon_arn)?)?;
    Ok(DescribeDaemonResponse { daemon: Some(convert::daemon(&daemon, &daemon::counts(&snapshot, &daemon))) })
}

pub(crate) async fn list_daemons(
    ecs: &Ecs,
    cx: &Cx,
    input: ListDaemonsRequest,
) -> Result<ListDaemonsResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, input.cluster_arn.as_deref())?;
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let named = input.capacity_provider_arns.unwrap_or_default();
    let takes = |daemon: &&Arc<Daemon>| {
        let revision = snapshot.get::<DaemonRevision>(daemon.revision.as_str());
        named.is_empty()
            || revision
                .is_some_and(|r| r.capacity_providers.iter().any(|p| named.iter().any(|n| n == p.as_str())))
    };
    let listed: Vec<&Arc<Daemon>> =
        snapshot.by_index(BY_CLUSTER, &cluster.arn).after(after).filter(takes).take(limit + 1).collect();
    let next_token = (listed.len() > limit).then(|| page::token(listed[limit - 1].arn.as_str()));
    let summaries = listed.iter().take(limit).map(|d| convert::daemon_summary(d)).collect();
    Ok(ListDaemonsResponse { daemon_summaries_list: Some(summaries), next_token })
}

pub(crate) async fn list_daemon_deployments(
    ecs: &Ecs,
    cx: &Cx,
    input: ListDaemonDeploymentsRequest,
) -> Result<ListDaemonDeploymentsResponse, Error> {
    let snapshot = ecs.state.snapshot();
    let arn = parse(&input.daemon_arn)?;
    let limit = page::size(Some(input.max_results.unwrap_or(USUALLY_LISTED)), MOST_LISTED)?;
    let after = page::after(input.next_token.as_deref())?;
    let statuses: Vec<DaemonDeploymentStatus> = Vec::from_api(input.status.unwrap_or_default())?;
    let (made_after, made_before) = match input.created_at {
        Some(range) => (range.after, range.before),
        None => (None, None),
    };
    let made_after: Option<Timestamp> = Option::from_api(made_after)?;
    let made_before: Option<Timestamp> = Option::from_api(made_before)?;
    let here = arn.scope() == cx.scope;
    let takes = |d: &&Arc<DaemonDeployment>| {
        here && (statuses.is_empty() || statuses.contains(&d.status))
            && made_after.is_none_or(|at| d.created_at > at)
            && made_before.is_none_or(|at| d.created_at < at)
    };
    let mut all: Vec<&Arc<DaemonDeployment>> = snapshot.by_prefix(DEPLOYMENTS, &arn).filter(takes).collect();
    all.reverse();
    let start = match after {
        Some(last) => all.iter().position(|d| d.arn.as_str() == last).map_or(all.len(), |at| at + 1),
        None => 0,
    };
    let rest = &all[start..];
    let shown = &rest[..rest.len().min(limit)];
    let next_token = shown.last().filter(|_| rest.len() > limit).map(|d| page::token(d.arn.as_str()));
    let summaries = shown.iter().map(|d| convert::daemon_deployment_summary(d)).collect();
    Ok(ListDaemonDeploymentsResponse { daemon_deployments: Some(summaries), next_token })
}

pub(crate) async fn describe_daemon_deployments(
    ecs: &Ecs,
    _: &Cx,
    input: DescribeDaemonDeploymentsRequest,
) -> Result<DescribeDaemonDeploymentsResponse, Error> {
    let snapshot = ecs.state.snapshot();
    page::number(&input.daemon_deployment_arns, MOST_DESCRIBED, "daemonDeploymentArns")?;
    let (mut shown, mut failures) = (Vec::new(), Vec::new());
    for named in input.daemon_deployment_arns {
        let arn: DaemonDeploymentArn = named.parse().map_err(|_| {
            Error::invalid_parameter("Invalid identifier: Identifier is not a daemon deployment ARN")
        })?;
        match snapshot.get::<DaemonDeployment>(arn.as_str()) {
            Some(record) => {
                let counts = daemon::counts_of(&snapshot, &record.daemon);
                shown.push(convert::daemon_deployment(record, &counts));
            }
            None => failures.push(convert::failure(named, "MISSING")),
        }
    }
    Ok(DescribeDaemonDeploymentsResponse { daemon_deployments: Some(shown), failures: Some(failures) })
}

pub(crate) async fn describe_daemon_revisions(
    ecs: &Ecs,
    _: &Cx,
    input: DescribeDaemonRevisionsRequest,
) -> Result<DescribeDaemonRevisionsResponse, Error> {
    let snapshot = ecs.state.snapshot();
    page::number(&input.daemon_revision_arns, MOST_DESCRIBED, "daemonRevisionArns")?;
    let (mut shown, mut failures) = (Vec::new(), Vec::new());
    for named in input.daemon_revision_arns {
        let arn: DaemonRevisionArn = named.parse().map_err(|_| {
            Error::invalid_parameter("Invalid identifier: Identifier is not a daemon revision ARN")
        })?;
        match snapshot.get::<DaemonRevision>(arn.as_str()) {
            Some(record) => shown.push(convert::daemon_revision(record)),
            None => failures.push(convert::failure(named, "MISSING")),
        }
    }
    Ok(DescribeDaemonRevisionsResponse { daemon_revisions: Some(shown), failures: Some(failures) })
}

fn parse(named: &str) -> Result<DaemonArn, Error> {
    named.parse().map_err(|_| Error::invalid_parameter("Invalid identifier: Identifier is not a daemon ARN"))
}

fn find(from: &impl Source, cx: &Cx, arn: &DaemonArn) -> Result<Arc<Daemon>, Error> {
    from.get::<Daemon>(arn.as_str()).filter(|d| d.arn.scope() == cx.scope).ok_or_else(not_found)
}

fn active(from: &impl Source, cx: &Cx, arn: &DaemonArn) -> Result<Arc<Daemon>, Error> {
    let daemon = find(from, cx, arn)?;
    match daemon.status {
        DaemonStatus::Active => Ok(daemon),
        DaemonStatus::DeleteInProgress => Err(Error::daemon_not_active("Daemon was not ACTIVE.")),
    }
}
