"""Services and task sets behind load balancers through boto3: what is asked for, shown and refused, and the registrations of real tasks.

What carries traffic, and so what a target's health is, is other tests' matter.
"""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError

from longshore import ACCOUNT, IMAGE, REGION
from services import Services
from tasks import unique
from waiting import until

INVALID = "InvalidParameterException"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/shift"


@pytest.fixture(scope="module")
def services(longshore) -> Services:
    return Services(longshore)


@pytest.fixture(scope="module")
def elb(longshore):
    return longshore.client("elbv2")


class Front:
    """A load balancer, its listener, and target groups that its rules lead to."""

    def __init__(self, longshore, elb) -> None:
        self.elb, self.rules = elb, 0
        ec2 = longshore.client("ec2")
        vpc = ec2.describe_vpcs(Filters=[{"Name": "is-default", "Values": ["true"]}])["Vpcs"][0]["VpcId"]
        self.vpc, subnets = vpc, longshore.subnets()
        self.arn = elb.create_load_balancer(Name=unique("lb")[:32], Subnets=subnets[:2], Scheme="internal")["LoadBalancers"][0]["LoadBalancerArn"]
        answer = [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]
        self.listener = elb.create_listener(LoadBalancerArn=self.arn, Protocol="HTTP", Port=80, DefaultActions=answer)["Listeners"][0]["ListenerArn"]

    def group(self, kind: str = "instance") -> str:
        """One whose targets do not drain, so that no test waits for that."""
        made = self.elb.create_target_group(Name=unique("tg")[:32], Protocol="HTTP", Port=80, VpcId=self.vpc, TargetType=kind, HealthCheckPath="/hostname")
        arn = made["TargetGroups"][0]["TargetGroupArn"]
        self.elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "0"}])
        return arn

    def rule(self, *groups: str) -> str:
        self.rules += 1
        forward = {"TargetGroups": [{"TargetGroupArn": g, "Weight": 1 if at == 0 else 0} for at, g in enumerate(groups)]}
        made = self.elb.create_rule(
            ListenerArn=self.listener, Priority=self.rules, Conditions=[{"Field": "path-pattern", "Values": [f"/{self.rules}/*"]}],
            Actions=[{"Type": "forward", "ForwardConfig": forward}],
        )
        return made["Rules"][0]["RuleArn"]

    def targets(self, group: str) -> list[tuple[str, int]]:
        found = self.elb.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]
        return [(t["Target"]["Id"], t["Target"]["Port"]) for t in found if t["TargetHealth"]["State"] != "draining"]


@pytest.fixture(scope="module")
def front(longshore, elb) -> Front:
    return Front(longshore, elb)


def web(**more) -> dict:
    return {
        "name": "web", "image": IMAGE, "memory": 32, "command": ["httpd", "-f", "-p", "8080", "-h", "/etc"],
        "portMappings": [{"containerPort": 8080}], **more,
    }


def behind(group: str, **more) -> list[dict]:
    return [{"targetGroupArn": group, "containerName": "web", "containerPort": 8080, **more}]


def refusal(call, **parameters) -> tuple[str, str]:
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    return caught.value.response["Error"]["Code"], caught.value.response["Error"]["Message"]


def test_a_task_in_bridge_mode_is_registered_with_its_published_port(services, front):
    ecs, group = services.ecs, front.group()
    front.rule(group)
    name, definition = unique("bridge"), services.tasks.define(web())
    made = ecs.create_service(serviceName=name, taskDefinition=definition, desiredCount=1, loadBalancers=behind(group))["service"]
    assert made["loadBalancers"] == behind(group) and made["healthCheckGracePeriodSeconds"] == 0
    until(lambda: len(front.targets(group)) == 1, 60, "a target")
    [task] = ecs.list_tasks(serviceName=name)["taskArns"]
    shown = ecs.describe_tasks(tasks=[task])["tasks"][0]
    instance = ecs.describe_container_instances(containerInstances=[shown["containerInstanceArn"]])["containerInstances"][0]["ec2InstanceId"]
    port = shown["containers"][0]["networkBindings"][0]["hostPort"]
    assert front.targets(group) == [(instance, port)]
    assert f"(service {name}) registered 1 targets in (target-group {group})" in services.messages(name)
    [revision] = ecs.describe_service_revisions(serviceRevisionArns=[made["currentServiceRevisions"][0]["arn"]])["serviceRevisions"]
    assert revision["loadBalancers"] == behind(group)
    assert revision["resolvedConfiguration"]["loadBalancers"] == [{"targetGroupArn": group}]
    ecs.stop_task(task=task, reason="seen enough")
    until(lambda: f"(service {name}) deregistered 1 targets in (target-group {group})" in services.messages(name), 30, "the deregistration")
    until(lambda: ecs.describe_tasks(tasks=[task])["tasks"][0]["lastStatus"] == "STOPPED", 60, "its end")
    services.delete(name)
    assert front.targets(group) == []


def test_a_task_in_a_vpc_is_registered_with_its_address(services, longshore, front):
    ecs, group = services.ecs, front.group("ip")
    front.rule(group)
    name = unique("vpc")
    definition = services.tasks.define(web(), networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512")
    network = {"awsvpcConfiguration": {"subnets": longshore.subnets()[:1]}}
    ecs.create_service(serviceName=name, taskDefinition=definition, desiredCount=1, launchType="FARGATE", networkConfiguration=network, loadBalancers=behind(group))
    until(lambda: len(front.targets(group)) == 1, 60, "a target")
    [task] = ecs.list_tasks(serviceName=name)["taskArns"]
    address = ecs.describe_tasks(tasks=[task])["tasks"][0]["containers"][0]["networkInterfaces"][0]["privateIpv4Address"]
    assert front.targets(group) == [(address, 8080)]
    services.delete(name)
    assert front.targets(group) == []


def test_load_balancers_of_a_service_change_with_a_deployment(services, front):
    ecs, one, other = services.ecs, front.group(), front.group()
    front.rule(one)
    front.rule(other)
    name, definition = unique("change"), services.tasks.define(web())
    ecs.create_service(serviceName=name, taskDefinition=definition, desiredCount=0, loadBalancers=behind(one))
    same = ecs.update_service(service=name, loadBalancers=behind(one))["service"]
    assert len(same["deployments"]) == 1
    changed = ecs.update_service(service=name, loadBalancers=behind(other))["service"]
    assert changed["loadBalancers"] == behind(other)
    assert changed["deployments"][0]["id"] != same["deployments"][0]["id"]
    assert ecs.update_service(service=name, loadBalancers=[])["service"]["loadBalancers"] == []
    services.delete(name)


def test_refusals(services, longshore, elb, front):
    other = Front(longshore, elb)
    elsewhere = other.group()
    other.rule(elsewhere)
    ecs, group, lonely, address = services.ecs, front.group(), front.group(), front.group("ip")
    rule = front.rule(group, address)
    definition = services.tasks.define(web())
    request = {"serviceName": unique("refused"), "taskDefinition": definition, "desiredCount": 0}
    advanced = {"alternateTargetGroupArn": front.group(), "productionListenerRule": rule, "roleArn": ROLE}
    missing = f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT}:targetgroup/none/0123456789abcdef"
    associated = "The target group with targetGroupArn {} does not have an associated load balancer."
    for given, message in [
        ({"loadBalancers": behind(lonely)}, associated.format(lonely)),
        ({"loadBalancers": behind(missing)}, f"The target group {missing} does not exist."),
        ({"loadBalancers": behind("a")}, "a is not the ARN of a target group."),
        ({"loadBalancers": behind(group, containerName="db")}, "The container db does not exist in the task definition."),
        ({"loadBalancers": behind(group, containerPort=81)}, "The container web did not have a container port 81 defined."),
        ({"loadBalancers": [{"loadBalancerName": "classic", "containerName": "web", "containerPort": 8080}]}, "The load balancer classic does not exist."),
        ({"loadBalancers": behind(address)},
         f"The provided target group {address} has target type ip, which is incompatible with the bridge network mode specified in the task definition."),
        ({"loadBalancers": behind(group, advancedConfiguration=advanced)}, associated.format(advanced["alternateTargetGroupArn"])),
        ({"loadBalancers": behind(group), "deploymentConfiguration": {"strategy": "BLUE_GREEN"}},
         "advancedConfiguration of each load balancer must be specified with a deployment strategy that shifts traffic."),
        ({"loadBalancers": behind(group, advancedConfiguration=advanced | {"alternateTargetGroupArn": elsewhere})},
         f"The target groups {group} and {elsewhere} must be associated with the same load balancer."),
        ({"deploymentController": {"type": "CODE_DEPLOY"}}, "The CODE_DEPLOY deployment controller requires exactly one load balancer."),
    ]:
        assert refusal(ecs.create_service, **request, **given) == (INVALID, message)


def test_blue_green_is_led_by_its_listener_rules(services, elb, front):
    ecs, blue, green = services.ecs, front.group(), front.group()
    production, test = front.rule(blue, green), front.rule(green)
    advanced = {"alternateTargetGroupArn": green, "productionListenerRule": production, "testListenerRule": test, "roleArn": ROLE}
    name, definition = unique("shift"), services.tasks.define(web())
    balancers = behind(blue, advancedConfiguration=advanced)
    made = ecs.create_service(
        serviceName=name, taskDefinition=definition, desiredCount=0, loadBalancers=balancers, deploymentConfiguration={"strategy": "BLUE_GREEN"},
    )["service"]
    assert made["loadBalancers"] == balancers

    def weights(rule: str) -> dict[str, int]:
        [action] = elb.describe_rules(RuleArns=[rule])["Rules"][0]["Actions"]
        return {g["TargetGroupArn"]: g["Weight"] for g in action["ForwardConfig"]["TargetGroups"]}

    def deployed() -> bool:
        arn = services.describe(name)["currentServiceDeployment"]
        return ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"][0]["status"] == "SUCCESSFUL"

    # Without tasks nobody has to be healthy: the traffic of two deployments goes there and back.
    until(deployed, 60, "the first deployment")
    assert weights(production) == weights(test) == {blue: 100, green: 0}
    for serves, other in [(green, blue), (blue, green)]:
        next_one = ecs.update_service(service=name, forceNewDeployment=True)["service"]
        until(deployed, 60, "the next deployment")
        assert weights(production) == weights(test) == {serves: 100, other: 0}
        [revision] = [d["id"] for d in next_one["deployments"] if d["status"] == "PRIMARY"]
        assert revision.startswith("ecs-svc/")
        current = services.describe(name)["currentServiceRevisions"][0]["arn"]
        [shown] = ecs.describe_service_revisions(serviceRevisionArns=[current])["serviceRevisions"]
        assert shown["resolvedConfiguration"]["loadBalancers"] == [{"targetGroupArn": serves, "productionListenerRule": production}]
    services.delete(name)


def test_a_rolling_deployment_keeps_to_the_groups_that_have_the_traffic(services, elb, front):
    ecs, blue, green = services.ecs, front.group(), front.group()
    production = front.rule(blue, green)
    advanced = {"alternateTargetGroupArn": green, "productionListenerRule": production, "roleArn": ROLE}
    name, definition = unique("held"), services.tasks.define(web())
    ecs.create_service(
        serviceName=name, taskDefinition=definition, desiredCount=0, loadBalancers=behind(blue, advancedConfiguration=advanced),
        deploymentConfiguration={"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 60},
    )

    def current() -> dict:
        arn = services.describe(name)["currentServiceDeployment"]
        return ecs.describe_service_deployments(serviceDeploymentArns=[arn])["serviceDeployments"][0]

    def serving() -> set[str]:
        [action] = elb.describe_rules(RuleArns=[production])["Rules"][0]["Actions"]
        return {g["TargetGroupArn"] for g in action["ForwardConfig"]["TargetGroups"] if g["Weight"] > 0}

    until(lambda: current()["status"] == "SUCCESSFUL", 60, "the first deployment")
    ecs.update_service(service=name, forceNewDeployment=True)
    until(lambda: current()["lifecycleStage"] == "BAKE_TIME", 60, "green with all traffic")
    ecs.stop_service_deployment(serviceDeploymentArn=current()["serviceDeploymentArn"], stopType="ABORT")
    until(lambda: current()["status"] == "STOPPED", 30, "its end")
    assert serving() == {green}
    # Both sides are there; what replaces tasks where they are does so where requests come.
    ecs.update_service(service=name, forceNewDeployment=True, deploymentConfiguration={"strategy": "ROLLING"})
    until(lambda: current()["status"] == "SUCCESSFUL", 60, "the rolling deployment")
    [shown] = ecs.describe_service_revisions(serviceRevisionArns=[services.describe(name)["currentServiceRevisions"][0]["arn"]])["serviceRevisions"]
    assert [b["targetGroupArn"] for b in shown["resolvedConfiguration"]["loadBalancers"]] == [green] and serving() == {green}
    services.delete(name)


def test_task_sets_and_services_of_code_deploy(services, front):
    ecs, group = services.ecs, front.group()
    front.rule(group)
    definition = services.tasks.define(web())
    external = unique("external")
    ecs.create_service(serviceName=external, desiredCount=0, deploymentController={"type": "EXTERNAL"})
    of = {"cluster": "default", "service": external}
    assert ecs.create_task_set(**of, taskDefinition=definition, loadBalancers=behind(group))["taskSet"]["loadBalancers"] == behind(group)
    wrong = behind(group, containerName="db")
    assert refusal(ecs.create_task_set, **of, taskDefinition=definition, loadBalancers=wrong) == (INVALID, "The container db does not exist in the task definition.")
    other = front.group()
    advanced = behind(group, advancedConfiguration={"alternateTargetGroupArn": other, "productionListenerRule": front.rule(group, other), "roleArn": ROLE})
    for controller, create in [
        ("EXTERNAL", lambda: refusal(ecs.create_task_set, **of, taskDefinition=definition, loadBalancers=advanced)),
        ("CODE_DEPLOY", lambda: refusal(ecs.create_service, serviceName=unique("no"), taskDefinition=definition, desiredCount=0, deploymentController={"type": "CODE_DEPLOY"}, loadBalancers=advanced)),
    ]:
        assert create() == (INVALID, f"advancedConfiguration is not supported with the {controller} deployment controller.")
    services.delete(external)
    name = unique("deploy")
    made = ecs.create_service(serviceName=name, taskDefinition=definition, desiredCount=0, deploymentController={"type": "CODE_DEPLOY"}, loadBalancers=behind(group))["service"]
    assert (made["taskSets"][0]["loadBalancers"], made["taskSets"][0]["status"]) == (behind(group), "PRIMARY")
    assert made["roleArn"] == f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS"
    text = "Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment."
    assert refusal(ecs.update_service, service=name, taskDefinition=definition) == (INVALID, text)
    services.delete(name)
