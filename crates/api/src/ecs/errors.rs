//! Errors of Amazon ECS.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{ErrorSchema, Fault, QueryError};

use crate::error::Code;

/// An error of Amazon ECS.
pub type Error = crate::Error<ErrorCode>;

pub(super) static ACCESS_DENIED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "AccessDeniedException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static ATTRIBUTE_LIMIT_EXCEEDED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "AttributeLimitExceededException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static BLOCKED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "BlockedException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CLIENT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ClientException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CLUSTER_CONTAINS_CAPACITY_PROVIDER_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ClusterContainsCapacityProviderException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CLUSTER_CONTAINS_CONTAINER_INSTANCES_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ClusterContainsContainerInstancesException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CLUSTER_CONTAINS_SERVICES_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ClusterContainsServicesException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CLUSTER_CONTAINS_TASKS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ClusterContainsTasksException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CLUSTER_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ClusterNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CONFLICT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ConflictException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &["resourceIds"],
};

pub(super) static DAEMON_NOT_ACTIVE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DaemonNotActiveException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DAEMON_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DaemonNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static GATEWAY_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "GatewayNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PARAMETER_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidParameterException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static LIMIT_EXCEEDED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "LimitExceededException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static MISSING_VERSION_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "MissingVersionException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static NAMESPACE_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "NamespaceNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static NO_UPDATE_AVAILABLE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "NoUpdateAvailableException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static PLATFORM_TASK_DEFINITION_INCOMPATIBILITY_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "PlatformTaskDefinitionIncompatibilityException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static PLATFORM_UNKNOWN_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "PlatformUnknownException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RESOURCE_IN_USE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ResourceInUseException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RESOURCE_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ResourceNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SERVER_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ServerException",
    http_status: 500,
    query: None,
    fault: Fault::Receiver,
    members: &[],
};

pub(super) static SERVICE_DEPLOYMENT_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ServiceDeploymentNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SERVICE_NOT_ACTIVE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ServiceNotActiveException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SERVICE_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ServiceNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TARGET_NOT_CONNECTED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TargetNotConnectedException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TARGET_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TargetNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TASK_SET_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TaskSetNotFoundException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static UNSUPPORTED_FEATURE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "UnsupportedFeatureException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static UPDATE_IN_PROGRESS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "UpdateInProgressException",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INTERNAL_FAILURE: ErrorSchema = ErrorSchema {
    shape: "InternalFailure",
    http_status: 500,
    query: None,
    fault: Fault::Receiver,
    members: &[],
};

pub(super) static NOT_IMPLEMENTED: ErrorSchema = ErrorSchema {
    shape: "NotImplemented",
    http_status: 501,
    query: None,
    fault: Fault::Receiver,
    members: &[],
};

pub(super) use INVALID_PARAMETER_EXCEPTION as VALIDATION;

/// The code of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// HTTP 400
    AccessDeniedException,
    /// HTTP 400
    AttributeLimitExceededException,
    /// HTTP 400
    BlockedException,
    /// HTTP 400
    ClientException,
    /// HTTP 400
    ClusterContainsCapacityProviderException,
    /// HTTP 400
    ClusterContainsContainerInstancesException,
    /// HTTP 400
    ClusterContainsServicesException,
    /// HTTP 400
    ClusterContainsTasksException,
    /// HTTP 400
    ClusterNotFoundException,
    /// HTTP 400
    ConflictException,
    /// HTTP 400
    DaemonNotActiveException,
    /// HTTP 400
    DaemonNotFoundException,
    /// HTTP 400
    GatewayNotFoundException,
    /// HTTP 400
    InvalidParameterException,
    /// HTTP 400
    LimitExceededException,
    /// HTTP 400
    MissingVersionException,
    /// HTTP 400
    NamespaceNotFoundException,
    /// HTTP 400
    NoUpdateAvailableException,
    /// HTTP 400
    PlatformTaskDefinitionIncompatibilityException,
    /// HTTP 400
    PlatformUnknownException,
    /// HTTP 400
    ResourceInUseException,
    /// HTTP 400
    ResourceNotFoundException,
    /// HTTP 500
    ServerException,
    /// HTTP 400
    ServiceDeploymentNotFoundException,
    /// HTTP 400
    ServiceNotActiveException,
    /// HTTP 400
    ServiceNotFoundException,
    /// HTTP 400
    TargetNotConnectedException,
    /// HTTP 400
    TargetNotFoundException,
    /// HTTP 400
    TaskSetNotFoundException,
    /// HTTP 400
    UnsupportedFeatureException,
    /// HTTP 400
    UpdateInProgressException,
    /// HTTP 500
    InternalFailure,
    /// HTTP 501
    NotImplemented,
}

impl Code for ErrorCode {
    const INTERNAL: Self = ErrorCode::InternalFailure;
    const NOT_IMPLEMENTED: Self = ErrorCode::NotImplemented;
    const VALIDATION: Self = ErrorCode::InvalidParameterException;

    fn schema(self) -> &'static ErrorSchema {
        match self {
            ErrorCode::AccessDeniedException => &ACCESS_DENIED_EXCEPTION,
            ErrorCode::AttributeLimitExceededException => &ATTRIBUTE_LIMIT_EXCEEDED_EXCEPTION,
            ErrorCode::BlockedException => &BLOCKED_EXCEPTION,
            ErrorCode::ClientException => &CLIENT_EXCEPTION,
            ErrorCode::ClusterContainsCapacityProviderException => {
                &CLUSTER_CONTAINS_CAPACITY_PROVIDER_EXCEPTION
            }
            ErrorCode::ClusterContainsContainerInstancesException => {
                &CLUSTER_CONTAINS_CONTAINER_INSTANCES_EXCEPTION
            }
            ErrorCode::ClusterContainsServicesException => &CLUSTER_CONTAINS_SERVICES_EXCEPTION,
            ErrorCode::ClusterContainsTasksException => &CLUSTER_CONTAINS_TASKS_EXCEPTION,
            ErrorCode::ClusterNotFoundException => &CLUSTER_NOT_FOUND_EXCEPTION,
            ErrorCode::ConflictException => &CONFLICT_EXCEPTION,
            ErrorCode::DaemonNotActiveException => &DAEMON_NOT_ACTIVE_EXCEPTION,
            ErrorCode::DaemonNotFoundException => &DAEMON_NOT_FOUND_EXCEPTION,
            ErrorCode::GatewayNotFoundException => &GATEWAY_NOT_FOUND_EXCEPTION,
            ErrorCode::InvalidParameterException => &INVALID_PARAMETER_EXCEPTION,
            ErrorCode::LimitExceededException => &LIMIT_EXCEEDED_EXCEPTION,
            ErrorCode::MissingVersionException => &MISSING_VERSION_EXCEPTION,
            ErrorCode::NamespaceNotFoundException => &NAMESPACE_NOT_FOUND_EXCEPTION,
            ErrorCode::NoUpdateAvailableException => &NO_UPDATE_AVAILABLE_EXCEPTION,
            ErrorCode::PlatformTaskDefinitionIncompatibilityException => {
                &PLATFORM_TASK_DEFINITION_INCOMPATIBILITY_EXCEPTION
            }
            ErrorCode::PlatformUnknownException => &PLATFORM_UNKNOWN_EXCEPTION,
            ErrorCode::ResourceInUseException => &RESOURCE_IN_USE_EXCEPTION,
            ErrorCode::ResourceNotFoundException => &RESOURCE_NOT_FOUND_EXCEPTION,
            ErrorCode::ServerException => &SERVER_EXCEPTION,
            ErrorCode::ServiceDeploymentNotFoundException => &SERVICE_DEPLOYMENT_NOT_FOUND_EXCEPTION,
            ErrorCode::ServiceNotActiveException => &SERVICE_NOT_ACTIVE_EXCEPTION,
            ErrorCode::ServiceNotFoundException => &SERVICE_NOT_FOUND_EXCEPTION,
            ErrorCode::TargetNotConnectedException => &TARGET_NOT_CONNECTED_EXCEPTION,
            ErrorCode::TargetNotFoundException => &TARGET_NOT_FOUND_EXCEPTION,
            ErrorCode::TaskSetNotFoundException => &TASK_SET_NOT_FOUND_EXCEPTION,
            ErrorCode::UnsupportedFeatureException => &UNSUPPORTED_FEATURE_EXCEPTION,
            ErrorCode::UpdateInProgressException => &UPDATE_IN_PROGRESS_EXCEPTION,
            ErrorCode::InternalFailure => &INTERNAL_FAILURE,
            ErrorCode::NotImplemented => &NOT_IMPLEMENTED,
        }
    }
}

impl Error {
    /// `AccessDeniedException`, HTTP 400.
    pub fn access_denied(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AccessDeniedException, message)
    }

    /// `AttributeLimitExceededException`, HTTP 400.
    pub fn attribute_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AttributeLimitExceededException, message)
    }

    /// `BlockedException`, HTTP 400.
    pub fn blocked(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::BlockedException, message)
    }

    /// `ClientException`, HTTP 400.
    pub fn client(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ClientException, message)
    }

    /// `ClusterContainsCapacityProviderException`, HTTP 400.
    pub fn cluster_contains_capacity_provider(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ClusterContainsCapacityProviderException, message)
    }

    /// `ClusterContainsContainerInstancesException`, HTTP 400.
    pub fn cluster_contains_container_instances(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ClusterContainsContainerInstancesException, message)
    }

    /// `ClusterContainsServicesException`, HTTP 400.
    pub fn cluster_contains_services(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ClusterContainsServicesException, message)
    }

    /// `ClusterContainsTasksException`, HTTP 400.
    pub fn cluster_contains_tasks(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ClusterContainsTasksException, message)
    }

    /// `ClusterNotFoundException`, HTTP 400.
    pub fn cluster_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ClusterNotFoundException, message)
    }

    /// `ConflictException`, HTTP 400.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ConflictException, message)
    }

    /// `DaemonNotActiveException`, HTTP 400.
    pub fn daemon_not_active(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DaemonNotActiveException, message)
    }

    /// `DaemonNotFoundException`, HTTP 400.
    pub fn daemon_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DaemonNotFoundException, message)
    }

    /// `GatewayNotFoundException`, HTTP 400.
    pub fn gateway_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::GatewayNotFoundException, message)
    }

    /// `InvalidParameterException`, HTTP 400.
    pub fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParameterException, message)
    }

    /// `LimitExceededException`, HTTP 400.
    pub fn limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::LimitExceededException, message)
    }

    /// `MissingVersionException`, HTTP 400.
    pub fn missing_version(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::MissingVersionException, message)
    }

    /// `NamespaceNotFoundException`, HTTP 400.
    pub fn namespace_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NamespaceNotFoundException, message)
    }

    /// `NoUpdateAvailableException`, HTTP 400.
    pub fn no_update_available(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NoUpdateAvailableException, message)
    }

    /// `PlatformTaskDefinitionIncompatibilityException`, HTTP 400.
    pub fn platform_task_definition_incompatibility(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::PlatformTaskDefinitionIncompatibilityException, message)
    }

    /// `PlatformUnknownException`, HTTP 400.
    pub fn platform_unknown(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::PlatformUnknownException, message)
    }

    /// `ResourceInUseException`, HTTP 400.
    pub fn resource_in_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceInUseException, message)
    }

    /// `ResourceNotFoundException`, HTTP 400.
    pub fn resource_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceNotFoundException, message)
    }

    /// `ServerException`, HTTP 500.
    pub fn server(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ServerException, message)
    }

    /// `ServiceDeploymentNotFoundException`, HTTP 400.
    pub fn service_deployment_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ServiceDeploymentNotFoundException, message)
    }

    /// `ServiceNotActiveException`, HTTP 400.
    pub fn service_not_active(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ServiceNotActiveException, message)
    }

    /// `ServiceNotFoundException`, HTTP 400.
    pub fn service_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ServiceNotFoundException, message)
    }

    /// `TargetNotConnectedException`, HTTP 400.
    pub fn target_not_connected(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TargetNotConnectedException, message)
    }

    /// `TargetNotFoundException`, HTTP 400.
    pub fn target_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TargetNotFoundException, message)
    }

    /// `TaskSetNotFoundException`, HTTP 400.
    pub fn task_set_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TaskSetNotFoundException, message)
    }

    /// `UnsupportedFeatureException`, HTTP 400.
    pub fn unsupported_feature(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::UnsupportedFeatureException, message)
    }

    /// `UpdateInProgressException`, HTTP 400.
    pub fn update_in_progress(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::UpdateInProgressException, message)
    }
}
