//! From a request to a user: sessions, logins, and what the provider is asked on the way.

use super::failure::Reason;
use super::provider::Ask;
use super::renew::Turn;
use super::session::{Found, Session, of_request};
use super::state::{LIFETIME_SECONDS, NONCE, State};
use super::token::{self, LARGEST, Tokens};
use super::{Authenticator, CALLBACK, Doorkeeper, User, encode};
use crate::engine::Shared;
use crate::engine::worker::Worker;
use crate::http::RequestHead;
use crate::metrics::Count;
use crate::plan::{BalancerPlan, ListenerPlan};
use crate::request::answer::{self, Answer};
use crate::sticky;
use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use model::balancer::{Authentication, Endpoint, OnUnauthenticated};
use std::sync::Arc;
use std::time::Instant;

/// A path that is the load balancer's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved<'h> {
    Callback,
    /// With the id that is asked for.
    PublicKey(&'h [u8]),
}

/// What becomes of a request.
#[derive(Debug)]
pub enum Admission {
    /// It goes on, as nobody's where there is no user.
    In(Option<Box<User>>),
    /// It is answered here.
    Out(Answer),
}

/// The cookie that binds a login to its browser.
const NONCE_COOKIE: &str = "AWSALBAuthNonce";

impl Authenticator {
    /// Whether a request is a user's. Also why it is not, where that is to be told.
    pub async fn admit(
        self: &Arc<Self>,
        worker: &Worker,
        listener: &ListenerPlan,
        head: &RequestHead,
    ) -> (Admission, Option<Reason>) {
        let (session, renewed, reason) = match self.session(worker, listener, head).await {
            Ok(Some((session, renewed))) => (Some(session), renewed, None),
            Ok(None) => (None, false, None),
            Err(reason) => (None, false, Some(reason)),
        };
        if let Some(reason) = reason {
            worker.count(&listener.balancer, reason.metric(), 1);
        }
        let Some(session) = session else { return self.unauthenticated(worker, listener, head, reason) };
        match self.user(worker, listener, &session, renewed) {
            Some(user) => (Admission::In(Some(Box::new(user))), None),
            None => {
                worker.count(&listener.balancer, Reason::Unhandled.metric(), 1);
                (Admission::Out(answer::error(500)), Some(Reason::Unhandled))
            }
        }
    }

    /// The session of a request, and whether it was just renewed.
    async fn session(
        self: &Arc<Self>,
        worker: &Worker,
        listener: &ListenerPlan,
        head: &RequestHead,
    ) -> Result<Option<(Session, bool)>, Reason> {
        let now = worker.epoch_seconds();
        match of_request(&head.fields, &listener.key, self) {
            Found::Nothing => Ok(None),
            // AWS differs: there the client is answered 401 until it forgets its cookies; here it is nobody, as without them.
            Found::Invalid => Err(Reason::InvalidCookie),
            Found::Session(session, _) if session.is_over(self.of.session_timeout_seconds, now) => Ok(None),
            Found::Session(session, cookies) if session.is_stale(now) => {
                self.renewed(worker, listener, *session, &cookies).await.map(|session| Some((session, true)))
            }
            Found::Session(session, _) => Ok(Some((*session, false))),
        }
    }

    /// A session whose access token has ended, with another one. It is asked for in a task of its own: a client that leaves does not lose it.
    async fn renewed(
        self: &Arc<Self>,
        worker: &Worker,
        listener: &ListenerPlan,
        session: Session,
        cookies: &[u8],
    ) -> Result<Session, Reason> {
        let mut outcome = match worker.shared.renewals.turn(cookies) {
            Turn::Theirs(outcome) => outcome,
            Turn::Ours(tell) => {
                let outcome = tell.subscribe();
                let (this, shared) = (Arc::clone(self), Arc::clone(&worker.shared));
                let (balancer, index, now) =
                    (Arc::clone(&listener.balancer), worker.index, worker.epoch_seconds());
                worker.tasks.spawn_local(async move {
                    let begun = Instant::now();
                    let renewed = this.renew(&shared, &balancer, &session, now).await;
                    told(&balancer, index, begun);
                    if renewed.is_ok() {
                        balancer.counters.add(index, Count::ELBAuthRefreshTokenSuccess, 1);
                    }
                    tell.send_replace(Some(renewed));
                });
                outcome
            }
        };
        let found = outcome.wait_for(Option::is_some).await.map(|found| found.clone());
        found.ok().flatten().unwrap_or(Err(Reason::Unhandled))
    }

    async fn renew(
        &self,
        shared: &Shared,
        balancer: &BalancerPlan,
        session: &Session,
        now: u64,
    ) -> Result<Session, Reason> {
        let mut form = String::new();
        encode::push(&mut form, "grant_type", "refresh_token");
        encode::push(&mut form, "refresh_token", session.refresh_token.as_deref().unwrap_or_default());
        let tokens = self.tokens(shared, balancer, &form).await?;
        // Core §12.2: another ID token may come with it, which has to be about the same user.
        if tokens.id_token.is_some() && self.subject(&tokens, now)? != session.subject {
            return Err(Reason::InvalidIdToken);
        }
        let claims = self.claims(shared, balancer, &tokens, &session.subject).await?;
        Ok(Session {
            begun: session.begun,
            access_until: tokens.seconds.map(|seconds| now + seconds),
            subject: session.subject.clone(),
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token.or_else(|| session.refresh_token.clone()),
            claims,
        })
    }

    /// What becomes of a request that is nobody's.
    fn unauthenticated(
        &self,
        worker: &Worker,
        listener: &ListenerPlan,
        head: &RequestHead,
        reason: Option<Reason>,
    ) -> (Admission, Option<Reason>) {
        match self.of.on_unauthenticated {
            OnUnauthenticated::Allow => (Admission::In(None), reason),
            OnUnauthenticated::Deny => (Admission::Out(answer::error(401)), reason),
            OnUnauthenticated::Authenticate => match self.send_to_provider(worker, listener, head) {
                Ok(answer) => (Admission::Out(answer), reason),
                Err(reason) => {
                    worker.count(&listener.balancer, reason.metric(), 1);
                    (Admission::Out(answer::error(reason.status())), Some(reason))
                }
            },
        }
    }

    /// Sends a user to the provider.
    fn send_to_provider(
        &self,
        worker: &Worker,
        listener: &ListenerPlan,
        head: &RequestHead,
    ) -> Result<Answer, Reason> {
        let host = host(head)?;
        // Several tabs of one browser may log in at once, with one cookie.
        let nonce = nonce_of(head).unwrap_or_else(|| {
            let mut nonce = [0; NONCE];
            let text = URL_SAFE_NO_PAD.encode(worker.nonce());
            nonce.copy_from_slice(&text.as_bytes()[..NONCE]);
            nonce
        });
        let state = State::new(worker.epoch_seconds(), nonce, host.as_bytes(), head.path(), &head.target);
        let state = state.seal(&listener.key, self, worker.nonce());
        let url = self.of.authorization_endpoint.as_str();
        let mut location = format!("{url}{}", if url.contains('?') { '&' } else { '?' });
        for (name, value) in [
            ("client_id", &*self.of.client_id),
            ("redirect_uri", &redirect_uri(&host)),
            ("response_type", "code"),
            ("scope", &self.of.scope),
            ("state", &state),
        ] {
            encode::push(&mut location, name, value);
        }
        for (name, value) in &self.of.extra_parameters {
            encode::push(&mut location, name, value);
        }
        let mut answer = answer::redirect(302, location);
        let nonce = String::from_utf8_lossy(&nonce);
        let cookie = format!(
            "{NONCE_COOKIE}={nonce}; Max-Age={LIFETIME_SECONDS}; Path=/; Secure; HttpOnly; SameSite=Lax"
        );
        answer.head.fields.push("Set-Cookie", cookie);
        answer.head.fields.push("Cache-Control", "no-store");
        Ok(answer)
    }

    /// What a target is told of a session's user.
    fn user(
        &self,
        worker: &Worker,
        listener: &ListenerPlan,
        session: &Session,
        renewed: bool,
    ) -> Option<User> {
        let Authentication { issuer, client_id, .. } = &self.of;
        let keeper = listener.keeper.as_ref()?;
        let same = keeper.same(self);
        let token = keeper.signer.token(
            session,
            issuer,
            client_id,
            &listener.balancer.arn,
            worker.epoch_seconds(),
        )?;
        let cookies = match renewed {
            true => session.cookies(&session.seal(&listener.key, same, worker.nonce())?, same),
            false => Vec::new(),
        };
        let headers = vec![
            ("x-amzn-oidc-accesstoken", Bytes::from(session.access_token.clone())),
            ("x-amzn-oidc-identity", Bytes::from(session.subject.clone())),
            ("x-amzn-oidc-data", Bytes::from(token)),
        ];
        Some(User { headers, cookies })
    }

    /// Asks the token endpoint.
    async fn tokens(&self, shared: &Shared, balancer: &BalancerPlan, form: &str) -> Result<Tokens, Reason> {
        // RFC 6749 §2.3.1, the method that every provider has to take. Which one AWS uses is not documented.
        let mut credentials = String::new();
        encode::encode(&mut credentials, &self.of.client_id);
        credentials.push(':');
        encode::encode(&mut credentials, self.of.client_secret.reveal());
        let authorization = format!("Basic {}", STANDARD.encode(credentials));
        let ask = Ask { method: "POST", authorization: &authorization, body: Some(form) };
        match self.ask(shared, balancer, &self.of.token_endpoint, ask).await {
            Ok((status, body)) => token::tokens(status, &body),
            Err(super::provider::Error::Answer) => Err(Reason::InvalidTokenResponse),
            Err(_) => Err(Reason::TokenTimeout),
        }
    }

    /// Asks the user info endpoint.
    async fn claims(
        &self,
        shared: &Shared,
        balancer: &BalancerPlan,
        tokens: &Tokens,
        subject: &str,
    ) -> Result<String, Reason> {
        let authorization = format!("Bearer {}", tokens.access_token);
        let ask = Ask { method: "GET", authorization: &authorization, body: None };
        let claims = match self.ask(shared, balancer, &self.of.user_info_endpoint, ask).await {
            Ok((status, body)) => token::user_info(status, &body, subject)?,
            Err(super::provider::Error::Answer) => return Err(Reason::InvalidUserInfo),
            Err(_) => return Err(Reason::UserInfoTimeout),
        };
        match claims.len() + tokens.access_token.len() > LARGEST {
            true => Err(Reason::SizeExceeded),
            false => Ok(claims),
        }
    }

    async fn ask(
        &self,
        shared: &Shared,
        balancer: &BalancerPlan,
        endpoint: &Endpoint,
        ask: Ask<'_>,
    ) -> Result<(u16, Vec<u8>), super::provider::Error> {
        let namespace = balancer.namespace.as_deref();
        let asked = shared.provider.ask(&*shared.sockets, namespace, &self.room, endpoint, ask).await;
        if let Err(error) = &asked
            && shared.provider.complains()
        {
            let source = std::error::Error::source(error).map(ToString::to_string);
            tracing::warn!(balancer = balancer.arn, provider = endpoint.authority(), %error, source, "a provider of identities gave no answer");
        }
        asked
    }

    fn subject(&self, tokens: &Tokens, now: u64) -> Result<String, Reason> {
        token::id_token(tokens.id_token.as_deref(), &self.of.issuer, &self.of.client_id, now)
    }

    /// Makes a session of the code with which a user came back.
    async fn log_in(
        &self,
        shared: &Shared,
        balancer: &BalancerPlan,
        code: &str,
        host: &str,
        now: u64,
    ) -> Result<Session, Reason> {
        let mut form = String::new();
        encode::push(&mut form, "grant_type", "authorization_code");
        encode::push(&mut form, "code", code);
        encode::push(&mut form, "redirect_uri", &redirect_uri(host));
        let tokens = self.tokens(shared, balancer, &form).await?;
        let subject = self.subject(&tokens, now)?;
        let claims = self.claims(shared, balancer, &tokens, &subject).await?;
        Ok(Session {
            begun: now,
            access_until: tokens.seconds.map(|seconds| now + seconds),
            subject,
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            claims,
        })
    }
}

impl Doorkeeper {
    /// Answers a request for a path of the load balancer's own.
    pub async fn answer(
        &self,
        worker: &Worker,
        listener: &ListenerPlan,
        reserved: Reserved<'_>,
        head: &RequestHead,
    ) -> (Answer, Option<Reason>) {
        match reserved {
            Reserved::PublicKey(id) if id == self.signer.id().as_bytes() => {
                (answer::fixed(200, None, &self.signer.public_key()), None)
            }
            Reserved::PublicKey(_) => (answer::error(404), None),
            Reserved::Callback => match self.come_back(worker, listener, head).await {
                Ok(answer) => {
                    worker.count(&listener.balancer, Count::ELBAuthSuccess, 1);
                    (answer, None)
                }
                Err(reason) => {
                    worker.count(&listener.balancer, reason.metric(), 1);
                    (answer::error(reason.status()), Some(reason))
                }
            },
        }
    }

    /// A user comes back from the provider.
    async fn come_back(
        &self,
        worker: &Worker,
        listener: &ListenerPlan,
        head: &RequestHead,
    ) -> Result<Answer, Reason> {
        let host = host(head)?;
        let parameter =
            |wanted: &str| encode::parameters(head.query()).find(|(name, _)| name == wanted).map(|(_, v)| v);
        let state = parameter("state").ok_or(Reason::MissingState)?;
        let opened = self
            .authenticators
            .iter()
            .find_map(|of| Some((of, State::open(state.as_bytes(), &listener.key, of)?)));
        let (of, state) = opened.ok_or(Reason::InvalidState)?;
        let now = worker.epoch_seconds();
        if now > state.made + LIFETIME_SECONDS || state.made > now + 300 || state.host != host.as_bytes() {
            return Err(Reason::InvalidState);
        }
        let nonce = sticky::cookie(&head.fields, NONCE_COOKIE).ok_or(Reason::MissingNonce)?;
        verify_slices_are_equal(nonce, &state.nonce).map_err(|_| Reason::InvalidNonce)?;
        // RFC 9207 §2.4: what another provider says is none of this login's.
        if parameter("iss").is_some_and(|issuer| issuer != of.of.issuer) {
            return Err(Reason::InvalidState);
        }
        if let Some(error) = parameter("error") {
            return Err(if error == "access_denied" { Reason::Denied } else { Reason::ProviderError });
        }
        let code = parameter("code").filter(|code| !code.is_empty()).ok_or(Reason::MissingCode)?;
        let begun = Instant::now();
        let session = of.log_in(&worker.shared, &listener.balancer, &code, &host, now).await;
        told(&listener.balancer, worker.index, begun);
        let session = session?;
        let shards = session.seal(&listener.key, of, worker.nonce()).ok_or(Reason::SizeExceeded)?;
        // Always of this host: what stands in the state begins with the slash of a path.
        let target = String::from_utf8_lossy(&state.target);
        let mut answer = answer::redirect(302, format!("https://{host}{target}"));
        session
            .cookies(&shards, of)
            .into_iter()
            .for_each(|cookie| answer.head.fields.push("Set-Cookie", cookie));
        answer.head.fields.push("Cache-Control", "no-store");
        Ok(answer)
    }
}

/// `ELBAuthLatency`.
fn told(balancer: &BalancerPlan, worker: usize, begun: Instant) {
    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(u64::MAX);
    balancer.counters.authentication_time(worker, micros);
}

/// The host that a user is sent back to, with its port where that is not HTTPS's own.
fn host(head: &RequestHead) -> Result<String, Reason> {
    let good = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~:[]".contains(byte);
    let host = head.host.strip_suffix(b":443").unwrap_or(&head.host);
    let host =
        std::str::from_utf8(host).ok().filter(|host| !host.is_empty() && host.as_bytes().iter().all(good));
    host.map(str::to_ascii_lowercase).ok_or(Reason::MissingHost)
}

fn redirect_uri(host: &str) -> String {
    format!("https://{host}{CALLBACK}")
}

/// The nonce that a browser has already.
fn nonce_of(head: &RequestHead) -> Option<[u8; NONCE]> {
    let value: [u8; NONCE] = sticky::cookie(&head.fields, NONCE_COOKIE)?.try_into().ok()?;
    value.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte)).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::head::take_request;
    use bytes::BytesMut;

    #[test]
    fn hosts_that_users_come_back_to() {
        let of = |text: &str| {
            let parsed = take_request(&mut BytesMut::from(text)).expect("well formed").expect("whole");
            host(&parsed.head)
        };
        let named = |name: &str| of(&format!("GET / HTTP/1.1\r\nHost: {name}\r\n\r\n"));
        for (name, host) in
            [("A.example", "a.example"), ("a:443", "a"), ("a:8443", "a:8443"), ("[::1]:443", "[::1]")]
        {
            assert_eq!(named(name).as_deref(), Ok(host));
        }
        assert_eq!(named(":443"), Err(Reason::MissingHost));
        assert_eq!(named("a'b"), Err(Reason::MissingHost));
        assert_eq!(of("GET / HTTP/1.0\r\n\r\n"), Err(Reason::MissingHost));
    }
}
