"""Managed daemons on nodes of a Managed Instances provider: one task on each, before anything else; new revisions roll over, broken ones back."""

from __future__ import annotations

import re

import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, IMAGE, REGION, Longshore
from nodes import Node
from services import Services
from tasks import IDLE, container, unique
from waiting import until

HERE = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
PROVIDER = "managed"
PROVIDER_ARN = f"{HERE}:capacity-provider/{PROVIDER}"


def refusal(call, **parameters) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def make_provider(longshore: Longshore, name: str = PROVIDER) -> None:
    longshore.ecs.create_capacity_provider(
        name=name, cluster="default",
        managedInstancesProvider={
            "infrastructureRoleArn": f"arn:aws:iam::{ACCOUNT}:role/infrastructure",
            "instanceLaunchTemplate": {
                "ec2InstanceProfileArn": f"arn:aws:iam::{ACCOUNT}:instance-profile/ecs",
                "networkConfiguration": {"subnets": longshore.subnets()[:1]},
            },
        },
    )


@pytest.fixture(scope="module")
def server():
    made = Longshore("server", ["--fleet", "mi=local,cpu=1024,memory=512,max=1,managed"])
    try:
        made.start()
        make_provider(made)
        yield made
    finally:
        made.stop()
        made.discard()


@pytest.fixture(scope="module")
def nodes(server):
    made = {zone: Node(server, zone, "--fleet", "mi", "--machine", f"i-{ord(zone):017x}", "--provider", PROVIDER) for zone in "abc"}
    try:
        yield made
    finally:
        for node in made.values():
            node.discard()


class Daemons:
    """Daemons of the default cluster."""

    def __init__(self, longshore: Longshore) -> None:
        self.longshore, self.ecs = longshore, longshore.ecs

    def define(self, family: str, script: str = IDLE, image: str = IMAGE) -> str:
        made = {"name": "agent", "image": image, "memory": 32, "cpu": 10, "command": ["sh", "-c", script], "stopTimeout": 2}
        return self.ecs.register_daemon_task_definition(family=family, containerDefinitions=[made])["daemonTaskDefinitionArn"]

    def create(self, name: str, definition: str, **more) -> dict:
        return self.ecs.create_daemon(daemonName=name, daemonTaskDefinitionArn=definition, capacityProviderArns=[PROVIDER_ARN], **more)

    def deployment(self, arn: str) -> dict:
        answer = self.ecs.describe_daemon_deployments(daemonDeploymentArns=[arn])
        assert answer["failures"] == [], answer
        return answer["daemonDeployments"][0]

    def until(self, arn: str, status: str, seconds: float = 90) -> dict:
        seen = {}

        def reached() -> bool:
            nonlocal seen
            seen = self.deployment(arn)
            return seen["status"] == status

        try:
            until(reached, seconds, f"{arn} to be {status}", every=0.2)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{seen}\n{self.longshore.said()[-3000:]}") from None
        return seen

    def tasks(self, name: str) -> list[dict]:
        arns = self.ecs.list_tasks(daemonName=name)["taskArns"]
        return self.ecs.describe_tasks(tasks=arns)["tasks"] if arns else []

    def running(self, name: str) -> list[dict]:
        return [t for t in self.tasks(name) if t["lastStatus"] == "RUNNING"]

    def statuses(self) -> list[str]:
        # One list of every status but INACTIVE: an instance that changes between two lists would stand in both.
        arns = self.ecs.list_container_instances()["containerInstanceArns"]
        return sorted(i["status"] for i in self.ecs.describe_container_instances(containerInstances=arns)["containerInstances"]) if arns else []


@pytest.fixture(scope="module")
def daemons(server) -> Daemons:
    return Daemons(server)


def test_one_task_on_each_node_and_a_node_that_joins_later(daemons, nodes):
    nodes["a"].start()
    nodes["b"].start()
    first = daemons.define("logs")
    made = daemons.create("logs", first, tags=[{"key": "team", "value": "a"}], propagateTags="DAEMON", enableECSManagedTags=True,
                          deploymentConfiguration={"drainPercent": 50.0})
    arn = made["daemonArn"]
    assert (arn, made["status"]) == (f"{HERE}:daemon/default/logs", "ACTIVE")
    assert re.fullmatch(rf"{HERE}:daemon-deployment/default/logs/[0-9A-Za-z]{{21}}", made["deploymentArn"])
    done = daemons.until(made["deploymentArn"], "SUCCESSFUL")
    assert done["targetDaemonRevision"]["totalRunningInstanceCount"] == 2
    assert done["circuitBreaker"]["status"] == "MONITORING_COMPLETE"
    tasks = daemons.running("logs")
    assert len(tasks) == 2 and len({t["containerInstanceArn"] for t in tasks}) == 2
    assert {(t["group"], t["taskDefinitionArn"], t["capacityProviderName"]) for t in tasks} == {("daemon:logs", first, PROVIDER)}
    tags = {t["key"]: t["value"] for t in daemons.ecs.list_tags_for_resource(resourceArn=tasks[0]["taskArn"])["tags"]}
    assert tags == {"team": "a", "aws:ecs:clusterName": "default"}
    assert daemons.statuses() == ["ACTIVE", "ACTIVE"]
    daemons.ecs.get_waiter("daemon_active").wait(daemonArn=arn)
    daemons.ecs.get_waiter("daemon_deployment_successful").wait(daemonDeploymentArns=[made["deploymentArn"]])
    daemons.ecs.get_waiter("daemon_task_definition_active").wait(daemonTaskDefinition=first)

    nodes["c"].start()
    until(lambda: len(daemons.running("logs")) == 3, 60, "the task on the new node")
    until(lambda: daemons.statuses() == ["ACTIVE"] * 3, 30, "the new node to take tasks")
    shown = daemons.ecs.describe_daemon(daemonArn=arn)["daemon"]
    [revision] = shown["currentRevisions"]
    assert (revision["totalRunningCount"], revision["totalWithoutDaemonCount"]) == (3, 0)
    assert revision["capacityProviders"] == [{"arn": PROVIDER_ARN, "runningCount": 3, "withoutDaemonCount": 0}]
    [told] = daemons.ecs.describe_daemon_revisions(daemonRevisionArns=[revision["arn"]])["daemonRevisions"]
    assert (told["daemonTaskDefinitionArn"], told["containerImages"], told["critical"]) == (first, [{"containerName": "agent", "image": IMAGE}], True)
    summary = daemons.ecs.list_daemons(capacityProviderArns=[PROVIDER_ARN])["daemonSummariesList"]
    assert [d["daemonArn"] for d in summary] == [arn]
    assert daemons.ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "team", "value": "a"}]


def test_a_new_revision_rolls_over_and_service_tasks_move_out_of_its_way(daemons, server):
    services = Services(server)
    name = services.create(desiredCount=2, capacityProviderStrategy=[{"capacityProvider": PROVIDER}])
    services.stable(name)
    arn = f"{HERE}:daemon/default/logs"
    before = {t["taskArn"] for t in daemons.running("logs")}
    second = daemons.define("logs")
    updated = daemons.ecs.update_daemon(daemonArn=arn, daemonTaskDefinitionArn=second, capacityProviderArns=[PROVIDER_ARN])
    most = 0

    def rolled() -> bool:
        nonlocal most
        most = max(most, daemons.statuses().count("DRAINING"))
        return daemons.deployment(updated["deploymentArn"])["status"] == "SUCCESSFUL"

    until(rolled, 120, "the roll-over", every=0.1)
    assert most <= 2, "no more than half of the nodes, rounded up, are emptied at a time"
    tasks = daemons.running("logs")
    assert {t["taskDefinitionArn"] for t in tasks} == {second} and len(tasks) == 3
    assert before.isdisjoint({t["taskArn"] for t in tasks})
    assert daemons.statuses() == ["ACTIVE"] * 3
    services.stable(name)
    listed = daemons.ecs.list_daemon_deployments(daemonArn=arn)["daemonDeployments"]
    assert [d["status"] for d in listed] == ["SUCCESSFUL", "SUCCESSFUL"] and listed[0]["daemonDeploymentArn"] == updated["deploymentArn"]
    services.delete(name)


def test_a_broken_revision_is_rolled_back(daemons):
    arn = f"{HERE}:daemon/default/logs"
    good = daemons.running("logs")[0]["taskDefinitionArn"]
    broken = daemons.define("logs", image="127.0.0.1:9/no/such:image")
    updated = daemons.ecs.update_daemon(daemonArn=arn, daemonTaskDefinitionArn=broken, capacityProviderArns=[PROVIDER_ARN])
    rolled = daemons.until(updated["deploymentArn"], "ROLLBACK_SUCCESSFUL", 150)
    assert (rolled["circuitBreaker"]["status"], rolled["circuitBreaker"]["threshold"]) == ("TRIGGERED", 3)
    assert rolled["rollback"]["rollbackCapacityProviders"] == [PROVIDER_ARN]
    assert rolled["rollback"]["rollbackTargetDaemonRevisionArn"] == rolled["sourceDaemonRevisions"][0]["arn"]
    tasks = daemons.running("logs")
    assert {t["taskDefinitionArn"] for t in tasks} == {good} and len(tasks) == 3
    assert daemons.statuses() == ["ACTIVE"] * 3


def test_a_task_that_ends_is_replaced_also_after_a_killed_server(daemons, server):
    task = daemons.running("logs")[0]
    daemons.ecs.stop_task(task=task["taskArn"])
    server.kill()
    server.start()
    daemons.ecs = server.ecs
    until(lambda: task["taskArn"] not in [t["taskArn"] for t in daemons.running("logs")] and len(daemons.running("logs")) == 3, 60, "its replacement")
    until(lambda: daemons.statuses() == ["ACTIVE"] * 3, 60, "its node to take tasks again")


def test_a_deleted_daemon_leaves_no_task(daemons):
    arn = f"{HERE}:daemon/default/logs"
    gone = daemons.ecs.delete_daemon(daemonArn=arn)
    assert gone["status"] == "DELETE_IN_PROGRESS"
    until(lambda: daemons.tasks("logs") == [], 60, "the end of its tasks")
    until(lambda: daemons.ecs.list_daemons()["daemonSummariesList"] == [], 30, "the daemon to be gone")
    assert refusal(daemons.ecs.describe_daemon, daemonArn=arn) == ("DaemonNotFoundException", "Daemon not found.")
    assert daemons.until(gone["deploymentArn"], "SUCCESSFUL")["sourceDaemonRevisions"]
    assert daemons.statuses() == ["ACTIVE"] * 3


def test_refusals(daemons, server):
    ecs, definition = daemons.ecs, daemons.define("refused")
    invalid = "InvalidParameterException"
    given = {"daemonName": "refused", "daemonTaskDefinitionArn": definition, "capacityProviderArns": [PROVIDER_ARN]}
    for more, error in [
        ({"daemonName": "a b"}, invalid),
        ({"clusterArn": f"{HERE}:cluster/nothing"}, "ClusterNotFoundException"),
        ({"daemonTaskDefinitionArn": "nothing"}, "ClientException"),
        ({"daemonTaskDefinitionArn": ""}, invalid),
        ({"capacityProviderArns": []}, invalid),
        ({"capacityProviderArns": ["managed"]}, invalid),
        ({"capacityProviderArns": [f"{HERE}:capacity-provider/nothing"]}, invalid),
        ({"capacityProviderArns": [f"{HERE}:capacity-provider/FARGATE"]}, "UnsupportedFeatureException"),
        ({"deploymentConfiguration": {"drainPercent": 101.0}}, invalid),
        ({"deploymentConfiguration": {"bakeTimeInMinutes": 1441}}, invalid),
        ({"deploymentConfiguration": {"alarms": {"enable": True, "alarmNames": ["a"]}}}, "UnsupportedFeatureException"),
        ({"enableExecuteCommand": True}, "UnsupportedFeatureException"),
        ({"tags": [{"key": "aws:x", "value": ""}]}, invalid),
    ]:
        assert refusal(server.unchecked.create_daemon, **{**given, **more})[0] == error, more
    token = unique("token")
    made = ecs.create_daemon(**given, clientToken=token)
    assert ecs.create_daemon(**given, clientToken=token)["daemonArn"] == made["daemonArn"]
    assert refusal(ecs.create_daemon, **given)[1] == "Creation of daemon was not idempotent."
    assert refusal(ecs.create_daemon, **{**given, "critical": False}, clientToken=token)[1] == "Creation of daemon was not idempotent."
    missing = f"{HERE}:daemon/default/nothing"
    change = {"daemonTaskDefinitionArn": definition, "capacityProviderArns": [PROVIDER_ARN]}
    for call, more in [(ecs.describe_daemon, {}), (ecs.delete_daemon, {}), (ecs.update_daemon, change)]:
        assert refusal(call, daemonArn=missing, **more) == ("DaemonNotFoundException", "Daemon not found.")
        assert refusal(call, daemonArn="nothing", **more)[0] == invalid
    assert ecs.list_daemon_deployments(daemonArn=missing)["daemonDeployments"] == []
    unknown = f"{HERE}:daemon-deployment/default/refused/{'0' * 21}"
    assert ecs.describe_daemon_deployments(daemonDeploymentArns=[unknown])["failures"] == [{"arn": unknown, "reason": "MISSING"}]
    unknown = f"{HERE}:daemon-revision/default/refused/1"
    assert ecs.describe_daemon_revisions(daemonRevisionArns=[unknown])["failures"] == [{"arn": unknown, "reason": "MISSING"}]
    # What daemons run is nothing for anybody else.
    assert refusal(ecs.run_task, taskDefinition=definition) == ("ClientException", "TaskDefinition not found.")
    assert definition not in ecs.list_task_definitions()["taskDefinitionArns"]
    other = ecs.register_task_definition(family=unique("any"), containerDefinitions=[container("true", logConfiguration=None)])["taskDefinition"]["taskDefinitionArn"]
    assert refusal(ecs.run_task, taskDefinition=other, group="daemon:refused")[1] == "Invalid namespace for group."
    ecs.delete_daemon(daemonArn=made["daemonArn"])
    code = refusal(ecs.update_daemon, daemonArn=made["daemonArn"], **change)[0]
    assert code in ("DaemonNotActiveException", "DaemonNotFoundException")
    until(lambda: ecs.list_daemons()["daemonSummariesList"] == [], 60, "the daemon to be gone")
