use super::*;
use crate::plan::Known;
use model::balancer::forwarding::Forwarding;
use model::balancer::{
    Action as Does, Address, Balancer, Configuration, CrossZone, Forward, ForwardStickiness, HealthCheck,
    HealthProtocol, Listener, Matcher, NetworkGroup, Secret, Target as Configured, TargetGroup, Thresholds,
    WeightedGroup,
};
use std::net::{IpAddr, SocketAddr};

const SPACE: &str = "space";

fn target(address: &str) -> Configured {
    let address: SocketAddr = address.parse().expect("an address");
    Configured {
        id: address.to_string(),
        address: address.ip(),
        port: address.port(),
        zone: None,
        draining_since: None,
    }
}

fn group(arn: &str, targets: &[&str]) -> TargetGroup {
    TargetGroup {
        arn: arn.to_owned(),
        protocol: Protocol::Tcp,
        protocol_version: Default::default(),
        namespace: Some(SPACE.to_owned()),
        health_check: HealthCheck {
            enabled: false,
            protocol: HealthProtocol::Tcp,
            port: None,
            path: "/".to_owned(),
            interval_seconds: 30,
            timeout_seconds: 10,
            healthy_threshold: 1,
            unhealthy_threshold: 1,
            matcher: Matcher("200".to_owned()),
        },
        algorithm: Default::default(),
        anomaly_mitigation: false,
        forward_resets: false,
        slow_start_seconds: 0,
        stickiness: None,
        cross_zone: CrossZone::On,
        routing_threshold: Thresholds::default(),
        dns_threshold: Thresholds::default(),
        network: NetworkGroup::default(),
        targets: targets.iter().map(|address| target(address)).collect(),
    }
}

fn configuration(groups: Vec<TargetGroup>) -> Configuration {
    let groups_of = groups.iter().map(|group| WeightedGroup { group: group.arn.clone(), weight: 1 });
    let does = Does::Forward(Forward { groups: groups_of.collect(), stickiness: None });
    let listener: Listener = serde_json::from_value(
        serde_json::json!({"arn": "l", "port": 80, "protocol": "TCP", "defaultActions": []}),
    )
    .expect("a listener");
    let balancer = Balancer {
        arn: "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/n/1".to_owned(),
        kind: BalancerKind::Network,
        namespace: Some(SPACE.to_owned()),
        addresses: vec![Address { address: IpAddr::from([10, 0, 0, 9]), zone: "a".to_owned() }],
        http: Default::default(),
        cross_zone: false,
        access_log: false,
        connection_log: false,
        health_check_log: false,
        listeners: vec![Listener { default_actions: vec![does], ..listener }],
    };
    let mut configuration =
        Configuration::nothing(Secret::new("00".repeat(32)), Secret::new("11".repeat(32)));
    configuration.revision = 1;
    configuration.balancers = vec![balancer];
    configuration.groups = groups;
    configuration
}

fn forwarding(known: &mut Known, configuration: &Configuration) -> Forwarding {
    let plan = known.plan(configuration).expect("it is good");
    wanted(&plan).remove(SPACE).expect("the namespace is a network load balancer's").forwarding
}

fn of(configuration: &Configuration) -> Forwarding {
    forwarding(&mut Known::new(1, true), configuration)
}

fn buckets(forwarding: &Forwarding) -> Vec<SocketAddr> {
    forwarding.entrances[0].buckets.iter().map(|bucket| bucket.target).collect()
}

fn share(buckets: &[SocketAddr], target: &str) -> usize {
    let target: SocketAddr = target.parse().expect("an address");
    buckets.iter().filter(|of| **of == target).count()
}

const TARGETS: [&str; 4] = ["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80", "10.0.0.4:81"];

#[test]
fn a_target_that_goes_takes_only_its_own_buckets_along() {
    let mut known = Known::new(1, true);
    let whole = buckets(&forwarding(&mut known, &configuration(vec![group("g", &TARGETS)])));
    assert_eq!(whole.len(), BUCKETS);
    for target in TARGETS {
        assert!((200..320).contains(&share(&whole, target)), "{target} has {}", share(&whole, target));
    }
    let less = buckets(&forwarding(&mut known, &configuration(vec![group("g", &TARGETS[..3])])));
    let gone: SocketAddr = TARGETS[3].parse().expect("an address");
    assert!(whole.iter().zip(&less).all(|(before, after)| before == after || *before == gone));
    assert_eq!(share(&less, TARGETS[3]), 0);
    let again = buckets(&of(&configuration(vec![group("g", &TARGETS)])));
    assert_eq!(again, whole, "another process decides the same");
}

#[test]
fn what_the_relay_would_not_choose_has_no_bucket() {
    let mut draining = group("g", &TARGETS);
    draining.targets[0].draining_since = Some(model::Timestamp::from_millis(1));
    assert_eq!(share(&buckets(&of(&configuration(vec![draining]))), TARGETS[0]), 0);
    // Zones count apart where they are not crossed.
    let mut zonal = group("g", &TARGETS);
    zonal.cross_zone = CrossZone::Off;
    for (target, zone) in zonal.targets.iter_mut().zip(["a", "b", "a", "b"]) {
        target.zone = Some(zone.to_owned());
    }
    let found = buckets(&of(&configuration(vec![zonal.clone()])));
    assert_eq!(
        (share(&found, TARGETS[0]) + share(&found, TARGETS[2]), share(&found, TARGETS[1])),
        (BUCKETS, 0)
    );
    // Nobody in the zone: the relay has the flow, and resets it.
    zonal.targets.iter_mut().for_each(|target| target.zone = Some("b".to_owned()));
    let entrance = of(&configuration(vec![zonal])).entrances.remove(0);
    assert_eq!((entrance.buckets.len(), entrance.lanes.len()), (0, 1));
    assert!(of(&configuration(vec![group("g", &[])])).entrances[0].buckets.is_empty());
}

#[test]
fn unhealthy_targets_have_none_until_all_are() {
    let mut known = Known::new(1, true);
    let mut checked = group("g", &TARGETS[..2]);
    checked.health_check.enabled = true;
    let configuration = configuration(vec![checked]);
    let plan = known.plan(&configuration).expect("it is good");
    let group = Arc::clone(&plan.groups["g"]);
    let check = group.plan().config.health_check.clone();
    let targets = group.plan().targets.clone();
    let shares = || {
        let found = wanted(&plan).remove(SPACE).expect("it is there").forwarding;
        [share(&buckets(&found), TARGETS[0]), share(&buckets(&found), TARGETS[1])]
    };
    assert!(shares().iter().all(|share| *share > 0), "nobody is healthy yet: all are open");
    group.found(&targets[0], crate::health::machine::Finding::Passed, &check, 1);
    assert_eq!(shares(), [BUCKETS, 0]);
}

#[test]
fn groups_share_by_weight_and_each_is_counted_apart() {
    let mut two = group("two", &TARGETS[2..]);
    two.network.preserve_client_ip = true;
    let mut configuration = configuration(vec![group("one", &TARGETS[..2]), two]);
    let weigh = |configuration: &mut Configuration, weights: [u32; 2]| {
        let Does::Forward(forward) = &mut configuration.balancers[0].listeners[0].default_actions[0] else {
            panic!("it forwards")
        };
        forward.groups.iter_mut().zip(weights).for_each(|(group, weight)| group.weight = weight);
    };
    weigh(&mut configuration, [1, 3]);
    let found = of(&configuration).entrances.remove(0);
    assert_eq!(found.lanes.len(), 2);
    let second: Vec<_> = found.buckets.iter().filter(|bucket| bucket.as_client).collect();
    assert!((700..840).contains(&second.len()), "{}", second.len());
    assert!(second.iter().all(|bucket| bucket.lane == found.lanes[1]));
    weigh(&mut configuration, [1, 2]);
    let less = of(&configuration).entrances.remove(0);
    let moved = found.buckets.iter().zip(&less.buckets).filter(|(before, after)| before.lane != after.lane);
    assert!(
        moved.clone().count() > 0 && moved.clone().all(|(before, _)| before.as_client),
        "only from one to the other"
    );
    weigh(&mut configuration, [0, 2]);
    assert_eq!(of(&configuration).entrances[0].lanes.len(), 1);
}

#[test]
fn what_only_the_relay_can_carry_is_no_entrance() {
    let entrances = |change: &dyn Fn(&mut Configuration)| {
        let mut configuration = configuration(vec![group("g", &TARGETS)]);
        change(&mut configuration);
        let plan = Known::new(1, true).plan(&configuration).expect("it is good");
        wanted(&plan).remove(SPACE).map_or(0, |of| of.forwarding.entrances.len())
    };
    let (tcp, udp) = (ListenerProtocol::Tcp, ListenerProtocol::Udp);
    let protocol = |protocol| move |of: &mut Configuration| of.balancers[0].listeners[0].protocol = protocol;
    assert_eq!(entrances(&protocol(tcp)), 1);
    assert_eq!(entrances(&protocol(udp)), 1);
    assert_eq!(entrances(&protocol(ListenerProtocol::TcpUdp)), 2);
    assert_eq!(entrances(&protocol(ListenerProtocol::Tls)), 0);
    assert_eq!(entrances(&|of| of.groups[0].protocol = Protocol::Tls), 0);
    assert_eq!(entrances(&|of| of.groups[0].network.proxy_protocol = true), 0);
    assert_eq!(entrances(&|of| of.groups[0].namespace = None), 0, "targets of another network");
    assert_eq!(entrances(&|of| of.balancers[0].namespace = None), 0, "the host's own network");
    assert_eq!(entrances(&|of| of.balancers[0].kind = BalancerKind::Application), 0);
    assert_eq!(entrances(&|of| of.groups[0].targets.push(target("[fd00::1]:80"))), 0, "another family");
    assert_eq!(entrances(&|of| of.groups[0].targets.push(target("127.0.0.1:80"))), 0);
    assert_eq!(entrances(&|of| of.balancers[0].addresses[0].address = IpAddr::from([127, 0, 0, 1])), 0);
}

#[test]
fn sources_stay_together_where_all_groups_say_so() {
    let mut sticky = group("sticky", &TARGETS[..2]);
    sticky.stickiness = Some(Stickiness::SourceIp);
    assert!(of(&configuration(vec![sticky.clone()])).entrances[0].by_source);
    assert!(!of(&configuration(vec![group("g", &TARGETS)])).entrances[0].by_source);
    assert!(
        of(&configuration(vec![sticky, group("g", &TARGETS)])).entrances.is_empty(),
        "the relay does both"
    );
    // Who stays with his group stays with a target of it, whatever the groups say.
    let mut both = configuration(vec![group("g", &TARGETS[..1]), group("h", &TARGETS[1..])]);
    assert!(!of(&both).entrances[0].by_source);
    let Does::Forward(to) = &mut both.balancers[0].listeners[0].default_actions[0] else {
        panic!("it is one")
    };
    to.stickiness = Some(ForwardStickiness { duration_seconds: 0 });
    assert!(of(&both).entrances[0].by_source);
}
