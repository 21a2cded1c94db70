"""Kill -9 of the whole process: containers go on, nothing is restarted, lost or doubled."""

from __future__ import annotations

import pytest

from longshore import IMAGE
from tasks import IDLE, Tasks, container, exit_code, one
from test_network import attachment, fetch, serve
from waiting import until

COUNTING = "i=0; while [ $i -lt {last} ]; do i=$((i+1)); echo line $i; {pause}; done; {end}"


@pytest.fixture
def up(fresh):
    made = fresh().start()
    made.run("image", "demo", "--name", IMAGE)
    return made


def restarted(up) -> Tasks:
    up.start()
    return Tasks(up)


def test_tasks_outlive_kill_9(up):
    tasks = Tasks(up)
    instance = up.instance()["containerInstanceArn"]
    staying = tasks.start(container(IDLE))
    ending = tasks.start(container("while test ! -e /v/end; do sleep 0.02; done; exit 23",
                                   mountPoints=[{"sourceVolume": "v", "containerPath": "/v"}]),
                         volumes=[{"name": "v", "host": {"sourcePath": str(up.data_dir / "signal")}}])
    before = tasks.running(staying)
    tasks.running(ending)
    shims = {line.split()[1] for line in up.leftovers.processes()}
    up.kill()
    assert len(up.leftovers.processes()) == 2
    (up.data_dir / "signal" / "end").touch()
    until(lambda: len(up.leftovers.processes()) == 1, 10, "the container that ends meanwhile to end")
    tasks = restarted(up)
    assert up.instance()["containerInstanceArn"] == instance
    assert len(up.ecs.list_container_instances()["containerInstanceArns"]) == 1
    ended = tasks.stopped(ending)
    assert (exit_code(ended), ended["stopCode"]) == (23, "EssentialContainerExited")
    after = tasks.describe(staying)
    assert (after["lastStatus"], after["startedAt"], one(after)["runtimeId"]) == ("RUNNING", before["startedAt"], one(before)["runtimeId"])
    assert {line.split()[1] for line in up.leftovers.processes()} < shims
    # And the agent is its master again.
    assert exit_code(tasks.stop(staying)) == 0


def test_log_lines_are_neither_lost_nor_doubled(up):
    last = 6000
    tasks = Tasks(up)
    arn = tasks.start(container(COUNTING.format(last=last, pause="[ $((i % 50)) = 0 ] && sleep 0.05", end="exit 0")))
    tasks.running(arn)
    for killed_at in (500, 2000, 3500):
        until(lambda: len(tasks.lines(arn)) >= killed_at, 60, f"{killed_at} lines")
        up.kill()
        tasks = restarted(up)
    assert exit_code(tasks.stopped(arn, 60)) == 0
    until(lambda: len(tasks.lines(arn)) >= last, 20, "the last line")
    assert tasks.lines(arn) == [f"line {n}" for n in range(1, last + 1)]


def test_what_was_acknowledged_is_there_after_kill_9(up):
    tasks = Tasks(up)
    definition = tasks.define(container(IDLE))
    arns = [tasks.run(definition) for _ in range(8)]
    # Killed in the middle of the starts.
    up.kill()
    tasks = restarted(up)
    starts = {arn: tasks.running(arn)["startedAt"] for arn in arns}
    assert len(up.leftovers.processes()) == len(arns), "one container for each task, and none twice"
    stops = [up.ecs.stop_task(task=arn) for arn in arns[:4]]
    assert len(stops) == 4
    # Killed in the middle of the stops.
    up.kill()
    tasks = restarted(up)
    for arn in arns[:4]:
        assert tasks.stopped(arn, 60)["stopCode"] == "UserInitiated"
    for arn in arns[4:]:
        task = tasks.describe(arn)
        assert (task["lastStatus"], task["startedAt"]) == ("RUNNING", starts[arn])


def test_ports_and_addresses_survive(up):
    tasks = Tasks(up)
    subnet = {"networkConfiguration": {"awsvpcConfiguration": {"subnets": up.subnets()[:1]}}}
    web = tasks.start(serve(8080, portMappings=[{"containerPort": 8080}]))
    inside = tasks.start(serve(8080), networkMode="awsvpc", run=subnet)
    port = one(tasks.running(web))["networkBindings"][0]["hostPort"]
    address = attachment(tasks.running(inside))[1]["privateIPv4Address"]
    assert until(lambda: fetch("127.0.0.1", port), 10, "an answer") == "it works"
    up.kill()
    assert fetch("127.0.0.1", port) == "it works", "published ports need no agent"
    tasks = restarted(up)
    assert fetch("127.0.0.1", port) == "it works"
    other = tasks.start(container(f"wget -q -O - http://{address}:8080/"), networkMode="awsvpc", run=subnet)
    assert tasks.said(tasks.stopped(other)["taskArn"]) == ["it works"]
    assert attachment(tasks.describe(other))[1]["privateIPv4Address"] != address


def test_shared_namespaces_survive(up):
    """The process that keeps them is no child of the agent's: a container that starts after the kill joins the one that ended before it."""
    volume = {"volumes": [{"name": "v", "host": {"sourcePath": str(up.data_dir / "signal")}}]}
    mount = {"mountPoints": [{"sourceVolume": "v", "containerPath": "/v"}]}
    spaces = "readlink /proc/self/ns/pid; readlink /proc/self/ns/ipc"
    tasks = Tasks(up)
    arn = tasks.start(
        container(spaces, "first", essential=False),
        container("echo up; until test -e /v/go; do sleep 0.02; done", "gate", essential=False,
                  dependsOn=[{"containerName": "first", "condition": "SUCCESS"}], **mount),
        container(spaces, dependsOn=[{"containerName": "gate", "condition": "SUCCESS"}]),
        pidMode="task", ipcMode="task", **volume,
    )
    until(lambda: tasks.lines(arn, "gate"), 20, "the second container")
    up.kill()
    assert any("longshore-pause" in line for line in up.leftovers.processes())
    (up.data_dir / "signal" / "go").touch()
    tasks = restarted(up)
    assert exit_code(tasks.stopped(arn)) == 0
    assert tasks.said(arn) == tasks.said(arn, "first")
    up.leftovers.wait_for_none()


def test_down_may_leave_the_tasks(up):
    tasks = Tasks(up)
    arn = tasks.start(container(IDLE))
    tasks.running(arn)
    up.run_down("--keep-tasks")
    assert len(up.leftovers.processes()) == 1
    up.start()
    tasks = Tasks(up)
    assert tasks.running(arn)["containers"][0]["lastStatus"] == "RUNNING"
    tasks.stop(arn)


def test_down_ends_everything_of_a_killed_one(up):
    tasks = Tasks(up)
    tasks.running(tasks.start(container(IDLE)))
    tasks.running(tasks.start(container(IDLE), pidMode="task", ipcMode="task"))
    up.leftovers.note_links()
    up.kill()
    assert len(up.leftovers.processes()) == 3
    said = up.run("down")
    assert said.returncode == 0
    assert up.leftovers.all() == []
