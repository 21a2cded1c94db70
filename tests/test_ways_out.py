"""Who of a VPC reaches the world and whom the world reaches: gateways, routes and public addresses of EC2's API, with real tasks.

The world is a network namespace of this machine with an address of its own.
"""

from __future__ import annotations

import os
import re
import subprocess

import pytest

from tasks import container
from test_ec2_vpc import of
from test_fargate import execution_role, fargate  # noqa: F401 (the role of every task here)
from waiting import until

WORKER = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "gw0")) or 0)
# TEST-NET-3, a block of four for each process of the suite.
HERE, WORLD = (f"203.0.113.{4 * (WORKER % 16) + n}" for n in (1, 2))
ASK = f"wget -q -O - http://{WORLD}/hostname"


def ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def arguments() -> list[str]:
    return ["--cpu", "16384", "--memory", "16384", "--public-pool", f"198.19.{80 + WORKER % 16}.0/24"]


@pytest.fixture(scope="module")
def world(longshore, tmp_path_factory):
    """A machine behind a link: it knows this one, and no task."""
    name, link = f"lsworld{WORKER}", f"lswo{WORKER}"
    subprocess.run(["ip", "netns", "del", name], capture_output=True)
    ip("netns", "add", name)
    page = tmp_path_factory.mktemp("world") / "hostname"
    page.write_text("the world\n")
    server = None
    try:
        ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", name)
        ip("addr", "add", f"{HERE}/30", "dev", link)
        ip("link", "set", link, "up")
        ip("-n", name, "addr", "add", f"{WORLD}/30", "dev", "eth0")
        ip("-n", name, "link", "set", "eth0", "up")
        ip("-n", name, "link", "set", "lo", "up")
        ip("-n", name, "route", "add", "default", "via", HERE)
        server = subprocess.Popen(["ip", "netns", "exec", name, "busybox", "httpd", "-f", "-p", "80", "-h", str(page.parent)])
        until(lambda: asked(name, f"http://{WORLD}/hostname") == "the world", 10, "the world to answer")
        yield name
    finally:
        if server is not None:
            server.kill()
            server.wait()
        ip("netns", "del", name)


def asked(namespace: str, url: str) -> str:
    """What a machine of a namespace gets from a page; nothing where nobody answers within two seconds."""
    done = subprocess.run(["ip", "netns", "exec", namespace, "curl", "-s", "--max-time", "2", url], capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def ec2(longshore):
    return longshore.client("ec2")


@pytest.fixture(scope="module")
def vpc(ec2, longshore):
    """The default VPC with two more subnets, each with a route table of its own, and a group that lets pages be read."""
    [vpc] = ec2.describe_vpcs(Filters=of("is-default", "true"))["Vpcs"]
    prefix = ".".join(vpc["CidrBlock"].split(".")[:2])
    made = {"vpc": vpc["VpcId"], "public": longshore.subnets()[0]}
    for name, third in [("behind", 240), ("closed", 241)]:
        subnet = ec2.create_subnet(VpcId=vpc["VpcId"], CidrBlock=f"{prefix}.{third}.0/24", AvailabilityZone="us-east-1a")["Subnet"]["SubnetId"]
        table = ec2.create_route_table(VpcId=vpc["VpcId"])["RouteTable"]["RouteTableId"]
        ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)
        made |= {name: subnet, f"{name}-table": table}
    made["group"] = ec2.create_security_group(GroupName="pages", Description="d", VpcId=vpc["VpcId"])["GroupId"]
    ec2.authorize_security_group_ingress(GroupId=made["group"], IpProtocol="tcp", FromPort=80, ToPort=80, CidrIp="0.0.0.0/0")
    return made


def place(vpc: dict, subnet: str, public: str = "DISABLED") -> dict:
    configuration = {"subnets": [vpc[subnet]], "assignPublicIp": public, "securityGroups": [vpc["group"]]}
    return {"launchType": "FARGATE", "networkConfiguration": {"awsvpcConfiguration": configuration}}


def outcome(tasks, vpc: dict, subnet: str, public: str = "DISABLED") -> list[str]:
    """What a task of the subnet says of the world, asked twice and given up after some seconds."""
    script = f"(timeout 3 {ASK} || timeout 3 {ASK}) 2>/dev/null || echo nothing"
    task = tasks.finish(container(script, memory=None), run=place(vpc, subnet, public), **fargate())
    # The shell may say before it that it ended a wget.
    return tasks.lines(task["taskArn"])[-1:]


def test_an_internet_gateway_serves_those_with_a_public_address(tasks, vpc, world):
    assert outcome(tasks, vpc, "public", "ENABLED") == ["the world"]


def test_a_subnet_without_a_way_out_has_none(tasks, vpc, world):
    assert outcome(tasks, vpc, "closed") == ["nothing"]
    assert outcome(tasks, vpc, "closed", "ENABLED") == ["nothing"], "an address is no route"


def test_a_nat_gateway_lets_out_and_nobody_in(tasks, vpc, ec2, world):
    assert outcome(tasks, vpc, "behind") == ["nothing"], "not before its table has the route"
    address = ec2.allocate_address(Domain="vpc")
    gateway = ec2.create_nat_gateway(SubnetId=vpc["public"], AllocationId=address["AllocationId"])["NatGateway"]["NatGatewayId"]
    ec2.get_waiter("nat_gateway_available").wait(NatGatewayIds=[gateway], WaiterConfig={"Delay": 1, "MaxAttempts": 30})
    ec2.create_route(RouteTableId=vpc["behind-table"], DestinationCidrBlock="0.0.0.0/0", NatGatewayId=gateway)
    assert outcome(tasks, vpc, "behind") == ["the world"]
    server = tasks.start(container("httpd -f -p 80 -h /etc", memory=None), run=place(vpc, "behind"), **fargate())
    tasks.running(server)
    assert asked(world, f"http://{address['PublicIp']}/hostname") == ""
    # The route goes, and with it the way.
    ec2.delete_route(RouteTableId=vpc["behind-table"], DestinationCidrBlock="0.0.0.0/0")
    assert outcome(tasks, vpc, "behind") == ["nothing"]
    tasks.stop(server)
    ec2.delete_nat_gateway(NatGatewayId=gateway)


def test_a_public_address_is_reached_from_outside_and_the_private_one_is_not(tasks, vpc, ec2, world):
    server = tasks.start(container("httpd -f -p 80 -h /etc", memory=None), run=place(vpc, "public", "ENABLED"), **fargate())
    [attachment] = tasks.running(server)["attachments"]
    private = {d["name"]: d["value"] for d in attachment["details"]}["privateIPv4Address"]
    [interface] = ec2.describe_network_interfaces(Filters=of("addresses.private-ip-address", private))["NetworkInterfaces"]
    public = interface["Association"]["PublicIp"]
    page = f"ip-{private.replace('.', '-')}.ec2.internal"
    until(lambda: asked(world, f"http://{public}/hostname") == page, 20, "the page of the public address")
    assert asked(world, f"http://{private}/hostname") == ""
    ec2.revoke_security_group_ingress(GroupId=vpc["group"], IpProtocol="tcp", FromPort=80, ToPort=80, CidrIp="0.0.0.0/0")
    until(lambda: asked(world, f"http://{public}/hostname") == "", 20, "the group to close")
    tasks.stop(server)
