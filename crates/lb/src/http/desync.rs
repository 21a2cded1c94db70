//! Desync mitigation: how dangerous a request of HTTP/1 is, and what each mode does about it.
//!
//! The tiers, the reasons and the modes are those of AWS's http-desync-guardian, which its load balancers use. What is outside the grammar
//! of RFC 9112 never gets here.
// AWS differs: a severe request, and one whose head breaks the grammar (folded lines, spaces in names or in the URI, control characters),
// is refused in every mode. AWS's monitor mode lets it through.

use super::body::parse_length;
use super::{Framing, RequestHead, Version};
use model::balancer::DesyncMitigation;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    Compliant,
    Acceptable,
    Ambiguous,
    Severe,
}

impl Tier {
    /// As access logs write it.
    pub fn text(self) -> &'static str {
        match self {
            Self::Compliant => "Compliant",
            Self::Acceptable => "Acceptable",
            Self::Ambiguous => "Ambiguous",
            Self::Severe => "Severe",
        }
    }
}

/// The worst of what was found, with AWS's name for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub tier: Tier,
    pub reason: &'static str,
}

impl Verdict {
    pub const COMPLIANT: Self = Self { tier: Tier::Compliant, reason: "Compliant" };

    fn worst(&mut self, tier: Tier, reason: &'static str) {
        if tier > self.tier {
            *self = Self { tier, reason };
        }
    }
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Treatment {
    Pass,
    /// Passed on, but neither the client's nor the target's connection is used again.
    PassAndClose,
    Refuse,
}

/// What a mode does with a tier.
pub fn treatment(mode: DesyncMitigation, tier: Tier) -> Treatment {
    match (mode, tier) {
        (_, Tier::Compliant) => Treatment::Pass,
        (_, Tier::Severe) | (DesyncMitigation::Strictest, _) => Treatment::Refuse,
        (DesyncMitigation::Defensive, Tier::Ambiguous) => Treatment::PassAndClose,
        (DesyncMitigation::Defensive, Tier::Acceptable) | (DesyncMitigation::Monitor, _) => Treatment::Pass,
    }
}

/// Status of a refusal: AWS documents 501 for transfer codings that it does not have.
pub fn status(verdict: Verdict) -> u16 {
    if verdict.reason == UNKNOWN_CODING { 501 } else { 400 }
}

const UNKNOWN_CODING: &str = "BadTransferEncoding";
/// What AWS calls an empty coding is not established.
const EMPTY_CODING: &str = "EmptyHeader";

/// Classifies a request and says how its body is delimited. A severe one has no framing that counts.
pub fn examine(head: &RequestHead, bare_lf: bool) -> (Verdict, Framing) {
    let mut verdict = Verdict::COMPLIANT;
    if bare_lf {
        verdict.worst(Tier::Acceptable, "NonCrLfLineTermination");
    }
    let (mut lengths, mut length) = (0_u32, None);
    let (mut codings, mut chunked, mut identity) = (0_u32, 0_u32, 0_u32);
    for field in head.fields.iter() {
        let name = field.name;
        if name.eq_ignore_ascii_case(b"content-length") {
            lengths += 1;
            match (parse_length(field.value), length) {
                (None, _) => verdict.worst(Tier::Severe, "BadContentLength"),
                (Some(one), Some(other)) if one != other => {
                    verdict.worst(Tier::Severe, "MultipleContentLength")
                }
                (Some(one), _) => length = Some(one),
            }
        } else if name.eq_ignore_ascii_case(b"transfer-encoding") {
            // Each element counts, the empty ones too: others may read `, chunked`, or nothing at all, in another way than we do.
            for coding in field.value.split(|byte| *byte == b',').map(<[u8]>::trim_ascii) {
                codings += 1;
                if coding.eq_ignore_ascii_case(b"chunked") {
                    chunked += 1;
                } else if coding.eq_ignore_ascii_case(b"identity") {
                    identity += 1;
                } else if coding.is_empty() {
                    verdict.worst(Tier::Severe, EMPTY_CODING);
                } else {
                    verdict.worst(Tier::Severe, UNKNOWN_CODING);
                }
            }
        } else if looks_like_framing(name) {
            verdict.worst(Tier::Ambiguous, "SuspiciousHeader");
        }
        if !field.value.is_ascii() {
            verdict.worst(Tier::Acceptable, "NonCompliantHeader");
        }
    }
    if chunked > 1 {
        verdict.worst(Tier::Severe, "MultipleTransferEncodingChunked");
    }
    // RFC 9112 §7 has no `identity` any more. Beside `chunked` it leaves open which of the two delimits the body.
    match (identity, chunked) {
        (0, _) => {}
        (_, 0) => verdict.worst(Tier::Ambiguous, "UndefinedTransferEncodingSemantics"),
        _ => verdict.worst(Tier::Severe, "MultipleTransferEncodingChunked"),
    }
    if lengths > 1 {
        verdict.worst(Tier::Ambiguous, "DuplicateContentLength");
    }
    if codings > 0 && lengths > 0 {
        verdict.worst(Tier::Ambiguous, "BothTeClPresent");
    }
    let without_body = matches!(&head.method[..], b"GET" | b"HEAD");
    if codings > 0 && (without_body || head.version == Version::Http10) {
        verdict.worst(Tier::Ambiguous, "UndefinedTransferEncodingSemantics");
    }
    match length {
        Some(0) if without_body => verdict.worst(Tier::Acceptable, "GetHeadZeroContentLength"),
        Some(_) if without_body => verdict.worst(Tier::Ambiguous, "UndefinedContentLengthSemantics"),
        _ => {}
    }
    // RFC 9112 §6.3: the transfer coding overrides the length.
    let framing = match (chunked, length) {
        (1.., _) => Framing::Chunked,
        (0, Some(length)) => Framing::Length(length),
        (0, None) => Framing::None,
    };
    (verdict, framing)
}

/// As [`examine`], of a request that came by HTTP/2 and may leave by HTTP/1: how its body is delimited there is given.
pub fn examine_framed(head: &RequestHead, framing: Framing) -> Verdict {
    let (mut verdict, _) = examine(head, false);
    if framing == Framing::Chunked && matches!(&head.method[..], b"GET" | b"HEAD") {
        verdict.worst(Tier::Ambiguous, "UndefinedTransferEncodingSemantics");
    }
    verdict
}

/// Whether a name becomes that of a framing field once separators and case are normalised: `Transfer_Encoding`, `ContentLength`.
fn looks_like_framing(name: &[u8]) -> bool {
    if !(13..=20).contains(&name.len()) {
        return false;
    }
    let mut letters = [0u8; 20];
    let mut count = 0;
    for byte in name.iter().filter(|byte| byte.is_ascii_alphabetic()) {
        letters[count] = byte.to_ascii_lowercase();
        count += 1;
    }
    matches!(&letters[..count], b"transferencoding" | b"contentlength")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::head::take_request;
    use bytes::BytesMut;

    fn examined(method: &str, version: &str, fields: &str) -> (Verdict, Framing) {
        let text = format!("{method} / HTTP/{version}\r\nHost: a\r\n{fields}\r\n");
        let parsed = take_request(&mut BytesMut::from(&text[..])).expect("well formed").expect("whole");
        examine(&parsed.head, parsed.bare_lf)
    }

    #[test]
    fn tiers_and_framing() {
        use Framing::{Chunked, Length, None};
        for (method, version, fields, tier, reason, framing) in [
            ("GET", "1.1", "", Tier::Compliant, "Compliant", None),
            ("POST", "1.1", "Content-Length: 5\r\n", Tier::Compliant, "Compliant", Length(5)),
            ("POST", "1.1", "Transfer-Encoding: chunked\r\n", Tier::Compliant, "Compliant", Chunked),
            (
                "POST",
                "1.1",
                "Transfer-Encoding: identity\r\n",
                Tier::Ambiguous,
                "UndefinedTransferEncodingSemantics",
                None,
            ),
            ("POST", "1.1", "Transfer-Encoding: \r\n", Tier::Severe, "EmptyHeader", None),
            ("POST", "1.1", "Transfer-Encoding: , chunked\r\n", Tier::Severe, "EmptyHeader", Chunked),
            ("POST", "1.1", "Transfer-Encoding: chunked,\r\n", Tier::Severe, "EmptyHeader", Chunked),
            (
                "POST",
                "1.1",
                "Transfer-Encoding: chunked, identity\r\n",
                Tier::Severe,
                "MultipleTransferEncodingChunked",
                Chunked,
            ),
            ("GET", "1.1", "Content-Length: 0\r\n", Tier::Acceptable, "GetHeadZeroContentLength", Length(0)),
            ("GET", "1.1", "X: y\nZ: z\r\n", Tier::Acceptable, "NonCrLfLineTermination", None),
            ("GET", "1.1", "X: ü\r\n", Tier::Acceptable, "NonCompliantHeader", None),
            (
                "GET",
                "1.1",
                "Content-Length: 5\r\n",
                Tier::Ambiguous,
                "UndefinedContentLengthSemantics",
                Length(5),
            ),
            (
                "GET",
                "1.1",
                "Transfer-Encoding: chunked\r\n",
                Tier::Ambiguous,
                "UndefinedTransferEncodingSemantics",
                Chunked,
            ),
            (
                "POST",
                "1.0",
                "Transfer-Encoding: chunked\r\n",
                Tier::Ambiguous,
                "UndefinedTransferEncodingSemantics",
                Chunked,
            ),
            (
                "POST",
                "1.1",
                "Content-Length: 5\r\nContent-Length: 5\r\n",
                Tier::Ambiguous,
                "DuplicateContentLength",
                Length(5),
            ),
            (
                "POST",
                "1.1",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                Tier::Ambiguous,
                "BothTeClPresent",
                Chunked,
            ),
            ("POST", "1.1", "Transfer_Encoding: chunked\r\n", Tier::Ambiguous, "SuspiciousHeader", None),
            ("POST", "1.1", "Content.Length: 5\r\n", Tier::Ambiguous, "SuspiciousHeader", None),
            (
                "POST",
                "1.1",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                Tier::Severe,
                "MultipleContentLength",
                Length(5),
            ),
            ("POST", "1.1", "Content-Length: 5, 5\r\n", Tier::Severe, "BadContentLength", None),
            ("POST", "1.1", "Content-Length: +5\r\n", Tier::Severe, "BadContentLength", None),
            ("POST", "1.1", "Content-Length: \r\n", Tier::Severe, "BadContentLength", None),
            (
                "POST",
                "1.1",
                "Transfer-Encoding: chunked, chunked\r\n",
                Tier::Severe,
                "MultipleTransferEncodingChunked",
                Chunked,
            ),
            ("POST", "1.1", "Transfer-Encoding: xchunked\r\n", Tier::Severe, "BadTransferEncoding", None),
            ("POST", "1.1", "Transfer-Encoding: \"chunked\"\r\n", Tier::Severe, "BadTransferEncoding", None),
        ] {
            let (verdict, found) = examined(method, version, fields);
            assert_eq!((verdict.tier, verdict.reason, found), (tier, reason, framing), "{fields:?}");
        }
    }

    #[test]
    fn modes() {
        use DesyncMitigation::{Defensive, Monitor, Strictest};
        use Treatment::{Pass, PassAndClose, Refuse};
        let tiers = [Tier::Compliant, Tier::Acceptable, Tier::Ambiguous, Tier::Severe];
        for (mode, treatments) in [
            (Monitor, [Pass, Pass, Pass, Refuse]),
            (Defensive, [Pass, Pass, PassAndClose, Refuse]),
            (Strictest, [Pass, Refuse, Refuse, Refuse]),
        ] {
            assert_eq!(tiers.map(|tier| treatment(mode, tier)), treatments);
        }
    }
}
