"""What the official agent's environment variables, and the options of the same names, do to a node; and credentials of private registries."""

from __future__ import annotations

import base64
import json
import os
import pty
import subprocess

import pytest

from longshore import IMAGE, PROGRAM
from registry import Image, Registry
from roles import TASKS, role
from tasks import IDLE, Tasks, container, exit_code, one
from waiting import until

USER = ("me", "hush-it-is:a-secret")
# Does not hear SIGTERM.
DEAF = "trap '' TERM; while :; do sleep 1; done"


def names(longshore) -> list[str]:
    return [line.split()[0] for line in longshore.run("image", "ls").stdout.splitlines()[1:]]


def resources(longshore) -> dict:
    shown = longshore.instance()["registeredResources"]
    return {r["name"]: r.get("stringSetValue", r.get("integerValue")) for r in shown}


def test_what_an_instance_offers_and_says(fresh, monkeypatch):
    variables = {
        "ECS_INSTANCE_ATTRIBUTES": '{"stack": "prod", "rack": "7"}',
        "ECS_CONTAINER_INSTANCE_TAGS": '{"owner": "tests"}',
        "ECS_RESERVED_MEMORY": "100",
        "ECS_RESERVED_PORTS": "[22, 18080]",
        "ECS_RESERVED_PORTS_UDP": "[53]",
        "ECS_DISABLE_PRIVILEGED": "true",
        "ECS_CONTAINER_STOP_TIMEOUT": "1s",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    # An option goes before its variable.
    up = fresh(arguments=["--cpu", "4096", "--memory", "1000", "--reserved-memory", "200", "--instance-type", "m5.large"]).start()
    up.run("image", "demo", "--name", IMAGE)
    tasks = Tasks(up)
    attributes = {a["name"]: a.get("value") for a in up.instance()["attributes"]}
    assert (attributes["stack"], attributes["rack"], attributes["ecs.instance-type"]) == ("prod", "7", "m5.large")
    assert "com.amazonaws.ecs.capability.privileged-container" not in attributes
    arn = up.instance()["containerInstanceArn"]
    assert up.ecs.list_tags_for_resource(resourceArn=arn)["tags"] == [{"key": "owner", "value": "tests"}]
    offered = resources(up)
    assert (offered["MEMORY"], sorted(offered["PORTS"]), offered["PORTS_UDP"]) == (800, ["18080", "22"], ["53"])

    def failure(*containers: dict, **more) -> str:
        answer = up.ecs.run_task(taskDefinition=tasks.define(*containers, **more))
        assert answer["tasks"] == []
        return answer["failures"][0]["reason"]

    assert failure(container("true", privileged=True)) == "ATTRIBUTE"
    assert failure(container("true", portMappings=[{"containerPort": 80, "hostPort": 18080}])) == "RESOURCE:PORTS"
    assert failure(container("true", memory=900)) == "RESOURCE:MEMORY"
    placed = up.ecs.run_task(
        taskDefinition=tasks.define(container("true")), placementConstraints=[{"type": "memberOf", "expression": "attribute:stack == prod"}]
    )
    assert placed["failures"] == []
    deaf = tasks.start(container(DEAF, stopTimeout=None))
    tasks.running(deaf)
    stopped = tasks.stop(deaf)
    assert exit_code(stopped) == 137
    # 30 s without the setting.
    assert (stopped["stoppedAt"] - stopped["stoppingAt"]).total_seconds() < 15
    tasks.stop_all()


@pytest.mark.parametrize("behavior", ["always", "once", "prefer-cached"])
def test_when_a_registry_is_asked(fresh, monkeypatch, behavior):
    monkeypatch.setenv("ECS_IMAGE_PULL_BEHAVIOR", behavior)
    up = fresh().start()
    tasks = Tasks(up)
    with Registry() as registry:
        registry.add("app")
        app = container("true", image=f"{registry.address}/app:latest", logConfiguration=None)
        assert exit_code(tasks.finish(app)) == 0
        registry.requests.clear()
        assert exit_code(tasks.finish(app)) == 0
        assert bool(registry.requests) == (behavior == "always"), registry.requests
        # It is not there any more.
        registry.images.clear()
        task = tasks.finish(app)
    if behavior == "always":
        assert "CannotPullContainerError" in task["stoppedReason"] and task["stopCode"] == "TaskFailedToStart"
    else:
        assert exit_code(task) == 0


def test_images_that_nobody_uses_go(fresh, monkeypatch, tmp_path):
    up = fresh().start()
    for layers, name in ((1, "unused"), (2, "kept")):
        Image(layers).archive(tmp_path / f"{name}.tar", f"example.test/{name}:1")
        up.run("image", "load", tmp_path / f"{name}.tar")
    # As the node starts; with the default age of an hour both stay.
    up.stop()
    up.start()
    assert {"example.test/unused:1", "example.test/kept:1"} <= set(names(up))
    up.stop()
    monkeypatch.setenv("ECS_IMAGE_MINIMUM_CLEANUP_AGE", "0s")
    monkeypatch.setenv("ECS_EXCLUDE_UNTRACKED_IMAGE", "example.test/kept:1,example.test/absent")
    monkeypatch.setenv("ECS_DISABLE_IMAGE_CLEANUP", "true")
    up.start()
    assert "example.test/unused:1" in names(up)
    up.stop()
    monkeypatch.delenv("ECS_DISABLE_IMAGE_CLEANUP")
    up.start()
    until(lambda: "example.test/unused:1" not in names(up), 20, "the image that nobody uses to go")
    assert "example.test/kept:1" in names(up)


def test_a_setting_that_cannot_be_is_refused(tmp_path):
    for setting, said in [
        ({"ECS_IMAGE_PULL_BEHAVIOR": "sometimes"}, "prefer-cached"),
        ({"ECS_RESERVED_PORTS": "22"}, "--reserved-ports"),
        ({"ECS_IMAGE_CLEANUP_INTERVAL": "1m"}, "600 s is the least"),
        ({"ECS_ENGINE_AUTH_TYPE": "docker", "ECS_ENGINE_AUTH_DATA": "hush"}, "ECS_ENGINE_AUTH_DATA"),
    ]:
        environment = {**os.environ, **setting, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
        command = [PROGRAM, "agent", "--data-dir", tmp_path, "--endpoint", "http://127.0.0.1:1"]
        refused = subprocess.run(command, capture_output=True, text=True, timeout=30, env=environment)
        assert refused.returncode != 0, setting
        assert said in refused.stderr, refused.stderr
        assert "hush" not in refused.stderr


# -- private registries


def docker_config(path, registry: Registry, user=USER, mode: int = 0o600):
    auth = base64.b64encode(":".join(user).encode()).decode()
    path.write_text(json.dumps({"auths": {registry.address: {"auth": auth}}}))
    path.chmod(mode)
    return path


@pytest.mark.parametrize("by_token", [False, True], ids=["basic", "token"])
def test_a_private_registry(fresh, tmp_path, monkeypatch, by_token):
    """A task pulls with the credentials of a file; nothing else does, and nobody sees them."""
    with Registry() as registry:
        registry.user, registry.by_token = USER, by_token
        registry.add("app")
        image = f"{registry.address}/app:latest"
        app = container("true", image=image, logConfiguration=None)
        monkeypatch.setenv("LONGSHORE_LOG", "debug")
        up = fresh().start()
        refused = Tasks(up).finish(app)
        assert refused["stopCode"] == "TaskFailedToStart"
        assert "CannotPullContainerError" in one(refused)["reason"]
        up.stop()
        up.arguments = [*up.arguments, "--registry-auth", str(docker_config(tmp_path / "config.json", registry))]
        up.start()
        assert exit_code(Tasks(up).finish(app)) == 0
        assert any("/blobs/" in request for request in registry.requests)
        assert any("/token" in request for request in registry.requests) == by_token
        for secret in (USER[1], base64.b64encode(":".join(USER).encode()).decode(), "a-token-of-the-test"):
            assert secret not in up.said()


@pytest.mark.parametrize("form", ["dockercfg", "docker"])
def test_a_private_registry_of_the_environment(fresh, monkeypatch, form):
    with Registry() as registry:
        registry.user = USER
        registry.add("app")
        auth = base64.b64encode(":".join(USER).encode()).decode()
        entry = {"auth": auth, "email": "e"} if form == "dockercfg" else {"username": USER[0], "password": USER[1], "email": "e"}
        monkeypatch.setenv("ECS_ENGINE_AUTH_TYPE", form)
        monkeypatch.setenv("ECS_ENGINE_AUTH_DATA", json.dumps({f"http://{registry.address}/v1/": entry}))
        up = fresh().start()
        assert exit_code(Tasks(up).finish(container("true", image=f"{registry.address}/app:latest", logConfiguration=None))) == 0
        # The container has nothing of it.
        command = ["sh", "-c", "env | grep -q ECS_ENGINE && exit 9; exit 0"]
        task = Tasks(up).finish(container(image=f"{registry.address}/app:latest", command=command, logConfiguration=None))
        assert exit_code(task) == 0


def test_a_file_of_credentials_that_others_read(fresh, tmp_path):
    with Registry() as registry:
        path = docker_config(tmp_path / "config.json", registry, mode=0o644)
    environment = {**os.environ, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}
    command = [PROGRAM, "agent", "--data-dir", tmp_path / "d", "--endpoint", "http://127.0.0.1:1", "--registry-auth", path]
    refused = subprocess.run(command, capture_output=True, text=True, timeout=30, env=environment)
    assert refused.returncode == 1 and "chmod 600" in refused.stderr and USER[1] not in refused.stderr


def test_repository_credentials_are_refused(longshore, tasks):
    """They lie in Secrets Manager, which there is not."""
    secret = {"credentialsParameter": "arn:aws:secretsmanager:us-east-1:000000000000:secret:registry"}
    execution = role(longshore, TASKS, allows="logs:*")
    definition = tasks.define(container("true", repositoryCredentials=secret), executionRoleArn=execution)
    answer = longshore.ecs.run_task(taskDefinition=definition)
    assert answer["tasks"] == [] and [f["reason"] for f in answer["failures"]] == ["ATTRIBUTE"]


# -- `image pull`


def test_an_image_is_pulled_by_hand(longshore, tmp_path):
    with Registry() as registry:
        registry.user = USER
        registry.add("app", layers=2, size=1 << 20)
        name = f"{registry.address}/app:latest"
        refused = longshore.run("image", "pull", name, check=False)
        assert refused.returncode == 1 and f"cannot pull {name}" in refused.stderr and "no basic auth credentials" in refused.stderr
        config = docker_config(tmp_path / "config.json", registry)
        assert name in longshore.run("image", "pull", name, "--registry-auth", config).stdout
        assert name in names(longshore)
        longshore.run("image", "rm", name)
        said = on_a_terminal([PROGRAM, "image", "pull", name, "--registry-auth", config, "--data-dir", longshore.data_dir])
        assert "layers unpacked" in said and "MiB" in said, said
    refused = longshore.run("image", "pull", name, check=False)
    assert refused.returncode == 1 and "cannot pull" in refused.stderr


def on_a_terminal(command: list) -> str:
    """What a program shows on a terminal, bars included."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm"})
    os.close(theirs)
    said = b""
    while True:
        try:
            more = os.read(ours, 4096)
        except OSError:
            break
        if not more:
            break
        said += more
    os.close(ours)
    assert process.wait(30) == 0, said
    return said.decode(errors="replace")
