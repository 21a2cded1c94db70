"""Runs this program apart from the machine: in network, mount and process namespaces of its own.

Bridges, firewall rules, mounts and processes of everything that is measured end with it, also when it is killed; nothing but loopback is
reachable; and nothing that runs on the machine is in its way. What namespaces do not hold, cgroups and files, is removed by who made it.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import traceback
from pathlib import Path

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


def favoured(work):
    """Runs it in a session of its own that the scheduler prefers to all others, and returns what it returns.

    Latencies of less than a millisecond say nothing of a server where something else has the CPU. Clients and servers of all kinds that are
    started within are preferred alike. Not for starts of containers: their processes leave the session, and would be at a disadvantage.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.close(reader)
            os.setsid()
            os.nice(-19)
            groups = Path("/proc/self/autogroup")
            if groups.exists():
                groups.write_text("-19")
            result = pickle.dumps(work())
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(result)
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as pipe:
            result = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGTERM)
        os.waitpid(child, 0)
        raise
    _, status = os.waitpid(child, 0)
    if status != 0:
        raise RuntimeError("a measurement failed, see above")
    return pickle.loads(result)
