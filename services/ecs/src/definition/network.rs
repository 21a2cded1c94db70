//! Network mode, port mappings, links, and the settings that a shared network namespace excludes.

use super::{name, refuse};
use api::ecs::Error;
use model::ecs::container_definition::PortMapping;
use model::ecs::{ContainerDefinition, TaskDefinition};
use model::status::{NetworkMode, TransportProtocol};
use std::collections::BTreeSet;

const LONGEST_PORT_NAME: usize = 64;
const MOST_RANGES: usize = 100;

pub(super) fn check(task: &TaskDefinition) -> Result<(), Error> {
    let mode = task.network_mode.unwrap_or(NetworkMode::Bridge);
    let mut names = BTreeSet::new();
    let mut published = Published::default();
    for container in &task.container_definitions {
        settings(container, mode)?;
        links(container, task, mode)?;
        if mode == NetworkMode::None && !container.port_mappings.is_empty() {
            return refuse("Port mappings are not supported when networkMode=none.");
        }
        if container.port_mappings.iter().filter(|p| p.container_port_range.is_some()).count() > MOST_RANGES {
            return refuse(format!("A container can have at most {MOST_RANGES} container port ranges."));
        }
        if mode == NetworkMode::Bridge {
            published.next_container();
        }
        for mapping in &container.port_mappings {
            port_name(mapping, &mut names)?;
            port(mapping, container, mode)?;
            published.add(mapping)?;
        }
    }
    Ok(())
}

/// Host ports and protocols as AWS shows them.
pub(super) fn fill_in(container: &mut ContainerDefinition, mode: Option<NetworkMode>) {
    for mapping in &mut container.port_mappings {
        mapping.protocol.get_or_insert(TransportProtocol::Tcp);
        let Some(port) = mapping.container_port else { continue };
        match mode.unwrap_or(NetworkMode::Bridge) {
            NetworkMode::Awsvpc | NetworkMode::Host => mapping.host_port = Some(port),
            NetworkMode::Bridge => drop(mapping.host_port.get_or_insert(0)),
            NetworkMode::None => {}
        }
    }
}

fn settings(container: &ContainerDefinition, mode: NetworkMode) -> Result<(), Error> {
    if mode != NetworkMode::Awsvpc {
        return Ok(());
    }
    if container.hostname.is_some() {
        return refuse("hostname is not supported on container when networkMode=awsvpc.");
    }
    if !container.extra_hosts.is_empty() {
        return refuse("Extra hosts are not supported on container when networkMode=awsvpc.");
    }
    if container.disable_networking == Some(true) {
        return refuse("Disable Networking is not supported on container when networkMode=awsvpc.");
    }
    Ok(())
}

/// `NAME` or `NAME:ALIAS` of another container.
fn links(container: &ContainerDefinition, task: &TaskDefinition, mode: NetworkMode) -> Result<(), Error> {
    if container.links.is_empty() {
        return Ok(());
    }
    if mode != NetworkMode::Bridge {
        return refuse(format!("Links are not supported when networkMode={mode}."));
    }
    for link in &container.links {
        let target = link.split(':').next().unwrap_or(link);
        if target == name(container) || !task.container_definitions.iter().any(|c| name(c) == target) {
            return refuse(format!(
                "Invalid 'links' setting for container '{}'. Unknown container: '{target}'.",
                name(container)
            ));
        }
    }
    Ok(())
}

fn port_name<'a>(mapping: &'a PortMapping, names: &mut BTreeSet<&'a str>) -> Result<(), Error> {
    let Some(text) = mapping.name.as_deref() else { return Ok(()) };
    let fits = (1..=LONGEST_PORT_NAME).contains(&text.len())
        && !text.starts_with('-')
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-');
    if !fits {
        return refuse(format!("Invalid port mapping name '{text}'."));
    }
    if !names.insert(text) {
        return refuse(format!("The port mapping name is already used: {text}."));
    }
    Ok(())
}

fn port(mapping: &PortMapping, container: &ContainerDefinition, mode: NetworkMode) -> Result<(), Error> {
    if let Some(range) = &mapping.container_port_range {
        if mapping.container_port.is_some() || mapping.host_port.is_some() {
            return refuse(format!(
                "Invalid port mapping for container '{}': cannot specify both single port and port range.",
                name(container)
            ));
        }
        if mode == NetworkMode::Host {
            return refuse("Container port ranges are not supported when networkMode=host.");
        }
        return match bounds(range) {
            Some(_) => Ok(()),
            None => refuse(format!(
                "Invalid 'containerPortRange' setting '{range}' for container '{}'.",
                name(container)
            )),
        };
    }
    let Some(container_port) = mapping.container_port else {
        return refuse(format!(
            "Invalid port mapping for container '{}': 'containerPort' must be specified.",
            name(container)
        ));
    };
    if !(1..=65_535).contains(&container_port) {
        return refuse(format!(
            "Invalid 'containerPort' setting '{container_port}' for container '{}'.",
            name(container)
        ));
    }
    let host_port = mapping.host_port.unwrap_or(0);
    if !(0..=65_535).contains(&host_port) {
        return refuse(format!(
            "Invalid 'hostPort' setting '{host_port}' for container '{}'.",
            name(container)
        ));
    }
    let same = mapping.host_port.is_none() || host_port == container_port;
    match mode {
        // In these modes a host port of 0 means the container's own, as if it were absent.
        NetworkMode::Awsvpc | NetworkMode::Host if !same && host_port != 0 => refuse(format!(
            "When networkMode={mode}, the host ports and container ports in port mappings must match."
        )),
        NetworkMode::Awsvpc | NetworkMode::Host | NetworkMode::Bridge | NetworkMode::None => Ok(()),
    }
}

/// `8000-8100`: both ends, in order.
fn bounds(range: &str) -> Option<(u16, u16)> {
    let (low, high) = range.split_once('-')?;
    let port =
        |text: &str| text.parse::<u16>().ok().filter(|p| *p > 0 && text.bytes().all(|b| b.is_ascii_digit()));
    let (low, high) = (port(low)?, port(high)?);
    (low < high).then_some((low, high))
}

/// The ports seen so far. Container ports collide where a network namespace is shared: in the whole task, or in bridge mode in one container.
#[derive(Default)]
struct Published {
    container: Vec<(u16, u16, TransportProtocol)>,
    host: BTreeSet<(i32, TransportProtocol)>,
    bridge: bool,
}

impl Published {
    fn next_container(&mut self) {
        self.container.clear();
        self.bridge = true;
    }

    fn add(&mut self, mapping: &PortMapping) -> Result<(), Error> {
        let protocol = mapping.protocol.unwrap_or(TransportProtocol::Tcp);
        let ends = match &mapping.container_port_range {
            Some(range) => bounds(range),
            None => mapping.container_port.and_then(|p| u16::try_from(p).ok()).map(|p| (p, p)),
        };
        let Some((low, high)) = ends else { return Ok(()) };
        let host_port = mapping.host_port.filter(|p| *p != 0 && self.bridge);
        if let Some(port) = host_port
            && !self.host.insert((port, protocol))
        {
            return refuse(format!("The host port is used multiple times in task: {port}/{protocol}."));
        }
        // Docker can publish one container port at several host ports.
        let taken = self.container.iter().any(|(l, h, p)| *p == protocol && low <= *h && *l <= high);
        if taken && host_port.is_none() {
            return refuse(format!("The container port is used multiple times in task: {low}/{protocol}."));
        }
        self.container.push((low, high, protocol));
        Ok(())
    }
}
