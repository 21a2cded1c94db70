//! Records to shapes, in one place.

use crate::api::certificate::in_use_by;
use ::api::Timestamp;
use ::api::acm as a;
use model::acm::{Certificate, CertificateFacts};
use state::Snapshot;

/// Where the key pair of an imported certificate is from.
pub(crate) const ORIGIN: &str = "CUSTOMER_PROVIDED";

/// Names that a summary shows.
const MOST_NAMES: usize = 100;

/// Whether a certificate still counts.
pub(crate) fn status(certificate: &Certificate, now: model::Timestamp) -> a::CertificateStatus {
    if now > certificate.facts.not_after {
        a::CertificateStatus::Expired
    } else {
        a::CertificateStatus::Issued
    }
}

/// As filters and summaries name an algorithm: `RSA_2048`, where DescribeCertificate has a dash.
pub(crate) fn key_type(facts: &CertificateFacts) -> String {
    facts.key_algorithm.replacen('-', "_", 1)
}

pub(crate) fn detail(
    certificate: &Certificate,
    from: &Snapshot,
    now: model::Timestamp,
) -> a::CertificateDetail {
    let facts = &certificate.facts;
    let usages = facts.key_usages.iter().map(|name| a::KeyUsage { name: Some(name.as_str().into()) });
    let extended = facts
        .extended_key_usages
        .iter()
        .map(|(name, oid)| a::ExtendedKeyUsage { name: Some(name.as_str().into()), oid: Some(oid.clone()) });
    a::CertificateDetail {
        certificate_arn: Some(certificate.arn.to_string()),
        domain_name: Some(facts.domain_name.clone()).filter(|name| !name.is_empty()),
        subject_alternative_names: Some(facts.names.clone()),
        serial: Some(facts.serial.clone()),
        subject: Some(facts.subject.clone()),
        issuer: Some(facts.issuer.clone()),
        created_at: Some(instant(certificate.created_at)),
        imported_at: Some(instant(certificate.imported_at)),
        status: Some(status(certificate, now)),
        not_before: Some(instant(facts.not_before)),
        not_after: Some(instant(facts.not_after)),
        key_algorithm: Some(facts.key_algorithm.as_str().into()),
        signature_algorithm: Some(facts.signature_algorithm.clone()),
        in_use_by: Some(in_use_by(from, certificate)),
        r#type: Some(a::CertificateType::Imported),
        key_usages: Some(usages.collect()),
        extended_key_usages: Some(extended.collect()),
        renewal_eligibility: Some(a::RenewalEligibility::Ineligible),
        certificate_key_pair_origin: Some(ORIGIN.into()),
        ..a::CertificateDetail::default()
    }
}

pub(crate) fn summary(
    certificate: &Certificate,
    from: &Snapshot,
    now: model::Timestamp,
) -> a::CertificateSummary {
    let facts = &certificate.facts;
    a::CertificateSummary {
        certificate_arn: Some(certificate.arn.to_string()),
        domain_name: Some(facts.domain_name.clone()).filter(|name| !name.is_empty()),
        subject_alternative_name_summaries: Some(facts.names.iter().take(MOST_NAMES).cloned().collect()),
        has_additional_subject_alternative_names: Some(facts.names.len() > MOST_NAMES),
        status: Some(status(certificate, now)),
        r#type: Some(a::CertificateType::Imported),
        key_algorithm: Some(key_type(facts).into()),
        key_usages: Some(facts.key_usages.iter().map(|name| name.as_str().into()).collect()),
        extended_key_usages: Some(
            facts.extended_key_usages.iter().map(|(name, _)| name.as_str().into()).collect(),
        ),
        in_use: Some(!in_use_by(from, certificate).is_empty()),
        renewal_eligibility: Some(a::RenewalEligibility::Ineligible),
        not_before: Some(instant(facts.not_before)),
        not_after: Some(instant(facts.not_after)),
        created_at: Some(instant(certificate.created_at)),
        imported_at: Some(instant(certificate.imported_at)),
        certificate_key_pair_origin: Some(ORIGIN.into()),
        ..a::CertificateSummary::default()
    }
}

fn instant(at: model::Timestamp) -> Timestamp {
    Timestamp::from_epoch_ms(at.millis())
}
