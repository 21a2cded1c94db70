//! Tags of roles. Keys are unique without regard to case, and keep the case that they came in.

use crate::errors::{self, settle};
use crate::{Iam, convert, find, page};
use ::api::Unit;
use ::api::iam::*;
use auth::Cx;
use std::collections::BTreeSet;

/// AWS's quota.
const MOST: usize = 50;

pub(crate) async fn tag_role(iam: &Iam, cx: &Cx, input: TagRoleRequest) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::any_role(tx, cx, &input.role_name)?;
        role.tags = new(role.tags, input.tags.clone())?;
        tx.put(role);
        Ok(Unit {})
    });
    settle(change.await)
}

pub(crate) async fn untag_role(iam: &Iam, cx: &Cx, input: UntagRoleRequest) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::any_role(tx, cx, &input.role_name)?;
        role.tags.retain(|tag| !input.tag_keys.iter().any(|key| key.eq_ignore_ascii_case(&tag.key)));
        tx.put(role);
        Ok(Unit {})
    });
    settle(change.await)
}

pub(crate) async fn list_role_tags(
    iam: &Iam,
    cx: &Cx,
    input: ListRoleTagsRequest,
) -> Result<ListRoleTagsResponse, Error> {
    let role = find::role(&iam.state.snapshot(), cx, &input.role_name)?;
    let mut tags = convert::tags(&role.tags);
    tags.sort_by(|one, other| one.key.cmp(&other.key));
    let page = page::of(tags.into_iter(), |tag| tag.key.clone(), input.marker.as_deref(), input.max_items)?;
    let is_truncated = page.is_truncated();
    Ok(ListRoleTagsResponse { tags: page.items, is_truncated, marker: page.marker })
}

/// `given` put over `tags`.
pub(super) fn new(mut tags: Vec<model::Tag>, given: Vec<Tag>) -> Result<Vec<model::Tag>, Error> {
    let mut keys = BTreeSet::new();
    for Tag { key, value } in given {
        let lower = key.to_lowercase();
        if lower.starts_with("aws:") {
            return Err(Error::invalid_input("Tag keys beginning with aws: are reserved for system use."));
        }
        if !keys.insert(lower.clone()) {
            return Err(Error::invalid_input(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ));
        }
        let tag = model::Tag::new(key, value);
        match tags.iter_mut().find(|known| known.key.to_lowercase() == lower) {
            Some(known) => *known = tag,
            None => tags.push(tag),
        }
    }
    if tags.len() > MOST { Err(errors::over_quota("TagsPerRole", MOST)) } else { Ok(tags) }
}
