//! What a launch says: overrides, network configuration, capacity providers.

use super::{FromApi, ToApi, enums, structs};
use api::ecs::{Error, SharingStrategy};
use model::ecs::container_definition as c;
use model::ecs::launch as l;
use model::ecs::task_definition as t;

structs! {
    KeyValuePair = c::KeyValue { name, value }
    EnvironmentFile = c::EnvironmentFile { value, kind = r#type }
    NvidiaMpsAllocation = c::NvidiaMps { memory, max_compute_percent }
    ResourceRequirement = c::ResourceRequirement { value, kind = r#type, sharing_strategy }
    EphemeralStorage = t::EphemeralStorage { size_in_gib = size_in_gi_b }
    ContainerOverride = l::ContainerOverride {
        name, command, environment, environment_files, cpu, memory, memory_reservation, resource_requirements,
    }
    InferenceAcceleratorOverride = l::InferenceAcceleratorOverride { device_name, device_type }
    TaskOverride = l::TaskOverride {
        container_overrides, cpu, inference_accelerator_overrides, execution_role_arn, memory, task_role_arn, ephemeral_storage,
    }
    AwsVpcConfiguration = l::AwsVpcConfiguration { subnets, security_groups, assign_public_ip }
    NetworkConfiguration = l::NetworkConfiguration { awsvpc_configuration }
    CapacityProviderStrategyItem = l::CapacityProviderStrategyItem { capacity_provider, weight, base }
}

enums! {
    EnvironmentFileType = c::EnvironmentFileType,
    ResourceType = c::ResourceType,
    AssignPublicIp = l::AssignPublicIp,
}

/// A union in the API, a structure of options in the record.
impl FromApi<SharingStrategy> for c::SharingStrategy {
    fn from_api(api: SharingStrategy) -> Result<Self, Error> {
        let nvidia_mps = match api {
            SharingStrategy::NvidiaMps(allocation) => Some(c::NvidiaMps::from_api(allocation)?),
            SharingStrategy::Unknown => None,
        };
        Ok(Self { nvidia_mps })
    }
}

impl ToApi<SharingStrategy> for c::SharingStrategy {
    fn to_api(&self) -> SharingStrategy {
        self.nvidia_mps
            .as_ref()
            .map_or(SharingStrategy::Unknown, |mps| SharingStrategy::NvidiaMps(mps.to_api()))
    }
}
