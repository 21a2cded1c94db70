"""The official ECS agent (aws/amazon-ecs-agent) as a process, with a Docker daemon of its own, in a network namespace of its own.

The agent's ports (51678, 51679), Docker's bridge and its firewall rules are then not the machine's, and no Docker that runs there is touched.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from longshore import Longshore
from segment import ip
from waiting import until

# The daemon and the image are those of the benchmarks.
sys.path.append(str(Path(__file__).resolve().parent.parent / "bench"))

import image  # noqa: E402
from docker import CGROUP, SYSTEM, Docker, remove_cgroups  # noqa: E402

IMAGE = "longshore-test-official"
OF_TASK = "com.amazonaws.ecs.task-arn"
# Where the agent keeps the cgroups of tasks.
CGROUPS = "/ecs"
CLONE_NEWNET = 0x4000_0000


def program() -> Path:
    return Path(os.environ.get("LONGSHORE_ECS_AGENT", ""))


def missing() -> list[str]:
    """What this machine has not; each a sentence."""
    found = []
    if "LONGSHORE_ECS_AGENT" not in os.environ:
        found.append("LONGSHORE_ECS_AGENT names no agent: set it to the path of a built amazon-ecs-agent")
    elif not (program().is_file() and os.access(program(), os.X_OK)):
        found.append(f"LONGSHORE_ECS_AGENT={program()} is not a program")
    for name, package in (("docker", "docker.io"), ("dockerd", "docker.io"), ("iptables", "iptables"), ("busybox", "busybox-static")):
        if shutil.which(name, path=SYSTEM) is None:
            found.append(f"{name} is not installed: Debian's package {package} has it")
    return found


@contextlib.contextmanager
def apart() -> Iterator[None]:
    """A network namespace for the calling thread: what it starts and what it connects to is there."""
    libc = ctypes.CDLL(None, use_errno=True)

    def done(result: int) -> None:
        if result != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))

    before = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    try:
        done(libc.unshare(CLONE_NEWNET))
        try:
            ip("link", "set", "lo", "up")
            yield
        finally:
            done(libc.setns(before, CLONE_NEWNET))
    finally:
        os.close(before)


class Engine:
    """The Docker daemon, with the image in it."""

    def __init__(self) -> None:
        # On a disk, as its data would be; a short path, since sockets lie below it.
        self.directory = Path(tempfile.mkdtemp(prefix="longshore-test-docker-", dir="/var/tmp"))
        self.docker = Docker(self.directory, run=self.directory / "run", cgroup=f"{CGROUP}-{os.getpid()}")

    def start(self) -> Engine:
        (self.directory / "run").mkdir()
        self.docker.start()
        layer = image.layer(image.unpacked(self.directory / "rootfs"), self.directory / "layer.tar")
        self.docker.run("import", "--change", "ENV PATH=/bin", str(layer), IMAGE)
        return self

    def containers(self, task: str, *more: str) -> list[str]:
        """Identifiers of a task's containers, of those that ended too."""
        return self.docker.run("ps", "--all", "--quiet", "--no-trunc", "--filter", f"label={OF_TASK}={task}", *more).split()

    def running(self, task: str) -> list[str]:
        return self.containers(task, "--filter", "status=running")

    def inspect(self, container: str, template: str) -> str:
        return self.docker.run("inspect", "--format", template, container)

    def remove_all(self) -> None:
        there = self.docker.run("ps", "--all", "--quiet").split()
        if there:
            self.docker.run("rm", "--force", "--volumes", *there)

    def end(self) -> None:
        self.docker.end()
        shutil.rmtree(self.directory)


class Agent:
    """The agent's process, and the directory in which it remembers its tasks."""

    def __init__(self, server: Longshore, engine: Engine) -> None:
        self.server, self.engine = server, engine
        self.directory = Path(tempfile.mkdtemp(prefix="longshore-test-official-"))
        self.data_dir = self.directory / "data"
        self.log = self.directory / "log"
        self.process: subprocess.Popen | None = None
        self.had_cgroups = any(Path("/sys/fs/cgroup").glob(f"*{CGROUPS}")) or Path(f"/sys/fs/cgroup{CGROUPS}").exists()

    def environment(self) -> dict[str, str]:
        """Nothing of the caller's: AWS_CA_BUNDLE, for one, ends the agent."""
        return {
            **self.server.environment,
            "PATH": SYSTEM,
            "HOME": str(self.directory),
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "DOCKER_HOST": self.engine.docker.host,
            "ECS_BACKEND_HOST": self.server.endpoint,
            "ECS_CLUSTER": "default",
            "ECS_EXTERNAL": "true",
            "ECS_DATADIR": str(self.data_dir),
            "ECS_AUDIT_LOGFILE": str(self.directory / "audit.log"),
            "ECS_AVAILABLE_LOGGING_DRIVERS": '["json-file","none"]',
            "ECS_IMAGE_PULL_BEHAVIOR": "prefer-cached",
        }

    def launch(self) -> Agent:
        self.data_dir.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([program()], stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self.environment(), start_new_session=True)
        return self

    def start(self) -> Agent:
        self.launch()
        until(self.is_connected, 60, "the official agent to connect")
        return self

    def is_connected(self) -> bool:
        assert self.process.poll() is None, f"the agent ended with {self.process.returncode}:\n{self.said()[-4000:]}"
        instance = self.server.instance()
        return instance is not None and instance["agentConnected"]

    def version(self) -> str:
        """Such as "1.105.1", in its own words."""
        said = subprocess.run([program(), "-version"], capture_output=True, text=True, timeout=30, check=True, env={"PATH": SYSTEM}).stdout
        return re.search(r"Version: (\S+)", said)[1]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def forget(self) -> None:
        """Empties its data directory."""
        shutil.rmtree(self.data_dir)

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()

    def discard(self) -> None:
        """Deletes what it kept; its cgroups can go when no container is in them."""
        if not self.had_cgroups:
            remove_cgroups(CGROUPS)
        shutil.rmtree(self.directory)
