//! Tags of whatever has an id.

use crate::describe::{Field, Filters, key_of_token, page};
use crate::errors::{dry_run, missing};
use crate::resource::{Resource, find};
use crate::service::Ec2;
use crate::tagging;
use ::api::Unit;
use ::api::ec2::{
    CreateTagsRequest, DeleteTagsRequest, DescribeTagsRequest, DescribeTagsResult, Error, TagDescription,
};
use auth::Cx;
use model::Tag;
use model::ec2::{
    DhcpOptions, ElasticIp, InternetGateway, NatGateway, NetworkAcl, NetworkInterface, PrefixList,
    RouteTable, SecurityGroup, SecurityGroupRule, Subnet, Vpc,
};
use state::ec2::security_group;
use state::{Snapshot, Tx};
use std::sync::Arc;

/// Source: CreateTags in the EC2 API reference.
const MOST_RESOURCES: usize = 1000;

/// One tag of one resource.
struct Tagged {
    kind: &'static str,
    id: String,
    tag: Tag,
}

const FIELDS: &[Field<Tagged>] = &[
    ("key", |t, _| vec![t.tag.key.clone()]),
    ("resource-id", |t, _| vec![t.id.clone()]),
    ("resource-type", |t, _| vec![t.kind.to_owned()]),
    ("value", |t, _| vec![t.tag.value.clone()]),
];

macro_rules! each_resource {
    ($with:ident!($($rest:tt)*)) => {
        $with!($($rest)* Vpc, Subnet, SecurityGroup, RouteTable, InternetGateway, NatGateway, ElasticIp, NetworkInterface,
            DhcpOptions, NetworkAcl, PrefixList)
    };
}

/// What becomes of the tags that there are.
type Change<'a> = &'a dyn Fn(&mut Vec<Tag>) -> Result<(), Error>;

fn on_record<T: Resource>(tx: &mut Tx<'_>, cx: &Cx, id: &str, change: Change<'_>) -> Result<(), Error> {
    let record = find::<T>(tx, &cx.scope, id)?;
    let mut tags = record.tags().to_vec();
    change(&mut tags)?;
    tx.modify::<T>(id, |r| *r.tags_mut() = tags);
    Ok(())
}

fn on_rule(tx: &mut Tx<'_>, cx: &Cx, id: &str, change: Change<'_>) -> Result<(), Error> {
    let group = tx.by_index(security_group::BY_RULE, id).find(|g| g.scope == cx.scope).cloned();
    let group: Arc<SecurityGroup> = group.ok_or_else(|| {
        Error::invalid_security_group_rule_id_not_found(format!(
            "The security group rule ID '{id}' does not exist"
        ))
    })?;
    let mut rules: Vec<SecurityGroupRule> = group.rules.clone();
    if let Some(rule) = rules.iter_mut().find(|r| r.id.as_str() == id) {
        change(&mut rule.tags)?;
    }
    tx.modify::<SecurityGroup>(&group.id, |g| g.rules = rules);
    Ok(())
}

macro_rules! dispatch {
    ($tx:expr, $cx:expr, $id:expr, $change:expr, $($record:ty),*) => {
        match $id.rsplit_once('-').map_or("", |(prefix, _)| prefix) {
            $(<$record as Resource>::PREFIX => on_record::<$record>($tx, $cx, $id, $change),)*
            "sgr" => on_rule($tx, $cx, $id, $change),
            _ => Err(Error::invalid_id(format!("The ID '{}' is not valid", $id))),
        }
    };
}

fn on_resource(tx: &mut Tx<'_>, cx: &Cx, id: &str, change: Change<'_>) -> Result<(), Error> {
    each_resource!(dispatch!(tx, cx, id, change,))
}

fn check_resources(resources: &[String]) -> Result<(), Error> {
    if resources.is_empty() {
        return Err(missing("resourceIdSet"));
    }
    if resources.len() > MOST_RESOURCES {
        return Err(Error::invalid_parameter_value(format!(
            "The number of resources exceeds the maximum of {MOST_RESOURCES}."
        )));
    }
    Ok(())
}

pub(crate) async fn create_tags(ec2: &Ec2, cx: &Cx, input: CreateTagsRequest) -> Result<Unit, Error> {
    check_resources(&input.resources)?;
    let new = tagging::read(&input.tags)?;
    if new.is_empty() {
        return Err(missing("tagSet"));
    }
    ec2.change(cx, input.dry_run, |tx, _| {
        let change = |tags: &mut Vec<Tag>| tagging::add(tags, new.clone());
        input.resources.iter().try_for_each(|id| on_resource(tx, cx, id, &change))?;
        Ok(Unit {})
    })
    .await
}

pub(crate) async fn delete_tags(ec2: &Ec2, cx: &Cx, input: DeleteTagsRequest) -> Result<Unit, Error> {
    check_resources(&input.resources)?;
    // Without tags, all go; without a value, whatever the value is; an empty value is a value.
    let gone = input.tags.as_deref().unwrap_or_default();
    let goes = |tag: &Tag| {
        let fits = |g: &::api::ec2::Tag| {
            g.key.as_ref() == Some(&tag.key) && g.value.as_ref().is_none_or(|value| *value == tag.value)
        };
        !tag.key.starts_with("aws:") && (gone.is_empty() || gone.iter().any(fits))
    };
    ec2.change(cx, input.dry_run, |tx, _| {
        let change = |tags: &mut Vec<Tag>| {
            tags.retain(|tag| !goes(tag));
            Ok(())
        };
        input.resources.iter().try_for_each(|id| on_resource(tx, cx, id, &change))?;
        Ok(Unit {})
    })
    .await
}

fn of_records<T: Resource>(snapshot: &Snapshot, cx: &Cx, out: &mut Vec<Tagged>) {
    for record in snapshot.by_index(T::by_scope(), &cx.scope) {
        let tags = record.tags().iter();
        out.extend(tags.map(|tag| Tagged { kind: T::KIND, id: record.key(), tag: tag.clone() }));
    }
}

fn of_rules(snapshot: &Snapshot, cx: &Cx, out: &mut Vec<Tagged>) {
    let groups = snapshot.by_index(security_group::BY_SCOPE, &cx.scope);
    for rule in groups.flat_map(|group| &group.rules) {
        let tags = rule.tags.iter();
        out.extend(tags.map(|tag| Tagged {
            kind: "security-group-rule",
            id: rule.id.to_string(),
            tag: tag.clone(),
        }));
    }
}

macro_rules! gather {
    ($snapshot:expr, $cx:expr, $out:expr, $($record:ty),*) => {
        $(of_records::<$record>($snapshot, $cx, $out);)*
    };
}

pub(crate) fn describe_tags(
    ec2: &Ec2,
    cx: &Cx,
    input: &DescribeTagsRequest,
) -> Result<DescribeTagsResult, Error> {
    let filters = Filters::new(input.filters.as_deref(), FIELDS, true)?;
    if input.dry_run == Some(true) {
        return Err(dry_run());
    }
    let snapshot = ec2.state.snapshot();
    let mut all = Vec::new();
    each_resource!(gather!(&snapshot, cx, &mut all,));
    of_rules(&snapshot, cx, &mut all);
    let key = |t: &Tagged| format!("{}\0{}", t.id, t.tag.key);
    all.sort_by_key(key);
    let after = input.next_token.as_deref().map(key_of_token).transpose()?;
    let found = all
        .into_iter()
        .filter(|t| after.as_ref().is_none_or(|after| key(t) > *after))
        .filter(|t| filters.fit(t, std::slice::from_ref(&t.tag), &snapshot));
    let page = page(found, input.max_results, key);
    let tags = page.shown(|t| TagDescription {
        key: Some(t.tag.key.clone()),
        resource_id: Some(t.id.clone()),
        resource_type: Some(t.kind.into()),
        value: Some(t.tag.value.clone()),
    });
    Ok(DescribeTagsResult { next_token: page.next_token, tags })
}
