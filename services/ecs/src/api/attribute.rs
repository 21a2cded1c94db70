//! Custom attributes of container instances: PutAttributes, DeleteAttributes, ListAttributes.
//!
//! Source: Attribute, PutAttributes, DeleteAttributes and ListAttributes of the API reference, 2025.

use crate::convert::FromApi;
use crate::errors::settle;
use crate::find::{self, page};
use crate::service::Ecs;
use api::ecs::{
    Attribute as Shape, DeleteAttributesRequest, DeleteAttributesResponse, Error, ListAttributesRequest,
    ListAttributesResponse, PutAttributesRequest, PutAttributesResponse, TargetType,
};
use auth::Cx;
use model::ecs::{Attribute, ContainerInstance};
use model::ids::ClusterArn;
use model::status::InstanceStatus;
use state::Tx;
use state::ecs::container_instance::BY_CLUSTER;
use std::sync::Arc;

/// "You can specify up to 10 attributes in a single call", and "up to 10 custom attributes for each resource".
const MOST_ATTRIBUTES: usize = 10;
const LONGEST: usize = 128;
const MOST_LISTED: i32 = 100;
/// What agents and the control plane say of an instance; nobody else may.
const RESERVED: [&str; 3] = ["ecs.", "com.amazonaws.ecs.", "longshore."];

pub(crate) async fn put_attributes(
    ecs: &Ecs,
    cx: &Cx,
    input: PutAttributesRequest,
) -> Result<PutAttributesResponse, Error> {
    check_count(&input.attributes)?;
    for given in &input.attributes {
        check_name(&given.name)?;
        check_value(given.value.as_deref())?;
        check_target_type(given.target_type.as_ref())?;
    }
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster(tx, &cx.scope, input.cluster.as_deref())?;
        for given in &input.attributes {
            let mut instance = ContainerInstance::clone(&*target(tx, &cluster.arn, given)?);
            let attribute = Attribute::from_api(given.clone())?;
            match instance.attributes.iter_mut().find(|a| a.name == attribute.name) {
                Some(existing) => existing.value = attribute.value,
                None => instance.attributes.push(attribute),
            }
            if instance.attributes.iter().filter(|a| !is_reserved(&a.name)).count() > MOST_ATTRIBUTES {
                return Err(Error::attribute_limit_exceeded(format!(
                    "You can apply up to {MOST_ATTRIBUTES} custom attributes for each resource."
                )));
            }
            instance.version += 1;
            tx.put(instance);
        }
        Ok(())
    });
    settle(change.await)?;
    Ok(PutAttributesResponse { attributes: Some(input.attributes) })
}

pub(crate) async fn delete_attributes(
    ecs: &Ecs,
    cx: &Cx,
    input: DeleteAttributesRequest,
) -> Result<DeleteAttributesResponse, Error> {
    check_count(&input.attributes)?;
    for given in &input.attributes {
        check_name(&given.name)?;
        check_target_type(given.target_type.as_ref())?;
    }
    let change = ecs.state.update(|tx| {
        let cluster = find::cluster(tx, &cx.scope, input.cluster.as_deref())?;
        for given in &input.attributes {
            let mut instance = ContainerInstance::clone(&*target(tx, &cluster.arn, given)?);
            let before = instance.attributes.len();
            instance
                .attributes
                .retain(|a| a.name != given.name || given.value.is_some() && a.value != given.value);
            if instance.attributes.len() < before {
                instance.version += 1;
                tx.put(instance);
            }
        }
        Ok(())
    });
    settle(change.await)?;
    Ok(DeleteAttributesResponse { attributes: Some(input.attributes) })
}

pub(crate) async fn list_attributes(
    ecs: &Ecs,
    cx: &Cx,
    input: ListAttributesRequest,
) -> Result<ListAttributesResponse, Error> {
    check_target_type(Some(&input.target_type))?;
    let limit = page::size(input.max_results, MOST_LISTED)?;
    let name = input.attribute_name.as_deref().filter(|n| !n.is_empty());
    let value = input.attribute_value.as_deref().filter(|v| !v.is_empty());
    if value.is_some() && name.is_none() {
        return Err(Error::invalid_parameter(
            "To filter by attributeValue you must also specify an attributeName.",
        ));
    }
    // A page may end within an instance: the token names the instance and the attribute.
    let token = page::after(input.next_token.as_deref())?;
    let (from_instance, from_name) = match token.as_deref().map(|t| t.split_once('\n')) {
        None => (None, ""),
        Some(Some((instance, name))) => (Some(instance), name),
        Some(None) => return Err(Error::invalid_parameter("Invalid token")),
    };
    let snapshot = ecs.state.snapshot();
    let cluster = find::cluster(&snapshot, &cx.scope, input.cluster.as_deref())?;
    let current = from_instance.and_then(|arn| snapshot.get::<ContainerInstance>(arn));
    let current = current.filter(|i| i.cluster == cluster.arn);
    let rest = snapshot.by_index(BY_CLUSTER, &cluster.arn).after(from_instance);
    let mut listed: Vec<Shape> = Vec::new();
    for instance in current.into_iter().chain(rest).filter(|i| i.status != InstanceStatus::Inactive) {
        let skip = if from_instance == Some(instance.arn.as_str()) { from_name } else { "" };
        let mut attributes: Vec<&Attribute> = instance
            .attributes
            .iter()
            .filter(|a| a.name.as_str() > skip)
            .filter(|a| {
                name.is_none_or(|n| n == a.name) && value.is_none_or(|v| a.value.as_deref() == Some(v))
            })
            .collect();
        attributes.sort();
        listed.extend(attributes.into_iter().map(|a| Shape {
            name: a.name.clone(),
            value: a.value.clone(),
            target_type: Some(TargetType::ContainerInstance),
            target_id: Some(instance.arn.to_string()),
        }));
        if listed.len() > limit {
            break;
        }
    }
    let more = listed.len() > limit;
    listed.truncate(limit);
    let next_token = listed.last().filter(|_| more).map(|last| {
        page::token(&format!("{}\n{}", last.target_id.as_deref().unwrap_or_default(), last.name))
    });
    Ok(ListAttributesResponse { attributes: Some(listed), next_token })
}

fn check_count(attributes: &[Shape]) -> Result<(), Error> {
    match attributes.len() {
        0 => Err(Error::invalid_parameter("Attributes can not be empty.")),
        n if n > MOST_ATTRIBUTES => {
            Err(Error::invalid_parameter(format!("Attributes can have at most {MOST_ATTRIBUTES} items.")))
        }
        _ => Ok(()),
    }
}

fn is_reserved(name: &str) -> bool {
    RESERVED.iter().any(|prefix| name.starts_with(prefix))
}

fn check_name(name: &str) -> Result<(), Error> {
    let fits = (1..=LONGEST).contains(&name.len())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_./\\".contains(c));
    if !fits {
        return Err(Error::invalid_parameter(format!(
            "The attribute name '{name}' is invalid. It must contain between 1 and {LONGEST} characters: letters, numbers, hyphens, underscores, forward slashes, back slashes, or periods."
        )));
    }
    if is_reserved(name) {
        return Err(Error::invalid_parameter(format!("The attribute name '{name}' is reserved.")));
    }
    Ok(())
}

fn check_value(value: Option<&str>) -> Result<(), Error> {
    let Some(value) = value else { return Ok(()) };
    let fits = (1..=LONGEST).contains(&value.len())
        && value.chars().all(|c| c.is_ascii_alphanumeric() || ".-_@\\/: ".contains(c))
        && value.trim() == value;
    if fits {
        return Ok(());
    }
    Err(Error::invalid_parameter(format!(
        "The attribute value '{value}' is invalid. It must contain between 1 and {LONGEST} characters: letters, numbers, hyphens, underscores, periods, at signs, forward slashes, back slashes, colons, or spaces, and can't start or end with a space."
    )))
}

fn check_target_type(given: Option<&TargetType>) -> Result<(), Error> {
    match given {
        None | Some(TargetType::ContainerInstance) => Ok(()),
        Some(TargetType::Unknown(other)) => Err(Error::invalid_parameter(format!(
            "Invalid targetType '{other}'. Valid values are: [container-instance]."
        ))),
    }
}

/// The instance that an attribute is about.
fn target(tx: &Tx<'_>, cluster: &ClusterArn, given: &Shape) -> Result<Arc<ContainerInstance>, Error> {
    let id = given.target_id.as_deref().filter(|id| !id.is_empty());
    let id = id.ok_or_else(|| Error::invalid_parameter("The targetId of an attribute can not be blank."))?;
    if given.target_type.is_none() && !id.starts_with("arn:") {
        return Err(Error::invalid_parameter(
            "A targetType is required where targetId is the short form of an ID.",
        ));
    }
    find::instance(tx, cluster, id)
        .filter(|i| i.status != InstanceStatus::Inactive)
        .ok_or_else(|| Error::target_not_found(format!("The specified target, {id}, could not be found.")))
}
