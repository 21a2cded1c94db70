"""Network interfaces of tasks as EC2 shows them."""

from __future__ import annotations

import ipaddress

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
    with refused("OperationNotPermitted", "You are not allowed to manage"):
        ec2.detach_network_interface(AttachmentId=interface["Attachment"]["AttachmentId"])
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
