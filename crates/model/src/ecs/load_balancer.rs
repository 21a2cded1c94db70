//! Load balancers of services: to which target groups the tasks of a revision are registered, and which rules lead there.

use crate::ids::{ArnError, ListenerArn, RuleArn, TargetGroupArn};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// `LoadBalancer` of the ECS API, of load balancers with target groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LoadBalancer {
    pub target_group: TargetGroupArn,
    pub container_name: String,
    pub container_port: u16,
    /// What deployments that shift traffic need besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advanced: Option<Advanced>,
}

/// `AdvancedConfiguration` of the ECS API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Advanced {
    /// Of two revisions that are there side by side one has this group, the other one the first.
    pub alternate_target_group: TargetGroupArn,
    pub production_rule: ListenerRule,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_rule: Option<ListenerRule>,
    /// The ARN of a role, as it was given.
    pub role: String,
}

/// What leads traffic to target groups: "listener rule (in the case of an Application Load Balancer) or listener (in the case for an Network Load
/// Balancer)".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListenerRule {
    Rule(RuleArn),
    /// Its default rule.
    Default(ListenerArn),
}

impl FromStr for ListenerRule {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        text.parse().map(Self::Rule).or_else(|_| text.parse().map(Self::Default))
    }
}

impl fmt::Display for ListenerRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule(arn) => arn.fmt(f),
            Self::Default(arn) => arn.fmt(f),
        }
    }
}

impl LoadBalancer {
    /// The group of a revision that has the alternate ones, or the first ones. Where there is one group it is every revision's.
    pub fn group(&self, alternate: bool) -> &TargetGroupArn {
        match &self.advanced {
            Some(advanced) if alternate => &advanced.alternate_target_group,
            Some(_) | None => &self.target_group,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_rule_or_a_listener() {
        let rule = "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener-rule/app/web/50dc6c495c0c9188/f2f7dc8efc522ab2/9683b2d02a6cabee";
        let listener = "arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/net/web/50dc6c495c0c9188/f2f7dc8efc522ab2";
        assert!(matches!(rule.parse(), Ok(ListenerRule::Rule(arn)) if arn.as_str() == rule));
        assert!(matches!(listener.parse(), Ok(ListenerRule::Default(arn)) if arn.as_str() == listener));
        assert!(
            "arn:aws:elasticloadbalancing:us-west-2:123456789012:targetgroup/a/1"
                .parse::<ListenerRule>()
                .is_err()
        );
    }
}
