//! A rule: which requests, and what becomes of them.

use crate::Tag;
use crate::balancer::Secret;
use crate::ec2::IpBlock;
use crate::ids::{ListenerArn, RuleArn, TargetGroupArn};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The record of a rule. Key: its ARN.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    pub arn: RuleArn,
    pub listener: ListenerArn,
    pub priority: Priority,
    /// All of them have to hold. Empty of the default rule alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// In the order in which they are done; the last one answers or forwards.
    pub actions: Vec<Action>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// Lower numbers first, the default rule last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Priority {
    /// 1 to 50000; no two rules of a listener have one.
    Number(u32),
    Default,
}

/// What a request has to have. Of a list of values one has to fit; `*` stands for anything, `?` for one character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "field")]
pub enum Condition {
    /// Without regard to case.
    Host {
        values: Vec<String>,
    },
    /// With regard to case.
    Path {
        values: Vec<String>,
    },
    /// The name without regard to case, the values too.
    Header {
        name: String,
        values: Vec<String>,
    },
    /// Exactly.
    Method {
        values: Vec<String>,
    },
    /// Without regard to case; a backslash makes `*` and `?` ordinary.
    Query {
        values: Vec<Pair>,
    },
    SourceIp {
        values: Vec<IpBlock>,
    },
}

/// A parameter of a query. Without a key, any parameter with the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pair {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    pub value: String,
}

/// One thing that is done with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// As it was given; one of several has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
    pub kind: ActionKind,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ActionKind {
    Forward(Forward),
    Redirect(Redirect),
    #[serde(rename_all = "camelCase")]
    FixedResponse {
        /// 200 to 599, but for the 300s.
        status: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content_type: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
    },
    AuthenticateOidc(Box<Authentication>),
}

/// To whom a request goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Forward {
    /// One to five.
    pub groups: Vec<WeightedGroup>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stickiness: Option<Stickiness>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WeightedGroup {
    pub group: TargetGroupArn,
    /// 0 to 999; of their sum.
    pub weight: u32,
}

/// Whether a client stays with its group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Stickiness {
    pub enabled: bool,
    /// 1 to 604800, where it is enabled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_s: Option<u32>,
}

/// Where a client is sent. Texts may contain `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Redirect {
    pub protocol: String,
    pub host: String,
    pub port: String,
    pub path: String,
    pub query: String,
    pub code: RedirectCode,
}

crate::status::named!(
    /// `RedirectActionStatusCodeEnum` of the API.
    RedirectCode, "redirect code" {
        Permanent = "HTTP_301",
        Temporary = "HTTP_302",
    }
);

crate::status::named!(
    /// What becomes of a request whose sender did not say who he is.
    OidcBehavior, "behaviour" {
        Deny = "deny",
        Allow = "allow",
        Authenticate = "authenticate",
    }
);

/// A provider of identities that is asked first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Authentication {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub user_info_endpoint: String,
    pub client_id: String,
    /// What proves the load balancer to the provider. No operation shows it.
    #[serde(flatten)]
    pub client_secret: ClientSecret,
    pub session_cookie_name: String,
    pub scope: String,
    /// 1 to 604800.
    pub session_timeout_s: u64,
    /// At most ten.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra_parameters: BTreeMap<String, String>,
    pub on_unauthenticated: OidcBehavior,
}

/// A client secret as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientSecret {
    #[serde(rename = "sealedSecret")]
    Sealed(SealedSecret),
    /// Of a record from before secrets were sealed; the server seals it with its next start.
    #[serde(rename = "clientSecret")]
    Plain(Secret),
}

/// A secret under the data directory's master key, for one load balancer alone: base64.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SealedSecret(pub String);

impl fmt::Debug for SealedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealedSecret(…)")
    }
}

impl fmt::Display for Priority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Default => f.write_str("default"),
        }
    }
}

impl Rule {
    pub fn is_default(&self) -> bool {
        self.priority == Priority::Default
    }

    /// The groups that its actions forward to, those of weight zero too.
    pub fn groups(&self) -> impl Iterator<Item = &TargetGroupArn> {
        self.actions
            .iter()
            .filter_map(Action::forward)
            .flat_map(|forward| forward.groups.iter().map(|g| &g.group))
    }
}

impl Action {
    pub fn forward(&self) -> Option<&Forward> {
        match &self.kind {
            ActionKind::Forward(forward) => Some(forward),
            ActionKind::Redirect(_) | ActionKind::FixedResponse { .. } | ActionKind::AuthenticateOidc(_) => {
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_rule_comes_last() {
        assert!(Priority::Number(50_000) < Priority::Default);
    }
}
