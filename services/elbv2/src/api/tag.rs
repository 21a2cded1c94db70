//! Tags of load balancers, target groups, listeners and rules, several resources at once.

use super::load_balancer::check_count;
use crate::errors::validation;
use crate::service::Elbv2;
use crate::{find, tagging};
use ::api::elbv2::{
    AddTagsInput, AddTagsOutput, DescribeTagsInput, DescribeTagsOutput, Error, RemoveTagsInput,
    RemoveTagsOutput, TagDescription,
};
use auth::Cx;
use model::Tag;
use model::elbv2::{Listener, LoadBalancer, Rule, TargetGroup};
use state::{Source, Tx};
use std::sync::Arc;

/// What can have tags.
enum Tagged {
    LoadBalancer(Arc<LoadBalancer>),
    TargetGroup(Arc<TargetGroup>),
    Listener(Arc<Listener>),
    Rule(Arc<Rule>),
}

impl Tagged {
    fn find(from: &impl Source, cx: &Cx, arn: &str) -> Result<Self, Error> {
        let resource = arn.splitn(6, ':').nth(5).unwrap_or_default();
        match resource.split('/').next().unwrap_or_default() {
            "loadbalancer" => find::load_balancer(from, cx, arn).map(Self::LoadBalancer),
            "targetgroup" => find::target_group(from, cx, arn).map(Self::TargetGroup),
            "listener" => find::listener(from, cx, arn).map(Self::Listener),
            "listener-rule" => find::rule(from, cx, arn).map(Self::Rule),
            _ => {
                let shown: String = arn.chars().take(256).collect();
                Err(validation(format!("'{shown}' is not a valid ARN of a taggable resource")))
            }
        }
    }

    fn tags(&self) -> &[Tag] {
        match self {
            Self::LoadBalancer(record) => &record.tags,
            Self::TargetGroup(record) => &record.tags,
            Self::Listener(record) => &record.tags,
            Self::Rule(record) => &record.tags,
        }
    }

    fn set(&self, tx: &mut Tx<'_>, tags: Vec<Tag>) {
        match self {
            Self::LoadBalancer(record) => drop(tx.put(LoadBalancer { tags, ..LoadBalancer::clone(record) })),
            Self::TargetGroup(record) => drop(tx.put(TargetGroup { tags, ..TargetGroup::clone(record) })),
            Self::Listener(record) => drop(tx.put(Listener { tags, ..Listener::clone(record) })),
            Self::Rule(record) => drop(tx.put(Rule { tags, ..Rule::clone(record) })),
        }
    }
}

fn check_arns(arns: &[String]) -> Result<(), Error> {
    if arns.is_empty() {
        return Err(validation("At least one resource ARN must be specified"));
    }
    check_count(arns.len(), "resources")
}

pub(crate) async fn add_tags(elbv2: &Elbv2, cx: &Cx, input: AddTagsInput) -> Result<AddTagsOutput, Error> {
    check_arns(&input.resource_arns)?;
    let new = tagging::read(Some(&input.tags))?;
    elbv2
        .change(cx, |tx, _| {
            for arn in &input.resource_arns {
                let resource = Tagged::find(tx, cx, arn)?;
                let mut tags = resource.tags().to_vec();
                tagging::add(&mut tags, new.clone())?;
                resource.set(tx, tags);
            }
            Ok(())
        })
        .await?;
    Ok(AddTagsOutput {})
}

pub(crate) async fn remove_tags(
    elbv2: &Elbv2,
    cx: &Cx,
    input: RemoveTagsInput,
) -> Result<RemoveTagsOutput, Error> {
    check_arns(&input.resource_arns)?;
    elbv2
        .change(cx, |tx, _| {
            for arn in &input.resource_arns {
                let resource = Tagged::find(tx, cx, arn)?;
                let kept = resource
                    .tags()
                    .iter()
                    .filter(|tag| !input.tag_keys.contains(&tag.key))
                    .cloned()
                    .collect();
                resource.set(tx, kept);
            }
            Ok(())
        })
        .await?;
    Ok(RemoveTagsOutput {})
}

pub(crate) async fn describe_tags(
    elbv2: &Elbv2,
    cx: &Cx,
    input: DescribeTagsInput,
) -> Result<DescribeTagsOutput, Error> {
    check_arns(&input.resource_arns)?;
    let snapshot = elbv2.state.snapshot();
    let mut all = Vec::new();
    for arn in &input.resource_arns {
        let resource = Tagged::find(&snapshot, cx, arn)?;
        all.push(TagDescription {
            resource_arn: Some(arn.clone()),
            tags: Some(tagging::shown(resource.tags())),
        });
    }
    Ok(DescribeTagsOutput { tag_descriptions: Some(all) })
}
