//! Operations of Elastic Load Balancing.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use std::sync::Arc;

use super::{errors::Error, schema as s, shapes::*};
use crate::{Operation, Service, Unit};

/// Elastic Load Balancing. An operation that is not overridden answers that it is not implemented.
pub trait Elbv2<C: Sync>: Send + Sync + 'static {
    /// `AddListenerCertificates`.
    fn add_listener_certificates(
        &self,
        cx: &C,
        input: AddListenerCertificatesInput,
    ) -> impl Future<Output = Result<AddListenerCertificatesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AddListenerCertificates")))
    }

    /// `AddTags`.
    fn add_tags(
        &self,
        cx: &C,
        input: AddTagsInput,
    ) -> impl Future<Output = Result<AddTagsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AddTags")))
    }

    /// `AddTrustStoreRevocations`.
    fn add_trust_store_revocations(
        &self,
        cx: &C,
        input: AddTrustStoreRevocationsInput,
    ) -> impl Future<Output = Result<AddTrustStoreRevocationsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AddTrustStoreRevocations")))
    }

    /// `CreateListener`.
    fn create_listener(
        &self,
        cx: &C,
        input: CreateListenerInput,
    ) -> impl Future<Output = Result<CreateListenerOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateListener")))
    }

    /// `CreateLoadBalancer`.
    fn create_load_balancer(
        &self,
        cx: &C,
        input: CreateLoadBalancerInput,
    ) -> impl Future<Output = Result<CreateLoadBalancerOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateLoadBalancer")))
    }

    /// `CreateRule`.
    fn create_rule(
        &self,
        cx: &C,
        input: CreateRuleInput,
    ) -> impl Future<Output = Result<CreateRuleOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateRule")))
    }

    /// `CreateTargetGroup`.
    fn create_target_group(
        &self,
        cx: &C,
        input: CreateTargetGroupInput,
    ) -> impl Future<Output = Result<CreateTargetGroupOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateTargetGroup")))
    }

    /// `CreateTrustStore`.
    fn create_trust_store(
        &self,
        cx: &C,
        input: CreateTrustStoreInput,
    ) -> impl Future<Output = Result<CreateTrustStoreOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateTrustStore")))
    }

    /// `DeleteListener`.
    fn delete_listener(
        &self,
        cx: &C,
        input: DeleteListenerInput,
    ) -> impl Future<Output = Result<DeleteListenerOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteListener")))
    }

    /// `DeleteLoadBalancer`.
    fn delete_load_balancer(
        &self,
        cx: &C,
        input: DeleteLoadBalancerInput,
    ) -> impl Future<Output = Result<DeleteLoadBalancerOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteLoadBalancer")))
    }

    /// `DeleteRule`.
    fn delete_rule(
        &self,
        cx: &C,
        input: DeleteRuleInput,
    ) -> impl Future<Output = Result<DeleteRuleOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteRule")))
    }

    /// `DeleteSharedTrustStoreAssociation`.
    fn delete_shared_trust_store_association(
        &self,
        cx: &C,
        input: DeleteSharedTrustStoreAssociationInput,
    ) -> impl Future<Output = Result<DeleteSharedTrustStoreAssociationOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteSharedTrustStoreAssociation")))
    }

    /// `DeleteTargetGroup`.
    fn delete_target_group(
        &self,
        cx: &C,
        input: DeleteTargetGroupInput,
    ) -> impl Future<Output = Result<DeleteTargetGroupOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteTargetGroup")))
    }

    /// `DeleteTrustStore`.
    fn delete_trust_store(
        &self,
        cx: &C,
        input: DeleteTrustStoreInput,
    ) -> impl Future<Output = Result<DeleteTrustStoreOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteTrustStore")))
    }

    /// `DeregisterTargets`.
    fn deregister_targets(
        &self,
        cx: &C,
        input: DeregisterTargetsInput,
    ) -> impl Future<Output = Result<DeregisterTargetsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeregisterTargets")))
    }

    /// `DescribeAccountLimits`.
    fn describe_account_limits(
        &self,
        cx: &C,
        input: DescribeAccountLimitsInput,
    ) -> impl Future<Output = Result<DescribeAccountLimitsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeAccountLimits")))
    }

    /// `DescribeCapacityReservation`.
    fn describe_capacity_reservation(
        &self,
        cx: &C,
        input: DescribeCapacityReservationInput,
    ) -> impl Future<Output = Result<DescribeCapacityReservationOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeCapacityReservation")))
    }

    /// `DescribeListenerAttributes`.
    fn describe_listener_attributes(
        &self,
        cx: &C,
        input: DescribeListenerAttributesInput,
    ) -> impl Future<Output = Result<DescribeListenerAttributesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeListenerAttributes")))
    }

    /// `DescribeListenerCertificates`.
    fn describe_listener_certificates(
        &self,
        cx: &C,
        input: DescribeListenerCertificatesInput,
    ) -> impl Future<Output = Result<DescribeListenerCertificatesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeListenerCertificates")))
    }

    /// `DescribeListeners`.
    fn describe_listeners(
        &self,
        cx: &C,
        input: DescribeListenersInput,
    ) -> impl Future<Output = Result<DescribeListenersOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeListeners")))
    }

    /// `DescribeLoadBalancerAttributes`.
    fn describe_load_balancer_attributes(
        &self,
        cx: &C,
        input: DescribeLoadBalancerAttributesInput,
    ) -> impl Future<Output = Result<DescribeLoadBalancerAttributesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeLoadBalancerAttributes")))
    }

    /// `DescribeLoadBalancers`.
    fn describe_load_balancers(
        &self,
        cx: &C,
        input: DescribeLoadBalancersInput,
    ) -> impl Future<Output = Result<DescribeLoadBalancersOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeLoadBalancers")))
    }

    /// `DescribeRules`.
    fn describe_rules(
        &self,
        cx: &C,
        input: DescribeRulesInput,
    ) -> impl Future<Output = Result<DescribeRulesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeRules")))
    }

    /// `DescribeSSLPolicies`.
    fn describe_ssl_policies(
        &self,
        cx: &C,
        input: DescribeSSLPoliciesInput,
    ) -> impl Future<Output = Result<DescribeSSLPoliciesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeSSLPolicies")))
    }

    /// `DescribeTags`.
    fn describe_tags(
        &self,
        cx: &C,
        input: DescribeTagsInput,
    ) -> impl Future<Output = Result<DescribeTagsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTags")))
    }

    /// `DescribeTargetGroupAttributes`.
    fn describe_target_group_attributes(
        &self,
        cx: &C,
        input: DescribeTargetGroupAttributesInput,
    ) -> impl Future<Output = Result<DescribeTargetGroupAttributesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTargetGroupAttributes")))
    }

    /// `DescribeTargetGroups`.
    fn describe_target_groups(
        &self,
        cx: &C,
        input: DescribeTargetGroupsInput,
    ) -> impl Future<Output = Result<DescribeTargetGroupsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTargetGroups")))
    }

    /// `DescribeTargetHealth`.
    fn describe_target_health(
        &self,
        cx: &C,
        input: DescribeTargetHealthInput,
    ) -> impl Future<Output = Result<DescribeTargetHealthOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTargetHealth")))
    }

    /// `DescribeTrustStoreAssociations`.
    fn describe_trust_store_associations(
        &self,
        cx: &C,
        input: DescribeTrustStoreAssociationsInput,
    ) -> impl Future<Output = Result<DescribeTrustStoreAssociationsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTrustStoreAssociations")))
    }

    /// `DescribeTrustStoreRevocations`.
    fn describe_trust_store_revocations(
        &self,
        cx: &C,
        input: DescribeTrustStoreRevocationsInput,
    ) -> impl Future<Output = Result<DescribeTrustStoreRevocationsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTrustStoreRevocations")))
    }

    /// `DescribeTrustStores`.
    fn describe_trust_stores(
        &self,
        cx: &C,
        input: DescribeTrustStoresInput,
    ) -> impl Future<Output = Result<DescribeTrustStoresOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTrustStores")))
    }

    /// `GetResourcePolicy`.
    fn get_resource_policy(
        &self,
        cx: &C,
        input: GetResourcePolicyInput,
    ) -> impl Future<Output = Result<GetResourcePolicyOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetResourcePolicy")))
    }

    /// `GetTrustStoreCaCertificatesBundle`.
    fn get_trust_store_ca_certificates_bundle(
        &self,
        cx: &C,
        input: GetTrustStoreCaCertificatesBundleInput,
    ) -> impl Future<Output = Result<GetTrustStoreCaCertificatesBundleOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetTrustStoreCaCertificatesBundle")))
    }

    /// `GetTrustStoreRevocationContent`.
    fn get_trust_store_revocation_content(
        &self,
        cx: &C,
        input: GetTrustStoreRevocationContentInput,
    ) -> impl Future<Output = Result<GetTrustStoreRevocationContentOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetTrustStoreRevocationContent")))
    }

    /// `ModifyCapacityReservation`.
    fn modify_capacity_reservation(
        &self,
        cx: &C,
        input: ModifyCapacityReservationInput,
    ) -> impl Future<Output = Result<ModifyCapacityReservationOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyCapacityReservation")))
    }

    /// `ModifyIpPools`.
    fn modify_ip_pools(
        &self,
        cx: &C,
        input: ModifyIpPoolsInput,
    ) -> impl Future<Output = Result<ModifyIpPoolsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyIpPools")))
    }

    /// `ModifyListener`.
    fn modify_listener(
        &self,
        cx: &C,
        input: ModifyListenerInput,
    ) -> impl Future<Output = Result<ModifyListenerOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyListener")))
    }

    /// `ModifyListenerAttributes`.
    fn modify_listener_attributes(
        &self,
        cx: &C,
        input: ModifyListenerAttributesInput,
    ) -> impl Future<Output = Result<ModifyListenerAttributesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyListenerAttributes")))
    }

    /// `ModifyLoadBalancerAttributes`.
    fn modify_load_balancer_attributes(
        &self,
        cx: &C,
        input: ModifyLoadBalancerAttributesInput,
    ) -> impl Future<Output = Result<ModifyLoadBalancerAttributesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyLoadBalancerAttributes")))
    }

    /// `ModifyRule`.
    fn modify_rule(
        &self,
        cx: &C,
        input: ModifyRuleInput,
    ) -> impl Future<Output = Result<ModifyRuleOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyRule")))
    }

    /// `ModifyTargetGroup`.
    fn modify_target_group(
        &self,
        cx: &C,
        input: ModifyTargetGroupInput,
    ) -> impl Future<Output = Result<ModifyTargetGroupOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyTargetGroup")))
    }

    /// `ModifyTargetGroupAttributes`.
    fn modify_target_group_attributes(
        &self,
        cx: &C,
        input: ModifyTargetGroupAttributesInput,
    ) -> impl Future<Output = Result<ModifyTargetGroupAttributesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyTargetGroupAttributes")))
    }

    /// `ModifyTrustStore`.
    fn modify_trust_store(
        &self,
        cx: &C,
        input: ModifyTrustStoreInput,
    ) -> impl Future<Output = Result<ModifyTrustStoreOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ModifyTrustStore")))
    }

    /// `RegisterTargets`.
    fn register_targets(
        &self,
        cx: &C,
        input: RegisterTargetsInput,
    ) -> impl Future<Output = Result<RegisterTargetsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RegisterTargets")))
    }

    /// `RemoveListenerCertificates`.
    fn remove_listener_certificates(
        &self,
        cx: &C,
        input: RemoveListenerCertificatesInput,
    ) -> impl Future<Output = Result<RemoveListenerCertificatesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RemoveListenerCertificates")))
    }

    /// `RemoveTags`.
    fn remove_tags(
        &self,
        cx: &C,
        input: RemoveTagsInput,
    ) -> impl Future<Output = Result<RemoveTagsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RemoveTags")))
    }

    /// `RemoveTrustStoreRevocations`.
    fn remove_trust_store_revocations(
        &self,
        cx: &C,
        input: RemoveTrustStoreRevocationsInput,
    ) -> impl Future<Output = Result<RemoveTrustStoreRevocationsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RemoveTrustStoreRevocations")))
    }

    /// `SetIpAddressType`.
    fn set_ip_address_type(
        &self,
        cx: &C,
        input: SetIpAddressTypeInput,
    ) -> impl Future<Output = Result<SetIpAddressTypeOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("SetIpAddressType")))
    }

    /// `SetRulePriorities`.
    fn set_rule_priorities(
        &self,
        cx: &C,
        input: SetRulePrioritiesInput,
    ) -> impl Future<Output = Result<SetRulePrioritiesOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("SetRulePriorities")))
    }

    /// `SetSecurityGroups`.
    fn set_security_groups(
        &self,
        cx: &C,
        input: SetSecurityGroupsInput,
    ) -> impl Future<Output = Result<SetSecurityGroupsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("SetSecurityGroups")))
    }

    /// `SetSubnets`.
    fn set_subnets(
        &self,
        cx: &C,
        input: SetSubnetsInput,
    ) -> impl Future<Output = Result<SetSubnetsOutput, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("SetSubnets")))
    }
}

/// The service as `front` calls it.
pub fn service<C: Sync + 'static, S: Elbv2<C>>(implementation: Arc<S>) -> Service<C> {
    Service::new(
        &s::SERVICE_SCHEMA,
        vec![
            Operation::new(
                &s::ADD_LISTENER_CERTIFICATES_OPERATION,
                "elasticloadbalancing:AddListenerCertificates",
                "{ListenerArn}",
                &implementation,
                |i: &S, cx, input: AddListenerCertificatesInput| {
                    Box::pin(i.add_listener_certificates(cx, input))
                },
            ),
            Operation::new(
                &s::ADD_TAGS_OPERATION,
                "elasticloadbalancing:AddTags",
                "{ResourceArns}",
                &implementation,
                |i: &S, cx, input: AddTagsInput| Box::pin(i.add_tags(cx, input)),
            ),
            Operation::new(
                &s::ADD_TRUST_STORE_REVOCATIONS_OPERATION,
                "elasticloadbalancing:AddTrustStoreRevocations",
                "{TrustStoreArn}",
                &implementation,
                |i: &S, cx, input: AddTrustStoreRevocationsInput| {
                    Box::pin(i.add_trust_store_revocations(cx, input))
                },
            ),
            Operation::new(
                &s::CREATE_LISTENER_OPERATION,
                "elasticloadbalancing:CreateListener",
                "{LoadBalancerArn}",
                &implementation,
                |i: &S, cx, input: CreateListenerInput| Box::pin(i.create_listener(cx, input)),
            ),
            Operation::new(
                &s::CREATE_LOAD_BALANCER_OPERATION,
                "elasticloadbalancing:CreateLoadBalancer",
                "arn:{partition}:elasticloadbalancing:{region}:{account}:loadbalancer/*/{Name}/*",
                &implementation,
                |i: &S, cx, input: CreateLoadBalancerInput| Box::pin(i.create_load_balancer(cx, input)),
            ),
            Operation::new(
                &s::CREATE_RULE_OPERATION,
                "elasticloadbalancing:CreateRule",
                "{ListenerArn}",
                &implementation,
                |i: &S, cx, input: CreateRuleInput| Box::pin(i.create_rule(cx, input)),
            ),
            Operation::new(
                &s::CREATE_TARGET_GROUP_OPERATION,
                "elasticloadbalancing:CreateTargetGroup",
                "arn:{partition}:elasticloadbalancing:{region}:{account}:targetgroup/{Name}/*",
                &implementation,
                |i: &S, cx, input: CreateTargetGroupInput| Box::pin(i.create_target_group(cx, input)),
            ),
            Operation::new(
                &s::CREATE_TRUST_STORE_OPERATION,
                "elasticloadbalancing:CreateTrustStore",
                "arn:{partition}:elasticloadbalancing:{region}:{account}:truststore/{Name}/*",
                &implementation,
                |i: &S, cx, input: CreateTrustStoreInput| Box::pin(i.create_trust_store(cx, input)),
            ),
            Operation::new(
                &s::DELETE_LISTENER_OPERATION,
                "elasticloadbalancing:DeleteListener",
                "{ListenerArn}",
                &implementation,
                |i: &S, cx, input: DeleteListenerInput| Box::pin(i.delete_listener(cx, input)),
            ),
            Operation::new(
                &s::DELETE_LOAD_BALANCER_OPERATION,
                "elasticloadbalancing:DeleteLoadBalancer",
                "{LoadBalancerArn}",
                &implementation,
                |i: &S, cx, input: DeleteLoadBalancerInput| Box::pin(i.delete_load_balancer(cx, input)),
            ),
            Operation::new(
                &s::DELETE_RULE_OPERATION,
                "elasticloadbalancing:DeleteRule",
                "{RuleArn}",
                &implementation,
                |i: &S, cx, input: DeleteRuleInput| Box::pin(i.delete_rule(cx, input)),
            ),
            Operation::new(
                &s::DELETE_SHARED_TRUST_STORE_ASSOCIATION_OPERATION,
                "elasticloadbalancing:DeleteSharedTrustStoreAssociation",
                "{TrustStoreArn}",
                &implementation,
                |i: &S, cx, input: DeleteSharedTrustStoreAssociationInput| {
                    Box::pin(i.delete_shared_trust_store_association(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_TARGET_GROUP_OPERATION,
                "elasticloadbalancing:DeleteTargetGroup",
                "{TargetGroupArn}",
                &implementation,
                |i: &S, cx, input: DeleteTargetGroupInput| Box::pin(i.delete_target_group(cx, input)),
            ),
            Operation::new(
                &s::DELETE_TRUST_STORE_OPERATION,
                "elasticloadbalancing:DeleteTrustStore",
                "{TrustStoreArn}",
                &implementation,
                |i: &S, cx, input: DeleteTrustStoreInput| Box::pin(i.delete_trust_store(cx, input)),
            ),
            Operation::new(
                &s::DEREGISTER_TARGETS_OPERATION,
                "elasticloadbalancing:DeregisterTargets",
                "{TargetGroupArn}",
                &implementation,
                |i: &S, cx, input: DeregisterTargetsInput| Box::pin(i.deregister_targets(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_ACCOUNT_LIMITS_OPERATION,
                "elasticloadbalancing:DescribeAccountLimits",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeAccountLimitsInput| Box::pin(i.describe_account_limits(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_CAPACITY_RESERVATION_OPERATION,
                "elasticloadbalancing:DescribeCapacityReservation",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeCapacityReservationInput| {
                    Box::pin(i.describe_capacity_reservation(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_LISTENER_ATTRIBUTES_OPERATION,
                "elasticloadbalancing:DescribeListenerAttributes",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeListenerAttributesInput| {
                    Box::pin(i.describe_listener_attributes(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_LISTENER_CERTIFICATES_OPERATION,
                "elasticloadbalancing:DescribeListenerCertificates",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeListenerCertificatesInput| {
                    Box::pin(i.describe_listener_certificates(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_LISTENERS_OPERATION,
                "elasticloadbalancing:DescribeListeners",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeListenersInput| Box::pin(i.describe_listeners(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_LOAD_BALANCER_ATTRIBUTES_OPERATION,
                "elasticloadbalancing:DescribeLoadBalancerAttributes",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeLoadBalancerAttributesInput| {
                    Box::pin(i.describe_load_balancer_attributes(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_LOAD_BALANCERS_OPERATION,
                "elasticloadbalancing:DescribeLoadBalancers",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeLoadBalancersInput| Box::pin(i.describe_load_balancers(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_RULES_OPERATION,
                "elasticloadbalancing:DescribeRules",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeRulesInput| Box::pin(i.describe_rules(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_SSL_POLICIES_OPERATION,
                "elasticloadbalancing:DescribeSSLPolicies",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeSSLPoliciesInput| Box::pin(i.describe_ssl_policies(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_TAGS_OPERATION,
                "elasticloadbalancing:DescribeTags",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeTagsInput| Box::pin(i.describe_tags(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_TARGET_GROUP_ATTRIBUTES_OPERATION,
                "elasticloadbalancing:DescribeTargetGroupAttributes",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeTargetGroupAttributesInput| {
                    Box::pin(i.describe_target_group_attributes(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_TARGET_GROUPS_OPERATION,
                "elasticloadbalancing:DescribeTargetGroups",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeTargetGroupsInput| Box::pin(i.describe_target_groups(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_TARGET_HEALTH_OPERATION,
                "elasticloadbalancing:DescribeTargetHealth",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeTargetHealthInput| Box::pin(i.describe_target_health(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_TRUST_STORE_ASSOCIATIONS_OPERATION,
                "elasticloadbalancing:DescribeTrustStoreAssociations",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeTrustStoreAssociationsInput| {
                    Box::pin(i.describe_trust_store_associations(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_TRUST_STORE_REVOCATIONS_OPERATION,
                "elasticloadbalancing:DescribeTrustStoreRevocations",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeTrustStoreRevocationsInput| {
                    Box::pin(i.describe_trust_store_revocations(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_TRUST_STORES_OPERATION,
                "elasticloadbalancing:DescribeTrustStores",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeTrustStoresInput| Box::pin(i.describe_trust_stores(cx, input)),
            ),
            Operation::new(
                &s::GET_RESOURCE_POLICY_OPERATION,
                "elasticloadbalancing:GetResourcePolicy",
                "{ResourceArn}",
                &implementation,
                |i: &S, cx, input: GetResourcePolicyInput| Box::pin(i.get_resource_policy(cx, input)),
            ),
            Operation::new(
                &s::GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_OPERATION,
                "elasticloadbalancing:GetTrustStoreCaCertificatesBundle",
                "{TrustStoreArn}",
                &implementation,
                |i: &S, cx, input: GetTrustStoreCaCertificatesBundleInput| {
                    Box::pin(i.get_trust_store_ca_certificates_bundle(cx, input))
                },
            ),
            Operation::new(
                &s::GET_TRUST_STORE_REVOCATION_CONTENT_OPERATION,
                "elasticloadbalancing:GetTrustStoreRevocationContent",
                "{TrustStoreArn}",
                &implementation,
                |i: &S, cx, input: GetTrustStoreRevocationContentInput| {
                    Box::pin(i.get_trust_store_revocation_content(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_CAPACITY_RESERVATION_OPERATION,
                "elasticloadbalancing:ModifyCapacityReservation",
                "{LoadBalancerArn}",
                &implementation,
                |i: &S, cx, input: ModifyCapacityReservationInput| {
                    Box::pin(i.modify_capacity_reservation(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_IP_POOLS_OPERATION,
                "elasticloadbalancing:ModifyIpPools",
                "{LoadBalancerArn}",
                &implementation,
                |i: &S, cx, input: ModifyIpPoolsInput| Box::pin(i.modify_ip_pools(cx, input)),
            ),
            Operation::new(
                &s::MODIFY_LISTENER_OPERATION,
                "elasticloadbalancing:ModifyListener",
                "{ListenerArn}",
                &implementation,
                |i: &S, cx, input: ModifyListenerInput| Box::pin(i.modify_listener(cx, input)),
            ),
            Operation::new(
                &s::MODIFY_LISTENER_ATTRIBUTES_OPERATION,
                "elasticloadbalancing:ModifyListenerAttributes",
                "{ListenerArn}",
                &implementation,
                |i: &S, cx, input: ModifyListenerAttributesInput| {
                    Box::pin(i.modify_listener_attributes(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_LOAD_BALANCER_ATTRIBUTES_OPERATION,
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "{LoadBalancerArn}",
                &implementation,
                |i: &S, cx, input: ModifyLoadBalancerAttributesInput| {
                    Box::pin(i.modify_load_balancer_attributes(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_RULE_OPERATION,
                "elasticloadbalancing:ModifyRule",
                "{RuleArn}",
                &implementation,
                |i: &S, cx, input: ModifyRuleInput| Box::pin(i.modify_rule(cx, input)),
            ),
            Operation::new(
                &s::MODIFY_TARGET_GROUP_OPERATION,
                "elasticloadbalancing:ModifyTargetGroup",
                "{TargetGroupArn}",
                &implementation,
                |i: &S, cx, input: ModifyTargetGroupInput| Box::pin(i.modify_target_group(cx, input)),
            ),
            Operation::new(
                &s::MODIFY_TARGET_GROUP_ATTRIBUTES_OPERATION,
                "elasticloadbalancing:ModifyTargetGroupAttributes",
                "{TargetGroupArn}",
                &implementation,
                |i: &S, cx, input: ModifyTargetGroupAttributesInput| {
                    Box::pin(i.modify_target_group_attributes(cx, input))
                },
            ),
            Operation::new(
                &s::MODIFY_TRUST_STORE_OPERATION,
                "elasticloadbalancing:ModifyTrustStore",
                "{TrustStoreArn}",
                &implementation,
                |i: &S, cx, input: ModifyTrustStoreInput| Box::pin(i.modify_trust_store(cx, input)),
            ),
            Operation::new(
                &s::REGISTER_TARGETS_OPERATION,
                "elasticloadbalancing:RegisterTargets",
                "{TargetGroupArn}",
                &implementation,
                |i: &S, cx, input: RegisterTargetsInput| Box::pin(i.register_targets(cx, input)),
            ),
            Operation::new(
                &s::REMOVE_LISTENER_CERTIFICATES_OPERATION,
                "elasticloadbalancing:RemoveListenerCertificates",
                "{ListenerArn}",
                &implementation,
                |i: &S, cx, input: RemoveListenerCertificatesInput| {
                    Box::pin(i.remove_listener_certificates(cx, input))
                },
            ),
            Operation::new(
                &s::REMOVE_TAGS_OPERATION,
                "elasticloadbalancing:RemoveTags",
                "{ResourceArns}",
                &implementation,
                |i: &S, cx, input: RemoveTagsInput| Box::pin(i.remove_tags(cx, input)),
            ),
            Operation::new(
                &s::REMOVE_TRUST_STORE_REVOCATIONS_OPERATION,
                "elasticloadbalancing:RemoveTrustStoreRevocations",
                "{TrustStoreArn}",
                &implementation,
                |i: &S, cx, input: RemoveTrustStoreRevocationsInput| {
                    Box::pin(i.remove_trust_store_revocations(cx, input))
                },
            ),
            Operation::new(
                &s::SET_IP_ADDRESS_TYPE_OPERATION,
                "elasticloadbalancing:SetIpAddressType",
                "{LoadBalancerArn}",
                &implementation,
                |i: &S, cx, input: SetIpAddressTypeInput| Box::pin(i.set_ip_address_type(cx, input)),
            ),
            Operation::new(
                &s::SET_RULE_PRIORITIES_OPERATION,
                "elasticloadbalancing:SetRulePriorities",
                "*",
                &implementation,
                |i: &S, cx, input: SetRulePrioritiesInput| Box::pin(i.set_rule_priorities(cx, input)),
            ),
            Operation::new(
                &s::SET_SECURITY_GROUPS_OPERATION,
                "elasticloadbalancing:SetSecurityGroups",
                "{LoadBalancerArn}",
                &implementation,
                |i: &S, cx, input: SetSecurityGroupsInput| Box::pin(i.set_security_groups(cx, input)),
            ),
            Operation::new(
                &s::SET_SUBNETS_OPERATION,
                "elasticloadbalancing:SetSubnets",
                "{LoadBalancerArn}",
                &implementation,
                |i: &S, cx, input: SetSubnetsInput| Box::pin(i.set_subnets(cx, input)),
            ),
        ],
    )
}
