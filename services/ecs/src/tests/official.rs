//! What the official agent (v1.105.1) said when it ran against Longshore, and what is made of it. The texts are its own, shortened where
//! nothing hangs on the rest.

use super::*;
use crate::session::{Tcs, Wire};
use std::time::Duration;
use tokio::sync::mpsc;

const DEADLINE: Duration = Duration::from_secs(10);

/// The document that a stand-in of EC2's metadata service gave the agent.
const DOCUMENT: &str = r#"{"accountId": "000000000000", "architecture": "x86_64", "availabilityZone": "us-east-1a", "imageId": "ami-0123456789abcdef0", "instanceId": "i-0123456789abcdef0", "instanceType": "m5.large", "privateIp": "10.93.0.10", "region": "us-east-1", "version": "2017-09-30", "pendingTime": "2026-01-01T00:00:00Z", "kernelId": null, "ramdiskId": null}"#;

/// The agent's registration on EC2: it names neither its zone nor its type.
fn on_ec2(document: &str, known: Option<String>) -> RegisterContainerInstanceRequest {
    let set = |name: &str, ports: &[&str]| Resource {
        name: Some(name.to_owned()),
        r#type: Some("STRINGSET".to_owned()),
        string_set_value: Some(ports.iter().map(|p| (*p).to_owned()).collect()),
        ..Resource::default()
    };
    RegisterContainerInstanceRequest {
        cluster: Some("default".to_owned()),
        container_instance_arn: known,
        instance_identity_document: Some(document.to_owned()),
        instance_identity_document_signature: Some("c2lnbmF0dXJl".to_owned()),
        attributes: Some(vec![
            attribute("ecs.capability.container-ordering", None),
            attribute("com.amazonaws.ecs.capability.docker-remote-api.1.18", None),
            attribute("ecs.os-type", Some("linux")),
            attribute("ecs.os-family", Some("LINUX")),
            attribute("ecs.os-type-detailed", Some("LINUX")),
        ]),
        total_resources: Some(vec![
            amount("CPU", 2048),
            amount("MEMORY", 24105),
            set("PORTS", &["22", "2375", "2376", "51678", "51679"]),
            set("PORTS_UDP", &[]),
        ]),
        ..RegisterContainerInstanceRequest::default()
    }
}

async fn register(ecs: &Ecs, input: RegisterContainerInstanceRequest) -> ContainerInstance {
    let registered = ecs.register_container_instance(&cx(), input).await.expect("an instance");
    registered.container_instance.expect("an instance")
}

fn valued(instance: &ContainerInstance, name: &str) -> Option<String> {
    instance.attributes.iter().flatten().find(|a| a.name == name)?.value.clone()
}

#[tokio::test]
async fn the_identity_document_says_what_machine_it_is() {
    let ecs = service().await;
    let instance = register(&ecs, on_ec2(DOCUMENT, None)).await;
    assert_eq!(instance.ec2_instance_id.as_deref(), Some("i-0123456789abcdef0"));
    for (name, value) in [
        ("ecs.availability-zone", "us-east-1a"),
        ("ecs.instance-type", "m5.large"),
        ("ecs.ami-id", "ami-0123456789abcdef0"),
        ("ecs.cpu-architecture", "x86_64"),
        ("ecs.os-type", "linux"),
    ] {
        assert_eq!(valued(&instance, name).as_deref(), Some(value), "{name}");
    }
    // So a task that asks for the architecture finds it, and shows its zone.
    let arn = instance.container_instance_arn.expect("an ARN");
    connect(&ecs, &arn, true).await;
    let input = RegisterTaskDefinitionRequest {
        family: "web".to_owned(),
        container_definitions: vec![container("one")],
        runtime_platform: Some(RuntimePlatform {
            cpu_architecture: Some("X86_64".into()),
            operating_system_family: Some("LINUX".into()),
        }),
        ..RegisterTaskDefinitionRequest::default()
    };
    ecs.register_task_definition(&cx(), input).await.expect("a definition");
    let task = describe(&ecs, &launch(&ecs, run("web")).await).await;
    assert_eq!(task.availability_zone.as_deref(), Some("us-east-1a"));
}

#[tokio::test]
async fn an_instance_that_comes_back_keeps_its_type() {
    let ecs = service().await;
    let arn = register(&ecs, on_ec2(DOCUMENT, None)).await.container_instance_arn;
    let back = register(&ecs, on_ec2(DOCUMENT, arn.clone())).await;
    assert_eq!(back.container_instance_arn, arn);
    assert_eq!(valued(&back, "ecs.ami-id").as_deref(), Some("ami-0123456789abcdef0"));
    let larger = DOCUMENT.replace("m5.large", "m5.xlarge");
    let refused = ecs.register_container_instance(&cx(), on_ec2(&larger, arn)).await;
    assert_eq!(
        refused.expect_err("it is refused").to_string(),
        "ClientException: Container instance type changes are not supported."
    );
}

/// The agent starts again with the checkpoint of an instance that was deregistered. It was answered with a new instance, kept to its old
/// name, and left the new one behind.
#[tokio::test]
async fn an_instance_that_is_gone_does_not_come_back_as_another() {
    let ecs = service().await;
    let arn = register(&ecs, on_ec2(DOCUMENT, None)).await.container_instance_arn.expect("an ARN");
    let gone = DeregisterContainerInstanceRequest { container_instance: arn.clone(), ..Default::default() };
    ecs.deregister_container_instance(&cx(), gone).await.expect("it goes");
    let id = arn.rsplit('/').next().expect("an id");
    let unknown = arn.replace(id, &"0".repeat(32));
    for (named, message) in [
        (&arn, format!("ClientException: Container instance {id} is inactive.")),
        (&unknown, "ClientException: Container instance not found.".to_owned()),
    ] {
        let refused = ecs.register_container_instance(&cx(), on_ec2(DOCUMENT, Some(named.clone()))).await;
        assert_eq!(refused.expect_err("it is refused").to_string(), message);
    }
    let input = ListContainerInstancesRequest::default();
    let listed = ecs.list_container_instances(&cx(), input).await.expect("a list");
    assert_eq!(listed.container_instance_arns, Some(Vec::new()));
}

#[tokio::test]
async fn what_the_agent_says_itself_is_not_overruled() {
    let ecs = service().await;
    let mut input = on_ec2(DOCUMENT, None);
    input.attributes.get_or_insert_default().push(attribute("ecs.instance-type", Some("mine")));
    let instance = register(&ecs, input).await;
    assert_eq!(valued(&instance, "ecs.instance-type").as_deref(), Some("mine"));
    let refused = ecs.register_container_instance(&cx(), on_ec2("<html>", None)).await;
    assert_eq!(
        refused.expect_err("it is refused").to_string(),
        "ClientException: The instance identity document is not valid."
    );
    // Off EC2 the official agent sends an empty one.
    assert_eq!(register(&ecs, on_ec2("", None)).await.ec2_instance_id, None);
}

#[tokio::test]
async fn an_instance_shows_its_health() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    let health = async |include: Option<Vec<ContainerInstanceField>>| {
        let input = DescribeContainerInstancesRequest {
            container_instances: vec![arn.clone()],
            include,
            ..Default::default()
        };
        let shown = ecs.describe_container_instances(&cx(), input).await.expect("an answer");
        shown.container_instances.into_iter().flatten().next().expect("the instance").health_status
    };
    let asked = || Some(vec![ContainerInstanceField::ContainerInstanceHealth]);
    assert_eq!(health(None).await, None);
    assert_eq!(
        health(asked()).await.and_then(|h| h.overall_status),
        Some(InstanceHealthCheckState::InsufficientData)
    );

    let session = Tcs::accept(Arc::clone(&ecs), &cx(), &format!("cluster=default&containerInstance={arn}"))
        .expect("a session");
    let (say, from_agent) = mpsc::channel(8);
    let (to_agent, mut said) = mpsc::channel(8);
    let running = tokio::spawn(session.run(Wire { from_agent, to_agent }, || NOW));
    let headers = "Authorization: AWS4-HMAC-SHA256 Credential=A\r\nHost: 127.0.0.1:4602\r\nX-Amz-Date: 20261125T221343Z\r\n\r\n";
    let checks = [
        (
            r#"{"lastStatusChange":1795644803.957,"lastUpdated":1795644803.888,"status":"OK","type":"ContainerRuntime"}"#,
            "OK",
        ),
        (
            r#"{"lastUpdated":1795644803.888,"status":"OK","type":"ContainerRuntime"},{"status":"IMPAIRED","type":"ACCELERATED_COMPUTE"},{"status":"INITIALIZING","type":"EBSDaemon"}"#,
            "IMPAIRED",
        ),
    ];
    let mut seen = Vec::new();
    for (checks, overall) in checks {
        let text = format!(
            r#"{headers}{{"type":"PublishInstanceStatusRequest","message":{{"metadata":{{"cluster":"default","containerInstance":"{arn}","requestId":"5e75c9c4-61ee-4407-b448-f67ca4eef82f"}},"statuses":[{checks}],"timestamp":1795644823.935}}}}"#
        );
        say.send(text).await.expect("the session listens");
        let answered =
            async { while !said.recv().await.expect("an answer").contains("AckPublishInstanceStatus") {} };
        tokio::time::timeout(DEADLINE, answered).await.expect("in time");
        let shown = health(asked()).await.expect("health");
        assert_eq!(shown.overall_status.as_ref().map(|s| s.as_str()), Some(overall));
        seen.push(shown.details.expect("details"));
    }
    assert_eq!(seen[0][0].r#type, Some(InstanceHealthCheckType::ContainerRuntime));
    assert_eq!(seen[0][0].last_status_change.map(|t| t.epoch_ms()), Some(1_795_644_803_957));
    let types: Vec<_> = seen[1].iter().filter_map(|d| d.r#type.as_ref()).map(|t| t.as_str()).collect();
    assert_eq!(types, ["CONTAINER_RUNTIME", "ACCELERATED_COMPUTE", "DAEMON"]);
    drop(say);
    tokio::time::timeout(DEADLINE, running).await.expect("in time").expect("no panic");
}

#[tokio::test]
async fn a_cluster_whose_only_instance_drains_has_none_for_a_task() {
    let ecs = service().await;
    let arn = instance(&ecs, "a", 1024, 1024).await;
    define(&ecs, "web", vec![container("one")], None).await;
    let drain = |status: &str| UpdateContainerInstancesStateRequest {
        container_instances: vec![arn.clone()],
        status: status.into(),
        ..Default::default()
    };
    ecs.update_container_instances_state(&cx(), drain("DRAINING")).await.expect("it drains");
    let refused = ecs.run_task(&cx(), run("web")).await.expect_err("it is refused");
    assert_eq!(
        refused.to_string(),
        "InvalidParameterException: No Container Instances were found in your cluster."
    );
    ecs.update_container_instances_state(&cx(), drain("ACTIVE")).await.expect("it is back");
    launch(&ecs, run("web")).await;
}

/// Our own agent, on a machine that has no id of its own.
fn on_own(
    extra: &[(&str, Option<&str>)],
    cluster: &str,
    known: Option<String>,
) -> RegisterContainerInstanceRequest {
    let mut input = on_ec2("", known);
    input.instance_identity_document = None;
    input.cluster = Some(cluster.to_owned());
    let attributes = input.attributes.get_or_insert_default();
    attributes.push(attribute(agent_protocol::UNNAMED_MACHINE, None));
    attributes.extend(extra.iter().map(|(name, value)| attribute(name, *value)));
    input
}

#[tokio::test]
async fn a_machine_of_ours_gets_an_id_and_keeps_it() {
    let ecs = service().await;
    let first = register(&ecs, on_own(&[], "default", None)).await;
    let id = first.ec2_instance_id.clone().expect("an id");
    assert!(id.parse::<model::ids::Ec2InstanceId>().is_ok() && id.len() == 19, "{id}");
    let again = register(&ecs, on_own(&[], "default", first.container_instance_arn.clone())).await;
    assert_eq!(again.ec2_instance_id.as_ref(), Some(&id));
    let arn = first.container_instance_arn.clone().expect("an ARN");
    let input = DescribeContainerInstancesRequest { container_instances: vec![arn], ..Default::default() };
    let described = ecs.describe_container_instances(&cx(), input).await.expect("a description");
    let shown = described.container_instances.expect("instances");
    assert_eq!(shown[0].ec2_instance_id.as_ref(), Some(&id));
    let filter = Some(format!("ec2InstanceId == {id}"));
    let input = ListContainerInstancesRequest { filter, ..Default::default() };
    let listed = ecs.list_container_instances(&cx(), input).await.expect("a list");
    assert_eq!(listed.container_instance_arns, first.container_instance_arn.map(|arn| vec![arn]));
    let other = register(&ecs, on_own(&[], "default", None)).await;
    assert_ne!(other.ec2_instance_id, Some(id));
}

#[tokio::test]
async fn machines_are_called_as_on_aws() {
    let ecs = service().await;
    let external = register(&ecs, on_own(&[("ecs.capability.external", None)], "default", None)).await;
    let id = external.ec2_instance_id.expect("an id");
    assert!(id.starts_with("mi-") && id.len() == 20, "{id}");
    let said = on_own(&[("ecs.instance-id", Some("i-0123456789abcdef0"))], "default", None);
    assert_eq!(register(&ecs, said).await.ec2_instance_id.as_deref(), Some("i-0123456789abcdef0"));
    let pool = on_own(&[("longshore.pool", Some("fargate"))], "longshore-pool", None);
    assert_eq!(register(&ecs, pool).await.ec2_instance_id, None);
}

/// What one of our agents could do before it was started otherwise counted on.
#[tokio::test]
async fn what_an_agent_of_ours_cannot_do_any_more_is_not_remembered() {
    let ecs = service().await;
    let said = [(agent_protocol::VPC_UPDATES, None), (agent_protocol::OVERLAY, Some("192.0.2.1:4789"))];
    let first = register(&ecs, on_own(&said, "default", None)).await;
    let back = register(&ecs, on_own(&[], "default", first.container_instance_arn)).await;
    let has = |name: &str| back.attributes.iter().flatten().any(|a| a.name == name);
    assert!(has(agent_protocol::UNNAMED_MACHINE) && !has(agent_protocol::VPC_UPDATES));
    assert!(has(agent_protocol::OVERLAY), "what an operator said of the node is said once");
}
