//! How the overview is printed. Pure: what the API said and the instant go in, text comes out.

use super::Health;
use comfy_table::{Table, presets};
use serde::Deserialize;
use std::fmt::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What is shown.
pub(super) struct Overview {
    pub(super) endpoint: String,
    pub(super) region: String,
    pub(super) health: Health,
    pub(super) clusters: Vec<Cluster>,
    pub(super) instances: Vec<Instance>,
    pub(super) services: Vec<Service>,
    pub(super) balancers: Vec<Balancer>,
    pub(super) tasks: Vec<Task>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Cluster {
    cluster_arn: String,
    cluster_name: String,
    status: String,
    #[serde(default)]
    registered_container_instances_count: u32,
    #[serde(default)]
    running_tasks_count: u32,
    #[serde(default)]
    pending_tasks_count: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Instance {
    container_instance_arn: String,
    status: String,
    agent_connected: bool,
    #[serde(default)]
    running_tasks_count: u32,
    #[serde(default)]
    remaining_resources: Vec<Resource>,
    #[serde(default)]
    registered_resources: Vec<Resource>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    name: String,
    #[serde(default)]
    integer_value: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Service {
    service_arn: String,
    status: String,
    desired_count: u32,
    running_count: u32,
    #[serde(default)]
    pending_count: u32,
    /// The primary one first.
    #[serde(default)]
    deployments: Vec<Deployment>,
    #[serde(default)]
    task_sets: Vec<TaskSet>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Deployment {
    status: String,
    #[serde(default)]
    rollout_state: Option<String>,
    task_definition: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TaskSet {
    status: String,
    stability_status: String,
    task_definition: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Balancer {
    name: String,
    kind: String,
    state: String,
    reason: Option<String>,
    addresses: Vec<String>,
    listeners: Vec<Listener>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listener {
    url: String,
    problems: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Task {
    task_arn: String,
    task_definition_arn: String,
    last_status: String,
    desired_status: String,
    launch_type: Option<String>,
    created_at: Option<f64>,
    started_at: Option<f64>,
    #[serde(default)]
    containers: Vec<Container>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Container {
    #[serde(default)]
    network_bindings: Vec<Binding>,
    #[serde(default)]
    network_interfaces: Vec<Interface>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Binding {
    container_port: Option<u16>,
    host_port: Option<u16>,
    #[serde(default)]
    protocol: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Interface {
    private_ipv4_address: Option<String>,
}

/// The whole text.
pub(super) fn render(overview: &Overview, now: SystemTime) -> String {
    let mut text = head(overview);
    let mut section = |title: &str, table: Table, rows: usize| {
        // Writing into a string does not fail.
        let _ = if rows == 0 {
            writeln!(text, "\n{title}: none")
        } else {
            writeln!(text, "\n{title}\n{}", trimmed(&table))
        };
    };
    section("clusters", clusters(overview), overview.clusters.len());
    section("container instances", instances(overview), overview.instances.len());
    section("services", services(overview), overview.services.len());
    section("load balancers", balancers(overview), overview.balancers.len());
    section("tasks", tasks(overview, now), overview.tasks.len());
    for problem in problems(overview) {
        let _ = writeln!(text, "\n{problem}");
    }
    text
}

fn head(overview: &Overview) -> String {
    let Overview { endpoint, region, health, .. } = overview;
    // Every ARN says which account this is.
    let account =
        overview.clusters.first().and_then(|c| c.cluster_arn.split(':').nth(4)).unwrap_or("unknown");
    let store = match &health.store_failure {
        None => health.store.clone(),
        Some(failure) => format!("{} ({failure})", health.store),
    };
    format!(
        "Longshore {} at {endpoint}: {}\nauthentication {}, roles {}, store {store}, account {account}, region {region}\n",
        health.version,
        health.status,
        health.auth,
        health.roles.join(" and "),
    )
}

fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(header);
    table
}

/// Without the blanks that fill the last column.
fn trimmed(table: &Table) -> String {
    let lines: Vec<String> = table.lines().map(|l| format!(" {}", l.trim_end())).collect();
    lines.join("\n")
}

fn clusters(overview: &Overview) -> Table {
    let mut table = table(&["NAME", "STATUS", "INSTANCES", "RUNNING", "PENDING"]);
    for cluster in &overview.clusters {
        table.add_row([
            cluster.cluster_name.clone(),
            cluster.status.clone(),
            cluster.registered_container_instances_count.to_string(),
            cluster.running_tasks_count.to_string(),
            cluster.pending_tasks_count.to_string(),
        ]);
    }
    table
}

fn instances(overview: &Overview) -> Table {
    let mut table = table(&["ID", "CLUSTER", "STATUS", "AGENT", "CPU FREE", "MIB FREE", "TASKS"]);
    for instance in &overview.instances {
        table.add_row([
            name(&instance.container_instance_arn),
            cluster_of(&instance.container_instance_arn),
            instance.status.clone(),
            if instance.agent_connected { "connected" } else { "lost" }.to_owned(),
            instance.share("CPU"),
            instance.share("MEMORY"),
            instance.running_tasks_count.to_string(),
        ]);
    }
    table
}

impl Instance {
    /// What remains of what was registered.
    fn share(&self, resource: &str) -> String {
        let of = |all: &[Resource]| all.iter().find(|r| r.name == resource).map_or(0, |r| r.integer_value);
        format!("{} of {}", of(&self.remaining_resources), of(&self.registered_resources))
    }
}

fn services(overview: &Overview) -> Table {
    let mut table = table(&["NAME", "CLUSTER", "STATUS", "RUNNING", "PENDING", "DEFINITION", "DEPLOYMENT"]);
    for service in &overview.services {
        let (definition, deployment) = service.deployment();
        table.add_row([
            name(&service.service_arn),
            cluster_of(&service.service_arn),
            service.status.clone(),
            format!("{} of {}", service.running_count, service.desired_count),
            service.pending_count.to_string(),
            definition.map(name).unwrap_or_default(),
            deployment,
        ]);
    }
    table
}

impl Service {
    /// What its primary deployment or task set runs, and how far that is.
    fn deployment(&self) -> (Option<&str>, String) {
        if let Some(primary) = self.deployments.iter().find(|d| d.status == "PRIMARY") {
            let others = self.deployments.len() - 1;
            let state = primary.rollout_state.clone().unwrap_or_default();
            let beside = if others == 0 { String::new() } else { format!(", {others} more") };
            return (primary.task_definition.as_deref(), format!("{state}{beside}"));
        }
        let primary = self.task_sets.iter().find(|s| s.status == "PRIMARY");
        let sets = match self.task_sets.len() {
            0 => String::new(),
            1 => "1 task set".to_owned(),
            count => format!("{count} task sets"),
        };
        match primary {
            Some(set) => (set.task_definition.as_deref(), format!("{}, {sets}", set.stability_status)),
            None => (None, sets),
        }
    }
}

/// A line for each listener: its URL stands whole, to be copied.
fn balancers(overview: &Overview) -> Table {
    let mut table = table(&["NAME", "TYPE", "STATE", "ADDRESSES", "URL"]);
    for balancer in &overview.balancers {
        let first = [
            balancer.name.clone(),
            balancer.kind.clone(),
            balancer.state.clone(),
            balancer.addresses.join(" "),
        ];
        let mut columns = first.to_vec();
        for listener in &balancer.listeners {
            columns.push(listener.url.clone());
            table.add_row(std::mem::replace(&mut columns, vec![String::new(); first.len()]));
        }
        if balancer.listeners.is_empty() {
            columns.push("no listener".to_owned());
            table.add_row(columns);
        }
    }
    table
}

/// What is wrong with load balancers, a sentence each.
fn problems(overview: &Overview) -> Vec<String> {
    let mut all = Vec::new();
    for balancer in &overview.balancers {
        let reason = balancer.reason.iter();
        all.extend(reason.map(|why| format!("load balancer {} is {}: {why}", balancer.name, balancer.state)));
        for listener in &balancer.listeners {
            let said = listener.problems.iter();
            all.extend(said.map(|why| format!("{} is not on loopback, {why}", listener.url)));
        }
    }
    all
}

fn tasks(overview: &Overview, now: SystemTime) -> Table {
    let mut table = table(&["ID", "CLUSTER", "DEFINITION", "LAUNCH", "STATUS", "FOR", "WHERE"]);
    for task in &overview.tasks {
        let status = match task.last_status == task.desired_status {
            true => task.last_status.clone(),
            false => format!("{} → {}", task.last_status, task.desired_status),
        };
        table.add_row([
            name(&task.task_arn),
            cluster_of(&task.task_arn),
            name(&task.task_definition_arn),
            task.launch_type.clone().unwrap_or_default(),
            status,
            age(task.started_at.or(task.created_at), now),
            task.reached_at(),
        ]);
    }
    table
}

impl Task {
    /// Its address where it has one of its own, else its ports on the node, as `host->container/protocol`.
    fn reached_at(&self) -> String {
        let addresses = self
            .containers
            .iter()
            .flat_map(|c| &c.network_interfaces)
            .find_map(|i| i.private_ipv4_address.clone());
        let bindings = self.containers.iter().flat_map(|c| &c.network_bindings);
        let ports =
            bindings.filter_map(|b| Some(format!("{}->{}/{}", b.host_port?, b.container_port?, b.protocol)));
        addresses.unwrap_or_else(|| ports.collect::<Vec<_>>().join(" "))
    }
}

/// The last part of an ARN's resource: an id, or a family with its revision.
fn name(arn: &str) -> String {
    arn.rsplit('/').next().unwrap_or(arn).to_owned()
}

/// The cluster in an ARN such as `…:task/default/ID`.
fn cluster_of(arn: &str) -> String {
    arn.rsplit('/').nth(1).unwrap_or_default().to_owned()
}

fn age(since: Option<f64>, now: SystemTime) -> String {
    let since = since.and_then(|s| Duration::try_from_secs_f64(s).ok()).map(|s| UNIX_EPOCH + s);
    let Some(since) = since else { return String::new() };
    let seconds = now.duration_since(since).unwrap_or_default().as_secs();
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3600 => format!("{}m", seconds / 60),
        3600..86400 => format!("{}h{}m", seconds / 3600, seconds % 3600 / 60),
        _ => format!("{}d{}h", seconds / 86400, seconds % 86400 / 3600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn overview() -> Overview {
        let health = json!({"status": "ok", "version": "1.2.3", "auth": "on", "store": "ok", "roles": ["server", "agent"]});
        Overview {
            endpoint: "http://127.0.0.1:4566".to_owned(),
            region: "us-east-1".to_owned(),
            health: serde_json::from_value(health).expect("health"),
            clusters: Vec::new(),
            instances: Vec::new(),
            services: Vec::new(),
            balancers: Vec::new(),
            tasks: Vec::new(),
        }
    }

    #[test]
    fn an_empty_account_is_shown() {
        let text = render(&overview(), UNIX_EPOCH);
        assert_eq!(
            text,
            "Longshore 1.2.3 at http://127.0.0.1:4566: ok\n\
             authentication on, roles server and agent, store ok, account unknown, region us-east-1\n\
             \nclusters: none\n\ncontainer instances: none\n\nservices: none\n\nload balancers: none\n\ntasks: none\n"
        );
    }

    #[test]
    fn what_runs_is_shown() {
        let mut overview = overview();
        let arn = |rest: &str| format!("arn:aws:ecs:us-east-1:123456789012:{rest}");
        overview.clusters = serde_json::from_value(json!([{
            "clusterArn": arn("cluster/default"), "clusterName": "default", "status": "ACTIVE",
            "registeredContainerInstancesCount": 1, "runningTasksCount": 2, "pendingTasksCount": 0,
        }]))
        .expect("clusters");
        overview.instances = serde_json::from_value(json!([{
            "containerInstanceArn": arn("container-instance/default/abc"), "status": "ACTIVE", "agentConnected": false,
            "registeredResources": [{"name": "CPU", "type": "INTEGER", "integerValue": 2048}, {"name": "MEMORY", "integerValue": 4000}],
            "remainingResources": [{"name": "CPU", "type": "INTEGER", "integerValue": 1024}, {"name": "MEMORY", "integerValue": 3968}],
        }]))
        .expect("instances");
        overview.services = serde_json::from_value(json!([
            {
                "serviceArn": arn("service/default/web"), "status": "ACTIVE", "desiredCount": 3, "runningCount": 2, "pendingCount": 1,
                "deployments": [
                    {"status": "PRIMARY", "rolloutState": "IN_PROGRESS", "taskDefinition": arn("task-definition/web:4")},
                    {"status": "ACTIVE", "rolloutState": "COMPLETED", "taskDefinition": arn("task-definition/web:3")},
                ],
            },
            {
                "serviceArn": arn("service/default/shop"), "status": "ACTIVE", "desiredCount": 1, "runningCount": 1,
                "taskSets": [{"status": "PRIMARY", "stabilityStatus": "STEADY_STATE", "taskDefinition": arn("task-definition/shop:1")}],
            },
            {"serviceArn": arn("service/default/new"), "status": "DRAINING", "desiredCount": 0, "runningCount": 1, "deployments": []},
        ]))
        .expect("services");
        overview.balancers = serde_json::from_value(json!([
            {
                "name": "web", "kind": "application", "state": "active", "addresses": ["198.18.0.4", "198.18.0.5"],
                "listeners": [
                    {"url": "http://web-1.us-east-1.elb.localhost:80/", "problems": ["127.0.0.1:80: Address already in use"]},
                    {"url": "https://web-1.us-east-1.elb.localhost:443/", "problems": []},
                ],
            },
            {
                "name": "idle", "kind": "network", "state": "provisioning", "reason": "no node", "addresses": ["10.0.0.4"], "listeners": [],
            },
        ]))
        .expect("load balancers");
        overview.tasks = serde_json::from_value(json!([
            {
                "taskArn": arn("task/default/t1"), "taskDefinitionArn": arn("task-definition/web:3"), "launchType": "EC2",
                "lastStatus": "RUNNING", "desiredStatus": "STOPPED", "createdAt": 10.0, "startedAt": 100.5,
                "containers": [{"name": "a", "networkBindings": [
                    {"bindIP": "0.0.0.0", "containerPort": 80, "hostPort": 32768, "protocol": "tcp"},
                ], "networkInterfaces": []}],
            },
            {
                "taskArn": arn("task/default/t2"), "taskDefinitionArn": arn("task-definition/f:1"), "launchType": "FARGATE",
                "lastStatus": "RUNNING", "desiredStatus": "RUNNING", "createdAt": 10.0,
                "containers": [{"name": "a", "networkInterfaces": [{"privateIpv4Address": "172.31.0.4"}]}],
            },
        ]))
        .expect("tasks");
        let text = render(&overview, UNIX_EPOCH + Duration::from_secs(7300));
        let squeezed: Vec<String> =
            text.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        for line in [
            "authentication on, roles server and agent, store ok, account 123456789012, region us-east-1",
            "default ACTIVE 1 2 0",
            "abc default ACTIVE lost 1024 of 2048 3968 of 4000 0",
            "web default ACTIVE 2 of 3 1 web:4 IN_PROGRESS, 1 more",
            "shop default ACTIVE 1 of 1 0 shop:1 STEADY_STATE, 1 task set",
            "new default DRAINING 1 of 0 0",
            "web application active 198.18.0.4 198.18.0.5 http://web-1.us-east-1.elb.localhost:80/",
            "https://web-1.us-east-1.elb.localhost:443/",
            "idle network provisioning 10.0.0.4 no listener",
            "load balancer idle is provisioning: no node",
            "http://web-1.us-east-1.elb.localhost:80/ is not on loopback, 127.0.0.1:80: Address already in use",
            "t1 default web:3 EC2 RUNNING → STOPPED 1h59m 32768->80/tcp",
            "t2 default f:1 FARGATE RUNNING 2h1m 172.31.0.4",
        ] {
            assert!(squeezed.iter().any(|l| l == line), "{line} is not in\n{text}");
        }
        assert!(text.lines().all(|l| l == l.trim_end()), "no line ends in blanks");
    }

    #[test]
    fn ages_are_short() {
        let at = |seconds: u64| age(Some(0.0), UNIX_EPOCH + Duration::from_secs(seconds));
        let ages: Vec<String> = [0, 59, 60, 3661, 90_000].into_iter().map(at).collect();
        assert_eq!(ages, ["0s", "59s", "1m", "1h1m", "1d1h"]);
        assert_eq!(age(None, UNIX_EPOCH), "");
        // A clock that is behind the server's does not make nonsense.
        assert_eq!(age(Some(100.0), UNIX_EPOCH), "0s");
    }
}
