//! Volumes and what mounts them.

use super::task::is_name_character;
use super::{name, refuse};
use api::ecs::Error;
use model::ecs::TaskDefinition;
use model::ecs::volume::{
    DockerVolume, EfsVolume, Enablement, HostVolume, S3FilesVolume, Volume, VolumeScope,
};
use std::collections::BTreeSet;

const LONGEST_NAME: usize = 255;

pub(super) fn check(task: &TaskDefinition) -> Result<(), Error> {
    let mut names = BTreeSet::new();
    for volume in &task.volumes {
        let name = volume.name.as_deref().unwrap_or_default();
        if name.is_empty() {
            return refuse("Volume.name should not be null or empty.");
        }
        if name.len() > LONGEST_NAME || !name.chars().all(is_name_character) {
            return refuse("Volume.name contains invalid characters.");
        }
        if !names.insert(name) {
            return refuse("Volume names must be unique within a task definition.");
        }
        one(volume, name)?;
    }
    mounts(task, &names)?;
    at_launch(task)
}

/// Defaults as AWS shows them.
pub(super) fn fill_in(volumes: &mut [Volume]) {
    for volume in volumes {
        if kinds(volume) == 0 {
            volume.host = Some(HostVolume::default());
        }
        if let Some(docker) = &mut volume.docker_volume_configuration {
            docker.scope.get_or_insert(VolumeScope::Task);
        }
        if let Some(efs) = &mut volume.efs_volume_configuration {
            efs.root_directory.get_or_insert_with(|| "/".to_owned());
        }
    }
}

/// How many kinds of configuration it has. An empty `host` beside another kind says nothing: clients write it.
fn kinds(volume: &Volume) -> usize {
    [
        volume.host.as_ref().is_some_and(|h| h.source_path.is_some()),
        volume.docker_volume_configuration.is_some(),
        volume.efs_volume_configuration.is_some(),
        volume.s3files_volume_configuration.is_some(),
        volume.fsx_windows_file_server_volume_configuration.is_some(),
        volume.configured_at_launch == Some(true),
    ]
    .into_iter()
    .filter(|kind| *kind)
    .count()
}

fn one(volume: &Volume, name: &str) -> Result<(), Error> {
    if kinds(volume) > 1 {
        return refuse(format!("Only one volume configuration can be specified for volume '{name}'."));
    }
    if let Some(path) = volume.host.as_ref().and_then(|h| h.source_path.as_deref())
        && !path.starts_with('/')
        && !is_windows_path(path)
    {
        return refuse(format!(
            "Invalid 'sourcePath' setting for volume '{name}'. It must be an absolute path."
        ));
    }
    if let Some(docker) = &volume.docker_volume_configuration {
        docker_volume(docker, name)?;
    }
    if let Some(efs) = &volume.efs_volume_configuration {
        efs_volume(efs)?;
    }
    if let Some(s3) = &volume.s3files_volume_configuration {
        s3files_volume(s3)?;
    }
    Ok(())
}

fn is_windows_path(path: &str) -> bool {
    let mut start = path.chars();
    start.next().is_some_and(|c| c.is_ascii_alphabetic()) && start.next() == Some(':')
}

fn docker_volume(docker: &DockerVolume, name: &str) -> Result<(), Error> {
    if docker.autoprovision.is_some() && docker.scope.unwrap_or(VolumeScope::Task) == VolumeScope::Task {
        return refuse(format!(
            "Invalid 'autoprovision' setting for volume '{name}'. It is supported for the scope 'shared' only."
        ));
    }
    Ok(())
}

fn efs_volume(efs: &EfsVolume) -> Result<(), Error> {
    if efs.file_system_id.is_empty() {
        return refuse("EFSVolumeConfiguration.fileSystemId should not be null or empty.");
    }
    let encrypted = efs.transit_encryption == Some(Enablement::Enabled);
    if let Some(port) = efs.transit_encryption_port {
        if !encrypted {
            return refuse("TransitEncryptionPort requires that TransitEncryption is enabled.");
        }
        if !(0..=65_535).contains(&port) {
            return refuse(format!("Invalid TransitEncryptionPort '{port}'."));
        }
    }
    let Some(authorization) = &efs.authorization_config else { return Ok(()) };
    if authorization.iam == Some(Enablement::Enabled) && !encrypted {
        return refuse("EFS IAM authorization requires TransitEncryption to be enabled.");
    }
    if authorization.access_point_id.is_some() {
        if !encrypted {
            return refuse("EFS access points require TransitEncryption to be enabled.");
        }
        if efs.root_directory.as_deref().is_some_and(|path| path != "/") {
            return refuse(
                "When using an EFS access point, the root directory must either be set to \"/\" or be omitted.",
            );
        }
    }
    Ok(())
}

fn s3files_volume(s3: &S3FilesVolume) -> Result<(), Error> {
    if s3.file_system_arn.parse::<model::Arn>().is_err() {
        return refuse("Invalid arn syntax.");
    }
    Ok(())
}

/// Mount points name volumes, volumesFrom names containers.
fn mounts(task: &TaskDefinition, names: &BTreeSet<&str>) -> Result<(), Error> {
    for container in &task.container_definitions {
        let mut paths = BTreeSet::new();
        for mount in &container.mount_points {
            let volume = mount.source_volume.as_deref().unwrap_or_default();
            if !names.contains(volume) {
                return refuse(format!("Unknown volume '{volume}'."));
            }
            let path = mount.container_path.as_deref().unwrap_or_default();
            if path.is_empty() {
                return refuse("MountPoint.containerPath should not be null or empty.");
            }
            if !paths.insert(path) {
                return refuse(format!(
                    "The container path '{path}' is mounted multiple times in container '{}'.",
                    name(container)
                ));
            }
        }
        for from in &container.volumes_from {
            let source = from.source_container.as_deref().unwrap_or_default();
            if source == name(container) || !task.container_definitions.iter().any(|c| name(c) == source) {
                return refuse(format!("Invalid 'volumesFrom' setting. Unknown container: '{source}'."));
            }
        }
    }
    Ok(())
}

/// A volume that is configured at launch: one, and mounted.
fn at_launch(task: &TaskDefinition) -> Result<(), Error> {
    let at_launch: Vec<&str> = task
        .volumes
        .iter()
        .filter(|v| v.configured_at_launch == Some(true))
        .filter_map(|v| v.name.as_deref())
        .collect();
    if at_launch.len() > 1 {
        return refuse("A task definition can have at most one volume that is configured at launch.");
    }
    let mounted = |volume: &str| {
        let mut mounts = task.container_definitions.iter().flat_map(|c| &c.mount_points);
        mounts.any(|m| m.source_volume.as_deref() == Some(volume))
    };
    match at_launch.first() {
        Some(volume) if !mounted(volume) => {
            refuse(format!("Volumes [{volume}] are not referenced by any of the containers."))
        }
        _ => Ok(()),
    }
}
