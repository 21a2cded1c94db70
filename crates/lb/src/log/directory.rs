//! Logs in a directory, in files named as AWS names them.

use super::{Kind, Logs, date};
use std::collections::HashMap;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Lines that wait to be written; more are dropped and counted: AWS logs on a best-effort basis too.
const QUEUE: usize = 64 * 1024;
/// Bytes that they may have together: a line with a long URL and user agent is large.
const BYTES: usize = 32 * 1024 * 1024;
/// A file covers five minutes, as AWS's do.
const PERIOD: u64 = 300;

/// Writes `DIR/AWSLogs/ACCOUNT/elasticloadbalancing/REGION/yyyy/mm/dd/…log`, one file for each load balancer, log and five minutes.
// AWS differs: the files are not compressed, so that they can be read while they grow.
#[derive(Debug)]
pub struct Directory {
    queue: Option<SyncSender<(String, Kind, String)>>,
    writer: Option<std::thread::JoinHandle<()>>,
    dropped: AtomicU64,
    waiting: Arc<AtomicUsize>,
}

impl Directory {
    /// Begins to write. `node` is the address that the names of the files give.
    pub fn open(root: &Path, node: &str) -> io::Result<Self> {
        DirBuilder::new().recursive(true).mode(0o700).create(root)?;
        let (queue, lines) = sync_channel(QUEUE);
        let waiting = Arc::new(AtomicUsize::new(0));
        let (root, node) = (root.to_owned(), node.to_owned());
        let writer = std::thread::Builder::new().name("lb-logs".to_owned()).spawn({
            let waiting = Arc::clone(&waiting);
            move || write(&lines, &waiting, &root, &node)
        })?;
        Ok(Self { queue: Some(queue), writer: Some(writer), dropped: AtomicU64::new(0), waiting })
    }

    /// Lines that found no room.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Relaxed)
    }
}

impl Logs for Directory {
    fn write(&self, balancer: &str, kind: Kind, line: String) {
        let Some(queue) = &self.queue else { return };
        let bytes = line.len();
        if self.waiting.fetch_add(bytes, Relaxed) + bytes > BYTES
            || queue.try_send((balancer.to_owned(), kind, line)).is_err()
        {
            self.waiting.fetch_sub(bytes, Relaxed);
            self.dropped.fetch_add(1, Relaxed);
        }
    }
}

impl Drop for Directory {
    /// Writes what waits.
    fn drop(&mut self) {
        self.queue = None;
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has said so.
            let _ = writer.join();
        }
    }
}

fn write(lines: &Receiver<(String, Kind, String)>, waiting: &AtomicUsize, root: &Path, node: &str) {
    let mut files: HashMap<(String, Kind), (u64, BufWriter<File>)> = HashMap::new();
    let mut said = Instant::now();
    loop {
        let line = match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => Some(line),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => break,
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let period = now / PERIOD;
        files.retain(|_, (of, file)| *of == period && (line.is_some() || file.flush().is_ok()));
        let Some((balancer, kind, line)) = line else { continue };
        waiting.fetch_sub(line.len(), Relaxed);
        let key = (balancer, kind);
        let result = match files.get_mut(&key) {
            Some((_, file)) => writeln!(file, "{line}"),
            None => open(root, node, &key.0, kind, period).and_then(|file| {
                let (_, file) = files.entry(key).or_insert((period, BufWriter::new(file)));
                writeln!(file, "{line}")
            }),
        };
        if let Err(error) = result
            && said.elapsed() > Duration::from_secs(10)
        {
            said = Instant::now();
            tracing::warn!(%error, "a log cannot be written");
        }
    }
}

/// The file of a period: named after its end.
fn open(root: &Path, node: &str, balancer: &str, kind: Kind, period: u64) -> io::Result<File> {
    let path = root.join(name(node, balancer, kind, (period + 1) * PERIOD));
    if let Some(parent) = path.parent() {
        DirBuilder::new().recursive(true).mode(0o700).create(parent)?;
    }
    OpenOptions::new().create(true).append(true).mode(0o600).open(path)
}

fn name(node: &str, balancer: &str, kind: Kind, end: u64) -> PathBuf {
    let mut parts = balancer.splitn(6, ':').skip(3);
    let (region, account) = (parts.next().unwrap_or("-"), parts.next().unwrap_or("-"));
    let id = balancer.split_once(":loadbalancer/").map_or(balancer, |(_, id)| id).replace('/', ".");
    let (year, month, day) = date(end / 86_400);
    let time = format!("{year:04}{month:02}{day:02}T{:02}{:02}Z", end / 3600 % 24, end / 60 % 60);
    let prefix = match kind {
        Kind::Access => "",
        Kind::Connection => "conn_log.",
        Kind::HealthCheck => "health_check_log_",
    };
    PathBuf::from(format!(
        "AWSLogs/{account}/elasticloadbalancing/{region}/{year:04}/{month:02}/{day:02}/\
         {prefix}{account}_elasticloadbalancing_{region}_{id}_{time}_{node}.log"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARN: &str =
        "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/web/50dc6c495c0c9188";

    #[test]
    fn names_are_aws_s() {
        for (kind, prefix) in
            [(Kind::Access, ""), (Kind::Connection, "conn_log."), (Kind::HealthCheck, "health_check_log_")]
        {
            assert_eq!(
                name("172.31.0.5", ARN, kind, 1_392_421_200),
                Path::new(&format!(
                    "AWSLogs/000000000000/elasticloadbalancing/us-east-1/2014/02/14/\
                     {prefix}000000000000_elasticloadbalancing_us-east-1_app.web.50dc6c495c0c9188_20140214T2340Z_172.31.0.5.log"
                ))
            );
        }
    }

    #[test]
    fn what_waits_is_bounded_by_its_size_too() {
        let home = tempfile::tempdir().expect("a directory");
        let logs = Directory::open(home.path(), "n").expect("it opens");
        logs.write(ARN, Kind::Access, "a".repeat(BYTES + 1));
        assert_eq!(logs.dropped(), 1);
        logs.write(ARN, Kind::Access, "a".repeat(1000));
        assert_eq!(logs.dropped(), 1, "what found no room takes none");
    }

    #[test]
    fn what_was_written_is_there_in_the_end() {
        let home = tempfile::tempdir().expect("a directory");
        let logs = Directory::open(home.path(), "n").expect("it opens");
        for at in 0..100 {
            logs.write(ARN, Kind::Access, format!("line {at}"));
        }
        assert_eq!(logs.dropped(), 0);
        drop(logs);
        let mut text = String::new();
        let mut folders = vec![home.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("it is read") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path)
                } else {
                    text.push_str(&std::fs::read_to_string(path).expect("a log"))
                }
            }
        }
        assert_eq!(text.lines().count(), 100);
    }
}
