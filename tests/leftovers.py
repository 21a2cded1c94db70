"""What a node leaves on the machine: processes, mounts, cgroups, network namespaces, links and firewall tables.

Everything of a node carries its instance's name (five hex digits made from its directory) or lies under its directories, so nodes that run
side by side are told apart, and a test counts its own only.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
from pathlib import Path

from waiting import until

CGROUPS = Path("/sys/fs/cgroup")
RUN = Path("/run/longshore")
# In the namespace of a VPC: links of the node's own interfaces, and the one by which others' are reached.
ENDS = ("lsv", "overlay")


def instance_of(directory: Path) -> str:
    """The name by which a node's links, tables and cgroups begin: as the program makes it from the node's directory."""
    mask = 0xFFFF_FFFF_FFFF_FFFF
    digest = 0xCBF2_9CE4_8422_2325
    for byte in os.fsencode(directory):
        digest = ((digest ^ byte) * 0x0100_0000_01B3) & mask
    mixed = ((digest ^ (digest >> 32)) * 0xD6E8_FEB8_6659_FD93) & mask
    return f"{(mixed >> 44) & 0xFFFFF:05x}"


class Leftovers:
    """What the node `up` of a data directory has on the machine."""

    def __init__(self, data_dir: Path, node: str = "up") -> None:
        self.data_dir = data_dir
        self.node = node
        self.instance = instance_of(data_dir / "nodes" / node)
        self.links: set[str] = set()

    def note_links(self) -> None:
        """Remembers the links on the node's bridge: they do not carry the instance's name."""
        self.links |= set(self._on_bridge())

    def of_tasks(self) -> list[str]:
        """What belongs to tasks and has to be gone when no task runs."""
        self.note_links()
        return [
            *self.processes(), *self.mounts(), *self.loops(), *self.task_cgroups(), *self.namespaces(), *self._bridge_links(),
            *self.published_ports(), *self.in_vpcs(),
        ]

    def wait_for_none(self, seconds: float = 20) -> None:
        """Returns when nothing of a task is left: it is taken away a moment after the task is reported stopped."""
        left: list[str] = []

        def gone() -> bool:
            nonlocal left
            left = self.of_tasks()
            return not left

        try:
            until(gone, seconds, "everything of the tasks to go", every=0.2)
        except AssertionError:
            raise AssertionError("left of tasks that have stopped:\n" + "\n".join(left)) from None

    def all(self) -> list[str]:
        """What belongs to the node, and has to be gone after `longshore down`."""
        bridge = f"lsb{self.instance}"
        found = [*self.of_tasks(), *self._tables(), *self.cgroups()]
        own = (f"lsu{self.instance}", f"lse{self.instance}")
        found += [f"link {name}" for name in links() if name == bridge or name.startswith(own)]
        found += [f"mount {point}" for point in mount_points() if self._runs_in(point)]
        found += self._endpoint_address()
        found += [f"directory {RUN / self.instance}"] if (RUN / self.instance).exists() else []
        return sorted(set(found))

    def processes(self) -> list[str]:
        """Shims: their command line names the directory of their container."""
        return [f"process {pid}: {command}" for pid, command in self._shims()]

    def mounts(self) -> list[str]:
        inside = f"{self.data_dir}/"
        return [f"mount {point}" for point in mount_points() if point.startswith(inside)]

    def cgroups(self) -> list[str]:
        return [f"cgroup {path}" for path in self._cgroup_directories()]

    def task_cgroups(self) -> list[str]:
        """Below the node's own: one for each task and container."""
        deep = [path for path in self._cgroup_directories() if path.parent.name == "ecs" or path.parent.parent.name == "ecs"]
        return [f"cgroup {path}" for path in deep]

    def namespaces(self) -> list[str]:
        """Network namespaces are kept as files in the node's run directory. Those of VPCs stay while the node does, those of load balancers while they do."""
        directory = RUN / self.instance
        kept = directory.iterdir() if directory.is_dir() else []
        return [f"namespace {path}" for path in kept if not path.name.startswith(("vpc-", "lb-"))]

    def loops(self) -> list[str]:
        """Loop devices over files of the data directory: those of ephemeral storage."""
        shown = subprocess.run(["losetup", "--json", "--list"], capture_output=True, text=True, check=True).stdout
        devices = json.loads(shown)["loopdevices"] if shown.strip() else []
        return [f"loop {d['name']} {d['back-file']}" for d in devices if d["back-file"].startswith(f"{self.data_dir}/")]

    def published_ports(self) -> list[str]:
        """Elements of the node's maps of published ports."""
        own = f"longshore-{self.instance}"
        if own not in tables():
            return []
        return [f"nft element {name} {element}" for name, element in elements(["nft", "-j", "list", "table", "ip", own])]

    def in_vpcs(self) -> list[str]:
        """Of every VPC's namespace on the node, which itself stays: links, routes, neighbours and stations of interfaces, and elements of sets."""
        directory = RUN / self.instance
        found = []
        for path in sorted(directory.glob("vpc-*")) if directory.is_dir() else []:
            found += [f"{path.name}: {thing}" for thing in in_vpc(path)]
        return found

    def sweep(self) -> None:
        """Takes away what a failed test left, so that it fails alone."""
        for pid, _ in self._shims():
            for victim in [*children(pid), pid]:
                try:
                    os.kill(victim, signal.SIGKILL)
                except ProcessLookupError:
                    pass
        for point in reversed(mount_points()):
            if point.startswith(f"{self.data_dir}/") or self._runs_in(point):
                subprocess.run(["umount", "-l", point], check=False, capture_output=True)

    def _runs_in(self, point: str) -> bool:
        directory = str(RUN / self.instance)
        return point == directory or point.startswith(f"{directory}/")

    def _shims(self) -> list[tuple[int, str]]:
        inside = f"{self.data_dir}/".encode()
        found = []
        for directory in Path("/proc").iterdir():
            if not directory.name.isdigit():
                continue
            try:
                command = (directory / "cmdline").read_bytes()
            except OSError:
                continue
            # Not `longshore up` itself, which names the data directory and nothing in it.
            if inside in command:
                found.append((int(directory.name), command.replace(b"\0", b" ").decode(errors="replace")[:200]))
        return found

    def _cgroup_directories(self) -> list[Path]:
        roots = [CGROUPS, *[p for p in CGROUPS.iterdir() if p.is_dir()]]
        found: set[Path] = set()
        for root in {r.resolve() for r in roots}:
            top = root / "longshore" / self.instance
            if top.is_dir():
                # Others of them may go while this looks.
                found |= {Path(directory) for directory, _, _ in os.walk(top)}
        return sorted(found)

    def _on_bridge(self) -> list[str]:
        return [name for name, master in links().items() if master == f"lsb{self.instance}"]

    def _bridge_links(self) -> list[str]:
        """Links of tasks: those that are or were on the bridge."""
        there = links()
        return [f"link {name}" for name in self.links if name in there]

    def _endpoint_address(self) -> list[str]:
        """169.254.170.2 on the machine's loopback, where this node had put it and no other serves there."""
        record = self.data_dir / "nodes" / self.node / "host-endpoint.json"
        if not record.exists() or "169.254.170.2" not in record.read_text() or "lo:longshore" not in loopback():
            return []
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("169.254.170.2", 51679))
            except OSError:
                return []
        return ["address 169.254.170.2 on lo"]

    def _tables(self) -> list[str]:
        own = f"longshore-{self.instance}"
        return [f"nft table {name}" for name in tables() if name == own or name.startswith(f"{own}-")]


def mount_points() -> list[str]:
    return [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]


def links() -> dict[str, str | None]:
    """Every link of the machine, with the bridge it is on."""
    shown = subprocess.run(["ip", "-json", "link"], capture_output=True, text=True, check=True).stdout
    return {link["ifname"]: link.get("master") for link in json.loads(shown or "[]")}


def loopback() -> str:
    return subprocess.run(["ip", "-4", "addr", "show", "dev", "lo"], capture_output=True, text=True, check=True).stdout


def tables() -> list[str]:
    shown = subprocess.run(["nft", "-j", "list", "tables"], capture_output=True, text=True, check=True).stdout
    return [entry["table"]["name"] for entry in json.loads(shown)["nftables"] if "table" in entry]


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def in_vpc(namespace: Path) -> list[str]:
    """What interfaces have in the namespace of a VPC."""
    inside = ["nsenter", f"--net={namespace}"]

    def shown(*command: str) -> list[dict]:
        done = subprocess.run([*inside, *command], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            # It may go while this looks; one that is there answers.
            assert not namespace.exists() or not os.path.ismount(namespace), done.stderr
            return []
        return json.loads(done.stdout or "[]")

    found = [f"link {link['ifname']}" for link in shown("ip", "-json", "link") if link["ifname"].startswith("lsv")]
    for route in [r for family in ("-4", "-6") for r in shown("ip", "-json", family, "route", "show", "table", "all")]:
        # Routes of interfaces lead to one address; the kernel's own and those of the VPC are local or have a prefix.
        if route.get("type") in (None, "unicast") and "/" not in route["dst"] and str(route.get("dev", "")).startswith(ENDS):
            found.append(f"route {route['dst']} dev {route['dev']}")
    found += [f"neighbour {n['dst']} {n['dev']}" for n in shown("ip", "-json", "neigh") if n.get("dev", "").startswith(ENDS)]
    found += [f"station {s.get('mac')} {s['dst']}" for s in shown("bridge", "-json", "fdb", "show") if "dst" in s]
    ruleset = [*inside, "nft", "-j", "list", "ruleset"]
    # The VPC's own blocks are elements of a set too.
    found += [f"nft element {name} {element}" for name, element in elements(ruleset) if name != "blocks"]
    return found


def elements(command: list[str]) -> list[tuple[str, str]]:
    """Elements of the sets and maps that an nft command lists."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        return []
    sets = [entry.get("set") or entry.get("map") for entry in json.loads(done.stdout)["nftables"]]
    return [(one["name"], json.dumps(element)) for one in sets if one for element in one.get("elem", [])]
