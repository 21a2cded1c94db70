"""Ephemeral storage of Fargate tasks: as large as it was asked for, and no larger; and what the task's endpoint says of it and of the clock."""

from __future__ import annotations

import datetime
import json
import subprocess

import pytest

from longshore import ACCOUNT
from roles import TASKS, role
from tasks import IDLE, container, exit_code
from waiting import until

GIB = 1 << 30
ROLE = f"arn:aws:iam::{ACCOUNT}:role/execution"


@pytest.fixture(scope="module", autouse=True)
def execution_role(longshore) -> None:
    role(longshore, TASKS, name="execution", allows="logs:*")


@pytest.fixture(scope="module")
def fargate(longshore) -> dict:
    subnet = longshore.subnets()[0]
    return {"launchType": "FARGATE", "networkConfiguration": {"awsvpcConfiguration": {"subnets": [subnet], "assignPublicIp": "DISABLED"}}}


def of(**more) -> dict:
    return {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512", "executionRoleArn": ROLE, **more}


def size(line: str) -> int:
    """Bytes of a file system, of df -k."""
    return int(line.split()[1]) << 10


def plain(script: str, name: str = "main", **more) -> dict:
    return container(script, name, memory=None, **more)


def test_the_size_is_20_gib_where_none_is_named(tasks, fargate):
    [root] = tasks.output(plain("df -k / | tail -n 1"), run=fargate, **of())
    assert 19 * GIB < size(root) <= 20 * GIB


def test_the_size_that_was_asked_for_is_the_limit(tasks, fargate, longshore):
    script = (
        "df -k / | tail -n 1; df -k /data | tail -n 1; "
        "dd if=/dev/zero of=/a bs=1M count=64 2>/dev/null && echo wrote; "
        "wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task"
    )
    mount = [{"sourceVolume": "data", "containerPath": "/data"}]
    said = tasks.output(
        plain(script, mountPoints=mount), run=fargate, volumes=[{"name": "data", "host": {}}], **of(ephemeralStorage={"sizeInGiB": 21})
    )
    root, data, wrote, document = said[0], said[1], said[2], json.loads("".join(said[3:]))
    assert 20 * GIB < size(root) <= 21 * GIB
    # The volume lies in the same storage.
    assert size(data) == size(root) and wrote == "wrote"
    metrics = document["EphemeralStorageMetrics"]
    assert metrics["Reserved"] == 21 * 1024 and 64 <= metrics["Utilized"] < 200, metrics
    drift = document["ClockDrift"]
    if drift["ClockSynchronizationStatus"] == "SYNCHRONIZED":
        assert 0 < drift["ClockErrorBound"] < 16_000
        shown = datetime.datetime.fromisoformat(drift["ReferenceTimestamp"])
        assert abs((datetime.datetime.now(datetime.UTC) - shown).total_seconds()) < 300
    else:
        assert drift == {"ClockSynchronizationStatus": "NOT_SYNCHRONIZED"}


def test_a_task_that_writes_more_than_it_has_fails_alone(longshore, tasks, fargate):
    """The limit itself, on a file system that the test makes small: writing 20 GiB would take the machine's own disk."""
    blank = longshore.data_dir / "nodes/up/agent/storage/blank-22"
    with blank.open("wb") as file:
        file.truncate(48 << 20)
    subprocess.run(["mkfs.ext4", "-q", "-F", "-m", "0", "-O", "^has_journal", blank], check=True)
    try:
        script = "dd if=/dev/zero of=/big bs=1M count=100 2>&1; echo code=$?; rm /big; echo again > /small && cat /small"
        storage = {"sizeInGiB": 22}
        other = tasks.start(plain("dd if=/dev/zero of=/big bs=1M count=100 2>/dev/null && echo fits; " + IDLE), run=fargate, **of())
        # Two containers have it together.
        said = tasks.output(plain(script), plain(IDLE, "side", essential=False), run=fargate, **of(ephemeralStorage=storage))
        assert any("No space left on device" in line for line in said), said
        assert "code=1" in said and said[-1] == "again"
        until(lambda: tasks.lines(other) == ["fits"], 20, "the other task to go on")
        tasks.stop(other)
    finally:
        blank.unlink()


def test_a_task_of_an_instance_has_the_instances_disk(tasks, longshore):
    said = tasks.output(container("df -k / | tail -n 1; wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task"))
    document = json.loads("".join(said[1:]))
    assert "EphemeralStorageMetrics" not in document and "ClockDrift" not in document


def test_storage_survives_the_agent(tasks, longshore, fargate):
    arn = tasks.start(plain("echo kept > /kept; " + IDLE + "; "), run=fargate, **of(ephemeralStorage={"sizeInGiB": 23}))
    tasks.running(arn)
    assert len(longshore.leftovers.loops()) == 1
    longshore.kill()
    longshore.start()
    assert len(longshore.leftovers.loops()) == 1
    assert tasks.describe(arn)["lastStatus"] == "RUNNING"
    assert exit_code(tasks.stop(arn)) in (0, 143)


def test_nothing_of_these_tasks_is_left(tasks, longshore):
    tasks.stop_all()
    longshore.leftovers.wait_for_none()
    kept = [path.name for path in (longshore.data_dir / "nodes/up/agent/storage").iterdir()]
    assert all(name.startswith("blank-") for name in kept), kept
