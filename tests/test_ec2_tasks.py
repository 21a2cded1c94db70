"""Network interfaces of tasks as EC2 shows them."""

from __future__ import annotations

import ipaddress
import json

import pytest

from longshore import ACCOUNT, REGION
from tasks import IDLE, container
from test_ec2_vpc import of, refused
from test_fargate import execution_role, fargate  # noqa: F401 (the role of every task here)
from waiting import until


@pytest.fixture(scope="module")
def ec2(longshore):
    return longshore.client("ec2")


def details(task: dict) -> tuple[dict, dict]:
    [attachment] = task["attachments"]
    return attachment, {d["name"]: d["value"] for d in attachment["details"]}


def run(subnet: str, public: str, **more) -> dict:
    return {"launchType": "FARGATE", "networkConfiguration": {"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": public, **more}}}


def test_a_fargate_task_and_its_interface(ec2, tasks, longshore):
    subnet = longshore.subnets()[0]
    [vpc] = ec2.describe_vpcs(Filters=of("is-default", "true"))["Vpcs"]
    group = ec2.create_security_group(GroupName="tasks", Description="d")["GroupId"]
    free = ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"]
    arn = tasks.start(container(IDLE, memory=None), run=run(subnet, "ENABLED", securityGroups=[group]), **fargate())
    attachment, shown = details(tasks.running(arn))
    assert attachment["status"] == "ATTACHED"
    interface_id = shown["networkInterfaceId"]
    [interface] = ec2.describe_network_interfaces(NetworkInterfaceIds=[interface_id])["NetworkInterfaces"]
    assert interface["PrivateIpAddress"] == shown["privateIPv4Address"]
    assert interface["MacAddress"] == shown["macAddress"]
    assert interface["PrivateDnsName"] == shown["privateDnsName"] == f"ip-{shown['privateIPv4Address'].replace('.', '-')}.ec2.internal"
    assert (interface["SubnetId"], interface["VpcId"], interface["Status"]) == (subnet, vpc["VpcId"], "in-use")
    assert interface["Description"] == f"arn:aws:ecs:{REGION}:{ACCOUNT}:attachment/{attachment['id']}"
    assert (interface["RequesterManaged"], interface["Attachment"]["Status"]) == (True, "attached")
    assert [g["GroupId"] for g in interface["Groups"]] == [group]
    assert ipaddress.ip_address(interface["Association"]["PublicIp"]) in ipaddress.ip_network("198.18.0.0/16")
    assert interface["Association"]["IpOwnerId"] == "amazon"
    assert ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"] == free - 1
    for call in [lambda: ec2.delete_security_group(GroupId=group), lambda: ec2.delete_subnet(SubnetId=subnet)]:
        with refused("DependencyViolation"):
            call()
    with refused("InvalidParameterValue", "is currently in use"):
        ec2.delete_network_interface(NetworkInterfaceId=interface_id)
    for call in [
        lambda: ec2.detach_network_interface(AttachmentId=interface["Attachment"]["AttachmentId"]),
        lambda: ec2.modify_network_interface_attribute(NetworkInterfaceId=interface_id, Description={"Value": "mine"}),
    ]:
        with refused("AuthFailure", "You do not have permission to access the specified resource."):
            call()
    tasks.stop(arn)
    until(lambda: ec2.describe_network_interfaces(Filters=of("network-interface-id", interface_id))["NetworkInterfaces"] == [], 20, "the interface to go")
    assert ec2.describe_subnets(SubnetIds=[subnet])["Subnets"][0]["AvailableIpAddressCount"] == free
    ec2.delete_security_group(GroupId=group)


def test_the_default_group_where_none_is_named(ec2, tasks, longshore):
    arn = tasks.start(container(IDLE, memory=None), run=run(longshore.subnets()[1], "DISABLED"), **fargate())
    _, shown = details(tasks.running(arn))
    [interface] = ec2.describe_network_interfaces(NetworkInterfaceIds=[shown["networkInterfaceId"]])["NetworkInterfaces"]
    assert [g["GroupName"] for g in interface["Groups"]] == ["default"]
    assert "Association" not in interface
    tasks.stop(arn)


def test_a_full_subnet_stops_the_task_and_says_so(ec2, tasks, ecs, longshore):
    [vpc] = ec2.describe_vpcs(Filters=of("is-default", "true"))["Vpcs"]
    block = str(list(ipaddress.ip_network(vpc["CidrBlock"]).subnets(new_prefix=28))[-1])
    subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock=block)["Subnet"]["SubnetId"]
    held = [ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"] for _ in range(11)]
    definition = tasks.define(container("true", memory=None), **fargate())
    ran = ecs.run_task(taskDefinition=definition, **run(subnet, "DISABLED"))
    assert ran["failures"] == []
    [task] = ecs.describe_tasks(tasks=[ran["tasks"][0]["taskArn"]])["tasks"]
    assert (task["lastStatus"], task["stopCode"]) == ("STOPPED", "TaskFailedToStart")
    assert task["stoppedReason"] == (
        "Unexpected EC2 error while attempting to Create Network Interface with public IP assignment disabled "
        f"in subnet '{subnet}': InsufficientFreeAddressesInSubnet")
    for interface in held:
        ec2.delete_network_interface(NetworkInterfaceId=interface)
    ec2.delete_subnet(SubnetId=subnet)


def test_groups_and_subnets_of_several_vpcs_do_not_mix(ec2, tasks, ecs, longshore):
    vpc = ec2.create_vpc(CidrBlock="10.250.0.0/16")["Vpc"]["VpcId"]
    other = ec2.create_subnet(VpcId=vpc, CidrBlock="10.250.1.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="g", Description="d", VpcId=vpc)["GroupId"]
    definition = tasks.define(container("true", memory=None), **fargate())
    invalid = ecs.exceptions.InvalidParameterException
    here = longshore.subnets()[0]
    for configuration in [{"subnets": [here, other]}, {"subnets": [here], "securityGroups": [group]}]:
        with pytest.raises(invalid, match="in the same VPC"):
            ecs.run_task(taskDefinition=definition, launchType="FARGATE", networkConfiguration={"awsvpcConfiguration": configuration})
    ec2.delete_security_group(GroupId=group)
    ec2.delete_subnet(SubnetId=other)
    ec2.delete_vpc(VpcId=vpc)


def test_dhcp_options_reach_containers_and_nothing_else_does(ec2, tasks, longshore):
    """A task of the VPC is told what its options say; what is no address and no domain stays out of resolv.conf, whoever brought it."""
    [vpc] = ec2.describe_vpcs(Filters=of("is-default", "true"))["Vpcs"]
    where = {"networkMode": "awsvpc", "run": {"networkConfiguration": {"awsvpcConfiguration": {"subnets": longshore.subnets()[:1]}}}}
    configurations = [{"Key": "domain-name", "Values": ["a.example b.example"]}, {"Key": "domain-name-servers", "Values": ["192.0.2.53,AmazonProvidedDNS", "2001:db8::53"]}]
    options = ec2.create_dhcp_options(DhcpConfigurations=configurations)["DhcpOptions"]["DhcpOptionsId"]
    provided = str(ipaddress.ip_network(vpc["CidrBlock"])[2])
    read = "grep -v ^options /etc/resolv.conf; wget -q -O - $ECS_CONTAINER_METADATA_URI_V4"
    ec2.associate_dhcp_options(DhcpOptionsId=options, VpcId=vpc["VpcId"])
    try:
        *lines, metadata = tasks.output(container(read), **where)
        bad = {"dnsServers": ["1.1.1.1\nnameserver 6.6.6.6", "notanip"], "dnsSearchDomains": ["c.example\noptions ndots:9"]}
        none_right = tasks.output(container("cat /etc/resolv.conf", **bad), **where)
    finally:
        ec2.associate_dhcp_options(DhcpOptionsId=vpc["DhcpOptionsId"], VpcId=vpc["VpcId"])
    ec2.delete_dhcp_options(DhcpOptionsId=options)
    told = ["nameserver 192.0.2.53", f"nameserver {provided}", "nameserver 2001:db8::53", "search a.example b.example"]
    assert lines == told
    [network] = json.loads(metadata)["Networks"]
    assert network["DomainNameServers"] == ["192.0.2.53", provided, "2001:db8::53"] and network["DomainNameSearchList"] == ["a.example", "b.example"]
    assert [line for line in none_right if not line.startswith("options")] == told and "ndots:9" not in " ".join(none_right)
    # Beside what is right, also in bridge mode.
    some = {"dnsServers": [*bad["dnsServers"], "192.0.2.54"], "dnsSearchDomains": [*bad["dnsSearchDomains"], "d.example"]}
    for mode in [where, {"networkMode": "bridge"}]:
        said = tasks.output(container("cat /etc/resolv.conf", **some), **mode)
        assert [line for line in said if not line.startswith("options")] == ["nameserver 192.0.2.54", "search d.example"]
        assert "ndots:9" not in " ".join(said)
