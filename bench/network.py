"""Packets between tasks, and what changes of their network cost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from docker import Docker
from measure import median, until
from ours import TARGET

SECONDS = 2
ROUND_TRIPS = 2000
PORT = 5301
# One byte there and back, as often as it is said; prints the median in microseconds.
SERVER = f"""
import socket
with socket.create_server(("", {PORT})) as listener:
    print("ready", flush=True)
    peer, _ = listener.accept()
    peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    while byte := peer.recv(1):
        peer.sendall(byte)
"""
CLIENT = f"""
import socket, sys, time
peer = socket.create_connection((sys.argv[1], {PORT}), timeout=10)
peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
times = []
for _ in range({ROUND_TRIPS}):
    begun = time.perf_counter()
    peer.sendall(b"x"); peer.recv(1)
    times.append(time.perf_counter() - begun)
print(sorted(times)[len(times) // 2] * 1e6)
"""


class Way:
    """Two ends that can reach each other."""

    def __init__(self, first: str, second: str, address: str) -> None:
        # Namespaces, as `nsenter --net=` takes them; the address is the second one's.
        self.first, self.second, self.address = first, second, address

    def gigabits(self) -> float:
        server = self._start(self.second, "iperf3", "--server", "--one-off", "--forceflush")
        try:
            until(lambda: "listening" in server.stdout.readline(), 10, "iperf3 to listen")
            done = self._run(self.first, "iperf3", "--client", self.address, "--time", str(SECONDS), "--json")
            return json.loads(done)["end"]["sum_received"]["bits_per_second"] / 1e9
        finally:
            server.kill()
            server.wait()

    def round_trip(self) -> float:
        """Microseconds."""
        server = self._start(self.second, sys.executable, "-c", SERVER)
        try:
            until(lambda: "ready" in server.stdout.readline(), 10, "the echo server to listen")
            return float(self._run(self.first, sys.executable, "-c", CLIENT, self.address))
        finally:
            server.kill()
            server.wait()

    @staticmethod
    def _start(namespace: str, *command: str) -> subprocess.Popen:
        return subprocess.Popen(["nsenter", f"--net={namespace}", *command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    @staticmethod
    def _run(namespace: str, *command: str) -> str:
        done = subprocess.run(["nsenter", f"--net={namespace}", *command], capture_output=True, text=True, timeout=60)
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]} ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-400:]}")
        return done.stdout


class Plain:
    """Two namespaces and a veth pair between them: the floor."""

    NAMES = ("bench-plain-a", "bench-plain-b")

    def __init__(self) -> None:
        first, second = self.NAMES
        for name in self.NAMES:
            self._ip("netns", "add", name)
        self._ip("-n", first, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", second)
        for name, address in zip(self.NAMES, ("192.0.2.101/24", "192.0.2.102/24")):
            self._ip("-n", name, "addr", "add", address, "dev", "eth0")
            self._ip("-n", name, "link", "set", "eth0", "up")
        self.way = Way(f"/run/netns/{first}", f"/run/netns/{second}", "192.0.2.102")

    def end(self) -> None:
        for name in self.NAMES:
            self._ip("netns", "del", name)

    @staticmethod
    def _ip(*arguments: str) -> None:
        subprocess.run(["ip", *arguments], check=True)


class Ours:
    """The ends that our own program makes."""

    def __init__(self) -> None:
        program = TARGET / "release/examples/ends"
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        ends = {}
        for line in self.process.stdout:
            if line.strip() == "ready":
                break
            name, namespace, address = line.split()
            ends[name] = (namespace, address)
        self.one = Way(ends["one-a"][0], *ends["one-b"])
        self.two = Way(ends["two-a"][0], *ends["two-b"])

    def end(self) -> None:
        self.process.stdin.close()
        if self.process.wait(timeout=60) != 0:
            raise RuntimeError("the ends were not taken away")


def containers(daemon: Docker, image: Path) -> tuple[list[str], Way]:
    """Two containers of Docker's bridge."""
    daemon.run("load", "--input", str(image))
    ids = [daemon.run("run", "--detach", "longshore-bench:latest", "sleep", "100000") for _ in range(2)]
    pids = [daemon.run("inspect", "--format", "{{.State.Pid}}", one) for one in ids]
    address = daemon.run("inspect", "--format", "{{.NetworkSettings.IPAddress}}", ids[1])
    return ids, Way(f"/proc/{pids[0]}/ns/net", f"/proc/{pids[1]}/ns/net", address)


def measure(work: Path, rounds: int, daemon: Docker | Exception) -> dict:
    """Gigabits and round trips of each way, in turn; then the costs of changes."""
    plain, ours, ids = Plain(), Ours(), []
    ways = {"veth": plain.way, "one node": ours.one, "overlay": ours.two}
    try:
        if isinstance(daemon, Docker):
            ids, ways["docker"] = containers(daemon, work / "image.tar")
        found: dict = {"gigabits": {name: [] for name in ways}, "round trip": {name: [] for name in ways}}
        for _ in range(max(3, rounds // 4)):
            for name, way in ways.items():
                found["gigabits"][name].append(way.gigabits())
                found["round trip"][name].append(way.round_trip())
    finally:
        ours.end()
        plain.end()
        if ids:
            daemon.run("rm", "--force", *ids)
    said = subprocess.run(["unshare", "--net", TARGET / "release/examples/fabric_bench"], capture_output=True, text=True, check=True, timeout=300).stdout
    found["fabric"] = said
    columns = ["interfaces", "tell all", "group rules", "join group", "far one", "attach", "detach"]
    for line in said.splitlines()[1:]:
        values = dict(zip(columns, (float(v) for v in re.findall(r"[\d.]+", line))))
        found[f"at {int(values['interfaces'])}"] = values
    return found


def medians(found: dict, what: str) -> dict[str, float]:
    return {name: median(values) for name, values in found[what].items()}
