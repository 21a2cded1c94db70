"""The calls of Terraform's AWS provider for security groups, their rules and network interfaces: in its order, with its filters and odd values.

What it makes of the answers is repeated here in short, since it is what its plans stand or fall by. (Read in version 6 of the provider, and in
version 4 where interfaces are. `aws_vpc` and its like are in test_ec2_vpc.py.)
"""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, REGION
from test_ec2_vpc import of, refused


@pytest.fixture(scope="module")
def ec2(control):
    return control.client("ec2")


@pytest.fixture
def vpc(ec2):
    """With an IPv6 block; deleted after the test, so that what is left in it fails the test."""
    made = ec2.create_vpc(CidrBlock="10.80.0.0/16", AmazonProvidedIpv6CidrBlock=True)["Vpc"]["VpcId"]
    ec2.modify_vpc_attribute(VpcId=made, EnableDnsHostnames={"Value": True})
    yield made
    ec2.delete_vpc(VpcId=made)


def make_group(ec2, vpc: str, name: str) -> str:
    """aws_security_group without rules: Terraform takes the rule away that lets everything out."""
    tags = [{"ResourceType": "security-group", "Tags": [{"Key": "Name", "Value": name}]}]
    group = ec2.create_security_group(GroupName=name, Description="Managed by Terraform", VpcId=vpc, TagSpecifications=tags)["GroupId"]
    assert read_group(ec2, group)["Tags"] == [{"Key": "Name", "Value": name}]
    everything = {"IpProtocol": "-1", "FromPort": 0, "ToPort": 0}
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[{**everything, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}])
    try:
        ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[{**everything, "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}])
    except ClientError as error:
        # Nothing else is forgiven.
        assert error.response["Error"]["Code"] == "InvalidPermission.NotFound"
    assert read_group(ec2, group)["IpPermissionsEgress"] == []
    return group


def read_group(ec2, group: str) -> dict:
    [found] = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"]
    return found


def end_group(ec2, group: str) -> None:
    """It looks for interfaces that other services left, takes the group away, and waits until it is not there."""
    assert ec2.describe_network_interfaces(Filters=of("group-id", group) + of("description", "AWS Lambda VPC ENI*"))["NetworkInterfaces"] == []
    for interface in ec2.describe_network_interfaces(Filters=of("group-id", group))["NetworkInterfaces"]:
        assert not interface.get("RequesterId", "").endswith(":Comprehend")
    ec2.delete_security_group(GroupId=group)
    with refused("InvalidGroup.NotFound"):
        ec2.describe_security_groups(GroupIds=[group])


def gathered(permissions: list[dict]) -> set[tuple]:
    """Rules as the provider sees them: ports that are left out are 0, descriptions belong to the rule."""
    found = set()
    for p in permissions:
        key = (p["IpProtocol"], p.get("FromPort", 0), p.get("ToPort", 0))
        found |= {(*key, r["CidrIp"], r.get("Description", "")) for r in p["IpRanges"]}
        found |= {(*key, r["CidrIpv6"], r.get("Description", "")) for r in p["Ipv6Ranges"]}
        found |= {(*key, r["GroupId"], r.get("Description", "")) for r in p["UserIdGroupPairs"]}
        found |= {(*key, r["PrefixListId"], r.get("Description", "")) for r in p["PrefixListIds"]}
        assert all(r["UserId"] == ACCOUNT for r in p["UserIdGroupPairs"])
    return found


def test_a_group_with_rules_of_its_own(ec2, vpc):
    """aws_security_group with `ingress` and `egress` blocks."""
    other, group = make_group(ec2, vpc, "tf-other"), make_group(ec2, vpc, "tf-inline")
    # One call for each direction, with everything in it; what is all ports has 0 as both.
    ingress = [
        {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "web"}, {"CidrIp": "192.0.2.0/24", "Description": "web"}]},
        {"IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]},
        {"IpProtocol": "-1", "FromPort": 0, "ToPort": 0, "UserIdGroupPairs": [{"GroupId": group}]},
        {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 444, "Ipv6Ranges": [{"CidrIpv6": "::/0"}], "UserIdGroupPairs": [{"GroupId": other, "Description": "theirs"}]},
    ]
    egress = [{"IpProtocol": "-1", "FromPort": 0, "ToPort": 0, "IpRanges": [{"CidrIp": "0.0.0.0/0"}], "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=ingress)
    ec2.authorize_security_group_egress(GroupId=group, IpPermissions=egress)
    read = read_group(ec2, group)
    assert (read["OwnerId"], read["VpcId"], read["Description"], read["GroupName"]) == (ACCOUNT, vpc, "Managed by Terraform", "tf-inline")
    assert gathered(read["IpPermissions"]) == {
        ("tcp", 80, 80, "10.0.0.0/8", "web"), ("tcp", 80, 80, "192.0.2.0/24", "web"), ("icmp", -1, -1, "0.0.0.0/0", ""), ("-1", 0, 0, group, ""),
        ("tcp", 443, 444, "::/0", ""), ("tcp", 443, 444, other, "theirs"),
    }
    assert gathered(read["IpPermissionsEgress"]) == {("-1", 0, 0, "0.0.0.0/0", ""), ("-1", 0, 0, "::/0", "")}

    # A block that changes is taken away and given anew, its description too.
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "web"}, {"CidrIp": "192.0.2.0/24", "Description": "web"}]}])
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080, "IpRanges": [{"CidrIp": "10.0.0.0/8", "Description": "proxy"}]}])
    rules = gathered(read_group(ec2, group)["IpPermissions"])
    assert ("tcp", 8080, 8080, "10.0.0.0/8", "proxy") in rules and not any(rule[1] == 80 for rule in rules)

    # Groups that name each other do not go; `revoke_rules_on_delete` looks at all rules and revokes them by id.
    with refused("DependencyViolation"):
        ec2.delete_security_group(GroupId=other)
    touching = [
        r for page in ec2.get_paginator("describe_security_group_rules").paginate(PaginationConfig={"PageSize": 5})
        for r in page["SecurityGroupRules"] if other in (r["GroupId"], r.get("ReferencedGroupInfo", {}).get("GroupId"))
    ]
    assert [(r["GroupId"], r["IsEgress"], r["FromPort"], r["ToPort"]) for r in touching] == [(group, False, 443, 444)]
    ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[touching[0]["SecurityGroupRuleId"]])
    with refused("InvalidSecurityGroupRuleId.NotFound"):
        ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[touching[0]["SecurityGroupRuleId"]])
    end_group(ec2, other)
    for rule in ec2.describe_security_group_rules(Filters=of("group-id", group))["SecurityGroupRules"]:
        revoke = ec2.revoke_security_group_egress if rule["IsEgress"] else ec2.revoke_security_group_ingress
        revoke(GroupId=rule["GroupId"], SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])
    end_group(ec2, group)


def test_rules_as_resources_of_the_older_kind(ec2, vpc):
    """aws_security_group_rule: one resource may be several rules of the API, found again by what they are."""
    group = make_group(ec2, vpc, "tf-rule")
    several = {"IpProtocol": "tcp", "FromPort": 0, "ToPort": 65535, "IpRanges": [{"CidrIp": "10.1.0.0/16", "Description": "a"}, {"CidrIp": "10.2.0.0/16", "Description": "a"}]}
    itself = {"IpProtocol": "-1", "FromPort": 0, "ToPort": 0, "UserIdGroupPairs": [{"GroupId": group, "Description": "us"}]}
    read_group(ec2, group)
    made = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[several])
    assert len(made["SecurityGroupRules"]) == 2
    [one] = ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[itself])["SecurityGroupRules"]
    assert (one["IsEgress"], one["ReferencedGroupInfo"]["GroupId"]) == (True, group)
    # Read back from the group, and from its rules.
    read = read_group(ec2, group)
    assert gathered(read["IpPermissions"]) == {("tcp", 0, 65535, "10.1.0.0/16", "a"), ("tcp", 0, 65535, "10.2.0.0/16", "a")}
    assert gathered(read["IpPermissionsEgress"]) == {("-1", 0, 0, group, "us")}
    rules = ec2.describe_security_group_rules(Filters=of("group-id", group))["SecurityGroupRules"]
    assert sorted((r["IsEgress"], r["IpProtocol"], r["FromPort"], r["ToPort"], r.get("CidrIpv4", "")) for r in rules) == [
        (False, "tcp", 0, 65535, "10.1.0.0/16"), (False, "tcp", 0, 65535, "10.2.0.0/16"), (True, "-1", -1, -1, ""),
    ]
    with refused("InvalidPermission.Duplicate"):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[several])
    # Only its description can change.
    for ranges in several["IpRanges"]:
        ranges["Description"] = "b"
    ec2.update_security_group_rule_descriptions_ingress(GroupId=group, IpPermissions=[several])
    itself["UserIdGroupPairs"][0].pop("Description")
    ec2.update_security_group_rule_descriptions_egress(GroupId=group, IpPermissions=[itself])
    read = read_group(ec2, group)
    assert {rule[-1] for rule in gathered(read["IpPermissions"])} == {"b"}
    assert gathered(read["IpPermissionsEgress"]) == {("-1", 0, 0, group, "")}
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[several])
    ec2.revoke_security_group_egress(GroupId=group, IpPermissions=[itself])
    with refused("InvalidPermission.NotFound"):
        ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=[several])
    end_group(ec2, group)


def test_rules_as_resources_of_the_newer_kind(ec2, vpc):
    """aws_vpc_security_group_ingress_rule and its twin: one rule each, by id, with tags of its own."""
    group, other = make_group(ec2, vpc, "tf-one"), make_group(ec2, vpc, "tf-two")
    tags = [{"ResourceType": "security-group-rule", "Tags": [{"Key": "Name", "Value": "web"}]}]
    web = {"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}
    [made] = ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[web], TagSpecifications=tags)["SecurityGroupRules"]
    rule = made["SecurityGroupRuleId"]
    assert made["SecurityGroupRuleArn"] == f"arn:aws:ec2:{REGION}:{ACCOUNT}:security-group-rule/{rule}"

    def read(rule: str) -> dict:
        [found] = ec2.describe_security_group_rules(SecurityGroupRuleIds=[rule])["SecurityGroupRules"]
        return found

    shown = read(rule)
    assert (shown["IsEgress"], shown["GroupId"], shown["CidrIpv4"], shown["Tags"]) == (False, group, "10.0.0.0/8", tags[0]["Tags"])
    assert "Description" not in shown and "CidrIpv6" not in shown and "PrefixListId" not in shown and "ReferencedGroupInfo" not in shown
    # Everything but the kind of its source can change in place.
    wanted = {"IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8090, "CidrIpv4": "10.80.0.0/16", "Description": "proxies"}
    ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[{"SecurityGroupRuleId": rule, "SecurityGroupRule": wanted}])
    assert {name: read(rule)[name] for name in wanted} == wanted
    ec2.create_tags(Resources=[rule], Tags=[{"Key": "Name", "Value": "proxy"}])
    ec2.delete_tags(Resources=[rule], Tags=[{"Key": "Name", "Value": "proxy"}])
    assert read(rule).get("Tags", []) == []
    # All traffic has no ports at all in the request, and -1 in the answer.
    every = {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": other}]}
    [out] = ec2.authorize_security_group_egress(GroupId=group, IpPermissions=[every])["SecurityGroupRules"]
    shown = read(out["SecurityGroupRuleId"])
    assert (shown["IsEgress"], shown["FromPort"], shown["ToPort"], shown["ReferencedGroupInfo"]["GroupId"]) == (True, -1, -1, other)
    every = {"IpProtocol": "-1", "ReferencedGroupId": group}
    ec2.modify_security_group_rules(GroupId=group, SecurityGroupRules=[{"SecurityGroupRuleId": out["SecurityGroupRuleId"], "SecurityGroupRule": every}])
    assert read(out["SecurityGroupRuleId"])["ReferencedGroupInfo"]["GroupId"] == group
    ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[rule])
    ec2.revoke_security_group_egress(GroupId=group, SecurityGroupRuleIds=[out["SecurityGroupRuleId"]])
    with refused("InvalidSecurityGroupRuleId.NotFound"):
        read(rule)
    end_group(ec2, group)
    # Of a group that is no more, it is content with that.
    with refused("InvalidGroup.NotFound"):
        ec2.revoke_security_group_ingress(GroupId=group, SecurityGroupRuleIds=[rule])
    end_group(ec2, other)


def test_an_interface(ec2, vpc):
    """aws_network_interface: made, waited for, changed in each way that needs no new one, and taken away."""
    [shown] = ec2.describe_vpcs(VpcIds=[vpc])["Vpcs"]
    prefix = shown["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"].removesuffix("::/56")
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.80.1.0/24", Ipv6CidrBlock=f"{prefix}::/64")["Subnet"]["SubnetId"]
    group, other = make_group(ec2, vpc, "tf-eni"), make_group(ec2, vpc, "tf-eni-2")
    addresses = [{"PrivateIpAddress": "10.80.1.10", "Primary": True}, {"PrivateIpAddress": "10.80.1.11"}]
    made = ec2.create_network_interface(
        ClientToken="terraform-20261126000000000000000001", SubnetId=subnet, Description="web", Groups=[group], PrivateIpAddresses=addresses,
        Ipv6Addresses=[{"Ipv6Address": f"{prefix}::a"}], TagSpecifications=[{"ResourceType": "network-interface", "Tags": [{"Key": "Name", "Value": "eni"}]}],
    )["NetworkInterface"]
    interface = made["NetworkInterfaceId"]

    def read() -> dict:
        [found] = ec2.describe_network_interfaces(NetworkInterfaceIds=[interface])["NetworkInterfaces"]
        return found

    def private_ips() -> list[str]:
        return [a["PrivateIpAddress"] for a in read()["PrivateIpAddresses"]]

    shown = read()
    # It waits for this one, and an attachment that is there would be one to let go of.
    assert shown["Status"] == "available" and "Attachment" not in shown
    assert (shown["OwnerId"], shown["SubnetId"], shown["Description"], shown["InterfaceType"]) == (ACCOUNT, subnet, "web", "interface")
    assert (shown["PrivateIpAddress"], shown["SourceDestCheck"], shown["TagSet"]) == ("10.80.1.10", True, [{"Key": "Name", "Value": "eni"}])
    assert shown["PrivateDnsName"].startswith("ip-10-80-1-10.") and shown["MacAddress"]
    assert ([g["GroupId"] for g in shown["Groups"]], private_ips()) == ([group], ["10.80.1.10", "10.80.1.11"])
    assert [a["Ipv6Address"] for a in shown["Ipv6Addresses"]] == [f"{prefix}::a"]
    assert shown.get("Ipv4Prefixes", []) == [] and shown.get("Ipv6Prefixes", []) == []

    # private_ips, then private_ips_count. (IPv6 addresses stay as they were made: AssignIpv6Addresses and its opposite are not built.)
    ec2.unassign_private_ip_addresses(NetworkInterfaceId=interface, PrivateIpAddresses=["10.80.1.11"])
    ec2.assign_private_ip_addresses(NetworkInterfaceId=interface, PrivateIpAddresses=["10.80.1.20", "10.80.1.21"])
    assert private_ips() == ["10.80.1.10", "10.80.1.20", "10.80.1.21"]
    ec2.assign_private_ip_addresses(NetworkInterfaceId=interface, SecondaryPrivateIpAddressCount=1)
    assert len(private_ips()) == 4
    with refused("InvalidParameterValue"):
        ec2.unassign_private_ip_addresses(NetworkInterfaceId=interface, PrivateIpAddresses=["10.80.1.10"])
    # One attribute a call.
    ec2.modify_network_interface_attribute(NetworkInterfaceId=interface, SourceDestCheck={"Value": False})
    ec2.modify_network_interface_attribute(NetworkInterfaceId=interface, Groups=[other])
    ec2.modify_network_interface_attribute(NetworkInterfaceId=interface, Description={"Value": ""})
    shown = read()
    assert (shown["SourceDestCheck"], [g["GroupId"] for g in shown["Groups"]], shown["Description"]) == (False, [other], "")
    ec2.create_tags(Resources=[interface], Tags=[{"Key": "stage", "Value": "test"}])
    ec2.delete_tags(Resources=[interface], Tags=[{"Key": "Name"}])
    assert read()["TagSet"] == [{"Key": "stage", "Value": "test"}]

    # A subnet is taken away after what is in it, and so is a group.
    with refused("DependencyViolation"):
        ec2.delete_subnet(SubnetId=subnet)
    with refused("DependencyViolation"):
        ec2.delete_security_group(GroupId=other)
    # What it does before it detaches: an attachment that is not there is one that is detached.
    with refused("InvalidAttachmentID.NotFound"):
        ec2.detach_network_interface(AttachmentId="eni-attach-00000000000000000", Force=True)
    ec2.delete_network_interface(NetworkInterfaceId=interface)
    with refused("InvalidNetworkInterfaceID.NotFound"):
        ec2.delete_network_interface(NetworkInterfaceId=interface)
    end_group(ec2, group)
    end_group(ec2, other)
    ec2.delete_subnet(SubnetId=subnet)
