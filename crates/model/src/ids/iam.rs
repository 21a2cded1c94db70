//! ARNs and ids of identities.

use super::{Arn, ArnError, Scope, text_newtype};
use std::fmt;
use std::str::FromStr;

text_newtype!(
    /// `arn:aws:iam::ACCOUNT:role/PATH/NAME`; a role of the root path has no PATH.
    RoleArn
);

impl RoleArn {
    /// `path` begins and ends with a slash. A role belongs to an account, whatever the region of `scope`.
    pub fn new(scope: &Scope, path: &str, name: &str) -> Self {
        let Scope { partition, account, .. } = scope;
        Self(format!("arn:{partition}:iam::{account}:role{path}{name}").into())
    }

    /// Twelve digits.
    pub fn account(&self) -> &str {
        self.0.split(':').nth(4).expect("checked when it was made")
    }

    pub fn name(&self) -> &str {
        self.0.rsplit_once('/').expect("checked when it was made").1
    }

    /// It begins and ends with a slash.
    pub fn path(&self) -> &str {
        let start = self.0.find("role/").expect("checked when it was made") + "role".len();
        &self.0[start..self.0.len() - self.name().len()]
    }
}

impl FromStr for RoleArn {
    type Err = ArnError;

    fn from_str(text: &str) -> Result<Self, ArnError> {
        let arn: Arn = text.parse()?;
        let name = arn.resource.strip_prefix("role/").and_then(|rest| rest.rsplit('/').next());
        let good = arn.service == "iam"
            && arn.region.is_empty()
            && arn.account.len() == 12
            && arn.account.bytes().all(|b| b.is_ascii_digit())
            && name.is_some_and(|name| !name.is_empty());
        good.then(|| Self(text.into()))
            .ok_or_else(|| ArnError::WrongKind { text: text.to_owned(), expected: "role" })
    }
}

/// An id such as IAM gives: `prefix` (`AROA` for a role, `ASIA` for a temporary access key) and `length` characters of
/// base32, five bits of each random byte.
///
/// # Panics
/// When `random` has fewer bytes than characters are asked for.
pub fn base32_id(prefix: &str, random: &[u8], length: usize) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let tail = random[..length].iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)]));
    prefix.chars().chain(tail).collect()
}
