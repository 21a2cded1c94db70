"""Whom targets see: the clients of a network load balancer, where it speaks to them as those."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from balancers import Balancer, ask, behind, here, web
from longshore import IMAGE, Longshore
from services import Services
from tasks import container, unique
from waiting import until


@pytest.fixture
def up(fresh):
    made = fresh("up").start()
    made.run("image", "demo", "--name", IMAGE)
    return made


WHO = """
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("", int(sys.argv[1])))
print("ready", flush=True)
while True:
    _, peer = s.recvfrom(2048)
    s.sendto(f"{peer[0]}:{peer[1]}".encode(), peer)
"""


def tells(port: int, word: str) -> dict:
    """A container that says at /cgi-bin/who who asks."""
    script = f"mkdir -p /www/cgi-bin && printf '#!/bin/sh\\necho; echo $REMOTE_ADDR' > /www/cgi-bin/who && chmod +x /www/cgi-bin/who && httpd -p {port} -h /www && exec sleep {word}"
    return web(port, command=["sh", "-c", script])


def preserving(server: Longshore, word: str, protocol: str, **attributes) -> tuple[Balancer, str]:
    """A network load balancer, and the name of its service of one task, which are of a group that lets in only its members."""
    balancer = Balancer(server, kind="network")
    # Otherwise each of its addresses leads to the targets of its own zone.
    across = [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]
    balancer.elb.modify_load_balancer_attributes(LoadBalancerArn=balancer.arn, Attributes=across)
    group = balancer.target_group(protocol=protocol, HealthCheckPort="8080")
    if attributes:
        balancer.elb.modify_target_group_attributes(TargetGroupArn=group, Attributes=[{"Key": k.replace("__", "."), "Value": v} for k, v in attributes.items()])
    balancer.listen(group, protocol=protocol, port=9000)
    services = Services(server)
    own = balancer.ec2.create_security_group(GroupName=unique("targets"), Description="d", VpcId=balancer.vpc)["GroupId"]
    from_balancer = [{"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupId": balancer.group}]}]
    balancer.ec2.authorize_security_group_ingress(GroupId=own, IpPermissions=from_balancer)
    network = {"awsvpcConfiguration": {"subnets": balancer.subnets, "securityGroups": [own]}}
    definition = services.tasks.define(tells(8080, word), networkMode="awsvpc")
    name = services.create(definition, loadBalancers=behind(group), networkConfiguration=network)
    balancer.active()
    balancer.healthy(group, 1)
    return balancer, name


def answer_or_none(call):
    """None where there was no answer in time."""
    try:
        return call()
    except OSError:
        return None


def test_targets_see_the_clients_of_a_network_load_balancer(up):
    balancer, name = preserving(up, "86391", "TCP", preserve_client_ip__enabled="true")
    for address in balancer.public():
        # The server is one of IPv6 and shows addresses of IPv4 as such.
        seen = ask(address, "/cgi-bin/who", port=9000).body.strip().strip("[]").removeprefix("::ffff:")
        assert seen == here(address)
    # A client of the VPC.
    address = balancer.interfaces()[0]["PrivateIpAddress"]
    asks = f"printf 'GET /cgi-bin/who HTTP/1.0\\r\\n\\r\\n' | nc -w 5 {address} 9000"
    script = f'own=$(hostname -i | cut -d" " -f1); test -n "$own" && {asks} | grep -qF "$own"'
    run = {"networkConfiguration": {"awsvpcConfiguration": {"subnets": balancer.subnets, "securityGroups": [balancer.group]}}}
    assert Services(up).tasks.finish(container(script, logConfiguration=None), networkMode="awsvpc", run=run)["containers"][0]["exitCode"] == 0
    Services(up).delete(name)


def test_datagrams_come_from_the_clients_of_a_network_load_balancer(up):
    balancer, name = preserving(up, "86392", "UDP")
    [task] = subprocess.run(["pgrep", "-x", "-f", "sleep 86392"], capture_output=True, text=True, check=True).stdout.split()
    who = ["nsenter", "-t", task, "-n", sys.executable, "-c", WHO, "8080"]
    with subprocess.Popen(who, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout.readline() == "ready\n"
            address = balancer.public()[0]
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
                client.settimeout(1)
                client.connect((address, 9000))

                def answer() -> str:
                    client.send(b"who")
                    return client.recv(100).decode()

                until(lambda: answer_or_none(answer) == "%s:%d" % client.getsockname(), 10, "the client's own address")
        finally:
            server.kill()
    Services(up).delete(name)
