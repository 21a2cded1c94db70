"""A Longshore that is measured."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path

import call
from measure import until

TARGET = Path(os.environ.get("CARGO_TARGET_DIR", Path.home() / ".cache/longshore/target"))
PROGRAM = Path(os.environ.get("LONGSHORE", TARGET / "release/longshore"))
# More than the machine has, so that it is the machine that limits, and not the bookkeeping.
ROOM = ["--cpu", "1048576", "--memory", "1048576"]


class Longshore:
    def __init__(self, directory: Path, role: str = "up", arguments: list[str] = ROOM, port: int = 4566) -> None:
        self.data_dir, self.role, self.arguments = directory, role, arguments if role == "up" else []
        self.endpoint = f"http://127.0.0.1:{port}"
        self.log = directory.with_suffix(".log")
        self.process: subprocess.Popen | None = None

    def spawn(self) -> float:
        """Starts the process; the time just before."""
        command = [PROGRAM, self.role, "--data-dir", self.data_dir, "--listen", self.endpoint.removeprefix("http://"), *self.arguments]
        with self.log.open("ab") as log:
            before = time.monotonic()
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=environment())
        return before

    def start(self) -> Longshore:
        said = self.log.stat().st_size if self.log.exists() else 0
        self.spawn()
        until(lambda: self._serves(said), 30, f"longshore {self.role} to start")
        return self

    def _serves(self, said: int) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"longshore {self.role} ended with {self.process.returncode}:\n{self.log.read_text()[-2000:]}")
        if self.role != "up":
            return (self.data_dir / "endpoint").exists()
        if b"Longshore is up" not in self.log.read_bytes()[said:]:
            return False
        caller = self.caller()
        arns = caller.call("ListContainerInstances")["containerInstanceArns"]
        described = caller.call("DescribeContainerInstances", containerInstances=arns)["containerInstances"] if arns else []
        caller.close()
        return any(instance["agentConnected"] for instance in described)

    def caller(self) -> call.Caller:
        exported = dict(re.findall(r"export (\w+)='(.*)'", self.run("env")))
        return call.Caller(self.endpoint, exported["AWS_ACCESS_KEY_ID"], exported["AWS_SECRET_ACCESS_KEY"])

    def run(self, *arguments: str | Path) -> str:
        done = subprocess.run([PROGRAM, *arguments, "--data-dir", self.data_dir], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"longshore {arguments[0]} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def end(self) -> None:
        """The process ends; what `up` left running is ended too."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(10)
        if self.role == "up":
            self.run("down")
        self.process = None

    def shims(self) -> list[int]:
        """The processes that own its containers: their command line names the container's directory."""
        inside = f"{self.data_dir}/".encode()
        return [pid for pid, line in command_lines() if inside in line and pid != self.process.pid]


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LONGSHORE_LOG")}


def command_lines() -> list[tuple[int, bytes]]:
    found = []
    for directory in Path("/proc").iterdir():
        if directory.name.isdigit():
            try:
                found.append((int(directory.name), (directory / "cmdline").read_bytes()))
            except OSError:
                continue  # It has just ended.
    return found
