//! Rules of an application load balancer's listeners.

use serde::{Deserialize, Serialize};

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

/// That a client stays with its target group (the cookie AWSALBTG).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ForwardStickiness {
    /// 1 to 604,800.
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
