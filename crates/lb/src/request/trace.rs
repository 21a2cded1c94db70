//! The header X-Amzn-Trace-Id ("Request tracing for your Application Load Balancer").

use crate::http::Fields;

pub const NAME: &str = "X-Amzn-Trace-Id";
/// AWS rewrites the header with a root alone where the headers are larger.
const HEADERS: usize = 7 * 1024;

/// Adds or updates the header. `random` are 12 bytes nobody could guess.
pub fn stamp(fields: &mut Fields, epoch_seconds: u64, random: [u8; 12]) {
    let id = id(epoch_seconds, random);
    match fields.get(NAME) {
        Some(before) if fields.size() <= HEADERS => {
            let value = update(before, std::str::from_utf8(&id).expect("digits"));
            fields.set(NAME, value);
        }
        _ => {
            let mut value = *b"Root=-----------------------------------";
            value[5..].copy_from_slice(&id);
            fields.set(NAME, value);
        }
    }
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
fn id(epoch_seconds: u64, random: [u8; 12]) -> [u8; 35] {
    let mut text = *b"1----------------------------------";
    let mut put = |at: usize, bytes: &[u8]| {
        for (pair, byte) in text[at..].chunks_exact_mut(2).zip(bytes) {
            let digits = b"0123456789abcdef";
            pair.copy_from_slice(&[digits[usize::from(byte >> 4)], digits[usize::from(byte & 15)]]);
        }
    };
    put(2, &(epoch_seconds as u32).to_be_bytes());
    put(11, &random);
    text
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
            stamp(&mut fields, 0x6789_1234, random);
            assert_eq!(fields.get(NAME), Some(after.as_bytes()));
        }
    }
}
