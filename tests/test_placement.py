"""Several nodes on one machine: where tasks go, why they do not, and what happens when a node goes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import pytest

from leftovers import Leftovers
from longshore import IMAGE, PROGRAM, Longshore
from tasks import IDLE, Tasks, container, unique
from waiting import until

CLUSTER = "fleet"
ZONES = {"one": "us-east-1a", "two": "us-east-1a", "three": "us-east-1b"}
SLEEP = container(IDLE, cpu=128, memory=32, logConfiguration=None)


class Node:
    """`longshore agent`, a process of its own."""

    def __init__(self, longshore: Longshore, data_dir: Path, name: str, *more: str) -> None:
        self.name = name
        self.log = data_dir / f"{name}.log"
        self.leftovers = Leftovers(data_dir, name)
        self.command = [
            PROGRAM, "agent", "--data-dir", data_dir, "--name", name, "--endpoint", longshore.endpoint,
            "--cpu", "1024", "--memory", "1024", *more,
        ]
        self.environment = {**os.environ, **longshore.environment, "NO_COLOR": "1"}
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=log, env=self.environment, start_new_session=True)

    def arn(self) -> str:
        return until(lambda: self._said("registered as "), 20, f"{self.name} to register")

    def _said(self, word: str) -> str | None:
        lines = [line for line in self.log.read_text().splitlines() if word in line]
        return lines[-1].split(word)[1].strip() if lines else None

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)


class FleetOfNodes:
    def __init__(self, longshore: Longshore) -> None:
        self.longshore = longshore
        self.ecs = longshore.ecs
        self.tasks = Tasks(longshore)
        self.data_dir = Path(tempfile.mkdtemp(prefix="longshore-test-"))
        self.ecs.create_cluster(clusterName=CLUSTER)
        subprocess.run([PROGRAM, "image", "demo", "--name", IMAGE, "--data-dir", self.data_dir], check=True, capture_output=True)
        self.nodes = {name: Node(longshore, self.data_dir, name, "--cluster", CLUSTER, "--zone", zone) for name, zone in ZONES.items()}
        self.arns = {name: node.arn() for name, node in self.nodes.items()}
        self.names = {arn: name for name, arn in self.arns.items()}
        until(lambda: all(i["agentConnected"] for i in self.instances()), 20, "every agent to connect")
        rack = {"one": "r1", "two": "r2", "three": "r2"}
        self.ecs.put_attributes(cluster=CLUSTER, attributes=[{"name": "rack", "value": rack[n], "targetId": arn} for n, arn in self.arns.items()])
        self.definition = self.tasks.define(SLEEP, family="sleeper")

    def instances(self) -> list[dict]:
        return self.ecs.describe_container_instances(cluster=CLUSTER, containerInstances=list(self.arns.values()))["containerInstances"]

    def run(self, count: int = 1, definition: str | None = None, **more) -> tuple[Counter, dict]:
        """On which node how many tasks went, and the answer."""
        answer = self.ecs.run_task(cluster=CLUSTER, taskDefinition=definition or self.definition, count=count, **more)
        return Counter(self.names[t["containerInstanceArn"]] for t in answer["tasks"]), answer

    def clear(self) -> None:
        self.tasks.stop_all()

    def end(self) -> list[str]:
        self.clear()
        for node in self.nodes.values():
            node.leftovers.note_links()
        # No server ran in this directory: `down` takes away its nodes.
        for node in self.nodes.values():
            node.stop()
        down = subprocess.run([PROGRAM, "down", "--data-dir", self.data_dir], capture_output=True, text=True, timeout=60)
        left = [] if down.returncode == 0 else [down.stderr]
        for node in self.nodes.values():
            left += node.leftovers.all()
        if not left:
            shutil.rmtree(self.data_dir)
        return left


@pytest.fixture(scope="module")
def fleet(control):
    made = FleetOfNodes(control)
    left = None
    try:
        yield made
    finally:
        left = made.end()
    assert left == []


@pytest.fixture(autouse=True)
def afterwards_nothing_runs(fleet):
    yield
    fleet.clear()


def test_spread_over_instances(fleet):
    on, _ = fleet.run(6, placementStrategy=[{"type": "spread", "field": "instanceId"}])
    assert on == {"one": 2, "two": 2, "three": 2}


def test_spread_over_zones_then_binpack(fleet):
    on, _ = fleet.run(4, placementStrategy=[{"type": "spread", "field": "attribute:ecs.availability-zone"}, {"type": "binpack", "field": "memory"}])
    assert on["three"] == 2
    assert sorted([on["one"], on["two"]]) == [0, 2]


def test_binpack(fleet):
    on, _ = fleet.run(5, placementStrategy=[{"type": "binpack", "field": "cpu"}])
    assert len(on) == 1
    on, _ = fleet.run(5, placementStrategy=[{"type": "binpack", "field": "cpu"}])
    assert len(on) == 2, "eight fit on the first, the others on the next"


def test_distinct_instances(fleet):
    on, answer = fleet.run(4, placementConstraints=[{"type": "distinctInstance"}])
    assert on == {"one": 1, "two": 1, "three": 1}
    assert len(answer["failures"]) >= 1


def test_member_of(fleet):
    on, _ = fleet.run(4, placementConstraints=[{"type": "memberOf", "expression": "attribute:rack == r2"}])
    assert set(on) <= {"two", "three"} and sum(on.values()) == 4
    _, answer = fleet.run(placementConstraints=[{"type": "memberOf", "expression": "attribute:rack == r9"}])
    assert answer["tasks"] == [] and {f["reason"] for f in answer["failures"]} == {"MemberOf placement constraint unsatisfied."}


def test_the_task_definitions_own_constraint(fleet):
    definition = fleet.tasks.define(SLEEP, placementConstraints=[{"type": "memberOf", "expression": "attribute:rack == r1"}])
    on, _ = fleet.run(3, definition)
    assert on == {"one": 3}


def test_a_task_group_attracts(fleet):
    on, _ = fleet.run(1, group="databases", placementConstraints=[{"type": "memberOf", "expression": "attribute:rack == r1"}])
    assert on == {"one": 1}
    on, _ = fleet.run(2, placementConstraints=[{"type": "memberOf", "expression": "task:group == databases"}])
    assert on == {"one": 2}


def test_what_does_not_fit(fleet):
    def reasons(**parameters) -> set[str]:
        definition = fleet.tasks.define(container(IDLE, logConfiguration=None, **parameters))
        _, answer = fleet.run(1, definition)
        assert answer["tasks"] == []
        assert {f["arn"] for f in answer["failures"]} == set(fleet.arns.values())
        return {f["reason"] for f in answer["failures"]}

    assert reasons(cpu=4096) == {"RESOURCE:CPU"}
    assert reasons(memory=4096) == {"RESOURCE:MEMORY"}
    assert reasons(portMappings=[{"containerPort": 22, "hostPort": 22}]) == {"RESOURCE:PORTS"}
    # AWS says RESOURCE:GPU; here no node can give a container one yet, whatever it has.
    assert reasons(resourceRequirements=[{"type": "GPU", "value": "1"}]) == {"ATTRIBUTE"}
    assert reasons(environmentFiles=[{"value": "arn:aws:s3:::b/f.env", "type": "s3"}]) == {"ATTRIBUTE"}


def test_some_fit_and_the_rest_is_told(fleet):
    on, answer = fleet.run(10, placementConstraints=[{"type": "memberOf", "expression": "attribute:rack == r1"}])
    assert on == {"one": 8}, "1024 units of 128 each"
    assert any(f["reason"] == "RESOURCE:CPU" for f in answer["failures"])


def test_start_task_goes_where_it_is_told(fleet):
    answer = fleet.ecs.start_task(cluster=CLUSTER, taskDefinition=fleet.definition, startedBy="me",
                                  containerInstances=[fleet.arns["two"], fleet.arns["three"].rsplit("/", 1)[1], "0" * 32])
    assert [fleet.names[t["containerInstanceArn"]] for t in answer["tasks"]] == ["two", "three"]
    assert [f["reason"] for f in answer["failures"]] == ["MISSING"]
    for task in answer["tasks"]:
        fleet.tasks.running(task["taskArn"])
    assert len(fleet.ecs.list_tasks(cluster=CLUSTER, startedBy="me")["taskArns"]) == 2
    on_two = fleet.ecs.list_tasks(cluster=CLUSTER, containerInstance=fleet.arns["two"])["taskArns"]
    assert on_two == [answer["tasks"][0]["taskArn"]]
    counts = {fleet.names[i["containerInstanceArn"]]: i["runningTasksCount"] for i in fleet.instances()}
    assert counts == {"one": 0, "two": 1, "three": 1}
    remaining = {r["name"]: r for i in fleet.instances() if i["containerInstanceArn"] == fleet.arns["two"] for r in i["remainingResources"]}
    assert (remaining["CPU"]["integerValue"], remaining["MEMORY"]["integerValue"]) == (1024 - 128, 1024 - 32)


def test_draining_takes_no_task_and_keeps_those_it_has(fleet):
    arn = fleet.ecs.start_task(cluster=CLUSTER, taskDefinition=fleet.definition, containerInstances=[fleet.arns["one"]])["tasks"][0]["taskArn"]
    fleet.tasks.running(arn)
    fleet.ecs.update_container_instances_state(cluster=CLUSTER, containerInstances=[fleet.arns["one"]], status="DRAINING")
    try:
        on, _ = fleet.run(4, placementStrategy=[{"type": "spread", "field": "instanceId"}])
        assert on == {"two": 2, "three": 2}
        assert fleet.tasks.describe(arn)["lastStatus"] == "RUNNING"
    finally:
        fleet.ecs.update_container_instances_state(cluster=CLUSTER, containerInstances=[fleet.arns["one"]], status="ACTIVE")


def test_a_node_that_is_gone_and_comes_back(fleet):
    node = fleet.nodes["three"]
    arn = fleet.ecs.start_task(cluster=CLUSTER, taskDefinition=fleet.definition, containerInstances=[fleet.arns["three"]])["tasks"][0]["taskArn"]
    before = fleet.tasks.running(arn)
    node.kill()

    def connected() -> bool:
        return next(i["agentConnected"] for i in fleet.instances() if i["containerInstanceArn"] == fleet.arns["three"])

    until(lambda: not connected(), 20, "the node to be missed")
    _, answer = fleet.run(placementConstraints=[{"type": "memberOf", "expression": f"attribute:ecs.availability-zone == {ZONES['three']}"}])
    assert answer["tasks"] == [] and "AGENT" in {f["reason"] for f in answer["failures"]}
    assert len(node.leftovers.processes()) == 1, "its container goes on"
    node.start()
    until(connected, 20, "the node to come back")
    after = fleet.tasks.describe(arn)
    assert (after["lastStatus"], after["startedAt"]) == ("RUNNING", before["startedAt"])
    assert len(fleet.ecs.list_container_instances(cluster=CLUSTER)["containerInstanceArns"]) == 3


def test_deregistering_with_tasks_needs_force(fleet):
    node = Node(fleet.longshore, fleet.data_dir, unique("extra"), "--cluster", CLUSTER)
    fleet.nodes[node.name] = node
    arn = node.arn()
    until(lambda: fleet.ecs.describe_container_instances(cluster=CLUSTER, containerInstances=[arn])["containerInstances"][0]["agentConnected"], 20, "it to connect")
    task = fleet.ecs.start_task(cluster=CLUSTER, taskDefinition=fleet.definition, containerInstances=[arn])["tasks"][0]["taskArn"]
    fleet.tasks.running(task)
    with pytest.raises(fleet.ecs.exceptions.InvalidParameterException):
        fleet.ecs.deregister_container_instance(cluster=CLUSTER, containerInstance=arn)
    fleet.ecs.deregister_container_instance(cluster=CLUSTER, containerInstance=arn, force=True)
    stopped = fleet.tasks.stopped(task)
    assert stopped["desiredStatus"] == "STOPPED"
    until(lambda: not node.leftovers.processes(), 60, "the node to stop the container that nobody knows any more")


def test_a_node_of_the_fargate_pool(fleet):
    """It is nobody's instance, and tasks of every cluster go there."""
    node = Node(fleet.longshore, fleet.data_dir, unique("pool"), "--pool", "fargate", "--zone", "us-east-1a")
    fleet.nodes[node.name] = node
    node.arn()
    definition = fleet.tasks.define(container("exit 4", memory=None, logConfiguration=None), networkMode="awsvpc",
                                    requiresCompatibilities=["FARGATE"], cpu="256", memory="512")
    subnets = fleet.longshore.subnets()
    network = {"awsvpcConfiguration": {"subnets": subnets}}
    answer = {}

    def placed() -> bool:
        answer.update(fleet.ecs.run_task(cluster=CLUSTER, taskDefinition=definition, launchType="FARGATE", networkConfiguration=network))
        return bool(answer["tasks"])

    until(placed, 20, "the pool's node to take a task")
    assert len(fleet.ecs.list_container_instances(cluster=CLUSTER)["containerInstanceArns"]) == 3
    assert fleet.tasks.stopped(answer["tasks"][0]["taskArn"])["containers"][0]["exitCode"] == 4
