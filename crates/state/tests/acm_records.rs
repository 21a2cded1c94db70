//! The stored bytes of Certificate Manager's records, with every member that a record can have: what a released version wrote must stay readable.

use model::acm::Certificate;
use serde_json::json;

#[test]
fn certificate() {
    let written = json!({
        "arn": "arn:aws:acm:us-east-1:123456789012:certificate/12345678-1234-4234-8234-123456789012",
        "scope": { "partition": "aws", "region": "us-east-1", "account": "123456789012" },
        "certificate": "-----BEGIN CERTIFICATE-----\n",
        "chain": "-----BEGIN CERTIFICATE-----\n",
        "key": "AQ==",
        "facts": {
            "domainName": "www.example.com",
            "names": ["www.example.com"],
            "subject": "CN=www.example.com",
            "issuer": "Test CA",
            "serial": "0b:ad",
            "notBefore": 1,
            "notAfter": 2,
            "keyAlgorithm": "RSA-2048",
            "signatureAlgorithm": "SHA256WITHRSA",
            "keyUsages": ["DIGITAL_SIGNATURE"],
            "extendedKeyUsages": [["TLS_WEB_SERVER_AUTHENTICATION", "1.3.6.1.5.5.7.3.1"]],
        },
        "createdAt": 1_700_000_000_000_i64,
        "importedAt": 1_700_000_000_001_i64,
        "tags": [{ "key": "team", "value": "a" }],
    });
    let record: Certificate = serde_json::from_value(written.clone()).expect("the text is a record");
    let again = serde_json::to_value(&record).expect("a record is JSON");
    assert_eq!(again, written, "a member of the text is none of the record's, or is written otherwise");
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), 1, &record);
}
