//! Wildcards: `*` for any characters, `?` for exactly one, unless a backslash stands before them.

/// A compiled pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// What stands before the first wildcard.
    start: Box<[u8]>,
    /// The rest.
    wild: Box<[Token]>,
    ignore_case: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Byte(u8),
    /// `?`
    One,
    /// `*`
    Any,
}

impl Pattern {
    /// A pattern that regards case.
    pub fn new(text: &str) -> Self {
        Self::make(text.as_bytes(), false)
    }

    /// A pattern that does not.
    pub fn ignoring_case(text: &str) -> Self {
        Self::make(text.to_ascii_lowercase().as_bytes(), true)
    }

    fn make(text: &[u8], ignore_case: bool) -> Self {
        let tokens = tokens(text);
        let fixed = tokens.iter().take_while(|token| matches!(token, Token::Byte(_))).count();
        let start = tokens[..fixed].iter().filter_map(|token| match token {
            Token::Byte(byte) => Some(*byte),
            Token::One | Token::Any => None,
        });
        Self { start: start.collect(), wild: tokens[fixed..].into(), ignore_case }
    }

    /// The one text that matches, where there is only one.
    pub fn exact(&self) -> Option<&[u8]> {
        self.wild.is_empty().then_some(&self.start)
    }

    /// The first segment of every path that matches, where there is only one such.
    pub fn segment(&self) -> Option<&[u8]> {
        let segment = first_segment(&self.start);
        // The segment must have ended before the first wildcard; without one the whole text counts.
        (self.wild.is_empty() || segment.len() < self.start.len()).then_some(segment)
    }

    pub fn matches(&self, text: &[u8]) -> bool {
        let Some((start, rest)) = text.split_at_checked(self.start.len()) else { return false };
        self.equal(&self.start, start)
            && match &self.wild[..] {
                [] => rest.is_empty(),
                [Token::Any] => true,
                _ => self.wild(rest),
            }
    }

    fn equal(&self, pattern: &[u8], text: &[u8]) -> bool {
        if self.ignore_case { pattern.eq_ignore_ascii_case(text) } else { pattern == text }
    }

    /// Linear in the text for each star: only the last star is ever tried again.
    fn wild(&self, text: &[u8]) -> bool {
        let (mut at, mut seen) = (0, 0);
        let mut star: Option<(usize, usize)> = None;
        while seen < text.len() {
            match self.wild.get(at) {
                Some(Token::Any) => {
                    star = Some((at, seen));
                    at += 1;
                }
                Some(Token::One) => {
                    at += 1;
                    seen += 1;
                }
                Some(Token::Byte(byte)) if self.equal(&[*byte], &text[seen..=seen]) => {
                    at += 1;
                    seen += 1;
                }
                _ => match star {
                    Some((place, from)) => {
                        star = Some((place, from + 1));
                        at = place + 1;
                        seen = from + 1;
                    }
                    None => return false,
                },
            }
        }
        self.wild[at..].iter().all(|token| *token == Token::Any)
    }
}

/// What stands for what. A backslash before a wildcard or another backslash makes it a character like others (API reference, QueryStringConditionConfig); any
/// other one stands for itself.
fn tokens(text: &[u8]) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len());
    let mut rest = text.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        tokens.push(match byte {
            b'\\' => Token::Byte(rest.next_if(|next| matches!(next, b'*' | b'?' | b'\\')).unwrap_or(byte)),
            b'*' => Token::Any,
            b'?' => Token::One,
            byte => Token::Byte(byte),
        });
    }
    tokens
}

/// `/a` of `/a/b` and of `/a`; what comes before any slash is nothing.
pub fn first_segment(path: &[u8]) -> &[u8] {
    let end = path.iter().skip(1).position(|byte| *byte == b'/').map_or(path.len(), |at| at + 1);
    &path[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn wildcards() {
        for (pattern, text, matches) in [
            ("/img/*", "/img/", true),
            ("/img/*", "/img", false),
            ("/img/*/pics", "/img/a/b/pics", true),
            ("/img/?", "/img/a", true),
            ("/img/?", "/img/", false),
            ("*.example.com", "a.b.example.com", true),
            ("*.example.com", "example.com", false),
            ("*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
            ("", "", true),
            ("*", "", true),
            ("?", "", false),
            (r"a\*b", "a*b", true),
            (r"a\*b", "axb", false),
            (r"a\?*", "a?x", true),
            (r"a\?*", "abx", false),
            (r"a\\*", r"a\x", true),
            (r"a\b", r"a\b", true),
            (r"a\", r"a\", true),
        ] {
            assert_eq!(Pattern::new(pattern).matches(text.as_bytes()), matches, "{pattern} {text}");
        }
        assert!(Pattern::ignoring_case("*.Example.COM").matches(b"A.eXample.com"));
        assert!(!Pattern::new("/A").matches(b"/a"));
    }

    #[test]
    fn segments() {
        for (pattern, segment) in [
            ("/a", Some("/a")),
            ("/a/*", Some("/a")),
            ("/a*", None),
            ("/a/b?", Some("/a")),
            ("*", None),
            ("/", Some("/")),
            ("/a?/b", None),
        ] {
            assert_eq!(Pattern::new(pattern).segment(), segment.map(str::as_bytes), "{pattern}");
        }
    }

    fn slow(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern.first(), text.first()) {
            (None, None) => true,
            (Some(b'*'), _) => slow(&pattern[1..], text) || (!text.is_empty() && slow(pattern, &text[1..])),
            (Some(b'?'), Some(_)) => slow(&pattern[1..], &text[1..]),
            (Some(one), Some(other)) if one == other => slow(&pattern[1..], &text[1..]),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn as_the_definition_says(pattern in "[ab*?/]{0,8}", text in "[ab/]{0,10}") {
            prop_assert_eq!(Pattern::new(&pattern).matches(text.as_bytes()), slow(pattern.as_bytes(), text.as_bytes()));
        }

        /// A rule is filed under a segment only where every path it matches has it.
        #[test]
        fn segments_miss_nothing(pattern in "/[ab*?/]{0,6}", text in "/[ab/]{0,8}") {
            let pattern = Pattern::new(&pattern);
            if let (Some(segment), true) = (pattern.segment(), pattern.matches(text.as_bytes())) {
                prop_assert_eq!(segment, first_segment(text.as_bytes()));
            }
        }
    }
}
