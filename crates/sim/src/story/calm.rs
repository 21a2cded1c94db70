//! The end of a history: nothing goes wrong any more, what everybody wants can be had, and then everything is deleted.

use super::{PATIENCE, World};
use crate::server::cx;
use crate::{Node, rules};
use ::api::ecs::*;
use model::ecs::service::DeploymentController;
use model::ecs::service_deployment::{ServiceDeployment as Record, ServiceDeploymentStatus};
use model::ecs::{Service as ServiceRecord, Task as TaskRecord};
use model::status::DesiredStatus;
use plan::deployment::Bounds;
use state::Snapshot;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::{Instant, sleep};

impl World {
    /// Nothing goes wrong any more, and what everybody wants can be had.
    pub(super) async fn calm(&mut self) {
        self.say("calm");
        self.server.outside().calm();
        // Faults that were begun end by themselves, but for what burnt down.
        sleep(Duration::from_secs(400)).await;
        let (up, gone): (Vec<_>, Vec<_>) = self.nodes.drain(..).partition(Node::is_up);
        self.nodes = up;
        for node in gone {
            let input = DeregisterContainerInstanceRequest {
                container_instance: node.arn().to_owned(),
                force: Some(true),
                ..DeregisterContainerInstanceRequest::default()
            };
            self.ecs().deregister_container_instance(&cx(), input).await.expect("it is given up");
        }
        for node in self.nodes.clone() {
            self.set(&node, ContainerInstanceStatus::Active).await;
        }
        for name in self.living() {
            if !self.is_of_ecs(&name) {
                continue;
            }
            let input = UpdateServiceRequest {
                desired_count: self.rollable(&name),
                service: name,
                task_definition: Some("good".to_owned()),
                force_new_deployment: Some(true),
                ..UpdateServiceRequest::default()
            };
            self.ecs().update_service(&cx(), input).await.expect("it is updated");
        }
        self.conclude_sets().await;
        for daemon in self.daemons() {
            self.update_managed(&daemon, "good").await;
        }
        // Tasks of nobody end, so that there is room.
        let now = self.snapshot();
        let of_nobody = |t: &&Arc<TaskRecord>| {
            let daemon = t.group.starts_with(model::ecs::daemon::GROUP);
            !t.is_of_service() && !daemon && !t.last_status.is_over()
        };
        for task in now.scan::<TaskRecord>().filter(of_nobody) {
            let input = StopTaskRequest { task: task.arn.to_string(), ..StopTaskRequest::default() };
            self.ecs().stop_task(&cx(), input).await.expect("an answer");
        }
    }

    fn is_of_ecs(&self, name: &str) -> bool {
        let now = self.snapshot();
        let service = now.scan::<ServiceRecord>().find(|s| s.arn.name() == name);
        service.is_some_and(|s| s.deployment_controller == DeploymentController::Ecs)
    }

    /// Another count for a service that cannot be rolled over: of one task, say, 50 % are one and 100 % as well.
    fn rollable(&self, name: &str) -> Option<i32> {
        let now = self.snapshot();
        let service = now.scan::<ServiceRecord>().find(|s| s.arn.name() == name)?;
        let bounds = Bounds::of(&service.deployment_configuration, service.desired_count);
        (service.desired_count > 0 && bounds.minimum == bounds.maximum).then_some(4)
    }

    /// Waits until everything is as it is wanted. Whoever is asked says yes.
    pub(super) async fn settle(&self) {
        let begin = Instant::now();
        loop {
            self.answer_pauses(true).await;
            let now = self.snapshot();
            let mut open = rules::unsettled(&now);
            let stopping =
                |t: &&Arc<TaskRecord>| t.desired_status == DesiredStatus::Stopped && !t.last_status.is_over();
            open.extend(
                now.scan::<TaskRecord>().filter(stopping).map(|t| format!("{} has not stopped yet", t.arn)),
            );
            let strays = self.strays(&now);
            if open.is_empty() && strays.is_empty() {
                self.outcome.borrow_mut().settled_after = begin.elapsed().as_secs();
                return;
            }
            if begin.elapsed() > PATIENCE {
                open.into_iter().chain(strays).for_each(|what| self.wrong(what));
                return;
            }
            sleep(Duration::from_secs(5)).await;
        }
    }

    /// What was deployed when nothing went wrong is there.
    pub(super) fn succeeded(&self) {
        let now = self.snapshot();
        for service in now.scan::<ServiceRecord>().filter(|s| s.status.as_str() == "ACTIVE") {
            let current = service.current_deployment.as_ref();
            let Some(current) = current.and_then(|d| now.get::<Record>(d.as_str())) else { continue };
            if current.status != ServiceDeploymentStatus::Successful {
                self.wrong(format!("{} is {}, and nothing went wrong", current.arn, current.status));
            }
        }
    }

    /// Tasks that a node has and the records do not, and the other way round.
    fn strays(&self, now: &Snapshot) -> Vec<String> {
        let mut found = Vec::new();
        for node in &self.nodes {
            let recorded = state::ecs::task::holding(now, &node.arn().parse().expect("an ARN"));
            let mut recorded: Vec<String> = recorded.map(|t| t.arn.to_string()).collect();
            recorded.sort();
            let has = node.tasks();
            if has != recorded {
                found.push(format!("{} has {has:?}, and {recorded:?} are recorded", node.arn()));
            }
        }
        found
    }

    /// Everything is deleted, and nothing stays.
    pub(super) async fn finish(&self) {
        self.say("the end");
        for name in self.living() {
            let input = DeleteServiceRequest { service: name, force: Some(true), ..Default::default() };
            self.ecs().delete_service(&cx(), input).await.expect("it is deleted");
        }
        for daemon in self.daemons() {
            self.delete_managed(&daemon).await;
        }
        self.settle().await;
        let left: Vec<_> = self.nodes.iter().flat_map(Node::tasks).collect();
        if !left.is_empty() {
            self.wrong(format!("left on nodes: {left:?}"));
        }
    }
}
