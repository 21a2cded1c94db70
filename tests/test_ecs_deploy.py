"""ecs-deploy (from PyPI, unchanged) deploys a new image to a service, and takes back one that does not start."""

from __future__ import annotations

import os
import subprocess

import pytest

from longshore import AWS, IMAGE, REGION, Longshore
from services import Services
from tasks import IDLE, container, unique
from waiting import until

ECS = AWS.with_name("ecs")


def ecs_deploy(longshore: Longshore, *arguments: str) -> subprocess.CompletedProcess:
    """The program with the environment that `longshore env` prints, and nothing else of AWS."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
    environment = {**kept, **longshore.environment, "AWS_DEFAULT_REGION": REGION, "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
    return subprocess.run([ECS, *arguments], capture_output=True, text=True, timeout=180, env=environment)


@pytest.fixture(scope="module")
def services(longshore) -> Services:
    return Services(longshore)


def images(services: Services, name: str) -> set[str]:
    """What the containers of the service's tasks run."""
    return {c["image"] for t in services.running(name) if t["lastStatus"] == "RUNNING" for c in t["containers"]}


def test_a_new_image_is_deployed(longshore, services):
    longshore.run("image", "demo", "--name", "shop:2")
    before = services.tasks.define(container(IDLE, logConfiguration=None))
    name = services.create(before, serviceName=unique("shop"), desiredCount=2)
    services.stable(name)
    assert images(services, name) == {IMAGE}

    done = ecs_deploy(longshore, "deploy", "default", name, "--image", "main", "shop:2", "--env", "main", "COLOUR", "green", "--timeout", "120", "--sleep-time", "1")
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert "Deployment successful" in done.stdout
    shown = services.stable(name)
    assert shown["taskDefinition"] != before
    assert images(services, name) == {"shop:2"}
    made = longshore.ecs.describe_task_definition(taskDefinition=shown["taskDefinition"])["taskDefinition"]
    assert made["containerDefinitions"][0]["environment"] == [{"name": "COLOUR", "value": "green"}]
    # What it replaced is deregistered.
    old = longshore.ecs.describe_task_definition(taskDefinition=before)["taskDefinition"]
    assert old["status"] == "INACTIVE"

    # The number of tasks is the program's to set too.
    scaled = ecs_deploy(longshore, "scale", "default", name, "1", "--timeout", "120", "--sleep-time", "1")
    assert scaled.returncode == 0, (scaled.stdout, scaled.stderr)
    until(lambda: services.stable(name)["runningCount"] == 1, 30, "one task")
    services.delete(name)


def test_an_image_that_is_not_there_is_taken_back(longshore, services):
    before = services.tasks.define(container(IDLE, logConfiguration=None))
    name = services.create(before, serviceName=unique("shop"), desiredCount=1)
    services.stable(name)
    failed = ecs_deploy(longshore, "deploy", "default", name, "--image", "main", "localhost:1/nothing:1", "--timeout", "15", "--sleep-time", "1", "--rollback")
    assert failed.returncode != 0, failed.stdout
    assert images(services, name) == {IMAGE}, "what ran goes on"
    until(lambda: services.describe(name)["taskDefinition"] == before, 30, "the service to be back")
    services.stable(name)
    services.delete(name)
