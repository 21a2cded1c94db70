//! Any text is answered: parsed or refused, without a panic, and what was parsed shows itself as the same expression.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plan::placement::query::{Expression, MAX_LENGTH};

fuzz_target!(|text: &str| {
    match Expression::parse(text) {
        Ok(expression) => {
            let shown = expression.to_string();
            // Quotes and spaces may make it longer than what was written.
            if shown.chars().count() <= MAX_LENGTH {
                assert_eq!(Expression::parse(&shown).as_ref(), Ok(&expression), "{text:?} shown as {shown:?}");
            }
        }
        Err(error) => assert!(error.position <= text.chars().count(), "{text:?}: {error}"),
    }
});
