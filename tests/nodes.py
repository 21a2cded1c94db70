"""Nodes beside a server: each `longshore agent` with a data directory of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from leftovers import Leftovers
from longshore import IMAGE, PROGRAM, Longshore
from waiting import until


class Node:
    """`longshore agent` in a zone, with a data directory of its own."""

    role = "agent"

    def __init__(self, server: Longshore, zone: str, *arguments: str) -> None:
        self.server, self.zone, self.name, self.arguments = server, f"us-east-1{zone}", f"node-{zone}", arguments
        self.data_dir = Path(tempfile.mkdtemp(prefix="longshore-test-agent-"))
        self.log = self.data_dir.with_suffix(".log")
        self.leftovers = Leftovers(self.data_dir, self.name)
        self.process: subprocess.Popen | None = None
        self.run("image", "demo", "--name", IMAGE)

    def run(self, *arguments: str) -> None:
        subprocess.run([PROGRAM, *arguments, "--data-dir", self.data_dir], check=True, capture_output=True, timeout=60)

    def start(self) -> Node:
        command = [PROGRAM, self.role, "--data-dir", self.data_dir, "--endpoint", self.server.endpoint, "--name", self.name, "--zone", self.zone[-1], *self.arguments]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                                            env={**os.environ, **self.server.environment, "NO_COLOR": "1"})
        until(self.is_connected, 60, f"{self.name} to connect")
        return self

    @property
    def instance(self) -> dict | None:
        arns = self.server.ecs.list_container_instances()["containerInstanceArns"]
        found = self.server.ecs.describe_container_instances(containerInstances=arns)["containerInstances"] if arns else []
        zone = lambda i: next((a.get("value") for a in i["attributes"] if a["name"] == "ecs.availability-zone"), None)
        return next((i for i in found if zone(i) == self.zone), None)

    def is_connected(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()[-2000:]
        return self.instance is not None and self.instance["agentConnected"]

    def end(self, how: signal.Signals) -> None:
        self.process.send_signal(how)
        self.process.wait(40)

    def discard(self) -> None:
        if self.process and self.process.poll() is None:
            self.end(signal.SIGTERM)
        self.run("down")
        left = self.leftovers.all()
        self.leftovers.sweep()
        assert left == [], "left on the machine: " + "\n".join(left)
        shutil.rmtree(self.data_dir)
        self.log.unlink(missing_ok=True)


class BalancerNode(Node):
    """`longshore lb`: a node that carries load balancers and is no container instance of anybody's cluster."""

    role = "lb"

    def is_connected(self) -> bool:
        assert self.process.poll() is None, self.log.read_text()[-2000:]
        return "registered as" in self.log.read_text()
