//! dependsOn: what it names exists, can be reached, and nothing waits for itself.

use super::{name, refuse};
use api::ecs::Error;
use model::ecs::ContainerDefinition;
use model::status::ContainerCondition;

pub(super) fn check(containers: &[ContainerDefinition]) -> Result<(), Error> {
    for container in containers {
        for dependency in &container.depends_on {
            let target = dependency.container_name.as_str();
            if target == name(container) {
                return refuse(format!("Container '{target}' cannot depend on itself."));
            }
            let Some(needed) = containers.iter().find(|c| name(c) == target) else {
                return refuse(format!("Cannot depend on container {target} because it does not exist."));
            };
            match dependency.condition {
                Some(ContainerCondition::Start) => {}
                Some(ContainerCondition::Complete | ContainerCondition::Success)
                    if needed.essential != Some(false) =>
                {
                    return refuse(
                        "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container.",
                    );
                }
                Some(ContainerCondition::Complete | ContainerCondition::Success) => {}
                Some(ContainerCondition::Healthy) if needed.health_check.is_none() => {
                    return refuse(
                        "A dependency container with HEALTHY condition must have health check configured.",
                    );
                }
                Some(ContainerCondition::Healthy) => {}
                None => return refuse("ContainerDependency.condition should not be null or empty."),
            }
        }
    }
    match cycle(containers) {
        Some(path) => refuse(format!("Container dependencies must not form a cycle: {}.", path.join(" -> "))),
        None => Ok(()),
    }
}

/// Containers that wait for one another, from one back to itself. Links count: the linked container starts first.
fn cycle(containers: &[ContainerDefinition]) -> Option<Vec<&str>> {
    let mut path = Vec::new();
    containers.iter().find_map(|c| follow(containers, name(c), &mut path))
}

/// At most ten containers: every path is walked.
fn follow<'a>(
    containers: &'a [ContainerDefinition],
    at: &'a str,
    path: &mut Vec<&'a str>,
) -> Option<Vec<&'a str>> {
    if let Some(start) = path.iter().position(|seen| *seen == at) {
        return Some(path[start..].iter().copied().chain([at]).collect());
    }
    let container = containers.iter().find(|c| name(c) == at)?;
    path.push(at);
    let waited_for = container.depends_on.iter().map(|d| d.container_name.as_str());
    let linked = container.links.iter().map(|l| l.split(':').next().unwrap_or(l));
    let found = waited_for.chain(linked).find_map(|next| follow(containers, next, path));
    path.pop();
    found
}
