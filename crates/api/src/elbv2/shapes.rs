//! Structures and unions of Elastic Load Balancing. Required members are plain, all others `Option`.

#![allow(unused_imports, reason = "which of them a model needs varies")]
#![allow(clippy::large_enum_variant, reason = "a union is read once and taken apart")]

use std::collections::BTreeMap;

use wire::{Blob, Document, Timestamp};

use super::{enums::*, errors::ErrorCode, schema as s};
use crate::EventStream;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Action {
    pub r#type: ActionTypeEnum,
    pub target_group_arn: Option<String>,
    pub authenticate_oidc_config: Option<AuthenticateOidcActionConfig>,
    pub authenticate_cognito_config: Option<AuthenticateCognitoActionConfig>,
    pub order: Option<i32>,
    pub redirect_config: Option<RedirectActionConfig>,
    pub fixed_response_config: Option<FixedResponseActionConfig>,
    pub forward_config: Option<ForwardActionConfig>,
    pub jwt_validation_config: Option<JwtValidationActionConfig>,
}

wire::structure!(Action, s::ACTION, {
    0: r#type, 1: target_group_arn, 2: authenticate_oidc_config, 3: authenticate_cognito_config,
    4: order, 5: redirect_config, 6: fixed_response_config, 7: forward_config,
    8: jwt_validation_config,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddListenerCertificatesInput {
    pub listener_arn: String,
    pub certificates: Vec<Certificate>,
}

wire::structure!(AddListenerCertificatesInput, s::ADD_LISTENER_CERTIFICATES_INPUT, {
    0: listener_arn, 1: certificates,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddListenerCertificatesOutput {
    pub certificates: Option<Vec<Certificate>>,
}

wire::structure!(AddListenerCertificatesOutput, s::ADD_LISTENER_CERTIFICATES_OUTPUT, {
    0: certificates,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddTagsInput {
    pub resource_arns: Vec<String>,
    pub tags: Vec<Tag>,
}

wire::structure!(AddTagsInput, s::ADD_TAGS_INPUT, {
    0: resource_arns, 1: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddTagsOutput {}

wire::structure!(AddTagsOutput, s::ADD_TAGS_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddTrustStoreRevocationsInput {
    pub trust_store_arn: String,
    pub revocation_contents: Option<Vec<RevocationContent>>,
}

wire::structure!(AddTrustStoreRevocationsInput, s::ADD_TRUST_STORE_REVOCATIONS_INPUT, {
    0: trust_store_arn, 1: revocation_contents,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddTrustStoreRevocationsOutput {
    pub trust_store_revocations: Option<Vec<TrustStoreRevocation>>,
}

wire::structure!(AddTrustStoreRevocationsOutput, s::ADD_TRUST_STORE_REVOCATIONS_OUTPUT, {
    0: trust_store_revocations,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AdministrativeOverride {
    pub state: Option<TargetAdministrativeOverrideStateEnum>,
    pub reason: Option<TargetAdministrativeOverrideReasonEnum>,
    pub description: Option<String>,
}

wire::structure!(AdministrativeOverride, s::ADMINISTRATIVE_OVERRIDE, {
    0: state, 1: reason, 2: description,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnomalyDetection {
    pub result: Option<AnomalyResultEnum>,
    pub mitigation_in_effect: Option<MitigationInEffectEnum>,
}

wire::structure!(AnomalyDetection, s::ANOMALY_DETECTION, {
    0: result, 1: mitigation_in_effect,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthenticateCognitoActionConfig {
    pub user_pool_arn: String,
    pub user_pool_client_id: String,
    pub user_pool_domain: String,
    pub session_cookie_name: Option<String>,
    pub scope: Option<String>,
    pub session_timeout: Option<i64>,
    pub authentication_request_extra_params: Option<BTreeMap<String, String>>,
    pub on_unauthenticated_request: Option<AuthenticateCognitoActionConditionalBehaviorEnum>,
}

wire::structure!(AuthenticateCognitoActionConfig, s::AUTHENTICATE_COGNITO_ACTION_CONFIG, {
    0: user_pool_arn, 1: user_pool_client_id, 2: user_pool_domain, 3: session_cookie_name, 4: scope,
    5: session_timeout, 6: authentication_request_extra_params, 7: on_unauthenticated_request,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AuthenticateOidcActionConfig {
    pub issuer: String,
    pub authorization_endpoint: String,
    pub token_endpoint: String,
    pub user_info_endpoint: String,
    pub client_id: String,
    pub client_secret: Option<String>,
    pub session_cookie_name: Option<String>,
    pub scope: Option<String>,
    pub session_timeout: Option<i64>,
    pub authentication_request_extra_params: Option<BTreeMap<String, String>>,
    pub on_unauthenticated_request: Option<AuthenticateOidcActionConditionalBehaviorEnum>,
    pub use_existing_client_secret: Option<bool>,
}

wire::structure!(AuthenticateOidcActionConfig, s::AUTHENTICATE_OIDC_ACTION_CONFIG, {
    0: issuer, 1: authorization_endpoint, 2: token_endpoint, 3: user_info_endpoint, 4: client_id,
    5: client_secret, 6: session_cookie_name, 7: scope, 8: session_timeout,
    9: authentication_request_extra_params, 10: on_unauthenticated_request,
    11: use_existing_client_secret,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AvailabilityZone {
    pub zone_name: Option<String>,
    pub subnet_id: Option<String>,
    pub outpost_id: Option<String>,
    pub load_balancer_addresses: Option<Vec<LoadBalancerAddress>>,
    pub source_nat_ipv6_prefixes: Option<Vec<String>>,
}

wire::structure!(AvailabilityZone, s::AVAILABILITY_ZONE, {
    0: zone_name, 1: subnet_id, 2: outpost_id, 3: load_balancer_addresses,
    4: source_nat_ipv6_prefixes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CapacityReservationStatus {
    pub code: Option<CapacityReservationStateEnum>,
    pub reason: Option<String>,
}

wire::structure!(CapacityReservationStatus, s::CAPACITY_RESERVATION_STATUS, {
    0: code, 1: reason,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Certificate {
    pub certificate_arn: Option<String>,
    pub is_default: Option<bool>,
}

wire::structure!(Certificate, s::CERTIFICATE, {
    0: certificate_arn, 1: is_default,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cipher {
    pub name: Option<String>,
    pub priority: Option<i32>,
}

wire::structure!(Cipher, s::CIPHER, {
    0: name, 1: priority,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateListenerInput {
    pub load_balancer_arn: String,
    pub protocol: Option<ProtocolEnum>,
    pub port: Option<i32>,
    pub ssl_policy: Option<String>,
    pub certificates: Option<Vec<Certificate>>,
    pub default_actions: Vec<Action>,
    pub alpn_policy: Option<Vec<String>>,
    pub tags: Option<Vec<Tag>>,
    pub mutual_authentication: Option<MutualAuthenticationAttributes>,
}

wire::structure!(CreateListenerInput, s::CREATE_LISTENER_INPUT, {
    0: load_balancer_arn, 1: protocol, 2: port, 3: ssl_policy, 4: certificates, 5: default_actions,
    6: alpn_policy, 7: tags, 8: mutual_authentication,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateListenerOutput {
    pub listeners: Option<Vec<Listener>>,
}

wire::structure!(CreateListenerOutput, s::CREATE_LISTENER_OUTPUT, {
    0: listeners,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateLoadBalancerInput {
    pub name: String,
    pub subnets: Option<Vec<String>>,
    pub subnet_mappings: Option<Vec<SubnetMapping>>,
    pub security_groups: Option<Vec<String>>,
    pub scheme: Option<LoadBalancerSchemeEnum>,
    pub tags: Option<Vec<Tag>>,
    pub r#type: Option<LoadBalancerTypeEnum>,
    pub ip_address_type: Option<IpAddressType>,
    pub customer_owned_ipv4_pool: Option<String>,
    pub enable_prefix_for_ipv6_source_nat: Option<EnablePrefixForIpv6SourceNatEnum>,
    pub ipam_pools: Option<IpamPools>,
}

wire::structure!(CreateLoadBalancerInput, s::CREATE_LOAD_BALANCER_INPUT, {
    0: name, 1: subnets, 2: subnet_mappings, 3: security_groups, 4: scheme, 5: tags, 6: r#type,
    7: ip_address_type, 8: customer_owned_ipv4_pool, 9: enable_prefix_for_ipv6_source_nat,
    10: ipam_pools,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateLoadBalancerOutput {
    pub load_balancers: Option<Vec<LoadBalancer>>,
}

wire::structure!(CreateLoadBalancerOutput, s::CREATE_LOAD_BALANCER_OUTPUT, {
    0: load_balancers,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRuleInput {
    pub listener_arn: String,
    pub conditions: Vec<RuleCondition>,
    pub priority: i32,
    pub actions: Vec<Action>,
    pub tags: Option<Vec<Tag>>,
    pub transforms: Option<Vec<RuleTransform>>,
}

wire::structure!(CreateRuleInput, s::CREATE_RULE_INPUT, {
    0: listener_arn, 1: conditions, 2: priority, 3: actions, 4: tags, 5: transforms,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRuleOutput {
    pub rules: Option<Vec<Rule>>,
}

wire::structure!(CreateRuleOutput, s::CREATE_RULE_OUTPUT, {
    0: rules,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateTargetGroupInput {
    pub name: String,
    pub protocol: Option<ProtocolEnum>,
    pub protocol_version: Option<String>,
    pub port: Option<i32>,
    pub vpc_id: Option<String>,
    pub health_check_protocol: Option<ProtocolEnum>,
    pub health_check_port: Option<String>,
    pub health_check_enabled: Option<bool>,
    pub health_check_path: Option<String>,
    pub health_check_interval_seconds: Option<i32>,
    pub health_check_timeout_seconds: Option<i32>,
    pub healthy_threshold_count: Option<i32>,
    pub unhealthy_threshold_count: Option<i32>,
    pub matcher: Option<Matcher>,
    pub target_type: Option<TargetTypeEnum>,
    pub tags: Option<Vec<Tag>>,
    pub ip_address_type: Option<TargetGroupIpAddressTypeEnum>,
    pub target_control_port: Option<i32>,
}

wire::structure!(CreateTargetGroupInput, s::CREATE_TARGET_GROUP_INPUT, {
    0: name, 1: protocol, 2: protocol_version, 3: port, 4: vpc_id, 5: health_check_protocol,
    6: health_check_port, 7: health_check_enabled, 8: health_check_path,
    9: health_check_interval_seconds, 10: health_check_timeout_seconds, 11: healthy_threshold_count,
    12: unhealthy_threshold_count, 13: matcher, 14: target_type, 15: tags, 16: ip_address_type,
    17: target_control_port,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateTargetGroupOutput {
    pub target_groups: Option<Vec<TargetGroup>>,
}

wire::structure!(CreateTargetGroupOutput, s::CREATE_TARGET_GROUP_OUTPUT, {
    0: target_groups,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateTrustStoreInput {
    pub name: String,
    pub ca_certificates_bundle_s3_bucket: String,
    pub ca_certificates_bundle_s3_key: String,
    pub ca_certificates_bundle_s3_object_version: Option<String>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(CreateTrustStoreInput, s::CREATE_TRUST_STORE_INPUT, {
    0: name, 1: ca_certificates_bundle_s3_bucket, 2: ca_certificates_bundle_s3_key,
    3: ca_certificates_bundle_s3_object_version, 4: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateTrustStoreOutput {
    pub trust_stores: Option<Vec<TrustStore>>,
}

wire::structure!(CreateTrustStoreOutput, s::CREATE_TRUST_STORE_OUTPUT, {
    0: trust_stores,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteListenerInput {
    pub listener_arn: String,
}

wire::structure!(DeleteListenerInput, s::DELETE_LISTENER_INPUT, {
    0: listener_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteListenerOutput {}

wire::structure!(DeleteListenerOutput, s::DELETE_LISTENER_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteLoadBalancerInput {
    pub load_balancer_arn: String,
}

wire::structure!(DeleteLoadBalancerInput, s::DELETE_LOAD_BALANCER_INPUT, {
    0: load_balancer_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteLoadBalancerOutput {}

wire::structure!(DeleteLoadBalancerOutput, s::DELETE_LOAD_BALANCER_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRuleInput {
    pub rule_arn: String,
}

wire::structure!(DeleteRuleInput, s::DELETE_RULE_INPUT, {
    0: rule_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRuleOutput {}

wire::structure!(DeleteRuleOutput, s::DELETE_RULE_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteSharedTrustStoreAssociationInput {
    pub trust_store_arn: String,
    pub resource_arn: String,
}

wire::structure!(DeleteSharedTrustStoreAssociationInput, s::DELETE_SHARED_TRUST_STORE_ASSOCIATION_INPUT, {
    0: trust_store_arn, 1: resource_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteSharedTrustStoreAssociationOutput {}

wire::structure!(DeleteSharedTrustStoreAssociationOutput, s::DELETE_SHARED_TRUST_STORE_ASSOCIATION_OUTPUT, {
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteTargetGroupInput {
    pub target_group_arn: String,
}

wire::structure!(DeleteTargetGroupInput, s::DELETE_TARGET_GROUP_INPUT, {
    0: target_group_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteTargetGroupOutput {}

wire::structure!(DeleteTargetGroupOutput, s::DELETE_TARGET_GROUP_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteTrustStoreInput {
    pub trust_store_arn: String,
}

wire::structure!(DeleteTrustStoreInput, s::DELETE_TRUST_STORE_INPUT, {
    0: trust_store_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteTrustStoreOutput {}

wire::structure!(DeleteTrustStoreOutput, s::DELETE_TRUST_STORE_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeregisterTargetsInput {
    pub target_group_arn: String,
    pub targets: Vec<TargetDescription>,
}

wire::structure!(DeregisterTargetsInput, s::DEREGISTER_TARGETS_INPUT, {
    0: target_group_arn, 1: targets,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeregisterTargetsOutput {}

wire::structure!(DeregisterTargetsOutput, s::DEREGISTER_TARGETS_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAccountLimitsInput {
    pub marker: Option<String>,
    pub page_size: Option<i32>,
}

wire::structure!(DescribeAccountLimitsInput, s::DESCRIBE_ACCOUNT_LIMITS_INPUT, {
    0: marker, 1: page_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeAccountLimitsOutput {
    pub limits: Option<Vec<Limit>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeAccountLimitsOutput, s::DESCRIBE_ACCOUNT_LIMITS_OUTPUT, {
    0: limits, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeCapacityReservationInput {
    pub load_balancer_arn: String,
}

wire::structure!(DescribeCapacityReservationInput, s::DESCRIBE_CAPACITY_RESERVATION_INPUT, {
    0: load_balancer_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeCapacityReservationOutput {
    pub last_modified_time: Option<Timestamp>,
    pub decrease_requests_remaining: Option<i32>,
    pub minimum_load_balancer_capacity: Option<MinimumLoadBalancerCapacity>,
    pub capacity_reservation_state: Option<Vec<ZonalCapacityReservationState>>,
}

wire::structure!(DescribeCapacityReservationOutput, s::DESCRIBE_CAPACITY_RESERVATION_OUTPUT, {
    0: last_modified_time, 1: decrease_requests_remaining, 2: minimum_load_balancer_capacity,
    3: capacity_reservation_state,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeListenerAttributesInput {
    pub listener_arn: String,
}

wire::structure!(DescribeListenerAttributesInput, s::DESCRIBE_LISTENER_ATTRIBUTES_INPUT, {
    0: listener_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeListenerAttributesOutput {
    pub attributes: Option<Vec<ListenerAttribute>>,
}

wire::structure!(DescribeListenerAttributesOutput, s::DESCRIBE_LISTENER_ATTRIBUTES_OUTPUT, {
    0: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeListenerCertificatesInput {
    pub listener_arn: String,
    pub marker: Option<String>,
    pub page_size: Option<i32>,
}

wire::structure!(DescribeListenerCertificatesInput, s::DESCRIBE_LISTENER_CERTIFICATES_INPUT, {
    0: listener_arn, 1: marker, 2: page_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeListenerCertificatesOutput {
    pub certificates: Option<Vec<Certificate>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeListenerCertificatesOutput, s::DESCRIBE_LISTENER_CERTIFICATES_OUTPUT, {
    0: certificates, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeListenersInput {
    pub load_balancer_arn: Option<String>,
    pub listener_arns: Option<Vec<String>>,
    pub marker: Option<String>,
    pub page_size: Option<i32>,
}

wire::structure!(DescribeListenersInput, s::DESCRIBE_LISTENERS_INPUT, {
    0: load_balancer_arn, 1: listener_arns, 2: marker, 3: page_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeListenersOutput {
    pub listeners: Option<Vec<Listener>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeListenersOutput, s::DESCRIBE_LISTENERS_OUTPUT, {
    0: listeners, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLoadBalancerAttributesInput {
    pub load_balancer_arn: String,
}

wire::structure!(DescribeLoadBalancerAttributesInput, s::DESCRIBE_LOAD_BALANCER_ATTRIBUTES_INPUT, {
    0: load_balancer_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLoadBalancerAttributesOutput {
    pub attributes: Option<Vec<LoadBalancerAttribute>>,
}

wire::structure!(DescribeLoadBalancerAttributesOutput, s::DESCRIBE_LOAD_BALANCER_ATTRIBUTES_OUTPUT, {
    0: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLoadBalancersInput {
    pub load_balancer_arns: Option<Vec<String>>,
    pub names: Option<Vec<String>>,
    pub marker: Option<String>,
    pub page_size: Option<i32>,
}

wire::structure!(DescribeLoadBalancersInput, s::DESCRIBE_LOAD_BALANCERS_INPUT, {
    0: load_balancer_arns, 1: names, 2: marker, 3: page_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeLoadBalancersOutput {
    pub load_balancers: Option<Vec<LoadBalancer>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeLoadBalancersOutput, s::DESCRIBE_LOAD_BALANCERS_OUTPUT, {
    0: load_balancers, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeRulesInput {
    pub listener_arn: Option<String>,
    pub rule_arns: Option<Vec<String>>,
    pub marker: Option<String>,
    pub page_size: Option<i32>,
}

wire::structure!(DescribeRulesInput, s::DESCRIBE_RULES_INPUT, {
    0: listener_arn, 1: rule_arns, 2: marker, 3: page_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeRulesOutput {
    pub rules: Option<Vec<Rule>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeRulesOutput, s::DESCRIBE_RULES_OUTPUT, {
    0: rules, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeSSLPoliciesInput {
    pub names: Option<Vec<String>>,
    pub marker: Option<String>,
    pub page_size: Option<i32>,
    pub load_balancer_type: Option<LoadBalancerTypeEnum>,
}

wire::structure!(DescribeSSLPoliciesInput, s::DESCRIBE_SSL_POLICIES_INPUT, {
    0: names, 1: marker, 2: page_size, 3: load_balancer_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeSSLPoliciesOutput {
    pub ssl_policies: Option<Vec<SslPolicy>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeSSLPoliciesOutput, s::DESCRIBE_SSL_POLICIES_OUTPUT, {
    0: ssl_policies, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTagsInput {
    pub resource_arns: Vec<String>,
}

wire::structure!(DescribeTagsInput, s::DESCRIBE_TAGS_INPUT, {
    0: resource_arns,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTagsOutput {
    pub tag_descriptions: Option<Vec<TagDescription>>,
}

wire::structure!(DescribeTagsOutput, s::DESCRIBE_TAGS_OUTPUT, {
    0: tag_descriptions,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTargetGroupAttributesInput {
    pub target_group_arn: String,
}

wire::structure!(DescribeTargetGroupAttributesInput, s::DESCRIBE_TARGET_GROUP_ATTRIBUTES_INPUT, {
    0: target_group_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTargetGroupAttributesOutput {
    pub attributes: Option<Vec<TargetGroupAttribute>>,
}

wire::structure!(DescribeTargetGroupAttributesOutput, s::DESCRIBE_TARGET_GROUP_ATTRIBUTES_OUTPUT, {
    0: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTargetGroupsInput {
    pub load_balancer_arn: Option<String>,
    pub target_group_arns: Option<Vec<String>>,
    pub names: Option<Vec<String>>,
    pub marker: Option<String>,
    pub page_size: Option<i32>,
}

wire::structure!(DescribeTargetGroupsInput, s::DESCRIBE_TARGET_GROUPS_INPUT, {
    0: load_balancer_arn, 1: target_group_arns, 2: names, 3: marker, 4: page_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTargetGroupsOutput {
    pub target_groups: Option<Vec<TargetGroup>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeTargetGroupsOutput, s::DESCRIBE_TARGET_GROUPS_OUTPUT, {
    0: target_groups, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTargetHealthInput {
    pub target_group_arn: String,
    pub targets: Option<Vec<TargetDescription>>,
    pub include: Option<Vec<DescribeTargetHealthInputIncludeEnum>>,
}

wire::structure!(DescribeTargetHealthInput, s::DESCRIBE_TARGET_HEALTH_INPUT, {
    0: target_group_arn, 1: targets, 2: include,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTargetHealthOutput {
    pub target_health_descriptions: Option<Vec<TargetHealthDescription>>,
}

wire::structure!(DescribeTargetHealthOutput, s::DESCRIBE_TARGET_HEALTH_OUTPUT, {
    0: target_health_descriptions,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTrustStoreAssociationsInput {
    pub trust_store_arn: String,
    pub marker: Option<String>,
    pub page_size: Option<i32>,
}

wire::structure!(DescribeTrustStoreAssociationsInput, s::DESCRIBE_TRUST_STORE_ASSOCIATIONS_INPUT, {
    0: trust_store_arn, 1: marker, 2: page_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTrustStoreAssociationsOutput {
    pub trust_store_associations: Option<Vec<TrustStoreAssociation>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeTrustStoreAssociationsOutput, s::DESCRIBE_TRUST_STORE_ASSOCIATIONS_OUTPUT, {
    0: trust_store_associations, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTrustStoreRevocation {
    pub trust_store_arn: Option<String>,
    pub revocation_id: Option<i64>,
    pub revocation_type: Option<RevocationType>,
    pub number_of_revoked_entries: Option<i64>,
}

wire::structure!(DescribeTrustStoreRevocation, s::DESCRIBE_TRUST_STORE_REVOCATION, {
    0: trust_store_arn, 1: revocation_id, 2: revocation_type, 3: number_of_revoked_entries,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTrustStoreRevocationsInput {
    pub trust_store_arn: String,
    pub revocation_ids: Option<Vec<i64>>,
    pub marker: Option<String>,
    pub page_size: Option<i32>,
}

wire::structure!(DescribeTrustStoreRevocationsInput, s::DESCRIBE_TRUST_STORE_REVOCATIONS_INPUT, {
    0: trust_store_arn, 1: revocation_ids, 2: marker, 3: page_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTrustStoreRevocationsOutput {
    pub trust_store_revocations: Option<Vec<DescribeTrustStoreRevocation>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeTrustStoreRevocationsOutput, s::DESCRIBE_TRUST_STORE_REVOCATIONS_OUTPUT, {
    0: trust_store_revocations, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTrustStoresInput {
    pub trust_store_arns: Option<Vec<String>>,
    pub names: Option<Vec<String>>,
    pub marker: Option<String>,
    pub page_size: Option<i32>,
}

wire::structure!(DescribeTrustStoresInput, s::DESCRIBE_TRUST_STORES_INPUT, {
    0: trust_store_arns, 1: names, 2: marker, 3: page_size,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeTrustStoresOutput {
    pub trust_stores: Option<Vec<TrustStore>>,
    pub next_marker: Option<String>,
}

wire::structure!(DescribeTrustStoresOutput, s::DESCRIBE_TRUST_STORES_OUTPUT, {
    0: trust_stores, 1: next_marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FixedResponseActionConfig {
    pub message_body: Option<String>,
    pub status_code: String,
    pub content_type: Option<String>,
}

wire::structure!(FixedResponseActionConfig, s::FIXED_RESPONSE_ACTION_CONFIG, {
    0: message_body, 1: status_code, 2: content_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForwardActionConfig {
    pub target_groups: Option<Vec<TargetGroupTuple>>,
    pub target_group_stickiness_config: Option<TargetGroupStickinessConfig>,
}

wire::structure!(ForwardActionConfig, s::FORWARD_ACTION_CONFIG, {
    0: target_groups, 1: target_group_stickiness_config,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetResourcePolicyInput {
    pub resource_arn: String,
}

wire::structure!(GetResourcePolicyInput, s::GET_RESOURCE_POLICY_INPUT, {
    0: resource_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetResourcePolicyOutput {
    pub policy: Option<String>,
}

wire::structure!(GetResourcePolicyOutput, s::GET_RESOURCE_POLICY_OUTPUT, {
    0: policy,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetTrustStoreCaCertificatesBundleInput {
    pub trust_store_arn: String,
}

wire::structure!(GetTrustStoreCaCertificatesBundleInput, s::GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_INPUT, {
    0: trust_store_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetTrustStoreCaCertificatesBundleOutput {
    pub location: Option<String>,
}

wire::structure!(GetTrustStoreCaCertificatesBundleOutput, s::GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_OUTPUT, {
    0: location,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetTrustStoreRevocationContentInput {
    pub trust_store_arn: String,
    pub revocation_id: i64,
}

wire::structure!(GetTrustStoreRevocationContentInput, s::GET_TRUST_STORE_REVOCATION_CONTENT_INPUT, {
    0: trust_store_arn, 1: revocation_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetTrustStoreRevocationContentOutput {
    pub location: Option<String>,
}

wire::structure!(GetTrustStoreRevocationContentOutput, s::GET_TRUST_STORE_REVOCATION_CONTENT_OUTPUT, {
    0: location,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HostHeaderConditionConfig {
    pub values: Option<Vec<String>>,
    pub regex_values: Option<Vec<String>>,
}

wire::structure!(HostHeaderConditionConfig, s::HOST_HEADER_CONDITION_CONFIG, {
    0: values, 1: regex_values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HostHeaderRewriteConfig {
    pub rewrites: Option<Vec<RewriteConfig>>,
}

wire::structure!(HostHeaderRewriteConfig, s::HOST_HEADER_REWRITE_CONFIG, {
    0: rewrites,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HttpHeaderConditionConfig {
    pub http_header_name: Option<String>,
    pub values: Option<Vec<String>>,
    pub regex_values: Option<Vec<String>>,
}

wire::structure!(HttpHeaderConditionConfig, s::HTTP_HEADER_CONDITION_CONFIG, {
    0: http_header_name, 1: values, 2: regex_values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HttpRequestMethodConditionConfig {
    pub values: Option<Vec<String>>,
}

wire::structure!(HttpRequestMethodConditionConfig, s::HTTP_REQUEST_METHOD_CONDITION_CONFIG, {
    0: values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct IpamPools {
    pub ipv4_ipam_pool_id: Option<String>,
}

wire::structure!(IpamPools, s::IPAM_POOLS, {
    0: ipv4_ipam_pool_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct JwtValidationActionAdditionalClaim {
    pub format: JwtValidationActionAdditionalClaimFormatEnum,
    pub name: String,
    pub values: Vec<String>,
}

wire::structure!(JwtValidationActionAdditionalClaim, s::JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM, {
    0: format, 1: name, 2: values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct JwtValidationActionConfig {
    pub jwks_endpoint: String,
    pub issuer: String,
    pub additional_claims: Option<Vec<JwtValidationActionAdditionalClaim>>,
}

wire::structure!(JwtValidationActionConfig, s::JWT_VALIDATION_ACTION_CONFIG, {
    0: jwks_endpoint, 1: issuer, 2: additional_claims,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Limit {
    pub name: Option<String>,
    pub max: Option<String>,
}

wire::structure!(Limit, s::LIMIT, {
    0: name, 1: max,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listener {
    pub listener_arn: Option<String>,
    pub load_balancer_arn: Option<String>,
    pub port: Option<i32>,
    pub protocol: Option<ProtocolEnum>,
    pub certificates: Option<Vec<Certificate>>,
    pub ssl_policy: Option<String>,
    pub default_actions: Option<Vec<Action>>,
    pub alpn_policy: Option<Vec<String>>,
    pub mutual_authentication: Option<MutualAuthenticationAttributes>,
}

wire::structure!(Listener, s::LISTENER, {
    0: listener_arn, 1: load_balancer_arn, 2: port, 3: protocol, 4: certificates, 5: ssl_policy,
    6: default_actions, 7: alpn_policy, 8: mutual_authentication,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListenerAttribute {
    pub key: Option<String>,
    pub value: Option<String>,
}

wire::structure!(ListenerAttribute, s::LISTENER_ATTRIBUTE, {
    0: key, 1: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadBalancer {
    pub load_balancer_arn: Option<String>,
    pub dns_name: Option<String>,
    pub canonical_hosted_zone_id: Option<String>,
    pub created_time: Option<Timestamp>,
    pub load_balancer_name: Option<String>,
    pub scheme: Option<LoadBalancerSchemeEnum>,
    pub vpc_id: Option<String>,
    pub state: Option<LoadBalancerState>,
    pub r#type: Option<LoadBalancerTypeEnum>,
    pub availability_zones: Option<Vec<AvailabilityZone>>,
    pub security_groups: Option<Vec<String>>,
    pub ip_address_type: Option<IpAddressType>,
    pub customer_owned_ipv4_pool: Option<String>,
    pub enforce_security_group_inbound_rules_on_private_link_traffic: Option<String>,
    pub enable_prefix_for_ipv6_source_nat: Option<EnablePrefixForIpv6SourceNatEnum>,
    pub ipam_pools: Option<IpamPools>,
}

wire::structure!(LoadBalancer, s::LOAD_BALANCER, {
    0: load_balancer_arn, 1: dns_name, 2: canonical_hosted_zone_id, 3: created_time,
    4: load_balancer_name, 5: scheme, 6: vpc_id, 7: state, 8: r#type, 9: availability_zones,
    10: security_groups, 11: ip_address_type, 12: customer_owned_ipv4_pool,
    13: enforce_security_group_inbound_rules_on_private_link_traffic,
    14: enable_prefix_for_ipv6_source_nat, 15: ipam_pools,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadBalancerAddress {
    pub ip_address: Option<String>,
    pub allocation_id: Option<String>,
    pub private_ipv4_address: Option<String>,
    pub ipv6_address: Option<String>,
}

wire::structure!(LoadBalancerAddress, s::LOAD_BALANCER_ADDRESS, {
    0: ip_address, 1: allocation_id, 2: private_ipv4_address, 3: ipv6_address,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadBalancerAttribute {
    pub key: Option<String>,
    pub value: Option<String>,
}

wire::structure!(LoadBalancerAttribute, s::LOAD_BALANCER_ATTRIBUTE, {
    0: key, 1: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadBalancerState {
    pub code: Option<LoadBalancerStateEnum>,
    pub reason: Option<String>,
}

wire::structure!(LoadBalancerState, s::LOAD_BALANCER_STATE, {
    0: code, 1: reason,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matcher {
    pub http_code: Option<String>,
    pub grpc_code: Option<String>,
}

wire::structure!(Matcher, s::MATCHER, {
    0: http_code, 1: grpc_code,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MinimumLoadBalancerCapacity {
    pub capacity_units: Option<i32>,
}

wire::structure!(MinimumLoadBalancerCapacity, s::MINIMUM_LOAD_BALANCER_CAPACITY, {
    0: capacity_units,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyCapacityReservationInput {
    pub load_balancer_arn: String,
    pub minimum_load_balancer_capacity: Option<MinimumLoadBalancerCapacity>,
    pub reset_capacity_reservation: Option<bool>,
}

wire::structure!(ModifyCapacityReservationInput, s::MODIFY_CAPACITY_RESERVATION_INPUT, {
    0: load_balancer_arn, 1: minimum_load_balancer_capacity, 2: reset_capacity_reservation,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyCapacityReservationOutput {
    pub last_modified_time: Option<Timestamp>,
    pub decrease_requests_remaining: Option<i32>,
    pub minimum_load_balancer_capacity: Option<MinimumLoadBalancerCapacity>,
    pub capacity_reservation_state: Option<Vec<ZonalCapacityReservationState>>,
}

wire::structure!(ModifyCapacityReservationOutput, s::MODIFY_CAPACITY_RESERVATION_OUTPUT, {
    0: last_modified_time, 1: decrease_requests_remaining, 2: minimum_load_balancer_capacity,
    3: capacity_reservation_state,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyIpPoolsInput {
    pub load_balancer_arn: String,
    pub ipam_pools: Option<IpamPools>,
    pub remove_ipam_pools: Option<Vec<RemoveIpamPoolEnum>>,
}

wire::structure!(ModifyIpPoolsInput, s::MODIFY_IP_POOLS_INPUT, {
    0: load_balancer_arn, 1: ipam_pools, 2: remove_ipam_pools,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyIpPoolsOutput {
    pub ipam_pools: Option<IpamPools>,
}

wire::structure!(ModifyIpPoolsOutput, s::MODIFY_IP_POOLS_OUTPUT, {
    0: ipam_pools,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyListenerAttributesInput {
    pub listener_arn: String,
    pub attributes: Vec<ListenerAttribute>,
}

wire::structure!(ModifyListenerAttributesInput, s::MODIFY_LISTENER_ATTRIBUTES_INPUT, {
    0: listener_arn, 1: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyListenerAttributesOutput {
    pub attributes: Option<Vec<ListenerAttribute>>,
}

wire::structure!(ModifyListenerAttributesOutput, s::MODIFY_LISTENER_ATTRIBUTES_OUTPUT, {
    0: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyListenerInput {
    pub listener_arn: String,
    pub port: Option<i32>,
    pub protocol: Option<ProtocolEnum>,
    pub ssl_policy: Option<String>,
    pub certificates: Option<Vec<Certificate>>,
    pub default_actions: Option<Vec<Action>>,
    pub alpn_policy: Option<Vec<String>>,
    pub mutual_authentication: Option<MutualAuthenticationAttributes>,
}

wire::structure!(ModifyListenerInput, s::MODIFY_LISTENER_INPUT, {
    0: listener_arn, 1: port, 2: protocol, 3: ssl_policy, 4: certificates, 5: default_actions,
    6: alpn_policy, 7: mutual_authentication,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyListenerOutput {
    pub listeners: Option<Vec<Listener>>,
}

wire::structure!(ModifyListenerOutput, s::MODIFY_LISTENER_OUTPUT, {
    0: listeners,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyLoadBalancerAttributesInput {
    pub load_balancer_arn: String,
    pub attributes: Vec<LoadBalancerAttribute>,
}

wire::structure!(ModifyLoadBalancerAttributesInput, s::MODIFY_LOAD_BALANCER_ATTRIBUTES_INPUT, {
    0: load_balancer_arn, 1: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyLoadBalancerAttributesOutput {
    pub attributes: Option<Vec<LoadBalancerAttribute>>,
}

wire::structure!(ModifyLoadBalancerAttributesOutput, s::MODIFY_LOAD_BALANCER_ATTRIBUTES_OUTPUT, {
    0: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyRuleInput {
    pub rule_arn: String,
    pub conditions: Option<Vec<RuleCondition>>,
    pub actions: Option<Vec<Action>>,
    pub transforms: Option<Vec<RuleTransform>>,
    pub reset_transforms: Option<bool>,
}

wire::structure!(ModifyRuleInput, s::MODIFY_RULE_INPUT, {
    0: rule_arn, 1: conditions, 2: actions, 3: transforms, 4: reset_transforms,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyRuleOutput {
    pub rules: Option<Vec<Rule>>,
}

wire::structure!(ModifyRuleOutput, s::MODIFY_RULE_OUTPUT, {
    0: rules,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyTargetGroupAttributesInput {
    pub target_group_arn: String,
    pub attributes: Vec<TargetGroupAttribute>,
}

wire::structure!(ModifyTargetGroupAttributesInput, s::MODIFY_TARGET_GROUP_ATTRIBUTES_INPUT, {
    0: target_group_arn, 1: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyTargetGroupAttributesOutput {
    pub attributes: Option<Vec<TargetGroupAttribute>>,
}

wire::structure!(ModifyTargetGroupAttributesOutput, s::MODIFY_TARGET_GROUP_ATTRIBUTES_OUTPUT, {
    0: attributes,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyTargetGroupInput {
    pub target_group_arn: String,
    pub health_check_protocol: Option<ProtocolEnum>,
    pub health_check_port: Option<String>,
    pub health_check_path: Option<String>,
    pub health_check_enabled: Option<bool>,
    pub health_check_interval_seconds: Option<i32>,
    pub health_check_timeout_seconds: Option<i32>,
    pub healthy_threshold_count: Option<i32>,
    pub unhealthy_threshold_count: Option<i32>,
    pub matcher: Option<Matcher>,
}

wire::structure!(ModifyTargetGroupInput, s::MODIFY_TARGET_GROUP_INPUT, {
    0: target_group_arn, 1: health_check_protocol, 2: health_check_port, 3: health_check_path,
    4: health_check_enabled, 5: health_check_interval_seconds, 6: health_check_timeout_seconds,
    7: healthy_threshold_count, 8: unhealthy_threshold_count, 9: matcher,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyTargetGroupOutput {
    pub target_groups: Option<Vec<TargetGroup>>,
}

wire::structure!(ModifyTargetGroupOutput, s::MODIFY_TARGET_GROUP_OUTPUT, {
    0: target_groups,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyTrustStoreInput {
    pub trust_store_arn: String,
    pub ca_certificates_bundle_s3_bucket: String,
    pub ca_certificates_bundle_s3_key: String,
    pub ca_certificates_bundle_s3_object_version: Option<String>,
}

wire::structure!(ModifyTrustStoreInput, s::MODIFY_TRUST_STORE_INPUT, {
    0: trust_store_arn, 1: ca_certificates_bundle_s3_bucket, 2: ca_certificates_bundle_s3_key,
    3: ca_certificates_bundle_s3_object_version,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ModifyTrustStoreOutput {
    pub trust_stores: Option<Vec<TrustStore>>,
}

wire::structure!(ModifyTrustStoreOutput, s::MODIFY_TRUST_STORE_OUTPUT, {
    0: trust_stores,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MutualAuthenticationAttributes {
    pub mode: Option<String>,
    pub trust_store_arn: Option<String>,
    pub ignore_client_certificate_expiry: Option<bool>,
    pub trust_store_association_status: Option<TrustStoreAssociationStatusEnum>,
    pub advertise_trust_store_ca_names: Option<AdvertiseTrustStoreCaNamesEnum>,
}

wire::structure!(MutualAuthenticationAttributes, s::MUTUAL_AUTHENTICATION_ATTRIBUTES, {
    0: mode, 1: trust_store_arn, 2: ignore_client_certificate_expiry,
    3: trust_store_association_status, 4: advertise_trust_store_ca_names,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PathPatternConditionConfig {
    pub values: Option<Vec<String>>,
    pub regex_values: Option<Vec<String>>,
}

wire::structure!(PathPatternConditionConfig, s::PATH_PATTERN_CONDITION_CONFIG, {
    0: values, 1: regex_values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryStringConditionConfig {
    pub values: Option<Vec<QueryStringKeyValuePair>>,
}

wire::structure!(QueryStringConditionConfig, s::QUERY_STRING_CONDITION_CONFIG, {
    0: values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryStringKeyValuePair {
    pub key: Option<String>,
    pub value: Option<String>,
}

wire::structure!(QueryStringKeyValuePair, s::QUERY_STRING_KEY_VALUE_PAIR, {
    0: key, 1: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RedirectActionConfig {
    pub protocol: Option<String>,
    pub port: Option<String>,
    pub host: Option<String>,
    pub path: Option<String>,
    pub query: Option<String>,
    pub status_code: RedirectActionStatusCodeEnum,
}

wire::structure!(RedirectActionConfig, s::REDIRECT_ACTION_CONFIG, {
    0: protocol, 1: port, 2: host, 3: path, 4: query, 5: status_code,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegisterTargetsInput {
    pub target_group_arn: String,
    pub targets: Vec<TargetDescription>,
}

wire::structure!(RegisterTargetsInput, s::REGISTER_TARGETS_INPUT, {
    0: target_group_arn, 1: targets,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RegisterTargetsOutput {}

wire::structure!(RegisterTargetsOutput, s::REGISTER_TARGETS_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveListenerCertificatesInput {
    pub listener_arn: String,
    pub certificates: Vec<Certificate>,
}

wire::structure!(RemoveListenerCertificatesInput, s::REMOVE_LISTENER_CERTIFICATES_INPUT, {
    0: listener_arn, 1: certificates,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveListenerCertificatesOutput {}

wire::structure!(RemoveListenerCertificatesOutput, s::REMOVE_LISTENER_CERTIFICATES_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveTagsInput {
    pub resource_arns: Vec<String>,
    pub tag_keys: Vec<String>,
}

wire::structure!(RemoveTagsInput, s::REMOVE_TAGS_INPUT, {
    0: resource_arns, 1: tag_keys,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveTagsOutput {}

wire::structure!(RemoveTagsOutput, s::REMOVE_TAGS_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveTrustStoreRevocationsInput {
    pub trust_store_arn: String,
    pub revocation_ids: Vec<i64>,
}

wire::structure!(RemoveTrustStoreRevocationsInput, s::REMOVE_TRUST_STORE_REVOCATIONS_INPUT, {
    0: trust_store_arn, 1: revocation_ids,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveTrustStoreRevocationsOutput {}

wire::structure!(RemoveTrustStoreRevocationsOutput, s::REMOVE_TRUST_STORE_REVOCATIONS_OUTPUT, {});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RevocationContent {
    pub s3_bucket: Option<String>,
    pub s3_key: Option<String>,
    pub s3_object_version: Option<String>,
    pub revocation_type: Option<RevocationType>,
}

wire::structure!(RevocationContent, s::REVOCATION_CONTENT, {
    0: s3_bucket, 1: s3_key, 2: s3_object_version, 3: revocation_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RewriteConfig {
    pub regex: String,
    pub replace: String,
}

wire::structure!(RewriteConfig, s::REWRITE_CONFIG, {
    0: regex, 1: replace,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    pub rule_arn: Option<String>,
    pub priority: Option<String>,
    pub conditions: Option<Vec<RuleCondition>>,
    pub actions: Option<Vec<Action>>,
    pub is_default: Option<bool>,
    pub transforms: Option<Vec<RuleTransform>>,
}

wire::structure!(Rule, s::RULE, {
    0: rule_arn, 1: priority, 2: conditions, 3: actions, 4: is_default, 5: transforms,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleCondition {
    pub field: Option<String>,
    pub values: Option<Vec<String>>,
    pub host_header_config: Option<HostHeaderConditionConfig>,
    pub path_pattern_config: Option<PathPatternConditionConfig>,
    pub http_header_config: Option<HttpHeaderConditionConfig>,
    pub query_string_config: Option<QueryStringConditionConfig>,
    pub http_request_method_config: Option<HttpRequestMethodConditionConfig>,
    pub source_ip_config: Option<SourceIpConditionConfig>,
    pub regex_values: Option<Vec<String>>,
}

wire::structure!(RuleCondition, s::RULE_CONDITION, {
    0: field, 1: values, 2: host_header_config, 3: path_pattern_config, 4: http_header_config,
    5: query_string_config, 6: http_request_method_config, 7: source_ip_config, 8: regex_values,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RulePriorityPair {
    pub rule_arn: Option<String>,
    pub priority: Option<i32>,
}

wire::structure!(RulePriorityPair, s::RULE_PRIORITY_PAIR, {
    0: rule_arn, 1: priority,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleTransform {
    pub r#type: TransformTypeEnum,
    pub host_header_rewrite_config: Option<HostHeaderRewriteConfig>,
    pub url_rewrite_config: Option<UrlRewriteConfig>,
}

wire::structure!(RuleTransform, s::RULE_TRANSFORM, {
    0: r#type, 1: host_header_rewrite_config, 2: url_rewrite_config,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetIpAddressTypeInput {
    pub load_balancer_arn: String,
    pub ip_address_type: IpAddressType,
}

wire::structure!(SetIpAddressTypeInput, s::SET_IP_ADDRESS_TYPE_INPUT, {
    0: load_balancer_arn, 1: ip_address_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetIpAddressTypeOutput {
    pub ip_address_type: Option<IpAddressType>,
}

wire::structure!(SetIpAddressTypeOutput, s::SET_IP_ADDRESS_TYPE_OUTPUT, {
    0: ip_address_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetRulePrioritiesInput {
    pub rule_priorities: Vec<RulePriorityPair>,
}

wire::structure!(SetRulePrioritiesInput, s::SET_RULE_PRIORITIES_INPUT, {
    0: rule_priorities,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetRulePrioritiesOutput {
    pub rules: Option<Vec<Rule>>,
}

wire::structure!(SetRulePrioritiesOutput, s::SET_RULE_PRIORITIES_OUTPUT, {
    0: rules,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetSecurityGroupsInput {
    pub load_balancer_arn: String,
    pub security_groups: Vec<String>,
    pub enforce_security_group_inbound_rules_on_private_link_traffic:
        Option<EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum>,
}

wire::structure!(SetSecurityGroupsInput, s::SET_SECURITY_GROUPS_INPUT, {
    0: load_balancer_arn, 1: security_groups,
    2: enforce_security_group_inbound_rules_on_private_link_traffic,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetSecurityGroupsOutput {
    pub security_group_ids: Option<Vec<String>>,
    pub enforce_security_group_inbound_rules_on_private_link_traffic:
        Option<EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum>,
}

wire::structure!(SetSecurityGroupsOutput, s::SET_SECURITY_GROUPS_OUTPUT, {
    0: security_group_ids, 1: enforce_security_group_inbound_rules_on_private_link_traffic,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetSubnetsInput {
    pub load_balancer_arn: String,
    pub subnets: Option<Vec<String>>,
    pub subnet_mappings: Option<Vec<SubnetMapping>>,
    pub ip_address_type: Option<IpAddressType>,
    pub enable_prefix_for_ipv6_source_nat: Option<EnablePrefixForIpv6SourceNatEnum>,
}

wire::structure!(SetSubnetsInput, s::SET_SUBNETS_INPUT, {
    0: load_balancer_arn, 1: subnets, 2: subnet_mappings, 3: ip_address_type,
    4: enable_prefix_for_ipv6_source_nat,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetSubnetsOutput {
    pub availability_zones: Option<Vec<AvailabilityZone>>,
    pub ip_address_type: Option<IpAddressType>,
    pub enable_prefix_for_ipv6_source_nat: Option<EnablePrefixForIpv6SourceNatEnum>,
}

wire::structure!(SetSubnetsOutput, s::SET_SUBNETS_OUTPUT, {
    0: availability_zones, 1: ip_address_type, 2: enable_prefix_for_ipv6_source_nat,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceIpConditionConfig {
    pub values: Option<Vec<String>>,
    pub ip_address_type: Option<SourceIpAddressTypeEnum>,
}

wire::structure!(SourceIpConditionConfig, s::SOURCE_IP_CONDITION_CONFIG, {
    0: values, 1: ip_address_type,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SslPolicy {
    pub ssl_protocols: Option<Vec<String>>,
    pub ciphers: Option<Vec<Cipher>>,
    pub name: Option<String>,
    pub supported_load_balancer_types: Option<Vec<String>>,
}

wire::structure!(SslPolicy, s::SSL_POLICY, {
    0: ssl_protocols, 1: ciphers, 2: name, 3: supported_load_balancer_types,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubnetMapping {
    pub subnet_id: Option<String>,
    pub allocation_id: Option<String>,
    pub private_ipv4_address: Option<String>,
    pub ipv6_address: Option<String>,
    pub source_nat_ipv6_prefix: Option<String>,
}

wire::structure!(SubnetMapping, s::SUBNET_MAPPING, {
    0: subnet_id, 1: allocation_id, 2: private_ipv4_address, 3: ipv6_address,
    4: source_nat_ipv6_prefix,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    pub key: String,
    pub value: Option<String>,
}

wire::structure!(Tag, s::TAG, {
    0: key, 1: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagDescription {
    pub resource_arn: Option<String>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(TagDescription, s::TAG_DESCRIPTION, {
    0: resource_arn, 1: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetDescription {
    pub id: String,
    pub port: Option<i32>,
    pub availability_zone: Option<String>,
    pub quic_server_id: Option<String>,
}

wire::structure!(TargetDescription, s::TARGET_DESCRIPTION, {
    0: id, 1: port, 2: availability_zone, 3: quic_server_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetGroup {
    pub target_group_arn: Option<String>,
    pub target_group_name: Option<String>,
    pub protocol: Option<ProtocolEnum>,
    pub port: Option<i32>,
    pub vpc_id: Option<String>,
    pub health_check_protocol: Option<ProtocolEnum>,
    pub health_check_port: Option<String>,
    pub health_check_enabled: Option<bool>,
    pub health_check_interval_seconds: Option<i32>,
    pub health_check_timeout_seconds: Option<i32>,
    pub healthy_threshold_count: Option<i32>,
    pub unhealthy_threshold_count: Option<i32>,
    pub health_check_path: Option<String>,
    pub matcher: Option<Matcher>,
    pub load_balancer_arns: Option<Vec<String>>,
    pub target_type: Option<TargetTypeEnum>,
    pub protocol_version: Option<String>,
    pub ip_address_type: Option<TargetGroupIpAddressTypeEnum>,
    pub target_control_port: Option<i32>,
}

wire::structure!(TargetGroup, s::TARGET_GROUP, {
    0: target_group_arn, 1: target_group_name, 2: protocol, 3: port, 4: vpc_id,
    5: health_check_protocol, 6: health_check_port, 7: health_check_enabled,
    8: health_check_interval_seconds, 9: health_check_timeout_seconds, 10: healthy_threshold_count,
    11: unhealthy_threshold_count, 12: health_check_path, 13: matcher, 14: load_balancer_arns,
    15: target_type, 16: protocol_version, 17: ip_address_type, 18: target_control_port,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetGroupAttribute {
    pub key: Option<String>,
    pub value: Option<String>,
}

wire::structure!(TargetGroupAttribute, s::TARGET_GROUP_ATTRIBUTE, {
    0: key, 1: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetGroupStickinessConfig {
    pub enabled: Option<bool>,
    pub duration_seconds: Option<i32>,
}

wire::structure!(TargetGroupStickinessConfig, s::TARGET_GROUP_STICKINESS_CONFIG, {
    0: enabled, 1: duration_seconds,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetGroupTuple {
    pub target_group_arn: Option<String>,
    pub weight: Option<i32>,
}

wire::structure!(TargetGroupTuple, s::TARGET_GROUP_TUPLE, {
    0: target_group_arn, 1: weight,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetHealth {
    pub state: Option<TargetHealthStateEnum>,
    pub reason: Option<TargetHealthReasonEnum>,
    pub description: Option<String>,
}

wire::structure!(TargetHealth, s::TARGET_HEALTH, {
    0: state, 1: reason, 2: description,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetHealthDescription {
    pub target: Option<TargetDescription>,
    pub health_check_port: Option<String>,
    pub target_health: Option<TargetHealth>,
    pub anomaly_detection: Option<AnomalyDetection>,
    pub administrative_override: Option<AdministrativeOverride>,
}

wire::structure!(TargetHealthDescription, s::TARGET_HEALTH_DESCRIPTION, {
    0: target, 1: health_check_port, 2: target_health, 3: anomaly_detection,
    4: administrative_override,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrustStore {
    pub name: Option<String>,
    pub trust_store_arn: Option<String>,
    pub status: Option<TrustStoreStatus>,
    pub number_of_ca_certificates: Option<i32>,
    pub total_revoked_entries: Option<i64>,
}

wire::structure!(TrustStore, s::TRUST_STORE, {
    0: name, 1: trust_store_arn, 2: status, 3: number_of_ca_certificates, 4: total_revoked_entries,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrustStoreAssociation {
    pub resource_arn: Option<String>,
}

wire::structure!(TrustStoreAssociation, s::TRUST_STORE_ASSOCIATION, {
    0: resource_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TrustStoreRevocation {
    pub trust_store_arn: Option<String>,
    pub revocation_id: Option<i64>,
    pub revocation_type: Option<RevocationType>,
    pub number_of_revoked_entries: Option<i64>,
}

wire::structure!(TrustStoreRevocation, s::TRUST_STORE_REVOCATION, {
    0: trust_store_arn, 1: revocation_id, 2: revocation_type, 3: number_of_revoked_entries,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UrlRewriteConfig {
    pub rewrites: Option<Vec<RewriteConfig>>,
}

wire::structure!(UrlRewriteConfig, s::URL_REWRITE_CONFIG, {
    0: rewrites,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ZonalCapacityReservationState {
    pub state: Option<CapacityReservationStatus>,
    pub availability_zone: Option<String>,
    pub effective_capacity_units: Option<f64>,
}

wire::structure!(ZonalCapacityReservationState, s::ZONAL_CAPACITY_RESERVATION_STATE, {
    0: state, 1: availability_zone, 2: effective_capacity_units,
});
