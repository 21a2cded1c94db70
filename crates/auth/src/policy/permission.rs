//! What the session of a role may do: what the role's policies allow, within its boundary and its session policies.
//!
//! Source: IAM user guide, "How AWS enforcement code logic evaluates requests": an explicit denial anywhere wins, and
//! every layer that is there has to allow.

use super::condition::Context;
use super::document::{Document, Effect, Selection, Statement};
use super::pattern::{arn_like, like};
use super::trust::holds;
use super::{Truth, managed};
use crate::principal::{Identity, Principal};
use crate::session::SessionLimits;
use model::iam::Role;

/// One act that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    /// `ecs:RunTask`
    pub action: &'a str,
    /// An ARN, or `*` where the operation has no resource.
    pub resource: &'a str,
    pub context: &'a Context,
}

/// What conditions can ask of a caller; `role` is the one whose session it is.
pub fn principal_context(principal: &Principal, role: Option<&Role>) -> Context {
    // That of a session is the role's.
    let arn = role.map_or(principal.arn(), |role| role.arn.as_str());
    let kind = match principal.identity() {
        Identity::AccountRoot => "Account",
        Identity::User { .. } => "User",
        Identity::RoleSession { .. } | Identity::System { .. } => "AssumedRole",
    };
    // Long-lived keys leave it out; no session here was begun with a second factor.
    let second_factor = principal.session().map(|_| "false");
    Context::default()
        .with("aws:PrincipalArn", Some(arn))
        .with("aws:PrincipalAccount", Some(principal.account()))
        .with("aws:PrincipalType", Some(kind))
        .with("aws:userid", Some(principal.user_id()))
        .with("aws:PrincipalIsAWSService", Some("false"))
        .with("aws:MultiFactorAuthPresent", second_factor)
}

/// Whether the session that `principal` is may do an act: as [`role_allows`] for its role, which the caller looked up.
pub fn session_allows(
    principal: &Principal,
    role: &Role,
    managed: &dyn Fn(&str) -> Option<String>,
    grant: Grant,
    access: &Access<'_>,
) -> bool {
    role_allows(role, principal.session().map(|claims| &claims.limits), managed, grant, access)
}

/// Whether the role's own policies have to allow an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grant {
    /// They do.
    Needed,
    /// The resource's own policy names the role already: they must only not deny.
    ByResource,
}

/// Whether a session of `role` may do it. `managed` finds the documents of the account's own managed policies.
///
/// AWS differs: a policy that AWS manages and whose text is not known here allows nothing.
pub fn role_allows(
    role: &Role,
    limits: Option<&SessionLimits>,
    managed: &dyn Fn(&str) -> Option<String>,
    grant: Grant,
    access: &Access<'_>,
) -> bool {
    let by_arn = |arn: &String| managed::document(arn).map(str::to_owned).or_else(|| managed(arn));
    let attached = role.attached_policies.iter().filter_map(by_arn);
    let own = answer(&role.inline_policies.values().cloned().chain(attached).collect::<Vec<_>>(), access);
    let boundary = role.permissions_boundary.as_ref().map(|arn| by_arn(arn).into_iter().collect::<Vec<_>>());
    let session = limits.filter(|limits| !limits.is_empty()).map(|limits| {
        limits
            .policies
            .iter()
            .cloned()
            .chain(limits.policy_arns.iter().filter_map(by_arn))
            .collect::<Vec<_>>()
    });
    let within =
        |layer: Option<Vec<String>>| layer.is_none_or(|texts| answer(&texts, access) == Answer::Allowed);
    let granted = match (own, grant) {
        (Answer::Allowed, _) | (Answer::NotMentioned, Grant::ByResource) => true,
        (Answer::NotMentioned, Grant::Needed) | (Answer::Denied, _) => false,
    };
    granted && within(boundary) && within(session)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    Allowed,
    Denied,
    NotMentioned,
}

/// What policies of one layer say together.
fn answer(documents: &[String], access: &Access<'_>) -> Answer {
    let mut answer = Answer::NotMentioned;
    for text in documents {
        // They were checked when they came in: one that cannot be read any more may have denied.
        let Ok(document) = Document::identity(text) else { return Answer::Denied };
        for statement in &document.statements {
            match (statement.effect, applies(statement, access)) {
                (_, Truth::No) => {}
                (Effect::Deny, Truth::Yes | Truth::Unknown(_)) => return Answer::Denied,
                (Effect::Allow, Truth::Yes) => answer = Answer::Allowed,
                (Effect::Allow, Truth::Unknown(_)) => {}
            }
        }
    }
    answer
}

fn applies(statement: &Statement, access: &Access<'_>) -> Truth {
    let action = access.action.to_ascii_lowercase();
    let is_action = |pattern: &str| Truth::of(like(&pattern.to_ascii_lowercase(), &action));
    let is_resource = |pattern: &str| match pattern.contains("${") {
        true => Truth::Unknown(format!("the variables of {pattern} are not evaluated")),
        false => Truth::of(arn_like(pattern, access.resource)),
    };
    selects(&statement.actions, is_action)
        .and(|| selects(&statement.resources, is_resource))
        .and(|| holds(statement, access.context))
}

fn selects(selection: &Selection, matches: impl Fn(&str) -> Truth) -> Truth {
    let any = |named: &[String]| Truth::any(named.iter().map(|pattern| matches(pattern)));
    match selection {
        Selection::Of(named) => any(named),
        Selection::AllBut(named) => any(named).not(),
    }
}
