"""Names of load balancers: in tasks, and on the operator's machine as `longshore status` prints them."""

from __future__ import annotations

import subprocess

import pytest

from balancers import Balancer
from tasks import container
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
