"""Tasks of the FARGATE launch type, on the pool that `longshore up` stands for."""

from __future__ import annotations

import pytest

from longshore import ACCOUNT
from roles import TASKS, role
from tasks import IDLE, awslogs, container, exit_code, one, unique
from waiting import until

ROLE = f"arn:aws:iam::{ACCOUNT}:role/execution"


@pytest.fixture(scope="module", autouse=True)
def execution_role(longshore) -> None:
    role(longshore, TASKS, name="execution", allows="logs:*")


@pytest.fixture(scope="module")
def network(longshore) -> dict:
    return {"awsvpcConfiguration": {"subnets": longshore.subnets(), "assignPublicIp": "DISABLED"}}


def fargate(**more) -> dict:
    return {"networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512", "executionRoleArn": ROLE, **more}


def test_a_fargate_task_runs(tasks, network):
    task = tasks.finish(container("echo on fargate; exit 3", memory=None), run={"launchType": "FARGATE", "networkConfiguration": network}, **fargate())
    assert exit_code(task) == 3
    assert task["launchType"] == "FARGATE"
    assert task["platformVersion"] == "1.4.0"
    assert task["platformFamily"] == "Linux"
    assert (task["cpu"], task["memory"]) == ("256", "512")
    assert task["ephemeralStorage"] == {"sizeInGiB": 20}
    assert "containerInstanceArn" not in task
    assert task["attachments"][0]["type"] == "ElasticNetworkInterface"
    assert tasks.said(task["taskArn"]) == ["on fargate"]


def test_the_pool_is_nobodys_instance(ecs, longshore, tasks, network):
    arn = tasks.start(container(IDLE, memory=None), run={"launchType": "FARGATE", "networkConfiguration": network}, **fargate())
    tasks.running(arn)
    counts = ecs.describe_clusters(clusters=["default"], include=["STATISTICS"])["clusters"][0]
    assert {"name": "runningFargateTasksCount", "value": "1"} in counts["statistics"]
    assert longshore.instance()["runningTasksCount"] == 0
    assert ecs.list_tasks(launchType="FARGATE")["taskArns"] == [arn]
    assert ecs.list_tasks(launchType="EC2")["taskArns"] == []
    assert ecs.list_tasks(containerInstance=longshore.instance()["containerInstanceArn"])["taskArns"] == []
    tasks.stop(arn)


def test_capacity_providers(tasks, network):
    strategy = {"capacityProviderStrategy": [{"capacityProvider": "FARGATE", "weight": 1}], "networkConfiguration": network}
    task = tasks.finish(container("true", memory=None), run=strategy, **fargate())
    assert (task["launchType"], task["capacityProviderName"]) == ("FARGATE", "FARGATE")


def test_the_size_may_be_overridden_by_another_of_the_table(tasks, ecs, network):
    definition = tasks.define(container("true", memory=None), **fargate())
    run = {"launchType": "FARGATE", "networkConfiguration": network}
    task = tasks.stopped(tasks.run(definition, overrides={"cpu": "512", "memory": "1024"}, **run))
    assert (task["cpu"], task["memory"]) == ("512", "1024")
    with pytest.raises(ecs.exceptions.ClientException, match="No Fargate configuration exists for given values"):
        ecs.run_task(taskDefinition=definition, overrides={"cpu": "512", "memory": "512"}, **run)


def test_what_fargate_refuses_at_run_task(tasks, ecs, network):
    invalid = ecs.exceptions.InvalidParameterException
    definition = tasks.define(container("true", memory=None), **fargate())
    with pytest.raises(invalid, match="Network Configuration must be provided when networkMode 'awsvpc' is specified"):
        ecs.run_task(taskDefinition=definition, launchType="FARGATE")
    with pytest.raises(ecs.exceptions.PlatformUnknownException):
        ecs.run_task(taskDefinition=definition, launchType="FARGATE", networkConfiguration=network, platformVersion="9.9.9")
    with pytest.raises(invalid, match="launch_type FARGATE|launch type"):
        ecs.run_task(taskDefinition=tasks.define(container("true")), launchType="FARGATE", networkConfiguration=network)
    with pytest.raises(invalid, match="not supported with FARGATE launch type"):
        ecs.run_task(taskDefinition=definition, launchType="FARGATE", networkConfiguration=network,
                     placementStrategy=[{"type": "random"}])
    with pytest.raises(invalid, match="both a launch type and capacity provider strategy"):
        ecs.run_task(taskDefinition=definition, launchType="FARGATE", networkConfiguration=network,
                     capacityProviderStrategy=[{"capacityProvider": "FARGATE"}])


def test_the_size_of_the_task_is_a_limit(tasks, network):
    task = tasks.finish(container("x=a; while true; do x=$x$x$x$x; done", memory=None),
                        run={"launchType": "FARGATE", "networkConfiguration": network}, **fargate())
    assert exit_code(task) == 137
    assert one(task)["reason"] == "OutOfMemoryError: Container killed due to memory usage"


def test_containers_share_the_loopback_and_the_log_has_its_stream(tasks, logs, network):
    group = unique("/fargate")
    logs.create_log_group(logGroupName=group)
    keep = awslogs(group=group, stream_prefix="web", create_group="false")
    arn = tasks.start(
        container("echo hi | nc -l -p 7000 127.0.0.1", "side", memory=None, essential=False, logConfiguration=keep),
        container("i=0; until nc 127.0.0.1 7000 2>/dev/null; do i=$((i+1)); test $i -lt 100 || exit 1; sleep 0.1; done", memory=None, logConfiguration=keep),
        run={"launchType": "FARGATE", "networkConfiguration": network}, **fargate(),
    )
    assert exit_code(tasks.stopped(arn)) == 0
    streams = until(lambda: [s["logStreamName"] for s in logs.describe_log_streams(logGroupName=group)["logStreams"]], 10, "streams")
    assert f"web/main/{arn.split('/')[-1]}" in streams
    assert tasks.lines(arn, group=group, prefix="web") == ["hi"]
