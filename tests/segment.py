"""Machines that are network namespaces on one segment: several nodes on one machine, each with an address of its own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from longshore import AWS, PROGRAM, REGION
from waiting import until


class Segment:
    """A switch, and the machines that are plugged into it."""

    def __init__(self, name: str) -> None:
        self.name = f"lsy{name}{os.environ.get('PYTEST_XDIST_WORKER', '')}"
        self.machines: list[Machine] = []
        # What a run left that was killed.
        self._remove()
        ip("netns", "add", self.name)
        ip("-n", self.name, "link", "add", "segment", "type", "bridge")
        ip("-n", self.name, "link", "set", "segment", "up")

    def plug(self, last: int) -> Machine:
        machine = Machine(self, last)
        self.machines.append(machine)
        return machine

    def connect(self, machine: Machine, up: bool) -> None:
        """Cuts a machine off, or joins it again."""
        ip("-n", self.name, "link", "set", machine.port, "up" if up else "down")

    def end(self) -> list[str]:
        """Takes everything away, and says what is still there."""
        left = [thing for machine in reversed(self.machines) for thing in machine.end()]
        self._remove()
        return left

    def _remove(self) -> None:
        shown = subprocess.run(["ip", "netns", "list"], capture_output=True, text=True, check=True).stdout
        for name in [line.split()[0] for line in shown.splitlines()]:
            if name == self.name or name.startswith(f"{self.name}-"):
                ip("netns", "del", name)


class Machine:
    """A namespace with the address 192.0.2.LAST and one of IPv6, and what runs in it."""

    def __init__(self, segment: Segment, last: int) -> None:
        self.segment, self.last = segment, last
        self.name, self.port = f"{segment.name}-{last}", f"port{last}"
        self.address = f"192.0.2.{last}"
        self.ipv6 = f"2001:db8:7::{last:x}"
        self.data_dir = Path(tempfile.mkdtemp(prefix="longshore-test-"))
        self.log = self.data_dir.with_suffix(".log")
        self.process: subprocess.Popen | None = None
        self.role = ""
        ip("netns", "add", self.name)
        ip("-n", segment.name, "link", "add", self.port, "master", "segment", "type", "veth", "peer", "name", "eth0", "netns", self.name)
        ip("-n", segment.name, "link", "set", self.port, "up")
        ip("-n", self.name, "addr", "add", f"{self.address}/24", "dev", "eth0")
        ip("-n", self.name, "addr", "add", f"{self.ipv6}/64", "dev", "eth0", "nodad")
        for link in ("lo", "eth0"):
            ip("-n", self.name, "link", "set", link, "up")

    # -- what runs here

    def start(self, role: str, *arguments: str, environment: dict[str, str] | None = None) -> Machine:
        self.role = role
        command = self.inside(PROGRAM, role, "--data-dir", self.data_dir, *arguments)
        given = {**os.environ, **(environment or {}), "LONGSHORE_LOG": os.environ.get("LONGSHORE_LOG", "info"), "NO_COLOR": "1"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=given, start_new_session=True)
        return self

    def serve(self, *arguments: str) -> Machine:
        """The control plane, on port 4566."""
        self.start("server", "--listen", f"{self.address}:4566", *arguments)
        until(lambda: self._alive() and (self.data_dir / "endpoint").exists(), 30, "the server to start")
        lines = self.run("env").splitlines()
        self.environment = dict(m.groups() for line in lines if (m := re.fullmatch(r"export (\w+)='(.*)'", line)))
        return self

    def join(self, server: Machine, *arguments: str) -> Machine:
        """A node of the server's default cluster."""
        self.run("image", "demo", "--name", "longshore-test")
        return self.start("agent", "--endpoint", f"http://{server.address}:4566", "--cpu", "4096", "--memory", "4096", *arguments, environment=server.environment)

    def _alive(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(f"{self.role} ended with {self.process.returncode}:\n{self.log.read_text()[-2000:]}")
        return True

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(30)

    def inside(self, *command: str | Path) -> list:
        return ["nsenter", f"--net=/run/netns/{self.name}", *command]

    def run(self, *arguments: str) -> str:
        """A sub-command of the program for this machine's data directory."""
        done = subprocess.run(self.inside(PROGRAM, *arguments, "--data-dir", self.data_dir), capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"longshore {' '.join(arguments)}: {done.stderr}"
        return done.stdout

    def aws(self, *arguments: str) -> dict:
        """The aws CLI, called on this machine; what it answers."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("AWS_")}
        environment = {**kept, **self.environment, "AWS_PAGER": "", "AWS_CONFIG_FILE": "/dev/null", "AWS_SHARED_CREDENTIALS_FILE": "/dev/null", "AWS_DEFAULT_REGION": REGION}
        done = subprocess.run(self.inside(AWS, *arguments, "--output", "json"), capture_output=True, text=True, timeout=60, env=environment)
        assert done.returncode == 0, f"aws {' '.join(arguments)}: {done.stderr}"
        return json.loads(done.stdout) if done.stdout.strip() else {}

    def end(self) -> list[str]:
        found: list[str] = []
        if self.process is None:
            shutil.rmtree(self.data_dir)
            return found
        if self.role == "agent":
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)
            down = subprocess.run(self.inside(PROGRAM, "down", "--data-dir", self.data_dir), capture_output=True, text=True, timeout=90)
            found += [] if down.returncode == 0 else [f"`longshore down` ended with {down.returncode}: {down.stderr}"]
            shown = subprocess.run(self.inside("ip", "-json", "link"), capture_output=True, text=True, check=True).stdout
            found += [f"link {link['ifname']} on {self.name}" for link in json.loads(shown) if link["ifname"].startswith("ls")]
            rules = subprocess.run(self.inside("nft", "list", "tables"), capture_output=True, text=True, check=True).stdout
            found += [f"{line} on {self.name}" for line in rules.splitlines() if "longshore" in line]
        else:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)
        if not found:
            shutil.rmtree(self.data_dir)
            self.log.unlink(missing_ok=True)
        return found


def ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
