"""The operations that are built, for tests that try each of a service."""

OPERATIONS = {
    "ecs": """CreateCluster DescribeClusters ListClusters UpdateCluster UpdateClusterSettings DeleteCluster RegisterTaskDefinition
        DescribeTaskDefinition ListTaskDefinitions ListTaskDefinitionFamilies DeregisterTaskDefinition DeleteTaskDefinitions RunTask StartTask
        StopTask DescribeTasks ListTasks RegisterContainerInstance DeregisterContainerInstance DescribeContainerInstances
        ListContainerInstances UpdateContainerInstancesState UpdateContainerAgent PutAttributes DeleteAttributes ListAttributes TagResource
        UntagResource ListTagsForResource PutAccountSetting PutAccountSettingDefault ListAccountSettings DeleteAccountSetting
        DiscoverPollEndpoint SubmitTaskStateChange SubmitContainerStateChange SubmitAttachmentStateChanges GetTaskProtection UpdateTaskProtection
        CreateCapacityProvider UpdateCapacityProvider DescribeCapacityProviders DeleteCapacityProvider PutClusterCapacityProviders
        CreateService DescribeServices ListServices ListServicesByNamespace UpdateService DeleteService ListServiceDeployments
        DescribeServiceDeployments DescribeServiceRevisions StopServiceDeployment ContinueServiceDeployment
        CreateTaskSet DescribeTaskSets UpdateTaskSet DeleteTaskSet UpdateServicePrimaryTaskSet
        RegisterDaemonTaskDefinition DescribeDaemonTaskDefinition ListDaemonTaskDefinitions DeleteDaemonTaskDefinition
        CreateDaemon DescribeDaemon UpdateDaemon DeleteDaemon ListDaemons ListDaemonDeployments DescribeDaemonDeployments DescribeDaemonRevisions""".split(),
    "logs": """CreateLogGroup DeleteLogGroup DescribeLogGroups CreateLogStream DeleteLogStream DescribeLogStreams PutLogEvents GetLogEvents
        FilterLogEvents PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource ListTagsForResource StartLiveTail
        ListTagsLogGroup TagLogGroup UntagLogGroup""".split(),
    "iam": """CreateRole GetRole ListRoles UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy DeleteRole PutRolePermissionsBoundary
        DeleteRolePermissionsBoundary ListInstanceProfilesForRole CreateServiceLinkedRole PutRolePolicy GetRolePolicy ListRolePolicies
        DeleteRolePolicy AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies TagRole UntagRole ListRoleTags CreatePolicy GetPolicy
        ListPolicies DeletePolicy CreatePolicyVersion GetPolicyVersion ListPolicyVersions SetDefaultPolicyVersion DeletePolicyVersion""".split(),
    "sts": ["AssumeRole", "GetSessionToken"],
}
