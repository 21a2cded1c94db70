//! Ports, links, volumes and mounts.

use super::{check, one, two, with};
use expect_test::expect;
use serde_json::{Value, json};

#[test]
fn networks() {
    let ports = |mode: &str, mappings: Value| {
        with(one(json!({ "portMappings": mappings })), json!({ "networkMode": mode }))
    };
    let mode = |mode: &str, over: Value| with(one(over), json!({ "networkMode": mode }));
    let both = |mode: &str, a: Value, b: Value| {
        with(
            two(json!({ "portMappings": [a] }), json!({ "portMappings": [b] })),
            json!({ "networkMode": mode }),
        )
    };
    check(
        [
            ("bridge", ports("bridge", json!([{ "containerPort": 80, "hostPort": 8080 }]))),
            (
                "awsvpc",
                ports("awsvpc", json!([{ "containerPort": 80 }, { "containerPort": 80, "protocol": "udp" }])),
            ),
            ("awsvpc differs", ports("awsvpc", json!([{ "containerPort": 80, "hostPort": 8080 }]))),
            ("host differs", ports("host", json!([{ "containerPort": 80, "hostPort": 8080 }]))),
            ("none", ports("none", json!([{ "containerPort": 80 }]))),
            ("no container port", ports("bridge", json!([{ "hostPort": 8080 }]))),
            ("container port 0", ports("bridge", json!([{ "containerPort": 0 }]))),
            ("host port 65536", ports("bridge", json!([{ "containerPort": 1, "hostPort": 65536 }]))),
            ("range", ports("bridge", json!([{ "containerPortRange": "8000-8010" }]))),
            (
                "range and port",
                ports("bridge", json!([{ "containerPortRange": "8000-8010", "hostPort": 1 }])),
            ),
            ("range reversed", ports("bridge", json!([{ "containerPortRange": "8010-8000" }]))),
            ("range of words", ports("bridge", json!([{ "containerPortRange": "a-b" }]))),
            ("range in host mode", ports("host", json!([{ "containerPortRange": "8000-8010" }]))),
            (
                "ranges overlap",
                ports("awsvpc", json!([{ "containerPortRange": "1-9" }, { "containerPort": 9 }])),
            ),
            (
                "same port in awsvpc",
                both("awsvpc", json!({ "containerPort": 80 }), json!({ "containerPort": 80 })),
            ),
            (
                "same port in bridge",
                both("bridge", json!({ "containerPort": 80 }), json!({ "containerPort": 80 })),
            ),
            (
                "same host port in bridge",
                both(
                    "bridge",
                    json!({ "containerPort": 80, "hostPort": 80 }),
                    json!({ "containerPort": 81, "hostPort": 80 }),
                ),
            ),
            (
                "same name",
                both(
                    "bridge",
                    json!({ "containerPort": 80, "name": "web" }),
                    json!({ "containerPort": 81, "name": "web" }),
                ),
            ),
            ("bad name", ports("bridge", json!([{ "containerPort": 80, "name": "-web" }]))),
            (
                "links in awsvpc",
                with(two(json!({ "links": ["side"] }), json!({})), json!({ "networkMode": "awsvpc" })),
            ),
            ("links", two(json!({ "links": ["side:db"] }), json!({}))),
            ("link to nobody", one(json!({ "links": ["db"] }))),
            ("hostname in awsvpc", mode("awsvpc", json!({ "hostname": "h" }))),
            (
                "extra hosts in awsvpc",
                mode("awsvpc", json!({ "extraHosts": [{ "hostname": "h", "ipAddress": "10.0.0.1" }] })),
            ),
            ("no network in awsvpc", mode("awsvpc", json!({ "disableNetworking": true }))),
        ],
        expect![[r#"
            bridge: ok
            awsvpc: ok
            awsvpc differs: ClientException: When networkMode=awsvpc, the host ports and container ports in port mappings must match.
            host differs: ClientException: When networkMode=host, the host ports and container ports in port mappings must match.
            none: ClientException: Port mappings are not supported when networkMode=none.
            no container port: ClientException: Invalid port mapping for container 'app': 'containerPort' must be specified.
            container port 0: ClientException: Invalid 'containerPort' setting '0' for container 'app'.
            host port 65536: ClientException: Invalid 'hostPort' setting '65536' for container 'app'.
            range: ok
            range and port: ClientException: Invalid port mapping for container 'app': cannot specify both single port and port range.
            range reversed: ClientException: Invalid 'containerPortRange' setting '8010-8000' for container 'app'.
            range of words: ClientException: Invalid 'containerPortRange' setting 'a-b' for container 'app'.
            range in host mode: ClientException: Container port ranges are not supported when networkMode=host.
            ranges overlap: ClientException: The container port is used multiple times in task: 9/tcp.
            same port in awsvpc: ClientException: The container port is used multiple times in task: 80/tcp.
            same port in bridge: ok
            same host port in bridge: ClientException: The host port is used multiple times in task: 80/tcp.
            same name: ClientException: The port mapping name is already used: web.
            bad name: ClientException: Invalid port mapping name '-web'.
            links in awsvpc: ClientException: Links are not supported when networkMode=awsvpc.
            links: ok
            link to nobody: ClientException: Invalid 'links' setting for container 'app'. Unknown container: 'db'.
            hostname in awsvpc: ClientException: hostname is not supported on container when networkMode=awsvpc.
            extra hosts in awsvpc: ClientException: Extra hosts are not supported on container when networkMode=awsvpc.
            no network in awsvpc: ClientException: Disable Networking is not supported on container when networkMode=awsvpc.
        "#]],
    );
}

#[test]
fn volumes() {
    let mounted = |volume: Value| {
        with(
            one(json!({ "mountPoints": [{ "sourceVolume": "v", "containerPath": "/v" }] })),
            json!({ "volumes": [volume] }),
        )
    };
    let efs = |over: Value| {
        mounted(
            json!({ "name": "v", "efsVolumeConfiguration": with(json!({ "fileSystemId": "fs-1" }), over) }),
        )
    };
    check(
        [
            ("host", mounted(json!({ "name": "v", "host": { "sourcePath": "/srv" } }))),
            ("relative", mounted(json!({ "name": "v", "host": { "sourcePath": "srv" } }))),
            ("unknown", mounted(json!({ "name": "other" }))),
            ("bad name", mounted(json!({ "name": "v/" }))),
            ("no name", mounted(json!({}))),
            ("same name", json!({ "volumes": [{ "name": "v" }, { "name": "v" }] })),
            (
                "two kinds",
                mounted(
                    json!({ "name": "v", "host": { "sourcePath": "/srv" }, "dockerVolumeConfiguration": { "scope": "task" } }),
                ),
            ),
            (
                "docker",
                mounted(
                    json!({ "name": "v", "host": {}, "dockerVolumeConfiguration": { "scope": "shared", "autoprovision": true } }),
                ),
            ),
            (
                "autoprovision",
                mounted(json!({ "name": "v", "dockerVolumeConfiguration": { "autoprovision": true } })),
            ),
            ("efs", efs(json!({}))),
            ("efs port", efs(json!({ "transitEncryptionPort": 2049 }))),
            ("efs iam", efs(json!({ "authorizationConfig": { "iam": "ENABLED" } }))),
            (
                "efs access point",
                efs(
                    json!({ "rootDirectory": "/data", "transitEncryption": "ENABLED", "authorizationConfig": { "accessPointId": "a" } }),
                ),
            ),
            ("at launch", mounted(json!({ "name": "v", "configuredAtLaunch": true }))),
            ("at launch, not mounted", json!({ "volumes": [{ "name": "v", "configuredAtLaunch": true }] })),
            ("volumes from", two(json!({ "volumesFrom": [{ "sourceContainer": "side" }] }), json!({}))),
            ("volumes from nobody", one(json!({ "volumesFrom": [{ "sourceContainer": "side" }] }))),
            ("volumes from itself", one(json!({ "volumesFrom": [{ "sourceContainer": "app" }] }))),
        ],
        expect![[r#"
            host: ok
            relative: ClientException: Invalid 'sourcePath' setting for volume 'v'. It must be an absolute path.
            unknown: ClientException: Unknown volume 'v'.
            bad name: ClientException: Volume.name contains invalid characters.
            no name: ClientException: Volume.name should not be null or empty.
            same name: ClientException: Volume names must be unique within a task definition.
            two kinds: ClientException: Only one volume configuration can be specified for volume 'v'.
            docker: ok
            autoprovision: ClientException: Invalid 'autoprovision' setting for volume 'v'. It is supported for the scope 'shared' only.
            efs: ok
            efs port: ClientException: TransitEncryptionPort requires that TransitEncryption is enabled.
            efs iam: ClientException: EFS IAM authorization requires TransitEncryption to be enabled.
            efs access point: ClientException: When using an EFS access point, the root directory must either be set to "/" or be omitted.
            at launch: ok
            at launch, not mounted: ClientException: Volumes [v] are not referenced by any of the containers.
            volumes from: ok
            volumes from nobody: ClientException: Invalid 'volumesFrom' setting. Unknown container: 'side'.
            volumes from itself: ClientException: Invalid 'volumesFrom' setting. Unknown container: 'app'.
        "#]],
    );
}
