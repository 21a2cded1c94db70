//! Requests that are signed with temporary credentials: what their tokens stand for.

use auth::session::{Bearer, Session, SessionKey};
use auth::{Credential, Credentials, Secret};
use state::State;
use std::sync::Arc;

/// Finds the credentials of sessions: from the token, and from whether its role is still there.
pub struct Sessions {
    state: State,
    key: Arc<SessionKey>,
    region: String,
    /// Long-lived keys: a session of the account's root ends with the one that asked for it.
    permanent: Arc<dyn Credentials>,
}

impl Sessions {
    pub fn new(
        state: State,
        key: Arc<SessionKey>,
        region: impl Into<String>,
        permanent: Arc<dyn Credentials>,
    ) -> Self {
        Self { state, key, region: region.into(), permanent }
    }

    /// Whether whoever the session is of is still there.
    fn stands(&self, session: &Session) -> bool {
        let claims = &session.claims;
        match &claims.bearer {
            Bearer::Role { name, id, .. } => {
                state::iam::role_of_session(&self.state.snapshot(), &claims.account, name, id).is_some()
            }
            Bearer::AccountRoot { parent_key } => {
                let parent = self.permanent.lookup(parent_key, None);
                parent.is_some_and(|parent| parent.principal.account() == claims.account)
            }
        }
    }
}

impl Credentials for Sessions {
    fn lookup(&self, access_key_id: &str, session_token: Option<&str>) -> Option<Arc<Credential>> {
        let token = session_token?;
        let session = self.key.open(token)?;
        if session.access_key_id != access_key_id || !self.stands(&session) {
            return None;
        }
        let principal = session.principal(&self.region);
        Some(Arc::new(Credential {
            secret: session.secret_access_key,
            session_token: Some(Secret::new(token)),
            expires: Some(session.claims.expires),
            principal,
        }))
    }
}
