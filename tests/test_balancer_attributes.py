"""Attributes of listeners and target groups, set by the API and seen by clients and by targets in containers."""

from __future__ import annotations

import socket
import sys

import pytest

import target
from balancers import Balancer, behind, curl, web
from services import Services
from waiting import until

# Ill by the group's check, which asks for a page that it does not have, and well for clients.
ILL = web()
CHECK = "/name"
ROUTING, DNS = ("target_group_health.%s.minimum_healthy_targets.count" % of for of in ("unhealthy_state_routing", "dns_failover"))

# It answers each connection with the hexadecimal digits of the header of the PROXY protocol and what follows it.
PROXIED = """
import socket, threading
server = socket.create_server(("", 8080))
def talk(s):
    f = s.makefile("rb")
    head = f.read(16)
    if len(head) == 16:
        rest = f.read(int.from_bytes(head[14:], "big"))
        if head[12] & 15 == 1:
            s.sendall((head + rest).hex().encode() + b" " + f.readline())
    s.close()
while True:
    threading.Thread(target=talk, args=server.accept()[:1], daemon=True).start()
"""


class Site:
    """A group of two that are well, and one of one that is well and one that is ill, found by host name."""

    def __init__(self, server) -> None:
        self.services, self.balancer = Services(server), Balancer(server)
        self.elb = self.balancer.elb
        self.two, self.mixed = self.balancer.target_group(), self.balancer.target_group(HealthCheckPath=CHECK)
        self.listener = self.balancer.listen(self.two)
        host = [{"Field": "host-header", "Values": ["mixed.example"]}]
        self.elb.create_rule(ListenerArn=self.listener, Priority=1, Conditions=host, Actions=[{"Type": "forward", "TargetGroupArn": self.mixed}])
        fixed = {"StatusCode": "200", "ContentType": "text/plain", "MessageBody": "fixed"}
        path = [{"Field": "path-pattern", "Values": ["/fixed"]}]
        self.elb.create_rule(ListenerArn=self.listener, Priority=2, Conditions=path, Actions=[{"Type": "fixed-response", "FixedResponseConfig": fixed}])
        speaks = target.container("http", stopTimeout=2)
        self.names = [self.serve(speaks, self.two, 2), self.serve(speaks, self.mixed, 1), self.serve(ILL, self.mixed, 1)]
        self.balancer.active()
        self.address = self.balancer.public()[0]
        self.balancer.healthy(self.two, 2)
        until(lambda: self.balancer.health(self.mixed) == ["healthy", "unhealthy"], 40, "one that is well and one that is ill")

    def serve(self, container: dict, group: str, count: int) -> str:
        mounted = {"volumes": target.volumes()} if "mountPoints" in container else {}
        definition = self.services.tasks.define(container, networkMode="awsvpc", **mounted)
        vpc = {"awsvpcConfiguration": {"subnets": self.balancer.subnets, "securityGroups": [self.balancer.group]}}
        # Who is ill is not replaced meanwhile.
        more = {"healthCheckGracePeriodSeconds": 3600, "desiredCount": count, "networkConfiguration": vpc}
        return self.services.create(definition, loadBalancers=behind(group), **more)

    def set(self, group: str, attributes: dict[str, str]) -> None:
        given = [{"Key": key, "Value": value} for key, value in attributes.items()]
        self.elb.modify_target_group_attributes(TargetGroupArn=group, Attributes=given)
        shown = self.elb.describe_target_group_attributes(TargetGroupArn=group)["Attributes"]
        assert attributes.items() <= {one["Key"]: one["Value"] for one in shown}.items()

    def mixed_answers(self) -> set[str]:
        """Who of the mixed group answered of some requests: all of which were answered."""
        seen = set()
        for _ in range(6):
            got = curl(f"http://{self.address}/", "-H", "Host: mixed.example")
            assert got.status == 200
            seen.add("well" if got.body.startswith("{") else "ill")
        return seen


@pytest.fixture(scope="module")
def site(longshore):
    made = Site(longshore)
    yield made
    made.services.delete(*made.names)
    made.balancer.delete()


HEADERS = {
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "access-control-allow-origin": "https://ours.example",
    "content-security-policy": "default-src 'self'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def test_responses_have_the_headers_of_their_listener(site):
    before = curl(f"http://{site.address}/name"), curl(f"http://{site.address}/fixed")
    assert not any(HEADERS.keys() & answer.headers.keys() for answer in before)
    assert before[0].headers["server"].startswith("BaseHTTP/") and before[1].headers["server"] == "awselb/2.0"
    given = {f"routing.http.response.{name.replace('-', '_')}.header_value": value for name, value in HEADERS.items()}
    given["routing.http.response.server.enabled"] = "false"
    site.elb.modify_listener_attributes(ListenerArn=site.listener, Attributes=[{"Key": key, "Value": value} for key, value in given.items()])
    until(lambda: "server" not in curl(f"http://{site.address}/fixed").headers, 10, "the attributes to be carried out")
    for path in ("/name", "/fixed"):
        headers = curl(f"http://{site.address}{path}").headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, path
        assert "server" not in headers, path


def test_the_target_with_the_fewest_requests_is_next(site):
    site.set(site.two, {"load_balancing.algorithm.type": "least_outstanding_requests"})
    url = f"http://{site.address}/name"

    def held() -> bool:
        """Whether whoever has a request that lasts gets no other, while others come."""
        with socket.create_connection((site.address, 80), timeout=10) as slow:
            slow.sendall(b"GET /slow?20 HTTP/1.1\r\nHost: a\r\n\r\n")
            heard = slow.makefile("rb")
            while heard.readline() != b"\r\n":
                pass
            heard.readline()
            busy = heard.readline().decode().split()[0]
            return busy not in {curl(url).body for _ in range(8)}

    until(held, 10, "only the other one to be asked")


def test_where_too_few_are_well_those_who_are_ill_are_asked_too(site):
    assert site.mixed_answers() == {"well"}
    site.set(site.mixed, {ROUTING: "2", DNS: "2"})
    until(lambda: site.mixed_answers() == {"well", "ill"}, 10, "both to be asked")
    site.set(site.mixed, {ROUTING: "1", DNS: "1"})
    until(lambda: site.mixed_answers() == {"well"}, 10, "only the one that is well to be asked")
    # Where nobody is well everybody is asked.
    site.services.ecs.update_service(service=site.names[1], desiredCount=0)
    until(lambda: site.balancer.health(site.mixed) == ["unhealthy"], 40, "the one that is ill to be alone")
    assert site.mixed_answers() == {"ill"}


def test_targets_get_the_header_of_the_proxy_protocol(longshore):
    services, balancer = Services(longshore), Balancer(longshore, kind="network")
    across = [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]
    balancer.elb.modify_load_balancer_attributes(LoadBalancerArn=balancer.arn, Attributes=across)
    group = balancer.target_group(protocol="TCP")
    balancer.elb.modify_target_group_attributes(TargetGroupArn=group, Attributes=[{"Key": "proxy_protocol_v2.enabled", "Value": "true"}])
    balancer.listen(group, protocol="TCP", port=9000)
    container = {**target.container("http"), "command": [sys.executable, "-c", PROXIED], "stopTimeout": 2}
    definition = services.tasks.define(container, networkMode="awsvpc", volumes=target.volumes())
    vpc = {"awsvpcConfiguration": {"subnets": balancer.subnets, "securityGroups": [balancer.group]}}
    name = services.create(definition, loadBalancers=behind(group), networkConfiguration=vpc)
    balancer.active()
    balancer.healthy(group, 1)
    for address in balancer.public():
        with socket.create_connection((address, 9000), timeout=10) as client:
            client.sendall(b"hello\n")
            own = client.getsockname()
            digits, said = client.makefile("rb").read().split(b" ")
        header = bytes.fromhex(digits.decode())
        # The signature; version 2 of a proxied connection; TCP over IPv4; twelve bytes of addresses at least.
        assert header[:14] == b"\r\n\r\n\0\r\nQUIT\n\x21\x11" and len(header) >= 28
        assert (socket.inet_ntoa(header[16:20]), int.from_bytes(header[24:26], "big")) == own
        assert int.from_bytes(header[26:28], "big") == 9000
        assert said == b"hello\n"
    services.delete(name)
    balancer.delete()
