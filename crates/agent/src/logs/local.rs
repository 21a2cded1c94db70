//! The `json-file` driver: Docker's format, one JSON object a line, rotated by size.

use crate::aws::sign::civil;
use model::Timestamp;
use runtime::{LogRecord, LogStream};
use serde::Serialize;
use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

#[derive(Serialize)]
struct Line<'a> {
    log: &'a str,
    stream: &'a str,
    time: &'a str,
}

/// A log file and its predecessors `.1`, `.2`, ….
#[derive(Debug)]
pub(super) struct JsonFile {
    path: PathBuf,
    file: File,
    bytes: u64,
    max_bytes: u64,
    max_files: usize,
}

impl JsonFile {
    pub fn open(path: &Path, max_bytes: u64, max_files: usize) -> io::Result<Self> {
        let file = append(path)?;
        let bytes = file.metadata()?.len();
        Ok(Self { path: path.to_owned(), file, bytes, max_bytes, max_files })
    }

    pub fn write(&mut self, records: &[LogRecord]) -> io::Result<()> {
        let mut text = Vec::with_capacity(records.len() * 128);
        for record in records {
            let mut log = String::from_utf8_lossy(&record.bytes).into_owned();
            if !record.partial {
                log.push('\n');
            }
            let stream = match record.stream {
                LogStream::Stdout => "stdout",
                LogStream::Stderr => "stderr",
            };
            let time = rfc3339(record);
            serde_json::to_writer(&mut text, &Line { log: &log, stream, time: &time })?;
            text.push(b'\n');
        }
        if self.bytes > 0 && self.bytes + text.len() as u64 > self.max_bytes {
            self.rotate()?;
        }
        self.file.write_all(&text)?;
        self.bytes += text.len() as u64;
        Ok(())
    }

    fn rotate(&mut self) -> io::Result<()> {
        for n in (1..self.max_files).rev() {
            let from = if n == 1 { self.path.clone() } else { numbered(&self.path, n - 1) };
            match std::fs::rename(&from, numbered(&self.path, n)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                Ok(()) | Err(_) => {}
            }
        }
        if self.max_files == 1 {
            std::fs::remove_file(&self.path)?;
        }
        self.file = append(&self.path)?;
        self.bytes = 0;
        Ok(())
    }
}

fn append(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).append(true).mode(0o600).open(path)
}

fn numbered(path: &Path, n: usize) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{n}"));
    PathBuf::from(name)
}

fn rfc3339(record: &LogRecord) -> String {
    let since = record.time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (year, month, day, seconds) = civil(Timestamp(i64::try_from(since.as_millis()).unwrap_or(0)));
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:09}Z", since.subsec_nanos())
}

#[cfg(test)]
mod tests {
    use super::*;
    use runtime::LogPosition;
    use std::time::Duration;

    #[test]
    fn dockers_format_and_rotation() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("c-json.log");
        let record = |text: &str, partial| LogRecord {
            time: UNIX_EPOCH + Duration::from_nanos(1_500_000_000_000_000_001),
            stream: LogStream::Stderr,
            bytes: text.into(),
            partial,
            next: LogPosition::default(),
            dropped_before_bytes: 0,
        };
        let mut file = JsonFile::open(&path, 150, 2).unwrap();
        file.write(&[record("a\"b", false)]).unwrap();
        assert_eq!(
            std::fs::read_to_string(&path).unwrap(),
            "{\"log\":\"a\\\"b\\n\",\"stream\":\"stderr\",\"time\":\"2017-07-14T02:40:00.000000001Z\"}\n"
        );
        file.write(&[record("part", true)]).unwrap();
        file.write(&[record("last", false)]).unwrap();
        assert!(std::fs::read_to_string(numbered(&path, 1)).unwrap().contains("\"part\""));
        assert!(std::fs::read_to_string(&path).unwrap().contains("last\\n"));
        assert!(!numbered(&path, 2).exists());
    }
}
