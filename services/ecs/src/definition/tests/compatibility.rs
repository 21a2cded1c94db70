//! Rules of Fargate and of machines elsewhere, and of the task as a whole.

use super::{check, fargate, one, with};
use expect_test::expect;
use serde_json::{Value, json};

#[test]
fn fargate_rules() {
    let role = json!({ "executionRoleArn": "arn:aws:iam::123456789012:role/r" });
    let linux = |given: Value| fargate(one(json!({ "linuxParameters": given })));
    let awslogs =
        |options: Value| one(json!({ "logConfiguration": { "logDriver": "awslogs", "options": options } }));
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
            (
                "windows",
                fargate(
                    json!({ "runtimePlatform": { "operatingSystemFamily": "WINDOWS_SERVER_2022_CORE" } }),
                ),
            ),
            ("pid host", fargate(json!({ "pidMode": "host" }))),
            ("pid task", fargate(json!({ "pidMode": "task" }))),
            ("ipc", fargate(json!({ "ipcMode": "task" }))),
            (
                "constraint",
                fargate(
                    json!({ "placementConstraints": [{ "type": "memberOf", "expression": "attribute:a exists" }] }),
                ),
            ),
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
            (
                "docker volume",
                fargate(
                    json!({ "volumes": [{ "name": "v", "dockerVolumeConfiguration": { "scope": "task" } }] }),
                ),
            ),
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
            (
                "managed bridge",
                json!({ "requiresCompatibilities": ["MANAGED_INSTANCES"], "networkMode": "bridge" }),
            ),
            (
                "constraint",
                constraint(
                    json!({ "type": "memberOf", "expression": "attribute:ecs.instance-type =~ t3.*" }),
                ),
            ),
            ("no expression", constraint(json!({ "type": "memberOf" }))),
            ("no type", constraint(json!({ "expression": "attribute:a exists" }))),
            ("bad expression", constraint(json!({ "type": "memberOf", "expression": "attribute:" }))),
            ("accelerator", json!({ "inferenceAccelerators": [{ "deviceName": "d", "deviceType": "t" }] })),
            (
                "proxy of nobody",
                json!({ "proxyConfiguration": { "type": "APPMESH", "containerName": "envoy" } }),
            ),
        ],
        expect![[r#"
            storage on ec2: ClientException: Tasks using the EC2 launch type do not support EphemeralStorage.
            external awsvpc: ClientException: Tasks using the External launch type do not support networkMode 'awsvpc'.
            external: ok
            managed: ok
            managed bridge: ClientException: Managed Instances only support network modes 'awsvpc' and 'host'.
            constraint: ok
            no expression: ClientException: constraint.expression should not be null or empty.
            no type: ClientException: constraint.type should not be null or empty.
            bad expression: ClientException: constraint.expression 'attribute:' is invalid: 'attribute:' is not a subject at position 0.
            accelerator: ClientException: Amazon Elastic Inference is no longer available. Remove inferenceAccelerators and try again.
            proxy of nobody: ClientException: Proxy container [envoy] does not exist.
        "#]],
    );
}
