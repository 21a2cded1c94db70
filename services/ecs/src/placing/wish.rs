//! What is asked of placement for a task: its definition, with what its launch says.

use super::capability;
use crate::demand::{Sized, gpus, host_ports};
use model::ec2::Subnet;
use model::ecs::TaskDefinition;
use model::ecs::launch::{PlacementConstraint, PlacementStrategy, TaskOverride};
use model::status::{LaunchType, NetworkMode};
use model::{CpuUnits, MemoryMib};
use plan::placement::{Constraint, Error, Request, Strategy};
use std::collections::BTreeSet;
use std::sync::Arc;

/// All that decides where a task can run.
pub(crate) struct Wish<'a> {
    pub(crate) definition: &'a TaskDefinition,
    pub(crate) overrides: &'a TaskOverride,
    pub(crate) execute_command: bool,
    /// The region of the server.
    pub(crate) region: &'a str,
    pub(crate) launch_type: LaunchType,
    /// Of the whole task, overrides considered.
    pub(crate) size: (Option<CpuUnits>, Option<MemoryMib>),
    /// Empty where the task has no interface of its own.
    pub(crate) subnets: &'a [Arc<Subnet>],
    pub(crate) constraints: &'a [PlacementConstraint],
    /// AWS's defaults of RunTask where empty.
    pub(crate) strategies: &'a [PlacementStrategy],
    pub(crate) group: &'a str,
}

impl Wish<'_> {
    /// The request for `count` such tasks.
    pub(crate) fn request(&self, count: u32, seed: u64) -> Result<Request, Error> {
        let definition = self.definition;
        let strategies = match self.strategies {
            [] if self.launch_type == LaunchType::Fargate || self.group.starts_with("service:") => {
                Strategy::default_for_services()
            }
            [] => Strategy::default_for_run_task(),
            given => Strategy::list_from_model(given)?,
        };
        let mut constraints = Constraint::list_from_model(self.constraints)?;
        for constraint in &definition.placement_constraints {
            let expression = constraint.expression.as_deref().unwrap_or_default();
            constraints.push(Constraint::member_of(expression)?);
        }
        let mut required = definition.requires_attributes.clone();
        let execute = self.execute_command;
        required.extend(capability::required(definition, self.overrides, execute, self.region));
        let mode = definition.network_mode.unwrap_or(NetworkMode::Bridge);
        let containers = Sized::all(definition, self.overrides);
        let (cpu, memory) = self.size;
        Ok(Request {
            count,
            cpu: cpu.unwrap_or_else(|| containers.iter().map(|c| c.cpu).sum()),
            memory: memory.unwrap_or_else(|| containers.iter().map(Sized::reserved_memory).sum()),
            host_ports: host_ports(definition, mode),
            gpus: definition.container_definitions.iter().map(gpus).sum(),
            network_interfaces: u32::from(mode == NetworkMode::Awsvpc),
            required_attributes: required,
            zones: zones(self.subnets),
            constraints,
            strategies,
            group: self.group.to_owned(),
            seed,
        })
    }
}

fn zones(subnets: &[Arc<Subnet>]) -> Vec<String> {
    let set: BTreeSet<&String> = subnets.iter().map(|s| &s.zone).collect();
    set.into_iter().cloned().collect()
}
