//! Which node carries which interface of a load balancer.
//!
//! An interface stays where it is as long as its node is not lost: to move it ends its connections. Otherwise it goes to a node of its zone, to one that does
//! nothing else where there are such, to the one that carries least; and to a node of another zone where its own has none: every node reaches every subnet.

use model::Timestamp;
use model::ids::{ContainerInstanceArn, NetworkInterfaceId};
use std::collections::BTreeMap;
use std::time::Duration;

/// A node that has a data plane of load balancers.
#[derive(Clone, Debug)]
pub struct Node {
    pub arn: ContainerInstanceArn,
    /// `None`: of every zone.
    pub zone: Option<String>,
    /// Whether it does nothing else.
    pub only: bool,
    /// Whether it takes what is new: it is in reach, and nobody empties it.
    pub takes: bool,
    /// Since when it is out of reach.
    pub gone_since: Option<Timestamp>,
}

/// An interface of a load balancer.
#[derive(Clone, Debug)]
pub struct Carried {
    pub interface: NetworkInterfaceId,
    pub zone: String,
    pub host: Option<ContainerInstanceArn>,
}

/// What is to be done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Who carries what from now on.
    pub moves: Vec<(NetworkInterfaceId, ContainerInstanceArn)>,
    /// Those that nobody can carry.
    pub stranded: Vec<NetworkInterfaceId>,
    /// When to look again.
    pub next: Option<Timestamp>,
}

/// Decides. A node that is out of reach for `lost_after` is lost.
pub fn assign(nodes: &[Node], interfaces: &[Carried], lost_after: Duration, now: Timestamp) -> Plan {
    let mut plan = Plan::default();
    let known: BTreeMap<&ContainerInstanceArn, &Node> = nodes.iter().map(|node| (&node.arn, node)).collect();
    let mut load: BTreeMap<&ContainerInstanceArn, usize> = BTreeMap::new();
    for host in interfaces.iter().filter_map(|i| i.host.as_ref()) {
        *load.entry(host).or_default() += 1;
    }
    for carried in interfaces {
        let host = carried.host.as_ref().and_then(|host| known.get(host).copied());
        let lost_at = host.map(|node| node.gone_since.map(|since| since.after(lost_after)));
        match lost_at {
            Some(None) => continue,
            Some(Some(at)) if at > now => {
                plan.next = Some(plan.next.map_or(at, |next| next.min(at)));
                continue;
            }
            Some(Some(_)) | None => {}
        }
        let rank = |node: &&Node| {
            let near = node.zone.as_ref().is_none_or(|zone| *zone == carried.zone);
            let carries = load.get(&node.arn).copied().unwrap_or_default();
            (!near, !node.only, carries, node.arn.clone())
        };
        match nodes.iter().filter(|node| node.takes).min_by_key(rank) {
            Some(node) => {
                plan.moves.push((carried.interface.clone(), node.arn.clone()));
                *load.entry(&node.arn).or_default() += 1;
            }
            None if host.is_some() => {}
            None => plan.stranded.push(carried.interface.clone()),
        }
    }
    plan
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOST: Duration = Duration::from_secs(30);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    fn arn(name: char) -> ContainerInstanceArn {
        let id = name.to_string().repeat(32);
        format!("arn:aws:ecs:us-east-1:000000000000:container-instance/default/{id}").parse().expect("an ARN")
    }

    fn node(name: char, zone: Option<&str>) -> Node {
        Node { arn: arn(name), zone: zone.map(str::to_owned), only: false, takes: true, gone_since: None }
    }

    fn interface(number: char, zone: &str, host: Option<char>) -> Carried {
        let id = format!("eni-{}", number.to_string().repeat(17));
        Carried { interface: id.parse().expect("an id"), zone: zone.to_owned(), host: host.map(arn) }
    }

    fn moves(plan: &Plan) -> Vec<ContainerInstanceArn> {
        plan.moves.iter().map(|(_, node)| node.clone()).collect()
    }

    #[test]
    fn an_interface_goes_to_its_zone_and_to_another_where_that_has_nobody() {
        let nodes = [node('a', Some("z-a")), node('b', Some("z-b"))];
        let wanted = [interface('1', "z-b", None), interface('2', "z-a", None), interface('3', "z-c", None)];
        assert_eq!(moves(&assign(&nodes, &wanted, LOST, at(0))), [arn('b'), arn('a'), arn('a')]);
        let everywhere = [node('e', None), node('b', Some("z-b"))];
        assert_eq!(moves(&assign(&everywhere, &wanted, LOST, at(0))), [arn('b'), arn('e'), arn('e')]);
    }

    #[test]
    fn who_does_nothing_else_comes_first_then_who_carries_least() {
        let only = Node { only: true, ..node('b', Some("z-a")) };
        let nodes = [node('a', Some("z-a")), only, node('c', Some("z-a"))];
        let wanted = [interface('1', "z-a", None), interface('2', "z-a", None)];
        assert_eq!(moves(&assign(&nodes, &wanted, LOST, at(0))), [arn('b'), arn('b')]);
        let plain = [node('a', Some("z-a")), node('c', Some("z-a"))];
        let wanted =
            [interface('1', "z-a", Some('a')), interface('2', "z-a", None), interface('3', "z-a", None)];
        assert_eq!(moves(&assign(&plain, &wanted, LOST, at(0))), [arn('c'), arn('a')]);
    }

    #[test]
    fn what_is_carried_stays_until_its_node_is_lost() {
        let gone = Node { takes: false, gone_since: Some(at(100)), ..node('a', Some("z-a")) };
        let carried = [interface('1', "z-a", Some('a'))];
        let both = [gone.clone(), node('b', Some("z-b"))];
        let waits = assign(&both, &carried, LOST, at(129));
        assert_eq!((moves(&waits), waits.next), (Vec::new(), Some(at(130))));
        assert_eq!(moves(&assign(&both, &carried, LOST, at(130))), [arn('b')]);
        // Nobody else is there: what it serves, it goes on serving.
        assert_eq!(assign(&[gone], &carried, LOST, at(999)), Plan::default());
        // An emptied node keeps it, and takes no other.
        let emptied = Node { takes: false, ..node('a', Some("z-a")) };
        let also = [carried[0].clone(), interface('2', "z-a", None)];
        assert_eq!(moves(&assign(&[emptied, node('b', None)], &also, LOST, at(0))), [arn('b')]);
    }

    #[test]
    fn what_nobody_can_carry_is_told() {
        let plan = assign(&[], &[interface('1', "z-a", None), interface('2', "z-a", Some('a'))], LOST, at(0));
        assert_eq!((plan.moves.len(), plan.stranded.len()), (0, 2));
    }
}
