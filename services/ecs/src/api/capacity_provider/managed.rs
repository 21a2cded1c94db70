//! Capacity providers of Managed Instances.
//!
//! AWS makes EC2 instances for them; here they take instances of the fleets that the operator offers for it (`--fleet NAME=…,managed`). What
//! a launch template asks of EC2 that a fleet cannot promise is refused.

use crate::address;
use crate::find::{self, Source};
use crate::service::Ecs;
use api::ecs::{
    CreateManagedInstancesProviderConfiguration, Error, InstanceLaunchTemplate, InstanceLaunchTemplateUpdate,
    InstanceRequirementsRequest, ManagedInstancesNetworkConfiguration, PropagateMITags,
    UpdateManagedInstancesProviderConfiguration,
};
use model::ecs::Cluster;
use model::ecs::capacity_provider::{InstanceRequirements, ManagedInstances, Range};
use model::ecs::launch::AwsVpcConfiguration;
use model::ids::Scope;
use std::sync::Arc;

/// What a request says, before its cluster and subnets are looked up.
pub(super) struct Given {
    infrastructure_role: String,
    instance_profile: String,
    subnets: Vec<String>,
    security_groups: Vec<String>,
    requirements: Option<InstanceRequirements>,
    propagate_tags: bool,
    scale_in_after_s: Option<i32>,
}

pub(super) fn read(ecs: &Ecs, given: CreateManagedInstancesProviderConfiguration) -> Result<Given, Error> {
    if given.auto_repair_configuration.is_some() {
        return Err(unsupported("autoRepairConfiguration"));
    }
    let template = given.instance_launch_template;
    refuse_template(&template)?;
    let InstanceLaunchTemplate {
        ec2_instance_profile_arn, network_configuration, instance_requirements, ..
    } = template;
    if !given.infrastructure_role_arn.starts_with("arn:") || !ec2_instance_profile_arn.starts_with("arn:") {
        return Err(Error::invalid_parameter("The specified role or instance profile ARN is not valid."));
    }
    let requirements = instance_requirements.map(requirements).transpose()?;
    check_offer(ecs, requirements.as_ref())?;
    Ok(Given {
        infrastructure_role: given.infrastructure_role_arn,
        instance_profile: ec2_instance_profile_arn,
        subnets: network_configuration.subnets.unwrap_or_default(),
        security_groups: network_configuration.security_groups.unwrap_or_default(),
        requirements,
        propagate_tags: given.propagate_tags == Some(PropagateMITags::CapacityProvider),
        scale_in_after_s: scale_in(given.infrastructure_optimization.and_then(|o| o.scale_in_after))?,
    })
}

/// The cluster that a provider of this kind has to name.
pub(super) fn cluster(from: &impl Source, scope: &Scope, named: Option<&str>) -> Result<Arc<Cluster>, Error> {
    let Some(named) = named.filter(|n| !n.is_empty()) else {
        // Not established: the wording.
        return Err(Error::invalid_parameter(
            "A cluster must be specified for a capacity provider of Amazon ECS Managed Instances.",
        ));
    };
    find::cluster(from, scope, Some(named))
}

pub(super) fn of(
    from: &impl Source,
    scope: &Scope,
    cluster: &Cluster,
    given: &Given,
) -> Result<ManagedInstances, Error> {
    check_network(from, scope, &given.subnets, &given.security_groups)?;
    Ok(ManagedInstances {
        cluster: cluster.arn.clone(),
        infrastructure_role: given.infrastructure_role.clone(),
        instance_profile: given.instance_profile.clone(),
        subnets: given.subnets.clone(),
        security_groups: given.security_groups.clone(),
        requirements: given.requirements.clone(),
        propagate_tags: given.propagate_tags,
        scale_in_after_s: given.scale_in_after_s,
    })
}

/// The provider as an update leaves it: what the update does not say stays.
pub(super) fn updated(
    ecs: &Ecs,
    from: &impl Source,
    scope: &Scope,
    before: &ManagedInstances,
    update: &UpdateManagedInstancesProviderConfiguration,
) -> Result<ManagedInstances, Error> {
    if update.auto_repair_configuration.is_some() {
        return Err(unsupported("autoRepairConfiguration"));
    }
    let mut after = before.clone();
    after.infrastructure_role.clone_from(&update.infrastructure_role_arn);
    let InstanceLaunchTemplateUpdate {
        ec2_instance_profile_arn,
        network_configuration,
        storage_configuration,
        instance_metadata_tags_propagation,
        local_storage_configuration,
        monitoring,
        instance_requirements,
        capacity_reservations,
    } = update.instance_launch_template.clone();
    refuse_template(&InstanceLaunchTemplate {
        storage_configuration,
        local_storage_configuration,
        monitoring,
        instance_metadata_tags_propagation,
        capacity_reservations,
        ..InstanceLaunchTemplate::default()
    })?;
    if let Some(profile) = ec2_instance_profile_arn {
        after.instance_profile = profile;
    }
    if let Some(ManagedInstancesNetworkConfiguration { subnets, security_groups }) = network_configuration {
        after.subnets = subnets.unwrap_or(after.subnets);
        after.security_groups = security_groups.unwrap_or(after.security_groups);
        check_network(from, scope, &after.subnets, &after.security_groups)?;
    }
    if let Some(given) = instance_requirements {
        after.requirements = Some(requirements(given)?);
        check_offer(ecs, after.requirements.as_ref())?;
    }
    if let Some(propagate) = &update.propagate_tags {
        after.propagate_tags = *propagate == PropagateMITags::CapacityProvider;
    }
    if let Some(optimization) = &update.infrastructure_optimization {
        after.scale_in_after_s = scale_in(optimization.scale_in_after)?;
    }
    Ok(after)
}

fn check_network(
    from: &impl Source,
    scope: &Scope,
    subnets: &[String],
    security_groups: &[String],
) -> Result<(), Error> {
    let named = AwsVpcConfiguration {
        subnets: subnets.to_vec(),
        security_groups: security_groups.to_vec(),
        assign_public_ip: None,
    };
    address::place(from, scope, &named).map(drop)
}

/// "null, -1, or a value between 0 and 3600".
fn scale_in(seconds: Option<i32>) -> Result<Option<i32>, Error> {
    match seconds {
        Some(s) if !(-1..=3600).contains(&s) => {
            Err(Error::invalid_parameter("scaleInAfter must be -1 or between 0 and 3600."))
        }
        other => Ok(other),
    }
}

fn unsupported(member: &str) -> Error {
    Error::unsupported_feature(format!(
        "Longshore's managed instances are machines of the operator's fleets: {member} is not supported."
    ))
}

/// What EC2 could promise and a fleet cannot.
fn refuse_template(template: &InstanceLaunchTemplate) -> Result<(), Error> {
    let asked = [
        ("storageConfiguration", template.storage_configuration.is_some()),
        ("localStorageConfiguration", template.local_storage_configuration.is_some()),
        ("monitoring", template.monitoring.is_some()),
        ("capacityOptionType", template.capacity_option_type.is_some()),
        ("instanceMetadataTagsPropagation", template.instance_metadata_tags_propagation.is_some()),
        ("fipsEnabled", template.fips_enabled.is_some()),
        ("capacityReservations", template.capacity_reservations.is_some()),
        ("nitroEnclavesEnabled", template.nitro_enclaves_enabled.is_some()),
    ];
    match asked.into_iter().find(|(_, asked)| *asked) {
        Some((member, _)) => Err(unsupported(member)),
        None => Ok(()),
    }
}

fn requirements(given: InstanceRequirementsRequest) -> Result<InstanceRequirements, Error> {
    let read = InstanceRequirements {
        vcpus: Range { min: given.v_cpu_count.min, max: given.v_cpu_count.max },
        memory: Range { min: given.memory_mi_b.min, max: given.memory_mi_b.max },
        allowed_types: given.allowed_instance_types.clone().unwrap_or_default(),
        excluded_types: given.excluded_instance_types.clone().unwrap_or_default(),
    };
    let plain = InstanceRequirementsRequest {
        v_cpu_count: given.v_cpu_count.clone(),
        memory_mi_b: given.memory_mi_b.clone(),
        allowed_instance_types: given.allowed_instance_types.clone(),
        excluded_instance_types: given.excluded_instance_types.clone(),
        ..InstanceRequirementsRequest::default()
    };
    if given != plain {
        return Err(unsupported("instanceRequirements other than vCpuCount, memoryMiB and instance types"));
    }
    for range in [read.vcpus, read.memory] {
        if range.min < 0 || range.max.is_some_and(|max| max < range.min) {
            return Err(Error::invalid_parameter(
                "The minimum of an instance requirement must not be negative or greater than its maximum.",
            ));
        }
    }
    if !read.allowed_types.is_empty() && !read.excluded_types.is_empty() {
        return Err(Error::invalid_parameter(
            "allowedInstanceTypes and excludedInstanceTypes cannot both be specified.",
        ));
    }
    Ok(read)
}

/// Whether any fleet could ever give an instance.
fn check_offer(ecs: &Ecs, requirements: Option<&InstanceRequirements>) -> Result<(), Error> {
    let fits = ecs.settings.fleets.iter().any(|f| f.managed && f.meets(requirements));
    match fits {
        true => Ok(()),
        false => Err(Error::invalid_parameter(
            "No instance type meets the instance requirements: no fleet for managed instances was given to the server (--fleet NAME=…,managed) that does.",
        )),
    }
}
