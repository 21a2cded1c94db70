"""Starts of containers: one at a time, and two hundred at once."""

from __future__ import annotations

import ctypes
import json
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import image
from docker import Docker, Unavailable, remove_cgroups
from measure import Executions, until
from ours import Longshore

MEMORY_MIB = 32
CRUN_CGROUP = "/longshore-bench-crun"
# So long nothing is asked of anyone between two measurements: what a way does after the end is not counted to the next.
SETTLE = 0.1
AT_ONCE = 200


class Ours:
    """Longshore, through its API."""

    def __init__(self, longshore: Longshore) -> None:
        self.caller = longshore.caller()
        for mode in ("none", "bridge"):
            container = {"name": "main", "image": image.NAME, "memory": MEMORY_MIB, "command": [image.TRUE]}
            self.caller.call("RegisterTaskDefinition", family=f"bench-{mode}", networkMode=mode, containerDefinitions=[container])

    def once(self, mode: str, executions: Executions) -> tuple[float, float]:
        """From the request to the process, and to the first answer that says STOPPED."""
        request = self.caller.sign("RunTask", taskDefinition=f"bench-{mode}")
        begun = time.monotonic()
        answer = self.caller.send(request)
        if answer["failures"]:
            raise RuntimeError(f"RunTask: {answer['failures']}")
        arn = answer["tasks"][0]["taskArn"]
        describe = self.caller.sign("DescribeTasks", tasks=[arn])
        deadline = begun + 30
        while (task := self.caller.send(describe)["tasks"][0])["lastStatus"] != "STOPPED":
            if time.monotonic() > deadline:
                raise TimeoutError(f"the task is {task['lastStatus']} after 30 s")
            time.sleep(0.001)
        ended = time.monotonic()
        if task["containers"][0].get("exitCode") != 0:
            raise RuntimeError(f"the task failed: {task.get('stoppedReason')}, {task['containers'][0]}")
        return executions.one() - begun, ended - begun

    def at_once(self, count: int) -> float:
        """Tasks per second: from the first of the requests for ten each to the last STOPPED."""
        request = self.caller.sign("RunTask", taskDefinition="bench-none", count=10)
        begun = time.monotonic()
        waiting: list[str] = []
        for _ in range(count // 10):
            answer = self.caller.send(request)
            if answer["failures"]:
                raise RuntimeError(f"RunTask: {answer['failures']}")
            waiting += [task["taskArn"] for task in answer["tasks"]]
        deadline = begun + 120
        while waiting:
            # Only those at the front are asked for: the others are done when their turn comes, or soon after.
            described = self.caller.call("DescribeTasks", tasks=waiting[:100])["tasks"]
            over = {task["taskArn"] for task in described if task["lastStatus"] == "STOPPED"}
            failed = [task for task in described if task["taskArn"] in over and task["containers"][0].get("exitCode") != 0]
            if failed:
                raise RuntimeError(f"a task failed: {failed[0].get('stoppedReason')}")
            waiting = [arn for arn in waiting if arn not in over]
            if time.monotonic() > deadline:
                raise TimeoutError(f"{len(waiting)} of {count} tasks have not stopped after 120 s")
            if waiting:
                time.sleep(0.02)
        return count / (time.monotonic() - begun)


class Commands:
    """A command line that returns when its container has ended."""

    def __init__(self, command, prepare_thread=lambda: None) -> None:
        self.command, self.prepare_thread = command, prepare_thread
        self.count = 0
        self.thread = ThreadPoolExecutor(1, initializer=prepare_thread)

    def once(self, executions: Executions) -> tuple[float, float]:
        self.count += 1
        begun, ended = self.thread.submit(_timed, self.command(f"bench-{self.count}")).result()
        return executions.one() - begun, ended - begun

    def at_once(self, count: int, parallel: int) -> float:
        commands = [self.command(f"many-{self.count + n}") for n in range(count)]
        self.count += count
        begun = time.monotonic()
        with ThreadPoolExecutor(parallel, initializer=self.prepare_thread) as pool:
            list(pool.map(_run, commands))
        return count / (time.monotonic() - begun)


def _timed(command: list) -> tuple[float, float]:
    begun = time.monotonic()
    _run(command)
    return begun, time.monotonic()


def _run(command: list) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=60)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {done.stderr.decode()[-500:]}")


def crun(work: Path, rootfs: Path) -> Commands:
    """`crun run` with the configuration that Longshore itself writes for an OCI runtime, seccomp and all."""
    bundle = work / "bundle"
    bundle.mkdir()
    config = _configuration(work, bundle)
    (bundle / "config.json").write_text(json.dumps(config))
    return Commands(lambda name: ["crun", "--root", "/run/crun", "run", "--bundle", bundle, name], hide_unified)


def hide_unified() -> None:
    """crun of Debian 12 refuses a hybrid host whose version 2 hierarchy has controllers, so this thread shows it none."""
    unified = Path("/sys/fs/cgroup/unified")
    if not is_hybrid():
        return
    clone_newns, clone_fs, detach = 0x20000, 0x200, 2
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(clone_newns | clone_fs) != 0 or libc.umount2(bytes(unified), detach) != 0:
        raise OSError(ctypes.get_errno(), f"cannot hide {unified}")


def is_hybrid() -> bool:
    return Path("/sys/fs/cgroup/unified/cgroup.controllers").exists()


def _configuration(work: Path, bundle: Path) -> dict:
    """Caught from Longshore on its way to a runtime that fails, then made to stand alone."""
    caught, catcher = work / "caught.json", work / "catcher"
    catcher.write_text(f'#!/bin/sh\nwhile [ $# -gt 0 ]; do [ "$1" = --bundle ] && cp "$2/config.json" {caught}; shift; done\nexit 1\n')
    catcher.chmod(0o755)
    other = Longshore(work / "catching", arguments=["--runtime", str(catcher)], port=4567)
    try:
        other.start()
        other.run("image", "load", work / "image.tar", "--name", image.NAME)
        ours = Ours(other)
        ours.caller.call("RunTask", taskDefinition="bench-none")
        until(caught.exists, 20, "a configuration to be written")
        time.sleep(0.2)  # The copy is made by then.
        config = json.loads(caught.read_text())
    finally:
        other.end()
    config["root"]["path"] = str(work / "rootfs")
    config["linux"]["cgroupsPath"] = f"{CRUN_CGROUP}/one"
    for namespace in config["linux"]["namespaces"]:
        # Longshore has made the network namespace before; `crun` alone makes its own.
        namespace.pop("path", None)
    for mount in config["mounts"]:
        # Files that Longshore writes for a container, such as /etc/hosts.
        source = Path(mount.get("source", ""))
        if source.is_absolute() and not source.exists():
            mount["source"] = str(bundle / source.name)
            (bundle / source.name).write_text("127.0.0.1 localhost\n")
    if not config["linux"].get("seccomp"):
        raise RuntimeError("the configuration holds no seccomp profile")
    return config


def floor(rootfs: Path) -> Commands:
    command = ["unshare", "--pid", "--net", "--mount", "--ipc", "--uts", "--fork", "--root", rootfs, image.TRUE]
    return Commands(lambda _: command)


def docker(daemon: Docker, network: str) -> Commands:
    limits = ["--memory", f"{MEMORY_MIB}m", "--network", network]
    return Commands(lambda _: daemon.command("run", "--rm", *limits, image.NAME, image.TRUE))


def measure(work: Path, rounds: int, daemon: Docker | Unavailable) -> dict:
    """Every way once in each round, so that what else the machine does meets all of them."""
    longshore = Longshore(work / "starts")
    executions = Executions(image.TRUE)
    try:
        of_crun = crun(work, work / "rootfs")
        longshore.start()
        longshore.run("image", "load", work / "image.tar", "--name", image.NAME)
        ours = Ours(longshore)
        ways = {
            "longshore none": lambda: ours.once("none", executions),
            "longshore bridge": lambda: ours.once("bridge", executions),
            "crun": lambda: of_crun.once(executions),
            "floor": lambda: floor_once.once(executions),
        }
        floor_once = floor(work / "rootfs")
        many = {
            "longshore": lambda: ours.at_once(AT_ONCE),
            "crun": lambda: _crun_at_once(of_crun, work),
        }
        if isinstance(daemon, Docker):
            daemon.run("import", str(work / "layer.tar"), image.NAME)
            without, bridged = docker(daemon, "none"), docker(daemon, "bridge")
            ways["docker none"] = lambda: without.once(executions)
            ways["docker bridge"] = lambda: bridged.once(executions)
            many["docker"] = lambda: without.at_once(AT_ONCE // 5, 8)
        started: dict[str, list[float]] = {name: [] for name in ways}
        stopped: dict[str, list[float]] = {name: [] for name in ways}
        # The first is not counted: it makes what is made once, such as the bridge.
        for number in range(rounds + 1):
            for name, way in ways.items():
                executions.clear()
                first, last = way()
                if number > 0:
                    started[name].append(first)
                    stopped[name].append(last)
                time.sleep(SETTLE)
        rates: dict[str, list[float]] = {name: [] for name in many}
        for _ in range(rounds):
            for name, way in many.items():
                rates[name].append(way())
                time.sleep(1)
        return {"started": started, "stopped": stopped, "rates": rates}
    finally:
        longshore.end()
        executions.close()
        remove_cgroups(CRUN_CGROUP)


def _crun_at_once(one: Commands, work: Path) -> float:
    """A bundle for each that runs at the same time would share the cgroup of the first; so each has its own."""
    parallel, bundles = 8, []
    config = json.loads((work / "bundle/config.json").read_text())
    for number in range(AT_ONCE):
        bundle = work / "bundles" / str(number)
        bundle.mkdir(parents=True)
        config["linux"]["cgroupsPath"] = f"{CRUN_CGROUP}/{number}"
        (bundle / "config.json").write_text(json.dumps(config))
        bundles.append(bundle)
    left = iter(bundles)
    commands = Commands(lambda name: ["crun", "--root", "/run/crun", "run", "--bundle", next(left), name], hide_unified)
    try:
        return commands.at_once(AT_ONCE, parallel)
    finally:
        shutil.rmtree(work / "bundles")
