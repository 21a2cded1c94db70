//! The policies of a role: inline ones and attached ones.

use crate::errors::{self, settle};
use crate::{Iam, convert, document, find, page};
use ::api::Unit;
use ::api::iam::*;
use auth::Cx;

/// AWS's quota of managed policies on one role.
const MOST_ATTACHED: usize = 10;

pub(crate) async fn put_role_policy(iam: &Iam, cx: &Cx, input: PutRolePolicyRequest) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::role_to_change(tx, cx, &input.role_name)?;
        document::check_inline(&role, &input.policy_name, &input.policy_document)?;
        role.inline_policies.insert(input.policy_name.clone(), input.policy_document.clone());
        tx.put(role);
        Ok(Unit {})
    });
    settle(change.await)
}

pub(crate) async fn get_role_policy(
    iam: &Iam,
    cx: &Cx,
    input: GetRolePolicyRequest,
) -> Result<GetRolePolicyResponse, Error> {
    let role = find::role(&iam.state.snapshot(), cx, &input.role_name)?;
    let document =
        role.inline_policies.get(&input.policy_name).ok_or_else(|| no_inline(&input.policy_name))?;
    Ok(GetRolePolicyResponse {
        role_name: role.arn.name().to_owned(),
        policy_name: input.policy_name.clone(),
        policy_document: convert::encoded(document),
    })
}

pub(crate) async fn list_role_policies(
    iam: &Iam,
    cx: &Cx,
    input: ListRolePoliciesRequest,
) -> Result<ListRolePoliciesResponse, Error> {
    let role = find::role(&iam.state.snapshot(), cx, &input.role_name)?;
    let names = role.inline_policies.keys().cloned();
    let page = page::of(names, String::clone, input.marker.as_deref(), input.max_items)?;
    let is_truncated = page.is_truncated();
    Ok(ListRolePoliciesResponse { policy_names: page.items, is_truncated, marker: page.marker })
}

pub(crate) async fn delete_role_policy(
    iam: &Iam,
    cx: &Cx,
    input: DeleteRolePolicyRequest,
) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::role_to_change(tx, cx, &input.role_name)?;
        role.inline_policies.remove(&input.policy_name).ok_or_else(|| no_inline(&input.policy_name))?;
        tx.put(role);
        Ok(Unit {})
    });
    settle(change.await)
}

fn no_inline(name: &str) -> Error {
    Error::no_such_entity(format!("The role policy with name {name} cannot be found."))
}

/// Attaching what is attached changes nothing.
pub(crate) async fn attach_role_policy(
    iam: &Iam,
    cx: &Cx,
    input: AttachRolePolicyRequest,
) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::role_to_change(tx, cx, &input.role_name)?;
        let arn = &input.policy_arn;
        if !find::is_attachable(tx, cx, arn) {
            return Err(Error::no_such_entity(format!("Policy {arn} does not exist or is not attachable.")));
        }
        if role.attached_policies.contains(arn) {
            return Ok(Unit {});
        }
        if role.attached_policies.len() >= MOST_ATTACHED {
            return Err(errors::over_quota("PoliciesPerRole", MOST_ATTACHED));
        }
        role.attached_policies.push(arn.clone());
        tx.put(role);
        Ok(Unit {})
    });
    settle(change.await)
}

pub(crate) async fn detach_role_policy(
    iam: &Iam,
    cx: &Cx,
    input: DetachRolePolicyRequest,
) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::role_to_change(tx, cx, &input.role_name)?;
        let before = role.attached_policies.len();
        role.attached_policies.retain(|arn| *arn != input.policy_arn);
        if role.attached_policies.len() == before {
            return Err(errors::no_policy(&input.policy_arn));
        }
        tx.put(role);
        Ok(Unit {})
    });
    settle(change.await)
}

pub(crate) async fn list_attached_role_policies(
    iam: &Iam,
    cx: &Cx,
    input: ListAttachedRolePoliciesRequest,
) -> Result<ListAttachedRolePoliciesResponse, Error> {
    let role = find::role(&iam.state.snapshot(), cx, &input.role_name)?;
    let prefix = input.path_prefix.as_deref().unwrap_or("/");
    // A managed policy's path stands between the word `policy` and its name.
    let mut arns: Vec<&String> = role
        .attached_policies
        .iter()
        .filter(|arn| arn.split_once(":policy").is_some_and(|(_, named)| named.starts_with(prefix)))
        .collect();
    arns.sort();
    let page = page::of(arns.into_iter(), |arn| (*arn).clone(), input.marker.as_deref(), input.max_items)?;
    let is_truncated = page.is_truncated();
    let attached = page.items.into_iter().map(|arn| AttachedPolicy {
        policy_name: arn.rsplit('/').next().map(str::to_owned),
        policy_arn: Some(arn.clone()),
    });
    Ok(ListAttachedRolePoliciesResponse {
        attached_policies: Some(attached.collect()),
        is_truncated,
        marker: page.marker,
    })
}
