"""The network modes as a task, its neighbours and this machine see them."""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import urllib.request

import pytest

from tasks import IDLE, container, exit_code, one
from waiting import until

SERVE = "mkdir -p /tmp/www; echo it works > /tmp/www/index.html; exec httpd -f -p {port} -h /tmp/www"


def serve(port: int = 8080, **more) -> dict:
    return container(SERVE.format(port=port), **more)


def fetch(address: str, port: int) -> str | None:
    try:
        with urllib.request.urlopen(f"http://{address}:{port}/", timeout=2) as answer:
            return answer.read().decode().strip()
    except OSError:
        return None


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def links(lines: list[str]) -> list[str]:
    """Names of links in what `ip` prints."""
    return [line.split(": ")[1].split("@")[0] for line in lines if line[:1].isdigit() and ": " in line]


def test_none_has_a_loopback_only(tasks):
    task = tasks.finish(container("ip link; ip route | wc -l"), networkMode="none")
    said = tasks.said(task["taskArn"])
    assert links(said) == ["lo"]
    assert said[-1] == "0"
    assert one(task)["networkBindings"] == []


def test_host_is_this_machine(tasks):
    port = free_port()
    arn = tasks.start(serve(port, portMappings=[{"containerPort": port}]), networkMode="host")
    tasks.running(arn)
    assert until(lambda: fetch("127.0.0.1", port), 10, "an answer") == "it works"
    [binding] = one(tasks.describe(arn))["networkBindings"]
    assert (binding["containerPort"], binding["hostPort"], binding["protocol"]) == (port, port, "tcp")
    tasks.stop(arn)


def test_bridge_has_an_address_and_reaches_this_machine(tasks):
    said = tasks.output(container("ip -4 addr show dev eth0; ip route; cat /etc/hosts; cat /etc/hostname"))
    assert any("inet " in line for line in said)
    assert any(line.startswith("default via") for line in said)


def test_bridge_with_a_static_port(tasks):
    port = free_port()
    arn = tasks.start(serve(8080, portMappings=[{"containerPort": 8080, "hostPort": port}]))
    tasks.running(arn)
    assert until(lambda: fetch("127.0.0.1", port), 10, "an answer through the loopback address") == "it works"
    [binding] = one(tasks.describe(arn))["networkBindings"]
    assert {k: binding[k] for k in ("bindIP", "containerPort", "hostPort", "protocol")} == {
        "bindIP": "0.0.0.0", "containerPort": 8080, "hostPort": port, "protocol": "tcp",
    }
    tasks.stop(arn)
    assert fetch("127.0.0.1", port) is None


def test_bridge_with_dynamic_ports(tasks):
    definition = tasks.define(serve(8080, portMappings=[{"containerPort": 8080}, {"containerPort": 9090, "hostPort": 0, "protocol": "udp"}]))
    arns = [tasks.run(definition) for _ in range(2)]
    ports = set()
    for arn in arns:
        tasks.running(arn)
        bindings = {b["protocol"]: b for b in one(tasks.describe(arn))["networkBindings"]}
        assert set(bindings) == {"tcp", "udp"}
        port = bindings["tcp"]["hostPort"]
        assert 32768 <= port <= 60999
        assert until(lambda: fetch("127.0.0.1", port), 10, "an answer") == "it works"
        ports.add(port)
    assert len(ports) == 2
    for arn in arns:
        tasks.stop(arn)


def test_a_port_is_free_again_when_its_task_has_stopped(tasks):
    port = free_port()
    definition = tasks.define(serve(8080, portMappings=[{"containerPort": 8080, "hostPort": port}]))
    for _ in range(2):
        arn = tasks.run(definition)
        tasks.running(arn)
        assert until(lambda: fetch("127.0.0.1", port), 10, "an answer") == "it works"
        tasks.stop(arn)


def test_a_taken_port_is_a_failure_of_placement(tasks, ecs, longshore):
    definition = tasks.define(serve(8080, portMappings=[{"containerPort": 8080, "hostPort": free_port()}]))
    arn = tasks.run(definition)
    answer = ecs.run_task(taskDefinition=definition)
    assert answer["tasks"] == []
    assert [(f["arn"], f["reason"]) for f in answer["failures"]] == [(longshore.instance()["containerInstanceArn"], "RESOURCE:PORTS")]
    tasks.running(arn)
    tasks.stop(arn)


def test_containers_of_a_bridge_task_reach_each_other_by_link(tasks):
    arn = tasks.start(
        serve(8080, name="web", essential=False),
        container("wget -q -O - http://web:8080/ || wget -q -O - http://alias:8080/", links=["web", "web:alias"],
                  dependsOn=[{"containerName": "web", "condition": "START"}]),
        networkMode="bridge",
    )
    task = tasks.stopped(arn)
    assert exit_code(task) == 0, tasks.lines(arn)
    assert tasks.said(arn) == ["it works"]


# -- awsvpc


def attachment(task: dict) -> tuple[dict, dict[str, str]]:
    [one_] = task["attachments"]
    return one_, {d["name"]: d["value"] for d in one_["details"]}


@pytest.fixture(scope="module")
def subnet(longshore) -> str:
    return longshore.subnets()[0]


def in_vpc(subnet: str) -> dict:
    return {"networkConfiguration": {"awsvpcConfiguration": {"subnets": [subnet]}}}


def test_awsvpc_gives_a_task_an_address_of_its_subnet(tasks, longshore, subnet):
    arn = tasks.start(container("ip -4 addr show dev eth0; hostname; " + IDLE), networkMode="awsvpc", run=in_vpc(subnet))
    task = tasks.running(arn)
    shown, details = attachment(task)
    assert (shown["type"], shown["status"]) == ("ElasticNetworkInterface", "ATTACHED")
    assert details["subnetId"] == subnet
    assert details["networkInterfaceId"].startswith("eni-")
    address = ipaddress.ip_address(details["privateIPv4Address"])
    assert address in ipaddress.ip_network(longshore.block.replace("/16", "/20"))
    [interface] = one(task)["networkInterfaces"]
    assert interface["privateIpv4Address"] == str(address)
    assert interface["attachmentId"] == shown["id"]
    said = until(lambda: tasks.lines(arn), 10, "its address")
    assert any(f"inet {address}/20" in line for line in said), said
    stopped = tasks.stop(arn)
    assert attachment(stopped)[0]["status"] == "DELETED"


def test_two_tasks_of_the_vpc_reach_each_other(tasks, subnet):
    server = tasks.start(serve(8080), networkMode="awsvpc", run=in_vpc(subnet))
    _, details = attachment(tasks.running(server))
    address = details["privateIPv4Address"]
    fetching = f"i=0; until wget -q -O - http://{address}:8080/; do i=$((i+1)); test $i -lt 100 || exit 1; sleep 0.1; done"
    assert tasks.output(container(fetching), networkMode="awsvpc", run=in_vpc(subnet)) == ["it works"]
    tasks.stop(server)


def test_containers_of_an_awsvpc_task_share_its_loopback(tasks, subnet):
    arn = tasks.start(
        serve(8080, name="web", essential=False),
        container("i=0; until wget -q -O - http://127.0.0.1:8080/; do i=$((i+1)); test $i -lt 100 || exit 1; sleep 0.1; done",
                  dependsOn=[{"containerName": "web", "condition": "START"}]),
        networkMode="awsvpc", run=in_vpc(subnet),
    )
    assert exit_code(tasks.stopped(arn)) == 0
    assert tasks.said(arn) == ["it works"]


def test_a_subnet_that_is_not_there(tasks, ecs):
    definition = tasks.define(container("true"), networkMode="awsvpc")
    with pytest.raises(ecs.exceptions.InvalidParameterException, match="subnet-0123456789abcdef0"):
        ecs.run_task(taskDefinition=definition, **in_vpc("subnet-0123456789abcdef0"))
    with pytest.raises(ecs.exceptions.InvalidParameterException, match="Network Configuration must be provided"):
        ecs.run_task(taskDefinition=definition)


def test_nothing_of_these_tasks_is_left(tasks, longshore):
    tasks.stop_all()
    longshore.leftovers.wait_for_none()
