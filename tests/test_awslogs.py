"""The awslogs driver: where the lines of containers go, and how they become events."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from tasks import awslogs, container, exit_code, one, unique
from waiting import until


def events(logs, group: str) -> list[dict]:
    found = []
    for page in logs.get_paginator("filter_log_events").paginate(logGroupName=group):
        found += page["events"]
    return found


def messages(tasks, logs, script: str, count: int, **options: str) -> list[str]:
    group = unique("/awslogs")
    task = tasks.finish(container(script, logConfiguration=awslogs(group=group, **options)))
    assert exit_code(task) == 0, one(task)
    until(lambda: len(events(logs, group)) >= count, 10, f"{count} events")
    return [e["message"] for e in events(logs, group)]


def test_the_name_of_a_stream(tasks, logs):
    group = unique("/streams")
    arn = tasks.start(container("echo x", logConfiguration=awslogs(group=group, stream_prefix="pre/fix")))
    tasks.stopped(arn)
    [stream] = until(lambda: logs.describe_log_streams(logGroupName=group)["logStreams"], 10, "the stream")
    assert stream["logStreamName"] == f"pre/fix/main/{arn.split('/')[-1]}"
    without = awslogs(group=group)
    del without["options"]["awslogs-stream-prefix"]
    task = tasks.finish(container("echo y", logConfiguration=without))
    names = {s["logStreamName"] for s in logs.describe_log_streams(logGroupName=group)["logStreams"]}
    assert one(task)["runtimeId"] in names


def test_standard_output_and_error_are_one_stream(tasks, logs):
    assert sorted(messages(tasks, logs, "echo out; echo err >&2", 2)) == ["err", "out"]


def test_lines_are_events(tasks, logs):
    script = "echo one; printf 'no end'; echo; echo; printf last"
    # CloudWatch Logs takes no empty event.
    assert messages(tasks, logs, script, 3) == ["one", "no end", "last"]


def test_a_thousand_lines_in_order(tasks, logs):
    assert messages(tasks, logs, "seq 1 3000", 3000) == [str(n) for n in range(1, 3001)]


def test_bytes_that_are_no_text(tasks, logs):
    [said] = messages(tasks, logs, r"printf 'a\377\376b\n'", 1)
    assert said.startswith("a") and said.endswith("b") and "\ufffd" in said


def test_a_long_line_is_cut_into_events(tasks, logs):
    group = unique("/long")
    script = "i=0; while [ $i -lt 10 ]; do i=$((i+1)); printf '%050000d' $i; done; echo"
    assert exit_code(tasks.finish(container(script, logConfiguration=awslogs(group=group)))) == 0
    until(lambda: sum(len(e["message"]) for e in events(logs, group)) >= 500_000, 10, "the whole line")
    said = [e["message"] for e in events(logs, group)]
    assert "".join(said) == "".join(f"{n:050000d}" for n in range(1, 11))
    assert max(map(len, said)) <= 262_144


def test_a_multiline_pattern(tasks, logs):
    script = "echo 'START one'; echo '  more'; echo 'START two'; echo '  more'"
    said = messages(tasks, logs, script, 2, multiline_pattern="^START")
    assert [m.rstrip("\n") for m in said] == ["START one\n  more", "START two\n  more"]


def test_a_datetime_format(tasks, logs):
    script = "echo '[2026-01-02 03:04:05] one'; echo 'more'; echo '[2026-01-02 03:04:06] two'"
    said = messages(tasks, logs, script, 2, datetime_format=r"\[%Y-%m-%d %H:%M:%S\]")
    assert [m.rstrip("\n") for m in said] == ["[2026-01-02 03:04:05] one\nmore", "[2026-01-02 03:04:06] two"]


def test_non_blocking_mode(tasks, logs):
    group = unique("/mode")
    keep = awslogs(group=group)
    keep["options"] |= {"mode": "non-blocking", "max-buffer-size": "1m"}
    task = tasks.finish(container("seq 1 500", logConfiguration=keep))
    assert exit_code(task) == 0
    until(lambda: len(events(logs, group)) == 500, 10, "every line")


def test_events_carry_the_time_of_their_line(tasks, logs):
    group = unique("/time")
    before = datetime.now(timezone.utc).timestamp() * 1000
    task = tasks.finish(container("echo x", logConfiguration=awslogs(group=group)))
    [event] = until(lambda: events(logs, group), 10, "the event")
    assert before - 1 <= event["timestamp"] <= task["stoppedAt"].timestamp() * 1000 + 1
    assert event["ingestionTime"] >= event["timestamp"]


def test_a_group_is_made_on_request_only(tasks, logs):
    group = unique("/made")
    keep = awslogs(group=group, create_group="false")
    task = tasks.finish(container("echo x", logConfiguration=keep))
    assert task["stopCode"] == "TaskFailedToStart"
    assert "ResourceNotFoundException" in one(task)["reason"] or "does not exist" in one(task)["reason"]
    logs.create_log_group(logGroupName=group)
    assert exit_code(tasks.finish(container("echo x", logConfiguration=keep))) == 0


@pytest.mark.parametrize("mode", ["blocking", "non-blocking"])
def test_lines_are_there_while_the_task_runs(tasks, logs, mode):
    keep = awslogs(group=unique("/live"))
    keep["options"]["mode"] = mode
    arn = tasks.start(container("trap 'exit 0' TERM; echo early; sleep 600 & wait", logConfiguration=keep))
    group = keep["options"]["awslogs-group"]
    tasks.running(arn)
    until(lambda: [e["message"] for e in events(logs, group)] == ["early"], 10, "the line")
    tasks.stop(arn)
