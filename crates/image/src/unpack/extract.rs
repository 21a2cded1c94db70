//! Writing one layer's entries below one directory.
//!
//! Invariant: nothing outside that directory is created, changed or followed, whatever the archive says. Every name is
//! first cleaned by its text (a name that climbs above the root is refused), then its parent is opened with openat2 and
//! RESOLVE_IN_ROOT, so symbolic links, also those the archive made itself, end at the directory; the last component is
//! never followed. Whiteouts become what overlayfs reads: 0/0 character devices and `trusted.overlay.opaque`.
//! Owners, modes and times are the archive's, so this needs root. Source: OCI image-spec `layer.md`, kernel
//! `Documentation/filesystems/overlayfs.rst`.

use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};

use rustix::fs::{
    AtFlags, CWD, FileType, Gid, Mode, OFlags, RawDir, ResolveFlags, Timespec, Timestamps, Uid, XattrFlags,
};
use rustix::io::Errno;

use super::archive::{Archive, Entry, Kind, Source, shown};
use crate::error::Error;
use crate::store::Limits;

const WHITEOUT: &[u8] = b".wh.";
const OPAQUE_MARKER: &[u8] = b".wh..wh..opq";
const AUFS_PRIVATE: &[u8] = b".wh..wh.";
const OPAQUE_XATTR: &str = "trusted.overlay.opaque";
/// Directories whose times wait for the end are remembered by name; this bounds the memory.
const MAX_DIRECTORY_NAME_BYTES: usize = 128 << 20;

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub entries: u64,
    pub bytes: u64,
}

pub(super) struct Extractor<'a> {
    root: OwnedFd,
    /// For messages.
    shown_root: &'a Path,
    limits: &'a Limits,
    /// The parent of the entry before: most entries share it.
    parent: Option<(Vec<u8>, OwnedFd)>,
    /// Directories and their times, set last since filling a directory changes its time.
    directories: Vec<(Vec<u8>, Timestamps)>,
    directory_name_bytes: usize,
    written: Written,
}

impl<'a> Extractor<'a> {
    pub fn new(root: &'a Path, limits: &'a Limits) -> Result<Self, Error> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC | OFlags::NOFOLLOW;
        let fd =
            rustix::fs::openat(CWD, root, flags, Mode::empty()).map_err(|e| Error::io("open", root, e))?;
        Ok(Self {
            root: fd,
            shown_root: root,
            limits,
            parent: None,
            directories: Vec::new(),
            directory_name_bytes: 0,
            written: Written::default(),
        })
    }

    /// Unpack the whole archive.
    pub fn run<S: Source>(mut self, archive: &mut Archive<S>) -> Result<Written, Error> {
        while let Some(entry) = archive.next_entry()? {
            self.written.entries += 1;
            if self.written.entries > self.limits.max_entries {
                return Err(Error::LimitExceeded { what: "layer entries", limit: self.limits.max_entries });
            }
            self.entry(&entry, archive)?;
        }
        archive.drain()?;
        self.set_directory_times()?;
        Ok(self.written)
    }

    fn entry<S: Source>(&mut self, entry: &Entry, archive: &mut Archive<S>) -> Result<(), Error> {
        let path = clean(&entry.path).map_err(|problem| refuse(&entry.path, problem))?;
        let Some((parent, name)) = split(&path) else {
            return self.root_entry(entry);
        };
        if name.starts_with(WHITEOUT) {
            return self.whiteout(entry, parent, name);
        }
        match entry.kind {
            Kind::Directory => self.directory(entry, &path, parent, name),
            Kind::File => self.file(entry, parent, name, archive),
            Kind::Symlink => self.symlink(entry, parent, name),
            Kind::HardLink => self.hard_link(entry, &path, parent, name),
            Kind::CharDevice => self.node(entry, parent, name, FileType::CharacterDevice),
            Kind::BlockDevice => self.node(entry, parent, name, FileType::BlockDevice),
            Kind::Fifo => self.node(entry, parent, name, FileType::Fifo),
        }
    }

    /// `./` carries the attributes of the root itself.
    fn root_entry(&mut self, entry: &Entry) -> Result<(), Error> {
        if entry.kind != Kind::Directory {
            return Err(refuse(&entry.path, "the root is not a directory"));
        }
        let root = self.root.try_clone().map_err(|e| Error::io("open", self.shown_root, e))?;
        self.set_attributes(&root, entry)?;
        self.remember_times(b".", entry)
    }

    fn directory(&mut self, entry: &Entry, path: &[u8], parent: &[u8], name: &[u8]) -> Result<(), Error> {
        let dir = self.open_parent(parent, &entry.path)?;
        let mut hides_lower = false;
        if let Err(errno) = rustix::fs::mkdirat(&dir, name, Mode::RWXU) {
            if errno != Errno::EXIST {
                return Err(self.failed("create directory", entry, errno));
            }
            match self.existing(&dir, name, entry)? {
                Existing::Directory => {}
                found => {
                    hides_lower = found == Existing::Whiteout;
                    self.clear(&dir, name, entry)?;
                    rustix::fs::mkdirat(&dir, name, Mode::RWXU)
                        .map_err(|errno| self.failed("create directory", entry, errno))?;
                }
            }
        }
        let fd = self.open_directory(&dir, name, entry)?;
        self.parent = Some((parent.to_vec(), dir));
        if hides_lower {
            self.set_opaque(&fd, entry)?;
        }
        self.set_attributes(&fd, entry)?;
        self.remember_times(path, entry)
    }

    fn file<S: Source>(
        &mut self,
        entry: &Entry,
        parent: &[u8],
        name: &[u8],
        archive: &mut Archive<S>,
    ) -> Result<(), Error> {
        let dir = self.open_parent(parent, &entry.path)?;
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let fd = self.replacing(&dir, name, entry, "create", |dir, name| {
            rustix::fs::openat(dir, name, flags, Mode::RUSR | Mode::WUSR)
        })?;
        while let Some(data) = archive.next_data()? {
            let mut rest: &[u8] = &data;
            while !rest.is_empty() {
                let count =
                    rustix::io::write(&fd, rest).map_err(|errno| self.failed("write", entry, errno))?;
                rest = &rest[count..];
            }
        }
        self.written.bytes += entry.size;
        self.set_attributes(&fd, entry)?;
        rustix::fs::futimens(&fd, &times(entry))
            .map_err(|errno| self.failed("set times of", entry, errno))?;
        self.parent = Some((parent.to_vec(), dir));
        Ok(())
    }

    fn symlink(&mut self, entry: &Entry, parent: &[u8], name: &[u8]) -> Result<(), Error> {
        if entry.link.is_empty() {
            return Err(refuse(&entry.path, "the symbolic link has no target"));
        }
        let dir = self.open_parent(parent, &entry.path)?;
        self.replacing(&dir, name, entry, "link", |dir, name| {
            rustix::fs::symlinkat(entry.link.as_slice(), dir, name)
        })?;
        self.set_attributes_by_name(&dir, name, entry)?;
        self.parent = Some((parent.to_vec(), dir));
        Ok(())
    }

    fn hard_link(&mut self, entry: &Entry, path: &[u8], parent: &[u8], name: &[u8]) -> Result<(), Error> {
        let target = clean(&entry.link).map_err(|problem| refuse(&entry.path, problem))?;
        if target == path {
            return Ok(());
        }
        let Some((target_parent, target_name)) = split(&target) else {
            return Err(refuse(&entry.path, "a hard link to the root"));
        };
        let dir = self.open_parent(parent, &entry.path)?;
        let from = self
            .open_beneath(target_parent)
            .map_err(|errno| refuse(&entry.path, &format!("its hard link's target: {errno}")))?;
        self.replacing(&dir, name, entry, "link", |dir, name| {
            rustix::fs::linkat(&from, target_name, dir, name, AtFlags::empty())
        })?;
        self.parent = Some((parent.to_vec(), dir));
        Ok(())
    }

    fn node(&mut self, entry: &Entry, parent: &[u8], name: &[u8], kind: FileType) -> Result<(), Error> {
        let dir = self.open_parent(parent, &entry.path)?;
        let device = rustix::fs::makedev(entry.device.0, entry.device.1);
        self.replacing(&dir, name, entry, "create device", |dir, name| {
            rustix::fs::mknodat(dir, name, kind, Mode::RUSR | Mode::WUSR, device)
        })?;
        self.set_attributes_by_name(&dir, name, entry)?;
        let mode = Mode::from_raw_mode(entry.mode);
        // The node was made a moment ago in a directory only we write to, so its name still means it.
        rustix::fs::chmodat(&dir, name, mode, AtFlags::empty())
            .map_err(|errno| self.failed("set mode of", entry, errno))?;
        self.parent = Some((parent.to_vec(), dir));
        Ok(())
    }

    /// A whiteout hides what lower layers have of that name; what this layer itself has of it stays.
    fn whiteout(&mut self, entry: &Entry, parent: &[u8], name: &[u8]) -> Result<(), Error> {
        let dir = self.open_parent(parent, &entry.path)?;
        if name == OPAQUE_MARKER {
            let fd = self.open_directory(&dir, b".", entry)?;
            self.set_opaque(&fd, entry)?;
        } else if !name.starts_with(AUFS_PRIVATE) {
            let hidden = &name[WHITEOUT.len()..];
            if hidden.is_empty() || hidden == b"." || hidden == b".." {
                return Err(refuse(&entry.path, "a whiteout of nothing"));
            }
            match rustix::fs::mknodat(&dir, hidden, FileType::CharacterDevice, Mode::empty(), 0) {
                Ok(()) => {}
                Err(Errno::EXIST) if self.existing(&dir, hidden, entry)? == Existing::Directory => {
                    let fd = self.open_directory(&dir, hidden, entry)?;
                    self.set_opaque(&fd, entry)?;
                }
                // A file of this layer already hides the lower one.
                Err(Errno::EXIST) => {}
                Err(errno) => return Err(self.failed("create whiteout", entry, errno)),
            }
        }
        self.parent = Some((parent.to_vec(), dir));
        Ok(())
    }

    /// Run `make`; when something is in the way, remove that and run it again.
    fn replacing<T>(
        &mut self,
        dir: &OwnedFd,
        name: &[u8],
        entry: &Entry,
        action: &'static str,
        make: impl Fn(&OwnedFd, &[u8]) -> Result<T, Errno>,
    ) -> Result<T, Error> {
        match make(dir, name) {
            Err(Errno::EXIST) => {
                self.clear(dir, name, entry)?;
                make(dir, name).map_err(|errno| self.failed(action, entry, errno))
            }
            other => other.map_err(|errno| self.failed(action, entry, errno)),
        }
    }

    fn existing(&self, dir: &OwnedFd, name: &[u8], entry: &Entry) -> Result<Existing, Error> {
        let stat = rustix::fs::statat(dir, name, AtFlags::SYMLINK_NOFOLLOW)
            .map_err(|errno| self.failed("read", entry, errno))?;
        Ok(match FileType::from_raw_mode(stat.st_mode) {
            FileType::Directory => Existing::Directory,
            FileType::CharacterDevice if stat.st_rdev == 0 => Existing::Whiteout,
            _ => Existing::Other,
        })
    }

    /// Remove what an earlier entry of this layer made under this name.
    fn clear(&mut self, dir: &OwnedFd, name: &[u8], entry: &Entry) -> Result<(), Error> {
        self.parent = None;
        let removed = match self.existing(dir, name, entry)? {
            Existing::Directory => remove_tree(dir.as_fd(), name, 0),
            _ => rustix::fs::unlinkat(dir, name, AtFlags::empty()),
        };
        removed.map_err(|errno| self.failed("replace", entry, errno))
    }

    /// The directory an entry goes into, made when the archive does not mention it.
    fn open_parent(&mut self, parent: &[u8], entry_path: &[u8]) -> Result<OwnedFd, Error> {
        if let Some((path, fd)) = self.parent.take()
            && path == parent
        {
            return Ok(fd);
        }
        match self.open_beneath(parent) {
            Ok(fd) => Ok(fd),
            Err(Errno::NOENT | Errno::NOTDIR) => self.make_parents(parent, entry_path),
            Err(errno) => Err(self.failed_at("open directory of", entry_path, errno)),
        }
    }

    fn make_parents(&mut self, parent: &[u8], entry_path: &[u8]) -> Result<OwnedFd, Error> {
        let mut dir = self
            .open_beneath(b".")
            .map_err(|errno| self.failed_at("open directory of", entry_path, errno))?;
        let mut path = Vec::new();
        for name in parent.split(|&b| b == b'/') {
            if !path.is_empty() {
                path.push(b'/');
            }
            path.extend_from_slice(name);
            dir = match self.open_beneath(&path) {
                Ok(fd) => fd,
                Err(Errno::NOENT | Errno::NOTDIR) => {
                    self.make_parent(&dir, name, entry_path)?;
                    self.open_beneath(&path)
                        .map_err(|errno| self.failed_at("open directory of", entry_path, errno))?
                }
                Err(errno) => return Err(self.failed_at("open directory of", entry_path, errno)),
            };
        }
        Ok(dir)
    }

    fn make_parent(&mut self, dir: &OwnedFd, name: &[u8], entry_path: &[u8]) -> Result<(), Error> {
        let mode = Mode::from_raw_mode(0o755);
        let make = || {
            rustix::fs::mkdirat(dir, name, mode)?;
            let fd = open_directory_at(dir, name)?;
            // The umask took part in mkdirat.
            rustix::fs::fchmod(&fd, mode)?;
            Ok(fd)
        };
        let made: Result<OwnedFd, Errno> = match make() {
            Err(Errno::EXIST) => {
                let stat = rustix::fs::statat(dir, name, AtFlags::SYMLINK_NOFOLLOW)
                    .map_err(|errno| self.failed_at("read", entry_path, errno))?;
                if FileType::from_raw_mode(stat.st_mode) != FileType::CharacterDevice || stat.st_rdev != 0 {
                    return Err(refuse(entry_path, "a parent is not a directory"));
                }
                // This layer hid the lower directory and now makes a new one of the same name.
                rustix::fs::unlinkat(dir, name, AtFlags::empty()).and_then(|()| make()).and_then(|fd| {
                    rustix::fs::fsetxattr(&fd, OPAQUE_XATTR, b"y", XattrFlags::empty())?;
                    Ok(fd)
                })
            }
            other => other,
        };
        made.map(drop).map_err(|errno| self.failed_at("create directory of", entry_path, errno))
    }

    fn open_beneath(&self, path: &[u8]) -> Result<OwnedFd, Errno> {
        let path: &[u8] = if path.is_empty() { b"." } else { path };
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let resolve = ResolveFlags::IN_ROOT | ResolveFlags::NO_MAGICLINKS;
        // The kernel answers EAGAIN when anything on the machine is renamed at the same moment.
        let mut tries = 0;
        loop {
            match rustix::fs::openat2(&self.root, path, flags, Mode::empty(), resolve) {
                Err(Errno::AGAIN) if tries < 1000 => tries += 1,
                other => return other,
            }
        }
    }

    fn open_directory(&self, dir: &OwnedFd, name: &[u8], entry: &Entry) -> Result<OwnedFd, Error> {
        open_directory_at(dir, name).map_err(|errno| self.failed("open directory", entry, errno))
    }

    fn set_opaque(&self, fd: &OwnedFd, entry: &Entry) -> Result<(), Error> {
        rustix::fs::fsetxattr(fd, OPAQUE_XATTR, b"y", XattrFlags::empty())
            .map_err(|errno| self.failed("mark opaque", entry, errno))
    }

    /// Owner, mode, extended attributes: in this order, since a change of owner takes set-id bits and capabilities away.
    fn set_attributes(&self, fd: &OwnedFd, entry: &Entry) -> Result<(), Error> {
        let (uid, gid) = (Uid::from_raw(entry.uid), Gid::from_raw(entry.gid));
        rustix::fs::fchown(fd, Some(uid), Some(gid))
            .map_err(|errno| self.failed("set owner of", entry, errno))?;
        rustix::fs::fchmod(fd, Mode::from_raw_mode(entry.mode))
            .map_err(|errno| self.failed("set mode of", entry, errno))?;
        for (name, value) in entry.xattrs.iter().filter(|(name, _)| is_allowed_xattr(name)) {
            match rustix::fs::fsetxattr(fd, name.as_slice(), value, XattrFlags::empty()) {
                Ok(()) => {}
                // A file system without user attributes loses them; without capabilities a program would misbehave.
                Err(Errno::NOTSUP) if name.starts_with(b"user.") => {
                    tracing::debug!(entry = shown(&entry.path), "extended attribute not supported here");
                }
                Err(errno) => return Err(self.failed("set extended attribute of", entry, errno)),
            }
        }
        Ok(())
    }

    fn set_attributes_by_name(&self, dir: &OwnedFd, name: &[u8], entry: &Entry) -> Result<(), Error> {
        let (uid, gid) = (Uid::from_raw(entry.uid), Gid::from_raw(entry.gid));
        rustix::fs::chownat(dir, name, Some(uid), Some(gid), AtFlags::SYMLINK_NOFOLLOW)
            .map_err(|errno| self.failed("set owner of", entry, errno))?;
        rustix::fs::utimensat(dir, name, &times(entry), AtFlags::SYMLINK_NOFOLLOW)
            .map_err(|errno| self.failed("set times of", entry, errno))
    }

    fn remember_times(&mut self, path: &[u8], entry: &Entry) -> Result<(), Error> {
        self.directory_name_bytes += path.len();
        if self.directory_name_bytes > MAX_DIRECTORY_NAME_BYTES {
            let limit = MAX_DIRECTORY_NAME_BYTES as u64;
            return Err(Error::LimitExceeded { what: "bytes of directory names", limit });
        }
        self.directories.push((path.to_vec(), times(entry)));
        Ok(())
    }

    fn set_directory_times(&mut self) -> Result<(), Error> {
        self.parent = None;
        for (path, times) in std::mem::take(&mut self.directories) {
            let (parent, name) = split(&path).unwrap_or((b".", b"."));
            let set = self
                .open_beneath(parent)
                .and_then(|dir| open_directory_at(&dir, name))
                .and_then(|fd| rustix::fs::futimens(&fd, &times));
            match set {
                // A later entry put something else in its place.
                Ok(()) | Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => {}
                Err(errno) => return Err(self.failed_at("set times of", &path, errno)),
            }
        }
        Ok(())
    }

    fn failed(&self, action: &'static str, entry: &Entry, errno: Errno) -> Error {
        self.failed_at(action, &entry.path, errno)
    }

    /// What the archive caused is the archive's fault; the rest is the machine's.
    fn failed_at(&self, action: &'static str, entry_path: &[u8], errno: Errno) -> Error {
        match errno {
            Errno::NOENT
            | Errno::NOTDIR
            | Errno::ISDIR
            | Errno::EXIST
            | Errno::LOOP
            | Errno::NAMETOOLONG
            | Errno::INVAL
            | Errno::MLINK
            | Errno::XDEV => refuse(entry_path, &format!("{action}: {errno}")),
            errno => {
                let path: PathBuf = self.shown_root.join(shown(entry_path).trim_start_matches('/'));
                Error::io(action, path, errno)
            }
        }
    }
}

#[derive(PartialEq, Eq)]
enum Existing {
    Directory,
    Whiteout,
    Other,
}

fn open_directory_at(dir: &OwnedFd, name: &[u8]) -> Result<OwnedFd, Errno> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    rustix::fs::openat(dir, name, flags, Mode::empty())
}

/// Remove a directory made by this layer. Its depth is bounded by the longest name.
fn remove_tree(parent: std::os::fd::BorrowedFd<'_>, name: &[u8], depth: u32) -> Result<(), Errno> {
    if depth > 2048 {
        return Err(Errno::NAMETOOLONG);
    }
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let fd = rustix::fs::openat(parent, name, flags, Mode::empty())?;
    let mut names = Vec::new();
    let mut buffer = Vec::with_capacity(16 << 10);
    let mut listing = RawDir::new(&fd, buffer.spare_capacity_mut());
    while let Some(item) = listing.next() {
        let item = item?;
        let item_name = item.file_name().to_bytes();
        if item_name != b"." && item_name != b".." {
            names.push((item_name.to_vec(), item.file_type() == FileType::Directory));
        }
    }
    for (child, is_directory) in names {
        if is_directory {
            remove_tree(fd.as_fd(), &child, depth + 1)?;
        } else {
            rustix::fs::unlinkat(&fd, child.as_slice(), AtFlags::empty())?;
        }
    }
    rustix::fs::unlinkat(parent, name, AtFlags::REMOVEDIR)
}

/// `trusted.*` would speak to overlayfs, `system.*` and other `security.*` to this host's policy.
fn is_allowed_xattr(name: &[u8]) -> bool {
    !name.contains(&0)
        && (name == b"security.capability"
            || (name.starts_with(b"user.") && !name.starts_with(b"user.overlay.")))
}

fn times(entry: &Entry) -> Timestamps {
    let time = Timespec { tv_sec: entry.mtime.0, tv_nsec: entry.mtime.1.into() };
    Timestamps { last_access: time, last_modification: time }
}

/// The components of a name without empty ones, `.` and `..`; an error when it climbs above the root.
fn clean(path: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut components: Vec<&[u8]> = Vec::new();
    for component in path.split(|&b| b == b'/') {
        match component {
            b"" | b"." => {}
            b".." => {
                components.pop().ok_or("the name climbs above the root")?;
            }
            name => components.push(name),
        }
    }
    Ok(components.join(&b'/'))
}

/// Parent and last component; `None` for the root.
fn split(path: &[u8]) -> Option<(&[u8], &[u8])> {
    if path.is_empty() || path == b"." {
        return None;
    }
    match path.iter().rposition(|&b| b == b'/') {
        Some(at) => Some((&path[..at], &path[at + 1..])),
        None => Some((b"", path)),
    }
}

fn refuse(path: &[u8], problem: &str) -> Error {
    Error::BadEntry { entry: shown(path), problem: problem.to_owned() }
}
