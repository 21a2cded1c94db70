//! Enumerations of Amazon ECS.

wire::string_enum! { AcceleratorManufacturer {
    AmazonWebServices = "amazon-web-services",
    Amd = "amd",
    Nvidia = "nvidia",
    Xilinx = "xilinx",
    Habana = "habana",
}}

wire::string_enum! { AcceleratorName {
    A100 = "a100",
    Inferentia = "inferentia",
    K520 = "k520",
    K80 = "k80",
    M60 = "m60",
    RadeonProV520 = "radeon-pro-v520",
    T4 = "t4",
    Vu9p = "vu9p",
    V100 = "v100",
    A10g = "a10g",
    H100 = "h100",
    T4g = "t4g",
    L40s = "l40s",
    L4 = "l4",
}}

wire::string_enum! { AcceleratorType {
    Gpu = "gpu",
    Fpga = "fpga",
    Inference = "inference",
}}

wire::string_enum! { AccessType {
    Public = "PUBLIC",
    Private = "PRIVATE",
}}

wire::string_enum! { AgentUpdateStatus {
    Pending = "PENDING",
    Staging = "STAGING",
    Staged = "STAGED",
    Updating = "UPDATING",
    Updated = "UPDATED",
    Failed = "FAILED",
}}

wire::string_enum! { ApplicationProtocol {
    Http = "http",
    Http2 = "http2",
    Grpc = "grpc",
}}

wire::string_enum! { AssignPublicIp {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { AttestationPolicyStatus {
    Configured = "CONFIGURED",
}}

wire::string_enum! { AutoRepairActionsStatus {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { AvailabilityZoneRebalancing {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { BareMetal {
    Included = "included",
    Required = "required",
    Excluded = "excluded",
}}

wire::string_enum! { BurstablePerformance {
    Included = "included",
    Required = "required",
    Excluded = "excluded",
}}

wire::string_enum! { CPUArchitecture {
    X8664 = "X86_64",
    Arm64 = "ARM64",
}}

wire::string_enum! { CapacityOptionType {
    OnDemand = "ON_DEMAND",
    Spot = "SPOT",
    Reserved = "RESERVED",
}}

wire::string_enum! { CapacityProviderField {
    Tags = "TAGS",
}}

wire::string_enum! { CapacityProviderStatus {
    Provisioning = "PROVISIONING",
    Active = "ACTIVE",
    Deprovisioning = "DEPROVISIONING",
    Inactive = "INACTIVE",
}}

wire::string_enum! { CapacityProviderType {
    Ec2Autoscaling = "EC2_AUTOSCALING",
    ManagedInstances = "MANAGED_INSTANCES",
    Fargate = "FARGATE",
    FargateSpot = "FARGATE_SPOT",
}}

wire::string_enum! { CapacityProviderUpdateStatus {
    CreateInProgress = "CREATE_IN_PROGRESS",
    CreateComplete = "CREATE_COMPLETE",
    CreateFailed = "CREATE_FAILED",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    DeleteComplete = "DELETE_COMPLETE",
    DeleteFailed = "DELETE_FAILED",
    UpdateInProgress = "UPDATE_IN_PROGRESS",
    UpdateComplete = "UPDATE_COMPLETE",
    UpdateFailed = "UPDATE_FAILED",
}}

wire::string_enum! { CapacityReservationPreference {
    ReservationsOnly = "RESERVATIONS_ONLY",
    ReservationsFirst = "RESERVATIONS_FIRST",
    ReservationsExcluded = "RESERVATIONS_EXCLUDED",
}}

wire::string_enum! { ClusterField {
    Attachments = "ATTACHMENTS",
    Configurations = "CONFIGURATIONS",
    Settings = "SETTINGS",
    Statistics = "STATISTICS",
    Tags = "TAGS",
}}

wire::string_enum! { ClusterSettingName {
    ContainerInsights = "containerInsights",
}}

wire::string_enum! { Compatibility {
    Ec2 = "EC2",
    Fargate = "FARGATE",
    External = "EXTERNAL",
    ManagedInstances = "MANAGED_INSTANCES",
}}

wire::string_enum! { Connectivity {
    Connected = "CONNECTED",
    Disconnected = "DISCONNECTED",
}}

wire::string_enum! { ContainerCondition {
    Start = "START",
    Complete = "COMPLETE",
    Success = "SUCCESS",
    Healthy = "HEALTHY",
}}

wire::string_enum! { ContainerInstanceField {
    Tags = "TAGS",
    ContainerInstanceHealth = "CONTAINER_INSTANCE_HEALTH",
}}

wire::string_enum! { ContainerInstanceStatus {
    Active = "ACTIVE",
    Draining = "DRAINING",
    Registering = "REGISTERING",
    Deregistering = "DEREGISTERING",
    RegistrationFailed = "REGISTRATION_FAILED",
}}

wire::string_enum! { CpuManufacturer {
    Intel = "intel",
    Amd = "amd",
    AmazonWebServices = "amazon-web-services",
}}

wire::string_enum! { DaemonDeploymentRollbackMonitorsStatus {
    Triggered = "TRIGGERED",
    Monitoring = "MONITORING",
    MonitoringComplete = "MONITORING_COMPLETE",
    Disabled = "DISABLED",
}}

wire::string_enum! { DaemonDeploymentStatus {
    Pending = "PENDING",
    Successful = "SUCCESSFUL",
    Stopped = "STOPPED",
    StopRequested = "STOP_REQUESTED",
    InProgress = "IN_PROGRESS",
    RollbackInProgress = "ROLLBACK_IN_PROGRESS",
    RollbackSuccessful = "ROLLBACK_SUCCESSFUL",
    RollbackFailed = "ROLLBACK_FAILED",
}}

wire::string_enum! { DaemonIpcMode {
    None = "none",
    Shared = "shared",
}}

wire::string_enum! { DaemonPidMode {
    None = "none",
    Shared = "shared",
}}

wire::string_enum! { DaemonPropagateTags {
    Daemon = "DAEMON",
    None = "NONE",
}}

wire::string_enum! { DaemonStatus {
    Active = "ACTIVE",
    DeleteInProgress = "DELETE_IN_PROGRESS",
}}

wire::string_enum! { DaemonTaskDefinitionRevisionFilter {
    LastRegistered = "LAST_REGISTERED",
}}

wire::string_enum! { DaemonTaskDefinitionStatus {
    Active = "ACTIVE",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    Deleted = "DELETED",
}}

wire::string_enum! { DaemonTaskDefinitionStatusFilter {
    Active = "ACTIVE",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    All = "ALL",
}}

wire::string_enum! { DeploymentControllerType {
    Ecs = "ECS",
    CodeDeploy = "CODE_DEPLOY",
    External = "EXTERNAL",
}}

wire::string_enum! { DeploymentLifecycleHookAction {
    Rollback = "ROLLBACK",
    Continue = "CONTINUE",
}}

wire::string_enum! { DeploymentLifecycleHookStage {
    ReconcileService = "RECONCILE_SERVICE",
    PreScaleUp = "PRE_SCALE_UP",
    PostScaleUp = "POST_SCALE_UP",
    TestTrafficShift = "TEST_TRAFFIC_SHIFT",
    PostTestTrafficShift = "POST_TEST_TRAFFIC_SHIFT",
    PreProductionTrafficShift = "PRE_PRODUCTION_TRAFFIC_SHIFT",
    ProductionTrafficShift = "PRODUCTION_TRAFFIC_SHIFT",
    PostProductionTrafficShift = "POST_PRODUCTION_TRAFFIC_SHIFT",
}}

wire::string_enum! { DeploymentLifecycleHookStatus {
    AwaitingAction = "AWAITING_ACTION",
    InProgress = "IN_PROGRESS",
    Succeeded = "SUCCEEDED",
    Failed = "FAILED",
    TimedOut = "TIMED_OUT",
}}

wire::string_enum! { DeploymentLifecycleHookTargetType {
    AwsLambda = "AWS_LAMBDA",
    Pause = "PAUSE",
}}

wire::string_enum! { DeploymentRolloutState {
    Completed = "COMPLETED",
    Failed = "FAILED",
    InProgress = "IN_PROGRESS",
}}

wire::string_enum! { DeploymentStrategy {
    Rolling = "ROLLING",
    BlueGreen = "BLUE_GREEN",
    Linear = "LINEAR",
    Canary = "CANARY",
}}

wire::string_enum! { DesiredStatus {
    Running = "RUNNING",
    Pending = "PENDING",
    Stopped = "STOPPED",
}}

wire::string_enum! { DeviceCgroupPermission {
    Read = "read",
    Write = "write",
    Mknod = "mknod",
}}

wire::string_enum! { EBSResourceType {
    Volume = "volume",
}}

wire::string_enum! { EFSAuthorizationConfigIAM {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { EFSTransitEncryption {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { EnvironmentFileType {
    S3 = "s3",
}}

wire::string_enum! { ExecuteCommandLogging {
    None = "NONE",
    Default = "DEFAULT",
    Override = "OVERRIDE",
}}

wire::string_enum! { ExpressCpuArchitecture {
    X8664 = "X86_64",
    Arm64 = "ARM64",
}}

wire::string_enum! { ExpressGatewayServiceInclude {
    Tags = "TAGS",
}}

wire::string_enum! { ExpressGatewayServiceScalingMetric {
    AverageCpu = "AVERAGE_CPU",
    AverageMemory = "AVERAGE_MEMORY",
    RequestCountPerTarget = "REQUEST_COUNT_PER_TARGET",
}}

wire::string_enum! { ExpressGatewayServiceStatusCode {
    Active = "ACTIVE",
    Draining = "DRAINING",
    Inactive = "INACTIVE",
}}

wire::string_enum! { FirelensConfigurationType {
    Fluentd = "fluentd",
    Fluentbit = "fluentbit",
}}

wire::string_enum! { GatewayAlbDesyncMitigationMode {
    Monitor = "monitor",
    Defensive = "defensive",
    Strictest = "strictest",
}}

wire::string_enum! { GatewayAlbProtocol {
    Http = "HTTP",
    Https = "HTTPS",
}}

wire::string_enum! { GatewayClusterAssociationStatus {
    Active = "ACTIVE",
    Disassociating = "DISASSOCIATING",
    Inactive = "INACTIVE",
}}

wire::string_enum! { GatewayConnectorHealthCheckProtocol {
    Http = "HTTP",
    Https = "HTTPS",
}}

wire::string_enum! { GatewayElbIpAddressType {
    Ipv4 = "ipv4",
    Dualstack = "dualstack",
    DualstackWithoutPublicIpv4 = "dualstack-without-public-ipv4",
}}

wire::string_enum! { GatewayElbScheme {
    InternetFacing = "internet-facing",
    Internal = "internal",
}}

wire::string_enum! { GatewayRouteStatus {
    Active = "ACTIVE",
    CreateInProgress = "CREATE_IN_PROGRESS",
    CreateFailed = "CREATE_FAILED",
    UpdateInProgress = "UPDATE_IN_PROGRESS",
    UpdateFailed = "UPDATE_FAILED",
    DeleteInProgress = "DELETE_IN_PROGRESS",
    DeleteFailed = "DELETE_FAILED",
}}

wire::string_enum! { GatewayStatus {
    Active = "ACTIVE",
    UpdateInProgress = "UPDATE_IN_PROGRESS",
    UpdateComplete = "UPDATE_COMPLETE",
    UpdateFailed = "UPDATE_FAILED",
    Deleted = "DELETED",
}}

wire::string_enum! { GpuSharingMode {
    Idle = "IDLE",
    NvidiaMps = "NVIDIA_MPS",
    Dedicated = "DEDICATED",
}}

wire::string_enum! { HealthStatus {
    Healthy = "HEALTHY",
    Unhealthy = "UNHEALTHY",
    UnknownValue = "UNKNOWN",
}}

wire::string_enum! { InstanceGeneration {
    Current = "current",
    Previous = "previous",
}}

wire::string_enum! { InstanceHealthCheckState {
    Ok = "OK",
    Impaired = "IMPAIRED",
    InsufficientData = "INSUFFICIENT_DATA",
    Initializing = "INITIALIZING",
}}

wire::string_enum! { InstanceHealthCheckType {
    ContainerRuntime = "CONTAINER_RUNTIME",
    AcceleratedCompute = "ACCELERATED_COMPUTE",
    Daemon = "DAEMON",
    AgentConnectivity = "AGENT_CONNECTIVITY",
}}

wire::string_enum! { IpcMode {
    Host = "host",
    Task = "task",
    None = "none",
}}

wire::string_enum! { IsolationMode {
    Shared = "SHARED",
    IsolatedSandbox = "ISOLATED_SANDBOX",
    ConfidentialSandbox = "CONFIDENTIAL_SANDBOX",
}}

wire::string_enum! { LaunchType {
    Ec2 = "EC2",
    Fargate = "FARGATE",
    External = "EXTERNAL",
    ManagedInstances = "MANAGED_INSTANCES",
}}

wire::string_enum! { LocalStorage {
    Included = "included",
    Required = "required",
    Excluded = "excluded",
}}

wire::string_enum! { LocalStorageType {
    Hdd = "hdd",
    Ssd = "ssd",
}}

wire::string_enum! { LogDriver {
    JsonFile = "json-file",
    Syslog = "syslog",
    Journald = "journald",
    Gelf = "gelf",
    Fluentd = "fluentd",
    Awslogs = "awslogs",
    Splunk = "splunk",
    Awsfirelens = "awsfirelens",
}}

wire::string_enum! { ManagedAgentName {
    ExecuteCommandAgent = "ExecuteCommandAgent",
}}

wire::string_enum! { ManagedDraining {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { ManagedInstancesMonitoringOptions {
    Basic = "BASIC",
    Detailed = "DETAILED",
}}

wire::string_enum! { ManagedResourceStatus {
    Provisioning = "PROVISIONING",
    Active = "ACTIVE",
    Deprovisioning = "DEPROVISIONING",
    Deleted = "DELETED",
    Failed = "FAILED",
}}

wire::string_enum! { ManagedScalingStatus {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { ManagedTerminationProtection {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { NetworkMode {
    Bridge = "bridge",
    Host = "host",
    Awsvpc = "awsvpc",
    None = "none",
}}

wire::string_enum! { OSFamily {
    WindowsServer2019Full = "WINDOWS_SERVER_2019_FULL",
    WindowsServer2019Core = "WINDOWS_SERVER_2019_CORE",
    WindowsServer2016Full = "WINDOWS_SERVER_2016_FULL",
    WindowsServer2004Core = "WINDOWS_SERVER_2004_CORE",
    WindowsServer2022Core = "WINDOWS_SERVER_2022_CORE",
    WindowsServer2022Full = "WINDOWS_SERVER_2022_FULL",
    WindowsServer2025Core = "WINDOWS_SERVER_2025_CORE",
    WindowsServer2025Full = "WINDOWS_SERVER_2025_FULL",
    WindowsServer20h2Core = "WINDOWS_SERVER_20H2_CORE",
    Linux = "LINUX",
}}

wire::string_enum! { PidMode {
    Host = "host",
    Task = "task",
}}

wire::string_enum! { PlacementConstraintType {
    DistinctInstance = "distinctInstance",
    MemberOf = "memberOf",
}}

wire::string_enum! { PlacementStrategyType {
    Random = "random",
    Spread = "spread",
    Binpack = "binpack",
}}

wire::string_enum! { PlatformDeviceType {
    Gpu = "GPU",
    NeuronDevice = "NEURON_DEVICE",
}}

wire::string_enum! { PropagateGatewayTags {
    None = "NONE",
    Gateway = "GATEWAY",
}}

wire::string_enum! { PropagateMITags {
    CapacityProvider = "CAPACITY_PROVIDER",
    None = "NONE",
}}

wire::string_enum! { PropagateTags {
    TaskDefinition = "TASK_DEFINITION",
    Service = "SERVICE",
    None = "NONE",
}}

wire::string_enum! { ProxyConfigurationType {
    Appmesh = "APPMESH",
}}

wire::string_enum! { ResourceManagementType {
    Customer = "CUSTOMER",
    Ecs = "ECS",
}}

wire::string_enum! { ResourceType {
    Gpu = "GPU",
    InferenceAccelerator = "InferenceAccelerator",
    NeuronDevice = "NeuronDevice",
}}

wire::string_enum! { ScaleUnit {
    Percent = "PERCENT",
}}

wire::string_enum! { SchedulingStrategy {
    Replica = "REPLICA",
    Daemon = "DAEMON",
}}

wire::string_enum! { Scope {
    Task = "task",
    Shared = "shared",
}}

wire::string_enum! { ServiceConnectAccessLoggingFormat {
    Text = "TEXT",
    Json = "JSON",
}}

wire::string_enum! { ServiceConnectContainerLogLevel {
    Debug = "debug",
    Info = "info",
}}

wire::string_enum! { ServiceConnectIncludeQueryParameters {
    Disabled = "DISABLED",
    Enabled = "ENABLED",
}}

wire::string_enum! { ServiceDeploymentLifecycleStage {
    ReconcileService = "RECONCILE_SERVICE",
    PreScaleUp = "PRE_SCALE_UP",
    ScaleUp = "SCALE_UP",
    PostScaleUp = "POST_SCALE_UP",
    TestTrafficShift = "TEST_TRAFFIC_SHIFT",
    PostTestTrafficShift = "POST_TEST_TRAFFIC_SHIFT",
    ProductionTrafficShift = "PRODUCTION_TRAFFIC_SHIFT",
    PostProductionTrafficShift = "POST_PRODUCTION_TRAFFIC_SHIFT",
    BakeTime = "BAKE_TIME",
    CleanUp = "CLEAN_UP",
}}

wire::string_enum! { ServiceDeploymentRollbackMonitorsStatus {
    Triggered = "TRIGGERED",
    Monitoring = "MONITORING",
    MonitoringComplete = "MONITORING_COMPLETE",
    Disabled = "DISABLED",
}}

wire::string_enum! { ServiceDeploymentStatus {
    Pending = "PENDING",
    Successful = "SUCCESSFUL",
    Stopped = "STOPPED",
    StopRequested = "STOP_REQUESTED",
    InProgress = "IN_PROGRESS",
    RollbackRequested = "ROLLBACK_REQUESTED",
    RollbackInProgress = "ROLLBACK_IN_PROGRESS",
    RollbackSuccessful = "ROLLBACK_SUCCESSFUL",
    RollbackFailed = "ROLLBACK_FAILED",
}}

wire::string_enum! { ServiceField {
    Tags = "TAGS",
}}

wire::string_enum! { ServiceRevisionCleanup {
    Blocking = "BLOCKING",
    Deferred = "DEFERRED",
}}

wire::string_enum! { SettingName {
    ServiceLongArnFormat = "serviceLongArnFormat",
    TaskLongArnFormat = "taskLongArnFormat",
    ContainerInstanceLongArnFormat = "containerInstanceLongArnFormat",
    AwsvpcTrunking = "awsvpcTrunking",
    ContainerInsights = "containerInsights",
    FargateFipsMode = "fargateFIPSMode",
    TagResourceAuthorization = "tagResourceAuthorization",
    FargateTaskRetirementWaitPeriod = "fargateTaskRetirementWaitPeriod",
    GuardDutyActivate = "guardDutyActivate",
    DefaultLogDriverMode = "defaultLogDriverMode",
    FargateEventWindows = "fargateEventWindows",
}}

wire::string_enum! { SettingType {
    User = "user",
    AwsManaged = "aws_managed",
}}

wire::string_enum! { SortOrder {
    Asc = "ASC",
    Desc = "DESC",
}}

wire::string_enum! { StabilityStatus {
    SteadyState = "STEADY_STATE",
    Stabilizing = "STABILIZING",
}}

wire::string_enum! { StopServiceDeploymentStopType {
    Abort = "ABORT",
    Rollback = "ROLLBACK",
}}

wire::string_enum! { TargetType {
    ContainerInstance = "container-instance",
}}

wire::string_enum! { TaskDefinitionFamilyStatus {
    Active = "ACTIVE",
    Inactive = "INACTIVE",
    All = "ALL",
}}

wire::string_enum! { TaskDefinitionField {
    Tags = "TAGS",
}}

wire::string_enum! { TaskDefinitionPlacementConstraintType {
    MemberOf = "memberOf",
}}

wire::string_enum! { TaskDefinitionStatus {
    Active = "ACTIVE",
    Inactive = "INACTIVE",
    DeleteInProgress = "DELETE_IN_PROGRESS",
}}

wire::string_enum! { TaskField {
    Tags = "TAGS",
}}

wire::string_enum! { TaskFilesystemType {
    Ext3 = "ext3",
    Ext4 = "ext4",
    Xfs = "xfs",
    Ntfs = "ntfs",
}}

wire::string_enum! { TaskSetField {
    Tags = "TAGS",
}}

wire::string_enum! { TaskStopCode {
    TaskFailedToStart = "TaskFailedToStart",
    EssentialContainerExited = "EssentialContainerExited",
    UserInitiated = "UserInitiated",
    ServiceSchedulerInitiated = "ServiceSchedulerInitiated",
    SpotInterruption = "SpotInterruption",
    TerminationNotice = "TerminationNotice",
    InfrastructureHealth = "InfrastructureHealth",
}}

wire::string_enum! { ThresholdType {
    Count = "COUNT",
    BoundedPercent = "BOUNDED_PERCENT",
    UnboundedPercent = "UNBOUNDED_PERCENT",
}}

wire::string_enum! { TransportProtocol {
    Tcp = "tcp",
    Udp = "udp",
}}

wire::string_enum! { UlimitName {
    Core = "core",
    Cpu = "cpu",
    Data = "data",
    Fsize = "fsize",
    Locks = "locks",
    Memlock = "memlock",
    Msgqueue = "msgqueue",
    Nice = "nice",
    Nofile = "nofile",
    Nproc = "nproc",
    Rss = "rss",
    Rtprio = "rtprio",
    Rttime = "rttime",
    Sigpending = "sigpending",
    Stack = "stack",
}}

wire::string_enum! { VersionConsistency {
    Enabled = "enabled",
    Disabled = "disabled",
}}
