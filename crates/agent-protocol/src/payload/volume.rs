//! The volumes of a task.

use crate::text::{open_enum, shape};

open_enum!(
    /// What backs a volume.
    VolumeType {
        Host = "host",
        Docker = "docker",
        Efs = "efs",
        Ebs = "ebs",
        FsxWindowsFileServer = "fsxWindowsFileServer",
        LogDriverOutput = "logDriverOutput",
    }
);

shape!(
    Volume {
        name: opt String,
        r#type: opt VolumeType,
        host: opt HostVolumeProperties,
        docker_volume_configuration: opt DockerVolumeConfiguration,
        efs_volume_configuration: opt EfsVolumeConfiguration,
        ebs_volume_configuration: opt EbsVolumeConfiguration,
    }
);

shape!(
    /// A path of the host; without one the volume is anonymous and lives as long as the task.
    HostVolumeProperties { source_path: opt String }
);

open_enum!(
    /// Whose a Docker volume is: `task` volumes go with their task, `shared` ones stay.
    VolumeScope { Task = "task", Shared = "shared" }
);
shape!(
    DockerVolumeConfiguration {
        scope: opt VolumeScope,
        autoprovision: opt bool,
        driver: opt String,
        driver_opts: map String,
        labels: map String,
    }
);

shape!(EfsAuthorizationConfig { access_point_id: opt String, iam: opt String });
shape!(
    EfsVolumeConfiguration {
        file_system_id: opt String,
        root_directory: opt String,
        transit_encryption: opt String,
        transit_encryption_port: opt i64,
        authorization_config: opt EfsAuthorizationConfig,
    }
);
shape!(
    EbsVolumeConfiguration {
        volume_id: opt String,
        delete_on_termination: opt bool,
        device_name: opt String,
        filesystem_type: opt String,
    }
);
