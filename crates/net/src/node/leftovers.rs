//! VPCs that nobody needs here any more, and what earlier runs left of such.

use super::{NodeNetwork, short_hash};
use crate::{Error, link, namespace, nft};
use std::collections::BTreeSet;
use std::{fs, io};

impl NodeNetwork {
    /// Forgets every VPC but these, and those that endpoints are plugged into.
    pub(super) async fn forget_all_but(&self, ids: &BTreeSet<String>) -> Result<(), Error> {
        let kept: BTreeSet<String> = ids.iter().map(|id| short_hash(id)).collect();
        let mut errors = Vec::new();
        let known: Vec<String> = self.vpcs.lock().await.keys().cloned().collect();
        for id in known.iter().filter(|id| !ids.contains(*id) && !self.uses(id)) {
            // Of more than its name is known: it takes along what leads to other nodes.
            if let Some(vpc) = self.vpcs.lock().await.remove(id) {
                tracing::info!(vpc = id, "the node has nothing of a VPC any more");
                errors.extend(vpc.remove(&self.host).await.err());
            }
        }
        let in_use: BTreeSet<String> = {
            let book = self.book();
            book.endpoints.values().filter_map(|r| r.attached.vpc.as_deref().map(short_hash)).collect()
        };
        for tag in self.bound("vpc-")?.iter().filter(|tag| !kept.contains(*tag) && !in_use.contains(*tag)) {
            tracing::info!(tag, "a VPC that an earlier run made is taken away");
            errors.extend(self.remove_stranger(tag).await);
        }
        Error::collect(errors)
    }

    /// VPCs that an earlier run made and this one never used, known by what there still is of each: a run that ended while it made one, or took one away,
    /// left some of it only.
    pub(super) async fn remove_vpc_leftovers(&self) -> Vec<Error> {
        let mut errors = Vec::new();
        let uplinks = format!("lsu{}", self.config.instance);
        let tables = format!("longshore-{}-", self.config.instance);
        let mut tags = BTreeSet::new();
        match link::names_with_prefix(&self.host, &uplinks).await {
            Ok(names) => {
                tags.extend(names.iter().filter_map(|n| n.strip_prefix(&uplinks)).map(str::to_owned))
            }
            Err(e) => errors.push(e),
        }
        let listed = namespace::in_thread({
            let tables = tables.clone();
            move || nft::tables_here(&tables)
        });
        match listed.await {
            Ok(found) => {
                let rests = found.iter().filter_map(|(_, table)| table.strip_prefix(&tables));
                tags.extend(rests.filter(|rest| crate::vpc::is_short_tag(rest)).map(str::to_owned));
            }
            Err(e) => errors.push(e),
        }
        for tag in tags {
            errors.extend(self.remove_stranger(&tag).await);
        }
        let run_dir = &self.config.run_dir;
        let listed = fs::read_dir(run_dir)
            .and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<io::Result<Vec<_>>>());
        match listed {
            Ok(paths) => errors.extend(paths.iter().filter_map(|path| namespace::remove(path).err())),
            Err(source) => errors.push(Error::File { action: "list", path: run_dir.clone(), source }),
        }
        errors
    }

    /// Removes a VPC that an earlier run made, known by what its namespace is bound to.
    async fn remove_stranger(&self, tag: &str) -> Vec<Error> {
        let instance = &self.config.instance;
        let short = &tag[..tag.len().min(7)];
        let mut errors = Vec::new();
        errors.extend(link::remove(&self.host, &format!("lsu{instance}{short}")).await.err());
        let table = crate::vpc::delete_host_tables(&format!("longshore-{instance}-{short}"));
        errors.extend(nft::apply("remove the rules of a VPC", None, table).await.err());
        errors.extend(namespace::remove(&self.config.run_dir.join(format!("vpc-{tag}"))).err());
        errors
    }

    /// What there are namespaces of, of those whose names begin so: the rests of the names.
    pub(super) fn bound(&self, prefix: &str) -> Result<Vec<String>, Error> {
        let run_dir = &self.config.run_dir;
        let listed = fs::read_dir(run_dir)
            .and_then(|entries| entries.map(|e| Ok(e?.file_name())).collect::<io::Result<Vec<_>>>());
        let names = listed.map_err(|source| Error::File { action: "list", path: run_dir.clone(), source })?;
        let tag = |name: std::ffi::OsString| name.to_str()?.strip_prefix(prefix).map(str::to_owned);
        Ok(names.into_iter().filter_map(tag).collect())
    }
}
