//! The service: what its handlers share, and the table of its operations.

use crate::api as handlers;
use ::api::Unit;
use ::api::iam::*;
use auth::Cx;
use state::State;

/// AWS IAM.
pub struct Iam {
    pub(crate) state: State,
}

impl Iam {
    /// The service over a state whose schema has `state::iam::TABLES`.
    pub fn new(state: State) -> Self {
        Self { state }
    }
}

/// One line per operation: each is a function of the noun's module.
macro_rules! operations {
    ($($operation:ident($input:ty) -> $output:ty = $noun:ident;)+) => {
        impl Iam_<Cx> for Iam {
            $(async fn $operation(&self, cx: &Cx, input: $input) -> Result<$output, Error> {
                handlers::$noun::$operation(self, cx, input).await
            })+
        }
    };
}

use ::api::iam::Iam as Iam_;

operations! {
    create_role(CreateRoleRequest) -> CreateRoleResponse = role;
    get_role(GetRoleRequest) -> GetRoleResponse = role;
    list_roles(ListRolesRequest) -> ListRolesResponse = role;
    update_role(UpdateRoleRequest) -> UpdateRoleResponse = role;
    update_role_description(UpdateRoleDescriptionRequest) -> UpdateRoleDescriptionResponse = role;
    update_assume_role_policy(UpdateAssumeRolePolicyRequest) -> Unit = role;
    put_role_permissions_boundary(PutRolePermissionsBoundaryRequest) -> Unit = role;
    delete_role_permissions_boundary(DeleteRolePermissionsBoundaryRequest) -> Unit = role;
    delete_role(DeleteRoleRequest) -> Unit = role;
    list_instance_profiles_for_role(ListInstanceProfilesForRoleRequest) -> ListInstanceProfilesForRoleResponse = role;

    create_service_linked_role(CreateServiceLinkedRoleRequest) -> CreateServiceLinkedRoleResponse = service_linked;

    put_role_policy(PutRolePolicyRequest) -> Unit = role_policy;
    get_role_policy(GetRolePolicyRequest) -> GetRolePolicyResponse = role_policy;
    list_role_policies(ListRolePoliciesRequest) -> ListRolePoliciesResponse = role_policy;
    delete_role_policy(DeleteRolePolicyRequest) -> Unit = role_policy;
    attach_role_policy(AttachRolePolicyRequest) -> Unit = role_policy;
    detach_role_policy(DetachRolePolicyRequest) -> Unit = role_policy;
    list_attached_role_policies(ListAttachedRolePoliciesRequest) -> ListAttachedRolePoliciesResponse = role_policy;

    tag_role(TagRoleRequest) -> Unit = tag;
    untag_role(UntagRoleRequest) -> Unit = tag;
    list_role_tags(ListRoleTagsRequest) -> ListRoleTagsResponse = tag;

    create_policy(CreatePolicyRequest) -> CreatePolicyResponse = policy;
    get_policy(GetPolicyRequest) -> GetPolicyResponse = policy;
    list_policies(ListPoliciesRequest) -> ListPoliciesResponse = policy;
    delete_policy(DeletePolicyRequest) -> Unit = policy;
    create_policy_version(CreatePolicyVersionRequest) -> CreatePolicyVersionResponse = policy_version;
    get_policy_version(GetPolicyVersionRequest) -> GetPolicyVersionResponse = policy_version;
    list_policy_versions(ListPolicyVersionsRequest) -> ListPolicyVersionsResponse = policy_version;
    set_default_policy_version(SetDefaultPolicyVersionRequest) -> Unit = policy_version;
    delete_policy_version(DeletePolicyVersionRequest) -> Unit = policy_version;
}
