"""Names of load balancers: in tasks, and on the operator's machine as `longshore status` prints them."""

from __future__ import annotations

import subprocess

import pytest

from balancers import Balancer, web
from tasks import container, exit_code, one
from waiting import until


@pytest.fixture
def balancer(longshore):
    made = Balancer(longshore)
    # Nobody else of this suite has that port of loopback.
    made.listen(made.target_group(), port=18080)
    yield made.active()
    made.delete()


def test_a_task_finds_it_by_its_addresses_in_the_vpc(tasks, balancer):
    vpc = {"networkConfiguration": {"awsvpcConfiguration": {"subnets": balancer.subnets[:1]}}}
    other = "nobody.us-east-1.elb.localhost"
    script = f"busybox nslookup -type=a {balancer.name}; busybox nslookup -type=a {other} || echo lost"
    said = "\n".join(tasks.output(container(script), networkMode="awsvpc", run=vpc))
    for interface in balancer.interfaces():
        assert f"Address: {interface['PrivateIpAddress']}" in said, said
    assert "NXDOMAIN" in said and said.endswith("lost"), said


def test_a_url_of_the_status_works_as_it_stands(longshore, balancer):
    shown = longshore.run("status").stdout
    [url] = [word for word in shown.split() if word.startswith("http://") and "elb.localhost" in word]
    assert url == f"http://{balancer.name.lower()}:18080/"
    ask = ["curl", "--silent", "--output", "/dev/null", "--write-out", "%{http_code}", url]
    # There is no target.
    until(lambda: subprocess.run(ask, capture_output=True, text=True, check=False).stdout == "503", 10, "an answer")


def test_a_zone_leaves_the_name_while_it_has_no_healthy_target(longshore, tasks):
    balancer = Balancer(longshore, "network")
    # Its zones' addresses reach the targets of their own zones only.
    group = balancer.target_group(protocol="TCP")
    balancer.listen(group, port=18081, protocol="TCP")
    balancer.active()
    in_zone = {i["SubnetId"]: i["PrivateIpAddress"] for i in balancer.interfaces()}
    first, second = (in_zone[subnet] for subnet in balancer.subnets)

    def place(subnet: str) -> dict:
        return {"networkConfiguration": {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [balancer.group]}}}

    def target(subnet: str) -> str:
        # The pool is in every zone, an instance in one.
        fargate = {"networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512"}
        task = tasks.start(web(stopTimeout=2), run={"launchType": "FARGATE", **place(subnet)}, **fargate)
        address = one(tasks.running(task), "web")["networkInterfaces"][0]["privateIpv4Address"]
        balancer.elb.register_targets(TargetGroupArn=group, Targets=[{"Id": address, "Port": 8080}])
        return task

    def named() -> set[str]:
        said = tasks.output(container(f"busybox nslookup -type=a {balancer.name}"), networkMode="awsvpc", run=place(balancer.subnets[0]))
        return {address for address in (first, second) if f"Address: {address}" in said}

    try:
        assert named() == {first, second}, "no zone is better than the other"
        task = target(balancer.subnets[0])
        balancer.healthy(group, 1)
        until(lambda: named() == {first}, 30, "the zone without a target to leave")
        target(balancer.subnets[1])
        balancer.healthy(group, 2)
        until(lambda: named() == {first, second}, 30, "it to be back")
        tasks.stop(task)
        until(lambda: named() == {second}, 60, "the zone whose target is gone to leave")
    finally:
        balancer.delete()


def test_a_name_leads_to_the_availability_zone_of_who_asks(longshore, tasks):
    balancer = Balancer(longshore, "network")
    # Targets of a zone without one do not make it fail.
    balancer.listen(balancer.target_group(protocol="TCP"), port=18082, protocol="TCP")
    balancer.active()
    in_zone = {i["SubnetId"]: i["PrivateIpAddress"] for i in balancer.interfaces()}

    def named(subnet: str) -> set[str]:
        # The pool is in every zone, an instance in one.
        run = {"launchType": "FARGATE", "networkConfiguration": {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [balancer.group]}}}
        fargate = {"networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512"}
        # Without a role it has no log: the exit code has a bit for each address.
        asked = f"busybox nslookup -type=a {balancer.name}"
        found = " ".join(f"echo \"$said\" | grep -q 'Address: {address}$' && n=$((n + {2**n}));" for n, address in enumerate(in_zone.values()))
        task = tasks.finish(container(f"said=$({asked}); n=0; {found} exit $n", logConfiguration=None), run=run, **fargate)
        return {address for n, address in enumerate(in_zone.values()) if exit_code(task) & 2**n}

    def route(policy: str):
        attribute = {"Key": "dns_record.client_routing_policy", "Value": policy}
        balancer.elb.modify_load_balancer_attributes(LoadBalancerArn=balancer.arn, Attributes=[attribute])

    try:
        subnet = balancer.subnets[1]
        assert named(subnet) == set(in_zone.values())
        route("availability_zone_affinity")
        until(lambda: named(subnet) == {in_zone[subnet]}, 30, "the zone's own address")
        assert named(balancer.subnets[0]) == {in_zone[balancer.subnets[0]]}
        route("any_availability_zone")
        until(lambda: named(subnet) == set(in_zone.values()), 30, "all addresses")
    finally:
        balancer.delete()
