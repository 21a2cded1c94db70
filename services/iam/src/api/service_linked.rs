//! CreateServiceLinkedRole, and the role that is there from the start: the roles in which services act for an account.

use super::role::{created, new_id};
use crate::Iam;
use crate::errors::settle;
use ::api::iam::*;
use auth::Cx;
use model::iam::Role;
use model::ids::RoleArn;
use state::Tx;
use std::collections::BTreeMap;

/// A service that has such a role, as far as Longshore has such services.
struct Linked {
    service: &'static str,
    role: &'static str,
    /// Of AWS's managed policy, after `aws-service-role/`.
    policy: &'static str,
}

const LINKED: [Linked; 3] = [
    Linked {
        service: "ecs.amazonaws.com",
        role: "AWSServiceRoleForECS",
        policy: "AmazonECSServiceRolePolicy",
    },
    Linked {
        service: "ecs.application-autoscaling.amazonaws.com",
        role: "AWSServiceRoleForApplicationAutoScaling_ECSService",
        policy: "AWSApplicationAutoscalingECSServicePolicy",
    },
    Linked {
        service: "elasticloadbalancing.amazonaws.com",
        role: "AWSServiceRoleForElasticLoadBalancing",
        policy: "AWSElasticLoadBalancingServiceRolePolicy",
    },
];

impl Linked {
    fn role(&self, cx: &Cx, description: Option<String>) -> Role {
        let Self { service, role, policy } = self;
        let partition = &cx.scope.partition;
        let trust_policy = format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"}}]}}"#
        );
        Role {
            arn: RoleArn::new(&cx.scope, &format!("/aws-service-role/{service}/"), role),
            id: new_id(cx),
            created_at: cx.now,
            trust_policy,
            description,
            max_session_s: 3600,
            inline_policies: BTreeMap::new(),
            attached_policies: vec![format!("arn:{partition}:iam::aws:policy/aws-service-role/{policy}")],
            permissions_boundary: None,
            tags: Vec::new(),
        }
    }
}

/// The role that ECS makes for itself when an account's first cluster is made, where it is not there. Those of other services come with
/// their first use. Source: "Using service-linked roles for Amazon ECS", developer guide, 2025.
pub fn of_ecs(tx: &mut Tx<'_>, cx: &Cx) {
    let [ecs, ..] = LINKED;
    let role = ecs.role(cx, Some("Role to enable Amazon ECS to manage your cluster.".to_owned()));
    if tx.get::<Role>(role.key()).is_none() {
        tx.put(role);
    }
}

pub(crate) async fn create_service_linked_role(
    iam: &Iam,
    cx: &Cx,
    input: CreateServiceLinkedRoleRequest,
) -> Result<CreateServiceLinkedRoleResponse, Error> {
    let service = input.aws_service_name;
    let Some(linked) = LINKED.iter().find(|linked| linked.service == service) else {
        // AWS's words are not established.
        return Err(Error::invalid_input(format!("The service {service} has no service-linked role here.")));
    };
    if input.custom_suffix.is_some() {
        return Err(Error::invalid_input(format!("Custom suffix is not allowed for {service}")));
    }
    let role = linked.role(cx, input.description.filter(|text| !text.is_empty()));
    let change = iam.state.update(|tx| {
        if tx.get::<Role>(role.key()).is_some() {
            let name = role.arn.name();
            return Err(Error::invalid_input(format!(
                "Service role name {name} has been taken in this account, please try a different suffix."
            )));
        }
        Ok(tx.put(role.clone()))
    });
    let role = settle(change.await)?;
    Ok(CreateServiceLinkedRoleResponse { role: Some(created(&role)) })
}
