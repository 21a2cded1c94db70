"""Every parameter of a container definition that changes what its process sees, asked of the process."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tasks import IDLE, container, exit_code, one, reasons, unique


def values(lines: list[str]) -> dict[str, str]:
    """Lines of the form name=value."""
    return dict(line.split("=", 1) for line in lines if "=" in line)


# -- the process


def test_command_entry_point_and_working_directory(tasks):
    assert tasks.output(container(entryPoint=["sh", "-c"], command=["pwd; echo $0 $1", "zero", "one"], workingDirectory="/tmp")) == ["/tmp", "zero one"]


def test_the_image_has_a_command_of_its_own(tasks):
    assert tasks.output(container())[0] == "hello from Longshore"


def test_environment_of_image_definition_and_override(tasks):
    given = [{"name": "A", "value": "1"}, {"name": "B", "value": "two words"}, {"name": "PATH", "value": "/bin:/tmp"}]
    over = {"containerOverrides": [{"name": "main", "environment": [{"name": "A", "value": "3"}, {"name": "C", "value": ""}]}]}
    seen = values(tasks.output(container("env", environment=given), run={"overrides": over}))
    assert {k: seen.get(k) for k in "ABC"} == {"A": "3", "B": "two words", "C": ""}
    assert seen["PATH"] == "/bin:/tmp"


def test_overrides_of_command_cpu_and_memory(tasks):
    over = {"containerOverrides": [{"name": "main", "command": ["sh", "-c", "echo over"], "cpu": 128, "memory": 96}]}
    arn = tasks.start(container("echo under"), run={"overrides": over})
    task = tasks.stopped(arn)
    assert tasks.said(arn) == ["over"]
    assert (one(task)["cpu"], one(task)["memory"]) == ("128", "96")
    shown = task["overrides"]["containerOverrides"][0]
    assert (shown["command"], shown["cpu"], shown["memory"]) == (["sh", "-c", "echo over"], 128, 96)


@pytest.mark.parametrize(
    ("user", "ids"),
    [("nobody", ("65534", "65534")), ("1000", ("1000", "0")), ("1000:2000", ("1000", "2000")), ("nobody:0", ("65534", "0")), (None, ("0", "0"))],
)
def test_user(tasks, user, ids):
    said = tasks.output(container("echo u=$(id -u); echo g=$(id -g)", user=user))
    assert (values(said)["u"], values(said)["g"]) == ids


def test_an_unknown_user_fails_the_start(tasks):
    task = tasks.finish(container("true", user="somebody"))
    assert task["stopCode"] == "TaskFailedToStart"
    assert "somebody" in one(task).get("reason", "") + task["stoppedReason"]


def test_pseudo_terminal_and_interactive(tasks):
    said = tasks.output(container("test -t 1 && echo terminal; test -t 0 && echo input", pseudoTerminal=True, interactive=True))
    assert [line.strip() for line in said] == ["terminal", "input"]
    assert tasks.output(container("test -t 1 || echo none")) == ["none"]


def test_init_process(tasks):
    script = "cat /proc/1/comm; echo self=$$"
    said = tasks.output(container(script, linuxParameters={"initProcessEnabled": True}))
    assert values(said)["self"] != "1"
    assert said[0] != "sh"
    assert values(tasks.output(container(script)))["self"] == "1"


# -- limits


def limit_file(v1: str, v2: str) -> str:
    return f"cat /sys/fs/cgroup/{v1} 2>/dev/null || cat /sys/fs/cgroup/{v2}"


def test_a_container_sees_its_memory_limit(tasks):
    assert tasks.output(container(limit_file("memory/memory.limit_in_bytes", "memory.max"), memory=48)) == [str(48 << 20)]


def test_memory_reservation(tasks):
    reserved = limit_file("memory/memory.soft_limit_in_bytes", "memory.low")
    hard = limit_file("memory/memory.limit_in_bytes", "memory.max")
    said = tasks.output(container(f"{reserved}; {hard}", memory=64, memoryReservation=32))
    assert said == [str(32 << 20), str(64 << 20)]
    # Without a hard limit the container has none, and its place was found by what it reserves.
    said = tasks.output(container(f"{reserved}; {hard}", memory=None, memoryReservation=32))
    assert said[0] == str(32 << 20) and (said[1] == "max" or int(said[1]) > 1 << 40), said


# Where the kernel counts swap at all; version 1 counts memory and swap together.
SWAP = limit_file("memory/memory.memsw.limit_in_bytes", "memory.swap.max") + " || echo not counted"


@pytest.mark.parametrize(("linux", "swap_mib"), [({"maxSwap": 32}, 32), ({"maxSwap": 0}, 0)], ids=["32 MiB", "none"])
def test_max_swap(tasks, linux, swap_mib):
    [said] = tasks.output(container(SWAP, memory=64, linuxParameters=linux))
    if Path("/sys/fs/cgroup/memory/memory.memsw.limit_in_bytes").exists():
        assert said == str((64 + swap_mib) << 20)
    elif Path("/sys/fs/cgroup/cgroup.controllers").exists():
        assert said == str(swap_mib << 20)
    else:
        # As docs/differences.md has it: this kernel holds nobody to it.
        assert said == "not counted"


def test_swappiness(tasks):
    """A setting of version 1."""
    if Path("/sys/fs/cgroup/memory/memory.swappiness").exists():
        said = tasks.output(container("cat /sys/fs/cgroup/memory/memory.swappiness", memory=64, linuxParameters={"maxSwap": 16, "swappiness": 7}))
        assert said == ["7"]
    else:
        assert tasks.output(container("echo runs", memory=64, linuxParameters={"maxSwap": 16, "swappiness": 7})) == ["runs"]


def test_cpu_shares(tasks):
    assert tasks.output(container(limit_file("cpu/cpu.shares", "cpu.weight"), cpu=256))[0] in ("256", "10")


EATER = "x=a; while true; do x=$x$x$x$x; done"


def test_out_of_memory_of_a_container(tasks):
    task = tasks.finish(container(EATER, memory=16))
    assert exit_code(task) == 137
    assert one(task)["reason"] == "OutOfMemoryError: Container killed due to memory usage"


def test_out_of_memory_of_a_task(tasks):
    task = tasks.finish(container(EATER, memory=None), memory="32", cpu="256")
    assert exit_code(task) == 137
    assert one(task)["reason"] == "OutOfMemoryError: Container killed due to memory usage"


def test_a_child_that_runs_out_of_memory_is_no_out_of_memory_of_its_container(tasks):
    task = tasks.finish(container(f"sh -c '{EATER}'; echo $?; exit 3", memory=16))
    assert exit_code(task) == 3, reasons(task)


def test_ulimits(tasks):
    limits = [{"name": "nofile", "softLimit": 2048, "hardLimit": 4096}, {"name": "core", "softLimit": 0, "hardLimit": 0}]
    said = tasks.output(container("ulimit -n; ulimit -Hn; ulimit -c", ulimits=limits))
    assert said == ["2048", "4096", "0"]


def test_shared_memory_tmpfs_and_devices(tasks):
    linux = {
        "sharedMemorySize": 8,
        "tmpfs": [{"containerPath": "/scratch", "size": 4, "mountOptions": ["noexec", "mode=0700"]}],
        "devices": [{"hostPath": "/dev/null", "containerPath": "/dev/other", "permissions": ["read", "write"]}],
    }
    said = tasks.output(container("cat /proc/mounts; ls -l /dev/other; echo x > /dev/other && echo written=yes", linuxParameters=linux))
    mounts = {line.split()[1]: line.split()[3] for line in said if len(line.split()) == 6}
    assert "size=8192k" in mounts["/dev/shm"]
    assert "size=4096k" in mounts["/scratch"] and "noexec" in mounts["/scratch"] and "mode=700" in mounts["/scratch"]
    assert any(line.startswith("c") and "/dev/other" in line for line in said)
    assert values(said)["written"] == "yes"


# -- privileges


def capabilities(lines: list[str]) -> int:
    return int(next(line for line in lines if line.startswith("CapEff")).split()[1], 16)


NET_ADMIN, NET_RAW, CHOWN, SYS_ADMIN = 12, 13, 0, 21


def test_capabilities(tasks):
    read = "cat /proc/self/status"
    plain = capabilities(tasks.output(container(read)))
    # Docker's default set.
    assert plain == 0x00000000A80425FB, hex(plain)
    changed = {"capabilities": {"add": ["NET_ADMIN"], "drop": ["CHOWN", "NET_RAW"]}}
    seen = capabilities(tasks.output(container(read, linuxParameters=changed)))
    assert seen == plain & ~(1 << CHOWN) & ~(1 << NET_RAW) | (1 << NET_ADMIN), hex(seen)
    none = capabilities(tasks.output(container(read, linuxParameters={"capabilities": {"drop": ["ALL"]}})))
    assert none == 0


def test_privileged(tasks):
    seen = capabilities(tasks.output(container("cat /proc/self/status", privileged=True)))
    assert seen & (1 << SYS_ADMIN)
    assert tasks.output(container("mount -t tmpfs none /tmp && echo mounted", privileged=True)) == ["mounted"]
    assert tasks.output(container("mount -t tmpfs none /tmp 2>/dev/null || echo refused")) == ["refused"]


def test_readonly_root(tasks):
    said = tasks.output(container("(echo x > /file) 2>/dev/null || echo refused; echo x > /v/file && cat /v/file", readonlyRootFilesystem=True,
                                  mountPoints=[{"sourceVolume": "v", "containerPath": "/v"}]), volumes=[{"name": "v"}])
    assert said == ["refused", "x"]


def test_the_root_is_written_to_and_begins_anew(tasks):
    script = "test -e /file && echo old; echo x > /file && cat /file"
    assert tasks.output(container(script)) == ["x"]
    assert tasks.output(container(script)) == ["x"]


def test_system_controls(tasks):
    controls = [{"namespace": "net.core.somaxconn", "value": "321"}, {"namespace": "net.ipv4.ip_unprivileged_port_start", "value": "70"}]
    assert tasks.output(container("cat /proc/sys/net/core/somaxconn /proc/sys/net/ipv4/ip_unprivileged_port_start", systemControls=controls)) == ["321", "70"]


def test_masked_paths(tasks):
    assert tasks.output(container("cat /proc/kcore 2>/dev/null | head -c 4 | wc -c; ls /proc/scsi /sys/firmware 2>/dev/null | wc -l; (echo 1 > /proc/sys/kernel/hostname) 2>/dev/null || echo refused"))[-1] == "refused"


# -- namespaces


SEES_THE_OTHER = "until ps | grep -q '[s]leep 613'; do sleep 0.05; done; echo seen"


def test_pid_mode_task_shares_processes(tasks):
    arn = tasks.start(
        container(SEES_THE_OTHER),
        container("sleep 613", "side", essential=False, dependsOn=[{"containerName": "main", "condition": "START"}]),
        pidMode="task",
    )
    assert exit_code(tasks.stopped(arn)) == 0
    assert tasks.said(arn) == ["seen"]


def test_pid_mode_task_of_a_container_that_waits(tasks):
    task = tasks.finish(
        container("sleep 613", "side", essential=False),
        container(SEES_THE_OTHER, dependsOn=[{"containerName": "side", "condition": "START"}]),
        pidMode="task",
    )
    assert exit_code(task) == 0, task.get("stoppedReason")


def test_pid_mode_task_belongs_to_no_container(tasks):
    """No container is process 1, and none is restarted or ends because another ends."""
    arn = tasks.start(
        container("tr '\\0' ' ' < /proc/1/cmdline; echo; readlink /proc/self/ns/pid", "first", essential=False),
        container("echo $$; readlink /proc/self/ns/pid", dependsOn=[{"containerName": "first", "condition": "SUCCESS"}]),
        pidMode="task",
        ipcMode="task",
    )
    task = tasks.stopped(arn)
    assert exit_code(task) == 0, task.get("stoppedReason")
    [first, space] = tasks.said(arn, "first")
    assert first.startswith("longshore-pause")
    [own, other_space] = tasks.said(arn)
    assert int(own) > 1 and other_space == space != os.readlink("/proc/self/ns/pid")


def test_pid_mode_of_the_container_shows_its_own_only(tasks):
    assert tasks.output(container("ls -d /proc/[0-9]* | wc -l")) in (["2"], ["3"], ["4"])


def test_pid_mode_host(tasks):
    [count] = tasks.output(container("ls -d /proc/[0-9]* | wc -l"), pidMode="host")
    assert int(count) > 10


IPC = "readlink /proc/self/ns/ipc 2>/dev/null || busybox readlink /proc/self/ns/ipc"


def two_ipc_namespaces(tasks, **more) -> tuple[list[str], list[str]]:
    """What two containers of a task have."""
    after = [{"containerName": "main", "condition": "START"}]
    arn = tasks.start(container(f"{IPC}; {IDLE}"), container(IPC, "side", essential=False, dependsOn=after), **more)
    both = tasks.said(arn), tasks.said(arn, "side")
    tasks.stop(arn)
    return both


def test_ipc_mode(tasks):
    here = os.readlink("/proc/self/ns/ipc")
    assert tasks.output(container(IPC), ipcMode="host") == [here]
    main, side = two_ipc_namespaces(tasks, ipcMode="task")
    assert main == side and main != [here]
    main, side = two_ipc_namespaces(tasks)
    assert main != side


def test_ipc_mode_task_of_a_container_that_waits(tasks):
    arn = tasks.start(container(IPC, "side", essential=False), container(IPC, dependsOn=[{"containerName": "side", "condition": "COMPLETE"}]), ipcMode="task")
    task = tasks.stopped(arn)
    assert exit_code(task) == 0, task.get("stoppedReason")
    assert tasks.said(arn) == tasks.said(arn, "side") != [os.readlink("/proc/self/ns/ipc")]


def test_ipc_mode_task_shares_its_memory(tasks):
    """What the first writes is there when it has ended; the size is the largest that a container asks for."""
    arn = tasks.start(
        container("echo left > /dev/shm/word", "side", essential=False, linuxParameters={"sharedMemorySize": 80}),
        container("cat /dev/shm/word; df -m /dev/shm | tail -n 1 | awk '{print $2}'", dependsOn=[{"containerName": "side", "condition": "SUCCESS"}]),
        ipcMode="task",
    )
    assert exit_code(tasks.stopped(arn)) == 0
    assert tasks.said(arn) == ["left", "80"]


def test_ipc_mode_none(tasks):
    assert tasks.output(container("grep -c ' /dev/shm ' /proc/mounts; echo end"), ipcMode="none") == ["0", "end"]
    assert tasks.output(container(IPC), ipcMode="none") != [os.readlink("/proc/self/ns/ipc")]


def test_hosts_names_and_dns(tasks):
    given = {
        "extraHosts": [{"hostname": "far", "ipAddress": "192.0.2.7"}],
        "hostname": "someone",
        "dnsServers": ["192.0.2.53"],
        "dnsSearchDomains": ["example.test"],
    }
    said = tasks.output(container("hostname; cat /etc/hosts /etc/resolv.conf", **given))
    assert said[0] == "someone"
    text = "\n".join(" ".join(line.split()) for line in said)
    assert "192.0.2.7 far" in text
    assert "nameserver 192.0.2.53" in text and "search example.test" in text


# -- volumes


def test_host_path(tasks, tmp_path):
    (tmp_path / "in").write_text("from the host\n")
    volumes = [{"name": "v", "host": {"sourcePath": str(tmp_path)}}]
    mounts = [{"sourceVolume": "v", "containerPath": "/v"}]
    assert tasks.output(container("cat /v/in; echo back > /v/out", mountPoints=mounts), volumes=volumes) == ["from the host"]
    assert (tmp_path / "out").read_text() == "back\n"
    read_only = [{"sourceVolume": "v", "containerPath": "/v", "readOnly": True}]
    assert tasks.output(container("(echo x > /v/more) 2>/dev/null || echo refused", mountPoints=read_only), volumes=volumes) == ["refused"]
    assert not (tmp_path / "more").exists()


def shared_by_two(tasks, volume: dict) -> list[str]:
    mounts = [{"sourceVolume": "v", "containerPath": "/v"}]
    return tasks.output(
        container("echo one > /v/file", "first", essential=False, mountPoints=mounts),
        container("cat /v/file", mountPoints=mounts, dependsOn=[{"containerName": "first", "condition": "SUCCESS"}]),
        volumes=[{"name": "v", **volume}],
    )


def test_an_anonymous_volume_is_the_tasks(tasks):
    assert shared_by_two(tasks, {}) == ["one"]


def test_a_docker_volume_of_the_task(tasks):
    assert shared_by_two(tasks, {"dockerVolumeConfiguration": {"scope": "task", "driver": "local"}}) == ["one"]
    mounts = [{"sourceVolume": "v", "containerPath": "/v"}]
    again = tasks.output(container("ls /v | wc -l", mountPoints=mounts), volumes=[{"name": "v", "dockerVolumeConfiguration": {"scope": "task", "driver": "local"}}])
    assert again == ["0"]


def test_a_shared_docker_volume_outlives_its_task(tasks):
    name = unique("shared")
    volumes = [{"name": name, "dockerVolumeConfiguration": {"scope": "shared", "autoprovision": True, "driver": "local"}}]
    mounts = [{"sourceVolume": name, "containerPath": "/v"}]
    tasks.output(container("echo kept > /v/file; echo done", mountPoints=mounts), volumes=volumes)
    assert tasks.output(container("cat /v/file", mountPoints=mounts), volumes=volumes) == ["kept"]


def test_volumes_from(tasks):
    mounts = [{"sourceVolume": "v", "containerPath": "/v"}]
    said = tasks.output(
        container("echo mine > /v/file", "first", essential=False, mountPoints=mounts),
        container("cat /v/file; (echo x > /v/file) 2>/dev/null || echo refused", volumesFrom=[{"sourceContainer": "first", "readOnly": True}],
                  dependsOn=[{"containerName": "first", "condition": "SUCCESS"}]),
        volumes=[{"name": "v"}],
    )
    assert said == ["mine", "refused"]


def test_docker_labels_are_kept(tasks):
    labels = {"com.example.a": "1", "b": ""}
    arn = tasks.define(container("true", dockerLabels=labels))
    shown = tasks.ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]["containerDefinitions"][0]
    assert shown["dockerLabels"] == labels
    assert exit_code(tasks.stopped(tasks.run(arn))) == 0


def test_the_metadata_of_the_container_is_announced(tasks):
    seen = values(tasks.output(container("env")))
    assert seen.get("AWS_EXECUTION_ENV") == "AWS_ECS_EC2" or "ECS_CONTAINER_METADATA_URI_V4" in seen, seen


def test_what_no_agent_can_do_is_refused_when_it_is_run(tasks, ecs):
    efs = [{"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]
    definition = tasks.define(container("true", mountPoints=[{"sourceVolume": "v", "containerPath": "/v"}]), volumes=efs)
    answer = ecs.run_task(taskDefinition=definition)
    assert answer["tasks"] == []
    assert [f["reason"] for f in answer["failures"]] == ["ATTRIBUTE"]
