//! Versions of managed policies.

use crate::errors::settle;
use crate::{Iam, convert, document, find, page};
use ::api::Unit;
use ::api::iam::*;
use auth::Cx;
use model::iam::ManagedPolicy;

/// AWS's quota.
const MOST: usize = 5;

pub(crate) async fn create_policy_version(
    iam: &Iam,
    cx: &Cx,
    input: CreatePolicyVersionRequest,
) -> Result<CreatePolicyVersionResponse, Error> {
    document::check_managed(&input.policy_document)?;
    let change = iam.state.update(|tx| {
        let mut policy = find::policy_to_change(tx, cx, &input.policy_arn)?;
        if policy.versions.len() >= MOST {
            return Err(Error::limit_exceeded(
                "A managed policy can have up to 5 versions. Before you create a new version, you must delete an \
                 existing version.",
            ));
        }
        policy.last_version += 1;
        let number = policy.last_version;
        let version =
            model::iam::PolicyVersion { document: input.policy_document.clone(), created_at: cx.now };
        policy.versions.insert(number, version);
        if input.set_as_default.unwrap_or(false) {
            policy.default_version = number;
        }
        policy.updated_at = cx.now;
        Ok((tx.put(policy), number))
    });
    let (policy, number) = settle(change.await)?;
    let shown = policy.versions.get(&number).map(|version| convert::version(&policy, number, version));
    Ok(CreatePolicyVersionResponse { policy_version: shown })
}

pub(crate) async fn get_policy_version(
    iam: &Iam,
    cx: &Cx,
    input: GetPolicyVersionRequest,
) -> Result<GetPolicyVersionResponse, Error> {
    let policy = find::policy(&iam.state.snapshot(), cx, &input.policy_arn)?;
    let number = number(&policy, &input.version_id)?;
    let shown = policy.versions.get(&number).map(|version| PolicyVersion {
        document: Some(convert::encoded(&version.document)),
        ..convert::version(&policy, number, version)
    });
    Ok(GetPolicyVersionResponse { policy_version: shown })
}

pub(crate) async fn list_policy_versions(
    iam: &Iam,
    cx: &Cx,
    input: ListPolicyVersionsRequest,
) -> Result<ListPolicyVersionsResponse, Error> {
    let policy = find::policy(&iam.state.snapshot(), cx, &input.policy_arn)?;
    // The newest first, as AWS lists them.
    let newest_first = |number: u32| format!("{:010}", u32::MAX - number);
    let all = policy.versions.iter().rev();
    let page = page::of(all, |(number, _)| newest_first(**number), input.marker.as_deref(), input.max_items)?;
    let is_truncated = page.is_truncated();
    let versions =
        page.items.into_iter().map(|(number, version)| convert::version(&policy, *number, version));
    Ok(ListPolicyVersionsResponse { versions: Some(versions.collect()), is_truncated, marker: page.marker })
}

pub(crate) async fn set_default_policy_version(
    iam: &Iam,
    cx: &Cx,
    input: SetDefaultPolicyVersionRequest,
) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut policy = find::policy_to_change(tx, cx, &input.policy_arn)?;
        policy.default_version = number(&policy, &input.version_id)?;
        policy.updated_at = cx.now;
        tx.put(policy);
        Ok(Unit {})
    });
    settle(change.await)
}

pub(crate) async fn delete_policy_version(
    iam: &Iam,
    cx: &Cx,
    input: DeletePolicyVersionRequest,
) -> Result<Unit, Error> {
    let change = iam.state.update(|tx| {
        let mut policy = find::policy_to_change(tx, cx, &input.policy_arn)?;
        let number = number(&policy, &input.version_id)?;
        if number == policy.default_version {
            return Err(Error::delete_conflict("Cannot delete the default version of a policy."));
        }
        policy.versions.remove(&number);
        policy.updated_at = cx.now;
        tx.put(policy);
        Ok(Unit {})
    });
    settle(change.await)
}

/// The number of a version that there is.
fn number(policy: &ManagedPolicy, id: &str) -> Result<u32, Error> {
    let missing = || {
        Error::no_such_entity(format!(
            "Policy {} version {id} does not exist or is not attachable.",
            policy.arn()
        ))
    };
    let number = id.strip_prefix('v').and_then(|digits| digits.parse().ok());
    number.filter(|number| policy.versions.contains_key(number)).ok_or_else(missing)
}
