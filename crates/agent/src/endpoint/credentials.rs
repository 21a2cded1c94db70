//! The task role's credentials: kept in memory only, given out to the task's own containers.
//!
//! The control plane sends them with the task and again before they expire. A restarted agent has none until its first session; their id
//! is in the checkpoint, so that it answers "not yet" and not "unknown" meanwhile.

use super::same;
use crate::aws;
use crate::clock;
use agent_protocol::payload::IamRoleCredentials;
use model::Timestamp;
use serde::Serialize;
use std::sync::{Arc, Mutex, PoisonError};

/// The role of a task; clones share the keys.
#[derive(Clone, Debug, Default)]
pub(crate) struct TaskRole {
    /// Names the credentials; the same over all their refreshes.
    pub id: Option<String>,
    keys: Arc<Mutex<Option<Keys>>>,
}

/// One set of keys. Its parts that are secret do not show in `Debug`.
#[derive(Clone, Debug)]
struct Keys {
    role_arn: String,
    credentials: aws::Credentials,
    /// As it was sent.
    expiration: String,
    /// `None` where that cannot be read: then it is for whoever uses them to find out.
    expires_at: Option<Timestamp>,
}

impl TaskRole {
    pub fn new(given: Option<&IamRoleCredentials>) -> Self {
        let role = Self { id: given.and_then(|g| g.credentials_id.clone()), keys: Arc::default() };
        if let Some(given) = given {
            role.refresh(given);
        }
        role
    }

    /// Takes new keys; those of another id are not this role's.
    pub fn refresh(&self, given: &IamRoleCredentials) {
        let (Some(id), Ok(credentials)) = (&self.id, aws::Credentials::try_from(given)) else { return };
        if given.credentials_id.as_ref() != Some(id) {
            tracing::warn!("credentials with another id than the task's are dropped");
            return;
        }
        let expiration = given.expiration.clone().unwrap_or_default();
        let keys = Keys {
            role_arn: given.role_arn.clone().unwrap_or_default(),
            credentials,
            expires_at: read_instant(&expiration),
            expiration,
        };
        *self.keys.lock().unwrap_or_else(PoisonError::into_inner) = Some(keys);
    }

    fn keys(&self, now: Timestamp) -> Option<Keys> {
        let keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner).clone();
        keys.filter(|k| k.expires_at.is_none_or(|at| now < at))
    }

    /// What the agent signs with in the task's name.
    pub fn credentials(&self) -> Option<aws::Credentials> {
        self.keys(clock::now()).map(|k| k.credentials)
    }
}

/// What SDKs read. No `Debug`: two of its fields are secrets.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Document {
    role_arn: String,
    access_key_id: String,
    secret_access_key: String,
    token: String,
    expiration: String,
}

/// Why there are none.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Refusal {
    pub code: &'static str,
    pub message: String,
    #[serde(rename = "HTTPErrorCode")]
    pub status: u16,
}

/// The answer to a request of API version `version` for the id `id`, by the roles that the asking listener may know.
pub(super) fn answer(version: u8, id: &str, roles: &[TaskRole], now: Timestamp) -> Result<Document, Refusal> {
    let refuse = |status, code, text: &str| {
        Err(Refusal { code, message: format!("CredentialsV{version}Request: {text}"), status })
    };
    if id.is_empty() {
        return refuse(400, "NoIdInRequest", "No Credential ID in the request");
    }
    let Some(role) = roles.iter().find(|r| r.id.as_deref().is_some_and(|known| same(known, id))) else {
        return refuse(400, "InvalidIdInRequest", "Credentials not found");
    };
    // AWS differs: the official agent gives out keys that have expired. They cannot be used; 503 makes an SDK ask again.
    let Some(keys) = role.keys(now) else {
        return refuse(503, "CredentialsUninitialized", "Credentials uninitialized for ID");
    };
    let token = keys.credentials.session_token.as_ref();
    Ok(Document {
        role_arn: keys.role_arn,
        access_key_id: keys.credentials.access_key_id.clone(),
        secret_access_key: keys.credentials.secret_access_key.expose().to_owned(),
        token: token.map(|t| t.expose().to_owned()).unwrap_or_default(),
        expiration: keys.expiration,
    })
}

/// `2026-01-01T00:00:00Z`, with or without a fraction.
fn read_instant(text: &str) -> Option<Timestamp> {
    let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<i64>().ok();
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let bytes = text.as_bytes();
    if !text.is_ascii() || !text.ends_with('Z') || separators.iter().any(|(at, s)| bytes.get(*at) != Some(s))
    {
        return None;
    }
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    let in_range = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..=60).contains(&second);
    if !in_range {
        return None;
    }
    // Years that begin in March, so that the leap day is the last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era_day = (153 * month + 2) / 5 + day - 1;
    let days =
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + era_day - 719_468;
    Some(Timestamp((((days * 24 + hour) * 60 + minute) * 60 + second) * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(id: &str, key: &str, expiration: &str) -> IamRoleCredentials {
        IamRoleCredentials {
            credentials_id: Some(id.into()),
            role_arn: Some("arn:aws:iam::000000000000:role/r".into()),
            access_key_id: Some(key.into()),
            secret_access_key: Some("s3cr3t".into()),
            session_token: Some("t0k3n".into()),
            expiration: Some(expiration.into()),
            credential_scope: None,
        }
    }

    fn json(answer: Result<Document, Refusal>) -> String {
        match answer {
            Ok(document) => serde_json::to_string(&document).unwrap(),
            Err(refusal) => serde_json::to_string(&refusal).unwrap(),
        }
    }

    const NOON: Timestamp = Timestamp(1_767_268_800_000);

    #[test]
    fn what_is_answered() {
        let role = TaskRole::new(Some(&given("id", "AKIA", "2026-01-01T12:00:01Z")));
        let pending = TaskRole { id: Some("pending".into()), keys: Arc::default() };
        let roles = [role.clone(), pending, TaskRole::default()];
        let ask = |id: &str, now| json(answer(2, id, &roles, now));
        assert_eq!(
            ask("id", NOON),
            r#"{"RoleArn":"arn:aws:iam::000000000000:role/r","AccessKeyId":"AKIA","SecretAccessKey":"s3cr3t","Token":"t0k3n","Expiration":"2026-01-01T12:00:01Z"}"#
        );
        let refusal = |code: &str, text: &str, status: u16| {
            format!(
                r#"{{"code":"{code}","message":"CredentialsV2Request: {text}","HTTPErrorCode":{status}}}"#
            )
        };
        let later = Timestamp(NOON.0 + 1000);
        let uninitialized = refusal("CredentialsUninitialized", "Credentials uninitialized for ID", 503);
        assert_eq!(ask("id", later), uninitialized, "expired");
        assert_eq!(ask("pending", NOON), uninitialized);
        assert_eq!(ask("other", NOON), refusal("InvalidIdInRequest", "Credentials not found", 400));
        assert_eq!(ask("", NOON), refusal("NoIdInRequest", "No Credential ID in the request", 400));
        // Refreshed, and not by another's.
        role.refresh(&given("other", "WRONG", "2027-01-01T00:00:00Z"));
        role.refresh(&given("id", "FRESH", "2026-01-01T18:00:00Z"));
        assert!(ask("id", later).contains("FRESH"));
    }

    #[test]
    fn secrets_do_not_show() {
        let shown = format!("{:?}", TaskRole::new(Some(&given("id", "AKIA", ""))));
        assert!(!shown.contains("s3cr3t") && !shown.contains("t0k3n"), "{shown}");
    }

    #[test]
    fn instants() {
        for (text, expected) in [
            ("1970-01-01T00:00:00Z", Some(0)),
            ("2000-02-29T00:00:00Z", Some(951_782_400)),
            ("2026-01-01T12:00:00.25Z", Some(1_767_268_800)),
            ("2024-12-31T23:59:59Z", Some(1_735_689_599)),
            ("2024-13-31T23:59:59Z", None),
            ("2024-12-31 23:59:59Z", None),
            ("2024-12-31T23:59:59", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(read_instant(text), expected.map(|s| Timestamp(s * 1000)), "{text}");
        }
    }
}
