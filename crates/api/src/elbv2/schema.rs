//! The model of Elastic Load Balancing as statics: what codecs and validation walk.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{
    ErrorSchema, Fault, Kind, Member, MemberTraits, OperationSchema, Pattern, Protocol, Schema,
    ServiceSchema, TimestampFormat,
};

use super::errors;
use crate::service::UNIT;

pub static SERVICE_SCHEMA: ServiceSchema = ServiceSchema {
    name: "elbv2",
    signing_name: "elasticloadbalancing",
    endpoint_prefix: "elasticloadbalancing",
    target_prefix: None,
    api_version: "2015-12-01",
    protocols: &[Protocol::AwsQuery],
    xml_namespace: Some("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"),
    query_compatible: false,
    validation_error: &errors::VALIDATION,
};

pub static ADD_LISTENER_CERTIFICATES_OPERATION: OperationSchema = OperationSchema {
    name: "AddListenerCertificates",
    input: &ADD_LISTENER_CERTIFICATES_INPUT,
    output: &ADD_LISTENER_CERTIFICATES_OUTPUT,
    errors: &[
        &errors::LISTENER_NOT_FOUND_EXCEPTION,
        &errors::TOO_MANY_CERTIFICATES_EXCEPTION,
        &errors::CERTIFICATE_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("AddListenerCertificatesResult"),
    event_stream: None,
};

pub static ADD_TAGS_OPERATION: OperationSchema = OperationSchema {
    name: "AddTags",
    input: &ADD_TAGS_INPUT,
    output: &ADD_TAGS_OUTPUT,
    errors: &[
        &errors::DUPLICATE_TAG_KEYS_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION,
        &errors::LISTENER_NOT_FOUND_EXCEPTION,
        &errors::RULE_NOT_FOUND_EXCEPTION,
        &errors::TRUST_STORE_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("AddTagsResult"),
    event_stream: None,
};

pub static ADD_TRUST_STORE_REVOCATIONS_OPERATION: OperationSchema = OperationSchema {
    name: "AddTrustStoreRevocations",
    input: &ADD_TRUST_STORE_REVOCATIONS_INPUT,
    output: &ADD_TRUST_STORE_REVOCATIONS_OUTPUT,
    errors: &[
        &errors::TRUST_STORE_NOT_FOUND_EXCEPTION,
        &errors::INVALID_REVOCATION_CONTENT_EXCEPTION,
        &errors::TOO_MANY_TRUST_STORE_REVOCATION_ENTRIES_EXCEPTION,
        &errors::REVOCATION_CONTENT_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("AddTrustStoreRevocationsResult"),
    event_stream: None,
};

pub static CREATE_LISTENER_OPERATION: OperationSchema = OperationSchema {
    name: "CreateListener",
    input: &CREATE_LISTENER_INPUT,
    output: &CREATE_LISTENER_OUTPUT,
    errors: &[
        &errors::DUPLICATE_LISTENER_EXCEPTION,
        &errors::TOO_MANY_LISTENERS_EXCEPTION,
        &errors::TOO_MANY_CERTIFICATES_EXCEPTION,
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION,
        &errors::TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION,
        &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION,
        &errors::INCOMPATIBLE_PROTOCOLS_EXCEPTION,
        &errors::SSL_POLICY_NOT_FOUND_EXCEPTION,
        &errors::CERTIFICATE_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_PROTOCOL_EXCEPTION,
        &errors::TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION,
        &errors::TOO_MANY_TARGETS_EXCEPTION,
        &errors::TOO_MANY_ACTIONS_EXCEPTION,
        &errors::INVALID_LOAD_BALANCER_ACTION_EXCEPTION,
        &errors::TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION,
        &errors::ALPN_POLICY_NOT_SUPPORTED_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
        &errors::TRUST_STORE_NOT_FOUND_EXCEPTION,
        &errors::TRUST_STORE_NOT_READY_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("CreateListenerResult"),
    event_stream: None,
};

pub static CREATE_LOAD_BALANCER_OPERATION: OperationSchema = OperationSchema {
    name: "CreateLoadBalancer",
    input: &CREATE_LOAD_BALANCER_INPUT,
    output: &CREATE_LOAD_BALANCER_OUTPUT,
    errors: &[
        &errors::DUPLICATE_LOAD_BALANCER_NAME_EXCEPTION,
        &errors::TOO_MANY_LOAD_BALANCERS_EXCEPTION,
        &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION,
        &errors::SUBNET_NOT_FOUND_EXCEPTION,
        &errors::INVALID_SUBNET_EXCEPTION,
        &errors::INVALID_SECURITY_GROUP_EXCEPTION,
        &errors::INVALID_SCHEME_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
        &errors::DUPLICATE_TAG_KEYS_EXCEPTION,
        &errors::RESOURCE_IN_USE_EXCEPTION,
        &errors::ALLOCATION_ID_NOT_FOUND_EXCEPTION,
        &errors::AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION,
        &errors::OPERATION_NOT_PERMITTED_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("CreateLoadBalancerResult"),
    event_stream: None,
};

pub static CREATE_RULE_OPERATION: OperationSchema = OperationSchema {
    name: "CreateRule",
    input: &CREATE_RULE_INPUT,
    output: &CREATE_RULE_OUTPUT,
    errors: &[
        &errors::PRIORITY_IN_USE_EXCEPTION,
        &errors::TOO_MANY_TARGET_GROUPS_EXCEPTION,
        &errors::TOO_MANY_RULES_EXCEPTION,
        &errors::TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION,
        &errors::INCOMPATIBLE_PROTOCOLS_EXCEPTION,
        &errors::LISTENER_NOT_FOUND_EXCEPTION,
        &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION,
        &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION,
        &errors::TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION,
        &errors::TOO_MANY_TARGETS_EXCEPTION,
        &errors::UNSUPPORTED_PROTOCOL_EXCEPTION,
        &errors::TOO_MANY_ACTIONS_EXCEPTION,
        &errors::INVALID_LOAD_BALANCER_ACTION_EXCEPTION,
        &errors::TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("CreateRuleResult"),
    event_stream: None,
};

pub static CREATE_TARGET_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "CreateTargetGroup",
    input: &CREATE_TARGET_GROUP_INPUT,
    output: &CREATE_TARGET_GROUP_OUTPUT,
    errors: &[
        &errors::DUPLICATE_TARGET_GROUP_NAME_EXCEPTION,
        &errors::TOO_MANY_TARGET_GROUPS_EXCEPTION,
        &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("CreateTargetGroupResult"),
    event_stream: None,
};

pub static CREATE_TRUST_STORE_OPERATION: OperationSchema = OperationSchema {
    name: "CreateTrustStore",
    input: &CREATE_TRUST_STORE_INPUT,
    output: &CREATE_TRUST_STORE_OUTPUT,
    errors: &[
        &errors::DUPLICATE_TRUST_STORE_NAME_EXCEPTION,
        &errors::TOO_MANY_TRUST_STORES_EXCEPTION,
        &errors::INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION,
        &errors::CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
        &errors::DUPLICATE_TAG_KEYS_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("CreateTrustStoreResult"),
    event_stream: None,
};

pub static DELETE_LISTENER_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteListener",
    input: &DELETE_LISTENER_INPUT,
    output: &DELETE_LISTENER_OUTPUT,
    errors: &[&errors::LISTENER_NOT_FOUND_EXCEPTION, &errors::RESOURCE_IN_USE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DeleteListenerResult"),
    event_stream: None,
};

pub static DELETE_LOAD_BALANCER_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteLoadBalancer",
    input: &DELETE_LOAD_BALANCER_INPUT,
    output: &DELETE_LOAD_BALANCER_OUTPUT,
    errors: &[
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_NOT_PERMITTED_EXCEPTION,
        &errors::RESOURCE_IN_USE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DeleteLoadBalancerResult"),
    event_stream: None,
};

pub static DELETE_RULE_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteRule",
    input: &DELETE_RULE_INPUT,
    output: &DELETE_RULE_OUTPUT,
    errors: &[&errors::RULE_NOT_FOUND_EXCEPTION, &errors::OPERATION_NOT_PERMITTED_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DeleteRuleResult"),
    event_stream: None,
};

pub static DELETE_SHARED_TRUST_STORE_ASSOCIATION_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteSharedTrustStoreAssociation",
    input: &DELETE_SHARED_TRUST_STORE_ASSOCIATION_INPUT,
    output: &DELETE_SHARED_TRUST_STORE_ASSOCIATION_OUTPUT,
    errors: &[
        &errors::TRUST_STORE_NOT_FOUND_EXCEPTION,
        &errors::DELETE_ASSOCIATION_SAME_ACCOUNT_EXCEPTION,
        &errors::TRUST_STORE_ASSOCIATION_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DeleteSharedTrustStoreAssociationResult"),
    event_stream: None,
};

pub static DELETE_TARGET_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteTargetGroup",
    input: &DELETE_TARGET_GROUP_INPUT,
    output: &DELETE_TARGET_GROUP_OUTPUT,
    errors: &[&errors::RESOURCE_IN_USE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DeleteTargetGroupResult"),
    event_stream: None,
};

pub static DELETE_TRUST_STORE_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteTrustStore",
    input: &DELETE_TRUST_STORE_INPUT,
    output: &DELETE_TRUST_STORE_OUTPUT,
    errors: &[&errors::TRUST_STORE_NOT_FOUND_EXCEPTION, &errors::TRUST_STORE_IN_USE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DeleteTrustStoreResult"),
    event_stream: None,
};

pub static DEREGISTER_TARGETS_OPERATION: OperationSchema = OperationSchema {
    name: "DeregisterTargets",
    input: &DEREGISTER_TARGETS_INPUT,
    output: &DEREGISTER_TARGETS_OUTPUT,
    errors: &[&errors::TARGET_GROUP_NOT_FOUND_EXCEPTION, &errors::INVALID_TARGET_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DeregisterTargetsResult"),
    event_stream: None,
};

pub static DESCRIBE_ACCOUNT_LIMITS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeAccountLimits",
    input: &DESCRIBE_ACCOUNT_LIMITS_INPUT,
    output: &DESCRIBE_ACCOUNT_LIMITS_OUTPUT,
    errors: &[],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeAccountLimitsResult"),
    event_stream: None,
};

pub static DESCRIBE_CAPACITY_RESERVATION_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeCapacityReservation",
    input: &DESCRIBE_CAPACITY_RESERVATION_INPUT,
    output: &DESCRIBE_CAPACITY_RESERVATION_OUTPUT,
    errors: &[&errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeCapacityReservationResult"),
    event_stream: None,
};

pub static DESCRIBE_LISTENER_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeListenerAttributes",
    input: &DESCRIBE_LISTENER_ATTRIBUTES_INPUT,
    output: &DESCRIBE_LISTENER_ATTRIBUTES_OUTPUT,
    errors: &[&errors::LISTENER_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeListenerAttributesResult"),
    event_stream: None,
};

pub static DESCRIBE_LISTENER_CERTIFICATES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeListenerCertificates",
    input: &DESCRIBE_LISTENER_CERTIFICATES_INPUT,
    output: &DESCRIBE_LISTENER_CERTIFICATES_OUTPUT,
    errors: &[&errors::LISTENER_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeListenerCertificatesResult"),
    event_stream: None,
};

pub static DESCRIBE_LISTENERS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeListeners",
    input: &DESCRIBE_LISTENERS_INPUT,
    output: &DESCRIBE_LISTENERS_OUTPUT,
    errors: &[
        &errors::LISTENER_NOT_FOUND_EXCEPTION,
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_PROTOCOL_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeListenersResult"),
    event_stream: None,
};

pub static DESCRIBE_LOAD_BALANCER_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeLoadBalancerAttributes",
    input: &DESCRIBE_LOAD_BALANCER_ATTRIBUTES_INPUT,
    output: &DESCRIBE_LOAD_BALANCER_ATTRIBUTES_OUTPUT,
    errors: &[&errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeLoadBalancerAttributesResult"),
    event_stream: None,
};

pub static DESCRIBE_LOAD_BALANCERS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeLoadBalancers",
    input: &DESCRIBE_LOAD_BALANCERS_INPUT,
    output: &DESCRIBE_LOAD_BALANCERS_OUTPUT,
    errors: &[&errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeLoadBalancersResult"),
    event_stream: None,
};

pub static DESCRIBE_RULES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeRules",
    input: &DESCRIBE_RULES_INPUT,
    output: &DESCRIBE_RULES_OUTPUT,
    errors: &[
        &errors::LISTENER_NOT_FOUND_EXCEPTION,
        &errors::RULE_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_PROTOCOL_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeRulesResult"),
    event_stream: None,
};

pub static DESCRIBE_SSL_POLICIES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeSSLPolicies",
    input: &DESCRIBE_SSL_POLICIES_INPUT,
    output: &DESCRIBE_SSL_POLICIES_OUTPUT,
    errors: &[&errors::SSL_POLICY_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeSSLPoliciesResult"),
    event_stream: None,
};

pub static DESCRIBE_TAGS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTags",
    input: &DESCRIBE_TAGS_INPUT,
    output: &DESCRIBE_TAGS_OUTPUT,
    errors: &[
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION,
        &errors::LISTENER_NOT_FOUND_EXCEPTION,
        &errors::RULE_NOT_FOUND_EXCEPTION,
        &errors::TRUST_STORE_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeTagsResult"),
    event_stream: None,
};

pub static DESCRIBE_TARGET_GROUP_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTargetGroupAttributes",
    input: &DESCRIBE_TARGET_GROUP_ATTRIBUTES_INPUT,
    output: &DESCRIBE_TARGET_GROUP_ATTRIBUTES_OUTPUT,
    errors: &[&errors::TARGET_GROUP_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeTargetGroupAttributesResult"),
    event_stream: None,
};

pub static DESCRIBE_TARGET_GROUPS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTargetGroups",
    input: &DESCRIBE_TARGET_GROUPS_INPUT,
    output: &DESCRIBE_TARGET_GROUPS_OUTPUT,
    errors: &[&errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION, &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeTargetGroupsResult"),
    event_stream: None,
};

pub static DESCRIBE_TARGET_HEALTH_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTargetHealth",
    input: &DESCRIBE_TARGET_HEALTH_INPUT,
    output: &DESCRIBE_TARGET_HEALTH_OUTPUT,
    errors: &[
        &errors::INVALID_TARGET_EXCEPTION,
        &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION,
        &errors::HEALTH_UNAVAILABLE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeTargetHealthResult"),
    event_stream: None,
};

pub static DESCRIBE_TRUST_STORE_ASSOCIATIONS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTrustStoreAssociations",
    input: &DESCRIBE_TRUST_STORE_ASSOCIATIONS_INPUT,
    output: &DESCRIBE_TRUST_STORE_ASSOCIATIONS_OUTPUT,
    errors: &[&errors::TRUST_STORE_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeTrustStoreAssociationsResult"),
    event_stream: None,
};

pub static DESCRIBE_TRUST_STORE_REVOCATIONS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTrustStoreRevocations",
    input: &DESCRIBE_TRUST_STORE_REVOCATIONS_INPUT,
    output: &DESCRIBE_TRUST_STORE_REVOCATIONS_OUTPUT,
    errors: &[&errors::TRUST_STORE_NOT_FOUND_EXCEPTION, &errors::REVOCATION_ID_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeTrustStoreRevocationsResult"),
    event_stream: None,
};

pub static DESCRIBE_TRUST_STORES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTrustStores",
    input: &DESCRIBE_TRUST_STORES_INPUT,
    output: &DESCRIBE_TRUST_STORES_OUTPUT,
    errors: &[&errors::TRUST_STORE_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("DescribeTrustStoresResult"),
    event_stream: None,
};

pub static GET_RESOURCE_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "GetResourcePolicy",
    input: &GET_RESOURCE_POLICY_INPUT,
    output: &GET_RESOURCE_POLICY_OUTPUT,
    errors: &[&errors::RESOURCE_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("GetResourcePolicyResult"),
    event_stream: None,
};

pub static GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_OPERATION: OperationSchema = OperationSchema {
    name: "GetTrustStoreCaCertificatesBundle",
    input: &GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_INPUT,
    output: &GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_OUTPUT,
    errors: &[&errors::TRUST_STORE_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("GetTrustStoreCaCertificatesBundleResult"),
    event_stream: None,
};

pub static GET_TRUST_STORE_REVOCATION_CONTENT_OPERATION: OperationSchema = OperationSchema {
    name: "GetTrustStoreRevocationContent",
    input: &GET_TRUST_STORE_REVOCATION_CONTENT_INPUT,
    output: &GET_TRUST_STORE_REVOCATION_CONTENT_OUTPUT,
    errors: &[&errors::TRUST_STORE_NOT_FOUND_EXCEPTION, &errors::REVOCATION_ID_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("GetTrustStoreRevocationContentResult"),
    event_stream: None,
};

pub static MODIFY_CAPACITY_RESERVATION_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyCapacityReservation",
    input: &MODIFY_CAPACITY_RESERVATION_INPUT,
    output: &MODIFY_CAPACITY_RESERVATION_OUTPUT,
    errors: &[
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION,
        &errors::CAPACITY_UNITS_LIMIT_EXCEEDED_EXCEPTION,
        &errors::CAPACITY_RESERVATION_PENDING_EXCEPTION,
        &errors::INSUFFICIENT_CAPACITY_EXCEPTION,
        &errors::CAPACITY_DECREASE_REQUESTS_LIMIT_EXCEEDED_EXCEPTION,
        &errors::PRIOR_REQUEST_NOT_COMPLETE_EXCEPTION,
        &errors::OPERATION_NOT_PERMITTED_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ModifyCapacityReservationResult"),
    event_stream: None,
};

pub static MODIFY_IP_POOLS_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyIpPools",
    input: &MODIFY_IP_POOLS_INPUT,
    output: &MODIFY_IP_POOLS_OUTPUT,
    errors: &[&errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ModifyIpPoolsResult"),
    event_stream: None,
};

pub static MODIFY_LISTENER_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyListener",
    input: &MODIFY_LISTENER_INPUT,
    output: &MODIFY_LISTENER_OUTPUT,
    errors: &[
        &errors::DUPLICATE_LISTENER_EXCEPTION,
        &errors::TOO_MANY_LISTENERS_EXCEPTION,
        &errors::TOO_MANY_CERTIFICATES_EXCEPTION,
        &errors::LISTENER_NOT_FOUND_EXCEPTION,
        &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION,
        &errors::TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION,
        &errors::INCOMPATIBLE_PROTOCOLS_EXCEPTION,
        &errors::SSL_POLICY_NOT_FOUND_EXCEPTION,
        &errors::CERTIFICATE_NOT_FOUND_EXCEPTION,
        &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION,
        &errors::UNSUPPORTED_PROTOCOL_EXCEPTION,
        &errors::TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION,
        &errors::TOO_MANY_TARGETS_EXCEPTION,
        &errors::TOO_MANY_ACTIONS_EXCEPTION,
        &errors::INVALID_LOAD_BALANCER_ACTION_EXCEPTION,
        &errors::TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION,
        &errors::ALPN_POLICY_NOT_SUPPORTED_EXCEPTION,
        &errors::TRUST_STORE_NOT_FOUND_EXCEPTION,
        &errors::TRUST_STORE_NOT_READY_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ModifyListenerResult"),
    event_stream: None,
};

pub static MODIFY_LISTENER_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyListenerAttributes",
    input: &MODIFY_LISTENER_ATTRIBUTES_INPUT,
    output: &MODIFY_LISTENER_ATTRIBUTES_OUTPUT,
    errors: &[&errors::LISTENER_NOT_FOUND_EXCEPTION, &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ModifyListenerAttributesResult"),
    event_stream: None,
};

pub static MODIFY_LOAD_BALANCER_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyLoadBalancerAttributes",
    input: &MODIFY_LOAD_BALANCER_ATTRIBUTES_INPUT,
    output: &MODIFY_LOAD_BALANCER_ATTRIBUTES_OUTPUT,
    errors: &[&errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION, &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ModifyLoadBalancerAttributesResult"),
    event_stream: None,
};

pub static MODIFY_RULE_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyRule",
    input: &MODIFY_RULE_INPUT,
    output: &MODIFY_RULE_OUTPUT,
    errors: &[
        &errors::TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION,
        &errors::INCOMPATIBLE_PROTOCOLS_EXCEPTION,
        &errors::RULE_NOT_FOUND_EXCEPTION,
        &errors::OPERATION_NOT_PERMITTED_EXCEPTION,
        &errors::TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION,
        &errors::TOO_MANY_TARGETS_EXCEPTION,
        &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_PROTOCOL_EXCEPTION,
        &errors::TOO_MANY_ACTIONS_EXCEPTION,
        &errors::INVALID_LOAD_BALANCER_ACTION_EXCEPTION,
        &errors::TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ModifyRuleResult"),
    event_stream: None,
};

pub static MODIFY_TARGET_GROUP_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyTargetGroup",
    input: &MODIFY_TARGET_GROUP_INPUT,
    output: &MODIFY_TARGET_GROUP_OUTPUT,
    errors: &[&errors::TARGET_GROUP_NOT_FOUND_EXCEPTION, &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ModifyTargetGroupResult"),
    event_stream: None,
};

pub static MODIFY_TARGET_GROUP_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyTargetGroupAttributes",
    input: &MODIFY_TARGET_GROUP_ATTRIBUTES_INPUT,
    output: &MODIFY_TARGET_GROUP_ATTRIBUTES_OUTPUT,
    errors: &[&errors::TARGET_GROUP_NOT_FOUND_EXCEPTION, &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ModifyTargetGroupAttributesResult"),
    event_stream: None,
};

pub static MODIFY_TRUST_STORE_OPERATION: OperationSchema = OperationSchema {
    name: "ModifyTrustStore",
    input: &MODIFY_TRUST_STORE_INPUT,
    output: &MODIFY_TRUST_STORE_OUTPUT,
    errors: &[
        &errors::TRUST_STORE_NOT_FOUND_EXCEPTION,
        &errors::INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION,
        &errors::CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ModifyTrustStoreResult"),
    event_stream: None,
};

pub static REGISTER_TARGETS_OPERATION: OperationSchema = OperationSchema {
    name: "RegisterTargets",
    input: &REGISTER_TARGETS_INPUT,
    output: &REGISTER_TARGETS_OUTPUT,
    errors: &[
        &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION,
        &errors::TOO_MANY_TARGETS_EXCEPTION,
        &errors::INVALID_TARGET_EXCEPTION,
        &errors::TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("RegisterTargetsResult"),
    event_stream: None,
};

pub static REMOVE_LISTENER_CERTIFICATES_OPERATION: OperationSchema = OperationSchema {
    name: "RemoveListenerCertificates",
    input: &REMOVE_LISTENER_CERTIFICATES_INPUT,
    output: &REMOVE_LISTENER_CERTIFICATES_OUTPUT,
    errors: &[&errors::LISTENER_NOT_FOUND_EXCEPTION, &errors::OPERATION_NOT_PERMITTED_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("RemoveListenerCertificatesResult"),
    event_stream: None,
};

pub static REMOVE_TAGS_OPERATION: OperationSchema = OperationSchema {
    name: "RemoveTags",
    input: &REMOVE_TAGS_INPUT,
    output: &REMOVE_TAGS_OUTPUT,
    errors: &[
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::TARGET_GROUP_NOT_FOUND_EXCEPTION,
        &errors::LISTENER_NOT_FOUND_EXCEPTION,
        &errors::RULE_NOT_FOUND_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
        &errors::TRUST_STORE_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("RemoveTagsResult"),
    event_stream: None,
};

pub static REMOVE_TRUST_STORE_REVOCATIONS_OPERATION: OperationSchema = OperationSchema {
    name: "RemoveTrustStoreRevocations",
    input: &REMOVE_TRUST_STORE_REVOCATIONS_INPUT,
    output: &REMOVE_TRUST_STORE_REVOCATIONS_OUTPUT,
    errors: &[&errors::TRUST_STORE_NOT_FOUND_EXCEPTION, &errors::REVOCATION_ID_NOT_FOUND_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("RemoveTrustStoreRevocationsResult"),
    event_stream: None,
};

pub static SET_IP_ADDRESS_TYPE_OPERATION: OperationSchema = OperationSchema {
    name: "SetIpAddressType",
    input: &SET_IP_ADDRESS_TYPE_INPUT,
    output: &SET_IP_ADDRESS_TYPE_OUTPUT,
    errors: &[
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION,
        &errors::INVALID_SUBNET_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("SetIpAddressTypeResult"),
    event_stream: None,
};

pub static SET_RULE_PRIORITIES_OPERATION: OperationSchema = OperationSchema {
    name: "SetRulePriorities",
    input: &SET_RULE_PRIORITIES_INPUT,
    output: &SET_RULE_PRIORITIES_OUTPUT,
    errors: &[
        &errors::RULE_NOT_FOUND_EXCEPTION,
        &errors::PRIORITY_IN_USE_EXCEPTION,
        &errors::OPERATION_NOT_PERMITTED_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("SetRulePrioritiesResult"),
    event_stream: None,
};

pub static SET_SECURITY_GROUPS_OPERATION: OperationSchema = OperationSchema {
    name: "SetSecurityGroups",
    input: &SET_SECURITY_GROUPS_INPUT,
    output: &SET_SECURITY_GROUPS_OUTPUT,
    errors: &[
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION,
        &errors::INVALID_SECURITY_GROUP_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("SetSecurityGroupsResult"),
    event_stream: None,
};

pub static SET_SUBNETS_OPERATION: OperationSchema = OperationSchema {
    name: "SetSubnets",
    input: &SET_SUBNETS_INPUT,
    output: &SET_SUBNETS_OUTPUT,
    errors: &[
        &errors::LOAD_BALANCER_NOT_FOUND_EXCEPTION,
        &errors::INVALID_CONFIGURATION_REQUEST_EXCEPTION,
        &errors::SUBNET_NOT_FOUND_EXCEPTION,
        &errors::INVALID_SUBNET_EXCEPTION,
        &errors::ALLOCATION_ID_NOT_FOUND_EXCEPTION,
        &errors::AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION,
        &errors::CAPACITY_RESERVATION_PENDING_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("SetSubnetsResult"),
    event_stream: None,
};

pub static ALPN_POLICY_NOT_SUPPORTED_EXCEPTION: Schema =
    Schema::structure("ALPNPolicyNotSupportedException", &[]);

pub static ACTION: Schema = Schema::structure(
    "Action",
    &[
        Member::new("Type", &ACTION_TYPE_ENUM).required(),
        Member::new("TargetGroupArn", &TARGET_GROUP_ARN),
        Member::new("AuthenticateOidcConfig", &AUTHENTICATE_OIDC_ACTION_CONFIG),
        Member::new("AuthenticateCognitoConfig", &AUTHENTICATE_COGNITO_ACTION_CONFIG),
        Member::new("Order", &ACTION_ORDER),
        Member::new("RedirectConfig", &REDIRECT_ACTION_CONFIG),
        Member::new("FixedResponseConfig", &FIXED_RESPONSE_ACTION_CONFIG),
        Member::new("ForwardConfig", &FORWARD_ACTION_CONFIG),
        Member::new("JwtValidationConfig", &JWT_VALIDATION_ACTION_CONFIG),
    ],
);

pub static ACTION_ORDER: Schema = Schema::scalar("ActionOrder", Kind::Integer).min(1).max(50000);

pub static ACTION_TYPE_ENUM: Schema =
    Schema::scalar("ActionTypeEnum", Kind::String).enumeration(super::ActionTypeEnum::VALUES);

pub static ACTIONS: Schema = Schema::list("Actions", &[Member::new("member", &ACTION)]);

pub static ADD_LISTENER_CERTIFICATES_INPUT: Schema = Schema::structure(
    "AddListenerCertificatesInput",
    &[
        Member::new("ListenerArn", &LISTENER_ARN).required(),
        Member::new("Certificates", &CERTIFICATE_LIST).required(),
    ],
);

pub static ADD_LISTENER_CERTIFICATES_OUTPUT: Schema =
    Schema::structure("AddListenerCertificatesOutput", &[Member::new("Certificates", &CERTIFICATE_LIST)]);

pub static ADD_TAGS_INPUT: Schema = Schema::structure(
    "AddTagsInput",
    &[Member::new("ResourceArns", &RESOURCE_ARNS).required(), Member::new("Tags", &TAG_LIST).required()],
);

pub static ADD_TAGS_OUTPUT: Schema = Schema::structure("AddTagsOutput", &[]);

pub static ADD_TRUST_STORE_REVOCATIONS_INPUT: Schema = Schema::structure(
    "AddTrustStoreRevocationsInput",
    &[
        Member::new("TrustStoreArn", &TRUST_STORE_ARN).required(),
        Member::new("RevocationContents", &REVOCATION_CONTENTS),
    ],
);

pub static ADD_TRUST_STORE_REVOCATIONS_OUTPUT: Schema = Schema::structure(
    "AddTrustStoreRevocationsOutput",
    &[Member::new("TrustStoreRevocations", &TRUST_STORE_REVOCATIONS)],
);

pub static ADMINISTRATIVE_OVERRIDE: Schema = Schema::structure(
    "AdministrativeOverride",
    &[
        Member::new("State", &TARGET_ADMINISTRATIVE_OVERRIDE_STATE_ENUM),
        Member::new("Reason", &TARGET_ADMINISTRATIVE_OVERRIDE_REASON_ENUM),
        Member::new("Description", &DESCRIPTION),
    ],
);

pub static ADVERTISE_TRUST_STORE_CA_NAMES_ENUM: Schema =
    Schema::scalar("AdvertiseTrustStoreCaNamesEnum", Kind::String)
        .enumeration(super::AdvertiseTrustStoreCaNamesEnum::VALUES);

pub static ALLOCATION_ID: Schema = Schema::scalar("AllocationId", Kind::String);

pub static ALLOCATION_ID_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("AllocationIdNotFoundException", &[]);

pub static ALPN_POLICY_NAME: Schema =
    Schema::list("AlpnPolicyName", &[Member::new("member", &ALPN_POLICY_VALUE)]);

pub static ALPN_POLICY_VALUE: Schema = Schema::scalar("AlpnPolicyValue", Kind::String);

pub static ANOMALY_DETECTION: Schema = Schema::structure(
    "AnomalyDetection",
    &[
        Member::new("Result", &ANOMALY_RESULT_ENUM),
        Member::new("MitigationInEffect", &MITIGATION_IN_EFFECT_ENUM),
    ],
);

pub static ANOMALY_RESULT_ENUM: Schema =
    Schema::scalar("AnomalyResultEnum", Kind::String).enumeration(super::AnomalyResultEnum::VALUES);

pub static AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS: Schema = Schema::map(
    "AuthenticateCognitoActionAuthenticationRequestExtraParams",
    &[
        Member::new("key", &AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_PARAM_NAME),
        Member::new("value", &AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_PARAM_VALUE),
    ],
);

pub static AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_PARAM_NAME: Schema =
    Schema::scalar("AuthenticateCognitoActionAuthenticationRequestParamName", Kind::String);

pub static AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_PARAM_VALUE: Schema =
    Schema::scalar("AuthenticateCognitoActionAuthenticationRequestParamValue", Kind::String);

pub static AUTHENTICATE_COGNITO_ACTION_CONDITIONAL_BEHAVIOR_ENUM: Schema =
    Schema::scalar("AuthenticateCognitoActionConditionalBehaviorEnum", Kind::String)
        .enumeration(super::AuthenticateCognitoActionConditionalBehaviorEnum::VALUES);

pub static AUTHENTICATE_COGNITO_ACTION_CONFIG: Schema = Schema::structure(
    "AuthenticateCognitoActionConfig",
    &[
        Member::new("UserPoolArn", &AUTHENTICATE_COGNITO_ACTION_USER_POOL_ARN).required(),
        Member::new("UserPoolClientId", &AUTHENTICATE_COGNITO_ACTION_USER_POOL_CLIENT_ID).required(),
        Member::new("UserPoolDomain", &AUTHENTICATE_COGNITO_ACTION_USER_POOL_DOMAIN).required(),
        Member::new("SessionCookieName", &AUTHENTICATE_COGNITO_ACTION_SESSION_COOKIE_NAME),
        Member::new("Scope", &AUTHENTICATE_COGNITO_ACTION_SCOPE),
        Member::new("SessionTimeout", &AUTHENTICATE_COGNITO_ACTION_SESSION_TIMEOUT),
        Member::new(
            "AuthenticationRequestExtraParams",
            &AUTHENTICATE_COGNITO_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS,
        ),
        Member::new("OnUnauthenticatedRequest", &AUTHENTICATE_COGNITO_ACTION_CONDITIONAL_BEHAVIOR_ENUM),
    ],
);

pub static AUTHENTICATE_COGNITO_ACTION_SCOPE: Schema =
    Schema::scalar("AuthenticateCognitoActionScope", Kind::String);

pub static AUTHENTICATE_COGNITO_ACTION_SESSION_COOKIE_NAME: Schema =
    Schema::scalar("AuthenticateCognitoActionSessionCookieName", Kind::String);

pub static AUTHENTICATE_COGNITO_ACTION_SESSION_TIMEOUT: Schema =
    Schema::scalar("AuthenticateCognitoActionSessionTimeout", Kind::Long);

pub static AUTHENTICATE_COGNITO_ACTION_USER_POOL_ARN: Schema =
    Schema::scalar("AuthenticateCognitoActionUserPoolArn", Kind::String);

pub static AUTHENTICATE_COGNITO_ACTION_USER_POOL_CLIENT_ID: Schema =
    Schema::scalar("AuthenticateCognitoActionUserPoolClientId", Kind::String);

pub static AUTHENTICATE_COGNITO_ACTION_USER_POOL_DOMAIN: Schema =
    Schema::scalar("AuthenticateCognitoActionUserPoolDomain", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS: Schema = Schema::map(
    "AuthenticateOidcActionAuthenticationRequestExtraParams",
    &[
        Member::new("key", &AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_PARAM_NAME),
        Member::new("value", &AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_PARAM_VALUE),
    ],
);

pub static AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_PARAM_NAME: Schema =
    Schema::scalar("AuthenticateOidcActionAuthenticationRequestParamName", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_PARAM_VALUE: Schema =
    Schema::scalar("AuthenticateOidcActionAuthenticationRequestParamValue", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_AUTHORIZATION_ENDPOINT: Schema =
    Schema::scalar("AuthenticateOidcActionAuthorizationEndpoint", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_CLIENT_ID: Schema =
    Schema::scalar("AuthenticateOidcActionClientId", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_CLIENT_SECRET: Schema =
    Schema::scalar("AuthenticateOidcActionClientSecret", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_CONDITIONAL_BEHAVIOR_ENUM: Schema =
    Schema::scalar("AuthenticateOidcActionConditionalBehaviorEnum", Kind::String)
        .enumeration(super::AuthenticateOidcActionConditionalBehaviorEnum::VALUES);

pub static AUTHENTICATE_OIDC_ACTION_CONFIG: Schema = Schema::structure(
    "AuthenticateOidcActionConfig",
    &[
        Member::new("Issuer", &AUTHENTICATE_OIDC_ACTION_ISSUER).required(),
        Member::new("AuthorizationEndpoint", &AUTHENTICATE_OIDC_ACTION_AUTHORIZATION_ENDPOINT).required(),
        Member::new("TokenEndpoint", &AUTHENTICATE_OIDC_ACTION_TOKEN_ENDPOINT).required(),
        Member::new("UserInfoEndpoint", &AUTHENTICATE_OIDC_ACTION_USER_INFO_ENDPOINT).required(),
        Member::new("ClientId", &AUTHENTICATE_OIDC_ACTION_CLIENT_ID).required(),
        Member::new("ClientSecret", &AUTHENTICATE_OIDC_ACTION_CLIENT_SECRET),
        Member::new("SessionCookieName", &AUTHENTICATE_OIDC_ACTION_SESSION_COOKIE_NAME),
        Member::new("Scope", &AUTHENTICATE_OIDC_ACTION_SCOPE),
        Member::new("SessionTimeout", &AUTHENTICATE_OIDC_ACTION_SESSION_TIMEOUT),
        Member::new(
            "AuthenticationRequestExtraParams",
            &AUTHENTICATE_OIDC_ACTION_AUTHENTICATION_REQUEST_EXTRA_PARAMS,
        ),
        Member::new("OnUnauthenticatedRequest", &AUTHENTICATE_OIDC_ACTION_CONDITIONAL_BEHAVIOR_ENUM),
        Member::new("UseExistingClientSecret", &AUTHENTICATE_OIDC_ACTION_USE_EXISTING_CLIENT_SECRET),
    ],
);

pub static AUTHENTICATE_OIDC_ACTION_ISSUER: Schema =
    Schema::scalar("AuthenticateOidcActionIssuer", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_SCOPE: Schema =
    Schema::scalar("AuthenticateOidcActionScope", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_SESSION_COOKIE_NAME: Schema =
    Schema::scalar("AuthenticateOidcActionSessionCookieName", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_SESSION_TIMEOUT: Schema =
    Schema::scalar("AuthenticateOidcActionSessionTimeout", Kind::Long);

pub static AUTHENTICATE_OIDC_ACTION_TOKEN_ENDPOINT: Schema =
    Schema::scalar("AuthenticateOidcActionTokenEndpoint", Kind::String);

pub static AUTHENTICATE_OIDC_ACTION_USE_EXISTING_CLIENT_SECRET: Schema =
    Schema::scalar("AuthenticateOidcActionUseExistingClientSecret", Kind::Boolean);

pub static AUTHENTICATE_OIDC_ACTION_USER_INFO_ENDPOINT: Schema =
    Schema::scalar("AuthenticateOidcActionUserInfoEndpoint", Kind::String);

pub static AVAILABILITY_ZONE: Schema = Schema::structure(
    "AvailabilityZone",
    &[
        Member::new("ZoneName", &ZONE_NAME),
        Member::new("SubnetId", &SUBNET_ID),
        Member::new("OutpostId", &OUTPOST_ID),
        Member::new("LoadBalancerAddresses", &LOAD_BALANCER_ADDRESSES),
        Member::new("SourceNatIpv6Prefixes", &SOURCE_NAT_IPV6_PREFIXES),
    ],
);

pub static AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION: Schema =
    Schema::structure("AvailabilityZoneNotSupportedException", &[]);

pub static AVAILABILITY_ZONES: Schema =
    Schema::list("AvailabilityZones", &[Member::new("member", &AVAILABILITY_ZONE)]);

pub static CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("CaCertificatesBundleNotFoundException", &[]);

pub static CANONICAL_HOSTED_ZONE_ID: Schema = Schema::scalar("CanonicalHostedZoneId", Kind::String);

pub static CAPACITY_DECREASE_REQUESTS_LIMIT_EXCEEDED_EXCEPTION: Schema =
    Schema::structure("CapacityDecreaseRequestsLimitExceededException", &[]);

pub static CAPACITY_RESERVATION_PENDING_EXCEPTION: Schema =
    Schema::structure("CapacityReservationPendingException", &[]);

pub static CAPACITY_RESERVATION_STATE_ENUM: Schema =
    Schema::scalar("CapacityReservationStateEnum", Kind::String)
        .enumeration(super::CapacityReservationStateEnum::VALUES);

pub static CAPACITY_RESERVATION_STATUS: Schema = Schema::structure(
    "CapacityReservationStatus",
    &[Member::new("Code", &CAPACITY_RESERVATION_STATE_ENUM), Member::new("Reason", &STATE_REASON)],
);

pub static CAPACITY_UNITS: Schema = Schema::scalar("CapacityUnits", Kind::Integer);

pub static CAPACITY_UNITS_DOUBLE: Schema = Schema::scalar("CapacityUnitsDouble", Kind::Double);

pub static CAPACITY_UNITS_LIMIT_EXCEEDED_EXCEPTION: Schema =
    Schema::structure("CapacityUnitsLimitExceededException", &[]);

pub static CERTIFICATE: Schema = Schema::structure(
    "Certificate",
    &[Member::new("CertificateArn", &CERTIFICATE_ARN), Member::new("IsDefault", &DEFAULT)],
);

pub static CERTIFICATE_ARN: Schema = Schema::scalar("CertificateArn", Kind::String);

pub static CERTIFICATE_LIST: Schema = Schema::list("CertificateList", &[Member::new("member", &CERTIFICATE)]);

pub static CERTIFICATE_NOT_FOUND_EXCEPTION: Schema = Schema::structure("CertificateNotFoundException", &[]);

pub static CIPHER: Schema = Schema::structure(
    "Cipher",
    &[Member::new("Name", &CIPHER_NAME), Member::new("Priority", &CIPHER_PRIORITY)],
);

pub static CIPHER_NAME: Schema = Schema::scalar("CipherName", Kind::String);

pub static CIPHER_PRIORITY: Schema = Schema::scalar("CipherPriority", Kind::Integer);

pub static CIPHERS: Schema = Schema::list("Ciphers", &[Member::new("member", &CIPHER)]);

pub static CONDITION_FIELD_NAME: Schema = Schema::scalar("ConditionFieldName", Kind::String).max(64);

pub static CREATE_LISTENER_INPUT: Schema = Schema::structure(
    "CreateListenerInput",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required(),
        Member::new("Protocol", &PROTOCOL_ENUM),
        Member::new("Port", &PORT),
        Member::new("SslPolicy", &SSL_POLICY_NAME),
        Member::new("Certificates", &CERTIFICATE_LIST),
        Member::new("DefaultActions", &ACTIONS).required(),
        Member::new("AlpnPolicy", &ALPN_POLICY_NAME),
        Member::new("Tags", &TAG_LIST),
        Member::new("MutualAuthentication", &MUTUAL_AUTHENTICATION_ATTRIBUTES),
    ],
);

pub static CREATE_LISTENER_OUTPUT: Schema =
    Schema::structure("CreateListenerOutput", &[Member::new("Listeners", &LISTENERS)]);

pub static CREATE_LOAD_BALANCER_INPUT: Schema = Schema::structure(
    "CreateLoadBalancerInput",
    &[
        Member::new("Name", &LOAD_BALANCER_NAME).required(),
        Member::new("Subnets", &SUBNETS),
        Member::new("SubnetMappings", &SUBNET_MAPPINGS),
        Member::new("SecurityGroups", &SECURITY_GROUPS),
        Member::new("Scheme", &LOAD_BALANCER_SCHEME_ENUM),
        Member::new("Tags", &TAG_LIST),
        Member::new("Type", &LOAD_BALANCER_TYPE_ENUM),
        Member::new("IpAddressType", &IP_ADDRESS_TYPE),
        Member::new("CustomerOwnedIpv4Pool", &CUSTOMER_OWNED_IPV4_POOL),
        Member::new("EnablePrefixForIpv6SourceNat", &ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM),
        Member::new("IpamPools", &IPAM_POOLS),
    ],
);

pub static CREATE_LOAD_BALANCER_OUTPUT: Schema =
    Schema::structure("CreateLoadBalancerOutput", &[Member::new("LoadBalancers", &LOAD_BALANCERS)]);

pub static CREATE_RULE_INPUT: Schema = Schema::structure(
    "CreateRuleInput",
    &[
        Member::new("ListenerArn", &LISTENER_ARN).required(),
        Member::new("Conditions", &RULE_CONDITION_LIST).required(),
        Member::new("Priority", &RULE_PRIORITY).required(),
        Member::new("Actions", &ACTIONS).required(),
        Member::new("Tags", &TAG_LIST),
        Member::new("Transforms", &RULE_TRANSFORM_LIST),
    ],
);

pub static CREATE_RULE_OUTPUT: Schema =
    Schema::structure("CreateRuleOutput", &[Member::new("Rules", &RULES)]);

pub static CREATE_TARGET_GROUP_INPUT: Schema = Schema::structure(
    "CreateTargetGroupInput",
    &[
        Member::new("Name", &TARGET_GROUP_NAME).required(),
        Member::new("Protocol", &PROTOCOL_ENUM),
        Member::new("ProtocolVersion", &PROTOCOL_VERSION),
        Member::new("Port", &PORT),
        Member::new("VpcId", &VPC_ID),
        Member::new("HealthCheckProtocol", &PROTOCOL_ENUM),
        Member::new("HealthCheckPort", &HEALTH_CHECK_PORT),
        Member::new("HealthCheckEnabled", &HEALTH_CHECK_ENABLED),
        Member::new("HealthCheckPath", &PATH),
        Member::new("HealthCheckIntervalSeconds", &HEALTH_CHECK_INTERVAL_SECONDS),
        Member::new("HealthCheckTimeoutSeconds", &HEALTH_CHECK_TIMEOUT_SECONDS),
        Member::new("HealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT),
        Member::new("UnhealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT),
        Member::new("Matcher", &MATCHER),
        Member::new("TargetType", &TARGET_TYPE_ENUM),
        Member::new("Tags", &TAG_LIST),
        Member::new("IpAddressType", &TARGET_GROUP_IP_ADDRESS_TYPE_ENUM),
        Member::new("TargetControlPort", &TARGET_CONTROL_PORT),
    ],
);

pub static CREATE_TARGET_GROUP_OUTPUT: Schema =
    Schema::structure("CreateTargetGroupOutput", &[Member::new("TargetGroups", &TARGET_GROUPS)]);

pub static CREATE_TRUST_STORE_INPUT: Schema = Schema::structure(
    "CreateTrustStoreInput",
    &[
        Member::new("Name", &TRUST_STORE_NAME).required(),
        Member::new("CaCertificatesBundleS3Bucket", &S3_BUCKET).required(),
        Member::new("CaCertificatesBundleS3Key", &S3_KEY).required(),
        Member::new("CaCertificatesBundleS3ObjectVersion", &S3_OBJECT_VERSION),
        Member::new("Tags", &TAG_LIST),
    ],
);

pub static CREATE_TRUST_STORE_OUTPUT: Schema =
    Schema::structure("CreateTrustStoreOutput", &[Member::new("TrustStores", &TRUST_STORES)]);

pub static CREATED_TIME: Schema = Schema::scalar("CreatedTime", Kind::Timestamp);

static PATTERN_OF_CUSTOMER_OWNED_IPV4_POOL: Pattern = Pattern::new("^(ipv4pool-coip-)[a-zA-Z0-9]+$");
pub static CUSTOMER_OWNED_IPV4_POOL: Schema = Schema::scalar("CustomerOwnedIpv4Pool", Kind::String)
    .max(256)
    .pattern(&PATTERN_OF_CUSTOMER_OWNED_IPV4_POOL);

pub static DNS_NAME: Schema = Schema::scalar("DNSName", Kind::String);

pub static DECREASE_REQUESTS_REMAINING: Schema = Schema::scalar("DecreaseRequestsRemaining", Kind::Integer);

pub static DEFAULT: Schema = Schema::scalar("Default", Kind::Boolean);

pub static DELETE_ASSOCIATION_SAME_ACCOUNT_EXCEPTION: Schema =
    Schema::structure("DeleteAssociationSameAccountException", &[]);

pub static DELETE_LISTENER_INPUT: Schema =
    Schema::structure("DeleteListenerInput", &[Member::new("ListenerArn", &LISTENER_ARN).required()]);

pub static DELETE_LISTENER_OUTPUT: Schema = Schema::structure("DeleteListenerOutput", &[]);

pub static DELETE_LOAD_BALANCER_INPUT: Schema = Schema::structure(
    "DeleteLoadBalancerInput",
    &[Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required()],
);

pub static DELETE_LOAD_BALANCER_OUTPUT: Schema = Schema::structure("DeleteLoadBalancerOutput", &[]);

pub static DELETE_RULE_INPUT: Schema =
    Schema::structure("DeleteRuleInput", &[Member::new("RuleArn", &RULE_ARN).required()]);

pub static DELETE_RULE_OUTPUT: Schema = Schema::structure("DeleteRuleOutput", &[]);

pub static DELETE_SHARED_TRUST_STORE_ASSOCIATION_INPUT: Schema = Schema::structure(
    "DeleteSharedTrustStoreAssociationInput",
    &[
        Member::new("TrustStoreArn", &TRUST_STORE_ARN).required(),
        Member::new("ResourceArn", &RESOURCE_ARN).required(),
    ],
);

pub static DELETE_SHARED_TRUST_STORE_ASSOCIATION_OUTPUT: Schema =
    Schema::structure("DeleteSharedTrustStoreAssociationOutput", &[]);

pub static DELETE_TARGET_GROUP_INPUT: Schema = Schema::structure(
    "DeleteTargetGroupInput",
    &[Member::new("TargetGroupArn", &TARGET_GROUP_ARN).required()],
);

pub static DELETE_TARGET_GROUP_OUTPUT: Schema = Schema::structure("DeleteTargetGroupOutput", &[]);

pub static DELETE_TRUST_STORE_INPUT: Schema =
    Schema::structure("DeleteTrustStoreInput", &[Member::new("TrustStoreArn", &TRUST_STORE_ARN).required()]);

pub static DELETE_TRUST_STORE_OUTPUT: Schema = Schema::structure("DeleteTrustStoreOutput", &[]);

pub static DEREGISTER_TARGETS_INPUT: Schema = Schema::structure(
    "DeregisterTargetsInput",
    &[
        Member::new("TargetGroupArn", &TARGET_GROUP_ARN).required(),
        Member::new("Targets", &TARGET_DESCRIPTIONS).required(),
    ],
);

pub static DEREGISTER_TARGETS_OUTPUT: Schema = Schema::structure("DeregisterTargetsOutput", &[]);

pub static DESCRIBE_ACCOUNT_LIMITS_INPUT: Schema = Schema::structure(
    "DescribeAccountLimitsInput",
    &[Member::new("Marker", &MARKER), Member::new("PageSize", &PAGE_SIZE)],
);

pub static DESCRIBE_ACCOUNT_LIMITS_OUTPUT: Schema = Schema::structure(
    "DescribeAccountLimitsOutput",
    &[Member::new("Limits", &LIMITS), Member::new("NextMarker", &MARKER)],
);

pub static DESCRIBE_CAPACITY_RESERVATION_INPUT: Schema = Schema::structure(
    "DescribeCapacityReservationInput",
    &[Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required()],
);

pub static DESCRIBE_CAPACITY_RESERVATION_OUTPUT: Schema = Schema::structure(
    "DescribeCapacityReservationOutput",
    &[
        Member::new("LastModifiedTime", &LAST_MODIFIED_TIME),
        Member::new("DecreaseRequestsRemaining", &DECREASE_REQUESTS_REMAINING),
        Member::new("MinimumLoadBalancerCapacity", &MINIMUM_LOAD_BALANCER_CAPACITY),
        Member::new("CapacityReservationState", &ZONAL_CAPACITY_RESERVATION_STATES),
    ],
);

pub static DESCRIBE_LISTENER_ATTRIBUTES_INPUT: Schema = Schema::structure(
    "DescribeListenerAttributesInput",
    &[Member::new("ListenerArn", &LISTENER_ARN).required()],
);

pub static DESCRIBE_LISTENER_ATTRIBUTES_OUTPUT: Schema =
    Schema::structure("DescribeListenerAttributesOutput", &[Member::new("Attributes", &LISTENER_ATTRIBUTES)]);

pub static DESCRIBE_LISTENER_CERTIFICATES_INPUT: Schema = Schema::structure(
    "DescribeListenerCertificatesInput",
    &[
        Member::new("ListenerArn", &LISTENER_ARN).required(),
        Member::new("Marker", &MARKER),
        Member::new("PageSize", &PAGE_SIZE),
    ],
);

pub static DESCRIBE_LISTENER_CERTIFICATES_OUTPUT: Schema = Schema::structure(
    "DescribeListenerCertificatesOutput",
    &[Member::new("Certificates", &CERTIFICATE_LIST), Member::new("NextMarker", &MARKER)],
);

pub static DESCRIBE_LISTENERS_INPUT: Schema = Schema::structure(
    "DescribeListenersInput",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN),
        Member::new("ListenerArns", &LISTENER_ARNS),
        Member::new("Marker", &MARKER),
        Member::new("PageSize", &PAGE_SIZE),
    ],
);

pub static DESCRIBE_LISTENERS_OUTPUT: Schema = Schema::structure(
    "DescribeListenersOutput",
    &[Member::new("Listeners", &LISTENERS), Member::new("NextMarker", &MARKER)],
);

pub static DESCRIBE_LOAD_BALANCER_ATTRIBUTES_INPUT: Schema = Schema::structure(
    "DescribeLoadBalancerAttributesInput",
    &[Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required()],
);

pub static DESCRIBE_LOAD_BALANCER_ATTRIBUTES_OUTPUT: Schema = Schema::structure(
    "DescribeLoadBalancerAttributesOutput",
    &[Member::new("Attributes", &LOAD_BALANCER_ATTRIBUTES)],
);

pub static DESCRIBE_LOAD_BALANCERS_INPUT: Schema = Schema::structure(
    "DescribeLoadBalancersInput",
    &[
        Member::new("LoadBalancerArns", &LOAD_BALANCER_ARNS),
        Member::new("Names", &LOAD_BALANCER_NAMES),
        Member::new("Marker", &MARKER),
        Member::new("PageSize", &PAGE_SIZE),
    ],
);

pub static DESCRIBE_LOAD_BALANCERS_OUTPUT: Schema = Schema::structure(
    "DescribeLoadBalancersOutput",
    &[Member::new("LoadBalancers", &LOAD_BALANCERS), Member::new("NextMarker", &MARKER)],
);

pub static DESCRIBE_RULES_INPUT: Schema = Schema::structure(
    "DescribeRulesInput",
    &[
        Member::new("ListenerArn", &LISTENER_ARN),
        Member::new("RuleArns", &RULE_ARNS),
        Member::new("Marker", &MARKER),
        Member::new("PageSize", &PAGE_SIZE),
    ],
);

pub static DESCRIBE_RULES_OUTPUT: Schema = Schema::structure(
    "DescribeRulesOutput",
    &[Member::new("Rules", &RULES), Member::new("NextMarker", &MARKER)],
);

pub static DESCRIBE_SSL_POLICIES_INPUT: Schema = Schema::structure(
    "DescribeSSLPoliciesInput",
    &[
        Member::new("Names", &SSL_POLICY_NAMES),
        Member::new("Marker", &MARKER),
        Member::new("PageSize", &PAGE_SIZE),
        Member::new("LoadBalancerType", &LOAD_BALANCER_TYPE_ENUM),
    ],
);

pub static DESCRIBE_SSL_POLICIES_OUTPUT: Schema = Schema::structure(
    "DescribeSSLPoliciesOutput",
    &[Member::new("SslPolicies", &SSL_POLICIES), Member::new("NextMarker", &MARKER)],
);

pub static DESCRIBE_TAGS_INPUT: Schema =
    Schema::structure("DescribeTagsInput", &[Member::new("ResourceArns", &RESOURCE_ARNS).required()]);

pub static DESCRIBE_TAGS_OUTPUT: Schema =
    Schema::structure("DescribeTagsOutput", &[Member::new("TagDescriptions", &TAG_DESCRIPTIONS)]);

pub static DESCRIBE_TARGET_GROUP_ATTRIBUTES_INPUT: Schema = Schema::structure(
    "DescribeTargetGroupAttributesInput",
    &[Member::new("TargetGroupArn", &TARGET_GROUP_ARN).required()],
);

pub static DESCRIBE_TARGET_GROUP_ATTRIBUTES_OUTPUT: Schema = Schema::structure(
    "DescribeTargetGroupAttributesOutput",
    &[Member::new("Attributes", &TARGET_GROUP_ATTRIBUTES)],
);

pub static DESCRIBE_TARGET_GROUPS_INPUT: Schema = Schema::structure(
    "DescribeTargetGroupsInput",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN),
        Member::new("TargetGroupArns", &TARGET_GROUP_ARNS),
        Member::new("Names", &TARGET_GROUP_NAMES),
        Member::new("Marker", &MARKER),
        Member::new("PageSize", &PAGE_SIZE),
    ],
);

pub static DESCRIBE_TARGET_GROUPS_OUTPUT: Schema = Schema::structure(
    "DescribeTargetGroupsOutput",
    &[Member::new("TargetGroups", &TARGET_GROUPS), Member::new("NextMarker", &MARKER)],
);

pub static DESCRIBE_TARGET_HEALTH_INPUT: Schema = Schema::structure(
    "DescribeTargetHealthInput",
    &[
        Member::new("TargetGroupArn", &TARGET_GROUP_ARN).required(),
        Member::new("Targets", &TARGET_DESCRIPTIONS),
        Member::new("Include", &LIST_OF_DESCRIBE_TARGET_HEALTH_INCLUDE_OPTIONS),
    ],
);

pub static DESCRIBE_TARGET_HEALTH_INPUT_INCLUDE_ENUM: Schema =
    Schema::scalar("DescribeTargetHealthInputIncludeEnum", Kind::String)
        .enumeration(super::DescribeTargetHealthInputIncludeEnum::VALUES);

pub static DESCRIBE_TARGET_HEALTH_OUTPUT: Schema = Schema::structure(
    "DescribeTargetHealthOutput",
    &[Member::new("TargetHealthDescriptions", &TARGET_HEALTH_DESCRIPTIONS)],
);

pub static DESCRIBE_TRUST_STORE_ASSOCIATIONS_INPUT: Schema = Schema::structure(
    "DescribeTrustStoreAssociationsInput",
    &[
        Member::new("TrustStoreArn", &TRUST_STORE_ARN).required(),
        Member::new("Marker", &MARKER),
        Member::new("PageSize", &PAGE_SIZE),
    ],
);

pub static DESCRIBE_TRUST_STORE_ASSOCIATIONS_OUTPUT: Schema = Schema::structure(
    "DescribeTrustStoreAssociationsOutput",
    &[Member::new("TrustStoreAssociations", &TRUST_STORE_ASSOCIATIONS), Member::new("NextMarker", &MARKER)],
);

pub static DESCRIBE_TRUST_STORE_REVOCATION: Schema = Schema::structure(
    "DescribeTrustStoreRevocation",
    &[
        Member::new("TrustStoreArn", &TRUST_STORE_ARN),
        Member::new("RevocationId", &REVOCATION_ID),
        Member::new("RevocationType", &REVOCATION_TYPE),
        Member::new("NumberOfRevokedEntries", &NUMBER_OF_REVOKED_ENTRIES),
    ],
);

pub static DESCRIBE_TRUST_STORE_REVOCATION_RESPONSE: Schema = Schema::list(
    "DescribeTrustStoreRevocationResponse",
    &[Member::new("member", &DESCRIBE_TRUST_STORE_REVOCATION)],
);

pub static DESCRIBE_TRUST_STORE_REVOCATIONS_INPUT: Schema = Schema::structure(
    "DescribeTrustStoreRevocationsInput",
    &[
        Member::new("TrustStoreArn", &TRUST_STORE_ARN).required(),
        Member::new("RevocationIds", &REVOCATION_IDS),
        Member::new("Marker", &MARKER),
        Member::new("PageSize", &PAGE_SIZE),
    ],
);

pub static DESCRIBE_TRUST_STORE_REVOCATIONS_OUTPUT: Schema = Schema::structure(
    "DescribeTrustStoreRevocationsOutput",
    &[
        Member::new("TrustStoreRevocations", &DESCRIBE_TRUST_STORE_REVOCATION_RESPONSE),
        Member::new("NextMarker", &MARKER),
    ],
);

pub static DESCRIBE_TRUST_STORES_INPUT: Schema = Schema::structure(
    "DescribeTrustStoresInput",
    &[
        Member::new("TrustStoreArns", &TRUST_STORE_ARNS),
        Member::new("Names", &TRUST_STORE_NAMES),
        Member::new("Marker", &MARKER),
        Member::new("PageSize", &PAGE_SIZE),
    ],
);

pub static DESCRIBE_TRUST_STORES_OUTPUT: Schema = Schema::structure(
    "DescribeTrustStoresOutput",
    &[Member::new("TrustStores", &TRUST_STORES), Member::new("NextMarker", &MARKER)],
);

pub static DESCRIPTION: Schema = Schema::scalar("Description", Kind::String);

pub static DUPLICATE_LISTENER_EXCEPTION: Schema = Schema::structure("DuplicateListenerException", &[]);

pub static DUPLICATE_LOAD_BALANCER_NAME_EXCEPTION: Schema =
    Schema::structure("DuplicateLoadBalancerNameException", &[]);

pub static DUPLICATE_TAG_KEYS_EXCEPTION: Schema = Schema::structure("DuplicateTagKeysException", &[]);

pub static DUPLICATE_TARGET_GROUP_NAME_EXCEPTION: Schema =
    Schema::structure("DuplicateTargetGroupNameException", &[]);

pub static DUPLICATE_TRUST_STORE_NAME_EXCEPTION: Schema =
    Schema::structure("DuplicateTrustStoreNameException", &[]);

pub static ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM: Schema =
    Schema::scalar("EnablePrefixForIpv6SourceNatEnum", Kind::String)
        .enumeration(super::EnablePrefixForIpv6SourceNatEnum::VALUES);

pub static ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC: Schema =
    Schema::scalar("EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic", Kind::String);

pub static ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC_ENUM: Schema =
    Schema::scalar("EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum", Kind::String)
        .enumeration(super::EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum::VALUES);

pub static FIXED_RESPONSE_ACTION_CONFIG: Schema = Schema::structure(
    "FixedResponseActionConfig",
    &[
        Member::new("MessageBody", &FIXED_RESPONSE_ACTION_MESSAGE),
        Member::new("StatusCode", &FIXED_RESPONSE_ACTION_STATUS_CODE).required(),
        Member::new("ContentType", &FIXED_RESPONSE_ACTION_CONTENT_TYPE),
    ],
);

pub static FIXED_RESPONSE_ACTION_CONTENT_TYPE: Schema =
    Schema::scalar("FixedResponseActionContentType", Kind::String).min(0).max(32);

pub static FIXED_RESPONSE_ACTION_MESSAGE: Schema =
    Schema::scalar("FixedResponseActionMessage", Kind::String).min(0).max(1024);

static PATTERN_OF_FIXED_RESPONSE_ACTION_STATUS_CODE: Pattern = Pattern::new("^(2|4|5)\\d\\d$");
pub static FIXED_RESPONSE_ACTION_STATUS_CODE: Schema =
    Schema::scalar("FixedResponseActionStatusCode", Kind::String)
        .pattern(&PATTERN_OF_FIXED_RESPONSE_ACTION_STATUS_CODE);

pub static FORWARD_ACTION_CONFIG: Schema = Schema::structure(
    "ForwardActionConfig",
    &[
        Member::new("TargetGroups", &TARGET_GROUP_LIST),
        Member::new("TargetGroupStickinessConfig", &TARGET_GROUP_STICKINESS_CONFIG),
    ],
);

pub static GET_RESOURCE_POLICY_INPUT: Schema =
    Schema::structure("GetResourcePolicyInput", &[Member::new("ResourceArn", &RESOURCE_ARN).required()]);

pub static GET_RESOURCE_POLICY_OUTPUT: Schema =
    Schema::structure("GetResourcePolicyOutput", &[Member::new("Policy", &POLICY)]);

pub static GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_INPUT: Schema = Schema::structure(
    "GetTrustStoreCaCertificatesBundleInput",
    &[Member::new("TrustStoreArn", &TRUST_STORE_ARN).required()],
);

pub static GET_TRUST_STORE_CA_CERTIFICATES_BUNDLE_OUTPUT: Schema =
    Schema::structure("GetTrustStoreCaCertificatesBundleOutput", &[Member::new("Location", &LOCATION)]);

pub static GET_TRUST_STORE_REVOCATION_CONTENT_INPUT: Schema = Schema::structure(
    "GetTrustStoreRevocationContentInput",
    &[
        Member::new("TrustStoreArn", &TRUST_STORE_ARN).required(),
        Member::new("RevocationId", &REVOCATION_ID).required(),
    ],
);

pub static GET_TRUST_STORE_REVOCATION_CONTENT_OUTPUT: Schema =
    Schema::structure("GetTrustStoreRevocationContentOutput", &[Member::new("Location", &LOCATION)]);

pub static GRPC_CODE: Schema = Schema::scalar("GrpcCode", Kind::String);

pub static HEALTH_CHECK_ENABLED: Schema = Schema::scalar("HealthCheckEnabled", Kind::Boolean);

pub static HEALTH_CHECK_INTERVAL_SECONDS: Schema =
    Schema::scalar("HealthCheckIntervalSeconds", Kind::Integer).min(5).max(300);

pub static HEALTH_CHECK_PORT: Schema = Schema::scalar("HealthCheckPort", Kind::String);

pub static HEALTH_CHECK_THRESHOLD_COUNT: Schema =
    Schema::scalar("HealthCheckThresholdCount", Kind::Integer).min(2).max(10);

pub static HEALTH_CHECK_TIMEOUT_SECONDS: Schema =
    Schema::scalar("HealthCheckTimeoutSeconds", Kind::Integer).min(2).max(120);

pub static HEALTH_UNAVAILABLE_EXCEPTION: Schema = Schema::structure("HealthUnavailableException", &[]);

pub static HOST_HEADER_CONDITION_CONFIG: Schema = Schema::structure(
    "HostHeaderConditionConfig",
    &[Member::new("Values", &LIST_OF_STRING), Member::new("RegexValues", &LIST_OF_STRING)],
);

pub static HOST_HEADER_REWRITE_CONFIG: Schema =
    Schema::structure("HostHeaderRewriteConfig", &[Member::new("Rewrites", &REWRITE_CONFIG_LIST)]);

pub static HTTP_CODE: Schema = Schema::scalar("HttpCode", Kind::String);

pub static HTTP_HEADER_CONDITION_CONFIG: Schema = Schema::structure(
    "HttpHeaderConditionConfig",
    &[
        Member::new("HttpHeaderName", &HTTP_HEADER_CONDITION_NAME),
        Member::new("Values", &LIST_OF_STRING),
        Member::new("RegexValues", &LIST_OF_STRING),
    ],
);

pub static HTTP_HEADER_CONDITION_NAME: Schema = Schema::scalar("HttpHeaderConditionName", Kind::String);

pub static HTTP_REQUEST_METHOD_CONDITION_CONFIG: Schema =
    Schema::structure("HttpRequestMethodConditionConfig", &[Member::new("Values", &LIST_OF_STRING)]);

pub static IPV6_ADDRESS: Schema = Schema::scalar("IPv6Address", Kind::String);

pub static IGNORE_CLIENT_CERTIFICATE_EXPIRY: Schema =
    Schema::scalar("IgnoreClientCertificateExpiry", Kind::Boolean);

pub static INCOMPATIBLE_PROTOCOLS_EXCEPTION: Schema =
    Schema::structure("IncompatibleProtocolsException", &[]);

pub static INSUFFICIENT_CAPACITY_EXCEPTION: Schema = Schema::structure("InsufficientCapacityException", &[]);

pub static INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION: Schema =
    Schema::structure("InvalidCaCertificatesBundleException", &[]);

pub static INVALID_CONFIGURATION_REQUEST_EXCEPTION: Schema =
    Schema::structure("InvalidConfigurationRequestException", &[]);

pub static INVALID_LOAD_BALANCER_ACTION_EXCEPTION: Schema =
    Schema::structure("InvalidLoadBalancerActionException", &[]);

pub static INVALID_REVOCATION_CONTENT_EXCEPTION: Schema =
    Schema::structure("InvalidRevocationContentException", &[]);

pub static INVALID_SCHEME_EXCEPTION: Schema = Schema::structure("InvalidSchemeException", &[]);

pub static INVALID_SECURITY_GROUP_EXCEPTION: Schema = Schema::structure("InvalidSecurityGroupException", &[]);

pub static INVALID_SUBNET_EXCEPTION: Schema = Schema::structure("InvalidSubnetException", &[]);

pub static INVALID_TARGET_EXCEPTION: Schema = Schema::structure("InvalidTargetException", &[]);

pub static IP_ADDRESS: Schema = Schema::scalar("IpAddress", Kind::String);

pub static IP_ADDRESS_TYPE: Schema =
    Schema::scalar("IpAddressType", Kind::String).enumeration(super::IpAddressType::VALUES);

static PATTERN_OF_IPAM_POOL_ID: Pattern = Pattern::new("^(ipam-pool-)[a-zA-Z0-9]+$");
pub static IPAM_POOL_ID: Schema =
    Schema::scalar("IpamPoolId", Kind::String).max(1000).pattern(&PATTERN_OF_IPAM_POOL_ID);

pub static IPAM_POOLS: Schema =
    Schema::structure("IpamPools", &[Member::new("Ipv4IpamPoolId", &IPAM_POOL_ID)]);

pub static IS_DEFAULT: Schema = Schema::scalar("IsDefault", Kind::Boolean);

pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM: Schema = Schema::structure(
    "JwtValidationActionAdditionalClaim",
    &[
        Member::new("Format", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_FORMAT_ENUM).required(),
        Member::new("Name", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_NAME).required(),
        Member::new("Values", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUES).required(),
    ],
);

pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_FORMAT_ENUM: Schema =
    Schema::scalar("JwtValidationActionAdditionalClaimFormatEnum", Kind::String)
        .enumeration(super::JwtValidationActionAdditionalClaimFormatEnum::VALUES);

pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_NAME: Schema =
    Schema::scalar("JwtValidationActionAdditionalClaimName", Kind::String);

pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUE: Schema =
    Schema::scalar("JwtValidationActionAdditionalClaimValue", Kind::String);

pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUES: Schema = Schema::list(
    "JwtValidationActionAdditionalClaimValues",
    &[Member::new("member", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM_VALUE)],
);

pub static JWT_VALIDATION_ACTION_ADDITIONAL_CLAIMS: Schema = Schema::list(
    "JwtValidationActionAdditionalClaims",
    &[Member::new("member", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIM)],
);

pub static JWT_VALIDATION_ACTION_CONFIG: Schema = Schema::structure(
    "JwtValidationActionConfig",
    &[
        Member::new("JwksEndpoint", &JWT_VALIDATION_ACTION_JWKS_ENDPOINT).required(),
        Member::new("Issuer", &JWT_VALIDATION_ACTION_ISSUER).required(),
        Member::new("AdditionalClaims", &JWT_VALIDATION_ACTION_ADDITIONAL_CLAIMS),
    ],
);

pub static JWT_VALIDATION_ACTION_ISSUER: Schema = Schema::scalar("JwtValidationActionIssuer", Kind::String);

pub static JWT_VALIDATION_ACTION_JWKS_ENDPOINT: Schema =
    Schema::scalar("JwtValidationActionJwksEndpoint", Kind::String);

pub static LAST_MODIFIED_TIME: Schema = Schema::scalar("LastModifiedTime", Kind::Timestamp);

pub static LIMIT: Schema =
    Schema::structure("Limit", &[Member::new("Name", &NAME), Member::new("Max", &MAX)]);

pub static LIMITS: Schema = Schema::list("Limits", &[Member::new("member", &LIMIT)]);

pub static LIST_OF_DESCRIBE_TARGET_HEALTH_INCLUDE_OPTIONS: Schema = Schema::list(
    "ListOfDescribeTargetHealthIncludeOptions",
    &[Member::new("member", &DESCRIBE_TARGET_HEALTH_INPUT_INCLUDE_ENUM)],
);

pub static LIST_OF_STRING: Schema = Schema::list("ListOfString", &[Member::new("member", &STRING_VALUE)]);

pub static LISTENER: Schema = Schema::structure(
    "Listener",
    &[
        Member::new("ListenerArn", &LISTENER_ARN),
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN),
        Member::new("Port", &PORT),
        Member::new("Protocol", &PROTOCOL_ENUM),
        Member::new("Certificates", &CERTIFICATE_LIST),
        Member::new("SslPolicy", &SSL_POLICY_NAME),
        Member::new("DefaultActions", &ACTIONS),
        Member::new("AlpnPolicy", &ALPN_POLICY_NAME),
        Member::new("MutualAuthentication", &MUTUAL_AUTHENTICATION_ATTRIBUTES),
    ],
);

pub static LISTENER_ARN: Schema = Schema::scalar("ListenerArn", Kind::String);

pub static LISTENER_ARNS: Schema = Schema::list("ListenerArns", &[Member::new("member", &LISTENER_ARN)]);

pub static LISTENER_ATTRIBUTE: Schema = Schema::structure(
    "ListenerAttribute",
    &[Member::new("Key", &LISTENER_ATTRIBUTE_KEY), Member::new("Value", &LISTENER_ATTRIBUTE_VALUE)],
);

static PATTERN_OF_LISTENER_ATTRIBUTE_KEY: Pattern = Pattern::new("^[a-zA-Z0-9._]+$");
pub static LISTENER_ATTRIBUTE_KEY: Schema =
    Schema::scalar("ListenerAttributeKey", Kind::String).max(256).pattern(&PATTERN_OF_LISTENER_ATTRIBUTE_KEY);

pub static LISTENER_ATTRIBUTE_VALUE: Schema = Schema::scalar("ListenerAttributeValue", Kind::String);

pub static LISTENER_ATTRIBUTES: Schema =
    Schema::list("ListenerAttributes", &[Member::new("member", &LISTENER_ATTRIBUTE)]);

pub static LISTENER_NOT_FOUND_EXCEPTION: Schema = Schema::structure("ListenerNotFoundException", &[]);

pub static LISTENERS: Schema = Schema::list("Listeners", &[Member::new("member", &LISTENER)]);

pub static LOAD_BALANCER: Schema = Schema::structure(
    "LoadBalancer",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN),
        Member::new("DNSName", &DNS_NAME),
        Member::new("CanonicalHostedZoneId", &CANONICAL_HOSTED_ZONE_ID),
        Member::new("CreatedTime", &CREATED_TIME),
        Member::new("LoadBalancerName", &LOAD_BALANCER_NAME),
        Member::new("Scheme", &LOAD_BALANCER_SCHEME_ENUM),
        Member::new("VpcId", &VPC_ID),
        Member::new("State", &LOAD_BALANCER_STATE),
        Member::new("Type", &LOAD_BALANCER_TYPE_ENUM),
        Member::new("AvailabilityZones", &AVAILABILITY_ZONES),
        Member::new("SecurityGroups", &SECURITY_GROUPS),
        Member::new("IpAddressType", &IP_ADDRESS_TYPE),
        Member::new("CustomerOwnedIpv4Pool", &CUSTOMER_OWNED_IPV4_POOL),
        Member::new(
            "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
            &ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC,
        ),
        Member::new("EnablePrefixForIpv6SourceNat", &ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM),
        Member::new("IpamPools", &IPAM_POOLS),
    ],
);

pub static LOAD_BALANCER_ADDRESS: Schema = Schema::structure(
    "LoadBalancerAddress",
    &[
        Member::new("IpAddress", &IP_ADDRESS),
        Member::new("AllocationId", &ALLOCATION_ID),
        Member::new("PrivateIPv4Address", &PRIVATE_IPV4_ADDRESS),
        Member::new("IPv6Address", &IPV6_ADDRESS),
    ],
);

pub static LOAD_BALANCER_ADDRESSES: Schema =
    Schema::list("LoadBalancerAddresses", &[Member::new("member", &LOAD_BALANCER_ADDRESS)]);

pub static LOAD_BALANCER_ARN: Schema = Schema::scalar("LoadBalancerArn", Kind::String);

pub static LOAD_BALANCER_ARNS: Schema =
    Schema::list("LoadBalancerArns", &[Member::new("member", &LOAD_BALANCER_ARN)]);

pub static LOAD_BALANCER_ATTRIBUTE: Schema = Schema::structure(
    "LoadBalancerAttribute",
    &[Member::new("Key", &LOAD_BALANCER_ATTRIBUTE_KEY), Member::new("Value", &LOAD_BALANCER_ATTRIBUTE_VALUE)],
);

static PATTERN_OF_LOAD_BALANCER_ATTRIBUTE_KEY: Pattern = Pattern::new("^[a-zA-Z0-9._]+$");
pub static LOAD_BALANCER_ATTRIBUTE_KEY: Schema = Schema::scalar("LoadBalancerAttributeKey", Kind::String)
    .max(256)
    .pattern(&PATTERN_OF_LOAD_BALANCER_ATTRIBUTE_KEY);

pub static LOAD_BALANCER_ATTRIBUTE_VALUE: Schema =
    Schema::scalar("LoadBalancerAttributeValue", Kind::String).max(1024);

pub static LOAD_BALANCER_ATTRIBUTES: Schema =
    Schema::list("LoadBalancerAttributes", &[Member::new("member", &LOAD_BALANCER_ATTRIBUTE)]).max(20);

pub static LOAD_BALANCER_NAME: Schema = Schema::scalar("LoadBalancerName", Kind::String);

pub static LOAD_BALANCER_NAMES: Schema =
    Schema::list("LoadBalancerNames", &[Member::new("member", &LOAD_BALANCER_NAME)]);

pub static LOAD_BALANCER_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("LoadBalancerNotFoundException", &[]);

pub static LOAD_BALANCER_SCHEME_ENUM: Schema =
    Schema::scalar("LoadBalancerSchemeEnum", Kind::String).enumeration(super::LoadBalancerSchemeEnum::VALUES);

pub static LOAD_BALANCER_STATE: Schema = Schema::structure(
    "LoadBalancerState",
    &[Member::new("Code", &LOAD_BALANCER_STATE_ENUM), Member::new("Reason", &STATE_REASON)],
);

pub static LOAD_BALANCER_STATE_ENUM: Schema =
    Schema::scalar("LoadBalancerStateEnum", Kind::String).enumeration(super::LoadBalancerStateEnum::VALUES);

pub static LOAD_BALANCER_TYPE_ENUM: Schema =
    Schema::scalar("LoadBalancerTypeEnum", Kind::String).enumeration(super::LoadBalancerTypeEnum::VALUES);

pub static LOAD_BALANCERS: Schema = Schema::list("LoadBalancers", &[Member::new("member", &LOAD_BALANCER)]);

pub static LOCATION: Schema = Schema::scalar("Location", Kind::String);

pub static MARKER: Schema = Schema::scalar("Marker", Kind::String);

pub static MATCHER: Schema =
    Schema::structure("Matcher", &[Member::new("HttpCode", &HTTP_CODE), Member::new("GrpcCode", &GRPC_CODE)]);

pub static MAX: Schema = Schema::scalar("Max", Kind::String);

pub static MINIMUM_LOAD_BALANCER_CAPACITY: Schema =
    Schema::structure("MinimumLoadBalancerCapacity", &[Member::new("CapacityUnits", &CAPACITY_UNITS)]);

pub static MITIGATION_IN_EFFECT_ENUM: Schema =
    Schema::scalar("MitigationInEffectEnum", Kind::String).enumeration(super::MitigationInEffectEnum::VALUES);

pub static MODE: Schema = Schema::scalar("Mode", Kind::String);

pub static MODIFY_CAPACITY_RESERVATION_INPUT: Schema = Schema::structure(
    "ModifyCapacityReservationInput",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required(),
        Member::new("MinimumLoadBalancerCapacity", &MINIMUM_LOAD_BALANCER_CAPACITY),
        Member::new("ResetCapacityReservation", &RESET_CAPACITY_RESERVATION),
    ],
);

pub static MODIFY_CAPACITY_RESERVATION_OUTPUT: Schema = Schema::structure(
    "ModifyCapacityReservationOutput",
    &[
        Member::new("LastModifiedTime", &LAST_MODIFIED_TIME),
        Member::new("DecreaseRequestsRemaining", &DECREASE_REQUESTS_REMAINING),
        Member::new("MinimumLoadBalancerCapacity", &MINIMUM_LOAD_BALANCER_CAPACITY),
        Member::new("CapacityReservationState", &ZONAL_CAPACITY_RESERVATION_STATES),
    ],
);

pub static MODIFY_IP_POOLS_INPUT: Schema = Schema::structure(
    "ModifyIpPoolsInput",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required(),
        Member::new("IpamPools", &IPAM_POOLS),
        Member::new("RemoveIpamPools", &REMOVE_IPAM_POOLS),
    ],
);

pub static MODIFY_IP_POOLS_OUTPUT: Schema =
    Schema::structure("ModifyIpPoolsOutput", &[Member::new("IpamPools", &IPAM_POOLS)]);

pub static MODIFY_LISTENER_ATTRIBUTES_INPUT: Schema = Schema::structure(
    "ModifyListenerAttributesInput",
    &[
        Member::new("ListenerArn", &LISTENER_ARN).required(),
        Member::new("Attributes", &LISTENER_ATTRIBUTES).required(),
    ],
);

pub static MODIFY_LISTENER_ATTRIBUTES_OUTPUT: Schema =
    Schema::structure("ModifyListenerAttributesOutput", &[Member::new("Attributes", &LISTENER_ATTRIBUTES)]);

pub static MODIFY_LISTENER_INPUT: Schema = Schema::structure(
    "ModifyListenerInput",
    &[
        Member::new("ListenerArn", &LISTENER_ARN).required(),
        Member::new("Port", &PORT),
        Member::new("Protocol", &PROTOCOL_ENUM),
        Member::new("SslPolicy", &SSL_POLICY_NAME),
        Member::new("Certificates", &CERTIFICATE_LIST),
        Member::new("DefaultActions", &ACTIONS),
        Member::new("AlpnPolicy", &ALPN_POLICY_NAME),
        Member::new("MutualAuthentication", &MUTUAL_AUTHENTICATION_ATTRIBUTES),
    ],
);

pub static MODIFY_LISTENER_OUTPUT: Schema =
    Schema::structure("ModifyListenerOutput", &[Member::new("Listeners", &LISTENERS)]);

pub static MODIFY_LOAD_BALANCER_ATTRIBUTES_INPUT: Schema = Schema::structure(
    "ModifyLoadBalancerAttributesInput",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required(),
        Member::new("Attributes", &LOAD_BALANCER_ATTRIBUTES).required(),
    ],
);

pub static MODIFY_LOAD_BALANCER_ATTRIBUTES_OUTPUT: Schema = Schema::structure(
    "ModifyLoadBalancerAttributesOutput",
    &[Member::new("Attributes", &LOAD_BALANCER_ATTRIBUTES)],
);

pub static MODIFY_RULE_INPUT: Schema = Schema::structure(
    "ModifyRuleInput",
    &[
        Member::new("RuleArn", &RULE_ARN).required(),
        Member::new("Conditions", &RULE_CONDITION_LIST),
        Member::new("Actions", &ACTIONS),
        Member::new("Transforms", &RULE_TRANSFORM_LIST),
        Member::new("ResetTransforms", &RESET_TRANSFORMS),
    ],
);

pub static MODIFY_RULE_OUTPUT: Schema =
    Schema::structure("ModifyRuleOutput", &[Member::new("Rules", &RULES)]);

pub static MODIFY_TARGET_GROUP_ATTRIBUTES_INPUT: Schema = Schema::structure(
    "ModifyTargetGroupAttributesInput",
    &[
        Member::new("TargetGroupArn", &TARGET_GROUP_ARN).required(),
        Member::new("Attributes", &TARGET_GROUP_ATTRIBUTES).required(),
    ],
);

pub static MODIFY_TARGET_GROUP_ATTRIBUTES_OUTPUT: Schema = Schema::structure(
    "ModifyTargetGroupAttributesOutput",
    &[Member::new("Attributes", &TARGET_GROUP_ATTRIBUTES)],
);

pub static MODIFY_TARGET_GROUP_INPUT: Schema = Schema::structure(
    "ModifyTargetGroupInput",
    &[
        Member::new("TargetGroupArn", &TARGET_GROUP_ARN).required(),
        Member::new("HealthCheckProtocol", &PROTOCOL_ENUM),
        Member::new("HealthCheckPort", &HEALTH_CHECK_PORT),
        Member::new("HealthCheckPath", &PATH),
        Member::new("HealthCheckEnabled", &HEALTH_CHECK_ENABLED),
        Member::new("HealthCheckIntervalSeconds", &HEALTH_CHECK_INTERVAL_SECONDS),
        Member::new("HealthCheckTimeoutSeconds", &HEALTH_CHECK_TIMEOUT_SECONDS),
        Member::new("HealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT),
        Member::new("UnhealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT),
        Member::new("Matcher", &MATCHER),
    ],
);

pub static MODIFY_TARGET_GROUP_OUTPUT: Schema =
    Schema::structure("ModifyTargetGroupOutput", &[Member::new("TargetGroups", &TARGET_GROUPS)]);

pub static MODIFY_TRUST_STORE_INPUT: Schema = Schema::structure(
    "ModifyTrustStoreInput",
    &[
        Member::new("TrustStoreArn", &TRUST_STORE_ARN).required(),
        Member::new("CaCertificatesBundleS3Bucket", &S3_BUCKET).required(),
        Member::new("CaCertificatesBundleS3Key", &S3_KEY).required(),
        Member::new("CaCertificatesBundleS3ObjectVersion", &S3_OBJECT_VERSION),
    ],
);

pub static MODIFY_TRUST_STORE_OUTPUT: Schema =
    Schema::structure("ModifyTrustStoreOutput", &[Member::new("TrustStores", &TRUST_STORES)]);

pub static MUTUAL_AUTHENTICATION_ATTRIBUTES: Schema = Schema::structure(
    "MutualAuthenticationAttributes",
    &[
        Member::new("Mode", &MODE),
        Member::new("TrustStoreArn", &TRUST_STORE_ARN),
        Member::new("IgnoreClientCertificateExpiry", &IGNORE_CLIENT_CERTIFICATE_EXPIRY),
        Member::new("TrustStoreAssociationStatus", &TRUST_STORE_ASSOCIATION_STATUS_ENUM),
        Member::new("AdvertiseTrustStoreCaNames", &ADVERTISE_TRUST_STORE_CA_NAMES_ENUM),
    ],
);

pub static NAME: Schema = Schema::scalar("Name", Kind::String);

pub static NUMBER_OF_CA_CERTIFICATES: Schema = Schema::scalar("NumberOfCaCertificates", Kind::Integer);

pub static NUMBER_OF_REVOKED_ENTRIES: Schema = Schema::scalar("NumberOfRevokedEntries", Kind::Long);

pub static OPERATION_NOT_PERMITTED_EXCEPTION: Schema =
    Schema::structure("OperationNotPermittedException", &[]);

pub static OUTPOST_ID: Schema = Schema::scalar("OutpostId", Kind::String);

pub static PAGE_SIZE: Schema = Schema::scalar("PageSize", Kind::Integer).min(1).max(400);

pub static PATH: Schema = Schema::scalar("Path", Kind::String).min(1).max(1024);

pub static PATH_PATTERN_CONDITION_CONFIG: Schema = Schema::structure(
    "PathPatternConditionConfig",
    &[Member::new("Values", &LIST_OF_STRING), Member::new("RegexValues", &LIST_OF_STRING)],
);

pub static POLICY: Schema = Schema::scalar("Policy", Kind::String).min(1);

pub static PORT: Schema = Schema::scalar("Port", Kind::Integer).min(1).max(65535);

pub static PRIOR_REQUEST_NOT_COMPLETE_EXCEPTION: Schema =
    Schema::structure("PriorRequestNotCompleteException", &[]);

pub static PRIORITY_IN_USE_EXCEPTION: Schema = Schema::structure("PriorityInUseException", &[]);

pub static PRIVATE_IPV4_ADDRESS: Schema = Schema::scalar("PrivateIPv4Address", Kind::String);

pub static PROTOCOL_ENUM: Schema =
    Schema::scalar("ProtocolEnum", Kind::String).enumeration(super::ProtocolEnum::VALUES);

pub static PROTOCOL_VERSION: Schema = Schema::scalar("ProtocolVersion", Kind::String);

pub static QUERY_STRING_CONDITION_CONFIG: Schema = Schema::structure(
    "QueryStringConditionConfig",
    &[Member::new("Values", &QUERY_STRING_KEY_VALUE_PAIR_LIST)],
);

pub static QUERY_STRING_KEY_VALUE_PAIR: Schema = Schema::structure(
    "QueryStringKeyValuePair",
    &[Member::new("Key", &STRING_VALUE), Member::new("Value", &STRING_VALUE)],
);

pub static QUERY_STRING_KEY_VALUE_PAIR_LIST: Schema =
    Schema::list("QueryStringKeyValuePairList", &[Member::new("member", &QUERY_STRING_KEY_VALUE_PAIR)]);

pub static QUIC_SERVER_ID: Schema = Schema::scalar("QuicServerId", Kind::String).min(1).max(256);

pub static REDIRECT_ACTION_CONFIG: Schema = Schema::structure(
    "RedirectActionConfig",
    &[
        Member::new("Protocol", &REDIRECT_ACTION_PROTOCOL),
        Member::new("Port", &REDIRECT_ACTION_PORT),
        Member::new("Host", &REDIRECT_ACTION_HOST),
        Member::new("Path", &REDIRECT_ACTION_PATH),
        Member::new("Query", &REDIRECT_ACTION_QUERY),
        Member::new("StatusCode", &REDIRECT_ACTION_STATUS_CODE_ENUM).required(),
    ],
);

pub static REDIRECT_ACTION_HOST: Schema = Schema::scalar("RedirectActionHost", Kind::String).min(1).max(128);

pub static REDIRECT_ACTION_PATH: Schema = Schema::scalar("RedirectActionPath", Kind::String).min(1).max(128);

pub static REDIRECT_ACTION_PORT: Schema = Schema::scalar("RedirectActionPort", Kind::String);

static PATTERN_OF_REDIRECT_ACTION_PROTOCOL: Pattern = Pattern::new("^(HTTPS?|#\\{protocol\\})$");
pub static REDIRECT_ACTION_PROTOCOL: Schema =
    Schema::scalar("RedirectActionProtocol", Kind::String).pattern(&PATTERN_OF_REDIRECT_ACTION_PROTOCOL);

pub static REDIRECT_ACTION_QUERY: Schema =
    Schema::scalar("RedirectActionQuery", Kind::String).min(0).max(128);

pub static REDIRECT_ACTION_STATUS_CODE_ENUM: Schema =
    Schema::scalar("RedirectActionStatusCodeEnum", Kind::String)
        .enumeration(super::RedirectActionStatusCodeEnum::VALUES);

pub static REGISTER_TARGETS_INPUT: Schema = Schema::structure(
    "RegisterTargetsInput",
    &[
        Member::new("TargetGroupArn", &TARGET_GROUP_ARN).required(),
        Member::new("Targets", &TARGET_DESCRIPTIONS).required(),
    ],
);

pub static REGISTER_TARGETS_OUTPUT: Schema = Schema::structure("RegisterTargetsOutput", &[]);

pub static REMOVE_IPAM_POOL_ENUM: Schema =
    Schema::scalar("RemoveIpamPoolEnum", Kind::String).enumeration(super::RemoveIpamPoolEnum::VALUES);

pub static REMOVE_IPAM_POOLS: Schema =
    Schema::list("RemoveIpamPools", &[Member::new("member", &REMOVE_IPAM_POOL_ENUM)]);

pub static REMOVE_LISTENER_CERTIFICATES_INPUT: Schema = Schema::structure(
    "RemoveListenerCertificatesInput",
    &[
        Member::new("ListenerArn", &LISTENER_ARN).required(),
        Member::new("Certificates", &CERTIFICATE_LIST).required(),
    ],
);

pub static REMOVE_LISTENER_CERTIFICATES_OUTPUT: Schema =
    Schema::structure("RemoveListenerCertificatesOutput", &[]);

pub static REMOVE_TAGS_INPUT: Schema = Schema::structure(
    "RemoveTagsInput",
    &[Member::new("ResourceArns", &RESOURCE_ARNS).required(), Member::new("TagKeys", &TAG_KEYS).required()],
);

pub static REMOVE_TAGS_OUTPUT: Schema = Schema::structure("RemoveTagsOutput", &[]);

pub static REMOVE_TRUST_STORE_REVOCATIONS_INPUT: Schema = Schema::structure(
    "RemoveTrustStoreRevocationsInput",
    &[
        Member::new("TrustStoreArn", &TRUST_STORE_ARN).required(),
        Member::new("RevocationIds", &REVOCATION_IDS).required(),
    ],
);

pub static REMOVE_TRUST_STORE_REVOCATIONS_OUTPUT: Schema =
    Schema::structure("RemoveTrustStoreRevocationsOutput", &[]);

pub static RESET_CAPACITY_RESERVATION: Schema = Schema::scalar("ResetCapacityReservation", Kind::Boolean);

pub static RESET_TRANSFORMS: Schema = Schema::scalar("ResetTransforms", Kind::Boolean);

pub static RESOURCE_ARN: Schema = Schema::scalar("ResourceArn", Kind::String);

pub static RESOURCE_ARNS: Schema = Schema::list("ResourceArns", &[Member::new("member", &RESOURCE_ARN)]);

pub static RESOURCE_IN_USE_EXCEPTION: Schema = Schema::structure("ResourceInUseException", &[]);

pub static RESOURCE_NOT_FOUND_EXCEPTION: Schema = Schema::structure("ResourceNotFoundException", &[]);

pub static REVOCATION_CONTENT: Schema = Schema::structure(
    "RevocationContent",
    &[
        Member::new("S3Bucket", &S3_BUCKET),
        Member::new("S3Key", &S3_KEY),
        Member::new("S3ObjectVersion", &S3_OBJECT_VERSION),
        Member::new("RevocationType", &REVOCATION_TYPE),
    ],
);

pub static REVOCATION_CONTENT_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("RevocationContentNotFoundException", &[]);

pub static REVOCATION_CONTENTS: Schema =
    Schema::list("RevocationContents", &[Member::new("member", &REVOCATION_CONTENT)]);

pub static REVOCATION_ID: Schema = Schema::scalar("RevocationId", Kind::Long);

pub static REVOCATION_ID_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("RevocationIdNotFoundException", &[]);

pub static REVOCATION_IDS: Schema = Schema::list("RevocationIds", &[Member::new("member", &REVOCATION_ID)]);

pub static REVOCATION_TYPE: Schema =
    Schema::scalar("RevocationType", Kind::String).enumeration(super::RevocationType::VALUES);

pub static REWRITE_CONFIG: Schema = Schema::structure(
    "RewriteConfig",
    &[Member::new("Regex", &STRING_VALUE).required(), Member::new("Replace", &STRING_VALUE).required()],
);

pub static REWRITE_CONFIG_LIST: Schema =
    Schema::list("RewriteConfigList", &[Member::new("member", &REWRITE_CONFIG)]);

pub static RULE: Schema = Schema::structure(
    "Rule",
    &[
        Member::new("RuleArn", &RULE_ARN),
        Member::new("Priority", &STRING),
        Member::new("Conditions", &RULE_CONDITION_LIST),
        Member::new("Actions", &ACTIONS),
        Member::new("IsDefault", &IS_DEFAULT),
        Member::new("Transforms", &RULE_TRANSFORM_LIST),
    ],
);

pub static RULE_ARN: Schema = Schema::scalar("RuleArn", Kind::String);

pub static RULE_ARNS: Schema = Schema::list("RuleArns", &[Member::new("member", &RULE_ARN)]);

pub static RULE_CONDITION: Schema = Schema::structure(
    "RuleCondition",
    &[
        Member::new("Field", &CONDITION_FIELD_NAME),
        Member::new("Values", &LIST_OF_STRING),
        Member::new("HostHeaderConfig", &HOST_HEADER_CONDITION_CONFIG),
        Member::new("PathPatternConfig", &PATH_PATTERN_CONDITION_CONFIG),
        Member::new("HttpHeaderConfig", &HTTP_HEADER_CONDITION_CONFIG),
        Member::new("QueryStringConfig", &QUERY_STRING_CONDITION_CONFIG),
        Member::new("HttpRequestMethodConfig", &HTTP_REQUEST_METHOD_CONDITION_CONFIG),
        Member::new("SourceIpConfig", &SOURCE_IP_CONDITION_CONFIG),
        Member::new("RegexValues", &LIST_OF_STRING),
    ],
);

pub static RULE_CONDITION_LIST: Schema =
    Schema::list("RuleConditionList", &[Member::new("member", &RULE_CONDITION)]);

pub static RULE_NOT_FOUND_EXCEPTION: Schema = Schema::structure("RuleNotFoundException", &[]);

pub static RULE_PRIORITY: Schema = Schema::scalar("RulePriority", Kind::Integer).min(1).max(50000);

pub static RULE_PRIORITY_LIST: Schema =
    Schema::list("RulePriorityList", &[Member::new("member", &RULE_PRIORITY_PAIR)]);

pub static RULE_PRIORITY_PAIR: Schema = Schema::structure(
    "RulePriorityPair",
    &[Member::new("RuleArn", &RULE_ARN), Member::new("Priority", &RULE_PRIORITY)],
);

pub static RULE_TRANSFORM: Schema = Schema::structure(
    "RuleTransform",
    &[
        Member::new("Type", &TRANSFORM_TYPE_ENUM).required(),
        Member::new("HostHeaderRewriteConfig", &HOST_HEADER_REWRITE_CONFIG),
        Member::new("UrlRewriteConfig", &URL_REWRITE_CONFIG),
    ],
);

pub static RULE_TRANSFORM_LIST: Schema =
    Schema::list("RuleTransformList", &[Member::new("member", &RULE_TRANSFORM)]);

pub static RULES: Schema = Schema::list("Rules", &[Member::new("member", &RULE)]);

pub static S3_BUCKET: Schema = Schema::scalar("S3Bucket", Kind::String);

pub static S3_KEY: Schema = Schema::scalar("S3Key", Kind::String);

pub static S3_OBJECT_VERSION: Schema = Schema::scalar("S3ObjectVersion", Kind::String);

pub static SSL_POLICY_NOT_FOUND_EXCEPTION: Schema = Schema::structure("SSLPolicyNotFoundException", &[]);

pub static SECURITY_GROUP_ID: Schema = Schema::scalar("SecurityGroupId", Kind::String);

pub static SECURITY_GROUPS: Schema =
    Schema::list("SecurityGroups", &[Member::new("member", &SECURITY_GROUP_ID)]);

pub static SET_IP_ADDRESS_TYPE_INPUT: Schema = Schema::structure(
    "SetIpAddressTypeInput",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required(),
        Member::new("IpAddressType", &IP_ADDRESS_TYPE).required(),
    ],
);

pub static SET_IP_ADDRESS_TYPE_OUTPUT: Schema =
    Schema::structure("SetIpAddressTypeOutput", &[Member::new("IpAddressType", &IP_ADDRESS_TYPE)]);

pub static SET_RULE_PRIORITIES_INPUT: Schema = Schema::structure(
    "SetRulePrioritiesInput",
    &[Member::new("RulePriorities", &RULE_PRIORITY_LIST).required()],
);

pub static SET_RULE_PRIORITIES_OUTPUT: Schema =
    Schema::structure("SetRulePrioritiesOutput", &[Member::new("Rules", &RULES)]);

pub static SET_SECURITY_GROUPS_INPUT: Schema = Schema::structure(
    "SetSecurityGroupsInput",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required(),
        Member::new("SecurityGroups", &SECURITY_GROUPS).required(),
        Member::new(
            "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
            &ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC_ENUM,
        ),
    ],
);

pub static SET_SECURITY_GROUPS_OUTPUT: Schema = Schema::structure(
    "SetSecurityGroupsOutput",
    &[
        Member::new("SecurityGroupIds", &SECURITY_GROUPS),
        Member::new(
            "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic",
            &ENFORCE_SECURITY_GROUP_INBOUND_RULES_ON_PRIVATE_LINK_TRAFFIC_ENUM,
        ),
    ],
);

pub static SET_SUBNETS_INPUT: Schema = Schema::structure(
    "SetSubnetsInput",
    &[
        Member::new("LoadBalancerArn", &LOAD_BALANCER_ARN).required(),
        Member::new("Subnets", &SUBNETS),
        Member::new("SubnetMappings", &SUBNET_MAPPINGS),
        Member::new("IpAddressType", &IP_ADDRESS_TYPE),
        Member::new("EnablePrefixForIpv6SourceNat", &ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM),
    ],
);

pub static SET_SUBNETS_OUTPUT: Schema = Schema::structure(
    "SetSubnetsOutput",
    &[
        Member::new("AvailabilityZones", &AVAILABILITY_ZONES),
        Member::new("IpAddressType", &IP_ADDRESS_TYPE),
        Member::new("EnablePrefixForIpv6SourceNat", &ENABLE_PREFIX_FOR_IPV6_SOURCE_NAT_ENUM),
    ],
);

pub static SOURCE_IP_ADDRESS_TYPE_ENUM: Schema = Schema::scalar("SourceIpAddressTypeEnum", Kind::String)
    .enumeration(super::SourceIpAddressTypeEnum::VALUES);

pub static SOURCE_IP_CONDITION_CONFIG: Schema = Schema::structure(
    "SourceIpConditionConfig",
    &[Member::new("Values", &LIST_OF_STRING), Member::new("IpAddressType", &SOURCE_IP_ADDRESS_TYPE_ENUM)],
);

pub static SOURCE_NAT_IPV6_PREFIX: Schema = Schema::scalar("SourceNatIpv6Prefix", Kind::String);

pub static SOURCE_NAT_IPV6_PREFIXES: Schema =
    Schema::list("SourceNatIpv6Prefixes", &[Member::new("member", &SOURCE_NAT_IPV6_PREFIX)]);

pub static SSL_POLICIES: Schema = Schema::list("SslPolicies", &[Member::new("member", &SSL_POLICY)]);

pub static SSL_POLICY: Schema = Schema::structure(
    "SslPolicy",
    &[
        Member::new("SslProtocols", &SSL_PROTOCOLS),
        Member::new("Ciphers", &CIPHERS),
        Member::new("Name", &SSL_POLICY_NAME),
        Member::new("SupportedLoadBalancerTypes", &LIST_OF_STRING),
    ],
);

pub static SSL_POLICY_NAME: Schema = Schema::scalar("SslPolicyName", Kind::String);

pub static SSL_POLICY_NAMES: Schema =
    Schema::list("SslPolicyNames", &[Member::new("member", &SSL_POLICY_NAME)]);

pub static SSL_PROTOCOL: Schema = Schema::scalar("SslProtocol", Kind::String);

pub static SSL_PROTOCOLS: Schema = Schema::list("SslProtocols", &[Member::new("member", &SSL_PROTOCOL)]);

pub static STATE_REASON: Schema = Schema::scalar("StateReason", Kind::String);

pub static STRING: Schema = Schema::scalar("String", Kind::String);

pub static STRING_VALUE: Schema = Schema::scalar("StringValue", Kind::String);

pub static SUBNET_ID: Schema = Schema::scalar("SubnetId", Kind::String);

pub static SUBNET_MAPPING: Schema = Schema::structure(
    "SubnetMapping",
    &[
        Member::new("SubnetId", &SUBNET_ID),
        Member::new("AllocationId", &ALLOCATION_ID),
        Member::new("PrivateIPv4Address", &PRIVATE_IPV4_ADDRESS),
        Member::new("IPv6Address", &IPV6_ADDRESS),
        Member::new("SourceNatIpv6Prefix", &SOURCE_NAT_IPV6_PREFIX),
    ],
);

pub static SUBNET_MAPPINGS: Schema =
    Schema::list("SubnetMappings", &[Member::new("member", &SUBNET_MAPPING)]);

pub static SUBNET_NOT_FOUND_EXCEPTION: Schema = Schema::structure("SubnetNotFoundException", &[]);

pub static SUBNETS: Schema = Schema::list("Subnets", &[Member::new("member", &SUBNET_ID)]);

pub static TAG: Schema =
    Schema::structure("Tag", &[Member::new("Key", &TAG_KEY).required(), Member::new("Value", &TAG_VALUE)]);

pub static TAG_DESCRIPTION: Schema = Schema::structure(
    "TagDescription",
    &[Member::new("ResourceArn", &RESOURCE_ARN), Member::new("Tags", &TAG_LIST)],
);

pub static TAG_DESCRIPTIONS: Schema =
    Schema::list("TagDescriptions", &[Member::new("member", &TAG_DESCRIPTION)]);

static PATTERN_OF_TAG_KEY: Pattern = Pattern::new("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
pub static TAG_KEY: Schema =
    Schema::scalar("TagKey", Kind::String).min(1).max(128).pattern(&PATTERN_OF_TAG_KEY);

pub static TAG_KEYS: Schema = Schema::list("TagKeys", &[Member::new("member", &TAG_KEY)]);

pub static TAG_LIST: Schema = Schema::list("TagList", &[Member::new("member", &TAG)]).min(1);

static PATTERN_OF_TAG_VALUE: Pattern = Pattern::new("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
pub static TAG_VALUE: Schema =
    Schema::scalar("TagValue", Kind::String).min(0).max(256).pattern(&PATTERN_OF_TAG_VALUE);

pub static TARGET_ADMINISTRATIVE_OVERRIDE_REASON_ENUM: Schema =
    Schema::scalar("TargetAdministrativeOverrideReasonEnum", Kind::String)
        .enumeration(super::TargetAdministrativeOverrideReasonEnum::VALUES);

pub static TARGET_ADMINISTRATIVE_OVERRIDE_STATE_ENUM: Schema =
    Schema::scalar("TargetAdministrativeOverrideStateEnum", Kind::String)
        .enumeration(super::TargetAdministrativeOverrideStateEnum::VALUES);

pub static TARGET_CONTROL_PORT: Schema = Schema::scalar("TargetControlPort", Kind::Integer).min(1).max(65535);

pub static TARGET_DESCRIPTION: Schema = Schema::structure(
    "TargetDescription",
    &[
        Member::new("Id", &TARGET_ID).required(),
        Member::new("Port", &PORT),
        Member::new("AvailabilityZone", &ZONE_NAME),
        Member::new("QuicServerId", &QUIC_SERVER_ID),
    ],
);

pub static TARGET_DESCRIPTIONS: Schema =
    Schema::list("TargetDescriptions", &[Member::new("member", &TARGET_DESCRIPTION)]);

pub static TARGET_GROUP: Schema = Schema::structure(
    "TargetGroup",
    &[
        Member::new("TargetGroupArn", &TARGET_GROUP_ARN),
        Member::new("TargetGroupName", &TARGET_GROUP_NAME),
        Member::new("Protocol", &PROTOCOL_ENUM),
        Member::new("Port", &PORT),
        Member::new("VpcId", &VPC_ID),
        Member::new("HealthCheckProtocol", &PROTOCOL_ENUM),
        Member::new("HealthCheckPort", &HEALTH_CHECK_PORT),
        Member::new("HealthCheckEnabled", &HEALTH_CHECK_ENABLED),
        Member::new("HealthCheckIntervalSeconds", &HEALTH_CHECK_INTERVAL_SECONDS),
        Member::new("HealthCheckTimeoutSeconds", &HEALTH_CHECK_TIMEOUT_SECONDS),
        Member::new("HealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT),
        Member::new("UnhealthyThresholdCount", &HEALTH_CHECK_THRESHOLD_COUNT),
        Member::new("HealthCheckPath", &PATH),
        Member::new("Matcher", &MATCHER),
        Member::new("LoadBalancerArns", &LOAD_BALANCER_ARNS),
        Member::new("TargetType", &TARGET_TYPE_ENUM),
        Member::new("ProtocolVersion", &PROTOCOL_VERSION),
        Member::new("IpAddressType", &TARGET_GROUP_IP_ADDRESS_TYPE_ENUM),
        Member::new("TargetControlPort", &TARGET_CONTROL_PORT),
    ],
);

pub static TARGET_GROUP_ARN: Schema = Schema::scalar("TargetGroupArn", Kind::String);

pub static TARGET_GROUP_ARNS: Schema =
    Schema::list("TargetGroupArns", &[Member::new("member", &TARGET_GROUP_ARN)]);

pub static TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION: Schema =
    Schema::structure("TargetGroupAssociationLimitException", &[]);

pub static TARGET_GROUP_ATTRIBUTE: Schema = Schema::structure(
    "TargetGroupAttribute",
    &[Member::new("Key", &TARGET_GROUP_ATTRIBUTE_KEY), Member::new("Value", &TARGET_GROUP_ATTRIBUTE_VALUE)],
);

static PATTERN_OF_TARGET_GROUP_ATTRIBUTE_KEY: Pattern = Pattern::new("^[a-zA-Z0-9._]+$");
pub static TARGET_GROUP_ATTRIBUTE_KEY: Schema = Schema::scalar("TargetGroupAttributeKey", Kind::String)
    .max(256)
    .pattern(&PATTERN_OF_TARGET_GROUP_ATTRIBUTE_KEY);

pub static TARGET_GROUP_ATTRIBUTE_VALUE: Schema = Schema::scalar("TargetGroupAttributeValue", Kind::String);

pub static TARGET_GROUP_ATTRIBUTES: Schema =
    Schema::list("TargetGroupAttributes", &[Member::new("member", &TARGET_GROUP_ATTRIBUTE)]);

pub static TARGET_GROUP_IP_ADDRESS_TYPE_ENUM: Schema =
    Schema::scalar("TargetGroupIpAddressTypeEnum", Kind::String)
        .enumeration(super::TargetGroupIpAddressTypeEnum::VALUES);

pub static TARGET_GROUP_LIST: Schema =
    Schema::list("TargetGroupList", &[Member::new("member", &TARGET_GROUP_TUPLE)]);

pub static TARGET_GROUP_NAME: Schema = Schema::scalar("TargetGroupName", Kind::String);

pub static TARGET_GROUP_NAMES: Schema =
    Schema::list("TargetGroupNames", &[Member::new("member", &TARGET_GROUP_NAME)]);

pub static TARGET_GROUP_NOT_FOUND_EXCEPTION: Schema = Schema::structure("TargetGroupNotFoundException", &[]);

pub static TARGET_GROUP_STICKINESS_CONFIG: Schema = Schema::structure(
    "TargetGroupStickinessConfig",
    &[
        Member::new("Enabled", &TARGET_GROUP_STICKINESS_ENABLED),
        Member::new("DurationSeconds", &TARGET_GROUP_STICKINESS_DURATION_SECONDS),
    ],
);

pub static TARGET_GROUP_STICKINESS_DURATION_SECONDS: Schema =
    Schema::scalar("TargetGroupStickinessDurationSeconds", Kind::Integer);

pub static TARGET_GROUP_STICKINESS_ENABLED: Schema =
    Schema::scalar("TargetGroupStickinessEnabled", Kind::Boolean);

pub static TARGET_GROUP_TUPLE: Schema = Schema::structure(
    "TargetGroupTuple",
    &[Member::new("TargetGroupArn", &TARGET_GROUP_ARN), Member::new("Weight", &TARGET_GROUP_WEIGHT)],
);

pub static TARGET_GROUP_WEIGHT: Schema = Schema::scalar("TargetGroupWeight", Kind::Integer);

pub static TARGET_GROUPS: Schema = Schema::list("TargetGroups", &[Member::new("member", &TARGET_GROUP)]);

pub static TARGET_HEALTH: Schema = Schema::structure(
    "TargetHealth",
    &[
        Member::new("State", &TARGET_HEALTH_STATE_ENUM),
        Member::new("Reason", &TARGET_HEALTH_REASON_ENUM),
        Member::new("Description", &DESCRIPTION),
    ],
);

pub static TARGET_HEALTH_DESCRIPTION: Schema = Schema::structure(
    "TargetHealthDescription",
    &[
        Member::new("Target", &TARGET_DESCRIPTION),
        Member::new("HealthCheckPort", &HEALTH_CHECK_PORT),
        Member::new("TargetHealth", &TARGET_HEALTH),
        Member::new("AnomalyDetection", &ANOMALY_DETECTION),
        Member::new("AdministrativeOverride", &ADMINISTRATIVE_OVERRIDE),
    ],
);

pub static TARGET_HEALTH_DESCRIPTIONS: Schema =
    Schema::list("TargetHealthDescriptions", &[Member::new("member", &TARGET_HEALTH_DESCRIPTION)]);

pub static TARGET_HEALTH_REASON_ENUM: Schema =
    Schema::scalar("TargetHealthReasonEnum", Kind::String).enumeration(super::TargetHealthReasonEnum::VALUES);

pub static TARGET_HEALTH_STATE_ENUM: Schema =
    Schema::scalar("TargetHealthStateEnum", Kind::String).enumeration(super::TargetHealthStateEnum::VALUES);

pub static TARGET_ID: Schema = Schema::scalar("TargetId", Kind::String);

pub static TARGET_TYPE_ENUM: Schema =
    Schema::scalar("TargetTypeEnum", Kind::String).enumeration(super::TargetTypeEnum::VALUES);

pub static TOO_MANY_ACTIONS_EXCEPTION: Schema = Schema::structure("TooManyActionsException", &[]);

pub static TOO_MANY_CERTIFICATES_EXCEPTION: Schema = Schema::structure("TooManyCertificatesException", &[]);

pub static TOO_MANY_LISTENERS_EXCEPTION: Schema = Schema::structure("TooManyListenersException", &[]);

pub static TOO_MANY_LOAD_BALANCERS_EXCEPTION: Schema =
    Schema::structure("TooManyLoadBalancersException", &[]);

pub static TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION: Schema =
    Schema::structure("TooManyRegistrationsForTargetIdException", &[]);

pub static TOO_MANY_RULES_EXCEPTION: Schema = Schema::structure("TooManyRulesException", &[]);

pub static TOO_MANY_TAGS_EXCEPTION: Schema = Schema::structure("TooManyTagsException", &[]);

pub static TOO_MANY_TARGET_GROUPS_EXCEPTION: Schema = Schema::structure("TooManyTargetGroupsException", &[]);

pub static TOO_MANY_TARGETS_EXCEPTION: Schema = Schema::structure("TooManyTargetsException", &[]);

pub static TOO_MANY_TRUST_STORE_REVOCATION_ENTRIES_EXCEPTION: Schema =
    Schema::structure("TooManyTrustStoreRevocationEntriesException", &[]);

pub static TOO_MANY_TRUST_STORES_EXCEPTION: Schema = Schema::structure("TooManyTrustStoresException", &[]);

pub static TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION: Schema =
    Schema::structure("TooManyUniqueTargetGroupsPerLoadBalancerException", &[]);

pub static TOTAL_REVOKED_ENTRIES: Schema = Schema::scalar("TotalRevokedEntries", Kind::Long);

pub static TRANSFORM_TYPE_ENUM: Schema =
    Schema::scalar("TransformTypeEnum", Kind::String).enumeration(super::TransformTypeEnum::VALUES);

pub static TRUST_STORE: Schema = Schema::structure(
    "TrustStore",
    &[
        Member::new("Name", &TRUST_STORE_NAME),
        Member::new("TrustStoreArn", &TRUST_STORE_ARN),
        Member::new("Status", &TRUST_STORE_STATUS),
        Member::new("NumberOfCaCertificates", &NUMBER_OF_CA_CERTIFICATES),
        Member::new("TotalRevokedEntries", &TOTAL_REVOKED_ENTRIES),
    ],
);

pub static TRUST_STORE_ARN: Schema = Schema::scalar("TrustStoreArn", Kind::String);

pub static TRUST_STORE_ARNS: Schema =
    Schema::list("TrustStoreArns", &[Member::new("member", &TRUST_STORE_ARN)]);

pub static TRUST_STORE_ASSOCIATION: Schema = Schema::structure(
    "TrustStoreAssociation",
    &[Member::new("ResourceArn", &TRUST_STORE_ASSOCIATION_RESOURCE_ARN)],
);

pub static TRUST_STORE_ASSOCIATION_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("TrustStoreAssociationNotFoundException", &[]);

pub static TRUST_STORE_ASSOCIATION_RESOURCE_ARN: Schema =
    Schema::scalar("TrustStoreAssociationResourceArn", Kind::String);

pub static TRUST_STORE_ASSOCIATION_STATUS_ENUM: Schema =
    Schema::scalar("TrustStoreAssociationStatusEnum", Kind::String)
        .enumeration(super::TrustStoreAssociationStatusEnum::VALUES);

pub static TRUST_STORE_ASSOCIATIONS: Schema =
    Schema::list("TrustStoreAssociations", &[Member::new("member", &TRUST_STORE_ASSOCIATION)]);

pub static TRUST_STORE_IN_USE_EXCEPTION: Schema = Schema::structure("TrustStoreInUseException", &[]);

static PATTERN_OF_TRUST_STORE_NAME: Pattern = Pattern::new("^([a-zA-Z0-9]+-)*[a-zA-Z0-9]+$");
pub static TRUST_STORE_NAME: Schema =
    Schema::scalar("TrustStoreName", Kind::String).min(1).max(32).pattern(&PATTERN_OF_TRUST_STORE_NAME);

pub static TRUST_STORE_NAMES: Schema =
    Schema::list("TrustStoreNames", &[Member::new("member", &TRUST_STORE_NAME)]);

pub static TRUST_STORE_NOT_FOUND_EXCEPTION: Schema = Schema::structure("TrustStoreNotFoundException", &[]);

pub static TRUST_STORE_NOT_READY_EXCEPTION: Schema = Schema::structure("TrustStoreNotReadyException", &[]);

pub static TRUST_STORE_REVOCATION: Schema = Schema::structure(
    "TrustStoreRevocation",
    &[
        Member::new("TrustStoreArn", &TRUST_STORE_ARN),
        Member::new("RevocationId", &REVOCATION_ID),
        Member::new("RevocationType", &REVOCATION_TYPE),
        Member::new("NumberOfRevokedEntries", &NUMBER_OF_REVOKED_ENTRIES),
    ],
);

pub static TRUST_STORE_REVOCATIONS: Schema =
    Schema::list("TrustStoreRevocations", &[Member::new("member", &TRUST_STORE_REVOCATION)]);

pub static TRUST_STORE_STATUS: Schema =
    Schema::scalar("TrustStoreStatus", Kind::String).enumeration(super::TrustStoreStatus::VALUES);

pub static TRUST_STORES: Schema = Schema::list("TrustStores", &[Member::new("member", &TRUST_STORE)]);

pub static UNSUPPORTED_PROTOCOL_EXCEPTION: Schema = Schema::structure("UnsupportedProtocolException", &[]);

pub static URL_REWRITE_CONFIG: Schema =
    Schema::structure("UrlRewriteConfig", &[Member::new("Rewrites", &REWRITE_CONFIG_LIST)]);

pub static VPC_ID: Schema = Schema::scalar("VpcId", Kind::String);

pub static ZONAL_CAPACITY_RESERVATION_STATE: Schema = Schema::structure(
    "ZonalCapacityReservationState",
    &[
        Member::new("State", &CAPACITY_RESERVATION_STATUS),
        Member::new("AvailabilityZone", &ZONE_NAME),
        Member::new("EffectiveCapacityUnits", &CAPACITY_UNITS_DOUBLE),
    ],
);

pub static ZONAL_CAPACITY_RESERVATION_STATES: Schema = Schema::list(
    "ZonalCapacityReservationStates",
    &[Member::new("member", &ZONAL_CAPACITY_RESERVATION_STATE)],
);

pub static ZONE_NAME: Schema = Schema::scalar("ZoneName", Kind::String);
