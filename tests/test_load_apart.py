"""Nothing is lost while the server or the node is killed, each for itself."""

from __future__ import annotations

import signal

import pytest

from balancers import engines
from loaded import Site, until_only
from longshore import Longshore
from nodes import Node
from waiting import until


@pytest.fixture(scope="module")
def server():
    made = Longshore("server").start()
    yield made
    made.stop()
    made.discard()


@pytest.fixture(scope="module")
def node(server):
    made = Node(server, "a", "--cpu", "8192", "--memory", "8192").start()
    yield made
    made.discard()


@pytest.fixture(scope="module")
def site(server, node):
    made = Site(server)
    made.serve()
    yield made
    made.end()


def tasks(site: Site) -> set[str]:
    return {task["taskArn"] for task in site.services.running(site.name) if task["lastStatus"] == "RUNNING"}


def test_nobody_notices_that_the_server_is_killed(site, server, node):
    before, [engine] = tasks(site), engines(node.data_dir)
    with site.load() as load:
        load.goes_on(1)
        server.kill()
        load.goes_on(2)
        server.start()
        until(node.is_connected, 30, "the node to connect again")
        load.goes_on(1)
    assert load.failed == []
    assert (tasks(site), engines(node.data_dir)) == (before, [engine])


def test_nobody_notices_that_the_node_is_killed(site, node):
    before, [engine] = tasks(site), engines(node.data_dir)
    with site.load() as load:
        load.goes_on(1)
        node.end(signal.SIGKILL)
        load.goes_on(2)
        node.start()
        site.balancer.healthy(site.group, 2)
        load.goes_on(1)
    assert load.failed == []
    assert (tasks(site), engines(node.data_dir)) == (before, [engine])


@pytest.mark.parametrize("who", ["server", "node"])
def test_a_rolling_update_goes_on_where_it_was(site, server, node, who):
    """Whoever is killed when the first task of the new ones has begun to answer."""
    with site.load() as load:
        load.goes_on(0.4)
        site.update(taskDefinition=site.define(f"after-{who}"))
        until(lambda: any(name.startswith(f"after-{who}") for name in load.now), 60, "the first new task")
        if who == "server":
            server.kill()
            load.goes_on(1)
            server.start()
        else:
            node.end(signal.SIGKILL)
            load.goes_on(1)
            node.start()
        until_only(load, f"after-{who}")
        site.services.stable(site.name, seconds=90)
        load.goes_on(1)
    assert load.failed == []
