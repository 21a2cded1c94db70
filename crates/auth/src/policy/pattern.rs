//! Patterns of policies: `*` stands for any characters, `?` for one.

/// Whether `text` is of `pattern`. Takes time in proportion to the product of their lengths at most.
pub(super) fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    // Where the last star was, and how much of the text it has taken so far.
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(b'?') => {
                p += 1;
                // A character, not a byte of one.
                t += 1;
                while text.get(t).is_some_and(|byte| byte & 0xc0 == 0x80) {
                    t += 1;
                }
            }
            Some(byte) if *byte == text[t] => {
                p += 1;
                t += 1;
            }
            Some(_) | None => match &mut star {
                Some((at, taken)) => {
                    *taken += 1;
                    (p, t) = (*at + 1, *taken);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// Whether `arn` is of `pattern`, part by part: a star does not reach over a colon of the first five parts. `*` alone
/// is every resource, also the `*` of an act that has none.
pub(super) fn arn_like(pattern: &str, arn: &str) -> bool {
    if pattern == "*" {
        return true;
    }
    let (mut patterns, mut parts) = (pattern.splitn(6, ':'), arn.splitn(6, ':'));
    (0..6).all(|_| match (patterns.next(), parts.next()) {
        (Some(pattern), Some(part)) => like(pattern, part),
        (None, _) | (_, None) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn stars_and_question_marks() {
        for (pattern, text) in [
            ("", ""),
            ("*", ""),
            ("*", "abc"),
            ("a*c", "abbc"),
            ("a*b*c", "axxbyyc"),
            ("?", "ä"),
            ("ecs:Run*", "ecs:RunTask"),
            ("a**", "a"),
        ] {
            assert!(like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("a", ""), ("?", ""), ("a*c", "abcd"), ("??", "ä"), ("a?c", "ac")]
        {
            assert!(!like(pattern, text), "{pattern} {text}");
        }
    }

    #[test]
    fn arns_part_by_part() {
        let arn = "arn:aws:ecs:us-east-1:123456789012:task/web/1";
        for pattern in ["*", arn, "arn:aws:ecs:*:123456789012:*", "arn:*:ecs:*:*:task/web/*"] {
            assert!(arn_like(pattern, arn), "{pattern}");
        }
        for pattern in ["arn:*", "arn:aws:*:task/web/1", "arn:aws:ecs:us-west-2:123456789012:*", "*:*"] {
            assert!(!arn_like(pattern, arn), "{pattern}");
        }
        assert!(arn_like("*", "*") && !arn_like(arn, "*"));
    }

    proptest! {
        /// The obvious definition, which takes exponential time.
        #[test]
        fn like_is_what_it_says(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
            fn slow(pattern: &[u8], text: &[u8]) -> bool {
                match (pattern.split_first(), text.split_first()) {
                    (None, None) => true,
                    (Some((b'*', rest)), _) => slow(rest, text) || !text.is_empty() && slow(pattern, &text[1..]),
                    (Some((b'?', rest)), Some((_, more))) => slow(rest, more),
                    (Some((one, rest)), Some((other, more))) => one == other && slow(rest, more),
                    (None, Some(_)) | (Some(_), None) => false,
                }
            }
            prop_assert_eq!(like(&pattern, &text), slow(pattern.as_bytes(), text.as_bytes()));
        }
    }
}
