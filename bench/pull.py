"""Pull and unpacking of an image of 200 MB from a registry on loopback."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from pathlib import Path

from docker import Docker, Unavailable
from measure import until
from ours import TARGET, Longshore


def measure(work: Path, rounds: int, daemon: Docker | Unavailable) -> dict:
    log = (work / "registry.log").open("w+b")
    registry = subprocess.Popen([TARGET / "release/examples/pull", "--serve", "200"], stdout=log, stderr=log)
    longshore = Longshore(work / "pull")
    try:
        until(lambda: b"/bench:1" in (work / "registry.log").read_bytes(), 120, "the image to be generated", 0.1)
        said = (work / "registry.log").read_text()
        name = re.search(r"(127\.0\.0\.1:\d+/bench:1)", said)[1]
        longshore.start()
        caller = longshore.caller()
        container = {"name": "main", "image": name, "memory": 32, "command": ["/none"]}
        caller.call("RegisterTaskDefinition", family="pull", networkMode="none", containerDefinitions=[container])
        times: dict[str, list[float]] = {"longshore": []}
        for number in range(rounds + 1):
            seconds = _ours(longshore, caller, name)
            _forget(work)
            if number > 0:
                times["longshore"].append(seconds)
            if isinstance(daemon, Docker):
                begun = time.monotonic()
                daemon.run("pull", "--quiet", name)
                if number > 0:
                    times.setdefault("docker", []).append(time.monotonic() - begun)
                daemon.run("rmi", name)
                _forget(work)
        return {"times": times, "image": said.splitlines()[0].rsplit(":", 3)[0]}
    finally:
        longshore.end()
        registry.send_signal(signal.SIGTERM)
        registry.wait(10)
        log.close()


def _forget(work: Path) -> None:
    """ext4 passes over the inodes of files that were deleted a moment ago, one by one, for as long as their blocks are in memory. Who pulls an
    image has not just deleted the same one, so that is no part of a pull: without this, half of the time went there on both sides."""
    subprocess.run(["sync", "-f", work], check=True)
    Path("/proc/sys/vm/drop_caches").write_text("1")


def _ours(longshore: Longshore, caller, name: str) -> float:
    """As the task says that needs the image: pullStartedAt to pullStoppedAt. It has no program to run, and so ends by itself."""
    caller.close()  # The server has given the idle connection up.
    [task] = caller.call("RunTask", taskDefinition="pull")["tasks"]
    stopped = lambda: (t := caller.call("DescribeTasks", tasks=[task["taskArn"]])["tasks"][0])["lastStatus"] == "STOPPED" and t
    task = until(stopped, 120, "the image to be pulled", 0.02)
    if "pullStoppedAt" not in task:
        raise RuntimeError(f"the image was not pulled: {task.get('stoppedReason')}, {task['containers'][0].get('reason')}")
    longshore.run("image", "rm", name)
    return task["pullStoppedAt"] - task["pullStartedAt"]
