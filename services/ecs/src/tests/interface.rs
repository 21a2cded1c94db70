//! Network interfaces of tasks as EC2's records: made with the task, attached by its agent, gone with its end.

use super::report::stopped;
use super::*;
use model::ec2::{InterfaceOwner, InterfaceStatus, NetworkInterface};
use state::ec2::network_interface;
use std::collections::BTreeSet;

fn awsvpc(family: &str, more: AwsVpcConfiguration) -> RunTaskRequest {
    RunTaskRequest {
        network_configuration: Some(NetworkConfiguration { awsvpc_configuration: Some(more) }),
        ..run(family)
    }
}

fn in_subnets(letters: &[&str]) -> AwsVpcConfiguration {
    let subnets = letters.iter().map(|letter| subnet(letter).to_string()).collect();
    AwsVpcConfiguration { subnets, ..Default::default() }
}

async fn with_instances() -> Arc<Ecs> {
    let ecs = service().await;
    instance(&ecs, "a", 16384, 16384).await;
    instance(&ecs, "b", 16384, 16384).await;
    let small = ContainerDefinition { cpu: Some(1), memory: Some(4), ..container("one") };
    define(&ecs, "eni", vec![small], Some(NetworkMode::Awsvpc)).await;
    ecs
}

fn only(ecs: &Ecs) -> Arc<NetworkInterface> {
    let snapshot = ecs.state.snapshot();
    let mut all = snapshot.scan::<NetworkInterface>();
    let first = all.next().cloned().expect("an interface");
    assert!(all.next().is_none());
    first
}

#[tokio::test]
async fn an_interface_lives_as_long_as_its_task() {
    let ecs = with_instances().await;
    let task = launch(&ecs, awsvpc("eni", in_subnets(&["a"]))).await;
    let shown = describe(&ecs, &task).await;
    let attachment = shown.attachments.into_iter().flatten().next().expect("an attachment");
    let interface = only(&ecs);
    let id = attachment.id.expect("an id");
    assert_eq!(interface.description, format!("arn:aws:ecs:us-east-1:123456789012:attachment/{id}"));
    assert_eq!(interface.owner, InterfaceOwner::Task(task.parse().expect("an ARN")));
    assert_eq!(interface.host.as_ref().map(|h| h.to_string()), shown.container_instance_arn);
    assert_eq!((interface.status(), interface.public_address()), (InterfaceStatus::Attaching, None));
    // No group was named: the VPC's default one.
    let group = ecs.state.snapshot().get::<model::ec2::SecurityGroup>(&interface.groups[0]).cloned();
    assert!(group.expect("it exists").is_default());

    let arn = format!("arn:aws:ecs:us-east-1:123456789012:attachment/{id}");
    let change = AttachmentStateChange { attachment_arn: arn, status: "ATTACHED".to_owned() };
    let input = SubmitAttachmentStateChangesRequest {
        cluster: Some("default".to_owned()),
        attachments: vec![change],
    };
    ecs.submit_attachment_state_changes(&cx(), input).await.expect("an acknowledgement");
    assert_eq!(only(&ecs).status(), InterfaceStatus::InUse);
    stopped(&ecs, &task, Some(0)).await;
    assert_eq!(ecs.state.snapshot().scan::<NetworkInterface>().count(), 0);
    assert_eq!(
        describe(&ecs, &task)
            .await
            .attachments
            .into_iter()
            .flatten()
            .next()
            .and_then(|a| a.status)
            .as_deref(),
        Some("DELETED")
    );
}

/// Draws that a seed decides.
struct Draws(u64);

impl Draws {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }
}

/// Whatever is launched, stopped and lost: no address twice, none leaked, none reserved.
#[tokio::test]
async fn addresses_over_a_long_history() {
    for seed in 0..4 {
        let ecs = with_instances().await;
        let mut draws = Draws(seed);
        let mut alive: Vec<String> = Vec::new();
        for _ in 0..250 {
            match draws.below(5) {
                0..3 => {
                    let letters = [["a"].as_slice(), &["b"], &["a", "b"]][draws.below(3)];
                    let task = launch(&ecs, awsvpc("eni", in_subnets(letters))).await;
                    // A subnet that is full ends its task at once.
                    if describe(&ecs, &task).await.last_status.as_deref() == Some("PROVISIONING") {
                        alive.push(task);
                    }
                }
                _ if alive.is_empty() => {}
                _ => {
                    let task = alive.swap_remove(draws.below(alive.len()));
                    stopped(&ecs, &task, Some(0)).await;
                }
            }
            let snapshot = ecs.state.snapshot();
            let interfaces: Vec<_> = snapshot.scan::<NetworkInterface>().cloned().collect();
            let owners: BTreeSet<String> = interfaces
                .iter()
                .map(|i| match &i.owner {
                    InterfaceOwner::Task(arn) => arn.to_string(),
                    other => panic!("seed {seed}: {other:?}"),
                })
                .collect();
            assert_eq!(owners, alive.iter().cloned().collect(), "seed {seed}");
            let addresses: BTreeSet<_> = interfaces.iter().map(|i| i.address).collect();
            assert_eq!(addresses.len(), interfaces.len(), "seed {seed}");
            for letter in ["a", "b"] {
                let subnet = snapshot.get::<model::ec2::Subnet>(subnet(letter)).expect("a subnet");
                let here: Vec<_> = interfaces.iter().filter(|i| i.subnet == subnet.id).collect();
                assert!(here.iter().all(|i| subnet.block.is_usable(i.address)), "seed {seed}");
                assert_eq!(
                    network_interface::free_count(snapshot.table(), subnet),
                    11 - here.len() as u64,
                    "seed {seed}"
                );
            }
        }
    }
}
