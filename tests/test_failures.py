"""What cannot start says so in AWS's words, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import errno
import json
import socket
import subprocess
import urllib.error
import urllib.request

import botocore.exceptions
import pytest

from longshore import IMAGE
from registry import Registry
from tasks import IDLE, Tasks, awslogs, container, exit_code, one
from waiting import until


@pytest.fixture(autouse=True)
def nothing_is_left(request):
    """After each test: not one namespace, mount, cgroup, link or process of a task."""
    yield
    if "longshore" in request.fixturenames:
        request.getfixturevalue("longshore").leftovers.wait_for_none()


def closed_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def failed(task: dict) -> str:
    """The reason of a task that never ran, which its container names too."""
    assert task["stopCode"] == "TaskFailedToStart", task.get("stopCode")
    # What could be created and not started has the exit code that Docker gives it.
    assert exit_code(task) in (None, 126, 127, 128)
    assert "startedAt" not in task
    return f"{task['stoppedReason']} | {one(task).get('reason', '')}"


def test_a_missing_image(tasks, longshore):
    with Registry() as registry:
        reason = failed(tasks.finish(container("true", image=f"{registry.address}/absent:1", command=["true"])))
    assert "CannotPullContainerError" in reason
    assert "absent:1" in reason


def test_a_dead_registry(tasks, longshore):
    reason = failed(tasks.finish(container("true", image=f"127.0.0.1:{closed_port()}/some:1"), seconds=120))
    assert "CannotPullContainerError" in reason
    assert "refused" in reason


def test_a_registry_that_breaks_off(tasks, longshore):
    with Registry() as registry:
        registry.add("broken", layers=1)
        registry.cut_blobs = True
        reason = failed(tasks.finish(container("true", image=f"{registry.address}/broken:latest"), seconds=120))
    assert "CannotPullContainerError" in reason


def test_a_registry_whose_bytes_do_not_have_their_digest(tasks, longshore):
    with Registry() as registry:
        registry.add("forged", layers=1)
        registry.forge_blobs = True
        reason = failed(tasks.finish(container("true", image=f"{registry.address}/forged:latest"), seconds=120))
    assert "CannotPullContainerError" in reason


def test_an_image_is_pulled_and_run(tasks, longshore):
    with Registry() as registry:
        registry.add("good", layers=3)
        assert tasks.output(container("cat /layer-*", image=f"{registry.address}/good:latest")) == ["0", "1", "2"]


def test_an_image_that_is_no_image_name(tasks, longshore):
    reason = failed(tasks.finish(container("true", image="UPPER/Case:1")))
    assert "CannotPullContainerError: invalid reference format: the repository name must be lowercase" in reason


def test_a_bad_command(tasks, longshore):
    reason = failed(tasks.finish(container(command=["/no/such/program"])))
    assert 'CannotStartContainerError: exec: "/no/such/program": stat: no such file or directory' in reason


def test_a_program_that_may_not_be_executed(tasks, longshore):
    reason = failed(tasks.finish(container(command=["/etc/passwd"])))
    assert "CannotStartContainerError" in reason
    assert "permission denied" in reason.lower()


def test_a_working_directory_that_cannot_be(tasks, longshore):
    reason = failed(tasks.finish(container("true", workingDirectory="/etc/passwd/below")))
    assert 'CannotStartContainerError: chdir to cwd ("/etc/passwd/below") set in config.json failed: not a directory' in reason


def test_a_host_path_that_cannot_be(tasks, longshore):
    volumes = [{"name": "v", "host": {"sourcePath": "/proc/absent/path"}}]
    reason = failed(tasks.finish(container("true", mountPoints=[{"sourceVolume": "v", "containerPath": "/v"}]), volumes=volumes))
    assert 'CannotCreateVolumeError: cannot create "/proc/absent/path" for volume v' in reason


def test_a_device_that_is_not_there(tasks, longshore):
    reason = failed(tasks.finish(container("true", linuxParameters={"devices": [{"hostPath": "/dev/absent"}]})))
    assert 'CannotStartContainerError: invalid container configuration: error gathering device information while adding custom device "/dev/absent"' in reason


def test_a_log_group_that_is_not_there(tasks, longshore):
    keep = awslogs(group="/absent")
    del keep["options"]["awslogs-create-group"]
    reason = failed(tasks.finish(container("true", logConfiguration=keep)))
    assert "failed to create Cloudwatch log stream" in reason and "The specified log group does not exist." in reason


def test_one_bad_container_ends_the_others(tasks, longshore):
    task = tasks.finish(
        container(IDLE, "good"),
        container(command=["/no/such/program"], dependsOn=[{"containerName": "good", "condition": "START"}]),
    )
    assert task["stopCode"] == "TaskFailedToStart"
    assert exit_code(task, "good") == 0
    assert "CannotStartContainerError" in one(task)["reason"]


def test_a_full_disk(fresh, tmp_path):
    """The images lie on a small file system: a pull that does not fit says so, and a small one goes on to work."""
    up = fresh()
    images = up.data_dir / "images"
    images.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "none", images], check=True)
    try:
        up.start()
        up.run("image", "demo", "--name", IMAGE)
        tasks = Tasks(up)
        with Registry() as registry:
            registry.add("big", layers=1, size=32 << 20)
            registry.add("small", layers=1)
            reason = failed(tasks.finish(container("true", image=f"{registry.address}/big:latest"), seconds=120))
            assert "CannotPullContainerError" in reason
            assert "no space left" in reason.lower()
            # What did not fit was taken away again.
            assert tasks.output(container("echo fits")) == ["fits"]
            assert tasks.output(container("cat /layer-0", image=f"{registry.address}/small:latest"))[0] == "0"
        tasks.stop_all()
        up.stop()
    finally:
        if up.process and up.process.poll() is None:
            up.stop()
        subprocess.run(["umount", "-l", images], check=True)


def health(endpoint: str) -> tuple[int, dict]:
    try:
        with urllib.request.urlopen(f"{endpoint}/_longshore/health", timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def test_a_full_disk_of_the_state(fresh):
    """The server says that it does not work as long as it does not, and works again when there is room."""
    control = fresh("server")
    state = control.data_dir / "state"
    state.mkdir(mode=0o700)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m,mode=700", "none", state], check=True)
    try:
        control.start()
        assert health(control.endpoint) == (200, {**health(control.endpoint)[1], "status": "ok", "store": "ok"})
        control.ecs.register_task_definition(family="before", containerDefinitions=[{"name": "c", "image": "i", "memory": 4}])
        filler = state / "filler"
        with filler.open("wb") as file:
            try:
                while True:
                    file.write(bytes(64 << 10))
                    file.flush()
            except OSError as error:
                assert error.errno == errno.ENOSPC
        refused = until(lambda: _refused(control), 60, "a change that does not fit")
        assert refused["ResponseMetadata"]["HTTPStatusCode"] == 500
        status, said = health(control.endpoint)
        assert (status, said["status"], said["store"]) == (503, "failing", "failing")
        assert "full" in said["store_failure"], said
        assert "failing" in control.run("status").stdout
        # What was acknowledged is there, and reading goes on.
        assert control.ecs.list_task_definition_families(familyPrefix="before")["families"] == ["before"]
        filler.unlink()
        control.ecs.create_cluster(clusterName="room")
        assert health(control.endpoint)[0] == 200
    finally:
        if control.process and control.process.poll() is None:
            control.stop()
        subprocess.run(["umount", "-l", state], check=True)


def _refused(control) -> dict | None:
    """Writes until the server refuses; the refusal."""
    image = "x" * 200
    definition = [{"name": "c", "image": image, "memory": 4, "environment": [{"name": f"N{n}", "value": "v" * 200} for n in range(50)]}]
    try:
        control.ecs.register_task_definition(family="filler", containerDefinitions=definition)
    except botocore.exceptions.ClientError as error:
        return error.response
    return None
