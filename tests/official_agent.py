"""The official ECS agent, unchanged, against `longshore server`: it joins as EXTERNAL, and what it does is read from the API.

Not part of the suite, since the agent is no package: `make test-agent AGENT=/path/to/amazon-ecs-agent` runs it (docs/official-agent.md). Tests run in
order and share one server, one Docker and one agent; the last ones take the instance away.
"""

from __future__ import annotations

import os
import re
import urllib.request
from pathlib import Path

import pytest

import official
from longshore import Longshore
from official import IMAGE, Agent, Engine
from registry import Registry, digest
from tasks import IDLE, Tasks, container, exit_code, one
from waiting import until

if lacking := official.missing():
    pytest.fail("the official agent cannot be tested here:\n" + "\n".join(lacking), pytrace=False)

LAUNCH = {"launchType": "EXTERNAL"}
# The agent asks a registry five times, which is half a minute for each image after the other, and Docker stops a container in its own time.
SECONDS = 120


@pytest.fixture(scope="module", autouse=True)
def apart():
    with official.apart():
        yield


@pytest.fixture(scope="module")
def server(apart):
    made = Longshore("server")
    try:
        yield made.start()
    finally:
        if made.process.poll() is None:
            made.stop()
        made.discard()


@pytest.fixture(scope="module")
def engine(apart):
    made = Engine()
    try:
        yield made.start()
    finally:
        made.end()


@pytest.fixture(scope="module")
def agent(server, engine, request):
    made = Agent(server, engine)
    # After the containers, which are in cgroups of the agent.
    request.addfinalizer(made.discard)
    try:
        yield made.start()
    finally:
        made.end()
        engine.remove_all()


@pytest.fixture(autouse=True)
def words(agent):
    """What the agent says meanwhile, which is shown of a test that fails."""
    before = len(agent.said())
    yield
    print(agent.said()[before:][-6000:])


@pytest.fixture(scope="module")
def tasks(server, agent) -> Tasks:
    return Tasks(server)


@pytest.fixture
def shared(tmp_path) -> Path:
    """A directory that the test has in common with containers."""
    tmp_path.chmod(0o755)
    return tmp_path


def box(script: str | None, name: str = "main", **more) -> dict:
    return container(script, name, image=IMAGE, logConfiguration=None, **more)


def start(tasks: Tasks, *containers: dict, overrides: dict | None = None, **more) -> str:
    run = {**LAUNCH, **({"overrides": overrides} if overrides else {})}
    return tasks.start(*containers, run=run, requiresCompatibilities=["EXTERNAL"], **more)


def finish(tasks: Tasks, *containers: dict, **more) -> dict:
    return tasks.stopped(start(tasks, *containers, **more), SECONDS)


def page(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/index.html", timeout=5) as answer:
        return answer.read().decode()


def serves(port: int, word: str) -> str:
    """A script that answers there with one word."""
    return f"busybox mkdir /www; echo -n {word} > /www/index.html; exec busybox httpd -f -p {port} -h /www"


def answers(port: int, word: str) -> None:
    def answered() -> bool:
        try:
            return page(port) == word
        except OSError:
            return False

    until(answered, 20, f"port {port} to answer")


# Ends with this code as soon as the file is there.
def on_word(code: int) -> str:
    return f"while ! [ -e /shared/end ]; do sleep 0.1; done; exit {code}"


def sharing(directory: Path) -> dict:
    return {"volumes": [{"name": "shared", "host": {"sourcePath": str(directory)}}]}


MOUNT = {"mountPoints": [{"sourceVolume": "shared", "containerPath": "/shared"}]}


def test_it_registers_and_connects(server, agent, engine):
    [arn] = server.ecs.list_container_instances()["containerInstanceArns"]
    instance = server.instance()
    assert (instance["containerInstanceArn"], instance["status"], instance["agentConnected"]) == (arn, "ACTIVE", True)
    assert instance["versionInfo"]["agentVersion"] == agent.version()
    assert engine.docker.run("version", "--format", "{{.Server.Version}}") in instance["versionInfo"]["dockerVersion"]
    assert {"ecs.capability.external", "ecs.capability.container-ordering"} <= {a["name"] for a in instance["attributes"]}
    registered = {r["name"]: r for r in instance["registeredResources"]}
    assert registered["CPU"]["integerValue"] == 1024 * os.cpu_count()
    assert {"22", "51678", "51679"} <= set(registered["PORTS"]["stringSetValue"])


@pytest.mark.parametrize("operation", ["run_task", "start_task"])
def test_a_task_runs_to_its_exit_code(tasks, server, agent, engine, operation):
    definition = tasks.define(box("[ $WORD = given ] && exit 7", environment=[{"name": "WORD", "value": "defined"}]), requiresCompatibilities=["EXTERNAL"])
    instance = server.instance()["containerInstanceArn"]
    where = {"run_task": LAUNCH, "start_task": {"containerInstances": [instance]}}[operation]
    overrides = {"containerOverrides": [{"name": "main", "environment": [{"name": "WORD", "value": "given"}]}]}
    answer = getattr(server.ecs, operation)(taskDefinition=definition, overrides=overrides, **where)
    assert answer["failures"] == []
    task = tasks.stopped(answer["tasks"][0]["taskArn"], SECONDS)
    assert (exit_code(task), task["stopCode"], task["stoppedReason"]) == (7, "EssentialContainerExited", "Essential container in task exited")
    assert (task["launchType"], task["containerInstanceArn"]) == ("EXTERNAL", instance)
    assert task["createdAt"] <= task["startedAt"] <= task["stoppedAt"]
    assert engine.containers(task["taskArn"]) == [one(task)["runtimeId"]]


def test_ten_tasks_at_once(tasks, server, agent):
    definition = tasks.define(box("exit 3", memory=16), requiresCompatibilities=["EXTERNAL"])
    answer = server.ecs.run_task(taskDefinition=definition, count=10, **LAUNCH)
    assert answer["failures"] == []
    ended = [tasks.stopped(task["taskArn"], SECONDS) for task in answer["tasks"]]
    assert [exit_code(task) for task in ended] == [3] * 10


def test_a_container_waits_for_the_success_of_another(tasks, agent, shared):
    # Without the order the second would look long before the first has written.
    first = box("sleep 2; echo written > /shared/word", "first", essential=False, **MOUNT)
    second = box("[ $(cat /shared/word) = written ] && exit 5", dependsOn=[{"containerName": "first", "condition": "SUCCESS"}], **MOUNT)
    task = finish(tasks, first, second, **sharing(shared))
    assert (exit_code(task, "first"), exit_code(task)) == (0, 5)
    assert task["stopCode"] == "EssentialContainerExited"


def test_a_container_whose_dependency_fails_is_not_started(tasks, agent, engine):
    first = box("exit 9", "first", essential=False)
    second = box("exit 0", dependsOn=[{"containerName": "first", "condition": "SUCCESS"}])
    task = finish(tasks, first, second)
    assert (exit_code(task, "first"), task["stopCode"]) == (9, "TaskFailedToStart")
    assert "startedAt" not in task


def test_the_end_of_an_essential_container_ends_the_others(tasks, agent):
    task = finish(tasks, box("exit 4"), box(IDLE, "other"))
    assert (exit_code(task), exit_code(task, "other")) == (4, 0)
    assert task["stoppedReason"] == "Essential container in task exited"


def test_a_stop_waits_for_its_timeout_and_then_kills(tasks, agent, engine):
    # The first process of a container does not hear SIGTERM.
    arn = start(tasks, box("sleep 600", stopTimeout=3))
    tasks.running(arn, SECONDS)
    assert len(engine.running(arn)) == 1
    task = tasks.stop(arn, SECONDS, reason="seen enough")
    assert (exit_code(task), task["stopCode"], task["stoppedReason"]) == (137, "UserInitiated", "seen enough")
    assert 3 <= (task["stoppedAt"] - task["stoppingAt"]).total_seconds() < 20
    assert engine.running(arn) == []


def test_bridge_publishes_a_port_of_its_choice(tasks, agent):
    script = "[ -e /sys/class/net/eth0 ] || exit 1; " + serves(8080, "bridged")
    arn = start(tasks, box(script, portMappings=[{"containerPort": 8080, "hostPort": 0}]), networkMode="bridge")
    [binding] = one(tasks.running(arn, SECONDS))["networkBindings"]
    assert (binding["containerPort"], binding["protocol"], binding["bindIP"]) == (8080, "tcp", "0.0.0.0")
    assert binding["hostPort"] not in (0, 8080)
    answers(binding["hostPort"], "bridged")
    tasks.stop(arn, SECONDS)


def test_host_is_the_network_of_the_machine(tasks, agent):
    arn = start(tasks, box(serves(18080, "hosted"), portMappings=[{"containerPort": 18080}]), networkMode="host")
    tasks.running(arn, SECONDS)
    answers(18080, "hosted")
    tasks.stop(arn, SECONDS)


def test_none_has_the_loopback_only(tasks, agent):
    net = "/sys/class/net"
    task = finish(tasks, box(f"[ -e {net}/lo ] && ! [ -e {net}/eth0 ] && ! [ -e {net}/docker0 ] && exit 6"), networkMode="none")
    assert exit_code(task) == 6
    assert one(task).get("networkBindings", []) == []


def test_an_image_is_pulled(tasks, agent):
    with Registry() as registry:
        registry.add("pulled")
        name = f"{registry.address}/pulled"
        task = finish(tasks, {**box("[ -e /layer-0 ] && exit 6"), "image": name})
        wanted = digest(registry.images["pulled"].manifest)
    assert exit_code(task) == 6
    assert (one(task)["image"], one(task)["imageDigest"]) == (name, wanted)
    assert task["createdAt"] <= task["pullStartedAt"] <= task["pullStoppedAt"] <= task["startedAt"]


def test_an_image_that_cannot_be_pulled_fails_the_start(tasks, agent):
    with Registry() as registry:
        # One that the registry has not, and a registry that is not there.
        wanted = {f"{registry.address}/missing": "name unknown", "127.0.0.1:9/dead": "127.0.0.1:9: connect: connection refused"}
        started = {image: start(tasks, {**box("true"), "image": image}) for image in wanted}
        ended = {image: tasks.stopped(arn, SECONDS) for image, arn in started.items()}
    for image, task in ended.items():
        assert (task["stopCode"], exit_code(task)) == ("TaskFailedToStart", None)
        assert re.match(rf"CannotPull\w+Error: .*{wanted[image]}", one(task)["reason"])
        assert task["stoppedReason"] == one(task)["reason"]


def test_a_command_that_is_not_there_fails_the_start(tasks, agent):
    task = finish(tasks, {**box(None), "command": ["/missing"]})
    assert task["stopCode"] == "TaskFailedToStart"
    assert "/missing" in one(task)["reason"]


def test_memory_is_limited(tasks, agent):
    task = finish(tasks, box("busybox tail /dev/zero", memory=16))
    assert exit_code(task) == 137
    assert one(task)["reason"].startswith("OutOfMemoryError")


def test_health_is_told(tasks, agent):
    """Of the container by the telemetry session, of one that waits for it by its start."""
    check = lambda command: {"command": ["CMD-SHELL", command], "interval": 5, "retries": 1}
    well = box(IDLE, "well", healthCheck=check("true"))
    ill = box(IDLE, "ill", healthCheck=check("false"))
    after = box("echo; " + IDLE, "after", dependsOn=[{"containerName": "well", "condition": "HEALTHY"}])
    arn = start(tasks, well, ill, after)
    tasks.running(arn, SECONDS)
    wanted = {"well": "HEALTHY", "ill": "UNHEALTHY", "after": "UNKNOWN"}
    seen = lambda: {c["name"]: c["healthStatus"] for c in tasks.describe(arn)["containers"]}
    until(lambda: seen() == wanted, SECONDS, "the health of every container")
    assert tasks.describe(arn)["healthStatus"] == "UNHEALTHY"
    tasks.stop(arn, SECONDS)


def test_tasks_outlive_the_agent(tasks, server, agent, engine, shared):
    stays, stopped = start(tasks, box(IDLE)), start(tasks, box(IDLE))
    ends = start(tasks, box(on_word(8), **MOUNT), **sharing(shared))
    arns = (stays, stopped, ends)
    instance = server.instance()["containerInstanceArn"]
    before = [tasks.running(arn, SECONDS) for arn in arns]
    agent.kill()
    until(lambda: not server.instance()["agentConnected"], 20, "the agent to be missed")
    server.ecs.stop_task(task=stopped)
    (shared / "end").touch()
    until(lambda: engine.running(ends) == [], 20, "the container to end")
    assert len(engine.running(stopped)) == 1
    agent.start()
    assert server.instance()["containerInstanceArn"] == instance
    assert len(server.ecs.list_container_instances()["containerInstanceArns"]) == 1
    task = tasks.stopped(ends, SECONDS)
    assert (exit_code(task), task["stoppedReason"]) == (8, "Essential container in task exited")
    task = tasks.stopped(stopped, SECONDS)
    assert (exit_code(task), task["stopCode"]) == (0, "UserInitiated")
    # None was started a second time.
    assert [engine.containers(arn) for arn in arns] == [[one(task)["runtimeId"]] for task in before]
    assert tasks.running(stays)["startedAt"] == before[0]["startedAt"]
    assert exit_code(tasks.stop(stays, SECONDS)) == 0


def test_tasks_and_agent_outlive_the_server(tasks, server, agent, engine, shared):
    stays = start(tasks, box(IDLE))
    ends = start(tasks, box(on_word(8), **MOUNT), **sharing(shared))
    instance = server.instance()["containerInstanceArn"]
    before = [tasks.running(arn, SECONDS) for arn in (stays, ends)]
    server.kill()
    (shared / "end").touch()
    until(lambda: engine.running(ends) == [], 20, "the container to end")
    server.start()
    until(agent.is_connected, SECONDS, "the official agent to come back")
    assert server.instance()["containerInstanceArn"] == instance
    again = Tasks(server)
    task = again.stopped(ends, SECONDS)
    assert (exit_code(task), task["stoppedReason"]) == (8, "Essential container in task exited")
    assert [engine.containers(arn) for arn in (stays, ends)] == [[one(task)["runtimeId"]] for task in before]
    assert exit_code(again.stop(stays, SECONDS)) == 0


def state(server: Longshore, wanted: str) -> None:
    answer = server.ecs.update_container_instances_state(containerInstances=[server.instance()["containerInstanceArn"]], status=wanted)
    assert (answer["failures"], answer["containerInstances"][0]["status"]) == ([], wanted)


def test_an_instance_that_drains_keeps_its_tasks_and_takes_no_more(server, agent, engine):
    tasks = Tasks(server)
    stays = start(tasks, box(IDLE))
    tasks.running(stays, SECONDS)
    definition = tasks.define(box("exit 2"), requiresCompatibilities=["EXTERNAL"])
    state(server, "DRAINING")
    with pytest.raises(server.ecs.exceptions.InvalidParameterException, match="No Container Instances were found"):
        server.ecs.run_task(taskDefinition=definition, **LAUNCH)
    assert len(engine.running(stays)) == 1
    state(server, "ACTIVE")
    # What is asked for afterwards comes to its end, and the first one has run all the while.
    assert exit_code(tasks.stopped(tasks.run(definition, **LAUNCH), SECONDS)) == 2
    assert tasks.describe(stays)["lastStatus"] == "RUNNING"
    assert exit_code(tasks.stop(stays, SECONDS)) == 0


def test_a_deregistered_instance_stops_its_tasks_and_does_not_come_back(server, agent, engine):
    tasks = Tasks(server)
    arn = start(tasks, box(IDLE))
    tasks.running(arn, SECONDS)
    instance = server.instance()["containerInstanceArn"]
    with pytest.raises(server.ecs.exceptions.InvalidParameterException):
        server.ecs.deregister_container_instance(containerInstance=instance)
    answer = server.ecs.deregister_container_instance(containerInstance=instance, force=True)["containerInstance"]
    assert (answer["containerInstanceArn"], answer["status"]) == (instance, "INACTIVE")
    assert server.instance() is None
    tasks.stopped(arn, SECONDS)
    until(lambda: engine.running(arn) == [], SECONDS, "the agent to stop its container")
    agent.end()
    # With what it remembers it is not taken again, and ends; without, it is a new instance.
    before = len(agent.said())
    agent.launch()
    until(lambda: agent.process.poll() is not None, SECONDS, "the agent of an inactive instance to end")
    assert "is inactive" in agent.said()[before:]
    agent.forget()
    agent.start()
    assert server.instance()["containerInstanceArn"] != instance
    assert exit_code(finish(tasks, box("exit 1"))) == 1
