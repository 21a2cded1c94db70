//! The model of Amazon ECS as statics: what codecs and validation walk.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{
    ErrorSchema, Fault, Kind, Member, MemberTraits, OperationSchema, Pattern, Protocol, Schema,
    ServiceSchema, TimestampFormat,
};

use super::errors;
use crate::service::UNIT;

pub static SERVICE_SCHEMA: ServiceSchema = ServiceSchema {
    name: "ecs",
    signing_name: "ecs",
    endpoint_prefix: "ecs",
    target_prefix: Some("AmazonEC2ContainerServiceV20141113"),
    api_version: "2014-11-13",
    protocols: &[Protocol::AwsJson1_1],
    xml_namespace: None,
    query_compatible: false,
    validation_error: &errors::VALIDATION,
};

pub static ASSOCIATE_GATEWAY_WITH_CLUSTER_OPERATION: OperationSchema = OperationSchema {
    name: "AssociateGatewayWithCluster",
    input: &ASSOCIATE_GATEWAY_WITH_CLUSTER_REQUEST,
    output: &ASSOCIATE_GATEWAY_WITH_CLUSTER_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::GATEWAY_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CONTINUE_SERVICE_DEPLOYMENT_OPERATION: OperationSchema = OperationSchema {
    name: "ContinueServiceDeployment",
    input: &CONTINUE_SERVICE_DEPLOYMENT_REQUEST,
    output: &CONTINUE_SERVICE_DEPLOYMENT_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_DEPLOYMENT_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_CAPACITY_PROVIDER_OPERATION: OperationSchema = OperationSchema {
    name: "CreateCapacityProvider",
    input: &CREATE_CAPACITY_PROVIDER_REQUEST,
    output: &CREATE_CAPACITY_PROVIDER_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::UPDATE_IN_PROGRESS_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_CLUSTER_OPERATION: OperationSchema = OperationSchema {
    name: "CreateCluster",
    input: &CREATE_CLUSTER_REQUEST,
    output: &CREATE_CLUSTER_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::NAMESPACE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_DAEMON_OPERATION: OperationSchema = OperationSchema {
    name: "CreateDaemon",
    input: &CREATE_DAEMON_REQUEST,
    output: &CREATE_DAEMON_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::PLATFORM_UNKNOWN_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_EXPRESS_GATEWAY_SERVICE_OPERATION: OperationSchema = OperationSchema {
    name: "CreateExpressGatewayService",
    input: &CREATE_EXPRESS_GATEWAY_SERVICE_REQUEST,
    output: &CREATE_EXPRESS_GATEWAY_SERVICE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::PLATFORM_UNKNOWN_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::PLATFORM_TASK_DEFINITION_INCOMPATIBILITY_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "CreateGateway",
    input: &CREATE_GATEWAY_REQUEST,
    output: &CREATE_GATEWAY_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_SERVICE_OPERATION: OperationSchema = OperationSchema {
    name: "CreateService",
    input: &CREATE_SERVICE_REQUEST,
    output: &CREATE_SERVICE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::PLATFORM_UNKNOWN_EXCEPTION,
        &errors::NAMESPACE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::PLATFORM_TASK_DEFINITION_INCOMPATIBILITY_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_TASK_SET_OPERATION: OperationSchema = OperationSchema {
    name: "CreateTaskSet",
    input: &CREATE_TASK_SET_REQUEST,
    output: &CREATE_TASK_SET_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::PLATFORM_UNKNOWN_EXCEPTION,
        &errors::NAMESPACE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::PLATFORM_TASK_DEFINITION_INCOMPATIBILITY_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_ACCOUNT_SETTING_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteAccountSetting",
    input: &DELETE_ACCOUNT_SETTING_REQUEST,
    output: &DELETE_ACCOUNT_SETTING_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteAttributes",
    input: &DELETE_ATTRIBUTES_REQUEST,
    output: &DELETE_ATTRIBUTES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::TARGET_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_CAPACITY_PROVIDER_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteCapacityProvider",
    input: &DELETE_CAPACITY_PROVIDER_REQUEST,
    output: &DELETE_CAPACITY_PROVIDER_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::UPDATE_IN_PROGRESS_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_CLUSTER_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteCluster",
    input: &DELETE_CLUSTER_REQUEST,
    output: &DELETE_CLUSTER_RESPONSE,
    errors: &[
        &errors::CLUSTER_CONTAINS_CONTAINER_INSTANCES_EXCEPTION,
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::CLUSTER_CONTAINS_SERVICES_EXCEPTION,
        &errors::CLUSTER_CONTAINS_CAPACITY_PROVIDER_EXCEPTION,
        &errors::CLUSTER_CONTAINS_TASKS_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::UPDATE_IN_PROGRESS_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_DAEMON_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteDaemon",
    input: &DELETE_DAEMON_REQUEST,
    output: &DELETE_DAEMON_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::DAEMON_NOT_FOUND_EXCEPTION,
        &errors::DAEMON_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_DAEMON_TASK_DEFINITION_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteDaemonTaskDefinition",
    input: &DELETE_DAEMON_TASK_DEFINITION_REQUEST,
    output: &DELETE_DAEMON_TASK_DEFINITION_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_EXPRESS_GATEWAY_SERVICE_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteExpressGatewayService",
    input: &DELETE_EXPRESS_GATEWAY_SERVICE_REQUEST,
    output: &DELETE_EXPRESS_GATEWAY_SERVICE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVICE_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteGateway",
    input: &DELETE_GATEWAY_REQUEST,
    output: &DELETE_GATEWAY_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::GATEWAY_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_SERVICE_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteService",
    input: &DELETE_SERVICE_REQUEST,
    output: &DELETE_SERVICE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_TASK_DEFINITIONS_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteTaskDefinitions",
    input: &DELETE_TASK_DEFINITIONS_REQUEST,
    output: &DELETE_TASK_DEFINITIONS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_TASK_SET_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteTaskSet",
    input: &DELETE_TASK_SET_REQUEST,
    output: &DELETE_TASK_SET_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVICE_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::TASK_SET_NOT_FOUND_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DEREGISTER_CONTAINER_INSTANCE_OPERATION: OperationSchema = OperationSchema {
    name: "DeregisterContainerInstance",
    input: &DEREGISTER_CONTAINER_INSTANCE_REQUEST,
    output: &DEREGISTER_CONTAINER_INSTANCE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DEREGISTER_TASK_DEFINITION_OPERATION: OperationSchema = OperationSchema {
    name: "DeregisterTaskDefinition",
    input: &DEREGISTER_TASK_DEFINITION_REQUEST,
    output: &DEREGISTER_TASK_DEFINITION_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_CAPACITY_PROVIDERS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeCapacityProviders",
    input: &DESCRIBE_CAPACITY_PROVIDERS_REQUEST,
    output: &DESCRIBE_CAPACITY_PROVIDERS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_CLUSTERS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeClusters",
    input: &DESCRIBE_CLUSTERS_REQUEST,
    output: &DESCRIBE_CLUSTERS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_CONTAINER_INSTANCES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeContainerInstances",
    input: &DESCRIBE_CONTAINER_INSTANCES_REQUEST,
    output: &DESCRIBE_CONTAINER_INSTANCES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_DAEMON_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeDaemon",
    input: &DESCRIBE_DAEMON_REQUEST,
    output: &DESCRIBE_DAEMON_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::DAEMON_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_DAEMON_DEPLOYMENTS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeDaemonDeployments",
    input: &DESCRIBE_DAEMON_DEPLOYMENTS_REQUEST,
    output: &DESCRIBE_DAEMON_DEPLOYMENTS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_DAEMON_REVISIONS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeDaemonRevisions",
    input: &DESCRIBE_DAEMON_REVISIONS_REQUEST,
    output: &DESCRIBE_DAEMON_REVISIONS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_DAEMON_TASK_DEFINITION_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeDaemonTaskDefinition",
    input: &DESCRIBE_DAEMON_TASK_DEFINITION_REQUEST,
    output: &DESCRIBE_DAEMON_TASK_DEFINITION_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_EXPRESS_GATEWAY_SERVICE_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeExpressGatewayService",
    input: &DESCRIBE_EXPRESS_GATEWAY_SERVICE_REQUEST,
    output: &DESCRIBE_EXPRESS_GATEWAY_SERVICE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeGateway",
    input: &DESCRIBE_GATEWAY_REQUEST,
    output: &DESCRIBE_GATEWAY_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::GATEWAY_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_GATEWAY_RESOURCES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeGatewayResources",
    input: &DESCRIBE_GATEWAY_RESOURCES_REQUEST,
    output: &DESCRIBE_GATEWAY_RESOURCES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::GATEWAY_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_GATEWAY_ROUTE_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeGatewayRoute",
    input: &DESCRIBE_GATEWAY_ROUTE_REQUEST,
    output: &DESCRIBE_GATEWAY_ROUTE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_SERVICE_DEPLOYMENTS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeServiceDeployments",
    input: &DESCRIBE_SERVICE_DEPLOYMENTS_REQUEST,
    output: &DESCRIBE_SERVICE_DEPLOYMENTS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_SERVICE_REVISIONS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeServiceRevisions",
    input: &DESCRIBE_SERVICE_REVISIONS_REQUEST,
    output: &DESCRIBE_SERVICE_REVISIONS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_SERVICES_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeServices",
    input: &DESCRIBE_SERVICES_REQUEST,
    output: &DESCRIBE_SERVICES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_TASK_DEFINITION_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTaskDefinition",
    input: &DESCRIBE_TASK_DEFINITION_REQUEST,
    output: &DESCRIBE_TASK_DEFINITION_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_TASK_SETS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTaskSets",
    input: &DESCRIBE_TASK_SETS_REQUEST,
    output: &DESCRIBE_TASK_SETS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVICE_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_TASKS_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeTasks",
    input: &DESCRIBE_TASKS_REQUEST,
    output: &DESCRIBE_TASKS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DISASSOCIATE_GATEWAY_FROM_CLUSTER_OPERATION: OperationSchema = OperationSchema {
    name: "DisassociateGatewayFromCluster",
    input: &DISASSOCIATE_GATEWAY_FROM_CLUSTER_REQUEST,
    output: &DISASSOCIATE_GATEWAY_FROM_CLUSTER_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::GATEWAY_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DISCOVER_POLL_ENDPOINT_OPERATION: OperationSchema = OperationSchema {
    name: "DiscoverPollEndpoint",
    input: &DISCOVER_POLL_ENDPOINT_REQUEST,
    output: &DISCOVER_POLL_ENDPOINT_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static EXECUTE_COMMAND_OPERATION: OperationSchema = OperationSchema {
    name: "ExecuteCommand",
    input: &EXECUTE_COMMAND_REQUEST,
    output: &EXECUTE_COMMAND_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::TARGET_NOT_CONNECTED_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static GET_TASK_PROTECTION_OPERATION: OperationSchema = OperationSchema {
    name: "GetTaskProtection",
    input: &GET_TASK_PROTECTION_REQUEST,
    output: &GET_TASK_PROTECTION_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_ACCOUNT_SETTINGS_OPERATION: OperationSchema = OperationSchema {
    name: "ListAccountSettings",
    input: &LIST_ACCOUNT_SETTINGS_REQUEST,
    output: &LIST_ACCOUNT_SETTINGS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "ListAttributes",
    input: &LIST_ATTRIBUTES_REQUEST,
    output: &LIST_ATTRIBUTES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_CLUSTERS_OPERATION: OperationSchema = OperationSchema {
    name: "ListClusters",
    input: &LIST_CLUSTERS_REQUEST,
    output: &LIST_CLUSTERS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_CONTAINER_INSTANCES_OPERATION: OperationSchema = OperationSchema {
    name: "ListContainerInstances",
    input: &LIST_CONTAINER_INSTANCES_REQUEST,
    output: &LIST_CONTAINER_INSTANCES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_DAEMON_DEPLOYMENTS_OPERATION: OperationSchema = OperationSchema {
    name: "ListDaemonDeployments",
    input: &LIST_DAEMON_DEPLOYMENTS_REQUEST,
    output: &LIST_DAEMON_DEPLOYMENTS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_DAEMON_TASK_DEFINITIONS_OPERATION: OperationSchema = OperationSchema {
    name: "ListDaemonTaskDefinitions",
    input: &LIST_DAEMON_TASK_DEFINITIONS_REQUEST,
    output: &LIST_DAEMON_TASK_DEFINITIONS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_DAEMONS_OPERATION: OperationSchema = OperationSchema {
    name: "ListDaemons",
    input: &LIST_DAEMONS_REQUEST,
    output: &LIST_DAEMONS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_GATEWAY_CLUSTER_ASSOCIATIONS_OPERATION: OperationSchema = OperationSchema {
    name: "ListGatewayClusterAssociations",
    input: &LIST_GATEWAY_CLUSTER_ASSOCIATIONS_REQUEST,
    output: &LIST_GATEWAY_CLUSTER_ASSOCIATIONS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_GATEWAY_ROUTES_OPERATION: OperationSchema = OperationSchema {
    name: "ListGatewayRoutes",
    input: &LIST_GATEWAY_ROUTES_REQUEST,
    output: &LIST_GATEWAY_ROUTES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::GATEWAY_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_GATEWAYS_OPERATION: OperationSchema = OperationSchema {
    name: "ListGateways",
    input: &LIST_GATEWAYS_REQUEST,
    output: &LIST_GATEWAYS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_SERVICE_DEPLOYMENTS_OPERATION: OperationSchema = OperationSchema {
    name: "ListServiceDeployments",
    input: &LIST_SERVICE_DEPLOYMENTS_REQUEST,
    output: &LIST_SERVICE_DEPLOYMENTS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_SERVICES_OPERATION: OperationSchema = OperationSchema {
    name: "ListServices",
    input: &LIST_SERVICES_REQUEST,
    output: &LIST_SERVICES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_SERVICES_BY_NAMESPACE_OPERATION: OperationSchema = OperationSchema {
    name: "ListServicesByNamespace",
    input: &LIST_SERVICES_BY_NAMESPACE_REQUEST,
    output: &LIST_SERVICES_BY_NAMESPACE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::NAMESPACE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_TAGS_FOR_RESOURCE_OPERATION: OperationSchema = OperationSchema {
    name: "ListTagsForResource",
    input: &LIST_TAGS_FOR_RESOURCE_REQUEST,
    output: &LIST_TAGS_FOR_RESOURCE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_TASK_DEFINITION_FAMILIES_OPERATION: OperationSchema = OperationSchema {
    name: "ListTaskDefinitionFamilies",
    input: &LIST_TASK_DEFINITION_FAMILIES_REQUEST,
    output: &LIST_TASK_DEFINITION_FAMILIES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_TASK_DEFINITIONS_OPERATION: OperationSchema = OperationSchema {
    name: "ListTaskDefinitions",
    input: &LIST_TASK_DEFINITIONS_REQUEST,
    output: &LIST_TASK_DEFINITIONS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_TASKS_OPERATION: OperationSchema = OperationSchema {
    name: "ListTasks",
    input: &LIST_TASKS_REQUEST,
    output: &LIST_TASKS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static PUT_ACCOUNT_SETTING_OPERATION: OperationSchema = OperationSchema {
    name: "PutAccountSetting",
    input: &PUT_ACCOUNT_SETTING_REQUEST,
    output: &PUT_ACCOUNT_SETTING_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static PUT_ACCOUNT_SETTING_DEFAULT_OPERATION: OperationSchema = OperationSchema {
    name: "PutAccountSettingDefault",
    input: &PUT_ACCOUNT_SETTING_DEFAULT_REQUEST,
    output: &PUT_ACCOUNT_SETTING_DEFAULT_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static PUT_ATTRIBUTES_OPERATION: OperationSchema = OperationSchema {
    name: "PutAttributes",
    input: &PUT_ATTRIBUTES_REQUEST,
    output: &PUT_ATTRIBUTES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::TARGET_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::ATTRIBUTE_LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static PUT_CLUSTER_CAPACITY_PROVIDERS_OPERATION: OperationSchema = OperationSchema {
    name: "PutClusterCapacityProviders",
    input: &PUT_CLUSTER_CAPACITY_PROVIDERS_REQUEST,
    output: &PUT_CLUSTER_CAPACITY_PROVIDERS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::UPDATE_IN_PROGRESS_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::RESOURCE_IN_USE_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static REGISTER_CONTAINER_INSTANCE_OPERATION: OperationSchema = OperationSchema {
    name: "RegisterContainerInstance",
    input: &REGISTER_CONTAINER_INSTANCE_REQUEST,
    output: &REGISTER_CONTAINER_INSTANCE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static REGISTER_DAEMON_TASK_DEFINITION_OPERATION: OperationSchema = OperationSchema {
    name: "RegisterDaemonTaskDefinition",
    input: &REGISTER_DAEMON_TASK_DEFINITION_REQUEST,
    output: &REGISTER_DAEMON_TASK_DEFINITION_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static REGISTER_TASK_DEFINITION_OPERATION: OperationSchema = OperationSchema {
    name: "RegisterTaskDefinition",
    input: &REGISTER_TASK_DEFINITION_REQUEST,
    output: &REGISTER_TASK_DEFINITION_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static RUN_TASK_OPERATION: OperationSchema = OperationSchema {
    name: "RunTask",
    input: &RUN_TASK_REQUEST,
    output: &RUN_TASK_RESPONSE,
    errors: &[
        &errors::CONFLICT_EXCEPTION,
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::PLATFORM_UNKNOWN_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::BLOCKED_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::PLATFORM_TASK_DEFINITION_INCOMPATIBILITY_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static START_TASK_OPERATION: OperationSchema = OperationSchema {
    name: "StartTask",
    input: &START_TASK_REQUEST,
    output: &START_TASK_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::NAMESPACE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static STOP_SERVICE_DEPLOYMENT_OPERATION: OperationSchema = OperationSchema {
    name: "StopServiceDeployment",
    input: &STOP_SERVICE_DEPLOYMENT_REQUEST,
    output: &STOP_SERVICE_DEPLOYMENT_RESPONSE,
    errors: &[
        &errors::CONFLICT_EXCEPTION,
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_DEPLOYMENT_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static STOP_TASK_OPERATION: OperationSchema = OperationSchema {
    name: "StopTask",
    input: &STOP_TASK_REQUEST,
    output: &STOP_TASK_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static SUBMIT_ATTACHMENT_STATE_CHANGES_OPERATION: OperationSchema = OperationSchema {
    name: "SubmitAttachmentStateChanges",
    input: &SUBMIT_ATTACHMENT_STATE_CHANGES_REQUEST,
    output: &SUBMIT_ATTACHMENT_STATE_CHANGES_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static SUBMIT_CONTAINER_STATE_CHANGE_OPERATION: OperationSchema = OperationSchema {
    name: "SubmitContainerStateChange",
    input: &SUBMIT_CONTAINER_STATE_CHANGE_REQUEST,
    output: &SUBMIT_CONTAINER_STATE_CHANGE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static SUBMIT_TASK_STATE_CHANGE_OPERATION: OperationSchema = OperationSchema {
    name: "SubmitTaskStateChange",
    input: &SUBMIT_TASK_STATE_CHANGE_REQUEST,
    output: &SUBMIT_TASK_STATE_CHANGE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static TAG_RESOURCE_OPERATION: OperationSchema = OperationSchema {
    name: "TagResource",
    input: &TAG_RESOURCE_REQUEST,
    output: &TAG_RESOURCE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UNTAG_RESOURCE_OPERATION: OperationSchema = OperationSchema {
    name: "UntagResource",
    input: &UNTAG_RESOURCE_REQUEST,
    output: &UNTAG_RESOURCE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_CAPACITY_PROVIDER_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateCapacityProvider",
    input: &UPDATE_CAPACITY_PROVIDER_REQUEST,
    output: &UPDATE_CAPACITY_PROVIDER_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_CLUSTER_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateCluster",
    input: &UPDATE_CLUSTER_REQUEST,
    output: &UPDATE_CLUSTER_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::NAMESPACE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_CLUSTER_SETTINGS_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateClusterSettings",
    input: &UPDATE_CLUSTER_SETTINGS_REQUEST,
    output: &UPDATE_CLUSTER_SETTINGS_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::UPDATE_IN_PROGRESS_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_CONTAINER_AGENT_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateContainerAgent",
    input: &UPDATE_CONTAINER_AGENT_REQUEST,
    output: &UPDATE_CONTAINER_AGENT_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::NO_UPDATE_AVAILABLE_EXCEPTION,
        &errors::MISSING_VERSION_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::UPDATE_IN_PROGRESS_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_CONTAINER_INSTANCES_STATE_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateContainerInstancesState",
    input: &UPDATE_CONTAINER_INSTANCES_STATE_REQUEST,
    output: &UPDATE_CONTAINER_INSTANCES_STATE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_DAEMON_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateDaemon",
    input: &UPDATE_DAEMON_REQUEST,
    output: &UPDATE_DAEMON_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::DAEMON_NOT_FOUND_EXCEPTION,
        &errors::PLATFORM_UNKNOWN_EXCEPTION,
        &errors::DAEMON_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_EXPRESS_GATEWAY_SERVICE_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateExpressGatewayService",
    input: &UPDATE_EXPRESS_GATEWAY_SERVICE_REQUEST,
    output: &UPDATE_EXPRESS_GATEWAY_SERVICE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVICE_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_GATEWAY_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateGateway",
    input: &UPDATE_GATEWAY_REQUEST,
    output: &UPDATE_GATEWAY_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::GATEWAY_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_SERVICE_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateService",
    input: &UPDATE_SERVICE_REQUEST,
    output: &UPDATE_SERVICE_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::PLATFORM_UNKNOWN_EXCEPTION,
        &errors::NAMESPACE_NOT_FOUND_EXCEPTION,
        &errors::SERVICE_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::PLATFORM_TASK_DEFINITION_INCOMPATIBILITY_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_SERVICE_PRIMARY_TASK_SET_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateServicePrimaryTaskSet",
    input: &UPDATE_SERVICE_PRIMARY_TASK_SET_REQUEST,
    output: &UPDATE_SERVICE_PRIMARY_TASK_SET_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::SERVICE_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::TASK_SET_NOT_FOUND_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_TASK_PROTECTION_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateTaskProtection",
    input: &UPDATE_TASK_PROTECTION_REQUEST,
    output: &UPDATE_TASK_PROTECTION_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_TASK_SET_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateTaskSet",
    input: &UPDATE_TASK_SET_REQUEST,
    output: &UPDATE_TASK_SET_RESPONSE,
    errors: &[
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVICE_NOT_ACTIVE_EXCEPTION,
        &errors::SERVER_EXCEPTION,
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::TASK_SET_NOT_FOUND_EXCEPTION,
        &errors::CLIENT_EXCEPTION,
        &errors::SERVICE_NOT_FOUND_EXCEPTION,
        &errors::CLUSTER_NOT_FOUND_EXCEPTION,
        &errors::UNSUPPORTED_FEATURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ACCELERATOR_COUNT_REQUEST: Schema = Schema::structure(
    "AcceleratorCountRequest",
    &[Member::new("min", &BOXED_INTEGER), Member::new("max", &BOXED_INTEGER)],
);

pub static ACCELERATOR_MANUFACTURER: Schema = Schema::scalar("AcceleratorManufacturer", Kind::String)
    .enumeration(super::AcceleratorManufacturer::VALUES);

pub static ACCELERATOR_MANUFACTURER_SET: Schema =
    Schema::list("AcceleratorManufacturerSet", &[Member::new("member", &ACCELERATOR_MANUFACTURER)]);

pub static ACCELERATOR_NAME: Schema =
    Schema::scalar("AcceleratorName", Kind::String).enumeration(super::AcceleratorName::VALUES);

pub static ACCELERATOR_NAME_SET: Schema =
    Schema::list("AcceleratorNameSet", &[Member::new("member", &ACCELERATOR_NAME)]);

pub static ACCELERATOR_TOTAL_MEMORY_MI_B_REQUEST: Schema = Schema::structure(
    "AcceleratorTotalMemoryMiBRequest",
    &[Member::new("min", &BOXED_INTEGER), Member::new("max", &BOXED_INTEGER)],
);

pub static ACCELERATOR_TYPE: Schema =
    Schema::scalar("AcceleratorType", Kind::String).enumeration(super::AcceleratorType::VALUES);

pub static ACCELERATOR_TYPE_SET: Schema =
    Schema::list("AcceleratorTypeSet", &[Member::new("member", &ACCELERATOR_TYPE)]);

pub static ACCESS_DENIED_EXCEPTION: Schema =
    Schema::structure("AccessDeniedException", &[Member::new("message", &STRING)]);

pub static ACCESS_TYPE: Schema =
    Schema::scalar("AccessType", Kind::String).enumeration(super::AccessType::VALUES);

pub static ACCESS_TYPE_LIST: Schema =
    Schema::list("AccessTypeList", &[Member::new("member", &ACCESS_TYPE)]).min(0).max(2);

pub static ADVANCED_CONFIGURATION: Schema = Schema::structure(
    "AdvancedConfiguration",
    &[
        Member::new("alternateTargetGroupArn", &STRING),
        Member::new("productionListenerRule", &STRING),
        Member::new("testListenerRule", &STRING),
        Member::new("roleArn", &STRING),
    ],
);

pub static AGENT_UPDATE_STATUS: Schema =
    Schema::scalar("AgentUpdateStatus", Kind::String).enumeration(super::AgentUpdateStatus::VALUES);

static PATTERN_OF_ALLOWED_INSTANCE_TYPE: Pattern = Pattern::new("[a-zA-Z0-9\\.\\*\\-]+");
pub static ALLOWED_INSTANCE_TYPE: Schema = Schema::scalar("AllowedInstanceType", Kind::String)
    .min(1)
    .max(30)
    .pattern(&PATTERN_OF_ALLOWED_INSTANCE_TYPE);

pub static ALLOWED_INSTANCE_TYPE_SET: Schema =
    Schema::list("AllowedInstanceTypeSet", &[Member::new("member", &ALLOWED_INSTANCE_TYPE)]).min(0).max(400);

pub static APPLICATION_PROTOCOL: Schema =
    Schema::scalar("ApplicationProtocol", Kind::String).enumeration(super::ApplicationProtocol::VALUES);

pub static ASSIGN_PUBLIC_IP: Schema =
    Schema::scalar("AssignPublicIp", Kind::String).enumeration(super::AssignPublicIp::VALUES);

pub static ASSOCIATE_GATEWAY_WITH_CLUSTER_REQUEST: Schema = Schema::structure(
    "AssociateGatewayWithClusterRequest",
    &[Member::new("gateway", &STRING).required(), Member::new("cluster", &STRING).required()],
);

pub static ASSOCIATE_GATEWAY_WITH_CLUSTER_RESPONSE: Schema = Schema::structure(
    "AssociateGatewayWithClusterResponse",
    &[
        Member::new("gatewayArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("status", &GATEWAY_CLUSTER_ASSOCIATION_STATUS),
    ],
);

pub static ATTACHMENT: Schema = Schema::structure(
    "Attachment",
    &[
        Member::new("id", &STRING),
        Member::new("type", &STRING),
        Member::new("status", &STRING),
        Member::new("details", &ATTACHMENT_DETAILS),
    ],
);

pub static ATTACHMENT_DETAILS: Schema =
    Schema::list("AttachmentDetails", &[Member::new("member", &KEY_VALUE_PAIR)]);

pub static ATTACHMENT_STATE_CHANGE: Schema = Schema::structure(
    "AttachmentStateChange",
    &[Member::new("attachmentArn", &STRING).required(), Member::new("status", &STRING).required()],
);

pub static ATTACHMENT_STATE_CHANGES: Schema =
    Schema::list("AttachmentStateChanges", &[Member::new("member", &ATTACHMENT_STATE_CHANGE)]);

pub static ATTACHMENTS: Schema = Schema::list("Attachments", &[Member::new("member", &ATTACHMENT)]);

pub static ATTESTATION_POLICY_STATUS: Schema = Schema::scalar("AttestationPolicyStatus", Kind::String)
    .enumeration(super::AttestationPolicyStatus::VALUES);

pub static ATTRIBUTE: Schema = Schema::structure(
    "Attribute",
    &[
        Member::new("name", &STRING).required(),
        Member::new("value", &STRING),
        Member::new("targetType", &TARGET_TYPE),
        Member::new("targetId", &STRING),
    ],
);

pub static ATTRIBUTE_LIMIT_EXCEEDED_EXCEPTION: Schema =
    Schema::structure("AttributeLimitExceededException", &[Member::new("message", &STRING)]);

pub static ATTRIBUTES: Schema = Schema::list("Attributes", &[Member::new("member", &ATTRIBUTE)]);

pub static AUTO_REPAIR_ACTIONS_STATUS: Schema = Schema::scalar("AutoRepairActionsStatus", Kind::String)
    .enumeration(super::AutoRepairActionsStatus::VALUES);

pub static AUTO_REPAIR_CONFIGURATION: Schema = Schema::structure(
    "AutoRepairConfiguration",
    &[Member::new("actionsStatus", &AUTO_REPAIR_ACTIONS_STATUS)],
);

pub static AUTO_SCALING_GROUP_PROVIDER: Schema = Schema::structure(
    "AutoScalingGroupProvider",
    &[
        Member::new("autoScalingGroupArn", &STRING).required(),
        Member::new("managedScaling", &MANAGED_SCALING),
        Member::new("managedTerminationProtection", &MANAGED_TERMINATION_PROTECTION),
        Member::new("managedDraining", &MANAGED_DRAINING),
    ],
);

pub static AUTO_SCALING_GROUP_PROVIDER_UPDATE: Schema = Schema::structure(
    "AutoScalingGroupProviderUpdate",
    &[
        Member::new("managedScaling", &MANAGED_SCALING),
        Member::new("managedTerminationProtection", &MANAGED_TERMINATION_PROTECTION),
        Member::new("managedDraining", &MANAGED_DRAINING),
    ],
);

pub static AVAILABILITY_ZONE_REBALANCING: Schema =
    Schema::scalar("AvailabilityZoneRebalancing", Kind::String)
        .enumeration(super::AvailabilityZoneRebalancing::VALUES);

pub static AWS_VPC_CONFIGURATION: Schema = Schema::structure(
    "AwsVpcConfiguration",
    &[
        Member::new("subnets", &STRING_LIST).required(),
        Member::new("securityGroups", &STRING_LIST),
        Member::new("assignPublicIp", &ASSIGN_PUBLIC_IP),
    ],
);

pub static BARE_METAL: Schema =
    Schema::scalar("BareMetal", Kind::String).enumeration(super::BareMetal::VALUES);

pub static BASELINE_EBS_BANDWIDTH_MBPS_REQUEST: Schema = Schema::structure(
    "BaselineEbsBandwidthMbpsRequest",
    &[Member::new("min", &BOXED_INTEGER), Member::new("max", &BOXED_INTEGER)],
);

pub static BLOCKED_EXCEPTION: Schema =
    Schema::structure("BlockedException", &[Member::new("message", &STRING)]);

pub static BOOLEAN: Schema = Schema::scalar("Boolean", Kind::Boolean);

pub static BOXED_BOOLEAN: Schema = Schema::scalar("BoxedBoolean", Kind::Boolean);

pub static BOXED_DOUBLE: Schema = Schema::scalar("BoxedDouble", Kind::Double);

pub static BOXED_INTEGER: Schema = Schema::scalar("BoxedInteger", Kind::Integer);

pub static BURSTABLE_PERFORMANCE: Schema =
    Schema::scalar("BurstablePerformance", Kind::String).enumeration(super::BurstablePerformance::VALUES);

pub static CPU_ARCHITECTURE: Schema =
    Schema::scalar("CPUArchitecture", Kind::String).enumeration(super::CPUArchitecture::VALUES);

pub static CANARY_CONFIGURATION: Schema = Schema::structure(
    "CanaryConfiguration",
    &[Member::new("canaryPercent", &DOUBLE), Member::new("canaryBakeTimeInMinutes", &INTEGER)],
);

pub static CAPACITY_OPTION_TYPE: Schema =
    Schema::scalar("CapacityOptionType", Kind::String).enumeration(super::CapacityOptionType::VALUES);

pub static CAPACITY_PROVIDER: Schema = Schema::structure(
    "CapacityProvider",
    &[
        Member::new("capacityProviderArn", &STRING),
        Member::new("name", &STRING),
        Member::new("cluster", &STRING),
        Member::new("status", &CAPACITY_PROVIDER_STATUS),
        Member::new("autoScalingGroupProvider", &AUTO_SCALING_GROUP_PROVIDER),
        Member::new("managedInstancesProvider", &MANAGED_INSTANCES_PROVIDER),
        Member::new("updateStatus", &CAPACITY_PROVIDER_UPDATE_STATUS),
        Member::new("updateStatusReason", &STRING),
        Member::new("tags", &TAGS),
        Member::new("type", &CAPACITY_PROVIDER_TYPE),
    ],
);

pub static CAPACITY_PROVIDER_FIELD: Schema =
    Schema::scalar("CapacityProviderField", Kind::String).enumeration(super::CapacityProviderField::VALUES);

pub static CAPACITY_PROVIDER_FIELD_LIST: Schema =
    Schema::list("CapacityProviderFieldList", &[Member::new("member", &CAPACITY_PROVIDER_FIELD)]);

pub static CAPACITY_PROVIDER_STATUS: Schema =
    Schema::scalar("CapacityProviderStatus", Kind::String).enumeration(super::CapacityProviderStatus::VALUES);

pub static CAPACITY_PROVIDER_STRATEGY: Schema =
    Schema::list("CapacityProviderStrategy", &[Member::new("member", &CAPACITY_PROVIDER_STRATEGY_ITEM)]);

pub static CAPACITY_PROVIDER_STRATEGY_ITEM: Schema = Schema::structure(
    "CapacityProviderStrategyItem",
    &[
        Member::new("capacityProvider", &STRING).required(),
        Member::new("weight", &CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT),
        Member::new("base", &CAPACITY_PROVIDER_STRATEGY_ITEM_BASE),
    ],
);

pub static CAPACITY_PROVIDER_STRATEGY_ITEM_BASE: Schema =
    Schema::scalar("CapacityProviderStrategyItemBase", Kind::Integer).min(0).max(100000);

pub static CAPACITY_PROVIDER_STRATEGY_ITEM_WEIGHT: Schema =
    Schema::scalar("CapacityProviderStrategyItemWeight", Kind::Integer).min(0).max(1000);

pub static CAPACITY_PROVIDER_TYPE: Schema =
    Schema::scalar("CapacityProviderType", Kind::String).enumeration(super::CapacityProviderType::VALUES);

pub static CAPACITY_PROVIDER_UPDATE_STATUS: Schema =
    Schema::scalar("CapacityProviderUpdateStatus", Kind::String)
        .enumeration(super::CapacityProviderUpdateStatus::VALUES);

pub static CAPACITY_PROVIDERS: Schema =
    Schema::list("CapacityProviders", &[Member::new("member", &CAPACITY_PROVIDER)]);

pub static CAPACITY_RESERVATION_PREFERENCE: Schema =
    Schema::scalar("CapacityReservationPreference", Kind::String)
        .enumeration(super::CapacityReservationPreference::VALUES);

pub static CAPACITY_RESERVATION_REQUEST: Schema = Schema::structure(
    "CapacityReservationRequest",
    &[
        Member::new("reservationGroupArn", &STRING),
        Member::new("reservationPreference", &CAPACITY_RESERVATION_PREFERENCE),
    ],
);

pub static CLIENT_EXCEPTION: Schema =
    Schema::structure("ClientException", &[Member::new("message", &STRING)]);

pub static CLUSTER: Schema = Schema::structure(
    "Cluster",
    &[
        Member::new("clusterArn", &STRING),
        Member::new("clusterName", &STRING),
        Member::new("configuration", &CLUSTER_CONFIGURATION),
        Member::new("status", &STRING),
        Member::new("registeredContainerInstancesCount", &INTEGER),
        Member::new("runningTasksCount", &INTEGER),
        Member::new("pendingTasksCount", &INTEGER),
        Member::new("activeServicesCount", &INTEGER),
        Member::new("statistics", &STATISTICS),
        Member::new("tags", &TAGS),
        Member::new("settings", &CLUSTER_SETTINGS),
        Member::new("capacityProviders", &STRING_LIST),
        Member::new("defaultCapacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("attachments", &ATTACHMENTS),
        Member::new("attachmentsStatus", &STRING),
        Member::new("serviceConnectDefaults", &CLUSTER_SERVICE_CONNECT_DEFAULTS),
    ],
);

pub static CLUSTER_CONFIGURATION: Schema = Schema::structure(
    "ClusterConfiguration",
    &[
        Member::new("executeCommandConfiguration", &EXECUTE_COMMAND_CONFIGURATION),
        Member::new("managedStorageConfiguration", &MANAGED_STORAGE_CONFIGURATION),
    ],
);

pub static CLUSTER_CONTAINS_CAPACITY_PROVIDER_EXCEPTION: Schema =
    Schema::structure("ClusterContainsCapacityProviderException", &[Member::new("message", &STRING)]);

pub static CLUSTER_CONTAINS_CONTAINER_INSTANCES_EXCEPTION: Schema =
    Schema::structure("ClusterContainsContainerInstancesException", &[Member::new("message", &STRING)]);

pub static CLUSTER_CONTAINS_SERVICES_EXCEPTION: Schema =
    Schema::structure("ClusterContainsServicesException", &[Member::new("message", &STRING)]);

pub static CLUSTER_CONTAINS_TASKS_EXCEPTION: Schema =
    Schema::structure("ClusterContainsTasksException", &[Member::new("message", &STRING)]);

pub static CLUSTER_FIELD: Schema =
    Schema::scalar("ClusterField", Kind::String).enumeration(super::ClusterField::VALUES);

pub static CLUSTER_FIELD_LIST: Schema =
    Schema::list("ClusterFieldList", &[Member::new("member", &CLUSTER_FIELD)]);

pub static CLUSTER_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("ClusterNotFoundException", &[Member::new("message", &STRING)]);

pub static CLUSTER_SERVICE_CONNECT_DEFAULTS: Schema =
    Schema::structure("ClusterServiceConnectDefaults", &[Member::new("namespace", &STRING)]);

pub static CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST: Schema = Schema::structure(
    "ClusterServiceConnectDefaultsRequest",
    &[Member::new("namespace", &STRING).required()],
);

pub static CLUSTER_SETTING: Schema = Schema::structure(
    "ClusterSetting",
    &[Member::new("name", &CLUSTER_SETTING_NAME), Member::new("value", &STRING)],
);

pub static CLUSTER_SETTING_NAME: Schema =
    Schema::scalar("ClusterSettingName", Kind::String).enumeration(super::ClusterSettingName::VALUES);

pub static CLUSTER_SETTINGS: Schema =
    Schema::list("ClusterSettings", &[Member::new("member", &CLUSTER_SETTING)]);

pub static CLUSTERS: Schema = Schema::list("Clusters", &[Member::new("member", &CLUSTER)]);

pub static COMPATIBILITY: Schema =
    Schema::scalar("Compatibility", Kind::String).enumeration(super::Compatibility::VALUES);

pub static COMPATIBILITY_LIST: Schema =
    Schema::list("CompatibilityList", &[Member::new("member", &COMPATIBILITY)]);

pub static CONFLICT_EXCEPTION: Schema = Schema::structure(
    "ConflictException",
    &[Member::new("resourceIds", &RESOURCE_IDS), Member::new("message", &STRING)],
);

pub static CONNECTIVITY: Schema =
    Schema::scalar("Connectivity", Kind::String).enumeration(super::Connectivity::VALUES);

pub static CONTAINER: Schema = Schema::structure(
    "Container",
    &[
        Member::new("containerArn", &STRING),
        Member::new("taskArn", &STRING),
        Member::new("name", &STRING),
        Member::new("image", &STRING),
        Member::new("imageDigest", &STRING),
        Member::new("runtimeId", &STRING),
        Member::new("lastStatus", &STRING),
        Member::new("exitCode", &BOXED_INTEGER),
        Member::new("reason", &STRING),
        Member::new("networkBindings", &NETWORK_BINDINGS),
        Member::new("networkInterfaces", &NETWORK_INTERFACES),
        Member::new("healthStatus", &HEALTH_STATUS),
        Member::new("managedAgents", &MANAGED_AGENTS),
        Member::new("cpu", &STRING),
        Member::new("memory", &STRING),
        Member::new("memoryReservation", &STRING),
        Member::new("gpuIds", &GPU_IDS),
        Member::new("neuronDeviceIds", &NEURON_DEVICE_IDS),
        Member::new("gpuSharingStrategy", &SHARING_STRATEGY),
    ],
);

pub static CONTAINER_CONDITION: Schema =
    Schema::scalar("ContainerCondition", Kind::String).enumeration(super::ContainerCondition::VALUES);

pub static CONTAINER_DEFINITION: Schema = Schema::structure(
    "ContainerDefinition",
    &[
        Member::new("name", &STRING),
        Member::new("image", &STRING),
        Member::new("repositoryCredentials", &REPOSITORY_CREDENTIALS),
        Member::new("cpu", &INTEGER),
        Member::new("memory", &BOXED_INTEGER),
        Member::new("memoryReservation", &BOXED_INTEGER),
        Member::new("links", &STRING_LIST),
        Member::new("portMappings", &PORT_MAPPING_LIST),
        Member::new("essential", &BOXED_BOOLEAN),
        Member::new("restartPolicy", &CONTAINER_RESTART_POLICY),
        Member::new("entryPoint", &STRING_LIST),
        Member::new("command", &STRING_LIST),
        Member::new("environment", &ENVIRONMENT_VARIABLES),
        Member::new("environmentFiles", &ENVIRONMENT_FILES),
        Member::new("mountPoints", &MOUNT_POINT_LIST),
        Member::new("volumesFrom", &VOLUME_FROM_LIST),
        Member::new("linuxParameters", &LINUX_PARAMETERS),
        Member::new("secrets", &SECRET_LIST),
        Member::new("dependsOn", &CONTAINER_DEPENDENCIES),
        Member::new("startTimeout", &BOXED_INTEGER),
        Member::new("stopTimeout", &BOXED_INTEGER),
        Member::new("versionConsistency", &VERSION_CONSISTENCY),
        Member::new("hostname", &STRING),
        Member::new("user", &STRING),
        Member::new("workingDirectory", &STRING),
        Member::new("disableNetworking", &BOXED_BOOLEAN),
        Member::new("privileged", &BOXED_BOOLEAN),
        Member::new("readonlyRootFilesystem", &BOXED_BOOLEAN),
        Member::new("dnsServers", &STRING_LIST),
        Member::new("dnsSearchDomains", &STRING_LIST),
        Member::new("extraHosts", &HOST_ENTRY_LIST),
        Member::new("dockerSecurityOptions", &STRING_LIST),
        Member::new("interactive", &BOXED_BOOLEAN),
        Member::new("pseudoTerminal", &BOXED_BOOLEAN),
        Member::new("dockerLabels", &DOCKER_LABELS_MAP),
        Member::new("ulimits", &ULIMIT_LIST),
        Member::new("logConfiguration", &LOG_CONFIGURATION),
        Member::new("healthCheck", &HEALTH_CHECK),
        Member::new("systemControls", &SYSTEM_CONTROLS),
        Member::new("resourceRequirements", &RESOURCE_REQUIREMENTS),
        Member::new("firelensConfiguration", &FIRELENS_CONFIGURATION),
        Member::new("credentialSpecs", &STRING_LIST),
    ],
);

pub static CONTAINER_DEFINITIONS: Schema =
    Schema::list("ContainerDefinitions", &[Member::new("member", &CONTAINER_DEFINITION)]);

pub static CONTAINER_DEPENDENCIES: Schema =
    Schema::list("ContainerDependencies", &[Member::new("member", &CONTAINER_DEPENDENCY)]);

pub static CONTAINER_DEPENDENCY: Schema = Schema::structure(
    "ContainerDependency",
    &[
        Member::new("containerName", &STRING).required(),
        Member::new("condition", &CONTAINER_CONDITION).required(),
    ],
);

pub static CONTAINER_IMAGE: Schema = Schema::structure(
    "ContainerImage",
    &[
        Member::new("containerName", &STRING),
        Member::new("imageDigest", &STRING),
        Member::new("image", &STRING),
    ],
);

pub static CONTAINER_IMAGES: Schema =
    Schema::list("ContainerImages", &[Member::new("member", &CONTAINER_IMAGE)]);

pub static CONTAINER_INSTANCE: Schema = Schema::structure(
    "ContainerInstance",
    &[
        Member::new("containerInstanceArn", &STRING),
        Member::new("ec2InstanceId", &STRING),
        Member::new("capacityProviderName", &STRING),
        Member::new("version", &LONG),
        Member::new("versionInfo", &VERSION_INFO),
        Member::new("remainingResources", &RESOURCES),
        Member::new("registeredResources", &RESOURCES),
        Member::new("status", &STRING),
        Member::new("statusReason", &STRING),
        Member::new("agentConnected", &BOOLEAN),
        Member::new("runningTasksCount", &INTEGER),
        Member::new("pendingTasksCount", &INTEGER),
        Member::new("agentUpdateStatus", &AGENT_UPDATE_STATUS),
        Member::new("attributes", &ATTRIBUTES),
        Member::new("registeredAt", &TIMESTAMP),
        Member::new("attachments", &ATTACHMENTS),
        Member::new("tags", &TAGS),
        Member::new("healthStatus", &CONTAINER_INSTANCE_HEALTH_STATUS),
        Member::new("gpuDevices", &GPU_DEVICES),
    ],
);

pub static CONTAINER_INSTANCE_FIELD: Schema =
    Schema::scalar("ContainerInstanceField", Kind::String).enumeration(super::ContainerInstanceField::VALUES);

pub static CONTAINER_INSTANCE_FIELD_LIST: Schema =
    Schema::list("ContainerInstanceFieldList", &[Member::new("member", &CONTAINER_INSTANCE_FIELD)]);

pub static CONTAINER_INSTANCE_HEALTH_STATUS: Schema = Schema::structure(
    "ContainerInstanceHealthStatus",
    &[
        Member::new("overallStatus", &INSTANCE_HEALTH_CHECK_STATE),
        Member::new("details", &INSTANCE_HEALTH_CHECK_RESULT_LIST),
    ],
);

pub static CONTAINER_INSTANCE_STATUS: Schema = Schema::scalar("ContainerInstanceStatus", Kind::String)
    .enumeration(super::ContainerInstanceStatus::VALUES);

pub static CONTAINER_INSTANCES: Schema =
    Schema::list("ContainerInstances", &[Member::new("member", &CONTAINER_INSTANCE)]);

pub static CONTAINER_OVERRIDE: Schema = Schema::structure(
    "ContainerOverride",
    &[
        Member::new("name", &STRING),
        Member::new("command", &STRING_LIST),
        Member::new("environment", &ENVIRONMENT_VARIABLES),
        Member::new("environmentFiles", &ENVIRONMENT_FILES),
        Member::new("cpu", &BOXED_INTEGER),
        Member::new("memory", &BOXED_INTEGER),
        Member::new("memoryReservation", &BOXED_INTEGER),
        Member::new("resourceRequirements", &RESOURCE_REQUIREMENTS),
    ],
);

pub static CONTAINER_OVERRIDES: Schema =
    Schema::list("ContainerOverrides", &[Member::new("member", &CONTAINER_OVERRIDE)]);

pub static CONTAINER_RESTART_POLICY: Schema = Schema::structure(
    "ContainerRestartPolicy",
    &[
        Member::new("enabled", &BOXED_BOOLEAN).required(),
        Member::new("ignoredExitCodes", &INTEGER_LIST),
        Member::new("restartAttemptPeriod", &BOXED_INTEGER),
    ],
);

pub static CONTAINER_STATE_CHANGE: Schema = Schema::structure(
    "ContainerStateChange",
    &[
        Member::new("containerName", &STRING),
        Member::new("imageDigest", &STRING),
        Member::new("runtimeId", &STRING),
        Member::new("exitCode", &BOXED_INTEGER),
        Member::new("networkBindings", &NETWORK_BINDINGS),
        Member::new("reason", &STRING),
        Member::new("status", &STRING),
    ],
);

pub static CONTAINER_STATE_CHANGES: Schema =
    Schema::list("ContainerStateChanges", &[Member::new("member", &CONTAINER_STATE_CHANGE)]);

pub static CONTAINERS: Schema = Schema::list("Containers", &[Member::new("member", &CONTAINER)]);

pub static CONTINUE_SERVICE_DEPLOYMENT_REQUEST: Schema = Schema::structure(
    "ContinueServiceDeploymentRequest",
    &[
        Member::new("serviceDeploymentArn", &STRING).required(),
        Member::new("hookId", &STRING).required(),
        Member::new("action", &DEPLOYMENT_LIFECYCLE_HOOK_ACTION),
    ],
);

pub static CONTINUE_SERVICE_DEPLOYMENT_RESPONSE: Schema =
    Schema::structure("ContinueServiceDeploymentResponse", &[Member::new("serviceDeploymentArn", &STRING)]);

pub static CPU_MANUFACTURER: Schema =
    Schema::scalar("CpuManufacturer", Kind::String).enumeration(super::CpuManufacturer::VALUES);

pub static CPU_MANUFACTURER_SET: Schema =
    Schema::list("CpuManufacturerSet", &[Member::new("member", &CPU_MANUFACTURER)]);

pub static CREATE_CAPACITY_PROVIDER_REQUEST: Schema = Schema::structure(
    "CreateCapacityProviderRequest",
    &[
        Member::new("name", &STRING).required(),
        Member::new("cluster", &STRING),
        Member::new("autoScalingGroupProvider", &AUTO_SCALING_GROUP_PROVIDER),
        Member::new("managedInstancesProvider", &CREATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION),
        Member::new("tags", &TAGS),
    ],
);

pub static CREATE_CAPACITY_PROVIDER_RESPONSE: Schema = Schema::structure(
    "CreateCapacityProviderResponse",
    &[Member::new("capacityProvider", &CAPACITY_PROVIDER)],
);

pub static CREATE_CLUSTER_REQUEST: Schema = Schema::structure(
    "CreateClusterRequest",
    &[
        Member::new("clusterName", &STRING),
        Member::new("tags", &TAGS),
        Member::new("settings", &CLUSTER_SETTINGS),
        Member::new("configuration", &CLUSTER_CONFIGURATION),
        Member::new("capacityProviders", &STRING_LIST),
        Member::new("defaultCapacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("serviceConnectDefaults", &CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST),
    ],
);

pub static CREATE_CLUSTER_RESPONSE: Schema =
    Schema::structure("CreateClusterResponse", &[Member::new("cluster", &CLUSTER)]);

pub static CREATE_DAEMON_REQUEST: Schema = Schema::structure(
    "CreateDaemonRequest",
    &[
        Member::new("daemonName", &STRING).required(),
        Member::new("clusterArn", &STRING),
        Member::new("daemonTaskDefinitionArn", &STRING).required(),
        Member::new("capacityProviderArns", &STRING_LIST).required(),
        Member::new("deploymentConfiguration", &DAEMON_DEPLOYMENT_CONFIGURATION),
        Member::new("tags", &TAGS),
        Member::new("propagateTags", &DAEMON_PROPAGATE_TAGS),
        Member::new("enableECSManagedTags", &BOOLEAN),
        Member::new("enableExecuteCommand", &BOOLEAN),
        Member::new("clientToken", &STRING),
        Member::new("critical", &BOXED_BOOLEAN),
    ],
);

pub static CREATE_DAEMON_RESPONSE: Schema = Schema::structure(
    "CreateDaemonResponse",
    &[
        Member::new("daemonArn", &STRING),
        Member::new("status", &DAEMON_STATUS),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("deploymentArn", &STRING),
    ],
);

pub static CREATE_EXPRESS_GATEWAY_SERVICE_REQUEST: Schema = Schema::structure(
    "CreateExpressGatewayServiceRequest",
    &[
        Member::new("executionRoleArn", &STRING),
        Member::new("infrastructureRoleArn", &STRING).required(),
        Member::new("serviceName", &STRING),
        Member::new("cluster", &STRING),
        Member::new("healthCheckPath", &STRING),
        Member::new("primaryContainer", &EXPRESS_GATEWAY_CONTAINER),
        Member::new("taskRoleArn", &STRING),
        Member::new("networkConfiguration", &EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION),
        Member::new("cpu", &STRING),
        Member::new("memory", &STRING),
        Member::new("cpuArchitecture", &EXPRESS_CPU_ARCHITECTURE),
        Member::new("scalingTarget", &EXPRESS_GATEWAY_SCALING_TARGET),
        Member::new("tags", &TAGS),
        Member::new("taskDefinitionArn", &STRING),
    ],
);

pub static CREATE_EXPRESS_GATEWAY_SERVICE_RESPONSE: Schema = Schema::structure(
    "CreateExpressGatewayServiceResponse",
    &[Member::new("service", &ECS_EXPRESS_GATEWAY_SERVICE)],
);

pub static CREATE_GATEWAY_REQUEST: Schema = Schema::structure(
    "CreateGatewayRequest",
    &[
        Member::new("name", &STRING).required(),
        Member::new("infrastructureRoleArn", &STRING).required(),
        Member::new("clientToken", &STRING)
            .traits(&MemberTraits { idempotency_token: true, ..MemberTraits::NONE }),
        Member::new("deletionProtection", &BOXED_BOOLEAN),
        Member::new("configuration", &GATEWAY_CONFIGURATION).required(),
        Member::new("tags", &TAGS),
        Member::new("propagateTags", &PROPAGATE_GATEWAY_TAGS),
    ],
);

pub static CREATE_GATEWAY_RESPONSE: Schema = Schema::structure(
    "CreateGatewayResponse",
    &[
        Member::new("gatewayArn", &STRING),
        Member::new("name", &STRING),
        Member::new("status", &GATEWAY_STATUS),
    ],
);

pub static CREATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION: Schema = Schema::structure(
    "CreateManagedInstancesProviderConfiguration",
    &[
        Member::new("infrastructureRoleArn", &STRING).required(),
        Member::new("instanceLaunchTemplate", &INSTANCE_LAUNCH_TEMPLATE).required(),
        Member::new("propagateTags", &PROPAGATE_MI_TAGS),
        Member::new("infrastructureOptimization", &INFRASTRUCTURE_OPTIMIZATION),
        Member::new("autoRepairConfiguration", &AUTO_REPAIR_CONFIGURATION),
    ],
);

pub static CREATE_SERVICE_REQUEST: Schema = Schema::structure(
    "CreateServiceRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("serviceName", &STRING).required(),
        Member::new("taskDefinition", &STRING),
        Member::new("availabilityZoneRebalancing", &AVAILABILITY_ZONE_REBALANCING),
        Member::new("loadBalancers", &LOAD_BALANCERS),
        Member::new("serviceRegistries", &SERVICE_REGISTRIES),
        Member::new("desiredCount", &BOXED_INTEGER),
        Member::new("clientToken", &STRING),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("platformVersion", &STRING),
        Member::new("role", &STRING),
        Member::new("deploymentConfiguration", &DEPLOYMENT_CONFIGURATION),
        Member::new("placementConstraints", &PLACEMENT_CONSTRAINTS),
        Member::new("placementStrategy", &PLACEMENT_STRATEGIES),
        Member::new("networkConfiguration", &NETWORK_CONFIGURATION),
        Member::new("healthCheckGracePeriodSeconds", &BOXED_INTEGER),
        Member::new("schedulingStrategy", &SCHEDULING_STRATEGY),
        Member::new("deploymentController", &DEPLOYMENT_CONTROLLER),
        Member::new("tags", &TAGS),
        Member::new("enableECSManagedTags", &BOOLEAN),
        Member::new("propagateTags", &PROPAGATE_TAGS),
        Member::new("enableExecuteCommand", &BOOLEAN),
        Member::new("serviceConnectConfiguration", &SERVICE_CONNECT_CONFIGURATION),
        Member::new("volumeConfigurations", &SERVICE_VOLUME_CONFIGURATIONS),
        Member::new("vpcLatticeConfigurations", &VPC_LATTICE_CONFIGURATIONS),
        Member::new("gatewayConnectors", &GATEWAY_CONNECTOR_LIST),
        Member::new("monitoring", &MONITORING_CONFIGURATION),
    ],
);

pub static CREATE_SERVICE_RESPONSE: Schema =
    Schema::structure("CreateServiceResponse", &[Member::new("service", &SERVICE)]);

pub static CREATE_TASK_SET_REQUEST: Schema = Schema::structure(
    "CreateTaskSetRequest",
    &[
        Member::new("service", &STRING).required(),
        Member::new("cluster", &STRING).required(),
        Member::new("externalId", &STRING),
        Member::new("taskDefinition", &STRING).required(),
        Member::new("networkConfiguration", &NETWORK_CONFIGURATION),
        Member::new("loadBalancers", &LOAD_BALANCERS),
        Member::new("serviceRegistries", &SERVICE_REGISTRIES),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("platformVersion", &STRING),
        Member::new("scale", &SCALE),
        Member::new("clientToken", &STRING),
        Member::new("tags", &TAGS),
    ],
);

pub static CREATE_TASK_SET_RESPONSE: Schema =
    Schema::structure("CreateTaskSetResponse", &[Member::new("taskSet", &TASK_SET)]);

pub static CREATED_AT: Schema =
    Schema::structure("CreatedAt", &[Member::new("before", &TIMESTAMP), Member::new("after", &TIMESTAMP)]);

pub static DAEMON_ALARM_CONFIGURATION: Schema = Schema::structure(
    "DaemonAlarmConfiguration",
    &[Member::new("alarmNames", &STRING_LIST), Member::new("enable", &BOOLEAN)],
);

pub static DAEMON_CAPACITY_PROVIDER: Schema = Schema::structure(
    "DaemonCapacityProvider",
    &[
        Member::new("arn", &STRING),
        Member::new("runningCount", &INTEGER),
        Member::new("withoutDaemonCount", &INTEGER),
    ],
);

pub static DAEMON_CAPACITY_PROVIDER_LIST: Schema =
    Schema::list("DaemonCapacityProviderList", &[Member::new("member", &DAEMON_CAPACITY_PROVIDER)]);

pub static DAEMON_CIRCUIT_BREAKER: Schema = Schema::structure(
    "DaemonCircuitBreaker",
    &[
        Member::new("failureCount", &INTEGER),
        Member::new("status", &DAEMON_DEPLOYMENT_ROLLBACK_MONITORS_STATUS),
        Member::new("threshold", &INTEGER),
    ],
);

pub static DAEMON_CONTAINER_DEFINITION: Schema = Schema::structure(
    "DaemonContainerDefinition",
    &[
        Member::new("name", &STRING),
        Member::new("image", &STRING).required(),
        Member::new("memory", &BOXED_INTEGER),
        Member::new("memoryReservation", &BOXED_INTEGER),
        Member::new("repositoryCredentials", &REPOSITORY_CREDENTIALS),
        Member::new("healthCheck", &HEALTH_CHECK),
        Member::new("cpu", &INTEGER),
        Member::new("essential", &BOXED_BOOLEAN),
        Member::new("entryPoint", &STRING_LIST),
        Member::new("command", &STRING_LIST),
        Member::new("workingDirectory", &STRING),
        Member::new("environmentFiles", &ENVIRONMENT_FILES),
        Member::new("environment", &ENVIRONMENT_VARIABLES),
        Member::new("secrets", &SECRET_LIST),
        Member::new("readonlyRootFilesystem", &BOXED_BOOLEAN),
        Member::new("mountPoints", &MOUNT_POINT_LIST),
        Member::new("logConfiguration", &LOG_CONFIGURATION),
        Member::new("firelensConfiguration", &FIRELENS_CONFIGURATION),
        Member::new("privileged", &BOXED_BOOLEAN),
        Member::new("user", &STRING),
        Member::new("ulimits", &ULIMIT_LIST),
        Member::new("linuxParameters", &DAEMON_LINUX_PARAMETERS),
        Member::new("dependsOn", &CONTAINER_DEPENDENCIES),
        Member::new("startTimeout", &BOXED_INTEGER),
        Member::new("stopTimeout", &BOXED_INTEGER),
        Member::new("systemControls", &SYSTEM_CONTROLS),
        Member::new("interactive", &BOXED_BOOLEAN),
        Member::new("pseudoTerminal", &BOXED_BOOLEAN),
        Member::new("restartPolicy", &CONTAINER_RESTART_POLICY),
    ],
);

pub static DAEMON_CONTAINER_DEFINITION_LIST: Schema =
    Schema::list("DaemonContainerDefinitionList", &[Member::new("member", &DAEMON_CONTAINER_DEFINITION)]);

pub static DAEMON_CONTAINER_IMAGE: Schema = Schema::structure(
    "DaemonContainerImage",
    &[
        Member::new("containerName", &STRING),
        Member::new("imageDigest", &STRING),
        Member::new("image", &STRING),
    ],
);

pub static DAEMON_CONTAINER_IMAGES: Schema =
    Schema::list("DaemonContainerImages", &[Member::new("member", &DAEMON_CONTAINER_IMAGE)]);

pub static DAEMON_DEPLOYMENT: Schema = Schema::structure(
    "DaemonDeployment",
    &[
        Member::new("daemonDeploymentArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("status", &DAEMON_DEPLOYMENT_STATUS),
        Member::new("statusReason", &STRING),
        Member::new("targetDaemonRevision", &DAEMON_DEPLOYMENT_REVISION_DETAIL),
        Member::new("sourceDaemonRevisions", &DAEMON_DEPLOYMENT_REVISION_DETAIL_LIST),
        Member::new("circuitBreaker", &DAEMON_CIRCUIT_BREAKER),
        Member::new("alarms", &DAEMON_DEPLOYMENT_ALARMS),
        Member::new("rollback", &DAEMON_ROLLBACK),
        Member::new("deploymentConfiguration", &DAEMON_DEPLOYMENT_CONFIGURATION),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("startedAt", &TIMESTAMP),
        Member::new("stoppedAt", &TIMESTAMP),
        Member::new("finishedAt", &TIMESTAMP),
    ],
);

pub static DAEMON_DEPLOYMENT_ALARMS: Schema = Schema::structure(
    "DaemonDeploymentAlarms",
    &[
        Member::new("status", &DAEMON_DEPLOYMENT_ROLLBACK_MONITORS_STATUS),
        Member::new("alarmNames", &STRING_LIST),
        Member::new("triggeredAlarmNames", &STRING_LIST),
    ],
);

pub static DAEMON_DEPLOYMENT_CAPACITY_PROVIDER: Schema = Schema::structure(
    "DaemonDeploymentCapacityProvider",
    &[
        Member::new("arn", &STRING),
        Member::new("runningInstanceCount", &BOXED_INTEGER),
        Member::new("withoutDaemonInstanceCount", &BOXED_INTEGER),
        Member::new("drainingInstanceCount", &BOXED_INTEGER),
    ],
);

pub static DAEMON_DEPLOYMENT_CAPACITY_PROVIDER_LIST: Schema = Schema::list(
    "DaemonDeploymentCapacityProviderList",
    &[Member::new("member", &DAEMON_DEPLOYMENT_CAPACITY_PROVIDER)],
);

pub static DAEMON_DEPLOYMENT_CONFIGURATION: Schema = Schema::structure(
    "DaemonDeploymentConfiguration",
    &[
        Member::new("drainPercent", &DAEMON_DRAIN_PERCENT),
        Member::new("alarms", &DAEMON_ALARM_CONFIGURATION),
        Member::new("bakeTimeInMinutes", &INTEGER),
    ],
);

pub static DAEMON_DEPLOYMENT_LIST: Schema =
    Schema::list("DaemonDeploymentList", &[Member::new("member", &DAEMON_DEPLOYMENT)]);

pub static DAEMON_DEPLOYMENT_REVISION_DETAIL: Schema = Schema::structure(
    "DaemonDeploymentRevisionDetail",
    &[
        Member::new("arn", &STRING),
        Member::new("capacityProviders", &DAEMON_DEPLOYMENT_CAPACITY_PROVIDER_LIST),
        Member::new("totalRunningInstanceCount", &BOXED_INTEGER),
        Member::new("totalWithoutDaemonInstanceCount", &BOXED_INTEGER),
        Member::new("totalDrainingInstanceCount", &BOXED_INTEGER),
    ],
);

pub static DAEMON_DEPLOYMENT_REVISION_DETAIL_LIST: Schema = Schema::list(
    "DaemonDeploymentRevisionDetailList",
    &[Member::new("member", &DAEMON_DEPLOYMENT_REVISION_DETAIL)],
);

pub static DAEMON_DEPLOYMENT_ROLLBACK_MONITORS_STATUS: Schema =
    Schema::scalar("DaemonDeploymentRollbackMonitorsStatus", Kind::String)
        .enumeration(super::DaemonDeploymentRollbackMonitorsStatus::VALUES);

pub static DAEMON_DEPLOYMENT_STATUS: Schema =
    Schema::scalar("DaemonDeploymentStatus", Kind::String).enumeration(super::DaemonDeploymentStatus::VALUES);

pub static DAEMON_DEPLOYMENT_STATUS_LIST: Schema =
    Schema::list("DaemonDeploymentStatusList", &[Member::new("member", &DAEMON_DEPLOYMENT_STATUS)]);

pub static DAEMON_DEPLOYMENT_SUMMARY: Schema = Schema::structure(
    "DaemonDeploymentSummary",
    &[
        Member::new("daemonDeploymentArn", &STRING),
        Member::new("daemonArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("status", &DAEMON_DEPLOYMENT_STATUS),
        Member::new("statusReason", &STRING),
        Member::new("targetDaemonRevisionArn", &STRING),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("startedAt", &TIMESTAMP),
        Member::new("stoppedAt", &TIMESTAMP),
        Member::new("finishedAt", &TIMESTAMP),
    ],
);

pub static DAEMON_DEPLOYMENT_SUMMARY_LIST: Schema =
    Schema::list("DaemonDeploymentSummaryList", &[Member::new("member", &DAEMON_DEPLOYMENT_SUMMARY)]);

pub static DAEMON_DETAIL: Schema = Schema::structure(
    "DaemonDetail",
    &[
        Member::new("daemonArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("status", &DAEMON_STATUS),
        Member::new("currentRevisions", &DAEMON_REVISION_DETAIL_LIST),
        Member::new("deploymentArn", &STRING),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
    ],
);

pub static DAEMON_DRAIN_PERCENT: Schema = Schema::scalar("DaemonDrainPercent", Kind::Double).min(0).max(100);

pub static DAEMON_IPC_MODE: Schema =
    Schema::scalar("DaemonIpcMode", Kind::String).enumeration(super::DaemonIpcMode::VALUES);

pub static DAEMON_LINUX_PARAMETERS: Schema = Schema::structure(
    "DaemonLinuxParameters",
    &[
        Member::new("capabilities", &KERNEL_CAPABILITIES),
        Member::new("devices", &DEVICES_LIST),
        Member::new("initProcessEnabled", &BOXED_BOOLEAN),
        Member::new("tmpfs", &TMPFS_LIST),
    ],
);

pub static DAEMON_NOT_ACTIVE_EXCEPTION: Schema =
    Schema::structure("DaemonNotActiveException", &[Member::new("message", &STRING)]);

pub static DAEMON_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("DaemonNotFoundException", &[Member::new("message", &STRING)]);

pub static DAEMON_PID_MODE: Schema =
    Schema::scalar("DaemonPidMode", Kind::String).enumeration(super::DaemonPidMode::VALUES);

pub static DAEMON_PROPAGATE_TAGS: Schema =
    Schema::scalar("DaemonPropagateTags", Kind::String).enumeration(super::DaemonPropagateTags::VALUES);

pub static DAEMON_REVISION: Schema = Schema::structure(
    "DaemonRevision",
    &[
        Member::new("daemonRevisionArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("daemonArn", &STRING),
        Member::new("daemonTaskDefinitionArn", &STRING),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("containerImages", &DAEMON_CONTAINER_IMAGES),
        Member::new("propagateTags", &DAEMON_PROPAGATE_TAGS),
        Member::new("enableECSManagedTags", &BOXED_BOOLEAN),
        Member::new("enableExecuteCommand", &BOXED_BOOLEAN),
        Member::new("critical", &BOXED_BOOLEAN),
    ],
);

pub static DAEMON_REVISION_DETAIL: Schema = Schema::structure(
    "DaemonRevisionDetail",
    &[
        Member::new("arn", &STRING),
        Member::new("capacityProviders", &DAEMON_CAPACITY_PROVIDER_LIST),
        Member::new("totalRunningCount", &INTEGER),
        Member::new("totalWithoutDaemonCount", &INTEGER),
    ],
);

pub static DAEMON_REVISION_DETAIL_LIST: Schema =
    Schema::list("DaemonRevisionDetailList", &[Member::new("member", &DAEMON_REVISION_DETAIL)]);

pub static DAEMON_REVISIONS: Schema =
    Schema::list("DaemonRevisions", &[Member::new("member", &DAEMON_REVISION)]);

pub static DAEMON_ROLLBACK: Schema = Schema::structure(
    "DaemonRollback",
    &[
        Member::new("reason", &STRING),
        Member::new("startedAt", &TIMESTAMP),
        Member::new("rollbackTargetDaemonRevisionArn", &STRING),
        Member::new("rollbackCapacityProviders", &STRING_LIST),
    ],
);

pub static DAEMON_STATUS: Schema =
    Schema::scalar("DaemonStatus", Kind::String).enumeration(super::DaemonStatus::VALUES);

pub static DAEMON_SUMMARIES_LIST: Schema =
    Schema::list("DaemonSummariesList", &[Member::new("member", &DAEMON_SUMMARY)]);

pub static DAEMON_SUMMARY: Schema = Schema::structure(
    "DaemonSummary",
    &[
        Member::new("daemonArn", &STRING),
        Member::new("status", &DAEMON_STATUS),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
    ],
);

pub static DAEMON_TASK_DEFINITION: Schema = Schema::structure(
    "DaemonTaskDefinition",
    &[
        Member::new("daemonTaskDefinitionArn", &STRING),
        Member::new("family", &STRING),
        Member::new("revision", &INTEGER),
        Member::new("taskRoleArn", &STRING),
        Member::new("executionRoleArn", &STRING),
        Member::new("containerDefinitions", &DAEMON_CONTAINER_DEFINITION_LIST),
        Member::new("volumes", &DAEMON_VOLUME_LIST),
        Member::new("cpu", &STRING),
        Member::new("memory", &STRING),
        Member::new("status", &DAEMON_TASK_DEFINITION_STATUS),
        Member::new("registeredAt", &TIMESTAMP),
        Member::new("deleteRequestedAt", &TIMESTAMP),
        Member::new("registeredBy", &STRING),
        Member::new("pidMode", &DAEMON_PID_MODE),
        Member::new("ipcMode", &DAEMON_IPC_MODE),
    ],
);

pub static DAEMON_TASK_DEFINITION_REVISION_FILTER: Schema =
    Schema::scalar("DaemonTaskDefinitionRevisionFilter", Kind::String)
        .enumeration(super::DaemonTaskDefinitionRevisionFilter::VALUES);

pub static DAEMON_TASK_DEFINITION_STATUS: Schema = Schema::scalar("DaemonTaskDefinitionStatus", Kind::String)
    .enumeration(super::DaemonTaskDefinitionStatus::VALUES);

pub static DAEMON_TASK_DEFINITION_STATUS_FILTER: Schema =
    Schema::scalar("DaemonTaskDefinitionStatusFilter", Kind::String)
        .enumeration(super::DaemonTaskDefinitionStatusFilter::VALUES);

pub static DAEMON_TASK_DEFINITION_SUMMARIES: Schema =
    Schema::list("DaemonTaskDefinitionSummaries", &[Member::new("member", &DAEMON_TASK_DEFINITION_SUMMARY)]);

pub static DAEMON_TASK_DEFINITION_SUMMARY: Schema = Schema::structure(
    "DaemonTaskDefinitionSummary",
    &[
        Member::new("arn", &STRING),
        Member::new("registeredAt", &TIMESTAMP),
        Member::new("registeredBy", &STRING),
        Member::new("deleteRequestedAt", &TIMESTAMP),
        Member::new("status", &DAEMON_TASK_DEFINITION_STATUS),
    ],
);

pub static DAEMON_VOLUME: Schema = Schema::structure(
    "DaemonVolume",
    &[
        Member::new("name", &STRING),
        Member::new("host", &HOST_VOLUME_PROPERTIES),
        Member::new("logDriverVolumeConfiguration", &LOG_DRIVER_VOLUME_CONFIGURATION),
    ],
);

pub static DAEMON_VOLUME_LIST: Schema =
    Schema::list("DaemonVolumeList", &[Member::new("member", &DAEMON_VOLUME)]);

pub static DELETE_ACCOUNT_SETTING_REQUEST: Schema = Schema::structure(
    "DeleteAccountSettingRequest",
    &[Member::new("name", &SETTING_NAME).required(), Member::new("principalArn", &STRING)],
);

pub static DELETE_ACCOUNT_SETTING_RESPONSE: Schema =
    Schema::structure("DeleteAccountSettingResponse", &[Member::new("setting", &SETTING)]);

pub static DELETE_ATTRIBUTES_REQUEST: Schema = Schema::structure(
    "DeleteAttributesRequest",
    &[Member::new("cluster", &STRING), Member::new("attributes", &ATTRIBUTES).required()],
);

pub static DELETE_ATTRIBUTES_RESPONSE: Schema =
    Schema::structure("DeleteAttributesResponse", &[Member::new("attributes", &ATTRIBUTES)]);

pub static DELETE_CAPACITY_PROVIDER_REQUEST: Schema = Schema::structure(
    "DeleteCapacityProviderRequest",
    &[Member::new("capacityProvider", &STRING).required(), Member::new("cluster", &STRING)],
);

pub static DELETE_CAPACITY_PROVIDER_RESPONSE: Schema = Schema::structure(
    "DeleteCapacityProviderResponse",
    &[Member::new("capacityProvider", &CAPACITY_PROVIDER)],
);

pub static DELETE_CLUSTER_REQUEST: Schema =
    Schema::structure("DeleteClusterRequest", &[Member::new("cluster", &STRING).required()]);

pub static DELETE_CLUSTER_RESPONSE: Schema =
    Schema::structure("DeleteClusterResponse", &[Member::new("cluster", &CLUSTER)]);

pub static DELETE_DAEMON_REQUEST: Schema =
    Schema::structure("DeleteDaemonRequest", &[Member::new("daemonArn", &STRING).required()]);

pub static DELETE_DAEMON_RESPONSE: Schema = Schema::structure(
    "DeleteDaemonResponse",
    &[
        Member::new("daemonArn", &STRING),
        Member::new("status", &DAEMON_STATUS),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
        Member::new("deploymentArn", &STRING),
    ],
);

pub static DELETE_DAEMON_TASK_DEFINITION_REQUEST: Schema = Schema::structure(
    "DeleteDaemonTaskDefinitionRequest",
    &[Member::new("daemonTaskDefinition", &STRING).required()],
);

pub static DELETE_DAEMON_TASK_DEFINITION_RESPONSE: Schema = Schema::structure(
    "DeleteDaemonTaskDefinitionResponse",
    &[Member::new("daemonTaskDefinitionArn", &STRING)],
);

pub static DELETE_EXPRESS_GATEWAY_SERVICE_REQUEST: Schema =
    Schema::structure("DeleteExpressGatewayServiceRequest", &[Member::new("serviceArn", &STRING).required()]);

pub static DELETE_EXPRESS_GATEWAY_SERVICE_RESPONSE: Schema = Schema::structure(
    "DeleteExpressGatewayServiceResponse",
    &[Member::new("service", &ECS_EXPRESS_GATEWAY_SERVICE)],
);

pub static DELETE_GATEWAY_REQUEST: Schema =
    Schema::structure("DeleteGatewayRequest", &[Member::new("gateway", &STRING).required()]);

pub static DELETE_GATEWAY_RESPONSE: Schema = Schema::structure(
    "DeleteGatewayResponse",
    &[
        Member::new("gatewayArn", &STRING),
        Member::new("name", &STRING),
        Member::new("status", &GATEWAY_STATUS),
    ],
);

pub static DELETE_SERVICE_REQUEST: Schema = Schema::structure(
    "DeleteServiceRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("service", &STRING).required(),
        Member::new("force", &BOXED_BOOLEAN),
    ],
);

pub static DELETE_SERVICE_RESPONSE: Schema =
    Schema::structure("DeleteServiceResponse", &[Member::new("service", &SERVICE)]);

pub static DELETE_TASK_DEFINITIONS_REQUEST: Schema = Schema::structure(
    "DeleteTaskDefinitionsRequest",
    &[Member::new("taskDefinitions", &STRING_LIST).required()],
);

pub static DELETE_TASK_DEFINITIONS_RESPONSE: Schema = Schema::structure(
    "DeleteTaskDefinitionsResponse",
    &[Member::new("taskDefinitions", &TASK_DEFINITION_LIST), Member::new("failures", &FAILURES)],
);

pub static DELETE_TASK_SET_REQUEST: Schema = Schema::structure(
    "DeleteTaskSetRequest",
    &[
        Member::new("cluster", &STRING).required(),
        Member::new("service", &STRING).required(),
        Member::new("taskSet", &STRING).required(),
        Member::new("force", &BOXED_BOOLEAN),
    ],
);

pub static DELETE_TASK_SET_RESPONSE: Schema =
    Schema::structure("DeleteTaskSetResponse", &[Member::new("taskSet", &TASK_SET)]);

pub static DEPLOYMENT: Schema = Schema::structure(
    "Deployment",
    &[
        Member::new("id", &STRING),
        Member::new("status", &STRING),
        Member::new("taskDefinition", &STRING),
        Member::new("desiredCount", &INTEGER),
        Member::new("pendingCount", &INTEGER),
        Member::new("runningCount", &INTEGER),
        Member::new("failedTasks", &INTEGER),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
        Member::new("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("platformVersion", &STRING),
        Member::new("platformFamily", &STRING),
        Member::new("networkConfiguration", &NETWORK_CONFIGURATION),
        Member::new("rolloutState", &DEPLOYMENT_ROLLOUT_STATE),
        Member::new("rolloutStateReason", &STRING),
        Member::new("serviceConnectConfiguration", &SERVICE_CONNECT_CONFIGURATION),
        Member::new("serviceConnectResources", &SERVICE_CONNECT_SERVICE_RESOURCE_LIST),
        Member::new("volumeConfigurations", &SERVICE_VOLUME_CONFIGURATIONS),
        Member::new("fargateEphemeralStorage", &DEPLOYMENT_EPHEMERAL_STORAGE),
        Member::new("vpcLatticeConfigurations", &VPC_LATTICE_CONFIGURATIONS),
    ],
);

pub static DEPLOYMENT_ALARMS: Schema = Schema::structure(
    "DeploymentAlarms",
    &[
        Member::new("alarmNames", &STRING_LIST).required(),
        Member::new("rollback", &BOOLEAN).required(),
        Member::new("enable", &BOOLEAN).required(),
    ],
);

pub static DEPLOYMENT_CIRCUIT_BREAKER: Schema = Schema::structure(
    "DeploymentCircuitBreaker",
    &[
        Member::new("enable", &BOOLEAN).required(),
        Member::new("rollback", &BOOLEAN).required(),
        Member::new("resetOnHealthyTask", &BOXED_BOOLEAN),
        Member::new("thresholdConfiguration", &THRESHOLD_CONFIGURATION),
    ],
);

pub static DEPLOYMENT_CONFIGURATION: Schema = Schema::structure(
    "DeploymentConfiguration",
    &[
        Member::new("deploymentCircuitBreaker", &DEPLOYMENT_CIRCUIT_BREAKER),
        Member::new("maximumPercent", &BOXED_INTEGER),
        Member::new("minimumHealthyPercent", &BOXED_INTEGER),
        Member::new("alarms", &DEPLOYMENT_ALARMS),
        Member::new("strategy", &DEPLOYMENT_STRATEGY),
        Member::new("bakeTimeInMinutes", &BOXED_INTEGER),
        Member::new("lifecycleHooks", &DEPLOYMENT_LIFECYCLE_HOOK_LIST),
        Member::new("linearConfiguration", &LINEAR_CONFIGURATION),
        Member::new("canaryConfiguration", &CANARY_CONFIGURATION),
        Member::new("earlySuccessCriteria", &DEPLOYMENT_EARLY_SUCCESS_CRITERIA),
    ],
);

pub static DEPLOYMENT_CONTROLLER: Schema =
    Schema::structure("DeploymentController", &[Member::new("type", &DEPLOYMENT_CONTROLLER_TYPE).required()]);

pub static DEPLOYMENT_CONTROLLER_TYPE: Schema = Schema::scalar("DeploymentControllerType", Kind::String)
    .enumeration(super::DeploymentControllerType::VALUES);

pub static DEPLOYMENT_EARLY_SUCCESS_CRITERIA: Schema = Schema::structure(
    "DeploymentEarlySuccessCriteria",
    &[
        Member::new("enable", &BOOLEAN).required(),
        Member::new("healthyPercent", &HEALTHY_PERCENT_INTEGER),
        Member::new("sourceServiceRevisionCleanup", &SERVICE_REVISION_CLEANUP),
    ],
);

pub static DEPLOYMENT_EPHEMERAL_STORAGE: Schema =
    Schema::structure("DeploymentEphemeralStorage", &[Member::new("kmsKeyId", &STRING)]);

pub static DEPLOYMENT_LIFECYCLE_HOOK: Schema = Schema::structure(
    "DeploymentLifecycleHook",
    &[
        Member::new("targetType", &DEPLOYMENT_LIFECYCLE_HOOK_TARGET_TYPE),
        Member::new("hookTargetArn", &STRING),
        Member::new("roleArn", &IAM_ROLE_ARN),
        Member::new("lifecycleStages", &DEPLOYMENT_LIFECYCLE_HOOK_STAGE_LIST),
        Member::new("hookDetails", &HOOK_DETAILS),
        Member::new("timeoutConfiguration", &DEPLOYMENT_LIFECYCLE_HOOK_TIMEOUT_CONFIGURATION),
    ],
);

pub static DEPLOYMENT_LIFECYCLE_HOOK_ACTION: Schema =
    Schema::scalar("DeploymentLifecycleHookAction", Kind::String)
        .enumeration(super::DeploymentLifecycleHookAction::VALUES);

pub static DEPLOYMENT_LIFECYCLE_HOOK_DETAIL: Schema = Schema::structure(
    "DeploymentLifecycleHookDetail",
    &[
        Member::new("hookId", &STRING),
        Member::new("targetType", &DEPLOYMENT_LIFECYCLE_HOOK_TARGET_TYPE),
        Member::new("targetArn", &STRING),
        Member::new("status", &DEPLOYMENT_LIFECYCLE_HOOK_STATUS),
        Member::new("expiresAt", &TIMESTAMP),
        Member::new("timeoutAction", &DEPLOYMENT_LIFECYCLE_HOOK_ACTION),
    ],
);

pub static DEPLOYMENT_LIFECYCLE_HOOK_DETAIL_LIST: Schema = Schema::list(
    "DeploymentLifecycleHookDetailList",
    &[Member::new("member", &DEPLOYMENT_LIFECYCLE_HOOK_DETAIL)],
);

pub static DEPLOYMENT_LIFECYCLE_HOOK_DURATION: Schema =
    Schema::scalar("DeploymentLifecycleHookDuration", Kind::Integer).min(1).max(20160);

pub static DEPLOYMENT_LIFECYCLE_HOOK_LIST: Schema =
    Schema::list("DeploymentLifecycleHookList", &[Member::new("member", &DEPLOYMENT_LIFECYCLE_HOOK)]);

pub static DEPLOYMENT_LIFECYCLE_HOOK_STAGE: Schema =
    Schema::scalar("DeploymentLifecycleHookStage", Kind::String)
        .enumeration(super::DeploymentLifecycleHookStage::VALUES);

pub static DEPLOYMENT_LIFECYCLE_HOOK_STAGE_LIST: Schema = Schema::list(
    "DeploymentLifecycleHookStageList",
    &[Member::new("member", &DEPLOYMENT_LIFECYCLE_HOOK_STAGE)],
);

pub static DEPLOYMENT_LIFECYCLE_HOOK_STATUS: Schema =
    Schema::scalar("DeploymentLifecycleHookStatus", Kind::String)
        .enumeration(super::DeploymentLifecycleHookStatus::VALUES);

pub static DEPLOYMENT_LIFECYCLE_HOOK_TARGET_TYPE: Schema =
    Schema::scalar("DeploymentLifecycleHookTargetType", Kind::String)
        .enumeration(super::DeploymentLifecycleHookTargetType::VALUES);

pub static DEPLOYMENT_LIFECYCLE_HOOK_TIMEOUT_CONFIGURATION: Schema = Schema::structure(
    "DeploymentLifecycleHookTimeoutConfiguration",
    &[
        Member::new("timeoutInMinutes", &DEPLOYMENT_LIFECYCLE_HOOK_DURATION),
        Member::new("action", &DEPLOYMENT_LIFECYCLE_HOOK_ACTION),
    ],
);

pub static DEPLOYMENT_ROLLOUT_STATE: Schema =
    Schema::scalar("DeploymentRolloutState", Kind::String).enumeration(super::DeploymentRolloutState::VALUES);

pub static DEPLOYMENT_STRATEGY: Schema =
    Schema::scalar("DeploymentStrategy", Kind::String).enumeration(super::DeploymentStrategy::VALUES);

pub static DEPLOYMENTS: Schema = Schema::list("Deployments", &[Member::new("member", &DEPLOYMENT)]);

pub static DEREGISTER_CONTAINER_INSTANCE_REQUEST: Schema = Schema::structure(
    "DeregisterContainerInstanceRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("containerInstance", &STRING).required(),
        Member::new("force", &BOXED_BOOLEAN),
    ],
);

pub static DEREGISTER_CONTAINER_INSTANCE_RESPONSE: Schema = Schema::structure(
    "DeregisterContainerInstanceResponse",
    &[Member::new("containerInstance", &CONTAINER_INSTANCE)],
);

pub static DEREGISTER_TASK_DEFINITION_REQUEST: Schema = Schema::structure(
    "DeregisterTaskDefinitionRequest",
    &[Member::new("taskDefinition", &STRING).required()],
);

pub static DEREGISTER_TASK_DEFINITION_RESPONSE: Schema =
    Schema::structure("DeregisterTaskDefinitionResponse", &[Member::new("taskDefinition", &TASK_DEFINITION)]);

pub static DESCRIBE_CAPACITY_PROVIDERS_REQUEST: Schema = Schema::structure(
    "DescribeCapacityProvidersRequest",
    &[
        Member::new("capacityProviders", &STRING_LIST),
        Member::new("cluster", &STRING),
        Member::new("include", &CAPACITY_PROVIDER_FIELD_LIST),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("nextToken", &STRING),
    ],
);

pub static DESCRIBE_CAPACITY_PROVIDERS_RESPONSE: Schema = Schema::structure(
    "DescribeCapacityProvidersResponse",
    &[
        Member::new("capacityProviders", &CAPACITY_PROVIDERS),
        Member::new("failures", &FAILURES),
        Member::new("nextToken", &STRING),
    ],
);

pub static DESCRIBE_CLUSTERS_REQUEST: Schema = Schema::structure(
    "DescribeClustersRequest",
    &[Member::new("clusters", &STRING_LIST), Member::new("include", &CLUSTER_FIELD_LIST)],
);

pub static DESCRIBE_CLUSTERS_RESPONSE: Schema = Schema::structure(
    "DescribeClustersResponse",
    &[Member::new("clusters", &CLUSTERS), Member::new("failures", &FAILURES)],
);

pub static DESCRIBE_CONTAINER_INSTANCES_REQUEST: Schema = Schema::structure(
    "DescribeContainerInstancesRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("containerInstances", &STRING_LIST).required(),
        Member::new("include", &CONTAINER_INSTANCE_FIELD_LIST),
    ],
);

pub static DESCRIBE_CONTAINER_INSTANCES_RESPONSE: Schema = Schema::structure(
    "DescribeContainerInstancesResponse",
    &[Member::new("containerInstances", &CONTAINER_INSTANCES), Member::new("failures", &FAILURES)],
);

pub static DESCRIBE_DAEMON_DEPLOYMENTS_REQUEST: Schema = Schema::structure(
    "DescribeDaemonDeploymentsRequest",
    &[Member::new("daemonDeploymentArns", &STRING_LIST).required()],
);

pub static DESCRIBE_DAEMON_DEPLOYMENTS_RESPONSE: Schema = Schema::structure(
    "DescribeDaemonDeploymentsResponse",
    &[Member::new("failures", &FAILURES), Member::new("daemonDeployments", &DAEMON_DEPLOYMENT_LIST)],
);

pub static DESCRIBE_DAEMON_REQUEST: Schema =
    Schema::structure("DescribeDaemonRequest", &[Member::new("daemonArn", &STRING).required()]);

pub static DESCRIBE_DAEMON_RESPONSE: Schema =
    Schema::structure("DescribeDaemonResponse", &[Member::new("daemon", &DAEMON_DETAIL)]);

pub static DESCRIBE_DAEMON_REVISIONS_REQUEST: Schema = Schema::structure(
    "DescribeDaemonRevisionsRequest",
    &[Member::new("daemonRevisionArns", &STRING_LIST).required()],
);

pub static DESCRIBE_DAEMON_REVISIONS_RESPONSE: Schema = Schema::structure(
    "DescribeDaemonRevisionsResponse",
    &[Member::new("daemonRevisions", &DAEMON_REVISIONS), Member::new("failures", &FAILURES)],
);

pub static DESCRIBE_DAEMON_TASK_DEFINITION_REQUEST: Schema = Schema::structure(
    "DescribeDaemonTaskDefinitionRequest",
    &[Member::new("daemonTaskDefinition", &STRING).required()],
);

pub static DESCRIBE_DAEMON_TASK_DEFINITION_RESPONSE: Schema = Schema::structure(
    "DescribeDaemonTaskDefinitionResponse",
    &[Member::new("daemonTaskDefinition", &DAEMON_TASK_DEFINITION)],
);

pub static DESCRIBE_EXPRESS_GATEWAY_SERVICE_REQUEST: Schema = Schema::structure(
    "DescribeExpressGatewayServiceRequest",
    &[
        Member::new("serviceArn", &STRING).required(),
        Member::new("include", &EXPRESS_GATEWAY_SERVICE_INCLUDE_LIST),
    ],
);

pub static DESCRIBE_EXPRESS_GATEWAY_SERVICE_RESPONSE: Schema = Schema::structure(
    "DescribeExpressGatewayServiceResponse",
    &[Member::new("service", &ECS_EXPRESS_GATEWAY_SERVICE)],
);

pub static DESCRIBE_GATEWAY_ALB_CONFIGURATION: Schema = Schema::structure(
    "DescribeGatewayAlbConfiguration",
    &[
        Member::new("networkConfiguration", &GATEWAY_ELB_NETWORK_CONFIGURATION),
        Member::new("scheme", &GATEWAY_ELB_SCHEME),
        Member::new("accessLogs", &GATEWAY_ELB_ACCESS_LOG_CONFIGURATION),
        Member::new("webACLArn", &STRING),
        Member::new("port", &BOXED_INTEGER),
        Member::new("protocol", &GATEWAY_ALB_PROTOCOL),
        Member::new("maxAlbCount", &BOXED_INTEGER),
        Member::new("currentAlbCount", &BOXED_INTEGER),
        Member::new("httpDesync", &GATEWAY_ALB_DESYNC_MITIGATION_MODE),
        Member::new("testTrafficRules", &GATEWAY_ALB_TEST_TRAFFIC_RULES),
    ],
);

pub static DESCRIBE_GATEWAY_CONFIGURATION: Schema = Schema::union(
    "DescribeGatewayConfiguration",
    &[Member::new("hostSharedAlb", &DESCRIBE_GATEWAY_ALB_CONFIGURATION)],
);

pub static DESCRIBE_GATEWAY_REQUEST: Schema =
    Schema::structure("DescribeGatewayRequest", &[Member::new("gateway", &STRING).required()]);

pub static DESCRIBE_GATEWAY_RESOURCES_REQUEST: Schema = Schema::structure(
    "DescribeGatewayResourcesRequest",
    &[
        Member::new("gateway", &STRING).required(),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("nextToken", &STRING),
    ],
);

pub static DESCRIBE_GATEWAY_RESOURCES_RESPONSE: Schema = Schema::structure(
    "DescribeGatewayResourcesResponse",
    &[Member::new("gatewayResources", &GATEWAY_RESOURCES), Member::new("nextToken", &STRING)],
);

pub static DESCRIBE_GATEWAY_RESPONSE: Schema =
    Schema::structure("DescribeGatewayResponse", &[Member::new("gateway", &GATEWAY)]);

pub static DESCRIBE_GATEWAY_ROUTE_REQUEST: Schema =
    Schema::structure("DescribeGatewayRouteRequest", &[Member::new("gatewayRouteArn", &STRING).required()]);

pub static DESCRIBE_GATEWAY_ROUTE_RESPONSE: Schema =
    Schema::structure("DescribeGatewayRouteResponse", &[Member::new("gatewayRoute", &GATEWAY_ROUTE)]);

pub static DESCRIBE_SERVICE_DEPLOYMENTS_REQUEST: Schema = Schema::structure(
    "DescribeServiceDeploymentsRequest",
    &[Member::new("serviceDeploymentArns", &STRING_LIST).required()],
);

pub static DESCRIBE_SERVICE_DEPLOYMENTS_RESPONSE: Schema = Schema::structure(
    "DescribeServiceDeploymentsResponse",
    &[Member::new("serviceDeployments", &SERVICE_DEPLOYMENTS), Member::new("failures", &FAILURES)],
);

pub static DESCRIBE_SERVICE_REVISIONS_REQUEST: Schema = Schema::structure(
    "DescribeServiceRevisionsRequest",
    &[Member::new("serviceRevisionArns", &STRING_LIST).required()],
);

pub static DESCRIBE_SERVICE_REVISIONS_RESPONSE: Schema = Schema::structure(
    "DescribeServiceRevisionsResponse",
    &[Member::new("serviceRevisions", &SERVICE_REVISIONS), Member::new("failures", &FAILURES)],
);

pub static DESCRIBE_SERVICES_REQUEST: Schema = Schema::structure(
    "DescribeServicesRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("services", &STRING_LIST).required(),
        Member::new("include", &SERVICE_FIELD_LIST),
    ],
);

pub static DESCRIBE_SERVICES_RESPONSE: Schema = Schema::structure(
    "DescribeServicesResponse",
    &[Member::new("services", &SERVICES), Member::new("failures", &FAILURES)],
);

pub static DESCRIBE_TASK_DEFINITION_REQUEST: Schema = Schema::structure(
    "DescribeTaskDefinitionRequest",
    &[Member::new("taskDefinition", &STRING).required(), Member::new("include", &TASK_DEFINITION_FIELD_LIST)],
);

pub static DESCRIBE_TASK_DEFINITION_RESPONSE: Schema = Schema::structure(
    "DescribeTaskDefinitionResponse",
    &[Member::new("taskDefinition", &TASK_DEFINITION), Member::new("tags", &TAGS)],
);

pub static DESCRIBE_TASK_SETS_REQUEST: Schema = Schema::structure(
    "DescribeTaskSetsRequest",
    &[
        Member::new("cluster", &STRING).required(),
        Member::new("service", &STRING).required(),
        Member::new("taskSets", &STRING_LIST),
        Member::new("include", &TASK_SET_FIELD_LIST),
    ],
);

pub static DESCRIBE_TASK_SETS_RESPONSE: Schema = Schema::structure(
    "DescribeTaskSetsResponse",
    &[Member::new("taskSets", &TASK_SETS), Member::new("failures", &FAILURES)],
);

pub static DESCRIBE_TASKS_REQUEST: Schema = Schema::structure(
    "DescribeTasksRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("tasks", &STRING_LIST).required(),
        Member::new("include", &TASK_FIELD_LIST),
    ],
);

pub static DESCRIBE_TASKS_RESPONSE: Schema = Schema::structure(
    "DescribeTasksResponse",
    &[Member::new("tasks", &TASKS), Member::new("failures", &FAILURES)],
);

pub static DESIRED_STATUS: Schema =
    Schema::scalar("DesiredStatus", Kind::String).enumeration(super::DesiredStatus::VALUES);

pub static DEVICE: Schema = Schema::structure(
    "Device",
    &[
        Member::new("hostPath", &STRING).required(),
        Member::new("containerPath", &STRING),
        Member::new("permissions", &DEVICE_CGROUP_PERMISSIONS),
    ],
);

pub static DEVICE_CGROUP_PERMISSION: Schema =
    Schema::scalar("DeviceCgroupPermission", Kind::String).enumeration(super::DeviceCgroupPermission::VALUES);

pub static DEVICE_CGROUP_PERMISSIONS: Schema =
    Schema::list("DeviceCgroupPermissions", &[Member::new("member", &DEVICE_CGROUP_PERMISSION)]);

pub static DEVICES_LIST: Schema = Schema::list("DevicesList", &[Member::new("member", &DEVICE)]);

pub static DISASSOCIATE_GATEWAY_FROM_CLUSTER_REQUEST: Schema = Schema::structure(
    "DisassociateGatewayFromClusterRequest",
    &[Member::new("gateway", &STRING).required(), Member::new("cluster", &STRING).required()],
);

pub static DISASSOCIATE_GATEWAY_FROM_CLUSTER_RESPONSE: Schema = Schema::structure(
    "DisassociateGatewayFromClusterResponse",
    &[
        Member::new("gatewayArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("status", &GATEWAY_CLUSTER_ASSOCIATION_STATUS),
    ],
);

pub static DISCOVER_POLL_ENDPOINT_REQUEST: Schema = Schema::structure(
    "DiscoverPollEndpointRequest",
    &[Member::new("containerInstance", &STRING), Member::new("cluster", &STRING)],
);

pub static DISCOVER_POLL_ENDPOINT_RESPONSE: Schema = Schema::structure(
    "DiscoverPollEndpointResponse",
    &[
        Member::new("endpoint", &STRING),
        Member::new("telemetryEndpoint", &STRING),
        Member::new("serviceConnectEndpoint", &STRING),
    ],
);

pub static DOCKER_LABELS_MAP: Schema =
    Schema::map("DockerLabelsMap", &[Member::new("key", &STRING), Member::new("value", &STRING)]);

pub static DOCKER_VOLUME_CONFIGURATION: Schema = Schema::structure(
    "DockerVolumeConfiguration",
    &[
        Member::new("scope", &SCOPE),
        Member::new("autoprovision", &BOXED_BOOLEAN),
        Member::new("driver", &STRING),
        Member::new("driverOpts", &STRING_MAP),
        Member::new("labels", &STRING_MAP),
    ],
);

pub static DOUBLE: Schema = Schema::scalar("Double", Kind::Double);

pub static DURATION: Schema = Schema::scalar("Duration", Kind::Integer).min(0).max(2147483647);

pub static EBSKMS_KEY_ID: Schema = Schema::scalar("EBSKMSKeyId", Kind::String);

pub static EBS_RESOURCE_TYPE: Schema =
    Schema::scalar("EBSResourceType", Kind::String).enumeration(super::EBSResourceType::VALUES);

pub static EBS_SNAPSHOT_ID: Schema = Schema::scalar("EBSSnapshotId", Kind::String);

pub static EBS_TAG_SPECIFICATION: Schema = Schema::structure(
    "EBSTagSpecification",
    &[
        Member::new("resourceType", &EBS_RESOURCE_TYPE).required(),
        Member::new("tags", &TAGS),
        Member::new("propagateTags", &PROPAGATE_TAGS),
    ],
);

pub static EBS_TAG_SPECIFICATIONS: Schema =
    Schema::list("EBSTagSpecifications", &[Member::new("member", &EBS_TAG_SPECIFICATION)]);

pub static EBS_VOLUME_TYPE: Schema = Schema::scalar("EBSVolumeType", Kind::String);

pub static ECS_EXPRESS_GATEWAY_SERVICE: Schema = Schema::structure(
    "ECSExpressGatewayService",
    &[
        Member::new("cluster", &STRING),
        Member::new("serviceName", &STRING),
        Member::new("serviceArn", &STRING),
        Member::new("infrastructureRoleArn", &STRING),
        Member::new("status", &EXPRESS_GATEWAY_SERVICE_STATUS),
        Member::new("currentDeployment", &STRING),
        Member::new("activeConfigurations", &EXPRESS_GATEWAY_SERVICE_CONFIGURATIONS),
        Member::new("tags", &TAGS),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
    ],
);

pub static ECS_MANAGED_RESOURCES: Schema = Schema::structure(
    "ECSManagedResources",
    &[
        Member::new("ingressPaths", &MANAGED_INGRESS_PATHS),
        Member::new("autoScaling", &MANAGED_AUTO_SCALING),
        Member::new("metricAlarms", &MANAGED_METRIC_ALARMS),
        Member::new("serviceSecurityGroups", &MANAGED_SECURITY_GROUPS),
        Member::new("logGroups", &MANAGED_LOG_GROUPS),
        Member::new("gatewayConnections", &GATEWAY_CONNECTION_LIST),
    ],
);

pub static ECS_VOLUME_NAME: Schema = Schema::scalar("ECSVolumeName", Kind::String);

pub static EFS_AUTHORIZATION_CONFIG: Schema = Schema::structure(
    "EFSAuthorizationConfig",
    &[Member::new("accessPointId", &STRING), Member::new("iam", &EFS_AUTHORIZATION_CONFIG_IAM)],
);

pub static EFS_AUTHORIZATION_CONFIG_IAM: Schema = Schema::scalar("EFSAuthorizationConfigIAM", Kind::String)
    .enumeration(super::EFSAuthorizationConfigIAM::VALUES);

pub static EFS_TRANSIT_ENCRYPTION: Schema =
    Schema::scalar("EFSTransitEncryption", Kind::String).enumeration(super::EFSTransitEncryption::VALUES);

pub static EFS_VOLUME_CONFIGURATION: Schema = Schema::structure(
    "EFSVolumeConfiguration",
    &[
        Member::new("fileSystemId", &STRING).required(),
        Member::new("rootDirectory", &STRING),
        Member::new("transitEncryption", &EFS_TRANSIT_ENCRYPTION),
        Member::new("transitEncryptionPort", &BOXED_INTEGER),
        Member::new("authorizationConfig", &EFS_AUTHORIZATION_CONFIG),
    ],
);

pub static ELB_GATEWAY_RESOURCES: Schema = Schema::structure(
    "ElbGatewayResources",
    &[
        Member::new("loadBalancerArn", &STRING),
        Member::new("listenerArn", &STRING),
        Member::new("securityGroup", &STRING),
        Member::new("gatewayRouteArns", &STRING_LIST),
    ],
);

pub static ELB_GATEWAY_RESOURCES_LIST: Schema =
    Schema::list("ElbGatewayResourcesList", &[Member::new("member", &ELB_GATEWAY_RESOURCES)]).min(0).max(20);

pub static ENVIRONMENT_FILE: Schema = Schema::structure(
    "EnvironmentFile",
    &[Member::new("value", &STRING).required(), Member::new("type", &ENVIRONMENT_FILE_TYPE).required()],
);

pub static ENVIRONMENT_FILE_TYPE: Schema =
    Schema::scalar("EnvironmentFileType", Kind::String).enumeration(super::EnvironmentFileType::VALUES);

pub static ENVIRONMENT_FILES: Schema =
    Schema::list("EnvironmentFiles", &[Member::new("member", &ENVIRONMENT_FILE)]);

pub static ENVIRONMENT_VARIABLES: Schema =
    Schema::list("EnvironmentVariables", &[Member::new("member", &KEY_VALUE_PAIR)]).sensitive();

pub static EPHEMERAL_STORAGE: Schema =
    Schema::structure("EphemeralStorage", &[Member::new("sizeInGiB", &INTEGER).required()]);

static PATTERN_OF_EXCLUDED_INSTANCE_TYPE: Pattern = Pattern::new("[a-zA-Z0-9\\.\\*\\-]+");
pub static EXCLUDED_INSTANCE_TYPE: Schema = Schema::scalar("ExcludedInstanceType", Kind::String)
    .min(1)
    .max(30)
    .pattern(&PATTERN_OF_EXCLUDED_INSTANCE_TYPE);

pub static EXCLUDED_INSTANCE_TYPE_SET: Schema =
    Schema::list("ExcludedInstanceTypeSet", &[Member::new("member", &EXCLUDED_INSTANCE_TYPE)])
        .min(0)
        .max(400);

pub static EXECUTE_COMMAND_CONFIGURATION: Schema = Schema::structure(
    "ExecuteCommandConfiguration",
    &[
        Member::new("kmsKeyId", &STRING),
        Member::new("logging", &EXECUTE_COMMAND_LOGGING),
        Member::new("logConfiguration", &EXECUTE_COMMAND_LOG_CONFIGURATION),
    ],
);

pub static EXECUTE_COMMAND_LOG_CONFIGURATION: Schema = Schema::structure(
    "ExecuteCommandLogConfiguration",
    &[
        Member::new("cloudWatchLogGroupName", &STRING),
        Member::new("cloudWatchEncryptionEnabled", &BOOLEAN),
        Member::new("s3BucketName", &STRING),
        Member::new("s3EncryptionEnabled", &BOOLEAN),
        Member::new("s3KeyPrefix", &STRING),
    ],
);

pub static EXECUTE_COMMAND_LOGGING: Schema =
    Schema::scalar("ExecuteCommandLogging", Kind::String).enumeration(super::ExecuteCommandLogging::VALUES);

pub static EXECUTE_COMMAND_REQUEST: Schema = Schema::structure(
    "ExecuteCommandRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("container", &STRING),
        Member::new("command", &STRING).required(),
        Member::new("interactive", &BOOLEAN).required(),
        Member::new("task", &STRING).required(),
    ],
);

pub static EXECUTE_COMMAND_RESPONSE: Schema = Schema::structure(
    "ExecuteCommandResponse",
    &[
        Member::new("clusterArn", &STRING),
        Member::new("containerArn", &STRING),
        Member::new("containerName", &STRING),
        Member::new("interactive", &BOOLEAN),
        Member::new("session", &SESSION),
        Member::new("taskArn", &STRING),
    ],
);

pub static EXPRESS_CPU_ARCHITECTURE: Schema =
    Schema::scalar("ExpressCpuArchitecture", Kind::String).enumeration(super::ExpressCpuArchitecture::VALUES);

pub static EXPRESS_GATEWAY_CONTAINER: Schema = Schema::structure(
    "ExpressGatewayContainer",
    &[
        Member::new("image", &STRING).required(),
        Member::new("containerPort", &BOXED_INTEGER),
        Member::new("awsLogsConfiguration", &EXPRESS_GATEWAY_SERVICE_AWS_LOGS_CONFIGURATION),
        Member::new("repositoryCredentials", &EXPRESS_GATEWAY_REPOSITORY_CREDENTIALS),
        Member::new("command", &STRING_LIST),
        Member::new("environment", &ENVIRONMENT_VARIABLES),
        Member::new("secrets", &SECRET_LIST),
    ],
);

pub static EXPRESS_GATEWAY_REPOSITORY_CREDENTIALS: Schema =
    Schema::structure("ExpressGatewayRepositoryCredentials", &[Member::new("credentialsParameter", &STRING)]);

pub static EXPRESS_GATEWAY_SCALING_TARGET: Schema = Schema::structure(
    "ExpressGatewayScalingTarget",
    &[
        Member::new("minTaskCount", &BOXED_INTEGER),
        Member::new("maxTaskCount", &BOXED_INTEGER),
        Member::new("autoScalingMetric", &EXPRESS_GATEWAY_SERVICE_SCALING_METRIC),
        Member::new("autoScalingTargetValue", &BOXED_INTEGER),
    ],
);

pub static EXPRESS_GATEWAY_SERVICE_AWS_LOGS_CONFIGURATION: Schema = Schema::structure(
    "ExpressGatewayServiceAwsLogsConfiguration",
    &[Member::new("logGroup", &STRING).required(), Member::new("logStreamPrefix", &STRING).required()],
);

pub static EXPRESS_GATEWAY_SERVICE_CONFIGURATION: Schema = Schema::structure(
    "ExpressGatewayServiceConfiguration",
    &[
        Member::new("serviceRevisionArn", &STRING),
        Member::new("executionRoleArn", &STRING),
        Member::new("taskRoleArn", &STRING),
        Member::new("taskDefinitionArn", &STRING),
        Member::new("cpu", &STRING),
        Member::new("memory", &STRING),
        Member::new("cpuArchitecture", &EXPRESS_CPU_ARCHITECTURE),
        Member::new("networkConfiguration", &EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION),
        Member::new("healthCheckPath", &STRING),
        Member::new("primaryContainer", &EXPRESS_GATEWAY_CONTAINER),
        Member::new("scalingTarget", &EXPRESS_GATEWAY_SCALING_TARGET),
        Member::new("ingressPaths", &INGRESS_PATH_SUMMARIES),
        Member::new("createdAt", &TIMESTAMP),
    ],
);

pub static EXPRESS_GATEWAY_SERVICE_CONFIGURATIONS: Schema = Schema::list(
    "ExpressGatewayServiceConfigurations",
    &[Member::new("member", &EXPRESS_GATEWAY_SERVICE_CONFIGURATION)],
);

pub static EXPRESS_GATEWAY_SERVICE_INCLUDE: Schema =
    Schema::scalar("ExpressGatewayServiceInclude", Kind::String)
        .enumeration(super::ExpressGatewayServiceInclude::VALUES);

pub static EXPRESS_GATEWAY_SERVICE_INCLUDE_LIST: Schema = Schema::list(
    "ExpressGatewayServiceIncludeList",
    &[Member::new("member", &EXPRESS_GATEWAY_SERVICE_INCLUDE)],
);

pub static EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION: Schema = Schema::structure(
    "ExpressGatewayServiceNetworkConfiguration",
    &[Member::new("securityGroups", &STRING_LIST), Member::new("subnets", &STRING_LIST)],
);

pub static EXPRESS_GATEWAY_SERVICE_SCALING_METRIC: Schema =
    Schema::scalar("ExpressGatewayServiceScalingMetric", Kind::String)
        .enumeration(super::ExpressGatewayServiceScalingMetric::VALUES);

pub static EXPRESS_GATEWAY_SERVICE_STATUS: Schema = Schema::structure(
    "ExpressGatewayServiceStatus",
    &[Member::new("statusCode", &EXPRESS_GATEWAY_SERVICE_STATUS_CODE), Member::new("statusReason", &STRING)],
);

pub static EXPRESS_GATEWAY_SERVICE_STATUS_CODE: Schema =
    Schema::scalar("ExpressGatewayServiceStatusCode", Kind::String)
        .enumeration(super::ExpressGatewayServiceStatusCode::VALUES);

pub static F_SX_WINDOWS_FILE_SERVER_AUTHORIZATION_CONFIG: Schema = Schema::structure(
    "FSxWindowsFileServerAuthorizationConfig",
    &[Member::new("credentialsParameter", &STRING).required(), Member::new("domain", &STRING).required()],
);

pub static F_SX_WINDOWS_FILE_SERVER_VOLUME_CONFIGURATION: Schema = Schema::structure(
    "FSxWindowsFileServerVolumeConfiguration",
    &[
        Member::new("fileSystemId", &STRING).required(),
        Member::new("rootDirectory", &STRING).required(),
        Member::new("authorizationConfig", &F_SX_WINDOWS_FILE_SERVER_AUTHORIZATION_CONFIG).required(),
    ],
);

pub static FAILURE: Schema = Schema::structure(
    "Failure",
    &[Member::new("arn", &STRING), Member::new("reason", &STRING), Member::new("detail", &STRING)],
);

pub static FAILURES: Schema = Schema::list("Failures", &[Member::new("member", &FAILURE)]);

pub static FIRELENS_CONFIGURATION: Schema = Schema::structure(
    "FirelensConfiguration",
    &[
        Member::new("type", &FIRELENS_CONFIGURATION_TYPE).required(),
        Member::new("options", &FIRELENS_CONFIGURATION_OPTIONS_MAP),
    ],
);

pub static FIRELENS_CONFIGURATION_OPTIONS_MAP: Schema = Schema::map(
    "FirelensConfigurationOptionsMap",
    &[Member::new("key", &STRING), Member::new("value", &STRING)],
);

pub static FIRELENS_CONFIGURATION_TYPE: Schema = Schema::scalar("FirelensConfigurationType", Kind::String)
    .enumeration(super::FirelensConfigurationType::VALUES);

pub static GATEWAY: Schema = Schema::structure(
    "Gateway",
    &[
        Member::new("gatewayArn", &STRING),
        Member::new("name", &STRING),
        Member::new("status", &GATEWAY_STATUS),
        Member::new("statusReason", &STRING),
        Member::new("failures", &GATEWAY_RESOURCE_FAILURE_LIST),
        Member::new("infrastructureRoleArn", &STRING),
        Member::new("deletionProtection", &BOXED_BOOLEAN),
        Member::new("configuration", &DESCRIBE_GATEWAY_CONFIGURATION),
        Member::new("accessType", &ACCESS_TYPE),
        Member::new("propagateTags", &PROPAGATE_GATEWAY_TAGS),
        Member::new("tags", &TAGS),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
    ],
);

pub static GATEWAY_ALB_DESYNC_MITIGATION_MODE: Schema =
    Schema::scalar("GatewayAlbDesyncMitigationMode", Kind::String)
        .enumeration(super::GatewayAlbDesyncMitigationMode::VALUES);

pub static GATEWAY_ALB_PROTOCOL: Schema =
    Schema::scalar("GatewayAlbProtocol", Kind::String).enumeration(super::GatewayAlbProtocol::VALUES);

pub static GATEWAY_ALB_TEST_TRAFFIC_RULES: Schema =
    Schema::structure("GatewayAlbTestTrafficRules", &[Member::new("header", &GATEWAY_TEST_TRAFFIC_HEADER)]);

pub static GATEWAY_CLUSTER_ASSOCIATION_STATUS: Schema =
    Schema::scalar("GatewayClusterAssociationStatus", Kind::String)
        .enumeration(super::GatewayClusterAssociationStatus::VALUES);

pub static GATEWAY_CLUSTER_ASSOCIATION_STATUS_LIST: Schema = Schema::list(
    "GatewayClusterAssociationStatusList",
    &[Member::new("member", &GATEWAY_CLUSTER_ASSOCIATION_STATUS)],
)
.min(0)
.max(3);

pub static GATEWAY_CLUSTER_ASSOCIATION_SUMMARY: Schema = Schema::structure(
    "GatewayClusterAssociationSummary",
    &[
        Member::new("gatewayArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("status", &GATEWAY_CLUSTER_ASSOCIATION_STATUS),
    ],
);

pub static GATEWAY_CLUSTER_ASSOCIATION_SUMMARY_LIST: Schema = Schema::list(
    "GatewayClusterAssociationSummaryList",
    &[Member::new("member", &GATEWAY_CLUSTER_ASSOCIATION_SUMMARY)],
);

pub static GATEWAY_CONFIGURATION: Schema =
    Schema::union("GatewayConfiguration", &[Member::new("hostSharedAlb", &HOST_SHARED_ALB_CONFIGURATION)]);

pub static GATEWAY_CONNECTION: Schema = Schema::structure(
    "GatewayConnection",
    &[
        Member::new("gatewayArn", &STRING),
        Member::new("gatewayRouteArn", &STRING),
        Member::new("portName", &STRING),
        Member::new("serviceUrl", &STRING),
        Member::new("accessType", &ACCESS_TYPE),
        Member::new("status", &GATEWAY_ROUTE_STATUS),
        Member::new("resources", &GATEWAY_CONNECTION_RESOURCES),
    ],
);

pub static GATEWAY_CONNECTION_ALB_RESOURCES: Schema = Schema::structure(
    "GatewayConnectionAlbResources",
    &[
        Member::new("acmCertificateArn", &STRING),
        Member::new("loadBalancerArn", &STRING),
        Member::new("loadBalancerSecurityGroupArns", &STRING_LIST),
        Member::new("listenerArn", &STRING),
        Member::new("listenerRuleArn", &STRING),
        Member::new("testListenerRuleArn", &STRING),
        Member::new("targetGroupArn", &STRING),
        Member::new("alternateTargetGroupArn", &STRING),
    ],
);

pub static GATEWAY_CONNECTION_ALB_RESOURCES_LIST: Schema = Schema::list(
    "GatewayConnectionAlbResourcesList",
    &[Member::new("member", &GATEWAY_CONNECTION_ALB_RESOURCES)],
)
.min(0)
.max(1);

pub static GATEWAY_CONNECTION_LIST: Schema =
    Schema::list("GatewayConnectionList", &[Member::new("member", &GATEWAY_CONNECTION)]).min(0).max(5);

pub static GATEWAY_CONNECTION_RESOURCES: Schema = Schema::union(
    "GatewayConnectionResources",
    &[Member::new("hostSharedAlb", &GATEWAY_CONNECTION_ALB_RESOURCES_LIST)],
);

pub static GATEWAY_CONNECTOR: Schema = Schema::structure(
    "GatewayConnector",
    &[
        Member::new("portName", &STRING).required(),
        Member::new("healthCheck", &GATEWAY_CONNECTOR_HEALTH_CHECK),
        Member::new("filters", &GATEWAY_CONNECTOR_FILTERS),
        Member::new("deregistrationDelay", &GATEWAY_CONNECTOR_DEREGISTRATION_DELAY),
    ],
);

pub static GATEWAY_CONNECTOR_DEREGISTRATION_DELAY: Schema = Schema::structure(
    "GatewayConnectorDeregistrationDelay",
    &[Member::new("timeoutSeconds", &GATEWAY_CONNECTOR_DEREGISTRATION_DELAY_TIMEOUT_SECONDS_INTEGER)],
);

pub static GATEWAY_CONNECTOR_DEREGISTRATION_DELAY_TIMEOUT_SECONDS_INTEGER: Schema =
    Schema::scalar("GatewayConnectorDeregistrationDelayTimeoutSecondsInteger", Kind::Integer)
        .min(0)
        .max(3600);

pub static GATEWAY_CONNECTOR_FILTERS: Schema =
    Schema::structure("GatewayConnectorFilters", &[Member::new("accessTypes", &ACCESS_TYPE_LIST)]);

pub static GATEWAY_CONNECTOR_HEALTH_CHECK: Schema = Schema::structure(
    "GatewayConnectorHealthCheck",
    &[
        Member::new("healthCheckProtocol", &GATEWAY_CONNECTOR_HEALTH_CHECK_PROTOCOL),
        Member::new("healthCheckPort", &BOXED_INTEGER),
        Member::new("healthCheckPath", &STRING),
        Member::new("healthCheckTimeoutSeconds", &BOXED_INTEGER),
        Member::new("healthCheckIntervalSeconds", &BOXED_INTEGER),
        Member::new("healthyThresholdCount", &BOXED_INTEGER),
        Member::new("unhealthyThresholdCount", &BOXED_INTEGER),
        Member::new("matcher", &GATEWAY_CONNECTOR_HEALTH_CHECK_MATCHER),
    ],
);

pub static GATEWAY_CONNECTOR_HEALTH_CHECK_MATCHER: Schema = Schema::structure(
    "GatewayConnectorHealthCheckMatcher",
    &[Member::new("httpCode", &STRING), Member::new("grpcCode", &STRING)],
);

pub static GATEWAY_CONNECTOR_HEALTH_CHECK_PROTOCOL: Schema =
    Schema::scalar("GatewayConnectorHealthCheckProtocol", Kind::String)
        .enumeration(super::GatewayConnectorHealthCheckProtocol::VALUES);

pub static GATEWAY_CONNECTOR_LIST: Schema =
    Schema::list("GatewayConnectorList", &[Member::new("member", &GATEWAY_CONNECTOR)]).min(0).max(1);

pub static GATEWAY_ELB_ACCESS_LOG_CONFIGURATION: Schema = Schema::structure(
    "GatewayElbAccessLogConfiguration",
    &[Member::new("destination", &GATEWAY_ELB_ACCESS_LOG_DESTINATION)],
);

pub static GATEWAY_ELB_ACCESS_LOG_DESTINATION: Schema = Schema::union(
    "GatewayElbAccessLogDestination",
    &[Member::new("s3", &GATEWAY_ELB_ACCESS_LOG_S3_DESTINATION)],
);

pub static GATEWAY_ELB_ACCESS_LOG_S3_DESTINATION: Schema = Schema::structure(
    "GatewayElbAccessLogS3Destination",
    &[Member::new("bucket", &STRING).required(), Member::new("prefix", &STRING)],
);

pub static GATEWAY_ELB_IP_ADDRESS_TYPE: Schema = Schema::scalar("GatewayElbIpAddressType", Kind::String)
    .enumeration(super::GatewayElbIpAddressType::VALUES);

pub static GATEWAY_ELB_NETWORK_CONFIGURATION: Schema = Schema::structure(
    "GatewayElbNetworkConfiguration",
    &[
        Member::new("inboundSecurityGroup", &STRING),
        Member::new("subnets", &STRING_LIST),
        Member::new("ipAddressType", &GATEWAY_ELB_IP_ADDRESS_TYPE),
    ],
);

pub static GATEWAY_ELB_SCHEME: Schema =
    Schema::scalar("GatewayElbScheme", Kind::String).enumeration(super::GatewayElbScheme::VALUES);

pub static GATEWAY_INFRASTRUCTURE_RESOURCES: Schema = Schema::union(
    "GatewayInfrastructureResources",
    &[Member::new("hostSharedAlb", &ELB_GATEWAY_RESOURCES_LIST)],
);

pub static GATEWAY_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("GatewayNotFoundException", &[Member::new("message", &STRING)]);

pub static GATEWAY_OPERATION_ERROR: Schema = Schema::structure(
    "GatewayOperationError",
    &[Member::new("operation", &STRING), Member::new("code", &STRING), Member::new("message", &STRING)],
);

pub static GATEWAY_OPERATION_ERROR_LIST: Schema =
    Schema::list("GatewayOperationErrorList", &[Member::new("member", &GATEWAY_OPERATION_ERROR)])
        .min(0)
        .max(5);

pub static GATEWAY_RESOURCE_FAILURE: Schema = Schema::structure(
    "GatewayResourceFailure",
    &[Member::new("arn", &STRING), Member::new("errors", &GATEWAY_OPERATION_ERROR_LIST)],
);

pub static GATEWAY_RESOURCE_FAILURE_LIST: Schema =
    Schema::list("GatewayResourceFailureList", &[Member::new("member", &GATEWAY_RESOURCE_FAILURE)])
        .min(0)
        .max(200);

pub static GATEWAY_RESOURCES: Schema = Schema::structure(
    "GatewayResources",
    &[Member::new("gatewayArn", &STRING), Member::new("resources", &GATEWAY_INFRASTRUCTURE_RESOURCES)],
);

pub static GATEWAY_ROUTE: Schema = Schema::structure(
    "GatewayRoute",
    &[
        Member::new("gatewayRouteArn", &STRING),
        Member::new("serviceArn", &STRING),
        Member::new("serviceContainerPortName", &STRING),
        Member::new("status", &GATEWAY_ROUTE_STATUS),
        Member::new("serviceUrl", &STRING),
        Member::new("resources", &GATEWAY_ROUTE_RESOURCES),
    ],
);

pub static GATEWAY_ROUTE_ALB_RESOURCES: Schema = Schema::structure(
    "GatewayRouteAlbResources",
    &[
        Member::new("acmCertificateArn", &STRING),
        Member::new("loadBalancerArn", &STRING),
        Member::new("listenerArn", &STRING),
        Member::new("listenerRuleArn", &STRING),
        Member::new("testListenerRuleArns", &STRING_LIST),
        Member::new("loadBalancerSecurityGroups", &GATEWAY_ROUTE_LOAD_BALANCER_SECURITY_GROUP_LIST),
        Member::new("serviceSecurityGroupArn", &STRING),
    ],
);

pub static GATEWAY_ROUTE_ALB_RESOURCES_LIST: Schema =
    Schema::list("GatewayRouteAlbResourcesList", &[Member::new("member", &GATEWAY_ROUTE_ALB_RESOURCES)]);

pub static GATEWAY_ROUTE_LOAD_BALANCER_SECURITY_GROUP: Schema = Schema::structure(
    "GatewayRouteLoadBalancerSecurityGroup",
    &[Member::new("arn", &STRING), Member::new("ruleArns", &STRING_LIST)],
);

pub static GATEWAY_ROUTE_LOAD_BALANCER_SECURITY_GROUP_LIST: Schema = Schema::list(
    "GatewayRouteLoadBalancerSecurityGroupList",
    &[Member::new("member", &GATEWAY_ROUTE_LOAD_BALANCER_SECURITY_GROUP)],
);

pub static GATEWAY_ROUTE_RESOURCES: Schema = Schema::union(
    "GatewayRouteResources",
    &[Member::new("hostSharedAlb", &GATEWAY_ROUTE_ALB_RESOURCES_LIST)],
);

pub static GATEWAY_ROUTE_STATUS: Schema =
    Schema::scalar("GatewayRouteStatus", Kind::String).enumeration(super::GatewayRouteStatus::VALUES);

pub static GATEWAY_ROUTE_STATUS_LIST: Schema =
    Schema::list("GatewayRouteStatusList", &[Member::new("member", &GATEWAY_ROUTE_STATUS)]).min(0).max(7);

pub static GATEWAY_ROUTE_SUMMARY: Schema = Schema::structure(
    "GatewayRouteSummary",
    &[
        Member::new("gatewayRouteArn", &STRING),
        Member::new("gatewayArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("serviceArn", &STRING),
        Member::new("serviceContainerPortName", &STRING),
        Member::new("status", &GATEWAY_ROUTE_STATUS),
    ],
);

pub static GATEWAY_ROUTE_SUMMARY_LIST: Schema =
    Schema::list("GatewayRouteSummaryList", &[Member::new("member", &GATEWAY_ROUTE_SUMMARY)]);

pub static GATEWAY_STATUS: Schema =
    Schema::scalar("GatewayStatus", Kind::String).enumeration(super::GatewayStatus::VALUES);

pub static GATEWAY_STATUS_LIST: Schema =
    Schema::list("GatewayStatusList", &[Member::new("member", &GATEWAY_STATUS)]).min(0).max(5);

pub static GATEWAY_SUMMARY: Schema = Schema::structure(
    "GatewaySummary",
    &[
        Member::new("gatewayArn", &STRING),
        Member::new("name", &STRING),
        Member::new("status", &GATEWAY_STATUS),
        Member::new("createdAt", &TIMESTAMP),
    ],
);

pub static GATEWAY_SUMMARY_LIST: Schema =
    Schema::list("GatewaySummaryList", &[Member::new("member", &GATEWAY_SUMMARY)]);

pub static GATEWAY_TEST_TRAFFIC_HEADER: Schema = Schema::structure(
    "GatewayTestTrafficHeader",
    &[Member::new("name", &STRING).required(), Member::new("values", &STRING_LIST).required()],
);

pub static GET_TASK_PROTECTION_REQUEST: Schema = Schema::structure(
    "GetTaskProtectionRequest",
    &[Member::new("cluster", &STRING).required(), Member::new("tasks", &STRING_LIST)],
);

pub static GET_TASK_PROTECTION_RESPONSE: Schema = Schema::structure(
    "GetTaskProtectionResponse",
    &[Member::new("protectedTasks", &PROTECTED_TASKS), Member::new("failures", &FAILURES)],
);

pub static GPU_DEVICE: Schema = Schema::structure(
    "GpuDevice",
    &[
        Member::new("gpuId", &STRING),
        Member::new("sharingMode", &GPU_SHARING_MODE),
        Member::new("totalMemoryInMiB", &BOXED_INTEGER),
        Member::new("remainingMemoryInMiB", &BOXED_INTEGER),
        Member::new("containerCount", &BOXED_INTEGER),
    ],
);

pub static GPU_DEVICES: Schema = Schema::list("GpuDevices", &[Member::new("member", &GPU_DEVICE)]);

pub static GPU_IDS: Schema = Schema::list("GpuIds", &[Member::new("member", &STRING)]);

pub static GPU_SHARING_MODE: Schema =
    Schema::scalar("GpuSharingMode", Kind::String).enumeration(super::GpuSharingMode::VALUES);

pub static HEALTH_CHECK: Schema = Schema::structure(
    "HealthCheck",
    &[
        Member::new("command", &STRING_LIST).required(),
        Member::new("interval", &BOXED_INTEGER),
        Member::new("timeout", &BOXED_INTEGER),
        Member::new("retries", &BOXED_INTEGER),
        Member::new("startPeriod", &BOXED_INTEGER),
    ],
);

pub static HEALTH_STATUS: Schema =
    Schema::scalar("HealthStatus", Kind::String).enumeration(super::HealthStatus::VALUES);

pub static HEALTHY_PERCENT_INTEGER: Schema =
    Schema::scalar("HealthyPercentInteger", Kind::Integer).min(0).max(100);

pub static HOOK_DETAILS: Schema = Schema::scalar("HookDetails", Kind::Document);

pub static HOST_ENTRY: Schema = Schema::structure(
    "HostEntry",
    &[Member::new("hostname", &STRING).required(), Member::new("ipAddress", &STRING).required()],
);

pub static HOST_ENTRY_LIST: Schema = Schema::list("HostEntryList", &[Member::new("member", &HOST_ENTRY)]);

pub static HOST_SHARED_ALB_CONFIGURATION: Schema = Schema::structure(
    "HostSharedAlbConfiguration",
    &[
        Member::new("networkConfiguration", &GATEWAY_ELB_NETWORK_CONFIGURATION),
        Member::new("scheme", &GATEWAY_ELB_SCHEME),
        Member::new("webACLArn", &STRING),
        Member::new("accessLogs", &GATEWAY_ELB_ACCESS_LOG_CONFIGURATION),
        Member::new("port", &BOXED_INTEGER),
        Member::new("protocol", &GATEWAY_ALB_PROTOCOL),
        Member::new("maxAlbCount", &BOXED_INTEGER),
        Member::new("httpDesync", &GATEWAY_ALB_DESYNC_MITIGATION_MODE),
        Member::new("testTrafficRules", &GATEWAY_ALB_TEST_TRAFFIC_RULES),
    ],
);

pub static HOST_VOLUME_PROPERTIES: Schema =
    Schema::structure("HostVolumeProperties", &[Member::new("sourcePath", &STRING)]);

pub static IAM_ROLE_ARN: Schema = Schema::scalar("IAMRoleArn", Kind::String);

pub static INFERENCE_ACCELERATOR: Schema = Schema::structure(
    "InferenceAccelerator",
    &[Member::new("deviceName", &STRING).required(), Member::new("deviceType", &STRING).required()],
);

pub static INFERENCE_ACCELERATOR_OVERRIDE: Schema = Schema::structure(
    "InferenceAcceleratorOverride",
    &[Member::new("deviceName", &STRING), Member::new("deviceType", &STRING)],
);

pub static INFERENCE_ACCELERATOR_OVERRIDES: Schema =
    Schema::list("InferenceAcceleratorOverrides", &[Member::new("member", &INFERENCE_ACCELERATOR_OVERRIDE)]);

pub static INFERENCE_ACCELERATORS: Schema =
    Schema::list("InferenceAccelerators", &[Member::new("member", &INFERENCE_ACCELERATOR)]);

pub static INFRASTRUCTURE_OPTIMIZATION: Schema =
    Schema::structure("InfrastructureOptimization", &[Member::new("scaleInAfter", &BOXED_INTEGER)]);

pub static INGRESS_PATH_SUMMARIES: Schema =
    Schema::list("IngressPathSummaries", &[Member::new("member", &INGRESS_PATH_SUMMARY)]);

pub static INGRESS_PATH_SUMMARY: Schema = Schema::structure(
    "IngressPathSummary",
    &[Member::new("accessType", &ACCESS_TYPE).required(), Member::new("endpoint", &STRING).required()],
);

pub static INSTANCE_GENERATION: Schema =
    Schema::scalar("InstanceGeneration", Kind::String).enumeration(super::InstanceGeneration::VALUES);

pub static INSTANCE_GENERATION_SET: Schema =
    Schema::list("InstanceGenerationSet", &[Member::new("member", &INSTANCE_GENERATION)]);

pub static INSTANCE_HEALTH_CHECK_RESULT: Schema = Schema::structure(
    "InstanceHealthCheckResult",
    &[
        Member::new("type", &INSTANCE_HEALTH_CHECK_TYPE),
        Member::new("status", &INSTANCE_HEALTH_CHECK_STATE),
        Member::new("statusReason", &STRING),
        Member::new("lastUpdated", &TIMESTAMP),
        Member::new("lastStatusChange", &TIMESTAMP),
    ],
);

pub static INSTANCE_HEALTH_CHECK_RESULT_LIST: Schema =
    Schema::list("InstanceHealthCheckResultList", &[Member::new("member", &INSTANCE_HEALTH_CHECK_RESULT)]);

pub static INSTANCE_HEALTH_CHECK_STATE: Schema = Schema::scalar("InstanceHealthCheckState", Kind::String)
    .enumeration(super::InstanceHealthCheckState::VALUES);

pub static INSTANCE_HEALTH_CHECK_TYPE: Schema = Schema::scalar("InstanceHealthCheckType", Kind::String)
    .enumeration(super::InstanceHealthCheckType::VALUES);

pub static INSTANCE_LAUNCH_TEMPLATE: Schema = Schema::structure(
    "InstanceLaunchTemplate",
    &[
        Member::new("ec2InstanceProfileArn", &STRING).required(),
        Member::new("networkConfiguration", &MANAGED_INSTANCES_NETWORK_CONFIGURATION).required(),
        Member::new("storageConfiguration", &MANAGED_INSTANCES_STORAGE_CONFIGURATION),
        Member::new("localStorageConfiguration", &MANAGED_INSTANCES_LOCAL_STORAGE_CONFIGURATION),
        Member::new("monitoring", &MANAGED_INSTANCES_MONITORING_OPTIONS),
        Member::new("capacityOptionType", &CAPACITY_OPTION_TYPE),
        Member::new("instanceMetadataTagsPropagation", &BOXED_BOOLEAN),
        Member::new("instanceRequirements", &INSTANCE_REQUIREMENTS_REQUEST),
        Member::new("fipsEnabled", &BOXED_BOOLEAN),
        Member::new("capacityReservations", &CAPACITY_RESERVATION_REQUEST),
        Member::new("nitroEnclavesEnabled", &BOXED_BOOLEAN),
    ],
);

pub static INSTANCE_LAUNCH_TEMPLATE_UPDATE: Schema = Schema::structure(
    "InstanceLaunchTemplateUpdate",
    &[
        Member::new("ec2InstanceProfileArn", &STRING),
        Member::new("networkConfiguration", &MANAGED_INSTANCES_NETWORK_CONFIGURATION),
        Member::new("storageConfiguration", &MANAGED_INSTANCES_STORAGE_CONFIGURATION),
        Member::new("instanceMetadataTagsPropagation", &BOXED_BOOLEAN),
        Member::new("localStorageConfiguration", &MANAGED_INSTANCES_LOCAL_STORAGE_CONFIGURATION),
        Member::new("monitoring", &MANAGED_INSTANCES_MONITORING_OPTIONS),
        Member::new("instanceRequirements", &INSTANCE_REQUIREMENTS_REQUEST),
        Member::new("capacityReservations", &CAPACITY_RESERVATION_REQUEST),
    ],
);

pub static INSTANCE_REQUIREMENTS_REQUEST: Schema = Schema::structure(
    "InstanceRequirementsRequest",
    &[
        Member::new("vCpuCount", &V_CPU_COUNT_RANGE_REQUEST).required(),
        Member::new("memoryMiB", &MEMORY_MI_B_REQUEST).required(),
        Member::new("cpuManufacturers", &CPU_MANUFACTURER_SET),
        Member::new("memoryGiBPerVCpu", &MEMORY_GI_B_PER_V_CPU_REQUEST),
        Member::new("excludedInstanceTypes", &EXCLUDED_INSTANCE_TYPE_SET),
        Member::new("instanceGenerations", &INSTANCE_GENERATION_SET),
        Member::new("spotMaxPricePercentageOverLowestPrice", &BOXED_INTEGER),
        Member::new("onDemandMaxPricePercentageOverLowestPrice", &BOXED_INTEGER),
        Member::new("bareMetal", &BARE_METAL),
        Member::new("burstablePerformance", &BURSTABLE_PERFORMANCE),
        Member::new("requireHibernateSupport", &BOXED_BOOLEAN),
        Member::new("networkInterfaceCount", &NETWORK_INTERFACE_COUNT_REQUEST),
        Member::new("localStorage", &LOCAL_STORAGE),
        Member::new("localStorageTypes", &LOCAL_STORAGE_TYPE_SET),
        Member::new("totalLocalStorageGB", &TOTAL_LOCAL_STORAGE_GB_REQUEST),
        Member::new("baselineEbsBandwidthMbps", &BASELINE_EBS_BANDWIDTH_MBPS_REQUEST),
        Member::new("acceleratorTypes", &ACCELERATOR_TYPE_SET),
        Member::new("acceleratorCount", &ACCELERATOR_COUNT_REQUEST),
        Member::new("acceleratorManufacturers", &ACCELERATOR_MANUFACTURER_SET),
        Member::new("acceleratorNames", &ACCELERATOR_NAME_SET),
        Member::new("acceleratorTotalMemoryMiB", &ACCELERATOR_TOTAL_MEMORY_MI_B_REQUEST),
        Member::new("networkBandwidthGbps", &NETWORK_BANDWIDTH_GBPS_REQUEST),
        Member::new("allowedInstanceTypes", &ALLOWED_INSTANCE_TYPE_SET),
        Member::new("maxSpotPriceAsPercentageOfOptimalOnDemandPrice", &BOXED_INTEGER),
    ],
);

pub static INTEGER: Schema = Schema::scalar("Integer", Kind::Integer);

pub static INTEGER_LIST: Schema = Schema::list("IntegerList", &[Member::new("member", &BOXED_INTEGER)]);

pub static INVALID_PARAMETER_EXCEPTION: Schema =
    Schema::structure("InvalidParameterException", &[Member::new("message", &STRING)]);

pub static IPC_MODE: Schema = Schema::scalar("IpcMode", Kind::String).enumeration(super::IpcMode::VALUES);

pub static ISOLATION_MODE: Schema =
    Schema::scalar("IsolationMode", Kind::String).enumeration(super::IsolationMode::VALUES);

pub static KERNEL_CAPABILITIES: Schema = Schema::structure(
    "KernelCapabilities",
    &[Member::new("add", &STRING_LIST), Member::new("drop", &STRING_LIST)],
);

pub static KEY_VALUE_PAIR: Schema =
    Schema::structure("KeyValuePair", &[Member::new("name", &STRING), Member::new("value", &STRING)]);

pub static LAUNCH_TYPE: Schema =
    Schema::scalar("LaunchType", Kind::String).enumeration(super::LaunchType::VALUES);

pub static LIMIT_EXCEEDED_EXCEPTION: Schema =
    Schema::structure("LimitExceededException", &[Member::new("message", &STRING)]);

pub static LINEAR_CONFIGURATION: Schema = Schema::structure(
    "LinearConfiguration",
    &[Member::new("stepPercent", &DOUBLE), Member::new("stepBakeTimeInMinutes", &INTEGER)],
);

pub static LINUX_PARAMETERS: Schema = Schema::structure(
    "LinuxParameters",
    &[
        Member::new("capabilities", &KERNEL_CAPABILITIES),
        Member::new("devices", &DEVICES_LIST),
        Member::new("initProcessEnabled", &BOXED_BOOLEAN),
        Member::new("sharedMemorySize", &BOXED_INTEGER),
        Member::new("tmpfs", &TMPFS_LIST),
        Member::new("maxSwap", &BOXED_INTEGER),
        Member::new("swappiness", &BOXED_INTEGER),
    ],
);

pub static LIST_ACCOUNT_SETTINGS_REQUEST: Schema = Schema::structure(
    "ListAccountSettingsRequest",
    &[
        Member::new("name", &SETTING_NAME),
        Member::new("value", &STRING),
        Member::new("principalArn", &STRING),
        Member::new("effectiveSettings", &BOOLEAN),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &INTEGER),
    ],
);

pub static LIST_ACCOUNT_SETTINGS_RESPONSE: Schema = Schema::structure(
    "ListAccountSettingsResponse",
    &[Member::new("settings", &SETTINGS), Member::new("nextToken", &STRING)],
);

pub static LIST_ATTRIBUTES_REQUEST: Schema = Schema::structure(
    "ListAttributesRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("targetType", &TARGET_TYPE).required(),
        Member::new("attributeName", &STRING),
        Member::new("attributeValue", &STRING),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &BOXED_INTEGER),
    ],
);

pub static LIST_ATTRIBUTES_RESPONSE: Schema = Schema::structure(
    "ListAttributesResponse",
    &[Member::new("attributes", &ATTRIBUTES), Member::new("nextToken", &STRING)],
);

pub static LIST_CLUSTERS_REQUEST: Schema = Schema::structure(
    "ListClustersRequest",
    &[Member::new("nextToken", &STRING), Member::new("maxResults", &BOXED_INTEGER)],
);

pub static LIST_CLUSTERS_RESPONSE: Schema = Schema::structure(
    "ListClustersResponse",
    &[Member::new("clusterArns", &STRING_LIST), Member::new("nextToken", &STRING)],
);

pub static LIST_CONTAINER_INSTANCES_REQUEST: Schema = Schema::structure(
    "ListContainerInstancesRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("filter", &STRING),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("status", &CONTAINER_INSTANCE_STATUS),
    ],
);

pub static LIST_CONTAINER_INSTANCES_RESPONSE: Schema = Schema::structure(
    "ListContainerInstancesResponse",
    &[Member::new("containerInstanceArns", &STRING_LIST), Member::new("nextToken", &STRING)],
);

pub static LIST_DAEMON_DEPLOYMENTS_REQUEST: Schema = Schema::structure(
    "ListDaemonDeploymentsRequest",
    &[
        Member::new("daemonArn", &STRING).required(),
        Member::new("status", &DAEMON_DEPLOYMENT_STATUS_LIST),
        Member::new("createdAt", &CREATED_AT),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("nextToken", &STRING),
    ],
);

pub static LIST_DAEMON_DEPLOYMENTS_RESPONSE: Schema = Schema::structure(
    "ListDaemonDeploymentsResponse",
    &[Member::new("nextToken", &STRING), Member::new("daemonDeployments", &DAEMON_DEPLOYMENT_SUMMARY_LIST)],
);

pub static LIST_DAEMON_TASK_DEFINITIONS_REQUEST: Schema = Schema::structure(
    "ListDaemonTaskDefinitionsRequest",
    &[
        Member::new("familyPrefix", &STRING),
        Member::new("family", &STRING),
        Member::new("revision", &DAEMON_TASK_DEFINITION_REVISION_FILTER),
        Member::new("status", &DAEMON_TASK_DEFINITION_STATUS_FILTER),
        Member::new("sort", &SORT_ORDER),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &BOXED_INTEGER),
    ],
);

pub static LIST_DAEMON_TASK_DEFINITIONS_RESPONSE: Schema = Schema::structure(
    "ListDaemonTaskDefinitionsResponse",
    &[
        Member::new("daemonTaskDefinitions", &DAEMON_TASK_DEFINITION_SUMMARIES),
        Member::new("nextToken", &STRING),
    ],
);

pub static LIST_DAEMONS_REQUEST: Schema = Schema::structure(
    "ListDaemonsRequest",
    &[
        Member::new("clusterArn", &STRING),
        Member::new("capacityProviderArns", &STRING_LIST),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("nextToken", &STRING),
    ],
);

pub static LIST_DAEMONS_RESPONSE: Schema = Schema::structure(
    "ListDaemonsResponse",
    &[Member::new("daemonSummariesList", &DAEMON_SUMMARIES_LIST), Member::new("nextToken", &STRING)],
);

pub static LIST_GATEWAY_CLUSTER_ASSOCIATIONS_REQUEST: Schema = Schema::structure(
    "ListGatewayClusterAssociationsRequest",
    &[
        Member::new("gateway", &STRING),
        Member::new("cluster", &STRING),
        Member::new("status", &GATEWAY_CLUSTER_ASSOCIATION_STATUS_LIST),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("nextToken", &STRING),
    ],
);

pub static LIST_GATEWAY_CLUSTER_ASSOCIATIONS_RESPONSE: Schema = Schema::structure(
    "ListGatewayClusterAssociationsResponse",
    &[
        Member::new("gatewayClusterAssociations", &GATEWAY_CLUSTER_ASSOCIATION_SUMMARY_LIST),
        Member::new("nextToken", &STRING),
    ],
);

pub static LIST_GATEWAY_ROUTES_REQUEST: Schema = Schema::structure(
    "ListGatewayRoutesRequest",
    &[
        Member::new("gateway", &STRING),
        Member::new("cluster", &STRING),
        Member::new("service", &STRING),
        Member::new("serviceContainerPortName", &STRING),
        Member::new("status", &GATEWAY_ROUTE_STATUS_LIST),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("nextToken", &STRING),
    ],
);

pub static LIST_GATEWAY_ROUTES_RESPONSE: Schema = Schema::structure(
    "ListGatewayRoutesResponse",
    &[Member::new("gatewayRoutes", &GATEWAY_ROUTE_SUMMARY_LIST), Member::new("nextToken", &STRING)],
);

pub static LIST_GATEWAYS_REQUEST: Schema = Schema::structure(
    "ListGatewaysRequest",
    &[
        Member::new("names", &STRING_LIST),
        Member::new("status", &GATEWAY_STATUS_LIST),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("nextToken", &STRING),
    ],
);

pub static LIST_GATEWAYS_RESPONSE: Schema = Schema::structure(
    "ListGatewaysResponse",
    &[Member::new("gateways", &GATEWAY_SUMMARY_LIST), Member::new("nextToken", &STRING)],
);

pub static LIST_SERVICE_DEPLOYMENTS_REQUEST: Schema = Schema::structure(
    "ListServiceDeploymentsRequest",
    &[
        Member::new("service", &STRING).required(),
        Member::new("cluster", &STRING),
        Member::new("status", &SERVICE_DEPLOYMENT_STATUS_LIST),
        Member::new("createdAt", &CREATED_AT),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &BOXED_INTEGER),
    ],
);

pub static LIST_SERVICE_DEPLOYMENTS_RESPONSE: Schema = Schema::structure(
    "ListServiceDeploymentsResponse",
    &[Member::new("serviceDeployments", &SERVICE_DEPLOYMENTS_BRIEF), Member::new("nextToken", &STRING)],
);

pub static LIST_SERVICES_BY_NAMESPACE_REQUEST: Schema = Schema::structure(
    "ListServicesByNamespaceRequest",
    &[
        Member::new("namespace", &STRING).required(),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &BOXED_INTEGER),
    ],
);

pub static LIST_SERVICES_BY_NAMESPACE_RESPONSE: Schema = Schema::structure(
    "ListServicesByNamespaceResponse",
    &[Member::new("serviceArns", &STRING_LIST), Member::new("nextToken", &STRING)],
);

pub static LIST_SERVICES_REQUEST: Schema = Schema::structure(
    "ListServicesRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("schedulingStrategy", &SCHEDULING_STRATEGY),
        Member::new("resourceManagementType", &RESOURCE_MANAGEMENT_TYPE),
    ],
);

pub static LIST_SERVICES_RESPONSE: Schema = Schema::structure(
    "ListServicesResponse",
    &[Member::new("serviceArns", &STRING_LIST), Member::new("nextToken", &STRING)],
);

pub static LIST_TAGS_FOR_RESOURCE_REQUEST: Schema =
    Schema::structure("ListTagsForResourceRequest", &[Member::new("resourceArn", &STRING).required()]);

pub static LIST_TAGS_FOR_RESOURCE_RESPONSE: Schema =
    Schema::structure("ListTagsForResourceResponse", &[Member::new("tags", &TAGS)]);

pub static LIST_TASK_DEFINITION_FAMILIES_REQUEST: Schema = Schema::structure(
    "ListTaskDefinitionFamiliesRequest",
    &[
        Member::new("familyPrefix", &STRING),
        Member::new("status", &TASK_DEFINITION_FAMILY_STATUS),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &BOXED_INTEGER),
    ],
);

pub static LIST_TASK_DEFINITION_FAMILIES_RESPONSE: Schema = Schema::structure(
    "ListTaskDefinitionFamiliesResponse",
    &[Member::new("families", &STRING_LIST), Member::new("nextToken", &STRING)],
);

pub static LIST_TASK_DEFINITIONS_REQUEST: Schema = Schema::structure(
    "ListTaskDefinitionsRequest",
    &[
        Member::new("familyPrefix", &STRING),
        Member::new("status", &TASK_DEFINITION_STATUS),
        Member::new("sort", &SORT_ORDER),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &BOXED_INTEGER),
    ],
);

pub static LIST_TASK_DEFINITIONS_RESPONSE: Schema = Schema::structure(
    "ListTaskDefinitionsResponse",
    &[Member::new("taskDefinitionArns", &STRING_LIST), Member::new("nextToken", &STRING)],
);

pub static LIST_TASKS_REQUEST: Schema = Schema::structure(
    "ListTasksRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("containerInstance", &STRING),
        Member::new("family", &STRING),
        Member::new("nextToken", &STRING),
        Member::new("maxResults", &BOXED_INTEGER),
        Member::new("startedBy", &STRING),
        Member::new("serviceName", &STRING),
        Member::new("desiredStatus", &DESIRED_STATUS),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("daemonName", &STRING),
    ],
);

pub static LIST_TASKS_RESPONSE: Schema = Schema::structure(
    "ListTasksResponse",
    &[Member::new("taskArns", &STRING_LIST), Member::new("nextToken", &STRING)],
);

pub static LOAD_BALANCER: Schema = Schema::structure(
    "LoadBalancer",
    &[
        Member::new("targetGroupArn", &STRING),
        Member::new("loadBalancerName", &STRING),
        Member::new("containerName", &STRING),
        Member::new("containerPort", &BOXED_INTEGER),
        Member::new("advancedConfiguration", &ADVANCED_CONFIGURATION),
    ],
);

pub static LOAD_BALANCERS: Schema = Schema::list("LoadBalancers", &[Member::new("member", &LOAD_BALANCER)]);

pub static LOCAL_STORAGE: Schema =
    Schema::scalar("LocalStorage", Kind::String).enumeration(super::LocalStorage::VALUES);

pub static LOCAL_STORAGE_TYPE: Schema =
    Schema::scalar("LocalStorageType", Kind::String).enumeration(super::LocalStorageType::VALUES);

pub static LOCAL_STORAGE_TYPE_SET: Schema =
    Schema::list("LocalStorageTypeSet", &[Member::new("member", &LOCAL_STORAGE_TYPE)]);

pub static LOG_CONFIGURATION: Schema = Schema::structure(
    "LogConfiguration",
    &[
        Member::new("logDriver", &LOG_DRIVER).required(),
        Member::new("options", &LOG_CONFIGURATION_OPTIONS_MAP),
        Member::new("secretOptions", &SECRET_LIST),
    ],
);

pub static LOG_CONFIGURATION_OPTIONS_MAP: Schema =
    Schema::map("LogConfigurationOptionsMap", &[Member::new("key", &STRING), Member::new("value", &STRING)]);

pub static LOG_DRIVER: Schema =
    Schema::scalar("LogDriver", Kind::String).enumeration(super::LogDriver::VALUES);

pub static LOG_DRIVER_VOLUME_CONFIGURATION: Schema =
    Schema::structure("LogDriverVolumeConfiguration", &[Member::new("driver", &LOG_DRIVER).required()]);

pub static LONG: Schema = Schema::scalar("Long", Kind::Long);

pub static MANAGED_AGENT: Schema = Schema::structure(
    "ManagedAgent",
    &[
        Member::new("lastStartedAt", &TIMESTAMP),
        Member::new("name", &MANAGED_AGENT_NAME),
        Member::new("reason", &STRING),
        Member::new("lastStatus", &STRING),
    ],
);

pub static MANAGED_AGENT_NAME: Schema =
    Schema::scalar("ManagedAgentName", Kind::String).enumeration(super::ManagedAgentName::VALUES);

pub static MANAGED_AGENT_STATE_CHANGE: Schema = Schema::structure(
    "ManagedAgentStateChange",
    &[
        Member::new("containerName", &STRING).required(),
        Member::new("managedAgentName", &MANAGED_AGENT_NAME).required(),
        Member::new("status", &STRING).required(),
        Member::new("reason", &STRING),
    ],
);

pub static MANAGED_AGENT_STATE_CHANGES: Schema =
    Schema::list("ManagedAgentStateChanges", &[Member::new("member", &MANAGED_AGENT_STATE_CHANGE)]);

pub static MANAGED_AGENTS: Schema = Schema::list("ManagedAgents", &[Member::new("member", &MANAGED_AGENT)]);

pub static MANAGED_APPLICATION_AUTO_SCALING_POLICIES: Schema = Schema::list(
    "ManagedApplicationAutoScalingPolicies",
    &[Member::new("member", &MANAGED_APPLICATION_AUTO_SCALING_POLICY)],
);

pub static MANAGED_APPLICATION_AUTO_SCALING_POLICY: Schema = Schema::structure(
    "ManagedApplicationAutoScalingPolicy",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
        Member::new("policyType", &STRING).required(),
        Member::new("targetValue", &DOUBLE).required(),
        Member::new("metric", &STRING).required(),
    ],
);

pub static MANAGED_AUTO_SCALING: Schema = Schema::structure(
    "ManagedAutoScaling",
    &[
        Member::new("scalableTarget", &MANAGED_SCALABLE_TARGET),
        Member::new("applicationAutoScalingPolicies", &MANAGED_APPLICATION_AUTO_SCALING_POLICIES),
    ],
);

pub static MANAGED_CERTIFICATE: Schema = Schema::structure(
    "ManagedCertificate",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
        Member::new("domainName", &STRING).required(),
    ],
);

pub static MANAGED_DRAINING: Schema =
    Schema::scalar("ManagedDraining", Kind::String).enumeration(super::ManagedDraining::VALUES);

pub static MANAGED_INGRESS_PATH: Schema = Schema::structure(
    "ManagedIngressPath",
    &[
        Member::new("accessType", &ACCESS_TYPE).required(),
        Member::new("endpoint", &STRING).required(),
        Member::new("loadBalancer", &MANAGED_LOAD_BALANCER),
        Member::new("loadBalancerSecurityGroups", &MANAGED_SECURITY_GROUPS),
        Member::new("certificate", &MANAGED_CERTIFICATE),
        Member::new("listener", &MANAGED_LISTENER),
        Member::new("rule", &MANAGED_LISTENER_RULE),
        Member::new("targetGroups", &MANAGED_TARGET_GROUPS),
    ],
);

pub static MANAGED_INGRESS_PATHS: Schema =
    Schema::list("ManagedIngressPaths", &[Member::new("member", &MANAGED_INGRESS_PATH)]);

pub static MANAGED_INSTANCES_LOCAL_STORAGE_CONFIGURATION: Schema = Schema::structure(
    "ManagedInstancesLocalStorageConfiguration",
    &[Member::new("useLocalStorage", &BOOLEAN)],
);

pub static MANAGED_INSTANCES_MONITORING_OPTIONS: Schema =
    Schema::scalar("ManagedInstancesMonitoringOptions", Kind::String)
        .enumeration(super::ManagedInstancesMonitoringOptions::VALUES);

pub static MANAGED_INSTANCES_NETWORK_CONFIGURATION: Schema = Schema::structure(
    "ManagedInstancesNetworkConfiguration",
    &[Member::new("subnets", &STRING_LIST), Member::new("securityGroups", &STRING_LIST)],
);

pub static MANAGED_INSTANCES_PROVIDER: Schema = Schema::structure(
    "ManagedInstancesProvider",
    &[
        Member::new("infrastructureRoleArn", &STRING),
        Member::new("instanceLaunchTemplate", &INSTANCE_LAUNCH_TEMPLATE),
        Member::new("propagateTags", &PROPAGATE_MI_TAGS),
        Member::new("infrastructureOptimization", &INFRASTRUCTURE_OPTIMIZATION),
        Member::new("autoRepairConfiguration", &AUTO_REPAIR_CONFIGURATION),
    ],
);

pub static MANAGED_INSTANCES_STORAGE_CONFIGURATION: Schema = Schema::structure(
    "ManagedInstancesStorageConfiguration",
    &[Member::new("storageSizeGiB", &TASK_VOLUME_STORAGE_GI_B)],
);

pub static MANAGED_LISTENER: Schema = Schema::structure(
    "ManagedListener",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
    ],
);

pub static MANAGED_LISTENER_RULE: Schema = Schema::structure(
    "ManagedListenerRule",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
    ],
);

pub static MANAGED_LOAD_BALANCER: Schema = Schema::structure(
    "ManagedLoadBalancer",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
        Member::new("scheme", &STRING).required(),
        Member::new("subnetIds", &STRING_LIST),
        Member::new("securityGroupIds", &STRING_LIST),
    ],
);

pub static MANAGED_LOG_GROUP: Schema = Schema::structure(
    "ManagedLogGroup",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
        Member::new("logGroupName", &STRING).required(),
    ],
);

pub static MANAGED_LOG_GROUPS: Schema =
    Schema::list("ManagedLogGroups", &[Member::new("member", &MANAGED_LOG_GROUP)]);

pub static MANAGED_METRIC_ALARM: Schema = Schema::structure(
    "ManagedMetricAlarm",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
    ],
);

pub static MANAGED_METRIC_ALARMS: Schema =
    Schema::list("ManagedMetricAlarms", &[Member::new("member", &MANAGED_METRIC_ALARM)]);

pub static MANAGED_RESOURCE_STATUS: Schema =
    Schema::scalar("ManagedResourceStatus", Kind::String).enumeration(super::ManagedResourceStatus::VALUES);

pub static MANAGED_SCALABLE_TARGET: Schema = Schema::structure(
    "ManagedScalableTarget",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
        Member::new("minCapacity", &INTEGER).required(),
        Member::new("maxCapacity", &INTEGER).required(),
    ],
);

pub static MANAGED_SCALING: Schema = Schema::structure(
    "ManagedScaling",
    &[
        Member::new("status", &MANAGED_SCALING_STATUS),
        Member::new("targetCapacity", &MANAGED_SCALING_TARGET_CAPACITY),
        Member::new("minimumScalingStepSize", &MANAGED_SCALING_STEP_SIZE),
        Member::new("maximumScalingStepSize", &MANAGED_SCALING_STEP_SIZE),
        Member::new("instanceWarmupPeriod", &MANAGED_SCALING_INSTANCE_WARMUP_PERIOD),
    ],
);

pub static MANAGED_SCALING_INSTANCE_WARMUP_PERIOD: Schema =
    Schema::scalar("ManagedScalingInstanceWarmupPeriod", Kind::Integer).min(0).max(10000);

pub static MANAGED_SCALING_STATUS: Schema =
    Schema::scalar("ManagedScalingStatus", Kind::String).enumeration(super::ManagedScalingStatus::VALUES);

pub static MANAGED_SCALING_STEP_SIZE: Schema =
    Schema::scalar("ManagedScalingStepSize", Kind::Integer).min(1).max(10000);

pub static MANAGED_SCALING_TARGET_CAPACITY: Schema =
    Schema::scalar("ManagedScalingTargetCapacity", Kind::Integer).min(1).max(100);

pub static MANAGED_SECURITY_GROUP: Schema = Schema::structure(
    "ManagedSecurityGroup",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
    ],
);

pub static MANAGED_SECURITY_GROUPS: Schema =
    Schema::list("ManagedSecurityGroups", &[Member::new("member", &MANAGED_SECURITY_GROUP)]);

pub static MANAGED_STORAGE_CONFIGURATION: Schema = Schema::structure(
    "ManagedStorageConfiguration",
    &[Member::new("kmsKeyId", &STRING), Member::new("fargateEphemeralStorageKmsKeyId", &STRING)],
);

pub static MANAGED_TARGET_GROUP: Schema = Schema::structure(
    "ManagedTargetGroup",
    &[
        Member::new("arn", &STRING),
        Member::new("status", &MANAGED_RESOURCE_STATUS).required(),
        Member::new("statusReason", &STRING),
        Member::new("updatedAt", &TIMESTAMP).required(),
        Member::new("healthCheckPath", &STRING).required(),
        Member::new("healthCheckPort", &INTEGER).required(),
        Member::new("port", &INTEGER).required(),
    ],
);

pub static MANAGED_TARGET_GROUPS: Schema =
    Schema::list("ManagedTargetGroups", &[Member::new("member", &MANAGED_TARGET_GROUP)]);

pub static MANAGED_TERMINATION_PROTECTION: Schema =
    Schema::scalar("ManagedTerminationProtection", Kind::String)
        .enumeration(super::ManagedTerminationProtection::VALUES);

pub static MEMORY_GI_B_PER_V_CPU_REQUEST: Schema = Schema::structure(
    "MemoryGiBPerVCpuRequest",
    &[Member::new("min", &BOXED_DOUBLE), Member::new("max", &BOXED_DOUBLE)],
);

pub static MEMORY_MI_B_REQUEST: Schema = Schema::structure(
    "MemoryMiBRequest",
    &[Member::new("min", &BOXED_INTEGER).required(), Member::new("max", &BOXED_INTEGER)],
);

pub static METRIC_CONFIGURATION: Schema = Schema::structure(
    "MetricConfiguration",
    &[
        Member::new("metricNames", &METRIC_NAMES_LIST).required(),
        Member::new("resolutionSeconds", &METRIC_RESOLUTION_SECONDS).required(),
    ],
);

pub static METRIC_CONFIGURATION_LIST: Schema =
    Schema::list("MetricConfigurationList", &[Member::new("member", &METRIC_CONFIGURATION)]).min(0).max(5);

pub static METRIC_NAME: Schema = Schema::scalar("MetricName", Kind::String).min(1).max(255);

pub static METRIC_NAMES_LIST: Schema =
    Schema::list("MetricNamesList", &[Member::new("member", &METRIC_NAME)]).min(1).max(5);

pub static METRIC_RESOLUTION_SECONDS: Schema =
    Schema::scalar("MetricResolutionSeconds", Kind::Integer).min(20).max(60);

pub static MISSING_VERSION_EXCEPTION: Schema =
    Schema::structure("MissingVersionException", &[Member::new("message", &STRING)]);

pub static MONITORING_CONFIGURATION: Schema = Schema::structure(
    "MonitoringConfiguration",
    &[Member::new("metricConfigurations", &METRIC_CONFIGURATION_LIST)],
);

pub static MOUNT_POINT: Schema = Schema::structure(
    "MountPoint",
    &[
        Member::new("sourceVolume", &STRING),
        Member::new("containerPath", &STRING),
        Member::new("readOnly", &BOXED_BOOLEAN),
    ],
);

pub static MOUNT_POINT_LIST: Schema = Schema::list("MountPointList", &[Member::new("member", &MOUNT_POINT)]);

pub static NAMESPACE_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("NamespaceNotFoundException", &[Member::new("message", &STRING)]);

pub static NETWORK_BANDWIDTH_GBPS_REQUEST: Schema = Schema::structure(
    "NetworkBandwidthGbpsRequest",
    &[Member::new("min", &BOXED_DOUBLE), Member::new("max", &BOXED_DOUBLE)],
);

pub static NETWORK_BINDING: Schema = Schema::structure(
    "NetworkBinding",
    &[
        Member::new("bindIP", &STRING),
        Member::new("containerPort", &BOXED_INTEGER),
        Member::new("hostPort", &BOXED_INTEGER),
        Member::new("protocol", &TRANSPORT_PROTOCOL),
        Member::new("containerPortRange", &STRING),
        Member::new("hostPortRange", &STRING),
    ],
);

pub static NETWORK_BINDINGS: Schema =
    Schema::list("NetworkBindings", &[Member::new("member", &NETWORK_BINDING)]);

pub static NETWORK_CONFIGURATION: Schema =
    Schema::structure("NetworkConfiguration", &[Member::new("awsvpcConfiguration", &AWS_VPC_CONFIGURATION)]);

pub static NETWORK_INTERFACE: Schema = Schema::structure(
    "NetworkInterface",
    &[
        Member::new("attachmentId", &STRING),
        Member::new("privateIpv4Address", &STRING),
        Member::new("ipv6Address", &STRING),
    ],
);

pub static NETWORK_INTERFACE_COUNT_REQUEST: Schema = Schema::structure(
    "NetworkInterfaceCountRequest",
    &[Member::new("min", &BOXED_INTEGER), Member::new("max", &BOXED_INTEGER)],
);

pub static NETWORK_INTERFACES: Schema =
    Schema::list("NetworkInterfaces", &[Member::new("member", &NETWORK_INTERFACE)]);

pub static NETWORK_MODE: Schema =
    Schema::scalar("NetworkMode", Kind::String).enumeration(super::NetworkMode::VALUES);

pub static NEURON_DEVICE_IDS: Schema = Schema::list("NeuronDeviceIds", &[Member::new("member", &STRING)]);

pub static NO_UPDATE_AVAILABLE_EXCEPTION: Schema =
    Schema::structure("NoUpdateAvailableException", &[Member::new("message", &STRING)]);

pub static NVIDIA_MPS_ALLOCATION: Schema = Schema::structure(
    "NvidiaMpsAllocation",
    &[
        Member::new("memory", &NVIDIA_MPS_ALLOCATION_MEMORY_INTEGER).required(),
        Member::new("maxComputePercent", &NVIDIA_MPS_ALLOCATION_MAX_COMPUTE_PERCENT_INTEGER),
    ],
);

pub static NVIDIA_MPS_ALLOCATION_MAX_COMPUTE_PERCENT_INTEGER: Schema =
    Schema::scalar("NvidiaMpsAllocationMaxComputePercentInteger", Kind::Integer).min(1).max(100);

pub static NVIDIA_MPS_ALLOCATION_MEMORY_INTEGER: Schema =
    Schema::scalar("NvidiaMpsAllocationMemoryInteger", Kind::Integer).min(1);

pub static OS_FAMILY: Schema = Schema::scalar("OSFamily", Kind::String).enumeration(super::OSFamily::VALUES);

pub static PID_MODE: Schema = Schema::scalar("PidMode", Kind::String).enumeration(super::PidMode::VALUES);

pub static PLACEMENT_CONSTRAINT: Schema = Schema::structure(
    "PlacementConstraint",
    &[Member::new("type", &PLACEMENT_CONSTRAINT_TYPE), Member::new("expression", &STRING)],
);

pub static PLACEMENT_CONSTRAINT_TYPE: Schema = Schema::scalar("PlacementConstraintType", Kind::String)
    .enumeration(super::PlacementConstraintType::VALUES);

pub static PLACEMENT_CONSTRAINTS: Schema =
    Schema::list("PlacementConstraints", &[Member::new("member", &PLACEMENT_CONSTRAINT)]);

pub static PLACEMENT_STRATEGIES: Schema =
    Schema::list("PlacementStrategies", &[Member::new("member", &PLACEMENT_STRATEGY)]);

pub static PLACEMENT_STRATEGY: Schema = Schema::structure(
    "PlacementStrategy",
    &[Member::new("type", &PLACEMENT_STRATEGY_TYPE), Member::new("field", &STRING)],
);

pub static PLACEMENT_STRATEGY_TYPE: Schema =
    Schema::scalar("PlacementStrategyType", Kind::String).enumeration(super::PlacementStrategyType::VALUES);

pub static PLATFORM_DEVICE: Schema = Schema::structure(
    "PlatformDevice",
    &[Member::new("id", &STRING).required(), Member::new("type", &PLATFORM_DEVICE_TYPE).required()],
);

pub static PLATFORM_DEVICE_TYPE: Schema =
    Schema::scalar("PlatformDeviceType", Kind::String).enumeration(super::PlatformDeviceType::VALUES);

pub static PLATFORM_DEVICES: Schema =
    Schema::list("PlatformDevices", &[Member::new("member", &PLATFORM_DEVICE)]);

pub static PLATFORM_TASK_DEFINITION_INCOMPATIBILITY_EXCEPTION: Schema =
    Schema::structure("PlatformTaskDefinitionIncompatibilityException", &[Member::new("message", &STRING)]);

pub static PLATFORM_UNKNOWN_EXCEPTION: Schema =
    Schema::structure("PlatformUnknownException", &[Member::new("message", &STRING)]);

pub static PORT_MAPPING: Schema = Schema::structure(
    "PortMapping",
    &[
        Member::new("containerPort", &BOXED_INTEGER),
        Member::new("hostPort", &BOXED_INTEGER),
        Member::new("protocol", &TRANSPORT_PROTOCOL),
        Member::new("name", &STRING),
        Member::new("appProtocol", &APPLICATION_PROTOCOL),
        Member::new("containerPortRange", &STRING),
    ],
);

pub static PORT_MAPPING_LIST: Schema =
    Schema::list("PortMappingList", &[Member::new("member", &PORT_MAPPING)]);

pub static PORT_NUMBER: Schema = Schema::scalar("PortNumber", Kind::Integer).min(0).max(65535);

pub static PROPAGATE_GATEWAY_TAGS: Schema =
    Schema::scalar("PropagateGatewayTags", Kind::String).enumeration(super::PropagateGatewayTags::VALUES);

pub static PROPAGATE_MI_TAGS: Schema =
    Schema::scalar("PropagateMITags", Kind::String).enumeration(super::PropagateMITags::VALUES);

pub static PROPAGATE_TAGS: Schema =
    Schema::scalar("PropagateTags", Kind::String).enumeration(super::PropagateTags::VALUES);

pub static PROTECTED_TASK: Schema = Schema::structure(
    "ProtectedTask",
    &[
        Member::new("taskArn", &STRING),
        Member::new("protectionEnabled", &BOOLEAN),
        Member::new("expirationDate", &TIMESTAMP),
    ],
);

pub static PROTECTED_TASKS: Schema =
    Schema::list("ProtectedTasks", &[Member::new("member", &PROTECTED_TASK)]);

pub static PROXY_CONFIGURATION: Schema = Schema::structure(
    "ProxyConfiguration",
    &[
        Member::new("type", &PROXY_CONFIGURATION_TYPE),
        Member::new("containerName", &STRING).required(),
        Member::new("properties", &PROXY_CONFIGURATION_PROPERTIES),
    ],
);

pub static PROXY_CONFIGURATION_PROPERTIES: Schema =
    Schema::list("ProxyConfigurationProperties", &[Member::new("member", &KEY_VALUE_PAIR)]);

pub static PROXY_CONFIGURATION_TYPE: Schema =
    Schema::scalar("ProxyConfigurationType", Kind::String).enumeration(super::ProxyConfigurationType::VALUES);

pub static PUT_ACCOUNT_SETTING_DEFAULT_REQUEST: Schema = Schema::structure(
    "PutAccountSettingDefaultRequest",
    &[Member::new("name", &SETTING_NAME).required(), Member::new("value", &STRING).required()],
);

pub static PUT_ACCOUNT_SETTING_DEFAULT_RESPONSE: Schema =
    Schema::structure("PutAccountSettingDefaultResponse", &[Member::new("setting", &SETTING)]);

pub static PUT_ACCOUNT_SETTING_REQUEST: Schema = Schema::structure(
    "PutAccountSettingRequest",
    &[
        Member::new("name", &SETTING_NAME).required(),
        Member::new("value", &STRING).required(),
        Member::new("principalArn", &STRING),
    ],
);

pub static PUT_ACCOUNT_SETTING_RESPONSE: Schema =
    Schema::structure("PutAccountSettingResponse", &[Member::new("setting", &SETTING)]);

pub static PUT_ATTRIBUTES_REQUEST: Schema = Schema::structure(
    "PutAttributesRequest",
    &[Member::new("cluster", &STRING), Member::new("attributes", &ATTRIBUTES).required()],
);

pub static PUT_ATTRIBUTES_RESPONSE: Schema =
    Schema::structure("PutAttributesResponse", &[Member::new("attributes", &ATTRIBUTES)]);

pub static PUT_CLUSTER_CAPACITY_PROVIDERS_REQUEST: Schema = Schema::structure(
    "PutClusterCapacityProvidersRequest",
    &[
        Member::new("cluster", &STRING).required(),
        Member::new("capacityProviders", &STRING_LIST).required(),
        Member::new("defaultCapacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY).required(),
    ],
);

pub static PUT_CLUSTER_CAPACITY_PROVIDERS_RESPONSE: Schema =
    Schema::structure("PutClusterCapacityProvidersResponse", &[Member::new("cluster", &CLUSTER)]);

pub static REGISTER_CONTAINER_INSTANCE_REQUEST: Schema = Schema::structure(
    "RegisterContainerInstanceRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("instanceIdentityDocument", &STRING),
        Member::new("instanceIdentityDocumentSignature", &STRING),
        Member::new("totalResources", &RESOURCES),
        Member::new("versionInfo", &VERSION_INFO),
        Member::new("containerInstanceArn", &STRING),
        Member::new("attributes", &ATTRIBUTES),
        Member::new("platformDevices", &PLATFORM_DEVICES),
        Member::new("tags", &TAGS),
        Member::new("clientToken", &STRING),
    ],
);

pub static REGISTER_CONTAINER_INSTANCE_RESPONSE: Schema = Schema::structure(
    "RegisterContainerInstanceResponse",
    &[Member::new("containerInstance", &CONTAINER_INSTANCE)],
);

pub static REGISTER_DAEMON_TASK_DEFINITION_REQUEST: Schema = Schema::structure(
    "RegisterDaemonTaskDefinitionRequest",
    &[
        Member::new("family", &STRING).required(),
        Member::new("taskRoleArn", &STRING),
        Member::new("executionRoleArn", &STRING),
        Member::new("containerDefinitions", &DAEMON_CONTAINER_DEFINITION_LIST).required(),
        Member::new("cpu", &STRING),
        Member::new("memory", &STRING),
        Member::new("volumes", &DAEMON_VOLUME_LIST),
        Member::new("tags", &TAGS),
        Member::new("pidMode", &DAEMON_PID_MODE),
        Member::new("ipcMode", &DAEMON_IPC_MODE),
    ],
);

pub static REGISTER_DAEMON_TASK_DEFINITION_RESPONSE: Schema = Schema::structure(
    "RegisterDaemonTaskDefinitionResponse",
    &[Member::new("daemonTaskDefinitionArn", &STRING)],
);

pub static REGISTER_TASK_DEFINITION_REQUEST: Schema = Schema::structure(
    "RegisterTaskDefinitionRequest",
    &[
        Member::new("family", &STRING).required(),
        Member::new("taskRoleArn", &STRING),
        Member::new("executionRoleArn", &STRING),
        Member::new("networkMode", &NETWORK_MODE),
        Member::new("containerDefinitions", &CONTAINER_DEFINITIONS).required(),
        Member::new("volumes", &VOLUME_LIST),
        Member::new("placementConstraints", &TASK_DEFINITION_PLACEMENT_CONSTRAINTS),
        Member::new("requiresCompatibilities", &COMPATIBILITY_LIST),
        Member::new("cpu", &STRING),
        Member::new("memory", &STRING),
        Member::new("tags", &TAGS),
        Member::new("pidMode", &PID_MODE),
        Member::new("ipcMode", &IPC_MODE),
        Member::new("proxyConfiguration", &PROXY_CONFIGURATION),
        Member::new("inferenceAccelerators", &INFERENCE_ACCELERATORS),
        Member::new("ephemeralStorage", &EPHEMERAL_STORAGE),
        Member::new("runtimePlatform", &RUNTIME_PLATFORM),
        Member::new("enableFaultInjection", &BOXED_BOOLEAN),
        Member::new("trustedExecutionConfiguration", &TRUSTED_EXECUTION_CONFIGURATION),
    ],
);

pub static REGISTER_TASK_DEFINITION_RESPONSE: Schema = Schema::structure(
    "RegisterTaskDefinitionResponse",
    &[Member::new("taskDefinition", &TASK_DEFINITION), Member::new("tags", &TAGS)],
);

pub static REPOSITORY_CREDENTIALS: Schema =
    Schema::structure("RepositoryCredentials", &[Member::new("credentialsParameter", &STRING).required()])
        .sensitive();

pub static REQUIRES_ATTRIBUTES: Schema =
    Schema::list("RequiresAttributes", &[Member::new("member", &ATTRIBUTE)]);

pub static RESOLVED_CONFIGURATION: Schema = Schema::structure(
    "ResolvedConfiguration",
    &[
        Member::new("loadBalancers", &SERVICE_REVISION_LOAD_BALANCERS),
        Member::new("vpcLatticeConfigurations", &SERVICE_REVISION_VPC_LATTICE_CONFIGURATIONS),
    ],
);

pub static RESOURCE: Schema = Schema::structure(
    "Resource",
    &[
        Member::new("name", &STRING),
        Member::new("type", &STRING),
        Member::new("doubleValue", &DOUBLE),
        Member::new("longValue", &LONG),
        Member::new("integerValue", &INTEGER),
        Member::new("stringSetValue", &STRING_LIST),
    ],
);

pub static RESOURCE_IDS: Schema = Schema::list("ResourceIds", &[Member::new("member", &STRING)]);

pub static RESOURCE_IN_USE_EXCEPTION: Schema =
    Schema::structure("ResourceInUseException", &[Member::new("message", &STRING)]);

pub static RESOURCE_MANAGEMENT_TYPE: Schema =
    Schema::scalar("ResourceManagementType", Kind::String).enumeration(super::ResourceManagementType::VALUES);

pub static RESOURCE_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("ResourceNotFoundException", &[Member::new("message", &STRING)]);

pub static RESOURCE_REQUIREMENT: Schema = Schema::structure(
    "ResourceRequirement",
    &[
        Member::new("value", &STRING),
        Member::new("type", &RESOURCE_TYPE).required(),
        Member::new("sharingStrategy", &SHARING_STRATEGY),
    ],
);

pub static RESOURCE_REQUIREMENTS: Schema =
    Schema::list("ResourceRequirements", &[Member::new("member", &RESOURCE_REQUIREMENT)]);

pub static RESOURCE_TYPE: Schema =
    Schema::scalar("ResourceType", Kind::String).enumeration(super::ResourceType::VALUES);

pub static RESOURCES: Schema = Schema::list("Resources", &[Member::new("member", &RESOURCE)]);

pub static ROLLBACK: Schema = Schema::structure(
    "Rollback",
    &[
        Member::new("reason", &STRING),
        Member::new("startedAt", &TIMESTAMP),
        Member::new("serviceRevisionArn", &STRING),
    ],
);

pub static RUN_TASK_REQUEST: Schema = Schema::structure(
    "RunTaskRequest",
    &[
        Member::new("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("cluster", &STRING),
        Member::new("count", &BOXED_INTEGER),
        Member::new("enableECSManagedTags", &BOOLEAN),
        Member::new("enableExecuteCommand", &BOOLEAN),
        Member::new("group", &STRING),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("networkConfiguration", &NETWORK_CONFIGURATION),
        Member::new("overrides", &TASK_OVERRIDE),
        Member::new("placementConstraints", &PLACEMENT_CONSTRAINTS),
        Member::new("placementStrategy", &PLACEMENT_STRATEGIES),
        Member::new("platformVersion", &STRING),
        Member::new("propagateTags", &PROPAGATE_TAGS),
        Member::new("referenceId", &STRING),
        Member::new("startedBy", &STRING),
        Member::new("tags", &TAGS),
        Member::new("taskDefinition", &STRING).required(),
        Member::new("clientToken", &STRING)
            .traits(&MemberTraits { idempotency_token: true, ..MemberTraits::NONE }),
        Member::new("volumeConfigurations", &TASK_VOLUME_CONFIGURATIONS),
    ],
);

pub static RUN_TASK_RESPONSE: Schema =
    Schema::structure("RunTaskResponse", &[Member::new("tasks", &TASKS), Member::new("failures", &FAILURES)]);

pub static RUNTIME_PLATFORM: Schema = Schema::structure(
    "RuntimePlatform",
    &[Member::new("cpuArchitecture", &CPU_ARCHITECTURE), Member::new("operatingSystemFamily", &OS_FAMILY)],
);

pub static RUNTIME_PLATFORM_OVERRIDE: Schema =
    Schema::structure("RuntimePlatformOverride", &[Member::new("cpuArchitecture", &STRING)]);

pub static S3_FILES_VOLUME_CONFIGURATION: Schema = Schema::structure(
    "S3FilesVolumeConfiguration",
    &[
        Member::new("fileSystemArn", &STRING).required(),
        Member::new("rootDirectory", &STRING),
        Member::new("transitEncryptionPort", &BOXED_INTEGER),
        Member::new("accessPointArn", &STRING),
    ],
);

pub static SCALE: Schema =
    Schema::structure("Scale", &[Member::new("value", &DOUBLE), Member::new("unit", &SCALE_UNIT)]);

pub static SCALE_UNIT: Schema =
    Schema::scalar("ScaleUnit", Kind::String).enumeration(super::ScaleUnit::VALUES);

pub static SCHEDULING_STRATEGY: Schema =
    Schema::scalar("SchedulingStrategy", Kind::String).enumeration(super::SchedulingStrategy::VALUES);

pub static SCOPE: Schema = Schema::scalar("Scope", Kind::String).enumeration(super::Scope::VALUES);

pub static SECRET: Schema = Schema::structure(
    "Secret",
    &[Member::new("name", &STRING).required(), Member::new("valueFrom", &STRING).required()],
);

pub static SECRET_LIST: Schema = Schema::list("SecretList", &[Member::new("member", &SECRET)]);

pub static SENSITIVE_STRING: Schema = Schema::scalar("SensitiveString", Kind::String).sensitive();

pub static SERVER_EXCEPTION: Schema =
    Schema::structure("ServerException", &[Member::new("message", &STRING)]);

pub static SERVICE: Schema = Schema::structure(
    "Service",
    &[
        Member::new("serviceArn", &STRING),
        Member::new("serviceName", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("loadBalancers", &LOAD_BALANCERS),
        Member::new("serviceRegistries", &SERVICE_REGISTRIES),
        Member::new("status", &STRING),
        Member::new("desiredCount", &INTEGER),
        Member::new("runningCount", &INTEGER),
        Member::new("pendingCount", &INTEGER),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("platformVersion", &STRING),
        Member::new("platformFamily", &STRING),
        Member::new("taskDefinition", &STRING),
        Member::new("deploymentConfiguration", &DEPLOYMENT_CONFIGURATION),
        Member::new("taskSets", &TASK_SETS),
        Member::new("deployments", &DEPLOYMENTS),
        Member::new("roleArn", &STRING),
        Member::new("events", &SERVICE_EVENTS),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("currentServiceDeployment", &STRING),
        Member::new("currentServiceRevisions", &SERVICE_CURRENT_REVISION_SUMMARY_LIST),
        Member::new("placementConstraints", &PLACEMENT_CONSTRAINTS),
        Member::new("placementStrategy", &PLACEMENT_STRATEGIES),
        Member::new("networkConfiguration", &NETWORK_CONFIGURATION),
        Member::new("healthCheckGracePeriodSeconds", &BOXED_INTEGER),
        Member::new("schedulingStrategy", &SCHEDULING_STRATEGY),
        Member::new("deploymentController", &DEPLOYMENT_CONTROLLER),
        Member::new("tags", &TAGS),
        Member::new("createdBy", &STRING),
        Member::new("enableECSManagedTags", &BOOLEAN),
        Member::new("propagateTags", &PROPAGATE_TAGS),
        Member::new("enableExecuteCommand", &BOOLEAN),
        Member::new("availabilityZoneRebalancing", &AVAILABILITY_ZONE_REBALANCING),
        Member::new("resourceManagementType", &RESOURCE_MANAGEMENT_TYPE),
    ],
);

pub static SERVICE_CONNECT_ACCESS_LOG_CONFIGURATION: Schema = Schema::structure(
    "ServiceConnectAccessLogConfiguration",
    &[
        Member::new("format", &SERVICE_CONNECT_ACCESS_LOGGING_FORMAT).required(),
        Member::new("includeQueryParameters", &SERVICE_CONNECT_INCLUDE_QUERY_PARAMETERS),
    ],
);

pub static SERVICE_CONNECT_ACCESS_LOGGING_FORMAT: Schema =
    Schema::scalar("ServiceConnectAccessLoggingFormat", Kind::String)
        .enumeration(super::ServiceConnectAccessLoggingFormat::VALUES);

pub static SERVICE_CONNECT_CLIENT_ALIAS: Schema = Schema::structure(
    "ServiceConnectClientAlias",
    &[
        Member::new("port", &PORT_NUMBER).required(),
        Member::new("dnsName", &STRING),
        Member::new("testTrafficRules", &SERVICE_CONNECT_TEST_TRAFFIC_RULES),
    ],
);

pub static SERVICE_CONNECT_CLIENT_ALIAS_LIST: Schema =
    Schema::list("ServiceConnectClientAliasList", &[Member::new("member", &SERVICE_CONNECT_CLIENT_ALIAS)]);

pub static SERVICE_CONNECT_CONFIGURATION: Schema = Schema::structure(
    "ServiceConnectConfiguration",
    &[
        Member::new("enabled", &BOOLEAN).required(),
        Member::new("namespace", &STRING),
        Member::new("services", &SERVICE_CONNECT_SERVICE_LIST),
        Member::new("logConfiguration", &LOG_CONFIGURATION),
        Member::new("accessLogConfiguration", &SERVICE_CONNECT_ACCESS_LOG_CONFIGURATION),
        Member::new("containerConfigurations", &SERVICE_CONNECT_CONTAINER_CONFIGURATIONS),
    ],
);

pub static SERVICE_CONNECT_CONTAINER_CONFIGURATION: Schema = Schema::union(
    "ServiceConnectContainerConfiguration",
    &[Member::new("logLevel", &SERVICE_CONNECT_CONTAINER_LOG_LEVEL)],
);

pub static SERVICE_CONNECT_CONTAINER_CONFIGURATIONS: Schema = Schema::list(
    "ServiceConnectContainerConfigurations",
    &[Member::new("member", &SERVICE_CONNECT_CONTAINER_CONFIGURATION)],
)
.min(0)
.max(10);

pub static SERVICE_CONNECT_CONTAINER_LOG_LEVEL: Schema =
    Schema::scalar("ServiceConnectContainerLogLevel", Kind::String)
        .enumeration(super::ServiceConnectContainerLogLevel::VALUES);

pub static SERVICE_CONNECT_INCLUDE_QUERY_PARAMETERS: Schema =
    Schema::scalar("ServiceConnectIncludeQueryParameters", Kind::String)
        .enumeration(super::ServiceConnectIncludeQueryParameters::VALUES);

pub static SERVICE_CONNECT_SERVICE: Schema = Schema::structure(
    "ServiceConnectService",
    &[
        Member::new("portName", &STRING).required(),
        Member::new("discoveryName", &STRING),
        Member::new("clientAliases", &SERVICE_CONNECT_CLIENT_ALIAS_LIST),
        Member::new("ingressPortOverride", &PORT_NUMBER),
        Member::new("timeout", &TIMEOUT_CONFIGURATION),
        Member::new("tls", &SERVICE_CONNECT_TLS_CONFIGURATION),
    ],
);

pub static SERVICE_CONNECT_SERVICE_LIST: Schema =
    Schema::list("ServiceConnectServiceList", &[Member::new("member", &SERVICE_CONNECT_SERVICE)]);

pub static SERVICE_CONNECT_SERVICE_RESOURCE: Schema = Schema::structure(
    "ServiceConnectServiceResource",
    &[Member::new("discoveryName", &STRING), Member::new("discoveryArn", &STRING)],
);

pub static SERVICE_CONNECT_SERVICE_RESOURCE_LIST: Schema = Schema::list(
    "ServiceConnectServiceResourceList",
    &[Member::new("member", &SERVICE_CONNECT_SERVICE_RESOURCE)],
);

pub static SERVICE_CONNECT_TEST_TRAFFIC_HEADER_MATCH_RULES: Schema = Schema::structure(
    "ServiceConnectTestTrafficHeaderMatchRules",
    &[Member::new("exact", &STRING).required()],
);

pub static SERVICE_CONNECT_TEST_TRAFFIC_HEADER_RULES: Schema = Schema::structure(
    "ServiceConnectTestTrafficHeaderRules",
    &[
        Member::new("name", &STRING).required(),
        Member::new("value", &SERVICE_CONNECT_TEST_TRAFFIC_HEADER_MATCH_RULES),
    ],
);

pub static SERVICE_CONNECT_TEST_TRAFFIC_RULES: Schema = Schema::structure(
    "ServiceConnectTestTrafficRules",
    &[Member::new("header", &SERVICE_CONNECT_TEST_TRAFFIC_HEADER_RULES).required()],
);

pub static SERVICE_CONNECT_TLS_CERTIFICATE_AUTHORITY: Schema =
    Schema::structure("ServiceConnectTlsCertificateAuthority", &[Member::new("awsPcaAuthorityArn", &STRING)]);

pub static SERVICE_CONNECT_TLS_CONFIGURATION: Schema = Schema::structure(
    "ServiceConnectTlsConfiguration",
    &[
        Member::new("issuerCertificateAuthority", &SERVICE_CONNECT_TLS_CERTIFICATE_AUTHORITY).required(),
        Member::new("kmsKey", &STRING),
        Member::new("roleArn", &STRING),
    ],
);

pub static SERVICE_CURRENT_REVISION_SUMMARY: Schema = Schema::structure(
    "ServiceCurrentRevisionSummary",
    &[
        Member::new("arn", &STRING),
        Member::new("requestedTaskCount", &INTEGER),
        Member::new("runningTaskCount", &INTEGER),
        Member::new("pendingTaskCount", &INTEGER),
    ],
);

pub static SERVICE_CURRENT_REVISION_SUMMARY_LIST: Schema = Schema::list(
    "ServiceCurrentRevisionSummaryList",
    &[Member::new("member", &SERVICE_CURRENT_REVISION_SUMMARY)],
);

pub static SERVICE_DEPLOYMENT: Schema = Schema::structure(
    "ServiceDeployment",
    &[
        Member::new("serviceDeploymentArn", &STRING),
        Member::new("serviceArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("startedAt", &TIMESTAMP),
        Member::new("finishedAt", &TIMESTAMP),
        Member::new("stoppedAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
        Member::new("sourceServiceRevisions", &SERVICE_REVISIONS_SUMMARY_LIST),
        Member::new("targetServiceRevision", &SERVICE_REVISION_SUMMARY),
        Member::new("status", &SERVICE_DEPLOYMENT_STATUS),
        Member::new("statusReason", &STRING),
        Member::new("lifecycleStage", &SERVICE_DEPLOYMENT_LIFECYCLE_STAGE),
        Member::new("lifecycleHookDetails", &DEPLOYMENT_LIFECYCLE_HOOK_DETAIL_LIST),
        Member::new("deploymentConfiguration", &DEPLOYMENT_CONFIGURATION),
        Member::new("rollback", &ROLLBACK),
        Member::new("deploymentCircuitBreaker", &SERVICE_DEPLOYMENT_CIRCUIT_BREAKER),
        Member::new("alarms", &SERVICE_DEPLOYMENT_ALARMS),
    ],
);

pub static SERVICE_DEPLOYMENT_ALARMS: Schema = Schema::structure(
    "ServiceDeploymentAlarms",
    &[
        Member::new("status", &SERVICE_DEPLOYMENT_ROLLBACK_MONITORS_STATUS),
        Member::new("alarmNames", &STRING_LIST),
        Member::new("triggeredAlarmNames", &STRING_LIST),
    ],
);

pub static SERVICE_DEPLOYMENT_BRIEF: Schema = Schema::structure(
    "ServiceDeploymentBrief",
    &[
        Member::new("serviceDeploymentArn", &STRING),
        Member::new("serviceArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("startedAt", &TIMESTAMP),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("finishedAt", &TIMESTAMP),
        Member::new("targetServiceRevisionArn", &STRING),
        Member::new("status", &SERVICE_DEPLOYMENT_STATUS),
        Member::new("statusReason", &STRING),
    ],
);

pub static SERVICE_DEPLOYMENT_CIRCUIT_BREAKER: Schema = Schema::structure(
    "ServiceDeploymentCircuitBreaker",
    &[
        Member::new("status", &SERVICE_DEPLOYMENT_ROLLBACK_MONITORS_STATUS),
        Member::new("failureCount", &INTEGER),
        Member::new("threshold", &INTEGER),
    ],
);

pub static SERVICE_DEPLOYMENT_LIFECYCLE_STAGE: Schema =
    Schema::scalar("ServiceDeploymentLifecycleStage", Kind::String)
        .enumeration(super::ServiceDeploymentLifecycleStage::VALUES);

pub static SERVICE_DEPLOYMENT_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("ServiceDeploymentNotFoundException", &[Member::new("message", &STRING)]);

pub static SERVICE_DEPLOYMENT_ROLLBACK_MONITORS_STATUS: Schema =
    Schema::scalar("ServiceDeploymentRollbackMonitorsStatus", Kind::String)
        .enumeration(super::ServiceDeploymentRollbackMonitorsStatus::VALUES);

pub static SERVICE_DEPLOYMENT_STATUS: Schema = Schema::scalar("ServiceDeploymentStatus", Kind::String)
    .enumeration(super::ServiceDeploymentStatus::VALUES);

pub static SERVICE_DEPLOYMENT_STATUS_LIST: Schema =
    Schema::list("ServiceDeploymentStatusList", &[Member::new("member", &SERVICE_DEPLOYMENT_STATUS)]);

pub static SERVICE_DEPLOYMENTS: Schema =
    Schema::list("ServiceDeployments", &[Member::new("member", &SERVICE_DEPLOYMENT)]);

pub static SERVICE_DEPLOYMENTS_BRIEF: Schema =
    Schema::list("ServiceDeploymentsBrief", &[Member::new("member", &SERVICE_DEPLOYMENT_BRIEF)]);

pub static SERVICE_EVENT: Schema = Schema::structure(
    "ServiceEvent",
    &[Member::new("id", &STRING), Member::new("createdAt", &TIMESTAMP), Member::new("message", &STRING)],
);

pub static SERVICE_EVENTS: Schema = Schema::list("ServiceEvents", &[Member::new("member", &SERVICE_EVENT)]);

pub static SERVICE_FIELD: Schema =
    Schema::scalar("ServiceField", Kind::String).enumeration(super::ServiceField::VALUES);

pub static SERVICE_FIELD_LIST: Schema =
    Schema::list("ServiceFieldList", &[Member::new("member", &SERVICE_FIELD)]);

pub static SERVICE_MANAGED_EBS_VOLUME_CONFIGURATION: Schema = Schema::structure(
    "ServiceManagedEBSVolumeConfiguration",
    &[
        Member::new("encrypted", &BOXED_BOOLEAN),
        Member::new("kmsKeyId", &EBSKMS_KEY_ID),
        Member::new("volumeType", &EBS_VOLUME_TYPE),
        Member::new("sizeInGiB", &BOXED_INTEGER),
        Member::new("snapshotId", &EBS_SNAPSHOT_ID),
        Member::new("volumeInitializationRate", &BOXED_INTEGER),
        Member::new("iops", &BOXED_INTEGER),
        Member::new("throughput", &BOXED_INTEGER),
        Member::new("tagSpecifications", &EBS_TAG_SPECIFICATIONS),
        Member::new("roleArn", &IAM_ROLE_ARN).required(),
        Member::new("filesystemType", &TASK_FILESYSTEM_TYPE),
    ],
);

pub static SERVICE_NOT_ACTIVE_EXCEPTION: Schema =
    Schema::structure("ServiceNotActiveException", &[Member::new("message", &STRING)]);

pub static SERVICE_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("ServiceNotFoundException", &[Member::new("message", &STRING)]);

pub static SERVICE_REGISTRIES: Schema =
    Schema::list("ServiceRegistries", &[Member::new("member", &SERVICE_REGISTRY)]);

pub static SERVICE_REGISTRY: Schema = Schema::structure(
    "ServiceRegistry",
    &[
        Member::new("registryArn", &STRING),
        Member::new("port", &BOXED_INTEGER),
        Member::new("containerName", &STRING),
        Member::new("containerPort", &BOXED_INTEGER),
    ],
);

pub static SERVICE_REVISION: Schema = Schema::structure(
    "ServiceRevision",
    &[
        Member::new("serviceRevisionArn", &STRING),
        Member::new("serviceArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("taskDefinition", &STRING),
        Member::new("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("platformVersion", &STRING),
        Member::new("platformFamily", &STRING),
        Member::new("loadBalancers", &LOAD_BALANCERS),
        Member::new("serviceRegistries", &SERVICE_REGISTRIES),
        Member::new("networkConfiguration", &NETWORK_CONFIGURATION),
        Member::new("containerImages", &CONTAINER_IMAGES),
        Member::new("guardDutyEnabled", &BOOLEAN),
        Member::new("serviceConnectConfiguration", &SERVICE_CONNECT_CONFIGURATION),
        Member::new("volumeConfigurations", &SERVICE_VOLUME_CONFIGURATIONS),
        Member::new("fargateEphemeralStorage", &DEPLOYMENT_EPHEMERAL_STORAGE),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("vpcLatticeConfigurations", &VPC_LATTICE_CONFIGURATIONS),
        Member::new("resolvedConfiguration", &RESOLVED_CONFIGURATION),
        Member::new("ecsManagedResources", &ECS_MANAGED_RESOURCES),
        Member::new("overrides", &SERVICE_REVISION_OVERRIDES),
        Member::new("gatewayConnectors", &GATEWAY_CONNECTOR_LIST),
        Member::new("monitoring", &MONITORING_CONFIGURATION),
    ],
);

pub static SERVICE_REVISION_CLEANUP: Schema =
    Schema::scalar("ServiceRevisionCleanup", Kind::String).enumeration(super::ServiceRevisionCleanup::VALUES);

pub static SERVICE_REVISION_LOAD_BALANCER: Schema = Schema::structure(
    "ServiceRevisionLoadBalancer",
    &[Member::new("targetGroupArn", &STRING), Member::new("productionListenerRule", &STRING)],
);

pub static SERVICE_REVISION_LOAD_BALANCERS: Schema =
    Schema::list("ServiceRevisionLoadBalancers", &[Member::new("member", &SERVICE_REVISION_LOAD_BALANCER)]);

pub static SERVICE_REVISION_OVERRIDES: Schema = Schema::structure(
    "ServiceRevisionOverrides",
    &[Member::new("runtimePlatform", &RUNTIME_PLATFORM_OVERRIDE)],
);

pub static SERVICE_REVISION_SUMMARY: Schema = Schema::structure(
    "ServiceRevisionSummary",
    &[
        Member::new("arn", &STRING),
        Member::new("requestedTaskCount", &INTEGER),
        Member::new("runningTaskCount", &INTEGER),
        Member::new("pendingTaskCount", &INTEGER),
        Member::new("requestedTestTrafficWeight", &DOUBLE),
        Member::new("requestedProductionTrafficWeight", &DOUBLE),
    ],
);

pub static SERVICE_REVISION_VPC_LATTICE_CONFIGURATION: Schema = Schema::structure(
    "ServiceRevisionVpcLatticeConfiguration",
    &[Member::new("targetGroupArn", &STRING), Member::new("productionListenerRule", &STRING)],
);

pub static SERVICE_REVISION_VPC_LATTICE_CONFIGURATIONS: Schema = Schema::list(
    "ServiceRevisionVpcLatticeConfigurations",
    &[Member::new("member", &SERVICE_REVISION_VPC_LATTICE_CONFIGURATION)],
);

pub static SERVICE_REVISIONS: Schema =
    Schema::list("ServiceRevisions", &[Member::new("member", &SERVICE_REVISION)]);

pub static SERVICE_REVISIONS_SUMMARY_LIST: Schema =
    Schema::list("ServiceRevisionsSummaryList", &[Member::new("member", &SERVICE_REVISION_SUMMARY)]);

pub static SERVICE_VOLUME_CONFIGURATION: Schema = Schema::structure(
    "ServiceVolumeConfiguration",
    &[
        Member::new("name", &ECS_VOLUME_NAME).required(),
        Member::new("managedEBSVolume", &SERVICE_MANAGED_EBS_VOLUME_CONFIGURATION),
    ],
);

pub static SERVICE_VOLUME_CONFIGURATIONS: Schema =
    Schema::list("ServiceVolumeConfigurations", &[Member::new("member", &SERVICE_VOLUME_CONFIGURATION)]);

pub static SERVICES: Schema = Schema::list("Services", &[Member::new("member", &SERVICE)]);

pub static SESSION: Schema = Schema::structure(
    "Session",
    &[
        Member::new("sessionId", &STRING),
        Member::new("streamUrl", &STRING),
        Member::new("tokenValue", &SENSITIVE_STRING),
    ],
);

pub static SETTING: Schema = Schema::structure(
    "Setting",
    &[
        Member::new("name", &SETTING_NAME),
        Member::new("value", &STRING),
        Member::new("principalArn", &STRING),
        Member::new("type", &SETTING_TYPE),
    ],
);

pub static SETTING_NAME: Schema =
    Schema::scalar("SettingName", Kind::String).enumeration(super::SettingName::VALUES);

pub static SETTING_TYPE: Schema =
    Schema::scalar("SettingType", Kind::String).enumeration(super::SettingType::VALUES);

pub static SETTINGS: Schema = Schema::list("Settings", &[Member::new("member", &SETTING)]);

pub static SHARING_STRATEGY: Schema =
    Schema::union("SharingStrategy", &[Member::new("nvidiaMps", &NVIDIA_MPS_ALLOCATION)]);

pub static SORT_ORDER: Schema =
    Schema::scalar("SortOrder", Kind::String).enumeration(super::SortOrder::VALUES);

pub static STABILITY_STATUS: Schema =
    Schema::scalar("StabilityStatus", Kind::String).enumeration(super::StabilityStatus::VALUES);

pub static START_TASK_REQUEST: Schema = Schema::structure(
    "StartTaskRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("containerInstances", &STRING_LIST).required(),
        Member::new("enableECSManagedTags", &BOOLEAN),
        Member::new("enableExecuteCommand", &BOOLEAN),
        Member::new("group", &STRING),
        Member::new("networkConfiguration", &NETWORK_CONFIGURATION),
        Member::new("overrides", &TASK_OVERRIDE),
        Member::new("propagateTags", &PROPAGATE_TAGS),
        Member::new("referenceId", &STRING),
        Member::new("startedBy", &STRING),
        Member::new("tags", &TAGS),
        Member::new("taskDefinition", &STRING).required(),
        Member::new("volumeConfigurations", &TASK_VOLUME_CONFIGURATIONS),
    ],
);

pub static START_TASK_RESPONSE: Schema = Schema::structure(
    "StartTaskResponse",
    &[Member::new("tasks", &TASKS), Member::new("failures", &FAILURES)],
);

pub static STATISTICS: Schema = Schema::list("Statistics", &[Member::new("member", &KEY_VALUE_PAIR)]);

pub static STOP_SERVICE_DEPLOYMENT_REQUEST: Schema = Schema::structure(
    "StopServiceDeploymentRequest",
    &[
        Member::new("serviceDeploymentArn", &STRING).required(),
        Member::new("stopType", &STOP_SERVICE_DEPLOYMENT_STOP_TYPE),
    ],
);

pub static STOP_SERVICE_DEPLOYMENT_RESPONSE: Schema =
    Schema::structure("StopServiceDeploymentResponse", &[Member::new("serviceDeploymentArn", &STRING)]);

pub static STOP_SERVICE_DEPLOYMENT_STOP_TYPE: Schema =
    Schema::scalar("StopServiceDeploymentStopType", Kind::String)
        .enumeration(super::StopServiceDeploymentStopType::VALUES);

pub static STOP_TASK_REQUEST: Schema = Schema::structure(
    "StopTaskRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("task", &STRING).required(),
        Member::new("reason", &STRING),
    ],
);

pub static STOP_TASK_RESPONSE: Schema = Schema::structure("StopTaskResponse", &[Member::new("task", &TASK)]);

pub static STRING: Schema = Schema::scalar("String", Kind::String);

pub static STRING_LIST: Schema = Schema::list("StringList", &[Member::new("member", &STRING)]);

pub static STRING_MAP: Schema =
    Schema::map("StringMap", &[Member::new("key", &STRING), Member::new("value", &STRING)]);

pub static SUBMIT_ATTACHMENT_STATE_CHANGES_REQUEST: Schema = Schema::structure(
    "SubmitAttachmentStateChangesRequest",
    &[Member::new("cluster", &STRING), Member::new("attachments", &ATTACHMENT_STATE_CHANGES).required()],
);

pub static SUBMIT_ATTACHMENT_STATE_CHANGES_RESPONSE: Schema =
    Schema::structure("SubmitAttachmentStateChangesResponse", &[Member::new("acknowledgment", &STRING)]);

pub static SUBMIT_CONTAINER_STATE_CHANGE_REQUEST: Schema = Schema::structure(
    "SubmitContainerStateChangeRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("task", &STRING),
        Member::new("containerName", &STRING),
        Member::new("runtimeId", &STRING),
        Member::new("status", &STRING),
        Member::new("exitCode", &BOXED_INTEGER),
        Member::new("reason", &STRING),
        Member::new("networkBindings", &NETWORK_BINDINGS),
    ],
);

pub static SUBMIT_CONTAINER_STATE_CHANGE_RESPONSE: Schema =
    Schema::structure("SubmitContainerStateChangeResponse", &[Member::new("acknowledgment", &STRING)]);

pub static SUBMIT_TASK_STATE_CHANGE_REQUEST: Schema = Schema::structure(
    "SubmitTaskStateChangeRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("task", &STRING),
        Member::new("status", &STRING),
        Member::new("reason", &STRING),
        Member::new("containers", &CONTAINER_STATE_CHANGES),
        Member::new("attachments", &ATTACHMENT_STATE_CHANGES),
        Member::new("managedAgents", &MANAGED_AGENT_STATE_CHANGES),
        Member::new("pullStartedAt", &TIMESTAMP),
        Member::new("pullStoppedAt", &TIMESTAMP),
        Member::new("executionStoppedAt", &TIMESTAMP),
    ],
);

pub static SUBMIT_TASK_STATE_CHANGE_RESPONSE: Schema =
    Schema::structure("SubmitTaskStateChangeResponse", &[Member::new("acknowledgment", &STRING)]);

pub static SYSTEM_CONTROL: Schema =
    Schema::structure("SystemControl", &[Member::new("namespace", &STRING), Member::new("value", &STRING)]);

pub static SYSTEM_CONTROLS: Schema =
    Schema::list("SystemControls", &[Member::new("member", &SYSTEM_CONTROL)]);

pub static TAG: Schema =
    Schema::structure("Tag", &[Member::new("key", &TAG_KEY), Member::new("value", &TAG_VALUE)]);

static PATTERN_OF_TAG_KEY: Pattern = Pattern::new("([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");
pub static TAG_KEY: Schema =
    Schema::scalar("TagKey", Kind::String).min(1).max(128).pattern(&PATTERN_OF_TAG_KEY);

pub static TAG_KEYS: Schema = Schema::list("TagKeys", &[Member::new("member", &TAG_KEY)]);

pub static TAG_RESOURCE_REQUEST: Schema = Schema::structure(
    "TagResourceRequest",
    &[Member::new("resourceArn", &STRING).required(), Member::new("tags", &TAGS).required()],
);

pub static TAG_RESOURCE_RESPONSE: Schema = Schema::structure("TagResourceResponse", &[]);

static PATTERN_OF_TAG_VALUE: Pattern = Pattern::new("([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");
pub static TAG_VALUE: Schema =
    Schema::scalar("TagValue", Kind::String).min(0).max(256).pattern(&PATTERN_OF_TAG_VALUE);

pub static TAGS: Schema = Schema::list("Tags", &[Member::new("member", &TAG)]).min(0).max(50);

pub static TARGET_NOT_CONNECTED_EXCEPTION: Schema =
    Schema::structure("TargetNotConnectedException", &[Member::new("message", &STRING)]);

pub static TARGET_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("TargetNotFoundException", &[Member::new("message", &STRING)]);

pub static TARGET_TYPE: Schema =
    Schema::scalar("TargetType", Kind::String).enumeration(super::TargetType::VALUES);

pub static TASK: Schema = Schema::structure(
    "Task",
    &[
        Member::new("attachments", &ATTACHMENTS),
        Member::new("attributes", &ATTRIBUTES),
        Member::new("availabilityZone", &STRING),
        Member::new("capacityProviderName", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("connectivity", &CONNECTIVITY),
        Member::new("connectivityAt", &TIMESTAMP),
        Member::new("containerInstanceArn", &STRING),
        Member::new("containers", &CONTAINERS),
        Member::new("cpu", &STRING),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("desiredStatus", &STRING),
        Member::new("enableExecuteCommand", &BOOLEAN),
        Member::new("executionStoppedAt", &TIMESTAMP),
        Member::new("group", &STRING),
        Member::new("healthStatus", &HEALTH_STATUS),
        Member::new("inferenceAccelerators", &INFERENCE_ACCELERATORS),
        Member::new("lastStatus", &STRING),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("memory", &STRING),
        Member::new("overrides", &TASK_OVERRIDE),
        Member::new("platformVersion", &STRING),
        Member::new("platformFamily", &STRING),
        Member::new("pullStartedAt", &TIMESTAMP),
        Member::new("pullStoppedAt", &TIMESTAMP),
        Member::new("startedAt", &TIMESTAMP),
        Member::new("startedBy", &STRING),
        Member::new("stopCode", &TASK_STOP_CODE),
        Member::new("stoppedAt", &TIMESTAMP),
        Member::new("stoppedReason", &STRING),
        Member::new("stoppingAt", &TIMESTAMP),
        Member::new("tags", &TAGS),
        Member::new("taskArn", &STRING),
        Member::new("taskDefinitionArn", &STRING),
        Member::new("version", &LONG),
        Member::new("ephemeralStorage", &EPHEMERAL_STORAGE),
        Member::new("fargateEphemeralStorage", &TASK_EPHEMERAL_STORAGE),
        Member::new("trustedExecutionSummary", &TRUSTED_EXECUTION_SUMMARY),
    ],
);

pub static TASK_DEFINITION: Schema = Schema::structure(
    "TaskDefinition",
    &[
        Member::new("taskDefinitionArn", &STRING),
        Member::new("containerDefinitions", &CONTAINER_DEFINITIONS),
        Member::new("family", &STRING),
        Member::new("taskRoleArn", &STRING),
        Member::new("executionRoleArn", &STRING),
        Member::new("networkMode", &NETWORK_MODE),
        Member::new("revision", &INTEGER),
        Member::new("volumes", &VOLUME_LIST),
        Member::new("status", &TASK_DEFINITION_STATUS),
        Member::new("requiresAttributes", &REQUIRES_ATTRIBUTES),
        Member::new("placementConstraints", &TASK_DEFINITION_PLACEMENT_CONSTRAINTS),
        Member::new("compatibilities", &COMPATIBILITY_LIST),
        Member::new("runtimePlatform", &RUNTIME_PLATFORM),
        Member::new("requiresCompatibilities", &COMPATIBILITY_LIST),
        Member::new("cpu", &STRING),
        Member::new("memory", &STRING),
        Member::new("inferenceAccelerators", &INFERENCE_ACCELERATORS),
        Member::new("pidMode", &PID_MODE),
        Member::new("ipcMode", &IPC_MODE),
        Member::new("proxyConfiguration", &PROXY_CONFIGURATION),
        Member::new("registeredAt", &TIMESTAMP),
        Member::new("deregisteredAt", &TIMESTAMP),
        Member::new("deleteRequestedAt", &TIMESTAMP),
        Member::new("registeredBy", &STRING),
        Member::new("ephemeralStorage", &EPHEMERAL_STORAGE),
        Member::new("enableFaultInjection", &BOXED_BOOLEAN),
        Member::new("trustedExecutionConfiguration", &TRUSTED_EXECUTION_CONFIGURATION),
    ],
);

pub static TASK_DEFINITION_FAMILY_STATUS: Schema = Schema::scalar("TaskDefinitionFamilyStatus", Kind::String)
    .enumeration(super::TaskDefinitionFamilyStatus::VALUES);

pub static TASK_DEFINITION_FIELD: Schema =
    Schema::scalar("TaskDefinitionField", Kind::String).enumeration(super::TaskDefinitionField::VALUES);

pub static TASK_DEFINITION_FIELD_LIST: Schema =
    Schema::list("TaskDefinitionFieldList", &[Member::new("member", &TASK_DEFINITION_FIELD)]);

pub static TASK_DEFINITION_LIST: Schema =
    Schema::list("TaskDefinitionList", &[Member::new("member", &TASK_DEFINITION)]);

pub static TASK_DEFINITION_PLACEMENT_CONSTRAINT: Schema = Schema::structure(
    "TaskDefinitionPlacementConstraint",
    &[Member::new("type", &TASK_DEFINITION_PLACEMENT_CONSTRAINT_TYPE), Member::new("expression", &STRING)],
);

pub static TASK_DEFINITION_PLACEMENT_CONSTRAINT_TYPE: Schema =
    Schema::scalar("TaskDefinitionPlacementConstraintType", Kind::String)
        .enumeration(super::TaskDefinitionPlacementConstraintType::VALUES);

pub static TASK_DEFINITION_PLACEMENT_CONSTRAINTS: Schema = Schema::list(
    "TaskDefinitionPlacementConstraints",
    &[Member::new("member", &TASK_DEFINITION_PLACEMENT_CONSTRAINT)],
);

pub static TASK_DEFINITION_STATUS: Schema =
    Schema::scalar("TaskDefinitionStatus", Kind::String).enumeration(super::TaskDefinitionStatus::VALUES);

pub static TASK_EPHEMERAL_STORAGE: Schema = Schema::structure(
    "TaskEphemeralStorage",
    &[Member::new("sizeInGiB", &INTEGER), Member::new("kmsKeyId", &STRING)],
);

pub static TASK_FIELD: Schema =
    Schema::scalar("TaskField", Kind::String).enumeration(super::TaskField::VALUES);

pub static TASK_FIELD_LIST: Schema = Schema::list("TaskFieldList", &[Member::new("member", &TASK_FIELD)]);

pub static TASK_FILESYSTEM_TYPE: Schema =
    Schema::scalar("TaskFilesystemType", Kind::String).enumeration(super::TaskFilesystemType::VALUES);

pub static TASK_MANAGED_EBS_VOLUME_CONFIGURATION: Schema = Schema::structure(
    "TaskManagedEBSVolumeConfiguration",
    &[
        Member::new("encrypted", &BOXED_BOOLEAN),
        Member::new("kmsKeyId", &EBSKMS_KEY_ID),
        Member::new("volumeType", &EBS_VOLUME_TYPE),
        Member::new("sizeInGiB", &BOXED_INTEGER),
        Member::new("snapshotId", &EBS_SNAPSHOT_ID),
        Member::new("volumeInitializationRate", &BOXED_INTEGER),
        Member::new("iops", &BOXED_INTEGER),
        Member::new("throughput", &BOXED_INTEGER),
        Member::new("tagSpecifications", &EBS_TAG_SPECIFICATIONS),
        Member::new("roleArn", &IAM_ROLE_ARN).required(),
        Member::new("terminationPolicy", &TASK_MANAGED_EBS_VOLUME_TERMINATION_POLICY),
        Member::new("filesystemType", &TASK_FILESYSTEM_TYPE),
    ],
);

pub static TASK_MANAGED_EBS_VOLUME_TERMINATION_POLICY: Schema = Schema::structure(
    "TaskManagedEBSVolumeTerminationPolicy",
    &[Member::new("deleteOnTermination", &BOXED_BOOLEAN).required()],
);

pub static TASK_OVERRIDE: Schema = Schema::structure(
    "TaskOverride",
    &[
        Member::new("containerOverrides", &CONTAINER_OVERRIDES),
        Member::new("cpu", &STRING),
        Member::new("inferenceAcceleratorOverrides", &INFERENCE_ACCELERATOR_OVERRIDES),
        Member::new("executionRoleArn", &STRING),
        Member::new("memory", &STRING),
        Member::new("taskRoleArn", &STRING),
        Member::new("ephemeralStorage", &EPHEMERAL_STORAGE),
    ],
);

pub static TASK_SET: Schema = Schema::structure(
    "TaskSet",
    &[
        Member::new("id", &STRING),
        Member::new("taskSetArn", &STRING),
        Member::new("serviceArn", &STRING),
        Member::new("clusterArn", &STRING),
        Member::new("startedBy", &STRING),
        Member::new("externalId", &STRING),
        Member::new("status", &STRING),
        Member::new("taskDefinition", &STRING),
        Member::new("computedDesiredCount", &INTEGER),
        Member::new("pendingCount", &INTEGER),
        Member::new("runningCount", &INTEGER),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
        Member::new("launchType", &LAUNCH_TYPE),
        Member::new("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("platformVersion", &STRING),
        Member::new("platformFamily", &STRING),
        Member::new("networkConfiguration", &NETWORK_CONFIGURATION),
        Member::new("loadBalancers", &LOAD_BALANCERS),
        Member::new("serviceRegistries", &SERVICE_REGISTRIES),
        Member::new("scale", &SCALE),
        Member::new("stabilityStatus", &STABILITY_STATUS),
        Member::new("stabilityStatusAt", &TIMESTAMP),
        Member::new("tags", &TAGS),
        Member::new("fargateEphemeralStorage", &DEPLOYMENT_EPHEMERAL_STORAGE),
    ],
);

pub static TASK_SET_FIELD: Schema =
    Schema::scalar("TaskSetField", Kind::String).enumeration(super::TaskSetField::VALUES);

pub static TASK_SET_FIELD_LIST: Schema =
    Schema::list("TaskSetFieldList", &[Member::new("member", &TASK_SET_FIELD)]);

pub static TASK_SET_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("TaskSetNotFoundException", &[Member::new("message", &STRING)]);

pub static TASK_SETS: Schema = Schema::list("TaskSets", &[Member::new("member", &TASK_SET)]);

pub static TASK_STOP_CODE: Schema =
    Schema::scalar("TaskStopCode", Kind::String).enumeration(super::TaskStopCode::VALUES);

pub static TASK_VOLUME_CONFIGURATION: Schema = Schema::structure(
    "TaskVolumeConfiguration",
    &[
        Member::new("name", &ECS_VOLUME_NAME).required(),
        Member::new("managedEBSVolume", &TASK_MANAGED_EBS_VOLUME_CONFIGURATION),
    ],
);

pub static TASK_VOLUME_CONFIGURATIONS: Schema =
    Schema::list("TaskVolumeConfigurations", &[Member::new("member", &TASK_VOLUME_CONFIGURATION)]);

pub static TASK_VOLUME_STORAGE_GI_B: Schema = Schema::scalar("TaskVolumeStorageGiB", Kind::Integer).min(1);

pub static TASKS: Schema = Schema::list("Tasks", &[Member::new("member", &TASK)]);

pub static THRESHOLD_CONFIGURATION: Schema = Schema::structure(
    "ThresholdConfiguration",
    &[Member::new("type", &THRESHOLD_TYPE).required(), Member::new("value", &INTEGER).required()],
);

pub static THRESHOLD_TYPE: Schema =
    Schema::scalar("ThresholdType", Kind::String).enumeration(super::ThresholdType::VALUES);

pub static TIMEOUT_CONFIGURATION: Schema = Schema::structure(
    "TimeoutConfiguration",
    &[Member::new("idleTimeoutSeconds", &DURATION), Member::new("perRequestTimeoutSeconds", &DURATION)],
);

pub static TIMESTAMP: Schema = Schema::scalar("Timestamp", Kind::Timestamp);

pub static TMPFS: Schema = Schema::structure(
    "Tmpfs",
    &[
        Member::new("containerPath", &STRING).required(),
        Member::new("size", &INTEGER).required(),
        Member::new("mountOptions", &STRING_LIST),
    ],
);

pub static TMPFS_LIST: Schema = Schema::list("TmpfsList", &[Member::new("member", &TMPFS)]);

pub static TOTAL_LOCAL_STORAGE_GB_REQUEST: Schema = Schema::structure(
    "TotalLocalStorageGBRequest",
    &[Member::new("min", &BOXED_DOUBLE), Member::new("max", &BOXED_DOUBLE)],
);

pub static TRANSPORT_PROTOCOL: Schema =
    Schema::scalar("TransportProtocol", Kind::String).enumeration(super::TransportProtocol::VALUES);

pub static TRUSTED_EXECUTION_CONFIGURATION: Schema = Schema::structure(
    "TrustedExecutionConfiguration",
    &[Member::new("isolationMode", &ISOLATION_MODE).required(), Member::new("attestationPolicy", &STRING)],
);

pub static TRUSTED_EXECUTION_SUMMARY: Schema = Schema::structure(
    "TrustedExecutionSummary",
    &[
        Member::new("isolationMode", &ISOLATION_MODE).required(),
        Member::new("attestationPolicyStatus", &ATTESTATION_POLICY_STATUS),
    ],
);

pub static ULIMIT: Schema = Schema::structure(
    "Ulimit",
    &[
        Member::new("name", &ULIMIT_NAME).required(),
        Member::new("softLimit", &INTEGER).required(),
        Member::new("hardLimit", &INTEGER).required(),
    ],
);

pub static ULIMIT_LIST: Schema = Schema::list("UlimitList", &[Member::new("member", &ULIMIT)]);

pub static ULIMIT_NAME: Schema =
    Schema::scalar("UlimitName", Kind::String).enumeration(super::UlimitName::VALUES);

pub static UNSUPPORTED_FEATURE_EXCEPTION: Schema =
    Schema::structure("UnsupportedFeatureException", &[Member::new("message", &STRING)]);

pub static UNTAG_RESOURCE_REQUEST: Schema = Schema::structure(
    "UntagResourceRequest",
    &[Member::new("resourceArn", &STRING).required(), Member::new("tagKeys", &TAG_KEYS).required()],
);

pub static UNTAG_RESOURCE_RESPONSE: Schema = Schema::structure("UntagResourceResponse", &[]);

pub static UPDATE_CAPACITY_PROVIDER_REQUEST: Schema = Schema::structure(
    "UpdateCapacityProviderRequest",
    &[
        Member::new("name", &STRING).required(),
        Member::new("cluster", &STRING),
        Member::new("autoScalingGroupProvider", &AUTO_SCALING_GROUP_PROVIDER_UPDATE),
        Member::new("managedInstancesProvider", &UPDATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION),
    ],
);

pub static UPDATE_CAPACITY_PROVIDER_RESPONSE: Schema = Schema::structure(
    "UpdateCapacityProviderResponse",
    &[Member::new("capacityProvider", &CAPACITY_PROVIDER)],
);

pub static UPDATE_CLUSTER_REQUEST: Schema = Schema::structure(
    "UpdateClusterRequest",
    &[
        Member::new("cluster", &STRING).required(),
        Member::new("settings", &CLUSTER_SETTINGS),
        Member::new("configuration", &CLUSTER_CONFIGURATION),
        Member::new("serviceConnectDefaults", &CLUSTER_SERVICE_CONNECT_DEFAULTS_REQUEST),
    ],
);

pub static UPDATE_CLUSTER_RESPONSE: Schema =
    Schema::structure("UpdateClusterResponse", &[Member::new("cluster", &CLUSTER)]);

pub static UPDATE_CLUSTER_SETTINGS_REQUEST: Schema = Schema::structure(
    "UpdateClusterSettingsRequest",
    &[Member::new("cluster", &STRING).required(), Member::new("settings", &CLUSTER_SETTINGS).required()],
);

pub static UPDATE_CLUSTER_SETTINGS_RESPONSE: Schema =
    Schema::structure("UpdateClusterSettingsResponse", &[Member::new("cluster", &CLUSTER)]);

pub static UPDATE_CONTAINER_AGENT_REQUEST: Schema = Schema::structure(
    "UpdateContainerAgentRequest",
    &[Member::new("cluster", &STRING), Member::new("containerInstance", &STRING).required()],
);

pub static UPDATE_CONTAINER_AGENT_RESPONSE: Schema = Schema::structure(
    "UpdateContainerAgentResponse",
    &[Member::new("containerInstance", &CONTAINER_INSTANCE)],
);

pub static UPDATE_CONTAINER_INSTANCES_STATE_REQUEST: Schema = Schema::structure(
    "UpdateContainerInstancesStateRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("containerInstances", &STRING_LIST).required(),
        Member::new("status", &CONTAINER_INSTANCE_STATUS).required(),
    ],
);

pub static UPDATE_CONTAINER_INSTANCES_STATE_RESPONSE: Schema = Schema::structure(
    "UpdateContainerInstancesStateResponse",
    &[Member::new("containerInstances", &CONTAINER_INSTANCES), Member::new("failures", &FAILURES)],
);

pub static UPDATE_DAEMON_REQUEST: Schema = Schema::structure(
    "UpdateDaemonRequest",
    &[
        Member::new("daemonArn", &STRING).required(),
        Member::new("daemonTaskDefinitionArn", &STRING).required(),
        Member::new("capacityProviderArns", &STRING_LIST).required(),
        Member::new("deploymentConfiguration", &DAEMON_DEPLOYMENT_CONFIGURATION),
        Member::new("propagateTags", &DAEMON_PROPAGATE_TAGS),
        Member::new("enableECSManagedTags", &BOOLEAN),
        Member::new("enableExecuteCommand", &BOOLEAN),
        Member::new("critical", &BOXED_BOOLEAN),
    ],
);

pub static UPDATE_DAEMON_RESPONSE: Schema = Schema::structure(
    "UpdateDaemonResponse",
    &[
        Member::new("daemonArn", &STRING),
        Member::new("status", &DAEMON_STATUS),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
        Member::new("deploymentArn", &STRING),
    ],
);

pub static UPDATE_EXPRESS_GATEWAY_SERVICE_REQUEST: Schema = Schema::structure(
    "UpdateExpressGatewayServiceRequest",
    &[
        Member::new("serviceArn", &STRING).required(),
        Member::new("executionRoleArn", &STRING),
        Member::new("healthCheckPath", &STRING),
        Member::new("primaryContainer", &EXPRESS_GATEWAY_CONTAINER),
        Member::new("taskRoleArn", &STRING),
        Member::new("networkConfiguration", &EXPRESS_GATEWAY_SERVICE_NETWORK_CONFIGURATION),
        Member::new("cpu", &STRING),
        Member::new("memory", &STRING),
        Member::new("cpuArchitecture", &EXPRESS_CPU_ARCHITECTURE),
        Member::new("scalingTarget", &EXPRESS_GATEWAY_SCALING_TARGET),
        Member::new("taskDefinitionArn", &STRING),
    ],
);

pub static UPDATE_EXPRESS_GATEWAY_SERVICE_RESPONSE: Schema = Schema::structure(
    "UpdateExpressGatewayServiceResponse",
    &[Member::new("service", &UPDATED_EXPRESS_GATEWAY_SERVICE)],
);

pub static UPDATE_GATEWAY_ALB_CONFIGURATION: Schema = Schema::structure(
    "UpdateGatewayAlbConfiguration",
    &[
        Member::new("networkConfiguration", &UPDATE_GATEWAY_NETWORK_CONFIGURATION),
        Member::new("maxAlbCount", &BOXED_INTEGER),
        Member::new("webACLArn", &STRING),
        Member::new("accessLogs", &GATEWAY_ELB_ACCESS_LOG_CONFIGURATION),
        Member::new("httpDesync", &GATEWAY_ALB_DESYNC_MITIGATION_MODE),
        Member::new("testTrafficRules", &GATEWAY_ALB_TEST_TRAFFIC_RULES),
    ],
);

pub static UPDATE_GATEWAY_CONFIGURATION: Schema = Schema::union(
    "UpdateGatewayConfiguration",
    &[Member::new("hostSharedAlb", &UPDATE_GATEWAY_ALB_CONFIGURATION)],
);

pub static UPDATE_GATEWAY_NETWORK_CONFIGURATION: Schema =
    Schema::structure("UpdateGatewayNetworkConfiguration", &[Member::new("inboundSecurityGroup", &STRING)]);

pub static UPDATE_GATEWAY_REQUEST: Schema = Schema::structure(
    "UpdateGatewayRequest",
    &[
        Member::new("gateway", &STRING).required(),
        Member::new("infrastructureRoleArn", &STRING),
        Member::new("deletionProtection", &BOXED_BOOLEAN),
        Member::new("configuration", &UPDATE_GATEWAY_CONFIGURATION),
        Member::new("propagateTags", &PROPAGATE_GATEWAY_TAGS),
    ],
);

pub static UPDATE_GATEWAY_RESPONSE: Schema = Schema::structure(
    "UpdateGatewayResponse",
    &[
        Member::new("gatewayArn", &STRING),
        Member::new("name", &STRING),
        Member::new("status", &GATEWAY_STATUS),
    ],
);

pub static UPDATE_IN_PROGRESS_EXCEPTION: Schema =
    Schema::structure("UpdateInProgressException", &[Member::new("message", &STRING)]);

pub static UPDATE_MANAGED_INSTANCES_PROVIDER_CONFIGURATION: Schema = Schema::structure(
    "UpdateManagedInstancesProviderConfiguration",
    &[
        Member::new("infrastructureRoleArn", &STRING).required(),
        Member::new("instanceLaunchTemplate", &INSTANCE_LAUNCH_TEMPLATE_UPDATE).required(),
        Member::new("propagateTags", &PROPAGATE_MI_TAGS),
        Member::new("infrastructureOptimization", &INFRASTRUCTURE_OPTIMIZATION),
        Member::new("autoRepairConfiguration", &AUTO_REPAIR_CONFIGURATION),
    ],
);

pub static UPDATE_SERVICE_PRIMARY_TASK_SET_REQUEST: Schema = Schema::structure(
    "UpdateServicePrimaryTaskSetRequest",
    &[
        Member::new("cluster", &STRING).required(),
        Member::new("service", &STRING).required(),
        Member::new("primaryTaskSet", &STRING).required(),
    ],
);

pub static UPDATE_SERVICE_PRIMARY_TASK_SET_RESPONSE: Schema =
    Schema::structure("UpdateServicePrimaryTaskSetResponse", &[Member::new("taskSet", &TASK_SET)]);

pub static UPDATE_SERVICE_REQUEST: Schema = Schema::structure(
    "UpdateServiceRequest",
    &[
        Member::new("cluster", &STRING),
        Member::new("service", &STRING).required(),
        Member::new("desiredCount", &BOXED_INTEGER),
        Member::new("taskDefinition", &STRING),
        Member::new("capacityProviderStrategy", &CAPACITY_PROVIDER_STRATEGY),
        Member::new("deploymentConfiguration", &DEPLOYMENT_CONFIGURATION),
        Member::new("availabilityZoneRebalancing", &AVAILABILITY_ZONE_REBALANCING),
        Member::new("networkConfiguration", &NETWORK_CONFIGURATION),
        Member::new("placementConstraints", &PLACEMENT_CONSTRAINTS),
        Member::new("placementStrategy", &PLACEMENT_STRATEGIES),
        Member::new("platformVersion", &STRING),
        Member::new("forceNewDeployment", &BOOLEAN),
        Member::new("healthCheckGracePeriodSeconds", &BOXED_INTEGER),
        Member::new("deploymentController", &DEPLOYMENT_CONTROLLER),
        Member::new("enableExecuteCommand", &BOXED_BOOLEAN),
        Member::new("enableECSManagedTags", &BOXED_BOOLEAN),
        Member::new("loadBalancers", &LOAD_BALANCERS),
        Member::new("propagateTags", &PROPAGATE_TAGS),
        Member::new("serviceRegistries", &SERVICE_REGISTRIES),
        Member::new("serviceConnectConfiguration", &SERVICE_CONNECT_CONFIGURATION),
        Member::new("volumeConfigurations", &SERVICE_VOLUME_CONFIGURATIONS),
        Member::new("vpcLatticeConfigurations", &VPC_LATTICE_CONFIGURATIONS),
        Member::new("gatewayConnectors", &GATEWAY_CONNECTOR_LIST),
        Member::new("monitoring", &MONITORING_CONFIGURATION),
    ],
);

pub static UPDATE_SERVICE_RESPONSE: Schema =
    Schema::structure("UpdateServiceResponse", &[Member::new("service", &SERVICE)]);

pub static UPDATE_TASK_PROTECTION_REQUEST: Schema = Schema::structure(
    "UpdateTaskProtectionRequest",
    &[
        Member::new("cluster", &STRING).required(),
        Member::new("tasks", &STRING_LIST).required(),
        Member::new("protectionEnabled", &BOOLEAN).required(),
        Member::new("expiresInMinutes", &BOXED_INTEGER),
    ],
);

pub static UPDATE_TASK_PROTECTION_RESPONSE: Schema = Schema::structure(
    "UpdateTaskProtectionResponse",
    &[Member::new("protectedTasks", &PROTECTED_TASKS), Member::new("failures", &FAILURES)],
);

pub static UPDATE_TASK_SET_REQUEST: Schema = Schema::structure(
    "UpdateTaskSetRequest",
    &[
        Member::new("cluster", &STRING).required(),
        Member::new("service", &STRING).required(),
        Member::new("taskSet", &STRING).required(),
        Member::new("scale", &SCALE).required(),
    ],
);

pub static UPDATE_TASK_SET_RESPONSE: Schema =
    Schema::structure("UpdateTaskSetResponse", &[Member::new("taskSet", &TASK_SET)]);

pub static UPDATED_EXPRESS_GATEWAY_SERVICE: Schema = Schema::structure(
    "UpdatedExpressGatewayService",
    &[
        Member::new("serviceArn", &STRING),
        Member::new("cluster", &STRING),
        Member::new("serviceName", &STRING),
        Member::new("status", &EXPRESS_GATEWAY_SERVICE_STATUS),
        Member::new("targetConfiguration", &EXPRESS_GATEWAY_SERVICE_CONFIGURATION),
        Member::new("createdAt", &TIMESTAMP),
        Member::new("updatedAt", &TIMESTAMP),
    ],
);

pub static V_CPU_COUNT_RANGE_REQUEST: Schema = Schema::structure(
    "VCpuCountRangeRequest",
    &[Member::new("min", &BOXED_INTEGER).required(), Member::new("max", &BOXED_INTEGER)],
);

pub static VERSION_CONSISTENCY: Schema =
    Schema::scalar("VersionConsistency", Kind::String).enumeration(super::VersionConsistency::VALUES);

pub static VERSION_INFO: Schema = Schema::structure(
    "VersionInfo",
    &[
        Member::new("agentVersion", &STRING),
        Member::new("agentHash", &STRING),
        Member::new("dockerVersion", &STRING),
    ],
);

pub static VOLUME: Schema = Schema::structure(
    "Volume",
    &[
        Member::new("name", &STRING),
        Member::new("host", &HOST_VOLUME_PROPERTIES),
        Member::new("dockerVolumeConfiguration", &DOCKER_VOLUME_CONFIGURATION),
        Member::new("efsVolumeConfiguration", &EFS_VOLUME_CONFIGURATION),
        Member::new("s3filesVolumeConfiguration", &S3_FILES_VOLUME_CONFIGURATION),
        Member::new(
            "fsxWindowsFileServerVolumeConfiguration",
            &F_SX_WINDOWS_FILE_SERVER_VOLUME_CONFIGURATION,
        ),
        Member::new("configuredAtLaunch", &BOXED_BOOLEAN),
    ],
);

pub static VOLUME_FROM: Schema = Schema::structure(
    "VolumeFrom",
    &[Member::new("sourceContainer", &STRING), Member::new("readOnly", &BOXED_BOOLEAN)],
);

pub static VOLUME_FROM_LIST: Schema = Schema::list("VolumeFromList", &[Member::new("member", &VOLUME_FROM)]);

pub static VOLUME_LIST: Schema = Schema::list("VolumeList", &[Member::new("member", &VOLUME)]);

pub static VPC_LATTICE_ADVANCED_CONFIGURATION: Schema = Schema::structure(
    "VpcLatticeAdvancedConfiguration",
    &[
        Member::new("alternateTargetGroupArn", &STRING),
        Member::new("productionListenerRule", &STRING),
        Member::new("testListenerRule", &STRING),
    ],
);

pub static VPC_LATTICE_CONFIGURATION: Schema = Schema::structure(
    "VpcLatticeConfiguration",
    &[
        Member::new("roleArn", &IAM_ROLE_ARN).required(),
        Member::new("targetGroupArn", &STRING).required(),
        Member::new("portName", &STRING).required(),
        Member::new("advancedConfiguration", &VPC_LATTICE_ADVANCED_CONFIGURATION),
    ],
);

pub static VPC_LATTICE_CONFIGURATIONS: Schema =
    Schema::list("VpcLatticeConfigurations", &[Member::new("member", &VPC_LATTICE_CONFIGURATION)]);
