"""`longshore up --runtime`: the same tasks under runtimes that others made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from longshore import IMAGE, Longshore
from tasks import IDLE, Tasks, container, exit_code, one, reasons
from waiting import until

RUNTIMES = ["runc", "crun"]


def program(name: str, directory: Path) -> Path:
    """The runtime. crun refuses a host whose v2 side of hybrid cgroups has a controller (hugetlb): there, in a mount namespace without it."""
    found = next((p for p in (Path("/usr/sbin") / name, Path("/usr/bin") / name) if p.exists()), None)
    assert found, f"{name} is missing: apt-get install {name}"
    controllers = Path("/sys/fs/cgroup/unified/cgroup.controllers")
    if name != "crun" or not (controllers.exists() and controllers.read_text().strip()):
        return found
    script = directory / "crun"
    script.write_text(f"#!/bin/sh\nexec unshare -m sh -c 'umount /sys/fs/cgroup/unified; exec {found} \"$@\"' crun \"$@\"\n")
    script.chmod(0o755)
    return script


@pytest.fixture(scope="module", params=RUNTIMES)
def under(request, tmp_path_factory):
    path = program(request.param, tmp_path_factory.mktemp(request.param))
    made = Longshore(arguments=["--cpu", "16384", "--memory", "16384", "--runtime", str(path)])
    try:
        made.start()
        made.run("image", "demo", "--name", IMAGE)
        yield made
    finally:
        left = made.end()
    assert left == [], "left on the machine: " + "\n".join(left)


@pytest.fixture
def tasks(under) -> Tasks:
    return Tasks(under)


def test_exit_code_and_log(tasks):
    arn = tasks.start(container("echo said; echo complained >&2; exit 42"))
    task = tasks.stopped(arn)
    assert exit_code(task) == 42, reasons(task)
    assert sorted(tasks.said(arn)) == ["complained", "said"]


def test_stop(tasks, under):
    arn = tasks.start(container("trap 'echo caught; exit 7' TERM; echo ready; while true; do sleep 0.05; done"))
    until(lambda: tasks.lines(arn), 20, "the container to say that it is ready")
    assert exit_code(tasks.stop(arn)) == 7
    assert tasks.said(arn) == ["ready", "caught"]
    under.leftovers.wait_for_none()


def test_health_checks_run_inside(tasks):
    check = {"command": ["CMD-SHELL", "test -e /healthy"], "interval": 5, "retries": 3, "timeout": 4}
    arn = tasks.start(container(f"touch /healthy; {IDLE}", healthCheck=check))
    until(lambda: one(tasks.describe(arn)).get("healthStatus") == "HEALTHY", 30, "the container to be healthy")
    assert exit_code(tasks.stop(arn)) == 0


def test_out_of_memory(tasks):
    task = tasks.finish(container("dd if=/dev/zero of=/dev/null bs=200M count=1; exit $?", memory=32))
    assert "OutOfMemory" in one(task).get("reason", ""), reasons(task)


def test_a_command_that_is_not_there(tasks, under):
    task = tasks.finish(container(command=["/nowhere"]))
    assert task["stopCode"] == "TaskFailedToStart"
    assert "CannotStartContainerError" in one(task)["reason"] or "CannotCreateContainerError" in one(task)["reason"], reasons(task)
    under.leftovers.wait_for_none()


def test_limits_user_and_environment(tasks):
    said = tasks.output(container("id -u; ulimit -n; echo $GIVEN; pwd", user="1000", workingDirectory="/tmp", environment=[{"name": "GIVEN", "value": "word"}],
                                  ulimits=[{"name": "nofile", "softLimit": 512, "hardLimit": 512}]))
    assert said == ["1000", "512", "word", "/tmp"]


def test_shared_namespaces(tasks):
    arn = tasks.start(
        container("readlink /proc/self/ns/pid; readlink /proc/self/ns/ipc", "first", essential=False),
        container("readlink /proc/self/ns/pid; readlink /proc/self/ns/ipc", dependsOn=[{"containerName": "first", "condition": "SUCCESS"}]),
        pidMode="task", ipcMode="task",
    )
    task = tasks.stopped(arn)
    assert exit_code(task) == 0, reasons(task)
    assert tasks.said(arn) == tasks.said(arn, "first")
    assert os.readlink("/proc/self/ns/pid") not in tasks.said(arn)


def test_restart_of_up(under):
    volume = {"volumes": [{"name": "v", "host": {"sourcePath": str(under.data_dir / "signal")}}]}
    mount = {"mountPoints": [{"sourceVolume": "v", "containerPath": "/v"}]}
    tasks = Tasks(under)
    staying = tasks.start(container(IDLE))
    ending = tasks.start(container("echo before; until test -e /v/go; do sleep 0.02; done; echo after; exit 23", **mount), **volume)
    before = tasks.running(staying)
    tasks.running(ending)
    under.kill()
    (under.data_dir / "signal" / "go").touch()
    under.start()
    tasks = Tasks(under)
    assert exit_code(tasks.stopped(ending)) == 23
    assert tasks.said(ending) == ["before", "after"]
    after = tasks.running(staying)
    assert (after["startedAt"], one(after)["runtimeId"]) == (before["startedAt"], one(before)["runtimeId"])
    assert exit_code(tasks.stop(staying)) == 0
    under.leftovers.wait_for_none()
