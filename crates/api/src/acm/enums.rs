//! Enumerations of AWS Certificate Manager.

wire::string_enum! { CertificateExport {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { CertificateKeyPairOrigin {
    AwsManaged = "AWS_MANAGED",
    Acme = "ACME",
    CustomerProvided = "CUSTOMER_PROVIDED",
}}

wire::string_enum! { CertificateManagedBy {
    Cloudfront = "CLOUDFRONT",
}}

wire::string_enum! { CertificateStatus {
    PendingValidation = "PENDING_VALIDATION",
    Issued = "ISSUED",
    Inactive = "INACTIVE",
    Expired = "EXPIRED",
    ValidationTimedOut = "VALIDATION_TIMED_OUT",
    Revoked = "REVOKED",
    Failed = "FAILED",
}}

wire::string_enum! { CertificateTransparencyLoggingPreference {
    Enabled = "ENABLED",
    Disabled = "DISABLED",
}}

wire::string_enum! { CertificateType {
    Imported = "IMPORTED",
    AmazonIssued = "AMAZON_ISSUED",
    Private = "PRIVATE",
}}

wire::string_enum! { DomainStatus {
    PendingValidation = "PENDING_VALIDATION",
    Success = "SUCCESS",
    Failed = "FAILED",
}}

wire::string_enum! { ExtendedKeyUsageName {
    TlsWebServerAuthentication = "TLS_WEB_SERVER_AUTHENTICATION",
    TlsWebClientAuthentication = "TLS_WEB_CLIENT_AUTHENTICATION",
    CodeSigning = "CODE_SIGNING",
    EmailProtection = "EMAIL_PROTECTION",
    TimeStamping = "TIME_STAMPING",
    OcspSigning = "OCSP_SIGNING",
    IpsecEndSystem = "IPSEC_END_SYSTEM",
    IpsecTunnel = "IPSEC_TUNNEL",
    IpsecUser = "IPSEC_USER",
    Any = "ANY",
    None = "NONE",
    Custom = "CUSTOM",
}}

wire::string_enum! { FailureReason {
    NoAvailableContacts = "NO_AVAILABLE_CONTACTS",
    AdditionalVerificationRequired = "ADDITIONAL_VERIFICATION_REQUIRED",
    DomainNotAllowed = "DOMAIN_NOT_ALLOWED",
    InvalidPublicDomain = "INVALID_PUBLIC_DOMAIN",
    DomainValidationDenied = "DOMAIN_VALIDATION_DENIED",
    CaaError = "CAA_ERROR",
    PcaLimitExceeded = "PCA_LIMIT_EXCEEDED",
    PcaInvalidArn = "PCA_INVALID_ARN",
    PcaInvalidState = "PCA_INVALID_STATE",
    PcaRequestFailed = "PCA_REQUEST_FAILED",
    PcaNameConstraintsValidation = "PCA_NAME_CONSTRAINTS_VALIDATION",
    PcaResourceNotFound = "PCA_RESOURCE_NOT_FOUND",
    PcaInvalidArgs = "PCA_INVALID_ARGS",
    PcaInvalidDuration = "PCA_INVALID_DURATION",
    PcaAccessDenied = "PCA_ACCESS_DENIED",
    SlrNotFound = "SLR_NOT_FOUND",
    Other = "OTHER",
}}

wire::string_enum! { KeyAlgorithm {
    Rsa1024 = "RSA_1024",
    Rsa2048 = "RSA_2048",
    Rsa3072 = "RSA_3072",
    Rsa4096 = "RSA_4096",
    EcPrime256v1 = "EC_prime256v1",
    EcSecp384r1 = "EC_secp384r1",
    EcSecp521r1 = "EC_secp521r1",
}}

wire::string_enum! { KeyUsageName {
    DigitalSignature = "DIGITAL_SIGNATURE",
    NonRepudiation = "NON_REPUDIATION",
    KeyEncipherment = "KEY_ENCIPHERMENT",
    DataEncipherment = "DATA_ENCIPHERMENT",
    KeyAgreement = "KEY_AGREEMENT",
    CertificateSigning = "CERTIFICATE_SIGNING",
    CrlSigning = "CRL_SIGNING",
    EncipherOnly = "ENCIPHER_ONLY",
    DecipherOnly = "DECIPHER_ONLY",
    Any = "ANY",
    Custom = "CUSTOM",
}}

wire::string_enum! { RecordType {
    Cname = "CNAME",
}}

wire::string_enum! { RenewalEligibility {
    Eligible = "ELIGIBLE",
    Ineligible = "INELIGIBLE",
}}

wire::string_enum! { RenewalStatus {
    PendingAutoRenewal = "PENDING_AUTO_RENEWAL",
    PendingValidation = "PENDING_VALIDATION",
    Success = "SUCCESS",
    Failed = "FAILED",
}}

wire::string_enum! { RevocationReason {
    Unspecified = "UNSPECIFIED",
    KeyCompromise = "KEY_COMPROMISE",
    CaCompromise = "CA_COMPROMISE",
    AffiliationChanged = "AFFILIATION_CHANGED",
    Superceded = "SUPERCEDED",
    Superseded = "SUPERSEDED",
    CessationOfOperation = "CESSATION_OF_OPERATION",
    CertificateHold = "CERTIFICATE_HOLD",
    RemoveFromCrl = "REMOVE_FROM_CRL",
    PrivilegeWithdrawn = "PRIVILEGE_WITHDRAWN",
    AACompromise = "A_A_COMPROMISE",
}}

wire::string_enum! { SortBy {
    CreatedAt = "CREATED_AT",
}}

wire::string_enum! { SortOrder {
    Ascending = "ASCENDING",
    Descending = "DESCENDING",
}}

wire::string_enum! { UpdateStatus {
    PendingDomainValidation = "PENDING_DOMAIN_VALIDATION",
    Success = "SUCCESS",
    Failed = "FAILED",
}}

wire::string_enum! { UpdateType {
    DomainValidationMethod = "DOMAIN_VALIDATION_METHOD",
}}

wire::string_enum! { ValidationMethod {
    Email = "EMAIL",
    Dns = "DNS",
    Http = "HTTP",
}}
