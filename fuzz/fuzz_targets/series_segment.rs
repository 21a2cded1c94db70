//! Whatever a file of the event store holds, reading it ends, without a panic and without asking for much memory.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    series::fuzzing::read_any(bytes);
    series::fuzzing::read_checked(bytes);
});
