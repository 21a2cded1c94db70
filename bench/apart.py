"""Runs this program apart from the machine: in network, mount and process namespaces of its own.

Bridges, firewall rules, mounts and processes of everything that is measured end with it, also when it is killed; nothing but loopback is
reachable; and nothing that runs on the machine is in its way. What namespaces do not hold, cgroups and files, is removed by who made it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

MARK = "LONGSHORE_BENCH_APART"


def enter() -> None:
    """Returns inside the namespaces."""
    if os.geteuid() != 0:
        sys.exit("bench/run starts containers and networks, which takes root: run it with sudo")
    if os.environ.get(MARK) is None:
        spaces = ["--net", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"]
        os.environ[MARK] = "1"
        os.execvp("unshare", ["unshare", *spaces, sys.executable, *sys.argv])
    # As process 1 of its namespace it is sent no signal that it does not handle.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended by a signal"))
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    # Sockets, locks and state of the runtimes: in memory, as on any host, and gone afterwards.
    subprocess.run(["mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", "/run"], check=True)
