//! Load balancers of services, as the API gives and shows them.

use super::{FromApi, ToApi};
use api::ecs as a;
use api::ecs::Error;
use model::ecs::LoadBalancer;
use model::ecs::load_balancer::{Advanced, ListenerRule};
use model::ids::TargetGroupArn;

fn refuse<T>(message: impl Into<String>) -> Result<T, Error> {
    Err(Error::invalid_parameter(message))
}

/// What can be said without looking at records. Texts that a comment does not say are observed are not established.
impl FromApi<a::LoadBalancer> for LoadBalancer {
    fn from_api(api: a::LoadBalancer) -> Result<Self, Error> {
        let given = |text: Option<String>| text.filter(|t| !t.is_empty());
        if let Some(name) = given(api.load_balancer_name) {
            if api.target_group_arn.is_some() {
                return refuse("loadBalancerName and targetGroupArn cannot both be specified.");
            }
            // Observed. Classic load balancers are not ours, and there is none.
            return refuse(format!("The load balancer {name} does not exist."));
        }
        let Some(group) = given(api.target_group_arn) else {
            return refuse("targetGroupArn must be specified.");
        };
        // Observed.
        let Some(container_name) = given(api.container_name) else {
            return refuse("Container Name can not be blank.");
        };
        let port = api.container_port.and_then(|port| u16::try_from(port).ok()).filter(|port| *port > 0);
        let Some(container_port) = port else {
            return refuse("containerPort must be between 1 and 65535.");
        };
        Ok(Self {
            target_group: target_group(&group)?,
            container_name,
            container_port,
            advanced: Option::from_api(api.advanced_configuration)?,
        })
    }
}

impl FromApi<a::AdvancedConfiguration> for Advanced {
    fn from_api(api: a::AdvancedConfiguration) -> Result<Self, Error> {
        let given = |text: Option<String>| text.filter(|t| !t.is_empty());
        let (Some(alternate), Some(production), Some(role)) =
            (given(api.alternate_target_group_arn), given(api.production_listener_rule), given(api.role_arn))
        else {
            return refuse(
                "alternateTargetGroupArn, productionListenerRule and roleArn of advancedConfiguration must be specified.",
            );
        };
        if role.parse::<model::ids::RoleArn>().is_err() {
            return refuse("roleArn of advancedConfiguration is not the ARN of a role.");
        }
        Ok(Self {
            alternate_target_group: target_group(&alternate)?,
            production_rule: rule("productionListenerRule", &production)?,
            test_rule: given(api.test_listener_rule).map(|t| rule("testListenerRule", &t)).transpose()?,
            role,
        })
    }
}

fn target_group(text: &str) -> Result<TargetGroupArn, Error> {
    text.parse().or_else(|_| refuse(format!("{text} is not the ARN of a target group.")))
}

fn rule(name: &str, text: &str) -> Result<ListenerRule, Error> {
    text.parse().or_else(|_| refuse(format!("{name} is not the ARN of a listener rule or of a listener.")))
}

impl ToApi<a::LoadBalancer> for LoadBalancer {
    fn to_api(&self) -> a::LoadBalancer {
        a::LoadBalancer {
            target_group_arn: Some(self.target_group.to_string()),
            load_balancer_name: None,
            container_name: Some(self.container_name.clone()),
            container_port: Some(self.container_port.into()),
            advanced_configuration: self.advanced.to_api(),
        }
    }
}

impl ToApi<a::AdvancedConfiguration> for Advanced {
    fn to_api(&self) -> a::AdvancedConfiguration {
        a::AdvancedConfiguration {
            alternate_target_group_arn: Some(self.alternate_target_group.to_string()),
            production_listener_rule: Some(self.production_rule.to_string()),
            test_listener_rule: self.test_rule.as_ref().map(ToString::to_string),
            role_arn: Some(self.role.clone()),
        }
    }
}
