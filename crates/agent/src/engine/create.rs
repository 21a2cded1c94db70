//! Everything a container needs before its process can start: root file system, network, log stream, volumes, files.

use super::actor::TaskContext;
use super::effects::aws_text;
use super::{files, lock, prepare, storage, volumes};
use crate::clock;
use crate::logs;
use crate::task::NetworkPlan;
use net::{Attached, Attachment, EndpointId};
use plan::task::{Failure, PortBinding};
use std::path::PathBuf;

pub(super) async fn create(context: &TaskContext, container: usize) -> Result<Vec<PortBinding>, Failure> {
    // Independent of each other, so side by side.
    let (rootfs, attached, stream) =
        tokio::join!(mount(context, container), attach(context, container), log_stream(context, container));
    let rootfs = rootfs?;
    let attached = attached?;
    stream?;
    let mounts = volumes::mounts(context, container, &rootfs).await;
    let mounts = mounts.map_err(|e| Failure::new("CannotCreateContainerError", aws_text(&e)))?;
    // In the order of the requests, of which a range stays one also where it is of one port.
    let ranges = context.plan.containers[container].port_ranges.iter();
    let bindings = attached.iter().flat_map(|a| &a.bindings).zip(ranges);
    let bindings = bindings.map(|(b, is_range)| binding(b, *is_range)).collect();
    {
        let mut facts = lock(&context.facts);
        let known = &mut facts.containers[container];
        known.rootfs = Some(rootfs);
        known.volume_mounts = mounts;
        known.attached = attached;
        known.created_at = Some(clock::now());
    }
    files::write(context, container).map_err(|e| Failure::new("CannotCreateContainerError", aws_text(&e)))?;
    Ok(bindings)
}

fn binding(binding: &net::PortBinding, is_range: bool) -> PortBinding {
    PortBinding {
        bind_ip: binding.bind_ip.to_string(),
        container_port: binding.container_port,
        host_port: binding.host_port,
        range: is_range.then_some(binding.count),
        protocol: binding.protocol,
    }
}

/// Roots of containers, in storage of the task's own.
const ROOTS: &str = "roots";

/// Where a container's root and what it wrote are kept.
pub(super) fn rootfs_dir(context: &TaskContext, container: usize) -> PathBuf {
    match storage::directory(context) {
        Some(own) => own.join(ROOTS).join(container.to_string()),
        None => context.shared.dirs.containers.join(format!("{}-{container}", context.plan.id)),
    }
}

async fn mount(context: &TaskContext, container: usize) -> Result<PathBuf, Failure> {
    let image = lock(&context.facts).containers[container].image.clone();
    // After a restart of the agent in between the image is looked up again.
    let layers = match image {
        Some(image) => image.layers,
        None => super::recover::find_image(context, container).await?,
    };
    let mounted = context.shared.images.mount(layers, &rootfs_dir(context, container)).await;
    mounted.map_err(|e| Failure::new("CannotCreateContainerError", e.reason()))
}

/// The endpoint of a container that has one of its own.
pub(super) fn endpoint(context: &TaskContext, container: usize) -> Option<EndpointId> {
    match context.plan.network {
        NetworkPlan::Awsvpc(_) => None,
        NetworkPlan::None | NetworkPlan::Host | NetworkPlan::Bridge => {
            let text = format!("{}-{container}", context.plan.id);
            Some(text.parse().expect("a task id and a number are an endpoint id"))
        }
    }
}

/// The endpoint of the task as a whole.
pub(super) fn task_endpoint(context: &TaskContext) -> Option<EndpointId> {
    match context.plan.network {
        NetworkPlan::Awsvpc(_) => Some(context.plan.id.parse().expect("a task id is an endpoint id")),
        NetworkPlan::None | NetworkPlan::Host | NetworkPlan::Bridge => None,
    }
}

async fn attach(context: &TaskContext, container: usize) -> Result<Option<Attached>, Failure> {
    let Some(id) = endpoint(context, container) else { return Ok(None) };
    let plan = &context.plan.containers[container];
    let ports = plan.ports.clone();
    let attachment = match context.plan.network {
        NetworkPlan::Bridge if plan.no_network => Attachment::None,
        NetworkPlan::None => Attachment::None,
        NetworkPlan::Host => Attachment::Host { ports },
        NetworkPlan::Bridge => Attachment::Bridge { ports },
        NetworkPlan::Awsvpc(_) => return Ok(None),
    };
    match context.shared.net.0.attach(&id, &attachment).await {
        Ok(attached) => match prepare::listen(context, &attached).await {
            Ok(()) => Ok(Some(attached)),
            Err(error) => {
                let text = format!("task endpoint: {}", aws_text(&error));
                Err(Failure::new("CannotStartContainerError", text))
            }
        },
        Err(error) => Err(Failure::new("CannotStartContainerError", aws_text(&error))),
    }
}

async fn log_stream(context: &TaskContext, container: usize) -> Result<(), Failure> {
    let plan = &context.plan.containers[container].log;
    let credentials = context.plan.log_credentials.get();
    logs::prepare(plan, context.shared.logs.as_ref(), credentials.as_ref()).await.map_err(|error| {
        let text = format!(
            "failed to initialize logging driver: failed to create Cloudwatch log stream: {}",
            aws_text(&error)
        );
        Failure::new("CannotStartContainerError", text)
    })
}
