//! What is derived and filled in.

use super::{definition, fargate, one, two, with};
use crate::definition::complete;
use expect_test::expect;
use serde_json::{Value, json};

/// Compatibilities and attributes of a definition, as text.
fn derived(case: Value) -> String {
    let mut given = definition(case);
    complete(&mut given).expect("the case is good");
    let compatibilities: Vec<&str> = given.compatibilities.iter().map(|c| c.as_str()).collect();
    let mut text = format!("[{}]", compatibilities.join(", "));
    for attribute in given.requires_attributes {
        let short =
            attribute.name.replace("com.amazonaws.ecs.capability.", "P:").replace("ecs.capability.", "E:");
        text += &format!(" {short}{}", attribute.value.map(|v| format!("={v}")).unwrap_or_default());
    }
    text
}

#[test]
fn what_it_can_run_on_and_what_it_requires() {
    let ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1";
    let secret = |from: &str| json!({ "secrets": [{ "name": "S", "valueFrom": from }] });
    let role = json!({ "executionRoleArn": "arn:aws:iam::123456789012:role/r" });
    let task_role = json!({ "taskRoleArn": "arn:aws:iam::123456789012:role/t" });
    let logs = json!({ "logDriver": "awslogs", "options": {
        "awslogs-group": "g", "awslogs-region": "r", "awslogs-stream-prefix": "p", "awslogs-create-group": "true", "mode": "non-blocking",
    } });
    let health = |over: Value| json!({ "healthCheck": with(json!({ "command": ["CMD", "true"] }), over) });
    let volume = |over: Value| {
        with(
            one(json!({ "mountPoints": [{ "sourceVolume": "v", "containerPath": "/v" }] })),
            json!({ "volumes": [with(json!({ "name": "v" }), over)] }),
        )
    };
    let cases = [
        ("plain", json!({})),
        ("fargate", fargate(json!({}))),
        ("awsvpc", json!({ "networkMode": "awsvpc" })),
        ("fits fargate", json!({ "networkMode": "awsvpc", "cpu": 256, "memory": 512 })),
        ("ecr", one(json!({ "image": ecr }))),
        (
            "ecr, role, logs",
            fargate(with(one(json!({ "image": ecr, "logConfiguration": logs })), role.clone())),
        ),
        ("task role", task_role.clone()),
        ("task role, host", with(task_role, json!({ "networkMode": "host" }))),
        ("privileged", one(json!({ "privileged": true }))),
        ("health", one(health(json!({})))),
        ("health, start period", one(health(json!({ "startPeriod": 10 })))),
        (
            "order",
            two(json!({ "dependsOn": [{ "containerName": "side", "condition": "START" }] }), json!({})),
        ),
        ("parameter", with(one(secret("arn:aws:ssm:us-east-1:123456789012:parameter/p")), role.clone())),
        ("parameter by name", with(one(secret("p")), role.clone())),
        ("secret", with(one(secret("arn:aws:secretsmanager:us-east-1:123456789012:secret:s")), role)),
        (
            "environment file",
            one(json!({ "environmentFiles": [{ "value": "arn:aws:s3:::b/f.env", "type": "s3" }] })),
        ),
        (
            "registry",
            one(
                json!({ "repositoryCredentials": { "credentialsParameter": "arn:aws:secretsmanager:us-east-1:123456789012:secret:s" } }),
            ),
        ),
        ("pid", json!({ "pidMode": "task", "ipcMode": "host" })),
        ("range", one(json!({ "portMappings": [{ "containerPortRange": "1-9" }] }))),
        ("restarts", one(json!({ "restartPolicy": { "enabled": true } }))),
        (
            "shared memory, init",
            one(json!({ "linuxParameters": { "sharedMemorySize": 64, "initProcessEnabled": true } })),
        ),
        ("reservation, labels", one(json!({ "memoryReservation": 16, "dockerLabels": { "a": "b" } }))),
        (
            "sysctl",
            one(json!({ "systemControls": [{ "namespace": "net.core.somaxconn", "value": "1024" }] })),
        ),
        (
            "efs",
            volume(
                json!({ "efsVolumeConfiguration": { "fileSystemId": "fs-1", "authorizationConfig": {} } }),
            ),
        ),
        ("docker volume", volume(json!({ "dockerVolumeConfiguration": { "scope": "task" } }))),
        ("at launch", volume(json!({ "configuredAtLaunch": true }))),
        (
            "s3files",
            volume(
                json!({ "s3filesVolumeConfiguration": { "fileSystemArn": "arn:aws:s3files:us-east-1:123456789012:file-system/f" } }),
            ),
        ),
        ("arm", json!({ "runtimePlatform": { "cpuArchitecture": "ARM64" } })),
        ("windows", json!({ "runtimePlatform": { "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE" } })),
        ("20 vCPU", json!({ "cpu": 20480 })),
        (
            "firelens",
            two(
                json!({ "logConfiguration": { "logDriver": "awsfirelens" } }),
                json!({ "firelensConfiguration": { "type": "fluentbit", "options": { "config-file-type": "file", "config-file-value": "/f" } } }),
            ),
        ),
    ];
    let lines: Vec<String> =
        cases.into_iter().map(|(what, case)| format!("{what}: {}", derived(case))).collect();
    expect![[r#"
        plain: [EXTERNAL, EC2]
        fargate: [EC2, FARGATE] P:docker-remote-api.1.18 E:task-eni
        awsvpc: [EC2] P:docker-remote-api.1.18 E:task-eni
        fits fargate: [EC2, FARGATE] P:docker-remote-api.1.18 E:task-eni
        ecr: [EXTERNAL, EC2] P:ecr-auth
        ecr, role, logs: [EC2, FARGATE] P:docker-remote-api.1.18 P:docker-remote-api.1.19 P:docker-remote-api.1.28 P:docker-remote-api.1.29 P:ecr-auth P:logging-driver.awslogs E:execution-role-awslogs E:execution-role-ecr-pull E:task-eni
        task role: [EXTERNAL, EC2] P:task-iam-role
        task role, host: [EXTERNAL, EC2] P:task-iam-role P:task-iam-role-network-host
        privileged: [EXTERNAL, EC2] P:privileged-container
        health: [EXTERNAL, EC2] P:docker-remote-api.1.24 E:container-health-check
        health, start period: [EXTERNAL, EC2] P:docker-remote-api.1.29 E:container-health-check
        order: [EXTERNAL, EC2] E:container-ordering
        parameter: [EXTERNAL, EC2] E:secrets.ssm.environment-variables
        parameter by name: [EXTERNAL, EC2] E:secrets.ssm.environment-variables
        secret: [EXTERNAL, EC2] E:secrets.asm.environment-variables
        environment file: [EXTERNAL, EC2] E:env-files.s3
        registry: [EXTERNAL, EC2] E:private-registry-authentication.secretsmanager
        pid: [EXTERNAL, EC2] P:docker-remote-api.1.17 E:pid-ipc-namespace-sharing
        range: [EXTERNAL, EC2] E:network.container-port-range
        restarts: [EXTERNAL, EC2] E:container-restart-policy
        shared memory, init: [EXTERNAL, EC2] P:docker-remote-api.1.22 P:docker-remote-api.1.25
        reservation, labels: [EXTERNAL, EC2] P:docker-remote-api.1.18 P:docker-remote-api.1.21
        sysctl: [EXTERNAL, EC2] P:docker-remote-api.1.24
        efs: [EC2] P:docker-remote-api.1.25 E:efs E:efsAuth
        docker volume: [EXTERNAL, EC2] P:docker-remote-api.1.25 E:docker-plugin.local
        at launch: [EC2] E:storage.ebs-task-volume-attach
        s3files: [EXTERNAL, EC2] longshore.capability.volume.s3files
        arm: [EXTERNAL, EC2] ecs.cpu-architecture=arm64
        windows: [EXTERNAL, EC2] ecs.os-type=windows
        20 vCPU: [EXTERNAL, EC2] E:increased-task-cpu-limit
        firelens: [EXTERNAL, EC2] P:logging-driver.awsfirelens E:firelens.fluentbit E:firelens.options.config.file
    "#]].assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn what_is_filled_in() {
    let filled = |case: Value| {
        let mut given = definition(case);
        complete(&mut given).expect("the case is good");
        let shown = json!({ "containers": given.container_definitions, "volumes": given.volumes });
        serde_json::to_string(&shown).expect("a record is JSON") + "\n"
    };
    let port =
        json!({ "portMappings": [{ "containerPort": 80 }], "healthCheck": { "command": ["CMD", "true"] } });
    let text: String = [
        filled(json!({ "volumes": [{ "name": "v" }, { "name": "d", "dockerVolumeConfiguration": {} }] })),
        filled(with(one(port.clone()), json!({ "networkMode": "bridge" }))),
        filled(with(one(port), json!({ "networkMode": "awsvpc" }))),
    ]
    .concat();
    expect![[r#"
        {"containers":[{"cpu":0,"essential":true,"image":"busybox","memory":64,"name":"app"}],"volumes":[{"host":{},"name":"v"},{"dockerVolumeConfiguration":{"scope":"task"},"name":"d"}]}
        {"containers":[{"cpu":0,"essential":true,"healthCheck":{"command":["CMD","true"],"interval":30,"retries":3,"timeout":5},"image":"busybox","memory":64,"name":"app","portMappings":[{"containerPort":80,"hostPort":0,"protocol":"tcp"}]}],"volumes":[]}
        {"containers":[{"cpu":0,"essential":true,"healthCheck":{"command":["CMD","true"],"interval":30,"retries":3,"timeout":5},"image":"busybox","memory":64,"name":"app","portMappings":[{"containerPort":80,"hostPort":80,"protocol":"tcp"}]}],"volumes":[]}
    "#]].assert_eq(&text);
}
