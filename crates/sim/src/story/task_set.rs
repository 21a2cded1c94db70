//! What a controller of a service's own does with its task sets.

use super::{IMAGES, World, small};
use crate::server::cx;
use ::api::ecs::*;
use model::ecs::task_set::TaskSetStatus;
use model::ecs::{Service as ServiceRecord, TaskSet as Record};
use state::ecs::task_set::BY_SERVICE;
use std::sync::Arc;

/// Of a service; several sets may each have as many.
const MOST_TASKS: usize = 4;
/// As many as find room.
const MOST_SETS: usize = 3;

impl World {
    pub(super) async fn create_external(&self, name: String) {
        let count = self.dice.below(MOST_TASKS + 1);
        self.say(format!("create {name}: {count}, EXTERNAL"));
        let input = CreateServiceRequest {
            service_name: name,
            desired_count: Some(small(count)),
            deployment_controller: Some(DeploymentController { r#type: DeploymentControllerType::External }),
            ..CreateServiceRequest::default()
        };
        self.ecs().create_service(&cx(), input).await.expect("it is made");
    }

    /// Services whose controller is somebody else.
    fn external(&self) -> Vec<String> {
        let all = self.snapshot();
        let found = all
            .scan::<ServiceRecord>()
            .filter(|s| s.status.as_str() == "ACTIVE" && s.deployment_controller.as_str() == "EXTERNAL");
        found.map(|s| s.arn.to_string()).collect()
    }

    fn sets(&self, service: &str) -> Vec<Arc<Record>> {
        self.snapshot().by_index(BY_SERVICE, service).cloned().collect()
    }

    /// One of what a controller does.
    pub(super) async fn control(&self) {
        let services = self.external();
        let Some(service) = self.dice.pick(&services) else { return };
        let sets = self.sets(service);
        let set = self.dice.pick(&sets);
        match (self.dice.below(6), set) {
            (0..=2, _) if sets.len() < MOST_SETS => self.create_set(service).await,
            (3, Some(set)) => self.make_primary(service, set).await,
            (4, Some(set)) => self.delete_set(service, set).await,
            (_, Some(set)) => {
                self.scale_set(service, set, *self.dice.pick(&[0.0, 34.0, 50.0, 100.0]).expect("some")).await
            }
            (_, None) => self.create_set(service).await,
        }
    }

    async fn create_set(&self, service: &str) {
        let image = *self.dice.pick(&IMAGES).expect("there are some");
        self.say(format!("a task set of {service} with {image}"));
        let input = CreateTaskSetRequest {
            cluster: "default".to_owned(),
            service: service.to_owned(),
            task_definition: image.to_owned(),
            scale: Some(Scale { value: Some(100.0), unit: Some(ScaleUnit::Percent) }),
            ..CreateTaskSetRequest::default()
        };
        self.ecs().create_task_set(&cx(), input).await.expect("it is made");
    }

    async fn scale_set(&self, service: &str, set: &Record, percent: f64) {
        self.say(format!("scale {} to {percent} %", set.arn));
        let input = UpdateTaskSetRequest {
            cluster: "default".to_owned(),
            service: service.to_owned(),
            task_set: set.arn.to_string(),
            scale: Scale { value: Some(percent), unit: Some(ScaleUnit::Percent) },
        };
        self.heard(self.ecs().update_task_set(&cx(), input).await.map(drop));
    }

    async fn make_primary(&self, service: &str, set: &Record) {
        self.say(format!("{} is the primary one", set.arn));
        let input = UpdateServicePrimaryTaskSetRequest {
            cluster: "default".to_owned(),
            service: service.to_owned(),
            primary_task_set: set.arn.to_string(),
        };
        self.heard(self.ecs().update_service_primary_task_set(&cx(), input).await.map(drop));
    }

    async fn delete_set(&self, service: &str, set: &Record) {
        self.say(format!("delete {}", set.arn));
        let input = DeleteTaskSetRequest {
            cluster: "default".to_owned(),
            service: service.to_owned(),
            task_set: set.arn.to_string(),
            force: Some(self.dice.percent(70)),
        };
        self.heard(self.ecs().delete_task_set(&cx(), input).await.map(drop));
    }

    /// A set that drains takes no orders.
    fn heard(&self, answer: Result<(), Error>) {
        if let Err(error) = answer {
            self.say(format!("refused: {}", error.message));
        }
    }

    /// Every such service has one good set in the end, its primary one.
    pub(super) async fn conclude_sets(&self) {
        for service in self.external() {
            for set in self.sets(&service).iter().filter(|s| s.status != TaskSetStatus::Draining) {
                let input = DeleteTaskSetRequest {
                    cluster: "default".to_owned(),
                    service: service.clone(),
                    task_set: set.arn.to_string(),
                    force: Some(true),
                };
                self.ecs().delete_task_set(&cx(), input).await.expect("it is deleted");
            }
            // Those that drain count until they are gone.
            if self.sets(&service).len() < plan::task_set::MOST_SETS {
                let input = CreateTaskSetRequest {
                    cluster: "default".to_owned(),
                    service: service.clone(),
                    task_definition: "good".to_owned(),
                    scale: Some(Scale { value: Some(100.0), unit: Some(ScaleUnit::Percent) }),
                    ..CreateTaskSetRequest::default()
                };
                let made = self.ecs().create_task_set(&cx(), input).await.expect("it is made");
                let id = made.task_set.and_then(|s| s.id).expect("an id");
                let input = UpdateServicePrimaryTaskSetRequest {
                    cluster: "default".to_owned(),
                    service,
                    primary_task_set: id,
                };
                self.ecs()
                    .update_service_primary_task_set(&cx(), input)
                    .await
                    .expect("it is the primary one");
            }
        }
    }
}
