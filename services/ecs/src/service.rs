//! The service: what its handlers share, and the table of its operations.

use crate::alarms::{Alarms, NoAlarms};
use crate::api as handlers;
use crate::carriers::{Carriers, Keys, NoKeys};
use crate::fabric::Fabric;
use crate::fleet::Fleets;
use crate::instance_fleet::FleetSettings;
use crate::service_scheduler::Rosters;
use crate::session::Sessions;
use crate::telemetry::Telemetry;
use ::api::ecs::*;
use agent_protocol::tcs::TaskMetric;
use auth::{Cx, SessionKey};
use model::ids::{ContainerInstanceArn, TaskArn};
use state::State;
use std::sync::{Arc, OnceLock};

/// Longer than a machine takes to boot, so that a node that is only restarted keeps its tasks where it can.
pub const FARGATE_LOST_AFTER: std::time::Duration = std::time::Duration::from_secs(600);

/// As long as for Fargate.
pub const SERVICE_LOST_AFTER: std::time::Duration = FARGATE_LOST_AFTER;

/// As long as on AWS.
pub const HEALTHY_AFTER: std::time::Duration = std::time::Duration::from_secs(40);

/// What an operator sets.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long stopped tasks stay describable.
    pub keep_stopped_tasks: std::time::Duration,
    /// How long a node of the Fargate pool may be out of reach before its tasks count as lost.
    pub fargate_lost_after: std::time::Duration,
    /// The machines that may be made and ended.
    pub fleets: Vec<FleetSettings>,
    /// How long the agent of a container instance may be out of reach before services replace their tasks there.
    pub service_lost_after: std::time::Duration,
    /// How long a service's task runs before it counts as healthy, where no essential container has a health check.
    pub healthy_after: std::time::Duration,
    /// The names of programs that lifecycle hooks may call (`exec:NAME`).
    pub hook_programs: std::collections::BTreeSet<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keep_stopped_tasks: std::time::Duration::from_secs(3600),
            fargate_lost_after: FARGATE_LOST_AFTER,
            fleets: Vec::new(),
            service_lost_after: SERVICE_LOST_AFTER,
            healthy_after: HEALTHY_AFTER,
            hook_programs: std::collections::BTreeSet::new(),
        }
    }
}

/// Amazon ECS.
pub struct Ecs {
    pub(crate) state: State,
    pub(crate) settings: Settings,
    /// Makes the credentials of tasks' roles.
    pub(crate) session_key: Arc<SessionKey>,
    /// Where agents reach this server; known once it has its port.
    pub(crate) endpoint: OnceLock<String>,
    pub(crate) fleets: Fleets,
    pub(crate) rosters: Rosters,
    pub(crate) fabric: Fabric,
    pub(crate) sessions: Sessions,
    pub(crate) telemetry: Telemetry,
    pub(crate) carriers: Carriers,
    pub(crate) keys: Box<dyn Keys>,
    /// Says which alarms are in the ALARM state, for deployments that watch some.
    pub(crate) alarms: Box<dyn Alarms>,
}

impl Ecs {
    pub fn new(state: State, settings: Settings, session_key: Arc<SessionKey>) -> Self {
        Self {
            state,
            settings,
            session_key,
            endpoint: OnceLock::new(),
            fleets: Fleets::default(),
            rosters: Rosters::default(),
            fabric: Fabric::default(),
            sessions: Sessions::default(),
            telemetry: Telemetry::default(),
            carriers: Carriers::default(),
            keys: Box::new(NoKeys),
            alarms: Box::new(NoAlarms),
        }
    }

    /// Nodes that carry load balancers are told these secrets.
    pub fn with_keys(self, keys: impl Keys + 'static) -> Self {
        Self { keys: Box::new(keys), ..self }
    }

    /// Deployments watch these alarms.
    pub fn with_alarms(self, alarms: impl Alarms) -> Self {
        Self { alarms: Box::new(alarms), ..self }
    }

    /// Says at which address agents reach this server, such as `http://127.0.0.1:4566`. The first word counts.
    pub fn advertise(&self, endpoint: impl Into<String>) {
        self.endpoint.get_or_init(|| endpoint.into());
    }
}

impl Ecs {
    /// What the agent of an instance last said of a task's use of the machine; nothing before its first report, twenty seconds after the start.
    pub fn last_metrics(&self, instance: &ContainerInstanceArn, task: &TaskArn) -> Option<TaskMetric> {
        self.telemetry.of_task(instance, task.as_str())
    }
}

/// One line per operation: each is a function of the noun's module.
macro_rules! operations {
    ($($operation:ident($input:ty) -> $output:ty = $noun:ident;)+) => {
        impl Ecs_<Cx> for Ecs {
            $(async fn $operation(&self, cx: &Cx, input: $input) -> Result<$output, Error> {
                handlers::$noun::$operation(self, cx, input).await
            })+
        }
    };
}

use ::api::ecs::Ecs as Ecs_;

operations! {
    create_cluster(CreateClusterRequest) -> CreateClusterResponse = cluster;
    describe_clusters(DescribeClustersRequest) -> DescribeClustersResponse = cluster;
    list_clusters(ListClustersRequest) -> ListClustersResponse = cluster;
    update_cluster(UpdateClusterRequest) -> UpdateClusterResponse = cluster;
    update_cluster_settings(UpdateClusterSettingsRequest) -> UpdateClusterSettingsResponse = cluster;
    delete_cluster(DeleteClusterRequest) -> DeleteClusterResponse = cluster;
    put_cluster_capacity_providers(PutClusterCapacityProvidersRequest) -> PutClusterCapacityProvidersResponse = cluster;

    create_capacity_provider(CreateCapacityProviderRequest) -> CreateCapacityProviderResponse = capacity_provider;
    describe_capacity_providers(DescribeCapacityProvidersRequest) -> DescribeCapacityProvidersResponse = capacity_provider;
    update_capacity_provider(UpdateCapacityProviderRequest) -> UpdateCapacityProviderResponse = capacity_provider;
    delete_capacity_provider(DeleteCapacityProviderRequest) -> DeleteCapacityProviderResponse = capacity_provider;

    create_daemon(CreateDaemonRequest) -> CreateDaemonResponse = daemon;
    describe_daemon(DescribeDaemonRequest) -> DescribeDaemonResponse = daemon;
    update_daemon(UpdateDaemonRequest) -> UpdateDaemonResponse = daemon;
    delete_daemon(DeleteDaemonRequest) -> DeleteDaemonResponse = daemon;
    list_daemons(ListDaemonsRequest) -> ListDaemonsResponse = daemon;
    list_daemon_deployments(ListDaemonDeploymentsRequest) -> ListDaemonDeploymentsResponse = daemon;
    describe_daemon_deployments(DescribeDaemonDeploymentsRequest) -> DescribeDaemonDeploymentsResponse = daemon;
    describe_daemon_revisions(DescribeDaemonRevisionsRequest) -> DescribeDaemonRevisionsResponse = daemon;
    register_daemon_task_definition(RegisterDaemonTaskDefinitionRequest) -> RegisterDaemonTaskDefinitionResponse = daemon_task_definition;
    describe_daemon_task_definition(DescribeDaemonTaskDefinitionRequest) -> DescribeDaemonTaskDefinitionResponse = daemon_task_definition;
    list_daemon_task_definitions(ListDaemonTaskDefinitionsRequest) -> ListDaemonTaskDefinitionsResponse = daemon_task_definition;
    delete_daemon_task_definition(DeleteDaemonTaskDefinitionRequest) -> DeleteDaemonTaskDefinitionResponse = daemon_task_definition;

    register_task_definition(RegisterTaskDefinitionRequest) -> RegisterTaskDefinitionResponse = task_definition;
    describe_task_definition(DescribeTaskDefinitionRequest) -> DescribeTaskDefinitionResponse = task_definition;
    list_task_definitions(ListTaskDefinitionsRequest) -> ListTaskDefinitionsResponse = task_definition;
    list_task_definition_families(ListTaskDefinitionFamiliesRequest) -> ListTaskDefinitionFamiliesResponse = task_definition;
    deregister_task_definition(DeregisterTaskDefinitionRequest) -> DeregisterTaskDefinitionResponse = task_definition;
    delete_task_definitions(DeleteTaskDefinitionsRequest) -> DeleteTaskDefinitionsResponse = task_definition;

    run_task(RunTaskRequest) -> RunTaskResponse = launch;
    start_task(StartTaskRequest) -> StartTaskResponse = launch;
    stop_task(StopTaskRequest) -> StopTaskResponse = task;
    describe_tasks(DescribeTasksRequest) -> DescribeTasksResponse = task;
    list_tasks(ListTasksRequest) -> ListTasksResponse = task;
    get_task_protection(GetTaskProtectionRequest) -> GetTaskProtectionResponse = protection;
    update_task_protection(UpdateTaskProtectionRequest) -> UpdateTaskProtectionResponse = protection;

    create_service(CreateServiceRequest) -> CreateServiceResponse = service;
    describe_services(DescribeServicesRequest) -> DescribeServicesResponse = service;
    list_services(ListServicesRequest) -> ListServicesResponse = service;
    list_services_by_namespace(ListServicesByNamespaceRequest) -> ListServicesByNamespaceResponse = service;
    update_service(UpdateServiceRequest) -> UpdateServiceResponse = service;
    delete_service(DeleteServiceRequest) -> DeleteServiceResponse = service;
    list_service_deployments(ListServiceDeploymentsRequest) -> ListServiceDeploymentsResponse = service;
    describe_service_deployments(DescribeServiceDeploymentsRequest) -> DescribeServiceDeploymentsResponse = service;
    describe_service_revisions(DescribeServiceRevisionsRequest) -> DescribeServiceRevisionsResponse = service;
    continue_service_deployment(ContinueServiceDeploymentRequest) -> ContinueServiceDeploymentResponse = service;
    stop_service_deployment(StopServiceDeploymentRequest) -> StopServiceDeploymentResponse = service;
    create_task_set(CreateTaskSetRequest) -> CreateTaskSetResponse = task_set;
    describe_task_sets(DescribeTaskSetsRequest) -> DescribeTaskSetsResponse = task_set;
    update_task_set(UpdateTaskSetRequest) -> UpdateTaskSetResponse = task_set;
    delete_task_set(DeleteTaskSetRequest) -> DeleteTaskSetResponse = task_set;
    update_service_primary_task_set(UpdateServicePrimaryTaskSetRequest) -> UpdateServicePrimaryTaskSetResponse = task_set;

    register_container_instance(RegisterContainerInstanceRequest) -> RegisterContainerInstanceResponse = container_instance;
    deregister_container_instance(DeregisterContainerInstanceRequest) -> DeregisterContainerInstanceResponse = container_instance;
    describe_container_instances(DescribeContainerInstancesRequest) -> DescribeContainerInstancesResponse = container_instance;
    list_container_instances(ListContainerInstancesRequest) -> ListContainerInstancesResponse = container_instance;
    update_container_instances_state(UpdateContainerInstancesStateRequest) -> UpdateContainerInstancesStateResponse = container_instance;
    update_container_agent(UpdateContainerAgentRequest) -> UpdateContainerAgentResponse = container_instance;

    put_attributes(PutAttributesRequest) -> PutAttributesResponse = attribute;
    delete_attributes(DeleteAttributesRequest) -> DeleteAttributesResponse = attribute;
    list_attributes(ListAttributesRequest) -> ListAttributesResponse = attribute;

    tag_resource(TagResourceRequest) -> TagResourceResponse = tag;
    untag_resource(UntagResourceRequest) -> UntagResourceResponse = tag;
    list_tags_for_resource(ListTagsForResourceRequest) -> ListTagsForResourceResponse = tag;

    put_account_setting(PutAccountSettingRequest) -> PutAccountSettingResponse = account_setting;
    put_account_setting_default(PutAccountSettingDefaultRequest) -> PutAccountSettingDefaultResponse = account_setting;
    list_account_settings(ListAccountSettingsRequest) -> ListAccountSettingsResponse = account_setting;
    delete_account_setting(DeleteAccountSettingRequest) -> DeleteAccountSettingResponse = account_setting;

    discover_poll_endpoint(DiscoverPollEndpointRequest) -> DiscoverPollEndpointResponse = agent;
    submit_task_state_change(SubmitTaskStateChangeRequest) -> SubmitTaskStateChangeResponse = agent;
    submit_container_state_change(SubmitContainerStateChangeRequest) -> SubmitContainerStateChangeResponse = agent;
    submit_attachment_state_changes(SubmitAttachmentStateChangesRequest) -> SubmitAttachmentStateChangesResponse = agent;
}
