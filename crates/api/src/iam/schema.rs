//! The model of AWS IAM as statics: what codecs and validation walk.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{
    ErrorSchema, Fault, Kind, Member, MemberTraits, OperationSchema, Pattern, Protocol, Schema,
    ServiceSchema, TimestampFormat,
};

use super::errors;
use crate::service::UNIT;

pub static SERVICE_SCHEMA: ServiceSchema = ServiceSchema {
    name: "iam",
    signing_name: "iam",
    endpoint_prefix: "iam",
    target_prefix: None,
    api_version: "2010-05-08",
    protocols: &[Protocol::AwsQuery],
    xml_namespace: Some("https://iam.amazonaws.com/doc/2010-05-08/"),
    query_compatible: false,
    validation_error: &errors::VALIDATION,
};

pub static ATTACH_ROLE_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "AttachRolePolicy",
    input: &ATTACH_ROLE_POLICY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::POLICY_NOT_ATTACHABLE_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static CREATE_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "CreatePolicy",
    input: &CREATE_POLICY_REQUEST,
    output: &CREATE_POLICY_RESPONSE,
    errors: &[
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::ENTITY_ALREADY_EXISTS_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("CreatePolicyResult"),
    event_stream: None,
};

pub static CREATE_POLICY_VERSION_OPERATION: OperationSchema = OperationSchema {
    name: "CreatePolicyVersion",
    input: &CREATE_POLICY_VERSION_REQUEST,
    output: &CREATE_POLICY_VERSION_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("CreatePolicyVersionResult"),
    event_stream: None,
};

pub static CREATE_ROLE_OPERATION: OperationSchema = OperationSchema {
    name: "CreateRole",
    input: &CREATE_ROLE_REQUEST,
    output: &CREATE_ROLE_RESPONSE,
    errors: &[
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::ENTITY_ALREADY_EXISTS_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("CreateRoleResult"),
    event_stream: None,
};

pub static CREATE_SERVICE_LINKED_ROLE_OPERATION: OperationSchema = OperationSchema {
    name: "CreateServiceLinkedRole",
    input: &CREATE_SERVICE_LINKED_ROLE_REQUEST,
    output: &CREATE_SERVICE_LINKED_ROLE_RESPONSE,
    errors: &[
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("CreateServiceLinkedRoleResult"),
    event_stream: None,
};

pub static DELETE_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "DeletePolicy",
    input: &DELETE_POLICY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::DELETE_CONFLICT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_POLICY_VERSION_OPERATION: OperationSchema = OperationSchema {
    name: "DeletePolicyVersion",
    input: &DELETE_POLICY_VERSION_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::DELETE_CONFLICT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_ROLE_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteRole",
    input: &DELETE_ROLE_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::DELETE_CONFLICT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_ROLE_PERMISSIONS_BOUNDARY_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteRolePermissionsBoundary",
    input: &DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_ROLE_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteRolePolicy",
    input: &DELETE_ROLE_POLICY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DETACH_ROLE_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "DetachRolePolicy",
    input: &DETACH_ROLE_POLICY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static GET_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "GetPolicy",
    input: &GET_POLICY_REQUEST,
    output: &GET_POLICY_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("GetPolicyResult"),
    event_stream: None,
};

pub static GET_POLICY_VERSION_OPERATION: OperationSchema = OperationSchema {
    name: "GetPolicyVersion",
    input: &GET_POLICY_VERSION_REQUEST,
    output: &GET_POLICY_VERSION_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("GetPolicyVersionResult"),
    event_stream: None,
};

pub static GET_ROLE_OPERATION: OperationSchema = OperationSchema {
    name: "GetRole",
    input: &GET_ROLE_REQUEST,
    output: &GET_ROLE_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("GetRoleResult"),
    event_stream: None,
};

pub static GET_ROLE_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "GetRolePolicy",
    input: &GET_ROLE_POLICY_REQUEST,
    output: &GET_ROLE_POLICY_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("GetRolePolicyResult"),
    event_stream: None,
};

pub static LIST_ATTACHED_ROLE_POLICIES_OPERATION: OperationSchema = OperationSchema {
    name: "ListAttachedRolePolicies",
    input: &LIST_ATTACHED_ROLE_POLICIES_REQUEST,
    output: &LIST_ATTACHED_ROLE_POLICIES_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ListAttachedRolePoliciesResult"),
    event_stream: None,
};

pub static LIST_INSTANCE_PROFILES_FOR_ROLE_OPERATION: OperationSchema = OperationSchema {
    name: "ListInstanceProfilesForRole",
    input: &LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST,
    output: &LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ListInstanceProfilesForRoleResult"),
    event_stream: None,
};

pub static LIST_POLICIES_OPERATION: OperationSchema = OperationSchema {
    name: "ListPolicies",
    input: &LIST_POLICIES_REQUEST,
    output: &LIST_POLICIES_RESPONSE,
    errors: &[&errors::SERVICE_FAILURE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ListPoliciesResult"),
    event_stream: None,
};

pub static LIST_POLICY_VERSIONS_OPERATION: OperationSchema = OperationSchema {
    name: "ListPolicyVersions",
    input: &LIST_POLICY_VERSIONS_REQUEST,
    output: &LIST_POLICY_VERSIONS_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ListPolicyVersionsResult"),
    event_stream: None,
};

pub static LIST_ROLE_POLICIES_OPERATION: OperationSchema = OperationSchema {
    name: "ListRolePolicies",
    input: &LIST_ROLE_POLICIES_REQUEST,
    output: &LIST_ROLE_POLICIES_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ListRolePoliciesResult"),
    event_stream: None,
};

pub static LIST_ROLE_TAGS_OPERATION: OperationSchema = OperationSchema {
    name: "ListRoleTags",
    input: &LIST_ROLE_TAGS_REQUEST,
    output: &LIST_ROLE_TAGS_RESPONSE,
    errors: &[&errors::NO_SUCH_ENTITY_EXCEPTION, &errors::SERVICE_FAILURE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ListRoleTagsResult"),
    event_stream: None,
};

pub static LIST_ROLES_OPERATION: OperationSchema = OperationSchema {
    name: "ListRoles",
    input: &LIST_ROLES_REQUEST,
    output: &LIST_ROLES_RESPONSE,
    errors: &[&errors::SERVICE_FAILURE_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("ListRolesResult"),
    event_stream: None,
};

pub static PUT_ROLE_PERMISSIONS_BOUNDARY_OPERATION: OperationSchema = OperationSchema {
    name: "PutRolePermissionsBoundary",
    input: &PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::POLICY_NOT_ATTACHABLE_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static PUT_ROLE_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "PutRolePolicy",
    input: &PUT_ROLE_POLICY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static SET_DEFAULT_POLICY_VERSION_OPERATION: OperationSchema = OperationSchema {
    name: "SetDefaultPolicyVersion",
    input: &SET_DEFAULT_POLICY_VERSION_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static TAG_ROLE_OPERATION: OperationSchema = OperationSchema {
    name: "TagRole",
    input: &TAG_ROLE_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::INVALID_INPUT_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UNTAG_ROLE_OPERATION: OperationSchema = OperationSchema {
    name: "UntagRole",
    input: &UNTAG_ROLE_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::CONCURRENT_MODIFICATION_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_ASSUME_ROLE_POLICY_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateAssumeRolePolicy",
    input: &UPDATE_ASSUME_ROLE_POLICY_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::MALFORMED_POLICY_DOCUMENT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static UPDATE_ROLE_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateRole",
    input: &UPDATE_ROLE_REQUEST,
    output: &UPDATE_ROLE_RESPONSE,
    errors: &[
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("UpdateRoleResult"),
    event_stream: None,
};

pub static UPDATE_ROLE_DESCRIPTION_OPERATION: OperationSchema = OperationSchema {
    name: "UpdateRoleDescription",
    input: &UPDATE_ROLE_DESCRIPTION_REQUEST,
    output: &UPDATE_ROLE_DESCRIPTION_RESPONSE,
    errors: &[
        &errors::NO_SUCH_ENTITY_EXCEPTION,
        &errors::UNMODIFIABLE_ENTITY_EXCEPTION,
        &errors::SERVICE_FAILURE_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: Some("UpdateRoleDescriptionResult"),
    event_stream: None,
};

pub static ATTACH_ROLE_POLICY_REQUEST: Schema = Schema::structure(
    "AttachRolePolicyRequest",
    &[Member::new("RoleName", &ROLE_NAME_TYPE).required(), Member::new("PolicyArn", &ARN_TYPE).required()],
);

pub static ATTACHED_PERMISSIONS_BOUNDARY: Schema = Schema::structure(
    "AttachedPermissionsBoundary",
    &[
        Member::new("PermissionsBoundaryType", &PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE),
        Member::new("PermissionsBoundaryArn", &ARN_TYPE),
    ],
);

pub static ATTACHED_POLICY: Schema = Schema::structure(
    "AttachedPolicy",
    &[Member::new("PolicyName", &POLICY_NAME_TYPE), Member::new("PolicyArn", &ARN_TYPE)],
);

pub static CONCURRENT_MODIFICATION_EXCEPTION: Schema = Schema::structure(
    "ConcurrentModificationException",
    &[Member::new("message", &CONCURRENT_MODIFICATION_MESSAGE)],
);

pub static CONCURRENT_MODIFICATION_MESSAGE: Schema =
    Schema::scalar("ConcurrentModificationMessage", Kind::String);

pub static CREATE_POLICY_REQUEST: Schema = Schema::structure(
    "CreatePolicyRequest",
    &[
        Member::new("PolicyName", &POLICY_NAME_TYPE).required(),
        Member::new("Path", &POLICY_PATH_TYPE),
        Member::new("PolicyDocument", &POLICY_DOCUMENT_TYPE).required(),
        Member::new("Description", &POLICY_DESCRIPTION_TYPE),
        Member::new("Tags", &TAG_LIST_TYPE),
    ],
);

pub static CREATE_POLICY_RESPONSE: Schema =
    Schema::structure("CreatePolicyResponse", &[Member::new("Policy", &POLICY)]);

pub static CREATE_POLICY_VERSION_REQUEST: Schema = Schema::structure(
    "CreatePolicyVersionRequest",
    &[
        Member::new("PolicyArn", &ARN_TYPE).required(),
        Member::new("PolicyDocument", &POLICY_DOCUMENT_TYPE).required(),
        Member::new("SetAsDefault", &BOOLEAN_TYPE),
    ],
);

pub static CREATE_POLICY_VERSION_RESPONSE: Schema =
    Schema::structure("CreatePolicyVersionResponse", &[Member::new("PolicyVersion", &POLICY_VERSION)]);

pub static CREATE_ROLE_REQUEST: Schema = Schema::structure(
    "CreateRoleRequest",
    &[
        Member::new("Path", &PATH_TYPE),
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("AssumeRolePolicyDocument", &POLICY_DOCUMENT_TYPE).required(),
        Member::new("Description", &ROLE_DESCRIPTION_TYPE),
        Member::new("MaxSessionDuration", &ROLE_MAX_SESSION_DURATION_TYPE),
        Member::new("PermissionsBoundary", &ARN_TYPE),
        Member::new("Tags", &TAG_LIST_TYPE),
    ],
);

pub static CREATE_ROLE_RESPONSE: Schema =
    Schema::structure("CreateRoleResponse", &[Member::new("Role", &ROLE).required()]);

pub static CREATE_SERVICE_LINKED_ROLE_REQUEST: Schema = Schema::structure(
    "CreateServiceLinkedRoleRequest",
    &[
        Member::new("AWSServiceName", &GROUP_NAME_TYPE).required(),
        Member::new("Description", &ROLE_DESCRIPTION_TYPE),
        Member::new("CustomSuffix", &CUSTOM_SUFFIX_TYPE),
    ],
);

pub static CREATE_SERVICE_LINKED_ROLE_RESPONSE: Schema =
    Schema::structure("CreateServiceLinkedRoleResponse", &[Member::new("Role", &ROLE)]);

pub static DELETE_CONFLICT_EXCEPTION: Schema =
    Schema::structure("DeleteConflictException", &[Member::new("message", &DELETE_CONFLICT_MESSAGE)]);

pub static DELETE_POLICY_REQUEST: Schema =
    Schema::structure("DeletePolicyRequest", &[Member::new("PolicyArn", &ARN_TYPE).required()]);

pub static DELETE_POLICY_VERSION_REQUEST: Schema = Schema::structure(
    "DeletePolicyVersionRequest",
    &[
        Member::new("PolicyArn", &ARN_TYPE).required(),
        Member::new("VersionId", &POLICY_VERSION_ID_TYPE).required(),
    ],
);

pub static DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST: Schema = Schema::structure(
    "DeleteRolePermissionsBoundaryRequest",
    &[Member::new("RoleName", &ROLE_NAME_TYPE).required()],
);

pub static DELETE_ROLE_POLICY_REQUEST: Schema = Schema::structure(
    "DeleteRolePolicyRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("PolicyName", &POLICY_NAME_TYPE).required(),
    ],
);

pub static DELETE_ROLE_REQUEST: Schema =
    Schema::structure("DeleteRoleRequest", &[Member::new("RoleName", &ROLE_NAME_TYPE).required()]);

pub static DETACH_ROLE_POLICY_REQUEST: Schema = Schema::structure(
    "DetachRolePolicyRequest",
    &[Member::new("RoleName", &ROLE_NAME_TYPE).required(), Member::new("PolicyArn", &ARN_TYPE).required()],
);

pub static ENTITY_ALREADY_EXISTS_EXCEPTION: Schema = Schema::structure(
    "EntityAlreadyExistsException",
    &[Member::new("message", &ENTITY_ALREADY_EXISTS_MESSAGE)],
);

pub static GET_POLICY_REQUEST: Schema =
    Schema::structure("GetPolicyRequest", &[Member::new("PolicyArn", &ARN_TYPE).required()]);

pub static GET_POLICY_RESPONSE: Schema =
    Schema::structure("GetPolicyResponse", &[Member::new("Policy", &POLICY)]);

pub static GET_POLICY_VERSION_REQUEST: Schema = Schema::structure(
    "GetPolicyVersionRequest",
    &[
        Member::new("PolicyArn", &ARN_TYPE).required(),
        Member::new("VersionId", &POLICY_VERSION_ID_TYPE).required(),
    ],
);

pub static GET_POLICY_VERSION_RESPONSE: Schema =
    Schema::structure("GetPolicyVersionResponse", &[Member::new("PolicyVersion", &POLICY_VERSION)]);

pub static GET_ROLE_POLICY_REQUEST: Schema = Schema::structure(
    "GetRolePolicyRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("PolicyName", &POLICY_NAME_TYPE).required(),
    ],
);

pub static GET_ROLE_POLICY_RESPONSE: Schema = Schema::structure(
    "GetRolePolicyResponse",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("PolicyName", &POLICY_NAME_TYPE).required(),
        Member::new("PolicyDocument", &POLICY_DOCUMENT_TYPE).required(),
    ],
);

pub static GET_ROLE_REQUEST: Schema =
    Schema::structure("GetRoleRequest", &[Member::new("RoleName", &ROLE_NAME_TYPE).required()]);

pub static GET_ROLE_RESPONSE: Schema =
    Schema::structure("GetRoleResponse", &[Member::new("Role", &ROLE).required()]);

pub static INSTANCE_PROFILE: Schema = Schema::structure(
    "InstanceProfile",
    &[
        Member::new("Path", &PATH_TYPE).required(),
        Member::new("InstanceProfileName", &INSTANCE_PROFILE_NAME_TYPE).required(),
        Member::new("InstanceProfileId", &ID_TYPE).required(),
        Member::new("Arn", &ARN_TYPE).required(),
        Member::new("CreateDate", &DATE_TYPE).required(),
        Member::new("Roles", &ROLE_LIST_TYPE).required(),
        Member::new("Tags", &TAG_LIST_TYPE),
    ],
);

pub static INVALID_INPUT_EXCEPTION: Schema =
    Schema::structure("InvalidInputException", &[Member::new("message", &INVALID_INPUT_MESSAGE)]);

pub static LIMIT_EXCEEDED_EXCEPTION: Schema =
    Schema::structure("LimitExceededException", &[Member::new("message", &LIMIT_EXCEEDED_MESSAGE)]);

pub static LIST_ATTACHED_ROLE_POLICIES_REQUEST: Schema = Schema::structure(
    "ListAttachedRolePoliciesRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("PathPrefix", &POLICY_PATH_TYPE),
        Member::new("Marker", &MARKER_TYPE),
        Member::new("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

pub static LIST_ATTACHED_ROLE_POLICIES_RESPONSE: Schema = Schema::structure(
    "ListAttachedRolePoliciesResponse",
    &[
        Member::new("AttachedPolicies", &ATTACHED_POLICIES_LIST_TYPE),
        Member::new("IsTruncated", &BOOLEAN_TYPE),
        Member::new("Marker", &RESPONSE_MARKER_TYPE),
    ],
);

pub static LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST: Schema = Schema::structure(
    "ListInstanceProfilesForRoleRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("Marker", &MARKER_TYPE),
        Member::new("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

pub static LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE: Schema = Schema::structure(
    "ListInstanceProfilesForRoleResponse",
    &[
        Member::new("InstanceProfiles", &INSTANCE_PROFILE_LIST_TYPE).required(),
        Member::new("IsTruncated", &BOOLEAN_TYPE),
        Member::new("Marker", &RESPONSE_MARKER_TYPE),
    ],
);

pub static LIST_POLICIES_REQUEST: Schema = Schema::structure(
    "ListPoliciesRequest",
    &[
        Member::new("Scope", &POLICY_SCOPE_TYPE),
        Member::new("OnlyAttached", &BOOLEAN_TYPE),
        Member::new("PathPrefix", &POLICY_PATH_TYPE),
        Member::new("PolicyUsageFilter", &POLICY_USAGE_TYPE),
        Member::new("Marker", &MARKER_TYPE),
        Member::new("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

pub static LIST_POLICIES_RESPONSE: Schema = Schema::structure(
    "ListPoliciesResponse",
    &[
        Member::new("Policies", &POLICY_LIST_TYPE),
        Member::new("IsTruncated", &BOOLEAN_TYPE),
        Member::new("Marker", &RESPONSE_MARKER_TYPE),
    ],
);

pub static LIST_POLICY_VERSIONS_REQUEST: Schema = Schema::structure(
    "ListPolicyVersionsRequest",
    &[
        Member::new("PolicyArn", &ARN_TYPE).required(),
        Member::new("Marker", &MARKER_TYPE),
        Member::new("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

pub static LIST_POLICY_VERSIONS_RESPONSE: Schema = Schema::structure(
    "ListPolicyVersionsResponse",
    &[
        Member::new("Versions", &POLICY_DOCUMENT_VERSION_LIST_TYPE),
        Member::new("IsTruncated", &BOOLEAN_TYPE),
        Member::new("Marker", &RESPONSE_MARKER_TYPE),
    ],
);

pub static LIST_ROLE_POLICIES_REQUEST: Schema = Schema::structure(
    "ListRolePoliciesRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("Marker", &MARKER_TYPE),
        Member::new("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

pub static LIST_ROLE_POLICIES_RESPONSE: Schema = Schema::structure(
    "ListRolePoliciesResponse",
    &[
        Member::new("PolicyNames", &POLICY_NAME_LIST_TYPE).required(),
        Member::new("IsTruncated", &BOOLEAN_TYPE),
        Member::new("Marker", &RESPONSE_MARKER_TYPE),
    ],
);

pub static LIST_ROLE_TAGS_REQUEST: Schema = Schema::structure(
    "ListRoleTagsRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("Marker", &MARKER_TYPE),
        Member::new("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

pub static LIST_ROLE_TAGS_RESPONSE: Schema = Schema::structure(
    "ListRoleTagsResponse",
    &[
        Member::new("Tags", &TAG_LIST_TYPE).required(),
        Member::new("IsTruncated", &BOOLEAN_TYPE),
        Member::new("Marker", &RESPONSE_MARKER_TYPE),
    ],
);

pub static LIST_ROLES_REQUEST: Schema = Schema::structure(
    "ListRolesRequest",
    &[
        Member::new("PathPrefix", &PATH_PREFIX_TYPE),
        Member::new("Marker", &MARKER_TYPE),
        Member::new("MaxItems", &MAX_ITEMS_TYPE),
    ],
);

pub static LIST_ROLES_RESPONSE: Schema = Schema::structure(
    "ListRolesResponse",
    &[
        Member::new("Roles", &ROLE_LIST_TYPE).required(),
        Member::new("IsTruncated", &BOOLEAN_TYPE),
        Member::new("Marker", &RESPONSE_MARKER_TYPE),
    ],
);

pub static MALFORMED_POLICY_DOCUMENT_EXCEPTION: Schema = Schema::structure(
    "MalformedPolicyDocumentException",
    &[Member::new("message", &MALFORMED_POLICY_DOCUMENT_MESSAGE)],
);

pub static NO_SUCH_ENTITY_EXCEPTION: Schema =
    Schema::structure("NoSuchEntityException", &[Member::new("message", &NO_SUCH_ENTITY_MESSAGE)]);

pub static PERMISSIONS_BOUNDARY_ATTACHMENT_TYPE: Schema =
    Schema::scalar("PermissionsBoundaryAttachmentType", Kind::String)
        .enumeration(super::PermissionsBoundaryAttachmentType::VALUES);

pub static POLICY: Schema = Schema::structure(
    "Policy",
    &[
        Member::new("PolicyName", &POLICY_NAME_TYPE),
        Member::new("PolicyId", &ID_TYPE),
        Member::new("Arn", &ARN_TYPE),
        Member::new("Path", &POLICY_PATH_TYPE),
        Member::new("DefaultVersionId", &POLICY_VERSION_ID_TYPE),
        Member::new("AttachmentCount", &ATTACHMENT_COUNT_TYPE),
        Member::new("PermissionsBoundaryUsageCount", &ATTACHMENT_COUNT_TYPE),
        Member::new("IsAttachable", &BOOLEAN_TYPE),
        Member::new("Description", &POLICY_DESCRIPTION_TYPE),
        Member::new("CreateDate", &DATE_TYPE),
        Member::new("UpdateDate", &DATE_TYPE),
        Member::new("Tags", &TAG_LIST_TYPE),
    ],
);

pub static POLICY_NOT_ATTACHABLE_EXCEPTION: Schema = Schema::structure(
    "PolicyNotAttachableException",
    &[Member::new("message", &POLICY_NOT_ATTACHABLE_MESSAGE)],
);

pub static POLICY_USAGE_TYPE: Schema =
    Schema::scalar("PolicyUsageType", Kind::String).enumeration(super::PolicyUsageType::VALUES);

pub static POLICY_VERSION: Schema = Schema::structure(
    "PolicyVersion",
    &[
        Member::new("Document", &POLICY_DOCUMENT_TYPE),
        Member::new("VersionId", &POLICY_VERSION_ID_TYPE),
        Member::new("IsDefaultVersion", &BOOLEAN_TYPE),
        Member::new("CreateDate", &DATE_TYPE),
    ],
);

pub static PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST: Schema = Schema::structure(
    "PutRolePermissionsBoundaryRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("PermissionsBoundary", &ARN_TYPE).required(),
    ],
);

pub static PUT_ROLE_POLICY_REQUEST: Schema = Schema::structure(
    "PutRolePolicyRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("PolicyName", &POLICY_NAME_TYPE).required(),
        Member::new("PolicyDocument", &POLICY_DOCUMENT_TYPE).required(),
    ],
);

pub static ROLE: Schema = Schema::structure(
    "Role",
    &[
        Member::new("Path", &PATH_TYPE).required(),
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("RoleId", &ID_TYPE).required(),
        Member::new("Arn", &ARN_TYPE).required(),
        Member::new("CreateDate", &DATE_TYPE).required(),
        Member::new("AssumeRolePolicyDocument", &POLICY_DOCUMENT_TYPE),
        Member::new("Description", &ROLE_DESCRIPTION_TYPE),
        Member::new("MaxSessionDuration", &ROLE_MAX_SESSION_DURATION_TYPE),
        Member::new("PermissionsBoundary", &ATTACHED_PERMISSIONS_BOUNDARY),
        Member::new("Tags", &TAG_LIST_TYPE),
        Member::new("RoleLastUsed", &ROLE_LAST_USED),
        Member::new("SourceRoleTemplate", &SOURCE_ROLE_TEMPLATE),
    ],
);

pub static ROLE_LAST_USED: Schema = Schema::structure(
    "RoleLastUsed",
    &[Member::new("LastUsedDate", &DATE_TYPE), Member::new("Region", &STRING_TYPE)],
);

pub static SERVICE_FAILURE_EXCEPTION: Schema = Schema::structure(
    "ServiceFailureException",
    &[Member::new("message", &SERVICE_FAILURE_EXCEPTION_MESSAGE)],
);

pub static SET_DEFAULT_POLICY_VERSION_REQUEST: Schema = Schema::structure(
    "SetDefaultPolicyVersionRequest",
    &[
        Member::new("PolicyArn", &ARN_TYPE).required(),
        Member::new("VersionId", &POLICY_VERSION_ID_TYPE).required(),
    ],
);

pub static SOURCE_ROLE_TEMPLATE: Schema = Schema::structure(
    "SourceRoleTemplate",
    &[
        Member::new("TemplateArn", &ARN_TYPE).required(),
        Member::new("TemplateMinorVersion", &INTEGER_TYPE).required(),
    ],
);

pub static TAG: Schema = Schema::structure(
    "Tag",
    &[Member::new("Key", &TAG_KEY_TYPE).required(), Member::new("Value", &TAG_VALUE_TYPE).required()],
);

pub static TAG_ROLE_REQUEST: Schema = Schema::structure(
    "TagRoleRequest",
    &[Member::new("RoleName", &ROLE_NAME_TYPE).required(), Member::new("Tags", &TAG_LIST_TYPE).required()],
);

pub static UNMODIFIABLE_ENTITY_EXCEPTION: Schema =
    Schema::structure("UnmodifiableEntityException", &[Member::new("message", &UNMODIFIABLE_ENTITY_MESSAGE)]);

pub static UNTAG_ROLE_REQUEST: Schema = Schema::structure(
    "UntagRoleRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("TagKeys", &TAG_KEY_LIST_TYPE).required(),
    ],
);

pub static UPDATE_ASSUME_ROLE_POLICY_REQUEST: Schema = Schema::structure(
    "UpdateAssumeRolePolicyRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("PolicyDocument", &POLICY_DOCUMENT_TYPE).required(),
    ],
);

pub static UPDATE_ROLE_DESCRIPTION_REQUEST: Schema = Schema::structure(
    "UpdateRoleDescriptionRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("Description", &ROLE_DESCRIPTION_TYPE).required(),
    ],
);

pub static UPDATE_ROLE_DESCRIPTION_RESPONSE: Schema =
    Schema::structure("UpdateRoleDescriptionResponse", &[Member::new("Role", &ROLE)]);

pub static UPDATE_ROLE_REQUEST: Schema = Schema::structure(
    "UpdateRoleRequest",
    &[
        Member::new("RoleName", &ROLE_NAME_TYPE).required(),
        Member::new("Description", &ROLE_DESCRIPTION_TYPE),
        Member::new("MaxSessionDuration", &ROLE_MAX_SESSION_DURATION_TYPE),
    ],
);

pub static UPDATE_ROLE_RESPONSE: Schema = Schema::structure("UpdateRoleResponse", &[]);

pub static ARN_TYPE: Schema = Schema::scalar("arnType", Kind::String).min(20).max(2048);

pub static ATTACHED_POLICIES_LIST_TYPE: Schema =
    Schema::list("attachedPoliciesListType", &[Member::new("member", &ATTACHED_POLICY)]);

pub static ATTACHMENT_COUNT_TYPE: Schema = Schema::scalar("attachmentCountType", Kind::Integer);

pub static BOOLEAN_TYPE: Schema = Schema::scalar("booleanType", Kind::Boolean);

static PATTERN_OF_CUSTOM_SUFFIX_TYPE: Pattern = Pattern::new("[\\w+=,.@-]+");
pub static CUSTOM_SUFFIX_TYPE: Schema =
    Schema::scalar("customSuffixType", Kind::String).min(1).max(64).pattern(&PATTERN_OF_CUSTOM_SUFFIX_TYPE);

pub static DATE_TYPE: Schema = Schema::scalar("dateType", Kind::Timestamp);

pub static DELETE_CONFLICT_MESSAGE: Schema = Schema::scalar("deleteConflictMessage", Kind::String);

pub static ENTITY_ALREADY_EXISTS_MESSAGE: Schema = Schema::scalar("entityAlreadyExistsMessage", Kind::String);

static PATTERN_OF_GROUP_NAME_TYPE: Pattern = Pattern::new("[\\w+=,.@-]+");
pub static GROUP_NAME_TYPE: Schema =
    Schema::scalar("groupNameType", Kind::String).min(1).max(128).pattern(&PATTERN_OF_GROUP_NAME_TYPE);

static PATTERN_OF_ID_TYPE: Pattern = Pattern::new("[\\w]+");
pub static ID_TYPE: Schema =
    Schema::scalar("idType", Kind::String).min(16).max(128).pattern(&PATTERN_OF_ID_TYPE);

pub static INSTANCE_PROFILE_LIST_TYPE: Schema =
    Schema::list("instanceProfileListType", &[Member::new("member", &INSTANCE_PROFILE)]);

static PATTERN_OF_INSTANCE_PROFILE_NAME_TYPE: Pattern = Pattern::new("[\\w+=,.@-]+");
pub static INSTANCE_PROFILE_NAME_TYPE: Schema = Schema::scalar("instanceProfileNameType", Kind::String)
    .min(1)
    .max(128)
    .pattern(&PATTERN_OF_INSTANCE_PROFILE_NAME_TYPE);

pub static INTEGER_TYPE: Schema = Schema::scalar("integerType", Kind::Integer);

pub static INVALID_INPUT_MESSAGE: Schema = Schema::scalar("invalidInputMessage", Kind::String);

pub static LIMIT_EXCEEDED_MESSAGE: Schema = Schema::scalar("limitExceededMessage", Kind::String);

pub static MALFORMED_POLICY_DOCUMENT_MESSAGE: Schema =
    Schema::scalar("malformedPolicyDocumentMessage", Kind::String);

static PATTERN_OF_MARKER_TYPE: Pattern = Pattern::new("[\\u0020-\\u00FF]+");
pub static MARKER_TYPE: Schema =
    Schema::scalar("markerType", Kind::String).min(1).max(320).pattern(&PATTERN_OF_MARKER_TYPE);

pub static MAX_ITEMS_TYPE: Schema = Schema::scalar("maxItemsType", Kind::Integer).min(1).max(1000);

pub static NO_SUCH_ENTITY_MESSAGE: Schema = Schema::scalar("noSuchEntityMessage", Kind::String);

static PATTERN_OF_PATH_PREFIX_TYPE: Pattern = Pattern::new("\\u002F[\\u0021-\\u007F]*");
pub static PATH_PREFIX_TYPE: Schema =
    Schema::scalar("pathPrefixType", Kind::String).min(1).max(512).pattern(&PATTERN_OF_PATH_PREFIX_TYPE);

static PATTERN_OF_PATH_TYPE: Pattern = Pattern::new("(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)");
pub static PATH_TYPE: Schema =
    Schema::scalar("pathType", Kind::String).min(1).max(512).pattern(&PATTERN_OF_PATH_TYPE);

pub static POLICY_DESCRIPTION_TYPE: Schema = Schema::scalar("policyDescriptionType", Kind::String).max(1000);

static PATTERN_OF_POLICY_DOCUMENT_TYPE: Pattern = Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+");
pub static POLICY_DOCUMENT_TYPE: Schema = Schema::scalar("policyDocumentType", Kind::String)
    .min(1)
    .max(131072)
    .pattern(&PATTERN_OF_POLICY_DOCUMENT_TYPE);

pub static POLICY_DOCUMENT_VERSION_LIST_TYPE: Schema =
    Schema::list("policyDocumentVersionListType", &[Member::new("member", &POLICY_VERSION)]);

pub static POLICY_LIST_TYPE: Schema = Schema::list("policyListType", &[Member::new("member", &POLICY)]);

pub static POLICY_NAME_LIST_TYPE: Schema =
    Schema::list("policyNameListType", &[Member::new("member", &POLICY_NAME_TYPE)]);

static PATTERN_OF_POLICY_NAME_TYPE: Pattern = Pattern::new("[\\w+=,.@-]+");
pub static POLICY_NAME_TYPE: Schema =
    Schema::scalar("policyNameType", Kind::String).min(1).max(128).pattern(&PATTERN_OF_POLICY_NAME_TYPE);

pub static POLICY_NOT_ATTACHABLE_MESSAGE: Schema = Schema::scalar("policyNotAttachableMessage", Kind::String);

static PATTERN_OF_POLICY_PATH_TYPE: Pattern = Pattern::new("((/[A-Za-z0-9\\.,\\+@=_-]+)*)/");
pub static POLICY_PATH_TYPE: Schema =
    Schema::scalar("policyPathType", Kind::String).min(1).max(512).pattern(&PATTERN_OF_POLICY_PATH_TYPE);

pub static POLICY_SCOPE_TYPE: Schema =
    Schema::scalar("policyScopeType", Kind::String).enumeration(super::PolicyScopeType::VALUES);

static PATTERN_OF_POLICY_VERSION_ID_TYPE: Pattern = Pattern::new("v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?");
pub static POLICY_VERSION_ID_TYPE: Schema =
    Schema::scalar("policyVersionIdType", Kind::String).pattern(&PATTERN_OF_POLICY_VERSION_ID_TYPE);

pub static RESPONSE_MARKER_TYPE: Schema = Schema::scalar("responseMarkerType", Kind::String);

static PATTERN_OF_ROLE_DESCRIPTION_TYPE: Pattern =
    Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u007E\\u00A1-\\u00FF]*");
pub static ROLE_DESCRIPTION_TYPE: Schema =
    Schema::scalar("roleDescriptionType", Kind::String).max(1000).pattern(&PATTERN_OF_ROLE_DESCRIPTION_TYPE);

pub static ROLE_LIST_TYPE: Schema = Schema::list("roleListType", &[Member::new("member", &ROLE)]);

pub static ROLE_MAX_SESSION_DURATION_TYPE: Schema =
    Schema::scalar("roleMaxSessionDurationType", Kind::Integer).min(3600).max(43200);

static PATTERN_OF_ROLE_NAME_TYPE: Pattern = Pattern::new("[\\w+=,.@-]+");
pub static ROLE_NAME_TYPE: Schema =
    Schema::scalar("roleNameType", Kind::String).min(1).max(64).pattern(&PATTERN_OF_ROLE_NAME_TYPE);

pub static SERVICE_FAILURE_EXCEPTION_MESSAGE: Schema =
    Schema::scalar("serviceFailureExceptionMessage", Kind::String);

pub static STRING_TYPE: Schema = Schema::scalar("stringType", Kind::String);

pub static TAG_KEY_LIST_TYPE: Schema =
    Schema::list("tagKeyListType", &[Member::new("member", &TAG_KEY_TYPE)]).max(50);

static PATTERN_OF_TAG_KEY_TYPE: Pattern = Pattern::new("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+");
pub static TAG_KEY_TYPE: Schema =
    Schema::scalar("tagKeyType", Kind::String).min(1).max(128).pattern(&PATTERN_OF_TAG_KEY_TYPE);

pub static TAG_LIST_TYPE: Schema = Schema::list("tagListType", &[Member::new("member", &TAG)]).max(50);

static PATTERN_OF_TAG_VALUE_TYPE: Pattern = Pattern::new("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
pub static TAG_VALUE_TYPE: Schema =
    Schema::scalar("tagValueType", Kind::String).min(0).max(256).pattern(&PATTERN_OF_TAG_VALUE_TYPE);

pub static UNMODIFIABLE_ENTITY_MESSAGE: Schema = Schema::scalar("unmodifiableEntityMessage", Kind::String);
