"""Deployments that shift traffic: BLUE_GREEN, LINEAR and CANARY with real containers, their hooks, and a server that is killed in every stage."""

from __future__ import annotations

import json
import stat
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from services import SLEEP, Services
from tasks import IDLE, container
from waiting import until

STAGES = [
    "PRE_SCALE_UP", "POST_SCALE_UP", "TEST_TRAFFIC_SHIFT", "POST_TEST_TRAFFIC_SHIFT",
    "PRE_PRODUCTION_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT",
]
DONE = {"hookStatus": "SUCCEEDED"}


class Hook:
    """An address that deployments call: it writes down what it is told and answers as the test wants."""

    def __init__(self, answer=lambda event: DONE) -> None:
        self.events: list[dict] = []
        self.answer = answer
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                assert self.headers["content-type"] == "application/json"
                event = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.events.append(event)
                said = outer.answer(event)
                status, body = said if isinstance(said, tuple) else (200, json.dumps(said))
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, *_) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hook?token=never-logged"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stages(self) -> list[str]:
        """In the order in which they came, each once."""
        return list(dict.fromkeys(e["lifecycleStage"] for e in self.events))

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def hooks():
    made: list[Hook] = []

    def make(*arguments) -> Hook:
        made.append(Hook(*arguments))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture(scope="module")
def program(tmp_path_factory) -> Path:
    """A hook of the operator: it says what it was told, agrees, and fails where it is told so."""
    path = tmp_path_factory.mktemp("hooks") / "check"
    path.write_text(
        '#!/bin/sh\nevent=$(cat)\necho "$event" >>"$(dirname "$0")/told"\nenv >"$(dirname "$0")/env"\n'
        'case "$event" in *please-fail*) exit 3;; esac\necho \'{"hookStatus": "SUCCEEDED"}\'\n'
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture(scope="module")
def arguments(program) -> list[str]:
    return ["--cpu", "16384", "--memory", "16384", "--hook", f"check={program}"]


@pytest.fixture(scope="module")
def services(longshore) -> Services:
    return Services(longshore)


def shifting(strategy: str = "BLUE_GREEN", hooks: list[dict] | None = None, **more) -> dict:
    return {"strategy": strategy, "bakeTimeInMinutes": 0, "lifecycleHooks": hooks or [], **more}


def called(hook: Hook | str, *stages: str, **more) -> dict:
    target = hook if isinstance(hook, str) else hook.url
    return {"hookTargetArn": target, "lifecycleStages": list(stages), **more}


def pause(*stages: str, **more) -> dict:
    return {"targetType": "PAUSE", "lifecycleStages": list(stages), **more}


def newest(services: Services, name: str) -> dict:
    """The newest deployment of a service."""
    listed = services.ecs.list_service_deployments(service=name)["serviceDeployments"]
    [found] = services.ecs.describe_service_deployments(serviceDeploymentArns=[listed[0]["serviceDeploymentArn"]])["serviceDeployments"]
    return found


def ends(services: Services, name: str, status: str, seconds: float = 90) -> dict:
    over = {"SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED"}
    found = until(lambda: (lambda d: d if d["status"] in over else None)(newest(services, name)), seconds, f"the deployment of {name} to end")
    assert found["status"] == status, (found, services.messages(name)[-8:])
    return found


def at(services: Services, name: str, stage: str, seconds: float = 60) -> dict:
    return until(lambda: (lambda d: d if d.get("lifecycleStage") == stage else None)(newest(services, name)), seconds, f"{name} to be at {stage}")


def weights(deployment: dict) -> list[tuple[float, float]]:
    """Test and production: of the target, then of the sources."""
    revisions = [deployment["targetServiceRevision"], *deployment["sourceServiceRevisions"]]
    return [(r["requestedTestTrafficWeight"], r["requestedProductionTrafficWeight"]) for r in revisions]


def running(services: Services, name: str) -> dict[str, int]:
    """How many tasks of each definition run."""
    counts: dict[str, int] = {}
    for task in services.running(name):
        if task["lastStatus"] == "RUNNING":
            counts[task["taskDefinitionArn"]] = counts.get(task["taskDefinitionArn"], 0) + 1
    return counts


def blue(services: Services, configuration: dict, count: int = 2) -> tuple[str, str, str]:
    """A service that runs its first definition; its name, that one and another one."""
    one, two = services.tasks.define(SLEEP), services.tasks.define(SLEEP)
    name = services.create(one, desiredCount=count)
    services.stable(name)
    services.ecs.update_service(service=name, deploymentConfiguration=configuration)
    return name, one, two


def test_a_service_goes_from_blue_to_green(services, longshore):
    name, one, two = blue(services, shifting(hooks=[pause("POST_PRODUCTION_TRAFFIC_SHIFT")]))
    before = [t["taskArn"] for t in services.running(name)]
    services.ecs.update_service(service=name, taskDefinition=two)
    found = at(services, name, "POST_PRODUCTION_TRAFFIC_SHIFT")
    # Both are there, and blue is untouched.
    assert running(services, name) == {one: 2, two: 2} and set(before) <= {t["taskArn"] for t in services.running(name)}
    assert weights(found) == [(100.0, 100.0), (0.0, 0.0)] and found["status"] == "IN_PROGRESS"
    assert [d["desiredCount"] for d in services.describe(name)["deployments"]] == [2, 2]
    [hook] = found["lifecycleHookDetails"]
    assert hook["hookId"].startswith("ecs-pause-") and len(hook["hookId"]) == 53 and "targetArn" not in hook
    assert (hook["targetType"], hook["status"], hook["timeoutAction"]) == ("PAUSE", "AWAITING_ACTION", "ROLLBACK")
    assert (hook["expiresAt"] - found["startedAt"]).total_seconds() >= 24 * 3600
    longshore.aws("ecs", "continue-service-deployment", "--service-deployment-arn", found["serviceDeploymentArn"], "--hook-id", hook["hookId"])
    longshore.aws("ecs", "wait", "services-stable", "--services", name)
    found = ends(services, name, "SUCCESSFUL")
    assert (found["lifecycleStage"], running(services, name)) == ("CLEAN_UP", {two: 2})
    shown = services.describe(name)
    assert [d["rolloutState"] for d in shown["deployments"]] == ["COMPLETED"] and shown["taskDefinition"] == two
    deployment = shown["deployments"][0]["id"]
    assert f"(service {name}) (deployment {deployment}) deployment completed." in services.messages(name)
    services.delete(name)


def test_a_server_that_is_killed_in_every_stage(services, longshore, hooks):
    allowed: set[str] = set()

    def answer(event: dict) -> dict:
        if event["lifecycleStage"] in allowed:
            return DONE
        return {"hookStatus": "IN_PROGRESS", "callBackDelay": 1, "hookDetails": {"asked": len(hook.events)}}

    def kill() -> None:
        longshore.kill()
        longshore.start()
        services.ecs = services.tasks.ecs = longshore.ecs

    hook = hooks(answer)
    paused = ["POST_SCALE_UP", "POST_PRODUCTION_TRAFFIC_SHIFT"]
    name, one, two = blue(services, shifting(hooks=[called(hook, *STAGES), pause(*paused)]), count=1)
    services.ecs.update_service(service=name, taskDefinition=two)
    for stage in STAGES:
        asked = lambda: [e for e in hook.events if e["lifecycleStage"] == stage]
        until(asked, 60, f"the hook to be asked at {stage}")
        kill()
        # It is asked again, under the same id, and told what it gave.
        before = len(asked())
        until(lambda: len(asked()) > before + 1, 60, f"the hook to be asked again at {stage}")
        assert len({e["executionId"] for e in asked()}) == 1 and asked()[-1]["hookDetails"]["asked"] > 0
        found = newest(services, name)
        assert (found["status"], found["lifecycleStage"]) == ("IN_PROGRESS", stage)
        allowed.add(stage)
        if stage in paused:
            of = lambda status: [h for h in newest(services, name)["lifecycleHookDetails"] if h["status"] == status]
            until(lambda: of("SUCCEEDED"), 30, "the called hook to be done")
            [waiting] = of("AWAITING_ACTION")
            kill()
            assert of("AWAITING_ACTION") == [waiting], "the pause is the same one"
            services.ecs.continue_service_deployment(serviceDeploymentArn=found["serviceDeploymentArn"], hookId=waiting["hookId"], action="CONTINUE")
    ends(services, name, "SUCCESSFUL")
    assert hook.stages() == STAGES and running(services, name) == {two: 1}
    assert "never-logged" not in longshore.said(), "an address that may carry a secret is not logged"
    services.delete(name)


def test_what_hooks_are_told(services, hooks):
    hook = hooks()
    details = {"bucket": "b", "deep": {"a": [1, 2.5, None, True]}}
    name, one, two = blue(services, shifting(hooks=[called(hook, *STAGES, hookDetails=details)]), count=1)
    services.ecs.update_service(service=name, taskDefinition=two)
    found = ends(services, name, "SUCCESSFUL")
    assert [e["lifecycleStage"] for e in hook.events] == STAGES
    assert all(e["hookDetails"] == details and e["resourceArn"] == found["serviceDeploymentArn"] for e in hook.events)
    green = found["targetServiceRevision"]["arn"]
    [old] = [r["arn"] for r in found["sourceServiceRevisions"]]
    assert {e["executionDetails"]["targetServiceRevisionArn"] for e in hook.events} == {green}
    told = {e["lifecycleStage"]: (e["executionDetails"]["testTrafficWeights"], e["executionDetails"]["productionTrafficWeights"]) for e in hook.events}
    nothing = ({}, {})
    assert told == {
        "PRE_SCALE_UP": nothing, "POST_SCALE_UP": nothing,
        "TEST_TRAFFIC_SHIFT": ({green: 100, old: 0}, {}), "POST_TEST_TRAFFIC_SHIFT": nothing,
        "PRE_PRODUCTION_TRAFFIC_SHIFT": ({}, {green: 0, old: 100}), "PRODUCTION_TRAFFIC_SHIFT": ({}, {green: 100, old: 0}),
        "POST_PRODUCTION_TRAFFIC_SHIFT": nothing,
    }
    [shown] = services.describe(name)["deploymentConfiguration"]["lifecycleHooks"]
    assert (shown["targetType"], shown["hookTargetArn"], shown["hookDetails"], shown["lifecycleStages"]) == ("AWS_LAMBDA", hook.url, details, STAGES)
    services.delete(name)


@pytest.mark.parametrize("answer", [{"hookStatus": "FAILED"}, {"status": "fine"}, (500, "{}"), (302, ""), (200, "x" * 100_000)], ids=["FAILED", "nothing", "500", "redirect", "long"])
def test_a_hook_that_fails_rolls_back(services, hooks, answer):
    hook = hooks(lambda event: answer if event["lifecycleStage"] == "POST_PRODUCTION_TRAFFIC_SHIFT" else DONE)
    name, one, two = blue(services, shifting(hooks=[called(hook, "PRODUCTION_TRAFFIC_SHIFT", "POST_PRODUCTION_TRAFFIC_SHIFT")]), count=1)
    before = [t["taskArn"] for t in services.running(name)]
    services.ecs.update_service(service=name, taskDefinition=two)
    found = ends(services, name, "ROLLBACK_SUCCESSFUL")
    services.stable(name)
    assert [t["taskArn"] for t in services.running(name)] == before, "blue was never touched"
    assert weights(found) == [(0.0, 0.0), (100.0, 100.0)]
    assert found["rollback"]["serviceRevisionArn"] == found["sourceServiceRevisions"][0]["arn"]
    assert [h["status"] for h in found["lifecycleHookDetails"]] == ["FAILED"]
    [first, last] = [e["executionDetails"]["productionTrafficWeights"] for e in hook.events if e["lifecycleStage"] == "PRODUCTION_TRAFFIC_SHIFT"]
    green, old = found["targetServiceRevision"]["arn"], found["sourceServiceRevisions"][0]["arn"]
    assert (first, last) == ({green: 100, old: 0}, {green: 0, old: 100}), "on the way back the hook is told the weights of the way back"
    assert any(m.endswith("deployment failed: hook execution failure(s) detected.") for m in services.messages(name))
    services.delete(name)


def test_a_hook_that_is_not_there_rolls_back(services, hooks):
    gone = hooks()
    gone.close()
    name, one, two = blue(services, shifting(hooks=[called(gone, "PRE_SCALE_UP")]), count=1)
    services.ecs.update_service(service=name, taskDefinition=two)
    ends(services, name, "ROLLBACK_SUCCESSFUL")
    assert running(services, name) == {one: 1} and gone.events == []
    services.delete(name)


def test_hooks_that_are_programs_and_tasks(services, program, longshore):
    check = services.tasks.define(container('echo "$LONGSHORE_HOOK_EVENT" | grep -q POST_SCALE_UP'))
    name, one, two = blue(services, shifting(hooks=[called("exec:check", "PRE_SCALE_UP"), called(check, "POST_SCALE_UP")]), count=1)
    services.ecs.update_service(service=name, taskDefinition=two)
    ends(services, name, "SUCCESSFUL")
    [told] = (program.parent / "told").read_text().splitlines()
    assert json.loads(told)["lifecycleStage"] == "PRE_SCALE_UP"
    environment = (program.parent / "env").read_text()
    assert "AWS_" not in environment and "PATH=" in environment
    [task] = services.ecs.list_tasks(family=check.split("/")[1].split(":")[0], desiredStatus="STOPPED")["taskArns"]
    assert services.tasks.describe(task)["startedBy"].startswith("ecs-hook/")
    # Either may fail.
    bad = services.tasks.define(container("exit 4", logConfiguration=None))
    for hook in (called("exec:check", "PRE_SCALE_UP", hookDetails={"how": "please-fail"}), called(bad, "PRE_SCALE_UP")):
        services.ecs.update_service(service=name, taskDefinition=one, deploymentConfiguration=shifting(hooks=[hook]))
        ends(services, name, "ROLLBACK_SUCCESSFUL")
        assert running(services, name) == {two: 1}
    services.delete(name)


def test_linear_and_canary_go_step_by_step(services, hooks):
    hook = hooks()
    stages = ["PRE_PRODUCTION_TRAFFIC_SHIFT", "PRODUCTION_TRAFFIC_SHIFT"]
    linear = shifting("LINEAR", [called(hook, *stages)], linearConfiguration={"stepPercent": 33.3, "stepBakeTimeInMinutes": 0})
    name, one, two = blue(services, linear, count=1)
    services.ecs.update_service(service=name, taskDefinition=two)
    found = ends(services, name, "SUCCESSFUL")
    green = found["targetServiceRevision"]["arn"]
    told = [(e["lifecycleStage"] == stages[1], e["executionDetails"]["productionTrafficWeights"][green]) for e in hook.events]
    assert told == [(False, 0), (True, 33.3), (False, 33.3), (True, 66.6), (False, 66.6), (True, 99.9), (False, 99.9), (True, 100)]
    assert len({e["executionId"] for e in hook.events}) == 8
    shown = found["deploymentConfiguration"]
    assert (shown["strategy"], shown["linearConfiguration"]) == ("LINEAR", {"stepPercent": 33.3, "stepBakeTimeInMinutes": 0})
    hook.events.clear()
    canary = shifting("CANARY", [called(hook, stages[1]), pause(stages[0])], canaryConfiguration={"canaryBakeTimeInMinutes": 0})
    services.ecs.update_service(service=name, taskDefinition=one, deploymentConfiguration=canary)
    # A pause before each step, each with its own id.
    seen = set()
    for _ in range(2):
        waits = lambda: [h["hookId"] for h in newest(services, name).get("lifecycleHookDetails", []) if h["status"] == "AWAITING_ACTION" and h["hookId"] not in seen]
        [waiting] = until(waits, 60, "a pause")
        seen.add(waiting)
        services.ecs.continue_service_deployment(serviceDeploymentArn=newest(services, name)["serviceDeploymentArn"], hookId=waiting)
    found = ends(services, name, "SUCCESSFUL")
    assert [e["executionDetails"]["productionTrafficWeights"][found["targetServiceRevision"]["arn"]] for e in hook.events] == [5, 100]
    assert found["deploymentConfiguration"]["canaryConfiguration"] == {"canaryPercent": 5.0, "canaryBakeTimeInMinutes": 0}
    assert "linearConfiguration" not in found["deploymentConfiguration"]
    services.delete(name)


def test_stopping_and_answering(services):
    ecs = services.ecs
    name, one, two = blue(services, shifting(hooks=[pause("POST_TEST_TRAFFIC_SHIFT")]), count=1)

    def paused() -> tuple[str, str]:
        ecs.update_service(service=name, taskDefinition=two)
        found = at(services, name, "POST_TEST_TRAFFIC_SHIFT")
        return found["serviceDeploymentArn"], found["lifecycleHookDetails"][0]["hookId"]

    arn, hook = paused()
    ecs.continue_service_deployment(serviceDeploymentArn=arn, hookId=hook, action="ROLLBACK")
    ends(services, name, "ROLLBACK_SUCCESSFUL")
    for bad, code in [
        (dict(serviceDeploymentArn=arn, hookId=hook), "InvalidParameterException"),
        (dict(serviceDeploymentArn=arn[:-1] + ("x" if arn[-1] != "x" else "y"), hookId=hook), "ServiceDeploymentNotFoundException"),
        (dict(serviceDeploymentArn="nonsense", hookId=hook), "InvalidParameterException"),
    ]:
        with pytest.raises(ClientError) as caught:
            ecs.continue_service_deployment(**bad)
        assert caught.value.response["Error"]["Code"] == code, bad
    arn, hook = paused()
    with pytest.raises(ClientError) as caught:
        ecs.continue_service_deployment(serviceDeploymentArn=arn, hookId="ecs-pause-nonsense")
    assert caught.value.response["Error"]["Code"] == "InvalidParameterException"
    ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ROLLBACK")
    found = ends(services, name, "ROLLBACK_SUCCESSFUL")
    assert running(services, name) == {one: 1} and found["statusReason"] == "Service deployment stopped by the user with stop type ROLLBACK."
    # Aborted, both stay as they are; the next deployment begins with blue alone.
    arn, hook = paused()
    ecs.stop_service_deployment(serviceDeploymentArn=arn, stopType="ABORT")
    found = ends(services, name, "STOPPED")
    assert running(services, name) == {one: 1, two: 1} and weights(found)[0] == (100.0, 0.0)
    three = services.tasks.define(SLEEP)
    ecs.update_service(service=name, taskDefinition=three, deploymentConfiguration=shifting(hooks=[pause("RECONCILE_SERVICE")]))
    found = at(services, name, "RECONCILE_SERVICE")
    assert len(found["sourceServiceRevisions"]) == 2
    until(lambda: running(services, name) == {one: 1}, 60, "blue alone")
    ecs.continue_service_deployment(serviceDeploymentArn=found["serviceDeploymentArn"], hookId=found["lifecycleHookDetails"][0]["hookId"])
    ends(services, name, "SUCCESSFUL")
    assert running(services, name) == {three: 1}
    services.delete(name)


def test_a_first_deployment_and_a_broken_one_with_a_circuit_breaker(services, hooks):
    hook = hooks()
    one = services.tasks.define(container(IDLE, logConfiguration=None))
    configuration = shifting(hooks=[called(hook, *STAGES)], deploymentCircuitBreaker={"enable": True, "rollback": True})
    name = services.create(one, deploymentConfiguration=configuration)
    ends(services, name, "SUCCESSFUL")
    assert hook.stages() == STAGES
    broken = services.tasks.define(container(IDLE, logConfiguration=None, image="127.0.0.1:1/none"))
    services.ecs.update_service(service=name, taskDefinition=broken)
    found = ends(services, name, "ROLLBACK_SUCCESSFUL")
    assert found["deploymentCircuitBreaker"]["status"] == "TRIGGERED" and running(services, name) == {one: 1}
    services.delete(name)


def test_refusals(services):
    definition = services.tasks.define(SLEEP)

    def refused(code: str, part: str, configuration: dict, **more) -> None:
        with pytest.raises(ClientError) as caught:
            services.ecs.create_service(serviceName="never", taskDefinition=definition, deploymentConfiguration=configuration, **{"desiredCount": 1, **more})
        error = caught.value.response["Error"]
        assert error["Code"] == code and part in error["Message"], error

    invalid, unsupported = "InvalidParameterException", "UnsupportedFeatureException"
    url = "http://127.0.0.1:1/"
    refused(unsupported, "Lambda", shifting(hooks=[called("arn:aws:lambda:us-east-1:000000000000:function:f", "PRE_SCALE_UP")]))
    refused(invalid, "does not offer", shifting(hooks=[called("exec:other", "PRE_SCALE_UP")]))
    refused(invalid, "hookTargetArn", shifting(hooks=[called("/bin/sh", "PRE_SCALE_UP")]))
    refused(invalid, "user name or password", shifting(hooks=[called("http://a:b@127.0.0.1/", "PRE_SCALE_UP")]))
    refused(invalid, "hookTargetArn must be", shifting(hooks=[{"lifecycleStages": ["PRE_SCALE_UP"]}]))
    refused(invalid, "lifecycleStages", shifting(hooks=[called(url)]))
    refused(invalid, "roleArn", shifting(hooks=[called(url, "PRE_SCALE_UP", roleArn="role")]))
    refused(invalid, "JSON object", shifting(hooks=[called(url, "PRE_SCALE_UP", hookDetails=[1])]))
    refused(invalid, "1440", shifting(hooks=[called(url, "PRE_SCALE_UP", timeoutConfiguration={"timeoutInMinutes": 1441})]))
    refused(invalid, "PAUSE hooks cannot", shifting(hooks=[pause("TEST_TRAFFIC_SHIFT")]))
    refused(invalid, "PAUSE hooks do not", shifting(hooks=[pause("PRE_SCALE_UP", hookTargetArn=url)]))
    refused(invalid, "at most 10", shifting(hooks=[pause("PRE_SCALE_UP")] * 11))
    refused(invalid, "bakeTimeInMinutes", {"strategy": "BLUE_GREEN", "bakeTimeInMinutes": 1441})
    refused(invalid, "stepPercent", shifting("LINEAR", linearConfiguration={"stepPercent": 2.9}))
    refused(invalid, "stepPercent", shifting("LINEAR", linearConfiguration={"stepPercent": 10.05}))
    refused(invalid, "canaryPercent", shifting("CANARY", canaryConfiguration={"canaryPercent": 0.0}))
    refused(invalid, "canaryBakeTimeInMinutes", shifting("CANARY", canaryConfiguration={"canaryBakeTimeInMinutes": -1}))
    refused(invalid, "linearConfiguration", shifting("CANARY", linearConfiguration={"stepPercent": 10.0}))
    refused(invalid, "LINEAR and CANARY", {"strategy": "ROLLING", "canaryConfiguration": {"canaryPercent": 10.0}})
    refused(unsupported, "ROLLING", {"strategy": "ROLLING", "lifecycleHooks": [pause("PRE_SCALE_UP")]})
    refused(unsupported, "ROLLING", {"strategy": "ROLLING", "bakeTimeInMinutes": 5})
    refused(unsupported, "alarms", shifting(alarms={"alarmNames": ["slow"], "enable": True, "rollback": True}))
    refused(invalid, "a is not the ARN of a target group.", shifting(), loadBalancers=[{"targetGroupArn": "a", "containerName": "main", "containerPort": 80}])
    with pytest.raises(ClientError) as caught:
        services.ecs.create_service(serviceName="never", taskDefinition=definition, schedulingStrategy="DAEMON", deploymentConfiguration={"strategy": "BLUE_GREEN"})
    assert "DAEMON" in caught.value.response["Error"]["Message"]
