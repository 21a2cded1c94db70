"""Tasks that come and go leave nothing: processes, mounts, namespaces, links, routes, elements of the packet filter, addresses.

`LONGSHORE_CHURN=2000 pytest tests/test_churn.py` for a long run.
"""

from __future__ import annotations

import os
import re
import time

import pytest

from longshore import IMAGE, Longshore
from tasks import IDLE, Tasks, container, exit_code
from waiting import until

TASKS = int(os.environ.get("LONGSHORE_CHURN", "200"))
# As many as RunTask starts at once, and a few of them at the same time.
AT_ONCE = 10
IN_FLIGHT = 40


@pytest.fixture
def up(fresh) -> Longshore:
    made = fresh(arguments=["--cpu", "65536", "--memory", "65536"]).start()
    made.run("image", "demo", "--name", IMAGE)
    return made


def in_subnet(up: Longshore) -> dict:
    return {"networkConfiguration": {"awsvpcConfiguration": {"subnets": up.subnets()[:1]}}}


def interfaces(up: Longshore) -> list[str]:
    return [i["NetworkInterfaceId"] for i in up.client("ec2").describe_network_interfaces()["NetworkInterfaces"]]


def free_addresses(up: Longshore) -> int:
    [subnet] = up.client("ec2").describe_subnets(SubnetIds=up.subnets()[:1])["Subnets"]
    return subnet["AvailableIpAddressCount"]


def kinds(found: list[str]) -> set[str]:
    """What sorts of things are counted, without the names."""
    bare = [re.sub(r"^vpc-[^ ]+: ", "", thing) for thing in found]
    return {"nft element" if thing.startswith("nft element") else thing.split()[0] for thing in bare}


def test_awsvpc_tasks_that_come_and_go_leave_nothing(up):
    tasks = Tasks(up)
    before = free_addresses(up)
    # What is counted is there while a task runs: a count that sees nothing would always be content.
    seen = tasks.start(container(IDLE), networkMode="awsvpc", run=in_subnet(up))
    published = tasks.start(container(IDLE, portMappings=[{"containerPort": 80}]))
    tasks.running(seen)
    tasks.running(published)
    counted = kinds(up.leftovers.of_tasks())
    assert {"process", "mount", "cgroup", "namespace", "link", "route", "nft element"} <= counted, counted
    assert len(interfaces(up)) == 1 and free_addresses(up) == before - 1
    tasks.stop(seen)
    tasks.stop(published)

    definition = tasks.define(container("true", logConfiguration=None), networkMode="awsvpc", cpu="128", memory="64")
    begun, started, ended = time.monotonic(), 0, 0
    live: set[str] = set()
    while ended < TASKS:
        while started < TASKS and len(live) + AT_ONCE <= IN_FLIGHT:
            answer = up.ecs.run_task(taskDefinition=definition, count=min(AT_ONCE, TASKS - started), **in_subnet(up))
            assert answer["failures"] == [], answer["failures"]
            live |= {task["taskArn"] for task in answer["tasks"]}
            started += len(answer["tasks"])

        def some_stopped() -> list[dict]:
            described = up.ecs.describe_tasks(tasks=sorted(live))["tasks"]
            return [task for task in described if task["lastStatus"] == "STOPPED"]

        for task in until(some_stopped, 120, "a task to stop", every=0.2):
            assert exit_code(task) == 0, (task.get("stoppedReason"), task["containers"])
            live.discard(task["taskArn"])
            ended += 1
    print(f"{TASKS} awsvpc tasks in {time.monotonic() - begun:.0f} s")
    up.leftovers.wait_for_none(60)
    assert interfaces(up) == []
    assert free_addresses(up) == before


def test_what_a_killed_agent_left_in_the_middle_is_taken_away(up):
    tasks = Tasks(up)
    before = free_addresses(up)
    definition = tasks.define(container("sleep 0.3", logConfiguration=None), networkMode="awsvpc", cpu="128", memory="64")
    arns = []
    for _ in range(3):
        # Killed while tasks are being made, run and end; nobody waits for a state.
        arns += [t["taskArn"] for t in up.ecs.run_task(taskDefinition=definition, count=AT_ONCE, **in_subnet(up))["tasks"]]
        until(lambda: any(t["lastStatus"] != "PROVISIONING" for t in up.ecs.describe_tasks(tasks=arns)["tasks"]), 30, "a task to begin")
        up.kill()
        up.start()
    for arn in arns:
        tasks.stopped(arn, 90)
    up.leftovers.wait_for_none(60)
    assert interfaces(up) == []
    assert free_addresses(up) == before
