//! Tasks that a service starts: the same records as those of RunTask, from a revision instead of a request.

use super::making::{Making, Resolved};
use super::placing::widen;
use super::{Launch, Place};
use crate::placing::waiting;
use crate::service::Ecs;
use api::ecs::Error;
use auth::{Cx, Ids};
use model::ecs::launch::{PropagateTags, TaskOverride};
use model::ecs::service::SchedulingStrategy;
use model::ecs::task::{TaskTarget, Waiting};
use model::ecs::{LoadBalancer, Service, ServiceRevision, Task};
use model::ids::TaskArn;
use model::status::LaunchType;
use plan::deployment::Places;
use plan::placement::filter::Filter;
use plan::placement::{Fleet, Placement, Report, Request, StartOutcome};
use state::{Snapshot, Tx};
use std::collections::BTreeMap;

/// What a start came to.
#[derive(Debug, Default)]
pub(crate) struct Started {
    pub tasks: Vec<TaskArn>,
    pub unplaced: u32,
    /// So many were not even tried: one step starts no more than so many.
    pub untried: u32,
    /// Of those that found no place, so many might have waited for capacity, were not too many of the cluster waiting already.
    pub beyond_limit: u32,
    /// Why, where some found no place.
    pub report: Option<Report>,
    pub on_fargate: bool,
}

impl Started {
    /// Whether tasks that end may make room for those that found none.
    pub(crate) fn lacks_room(&self) -> bool {
        let Some(report) = &self.report else { return self.unplaced > 0 };
        report.refused.iter().any(|(filter, _)| match filter {
            Filter::Cpu
            | Filter::Memory
            | Filter::Ports
            | Filter::Gpus
            | Filter::NetworkInterfaces
            | Filter::DistinctInstance => true,
            Filter::Status | Filter::Agent | Filter::Attributes | Filter::Location | Filter::MemberOf => {
                false
            }
        })
    }
}

/// How a revision of a service is launched.
fn launch(service: &Service, revision: &ServiceRevision) -> Launch {
    let tags = match service.propagate_tags {
        PropagateTags::Service => service.tags.clone(),
        PropagateTags::TaskDefinition | PropagateTags::None => Vec::new(),
    };
    Launch {
        definition: revision.task_definition.to_string(),
        cluster: Some(service.cluster.to_string()),
        network: revision.network_configuration.clone(),
        overrides: TaskOverride::default(),
        group: Some(service.group()),
        started_by: Some(revision.deployment_id()),
        reference_id: None,
        tags,
        propagate: service.propagate_tags,
        managed_tags: service.managed_tags,
        execute_command: service.enable_execute_command,
        by_service: true,
        targets: targets(revision),
        already: BTreeMap::new(),
    }
}

/// Where load balancers of a revision are to reach each of its tasks.
fn targets(revision: &ServiceRevision) -> Vec<TaskTarget> {
    let target = |balancer: &LoadBalancer| TaskTarget {
        group: balancer.group(revision.in_alternate).clone(),
        container: balancer.container_name.clone(),
        container_port: balancer.container_port,
        registered: None,
        passed: false,
    };
    revision.load_balancers.iter().map(target).collect()
}

fn place(service: &Service, revision: &ServiceRevision, count: u32) -> Place {
    Place::Anywhere {
        count,
        launch_type: revision.launch_type,
        constraints: service.placement_constraints.clone(),
        strategies: service.placement_strategy.clone(),
        platform_version: revision.platform_version.clone(),
        strategy: revision.capacity_provider_strategy.clone(),
    }
}

/// Whether a revision could be launched: what CreateService and UpdateService refuse. Answers the platform version that its tasks get.
pub(crate) fn check(
    ecs: &Ecs,
    cx: &Cx,
    tx: &Tx<'_>,
    service: &Service,
    revision: &ServiceRevision,
) -> Result<Option<String>, Error> {
    let launch = launch(service, revision);
    let place = place(service, revision, 1);
    let mut making = Making::new(ecs, cx, &launch, Ids::from_seed([0; 32]));
    let resolved = making.resolve(tx, &place)?;
    making.request(&place, &resolved, 1)?;
    let any = TaskArn::new(&resolved.cluster.arn, &model::ids::HexId::from_random([0; 16]));
    crate::role::check_pass_of(&tx.snapshot(), &cx.principal, &resolved.definition, &any)?;
    Ok(resolved.platform_version)
}

/// What a service has already.
#[derive(Debug, Default)]
pub(crate) struct Already {
    /// Its tasks in each zone.
    pub zones: BTreeMap<String, u32>,
    /// Its tasks on each capacity provider.
    pub providers: BTreeMap<String, u32>,
}

/// Starts tasks of a revision, as many as find a place or may wait for one, and `most` at the most.
///
/// # Errors
/// What RunTask would answer.
pub(crate) fn start(
    (ecs, cx): (&Ecs, &Cx),
    tx: &mut Tx<'_>,
    (service, revision): (&Service, &ServiceRevision),
    (places, most): (&Places, u32),
    already: Already,
    seed: [u8; 32],
) -> Result<Started, Error> {
    let Already { mut zones, providers } = already;
    let launch = Launch { already: providers, ..launch(service, revision) };
    // Where they are to go is named for each of them: those without room may be tried in any number.
    let count = match places {
        Places::Anywhere(count) | Places::Zone { count, .. } => (*count).min(most),
        Places::Instances(_) => places.count(),
    };
    let place = place(service, revision, count);
    let mut making = Making::new(ecs, cx, &launch, Ids::from_seed(seed));
    let mut resolved = making.resolve(tx, &place)?;
    let snapshot = tx.snapshot();
    let any = TaskArn::new(&resolved.cluster.arn, &making.ids.hex_id());
    crate::role::check(&snapshot, &cx.principal, &resolved.definition, &launch.overrides, &any)?;
    let fargate = resolved.launch_type == LaunchType::Fargate;
    if let Places::Zone { zone, .. } = places {
        resolved.network.subnets.retain(|s| s.zone == *zone);
    }
    let mut started = Started { on_fargate: fargate, untried: places.count() - count, ..Started::default() };
    for share in std::mem::take(&mut resolved.shares) {
        let mut request = making.request(&place, &resolved, share.count)?;
        let Asked { placed, unplaced, untried, report } = ecs.fleets.with(&snapshot, &share.owner, |fleet| {
            let asked = ask(fleet, &mut request, (places, most), fargate);
            let booked = asked.placed.iter().map(|p| p.instance.clone()).collect();
            (asked, booked)
        });
        started.untried += untried;
        // Tasks that wait for instances to come have no place yet; one that is to balance zones would get it in any of them.
        let waits = share.waits && !matches!(places, Places::Zone { .. });
        let waiting = if waits { unplaced.min(waiting::room(tx, &resolved.cluster.arn)) } else { 0 };
        let placements = placed.into_iter().map(Some).chain((0..waiting).map(|_| None));
        for placement in placements {
            least_crowded_first(&mut resolved, &zones);
            let waits = placement.is_none();
            let mut task: Task = making.task(tx, &resolved, &share, placement);
            if waits {
                let (constraints, strategies) = (&service.placement_constraints, &service.placement_strategy);
                task.waiting =
                    Some(Waiting { constraints: constraints.clone(), strategies: strategies.clone() });
            }
            if let Some(zone) = &task.availability_zone {
                *zones.entry(zone.clone()).or_default() += 1;
            }
            started.tasks.push(task.arn.clone());
            tx.put(task);
        }
        started.unplaced += unplaced - waiting;
        started.beyond_limit += if waits { unplaced - waiting } else { 0 };
        if unplaced > waiting {
            started.report = report;
        }
    }
    Ok(started)
}

/// Why starts of a revision find no place: for each capacity provider that would get some of them, or for the launch type, what its instances say.
///
/// # Errors
/// What RunTask would answer.
pub(crate) fn report(
    (ecs, cx): (&Ecs, &Cx),
    from: &Snapshot,
    (service, revision): (&Service, &ServiceRevision),
    count: u32,
    providers: BTreeMap<String, u32>,
) -> Result<Vec<(String, Report)>, Error> {
    let launch = Launch { already: providers, ..launch(service, revision) };
    let place = place(service, revision, count);
    let mut making = Making::new(ecs, cx, &launch, Ids::from_seed([0; 32]));
    let mut resolved = making.resolve(from, &place)?;
    let any = TaskArn::new(&resolved.cluster.arn, &making.ids.hex_id());
    crate::role::check(from, &cx.principal, &resolved.definition, &launch.overrides, &any)?;
    let is_daemon = service.scheduling_strategy == SchedulingStrategy::Daemon;
    let mut reports = Vec::new();
    for share in std::mem::take(&mut resolved.shares) {
        let mut request = making.request(&place, &resolved, share.count)?;
        let report = ecs.fleets.with(from, &share.owner, |fleet| {
            widen(fleet, resolved.launch_type == LaunchType::Fargate, &mut request);
            let report = match is_daemon {
                // Where it has its task already it needs no other.
                true => {
                    let without = fleet.instances().filter(|i| i.tasks_of(&request.group) == 0);
                    Fleet::new(without.cloned()).report(&request)
                }
                false => fleet.report(&request),
            };
            (report, Vec::new())
        });
        let capacity = share.provider.unwrap_or_else(|| resolved.launch_type.to_string());
        reports.push((capacity, report));
    }
    Ok(reports)
}

/// What placement said.
struct Asked {
    placed: Vec<Placement>,
    unplaced: u32,
    untried: u32,
    report: Option<Report>,
}

fn ask(fleet: &mut Fleet, request: &mut Request, (places, most): (&Places, u32), fargate: bool) -> Asked {
    match places {
        Places::Anywhere(_) | Places::Zone { .. } => {
            widen(fleet, fargate, request);
            if let (Places::Zone { zone, .. }, false) = (places, fargate && request.zones.is_empty()) {
                request.zones = vec![zone.clone()];
            }
            let outcome = fleet.place(request);
            let (placed, unplaced, report) = (outcome.placements, outcome.unplaced, outcome.report);
            Asked { placed, unplaced, untried: 0, report }
        }
        Places::Instances(instances) => {
            let mut placed: Vec<Placement> = Vec::new();
            let (mut unplaced, mut untried) = (0, 0);
            for instance in instances {
                if placed.len() >= most as usize {
                    untried += 1;
                    continue;
                }
                for outcome in fleet.start(request, &[instance.to_string()]) {
                    match outcome {
                        StartOutcome::Placed(placement) => placed.push(placement),
                        StartOutcome::Failed(_) => unplaced += 1,
                    }
                }
            }
            let report = (unplaced > 0).then(|| fleet.report(request));
            Asked { placed, unplaced, untried, report }
        }
    }
}

/// A node that stands for every zone takes the first subnet that it is given.
fn least_crowded_first(resolved: &mut Resolved, zones: &BTreeMap<String, u32>) {
    resolved.network.subnets.sort_by_key(|s| zones.get(&s.zone).copied().unwrap_or(0));
}
