//! What load balancers are called inside VPCs, and where their names lead.

use super::addresses;
use model::ec2::NetworkInterface;
use model::elbv2::attribute::CLIENT_ROUTING;
use model::elbv2::{BalancerSubnet, LoadBalancer, LoadBalancerKind, Scheme};
use model::fabric::{Affinity, Item, Leads, Name};
use model::ids::NetworkInterfaceId;
use std::net::IpAddr;
use std::sync::Arc;

/// What a load balancer is called: its name, and of a network load balancer `ZONE.NAME` for each of its zones.
pub fn of(balancer: &LoadBalancer) -> Vec<String> {
    let name = balancer.dns_name();
    let zones = balancer.subnets.iter().filter(|_| balancer.kind == LoadBalancerKind::Network);
    let of_zones: Vec<String> = zones.map(|subnet| format!("{}.{name}", subnet.zone)).collect();
    [vec![name], of_zones].concat()
}

/// The names of a load balancer with the addresses that they stand for: those of interfaces that some node carries, all where none is carried yet.
/// Zones that have `failed` are left out where that leaves some.
// AWS differs: an internet-facing one's name leads to its public addresses everywhere, also inside its VPC. Here it leads to the private ones there,
// which need no way out, and which security groups see as they are.
pub fn items(
    balancer: &LoadBalancer,
    interface: impl Fn(&NetworkInterfaceId) -> Option<Arc<NetworkInterface>>,
    failed: impl Fn(&str) -> bool,
) -> Vec<Item> {
    let known = balancer.subnets.iter().filter_map(|s| Some((s, interface(&s.interface)?)));
    let all: Vec<(&BalancerSubnet, Arc<NetworkInterface>)> = known.collect();
    let carried = where_some(all, |(_, interface)| interface.host.is_some());
    let serving = where_some(carried.clone(), |(subnet, _)| !failed(&subnet.zone));
    let leads = |interfaces: &[(&BalancerSubnet, Arc<NetworkInterface>)]| {
        let interfaces = interfaces.iter().map(|(_, interface)| interface);
        let inside: Vec<IpAddr> = interfaces.clone().flat_map(|i| addresses(i)).collect();
        let outside = match balancer.scheme {
            Scheme::Internal => inside.clone(),
            Scheme::InternetFacing => interfaces.flat_map(|i| public_addresses(i)).collect(),
        };
        Leads { inside, outside }
    };
    let item = |id: String, leads: Leads, affinity: Option<Affinity>| {
        Item::Name(Name { id, vpc: balancer.vpc.to_string(), leads, affinity })
    };
    let affinity = affinity(balancer).map(|percent| {
        let zone = |one: &(&BalancerSubnet, _)| (one.0.zone.clone(), leads(std::slice::from_ref(one)));
        Affinity { percent, zones: serving.iter().map(zone).collect() }
    });
    let mut items = vec![item(balancer.dns_name(), leads(&serving), affinity)];
    if balancer.kind == LoadBalancerKind::Network {
        // Who asks for a zone gets it, failed or not.
        items.extend(carried.iter().map(|one| {
            item(format!("{}.{}", one.0.zone, balancer.dns_name()), leads(std::slice::from_ref(one)), None)
        }));
    }
    items
}

/// Of 100 questions for a load balancer's name, how many are answered with the asker's own zone; `None` where none is ("Availability Zone DNS affinity",
/// user guide for Network Load Balancers).
fn affinity(balancer: &LoadBalancer) -> Option<u8> {
    match balancer.attribute(CLIENT_ROUTING)? {
        "availability_zone_affinity" => Some(100),
        "partial_availability_zone_affinity" => Some(85),
        _ => None,
    }
}

/// Those that fulfil it, or all where none does.
fn where_some<T: Clone>(all: Vec<T>, fulfils: impl Fn(&T) -> bool) -> Vec<T> {
    let some: Vec<T> = all.iter().filter(|one| fulfils(one)).cloned().collect();
    if some.is_empty() { all } else { some }
}

/// Addresses that are reached from everywhere.
fn public_addresses(interface: &NetworkInterface) -> Vec<IpAddr> {
    let ipv6 = interface.ipv6_addresses.iter().map(|a| IpAddr::V6(*a));
    interface.public_addresses.iter().map(|p| IpAddr::V4(p.address)).chain(ipv6).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{an_interface, id};
    use super::*;
    use model::ids::{ContainerInstanceArn, Scope};
    use std::net::Ipv4Addr;

    #[test]
    fn a_load_balancer_s_name_leads_to_the_interfaces_that_are_carried() {
        let node: ContainerInstanceArn = id(
            "arn:aws:ecs:us-east-1:123456789012:container-instance/default/cccccccccccccccccccccccccccccccc",
        );
        let balancer = |kind: LoadBalancerKind, scheme| {
            let (a, b) = ("1".repeat(17), "2".repeat(17));
            let subnet = |zone: &str, interface: &str| BalancerSubnet {
                subnet: id(&format!("subnet-{a}")),
                zone: zone.to_owned(),
                interface: id(interface),
                allocation: None,
                private_address: None,
            };
            LoadBalancer {
                arn: id(&format!(
                    "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/{}/Web/50dc6c495c0c9188",
                    kind.in_arn()
                )),
                scope: Scope::new("us-east-1", "123456789012"),
                name: "Web".to_owned(),
                kind,
                scheme,
                ip_address_type: model::elbv2::LoadBalancerIpAddressType::Ipv4,
                vpc: id("vpc-11111111"),
                subnets: vec![
                    subnet("us-east-1a", &format!("eni-{a}")),
                    subnet("us-east-1b", &format!("eni-{b}")),
                ],
                security_groups: Vec::new(),
                private_link_rules: None,
                attributes: model::elbv2::Attributes::default(),
                created_at: model::Timestamp::default(),
                tags: Vec::new(),
            }
        };
        // Of each zone's interface whether a node carries it.
        let told = |balancer: &LoadBalancer, carried: [bool; 2], failed: &str| -> Vec<String> {
            let interface = |wanted: &NetworkInterfaceId| {
                let second = wanted == &balancer.subnets[1].interface;
                let number = if second { 2 } else { 1 };
                let public = model::ec2::PublicAddress {
                    address: Ipv4Addr::new(198, 18, 0, number),
                    private_address: Ipv4Addr::new(10, 0, 0, number),
                    allocation: None,
                    association: None,
                };
                let facing = balancer.scheme == Scheme::InternetFacing;
                Some(Arc::new(NetworkInterface {
                    address: Ipv4Addr::new(10, 0, 0, number),
                    secondary_addresses: Vec::new(),
                    ipv6_addresses: Vec::new(),
                    public_addresses: Some(public).filter(|_| facing).into_iter().collect(),
                    host: carried[usize::from(second)].then(|| node.clone()),
                    ..an_interface(wanted)
                }))
            };
            let told = items(balancer, interface, |zone| zone == failed);
            let line = |item: &Item| match item {
                Item::Name(name) => {
                    let texts =
                        |all: &[IpAddr]| all.iter().map(|a| a.to_string()).collect::<Vec<_>>().join(" ");
                    let line = |id: &str, leads: &Leads| {
                        let from = |vpc| texts(name.seen_from(vpc, leads));
                        format!("{id}: {} | {}", from("vpc-11111111"), from("vpc-22222222"))
                    };
                    let mut lines = line(&name.id, &name.leads);
                    if let Some(Affinity { percent, zones }) = &name.affinity {
                        let zones = zones.iter().map(|(zone, leads)| line(zone, leads));
                        lines += &format!(", {percent} of 100: {}", zones.collect::<Vec<_>>().join(", "));
                    }
                    lines
                }
                _ => panic!("it is a name"),
            };
            told.iter().map(line).collect()
        };
        let internal = balancer(LoadBalancerKind::Application, Scheme::Internal);
        let name = "internal-Web-50dc6c495c0c9188.us-east-1.elb.localhost";
        let one = |addresses: &str| vec![format!("{name}: {addresses} | {addresses}")];
        assert_eq!(told(&internal, [false, false], ""), one("10.0.0.1 10.0.0.2"), "nobody carries it");
        assert_eq!(told(&internal, [false, true], ""), one("10.0.0.2"));
        assert_eq!(told(&internal, [true, true], "us-east-1a"), one("10.0.0.2"));
        assert_eq!(told(&internal, [true, false], "us-east-1a"), one("10.0.0.1"), "none is left");
        let facing = balancer(LoadBalancerKind::Network, Scheme::InternetFacing);
        let name = "Web-50dc6c495c0c9188.us-east-1.elb.localhost";
        assert_eq!(
            told(&facing, [true, true], "us-east-1b"),
            [
                format!("{name}: 10.0.0.1 | 198.18.0.1"),
                format!("us-east-1a.{name}: 10.0.0.1 | 198.18.0.1"),
                format!("us-east-1b.{name}: 10.0.0.2 | 198.18.0.2"),
            ]
        );
        // Who asks from a zone that serves is led there, from a failed one everywhere else.
        for (policy, percent) in
            [("availability_zone_affinity", 100), ("partial_availability_zone_affinity", 85)]
        {
            let mut affine = facing.clone();
            affine.attributes.set(CLIENT_ROUTING, policy);
            assert_eq!(
                told(&affine, [true, true], "")[0],
                format!(
                    "{name}: 10.0.0.1 10.0.0.2 | 198.18.0.1 198.18.0.2, {percent} of 100: us-east-1a: 10.0.0.1 | 198.18.0.1, us-east-1b: 10.0.0.2 | 198.18.0.2"
                )
            );
            assert_eq!(
                told(&affine, [true, true], "us-east-1b")[0],
                format!("{name}: 10.0.0.1 | 198.18.0.1, {percent} of 100: us-east-1a: 10.0.0.1 | 198.18.0.1")
            );
            affine.attributes.set(CLIENT_ROUTING, "any_availability_zone");
            assert_eq!(told(&affine, [true, true], ""), told(&facing, [true, true], ""));
        }
        let mut called = of(&facing);
        called.sort();
        let mut said: Vec<String> = told(&facing, [true, true], "")
            .iter()
            .map(|l| l.split(':').next().unwrap_or_default().to_owned())
            .collect();
        said.sort();
        assert_eq!(called, said);
    }
}
