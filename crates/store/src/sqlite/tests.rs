//! The engine's promises, on real files.

use crate::{Compare, Error, Revision, SCHEMA_VERSION, Sqlite, Store, Transaction, Write};
use rusqlite::Connection;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

fn directory() -> tempfile::TempDir {
    tempfile::tempdir().expect("a directory")
}

fn put(key: &str, value: &str) -> Write {
    Write { table: "t", key: key.to_owned(), value: Some(value.as_bytes().to_vec()) }
}

fn writes(writes: Vec<Write>) -> Transaction {
    Transaction { compares: Vec::new(), writes }
}

fn commit(store: &Sqlite, transaction: Transaction) -> Revision {
    let done = store.commit(&[transaction]);
    assert!(done.stopped.is_none(), "{:?}", done.stopped);
    done.revisions[0]
}

fn rows(store: &Sqlite) -> Vec<(String, Revision, String)> {
    let mut rows = Vec::new();
    store
        .load(&mut |row| {
            let value = String::from_utf8_lossy(row.value).into_owned();
            rows.push((format!("{}/{}", row.table, row.key), row.revision, value));
        })
        .expect("loads");
    rows.sort();
    rows
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).expect("exists").permissions().mode() & 0o777
}

fn database(directory: &Path) -> PathBuf {
    directory.join("state/state.db")
}

#[test]
fn what_was_committed_is_there_after_reopening_and_revisions_go_on() {
    let directory = directory();
    let store = Sqlite::open(directory.path()).expect("opens");
    assert_eq!(commit(&store, writes(vec![put("a", "1"), put("b", "1")])), 1);
    assert_eq!(commit(&store, writes(vec![put("a", "2")])), 2);
    let delete = Write { table: "t", key: "b".into(), value: None };
    assert_eq!(commit(&store, writes(vec![delete])), 3);
    drop(store);
    let store = Sqlite::open(directory.path()).expect("opens again");
    assert_eq!(rows(&store), [("t/a".to_owned(), 2, "2".to_owned())]);
    // The newest transaction left no row; its number is not given out again all the same.
    assert_eq!(commit(&store, writes(vec![put("c", "1")])), 4);
    store.check().expect("is sound");
}

#[test]
fn a_group_stops_at_the_first_conflict_and_keeps_what_came_before() {
    let directory = directory();
    let store = Sqlite::open(directory.path()).expect("opens");
    commit(&store, writes(vec![put("a", "1")]));
    let compare = |key: &str, revision| Compare::Row { table: "t", key: key.to_owned(), revision };
    let group = [
        Transaction {
            compares: vec![compare("a", Some(1)), compare("b", None)],
            writes: vec![put("b", "1")],
        },
        Transaction { compares: vec![compare("a", Some(7))], writes: vec![put("c", "1")] },
        writes(vec![put("d", "1")]),
    ];
    let done = store.commit(&group);
    assert_eq!(done.revisions, [2]);
    assert!(
        matches!(done.stopped, Some(Error::Conflict { ref key, .. }) if key == "a"),
        "{:?}",
        done.stopped
    );
    assert_eq!(rows(&store).iter().map(|row| row.0.as_str()).collect::<Vec<_>>(), ["t/a", "t/b"]);

    let table = |revision| Transaction {
        compares: vec![Compare::Table { table: "t", revision }],
        ..writes(vec![put("e", "1")])
    };
    assert!(store.commit(&[table(1)]).stopped.is_some_and(|error| error.is_conflict()));
    // The first of the group changes the table under the second.
    let done = store.commit(&[table(2), table(2)]);
    assert_eq!((done.revisions.len(), done.stopped.is_some()), (1, true));
}

#[test]
fn files_are_private_and_values_readable() {
    let directory = directory();
    let store = Sqlite::open(&directory.path().join("new/data")).expect("opens");
    commit(
        &store,
        writes(vec![put("a", r#"{"name":"Ida"}"#), Write { value: Some(vec![0xff]), ..put("b", "") }]),
    );
    let state = directory.path().join("new/data/state");
    assert_eq!((mode(&directory.path().join("new/data")), mode(&state)), (0o700, 0o700));
    for file in ["state.db", "state.db-wal", "state.db-shm", "lock"] {
        assert_eq!(mode(&state.join(file)), 0o600, "{file}");
    }
    // As an operator looks, while the server runs.
    let operator = Connection::open(store.path()).expect("opens");
    let seen: (String, String) = operator
        .query_row(
            "SELECT json_extract(value, '$.name'), typeof(value) FROM records WHERE key = 'a'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("is found");
    assert_eq!(seen, ("Ida".to_owned(), "text".to_owned()));
    let mut blob = Vec::new();
    store.load(&mut |row| blob = row.value.to_vec()).expect("loads");
    assert_eq!(blob, [0xff]);
}

#[test]
fn a_second_server_is_refused_by_name_until_the_first_has_gone() {
    let directory = directory();
    let first = Sqlite::open(directory.path()).expect("opens");
    let error = Sqlite::open(directory.path()).err().expect("is refused");
    let expected = format!(
        "data directory {} is in use by process {}: stop that server, or choose another data directory",
        directory.path().display(),
        std::process::id()
    );
    assert_eq!(error.to_string(), expected);
    drop(first);
    Sqlite::open(directory.path()).expect("is free again");
}

#[test]
fn what_is_not_ours_newer_or_damaged_is_told_apart() {
    let fresh = || {
        let directory = directory();
        let store = Sqlite::open(directory.path()).expect("opens");
        for n in 0..2000 {
            commit(&store, writes(vec![put(&format!("{n:05}"), &"x".repeat(200))]));
        }
        drop(store);
        directory
    };
    let error = |directory: &Path| {
        Sqlite::open(directory).and_then(|store| store.load(&mut |_| {})).expect_err("is refused")
    };

    let newer = fresh();
    let connection = Connection::open(database(newer.path())).expect("opens");
    connection.pragma_update(None, "user_version", SCHEMA_VERSION + 1).expect("is set");
    drop(connection);
    let refused = error(newer.path());
    assert!(matches!(refused, Error::Newer { found, known, .. } if found == known + 1), "{refused:?}");

    let text = fresh();
    std::fs::write(
        database(text.path()),
        "just some text, long enough to be read as a header of a database file, it is hoped: 100 bytes",
    )
    .expect("is written");
    assert!(matches!(error(text.path()), Error::NotADatabase { .. }));

    let foreign = fresh();
    std::fs::remove_file(database(foreign.path())).expect("is removed");
    Connection::open(database(foreign.path()))
        .and_then(|c| c.execute_batch("CREATE TABLE x (y)"))
        .expect("is made");
    assert!(matches!(error(foreign.path()), Error::NotADatabase { .. }));

    let damaged = fresh();
    let file = database(damaged.path());
    let mut bytes = std::fs::read(&file).expect("is read");
    let middle = bytes.len() / 2;
    bytes[middle - 20_000..middle].fill(0x5a);
    std::fs::write(&file, bytes).expect("is written");
    let refused = error(damaged.path());
    assert!(matches!(refused, Error::Corrupt { .. }), "{refused:?}");
    let refused = Sqlite::open(damaged.path()).expect("its header is whole").check();
    assert!(matches!(refused, Err(Error::Corrupt { .. })), "{refused:?}");

    let empty = directory();
    std::fs::create_dir(empty.path().join("state")).expect("is made");
    std::fs::write(database(empty.path()), "").expect("is written");
    Sqlite::open(empty.path()).expect("an empty file is what a crash at the first start leaves");
}

#[test]
fn a_database_of_the_first_layout_is_brought_to_the_present_one() {
    let directory = directory();
    std::fs::create_dir(directory.path().join("state")).expect("is made");
    let connection = Connection::open(database(directory.path())).expect("opens");
    connection
        .execute_batch(
            "BEGIN;
             CREATE TABLE records (tbl TEXT NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL, value ANY NOT NULL,
                 PRIMARY KEY (tbl, key)) STRICT, WITHOUT ROWID;
             CREATE TABLE store (revision INTEGER NOT NULL) STRICT;
             INSERT INTO store (revision) VALUES (7);
             INSERT INTO records VALUES ('t', 'b', 7, 'two'), ('t', 'a', 3, 'one'), ('s', 'a', 5, x'ff00');
             PRAGMA application_id = 0x4c534852;
             PRAGMA user_version = 1;
             COMMIT;",
        )
        .expect("is filled");
    drop(connection);
    for _ in 0..2 {
        let store = Sqlite::open(directory.path()).expect("opens");
        let row = |key: &str, revision, value: &str| (key.to_owned(), revision, value.to_owned());
        let expected = [row("s/a", 5, "\u{fffd}\0"), row("t/a", 3, "one"), row("t/b", 7, "two")];
        assert_eq!(rows(&store), expected);
        store.check().expect("is sound");
    }
    let store = Sqlite::open(directory.path()).expect("opens");
    assert_eq!(commit(&store, writes(vec![put("a", "changed")])), 8);
    assert_eq!(rows(&store)[1].2, "changed");
}

#[test]
fn a_key_that_the_index_lacks_shows_at_start() {
    let directory = directory();
    let store = Sqlite::open(directory.path()).expect("opens");
    commit(&store, writes(vec![put("a", "1"), put("b", "1")]));
    drop(store);
    let connection = Connection::open(database(directory.path())).expect("opens");
    // The index is declared away, a row goes, and the index is there again with its entry.
    connection
        .execute_batch(
            "PRAGMA writable_schema = ON;
             CREATE TABLE hidden AS SELECT rowid AS id, * FROM sqlite_schema WHERE name = 'sqlite_autoindex_records_1';",
        )
        .expect("is kept");
    let root: i64 =
        connection.query_row("SELECT rootpage FROM hidden", [], |row| row.get(0)).expect("is there");
    connection
        .execute_batch(
            "DROP TABLE hidden;
             UPDATE sqlite_schema SET sql = 'CREATE TABLE records (id INTEGER PRIMARY KEY, tbl TEXT, key TEXT, revision INTEGER, value ANY)'
                 WHERE name = 'records';
             DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_records_1';",
        )
        .expect("is hidden");
    drop(connection);
    let connection = Connection::open(database(directory.path())).expect("opens");
    connection.execute_batch("DELETE FROM records WHERE key = 'b';").expect("is deleted");
    connection
        .execute_batch(&format!(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = 'CREATE TABLE records (id INTEGER PRIMARY KEY, tbl TEXT NOT NULL, key TEXT NOT NULL, \
                 revision INTEGER NOT NULL, value ANY NOT NULL, UNIQUE (tbl, key)) STRICT' WHERE name = 'records';
             INSERT INTO sqlite_schema VALUES ('index', 'sqlite_autoindex_records_1', 'records', {root}, NULL);"
        ))
        .expect("is shown again");
    drop(connection);
    let store = Sqlite::open(directory.path()).expect("its header is whole");
    let refused = store.load(&mut |_| {}).expect_err("is refused");
    assert!(matches!(refused, Error::Corrupt { .. }), "{refused:?}");
}

#[test]
fn a_key_that_the_index_has_wrong_shows_at_start() {
    let directory = directory();
    let store = Sqlite::open(directory.path()).expect("opens");
    commit(&store, writes(vec![put("wanted", "1"), put("other", "1")]));
    drop(store);
    let file = database(directory.path());
    let mut bytes = std::fs::read(&file).expect("is read");
    // The table's page is the second, the index's the third.
    let places = bytes.windows(6).enumerate().filter(|(_, text)| *text == b"wanted").map(|(at, _)| at);
    let in_index = places.into_iter().find(|at| at / 4096 == 2).expect("the index has it");
    bytes[in_index] = b'W';
    std::fs::write(&file, bytes).expect("is written");
    let refused =
        Sqlite::open(directory.path()).and_then(|store| store.load(&mut |_| {})).expect_err("is refused");
    assert!(matches!(refused, Error::Corrupt { .. }), "{refused:?}");
}

#[test]
fn a_backup_is_whole_and_private_while_writing_goes_on() {
    let directory = directory();
    let store = Sqlite::open(directory.path()).expect("opens");
    for n in 0..500 {
        commit(&store, writes(vec![put(&format!("a{n:03}"), "1"), put(&format!("b{n:03}"), "1")]));
    }
    let data = directory.path().join("copy");
    let copy = database(&data);
    std::fs::create_dir_all(data.join("state")).expect("is made");
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for n in 500..1500 {
                commit(&store, writes(vec![put(&format!("a{n:04}"), "1"), put(&format!("b{n:04}"), "1")]));
            }
        });
        store.backup(&copy).expect("is copied");
        writer.join().expect("no panic");
    });
    assert_eq!(mode(&copy), 0o600);
    assert!(store.backup(&copy).is_err(), "nothing is overwritten");
    let restored = Sqlite::open(&data).expect("opens");
    restored.check().expect("is sound");
    let found = rows(&restored);
    assert!(found.len() >= 1000);
    let half = found.len() / 2;
    assert!(
        found[..half].iter().zip(&found[half..]).all(|(a, b)| a.0[3..] == b.0[3..]),
        "no transaction is torn"
    );
}

#[test]
fn a_full_database_refuses_whole_groups_and_recovers() {
    let directory = directory();
    let store = Sqlite::open(directory.path()).expect("opens");
    commit(&store, writes(vec![put("a", "1")]));
    let pages = |limit: u32| {
        store.writer().connection.pragma_update(None, "max_page_count", limit).expect("is set");
    };
    pages(10);
    let big = "x".repeat(100_000);
    let done = store.commit(&[writes(vec![put("b", "1")]), writes(vec![put("c", &big)])]);
    assert!(done.revisions.is_empty());
    assert!(matches!(done.stopped, Some(Error::Full { .. })), "{:?}", done.stopped);
    assert_eq!(rows(&store).len(), 1);
    pages(1_000_000);
    commit(&store, writes(vec![put("c", &big)]));
    assert_eq!(rows(&store).len(), 2);
}
