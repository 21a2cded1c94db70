//! Errors of Amazon EC2 (networking).

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{ErrorSchema, Fault, QueryError};

use crate::error::Code;

/// An error of Amazon EC2 (networking).
pub type Error = crate::Error<ErrorCode>;

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

pub(super) static ADDRESS_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "AddressLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static ATTACHMENT_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "AttachmentLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static AUTH_FAILURE: ErrorSchema =
    ErrorSchema { shape: "AuthFailure", http_status: 400, query: None, fault: Fault::Sender, members: &[] };

pub(super) static CANNOT_DELETE: ErrorSchema =
    ErrorSchema { shape: "CannotDelete", http_status: 400, query: None, fault: Fault::Sender, members: &[] };

pub(super) static CIDR_CONFLICT: ErrorSchema =
    ErrorSchema { shape: "CidrConflict", http_status: 400, query: None, fault: Fault::Sender, members: &[] };

pub(super) static CIDR_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "CidrLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DEFAULT_SUBNET_ALREADY_EXISTS_IN_AVAILABILITY_ZONE: ErrorSchema = ErrorSchema {
    shape: "DefaultSubnetAlreadyExistsInAvailabilityZone",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DEFAULT_VPC_ALREADY_EXISTS: ErrorSchema = ErrorSchema {
    shape: "DefaultVpcAlreadyExists",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DEPENDENCY_VIOLATION: ErrorSchema = ErrorSchema {
    shape: "DependencyViolation",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static DRY_RUN_OPERATION: ErrorSchema = ErrorSchema {
    shape: "DryRunOperation",
    http_status: 412,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static GATEWAY_NOT_ATTACHED: ErrorSchema = ErrorSchema {
    shape: "Gateway.NotAttached",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static IDEMPOTENT_PARAMETER_MISMATCH: ErrorSchema = ErrorSchema {
    shape: "IdempotentParameterMismatch",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INSUFFICIENT_ADDRESS_CAPACITY: ErrorSchema = ErrorSchema {
    shape: "InsufficientAddressCapacity",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET: ErrorSchema = ErrorSchema {
    shape: "InsufficientFreeAddressesInSubnet",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INTERNET_GATEWAY_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "InternetGatewayLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ADDRESS_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidAddress.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ALLOCATION_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidAllocationID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ASSOCIATION_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidAssociationID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ATTACHMENT_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidAttachmentID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_AVAILABILITY_ZONE: ErrorSchema = ErrorSchema {
    shape: "InvalidAvailabilityZone",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_CIDR_IN_USE: ErrorSchema = ErrorSchema {
    shape: "InvalidCidr.InUse",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_CUSTOMER_OWNED_IPV4_POOL_ID_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "InvalidCustomerOwnedIpv4PoolID.Malformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_DHCP_OPTION_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidDhcpOptionID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_DHCP_OPTIONS_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidDhcpOptionsID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_GATEWAY_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidGatewayID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_GROUP_DUPLICATE: ErrorSchema = ErrorSchema {
    shape: "InvalidGroup.Duplicate",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_GROUP_IN_USE: ErrorSchema = ErrorSchema {
    shape: "InvalidGroup.InUse",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_GROUP_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidGroup.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_GROUP_ID_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "InvalidGroupId.Malformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ID: ErrorSchema =
    ErrorSchema { shape: "InvalidID", http_status: 400, query: None, fault: Fault::Sender, members: &[] };

pub(super) static INVALID_IP_ADDRESS_IN_USE: ErrorSchema = ErrorSchema {
    shape: "InvalidIPAddress.InUse",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_INSTANCE_ID: ErrorSchema = ErrorSchema {
    shape: "InvalidInstanceID",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_INSTANCE_ID_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "InvalidInstanceID.Malformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_INSTANCE_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidInstanceID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_INTERNET_GATEWAY_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidInternetGatewayID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_NAT_GATEWAY_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidNatGatewayID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_NETWORK_ACL_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidNetworkAclID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_NETWORK_INTERFACE_IN_USE: ErrorSchema = ErrorSchema {
    shape: "InvalidNetworkInterface.InUse",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_NETWORK_INTERFACE_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidNetworkInterfaceID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_NEXT_TOKEN: ErrorSchema = ErrorSchema {
    shape: "InvalidNextToken",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PAGINATION_TOKEN: ErrorSchema = ErrorSchema {
    shape: "InvalidPaginationToken",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PARAMETER: ErrorSchema = ErrorSchema {
    shape: "InvalidParameter",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PARAMETER_COMBINATION: ErrorSchema = ErrorSchema {
    shape: "InvalidParameterCombination",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PERMISSION_DUPLICATE: ErrorSchema = ErrorSchema {
    shape: "InvalidPermission.Duplicate",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PERMISSION_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "InvalidPermission.Malformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PERMISSION_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidPermission.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PREFIX_LIST_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidPrefixListID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PREFIX_LIST_ID: ErrorSchema = ErrorSchema {
    shape: "InvalidPrefixListId",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_REGION: ErrorSchema =
    ErrorSchema { shape: "InvalidRegion", http_status: 400, query: None, fault: Fault::Sender, members: &[] };

pub(super) static INVALID_REQUEST: ErrorSchema = ErrorSchema {
    shape: "InvalidRequest",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ROUTE_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidRoute.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ROUTE_TABLE_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidRouteTableID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SECURITY_GROUP_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidSecurityGroupID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SECURITY_GROUP_ID_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "InvalidSecurityGroupId.Malformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SECURITY_GROUP_RULE_ID_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "InvalidSecurityGroupRuleId.Malformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SECURITY_GROUP_RULE_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidSecurityGroupRuleId.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SUBNET_CONFLICT: ErrorSchema = ErrorSchema {
    shape: "InvalidSubnet.Conflict",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SUBNET_RANGE: ErrorSchema = ErrorSchema {
    shape: "InvalidSubnet.Range",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SUBNET_CIDR_BLOCK_ASSOCIATION_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidSubnetCidrBlockAssociationID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SUBNET_ID_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "InvalidSubnetID.Malformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_SUBNET_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidSubnetID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_TAG_KEY_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "InvalidTagKey.Malformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_VPC_RANGE: ErrorSchema = ErrorSchema {
    shape: "InvalidVpc.Range",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_VPC_CIDR_BLOCK_ASSOCIATION_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidVpcCidrBlockAssociationID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_VPC_ID_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "InvalidVpcID.Malformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_VPC_ID_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidVpcID.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_ZONE_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "InvalidZone.NotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static MISSING_PARAMETER: ErrorSchema = ErrorSchema {
    shape: "MissingParameter",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static NAT_GATEWAY_MALFORMED: ErrorSchema = ErrorSchema {
    shape: "NatGatewayMalformed",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static NAT_GATEWAY_NOT_FOUND: ErrorSchema = ErrorSchema {
    shape: "NatGatewayNotFound",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static NETWORK_ACL_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "NetworkAclLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static OPERATION_NOT_PERMITTED: ErrorSchema = ErrorSchema {
    shape: "OperationNotPermitted",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static PREFIX_LIST_MAX_ENTRIES_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "PrefixListMaxEntriesExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static PREFIX_LIST_VERSION_MISMATCH: ErrorSchema = ErrorSchema {
    shape: "PrefixListVersionMismatch",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static PRIVATE_IP_ADDRESS_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "PrivateIpAddressLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RESOURCE_ALREADY_ASSOCIATED: ErrorSchema = ErrorSchema {
    shape: "Resource.AlreadyAssociated",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RESOURCE_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "ResourceLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static ROUTE_ALREADY_EXISTS: ErrorSchema = ErrorSchema {
    shape: "RouteAlreadyExists",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static ROUTE_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "RouteLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static ROUTE_TABLE_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "RouteTableLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static RULES_PER_SECURITY_GROUP_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "RulesPerSecurityGroupLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SECURITY_GROUP_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "SecurityGroupLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SECURITY_GROUPS_PER_INTERFACE_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "SecurityGroupsPerInterfaceLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static SUBNET_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "SubnetLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static TAG_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "TagLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static UNSUPPORTED_OPERATION: ErrorSchema = ErrorSchema {
    shape: "UnsupportedOperation",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static VPC_ID_NOT_SPECIFIED: ErrorSchema = ErrorSchema {
    shape: "VPCIdNotSpecified",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static VPC_CIDR_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "VpcCidrLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static VPC_LIMIT_EXCEEDED: ErrorSchema = ErrorSchema {
    shape: "VpcLimitExceeded",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) static INVALID_PARAMETER_VALUE: ErrorSchema = ErrorSchema {
    shape: "InvalidParameterValue",
    http_status: 400,
    query: None,
    fault: Fault::Sender,
    members: &[],
};

pub(super) use INVALID_PARAMETER_VALUE as VALIDATION;

/// The code of an [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// HTTP 500
    InternalFailure,
    /// HTTP 501
    NotImplemented,
    /// HTTP 400
    AddressLimitExceeded,
    /// HTTP 400
    AttachmentLimitExceeded,
    /// HTTP 400
    AuthFailure,
    /// HTTP 400
    CannotDelete,
    /// HTTP 400
    CidrConflict,
    /// HTTP 400
    CidrLimitExceeded,
    /// HTTP 400
    DefaultSubnetAlreadyExistsInAvailabilityZone,
    /// HTTP 400
    DefaultVpcAlreadyExists,
    /// HTTP 400
    DependencyViolation,
    /// HTTP 412
    DryRunOperation,
    /// HTTP 400
    GatewayNotAttached,
    /// HTTP 400
    IdempotentParameterMismatch,
    /// HTTP 400
    InsufficientAddressCapacity,
    /// HTTP 400
    InsufficientFreeAddressesInSubnet,
    /// HTTP 400
    InternetGatewayLimitExceeded,
    /// HTTP 400
    InvalidAddressNotFound,
    /// HTTP 400
    InvalidAllocationIdNotFound,
    /// HTTP 400
    InvalidAssociationIdNotFound,
    /// HTTP 400
    InvalidAttachmentIdNotFound,
    /// HTTP 400
    InvalidAvailabilityZone,
    /// HTTP 400
    InvalidCidrInUse,
    /// HTTP 400
    InvalidCustomerOwnedIpv4PoolIdMalformed,
    /// HTTP 400
    InvalidDhcpOptionIdNotFound,
    /// HTTP 400
    InvalidDhcpOptionsIdNotFound,
    /// HTTP 400
    InvalidGatewayIdNotFound,
    /// HTTP 400
    InvalidGroupDuplicate,
    /// HTTP 400
    InvalidGroupInUse,
    /// HTTP 400
    InvalidGroupNotFound,
    /// HTTP 400
    InvalidGroupIdMalformed,
    /// HTTP 400
    InvalidID,
    /// HTTP 400
    InvalidIpAddressInUse,
    /// HTTP 400
    InvalidInstanceID,
    /// HTTP 400
    InvalidInstanceIdMalformed,
    /// HTTP 400
    InvalidInstanceIdNotFound,
    /// HTTP 400
    InvalidInternetGatewayIdNotFound,
    /// HTTP 400
    InvalidNatGatewayIdNotFound,
    /// HTTP 400
    InvalidNetworkAclIdNotFound,
    /// HTTP 400
    InvalidNetworkInterfaceInUse,
    /// HTTP 400
    InvalidNetworkInterfaceIdNotFound,
    /// HTTP 400
    InvalidNextToken,
    /// HTTP 400
    InvalidPaginationToken,
    /// HTTP 400
    InvalidParameter,
    /// HTTP 400
    InvalidParameterCombination,
    /// HTTP 400
    InvalidPermissionDuplicate,
    /// HTTP 400
    InvalidPermissionMalformed,
    /// HTTP 400
    InvalidPermissionNotFound,
    /// HTTP 400
    InvalidPrefixListIdNotFound,
    /// HTTP 400
    InvalidPrefixListId,
    /// HTTP 400
    InvalidRegion,
    /// HTTP 400
    InvalidRequest,
    /// HTTP 400
    InvalidRouteNotFound,
    /// HTTP 400
    InvalidRouteTableIdNotFound,
    /// HTTP 400
    InvalidSecurityGroupIdNotFound,
    /// HTTP 400
    InvalidSecurityGroupIdMalformed,
    /// HTTP 400
    InvalidSecurityGroupRuleIdMalformed,
    /// HTTP 400
    InvalidSecurityGroupRuleIdNotFound,
    /// HTTP 400
    InvalidSubnetConflict,
    /// HTTP 400
    InvalidSubnetRange,
    /// HTTP 400
    InvalidSubnetCidrBlockAssociationIdNotFound,
    /// HTTP 400
    InvalidSubnetIdMalformed,
    /// HTTP 400
    InvalidSubnetIdNotFound,
    /// HTTP 400
    InvalidTagKeyMalformed,
    /// HTTP 400
    InvalidVpcRange,
    /// HTTP 400
    InvalidVpcCidrBlockAssociationIdNotFound,
    /// HTTP 400
    InvalidVpcIdMalformed,
    /// HTTP 400
    InvalidVpcIdNotFound,
    /// HTTP 400
    InvalidZoneNotFound,
    /// HTTP 400
    MissingParameter,
    /// HTTP 400
    NatGatewayMalformed,
    /// HTTP 400
    NatGatewayNotFound,
    /// HTTP 400
    NetworkAclLimitExceeded,
    /// HTTP 400
    OperationNotPermitted,
    /// HTTP 400
    PrefixListMaxEntriesExceeded,
    /// HTTP 400
    PrefixListVersionMismatch,
    /// HTTP 400
    PrivateIpAddressLimitExceeded,
    /// HTTP 400
    ResourceAlreadyAssociated,
    /// HTTP 400
    ResourceLimitExceeded,
    /// HTTP 400
    RouteAlreadyExists,
    /// HTTP 400
    RouteLimitExceeded,
    /// HTTP 400
    RouteTableLimitExceeded,
    /// HTTP 400
    RulesPerSecurityGroupLimitExceeded,
    /// HTTP 400
    SecurityGroupLimitExceeded,
    /// HTTP 400
    SecurityGroupsPerInterfaceLimitExceeded,
    /// HTTP 400
    SubnetLimitExceeded,
    /// HTTP 400
    TagLimitExceeded,
    /// HTTP 400
    UnsupportedOperation,
    /// HTTP 400
    VPCIdNotSpecified,
    /// HTTP 400
    VpcCidrLimitExceeded,
    /// HTTP 400
    VpcLimitExceeded,
    /// HTTP 400
    InvalidParameterValue,
}

impl Code for ErrorCode {
    const INTERNAL: Self = ErrorCode::InternalFailure;
    const NOT_IMPLEMENTED: Self = ErrorCode::NotImplemented;
    const VALIDATION: Self = ErrorCode::InvalidParameterValue;

    fn schema(self) -> &'static ErrorSchema {
        match self {
            ErrorCode::InternalFailure => &INTERNAL_FAILURE,
            ErrorCode::NotImplemented => &NOT_IMPLEMENTED,
            ErrorCode::AddressLimitExceeded => &ADDRESS_LIMIT_EXCEEDED,
            ErrorCode::AttachmentLimitExceeded => &ATTACHMENT_LIMIT_EXCEEDED,
            ErrorCode::AuthFailure => &AUTH_FAILURE,
            ErrorCode::CannotDelete => &CANNOT_DELETE,
            ErrorCode::CidrConflict => &CIDR_CONFLICT,
            ErrorCode::CidrLimitExceeded => &CIDR_LIMIT_EXCEEDED,
            ErrorCode::DefaultSubnetAlreadyExistsInAvailabilityZone => {
                &DEFAULT_SUBNET_ALREADY_EXISTS_IN_AVAILABILITY_ZONE
            }
            ErrorCode::DefaultVpcAlreadyExists => &DEFAULT_VPC_ALREADY_EXISTS,
            ErrorCode::DependencyViolation => &DEPENDENCY_VIOLATION,
            ErrorCode::DryRunOperation => &DRY_RUN_OPERATION,
            ErrorCode::GatewayNotAttached => &GATEWAY_NOT_ATTACHED,
            ErrorCode::IdempotentParameterMismatch => &IDEMPOTENT_PARAMETER_MISMATCH,
            ErrorCode::InsufficientAddressCapacity => &INSUFFICIENT_ADDRESS_CAPACITY,
            ErrorCode::InsufficientFreeAddressesInSubnet => &INSUFFICIENT_FREE_ADDRESSES_IN_SUBNET,
            ErrorCode::InternetGatewayLimitExceeded => &INTERNET_GATEWAY_LIMIT_EXCEEDED,
            ErrorCode::InvalidAddressNotFound => &INVALID_ADDRESS_NOT_FOUND,
            ErrorCode::InvalidAllocationIdNotFound => &INVALID_ALLOCATION_ID_NOT_FOUND,
            ErrorCode::InvalidAssociationIdNotFound => &INVALID_ASSOCIATION_ID_NOT_FOUND,
            ErrorCode::InvalidAttachmentIdNotFound => &INVALID_ATTACHMENT_ID_NOT_FOUND,
            ErrorCode::InvalidAvailabilityZone => &INVALID_AVAILABILITY_ZONE,
            ErrorCode::InvalidCidrInUse => &INVALID_CIDR_IN_USE,
            ErrorCode::InvalidCustomerOwnedIpv4PoolIdMalformed => {
                &INVALID_CUSTOMER_OWNED_IPV4_POOL_ID_MALFORMED
            }
            ErrorCode::InvalidDhcpOptionIdNotFound => &INVALID_DHCP_OPTION_ID_NOT_FOUND,
            ErrorCode::InvalidDhcpOptionsIdNotFound => &INVALID_DHCP_OPTIONS_ID_NOT_FOUND,
            ErrorCode::InvalidGatewayIdNotFound => &INVALID_GATEWAY_ID_NOT_FOUND,
            ErrorCode::InvalidGroupDuplicate => &INVALID_GROUP_DUPLICATE,
            ErrorCode::InvalidGroupInUse => &INVALID_GROUP_IN_USE,
            ErrorCode::InvalidGroupNotFound => &INVALID_GROUP_NOT_FOUND,
            ErrorCode::InvalidGroupIdMalformed => &INVALID_GROUP_ID_MALFORMED,
            ErrorCode::InvalidID => &INVALID_ID,
            ErrorCode::InvalidIpAddressInUse => &INVALID_IP_ADDRESS_IN_USE,
            ErrorCode::InvalidInstanceID => &INVALID_INSTANCE_ID,
            ErrorCode::InvalidInstanceIdMalformed => &INVALID_INSTANCE_ID_MALFORMED,
            ErrorCode::InvalidInstanceIdNotFound => &INVALID_INSTANCE_ID_NOT_FOUND,
            ErrorCode::InvalidInternetGatewayIdNotFound => &INVALID_INTERNET_GATEWAY_ID_NOT_FOUND,
            ErrorCode::InvalidNatGatewayIdNotFound => &INVALID_NAT_GATEWAY_ID_NOT_FOUND,
            ErrorCode::InvalidNetworkAclIdNotFound => &INVALID_NETWORK_ACL_ID_NOT_FOUND,
            ErrorCode::InvalidNetworkInterfaceInUse => &INVALID_NETWORK_INTERFACE_IN_USE,
            ErrorCode::InvalidNetworkInterfaceIdNotFound => &INVALID_NETWORK_INTERFACE_ID_NOT_FOUND,
            ErrorCode::InvalidNextToken => &INVALID_NEXT_TOKEN,
            ErrorCode::InvalidPaginationToken => &INVALID_PAGINATION_TOKEN,
            ErrorCode::InvalidParameter => &INVALID_PARAMETER,
            ErrorCode::InvalidParameterCombination => &INVALID_PARAMETER_COMBINATION,
            ErrorCode::InvalidPermissionDuplicate => &INVALID_PERMISSION_DUPLICATE,
            ErrorCode::InvalidPermissionMalformed => &INVALID_PERMISSION_MALFORMED,
            ErrorCode::InvalidPermissionNotFound => &INVALID_PERMISSION_NOT_FOUND,
            ErrorCode::InvalidPrefixListIdNotFound => &INVALID_PREFIX_LIST_ID_NOT_FOUND,
            ErrorCode::InvalidPrefixListId => &INVALID_PREFIX_LIST_ID,
            ErrorCode::InvalidRegion => &INVALID_REGION,
            ErrorCode::InvalidRequest => &INVALID_REQUEST,
            ErrorCode::InvalidRouteNotFound => &INVALID_ROUTE_NOT_FOUND,
            ErrorCode::InvalidRouteTableIdNotFound => &INVALID_ROUTE_TABLE_ID_NOT_FOUND,
            ErrorCode::InvalidSecurityGroupIdNotFound => &INVALID_SECURITY_GROUP_ID_NOT_FOUND,
            ErrorCode::InvalidSecurityGroupIdMalformed => &INVALID_SECURITY_GROUP_ID_MALFORMED,
            ErrorCode::InvalidSecurityGroupRuleIdMalformed => &INVALID_SECURITY_GROUP_RULE_ID_MALFORMED,
            ErrorCode::InvalidSecurityGroupRuleIdNotFound => &INVALID_SECURITY_GROUP_RULE_ID_NOT_FOUND,
            ErrorCode::InvalidSubnetConflict => &INVALID_SUBNET_CONFLICT,
            ErrorCode::InvalidSubnetRange => &INVALID_SUBNET_RANGE,
            ErrorCode::InvalidSubnetCidrBlockAssociationIdNotFound => {
                &INVALID_SUBNET_CIDR_BLOCK_ASSOCIATION_ID_NOT_FOUND
            }
            ErrorCode::InvalidSubnetIdMalformed => &INVALID_SUBNET_ID_MALFORMED,
            ErrorCode::InvalidSubnetIdNotFound => &INVALID_SUBNET_ID_NOT_FOUND,
            ErrorCode::InvalidTagKeyMalformed => &INVALID_TAG_KEY_MALFORMED,
            ErrorCode::InvalidVpcRange => &INVALID_VPC_RANGE,
            ErrorCode::InvalidVpcCidrBlockAssociationIdNotFound => {
                &INVALID_VPC_CIDR_BLOCK_ASSOCIATION_ID_NOT_FOUND
            }
            ErrorCode::InvalidVpcIdMalformed => &INVALID_VPC_ID_MALFORMED,
            ErrorCode::InvalidVpcIdNotFound => &INVALID_VPC_ID_NOT_FOUND,
            ErrorCode::InvalidZoneNotFound => &INVALID_ZONE_NOT_FOUND,
            ErrorCode::MissingParameter => &MISSING_PARAMETER,
            ErrorCode::NatGatewayMalformed => &NAT_GATEWAY_MALFORMED,
            ErrorCode::NatGatewayNotFound => &NAT_GATEWAY_NOT_FOUND,
            ErrorCode::NetworkAclLimitExceeded => &NETWORK_ACL_LIMIT_EXCEEDED,
            ErrorCode::OperationNotPermitted => &OPERATION_NOT_PERMITTED,
            ErrorCode::PrefixListMaxEntriesExceeded => &PREFIX_LIST_MAX_ENTRIES_EXCEEDED,
            ErrorCode::PrefixListVersionMismatch => &PREFIX_LIST_VERSION_MISMATCH,
            ErrorCode::PrivateIpAddressLimitExceeded => &PRIVATE_IP_ADDRESS_LIMIT_EXCEEDED,
            ErrorCode::ResourceAlreadyAssociated => &RESOURCE_ALREADY_ASSOCIATED,
            ErrorCode::ResourceLimitExceeded => &RESOURCE_LIMIT_EXCEEDED,
            ErrorCode::RouteAlreadyExists => &ROUTE_ALREADY_EXISTS,
            ErrorCode::RouteLimitExceeded => &ROUTE_LIMIT_EXCEEDED,
            ErrorCode::RouteTableLimitExceeded => &ROUTE_TABLE_LIMIT_EXCEEDED,
            ErrorCode::RulesPerSecurityGroupLimitExceeded => &RULES_PER_SECURITY_GROUP_LIMIT_EXCEEDED,
            ErrorCode::SecurityGroupLimitExceeded => &SECURITY_GROUP_LIMIT_EXCEEDED,
            ErrorCode::SecurityGroupsPerInterfaceLimitExceeded => {
                &SECURITY_GROUPS_PER_INTERFACE_LIMIT_EXCEEDED
            }
            ErrorCode::SubnetLimitExceeded => &SUBNET_LIMIT_EXCEEDED,
            ErrorCode::TagLimitExceeded => &TAG_LIMIT_EXCEEDED,
            ErrorCode::UnsupportedOperation => &UNSUPPORTED_OPERATION,
            ErrorCode::VPCIdNotSpecified => &VPC_ID_NOT_SPECIFIED,
            ErrorCode::VpcCidrLimitExceeded => &VPC_CIDR_LIMIT_EXCEEDED,
            ErrorCode::VpcLimitExceeded => &VPC_LIMIT_EXCEEDED,
            ErrorCode::InvalidParameterValue => &INVALID_PARAMETER_VALUE,
        }
    }
}

impl Error {
    /// `AddressLimitExceeded`, HTTP 400.
    pub fn address_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AddressLimitExceeded, message)
    }

    /// `AttachmentLimitExceeded`, HTTP 400.
    pub fn attachment_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AttachmentLimitExceeded, message)
    }

    /// `AuthFailure`, HTTP 400.
    pub fn auth_failure(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::AuthFailure, message)
    }

    /// `CannotDelete`, HTTP 400.
    pub fn cannot_delete(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::CannotDelete, message)
    }

    /// `CidrConflict`, HTTP 400.
    pub fn cidr_conflict(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::CidrConflict, message)
    }

    /// `CidrLimitExceeded`, HTTP 400.
    pub fn cidr_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::CidrLimitExceeded, message)
    }

    /// `DefaultSubnetAlreadyExistsInAvailabilityZone`, HTTP 400.
    pub fn default_subnet_already_exists_in_availability_zone(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DefaultSubnetAlreadyExistsInAvailabilityZone, message)
    }

    /// `DefaultVpcAlreadyExists`, HTTP 400.
    pub fn default_vpc_already_exists(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DefaultVpcAlreadyExists, message)
    }

    /// `DependencyViolation`, HTTP 400.
    pub fn dependency_violation(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DependencyViolation, message)
    }

    /// `DryRunOperation`, HTTP 412.
    pub fn dry_run_operation(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::DryRunOperation, message)
    }

    /// `Gateway.NotAttached`, HTTP 400.
    pub fn gateway_not_attached(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::GatewayNotAttached, message)
    }

    /// `IdempotentParameterMismatch`, HTTP 400.
    pub fn idempotent_parameter_mismatch(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::IdempotentParameterMismatch, message)
    }

    /// `InsufficientAddressCapacity`, HTTP 400.
    pub fn insufficient_address_capacity(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InsufficientAddressCapacity, message)
    }

    /// `InsufficientFreeAddressesInSubnet`, HTTP 400.
    pub fn insufficient_free_addresses_in_subnet(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InsufficientFreeAddressesInSubnet, message)
    }

    /// `InternetGatewayLimitExceeded`, HTTP 400.
    pub fn internet_gateway_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InternetGatewayLimitExceeded, message)
    }

    /// `InvalidAddress.NotFound`, HTTP 400.
    pub fn invalid_address_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidAddressNotFound, message)
    }

    /// `InvalidAllocationID.NotFound`, HTTP 400.
    pub fn invalid_allocation_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidAllocationIdNotFound, message)
    }

    /// `InvalidAssociationID.NotFound`, HTTP 400.
    pub fn invalid_association_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidAssociationIdNotFound, message)
    }

    /// `InvalidAttachmentID.NotFound`, HTTP 400.
    pub fn invalid_attachment_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidAttachmentIdNotFound, message)
    }

    /// `InvalidAvailabilityZone`, HTTP 400.
    pub fn invalid_availability_zone(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidAvailabilityZone, message)
    }

    /// `InvalidCidr.InUse`, HTTP 400.
    pub fn invalid_cidr_in_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidCidrInUse, message)
    }

    /// `InvalidCustomerOwnedIpv4PoolID.Malformed`, HTTP 400.
    pub fn invalid_customer_owned_ipv4_pool_id_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidCustomerOwnedIpv4PoolIdMalformed, message)
    }

    /// `InvalidDhcpOptionID.NotFound`, HTTP 400.
    pub fn invalid_dhcp_option_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidDhcpOptionIdNotFound, message)
    }

    /// `InvalidDhcpOptionsID.NotFound`, HTTP 400.
    pub fn invalid_dhcp_options_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidDhcpOptionsIdNotFound, message)
    }

    /// `InvalidGatewayID.NotFound`, HTTP 400.
    pub fn invalid_gateway_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidGatewayIdNotFound, message)
    }

    /// `InvalidGroup.Duplicate`, HTTP 400.
    pub fn invalid_group_duplicate(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidGroupDuplicate, message)
    }

    /// `InvalidGroup.InUse`, HTTP 400.
    pub fn invalid_group_in_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidGroupInUse, message)
    }

    /// `InvalidGroup.NotFound`, HTTP 400.
    pub fn invalid_group_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidGroupNotFound, message)
    }

    /// `InvalidGroupId.Malformed`, HTTP 400.
    pub fn invalid_group_id_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidGroupIdMalformed, message)
    }

    /// `InvalidID`, HTTP 400.
    pub fn invalid_id(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidID, message)
    }

    /// `InvalidIPAddress.InUse`, HTTP 400.
    pub fn invalid_ip_address_in_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidIpAddressInUse, message)
    }

    /// `InvalidInstanceID`, HTTP 400.
    pub fn invalid_instance_id(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidInstanceID, message)
    }

    /// `InvalidInstanceID.Malformed`, HTTP 400.
    pub fn invalid_instance_id_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidInstanceIdMalformed, message)
    }

    /// `InvalidInstanceID.NotFound`, HTTP 400.
    pub fn invalid_instance_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidInstanceIdNotFound, message)
    }

    /// `InvalidInternetGatewayID.NotFound`, HTTP 400.
    pub fn invalid_internet_gateway_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidInternetGatewayIdNotFound, message)
    }

    /// `InvalidNatGatewayID.NotFound`, HTTP 400.
    pub fn invalid_nat_gateway_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidNatGatewayIdNotFound, message)
    }

    /// `InvalidNetworkAclID.NotFound`, HTTP 400.
    pub fn invalid_network_acl_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidNetworkAclIdNotFound, message)
    }

    /// `InvalidNetworkInterface.InUse`, HTTP 400.
    pub fn invalid_network_interface_in_use(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidNetworkInterfaceInUse, message)
    }

    /// `InvalidNetworkInterfaceID.NotFound`, HTTP 400.
    pub fn invalid_network_interface_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidNetworkInterfaceIdNotFound, message)
    }

    /// `InvalidNextToken`, HTTP 400.
    pub fn invalid_next_token(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidNextToken, message)
    }

    /// `InvalidPaginationToken`, HTTP 400.
    pub fn invalid_pagination_token(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidPaginationToken, message)
    }

    /// `InvalidParameter`, HTTP 400.
    pub fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParameter, message)
    }

    /// `InvalidParameterCombination`, HTTP 400.
    pub fn invalid_parameter_combination(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParameterCombination, message)
    }

    /// `InvalidPermission.Duplicate`, HTTP 400.
    pub fn invalid_permission_duplicate(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidPermissionDuplicate, message)
    }

    /// `InvalidPermission.Malformed`, HTTP 400.
    pub fn invalid_permission_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidPermissionMalformed, message)
    }

    /// `InvalidPermission.NotFound`, HTTP 400.
    pub fn invalid_permission_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidPermissionNotFound, message)
    }

    /// `InvalidPrefixListID.NotFound`, HTTP 400.
    pub fn invalid_prefix_list_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidPrefixListIdNotFound, message)
    }

    /// `InvalidPrefixListId`, HTTP 400.
    pub fn invalid_prefix_list_id(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidPrefixListId, message)
    }

    /// `InvalidRegion`, HTTP 400.
    pub fn invalid_region(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidRegion, message)
    }

    /// `InvalidRequest`, HTTP 400.
    pub fn invalid_request(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidRequest, message)
    }

    /// `InvalidRoute.NotFound`, HTTP 400.
    pub fn invalid_route_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidRouteNotFound, message)
    }

    /// `InvalidRouteTableID.NotFound`, HTTP 400.
    pub fn invalid_route_table_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidRouteTableIdNotFound, message)
    }

    /// `InvalidSecurityGroupID.NotFound`, HTTP 400.
    pub fn invalid_security_group_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSecurityGroupIdNotFound, message)
    }

    /// `InvalidSecurityGroupId.Malformed`, HTTP 400.
    pub fn invalid_security_group_id_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSecurityGroupIdMalformed, message)
    }

    /// `InvalidSecurityGroupRuleId.Malformed`, HTTP 400.
    pub fn invalid_security_group_rule_id_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSecurityGroupRuleIdMalformed, message)
    }

    /// `InvalidSecurityGroupRuleId.NotFound`, HTTP 400.
    pub fn invalid_security_group_rule_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSecurityGroupRuleIdNotFound, message)
    }

    /// `InvalidSubnet.Conflict`, HTTP 400.
    pub fn invalid_subnet_conflict(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSubnetConflict, message)
    }

    /// `InvalidSubnet.Range`, HTTP 400.
    pub fn invalid_subnet_range(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSubnetRange, message)
    }

    /// `InvalidSubnetCidrBlockAssociationID.NotFound`, HTTP 400.
    pub fn invalid_subnet_cidr_block_association_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSubnetCidrBlockAssociationIdNotFound, message)
    }

    /// `InvalidSubnetID.Malformed`, HTTP 400.
    pub fn invalid_subnet_id_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSubnetIdMalformed, message)
    }

    /// `InvalidSubnetID.NotFound`, HTTP 400.
    pub fn invalid_subnet_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidSubnetIdNotFound, message)
    }

    /// `InvalidTagKey.Malformed`, HTTP 400.
    pub fn invalid_tag_key_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidTagKeyMalformed, message)
    }

    /// `InvalidVpc.Range`, HTTP 400.
    pub fn invalid_vpc_range(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidVpcRange, message)
    }

    /// `InvalidVpcCidrBlockAssociationID.NotFound`, HTTP 400.
    pub fn invalid_vpc_cidr_block_association_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidVpcCidrBlockAssociationIdNotFound, message)
    }

    /// `InvalidVpcID.Malformed`, HTTP 400.
    pub fn invalid_vpc_id_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidVpcIdMalformed, message)
    }

    /// `InvalidVpcID.NotFound`, HTTP 400.
    pub fn invalid_vpc_id_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidVpcIdNotFound, message)
    }

    /// `InvalidZone.NotFound`, HTTP 400.
    pub fn invalid_zone_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidZoneNotFound, message)
    }

    /// `MissingParameter`, HTTP 400.
    pub fn missing_parameter(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::MissingParameter, message)
    }

    /// `NatGatewayMalformed`, HTTP 400.
    pub fn nat_gateway_malformed(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NatGatewayMalformed, message)
    }

    /// `NatGatewayNotFound`, HTTP 400.
    pub fn nat_gateway_not_found(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NatGatewayNotFound, message)
    }

    /// `NetworkAclLimitExceeded`, HTTP 400.
    pub fn network_acl_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::NetworkAclLimitExceeded, message)
    }

    /// `OperationNotPermitted`, HTTP 400.
    pub fn operation_not_permitted(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::OperationNotPermitted, message)
    }

    /// `PrefixListMaxEntriesExceeded`, HTTP 400.
    pub fn prefix_list_max_entries_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::PrefixListMaxEntriesExceeded, message)
    }

    /// `PrefixListVersionMismatch`, HTTP 400.
    pub fn prefix_list_version_mismatch(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::PrefixListVersionMismatch, message)
    }

    /// `PrivateIpAddressLimitExceeded`, HTTP 400.
    pub fn private_ip_address_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::PrivateIpAddressLimitExceeded, message)
    }

    /// `Resource.AlreadyAssociated`, HTTP 400.
    pub fn resource_already_associated(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceAlreadyAssociated, message)
    }

    /// `ResourceLimitExceeded`, HTTP 400.
    pub fn resource_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::ResourceLimitExceeded, message)
    }

    /// `RouteAlreadyExists`, HTTP 400.
    pub fn route_already_exists(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RouteAlreadyExists, message)
    }

    /// `RouteLimitExceeded`, HTTP 400.
    pub fn route_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RouteLimitExceeded, message)
    }

    /// `RouteTableLimitExceeded`, HTTP 400.
    pub fn route_table_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RouteTableLimitExceeded, message)
    }

    /// `RulesPerSecurityGroupLimitExceeded`, HTTP 400.
    pub fn rules_per_security_group_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::RulesPerSecurityGroupLimitExceeded, message)
    }

    /// `SecurityGroupLimitExceeded`, HTTP 400.
    pub fn security_group_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::SecurityGroupLimitExceeded, message)
    }

    /// `SecurityGroupsPerInterfaceLimitExceeded`, HTTP 400.
    pub fn security_groups_per_interface_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::SecurityGroupsPerInterfaceLimitExceeded, message)
    }

    /// `SubnetLimitExceeded`, HTTP 400.
    pub fn subnet_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::SubnetLimitExceeded, message)
    }

    /// `TagLimitExceeded`, HTTP 400.
    pub fn tag_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::TagLimitExceeded, message)
    }

    /// `UnsupportedOperation`, HTTP 400.
    pub fn unsupported_operation(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::UnsupportedOperation, message)
    }

    /// `VPCIdNotSpecified`, HTTP 400.
    pub fn vpc_id_not_specified(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::VPCIdNotSpecified, message)
    }

    /// `VpcCidrLimitExceeded`, HTTP 400.
    pub fn vpc_cidr_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::VpcCidrLimitExceeded, message)
    }

    /// `VpcLimitExceeded`, HTTP 400.
    pub fn vpc_limit_exceeded(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::VpcLimitExceeded, message)
    }

    /// `InvalidParameterValue`, HTTP 400.
    pub fn invalid_parameter_value(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::InvalidParameterValue, message)
    }
}
