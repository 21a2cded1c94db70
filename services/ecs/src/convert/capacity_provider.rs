//! A capacity provider as the API shows it.

use super::{ToApi, enums};
use api::ecs as a;
use model::ecs::capacity_provider as m;
use model::ids::{CapacityProviderArn, Scope};

enums! {
    CapacityProviderStatus = m::CapacityProviderStatus,
    CapacityProviderUpdateStatus = m::UpdateStatus,
}

/// What a provider's record says. Tags are shown only where `with_tags`.
pub(crate) fn capacity_provider(record: &m::CapacityProvider, with_tags: bool) -> a::CapacityProvider {
    let (group, managed, kind) = match &record.source {
        m::Source::AutoScalingGroup(group) => {
            (Some(self::group(group)), None, a::CapacityProviderType::Ec2Autoscaling)
        }
        m::Source::ManagedInstances(managed) => {
            (None, Some(self::managed(managed)), a::CapacityProviderType::ManagedInstances)
        }
    };
    a::CapacityProvider {
        capacity_provider_arn: Some(record.arn.to_string()),
        name: Some(record.name().to_owned()),
        cluster: record.cluster().map(|c| c.name().to_owned()),
        status: Some(record.status.to_api()),
        auto_scaling_group_provider: group,
        managed_instances_provider: managed,
        update_status: record.update_status.to_api(),
        update_status_reason: record.update_status_reason.clone(),
        tags: Some(if with_tags { record.tags.to_api() } else { Vec::new() }),
        r#type: Some(kind),
    }
}

/// FARGATE or FARGATE_SPOT, which every account has.
pub(crate) fn fargate_provider(scope: &Scope, name: &str) -> a::CapacityProvider {
    a::CapacityProvider {
        capacity_provider_arn: Some(CapacityProviderArn::new(scope, name).to_string()),
        name: Some(name.to_owned()),
        status: Some(a::CapacityProviderStatus::Active),
        tags: Some(Vec::new()),
        r#type: Some(match name {
            m::FARGATE_SPOT => a::CapacityProviderType::FargateSpot,
            _ => a::CapacityProviderType::Fargate,
        }),
        ..a::CapacityProvider::default()
    }
}

fn group(record: &m::AutoScalingGroup) -> a::AutoScalingGroupProvider {
    let scaling = &record.scaling;
    a::AutoScalingGroupProvider {
        auto_scaling_group_arn: record.arn.clone(),
        managed_scaling: Some(a::ManagedScaling {
            status: Some(if scaling.enabled {
                a::ManagedScalingStatus::Enabled
            } else {
                a::ManagedScalingStatus::Disabled
            }),
            target_capacity: Some(number(scaling.target_capacity)),
            minimum_scaling_step_size: Some(number(scaling.minimum_step)),
            maximum_scaling_step_size: Some(number(scaling.maximum_step)),
            instance_warmup_period: Some(number(scaling.warmup_s)),
        }),
        managed_termination_protection: Some(if record.termination_protection {
            a::ManagedTerminationProtection::Enabled
        } else {
            a::ManagedTerminationProtection::Disabled
        }),
        managed_draining: Some(if record.draining {
            a::ManagedDraining::Enabled
        } else {
            a::ManagedDraining::Disabled
        }),
    }
}

fn managed(record: &m::ManagedInstances) -> a::ManagedInstancesProvider {
    a::ManagedInstancesProvider {
        infrastructure_role_arn: Some(record.infrastructure_role.clone()),
        instance_launch_template: Some(a::InstanceLaunchTemplate {
            ec2_instance_profile_arn: record.instance_profile.clone(),
            network_configuration: a::ManagedInstancesNetworkConfiguration {
                subnets: Some(record.subnets.clone()),
                security_groups: record.security_groups.to_api(),
            },
            instance_requirements: record.requirements.as_ref().map(requirements),
            ..a::InstanceLaunchTemplate::default()
        }),
        propagate_tags: Some(if record.propagate_tags {
            a::PropagateMITags::CapacityProvider
        } else {
            a::PropagateMITags::None
        }),
        infrastructure_optimization: record
            .scale_in_after_s
            .map(|s| a::InfrastructureOptimization { scale_in_after: Some(s) }),
        auto_repair_configuration: None,
    }
}

fn requirements(record: &m::InstanceRequirements) -> a::InstanceRequirementsRequest {
    a::InstanceRequirementsRequest {
        v_cpu_count: a::VCpuCountRangeRequest { min: record.vcpus.min, max: record.vcpus.max },
        memory_mi_b: a::MemoryMiBRequest { min: record.memory.min, max: record.memory.max },
        allowed_instance_types: record.allowed_types.to_api(),
        excluded_instance_types: record.excluded_types.to_api(),
        ..a::InstanceRequirementsRequest::default()
    }
}

/// Numbers of the API are small; those that a record holds came from it.
fn number(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}
