//! Rules of an application load balancer's listeners.

use super::{Endpoint, Secret};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A rule: all its conditions hold, then its actions are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    pub arn: String,
    /// 1 to 50,000; the lowest that matches is taken.
    pub priority: u32,
    pub conditions: Vec<Condition>,
    pub actions: Vec<Action>,
}

/// One condition; any of its values fulfils it. `*` stands for any characters, `?` for exactly one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Condition {
    /// Host names, without regard to case; wildcards.
    HostHeader(Vec<String>),
    /// Paths, with regard to case; wildcards.
    PathPattern(Vec<String>),
    /// A header's name, and values without regard to case; wildcards in the values.
    HttpHeader { name: String, values: Vec<String> },
    /// Methods, exactly.
    HttpRequestMethod(Vec<String>),
    /// Keys (none: any) and values of the query, without regard to case; wildcards in both.
    QueryString(Vec<(Option<String>, String)>),
    /// CIDR blocks of the client's own address, never of `X-Forwarded-For`.
    SourceIp(Vec<String>),
}

/// What is done with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// Users are authenticated before the last action is taken.
    AuthenticateOidc(Box<Authentication>),
    Forward(Forward),
    Redirect(Redirect),
    /// Status, content type and body of a fixed response.
    #[serde(rename_all = "camelCase")]
    FixedResponse {
        status: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content_type: Option<String>,
        #[serde(default)]
        body: String,
    },
}

/// A provider of identities (OpenID Connect), and what is asked of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Authentication {
    pub issuer: String,
    pub authorization_endpoint: Endpoint,
    pub token_endpoint: Endpoint,
    pub user_info_endpoint: Endpoint,
    pub client_id: String,
    pub client_secret: Secret,
    /// The name of the session's cookies, without their numbers.
    pub session_cookie_name: String,
    pub scope: String,
    /// 1 to 604,800.
    pub session_timeout_seconds: u32,
    /// Parameters besides those of the protocol, with which users are sent to the provider.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra_parameters: BTreeMap<String, String>,
    pub on_unauthenticated: OnUnauthenticated,
}

/// What becomes of a request whose sender has no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OnUnauthenticated {
    /// 401.
    Deny,
    /// It goes on without claims.
    Allow,
    /// The user is sent to the provider.
    Authenticate,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Forward {
    pub groups: Vec<WeightedGroup>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stickiness: Option<ForwardStickiness>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WeightedGroup {
    /// ARN of the target group.
    pub group: String,
    /// 0 to 999.
    pub weight: u32,
}

/// That a client stays with its target group: by the cookie AWSALBTG, of a network load balancer by its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ForwardStickiness {
    /// 1 to 604,800; of an application load balancer.
    pub duration_seconds: u32,
}

/// Where a client is sent. `#{protocol}`, `#{host}`, `#{port}`, `#{path}` (without its leading slash) and `#{query}` stand for the request's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Redirect {
    /// `HTTP`, `HTTPS` or `#{protocol}`.
    pub protocol: String,
    pub host: String,
    pub port: String,
    pub path: String,
    pub query: String,
    /// 301 or 302.
    pub status: u16,
}
