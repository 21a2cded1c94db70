//! Operations of Amazon ECS.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use std::sync::Arc;

use super::{errors::Error, schema as s, shapes::*};
use crate::{Operation, Service, Unit};

/// Amazon ECS. An operation that is not overridden answers that it is not implemented.
pub trait Ecs<C: Sync>: Send + Sync + 'static {
    /// `AssociateGatewayWithCluster`.
    fn associate_gateway_with_cluster(
        &self,
        cx: &C,
        input: AssociateGatewayWithClusterRequest,
    ) -> impl Future<Output = Result<AssociateGatewayWithClusterResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("AssociateGatewayWithCluster")))
    }

    /// `ContinueServiceDeployment`.
    fn continue_service_deployment(
        &self,
        cx: &C,
        input: ContinueServiceDeploymentRequest,
    ) -> impl Future<Output = Result<ContinueServiceDeploymentResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ContinueServiceDeployment")))
    }

    /// `CreateCapacityProvider`.
    fn create_capacity_provider(
        &self,
        cx: &C,
        input: CreateCapacityProviderRequest,
    ) -> impl Future<Output = Result<CreateCapacityProviderResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateCapacityProvider")))
    }

    /// `CreateCluster`.
    fn create_cluster(
        &self,
        cx: &C,
        input: CreateClusterRequest,
    ) -> impl Future<Output = Result<CreateClusterResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateCluster")))
    }

    /// `CreateDaemon`.
    fn create_daemon(
        &self,
        cx: &C,
        input: CreateDaemonRequest,
    ) -> impl Future<Output = Result<CreateDaemonResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateDaemon")))
    }

    /// `CreateExpressGatewayService`.
    fn create_express_gateway_service(
        &self,
        cx: &C,
        input: CreateExpressGatewayServiceRequest,
    ) -> impl Future<Output = Result<CreateExpressGatewayServiceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateExpressGatewayService")))
    }

    /// `CreateGateway`.
    fn create_gateway(
        &self,
        cx: &C,
        input: CreateGatewayRequest,
    ) -> impl Future<Output = Result<CreateGatewayResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateGateway")))
    }

    /// `CreateService`.
    fn create_service(
        &self,
        cx: &C,
        input: CreateServiceRequest,
    ) -> impl Future<Output = Result<CreateServiceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateService")))
    }

    /// `CreateTaskSet`.
    fn create_task_set(
        &self,
        cx: &C,
        input: CreateTaskSetRequest,
    ) -> impl Future<Output = Result<CreateTaskSetResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("CreateTaskSet")))
    }

    /// `DeleteAccountSetting`.
    fn delete_account_setting(
        &self,
        cx: &C,
        input: DeleteAccountSettingRequest,
    ) -> impl Future<Output = Result<DeleteAccountSettingResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteAccountSetting")))
    }

    /// `DeleteAttributes`.
    fn delete_attributes(
        &self,
        cx: &C,
        input: DeleteAttributesRequest,
    ) -> impl Future<Output = Result<DeleteAttributesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteAttributes")))
    }

    /// `DeleteCapacityProvider`.
    fn delete_capacity_provider(
        &self,
        cx: &C,
        input: DeleteCapacityProviderRequest,
    ) -> impl Future<Output = Result<DeleteCapacityProviderResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteCapacityProvider")))
    }

    /// `DeleteCluster`.
    fn delete_cluster(
        &self,
        cx: &C,
        input: DeleteClusterRequest,
    ) -> impl Future<Output = Result<DeleteClusterResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteCluster")))
    }

    /// `DeleteDaemon`.
    fn delete_daemon(
        &self,
        cx: &C,
        input: DeleteDaemonRequest,
    ) -> impl Future<Output = Result<DeleteDaemonResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteDaemon")))
    }

    /// `DeleteDaemonTaskDefinition`.
    fn delete_daemon_task_definition(
        &self,
        cx: &C,
        input: DeleteDaemonTaskDefinitionRequest,
    ) -> impl Future<Output = Result<DeleteDaemonTaskDefinitionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteDaemonTaskDefinition")))
    }

    /// `DeleteExpressGatewayService`.
    fn delete_express_gateway_service(
        &self,
        cx: &C,
        input: DeleteExpressGatewayServiceRequest,
    ) -> impl Future<Output = Result<DeleteExpressGatewayServiceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteExpressGatewayService")))
    }

    /// `DeleteGateway`.
    fn delete_gateway(
        &self,
        cx: &C,
        input: DeleteGatewayRequest,
    ) -> impl Future<Output = Result<DeleteGatewayResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteGateway")))
    }

    /// `DeleteService`.
    fn delete_service(
        &self,
        cx: &C,
        input: DeleteServiceRequest,
    ) -> impl Future<Output = Result<DeleteServiceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteService")))
    }

    /// `DeleteTaskDefinitions`.
    fn delete_task_definitions(
        &self,
        cx: &C,
        input: DeleteTaskDefinitionsRequest,
    ) -> impl Future<Output = Result<DeleteTaskDefinitionsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteTaskDefinitions")))
    }

    /// `DeleteTaskSet`.
    fn delete_task_set(
        &self,
        cx: &C,
        input: DeleteTaskSetRequest,
    ) -> impl Future<Output = Result<DeleteTaskSetResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeleteTaskSet")))
    }

    /// `DeregisterContainerInstance`.
    fn deregister_container_instance(
        &self,
        cx: &C,
        input: DeregisterContainerInstanceRequest,
    ) -> impl Future<Output = Result<DeregisterContainerInstanceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeregisterContainerInstance")))
    }

    /// `DeregisterTaskDefinition`.
    fn deregister_task_definition(
        &self,
        cx: &C,
        input: DeregisterTaskDefinitionRequest,
    ) -> impl Future<Output = Result<DeregisterTaskDefinitionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DeregisterTaskDefinition")))
    }

    /// `DescribeCapacityProviders`.
    fn describe_capacity_providers(
        &self,
        cx: &C,
        input: DescribeCapacityProvidersRequest,
    ) -> impl Future<Output = Result<DescribeCapacityProvidersResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeCapacityProviders")))
    }

    /// `DescribeClusters`.
    fn describe_clusters(
        &self,
        cx: &C,
        input: DescribeClustersRequest,
    ) -> impl Future<Output = Result<DescribeClustersResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeClusters")))
    }

    /// `DescribeContainerInstances`.
    fn describe_container_instances(
        &self,
        cx: &C,
        input: DescribeContainerInstancesRequest,
    ) -> impl Future<Output = Result<DescribeContainerInstancesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeContainerInstances")))
    }

    /// `DescribeDaemon`.
    fn describe_daemon(
        &self,
        cx: &C,
        input: DescribeDaemonRequest,
    ) -> impl Future<Output = Result<DescribeDaemonResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeDaemon")))
    }

    /// `DescribeDaemonDeployments`.
    fn describe_daemon_deployments(
        &self,
        cx: &C,
        input: DescribeDaemonDeploymentsRequest,
    ) -> impl Future<Output = Result<DescribeDaemonDeploymentsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeDaemonDeployments")))
    }

    /// `DescribeDaemonRevisions`.
    fn describe_daemon_revisions(
        &self,
        cx: &C,
        input: DescribeDaemonRevisionsRequest,
    ) -> impl Future<Output = Result<DescribeDaemonRevisionsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeDaemonRevisions")))
    }

    /// `DescribeDaemonTaskDefinition`.
    fn describe_daemon_task_definition(
        &self,
        cx: &C,
        input: DescribeDaemonTaskDefinitionRequest,
    ) -> impl Future<Output = Result<DescribeDaemonTaskDefinitionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeDaemonTaskDefinition")))
    }

    /// `DescribeExpressGatewayService`.
    fn describe_express_gateway_service(
        &self,
        cx: &C,
        input: DescribeExpressGatewayServiceRequest,
    ) -> impl Future<Output = Result<DescribeExpressGatewayServiceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeExpressGatewayService")))
    }

    /// `DescribeGateway`.
    fn describe_gateway(
        &self,
        cx: &C,
        input: DescribeGatewayRequest,
    ) -> impl Future<Output = Result<DescribeGatewayResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeGateway")))
    }

    /// `DescribeGatewayResources`.
    fn describe_gateway_resources(
        &self,
        cx: &C,
        input: DescribeGatewayResourcesRequest,
    ) -> impl Future<Output = Result<DescribeGatewayResourcesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeGatewayResources")))
    }

    /// `DescribeGatewayRoute`.
    fn describe_gateway_route(
        &self,
        cx: &C,
        input: DescribeGatewayRouteRequest,
    ) -> impl Future<Output = Result<DescribeGatewayRouteResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeGatewayRoute")))
    }

    /// `DescribeServiceDeployments`.
    fn describe_service_deployments(
        &self,
        cx: &C,
        input: DescribeServiceDeploymentsRequest,
    ) -> impl Future<Output = Result<DescribeServiceDeploymentsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeServiceDeployments")))
    }

    /// `DescribeServiceRevisions`.
    fn describe_service_revisions(
        &self,
        cx: &C,
        input: DescribeServiceRevisionsRequest,
    ) -> impl Future<Output = Result<DescribeServiceRevisionsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeServiceRevisions")))
    }

    /// `DescribeServices`.
    fn describe_services(
        &self,
        cx: &C,
        input: DescribeServicesRequest,
    ) -> impl Future<Output = Result<DescribeServicesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeServices")))
    }

    /// `DescribeTaskDefinition`.
    fn describe_task_definition(
        &self,
        cx: &C,
        input: DescribeTaskDefinitionRequest,
    ) -> impl Future<Output = Result<DescribeTaskDefinitionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTaskDefinition")))
    }

    /// `DescribeTaskSets`.
    fn describe_task_sets(
        &self,
        cx: &C,
        input: DescribeTaskSetsRequest,
    ) -> impl Future<Output = Result<DescribeTaskSetsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTaskSets")))
    }

    /// `DescribeTasks`.
    fn describe_tasks(
        &self,
        cx: &C,
        input: DescribeTasksRequest,
    ) -> impl Future<Output = Result<DescribeTasksResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DescribeTasks")))
    }

    /// `DisassociateGatewayFromCluster`.
    fn disassociate_gateway_from_cluster(
        &self,
        cx: &C,
        input: DisassociateGatewayFromClusterRequest,
    ) -> impl Future<Output = Result<DisassociateGatewayFromClusterResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DisassociateGatewayFromCluster")))
    }

    /// `DiscoverPollEndpoint`.
    fn discover_poll_endpoint(
        &self,
        cx: &C,
        input: DiscoverPollEndpointRequest,
    ) -> impl Future<Output = Result<DiscoverPollEndpointResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("DiscoverPollEndpoint")))
    }

    /// `ExecuteCommand`.
    fn execute_command(
        &self,
        cx: &C,
        input: ExecuteCommandRequest,
    ) -> impl Future<Output = Result<ExecuteCommandResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ExecuteCommand")))
    }

    /// `GetTaskProtection`.
    fn get_task_protection(
        &self,
        cx: &C,
        input: GetTaskProtectionRequest,
    ) -> impl Future<Output = Result<GetTaskProtectionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("GetTaskProtection")))
    }

    /// `ListAccountSettings`.
    fn list_account_settings(
        &self,
        cx: &C,
        input: ListAccountSettingsRequest,
    ) -> impl Future<Output = Result<ListAccountSettingsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListAccountSettings")))
    }

    /// `ListAttributes`.
    fn list_attributes(
        &self,
        cx: &C,
        input: ListAttributesRequest,
    ) -> impl Future<Output = Result<ListAttributesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListAttributes")))
    }

    /// `ListClusters`.
    fn list_clusters(
        &self,
        cx: &C,
        input: ListClustersRequest,
    ) -> impl Future<Output = Result<ListClustersResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListClusters")))
    }

    /// `ListContainerInstances`.
    fn list_container_instances(
        &self,
        cx: &C,
        input: ListContainerInstancesRequest,
    ) -> impl Future<Output = Result<ListContainerInstancesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListContainerInstances")))
    }

    /// `ListDaemonDeployments`.
    fn list_daemon_deployments(
        &self,
        cx: &C,
        input: ListDaemonDeploymentsRequest,
    ) -> impl Future<Output = Result<ListDaemonDeploymentsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListDaemonDeployments")))
    }

    /// `ListDaemonTaskDefinitions`.
    fn list_daemon_task_definitions(
        &self,
        cx: &C,
        input: ListDaemonTaskDefinitionsRequest,
    ) -> impl Future<Output = Result<ListDaemonTaskDefinitionsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListDaemonTaskDefinitions")))
    }

    /// `ListDaemons`.
    fn list_daemons(
        &self,
        cx: &C,
        input: ListDaemonsRequest,
    ) -> impl Future<Output = Result<ListDaemonsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListDaemons")))
    }

    /// `ListGatewayClusterAssociations`.
    fn list_gateway_cluster_associations(
        &self,
        cx: &C,
        input: ListGatewayClusterAssociationsRequest,
    ) -> impl Future<Output = Result<ListGatewayClusterAssociationsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListGatewayClusterAssociations")))
    }

    /// `ListGatewayRoutes`.
    fn list_gateway_routes(
        &self,
        cx: &C,
        input: ListGatewayRoutesRequest,
    ) -> impl Future<Output = Result<ListGatewayRoutesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListGatewayRoutes")))
    }

    /// `ListGateways`.
    fn list_gateways(
        &self,
        cx: &C,
        input: ListGatewaysRequest,
    ) -> impl Future<Output = Result<ListGatewaysResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListGateways")))
    }

    /// `ListServiceDeployments`.
    fn list_service_deployments(
        &self,
        cx: &C,
        input: ListServiceDeploymentsRequest,
    ) -> impl Future<Output = Result<ListServiceDeploymentsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListServiceDeployments")))
    }

    /// `ListServices`.
    fn list_services(
        &self,
        cx: &C,
        input: ListServicesRequest,
    ) -> impl Future<Output = Result<ListServicesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListServices")))
    }

    /// `ListServicesByNamespace`.
    fn list_services_by_namespace(
        &self,
        cx: &C,
        input: ListServicesByNamespaceRequest,
    ) -> impl Future<Output = Result<ListServicesByNamespaceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListServicesByNamespace")))
    }

    /// `ListTagsForResource`.
    fn list_tags_for_resource(
        &self,
        cx: &C,
        input: ListTagsForResourceRequest,
    ) -> impl Future<Output = Result<ListTagsForResourceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListTagsForResource")))
    }

    /// `ListTaskDefinitionFamilies`.
    fn list_task_definition_families(
        &self,
        cx: &C,
        input: ListTaskDefinitionFamiliesRequest,
    ) -> impl Future<Output = Result<ListTaskDefinitionFamiliesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListTaskDefinitionFamilies")))
    }

    /// `ListTaskDefinitions`.
    fn list_task_definitions(
        &self,
        cx: &C,
        input: ListTaskDefinitionsRequest,
    ) -> impl Future<Output = Result<ListTaskDefinitionsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListTaskDefinitions")))
    }

    /// `ListTasks`.
    fn list_tasks(
        &self,
        cx: &C,
        input: ListTasksRequest,
    ) -> impl Future<Output = Result<ListTasksResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("ListTasks")))
    }

    /// `PutAccountSetting`.
    fn put_account_setting(
        &self,
        cx: &C,
        input: PutAccountSettingRequest,
    ) -> impl Future<Output = Result<PutAccountSettingResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("PutAccountSetting")))
    }

    /// `PutAccountSettingDefault`.
    fn put_account_setting_default(
        &self,
        cx: &C,
        input: PutAccountSettingDefaultRequest,
    ) -> impl Future<Output = Result<PutAccountSettingDefaultResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("PutAccountSettingDefault")))
    }

    /// `PutAttributes`.
    fn put_attributes(
        &self,
        cx: &C,
        input: PutAttributesRequest,
    ) -> impl Future<Output = Result<PutAttributesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("PutAttributes")))
    }

    /// `PutClusterCapacityProviders`.
    fn put_cluster_capacity_providers(
        &self,
        cx: &C,
        input: PutClusterCapacityProvidersRequest,
    ) -> impl Future<Output = Result<PutClusterCapacityProvidersResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("PutClusterCapacityProviders")))
    }

    /// `RegisterContainerInstance`.
    fn register_container_instance(
        &self,
        cx: &C,
        input: RegisterContainerInstanceRequest,
    ) -> impl Future<Output = Result<RegisterContainerInstanceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RegisterContainerInstance")))
    }

    /// `RegisterDaemonTaskDefinition`.
    fn register_daemon_task_definition(
        &self,
        cx: &C,
        input: RegisterDaemonTaskDefinitionRequest,
    ) -> impl Future<Output = Result<RegisterDaemonTaskDefinitionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RegisterDaemonTaskDefinition")))
    }

    /// `RegisterTaskDefinition`.
    fn register_task_definition(
        &self,
        cx: &C,
        input: RegisterTaskDefinitionRequest,
    ) -> impl Future<Output = Result<RegisterTaskDefinitionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RegisterTaskDefinition")))
    }

    /// `RunTask`.
    fn run_task(
        &self,
        cx: &C,
        input: RunTaskRequest,
    ) -> impl Future<Output = Result<RunTaskResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("RunTask")))
    }

    /// `StartTask`.
    fn start_task(
        &self,
        cx: &C,
        input: StartTaskRequest,
    ) -> impl Future<Output = Result<StartTaskResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("StartTask")))
    }

    /// `StopServiceDeployment`.
    fn stop_service_deployment(
        &self,
        cx: &C,
        input: StopServiceDeploymentRequest,
    ) -> impl Future<Output = Result<StopServiceDeploymentResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("StopServiceDeployment")))
    }

    /// `StopTask`.
    fn stop_task(
        &self,
        cx: &C,
        input: StopTaskRequest,
    ) -> impl Future<Output = Result<StopTaskResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("StopTask")))
    }

    /// `SubmitAttachmentStateChanges`.
    fn submit_attachment_state_changes(
        &self,
        cx: &C,
        input: SubmitAttachmentStateChangesRequest,
    ) -> impl Future<Output = Result<SubmitAttachmentStateChangesResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("SubmitAttachmentStateChanges")))
    }

    /// `SubmitContainerStateChange`.
    fn submit_container_state_change(
        &self,
        cx: &C,
        input: SubmitContainerStateChangeRequest,
    ) -> impl Future<Output = Result<SubmitContainerStateChangeResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("SubmitContainerStateChange")))
    }

    /// `SubmitTaskStateChange`.
    fn submit_task_state_change(
        &self,
        cx: &C,
        input: SubmitTaskStateChangeRequest,
    ) -> impl Future<Output = Result<SubmitTaskStateChangeResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("SubmitTaskStateChange")))
    }

    /// `TagResource`.
    fn tag_resource(
        &self,
        cx: &C,
        input: TagResourceRequest,
    ) -> impl Future<Output = Result<TagResourceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("TagResource")))
    }

    /// `UntagResource`.
    fn untag_resource(
        &self,
        cx: &C,
        input: UntagResourceRequest,
    ) -> impl Future<Output = Result<UntagResourceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UntagResource")))
    }

    /// `UpdateCapacityProvider`.
    fn update_capacity_provider(
        &self,
        cx: &C,
        input: UpdateCapacityProviderRequest,
    ) -> impl Future<Output = Result<UpdateCapacityProviderResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateCapacityProvider")))
    }

    /// `UpdateCluster`.
    fn update_cluster(
        &self,
        cx: &C,
        input: UpdateClusterRequest,
    ) -> impl Future<Output = Result<UpdateClusterResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateCluster")))
    }

    /// `UpdateClusterSettings`.
    fn update_cluster_settings(
        &self,
        cx: &C,
        input: UpdateClusterSettingsRequest,
    ) -> impl Future<Output = Result<UpdateClusterSettingsResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateClusterSettings")))
    }

    /// `UpdateContainerAgent`.
    fn update_container_agent(
        &self,
        cx: &C,
        input: UpdateContainerAgentRequest,
    ) -> impl Future<Output = Result<UpdateContainerAgentResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateContainerAgent")))
    }

    /// `UpdateContainerInstancesState`.
    fn update_container_instances_state(
        &self,
        cx: &C,
        input: UpdateContainerInstancesStateRequest,
    ) -> impl Future<Output = Result<UpdateContainerInstancesStateResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateContainerInstancesState")))
    }

    /// `UpdateDaemon`.
    fn update_daemon(
        &self,
        cx: &C,
        input: UpdateDaemonRequest,
    ) -> impl Future<Output = Result<UpdateDaemonResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateDaemon")))
    }

    /// `UpdateExpressGatewayService`.
    fn update_express_gateway_service(
        &self,
        cx: &C,
        input: UpdateExpressGatewayServiceRequest,
    ) -> impl Future<Output = Result<UpdateExpressGatewayServiceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateExpressGatewayService")))
    }

    /// `UpdateGateway`.
    fn update_gateway(
        &self,
        cx: &C,
        input: UpdateGatewayRequest,
    ) -> impl Future<Output = Result<UpdateGatewayResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateGateway")))
    }

    /// `UpdateService`.
    fn update_service(
        &self,
        cx: &C,
        input: UpdateServiceRequest,
    ) -> impl Future<Output = Result<UpdateServiceResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateService")))
    }

    /// `UpdateServicePrimaryTaskSet`.
    fn update_service_primary_task_set(
        &self,
        cx: &C,
        input: UpdateServicePrimaryTaskSetRequest,
    ) -> impl Future<Output = Result<UpdateServicePrimaryTaskSetResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateServicePrimaryTaskSet")))
    }

    /// `UpdateTaskProtection`.
    fn update_task_protection(
        &self,
        cx: &C,
        input: UpdateTaskProtectionRequest,
    ) -> impl Future<Output = Result<UpdateTaskProtectionResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateTaskProtection")))
    }

    /// `UpdateTaskSet`.
    fn update_task_set(
        &self,
        cx: &C,
        input: UpdateTaskSetRequest,
    ) -> impl Future<Output = Result<UpdateTaskSetResponse, Error>> + Send {
        let _ = (cx, input);
        std::future::ready(Err(Error::not_implemented("UpdateTaskSet")))
    }
}

/// The service as `front` calls it.
pub fn service<C: Sync + 'static, S: Ecs<C>>(implementation: Arc<S>) -> Service<C> {
    Service::new(
        &s::SERVICE_SCHEMA,
        vec![
            Operation::new(
                &s::ASSOCIATE_GATEWAY_WITH_CLUSTER_OPERATION,
                "ecs:AssociateGatewayWithCluster",
                "arn:{partition}:ecs:{region}:{account}:gateway/{gateway}",
                &implementation,
                |i: &S, cx, input: AssociateGatewayWithClusterRequest| {
                    Box::pin(i.associate_gateway_with_cluster(cx, input))
                },
            ),
            Operation::new(
                &s::CONTINUE_SERVICE_DEPLOYMENT_OPERATION,
                "ecs:ContinueServiceDeployment",
                "{serviceDeploymentArn}",
                &implementation,
                |i: &S, cx, input: ContinueServiceDeploymentRequest| {
                    Box::pin(i.continue_service_deployment(cx, input))
                },
            ),
            Operation::new(
                &s::CREATE_CAPACITY_PROVIDER_OPERATION,
                "ecs:CreateCapacityProvider",
                "arn:{partition}:ecs:{region}:{account}:capacity-provider/{name}",
                &implementation,
                |i: &S, cx, input: CreateCapacityProviderRequest| {
                    Box::pin(i.create_capacity_provider(cx, input))
                },
            ),
            Operation::new(
                &s::CREATE_CLUSTER_OPERATION,
                "ecs:CreateCluster",
                "arn:{partition}:ecs:{region}:{account}:cluster/{clusterName|default}",
                &implementation,
                |i: &S, cx, input: CreateClusterRequest| Box::pin(i.create_cluster(cx, input)),
            ),
            Operation::new(
                &s::CREATE_DAEMON_OPERATION,
                "ecs:CreateDaemon",
                "arn:{partition}:ecs:{region}:{account}:daemon/{clusterArn|default}/{daemonName}",
                &implementation,
                |i: &S, cx, input: CreateDaemonRequest| Box::pin(i.create_daemon(cx, input)),
            ),
            Operation::new(
                &s::CREATE_EXPRESS_GATEWAY_SERVICE_OPERATION,
                "ecs:CreateExpressGatewayService",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: CreateExpressGatewayServiceRequest| {
                    Box::pin(i.create_express_gateway_service(cx, input))
                },
            ),
            Operation::new(
                &s::CREATE_GATEWAY_OPERATION,
                "ecs:CreateGateway",
                "arn:{partition}:ecs:{region}:{account}:gateway/{name}",
                &implementation,
                |i: &S, cx, input: CreateGatewayRequest| Box::pin(i.create_gateway(cx, input)),
            ),
            Operation::new(
                &s::CREATE_SERVICE_OPERATION,
                "ecs:CreateService",
                "arn:{partition}:ecs:{region}:{account}:service/{cluster|default}/{serviceName}",
                &implementation,
                |i: &S, cx, input: CreateServiceRequest| Box::pin(i.create_service(cx, input)),
            ),
            Operation::new(
                &s::CREATE_TASK_SET_OPERATION,
                "ecs:CreateTaskSet",
                "arn:{partition}:ecs:{region}:{account}:service/{cluster|default}/{service}",
                &implementation,
                |i: &S, cx, input: CreateTaskSetRequest| Box::pin(i.create_task_set(cx, input)),
            ),
            Operation::new(
                &s::DELETE_ACCOUNT_SETTING_OPERATION,
                "ecs:DeleteAccountSetting",
                "*",
                &implementation,
                |i: &S, cx, input: DeleteAccountSettingRequest| Box::pin(i.delete_account_setting(cx, input)),
            ),
            Operation::new(
                &s::DELETE_ATTRIBUTES_OPERATION,
                "ecs:DeleteAttributes",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: DeleteAttributesRequest| Box::pin(i.delete_attributes(cx, input)),
            ),
            Operation::new(
                &s::DELETE_CAPACITY_PROVIDER_OPERATION,
                "ecs:DeleteCapacityProvider",
                "arn:{partition}:ecs:{region}:{account}:capacity-provider/{capacityProvider}",
                &implementation,
                |i: &S, cx, input: DeleteCapacityProviderRequest| {
                    Box::pin(i.delete_capacity_provider(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_CLUSTER_OPERATION,
                "ecs:DeleteCluster",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: DeleteClusterRequest| Box::pin(i.delete_cluster(cx, input)),
            ),
            Operation::new(
                &s::DELETE_DAEMON_OPERATION,
                "ecs:DeleteDaemon",
                "{daemonArn}",
                &implementation,
                |i: &S, cx, input: DeleteDaemonRequest| Box::pin(i.delete_daemon(cx, input)),
            ),
            Operation::new(
                &s::DELETE_DAEMON_TASK_DEFINITION_OPERATION,
                "ecs:DeleteDaemonTaskDefinition",
                "arn:{partition}:ecs:{region}:{account}:daemon-task-definition/{daemonTaskDefinition}",
                &implementation,
                |i: &S, cx, input: DeleteDaemonTaskDefinitionRequest| {
                    Box::pin(i.delete_daemon_task_definition(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_EXPRESS_GATEWAY_SERVICE_OPERATION,
                "ecs:DeleteExpressGatewayService",
                "{serviceArn}",
                &implementation,
                |i: &S, cx, input: DeleteExpressGatewayServiceRequest| {
                    Box::pin(i.delete_express_gateway_service(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_GATEWAY_OPERATION,
                "ecs:DeleteGateway",
                "arn:{partition}:ecs:{region}:{account}:gateway/{gateway}",
                &implementation,
                |i: &S, cx, input: DeleteGatewayRequest| Box::pin(i.delete_gateway(cx, input)),
            ),
            Operation::new(
                &s::DELETE_SERVICE_OPERATION,
                "ecs:DeleteService",
                "arn:{partition}:ecs:{region}:{account}:service/{cluster|default}/{service}",
                &implementation,
                |i: &S, cx, input: DeleteServiceRequest| Box::pin(i.delete_service(cx, input)),
            ),
            Operation::new(
                &s::DELETE_TASK_DEFINITIONS_OPERATION,
                "ecs:DeleteTaskDefinitions",
                "arn:{partition}:ecs:{region}:{account}:task-definition/{taskDefinitions}",
                &implementation,
                |i: &S, cx, input: DeleteTaskDefinitionsRequest| {
                    Box::pin(i.delete_task_definitions(cx, input))
                },
            ),
            Operation::new(
                &s::DELETE_TASK_SET_OPERATION,
                "ecs:DeleteTaskSet",
                "arn:{partition}:ecs:{region}:{account}:task-set/{cluster|default}/{service}/{taskSet}",
                &implementation,
                |i: &S, cx, input: DeleteTaskSetRequest| Box::pin(i.delete_task_set(cx, input)),
            ),
            Operation::new(
                &s::DEREGISTER_CONTAINER_INSTANCE_OPERATION,
                "ecs:DeregisterContainerInstance",
                "arn:{partition}:ecs:{region}:{account}:container-instance/{cluster|default}/{containerInstance}",
                &implementation,
                |i: &S, cx, input: DeregisterContainerInstanceRequest| {
                    Box::pin(i.deregister_container_instance(cx, input))
                },
            ),
            Operation::new(
                &s::DEREGISTER_TASK_DEFINITION_OPERATION,
                "ecs:DeregisterTaskDefinition",
                "arn:{partition}:ecs:{region}:{account}:task-definition/{taskDefinition}",
                &implementation,
                |i: &S, cx, input: DeregisterTaskDefinitionRequest| {
                    Box::pin(i.deregister_task_definition(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_CAPACITY_PROVIDERS_OPERATION,
                "ecs:DescribeCapacityProviders",
                "arn:{partition}:ecs:{region}:{account}:capacity-provider/{capacityProviders|*}",
                &implementation,
                |i: &S, cx, input: DescribeCapacityProvidersRequest| {
                    Box::pin(i.describe_capacity_providers(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_CLUSTERS_OPERATION,
                "ecs:DescribeClusters",
                "arn:{partition}:ecs:{region}:{account}:cluster/{clusters|default}",
                &implementation,
                |i: &S, cx, input: DescribeClustersRequest| Box::pin(i.describe_clusters(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_CONTAINER_INSTANCES_OPERATION,
                "ecs:DescribeContainerInstances",
                "arn:{partition}:ecs:{region}:{account}:container-instance/{cluster|default}/{containerInstances}",
                &implementation,
                |i: &S, cx, input: DescribeContainerInstancesRequest| {
                    Box::pin(i.describe_container_instances(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_DAEMON_OPERATION,
                "ecs:DescribeDaemon",
                "{daemonArn}",
                &implementation,
                |i: &S, cx, input: DescribeDaemonRequest| Box::pin(i.describe_daemon(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_DAEMON_DEPLOYMENTS_OPERATION,
                "ecs:DescribeDaemonDeployments",
                "{daemonDeploymentArns}",
                &implementation,
                |i: &S, cx, input: DescribeDaemonDeploymentsRequest| {
                    Box::pin(i.describe_daemon_deployments(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_DAEMON_REVISIONS_OPERATION,
                "ecs:DescribeDaemonRevisions",
                "{daemonRevisionArns}",
                &implementation,
                |i: &S, cx, input: DescribeDaemonRevisionsRequest| {
                    Box::pin(i.describe_daemon_revisions(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_DAEMON_TASK_DEFINITION_OPERATION,
                "ecs:DescribeDaemonTaskDefinition",
                "arn:{partition}:ecs:{region}:{account}:daemon-task-definition/{daemonTaskDefinition}",
                &implementation,
                |i: &S, cx, input: DescribeDaemonTaskDefinitionRequest| {
                    Box::pin(i.describe_daemon_task_definition(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_EXPRESS_GATEWAY_SERVICE_OPERATION,
                "ecs:DescribeExpressGatewayService",
                "{serviceArn}",
                &implementation,
                |i: &S, cx, input: DescribeExpressGatewayServiceRequest| {
                    Box::pin(i.describe_express_gateway_service(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_GATEWAY_OPERATION,
                "ecs:DescribeGateway",
                "arn:{partition}:ecs:{region}:{account}:gateway/{gateway}",
                &implementation,
                |i: &S, cx, input: DescribeGatewayRequest| Box::pin(i.describe_gateway(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_GATEWAY_RESOURCES_OPERATION,
                "ecs:DescribeGatewayResources",
                "arn:{partition}:ecs:{region}:{account}:gateway/{gateway}",
                &implementation,
                |i: &S, cx, input: DescribeGatewayResourcesRequest| {
                    Box::pin(i.describe_gateway_resources(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_GATEWAY_ROUTE_OPERATION,
                "ecs:DescribeGatewayRoute",
                "{gatewayRouteArn}",
                &implementation,
                |i: &S, cx, input: DescribeGatewayRouteRequest| Box::pin(i.describe_gateway_route(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_SERVICE_DEPLOYMENTS_OPERATION,
                "ecs:DescribeServiceDeployments",
                "{serviceDeploymentArns}",
                &implementation,
                |i: &S, cx, input: DescribeServiceDeploymentsRequest| {
                    Box::pin(i.describe_service_deployments(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_SERVICE_REVISIONS_OPERATION,
                "ecs:DescribeServiceRevisions",
                "{serviceRevisionArns}",
                &implementation,
                |i: &S, cx, input: DescribeServiceRevisionsRequest| {
                    Box::pin(i.describe_service_revisions(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_SERVICES_OPERATION,
                "ecs:DescribeServices",
                "arn:{partition}:ecs:{region}:{account}:service/{cluster|default}/{services}",
                &implementation,
                |i: &S, cx, input: DescribeServicesRequest| Box::pin(i.describe_services(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_TASK_DEFINITION_OPERATION,
                "ecs:DescribeTaskDefinition",
                "*",
                &implementation,
                |i: &S, cx, input: DescribeTaskDefinitionRequest| {
                    Box::pin(i.describe_task_definition(cx, input))
                },
            ),
            Operation::new(
                &s::DESCRIBE_TASK_SETS_OPERATION,
                "ecs:DescribeTaskSets",
                "arn:{partition}:ecs:{region}:{account}:task-set/{cluster|default}/{service}/{taskSets|*}",
                &implementation,
                |i: &S, cx, input: DescribeTaskSetsRequest| Box::pin(i.describe_task_sets(cx, input)),
            ),
            Operation::new(
                &s::DESCRIBE_TASKS_OPERATION,
                "ecs:DescribeTasks",
                "arn:{partition}:ecs:{region}:{account}:task/{cluster|default}/{tasks}",
                &implementation,
                |i: &S, cx, input: DescribeTasksRequest| Box::pin(i.describe_tasks(cx, input)),
            ),
            Operation::new(
                &s::DISASSOCIATE_GATEWAY_FROM_CLUSTER_OPERATION,
                "ecs:DisassociateGatewayFromCluster",
                "arn:{partition}:ecs:{region}:{account}:gateway/{gateway}",
                &implementation,
                |i: &S, cx, input: DisassociateGatewayFromClusterRequest| {
                    Box::pin(i.disassociate_gateway_from_cluster(cx, input))
                },
            ),
            Operation::new(
                &s::DISCOVER_POLL_ENDPOINT_OPERATION,
                "ecs:DiscoverPollEndpoint",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: DiscoverPollEndpointRequest| Box::pin(i.discover_poll_endpoint(cx, input)),
            ),
            Operation::new(
                &s::EXECUTE_COMMAND_OPERATION,
                "ecs:ExecuteCommand",
                "arn:{partition}:ecs:{region}:{account}:task/{cluster|default}/{task}",
                &implementation,
                |i: &S, cx, input: ExecuteCommandRequest| Box::pin(i.execute_command(cx, input)),
            ),
            Operation::new(
                &s::GET_TASK_PROTECTION_OPERATION,
                "ecs:GetTaskProtection",
                "arn:{partition}:ecs:{region}:{account}:task/{cluster|default}/{tasks}",
                &implementation,
                |i: &S, cx, input: GetTaskProtectionRequest| Box::pin(i.get_task_protection(cx, input)),
            ),
            Operation::new(
                &s::LIST_ACCOUNT_SETTINGS_OPERATION,
                "ecs:ListAccountSettings",
                "*",
                &implementation,
                |i: &S, cx, input: ListAccountSettingsRequest| Box::pin(i.list_account_settings(cx, input)),
            ),
            Operation::new(
                &s::LIST_ATTRIBUTES_OPERATION,
                "ecs:ListAttributes",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: ListAttributesRequest| Box::pin(i.list_attributes(cx, input)),
            ),
            Operation::new(
                &s::LIST_CLUSTERS_OPERATION,
                "ecs:ListClusters",
                "*",
                &implementation,
                |i: &S, cx, input: ListClustersRequest| Box::pin(i.list_clusters(cx, input)),
            ),
            Operation::new(
                &s::LIST_CONTAINER_INSTANCES_OPERATION,
                "ecs:ListContainerInstances",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: ListContainerInstancesRequest| {
                    Box::pin(i.list_container_instances(cx, input))
                },
            ),
            Operation::new(
                &s::LIST_DAEMON_DEPLOYMENTS_OPERATION,
                "ecs:ListDaemonDeployments",
                "{daemonArn}",
                &implementation,
                |i: &S, cx, input: ListDaemonDeploymentsRequest| {
                    Box::pin(i.list_daemon_deployments(cx, input))
                },
            ),
            Operation::new(
                &s::LIST_DAEMON_TASK_DEFINITIONS_OPERATION,
                "ecs:ListDaemonTaskDefinitions",
                "*",
                &implementation,
                |i: &S, cx, input: ListDaemonTaskDefinitionsRequest| {
                    Box::pin(i.list_daemon_task_definitions(cx, input))
                },
            ),
            Operation::new(
                &s::LIST_DAEMONS_OPERATION,
                "ecs:ListDaemons",
                "*",
                &implementation,
                |i: &S, cx, input: ListDaemonsRequest| Box::pin(i.list_daemons(cx, input)),
            ),
            Operation::new(
                &s::LIST_GATEWAY_CLUSTER_ASSOCIATIONS_OPERATION,
                "ecs:ListGatewayClusterAssociations",
                "*",
                &implementation,
                |i: &S, cx, input: ListGatewayClusterAssociationsRequest| {
                    Box::pin(i.list_gateway_cluster_associations(cx, input))
                },
            ),
            Operation::new(
                &s::LIST_GATEWAY_ROUTES_OPERATION,
                "ecs:ListGatewayRoutes",
                "*",
                &implementation,
                |i: &S, cx, input: ListGatewayRoutesRequest| Box::pin(i.list_gateway_routes(cx, input)),
            ),
            Operation::new(
                &s::LIST_GATEWAYS_OPERATION,
                "ecs:ListGateways",
                "*",
                &implementation,
                |i: &S, cx, input: ListGatewaysRequest| Box::pin(i.list_gateways(cx, input)),
            ),
            Operation::new(
                &s::LIST_SERVICE_DEPLOYMENTS_OPERATION,
                "ecs:ListServiceDeployments",
                "arn:{partition}:ecs:{region}:{account}:service/{cluster|default}/{service}",
                &implementation,
                |i: &S, cx, input: ListServiceDeploymentsRequest| {
                    Box::pin(i.list_service_deployments(cx, input))
                },
            ),
            Operation::new(
                &s::LIST_SERVICES_OPERATION,
                "ecs:ListServices",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: ListServicesRequest| Box::pin(i.list_services(cx, input)),
            ),
            Operation::new(
                &s::LIST_SERVICES_BY_NAMESPACE_OPERATION,
                "ecs:ListServicesByNamespace",
                "*",
                &implementation,
                |i: &S, cx, input: ListServicesByNamespaceRequest| {
                    Box::pin(i.list_services_by_namespace(cx, input))
                },
            ),
            Operation::new(
                &s::LIST_TAGS_FOR_RESOURCE_OPERATION,
                "ecs:ListTagsForResource",
                "{resourceArn}",
                &implementation,
                |i: &S, cx, input: ListTagsForResourceRequest| Box::pin(i.list_tags_for_resource(cx, input)),
            ),
            Operation::new(
                &s::LIST_TASK_DEFINITION_FAMILIES_OPERATION,
                "ecs:ListTaskDefinitionFamilies",
                "*",
                &implementation,
                |i: &S, cx, input: ListTaskDefinitionFamiliesRequest| {
                    Box::pin(i.list_task_definition_families(cx, input))
                },
            ),
            Operation::new(
                &s::LIST_TASK_DEFINITIONS_OPERATION,
                "ecs:ListTaskDefinitions",
                "*",
                &implementation,
                |i: &S, cx, input: ListTaskDefinitionsRequest| Box::pin(i.list_task_definitions(cx, input)),
            ),
            Operation::new(
                &s::LIST_TASKS_OPERATION,
                "ecs:ListTasks",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: ListTasksRequest| Box::pin(i.list_tasks(cx, input)),
            ),
            Operation::new(
                &s::PUT_ACCOUNT_SETTING_OPERATION,
                "ecs:PutAccountSetting",
                "*",
                &implementation,
                |i: &S, cx, input: PutAccountSettingRequest| Box::pin(i.put_account_setting(cx, input)),
            ),
            Operation::new(
                &s::PUT_ACCOUNT_SETTING_DEFAULT_OPERATION,
                "ecs:PutAccountSettingDefault",
                "*",
                &implementation,
                |i: &S, cx, input: PutAccountSettingDefaultRequest| {
                    Box::pin(i.put_account_setting_default(cx, input))
                },
            ),
            Operation::new(
                &s::PUT_ATTRIBUTES_OPERATION,
                "ecs:PutAttributes",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: PutAttributesRequest| Box::pin(i.put_attributes(cx, input)),
            ),
            Operation::new(
                &s::PUT_CLUSTER_CAPACITY_PROVIDERS_OPERATION,
                "ecs:PutClusterCapacityProviders",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: PutClusterCapacityProvidersRequest| {
                    Box::pin(i.put_cluster_capacity_providers(cx, input))
                },
            ),
            Operation::new(
                &s::REGISTER_CONTAINER_INSTANCE_OPERATION,
                "ecs:RegisterContainerInstance",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: RegisterContainerInstanceRequest| {
                    Box::pin(i.register_container_instance(cx, input))
                },
            ),
            Operation::new(
                &s::REGISTER_DAEMON_TASK_DEFINITION_OPERATION,
                "ecs:RegisterDaemonTaskDefinition",
                "arn:{partition}:ecs:{region}:{account}:daemon-task-definition/{family}:*",
                &implementation,
                |i: &S, cx, input: RegisterDaemonTaskDefinitionRequest| {
                    Box::pin(i.register_daemon_task_definition(cx, input))
                },
            ),
            Operation::new(
                &s::REGISTER_TASK_DEFINITION_OPERATION,
                "ecs:RegisterTaskDefinition",
                "arn:{partition}:ecs:{region}:{account}:task-definition/{family}:*",
                &implementation,
                |i: &S, cx, input: RegisterTaskDefinitionRequest| {
                    Box::pin(i.register_task_definition(cx, input))
                },
            ),
            Operation::new(
                &s::RUN_TASK_OPERATION,
                "ecs:RunTask",
                "arn:{partition}:ecs:{region}:{account}:task-definition/{taskDefinition}",
                &implementation,
                |i: &S, cx, input: RunTaskRequest| Box::pin(i.run_task(cx, input)),
            ),
            Operation::new(
                &s::START_TASK_OPERATION,
                "ecs:StartTask",
                "arn:{partition}:ecs:{region}:{account}:task-definition/{taskDefinition}",
                &implementation,
                |i: &S, cx, input: StartTaskRequest| Box::pin(i.start_task(cx, input)),
            ),
            Operation::new(
                &s::STOP_SERVICE_DEPLOYMENT_OPERATION,
                "ecs:StopServiceDeployment",
                "{serviceDeploymentArn}",
                &implementation,
                |i: &S, cx, input: StopServiceDeploymentRequest| {
                    Box::pin(i.stop_service_deployment(cx, input))
                },
            ),
            Operation::new(
                &s::STOP_TASK_OPERATION,
                "ecs:StopTask",
                "arn:{partition}:ecs:{region}:{account}:task/{cluster|default}/{task}",
                &implementation,
                |i: &S, cx, input: StopTaskRequest| Box::pin(i.stop_task(cx, input)),
            ),
            Operation::new(
                &s::SUBMIT_ATTACHMENT_STATE_CHANGES_OPERATION,
                "ecs:SubmitAttachmentStateChanges",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: SubmitAttachmentStateChangesRequest| {
                    Box::pin(i.submit_attachment_state_changes(cx, input))
                },
            ),
            Operation::new(
                &s::SUBMIT_CONTAINER_STATE_CHANGE_OPERATION,
                "ecs:SubmitContainerStateChange",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: SubmitContainerStateChangeRequest| {
                    Box::pin(i.submit_container_state_change(cx, input))
                },
            ),
            Operation::new(
                &s::SUBMIT_TASK_STATE_CHANGE_OPERATION,
                "ecs:SubmitTaskStateChange",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: SubmitTaskStateChangeRequest| {
                    Box::pin(i.submit_task_state_change(cx, input))
                },
            ),
            Operation::new(
                &s::TAG_RESOURCE_OPERATION,
                "ecs:TagResource",
                "{resourceArn}",
                &implementation,
                |i: &S, cx, input: TagResourceRequest| Box::pin(i.tag_resource(cx, input)),
            ),
            Operation::new(
                &s::UNTAG_RESOURCE_OPERATION,
                "ecs:UntagResource",
                "{resourceArn}",
                &implementation,
                |i: &S, cx, input: UntagResourceRequest| Box::pin(i.untag_resource(cx, input)),
            ),
            Operation::new(
                &s::UPDATE_CAPACITY_PROVIDER_OPERATION,
                "ecs:UpdateCapacityProvider",
                "arn:{partition}:ecs:{region}:{account}:capacity-provider/{name}",
                &implementation,
                |i: &S, cx, input: UpdateCapacityProviderRequest| {
                    Box::pin(i.update_capacity_provider(cx, input))
                },
            ),
            Operation::new(
                &s::UPDATE_CLUSTER_OPERATION,
                "ecs:UpdateCluster",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: UpdateClusterRequest| Box::pin(i.update_cluster(cx, input)),
            ),
            Operation::new(
                &s::UPDATE_CLUSTER_SETTINGS_OPERATION,
                "ecs:UpdateClusterSettings",
                "arn:{partition}:ecs:{region}:{account}:cluster/{cluster|default}",
                &implementation,
                |i: &S, cx, input: UpdateClusterSettingsRequest| {
                    Box::pin(i.update_cluster_settings(cx, input))
                },
            ),
            Operation::new(
                &s::UPDATE_CONTAINER_AGENT_OPERATION,
                "ecs:UpdateContainerAgent",
                "arn:{partition}:ecs:{region}:{account}:container-instance/{cluster|default}/{containerInstance}",
                &implementation,
                |i: &S, cx, input: UpdateContainerAgentRequest| Box::pin(i.update_container_agent(cx, input)),
            ),
            Operation::new(
                &s::UPDATE_CONTAINER_INSTANCES_STATE_OPERATION,
                "ecs:UpdateContainerInstancesState",
                "arn:{partition}:ecs:{region}:{account}:container-instance/{cluster|default}/{containerInstances}",
                &implementation,
                |i: &S, cx, input: UpdateContainerInstancesStateRequest| {
                    Box::pin(i.update_container_instances_state(cx, input))
                },
            ),
            Operation::new(
                &s::UPDATE_DAEMON_OPERATION,
                "ecs:UpdateDaemon",
                "{daemonArn}",
                &implementation,
                |i: &S, cx, input: UpdateDaemonRequest| Box::pin(i.update_daemon(cx, input)),
            ),
            Operation::new(
                &s::UPDATE_EXPRESS_GATEWAY_SERVICE_OPERATION,
                "ecs:UpdateExpressGatewayService",
                "{serviceArn}",
                &implementation,
                |i: &S, cx, input: UpdateExpressGatewayServiceRequest| {
                    Box::pin(i.update_express_gateway_service(cx, input))
                },
            ),
            Operation::new(
                &s::UPDATE_GATEWAY_OPERATION,
                "ecs:UpdateGateway",
                "arn:{partition}:ecs:{region}:{account}:gateway/{gateway}",
                &implementation,
                |i: &S, cx, input: UpdateGatewayRequest| Box::pin(i.update_gateway(cx, input)),
            ),
            Operation::new(
                &s::UPDATE_SERVICE_OPERATION,
                "ecs:UpdateService",
                "arn:{partition}:ecs:{region}:{account}:service/{cluster|default}/{service}",
                &implementation,
                |i: &S, cx, input: UpdateServiceRequest| Box::pin(i.update_service(cx, input)),
            ),
            Operation::new(
                &s::UPDATE_SERVICE_PRIMARY_TASK_SET_OPERATION,
                "ecs:UpdateServicePrimaryTaskSet",
                "arn:{partition}:ecs:{region}:{account}:service/{cluster|default}/{service}",
                &implementation,
                |i: &S, cx, input: UpdateServicePrimaryTaskSetRequest| {
                    Box::pin(i.update_service_primary_task_set(cx, input))
                },
            ),
            Operation::new(
                &s::UPDATE_TASK_PROTECTION_OPERATION,
                "ecs:UpdateTaskProtection",
                "arn:{partition}:ecs:{region}:{account}:task/{cluster|default}/{tasks}",
                &implementation,
                |i: &S, cx, input: UpdateTaskProtectionRequest| Box::pin(i.update_task_protection(cx, input)),
            ),
            Operation::new(
                &s::UPDATE_TASK_SET_OPERATION,
                "ecs:UpdateTaskSet",
                "arn:{partition}:ecs:{region}:{account}:task-set/{cluster|default}/{service}/{taskSet}",
                &implementation,
                |i: &S, cx, input: UpdateTaskSetRequest| Box::pin(i.update_task_set(cx, input)),
            ),
        ],
    )
}
