//! What an account has from its first start: the default VPC with a subnet in each zone and its way to the internet, the default cluster, and the
//! role in which ECS acts.

use anyhow::{Context, Result, bail};
use auth::{Cx, Ids};
use model::ec2::{Ipv4Block, Ipv6Block, Subnet};
use model::ecs::Cluster;
use model::ids::ClusterArn;
use model::status::ClusterStatus;
use state::State;
use state::ec2::{default_vpc, settings, subnet};
use std::sync::Arc;

/// The subnets of the default VPC, as long as there is one.
#[derive(Clone, Debug)]
pub struct Network {
    pub subnets: Vec<Arc<Subnet>>,
}

/// The operator's own addresses, where any were named.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pools {
    /// Of public and elastic addresses.
    pub public: Option<Ipv4Block>,
    /// Of the IPv6 blocks of VPCs.
    pub ipv6: Option<Ipv6Block>,
}

/// Makes what is missing, and says what there is.
pub async fn prepare(state: &State, cx: &Cx, block: Ipv4Block, pools: Pools) -> Result<Network> {
    if pools.public.is_some_and(|pool| pool.prefix_len() > 30) {
        bail!("the pool of public addresses must be a /30 at least");
    }
    if pools.ipv6.is_some_and(|pool| pool.prefix_len() > 56) {
        bail!("the pool of IPv6 blocks must be a /56 at least: that is what a VPC gets of it");
    }
    let scope = &cx.scope;
    let subnets = default_vpc::subnets(scope, block)
        .with_context(|| format!("the block of the default VPC must be a /16 to a /24, not {block}"))?;
    let seed = cx.random_32();
    let change = state.update(|tx| {
        let mut ids = Ids::from_seed(seed);
        let draw = &mut || ids.random_16();
        let cluster = ClusterArn::new(scope, "default");
        if tx.get::<Cluster>(cluster.as_str()).is_none() {
            tx.put(default_cluster(cluster, cx));
        }
        if let Some(pool) = pools.public {
            settings::set_public_pool(tx, pool);
        }
        if let Some(pool) = pools.ipv6 {
            settings::set_ipv6_pool(tx, pool);
        }
        // A default VPC that the account deletes later stays away, until CreateDefaultVpc makes another.
        if settings::is_first_start(tx, scope) {
            match default_vpc::of(tx.table(), scope).cloned() {
                Some(of_older_version) => default_vpc::complete(tx, &of_older_version, draw),
                None => drop(default_vpc::create(tx, scope, block, &subnets, draw)),
            }
            iam::ecs_role(tx, cx);
        }
        Ok::<(), std::convert::Infallible>(())
    });
    change.await.map_err(|e| anyhow::anyhow!("{e}")).context("cannot write the default VPC and cluster")?;
    Ok(network(state, cx))
}

fn network(state: &State, cx: &Cx) -> Network {
    let snapshot = state.snapshot();
    let vpc = default_vpc::of(snapshot.table(), &cx.scope);
    let subnets = vpc.into_iter().flat_map(|vpc| snapshot.by_index(subnet::BY_VPC, &vpc.id));
    let mut subnets: Vec<_> = subnets.cloned().collect();
    subnets.sort_by(|a, b| a.zone.cmp(&b.zone));
    Network { subnets }
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
        attachments: Vec::new(),
        service_connect_namespace: None,
        tags: Vec::new(),
    }
}
