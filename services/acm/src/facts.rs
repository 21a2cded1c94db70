//! What a certificate says of itself, as the API shows it.

use crate::errors::validation;
use ::api::acm::Error;
use model::Timestamp;
use model::acm::CertificateFacts;
use x509_parser::prelude::*;
use x509_parser::public_key::PublicKey;

/// Names of one certificate that are kept.
const MOST_NAMES: usize = 1000;

/// A certificate out of DER.
pub(crate) fn parse(der: &[u8]) -> Option<X509Certificate<'_>> {
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) => Some(certificate),
        _ => None,
    }
}

/// What is kept of a certificate.
pub(crate) fn of(certificate: &X509Certificate<'_>) -> Result<CertificateFacts, Error> {
    let names = names(certificate);
    if names.len() > MOST_NAMES {
        return Err(validation(format!("The certificate has more than {MOST_NAMES} names.")));
    }
    let common = certificate.subject().iter_common_name().next().and_then(|name| name.as_str().ok());
    let domain_name = common.map(str::to_owned).or_else(|| names.first().cloned()).unwrap_or_default();
    let validity = certificate.validity();
    Ok(CertificateFacts {
        domain_name,
        names,
        subject: certificate.subject().to_string(),
        issuer: certificate
            .issuer()
            .iter_common_name()
            .next()
            .and_then(|name| name.as_str().ok())
            .map_or_else(|| certificate.issuer().to_string(), str::to_owned),
        serial: serial(certificate),
        not_before: instant(validity.not_before),
        not_after: instant(validity.not_after),
        key_algorithm: key_algorithm(certificate)?,
        signature_algorithm: signature_algorithm(certificate)?,
        key_usages: key_usages(certificate),
        extended_key_usages: extended_key_usages(certificate),
    })
}

fn instant(time: ASN1Time) -> Timestamp {
    Timestamp::from_millis(time.timestamp().saturating_mul(1000))
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else { return Vec::new() };
    let name = |name: &GeneralName<'_>| match name {
        GeneralName::DNSName(name) => Some((*name).to_owned()),
        _ => None,
    };
    extension.value.general_names.iter().filter_map(name).collect()
}

fn serial(certificate: &X509Certificate<'_>) -> String {
    let pairs: Vec<String> = certificate.raw_serial().iter().map(|byte| format!("{byte:02x}")).collect();
    let significant = pairs.iter().position(|pair| pair != "00").unwrap_or(pairs.len().saturating_sub(1));
    pairs[significant..].join(":")
}

/// Keys that ACM takes: RSA of 1024 to 4096 bits, and three curves.
fn key_algorithm(certificate: &X509Certificate<'_>) -> Result<String, Error> {
    let unsupported = || validation("The key algorithm of the certificate is not supported.");
    let name = match certificate.public_key().parsed().map_err(|_| unsupported())? {
        PublicKey::RSA(key) => match key.key_size() {
            1024 => "RSA-1024",
            2048 => "RSA-2048",
            3072 => "RSA-3072",
            4096 => "RSA-4096",
            _ => return Err(unsupported()),
        },
        PublicKey::EC(point) => match point.key_size() {
            256 => "EC-prime256v1",
            384 => "EC-secp384r1",
            // 66 bytes are 528 bits, of which the curve has 521.
            521 | 528 => "EC-secp521r1",
            _ => return Err(unsupported()),
        },
        _ => return Err(unsupported()),
    };
    Ok(name.to_owned())
}

/// Object ids of signatures, with the names that ACM shows.
const SIGNATURES: &[(&str, &str)] = &[
    ("1.2.840.113549.1.1.11", "SHA256WITHRSA"),
    ("1.2.840.113549.1.1.12", "SHA384WITHRSA"),
    ("1.2.840.113549.1.1.13", "SHA512WITHRSA"),
    ("1.2.840.113549.1.1.5", "SHA1WITHRSA"),
    ("1.2.840.10045.4.3.2", "SHA256WITHECDSA"),
    ("1.2.840.10045.4.3.3", "SHA384WITHECDSA"),
    ("1.2.840.10045.4.3.4", "SHA512WITHECDSA"),
];

fn signature_algorithm(certificate: &X509Certificate<'_>) -> Result<String, Error> {
    let id = certificate.signature_algorithm.algorithm.to_id_string();
    let known = SIGNATURES.iter().find(|(known, _)| *known == id);
    let (_, name) =
        known.ok_or_else(|| validation("The signature algorithm of the certificate is not supported."))?;
    Ok((*name).to_owned())
}

fn key_usages(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.key_usage() else { return Vec::new() };
    let usage = extension.value;
    let all = [
        ("DIGITAL_SIGNATURE", usage.digital_signature()),
        ("NON_REPUDIATION", usage.non_repudiation()),
        ("KEY_ENCIPHERMENT", usage.key_encipherment()),
        ("DATA_ENCIPHERMENT", usage.data_encipherment()),
        ("KEY_AGREEMENT", usage.key_agreement()),
        ("CERTIFICATE_SIGNING", usage.key_cert_sign()),
        ("CRL_SIGNING", usage.crl_sign()),
        ("ENCIPHER_ONLY", usage.encipher_only()),
        ("DECIPHER_ONLY", usage.decipher_only()),
    ];
    all.iter().filter(|(_, there)| *there).map(|(name, _)| (*name).to_owned()).collect()
}

fn extended_key_usages(certificate: &X509Certificate<'_>) -> Vec<(String, String)> {
    let Ok(Some(extension)) = certificate.extended_key_usage() else { return Vec::new() };
    let usage = extension.value;
    let known = [
        ("TLS_WEB_SERVER_AUTHENTICATION", "1.3.6.1.5.5.7.3.1", usage.server_auth),
        ("TLS_WEB_CLIENT_AUTHENTICATION", "1.3.6.1.5.5.7.3.2", usage.client_auth),
        ("CODE_SIGNING", "1.3.6.1.5.5.7.3.3", usage.code_signing),
        ("EMAIL_PROTECTION", "1.3.6.1.5.5.7.3.4", usage.email_protection),
        ("TIME_STAMPING", "1.3.6.1.5.5.7.3.8", usage.time_stamping),
        ("OCSP_SIGNING", "1.3.6.1.5.5.7.3.9", usage.ocsp_signing),
        ("ANY", "2.5.29.37.0", usage.any),
    ];
    let known =
        known.iter().filter(|(.., there)| *there).map(|(name, id, _)| ((*name).to_owned(), (*id).to_owned()));
    let custom = usage.other.iter().map(|id| ("CUSTOM".to_owned(), id.to_id_string()));
    known.chain(custom).collect()
}
