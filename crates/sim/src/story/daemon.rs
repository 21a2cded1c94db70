//! What users do with managed daemons.

use super::{IMAGES, World, small};
use crate::server::{SUBNET, cx, scope};
use ::api::ecs::*;
use model::ecs::daemon::{Daemon as Record, DaemonStatus};
use model::ids::CapacityProviderArn;

/// The capacity provider of the managed nodes.
pub(super) const PROVIDER: &str = "managed";
/// At a time: they deploy at the same time, on the same nodes.
const MOST: usize = 2;

impl World {
    /// The provider, and a definition for each image.
    pub(super) async fn prepare_daemons(&self) {
        let input = CreateCapacityProviderRequest {
            name: PROVIDER.to_owned(),
            cluster: Some("default".to_owned()),
            managed_instances_provider: Some(CreateManagedInstancesProviderConfiguration {
                infrastructure_role_arn: "arn:aws:iam::000000000000:role/infrastructure".to_owned(),
                instance_launch_template: InstanceLaunchTemplate {
                    ec2_instance_profile_arn: "arn:aws:iam::000000000000:instance-profile/ecs".to_owned(),
                    network_configuration: ManagedInstancesNetworkConfiguration {
                        subnets: Some(vec![SUBNET.to_owned()]),
                        security_groups: None,
                    },
                    ..InstanceLaunchTemplate::default()
                },
                ..CreateManagedInstancesProviderConfiguration::default()
            }),
            ..CreateCapacityProviderRequest::default()
        };
        self.ecs().create_capacity_provider(&cx(), input).await.expect("a provider");
        for image in IMAGES {
            let container = DaemonContainerDefinition {
                name: Some("main".to_owned()),
                image: image.to_owned(),
                cpu: Some(64),
                memory: Some(64),
                ..DaemonContainerDefinition::default()
            };
            let input = RegisterDaemonTaskDefinitionRequest {
                family: image.to_owned(),
                container_definitions: vec![container],
                ..RegisterDaemonTaskDefinitionRequest::default()
            };
            self.ecs().register_daemon_task_definition(&cx(), input).await.expect("a definition");
        }
    }

    /// Daemons that are not being deleted.
    pub(super) fn daemons(&self) -> Vec<String> {
        let all = self.snapshot();
        let active = all.scan::<Record>().filter(|d| d.status == DaemonStatus::Active);
        active.map(|d| d.arn.to_string()).collect()
    }

    /// One of what there is to do about daemons.
    pub(super) async fn attend_daemons(&mut self) {
        let daemons = self.daemons();
        let daemon = self.dice.pick(&daemons).cloned();
        match (self.dice.below(6), daemon) {
            (0..=2, _) if self.snapshot().scan::<Record>().count() < MOST => self.create_managed().await,
            (5, Some(daemon)) => self.delete_managed(&daemon).await,
            (_, Some(daemon)) => {
                let image = *self.dice.pick(&IMAGES).expect("there are some");
                self.update_managed(&daemon, image).await;
            }
            (_, None) => {}
        }
    }

    async fn create_managed(&mut self) {
        self.services += 1;
        let name = format!("d{}", self.services);
        let (critical, image) = (self.dice.percent(60), *self.dice.pick(&IMAGES).expect("there are some"));
        self.say(format!("create {name} with {image}, critical {critical}"));
        let input = CreateDaemonRequest {
            daemon_name: name,
            daemon_task_definition_arn: image.to_owned(),
            capacity_provider_arns: vec![CapacityProviderArn::new(&scope(), PROVIDER).to_string()],
            critical: Some(critical),
            deployment_configuration: Some(DaemonDeploymentConfiguration {
                drain_percent: self.dice.pick(&[0.0, 50.0, 100.0]).copied(),
                bake_time_in_minutes: Some(small(self.dice.below(3))),
                ..DaemonDeploymentConfiguration::default()
            }),
            ..CreateDaemonRequest::default()
        };
        self.ecs().create_daemon(&cx(), input).await.expect("it is made");
    }

    pub(super) async fn update_managed(&self, daemon: &str, image: &str) {
        self.say(format!("deploy {image} to {daemon}"));
        let input = UpdateDaemonRequest {
            daemon_arn: daemon.to_owned(),
            daemon_task_definition_arn: image.to_owned(),
            capacity_provider_arns: vec![CapacityProviderArn::new(&scope(), PROVIDER).to_string()],
            ..UpdateDaemonRequest::default()
        };
        self.ecs().update_daemon(&cx(), input).await.expect("it is updated");
    }

    pub(super) async fn delete_managed(&self, daemon: &str) {
        self.say(format!("delete {daemon}"));
        let input = DeleteDaemonRequest { daemon_arn: daemon.to_owned() };
        self.ecs().delete_daemon(&cx(), input).await.expect("it is deleted");
    }
}
