//! Enumerations of Elastic Load Balancing.

wire::string_enum! { ActionTypeEnum {
    Forward = "forward",
    AuthenticateOidc = "authenticate-oidc",
    AuthenticateCognito = "authenticate-cognito",
    Redirect = "redirect",
    FixedResponse = "fixed-response",
    JwtValidation = "jwt-validation",
}}

wire::string_enum! { AdvertiseTrustStoreCaNamesEnum {
    On = "on",
    Off = "off",
}}

wire::string_enum! { AnomalyResultEnum {
    Anomalous = "anomalous",
    Normal = "normal",
}}

wire::string_enum! { AuthenticateCognitoActionConditionalBehaviorEnum {
    Deny = "deny",
    Allow = "allow",
    Authenticate = "authenticate",
}}

wire::string_enum! { AuthenticateOidcActionConditionalBehaviorEnum {
    Deny = "deny",
    Allow = "allow",
    Authenticate = "authenticate",
}}

wire::string_enum! { CapacityReservationStateEnum {
    Provisioned = "provisioned",
    Pending = "pending",
    Rebalancing = "rebalancing",
    Failed = "failed",
}}

wire::string_enum! { DescribeTargetHealthInputIncludeEnum {
    AnomalyDetection = "AnomalyDetection",
    All = "All",
}}

wire::string_enum! { EnablePrefixForIpv6SourceNatEnum {
    On = "on",
    Off = "off",
}}

wire::string_enum! { EnforceSecurityGroupInboundRulesOnPrivateLinkTrafficEnum {
    On = "on",
    Off = "off",
}}

wire::string_enum! { IpAddressType {
    Ipv4 = "ipv4",
    Dualstack = "dualstack",
    DualstackWithoutPublicIpv4 = "dualstack-without-public-ipv4",
}}

wire::string_enum! { JwtValidationActionAdditionalClaimFormatEnum {
    SingleString = "single-string",
    StringArray = "string-array",
    SpaceSeparatedValues = "space-separated-values",
}}

wire::string_enum! { LoadBalancerSchemeEnum {
    InternetFacing = "internet-facing",
    Internal = "internal",
}}

wire::string_enum! { LoadBalancerStateEnum {
    Active = "active",
    Provisioning = "provisioning",
    ActiveImpaired = "active_impaired",
    Failed = "failed",
}}

wire::string_enum! { LoadBalancerTypeEnum {
    Application = "application",
    Network = "network",
    Gateway = "gateway",
}}

wire::string_enum! { MitigationInEffectEnum {
    Yes = "yes",
    No = "no",
}}

wire::string_enum! { ProtocolEnum {
    Http = "HTTP",
    Https = "HTTPS",
    Tcp = "TCP",
    Tls = "TLS",
    Udp = "UDP",
    TcpUdp = "TCP_UDP",
    Geneve = "GENEVE",
    Quic = "QUIC",
    TcpQuic = "TCP_QUIC",
}}

wire::string_enum! { RedirectActionStatusCodeEnum {
    Http301 = "HTTP_301",
    Http302 = "HTTP_302",
}}

wire::string_enum! { RemoveIpamPoolEnum {
    Ipv4 = "ipv4",
}}

wire::string_enum! { RevocationType {
    Crl = "CRL",
}}

wire::string_enum! { SourceIpAddressTypeEnum {
    Ipv4 = "ipv4",
    Ipv6 = "ipv6",
}}

wire::string_enum! { TargetAdministrativeOverrideReasonEnum {
    AdministrativeOverrideUnknown = "AdministrativeOverride.Unknown",
    AdministrativeOverrideNoOverride = "AdministrativeOverride.NoOverride",
    AdministrativeOverrideZonalShiftActive = "AdministrativeOverride.ZonalShiftActive",
    AdministrativeOverrideZonalShiftDelegatedToDns = "AdministrativeOverride.ZonalShiftDelegatedToDns",
}}

wire::string_enum! { TargetAdministrativeOverrideStateEnum {
    UnknownValue = "unknown",
    NoOverride = "no_override",
    ZonalShiftActive = "zonal_shift_active",
    ZonalShiftDelegatedToDns = "zonal_shift_delegated_to_dns",
}}

wire::string_enum! { TargetGroupIpAddressTypeEnum {
    Ipv4 = "ipv4",
    Ipv6 = "ipv6",
}}

wire::string_enum! { TargetHealthReasonEnum {
    ElbRegistrationInProgress = "Elb.RegistrationInProgress",
    ElbInitialHealthChecking = "Elb.InitialHealthChecking",
    TargetResponseCodeMismatch = "Target.ResponseCodeMismatch",
    TargetTimeout = "Target.Timeout",
    TargetFailedHealthChecks = "Target.FailedHealthChecks",
    TargetNotRegistered = "Target.NotRegistered",
    TargetNotInUse = "Target.NotInUse",
    TargetDeregistrationInProgress = "Target.DeregistrationInProgress",
    TargetInvalidState = "Target.InvalidState",
    TargetIpUnusable = "Target.IpUnusable",
    TargetHealthCheckDisabled = "Target.HealthCheckDisabled",
    ElbInternalError = "Elb.InternalError",
}}

wire::string_enum! { TargetHealthStateEnum {
    Initial = "initial",
    Healthy = "healthy",
    Unhealthy = "unhealthy",
    UnhealthyDraining = "unhealthy.draining",
    Unused = "unused",
    Draining = "draining",
    Unavailable = "unavailable",
}}

wire::string_enum! { TargetTypeEnum {
    Instance = "instance",
    Ip = "ip",
    Lambda = "lambda",
    Alb = "alb",
}}

wire::string_enum! { TransformTypeEnum {
    HostHeaderRewrite = "host-header-rewrite",
    UrlRewrite = "url-rewrite",
}}

wire::string_enum! { TrustStoreAssociationStatusEnum {
    Active = "active",
    Removed = "removed",
}}

wire::string_enum! { TrustStoreStatus {
    Active = "ACTIVE",
    Creating = "CREATING",
}}
