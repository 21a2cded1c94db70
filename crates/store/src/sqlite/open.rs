//! Opening, verifying and copying the database file.

use super::failure::{reading, writing};
use super::lock::DirectoryLock;
use crate::{Error, Result, Revision};
use rusqlite::Connection;
use std::fs::{DirBuilder, File, OpenOptions, Permissions};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// Layout of the database; kept in `user_version`.
pub const SCHEMA_VERSION: i64 = 2;

/// "LSHR": marks the file as ours.
const APPLICATION_ID: i64 = 0x4c53_4852;

const RECORDS: &str = "
    CREATE TABLE records (
        id INTEGER PRIMARY KEY,
        tbl TEXT NOT NULL,
        key TEXT NOT NULL,
        revision INTEGER NOT NULL,
        value ANY NOT NULL,
        UNIQUE (tbl, key)
    ) STRICT;
";

const STORE: &str = "
    CREATE TABLE store (revision INTEGER NOT NULL) STRICT;
    INSERT INTO store (revision) VALUES (0);
";

pub(super) fn open(data_directory: &Path) -> Result<(Connection, Revision, PathBuf, DirectoryLock)> {
    let directory = data_directory.join("state");
    let failed =
        |path: &Path, source: std::io::Error| Error::Open { path: path.to_owned(), source: source.into() };
    DirBuilder::new().recursive(true).mode(0o700).create(&directory).map_err(|e| failed(&directory, e))?;
    // The data directory itself may be anybody's (`/tmp`), so only our own folder's mode is forced.
    std::fs::set_permissions(&directory, Permissions::from_mode(0o700)).map_err(|e| failed(&directory, e))?;
    let lock = DirectoryLock::take(&directory.join("lock"), data_directory)?;

    let path = directory.join("state.db");
    // Made by us, so that the mode is right from the first moment; SQLite gives its side files the same mode.
    private_file(&path).map_err(|e| failed(&path, e))?;
    let connection = connect(&path).map_err(|source| opening(&path, source))?;
    let revision = prepare(&connection, &path)?;
    sync_directory(&directory)
        .and_then(|()| sync_directory(data_directory))
        .map_err(|e| failed(&directory, e))?;
    Ok((connection, revision, path, lock))
}

pub(super) fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    Ok(connection)
}

fn prepare(connection: &Connection, path: &Path) -> Result<Revision> {
    let failed = |source| opening(path, source);
    let pragma =
        |name: &str| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(failed);
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(failed)?;
    if application != APPLICATION_ID && (application != 0 || version != 0 || tables != 0) {
        return Err(Error::NotADatabase { path: path.to_owned() });
    }
    if version > SCHEMA_VERSION {
        return Err(Error::Newer { path: path.to_owned(), found: version, known: SCHEMA_VERSION });
    }
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864;",
        )
        .map_err(failed)?;
    if version == 0 {
        // One transaction: a crash in between leaves an empty file, which the next start fills.
        connection
            .execute_batch(&format!(
                "BEGIN IMMEDIATE; {RECORDS} {STORE} PRAGMA application_id = {APPLICATION_ID}; \
                 PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            ))
            .map_err(failed)?;
    }
    if version == 1 {
        // There `records` was WITHOUT ROWID: whole records stood in every level of its tree.
        tracing::info!(database = %path.display(), "the database is brought to the present layout");
        connection
            .execute_batch(&format!(
                "BEGIN IMMEDIATE; ALTER TABLE records RENAME TO records_1; {RECORDS} \
                 INSERT INTO records (tbl, key, revision, value) \
                 SELECT tbl, key, revision, value FROM records_1 ORDER BY tbl, key; \
                 DROP TABLE records_1; PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            ))
            .map_err(failed)?;
    }
    connection.query_row("SELECT revision FROM store", [], |row| row.get(0)).map_err(failed)
}

/// Copy the database into the new file `to`: beside it first, then renamed, so that `to` is whole or absent.
pub(super) fn backup(connection: &Connection, to: &Path) -> Result<()> {
    let failed = |source: std::io::Error| Error::Open { path: to.to_owned(), source: source.into() };
    if to.exists() {
        return Err(failed(std::io::ErrorKind::AlreadyExists.into()));
    }
    let mut partial = to.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let copied = private_file(&partial)
        .and_then(|file| file.set_len(0))
        .map_err(failed)
        .and_then(|()| {
            connection
                .execute("VACUUM INTO ?1", [partial.to_string_lossy()])
                .map_err(|source| writing(&partial, source))
        })
        .and_then(|_| finish(&partial, to).map_err(failed));
    if copied.is_err()
        && let Err(error) = std::fs::remove_file(&partial)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(file = %partial.display(), %error, "cannot remove the unfinished backup");
    }
    copied
}

/// SQLite's own verification of the whole file.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<()> {
    let mut select =
        connection.prepare("PRAGMA integrity_check(5)").map_err(|source| reading(path, source))?;
    let found: Vec<String> = select
        .query_map([], |row| row.get(0))
        .and_then(Iterator::collect)
        .map_err(|source| reading(path, source))?;
    if found.len() == 1 && found[0] == "ok" {
        return Ok(());
    }
    Err(Error::Corrupt { path: path.to_owned(), detail: found.join("; ") })
}

fn finish(partial: &Path, to: &Path) -> std::io::Result<()> {
    File::open(partial)?.sync_all()?;
    std::fs::rename(partial, to)?;
    sync_directory(to.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new(".")))
}

fn opening(path: &Path, source: rusqlite::Error) -> Error {
    match reading(path, source) {
        Error::Read { path, source } => Error::Open { path, source },
        other => other,
    }
}

fn private_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)
}

fn sync_directory(path: &Path) -> std::io::Result<()> {
    File::open(path)?.sync_all()
}
