"""Dual-stack subnets: tasks get an IPv6 address, and reach each other by it where their security groups say so, on one node and over two."""

from __future__ import annotations

import ipaddress
import json
import subprocess

import pytest

from leftovers import Leftovers
from segment import Segment
from test_nodes import SERVE, Network, instances, ip_of
from waiting import until

SERVER, NODES, WORLD = 1, (21, 22), 29
# Of ten tasks.
ROUNDS = 4


@pytest.fixture(scope="module")
def segment():
    made = Segment("v6")
    try:
        made.server = made.plug(SERVER).serve()
        made.nodes = [made.plug(last).join(made.server, "--name", f"v{last}") for last in NODES]
        until(lambda: len(instances(made)) == len(NODES), 60, "every node to connect")
        yield made
    finally:
        left = made.end()
        assert left == [], "left on the machines: " + "\n".join(left)


@pytest.fixture(scope="module")
def dual(segment):
    return Dual(segment)


class Dual(Network):
    """Tasks in a subnet that has an IPv6 block."""

    def __init__(self, segment) -> None:
        super().__init__(segment)
        made = self.aws("ec2", "create-vpc", "--cidr-block", "10.66.0.0/16", "--amazon-provided-ipv6-cidr-block")["Vpc"]
        self.vpc = made["VpcId"]
        [shown] = self.aws("ec2", "describe-vpcs", "--vpc-ids", self.vpc)["Vpcs"]
        block = ipaddress.ip_network(shown["Ipv6CidrBlockAssociationSet"][0]["Ipv6CidrBlock"])
        self.block = next(block.subnets(new_prefix=64))
        zone = self.aws("ec2", "describe-availability-zones")["AvailabilityZones"][0]["ZoneName"]
        subnet = self.aws(
            "ec2", "create-subnet", "--vpc-id", self.vpc, "--cidr-block", "10.66.0.0/20", "--ipv6-cidr-block", str(self.block), "--availability-zone", zone
        )
        self.subnet = subnet["Subnet"]["SubnetId"]
        [table] = self.aws("ec2", "describe-route-tables", "--filters", f"Name=vpc-id,Values={self.vpc}")["RouteTables"]
        self.table = table["RouteTableId"]

    def open(self, name: str) -> str:
        """A group that lets every IPv6 packet in and out."""
        group = self.group(name)
        everything = {"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}
        self.rule(group, **everything)
        self.aws("ec2", "authorize-security-group-egress", "--group-id", group, "--ip-permissions", json.dumps([everything]))
        return group

    def rule(self, group: str, **permission) -> None:
        self.aws("ec2", "authorize-security-group-ingress", "--group-id", group, "--ip-permissions", json.dumps([permission]))

    def ipv6(self, task: str) -> str:
        self.running(task)
        return self.describe(task)["containers"][0]["networkInterfaces"][0]["ipv6Address"]


def test_an_address_is_given_and_shown_everywhere(dual):
    group = dual.group("shown")
    # The task itself says what it finds.
    seen = "ip -6 addr show dev eth0 | grep -q $0/128 && wget -q -O - $ECS_CONTAINER_METADATA_URI_V4 | grep -q '\"IPv6Addresses\":\\[\"'$0'\"\\]' && grep -q \"^$0\" /etc/hosts"
    task = dual.start(21, "sleep 60", group)
    address = dual.ipv6(task)
    assert ipaddress.ip_address(address) in dual.block
    details = {d["name"]: d["value"] for d in dual.describe(task)["attachments"][0]["details"]}
    assert details["privateIPv6Address"] == address
    [interface] = dual.aws("ec2", "describe-network-interfaces", "--network-interface-ids", details["networkInterfaceId"])["NetworkInterfaces"]
    assert [a["Ipv6Address"] for a in interface["Ipv6Addresses"]] == [address]
    own = "own=$(ip -6 addr show dev eth0 scope global | sed -n 's/.*inet6 \\(.*\\)\\/128.*/\\1/p'); test -n \"$own\" && "
    assert dual.exit_code(dual.start(22, own + seen.replace("$0", "$own"), group)) == 0


def test_groups_hold_for_ipv6_too(dual):
    clients, servers = dual.group("clients"), dual.group("servers")
    asks = ("--ip-permissions", json.dumps([{"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}]))
    dual.aws("ec2", "authorize-security-group-egress", "--group-id", clients, *asks)
    dual.rule(servers, IpProtocol="tcp", FromPort=8080, ToPort=8080, Ipv6Ranges=[{"CidrIpv6": "2001:db8::/32"}])
    # busybox's httpd takes IPv4 in its IPv6 socket; that is not what is asked here.
    task = dual.start(21, SERVE, servers)
    address = dual.ipv6(task)
    for node in NODES:
        assert not dual.reaches(node, clients, address, tries=2), f"another block, from {node}"
    dual.rule(servers, IpProtocol="tcp", FromPort=8080, ToPort=8080, Ipv6Ranges=[{"CidrIpv6": str(dual.block)}])
    for node in NODES:
        assert dual.reaches(node, clients, address), f"the subnet's block, from {node}"
    # Neither IPv4 nor ICMPv6 came along.
    assert not dual.reaches(22, clients, dual.running(task), tries=2)
    ping = f"i=0; until ping6 -c 1 -W 1 {address}; do i=$((i+1)); test $i -lt 3 || exit 1; done"
    assert dual.exit_code(dual.start(22, ping, clients)) == 1
    dual.rule(servers, IpProtocol="icmpv6", FromPort=128, ToPort=0, UserIdGroupPairs=[{"GroupId": clients}])
    for node in NODES:
        assert dual.exit_code(dual.start(node, ping, clients)) == 0, f"an echo request of a member, from {node}"


@pytest.fixture(scope="module")
def world(dual, segment):
    """A machine that has nothing to do with Longshore; it reaches the VPC through the first node."""
    machine = segment.plug(WORLD)
    ip_of(machine, "route", "add", str(dual.block), "via", segment.nodes[0].ipv6)
    page = machine.data_dir / "hostname"
    page.write_text("the world\n")
    server = subprocess.Popen(machine.inside("busybox", "httpd", "-f", "-p", "8080", "-h", str(machine.data_dir)))
    try:
        yield machine
    finally:
        server.kill()
        server.wait()


def test_an_internet_gateway_leads_out_and_in(dual, segment, world):
    group = dual.open("outside")
    serving = dual.start(21, SERVE, group)
    address = dual.ipv6(serving)

    def asked(where, to: str) -> bool:
        url = f"http://[{to}]:8080/hostname"
        return subprocess.run(where.inside("curl", "-sf", "--max-time", "2", url), capture_output=True).returncode == 0

    node = segment.nodes[0]
    until(lambda: asked(node, address), 20, "the task to answer its own machine")
    assert not dual.reaches(21, group, world.ipv6, tries=2), "no route leads out"
    assert not asked(world, address)
    gateway = dual.aws("ec2", "create-internet-gateway")["InternetGateway"]["InternetGatewayId"]
    dual.aws("ec2", "attach-internet-gateway", "--internet-gateway-id", gateway, "--vpc-id", dual.vpc)
    dual.aws("ec2", "create-route", "--route-table-id", dual.table, "--destination-ipv6-cidr-block", "::/0", "--gateway-id", gateway)
    # The pool is nobody's: the task leaves behind its machine, and comes back to it.
    assert dual.reaches(21, group, world.ipv6)
    until(lambda: asked(world, address), 20, "the task to answer the world")
    # A task of another node, by the way through this one.
    beyond = dual.ipv6(dual.start(22, SERVE, group))
    assert dual.reaches(22, group, world.ipv6)
    revoked = json.dumps([{"IpProtocol": "-1", "Ipv6Ranges": [{"CidrIpv6": "::/0"}]}])
    assert dual.reaches(21, group, beyond)
    dual.aws("ec2", "revoke-security-group-ingress", "--group-id", group, "--ip-permissions", revoked)
    until(lambda: not asked(world, address), 20, "the group to be closed")
    dual.aws("ec2", "delete-route", "--route-table-id", dual.table, "--destination-ipv6-cidr-block", "::/0")


def test_nodes_of_one_segment_route_ipv6_directly():
    made = Segment("d6")
    try:
        made.server = made.plug(SERVER).serve("--ipv6-pool", "2001:db8:aa00::/40")
        nodes = (31, 32)
        made.nodes = [made.plug(last).join(made.server, "--name", f"d{last}", "--direct") for last in nodes]
        until(lambda: len(instances(made)) == len(nodes), 60, "both nodes to connect")
        dual = Dual(made)
        assert str(dual.block) == "2001:db8:aa00::/64", "of the operator's pool"
        clients, servers = dual.open("clients"), dual.group("servers")
        dual.rule(servers, IpProtocol="tcp", FromPort=8080, ToPort=8080, UserIdGroupPairs=[{"GroupId": clients}])
        task = dual.start(31, SERVE, servers)
        address = dual.ipv6(task)
        for node in nodes:
            assert dual.reaches(node, clients, address), f"a client on {node}"
        other = dual.open("others")
        assert not dual.reaches(32, other, address, tries=2), "another group"
        staying = dual.start(32, "sleep 300", clients)
        dual.ipv6(staying)
        second = made.nodes[1]
        assert f"{address} via fe80::" in ip_of(second, "-6", "route")
        for each in (task, staying):
            dual.aws("ecs", "stop-task", "--task", each)
        until(lambda: address not in ip_of(second, "-6", "route"), 40, "the route to go with its task")
    finally:
        left = made.end()
    assert left == [], "left on the machines: " + "\n".join(left)


def test_tasks_that_come_and_go_leave_nothing_on_either_node(dual, segment):
    """Links, routes and neighbours of both families, stations and elements, each node's own and those of the other's tasks."""
    kept = [Leftovers(node.data_dir, f"v{node.last}") for node in segment.nodes]

    def wait_for_none() -> None:
        def left(node: Leftovers) -> list[str]:
            # The other node is a station of the overlay as long as it is there.
            return [thing for thing in node.in_vpcs() if ": station" not in thing]

        for node in kept:
            try:
                until(lambda n=node: left(n) == [], 30, "nothing to be left")
            except AssertionError:
                raise AssertionError(f"left on {node.node}: " + "\n".join(left(node))) from None

    def stop(tasks: list[str]) -> None:
        for task in tasks:
            dual.aws("ecs", "stop-task", "--task", task)
        until(lambda: not dual.aws("ecs", "list-tasks")["taskArns"], 40, "every task to stop", every=0.3)

    stop(dual.aws("ecs", "list-tasks")["taskArns"])
    wait_for_none()
    # Each node has a task that stays, so that it is told of all that the other has.
    group = dual.group("churn")
    staying = [dual.start(node, "trap 'exit 0' TERM; sleep 300 & wait", group) for node in NODES]
    addresses = [a for task in staying for a in (dual.running(task), dual.ipv6(task))]

    def counted(node: Leftovers) -> bool:
        found = node.in_vpcs()
        kinds = {thing.split(": ", 1)[1].split()[0] for thing in found}
        named = all(any(f"route {a} dev" in thing for thing in found) for a in addresses)
        return named and kinds >= {"link", "route", "neighbour", "nft"} and any("neighbour" in t and t.split()[2].count(":") > 1 for t in found)

    for node in kept:
        until(lambda n=node: counted(n), 20, f"everything of both tasks on {node.node}: {node.in_vpcs()}")
    family = dual.aws(
        "ecs", "register-task-definition", "--family", "churn", "--network-mode", "awsvpc", "--container-definitions",
        json.dumps([{"name": "main", "image": "longshore-test", "memory": 32, "command": ["sleep", "0.3"]}]),
    )["taskDefinition"]["taskDefinitionArn"]
    passing = []
    for _ in range(ROUNDS):
        answer = dual.aws(
            "ecs", "run-task", "--task-definition", family, "--count", "10", "--placement-strategy", "type=spread,field=instanceId",
            "--network-configuration", f"awsvpcConfiguration={{subnets=[{dual.subnet}],securityGroups=[{group}]}}",
        )
        assert answer["failures"] == []
        passing.append([t["taskArn"] for t in answer["tasks"]])
    for tasks in passing:
        def ended(tasks=tasks) -> list[dict] | None:
            shown = dual.aws("ecs", "describe-tasks", "--tasks", *tasks)["tasks"]
            return shown if all(t["lastStatus"] == "STOPPED" for t in shown) else None

        shown = until(ended, 60, "ten tasks to end", every=0.3)
        assert [t["containers"][0]["exitCode"] for t in shown] == [0] * 10
        assert len({t["containerInstanceArn"] for t in shown}) == len(NODES), "both nodes took part"
    # What is left is the staying tasks', neither more nor less.
    for node in kept:
        of_interfaces = lambda n=node: {t.split("route ", 1)[1].split()[0] for t in n.in_vpcs() if ": route " in t}
        until(lambda: counted(node) and of_interfaces() == set(addresses), 30, f"the passing tasks' to go on {node.node}")
    stop(staying)
    wait_for_none()


def test_the_account_setting_is_on_as_aws_has_it(dual):
    # The model of the API has no such name, so nobody can turn it off.
    settings = dual.aws("ecs", "list-account-settings", "--effective-settings")["settings"]
    assert {s["name"]: s["value"] for s in settings}["dualStackIPv6"] == "enabled"
