//! Records as EC2 shows them.

use crate::tagging::shown;
use api::ec2 as wire;
use model::Timestamp;
use model::ec2::{
    AssociatedWith, Destination, Direction, InterfaceAttachment, IpBlock, NetworkInterface, PublicAddress,
    Route, RouteTable, RouteTarget, SecurityGroup, SecurityGroupRule, Traffic, private_dns_name,
};
use model::ec2::{
    DhcpOptions, ElasticIp, IcmpKinds, InternetGateway, NatGateway, NatGatewayAddress, NetworkAcl,
    NetworkAclEntry, Peer, PortRange, PrefixList, Subnet, Vpc, zone_id,
};
use model::ids::{Ec2InstanceId, NetworkInterfaceId, Scope};
use state::Source;
use state::ec2::network_interface;
use std::net::Ipv4Addr;

pub(crate) fn time(at: Timestamp) -> wire::Timestamp {
    wire::Timestamp::from_epoch_ms(at.millis())
}

fn text(value: impl ToString) -> Option<String> {
    Some(value.to_string())
}

fn number(value: impl TryInto<i32>) -> Option<i32> {
    Some(value.try_into().unwrap_or(i32::MAX))
}

fn owner(scope: &Scope) -> Option<String> {
    Some(scope.account.clone())
}

pub(crate) fn vpc(v: &Vpc) -> wire::Vpc {
    let associated =
        || Some(wire::VpcCidrBlockState { state: Some("associated".into()), status_message: None });
    let primary = (&v.block_association, v.block);
    let blocks = std::iter::once(primary).chain(v.secondary_blocks.iter().map(|a| (&a.id, a.block)));
    let v4 = blocks.map(|(id, block)| wire::VpcCidrBlockAssociation {
        association_id: text(id),
        cidr_block: text(block),
        cidr_block_state: associated(),
    });
    wire::Vpc {
        owner_id: owner(&v.scope),
        instance_tenancy: Some(v.tenancy.as_str().into()),
        ipv6_cidr_block_association_set: Some(
            v.ipv6_blocks.iter().map(|a| vpc_ipv6(v, a, "associated")).collect(),
        ),
        cidr_block_association_set: Some(v4.collect()),
        is_default: Some(v.is_default),
        tags: shown(&v.tags),
        vpc_id: text(&v.id),
        state: Some("available".into()),
        cidr_block: text(v.block),
        dhcp_options_id: Some(
            v.dhcp_options.as_ref().map_or_else(|| "default".to_owned(), ToString::to_string),
        ),
        ..wire::Vpc::default()
    }
}

pub(crate) fn vpc_ipv6(
    v: &Vpc,
    association: &model::ec2::VpcIpv6Association,
    state: &str,
) -> wire::VpcIpv6CidrBlockAssociation {
    wire::VpcIpv6CidrBlockAssociation {
        association_id: text(&association.id),
        ipv6_cidr_block: text(association.block),
        ipv6_cidr_block_state: Some(wire::VpcCidrBlockState {
            state: Some(state.into()),
            status_message: None,
        }),
        network_border_group: text(&v.scope.region),
        ipv6_pool: text("Amazon"),
        ..wire::VpcIpv6CidrBlockAssociation::default()
    }
}

pub(crate) fn subnet(s: &Subnet, from: &impl Source) -> wire::Subnet {
    wire::Subnet {
        availability_zone_id: zone_id(&s.scope.region, &s.zone),
        map_customer_owned_ip_on_launch: Some(false),
        owner_id: owner(&s.scope),
        assign_ipv6_address_on_creation: Some(s.assign_ipv6_on_creation),
        ipv6_cidr_block_association_set: Some(s.ipv6.iter().map(|a| subnet_ipv6(a, "associated")).collect()),
        tags: shown(&s.tags),
        subnet_arn: text(s.scope.arn("ec2", format!("subnet/{}", s.id))),
        enable_dns64: Some(s.dns64),
        ipv6_native: Some(false),
        private_dns_name_options_on_launch: Some(wire::PrivateDnsNameOptionsOnLaunch {
            hostname_type: Some(s.hostname_type.as_str().into()),
            enable_resource_name_dns_a_record: Some(s.resource_name_dns_a_record),
            enable_resource_name_dns_aaaa_record: Some(s.resource_name_dns_aaaa_record),
        }),
        subnet_id: text(&s.id),
        state: Some("available".into()),
        vpc_id: text(&s.vpc),
        cidr_block: text(s.block),
        available_ip_address_count: number(network_interface::free_count(from.table(), s)),
        availability_zone: text(&s.zone),
        default_for_az: Some(s.default_for_zone),
        map_public_ip_on_launch: Some(s.map_public_ip_on_launch),
        ..wire::Subnet::default()
    }
}

pub(crate) fn subnet_ipv6(
    association: &model::ec2::SubnetIpv6Association,
    state: &str,
) -> wire::SubnetIpv6CidrBlockAssociation {
    wire::SubnetIpv6CidrBlockAssociation {
        association_id: text(&association.id),
        ipv6_cidr_block: text(association.block),
        ipv6_cidr_block_state: Some(wire::SubnetCidrBlockState {
            state: Some(state.into()),
            status_message: None,
        }),
        ..wire::SubnetIpv6CidrBlockAssociation::default()
    }
}

/// Protocol, and what the API calls from and to port: ports, or an ICMP type and code.
pub(crate) fn traffic(traffic: Traffic) -> (String, Option<i32>, Option<i32>) {
    let ports = |r: PortRange| (Some(i32::from(r.from)), Some(i32::from(r.to)));
    let kinds = |k: IcmpKinds| (Some(k.kind.map_or(-1, i32::from)), Some(k.code.map_or(-1, i32::from)));
    let (name, (from, to)) = match traffic {
        Traffic::All => ("-1".to_owned(), (None, None)),
        Traffic::Tcp(range) => ("tcp".to_owned(), ports(range)),
        Traffic::Udp(range) => ("udp".to_owned(), ports(range)),
        Traffic::Icmp(k) => ("icmp".to_owned(), kinds(k)),
        Traffic::Icmpv6(k) => ("icmpv6".to_owned(), kinds(k)),
        Traffic::Other(number) => (number.to_string(), (None, None)),
    };
    (name, from, to)
}

pub(crate) fn security_group(g: &SecurityGroup, from: &impl Source) -> wire::SecurityGroup {
    wire::SecurityGroup {
        group_id: text(&g.id),
        ip_permissions_egress: Some(permissions(g.rules(Direction::Egress), g, from)),
        tags: shown(&g.tags),
        vpc_id: text(&g.vpc),
        security_group_arn: text(g.scope.arn("ec2", format!("security-group/{}", g.id))),
        owner_id: owner(&g.scope),
        group_name: text(&g.name),
        description: text(&g.description),
        ip_permissions: Some(permissions(g.rules(Direction::Ingress), g, from)),
    }
}

/// Rules of the same traffic together, as DescribeSecurityGroups shows them.
pub(crate) fn permissions<'a>(
    rules: impl Iterator<Item = &'a SecurityGroupRule>,
    group: &SecurityGroup,
    from: &impl Source,
) -> Vec<wire::IpPermission> {
    let mut shown: Vec<(Traffic, wire::IpPermission)> = Vec::new();
    for rule in rules {
        let at = shown.iter().position(|(traffic, _)| *traffic == rule.traffic).unwrap_or_else(|| {
            let (protocol, from_port, to_port) = traffic(rule.traffic);
            let permission = wire::IpPermission {
                ip_protocol: Some(protocol),
                from_port,
                to_port,
                user_id_group_pairs: Some(Vec::new()),
                ip_ranges: Some(Vec::new()),
                ipv6_ranges: Some(Vec::new()),
                prefix_list_ids: Some(Vec::new()),
            };
            shown.push((rule.traffic, permission));
            shown.len() - 1
        });
        let permission = &mut shown[at].1;
        let description = rule.description.clone();
        match &rule.peer {
            Peer::Ipv4(block) => permission
                .ip_ranges
                .get_or_insert_default()
                .push(wire::IpRange { description, cidr_ip: text(block) }),
            Peer::Ipv6(block) => permission
                .ipv6_ranges
                .get_or_insert_default()
                .push(wire::Ipv6Range { description, cidr_ipv6: text(block) }),
            Peer::PrefixList(list) => permission
                .prefix_list_ids
                .get_or_insert_default()
                .push(wire::PrefixListId { description, prefix_list_id: text(list) }),
            Peer::Group(id) => {
                let named = from.get::<SecurityGroup>(id.as_str()).filter(|peer| peer.vpc != group.vpc);
                permission.user_id_group_pairs.get_or_insert_default().push(wire::UserIdGroupPair {
                    description,
                    user_id: owner(&group.scope),
                    group_id: text(id),
                    group_name: named.map(|peer| peer.name.clone()),
                    ..wire::UserIdGroupPair::default()
                });
            }
        }
    }
    shown.into_iter().map(|(_, permission)| permission).collect()
}

pub(crate) fn rule(r: &SecurityGroupRule, group: &SecurityGroup) -> wire::SecurityGroupRule {
    let (protocol, from_port, to_port) = traffic(r.traffic);
    let mut shown = wire::SecurityGroupRule {
        security_group_rule_id: text(&r.id),
        group_id: text(&group.id),
        group_owner_id: owner(&group.scope),
        is_egress: Some(r.direction == Direction::Egress),
        ip_protocol: Some(protocol),
        from_port: Some(from_port.unwrap_or(-1)),
        to_port: Some(to_port.unwrap_or(-1)),
        description: r.description.clone(),
        tags: shown(&r.tags),
        security_group_rule_arn: text(group.scope.arn("ec2", format!("security-group-rule/{}", r.id))),
        ..wire::SecurityGroupRule::default()
    };
    match &r.peer {
        Peer::Ipv4(block) => shown.cidr_ipv4 = text(block),
        Peer::Ipv6(block) => shown.cidr_ipv6 = text(block),
        Peer::PrefixList(list) => shown.prefix_list_id = text(list),
        Peer::Group(id) => {
            shown.referenced_group_info = Some(wire::ReferencedSecurityGroup {
                group_id: text(id),
                user_id: owner(&group.scope),
                ..wire::ReferencedSecurityGroup::default()
            });
        }
    }
    shown
}

pub(crate) fn revoked(r: &SecurityGroupRule, group: &SecurityGroup) -> wire::RevokedSecurityGroupRule {
    let rule = rule(r, group);
    wire::RevokedSecurityGroupRule {
        security_group_rule_id: rule.security_group_rule_id,
        group_id: rule.group_id,
        is_egress: rule.is_egress,
        ip_protocol: rule.ip_protocol,
        from_port: rule.from_port,
        to_port: rule.to_port,
        cidr_ipv4: rule.cidr_ipv4,
        cidr_ipv6: rule.cidr_ipv6,
        prefix_list_id: rule.prefix_list_id,
        referenced_group_id: rule.referenced_group_info.and_then(|g| g.group_id),
        description: rule.description,
    }
}

pub(crate) fn route_table(t: &RouteTable, from: &impl Source) -> wire::RouteTable {
    let associations = t.associations.iter().map(|a| {
        let (subnet_id, gateway_id) = match &a.with {
            AssociatedWith::Main => (None, None),
            AssociatedWith::Subnet(subnet) => (text(subnet), None),
            AssociatedWith::Gateway(gateway) => (None, text(gateway)),
        };
        wire::RouteTableAssociation {
            main: Some(a.with == AssociatedWith::Main),
            route_table_association_id: text(&a.id),
            route_table_id: text(&t.id),
            subnet_id,
            gateway_id,
            association_state: associated(),
            ..wire::RouteTableAssociation::default()
        }
    });
    wire::RouteTable {
        associations: Some(associations.collect()),
        propagating_vgws: Some(Vec::new()),
        route_table_id: text(&t.id),
        routes: Some(t.routes.iter().map(|r| route(r, t, from)).collect()),
        tags: shown(&t.tags),
        vpc_id: text(&t.vpc),
        owner_id: owner(&t.scope),
    }
}

pub(crate) fn associated() -> Option<wire::RouteTableAssociationState> {
    Some(wire::RouteTableAssociationState { state: Some("associated".into()), status_message: None })
}

fn route(r: &Route, table: &RouteTable, from: &impl Source) -> wire::Route {
    let state = if is_black_hole(r, table, from) { "blackhole" } else { "active" };
    let mut shown = wire::Route {
        origin: Some(r.origin.as_str().into()),
        state: Some(state.into()),
        ..wire::Route::default()
    };
    match &r.destination {
        Destination::Ipv4(block) => shown.destination_cidr_block = text(block),
        Destination::Ipv6(block) => shown.destination_ipv6_cidr_block = text(block),
        Destination::PrefixList(list) => shown.destination_prefix_list_id = text(list),
    }
    match &r.target {
        RouteTarget::Local => shown.gateway_id = text("local"),
        RouteTarget::InternetGateway(id) => shown.gateway_id = text(id),
        RouteTarget::NatGateway(id) => shown.nat_gateway_id = text(id),
        RouteTarget::NetworkInterface(id) => {
            shown.network_interface_id = text(id);
            shown.instance_id = instance_of(from, id).and_then(text);
            shown.instance_owner_id = shown.instance_id.as_ref().and_then(|_| owner(&table.scope));
        }
    }
    shown
}

/// The machine that has an interface.
pub(crate) fn instance_of(from: &impl Source, interface: &NetworkInterfaceId) -> Option<Ec2InstanceId> {
    from.get::<NetworkInterface>(interface.as_str())?.attachment.as_ref()?.instance.clone()
}

/// Whether the route's target is gone, or not attached to the table's VPC.
pub(crate) fn is_black_hole(r: &Route, table: &RouteTable, from: &impl Source) -> bool {
    match &r.target {
        RouteTarget::Local => false,
        RouteTarget::InternetGateway(id) => from
            .get::<InternetGateway>(id.as_str())
            .is_none_or(|gateway| gateway.attached.as_ref() != Some(&table.vpc)),
        RouteTarget::NatGateway(id) => from
            .get::<NatGateway>(id.as_str())
            .is_none_or(|gateway| gateway.state != model::ec2::NatGatewayState::Available),
        RouteTarget::NetworkInterface(id) => from.get::<NetworkInterface>(id.as_str()).is_none(),
    }
}

pub(crate) fn internet_gateway(g: &InternetGateway) -> wire::InternetGateway {
    let attachments = g.attached.iter().map(|vpc| wire::InternetGatewayAttachment {
        // Not among the values of the model; AWS answers it.
        state: Some("available".into()),
        vpc_id: text(vpc),
    });
    wire::InternetGateway {
        attachments: Some(attachments.collect()),
        internet_gateway_id: text(&g.id),
        owner_id: owner(&g.scope),
        tags: shown(&g.tags),
    }
}

pub(crate) fn nat_gateway(g: &NatGateway) -> wire::NatGateway {
    let address = |(index, a): (usize, &NatGatewayAddress)| wire::NatGatewayAddress {
        allocation_id: a.allocation.as_ref().and_then(text),
        network_interface_id: text(&a.interface),
        private_ip: text(a.private_address),
        public_ip: a.public_address.and_then(text),
        association_id: a.association.as_ref().and_then(text),
        is_primary: Some(index == 0),
        status: Some("succeeded".into()),
        ..wire::NatGatewayAddress::default()
    };
    wire::NatGateway {
        create_time: Some(time(g.created_at)),
        delete_time: g.deleted_at.map(time),
        nat_gateway_addresses: Some(g.addresses.iter().enumerate().map(address).collect()),
        nat_gateway_id: text(&g.id),
        state: Some(g.state.as_str().into()),
        subnet_id: text(&g.subnet),
        vpc_id: text(&g.vpc),
        tags: shown(&g.tags),
        connectivity_type: Some(g.connectivity.as_str().into()),
        ..wire::NatGateway::default()
    }
}

pub(crate) fn address(a: &ElasticIp, from: &impl Source) -> wire::Address {
    let association = a.association.as_ref();
    let instance = association.and_then(|s| instance_of(from, &s.interface));
    wire::Address {
        allocation_id: text(&a.allocation),
        association_id: association.and_then(|s| text(&s.id)),
        domain: Some("vpc".into()),
        instance_id: instance.and_then(text),
        network_interface_id: association.and_then(|s| text(&s.interface)),
        network_interface_owner_id: association.and_then(|_| owner(&a.scope)),
        private_ip_address: association.and_then(|s| text(s.private_address)),
        tags: shown(&a.tags),
        public_ipv4_pool: text("amazon"),
        network_border_group: text(&a.scope.region),
        public_ip: text(a.public_address),
        ..wire::Address::default()
    }
}

/// The name of a public address: `ec2-198-18-0-5.compute-1.amazonaws.com`.
pub(crate) fn public_name(address: Ipv4Addr, region: &str) -> String {
    let [a, b, c, d] = address.octets();
    let domain = if region == "us-east-1" { "compute-1".to_owned() } else { format!("{region}.compute") };
    format!("ec2-{a}-{b}-{c}-{d}.{domain}.amazonaws.com")
}

fn association(p: &PublicAddress, i: &NetworkInterface, named: bool) -> wire::NetworkInterfaceAssociation {
    wire::NetworkInterfaceAssociation {
        allocation_id: p.allocation.as_ref().and_then(text),
        association_id: p.association.as_ref().and_then(text),
        // An address of the pool that nobody allocated is Amazon's.
        ip_owner_id: if p.allocation.is_some() { owner(&i.scope) } else { text("amazon") },
        public_dns_name: Some(if named { public_name(p.address, &i.scope.region) } else { String::new() }),
        public_ip: text(p.address),
        ..wire::NetworkInterfaceAssociation::default()
    }
}

pub(crate) fn attachment(a: &InterfaceAttachment) -> wire::NetworkInterfaceAttachment {
    wire::NetworkInterfaceAttachment {
        attach_time: Some(time(a.attached_at)),
        attachment_id: text(&a.id),
        delete_on_termination: Some(a.delete_on_termination),
        device_index: number(a.device_index),
        network_card_index: Some(0),
        instance_id: a.instance.as_ref().and_then(text),
        instance_owner_id: text(&a.instance_owner),
        status: Some(a.status.as_str().into()),
        ..wire::NetworkInterfaceAttachment::default()
    }
}

pub(crate) fn groups(i: &NetworkInterface, from: &impl Source) -> Option<Vec<wire::GroupIdentifier>> {
    let group = |id: &model::ids::SecurityGroupId| wire::GroupIdentifier {
        group_id: text(id),
        group_name: from.get::<SecurityGroup>(id.as_str()).map(|g| g.name.clone()),
    };
    Some(i.groups.iter().map(group).collect())
}

pub(crate) fn network_interface(i: &NetworkInterface, from: &impl Source) -> wire::NetworkInterface {
    let named = from.get::<Vpc>(i.vpc.as_str()).is_some_and(|v| v.dns_hostnames);
    let region = &i.scope.region;
    let private = i.addresses().map(|address| wire::NetworkInterfacePrivateIpAddress {
        association: i.public_address_of(address).map(|p| association(p, i, named)),
        primary: Some(address == i.address),
        private_dns_name: named.then(|| private_dns_name(address, region)),
        private_ip_address: text(address),
    });
    let ipv6 = i.ipv6_addresses.iter().map(|address| wire::NetworkInterfaceIpv6Address {
        ipv6_address: text(address),
        is_primary_ipv6: Some(false),
        ..wire::NetworkInterfaceIpv6Address::default()
    });
    wire::NetworkInterface {
        association: i.public_address().map(|p| association(p, i, named)),
        attachment: i.attachment.as_ref().map(attachment),
        availability_zone: text(&i.zone),
        availability_zone_id: zone_id(region, &i.zone),
        description: text(&i.description),
        groups: groups(i, from),
        interface_type: Some(i.interface_type.as_str().into()),
        ipv6_address: i.ipv6_addresses.first().and_then(text),
        ipv6_addresses: Some(ipv6.collect()),
        mac_address: text(&i.mac),
        network_interface_id: text(&i.id),
        owner_id: owner(&i.scope),
        private_dns_name: named.then(|| private_dns_name(i.address, region)),
        public_dns_name: i.public_address().filter(|_| named).map(|p| public_name(p.address, region)),
        private_ip_address: text(i.address),
        private_ip_addresses: Some(private.collect()),
        requester_id: i.requester.as_ref().map(|r| r.id.clone()),
        requester_managed: Some(i.requester.is_some()),
        source_dest_check: Some(i.source_dest_check),
        deny_all_igw_traffic: Some(state::elbv2::load_balancer::is_sheltered(from, i)),
        status: Some(i.status().as_str().into()),
        subnet_id: text(&i.subnet),
        tag_set: shown(&i.tags),
        vpc_id: text(&i.vpc),
        ..wire::NetworkInterface::default()
    }
}

pub(crate) fn dhcp_options(o: &DhcpOptions) -> wire::DhcpOptions {
    let configurations = o.configurations.iter().map(|c| wire::DhcpConfiguration {
        key: text(&c.key),
        values: Some(c.values.iter().map(|v| wire::AttributeValue { value: text(v) }).collect()),
    });
    wire::DhcpOptions {
        owner_id: owner(&o.scope),
        tags: shown(&o.tags),
        dhcp_options_id: text(&o.id),
        dhcp_configurations: Some(configurations.collect()),
    }
}

pub(crate) fn network_acl(a: &NetworkAcl) -> wire::NetworkAcl {
    let associations = a.associations.iter().map(|s| wire::NetworkAclAssociation {
        network_acl_association_id: text(&s.id),
        network_acl_id: text(&a.id),
        subnet_id: text(&s.subnet),
    });
    wire::NetworkAcl {
        associations: Some(associations.collect()),
        entries: Some(a.entries.iter().map(network_acl_entry).collect()),
        is_default: Some(a.is_default),
        network_acl_id: text(&a.id),
        tags: shown(&a.tags),
        vpc_id: text(&a.vpc),
        owner_id: owner(&a.scope),
    }
}

fn network_acl_entry(e: &NetworkAclEntry) -> wire::NetworkAclEntry {
    let (v4, v6) = match e.block {
        IpBlock::V4(block) => (text(block), None),
        IpBlock::V6(block) => (None, text(block)),
    };
    let mut shown = wire::NetworkAclEntry {
        cidr_block: v4,
        egress: Some(e.direction == Direction::Egress),
        ipv6_cidr_block: v6,
        protocol: Some(e.traffic.protocol().map_or_else(|| "-1".to_owned(), |number| number.to_string())),
        rule_action: Some(e.action.as_str().into()),
        rule_number: number(e.number),
        ..wire::NetworkAclEntry::default()
    };
    match traffic(e.traffic) {
        (name, r#type, code) if name.starts_with("icmp") => {
            shown.icmp_type_code = Some(wire::IcmpTypeCode { code, r#type });
        }
        (_, from @ Some(_), to) => shown.port_range = Some(wire::PortRange { from, to }),
        (_, None, _) => {}
    }
    shown
}

pub(crate) fn prefix_list(l: &PrefixList) -> wire::ManagedPrefixList {
    wire::ManagedPrefixList {
        prefix_list_id: text(&l.id),
        address_family: text(l.family),
        state: Some(if l.version == 1 { "create-complete".into() } else { "modify-complete".into() }),
        prefix_list_arn: text(l.scope.arn("ec2", format!("prefix-list/{}", l.id))),
        prefix_list_name: text(&l.name),
        max_entries: number(l.max_entries),
        version: Some(l.version),
        tags: shown(&l.tags),
        owner_id: owner(&l.scope),
        ..wire::ManagedPrefixList::default()
    }
}
