//! Tables of cases: a task definition as JSON, and what the rules make of it.

use super::complete;
use expect_test::{Expect, expect};
use model::ecs::TaskDefinition;
use serde_json::{Value, json};

/// A definition of one good container, with the members of `over` in place of its own.
fn definition(over: Value) -> TaskDefinition {
    let mut base = json!({
        "arn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:1",
        "status": "ACTIVE",
        "registeredAt": 0,
        "registeredBy": "arn:aws:iam::123456789012:root",
        "containerDefinitions": [app(json!({}))],
    });
    merge(&mut base, over);
    serde_json::from_value(base).expect("the case is a record")
}

fn merge(base: &mut Value, over: Value) {
    let Value::Object(over) = over else { panic!("a case is an object") };
    for (key, value) in over {
        base[key] = value;
    }
}

fn app(over: Value) -> Value {
    let mut container = json!({ "name": "app", "image": "busybox", "memory": 64 });
    merge(&mut container, over);
    container
}

/// One container, changed.
fn one(over: Value) -> Value {
    json!({ "containerDefinitions": [app(over)] })
}

/// Two containers, `app` and `side`, changed.
fn two(first: Value, second: Value) -> Value {
    let mut side = app(json!({ "name": "side" }));
    merge(&mut side, second);
    json!({ "containerDefinitions": [app(first), side] })
}

fn with(mut base: Value, over: Value) -> Value {
    merge(&mut base, over);
    base
}

fn fargate(over: Value) -> Value {
    let base = json!({ "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": 256, "memory": 512 });
    with(base, over)
}

fn verdict(case: Value) -> String {
    let mut given = definition(case);
    match complete(&mut given) {
        Ok(()) => "ok".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn check(cases: impl IntoIterator<Item = (&'static str, Value)>, expected: Expect) {
    let lines: Vec<String> = cases.into_iter().map(|(what, case)| format!("{what}: {}", verdict(case))).collect();
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

#[test]
fn containers() {
    let eleven: Vec<Value> = (0..11).map(|n| app(json!({ "name": format!("c{n}") }))).collect();
    check(
        [
            ("good", json!({})),
            ("none", json!({ "containerDefinitions": [] })),
            ("eleven", json!({ "containerDefinitions": eleven })),
            ("no name", one(json!({ "name": null }))),
            ("bad name", one(json!({ "name": "a b" }))),
            ("long name", one(json!({ "name": "a".repeat(256) }))),
            ("no image", one(json!({ "image": "" }))),
            ("bad image", one(json!({ "image": "$IMAGE" }))),
            ("image by digest", one(json!({ "image": "a.b:5000/c/d_e@sha256:00ff" }))),
            ("same name", two(json!({}), json!({ "name": "app" }))),
            ("none essential", one(json!({ "essential": false }))),
            ("too large", one(json!({ "environment": [{ "name": "A", "value": "x".repeat(65_536) }] }))),
        ],
        expect![[r#"
            good: ok
            none: ClientException: Container list cannot be empty.
            eleven: ClientException: Too many containers.
            no name: ClientException: Container.name should not be null or empty.
            bad name: ClientException: Container.name contains invalid characters.
            long name: ClientException: Container.name contains invalid characters.
            no image: ClientException: Container.image should not be null or empty.
            bad image: ClientException: Container.image contains invalid characters.
            image by digest: ok
            same name: ClientException: Container names must be unique within a task definition.
            none essential: ClientException: Task definition doesn't have any essential container.
            too large: ClientException: Actual length: '65795'. Max allowed length is '65536' bytes.
        "#]],
    );
}

#[test]
fn memory_and_cpu() {
    check(
        [
            ("no memory", one(json!({ "memory": null }))),
            ("of the task", with(one(json!({ "memory": null })), json!({ "memory": 64 }))),
            ("reservation only", one(json!({ "memory": null, "memoryReservation": 16 }))),
            ("too little", one(json!({ "memory": 3 }))),
            ("reserves too little", one(json!({ "memoryReservation": 3 }))),
            ("reserves more", one(json!({ "memory": 16, "memoryReservation": 17 }))),
            ("more than the task", with(one(json!({})), json!({ "memory": 32 }))),
            ("together more than the task", with(two(json!({}), json!({})), json!({ "memory": 100 }))),
            ("cpu below zero", one(json!({ "cpu": -1 }))),
            ("cpu together more", with(two(json!({ "cpu": 128 }), json!({ "cpu": 129 })), json!({ "cpu": 256 }))),
        ],
        expect![[r#"
            no memory: ClientException: Invalid setting for container 'app'. At least one of 'memory' or 'memoryReservation' must be specified.
            of the task: ok
            reservation only: ok
            too little: ClientException: Invalid setting for container 'app'. 'memory' must be at least 4 MiB.
            reserves too little: ClientException: Invalid setting for container 'app'. 'memoryReservation' must be at least 4 MiB.
            reserves more: ClientException: Invalid setting for container 'app'. 'memory' must be greater than or equal to 'memoryReservation'.
            more than the task: ClientException: The 'memory' setting for container 'app' is greater than for the task.
            together more than the task: ClientException: The total 'memoryReservation' setting of the containers is greater than the 'memory' of the task.
            cpu below zero: ClientException: Invalid setting for container 'app'. 'cpu' must not be negative.
            cpu together more: ClientException: The total 'cpu' setting of the containers is greater than for the task.
        "#]],
    );
}

#[test]
fn environment() {
    let files = |n: usize| vec![json!({ "value": "arn:aws:s3:::bucket/file.env", "type": "s3" }); n];
    let role = json!({ "executionRoleArn": "arn:aws:iam::123456789012:role/r" });
    let secret = json!({ "name": "KEY", "valueFrom": "arn:aws:ssm:us-east-1:123456789012:parameter/key" });
    check(
        [
            ("secret without role", one(json!({ "secrets": [secret] }))),
            ("secret", with(one(json!({ "secrets": [secret] })), role.clone())),
            ("secret twice", with(one(json!({ "secrets": [secret, secret] })), role.clone())),
            (
                "secret and variable",
                with(one(json!({ "secrets": [secret], "environment": [{ "name": "KEY", "value": "v" }] })), role.clone()),
            ),
            ("ten files", one(json!({ "environmentFiles": files(10) }))),
            ("eleven files", one(json!({ "environmentFiles": files(11) }))),
            ("file without arn", one(json!({ "environmentFiles": [{ "value": "s3://bucket/file.env", "type": "s3" }] }))),
        ],
        expect![[r#"
            secret without role: ClientException: When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.
            secret: ok
            secret twice: ClientException: The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'KEY'.
            secret and variable: ClientException: The secret name must be unique and not shared with any new or existing environment variables set on the container, such as 'KEY'.
            ten files: ok
            eleven files: ClientException: The maximum number of environment files was exceeded. Specify ten or less and try again.
            file without arn: ClientException: Invalid arn syntax.
        "#]],
    );
}

#[test]
fn times_and_limits() {
    let health = |over: Value| one(json!({ "healthCheck": with(json!({ "command": ["CMD", "true"] }), over) }));
    let ulimit = |soft: i32, hard: i32| json!({ "name": "nofile", "softLimit": soft, "hardLimit": hard });
    let period = |seconds: i32| one(json!({ "restartPolicy": { "enabled": true, "restartAttemptPeriod": seconds } }));
    check(
        [
            ("health check", health(json!({ "interval": 5, "timeout": 60, "retries": 10, "startPeriod": 0 }))),
            ("no command", health(json!({ "command": [] }))),
            ("interval", health(json!({ "interval": 4 }))),
            ("timeout", health(json!({ "timeout": 61 }))),
            ("retries", health(json!({ "retries": 0 }))),
            ("start period", health(json!({ "startPeriod": 301 }))),
            ("stop timeout", one(json!({ "stopTimeout": -1 }))),
            ("start timeout", one(json!({ "startTimeout": -1 }))),
            ("ulimit", one(json!({ "ulimits": [ulimit(1024, 1024)] }))),
            ("soft over hard", one(json!({ "ulimits": [ulimit(1025, 1024)] }))),
            ("no soft limit", one(json!({ "ulimits": [ulimit(-1, 1024)] }))),
            ("no limits", one(json!({ "ulimits": [ulimit(-1, -1)] }))),
            ("same ulimit", one(json!({ "ulimits": [ulimit(1, 2), ulimit(1, 2)] }))),
            ("restarts", period(60)),
            ("restarts too soon", period(59)),
            ("restarts too late", period(1801)),
            ("exit codes", one(json!({ "restartPolicy": { "enabled": true, "ignoredExitCodes": vec![1; 51] } }))),
            ("gpu", one(json!({ "resourceRequirements": [{ "type": "GPU", "value": "1" }] }))),
            ("no gpu", one(json!({ "resourceRequirements": [{ "type": "GPU", "value": "0" }] }))),
            ("accelerator", one(json!({ "resourceRequirements": [{ "type": "InferenceAccelerator", "value": "a" }] }))),
        ],
        expect![[r#"
            health check: ok
            no command: ClientException: The health check 'command' setting for container 'app' should not be null or empty.
            interval: ClientException: The health check 'interval' setting for container 'app' must be between 5 and 300.
            timeout: ClientException: The health check 'timeout' setting for container 'app' must be between 2 and 60.
            retries: ClientException: The health check 'retries' setting for container 'app' must be between 1 and 10.
            start period: ClientException: The health check 'startPeriod' setting for container 'app' must be between 0 and 300.
            stop timeout: ClientException: The 'stopTimeout' setting for container 'app' must not be negative.
            start timeout: ClientException: The 'startTimeout' setting for container 'app' must not be negative.
            ulimit: ok
            soft over hard: ClientException: Soft limit exceeds hard limit for ulimit nofile.
            no soft limit: ClientException: Soft limit exceeds hard limit for ulimit nofile.
            no limits: ok
            same ulimit: ClientException: The ulimit nofile is specified multiple times for container 'app'.
            restarts: ok
            restarts too soon: ClientException: The 'restartAttemptPeriod' setting for container 'app' must be between 60 and 1800.
            restarts too late: ClientException: The 'restartAttemptPeriod' setting for container 'app' must be between 60 and 1800.
            exit codes: ClientException: The 'ignoredExitCodes' setting for container 'app' can have at most 50 items.
            gpu: ok
            no gpu: ClientException: Invalid value '0' for resource requirement GPU of container 'app'.
            accelerator: ClientException: Amazon Elastic Inference is no longer available. Remove the InferenceAccelerator requirement and try again.
        "#]],
    );
}

#[test]
fn linux_parameters() {
    let linux = |given: Value| one(json!({ "linuxParameters": given }));
    check(
        [
            ("capabilities", linux(json!({ "capabilities": { "add": ["SYS_PTRACE"], "drop": ["ALL"] } }))),
            ("unknown capability", linux(json!({ "capabilities": { "add": ["CAP_SYS_ADMIN"] } }))),
            ("device", linux(json!({ "devices": [{ "hostPath": "" }] }))),
            ("shared memory", linux(json!({ "sharedMemorySize": 0 }))),
            ("swap", linux(json!({ "maxSwap": -1 }))),
            ("swappiness", linux(json!({ "maxSwap": 0, "swappiness": 101 }))),
            ("tmpfs", linux(json!({ "tmpfs": [{ "containerPath": "/tmp", "size": 1 }] }))),
            ("tmpfs of no size", linux(json!({ "tmpfs": [{ "containerPath": "/tmp", "size": 0 }] }))),
            ("tmpfs without path", linux(json!({ "tmpfs": [{ "containerPath": "", "size": 1 }] }))),
        ],
        expect![[r#"
            capabilities: ok
            unknown capability: ClientException: CAP_SYS_ADMIN is not a valid Linux capability.
            device: ClientException: Device.hostPath should not be null or empty.
            shared memory: ClientException: Invalid 'sharedMemorySize' setting for container 'app'. It must be greater than 0.
            swap: ClientException: Invalid 'maxSwap' setting for container 'app'. It must be 0 or a positive number.
            swappiness: ClientException: Invalid 'swappiness' setting for container 'app'. It must be between 0 and 100.
            tmpfs: ok
            tmpfs of no size: ClientException: Invalid 'tmpfs' setting for container 'app'. Its size must be greater than 0.
            tmpfs without path: ClientException: Tmpfs.containerPath should not be null or empty.
        "#]],
    );
}

#[test]
fn dependencies() {
    let on = |name: &str, condition: &str| json!({ "dependsOn": [{ "containerName": name, "condition": condition }] });
    let aside = json!({ "essential": false });
    let healthy = json!({ "healthCheck": { "command": ["CMD", "true"] } });
    check(
        [
            ("start", two(on("side", "START"), json!({}))),
            ("itself", two(on("app", "START"), json!({}))),
            ("nobody", two(on("other", "START"), json!({}))),
            ("success of an essential one", two(on("side", "SUCCESS"), json!({}))),
            ("complete of an essential one", two(on("side", "COMPLETE"), json!({}))),
            ("success", two(on("side", "SUCCESS"), aside)),
            ("healthy without check", two(on("side", "HEALTHY"), json!({}))),
            ("healthy", two(on("side", "HEALTHY"), healthy)),
            ("cycle", two(on("side", "START"), on("app", "START"))),
            ("cycle through a link", two(on("side", "START"), json!({ "links": ["app:alias"] }))),
        ],
        expect![[r#"
            start: ok
            itself: ClientException: Container 'app' cannot depend on itself.
            nobody: ClientException: Cannot depend on container other because it does not exist.
            success of an essential one: ClientException: A dependency container with SUCCESS or COMPLETE condition cannot be an essential container.
            complete of an essential one: ClientException: A dependency container with SUCCESS or COMPLETE condition cannot be an essential container.
            success: ok
            healthy without check: ClientException: A dependency container with HEALTHY condition must have health check configured.
            healthy: ok
            cycle: ClientException: Container dependencies must not form a cycle: app -> side -> app.
            cycle through a link: ClientException: Container dependencies must not form a cycle: app -> side -> app.
        "#]],
    );
}

#[test]
fn networks() {
    let ports = |mode: &str, mappings: Value| with(one(json!({ "portMappings": mappings })), json!({ "networkMode": mode }));
    let mode = |mode: &str, over: Value| with(one(over), json!({ "networkMode": mode }));
    let both = |mode: &str, a: Value, b: Value| {
        with(two(json!({ "portMappings": [a] }), json!({ "portMappings": [b] })), json!({ "networkMode": mode }))
    };
    check(
        [
            ("bridge", ports("bridge", json!([{ "containerPort": 80, "hostPort": 8080 }]))),
            ("awsvpc", ports("awsvpc", json!([{ "containerPort": 80 }, { "containerPort": 80, "protocol": "udp" }]))),
            ("awsvpc differs", ports("awsvpc", json!([{ "containerPort": 80, "hostPort": 8080 }]))),
            ("host differs", ports("host", json!([{ "containerPort": 80, "hostPort": 8080 }]))),
            ("none", ports("none", json!([{ "containerPort": 80 }]))),
            ("no container port", ports("bridge", json!([{ "hostPort": 8080 }]))),
            ("container port 0", ports("bridge", json!([{ "containerPort": 0 }]))),
            ("host port 65536", ports("bridge", json!([{ "containerPort": 1, "hostPort": 65536 }]))),
            ("range", ports("bridge", json!([{ "containerPortRange": "8000-8010" }]))),
            ("range and port", ports("bridge", json!([{ "containerPortRange": "8000-8010", "hostPort": 1 }]))),
            ("range reversed", ports("bridge", json!([{ "containerPortRange": "8010-8000" }]))),
            ("range of words", ports("bridge", json!([{ "containerPortRange": "a-b" }]))),
            ("range in host mode", ports("host", json!([{ "containerPortRange": "8000-8010" }]))),
            ("ranges overlap", ports("awsvpc", json!([{ "containerPortRange": "1-9" }, { "containerPort": 9 }]))),
            ("same port in awsvpc", both("awsvpc", json!({ "containerPort": 80 }), json!({ "containerPort": 80 }))),
            ("same port in bridge", both("bridge", json!({ "containerPort": 80 }), json!({ "containerPort": 80 }))),
            (
                "same host port in bridge",
                both("bridge", json!({ "containerPort": 80, "hostPort": 80 }), json!({ "containerPort": 81, "hostPort": 80 })),
            ),
            (
                "same name",
                both("bridge", json!({ "containerPort": 80, "name": "web" }), json!({ "containerPort": 81, "name": "web" })),
            ),
            ("bad name", ports("bridge", json!([{ "containerPort": 80, "name": "-web" }]))),
            ("links in awsvpc", with(two(json!({ "links": ["side"] }), json!({})), json!({ "networkMode": "awsvpc" }))),
            ("links", two(json!({ "links": ["side:db"] }), json!({}))),
            ("link to nobody", one(json!({ "links": ["db"] }))),
            ("hostname in awsvpc", mode("awsvpc", json!({ "hostname": "h" }))),
            ("extra hosts in awsvpc", mode("awsvpc", json!({ "extraHosts": [{ "hostname": "h", "ipAddress": "10.0.0.1" }] }))),
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
        with(one(json!({ "mountPoints": [{ "sourceVolume": "v", "containerPath": "/v" }] })), json!({ "volumes": [volume] }))
    };
    let efs = |over: Value| mounted(json!({ "name": "v", "efsVolumeConfiguration": with(json!({ "fileSystemId": "fs-1" }), over) }));
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
                mounted(json!({ "name": "v", "host": { "sourcePath": "/srv" }, "dockerVolumeConfiguration": { "scope": "task" } })),
            ),
            ("docker", mounted(json!({ "name": "v", "host": {}, "dockerVolumeConfiguration": { "scope": "shared", "autoprovision": true } }))),
            ("autoprovision", mounted(json!({ "name": "v", "dockerVolumeConfiguration": { "autoprovision": true } }))),
            ("efs", efs(json!({}))),
            ("efs port", efs(json!({ "transitEncryptionPort": 2049 }))),
            ("efs iam", efs(json!({ "authorizationConfig": { "iam": "ENABLED" } }))),
            (
                "efs access point",
                efs(json!({ "rootDirectory": "/data", "transitEncryption": "ENABLED", "authorizationConfig": { "accessPointId": "a" } })),
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

#[test]
fn logs() {
    let log = |given: Value| one(json!({ "logConfiguration": given }));
    let router = json!({ "firelensConfiguration": { "type": "fluentbit" } });
    let routed = json!({ "logConfiguration": { "logDriver": "awsfirelens" } });
    check(
        [
            ("awslogs", log(json!({ "logDriver": "awslogs", "options": { "awslogs-group": "g", "awslogs-region": "r" } }))),
            ("no group", log(json!({ "logDriver": "awslogs", "options": { "awslogs-region": "r" } }))),
            ("nothing", log(json!({ "logDriver": "awslogs" }))),
            ("json-file", log(json!({ "logDriver": "json-file" }))),
            ("firelens", two(routed.clone(), router.clone())),
            ("no router", log(json!({ "logDriver": "awsfirelens" }))),
            ("router alone", one(router.clone())),
            ("two routers", two(with(routed, router.clone()), router)),
            ("secret option", log(json!({ "logDriver": "splunk", "options": { "splunk-url": "u" }, "secretOptions": [{ "name": "splunk-token", "valueFrom": "p" }] }))),
        ],
        expect![[r#"
            awslogs: ok
            no group: ClientException: Log driver awslogs requires options: awslogs-group
            nothing: ClientException: Log driver awslogs requires options: awslogs-group, awslogs-region
            json-file: ok
            firelens: ok
            no router: ClientException: When awsfirelens log driver is specified in log configuration, a firelens configuration object must be specified.
            router alone: ClientException: When a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver.
            two routers: ClientException: Only one container of a task definition can have a firelensConfiguration.
            secret option: ClientException: When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.
        "#]],
    );
}

#[test]
fn fargate_rules() {
    let role = json!({ "executionRoleArn": "arn:aws:iam::123456789012:role/r" });
    let linux = |given: Value| fargate(one(json!({ "linuxParameters": given })));
    let awslogs = |options: Value| one(json!({ "logConfiguration": { "logDriver": "awslogs", "options": options } }));
    let plain = json!({ "awslogs-group": "g", "awslogs-region": "r" });
    let ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1";
    check(
        [
            ("good", fargate(json!({}))),
            ("bridge", fargate(json!({ "networkMode": "bridge" }))),
            ("no cpu", fargate(json!({ "cpu": null }))),
            ("no memory", fargate(json!({ "memory": null }))),
            ("no such size", fargate(json!({ "memory": 4096 }))),
            ("8 vCPU", fargate(json!({ "cpu": 8192, "memory": 16384 }))),
            ("8 vCPU between steps", fargate(json!({ "cpu": 8192, "memory": 17408 }))),
            ("16 vCPU", fargate(json!({ "cpu": 16384, "memory": 122880 }))),
            ("windows", fargate(json!({ "runtimePlatform": { "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE" } }))),
            ("pid host", fargate(json!({ "pidMode": "host" }))),
            ("pid task", fargate(json!({ "pidMode": "task" }))),
            ("ipc", fargate(json!({ "ipcMode": "task" }))),
            ("constraint", fargate(json!({ "placementConstraints": [{ "type": "memberOf", "expression": "attribute:a exists" }] }))),
            ("privileged", fargate(one(json!({ "privileged": true })))),
            ("gpu", fargate(one(json!({ "resourceRequirements": [{ "type": "GPU", "value": "1" }] })))),
            ("dns", fargate(one(json!({ "dnsServers": ["10.0.0.2"] })))),
            ("security options", fargate(one(json!({ "dockerSecurityOptions": ["no-new-privileges"] })))),
            ("capability", linux(json!({ "capabilities": { "add": ["NET_ADMIN"] } }))),
            ("ptrace", linux(json!({ "capabilities": { "add": ["SYS_PTRACE"], "drop": ["NET_RAW"] } }))),
            ("device", linux(json!({ "devices": [{ "hostPath": "/dev/kvm" }] }))),
            ("shared memory", linux(json!({ "sharedMemorySize": 64 }))),
            ("swap", linux(json!({ "maxSwap": 64 }))),
            ("tmpfs", linux(json!({ "tmpfs": [{ "containerPath": "/tmp", "size": 64 }] }))),
            ("host path", fargate(json!({ "volumes": [{ "name": "v", "host": { "sourcePath": "/srv" } }] }))),
            ("docker volume", fargate(json!({ "volumes": [{ "name": "v", "dockerVolumeConfiguration": { "scope": "task" } }] }))),
            ("bind mount", fargate(json!({ "volumes": [{ "name": "v" }] }))),
            ("stop timeout", fargate(one(json!({ "stopTimeout": 121 })))),
            ("ecr without role", fargate(one(json!({ "image": ecr })))),
            ("ecr", fargate(with(one(json!({ "image": ecr })), role.clone()))),
            ("awslogs without role", fargate(awslogs(plain.clone()))),
            ("awslogs without prefix", fargate(with(awslogs(plain.clone()), role.clone()))),
            ("awslogs", fargate(with(awslogs(with(plain, json!({ "awslogs-stream-prefix": "p" }))), role))),
            ("json-file", fargate(one(json!({ "logConfiguration": { "logDriver": "json-file" } })))),
            ("storage", fargate(json!({ "ephemeralStorage": { "sizeInGiB": 21 } }))),
            ("little storage", fargate(json!({ "ephemeralStorage": { "sizeInGiB": 20 } }))),
            ("much storage", fargate(json!({ "ephemeralStorage": { "sizeInGiB": 201 } }))),
        ],
        expect![[r#"
            good: ok
            bridge: ClientException: Fargate only supports network mode ‘awsvpc’.
            no cpu: ClientException: Fargate requires that 'cpu' be defined at the task level.
            no memory: ClientException: Fargate requires that 'memory' be defined at the task level.
            no such size: ClientException: No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the Amazon ECS documentation for the valid values.
            8 vCPU: ok
            8 vCPU between steps: ClientException: No Fargate configuration exists for given values: 8192 CPU, 17408 memory. See the Amazon ECS documentation for the valid values.
            16 vCPU: ok
            windows: ClientException: No Fargate configuration exists for given values: Windows containers need at least 1024 CPU.
            pid host: ClientException: Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.
            pid task: ok
            ipc: ClientException: Fargate compatible task definitions do not support ipcMode.
            constraint: ClientException: Fargate compatible task definitions do not support constraints.
            privileged: ClientException: Fargate requires that the 'privileged' setting be 'false'.
            gpu: ClientException: Tasks using the Fargate launch type do not support GPU resource requirements.
            dns: ClientException: Fargate compatible task definitions do not support dnsServers.
            security options: ClientException: Fargate compatible task definitions do not support dockerSecurityOptions.
            capability: ClientException: NET_ADMIN is not allowed on Fargate.
            ptrace: ok
            device: ClientException: Fargate compatible task definitions do not support devices.
            shared memory: ClientException: Fargate compatible task definitions do not support sharedMemorySize.
            swap: ClientException: Fargate compatible task definitions do not support maxSwap.
            tmpfs: ok
            host path: ClientException: Fargate compatible task definitions do not support sourcePath.
            docker volume: ClientException: Fargate compatible task definitions do not support dockerVolumeConfiguration.
            bind mount: ok
            stop timeout: ClientException: Tasks using the Fargate launch type must have a container stop timeout of less than 120 seconds.
            ecr without role: ClientException: Fargate requires task definition to have execution role ARN to support ECR images.
            ecr: ok
            awslogs without role: ClientException: Fargate requires task definition to have execution role ARN to support log driver awslogs.
            awslogs without prefix: ClientException: Fargate requires log configuration options to include awslogs-stream-prefix.
            awslogs: ok
            json-file: ClientException: json-file is not a valid log driver. Must be one of [awslogs, splunk, awsfirelens].
            storage: ok
            little storage: ClientException: EphemeralStorage size should be at least 21.
            much storage: ClientException: EphemeralStorage size should be at most 200.
        "#]],
    );
}

#[test]
fn other_rules() {
    let constraint = |given: Value| json!({ "placementConstraints": [given] });
    check(
        [
            ("storage on ec2", json!({ "ephemeralStorage": { "sizeInGiB": 21 } })),
            ("external awsvpc", json!({ "requiresCompatibilities": ["EXTERNAL"], "networkMode": "awsvpc" })),
            ("external", json!({ "requiresCompatibilities": ["EXTERNAL"], "networkMode": "host" })),
            ("managed", json!({ "requiresCompatibilities": ["MANAGED_INSTANCES"] })),
            ("constraint", constraint(json!({ "type": "memberOf", "expression": "attribute:ecs.instance-type =~ t3.*" }))),
            ("no expression", constraint(json!({ "type": "memberOf" }))),
            ("no type", constraint(json!({ "expression": "attribute:a exists" }))),
            ("bad expression", constraint(json!({ "type": "memberOf", "expression": "attribute:" }))),
            ("accelerator", json!({ "inferenceAccelerators": [{ "deviceName": "d", "deviceType": "t" }] })),
            ("proxy of nobody", json!({ "proxyConfiguration": { "type": "APPMESH", "containerName": "envoy" } })),
        ],
        expect![[r#"
            storage on ec2: ClientException: Tasks using the EC2 launch type do not support EphemeralStorage.
            external awsvpc: ClientException: Tasks using the External launch type do not support networkMode 'awsvpc'.
            external: ok
            managed: ClientException: Longshore does not support the compatibility MANAGED_INSTANCES yet.
            constraint: ok
            no expression: ClientException: constraint.expression should not be null or empty.
            no type: ClientException: constraint.type should not be null or empty.
            bad expression: ClientException: constraint.expression 'attribute:' is invalid: 'attribute:' is not a subject at position 0.
            accelerator: ClientException: Amazon Elastic Inference is no longer available. Remove inferenceAccelerators and try again.
            proxy of nobody: ClientException: Proxy container [envoy] does not exist.
        "#]],
    );
}

/// Compatibilities and attributes of a definition, as text.
fn derived(case: Value) -> String {
    let mut given = definition(case);
    complete(&mut given).expect("the case is good");
    let compatibilities: Vec<&str> = given.compatibilities.iter().map(|c| c.as_str()).collect();
    let mut text = format!("[{}]", compatibilities.join(", "));
    for attribute in given.requires_attributes {
        let short = attribute.name.replace("com.amazonaws.ecs.capability.", "P:").replace("ecs.capability.", "E:");
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
        ("ecr, role, logs", fargate(with(one(json!({ "image": ecr, "logConfiguration": logs })), role.clone()))),
        ("task role", task_role.clone()),
        ("task role, host", with(task_role, json!({ "networkMode": "host" }))),
        ("privileged", one(json!({ "privileged": true }))),
        ("health", one(health(json!({})))),
        ("health, start period", one(health(json!({ "startPeriod": 10 })))),
        ("order", two(json!({ "dependsOn": [{ "containerName": "side", "condition": "START" }] }), json!({}))),
        ("parameter", with(one(secret("arn:aws:ssm:us-east-1:123456789012:parameter/p")), role.clone())),
        ("parameter by name", with(one(secret("p")), role.clone())),
        ("secret", with(one(secret("arn:aws:secretsmanager:us-east-1:123456789012:secret:s")), role)),
        ("environment file", one(json!({ "environmentFiles": [{ "value": "arn:aws:s3:::b/f.env", "type": "s3" }] }))),
        ("registry", one(json!({ "repositoryCredentials": { "credentialsParameter": "arn:aws:secretsmanager:us-east-1:123456789012:secret:s" } }))),
        ("pid", json!({ "pidMode": "task", "ipcMode": "host" })),
        ("range", one(json!({ "portMappings": [{ "containerPortRange": "1-9" }] }))),
        ("restarts", one(json!({ "restartPolicy": { "enabled": true } }))),
        ("shared memory, init", one(json!({ "linuxParameters": { "sharedMemorySize": 64, "initProcessEnabled": true } }))),
        ("reservation, labels", one(json!({ "memoryReservation": 16, "dockerLabels": { "a": "b" } }))),
        ("sysctl", one(json!({ "systemControls": [{ "namespace": "net.core.somaxconn", "value": "1024" }] }))),
        ("efs", volume(json!({ "efsVolumeConfiguration": { "fileSystemId": "fs-1", "authorizationConfig": {} } }))),
        ("docker volume", volume(json!({ "dockerVolumeConfiguration": { "scope": "task" } }))),
        ("at launch", volume(json!({ "configuredAtLaunch": true }))),
        ("s3files", volume(json!({ "s3filesVolumeConfiguration": { "fileSystemArn": "arn:aws:s3files:us-east-1:123456789012:file-system/f" } }))),
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
    let lines: Vec<String> = cases.into_iter().map(|(what, case)| format!("{what}: {}", derived(case))).collect();
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
    let port = json!({ "portMappings": [{ "containerPort": 80 }], "healthCheck": { "command": ["CMD", "true"] } });
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
