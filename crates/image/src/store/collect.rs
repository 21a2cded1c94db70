//! Removing images: by name, by age and disk use; then whatever nothing refers to.
//!
//! Invariant: an image stays when the caller names it as in use or a living session pins it; its layers and documents stay
//! with it, and pinned layers and blobs stay by themselves. What is chosen is moved aside under the exclusive lock and
//! deleted after it, so the lock is held shortly. Source for the defaults: the official agent's image cleanup settings.

use std::collections::HashSet;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::directory::{Directory, Exclusive, Scratch, digest_of, entries};
use super::records::{ImageRecord, NameRecord};
use super::{Collected, GcPolicy};
use crate::digest::Digest;
use crate::error::Error;
use crate::reference::Reference;

/// Remove a name; its image too when that was the last one.
pub(super) fn remove(
    directory: &Directory,
    reference: &Reference,
    in_use: &HashSet<Digest>,
) -> Result<Collected, Error> {
    let mut sweep = Sweep::new(directory)?;
    let Some(name) = directory.name_record(reference)? else {
        return Err(Error::NotLocal { reference: reference.clone() });
    };
    let names = directory.name_records()?;
    let others = names.iter().any(|other| other.manifest == name.manifest && other.name != name.name);
    if !others && let Some(image) = directory.image_record(&name.manifest)? {
        if sweep.protects(&image, &names, in_use) {
            return Err(Error::InUse { reference: reference.clone() });
        }
        sweep.remove_image(&image)?;
    }
    directory.remove_name_record(reference)?;
    sweep.remove_unreferenced()?;
    Ok(sweep.finish())
}

/// Collect by the policy. Images go one at a time, least recently used first, so the disk is looked at between them.
pub(super) fn collect(
    directory: &Directory,
    policy: &GcPolicy,
    in_use: &HashSet<Digest>,
) -> Result<Collected, Error> {
    let mut total = Collected::default();
    loop {
        let may_remove_named = total.images.len() < policy.max_images
            && (policy.disk_use_percent == 0
                || disk_use_percent(directory.root())? > policy.disk_use_percent);
        let mut sweep = Sweep::new(directory)?;
        let victim = sweep.choose(policy, in_use, may_remove_named)?;
        if let Some(image) = &victim {
            sweep.remove_image(image)?;
        }
        sweep.remove_unreferenced()?;
        let collected = sweep.finish();
        total.images.extend(collected.images);
        total.layers += collected.layers;
        total.blobs += collected.blobs;
        total.bytes += collected.bytes;
        if victim.is_none() {
            remove_old_partials(directory, policy.minimum_age)?;
            return Ok(total);
        }
    }
}

/// One critical section: everything in it sees and changes the store alone.
struct Sweep<'a> {
    directory: &'a Directory,
    exclusive: Exclusive,
    pinned: HashSet<Digest>,
    collected: Collected,
    trash: Vec<Scratch>,
}

impl<'a> Sweep<'a> {
    fn new(directory: &'a Directory) -> Result<Self, Error> {
        let exclusive = directory.lock_exclusive()?;
        let pinned = directory.pinned(&exclusive)?;
        Ok(Self { directory, exclusive, pinned, collected: Collected::default(), trash: Vec::new() })
    }

    fn protects(&self, image: &ImageRecord, names: &[NameRecord], in_use: &HashSet<Digest>) -> bool {
        // Two indexes may hold the same manifest, so a name may know a digest the image does not.
        let by_name =
            names.iter().any(|name| name.manifest == image.manifest && in_use.contains(&name.digest));
        by_name || image.is_named_by(in_use) || image.is_named_by(&self.pinned)
    }

    fn choose(
        &self,
        policy: &GcPolicy,
        in_use: &HashSet<Digest>,
        may_remove_named: bool,
    ) -> Result<Option<ImageRecord>, Error> {
        let names = self.directory.name_records()?;
        let mut candidates = Vec::new();
        for image in self.directory.image_records()? {
            let mut own = names.iter().filter(|name| name.manifest == image.manifest).peekable();
            let named = own.peek().is_some();
            let kept = own.any(|name| policy.keep.contains(&name.name));
            let last_used = self.directory.last_used(&image.manifest)?;
            if kept
                || (named && !may_remove_named)
                || self.protects(&image, &names, in_use)
                || !is_older(last_used, policy.minimum_age)
            {
                continue;
            }
            candidates.push((last_used, image));
        }
        candidates.sort_by_key(|(last_used, image)| (*last_used, image.manifest));
        Ok(candidates.into_iter().next().map(|(_, image)| image))
    }

    /// The records go, names first: a name never points at nothing.
    fn remove_image(&mut self, image: &ImageRecord) -> Result<(), Error> {
        for name in self.directory.name_records()? {
            if name.manifest == image.manifest {
                self.directory.remove_name_record(&name.name)?;
            }
        }
        self.directory.remove_image_record(&image.manifest)?;
        self.collected.images.push(image.manifest);
        Ok(())
    }

    fn remove_unreferenced(&mut self) -> Result<(), Error> {
        let mut live = self.pinned.clone();
        for image in self.directory.image_records()? {
            live.extend([image.manifest, image.id, image.digest]);
            live.extend(image.layers.iter().map(|layer| layer.diff_id));
        }
        let mut layers = dead(&self.directory.folder("layers"), &live)?;
        // Directories before the notes that tell their size.
        layers.sort_by_key(|path| !path.is_dir());
        for path in layers {
            if path.is_dir()
                && let Some(diff_id) = digest_of(&path)
            {
                // The note of its size lies beside it and is found dead as well.
                self.collected.layers += 1;
                self.collected.bytes += self.directory.layer_size(&diff_id)?;
            }
            self.trash.extend(self.directory.discard(&path)?);
        }
        for path in dead(&self.directory.folder("blobs/sha256"), &live)? {
            let bytes = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
            if let Some(trash) = self.directory.discard(&path)? {
                self.trash.push(trash);
                self.collected.blobs += 1;
                self.collected.bytes += bytes;
            }
        }
        Ok(())
    }

    /// Release the lock, then delete.
    fn finish(self) -> Collected {
        drop(self.exclusive);
        drop(self.trash);
        self.collected
    }
}

fn dead(folder: &Path, live: &HashSet<Digest>) -> Result<Vec<std::path::PathBuf>, Error> {
    // A name that is no digest is not ours to judge, but in our directory nobody needs it.
    let is_live = |path: &Path| digest_of(path).is_some_and(|digest| live.contains(&digest));
    Ok(entries(folder)?.into_iter().filter(|path| !is_live(path)).collect())
}

/// A download nobody has gone on with is not worth keeping. One in progress is locked by its owner.
fn remove_old_partials(directory: &Directory, minimum_age: Duration) -> Result<(), Error> {
    for path in entries(&directory.folder("partial"))? {
        let Ok(file) = std::fs::File::open(&path) else { continue };
        let modified = file.metadata().and_then(|m| m.modified()).map_err(|e| Error::io("read", &path, e))?;
        let free = rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive).is_ok();
        if free && is_older(modified, minimum_age) {
            drop(directory.discard(&path)?);
        }
    }
    Ok(())
}

/// A time in the future (the clock was set back) is young.
fn is_older(time: SystemTime, age: Duration) -> bool {
    SystemTime::now().duration_since(time).is_ok_and(|elapsed| elapsed >= age)
}

fn disk_use_percent(root: &Path) -> Result<u8, Error> {
    let stat = rustix::fs::statvfs(root).map_err(|e| Error::io("read", root, e))?;
    // As df counts: what only root may use is neither free nor used.
    let used = stat.f_blocks.saturating_sub(stat.f_bfree);
    let usable = (used + stat.f_bavail).max(1);
    Ok(u8::try_from(used.saturating_mul(100).div_ceil(usable)).unwrap_or(100))
}
