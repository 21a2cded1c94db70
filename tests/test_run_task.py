"""RunTask, StopTask, DescribeTasks and ListTasks: what they take, refuse, repeat and find."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, REGION
from tasks import IDLE, container, exit_code, unique

SLEEP = container(IDLE, logConfiguration=None)


@pytest.fixture(scope="module")
def sleeper(tasks) -> str:
    return tasks.define(SLEEP, family="sleeper")


@pytest.fixture(scope="module")
def quick(tasks) -> str:
    return tasks.define(container("true", logConfiguration=None), family="quick")


def refusal(call, **parameters) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def test_what_run_task_answers(tasks, ecs, sleeper, longshore):
    tags = [{"key": "a", "value": "1"}]
    answer = ecs.run_task(taskDefinition="sleeper", count=2, startedBy="somebody", group="pair", tags=tags, enableECSManagedTags=True, referenceId="ref")
    assert answer["failures"] == [] and len(answer["tasks"]) == 2
    for task in answer["tasks"]:
        assert task["taskArn"].startswith(f"arn:aws:ecs:{REGION}:{ACCOUNT}:task/default/")
        assert len(task["taskArn"].rsplit("/", 1)[1]) == 32
        assert task["taskDefinitionArn"] == sleeper
        assert (task["lastStatus"], task["desiredStatus"], task["launchType"]) == ("PENDING", "RUNNING", "EC2")
        assert (task["startedBy"], task["group"]) == ("somebody", "pair")
        assert task["containerInstanceArn"] == longshore.instance()["containerInstanceArn"]
        assert task["overrides"]["containerOverrides"] == [{"name": "main"}]
        tasks.running(task["taskArn"])
    arns = [t["taskArn"] for t in answer["tasks"]]
    with_tags = ecs.describe_tasks(tasks=arns, include=["TAGS"])["tasks"]
    assert all({"key": "a", "value": "1"} in t["tags"] and {"key": "aws:ecs:clusterName", "value": "default"} in t["tags"] for t in with_tags)
    assert all(t.get("tags", []) == [] for t in ecs.describe_tasks(tasks=arns)["tasks"])
    assert ecs.list_tags_for_resource(resourceArn=arns[0])["tags"] == with_tags[0]["tags"]
    [cluster] = ecs.describe_clusters(clusters=["default"])["clusters"]
    assert cluster["runningTasksCount"] >= 2
    for arn in arns:
        tasks.stop(arn)


def test_tags_of_the_task_definition(tasks, ecs):
    definition = tasks.define(SLEEP, tags=[{"key": "from", "value": "definition"}])
    arn = tasks.run(definition, propagateTags="TASK_DEFINITION")
    assert ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "from", "value": "definition"}]
    tasks.stop(arn)


def test_a_client_token_runs_a_task_once(tasks, ecs, sleeper):
    token = unique("token")
    first = ecs.run_task(taskDefinition=sleeper, clientToken=token)["tasks"]
    again = ecs.run_task(taskDefinition=sleeper, clientToken=token)["tasks"]
    assert [t["taskArn"] for t in first] == [t["taskArn"] for t in again]
    assert refusal(ecs.run_task, taskDefinition=sleeper, clientToken=token, count=2)[0] == "ConflictException"
    other = ecs.run_task(taskDefinition=sleeper, clientToken=unique("token"))["tasks"]
    assert other[0]["taskArn"] != first[0]["taskArn"]
    for task in [*first, *other]:
        tasks.stop(task["taskArn"])


def test_tasks_are_listed_by_everything(tasks, ecs, sleeper, longshore):
    family = unique("listed")
    definition = tasks.define(SLEEP, family=family)
    arns = sorted(tasks.run(definition, startedBy="lister", group="listed") for _ in range(3))
    other = tasks.run(sleeper)

    def listed(**by) -> list[str]:
        return sorted(ecs.list_tasks(**by)["taskArns"])

    assert listed(family=family) == arns
    assert listed(startedBy="lister") == arns
    assert set(listed(containerInstance=longshore.instance()["containerInstanceArn"])) == {*arns, other}
    assert set(listed(launchType="EC2")) == {*arns, other}
    assert listed(launchType="FARGATE") == []
    assert listed(family="absent") == []
    assert refusal(ecs.list_tasks, serviceName="absent") == ("ServiceNotFoundException", "Service not found.")
    first = ecs.list_tasks(family=family, maxResults=2)
    rest = ecs.list_tasks(family=family, maxResults=2, nextToken=first["nextToken"])
    assert sorted(first["taskArns"] + rest["taskArns"]) == arns and "nextToken" not in rest
    for arn in [*arns, other]:
        tasks.stop(arn)
    assert listed(family=family, desiredStatus="STOPPED") == arns
    assert listed(family=family) == []


def test_tasks_that_are_missing(ecs, tasks, quick):
    absent = "0" * 32
    known = tasks.stopped(tasks.run(quick))["taskArn"]
    answer = ecs.describe_tasks(tasks=[absent, known, "nonsense"])
    assert [t["taskArn"] for t in answer["tasks"]] == [known]
    assert [f["reason"] for f in answer["failures"]] == ["MISSING", "MISSING"]
    assert answer["failures"][0]["arn"].endswith(f"task/default/{absent}")
    assert refusal(ecs.stop_task, task=absent) == ("InvalidParameterException", "The referenced task was not found.")
    assert refusal(ecs.describe_tasks, tasks=[]) == ("InvalidParameterException", "Tasks cannot be empty.")
    assert refusal(ecs.describe_tasks, tasks=[absent] * 101)[0] == "InvalidParameterException"


def test_what_run_task_refuses(tasks, ecs, longshore, sleeper):
    unchecked = longshore.unchecked
    invalid = "InvalidParameterException"
    run = {"taskDefinition": sleeper}
    cases = [
        ({**run, "count": 0}, invalid, "Count must be between 1 and 10."),
        ({**run, "count": 11}, invalid, "Count must be between 1 and 10."),
        ({"taskDefinition": "absent"}, "ClientException", "TaskDefinition not found."),
        ({"taskDefinition": "sleeper:999"}, "ClientException", "TaskDefinition not found."),
        ({**run, "group": "service:mine"}, invalid, "Invalid namespace for group."),
        ({**run, "startedBy": "x" * 129}, invalid, "startedBy longer than 128."),
        ({**run, "overrides": {"containerOverrides": [{"name": "nobody"}]}}, invalid, "Override for container named nobody is not a container in the TaskDefinition."),
        ({**run, "overrides": {"containerOverrides": [{"name": "main", "command": ["x" * 9000]}]}}, invalid, "Overrides length must be at most 8192."),
        ({**run, "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1"]}}}, invalid,
         "Network Configuration is not valid for the given networkMode of this task definition."),
        ({**run, "platformVersion": "1.4.0"}, invalid, "The platform version must be null when specifying an EC2 launch type."),
        ({**run, "placementStrategy": [{"type": "spread", "field": "moon"}]}, invalid, None),
        ({**run, "placementConstraints": [{"type": "memberOf", "expression": "attribute:"}]}, invalid, None),
        ({**run, "tags": [{"key": "aws:x", "value": "y"}]}, invalid, None),
        ({**run, "propagateTags": "SERVICE"}, invalid, None),
        ({**run, "launchType": "MOON"}, invalid, None),
        ({**run, "cluster": "absent"}, "ClusterNotFoundException", "Cluster not found."),
    ]
    for given, code, message in cases:
        said = refusal(unchecked.run_task, **given)
        assert said[0] == code and (message is None or said[1] == message), (given, said)
    inactive = tasks.define(SLEEP)
    ecs.deregister_task_definition(taskDefinition=inactive)
    assert refusal(ecs.run_task, taskDefinition=inactive) == ("ClientException", "TaskDefinition is inactive")
    empty = unique("empty")
    ecs.create_cluster(clusterName=empty)
    assert refusal(ecs.run_task, cluster=empty, taskDefinition=sleeper) == (invalid, "No Container Instances were found in your cluster.")


def test_a_cluster_with_tasks_is_not_deleted(tasks, ecs, sleeper):
    arn = tasks.run(sleeper)
    assert refusal(ecs.delete_cluster, cluster="default")[0] == "ClusterContainsContainerInstancesException"
    tasks.stop(arn, reason="done")


def test_a_hundred_tasks(tasks, ecs, quick, longshore):
    """More than a page, all at once: every one ends well, and nothing of them is left."""
    arns = [t["taskArn"] for _ in range(10) for t in ecs.run_task(taskDefinition=quick, count=10)["tasks"]]
    assert len(set(arns)) == 100
    for arn in arns:
        assert exit_code(tasks.stopped(arn, 120)) == 0
    longshore.leftovers.wait_for_none()
