"""docs/benchmarks.md: ratios first, then what was measured and how."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import time
from pathlib import Path

from measure import median, percentile
from network import medians
from starts import AT_ONCE, is_hybrid

HERE = Path(__file__).parent


def ms(seconds: float) -> str:
    return f"{seconds * 1e3:.1f} ms"


def row(what: str, ours: str, peer: str, ratio: str, target: str, met: bool | None) -> str:
    verdict = {True: "met", False: "**missed**", None: "–"}[met]
    return f"| {what} | {ratio} | {ours} | {peer} | {target} | {verdict} |"


HEAD = "| what | ratio | longshore | peer | target | |\n|---|---|---|---|---|---|"


def summary(found: dict) -> str:
    """One row for each comparison that was made."""
    for text in ("placement", "fleet"):
        if text in found and len(found) == 1:
            return found[text]
    rows: list[str] = []
    if "starts" in found:
        rows += _starts(found["starts"])
    if "api" in found:
        rows += _api(found["api"])
    if "cold" in found:
        for name, times in found["cold"].items():
            value = median(times)
            target = "≤ 100 ms" if "node" not in name else ""
            rows.append(row(f"cold start, {name}", ms(value), "", "", target, value <= 0.1 if target else None))
    if "resident" in found:
        rows += _resident(found["resident"])
    if "pull" in found:
        rows += _pull(found["pull"])
    if "network" in found:
        rows += _network(found["network"])
    if "names" in found:
        rows += _names(found["names"])
    if "balance" in found:
        rows += _balance(found["balance"])
    if "flows" in found:
        rows += _flows(found["flows"])
    return "\n".join([HEAD, *rows])


def _starts(found: dict) -> list[str]:
    started = {name: median(times) for name, times in found["started"].items()}
    stopped = {name: median(times) for name, times in found["stopped"].items()}
    rows = []
    ours = started["longshore none"]
    ratio = ours / started["crun"]
    rows.append(row("RunTask → process started, against the start of `crun run`", ms(ours), f"crun {ms(started['crun'])}", f"{ratio:.2f} × its time", "≤ 1.0 ×", ratio <= 1))
    for mode in ("none", "bridge"):
        if f"docker {mode}" in started:
            peer = started[f"docker {mode}"]
            ratio = peer / started[f"longshore {mode}"]
            rows.append(row(f"RunTask → process started, network {mode}", ms(started[f"longshore {mode}"]), f"docker {ms(peer)}", f"{ratio:.1f} × less", "≥ 8 × less", ratio >= 8))
    ratio = ours / started["floor"]
    rows.append(row("RunTask → process started, against bare namespaces", ms(ours), f"unshare {ms(started['floor'])}", f"{ratio:.1f} × its time", "", None))
    ratio = stopped["longshore none"] / stopped["crun"]
    rows.append(row("RunTask → STOPPED seen, against the end of `crun run`", ms(stopped["longshore none"]), f"crun {ms(stopped['crun'])}", f"{ratio:.2f} × its time", "", None))
    for mode in ("none", "bridge"):
        if f"docker {mode}" in stopped:
            peer = stopped[f"docker {mode}"]
            ratio = peer / stopped[f"longshore {mode}"]
            rows.append(row(f"RunTask → STOPPED seen, network {mode}", ms(stopped[f"longshore {mode}"]), f"docker {ms(peer)}", f"{ratio:.1f} × less", "", None))
    rates = {name: median(values) for name, values in found["rates"].items()}
    for peer in [name for name in ("crun", "docker") if name in rates]:
        rows.append(row(f"{AT_ONCE} tasks at once, against {peer} eight at a time", f"{rates['longshore']:.0f} tasks/s", f"{peer} {rates[peer]:.0f}/s", f"{rates['longshore'] / rates[peer]:.1f} × as many", "", None))
    return rows


def _api(found: dict) -> list[str]:
    rows = []
    for operation, by_server in found.items():
        of = {name: {key: median([r[key] for r in results]) for key in results[0]} for name, results in by_server.items()}
        ratio = of["longshore"]["rate"] / of["moto"]["rate"]
        rows.append(row(f"{operation}, requests per second", f"{of['longshore']['rate']:,.0f}", f"moto {of['moto']['rate']:,.0f}", f"{ratio:.0f} ×", "≥ 50 ×", ratio >= 50))
        p50, p99 = of["longshore"]["p50"], of["longshore"]["p99"]
        rows.append(row(f"{operation}, latency", f"p50 {p50:.2f} ms, p99 {p99:.2f} ms", f"moto p50 {of['moto']['p50']:.1f} ms, p99 {of['moto']['p99']:.1f} ms", f"{of['moto']['p99'] / p99:.0f} × less at p99", "p99 < 2 ms", p99 < 2))
    return rows


def _resident(found: dict) -> list[str]:
    text = lambda m: f"RSS {m['Rss']:.1f}, PSS {m['Pss']:.1f}, private dirty {m['Private_Dirty']:.1f} MiB"
    fine = lambda m: f"RSS {m['Rss']:.2f}, PSS {m['Pss']:.2f}, private dirty {m['Private_Dirty']:.2f} MiB"
    peers = {"longshore up, idle": "dockerd + containerd", "longshore, per container (shim)": "docker, per container (shim)"}
    targets = {"longshore up, idle": 30, "longshore, per container (shim)": 1.5}
    rows = []
    for name, memory in found.items():
        if not name.startswith("longshore"):
            continue
        peer, limit = found.get(peers.get(name, "")), targets.get(name)
        show = fine if "per container" in name else text
        ratio = f"RSS {peer['Rss'] / memory['Rss']:.1f} × less" if peer else ""
        rows.append(row(f"memory, {name.removeprefix('longshore ').removeprefix('longshore, ')}", show(memory), f"docker {show(peer)}" if peer else "", ratio, f"≤ {limit} MiB" if limit else "", memory["Rss"] <= limit if limit else None))
    return rows


def _pull(found: dict) -> list[str]:
    ours = median(found["times"]["longshore"])
    if "docker" not in found["times"]:
        return [row("pull and unpack of 200 MB", f"{ours:.2f} s", "not measured", "", "≥ 2 × faster", None)]
    peer = median(found["times"]["docker"])
    return [row("pull and unpack of 200 MB", f"{ours:.2f} s", f"docker {peer:.2f} s", f"{peer / ours:.1f} × faster", "≥ 2 × faster", peer / ours >= 2)]


def _names(found: dict) -> list[str]:
    rows = []
    for case, by_server in found.items():
        of = {name: {key: median([r[key] for r in results]) for key in results[0]} for name, results in by_server.items()}
        ours, peer = of["longshore"], of["dnsmasq"]
        rows.append(row(f"name server, {case}, questions per second", f"{ours['rate']:,.0f}", f"dnsmasq {peer['rate']:,.0f}", f"{ours['rate'] / peer['rate']:.2f} ×", "", None))
        rows.append(row(f"name server, {case}, CPU per question", f"{ours['cpu']:.1f} µs", f"dnsmasq {peer['cpu']:.1f} µs", f"{ours['cpu'] / peer['cpu']:.2f} ×", "", None))
        rows.append(row(f"name server, {case}, latency of 64 at a time", f"p50 {ours['p50']:.2f} ms, p99 {ours['p99']:.2f} ms", f"dnsmasq p50 {peer['p50']:.2f} ms, p99 {peer['p99']:.2f} ms", f"{ours['p99'] / peer['p99']:.2f} × at p99", "", None))
    return rows


def _balance(found: dict) -> list[str]:
    rows = []
    for case, by_server in found.items():
        of = {name: {key: median([r[key] for r in results]) for key in results[0]} for name, results in by_server.items()}
        ours = of.pop("longshore")
        for name, peer in of.items():
            said = f"{name} {peer['cpu']:.1f} µs, {peer['rate']:,.0f}/s, p50 {peer['p50']:.2f} ms, p99 {peer['p99']:.2f} ms"
            mine = f"{ours['cpu']:.1f} µs, {ours['rate']:,.0f}/s, p50 {ours['p50']:.2f} ms, p99 {ours['p99']:.2f} ms"
            rows.append(row(f"load balancer, {case}, CPU per request", mine, said, f"{ours['cpu'] / peer['cpu']:.2f} ×", "≤ 1 ×", ours["cpu"] <= peer["cpu"]))
    return rows


def _flows(found: dict) -> list[str]:
    """The kernel is the mark for streams and connections, HAProxy for the balancer's own CPU."""
    rows = []
    for case, by_server in found.items():
        of = {name: {key: median([r[key] for r in results]) for key in results[0]} for name, results in by_server.items()}
        streams = "p50" not in next(iter(of.values()))
        say = (lambda m: f"{m['rate']:.2f} GB/s, {m['cpu']:.2f} s CPU/GB") if streams else (lambda m: f"{m['rate']:,.0f}/s, {m['cpu']:.0f} µs CPU, own {m['own']:.0f} µs, p99 {m['p99']:.2f} ms")
        for ours in [name for name in of if name.startswith("longshore")]:
            what = f"network load balancer, {case}{ours.removeprefix('longshore')}"
            for name, peer in of.items():
                if name.startswith("longshore"):
                    continue
                ratio = of[ours]["rate"] / peer["rate"]
                target = {"kernel": 0.95, "haproxy": 1, "haproxy, splice": 1}[name]
                rows.append(row(what, say(of[ours]), f"{name} {say(peer)}", f"{ratio:.2f} ×", f"≥ {target} ×", ratio >= target))
    return rows


def _network(found: dict) -> list[str]:
    gigabits, trips = medians(found, "gigabits"), medians(found, "round trip")
    peers = [name for name in ("veth", "docker") if name in gigabits]
    rows = []
    for ours, what in (("one node", "task to task on one node"), ("overlay", "task to task over VXLAN")):
        for peer in peers:
            rows.append(row(f"{what}, one stream, against {'a plain veth' if peer == 'veth' else 'docker’s bridge'}", f"{gigabits[ours]:.1f} Gb/s", f"{peer} {gigabits[peer]:.1f} Gb/s", f"{gigabits[ours] / gigabits[peer]:.2f} ×", "", None))
        for peer in peers:
            rows.append(row(f"{what}, round trip of a byte, against {'a plain veth' if peer == 'veth' else 'docker’s bridge'}", f"{trips[ours]:.0f} µs", f"{peer} {trips[peer]:.0f} µs", f"{trips[ours] / trips[peer]:.2f} × its time", "", None))
    few, many = found["at 20"], found["at 2000"]
    rows.append(row("an interface set up, with 2,000 in the VPC", f"{many['attach']:.1f} ms", "", f"{many['attach'] / few['attach']:.2f} × that with 20", "≤ 5 ms", many["attach"] <= 5))
    for column, what in (("group rules", "rules of one of 200 security groups changed"), ("join group", "an interface joins a group"), ("far one", "an interface of another node comes")):
        rows.append(row(f"{what}, with 2,000 interfaces", f"{many[column]:.2f} ms", "", f"{many[column] / few[column]:.2f} × that with 20", "does not grow", many[column] <= 1.5 * few[column]))
    return rows


def distributions(found: dict) -> str:
    """What the medians hide."""
    lines = ["| ms | n | least | p50 | p90 | most |", "|---|---|---|---|---|---|"]
    for kind in ("started", "stopped"):
        for name, times in found["starts"][kind].items():
            values = [t * 1e3 for t in times]
            cells = [min(values), median(values), percentile(values, 90), max(values)]
            lines.append(f"| {kind}: {name} | {len(values)} | " + " | ".join(f"{v:.1f}" for v in cells) + " |")
    return "\n".join(lines)


def machine() -> str:
    cpu = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) / 1024 / 1024
    system = re.search(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text())
    groups = "cgroup v1, hybrid" if is_hybrid() else "cgroup v2" if Path("/sys/fs/cgroup/cgroup.controllers").exists() else "cgroup v1"
    return f"{system[1] if system else platform.system()}, kernel {platform.release()}, {os.cpu_count()} CPUs ({cpu[1] if cpu else platform.machine()}), {memory:.0f} GiB, {groups}"


def versions(program: Path, moto: Path) -> str:
    asked = {
        "longshore": [program, "--version"],
        "docker": ["/usr/sbin/dockerd", "--version"],
        "crun": ["crun", "--version"],
        "moto": [moto.parent / "python", "-c", "import moto; print('moto', moto.__version__)"],
        "wrk": ["dpkg-query", "-W", "-f", "wrk ${Version}", "wrk"],
        "util-linux": ["unshare", "--version"],
    }
    said = []
    for name, command in asked.items():
        if shutil.which(command[0]) is None:
            said.append(f"{name}: not installed")
            continue
        done = subprocess.run(command, capture_output=True, text=True, timeout=30)
        said.append((done.stdout.strip().splitlines() or [f"{name}: no answer"])[0])
    return "; ".join(said)


def write(path: Path, found: dict, facts: dict) -> None:
    text = (HERE / "report.md.in").read_text()
    notes = HERE / "findings.md"
    values = {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "machine": machine(),
        "versions": facts["versions"],
        "load": facts["load"],
        "rounds": str(facts["rounds"]),
        "docker": facts["docker"],
        "image": found["pull"]["image"],
        "summary": summary(found),
        "distributions": distributions(found),
        "placement": found["placement"].strip(),
        "fleet": found["fleet"].strip(),
        "cores": str(os.cpu_count()),
        "fabric": found["network"]["fabric"].strip(),
        "findings": notes.read_text().strip() if notes.exists() else "",
    }
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    path.write_text(text)
