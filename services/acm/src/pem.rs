//! PEM (RFC 7468): texts around base64. What stands outside of the armour is ignored, as its readers do.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

/// One armoured thing.
pub(crate) struct Block {
    pub(crate) label: String,
    pub(crate) der: Zeroizing<Vec<u8>>,
}

/// Every block of a text; `None` where one is malformed or does not end.
pub(crate) fn read(bytes: &[u8]) -> Option<Vec<Block>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut blocks = Vec::new();
    let mut lines = text.lines().map(str::trim_end);
    while let Some(line) = lines.next() {
        let Some(label) = line.strip_prefix("-----BEGIN ").and_then(|rest| rest.strip_suffix("-----")) else {
            continue;
        };
        let end = format!("-----END {label}-----");
        let mut body = Zeroizing::new(String::new());
        loop {
            let line = lines.next()?;
            if line == end {
                break;
            }
            body.push_str(line);
        }
        let der = Zeroizing::new(STANDARD.decode(body.as_bytes()).ok()?);
        blocks.push(Block { label: label.to_owned(), der });
    }
    Some(blocks)
}

/// A certificate in its usual form: lines of 64 characters, and one end of line at its end.
pub(crate) fn certificate(der: &[u8]) -> String {
    let body = STANDARD.encode(der);
    let mut text = String::from("-----BEGIN CERTIFICATE-----\n");
    for line in body.as_bytes().chunks(64) {
        text.push_str(std::str::from_utf8(line).expect("base64 is ASCII"));
        text.push('\n');
    }
    text.push_str("-----END CERTIFICATE-----\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let der: Vec<u8> = (0..200).collect();
        let text =
            format!("# a note\n{}\r\n{}", certificate(&der), certificate(&[1, 2]).replace('\n', "\r\n"));
        let blocks = read(text.as_bytes()).expect("two blocks");
        assert_eq!(blocks.len(), 2);
        assert_eq!(
            (&*blocks[0].label, &**blocks[0].der, &**blocks[1].der),
            ("CERTIFICATE", &*der, &[1u8, 2][..])
        );
    }

    #[test]
    fn what_is_malformed_is_nothing() {
        for text in [
            "-----BEGIN X-----\n",
            "-----BEGIN X-----\n!\n-----END X-----",
            "-----BEGIN X-----\nAA==\n-----END Y-----",
        ] {
            assert!(read(text.as_bytes()).is_none(), "{text}");
        }
        assert!(read(&[0xff]).is_none());
        assert!(read(b"").is_some_and(|blocks| blocks.is_empty()));
    }
}
