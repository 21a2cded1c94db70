"""Tasks as tests want them: defined, run, waited for, and their output read."""

from __future__ import annotations

import itertools
import os

from longshore import IMAGE, REGION, Longshore
from waiting import until

COUNT = itertools.count(1)
GROUP = "/tests"
# Does nothing until it is told to end, and then ends at once.
IDLE = "trap 'exit 0' TERM; sleep 600 & wait"


def unique(prefix: str) -> str:
    return f"{prefix}-{os.getpid()}-{next(COUNT)}"


def awslogs(**options: str) -> dict:
    """Where the output goes; options are named with underscores, `awslogs-` left out."""
    given = {f"awslogs-{name.replace('_', '-')}": value for name, value in options.items()}
    defaults = {"awslogs-group": GROUP, "awslogs-region": REGION, "awslogs-stream-prefix": "t", "awslogs-create-group": "true"}
    return {"logDriver": "awslogs", "options": {**defaults, **given}}


def container(script: str | None = None, name: str = "main", **more) -> dict:
    """A container of the test image that runs a script of its shell, its output kept."""
    # The first process of a container does not hear SIGTERM unless it asks for it: tests do not wait the usual 30 s for it.
    made = {"name": name, "image": IMAGE, "memory": 64, "stopTimeout": 2, "logConfiguration": awslogs()}
    if script is not None:
        made["command"] = ["sh", "-c", script]
    made.update(more)
    return {key: value for key, value in made.items() if value is not None}


class Tasks:
    """Tasks of one Longshore."""

    def __init__(self, longshore: Longshore) -> None:
        self.longshore = longshore
        self.ecs = longshore.ecs

    def define(self, *containers: dict, family: str | None = None, **more) -> str:
        family = family or unique("family")
        made = self.ecs.register_task_definition(family=family, containerDefinitions=list(containers), **more)
        return made["taskDefinition"]["taskDefinitionArn"]

    def run(self, definition: str, **more) -> str:
        """One task of it; the ARN."""
        answer = self.ecs.run_task(taskDefinition=definition, **more)
        assert answer["failures"] == [], answer["failures"]
        [task] = answer["tasks"]
        return task["taskArn"]

    def start(self, *containers: dict, run: dict | None = None, **more) -> str:
        """Defines and runs."""
        return self.run(self.define(*containers, **more), **(run or {}))

    def finish(self, *containers: dict, run: dict | None = None, seconds: float = 30, **more) -> dict:
        """Defines, runs and waits for the end."""
        return self.stopped(self.start(*containers, run=run, **more), seconds)

    def describe(self, task: str, cluster: str | None = None) -> dict:
        cluster = cluster or task.split("/")[-2]
        answer = self.ecs.describe_tasks(cluster=cluster, tasks=[task])
        assert answer["failures"] == [], answer["failures"]
        return answer["tasks"][0]

    def status(self, task: str, wanted: str, seconds: float = 30) -> dict:
        seen = {}

        def reached() -> dict | None:
            nonlocal seen
            seen = self.describe(task)
            if wanted != "STOPPED" and seen["lastStatus"] == "STOPPED":
                raise AssertionError(f"the task stopped: {seen.get('stoppedReason')}: {reasons(seen)}")
            return seen if seen["lastStatus"] == wanted else None

        try:
            return until(reached, seconds, f"{task} to be {wanted}")
        except AssertionError as error:
            raise AssertionError(f"{error}; it is {seen.get('lastStatus')}, desired {seen.get('desiredStatus')}: {reasons(seen)}") from None

    def running(self, task: str, seconds: float = 30) -> dict:
        return self.status(task, "RUNNING", seconds)

    def stopped(self, task: str, seconds: float = 30) -> dict:
        return self.status(task, "STOPPED", seconds)

    def stop(self, task: str, seconds: float = 30, **more) -> dict:
        self.ecs.stop_task(cluster=task.split("/")[-2], task=task, **more)
        return self.stopped(task, seconds)

    def stop_all(self, seconds: float = 60) -> None:
        """Every task of every cluster; returns when all have stopped."""
        running = []
        for cluster in self.ecs.list_clusters()["clusterArns"]:
            for page in self.ecs.get_paginator("list_tasks").paginate(cluster=cluster):
                running += page["taskArns"]
        for task in running:
            self.ecs.stop_task(cluster=task.split("/")[-2], task=task)
        for task in running:
            self.stopped(task, seconds)

    def lines(self, task: str, name: str = "main", group: str = GROUP, prefix: str = "t") -> list[str]:
        """What a container has said so far."""
        stream = f"{prefix}/{name}/{task.split('/')[-1]}"
        logs = self.longshore.logs
        try:
            messages, token = [], None
            while True:
                more = {"nextToken": token} if token else {}
                page = logs.get_log_events(logGroupName=group, logStreamName=stream, startFromHead=True, **more)
                messages += [event["message"] for event in page["events"]]
                if page["nextForwardToken"] == token:
                    return messages
                token = page["nextForwardToken"]
        except logs.exceptions.ResourceNotFoundException:
            return []

    def output(self, *containers: dict, name: str = "main", code: int | None = 0, run: dict | None = None, **more) -> list[str]:
        """Runs to the end, checks the exit code, and returns what the container said."""
        task = self.finish(*containers, run=run, **more)
        assert code is None or exit_code(task, name) == code, (task.get("stoppedReason"), reasons(task), self.lines(task["taskArn"], name))
        return self.said(task["taskArn"], name)

    def said(self, task: str, name: str = "main") -> list[str]:
        """What a stopped container said: its log is shipped before its task is reported, or a moment later."""
        return until(lambda: self.lines(task, name), 10, f"lines of {name}")


def one(task: dict, name: str = "main") -> dict:
    return next(c for c in task["containers"] if c["name"] == name)


def exit_code(task: dict, name: str = "main") -> int | None:
    return one(task, name).get("exitCode")


def reasons(task: dict) -> list[str]:
    return [f"{c['name']}: {c.get('exitCode')} {c.get('reason', '')}" for c in task.get("containers", [])]
