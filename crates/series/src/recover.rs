//! Opening a store: segments first, then the log over them.
//!
//! A record stands in the log, in a segment, or in both when the process ended between the flush and
//! the removal of the log file. `flushed_seq` of a group's segments decides: what the log has up to it is
//! skipped, so nothing appears twice.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, TryLockError};
use std::path::Path;
use std::sync::{Arc, RwLock};

use crate::codec::Codec;
use crate::error::{Error, Result};
use crate::group::Group;
use crate::key::{Entry, GroupId, Position};
use crate::options::Options;
use crate::segment::{self, OpenContext, Segment};
use crate::stats::{StreamTable, merge_tables};
use crate::wal::{self, Op};
use crate::{meta, writer};

/// What was found, ready for the threads.
pub(crate) struct Recovered<C: Codec> {
    pub(crate) groups: HashMap<GroupId, Arc<RwLock<Group<C>>>>,
    pub(crate) deleted: HashSet<GroupId>,
    pub(crate) wal: wal::Writer,
    pub(crate) next_seq: u64,
    pub(crate) older_bytes: u64,
    pub(crate) lock: File,
}

struct Log {
    number: u64,
    bytes: Vec<u8>,
    path: std::path::PathBuf,
}

pub(crate) fn recover<C: Codec>(root: &Path, options: &Options) -> Result<Recovered<C>> {
    let (wal_dir, groups_dir) = (root.join("wal"), root.join("groups"));
    for dir in [root, &wal_dir, &groups_dir] {
        fs::create_dir_all(dir).map_err(|e| Error::io("create", dir, e))?;
    }
    let lock = lock(root)?;
    let logs = read_logs(&wal_dir)?;
    let mut next_seq = 1;
    let mut wal_first_seq = u64::MAX;
    let mut groups = HashMap::new();
    for log in &logs {
        // A file that cannot be read at all makes every flush doubtful: verify them all.
        let first = wal::scan::<C>(&log.bytes, true, |_| ()).map_or(0, |scan| scan.first_seq);
        wal_first_seq = wal_first_seq.min(first);
    }
    for (id, group, seq) in read_groups::<C>(&groups_dir, wal_first_seq, options)? {
        next_seq = next_seq.max(seq.saturating_add(1));
        groups.insert(id, group);
    }
    let flushed: HashMap<GroupId, u64> = groups.iter().map(|(id, g)| (*id, flushed_seq(g))).collect();
    let mut replay = Replay { groups_dir: &groups_dir, groups, flushed, deleted: HashSet::new(), next_seq };
    let mut last_good = None;
    for (at, log) in logs.iter().enumerate() {
        let good_len = replay_log(&mut replay, log, at + 1 == logs.len(), options)?;
        last_good = good_len.map(|len| (log.number, len));
    }
    let older: u64 = logs.iter().map(|l| l.bytes.len() as u64).sum();
    let (wal, older_bytes) = match last_good {
        Some((number, len)) => {
            let writer = wal::Writer::reopen(&wal_dir, number, len as u64)?;
            (writer, older - logs.last().map_or(0, |l| l.bytes.len() as u64))
        }
        None => {
            let number = logs.last().map_or(1, |l| l.number + 1);
            (wal::Writer::create::<C>(&wal_dir, number, replay.next_seq)?, older)
        }
    };
    wal::sync_dir(root)?;
    for group in &replay.deleted {
        let dir = groups_dir.join(group.to_string());
        match fs::remove_dir_all(&dir) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(Error::io("remove", &dir, e)),
            _ => {}
        }
    }
    let groups = replay.groups.into_iter().map(|(id, group)| (id, Arc::new(RwLock::new(group)))).collect();
    Ok(Recovered { groups, deleted: replay.deleted, wal, next_seq: replay.next_seq, older_bytes, lock })
}

fn lock(root: &Path) -> Result<File> {
    let path = root.join("lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|e| Error::io("open", &path, e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(Error::Locked { path }),
        Err(TryLockError::Error(e)) => Err(Error::io("lock", &path, e)),
    }
}

fn read_logs(dir: &Path) -> Result<Vec<Log>> {
    wal::list(dir)?
        .into_iter()
        .map(|number| {
            let path = wal::file_path(dir, number);
            let bytes = fs::read(&path).map_err(|e| Error::io("read", &path, e))?;
            Ok(Log { number, bytes, path })
        })
        .collect()
}

/// Every group with segments or meta, and the largest arrival number in it.
fn read_groups<C: Codec>(
    dir: &Path,
    wal_first_seq: u64,
    options: &Options,
) -> Result<Vec<(GroupId, Group<C>, u64)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(|e| Error::io("list", dir, e))? {
        let path = entry.map_err(|e| Error::io("list", dir, e))?.path();
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        let Ok(id) = u64::from_str_radix(name, 16) else { continue };
        let mut group = Group::<C>::new(path.clone());
        let meta = meta::load(&path)?;
        group.retention_ms = meta.retention_ms;
        group.deleted = Arc::new(meta.deleted);
        let context = OpenContext { wal_first_seq, salvage: options.salvage };
        let mut table = StreamTable::new();
        let mut last_seq = 0;
        for segment in segment::list(&path)? {
            let Some((segment, streams)) = open_segment::<C>(segment, context)? else { continue };
            last_seq = last_seq.max(segment.max_seq()).max(segment.flushed_seq());
            merge_tables(&mut table, &streams);
            group.segments.push(Arc::new(segment));
        }
        group.set_streams(table);
        found.push((GroupId(id), group, last_seq));
    }
    Ok(found)
}

fn open_segment<C: Codec>(segment: Segment, context: OpenContext) -> Result<Option<(Segment, StreamTable)>> {
    let path = segment.path.clone();
    let opened = Segment::open::<C>(segment, context)?;
    if let Some((segment, _)) = &opened
        && segment.chunks.is_empty()
        && !segment.sealed
    {
        // Its first unit was torn: all of it is in the log.
        fs::remove_file(&path).map_err(|e| Error::io("remove", &path, e))?;
        return Ok(None);
    }
    Ok(opened)
}

fn flushed_seq<C: Codec>(group: &Group<C>) -> u64 {
    group.segments.iter().map(|s| s.flushed_seq()).max().unwrap_or(0)
}

struct Replay<'a, C: Codec> {
    groups_dir: &'a Path,
    groups: HashMap<GroupId, Group<C>>,
    flushed: HashMap<GroupId, u64>,
    deleted: HashSet<GroupId>,
    next_seq: u64,
}

/// Applies a file. `None`: nothing may be written behind it.
fn replay_log<C: Codec>(
    replay: &mut Replay<'_, C>,
    log: &Log,
    is_last: bool,
    options: &Options,
) -> Result<Option<usize>> {
    let scanned = wal::scan::<C>(&log.bytes, is_last, |op| replay.apply(op));
    let damage = match scanned {
        Ok(scan) => {
            replay.next_seq = replay.next_seq.max(scan.first_seq);
            if scan.damage.is_empty() {
                return Ok(is_last.then_some(scan.good_len));
            }
            scan.damage
        }
        Err(damage) => vec![damage],
    };
    if !options.salvage {
        return Err(Error::damaged(&log.path, damage[0].0 as u64, damage[0].1));
    }
    let aside = log.path.with_extension("wal.damaged");
    tracing::error!(path = %log.path.display(), ?damage, "part of a log file skipped; copy kept");
    fs::copy(&log.path, &aside).map_err(|e| Error::io("copy to", &aside, e))?;
    Ok(None)
}

impl<C: Codec> Replay<'_, C> {
    fn apply(&mut self, op: Op<C::Record>) {
        match op {
            Op::Append { group, stream, first_seq, records } => {
                self.next_seq = self.next_seq.max(first_seq.saturating_add(records.len() as u64));
                let flushed = self.flushed.get(&group).copied().unwrap_or(0);
                let state = self.group(group);
                if state.deleted.contains(&stream) {
                    return;
                }
                let entries = records.into_iter().zip(first_seq..).filter(|(_, seq)| *seq > flushed);
                let entries = entries.map(|(record, seq)| {
                    let position = Position { time_ms: C::time_ms(&record), seq };
                    Entry { stream, position, record }
                });
                let mut entries = entries.peekable();
                if entries.peek().is_some() {
                    writer::insert(state, stream, entries);
                }
            }
            Op::DeleteStream { group, stream } => self.group(group).delete_stream(stream),
            Op::DeleteGroup { group } => {
                self.groups.remove(&group);
                self.deleted.insert(group);
            }
            Op::SetRetention { group, retention_ms } => {
                let state = self.group(group);
                state.retention_ms = retention_ms;
                state.meta_dirty = true;
            }
        }
    }

    fn group(&mut self, id: GroupId) -> &mut Group<C> {
        self.groups.entry(id).or_insert_with(|| Group::new(self.groups_dir.join(id.to_string())))
    }
}
