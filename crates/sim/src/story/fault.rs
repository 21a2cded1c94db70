//! What goes wrong with servers and nodes, and what operators do with nodes.

use super::{MANAGED, NODES, World};
use crate::Node;
use crate::server::cx;
use ::api::ecs::{ContainerInstanceStatus, Ecs as _, UpdateContainerInstancesStateRequest};
use tokio::task::spawn_local;
use tokio::time::sleep;

impl World {
    pub(super) async fn set(&self, node: &Node, status: ContainerInstanceStatus) {
        let input = UpdateContainerInstancesStateRequest {
            container_instances: vec![node.arn().to_owned()],
            status,
            ..UpdateContainerInstancesStateRequest::default()
        };
        self.ecs().update_container_instances_state(&cx(), input).await.expect("an answer");
    }

    pub(super) async fn drain(&self) {
        let node = self.dice.pick(&self.nodes).expect("there are some").clone();
        let drain = self.dice.percent(60);
        self.say(format!("drain {} {drain}", node.arn()));
        self.set(
            &node,
            if drain { ContainerInstanceStatus::Draining } else { ContainerInstanceStatus::Active },
        )
        .await;
    }

    pub(super) async fn crash(&self) {
        let down = self.dice.millis(0, 90_000);
        self.say(format!("the server crashes, for {} s", down.as_secs()));
        self.server.crash().await;
        sleep(down).await;
        self.server.restart().await;
    }

    pub(super) async fn fault(&mut self, kind: usize) {
        let at = self.dice.below(self.nodes.len());
        let node = self.nodes[at].clone();
        let (arn, pause) = (node.arn().to_owned(), self.dice.millis(1_000, 400_000));
        match kind {
            0 => {
                self.say(format!("{arn} is cut off for {} s", pause.as_secs()));
                node.link(false);
                spawn_local(async move {
                    sleep(pause).await;
                    node.link(true);
                });
            }
            1 => {
                self.say(format!("the agent of {arn} starts again"));
                if node.is_up() {
                    node.restart_agent();
                }
            }
            2 => {
                if node.is_up() {
                    self.say(format!("{arn} is without power for {} s", pause.as_secs()));
                    node.switch_off();
                    spawn_local(async move {
                        sleep(pause).await;
                        node.switch_on();
                    });
                }
            }
            3 => {
                self.say(format!("a task of {arn} ends"));
                if node.is_up() {
                    node.kill_one();
                }
            }
            _ => {
                // Another comes in its place. Nobody says that it is gone.
                if node.is_up() && self.nodes.len() <= NODES + MANAGED {
                    self.say(format!("{arn} burns down"));
                    node.switch_off();
                    let (dice, provider) = (self.dice.split(), node.provider());
                    let new = Node::start_of(&self.server, dice, node.zone(), self.lossy, provider).await;
                    self.plane.reach(&new);
                    self.nodes.push(new);
                }
            }
        }
    }
}
