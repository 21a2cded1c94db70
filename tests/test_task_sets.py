"""Services of the EXTERNAL deployment controller: task sets are made, scaled, made primary and taken away, and the server keeps their tasks."""

from __future__ import annotations

import json
import re

import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, REGION, Longshore
from services import SLEEP, Services
from tasks import IDLE, container, unique
from waiting import until

HERE = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
ONLY_EXTERNAL = "Amazon ECS only supports task set management on services configured to use external deployment controllers."


@pytest.fixture(scope="module")
def services(longshore) -> Services:
    return Services(longshore)


def refusal(call, **parameters) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


class External:
    """A service whose deployments the test controls."""

    def __init__(self, services: Services, desired: int, **more) -> None:
        self.services, self.ecs, self.name = services, services.ecs, unique("external")
        self.made = self.ecs.create_service(serviceName=self.name, desiredCount=desired, deploymentController={"type": "EXTERNAL"}, **more)["service"]
        self.of = {"cluster": "default", "service": self.name}

    def create(self, definition: str | None = None, scale: float | None = 100, **more) -> dict:
        if scale is not None:
            more["scale"] = {"value": scale, "unit": "PERCENT"}
        return self.ecs.create_task_set(**self.of, taskDefinition=definition or self.services.tasks.define(SLEEP), **more)["taskSet"]

    def show(self, task_set: str, **more) -> dict | None:
        answer = self.ecs.describe_task_sets(**self.of, taskSets=[task_set], **more)
        return answer["taskSets"][0] if answer["taskSets"] else None

    def steady(self, task_set: str, running: int) -> dict:
        """When the set has so many tasks, and says that it is stable."""
        seen = {}

        def reached() -> bool:
            nonlocal seen
            seen = self.show(task_set)
            return seen["stabilityStatus"] == "STEADY_STATE" and seen["runningCount"] == running

        try:
            until(reached, 60, f"{running} tasks of {task_set}")
        except AssertionError as error:
            raise AssertionError(f"{error}\n{seen}\n" + "\n".join(self.services.messages(self.name)[-8:])) from None
        assert (seen["computedDesiredCount"], seen["pendingCount"]) == (running, 0)
        return seen

    def tasks(self, task_set: str) -> list[dict]:
        return [t for t in self.services.running(self.name) if t["startedBy"] == task_set]

    def end(self) -> None:
        self.services.delete(self.name)
        assert self.services.running(self.name) == []


def test_two_sets_take_turns(services):
    service = External(services, 2, tags=[{"key": "of", "value": "service"}], propagateTags="SERVICE", enableECSManagedTags=True)
    assert service.made["deploymentController"] == {"type": "EXTERNAL"}
    assert (service.made["launchType"], service.made["taskSets"], service.made["deployments"]) == ("EC2", [], [])
    assert "taskDefinition" not in service.made
    blue = service.create(externalId="blue-1", tags=[{"key": "colour", "value": "blue"}])
    assert re.fullmatch(r"ecs-svc/\d{19}", blue["id"])
    assert blue["taskSetArn"] == f"{HERE}:task-set/default/{service.name}/{blue['id']}"
    assert (blue["serviceArn"], blue["clusterArn"]) == (service.made["serviceArn"], f"{HERE}:cluster/default")
    assert (blue["status"], blue["stabilityStatus"], blue["launchType"], blue["externalId"]) == ("ACTIVE", "STABILIZING", "EC2", "blue-1")
    assert (blue["scale"], blue["loadBalancers"], blue["serviceRegistries"]) == ({"value": 100.0, "unit": "PERCENT"}, [], [])
    assert "startedBy" not in blue
    steady = service.steady(blue["id"], 2)
    assert steady["stabilityStatusAt"] > steady["createdAt"]
    tasks = service.tasks(blue["id"])
    assert {(t["startedBy"], t["group"], t["lastStatus"]) for t in tasks} == {(blue["id"], f"service:{service.name}", "RUNNING")}
    tags = services.ecs.list_tags_for_resource(resourceArn=tasks[0]["taskArn"])["tags"]
    assert {t["key"]: t["value"] for t in tags} == {"of": "service", "aws:ecs:clusterName": "default", "aws:ecs:serviceName": service.name}
    messages = services.messages(service.name)
    set_said, service_said = f"(service {service.name}, taskSet {blue['id']})", f"(service {service.name})"
    assert messages[0] == f"{service_said} updated computedDesiredCount for taskSet {blue['id']} to 2."
    assert re.fullmatch(re.escape(set_said) + r" has started 2 tasks: \(task [0-9a-f]{32}\) \(task [0-9a-f]{32}\)\.", messages[1])
    assert messages[2:] == [f"{set_said} updated state to STEADY_STATE.", f"{service_said} has reached a steady state."]

    # The first becomes primary: the service shows what it runs.
    assert services.ecs.update_service_primary_task_set(**service.of, primaryTaskSet=blue["taskSetArn"])["taskSet"]["status"] == "PRIMARY"
    shown = services.describe(service.name)
    assert (shown["taskDefinition"], shown["taskSets"][0]["status"], shown["runningCount"]) == (blue["taskDefinition"], "PRIMARY", 2)

    # Half of another one beside it, rounded up; then all of it.
    green = service.create(scale=1)
    service.steady(green["id"], 1)
    assert services.ecs.update_task_set(**service.of, taskSet=green["id"], scale={"value": 100, "unit": "PERCENT"})["taskSet"]["stabilityStatus"] == "STABILIZING"
    service.steady(green["id"], 2)
    assert len(service.tasks(blue["id"])) == 2
    assert services.ecs.update_service_primary_task_set(**service.of, primaryTaskSet=green["id"])["taskSet"]["status"] == "PRIMARY"
    assert {s["id"]: s["status"] for s in services.describe(service.name)["taskSets"]} == {blue["id"]: "ACTIVE", green["id"]: "PRIMARY"}
    assert services.describe(service.name)["taskDefinition"] == green["taskDefinition"]

    # The old one goes.
    assert refusal(services.ecs.delete_task_set, **service.of, taskSet=green["id"]) == ("InvalidParameterException", "Primary TaskSet cannot be deleted")
    assert refusal(services.ecs.delete_task_set, **service.of, taskSet=blue["id"])[0] == "InvalidParameterException", "it still has tasks"
    gone = services.ecs.delete_task_set(**service.of, taskSet=blue["id"], force=True)["taskSet"]
    assert (gone["status"], gone["computedDesiredCount"], gone["stabilityStatus"]) == ("DRAINING", 0, "STABILIZING")
    until(lambda: service.show(blue["id"]) is None, 30, "the set to be gone")
    assert services.ecs.describe_task_sets(**service.of, taskSets=[blue["id"]])["failures"] == [{"arn": blue["taskSetArn"], "reason": "MISSING"}]
    assert service.tasks(blue["id"]) == [] and len(service.tasks(green["id"])) == 2
    stopped = services.ecs.list_tasks(startedBy=blue["id"], desiredStatus="STOPPED")["taskArns"]
    stopped = services.tasks.describe(stopped[0])
    assert (stopped["stopCode"], stopped["stoppedReason"]) == ("ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {blue['id']})")
    services.delete(service.name)
    assert services.describe(service.name)["taskSets"] == []


def test_a_set_follows_the_desired_count_and_replaces_what_ends(services):
    service = External(services, 2)
    made = service.create(scale=50)
    service.steady(made["id"], 1)
    services.ecs.update_service(service=service.name, desiredCount=5)
    service.steady(made["id"], 3)
    [first, *_] = service.tasks(made["id"])
    services.tasks.stop(first["taskArn"])
    until(lambda: first["taskArn"] not in [t["taskArn"] for t in service.tasks(made["id"])], 30, "the end of the task")
    service.steady(made["id"], 3)
    services.ecs.update_task_set(**service.of, taskSet=made["id"], scale={"value": 0, "unit": "PERCENT"})
    service.steady(made["id"], 0)
    services.ecs.delete_task_set(**service.of, taskSet=made["id"])
    until(lambda: service.show(made["id"]) is None, 30, "the set to be gone")
    service.end()


def test_a_set_that_cannot_start_is_throttled_and_says_so(services):
    service = External(services, 1)
    broken = service.create(services.tasks.define(container("exit 1", logConfiguration=None)))
    wanted = f"(service {service.name}) is unable to consistently start tasks successfully."
    until(lambda: any(m.startswith(wanted) for m in services.messages(service.name)), 60, "the throttle")
    assert service.show(broken["id"])["stabilityStatus"] == "STABILIZING"
    # Another one beside it is not held up.
    good = service.create()
    service.steady(good["id"], 1)
    service.end()


def test_on_fargate_by_the_aws_cli(services, longshore):
    definition = services.tasks.define(SLEEP, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512")
    service = External(services, 1)
    network = json.dumps({"awsvpcConfiguration": {"subnets": longshore.subnets()}})
    cli = ["--cluster", "default", "--service", service.name]
    made = json.loads(longshore.aws("ecs", "create-task-set", *cli, "--task-definition", definition, "--launch-type", "FARGATE",
                                    "--network-configuration", network, "--scale", "value=100,unit=PERCENT").stdout)["taskSet"]
    assert (made["platformVersion"], made["platformFamily"], made["launchType"]) == ("1.4.0", "Linux", "FARGATE")
    service.steady(made["id"], 1)
    longshore.aws("ecs", "update-service-primary-task-set", *cli, "--primary-task-set", made["id"])
    shown = services.describe(service.name)
    assert (shown["launchType"], shown["platformVersion"], shown["networkConfiguration"]) == ("FARGATE", "1.4.0", made["networkConfiguration"])
    longshore.aws("ecs", "delete-task-set", *cli, "--task-set", made["id"], "--force")
    until(lambda: services.describe(service.name)["taskSets"] == [], 30, "the set to be gone")
    assert "taskDefinition" not in services.describe(service.name), "there is no primary set any more"
    service.end()


def test_tags(services):
    service = External(services, 0)
    made = service.create(scale=None, tags=[{"key": "a", "value": "1"}])
    assert made["scale"] == {"value": 0.0, "unit": "PERCENT"}
    assert "tags" not in service.show(made["id"])
    services.ecs.tag_resource(resourceArn=made["taskSetArn"], tags=[{"key": "b", "value": "2"}])
    services.ecs.untag_resource(resourceArn=made["taskSetArn"], tagKeys=["a"])
    assert service.show(made["id"], include=["TAGS"])["tags"] == [{"key": "b", "value": "2"}]
    assert services.ecs.list_tags_for_resource(resourceArn=made["taskSetArn"])["tags"] == [{"key": "b", "value": "2"}]
    assert services.describe(service.name, include=["TAGS"])["taskSets"][0]["tags"] == [{"key": "b", "value": "2"}]
    service.end()


def test_what_a_service_of_an_external_controller_takes(services):
    ecs, definition, subnet = services.ecs, services.tasks.define(SLEEP), services.longshore.subnets()[0]
    external = {"serviceName": unique("refused"), "deploymentController": {"type": "EXTERNAL"}}
    target = [{"targetGroupArn": f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/a/1", "containerName": "main", "containerPort": 80}]
    network = {"awsvpcConfiguration": {"subnets": [subnet]}}
    invalid = "InvalidParameterException"
    for given, message in [
        ({"taskDefinition": definition}, "TaskDefinition must be blank."),
        ({"taskDefinition": ""}, "Family should not be null or empty."),
        ({"loadBalancers": target}, "LoadBalancers must be empty or null."),
        ({"networkConfiguration": network}, "NetworkConfiguration must be null."),
        ({"serviceRegistries": [{"registryArn": "arn"}]}, "ServiceRegistries must be empty or null."),
        ({"launchType": "FARGATE"}, "LaunchType must be null."),
        ({"capacityProviderStrategy": [{"capacityProvider": "FARGATE"}]}, "CapacityProviderStrategy must be empty or null."),
        ({"platformVersion": "LATEST"}, "PlatformVersion must be null."),
        ({"schedulingStrategy": "DAEMON"}, "The DAEMON scheduling strategy is not supported for the EXTERNAL deployment controller."),
        ({"availabilityZoneRebalancing": "ENABLED"}, "Availability Zone rebalancing is not supported with the EXTERNAL deployment controller."),
        ({"deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}}, "The deployment circuit breaker is not supported for the EXTERNAL deployment controller."),
        ({"deploymentConfiguration": {"strategy": "ROLLING"}}, "Deployment strategies are not supported for the EXTERNAL deployment controller."),
    ]:
        assert refusal(ecs.create_service, **external, **given) == (invalid, message)
    service = External(services, 0, deploymentConfiguration={"maximumPercent": 150, "minimumHealthyPercent": 50})
    assert service.made["availabilityZoneRebalancing"] == "DISABLED"
    assert service.made["deploymentConfiguration"] == {"maximumPercent": 150, "minimumHealthyPercent": 50}
    for given, what in [
        ({"taskDefinition": definition}, "task definition"),
        ({"networkConfiguration": network}, "network parameters"),
        ({"loadBalancers": target}, "load balancers"),
        ({"platformVersion": "1.4.0"}, "platform version"),
        ({"capacityProviderStrategy": [{"capacityProvider": "FARGATE"}]}, "capacity provider strategy"),
        ({"deploymentConfiguration": {"maximumPercent": 200}}, "deployment configuration"),
    ]:
        code, message = refusal(ecs.update_service, service=service.name, **given)
        assert (code, message) == (invalid, f"Unable to update {what} on services with a EXTERNAL deployment controller. Create a new task set.")
    assert refusal(ecs.update_service, service=service.name, forceNewDeployment=True)[1].startswith("Cannot force a new deployment on services with a EXTERNAL")
    changed = ecs.update_service(
        service=service.name, desiredCount=3, healthCheckGracePeriodSeconds=7, enableECSManagedTags=True, propagateTags="TASK_DEFINITION",
        placementConstraints=[{"type": "memberOf", "expression": "attribute:ecs.os-type == linux"}], placementStrategy=[{"type": "binpack", "field": "memory"}],
    )["service"]
    assert (changed["desiredCount"], changed["healthCheckGracePeriodSeconds"], changed["propagateTags"]) == (3, 7, "TASK_DEFINITION")
    assert refusal(ecs.delete_service, service=service.name) == (invalid, "The service cannot be stopped while it is scaled above 0.")
    service.end()
    # A service of CodeDeploy stands behind a load balancer.
    code_deploy = {"serviceName": unique("refused"), "taskDefinition": definition, "desiredCount": 1, "deploymentController": {"type": "CODE_DEPLOY"}}
    assert refusal(ecs.create_service, **code_deploy)[0] == invalid
    missing = f"The target group {target[0]['targetGroupArn']} does not exist."
    assert refusal(ecs.create_service, **code_deploy, loadBalancers=target) == (invalid, missing)


def test_refusals(services):
    ecs, definition = services.ecs, services.tasks.define(SLEEP)
    service = External(services, 0)
    create = {**service.of, "taskDefinition": definition}
    invalid = "InvalidParameterException"
    token = unique("token")
    first = ecs.create_task_set(**create, clientToken=token)["taskSet"]
    assert ecs.create_task_set(**create, clientToken=token)["taskSet"]["id"] == first["id"]
    assert refusal(ecs.create_task_set, **create, clientToken=token, externalId="x") == (invalid, "Creation of task set was not idempotent.")
    for given, error in [
        ({"taskDefinition": "nowhere"}, ("ClientException", "TaskDefinition not found.")),
        ({"taskDefinition": ""}, (invalid, "Family should not be null or empty.")),
        ({"service": "nothing"}, ("ServiceNotFoundException", "Service not found.")),
        ({"cluster": "nothing"}, ("ClusterNotFoundException", "Cluster not found.")),
        ({"scale": {"value": 101, "unit": "PERCENT"}}, (invalid, "The value of scale must be between 0 and 100.")),
        ({"scale": {"value": -1, "unit": "PERCENT"}}, (invalid, "The value of scale must be between 0 and 100.")),
        ({"scale": {"unit": "PERCENT"}}, (invalid, "The value of scale must be specified.")),
        ({"launchType": "FARGATE"}, (invalid, "Task definition does not support launch_type FARGATE.")),
        ({"launchType": "EC2", "capacityProviderStrategy": [{"capacityProvider": "FARGATE"}]},
         (invalid, "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try again.")),
        ({"networkConfiguration": {"awsvpcConfiguration": {"subnets": services.longshore.subnets()}}},
         (invalid, "Network Configuration is not valid for the given networkMode of this task definition.")),
        ({"tags": [{"key": "aws:x", "value": ""}]}, (invalid, "aws: prefixed tag key names are not allowed for external use.")),
    ]:
        assert refusal(ecs.create_task_set, **{**create, **given}) == error
    target = [{"targetGroupArn": f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/a/1", "containerName": "main", "containerPort": 80}]
    assert refusal(ecs.create_task_set, **create, loadBalancers=target) == (invalid, f"The target group {target[0]['targetGroupArn']} does not exist.")
    assert refusal(ecs.create_task_set, **create, serviceRegistries=[{"registryArn": "arn"}])[0] == "UnsupportedFeatureException"
    for _ in range(4):
        ecs.create_task_set(**create)
    full = (invalid, "5 deployments exist on the service. Unable to create new TaskSet since this exceeds the maximum limit.")
    assert refusal(ecs.create_task_set, **create) == full

    scale = {"value": 50, "unit": "PERCENT"}
    unknown = "ecs-svc/1111111111111111111"
    assert refusal(ecs.update_task_set, **service.of, taskSet=unknown, scale=scale) == ("TaskSetNotFoundException", "TaskSet not found.")
    assert refusal(ecs.delete_task_set, **service.of, taskSet=unknown) == ("TaskSetNotFoundException", "TaskSet not found.")
    assert refusal(ecs.update_service_primary_task_set, **service.of, primaryTaskSet=unknown) == ("TaskSetNotFoundException", "TaskSet not found.")
    assert refusal(ecs.describe_task_sets, **service.of) == (invalid, "TaskSets cannot be empty.")
    for wrong in ("x", "ecs-svc/", "ecs-svc/x", f"{HERE}:task/default/{'0' * 32}"):
        assert refusal(ecs.describe_task_sets, **service.of, taskSets=[wrong]) == (invalid, "Task Set Identifier is invalid")
    # A set of one service is none of another's.
    other = External(services, 0)
    assert refusal(ecs.delete_task_set, **other.of, taskSet=first["taskSetArn"]) == ("TaskSetNotFoundException", "TaskSet not found.")
    assert ecs.describe_task_sets(**other.of, taskSets=[first["taskSetArn"]])["failures"] == [{"arn": first["taskSetArn"], "reason": "MISSING"}]

    rolling = services.create(desiredCount=0)
    of = {"cluster": "default", "service": rolling}
    assert refusal(ecs.create_task_set, **of, taskDefinition=definition) == (invalid, ONLY_EXTERNAL)
    assert refusal(ecs.describe_task_sets, **of, taskSets=[unknown]) == (invalid, ONLY_EXTERNAL)
    assert refusal(ecs.update_task_set, **of, taskSet=unknown, scale=scale) == (invalid, ONLY_EXTERNAL)
    assert refusal(ecs.delete_task_set, **of, taskSet=unknown) == (invalid, ONLY_EXTERNAL)
    assert refusal(ecs.update_service_primary_task_set, **of, primaryTaskSet=unknown) == (invalid, ONLY_EXTERNAL)
    services.delete(rolling, other.name, service.name)
    inactive = ("ServiceNotActiveException", "Service was not ACTIVE.")
    assert refusal(ecs.create_task_set, **create) == inactive
    assert refusal(ecs.update_task_set, **service.of, taskSet=first["id"], scale=scale) == inactive
    assert refusal(ecs.describe_task_sets, **service.of, taskSets=[first["id"]]) == inactive


def test_a_killed_server_goes_on_where_it_was(fresh):
    longshore: Longshore = fresh()
    longshore.start()
    longshore.run("image", "demo")
    services = Services(longshore)
    definition = services.tasks.define(container(IDLE, image="longshore-demo", logConfiguration=None))
    service = External(services, 2)
    blue = service.create(definition)
    service.steady(blue["id"], 2)
    services.ecs.update_service_primary_task_set(**service.of, primaryTaskSet=blue["id"])
    kept = {t["taskArn"] for t in service.tasks(blue["id"])}

    def again() -> None:
        longshore.kill()
        longshore.start()
        services.ecs = service.ecs = services.tasks.ecs = longshore.ecs

    # It is killed after each step, before the scheduler can have done much.
    green = service.create(definition, 50)
    again()
    service.steady(green["id"], 1)
    services.ecs.update_task_set(**service.of, taskSet=green["id"], scale={"value": 100, "unit": "PERCENT"})
    again()
    service.steady(green["id"], 2)
    assert {t["taskArn"] for t in service.tasks(blue["id"])} == kept, "the first set's tasks are the same"
    services.ecs.update_service_primary_task_set(**service.of, primaryTaskSet=green["id"])
    services.ecs.delete_task_set(**service.of, taskSet=blue["id"], force=True)
    again()
    until(lambda: service.show(blue["id"]) is None, 60, "the old set to be gone")
    assert service.tasks(blue["id"]) == []
    assert [(s["id"], s["status"]) for s in services.describe(service.name)["taskSets"]] == [(green["id"], "PRIMARY")]
    services.ecs.delete_service(service=service.name, force=True)
    again()
    until(lambda: services.describe(service.name)["status"] == "INACTIVE", 60, "the end")
    assert services.running(service.name) == []
