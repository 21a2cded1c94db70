//! A task as the API shows it.

use super::{ToApi, pair};
use api::ecs as a;
use model::ec2::private_dns_name;
use model::ecs::task as m;

/// What a task's record says. Tags are shown only where `with_tags`.
pub(crate) fn task(record: &m::Task, with_tags: bool) -> a::Task {
    a::Task {
        attachments: Some(record.network_interface.iter().map(|i| attachment(record, i)).collect()),
        attributes: Some(record.attributes.to_api()),
        availability_zone: record.availability_zone.clone(),
        capacity_provider_name: record.capacity_provider.clone(),
        cluster_arn: Some(record.cluster.to_string()),
        connectivity: record.connectivity.to_api(),
        connectivity_at: record.connectivity_at.to_api(),
        // On Fargate the node is the operator's and is not shown.
        container_instance_arn: (record.launch_type != model::status::LaunchType::Fargate)
            .then(|| record.container_instance.as_ref().map(ToString::to_string))
            .flatten(),
        containers: Some(record.containers.iter().map(|c| container(record, c)).collect()),
        cpu: record.cpu.map(|cpu| cpu.to_string()),
        created_at: Some(record.created_at.to_api()),
        desired_status: Some(record.desired_status.to_string()),
        enable_execute_command: Some(record.enable_execute_command),
        execution_stopped_at: record.execution_stopped_at.to_api(),
        group: Some(record.group.clone()),
        health_status: Some(record.health.unwrap_or(model::status::HealthStatus::Unknown).to_api()),
        inference_accelerators: Some(Vec::new()),
        last_status: Some(record.last_status.to_string()),
        launch_type: Some(record.launch_type.to_api()),
        memory: record.memory.map(|memory| memory.0.to_string()),
        overrides: Some(overrides(record)),
        platform_version: record.platform_version.clone(),
        platform_family: record.platform_family.clone(),
        pull_started_at: record.pull_started_at.to_api(),
        pull_stopped_at: record.pull_stopped_at.to_api(),
        started_at: record.started_at.to_api(),
        started_by: record.started_by.clone(),
        stop_code: record.stop_code.to_api(),
        stopped_at: record.stopped_at.to_api(),
        stopped_reason: record.stopped_reason.clone(),
        stopping_at: record.stopping_at.to_api(),
        tags: Some(if with_tags { record.tags.to_api() } else { Vec::new() }),
        task_arn: Some(record.arn.to_string()),
        task_definition_arn: Some(record.task_definition.to_string()),
        version: Some(record.version),
        ephemeral_storage: record.ephemeral_storage.to_api(),
        fargate_ephemeral_storage: record
            .ephemeral_storage
            .as_ref()
            .filter(|_| record.launch_type == model::status::LaunchType::Fargate)
            .map(|s| a::TaskEphemeralStorage { size_in_gi_b: Some(s.size_in_gib), kms_key_id: None }),
        trusted_execution_summary: None,
    }
}

/// AWS shows an entry for every container, also for those that nothing was said of.
fn overrides(record: &m::Task) -> a::TaskOverride {
    let mut shown: a::TaskOverride = record.overrides.to_api();
    let mut containers: Vec<a::ContainerOverride> = shown.container_overrides.take().unwrap_or_default();
    for container in &record.containers {
        if !containers.iter().any(|o| o.name.as_deref() == Some(&container.name)) {
            containers
                .push(a::ContainerOverride { name: Some(container.name.clone()), ..Default::default() });
        }
    }
    shown.container_overrides = Some(containers);
    shown.inference_accelerator_overrides.get_or_insert_default();
    shown
}

fn container(task: &m::Task, record: &m::Container) -> a::Container {
    let interfaces = task.network_interface.iter().map(|interface| a::NetworkInterface {
        attachment_id: Some(interface.attachment_id.to_string()),
        private_ipv4_address: Some(interface.address.to_string()),
        ipv6_address: interface.ipv6_address.map(|a| a.to_string()),
    });
    a::Container {
        container_arn: Some(record.arn.to_string()),
        task_arn: Some(task.arn.to_string()),
        name: Some(record.name.clone()),
        image: Some(record.image.clone()),
        image_digest: record.image_digest.clone(),
        runtime_id: record.runtime_id.clone(),
        last_status: Some(record.last_status.to_string()),
        exit_code: record.exit_code,
        reason: record.reason.clone(),
        network_bindings: Some(record.network_bindings.iter().map(binding).collect()),
        network_interfaces: Some(interfaces.collect()),
        health_status: Some(record.health.unwrap_or(model::status::HealthStatus::Unknown).to_api()),
        managed_agents: None,
        cpu: Some(record.cpu.clone()),
        memory: record.memory.clone(),
        memory_reservation: record.memory_reservation.clone(),
        gpu_ids: record.gpu_ids.to_api(),
        neuron_device_ids: None,
        gpu_sharing_strategy: None,
    }
}

fn binding(record: &m::NetworkBinding) -> a::NetworkBinding {
    a::NetworkBinding {
        bind_ip: record.bind_ip.clone(),
        container_port: record.container_port.map(i32::from),
        host_port: record.host_port.map(i32::from),
        protocol: record.protocol.to_api(),
        container_port_range: record.container_port_range.clone(),
        host_port_range: record.host_port_range.clone(),
    }
}

fn attachment(task: &m::Task, interface: &m::TaskNetworkInterface) -> a::Attachment {
    let mut details = vec![
        pair("subnetId", &interface.subnet),
        pair("networkInterfaceId", &interface.id),
        pair("macAddress", &interface.mac),
        pair("privateDnsName", private_dns_name(interface.address, &task.arn.scope().region)),
        pair("privateIPv4Address", interface.address),
    ];
    details.extend(interface.ipv6_address.map(|address| pair("privateIPv6Address", address)));
    a::Attachment {
        id: Some(interface.attachment_id.to_string()),
        r#type: Some("ElasticNetworkInterface".to_owned()),
        status: Some(interface.status.to_string()),
        details: Some(details),
    }
}
