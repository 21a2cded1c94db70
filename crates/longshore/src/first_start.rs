//! What an account has from its first start: the default VPC with a subnet in each zone and its security group, and the default cluster.

use anyhow::{Context, Result, bail};
use auth::Cx;
use model::ec2::{Ipv4Block, SecurityGroup, Subnet, Vpc};
use model::ecs::Cluster;
use model::ids::ClusterArn;
use model::status::ClusterStatus;
use state::State;
use state::ec2::{SUBNETS, VPCS};
use std::sync::Arc;

/// Zones of a region, by their letters.
const ZONES: [&str; 3] = ["a", "b", "c"];

/// The network that tasks have addresses in.
#[derive(Clone, Debug)]
pub struct Network {
    pub vpc: Arc<Vpc>,
    pub subnets: Vec<Arc<Subnet>>,
}

/// Makes what is missing, and says what there is.
pub async fn prepare(state: &State, cx: &Cx, block: Ipv4Block) -> Result<Network> {
    let subnets = subnet_blocks(block)?;
    let (vpc_id, group_id) = (cx.vpc_id(), cx.security_group_id());
    let subnet_ids: Vec<_> = ZONES.iter().map(|_| cx.subnet_id()).collect();
    let scope = &cx.scope;
    let change = state.update(|tx| {
        let cluster = ClusterArn::new(scope, "default");
        if tx.get::<Cluster>(cluster.as_str()).is_none() {
            tx.put(default_cluster(cluster, cx));
        }
        if tx.by_index(VPCS, scope).any(|v| v.is_default) {
            return Ok::<(), std::convert::Infallible>(());
        }
        tx.put(Vpc { id: vpc_id.clone(), scope: scope.clone(), block, is_default: true });
        for ((letter, id), block) in ZONES.iter().zip(&subnet_ids).zip(&subnets) {
            tx.put(Subnet {
                id: id.clone(),
                scope: scope.clone(),
                vpc: vpc_id.clone(),
                block: *block,
                zone: format!("{}{letter}", scope.region),
                default_for_zone: true,
            });
        }
        tx.put(SecurityGroup {
            id: group_id.clone(),
            scope: scope.clone(),
            vpc: vpc_id.clone(),
            name: "default".to_owned(),
            description: "default VPC security group".to_owned(),
        });
        Ok(())
    });
    change.await.map_err(|e| anyhow::anyhow!("{e}")).context("cannot write the default VPC and cluster")?;
    network(state, cx)
}

fn network(state: &State, cx: &Cx) -> Result<Network> {
    let snapshot = state.snapshot();
    let vpc = snapshot
        .by_index(VPCS, &cx.scope)
        .find(|v| v.is_default)
        .cloned()
        .context("there is no default VPC")?;
    let mut subnets: Vec<_> = snapshot.by_index(SUBNETS, (&cx.scope, vpc.id.as_str())).cloned().collect();
    subnets.sort_by(|a, b| a.zone.cmp(&b.zone));
    Ok(Network { vpc, subnets })
}

fn default_cluster(arn: ClusterArn, cx: &Cx) -> Cluster {
    Cluster {
        arn,
        status: ClusterStatus::Active,
        created_at: cx.now,
        settings: Vec::new(),
        configuration: None,
        capacity_providers: vec!["FARGATE".to_owned(), "FARGATE_SPOT".to_owned()],
        default_capacity_provider_strategy: Vec::new(),
        service_connect_namespace: None,
        tags: Vec::new(),
    }
}

/// One subnet per zone: AWS's /20 of a /16, a sixteenth of another block.
fn subnet_blocks(vpc: Ipv4Block) -> Result<Vec<Ipv4Block>> {
    if !(16..=24).contains(&vpc.prefix_len()) {
        bail!("the block of the default VPC must be a /16 to a /24, not {vpc}");
    }
    let prefix_len = vpc.prefix_len() + 4;
    let size = 1u32 << (32 - prefix_len);
    let nth = |n: u32| Ipv4Block::new(vpc.nth(n * size)?, prefix_len);
    (0..3).map(|n| nth(n).context("a subnet lies in its VPC")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subnets_are_those_of_a_new_account() {
        let blocks = subnet_blocks("172.31.0.0/16".parse().expect("a block")).expect("subnets");
        let texts: Vec<String> = blocks.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["172.31.0.0/20", "172.31.16.0/20", "172.31.32.0/20"]);
        assert!(subnet_blocks("10.0.0.0/28".parse().expect("a block")).is_err());
    }
}
