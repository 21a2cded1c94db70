"""Load balancers with real clients, real tasks and real data planes: what is asked for is what carries the traffic, whoever is killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
from pathlib import Path

import pytest

from balancers import Balancer, ask, behind, carried, certificate, engines, web
from longshore import IMAGE, Longshore
from nodes import BalancerNode, Node
from services import Services
from waiting import until


NET_BIND_SERVICE, NET_ADMIN, NET_RAW, SYS_ADMIN = 10, 12, 13, 21


@pytest.fixture
def up(fresh):
    made = fresh("up").start()
    made.run("image", "demo", "--name", IMAGE)
    return made


def service(server: Longshore, balancer: Balancer, group: str, count: int = 2, **more) -> str:
    """A service of tasks in the VPC behind the group."""
    services = Services(server)
    definition = services.tasks.define(web(), networkMode="awsvpc")
    network = {"awsvpcConfiguration": {"subnets": balancer.subnets, "securityGroups": [balancer.group]}}
    return services.create(definition, desiredCount=count, loadBalancers=behind(group), networkConfiguration=network, **more)


def test_a_service_is_reached_by_its_load_balancer(up):
    balancer = Balancer(up)
    group = balancer.target_group()
    balancer.listen(group)
    balancer.active()
    # It keeps few of root's rights: those of networks.
    status = dict(line.split(":", 1) for line in Path(f"/proc/{engines(up.data_dir)[0]}/status").read_text().splitlines())
    kept = sum(1 << bit for bit in (NET_BIND_SERVICE, NET_ADMIN, NET_RAW, SYS_ADMIN))
    assert (int(status["CapEff"], 16), int(status["CapPrm"], 16), status["NoNewPrivs"].strip()) == (kept, kept, "1")
    # Nobody is there to answer.
    address = balancer.public()[0]
    nobody = ask(address)
    assert (nobody.status, nobody.headers.get("Server")) == (503, "awselb/2.0")
    name = service(up, balancer, group)
    Services(up).stable(name)
    balancer.healthy(group, 2)
    # Both tasks answer, at each of its addresses.
    for address in balancer.public():
        until(lambda: len({ask(address).body for _ in range(4)}) == 2, 10, f"both tasks at {address}")
    # Its own security group lets in whom it lets in.
    everybody = [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]
    balancer.ec2.revoke_security_group_ingress(GroupId=balancer.group, IpPermissions=everybody)
    own = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": balancer.group}]}]
    balancer.ec2.authorize_security_group_ingress(GroupId=balancer.group, IpPermissions=own)

    def is_refused() -> bool:
        try:
            return ask(address) is None
        except OSError:
            return True

    until(is_refused, 10, "the group to hold")
    assert balancer.health(group) == ["healthy"] * 2, "the load balancer is of its group itself"
    # All of it goes, with the process that carried it.
    Services(up).delete(name)
    balancer.delete()
    until(lambda: engines(up.data_dir) == [], 20, "the data plane to end")


def test_its_name_leads_to_it_on_the_operators_machine(up):
    first, second = Balancer(up), Balancer(up, Scheme="internal")
    port = free_port()
    for balancer, said in ((first, "first"), (second, "second")):
        answer = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200", "ContentType": "text/plain", "MessageBody": said}}]
        balancer.elb.create_listener(LoadBalancerArn=balancer.arn, Protocol="HTTP", Port=port, DefaultActions=answer)
        balancer.active()
    # curl and browsers know by themselves where names under localhost are.
    curl = lambda name: subprocess.run(["curl", "-s", "-m", "5", f"http://{name}:{port}/"], capture_output=True, text=True, check=False).stdout
    until(lambda: curl(first.name) == "first", 10, "the first one's name")
    until(lambda: curl(second.name) == "second", 10, "the second one's, at the same port")
    assert second.name in curl("nobody.localhost"), "who has no such name is told which there are"
    first.delete()
    until(lambda: curl(second.name) == "second" and curl(first.name) != "first", 10, "the first to be gone")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_traffic_goes_on_while_whoever_rules_it_is_away(up):
    balancer = Balancer(up)
    group = balancer.target_group()
    balancer.listen(group)
    name = service(up, balancer, group)
    balancer.active()
    balancer.healthy(group, 2)
    address = balancer.public()[0]
    [engine] = engines(up.data_dir)
    # Server and agent at once.
    up.kill()
    assert [ask(address).status for _ in range(10)] == [200] * 10
    up.start()
    assert engines(up.data_dir) == [engine]
    balancer.active()
    # What changes afterwards is carried by the same process.
    balancer.listen(group, port=81)
    until(lambda: refused_or(lambda: ask(address, port=81).status) == 200, 10, "the new listener")
    assert engines(up.data_dir) == [engine]
    # One of a version that does not understand this one's configurations is replaced when the agent comes.
    up.kill()
    (up.data_dir / "nodes" / "up" / "balancers" / "process").write_text(f"{engine} 1\n")
    up.start()
    until(lambda: engines(up.data_dir) not in ([], [engine]), 20, "a process of this version")
    until(lambda: refused_or(lambda: ask(address).status) == 200, 10, "its answer")
    [engine] = engines(up.data_dir)
    # The process itself: the agent starts another, which serves what was kept.
    os.kill(engine, signal.SIGKILL)
    until(lambda: engines(up.data_dir) not in ([], [engine]), 20, "another process")
    until(lambda: refused_or(lambda: ask(address).status) == 200, 10, "its answer")
    Services(up).delete(name)


def refused_or(call):
    try:
        return call()
    except OSError as error:
        return error


def test_instances_are_targets_by_their_published_ports(up):
    balancer = Balancer(up)
    group = balancer.target_group(kind="instance")
    balancer.listen(group)
    services = Services(up)
    name = services.create(services.tasks.define(web()), desiredCount=2, loadBalancers=behind(group))
    balancer.active()
    balancer.healthy(group, 2)
    address = balancer.public()[0]
    until(lambda: len({ask(address).body for _ in range(4)}) == 2, 10, "both tasks")
    services.delete(name)


def test_a_network_load_balancer_carries_connections(up):
    balancer = Balancer(up, kind="network")
    # Otherwise each of its addresses leads to the targets of its own zone.
    across = [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]
    balancer.elb.modify_load_balancer_attributes(LoadBalancerArn=balancer.arn, Attributes=across)
    group = balancer.target_group(protocol="TCP")
    balancer.listen(group, protocol="TCP", port=9000)
    name = service(up, balancer, group)
    balancer.active()
    balancer.healthy(group, 2)
    address = balancer.public()[0]
    until(lambda: len({ask(address, port=9000).body for _ in range(8)}) == 2, 10, "both tasks")
    Services(up).delete(name)


def test_https_is_ended_with_certificates_that_were_imported(up, tmp_path):
    balancer = Balancer(up)
    first, second = (certificate(up, tmp_path, name) for name in ("one.example", "two.example"))
    answer = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200", "ContentType": "text/plain", "MessageBody": "sealed"}}]
    made = balancer.elb.create_listener(LoadBalancerArn=balancer.arn, Protocol="HTTPS", Port=443, Certificates=[{"CertificateArn": first.arn}], DefaultActions=answer)
    balancer.elb.add_listener_certificates(ListenerArn=made["Listeners"][0]["ListenerArn"], Certificates=[{"CertificateArn": second.arn}])
    balancer.active()
    address = balancer.public()[0]

    def said(trusted) -> str:
        """What one hears there who trusts just that certificate."""
        command = ["curl", "-s", "-m", "5", "--cacert", trusted.file, "--resolve", f"{trusted.name}:443:{address}", f"https://{trusted.name}/"]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    for trusted in (first, second):
        until(lambda trusted=trusted: said(trusted) == "sealed", 10, f"the certificate of {trusted.name}")
    kept = (up.data_dir / "nodes" / "up" / "balancers" / "configuration.json").stat()
    assert kept.st_mode & 0o777 == 0o600, "it has the keys"


@pytest.fixture
def site():
    """A server without a node, which soon takes nodes as lost."""
    server = Longshore("server", ["--carrier-lost-after", "5"]).start()
    nodes: list[Node] = []
    yield server, nodes
    for node in nodes:
        node.discard()
    server.stop()
    server.discard()


def test_who_carries_it_is_lost_and_others_do(site):
    server, nodes = site
    balancer = Balancer(server, kind="network", Scheme="internal")
    until(lambda: balancer.state == {"Code": "provisioning", "Reason": "No node is in reach that carries load balancers"}, 20, "the reason")
    nodes.append(Node(server, "a").start())
    balancer.active()
    group = balancer.target_group(protocol="TCP")
    balancer.listen(group, protocol="TCP", port=9000)
    name = service(server, balancer, group, count=1)
    balancer.healthy(group, 1)
    # Another machine joins, and the first is lost with all that it carries.
    nodes.append(Node(server, "b").start())
    assert engines(nodes[1].data_dir) == [], "what is carried stays where it is"
    [engine] = engines(nodes[0].data_dir)
    nodes[0].end(signal.SIGKILL)
    os.kill(engine, signal.SIGKILL)
    until(lambda: engines(nodes[1].data_dir), 30, "the other node to carry it")
    until(lambda: len(carried(nodes[1])) == 2, 20, "all of its addresses")
    balancer.active()
    # The first comes back: it carries nothing any more.
    nodes[0].start()
    until(lambda: engines(nodes[0].data_dir) == [], 30, "it to give up")
    until(lambda: len(carried(nodes[1])) == 2, 5, "the other to keep it")
    Services(server).delete(name)


def test_a_node_that_carries_load_balancers_alone_comes_first(site):
    server, nodes = site
    nodes.append(Node(server, "a").start())
    nodes.append(BalancerNode(server, "b").start())
    assert len(server.ecs.list_container_instances()["containerInstanceArns"]) == 1, "it runs no tasks"
    balancer = Balancer(server)
    balancer.active()
    assert engines(nodes[0].data_dir) != [] and engines(nodes[1].data_dir) != [], "each in its zone"
    at = [{address["zone"][-1] for address in carried(node)} for node in nodes]
    assert at == [{"a"}, {"b"}]
    # Where its zone has an agent too, it is preferred.
    nodes.append(Node(server, "b").start())
    second = Balancer(server).active()
    [address] = [i["PrivateIpAddress"] for i in second.interfaces() if i["AvailabilityZone"].endswith("b")]
    assert address in {a["address"] for a in carried(nodes[1])}
