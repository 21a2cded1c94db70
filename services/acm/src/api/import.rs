//! ImportCertificate: what comes is checked as ACM does, and kept.

use super::certificate::find;
use super::tag;
use crate::errors::{settle, validation};
use crate::service::Acm;
use crate::{chain, facts, key, pem};
use ::api::acm::{Error, ImportCertificateRequest, ImportCertificateResponse};
use auth::Cx;
use model::Tag;
use model::acm::{Certificate, CertificateFacts, SealedKey};
use model::ids::CertificateArn;
use state::Tx;

/// Certificates of a region. Source: "Quotas", ACM user guide, 2026.
const MOST: usize = 2500;

/// What came, checked.
struct Imported {
    certificate: String,
    chain: Option<String>,
    key: key::Given,
    facts: CertificateFacts,
}

pub(crate) async fn import_certificate(
    acm: &Acm,
    cx: &Cx,
    input: ImportCertificateRequest,
) -> Result<ImportCertificateResponse, Error> {
    let again = input.certificate_arn.as_deref();
    if again.is_some() && input.tags.as_ref().is_some_and(|tags| !tags.is_empty()) {
        return Err(validation("You cannot apply tags when reimporting a certificate."));
    }
    let tags = tag::read(input.tags.as_deref())?;
    let imported = read(cx, &input)?;
    let new = CertificateArn::new(&cx.scope, &cx.uuid());
    let nonce = cx.random_16();
    let arn = settle(
        acm.state
            .update(|tx| match again {
                Some(arn) => replace(tx, acm, cx, arn, &imported, nonce),
                None => create(tx, acm, cx, &new, &imported, &tags, nonce),
            })
            .await,
    )?;
    Ok(ImportCertificateResponse { certificate_arn: Some(arn.to_string()) })
}

fn read(cx: &Cx, input: &ImportCertificateRequest) -> Result<Imported, Error> {
    let blocks =
        pem::read(&input.certificate.0).filter(|blocks| blocks.iter().all(|b| b.label == "CERTIFICATE"));
    let blocks = blocks.filter(|blocks| !blocks.is_empty());
    let blocks = blocks
        .ok_or_else(|| validation("The certificate body/chain provided is not in a valid PEM format."))?;
    let [body] = blocks.as_slice() else {
        return Err(validation(
            "The certificate field contains more than one certificate. You can specify only one certificate in this field.",
        ));
    };
    let malformed = || validation("The certificate is not a valid X.509 certificate.");
    let certificate = facts::parse(&body.der).ok_or_else(malformed)?;
    let facts = facts::of(&certificate)?;
    if cx.now < facts.not_before {
        return Err(validation("The certificate is not valid until after its NotBefore date."));
    }
    if cx.now > facts.not_after {
        return Err(validation("The certificate has expired."));
    }
    let key = key::read(&input.private_key.0)?;
    if !key.is_of(&certificate.public_key().subject_public_key.data)? {
        return Err(validation("The private key does not match the public key of the certificate."));
    }
    let chain =
        input.certificate_chain.as_ref().map(|given| read_chain(&certificate, &given.0)).transpose()?;
    Ok(Imported { certificate: pem::certificate(&body.der), chain, key, facts })
}

fn read_chain(
    certificate: &x509_parser::certificate::X509Certificate<'_>,
    given: &[u8],
) -> Result<String, Error> {
    let blocks = pem::read(given).filter(|blocks| blocks.iter().all(|b| b.label == "CERTIFICATE"));
    let blocks = blocks.filter(|blocks| !blocks.is_empty());
    let blocks = blocks
        .ok_or_else(|| validation("The certificate body/chain provided is not in a valid PEM format."))?;
    if blocks.len() > chain::MOST {
        return Err(validation(format!("The certificate chain has more than {} certificates.", chain::MOST)));
    }
    let parsed: Option<Vec<_>> = blocks.iter().map(|block| facts::parse(&block.der)).collect();
    match parsed.is_some_and(|parsed| chain::holds(certificate, &parsed)) {
        true => Ok(blocks.iter().map(|block| pem::certificate(&block.der)).collect()),
        false => Err(validation("Could not validate the certificate with the certificate chain.")),
    }
}

fn create(
    tx: &mut Tx<'_>,
    acm: &Acm,
    cx: &Cx,
    arn: &CertificateArn,
    imported: &Imported,
    tags: &[Tag],
    nonce: [u8; 16],
) -> Result<CertificateArn, Error> {
    if tx.by_index(state::acm::BY_SCOPE, &cx.scope).count() >= MOST {
        return Err(Error::limit_exceeded(format!("The limit of {MOST} certificates has been reached.")));
    }
    tx.put(Certificate {
        arn: arn.clone(),
        scope: cx.scope.clone(),
        certificate: imported.certificate.clone(),
        chain: imported.chain.clone(),
        key: seal(acm, arn, imported, nonce),
        facts: imported.facts.clone(),
        created_at: cx.now,
        imported_at: cx.now,
        tags: tags.to_vec(),
    });
    Ok(arn.clone())
}

fn seal(acm: &Acm, arn: &CertificateArn, imported: &Imported, nonce: [u8; 16]) -> SealedKey {
    SealedKey(acm.key.seal(arn.as_str(), &imported.key.to_seal(), nonce))
}

/// Imports again under an ARN that is there: listeners that have it get the new one.
fn replace(
    tx: &mut Tx<'_>,
    acm: &Acm,
    cx: &Cx,
    arn: &str,
    imported: &Imported,
    nonce: [u8; 16],
) -> Result<CertificateArn, Error> {
    let before = find(tx, cx, arn)?;
    let names = |facts: &CertificateFacts| [vec![facts.domain_name.clone()], facts.names.clone()].concat();
    let (old, new) = (names(&before.facts), names(&imported.facts));
    if !old.iter().any(|name| new.contains(name)) {
        return Err(validation("You cannot remove all of the domain names from a certificate."));
    }
    tx.put(Certificate {
        certificate: imported.certificate.clone(),
        chain: imported.chain.clone(),
        key: seal(acm, &before.arn, imported, nonce),
        facts: imported.facts.clone(),
        imported_at: cx.now,
        ..Certificate::clone(&before)
    });
    Ok(before.arn.clone())
}
