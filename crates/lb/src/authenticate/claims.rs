//! What targets are told of a user: `x-amzn-oidc-data`, a JSON web token that the load balancer signs (ES256).

use super::session::Session;
use crate::sticky;
use aws_lc_rs::digest;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde::Serialize;
use serde_json::{Map, Value};
use std::fmt;

/// Signs claims. All nodes of a load balancer have the same key.
pub struct Signer {
    pair: EcdsaKeyPair,
    id: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signing key is no private key of P-256, 32 bytes in hexadecimal")]
pub struct KeyError;

/// How long a token is good for: as AWS's are, observed.
const SECONDS: u64 = 120;

/// The header of AWS's tokens.
#[derive(Serialize)]
struct Header<'a> {
    typ: &'a str,
    kid: &'a str,
    alg: &'a str,
    iss: &'a str,
    client: &'a str,
    signer: &'a str,
    exp: u64,
}

impl Signer {
    pub fn from_hex(text: &str) -> Result<Self, KeyError> {
        let key = sticky::bytes_of_hex(text).ok_or(KeyError)?;
        // RFC 5915: version, key, and the curve's name.
        let curve: &[u8] = &[0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];
        let der =
            zeroize::Zeroizing::new([&[0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20], &key[..], curve].concat());
        let pair = EcdsaKeyPair::from_private_key_der(&ECDSA_P256_SHA256_FIXED_SIGNING, &der)
            .map_err(|_| KeyError)?;
        let hash = digest::digest(&digest::SHA256, pair.public_key().as_ref());
        let hex: String = hash.as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect();
        let id = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-");
        Ok(Self { pair, id })
    }

    /// The id of its key, as a token names it.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its public key in PEM.
    pub fn public_key(&self) -> String {
        let prefix: &[u8] = &[
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
            0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
        ];
        let body = STANDARD.encode([prefix, self.pair.public_key().as_ref()].concat());
        let lines: Vec<&str> =
            (0..body.len()).step_by(64).map(|at| &body[at..body.len().min(at + 64)]).collect();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
    }

    /// The token about a user. As AWS's it is padded, and says its end and issuer among the claims too. `None` where it cannot be signed.
    pub fn token(
        &self,
        session: &Session,
        issuer: &str,
        client: &str,
        balancer: &str,
        now: u64,
    ) -> Option<String> {
        let exp = now + SECONDS;
        let header =
            Header { typ: "JWT", kid: &self.id, alg: "ES256", iss: issuer, client, signer: balancer, exp };
        let mut claims: Map<String, Value> = serde_json::from_str(&session.claims).ok()?;
        claims.insert("exp".to_owned(), exp.into());
        claims.insert("iss".to_owned(), issuer.into());
        let mut token = URL_SAFE.encode(serde_json::to_vec(&header).ok()?);
        token.push('.');
        token.push_str(&URL_SAFE.encode(serde_json::to_vec(&claims).ok()?));
        let signature = self.pair.sign(&SystemRandom::new(), token.as_bytes()).ok()?;
        token.push('.');
        token.push_str(&URL_SAFE.encode(signature));
        Some(token)
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

    fn signer() -> Signer {
        Signer::from_hex(&"01".repeat(32)).expect("a key")
    }

    #[test]
    fn a_token_is_of_the_form_that_aws_has() {
        let session = Session {
            begun: 0,
            access_until: None,
            subject: "ann".to_owned(),
            access_token: "t".to_owned(),
            refresh_token: None,
            claims: "{\"sub\":\"ann\",\"exp\":1}".to_owned(),
        };
        let token = signer().token(&session, "https://id.example", "c", "arn", 1000).expect("it is signed");
        let parts: Vec<&str> = token.split('.').collect();
        let [header, claims, signature] = parts[..] else { panic!("{token}") };
        // AWS pads each part.
        let read = |part: &str| URL_SAFE.decode(part).expect("padded base64");
        let json = |part: &str| serde_json::from_slice::<Value>(&read(part)).expect("JSON");
        let signer = signer();
        let expected = serde_json::json!({
            "typ": "JWT", "kid": signer.id(), "alg": "ES256", "iss": "https://id.example", "client": "c", "signer": "arn", "exp": 1120,
        });
        assert_eq!(json(header), expected);
        assert_eq!(
            json(claims),
            serde_json::json!({ "sub": "ann", "exp": 1120, "iss": "https://id.example" })
        );
        let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, signer.pair.public_key().as_ref());
        assert!(key.verify(format!("{header}.{claims}").as_bytes(), &read(signature)).is_ok());
        assert!(key.verify(format!("{header}.x{claims}").as_bytes(), &read(signature)).is_err());
    }

    #[test]
    fn a_key_has_an_id_of_its_own() {
        let other = Signer::from_hex(&"02".repeat(32)).expect("a key");
        assert_ne!(signer().id(), other.id());
        assert_eq!(signer().id().split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(
            signer()
                .public_key()
                .starts_with("-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE")
        );
        for none in ["", "00", &"0g".repeat(32), &"00".repeat(32), &"ff".repeat(32)] {
            assert_eq!(Signer::from_hex(none).err(), Some(KeyError), "{none}");
        }
        assert!(!format!("{:?}", signer()).contains("0101"));
    }
}
