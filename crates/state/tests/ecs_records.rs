//! The stored bytes of ECS's records, with every member that a record can have: what a released version wrote must stay readable.
//!
//! The records are written down here as JSON. A member that no record knows would be lost on the way, which each test would see.

use model::ecs::{
    AccountSetting, CapacityProvider, Cluster, ContainerInstance, Scaling, Task, TaskDefinition,
    TaskDefinitionFamily,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use state::Record;
use std::fmt::Debug;

const CLUSTER: &str = "arn:aws:ecs:us-east-1:123456789012:cluster/web";

/// Holds the record of a JSON text to its fixture.
fn hold<T: Record + Serialize + DeserializeOwned + PartialEq + Debug>(written: &Value) {
    let record: T = serde_json::from_value(written.clone()).expect("the text is a record");
    let again = serde_json::to_value(&record).expect("a record is JSON");
    assert_eq!(&again, written, "a member of the text is none of the record's, or is written otherwise");
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), 1, &record);
}

#[test]
fn account_setting() {
    hold::<AccountSetting>(&json!({
        "scope": { "partition": "aws", "region": "us-east-1", "account": "123456789012" },
        "principal": "arn:aws:iam::123456789012:user/ann",
        "name": "containerInsights",
        "value": "enabled",
    }));
}

#[test]
fn cluster() {
    hold::<Cluster>(&json!({
        "arn": CLUSTER,
        "status": "ACTIVE",
        "createdAt": 1_700_000_000_000_i64,
        "settings": [{ "name": "containerInsights", "value": "enhanced" }],
        "configuration": {
            "executeCommandConfiguration": {
                "kmsKeyId": "k",
                "logging": "OVERRIDE",
                "logConfiguration": {
                    "cloudWatchLogGroupName": "g",
                    "cloudWatchEncryptionEnabled": true,
                    "s3BucketName": "b",
                    "s3EncryptionEnabled": true,
                    "s3KeyPrefix": "p",
                },
            },
            "managedStorageConfiguration": { "kmsKeyId": "k", "fargateEphemeralStorageKmsKeyId": "f" },
        },
        "capacityProviders": ["FARGATE"],
        "defaultCapacityProviderStrategy": [{ "capacityProvider": "FARGATE", "weight": 1, "base": 2 }],
        "attachments": [{ "id": "01234567-89ab-4def-8123-456789abcdef", "capacityProvider": "web", "kind": "as_policy" }],
        "serviceConnectNamespace": "arn:aws:servicediscovery:us-east-1:123456789012:namespace/ns-1",
        "tags": [{ "key": "team", "value": "a" }],
    }));
}

#[test]
fn family() {
    hold::<TaskDefinitionFamily>(&json!({
        "scope": { "partition": "aws", "region": "us-east-1", "account": "123456789012" },
        "family": "web",
        "lastRevision": 7,
    }));
}

#[test]
fn task_definition() {
    hold::<TaskDefinition>(&json!({
        "arn": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7",
        "status": "DELETE_IN_PROGRESS",
        "registeredAt": 1,
        "registeredBy": "arn:aws:iam::123456789012:root",
        "deregisteredAt": 2,
        "deleteRequestedAt": 3,
        "containerDefinitions": [container()],
        "volumes": volumes(),
        "taskRoleArn": "arn:aws:iam::123456789012:role/t",
        "executionRoleArn": "arn:aws:iam::123456789012:role/e",
        "networkMode": "awsvpc",
        "requiresAttributes": [{ "name": "ecs.capability.task-eni" }, { "name": "ecs.os-type", "value": "linux" }],
        "placementConstraints": [{ "type": "memberOf", "expression": "attribute:a exists" }],
        "compatibilities": ["EC2", "FARGATE", "EXTERNAL", "MANAGED_INSTANCES"],
        "requiresCompatibilities": ["EC2"],
        "runtimePlatform": { "cpuArchitecture": "ARM64", "operatingSystemFamily": "LINUX" },
        "cpu": 256,
        "memory": 512,
        "inferenceAccelerators": [{ "deviceName": "d", "deviceType": "t" }],
        "pidMode": "task",
        "ipcMode": "none",
        "proxyConfiguration": { "type": "APPMESH", "containerName": "envoy", "properties": [{ "name": "a", "value": "b" }] },
        "ephemeralStorage": { "sizeInGiB": 21 },
        "enableFaultInjection": true,
        "trustedExecutionConfiguration": { "isolationMode": "SHARED", "attestationPolicy": "p" },
        "tags": [{ "key": "team", "value": "a" }],
    }));
}

fn container() -> Value {
    // Two literals, since one of all members nests too deep for the macro.
    let mut container = json!({
        "name": "app",
        "image": "busybox",
        "repositoryCredentials": { "credentialsParameter": "arn" },
        "cpu": 1,
        "memory": 64,
        "memoryReservation": 32,
        "links": ["db"],
        "portMappings": [{
            "containerPort": 80, "hostPort": 80, "protocol": "tcp", "name": "web", "appProtocol": "http2", "containerPortRange": "1-9",
        }],
        "essential": true,
        "restartPolicy": { "enabled": true, "ignoredExitCodes": [1], "restartAttemptPeriod": 60 },
        "entryPoint": ["sh"],
        "command": ["-c", "true"],
        "environment": [{ "name": "A", "value": "b" }],
        "environmentFiles": [{ "value": "arn", "type": "s3" }],
        "mountPoints": [{ "sourceVolume": "v", "containerPath": "/v", "readOnly": true }],
        "volumesFrom": [{ "sourceContainer": "db", "readOnly": true }],
        "linuxParameters": {
            "capabilities": { "add": ["SYS_PTRACE"], "drop": ["ALL"] },
            "devices": [{ "hostPath": "/dev/a", "containerPath": "/dev/b", "permissions": ["read", "write", "mknod"] }],
            "initProcessEnabled": true,
            "sharedMemorySize": 64,
            "tmpfs": [{ "containerPath": "/tmp", "size": 1, "mountOptions": ["ro"] }],
            "maxSwap": 1,
            "swappiness": 2,
        },
        "secrets": [{ "name": "S", "valueFrom": "arn" }],
        "dependsOn": [{ "containerName": "db", "condition": "HEALTHY" }],
        "startTimeout": 1,
        "stopTimeout": 2,
    });
    let more = json!({
        "versionConsistency": "disabled",
        "hostname": "h",
        "user": "1000:1000",
        "workingDirectory": "/",
        "disableNetworking": false,
        "privileged": false,
        "readonlyRootFilesystem": true,
        "dnsServers": ["10.0.0.2"],
        "dnsSearchDomains": ["local"],
        "extraHosts": [{ "hostname": "h", "ipAddress": "10.0.0.1" }],
        "dockerSecurityOptions": ["no-new-privileges"],
        "interactive": true,
        "pseudoTerminal": true,
        "dockerLabels": { "a": "b" },
        "ulimits": [{ "name": "nofile", "softLimit": 1, "hardLimit": 2 }],
        "logConfiguration": {
            "logDriver": "awslogs", "options": { "awslogs-group": "g" }, "secretOptions": [{ "name": "o", "valueFrom": "arn" }],
        },
        "healthCheck": { "command": ["CMD", "true"], "interval": 5, "timeout": 2, "retries": 1, "startPeriod": 0 },
        "systemControls": [{ "namespace": "net.core.somaxconn", "value": "1" }],
        "resourceRequirements": [{
            "value": "1", "type": "GPU", "sharingStrategy": { "nvidiaMps": { "memory": 1, "maxComputePercent": 50 } },
        }],
        "firelensConfiguration": { "type": "fluentbit", "options": { "config-file-type": "file" } },
        "credentialSpecs": ["credentialspec:arn"],
    });
    let (Some(all), Value::Object(more)) = (container.as_object_mut(), more) else {
        panic!("both are objects")
    };
    all.extend(more);
    container
}

fn volumes() -> Value {
    json!([
        { "name": "a", "host": { "sourcePath": "/srv" } },
        {
            "name": "b",
            "dockerVolumeConfiguration": {
                "scope": "shared", "autoprovision": true, "driver": "local", "driverOpts": { "o": "p" }, "labels": { "l": "m" },
            },
        },
        {
            "name": "c",
            "efsVolumeConfiguration": {
                "fileSystemId": "fs-1",
                "rootDirectory": "/",
                "transitEncryption": "ENABLED",
                "transitEncryptionPort": 2049,
                "authorizationConfig": { "accessPointId": "a", "iam": "DISABLED" },
            },
        },
        {
            "name": "d",
            "s3filesVolumeConfiguration": {
                "fileSystemArn": "arn", "rootDirectory": "/", "transitEncryptionPort": 1, "accessPointArn": "arn",
            },
        },
        {
            "name": "e",
            "fsxWindowsFileServerVolumeConfiguration": {
                "fileSystemId": "fs-1",
                "rootDirectory": "share",
                "authorizationConfig": { "credentialsParameter": "arn", "domain": "d" },
            },
        },
        { "name": "f", "configuredAtLaunch": true },
    ])
}

#[test]
fn container_instance() {
    hold::<ContainerInstance>(&json!({
        "arn": "arn:aws:ecs:us-east-1:123456789012:container-instance/web/0123456789abcdef0123456789abcdef",
        "cluster": CLUSTER,
        "status": "DRAINING",
        "statusReason": "r",
        "version": 3,
        "registeredAt": 1,
        "deregisteredAt": 9,
        "ec2InstanceId": "i-0123456789abcdef0",
        "agentConnected": true,
        "connectivityAt": 2,
        "agent": { "agentVersion": "1.105.1", "agentHash": "abc", "dockerVersion": "DockerVersion: 28" },
        "registered": { "cpu": 4096, "memory": 7680, "portsTcp": [22], "portsUdp": [53], "gpus": ["GPU-1"] },
        "attributes": [{ "name": "stack", "value": "a" }],
        "pool": "fargate-spot",
        "leavingPool": { "at": 3, "reclaimed": true },
        "capacityProvider": "cp",
        "tags": [{ "key": "team", "value": "a" }],
    }));
}

#[test]
fn task() {
    let task = "arn:aws:ecs:us-east-1:123456789012:task/web/0123456789abcdef0123456789abcdef";
    let mut record = json!({
        "arn": task,
        "cluster": CLUSTER,
        "taskDefinition": "arn:aws:ecs:us-east-1:123456789012:task-definition/web:7",
        "version": 4,
        "launchType": "FARGATE",
        "capacityProvider": "FARGATE_SPOT",
        "platformVersion": "1.4.0",
        "platformFamily": "Linux",
        "containerInstance": "arn:aws:ecs:us-east-1:123456789012:container-instance/web/0123456789abcdef0123456789abcdef",
        "waiting": {
            "constraints": [{ "type": "memberOf", "expression": "attribute:a == b" }],
            "strategies": [{ "type": "binpack", "field": "memory" }],
        },
        "availabilityZone": "us-east-1a",
        "group": "service:web",
        "startedBy": "ecs-svc/1",
        "referenceId": "r",
        "overrides": overrides(),
        "networkConfiguration": {
            "awsvpcConfiguration": { "subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": "ENABLED" },
        },
        "enableExecuteCommand": true,
        "attributes": [{ "name": "ecs.cpu-architecture", "value": "x86_64" }],
        "ephemeralStorage": { "sizeInGiB": 21 },
        "reserved": { "cpu": 256, "memory": 512, "ports": [[80, "tcp"]], "gpus": ["GPU-1"] },
        "cpu": 256,
        "memory": 512,
        "createdAt": 1,
        "tags": [{ "key": "team", "value": "a" }],
    });
    let observed = json!({
        "desiredStatus": "STOPPED",
        "stopCode": "EssentialContainerExited",
        "stoppedReason": "r",
        "stoppingAt": 2,
        "protectedUntil": 10,
        "targets": [{
            "group": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef",
            "container": "app",
            "containerPort": 80,
            "registered": { "id": "i-0123456789abcdef0", "port": 32768 },
            "passed": true,
        }],
        "drainingUntil": 9,
        "accounted": true,
        "lastStatus": "STOPPED",
        "health": "HEALTHY",
        "connectivity": "CONNECTED",
        "connectivityAt": 3,
        "pullStartedAt": 4,
        "pullStoppedAt": 5,
        "startedAt": 6,
        "executionStoppedAt": 7,
        "stoppedAt": 8,
        "containers": [{
            "arn": "arn:aws:ecs:us-east-1:123456789012:container/web/0123456789abcdef0123456789abcdef/01234567-89ab-4def-8123-456789abcdef",
            "name": "app",
            "image": "busybox",
            "cpu": "0",
            "memory": "64",
            "memoryReservation": "32",
            "essential": true,
            "lastStatus": "STOPPED",
            "imageDigest": "sha256:00",
            "runtimeId": "rid",
            "exitCode": 137,
            "reason": "OutOfMemoryError: Container killed due to memory usage",
            "health": "UNKNOWN",
            "networkBindings": [{
                "bindIp": "0.0.0.0", "containerPort": 80, "hostPort": 32768, "protocol": "udp", "containerPortRange": "1-2", "hostPortRange": "3-4",
            }],
            "gpuIds": ["GPU-1"],
        }],
        "networkInterface": {
            "attachmentId": "01234567-89ab-4def-8123-456789abcdef",
            "status": "DELETED",
            "id": "eni-0123456789abcdef0",
            "subnet": "subnet-0123456789abcdef0",
            "mac": "02:00:00:00:00:01",
            "address": "172.31.0.4",
            "prefixLen": 20,
            "gateway": "172.31.0.1",
            "ipv6Address": "fd00::4",
        },
    });
    let (Some(all), Value::Object(observed)) = (record.as_object_mut(), observed) else {
        panic!("both are objects")
    };
    all.extend(observed);
    hold::<Task>(&record);
}

fn overrides() -> Value {
    json!({
        "containerOverrides": [{
            "name": "app",
            "command": ["true"],
            "environment": [{ "name": "A", "value": "b" }],
            "environmentFiles": [{ "value": "arn", "type": "s3" }],
            "cpu": 1,
            "memory": 2,
            "memoryReservation": 3,
            "resourceRequirements": [{ "value": "1", "type": "GPU" }],
        }],
        "cpu": "512",
        "inferenceAcceleratorOverrides": [{ "deviceName": "d", "deviceType": "t" }],
        "executionRoleArn": "arn:aws:iam::123456789012:role/e",
        "memory": "1024",
        "taskRoleArn": "arn:aws:iam::123456789012:role/t",
        "ephemeralStorage": { "sizeInGiB": 30 },
    })
}

#[test]
fn capacity_provider() {
    hold::<CapacityProvider>(&json!({
        "arn": "arn:aws:ecs:us-east-1:123456789012:capacity-provider/web",
        "status": "ACTIVE",
        "createdAt": 1,
        "deletedAt": 2,
        "source": { "autoScalingGroup": {
            "arn": "web",
            "scaling": { "enabled": true, "targetCapacity": 90, "minimumStep": 1, "maximumStep": 2, "warmupS": 300 },
            "terminationProtection": true,
            "draining": true,
        } },
        "updateStatus": "UPDATE_COMPLETE",
        "updateStatusReason": "r",
        "tags": [{ "key": "team", "value": "a" }],
    }));
}

#[test]
fn scaling() {
    hold::<Scaling>(&json!({
        "cluster": CLUSTER,
        "capacityProvider": "web",
        "machines": [{ "id": "i-0123456789abcdef0", "fleet": "web", "launchedAt": 1, "phase": "leaving" }],
        "lowSince": 2,
        "scaledInAt": 3,
        "reservation": 50,
    }));
}
