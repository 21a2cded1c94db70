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


def is_free(port: int) -> bool:
    """Whether a program of the machine can listen there."""
    try:
        with contextlib.closing(socket.create_server(("0.0.0.0", port))):
            return True
    except OSError:
        return False


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


def test_bridge_has_an_address_that_others_reach_and_reaches_no_service_of_this_machine(tasks):
    server = tasks.start(serve(8080, command=["sh", "-c", "ip -4 addr show dev eth0; ip route; " + SERVE.format(port=8080)]))
    tasks.running(server)
    # What the two commands say may come in two pieces.
    said = until(lambda: "default via" in " ".join(lines := tasks.lines(server)) and lines, 10, "its address and routes")
    address = next(line.split()[1].split("/")[0] for line in said if "inet " in line)
    gateway = next(line.split()[2] for line in said if line.startswith("default via"))
    # The machine and another container of the bridge reach it there.
    assert until(lambda: fetch(address, 8080), 10, "an answer") == "it works"
    assert tasks.output(container(f"wget -q -O - http://{address}:8080/")) == ["it works"]
    # The machine's side of the bridge is the machine, which listens there and does not hear it.
    with contextlib.closing(socket.create_server(("0.0.0.0", 0))) as listener:
        listener.settimeout(0.1)
        port = listener.getsockname()[1]
        assert tasks.output(container(f"(wget -q -O - http://{gateway}:{port}/ & W=$!; (sleep 2; kill $W 2>/dev/null) & wait $W) 2>/dev/null && echo reached || echo kept out"))[-1] == "kept out"
        with pytest.raises(TimeoutError):
            listener.accept()
        # The listener is well: the machine itself reaches it by the same address.
        with contextlib.closing(socket.create_connection((gateway, port), timeout=5)):
            listener.accept()[0].close()
    tasks.stop(server)


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


def test_a_range_of_ports_in_bridge_mode(tasks, longshore):
    """Each port of the range leads to its own, by host ports in a row that the node chose."""
    script = "".join(f"mkdir -p /tmp/{p}; echo port {p} > /tmp/{p}/index.html; httpd -p {p} -h /tmp/{p}; " for p in (8000, 8001, 8002, 9000))
    mappings = [{"containerPortRange": "8000-8002"}, {"containerPort": 9000}, {"containerPortRange": "5000-5001", "protocol": "udp"}]
    definition = tasks.define(container(script + IDLE, portMappings=mappings))
    assert {"ecs.capability.network.container-port-range"} <= {a["name"] for a in longshore.instance()["attributes"]}
    first, second = tasks.run(definition), tasks.run(definition)
    # Both run before the first is stopped, so that they have their ports at the same time.
    both = {arn: one(tasks.running(arn))["networkBindings"] for arn in (first, second)}
    taken = set()
    for arn, bindings in both.items():
        tcp = next(b for b in bindings if b.get("containerPortRange") == "8000-8002")
        udp = next(b for b in bindings if b.get("containerPortRange") == "5000-5001")
        single = next(b for b in bindings if b.get("containerPort") == 9000)
        assert len(bindings) == 3 and "containerPort" not in tcp and "hostPort" not in tcp
        assert (tcp["bindIP"], tcp["protocol"], udp["protocol"]) == ("0.0.0.0", "tcp", "udp")
        low, high = map(int, tcp["hostPortRange"].split("-"))
        assert high - low == 2 and 32768 <= low and high <= 60999
        low_udp, high_udp = map(int, udp["hostPortRange"].split("-"))
        assert high_udp - low_udp == 1
        for offset in range(3):
            until(lambda: fetch("127.0.0.1", low + offset) == f"port {8000 + offset}", 10, f"an answer of port {8000 + offset}")
        assert until(lambda: fetch("127.0.0.1", single["hostPort"]), 10, "an answer") == "port 9000"
        assert "hostPortRange" not in single
        ours = {*range(low, high + 1), single["hostPort"]}
        assert not taken & ours
        taken |= ours
        # Nobody else of the machine gets them meanwhile.
        assert not is_free(low + 1)
        tasks.stop(arn)
        assert fetch("127.0.0.1", low) is None
        until(lambda: is_free(low + 1), 10, "the port to be free")


def test_a_range_that_no_node_has_in_a_row(tasks):
    """More ports than dynamic ones there are: nothing is taken, and the task says why."""
    task = tasks.finish(container("true", portMappings=[{"containerPortRange": "1000-40000"}]))
    assert task["stopCode"] == "TaskFailedToStart", task
    assert "port" in one(task)["reason"].lower(), one(task)


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


def test_a_range_of_ports_in_awsvpc_mode(tasks, subnet):
    """The task has every port of its address, so the range asks for nothing but an agent that knows it."""
    server = tasks.start(serve(8080, portMappings=[{"containerPortRange": "8000-8100"}]), networkMode="awsvpc", run=in_vpc(subnet))
    task = tasks.running(server)
    assert one(task)["networkBindings"] == []
    _, details = attachment(task)
    fetching = f"i=0; until wget -q -O - http://{details['privateIPv4Address']}:8080/; do i=$((i+1)); test $i -lt 100 || exit 1; sleep 0.1; done"
    assert tasks.output(container(fetching), networkMode="awsvpc", run=in_vpc(subnet)) == ["it works"]
    tasks.stop(server)


def test_a_subnet_that_is_not_there(tasks, ecs):
    definition = tasks.define(container("true"), networkMode="awsvpc")
    with pytest.raises(ecs.exceptions.InvalidParameterException, match="subnet-0123456789abcdef0"):
        ecs.run_task(taskDefinition=definition, **in_vpc("subnet-0123456789abcdef0"))
    with pytest.raises(ecs.exceptions.InvalidParameterException, match="Network Configuration must be provided"):
        ecs.run_task(taskDefinition=definition)


def test_nothing_of_these_tasks_is_left(tasks, longshore):
    tasks.stop_all()
    longshore.leftovers.wait_for_none()
