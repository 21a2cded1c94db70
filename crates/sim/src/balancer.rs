//! The load balancer of a simulation: target groups and rules for each service that asks for some, and a data plane that checks their targets.
//!
//! The data plane knows what nodes know: a target is well while a task of its node has the port and runs. It outlives the server, tells what it sees
//! while one answers, and now and then begins anew, as if it had been started again.

use crate::node::Node;
use crate::server::{SUBNET, scope};
use crate::{Dice, Server, clock};
use ::api::ecs::{AdvancedConfiguration, Error, LoadBalancer};
use auth::Ids;
use model::ec2::Vpc;
use model::elbv2::{
    Action, ActionKind, BalancerSubnet, Forward, HealthCheck, HealthCheckPort, Listener,
    LoadBalancer as Balancer, LoadBalancerIpAddressType, LoadBalancerKind, LoadBalancerState, Matcher,
    Priority, Protocol, ProtocolVersion, Rule, Scheme, Target, TargetGroup, TargetGroupIpAddressType,
    TargetReason, TargetState, TargetType, WeightedGroup, attribute,
};
use model::ids::{ListenerArn, LoadBalancerArn, RuleArn, TargetGroupArn};
use state::elbv2::load_balancer;
use state::elbv2::target::{self, Health};
use state::{State, Tx};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::spawn_local;
use tokio::time::sleep;

/// The port that containers listen on.
pub(crate) const PORT: i32 = 80;
/// Between two checks of all targets.
const CHECK: Duration = Duration::from_secs(2);
/// Checks in a row that decide.
const THRESHOLD: i32 = 2;

fn balancer() -> LoadBalancerArn {
    LoadBalancerArn::new(&scope(), LoadBalancerKind::Application, "front", [1; 16])
}

fn listener() -> ListenerArn {
    ListenerArn::new(&balancer(), [2; 16])
}

fn group_arn(name: &str) -> TargetGroupArn {
    let scope = scope();
    let text = scope.arn("elasticloadbalancing", format!("targetgroup/{name}/0123456789abcdef")).to_string();
    text.parse().expect("an ARN")
}

fn rule_arn(number: u32, test: bool) -> RuleArn {
    let mut random = [u8::from(test); 16];
    random[..4].copy_from_slice(&number.to_be_bytes());
    RuleArn::new(&listener(), random)
}

/// Makes the load balancer, which is active.
pub(crate) fn lay(tx: &mut Tx<'_>, vpc: &Vpc, zones: &[&str]) {
    let mut ids = Ids::from_seed([3; 32]);
    let subnet = |zone: &&str| BalancerSubnet {
        subnet: SUBNET.parse().expect("an id"),
        zone: (*zone).to_owned(),
        interface: model::ids::NetworkInterfaceId::from_random(ids.random_16()),
        allocation: None,
        private_address: None,
    };
    tx.put(Balancer {
        arn: balancer(),
        scope: scope(),
        name: "front".to_owned(),
        kind: LoadBalancerKind::Application,
        scheme: Scheme::Internal,
        ip_address_type: LoadBalancerIpAddressType::Ipv4,
        vpc: vpc.id.clone(),
        subnets: zones.iter().map(subnet).collect(),
        security_groups: Vec::new(),
        private_link_rules: None,
        attributes: Default::default(),
        created_at: clock::now(),
        tags: Vec::new(),
    });
    tx.put(Listener {
        arn: listener(),
        load_balancer: balancer(),
        protocol: Protocol::Http,
        port: 80,
        ssl_policy: None,
        default_certificate: None,
        certificates: Vec::new(),
        alpn: None,
        attributes: Default::default(),
        created_at: clock::now(),
        tags: Vec::new(),
    });
    load_balancer::observe(tx, &balancer(), LoadBalancerState::Active, None, clock::now());
}

/// Two groups whose targets drain for `delay_s`, a production rule and a test rule of a service. What it says of them.
pub(crate) async fn stand_before(state: &State, number: usize, delay_s: u64) -> LoadBalancer {
    let number = u32::try_from(number).expect("few");
    let (blue, green) = (group_arn(&format!("s{number}-blue")), group_arn(&format!("s{number}-green")));
    let change = state.update(|tx| {
        let vpc = tx.scan::<Vpc>().next().expect("the VPC").clone();
        for arn in [&blue, &green] {
            tx.put(group(arn, &vpc, delay_s));
        }
        for test in [false, true] {
            tx.put(rule(number, test, [(&blue, 1), (&green, 0)]));
        }
        Ok::<_, Error>(())
    });
    change.await.expect("groups and rules");
    let of = |test: bool| Some(rule_arn(number, test).to_string());
    let advanced = AdvancedConfiguration {
        alternate_target_group_arn: Some(green.to_string()),
        production_listener_rule: of(false),
        test_listener_rule: of(true),
        role_arn: Some("arn:aws:iam::000000000000:role/shift".to_owned()),
    };
    LoadBalancer {
        target_group_arn: Some(blue.to_string()),
        container_name: Some("main".to_owned()),
        container_port: Some(PORT),
        advanced_configuration: Some(advanced),
        ..LoadBalancer::default()
    }
}

fn group(arn: &TargetGroupArn, vpc: &Vpc, delay_s: u64) -> TargetGroup {
    let mut group = TargetGroup {
        arn: arn.clone(),
        scope: scope(),
        name: arn.name().to_owned(),
        target_type: TargetType::Instance,
        protocol: Protocol::Http,
        protocol_version: Some(ProtocolVersion::Http1),
        port: 80,
        vpc: vpc.id.clone(),
        ip_address_type: TargetGroupIpAddressType::Ipv4,
        health_check: HealthCheck {
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
        created_at: clock::now(),
        tags: Vec::new(),
    };
    group.attributes.set(attribute::DEREGISTRATION_DELAY, &delay_s.to_string());
    group
}

fn rule(number: u32, test: bool, groups: [(&TargetGroupArn, u32); 2]) -> Rule {
    let groups = groups.into_iter().map(|(group, weight)| WeightedGroup { group: group.clone(), weight });
    let groups = groups.collect();
    Rule {
        arn: rule_arn(number, test),
        listener: listener(),
        priority: Priority::Number(2 * number + u32::from(test)),
        conditions: Vec::new(),
        actions: vec![Action {
            order: None,
            kind: ActionKind::Forward(Forward { groups, stickiness: None }),
        }],
        tags: Vec::new(),
    }
}

/// Who checks targets.
#[derive(Clone)]
pub(crate) struct DataPlane(Rc<Inner>);

struct Inner {
    server: Rc<Server>,
    dice: Dice,
    /// Of each target the checks in a row, those that failed below 0, and what it counts as.
    seen: RefCell<BTreeMap<String, (i32, TargetState)>>,
    nodes: RefCell<BTreeMap<String, Node>>,
}

impl DataPlane {
    pub(crate) fn start(server: &Rc<Server>, dice: Dice) -> Self {
        let inner =
            Inner { server: Rc::clone(server), dice, seen: RefCell::default(), nodes: RefCell::default() };
        let plane = Self(Rc::new(inner));
        let at_work = plane.clone();
        spawn_local(async move {
            loop {
                sleep(CHECK).await;
                at_work.check().await;
            }
        });
        plane
    }

    /// It sends to a node from now on.
    pub(crate) fn reach(&self, node: &Node) {
        self.0.nodes.borrow_mut().insert(node.machine().to_owned(), node.clone());
    }

    /// It is started again: nobody is known to be well.
    pub(crate) fn begin_anew(&self) {
        self.0.seen.borrow_mut().clear();
    }

    async fn check(&self) {
        let Some(state) = self.0.server.state() else { return };
        let all: Vec<Arc<Target>> = state.snapshot().scan::<Target>().cloned().collect();
        let now = clock::now();
        let (mut found, mut gone) = (Vec::new(), Vec::new());
        for target in all {
            match target.draining_until {
                // Nothing may be left of what was begun.
                Some(until) if until <= now || self.0.dice.percent(5) => gone.push(target),
                Some(_) => {}
                None => found.push((self.look(&target), target)),
            }
        }
        self.0.seen.borrow_mut().retain(|key, _| found.iter().any(|(_, target)| key_of(target) == *key));
        let change = state.update(|tx| {
            gone.iter().for_each(|target| {
                // It may have been registered again.
                if tx.get::<Target>(&key_of(target)).is_some_and(|now| now.is_draining()) {
                    target::remove(tx, target);
                }
            });
            for (health, target) in &found {
                target::observe(tx, (&target.group, &target.id, target.port), health.clone(), false, now);
            }
            Ok::<_, Error>(())
        });
        // A server that crashes does not hear it; it is told again.
        drop(change.await);
    }

    fn look(&self, target: &Target) -> Health {
        let serves = self.0.nodes.borrow().get(&target.id).is_some_and(|node| node.serves(target.port));
        let mut seen = self.0.seen.borrow_mut();
        let (count, state) = seen.entry(key_of(target)).or_insert((0, TargetState::Initial));
        *count = if serves { (*count).max(0) + 1 } else { (*count).min(0) - 1 };
        if *count >= THRESHOLD {
            *state = TargetState::Healthy;
        } else if *count <= -THRESHOLD {
            *state = TargetState::Unhealthy;
        }
        let reason = match state {
            TargetState::Healthy => None,
            TargetState::Unhealthy => Some(TargetReason::FailedHealthChecks),
            _ => Some(TargetReason::InitialHealthChecking),
        };
        Health { state: *state, reason, description: None }
    }
}

fn key_of(target: &Target) -> String {
    Target::key_of(&target.group, &target.id, target.port)
}
