"""The CloudWatch Logs API: groups, streams, events, patterns, retention, tags and the live tail."""

from __future__ import annotations

import os
import select
import subprocess
import threading
import time

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from longshore import ACCOUNT, AWS, ONCE, REGION
from tasks import unique
from waiting import until


@pytest.fixture(scope="module")
def logs(control):
    return control.logs


@pytest.fixture
def group(logs) -> str:
    name = unique("/group")
    logs.create_log_group(logGroupName=name)
    return name


@pytest.fixture
def stream(logs, group) -> str:
    logs.create_log_stream(logGroupName=group, logStreamName="one")
    return "one"


def now() -> int:
    return int(time.time() * 1000)


def put(logs, group: str, stream: str, messages: list[str], start: int | None = None) -> list[int]:
    """Events a millisecond apart; their times."""
    start = start or now() - len(messages)
    events = [{"timestamp": start + n, "message": m} for n, m in enumerate(messages)]
    answer = logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=events)
    assert "rejectedLogEventsInfo" not in answer, answer
    return [e["timestamp"] for e in events]


def refusal(call, **parameters) -> str:
    with pytest.raises(ClientError) as caught:
        call(**parameters)
    assert 400 <= caught.value.response["ResponseMetadata"]["HTTPStatusCode"] < 500
    return caught.value.response["Error"]["Code"]


def test_groups_live(logs):
    prefix = unique("/life")
    names = [f"{prefix}/{letter}" for letter in "abc"]
    for name in names:
        logs.create_log_group(logGroupName=name, tags={"k": "v"})
    assert refusal(logs.create_log_group, logGroupName=names[0]) == "ResourceAlreadyExistsException"
    described = logs.describe_log_groups(logGroupNamePrefix=prefix)["logGroups"]
    assert [g["logGroupName"] for g in described] == names
    assert described[0]["arn"] == f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{names[0]}:*"
    assert abs(described[0]["creationTime"] - now()) < 60_000 and "retentionInDays" not in described[0]
    first = logs.describe_log_groups(logGroupNamePrefix=prefix, limit=2)
    rest = logs.describe_log_groups(logGroupNamePrefix=prefix, limit=2, nextToken=first["nextToken"])
    assert [g["logGroupName"] for g in first["logGroups"] + rest["logGroups"]] == names and "nextToken" not in rest
    arn = described[0]["arn"].removesuffix(":*")
    logs.tag_resource(resourceArn=arn, tags={"k": "w", "l": ""})
    logs.untag_resource(resourceArn=arn, tagKeys=["l"])
    assert logs.list_tags_for_resource(resourceArn=arn)["tags"] == {"k": "w"}
    logs.put_retention_policy(logGroupName=names[0], retentionInDays=7)
    assert logs.describe_log_groups(logGroupNamePrefix=names[0])["logGroups"][0]["retentionInDays"] == 7
    logs.delete_retention_policy(logGroupName=names[0])
    assert "retentionInDays" not in logs.describe_log_groups(logGroupNamePrefix=names[0])["logGroups"][0]
    assert refusal(logs.put_retention_policy, logGroupName=names[0], retentionInDays=8) == "InvalidParameterException"
    for name in names:
        logs.delete_log_group(logGroupName=name)
    assert logs.describe_log_groups(logGroupNamePrefix=prefix)["logGroups"] == []
    assert refusal(logs.delete_log_group, logGroupName=names[0]) == "ResourceNotFoundException"


@pytest.mark.parametrize("name", ["with space", "x" * 513, "colon:ed", "star*", "aws/mine", "AWS/mine"])
def test_names_that_groups_cannot_have(logs, name):
    assert refusal(logs.create_log_group, logGroupName=name) in ("InvalidParameterException", "ValidationException")


def test_streams_live(logs, group):
    for name in ("b", "a", "c/d"):
        logs.create_log_stream(logGroupName=group, logStreamName=name)
    assert refusal(logs.create_log_stream, logGroupName=group, logStreamName="a") == "ResourceAlreadyExistsException"
    assert refusal(logs.create_log_stream, logGroupName="/absent", logStreamName="a") == "ResourceNotFoundException"
    assert refusal(logs.create_log_stream, logGroupName=group, logStreamName="co:lon") == "InvalidParameterException"
    shown = logs.describe_log_streams(logGroupName=group)["logStreams"]
    assert [s["logStreamName"] for s in shown] == ["a", "b", "c/d"]
    times = put(logs, group, "b", ["one", "two"])
    latest = logs.describe_log_streams(logGroupName=group, orderBy="LastEventTime", descending=True)["logStreams"]
    assert latest[0]["logStreamName"] == "b"
    assert (latest[0]["firstEventTimestamp"], latest[0]["lastEventTimestamp"]) == (times[0], times[-1])
    assert [s["logStreamName"] for s in logs.describe_log_streams(logGroupName=group, logStreamNamePrefix="c")["logStreams"]] == ["c/d"]
    logs.delete_log_stream(logGroupName=group, logStreamName="b")
    assert refusal(logs.get_log_events, logGroupName=group, logStreamName="b") == "ResourceNotFoundException"


def test_events_are_read_forwards_and_backwards(logs, group, stream):
    messages = [f"line {n}" for n in range(25)]
    times = put(logs, group, stream, messages)
    page = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True, limit=10)
    seen = [e["message"] for e in page["events"]]
    while True:
        following = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True, limit=10, nextToken=page["nextForwardToken"])
        seen += [e["message"] for e in following["events"]]
        if following["nextForwardToken"] == page["nextForwardToken"]:
            break
        page = following
    assert seen == messages
    assert page["events"][0]["timestamp"] in times and page["events"][0]["ingestionTime"] >= times[0]
    # The end of a stream: the token waits for more.
    put(logs, group, stream, ["later"])
    assert [e["message"] for e in logs.get_log_events(logGroupName=group, logStreamName=stream, nextToken=page["nextForwardToken"], startFromHead=True)["events"]] == ["later"]
    tail = logs.get_log_events(logGroupName=group, logStreamName=stream, limit=3)
    assert [e["message"] for e in tail["events"]] == ["line 23", "line 24", "later"]
    before = logs.get_log_events(logGroupName=group, logStreamName=stream, limit=3, nextToken=tail["nextBackwardToken"])
    assert [e["message"] for e in before["events"]] == ["line 20", "line 21", "line 22"]
    between = logs.get_log_events(logGroupName=group, logStreamName=stream, startTime=times[5], endTime=times[8], startFromHead=True)
    assert [e["message"] for e in between["events"]] == messages[5:8]


def test_events_that_are_refused(logs, group, stream):
    def put_one(**event) -> dict:
        return logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=[event])

    assert put_one(timestamp=now() - 15 * 86_400_000, message="old")["rejectedLogEventsInfo"]["tooOldLogEventEndIndex"] == 1
    assert put_one(timestamp=now() + 3 * 3_600_000, message="new")["rejectedLogEventsInfo"]["tooNewLogEventStartIndex"] == 0
    assert logs.get_log_events(logGroupName=group, logStreamName=stream)["events"] == []
    far = [{"timestamp": now() - 20 * 86_400_000, "message": "old"}, {"timestamp": now() - 1000, "message": "kept"}, {"timestamp": now() + 30 * 3_600_000, "message": "new"}]
    rejected = logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=far)["rejectedLogEventsInfo"]
    assert rejected == {"tooOldLogEventEndIndex": 1, "tooNewLogEventStartIndex": 2}
    assert [e["message"] for e in logs.get_log_events(logGroupName=group, logStreamName=stream)["events"]] == ["kept"]
    long = [{"timestamp": now() - 25 * 3_600_000, "message": "a"}, {"timestamp": now(), "message": "b"}]
    assert refusal(logs.put_log_events, logGroupName=group, logStreamName=stream, logEvents=long) == "InvalidParameterException"
    backwards = [{"timestamp": now(), "message": "b"}, {"timestamp": now() - 1000, "message": "a"}]
    assert refusal(logs.put_log_events, logGroupName=group, logStreamName=stream, logEvents=backwards) == "InvalidParameterException"
    assert refusal(logs.put_log_events, logGroupName=group, logStreamName="absent", logEvents=[{"timestamp": now(), "message": "x"}]) == "ResourceNotFoundException"


LINES = [
    "ERROR disk full on node-1",
    "WARN disk nearly full",
    "INFO all is well",
    '{"level": "error", "code": 500, "user": {"name": "ada"}, "tags": ["x", "y"], "ok": false}',
    '{"level": "info", "code": 200, "user": {"name": "bob"}, "ok": true}',
    '127.0.0.1 - ada [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534',
    '127.0.0.1 - bob [10/Oct/2000:13:25:16 -0700] "GET /a.gif HTTP/1.0" 200 99',
]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("", [0, 1, 2, 3, 4, 5, 6]),
        ("ERROR", [0]),
        ("disk full", [0, 1]),
        ('"disk full"', [0]),
        ("?ERROR ?WARN", [0, 1]),
        ("disk -nearly", [0]),
        ("%node-[0-9]%", [0]),
        ('{ $.level = "error" }', [3]),
        ("{ $.code >= 200 && $.code < 500 }", [4]),
        ('{ $.user.name = "a*" }', [3]),
        ("{ $.code = 500 || $.ok IS TRUE }", [3, 4]),
        ('{ $.tags[1] = "y" }', [3]),
        ("{ $.tags NOT EXISTS }", [4]),
        ("[ip, id, user, time, request, status = 4*, bytes]", [5]),
        ("[ip, id, user = ada || user = bob, time, request, status, bytes > 1000]", [5]),
    ],
)
def test_filter_patterns(logs, filtered, pattern, found):
    group, _ = filtered
    answer = logs.filter_log_events(logGroupName=group, filterPattern=pattern)
    assert [e["message"] for e in answer["events"]] == [LINES[n] for n in found]


@pytest.fixture(scope="module")
def filtered(logs) -> tuple[str, list[int]]:
    group = unique("/filtered")
    logs.create_log_group(logGroupName=group)
    for name in ("web/1", "web/2", "db/1"):
        logs.create_log_stream(logGroupName=group, logStreamName=name)
    return group, put(logs, group, "web/1", LINES)


def test_filtered_events_are_paged_over_streams(logs):
    group = unique("/paged")
    logs.create_log_group(logGroupName=group)
    start = now() - 1000
    for n in range(3):
        logs.create_log_stream(logGroupName=group, logStreamName=f"s{n}")
        put(logs, group, f"s{n}", [f"{n}-{i} {'hit' if i % 2 else 'miss'}" for i in range(20)], start + n * 100)
    seen, token = [], None
    while True:
        page = logs.filter_log_events(logGroupName=group, filterPattern="hit", limit=7, **({"nextToken": token} if token else {}))
        seen += page["events"]
        token = page.get("nextToken")
        if not token:
            break
    assert [e["message"] for e in seen] == [f"{n}-{i} hit" for n in range(3) for i in range(20) if i % 2]
    assert len({e["eventId"] for e in seen}) == len(seen)
    only = logs.filter_log_events(logGroupName=group, logStreamNames=["s1"], filterPattern="hit")["events"]
    assert {e["logStreamName"] for e in only} == {"s1"}
    assert refusal(logs.filter_log_events, logGroupName=group, filterPattern="{ $.a = ") == "InvalidParameterException"


def test_live_tail(control, logs, group, stream):
    """SDKs put `stream-` before the host of StartLiveTail; where the endpoint is an address, they have to be told not to."""
    arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}"
    client = control.session().client("logs", endpoint_url=control.endpoint, config=ONCE.merge(Config(inject_host_prefix=False)))
    tail = client.start_live_tail(logGroupIdentifiers=[arn], logEventFilterPattern="hit")["responseStream"]
    seen: list[dict] = []
    kinds: list[str] = []

    def read() -> None:
        for event in tail:
            kinds.extend(event)
            seen.extend(event.get("sessionUpdate", {}).get("sessionResults", []))
            if len(seen) >= 2:
                return

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    until(lambda: "sessionStart" in kinds, 10, "the session to start")
    put(logs, group, stream, ["a hit", "a miss", "another hit"])
    reader.join(10)
    assert not reader.is_alive(), (kinds, seen)
    assert [e["message"] for e in seen] == ["a hit", "another hit"]
    assert seen[0]["logStreamName"] == stream and seen[0]["logGroupIdentifier"].endswith(group)
    tail.close()


def test_the_cli_shows_a_live_tail(control, logs, group, stream):
    """With nothing but what `longshore env` prints."""
    arn = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:{group}"
    command = [AWS, "logs", "start-live-tail", "--log-group-identifiers", arn, "--log-event-filter-pattern", "hit"]
    environment = {"PATH": "/usr/bin:/bin", "PYTHONUNBUFFERED": "1", **control.environment}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as tail:
        try:
            # It says nothing before the first event, and shows what comes after its session began only.
            def shown() -> str | None:
                put(logs, group, stream, ["a miss", "a hit"])
                ready, _, _ = select.select([tail.stdout], [], [], 0.5)
                return tail.stdout.readline() if ready else None

            assert until(shown, 30, "an event").strip() == "a hit"
        finally:
            tail.kill()


def version_2() -> str | None:
    """The distribution's CLI, where it is of version 2: PyPI has version 1, which has no `logs tail`."""
    program = "/usr/bin/aws"
    if not os.path.exists(program):
        return None
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60).stdout
    return program if said.startswith("aws-cli/2") else None


def test_the_cli_tails_a_group(control, group, stream, logs):
    program = version_2()
    if program is None:
        pytest.skip("this distribution has no package of the CLI's version 2")
    put(logs, group, stream, ["before one", "before two"])
    command = [program, "logs", "tail", group, "--follow", "--since", "1h", "--format", "short", "--endpoint-url", control.endpoint]
    tail = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ, **control.environment, "PYTHONUNBUFFERED": "1"})
    said: list[str] = []
    reader = threading.Thread(target=lambda: said.extend(iter(tail.stdout.readline, "")), daemon=True)
    reader.start()
    try:
        until(lambda: len(said) >= 2, 60, "the lines from before")
        for n in range(5):
            put(logs, group, stream, [f"later {n}"])
            until(lambda: any(line.endswith(f"later {n}\n") for line in said), 30, f"line {n}")
    finally:
        tail.kill()
        tail.wait(10)
    assert [line.split(maxsplit=1)[1].strip() for line in said] == ["before one", "before two", *(f"later {n}" for n in range(5))], said


def test_the_cli_filters_from_the_last_event_on(control, group, stream, logs):
    """What `logs tail --follow` of the CLI's version 2 does again and again, by the CLI that the suite brings."""
    times = put(logs, group, stream, ["one", "two"])
    def since(start: int) -> list[str]:
        said = control.aws("logs", "filter-log-events", "--log-group-name", group, "--start-time", str(start), "--query", "events[].message", "--output", "text")
        return said.stdout.split()

    assert since(times[0]) == ["one", "two"]
    [later] = put(logs, group, stream, ["three"])
    assert since(later) == ["three"]
