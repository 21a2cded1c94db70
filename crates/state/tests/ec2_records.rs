//! The stored bytes of EC2's records, with every member that a record can have: what a released version wrote must stay readable.

use model::ec2::{
    DhcpOptions, ElasticIp, InternetGateway, NatGateway, NetworkAcl, NetworkInterface, NetworkSettings,
    PrefixList, RouteTable, SecurityGroup, SecurityGroupV1, Subnet, SubnetV1, Vpc, VpcV1,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use state::Record;
use std::fmt::Debug;

const VPC: &str = "vpc-0123456789abcdef0";
const SUBNET: &str = "subnet-0123456789abcdef0";
const GROUP: &str = "sg-0123456789abcdef0";
const INTERFACE: &str = "eni-0123456789abcdef0";

/// Holds the record of a JSON text to its fixture of version `version`.
fn hold<T: Record + Serialize + DeserializeOwned + PartialEq + Debug>(written: &Value) {
    let record: T = serde_json::from_value(written.clone()).expect("the text is a record");
    let again = serde_json::to_value(&record).expect("a record is JSON");
    assert_eq!(&again, written, "a member of the text is none of the record's, or is written otherwise");
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), T::VERSION, &record);
}

/// Holds what an older version stored to what it has become.
fn hold_older<Old: DeserializeOwned, T: Record + From<Old> + PartialEq + Debug>(
    version: u32,
    written: &Value,
) {
    let old: Old = serde_json::from_value(written.clone()).expect("the text is a record");
    state::testing::fixture(env!("CARGO_MANIFEST_DIR"), version, &T::from(old));
}

fn scope() -> Value {
    json!({ "partition": "aws", "region": "us-east-1", "account": "123456789012" })
}

fn tags() -> Value {
    json!([{ "key": "team", "value": "a" }])
}

#[test]
fn vpc() {
    hold::<Vpc>(&json!({
        "id": VPC,
        "scope": scope(),
        "number": 7,
        "block": "10.0.0.0/16",
        "blockAssociation": "vpc-cidr-assoc-0123456789abcdef0",
        "secondaryBlocks": [{ "id": "vpc-cidr-assoc-0123456789abcdef1", "block": "10.1.0.0/16" }],
        "ipv6Blocks": [{ "id": "vpc-cidr-assoc-0123456789abcdef2", "block": "fd00:0:0:100::/56" }],
        "isDefault": true,
        "tenancy": "dedicated",
        "dnsSupport": true,
        "dnsHostnames": false,
        "usageMetrics": true,
        "dhcpOptions": "dopt-0123456789abcdef0",
        "tags": tags(),
    }));
    hold_older::<VpcV1, Vpc>(
        1,
        &json!({ "id": VPC, "scope": scope(), "block": "10.0.0.0/16", "isDefault": true }),
    );
}

#[test]
fn subnet() {
    hold::<Subnet>(&json!({
        "id": SUBNET,
        "scope": scope(),
        "vpc": VPC,
        "block": "10.0.1.0/24",
        "zone": "us-east-1a",
        "defaultForZone": true,
        "mapPublicIpOnLaunch": true,
        "assignIpv6OnCreation": true,
        "ipv6": { "id": "subnet-cidr-assoc-0123456789abcdef0", "block": "fd00:0:0:101::/64" },
        "dns64": true,
        "hostnameType": "resource-name",
        "resourceNameDnsARecord": true,
        "resourceNameDnsAaaaRecord": true,
        "tags": tags(),
    }));
    hold_older::<SubnetV1, Subnet>(
        1,
        &json!({ "id": SUBNET, "scope": scope(), "vpc": VPC, "block": "10.0.1.0/24", "zone": "us-east-1a", "defaultForZone": true }),
    );
}

#[test]
fn security_group() {
    let rule = |n: u32, direction: &str, traffic: Value, peer: Value| json!({ "id": format!("sgr-0123456789abcde{n:02}"), "direction": direction, "traffic": traffic, "peer": peer });
    let mut first =
        rule(0, "ingress", json!({ "tcp": { "from": 80, "to": 81 } }), json!({ "ipv4": "0.0.0.0/0" }));
    first["description"] = json!("the web");
    first["tags"] = tags();
    hold::<SecurityGroup>(&json!({
        "id": GROUP,
        "scope": scope(),
        "vpc": VPC,
        "name": "web",
        "description": "d",
        "rules": [
            first,
            rule(1, "egress", json!("all"), json!({ "ipv6": "::/0" })),
            rule(2, "ingress", json!({ "udp": { "from": 53, "to": 53 } }), json!({ "group": GROUP })),
            rule(3, "ingress", json!({ "icmp": { "kind": 8, "code": 0 } }), json!({ "prefixList": "pl-0123456789abcdef0" })),
            rule(4, "ingress", json!({ "icmpv6": {} }), json!({ "ipv6": "fd00::/8" })),
            rule(5, "ingress", json!({ "other": 50 }), json!({ "ipv4": "10.0.0.0/8" })),
        ],
        "tags": tags(),
    }));
    hold_older::<SecurityGroupV1, SecurityGroup>(
        1,
        &json!({ "id": GROUP, "scope": scope(), "vpc": VPC, "name": "default", "description": "default VPC security group" }),
    );
}

#[test]
fn route_table() {
    let route = |destination: Value, target: Value, origin: &str| json!({ "destination": destination, "target": target, "origin": origin });
    let association =
        |n: u32, with: Value| json!({ "id": format!("rtbassoc-0123456789abcde{n:02}"), "with": with });
    hold::<RouteTable>(&json!({
        "id": "rtb-0123456789abcdef0",
        "scope": scope(),
        "vpc": VPC,
        "routes": [
            route(json!({ "ipv4": "10.0.0.0/16" }), json!("local"), "CreateRouteTable"),
            route(json!({ "ipv4": "0.0.0.0/0" }), json!({ "internetGateway": "igw-0123456789abcdef0" }), "CreateRoute"),
            route(json!({ "ipv6": "::/0" }), json!({ "natGateway": "nat-0123456789abcdef0" }), "CreateRoute"),
            route(json!({ "prefixList": "pl-0123456789abcdef0" }), json!({ "networkInterface": INTERFACE }), "CreateRoute"),
        ],
        "associations": [
            association(0, json!("main")),
            association(1, json!({ "subnet": SUBNET })),
            association(2, json!({ "gateway": "igw-0123456789abcdef0" })),
        ],
        "tags": tags(),
    }));
}

#[test]
fn internet_gateway() {
    hold::<InternetGateway>(
        &json!({ "id": "igw-0123456789abcdef0", "scope": scope(), "attached": VPC, "tags": tags() }),
    );
}

#[test]
fn nat_gateway() {
    hold::<NatGateway>(&json!({
        "id": "nat-0123456789abcdef0",
        "scope": scope(),
        "vpc": VPC,
        "subnet": SUBNET,
        "connectivity": "public",
        "state": "deleted",
        "addresses": [{
            "interface": INTERFACE,
            "privateAddress": "10.0.1.4",
            "publicAddress": "198.18.0.1",
            "allocation": "eipalloc-0123456789abcdef0",
            "association": "eipassoc-0123456789abcdef0",
        }],
        "createdAt": 1,
        "deletedAt": 2,
        "tags": tags(),
    }));
}

#[test]
fn elastic_ip() {
    hold::<ElasticIp>(&json!({
        "allocation": "eipalloc-0123456789abcdef0",
        "scope": scope(),
        "publicAddress": "198.18.0.1",
        "association": { "id": "eipassoc-0123456789abcdef0", "interface": INTERFACE, "privateAddress": "10.0.1.4" },
        "allocatedAt": 1,
        "tags": tags(),
    }));
}

#[test]
fn network_interface() {
    hold::<NetworkInterface>(&json!({
        "id": INTERFACE,
        "scope": scope(),
        "vpc": VPC,
        "subnet": SUBNET,
        "zone": "us-east-1a",
        "mac": "02:00:00:00:00:01",
        "address": "10.0.1.4",
        "secondaryAddresses": ["10.0.1.5"],
        "ipv6Addresses": ["fd00:0:0:101::5"],
        "groups": [GROUP],
        "description": "d",
        "interfaceType": "interface",
        "requester": { "id": "123456789012" },
        "attachment": {
            "id": "eni-attach-0123456789abcdef0",
            "deviceIndex": 1,
            "status": "attached",
            "instance": "i-0123456789abcdef0",
            "instanceOwner": "123456789012",
            "attachedAt": 1,
            "deleteOnTermination": true,
        },
        "publicAddresses": [{
            "address": "198.18.0.1",
            "privateAddress": "10.0.1.4",
            "allocation": "eipalloc-0123456789abcdef0",
            "association": "eipassoc-0123456789abcdef0",
        }],
        "sourceDestCheck": true,
        "host": "arn:aws:ecs:us-east-1:123456789012:container-instance/web/0123456789abcdef0123456789abcdef",
        "owner": { "task": "arn:aws:ecs:us-east-1:123456789012:task/web/0123456789abcdef0123456789abcdef" },
        "createdAt": 1,
        "tags": tags(),
    }));
}

#[test]
fn dhcp_options() {
    hold::<DhcpOptions>(&json!({
        "id": "dopt-0123456789abcdef0",
        "scope": scope(),
        "configurations": [{ "key": "domain-name", "values": ["ec2.internal"] }],
        "tags": tags(),
    }));
}

#[test]
fn network_acl() {
    hold::<NetworkAcl>(&json!({
        "id": "acl-0123456789abcdef0",
        "scope": scope(),
        "vpc": VPC,
        "isDefault": true,
        "entries": [
            { "number": 100, "direction": "egress", "action": "allow", "traffic": "all", "block": "0.0.0.0/0" },
            { "number": 32768, "direction": "ingress", "action": "deny", "traffic": "all", "block": "::/0" },
        ],
        "associations": [{ "id": "aclassoc-0123456789abcdef0", "subnet": SUBNET }],
        "tags": tags(),
    }));
}

#[test]
fn prefix_list() {
    hold::<PrefixList>(&json!({
        "id": "pl-0123456789abcdef0",
        "scope": scope(),
        "name": "offices",
        "owner": "account",
        "family": "IPv4",
        "maxEntries": 10,
        "version": 2,
        "entries": [{ "block": "192.0.2.0/24", "description": "Kiel" }],
        "earlier": [{ "version": 1, "entries": [{ "block": "198.51.100.0/24" }] }],
        "tags": tags(),
    }));
}

#[test]
fn settings() {
    hold::<NetworkSettings>(&json!({
        "publicPool": "198.18.0.0/16",
        "ipv6Pool": "fd4c:5348::/32",
        "lastVpcNumber": 7,
        "ipv6BlocksGiven": 1,
        "started": [scope()],
    }));
}
