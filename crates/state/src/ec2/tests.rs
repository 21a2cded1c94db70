//! A default VPC is whole, an older one is made whole, and interfaces share no address over long histories.

use super::network_interface::{self, Error, NewInterface};
use super::{default_vpc, route_table, security_group, settings, subnet, vpc};
use crate::testing::state;
use crate::{State, UpdateError};
use model::Timestamp;
use model::ec2::{
    Direction, InterfaceOwner, InterfaceType, NetworkInterface, Peer, RouteTarget, Subnet,
    SubnetIpv6Association, SubnetV1, Vpc, VpcIpv6Association, VpcV1,
};
use model::ids::{NetworkInterfaceId, Scope, SubnetCidrAssociationId, VpcCidrAssociationId};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

fn scope() -> Scope {
    Scope::new("us-east-1", "123456789012")
}

/// Bytes that no two calls have in common.
fn counter() -> impl FnMut() -> [u8; 16] {
    let mut count = 0u64;
    move || {
        count += 1;
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&count.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
        bytes
    }
}

async fn with_default_vpc(block: &str) -> (State, Arc<Subnet>) {
    let state = state(super::TABLES);
    let subnets = [("us-east-1a".to_owned(), block.parse().expect("a block"))];
    let change = state.update(|tx| {
        let block = "10.0.0.0/16".parse().expect("a block");
        let vpc = default_vpc::create(tx, &scope(), block, &subnets, &mut counter());
        Ok::<_, ()>(tx.by_index(subnet::BY_VPC, &vpc.id).next().cloned().expect("one subnet"))
    });
    let subnet = change.await.expect("a VPC");
    (state, subnet)
}

fn new(subnet: &Arc<Subnet>, public: bool) -> NewInterface {
    NewInterface {
        subnet: Arc::clone(subnet),
        groups: Vec::new(),
        address: None,
        secondary_addresses: Vec::new(),
        ipv6_addresses: Vec::new(),
        public,
        description: String::new(),
        interface_type: InterfaceType::Interface,
        requester: None,
        attachment: None,
        host: None,
        owner: InterfaceOwner::User,
        source_dest_check: true,
        tags: Vec::new(),
    }
}

fn check_whole(state: &State) {
    let snapshot = state.snapshot();
    let vpc = default_vpc::of(snapshot.table(), &scope()).expect("a default VPC");
    assert!(vpc.number > 0 && vpc.dhcp_options.is_some());
    let subnet = snapshot.by_index(subnet::BY_VPC, &vpc.id).next().expect("a subnet");
    let table = route_table::of_subnet(snapshot.table(), subnet).expect("a route table");
    let targets: Vec<_> = table.routes.iter().map(|r| r.target.clone()).collect();
    assert!(table.is_main());
    assert!(
        matches!(targets.as_slice(), [RouteTarget::Local, RouteTarget::InternetGateway(_)]),
        "{targets:?}"
    );
    let group = security_group::default_of(snapshot.table(), &vpc.id).expect("a default group");
    let ingress: Vec<_> = group.rules(Direction::Ingress).map(|r| r.peer.clone()).collect();
    assert_eq!((ingress, group.rules.len()), (vec![Peer::Group(group.id.clone())], 2));
    assert_ne!(group.rules[0].id, group.rules[1].id);
    let acl = super::network_acl::of_subnet(snapshot.table(), &subnet.id).expect("an ACL");
    assert_eq!(acl.entries.len(), 4);
}

#[test]
fn subnets_are_those_of_a_new_account() {
    let subnets = default_vpc::subnets(&scope(), default_vpc::block()).expect("a /16");
    let texts: Vec<String> = subnets.iter().map(|(zone, block)| format!("{zone} {block}")).collect();
    assert_eq!(texts, ["us-east-1a 172.31.0.0/20", "us-east-1b 172.31.16.0/20", "us-east-1c 172.31.32.0/20"]);
    assert_eq!(default_vpc::subnets(&scope(), "10.0.0.0/28".parse().expect("a block")), None);
}

#[tokio::test]
async fn a_default_vpc_is_whole() {
    let (state, subnet) = with_default_vpc("10.0.0.0/20").await;
    check_whole(&state);
    assert!(subnet.map_public_ip_on_launch);
}

#[tokio::test]
async fn a_vpc_of_the_first_version_is_made_whole() {
    let state = state(super::TABLES);
    let old = VpcV1 {
        id: "vpc-0123456789abcdef0".parse().expect("an id"),
        scope: scope(),
        block: "10.0.0.0/16".parse().expect("a block"),
        is_default: true,
    };
    let old_subnet = SubnetV1 {
        id: "subnet-0123456789abcdef0".parse().expect("an id"),
        scope: scope(),
        vpc: old.id.clone(),
        block: "10.0.0.0/20".parse().expect("a block"),
        zone: "us-east-1a".to_owned(),
        default_for_zone: true,
    };
    let change = state.update(|tx| {
        let vpc = tx.put(Vpc::from(old.clone()));
        tx.put(Subnet::from(old_subnet.clone()));
        assert!(settings::is_first_start(tx, &scope()));
        assert!(!settings::is_first_start(tx, &scope()));
        default_vpc::complete(tx, &vpc, &mut counter());
        Ok::<_, ()>(())
    });
    change.await.expect("a VPC");
    check_whole(&state);
}

#[tokio::test]
async fn every_vpc_has_a_number_of_its_own() {
    let (state, _) = with_default_vpc("10.0.0.0/20").await;
    let change = state.update(|tx| {
        let first = default_vpc::of(tx.table(), &scope()).cloned().expect("a VPC");
        tx.delete::<Vpc>(&first.id);
        let block = "10.0.0.0/16".parse().expect("a block");
        let second = default_vpc::create(tx, &scope(), block, &[], &mut counter());
        Ok::<_, ()>((first.number, second.number))
    });
    assert_eq!(change.await.expect("numbers"), (1, 2));
    assert_eq!(state.snapshot().table::<Vpc>().by_index(vpc::BY_SCOPE, scope()).count(), 1);
}

#[tokio::test]
async fn an_ipv6_pool_gives_each_block_once_and_may_change() {
    let (state, _) = with_default_vpc("10.0.0.0/20").await;
    let change = state.update(|tx| {
        let vpc = default_vpc::of(tx.table(), &scope()).map(|vpc| vpc.id.clone()).expect("a VPC");
        let give = |tx: &mut crate::Tx<'_>| {
            let block = settings::next_ipv6_block(tx)?;
            let id = VpcCidrAssociationId::from_random([9; 16]);
            tx.modify::<Vpc>(&vpc, |v| v.ipv6_blocks.push(VpcIpv6Association { id, block }));
            Some(block.to_string())
        };
        let pool = |text: &str| text.parse().expect("a block");
        let mut given = vec![give(tx)];
        settings::set_ipv6_pool(tx, pool("2001:db8::/55"));
        given.extend([give(tx), give(tx), give(tx)]);
        settings::set_ipv6_pool(tx, pool("2001:db8:1::/56"));
        given.extend([give(tx), give(tx)]);
        // The one that was there before: what it gave is still taken.
        settings::set_ipv6_pool(tx, pool("2001:db8::/54"));
        given.push(give(tx));
        Ok::<_, ()>(given)
    });
    let block = |text: &str| Some(text.to_owned());
    let expected = [
        block("fd4c:5348::/56"),
        block("2001:db8::/56"),
        block("2001:db8:0:100::/56"),
        None,
        block("2001:db8:1::/56"),
        None,
        block("2001:db8:0:200::/56"),
    ];
    assert_eq!(change.await.expect("blocks"), expected);
}

#[tokio::test]
async fn a_full_subnet_and_an_empty_pool_say_so() {
    let (state, subnet) = with_default_vpc("10.0.0.0/28").await;
    let mut draw = counter();
    let change = state.update(|tx| {
        settings::set_public_pool(tx, "192.0.2.0/30".parse().expect("a block"));
        for _ in 0..2 {
            network_interface::create(tx, new(&subnet, true), Timestamp(0), &mut draw).expect("room");
        }
        let public = network_interface::create(tx, new(&subnet, true), Timestamp(0), &mut draw);
        assert_eq!(public.map(|i| i.id.clone()), Err(Error::PoolEmpty));
        for _ in 2..11 {
            network_interface::create(tx, new(&subnet, false), Timestamp(0), &mut draw).expect("room");
        }
        assert_eq!(network_interface::free_count(tx.table(), &subnet), 0);
        let full = network_interface::create(tx, new(&subnet, false), Timestamp(0), &mut draw);
        assert_eq!(full.map(|i| i.id.clone()), Err(Error::SubnetFull { subnet: subnet.id.clone() }));
        let mut named = new(&subnet, false);
        named.address = Some("10.0.0.3".parse().expect("an address"));
        let reserved = network_interface::create(tx, named, Timestamp(0), &mut draw);
        assert!(matches!(reserved, Err(Error::OutOfRange { .. })), "{reserved:?}");
        Ok::<_, ()>(())
    });
    change.await.expect("an answer");
}

/// A subnet of the default VPC that has an IPv6 block too.
async fn with_ipv6(state: &State, subnet: &Arc<Subnet>) -> Arc<Subnet> {
    let id = SubnetCidrAssociationId::from_random([7; 16]);
    let block = "fd00:0:0:7::/64".parse().expect("a block");
    let change = state.update(|tx| {
        tx.modify::<Subnet>(&subnet.id, |s| s.ipv6 = Some(SubnetIpv6Association { id: id.clone(), block }));
        Ok::<_, ()>(tx.get::<Subnet>(&subnet.id).expect("it is there"))
    });
    change.await.expect("a subnet")
}

#[tokio::test]
async fn an_interface_has_no_address_twice_and_no_reserved_one() {
    let (state, subnet) = with_default_vpc("10.0.0.0/24").await;
    let subnet = with_ipv6(&state, &subnet).await;
    let mut draw = counter();
    let v4 = |text: &str| text.parse::<Ipv4Addr>().expect("an address");
    let v6 = |text: &str| text.parse::<Ipv6Addr>().expect("an address");
    let cases = [
        ("10.0.0.10", vec!["10.0.0.11", "10.0.0.12"], vec!["fd00:0:0:7::a", "fd00:0:0:7::b"], None),
        ("10.0.0.20", vec!["10.0.0.21", "10.0.0.22", "10.0.0.21"], vec![], Some("10.0.0.21 is in use")),
        ("10.0.0.20", vec!["10.0.0.20"], vec![], Some("10.0.0.20 is in use")),
        ("10.0.0.20", vec!["10.0.0.11"], vec![], Some("10.0.0.11 is in use")),
        ("10.0.0.20", vec![], vec!["fd00:0:0:7::c", "fd00:0:0:7::c"], Some("fd00:0:0:7::c is in use")),
        ("10.0.0.20", vec![], vec!["fd00:0:0:7::a"], Some("fd00:0:0:7::a is in use")),
        ("10.0.0.20", vec![], vec!["fd00:0:0:7::3"], Some("fd00:0:0:7::3 is no address for interfaces")),
        ("10.0.0.20", vec![], vec!["fd00::7:ffff:ffff:ffff:ffff"], Some("is no address for interfaces")),
        ("10.0.0.20", vec![], vec!["fd00:0:0:8::a"], Some("fd00:0:0:8::a is no address for interfaces")),
    ];
    for (address, secondary, ipv6, expected) in cases {
        let change = state.update(|tx| {
            let mut wanted = new(&subnet, false);
            wanted.address = Some(v4(address));
            wanted.secondary_addresses = secondary.iter().map(|a| v4(a)).collect();
            wanted.ipv6_addresses = ipv6.iter().map(|a| v6(a)).collect();
            network_interface::create(tx, wanted, Timestamp(0), &mut draw).map(|i| i.id.clone())
        });
        match (change.await, expected) {
            (Ok(_), None) => {}
            (Err(UpdateError::Refused(error)), Some(expected)) => {
                assert!(error.to_string().contains(expected), "{secondary:?} {ipv6:?}: {error}");
            }
            (other, _) => panic!("{secondary:?} {ipv6:?}: {other:?}"),
        }
    }
    assert_eq!(state.snapshot().scan::<NetworkInterface>().count(), 1);
}

#[tokio::test]
async fn no_reserved_address_is_drawn() {
    let (state, subnet) = with_default_vpc("10.0.0.0/24").await;
    assert_eq!(network_interface::random_ipv6(&subnet, &mut counter()), None);
    let subnet = with_ipv6(&state, &subnet).await;
    // What would be ::0, ::1, …, and the last.
    for number in [0u128, 1, 2, 3, u128::from(u64::MAX), u128::MAX] {
        let drawn = network_interface::random_ipv6(&subnet, &mut || number.to_be_bytes()).expect("a block");
        let snapshot = state.snapshot();
        assert_eq!(
            network_interface::check_ipv6_address(snapshot.table(), &subnet, drawn),
            Ok(()),
            "{drawn}"
        );
    }
}

#[derive(Clone, Debug)]
enum Step {
    Create {
        public: bool,
        /// Further addresses, by their last part: some are taken, some reserved, some given twice.
        secondary: Vec<u8>,
    },
    /// The n-th of those that live, round.
    Release(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (any::<bool>(), prop::collection::vec(0u8..32, 0..4))
            .prop_map(|(public, secondary)| Step::Create { public, secondary }),
        2 => any::<usize>().prop_map(Step::Release),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Over any history: no address twice, none that is reserved, and what was given back is free again.
    #[test]
    fn interfaces_share_no_address(steps in prop::collection::vec(step(), 0..200)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        runtime.block_on(async {
            let (state, subnet) = with_default_vpc("10.0.0.0/27").await;
            let mut draw = counter();
            let mut alive: Vec<NetworkInterfaceId> = Vec::new();
            let mut taken = 0;
            for step in &steps {
                let change = state.update(|tx| match step {
                    Step::Create { public, secondary } => {
                        let mut wanted = new(&subnet, *public);
                        wanted.secondary_addresses = secondary.iter().map(|n| Ipv4Addr::new(10, 0, 0, *n)).collect();
                        network_interface::create(tx, wanted, Timestamp(0), &mut draw).map(|i| Some(i.id.clone()))
                    }
                    Step::Release(_) if alive.is_empty() => Ok(None),
                    Step::Release(n) => {
                        network_interface::release(tx, &alive[n % alive.len()]).expect("it lives");
                        Ok(None)
                    }
                });
                match (step, change.await) {
                    (Step::Create { .. }, Ok(Some(id))) => alive.push(id),
                    (Step::Create { secondary, .. }, Err(UpdateError::Refused(Error::SubnetFull { .. }))) => {
                        let asked: BTreeSet<_> = secondary.iter().filter(|n| subnet.block.is_usable(Ipv4Addr::new(10, 0, 0, **n))).collect();
                        assert!(taken + asked.len() >= 27, "{taken} are taken");
                    }
                    (Step::Create { secondary, .. }, Err(UpdateError::Refused(Error::InUse { .. } | Error::OutOfRange { .. }))) => {
                        assert!(!secondary.is_empty());
                    }
                    (Step::Release(n), Ok(None)) if !alive.is_empty() => drop(alive.remove(n % alive.len())),
                    (Step::Release(_), Ok(None)) => {}
                    (step, other) => panic!("{step:?}: {other:?}"),
                }
                let snapshot = state.snapshot();
                let interfaces: Vec<_> = snapshot.scan::<NetworkInterface>().collect();
                let all: Vec<Ipv4Addr> = interfaces.iter().flat_map(|i| i.addresses()).collect();
                let private: BTreeSet<_> = all.iter().copied().collect();
                taken = all.len();
                let public: BTreeSet<_> = interfaces.iter().flat_map(|i| &i.public_addresses).map(|p| p.address).collect();
                assert_eq!((interfaces.len(), private.len()), (alive.len(), taken), "no address twice");
                assert!(private.iter().all(|a| subnet.block.is_usable(*a)));
                assert_eq!(public.len(), interfaces.iter().map(|i| i.public_addresses.len()).sum::<usize>());
                assert_eq!(network_interface::free_count(snapshot.table(), &subnet), 27 - taken as u64);
            }
        });
    }
}
