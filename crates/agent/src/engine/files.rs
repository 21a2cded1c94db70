//! `/etc/hosts`, `/etc/resolv.conf` and `/etc/hostname` of a container, as Docker writes them.

use super::actor::TaskContext;
use super::lock;
use super::prepare::live_dir;
use crate::aws::sign;
use crate::task::{ContainerPlan, NetworkPlan};
use std::fmt::Write as _;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;

const HOST_RESOLV_CONF: &str = "/etc/resolv.conf";
/// Where systemd-resolved, which itself listens on loopback, says whom it asks.
const UPSTREAM_RESOLV_CONF: &str = "/run/systemd/resolve/resolv.conf";
/// Docker's last resort.
const DEFAULT_NAMESERVERS: [&str; 2] = ["8.8.8.8", "8.8.4.4"];

#[derive(Debug, thiserror::Error)]
#[error("cannot write {path:?}")]
pub(super) struct Error {
    path: PathBuf,
    #[source]
    source: io::Error,
}

/// The names of the files, which are also their places under `/etc`.
pub(super) const FILES: [&str; 3] = ["hosts", "resolv.conf", "hostname"];

pub(super) fn dir(context: &TaskContext, container: usize) -> PathBuf {
    live_dir(context).join(container.to_string())
}

pub(super) fn write(context: &TaskContext, container: usize) -> Result<(), Error> {
    let dir = dir(context, container);
    std::fs::create_dir_all(&dir).map_err(|source| Error { path: dir.clone(), source })?;
    let plan = &context.plan.containers[container];
    let name = hostname(context, container).unwrap_or_else(host_name);
    let given = lock(&context.facts).attached.as_ref().and_then(|a| a.resolution.clone());
    let resolv_conf = resolv_conf(plan, &context.plan.network, given.as_ref());
    let texts = [hosts(context, container, &name), resolv_conf, format!("{name}\n")];
    for (file, text) in FILES.iter().zip(texts) {
        let path = dir.join(file);
        std::fs::write(&path, text).map_err(|source| Error { path, source })?;
    }
    Ok(())
}

/// The container's own host name; `None` is the host's.
pub(super) fn hostname(context: &TaskContext, container: usize) -> Option<String> {
    if let Some(name) = &context.plan.containers[container].hostname {
        return Some(name.clone());
    }
    match &context.plan.network {
        NetworkPlan::Host => None,
        NetworkPlan::Awsvpc(plan) => Some(plan.hostname.clone()),
        // Twelve digits, as Docker's.
        NetworkPlan::Bridge | NetworkPlan::None => {
            Some(sign::hash(context.runtime_id(container).as_bytes())[..12].to_owned())
        }
    }
}

fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

fn hosts(context: &TaskContext, container: usize, name: &str) -> String {
    let mut text = match context.plan.network {
        NetworkPlan::Host => std::fs::read_to_string("/etc/hosts").unwrap_or_default(),
        NetworkPlan::Bridge | NetworkPlan::None | NetworkPlan::Awsvpc(_) => concat!(
            "127.0.0.1\tlocalhost\n",
            "::1\tlocalhost ip6-localhost ip6-loopback\n",
            "fe00::\tip6-localnet\nff00::\tip6-mcastprefix\nff02::1\tip6-allnodes\nff02::2\tip6-allrouters\n"
        )
        .to_owned(),
    };
    let mut line = |address: &str, names: &str| {
        writeln!(text, "{address}\t{names}").expect("writing to a String does not fail")
    };
    let plan = &context.plan.containers[container];
    for (host, address) in &plan.extra_hosts {
        line(address, host);
    }
    let facts = lock(&context.facts);
    let address_of = |index: usize| -> Option<Ipv4Addr> {
        facts.containers[index].attached.as_ref().or(facts.attached.as_ref())?.address
    };
    for (linked, alias) in &plan.links {
        if let Some(address) = address_of(*linked) {
            let linked = &context.plan.containers[*linked].name;
            let names = if linked == alias { alias.clone() } else { format!("{alias} {linked}") };
            line(&address.to_string(), &names);
        }
    }
    if let Some(address) = address_of(container) {
        let short = name.split('.').next().unwrap_or(name);
        let names = if short == name { name.to_owned() } else { format!("{name} {short}") };
        line(&address.to_string(), &names);
        if let NetworkPlan::Awsvpc(vpc) = &context.plan.network
            && let Some(ipv6) = vpc.interface.ipv6
        {
            line(&ipv6.address.to_string(), &names);
        }
    }
    text
}

/// `given` came with the task's address, in place of what its VPC has.
fn resolv_conf(plan: &ContainerPlan, network: &NetworkPlan, given: Option<&net::Resolution>) -> String {
    let host = std::fs::read_to_string(HOST_RESOLV_CONF).unwrap_or_default();
    if matches!(network, NetworkPlan::Host)
        && plan.dns.is_empty()
        && plan.dns_search.is_empty()
        && plan.dns_options.is_empty()
    {
        return host;
    }
    let (vpc_dns, vpc_search): (&[String], &[String]) = match (network, given) {
        (NetworkPlan::Awsvpc(_), Some(given)) => (&given.servers, &given.search),
        (NetworkPlan::Awsvpc(vpc), None) => (&vpc.dns, &vpc.dns_search),
        (NetworkPlan::None | NetworkPlan::Host | NetworkPlan::Bridge, _) => (&[], &[]),
    };
    let upstream = || std::fs::read_to_string(UPSTREAM_RESOLV_CONF).unwrap_or_default();
    let keep_loopback = matches!(network, NetworkPlan::Host);
    let choices = [
        addresses(&plan.dns),
        addresses(vpc_dns),
        nameservers(&host, keep_loopback),
        nameservers(&upstream(), false),
    ];
    let servers = choices.into_iter().find(|c| !c.is_empty());
    let servers = servers.unwrap_or_else(|| DEFAULT_NAMESERVERS.map(str::to_owned).to_vec());
    let searches = [single_words(&plan.dns_search), single_words(vpc_search), words(&host, "search")];
    let search = searches.into_iter().find(|c| !c.is_empty()).unwrap_or_default();
    let own_options = single_words(&plan.dns_options);
    let options = if own_options.is_empty() { words(&host, "options") } else { own_options };
    let mut text = String::new();
    for server in servers {
        writeln!(text, "nameserver {server}").expect("writing to a String does not fail");
    }
    // A lone dot is Docker's way of saying: none.
    if !search.is_empty() && search != ["."] {
        writeln!(text, "search {}", search.join(" ")).expect("writing to a String does not fail");
    }
    if !options.is_empty() {
        writeln!(text, "options {}", options.join(" ")).expect("writing to a String does not fail");
    }
    text
}

/// Those of the servers that are addresses. Anything else no resolver can ask, and it could be further lines of the file.
fn addresses(servers: &[String]) -> Vec<String> {
    // An address of a link may name its interface.
    let is_address = |server: &str| match server.split_once('%') {
        Some((address, zone)) => address.parse::<Ipv6Addr>().is_ok() && is_single_word(zone),
        None => server.parse::<IpAddr>().is_ok(),
    };
    kept(servers, "name server", is_address)
}

/// Those that are one word, which is what domains and options are.
fn single_words(texts: &[String]) -> Vec<String> {
    kept(texts, "search domain or option", is_single_word)
}

fn is_single_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

fn kept(texts: &[String], what: &str, is_right: impl Fn(&str) -> bool) -> Vec<String> {
    let (right, wrong): (Vec<String>, Vec<String>) = texts.iter().cloned().partition(|text| is_right(text));
    for text in wrong {
        tracing::warn!(?text, "this is no {what}, and is left out of resolv.conf");
    }
    right
}

/// The servers of a resolv.conf; those on loopback are out of reach of a namespace.
fn nameservers(text: &str, keep_loopback: bool) -> Vec<String> {
    let lines = text.lines().filter_map(|l| l.trim().strip_prefix("nameserver"));
    let reachable =
        |server: &&str| keep_loopback || server.parse::<IpAddr>().is_ok_and(|ip| !ip.is_loopback());
    lines.map(str::trim).filter(reachable).map(str::to_owned).collect()
}

/// The words after the last line of that kind.
fn words(text: &str, kind: &str) -> Vec<String> {
    let last = text.lines().filter_map(|l| l.trim().strip_prefix(kind)).next_back();
    last.map(|l| l.split_whitespace().map(str::to_owned).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_on_loopback_are_left_out() {
        let text =
            "# x\nnameserver 127.0.0.53\nnameserver 10.0.0.2\nnameserver ::1\nsearch a b\noptions ndots:2\n";
        assert_eq!(nameservers(text, false), ["10.0.0.2"]);
        assert_eq!(nameservers(text, true).len(), 3);
        assert_eq!(words(text, "search"), ["a", "b"]);
    }

    #[test]
    fn only_addresses_and_words_are_written() {
        let list = |texts: &[&str]| texts.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        let servers = [
            "10.0.0.2",
            "1.1.1.1\nnameserver 6.6.6.6",
            "notanip",
            "",
            "10.0.0.2:53",
            "fd00::1",
            "fe80::1%eth0",
            "fe80::1%a\nb",
            "10.0.0.2%x",
        ];
        assert_eq!(addresses(&list(&servers)), ["10.0.0.2", "fd00::1", "fe80::1%eth0"]);
        let domains = ["a.example", "b.example\noptions ndots:9", "c d", "", "\u{0}", "e\u{85}f", "."];
        assert_eq!(single_words(&list(&domains)), ["a.example", "."]);
    }
}
