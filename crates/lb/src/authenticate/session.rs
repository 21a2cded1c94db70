//! Sessions of users: sealed cookies, in shards where one is too long for a browser.

use super::Authenticator;
use crate::http::Fields;
use crate::sticky::{self, Key};
use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A user who was authenticated.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// When he logged in, in seconds since 1970.
    pub begun: u64,
    /// When the access token ends; none where the provider does not say.
    pub access_until: Option<u64>,
    /// `sub` of his claims.
    pub subject: String,
    pub access_token: String,
    pub refresh_token: Option<String>,
    /// A JSON object.
    pub claims: String,
}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("begun", &self.begun)
            .field("access_until", &self.access_until)
            .finish_non_exhaustive()
    }
}

/// The most shards of a session (AWS: 16 K in all), and the most of one with its name, as browsers take it.
const SHARDS: usize = 4;
const SHARD: usize = 4096;
/// What a name and `-N=` take of a shard, at most, and what the cookie header has to leave room for: a request's header has 16 K.
const HEADER: usize = 16 * 1024 - 512;
/// The most of a refresh token.
pub const REFRESH: usize = 8 * 1024;

impl Session {
    /// Whether it has ended. One from the future was sealed under a clock that was wrong.
    pub fn is_over(&self, timeout_seconds: u32, now: u64) -> bool {
        now >= self.begun + u64::from(timeout_seconds) || self.begun > now + 300
    }

    /// Whether its access token has ended and the provider can be asked for another.
    pub fn is_stale(&self, now: u64) -> bool {
        self.refresh_token.is_some() && self.access_until.is_some_and(|until| until <= now)
    }

    /// The values of its cookies. One that is too long goes without its refresh token: it lasts until it ends and is not renewed. `None` where it is
    /// too long even so.
    pub fn seal(&self, key: &Key, of: &Authenticator, nonce: [u8; 12]) -> Option<Vec<String>> {
        let name = of.of.session_cookie_name.len() + "-0=; ".len();
        let text = key.seal_text(&self.bytes(), &scope(of), nonce);
        let shard = SHARD.checked_sub(name + 1).filter(|shard| *shard > 0)?;
        let count = text.len().div_ceil(shard);
        if count > SHARDS || text.len() + count * name + 1 > HEADER {
            let without = Self { refresh_token: None, ..self.clone() };
            return self.refresh_token.is_some().then(|| without.seal(key, of, nonce)).flatten();
        }
        let mut shards: Vec<String> =
            text.as_bytes().chunks(shard).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
        // Older shards may lie in the browser behind these: the first one says how many count.
        shards.first_mut()?.insert_str(0, &count.to_string());
        Some(shards)
    }

    fn bytes(&self) -> Vec<u8> {
        let mut out = vec![FORM];
        out.extend_from_slice(&self.begun.to_be_bytes());
        out.extend_from_slice(&self.access_until.unwrap_or(0).to_be_bytes());
        let refresh = self.refresh_token.as_deref().unwrap_or_default();
        for part in [&self.subject, &self.access_token, refresh] {
            out.extend_from_slice(&u32::try_from(part.len()).unwrap_or(0).to_be_bytes());
            out.extend_from_slice(part.as_bytes());
        }
        out.extend_from_slice(self.claims.as_bytes());
        out
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(&[FORM])?;
        let (begun, rest) = rest.split_first_chunk::<8>()?;
        let (until, mut rest) = rest.split_first_chunk::<8>()?;
        let mut next = || {
            let (length, after) = rest.split_first_chunk::<4>()?;
            let (part, after) = after.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
            rest = after;
            String::from_utf8(part.to_vec()).ok()
        };
        let (subject, access_token, refresh) = (next()?, next()?, next()?);
        Some(Self {
            begun: u64::from_be_bytes(*begun),
            access_until: Some(u64::from_be_bytes(*until)).filter(|until| *until > 0),
            subject,
            access_token,
            refresh_token: Some(refresh).filter(|token| !token.is_empty()),
            claims: String::from_utf8(rest.to_vec()).ok()?,
        })
    }

    /// `Set-Cookie` of its shards.
    pub fn cookies(&self, shards: &[String], of: &Authenticator) -> Vec<String> {
        let ends = UNIX_EPOCH + Duration::from_secs(self.begun + u64::from(of.of.session_timeout_seconds));
        let shards = shards.iter().enumerate();
        shards
            .map(|(at, value)| cookie(&format!("{}-{at}", of.of.session_cookie_name), value, ends))
            .collect()
    }
}

/// What every sealed session begins with: a later form would begin otherwise.
const FORM: u8 = 1;

fn scope(of: &Authenticator) -> Vec<u8> {
    [b"session of a user ".as_slice(), &of.id].concat()
}

fn cookie(name: &str, value: &str, ends: SystemTime) -> String {
    let expires = httpdate::fmt_http_date(ends);
    format!("{name}={value}; Expires={expires}; Path=/; Secure; HttpOnly; SameSite=Lax")
}

/// What a request's cookies say.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// There are cookies of that name, and they were not sealed here.
    Invalid,
    /// With what it was read from, by which it is known again.
    Session(Box<Session>, Vec<u8>),
}

/// The session of a request, whether or not it is over.
pub fn of_request(fields: &Fields, key: &Key, of: &Authenticator) -> Found {
    let name = &of.of.session_cookie_name;
    let shard = |at: usize| sticky::cookie(fields, &format!("{name}-{at}")).map(<[u8]>::to_vec);
    let Some(first) = shard(0) else { return Found::Nothing };
    let read = || {
        let (count, first) = first.split_first()?;
        let count = usize::from(count.wrapping_sub(b'0'));
        if count == 0 || count > SHARDS {
            return None;
        }
        let mut whole = first.to_vec();
        for at in 1..count {
            whole.append(&mut shard(at)?);
        }
        let text = key.open_text(&whole, &scope(of), SHARDS * SHARD)?;
        Some(Found::Session(Box::new(Session::read(&text)?), whole))
    };
    read().unwrap_or(Found::Invalid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authenticate::{State, state};
    use model::balancer::{Authentication, OnUnauthenticated, Secret};
    use proptest::prelude::*;

    fn authentication() -> Authentication {
        let url = |path: &str| format!("https://id.example/{path}").parse().expect("a URL");
        Authentication {
            issuer: "https://id.example".to_owned(),
            authorization_endpoint: url("a"),
            token_endpoint: url("t"),
            user_info_endpoint: url("u"),
            client_id: "c".to_owned(),
            client_secret: Secret::new("s"),
            session_cookie_name: "AWSELBAuthSessionCookie".to_owned(),
            scope: "openid".to_owned(),
            session_timeout_seconds: 60,
            extra_parameters: Default::default(),
            on_unauthenticated: OnUnauthenticated::Authenticate,
        }
    }

    fn of(balancer: &str) -> Authenticator {
        Authenticator::new(balancer, authentication())
    }

    fn key(byte: &str) -> Key {
        Key::from_hex(&byte.repeat(32)).expect("a key")
    }

    fn session(token: usize, refresh: Option<usize>, claims: usize) -> Session {
        Session {
            begun: 1000,
            access_until: Some(1010),
            subject: "ann".to_owned(),
            access_token: "t".repeat(token),
            refresh_token: refresh.map(|length| "r".repeat(length)),
            claims: format!("{{\"sub\":\"ann\",\"a\":\"{}\"}}", "c".repeat(claims)),
        }
    }

    /// A browser's cookies after `Set-Cookie`.
    fn brought(cookies: &[String]) -> Fields {
        let mut fields = Fields::default();
        let pairs: Vec<&str> =
            cookies.iter().map(|cookie| cookie.split(';').next().expect("a pair")).collect();
        fields.push("Cookie", format!("a=b; {}", pairs.join("; ")));
        fields
    }

    fn set(session: &Session, key: &Key, of: &Authenticator) -> Vec<String> {
        session.cookies(&session.seal(key, of, [7; 12]).expect("it fits"), of)
    }

    #[test]
    fn a_session_comes_back_from_as_many_cookies_as_it_takes() {
        for (session, shards) in [
            (session(10, Some(10), 10), 1),
            (session(3000, Some(1000), 2000), 2),
            (session(3000, Some(2000), 3500), 3),
            (session(2000, Some(2000), 7000), 4),
            (session(11 * 1024 - 30, None, 0), 4),
        ] {
            let cookies = set(&session, &key("0b"), &of("web"));
            assert_eq!(cookies.len(), shards);
            assert!(cookies.iter().all(|cookie| cookie.split(';').next().expect("a pair").len() <= SHARD));
            assert!(
                cookies[0].starts_with("AWSELBAuthSessionCookie-0=")
                    && cookies[0].ends_with(
                        "; Expires=Thu, 01 Jan 1970 00:17:40 GMT; Path=/; Secure; HttpOnly; SameSite=Lax"
                    )
            );
            let Found::Session(found, _) = of_request(&brought(&cookies), &key("0b"), &of("web")) else {
                panic!()
            };
            assert_eq!(*found, session);
        }
    }

    #[test]
    fn one_that_is_too_long_goes_without_its_refresh_token() {
        let cookies = set(&session(4000, Some(6000), 7000), &key("0b"), &of("web"));
        let Found::Session(found, _) = of_request(&brought(&cookies), &key("0b"), &of("web")) else {
            panic!()
        };
        assert_eq!(*found, session(4000, None, 7000));
        assert_eq!(session(9000, None, 9000).seal(&key("0b"), &of("web"), [7; 12]), None);
    }

    #[test]
    fn shards_of_an_older_and_longer_session_do_not_count() {
        let mut cookies = set(&session(10, None, 10), &key("0b"), &of("web"));
        cookies.extend(set(&session(3000, None, 3000), &key("0b"), &of("web")).split_off(1));
        let Found::Session(found, _) = of_request(&brought(&cookies), &key("0b"), &of("web")) else {
            panic!()
        };
        assert_eq!(*found, session(10, None, 10));
    }

    #[test]
    fn others_cookies_are_no_session() {
        let cookies = set(&session(3000, None, 3000), &key("0b"), &of("web"));
        let found = |key: &Key, of: &Authenticator| of_request(&brought(&cookies), key, of);
        assert_eq!(found(&key("0c"), &of("web")), Found::Invalid, "another key");
        assert_eq!(found(&key("0b"), &of("api")), Found::Invalid, "another load balancer");
        let mut other = authentication();
        other.client_id = "d".to_owned();
        assert_eq!(found(&key("0b"), &Authenticator::new("web", other)), Found::Invalid, "another client");
        let mut other = authentication();
        other.session_cookie_name = "other".to_owned();
        assert_eq!(found(&key("0b"), &Authenticator::new("web", other)), Found::Nothing);
        assert_eq!(
            of_request(&brought(&cookies[..1]), &key("0b"), &of("web")),
            Found::Invalid,
            "a shard is missing"
        );
        assert_eq!(of_request(&Fields::default(), &key("0b"), &of("web")), Found::Nothing);
        // A state is none either, though the same key seals it.
        let state =
            State::new(1000, [b'n'; state::NONCE], b"h", b"/", b"/").seal(&key("0b"), &of("web"), [7; 12]);
        let forged = brought(&[format!("AWSELBAuthSessionCookie-0=1{state}")]);
        assert_eq!(of_request(&forged, &key("0b"), &of("web")), Found::Invalid);
        let sticky = sticky::Session { with: vec![1; 40], until: u64::MAX };
        let sticky = key("0b").seal(&sticky, b"session of a user ", [7; 12]);
        let forged = brought(&[format!("AWSELBAuthSessionCookie-0=1{sticky}")]);
        assert_eq!(of_request(&forged, &key("0b"), &of("web")), Found::Invalid);
    }

    #[test]
    fn sessions_end() {
        let session = session(1, Some(1), 1);
        assert!(!session.is_over(60, 1059) && session.is_over(60, 1060));
        assert!(session.is_over(60, 600), "it was sealed under a clock that was ahead");
        assert!(!session.is_stale(1009) && session.is_stale(1010));
        assert!(
            !Session { refresh_token: None, ..session }.is_stale(1010),
            "there is nothing to renew it with"
        );
    }

    #[test]
    fn states_come_back_to_where_they_were_made() {
        let long = vec![b'a'; 5000];
        let sealed = |target: &[u8], path: &[u8]| {
            let state = State::new(1000, *b"0123456789abcdef", b"h.example:8443", path, target);
            State::open(state.seal(&key("0b"), &of("web"), [7; 12]).as_bytes(), &key("0b"), &of("web"))
        };
        let opened = sealed(b"/a?b=c", b"/a").expect("it is ours");
        assert_eq!(
            (&opened.host[..], &opened.target[..], opened.made),
            (&b"h.example:8443"[..], &b"/a?b=c"[..], 1000)
        );
        assert_eq!(sealed(&long, b"/a").expect("it is ours").target, b"/a");
        assert_eq!(sealed(&long, &long).expect("it is ours").target, b"/");
        // Behind a host these would be another one.
        for elsewhere in [&b"@evil.example/"[..], b".evil.example", b":1@evil.example", b"*", b""] {
            assert_eq!(sealed(elsewhere, elsewhere).expect("it is ours").target, b"/");
        }
        let text =
            State::new(1, *b"0123456789abcdef", b"h", b"/", b"/").seal(&key("0b"), &of("web"), [7; 12]);
        assert_eq!(State::open(text.as_bytes(), &key("0b"), &of("api")), None, "another load balancer's");
        assert_eq!(State::open(text.as_bytes(), &key("0c"), &of("web")), None);
    }

    proptest! {
        #[test]
        fn forgeries(at in 0usize..4000, byte in any::<u8>()) {
            let shards = session(100, Some(10), 100).seal(&key("0b"), &of("web"), [7; 12]).expect("it fits");
            let mut forged = shards[0].clone().into_bytes();
            let at = at % forged.len();
            prop_assume!(forged[at] != byte);
            forged[at] = byte;
            let mut fields = Fields::default();
            fields.push("Cookie", [b"AWSELBAuthSessionCookie-0=".as_slice(), &forged].concat());
            let found = of_request(&fields, &key("0b"), &of("web"));
            // What ends the value early, or is white space at its end, is another value.
            prop_assert!(!matches!(found, Found::Session(..)), "{found:?}");
        }
    }
}
