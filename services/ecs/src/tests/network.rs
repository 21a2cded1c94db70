//! What an agent is told of VPCs: with its tasks, before them, and as they change.

use super::session::Agent;
use super::*;
use agent_protocol::acs::FromBackend;
use model::ec2::{
    Direction, InterfaceOwner, NetworkInterface, Peer, SecurityGroup, SecurityGroupRule, Traffic,
};
use model::elbv2::{
    Attributes, BalancerSubnet, LoadBalancer, LoadBalancerIpAddressType, LoadBalancerKind, Scheme, attribute,
};
use model::fabric::{Item, Key, Kind, Place, Update};
use state::ec2::security_group;
use std::collections::BTreeMap;

/// An instance whose agent carries out VPCs, and where other nodes reach it.
async fn node(ecs: &Ecs, letter: &str, overlay: &str) -> String {
    let arn = instance(ecs, letter, 4096, 4096).await;
    let change = ecs.state.update(|tx| {
        tx.modify::<model::ecs::ContainerInstance>(&arn, |i| {
            for (name, value) in
                [(agent_protocol::VPC_UPDATES, None), (agent_protocol::OVERLAY, Some(overlay.to_owned()))]
            {
                i.attributes.push(model::ecs::Attribute { name: name.to_owned(), value });
            }
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    arn
}

/// What an agent knows after everything that it was told.
#[derive(Default)]
struct Known(BTreeMap<String, BTreeMap<Key, Item>>, Vec<Vec<String>>);

impl Known {
    fn learn(&mut self, update: Update) {
        let vpc = self.0.entry(update.vpc).or_default();
        if update.complete {
            vpc.clear();
        }
        vpc.extend(update.put.into_iter().map(|item| (item.key(), item)));
        for key in update.gone {
            assert!(vpc.remove(&key).is_some(), "{key:?} was never told");
        }
    }

    /// Takes what comes until the payload of a task.
    async fn until_payload(&mut self, agent: &mut Agent) -> Vec<String> {
        loop {
            match agent.next().await {
                FromBackend::VpcManifestMessage(message) => self.1.push(message.vpcs),
                FromBackend::VpcUpdateMessage(message) => self.learn(message.update.expect("an update")),
                FromBackend::PayloadMessage(payload) => {
                    return payload.tasks.into_iter().map(|t| t.arn).collect();
                }
                _ => {}
            }
        }
    }

    /// Takes the next thing that is said of a VPC.
    async fn next_update(&mut self, agent: &mut Agent) {
        loop {
            if let FromBackend::VpcUpdateMessage(message) = agent.next().await {
                return self.learn(message.update.expect("an update"));
            }
        }
    }

    fn of_kind(&self, kind: Kind) -> Vec<&Item> {
        self.0.values().flatten().filter(|(key, _)| key.kind == kind).map(|(_, item)| item).collect()
    }

    /// The interfaces that nobody from outside reaches by IPv6.
    fn sheltered(&self) -> Vec<&str> {
        let interfaces = self.of_kind(Kind::Interface).into_iter().filter_map(|i| match i {
            Item::Interface(interface) if interface.sheltered => Some(interface.id.as_str()),
            _ => None,
        });
        interfaces.collect()
    }

    fn places(&self) -> Vec<Place> {
        let interfaces = self.of_kind(Kind::Interface).into_iter().filter_map(|i| match i {
            Item::Interface(interface) => Some(interface.place.clone()),
            _ => None,
        });
        interfaces.collect()
    }
}

async fn in_subnet(ecs: &Ecs, letter: &str) -> String {
    let mut input = run("net");
    input.network_configuration = Some(NetworkConfiguration {
        awsvpc_configuration: Some(AwsVpcConfiguration {
            subnets: vec![subnet(letter).to_string()],
            ..AwsVpcConfiguration::default()
        }),
    });
    launch(ecs, input).await
}

#[tokio::test]
async fn a_node_learns_what_its_interfaces_need_before_their_tasks() {
    let ecs = service().await;
    define(&ecs, "net", vec![container("app")], Some(NetworkMode::Awsvpc)).await;
    let (a, b) = (node(&ecs, "a", "192.0.2.1:4789").await, node(&ecs, "b", "192.0.2.2:4789").await);
    let mut agent = Agent::connect(&ecs, &a).await;
    let mut known = Known::default();
    let first = in_subnet(&ecs, "a").await;
    assert_eq!(known.until_payload(&mut agent).await, std::slice::from_ref(&first));
    assert_eq!(known.places(), [Place::Here]);
    assert_eq!(known.of_kind(Kind::Group).len(), 1, "the default group");
    assert_eq!(known.of_kind(Kind::Subnet).len(), 2);
    assert_eq!(known.of_kind(Kind::Node).len(), 1, "every other node");

    // A task of another node shows here as a place.
    in_subnet(&ecs, "b").await;
    // Another group's rules are nobody's business here, those of ours are.
    let change = ecs.state.update(|tx| {
        let ours = tx.scan::<SecurityGroup>().find(|g| g.is_default()).cloned().expect("one");
        let mut other = SecurityGroup::clone(&ours);
        other.id = "sg-99999999".parse().expect("an id");
        other.name = "other".to_owned();
        tx.put(other);
        tx.modify::<SecurityGroup>(&ours.id, |group| {
            group.rules.push(SecurityGroupRule {
                id: "sgr-99999999".parse().expect("an id"),
                direction: Direction::Ingress,
                traffic: Traffic::All,
                peer: Peer::Ipv4("192.0.2.0/24".parse().expect("a block")),
                description: None,
                tags: Vec::new(),
            });
        });
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    let second = in_subnet(&ecs, "a").await;
    assert_eq!(known.until_payload(&mut agent).await, [second]);
    let mut places = known.places();
    places.sort_by_key(|p| format!("{p:?}"));
    assert_eq!(places, [Place::Here, Place::Here, Place::Node(b)]);
    let [Item::Group(group)] = known.of_kind(Kind::Group)[..] else { panic!("one group") };
    assert_eq!(group.rules.len(), 3);

    // A session that begins anew tells the same at once.
    agent.hang_up().await;
    connect(&ecs, &a, true).await;
    let mut agent = Agent::connect(&ecs, &a).await;
    let mut again = Known::default();
    again.until_payload(&mut agent).await;
    assert_eq!(again.0, known.0);
    // A session begins with the VPCs that the node has interfaces of.
    let vpcs: Vec<String> = known.0.keys().cloned().collect();
    assert_eq!((known.1.len(), &again.1), (1, &vec![vpcs]));

    // A task that ends gives its interface back.
    let report = SubmitTaskStateChangeRequest {
        task: Some(first),
        status: Some("STOPPED".to_owned()),
        ..SubmitTaskStateChangeRequest::default()
    };
    ecs.submit_task_state_change(&cx(), report).await.expect("it is taken");
    let third = in_subnet(&ecs, "a").await;
    assert_eq!(again.until_payload(&mut agent).await, [third]);
    assert_eq!(again.places().iter().filter(|p| **p == Place::Here).count(), 2);
    let snapshot = ecs.state.snapshot();
    assert_eq!(snapshot.scan::<model::ec2::NetworkInterface>().count(), 3);
    assert!(
        security_group::default_of(
            snapshot.table(),
            &snapshot.scan::<model::ec2::Vpc>().next().expect("one").id
        )
        .is_some()
    );
}

#[tokio::test]
async fn a_node_learns_the_names_of_load_balancers_as_they_come_and_go() {
    let ecs = service().await;
    define(&ecs, "net", vec![container("app")], Some(NetworkMode::Awsvpc)).await;
    let node = node(&ecs, "a", "192.0.2.1:4789").await;
    let mut agent = Agent::connect(&ecs, &node).await;
    let mut known = Known::default();
    in_subnet(&ecs, "a").await;
    known.until_payload(&mut agent).await;
    assert_eq!(known.of_kind(Kind::Name).len(), 0);

    // Any interface will do for its addresses.
    let interface = ecs.state.snapshot().scan::<NetworkInterface>().next().cloned().expect("the task's");
    let arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/50dc6c495c0c9188";
    let balancer = LoadBalancer {
        arn: arn.parse().expect("an ARN"),
        scope: interface.scope.clone(),
        name: "web".to_owned(),
        kind: LoadBalancerKind::Application,
        scheme: Scheme::Internal,
        ip_address_type: LoadBalancerIpAddressType::Ipv4,
        vpc: interface.vpc.clone(),
        subnets: vec![BalancerSubnet {
            subnet: interface.subnet.clone(),
            zone: interface.zone.clone(),
            interface: interface.id.clone(),
            allocation: None,
            private_address: None,
        }],
        security_groups: Vec::new(),
        private_link_rules: None,
        attributes: Attributes::default(),
        created_at: model::Timestamp::default(),
        tags: Vec::new(),
    };
    let put = |balancer: LoadBalancer| {
        ecs.state.update(move |tx| {
            tx.put(balancer.clone());
            Ok::<_, Error>(())
        })
    };
    put(balancer.clone()).await.expect("the state takes it");
    known.next_update(&mut agent).await;
    let [Item::Name(name)] = known.of_kind(Kind::Name)[..] else { panic!("one name") };
    assert_eq!(
        (name.id.as_str(), &name.leads.inside[..]),
        (balancer.dns_name().as_str(), &[interface.address.into()][..])
    );

    // Nobody from outside reaches an internal one by IPv6, unless it says so.
    let owned = NetworkInterface {
        owner: InterfaceOwner::LoadBalancer(balancer.arn.clone()),
        ..NetworkInterface::clone(&interface)
    };
    let change = ecs.state.update(move |tx| {
        tx.put(owned.clone());
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    known.next_update(&mut agent).await;
    assert_eq!(known.sheltered(), [interface.id.as_str()]);
    let mut reached = balancer.clone();
    reached.attributes.set(attribute::DENY_INTERNET, "false");
    put(reached).await.expect("the state takes it");
    known.next_update(&mut agent).await;
    assert_eq!(known.sheltered(), [""; 0]);

    // It leaves its only zone, and then goes.
    put(LoadBalancer { subnets: Vec::new(), ..balancer.clone() }).await.expect("the state takes it");
    known.next_update(&mut agent).await;
    let [Item::Name(name)] = known.of_kind(Kind::Name)[..] else { panic!("one name") };
    assert!(name.leads.inside.is_empty(), "{name:?}");
    let change = ecs.state.update(|tx| {
        tx.delete::<LoadBalancer>(arn);
        Ok::<_, Error>(())
    });
    change.await.expect("the state takes it");
    known.next_update(&mut agent).await;
    assert_eq!(known.of_kind(Kind::Name).len(), 0);
}
