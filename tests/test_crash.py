"""Kill -9 of the server while clients write: what it acknowledged is there, and what it refused or never answered does no harm."""

from __future__ import annotations

import os
import random
import subprocess
import threading
import time

from botocore.exceptions import BotoCoreError

from longshore import ONCE, PROGRAM
from waiting import until

# `LONGSHORE_CRASH=300 pytest tests/test_crash.py` for hundreds in a row.
ROUNDS = int(os.environ.get("LONGSHORE_CRASH", "100"))
WRITERS = 3


class Writer(threading.Thread):
    """Writes of several kinds, one after the other, until told to stop; remembers what was acknowledged."""

    def __init__(self, ecs, logs, name: str) -> None:
        super().__init__(daemon=True)
        self.ecs, self.logs, self.prefix = ecs, logs, name
        self.stopping = threading.Event()
        self.clusters: list[str] = []
        self.definitions: list[str] = []
        self.lines: list[str] = []
        self.failure: BaseException | None = None

    def run(self) -> None:
        group = f"/crash/{self.prefix}"
        try:
            self.logs.create_log_group(logGroupName=group)
            self.logs.create_log_stream(logGroupName=group, logStreamName="s")
            number = 0
            while not self.stopping.is_set():
                number += 1
                cluster = f"{self.prefix}-{number}"
                self.ecs.create_cluster(clusterName=cluster)
                self.clusters.append(cluster)
                made = self.ecs.register_task_definition(family=self.prefix, containerDefinitions=[{"name": "c", "image": "i", "memory": 8}])
                self.definitions.append(made["taskDefinition"]["taskDefinitionArn"])
                line = f"line {number}"
                self.logs.put_log_events(logGroupName=group, logStreamName="s", logEvents=[{"timestamp": int(time.time() * 1000), "message": line}])
                self.lines.append(line)
        except BotoCoreError:
            pass  # the server is gone
        except Exception as error:  # noqa: BLE001 (told by the test)
            self.failure = error


def test_every_acknowledged_write_is_found(fresh):
    server = fresh("server").start()
    rng = random.Random(4566)
    clusters: list[str] = []
    definitions: list[str] = []
    lines: dict[str, list[str]] = {}
    # Made once: the port and the key stay, and making a client takes longer than a round.
    clients = [[server.session().client(service, endpoint_url=server.endpoint, config=ONCE) for service in ("ecs", "logs")] for _ in range(WRITERS)]
    for turn in range(ROUNDS):
        writers = [Writer(*of, f"w{turn}-{n}") for n, of in enumerate(clients)]
        for writer in writers:
            writer.start()
        goal = rng.randrange(1, 25)
        until(lambda: sum(len(w.clusters) for w in writers) >= goal or any(w.failure for w in writers), 30, "writes", every=0.001)
        server.kill()
        for writer in writers:
            writer.stopping.set()
            writer.join(20)
            assert writer.failure is None, writer.failure
            clusters += writer.clusters
            definitions += writer.definitions
            lines[writer.prefix] = writer.lines
        server.start()
    listed = {arn.split("/")[-1] for page in server.ecs.get_paginator("list_clusters").paginate() for arn in page["clusterArns"]}
    assert set(clusters) <= listed, set(clusters) - listed
    known = {arn for page in server.ecs.get_paginator("list_task_definitions").paginate() for arn in page["taskDefinitionArns"]}
    assert set(definitions) <= known, set(definitions) - known
    assert len(definitions) == len(set(definitions)), "no revision twice"
    for prefix, said in lines.items():
        if said:
            seen = [e["message"] for page in server.logs.get_paginator("filter_log_events").paginate(logGroupName=f"/crash/{prefix}") for e in page["events"]]
            # One more at most: written, and killed before the answer.
            assert seen[: len(said)] == said and len(seen) <= len(said) + 1, prefix
    assert len(clusters) > ROUNDS


def test_a_second_server_on_the_same_directory_is_refused(control):
    second = subprocess.run([PROGRAM, "server", "--data-dir", control.data_dir, "--listen", "127.0.0.1:0"], capture_output=True, text=True, timeout=20)
    assert second.returncode != 0
    [line] = [line for line in second.stderr.splitlines() if line.startswith("longshore:")]
    assert str(control.data_dir) in line


def test_a_second_server_on_the_same_port_is_refused(control, tmp_path):
    address = control.endpoint.removeprefix("http://")
    second = subprocess.run([PROGRAM, "server", "--data-dir", tmp_path, "--listen", address], capture_output=True, text=True, timeout=20)
    assert second.returncode != 0
    assert address in second.stderr and "--listen" in second.stderr
