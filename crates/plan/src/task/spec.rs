//! What a task is, as far as its steps depend on it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::time::Duration;

/// A task. Containers are named by their place in `containers` everywhere in this module.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskSpec {
    pub containers: Vec<ContainerSpec>,
    /// Whether images of containers with unmet dependencies are pulled nevertheless.
    pub pull_upfront: bool,
}

/// A container of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerSpec {
    pub name: String,
    pub essential: bool,
    pub depends_on: Vec<Dependency>,
    /// How long those who wait for this container to complete, succeed or become healthy wait, from its start.
    pub start_timeout: Option<Duration>,
    /// Between the stop signal and SIGKILL.
    pub stop_timeout: Duration,
    pub restart: Option<RestartPolicy>,
    pub health_check: Option<HealthCheck>,
}

impl ContainerSpec {
    /// An essential container with AWS's defaults.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            essential: true,
            depends_on: Vec::new(),
            start_timeout: None,
            stop_timeout: super::DEFAULT_STOP_TIMEOUT,
            restart: None,
            health_check: None,
        }
    }
}

/// Another container and what it must have reached first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dependency {
    pub container: usize,
    pub condition: Condition,
}

/// What a dependency must have reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Condition {
    /// Created: what `volumesFrom` implies.
    Create,
    /// Started: also what links imply.
    Start,
    /// Ended, with whatever exit code.
    Complete,
    /// Ended with exit code 0.
    Success,
    /// Its health check passes.
    Healthy,
}

/// When a container that ended is started again instead of counting as stopped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestartPolicy {
    pub ignored_exit_codes: Vec<i32>,
    /// A container that ran for less than this is not restarted.
    pub attempt_period: Duration,
}

impl RestartPolicy {
    pub const DEFAULT_ATTEMPT_PERIOD: Duration = Duration::from_secs(300);
    pub const MIN_ATTEMPT_PERIOD: Duration = Duration::from_secs(60);
}

/// A container health check, in Docker's terms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthCheck {
    pub interval: Duration,
    pub timeout: Duration,
    /// Failures in a row until UNHEALTHY.
    pub retries: u32,
    /// Time from the start in which failures do not count.
    pub start_period: Duration,
}

impl Default for HealthCheck {
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(30),
            timeout: Duration::from_secs(5),
            retries: 3,
            start_period: Duration::ZERO,
        }
    }
}

/// Why a task can never run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSpec {
    #[error("the task has no containers")]
    Empty,
    #[error("the task has no essential container")]
    NoEssential,
    #[error("two containers are named {0}")]
    DuplicateName(String),
    #[error("container {container} depends on one that does not exist")]
    MissingDependency { container: String },
    #[error("the dependencies of container {container} form a circle")]
    Cycle { container: String },
    #[error("container {container} waits for {dependency} to be healthy, which has no health check")]
    NoHealthCheck { container: String, dependency: String },
}

impl TaskSpec {
    /// Whether its containers can reach their desired status in some order.
    pub fn validate(&self) -> Result<(), InvalidSpec> {
        if self.containers.is_empty() {
            return Err(InvalidSpec::Empty);
        }
        if !self.containers.iter().any(|c| c.essential) {
            return Err(InvalidSpec::NoEssential);
        }
        let mut names = BTreeSet::new();
        for container in &self.containers {
            if !names.insert(&container.name) {
                return Err(InvalidSpec::DuplicateName(container.name.clone()));
            }
            for dependency in &container.depends_on {
                let Some(on) = self.containers.get(dependency.container) else {
                    return Err(InvalidSpec::MissingDependency { container: container.name.clone() });
                };
                if dependency.condition == Condition::Healthy && on.health_check.is_none() {
                    let (container, dependency) = (container.name.clone(), on.name.clone());
                    return Err(InvalidSpec::NoHealthCheck { container, dependency });
                }
            }
        }
        self.find_cycle()
    }

    fn find_cycle(&self) -> Result<(), InvalidSpec> {
        let mut resolved = vec![false; self.containers.len()];
        loop {
            let next = (0..self.containers.len()).find(|&i| {
                !resolved[i] && self.containers[i].depends_on.iter().all(|d| resolved[d.container])
            });
            match next {
                Some(i) => resolved[i] = true,
                None => break,
            }
        }
        match resolved.iter().position(|done| !done) {
            Some(i) => Err(InvalidSpec::Cycle { container: self.containers[i].name.clone() }),
            None => Ok(()),
        }
    }

    /// Those who depend on a container: they stop before it.
    pub(super) fn dependents(&self, container: usize) -> impl Iterator<Item = usize> + '_ {
        self.containers
            .iter()
            .enumerate()
            .filter(move |(_, c)| c.depends_on.iter().any(|d| d.container == container))
            .map(|(i, _)| i)
    }
}
