//! What callers name: clusters, tasks, instances and task definitions by short name or ARN.

use crate::errors;
use api::ecs::Error;
use model::ecs::{Cluster, ContainerInstance, Task, TaskDefinition, TaskDefinitionFamily};
use model::ids::{ClusterArn, ContainerInstanceArn, HexId, Scope, TaskArn, TaskDefinitionArn};
use model::status::{ClusterStatus, TaskDefinitionStatus};
pub(crate) use state::Source;
use std::sync::Arc;

/// The ARN that a cluster's name or ARN stands for; `default` where none is named.
pub(crate) fn cluster_arn(scope: &Scope, named: Option<&str>) -> Result<ClusterArn, Error> {
    let named = named.filter(|n| !n.is_empty()).unwrap_or("default");
    if named.starts_with("arn:") {
        let arn: ClusterArn = named
            .parse()
            .map_err(|_| Error::invalid_parameter("Invalid identifier: Identifier is not a cluster ARN"))?;
        return if arn.scope() == *scope { Ok(arn) } else { Err(errors::cluster_not_found()) };
    }
    if named.contains('/') || named.contains(':') {
        return Err(Error::invalid_parameter("Cluster name or ARN is not valid."));
    }
    Ok(ClusterArn::new(scope, named))
}

/// The active cluster that is named.
pub(crate) fn cluster(from: &impl Source, scope: &Scope, named: Option<&str>) -> Result<Arc<Cluster>, Error> {
    let arn = cluster_arn(scope, named)?;
    let cluster = from.get::<Cluster>(arn.as_str()).ok_or_else(errors::cluster_not_found)?;
    match cluster.status {
        ClusterStatus::Inactive => Err(errors::cluster_inactive()),
        ClusterStatus::Active
        | ClusterStatus::Provisioning
        | ClusterStatus::Deprovisioning
        | ClusterStatus::Failed => Ok(cluster),
    }
}

/// The ARN that a task's id or ARN stands for.
pub(crate) fn task_arn(cluster: &ClusterArn, named: &str) -> Option<TaskArn> {
    if named.starts_with("arn:") {
        return named.parse::<TaskArn>().ok().filter(|arn| arn.cluster() == *cluster);
    }
    named.parse::<HexId>().ok().map(|id| TaskArn::new(cluster, &id))
}

pub(crate) fn task(from: &impl Source, cluster: &ClusterArn, named: &str) -> Option<Arc<Task>> {
    from.get(task_arn(cluster, named)?.as_str())
}

/// The ARN that an instance's id or ARN stands for.
pub(crate) fn instance_arn(cluster: &ClusterArn, named: &str) -> Option<ContainerInstanceArn> {
    if named.starts_with("arn:") {
        return named.parse::<ContainerInstanceArn>().ok().filter(|arn| arn.cluster() == *cluster);
    }
    named.parse::<HexId>().ok().map(|id| ContainerInstanceArn::new(cluster, &id))
}

pub(crate) fn instance(
    from: &impl Source,
    cluster: &ClusterArn,
    named: &str,
) -> Option<Arc<ContainerInstance>> {
    from.get(instance_arn(cluster, named)?.as_str())
}

/// What a task definition's name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DefinitionName {
    /// The newest active revision.
    Family(String),
    Revision(TaskDefinitionArn),
}

impl DefinitionName {
    /// `FAMILY`, `FAMILY:REVISION` or an ARN. `None` where it cannot name one.
    pub(crate) fn parse(scope: &Scope, named: &str) -> Option<Self> {
        if named.starts_with("arn:") {
            return match named.parse::<TaskDefinitionArn>() {
                // What daemons run is nothing that a launch could name.
                Ok(arn) => (arn.scope() == *scope && !arn.is_of_daemon()).then_some(Self::Revision(arn)),
                Err(_) => {
                    let arn: model::Arn = named.parse().ok()?;
                    let family = arn.resource.strip_prefix("task-definition/")?;
                    let here =
                        arn.service == "ecs" && arn.region == scope.region && arn.account == scope.account;
                    here.then(|| Self::Family(family.to_owned()))
                }
            };
        }
        match named.rsplit_once(':') {
            Some((family, revision)) => Some(Self::Revision(TaskDefinitionArn::new(
                scope,
                family,
                revision.parse().ok().filter(|r| *r > 0)?,
            ))),
            None => Some(Self::Family(named.to_owned())),
        }
    }
}

/// The revision that is named, whatever its status; of a family the newest active one.
pub(crate) fn definition(from: &impl Source, scope: &Scope, named: &str) -> Option<Arc<TaskDefinition>> {
    match DefinitionName::parse(scope, named)? {
        DefinitionName::Revision(arn) => from.get(arn.as_str()),
        DefinitionName::Family(family) => {
            let last = from
                .get::<TaskDefinitionFamily>(&TaskDefinitionFamily::key_of(scope, &family))?
                .last_revision;
            // From the newest down: nearly always the first one is it.
            (1..=last)
                .rev()
                .filter_map(|revision| {
                    from.get::<TaskDefinition>(TaskDefinitionArn::new(scope, &family, revision).as_str())
                })
                .find(|definition| definition.status == TaskDefinitionStatus::Active)
        }
    }
}

/// How many of what is listed or described one request may have. A token of a page: where the last page ended, in a form that says nothing and that
/// nobody should make.
pub(crate) mod page {
    use super::Error;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    pub(crate) fn token(last: &str) -> String {
        URL_SAFE_NO_PAD.encode(last)
    }

    pub(crate) fn after(token: Option<&str>) -> Result<Option<String>, Error> {
        let Some(token) = token.filter(|t| !t.is_empty()) else { return Ok(None) };
        URL_SAFE_NO_PAD
            .decode(token)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .map(Some)
            .ok_or_else(|| Error::invalid_parameter("Invalid token"))
    }

    /// The page's size, 1 to `most`.
    pub(crate) fn size(asked: Option<i32>, most: i32) -> Result<usize, Error> {
        match asked {
            None => Ok(most as usize),
            Some(n) if (1..=most).contains(&n) => Ok(n as usize),
            Some(_) => Err(Error::invalid_parameter(format!("maxResults must be between 1 and {most}."))),
        }
    }

    /// Whether a list of names that must be given has 1 to `most` of them.
    pub(crate) fn number(named: &[String], most: usize, what: &str) -> Result<(), Error> {
        match named.len() {
            0 => Err(Error::invalid_parameter(format!("{what} cannot be empty."))),
            n if n > most => Err(Error::invalid_parameter(format!("{what} can have at most {most} items."))),
            _ => Ok(()),
        }
    }
}
