"""Targets of network load balancers that become unhealthy and keep their connections for a time."""

from __future__ import annotations

import socket
import time

import pytest

from balancers import Balancer, web
from longshore import IMAGE
from tasks import Tasks
from waiting import until

INTERVAL = 10


@pytest.fixture
def up(fresh):
    made = fresh("up").start()
    made.run("image", "demo", "--name", IMAGE)
    return made


def health(balancer: Balancer, group: str) -> tuple[str, str | None]:
    """The one target's state and reason."""
    [target] = balancer.elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
    return target["TargetHealth"]["State"], target["TargetHealth"].get("Reason")


def test_an_unhealthy_target_drains_before_its_connections_end(up):
    balancer = Balancer(up, kind="network")
    across = [{"Key": "load_balancing.cross_zone.enabled", "Value": "true"}]
    balancer.elb.modify_load_balancer_attributes(LoadBalancerArn=balancer.arn, Attributes=across)
    group = balancer.target_group(protocol="TCP", HealthCheckProtocol="HTTP", HealthCheckPath="/")
    keeps = {"connection_termination.enabled": "false", "draining_interval_seconds": str(INTERVAL)}
    keeps = [{"Key": f"target_health_state.unhealthy.{key}", "Value": value} for key, value in keeps.items()]
    balancer.elb.modify_target_group_attributes(TargetGroupArn=group, Attributes=keeps)
    balancer.listen(group, protocol="TCP", port=9000)
    tasks = Tasks(up)
    network = {"awsvpcConfiguration": {"subnets": balancer.subnets, "securityGroups": [balancer.group]}}
    task = tasks.running(tasks.start(web(), networkMode="awsvpc", run={"networkConfiguration": network}))
    [address] = [d["value"] for d in task["attachments"][0]["details"] if d["name"] == "privateIPv4Address"]
    balancer.elb.register_targets(TargetGroupArn=group, Targets=[{"Id": address, "Port": 8080}])
    balancer.active()
    until(lambda: health(balancer, group) == ("healthy", None), 40, "the target to be healthy")
    with socket.create_connection((balancer.public()[0], 9000), timeout=5) as connection:
        # A request that never ends.
        connection.sendall(b"GET / HTTP/1.0\r\n")
        balancer.elb.modify_target_group(TargetGroupArn=group, HealthCheckPath="/nothing")
        drains, ended = ("unhealthy.draining", "Target.ResponseCodeMismatch"), ("unhealthy", "Target.ResponseCodeMismatch")
        until(lambda: health(balancer, group) == drains, 40, "the target to drain")
        began = time.monotonic()
        connection.sendall(b"Host: a\r\n")

        def is_reset() -> bool:
            try:
                connection.sendall(b"X: y\r\n")
            except (ConnectionResetError, BrokenPipeError):
                return True
            return False

        # As AWS does it: what comes from the client then is answered by a reset.
        until(is_reset, INTERVAL + 10, "the connection to end")
        assert time.monotonic() - began > INTERVAL / 2
    until(lambda: health(balancer, group) == ended, 10, "its time to be over")
