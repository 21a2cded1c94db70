//! What nodes are told of VPCs, kept from one look to the next.
//!
//! Every VPC's items are made of its records once and then follow the state by the differences between snapshots; sessions compare the maps,
//! which share what did not change. So a change costs what changed, and not what there is.

use agent_protocol::{OVERLAY, SEGMENT};
use imbl::OrdMap;
use model::ec2::{
    InterfaceOwner, InternetGateway, IpBlock, NatGateway, NatGatewayState, NetworkInterface, NetworkSettings,
    PrefixList, RouteTable, SecurityGroup, Subnet, Vpc,
};
use model::ecs::ContainerInstance;
use model::elbv2::{LoadBalancer, Provision};
use model::fabric::{Item, Key, Kind};
use model::ids::{InternetGatewayId, LoadBalancerArn, NatGatewayId, NetworkInterfaceId, PrefixListId, VpcId};
use state::Snapshot;
use state::ec2::{nat_gateway, network_interface, route_table, security_group, settings, subnet};
use state::elbv2::load_balancer;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Things of a VPC. Equal where they are the same or say the same.
pub(crate) type Items = OrdMap<Key, Arc<Item>>;

/// What there is to tell, as of one snapshot.
#[derive(Clone)]
pub(crate) struct View {
    pub vpcs: OrdMap<VpcId, Items>,
    /// Nodes that take part in the overlay; every VPC may have interfaces on each.
    pub nodes: Items,
    /// Names of load balancers: every VPC knows all of them.
    pub names: Items,
}

/// The newest view.
#[derive(Default)]
pub(crate) struct Fabric {
    kept: Mutex<Option<(Snapshot, View)>>,
}

impl Fabric {
    /// The view as of this snapshot or a newer one.
    pub(crate) fn view(&self, snapshot: &Snapshot) -> View {
        // A panic while it was held may have left a view half changed.
        let mut kept = self.kept.lock().unwrap_or_else(|poisoned| {
            let mut kept = PoisonError::into_inner(poisoned);
            *kept = None;
            self.kept.clear_poison();
            kept
        });
        match kept.as_mut() {
            Some((seen, _)) if seen.version() >= snapshot.version() => {}
            Some((seen, view)) => {
                view.follow(seen, snapshot);
                *seen = snapshot.clone();
            }
            None => *kept = Some((snapshot.clone(), View::build(snapshot))),
        }
        kept.as_ref().map(|(_, view)| view.clone()).expect("it was put there above")
    }
}

impl View {
    fn build(snapshot: &Snapshot) -> Self {
        let mut view = Self { vpcs: OrdMap::new(), nodes: Items::new(), names: Items::new() };
        for vpc in snapshot.scan::<Vpc>() {
            view.set_frame(snapshot, &vpc.id);
            let items = view.vpcs.entry(vpc.id.clone()).or_default();
            for group in snapshot.by_index(security_group::BY_VPC, &vpc.id) {
                set(items, plan::fabric::group(group));
            }
            for interface in snapshot.by_index(network_interface::BY_VPC, &vpc.id) {
                let sheltered = load_balancer::is_sheltered(snapshot, interface);
                set(items, plan::fabric::interface(interface, sheltered));
            }
        }
        for instance in snapshot.scan::<ContainerInstance>() {
            view.set_node(instance, true);
        }
        for balancer in snapshot.scan::<LoadBalancer>() {
            view.set_names(snapshot, balancer);
        }
        view
    }

    fn follow(&mut self, seen: &Snapshot, snapshot: &Snapshot) {
        let mut frames = changed_frames(seen, snapshot);
        let mut balancers: BTreeSet<LoadBalancerArn> = BTreeSet::new();
        balancers.extend(snapshot.changes::<LoadBalancer>(seen).map(|d| d.latest().arn.clone()));
        balancers.extend(snapshot.changes::<Provision>(seen).map(|d| d.latest().load_balancer.clone()));
        for difference in snapshot.changes::<SecurityGroup>(seen) {
            let record = difference.latest();
            let still = snapshot.get::<SecurityGroup>(&record.id).is_some();
            self.change(&record.vpc, still, plan::fabric::group(record));
        }
        for difference in snapshot.changes::<NetworkInterface>(seen) {
            let record = difference.latest();
            let still = snapshot.get::<NetworkInterface>(&record.id).is_some();
            let sheltered = load_balancer::is_sheltered(snapshot, record);
            self.change(&record.vpc, still, plan::fabric::interface(record, sheltered));
            if let InterfaceOwner::LoadBalancer(arn) = &record.owner {
                balancers.insert(arn.clone());
            }
            // Routes may lead through it.
            if snapshot.by_index(route_table::BY_TARGET, record.id.as_str()).next().is_some() {
                frames.insert(record.vpc.clone());
            }
        }
        for difference in snapshot.changes::<ContainerInstance>(seen) {
            let record = difference.latest();
            self.set_node(record, snapshot.get::<ContainerInstance>(&record.arn).is_some());
        }
        for vpc in frames {
            self.set_frame(snapshot, &vpc);
        }
        for arn in balancers {
            // What it was called before goes: it may have left a zone, which has a name too.
            if let Some(before) = seen.get::<LoadBalancer>(&arn) {
                for name in plan::fabric::name::of(before) {
                    self.names.remove(&Key { kind: Kind::Name, id: name });
                }
            }
            if let Some(balancer) = snapshot.get::<LoadBalancer>(&arn) {
                self.set_names(snapshot, balancer);
                for subnet in &balancer.subnets {
                    let Some(record) = snapshot.get::<NetworkInterface>(&subnet.interface) else { continue };
                    let sheltered = load_balancer::is_sheltered(snapshot, record);
                    self.change(&record.vpc, true, plan::fabric::interface(record, sheltered));
                }
            }
        }
    }

    fn set_names(&mut self, snapshot: &Snapshot, balancer: &LoadBalancer) {
        let interface = |id: &NetworkInterfaceId| snapshot.get::<NetworkInterface>(id).cloned();
        let failed = |zone: &str| load_balancer::has_failed(snapshot, &balancer.arn, zone);
        for item in plan::fabric::name::items(balancer, interface, failed) {
            set(&mut self.names, item);
        }
    }

    fn change(&mut self, vpc: &VpcId, still: bool, item: Item) {
        let Some(items) = self.vpcs.get_mut(vpc) else { return };
        if still {
            set(items, item);
        } else {
            items.remove(&item.key());
        }
    }

    fn set_node(&mut self, instance: &ContainerInstance, still: bool) {
        match plan::fabric::node(instance, OVERLAY, SEGMENT).filter(|_| still) {
            Some(item) => set(&mut self.nodes, item),
            None => {
                self.nodes.remove(&Key { kind: Kind::Node, id: instance.arn.to_string() });
            }
        }
    }

    /// Everything of a VPC but its groups and interfaces: there is little of it, and much of it hangs together.
    fn set_frame(&mut self, snapshot: &Snapshot, id: &VpcId) {
        let Some(vpc) = snapshot.get::<Vpc>(id) else {
            self.vpcs.remove(id);
            return;
        };
        let mut frame = vec![plan::fabric::network(vpc, settings::get(snapshot).public_pool)];
        let tables = snapshot.table::<RouteTable>();
        let targets = Targets { snapshot, vpc: id };
        frame
            .extend(tables.by_index(route_table::BY_VPC, id).map(|t| plan::fabric::route_table(t, &targets)));
        frame.extend(snapshot.by_index(subnet::BY_VPC, id).filter_map(|subnet| {
            Some(plan::fabric::subnet(subnet, route_table::of_subnet(tables, subnet)?))
        }));
        let gateways = snapshot.by_index(nat_gateway::BY_VPC, id);
        frame.extend(gateways.filter_map(|g| plan::fabric::nat_gateway(g)));
        frame.extend(snapshot.scan::<PrefixList>().map(|l| plan::fabric::prefix_list(l)));
        let items = self.vpcs.entry(id.clone()).or_default();
        let keys: BTreeSet<Key> = frame.iter().map(Item::key).collect();
        let stale: Vec<Key> =
            items.keys().filter(|k| is_frame(k.kind) && !keys.contains(*k)).cloned().collect();
        for key in stale {
            items.remove(&key);
        }
        for item in frame {
            set(items, item);
        }
        set(items, plan::fabric::open_group());
    }
}

fn is_frame(kind: Kind) -> bool {
    match kind {
        Kind::Network | Kind::NatGateway | Kind::RouteTable | Kind::Subnet | Kind::PrefixList => true,
        Kind::Node | Kind::Group | Kind::Interface | Kind::Name => false,
    }
}

/// Puts an item in, unless the same is there: what did not change stays shared.
fn set(items: &mut Items, item: Item) {
    let key = item.key();
    if items.get(&key).is_none_or(|known| **known != item) {
        items.insert(key, Arc::new(item));
    }
}

/// The VPCs of which more changed than groups and interfaces.
fn changed_frames(seen: &Snapshot, snapshot: &Snapshot) -> BTreeSet<VpcId> {
    let mut changed = BTreeSet::new();
    changed.extend(snapshot.changes::<Vpc>(seen).map(|d| d.latest().id.clone()));
    changed.extend(snapshot.changes::<Subnet>(seen).map(|d| d.latest().vpc.clone()));
    changed.extend(snapshot.changes::<RouteTable>(seen).map(|d| d.latest().vpc.clone()));
    changed.extend(snapshot.changes::<NatGateway>(seen).map(|d| d.latest().vpc.clone()));
    for difference in snapshot.changes::<InternetGateway>(seen) {
        let id = &difference.latest().id;
        for view in [seen, snapshot] {
            changed.extend(view.get::<InternetGateway>(id).and_then(|g| g.attached.clone()));
        }
    }
    // Lists and settings may be everybody's.
    let everywhere = snapshot.changes::<PrefixList>(seen).next().is_some()
        || snapshot.changes::<NetworkSettings>(seen).next().is_some();
    if everywhere {
        changed.extend(snapshot.scan::<Vpc>().map(|v| v.id.clone()));
    }
    changed
}

struct Targets<'a> {
    snapshot: &'a Snapshot,
    vpc: &'a VpcId,
}

impl plan::fabric::Targets for Targets<'_> {
    fn is_attached(&self, gateway: &InternetGatewayId) -> bool {
        let gateway = self.snapshot.get::<InternetGateway>(gateway);
        gateway.is_some_and(|g| g.attached.as_ref() == Some(self.vpc))
    }

    fn nat_gateway(&self, id: &NatGatewayId) -> Option<NatGatewayState> {
        self.snapshot.get::<NatGateway>(id).map(|g| g.state)
    }

    fn interface(&self, id: &NetworkInterfaceId) -> Option<Arc<NetworkInterface>> {
        self.snapshot.get::<NetworkInterface>(id).cloned()
    }

    fn list(&self, id: &PrefixListId) -> Vec<IpBlock> {
        self.snapshot.get::<PrefixList>(id).map(|l| plan::fabric::blocks(l)).unwrap_or_default()
    }
}

/// Groups of the interfaces that a node has, by VPC.
pub(crate) fn groups_here(
    snapshot: &Snapshot,
    here: &model::ids::ContainerInstanceArn,
) -> BTreeMap<VpcId, BTreeSet<String>> {
    let mut groups: BTreeMap<VpcId, BTreeSet<String>> = BTreeMap::new();
    for interface in snapshot.by_index(network_interface::BY_HOST, here) {
        let of_vpc = groups.entry(interface.vpc.clone()).or_default();
        of_vpc.extend(plan::fabric::groups_of(interface));
    }
    groups
}

/// A watcher of everything that a view is made of.
pub(crate) fn watch(watcher: state::Watcher) -> state::Watcher {
    watcher
        .table::<Vpc>()
        .table::<Subnet>()
        .table::<RouteTable>()
        .table::<InternetGateway>()
        .table::<NatGateway>()
        .table::<PrefixList>()
        .table::<SecurityGroup>()
        .table::<NetworkInterface>()
        .table::<NetworkSettings>()
        .table::<ContainerInstance>()
        .table::<LoadBalancer>()
        .table::<Provision>()
}
