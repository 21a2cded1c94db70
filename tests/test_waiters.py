"""The nine waiters that botocore has for ECS: each ends when it should, and in each of the states that it counts as a failure."""

from __future__ import annotations

import pytest
from botocore.exceptions import WaiterError

from longshore import ACCOUNT, REGION, Longshore
from nodes import Node
from services import SLEEP, Services
from tasks import IDLE, container, unique
from test_daemons import Daemons, make_provider
from waiting import until

HERE = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
# AWS's pauses are of six and fifteen seconds.
QUICK = {"Delay": 1, "MaxAttempts": 90}


@pytest.fixture(scope="module")
def services(longshore) -> Services:
    return Services(longshore)


@pytest.fixture(scope="module")
def managed():
    """A server with one node of a Managed Instances provider, and what is done with daemons there."""
    server = Longshore("server", ["--fleet", "mi=local,cpu=1024,memory=512,max=1,managed"])
    node = None
    try:
        server.start()
        make_provider(server)
        node = Node(server, "a", "--fleet", "mi", "--machine", f"i-{1:017x}", "--provider", "managed")
        node.start()
        yield Daemons(server)
    finally:
        if node:
            node.discard()
        server.stop()
        server.discard()


def wait(ecs, name: str, **parameters) -> None:
    ecs.get_waiter(name).wait(WaiterConfig=QUICK, **parameters)


def fails(ecs, name: str, **parameters) -> str:
    """Why a waiter gives up: it came upon a state from which what it waits for does not come."""
    with pytest.raises(WaiterError) as caught:
        wait(ecs, name, **parameters)
    said = str(caught.value)
    assert "terminal failure state" in said, said
    return said


def test_there_are_nine(longshore):
    assert sorted(longshore.ecs.waiter_names) == [
        "daemon_active", "daemon_deployment_stopped", "daemon_deployment_successful", "daemon_task_definition_active", "daemon_task_definition_deleted",
        "services_inactive", "services_stable", "tasks_running", "tasks_stopped"]


def test_tasks_running_and_stopped(longshore, services):
    ecs, tasks = longshore.ecs, services.tasks
    task = tasks.start(container(IDLE))
    wait(ecs, "tasks_running", tasks=[task])
    assert tasks.describe(task)["lastStatus"] == "RUNNING"
    ecs.stop_task(task=task)
    wait(ecs, "tasks_stopped", tasks=[task])
    assert tasks.describe(task)["lastStatus"] == "STOPPED"
    assert '"STOPPED"' in fails(ecs, "tasks_running", tasks=[task])
    assert '"MISSING"' in fails(ecs, "tasks_running", tasks=[f"{task[:-4]}0000"])


def test_services_stable_and_inactive(longshore, services):
    ecs, name = longshore.ecs, unique("waited")
    services.create(serviceName=name, desiredCount=2)
    wait(ecs, "services_stable", services=[name])
    shown = services.describe(name)
    assert (shown["runningCount"], len(shown["deployments"])) == (2, 1)
    for waiter in ("services_stable", "services_inactive"):
        assert '"MISSING"' in fails(ecs, waiter, services=["nothing"])
    # It drains as long as one of its tasks is protected.
    [protected, _] = [t["taskArn"] for t in services.running(name)]
    assert ecs.update_task_protection(cluster="default", tasks=[protected], protectionEnabled=True)["failures"] == []
    ecs.delete_service(service=name, force=True)
    assert '"DRAINING"' in fails(ecs, "services_stable", services=[name])
    ecs.update_task_protection(cluster="default", tasks=[protected], protectionEnabled=False)
    wait(ecs, "services_inactive", services=[name])
    assert services.describe(name)["status"] == "INACTIVE"
    assert '"INACTIVE"' in fails(ecs, "services_stable", services=[name])


def test_a_service_is_not_stable_while_it_rolls(longshore, services):
    ecs, name = longshore.ecs, unique("rolled")
    services.create(serviceName=name, desiredCount=1)
    wait(ecs, "services_stable", services=[name])
    before = {t["taskArn"] for t in services.running(name)}
    ecs.update_service(service=name, taskDefinition=services.tasks.define(SLEEP))
    wait(ecs, "services_stable", services=[name])
    assert before.isdisjoint(t["taskArn"] for t in services.running(name) if t["lastStatus"] == "RUNNING")
    services.delete(name)


def test_daemons_and_their_deployments(managed):
    ecs = managed.ecs
    definition = managed.define("waited")
    made = managed.create("waited", definition)
    wait(ecs, "daemon_active", daemonArn=made["daemonArn"])
    wait(ecs, "daemon_deployment_successful", daemonDeploymentArns=[made["deploymentArn"]])

    # One that is replaced before it is done has been stopped.
    first = ecs.update_daemon(daemonArn=made["daemonArn"], daemonTaskDefinitionArn=managed.define("waited"), capacityProviderArns=[f"{HERE}:capacity-provider/managed"],
                              deploymentConfiguration={"bakeTimeInMinutes": 10})
    second = ecs.update_daemon(daemonArn=made["daemonArn"], daemonTaskDefinitionArn=managed.define("waited"), capacityProviderArns=[f"{HERE}:capacity-provider/managed"],
                               deploymentConfiguration={"bakeTimeInMinutes": 0})
    wait(ecs, "daemon_deployment_stopped", daemonDeploymentArns=[first["deploymentArn"]])
    assert '"STOPPED"' in fails(ecs, "daemon_deployment_successful", daemonDeploymentArns=[first["deploymentArn"]])
    wait(ecs, "daemon_deployment_successful", daemonDeploymentArns=[second["deploymentArn"]])

    # One whose tasks do not start goes back.
    broken = managed.define("waited", "exit 1", image="localhost:1/nothing:1")
    third = ecs.update_daemon(daemonArn=made["daemonArn"], daemonTaskDefinitionArn=broken, capacityProviderArns=[f"{HERE}:capacity-provider/managed"])
    managed.until(third["deploymentArn"], "ROLLBACK_SUCCESSFUL", 180)
    assert '"ROLLBACK_SUCCESSFUL"' in fails(ecs, "daemon_deployment_successful", daemonDeploymentArns=[third["deploymentArn"]])

    missing = f"{made['deploymentArn'][:-4]}zzzz"
    for waiter in ("daemon_deployment_successful", "daemon_deployment_stopped"):
        assert '"MISSING"' in fails(ecs, waiter, daemonDeploymentArns=[missing])

    # It is deleted: until its tasks have ended it is not active.
    ecs.update_daemon(daemonArn=made["daemonArn"], daemonTaskDefinitionArn=managed.define("waited", "trap 'sleep 5; exit 0' TERM; sleep 600 & wait"),
                      capacityProviderArns=[f"{HERE}:capacity-provider/managed"])
    until(lambda: [t["lastStatus"] for t in managed.running("waited")] == ["RUNNING"] and managed.statuses() == ["ACTIVE"], 60, "the last revision to run")
    ecs.delete_daemon(daemonArn=made["daemonArn"])
    assert '"DELETE_IN_PROGRESS"' in fails(ecs, "daemon_active", daemonArn=made["daemonArn"])


def test_daemon_task_definitions(managed):
    ecs = managed.ecs
    definition = managed.define("kept")
    wait(ecs, "daemon_task_definition_active", daemonTaskDefinition=definition)
    ecs.delete_daemon_task_definition(daemonTaskDefinition=definition)
    assert '"DELETE_IN_PROGRESS"' in fails(ecs, "daemon_task_definition_active", daemonTaskDefinition=definition)
    # What is not used any more is deleted within a minute.
    wait(ecs, "daemon_task_definition_deleted", daemonTaskDefinition=definition)
    assert '"DELETED"' in fails(ecs, "daemon_task_definition_active", daemonTaskDefinition=definition)
