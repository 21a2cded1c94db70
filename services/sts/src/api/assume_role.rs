//! AssumeRole: temporary credentials of a role, for whom its trust policy lets in.
//!
//! Source: the operation's page, and IAM user guide, "Methods to assume a role" and "Pass session tags" (read 2026-11).

use super::{least_size, shown, token_size};
use crate::permission::{role_of, session_allows};
use crate::{Sts, errors};
use ::api::sts::*;
use auth::policy::{
    Assume, Caller, Context, Document, Grant, Trust, assume as ask, is_managed_by_aws, principal_context,
};
use auth::session::{Bearer, Claims, SessionLimits};
use auth::{Cx, Identity};
use model::Timestamp;
use model::iam::{ManagedPolicy, Role};
use model::ids::RoleArn;
use state::Snapshot;
use std::collections::BTreeSet;
use std::time::Duration;

const USUAL_LIFE: Duration = Duration::from_secs(3600);
/// What a session that begins another can give it at most.
const CHAINED_LIFE: Duration = Duration::from_secs(3600);
/// What session policies and tags may come to together, in bytes as the token has them. AWS's limit is of a form that it
/// packs them into, and is not established.
const MOST_PACKED: usize = 4096;

pub(super) fn assume(sts: &Sts, cx: &Cx, input: AssumeRoleRequest) -> Result<AssumeRoleResponse, Error> {
    if input.provided_contexts.as_ref().is_some_and(|contexts| !contexts.is_empty()) {
        return Err(Error::validation("Longshore does not support ProvidedContexts."));
    }
    if input.serial_number.is_some() || input.token_code.is_some() {
        return Err(errors::no_device());
    }
    let arn: RoleArn =
        input.role_arn.parse().map_err(|_| Error::validation(format!("{} is invalid", input.role_arn)))?;
    let snapshot = sts.state.snapshot();
    let refused =
        |why: Option<&str>| errors::not_authorized(&cx.principal, "sts:AssumeRole", arn.as_str(), why);
    let role = state::iam::role(&snapshot, &arn)
        .filter(|role| role.arn.account() == cx.scope.account)
        .ok_or_else(|| refused(None))?;
    admit(&snapshot, cx, &role, &input)?;

    let life = life(cx, &role, input.duration_seconds)?;
    let limits = limits(&snapshot, cx, input.policy, input.policy_arns)?;
    let inherited = cx.principal.session();
    let (tags, transitive_tag_keys) = tags(inherited, input.tags, input.transitive_tag_keys)?;
    let packed = packed_percent(&limits, &tags)?;
    let session = input.role_session_name;
    let source_identity =
        input.source_identity.or_else(|| inherited.and_then(|claims| claims.source_identity.clone()));
    let claims = Claims {
        partition: cx.scope.partition.clone(),
        account: cx.scope.account.clone(),
        bearer: Bearer::Role {
            name: role.arn.name().to_owned(),
            id: role.id.clone(),
            session: session.clone(),
        },
        issued_at: cx.now,
        expires: whole_seconds(cx.now.after(life)),
        limits,
        tags,
        transitive_tag_keys,
        source_identity: source_identity.clone(),
    };
    let given = sts.key.issue_of_size(claims, cx.random_16(), least_size(input.minimum_session_token_size));
    let name = role.arn.name();
    Ok(AssumeRoleResponse {
        credentials: Some(shown(&given)),
        assumed_role_user: Some(AssumedRoleUser {
            assumed_role_id: format!("{}:{session}", role.id),
            arn: format!(
                "arn:{}:sts::{}:assumed-role/{name}/{session}",
                cx.scope.partition, cx.scope.account
            ),
        }),
        packed_policy_size: packed,
        source_identity,
        // Of what it is a part is not established.
        session_token_utilization: None,
        session_token_size: token_size(&given),
    })
}

/// Whether the caller may begin such a session: the trust policy lets it, and nothing of its own is against it.
fn admit(snapshot: &Snapshot, cx: &Cx, role: &Role, input: &AssumeRoleRequest) -> Result<(), Error> {
    let known = cx.principal.session().and_then(|claims| claims.source_identity.as_ref());
    if let (Some(known), Some(asked)) = (known, &input.source_identity)
        && known != asked
    {
        return Err(Error::access_denied("The source identity of a session cannot be changed."));
    }
    let caller_role = role_of(snapshot, &cx.principal);
    let context = principal_context(&cx.principal, caller_role)
        .with("sts:ExternalId", input.external_id.as_deref())
        .with("sts:RoleSessionName", Some(input.role_session_name.as_str()))
        .with("sts:SourceIdentity", input.source_identity.as_ref().or(known))
        .with("aws:SourceArn", None::<String>)
        .with("aws:SourceAccount", None::<String>);
    // They were checked when they came in: one that cannot be read any more lets nobody in.
    let document = Document::trust(&role.trust_policy)
        .map_err(|_| errors::not_authorized(&cx.principal, "sts:AssumeRole", role.arn.as_str(), None))?;
    let has_tags = input.tags.as_ref().is_some_and(|tags| !tags.is_empty())
        || cx.principal.session().is_some_and(|claims| !claims.transitive_tag_keys.is_empty());
    let acts = [
        ("sts:AssumeRole", true),
        ("sts:TagSession", has_tags),
        ("sts:SetSourceIdentity", input.source_identity.is_some() || known.is_some()),
    ];
    for (action, _) in acts.into_iter().filter(|(_, asked)| *asked) {
        may(snapshot, cx, role, &document, action, caller_role, &context)?;
    }
    Ok(())
}

/// One of the acts that such a session takes.
fn may(
    snapshot: &Snapshot,
    cx: &Cx,
    role: &Role,
    document: &Document,
    action: &str,
    caller_role: Option<&Role>,
    context: &Context,
) -> Result<(), Error> {
    let caller =
        Caller::Principal { principal: &cx.principal, role_arn: caller_role.map(|role| role.arn.as_str()) };
    let refused = |why: Option<&str>| errors::not_authorized(&cx.principal, action, role.arn.as_str(), why);
    let grant = match ask(document, &Assume { caller, action, context }) {
        Trust::Direct => Grant::ByResource,
        Trust::ThroughAccount => Grant::Needed,
        Trust::No { not_understood } => return Err(refused(not_understood.as_deref())),
    };
    let allowed = match cx.principal.identity() {
        // AWS differs: "Roles may not be assumed by root accounts." Here the root is the administrator, and there are no
        // users yet that could do it.
        Identity::AccountRoot | Identity::System { .. } => true,
        Identity::User { .. } => false,
        Identity::RoleSession { .. } => {
            session_allows(snapshot, &cx.principal, action, role.arn.as_str(), grant)
        }
    };
    if allowed { Ok(()) } else { Err(refused(None)) }
}

fn life(cx: &Cx, role: &Role, asked: Option<i32>) -> Result<Duration, Error> {
    let asked = asked.and_then(|seconds| u64::try_from(seconds).ok()).map(Duration::from_secs);
    let life = asked.unwrap_or(USUAL_LIFE);
    let chained = matches!(cx.principal.identity(), Identity::RoleSession { .. });
    if chained && life > CHAINED_LIFE {
        return Err(Error::validation(
            "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        ));
    }
    if life > Duration::from_secs(role.max_session_s.into()) {
        return Err(Error::validation(
            "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ));
    }
    Ok(life)
}

/// AWS's expirations have no fraction.
fn whole_seconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millis(at.millis().div_euclid(1000) * 1000)
}

fn limits(
    snapshot: &Snapshot,
    cx: &Cx,
    policy: Option<String>,
    arns: Option<Vec<PolicyDescriptorType>>,
) -> Result<SessionLimits, Error> {
    /// "You can provide up to 10 managed policy ARNs."
    const MOST_ARNS: usize = 10;
    if let Some(text) = &policy {
        Document::identity(text).map_err(|malformed| Error::malformed_policy_document(malformed.0))?;
    }
    let arns: Vec<String> = arns.into_iter().flatten().filter_map(|named| named.arn).collect();
    if arns.len() > MOST_ARNS {
        return Err(Error::validation(format!("PolicyArns can have at most {MOST_ARNS} items.")));
    }
    let exists = |arn: &String| {
        is_managed_by_aws(arn)
            || snapshot.get::<ManagedPolicy>(arn).is_some_and(|policy| policy.account == cx.scope.account)
    };
    match arns.iter().find(|arn| !exists(arn)) {
        None => Ok(SessionLimits { policies: policy.into_iter().collect(), policy_arns: arns }),
        // AWS's words are not established.
        Some(missing) => Err(Error::validation(format!("The managed policy {missing} does not exist."))),
    }
}

/// The tags of the new session: those that are given, over those that its caller's session hands on.
fn tags(
    inherited: Option<&Claims>,
    given: Option<Vec<Tag>>,
    transitive: Option<Vec<String>>,
) -> Result<(Vec<model::Tag>, Vec<String>), Error> {
    let handed_on = inherited.map_or(&[][..], |claims| &claims.transitive_tag_keys);
    let is_handed_on = |key: &str| handed_on.iter().any(|known| known.eq_ignore_ascii_case(key));
    let mut tags: Vec<model::Tag> = inherited
        .iter()
        .flat_map(|claims| &claims.tags)
        .filter(|tag| is_handed_on(&tag.key))
        .cloned()
        .collect();
    let mut keys = BTreeSet::new();
    for Tag { key, value } in given.into_iter().flatten() {
        if is_handed_on(&key) {
            return Err(Error::validation(format!(
                "The session tag {key} is transitive in the session of the caller and cannot be set again."
            )));
        }
        if !keys.insert(key.to_lowercase()) {
            return Err(Error::validation(
                "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
            ));
        }
        tags.push(model::Tag::new(key, value));
    }
    let mut transitive_keys = handed_on.to_vec();
    for key in transitive.into_iter().flatten() {
        if !keys.contains(&key.to_lowercase()) {
            return Err(Error::validation(format!(
                "The transitive tag key {key} is not a key of the session's tags."
            )));
        }
        transitive_keys.push(key);
    }
    Ok((tags, transitive_keys))
}

/// How much of what is allowed the policies and tags take, in percent; none where there are none.
fn packed_percent(limits: &SessionLimits, tags: &[model::Tag]) -> Result<Option<i32>, Error> {
    let policies = limits.policies.iter().chain(&limits.policy_arns).map(String::len).sum::<usize>();
    let size = policies + tags.iter().map(|tag| tag.key.len() + tag.value.len()).sum::<usize>();
    let percent = (size * 100).div_ceil(MOST_PACKED);
    if size > MOST_PACKED {
        return Err(Error::packed_policy_too_large(format!(
            "Packed size of session policies and tags consumes {percent}% of allotted space."
        )));
    }
    Ok((size > 0).then(|| i32::try_from(percent).unwrap_or(100)))
}
