//! For tests of crates that declare records: every released version keeps a file of stored bytes, which must stay readable.

use crate::record::{decode, encode};
use crate::{Record, Schema, State, TableDef};
use std::fmt::Debug;
use std::path::Path;

/// Hold a record to its fixture `<manifest>/tests/fixtures/<table>.v<version>.json`, the bytes as version `version` stored them: they must
/// decode to `expected`; if it is the newest version, `expected` must also encode to them (white space aside). Call it as
/// `fixture(env!("CARGO_MANIFEST_DIR"), 1, &expected)`. With `LONGSHORE_BLESS=1` a missing file of the newest version is written.
///
/// # Panics
/// When the fixture does not hold; this is an assertion.
pub fn fixture<T: Record + PartialEq + Debug>(manifest: &str, version: u32, expected: &T) {
    let path = Path::new(manifest).join("tests/fixtures").join(format!("{}.v{version}.json", T::TABLE));
    let encoded = encode(expected).expect("the record can be encoded");
    if !path.exists() && version == T::VERSION && std::env::var_os("LONGSHORE_BLESS").is_some() {
        let parent = path.parent().expect("the path ends in a file");
        std::fs::create_dir_all(parent).expect("the fixture folder can be made");
        std::fs::write(&path, &encoded).expect("the fixture can be written");
    }
    let stored = std::fs::read(&path)
        .unwrap_or_else(|error| panic!("{}: {error} (make it with LONGSHORE_BLESS=1)", path.display()));
    let decoded: T = decode(&stored).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
    assert_eq!(&decoded, expected, "{} decodes to something else", path.display());
    if version == T::VERSION {
        let json = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).expect("it is JSON");
        assert_eq!(
            json(&encoded),
            json(&stored),
            "{} is not what is stored now: that is a new version",
            path.display()
        );
    }
}

/// A state in memory, for tests of services and loops; fit for tokio's paused clock.
///
/// # Panics
/// When the tables contradict each other.
pub fn state(tables: &[TableDef]) -> State {
    State::open_inline(store::Memory::exclusive(), &Schema::new().with(tables)).expect("an empty state opens")
}
