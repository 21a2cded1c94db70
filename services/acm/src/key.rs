//! Private keys: read when they come, compared with their certificate, sealed, and opened for whoever presents the certificate.

use crate::errors::validation;
use crate::pem;
use ::api::acm::Error;
use auth::envelope::MasterKey;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm, KeyPair,
};
use model::acm::Certificate;
use zeroize::Zeroizing;

/// A private key as it came: DER, and of which form.
pub(crate) struct Given {
    form: Form,
    pub(crate) der: Zeroizing<Vec<u8>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Pkcs8,
    Rsa,
    Sec1,
}

const CURVES: [&EcdsaSigningAlgorithm; 3] =
    [&ECDSA_P256_SHA256_ASN1_SIGNING, &ECDSA_P384_SHA384_ASN1_SIGNING, &ECDSA_P521_SHA512_ASN1_SIGNING];

/// The only private key of a text.
pub(crate) fn read(text: &[u8]) -> Result<Given, Error> {
    let blocks = pem::read(text).ok_or_else(invalid)?;
    // Openssl writes the curve's name before a key of the old form.
    let mut keys = blocks.into_iter().filter(|block| block.label != "EC PARAMETERS");
    let (Some(key), None) = (keys.next(), keys.next()) else { return Err(invalid()) };
    let form = match key.label.as_str() {
        "PRIVATE KEY" => Form::Pkcs8,
        "RSA PRIVATE KEY" => Form::Rsa,
        "EC PRIVATE KEY" => Form::Sec1,
        "ENCRYPTED PRIVATE KEY" => {
            return Err(validation(
                "The private key is encrypted. Import a private key that is not protected by a password or passphrase.",
            ));
        }
        _ => return Err(invalid()),
    };
    Ok(Given { form, der: key.der })
}

fn invalid() -> Error {
    validation("The private key is not in PEM format or is not valid.")
}

impl Given {
    /// Whether it is the private half of a certificate's public key, which is given as it stands in the certificate.
    pub(crate) fn is_of(&self, public: &[u8]) -> Result<bool, Error> {
        let rsa = match self.form {
            Form::Pkcs8 => rsa::KeyPair::from_pkcs8(&self.der).ok(),
            Form::Rsa => rsa::KeyPair::from_der(&self.der).ok(),
            Form::Sec1 => None,
        };
        if let Some(pair) = rsa {
            return Ok(pair.public_key().as_ref() == public);
        }
        let pairs = CURVES.iter().filter_map(|curve| match self.form {
            Form::Pkcs8 => EcdsaKeyPair::from_pkcs8(curve, &self.der).ok(),
            Form::Sec1 => EcdsaKeyPair::from_private_key_der(curve, &self.der).ok(),
            Form::Rsa => None,
        });
        let publics: Vec<Vec<u8>> = pairs.map(|pair| pair.public_key().as_ref().to_vec()).collect();
        match publics.is_empty() {
            true => Err(validation("The private key is not supported.")),
            false => Ok(publics.iter().any(|own| own == public)),
        }
    }

    /// What is sealed: a byte for the form, then the key.
    pub(crate) fn to_seal(&self) -> Zeroizing<Vec<u8>> {
        let form = match self.form {
            Form::Pkcs8 => b'8',
            Form::Rsa => b'1',
            Form::Sec1 => b'E',
        };
        let mut bytes = Zeroizing::new(Vec::with_capacity(self.der.len() + 1));
        bytes.push(form);
        bytes.extend_from_slice(&self.der);
        bytes
    }
}

/// A certificate's private key as PEM, for whoever presents the certificate. `None` where the master key is not the one that sealed it.
pub fn private_key(key: &MasterKey, certificate: &Certificate) -> Option<Zeroizing<String>> {
    use base64::Engine;
    let opened = key.open(certificate.arn.as_str(), &certificate.key.0)?;
    let (form, der) = opened.split_first()?;
    let label = match form {
        b'8' => "PRIVATE KEY",
        b'1' => "RSA PRIVATE KEY",
        b'E' => "EC PRIVATE KEY",
        _ => return None,
    };
    let body = Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(der));
    Some(Zeroizing::new(format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", *body)))
}
