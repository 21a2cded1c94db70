//! Manifests, indexes and configurations from a registry: refused or read, and what was read survives being written.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| image::fuzzing::documents(bytes));
