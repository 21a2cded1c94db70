//! CreateServiceLinkedRole: the roles in which services act for an account.

use super::role::{created, new_id};
use crate::Iam;
use crate::errors::settle;
use ::api::iam::*;
use auth::Cx;
use model::iam::Role;
use model::ids::RoleArn;
use std::collections::BTreeMap;

/// A service that has such a role, as far as Longshore has such services.
struct Linked {
    service: &'static str,
    role: &'static str,
    /// Of AWS's managed policy, after `aws-service-role/`.
    policy: &'static str,
}

const LINKED: &[Linked] = &[
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
    let Linked { role, policy, .. } = linked;
    let partition = &cx.scope.partition;
    let trust_policy = format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"Service":"{service}"}},"Action":"sts:AssumeRole"}}]}}"#
    );
    let role = Role {
        arn: RoleArn::new(&cx.scope, &format!("/aws-service-role/{service}/"), role),
        id: new_id(cx),
        created_at: cx.now,
        trust_policy,
        description: input.description.filter(|text| !text.is_empty()),
        max_session_s: 3600,
        inline_policies: BTreeMap::new(),
        attached_policies: vec![format!("arn:{partition}:iam::aws:policy/aws-service-role/{policy}")],
        permissions_boundary: None,
        tags: Vec::new(),
    };
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
