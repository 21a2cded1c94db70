"""Network load balancers beside HAProxy and the kernel's own forwarding: long streams, new connections, small answers.

Client, balancer and target have a network namespace each and a veth pair between neighbours, so that all candidates go the same way: packets from
loopback to loopback would be forwarded by nobody. The kernel forwards by destination NAT. Every relay has one thread; nobody is pinned to a core.
"""

from __future__ import annotations

import json
import resource
import subprocess
from pathlib import Path

from balance import NGINX, PROGRAM, TARGETS, configuration, cpu, read_wrk
from measure import until

SECONDS = 3
CONNECTIONS = 64
STREAMS = (1, 8)
SPACES = ("bench-flows-client", "bench-flows-balancer", "bench-flows-target")
# The balancer's address towards clients and towards targets, and the target's.
FRONT, BACK, TARGET = "192.0.2.1", "198.51.100.1", "198.51.100.2"
# Where clients are: a port for streams, one for HTTP.
PORTS = {"longshore": (9411, 9421), "longshore, addresses kept": (9412, 9422), "haproxy": (9413, 9423), "haproxy, splice": (9414, 9424), "kernel": (9415, 9425)}
# The processes of those that are no kernel.
OF = {"longshore": "longshore", "longshore, addresses kept": "longshore", "haproxy": "haproxy", "haproxy, splice": "haproxy, splice"}
# The same of the target, and those whose connections have their clients' addresses: answers to these are the balancer's, although it is not their destination.
PLAIN, KEPT = (5201, 5281), (5202, 5282)

HAPROXY = """
global
  nbthread 1
  maxconn 4096
defaults
  mode tcp
  timeout connect 10s
  timeout client 60s
  timeout server 60s
"""
HAPROXY_LISTEN = """
listen on{port}
  bind {front}:{port} backlog 4096
  server one {target}:{to}
{options}
"""
SPLICE = "  option splice-auto\n  option splice-request\n  option splice-response\n"
FORWARD = """
table ip bench {{
  chain in {{
    type nat hook prerouting priority dstnat;
    tcp dport {{ {stream}, {http} }} dnat to {target}:tcp dport map {{ {stream} : {to_stream}, {http} : {to_http} }}
  }}
}}
"""


def measure(work: Path, rounds: int) -> dict:
    """By case and balancer: results of each round.

    Gigabytes a second (`rate`) and `cpu`, seconds for each of them; or connections or requests a second (`rate`) and `cpu`, microseconds for each. CPU is that of client,
    balancer and target together, with the kernel's work in their time; `own` is the balancer's process alone, where it is one.
    """
    work = work / "flows"
    work.mkdir()
    found: dict = {}
    processes: dict[str, subprocess.Popen] = {}
    try:
        _network()
        _start_all(work, processes)
        for _ in range(rounds):
            for name, (stream, http) in PORTS.items():
                of = [processes[OF[name]]] if name in OF else []
                for streams in STREAMS:
                    result = _measured(lambda: _streams(stream, streams), of, processes["streams kept" if "kept" in name else "streams"])
                    found.setdefault(f"{streams} streams" if streams > 1 else "one stream", {}).setdefault(name, []).append(result)
                for how, case in (("close", "a connection each"), ("keep", "200 B, kept connections")):
                    result = _measured(lambda: _requests(http, how), of, processes["http"])
                    found.setdefault(case, {}).setdefault(name, []).append(result)
    finally:
        for process in processes.values():
            process.kill()
            process.wait()
        for name in SPACES:
            subprocess.run(["ip", "netns", "del", name], check=False, stderr=subprocess.DEVNULL)
    return found


def _network() -> None:
    client, balancer, target = SPACES
    for name in SPACES:
        _ip("netns", "add", name)
        _ip("-n", name, "link", "set", "lo", "up")
    for space, link, own, other in ((client, "client", FRONT, "192.0.2.2"), (target, "target", BACK, TARGET)):
        _ip("-n", balancer, "link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", space)
        for of, device, address in ((balancer, link, own), (space, "eth0", other)):
            _ip("-n", of, "addr", "add", f"{address}/24", "dev", device)
            _ip("-n", of, "link", "set", device, "up")
        _ip("-n", space, "route", "add", "default", "via", own)
        # As many connections as are measured leave that many ports waiting.
        _inside(space, "sysctl", "-qw", "net.ipv4.tcp_tw_reuse=1", "net.ipv4.ip_local_port_range=1024 65000", "net.core.somaxconn=4096")
    _inside(balancer, "sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv4.conf.all.rp_filter=0", "net.ipv4.tcp_tw_reuse=1", "net.ipv4.ip_local_port_range=1024 65000", "net.core.somaxconn=4096")
    for port in KEPT:
        _ip("-n", balancer, "rule", "add", "iif", "target", "ipproto", "tcp", "sport", str(port), "lookup", "100")
    _ip("-n", balancer, "route", "add", "local", "default", "dev", "lo", "table", "100")
    stream, http = PORTS["kernel"]
    script = FORWARD.format(stream=stream, http=http, target=TARGET, to_stream=PLAIN[0], to_http=PLAIN[1])
    _inside(balancer, "nft", "-f", "-", given=script)


def _start_all(work: Path, started: dict[str, subprocess.Popen]) -> None:
    _, balancer, target = SPACES
    root = work / "root"
    root.mkdir()
    (root / "small").write_bytes(b"x" * 200)
    # All of it is read by processes that gave up being root.
    for folder in (work.parent, work, root):
        folder.chmod(0o755)
    servers = "".join(TARGETS.format(port=port, root=root).replace("127.0.0.1", TARGET) for port in (PLAIN[1], KEPT[1]))
    (work / "target.conf").write_text(NGINX.format(work=work, name="target", rest="", http=servers))
    for name, options in (("haproxy", ""), ("haproxy, splice", SPLICE)):
        listens = (HAPROXY_LISTEN.format(port=port, front=FRONT, target=TARGET, to=to, options=options) for port, to in zip(PORTS[name], PLAIN, strict=True))
        (work / (name.replace(", ", "-") + ".cfg")).write_text(HAPROXY + "".join(listens))
    (work / "longshore.json").write_text(json.dumps(_configuration()))
    commands = {
        "http": (target, "nginx", "-p", work, "-c", work / "target.conf"),
        "streams": (target, "iperf3", "--server", "--port", PLAIN[0]),
        "streams kept": (target, "iperf3", "--server", "--port", KEPT[0]),
        "haproxy": (balancer, "haproxy", "-db", "-f", work / "haproxy.cfg"),
        "haproxy, splice": (balancer, "haproxy", "-db", "-f", work / "haproxy-splice.cfg"),
        "longshore": (balancer, PROGRAM, work / "longshore.json", "1"),
    }
    for name, (space, *command) in commands.items():
        started[name] = _start(space, *command)
    for name, (_, http) in PORTS.items():
        until(lambda: _is_served(http), 10, f"{name} to answer")


def _configuration() -> dict:
    check = {"enabled": False, "protocol": "TCP", "path": "/", "intervalSeconds": 30, "timeoutSeconds": 10, "healthyThreshold": 5, "unhealthyThreshold": 2, "matcher": "200"}
    groups, listeners = [], []
    for name, ports in (("longshore", PLAIN), ("longshore, addresses kept", KEPT)):
        for own, port in zip(PORTS[name], ports, strict=True):
            arn = str(own)
            network = {"proxyProtocol": False, "connectionTermination": False, "keepOnUnhealthy": False, "preserveClientIp": ports == KEPT}
            groups.append({"arn": arn, "protocol": "TCP", "healthCheck": check, "targets": [{"id": TARGET, "address": TARGET, "port": port}], "network": network})
            listeners.append({"arn": arn, "port": own, "protocol": "TCP", "defaultActions": [{"forward": {"groups": [{"group": arn, "weight": 1}]}}]})
    arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/n/1"
    balancer = {"arn": arn, "kind": "network", "addresses": [{"address": FRONT, "zone": "us-east-1a"}], "crossZone": False, "listeners": listeners}
    return configuration([balancer], groups, [])


def _measured(run, balancer: list[subprocess.Popen], target: subprocess.Popen) -> dict:
    """What `run` returns, and the CPU for each unit of its `count`."""
    of_client = resource.getrusage(resource.RUSAGE_CHILDREN)
    own, theirs = sum(cpu(one.pid) for one in balancer), cpu(target.pid)
    result = run()
    own, theirs = sum(cpu(one.pid) for one in balancer) - own, cpu(target.pid) - theirs
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    client = used.ru_utime + used.ru_stime - of_client.ru_utime - of_client.ru_stime
    return {**result, "cpu": (own + theirs + client) / result["count"], "own": own / result["count"]}


def _streams(port: int, streams: int) -> dict:
    done = _inside(SPACES[0], "iperf3", "--client", FRONT, "--port", str(port), "--parallel", str(streams), "--time", str(SECONDS), "--json")
    received = json.loads(done)["end"]["sum_received"]
    return {"rate": received["bits_per_second"] / 8e9, "count": received["bytes"] / 1e9}


def _requests(port: int, how: str) -> dict:
    """Counted in millions: the CPU of one is in microseconds."""
    close = ["-H", "Connection: close"] if how == "close" else []
    done = _inside(SPACES[0], "wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s", "--latency", "--timeout", "5s", *close, f"http://{FRONT}:{port}/small")
    result = read_wrk(done, SECONDS)
    return {**{name: result[name] for name in ("rate", "p50", "p99")}, "count": result["count"] / 1e6}


def _is_served(port: int) -> bool:
    command = ["ip", "netns", "exec", SPACES[0], "curl", "-sf", "-m", "1", "-o", "/dev/null", f"http://{FRONT}:{port}/small"]
    return subprocess.run(command, check=False).returncode == 0


def _start(space: str, *command: str | int | Path) -> subprocess.Popen:
    # `nsenter` becomes the command: the process that is counted is it.
    return subprocess.Popen(["nsenter", f"--net=/run/netns/{space}", *map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _inside(space: str, *command: str, given: str | None = None) -> str:
    done = subprocess.run(["nsenter", f"--net=/run/netns/{space}", *command], input=given, capture_output=True, text=True, timeout=SECONDS + 30)
    if done.returncode != 0:
        raise RuntimeError(f"{command[0]} ended with {done.returncode}: {(done.stderr or done.stdout).strip()[-400:]}")
    return done.stdout


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True)
