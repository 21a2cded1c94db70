"""The aws CLI with what `longshore env` prints, and the program's own sub-commands."""

from __future__ import annotations

import json
import subprocess

from longshore import IMAGE, PROGRAM
from registry import Image
from tasks import IDLE, Tasks, awslogs
from waiting import until


def aws(longshore, *arguments: str):
    return json.loads(longshore.aws(*arguments, "--output", "json").stdout or "null")


def test_a_dozen(longshore):
    assert aws(longshore, "sts", "get-caller-identity")["Account"] == "000000000000"
    assert aws(longshore, "ecs", "create-cluster", "--cluster-name", "by-cli", "--tags", "key=a,value=b")["cluster"]["status"] == "ACTIVE"
    assert len(aws(longshore, "ecs", "list-clusters", "--page-size", "1")["clusterArns"]) == 2
    shown = aws(longshore, "ecs", "describe-clusters", "--clusters", "by-cli", "absent", "--include", "TAGS", "STATISTICS")
    assert shown["failures"][0]["reason"] == "MISSING"
    assert aws(longshore, "ecs", "delete-cluster", "--cluster", "by-cli")["cluster"]["status"] == "INACTIVE"
    assert len(aws(longshore, "ecs", "list-container-instances")["containerInstanceArns"]) == 1
    refused = longshore.aws("ecs", "stop-task", "--task", "0" * 32, check=False)
    assert refused.returncode != 0 and "InvalidParameterException" in refused.stderr
    assert "The referenced task was not found." in refused.stderr


def test_what_is_not_built_is_an_error(longshore):
    refused = longshore.aws("ecs", "describe-express-gateway-service", "--service-arn", "arn:aws:ecs:us-east-1:000000000000:service/default/web", check=False)
    assert refused.returncode != 0 and "NotImplemented" in refused.stderr and "DescribeExpressGatewayService" in refused.stderr


def test_the_key_is_the_owners_alone(longshore):
    assert (longshore.data_dir / "credentials").stat().st_mode & 0o077 == 0
    assert longshore.data_dir.stat().st_mode & 0o077 == 0


def test_images_are_loaded_listed_and_removed(longshore, tmp_path):
    archive = tmp_path / "image.tar"
    Image(layers=2).archive(archive, "example.test/loaded:1")
    said = longshore.run("image", "load", archive).stdout
    assert "example.test/loaded:1" in said
    listed = longshore.run("image", "ls").stdout
    assert "example.test/loaded:1" in listed and IMAGE in listed
    definitions = [{"name": "c", "image": "example.test/loaded:1", "memory": 32, "command": ["cat", "/layer-1"], "logConfiguration": awslogs(group="/loaded")}]
    longshore.ecs.register_task_definition(family="loaded", containerDefinitions=definitions)
    [task] = longshore.ecs.run_task(taskDefinition="loaded")["tasks"]
    until(lambda: longshore.ecs.describe_tasks(tasks=[task["taskArn"]])["tasks"][0]["lastStatus"] == "STOPPED", 20, "it to stop")
    stopped = longshore.ecs.describe_tasks(tasks=[task["taskArn"]])["tasks"][0]
    assert stopped["containers"][0].get("exitCode") == 0, stopped
    # A container of it, or one that is just being taken away, holds it.
    until(lambda: longshore.run("image", "rm", "example.test/loaded:1", check=False).returncode == 0, 20, "the image to be free")
    listed = longshore.run("image", "ls").stdout
    assert "example.test/loaded:1" not in listed and IMAGE in listed


def test_an_image_in_use_is_not_removed(longshore, tmp_path):
    Image(layers=3).archive(tmp_path / "image.tar", "example.test/used:1")
    longshore.run("image", "load", tmp_path / "image.tar")
    definitions = [{"name": "c", "image": "example.test/used:1", "memory": 32, "command": ["sh", "-c", IDLE]}]
    longshore.ecs.register_task_definition(family="used", containerDefinitions=definitions)
    [task] = longshore.ecs.run_task(taskDefinition="used")["tasks"]
    Tasks(longshore).running(task["taskArn"])
    refused = longshore.run("image", "rm", "example.test/used:1", check=False)
    Tasks(longshore).stop(task["taskArn"])
    assert refused.returncode == 1 and "in use" in refused.stderr


def test_an_archive_that_is_none(longshore, tmp_path):
    (tmp_path / "bad.tar").write_bytes(b"no archive" * 100)
    refused = longshore.run("image", "load", tmp_path / "bad.tar", check=False)
    assert refused.returncode == 1 and refused.stderr.startswith("longshore: ")


def test_status_and_doctor(longshore):
    assert longshore.endpoint in longshore.run("status").stdout
    checked = subprocess.run([PROGRAM, "doctor", "--data-dir", longshore.data_dir, "--listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=30)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_nothing_was_started(tmp_path):
    for command in ("env", "status"):
        refused = subprocess.run([PROGRAM, command, "--data-dir", tmp_path], capture_output=True, text=True, timeout=20)
        assert refused.returncode == 1 and refused.stdout == "", refused
        assert "longshore up" in refused.stderr, (command, refused.stderr)


def test_there_is_no_update_of_an_agent_that_is_connected(longshore):
    refused = longshore.aws("ecs", "update-container-agent", "--container-instance", longshore.instance()["containerInstanceArn"], check=False)
    assert refused.returncode != 0 and "NoUpdateAvailableException" in refused.stderr


def test_a_machine_without_certificates_of_authorities_is_served(fresh, monkeypatch):
    """As after a minimal installation: nothing but calls by https needs them."""
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.setenv(name, "/nonexistent")
    assert fresh().start().ecs.list_clusters()["clusterArns"]


def test_authentication_off_is_for_this_machine_only(tmp_path):
    refused = subprocess.run([PROGRAM, "server", "--data-dir", tmp_path, "--listen", "0.0.0.0:0", "--auth", "off"], capture_output=True, text=True, timeout=20)
    assert refused.returncode != 0 and "loopback" in refused.stderr.lower()
