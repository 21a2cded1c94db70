//! The service: what its handlers share, and the table of its operations.

use crate::{api as handlers, errors};
use ::api::elbv2::*;
use auth::{Cx, Ids, MasterKey};
use state::ec2::Draw;
use state::{State, Tx};
use std::sync::Arc;

/// Elastic Load Balancing. Its tables are [`state::elbv2::TABLES`], and it works on those of EC2 and ECS.
pub struct Elbv2 {
    pub(crate) state: State,
    pub(crate) key: Arc<MasterKey>,
}

impl Elbv2 {
    /// `key` seals client secrets.
    pub fn new(state: State, key: Arc<MasterKey>) -> Self {
        Self { state, key }
    }

    /// One change, with its ids.
    pub(crate) async fn change<T>(
        &self,
        cx: &Cx,
        make: impl Fn(&mut Tx<'_>, Draw<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let seed = cx.random_32();
        let change = self.state.update(|tx| {
            let mut ids = Ids::from_seed(seed);
            make(tx, &mut || ids.random_16())
        });
        errors::settle(change.await)
    }
}

/// One line per operation: each is a function of the noun's module.
macro_rules! operations {
    ($($operation:ident($input:ty) -> $output:ty = $noun:ident;)+) => {
        impl Elbv2_<Cx> for Elbv2 {
            $(async fn $operation(&self, cx: &Cx, input: $input) -> Result<$output, Error> {
                handlers::$noun::$operation(self, cx, input).await
            })+
        }
    };
}

use ::api::elbv2::Elbv2 as Elbv2_;

operations! {
    create_load_balancer(CreateLoadBalancerInput) -> CreateLoadBalancerOutput = load_balancer;
    describe_load_balancers(DescribeLoadBalancersInput) -> DescribeLoadBalancersOutput = load_balancer;
    delete_load_balancer(DeleteLoadBalancerInput) -> DeleteLoadBalancerOutput = load_balancer;
    set_security_groups(SetSecurityGroupsInput) -> SetSecurityGroupsOutput = load_balancer_change;
    set_subnets(SetSubnetsInput) -> SetSubnetsOutput = load_balancer_change;
    set_ip_address_type(SetIpAddressTypeInput) -> SetIpAddressTypeOutput = load_balancer_change;

    describe_load_balancer_attributes(DescribeLoadBalancerAttributesInput) -> DescribeLoadBalancerAttributesOutput = attribute;
    modify_load_balancer_attributes(ModifyLoadBalancerAttributesInput) -> ModifyLoadBalancerAttributesOutput = attribute;
    describe_target_group_attributes(DescribeTargetGroupAttributesInput) -> DescribeTargetGroupAttributesOutput = attribute;
    modify_target_group_attributes(ModifyTargetGroupAttributesInput) -> ModifyTargetGroupAttributesOutput = attribute;
    describe_listener_attributes(DescribeListenerAttributesInput) -> DescribeListenerAttributesOutput = attribute;
    modify_listener_attributes(ModifyListenerAttributesInput) -> ModifyListenerAttributesOutput = attribute;

    create_target_group(CreateTargetGroupInput) -> CreateTargetGroupOutput = target_group;
    describe_target_groups(DescribeTargetGroupsInput) -> DescribeTargetGroupsOutput = target_group;
    modify_target_group(ModifyTargetGroupInput) -> ModifyTargetGroupOutput = target_group;
    delete_target_group(DeleteTargetGroupInput) -> DeleteTargetGroupOutput = target_group;

    register_targets(RegisterTargetsInput) -> RegisterTargetsOutput = target;
    deregister_targets(DeregisterTargetsInput) -> DeregisterTargetsOutput = target;
    describe_target_health(DescribeTargetHealthInput) -> DescribeTargetHealthOutput = target;

    create_listener(CreateListenerInput) -> CreateListenerOutput = listener;
    describe_listeners(DescribeListenersInput) -> DescribeListenersOutput = listener;
    modify_listener(ModifyListenerInput) -> ModifyListenerOutput = listener;
    delete_listener(DeleteListenerInput) -> DeleteListenerOutput = listener;

    add_listener_certificates(AddListenerCertificatesInput) -> AddListenerCertificatesOutput = certificate;
    remove_listener_certificates(RemoveListenerCertificatesInput) -> RemoveListenerCertificatesOutput = certificate;
    describe_listener_certificates(DescribeListenerCertificatesInput) -> DescribeListenerCertificatesOutput = certificate;

    create_rule(CreateRuleInput) -> CreateRuleOutput = rule;
    describe_rules(DescribeRulesInput) -> DescribeRulesOutput = rule;
    modify_rule(ModifyRuleInput) -> ModifyRuleOutput = rule;
    delete_rule(DeleteRuleInput) -> DeleteRuleOutput = rule;
    set_rule_priorities(SetRulePrioritiesInput) -> SetRulePrioritiesOutput = rule;

    add_tags(AddTagsInput) -> AddTagsOutput = tag;
    remove_tags(RemoveTagsInput) -> RemoveTagsOutput = tag;
    describe_tags(DescribeTagsInput) -> DescribeTagsOutput = tag;

    describe_ssl_policies(DescribeSSLPoliciesInput) -> DescribeSSLPoliciesOutput = limit;
    describe_account_limits(DescribeAccountLimitsInput) -> DescribeAccountLimitsOutput = limit;
}
