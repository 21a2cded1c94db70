"""Security groups, network interfaces, elastic addresses and prefix lists through boto3."""

from __future__ import annotations

import ipaddress

import pytest

from longshore import ACCOUNT, REGION
from test_ec2_vpc import of, refused


@pytest.fixture(scope="module")
def ec2(control):
    return control.client("ec2")


@pytest.fixture(scope="module")
def vpc(ec2):
    return ec2.create_vpc(CidrBlock="10.60.0.0/16")["Vpc"]["VpcId"]


@pytest.fixture(scope="module")
def subnet(ec2, vpc):
    return ec2.create_subnet(VpcId=vpc, CidrBlock="10.60.1.0/28")["Subnet"]["SubnetId"]


@pytest.fixture
def group(ec2, vpc, request):
    made = ec2.create_security_group(GroupName=f"g-{request.node.name}"[:60], Description="of a test", VpcId=vpc)["GroupId"]
    yield made
    ec2.delete_security_group(GroupId=made)


def tcp(port: int, cidr: str = "0.0.0.0/0", **more) -> dict:
    return {"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{"CidrIp": cidr, **more}]}


def test_a_new_group_lets_everything_out_and_nothing_in(ec2, group):
    [described] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    assert described["IpPermissions"] == []
    assert [(p["IpProtocol"], p["IpRanges"]) for p in described["IpPermissionsEgress"]] == [("-1", [{"CidrIp": "0.0.0.0/0"}])]
    assert described["SecurityGroupArn"] == f"arn:aws:ec2:{REGION}:{ACCOUNT}:security-group/{group}"


def test_rules_come_and_go(ec2, group):
    pair = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": group, "Description": "ourselves"}]}
    tags = [{"ResourceType": "security-group-rule", "Tags": [{"Key": "why", "Value": "web"}]}]
    made = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[tcp(80, Description="web"), tcp(80, "10.0.0.0/8"), pair], TagSpecifications=tags)
    assert made["Return"] is True and len(made["SecurityGroupRules"]) == 3
    [described] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    assert [len(p["IpRanges"]) + len(p["UserIdGroupPairs"]) for p in described["IpPermissions"]] == [2, 1]
    with refused("InvalidPermission.Duplicate", 'the specified rule "peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW" already exists'):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[tcp(80)])
    rules = ec2.describe_security_group_rules(Filters=of("group-id", group) + of("tag:why", "web"))["SecurityGroupRules"]
    assert sorted(r.get("CidrIpv4", r.get("ReferencedGroupInfo", {}).get("GroupId")) for r in rules) == sorted(["0.0.0.0/0", "10.0.0.0/8", group])
    [web] = [r for r in rules if r.get("Description") == "web"]
    change = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIpv4": "192.0.2.7/24", "Description": "tls"}
    ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[{"SecurityGroupRuleId": web["SecurityGroupRuleId"], "SecurityGroupRule": change}])
    [changed] = ec2.describe_security_group_rules(SecurityGroupRuleIds=[web["SecurityGroupRuleId"]])["SecurityGroupRules"]
    assert (changed["CidrIpv4"], changed["FromPort"], changed["Description"]) == ("192.0.2.0/24", 443, "tls")
    ec2.update_security_group_rule_descriptions_ingress(GroupId=group, IpPermissions=[tcp(80, "10.0.0.0/8", Description="inside")])
    with refused("InvalidPermission.NotFound", "The specified rule does not exist in this security group."):
        ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[tcp(81)])
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[tcp(80, "10.0.0.0/8")])
    gone = ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[web["SecurityGroupRuleId"]])
    assert [r["SecurityGroupRuleId"] for r in gone["RevokedSecurityGroupRules"]] == [web["SecurityGroupRuleId"]]
    with refused("InvalidSecurityGroupRuleId.NotFound"):
        ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[web["SecurityGroupRuleId"]])
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    [described] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    assert (len(described["IpPermissions"]), described["IpPermissionsEgress"]) == (1, [])


def test_rules_that_are_none(ec2, group):
    for permission, code in [
        ({"IpProtocol": "tcp", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}, "InvalidParameterValue"),
        ({"IpProtocol": "tcp", "FromPort": 90, "ToPort": 80, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}, "InvalidParameterValue"),
        ({"IpProtocol": "carrier-pigeon", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}, "InvalidParameterValue"),
        (tcp(80, "10.0.0.0"), "InvalidParameterValue"),
        (tcp(80, Description="ü"), "InvalidParameterValue"),
        ({"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": "sg-00000000000000000"}]}, "InvalidGroup.NotFound"),
        ({"IpProtocol": "-1", "PrefixListIds": [{"PrefixListId": "pl-00000000000000000"}]}, "InvalidPrefixListID.NotFound"),
        ({"IpProtocol": "-1"}, "MissingParameter"),
    ]:
        with refused(code):
            ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[permission])
    with refused("RulesPerSecurityGroupLimitExceeded"):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[tcp(port) for port in range(1, 62)])
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[tcp(port) for port in range(1, 61)])
    with refused("InvalidGroupId.Malformed"):
        ec2.describe_security_groups(GroupIds=["web"])


def test_names_of_groups(ec2, vpc, group):
    [described] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    with refused("InvalidGroup.Duplicate", f"already exists for VPC '{vpc}'"):
        ec2.create_security_group(GroupName=described["GroupName"], Description="d", VpcId=vpc)
    with refused("InvalidParameterValue", "sg-*"):
        ec2.create_security_group(GroupName="sg-1", Description="d", VpcId=vpc)
    with refused("InvalidParameterValue"):
        ec2.create_security_group(GroupName="naïve", Description="d", VpcId=vpc)
    with refused("InvalidParameterValue", "reserved"):
        ec2.create_security_group(GroupName="default", Description="d", VpcId=vpc)
    [default] = ec2.describe_security_groups(Filters=of("vpc-id", vpc) + of("group-name", "default"))["SecurityGroups"]
    with refused("CannotDelete"):
        ec2.delete_security_group(GroupId=default["GroupId"])


def test_a_group_in_use_stays(ec2, vpc, subnet, group):
    other = ec2.create_security_group(GroupName="other", Description="d", VpcId=vpc)["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": other}]}])
    with refused("DependencyViolation", f"resource {other} has a dependent object"):
        ec2.delete_security_group(GroupId=other)
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": other}]}])
    interface = ec2.create_network_interface(SubnetId=subnet, Groups=[other])["NetworkInterface"]["NetworkInterfaceId"]
    with refused("DependencyViolation"):
        ec2.delete_security_group(GroupId=other)
    ec2.modify_network_interface_attribute(NetworkInterfaceId=interface, Groups=[group])
    ec2.delete_security_group(GroupId=other)
    assert [i["NetworkInterfaceId"] for i in ec2.describe_network_interfaces(Filters=of("group-id", group))["NetworkInterfaces"]] == [interface]
    ec2.delete_network_interface(NetworkInterfaceId=interface)


def test_a_subnet_gives_all_its_addresses_and_no_more(ec2, subnet):
    made = [ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"] for _ in range(11)]
    addresses = [ipaddress.ip_address(i["PrivateIpAddress"]) for i in made]
    assert sorted(addresses) == [ipaddress.ip_address(f"10.60.1.{n}") for n in range(4, 15)]
    assert len({i["MacAddress"] for i in made}) == 11
    assert ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"] == 0
    with refused("InsufficientFreeAddressesInSubnet"):
        ec2.create_network_interface(SubnetId=subnet)
    for interface in made:
        ec2.delete_network_interface(NetworkInterfaceId=interface["NetworkInterfaceId"])
    assert ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"] == 11


def test_an_interface_as_it_is_shown(ec2, vpc, subnet):
    made = ec2.create_network_interface(SubnetId=subnet, PrivateIpAddress="10.60.1.9", Description="d", ClientToken="t")["NetworkInterface"]
    again = ec2.create_network_interface(SubnetId=subnet, PrivateIpAddress="10.60.1.9", Description="d", ClientToken="t")["NetworkInterface"]
    assert again["NetworkInterfaceId"] == made["NetworkInterfaceId"]
    with refused("IdempotentParameterMismatch"):
        ec2.create_network_interface(SubnetId=subnet, Description="e", ClientToken="t")
    with refused("InvalidIPAddress.InUse"):
        ec2.create_network_interface(SubnetId=subnet, PrivateIpAddress="10.60.1.9")
    with refused("InvalidParameterValue"):
        ec2.create_network_interface(SubnetId=subnet, PrivateIpAddress="10.60.1.1")
    assert (made["Status"], made["VpcId"], made["InterfaceType"], made["RequesterManaged"], made["SourceDestCheck"]) == ("available", vpc, "interface", False, True)
    assert [g["GroupName"] for g in made["Groups"]] == ["default"]
    interface = made["NetworkInterfaceId"]
    for attribute, key, expected in [("description", "Description", {"Value": "d"}), ("sourceDestCheck", "SourceDestCheck", {"Value": True})]:
        assert ec2.describe_network_interface_attribute(NetworkInterfaceId=interface, Attribute=attribute)[key] == expected
    ec2.modify_network_interface_attribute(NetworkInterfaceId=interface, SourceDestCheck={"Value": False})
    second = ec2.assign_private_ip_addresses(NetworkInterfaceId=interface, SecondaryPrivateIpAddressCount=2)["AssignedPrivateIpAddresses"]
    [shown] = ec2.describe_network_interfaces(Filters=of("addresses.private-ip-address", second[0]["PrivateIpAddress"]))["NetworkInterfaces"]
    assert [a["Primary"] for a in shown["PrivateIpAddresses"]] == [True, False, False]
    ec2.unassign_private_ip_addresses(NetworkInterfaceId=interface, PrivateIpAddresses=[a["PrivateIpAddress"] for a in second])
    with refused("InvalidInstanceID.NotFound"):
        ec2.attach_network_interface(NetworkInterfaceId=interface, InstanceId="i-00000000000000000", DeviceIndex=1)
    ec2.delete_network_interface(NetworkInterfaceId=interface)
    with refused("InvalidNetworkInterfaceID.NotFound", f"The networkInterface ID '{interface}' does not exist"):
        ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])


def test_an_address_that_is_named_twice_is_had_once(ec2, vpc, subnet):
    free = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"]
    addresses = [{"PrivateIpAddress": f"10.60.1.{n}", "Primary": n == 10} for n in (10, 11, 12, 11, 10)]
    made = ec2.create_network_interface(SubnetId=subnet, PrivateIpAddresses=addresses)["NetworkInterface"]
    interface = made["NetworkInterfaceId"]

    def shown() -> list[str]:
        [found] = ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])["NetworkInterfaces"]
        return [a["PrivateIpAddress"] for a in found["PrivateIpAddresses"]]

    assert [a["PrivateIpAddress"] for a in made["PrivateIpAddresses"]] == shown() == ["10.60.1.10", "10.60.1.11", "10.60.1.12"]
    assert ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"] == free - 3
    ec2.unassign_private_ip_addresses(NetworkInterfaceId=interface, PrivateIpAddresses=["10.60.1.11"])
    assert shown() == ["10.60.1.10", "10.60.1.12"]
    ec2.assign_private_ip_addresses(NetworkInterfaceId=interface, PrivateIpAddresses=["10.60.1.13", "10.60.1.13"])
    assert shown() == ["10.60.1.10", "10.60.1.12", "10.60.1.13"]
    assert ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"] == free - 3
    ec2.delete_network_interface(NetworkInterfaceId=interface)


def test_reserved_addresses_of_ipv6_are_nobodys(ec2, vpc):
    ec2.associate_vpc_cidr_block(VpcId=vpc, AmazonProvidedIpv6CidrBlock=True)
    [described] = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    block = next(ipaddress.ip_network(described["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"]).subnets(new_prefix=64))
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.60.2.0/24", Ipv6CidrBlock=str(block))["Subnet"]["SubnetId"]

    def make(*addresses) -> dict:
        return ec2.create_network_interface(SubnetId=subnet, Ipv6Addresses=[{"Ipv6Address": str(a)} for a in addresses])["NetworkInterface"]

    for reserved in (block[0], block[1], block[2], block[3], block[-1]):
        with refused("InvalidParameterValue", "or is reserved"):
            make(reserved)
    made = [make(block[4], block[-2], block[4]), ec2.create_network_interface(SubnetId=subnet, Ipv6AddressCount=2)["NetworkInterface"]]
    assert [a["Ipv6Address"] for a in made[0]["Ipv6Addresses"]] == [str(block[4]), str(block[-2])]
    assert all(ipaddress.ip_address(a["Ipv6Address"]) in block for a in made[1]["Ipv6Addresses"]) and len(made[1]["Ipv6Addresses"]) == 2
    with refused("InvalidIPAddress.InUse"):
        make(block[4])
    for interface in made:
        ec2.delete_network_interface(NetworkInterfaceId=interface["NetworkInterfaceId"])
    ec2.delete_subnet(SubnetId=subnet)


def test_elastic_addresses(ec2, vpc, subnet):
    address = ec2.allocate_address(TagSpecifications=[{"ResourceType": "elastic-ip", "Tags": [{"Key": "Name", "Value": "front"}]}])
    assert ipaddress.ip_address(address["PublicIp"]) in ipaddress.ip_network("198.18.0.0/16")
    interface = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    with refused("Gateway.NotAttached"):
        ec2.associate_address(AllocationId=address["AllocationId"], NetworkInterfaceId=interface)
    gateway = ec2.create_internet_gateway()["InternetGateway"]["InternetGatewayId"]
    ec2.attach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    association = ec2.associate_address(AllocationId=address["AllocationId"], NetworkInterfaceId=interface)["AssociationId"]
    [shown] = ec2.describe_addresses(Filters=of("tag:Name", "front"))["Addresses"]
    assert (shown["AssociationId"], shown["NetworkInterfaceId"], shown["Domain"]) == (association, interface, "vpc")
    [of_interface] = ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])["NetworkInterfaces"]
    assert of_interface["Association"]["PublicIp"] == address["PublicIp"] and of_interface["Association"]["IpOwnerId"] == ACCOUNT
    with refused("DependencyViolation", "mapped public address(es)"):
        ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    with refused("Resource.AlreadyAssociated"):
        ec2.associate_address(AllocationId=address["AllocationId"], NetworkInterfaceId=interface, AllowReassociation=False)
    with refused("InvalidIPAddress.InUse"):
        ec2.release_address(AllocationId=address["AllocationId"])
    ec2.disassociate_address(AssociationId=association)
    with refused("InvalidAssociationID.NotFound"):
        ec2.disassociate_address(AssociationId=association)
    # An interface that goes leaves the address.
    ec2.associate_address(AllocationId=address["AllocationId"], NetworkInterfaceId=interface)
    ec2.delete_network_interface(NetworkInterfaceId=interface)
    assert "AssociationId" not in ec2.describe_addresses(PublicIps=[address["PublicIp"]])["Addresses"][0]
    assert ec2.describe_addresses_attribute(AllocationIds=[address["AllocationId"]], Attribute="domain-name")["Addresses"][0]["PublicIp"] == address["PublicIp"]
    ec2.release_address(AllocationId=address["AllocationId"])
    with refused("InvalidAllocationID.NotFound"):
        ec2.describe_addresses(AllocationIds=[address["AllocationId"]])
    ec2.detach_internet_gateway(InternetGatewayId=gateway, VpcId=vpc)
    ec2.delete_internet_gateway(InternetGatewayId=gateway)


def test_prefix_lists(ec2, group):
    made = ec2.create_managed_prefix_list(PrefixListName="offices", AddressFamily="IPv4", MaxEntries=2, Entries=[{"Cidr": "192.0.2.0/24", "Description": "Kiel"}])["PrefixList"]
    list_id = made["PrefixListId"]
    assert (made["Version"], made["State"], made["MaxEntries"]) == (1, "create-complete", 2)
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListIds": [{"PrefixListId": list_id}]}])
    with refused("DependencyViolation"):
        ec2.delete_managed_prefix_list(PrefixListId=list_id)
    with refused("PrefixListVersionMismatch"):
        ec2.modify_managed_prefix_list(PrefixListId=list_id, CurrentVersion=7, AddEntries=[{"Cidr": "198.51.100.0/24"}])
    changed = ec2.modify_managed_prefix_list(PrefixListId=list_id, CurrentVersion=1, AddEntries=[{"Cidr": "198.51.100.0/24"}])["PrefixList"]
    assert changed["Version"] == 2
    with refused("PrefixListMaxEntriesExceeded"):
        ec2.modify_managed_prefix_list(PrefixListId=list_id, CurrentVersion=2, AddEntries=[{"Cidr": "203.0.113.0/24"}])
    assert [e["Cidr"] for e in ec2.get_managed_prefix_list_entries(PrefixListId=list_id)["Entries"]] == ["192.0.2.0/24", "198.51.100.0/24"]
    assert [e["Cidr"] for e in ec2.get_managed_prefix_list_entries(PrefixListId=list_id, TargetVersion=1)["Entries"]] == ["192.0.2.0/24"]
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "PrefixListIds": [{"PrefixListId": list_id}]}])
    ec2.delete_managed_prefix_list(PrefixListId=list_id)
    assert ec2.describe_managed_prefix_lists(Filters=of("prefix-list-name", "offices"))["PrefixLists"] == []
