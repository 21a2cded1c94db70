"""How tasks and their containers begin and end: exit codes, order, health, time-outs, restarts, and what a stop does."""

from __future__ import annotations

import pytest

from tasks import IDLE, container, exit_code, one, reasons, unique
from waiting import until

TRAPPING = "trap 'echo caught; exit 7' TERM; echo ready; while true; do sleep 0.05; done"
DEAF = "trap '' TERM; echo ready; while true; do sleep 0.05; done"
FOREVER = IDLE


def test_a_task_runs_and_stops_with_its_exit_code(tasks):
    task = tasks.finish(container("echo hello; exit 42"))
    assert exit_code(task) == 42
    assert task["stopCode"] == "EssentialContainerExited"
    assert task["stoppedReason"] == "Essential container in task exited"
    assert task["desiredStatus"] == "STOPPED"
    moments = ["createdAt", "pullStartedAt", "pullStoppedAt", "startedAt", "stoppingAt", "executionStoppedAt", "stoppedAt"]
    assert all(moment in task for moment in moments), sorted(task)
    assert [task[m] for m in moments if m not in ("stoppingAt", "executionStoppedAt")] == sorted(
        task[m] for m in moments if m not in ("stoppingAt", "executionStoppedAt")
    )
    assert one(task)["imageDigest"].startswith("sha256:")
    assert one(task)["lastStatus"] == "STOPPED"
    assert tasks.said(task["taskArn"]) == ["hello"]


@pytest.mark.parametrize("code", [0, 1, 127, 255])
def test_exit_codes(tasks, code):
    assert exit_code(tasks.finish(container(f"exit {code}"))) == code


def test_a_container_killed_by_a_signal_exits_with_128_and_its_number(tasks):
    # In a PID namespace of its own the first process is not killed by its own signal: a child of it is.
    task = tasks.finish(container("sh -c 'kill -9 $$'; exit $?"))
    assert exit_code(task) == 137
    assert "OutOfMemory" not in one(task).get("reason", "")


def test_the_end_of_an_essential_container_ends_the_task(tasks):
    task = tasks.finish(container("sleep 0.2; exit 3", "main"), container(TRAPPING, "side", essential=True))
    assert (exit_code(task, "main"), exit_code(task, "side")) == (3, 7)
    assert task["stopCode"] == "EssentialContainerExited"


def test_the_end_of_another_container_does_not(tasks):
    arn = tasks.start(container(TRAPPING), container("exit 5", "side", essential=False))
    # Agents tell the end of a container of a running task with their next batch, at most 30 s later.
    until(lambda: exit_code(tasks.describe(arn), "side") == 5, 40, "side to end")
    task = tasks.describe(arn)
    assert (task["lastStatus"], one(task)["lastStatus"]) == ("RUNNING", "RUNNING")
    assert exit_code(tasks.stop(arn)) == 7


# -- order


def test_depends_on_start_complete_and_success(tasks):
    waits = [
        {"containerName": "first", "condition": "COMPLETE"},
        {"containerName": "second", "condition": "SUCCESS"},
        {"containerName": "third", "condition": "START"},
    ]
    task = tasks.finish(
        container("date +%s%N; exit 9", "first", essential=False),
        container("sleep 0.3; exit 0", "second", essential=False, dependsOn=[{"containerName": "first", "condition": "COMPLETE"}]),
        container(FOREVER, "third", essential=False),
        container("echo last", dependsOn=waits),
    )
    codes = [exit_code(task, name) for name in ("first", "second", "main")]
    assert codes == [9, 0, 0], reasons(task)
    assert tasks.said(task["taskArn"]) == ["last"]


def test_depends_on_success_fails_the_task_where_it_does_not_succeed(tasks):
    task = tasks.finish(
        container("exit 4", "first", essential=False),
        container("echo never", dependsOn=[{"containerName": "first", "condition": "SUCCESS"}]),
    )
    assert exit_code(task, "first") == 4
    # What the official agent gives a container that its dependencies never let start.
    assert exit_code(task) == 143
    assert task["stopCode"] == "TaskFailedToStart"
    assert one(task)["reason"].startswith("CannotStartContainerError: dependency graph")
    assert tasks.lines(task["taskArn"]) == []


def test_depends_on_healthy(tasks):
    health = {"command": ["CMD-SHELL", "test -e /tmp/well"], "interval": 5, "timeout": 2, "retries": 3}
    task = tasks.finish(
        container("touch /tmp/well 2>/dev/null || echo > /tmp/well; " + FOREVER, "first", essential=False, healthCheck=health),
        container("echo well", dependsOn=[{"containerName": "first", "condition": "HEALTHY"}]),
    )
    assert exit_code(task) == 0, reasons(task)


def test_start_timeout_gives_up_waiting(tasks):
    task = tasks.finish(
        container(FOREVER, "first", essential=False, startTimeout=2),
        container("echo never", dependsOn=[{"containerName": "first", "condition": "COMPLETE"}]),
    )
    assert task["stopCode"] == "TaskFailedToStart"
    assert one(task)["reason"].startswith("CannotStartContainerError: dependency graph")
    assert tasks.lines(task["taskArn"]) == []


# -- health


def test_health_is_reported(tasks):
    """With the agent's next telemetry message, which comes every 20 s."""
    check = {"interval": 5, "timeout": 2, "retries": 1, "startPeriod": 0}
    well = tasks.start(container(FOREVER, healthCheck={**check, "command": ["CMD-SHELL", "true"]}), container(FOREVER, "unasked"))
    ill = tasks.start(container(FOREVER, healthCheck={**check, "command": ["CMD", "false"]}))
    healthy = until(lambda: (t := tasks.describe(well))["healthStatus"] == "HEALTHY" and t, 45, "the task to be healthy")
    assert one(healthy)["healthStatus"] == "HEALTHY"
    assert one(healthy, "unasked")["healthStatus"] == "UNKNOWN"
    # A task of no service goes on when it is unhealthy.
    unhealthy = until(lambda: (t := tasks.describe(ill))["healthStatus"] == "UNHEALTHY" and t, 30, "the task to be unhealthy")
    assert unhealthy["lastStatus"] == "RUNNING"
    tasks.stop(well)
    tasks.stop(ill)


# -- stopping


def test_stop_task_lets_a_container_end_itself(tasks, ecs):
    arn = tasks.start(container(TRAPPING, stopTimeout=20))
    tasks.running(arn)
    until(lambda: tasks.lines(arn), 10, "the script to be ready")
    answer = ecs.stop_task(task=arn, reason="enough of it")["task"]
    assert (answer["desiredStatus"], answer["stopCode"], answer["stoppedReason"]) == ("STOPPED", "UserInitiated", "enough of it")
    task = tasks.stopped(arn)
    assert exit_code(task) == 7
    assert (task["stopCode"], task["stoppedReason"]) == ("UserInitiated", "enough of it")
    until(lambda: tasks.lines(arn) == ["ready", "caught"], 10, "the last line")


def test_stop_timeout_ends_a_container_that_does_not_listen(tasks):
    arn = tasks.start(container(DEAF, stopTimeout=2))
    tasks.running(arn)
    until(lambda: tasks.lines(arn), 10, "the script to be ready")
    task = tasks.stop(arn)
    assert exit_code(task) == 137
    took = (task["stoppedAt"] - task["stoppingAt"]).total_seconds()
    assert 1.9 <= took < 10, took


def test_a_stopped_task_is_listed_as_stopped(tasks, ecs):
    family = unique("stopped")
    task = tasks.finish(container("true"), family=family)
    assert ecs.list_tasks(family=family)["taskArns"] == []
    assert ecs.list_tasks(family=family, desiredStatus="STOPPED")["taskArns"] == [task["taskArn"]]
    assert tasks.describe(task["taskArn"])["lastStatus"] == "STOPPED"
    again = ecs.stop_task(task=task["taskArn"])["task"]
    assert (again["stopCode"], again["lastStatus"]) == ("EssentialContainerExited", "STOPPED")


def test_a_task_is_stopped_before_it_runs(tasks):
    arn = tasks.start(container("echo late", dependsOn=[{"containerName": "first", "condition": "COMPLETE"}]), container(FOREVER, "first", essential=False))
    task = tasks.stop(arn)
    assert task["stopCode"] == "UserInitiated"
    assert exit_code(task) is None
    assert "startedAt" not in task


# -- restarts


def test_restart_policy_that_does_not_restart(tasks):
    policy = {"enabled": True, "restartAttemptPeriod": 60, "ignoredExitCodes": [5]}
    arn = tasks.start(container("echo again; exit 5", "main", restartPolicy=policy), container(FOREVER, "side"))
    # The first exit code is ignored by the policy: no restart, and the task ends.
    assert exit_code(tasks.stopped(arn)) == 5
    # It has run for less than the period: it is not restarted, and its end is the task's.
    early = {"enabled": True, "restartAttemptPeriod": 60}
    assert exit_code(tasks.finish(container("exit 1", restartPolicy=early))) == 1


def test_restart_policy_restarts(tasks):
    """After the shortest period that AWS takes the same container starts again: its files stay, its end is no end of the task."""
    policy = {"enabled": True, "restartAttemptPeriod": 60}
    script = (
        "echo run >> /runs; N=$(wc -l < /runs); echo run $N; "
        # The second run says what the endpoint counts, and ends before its period is over: that is the task's end.
        "if test $N -eq 2; then wget -q -O - $ECS_CONTAINER_METADATA_URI_V4 | tr ',' '\\n' | grep RestartCount; exit 4; fi; sleep 61; exit 3"
    )
    arn = tasks.start(container(script, restartPolicy=policy))
    first = tasks.running(arn)
    task = tasks.stopped(arn, seconds=110)
    assert (exit_code(task), task["stopCode"]) == (4, "EssentialContainerExited")
    said = tasks.said(arn)
    assert said[:2] == ["run 1", "run 2"] and '"RestartCount":1' in said[2], said
    # It is the same container, and the task began once.
    assert task["startedAt"] == first["startedAt"]
    assert (task["stoppedAt"] - task["startedAt"]).total_seconds() > 60
    assert one(task)["runtimeId"] == one(first)["runtimeId"]


def test_restart_policy_is_kept(tasks):
    policy = {"enabled": True, "restartAttemptPeriod": 60}
    shown = tasks.ecs.register_task_definition(
        family=unique("policy"), containerDefinitions=[container("true", restartPolicy=policy)]
    )["taskDefinition"]["containerDefinitions"][0]["restartPolicy"]
    assert (shown["enabled"], shown["restartAttemptPeriod"], shown.get("ignoredExitCodes", [])) == (True, 60, [])
