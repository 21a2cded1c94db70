"""How soon it answers, and what memory it takes."""

from __future__ import annotations

import http.client
import socket
import time
from pathlib import Path

import image
from call import Caller
from docker import Docker, Unavailable
from measure import Executions, add, memory, until
from ours import Longshore, command_lines

CONTAINERS = 20
IDLE_SECONDS = 10


def cold_starts(work: Path, rounds: int) -> dict[str, list[float]]:
    """From the start of the process: its first answer to anyone, its first ECS answer, and (`up`) its node ready for tasks."""
    found: dict[str, list[float]] = {}

    def note(name: str, seconds: float) -> None:
        found.setdefault(name, []).append(seconds)

    for number in range(rounds):
        for role in ("server", "up"):
            longshore = Longshore(work / f"cold-{role}-{number}", role)
            try:
                # An empty data directory: keys, tables and the default VPC are made.
                before = longshore.spawn()
                note(f"{role}: first start, health", _first_health(longshore) - before)
                if role == "up":
                    until(lambda: b"Longshore is up" in longshore.log.read_bytes(), 20, "the node to be registered", 0.001)
                    note("up: first start, node registered", time.monotonic() - before)
                caller = longshore.caller()
                longshore.process.terminate()
                longshore.process.wait(30)
                before = longshore.spawn()
                note(f"{role}: later start, signed ListClusters", _first_answer(longshore, caller) - before)
            finally:
                longshore.end()
    return found


def _first_health(longshore: Longshore) -> float:
    host = longshore.endpoint.removeprefix("http://")

    def healthy() -> bool:
        connection = http.client.HTTPConnection(host, timeout=5)
        try:
            connection.request("GET", "/_longshore/health")
            return connection.getresponse().status == 200
        except (ConnectionError, socket.timeout):
            return False
        finally:
            connection.close()

    until(healthy, 20, "the first answer", 0.001)
    return time.monotonic()


def _first_answer(longshore: Longshore, caller: Caller) -> float:
    request = caller.sign("ListClusters")

    def answered() -> bool:
        try:
            return "clusterArns" in caller.send(request)
        except ConnectionError:
            caller.close()
            return False

    until(answered, 20, "the first ECS answer", 0.001)
    caller.close()
    return time.monotonic()


def resident(work: Path, daemon: Docker | Unavailable) -> dict[str, dict[str, float]]:
    """MiB: `longshore up` idle, what each running container adds, and the same of Docker."""
    longshore = Longshore(work / "resident")
    found = {}
    try:
        longshore.start()
        longshore.run("image", "load", work / "image.tar", "--name", image.NAME)
        time.sleep(IDLE_SECONDS)
        found["longshore up, idle"] = memory(longshore.process.pid)
        caller = longshore.caller()
        container = {"name": "main", "image": image.NAME, "memory": 16, "command": ["sleep", "600"]}
        caller.call("RegisterTaskDefinition", family="sleep", networkMode="none", containerDefinitions=[container])
        arns = [t["taskArn"] for _ in range(CONTAINERS // 10) for t in caller.call("RunTask", taskDefinition="sleep", count=10)["tasks"]]
        running = lambda: all(task["lastStatus"] == "RUNNING" for task in caller.call("DescribeTasks", tasks=arns)["tasks"])
        until(running, 60, "the tasks to run", pause=0.05)
        time.sleep(2)
        shims = longshore.shims()
        if len(shims) != CONTAINERS:
            raise RuntimeError(f"{len(shims)} shims were found for {CONTAINERS} containers")
        total = add([memory(pid) for pid in shims])
        found["longshore, per container (shim)"] = {name: mib / CONTAINERS for name, mib in total.items()}
        found[f"longshore up, {CONTAINERS} containers"] = memory(longshore.process.pid)
        caller.close()
    finally:
        longshore.end()
    if isinstance(daemon, Docker):
        found |= _of_docker(work, daemon)
    return found


def _of_docker(work: Path, daemon: Docker) -> dict[str, dict[str, float]]:
    daemon.run("import", str(work / "layer.tar"), image.NAME)
    names = [daemon.run("run", "-d", "--network", "none", image.NAME, "/bin/sleep", "600") for _ in range(5)]
    try:
        lines = command_lines()
        of = lambda program: [pid for pid, line in lines if line.split(b"\0")[0].endswith(program)]
        shims = of(b"containerd-shim-runc-v2")
        if len(shims) != len(names):
            raise RuntimeError(f"{len(shims)} shims of containerd were found for {len(names)} containers")
        total = add([memory(pid) for pid in shims])
        return {
            "dockerd + containerd": add([memory(pid) for pid in [*of(b"dockerd"), *of(b"containerd")]]),
            "docker, per container (shim)": {name: mib / len(names) for name, mib in total.items()},
        }
    finally:
        daemon.run("rm", "-f", *names)
