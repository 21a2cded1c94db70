//! The ARNs that a request is authorised on, from the templates of `models/services.toml`.
//!
//! `{member}` and `{member|default}` are replaced by members of the input; a list makes one resource per element. When the
//! last placeholder holds an ARN, that ARN is the resource; an earlier one contributes what follows its last slash. A
//! missing or empty member without default makes the resource `*`: only a policy for everything allows it.
//!
//! An ARN that the caller wrote is taken at its word here: a handler must refuse one of another cluster, region or account
//! than it then works on, or it would act on what was not authorised.

use wire::{Found, Structure, find};

/// Where a request was made.
#[derive(Clone, Copy, Debug)]
pub struct Scope<'a> {
    pub partition: &'a str,
    pub region: &'a str,
    pub account: &'a str,
}

/// A template in pieces: text and placeholder in turn, and the text after the last.
struct Template<'a> {
    pieces: Vec<(&'a str, &'a str)>,
    rest: &'a str,
}

fn parse(mut template: &str) -> Template<'_> {
    let mut pieces = Vec::new();
    while let Some((before, after)) = template.split_once('{')
        && let Some((placeholder, rest)) = after.split_once('}')
    {
        pieces.push((before, placeholder));
        template = rest;
    }
    Template { pieces, rest: template }
}

pub(crate) fn resources(template: &str, scope: &Scope<'_>, input: &dyn Structure) -> Vec<String> {
    let Template { pieces, rest } = parse(template);
    let mut resources = vec![String::new()];
    for (index, (before, placeholder)) in pieces.iter().enumerate() {
        let last = index + 1 == pieces.len();
        let values = match *placeholder {
            "partition" => vec![scope.partition.to_owned()],
            "region" => vec![scope.region.to_owned()],
            "account" => vec![scope.account.to_owned()],
            member => values(member, input),
        };
        let Some(values) = Some(values).filter(|values| !values.is_empty()) else {
            return vec!["*".to_owned()];
        };
        let appended = resources.iter().flat_map(|resource| {
            values.iter().map(move |value| match value.starts_with("arn:") {
                true if last => value.clone(),
                true => format!("{resource}{before}{}", value.rsplit('/').next().unwrap_or(value)),
                false => format!("{resource}{before}{value}{}", if last { rest } else { "" }),
            })
        });
        resources = appended.collect();
    }
    if pieces.is_empty() { vec![rest.to_owned()] } else { resources }
}

fn values(placeholder: &str, input: &dyn Structure) -> Vec<String> {
    let (member, default) = match placeholder.split_once('|') {
        Some((member, default)) => (member, Some(default)),
        None => (placeholder, None),
    };
    let mut found = match find(input, member) {
        Some(Found::One(value)) => vec![value],
        Some(Found::Many(values)) => values,
        None => Vec::new(),
    };
    // A missing required member stands at its default, which is empty.
    found.retain(|value| !value.is_empty());
    if found.is_empty() {
        found.extend(default.map(str::to_owned));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ecs::{DescribeClustersRequest, DescribeTasksRequest, RunTaskRequest};

    const SCOPE: Scope<'static> = Scope { partition: "aws", region: "eu-west-1", account: "123456789012" };
    const TASKS: &str = "arn:{partition}:ecs:{region}:{account}:task/{cluster|default}/{tasks}";
    const TASK_DEFINITION: &str = "arn:{partition}:ecs:{region}:{account}:task-definition/{taskDefinition}";
    const CLUSTERS: &str = "arn:{partition}:ecs:{region}:{account}:cluster/{clusters|default}";

    #[test]
    fn names_arns_lists_and_defaults() {
        let tasks = |cluster: Option<&str>, tasks: &[&str]| DescribeTasksRequest {
            cluster: cluster.map(str::to_owned),
            tasks: tasks.iter().map(|task| (*task).to_owned()).collect(),
            ..Default::default()
        };
        assert_eq!(
            resources(TASKS, &SCOPE, &tasks(None, &["a", "arn:aws:ecs:eu-west-1:1:task/x/b"])),
            ["arn:aws:ecs:eu-west-1:123456789012:task/default/a", "arn:aws:ecs:eu-west-1:1:task/x/b"]
        );
        assert_eq!(
            resources(TASKS, &SCOPE, &tasks(Some("arn:aws:ecs:eu-west-1:1:cluster/c"), &["a"])),
            ["arn:aws:ecs:eu-west-1:123456789012:task/c/a"]
        );
        assert_eq!(resources(TASKS, &SCOPE, &tasks(None, &[])), ["*"]);
        let run = RunTaskRequest { task_definition: "web:3".to_owned(), ..Default::default() };
        assert_eq!(
            resources(TASK_DEFINITION, &SCOPE, &run),
            ["arn:aws:ecs:eu-west-1:123456789012:task-definition/web:3"]
        );
        assert_eq!(resources(TASK_DEFINITION, &SCOPE, &RunTaskRequest::default()), ["*"]);
        assert_eq!(
            resources(CLUSTERS, &SCOPE, &DescribeClustersRequest::default()),
            ["arn:aws:ecs:eu-west-1:123456789012:cluster/default"]
        );
        assert_eq!(resources("*", &SCOPE, &run), ["*"]);
    }
}
