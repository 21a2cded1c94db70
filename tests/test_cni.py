"""A node whose awsvpc tasks an operator's own CNI plugins connect."""

from __future__ import annotations

import json

import pytest

from segment import Segment
from waiting import until

SERVER, NODE = 1, 31

PLUGIN = """#!/bin/sh
dir=$(dirname "$0")
cat > /dev/null
echo "$CNI_COMMAND $CNI_CONTAINERID" >> "$dir/log"
inside() { nsenter --net="$CNI_NETNS" "$@"; }
case $CNI_COMMAND in
ADD)
    test -e "$dir/full" && { printf '{"cniVersion":"1.0.0","code":11,"msg":"no address is free","details":""}'; exit 1; }
    inside ip link add "$CNI_IFNAME" type bridge && inside ip addr add 10.77.0.9/16 dev "$CNI_IFNAME" && inside ip link set "$CNI_IFNAME" up || exit 2
    printf '{"cniVersion":"1.0.0","interfaces":[{"name":"eth0","sandbox":"%s"}],"ips":[{"address":"10.77.0.9/16","interface":0}],"dns":{"nameservers":["10.77.0.2"]}}' "$CNI_NETNS" ;;
DEL)
    test -e "$dir/busy" && { printf '{"cniVersion":"1.0.0","code":11,"msg":"busy","details":""}'; exit 1; }
    exit 0 ;;
esac
"""


@pytest.fixture(scope="module")
def segment():
    made = Segment("cn")
    try:
        made.server = made.plug(SERVER).serve()
        made.node = made.plug(NODE)
        places = made.node.data_dir / "plugins"
        places.mkdir()
        made.plugins = places
        (places / "wire").write_text(PLUGIN)
        (places / "wire").chmod(0o755)
        (places / "ours.conf").write_text(json.dumps({"cniVersion": "1.0.0", "name": "ours", "type": "wire"}))
        join(made)
        yield made
    finally:
        left = made.end()
        assert left == [], "left on the machines: " + "\n".join(left)


def join(made) -> None:
    made.node.join(made.server, "--name", "c1", "--cni", str(made.plugins / "ours.conf"), "--cni-path", str(made.plugins))
    made.instance = until(lambda: connected(made), 60, "the node to connect")


def connected(made) -> str | None:
    aws = made.server.aws
    arns = aws("ecs", "list-container-instances")["containerInstanceArns"]
    found = aws("ecs", "describe-container-instances", "--container-instances", *arns)["containerInstances"] if arns else []
    return next((i["containerInstanceArn"] for i in found if i["agentConnected"]), None)


def start(made, command: str) -> str:
    aws = made.server.aws
    definition = [{"name": "main", "image": "longshore-test", "memory": 32, "command": ["sh", "-c", command]}]
    family = aws("ecs", "register-task-definition", "--family", "cni", "--network-mode", "awsvpc", "--container-definitions", json.dumps(definition))
    subnet = next(s["SubnetId"] for s in aws("ec2", "describe-subnets")["Subnets"] if s["AvailabilityZone"].endswith("a"))
    started = aws(
        "ecs", "start-task", "--task-definition", family["taskDefinition"]["taskDefinitionArn"], "--container-instances", made.instance,
        "--network-configuration", f"awsvpcConfiguration={{subnets=[{subnet}]}}",
    )  # fmt: skip
    assert started["failures"] == []
    return started["tasks"][0]["taskArn"]


def stopped(made, task: str) -> dict:
    describe = lambda: made.server.aws("ecs", "describe-tasks", "--tasks", task)["tasks"][0]
    return until(lambda: (t := describe())["lastStatus"] == "STOPPED" and t, 60, "the task to stop", every=0.3)


def asked(made) -> list[str]:
    return (made.plugins / "log").read_text().splitlines()


def test_the_chain_connects_and_the_task_finds_its_address(segment):
    finds = [
        "ip addr show dev eth0 | grep -q 10.77.0.9/16",
        "grep -q '^10.77.0.9' /etc/hosts",
        "grep -q 'nameserver 10.77.0.2' /etc/resolv.conf",
        "wget -q -O - $ECS_CONTAINER_METADATA_URI_V4 | grep -q '\"IPv4Addresses\":\\[\"10.77.0.9\"\\]'",
        "wget -q -O - $ECS_CONTAINER_METADATA_URI_V4 | grep -q '\"IPv4SubnetCIDRBlock\":\"10.77.0.0/16\"'",
    ]
    script = "; ".join(f"{find} || exit {n}" for n, find in enumerate(finds, 1))
    task = start(segment, script)
    assert stopped(segment, task)["containers"][0]["exitCode"] == 0
    number = task.rsplit("/", 1)[-1]
    until(lambda: asked(segment)[-2:] == [f"ADD {number}", f"DEL {number}"], 20, "the chain to disconnect it")


def test_the_plugins_message_stops_the_task(segment):
    (segment.plugins / "full").touch()
    task = start(segment, "true")
    reason = stopped(segment, task)["stoppedReason"]
    (segment.plugins / "full").unlink()
    assert reason.endswith(f"resource cannot be initialized for task {task}: network: CNI plugin wire, ADD: no address is free (code 11)"), reason


def test_disconnecting_is_repeated_also_by_the_next_agent(segment):
    (segment.plugins / "busy").touch()
    number = (task := start(segment, "true")).rsplit("/", 1)[-1]
    stopped(segment, task)
    tries = lambda: asked(segment).count(f"DEL {number}")
    until(lambda: tries() >= 2, 40, "a second try")
    segment.node.kill()
    join(segment)
    before = until(lambda: tries() >= 3 and tries(), 40, "the next agent's try")
    (segment.plugins / "busy").unlink()
    until(lambda: tries() > before, 90, "one that succeeds")
