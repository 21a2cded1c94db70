"""What a container finds at 169.254.170.2, asked from inside real containers."""

from __future__ import annotations

import ipaddress
import json
import re
import subprocess
import sys
import time
import urllib.request
from datetime import datetime
from pathlib import Path

import pytest

from longshore import ACCOUNT, REGION
from roles import TASKS, role, session
from services import Services
from tasks import IDLE, Tasks, container, one
from test_network import in_vpc
from waiting import until

MODES = ["bridge", "host", "none", "awsvpc"]


@pytest.fixture(scope="module")
def subnet(longshore) -> str:
    return longshore.subnets()[0]


def in_mode(mode: str, subnet: str) -> dict:
    return {"networkMode": mode, "run": in_vpc(subnet) if mode == "awsvpc" else None}


def answers(tasks: Tasks, *paths: str, **more) -> list[dict]:
    """What a container is answered, one JSON document for each path; $V4, $V3 and $API stand for its own URIs."""
    script = "V4=$ECS_CONTAINER_METADATA_URI_V4; V3=$ECS_CONTAINER_METADATA_URI; API=$ECS_AGENT_URI; B=${V4%/v4/*}; "
    script += "; ".join(f'wget -q -O - "{path}"; echo' for path in paths)
    said = [line for line in tasks.output(container(script), **more) if line]
    return [json.loads(line) for line in said]


@pytest.mark.parametrize("mode", MODES)
def test_metadata_in_every_network_mode(tasks, longshore, subnet, mode):
    v4, task, v3, v3_task, stats, all_stats = answers(
        tasks, "$V4", "$V4/task", "$V3", "$V3/task", "$V4/stats", "$V4/task/stats", **in_mode(mode, subnet),
    )
    assert v4["Name"] == "main" and v4["KnownStatus"] == "RUNNING" and v4["DesiredStatus"] == "RUNNING"
    assert v4["Image"] == "longshore-test" and v4["ImageID"].startswith("sha256:")
    assert v4["LogDriver"] == "awslogs" and v4["LogOptions"]["awslogs-group"] == "/tests"
    assert v4["Limits"] == {"CPU": 2, "Memory": 64}
    assert v4["ContainerARN"].startswith(f"arn:aws:ecs:{REGION}:000000000000:container/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", v4["CreatedAt"])
    # Digits that say nothing are left out, so texts do not compare.
    assert datetime.fromisoformat(v4["CreatedAt"]) <= datetime.fromisoformat(v4["StartedAt"])
    labels = {name.removeprefix("com.amazonaws.ecs."): value for name, value in v4["Labels"].items()}
    assert labels["container-name"] == "main" and labels["cluster"] == "default"
    assert labels["task-arn"] == task["TaskARN"]
    assert task["Cluster"] == "default" and task["LaunchType"] == "EC2" and task["KnownStatus"] == "RUNNING"
    assert (task["Family"], task["Revision"]) == (labels["task-definition-family"], labels["task-definition-version"])
    assert task["AvailabilityZone"].startswith(REGION) and ("VPCID" in task) == (mode == "awsvpc")
    assert task["FaultInjectionEnabled"] is False
    # As times: their texts have no zeroes at the end, and so no order.
    assert datetime.fromisoformat(task["PullStartedAt"]) <= datetime.fromisoformat(task["PullStoppedAt"])
    assert [c["DockerId"] for c in task["Containers"]] == [v4["DockerId"]]
    [network] = v4["Networks"]
    assert network["NetworkMode"] == mode
    if mode == "awsvpc":
        described = tasks.describe(task["TaskARN"])["attachments"][0]["details"]
        details = {d["name"]: d["value"] for d in described}
        assert network["IPv4Addresses"] == [details["privateIPv4Address"]]
        assert network["MACAddress"] == details["macAddress"]
        assert network["IPv4SubnetCIDRBlock"].endswith("/20") and network["SubnetGatewayIpv4Address"].endswith(".1/20")
        assert network["AttachmentIndex"] == 0
        assert network["DomainNameServers"] == [str(ipaddress.ip_network(longshore.block)[2])]
        assert network["DomainNameSearchList"] == ["ec2.internal"] and network["PrivateDNSName"] == details["privateDnsName"]
    else:
        assert len(network["IPv4Addresses"]) == 1 and bool(network["IPv4Addresses"][0]) == (mode == "bridge")
    assert v3["DockerId"] == v4["DockerId"] and "LogDriver" not in v3
    assert v3_task["TaskARN"] == task["TaskARN"] and "LaunchType" not in v3_task
    assert stats["id"] == v4["DockerId"] and stats["name"] == f"/{v4['DockerName']}"
    cpu = stats["cpu_stats"]
    assert cpu["cpu_usage"]["total_usage"] >= stats["precpu_stats"]["cpu_usage"]["total_usage"] > 0
    assert cpu["system_cpu_usage"] > stats["precpu_stats"]["system_cpu_usage"] and cpu["online_cpus"] >= 1
    assert 0 < stats["memory_stats"]["usage"] <= stats["memory_stats"]["limit"] == 64 << 20
    assert stats["pids_stats"]["current"] >= 1
    has_interface = mode in ("bridge", "awsvpc")
    assert ("networks" in stats) == has_interface and ("network_rate_stats" in stats) == has_interface
    assert list(all_stats) == [v4["DockerId"]]


def test_ports_volumes_and_health(tasks, tmp_path):
    """Of a container that asks until its health is known."""
    script = "until wget -q -O - $ECS_CONTAINER_METADATA_URI_V4 | grep -q HEALTHY; do sleep 0.1; done; wget -q -O - $ECS_CONTAINER_METADATA_URI_V4; echo; "
    asks = container(
        script + IDLE, portMappings=[{"containerPort": 8080}, {"containerPort": 53, "hostPort": 0, "protocol": "udp"}],
        mountPoints=[{"sourceVolume": "data", "containerPath": "/data"}, {"sourceVolume": "here", "containerPath": "/here", "readOnly": True}],
        healthCheck={"command": ["CMD-SHELL", "echo fine"], "interval": 5, "timeout": 2},
    )
    arn = tasks.start(asks, networkMode="bridge", volumes=[{"name": "data"}, {"name": "here", "host": {"sourcePath": str(tmp_path)}}])
    described = one(tasks.running(arn))
    said = json.loads(until(lambda: [line for line in tasks.lines(arn) if line.startswith("{")], 30, "the metadata")[0])
    assert said["Health"]["status"] == "HEALTHY" and said["Health"]["output"].strip() == "fine" and "exitCode" not in said["Health"]
    assert datetime.fromisoformat(said["Health"]["statusSince"]) > datetime.fromisoformat(said["StartedAt"])
    bindings = {(b["containerPort"], b["protocol"], b["hostPort"], b["bindIP"]) for b in described["networkBindings"]}
    assert {(p["ContainerPort"], p["Protocol"], p["HostPort"], p["HostIp"]) for p in said["Ports"]} == bindings
    assert {(c, protocol) for c, protocol, _, _ in bindings} == {(8080, "tcp"), (53, "udp")} and all(b[2] for b in bindings)
    volumes = {v["Destination"]: v for v in said["Volumes"]}
    assert set(volumes) == {"/data", "/here"} and volumes["/here"]["Source"] == str(tmp_path) and "DockerName" not in volumes["/here"]
    assert volumes["/data"]["DockerName"] and volumes["/data"]["Source"].startswith("/")
    tasks.stop(arn)


def test_a_container_that_ended_and_the_task_that_ends_with_it(tasks):
    """The other one, which does not hear the signal to stop, asks until the end is to be seen."""
    ask = "wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task"
    watch = container(f"until {ask} | grep -q ExecutionStoppedAt; do sleep 0.1; done; {ask}", name="watch", stopTimeout=20)
    ends = container("exit 3", dependsOn=[{"containerName": "watch", "condition": "START"}])
    task = tasks.finish(watch, ends)
    said = json.loads(tasks.said(task["taskArn"], "watch")[0])
    assert (said["DesiredStatus"], said["KnownStatus"]) == ("STOPPED", "RUNNING")
    ended, watching = (next(c for c in said["Containers"] if c["Name"] == name) for name in ("main", "watch"))
    assert (ended["KnownStatus"], ended["ExitCode"]) == ("STOPPED", 3)
    # Its start is when the agent heard of it, which of one that ends at once can be after the end.
    assert datetime.fromisoformat(ended["CreatedAt"]) <= datetime.fromisoformat(ended["FinishedAt"]) and ended["StartedAt"]
    assert watching["KnownStatus"] == "RUNNING" and not {"ExitCode", "FinishedAt"} & set(watching)
    # The task's execution ended with its essential container; the API says so to the second at least.
    ended_at = datetime.fromisoformat(said["ExecutionStoppedAt"])
    assert abs((ended_at - datetime.fromisoformat(ended["FinishedAt"])).total_seconds()) < 1
    assert abs((ended_at - task["executionStoppedAt"]).total_seconds()) < 1


def test_a_task_of_a_service_knows_its_name(tasks, longshore):
    services = Services(longshore)
    definition = tasks.define(container("wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task; echo; " + IDLE))
    name = services.create(definition)
    [task] = until(lambda: services.running(name), 20, "its task")
    said = json.loads(until(lambda: tasks.lines(task["taskArn"]), 30, "the metadata")[0])
    assert (said["ServiceName"], said["TaskARN"]) == (name, task["taskArn"])
    services.delete(name)
    [alone] = answers(tasks, "$V4/task")
    assert "ServiceName" not in alone


def test_tags_come_from_the_api(tasks, ecs):
    definition = tasks.define(container('wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/taskWithTags'))
    [task] = ecs.run_task(taskDefinition=definition, tags=[{"key": "team", "value": "blue"}])["tasks"]
    tasks.stopped(task["taskArn"])
    said = json.loads("".join(tasks.said(task["taskArn"])))
    assert said["TaskTags"] == {"team": "blue"} and "Errors" not in said


def test_tags_of_the_instance_come_too(tasks, longshore, ecs):
    """Those that the instance has when it is asked, in both versions that have them."""
    instance = longshore.instance()["containerInstanceArn"]
    ecs.tag_resource(resourceArn=instance, tags=[{"key": "rack", "value": "7"}, {"key": "empty", "value": ""}])
    v4, v2 = answers(tasks, "$V4/taskWithTags", "$B/v2/metadataWithTags")
    ecs.untag_resource(resourceArn=instance, tagKeys=["rack", "empty"])
    for said in (v4, v2):
        assert said["ContainerInstanceTags"] == {"rack": "7", "empty": ""} and "Errors" not in said
    [after] = answers(tasks, "$V4/taskWithTags")
    assert "ContainerInstanceTags" not in after and "Errors" not in after


@pytest.mark.parametrize("mode", ["bridge", "awsvpc", "none"])
def test_version_2_goes_by_who_asks(tasks, subnet, mode):
    """It has no ids in its paths but those of containers: whose task is meant says the address that is asked."""
    own = "$(wget -q -O - $V4 | sed 's/.*\"DockerId\":\"\\([^\"]*\\)\".*/\\1/')"
    v4, v4_task, task, again, main, stats, all_stats = answers(
        tasks, "$V4", "$V4/task", "$B/v2/metadata", "$B/v2/metadata/", f"$B/v2/metadata/{own}", f"$B/v2/stats/{own}", "$B/v2/stats", **in_mode(mode, subnet),
    )
    assert task == again
    names = ("Cluster", "TaskARN", "Family", "Revision", "DesiredStatus", "KnownStatus", "PullStartedAt", "PullStoppedAt", "AvailabilityZone")
    assert {name: task[name] for name in names} == {name: v4_task[name] for name in names}
    # What later versions added.
    assert not {"LaunchType", "VPCID", "FaultInjectionEnabled"} & set(task), task
    assert task["Containers"] == [main]
    kept = ("DockerId", "Name", "DockerName", "Image", "ImageID", "Labels", "DesiredStatus", "KnownStatus", "Limits", "CreatedAt", "StartedAt", "Type")
    assert {name: main[name] for name in kept} == {name: v4[name] for name in kept}
    assert not {"LogDriver", "LogOptions", "ContainerARN"} & set(main), main
    [network], [v4_network] = main["Networks"], v4["Networks"]
    assert network == {name: v4_network[name] for name in ("NetworkMode", "IPv4Addresses")}
    assert stats["id"] == v4["DockerId"] and stats["cpu_stats"]["cpu_usage"]["total_usage"] > 0
    assert 0 < stats["memory_stats"]["usage"] <= 64 << 20
    assert list(all_stats) == [v4["DockerId"]]


def test_fargate_knows_its_cluster(tasks, longshore, subnet):
    definition = tasks.define(
        container("wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task; echo; env", memory=None),
        networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
        executionRoleArn=role(longshore, TASKS, allows="logs:*"),
    )
    arn = tasks.run(definition, launchType="FARGATE", **in_vpc(subnet))
    tasks.stopped(arn)
    said = tasks.said(arn)
    task = json.loads(said[0])
    assert task["Cluster"] == f"arn:aws:ecs:{REGION}:000000000000:cluster/default"
    assert task["LaunchType"] == "FARGATE" and task["Limits"] == {"CPU": 0.25, "Memory": 512}
    assert "AWS_EXECUTION_ENV=AWS_ECS_FARGATE" in said


def test_variables_and_what_the_definition_says_of_them(tasks):
    said = tasks.output(container("env"))
    env = dict(line.split("=", 1) for line in said if "=" in line)
    assert env["AWS_EXECUTION_ENV"] == "AWS_ECS_EC2"
    assert env["AWS_REGION"] == env["AWS_DEFAULT_REGION"] == REGION
    v4 = re.fullmatch(r"http://169\.254\.170\.2/v4/([0-9a-f]{32})", env["ECS_CONTAINER_METADATA_URI_V4"])
    assert v4
    assert env["ECS_CONTAINER_METADATA_URI"] == f"http://169.254.170.2/v3/{v4[1]}"
    assert env["ECS_AGENT_URI"] == f"http://169.254.170.2/api/{v4[1]}"
    assert "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI" not in env
    own = [{"name": "AWS_REGION", "value": "eu-west-1"}, {"name": "AWS_EXECUTION_ENV", "value": "mine"}]
    env = dict(line.split("=", 1) for line in tasks.output(container("env", environment=own)) if "=" in line)
    assert (env["AWS_REGION"], env["AWS_DEFAULT_REGION"], env["AWS_EXECUTION_ENV"]) == ("eu-west-1", REGION, "mine")


def uri(tasks: Tasks, arn: str, name: str = "ECS_CONTAINER_METADATA_URI_V4") -> str:
    """A variable of a running task whose container printed its environment."""
    lines = until(lambda: [line for line in tasks.lines(arn) if line.startswith(f"{name}=")], 10, name)
    return lines[0].split("=", 1)[1]


@pytest.mark.parametrize("mode", ["bridge", "host", "awsvpc"])
def test_a_task_does_not_read_anothers(tasks, subnet, mode):
    """Version 4's ids, version 2's container ids and credential ids of somebody else lead nowhere, even where one address serves both."""
    other = tasks.start(container("env; " + IDLE), **in_mode(mode, subnet))
    tasks.running(other)
    foreign = uri(tasks, other).rsplit("/", 1)[1]
    docker_id = f"{other.rsplit('/', 1)[1]}-0"
    script = (
        "B=${ECS_CONTAINER_METADATA_URI_V4%/v4/*}; "
        f"for path in v4/{foreign} v4/{foreign}/task v4/{foreign}/stats v3/{foreign} v2/metadata/{docker_id} v2/credentials/{foreign}; do "
        'wget -q -S -O - $B/$path 2>&1 | grep -m 1 -o "HTTP/1.1 ..." ; done'
    )
    if mode == "host":
        # There the id alone is the key, as it is with AWS: only who has it gets in.
        script = script.replace(f"v4/{foreign}", "v4/00000000000000000000000000000000").replace(f"v3/{foreign}", "v3/0")
    said = tasks.output(container(script), code=None, **in_mode(mode, subnet))
    assert said == ["HTTP/1.1 404"] * 3 + ["HTTP/1.1 500", "HTTP/1.1 400", "HTTP/1.1 400"], said
    tasks.stop(other)


def test_too_many_requests(tasks):
    # One connection and all requests at once: no busy machine makes this slower than the limit.
    script = (
        "P=/${ECS_CONTAINER_METADATA_URI_V4#http://*/}; i=0; while [ $i -lt 300 ]; do printf 'GET %s HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' $P; "
        "i=$((i+1)); done > /tmp/asked; nc 169.254.170.2 80 < /tmp/asked | grep -o 'HTTP/1.1 ...\\|You have reached maximum request limit.'"
    )
    said = tasks.output(container(script), code=None)
    statuses = [line for line in said if line.startswith("HTTP")]
    assert len(statuses) == 300
    assert statuses[:60] == ["HTTP/1.1 200"] * 60
    assert statuses.count("HTTP/1.1 429") == said.count("You have reached maximum request limit.") > 0


def test_port_80_stays_the_containers_own(tasks, subnet):
    """The endpoint listens on port 80 of one address, and takes that port from nobody."""
    serve = "mkdir /tmp/w; echo mine > /tmp/w/index.html; httpd -p 80 -h /tmp/w && wget -q -O - http://127.0.0.1/; wget -q -O - $ECS_CONTAINER_METADATA_URI_V4"
    for mode in ["bridge", "awsvpc"]:
        mine, metadata = tasks.output(container(serve), **in_mode(mode, subnet))
        assert mine == "mine" and json.loads(metadata)["Name"] == "main"


def test_statistics_follow_the_traffic(tasks):
    web = container("mkdir /tmp/w; dd if=/dev/zero of=/tmp/w/big bs=1000 count=200 2>/dev/null; exec httpd -f -p 8080 -h /tmp/w", name="web", essential=False)
    script = (
        "stats() { wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/stats; echo; }; stats; i=0; "
        "until wget -q -O /dev/null http://web:8080/big; do i=$((i+1)); test $i -lt 100 || exit 1; sleep 0.1; done; sleep 0.3; stats"
    )
    said = tasks.output(web, container(script, links=["web"]), networkMode="bridge")
    before, after = (json.loads(line) for line in said if line.startswith("{"))
    grown = after["networks"]["eth0"]["rx_bytes"] - before["networks"]["eth0"]["rx_bytes"]
    assert grown >= 200_000, (before["networks"], after["networks"])
    assert after["network_rate_stats"]["rx_bytes_per_sec"] > 1000
    assert after["preread"] == before["read"], "the last reading is where the next begins"


# -- the task role


@pytest.mark.parametrize("mode", ["bridge", "awsvpc", "none"])
def test_credentials_of_the_task_role(tasks, longshore, subnet, mode):
    """What a container is given is a key of its role, for nobody else, and for nothing that the role may not do."""
    task_role = role(longshore, TASKS, allows="ecs:ListClusters")
    script = "wget -q -O - http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI; echo; echo $AWS_CONTAINER_CREDENTIALS_RELATIVE_URI; " + IDLE
    arn = tasks.start(container(script), taskRoleArn=task_role, **in_mode(mode, subnet))
    tasks.running(arn)
    given, path = until(lambda: [line for line in tasks.lines(arn) if line] if len(tasks.lines(arn)) > 1 else None, 15, "credentials")
    keys = json.loads(given)
    assert set(keys) == {"RoleArn", "AccessKeyId", "SecretAccessKey", "Token", "Expiration"}
    assert keys["RoleArn"] == task_role and keys["AccessKeyId"].startswith("ASIA")
    acting = session({**keys, "SessionToken": keys["Token"]})
    identity = acting.client("sts", endpoint_url=longshore.endpoint).get_caller_identity()
    assert identity["Arn"].startswith(f"arn:aws:sts::{ACCOUNT}:assumed-role/{task_role.rsplit('/', 1)[1]}/")
    assert acting.client("ecs", endpoint_url=longshore.endpoint).list_clusters()["clusterArns"]
    with pytest.raises(acting.client("ecs", endpoint_url=longshore.endpoint).exceptions.AccessDeniedException):
        acting.client("ecs", endpoint_url=longshore.endpoint).list_tasks()
    # Another task with a role of its own does not get these.
    other = tasks.output(
        container(f'wget -q -S -O - http://169.254.170.2{path} 2>&1 | grep -m 1 -o "HTTP/1.1 ..."'), taskRoleArn=task_role, **in_mode(mode, subnet),
    )
    assert other == ["HTTP/1.1 400"]
    assert keys["SecretAccessKey"] not in longshore.said()
    tasks.stop(arn)


@pytest.mark.parametrize("mode", MODES)
def test_boto3_in_a_task_finds_its_role_and_the_api_by_itself(tasks, longshore, mode):
    """The unmodified SDK, from this machine's Python, in a container: nothing is configured."""
    task_role = role(longshore, TASKS, allows="ecs:ListClusters")
    program = (
        "import boto3, json; s = boto3.Session(); print(s.get_credentials().method); "
        "print(json.dumps(s.client('sts').get_caller_identity()['Arn'])); print(json.dumps(s.client('ecs').list_clusters()['clusterArns']))"
    )
    places = {sys.base_prefix, sys.prefix, "/lib", "/lib64", "/usr/lib"}
    volumes = [{"name": f"v{n}", "host": {"sourcePath": str(Path(place).resolve())}} for n, place in enumerate(sorted(places))]
    mounts = [{"sourceVolume": f"v{n}", "containerPath": place, "readOnly": True} for n, place in enumerate(sorted(places))]
    said = tasks.output(
        container(None, command=[sys.executable, "-c", program], memory=256, mountPoints=mounts),
        taskRoleArn=task_role, volumes=volumes, **in_mode(mode, longshore.subnets()[0]),
    )
    method, identity, clusters = said[-3:]
    assert method == "container-role"
    assert json.loads(identity).startswith(f"arn:aws:sts::{ACCOUNT}:assumed-role/{task_role.rsplit('/', 1)[1]}/")
    assert f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/default" in json.loads(clusters)


def test_where_the_api_is_is_told_to_those_with_a_role(tasks, longshore):
    subnet = longshore.subnets()[0]
    say = "echo url=$AWS_ENDPOINT_URL; wget -q -O - http://169.254.170.2:51680/_longshore/health >/dev/null 2>&1 && echo reached || echo not"
    mine = [{"name": "AWS_ENDPOINT_URL", "value": "http://mine.example"}]
    with_role = {"taskRoleArn": role(longshore, TASKS, allows="ecs:ListClusters"), **in_mode("awsvpc", subnet)}
    assert tasks.output(container(say), **with_role) == ["url=http://169.254.170.2:51680", "reached"]
    assert tasks.output(container(say, environment=mine), **with_role) == ["url=http://mine.example", "reached"]
    assert tasks.output(container(say), **in_mode("awsvpc", subnet)) == ["url=", "not"]


def test_task_protection_is_asked_for_with_the_tasks_key(tasks, longshore):
    """A task of no service cannot be protected; that the control plane says so, and to whom it says nothing, shows whose key was used."""
    get = "wget -q -O - $ECS_AGENT_URI/task-protection/v1/state"
    allowed = tasks.output(container(get), taskRoleArn=role(longshore, TASKS, allows="ecs:GetTaskProtection"))
    failure = json.loads(allowed[0])["failure"]
    assert failure["Reason"] == "TASK_NOT_VALID" and failure["Arn"].startswith(f"arn:aws:ecs:{REGION}")
    status = f'{get.replace("-q", "-q -S")} 2>&1 | grep -m 1 -o "HTTP/1.1 ..."'
    denied = tasks.output(container(status), taskRoleArn=role(longshore, TASKS, allows="ecs:ListClusters"))
    assert denied == ["HTTP/1.1 400"]
    assert tasks.output(container(status)) == ["HTTP/1.1 403"]


def served(lines: list[str]) -> list[int]:
    """The seconds of the epoch at which the endpoint answered."""
    return [int(line.split()[1]) for line in lines if line.startswith("served ")]


def test_it_comes_back_after_the_agent_was_killed(fresh):
    longshore = fresh()
    longshore.start()
    longshore.run("image", "demo", "--name", "longshore-test")
    tasks = Tasks(longshore)
    watch = "while true; do wget -q -O - $ECS_CONTAINER_METADATA_URI_V4/task >/dev/null 2>&1 && echo served $(date +%s) || echo gone; sleep 0.2; done"
    arns = {
        mode: tasks.start(container(watch, name="watch"), **in_mode(mode, longshore.subnets()[0])) for mode in MODES
    }
    for mode, arn in arns.items():
        tasks.running(arn)
        until(lambda a=arn: served(tasks.lines(a, "watch")), 20, f"an answer in mode {mode}")
    longshore.kill()
    # An agent can be back before the next question, so "gone" need not be said: only answers from after the kill count.
    killed = int(time.time())
    longshore.start()
    tasks = Tasks(longshore)

    def served_again(arn: str) -> bool:
        return any(second > killed for second in served(tasks.lines(arn, "watch")))

    for mode, arn in arns.items():
        assert until(lambda a=arn: served_again(a), 30, f"an answer again in mode {mode}")
    tasks.stop_all()
    longshore.leftovers.wait_for_none()


def test_the_instance_says_what_runs(tasks, longshore):
    [address] = re.findall(r"introspection.*address=([\d.:]+)", re.sub(r"\x1b\[[\d;]*m", "", longshore.said()))[-1:]
    arn = tasks.start(container(IDLE))
    tasks.running(arn)

    def get(path: str) -> dict:
        with urllib.request.urlopen(f"http://{address}{path}", timeout=5) as answer:
            return json.load(answer)

    metadata = get("/v1/metadata")
    assert metadata["Cluster"] == "default"
    assert metadata["ContainerInstanceArn"] == longshore.instance()["containerInstanceArn"]
    assert arn in [task["Arn"] for task in get("/v1/tasks")["Tasks"]]
    one = get(f"/v1/tasks?taskarn={arn}")
    assert (one["KnownStatus"], one["DesiredStatus"], one["Containers"][0]["Name"]) == ("RUNNING", "RUNNING", "main")
    assert get(f"/v1/tasks?dockerid={one['Containers'][0]['DockerId']}")["Arn"] == arn
    tasks.stop(arn)


# -- faults

def post(path: str, body: dict | None = None) -> str:
    """A POST that prints status line and body, with what busybox has: nc."""
    return f"post {path} '{json.dumps(body) if body else ''}'; "


# busybox's wget shows no body of an error, so the requests are written by hand.
BY_HAND = (
    "post() { H=${ECS_AGENT_URI#http://}; H=${H%%/*}; P=/${ECS_AGENT_URI#http://*/}; case $H in *:*) ;; *) H=$H:80;; esac; "
    "printf 'POST %s HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\nContent-Length: %s\\r\\n\\r\\n%s' \"$P/fault/v1/$1\" ${#2} \"$2\" "
    "| nc ${H%:*} ${H#*:} | tail -n 1; echo; }; "
)


def test_a_blackholed_port_and_lost_packets(tasks, subnet):
    server = tasks.start(
        container("mkdir /tmp/w; echo works > /tmp/w/index.html; exec httpd -f -p 8080 -h /tmp/w"),
        networkMode="awsvpc", run=in_vpc(subnet),
    )
    details = {d["name"]: d["value"] for d in tasks.running(server)["attachments"][0]["details"]}
    peer = details["privateIPv4Address"]
    fetch = f"(wget -q -O - http://{peer}:8080/ & W=$!; (sleep 2; kill $W 2>/dev/null) & wait $W) 2>/dev/null || echo lost; "
    hole = {"Port": 8080, "Protocol": "tcp", "TrafficType": "egress"}
    spared = {**hole, "SourcesToFilter": [f"{peer}/32"]}
    loss = {"LossPercent": 100, "Sources": [f"{peer}/32"]}
    script = BY_HAND + (
        fetch
        + post("network-blackhole-port/start", hole) + fetch
        + post("network-blackhole-port/status", hole) + post("network-blackhole-port/stop", hole) + fetch
        + "sleep 5; " + post("network-blackhole-port/start", spared) + fetch
        + post("network-packet-loss/start", loss) + fetch
        + post("network-latency/start", {"DelayMilliseconds": 10, "JitterMilliseconds": 0, "Sources": [peer]})
        + post("network-packet-loss/stop") + fetch
    )
    said = tasks.output(
        container(script), enableFaultInjection=True, networkMode="awsvpc", run=in_vpc(subnet), code=None,
    )
    said = [json.loads(line) if line.startswith("{") else line for line in said if line]
    assert said == [
        "works",
        {"Status": "running"}, "lost",
        {"Status": "running"}, {"Status": "stopped"}, "works",
        {"Status": "running"}, "works",
        {"Status": "running"}, "lost",
        {"Error": "There is already one network packet loss fault running"},
        {"Status": "stopped"}, "works",
    ], said
    tasks.stop(server)


def test_latency_works_or_says_what_the_kernel_lacks(tasks, subnet):
    """What is right is decided here, by asking this kernel, and not by what the endpoint says."""
    server = tasks.start(
        container("mkdir /tmp/w; echo works > /tmp/w/index.html; exec httpd -f -p 8080 -h /tmp/w"),
        networkMode="awsvpc", run=in_vpc(subnet),
    )
    details = {d["name"]: d["value"] for d in tasks.running(server)["attachments"][0]["details"]}
    peer = details["privateIPv4Address"]
    # Uptime in hundredths of a second, before and after a connection: its first packets are late by 800 ms at the least.
    timed = f"A=$(cut -d' ' -f1 /proc/uptime | tr -d .); wget -q -O /dev/null http://{peer}:8080/ && B=$(cut -d' ' -f1 /proc/uptime | tr -d .) && echo took $((B - A)); "
    late = {"DelayMilliseconds": 800, "JitterMilliseconds": 0, "Sources": [f"{peer}/32"]}
    script = BY_HAND + timed + post("network-latency/start", late) + post("network-latency/status") + timed + post("network-latency/stop") + timed
    said = [json.loads(line) if line.startswith("{") else line for line in tasks.output(
        container(script), enableFaultInjection=True, networkMode="awsvpc", run=in_vpc(subnet), code=None,
    ) if line]
    before, started, status, during, stopped, after = said
    hundredths = {name: int(line.split()[1]) for name, line in (("before", before), ("during", during), ("after", after))}
    if kernel_delays_packets():
        assert (started, status, stopped) == ({"Status": "running"}, {"Status": "running"}, {"Status": "stopped"})
        assert hundredths["during"] >= 80, hundredths
    else:
        assert "sch_netem" in started["Error"] and status == {"Status": "not-running"}, said
        assert stopped == {"Status": "stopped"} or "Error" in stopped, said
        assert hundredths["during"] < 80, hundredths
    assert hundredths["before"] < 80 and hundredths["after"] < 80, hundredths
    tasks.stop(server)


def kernel_delays_packets() -> bool:
    """Whether queues as the fault needs them can be made, tried where nobody else sees it."""
    script = "ip link set lo up && tc qdisc add dev lo root handle 1: prio && tc qdisc add dev lo parent 1:3 netem delay 1ms"
    return subprocess.run(["unshare", "--net", "sh", "-c", script], capture_output=True, check=False).returncode == 0


def test_faults_have_to_be_allowed(tasks):
    hole = {"Port": 8080, "Protocol": "tcp", "TrafficType": "egress"}
    for enabled, expected in [(False, "enableFaultInjection is not enabled for task"), (True, "bridge mode is not supported")]:
        said = tasks.output(container(BY_HAND + post("network-blackhole-port/start", hole)), enableFaultInjection=enabled, code=None)
        assert expected in said[0], said


def test_faults_of_the_host_network_end_with_their_task(tasks, longshore):
    """On the node's own network a fault is everybody's, so its end matters."""
    from leftovers import tables

    hole = {"Port": 49, "Protocol": "udp", "TrafficType": "egress"}
    arn = tasks.start(container(BY_HAND + post("network-blackhole-port/start", hole) + IDLE), enableFaultInjection=True, networkMode="host")
    tasks.running(arn)
    prefix = f"longshore-{longshore.leftovers.instance}-fault-"
    until(lambda: [name for name in tables() if name.startswith(prefix)], 10, "the fault's table")
    tasks.stop(arn)
    until(lambda: not [name for name in tables() if name.startswith(prefix)], 10, "the fault's table to go")


def test_nothing_of_these_tasks_is_left(tasks, longshore):
    tasks.stop_all()
    longshore.leftovers.wait_for_none()
