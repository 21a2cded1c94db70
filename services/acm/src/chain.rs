//! Chains: each certificate is signed by the next one, the first by the chain's first.

use aws_lc_rs::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use x509_parser::prelude::*;

/// Certificates of one chain.
pub(crate) const MOST: usize = 10;

/// Whether `certificate` is followed by those that certify it, in order.
pub(crate) fn holds(certificate: &X509Certificate<'_>, chain: &[X509Certificate<'_>]) -> bool {
    let signed = std::iter::once(certificate).chain(chain);
    signed.zip(chain).all(|(signed, signer)| is_signed_by(signed, signer))
}

/// Whether a certificate is signed by another, which it names as its issuer and which may sign.
pub(crate) fn is_signed_by(signed: &X509Certificate<'_>, signer: &X509Certificate<'_>) -> bool {
    let may_sign = match signer.basic_constraints() {
        Ok(Some(constraints)) => constraints.value.ca,
        // Certificates of version 1 have no constraints.
        Ok(None) => true,
        Err(_) => false,
    };
    if !may_sign || signed.issuer().as_raw() != signer.subject().as_raw() {
        return false;
    }
    let message = signed.tbs_certificate.as_ref();
    let key = &signer.public_key().subject_public_key.data;
    algorithms(signed, signer).iter().any(|algorithm| {
        UnparsedPublicKey::new(*algorithm, &**key).verify(message, &signed.signature_value.data).is_ok()
    })
}

/// How a signature is verified: which digest follows from its id, which curve from the signer's key.
fn algorithms(
    signed: &X509Certificate<'_>,
    signer: &X509Certificate<'_>,
) -> Vec<&'static dyn VerificationAlgorithm> {
    // A point's coordinates have a byte for each eight bits of the curve, and one says how it is written.
    let size = signer.public_key().subject_public_key.data.len();
    let is = |bytes: usize| size == 2 * bytes + 1;
    match signed.signature_algorithm.algorithm.to_id_string().as_str() {
        "1.2.840.113549.1.1.5" => vec![&signature::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY],
        "1.2.840.113549.1.1.11" => vec![&signature::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY],
        "1.2.840.113549.1.1.12" => vec![&signature::RSA_PKCS1_2048_8192_SHA384],
        "1.2.840.113549.1.1.13" => vec![&signature::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY],
        "1.2.840.10045.4.3.2" if is(32) => vec![&signature::ECDSA_P256_SHA256_ASN1],
        "1.2.840.10045.4.3.2" if is(48) => vec![&signature::ECDSA_P384_SHA256_ASN1],
        "1.2.840.10045.4.3.3" if is(32) => vec![&signature::ECDSA_P256_SHA384_ASN1],
        "1.2.840.10045.4.3.3" if is(48) => vec![&signature::ECDSA_P384_SHA384_ASN1],
        "1.2.840.10045.4.3.4" if is(66) => vec![&signature::ECDSA_P521_SHA512_ASN1],
        _ => Vec::new(),
    }
}
