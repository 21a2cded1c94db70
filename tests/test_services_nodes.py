"""Services on several nodes of one machine: DAEMON, spread, rebalancing, draining, lost nodes, and a server that is killed."""

from __future__ import annotations

import signal
from collections import Counter

import pytest

from longshore import Longshore
from nodes import Node
from services import SLEEP, Services
from waiting import until


@pytest.fixture(scope="module")
def server():
    made = Longshore("server", ["--service-lost-after", "5"])
    try:
        yield made.start()
    finally:
        made.stop()
        made.discard()


@pytest.fixture(scope="module")
def nodes(server):
    made = {zone: Node(server, zone) for zone in "abc"}
    try:
        yield made
    finally:
        for node in made.values():
            node.discard()


@pytest.fixture(scope="module")
def services(server) -> Services:
    return Services(server)


def places(services: Services, name: str) -> Counter:
    """How many of the service's tasks that run are in each zone."""
    return Counter(t["availabilityZone"][-1] for t in services.running(name) if t["lastStatus"] == "RUNNING")


def test_a_daemon_and_an_uneven_service_when_a_node_joins_later(services, nodes):
    nodes["a"].start()
    nodes["b"].start()
    services.ecs.create_service(serviceName="everywhere", taskDefinition=services.tasks.define(SLEEP), schedulingStrategy="DAEMON")
    assert services.stable("everywhere")["desiredCount"] == 2
    services.create(serviceName="spread", desiredCount=6)
    services.stable("spread")
    assert places(services, "spread") == {"a": 3, "b": 3}
    nodes["c"].start()
    until(lambda: places(services, "everywhere") == {"a": 1, "b": 1, "c": 1}, 30, "the daemon on the new node")
    assert services.stable("everywhere")["desiredCount"] == 3
    until(lambda: places(services, "spread") == {"a": 2, "b": 2, "c": 2}, 120, "the spread over three zones")
    until(lambda: any("is AZ balanced with 2 tasks in us-east-1a" in m for m in services.messages("spread")), 30, "the word")
    assert any(m.endswith("AZ Rebalancing in progress.") for m in services.messages("spread"))
    assert services.stable("spread")["runningCount"] == 6


def test_a_draining_node_is_emptied(services, nodes):
    arn = nodes["c"].instance["containerInstanceArn"]
    services.ecs.update_container_instances_state(containerInstances=[arn], status="DRAINING")
    until(lambda: places(services, "spread") == {"a": 3, "b": 3}, 60, "the tasks to move")
    until(lambda: places(services, "everywhere") == {"a": 1, "b": 1}, 60, "the daemon to leave")
    until(lambda: nodes["c"].instance["runningTasksCount"] == 0, 60, "the node to be empty")
    assert services.stable("everywhere")["desiredCount"] == 2
    services.ecs.update_container_instances_state(containerInstances=[arn], status="ACTIVE")
    until(lambda: places(services, "everywhere")["c"] == 1, 60, "the daemon to come back")


def test_the_tasks_of_a_node_that_is_lost_are_replaced(services, nodes):
    until(lambda: places(services, "spread") == {"a": 2, "b": 2, "c": 2}, 120, "a task on each node")
    services.stable("spread")
    nodes["c"].end(signal.SIGKILL)
    until(lambda: sum(n for z, n in places(services, "spread").items() if z != "c") == 6, 60, "replacements on the other nodes")
    assert all(t["availabilityZone"][-1] != "c" for t in services.running("spread"))
    # It comes back, and what it still runs ends.
    nodes["c"].start()
    until(lambda: all(t["group"] != "service:spread" or t["desiredStatus"] == "RUNNING" for t in on(services, nodes["c"])), 60, "what was given up to end")
    services.stable("spread")


def on(services: Services, node: Node) -> list[dict]:
    """Tasks that run on a node, whatever is wanted of them."""
    instance = node.instance["containerInstanceArn"]
    arns = [a for s in ("RUNNING", "STOPPED") for a in services.ecs.list_tasks(containerInstance=instance, desiredStatus=s)["taskArns"]]
    found = services.ecs.describe_tasks(tasks=arns)["tasks"] if arns else []
    return [t for t in found if t["lastStatus"] != "STOPPED"]


def test_a_deployment_goes_on_when_the_server_was_killed(services, nodes, server):
    services.stable("spread", seconds=120)
    for _ in range(3):
        definition = services.tasks.define(SLEEP)
        services.ecs.update_service(service="spread", taskDefinition=definition)
        server.kill()
        server.start()
        services.ecs = services.tasks.ecs = server.ecs
        until(nodes["a"].is_connected, 60, "a node to come back")
        services.stable("spread", seconds=120)
        # Nodes come back one after the other: a task more may run for a while, to balance the zones.
        only = lambda: [t["taskDefinitionArn"] for t in services.running("spread")] == [definition] * 6
        until(only, 60, "six tasks of the new revision and no other")
    [newest, *_] = services.ecs.list_service_deployments(service="spread")["serviceDeployments"]
    assert newest["status"] == "SUCCESSFUL"
    services.delete("spread", "everywhere", seconds=120)
