"""A Longshore of its own for a test: started, called, killed, started again, ended.

Each has a data directory, a port and a VPC block that no other has, so that several run side by side on one machine.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import urllib.request
from pathlib import Path

import boto3
from botocore.config import Config

from leftovers import Leftovers
from waiting import until

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", Path.home() / ".cache/longshore/target"))
PROGRAM = Path(os.environ.get("LONGSHORE", TARGET / "debug/longshore"))
AWS = Path(os.environ.get("LONGSHORE_VENV", Path.home() / ".cache/longshore/venv")) / "bin/aws"

IMAGE = "longshore-test"
ACCOUNT = "000000000000"
REGION = "us-east-1"

# A client that repeats nothing by itself, so that a test sees every answer; and one that sends what it is given, however wrong.
ONCE = Config(retries={"total_max_attempts": 1}, read_timeout=60, connect_timeout=5, tcp_keepalive=True)
UNCHECKED = ONCE.merge(Config(parameter_validation=False))


class Blocks:
    """A /16 for each Longshore of this process; other processes of the suite take other ones."""

    def __init__(self) -> None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
        self.next = 64 + 32 * (int(re.sub(r"\D", "", worker) or 0) % 6)

    def take(self) -> str:
        self.next += 1
        return f"10.{self.next}.0.0/16"


BLOCKS = Blocks()


class Longshore:
    """One data directory, and the process that serves it while it runs."""

    def __init__(self, role: str = "up", arguments: list[str] | None = None) -> None:
        if os.geteuid() != 0:
            raise PermissionError("this suite runs real containers and networks, which takes root: run it with sudo")
        if not PROGRAM.exists():
            raise FileNotFoundError(f"{PROGRAM} is missing: build it with `cargo build`, or name another in LONGSHORE")
        self.role = role
        self.arguments = arguments if arguments is not None else ["--cpu", "16384", "--memory", "16384"] if role == "up" else []
        self.data_dir = Path(tempfile.mkdtemp(prefix="longshore-test-"))
        self.block = BLOCKS.take()
        self.listen = "127.0.0.1:0"
        self.log = self.data_dir.with_suffix(".log")
        self.process: subprocess.Popen | None = None
        self.leftovers = Leftovers(self.data_dir)

    # -- its life

    def start(self) -> Longshore:
        (self.data_dir / "endpoint").unlink(missing_ok=True)
        command = [PROGRAM, self.role, "--data-dir", self.data_dir, "--listen", self.listen, "--vpc", self.block, *self.arguments]
        if "--healthy-after" not in self.arguments:
            # Nothing is learned from the wait for tasks without a health check, but where that is the test.
            command += ["--healthy-after", "0"]
        environment = {**os.environ, "LONGSHORE_LOG": os.environ.get("LONGSHORE_LOG", "info"), "NO_COLOR": "1"}
        with self.log.open("ab") as log:
            # A group of its own: an interrupt of the suite ends it through its fixture only.
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment, start_new_session=True)
        until(lambda: self._started(), 30, "Longshore to start")
        # The same port after a restart: clients and containers that know it find it again.
        self.listen = self.endpoint.removeprefix("http://")
        return self

    def _started(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.role} ended with {self.process.returncode}:\n{self.log.read_text()[-2000:]}")
        if not (self.data_dir / "endpoint").exists():
            return False
        self._read_environment()
        if self.role != "up":
            return True
        described = self.ecs.describe_clusters(clusters=["default"])["clusters"]
        if not described or described[0]["registeredContainerInstancesCount"] != 1:
            return False
        instance = self.instance()
        return instance is not None and instance["agentConnected"]

    def _read_environment(self) -> None:
        lines = self.run("env").stdout.splitlines()
        exported = [re.fullmatch(r"export (\w+)='(.*)'", line) for line in lines]
        self.environment = {m[1]: m[2] for m in exported if m}
        self.endpoint = self.environment["AWS_ENDPOINT_URL"]
        self._clients: dict[tuple[str, bool], object] = {}

    def kill(self) -> None:
        """Ends the server and the agent without a word; containers stay."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def stop(self) -> None:
        """Ends the server and the agent as Ctrl-C does; containers stay."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(40)

    def end(self) -> list[str]:
        """Takes everything away, and says what is still there."""
        if self.process is None:
            return []
        self.leftovers.note_links()
        found = self._down()
        found += self.leftovers.all()
        self.leftovers.sweep()
        if not found:
            self.discard()
        return found

    def discard(self) -> None:
        """Deletes what it kept."""
        shutil.rmtree(self.data_dir)
        self.log.unlink(missing_ok=True)

    def run_down(self, *arguments: str) -> None:
        """`longshore down` of one that runs."""
        down = subprocess.Popen([PROGRAM, "down", "--data-dir", self.data_dir, *arguments], stdout=subprocess.DEVNULL)
        # It is this process's child: it is there until it is waited for, and `down` waits for its end.
        self.process.wait(50)
        assert down.wait(60) == 0

    def _down(self) -> list[str]:
        command = [PROGRAM, "down", "--data-dir", self.data_dir]
        down = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            # It is this process's child: it is there until it is waited for, and `down` waits for its end.
            self.process.wait(50)
            said, _ = down.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            down.kill()
            self.process.kill()
            self.process.wait(10)
            return ["`longshore down` did not end in time"]
        return [] if down.returncode == 0 else [f"`longshore down` ended with {down.returncode}: {said}"]

    # -- calling it

    def run(self, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess:
        """A sub-command of the program for this data directory."""
        command = [PROGRAM, *arguments, "--data-dir", self.data_dir]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        if check and done.returncode != 0:
            raise RuntimeError(f"longshore {' '.join(map(str, arguments))} ended with {done.returncode}: {done.stderr}")
        return done

    def session(self) -> boto3.Session:
        return boto3.Session(self.environment["AWS_ACCESS_KEY_ID"], self.environment["AWS_SECRET_ACCESS_KEY"], region_name=REGION)

    def client(self, service: str, config: Config = ONCE):
        key = (service, config is ONCE)
        if key not in self._clients:
            self._clients[key] = self.session().client(service, endpoint_url=self.endpoint, config=config)
        return self._clients[key]

    @property
    def ecs(self):
        return self.client("ecs")

    @property
    def unchecked(self):
        """ECS without the SDK's own checks of parameters: the server has to find them."""
        return self.client("ecs", UNCHECKED)

    @property
    def logs(self):
        return self.client("logs")

    def aws(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
        """The aws CLI with the environment that `longshore env` prints, and nothing else of AWS."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        environment = {**kept, **self.environment, "AWS_PAGER": "", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null"}
        done = subprocess.run([AWS, *arguments], capture_output=True, text=True, timeout=60, env=environment)
        if check:
            assert done.returncode == 0, f"aws {' '.join(arguments)}: {done.stderr}"
        return done

    # -- what it has

    def instance(self, cluster: str = "default") -> dict | None:
        """The first container instance of a cluster."""
        arns = self.ecs.list_container_instances(cluster=cluster)["containerInstanceArns"]
        if not arns:
            return None
        return self.ecs.describe_container_instances(cluster=cluster, containerInstances=arns[:1])["containerInstances"][0]

    def subnets(self) -> list[str]:
        """Those of the default VPC, from the words of the start: EC2's API comes later."""
        named = until(lambda: re.findall(r"[Ss]ubnets of the default VPC: (.+)", self.log.read_text()), 10, "the subnets to be named")
        return named[-1].split()

    def said(self) -> str:
        """Its log, for a message of a failed test."""
        return self.log.read_text() if self.log.exists() else ""

    def at_work(self) -> str:
        """What its node says it has, and where its threads and its children's are in the kernel: for what hangs, gone once the test is over."""
        found = []
        for address in re.findall(r"introspection.*address=(\S+)", self.said())[-1:]:
            try:
                with urllib.request.urlopen(f"http://{address}/v1/tasks", timeout=5) as answer:
                    found.append(answer.read().decode())
            except OSError as error:
                found.append(f"the node does not say what it has: {error}")
        if self.process and self.process.poll() is None:
            found += [line for pid in family(self.process.pid) for line in threads(pid)]
        return "\n".join(found)


def family(pid: int) -> list[int]:
    """A process and all that came of it."""
    try:
        children = [int(child) for path in Path(f"/proc/{pid}/task").glob("*/children") for child in path.read_text().split()]
    except OSError:
        return []  # ended meanwhile
    return [pid, *(one for child in children for one in family(child))]


def threads(pid: int) -> list[str]:
    """Each thread of a process: its name, and its calls in the kernel, innermost first."""
    lines = []
    for task in sorted(Path(f"/proc/{pid}/task").glob("*")):
        try:
            calls = [re.sub(r"\[<.*>\] |\+.*", "", call) for call in (task / "stack").read_text().splitlines()]
            lines.append(f"{pid}/{task.name} {(task / 'comm').read_text().strip()}: {' < '.join(calls[:6])}")
        except OSError:
            continue  # ended meanwhile
    return lines
