//! The loop that has nodes carry the interfaces of load balancers.

use model::Timestamp;
use model::ec2::{InterfaceOwner, NetworkInterface};
use model::ecs::ContainerInstance;
use model::ecs::container_instance::{BALANCERS, BALANCERS_ONLY};
use model::elbv2::{LoadBalancer, LoadBalancerState};
use model::ids::LoadBalancerArn;
use model::status::InstanceStatus;
use plan::balancer::carrier::{self, Carried, Node};
use reconcile::{Next, Reconcile, StepError, Wake};
use state::ec2::network_interface;
use state::ecs::container_instance::{ZONE, ZONES};
use state::elbv2::load_balancer;
use state::{State, Tx, Watch};
use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

const KEY: &str = "interfaces";

/// The loop.
pub struct Carry {
    state: State,
    lost_after: Duration,
    clock: fn() -> Timestamp,
}

impl Carry {
    /// A node that is out of reach for `lost_after` is lost: others carry what it did.
    pub fn new(state: State, lost_after: Duration, clock: fn() -> Timestamp) -> Self {
        Self { state, lost_after, clock }
    }
}

impl Reconcile for Carry {
    const NAME: &'static str = "elbv2.carry";

    fn watch(&self, state: &State) -> Watch {
        state
            .watcher()
            .table::<LoadBalancer>()
            .table::<NetworkInterface>()
            .table::<ContainerInstance>()
            .start()
    }

    fn keys(&self, wake: &Wake<'_>) -> Vec<String> {
        let is_ours = |i: &NetworkInterface| matches!(i.owner, InterfaceOwner::LoadBalancer(_));
        let concerns = !wake.records::<LoadBalancer>().is_empty()
            || wake.records::<NetworkInterface>().iter().any(|change| is_ours(change.latest()))
            || wake.records::<ContainerInstance>().iter().any(|c| c.latest().attribute(BALANCERS).is_some());
        if concerns { vec![KEY.to_owned()] } else { Vec::new() }
    }

    async fn step(&self, _: &str) -> Result<Next, StepError> {
        let now = (self.clock)();
        let next = self.state.update(|tx| {
            let interfaces = carried(tx);
            if interfaces.is_empty() {
                return Ok::<_, Infallible>(None);
            }
            let nodes: Vec<Node> = tx.table::<ContainerInstance>().scan().filter_map(|i| node(i)).collect();
            let plan = carrier::assign(&nodes, &interfaces, self.lost_after, now);
            for (interface, node) in plan.moves {
                tracing::info!(%interface, %node, "a node carries an interface of a load balancer");
                network_interface::carry(tx, &interface, Some(node));
            }
            let mut stranded: BTreeSet<LoadBalancerArn> = BTreeSet::new();
            for id in &plan.stranded {
                if let Some(InterfaceOwner::LoadBalancer(arn)) =
                    tx.get::<NetworkInterface>(id).map(|i| i.owner.clone())
                {
                    stranded.insert(arn);
                }
            }
            for arn in stranded {
                tell(tx, &arn, now);
            }
            Ok(plan.next)
        });
        Ok(match next.await? {
            Some(at) => Next::After(at.since(now)),
            None => Next::Idle,
        })
    }
}

/// Nobody carries some of it: an operator reads why in DescribeLoadBalancers.
fn tell(tx: &mut Tx<'_>, arn: &LoadBalancerArn, now: Timestamp) {
    let state = match load_balancer::state(tx, arn).0 {
        LoadBalancerState::Active | LoadBalancerState::ActiveImpaired => LoadBalancerState::ActiveImpaired,
        LoadBalancerState::Provisioning | LoadBalancerState::Failed => LoadBalancerState::Provisioning,
    };
    let reason = "No node is in reach that carries load balancers".to_owned();
    load_balancer::observe(tx, arn, state, Some(reason), now);
}

/// The interfaces of all load balancers.
fn carried(tx: &Tx<'_>) -> Vec<Carried> {
    let balancers = tx.table::<LoadBalancer>().scan();
    let subnets = balancers.flat_map(|balancer| &balancer.subnets);
    let carried = subnets.filter_map(|subnet| {
        let interface = tx.get::<NetworkInterface>(&subnet.interface)?;
        let (interface, host) = (interface.id.clone(), interface.host.clone());
        Some(Carried { interface, zone: subnet.zone.clone(), host })
    });
    carried.collect()
}

/// A node that can carry load balancers.
fn node(instance: &ContainerInstance) -> Option<Node> {
    let said = |name: &str| instance.attribute(name)?.value.as_deref();
    let balancers = instance.attribute(BALANCERS)?;
    let here = instance.status != InstanceStatus::Inactive;
    here.then(|| Node {
        arn: instance.arn.clone(),
        zone: if said(ZONES).is_some() { None } else { said(ZONE).map(str::to_owned) },
        only: balancers.value.as_deref() == Some(BALANCERS_ONLY),
        takes: instance.agent_connected && instance.status == InstanceStatus::Active,
        gone_since: instance.connectivity_at.filter(|_| !instance.agent_connected),
    })
}
