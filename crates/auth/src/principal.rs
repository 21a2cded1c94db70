//! Who makes a request. The forms of ARN and user id are those that GetCallerIdentity answers
//! (docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html, IAM identifiers page; read 2026-11).

use crate::session::Claims;
use model::ids::Scope;
use std::fmt;
use std::sync::Arc;

/// Kind and name of a principal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identity {
    /// The account itself. The administrator's key is its key.
    AccountRoot,
    /// A user of IAM; `path` begins and ends with a slash, `id` is `AIDA…`.
    User { path: String, name: String, id: String },
    /// A session of a role; `id` is the role's `AROA…`.
    RoleSession { role: String, id: String, session: String },
    /// Longshore itself: a reconcile loop or the start-up. No request over the network is ever this.
    System { name: &'static str },
}

/// A verified caller of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    identity: Identity,
    partition: String,
    account: String,
    access_key_id: Option<String>,
    arn: String,
    session: Option<Arc<Claims>>,
}

impl Principal {
    /// A principal of the account of `scope`, with the key that its request was signed with, if it was.
    pub fn new(scope: &Scope, identity: Identity, access_key_id: Option<String>) -> Self {
        let Scope { partition, account, .. } = scope;
        let arn = match &identity {
            Identity::AccountRoot => format!("arn:{partition}:iam::{account}:root"),
            Identity::User { path, name, .. } => format!("arn:{partition}:iam::{account}:user{path}{name}"),
            Identity::RoleSession { role, session, .. } => {
                format!("arn:{partition}:sts::{account}:assumed-role/{role}/{session}")
            }
            // AWS differs: has no such principal; its own services act through service-linked roles.
            Identity::System { name } => format!("arn:{partition}:iam::{account}:longshore/{name}"),
        };
        Self {
            identity,
            partition: partition.clone(),
            account: account.clone(),
            access_key_id,
            arn,
            session: None,
        }
    }

    /// The same principal, in a session.
    pub(crate) fn in_session(self, claims: Claims) -> Self {
        Self { session: Some(Arc::new(claims)), ..self }
    }

    /// What its session's token says, where it acts in one.
    pub fn session(&self) -> Option<&Claims> {
        self.session.as_deref()
    }

    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// Twelve digits.
    pub fn account(&self) -> &str {
        &self.account
    }

    pub fn partition(&self) -> &str {
        &self.partition
    }

    pub fn arn(&self) -> &str {
        &self.arn
    }

    /// `AKIA…` or `ASIA…`; none for Longshore itself and where requests are not verified.
    pub fn access_key_id(&self) -> Option<&str> {
        self.access_key_id.as_deref()
    }

    /// `aws:userid`: the account of its root, the id of a user, `AROA…:SESSION` of a role session.
    pub fn user_id(&self) -> String {
        match &self.identity {
            Identity::AccountRoot => self.account.clone(),
            Identity::User { id, .. } => id.clone(),
            Identity::RoleSession { id, session, .. } => format!("{id}:{session}"),
            Identity::System { name } => format!("longshore:{name}"),
        }
    }

    /// Whether no policy can deny this principal anything.
    pub fn is_administrator(&self) -> bool {
        match self.identity {
            Identity::AccountRoot | Identity::System { .. } => true,
            Identity::User { .. } | Identity::RoleSession { .. } => false,
        }
    }
}

impl fmt::Display for Principal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.arn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_and_user_ids_have_the_forms_of_aws() {
        let scope = Scope::new("us-east-1", "123456789012");
        let root = Principal::new(&scope, Identity::AccountRoot, None);
        assert_eq!((root.arn(), root.user_id().as_str()), ("arn:aws:iam::123456789012:root", "123456789012"));
        let user =
            Identity::User { path: "/ops/".into(), name: "ann".into(), id: "AIDAJQABLZS4A3QDU576Q".into() };
        let user = Principal::new(&scope, user, Some("AKIAIOSFODNN7EXAMPLE".into()));
        assert_eq!(user.arn(), "arn:aws:iam::123456789012:user/ops/ann");
        assert_eq!(user.user_id(), "AIDAJQABLZS4A3QDU576Q");
        let session =
            Identity::RoleSession { role: "web".into(), id: "AROA123EXAMPLE".into(), session: "s".into() };
        let session = Principal::new(&scope, session, None);
        assert_eq!(session.arn(), "arn:aws:sts::123456789012:assumed-role/web/s");
        assert_eq!(session.user_id(), "AROA123EXAMPLE:s");
        assert!(root.is_administrator() && !user.is_administrator() && !session.is_administrator());
    }
}
