//! Whether a role's trust policy lets somebody assume it.

use super::Truth;
use super::condition::Context;
use super::document::{AwsPrincipal, Document, Effect, Principal as Named, Selection, Statement};
use super::pattern::like;
use crate::principal::{Identity, Principal};

/// Who wants to assume a role.
#[derive(Clone, Copy, Debug)]
pub enum Caller<'a> {
    /// A service, by its name: `ecs-tasks.amazonaws.com`.
    Service(&'a str),
    /// Somebody of an account. `role_arn` is the role's, where it is a role's session.
    Principal { principal: &'a Principal, role_arn: Option<&'a str> },
}

/// A question to a trust policy.
#[derive(Clone, Copy, Debug)]
pub struct Assume<'a> {
    pub caller: Caller<'a>,
    /// `sts:AssumeRole`; also `sts:TagSession` and `sts:SetSourceIdentity`, where a session is to have such.
    pub action: &'a str,
    pub context: &'a Context,
}

/// A trust policy's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trust {
    /// It names the caller. Within one account nothing more is needed.
    Direct,
    /// It names the caller's account, which lets those in who have the permission themselves.
    ThroughAccount,
    /// With what is not understood, where that is why.
    No { not_understood: Option<String> },
}

/// Asks a trust policy.
pub fn assume(policy: &Document, asked: &Assume<'_>) -> Trust {
    let matching = |effect: Effect| {
        policy.statements.iter().filter(move |statement| statement.effect == effect).filter_map(|statement| {
            let meant = principals(statement, asked.caller)?;
            (is_act(statement, asked.action)).then(|| (meant, holds(statement, asked.context)))
        })
    };
    if matching(Effect::Deny).any(|(_, holds)| holds != Truth::No) {
        return Trust::No { not_understood: None };
    }
    let mut best = Trust::No { not_understood: None };
    for (meant, holds) in matching(Effect::Allow) {
        match (meant, holds) {
            (_, Truth::No) => {}
            (Meant::Itself, Truth::Yes) => return Trust::Direct,
            (Meant::ByAccount, Truth::Yes) => best = Trust::ThroughAccount,
            (_, Truth::Unknown(what)) => {
                if matches!(best, Trust::No { not_understood: None }) {
                    best = Trust::No { not_understood: Some(what) };
                }
            }
        }
    }
    best
}

/// How a statement means the caller.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meant {
    Itself,
    ByAccount,
}

fn principals(statement: &Statement, caller: Caller<'_>) -> Option<Meant> {
    let meant = statement.principals.iter().filter_map(|named| means(named, caller));
    meant.reduce(|one, other| if one == Meant::Itself { one } else { other })
}

fn means(named: &Named, caller: Caller<'_>) -> Option<Meant> {
    match (named, caller) {
        (Named::Service(service), Caller::Service(asking)) => (service == asking).then_some(Meant::Itself),
        (Named::Everybody, Caller::Principal { .. }) => Some(Meant::Itself),
        (Named::Aws(named), Caller::Principal { principal, role_arn }) => match named {
            AwsPrincipal::Account(account) if account == principal.account() => {
                let is_account = matches!(principal.identity(), Identity::AccountRoot);
                Some(if is_account { Meant::Itself } else { Meant::ByAccount })
            }
            AwsPrincipal::Account(_) => None,
            AwsPrincipal::Arn(arn) => {
                (arn == principal.arn() || role_arn == Some(arn.as_str())).then_some(Meant::Itself)
            }
            AwsPrincipal::Id(id) => match principal.identity() {
                Identity::User { id: own, .. } | Identity::RoleSession { id: own, .. } => {
                    (id == own).then_some(Meant::Itself)
                }
                Identity::AccountRoot | Identity::System { .. } => None,
            },
        },
        // Everybody is every principal of an account; no service is meant by that.
        (Named::Everybody | Named::Aws(_), Caller::Service(_)) => None,
        (Named::Service(_), Caller::Principal { .. }) | (Named::Federated, _) => None,
    }
}

fn is_act(statement: &Statement, action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let any = |named: &[String]| named.iter().any(|pattern| like(&pattern.to_ascii_lowercase(), &action));
    match &statement.actions {
        Selection::Of(named) => any(named),
        Selection::AllBut(named) => !any(named),
    }
}

pub(super) fn holds(statement: &Statement, context: &Context) -> Truth {
    statement.conditions.iter().fold(Truth::Yes, |so_far, condition| so_far.and(|| condition.holds(context)))
}
