//! Structures and unions of AWS Certificate Manager. Required members are plain, all others `Option`.

#![allow(unused_imports, reason = "which of them a model needs varies")]
#![allow(clippy::large_enum_variant, reason = "a union is read once and taken apart")]

use std::collections::BTreeMap;

use wire::{Blob, Document, Timestamp};

use super::{enums::*, errors::ErrorCode, schema as s};
use crate::EventStream;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct AddTagsToCertificateRequest {
    pub certificate_arn: String,
    pub tags: Vec<Tag>,
}

wire::structure!(AddTagsToCertificateRequest, s::ADD_TAGS_TO_CERTIFICATE_REQUEST, {
    0: certificate_arn, 1: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CertificateDetail {
    pub certificate_arn: Option<String>,
    pub domain_name: Option<String>,
    pub subject_alternative_names: Option<Vec<String>>,
    pub managed_by: Option<CertificateManagedBy>,
    pub domain_validation_options: Option<Vec<DomainValidation>>,
    pub serial: Option<String>,
    pub subject: Option<String>,
    pub issuer: Option<String>,
    pub created_at: Option<Timestamp>,
    pub issued_at: Option<Timestamp>,
    pub imported_at: Option<Timestamp>,
    pub status: Option<CertificateStatus>,
    pub revoked_at: Option<Timestamp>,
    pub revocation_reason: Option<RevocationReason>,
    pub not_before: Option<Timestamp>,
    pub not_after: Option<Timestamp>,
    pub key_algorithm: Option<KeyAlgorithm>,
    pub signature_algorithm: Option<String>,
    pub in_use_by: Option<Vec<String>>,
    pub failure_reason: Option<FailureReason>,
    pub r#type: Option<CertificateType>,
    pub renewal_summary: Option<RenewalSummary>,
    pub key_usages: Option<Vec<KeyUsage>>,
    pub extended_key_usages: Option<Vec<ExtendedKeyUsage>>,
    pub certificate_authority_arn: Option<String>,
    pub renewal_eligibility: Option<RenewalEligibility>,
    pub options: Option<CertificateOptions>,
    pub update_summary: Option<UpdateSummary>,
    pub certificate_key_pair_origin: Option<CertificateKeyPairOrigin>,
    pub acme_endpoint_arn: Option<String>,
    pub acme_account_id: Option<String>,
}

wire::structure!(CertificateDetail, s::CERTIFICATE_DETAIL, {
    0: certificate_arn, 1: domain_name, 2: subject_alternative_names, 3: managed_by,
    4: domain_validation_options, 5: serial, 6: subject, 7: issuer, 8: created_at, 9: issued_at,
    10: imported_at, 11: status, 12: revoked_at, 13: revocation_reason, 14: not_before,
    15: not_after, 16: key_algorithm, 17: signature_algorithm, 18: in_use_by, 19: failure_reason,
    20: r#type, 21: renewal_summary, 22: key_usages, 23: extended_key_usages,
    24: certificate_authority_arn, 25: renewal_eligibility, 26: options, 27: update_summary,
    28: certificate_key_pair_origin, 29: acme_endpoint_arn, 30: acme_account_id,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CertificateOptions {
    /// Deprecated by AWS.
    pub certificate_transparency_logging_preference: Option<CertificateTransparencyLoggingPreference>,
    pub export: Option<CertificateExport>,
    pub validation_method: Option<ValidationMethod>,
}

wire::structure!(CertificateOptions, s::CERTIFICATE_OPTIONS, {
    0: certificate_transparency_logging_preference, 1: export, 2: validation_method,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CertificateSummary {
    pub certificate_arn: Option<String>,
    pub domain_name: Option<String>,
    pub subject_alternative_name_summaries: Option<Vec<String>>,
    pub has_additional_subject_alternative_names: Option<bool>,
    pub status: Option<CertificateStatus>,
    pub r#type: Option<CertificateType>,
    pub key_algorithm: Option<KeyAlgorithm>,
    pub key_usages: Option<Vec<KeyUsageName>>,
    pub extended_key_usages: Option<Vec<ExtendedKeyUsageName>>,
    pub export_option: Option<CertificateExport>,
    pub in_use: Option<bool>,
    pub exported: Option<bool>,
    pub renewal_eligibility: Option<RenewalEligibility>,
    pub not_before: Option<Timestamp>,
    pub not_after: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub issued_at: Option<Timestamp>,
    pub imported_at: Option<Timestamp>,
    pub revoked_at: Option<Timestamp>,
    pub managed_by: Option<CertificateManagedBy>,
    pub certificate_key_pair_origin: Option<CertificateKeyPairOrigin>,
}

wire::structure!(CertificateSummary, s::CERTIFICATE_SUMMARY, {
    0: certificate_arn, 1: domain_name, 2: subject_alternative_name_summaries,
    3: has_additional_subject_alternative_names, 4: status, 5: r#type, 6: key_algorithm,
    7: key_usages, 8: extended_key_usages, 9: export_option, 10: in_use, 11: exported,
    12: renewal_eligibility, 13: not_before, 14: not_after, 15: created_at, 16: issued_at,
    17: imported_at, 18: revoked_at, 19: managed_by, 20: certificate_key_pair_origin,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DeleteCertificateRequest {
    pub certificate_arn: String,
}

wire::structure!(DeleteCertificateRequest, s::DELETE_CERTIFICATE_REQUEST, {
    0: certificate_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeCertificateRequest {
    pub certificate_arn: String,
}

wire::structure!(DescribeCertificateRequest, s::DESCRIBE_CERTIFICATE_REQUEST, {
    0: certificate_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DescribeCertificateResponse {
    pub certificate: Option<CertificateDetail>,
}

wire::structure!(DescribeCertificateResponse, s::DESCRIBE_CERTIFICATE_RESPONSE, {
    0: certificate,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DomainValidation {
    pub domain_name: String,
    pub validation_emails: Option<Vec<String>>,
    pub validation_domain: Option<String>,
    pub validation_status: Option<DomainStatus>,
    pub resource_record: Option<ResourceRecord>,
    pub http_redirect: Option<HttpRedirect>,
    pub validation_method: Option<ValidationMethod>,
}

wire::structure!(DomainValidation, s::DOMAIN_VALIDATION, {
    0: domain_name, 1: validation_emails, 2: validation_domain, 3: validation_status,
    4: resource_record, 5: http_redirect, 6: validation_method,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DomainValidationMethodUpdateSummary {
    pub from: Option<ValidationMethod>,
    pub to: Option<ValidationMethod>,
}

wire::structure!(DomainValidationMethodUpdateSummary, s::DOMAIN_VALIDATION_METHOD_UPDATE_SUMMARY, {
    0: from, 1: to,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct DomainValidationOption {
    pub domain_name: String,
    pub validation_domain: String,
}

wire::structure!(DomainValidationOption, s::DOMAIN_VALIDATION_OPTION, {
    0: domain_name, 1: validation_domain,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExtendedKeyUsage {
    pub name: Option<ExtendedKeyUsageName>,
    pub oid: Option<String>,
}

wire::structure!(ExtendedKeyUsage, s::EXTENDED_KEY_USAGE, {
    0: name, 1: oid,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filters {
    pub extended_key_usage: Option<Vec<ExtendedKeyUsageName>>,
    pub key_usage: Option<Vec<KeyUsageName>>,
    pub key_types: Option<Vec<KeyAlgorithm>>,
    pub export_option: Option<CertificateExport>,
    pub managed_by: Option<CertificateManagedBy>,
}

wire::structure!(Filters, s::FILTERS, {
    0: extended_key_usage, 1: key_usage, 2: key_types, 3: export_option, 4: managed_by,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetCertificateRequest {
    pub certificate_arn: String,
}

wire::structure!(GetCertificateRequest, s::GET_CERTIFICATE_REQUEST, {
    0: certificate_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetCertificateResponse {
    pub certificate: Option<String>,
    pub certificate_chain: Option<String>,
}

wire::structure!(GetCertificateResponse, s::GET_CERTIFICATE_RESPONSE, {
    0: certificate, 1: certificate_chain,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct HttpRedirect {
    pub redirect_from: Option<String>,
    pub redirect_to: Option<String>,
}

wire::structure!(HttpRedirect, s::HTTP_REDIRECT, {
    0: redirect_from, 1: redirect_to,
});

#[derive(Clone, Default, PartialEq)]
pub struct ImportCertificateRequest {
    pub certificate_arn: Option<String>,
    pub certificate: Blob,
    pub private_key: Blob,
    pub certificate_chain: Option<Blob>,
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(ImportCertificateRequest, s::IMPORT_CERTIFICATE_REQUEST, {
    0: certificate_arn, 1: certificate, 2: private_key, 3: certificate_chain, 4: tags,
});
wire::redacted_debug!(
    ImportCertificateRequest,
    [certificate_arn, certificate, certificate_chain, tags,],
    [private_key,]
);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportCertificateResponse {
    pub certificate_arn: Option<String>,
}

wire::structure!(ImportCertificateResponse, s::IMPORT_CERTIFICATE_RESPONSE, {
    0: certificate_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyUsage {
    pub name: Option<KeyUsageName>,
}

wire::structure!(KeyUsage, s::KEY_USAGE, {
    0: name,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListCertificatesRequest {
    pub certificate_statuses: Option<Vec<CertificateStatus>>,
    pub certificate_key_pair_origins: Option<Vec<CertificateKeyPairOrigin>>,
    pub includes: Option<Filters>,
    pub next_token: Option<String>,
    pub max_items: Option<i32>,
    pub sort_by: Option<SortBy>,
    pub sort_order: Option<SortOrder>,
}

wire::structure!(ListCertificatesRequest, s::LIST_CERTIFICATES_REQUEST, {
    0: certificate_statuses, 1: certificate_key_pair_origins, 2: includes, 3: next_token,
    4: max_items, 5: sort_by, 6: sort_order,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListCertificatesResponse {
    pub next_token: Option<String>,
    pub certificate_summary_list: Option<Vec<CertificateSummary>>,
}

wire::structure!(ListCertificatesResponse, s::LIST_CERTIFICATES_RESPONSE, {
    0: next_token, 1: certificate_summary_list,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForCertificateRequest {
    pub certificate_arn: String,
}

wire::structure!(ListTagsForCertificateRequest, s::LIST_TAGS_FOR_CERTIFICATE_REQUEST, {
    0: certificate_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ListTagsForCertificateResponse {
    pub tags: Option<Vec<Tag>>,
}

wire::structure!(ListTagsForCertificateResponse, s::LIST_TAGS_FOR_CERTIFICATE_RESPONSE, {
    0: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RemoveTagsFromCertificateRequest {
    pub certificate_arn: String,
    pub tags: Vec<Tag>,
}

wire::structure!(RemoveTagsFromCertificateRequest, s::REMOVE_TAGS_FROM_CERTIFICATE_REQUEST, {
    0: certificate_arn, 1: tags,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenewalSummary {
    pub renewal_status: RenewalStatus,
    pub domain_validation_options: Vec<DomainValidation>,
    pub renewal_status_reason: Option<FailureReason>,
    pub updated_at: Timestamp,
}

wire::structure!(RenewalSummary, s::RENEWAL_SUMMARY, {
    0: renewal_status, 1: domain_validation_options, 2: renewal_status_reason, 3: updated_at,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestCertificateRequest {
    pub domain_name: String,
    pub validation_method: Option<ValidationMethod>,
    pub subject_alternative_names: Option<Vec<String>>,
    pub idempotency_token: Option<String>,
    pub domain_validation_options: Option<Vec<DomainValidationOption>>,
    pub options: Option<CertificateOptions>,
    pub certificate_authority_arn: Option<String>,
    pub tags: Option<Vec<Tag>>,
    pub key_algorithm: Option<KeyAlgorithm>,
    pub managed_by: Option<CertificateManagedBy>,
}

wire::structure!(RequestCertificateRequest, s::REQUEST_CERTIFICATE_REQUEST, {
    0: domain_name, 1: validation_method, 2: subject_alternative_names, 3: idempotency_token,
    4: domain_validation_options, 5: options, 6: certificate_authority_arn, 7: tags,
    8: key_algorithm, 9: managed_by,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct RequestCertificateResponse {
    pub certificate_arn: Option<String>,
}

wire::structure!(RequestCertificateResponse, s::REQUEST_CERTIFICATE_RESPONSE, {
    0: certificate_arn,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResourceRecord {
    pub name: String,
    pub r#type: RecordType,
    pub value: String,
}

wire::structure!(ResourceRecord, s::RESOURCE_RECORD, {
    0: name, 1: r#type, 2: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tag {
    pub key: String,
    pub value: Option<String>,
}

wire::structure!(Tag, s::TAG, {
    0: key, 1: value,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThrottlingReason {
    pub reason: Option<String>,
    pub resource: Option<String>,
}

wire::structure!(ThrottlingReason, s::THROTTLING_REASON, {
    0: reason, 1: resource,
});

#[derive(Clone, Debug, Default, PartialEq)]
pub struct UpdateSummary {
    pub status: Option<UpdateStatus>,
    pub r#type: Option<UpdateType>,
    pub domain_validation_method_update_summary: Option<DomainValidationMethodUpdateSummary>,
    pub requested_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

wire::structure!(UpdateSummary, s::UPDATE_SUMMARY, {
    0: status, 1: r#type, 2: domain_validation_method_update_summary, 3: requested_at, 4: updated_at,
});
