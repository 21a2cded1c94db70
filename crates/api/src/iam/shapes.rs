//! Structures and unions of AWS IAM. Required members are plain, all others `Option`.

#![allow(unused_imports, reason = "which of them a model needs varies")]
#![allow(clippy::large_enum_variant, reason = "a union is read once and taken apart")]

use std::collections::BTreeMap;

use wire::{Blob, Document, Timestamp};

use super::{enums::*, errors::ErrorCode, schema as s};
use crate::EventStream;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachRolePolicyRequest {
    pub role_name: String,
    pub policy_arn: String,
}

wire::structure!(AttachRolePolicyRequest, s::ATTACH_ROLE_POLICY_REQUEST, {
    0: role_name, 1: policy_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachedPermissionsBoundary {
    pub permissions_boundary_type: Option<PermissionsBoundaryAttachmentType>,
    pub permissions_boundary_arn: Option<String>,
}

wire::structure!(AttachedPermissionsBoundary, s::ATTACHED_PERMISSIONS_BOUNDARY, {
    0: permissions_boundary_type, 1: permissions_boundary_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AttachedPolicy {
    pub policy_name: Option<String>,
    pub policy_arn: Option<String>,
}

wire::structure!(AttachedPolicy, s::ATTACHED_POLICY, {
    0: policy_name, 1: policy_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyRequest {
    pub policy_name: String,
    pub path: Option<String>,
    pub policy_document: String,
    pub description: Option<String>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(CreatePolicyRequest, s::CREATE_POLICY_REQUEST, {
    0: policy_name, 1: path, 2: policy_document, 3: description, 4: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyResponse {
    pub policy: Option<Policy>,
}

wire::structure!(CreatePolicyResponse, s::CREATE_POLICY_RESPONSE, {
    0: policy,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyVersionRequest {
    pub policy_arn: String,
    pub policy_document: String,
    pub set_as_default: Option<bool>,
}

wire::structure!(CreatePolicyVersionRequest, s::CREATE_POLICY_VERSION_REQUEST, {
    0: policy_arn, 1: policy_document, 2: set_as_default,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreatePolicyVersionResponse {
    pub policy_version: Option<PolicyVersion>,
}

wire::structure!(CreatePolicyVersionResponse, s::CREATE_POLICY_VERSION_RESPONSE, {
    0: policy_version,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRoleRequest {
    pub path: Option<String>,
    pub role_name: String,
    pub assume_role_policy_document: String,
    pub description: Option<String>,
    pub max_session_duration: Option<i32>,
    pub permissions_boundary: Option<String>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(CreateRoleRequest, s::CREATE_ROLE_REQUEST, {
    0: path, 1: role_name, 2: assume_role_policy_document, 3: description, 4: max_session_duration,
    5: permissions_boundary, 6: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateRoleResponse {
    pub role: Role,
}

wire::structure!(CreateRoleResponse, s::CREATE_ROLE_RESPONSE, {
    0: role,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateServiceLinkedRoleRequest {
    pub aws_service_name: String,
    pub description: Option<String>,
    pub custom_suffix: Option<String>,
}

wire::structure!(CreateServiceLinkedRoleRequest, s::CREATE_SERVICE_LINKED_ROLE_REQUEST, {
    0: aws_service_name, 1: description, 2: custom_suffix,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CreateServiceLinkedRoleResponse {
    pub role: Option<Role>,
}

wire::structure!(CreateServiceLinkedRoleResponse, s::CREATE_SERVICE_LINKED_ROLE_RESPONSE, {
    0: role,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePolicyRequest {
    pub policy_arn: String,
}

wire::structure!(DeletePolicyRequest, s::DELETE_POLICY_REQUEST, {
    0: policy_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeletePolicyVersionRequest {
    pub policy_arn: String,
    pub version_id: String,
}

wire::structure!(DeletePolicyVersionRequest, s::DELETE_POLICY_VERSION_REQUEST, {
    0: policy_arn, 1: version_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRolePermissionsBoundaryRequest {
    pub role_name: String,
}

wire::structure!(DeleteRolePermissionsBoundaryRequest, s::DELETE_ROLE_PERMISSIONS_BOUNDARY_REQUEST, {
    0: role_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRolePolicyRequest {
    pub role_name: String,
    pub policy_name: String,
}

wire::structure!(DeleteRolePolicyRequest, s::DELETE_ROLE_POLICY_REQUEST, {
    0: role_name, 1: policy_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteRoleRequest {
    pub role_name: String,
}

wire::structure!(DeleteRoleRequest, s::DELETE_ROLE_REQUEST, {
    0: role_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DetachRolePolicyRequest {
    pub role_name: String,
    pub policy_arn: String,
}

wire::structure!(DetachRolePolicyRequest, s::DETACH_ROLE_POLICY_REQUEST, {
    0: role_name, 1: policy_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyRequest {
    pub policy_arn: String,
}

wire::structure!(GetPolicyRequest, s::GET_POLICY_REQUEST, {
    0: policy_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyResponse {
    pub policy: Option<Policy>,
}

wire::structure!(GetPolicyResponse, s::GET_POLICY_RESPONSE, {
    0: policy,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyVersionRequest {
    pub policy_arn: String,
    pub version_id: String,
}

wire::structure!(GetPolicyVersionRequest, s::GET_POLICY_VERSION_REQUEST, {
    0: policy_arn, 1: version_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetPolicyVersionResponse {
    pub policy_version: Option<PolicyVersion>,
}

wire::structure!(GetPolicyVersionResponse, s::GET_POLICY_VERSION_RESPONSE, {
    0: policy_version,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRolePolicyRequest {
    pub role_name: String,
    pub policy_name: String,
}

wire::structure!(GetRolePolicyRequest, s::GET_ROLE_POLICY_REQUEST, {
    0: role_name, 1: policy_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRolePolicyResponse {
    pub role_name: String,
    pub policy_name: String,
    pub policy_document: String,
}

wire::structure!(GetRolePolicyResponse, s::GET_ROLE_POLICY_RESPONSE, {
    0: role_name, 1: policy_name, 2: policy_document,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRoleRequest {
    pub role_name: String,
}

wire::structure!(GetRoleRequest, s::GET_ROLE_REQUEST, {
    0: role_name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRoleResponse {
    pub role: Role,
}

wire::structure!(GetRoleResponse, s::GET_ROLE_RESPONSE, {
    0: role,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstanceProfile {
    pub path: String,
    pub instance_profile_name: String,
    pub instance_profile_id: String,
    pub arn: String,
    pub create_date: Timestamp,
    pub roles: Vec<Role>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(InstanceProfile, s::INSTANCE_PROFILE, {
    0: path, 1: instance_profile_name, 2: instance_profile_id, 3: arn, 4: create_date, 5: roles,
    6: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedRolePoliciesRequest {
    pub role_name: String,
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

wire::structure!(ListAttachedRolePoliciesRequest, s::LIST_ATTACHED_ROLE_POLICIES_REQUEST, {
    0: role_name, 1: path_prefix, 2: marker, 3: max_items,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListAttachedRolePoliciesResponse {
    pub attached_policies: Option<Vec<AttachedPolicy>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

wire::structure!(ListAttachedRolePoliciesResponse, s::LIST_ATTACHED_ROLE_POLICIES_RESPONSE, {
    0: attached_policies, 1: is_truncated, 2: marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListInstanceProfilesForRoleRequest {
    pub role_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

wire::structure!(ListInstanceProfilesForRoleRequest, s::LIST_INSTANCE_PROFILES_FOR_ROLE_REQUEST, {
    0: role_name, 1: marker, 2: max_items,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListInstanceProfilesForRoleResponse {
    pub instance_profiles: Vec<InstanceProfile>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

wire::structure!(ListInstanceProfilesForRoleResponse, s::LIST_INSTANCE_PROFILES_FOR_ROLE_RESPONSE, {
    0: instance_profiles, 1: is_truncated, 2: marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPoliciesRequest {
    pub scope: Option<PolicyScopeType>,
    pub only_attached: Option<bool>,
    pub path_prefix: Option<String>,
    pub policy_usage_filter: Option<PolicyUsageType>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

wire::structure!(ListPoliciesRequest, s::LIST_POLICIES_REQUEST, {
    0: scope, 1: only_attached, 2: path_prefix, 3: policy_usage_filter, 4: marker, 5: max_items,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPoliciesResponse {
    pub policies: Option<Vec<Policy>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

wire::structure!(ListPoliciesResponse, s::LIST_POLICIES_RESPONSE, {
    0: policies, 1: is_truncated, 2: marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPolicyVersionsRequest {
    pub policy_arn: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

wire::structure!(ListPolicyVersionsRequest, s::LIST_POLICY_VERSIONS_REQUEST, {
    0: policy_arn, 1: marker, 2: max_items,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListPolicyVersionsResponse {
    pub versions: Option<Vec<PolicyVersion>>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

wire::structure!(ListPolicyVersionsResponse, s::LIST_POLICY_VERSIONS_RESPONSE, {
    0: versions, 1: is_truncated, 2: marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolePoliciesRequest {
    pub role_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

wire::structure!(ListRolePoliciesRequest, s::LIST_ROLE_POLICIES_REQUEST, {
    0: role_name, 1: marker, 2: max_items,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolePoliciesResponse {
    pub policy_names: Vec<String>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

wire::structure!(ListRolePoliciesResponse, s::LIST_ROLE_POLICIES_RESPONSE, {
    0: policy_names, 1: is_truncated, 2: marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRoleTagsRequest {
    pub role_name: String,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

wire::structure!(ListRoleTagsRequest, s::LIST_ROLE_TAGS_REQUEST, {
    0: role_name, 1: marker, 2: max_items,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRoleTagsResponse {
    pub tags: Vec<Tag>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

wire::structure!(ListRoleTagsResponse, s::LIST_ROLE_TAGS_RESPONSE, {
    0: tags, 1: is_truncated, 2: marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolesRequest {
    pub path_prefix: Option<String>,
    pub marker: Option<String>,
    pub max_items: Option<i32>,
}

wire::structure!(ListRolesRequest, s::LIST_ROLES_REQUEST, {
    0: path_prefix, 1: marker, 2: max_items,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListRolesResponse {
    pub roles: Vec<Role>,
    pub is_truncated: Option<bool>,
    pub marker: Option<String>,
}

wire::structure!(ListRolesResponse, s::LIST_ROLES_RESPONSE, {
    0: roles, 1: is_truncated, 2: marker,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    pub policy_name: Option<String>,
    pub policy_id: Option<String>,
    pub arn: Option<String>,
    pub path: Option<String>,
    pub default_version_id: Option<String>,
    pub attachment_count: Option<i32>,
    pub permissions_boundary_usage_count: Option<i32>,
    pub is_attachable: Option<bool>,
    pub description: Option<String>,
    pub create_date: Option<Timestamp>,
    pub update_date: Option<Timestamp>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(Policy, s::POLICY, {
    0: policy_name, 1: policy_id, 2: arn, 3: path, 4: default_version_id, 5: attachment_count,
    6: permissions_boundary_usage_count, 7: is_attachable, 8: description, 9: create_date,
    10: update_date, 11: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PolicyVersion {
    pub document: Option<String>,
    pub version_id: Option<String>,
    pub is_default_version: Option<bool>,
    pub create_date: Option<Timestamp>,
}

wire::structure!(PolicyVersion, s::POLICY_VERSION, {
    0: document, 1: version_id, 2: is_default_version, 3: create_date,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRolePermissionsBoundaryRequest {
    pub role_name: String,
    pub permissions_boundary: String,
}

wire::structure!(PutRolePermissionsBoundaryRequest, s::PUT_ROLE_PERMISSIONS_BOUNDARY_REQUEST, {
    0: role_name, 1: permissions_boundary,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRolePolicyRequest {
    pub role_name: String,
    pub policy_name: String,
    pub policy_document: String,
}

wire::structure!(PutRolePolicyRequest, s::PUT_ROLE_POLICY_REQUEST, {
    0: role_name, 1: policy_name, 2: policy_document,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Role {
    pub path: String,
    pub role_name: String,
    pub role_id: String,
    pub arn: String,
    pub create_date: Timestamp,
    pub assume_role_policy_document: Option<String>,
    pub description: Option<String>,
    pub max_session_duration: Option<i32>,
    pub permissions_boundary: Option<AttachedPermissionsBoundary>,
    pub tags: Option<Vec<Tag>>,
    pub role_last_used: Option<RoleLastUsed>,
    pub source_role_template: Option<SourceRoleTemplate>,
}

wire::structure!(Role, s::ROLE, {
    0: path, 1: role_name, 2: role_id, 3: arn, 4: create_date, 5: assume_role_policy_document,
    6: description, 7: max_session_duration, 8: permissions_boundary, 9: tags, 10: role_last_used,
    11: source_role_template,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoleLastUsed {
    pub last_used_date: Option<Timestamp>,
    pub region: Option<String>,
}

wire::structure!(RoleLastUsed, s::ROLE_LAST_USED, {
    0: last_used_date, 1: region,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetDefaultPolicyVersionRequest {
    pub policy_arn: String,
    pub version_id: String,
}

wire::structure!(SetDefaultPolicyVersionRequest, s::SET_DEFAULT_POLICY_VERSION_REQUEST, {
    0: policy_arn, 1: version_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceRoleTemplate {
    pub template_arn: String,
    pub template_minor_version: i32,
}

wire::structure!(SourceRoleTemplate, s::SOURCE_ROLE_TEMPLATE, {
    0: template_arn, 1: template_minor_version,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    pub key: String,
    pub value: String,
}

wire::structure!(Tag, s::TAG, {
    0: key, 1: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TagRoleRequest {
    pub role_name: String,
    pub tags: Vec<Tag>,
}

wire::structure!(TagRoleRequest, s::TAG_ROLE_REQUEST, {
    0: role_name, 1: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UntagRoleRequest {
    pub role_name: String,
    pub tag_keys: Vec<String>,
}

wire::structure!(UntagRoleRequest, s::UNTAG_ROLE_REQUEST, {
    0: role_name, 1: tag_keys,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateAssumeRolePolicyRequest {
    pub role_name: String,
    pub policy_document: String,
}

wire::structure!(UpdateAssumeRolePolicyRequest, s::UPDATE_ASSUME_ROLE_POLICY_REQUEST, {
    0: role_name, 1: policy_document,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateRoleDescriptionRequest {
    pub role_name: String,
    pub description: String,
}

wire::structure!(UpdateRoleDescriptionRequest, s::UPDATE_ROLE_DESCRIPTION_REQUEST, {
    0: role_name, 1: description,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateRoleDescriptionResponse {
    pub role: Option<Role>,
}

wire::structure!(UpdateRoleDescriptionResponse, s::UPDATE_ROLE_DESCRIPTION_RESPONSE, {
    0: role,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateRoleRequest {
    pub role_name: String,
    pub description: Option<String>,
    pub max_session_duration: Option<i32>,
}

wire::structure!(UpdateRoleRequest, s::UPDATE_ROLE_REQUEST, {
    0: role_name, 1: description, 2: max_session_duration,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateRoleResponse {}

wire::structure!(UpdateRoleResponse, s::UPDATE_ROLE_RESPONSE, {});
