//! Nodes that carry load balancers: what their agents are told, and what becomes of what they tell.

use super::balancing::{balancing, group, group_arn, rule};
use super::session::Agent;
use super::*;
use agent_protocol::acs::{BalancerObservationsMessage, FromAgent, FromBackend, NackRequest};
use model::balancer::{self as inert, Change, Configuration, Draft, Observations, TargetObservation};
use model::ec2::{InterfaceOwner, InterfaceType, NetworkInterface};
use model::elbv2::{LoadBalancer, LoadBalancerState, Target, TargetGroup, TargetState, TargetType};
use model::ids::{ContainerInstanceArn, LoadBalancerArn};
use state::elbv2::{load_balancer, target};

const WEB: &str = "10.0.0.9";

/// A load balancer in two zones whose interfaces these nodes carry, with a group of one target.
async fn carried(ecs: &Ecs, nodes: [&str; 2]) -> LoadBalancerArn {
    let made = balancing(ecs).await;
    group(ecs, "web", TargetType::Ip).await;
    rule(ecs, &made.default_rule, &made.listener, &[("web", 1)]).await;
    let change = ecs.state.update(|tx| {
        tx.put(Target {
            group: group_arn("web"),
            id: WEB.to_owned(),
            port: 80,
            zone: None,
            registered_at: NOW,
            draining_until: None,
        });
        // Nobody has seen it yet.
        tx.delete::<model::elbv2::Provision>(made.balancer.as_str());
        let balancer = tx.get::<LoadBalancer>(&made.balancer).expect("it is there");
        for (at, (place, node)) in balancer.subnets.iter().zip(nodes).enumerate() {
            tx.put(NetworkInterface {
                id: place.interface.clone(),
                scope: scope(),
                vpc: balancer.vpc.clone(),
                subnet: place.subnet.clone(),
                zone: place.zone.clone(),
                mac: format!("02:00:00:00:00:0{at}"),
                address: std::net::Ipv4Addr::new(172, 31, 200, at as u8),
                secondary_addresses: Vec::new(),
                ipv6_addresses: Vec::new(),
                groups: Vec::new(),
                description: String::new(),
                interface_type: InterfaceType::Interface,
                requester: None,
                attachment: None,
                public_addresses: Vec::new(),
                source_dest_check: false,
                host: Some(node.parse().expect("an ARN")),
                owner: InterfaceOwner::LoadBalancer(made.balancer.clone()),
                created_at: NOW,
                tags: Vec::new(),
            });
        }
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    made.balancer
}

/// An instance whose agent has a data plane.
async fn carrier(ecs: &Ecs, letter: &str) -> String {
    let arn = instance(ecs, letter, 4096, 4096).await;
    says(ecs, &arn, agent_protocol::BALANCERS).await;
    arn
}

async fn says(ecs: &Ecs, arn: &str, attribute: &str) {
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(arn, |i| {
            i.attributes.push(model::ecs::Attribute { name: attribute.to_owned(), value: None });
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
}

/// What the agent is told of load balancers next.
async fn told(agent: &mut Agent) -> Configuration {
    loop {
        if let FromBackend::BalancerUpdateMessage(message) = agent.next().await {
            return message.configuration.expect("it says what to serve");
        }
    }
}

/// What changed of it next, for an agent that takes that, and the message that said so.
async fn changed(agent: &mut Agent) -> (Change, Option<String>) {
    loop {
        if let FromBackend::BalancerChangeMessage(message) = agent.patient().await {
            return (message.change.expect("it says what changed"), message.message_id);
        }
    }
}

/// Says what is seen of the target.
async fn tell(agent: &Agent, revision: u64, state: inert::TargetState, active: u64) {
    let seen = TargetObservation {
        group: group_arn("web").to_string(),
        id: WEB.to_owned(),
        port: 80,
        state,
        reason: None,
        description: None,
        active,
        anomalous: None,
    };
    let observations = Observations { revision, targets: vec![seen], ..Observations::default() };
    let message = BalancerObservationsMessage { observations: Some(observations), ..Default::default() };
    agent.say(FromAgent::from(message)).await;
}

async fn until(ecs: &Ecs, what: &str, reached: impl Fn(&state::Snapshot) -> bool) {
    let mut watch = ecs.state.watcher().table::<Target>().table::<model::elbv2::TargetHealth>();
    watch = watch.table::<model::elbv2::Provision>();
    let mut watch = watch.start();
    let waiting = watch.until(|snapshot| reached(snapshot).then_some(()));
    tokio::time::timeout(std::time::Duration::from_secs(10), waiting)
        .await
        .unwrap_or_else(|_| panic!("{what}"));
}

fn health(snapshot: &state::Snapshot) -> Option<TargetState> {
    let group = snapshot.get::<TargetGroup>(group_arn("web"))?;
    let target = snapshot.get::<Target>(Target::key_of(&group.arn, WEB, 80))?;
    Some(target::health(snapshot, group, target).state)
}

#[tokio::test]
async fn nodes_are_told_what_they_carry_and_what_all_of_them_see_counts() {
    let ecs = service().await;
    let nodes = [carrier(&ecs, "a").await, carrier(&ecs, "b").await];
    let (mut a, mut b) = (Agent::connect(&ecs, &nodes[0]).await, Agent::connect(&ecs, &nodes[1]).await);
    let nothing = [told(&mut a).await, told(&mut b).await];
    assert!(nothing.iter().all(|c| c.balancers.is_empty() && c.revision > 0));
    let balancer = carried(&ecs, [&nodes[0], &nodes[1]]).await;
    // Records come one after the other; the last word has all of them.
    let (mut first, mut second) = (told(&mut a).await, told(&mut b).await);
    while first.balancers.is_empty() || first.groups.iter().all(|g| g.targets.is_empty()) {
        first = told(&mut a).await;
    }
    while second.balancers.is_empty() {
        second = told(&mut b).await;
    }
    let of = |configuration: &Configuration| {
        let balancer = &configuration.balancers[0];
        (balancer.namespace.clone(), balancer.addresses.iter().map(|a| a.zone.clone()).collect::<Vec<_>>())
    };
    assert_eq!(of(&first), (Some(balancer.to_string()), vec!["us-east-1a".to_owned()]));
    assert_eq!(of(&second), (Some(balancer.to_string()), vec!["us-east-1b".to_owned()]));
    assert_eq!(first.groups[0].namespace, Some(balancer.to_string()));
    assert_eq!(first.groups[0].targets[0].address.to_string(), WEB);

    tell(&a, first.revision, inert::TargetState::Healthy, 0).await;
    tell(&b, second.revision, inert::TargetState::Healthy, 0).await;
    until(&ecs, "both serve", |s| load_balancer::is_active(s, &balancer)).await;
    until(&ecs, "both find it healthy", |s| health(s) == Some(TargetState::Healthy)).await;
    // One that has lost its own way has nobody's tasks replaced; both are believed.
    tell(&a, first.revision, inert::TargetState::Unhealthy, 0).await;
    tell(&b, second.revision, inert::TargetState::UnhealthyDraining, 0).await;
    // The time of connections to it began with each node's own checks: as long as one has some left it drains.
    until(&ecs, "one has connections left", |s| health(s) == Some(TargetState::UnhealthyDraining)).await;
    tell(&b, second.revision, inert::TargetState::Unhealthy, 0).await;
    until(&ecs, "both find it unhealthy", |s| health(s) == Some(TargetState::Unhealthy)).await;

    // It drains, and is gone when neither has anything to do with it, and not before.
    let change = ecs.state.update(|tx| {
        let group = tx.get::<TargetGroup>(&group_arn("web")).expect("it is there");
        let record = tx.get::<Target>(&Target::key_of(&group.arn, WEB, 80)).expect("it is there");
        target::deregister(tx, &group, &record, NOW);
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    let (first, second) = (told(&mut a).await, told(&mut b).await);
    assert!(first.groups[0].targets[0].draining_since.is_some());
    tell(&a, first.revision, inert::TargetState::Draining, 0).await;
    tell(&b, second.revision, inert::TargetState::Draining, 1).await;
    tell(&b, second.revision, inert::TargetState::Draining, 0).await;
    until(&ecs, "it to be gone", |s| health(s).is_none()).await;
    a.hang_up().await;
    b.hang_up().await;
}

#[tokio::test]
async fn an_agent_that_takes_changes_is_told_no_more() {
    let ecs = service().await;
    let node = carrier(&ecs, "a").await;
    says(&ecs, &node, agent_protocol::BALANCER_CHANGES).await;
    carried(&ecs, [&node, &node]).await;
    let mut agent = Agent::connect(&ecs, &node).await;
    let mut draft = Draft::default();
    let (first, _) = changed(&mut agent).await;
    assert_eq!((first.since, first.balancers.len(), first.groups.len()), (None, 1, 1));
    let first = draft.take(first).expect("it is of nothing").expect("it is all");
    let change = ecs.state.update(|tx| {
        let known = tx.get::<Target>(&Target::key_of(&group_arn("web"), WEB, 80)).expect("it is there");
        tx.put(Target { port: 81, ..Target::clone(&known) });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    let (second, message) = changed(&mut agent).await;
    assert_eq!((second.since, second.balancers.len(), second.groups.len()), (Some(first.revision), 0, 1));
    let second = draft.take(second).expect("it follows").expect("it is all");
    assert_eq!(second.groups[0].targets.len(), 2);
    // What it cannot take is told it whole, with the next heartbeat.
    agent.say(FromAgent::from(NackRequest { message_id: message, ..Default::default() })).await;
    tokio::time::pause();
    let (again, _) = changed(&mut agent).await;
    assert_eq!(again.since, None);
    let again = Draft::default().take(again).expect("it is of nothing").expect("it is all");
    assert!(again.revision > second.revision);
    assert_eq!(Configuration { revision: 0, ..again }, Configuration { revision: 0, ..second });
    tokio::time::resume();
    agent.hang_up().await;
}

#[tokio::test]
async fn a_data_plane_that_has_a_later_configuration_is_told_a_later_one_still() {
    let ecs = service().await;
    let node = carrier(&ecs, "a").await;
    carried(&ecs, [&node, &node]).await;
    let mut agent = Agent::connect(&ecs, &node).await;
    let first = told(&mut agent).await;
    assert_eq!(first.balancers[0].addresses.len(), 2);
    // Another server told it, whose clock was ahead.
    tell(&agent, first.revision + 1_000_000, inert::TargetState::Initial, 0).await;
    let again = told(&mut agent).await;
    assert!(again.revision > first.revision + 1_000_000);
    assert_eq!(Configuration { revision: 0, ..again }, Configuration { revision: 0, ..first });
    agent.hang_up().await;
}

#[tokio::test]
async fn a_node_that_is_not_heard_of_may_still_send_to_a_target_that_drains() {
    let ecs = service().await;
    let nodes = [carrier(&ecs, "a").await, carrier(&ecs, "b").await];
    carried(&ecs, [&nodes[0], &nodes[1]]).await;
    let draining = |revision| Observations {
        revision,
        targets: vec![TargetObservation {
            group: group_arn("web").to_string(),
            id: WEB.to_owned(),
            port: 80,
            state: inert::TargetState::Draining,
            reason: None,
            description: None,
            active: 0,
            anomalous: None,
        }],
        ..Observations::default()
    };
    let change = ecs.state.update(|tx| {
        let key = Target::key_of(&group_arn("web"), WEB, 80);
        tx.modify::<Target>(&key, |t| {
            t.draining_until = Some(NOW.after(std::time::Duration::from_secs(300)))
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    let hear = async |node: &str, seen: &Observations| {
        let node: ContainerInstanceArn = node.parse().expect("an ARN");
        let picture = ecs.carriers.hear(&node, crate::carriers::Report::new(Default::default(), seen));
        let change = ecs.state.update(|tx| {
            picture.record(tx, NOW);
            Ok::<_, Error>(())
        });
        change.await.expect("the state takes it");
        health(&ecs.state.snapshot())
    };
    assert_eq!(hear(&nodes[0], &draining(1)).await, Some(TargetState::Draining), "the other says nothing");
    assert_eq!(hear(&nodes[1], &draining(1)).await, None);
    assert_eq!(
        load_balancer::state(&ecs.state.snapshot(), &balancing_arn()).0,
        LoadBalancerState::Provisioning
    );
}

/// What the name of the load balancer leads to.
fn named(ecs: &Ecs) -> Vec<String> {
    let view = ecs.fabric.view(&ecs.state.snapshot());
    let names = view.names.values().filter_map(|item| match &**item {
        model::fabric::Item::Name(name) => Some(name),
        _ => None,
    });
    names.flat_map(|name| name.leads.inside.iter().map(ToString::to_string)).collect()
}

#[tokio::test]
async fn a_zone_with_too_few_healthy_targets_leaves_the_name_and_comes_back() {
    let ecs = service().await;
    let nodes = [carrier(&ecs, "a").await, carrier(&ecs, "b").await];
    let balancer = carried(&ecs, [&nodes[0], &nodes[1]]).await;
    let (a, b) = ("172.31.200.0", "172.31.200.1");
    let hear = async |node: usize, meets: bool| {
        let zone = inert::ZoneObservation {
            group: group_arn("web").to_string(),
            zone: ["us-east-1a", "us-east-1b"][node].to_owned(),
            meets_dns_threshold: meets,
        };
        let seen = Observations { revision: 1, zones: vec![zone], ..Observations::default() };
        let node: ContainerInstanceArn = nodes[node].parse().expect("an ARN");
        let report = crate::carriers::Report::new([balancer.clone()].into(), &seen);
        let picture = ecs.carriers.hear(&node, report);
        let change = ecs.state.update(|tx| {
            picture.record(tx, NOW);
            Ok::<_, Error>(())
        });
        change.await.expect("the state takes it");
        named(&ecs)
    };
    assert_eq!(named(&ecs), [a, b], "nobody has said anything");
    hear(0, true).await;
    assert_eq!(hear(1, true).await, [a, b]);
    assert_eq!(hear(1, false).await, [a]);
    assert_eq!(hear(0, false).await, [a, b], "none would be left");
    assert_eq!(hear(1, true).await, [b]);
    // The server was started anew, and has heard of one of them only: of the other's zone it knows what it knew.
    ecs.carriers.forget(&nodes[0].parse().expect("an ARN"));
    assert_eq!(hear(1, true).await, [b]);
    assert_eq!(hear(0, true).await, [a, b]);
}

fn balancing_arn() -> LoadBalancerArn {
    LoadBalancerArn::new(&scope(), model::elbv2::LoadBalancerKind::Application, "front", [1; 16])
}
