"""Questions per second that a VPC's name server answers, beside dnsmasq: names that it knows by itself, and answers of others that it keeps."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from measure import until
from ours import TARGET

PROGRAM = TARGET / "release/examples/queries"
SECONDS = 2
OWN, ELSEWHERE = "ec2.internal", "elsewhere.example"
# Loopback of the benchmark's own network namespace.
UPSTREAM, OURS, DNSMASQ = "127.0.0.1:5400", "127.0.0.1:5401", "127.0.0.1:5402"
TICK = os.sysconf("SC_CLK_TCK")


def measure(rounds: int) -> dict:
    """By case and server: results of each round; `cpu` is the server's, in microseconds per question."""
    dnsmasq = [
        "dnsmasq", "--conf-file=/dev/null", "--keep-in-foreground", "--no-hosts", "--no-resolv", "--no-poll", "--pid-file=", "--user=root",
        "--listen-address=127.0.0.1", "--bind-interfaces", f"--port={DNSMASQ.split(':')[1]}", f"--server={UPSTREAM.replace(':', '#')}",
        f"--synth-domain={OWN},127.0.0.0/8,ip-", "--cache-size=10000", "--dns-forward-max=1000",
    ]
    servers = [subprocess.Popen([PROGRAM, "serve", UPSTREAM, ELSEWHERE], stdout=subprocess.DEVNULL)]
    found: dict = {}
    try:
        until(lambda: _answers(UPSTREAM, ELSEWHERE), 10, "the resolver to answer")
        by_name = {
            "longshore": (OURS, subprocess.Popen([PROGRAM, "serve", OURS, OWN, UPSTREAM], stdout=subprocess.DEVNULL)),
            "dnsmasq": (DNSMASQ, subprocess.Popen(dnsmasq, stderr=subprocess.DEVNULL)),
        }
        servers += [process for _, process in by_name.values()]
        for address, _ in by_name.values():
            until(lambda: _answers(address, OWN), 10, f"{address} to answer")
        for _ in range(rounds):
            for case, domain in (("own names", OWN), ("kept answers", ELSEWHERE)):
                for name, (address, process) in by_name.items():
                    before = _cpu(process.pid)
                    result = json.loads(_ask(address, domain, SECONDS).stdout)
                    # A thousand questions come before those that are counted.
                    result["cpu"] = (_cpu(process.pid) - before) / (result["count"] + 1000) * 1e6
                    found.setdefault(case, {}).setdefault(name, []).append(result)
    finally:
        for server in servers:
            server.kill()
            server.wait()
    return found


def _ask(address: str, domain: str, seconds: int, check: bool = True) -> subprocess.CompletedProcess:
    return subprocess.run([PROGRAM, "ask", address, domain, str(seconds)], capture_output=True, text=True, check=check, timeout=seconds + 30)


def _answers(address: str, domain: str) -> bool:
    return _ask(address, domain, 0, check=False).returncode == 0


def _cpu(process: int) -> float:
    """Seconds that a process has had of the CPU."""
    user, system = Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()[11:13]
    return (int(user) + int(system)) / TICK
