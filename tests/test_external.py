"""A machine that joins a control plane elsewhere as external capacity: `longshore server` and `longshore agent --external`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import pytest

from leftovers import Leftovers
from longshore import IMAGE, PROGRAM, UNCHECKED, Longshore
from tasks import IDLE, Tasks, container, exit_code, one
from waiting import until

NAME = "outside"


class Agent:
    """`longshore agent` with a data directory of its own."""

    def __init__(self, server: Longshore, *arguments: str) -> None:
        self.server = server
        self.arguments = arguments
        self.data_dir = Path(tempfile.mkdtemp(prefix="longshore-test-agent-"))
        self.log = self.data_dir.with_suffix(".log")
        self.leftovers = Leftovers(self.data_dir, NAME)
        self.process: subprocess.Popen | None = None

    def run(self, *arguments: str) -> None:
        subprocess.run([PROGRAM, *arguments, "--data-dir", self.data_dir], check=True, capture_output=True, timeout=60)

    def start(self) -> Agent:
        command = [PROGRAM, "agent", "--data-dir", self.data_dir, "--endpoint", self.server.endpoint, "--name", NAME, *self.arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                                            env={**os.environ, **self.server.environment, "NO_COLOR": "1"})
        until(self.is_connected, 30, "the agent to connect")
        return self

    def is_connected(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()[-2000:]
        instance = self.server.instance()
        return instance is not None and instance["agentConnected"]

    def end(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait(40)

    def discard(self) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGTERM)
        self.run("down")
        left = self.leftovers.all()
        self.leftovers.sweep()
        assert left == [], "left on the machine: " + "\n".join(left)
        shutil.rmtree(self.data_dir)
        self.log.unlink()


@pytest.fixture(scope="module")
def server():
    made = Longshore("server")
    try:
        yield made.start()
    finally:
        made.stop()
        made.discard()


@pytest.fixture(scope="module")
def agent(server):
    made = Agent(server, "--external")
    made.run("image", "demo", "--name", IMAGE)
    try:
        yield made.start()
    finally:
        made.discard()


@pytest.fixture(scope="module")
def tasks(server, agent) -> Tasks:
    return Tasks(server)


EXTERNAL = {"run": {"launchType": "EXTERNAL"}, "requiresCompatibilities": ["EXTERNAL"]}


def test_the_instance_says_that_it_is_external(server, agent):
    instance = server.instance()
    assert "ecs.capability.external" in {a["name"] for a in instance["attributes"]}
    assert instance["status"] == "ACTIVE"


def test_an_external_task_runs_with_exit_code_and_log(tasks, server):
    arn = tasks.start(container("env; exit 7"), **EXTERNAL)
    task = tasks.stopped(arn)
    assert exit_code(task) == 7
    assert task["launchType"] == "EXTERNAL"
    assert task["containerInstanceArn"] == server.instance()["containerInstanceArn"]
    assert "AWS_EXECUTION_ENV=AWS_ECS_EXTERNAL" in tasks.said(arn)


def test_an_external_task_is_stopped(tasks, agent):
    arn = tasks.start(container(IDLE), **EXTERNAL)
    tasks.running(arn)
    assert exit_code(tasks.stop(arn)) == 0
    agent.leftovers.wait_for_none()


def test_tasks_of_ec2_have_no_place_there(tasks, server):
    definition = tasks.define(container("true"))
    with pytest.raises(server.ecs.exceptions.InvalidParameterException, match="No Container Instances were found"):
        server.ecs.run_task(taskDefinition=definition, launchType="EC2")
    assert exit_code(tasks.stopped(tasks.run(definition, launchType="EXTERNAL"))) == 0


def test_what_external_machines_have_not_is_refused(server):
    ecs = server.client("ecs", UNCHECKED)
    for wrong in ({"networkMode": "awsvpc"}, {"volumes": [{"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]}):
        with pytest.raises(ecs.exceptions.ClientException):
            ecs.register_task_definition(family="wrong", requiresCompatibilities=["EXTERNAL"], containerDefinitions=[container("true")], **wrong)


def test_tasks_outlive_agent_and_server(tasks, server, agent):
    arn = tasks.start(container(IDLE), **EXTERNAL)
    before = tasks.running(arn)
    instance = server.instance()["containerInstanceArn"]
    agent.end(signal.SIGKILL)
    server.kill()
    assert len(agent.leftovers.processes()) == 1
    server.start()
    agent.start()
    again = Tasks(server)
    after = again.running(arn)
    assert (after["startedAt"], one(after)["runtimeId"]) == (before["startedAt"], one(before)["runtimeId"])
    assert server.instance()["containerInstanceArn"] == instance
    assert len(server.ecs.list_container_instances()["containerInstanceArns"]) == 1
    assert exit_code(again.stop(arn)) == 0
