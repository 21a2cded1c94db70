//! The service through the functions that requests take, on a state in memory. The certificates of `testdata` are valid for a hundred years from
//! 2026-11-26 on; their keys are used for nothing else.

use crate::service::Acm;
use crate::{chain, facts, pem, private_key};
use ::api::acm::{Acm as _, *};
use auth::envelope::MasterKey;
use auth::{Cx, Identity, Origin, Principal, Seed};
use model::Timestamp;
use model::ids::Scope;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use x509_parser::certificate::X509Certificate;

const CA: &str = include_str!("testdata/ca.pem");
const LEAF: &str = include_str!("testdata/leaf.pem");
const KEY: &str = include_str!("testdata/leaf.key");
const OLD_KEY: &str = include_str!("testdata/leaf.sec1");
const OTHER_KEY: &str = include_str!("testdata/other.key");

/// 2027-01-15.
const NOW: i64 = 1_800_000_000_000;

fn scope() -> Scope {
    Scope::new("us-east-1", "123456789012")
}

fn cx_at(ms: i64) -> Cx {
    static SEED: AtomicU16 = AtomicU16::new(0);
    let mut seed = [0; 32];
    seed[..2].copy_from_slice(&SEED.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    let principal = Principal::new(&scope(), Identity::AccountRoot, None);
    Cx::new(scope(), principal, Origin::default(), Timestamp::from_millis(ms), Seed::from_bytes(seed))
}

fn cx() -> Cx {
    cx_at(NOW)
}

fn service() -> Acm {
    let tables = [state::acm::TABLES, state::elbv2::TABLES].concat();
    let key = Arc::new(MasterKey::generate(Seed::from_bytes([1; 32])));
    Acm::new(state::testing::state(&tables), key)
}

fn input(certificate: &str, key: &str, chain: Option<&str>) -> ImportCertificateRequest {
    ImportCertificateRequest {
        certificate: ::api::Blob(certificate.as_bytes().to_vec()),
        private_key: ::api::Blob(key.as_bytes().to_vec()),
        certificate_chain: chain.map(|chain| ::api::Blob(chain.as_bytes().to_vec())),
        ..Default::default()
    }
}

async fn import(acm: &Acm, certificate: &str, key: &str, chain: Option<&str>) -> Result<String, Error> {
    let made = acm.import_certificate(&cx(), input(certificate, key, chain)).await?;
    Ok(made.certificate_arn.expect("an ARN"))
}

fn said<T: std::fmt::Debug>(outcome: Result<T, Error>) -> String {
    outcome.expect_err("it is refused").message
}

#[tokio::test]
async fn what_is_imported_is_described() {
    let acm = service();
    let arn = import(&acm, LEAF, KEY, Some(CA)).await.expect("it is imported");
    let input = DescribeCertificateRequest { certificate_arn: arn.clone() };
    let shown = acm
        .describe_certificate(&cx(), input)
        .await
        .expect("it is there")
        .certificate
        .expect("a certificate");
    assert_eq!(shown.domain_name.as_deref(), Some("www.example.com"));
    assert_eq!(
        shown.subject_alternative_names.as_deref(),
        Some(&["www.example.com".into(), "*.example.org".into()][..])
    );
    assert_eq!(shown.serial.as_deref(), Some("0b:ad:c0:de"));
    assert_eq!(
        (shown.subject.as_deref(), shown.issuer.as_deref()),
        (Some("CN=www.example.com"), Some("Test CA"))
    );
    assert_eq!(shown.key_algorithm.as_ref().map(KeyAlgorithm::as_str), Some("EC-prime256v1"));
    assert_eq!(shown.signature_algorithm.as_deref(), Some("SHA256WITHECDSA"));
    assert_eq!(shown.status, Some(CertificateStatus::Issued));
    let usages: Vec<_> = shown.key_usages.into_iter().flatten().filter_map(|usage| usage.name).collect();
    assert_eq!(usages, [KeyUsageName::DigitalSignature]);
    let extended: Vec<_> =
        shown.extended_key_usages.into_iter().flatten().filter_map(|usage| usage.oid).collect();
    assert_eq!(extended, ["1.3.6.1.5.5.7.3.1"]);
    let got = acm
        .get_certificate(&cx(), GetCertificateRequest { certificate_arn: arn })
        .await
        .expect("it is there");
    assert_eq!((got.certificate.as_deref(), got.certificate_chain.as_deref()), (Some(LEAF), Some(CA)));
}

#[tokio::test]
async fn a_key_is_sealed_and_opens_again() {
    let acm = service();
    for key in [KEY, OLD_KEY] {
        let arn = import(&acm, LEAF, key, None).await.expect("it is imported").parse().expect("an ARN");
        let record = state::acm::certificate(&acm.state.snapshot(), &arn).expect("a record");
        let opened = private_key(&acm.key, &record).expect("its own key opens it");
        let der =
            |text: &str| pem::read(text.as_bytes()).map(|mut blocks| blocks.remove(blocks.len() - 1).der);
        assert_eq!(der(&opened), der(key));
        let stored = format!("{record:?}{}", record.key.0);
        assert!(!key.lines().filter(|line| line.len() > 20).any(|line| stored.contains(line)));
        let other = MasterKey::generate(Seed::from_bytes([2; 32]));
        assert!(private_key(&other, &record).is_none());
    }
}

#[tokio::test]
async fn what_does_not_belong_together_is_refused() {
    let acm = service();
    let twice = format!("{LEAF}{CA}");
    for (certificate, key, chain, expected) in [
        (LEAF, OTHER_KEY, None, "The private key does not match the public key of the certificate."),
        (LEAF, KEY, Some(LEAF), "Could not validate the certificate with the certificate chain."),
        (LEAF, KEY, Some("x"), "is not in a valid PEM format."),
        (&*twice, KEY, None, "contains more than one certificate"),
        ("x", KEY, None, "is not in a valid PEM format."),
        (KEY, KEY, None, "is not in a valid PEM format."),
        (LEAF, LEAF, None, "The private key is not in PEM format or is not valid."),
    ] {
        let message = said(import(&acm, certificate, key, chain).await);
        assert!(message.contains(expected), "{message}");
    }
    let early = acm.import_certificate(&cx_at(0), input(LEAF, KEY, None)).await;
    assert!(said(early).contains("NotBefore"));
    let late = acm.import_certificate(&cx_at(5_000_000_000_000), input(LEAF, KEY, None)).await;
    assert!(said(late).contains("expired"));
    assert_eq!(acm.state.snapshot().scan::<model::acm::Certificate>().count(), 0);
}

#[tokio::test]
async fn importing_again_keeps_the_arn() {
    let acm = service();
    let arn = import(&acm, LEAF, KEY, None).await.expect("it is imported");
    let again = ImportCertificateRequest { certificate_arn: Some(arn.clone()), ..input(LEAF, KEY, Some(CA)) };
    let made = acm.import_certificate(&cx_at(NOW + 1), again.clone()).await.expect("it is imported");
    assert_eq!(made.certificate_arn.as_deref(), Some(&*arn));
    let tagged = ImportCertificateRequest { tags: Some(vec![Tag { key: "a".into(), value: None }]), ..again };
    assert_eq!(
        said(acm.import_certificate(&cx(), tagged).await),
        "You cannot apply tags when reimporting a certificate."
    );
    let missing = arn.replace(&arn[arn.len() - 4..], "0000");
    let other = ImportCertificateRequest { certificate_arn: Some(missing), ..input(LEAF, KEY, None) };
    assert!(said(acm.import_certificate(&cx(), other).await).starts_with("Could not find certificate"));
}

#[test]
fn a_changed_certificate_is_not_signed() {
    let der = |text: &str| pem::read(text.as_bytes()).expect("PEM").remove(0).der;
    let (leaf, ca) = (der(LEAF), der(CA));
    let signer = facts::parse(&ca).expect("a certificate");
    let signed = facts::parse(&leaf).expect("a certificate");
    assert!(chain::is_signed_by(&signed, &signer) && chain::is_signed_by(&signer, &signer));
    assert!(!chain::is_signed_by(&signer, &signed), "it may not sign");
    let mut refused = 0;
    for at in 0..leaf.len() {
        let mut changed = leaf.to_vec();
        changed[at] ^= 1;
        if let Some(changed) = facts::parse(&changed) {
            // The algorithm is named once more beside what is signed, where no signature covers it.
            let content = |c: &X509Certificate<'_>| {
                (c.tbs_certificate.as_ref().to_vec(), c.signature_value.data.to_vec())
            };
            if content(&changed) == content(&signed) {
                continue;
            }
            assert!(!chain::is_signed_by(&changed, &signer), "byte {at}");
            refused += 1;
        }
    }
    assert!(refused > 100, "most changes leave a certificate");
}
