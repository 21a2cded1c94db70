//! Rules of one container, and of containers among themselves.

use super::{app, check, fargate, one, two, with};
use expect_test::expect;
use serde_json::{Value, json};

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
            (
                "cpu together more",
                with(two(json!({ "cpu": 128 }), json!({ "cpu": 129 })), json!({ "cpu": 256 })),
            ),
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
                with(
                    one(json!({ "secrets": [secret], "environment": [{ "name": "KEY", "value": "v" }] })),
                    role.clone(),
                ),
            ),
            ("ten files", one(json!({ "environmentFiles": files(10) }))),
            ("eleven files", one(json!({ "environmentFiles": files(11) }))),
            (
                "file without arn",
                one(json!({ "environmentFiles": [{ "value": "s3://bucket/file.env", "type": "s3" }] })),
            ),
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
    let health =
        |over: Value| one(json!({ "healthCheck": with(json!({ "command": ["CMD", "true"] }), over) }));
    let ulimit = |soft: i32, hard: i32| json!({ "name": "nofile", "softLimit": soft, "hardLimit": hard });
    let period =
        |seconds: i32| one(json!({ "restartPolicy": { "enabled": true, "restartAttemptPeriod": seconds } }));
    check(
        [
            (
                "health check",
                health(json!({ "interval": 5, "timeout": 60, "retries": 10, "startPeriod": 0 })),
            ),
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
            (
                "exit codes",
                one(json!({ "restartPolicy": { "enabled": true, "ignoredExitCodes": vec![1; 51] } })),
            ),
            ("gpu", one(json!({ "resourceRequirements": [{ "type": "GPU", "value": "1" }] }))),
            ("no gpu", one(json!({ "resourceRequirements": [{ "type": "GPU", "value": "0" }] }))),
            (
                "accelerator",
                one(json!({ "resourceRequirements": [{ "type": "InferenceAccelerator", "value": "a" }] })),
            ),
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
            (
                "swap of no memory",
                one(json!({ "memory": null, "memoryReservation": 64, "linuxParameters": { "maxSwap": 64 } })),
            ),
            ("swappiness", linux(json!({ "maxSwap": 0, "swappiness": 101 }))),
            ("tmpfs", linux(json!({ "tmpfs": [{ "containerPath": "/tmp", "size": 1 }] }))),
            ("tmpfs of no size", linux(json!({ "tmpfs": [{ "containerPath": "/tmp", "size": 0 }] }))),
            (
                "tmpfs options",
                linux(
                    json!({ "tmpfs": [{ "containerPath": "/tmp", "size": 1, "mountOptions": ["noexec", "mode=1770", "uid=7"] }] }),
                ),
            ),
            (
                "tmpfs option unknown",
                linux(
                    json!({ "tmpfs": [{ "containerPath": "/tmp", "size": 1, "mountOptions": ["bogus"] }] }),
                ),
            ),
            (
                "tmpfs option without value",
                linux(json!({ "tmpfs": [{ "containerPath": "/tmp", "size": 1, "mountOptions": ["mode"] }] })),
            ),
            (
                "tmpfs option with another",
                linux(
                    json!({ "tmpfs": [{ "containerPath": "/tmp", "size": 1, "mountOptions": ["uid=7,suid"] }] }),
                ),
            ),
            ("tmpfs without path", linux(json!({ "tmpfs": [{ "containerPath": "", "size": 1 }] }))),
        ],
        expect![[r#"
            capabilities: ok
            unknown capability: ClientException: CAP_SYS_ADMIN is not a valid Linux capability.
            device: ClientException: Device.hostPath should not be null or empty.
            shared memory: ClientException: Invalid 'sharedMemorySize' setting for container 'app'. It must be greater than 0.
            swap: ClientException: Invalid 'maxSwap' setting for container 'app'. It must be 0 or a positive number.
            swap of no memory: ClientException: Invalid 'maxSwap' setting for container 'app'. It needs the container's memory to be set.
            swappiness: ClientException: Invalid 'swappiness' setting for container 'app'. It must be between 0 and 100.
            tmpfs: ok
            tmpfs of no size: ClientException: Invalid 'tmpfs' setting for container 'app'. Its size must be greater than 0.
            tmpfs options: ok
            tmpfs option unknown: ClientException: Invalid 'tmpfs' setting for container 'app'. Its mount option 'bogus' is not known.
            tmpfs option without value: ClientException: Invalid 'tmpfs' setting for container 'app'. Its mount option 'mode' is not known.
            tmpfs option with another: ClientException: Invalid 'tmpfs' setting for container 'app'. Its mount option 'uid=7,suid' is not known.
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
fn logs() {
    let log = |given: Value| one(json!({ "logConfiguration": given }));
    let router = json!({ "firelensConfiguration": { "type": "fluentbit" } });
    let routed = json!({ "logConfiguration": { "logDriver": "awsfirelens" } });
    check(
        [
            (
                "awslogs",
                log(
                    json!({ "logDriver": "awslogs", "options": { "awslogs-group": "g", "awslogs-region": "r" } }),
                ),
            ),
            ("no group", log(json!({ "logDriver": "awslogs", "options": { "awslogs-region": "r" } }))),
            ("nothing", log(json!({ "logDriver": "awslogs" }))),
            ("json-file", log(json!({ "logDriver": "json-file" }))),
            ("firelens", two(routed.clone(), router.clone())),
            ("no router", log(json!({ "logDriver": "awsfirelens" }))),
            ("router alone", one(router.clone())),
            ("two routers", two(with(routed, router.clone()), router)),
            (
                "secret option",
                log(
                    json!({ "logDriver": "splunk", "options": { "splunk-url": "u" }, "secretOptions": [{ "name": "splunk-token", "valueFrom": "p" }] }),
                ),
            ),
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
fn kernel_parameters_are_those_of_namespaces_of_its_own() {
    let controls = |names: &[&str]| {
        let list: Vec<_> = names.iter().map(|name| json!({ "namespace": name, "value": "1" })).collect();
        one(json!({ "systemControls": list }))
    };
    check(
        [
            ("network", controls(&["net.core.somaxconn", "net.ipv4.tcp_syncookies"])),
            ("ipc", controls(&["kernel.shmmax", "fs.mqueue.msg_max"])),
            ("fargate", fargate(controls(&["net.core.somaxconn"]))),
            ("machine", controls(&["kernel.core_pattern"])),
            ("machine's memory", fargate(controls(&["vm.overcommit_memory"]))),
            ("path", controls(&["net/../kernel/core_pattern"])),
            ("no name", one(json!({ "systemControls": [{ "value": "1" }] }))),
            ("no value", one(json!({ "systemControls": [{ "namespace": "net.core.somaxconn" }] }))),
            ("twice", controls(&["net.core.somaxconn", "net.core.somaxconn"])),
            ("host network", with(controls(&["net.core.somaxconn"]), json!({ "networkMode": "host" }))),
            ("host network, ipc", with(controls(&["kernel.shmmax"]), json!({ "networkMode": "host" }))),
            ("host ipc", with(controls(&["kernel.shmmax"]), json!({ "ipcMode": "host" }))),
        ],
        expect![[r#"
            network: ok
            ipc: ok
            fargate: ok
            machine: ClientException: Invalid 'systemControls' setting for container 'app'. 'kernel.core_pattern' is not a namespaced kernel parameter.
            machine's memory: ClientException: Invalid 'systemControls' setting for container 'app'. 'vm.overcommit_memory' is not a namespaced kernel parameter.
            path: ClientException: Invalid 'systemControls' setting for container 'app'. 'net/../kernel/core_pattern' is not a namespaced kernel parameter.
            no name: ClientException: SystemControl.namespace and SystemControl.value should not be null or empty.
            no value: ClientException: SystemControl.namespace and SystemControl.value should not be null or empty.
            twice: ClientException: Invalid 'systemControls' setting for container 'app'. 'net.core.somaxconn' is specified multiple times.
            host network: ClientException: Invalid 'systemControls' setting for container 'app'. 'net.core.somaxconn' is not supported with the host network mode.
            host network, ipc: ok
            host ipc: ClientException: Invalid 'systemControls' setting for container 'app'. 'kernel.shmmax' is not supported with the host IPC mode.
        "#]],
    );
}
