"""Services: as many tasks as wanted, replaced when they end, rolled to a new revision within the bounds, and gone when deleted."""

from __future__ import annotations

import json
import re

import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, IMAGE, REGION
from roles import TASKS, role
from services import SLEEP, Services
from tasks import IDLE, container, unique
from waiting import until


@pytest.fixture(scope="module")
def services(longshore) -> Services:
    return Services(longshore)


def refusal(call, **parameters) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def test_the_life_of_a_service_with_the_aws_cli(longshore, services):
    definition = services.tasks.define(SLEEP)
    name = unique("cli")
    made = json.loads(longshore.aws("ecs", "create-service", "--service-name", name, "--task-definition", definition, "--desired-count", "2").stdout)["service"]
    assert made["serviceArn"] == f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/default/{name}"
    [deployment] = made["deployments"]
    assert (made["status"], made["desiredCount"], deployment["status"], deployment["rolloutState"]) == ("ACTIVE", 2, "PRIMARY", "IN_PROGRESS")
    assert re.fullmatch(r"ecs-svc/\d{19}", deployment["id"])
    assert deployment["rolloutStateReason"] == f"ECS deployment {deployment['id']} in progress."
    longshore.aws("ecs", "wait", "services-stable", "--services", name)
    before = services.running(name)
    assert {(t["startedBy"], t["group"], t["lastStatus"]) for t in before} == {(deployment["id"], f"service:{name}", "RUNNING")}

    # A task that ends is replaced.
    services.tasks.stop(before[0]["taskArn"])
    until(lambda: before[0]["taskArn"] not in [t["taskArn"] for t in services.running(name)] and len(services.running(name)) == 2, 30, "a replacement")
    services.stable(name)

    # Another revision takes its place.
    other = services.tasks.define(SLEEP)
    longshore.aws("ecs", "update-service", "--service", name, "--task-definition", other)
    longshore.aws("ecs", "wait", "services-stable", "--services", name)
    after = services.running(name)
    assert {t["taskDefinitionArn"] for t in after} == {other} and len(after) == 2
    shown = services.stable(name)
    assert shown["taskDefinition"] == other
    assert shown["deployments"][0]["rolloutStateReason"] == f"ECS deployment {shown['deployments'][0]['id']} completed."

    longshore.aws("ecs", "delete-service", "--service", name, "--force")
    longshore.aws("ecs", "wait", "services-inactive", "--services", name)
    assert services.running(name) == []
    gone = services.describe(name)
    assert (gone["status"], gone["runningCount"], gone["deployments"]) == ("INACTIVE", 0, [])
    assert name not in longshore.aws("ecs", "list-services").stdout


def test_what_a_service_says(services):
    name = services.create(desiredCount=2)
    services.stable(name)
    first, *rest = services.messages(name)
    ids = [t["taskArn"].rsplit("/", 1)[1] for t in services.running(name)]
    assert re.fullmatch(rf"\(service {name}\) has started 2 tasks: \(task [0-9a-f]{{32}}\) \(task [0-9a-f]{{32}}\)\.", first)
    assert all(i in first for i in ids)
    deployment = services.describe(name)["deployments"][0]["id"]
    assert rest == [f"(service {name}) (deployment {deployment}) deployment completed.", f"(service {name}) has reached a steady state."]
    services.ecs.update_service(service=name, desiredCount=1)
    services.stable(name)
    until(lambda: services.messages(name)[-1] == f"(service {name}) has reached a steady state.", 30, "steady again")
    assert re.fullmatch(rf"\(service {name}\) has stopped 1 running tasks: \(task [0-9a-f]{{32}}\)\.", services.messages(name)[-2])
    [stopped] = services.ecs.list_tasks(serviceName=name, desiredStatus="STOPPED")["taskArns"]
    stopped = services.tasks.describe(stopped)
    assert (stopped["stopCode"], stopped["stoppedReason"]) == ("ServiceSchedulerInitiated", f"Scaling activity initiated by (deployment {deployment})")
    services.delete(name)


def test_a_task_that_dies_is_replaced(services):
    definition = services.tasks.define(container("sleep 12; exit 3", logConfiguration=None))
    name = services.create(definition)
    services.stable(name)
    [first] = services.running(name)
    until(lambda: [t["taskArn"] for t in services.running(name)] not in ([first["taskArn"]], []), 40, "a replacement")
    services.delete(name)


def test_a_rolling_update_keeps_to_its_bounds(services):
    one, two = services.tasks.define(SLEEP), services.tasks.define(SLEEP)
    name = services.create(one, desiredCount=4, deploymentConfiguration={"minimumHealthyPercent": 50, "maximumPercent": 100})
    services.stable(name)
    services.ecs.update_service(service=name, taskDefinition=two)

    def done() -> bool:
        shown = services.describe(name)
        assert 2 <= shown["runningCount"] <= 4, shown
        present = [t for t in services.running(name)]
        assert len(present) <= 4
        assert [d["status"] for d in shown["deployments"]] in (["PRIMARY"], ["PRIMARY", "ACTIVE"])
        return len(shown["deployments"]) == 1 and shown["deployments"][0]["rolloutState"] == "COMPLETED"

    until(done, 60, "the update")
    assert {t["taskDefinitionArn"] for t in services.running(name)} == {two}
    services.delete(name)


def test_on_fargate_with_tags(services, longshore):
    definition = services.tasks.define(
        SLEEP, requiresCompatibilities=["FARGATE"], networkMode="awsvpc", cpu="256", memory="512", tags=[{"key": "of", "value": "definition"}]
    )
    subnets = longshore.subnets()
    name = services.create(
        definition,
        desiredCount=3,
        launchType="FARGATE",
        networkConfiguration={"awsvpcConfiguration": {"subnets": subnets}},
        tags=[{"key": "of", "value": "service"}],
        propagateTags="SERVICE",
        enableECSManagedTags=True,
    )
    shown = services.stable(name)
    assert (shown["launchType"], shown["platformVersion"], shown["platformFamily"]) == ("FARGATE", "LATEST", "Linux")
    assert [d["platformVersion"] for d in shown["deployments"]] == ["1.4.0"]
    assert shown["availabilityZoneRebalancing"] == "ENABLED"
    tasks = services.running(name)
    assert len({t["availabilityZone"] for t in tasks}) == 3, "tasks are spread over the zones of the subnets"
    tags = services.ecs.list_tags_for_resource(resourceArn=tasks[0]["taskArn"])["tags"]
    wanted = {"of": "service", "aws:ecs:clusterName": "default", "aws:ecs:serviceName": name}
    assert {t["key"]: t["value"] for t in tags} == wanted
    assert "tags" not in shown and services.describe(name, include=["TAGS"])["tags"] == [{"key": "of", "value": "service"}]
    services.ecs.tag_resource(resourceArn=shown["serviceArn"], tags=[{"key": "more", "value": "1"}])
    assert len(services.ecs.list_tags_for_resource(resourceArn=shown["serviceArn"])["tags"]) == 2
    services.delete(name)


def test_making_twice_and_refusals(services):
    ecs, definition = services.ecs, services.tasks.define(SLEEP)
    name = unique("twice")
    request = {"serviceName": name, "taskDefinition": definition, "desiredCount": 0}
    first = ecs.create_service(**request)["service"]
    assert ecs.create_service(**request)["service"]["createdAt"] == first["createdAt"]
    assert refusal(ecs.create_service, **{**request, "desiredCount": 1}) == ("InvalidParameterException", "Creation of service was not idempotent.")
    assert refusal(ecs.create_service, serviceName="x", taskDefinition="nowhere", desiredCount=1) == ("ClientException", "TaskDefinition not found.")
    old = services.tasks.define(SLEEP)
    ecs.deregister_task_definition(taskDefinition=old)
    assert refusal(ecs.create_service, serviceName="x", taskDefinition=old, desiredCount=1) == ("ClientException", "TaskDefinition is inactive")
    assert refusal(ecs.update_service, service=name, taskDefinition=old) == ("ClientException", "TaskDefinition is inactive")
    assert refusal(ecs.update_service, service="nothing", desiredCount=1) == ("ServiceNotFoundException", "Service not found.")
    assert refusal(ecs.run_task, taskDefinition=definition, group=f"service:{name}")[1] == "Invalid namespace for group."
    target = [{"targetGroupArn": f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/a/1", "containerName": "main", "containerPort": 80}]
    assert refusal(ecs.create_service, serviceName="x", taskDefinition=definition, desiredCount=1, loadBalancers=target) == (
        "InvalidParameterException", f"The target group {target[0]['targetGroupArn']} does not exist.")
    assert ecs.describe_services(services=["nothing"])["failures"] == [{"arn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:service/default/nothing", "reason": "MISSING"}]
    ecs.update_service(service=name, desiredCount=1)
    assert refusal(ecs.delete_service, service=name) == ("InvalidParameterException", "The service cannot be stopped while it is scaled above 0.")
    ecs.update_service(service=name, desiredCount=0)
    ecs.delete_service(service=name)
    until(lambda: services.describe(name)["status"] == "INACTIVE", 30, "the end")
    assert refusal(ecs.update_service, service=name, desiredCount=1) == ("ServiceNotActiveException", "Service was not ACTIVE.")
    # Its name is free again.
    again = ecs.create_service(**request)["service"]
    assert (again["status"], again["events"]) == ("ACTIVE", [])
    services.delete(name)


def test_a_service_that_is_going_is_not_listed(services):
    stubborn = container("trap '' TERM; while true; do sleep 0.1; done", logConfiguration=None, stopTimeout=5)
    name = services.create(services.tasks.define(stubborn))
    services.stable(name)
    arn = services.describe(name)["serviceArn"]
    assert arn in services.ecs.list_services()["serviceArns"]
    services.ecs.delete_service(service=name, force=True)
    assert services.describe(name)["status"] == "DRAINING"
    assert arn not in services.ecs.list_services()["serviceArns"]
    until(lambda: services.describe(name)["status"] == "INACTIVE", 30, "the end")


def test_a_new_revision_shows_that_it_stays_before_the_old_one_leaves(fresh):
    """Tasks that nobody checks count as healthy some time after they run: on AWS, and where nothing is said, 40 seconds."""
    up = fresh(arguments=["--cpu", "16384", "--memory", "16384", "--healthy-after", "4"]).start()
    up.run("image", "demo", "--name", IMAGE)
    services = Services(up)
    name = services.create()
    services.stable(name)
    [old] = services.running(name)
    services.ecs.update_service(service=name, taskDefinition=services.tasks.define(SLEEP))
    until(lambda: len([t for t in services.running(name) if t["lastStatus"] == "RUNNING"]) == 2, 30, "both")
    [new] = [t for t in services.running(name) if t["taskArn"] != old["taskArn"]]
    services.stable(name)
    before, after = services.ecs.describe_tasks(tasks=[old["taskArn"], new["taskArn"]])["tasks"]
    assert (before["stoppingAt"] - after["startedAt"]).total_seconds() >= 4
    services.delete(name)


def test_a_revision_that_crashes_is_rolled_back(fresh):
    """What ends before it has shown that it stays never came up."""
    up = fresh(arguments=["--cpu", "16384", "--memory", "16384", "--healthy-after", "4"]).start()
    up.run("image", "demo", "--name", IMAGE)
    services = Services(up)
    good = services.tasks.define(SLEEP)
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    name = services.create(good, deploymentConfiguration=breaker)
    services.stable(name)
    [survivor] = services.running(name)
    services.ecs.update_service(service=name, taskDefinition=services.tasks.define(container("sleep 1; exit 1", logConfiguration=None)))
    until(lambda: any("rolling back" in m for m in services.messages(name)), 90, "the rollback")
    shown = services.stable(name)
    assert (shown["taskDefinition"], [t["taskArn"] for t in services.running(name)]) == (good, [survivor["taskArn"]])
    newest = services.ecs.list_service_deployments(service=name)["serviceDeployments"][0]
    assert newest["status"] == "ROLLBACK_SUCCESSFUL"
    services.delete(name)


def test_what_has_no_room_waits_and_says_why(services):
    definition = services.tasks.define(container(IDLE, logConfiguration=None, memory=64, cpu=10_000_000))
    name = services.create(definition)
    said = until(lambda: services.messages(name), 30, "a word")
    instance = services.longshore.instance()["containerInstanceArn"].rsplit("/", 1)[1]
    assert said == [
        f"(service {name}) was unable to place a task because no container instance met all of its requirements. The closest matching "
        f"container-instance {instance} has insufficient CPU units available. For more information, see the Troubleshooting section of the "
        "Amazon ECS Developer Guide."
    ]
    # It fits now, and the service is no longer what it waited for.
    services.ecs.update_service(service=name, taskDefinition=services.tasks.define(SLEEP))
    services.stable(name)
    services.delete(name)


def test_a_broken_revision_is_rolled_back(services):
    good = services.tasks.define(SLEEP)
    breaker = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}
    name = services.create(good, deploymentConfiguration=breaker)
    services.stable(name)
    [survivor] = services.running(name)
    broken = services.tasks.define(container(IDLE, image="127.0.0.1:9/no/such:image", logConfiguration=None))
    services.ecs.update_service(service=name, taskDefinition=broken)
    rolled = until(lambda: services.describe(name) if any("rolling back" in m for m in services.messages(name)) else None, 90, "the rollback")
    assert rolled["taskDefinition"] == good
    shown = services.stable(name)
    assert [t["taskArn"] for t in services.running(name)] == [survivor["taskArn"]], "what ran goes on"
    newest, oldest = services.ecs.list_service_deployments(service=name)["serviceDeployments"]
    assert (oldest["status"], newest["status"]) == ("SUCCESSFUL", "ROLLBACK_SUCCESSFUL")
    [told] = services.ecs.describe_service_deployments(serviceDeploymentArns=[newest["serviceDeploymentArn"]])["serviceDeployments"]
    assert told["deploymentCircuitBreaker"] == {"status": "TRIGGERED", "failureCount": 3, "threshold": 3}
    assert told["rollback"]["serviceRevisionArn"] == oldest["targetServiceRevisionArn"]
    [revision] = services.ecs.describe_service_revisions(serviceRevisionArns=[newest["targetServiceRevisionArn"]])["serviceRevisions"]
    assert (revision["taskDefinition"], revision["containerImages"][0]["image"]) == (broken, "127.0.0.1:9/no/such:image")
    failed = [m for m in services.messages(name) if "deployment failed" in m]
    assert len(failed) == 1 and failed[0].endswith("deployment failed: tasks failed to start.")
    assert shown["deployments"][0]["id"] == f"ecs-svc/{oldest['targetServiceRevisionArn'].rsplit('/', 1)[1]}"
    services.delete(name)


def test_a_task_that_keeps_failing_is_started_less_often(services):
    definition = services.tasks.define(container("exit 1", logConfiguration=None))
    name = services.create(definition)
    until(lambda: any("unable to consistently start tasks" in m for m in services.messages(name)), 60, "the throttle")
    assert services.messages(name)[-1] == (
        f"(service {name}) is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the "
        "Amazon ECS Developer Guide."
    )
    begun = len(services.ecs.list_tasks(serviceName=name, desiredStatus="STOPPED")["taskArns"])
    assert begun <= 6, "starts are throttled"
    services.delete(name)


@pytest.mark.parametrize("strategy", ["DAEMON"])
def test_a_daemon_runs_on_every_instance(services, strategy):
    definition = services.tasks.define(SLEEP)
    name = unique("daemon")
    services.ecs.create_service(serviceName=name, taskDefinition=definition, schedulingStrategy=strategy)
    shown = services.stable(name)
    assert (shown["desiredCount"], shown["runningCount"], shown["schedulingStrategy"]) == (1, 1, "DAEMON")
    other = services.tasks.define(container(IDLE, image=IMAGE, logConfiguration=None))
    services.ecs.update_service(service=name, taskDefinition=other)
    services.stable(name)
    assert [t["taskDefinitionArn"] for t in services.running(name)] == [other]
    services.delete(name)


# Asks for what it is told to: a file ACTION-TASK in the directory of orders. busybox's wget has no PUT, so that is written by hand.
OBEDIENT = (
    "trap 'exit 0' TERM; U=${ECS_AGENT_URI#http://}; H=${U%%/*}; P=/${U#*/}/task-protection/v1/state; "
    "T=$(wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task | sed 's/.*\"TaskARN\":\"[^\"]*\\/\\([0-9a-f]*\\)\".*/\\1/'); "
    "put() { printf 'PUT %s HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\nContent-Length: %s\\r\\n\\r\\n%s' $P ${#1} \"$1\" | nc $H 80 | tail -n 1; }; "
    "told() { test -e /orders/$1-$T && rm /orders/$1-$T; }; "
    "while true; do "
    "told protect && put '{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":30}' > /orders/did-protect-$T; "
    "told clear && put '{\"ProtectionEnabled\":false}' > /orders/did-clear-$T; "
    "told get && wget -q -O - http://$H$P > /orders/did-get-$T; "
    "sleep 0.1; done"
)


def test_a_task_that_protects_itself_outlives_its_service_scaling_in(services, tmp_path):
    """From inside, by the endpoint; whichever of two tasks it is."""
    def order(task: str, action: str) -> dict:
        name = f"{action}-{task.rsplit('/', 1)[1]}"
        done = tmp_path / f"did-{name}"
        done.unlink(missing_ok=True)
        (tmp_path / name).touch()
        said = until(lambda: done.exists() and done.read_text().strip().endswith("}") and done.read_text(), 20, f"an answer to {action}")
        return json.loads(said)

    definition = services.tasks.define(
        container(OBEDIENT, logConfiguration=None, mountPoints=[{"sourceVolume": "orders", "containerPath": "/orders"}]),
        volumes=[{"name": "orders", "host": {"sourcePath": str(tmp_path)}}],
        taskRoleArn=role(services.longshore, TASKS, allows=["ecs:UpdateTaskProtection", "ecs:GetTaskProtection"]),
    )
    name = services.create(definition, desiredCount=1)
    services.stable(name)
    oldest = services.running(name)[0]["taskArn"]
    for protect_the_oldest in (True, False):
        services.ecs.update_service(service=name, desiredCount=2)
        services.stable(name)
        arns = {t["taskArn"] for t in services.running(name)}
        [kept] = {oldest} if protect_the_oldest else arns - {oldest}
        said = order(kept, "protect")["protection"]
        assert (said["TaskArn"], said["ProtectionEnabled"]) == (kept, True) and said["ExpirationDate"]
        assert order(kept, "get")["protection"] == said
        [shown] = services.ecs.get_task_protection(cluster="default", tasks=[kept])["protectedTasks"]
        assert (shown["taskArn"], shown["protectionEnabled"]) == (kept, True)
        services.ecs.update_service(service=name, desiredCount=1)
        services.stable(name)
        assert [t["taskArn"] for t in services.running(name)] == [kept]
        # It stays as long as it wants, also where nobody wants it.
        services.ecs.update_service(service=name, desiredCount=0)
        until(lambda: services.describe(name)["desiredCount"] == 0 and services.describe(name)["runningCount"] == 1, 10, "the service to want none")
        assert order(kept, "get")["protection"]["ProtectionEnabled"] is True
        if protect_the_oldest:
            services.ecs.update_service(service=name, desiredCount=1)
            services.stable(name)
            assert [t["taskArn"] for t in services.running(name)] == [kept], "the one that stayed counts"
        cleared = order(kept, "clear")["protection"]
        assert (cleared["TaskArn"], cleared["ProtectionEnabled"], cleared["ExpirationDate"]) == (kept, False, None)
        if protect_the_oldest:
            assert [t["taskArn"] for t in services.running(name)] == [kept]
    until(lambda: services.running(name) == [], 30, "the last one to go when it is protected no more")
    services.stable(name)
    services.delete(name)
