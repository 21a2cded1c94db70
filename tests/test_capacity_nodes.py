"""Capacity that comes and goes: fleets that managed scaling makes larger and smaller, Spot nodes that are reclaimed, nodes that are retired."""

from __future__ import annotations

import os
import signal
import subprocess
from datetime import datetime, timedelta, timezone

import pytest

from leftovers import Leftovers
from longshore import ACCOUNT, IMAGE, PROGRAM
from tasks import IDLE, Tasks, container, exit_code, unique
from waiting import until

FLEET = "web"


@pytest.fixture(scope="module")
def arguments() -> list[str]:
    return ["--cpu", "4096", "--memory", "4096", "--fleet", f"{FLEET}=local,cpu=1024,memory=512,max=3", "--scale-in-after", "1"]


@pytest.fixture
def spot(longshore):
    """Starts nodes of the Spot pool, in the data directory of `up`: they share its images."""
    started: dict[str, subprocess.Popen] = {}

    def start(name: str) -> None:
        command = [PROGRAM, "agent", "--data-dir", longshore.data_dir, "--endpoint", longshore.endpoint, "--name", name, "--pool", "fargate-spot", "--cpu", "1024", "--memory", "1024"]
        with longshore.log.open("ab") as log:
            started[name] = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True,
                                             env={**os.environ, **longshore.environment, "NO_COLOR": "1"})

    yield start
    for process in started.values():
        process.send_signal(signal.SIGTERM)
        process.wait(40)


@pytest.fixture
def fargate(longshore, tasks):
    """Runs a Fargate task on a capacity provider; None where there is no capacity."""
    network = {"awsvpcConfiguration": {"subnets": longshore.subnets()}}

    def define(script: str, stop_timeout: int) -> str:
        return tasks.define(container(script, memory=None, logConfiguration=None, stopTimeout=stop_timeout),
                            networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512")

    ends_at_once = define("trap 'exit 7' TERM; sleep 600 & wait", 30)

    def run(provider: str, definition: str = ends_at_once, **more) -> dict | None:
        ran = longshore.ecs.run_task(taskDefinition=definition, capacityProviderStrategy=[{"capacityProvider": provider}], networkConfiguration=network, **more)
        assert ran["tasks"] or ran["failures"][0]["reason"].startswith("Capacity is unavailable at this time.")
        return next(iter(ran["tasks"]), None)

    run.define = define
    return run


def test_a_fleet_grows_for_waiting_tasks_and_shrinks_after_them(longshore, ecs, tasks):
    cluster, name = unique("fleet"), unique("provider")
    ecs.create_cluster(clusterName=cluster)
    ecs.create_capacity_provider(name=name, autoScalingGroupProvider={
        "autoScalingGroupArn": FLEET, "managedScaling": {"status": "ENABLED", "instanceWarmupPeriod": 0}, "managedTerminationProtection": "ENABLED"})
    ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[name], defaultCapacityProviderStrategy=[{"capacityProvider": name}])
    shown = ecs.describe_clusters(clusters=[cluster], include=["ATTACHMENTS"])["clusters"][0]
    assert [a["type"] for a in shown["attachments"]] == ["as_policy", "managed_draining"]
    definition = tasks.define(container(IDLE, cpu=600))
    ran = ecs.run_task(cluster=cluster, taskDefinition=definition, count=2)
    assert ran["failures"] == [] and [t["lastStatus"] for t in ran["tasks"]] == ["PROVISIONING"] * 2
    arns = [t["taskArn"] for t in ran["tasks"]]
    for arn in arns:
        task = tasks.running(arn, 120)
        assert task["capacityProviderName"] == name
    nodes = longshore.data_dir / "nodes"
    machines = [n for n in nodes.iterdir() if n.name.startswith("i-")]
    assert 2 <= len(machines) <= 3
    instances = ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]
    for instance in ecs.describe_container_instances(cluster=cluster, containerInstances=instances)["containerInstances"]:
        assert instance["capacityProviderName"] == name
    with pytest.raises(ecs.exceptions.ResourceInUseException):
        ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[], defaultCapacityProviderStrategy=[])

    # One task ends: its machine goes, the one that still has a task is protected.
    kept = tasks.describe(arns[1])["containerInstanceArn"]
    tasks.stop(arns[0])
    until(lambda: len([n for n in nodes.iterdir() if n.name.startswith("i-")]) < len(machines), 60, "a machine to go", every=0.3)
    assert tasks.describe(arns[1])["lastStatus"] == "RUNNING"
    assert kept in ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]

    # The provider goes: so do its machines, with everything that they had.
    tasks.stop(arns[1])
    ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[], defaultCapacityProviderStrategy=[])
    until(lambda: not [n for n in nodes.iterdir() if n.name.startswith("i-")], 120, "the machines to go", every=0.3)
    until(lambda: not list((longshore.data_dir / "fleets").iterdir()), 20, "their files to go")
    assert ecs.list_container_instances(cluster=cluster)["containerInstanceArns"] == []
    for machine in machines:
        assert Leftovers(longshore.data_dir, machine.name).all() == []
    ecs.delete_capacity_provider(capacityProvider=name)
    ecs.delete_cluster(cluster=cluster)


def test_a_task_says_why_it_waits(longshore, ecs, tasks):
    """One that no machine of the fleet holds waits for as long as the test looks."""
    cluster, name = unique("waits"), unique("provider")
    ecs.create_cluster(clusterName=cluster)
    ecs.create_capacity_provider(name=name, autoScalingGroupProvider={"autoScalingGroupArn": FLEET, "managedScaling": {"status": "ENABLED", "instanceWarmupPeriod": 0}})
    ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[name], defaultCapacityProviderStrategy=[{"capacityProvider": name}])
    ran = ecs.run_task(cluster=cluster, taskDefinition=tasks.define(container(IDLE, cpu=2048)))
    [task] = ran["tasks"]
    assert (ran["failures"], task["lastStatus"]) == ([], "PROVISIONING")
    said = longshore.run("why", task["taskArn"]).stdout
    assert f"waits for {name}" in said and "instances were asked" in said
    tasks.stop(task["taskArn"])
    ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[], defaultCapacityProviderStrategy=[])
    until(lambda: not ecs.list_container_instances(cluster=cluster)["containerInstanceArns"], 60, "machines that came for it to go", every=0.3)
    ecs.delete_capacity_provider(capacityProvider=name)
    ecs.delete_cluster(cluster=cluster)


def test_a_spot_node_is_reclaimed(longshore, tasks, fargate, spot):
    assert fargate("FARGATE_SPOT") is None, "no node of the Spot pool yet"
    spot("one")
    task = until(lambda: fargate("FARGATE_SPOT"), 60, "room on the Spot node", every=0.5)
    arn = task["taskArn"]
    assert tasks.running(arn, 60)["capacityProviderName"] == "FARGATE_SPOT"
    plain = fargate("FARGATE")
    tasks.running(plain["taskArn"], 60)
    refused = longshore.run("reclaim", "up", check=False)
    assert refused.returncode != 0 and "is not a node of the Spot pool" in refused.stderr
    assert "1 tasks are interrupted" in longshore.run("reclaim", "one").stdout
    ended = tasks.stopped(arn, 60)
    assert (ended["stopCode"], ended["stoppedReason"]) == ("SpotInterruption", "Your Spot Task was interrupted.")
    assert exit_code(ended) == 7, "it heard SIGTERM and ended by itself"
    assert fargate("FARGATE_SPOT") is None, "the node takes no more"
    spot("two")
    elsewhere = until(lambda: fargate("FARGATE_SPOT"), 60, "room on the other Spot node", every=0.5)
    tasks.running(elsewhere["taskArn"], 60)
    tasks.stop(elsewhere["taskArn"], 60)
    assert tasks.describe(plain["taskArn"])["lastStatus"] == "RUNNING", "a task that is not a Spot task is not interrupted"
    tasks.stop(plain["taskArn"], 60)


def test_an_interrupted_task_has_two_minutes(longshore, fargate, spot, tasks):
    """Of which this one uses more than the 30 s that a task has which asks for none; LONGSHORE_SPOT_SECONDS=115 uses nearly all of them."""
    uses = int(os.environ.get("LONGSHORE_SPOT_SECONDS", "33"))
    definition = fargate.define(f"trap 'sleep {uses}; exit 7' TERM; sleep 600 & wait", 120)
    spot("three")
    task = until(lambda: fargate("FARGATE_SPOT", definition), 60, "room on the Spot node", every=0.5)
    tasks.running(task["taskArn"], 60)
    longshore.run("reclaim", "three")
    ended = tasks.stopped(task["taskArn"], uses + 30)
    assert (ended["stopCode"], exit_code(ended)) == ("SpotInterruption", 7), "it ended by itself"
    assert ended["executionStoppedAt"] - ended["stoppingAt"] >= timedelta(seconds=uses)


def test_why_asks_for_an_arn_and_says_who_does_not_wait(longshore, tasks):
    task = tasks.start(container(IDLE))
    tasks.running(task)
    assert "RUNNING; it does not wait for a place" in longshore.run("why", task).stdout
    tasks.stop(task)
    wrong = longshore.run("why", "nothing", check=False)
    assert wrong.returncode != 0 and "is not an ARN of a task or a service" in wrong.stderr
    missing = longshore.run("why", task[:-4] + "0000", check=False)
    assert missing.returncode != 0 and "The referenced task was not found." in missing.stderr


def test_a_node_is_retired_at_its_date(longshore, tasks, fargate):
    """The last test of the file: the node is out of its pool until it registers anew."""
    arn = fargate("FARGATE", platformVersion="1.3.0")["taskArn"]
    other = tasks.start(container(IDLE))
    tasks.running(other)
    assert tasks.running(arn, 60)["platformVersion"] == "1.3.0"
    at = datetime.now(timezone.utc) + timedelta(seconds=6)
    said = longshore.run("retire", "up", "--at", at.strftime("%Y-%m-%dT%H:%M:%SZ")).stdout
    assert "1 will be stopped" in said and arn in said
    assert fargate("FARGATE") is None, "the node takes no more"
    assert tasks.describe(arn)["desiredStatus"] == "RUNNING", "before its date the task runs"
    ended = tasks.stopped(arn, 60)
    assert ended["stoppedReason"] == "ECS is performing maintenance on the underlying infrastructure hosting the task."
    assert ended["stoppingAt"] >= at.replace(microsecond=0)
    assert tasks.describe(other)["lastStatus"] == "RUNNING", "only Fargate tasks are retired"
    tasks.stop(other)
    longshore.stop()
    longshore.start()
    again = until(lambda: fargate("FARGATE"), 30, "the node to be back in its pool", every=0.5)
    tasks.stop(again["taskArn"], 60)


RACK = """#!/bin/sh
# An operator's program: a machine is a node of this one, started and ended by hand.
set -eu
verb=$1 machine=$2
pid=$RACK/$machine.pid
echo "$verb $machine" >> "$RACK/asked"
case $verb in
start)
    if [ -e "$RACK/broken" ]; then exit 0; fi
    if [ -e "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null; then exit 0; fi
    setsid "$RACK_PROGRAM" agent --data-dir "$RACK_DATA" --endpoint "$LONGSHORE_ENDPOINT" --cluster "$LONGSHORE_CLUSTER" \\
        --name "$machine" --fleet "$LONGSHORE_FLEET" --machine "$machine" --provider "$LONGSHORE_PROVIDER" \\
        --cpu "$LONGSHORE_CPU" --memory "$LONGSHORE_MEMORY" </dev/null >"$RACK/$machine.log" 2>&1 &
    echo $! > "$pid"
    ;;
stop)
    if [ -e "$pid" ]; then
        kill "$(cat "$pid")" 2>/dev/null || true
        # It is no child of this shell: it is gone when its number is.
        tries=0
        while kill -0 "$(cat "$pid")" 2>/dev/null; do
            tries=$((tries + 1))
            if [ "$tries" -gt 400 ]; then echo "it does not end" >&2; exit 1; fi
            sleep 0.1
        done
        rm -f "$pid"
    fi
    ;;
esac
"""


@pytest.fixture
def rack(fresh, tmp_path, monkeypatch):
    """`longshore up` with fleets whose machines a program of the operator's makes, and where that writes what it was asked."""
    program = tmp_path / "rack"
    program.write_text(RACK)
    program.chmod(0o755)
    monkeypatch.setenv("RACK", str(tmp_path))
    monkeypatch.setenv("RACK_PROGRAM", str(PROGRAM))
    fleets = [f"{name}=exec:{program},cpu=1024,memory=512,max=2{more}" for name, more in (("rack", ""), ("metal", ",managed"))]
    up = fresh("up", ["--cpu", "512", "--memory", "512", "--scale-in-after", "1", *(word for fleet in fleets for word in ("--fleet", fleet))])
    monkeypatch.setenv("RACK_DATA", str(up.data_dir))
    # The program's nodes take the key from the environment that the operator gives it; that is there after the first start.
    up.start()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, up.environment[name])
    up.stop()
    up.start()
    up.run("image", "demo", "--name", IMAGE)
    return up


def asked(directory) -> list[list[str]]:
    path = directory / "asked"
    return [line.split() for line in path.read_text().splitlines()] if path.exists() else []


@pytest.mark.parametrize("kind", ["auto scaling", "managed instances"])
def test_a_program_of_the_operators_makes_and_ends_machines(rack, tmp_path, kind):
    ecs, tasks = rack.ecs, Tasks(rack)
    cluster, name = unique("rack"), unique("provider")
    ecs.create_cluster(clusterName=cluster)
    if kind == "auto scaling":
        ecs.create_capacity_provider(name=name, autoScalingGroupProvider={
            "autoScalingGroupArn": "rack", "managedScaling": {"status": "ENABLED", "instanceWarmupPeriod": 0}, "managedTerminationProtection": "ENABLED"})
        ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[name], defaultCapacityProviderStrategy=[])
    else:
        ecs.create_capacity_provider(name=name, cluster=cluster, managedInstancesProvider={
            "infrastructureRoleArn": f"arn:aws:iam::{ACCOUNT}:role/infrastructure",
            "infrastructureOptimization": {"scaleInAfter": 1},
            "instanceLaunchTemplate": {"ec2InstanceProfileArn": f"arn:aws:iam::{ACCOUNT}:instance-profile/ecs", "networkConfiguration": {"subnets": rack.subnets()[:1]}}})
    # The program says that it has started a machine, and nothing comes: it is asked again and again for the same one.
    (tmp_path / "broken").touch()
    definition = tasks.define(container(IDLE, cpu=600, logConfiguration=None))
    ran = ecs.run_task(cluster=cluster, taskDefinition=definition, capacityProviderStrategy=[{"capacityProvider": name}])
    assert ran["failures"] == []
    task = ran["tasks"][0]["taskArn"]
    until(lambda: asked(tmp_path), 30, "the program to be asked")
    assert tasks.describe(task)["lastStatus"] == "PROVISIONING"
    first = {machine for _, machine in asked(tmp_path)}
    (tmp_path / "broken").unlink()
    # A change of the cluster makes scaling look again at once; the server's restart does too.
    rack.kill()
    rack.start()
    placed = tasks.running(task, 120)
    assert placed["capacityProviderName"] == name
    started = {machine for verb, machine in asked(tmp_path) if verb == "start"}
    assert first <= started and len(started) <= 2
    arns = ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]
    for instance in ecs.describe_container_instances(cluster=cluster, containerInstances=arns)["containerInstances"]:
        told = {a["name"]: a.get("value") for a in instance["attributes"]}
        assert told["longshore.machine"] in started and instance["capacityProviderName"] == name

    # Nothing waits and nothing runs: the machines end, as the program is told.
    tasks.stop(task, 60)
    if kind == "auto scaling":
        ecs.put_cluster_capacity_providers(cluster=cluster, capacityProviders=[], defaultCapacityProviderStrategy=[])
    else:
        ecs.delete_capacity_provider(capacityProvider=name, cluster=cluster)
    until(lambda: {m for verb, m in asked(tmp_path) if verb == "stop"} == started, 90, f"the machines {started} to end")
    until(lambda: not list(tmp_path.glob("*.pid")), 60, "their processes to be gone")
    until(lambda: not ecs.list_container_instances(cluster=cluster)["containerInstanceArns"], 30, "their instances to go")
