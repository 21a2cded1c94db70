"""Times, and what is said of them."""

from __future__ import annotations

import math
import re
import subprocess
import tempfile
import time
from pathlib import Path


def percentile(values: list[float], percent: float) -> float:
    """By nearest rank."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def median(values: list[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def until(condition, seconds: float, what: str, pause: float = 0.005):
    """What the condition returns once it is true; fails after so many seconds."""
    deadline = time.monotonic() + seconds
    while True:
        if found := condition():
            return found
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(pause)


class Executions:
    """When the kernel executed a program: its own trace event, on the clock of `time.monotonic`.

    The same for everything that is measured, and no container is changed for it. A trace instance of its own disturbs no other.
    """

    def __init__(self, program: str) -> None:
        self.mount = Path(tempfile.mkdtemp(prefix="longshore-bench-trace-"))
        subprocess.run(["mount", "-t", "tracefs", "tracefs", self.mount], check=True)
        self.instance = self.mount / "instances" / f"longshore-bench-{time.monotonic_ns():x}"
        self.instance.mkdir()
        self._write("trace_clock", "mono")
        self._write("events/sched/sched_process_exec/filter", f'filename == "{program}"')
        self._write("events/sched/sched_process_exec/enable", "1")

    def _write(self, file: str, text: str) -> None:
        (self.instance / file).write_text(text)

    def clear(self) -> None:
        self._write("trace", "")

    def times(self) -> list[float]:
        text = (self.instance / "trace").read_text()
        return sorted(float(m[1]) for m in re.finditer(r"(\d+\.\d+): sched_process_exec:", text))

    def one(self) -> float:
        """The time of the only execution since `clear`."""
        times = self.times()
        if len(times) != 1:
            raise RuntimeError(f"{len(times)} executions were seen in place of one")
        return times[0]

    def close(self) -> None:
        self._write("events/sched/sched_process_exec/enable", "0")
        self.instance.rmdir()
        subprocess.run(["umount", self.mount], check=True)
        self.mount.rmdir()


def memory(pid: int) -> dict[str, float]:
    """Resident, proportional and private dirty memory of a process in MiB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = dict(re.findall(r"^(\w+):\s+(\d+) kB", text, re.M))
    return {name: int(found[name]) / 1024 for name in ("Rss", "Pss", "Private_Dirty")}


def add(parts: list[dict[str, float]]) -> dict[str, float]:
    return {name: sum(part[name] for part in parts) for name in parts[0]}
