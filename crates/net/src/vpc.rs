//! The namespace of a VPC on this node: bridges of its subnets, and the link by which it reaches the node.

use crate::address::{self, Block};
use crate::lock::AddressLock;
use crate::namespace::{self, Namespace};
use crate::{Error, Interface, link, nft};
use std::fs;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};

/// The end of the uplink inside the VPC's namespace.
const UPLINK: &str = "uplink";
/// The table inside; it is alone there.
const TABLE: &str = "longshore";

/// A VPC as this node carries it.
pub(crate) struct Vpc {
    namespace: Namespace,
    /// The node's end of the uplink.
    host_end: String,
    /// The table of the way out, in the node's namespace.
    host_table: String,
}

impl Vpc {
    /// Makes it, or takes up what an earlier run left.
    pub(crate) async fn ensure(
        host: &Namespace,
        run_dir: &Path,
        instance: &str,
        id: &str,
        cidr: Block,
    ) -> Result<Self, Error> {
        let tag = crate::node::short_hash(id);
        let path = path_of(run_dir, id);
        let host_end = format!("lsu{instance}{}", &tag[..7]);
        let host_table = format!("longshore-{instance}-{}", &tag[..7]);
        if namespace::is_bound(&path) && link::index_of(host, &host_end).await?.is_some() {
            return Ok(Self { namespace: Namespace::open(&path).await?, host_end, host_table });
        }
        let vpc = Self { namespace: Namespace::create(&path).await?, host_end, host_table };
        match vpc.connect(host, &path, cidr).await {
            Ok(()) => Ok(vpc),
            Err(error) => {
                let mut errors = vec![error];
                errors.extend(vpc.remove(host, &path).await.err());
                Err(Error::collect(errors).expect_err("there is one at least"))
            }
        }
    }

    async fn connect(&self, host: &Namespace, path: &Path, cidr: Block) -> Result<(), Error> {
        let lock = AddressLock::take().await?;
        let taken = link::routed_blocks(host).await?;
        let block = address::first_free(address::uplink_candidates(), &taken)
            .ok_or(Error::NoFreeNetwork("the link to a VPC"))?;
        let (here, there) = (address::nth(block, 1), address::nth(block, 2));
        link::remove(host, &self.host_end).await?;
        link::add_veth(host, &self.host_end, None, &self.namespace, UPLINK, None).await?;
        link::configure(host, &self.host_end, here, block.1, None).await?;
        drop(lock);
        link::loopback_up(&self.namespace).await?;
        link::configure(&self.namespace, UPLINK, there, block.1, Some(here)).await?;
        namespace::run_in(path, || {
            set_sysctl("net/ipv4/ip_forward", "1")?;
            nft::apply_here("set the rules of a VPC", &nft::vpc_table(TABLE, UPLINK))
        })
        .await?;
        let network = format!("{}/{}", block.0, block.1);
        let script = nft::delete_table(&self.host_table)
            + &nft::uplink_table(&self.host_table, &self.host_end, &network);
        nft::apply("set the rules of a VPC's way out", None, script).await?;
        // So that the operator reaches tasks by their own addresses, where nothing else has them.
        if !link::add_route(host, cidr, there).await? {
            tracing::warn!(
                block = %format_args!("{}/{}", cidr.0, cidr.1),
                "this machine has another route to the VPC's addresses: tasks cannot be reached from it by their private address"
            );
        }
        Ok(())
    }

    /// Plugs an endpoint's namespace into the subnet of its interface.
    pub(crate) async fn plug(
        &self,
        endpoint: &Namespace,
        veth: &str,
        interface: &Interface,
    ) -> Result<(), Error> {
        let subnet = (address::nth((interface.address, interface.prefix_len), 0), interface.prefix_len);
        let bridge = bridge_of(subnet.0);
        let index =
            link::ensure_bridge(&self.namespace, &bridge, interface.gateway, interface.prefix_len).await?;
        link::add_veth(&self.namespace, veth, Some(index), endpoint, link::INSIDE, Some(interface.mac))
            .await?;
        link::loopback_up(endpoint).await?;
        link::configure(
            endpoint,
            link::INSIDE,
            interface.address,
            interface.prefix_len,
            Some(interface.gateway),
        )
        .await
    }

    /// Removes an endpoint's link.
    pub(crate) async fn unplug(&self, veth: &str) -> Result<(), Error> {
        link::remove(&self.namespace, veth).await
    }

    /// Removes the VPC from this node. Collects what goes wrong.
    pub(crate) async fn remove(&self, host: &Namespace, path: &Path) -> Result<(), Error> {
        let mut errors = Vec::new();
        errors.extend(link::remove(host, &self.host_end).await.err());
        errors.extend(
            nft::apply("remove the rules of a VPC", None, nft::delete_table(&self.host_table)).await.err(),
        );
        errors.extend(namespace::remove(path).err());
        Error::collect(errors)
    }
}

/// Where the namespace of a VPC is bound.
pub(crate) fn path_of(run_dir: &Path, id: &str) -> PathBuf {
    run_dir.join(format!("vpc-{}", crate::node::short_hash(id)))
}

fn bridge_of(subnet: Ipv4Addr) -> String {
    format!("br{:08x}", u32::from(subnet))
}

/// Sets a sysctl of the calling thread's network namespace.
pub(crate) fn set_sysctl(name: &str, value: &str) -> Result<(), Error> {
    let path = Path::new("/proc/sys").join(name);
    fs::write(&path, value).map_err(|source| Error::File { action: "set", path, source })
}
