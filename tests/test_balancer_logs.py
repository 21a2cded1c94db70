"""Logs of load balancers: files of the node that carries them."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import pytest

from balancers import Balancer, ask, behind, web
from longshore import IMAGE, Longshore
from services import Services
from waiting import until


@pytest.fixture
def up(fresh):
    made = fresh("up").start()
    made.run("image", "demo", "--name", IMAGE)
    return made


def entries(server: Longshore, prefix: str) -> list[list[str]]:
    """Of the logs whose names begin so, field by field."""
    logs = Path(server.data_dir).glob("nodes/*/balancers/logs/AWSLogs/*/elasticloadbalancing/*/*/*/*/*.log")
    return [line.split(" ") for log in sorted(logs) if log.name.startswith(prefix) for line in log.read_text().splitlines()]


def test_requests_and_checks_are_logged_where_that_is_asked_for(up):
    balancer = Balancer(up)
    group = balancer.target_group(HealthCheckPath="/")
    balancer.listen(group)
    services = Services(up)
    network = {"awsvpcConfiguration": {"subnets": balancer.subnets, "securityGroups": [balancer.group]}}
    definition = services.tasks.define(web(), networkMode="awsvpc")
    services.create(definition, loadBalancers=behind(group), networkConfiguration=network)
    # Nobody has this address.
    block = balancer.ec2.describe_subnets(SubnetIds=balancer.subnets[:1])["Subnets"][0]["CidrBlock"]
    nobody = str(ipaddress.ip_network(block)[-7])
    balancer.elb.register_targets(TargetGroupArn=group, Targets=[{"Id": nobody, "Port": 8080}])
    balancer.active()
    until(lambda: balancer.health(group) == ["healthy", "unhealthy"], 40, "one target to be healthy")
    assert ask(balancer.public()[0]).status == 200
    name = balancer.arn.split(":loadbalancer/")[1]
    region, account = balancer.arn.split(":")[3:5]
    checks = f"health_check_log_{account}_elasticloadbalancing_{region}_{name.replace('/', '.')}_"
    requests = checks.removeprefix("health_check_log_")
    assert (entries(up, checks), entries(up, requests)) == ([], []), "nobody asked for them"
    on = {f"{log}.s3.{key}": value for log in ("access_logs", "health_check_logs") for key, value in (("enabled", "true"), ("bucket", "b"))}
    balancer.elb.modify_load_balancer_attributes(LoadBalancerArn=balancer.arn, Attributes=[{"Key": k, "Value": v} for k, v in on.items()])

    def checked(status: str) -> list[list[str]]:
        return [entry for entry in entries(up, checks) if entry[5] == status]

    until(lambda: checked("PASS") and checked("FAIL"), 30, "a check of each target")
    own = {i["PrivateIpAddress"] for i in balancer.interfaces()}
    passed, failed = checked("PASS")[0], checked("FAIL")[0]
    named = group.split("/")[1]
    assert (passed[0], passed[4:9], passed[9] in own) == ("http", [named, "PASS", "200", "-", name], True), passed
    assert (failed[3], failed[4:9], failed[9] in own) == (f"{nobody}:8080", [named, "FAIL", "-", "TimedOut", name], True), failed
    assert 0 < float(passed[2]) < 2 and 0 < float(failed[2]) < 5, (passed, failed)
    assert ask(balancer.public()[0]).status == 200
    until(lambda: any(entry[8] == "200" for entry in entries(up, requests)), 10, "the request in the access log")
