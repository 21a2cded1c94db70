//! TagResource, UntagResource, ListTagsForResource, and their older forms by group name.

use std::collections::BTreeMap;

use ::api::Unit;
use ::api::logs::{
    Error, ListTagsForResourceRequest, ListTagsForResourceResponse, ListTagsLogGroupRequest,
    ListTagsLogGroupResponse, TagLogGroupRequest, TagResourceRequest, UntagLogGroupRequest,
    UntagResourceRequest,
};
use auth::Cx;

use crate::record::LogGroup;
use crate::{Logs, convert, errors, lookup};

const MAX_TAGS: usize = 50;

pub(crate) async fn tag_resource(logs: &Logs, cx: &Cx, input: TagResourceRequest) -> Result<Unit, Error> {
    let name = named(cx, &input.resource_arn)?;
    let arn = convert::group_arn(&cx.scope, name);
    let too_many = || {
        Error::too_many_tags(format!("A resource can have no more than {MAX_TAGS} tags."))
            .with("resourceName", arn.as_str())
    };
    add(logs, cx, name, input.tags, errors::no_resource, too_many).await
}

pub(crate) async fn tag_group(logs: &Logs, cx: &Cx, input: TagLogGroupRequest) -> Result<Unit, Error> {
    let too_many = || Error::invalid_parameter(format!("A log group can have no more than {MAX_TAGS} tags."));
    add(logs, cx, &input.log_group_name, input.tags, errors::no_group, too_many).await
}

async fn add(
    logs: &Logs,
    cx: &Cx,
    name: &str,
    tags: BTreeMap<String, String>,
    missing: fn() -> Error,
    too_many: impl Fn() -> Error,
) -> Result<Unit, Error> {
    check_keys(tags.keys())?;
    let new = convert::tags_from_map(tags);
    let key = LogGroup::key_of(&cx.scope, name);
    let change = |tx: &mut state::Tx<'_>| {
        let changed = tx.modify::<LogGroup>(&key, |group| model::tag::merge(&mut group.tags, new.clone()));
        let changed = changed.ok_or_else(missing)?;
        if changed.tags.len() > MAX_TAGS { Err(too_many()) } else { Ok(Unit {}) }
    };
    logs.state.update(change).await.map_err(errors::from_update)
}

pub(crate) async fn untag_resource(logs: &Logs, cx: &Cx, input: UntagResourceRequest) -> Result<Unit, Error> {
    let name = named(cx, &input.resource_arn)?;
    remove(logs, cx, name, &input.tag_keys, errors::no_resource).await
}

pub(crate) async fn untag_group(logs: &Logs, cx: &Cx, input: UntagLogGroupRequest) -> Result<Unit, Error> {
    remove(logs, cx, &input.log_group_name, &input.tags, errors::no_group).await
}

async fn remove(
    logs: &Logs,
    cx: &Cx,
    name: &str,
    keys: &[String],
    missing: fn() -> Error,
) -> Result<Unit, Error> {
    let key = LogGroup::key_of(&cx.scope, name);
    let change = |tx: &mut state::Tx<'_>| {
        let changed = tx.modify::<LogGroup>(&key, |group| group.tags.retain(|tag| !keys.contains(&tag.key)));
        changed.map(|_| Unit {}).ok_or_else(missing)
    };
    logs.state.update(change).await.map_err(errors::from_update)
}

pub(crate) fn list_for_resource(
    logs: &Logs,
    cx: &Cx,
    input: &ListTagsForResourceRequest,
) -> Result<ListTagsForResourceResponse, Error> {
    let name = named(cx, &input.resource_arn)?;
    let group = lookup::group(&logs.state.snapshot(), cx, name).map_err(|_| errors::no_resource())?;
    Ok(ListTagsForResourceResponse { tags: Some(convert::tags_to_map(&group.tags)) })
}

pub(crate) fn list_for_group(
    logs: &Logs,
    cx: &Cx,
    input: &ListTagsLogGroupRequest,
) -> Result<ListTagsLogGroupResponse, Error> {
    let group = lookup::group(&logs.state.snapshot(), cx, &input.log_group_name)?;
    Ok(ListTagsLogGroupResponse { tags: Some(convert::tags_to_map(&group.tags)) })
}

/// Only groups can have tags here: destinations are not built.
fn named<'a>(cx: &Cx, arn: &'a str) -> Result<&'a str, Error> {
    lookup::name_in_arn(&cx.scope, arn).ok_or_else(errors::no_resource)
}

/// Keys that begin with `aws:` are AWS's own.
pub(crate) fn check_keys<'a>(mut keys: impl Iterator<Item = &'a String>) -> Result<(), Error> {
    if keys.any(|key| key.to_ascii_lowercase().starts_with("aws:")) {
        return Err(Error::invalid_parameter("Tag keys cannot start with aws:."));
    }
    Ok(())
}
