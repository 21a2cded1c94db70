"""Nothing is lost: a constant load through load balancers while services change, and while what carries them is killed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from balancers import Balancer, behind, engines
from load import Load
from longshore import IMAGE
from services import Services
from tasks import unique
from waiting import until


def web(says: str, **more) -> dict:
    """Answers with its own name, and ends when it is told to."""
    script = f"mkdir -p /www && echo {says}-$HOSTNAME > /www/index.html && exec httpd -f -p 8080 -h /www"
    return {"name": "web", "image": IMAGE, "memory": 32, "command": ["sh", "-c", script], "portMappings": [{"containerPort": 8080}], **more}


class Site:
    """A service behind a load balancer."""

    def __init__(self, server) -> None:
        self.server, self.ecs = server, server.ecs
        self.services = Services(server)
        self.balancer = Balancer(server)
        self.group = self.balancer.target_group()
        self.listener = self.balancer.listen(self.group)
        self.family = unique("web")
        self.name: str | None = None

    def define(self, says: str, **more) -> str:
        definition = {"family": self.family, "networkMode": "awsvpc", "containerDefinitions": [web(says, **more)]}
        return self.ecs.register_task_definition(**definition)["taskDefinition"]["taskDefinitionArn"]

    def serve(self, count: int = 2, balancers: list[dict] | None = None, **more) -> None:
        vpc = {"subnets": self.balancer.subnets, "securityGroups": [self.balancer.group]}
        self.name = self.services.create(
            self.define("first"), desiredCount=count, loadBalancers=balancers or behind(self.group), networkConfiguration={"awsvpcConfiguration": vpc}, **more
        )
        self.balancer.active()
        self.balancer.healthy(self.group, count)
        self.services.stable(self.name)

    def load(self, **more) -> Load:
        return Load(self.balancer.public()[0], **{"rate": 300, **more})

    def update(self, **changes) -> None:
        self.ecs.update_service(service=self.name, **changes)

    def process(self) -> int:
        """What answers in one of its tasks."""
        task = self.services.running(self.name)[0]["taskArn"].split("/")[-1]
        for one in Path("/proc").glob("[0-9]*"):
            try:
                if task in (one / "cgroup").read_text() and (one / "cmdline").read_bytes().startswith(b"httpd"):
                    return int(one.name)
            except OSError:
                continue  # ended meanwhile
        raise AssertionError(f"nobody answers in task {task}")

    def end(self) -> None:
        if self.name:
            self.services.delete(self.name, seconds=90)
        self.balancer.delete()


@pytest.fixture
def site(longshore):
    made = Site(longshore)
    yield made
    made.end()


def until_only(load: Load, says: str, seconds: float = 90) -> None:
    until(lambda: load.now and all(name.startswith(says) for name in load.now), seconds, f"{says} alone to answer; last {load.now}, {load.failed[:3]}")


def test_a_rolling_update_loses_nothing(site):
    site.serve()
    with site.load() as load:
        load.goes_on(1)
        site.update(taskDefinition=site.define("second"))
        until_only(load, "second")
        site.services.stable(site.name, seconds=90)
        load.goes_on(1)
    assert load.failed == []
    assert {name.split("-")[0] for name in load.by} == {"first", "second"}


def test_scaling_out_and_in_loses_nothing(site):
    site.serve(1)
    with site.load() as load:
        site.update(desiredCount=3)
        until(lambda: len(load.now) == 3, 60, "three to answer")
        site.update(desiredCount=1)
        until(lambda: len(load.now) == 1, 60, "one to answer")
        site.services.stable(site.name, seconds=90)
    assert load.failed == []


def test_a_rollback_of_the_circuit_breaker_loses_nothing(site):
    site.serve(deploymentConfiguration={"deploymentCircuitBreaker": {"enable": True, "rollback": True}})
    with site.load() as load:
        broken = {"family": site.family, "networkMode": "awsvpc", "containerDefinitions": [{**web("broken"), "command": ["sh", "-c", "exit 1"]}]}
        definition = site.ecs.register_task_definition(**broken)["taskDefinition"]["taskDefinitionArn"]
        site.update(taskDefinition=definition)

        def is_back() -> bool:
            deployments = site.services.describe(site.name)["deployments"]
            return len(deployments) == 1 and deployments[0]["taskDefinition"] != definition and deployments[0]["rolloutState"] == "COMPLETED"

        until(is_back, 110, "the rollback")
        assert any("rolling back" in message for message in site.services.messages(site.name)), site.services.messages(site.name)
    assert load.failed == []
    assert {name.split("-")[0] for name in load.by} == {"first"}


def test_a_blue_green_shift_loses_nothing(site):
    other = site.balancer.target_group()
    rule = site.balancer.elb.create_rule(
        ListenerArn=site.listener, Priority=1, Conditions=[{"Field": "path-pattern", "Values": ["/*"]}],
        Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": site.group, "Weight": 1}, {"TargetGroupArn": other, "Weight": 0}]}}],
    )["Rules"][0]["RuleArn"]
    role = f"arn:aws:iam::{site.listener.split(':')[4]}:role/shift"
    advanced = {"alternateTargetGroupArn": other, "productionListenerRule": rule, "roleArn": role}
    site.serve(balancers=[{**behind(site.group)[0], "advancedConfiguration": advanced}], deploymentConfiguration={"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 0})
    with site.load() as load:
        load.goes_on(1)
        site.update(taskDefinition=site.define("second"))
        until_only(load, "second")
        site.services.stable(site.name, seconds=90)
        load.goes_on(1)
    assert load.failed == []


def test_a_killed_task_fails_no_more_than_it_held(site):
    site.serve()
    with site.load() as load:
        load.goes_on(1)
        os.kill(site.process(), signal.SIGKILL)
        load.goes_on(2)
        site.services.stable(site.name, seconds=60)
        site.balancer.healthy(site.group, 2)
        load.goes_on(1)
    # Ten connections may have had a request with it.
    assert len(load.failed) <= 10, (len(load.failed), load.failed[:20])


def test_nobody_notices_that_server_and_agent_are_killed(site):
    site.serve()
    with site.load() as load:
        load.goes_on(1)
        site.server.kill()
        load.goes_on(2)
        site.server.start()
        load.goes_on(2)
        [_] = engines(site.server.data_dir)
    assert load.failed == []
