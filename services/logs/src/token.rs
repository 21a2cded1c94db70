//! Pagination tokens and event ids: opaque to clients, checked when they come back.
//!
//! A token says where the next page begins and for which question; its checksum covers both, so that one which
//! was changed, or is used with another question, is refused. It is no secret and proves no right.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use series::Position;

/// Ten to the sixteenth: the checksum's digits.
const CHECK: u64 = 10_000_000_000_000_000;
const SIGN: u64 = 1 << 63;

/// A place between events, for GetLogEvents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    /// Events at this position and behind it.
    Forward(Position),
    /// Events before this position.
    Backward(Position),
}

/// `f/` or `b/` and 56 digits, the form that AWS's have.
pub(crate) fn gap(question: &str, gap: Gap) -> String {
    let (letter, at) = match gap {
        Gap::Forward(at) => ('f', at),
        Gap::Backward(at) => ('b', at),
    };
    format!("{letter}/{}/s", digits(question, at))
}

/// Reads what [`gap`] wrote for the same question.
pub(crate) fn parse_gap(question: &str, token: &str) -> Option<Gap> {
    let (letter, rest) = token.split_once('/')?;
    let at = parse_digits(question, rest.strip_suffix("/s").unwrap_or(rest))?;
    match letter {
        "f" => Some(Gap::Forward(at)),
        "b" => Some(Gap::Backward(at)),
        _ => None,
    }
}

/// 56 digits: time, arrival, checksum. Also the form of event ids and sequence tokens.
pub(crate) fn digits(question: &str, at: Position) -> String {
    let time = at.time_ms as u64 ^ SIGN;
    format!("{time:020}{:020}{:016}", at.seq, check(&[question, &time.to_string(), &at.seq.to_string()]))
}

fn parse_digits(question: &str, text: &str) -> Option<Position> {
    if text.len() != 56 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (time, seq): (u64, u64) = (text[..20].parse().ok()?, text[20..40].parse().ok()?);
    let at = Position { time_ms: (time ^ SIGN) as i64, seq };
    (digits(question, at) == text).then_some(at)
}

/// A token that holds texts, for lists.
pub(crate) fn list(question: &str, parts: &[&str]) -> String {
    let mut sealed = vec![question];
    sealed.extend(parts);
    URL_SAFE_NO_PAD.encode(format!("{:016}\0{}", check(&sealed), parts.join("\0")))
}

/// Reads what [`list`] wrote for the same question.
pub(crate) fn parse_list(question: &str, token: &str) -> Option<Vec<String>> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let parts: Vec<&str> = text.split('\0').skip(1).collect();
    (list(question, &parts) == token).then(|| parts.into_iter().map(str::to_owned).collect())
}

/// FNV-1a over the parts and their lengths; stable across versions and machines.
fn check(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for part in parts {
        for byte in (part.len() as u64).to_le_bytes().into_iter().chain(part.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    hash % CHECK
}

/// The position right behind.
pub(crate) fn behind(at: Position) -> Position {
    match at.seq.checked_add(1) {
        Some(seq) => Position { seq, ..at },
        None => Position { time_ms: at.time_ms.saturating_add(1), seq: 0 },
    }
}

/// The position right before.
pub(crate) fn before(at: Position) -> Position {
    match at.seq.checked_sub(1) {
        Some(seq) => Position { seq, ..at },
        None => Position { time_ms: at.time_ms.saturating_sub(1), seq: u64::MAX },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tokens_come_back_and_no_other(time_ms: i64, seq: u64, question in ".{0,10}", at in 0usize..60, digit in 0u8..10, parts: Vec<String>) {
            let forward = Gap::Forward(Position { time_ms, seq });
            let token = gap(&question, forward);
            prop_assert_eq!(token.len(), 60);
            prop_assert_eq!(parse_gap(&question, &token), Some(forward));
            prop_assert_eq!(parse_gap(&format!("{question}x"), &token), None);
            let mut changed = token.clone().into_bytes();
            changed[at] = b'0' + digit;
            let changed = String::from_utf8(changed).expect("ASCII");
            if changed != token && at != 1 && at < 58 { prop_assert_eq!(parse_gap(&question, &changed), None); }
            let clean: Vec<String> = parts.iter().map(|p| p.replace('\0', "")).collect();
            prop_assume!(!clean.is_empty());
            let refs: Vec<&str> = clean.iter().map(String::as_str).collect();
            prop_assert_eq!(parse_list(&question, &list(&question, &refs)), Some(clean.clone()));
            prop_assert_eq!(parse_list("other", &list(&question, &refs)), None);
        }

        #[test]
        fn noise_is_no_token(text in ".{0,80}") {
            prop_assert_eq!(parse_gap("q", &text), None);
            prop_assert_eq!(parse_list("q", &text), None);
        }
    }
}
