//! What users do with services that ECS deploys.

use super::{IMAGES, MOST_SERVICES, MOST_TASKS, World, small};
use crate::balancer;
use crate::server::cx;
use ::api::ecs::*;

impl World {
    pub(super) async fn create(&mut self) {
        if self.living().len() >= MOST_SERVICES {
            return;
        }
        self.services += 1;
        let name = format!("s{}", self.services);
        match self.dice.below(10) {
            0 | 1 => self.create_external(name).await,
            2 | 3 => self.create_daemon_service(name).await,
            4..=6 => self.create_replica(name, true).await,
            _ => self.create_replica(name, false).await,
        }
    }

    async fn create_daemon_service(&self, name: String) {
        self.say(format!("create {name}: one on each node"));
        let input = CreateServiceRequest {
            service_name: name,
            task_definition: Some("good".to_owned()),
            scheduling_strategy: Some(SchedulingStrategy::Daemon),
            deployment_configuration: Some(DeploymentConfiguration {
                minimum_healthy_percent: Some(0),
                maximum_percent: Some(100),
                deployment_circuit_breaker: self.breaker(),
                ..DeploymentConfiguration::default()
            }),
            ..CreateServiceRequest::default()
        };
        self.ecs().create_service(&cx(), input).await.expect("it is made");
    }

    async fn create_replica(&self, name: String, shifts: bool) {
        let (minimum, maximum) = *self
            .dice
            .pick(&[(100, 200), (50, 200), (50, 100), (0, 100), (100, 150)])
            .expect("there are some");
        let count = self.dice.below(MOST_TASKS + 1);
        let mut configuration = DeploymentConfiguration {
            minimum_healthy_percent: Some(minimum),
            maximum_percent: Some(maximum),
            deployment_circuit_breaker: self.breaker(),
            ..DeploymentConfiguration::default()
        };
        if shifts {
            self.shift(&mut configuration);
        }
        let load_balancers = match self.dice.percent(50) {
            true => {
                let delay_s = *self.dice.pick(&[0, 20, 300]).expect("there are some");
                let state = self.server.state().expect("it runs");
                vec![balancer::stand_before(&state, self.services, delay_s).await]
            }
            false => Vec::new(),
        };
        self.say(format!(
            "create {name}: {count}, {minimum}..{maximum} %, {:?}, {} load balancers",
            configuration.strategy,
            load_balancers.len()
        ));
        let input = CreateServiceRequest {
            service_name: name,
            task_definition: Some("good".to_owned()),
            load_balancers: Some(load_balancers),
            desired_count: Some(small(count)),
            deployment_configuration: Some(configuration),
            ..CreateServiceRequest::default()
        };
        self.ecs().create_service(&cx(), input).await.expect("it is made");
    }

    fn breaker(&self) -> Option<DeploymentCircuitBreaker> {
        self.dice.percent(60).then(|| DeploymentCircuitBreaker {
            enable: true,
            rollback: self.dice.percent(70),
            ..DeploymentCircuitBreaker::default()
        })
    }

    async fn update(&self, change: impl FnOnce(&Self, &mut UpdateServiceRequest)) {
        let services = self.living();
        let Some(name) = self.dice.pick(&services) else { return };
        self.update_one(name, change).await;
    }

    async fn update_one(&self, name: &str, change: impl FnOnce(&Self, &mut UpdateServiceRequest)) {
        let mut input = UpdateServiceRequest { service: name.to_owned(), ..UpdateServiceRequest::default() };
        change(self, &mut input);
        // A service of the DAEMON strategy has no count to set, one of another controller nothing to deploy.
        if let Err(error) = self.ecs().update_service(&cx(), input).await {
            self.say(format!("refused: {}", error.message));
        }
    }

    pub(super) async fn scale(&self) {
        self.update(|world, input| {
            let count = world.dice.below(MOST_TASKS + 1);
            world.say(format!("scale {} to {count}", input.service));
            input.desired_count = i32::try_from(count).ok();
        })
        .await;
    }

    /// Another revision, sometimes by another strategy, sometimes with another number of tasks.
    fn anything(&self, input: &mut UpdateServiceRequest) {
        let image = *self.dice.pick(&IMAGES).expect("there are some");
        input.task_definition = Some(image.to_owned());
        input.force_new_deployment = Some(self.dice.percent(30));
        if self.dice.percent(15) {
            input.desired_count = Some(small(self.dice.below(MOST_TASKS + 1)));
        }
        if self.dice.percent(25) {
            let mut configuration = DeploymentConfiguration::default();
            match self.dice.percent(70) {
                true => self.shift(&mut configuration),
                false => configuration.strategy = Some(DeploymentStrategy::Rolling),
            }
            input.deployment_configuration = Some(configuration);
        }
        let strategy = input.deployment_configuration.as_ref().and_then(|c| c.strategy.clone());
        self.say(format!("deploy {image} to {}, {strategy:?}, {:?}", input.service, input.desired_count));
    }

    pub(super) async fn deploy(&self) {
        self.update(Self::anything).await;
    }

    /// Several updates of one service, one on top of the other.
    pub(super) async fn deploy_again_and_again(&self) {
        let services = self.living();
        let Some(name) = self.dice.pick(&services) else { return };
        for _ in 0..2 + self.dice.below(2) {
            self.update_one(name, Self::anything).await;
            tokio::time::sleep(self.dice.millis(0, 3_000)).await;
        }
    }

    pub(super) async fn delete(&self) {
        let services = self.living();
        let Some(name) = self.dice.pick(&services) else { return };
        self.say(format!("delete {name}"));
        let input = DeleteServiceRequest { service: name.clone(), force: Some(true), ..Default::default() };
        self.ecs().delete_service(&cx(), input).await.expect("it is deleted");
    }
}
