//! The node's own bridge, and the ports that it publishes.

use super::{Config, NodeNetwork};
use crate::address::{self, Block};
use crate::namespace::Namespace;
use crate::netfilter::{Batch, Data, Family, Filter, Item, Set};
use crate::record::write_file;
use crate::{Attachment, Error, PortBinding, link, nft, vpc};
use model::status::TransportProtocol;
use std::fs;
use std::net::Ipv4Addr;

/// The node's own bridge. Its rules are made when the first endpoint needs them.
pub(super) struct Bridge {
    pub(super) name: String,
    pub(super) table: String,
    pub(super) block: Block,
    pub(super) index: tokio::sync::OnceCell<u32>,
}

impl NodeNetwork {
    /// The bridge, made with its rules where it does not exist.
    pub(super) async fn bridge(&self) -> Result<u32, Error> {
        self.bridge.index.get_or_try_init(|| self.make_bridge()).await.copied()
    }

    async fn make_bridge(&self) -> Result<u32, Error> {
        let Bridge { name, table, block, .. } = &self.bridge;
        let index = link::ensure_bridge(&self.host, name, address::nth(*block, 1), block.1).await?;
        vpc::set_sysctl("net/ipv4/ip_forward", "1")?;
        vpc::set_sysctl(&format!("net/ipv4/conf/{name}/route_localnet"), "1")?;
        // By an address of the link alone a task would reach what listens on this machine, past rules for IPv4.
        vpc::set_sysctl_if_there(&format!("net/ipv6/conf/{name}/disable_ipv6"), "1")?;
        let network = format!("{}/{}", block.0, block.1);
        let mut script = nft::delete_table(Family::V4, table) + &nft::bridge_table(table, name, &network);
        let published: Vec<(Ipv4Addr, PortBinding)> = {
            let book = self.book();
            let bridged =
                book.endpoints.values().filter(|r| matches!(r.attachment, Attachment::Bridge { .. }));
            bridged
                .flat_map(|r| {
                    r.attached
                        .address
                        .into_iter()
                        .flat_map(|a| r.attached.bindings.iter().map(move |b| (a, *b)))
                })
                .collect()
        };
        for (address, binding) in published {
            script.push_str(&elements(table, address, &binding));
        }
        nft::apply("set the rules of the bridge", None, script).await?;
        Ok(index)
    }

    pub(super) async fn publish(
        &self,
        address: Ipv4Addr,
        bindings: &[PortBinding],
        add: bool,
    ) -> Result<(), Error> {
        if bindings.is_empty() {
            return Ok(());
        }
        let mut batch = Batch::new();
        for binding in bindings {
            let name = map(binding.protocol);
            let set = Set { family: Family::V4, table: &self.bridge.table, name };
            let item = |(host, container): (u16, u16)| Item {
                key: host.to_be_bytes().to_vec(),
                data: Data::AddressPort(address.into(), container),
            };
            let items: Vec<Item> = binding.pairs().map(item).collect();
            if !add {
                // An element that is not there (the rules were set anew after a crash) may be taken away too.
                batch.elements(set, true, &items);
            }
            batch.elements(set, add, &items);
        }
        let action = if add { "publish ports" } else { "withdraw ports" };
        let commit = move || Filter::open()?.commit(action, batch);
        let joined = tokio::task::spawn_blocking(commit).await;
        joined.map_err(|e| Error::System { action: action.to_owned(), source: std::io::Error::other(e) })?
    }
}

/// The bridge's map of published ports.
fn map(protocol: TransportProtocol) -> &'static str {
    match protocol {
        TransportProtocol::Tcp => "tcp_ports",
        TransportProtocol::Udp => "udp_ports",
    }
}

/// The same for nft: published ports, as a line of a script.
fn elements(table: &str, address: Ipv4Addr, binding: &PortBinding) -> String {
    let pairs: Vec<String> =
        binding.pairs().map(|(host, container)| format!("{host} : {address} . {container}")).collect();
    format!("add element ip {table} {} {{ {} }}\n", map(binding.protocol), pairs.join(", "))
}

/// The network of the bridge: the operator's, the one of an earlier run, or the first that is free.
pub(super) async fn bridge_block(config: &Config, host: &Namespace, name: &str) -> Result<Block, Error> {
    if let Some(block) = config.bridge_network {
        return Ok((address::nth(block, 0), block.1));
    }
    let path = config.state_dir.join("bridge-network");
    let kept = fs::read_to_string(&path).ok().and_then(|text| {
        let (address, len) = text.trim().split_once('/')?;
        Some((address.parse().ok()?, len.parse().ok()?))
    });
    let mut exists = link::index_of(host, name).await?.is_some();
    if exists && kept.is_none() {
        // What a run left whose directory is gone; its addresses are not ours.
        link::remove(host, name).await?;
        exists = false;
    }
    let taken = link::routed_blocks(host).await?;
    if let Some(block) = kept
        && (exists || !taken.iter().any(|t| address::overlap(*t, block)))
    {
        return Ok(block);
    }
    let block = address::first_free(address::bridge_candidates(), &taken)
        .ok_or(Error::NoFreeNetwork("the bridge"))?;
    write_file(&path, format!("{}/{}\n", block.0, block.1).as_bytes())?;
    Ok(block)
}
