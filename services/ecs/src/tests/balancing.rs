//! Services behind load balancers: what is asked for, and tasks that come, fall ill and go, with targets seen as a data plane would see them.

mod ends;
mod refusals;
mod shift;
mod sides;

use super::report::{running, stopped};
use super::service::{arn, create, request, said, schedule, schedule_at, shown, tasks_of};
use super::*;
use crate::balancing::Deactivate;
use model::ec2::Vpc;
use model::ecs::Task as TaskRecord;
use model::elbv2::{
    Action as RuleAction, ActionKind, Forward, HealthCheck as Check, HealthCheckPort, Listener,
    LoadBalancer as Balancer, LoadBalancerIpAddressType, LoadBalancerKind, LoadBalancerState, Matcher,
    Priority, Protocol, ProtocolVersion, Rule, Scheme, Target, TargetGroup, TargetGroupIpAddressType,
    TargetReason, TargetState, TargetType, WeightedGroup,
};
use model::ids::{ListenerArn, LoadBalancerArn, RuleArn, TargetGroupArn};
use model::status::TaskStatus;
use reconcile::Reconcile;
use state::elbv2::target::Health;
use state::elbv2::{load_balancer, target};

/// What balancers have: one load balancer in both zones that takes traffic, its listener, and groups of their names.
pub(super) struct Balancing {
    pub(super) balancer: LoadBalancerArn,
    pub(super) listener: ListenerArn,
    pub(super) default_rule: RuleArn,
}

pub(super) fn group_arn(name: &str) -> TargetGroupArn {
    format!("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/{name}/0123456789abcdef")
        .parse()
        .expect("an ARN")
}

pub(super) async fn balancing(ecs: &Ecs) -> Balancing {
    let balancer = LoadBalancerArn::new(&scope(), LoadBalancerKind::Application, "front", [1; 16]);
    let listener = ListenerArn::new(&balancer, [2; 16]);
    let default_rule = RuleArn::new(&listener, [3; 16]);
    let change = ecs.state.update(|tx| {
        let vpc = tx.scan::<Vpc>().next().expect("the default VPC").id.clone();
        let zone = |letter: &str| model::elbv2::BalancerSubnet {
            subnet: subnet(letter),
            zone: format!("us-east-1{letter}"),
            interface: format!("eni-{}", letter.repeat(17)).parse().expect("an id"),
            allocation: None,
            private_address: None,
        };
        tx.put(Balancer {
            arn: balancer.clone(),
            scope: scope(),
            name: "front".to_owned(),
            kind: LoadBalancerKind::Application,
            scheme: Scheme::Internal,
            ip_address_type: LoadBalancerIpAddressType::Ipv4,
            vpc,
            subnets: vec![zone("a"), zone("b")],
            security_groups: Vec::new(),
            private_link_rules: None,
            attributes: Default::default(),
            created_at: NOW,
            tags: Vec::new(),
        });
        tx.put(Listener {
            arn: listener.clone(),
            load_balancer: balancer.clone(),
            protocol: Protocol::Http,
            port: 80,
            ssl_policy: None,
            default_certificate: None,
            certificates: Vec::new(),
            alpn: None,
            attributes: Default::default(),
            created_at: NOW,
            tags: Vec::new(),
        });
        load_balancer::observe(tx, &balancer, LoadBalancerState::Active, None, NOW);
        Ok::<_, Error>(())
    });
    change.await.expect("a load balancer");
    Balancing { balancer, listener, default_rule }
}

/// A target group. One that no rule leads to has no load balancer.
pub(super) async fn group(ecs: &Ecs, name: &str, target_type: TargetType) -> TargetGroupArn {
    let arn = group_arn(name);
    let change = ecs.state.update(|tx| {
        let vpc = tx.scan::<Vpc>().next().expect("the default VPC").id.clone();
        tx.put(TargetGroup {
            arn: arn.clone(),
            scope: scope(),
            name: name.to_owned(),
            target_type,
            protocol: Protocol::Http,
            protocol_version: Some(ProtocolVersion::Http1),
            port: 80,
            vpc,
            ip_address_type: TargetGroupIpAddressType::Ipv4,
            health_check: Check {
                protocol: Protocol::Http,
                port: HealthCheckPort::Traffic,
                path: Some("/".to_owned()),
                matcher: Some(Matcher::Http("200".to_owned())),
                interval_s: 30,
                timeout_s: 5,
                healthy_threshold: 5,
                unhealthy_threshold: 2,
            },
            attributes: Default::default(),
            created_at: NOW,
            tags: Vec::new(),
        });
        Ok::<_, Error>(())
    });
    change.await.expect("a target group");
    arn
}

/// A rule of a listener that forwards to groups by weights.
pub(super) async fn rule(ecs: &Ecs, arn: &RuleArn, listener: &ListenerArn, groups: &[(&str, u32)]) {
    let groups = groups
        .iter()
        .map(|(name, weight)| WeightedGroup { group: group_arn(name), weight: *weight })
        .collect();
    let action = RuleAction { order: None, kind: ActionKind::Forward(Forward { groups, stickiness: None }) };
    let change = ecs.state.update(|tx| {
        tx.put(Rule {
            arn: arn.clone(),
            listener: listener.clone(),
            priority: Priority::Default,
            conditions: Vec::new(),
            actions: vec![action.clone()],
            tags: Vec::new(),
        });
        Ok::<_, Error>(())
    });
    change.await.expect("a rule");
}

/// The load balancer with a group in use.
async fn behind(ecs: &Ecs, target_type: TargetType) -> TargetGroupArn {
    let front = balancing(ecs).await;
    let arn = group(ecs, "web", target_type).await;
    rule(ecs, &front.default_rule, &front.listener, &[("web", 1)]).await;
    arn
}

pub(super) fn load_balancer_of(name: &str) -> LoadBalancer {
    LoadBalancer {
        target_group_arn: Some(group_arn(name).to_string()),
        container_name: Some("one".to_owned()),
        container_port: Some(80),
        ..LoadBalancer::default()
    }
}

pub(super) fn balanced(name: &str, desired: i32) -> CreateServiceRequest {
    CreateServiceRequest { load_balancers: Some(vec![load_balancer_of("web")]), ..request(name, desired) }
}

pub(super) fn published() -> ContainerDefinition {
    let port = PortMapping { container_port: Some(80), ..PortMapping::default() };
    ContainerDefinition { port_mappings: Some(vec![port]), ..container("one") }
}

/// The targets of a group, each with whether it drains.
fn targets(ecs: &Ecs, group: &TargetGroupArn) -> Vec<(String, u16, bool)> {
    let snapshot = ecs.state.snapshot();
    let found = snapshot.by_index(target::BY_GROUP, group);
    found.map(|t| (t.id.clone(), t.port, t.is_draining())).collect()
}

/// What a data plane sees of all targets of a group.
pub(super) async fn see(ecs: &Ecs, group: &TargetGroupArn, state: TargetState, description: Option<&str>) {
    let change = ecs.state.update(|tx| {
        let all: Vec<Arc<Target>> = tx.by_index(target::BY_GROUP, group).cloned().collect();
        for one in all {
            let reason = (state != TargetState::Healthy).then_some(TargetReason::FailedHealthChecks);
            let health = Health { state, reason, description: description.map(str::to_owned) };
            target::observe(tx, (group, &one.id, one.port), health, false, NOW);
        }
        Ok::<_, Error>(())
    });
    change.await.expect("it is seen");
}

fn record(ecs: &Ecs, task: &str) -> TaskRecord {
    TaskRecord::clone(ecs.state.snapshot().get::<TaskRecord>(task).expect("the task"))
}

/// The agent says that a task in bridge mode runs, its port published.
async fn runs_at(ecs: &Ecs, task: &str, host_port: i32) {
    let binding = NetworkBinding {
        container_port: Some(80),
        host_port: Some(host_port),
        protocol: Some(TransportProtocol::Tcp),
        ..NetworkBinding::default()
    };
    let input = SubmitTaskStateChangeRequest {
        cluster: Some("default".to_owned()),
        task: Some(task.to_owned()),
        status: Some("RUNNING".to_owned()),
        containers: Some(vec![ContainerStateChange {
            container_name: Some("one".to_owned()),
            status: Some("RUNNING".to_owned()),
            network_bindings: Some(vec![binding]),
            ..Default::default()
        }]),
        ..Default::default()
    };
    ecs.submit_task_state_change(&cx(), input).await.expect("an acknowledgement");
}

/// An instance that is a machine of EC2.
async fn machine(ecs: &Ecs, letter: &str) -> String {
    let arn = instance(ecs, letter, 4096, 4096).await;
    let id = format!("i-{}", letter.repeat(17));
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(&arn, |i| i.ec2_instance_id = Some(id.clone()));
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    id
}

const LATER: fn() -> Timestamp = || Timestamp::from_millis(NOW.millis() + 301_000);

#[tokio::test]
async fn a_service_says_what_it_stands_behind() {
    let ecs = service().await;
    let group = behind(&ecs, TargetType::Instance).await;
    define(&ecs, "web", vec![published()], None).await;
    let made = create(&ecs, balanced("web", 0)).await;
    let [shown] = made.load_balancers.as_deref().expect("load balancers") else { panic!("one") };
    assert_eq!(shown, &load_balancer_of("web"));
    assert_eq!(made.health_check_grace_period_seconds, Some(0));
    let revision = made.deployments.expect("deployments").len();
    assert_eq!(revision, 1);
    let current = made.current_service_revisions.expect("revisions")[0].arn.clone().expect("an ARN");
    let input = DescribeServiceRevisionsRequest { service_revision_arns: vec![current] };
    let revisions = ecs.describe_service_revisions(&cx(), input).await.expect("an answer");
    let revision = revisions.service_revisions.expect("a list").remove(0);
    assert_eq!(revision.load_balancers, Some(vec![load_balancer_of("web")]));
    let resolved = revision.resolved_configuration.and_then(|r| r.load_balancers).expect("resolved");
    assert_eq!(resolved[0].target_group_arn, Some(group.to_string()));
    // Another one begins a deployment; the same does not.
    let update = |load_balancers| UpdateServiceRequest {
        service: "web".to_owned(),
        load_balancers,
        ..UpdateServiceRequest::default()
    };
    let same =
        ecs.update_service(&cx(), update(Some(vec![load_balancer_of("web")]))).await.expect("it is changed");
    assert_eq!(same.service.and_then(|s| s.deployments).map(|d| d.len()), Some(1));
    let none = ecs.update_service(&cx(), update(Some(Vec::new()))).await.expect("it is changed");
    let none = none.service.expect("a service");
    assert_eq!((none.load_balancers, none.deployments.map(|d| d.len())), (Some(Vec::new()), Some(2)));
}

#[tokio::test]
async fn a_target_that_has_no_place_is_said_once_and_tried_again() {
    let ecs = service().await;
    let group = behind(&ecs, TargetType::Instance).await;
    machine(&ecs, "a").await;
    define(&ecs, "web", vec![published()], None).await;
    create(&ecs, balanced("web", 1)).await;
    schedule(&ecs, "web").await;
    let task = tasks_of(&ecs, "web").await.remove(0);
    // Its agent tells of no port.
    running(&ecs, &task).await;
    let text = format!(
        "(service web) failed to register targets in (target-group {group}) with (error The container one has no host port for its port 80.)"
    );
    let count = |all: &[String]| all.iter().filter(|s| **s == text).count();
    assert_eq!((targets(&ecs, &group), count(&said(&ecs, "web").await)), (vec![], 1));
    let change = ecs.state.update(|tx| {
        let mut again = record(&ecs, &task);
        again.connectivity_at = Some(NOW);
        crate::balancing::put(tx, again, NOW);
        Ok::<_, Error>(())
    });
    change.await.expect("something else is written");
    assert_eq!(count(&said(&ecs, "web").await), 1, "it was said");
    runs_at(&ecs, &task, 40080).await;
    assert_eq!(targets(&ecs, &group).len(), 1);
}

#[tokio::test]
async fn a_task_is_a_target_while_it_runs_and_drains_before_it_stops() {
    let ecs = service().await;
    let group = behind(&ecs, TargetType::Instance).await;
    let machine = machine(&ecs, "a").await;
    define(&ecs, "web", vec![published()], None).await;
    create(&ecs, balanced("web", 1)).await;
    schedule(&ecs, "web").await;
    let task = tasks_of(&ecs, "web").await.remove(0);
    assert_eq!(targets(&ecs, &group), []);
    runs_at(&ecs, &task, 40080).await;
    assert_eq!(targets(&ecs, &group), [(machine.clone(), 40080, false)]);
    let registered = format!("(service web) registered 1 targets in (target-group {group})");
    assert_eq!(said(&ecs, "web").await[0], registered);
    // Said once, whatever comes again.
    runs_at(&ecs, &task, 40080).await;
    assert_eq!(said(&ecs, "web").await.iter().filter(|s| **s == registered).count(), 1);
    schedule(&ecs, "web").await;
    let deployment = |s: &Service| s.deployments.as_ref().expect("deployments")[0].rollout_state.clone();
    assert_eq!(deployment(&shown(&ecs, "web").await), Some(DeploymentRolloutState::InProgress));
    see(&ecs, &group, TargetState::Healthy, None).await;
    schedule(&ecs, "web").await;
    assert_eq!(deployment(&shown(&ecs, "web").await), Some(DeploymentRolloutState::Completed));

    let input = StopTaskRequest { task: task.clone(), ..StopTaskRequest::default() };
    ecs.stop_task(&cx(), input).await.expect("it is to stop");
    assert_eq!(targets(&ecs, &group), [(machine, 40080, true)]);
    let draining = record(&ecs, &task);
    assert_eq!(draining.last_status, TaskStatus::Deactivating);
    assert_eq!(
        draining.wanted_of_node(),
        model::status::DesiredStatus::Running,
        "its node does not know yet"
    );
    let said_now = said(&ecs, "web").await;
    assert_eq!(said_now[0], format!("(service web) deregistered 1 targets in (target-group {group})"));
    assert_eq!(said_now[1], "(service web) has begun draining connections on 1 tasks.");
    let early = Deactivate::new(&ecs, || NOW);
    let all = |ecs: &Ecs| early.keys(&reconcile::Wake { now: &ecs.state.snapshot(), before: None });
    assert_eq!(all(&ecs), std::slice::from_ref(&task));
    early.step(&task).await.expect("a step");
    assert_eq!(record(&ecs, &task), draining, "its time is not over");
    Deactivate::new(&ecs, LATER).step(&task).await.expect("a step");
    assert_eq!(record(&ecs, &task).wanted_of_node(), model::status::DesiredStatus::Stopped);
    assert_eq!(all(&ecs), [""; 0], "it waits no more");
    stopped(&ecs, &task, Some(0)).await;
    assert_eq!(record(&ecs, &task).last_status, TaskStatus::Stopped);
}

#[tokio::test]
async fn nobody_waits_for_a_load_balancer_that_nobody_carries() {
    let ecs = service().await;
    let front = balancing(&ecs).await;
    let group = group(&ecs, "web", TargetType::Instance).await;
    rule(&ecs, &front.default_rule, &front.listener, &[("web", 1)]).await;
    let change = ecs.state.update(|tx| {
        tx.delete::<model::elbv2::Provision>(front.balancer.as_str());
        Ok::<_, Error>(())
    });
    change.await.expect("nobody has seen it");
    machine(&ecs, "a").await;
    define(&ecs, "web", vec![published()], None).await;
    create(&ecs, balanced("web", 1)).await;
    schedule(&ecs, "web").await;
    let task = tasks_of(&ecs, "web").await.remove(0);
    runs_at(&ecs, &task, 40080).await;
    assert_eq!(targets(&ecs, &group).len(), 1, "it is registered all the same");
    schedule(&ecs, "web").await;
    let rollout = |s: &Service| s.deployments.as_ref().expect("deployments")[0].rollout_state.clone();
    assert_eq!(rollout(&shown(&ecs, "web").await), Some(DeploymentRolloutState::Completed));
}

#[tokio::test]
async fn a_registration_that_the_data_plane_takes_away_ends_the_wait() {
    let ecs = service().await;
    let group = behind(&ecs, TargetType::Instance).await;
    machine(&ecs, "a").await;
    define(&ecs, "web", vec![published()], None).await;
    create(&ecs, balanced("web", 1)).await;
    schedule(&ecs, "web").await;
    let task = tasks_of(&ecs, "web").await.remove(0);
    runs_at(&ecs, &task, 40080).await;
    let input = StopTaskRequest { task: task.clone(), ..StopTaskRequest::default() };
    ecs.stop_task(&cx(), input).await.expect("it is to stop");
    let before = ecs.state.snapshot();
    let change = ecs.state.update(|tx| {
        let all: Vec<Arc<Target>> = tx.by_index(target::BY_GROUP, &group).cloned().collect();
        all.iter().for_each(|one| target::remove(tx, one));
        Ok::<_, Error>(())
    });
    change.await.expect("nothing was left to drain");
    let life = Deactivate::new(&ecs, || NOW);
    let now = ecs.state.snapshot();
    assert_eq!(life.keys(&reconcile::Wake { now: &now, before: Some(&before) }), std::slice::from_ref(&task));
    life.step(&task).await.expect("a step");
    assert_eq!(record(&ecs, &task).wanted_of_node(), model::status::DesiredStatus::Stopped);
}

#[tokio::test]
async fn a_task_that_dies_is_deregistered_at_once() {
    let ecs = service().await;
    let group = behind(&ecs, TargetType::Instance).await;
    machine(&ecs, "a").await;
    define(&ecs, "web", vec![published()], None).await;
    create(&ecs, balanced("web", 1)).await;
    schedule(&ecs, "web").await;
    let task = tasks_of(&ecs, "web").await.remove(0);
    runs_at(&ecs, &task, 40080).await;
    stopped(&ecs, &task, Some(1)).await;
    let left: Vec<bool> = targets(&ecs, &group).into_iter().map(|(.., drains)| drains).collect();
    assert_eq!(left, [true]);
    let record = record(&ecs, &task);
    assert_eq!((record.last_status, record.draining_until), (TaskStatus::Stopped, None));
    assert_eq!(
        said(&ecs, "web").await[0],
        format!("(service web) deregistered 1 targets in (target-group {group})")
    );
}

#[tokio::test]
async fn in_a_vpc_the_address_is_the_target_once_the_containers_are_healthy() {
    let ecs = service().await;
    let group = behind(&ecs, TargetType::Ip).await;
    let able = instance(&ecs, "a", 4096, 4096).await;
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(&able, |i| {
            for name in [
                "ecs.capability.container-health-check",
                "com.amazonaws.ecs.capability.docker-remote-api.1.24",
            ] {
                i.attributes.push(model::ecs::Attribute { name: name.to_owned(), value: None });
            }
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    let check = HealthCheck { command: vec!["CMD".to_owned(), "true".to_owned()], ..HealthCheck::default() };
    let checked = ContainerDefinition { health_check: Some(check), ..published() };
    define(&ecs, "web", vec![checked], Some(NetworkMode::Awsvpc)).await;
    let subnets = vec![subnet("a").to_string()];
    let awsvpc_configuration = Some(AwsVpcConfiguration { subnets, ..AwsVpcConfiguration::default() });
    let input = CreateServiceRequest {
        network_configuration: Some(NetworkConfiguration { awsvpc_configuration }),
        ..balanced("web", 1)
    };
    create(&ecs, input).await;
    schedule(&ecs, "web").await;
    let task = tasks_of(&ecs, "web").await.remove(0);
    running(&ecs, &task).await;
    assert_eq!(targets(&ecs, &group), [], "nobody knows whether it is healthy");
    let change = ecs.state.update(|tx| {
        let mut task = TaskRecord::clone(&tx.get::<TaskRecord>(&task).expect("the task"));
        task.health = Some(model::status::HealthStatus::Healthy);
        crate::balancing::put(tx, task, NOW);
        Ok::<_, Error>(())
    });
    change.await.expect("as telemetry writes it");
    let address = record(&ecs, &task).network_interface.expect("an interface").address.to_string();
    assert_eq!(targets(&ecs, &group), [(address.clone(), 80, false)]);
    let key = Target::key_of(&group, &address, 80);
    let zone = ecs.state.snapshot().get::<Target>(&key).and_then(|t| t.zone.clone());
    assert_eq!(zone.as_deref(), Some("us-east-1a"));
}

#[tokio::test]
async fn a_target_that_stays_ill_has_its_task_replaced() {
    let ecs = service().await;
    let group = behind(&ecs, TargetType::Instance).await;
    let machine = machine(&ecs, "a").await;
    define(&ecs, "web", vec![published()], None).await;
    let input = CreateServiceRequest { health_check_grace_period_seconds: Some(60), ..balanced("web", 1) };
    create(&ecs, input).await;
    schedule(&ecs, "web").await;
    let task = tasks_of(&ecs, "web").await.remove(0);
    runs_at(&ecs, &task, 40080).await;
    let why = "Health checks failed with these codes: [502]";
    see(&ecs, &group, TargetState::Unhealthy, Some(why)).await;
    schedule(&ecs, "web").await;
    assert_eq!(tasks_of(&ecs, "web").await, std::slice::from_ref(&task), "the grace period is not over");
    schedule_at(&ecs, "web", || Timestamp::from_millis(NOW.millis() + 61_000)).await;
    let now = tasks_of(&ecs, "web").await;
    assert_eq!(now.len(), 2, "its replacement starts first");
    let next = now.iter().find(|t| **t != task).expect("another one").clone();
    runs_at(&ecs, &next, 40081).await;
    // Of the two only the new one is well.
    let change = ecs.state.update(|tx| {
        let health = Health { state: TargetState::Healthy, reason: None, description: None };
        target::observe(tx, (&group, &machine, 40081), health, false, NOW);
        Ok::<_, Error>(())
    });
    change.await.expect("it is seen");
    schedule_at(&ecs, "web", || Timestamp::from_millis(NOW.millis() + 61_000)).await;
    let old = record(&ecs, &task);
    assert_eq!(old.stopped_reason, Some(format!("Task failed ELB health checks in (target-group {group})")));
    assert_eq!(old.last_status, TaskStatus::Deactivating);
    let text = format!(
        "(service web) (instance {machine}) (port 40080) is unhealthy in (target-group {group}) due to (reason {why})"
    );
    let all = said(&ecs, "web").await;
    assert!(all.contains(&text), "{all:?}");
    assert!(all.contains(&"(service web) has begun draining connections on 1 tasks.".to_owned()), "{all:?}");
}

#[tokio::test]
async fn a_scale_in_is_said_of_all_its_targets_together() {
    let ecs = service().await;
    let group = behind(&ecs, TargetType::Instance).await;
    machine(&ecs, "a").await;
    define(&ecs, "web", vec![published()], None).await;
    create(&ecs, balanced("web", 3)).await;
    schedule(&ecs, "web").await;
    for (at, task) in tasks_of(&ecs, "web").await.iter().enumerate() {
        runs_at(&ecs, task, 40080 + i32::try_from(at).expect("few")).await;
    }
    see(&ecs, &group, TargetState::Healthy, None).await;
    // They came one by one, and are said together.
    let came: Vec<String> =
        said(&ecs, "web").await.into_iter().filter(|s| s.contains("registered")).collect();
    assert_eq!(came, [format!("(service web) registered 3 targets in (target-group {group})")]);
    schedule(&ecs, "web").await;
    let input = UpdateServiceRequest {
        service: "web".to_owned(),
        desired_count: Some(1),
        ..UpdateServiceRequest::default()
    };
    ecs.update_service(&cx(), input).await.expect("it is changed");
    schedule(&ecs, "web").await;
    let all = said(&ecs, "web").await;
    for text in [
        "(service web) has begun draining connections on 2 tasks.".to_owned(),
        format!("(service web) deregistered 2 targets in (target-group {group})"),
    ] {
        assert_eq!(all.iter().filter(|s| **s == text).count(), 1, "{text}: {all:?}");
    }
    assert!(all.iter().any(|s| s.starts_with("(service web) has stopped 2 running tasks:")), "{all:?}");
    // It is deleted, and gone when its last task is out of the load balancer.
    let input =
        DeleteServiceRequest { service: arn("web"), force: Some(true), ..DeleteServiceRequest::default() };
    ecs.delete_service(&cx(), input).await.expect("it drains");
    schedule(&ecs, "web").await;
    assert_eq!(shown(&ecs, "web").await.status.as_deref(), Some("DRAINING"));
}
