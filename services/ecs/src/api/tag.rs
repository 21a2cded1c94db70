//! TagResource, UntagResource, ListTagsForResource, and the rules of tags that every operation with `tags` shares.
//!
//! Source: "Tagging your Amazon ECS resources: tag restrictions" and the three operations' pages of the API reference, 2025.

use super::account_setting;
use crate::convert::{FromApi, ToApi};
use crate::errors::settle;
use crate::find::Source;
use crate::permission;
use crate::service::Ecs;
use api::ecs::{
    Error, ListTagsForResourceRequest, ListTagsForResourceResponse, TagResourceRequest, TagResourceResponse,
    UntagResourceRequest, UntagResourceResponse,
};
use auth::Cx;
use auth::policy::Context;
use model::Tag;
use model::ecs::container_instance::POOL_CLUSTER;
use model::ecs::service::ServiceStatus;
use model::ecs::{
    CapacityProvider, Cluster, ContainerInstance, Daemon, Service, Task, TaskDefinition, TaskSet,
};
use model::ids::{
    CapacityProviderArn, ClusterArn, ContainerInstanceArn, DaemonArn, Scope, ServiceArn, TaskArn,
    TaskDefinitionArn, TaskSetArn,
};
use model::status::{ClusterStatus, InstanceStatus, TaskDefinitionStatus, TaskStatus};
use state::Tx;
use std::collections::BTreeSet;

/// The most tags of one resource.
const MOST_TAGS: usize = 50;
const LONGEST_KEY: usize = 128;
const LONGEST_VALUE: usize = 256;

/// Whether tags may be put on a resource: their number, their keys and values.
pub(crate) fn check(tags: &[Tag]) -> Result<(), Error> {
    if tags.len() > MOST_TAGS {
        return Err(too_many());
    }
    let mut keys = BTreeSet::new();
    for Tag { key, value } in tags {
        check_key(key)?;
        if value.chars().count() > LONGEST_VALUE {
            return Err(Error::invalid_parameter(format!(
                "Tag value must be at most {LONGEST_VALUE} characters long."
            )));
        }
        if !value.chars().all(may_stand_in_tag) {
            return Err(Error::invalid_parameter(format!(
                "Tag value '{value}' contains characters that are not allowed."
            )));
        }
        if !keys.insert(key) {
            return Err(Error::invalid_parameter("Duplicate tag keys found."));
        }
    }
    Ok(())
}

/// Whether the caller may give tags to the resource that it makes: `ecs:TagResource`, unless `tagResourceAuthorization` is off. `operation` is
/// what makes the resource, `resource` the end of its ARN; an id that is not given yet is `*`.
///
/// Source: "Grant permission to tag resources on creation" of the developer guide (read 2026-11).
// AWS differs: conditions by the tags themselves (aws:RequestTag, aws:TagKeys) are not evaluated, so a statement that has one allows nothing.
pub(crate) fn check_on_create(
    ecs: &Ecs,
    cx: &Cx,
    operation: &'static str,
    resource: String,
    tags: &[Tag],
) -> Result<(), Error> {
    if tags.is_empty() {
        return Ok(());
    }
    let snapshot = ecs.state.snapshot();
    let setting =
        account_setting::effective(&snapshot, &cx.scope, cx.principal.arn(), "tagResourceAuthorization");
    let arn = cx.scope.arn("ecs", resource).to_string();
    let act = ("ecs:TagResource", arn.as_str());
    let made_by = |context: Context| context.with("ecs:CreateAction", Some(operation));
    match setting == "off" || permission::allows(&snapshot, &cx.principal, act, made_by) {
        true => Ok(()),
        false => Err(permission::denied(&cx.principal, act)),
    }
}

fn check_key(key: &str) -> Result<(), Error> {
    let length = key.chars().count();
    if length == 0 || length > LONGEST_KEY {
        return Err(Error::invalid_parameter(format!(
            "Tag key must be between 1 and {LONGEST_KEY} characters long."
        )));
    }
    if !key.chars().all(may_stand_in_tag) {
        return Err(Error::invalid_parameter(format!(
            "Tag key '{key}' contains characters that are not allowed."
        )));
    }
    if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
        return Err(Error::invalid_parameter(
            "aws: prefixed tag key names are not allowed for external use.",
        ));
    }
    Ok(())
}

/// Letters, digits, white space and `_.:/=+-@`.
fn may_stand_in_tag(c: char) -> bool {
    c.is_alphanumeric() || c.is_whitespace() || "_.:/=+-@".contains(c)
}

fn too_many() -> Error {
    Error::invalid_parameter(format!("Too many tags: a resource can have at most {MOST_TAGS} tags."))
}

pub(crate) async fn tag_resource(
    ecs: &Ecs,
    cx: &Cx,
    input: TagResourceRequest,
) -> Result<TagResourceResponse, Error> {
    let tags: Vec<Tag> = Vec::from_api(input.tags)?;
    if tags.is_empty() {
        return Err(Error::invalid_parameter("Tags can not be empty."));
    }
    check(&tags)?;
    let resource = Resource::parse(&cx.scope, &input.resource_arn)?;
    let change = ecs.state.update(|tx| {
        resource.check(tx)?;
        let mut all = resource.tags(tx).unwrap_or_default();
        model::tag::merge(&mut all, tags.iter().cloned());
        if all.iter().filter(|t| !t.key.starts_with("aws:")).count() > MOST_TAGS {
            return Err(too_many());
        }
        resource.put(tx, all);
        Ok(())
    });
    settle(change.await)?;
    Ok(TagResourceResponse::default())
}

pub(crate) async fn untag_resource(
    ecs: &Ecs,
    cx: &Cx,
    input: UntagResourceRequest,
) -> Result<UntagResourceResponse, Error> {
    for key in &input.tag_keys {
        check_key(key)?;
    }
    let resource = Resource::parse(&cx.scope, &input.resource_arn)?;
    let change = ecs.state.update(|tx| {
        resource.check(tx)?;
        let mut left = resource.tags(tx).unwrap_or_default();
        left.retain(|t| !input.tag_keys.contains(&t.key));
        resource.put(tx, left);
        Ok(())
    });
    settle(change.await)?;
    Ok(UntagResourceResponse::default())
}

pub(crate) async fn list_tags_for_resource(
    ecs: &Ecs,
    cx: &Cx,
    input: ListTagsForResourceRequest,
) -> Result<ListTagsForResourceResponse, Error> {
    let resource = Resource::parse(&cx.scope, &input.resource_arn)?;
    let snapshot = ecs.state.snapshot();
    resource.check(&snapshot)?;
    Ok(ListTagsForResourceResponse { tags: Some(resource.tags(&snapshot).unwrap_or_default().to_api()) })
}

/// What can carry tags.
enum Resource {
    Cluster(ClusterArn),
    Task(TaskArn),
    Service(ServiceArn),
    TaskSet(TaskSetArn),
    Daemon(DaemonArn),
    Instance(ContainerInstanceArn),
    Definition(TaskDefinitionArn),
    CapacityProvider(CapacityProviderArn),
}

impl Resource {
    fn parse(scope: &Scope, text: &str) -> Result<Self, Error> {
        let unknown = || Error::invalid_parameter(format!("Invalid resource ARN: {text}"));
        let arn: model::Arn = text.parse().map_err(|_| unknown())?;
        if arn.service != "ecs" {
            return Err(unknown());
        }
        let Some((kind, rest)) = arn.resource.split_once('/') else { return Err(unknown()) };
        let resource = match kind {
            "cluster" => text.parse().map(Self::Cluster).map_err(|_| unknown())?,
            "task-definition" => text.parse().map(Self::Definition).map_err(|_| unknown())?,
            // The old form without the cluster cannot carry tags.
            "task" | "container-instance" | "service" if !rest.contains('/') => {
                return Err(Error::invalid_parameter("Long arn format must be used for tagging operations"));
            }
            "task" => text.parse().map(Self::Task).map_err(|_| unknown())?,
            "service" => text.parse().map(Self::Service).map_err(|_| unknown())?,
            "daemon" => text.parse().map(Self::Daemon).map_err(|_| unknown())?,
            "task-set" => text.parse().map(Self::TaskSet).map_err(|_| unknown())?,
            "container-instance" => text.parse().map(Self::Instance).map_err(|_| unknown())?,
            "capacity-provider" => text.parse().map(Self::CapacityProvider).map_err(|_| unknown())?,
            _ => {
                return Err(Error::invalid_parameter(format!(
                    "The resource type '{kind}' does not support tagging."
                )));
            }
        };
        if arn.region != scope.region || arn.account != scope.account {
            return Err(resource.missing());
        }
        Ok(resource)
    }

    fn noun(&self) -> &'static str {
        match self {
            Self::Cluster(_) => "cluster",
            Self::Task(_) => "task",
            Self::Service(_) => "service",
            Self::TaskSet(_) => "task set",
            Self::Daemon(_) => "daemon",
            Self::Instance(_) => "container instance",
            Self::Definition(_) => "task definition",
            Self::CapacityProvider(_) => "capacity provider",
        }
    }

    fn missing(&self) -> Error {
        match self {
            Self::Cluster(_) => crate::errors::cluster_not_found(),
            _ => {
                let noun = self.noun();
                Error::invalid_parameter(format!(
                    "The specified {noun} does not exist. Specify a valid {noun} and try again."
                ))
            }
        }
    }

    fn inactive(&self) -> Error {
        let noun = self.noun();
        let state = if matches!(self, Self::Task(_)) { "stopped" } else { "inactive" };
        let wanted = if matches!(self, Self::Task(_)) { "a running" } else { "an active" };
        Error::invalid_parameter(format!(
            "The specified {noun} is {state}. Specify {wanted} {noun} and try again."
        ))
    }

    /// Whether it is there and alive.
    fn check(&self, from: &impl Source) -> Result<(), Error> {
        let alive = match self {
            Self::Cluster(arn) => {
                from.get::<Cluster>(arn.as_str()).map(|c| c.status != ClusterStatus::Inactive)
            }
            Self::Service(arn) => {
                from.get::<Service>(arn.as_str()).map(|s| s.status != ServiceStatus::Inactive)
            }
            Self::TaskSet(arn) => from.get::<TaskSet>(arn.as_str()).map(|_| true),
            Self::Daemon(arn) => from.get::<Daemon>(arn.as_str()).map(|_| true),
            Self::Task(arn) => from.get::<Task>(arn.as_str()).map(|t| t.last_status != TaskStatus::Stopped),
            Self::Instance(arn) => from
                .get::<ContainerInstance>(arn.as_str())
                .filter(|i| i.cluster.name() != POOL_CLUSTER)
                .map(|i| i.status != InstanceStatus::Inactive),
            // A revision that was deregistered is still described with its tags.
            Self::Definition(arn) => from
                .get::<TaskDefinition>(arn.as_str())
                .map(|d| d.status != TaskDefinitionStatus::DeleteInProgress),
            Self::CapacityProvider(arn) => {
                from.get::<CapacityProvider>(arn.as_str()).map(|p| p.deleted_at.is_none())
            }
        };
        match alive {
            Some(true) => Ok(()),
            Some(false) => Err(self.inactive()),
            None => Err(self.missing()),
        }
    }

    fn tags(&self, from: &impl Source) -> Option<Vec<Tag>> {
        match self {
            Self::Cluster(arn) => from.get::<Cluster>(arn.as_str()).map(|r| r.tags.clone()),
            Self::Service(arn) => from.get::<Service>(arn.as_str()).map(|r| r.tags.clone()),
            Self::TaskSet(arn) => from.get::<TaskSet>(arn.as_str()).map(|r| r.tags.clone()),
            Self::Daemon(arn) => from.get::<Daemon>(arn.as_str()).map(|r| r.tags.clone()),
            Self::Task(arn) => from.get::<Task>(arn.as_str()).map(|r| r.tags.clone()),
            Self::Instance(arn) => from.get::<ContainerInstance>(arn.as_str()).map(|r| r.tags.clone()),
            Self::Definition(arn) => from.get::<TaskDefinition>(arn.as_str()).map(|r| r.tags.clone()),
            Self::CapacityProvider(arn) => from.get::<CapacityProvider>(arn.as_str()).map(|r| r.tags.clone()),
        }
    }

    fn put(&self, tx: &mut Tx<'_>, tags: Vec<Tag>) {
        match self {
            Self::Cluster(arn) => drop(tx.modify::<Cluster>(arn.as_str(), |r| r.tags = tags)),
            Self::Service(arn) => drop(tx.modify::<Service>(arn.as_str(), |r| r.tags = tags)),
            Self::TaskSet(arn) => drop(tx.modify::<TaskSet>(arn.as_str(), |r| r.tags = tags)),
            Self::Daemon(arn) => drop(tx.modify::<Daemon>(arn.as_str(), |r| r.tags = tags)),
            Self::Task(arn) => drop(tx.modify::<Task>(arn.as_str(), |r| r.tags = tags)),
            Self::Instance(arn) => drop(tx.modify::<ContainerInstance>(arn.as_str(), |r| r.tags = tags)),
            Self::Definition(arn) => drop(tx.modify::<TaskDefinition>(arn.as_str(), |r| r.tags = tags)),
            Self::CapacityProvider(arn) => {
                drop(tx.modify::<CapacityProvider>(arn.as_str(), |r| r.tags = tags));
            }
        }
    }
}
