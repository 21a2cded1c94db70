//! Access logs, connection logs and health check logs, in AWS's order and quoting ("Access logs for your Application Load Balancer", "Connection logs …",
//! "Health check logs", "Access logs for your Network Load Balancer"; November 2026).

mod access;
mod connection;
mod directory;
mod health_check;

pub use access::Access;
pub use connection::{Connection, Network, offered};
pub use directory::Directory;
pub use health_check::{Failure, HealthCheck};

use std::fmt;
use std::time::{SystemTime, UNIX_EPOCH};

/// Which log a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Access,
    Connection,
    HealthCheck,
}

/// Takes the lines of logs. It must not wait: a worker writes.
pub trait Logs: Send + Sync + 'static {
    /// A line without its end, of the load balancer with this ARN.
    fn write(&self, balancer: &str, kind: Kind, line: String);
}

/// No logs.
#[derive(Debug, Clone, Copy, Default)]
pub struct Nowhere;

impl Logs for Nowhere {
    fn write(&self, _: &str, _: Kind, _: String) {}
}

/// Names a connection in both logs.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionId(pub [u64; 2]);

impl fmt::Display for ConnectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [high, low] = self.0;
        write!(f, "TID_{high:016x}{low:016x}")
    }
}

/// ISO 8601 in UTC with microseconds.
pub fn timestamp(time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (year, month, day) = date(since.as_secs() / 86_400);
    let second = since.as_secs() % 86_400;
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:06}Z",
        second / 3600,
        second / 60 % 60,
        second % 60,
        since.subsec_micros()
    )
}

/// Year, month and day of a day since 1970 (the civil calendar, in eras of 400 years that begin in March).
pub fn date(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

/// A text in double quotes; quotes, backslashes and what is not printable inside are escaped as `\xHH`.
fn quoted(text: &[u8]) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for byte in text {
        match byte {
            b'"' | b'\\' | 0..=0x1f | 0x7f.. => out.push_str(&format!("\\x{byte:02X}")),
            _ => out.push(char::from(*byte)),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn times() {
        for (micros, text) in [
            (0, "1970-01-01T00:00:00.000000Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
            (1_530_570_180_186_641, "2018-07-02T22:23:00.186641Z"),
            (1_798_761_599_999_999, "2026-12-31T23:59:59.999999Z"),
        ] {
            assert_eq!(timestamp(UNIX_EPOCH + Duration::from_micros(micros)), text);
        }
    }

    #[test]
    fn quotes_end_no_field() {
        assert_eq!(quoted(b"a \"b\\\n\xff"), "\"a \\x22b\\x5C\\x0A\\xFF\"");
    }
}
