//! The account's own managed policies, and what is known of AWS's.

use super::tag;
use crate::errors::{self, settle};
use crate::{Iam, convert, document, find, page};
use ::api::Unit;
use ::api::iam::*;
use auth::Cx;
use model::iam::{ManagedPolicy, PolicyVersion};
use model::ids::base32_id;
use state::Snapshot;
use state::iam::{POLICIES, ROLES_WITH_POLICY};
use std::collections::BTreeMap;

/// AWS's quota of an account.
const MOST_POLICIES: usize = 1500;

pub(crate) async fn create_policy(
    iam: &Iam,
    cx: &Cx,
    input: CreatePolicyRequest,
) -> Result<CreatePolicyResponse, Error> {
    document::check_managed(&input.policy_document)?;
    let version = PolicyVersion { document: input.policy_document, created_at: cx.now };
    let policy = ManagedPolicy {
        account: cx.scope.account.clone(),
        partition: cx.scope.partition.clone(),
        path: input.path.unwrap_or_else(|| "/".to_owned()),
        name: input.policy_name,
        id: base32_id("ANPA", &cx.random_32(), 17),
        created_at: cx.now,
        updated_at: cx.now,
        description: input.description.filter(|text| !text.is_empty()),
        versions: BTreeMap::from([(1, version)]),
        default_version: 1,
        last_version: 1,
        tags: tag::new(Vec::new(), input.tags.unwrap_or_default())?,
    };
    let change = iam.state.update(|tx| {
        // A name is unique in its account, whatever the path.
        let taken = tx
            .by_index(POLICIES, &cx.scope.account)
            .any(|known| known.name.eq_ignore_ascii_case(&policy.name));
        if taken {
            return Err(Error::entity_already_exists(format!(
                "A policy called {} already exists. Duplicate names are not allowed.",
                policy.name
            )));
        }
        if tx.by_index(POLICIES, &cx.scope.account).count() >= MOST_POLICIES {
            return Err(errors::over_quota("PoliciesPerAccount", MOST_POLICIES));
        }
        Ok(tx.put(policy.clone()))
    });
    let policy = settle(change.await)?;
    Ok(CreatePolicyResponse { policy: Some(convert::policy(&policy, 0, 0)) })
}

pub(crate) async fn get_policy(
    iam: &Iam,
    cx: &Cx,
    input: GetPolicyRequest,
) -> Result<GetPolicyResponse, Error> {
    let snapshot = iam.state.snapshot();
    let policy = find::policy(&snapshot, cx, &input.policy_arn)?;
    let (attached, bounding) = uses(&snapshot, &input.policy_arn);
    Ok(GetPolicyResponse { policy: Some(convert::policy(&policy, attached, bounding)) })
}

/// How many roles have the policy attached, and how many as their boundary.
fn uses(snapshot: &Snapshot, arn: &str) -> (usize, usize) {
    let users = || snapshot.by_index(ROLES_WITH_POLICY, arn);
    let attached = users().filter(|role| role.attached_policies.iter().any(|a| a == arn)).count();
    let bounding = users().filter(|role| role.permissions_boundary.as_deref() == Some(arn)).count();
    (attached, bounding)
}

/// Lists the account's own policies.
///
/// AWS differs: its own policies are names here, and are not listed.
pub(crate) async fn list_policies(
    iam: &Iam,
    cx: &Cx,
    input: ListPoliciesRequest,
) -> Result<ListPoliciesResponse, Error> {
    let snapshot = iam.state.snapshot();
    let prefix = input.path_prefix.as_deref().unwrap_or("/");
    let only_attached = input.only_attached.unwrap_or(false);
    let shown = snapshot
        .by_index(POLICIES, &cx.scope.account)
        .filter(|_| input.scope.as_ref() != Some(&PolicyScopeType::Aws))
        .filter(|policy| policy.path.starts_with(prefix))
        .map(|policy| (policy, uses(&snapshot, &policy.arn())))
        .filter(|(_, (attached, bounding))| match &input.policy_usage_filter {
            Some(PolicyUsageType::PermissionsPolicy) => *attached > 0,
            Some(PolicyUsageType::PermissionsBoundary) => *bounding > 0,
            Some(_) | None => !only_attached || attached + bounding > 0,
        });
    let page = page::of(shown, |(policy, _)| policy.arn(), input.marker.as_deref(), input.max_items)?;
    let is_truncated = page.is_truncated();
    let policies = page
        .items
        .into_iter()
        .map(|(policy, (attached, bounding))| convert::listed_policy(policy, attached, bounding));
    Ok(ListPoliciesResponse { policies: Some(policies.collect()), is_truncated, marker: page.marker })
}

pub(crate) async fn delete_policy(iam: &Iam, cx: &Cx, input: DeletePolicyRequest) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let policy = find::policy_to_change(tx, cx, &input.policy_arn)?;
        if tx.by_index(ROLES_WITH_POLICY, &input.policy_arn).next().is_some() {
            return Err(Error::delete_conflict("Cannot delete a policy attached to entities."));
        }
        if policy.versions.len() > 1 {
            return Err(Error::delete_conflict(
                "This policy has more than one version. Before you delete a policy, you must delete the policy's \
                 versions. The default version is deleted with the policy.",
            ));
        }
        tx.delete::<ManagedPolicy>(&input.policy_arn);
        Ok(Unit {})
    });
    settle(change.await)
}
