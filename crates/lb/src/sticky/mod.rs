//! Sticky sessions: the cookies that bring a client back to its target or target group.
//!
//! Sources: "Sticky sessions for your Application Load Balancer", November 2026. A load balancer's own cookies live seven days in the
//! client; the duration of the stickiness stands inside, sealed, and begins anew with each answer.

mod seal;

pub use seal::{Key, KeyError, bytes_of_hex};

use crate::http::Fields;
use std::time::{Duration, SystemTime};

/// The cookie of `lb_cookie`, and the one for requests across sites.
pub const TARGET: [&str; 2] = ["AWSALB", "AWSALBCORS"];
/// The cookie of a weighted forward.
pub const GROUP: [&str; 2] = ["AWSALBTG", "AWSALBTGCORS"];
/// The cookie of `app_cookie`. AWS numbers it; we never need more than one.
pub const APPLICATION: [&str; 1] = ["AWSALBAPP-0"];

/// How long a client keeps our cookies.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);

/// What a cookie says once it is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// What the session stays with: a target's key or a target group's ARN.
    pub with: Vec<u8>,
    /// When it ends, in seconds since 1970.
    pub until: u64,
}

/// The session of the first of our cookies that is genuine and not over. `scope` keeps the cookies of one group from being used for another.
pub fn session(
    fields: &Fields,
    names: &[&str],
    key: &Key,
    scope: &[u8],
    now_seconds: u64,
) -> Option<Session> {
    names.iter().find_map(|name| {
        // A client may have several of one name, of other paths or made up; it does not decide how much work that is.
        cookies(fields, name)
            .take(TRIED)
            .find_map(|value| key.open(value, scope).filter(|session| session.until > now_seconds))
    })
}

/// Cookies of one name that are looked at.
const TRIED: usize = 8;

/// The value of a cookie of a request.
pub fn cookie<'a>(fields: &'a Fields, name: &'a str) -> Option<&'a [u8]> {
    cookies(fields, name).next()
}

/// The values of all cookies of a name, in their order.
fn cookies<'a>(fields: &'a Fields, name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    fields.all("cookie").flat_map(|value| value.split(|byte| *byte == b';')).filter_map(|pair| {
        let pair = pair.trim_ascii();
        pair.strip_prefix(name.as_bytes())?.strip_prefix(b"=")
    })
}

/// Whether a response sets a cookie of this name.
pub fn sets(fields: &Fields, name: &str) -> bool {
    fields.all("set-cookie").any(|value| {
        value.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"="))
    })
}

/// Adds our cookies to a response: one for each name, the second with `SameSite=None; Secure`.
pub fn bind(fields: &mut Fields, names: &[&str], value: &str, now: SystemTime) {
    let expires = httpdate::fmt_http_date(now + KEPT);
    for (at, name) in names.iter().enumerate() {
        let across = if at == 1 { "; SameSite=None; Secure" } else { "" };
        fields.push("Set-Cookie", format!("{name}={value}; Expires={expires}; Path=/{across}"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key() -> Key {
        Key::from_hex(&"0b".repeat(32)).expect("a key")
    }

    fn with_cookies(value: &str) -> Fields {
        let mut fields = Fields::default();
        fields.push("Cookie", value);
        fields
    }

    #[test]
    fn a_session_comes_back() {
        let session_ = Session { with: b"target".to_vec(), until: 100 };
        let value = key().seal(&session_, b"group", [7; 12]);
        let fields = with_cookies(&format!("a=b; AWSALB={value}; c=d"));
        assert_eq!(session(&fields, &TARGET, &key(), b"group", 99), Some(session_.clone()));
        assert_eq!(session(&fields, &TARGET, &key(), b"group", 100), None, "it is over");
        assert_eq!(session(&fields, &TARGET, &key(), b"other", 99), None, "it is of another group");
        assert_eq!(session(&fields, &GROUP, &key(), b"group", 99), None, "it has another name");
        let other = Key::from_hex(&"0c".repeat(32)).expect("a key");
        assert_eq!(session(&fields, &TARGET, &other, b"group", 99), None, "it is of another load balancer");
        let twice = with_cookies(&format!("AWSALB=another; AWSALB={value}"));
        assert_eq!(
            session(&twice, &TARGET, &key(), b"group", 99),
            Some(session_.clone()),
            "one of two is genuine"
        );
        let across = with_cookies(&format!("AWSALB=forged; AWSALBCORS={value}"));
        assert_eq!(session(&across, &TARGET, &key(), b"group", 99), Some(session_));
    }

    #[test]
    fn cookies_of_responses() {
        let mut fields = Fields::default();
        bind(&mut fields, &TARGET, "v", SystemTime::UNIX_EPOCH);
        let set: Vec<&[u8]> = fields.all("set-cookie").collect();
        assert_eq!(
            set,
            [
                &b"AWSALB=v; Expires=Thu, 08 Jan 1970 00:00:00 GMT; Path=/"[..],
                b"AWSALBCORS=v; Expires=Thu, 08 Jan 1970 00:00:00 GMT; Path=/; SameSite=None; Secure"
            ]
        );
        assert!(sets(&fields, "AWSALB"));
        assert!(!sets(&fields, "AWS"));
    }

    proptest! {
        /// No change of a cookie is accepted, and nothing panics.
        #[test]
        fn forgeries(at in 0usize..200, byte in any::<u8>(), garbage in proptest::collection::vec(any::<u8>(), 0..80)) {
            let sealed = key().seal(&Session { with: b"target".to_vec(), until: 100 }, b"g", [1; 12]);
            let mut forged = sealed.clone().into_bytes();
            let at = at % forged.len();
            prop_assume!(forged[at] != byte);
            forged[at] = byte;
            prop_assert_eq!(key().open(&forged, b"g"), None);
            prop_assert_eq!(key().open(&garbage, b"g"), None);
        }
    }
}
