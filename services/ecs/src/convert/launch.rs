//! What a launch says: overrides, network configuration, capacity providers.

use super::{FromApi, ToApi, enums, structs};
use api::ecs::{CapacityProviderStrategyItem, Error, SharingStrategy};
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
}

enums! {
    EnvironmentFileType = c::EnvironmentFileType,
    ResourceType = c::ResourceType,
    AssignPublicIp = l::AssignPublicIp,
}

impl FromApi<CapacityProviderStrategyItem> for l::CapacityProviderStrategyItem {
    fn from_api(api: CapacityProviderStrategyItem) -> Result<Self, Error> {
        let CapacityProviderStrategyItem { capacity_provider, weight, base } = api;
        Ok(Self { capacity_provider, weight, base })
    }
}

/// Shown are the defaults as well: "If no weight value is specified, the default value of 0 is used", and so it is with the base.
impl ToApi<CapacityProviderStrategyItem> for l::CapacityProviderStrategyItem {
    fn to_api(&self) -> CapacityProviderStrategyItem {
        CapacityProviderStrategyItem {
            capacity_provider: self.capacity_provider.clone(),
            weight: Some(self.weight.unwrap_or(0)),
            base: Some(self.base.unwrap_or(0)),
        }
    }
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
