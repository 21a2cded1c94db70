//! The administrator's access key: made at the first start, kept in the data directory in the form of the shared
//! credentials file of the AWS tools, so that `AWS_SHARED_CREDENTIALS_FILE` can name it.
//!
//! Invariant: a key that was handed out once is never replaced.

use crate::credential::{Credential, FixedCredentials};
use crate::key_file::{self, Error};
use crate::principal::{Identity, Principal};
use crate::secret::Secret;
use crate::seed::{Seed, Stream};
use base64::Engine;
use model::ids::{Scope, base32_id};
use std::path::Path;

/// Name of the file in the data directory.
pub const FILE: &str = "credentials";

/// The key of the account's root.
#[derive(Clone, Debug)]
pub struct AdministratorKey {
    /// `AKIA` and 16 characters of base32.
    pub access_key_id: String,
    /// 40 characters of base64.
    pub secret_access_key: Secret,
}

impl AdministratorKey {
    /// The key of the data directory `dir`, made and kept there if there is none yet.
    pub fn load_or_create(dir: &Path, seed: Seed) -> Result<Self, Error> {
        match Self::load(dir)? {
            Some(key) => Ok(key),
            None => {
                Self::generate(seed).keep(dir)?;
                // Read back: if another process was first, its key is the one.
                let path = dir.join(FILE);
                Self::load(dir)?.ok_or(Error::Malformed { path, why: "it vanished while it was made" })
            }
        }
    }

    /// The key of the data directory `dir`, if one was made.
    pub fn load(dir: &Path) -> Result<Option<Self>, Error> {
        let path = dir.join(FILE);
        let Some(text) = key_file::read(&path)? else { return Ok(None) };
        Self::parse(&text).map(Some).map_err(|why| Error::Malformed { path, why })
    }

    /// A new key out of `seed`.
    pub fn generate(seed: Seed) -> Self {
        let stream = Stream::new(seed);
        // 16 characters are 80 bits.
        let access_key_id = base32_id("AKIA", &stream.next(), 16);
        let secret = base64::engine::general_purpose::STANDARD.encode(&stream.next()[..30]);
        Self { access_key_id, secret_access_key: Secret::new(secret) }
    }

    /// The credentials that let this key act as the root of the account of `scope`.
    pub fn credentials(&self, scope: &Scope) -> FixedCredentials {
        let principal = Principal::new(scope, Identity::AccountRoot, Some(self.access_key_id.clone()));
        let secret = self.secret_access_key.clone();
        let credential = Credential { secret, session_token: None, expires: None, principal };
        FixedCredentials::default().with(self.access_key_id.clone(), credential)
    }

    fn keep(&self, dir: &Path) -> Result<(), Error> {
        let text = format!(
            "[default]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
            self.access_key_id,
            self.secret_access_key.expose()
        );
        key_file::keep(dir, FILE, &self.access_key_id, &text)
    }

    fn parse(text: &str) -> Result<Self, &'static str> {
        let value = |name: &str| {
            text.lines().find_map(|line| {
                let (left, right) = line.split_once('=')?;
                (left.trim() == name).then(|| right.trim().to_owned())
            })
        };
        let id = value("aws_access_key_id").ok_or("aws_access_key_id is missing")?;
        let secret = value("aws_secret_access_key").ok_or("aws_secret_access_key is missing")?;
        // IAM's accessKeyIdType: 16 to 128 characters of \w.
        if !(16..=128).contains(&id.len()) || !id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
            return Err("aws_access_key_id is not 16 to 128 letters and digits");
        }
        if secret.is_empty() {
            return Err("aws_secret_access_key is empty");
        }
        Ok(Self { access_key_id: id, secret_access_key: Secret::new(secret) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Credentials;
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_has_the_forms_of_aws_and_stays_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let first = AdministratorKey::load_or_create(dir.path(), Seed::from_os()).unwrap();
        assert_eq!((first.access_key_id.len(), &first.access_key_id[..4]), (20, "AKIA"));
        assert!(
            first.access_key_id[4..].bytes().all(|b| b.is_ascii_uppercase() || (b'2'..=b'7').contains(&b))
        );
        assert_eq!(first.secret_access_key.expose().len(), 40);
        let again = AdministratorKey::load_or_create(dir.path(), Seed::from_os()).unwrap();
        assert_eq!(first.access_key_id, again.access_key_id);
        assert!(first.secret_access_key.is(again.secret_access_key.expose()));
        let mode = fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "no draft stays behind");
        let other = tempfile::tempdir().unwrap();
        let other = AdministratorKey::load_or_create(other.path(), Seed::from_os()).unwrap();
        assert_ne!(first.access_key_id, other.access_key_id);
    }

    #[test]
    fn a_file_that_others_can_read_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        AdministratorKey::load_or_create(dir.path(), Seed::from_os()).unwrap();
        let path = dir.path().join(FILE);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let error = AdministratorKey::load(dir.path()).unwrap_err();
        assert!(matches!(error, Error::Exposed { mode: 0o640, .. }), "{error}");
    }

    #[test]
    fn a_damaged_file_is_refused_and_not_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        for text in [
            "",
            "[default]\naws_access_key_id = AKIAAAAAAAAAAAAAAAAA\n",
            "aws_access_key_id = a b\naws_secret_access_key = x",
        ] {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            let error = AdministratorKey::load_or_create(dir.path(), Seed::from_os()).unwrap_err();
            assert!(matches!(error, Error::Malformed { .. }), "{error}");
            assert_eq!(fs::read_to_string(&path).unwrap(), text);
        }
    }

    #[test]
    fn racing_starts_agree_on_one_key() {
        let dir = tempfile::tempdir().unwrap();
        let keys = std::thread::scope(|scope| {
            let starts = [(); 8]
                .map(|()| scope.spawn(|| AdministratorKey::load_or_create(dir.path(), Seed::from_os())));
            starts.map(|start| start.join().unwrap().unwrap().access_key_id)
        });
        assert!(keys.iter().all(|key| *key == keys[0]));
    }

    #[test]
    fn the_key_is_the_root_of_the_account() {
        let key = AdministratorKey::generate(Seed::from_bytes([7; 32]));
        let credentials = key.credentials(&Scope::new("us-east-1", "000000000000"));
        let found = credentials.lookup(&key.access_key_id, None).unwrap();
        assert_eq!(found.principal.arn(), "arn:aws:iam::000000000000:root");
        assert!(credentials.lookup("AKIAOTHER", None).is_none());
        assert!(!format!("{key:?} {found:?}").contains(key.secret_access_key.expose()));
    }
}
