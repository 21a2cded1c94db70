//! CreateRole, GetRole, ListRoles, DeleteRole, and what changes a role itself.

use super::tag;
use crate::errors::{self, settle};
use crate::{Iam, convert, document, find, page};
use ::api::Unit;
use ::api::iam::*;
use auth::Cx;
use model::ids::{RoleArn, base32_id};
use state::Tx;
use state::iam::ROLES;
use std::collections::BTreeMap;

/// AWS's quota of an account.
const MOST_ROLES: usize = 1000;
/// What a role's sessions last at most, where nothing is said.
const USUAL_SESSION_S: u32 = 3600;
/// Paths that services alone use.
const RESERVED_PATHS: [&str; 2] = ["/aws-service-role/", "/aws-reserved/"];

pub(crate) async fn create_role(
    iam: &Iam,
    cx: &Cx,
    input: CreateRoleRequest,
) -> Result<CreateRoleResponse, Error> {
    let path = input.path.unwrap_or_else(|| "/".to_owned());
    if RESERVED_PATHS.iter().any(|reserved| path.starts_with(reserved)) {
        // AWS's words are not established.
        return Err(Error::invalid_input(format!("The path {path} is reserved for the roles of services.")));
    }
    let role = model::iam::Role {
        arn: RoleArn::new(&cx.scope, &path, &input.role_name),
        id: new_id(cx),
        created_at: cx.now,
        trust_policy: input.assume_role_policy_document,
        description: input.description.filter(|text| !text.is_empty()),
        max_session_s: session_s(input.max_session_duration)?,
        inline_policies: BTreeMap::new(),
        attached_policies: Vec::new(),
        permissions_boundary: input.permissions_boundary,
        tags: tag::new(Vec::new(), input.tags.unwrap_or_default())?,
    };
    let change = iam.state.update(|tx| {
        document::check_trust(tx, &cx.scope, &role.trust_policy)?;
        if let Some(arn) = &role.permissions_boundary {
            check_boundary(tx, cx, arn)?;
        }
        put_new(tx, role.clone())
    });
    let role = settle(change.await)?;
    Ok(CreateRoleResponse { role: created(&role) })
}

/// Writes a role of a name that is free.
pub(super) fn put_new(tx: &mut Tx<'_>, role: model::iam::Role) -> Result<model::iam::Role, Error> {
    if tx.get::<model::iam::Role>(role.key()).is_some() {
        return Err(Error::entity_already_exists(format!(
            "Role with name {} already exists.",
            role.arn.name()
        )));
    }
    if tx.by_index(ROLES, role.arn.account()).count() >= MOST_ROLES {
        return Err(errors::over_quota("RolesPerAccount", MOST_ROLES));
    }
    Ok(model::iam::Role::clone(&tx.put(role)))
}

/// A new role as its creation answers it: as GetRole, without a last use.
pub(super) fn created(role: &model::iam::Role) -> Role {
    Role { role_last_used: None, ..convert::role(role) }
}

/// A role's unique id.
pub(super) fn new_id(cx: &Cx) -> String {
    base32_id("AROA", &cx.random_32(), 17)
}

fn session_s(given: Option<i32>) -> Result<u32, Error> {
    match given {
        None => Ok(USUAL_SESSION_S),
        // The model holds it to 3600 to 43200.
        Some(seconds) => u32::try_from(seconds)
            .map_err(|_| Error::validation("MaxSessionDuration must be between 3600 and 43200.")),
    }
}

fn check_boundary(tx: &Tx<'_>, cx: &Cx, arn: &str) -> Result<(), Error> {
    match find::is_attachable(tx, cx, arn) {
        true => Ok(()),
        false => Err(Error::no_such_entity(format!("Scope ARN: {arn} does not exist or is not attachable."))),
    }
}

pub(crate) async fn get_role(iam: &Iam, cx: &Cx, input: GetRoleRequest) -> Result<GetRoleResponse, Error> {
    let role = find::role(&iam.state.snapshot(), cx, &input.role_name)?;
    Ok(GetRoleResponse { role: convert::role(&role) })
}

pub(crate) async fn list_roles(
    iam: &Iam,
    cx: &Cx,
    input: ListRolesRequest,
) -> Result<ListRolesResponse, Error> {
    let snapshot = iam.state.snapshot();
    let prefix = input.path_prefix.as_deref().unwrap_or("/");
    let all = snapshot.by_index(ROLES, &cx.scope.account).filter(|role| role.arn.path().starts_with(prefix));
    let page = page::of(all, |role| role.key(), input.marker.as_deref(), input.max_items)?;
    let is_truncated = page.is_truncated();
    let roles = page.items.into_iter().map(|role| convert::listed_role(role)).collect();
    Ok(ListRolesResponse { roles, is_truncated, marker: page.marker })
}

pub(crate) async fn update_role(
    iam: &Iam,
    cx: &Cx,
    input: UpdateRoleRequest,
) -> Result<UpdateRoleResponse, Error> {
    let max_session_s = session_s(input.max_session_duration)?;
    let change = iam.state.update(|tx| {
        let mut role = find::role_to_change(tx, cx, &input.role_name)?;
        // "If you do not specify a value for this setting, the default value of one hour is applied."
        role.max_session_s = max_session_s;
        if let Some(description) = &input.description {
            role.description = Some(description.clone()).filter(|text| !text.is_empty());
        }
        tx.put(role);
        Ok(UpdateRoleResponse {})
    });
    settle(change.await)
}

pub(crate) async fn update_role_description(
    iam: &Iam,
    cx: &Cx,
    input: UpdateRoleDescriptionRequest,
) -> Result<UpdateRoleDescriptionResponse, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::any_role(tx, cx, &input.role_name)?;
        role.description = Some(input.description.clone()).filter(|text| !text.is_empty());
        Ok(tx.put(role))
    });
    let role = settle(change.await)?;
    Ok(UpdateRoleDescriptionResponse { role: Some(created(&role)) })
}

pub(crate) async fn update_assume_role_policy(
    iam: &Iam,
    cx: &Cx,
    input: UpdateAssumeRolePolicyRequest,
) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::role_to_change(tx, cx, &input.role_name)?;
        document::check_trust(tx, &cx.scope, &input.policy_document)?;
        role.trust_policy.clone_from(&input.policy_document);
        tx.put(role);
        Ok(Unit {})
    });
    settle(change.await)
}

pub(crate) async fn put_role_permissions_boundary(
    iam: &Iam,
    cx: &Cx,
    input: PutRolePermissionsBoundaryRequest,
) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::role_to_change(tx, cx, &input.role_name)?;
        check_boundary(tx, cx, &input.permissions_boundary)?;
        role.permissions_boundary = Some(input.permissions_boundary.clone());
        tx.put(role);
        Ok(Unit {})
    });
    settle(change.await)
}

pub(crate) async fn delete_role_permissions_boundary(
    iam: &Iam,
    cx: &Cx,
    input: DeleteRolePermissionsBoundaryRequest,
) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut role = find::role_to_change(tx, cx, &input.role_name)?;
        if role.permissions_boundary.take().is_none() {
            // AWS's words are not established.
            return Err(Error::no_such_entity(format!(
                "The role with name {} has no permissions boundary.",
                input.role_name
            )));
        }
        tx.put(role);
        Ok(Unit {})
    });
    settle(change.await)
}

/// The sessions of a role end with it: their tokens name its id.
pub(crate) async fn delete_role(iam: &Iam, cx: &Cx, input: DeleteRoleRequest) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let role = find::role_to_change(tx, cx, &input.role_name)?;
        if !role.inline_policies.is_empty() {
            return Err(Error::delete_conflict("Cannot delete entity, must delete policies first."));
        }
        if !role.attached_policies.is_empty() {
            return Err(Error::delete_conflict("Cannot delete entity, must detach all policies first."));
        }
        tx.delete::<model::iam::Role>(role.key());
        Ok(Unit {})
    });
    settle(change.await)
}

/// There are no instance profiles here (CreateInstanceProfile is not implemented), so no role is in one.
pub(crate) async fn list_instance_profiles_for_role(
    iam: &Iam,
    cx: &Cx,
    input: ListInstanceProfilesForRoleRequest,
) -> Result<ListInstanceProfilesForRoleResponse, Error> {
    find::role(&iam.state.snapshot(), cx, &input.role_name)?;
    let page = page::of(
        std::iter::empty(),
        |_: &InstanceProfile| String::new(),
        input.marker.as_deref(),
        input.max_items,
    )?;
    let is_truncated = page.is_truncated();
    Ok(ListInstanceProfilesForRoleResponse {
        instance_profiles: page.items,
        is_truncated,
        marker: page.marker,
    })
}
