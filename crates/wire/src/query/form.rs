//! A parsed form: names and values, percent-decoded, in the order of the message.

/// Name and value pairs. Invalid UTF-8 is replaced, as the values become text either way; [`Form::is_utf8`] tells.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pairs: Vec<(String, String)>,
    lossy: bool,
}

impl Form {
    /// Parses a form. Every byte string is one; an invalid percent escape stands for itself.
    pub fn parse(body: &[u8]) -> Self {
        let mut form = Form::default();
        for pair in body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()) {
            let split = pair.iter().position(|byte| *byte == b'=').unwrap_or(pair.len());
            let name = form.decode(&pair[..split]);
            let value = form.decode(pair.get(split + 1..).unwrap_or_default());
            form.pairs.push((name, value));
        }
        form
    }

    /// The last value of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().rev().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether every name and value was valid UTF-8.
    pub fn is_utf8(&self) -> bool {
        !self.lossy
    }

    fn decode(&mut self, text: &[u8]) -> String {
        // Most have nothing to decode.
        if !text.contains(&b'%') && !text.contains(&b'+') {
            return self.text(text.to_vec());
        }
        let mut bytes = Vec::with_capacity(text.len());
        let mut at = 0;
        while let Some(byte) = text.get(at) {
            at += 1;
            let hex = |offset: usize| text.get(at + offset).and_then(|b| char::from(*b).to_digit(16));
            match (byte, hex(0), hex(1)) {
                (b'+', _, _) => bytes.push(b' '),
                (b'%', Some(high), Some(low)) => {
                    // Two hexadecimal digits make at most 255.
                    bytes.push((high * 16 + low) as u8);
                    at += 2;
                }
                _ => bytes.push(*byte),
            }
        }
        self.text(bytes)
    }

    fn text(&mut self, bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap_or_else(|error| {
            self.lossy = true;
            String::from_utf8_lossy(error.as_bytes()).into_owned()
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn decodes_names_and_values() {
        let form = Form::parse(b"Action=Get&a=1+2%203&b&=x&c=%zz%4&a=last&d=%ff");
        let pairs: Vec<_> = form.iter().collect();
        assert_eq!(
            pairs,
            [
                ("Action", "Get"),
                ("a", "1 2 3"),
                ("b", ""),
                ("", "x"),
                ("c", "%zz%4"),
                ("a", "last"),
                ("d", "\u{fffd}")
            ]
        );
        assert_eq!(form.get("a"), Some("last"));
        assert!(!form.is_utf8());
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_form(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Form::parse(&bytes);
        }
    }
}
