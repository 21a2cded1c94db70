//! Errors of Elastic Load Balancing.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{ErrorSchema, Fault, QueryError};

use crate::error::Code;

/// An error of Elastic Load Balancing.
pub type Error = crate::Error<ErrorCode>;

pub(super) static ALPN_POLICY_NOT_SUPPORTED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ALPNPolicyNotSupportedException",
    http_status: 400,
    query: Some(QueryError { code: "ALPNPolicyNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static ALLOCATION_ID_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "AllocationIdNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "AllocationIdNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "AvailabilityZoneNotSupportedException",
    http_status: 400,
    query: Some(QueryError { code: "AvailabilityZoneNotSupported", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "CaCertificatesBundleNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "CaCertificatesBundleNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CAPACITY_DECREASE_REQUESTS_LIMIT_EXCEEDED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "CapacityDecreaseRequestsLimitExceededException",
    http_status: 400,
    query: Some(QueryError { code: "CapacityDecreaseRequestLimitExceeded", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CAPACITY_RESERVATION_PENDING_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "CapacityReservationPendingException",
    http_status: 400,
    query: Some(QueryError { code: "CapacityReservationPending", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CAPACITY_UNITS_LIMIT_EXCEEDED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "CapacityUnitsLimitExceededException",
    http_status: 400,
    query: Some(QueryError { code: "CapacityUnitsLimitExceeded", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static CERTIFICATE_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "CertificateNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "CertificateNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DELETE_ASSOCIATION_SAME_ACCOUNT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DeleteAssociationSameAccountException",
    http_status: 400,
    query: Some(QueryError { code: "DeleteAssociationSameAccount", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DUPLICATE_LISTENER_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DuplicateListenerException",
    http_status: 400,
    query: Some(QueryError { code: "DuplicateListener", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DUPLICATE_LOAD_BALANCER_NAME_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DuplicateLoadBalancerNameException",
    http_status: 400,
    query: Some(QueryError { code: "DuplicateLoadBalancerName", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DUPLICATE_TAG_KEYS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DuplicateTagKeysException",
    http_status: 400,
    query: Some(QueryError { code: "DuplicateTagKeys", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DUPLICATE_TARGET_GROUP_NAME_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DuplicateTargetGroupNameException",
    http_status: 400,
    query: Some(QueryError { code: "DuplicateTargetGroupName", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DUPLICATE_TRUST_STORE_NAME_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "DuplicateTrustStoreNameException",
    http_status: 400,
    query: Some(QueryError { code: "DuplicateTrustStoreName", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static HEALTH_UNAVAILABLE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "HealthUnavailableException",
    http_status: 500,
    query: Some(QueryError { code: "HealthUnavailable", http_status: 500 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INCOMPATIBLE_PROTOCOLS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "IncompatibleProtocolsException",
    http_status: 400,
    query: Some(QueryError { code: "IncompatibleProtocols", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INSUFFICIENT_CAPACITY_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InsufficientCapacityException",
    http_status: 500,
    query: Some(QueryError { code: "InsufficientCapacity", http_status: 500 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidCaCertificatesBundleException",
    http_status: 400,
    query: Some(QueryError { code: "InvalidCaCertificatesBundle", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_CONFIGURATION_REQUEST_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidConfigurationRequestException",
    http_status: 400,
    query: Some(QueryError { code: "InvalidConfigurationRequest", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_LOAD_BALANCER_ACTION_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidLoadBalancerActionException",
    http_status: 400,
    query: Some(QueryError { code: "InvalidLoadBalancerAction", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_REVOCATION_CONTENT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidRevocationContentException",
    http_status: 400,
    query: Some(QueryError { code: "InvalidRevocationContent", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SCHEME_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidSchemeException",
    http_status: 400,
    query: Some(QueryError { code: "InvalidScheme", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SECURITY_GROUP_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidSecurityGroupException",
    http_status: 400,
    query: Some(QueryError { code: "InvalidSecurityGroup", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SUBNET_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidSubnetException",
    http_status: 400,
    query: Some(QueryError { code: "InvalidSubnet", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_TARGET_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "InvalidTargetException",
    http_status: 400,
    query: Some(QueryError { code: "InvalidTarget", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static LISTENER_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ListenerNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "ListenerNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static LOAD_BALANCER_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "LoadBalancerNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "LoadBalancerNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static OPERATION_NOT_PERMITTED_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "OperationNotPermittedException",
    http_status: 400,
    query: Some(QueryError { code: "OperationNotPermitted", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static PRIOR_REQUEST_NOT_COMPLETE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "PriorRequestNotCompleteException",
    http_status: 429,
    query: Some(QueryError { code: "PriorRequestNotComplete", http_status: 429 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static PRIORITY_IN_USE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "PriorityInUseException",
    http_status: 400,
    query: Some(QueryError { code: "PriorityInUse", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RESOURCE_IN_USE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ResourceInUseException",
    http_status: 400,
    query: Some(QueryError { code: "ResourceInUse", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RESOURCE_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "ResourceNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "ResourceNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static REVOCATION_CONTENT_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "RevocationContentNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "RevocationContentNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static REVOCATION_ID_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "RevocationIdNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "RevocationIdNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RULE_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "RuleNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "RuleNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SSL_POLICY_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "SSLPolicyNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "SSLPolicyNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SUBNET_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "SubnetNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "SubnetNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TargetGroupAssociationLimitException",
    http_status: 400,
    query: Some(QueryError { code: "TargetGroupAssociationLimit", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TARGET_GROUP_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TargetGroupNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "TargetGroupNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_ACTIONS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyActionsException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyActions", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_CERTIFICATES_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyCertificatesException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyCertificates", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_LISTENERS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyListenersException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyListeners", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_LOAD_BALANCERS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyLoadBalancersException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyLoadBalancers", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyRegistrationsForTargetIdException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyRegistrationsForTargetId", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_RULES_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyRulesException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyRules", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_TAGS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyTagsException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyTags", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_TARGET_GROUPS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyTargetGroupsException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyTargetGroups", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_TARGETS_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyTargetsException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyTargets", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_TRUST_STORE_REVOCATION_ENTRIES_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyTrustStoreRevocationEntriesException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyTrustStoreRevocationEntries", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_TRUST_STORES_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyTrustStoresException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyTrustStores", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TooManyUniqueTargetGroupsPerLoadBalancerException",
    http_status: 400,
    query: Some(QueryError { code: "TooManyUniqueTargetGroupsPerLoadBalancer", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TRUST_STORE_ASSOCIATION_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TrustStoreAssociationNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "AssociationNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TRUST_STORE_IN_USE_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TrustStoreInUseException",
    http_status: 400,
    query: Some(QueryError { code: "TrustStoreInUse", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TRUST_STORE_NOT_FOUND_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TrustStoreNotFoundException",
    http_status: 400,
    query: Some(QueryError { code: "TrustStoreNotFound", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TRUST_STORE_NOT_READY_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "TrustStoreNotReadyException",
    http_status: 400,
    query: Some(QueryError { code: "TrustStoreNotReady", http_status: 400 }),
    fault: Fault::Sender,
    members: &[],
};

pub(super) static UNSUPPORTED_PROTOCOL_EXCEPTION: ErrorSchema = ErrorSchema {
    shape: "UnsupportedProtocolException",
    http_status: 400,
    query: Some(QueryError { code: "UnsupportedProtocol", http_status: 400 }),
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

pub(super) static VALIDATION_ERROR: ErrorSchema = ErrorSchema {
    shape: "ValidationError",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) use VALIDATION_ERROR as VALIDATION;

/// The code of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// HTTP 400
    ALPNPolicyNotSupportedException,
    /// HTTP 400
    AllocationIdNotFoundException,
    /// HTTP 400
    AvailabilityZoneNotSupportedException,
    /// HTTP 400
    CaCertificatesBundleNotFoundException,
    /// HTTP 400
    CapacityDecreaseRequestsLimitExceededException,
    /// HTTP 400
    CapacityReservationPendingException,
    /// HTTP 400
    CapacityUnitsLimitExceededException,
    /// HTTP 400
    CertificateNotFoundException,
    /// HTTP 400
    DeleteAssociationSameAccountException,
    /// HTTP 400
    DuplicateListenerException,
    /// HTTP 400
    DuplicateLoadBalancerNameException,
    /// HTTP 400
    DuplicateTagKeysException,
    /// HTTP 400
    DuplicateTargetGroupNameException,
    /// HTTP 400
    DuplicateTrustStoreNameException,
    /// HTTP 500
    HealthUnavailableException,
    /// HTTP 400
    IncompatibleProtocolsException,
    /// HTTP 500
    InsufficientCapacityException,
    /// HTTP 400
    InvalidCaCertificatesBundleException,
    /// HTTP 400
    InvalidConfigurationRequestException,
    /// HTTP 400
    InvalidLoadBalancerActionException,
    /// HTTP 400
    InvalidRevocationContentException,
    /// HTTP 400
    InvalidSchemeException,
    /// HTTP 400
    InvalidSecurityGroupException,
    /// HTTP 400
    InvalidSubnetException,
    /// HTTP 400
    InvalidTargetException,
    /// HTTP 400
    ListenerNotFoundException,
    /// HTTP 400
    LoadBalancerNotFoundException,
    /// HTTP 400
    OperationNotPermittedException,
    /// HTTP 429
    PriorRequestNotCompleteException,
    /// HTTP 400
    PriorityInUseException,
    /// HTTP 400
    ResourceInUseException,
    /// HTTP 400
    ResourceNotFoundException,
    /// HTTP 400
    RevocationContentNotFoundException,
    /// HTTP 400
    RevocationIdNotFoundException,
    /// HTTP 400
    RuleNotFoundException,
    /// HTTP 400
    SSLPolicyNotFoundException,
    /// HTTP 400
    SubnetNotFoundException,
    /// HTTP 400
    TargetGroupAssociationLimitException,
    /// HTTP 400
    TargetGroupNotFoundException,
    /// HTTP 400
    TooManyActionsException,
    /// HTTP 400
    TooManyCertificatesException,
    /// HTTP 400
    TooManyListenersException,
    /// HTTP 400
    TooManyLoadBalancersException,
    /// HTTP 400
    TooManyRegistrationsForTargetIdException,
    /// HTTP 400
    TooManyRulesException,
    /// HTTP 400
    TooManyTagsException,
    /// HTTP 400
    TooManyTargetGroupsException,
    /// HTTP 400
    TooManyTargetsException,
    /// HTTP 400
    TooManyTrustStoreRevocationEntriesException,
    /// HTTP 400
    TooManyTrustStoresException,
    /// HTTP 400
    TooManyUniqueTargetGroupsPerLoadBalancerException,
    /// HTTP 400
    TrustStoreAssociationNotFoundException,
    /// HTTP 400
    TrustStoreInUseException,
    /// HTTP 400
    TrustStoreNotFoundException,
    /// HTTP 400
    TrustStoreNotReadyException,
    /// HTTP 400
    UnsupportedProtocolException,
    /// HTTP 500
    InternalFailure,
    /// HTTP 501
    NotImplemented,
    /// HTTP 400
    ValidationError,
}

impl Code for ErrorCode {
    const INTERNAL: Self = ErrorCode::InternalFailure;
    const NOT_IMPLEMENTED: Self = ErrorCode::NotImplemented;
    const VALIDATION: Self = ErrorCode::ValidationError;

    fn schema(self) -> &'static ErrorSchema {
        match self {
            ErrorCode::ALPNPolicyNotSupportedException => &ALPN_POLICY_NOT_SUPPORTED_EXCEPTION,
            ErrorCode::AllocationIdNotFoundException => &ALLOCATION_ID_NOT_FOUND_EXCEPTION,
            ErrorCode::AvailabilityZoneNotSupportedException => &AVAILABILITY_ZONE_NOT_SUPPORTED_EXCEPTION,
            ErrorCode::CaCertificatesBundleNotFoundException => &CA_CERTIFICATES_BUNDLE_NOT_FOUND_EXCEPTION,
            ErrorCode::CapacityDecreaseRequestsLimitExceededException => {
                &CAPACITY_DECREASE_REQUESTS_LIMIT_EXCEEDED_EXCEPTION
            }
            ErrorCode::CapacityReservationPendingException => &CAPACITY_RESERVATION_PENDING_EXCEPTION,
            ErrorCode::CapacityUnitsLimitExceededException => &CAPACITY_UNITS_LIMIT_EXCEEDED_EXCEPTION,
            ErrorCode::CertificateNotFoundException => &CERTIFICATE_NOT_FOUND_EXCEPTION,
            ErrorCode::DeleteAssociationSameAccountException => &DELETE_ASSOCIATION_SAME_ACCOUNT_EXCEPTION,
            ErrorCode::DuplicateListenerException => &DUPLICATE_LISTENER_EXCEPTION,
            ErrorCode::DuplicateLoadBalancerNameException => &DUPLICATE_LOAD_BALANCER_NAME_EXCEPTION,
            ErrorCode::DuplicateTagKeysException => &DUPLICATE_TAG_KEYS_EXCEPTION,
            ErrorCode::DuplicateTargetGroupNameException => &DUPLICATE_TARGET_GROUP_NAME_EXCEPTION,
            ErrorCode::DuplicateTrustStoreNameException => &DUPLICATE_TRUST_STORE_NAME_EXCEPTION,
            ErrorCode::HealthUnavailableException => &HEALTH_UNAVAILABLE_EXCEPTION,
            ErrorCode::IncompatibleProtocolsException => &INCOMPATIBLE_PROTOCOLS_EXCEPTION,
            ErrorCode::InsufficientCapacityException => &INSUFFICIENT_CAPACITY_EXCEPTION,
            ErrorCode::InvalidCaCertificatesBundleException => &INVALID_CA_CERTIFICATES_BUNDLE_EXCEPTION,
            ErrorCode::InvalidConfigurationRequestException => &INVALID_CONFIGURATION_REQUEST_EXCEPTION,
            ErrorCode::InvalidLoadBalancerActionException => &INVALID_LOAD_BALANCER_ACTION_EXCEPTION,
            ErrorCode::InvalidRevocationContentException => &INVALID_REVOCATION_CONTENT_EXCEPTION,
            ErrorCode::InvalidSchemeException => &INVALID_SCHEME_EXCEPTION,
            ErrorCode::InvalidSecurityGroupException => &INVALID_SECURITY_GROUP_EXCEPTION,
            ErrorCode::InvalidSubnetException => &INVALID_SUBNET_EXCEPTION,
            ErrorCode::InvalidTargetException => &INVALID_TARGET_EXCEPTION,
            ErrorCode::ListenerNotFoundException => &LISTENER_NOT_FOUND_EXCEPTION,
            ErrorCode::LoadBalancerNotFoundException => &LOAD_BALANCER_NOT_FOUND_EXCEPTION,
            ErrorCode::OperationNotPermittedException => &OPERATION_NOT_PERMITTED_EXCEPTION,
            ErrorCode::PriorRequestNotCompleteException => &PRIOR_REQUEST_NOT_COMPLETE_EXCEPTION,
            ErrorCode::PriorityInUseException => &PRIORITY_IN_USE_EXCEPTION,
            ErrorCode::ResourceInUseException => &RESOURCE_IN_USE_EXCEPTION,
            ErrorCode::ResourceNotFoundException => &RESOURCE_NOT_FOUND_EXCEPTION,
            ErrorCode::RevocationContentNotFoundException => &REVOCATION_CONTENT_NOT_FOUND_EXCEPTION,
            ErrorCode::RevocationIdNotFoundException => &REVOCATION_ID_NOT_FOUND_EXCEPTION,
            ErrorCode::RuleNotFoundException => &RULE_NOT_FOUND_EXCEPTION,
            ErrorCode::SSLPolicyNotFoundException => &SSL_POLICY_NOT_FOUND_EXCEPTION,
            ErrorCode::SubnetNotFoundException => &SUBNET_NOT_FOUND_EXCEPTION,
            ErrorCode::TargetGroupAssociationLimitException => &TARGET_GROUP_ASSOCIATION_LIMIT_EXCEPTION,
            ErrorCode::TargetGroupNotFoundException => &TARGET_GROUP_NOT_FOUND_EXCEPTION,
            ErrorCode::TooManyActionsException => &TOO_MANY_ACTIONS_EXCEPTION,
            ErrorCode::TooManyCertificatesException => &TOO_MANY_CERTIFICATES_EXCEPTION,
            ErrorCode::TooManyListenersException => &TOO_MANY_LISTENERS_EXCEPTION,
            ErrorCode::TooManyLoadBalancersException => &TOO_MANY_LOAD_BALANCERS_EXCEPTION,
            ErrorCode::TooManyRegistrationsForTargetIdException => {
                &TOO_MANY_REGISTRATIONS_FOR_TARGET_ID_EXCEPTION
            }
            ErrorCode::TooManyRulesException => &TOO_MANY_RULES_EXCEPTION,
            ErrorCode::TooManyTagsException => &TOO_MANY_TAGS_EXCEPTION,
            ErrorCode::TooManyTargetGroupsException => &TOO_MANY_TARGET_GROUPS_EXCEPTION,
            ErrorCode::TooManyTargetsException => &TOO_MANY_TARGETS_EXCEPTION,
            ErrorCode::TooManyTrustStoreRevocationEntriesException => {
                &TOO_MANY_TRUST_STORE_REVOCATION_ENTRIES_EXCEPTION
            }
            ErrorCode::TooManyTrustStoresException => &TOO_MANY_TRUST_STORES_EXCEPTION,
            ErrorCode::TooManyUniqueTargetGroupsPerLoadBalancerException => {
                &TOO_MANY_UNIQUE_TARGET_GROUPS_PER_LOAD_BALANCER_EXCEPTION
            }
            ErrorCode::TrustStoreAssociationNotFoundException => &TRUST_STORE_ASSOCIATION_NOT_FOUND_EXCEPTION,
            ErrorCode::TrustStoreInUseException => &TRUST_STORE_IN_USE_EXCEPTION,
            ErrorCode::TrustStoreNotFoundException => &TRUST_STORE_NOT_FOUND_EXCEPTION,
            ErrorCode::TrustStoreNotReadyException => &TRUST_STORE_NOT_READY_EXCEPTION,
            ErrorCode::UnsupportedProtocolException => &UNSUPPORTED_PROTOCOL_EXCEPTION,
            ErrorCode::InternalFailure => &INTERNAL_FAILURE,
            ErrorCode::NotImplemented => &NOT_IMPLEMENTED,
            ErrorCode::ValidationError => &VALIDATION_ERROR,
        }
    }
}

impl Error {
    /// `ALPNPolicyNotSupportedException`, HTTP 400.
    pub fn alpn_policy_not_supported(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ALPNPolicyNotSupportedException, message)
    }

    /// `AllocationIdNotFoundException`, HTTP 400.
    pub fn allocation_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AllocationIdNotFoundException, message)
    }

    /// `AvailabilityZoneNotSupportedException`, HTTP 400.
    pub fn availability_zone_not_supported(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AvailabilityZoneNotSupportedException, message)
    }

    /// `CaCertificatesBundleNotFoundException`, HTTP 400.
    pub fn ca_certificates_bundle_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::CaCertificatesBundleNotFoundException, message)
    }

    /// `CapacityDecreaseRequestsLimitExceededException`, HTTP 400.
    pub fn capacity_decrease_requests_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::CapacityDecreaseRequestsLimitExceededException, message)
    }

    /// `CapacityReservationPendingException`, HTTP 400.
    pub fn capacity_reservation_pending(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::CapacityReservationPendingException, message)
    }

    /// `CapacityUnitsLimitExceededException`, HTTP 400.
    pub fn capacity_units_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::CapacityUnitsLimitExceededException, message)
    }

    /// `CertificateNotFoundException`, HTTP 400.
    pub fn certificate_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::CertificateNotFoundException, message)
    }

    /// `DeleteAssociationSameAccountException`, HTTP 400.
    pub fn delete_association_same_account(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DeleteAssociationSameAccountException, message)
    }

    /// `DuplicateListenerException`, HTTP 400.
    pub fn duplicate_listener(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DuplicateListenerException, message)
    }

    /// `DuplicateLoadBalancerNameException`, HTTP 400.
    pub fn duplicate_load_balancer_name(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DuplicateLoadBalancerNameException, message)
    }

    /// `DuplicateTagKeysException`, HTTP 400.
    pub fn duplicate_tag_keys(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DuplicateTagKeysException, message)
    }

    /// `DuplicateTargetGroupNameException`, HTTP 400.
    pub fn duplicate_target_group_name(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DuplicateTargetGroupNameException, message)
    }

    /// `DuplicateTrustStoreNameException`, HTTP 400.
    pub fn duplicate_trust_store_name(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DuplicateTrustStoreNameException, message)
    }

    /// `HealthUnavailableException`, HTTP 500.
    pub fn health_unavailable(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::HealthUnavailableException, message)
    }

    /// `IncompatibleProtocolsException`, HTTP 400.
    pub fn incompatible_protocols(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::IncompatibleProtocolsException, message)
    }

    /// `InsufficientCapacityException`, HTTP 500.
    pub fn insufficient_capacity(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InsufficientCapacityException, message)
    }

    /// `InvalidCaCertificatesBundleException`, HTTP 400.
    pub fn invalid_ca_certificates_bundle(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidCaCertificatesBundleException, message)
    }

    /// `InvalidConfigurationRequestException`, HTTP 400.
    pub fn invalid_configuration_request(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidConfigurationRequestException, message)
    }

    /// `InvalidLoadBalancerActionException`, HTTP 400.
    pub fn invalid_load_balancer_action(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidLoadBalancerActionException, message)
    }

    /// `InvalidRevocationContentException`, HTTP 400.
    pub fn invalid_revocation_content(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidRevocationContentException, message)
    }

    /// `InvalidSchemeException`, HTTP 400.
    pub fn invalid_scheme(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSchemeException, message)
    }

    /// `InvalidSecurityGroupException`, HTTP 400.
    pub fn invalid_security_group(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSecurityGroupException, message)
    }

    /// `InvalidSubnetException`, HTTP 400.
    pub fn invalid_subnet(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSubnetException, message)
    }

    /// `InvalidTargetException`, HTTP 400.
    pub fn invalid_target(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidTargetException, message)
    }

    /// `ListenerNotFoundException`, HTTP 400.
    pub fn listener_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ListenerNotFoundException, message)
    }

    /// `LoadBalancerNotFoundException`, HTTP 400.
    pub fn load_balancer_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::LoadBalancerNotFoundException, message)
    }

    /// `OperationNotPermittedException`, HTTP 400.
    pub fn operation_not_permitted(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::OperationNotPermittedException, message)
    }

    /// `PriorRequestNotCompleteException`, HTTP 429.
    pub fn prior_request_not_complete(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::PriorRequestNotCompleteException, message)
    }

    /// `PriorityInUseException`, HTTP 400.
    pub fn priority_in_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::PriorityInUseException, message)
    }

    /// `ResourceInUseException`, HTTP 400.
    pub fn resource_in_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceInUseException, message)
    }

    /// `ResourceNotFoundException`, HTTP 400.
    pub fn resource_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceNotFoundException, message)
    }

    /// `RevocationContentNotFoundException`, HTTP 400.
    pub fn revocation_content_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RevocationContentNotFoundException, message)
    }

    /// `RevocationIdNotFoundException`, HTTP 400.
    pub fn revocation_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RevocationIdNotFoundException, message)
    }

    /// `RuleNotFoundException`, HTTP 400.
    pub fn rule_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RuleNotFoundException, message)
    }

    /// `SSLPolicyNotFoundException`, HTTP 400.
    pub fn ssl_policy_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::SSLPolicyNotFoundException, message)
    }

    /// `SubnetNotFoundException`, HTTP 400.
    pub fn subnet_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::SubnetNotFoundException, message)
    }

    /// `TargetGroupAssociationLimitException`, HTTP 400.
    pub fn target_group_association_limit(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TargetGroupAssociationLimitException, message)
    }

    /// `TargetGroupNotFoundException`, HTTP 400.
    pub fn target_group_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TargetGroupNotFoundException, message)
    }

    /// `TooManyActionsException`, HTTP 400.
    pub fn too_many_actions(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyActionsException, message)
    }

    /// `TooManyCertificatesException`, HTTP 400.
    pub fn too_many_certificates(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyCertificatesException, message)
    }

    /// `TooManyListenersException`, HTTP 400.
    pub fn too_many_listeners(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyListenersException, message)
    }

    /// `TooManyLoadBalancersException`, HTTP 400.
    pub fn too_many_load_balancers(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyLoadBalancersException, message)
    }

    /// `TooManyRegistrationsForTargetIdException`, HTTP 400.
    pub fn too_many_registrations_for_target_id(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyRegistrationsForTargetIdException, message)
    }

    /// `TooManyRulesException`, HTTP 400.
    pub fn too_many_rules(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyRulesException, message)
    }

    /// `TooManyTagsException`, HTTP 400.
    pub fn too_many_tags(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyTagsException, message)
    }

    /// `TooManyTargetGroupsException`, HTTP 400.
    pub fn too_many_target_groups(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyTargetGroupsException, message)
    }

    /// `TooManyTargetsException`, HTTP 400.
    pub fn too_many_targets(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyTargetsException, message)
    }

    /// `TooManyTrustStoreRevocationEntriesException`, HTTP 400.
    pub fn too_many_trust_store_revocation_entries(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyTrustStoreRevocationEntriesException, message)
    }

    /// `TooManyTrustStoresException`, HTTP 400.
    pub fn too_many_trust_stores(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyTrustStoresException, message)
    }

    /// `TooManyUniqueTargetGroupsPerLoadBalancerException`, HTTP 400.
    pub fn too_many_unique_target_groups_per_load_balancer(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TooManyUniqueTargetGroupsPerLoadBalancerException, message)
    }

    /// `TrustStoreAssociationNotFoundException`, HTTP 400.
    pub fn trust_store_association_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TrustStoreAssociationNotFoundException, message)
    }

    /// `TrustStoreInUseException`, HTTP 400.
    pub fn trust_store_in_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TrustStoreInUseException, message)
    }

    /// `TrustStoreNotFoundException`, HTTP 400.
    pub fn trust_store_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TrustStoreNotFoundException, message)
    }

    /// `TrustStoreNotReadyException`, HTTP 400.
    pub fn trust_store_not_ready(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TrustStoreNotReadyException, message)
    }

    /// `UnsupportedProtocolException`, HTTP 400.
    pub fn unsupported_protocol(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::UnsupportedProtocolException, message)
    }

    /// `ValidationError`, HTTP 400.
    pub fn validation_error(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ValidationError, message)
    }
}
