"""Nothing is lost: a constant load through load balancers while services change, and while what carries them is killed."""

from __future__ import annotations

import json
import os
import signal

import pytest

import target
from balancers import ask, behind, certificate, engines, here
from loaded import Site, until_only, web
from tasks import unique
from waiting import until

# How long it takes until a killed data plane carries traffic again, on a busy machine too.
BACK_WITHIN_S = 5


@pytest.fixture
def site(longshore):
    made = Site(longshore)
    yield made
    made.end()


@pytest.fixture
def network_site(longshore):
    made = Site(longshore, "network")
    yield made
    made.end()


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


def test_a_rolling_update_loses_nothing_over_http_2(site, tmp_path):
    trusted = certificate(site.server, tmp_path, "sealed.example")
    sealed = site.balancer.listen(site.group, port=443, protocol="HTTPS", Certificates=[{"CertificateArn": trusted.arn}])
    site.serve()
    with site.load(scheme="h2", port=443, host=trusted.name) as load:
        load.goes_on(1)
        site.update(taskDefinition=site.define("second"))
        until_only(load, "second")
        site.services.stable(site.name, seconds=90)
        load.goes_on(1)
        assert load.failed == []
        # It would have been seen.
        site.elb.modify_listener(ListenerArn=sealed, DefaultActions=[{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "503"}}])
        until(lambda: {"kept", "new"} <= {line.split()[2] for line in load.failed}, 10, "failures of both kinds")


def test_a_rolling_update_loses_nothing_behind_a_network_load_balancer(network_site):
    site = network_site

    def says(word: str) -> str:
        # It ends as one should whose clients keep connections: it tells them before.
        speaks = target.container("http", environment=[{"name": "SAYS", "value": f"{word}-"}])
        return site.define(word, speaks, volumes=target.volumes())

    site.serve(definition=says("first"))
    address = site.balancer.public()[0]
    assert json.loads(ask(address).body)["client"] == here(address)
    with site.load(path="/name") as load:
        load.goes_on(1)
        site.update(taskDefinition=says("second"))
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
        definition = site.define("broken", {**web("broken"), "command": ["sh", "-c", "exit 1"]})
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


def test_a_swap_of_two_listeners_loses_nothing(site):
    """As deployments of two listeners do it: the test listener has the new task set first, and then they change places."""
    other = site.balancer.target_group()
    test_listener = site.balancer.listen(other, port=9000)
    site.name = unique("external")
    site.ecs.create_service(serviceName=site.name, deploymentController={"type": "EXTERNAL"}, desiredCount=2)

    def task_set(says: str, group: str) -> str:
        whole = {"value": 100, "unit": "PERCENT"}
        made = site.ecs.create_task_set(
            cluster="default", service=site.name, taskDefinition=site.define(says), loadBalancers=behind(group), networkConfiguration=site.network, scale=whole
        )
        return made["taskSet"]["taskSetArn"]

    def primary(task_set: str) -> None:
        site.ecs.update_service_primary_task_set(cluster="default", service=site.name, primaryTaskSet=task_set)

    def lead(listener: str, group: str) -> None:
        site.elb.modify_listener(ListenerArn=listener, DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])

    blue = task_set("blue", site.group)
    primary(blue)
    site.balancer.active()
    site.balancer.healthy(site.group, 2)
    with site.load() as load:
        green = task_set("green", other)
        site.balancer.healthy(other, 2)
        with site.load(port=9000, rate=50) as test_load:
            test_load.goes_on(1)
            assert all(name.startswith("green") for name in test_load.by) and all(name.startswith("blue") for name in load.by)
            lead(site.listener, other)
            lead(test_listener, site.group)
            until_only(load, "green", seconds=10)
            until_only(test_load, "blue", seconds=10)
        primary(green)
        # Nothing leads to it any more.
        site.elb.delete_listener(ListenerArn=test_listener)
        site.ecs.delete_task_set(cluster="default", service=site.name, taskSet=blue, force=True)
        until(lambda: len(site.services.running(site.name)) == 2, 60, "the old set to end")
        load.goes_on(1)
    assert load.failed == test_load.failed == []
    assert {name.split("-")[0] for name in load.by} == {"blue", "green"}


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


def test_a_killed_data_plane_is_soon_back(site):
    site.serve()
    with site.load() as load:
        load.goes_on(1)
        assert load.failed == []
        [engine] = engines(site.server.data_dir)
        os.kill(engine, signal.SIGKILL)
        until(lambda: load.failed, 10, "failures")
        until(lambda: engines(site.server.data_dir) not in ([], [engine]), 10, "another process")
        until(lambda: load.now, 10, "answers")
        load.goes_on(2)
        [_] = engines(site.server.data_dir)
    # What it had is lost, and what comes while nobody is there.
    at = [float(line.split()[0]) for line in load.failed]
    assert at[-1] - at[0] < BACK_WITHIN_S, load.failed
    held = [line for line in load.failed if "kept" in line]
    assert len(held) <= 8, held
