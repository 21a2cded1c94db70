//! Packet filter rules, as scripts for `nft -f -`: each script is one transaction of the kernel. For what is set once; what comes with every
//! task goes through [`crate::netfilter`], without a process.
//!
//! Only our own tables are ever named. Scripts are built from numbers, addresses and names of our own making, never from a user's text.

use crate::Error;
use crate::namespace;
use crate::netfilter::Family;
use model::ec2::Ipv6Block;
use model::fabric::Network;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What is the machine's own link's: on a cloud's machine its metadata service, with the machine's credentials, is at 169.254.169.254.
// AWS differs: a task in bridge mode reaches that of its instance, unless the agent is told to block it.
const LINK_LOCAL: &str = "169.254.0.0/16";

/// What clouds tell their machines by IPv6, credentials among it: Amazon's services of the machine's link, Google's and Oracle's metadata server.
const CLOUDS: &str = "{ fd00:ec2::/32, fd20:ce::254, fd00:c1::a9fe:a9fe }";

/// Runs a script in the namespace bound at `namespace`, or in our own.
pub(crate) async fn apply(
    action: &'static str,
    namespace: Option<PathBuf>,
    script: String,
) -> Result<(), Error> {
    let work = move || apply_here(action, &script);
    match namespace {
        Some(path) => namespace::run_in(&path, work).await,
        None => tokio::task::spawn_blocking(work)
            .await
            .map_err(|e| Error::Nft { action, message: e.to_string() })?,
    }
}

/// Runs a script in the namespace of the calling thread. Blocks.
pub(crate) fn apply_here(action: &'static str, script: &str) -> Result<(), Error> {
    let failed = |message: String| Error::Nft { action, message };
    let mut child = Command::new("nft")
        .args(["-f", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| failed(format!("nft could not be started (is the package nftables installed?): {e}")))?;
    let mut stdin = child.stdin.take().expect("it was asked for");
    let written = stdin.write_all(script.as_bytes());
    drop(stdin);
    let output = child.wait_with_output().map_err(|e| failed(format!("nft could not be waited for: {e}")))?;
    if !output.status.success() {
        return Err(failed(
            String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("nft failed").to_owned(),
        ));
    }
    written.map_err(|e| failed(format!("nft did not read its rules: {e}")))
}

/// Family and name of the tables in the namespace of the calling thread whose name begins so. Blocks.
pub(crate) fn tables_here(prefix: &str) -> Result<Vec<(String, String)>, Error> {
    let action = "list the tables";
    let listed = Command::new("nft").args(["list", "tables"]).output();
    let output = listed.map_err(|e| Error::Nft { action, message: e.to_string() })?;
    if !output.status.success() {
        let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Error::Nft { action, message });
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let ours = text.lines().filter_map(|line| {
        let mut words = line.split_ascii_whitespace().skip(1);
        let (family, name) = (words.next()?, words.next()?);
        name.starts_with(prefix).then(|| (family.to_owned(), name.to_owned()))
    });
    Ok(ours.collect())
}

/// The table of a node's own bridge: publishing of ports, and the way out.
pub(crate) fn bridge_table(table: &str, bridge: &str, network: &str) -> String {
    // AWS differs: there a task in bridge mode reaches the services of its instance. Here the machine is more than an instance: what listens on it
    // (the API, the overlay's port, whatever the operator runs) is not the tasks' business. Its name server is, as long as theirs is the machine's.
    // Loopback addresses are routed to the bridge (route_localnet) so that a published port answers on 127.0.0.1 too; `guard` sees to
    // it that nobody but this machine uses that, and that no task speaks as somebody who is not of the bridge.
    format!(
        r#"
table ip {table} {{
    map tcp_ports {{ type inet_service : ipv4_addr . inet_service; }}
    map udp_ports {{ type inet_service : ipv4_addr . inet_service; }}
    chain guard {{
        type filter hook prerouting priority raw; policy accept;
        iifname != "lo" ip daddr 127.0.0.0/8 drop
        iifname "{bridge}" ip saddr != {network} drop
    }}
    chain input {{
        type filter hook input priority filter; policy accept;
        iifname != "{bridge}" accept
        ct state established,related accept
        meta l4proto icmp accept
        udp dport 53 accept
        tcp dport 53 accept
        iifname "{bridge}" drop
    }}
    chain forward {{
        type filter hook forward priority filter; policy accept;
        iifname "{bridge}" ip daddr {LINK_LOCAL} drop
    }}
    chain prerouting {{
        type nat hook prerouting priority dstnat; policy accept;
        fib daddr type local dnat ip to tcp dport map @tcp_ports
        fib daddr type local dnat ip to udp dport map @udp_ports
    }}
    chain output {{
        type nat hook output priority -100; policy accept;
        fib daddr type local dnat ip to tcp dport map @tcp_ports
        fib daddr type local dnat ip to udp dport map @udp_ports
    }}
    chain postrouting {{
        type nat hook postrouting priority srcnat; policy accept;
        oifname "{bridge}" ip saddr 127.0.0.0/8 masquerade
        oifname "{bridge}" ip saddr {network} ct status dnat masquerade
        oifname != "{bridge}" ip saddr {network} masquerade
    }}
}}
"#
    )
}

/// The node's own table for a VPC: the way out through whatever interface the node routes by, and what the VPC does not reach: the node's own
/// services, tasks of the node's bridge other than by their published ports, and other VPCs other than by their public addresses. Other machines
/// reach the VPC by public addresses only; the node itself, and tasks of its bridge, by private ones too.
pub(crate) fn uplink_table(
    table: &str,
    host_end: &str,
    uplink: &str,
    network: &Network,
    direct: bool,
) -> String {
    // Tasks of other nodes come as they are. Who is on the segment could say to be one; not who asks for a public address, which no task does
    // by its own.
    let from_nodes = match list(&network.blocks) {
        some if direct && !some.is_empty() => format!("oifname \"{host_end}\" ip saddr {{ {some} }} accept"),
        _ => String::new(),
    };
    let liars = match (list(&network.public), list(&network.blocks)) {
        (public, blocks) if direct && !public.is_empty() && !blocks.is_empty() => {
            format!("oifname \"{host_end}\" ip daddr {{ {public} }} ip saddr {{ {blocks} }} drop")
        }
        _ => String::new(),
    };
    let (to_public, from_public) = match list(&network.public) {
        none if none.is_empty() => (String::new(), String::new()),
        some => {
            let to = format!("oifname \"lsu*\" ip daddr {{ {some} }} accept");
            let from = format!("oifname != \"lsu*\" ip saddr {{ {some} }} masquerade");
            (to, if network.masked { from } else { String::new() })
        }
    };
    // Answers first: those to another VPC go to its uplink, which is link-local.
    format!(
        r#"
table ip {table} {{
    chain input {{
        type filter hook input priority filter; policy accept;
        iifname "{host_end}" ct state established,related accept
        iifname "{host_end}" drop
    }}
    chain forward {{
        type filter hook forward priority filter; policy accept;
        ct direction reply accept
        iifname "{host_end}" ip daddr {LINK_LOCAL} drop
        iifname "{host_end}" oifname "lsb*" ct status dnat accept
        iifname "{host_end}" oifname "lsb*" drop
        {liars}
        {to_public}
        iifname "{host_end}" oifname "lsu*" drop
        {from_nodes}
        oifname "{host_end}" iifname != "lsb*" drop
    }}
    chain postrouting {{
        type nat hook postrouting priority srcnat; policy accept;
        oifname != "{host_end}" ip saddr {uplink} masquerade
        {from_public}
    }}
}}
"#
    )
}

/// The elements of a set.
fn list(blocks: &[impl ToString]) -> String {
    let blocks: Vec<String> = blocks.iter().map(ToString::to_string).collect();
    blocks.join(", ")
}

/// The IPv6 side of the same, of a VPC's blocks and those of them that nobody routes here. Its addresses are public ones: whoever comes is let
/// pass, and the VPC's own rules say to whom. The node's services are out of reach as well, and so is what a cloud tells its machines.
pub(crate) fn uplink_ipv6_table(
    table: &str,
    host_end: &str,
    uplink: &str,
    (blocks, masked): (&[Ipv6Block], &[Ipv6Block]),
) -> String {
    let mask = match list(masked) {
        none if none.is_empty() => String::new(),
        some => {
            // Tasks of other nodes see who it is.
            let blocks = list(blocks);
            format!("oifname != \"lsu*\" ip6 saddr {{ {some} }} ip6 daddr != {{ {blocks} }} masquerade")
        }
    };
    format!(
        r#"
table ip6 {table} {{
    chain input {{
        type filter hook input priority filter; policy accept;
        iifname "{host_end}" ct state established,related accept
        iifname "{host_end}" drop
    }}
    chain forward {{
        type filter hook forward priority filter; policy accept;
        iifname "{host_end}" ip6 daddr {CLOUDS} drop
    }}
    chain postrouting {{
        type nat hook postrouting priority srcnat; policy accept;
        oifname != "lsu*" ip6 saddr {uplink} masquerade
        {mask}
    }}
}}
"#
    )
}

/// Removes a table where it exists, within a transaction.
pub(crate) fn delete_table(family: Family, table: &str) -> String {
    let ip = family.word();
    // `add` first, so that the deletion of what does not exist is no error.
    format!("add table {ip} {table}\ndelete table {ip} {table}\n")
}
