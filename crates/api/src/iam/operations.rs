//! Operations of AWS IAM.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use std::sync::Arc;

use super::{errors::Error, schema as s, shapes::*};
use crate::{Operation, Service, Unit};

/// AWS IAM. An operation that is not overridden answers that it is not implemented.
pub trait Iam<C: Sync>: Send + Sync + 'static {
    /// `AttachRolePolicy`.
    fn attach_role_policy(
        &self,
        cx: &C,
        input: AttachRolePolicyRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AttachRolePolicy")))
    }

    /// `CreatePolicy`.
    fn create_policy(
        &self,
        cx: &C,
        input: CreatePolicyRequest,
    ) -> impl Future<Output = Result<CreatePolicyResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreatePolicy")))
    }

    /// `CreatePolicyVersion`.
    fn create_policy_version(
        &self,
        cx: &C,
        input: CreatePolicyVersionRequest,
    ) -> impl Future<Output = Result<CreatePolicyVersionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreatePolicyVersion")))
    }

    /// `CreateRole`.
    fn create_role(
        &self,
        cx: &C,
        input: CreateRoleRequest,
    ) -> impl Future<Output = Result<CreateRoleResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateRole")))
    }

    /// `CreateServiceLinkedRole`.
    fn create_service_linked_role(
        &self,
        cx: &C,
        input: CreateServiceLinkedRoleRequest,
    ) -> impl Future<Output = Result<CreateServiceLinkedRoleResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateServiceLinkedRole")))
    }

    /// `DeletePolicy`.
    fn delete_policy(
        &self,
        cx: &C,
        input: DeletePolicyRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeletePolicy")))
    }

    /// `DeletePolicyVersion`.
    fn delete_policy_version(
        &self,
        cx: &C,
        input: DeletePolicyVersionRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeletePolicyVersion")))
    }

    /// `DeleteRole`.
    fn delete_role(
        &self,
        cx: &C,
        input: DeleteRoleRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteRole")))
    }

    /// `DeleteRolePermissionsBoundary`.
    fn delete_role_permissions_boundary(
        &self,
        cx: &C,
        input: DeleteRolePermissionsBoundaryRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteRolePermissionsBoundary")))
    }

    /// `DeleteRolePolicy`.
    fn delete_role_policy(
        &self,
        cx: &C,
        input: DeleteRolePolicyRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteRolePolicy")))
    }

    /// `DetachRolePolicy`.
    fn detach_role_policy(
        &self,
        cx: &C,
        input: DetachRolePolicyRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DetachRolePolicy")))
    }

    /// `GetPolicy`.
    fn get_policy(
        &self,
        cx: &C,
        input: GetPolicyRequest,
    ) -> impl Future<Output = Result<GetPolicyResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetPolicy")))
    }

    /// `GetPolicyVersion`.
    fn get_policy_version(
        &self,
        cx: &C,
        input: GetPolicyVersionRequest,
    ) -> impl Future<Output = Result<GetPolicyVersionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetPolicyVersion")))
    }

    /// `GetRole`.
    fn get_role(
        &self,
        cx: &C,
        input: GetRoleRequest,
    ) -> impl Future<Output = Result<GetRoleResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetRole")))
    }

    /// `GetRolePolicy`.
    fn get_role_policy(
        &self,
        cx: &C,
        input: GetRolePolicyRequest,
    ) -> impl Future<Output = Result<GetRolePolicyResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetRolePolicy")))
    }

    /// `ListAttachedRolePolicies`.
    fn list_attached_role_policies(
        &self,
        cx: &C,
        input: ListAttachedRolePoliciesRequest,
    ) -> impl Future<Output = Result<ListAttachedRolePoliciesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListAttachedRolePolicies")))
    }

    /// `ListInstanceProfilesForRole`.
    fn list_instance_profiles_for_role(
        &self,
        cx: &C,
        input: ListInstanceProfilesForRoleRequest,
    ) -> impl Future<Output = Result<ListInstanceProfilesForRoleResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListInstanceProfilesForRole")))
    }

    /// `ListPolicies`.
    fn list_policies(
        &self,
        cx: &C,
        input: ListPoliciesRequest,
    ) -> impl Future<Output = Result<ListPoliciesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListPolicies")))
    }

    /// `ListPolicyVersions`.
    fn list_policy_versions(
        &self,
        cx: &C,
        input: ListPolicyVersionsRequest,
    ) -> impl Future<Output = Result<ListPolicyVersionsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListPolicyVersions")))
    }

    /// `ListRolePolicies`.
    fn list_role_policies(
        &self,
        cx: &C,
        input: ListRolePoliciesRequest,
    ) -> impl Future<Output = Result<ListRolePoliciesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListRolePolicies")))
    }

    /// `ListRoleTags`.
    fn list_role_tags(
        &self,
        cx: &C,
        input: ListRoleTagsRequest,
    ) -> impl Future<Output = Result<ListRoleTagsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListRoleTags")))
    }

    /// `ListRoles`.
    fn list_roles(
        &self,
        cx: &C,
        input: ListRolesRequest,
    ) -> impl Future<Output = Result<ListRolesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListRoles")))
    }

    /// `PutRolePermissionsBoundary`.
    fn put_role_permissions_boundary(
        &self,
        cx: &C,
        input: PutRolePermissionsBoundaryRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("PutRolePermissionsBoundary")))
    }

    /// `PutRolePolicy`.
    fn put_role_policy(
        &self,
        cx: &C,
        input: PutRolePolicyRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("PutRolePolicy")))
    }

    /// `SetDefaultPolicyVersion`.
    fn set_default_policy_version(
        &self,
        cx: &C,
        input: SetDefaultPolicyVersionRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("SetDefaultPolicyVersion")))
    }

    /// `TagRole`.
    fn tag_role(&self, cx: &C, input: TagRoleRequest) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("TagRole")))
    }

    /// `UntagRole`.
    fn untag_role(
        &self,
        cx: &C,
        input: UntagRoleRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UntagRole")))
    }

    /// `UpdateAssumeRolePolicy`.
    fn update_assume_role_policy(
        &self,
        cx: &C,
        input: UpdateAssumeRolePolicyRequest,
    ) -> impl Future<Output = Result<Unit, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateAssumeRolePolicy")))
    }

    /// `UpdateRole`.
    fn update_role(
        &self,
        cx: &C,
        input: UpdateRoleRequest,
    ) -> impl Future<Output = Result<UpdateRoleResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateRole")))
    }

    /// `UpdateRoleDescription`.
    fn update_role_description(
        &self,
        cx: &C,
        input: UpdateRoleDescriptionRequest,
    ) -> impl Future<Output = Result<UpdateRoleDescriptionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateRoleDescription")))
    }
}

/// The service as `front` calls it.
pub fn service<C: Sync + 'static, S: Iam<C>>(implementation: Arc<S>) -> Service<C> {
    Service::new(
        &s::SERVICE_SCHEMA,
        vec![
            Operation::new(
                &s::ATTACH_ROLE_POLICY_OPERATION,
                "iam:AttachRolePolicy",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: AttachRolePolicyRequest| Box::pin(i.attach_role_policy(cx, input)),
            ),
            Operation::new(
                &s::CREATE_POLICY_OPERATION,
                "iam:CreatePolicy",
                "arn:{partition}:iam::{account}:policy/{PolicyName}",
                &implementation,
                |i: &S, cx, input: CreatePolicyRequest| Box::pin(i.create_policy(cx, input)),
            ),
            Operation::new(
                &s::CREATE_POLICY_VERSION_OPERATION,
                "iam:CreatePolicyVersion",
                "{PolicyArn}",
                &implementation,
                |i: &S, cx, input: CreatePolicyVersionRequest| Box::pin(i.create_policy_version(cx, input)),
            ),
            Operation::new(
                &s::CREATE_ROLE_OPERATION,
                "iam:CreateRole",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: CreateRoleRequest| Box::pin(i.create_role(cx, input)),
            ),
            Operation::new(
                &s::CREATE_SERVICE_LINKED_ROLE_OPERATION,
                "iam:CreateServiceLinkedRole",
                "arn:{partition}:iam::{account}:role/aws-service-role/{AWSServiceName}/*",
                &implementation,
                |i: &S, cx, input: CreateServiceLinkedRoleRequest| {
                    Box::pin(i.create_service_linked_role(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_POLICY_OPERATION,
                "iam:DeletePolicy",
                "{PolicyArn}",
                &implementation,
                |i: &S, cx, input: DeletePolicyRequest| Box::pin(i.delete_policy(cx, input)),
            ),
            Operation::new(
                &s::DELETE_POLICY_VERSION_OPERATION,
                "iam:DeletePolicyVersion",
                "{PolicyArn}",
                &implementation,
                |i: &S, cx, input: DeletePolicyVersionRequest| Box::pin(i.delete_policy_version(cx, input)),
            ),
            Operation::new(
                &s::DELETE_ROLE_OPERATION,
                "iam:DeleteRole",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: DeleteRoleRequest| Box::pin(i.delete_role(cx, input)),
            ),
            Operation::new(
                &s::DELETE_ROLE_PERMISSIONS_BOUNDARY_OPERATION,
                "iam:DeleteRolePermissionsBoundary",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: DeleteRolePermissionsBoundaryRequest| {
                    Box::pin(i.delete_role_permissions_boundary(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_ROLE_POLICY_OPERATION,
                "iam:DeleteRolePolicy",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: DeleteRolePolicyRequest| Box::pin(i.delete_role_policy(cx, input)),
            ),
            Operation::new(
                &s::DETACH_ROLE_POLICY_OPERATION,
                "iam:DetachRolePolicy",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: DetachRolePolicyRequest| Box::pin(i.detach_role_policy(cx, input)),
            ),
            Operation::new(
                &s::GET_POLICY_OPERATION,
                "iam:GetPolicy",
                "{PolicyArn}",
                &implementation,
                |i: &S, cx, input: GetPolicyRequest| Box::pin(i.get_policy(cx, input)),
            ),
            Operation::new(
                &s::GET_POLICY_VERSION_OPERATION,
                "iam:GetPolicyVersion",
                "{PolicyArn}",
                &implementation,
                |i: &S, cx, input: GetPolicyVersionRequest| Box::pin(i.get_policy_version(cx, input)),
            ),
            Operation::new(
                &s::GET_ROLE_OPERATION,
                "iam:GetRole",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: GetRoleRequest| Box::pin(i.get_role(cx, input)),
            ),
            Operation::new(
                &s::GET_ROLE_POLICY_OPERATION,
                "iam:GetRolePolicy",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: GetRolePolicyRequest| Box::pin(i.get_role_policy(cx, input)),
            ),
            Operation::new(
                &s::LIST_ATTACHED_ROLE_POLICIES_OPERATION,
                "iam:ListAttachedRolePolicies",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: ListAttachedRolePoliciesRequest| {
                    Box::pin(i.list_attached_role_policies(cx, input))
                },
            ),
            Operation::new(
                &s::LIST_INSTANCE_PROFILES_FOR_ROLE_OPERATION,
                "iam:ListInstanceProfilesForRole",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: ListInstanceProfilesForRoleRequest| {
                    Box::pin(i.list_instance_profiles_for_role(cx, input))
                },
            ),
            Operation::new(
                &s::LIST_POLICIES_OPERATION,
                "iam:ListPolicies",
                "*",
                &implementation,
                |i: &S, cx, input: ListPoliciesRequest| Box::pin(i.list_policies(cx, input)),
            ),
            Operation::new(
                &s::LIST_POLICY_VERSIONS_OPERATION,
                "iam:ListPolicyVersions",
                "{PolicyArn}",
                &implementation,
                |i: &S, cx, input: ListPolicyVersionsRequest| Box::pin(i.list_policy_versions(cx, input)),
            ),
            Operation::new(
                &s::LIST_ROLE_POLICIES_OPERATION,
                "iam:ListRolePolicies",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: ListRolePoliciesRequest| Box::pin(i.list_role_policies(cx, input)),
            ),
            Operation::new(
                &s::LIST_ROLE_TAGS_OPERATION,
                "iam:ListRoleTags",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: ListRoleTagsRequest| Box::pin(i.list_role_tags(cx, input)),
            ),
            Operation::new(
                &s::LIST_ROLES_OPERATION,
                "iam:ListRoles",
                "*",
                &implementation,
                |i: &S, cx, input: ListRolesRequest| Box::pin(i.list_roles(cx, input)),
            ),
            Operation::new(
                &s::PUT_ROLE_PERMISSIONS_BOUNDARY_OPERATION,
                "iam:PutRolePermissionsBoundary",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: PutRolePermissionsBoundaryRequest| {
                    Box::pin(i.put_role_permissions_boundary(cx, input))
                },
            ),
            Operation::new(
                &s::PUT_ROLE_POLICY_OPERATION,
                "iam:PutRolePolicy",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: PutRolePolicyRequest| Box::pin(i.put_role_policy(cx, input)),
            ),
            Operation::new(
                &s::SET_DEFAULT_POLICY_VERSION_OPERATION,
                "iam:SetDefaultPolicyVersion",
                "{PolicyArn}",
                &implementation,
                |i: &S, cx, input: SetDefaultPolicyVersionRequest| {
                    Box::pin(i.set_default_policy_version(cx, input))
                },
            ),
            Operation::new(
                &s::TAG_ROLE_OPERATION,
                "iam:TagRole",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: TagRoleRequest| Box::pin(i.tag_role(cx, input)),
            ),
            Operation::new(
                &s::UNTAG_ROLE_OPERATION,
                "iam:UntagRole",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: UntagRoleRequest| Box::pin(i.untag_role(cx, input)),
            ),
            Operation::new(
                &s::UPDATE_ASSUME_ROLE_POLICY_OPERATION,
                "iam:UpdateAssumeRolePolicy",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: UpdateAssumeRolePolicyRequest| {
                    Box::pin(i.update_assume_role_policy(cx, input))
                },
            ),
            Operation::new(
                &s::UPDATE_ROLE_OPERATION,
                "iam:UpdateRole",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: UpdateRoleRequest| Box::pin(i.update_role(cx, input)),
            ),
            Operation::new(
                &s::UPDATE_ROLE_DESCRIPTION_OPERATION,
                "iam:UpdateRoleDescription",
                "arn:{partition}:iam::{account}:role/{RoleName}",
                &implementation,
                |i: &S, cx, input: UpdateRoleDescriptionRequest| {
                    Box::pin(i.update_role_description(cx, input))
                },
            ),
        ],
    )
}
