//! The header X-Amzn-Trace-Id ("Request tracing for your Application Load Balancer").

use crate::http::Fields;
use bytes::Bytes;

pub const NAME: &str = "X-Amzn-Trace-Id";
/// AWS rewrites the header with a root alone where the headers are larger.
const HEADERS: usize = 7 * 1024;

/// Adds or updates the header and answers its value. `random` are 12 bytes nobody could guess.
pub fn stamp(fields: &mut Fields, epoch_seconds: u64, random: [u8; 12]) -> Bytes {
    let id = id(epoch_seconds, random);
    let before = fields.get(NAME).cloned();
    let value = match before {
        Some(before) if size(fields) <= HEADERS => update(&before, &id),
        _ => format!("Root={id}"),
    };
    let value = Bytes::from(value);
    fields.set(NAME, value.clone());
    value
}

/// The new value: `Self` of ours first, then every field that came but for an older `Self`.
/// What becomes of a value with neither root nor self is not established; it gets a root.
fn update(before: &[u8], id: &str) -> String {
    let text = String::from_utf8_lossy(before);
    let parts = || text.split(';').map(str::trim).filter(|part| !part.is_empty());
    let has = |name: &str| parts().any(|part| part.starts_with(name));
    let others = parts().filter(|part| !part.starts_with("Self=")).collect::<Vec<_>>().join(";");
    match (has("Root="), has("Self="), others.is_empty()) {
        (false, false, true) => format!("Root={id}"),
        (false, false, false) => format!("Root={id};{others}"),
        (_, _, true) => format!("Self={id}"),
        (_, _, false) => format!("Self={id};{others}"),
    }
}

/// `1-TIME-RANDOM` in hexadecimal.
pub fn id(epoch_seconds: u64, random: [u8; 12]) -> String {
    let mut text = String::with_capacity(35);
    text.push_str("1-");
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble & 15)]);
    for byte in (epoch_seconds as u32).to_be_bytes() {
        text.extend([digit(byte >> 4), digit(byte)]);
    }
    text.push('-');
    for byte in random {
        text.extend([digit(byte >> 4), digit(byte)]);
    }
    text
}

fn size(fields: &Fields) -> usize {
    fields.iter().map(|field| field.name.len() + field.value.len() + 4).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let id = "1-67891234-000102030405060708090a0b";
        let random = std::array::from_fn(|at| at as u8);
        for (before, after) in [
            (None, format!("Root={id}")),
            (
                Some("Root=1-67891233-abcdef012345678912345678"),
                format!("Self={id};Root=1-67891233-abcdef012345678912345678"),
            ),
            (Some("Root=1-6-a;CalledFrom=app"), format!("Self={id};Root=1-6-a;CalledFrom=app")),
            (Some("Self=1-6-b;Root=1-6-a"), format!("Self={id};Root=1-6-a")),
            (Some("Self=1-6-b"), format!("Self={id}")),
            (Some("CalledFrom=app"), format!("Root={id};CalledFrom=app")),
            (Some(""), format!("Root={id}")),
        ] {
            let mut fields = Fields::default();
            if let Some(before) = before {
                fields.push("x-amzn-trace-id", before);
            }
            assert_eq!(stamp(&mut fields, 0x6789_1234, random), after);
            assert_eq!(fields.get(NAME).map(|value| &value[..]), Some(after.as_bytes()));
        }
    }
}
