//! The model of AWS Certificate Manager as statics: what codecs and validation walk.

#![allow(unused_imports, reason = "which of them a model needs varies")]

use wire::{
    ErrorSchema, Fault, Kind, Member, MemberTraits, OperationSchema, Pattern, Protocol, Schema,
    ServiceSchema, TimestampFormat,
};

use super::errors;
use crate::service::UNIT;

pub static SERVICE_SCHEMA: ServiceSchema = ServiceSchema {
    name: "acm",
    signing_name: "acm",
    endpoint_prefix: "acm",
    target_prefix: Some("CertificateManager"),
    api_version: "2015-12-08",
    protocols: &[Protocol::AwsJson1_1],
    xml_namespace: None,
    query_compatible: false,
    validation_error: &errors::VALIDATION,
};

pub static ADD_TAGS_TO_CERTIFICATE_OPERATION: OperationSchema = OperationSchema {
    name: "AddTagsToCertificate",
    input: &ADD_TAGS_TO_CERTIFICATE_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::TAG_POLICY_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
        &errors::INVALID_ARN_EXCEPTION,
        &errors::INVALID_TAG_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DELETE_CERTIFICATE_OPERATION: OperationSchema = OperationSchema {
    name: "DeleteCertificate",
    input: &DELETE_CERTIFICATE_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::RESOURCE_IN_USE_EXCEPTION,
        &errors::INVALID_ARN_EXCEPTION,
        &errors::CONFLICT_EXCEPTION,
        &errors::ACCESS_DENIED_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static DESCRIBE_CERTIFICATE_OPERATION: OperationSchema = OperationSchema {
    name: "DescribeCertificate",
    input: &DESCRIBE_CERTIFICATE_REQUEST,
    output: &DESCRIBE_CERTIFICATE_RESPONSE,
    errors: &[
        &errors::INVALID_ARN_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static GET_CERTIFICATE_OPERATION: OperationSchema = OperationSchema {
    name: "GetCertificate",
    input: &GET_CERTIFICATE_REQUEST,
    output: &GET_CERTIFICATE_RESPONSE,
    errors: &[
        &errors::INVALID_ARN_EXCEPTION,
        &errors::REQUEST_IN_PROGRESS_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static IMPORT_CERTIFICATE_OPERATION: OperationSchema = OperationSchema {
    name: "ImportCertificate",
    input: &IMPORT_CERTIFICATE_REQUEST,
    output: &IMPORT_CERTIFICATE_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::TAG_POLICY_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
        &errors::INVALID_ARN_EXCEPTION,
        &errors::INVALID_TAG_EXCEPTION,
        &errors::CONFLICT_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_CERTIFICATES_OPERATION: OperationSchema = OperationSchema {
    name: "ListCertificates",
    input: &LIST_CERTIFICATES_REQUEST,
    output: &LIST_CERTIFICATES_RESPONSE,
    errors: &[&errors::INVALID_ARGS_EXCEPTION, &errors::VALIDATION_EXCEPTION],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static LIST_TAGS_FOR_CERTIFICATE_OPERATION: OperationSchema = OperationSchema {
    name: "ListTagsForCertificate",
    input: &LIST_TAGS_FOR_CERTIFICATE_REQUEST,
    output: &LIST_TAGS_FOR_CERTIFICATE_RESPONSE,
    errors: &[
        &errors::INVALID_ARN_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static REMOVE_TAGS_FROM_CERTIFICATE_OPERATION: OperationSchema = OperationSchema {
    name: "RemoveTagsFromCertificate",
    input: &REMOVE_TAGS_FROM_CERTIFICATE_REQUEST,
    output: &UNIT,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::TAG_POLICY_EXCEPTION,
        &errors::INVALID_ARN_EXCEPTION,
        &errors::INVALID_TAG_EXCEPTION,
        &errors::VALIDATION_EXCEPTION,
        &errors::RESOURCE_NOT_FOUND_EXCEPTION,
        &errors::THROTTLING_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static REQUEST_CERTIFICATE_OPERATION: OperationSchema = OperationSchema {
    name: "RequestCertificate",
    input: &REQUEST_CERTIFICATE_REQUEST,
    output: &REQUEST_CERTIFICATE_RESPONSE,
    errors: &[
        &errors::INVALID_PARAMETER_EXCEPTION,
        &errors::TAG_POLICY_EXCEPTION,
        &errors::TOO_MANY_TAGS_EXCEPTION,
        &errors::INVALID_ARN_EXCEPTION,
        &errors::INVALID_TAG_EXCEPTION,
        &errors::INVALID_DOMAIN_VALIDATION_OPTIONS_EXCEPTION,
        &errors::LIMIT_EXCEEDED_EXCEPTION,
    ],
    http_method: "POST",
    http_uri: "/",
    result_wrapper: None,
    event_stream: None,
};

pub static ACCESS_DENIED_EXCEPTION: Schema =
    Schema::structure("AccessDeniedException", &[Member::new("Message", &SERVICE_ERROR_MESSAGE)]);

pub static ACME_ACCOUNT_ID: Schema = Schema::scalar("AcmeAccountId", Kind::String).min(36).max(36);

pub static ADD_TAGS_TO_CERTIFICATE_REQUEST: Schema = Schema::structure(
    "AddTagsToCertificateRequest",
    &[Member::new("CertificateArn", &ARN).required(), Member::new("Tags", &TAG_LIST).required()],
);

static PATTERN_OF_ARN: Pattern =
    Pattern::new("arn:[\\w+=/,.@-]+:acm:[\\w+=/,.@-]*:[0-9]+:[\\w+=,.@-]+(/[\\w+=,.@-]+)*");
pub static ARN: Schema = Schema::scalar("Arn", Kind::String).min(20).max(2048).pattern(&PATTERN_OF_ARN);

pub static AVAILABILITY_ERROR_MESSAGE: Schema = Schema::scalar("AvailabilityErrorMessage", Kind::String);

static PATTERN_OF_CERTIFICATE_BODY: Pattern = Pattern::new(
    "-{5}BEGIN CERTIFICATE-{5}\\u000D?\\u000A([A-Za-z0-9/+]{64}\\u000D?\\u000A)*[A-Za-z0-9/+]{1,64}={0,2}\\u000D?\\u000A-{5}END CERTIFICATE-{5}(\\u000D?\\u000A)?",
);
pub static CERTIFICATE_BODY: Schema =
    Schema::scalar("CertificateBody", Kind::String).min(1).max(32768).pattern(&PATTERN_OF_CERTIFICATE_BODY);

pub static CERTIFICATE_BODY_BLOB: Schema =
    Schema::scalar("CertificateBodyBlob", Kind::Blob).min(1).max(32768);

static PATTERN_OF_CERTIFICATE_CHAIN: Pattern = Pattern::new(
    "(-{5}BEGIN CERTIFICATE-{5}\\u000D?\\u000A([A-Za-z0-9/+]{64}\\u000D?\\u000A)*[A-Za-z0-9/+]{1,64}={0,2}\\u000D?\\u000A-{5}END CERTIFICATE-{5}\\u000D?\\u000A)*-{5}BEGIN CERTIFICATE-{5}\\u000D?\\u000A([A-Za-z0-9/+]{64}\\u000D?\\u000A)*[A-Za-z0-9/+]{1,64}={0,2}\\u000D?\\u000A-{5}END CERTIFICATE-{5}(\\u000D?\\u000A)?",
);
pub static CERTIFICATE_CHAIN: Schema = Schema::scalar("CertificateChain", Kind::String)
    .min(1)
    .max(2097152)
    .pattern(&PATTERN_OF_CERTIFICATE_CHAIN);

pub static CERTIFICATE_CHAIN_BLOB: Schema =
    Schema::scalar("CertificateChainBlob", Kind::Blob).min(1).max(2097152);

pub static CERTIFICATE_DETAIL: Schema = Schema::structure(
    "CertificateDetail",
    &[
        Member::new("CertificateArn", &ARN),
        Member::new("DomainName", &DOMAIN_NAME_STRING),
        Member::new("SubjectAlternativeNames", &DOMAIN_LIST),
        Member::new("ManagedBy", &CERTIFICATE_MANAGED_BY),
        Member::new("DomainValidationOptions", &DOMAIN_VALIDATION_LIST),
        Member::new("Serial", &STRING),
        Member::new("Subject", &STRING),
        Member::new("Issuer", &STRING),
        Member::new("CreatedAt", &T_STAMP),
        Member::new("IssuedAt", &T_STAMP),
        Member::new("ImportedAt", &T_STAMP),
        Member::new("Status", &CERTIFICATE_STATUS),
        Member::new("RevokedAt", &T_STAMP),
        Member::new("RevocationReason", &REVOCATION_REASON),
        Member::new("NotBefore", &T_STAMP),
        Member::new("NotAfter", &T_STAMP),
        Member::new("KeyAlgorithm", &KEY_ALGORITHM),
        Member::new("SignatureAlgorithm", &STRING),
        Member::new("InUseBy", &IN_USE_LIST),
        Member::new("FailureReason", &FAILURE_REASON),
        Member::new("Type", &CERTIFICATE_TYPE),
        Member::new("RenewalSummary", &RENEWAL_SUMMARY),
        Member::new("KeyUsages", &KEY_USAGE_LIST),
        Member::new("ExtendedKeyUsages", &EXTENDED_KEY_USAGE_LIST),
        Member::new("CertificateAuthorityArn", &ARN),
        Member::new("RenewalEligibility", &RENEWAL_ELIGIBILITY),
        Member::new("Options", &CERTIFICATE_OPTIONS),
        Member::new("UpdateSummary", &UPDATE_SUMMARY),
        Member::new("CertificateKeyPairOrigin", &CERTIFICATE_KEY_PAIR_ORIGIN),
        Member::new("AcmeEndpointArn", &ARN),
        Member::new("AcmeAccountId", &ACME_ACCOUNT_ID),
    ],
);

pub static CERTIFICATE_EXPORT: Schema =
    Schema::scalar("CertificateExport", Kind::String).enumeration(super::CertificateExport::VALUES);

pub static CERTIFICATE_KEY_PAIR_ORIGIN: Schema = Schema::scalar("CertificateKeyPairOrigin", Kind::String)
    .enumeration(super::CertificateKeyPairOrigin::VALUES);

pub static CERTIFICATE_KEY_PAIR_ORIGINS: Schema =
    Schema::list("CertificateKeyPairOrigins", &[Member::new("member", &CERTIFICATE_KEY_PAIR_ORIGIN)])
        .min(1)
        .max(3);

pub static CERTIFICATE_MANAGED_BY: Schema =
    Schema::scalar("CertificateManagedBy", Kind::String).enumeration(super::CertificateManagedBy::VALUES);

pub static CERTIFICATE_OPTIONS: Schema = Schema::structure(
    "CertificateOptions",
    &[
        Member::new("CertificateTransparencyLoggingPreference", &CERTIFICATE_TRANSPARENCY_LOGGING_PREFERENCE),
        Member::new("Export", &CERTIFICATE_EXPORT),
        Member::new("ValidationMethod", &VALIDATION_METHOD),
    ],
);

pub static CERTIFICATE_STATUS: Schema =
    Schema::scalar("CertificateStatus", Kind::String).enumeration(super::CertificateStatus::VALUES);

pub static CERTIFICATE_STATUSES: Schema =
    Schema::list("CertificateStatuses", &[Member::new("member", &CERTIFICATE_STATUS)]);

pub static CERTIFICATE_SUMMARY: Schema = Schema::structure(
    "CertificateSummary",
    &[
        Member::new("CertificateArn", &ARN),
        Member::new("DomainName", &DOMAIN_NAME_STRING),
        Member::new("SubjectAlternativeNameSummaries", &DOMAIN_LIST),
        Member::new("HasAdditionalSubjectAlternativeNames", &NULLABLE_BOOLEAN),
        Member::new("Status", &CERTIFICATE_STATUS),
        Member::new("Type", &CERTIFICATE_TYPE),
        Member::new("KeyAlgorithm", &KEY_ALGORITHM),
        Member::new("KeyUsages", &KEY_USAGE_NAMES),
        Member::new("ExtendedKeyUsages", &EXTENDED_KEY_USAGE_NAMES),
        Member::new("ExportOption", &CERTIFICATE_EXPORT),
        Member::new("InUse", &NULLABLE_BOOLEAN),
        Member::new("Exported", &NULLABLE_BOOLEAN),
        Member::new("RenewalEligibility", &RENEWAL_ELIGIBILITY),
        Member::new("NotBefore", &T_STAMP),
        Member::new("NotAfter", &T_STAMP),
        Member::new("CreatedAt", &T_STAMP),
        Member::new("IssuedAt", &T_STAMP),
        Member::new("ImportedAt", &T_STAMP),
        Member::new("RevokedAt", &T_STAMP),
        Member::new("ManagedBy", &CERTIFICATE_MANAGED_BY),
        Member::new("CertificateKeyPairOrigin", &CERTIFICATE_KEY_PAIR_ORIGIN),
    ],
);

pub static CERTIFICATE_SUMMARY_LIST: Schema =
    Schema::list("CertificateSummaryList", &[Member::new("member", &CERTIFICATE_SUMMARY)]);

pub static CERTIFICATE_TRANSPARENCY_LOGGING_PREFERENCE: Schema =
    Schema::scalar("CertificateTransparencyLoggingPreference", Kind::String)
        .enumeration(super::CertificateTransparencyLoggingPreference::VALUES);

pub static CERTIFICATE_TYPE: Schema =
    Schema::scalar("CertificateType", Kind::String).enumeration(super::CertificateType::VALUES);

pub static CONFLICT_EXCEPTION: Schema =
    Schema::structure("ConflictException", &[Member::new("message", &STRING)]);

pub static CORAL_AVAILABILITY_THROTTLED_RESOURCE: Schema =
    Schema::scalar("CoralAvailabilityThrottledResource", Kind::String);

pub static CORAL_AVAILABILITY_THROTTLING_REASON: Schema =
    Schema::scalar("CoralAvailabilityThrottlingReason", Kind::String);

pub static DELETE_CERTIFICATE_REQUEST: Schema =
    Schema::structure("DeleteCertificateRequest", &[Member::new("CertificateArn", &ARN).required()]);

pub static DESCRIBE_CERTIFICATE_REQUEST: Schema =
    Schema::structure("DescribeCertificateRequest", &[Member::new("CertificateArn", &ARN).required()]);

pub static DESCRIBE_CERTIFICATE_RESPONSE: Schema =
    Schema::structure("DescribeCertificateResponse", &[Member::new("Certificate", &CERTIFICATE_DETAIL)]);

pub static DOMAIN_LIST: Schema =
    Schema::list("DomainList", &[Member::new("member", &DOMAIN_NAME_STRING)]).min(1).max(100);

static PATTERN_OF_DOMAIN_NAME_STRING: Pattern = Pattern::new(
    "(\\*\\.)?([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+([A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9])",
);
pub static DOMAIN_NAME_STRING: Schema =
    Schema::scalar("DomainNameString", Kind::String).min(1).max(253).pattern(&PATTERN_OF_DOMAIN_NAME_STRING);

pub static DOMAIN_STATUS: Schema =
    Schema::scalar("DomainStatus", Kind::String).enumeration(super::DomainStatus::VALUES);

pub static DOMAIN_VALIDATION: Schema = Schema::structure(
    "DomainValidation",
    &[
        Member::new("DomainName", &DOMAIN_NAME_STRING).required(),
        Member::new("ValidationEmails", &VALIDATION_EMAIL_LIST),
        Member::new("ValidationDomain", &DOMAIN_NAME_STRING),
        Member::new("ValidationStatus", &DOMAIN_STATUS),
        Member::new("ResourceRecord", &RESOURCE_RECORD),
        Member::new("HttpRedirect", &HTTP_REDIRECT),
        Member::new("ValidationMethod", &VALIDATION_METHOD),
    ],
);

pub static DOMAIN_VALIDATION_LIST: Schema =
    Schema::list("DomainValidationList", &[Member::new("member", &DOMAIN_VALIDATION)]).min(1).max(1000);

pub static DOMAIN_VALIDATION_METHOD_UPDATE_SUMMARY: Schema = Schema::structure(
    "DomainValidationMethodUpdateSummary",
    &[Member::new("From", &VALIDATION_METHOD), Member::new("To", &VALIDATION_METHOD)],
);

pub static DOMAIN_VALIDATION_OPTION: Schema = Schema::structure(
    "DomainValidationOption",
    &[
        Member::new("DomainName", &DOMAIN_NAME_STRING).required(),
        Member::new("ValidationDomain", &DOMAIN_NAME_STRING).required(),
    ],
);

pub static DOMAIN_VALIDATION_OPTION_LIST: Schema =
    Schema::list("DomainValidationOptionList", &[Member::new("member", &DOMAIN_VALIDATION_OPTION)])
        .min(1)
        .max(100);

pub static EXTENDED_KEY_USAGE: Schema = Schema::structure(
    "ExtendedKeyUsage",
    &[Member::new("Name", &EXTENDED_KEY_USAGE_NAME), Member::new("OID", &STRING)],
);

pub static EXTENDED_KEY_USAGE_FILTER_LIST: Schema =
    Schema::list("ExtendedKeyUsageFilterList", &[Member::new("member", &EXTENDED_KEY_USAGE_NAME)]);

pub static EXTENDED_KEY_USAGE_LIST: Schema =
    Schema::list("ExtendedKeyUsageList", &[Member::new("member", &EXTENDED_KEY_USAGE)]);

pub static EXTENDED_KEY_USAGE_NAME: Schema =
    Schema::scalar("ExtendedKeyUsageName", Kind::String).enumeration(super::ExtendedKeyUsageName::VALUES);

pub static EXTENDED_KEY_USAGE_NAMES: Schema =
    Schema::list("ExtendedKeyUsageNames", &[Member::new("member", &EXTENDED_KEY_USAGE_NAME)]);

pub static FAILURE_REASON: Schema =
    Schema::scalar("FailureReason", Kind::String).enumeration(super::FailureReason::VALUES);

pub static FILTERS: Schema = Schema::structure(
    "Filters",
    &[
        Member::new("extendedKeyUsage", &EXTENDED_KEY_USAGE_FILTER_LIST),
        Member::new("keyUsage", &KEY_USAGE_FILTER_LIST),
        Member::new("keyTypes", &KEY_ALGORITHM_LIST),
        Member::new("exportOption", &CERTIFICATE_EXPORT),
        Member::new("managedBy", &CERTIFICATE_MANAGED_BY),
    ],
);

pub static GET_CERTIFICATE_REQUEST: Schema =
    Schema::structure("GetCertificateRequest", &[Member::new("CertificateArn", &ARN).required()]);

pub static GET_CERTIFICATE_RESPONSE: Schema = Schema::structure(
    "GetCertificateResponse",
    &[Member::new("Certificate", &CERTIFICATE_BODY), Member::new("CertificateChain", &CERTIFICATE_CHAIN)],
);

pub static HTTP_REDIRECT: Schema = Schema::structure(
    "HttpRedirect",
    &[Member::new("RedirectFrom", &STRING), Member::new("RedirectTo", &STRING)],
);

static PATTERN_OF_IDEMPOTENCY_TOKEN: Pattern = Pattern::new("\\w+");
pub static IDEMPOTENCY_TOKEN: Schema =
    Schema::scalar("IdempotencyToken", Kind::String).min(1).max(32).pattern(&PATTERN_OF_IDEMPOTENCY_TOKEN);

pub static IMPORT_CERTIFICATE_REQUEST: Schema = Schema::structure(
    "ImportCertificateRequest",
    &[
        Member::new("CertificateArn", &ARN),
        Member::new("Certificate", &CERTIFICATE_BODY_BLOB).required(),
        Member::new("PrivateKey", &PRIVATE_KEY_BLOB).required(),
        Member::new("CertificateChain", &CERTIFICATE_CHAIN_BLOB),
        Member::new("Tags", &TAG_LIST),
    ],
);

pub static IMPORT_CERTIFICATE_RESPONSE: Schema =
    Schema::structure("ImportCertificateResponse", &[Member::new("CertificateArn", &ARN)]);

pub static IN_USE_LIST: Schema = Schema::list("InUseList", &[Member::new("member", &STRING)]);

pub static INVALID_ARGS_EXCEPTION: Schema =
    Schema::structure("InvalidArgsException", &[Member::new("message", &STRING)]);

pub static INVALID_ARN_EXCEPTION: Schema =
    Schema::structure("InvalidArnException", &[Member::new("message", &STRING)]);

pub static INVALID_DOMAIN_VALIDATION_OPTIONS_EXCEPTION: Schema =
    Schema::structure("InvalidDomainValidationOptionsException", &[Member::new("message", &STRING)]);

pub static INVALID_PARAMETER_EXCEPTION: Schema =
    Schema::structure("InvalidParameterException", &[Member::new("message", &STRING)]);

pub static INVALID_TAG_EXCEPTION: Schema =
    Schema::structure("InvalidTagException", &[Member::new("message", &STRING)]);

pub static KEY_ALGORITHM: Schema =
    Schema::scalar("KeyAlgorithm", Kind::String).enumeration(super::KeyAlgorithm::VALUES);

pub static KEY_ALGORITHM_LIST: Schema =
    Schema::list("KeyAlgorithmList", &[Member::new("member", &KEY_ALGORITHM)]);

pub static KEY_USAGE: Schema = Schema::structure("KeyUsage", &[Member::new("Name", &KEY_USAGE_NAME)]);

pub static KEY_USAGE_FILTER_LIST: Schema =
    Schema::list("KeyUsageFilterList", &[Member::new("member", &KEY_USAGE_NAME)]);

pub static KEY_USAGE_LIST: Schema = Schema::list("KeyUsageList", &[Member::new("member", &KEY_USAGE)]);

pub static KEY_USAGE_NAME: Schema =
    Schema::scalar("KeyUsageName", Kind::String).enumeration(super::KeyUsageName::VALUES);

pub static KEY_USAGE_NAMES: Schema = Schema::list("KeyUsageNames", &[Member::new("member", &KEY_USAGE_NAME)]);

pub static LIMIT_EXCEEDED_EXCEPTION: Schema =
    Schema::structure("LimitExceededException", &[Member::new("message", &STRING)]);

pub static LIST_CERTIFICATES_REQUEST: Schema = Schema::structure(
    "ListCertificatesRequest",
    &[
        Member::new("CertificateStatuses", &CERTIFICATE_STATUSES),
        Member::new("CertificateKeyPairOrigins", &CERTIFICATE_KEY_PAIR_ORIGINS),
        Member::new("Includes", &FILTERS),
        Member::new("NextToken", &NEXT_TOKEN),
        Member::new("MaxItems", &MAX_ITEMS),
        Member::new("SortBy", &SORT_BY),
        Member::new("SortOrder", &SORT_ORDER),
    ],
);

pub static LIST_CERTIFICATES_RESPONSE: Schema = Schema::structure(
    "ListCertificatesResponse",
    &[
        Member::new("NextToken", &NEXT_TOKEN),
        Member::new("CertificateSummaryList", &CERTIFICATE_SUMMARY_LIST),
    ],
);

pub static LIST_TAGS_FOR_CERTIFICATE_REQUEST: Schema =
    Schema::structure("ListTagsForCertificateRequest", &[Member::new("CertificateArn", &ARN).required()]);

pub static LIST_TAGS_FOR_CERTIFICATE_RESPONSE: Schema =
    Schema::structure("ListTagsForCertificateResponse", &[Member::new("Tags", &TAG_LIST)]);

pub static MAX_ITEMS: Schema = Schema::scalar("MaxItems", Kind::Integer).min(1).max(1000);

static PATTERN_OF_NEXT_TOKEN: Pattern = Pattern::new("[\\u0009\\u000A\\u000D\\u0020-\\u00FF]*");
pub static NEXT_TOKEN: Schema =
    Schema::scalar("NextToken", Kind::String).min(1).max(10000).pattern(&PATTERN_OF_NEXT_TOKEN);

pub static NULLABLE_BOOLEAN: Schema = Schema::scalar("NullableBoolean", Kind::Boolean);

static PATTERN_OF_PCA_ARN: Pattern =
    Pattern::new("arn:[\\w+=/,.@-]+:acm-pca:[\\w+=/,.@-]*:[0-9]+:[\\w+=,.@-]+(/[\\w+=,.@-]+)*");
pub static PCA_ARN: Schema =
    Schema::scalar("PcaArn", Kind::String).min(20).max(2048).pattern(&PATTERN_OF_PCA_ARN);

pub static PRIVATE_KEY_BLOB: Schema =
    Schema::scalar("PrivateKeyBlob", Kind::Blob).min(1).max(8192).sensitive();

pub static RECORD_TYPE: Schema =
    Schema::scalar("RecordType", Kind::String).enumeration(super::RecordType::VALUES);

pub static REMOVE_TAGS_FROM_CERTIFICATE_REQUEST: Schema = Schema::structure(
    "RemoveTagsFromCertificateRequest",
    &[Member::new("CertificateArn", &ARN).required(), Member::new("Tags", &TAG_LIST).required()],
);

pub static RENEWAL_ELIGIBILITY: Schema =
    Schema::scalar("RenewalEligibility", Kind::String).enumeration(super::RenewalEligibility::VALUES);

pub static RENEWAL_STATUS: Schema =
    Schema::scalar("RenewalStatus", Kind::String).enumeration(super::RenewalStatus::VALUES);

pub static RENEWAL_SUMMARY: Schema = Schema::structure(
    "RenewalSummary",
    &[
        Member::new("RenewalStatus", &RENEWAL_STATUS).required(),
        Member::new("DomainValidationOptions", &DOMAIN_VALIDATION_LIST).required(),
        Member::new("RenewalStatusReason", &FAILURE_REASON),
        Member::new("UpdatedAt", &T_STAMP).required(),
    ],
);

pub static REQUEST_CERTIFICATE_REQUEST: Schema = Schema::structure(
    "RequestCertificateRequest",
    &[
        Member::new("DomainName", &DOMAIN_NAME_STRING).required(),
        Member::new("ValidationMethod", &VALIDATION_METHOD),
        Member::new("SubjectAlternativeNames", &DOMAIN_LIST),
        Member::new("IdempotencyToken", &IDEMPOTENCY_TOKEN),
        Member::new("DomainValidationOptions", &DOMAIN_VALIDATION_OPTION_LIST),
        Member::new("Options", &CERTIFICATE_OPTIONS),
        Member::new("CertificateAuthorityArn", &PCA_ARN),
        Member::new("Tags", &TAG_LIST),
        Member::new("KeyAlgorithm", &KEY_ALGORITHM),
        Member::new("ManagedBy", &CERTIFICATE_MANAGED_BY),
    ],
);

pub static REQUEST_CERTIFICATE_RESPONSE: Schema =
    Schema::structure("RequestCertificateResponse", &[Member::new("CertificateArn", &ARN)]);

pub static REQUEST_IN_PROGRESS_EXCEPTION: Schema =
    Schema::structure("RequestInProgressException", &[Member::new("message", &STRING)]);

pub static RESOURCE_IN_USE_EXCEPTION: Schema =
    Schema::structure("ResourceInUseException", &[Member::new("message", &STRING)]);

pub static RESOURCE_NOT_FOUND_EXCEPTION: Schema =
    Schema::structure("ResourceNotFoundException", &[Member::new("message", &STRING)]);

pub static RESOURCE_RECORD: Schema = Schema::structure(
    "ResourceRecord",
    &[
        Member::new("Name", &STRING).required(),
        Member::new("Type", &RECORD_TYPE).required(),
        Member::new("Value", &STRING).required(),
    ],
);

pub static REVOCATION_REASON: Schema =
    Schema::scalar("RevocationReason", Kind::String).enumeration(super::RevocationReason::VALUES);

pub static SERVICE_ERROR_MESSAGE: Schema = Schema::scalar("ServiceErrorMessage", Kind::String);

pub static SORT_BY: Schema = Schema::scalar("SortBy", Kind::String).enumeration(super::SortBy::VALUES);

pub static SORT_ORDER: Schema =
    Schema::scalar("SortOrder", Kind::String).enumeration(super::SortOrder::VALUES);

pub static STRING: Schema = Schema::scalar("String", Kind::String);

pub static T_STAMP: Schema = Schema::scalar("TStamp", Kind::Timestamp);

pub static TAG: Schema =
    Schema::structure("Tag", &[Member::new("Key", &TAG_KEY).required(), Member::new("Value", &TAG_VALUE)]);

static PATTERN_OF_TAG_KEY: Pattern = Pattern::new("([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");
pub static TAG_KEY: Schema =
    Schema::scalar("TagKey", Kind::String).min(1).max(128).pattern(&PATTERN_OF_TAG_KEY);

pub static TAG_LIST: Schema = Schema::list("TagList", &[Member::new("member", &TAG)]).min(1).max(50);

pub static TAG_POLICY_EXCEPTION: Schema =
    Schema::structure("TagPolicyException", &[Member::new("message", &STRING)]);

static PATTERN_OF_TAG_VALUE: Pattern = Pattern::new("([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)");
pub static TAG_VALUE: Schema =
    Schema::scalar("TagValue", Kind::String).min(0).max(256).pattern(&PATTERN_OF_TAG_VALUE);

pub static THROTTLING_EXCEPTION: Schema = Schema::structure(
    "ThrottlingException",
    &[
        Member::new("message", &AVAILABILITY_ERROR_MESSAGE),
        Member::new("throttlingReasons", &THROTTLING_REASON_LIST),
    ],
);

pub static THROTTLING_REASON: Schema = Schema::structure(
    "ThrottlingReason",
    &[
        Member::new("reason", &CORAL_AVAILABILITY_THROTTLING_REASON),
        Member::new("resource", &CORAL_AVAILABILITY_THROTTLED_RESOURCE),
    ],
);

pub static THROTTLING_REASON_LIST: Schema =
    Schema::list("ThrottlingReasonList", &[Member::new("member", &THROTTLING_REASON)]);

pub static TOO_MANY_TAGS_EXCEPTION: Schema =
    Schema::structure("TooManyTagsException", &[Member::new("message", &STRING)]);

pub static UPDATE_STATUS: Schema =
    Schema::scalar("UpdateStatus", Kind::String).enumeration(super::UpdateStatus::VALUES);

pub static UPDATE_SUMMARY: Schema = Schema::structure(
    "UpdateSummary",
    &[
        Member::new("Status", &UPDATE_STATUS),
        Member::new("Type", &UPDATE_TYPE),
        Member::new("DomainValidationMethodUpdateSummary", &DOMAIN_VALIDATION_METHOD_UPDATE_SUMMARY),
        Member::new("RequestedAt", &T_STAMP),
        Member::new("UpdatedAt", &T_STAMP),
    ],
);

pub static UPDATE_TYPE: Schema =
    Schema::scalar("UpdateType", Kind::String).enumeration(super::UpdateType::VALUES);

pub static VALIDATION_EMAIL_LIST: Schema =
    Schema::list("ValidationEmailList", &[Member::new("member", &STRING)]);

pub static VALIDATION_EXCEPTION: Schema =
    Schema::structure("ValidationException", &[Member::new("message", &VALIDATION_EXCEPTION_MESSAGE)]);

pub static VALIDATION_EXCEPTION_MESSAGE: Schema = Schema::scalar("ValidationExceptionMessage", Kind::String);

pub static VALIDATION_METHOD: Schema =
    Schema::scalar("ValidationMethod", Kind::String).enumeration(super::ValidationMethod::VALUES);
