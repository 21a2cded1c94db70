//! The service through the functions that requests take, on a state in memory.

use crate::service::Ec2;
use ::api::ec2::{Ec2 as _, *};
use auth::{Cx, Identity, Origin, Principal, Seed};
use model::Timestamp;
use model::ids::Scope;
use std::sync::atomic::{AtomicU16, Ordering};

fn scope() -> Scope {
    Scope::new("us-east-1", "123456789012")
}

/// A request of the account's root; every one draws ids of its own.
fn cx() -> Cx {
    static SEED: AtomicU16 = AtomicU16::new(0);
    let mut seed = [0; 32];
    seed[..2].copy_from_slice(&SEED.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    let principal = Principal::new(&scope(), Identity::AccountRoot, None);
    let now = Timestamp::from_millis(1_700_000_000_000);
    Cx::new(scope(), principal, Origin::default(), now, Seed::from_bytes(seed))
}

fn service() -> Ec2 {
    Ec2::new(state::testing::state(state::ec2::TABLES))
}

fn code<T: std::fmt::Debug>(outcome: Result<T, Error>) -> ErrorCode {
    outcome.expect_err("it is refused").code
}

async fn vpc(ec2: &Ec2, block: &str) -> String {
    let input = CreateVpcRequest { cidr_block: Some(block.to_owned()), ..Default::default() };
    let made = ec2.create_vpc(&cx(), input).await.expect("a VPC");
    made.vpc.and_then(|v| v.vpc_id).expect("an id")
}

async fn subnet(ec2: &Ec2, vpc: &str, block: &str) -> Result<String, Error> {
    let input = CreateSubnetRequest {
        vpc_id: vpc.to_owned(),
        cidr_block: Some(block.to_owned()),
        ..Default::default()
    };
    let made = ec2.create_subnet(&cx(), input).await?;
    Ok(made.subnet.and_then(|s| s.subnet_id).expect("an id"))
}

#[tokio::test]
async fn blocks_of_subnets_follow_the_rules() {
    let ec2 = service();
    let id = vpc(&ec2, "10.0.0.0/16").await;
    subnet(&ec2, &id, "10.0.1.0/24").await.expect("a subnet");
    for (block, expected) in [
        ("10.0.1.128/25", ErrorCode::InvalidSubnetConflict),
        ("10.0.0.0/16", ErrorCode::InvalidSubnetConflict),
        ("10.0.2.0/29", ErrorCode::InvalidSubnetRange),
        ("10.1.0.0/24", ErrorCode::InvalidSubnetRange),
        ("10.0.0.0/15", ErrorCode::InvalidSubnetRange),
        ("10.0.2.0", ErrorCode::InvalidParameterValue),
    ] {
        assert_eq!(code(subnet(&ec2, &id, block).await), expected, "{block}");
    }
    // Bits below the prefix are cleared.
    subnet(&ec2, &id, "10.0.3.77/24").await.expect("a subnet");
    let described = ec2.describe_subnets(&cx(), DescribeSubnetsRequest::default()).await.expect("an answer");
    let mut blocks: Vec<_> = described.subnets.into_iter().flatten().filter_map(|s| s.cidr_block).collect();
    blocks.sort();
    assert_eq!(blocks, ["10.0.1.0/24", "10.0.3.0/24"]);
}

#[tokio::test]
async fn a_dry_run_changes_nothing() {
    let ec2 = service();
    let input = CreateVpcRequest {
        cidr_block: Some("10.0.0.0/16".to_owned()),
        dry_run: Some(true),
        ..Default::default()
    };
    assert_eq!(code(ec2.create_vpc(&cx(), input).await), ErrorCode::DryRunOperation);
    let described = ec2.describe_vpcs(&cx(), DescribeVpcsRequest::default()).await.expect("an answer");
    assert_eq!(described.vpcs, Some(Vec::new()));
}

#[tokio::test]
async fn what_is_in_use_stays() {
    let ec2 = service();
    let id = vpc(&ec2, "10.0.0.0/16").await;
    let subnet = subnet(&ec2, &id, "10.0.1.0/24").await.expect("a subnet");
    let input = CreateNetworkInterfaceRequest { subnet_id: subnet.clone(), ..Default::default() };
    let made = ec2.create_network_interface(&cx(), input).await.expect("an interface");
    let interface = made.network_interface.and_then(|i| i.network_interface_id).expect("an id");
    let delete_vpc = DeleteVpcRequest { vpc_id: id.clone(), dry_run: None };
    let delete_subnet = DeleteSubnetRequest { subnet_id: subnet, dry_run: None };
    assert_eq!(code(ec2.delete_vpc(&cx(), delete_vpc.clone()).await), ErrorCode::DependencyViolation);
    assert_eq!(code(ec2.delete_subnet(&cx(), delete_subnet.clone()).await), ErrorCode::DependencyViolation);
    let input = DeleteNetworkInterfaceRequest { network_interface_id: interface, dry_run: None };
    ec2.delete_network_interface(&cx(), input).await.expect("it goes");
    ec2.delete_subnet(&cx(), delete_subnet).await.expect("it goes");
    ec2.delete_vpc(&cx(), delete_vpc).await.expect("it goes");
    let left = ec2.state.snapshot();
    assert_eq!(left.scan::<model::ec2::RouteTable>().count(), 0);
    assert_eq!(left.scan::<model::ec2::SecurityGroup>().count(), 0);
    assert_eq!(left.scan::<model::ec2::NetworkAcl>().count(), 0);
}
