"""Task definitions: their life, their lists, and the words in which wrong ones are refused (goldens/)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, REGION
from tasks import unique

GOLDENS = Path(__file__).parent / "goldens"
ARN = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition"


@pytest.fixture(scope="module")
def ecs(control):
    return control.ecs


def plain(**more) -> dict:
    return {"name": "main", "image": "image", "memory": 64, **more}


def test_a_task_definition_lives(ecs):
    family = unique("life")
    first = ecs.register_task_definition(family=family, containerDefinitions=[plain()], tags=[{"key": "a", "value": "1"}])
    assert first["tags"] == [{"key": "a", "value": "1"}]
    made = first["taskDefinition"]
    assert (made["taskDefinitionArn"], made["revision"], made["status"]) == (f"{ARN}/{family}:1", 1, "ACTIVE")
    assert made["compatibilities"] == ["EXTERNAL", "EC2"]
    assert made["containerDefinitions"][0]["essential"] is True
    assert {"registeredAt", "registeredBy"} <= set(made)
    second = ecs.register_task_definition(family=family, containerDefinitions=[plain(cpu=10)])["taskDefinition"]
    assert second["revision"] == 2
    for named, revision in [(family, 2), (f"{family}:1", 1), (f"{ARN}/{family}:2", 2)]:
        assert ecs.describe_task_definition(taskDefinition=named)["taskDefinition"]["revision"] == revision
    assert ecs.describe_task_definition(taskDefinition=f"{family}:1", include=["TAGS"])["tags"] == [{"key": "a", "value": "1"}]
    gone = ecs.deregister_task_definition(taskDefinition=f"{family}:2")["taskDefinition"]
    assert gone["status"] == "INACTIVE" and "deregisteredAt" in gone
    assert ecs.describe_task_definition(taskDefinition=family)["taskDefinition"]["revision"] == 1
    assert ecs.list_task_definitions(familyPrefix=family)["taskDefinitionArns"] == [f"{ARN}/{family}:1"]
    assert ecs.list_task_definitions(familyPrefix=family, status="INACTIVE")["taskDefinitionArns"] == [f"{ARN}/{family}:2"]
    answer = ecs.delete_task_definitions(taskDefinitions=[f"{family}:1", f"{family}:2", f"{family}:9"])
    assert [d["status"] for d in answer["taskDefinitions"]] == ["DELETE_IN_PROGRESS"]
    assert sorted(f["reason"] for f in answer["failures"]) == ["TASK_DEFINITION_ACTIVE", "TASK_DEFINITION_NOT_FOUND"]
    # A revision's number is never given again.
    assert ecs.register_task_definition(family=family, containerDefinitions=[plain()])["taskDefinition"]["revision"] == 3


def test_everything_given_is_given_back(ecs):
    given = json.loads((GOLDENS / "every-parameter.json").read_text())
    made = ecs.register_task_definition(family=unique("every"), **given)["taskDefinition"]
    for key, value in given.items():
        if key == "containerDefinitions":
            for mine, theirs in zip(value, made[key], strict=True):
                missing = {k: (v, theirs.get(k)) for k, v in mine.items() if not contains(theirs.get(k), v)}
                assert missing == {}
        else:
            assert contains(made[key], value), (key, value, made[key])


def contains(theirs, mine) -> bool:
    """Whether all of mine is there; defaults may have joined it."""
    if isinstance(mine, dict):
        return isinstance(theirs, dict) and all(contains(theirs.get(k), v) for k, v in mine.items())
    if isinstance(mine, list):
        return isinstance(theirs, list) and len(theirs) == len(mine) and all(map(contains, theirs, mine))
    return theirs == mine


def test_families_and_revisions_are_listed_sorted_and_paged(ecs):
    prefix = unique("list")
    families = [f"{prefix}-{letter}" for letter in "abc"]
    for family in families:
        for _ in range(3):
            ecs.register_task_definition(family=family, containerDefinitions=[plain()])
    ecs.deregister_task_definition(taskDefinition=f"{families[2]}:1")
    for revision in (1, 2, 3):
        if revision != 1:
            ecs.deregister_task_definition(taskDefinition=f"{families[2]}:{revision}")
    assert ecs.list_task_definition_families(familyPrefix=prefix, status="ACTIVE")["families"] == families[:2]
    assert ecs.list_task_definition_families(familyPrefix=prefix, status="INACTIVE")["families"] == families[2:]
    assert ecs.list_task_definition_families(familyPrefix=prefix, status="ALL")["families"] == families
    expected = [f"{ARN}/{families[0]}:{n}" for n in (1, 2, 3)]
    assert ecs.list_task_definitions(familyPrefix=families[0])["taskDefinitionArns"] == expected
    assert ecs.list_task_definitions(familyPrefix=families[0], sort="DESC")["taskDefinitionArns"] == expected[::-1]
    page = ecs.list_task_definitions(familyPrefix=families[0], maxResults=2)
    rest = ecs.list_task_definitions(familyPrefix=families[0], maxResults=2, nextToken=page["nextToken"])
    assert page["taskDefinitionArns"] + rest["taskDefinitionArns"] == expected and "nextToken" not in rest


def test_task_definitions_that_are_missing(ecs):
    for call, code in [(ecs.describe_task_definition, "ClientException"), (ecs.deregister_task_definition, "ClientException")]:
        with pytest.raises(ClientError) as caught:
            call(taskDefinition="absent:1")
        assert caught.value.response["Error"]["Code"] == code
    with pytest.raises(ecs.exceptions.ClientException, match="TaskDefinition not found"):
        ecs.run_task(taskDefinition="absent")


FARGATE = {"networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512"}
WRONG: dict[str, dict] = {
    "no family": {"family": ""},
    "family with a space": {"family": "a b"},
    "long family": {"family": "x" * 256},
    "no containers": {"containerDefinitions": []},
    "eleven containers": {"containerDefinitions": [plain(name=f"c{n}") for n in range(11)]},
    "same name twice": {"containerDefinitions": [plain(), plain()]},
    "no name": {"containerDefinitions": [{"image": "i", "memory": 8}]},
    "no image": {"containerDefinitions": [{"name": "c", "memory": 8}]},
    "no memory": {"containerDefinitions": [{"name": "c", "image": "i"}]},
    "little memory": {"containerDefinitions": [plain(memory=1)]},
    "reservation above memory": {"containerDefinitions": [plain(memory=64, memoryReservation=128)]},
    "nothing essential": {"containerDefinitions": [plain(essential=False)]},
    "containers above the task's memory": {"memory": "32", "cpu": "256", "containerDefinitions": [plain(memory=64)]},
    "port out of range": {"containerDefinitions": [plain(portMappings=[{"containerPort": 70000}])]},
    "host port twice": {"containerDefinitions": [plain(portMappings=[{"containerPort": 80, "hostPort": 80}, {"containerPort": 81, "hostPort": 80}])]},
    "other host port in awsvpc": {"networkMode": "awsvpc", "containerDefinitions": [plain(portMappings=[{"containerPort": 80, "hostPort": 81}])]},
    "links in host mode": {"networkMode": "host", "containerDefinitions": [plain(), plain(name="b", links=["main"])]},
    "link to nobody": {"containerDefinitions": [plain(links=["nobody"])]},
    "dependency on nobody": {"containerDefinitions": [plain(dependsOn=[{"containerName": "nobody", "condition": "START"}])]},
    "dependency on itself": {"containerDefinitions": [plain(dependsOn=[{"containerName": "main", "condition": "START"}])]},
    "circle of dependencies": {"containerDefinitions": [
        plain(name="a", dependsOn=[{"containerName": "b", "condition": "START"}]), plain(name="b", dependsOn=[{"containerName": "a", "condition": "START"}])]},
    "healthy without a check": {"containerDefinitions": [plain(), plain(name="b", dependsOn=[{"containerName": "main", "condition": "HEALTHY"}])]},
    "success of an essential one": {"containerDefinitions": [plain(), plain(name="b", dependsOn=[{"containerName": "main", "condition": "SUCCESS"}])]},
    "unknown volume": {"containerDefinitions": [plain(mountPoints=[{"sourceVolume": "v", "containerPath": "/v"}])]},
    "volumes from nobody": {"containerDefinitions": [plain(volumesFrom=[{"sourceContainer": "nobody"}])]},
    "volume twice": {"volumes": [{"name": "v"}, {"name": "v"}]},
    "health check without a command": {"containerDefinitions": [plain(healthCheck={"command": []})]},
    "health check too often": {"containerDefinitions": [plain(healthCheck={"command": ["CMD", "true"], "interval": 1})]},
    "long stop timeout on Fargate": {**FARGATE, "containerDefinitions": [plain(stopTimeout=121)]},
    "fargate in bridge mode": {**FARGATE, "networkMode": "bridge"},
    "fargate without a size": {"networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"]},
    "fargate of an odd size": {**FARGATE, "memory": "4096"},
    "fargate privileged": {**FARGATE, "containerDefinitions": [plain(privileged=True)]},
    "fargate awslogs without a role": {**FARGATE, "containerDefinitions": [plain(logConfiguration={"logDriver": "awslogs", "options": {
        "awslogs-group": "g", "awslogs-region": "us-east-1", "awslogs-stream-prefix": "p"}})]},
    "secret without a role": {"containerDefinitions": [plain(secrets=[{"name": "S", "valueFrom": "arn:aws:ssm:us-east-1:000000000000:parameter/p"}])]},
    "ulimit soft above hard": {"containerDefinitions": [plain(ulimits=[{"name": "nofile", "softLimit": 2, "hardLimit": 1}])]},
    "restart period too short": {"containerDefinitions": [plain(restartPolicy={"enabled": True, "restartAttemptPeriod": 10})]},
    "placement expression": {"placementConstraints": [{"type": "memberOf", "expression": "attribute:"}]},
    "too many placement constraints": {"placementConstraints": [{"type": "memberOf", "expression": "attribute:a exists"}] * 11},
    "tag of aws": {"tags": [{"key": "aws:x", "value": "y"}]},
    "ephemeral storage on EC2": {"requiresCompatibilities": ["EC2"], "ephemeralStorage": {"sizeInGiB": 30}},
    "unknown network mode": {"networkMode": "carrier-pigeon"},
    "unknown compatibility": {"requiresCompatibilities": ["MOON"]},
    "unknown log driver": {"containerDefinitions": [plain(logConfiguration={"logDriver": "papyrus"})]},
}


def test_the_words_of_every_refusal(control):
    """The code and message for each wrong definition, as they stand in goldens/. UPDATE_GOLDENS=1 writes them anew: read the difference."""
    unchecked = control.unchecked
    said = []
    for what, changed in WRONG.items():
        given = {"family": unique("wrong"), "containerDefinitions": [plain()], **changed}
        try:
            unchecked.register_task_definition(**given)
            said.append(f"{what}: ACCEPTED")
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 400, what
            said.append(f"{what}: {error.response['Error']['Code']}: {error.response['Error']['Message']}")
    golden = GOLDENS / "task-definition-refusals.txt"
    text = "\n".join(said) + "\n"
    if os.environ.get("UPDATE_GOLDENS"):
        golden.write_text(text)
    assert text.splitlines() == golden.read_text().splitlines()
    assert "ACCEPTED" not in text
