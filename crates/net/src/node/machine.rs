//! Interfaces of VPCs that the machine itself has, or load balancers that it carries: which there are, and their records, a file each.
//!
//! A record is written before the first effect. What the control plane says of a VPC is compared with the records; an earlier run's links stay
//! until it has said something.

use super::{NodeNetwork, short_hash};
use crate::namespace::Namespace;
use crate::record::{make_dir, write_file};
use crate::vpc::machine::{Home, MachineLink, Names, furnish, take_away};
use crate::vpc::{self, Vpc};
use crate::{Error, link, namespace};
use model::fabric::{Item, Kind, Update};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::{fs, io};

/// The machine's own interfaces, by their ids.
pub(super) struct MachineLinks {
    dir: PathBuf,
    known: BTreeMap<String, Plugged>,
    /// VPCs whose links are not as they should be.
    amiss: BTreeSet<String>,
    /// The networks of load balancers that have been opened.
    balancers: BTreeMap<String, Arc<Namespace>>,
}

/// What the namespaces of load balancers begin with.
const BALANCERS: &str = "lb-";

/// Where the namespace of a load balancer is bound that a node carries; `balancer` is what [`model::fabric::Machine`] calls it.
pub fn balancer_path(run_dir: &Path, balancer: &str) -> PathBuf {
    run_dir.join(format!("{BALANCERS}{}", short_hash(balancer)))
}

/// Where a link is put.
enum Place {
    Machine,
    Balancer(Arc<Namespace>, PathBuf),
}

impl Place {
    fn home<'a>(&'a self, host: &'a Namespace) -> Home<'a> {
        match self {
            Self::Machine => Home { namespace: host, path: None },
            Self::Balancer(namespace, path) => Home { namespace, path: Some(path) },
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Plugged {
    vpc: String,
    link: MachineLink,
}

impl MachineLinks {
    /// Reads the records of an earlier run. One that cannot be read is dropped: its link is nobody's then, and goes.
    pub(super) fn load(state_dir: &Path) -> Result<Self, Error> {
        let dir = state_dir.join("machine");
        make_dir(&dir)?;
        let listed = fs::read_dir(&dir)
            .and_then(|entries| entries.map(|e| Ok(e?.path())).collect::<io::Result<Vec<_>>>());
        let paths = listed.map_err(|source| Error::File { action: "list", path: dir.clone(), source })?;
        let mut known = BTreeMap::new();
        for path in paths {
            let bytes = fs::read(&path).map_err(|source| Error::File {
                action: "read",
                path: path.clone(),
                source,
            })?;
            match serde_json::from_slice::<Plugged>(&bytes) {
                Ok(plugged) => {
                    known.insert(plugged.link.interface.clone(), plugged);
                }
                Err(error) => {
                    tracing::warn!(path = %path.display(), %error, "the record of a machine's interface cannot be read and is dropped");
                    fs::remove_file(&path).map_err(|source| Error::File {
                        action: "remove",
                        path,
                        source,
                    })?;
                }
            }
        }
        Ok(Self { dir, known, amiss: BTreeSet::new(), balancers: BTreeMap::new() })
    }

    fn path_of(&self, interface: &str) -> PathBuf {
        self.dir.join(format!("{}.json", short_hash(interface)))
    }

    fn enter(&mut self, plugged: Plugged) -> Result<(), Error> {
        let json = serde_json::to_vec(&plugged).expect("a record is JSON");
        write_file(&self.path_of(&plugged.link.interface), &json)?;
        self.known.insert(plugged.link.interface.clone(), plugged);
        Ok(())
    }

    fn strike(&mut self, interface: &str) -> Result<(), Error> {
        let path = self.path_of(interface);
        match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                return Err(Error::File { action: "remove", path, source });
            }
            _ => {}
        }
        self.known.remove(interface);
        Ok(())
    }

    /// Whether an update says anything of interfaces that the machine has or is to have.
    fn concerns(&self, update: &Update) -> bool {
        update.complete
            || update.put.iter().any(|item| {
                matches!(item, Item::Interface(i) if i.machine.is_some() || self.known.contains_key(&i.id))
            })
            || update.gone.iter().any(|key| key.kind == Kind::Interface && self.known.contains_key(&key.id))
    }
}

fn warn_of_leftover(error: &Error) {
    tracing::warn!(
        error = crate::error::chain(error),
        "what an earlier run left of a machine's interface cannot be taken away yet"
    );
}

impl NodeNetwork {
    /// Brings the machine's links of a VPC to what an update of it says, which the VPC has taken in. Answers whether any was made.
    pub(super) async fn follow_machine(&self, id: &str, vpc: &Vpc, update: &Update) -> Result<bool, Error> {
        let mut links = self.machine.lock().await;
        if !links.concerns(update) {
            return Ok(false);
        }
        self.bring_about(&mut links, id, vpc, update.complete).await
    }

    /// Tries again what did not work.
    pub(super) async fn mend_machine(&self) -> Result<(), Error> {
        let mut links = self.machine.lock().await;
        let mut errors = Vec::new();
        for id in links.amiss.clone() {
            let vpc = self.vpcs.lock().await.get(&id).cloned();
            match vpc {
                Some(vpc) => errors.extend(self.bring_about(&mut links, &id, &vpc, true).await.err()),
                None => errors.extend(self.unplug_of(&mut links, |vpc| vpc == id).await.err()),
            }
        }
        Error::collect(errors)
    }

    /// Takes up the links of an earlier run, and takes away what is left of others.
    pub(super) async fn recover_machine(&self) -> Result<(), Error> {
        let mut links = self.machine.lock().await;
        let known: Vec<Plugged> = links.known.values().cloned().collect();
        let mut kept = BTreeSet::new();
        for Plugged { vpc, link } in known {
            let names = self.names_of(&link.interface);
            let stands = namespace::is_bound(&vpc::path_of(&self.config.run_dir, &vpc))
                && match self.home(&mut links, link.balancer.as_deref()).await? {
                    Some(place) => {
                        link::index_of(place.home(&self.host).namespace, &names.link).await?.is_some()
                    }
                    None => false,
                };
            if stands {
                let veth = self.machine_veth(&link.interface);
                self.vpc(&vpc).await?.remember(&veth, &link.interface, link.mac).await;
                kept.insert(names.link);
            } else {
                // The machine was restarted: the control plane says whether it is still wanted.
                match self.clear(&mut links, &link.interface, link.balancer.as_deref()).await {
                    Ok(()) => links.strike(&link.interface)?,
                    Err(error) => {
                        warn_of_leftover(&error);
                        links.amiss.insert(vpc);
                    }
                }
            }
        }
        // The node serves all the same.
        if let Err(error) = self.sweep_machine(&kept).await {
            warn_of_leftover(&error);
        }
        Ok(())
    }

    /// Takes the links of VPCs away that the node has nothing of any more.
    pub(super) async fn keep_machine(&self, vpcs: &BTreeSet<String>) -> Result<(), Error> {
        let mut links = self.machine.lock().await;
        self.unplug_of(&mut links, |vpc| !vpcs.contains(vpc)).await
    }

    /// Takes every link away. For the end of a VPC, or of the node.
    pub(super) async fn unplug_machine_from(&self, of: impl Fn(&str) -> bool) -> Result<(), Error> {
        let mut links = self.machine.lock().await;
        self.unplug_of(&mut links, of).await
    }

    /// Links that no record names, and networks of load balancers that have none left.
    pub(super) async fn sweep_machine(&self, kept: &BTreeSet<String>) -> Result<(), Error> {
        let mut errors = Vec::new();
        errors.extend(self.sweep_home(Home { namespace: &self.host, path: None }, kept).await.err());
        // Where namespaces of load balancers are, or were before the machine's last start.
        for tag in self.bound(BALANCERS)? {
            let path = self.config.run_dir.join(format!("{BALANCERS}{tag}"));
            if namespace::is_bound(&path) {
                let namespace = Namespace::open(&path).await?;
                let left = self.sweep_home(Home { namespace: &namespace, path: Some(&path) }, kept).await;
                if !matches!(left, Ok(0)) {
                    errors.extend(left.err());
                    continue;
                }
            }
            errors.extend(namespace::remove(&path).err());
        }
        Error::collect(errors)
    }

    /// How many links are kept there.
    async fn sweep_home(&self, home: Home<'_>, kept: &BTreeSet<String>) -> Result<usize, Error> {
        let instance = &self.config.instance;
        let (mut left, mut errors) = (0, Vec::new());
        for name in link::names_with_prefix(home.namespace, &Names::prefix(instance)).await? {
            match Names::of_link(instance, &name) {
                Some(names) if !kept.contains(&names.link) => {
                    errors.extend(take_away(home, &names).await.err());
                }
                Some(_) => left += 1,
                None => {}
            }
        }
        Error::collect(errors).map(|()| left)
    }

    /// The network that links of a load balancer, or of the machine itself, are put into. `None`: that one is not there.
    async fn home(&self, links: &mut MachineLinks, balancer: Option<&str>) -> Result<Option<Place>, Error> {
        let Some(balancer) = balancer else { return Ok(Some(Place::Machine)) };
        let path = balancer_path(&self.config.run_dir, balancer);
        if !namespace::is_bound(&path) {
            links.balancers.remove(balancer);
            return Ok(None);
        }
        let namespace = match links.balancers.get(balancer) {
            Some(known) => Arc::clone(known),
            None => {
                let opened = Arc::new(Namespace::open(&path).await?);
                links.balancers.insert(balancer.to_owned(), Arc::clone(&opened));
                opened
            }
        };
        Ok(Some(Place::Balancer(namespace, path)))
    }

    /// The same, and it is made where it is not there.
    async fn ensure_home(&self, links: &mut MachineLinks, balancer: Option<&str>) -> Result<Place, Error> {
        let Some(balancer) = balancer else { return Ok(Place::Machine) };
        if let Some(place) = self.home(links, Some(balancer)).await? {
            return Ok(place);
        }
        let path = balancer_path(&self.config.run_dir, balancer);
        let made = Namespace::create(&path).await?;
        if let Err(error) = furnish(&made, &path).await {
            let removed = namespace::remove(&path).err();
            return Err(Error::collect([error].into_iter().chain(removed).collect())
                .expect_err("there is one at least"));
        }
        let made = Arc::new(made);
        links.balancers.insert(balancer.to_owned(), Arc::clone(&made));
        Ok(Place::Balancer(made, path))
    }

    /// Takes a link away, with the network of a load balancer that has no other.
    async fn clear(
        &self,
        links: &mut MachineLinks,
        interface: &str,
        balancer: Option<&str>,
    ) -> Result<(), Error> {
        if let Some(place) = self.home(links, balancer).await? {
            take_away(place.home(&self.host), &self.names_of(interface)).await?;
        }
        let Some(balancer) = balancer else { return Ok(()) };
        let is_other = |known: &Plugged| {
            known.link.balancer.as_deref() == Some(balancer) && known.link.interface != interface
        };
        if !links.known.values().any(is_other) {
            links.balancers.remove(balancer);
            namespace::remove(&balancer_path(&self.config.run_dir, balancer))?;
        }
        Ok(())
    }

    /// `thorough`: also looks whether what should be there is.
    async fn bring_about(
        &self,
        links: &mut MachineLinks,
        id: &str,
        vpc: &Vpc,
        thorough: bool,
    ) -> Result<bool, Error> {
        let Some(wanted) = vpc.machine_links().await else { return Ok(false) };
        let wanted: BTreeMap<String, MachineLink> =
            wanted.into_iter().map(|link| (link.interface.clone(), link)).collect();
        let (mut made, mut errors) = (false, Vec::new());
        let is_same = |known: &MachineLink, wanted: &MachineLink| {
            (&known.attachment, known.mac, &known.balancer)
                == (&wanted.attachment, wanted.mac, &wanted.balancer)
        };
        let of_vpc = links.known.iter().filter(|(_, known)| known.vpc == id);
        let stale = of_vpc.filter(|(id, known)| !wanted.get(*id).is_some_and(|w| is_same(&known.link, w)));
        let stale: Vec<String> = stale.map(|(id, _)| id.clone()).collect();
        for interface in stale {
            errors.extend(self.unplug(links, Some(vpc), &interface).await.err());
        }
        for (interface, link) in wanted {
            if thorough || links.known.get(&interface).is_none_or(|known| known.link != link) {
                let plugged = Plugged { vpc: id.to_owned(), link };
                match self.plug(links, vpc, plugged).await {
                    Ok(new) => made |= new,
                    Err(error) => errors.push(error),
                }
            }
        }
        let done = Error::collect(errors);
        match &done {
            Ok(()) => links.amiss.remove(id),
            Err(_) => links.amiss.insert(id.to_owned()),
        };
        done.map(|()| made)
    }

    async fn plug(&self, links: &mut MachineLinks, vpc: &Vpc, plugged: Plugged) -> Result<bool, Error> {
        links.enter(plugged.clone())?;
        let link = plugged.link;
        let (names, veth) = (self.names_of(&link.interface), self.machine_veth(&link.interface));
        let place = self.ensure_home(links, link.balancer.as_deref()).await?;
        let made = vpc.plug_machine(&self.host, place.home(&self.host), &veth, &names, &link).await?;
        tracing::debug!(
            interface = link.interface,
            link = names.link,
            balancer = link.balancer,
            made,
            "the machine has an interface of a VPC"
        );
        Ok(made)
    }

    async fn unplug_of(&self, links: &mut MachineLinks, of: impl Fn(&str) -> bool) -> Result<(), Error> {
        let going = links.known.iter().filter(|(_, known)| of(&known.vpc));
        let going: Vec<(String, String)> = going.map(|(id, known)| (id.clone(), known.vpc.clone())).collect();
        let mut errors = Vec::new();
        for (interface, vpc) in going {
            let known: Option<Arc<Vpc>> = self.vpcs.lock().await.get(&vpc).cloned();
            match self.unplug(links, known.as_deref(), &interface).await {
                Ok(()) => links.amiss.remove(&vpc),
                Err(error) => {
                    errors.push(error);
                    links.amiss.insert(vpc)
                }
            };
        }
        Error::collect(errors)
    }

    async fn unplug(
        &self,
        links: &mut MachineLinks,
        vpc: Option<&Vpc>,
        interface: &str,
    ) -> Result<(), Error> {
        let mut errors = Vec::new();
        let balancer = links.known.get(interface).and_then(|known| known.link.balancer.clone());
        errors.extend(self.clear(links, interface, balancer.as_deref()).await.err());
        if let Some(vpc) = vpc {
            let veth = self.machine_veth(interface);
            errors.extend(vpc.unplug(&self.host, &veth, interface).await.err());
        }
        Error::collect(errors)?;
        links.strike(interface)
    }

    fn names_of(&self, interface: &str) -> Names {
        Names::of(&self.config.instance, interface)
    }

    /// The name of a link's end in the VPC's namespace.
    fn machine_veth(&self, interface: &str) -> String {
        format!("lsv{}", &short_hash(&format!("{}/machine/{interface}", self.config.instance))[..12])
    }
}
