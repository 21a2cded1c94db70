//! Any text is a filter pattern or is refused with a place inside it, and matching never panics. The first line is the pattern, the
//! rest the message.
#![no_main]

use libfuzzer_sys::fuzz_target;
use logs::filter::Filter;

fuzz_target!(|text: &str| {
    let (pattern, message) = text.split_once('\n').unwrap_or((text, ""));
    match Filter::parse(pattern) {
        Ok(filter) => {
            filter.matches(message);
            filter.matches(pattern);
        }
        Err(error) => assert!(error.at <= pattern.len(), "{pattern:?}: {error} at {}", error.at),
    }
});
