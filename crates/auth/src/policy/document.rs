//! Reading a policy document: its grammar, and AWS's words for what is wrong with it.
//!
//! Source: "Grammar of the IAM JSON policy language"; the texts are those that AWS has been seen to answer with. Where none
//! was found for a mistake, the one for any syntax error is used.

use super::condition::Condition;
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use thiserror::Error;

/// What is wrong with a document, in AWS's words.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Malformed(pub String);

/// A policy as statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub(super) statements: Vec<Statement>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Statement {
    pub effect: Effect,
    /// Of a trust policy only.
    pub principals: Vec<Principal>,
    pub actions: Selection,
    /// Of an identity-based policy only.
    pub resources: Selection,
    pub conditions: Vec<Condition>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Effect {
    Allow,
    Deny,
}

/// Patterns that are meant, or all but those.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Selection {
    Of(Vec<String>),
    AllBut(Vec<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Principal {
    Everybody,
    Aws(AwsPrincipal),
    Service(String),
    /// Kinds that nobody can be here yet.
    Federated,
}

/// A principal of an account, as a policy names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwsPrincipal {
    /// Twelve digits: the account and, by its leave, everybody in it.
    Account(String),
    /// The ARN of a user, a role or a role's session.
    Arn(String),
    /// `AROA…` or `AIDA…`.
    Id(String),
}

/// Which grammar a document follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Trust,
    Identity,
}

fn syntax() -> Malformed {
    Malformed("Syntax errors in policy.".to_owned())
}

fn malformed<T>(text: impl Into<String>) -> Result<T, Malformed> {
    Err(Malformed(text.into()))
}

impl Document {
    /// A role's trust policy.
    pub fn trust(text: &str) -> Result<Self, Malformed> {
        Self::parse(text, Kind::Trust)
    }

    /// A policy that says what its bearer may do: inline, managed or of a session.
    pub fn identity(text: &str) -> Result<Self, Malformed> {
        Self::parse(text, Kind::Identity)
    }

    /// The principals of accounts that it names.
    pub fn aws_principals(&self) -> impl Iterator<Item = &AwsPrincipal> {
        self.statements.iter().flat_map(|statement| &statement.principals).filter_map(|p| match p {
            Principal::Aws(named) => Some(named),
            Principal::Everybody | Principal::Service(_) | Principal::Federated => None,
        })
    }

    fn parse(text: &str, kind: Kind) -> Result<Self, Malformed> {
        let Ok(value) = serde_json::from_str::<Value>(text) else {
            return malformed("This policy contains invalid Json");
        };
        let Value::Object(policy) = value else { return Err(syntax()) };
        let mut variables = false;
        let mut statements = None;
        for (name, value) in &policy {
            match (name.as_str(), value) {
                ("Version", Value::String(version)) => match version.as_str() {
                    "2012-10-17" => variables = true,
                    "2008-10-17" => {}
                    _ => return Err(syntax()),
                },
                ("Id", Value::String(_)) => {}
                ("Statement", Value::Array(many)) if !many.is_empty() => statements = Some(many.as_slice()),
                ("Statement", one @ Value::Object(_)) => statements = Some(std::slice::from_ref(one)),
                _ => return Err(syntax()),
            }
        }
        let mut sids = BTreeSet::new();
        let statements = statements.ok_or_else(syntax)?.iter().map(|statement| {
            let Value::Object(statement) = statement else { return Err(syntax()) };
            sid(statement, &mut sids)?;
            Statement::parse(statement, kind, variables)
        });
        Ok(Self { statements: statements.collect::<Result<_, _>>()? })
    }
}

/// A statement's name: of letters and digits, and its alone.
fn sid<'a>(statement: &'a Map<String, Value>, known: &mut BTreeSet<&'a str>) -> Result<(), Malformed> {
    match statement.get("Sid") {
        None => Ok(()),
        Some(Value::String(sid)) => {
            if !sid.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return malformed(
                    "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
                );
            }
            match sid.is_empty() || known.insert(sid) {
                true => Ok(()),
                false => malformed("Statement IDs (SID) in a single policy must be unique."),
            }
        }
        Some(_) => Err(syntax()),
    }
}

impl Statement {
    fn parse(given: &Map<String, Value>, kind: Kind, variables: bool) -> Result<Self, Malformed> {
        const KNOWN: [&str; 9] = [
            "Sid",
            "Effect",
            "Principal",
            "NotPrincipal",
            "Action",
            "NotAction",
            "Resource",
            "NotResource",
            "Condition",
        ];
        if given.keys().any(|name| !KNOWN.contains(&name.as_str())) {
            return Err(syntax());
        }
        let effect = match given.get("Effect") {
            Some(Value::String(effect)) if effect == "Allow" => Effect::Allow,
            Some(Value::String(effect)) if effect == "Deny" => Effect::Deny,
            Some(_) => return Err(syntax()),
            None => return malformed("Missing required field Effect"),
        };
        let (principals, actions, resources) = match kind {
            Kind::Trust => {
                if given.contains_key("Resource") || given.contains_key("NotResource") {
                    return malformed("Has prohibited field Resource");
                }
                if given.contains_key("NotPrincipal") {
                    // AWS differs: takes it in statements that deny; what it excepts is then hard to see.
                    return malformed("Longshore does not support NotPrincipal in a trust policy.");
                }
                let principal = given.get("Principal");
                let principal =
                    principal.ok_or_else(|| Malformed("Missing required field Principal".into()))?;
                (principals(principal)?, trust_actions(given)?, Selection::AllBut(Vec::new()))
            }
            Kind::Identity => {
                if given.contains_key("Principal") || given.contains_key("NotPrincipal") {
                    return malformed("Policy document should not specify a principal.");
                }
                (Vec::new(), identity_actions(given)?, resources(given)?)
            }
        };
        let conditions = match given.get("Condition") {
            None => Vec::new(),
            Some(Value::Object(conditions)) => conditions_of(conditions, variables)?,
            Some(_) => return Err(syntax()),
        };
        Ok(Self { effect, principals, actions, resources, conditions })
    }
}

fn trust_actions(given: &Map<String, Value>) -> Result<Selection, Malformed> {
    let Some(actions) = selection(given, "Action", "NotAction")? else {
        return malformed("Missing required field Action");
    };
    let Selection::Of(named) = &actions else { return Err(syntax()) };
    match named.iter().all(|action| action.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("sts:")))
    {
        true => Ok(actions),
        false => malformed("AssumeRole policy may only specify STS AssumeRole actions."),
    }
}

fn identity_actions(given: &Map<String, Value>) -> Result<Selection, Malformed> {
    let Some(actions) = selection(given, "Action", "NotAction")? else {
        return malformed("Policy statement must contain actions.");
    };
    let (Selection::Of(named) | Selection::AllBut(named)) = &actions;
    let has_vendor = |action: &String| {
        action == "*"
            || action.split_once(':').is_some_and(|(vendor, act)| !vendor.is_empty() && !act.is_empty())
    };
    match named.iter().all(has_vendor) {
        true => Ok(actions),
        false => malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."),
    }
}

fn resources(given: &Map<String, Value>) -> Result<Selection, Malformed> {
    let Some(resources) = selection(given, "Resource", "NotResource")? else {
        return malformed("Policy statement must contain resources.");
    };
    let (Selection::Of(named) | Selection::AllBut(named)) = &resources;
    match named.iter().find(|resource| *resource != "*" && !resource.starts_with("arn:")) {
        None => Ok(resources),
        Some(resource) => malformed(format!("Resource {resource} must be in ARN format or \"*\".")),
    }
}

/// One of two members, as a text or a list of texts.
fn selection(given: &Map<String, Value>, of: &str, all_but: &str) -> Result<Option<Selection>, Malformed> {
    match (given.get(of), given.get(all_but)) {
        (None, None) => Ok(None),
        (Some(named), None) => Ok(Some(Selection::Of(texts(named)?))),
        (None, Some(named)) => Ok(Some(Selection::AllBut(texts(named)?))),
        (Some(_), Some(_)) => Err(syntax()),
    }
}

fn texts(value: &Value) -> Result<Vec<String>, Malformed> {
    match value {
        Value::String(one) => Ok(vec![one.clone()]),
        Value::Array(many) if !many.is_empty() => {
            many.iter().map(|one| one.as_str().map(str::to_owned).ok_or_else(syntax)).collect()
        }
        _ => Err(syntax()),
    }
}

fn principals(value: &Value) -> Result<Vec<Principal>, Malformed> {
    match value {
        Value::String(all) if all == "*" => Ok(vec![Principal::Everybody]),
        Value::Object(kinds) if !kinds.is_empty() => {
            let mut all = Vec::new();
            for (kind, named) in kinds {
                for text in texts(named)? {
                    all.push(principal(kind, text)?);
                }
            }
            Ok(all)
        }
        _ => Err(syntax()),
    }
}

fn principal(kind: &str, text: String) -> Result<Principal, Malformed> {
    match kind {
        "AWS" if text == "*" => Ok(Principal::Everybody),
        "AWS" => match AwsPrincipal::parse(&text) {
            Some(principal) => Ok(Principal::Aws(principal)),
            None => malformed(invalid_principal("AWS", &text)),
        },
        "Service" if text.contains('.') && !text.contains('*') => Ok(Principal::Service(text)),
        "Service" => malformed(invalid_principal("SERVICE", &text)),
        "Federated" => Ok(Principal::Federated),
        _ => malformed(invalid_principal(kind, &text)),
    }
}

/// AWS's words for a principal that is not one, or is not there.
pub(super) fn invalid_principal(kind: &str, text: &str) -> String {
    format!("Invalid principal in policy: \"{kind}\":\"{text}\"")
}

impl AwsPrincipal {
    fn parse(text: &str) -> Option<Self> {
        let is_account = |text: &str| text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit());
        if is_account(text) {
            return Some(Self::Account(text.to_owned()));
        }
        if (text.starts_with("AROA") || text.starts_with("AIDA"))
            && text.bytes().all(|b| b.is_ascii_alphanumeric())
        {
            return Some(Self::Id(text.to_owned()));
        }
        let arn: model::Arn = text.parse().ok()?;
        // A pattern would match whoever is made under such a name later.
        if !is_account(&arn.account) || !arn.region.is_empty() || arn.resource.contains(['*', '?']) {
            return None;
        }
        match (arn.service.as_str(), arn.resource.split_once('/')) {
            ("iam", None) if arn.resource == "root" => Some(Self::Account(arn.account)),
            ("iam", Some(("user" | "role", name)))
            | ("sts", Some(("assumed-role" | "federated-user", name)))
                if !name.is_empty() =>
            {
                Some(Self::Arn(text.to_owned()))
            }
            _ => None,
        }
    }

    /// What is said of one that is named and does not exist.
    pub fn missing(&self) -> Malformed {
        let (Self::Account(text) | Self::Arn(text) | Self::Id(text)) = self;
        Malformed(invalid_principal("AWS", text))
    }
}

fn conditions_of(given: &Map<String, Value>, variables: bool) -> Result<Vec<Condition>, Malformed> {
    let mut all = Vec::new();
    for (operator, keys) in given {
        let Value::Object(keys) = keys else { return Err(syntax()) };
        for (key, values) in keys {
            let values = match values {
                Value::Array(many) => many.iter().map(scalar).collect::<Option<Vec<_>>>(),
                one => scalar(one).map(|one| vec![one]),
            };
            let values = values.ok_or_else(syntax)?;
            all.push(Condition::new(operator, key, values, variables)?);
        }
    }
    Ok(all)
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
