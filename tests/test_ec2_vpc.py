"""VPCs, subnets, routes and gateways through boto3 and the aws CLI, against a control plane without a node."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, REGION, UNCHECKED


@pytest.fixture(scope="module")
def ec2(control):
    return control.client("ec2")


@pytest.fixture
def vpc(ec2):
    """A VPC of its own, deleted after the test: what is left in it fails the test."""
    made = ec2.create_vpc(CidrBlock="10.20.0.0/16")["Vpc"]["VpcId"]
    yield made
    ec2.delete_vpc(VpcId=made)


def refused(code: str, message: str | None = None):
    """Expects an error of EC2 by its code, and a part of its text."""
    return Refused(code, message)


class Refused:
    def __init__(self, code: str, message: str | None) -> None:
        self.code, self.message = code, message

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind, error, trace) -> bool:
        assert isinstance(error, ClientError), f"{self.code} was expected, and came: {error!r}"
        assert error.response["Error"]["Code"] == self.code, error
        assert self.message is None or self.message in error.response["Error"]["Message"], error
        return True


def of(name: str, *values: str) -> list[dict]:
    return [{"Name": name, "Values": list(values)}]


def test_the_default_vpc_is_that_of_a_new_account(ec2, control):
    [vpc] = ec2.describe_vpcs(Filters=of("is-default", "true"))["Vpcs"]
    assert (vpc["CidrBlock"], vpc["State"], vpc["OwnerId"], vpc["InstanceTenancy"]) == (control.block, "available", ACCOUNT, "default")
    assert vpc["CidrBlockAssociationSet"][0]["CidrBlockState"] == {"State": "associated"}
    subnets = ec2.describe_subnets(Filters=of("vpc-id", vpc["VpcId"]))["Subnets"]
    assert sorted(s["AvailabilityZone"] for s in subnets) == [f"{REGION}{z}" for z in "abc"]
    assert all(s["MapPublicIpOnLaunch"] and s["DefaultForAz"] and s["AvailableIpAddressCount"] == 4091 for s in subnets)
    [gateway] = ec2.describe_internet_gateways(Filters=of("attachment.vpc-id", vpc["VpcId"]))["InternetGateways"]
    assert gateway["Attachments"] == [{"State": "available", "VpcId": vpc["VpcId"]}]
    [table] = ec2.describe_route_tables(Filters=of("vpc-id", vpc["VpcId"]))["RouteTables"]
    routes = {r["DestinationCidrBlock"]: r["GatewayId"] for r in table["Routes"]}
    assert routes == {control.block: "local", "0.0.0.0/0": gateway["InternetGatewayId"]}
    assert [a["Main"] for a in table["Associations"]] == [True]
    [group] = ec2.describe_security_groups(Filters=of("vpc-id", vpc["VpcId"]))["SecurityGroups"]
    assert (group["GroupName"], group["Description"]) == ("default", "default VPC security group")
    assert [p["UserIdGroupPairs"] for p in group["IpPermissions"]] == [[{"UserId": ACCOUNT, "GroupId": group["GroupId"]}]]
    assert [p["IpRanges"] for p in group["IpPermissionsEgress"]] == [[{"CidrIp": "0.0.0.0/0"}]]
    [acl] = ec2.describe_network_acls(Filters=of("vpc-id", vpc["VpcId"]) + of("default", "true"))["NetworkAcls"]
    assert sorted((e["RuleNumber"], e["Egress"], e["RuleAction"]) for e in acl["Entries"]) == [
        (100, False, "allow"), (100, True, "allow"), (32767, False, "deny"), (32767, True, "deny")]
    assert {a["SubnetId"] for a in acl["Associations"]} == {s["SubnetId"] for s in subnets}
    [options] = ec2.describe_dhcp_options(DhcpOptionsIds=[vpc["DhcpOptionsId"]])["DhcpOptions"]
    assert options["DhcpConfigurations"] == [
        {"Key": "domain-name", "Values": [{"Value": "ec2.internal"}]},
        {"Key": "domain-name-servers", "Values": [{"Value": "AmazonProvidedDNS"}]}]


def test_the_cli_sees_it_too(control):
    said = control.aws("ec2", "describe-vpcs", "--query", "Vpcs[?IsDefault].CidrBlock", "--output", "text").stdout.strip()
    assert said == control.block
    shown = json.loads(control.aws("ec2", "describe-subnets", "--filters", "Name=default-for-az,Values=true", "--output", "json").stdout)
    assert len(shown["Subnets"]) == 3
    missing = control.aws("ec2", "describe-vpcs", "--vpc-ids", "vpc-00000000000000000", check=False)
    assert "(InvalidVpcID.NotFound)" in missing.stderr and "The vpc ID 'vpc-00000000000000000' does not exist" in missing.stderr


def test_what_terraform_reads_after_it_made_a_vpc(ec2):
    """The calls of its provider's aws_vpc, aws_internet_gateway, aws_route_table and aws_subnet, in their order."""
    assert {a["AttributeName"] for a in ec2.describe_account_attributes()["AccountAttributes"]} >= {"supported-platforms", "default-vpc"}
    tags = [{"ResourceType": "vpc", "Tags": [{"Key": "Name", "Value": "tf"}]}]
    vpc = ec2.create_vpc(CidrBlock="10.30.0.0/16", InstanceTenancy="default", AmazonProvidedIpv6CidrBlock=False, TagSpecifications=tags)["Vpc"]["VpcId"]
    [described] = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    assert (described["State"], described["Tags"]) == ("available", [{"Key": "Name", "Value": "tf"}])
    ec2.modify_vpc_attribute(VpcId=vpc, EnableDnsHostnames={"Value": True})
    for attribute, expected in [("enableDnsHostnames", True), ("enableDnsSupport", True), ("enableNetworkAddressUsageMetrics", False)]:
        answer = ec2.describe_vpc_attribute(VpcId=vpc, Attribute=attribute)
        assert answer[attribute[0].upper() + attribute[1:]] == {"Value": expected}
    assert len(ec2.describe_network_acls(Filters=of("default", "true") + of("vpc-id", vpc))["NetworkAcls"]) == 1
    [main] = ec2.describe_route_tables(Filters=of("association.main", "true") + of("vpc-id", vpc))["RouteTables"]
    assert len(ec2.describe_security_groups(Filters=of("group-name", "default") + of("vpc-id", vpc))["SecurityGroups"]) == 1
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    [described] = ec2.describe_internet_gateways(InternetGatewayIds=[gateway])["InternetGateways"]
    assert described["Attachments"][0]["State"] == "available"
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    [described] = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    assert [(r["State"], r["Origin"]) for r in described["Routes"]] == [("active", "CreateRouteTable"), ("active", "CreateRoute")]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.30.1.0/24", AvailabilityZone=f"{REGION}b")["Subnet"]
    assert (subnet["State"], subnet["AvailableIpAddressCount"], subnet["MapPublicIpOnLaunch"]) == ("available", 251, False)
    ec2.modify_subnet_attribute(SubnetId=subnet["SubnetId"], MapPublicIpOnLaunch={"Value": True})
    association = ec2.associate_route_table(RouteTableId=table, SubnetId=subnet["SubnetId"])
    assert association["AssociationState"] == {"State": "associated"}
    [described] = ec2.describe_route_tables(Filters=of("association.subnet-id", subnet["SubnetId"]))["RouteTables"]
    assert described["RouteTableId"] == table
    # And what it does to take all of it away.
    ec2.disassociate_route_table(AssociationId=association["AssociationId"])
    assert ec2.describe_network_interfaces(Filters=of("subnet-id", subnet["SubnetId"]))["NetworkInterfaces"] == []
    ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    assert ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"][0]["Routes"][1]["State"] == "blackhole"
    ec2.delete_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
    ec2.delete_route_table(RouteTableId=table)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)
    ec2.delete_vpc(VpcId=vpc)
    with refused("InvalidVpcID.NotFound"):
        ec2.describe_vpcs(VpcIds=[vpc])
    with refused("InvalidRouteTableID.NotFound"):
        ec2.describe_route_tables(RouteTableIds=[main["RouteTableId"]])


def test_blocks_that_no_vpc_can_have(ec2):
    for block in ["10.0.0.0/15", "10.0.0.0/29", "224.0.0.0/16", "127.0.0.0/16", "169.254.0.0/16", "169.254.170.0/24"]:
        with refused("InvalidVpc.Range", f"The CIDR '{block}' is invalid."):
            ec2.create_vpc(CidrBlock=block)
    for block in ["10.0.0.0", "hello", "10.0.0.0/33", "fd00::/64"]:
        with refused("InvalidParameterValue", "This is not a valid CIDR block."):
            ec2.create_vpc(CidrBlock=block)
    with refused("MissingParameter"):
        ec2.create_vpc()


def test_blocks_of_subnets(ec2, vpc):
    first = ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.1.0/24")["Subnet"]["SubnetId"]
    with refused("InvalidSubnet.Conflict", "The CIDR '10.20.1.0/25' conflicts with another subnet"):
        ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.1.0/25")
    with refused("InvalidSubnet.Range"):
        ec2.create_subnet(VpcId=vpc, CidrBlock="10.21.0.0/24")
    with refused("InvalidSubnet.Range"):
        ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.2.0/29")
    with refused("InvalidParameterValue", f"{REGION}a, {REGION}b, {REGION}c"):
        ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.2.0/24", AvailabilityZone="mars-1a")
    canonical = ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.2.9/24")["Subnet"]
    assert canonical["CidrBlock"] == "10.20.2.0/24"
    with refused("DependencyViolation", f"The vpc '{vpc}' has dependencies and cannot be deleted."):
        ec2.delete_vpc(VpcId=vpc)
    for subnet in [first, canonical["SubnetId"]]:
        ec2.delete_subnet(SubnetId=subnet)
    with refused("InvalidSubnetID.NotFound", f"The subnet ID '{first}' does not exist"):
        ec2.delete_subnet(SubnetId=first)


def test_further_blocks_bring_their_local_routes(ec2, vpc):
    added = ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="10.99.0.0/16")["CidrBlockAssociation"]
    assert added["CidrBlockState"]["State"] == "associating"
    with refused("CidrConflict"):
        ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="10.99.128.0/17")
    [table] = ec2.describe_route_tables(Filters=of("vpc-id", vpc))["RouteTables"]
    assert [r["DestinationCidrBlock"] for r in table["Routes"]] == ["10.20.0.0/16", "10.99.0.0/16"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.99.5.0/24")["Subnet"]["SubnetId"]
    with refused("InvalidCidr.InUse"):
        ec2.disassociate_vpc_cidr_block(AssociationId=added["AssociationId"])
    ec2.delete_subnet(SubnetId=subnet)
    ec2.disassociate_vpc_cidr_block(AssociationId=added["AssociationId"])
    [described] = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    assert len(described["CidrBlockAssociationSet"]) == 1
    with refused("OperationNotPermitted", "It is the primary IPv4 CIDR block of the VPC"):
        ec2.disassociate_vpc_cidr_block(AssociationId=described["CidrBlockAssociationSet"][0]["AssociationId"])


def test_blocks_that_do_not_go_together(ec2, vpc):
    for block in ["192.168.0.0/16", "172.16.0.0/20", "198.19.0.0/24"]:
        with refused("InvalidVpc.Range", f"The CIDR '{block}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR"):
            ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock=block)
    with refused("InvalidVpc.Range", "The CIDR '169.254.0.0/16' is invalid."):
        ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock="169.254.0.0/16")
    # What has a route already: the same and larger ones are refused, smaller ones are not.
    [table] = ec2.describe_route_tables(Filters=of("vpc-id", vpc))["RouteTables"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="10.60.0.0/24", GatewayId=gateway)
    for block in ["10.60.0.0/24", "10.60.0.0/16"]:
        with refused("CidrConflict", f"The CIDR '{block}' is the same as, or larger than, the destination 10.60.0.0/24"):
            ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock=block)
    made = [ec2.associate_vpc_cidr_block(VpcId=vpc, CidrBlock=b)["CidrBlockAssociation"]["AssociationId"] for b in ["10.60.0.0/25", "100.64.0.0/16"]]
    for association in made:
        ec2.disassociate_vpc_cidr_block(AssociationId=association)
    ec2.delete_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="10.60.0.0/24")
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)


def test_attributes_of_a_subnet(ec2, vpc):
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.1.0/24")["Subnet"]["SubnetId"]

    def shown() -> dict:
        [found] = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"]
        return found

    def has(name: str, value: str) -> bool:
        return bool(ec2.describe_subnets(Filters=of("subnet-id", subnet) + of(name, value))["Subnets"])

    on_launch = "private-dns-name-options-on-launch."
    assert (shown()["EnableDns64"], shown()["MapPublicIpOnLaunch"]) == (False, False)
    assert shown()["PrivateDnsNameOptionsOnLaunch"] == {
        "HostnameType": "ip-name", "EnableResourceNameDnsARecord": False, "EnableResourceNameDnsAAAARecord": False}
    assert has("enable-dns64", "false") and not has("enable-dns64", "true")
    for attribute, value in [
        ("EnableDns64", {"Value": True}), ("PrivateDnsHostnameTypeOnLaunch", "resource-name"), ("MapPublicIpOnLaunch", {"Value": True}),
        ("EnableResourceNameDnsARecordOnLaunch", {"Value": True}), ("EnableResourceNameDnsAAAARecordOnLaunch", {"Value": True}),
    ]:
        ec2.modify_subnet_attribute(SubnetId=subnet, **{attribute: value})
    assert (shown()["EnableDns64"], shown()["MapPublicIpOnLaunch"]) == (True, True)
    assert shown()["PrivateDnsNameOptionsOnLaunch"] == {
        "HostnameType": "resource-name", "EnableResourceNameDnsARecord": True, "EnableResourceNameDnsAAAARecord": True}
    assert has("enable-dns64", "true") and has(on_launch + "hostname-type", "resource-name")
    assert has(on_launch + "enable-resource-name-dns-a-record", "true") and has(on_launch + "enable-resource-name-dns-aaaa-record", "true")
    ec2.modify_subnet_attribute(SubnetId=subnet, EnableDns64={"Value": False})
    assert shown()["EnableDns64"] is False
    with refused("MissingParameter"):
        ec2.modify_subnet_attribute(SubnetId=subnet)
    with refused("InvalidParameterCombination", "Only one subnet attribute can be modified at a time.\nProvided attributes: [mapPublicIpOnLaunch, enableDns64]"):
        ec2.modify_subnet_attribute(SubnetId=subnet, EnableDns64={"Value": True}, MapPublicIpOnLaunch={"Value": False})
    with refused("InvalidParameterValue"):
        ec2.modify_subnet_attribute(SubnetId=subnet, PrivateDnsHostnameTypeOnLaunch="car")
    with refused("InvalidParameterValue", "has no IPv6 CIDR block"):
        ec2.modify_subnet_attribute(SubnetId=subnet, AssignIpv6AddressOnCreation={"Value": True})
    ec2.delete_subnet(SubnetId=subnet)


def test_ipv6(ec2, vpc):
    ec2.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
    [described] = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    block = described["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"]
    assert block.endswith("/56")
    inner = block.replace("/56", "/64")
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.7.0/24", Ipv6CidrBlock=inner)["Subnet"]
    assert subnet["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"] == inner
    ec2.modify_subnet_attribute(SubnetId=subnet["SubnetId"], AssignIpv6AddressOnCreation={"Value": True})
    interface = ec2.create_network_interface(SubnetId=subnet["SubnetId"])["NetworkInterface"]
    assert interface["Ipv6Addresses"][0]["Ipv6Address"].startswith(inner.split("::")[0])
    with refused("InvalidSubnet.Range"):
        ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.8.0/24", Ipv6CidrBlock="fd00:dead::/64")
    ec2.delete_network_interface(NetworkInterfaceId=interface["NetworkInterfaceId"])
    ec2.delete_subnet(SubnetId=subnet["SubnetId"])


def test_routes(ec2, vpc):
    [main] = ec2.describe_route_tables(Filters=of("vpc-id", vpc))["RouteTables"]
    table = main["RouteTableId"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    with refused("InvalidParameterValue", "belong to different networks"):
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    with refused("InvalidGatewayID.NotFound"):
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId="igw-00000000000000000")
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    with refused("Resource.AlreadyAssociated"):
        ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    with refused("RouteAlreadyExists", "The route identified by 0.0.0.0/0 already exists."):
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0", GatewayId=gateway)
    with refused("MissingParameter"):
        ec2.create_route(RouteTableId=table, DestinationCidrBlock="1.0.0.0/8")
    with refused("InvalidParameterValue", "cannot remove local route 10.20.0.0/16"):
        ec2.delete_route(RouteTableId=table, DestinationCidrBlock="10.20.0.0/16")
    with refused("InvalidRoute.NotFound"):
        ec2.delete_route(RouteTableId=table, DestinationCidrBlock="9.0.0.0/8")
    with refused("InvalidParameterValue", "Use CreateRoute instead."):
        ec2.replace_route(RouteTableId=table, DestinationCidrBlock="9.0.0.0/8", GatewayId=gateway)
    with refused("DependencyViolation"):
        ec2.delete_internet_gateway(InternetGatewayId=gateway)
    with refused("DependencyViolation"):
        ec2.delete_route_table(RouteTableId=table)
    with refused("InvalidParameterValue", "cannot disassociate the main route table association"):
        ec2.disassociate_route_table(AssociationId=main["Associations"][0]["RouteTableAssociationId"])
    other = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    moved = ec2.replace_route_table_association(AssociationId=main["Associations"][0]["RouteTableAssociationId"], RouteTableId=other)
    assert ec2.describe_route_tables(Filters=of("vpc-id", vpc) + of("association.main", "true"))["RouteTables"][0]["RouteTableId"] == other
    ec2.replace_route_table_association(AssociationId=moved["NewAssociationId"], RouteTableId=table)
    ec2.delete_route_table(RouteTableId=other)
    ec2.delete_route(RouteTableId=table, DestinationCidrBlock="0.0.0.0/0")
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    with refused("Gateway.NotAttached"):
        ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)


def test_routes_within_a_vpc_and_of_gateways(ec2, vpc):
    """What nodes do not carry out is refused, as AWS does or with a reason."""
    ec2.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
    ipv6 = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"].replace("/56", "/64")
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.1.0/24")["Subnet"]["SubnetId"]
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    interface = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    nat = ec2.create_nat_gateway(SubnetId=subnet, ConnectivityType="private")["NatGateway"]["NatGatewayId"]
    [table] = ec2.describe_route_tables(Filters=of("vpc-id", vpc))["RouteTables"]
    table = table["RouteTableId"]
    for destination in [{"DestinationCidrBlock": "10.20.1.0/24"}, {"DestinationCidrBlock": "10.20.0.0/16"}, {"DestinationIpv6CidrBlock": ipv6}]:
        [block] = destination.values()
        with refused("InvalidParameterValue", f"The destination CIDR block {block} is equal to or more specific than one of this VPC's CIDR blocks. "
                     "This route can target only an interface or an instance."):
            ec2.create_route(RouteTableId=table, GatewayId=gateway, **destination)
    for target in [{"NetworkInterfaceId": interface}, {"NatGatewayId": nat}]:
        for destination in [{"DestinationCidrBlock": "10.20.1.0/24"}, {"DestinationIpv6CidrBlock": ipv6}]:
            with refused("UnsupportedOperation", "Longshore does not route within a VPC"):
                ec2.create_route(RouteTableId=table, **destination, **target)
        with refused("RouteAlreadyExists"):
            ec2.create_route(RouteTableId=table, DestinationCidrBlock="10.20.0.0/16", **target)
        with refused("UnsupportedOperation", "does not replace the local route"):
            ec2.replace_route(RouteTableId=table, DestinationCidrBlock="10.20.0.0/16", **target)
    with refused("InvalidParameterValue", "This route can target only an interface or an instance."):
        ec2.replace_route(RouteTableId=table, DestinationCidrBlock="10.20.0.0/16", GatewayId=gateway)
    # Larger than the block, and beside it.
    for destination in ["10.0.0.0/8", "10.21.0.0/24"]:
        ec2.create_route(RouteTableId=table, DestinationCidrBlock=destination, NetworkInterfaceId=interface)
        ec2.delete_route(RouteTableId=table, DestinationCidrBlock=destination)
    [shown] = ec2.describe_route_tables(RouteTableIds=[table])["RouteTables"]
    assert {r["GatewayId"] for r in shown["Routes"]} == {"local"}
    with refused("UnsupportedOperation", "Longshore does not support the parameter gatewayId."):
        ec2.associate_route_table(RouteTableId=table, GatewayId=gateway)
    with refused("InvalidInternetGatewayID.NotFound"):
        ec2.associate_route_table(RouteTableId=table, GatewayId="igw-00000000000000000")
    with refused("InvalidParameterCombination"):
        ec2.associate_route_table(RouteTableId=table, GatewayId=gateway, SubnetId=subnet)
    ec2.delete_nat_gateway(NatGatewayId=nat)
    ec2.delete_network_interface(NetworkInterfaceId=interface)
    ec2.delete_subnet(SubnetId=subnet)
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)


def test_a_nat_gateway_has_an_interface_and_an_address(ec2, vpc):
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.20.9.0/24")["Subnet"]["SubnetId"]
    address = ec2.allocate_address(Domain="vpc")
    with refused("Gateway.NotAttached"):
        ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address["AllocationId"])
    with refused("MissingParameter"):
        ec2.create_nat_gateway(SubnetId=subnet)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    nat = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address["AllocationId"], ClientToken="one")["NatGateway"]["NatGatewayId"]
    again = ec2.create_nat_gateway(SubnetId=subnet, AllocationId=address["AllocationId"], ClientToken="one")["NatGateway"]["NatGatewayId"]
    assert again == nat
    ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[nat])
    [described] = ec2.describe_nat_gateways(NatGatewayIds=[nat])["NatGateways"]
    [of_gateway] = described["NatGatewayAddresses"]
    assert (of_gateway["PublicIp"], of_gateway["AllocationId"]) == (address["PublicIp"], address["AllocationId"])
    [interface] = ec2.describe_network_interfaces(NetworkInterfaceIds=[of_gateway["NetworkInterfaceId"]])["NetworkInterfaces"]
    assert (interface["InterfaceType"], interface["Status"], interface["RequesterManaged"]) == ("nat_gateway", "in-use", True)
    assert interface["Association"]["PublicIp"] == address["PublicIp"]
    [table] = ec2.describe_route_tables(Filters=of("vpc-id", vpc))["RouteTables"]
    ec2.create_route(RouteTableId=table["RouteTableId"], DestinationCidrBlock="0.0.0.0/0", NatGatewayId=nat)
    own = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    gateways, attachment = of_gateway["NetworkInterfaceId"], interface["Attachment"]["AttachmentId"]
    for change in [
        lambda: ec2.release_address(AllocationId=address["AllocationId"]),
        lambda: ec2.disassociate_address(AssociationId=interface["Association"]["AssociationId"]),
        lambda: ec2.disassociate_address(PublicIp=address["PublicIp"]),
        lambda: ec2.associate_address(AllocationId=address["AllocationId"], NetworkInterfaceId=own),
        lambda: ec2.associate_address(AllocationId=address["AllocationId"], NetworkInterfaceId=gateways),
        lambda: ec2.modify_network_interface_attribute(NetworkInterfaceId=gateways, Description={"Value": "mine"}),
        lambda: ec2.assign_private_ip_addresses(NetworkInterfaceId=gateways, SecondaryPrivateIpAddressCount=1),
        lambda: ec2.detach_network_interface(AttachmentId=attachment),
    ]:
        with refused("AuthFailure", "You do not have permission to access the specified resource."):
            change()
    assert ec2.describe_addresses(AllocationIds=[address["AllocationId"]])["Addresses"][0]["NetworkInterfaceId"] == gateways
    ec2.delete_network_interface(NetworkInterfaceId=own)
    with refused("DependencyViolation"):
        ec2.delete_subnet(SubnetId=subnet)
    ec2.delete_nat_gateway(NatGatewayId=nat)
    ec2.get_waiter("nat_gateway_deleted").wait(NatGatewayIds=[nat])
    [table] = ec2.describe_route_tables(Filters=of("vpc-id", vpc))["RouteTables"]
    assert table["Routes"][1]["State"] == "blackhole"
    ec2.release_address(AllocationId=address["AllocationId"])
    ec2.delete_subnet(SubnetId=subnet)
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)


def test_the_default_vpc_comes_back(ec2):
    with refused("DefaultVpcAlreadyExists"):
        ec2.create_default_vpc()
    [vpc] = ec2.describe_vpcs(Filters=of("is-default", "true"))["Vpcs"]
    [gateway] = ec2.describe_internet_gateways(Filters=of("attachment.vpc-id", vpc["VpcId"]))["InternetGateways"]
    ec2.detach_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"], VpcId=vpc["VpcId"])
    ec2.delete_internet_gateway(InternetGatewayId=gateway["InternetGatewayId"])
    for subnet in ec2.describe_subnets(Filters=of("vpc-id", vpc["VpcId"]))["Subnets"]:
        ec2.delete_subnet(SubnetId=subnet["SubnetId"])
    ec2.delete_vpc(VpcId=vpc["VpcId"])
    with refused("VPCIdNotSpecified"):
        ec2.create_security_group(GroupName="nowhere", Description="d")
    made = ec2.create_default_vpc()["Vpc"]
    assert (made["CidrBlock"], made["IsDefault"]) == ("172.31.0.0/16", True)
    with refused("DefaultSubnetAlreadyExistsInAvailabilityZone"):
        ec2.create_default_subnet(AvailabilityZone=f"{REGION}a")


def test_pages_filters_and_dry_runs(ec2):
    made = [ec2.create_vpc(CidrBlock=f"10.{n}.0.0/16", TagSpecifications=[{"ResourceType": "vpc", "Tags": [{"Key": "page", "Value": f"v{n}"}]}])["Vpc"]["VpcId"]
            for n in range(40, 52)]
    pages = list(ec2.get_paginator("describe_vpcs").paginate(Filters=of("tag:page", "v4?", "v5*"), PaginationConfig={"PageSize": 5}))
    assert [len(p["Vpcs"]) for p in pages] == [5, 5, 2]
    assert sorted(v["VpcId"] for p in pages for v in p["Vpcs"]) == sorted(made)
    assert len(ec2.describe_vpcs(Filters=of("tag-key", "page") + of("cidr", "10.50.*"))["Vpcs"]) == 1
    with refused("InvalidParameterValue", "The filter 'colour' is invalid"):
        ec2.describe_vpcs(Filters=of("colour", "red"))
    with refused("InvalidParameterCombination"):
        ec2.describe_vpcs(VpcIds=made[:1], MaxResults=5)
    with refused("InvalidNextToken"):
        ec2.describe_vpcs(MaxResults=5, NextToken="%%%")
    with refused("DryRunOperation", "Request would have succeeded, but DryRun flag is set."):
        ec2.delete_vpc(VpcId=made[0], DryRun=True)
    with refused("DryRunOperation"):
        ec2.describe_vpcs(DryRun=True)
    for vpc in made:
        ec2.delete_vpc(VpcId=vpc)


def test_dhcp_options(ec2, vpc):
    configurations = [
        {"Key": "domain-name", "Values": ["a.example b.example"]}, {"Key": "domain-name-servers", "Values": ["192.0.2.1,192.0.2.2", "AmazonProvidedDNS"]},
        {"Key": "ntp-servers", "Values": ["192.0.2.3", "2001:db8::3"]}, {"Key": "netbios-name-servers", "Values": ["192.0.2.4"]},
        {"Key": "netbios-node-type", "Values": ["2"]}, {"Key": "ipv6-address-preferred-lease-time", "Values": ["600"]},
    ]
    made = ec2.create_dhcp_options(DhcpConfigurations=configurations, TagSpecifications=[{"ResourceType": "dhcp-options", "Tags": [{"Key": "Name", "Value": "own"}]}])
    options = made["DhcpOptions"]["DhcpOptionsId"]
    [shown] = ec2.describe_dhcp_options(Filters=of("tag:Name", "own") + of("key", "ntp-servers") + of("value", "192.0.2.2"))["DhcpOptions"]
    assert (shown["DhcpOptionsId"], shown["OwnerId"]) == (options, ACCOUNT)
    assert {c["Key"]: [v["Value"] for v in c["Values"]] for c in shown["DhcpConfigurations"]} == {
        "domain-name": ["a.example b.example"], "domain-name-servers": ["192.0.2.1", "192.0.2.2", "AmazonProvidedDNS"],
        "ntp-servers": ["192.0.2.3", "2001:db8::3"], "netbios-name-servers": ["192.0.2.4"], "netbios-node-type": ["2"],
        "ipv6-address-preferred-lease-time": ["600"],
    }
    ec2.associate_dhcp_options(DhcpOptionsId=options, VpcId=vpc)
    assert [v["VpcId"] for v in ec2.describe_vpcs(Filters=of("dhcp-options-id", options))["Vpcs"]] == [vpc]
    with refused("DependencyViolation", f"The dhcpOptions '{options}' has dependencies and cannot be deleted."):
        ec2.delete_dhcp_options(DhcpOptionsId=options)
    ec2.associate_dhcp_options(DhcpOptionsId="default", VpcId=vpc)
    assert ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["DhcpOptionsId"] == "default"
    ec2.delete_dhcp_options(DhcpOptionsId=options)
    for call in [ec2.delete_dhcp_options, lambda **given: ec2.associate_dhcp_options(VpcId=vpc, **given)]:
        with refused("InvalidDhcpOptionID.NotFound"):
            call(DhcpOptionsId=options)
    before = ec2.describe_dhcp_options()["DhcpOptions"]
    for key, values, why in [
        ("domain-name-servers", ["not an address\nnameserver 6.6.6.6"], "This is not the address of a server."),
        ("domain-name", ["a.example\noptions ndots:9"], "This is not a domain name."),
        ("netbios-node-type", ["77"], "Expecting 1, 2, 4 or 8."),
        ("ipv6-address-preferred-lease-time", ["abc"], "Expecting seconds"),
        ("colour", ["red"], "Value (colour) for parameter name is invalid. Unknown DHCP option"),
    ]:
        with refused("InvalidParameterValue", why):
            ec2.create_dhcp_options(DhcpConfigurations=[{"Key": key, "Values": values}])
    with refused("InvalidParameterValue", "given twice"):
        ec2.create_dhcp_options(DhcpConfigurations=[{"Key": "netbios-node-type", "Values": ["2"]}] * 2)
    assert ec2.describe_dhcp_options()["DhcpOptions"] == before


def test_tags(ec2, vpc):
    ec2.create_tags(Resources=[vpc], Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": ""}])
    listed = ec2.describe_tags(Filters=of("resource-id", vpc))["Tags"]
    assert [(t["ResourceType"], t["Key"], t["Value"]) for t in listed] == [("vpc", "a", "1"), ("vpc", "b", "")]
    for value, expected in [("1", ["a"]), ("2", []), ("?", ["a"])]:
        assert [t["Key"] for t in ec2.describe_tags(Filters=of("resource-id", vpc) + of("tag:a", value))["Tags"]] == expected, value
    ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "a", "Value": "other"}])
    ec2.delete_tags(Resources=[vpc], Tags=[{"Key": "b"}])
    assert ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"][0]["Tags"] == [{"Key": "a", "Value": "1"}]
    with refused("InvalidParameterValue", "reserved for internal use"):
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": "aws:x", "Value": "1"}])
    with refused("TagLimitExceeded"):
        ec2.create_tags(Resources=[vpc], Tags=[{"Key": f"k{n}", "Value": ""} for n in range(50)])
    with refused("InvalidVpcID.NotFound"):
        ec2.create_tags(Resources=[vpc, "vpc-00000000000000000"], Tags=[{"Key": "c", "Value": "1"}])
    assert len(ec2.describe_tags(Filters=of("resource-id", vpc))["Tags"]) == 1
    with refused("InvalidID"):
        ec2.create_tags(Resources=["car-1"], Tags=[{"Key": "c", "Value": "1"}])


def test_zones_and_regions(ec2):
    zones = ec2.describe_availability_zones()["AvailabilityZones"]
    assert [(z["ZoneName"], z["ZoneId"], z["State"]) for z in zones] == [(f"{REGION}{c}", f"use1-az{n}", "available") for n, c in enumerate("abc", 1)]
    assert [z["ZoneName"] for z in ec2.describe_availability_zones(Filters=of("zone-id", "use1-az2"))["AvailabilityZones"]] == [f"{REGION}b"]
    assert {z["GroupLongName"] for z in zones} == {"US East (N. Virginia) 1"}
    assert len(ec2.describe_availability_zones(Filters=of("group-long-name", "US East*"))["AvailabilityZones"]) == 3
    assert ec2.describe_availability_zones(Filters=of("group-long-name", "US West (Oregon) 1"))["AvailabilityZones"] == []
    assert [r["RegionName"] for r in ec2.describe_regions()["Regions"]] == [REGION]


def test_what_is_not_built_says_so(ec2, control):
    with refused("NotImplemented"):
        ec2.describe_images()
    with refused("InvalidAction", "The action RunInstances is not valid for this web service."):
        ec2.run_instances(MinCount=1, MaxCount=1)
    with refused("UnsupportedOperation", "ipv4IpamPoolId"):
        ec2.create_vpc(CidrBlock="10.0.0.0/16", Ipv4IpamPoolId="ipam-pool-1")
    wrong = control.session().client("ec2", endpoint_url=control.endpoint, aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="wrong")
    with refused("AuthFailure", "AWS was not able to validate the provided access credentials"):
        wrong.describe_vpcs()
    with refused("MissingParameter", "The request must contain the parameter vpcId"):
        control.client("ec2", UNCHECKED).delete_vpc()


def test_a_form_without_action_is_refused_in_ec2s_words(control):
    credentials = control.session().get_credentials()
    request = AWSRequest("POST", control.endpoint + "/", data=b"Version=2016-11-15", headers={"Content-Type": "application/x-www-form-urlencoded"})
    SigV4Auth(credentials, "ec2", REGION).add_auth(request)
    prepared = request.prepare()
    sent = urllib.request.Request(prepared.url, data=prepared.body, headers=dict(prepared.headers))
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(sent, timeout=20)
    body = refusal.value.read().decode()
    assert body.startswith("<Response><Errors><Error><Code>MissingAction</Code>") and "<RequestID>" in body
