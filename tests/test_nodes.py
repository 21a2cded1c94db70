"""Three nodes, each on a machine of its own: tasks reach each other across them exactly where their security groups say so."""

from __future__ import annotations

import json
import subprocess

import pytest

from segment import Segment
from waiting import until

SERVER, NODES = 1, (11, 12, 13)


@pytest.fixture(scope="module")
def segment():
    made = Segment("nd")
    try:
        server = made.plug(SERVER).serve()
        made.server = server
        made.nodes = [made.plug(last).join(server, "--name", f"n{last}") for last in NODES]
        until(lambda: len(instances(made)) == len(NODES), 60, "every node to connect")
        yield made
    finally:
        left = made.end()
        assert left == [], "left on the machines: " + "\n".join(left)


def instances(segment) -> dict[str, str]:
    """The connected container instances, by the address of their node."""
    arns = segment.server.aws("ecs", "list-container-instances")["containerInstanceArns"]
    if not arns:
        return {}
    found = segment.server.aws("ecs", "describe-container-instances", "--container-instances", *arns)["containerInstances"]
    overlay = lambda i: next(a["value"] for a in i["attributes"] if a["name"] == "longshore.overlay")
    return {overlay(i).split(":")[0]: i["containerInstanceArn"] for i in found if i["agentConnected"]}


class Network:
    """Tasks with interfaces, on nodes that are named."""

    def __init__(self, segment) -> None:
        self.segment, self.aws = segment, segment.server.aws
        self.instances = instances(segment)
        subnets = self.aws("ec2", "describe-subnets")["Subnets"]
        self.vpc = subnets[0]["VpcId"]
        # Nodes are in the region's first zone unless they are told otherwise.
        self.subnet = next(s["SubnetId"] for s in subnets if s["AvailabilityZone"].endswith("a"))

    def group(self, name: str, *ingress: str) -> str:
        group = self.aws("ec2", "create-security-group", "--group-name", name, "--description", name, "--vpc-id", self.vpc)["GroupId"]
        if ingress:
            self.aws("ec2", "authorize-security-group-ingress", "--group-id", group, *ingress)
        return group

    def start(self, last: int, command: str, group: str) -> str:
        """A task on the node of 192.0.2.LAST; its ARN."""
        definition = [{"name": "main", "image": "longshore-test", "memory": 32, "command": ["sh", "-c", command]}]
        family = self.aws("ecs", "register-task-definition", "--family", "net", "--network-mode", "awsvpc", "--container-definitions", json.dumps(definition))
        started = self.aws(
            "ecs", "start-task", "--task-definition", family["taskDefinition"]["taskDefinitionArn"], "--container-instances", self.instances[f"192.0.2.{last}"],
            "--network-configuration", f"awsvpcConfiguration={{subnets=[{self.subnet}],securityGroups=[{group}]}}",
        )  # fmt: skip
        assert started["failures"] == []
        return started["tasks"][0]["taskArn"]

    def describe(self, task: str) -> dict:
        return self.aws("ecs", "describe-tasks", "--tasks", task)["tasks"][0]

    def running(self, task: str) -> str:
        """Waits for it to run; its address."""
        found = until(lambda: (t := self.describe(task))["lastStatus"] == "RUNNING" and t, 30, "the task to run", every=0.3)
        return found["containers"][0]["networkInterfaces"][0]["privateIpv4Address"]

    def exit_code(self, task: str) -> int:
        found = until(lambda: (t := self.describe(task))["lastStatus"] == "STOPPED" and t, 40, "the task to stop", every=0.3)
        assert "exitCode" in found["containers"][0], found
        return found["containers"][0]["exitCode"]

    def reaches(self, last: int, group: str, address: str, tries: int = 30) -> bool:
        """Whether a task of the group on that node gets an answer from the address."""
        return self.exit_code(self.start(last, asking(address, tries), group)) == 0


def asking(address: str, tries: int = 30) -> str:
    """Asks until there is an answer, so many times."""
    # busybox's wget with a time-out of its own crashes where it was linked statically.
    once = f"printf 'GET /hostname HTTP/1.0\\r\\n\\r\\n' | nc -w 1 {address} 8080 | grep -q '200 OK'"
    return f"i=0; until {once}; do i=$((i+1)); test $i -lt {tries} || exit 1; done"


SERVE = "httpd -f -p 8080 -h /etc"


def test_a_load_balancer_is_carried_by_several_nodes(segment):
    network = Network(segment)
    aws, elb = network.aws, lambda *arguments: network.aws("elbv2", *arguments)
    everybody = network.group("everybody", "--protocol", "-1", "--cidr", "0.0.0.0/0")
    in_order = sorted(aws("ec2", "describe-subnets")["Subnets"], key=lambda s: s["AvailabilityZone"])
    subnets = [s["SubnetId"] for s in in_order][:2]
    made = elb("create-load-balancer", "--name", "far", "--scheme", "internal", "--subnets", *subnets, "--security-groups", everybody)["LoadBalancers"][0]
    arn = made["LoadBalancerArn"]
    checks = ["--health-check-interval-seconds", "6", "--health-check-timeout-seconds", "2", "--health-check-path", "/hostname", "--healthy-threshold-count", "2"]
    group = elb("create-target-group", "--name", "far", "--protocol", "HTTP", "--port", "8080", "--vpc-id", network.vpc, "--target-type", "ip", *checks)
    group = group["TargetGroups"][0]["TargetGroupArn"]
    elb("create-listener", "--load-balancer-arn", arn, "--protocol", "HTTP", "--port", "8080", "--default-actions", f"Type=forward,TargetGroupArn={group}")
    targets = [network.running(network.start(last, SERVE, everybody)) for last in (11, 13)]
    elb("register-targets", "--target-group-arn", group, "--targets", *[f"Id={address}" for address in targets])

    def unhealthy() -> list[dict]:
        found = elb("describe-target-health", "--target-group-arn", group)["TargetHealthDescriptions"]
        return [t for t in found if t["TargetHealth"]["State"] != "healthy"]

    # Healthy is what every node says that sends to it.
    try:
        until(lambda: not unhealthy(), 60, "both targets to be healthy", every=0.5)
    except AssertionError as error:
        logs = [log.read_text()[-1500:] for node in segment.nodes for log in node.data_dir.glob("nodes/*/balancers/log")]
        raise AssertionError(f"{error}\n{unhealthy()}\n" + "\n".join(logs)) from None
    assert elb("describe-load-balancers", "--load-balancer-arns", arn)["LoadBalancers"][0]["State"] == {"Code": "active"}
    shown = aws("ec2", "describe-network-interfaces", "--filters", "Name=requester-id,Values=amazon-elb")["NetworkInterfaces"]
    addresses = [i["PrivateIpAddress"] for i in shown]
    carriers = [node for node in segment.nodes if (node.data_dir / "nodes" / f"n{node.last}" / "balancers" / "control").exists()]
    assert len(addresses) == 2 and len(carriers) == 2, "each of its interfaces is elsewhere"
    for address in addresses:
        for node in NODES:
            # Not with nc, which closes its side with the end of its input: to a load balancer that is a client who has left.
            script = f"i=0; until wget -q -O /dev/null http://{address}:8080/hostname; do i=$((i+1)); test $i -lt 10 || exit 1; sleep 1; done"
            assert network.exit_code(network.start(node, script, everybody)) == 0, f"{address} from {node}"
    elb("delete-load-balancer", "--load-balancer-arn", arn)
    until(lambda: not any((n.data_dir / "nodes" / f"n{n.last}" / "balancers" / "control").exists() for n in carriers), 20, "nobody to carry it")


def test_security_groups_hold_across_nodes(segment):
    network = Network(segment)
    clients = network.group("clients")
    servers = network.group("servers", "--protocol", "tcp", "--port", "8080", "--source-group", clients)
    address = network.running(network.start(11, SERVE, servers))
    for node in NODES:
        assert network.reaches(node, clients, address), f"a client on {node}"
        assert not network.reaches(node, servers, address, tries=3), f"another group on {node}"
    # A rule that is taken back holds at once, on every node.
    network.aws("ec2", "revoke-security-group-ingress", "--group-id", servers, "--protocol", "tcp", "--port", "8080", "--source-group", clients)
    assert not network.reaches(12, clients, address, tries=3)
    network.aws("ec2", "authorize-security-group-ingress", "--group-id", servers, "--protocol", "tcp", "--port", "8080", "--cidr", "172.31.0.0/16")
    assert network.reaches(12, clients, address)


def test_a_node_that_was_cut_off_comes_back_to_what_changed_meanwhile(segment):
    network = Network(segment)
    group = network.group("cut", "--protocol", "tcp", "--port", "8080", "--cidr", "172.31.0.0/16")
    first = network.running(network.start(11, SERVE, group))
    cut = segment.nodes[1]
    segment.connect(cut, False)
    second = network.running(network.start(13, SERVE, group))
    segment.connect(cut, True)
    for address in (first, second):
        assert network.reaches(12, group, address)


def test_a_killed_agent_takes_up_where_it_was(segment):
    network = Network(segment)
    group = network.group("killed", "--protocol", "tcp", "--port", "8080", "--cidr", "172.31.0.0/16")
    address = network.running(network.start(12, SERVE, group))
    client = network.start(11, f"{asking(address)}; sleep 5; {asking(address, 5)}", group)
    network.running(client)
    node = segment.nodes[1]
    node.kill()
    # Nobody is there to tell, and traffic goes on between those that know each other.
    assert network.exit_code(client) == 0
    node.join(segment.server, "--name", "n12")
    until(lambda: len(instances(segment)) == len(NODES), 60, "the node to connect")
    assert network.reaches(13, group, address)
    assert network.reaches(12, group, address)


def test_nodes_of_one_segment_that_route_directly():
    """`--direct`: no wrapping, no smaller packets, and the same rules."""
    made = Segment("dr")
    try:
        made.server = made.plug(SERVER).serve()
        first, second = made.nodes = [made.plug(last).join(made.server, "--name", f"d{last}", "--direct") for last in (31, 32)]
        until(lambda: len(instances(made)) == 2, 60, "both nodes to connect")
        network = Network(made)
        clients = network.group("clients")
        servers = network.group("servers", "--protocol", "tcp", "--port", "8080", "--source-group", clients)
        # The task itself says how large its packets may be.
        serving = network.start(31, f"test $(cat /sys/class/net/eth0/mtu) = 1500 || exit 9; {SERVE}", servers)
        address = network.running(serving)
        for node in (31, 32):
            assert network.reaches(node, clients, address), f"a client on {node}"
            assert not network.reaches(node, servers, address, tries=3), f"another group on {node}"
        client = network.start(32, "sleep 300", clients)
        beyond = network.running(client)
        routed = lambda node, to: f"{to} via " in ip_of(node, "-4", "route", "show", "table", "all")
        until(lambda: routed(second, address) and routed(first, beyond), 20, "a route to each other's task")
        assert ip_of(second, "-d", "link", "show", "type", "vxlan") == "", "nothing is wrapped"
        for task in (serving, client):
            network.aws("ecs", "stop-task", "--task", task)
        until(lambda: not routed(second, address) and not routed(first, beyond), 40, "the routes to go with their tasks")
    finally:
        left = made.end()
    assert left == [], "left on the machines: " + "\n".join(left)


def ip_of(machine, *arguments: str) -> str:
    return subprocess.run(machine.inside("ip", *arguments), capture_output=True, text=True, check=True).stdout
