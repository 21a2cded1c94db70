"""Network load balancers beside HAProxy and the kernel's own forwarding: long streams, new connections, small answers.

Client, balancer and target have a network namespace each and a veth pair between neighbours, so that all candidates go the same way: packets from
loopback to loopback would be forwarded by nobody. The kernel forwards by destination NAT, in a balancer's namespace of its own: where Longshore has the kernel
forward, nothing else is. Relays have one too: in theirs nobody tracks connections. Every relay has one thread; nobody is pinned to a core.
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
CLIENT, BALANCER, KERNEL, RELAYS, TARGET_SPACE = SPACES = tuple(f"bench-flows-{name}" for name in ("client", "balancer", "kernel", "relays", "target"))
# By the balancer's namespace: its addresses towards clients and towards targets, and the others' there.
LINKS = {
    BALANCER: (("192.0.2.1", "192.0.2.2"), ("198.51.100.1", "198.51.100.2")),
    KERNEL: (("203.0.113.1", "203.0.113.2"), ("198.18.0.1", "198.18.0.2")),
    RELAYS: (("198.18.1.1", "198.18.1.2"), ("198.18.2.1", "198.18.2.2")),
}
# Where clients are: a port for streams, one for HTTP.
PORTS = {"longshore": (9411, 9421), "longshore, addresses kept": (9412, 9422), "longshore, relayed": (9416, 9426), "haproxy": (9413, 9423), "haproxy, splice": (9414, 9424), "kernel": (9415, 9425)}
# The processes of those that are no kernel.
OF = {"longshore": "longshore", "longshore, addresses kept": "longshore", "longshore, relayed": "longshore, relayed", "haproxy": "haproxy", "haproxy, splice": "haproxy, splice"}
# The same of the target, and those whose connections have their clients' addresses.
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
                    result = _measured(lambda: _streams(_front(name), stream, streams), of, processes["streams kept" if "kept" in name else "streams"])
                    found.setdefault(f"{streams} streams" if streams > 1 else "one stream", {}).setdefault(name, []).append(result)
                for how, case in (("close", "a connection each"), ("keep", "200 B, kept connections")):
                    result = _measured(lambda: _requests(_front(name), http, how), of, processes["http"])
                    found.setdefault(case, {}).setdefault(name, []).append(result)
    finally:
        for process in processes.values():
            process.kill()
            process.wait()
        for name in SPACES:
            subprocess.run(["ip", "netns", "del", name], check=False, stderr=subprocess.DEVNULL)
    return found


def _network() -> None:
    for name in SPACES:
        _ip("netns", "add", name)
        _ip("-n", name, "link", "set", "lo", "up")
        # As many connections as are measured leave that many ports waiting.
        _inside(name, "sysctl", "-qw", "net.ipv4.tcp_tw_reuse=1", "net.ipv4.ip_local_port_range=1024 65000", "net.core.somaxconn=4096", "net.ipv4.conf.all.rp_filter=0")
    for balancer, (front, back) in LINKS.items():
        link = f"to-{balancer.removeprefix('bench-flows-')}"
        for space, (own, other) in ((CLIENT, front), (TARGET_SPACE, back)):
            device = space.removeprefix("bench-flows-")
            _ip("-n", balancer, "link", "add", device, "type", "veth", "peer", "name", link, "netns", space)
            for of, end, address in ((balancer, device, own), (space, link, other)):
                _ip("-n", of, "addr", "add", f"{address}/24", "dev", end)
                _ip("-n", of, "link", "set", end, "up")
        # The way back to the client, and to the address that what is forwarded comes from where its client's is not kept.
        for address in front:
            _ip("-n", TARGET_SPACE, "route", "add", f"{address}/32", "via", back[0])
    _inside(KERNEL, "sysctl", "-qw", "net.ipv4.ip_forward=1")
    stream, http = PORTS["kernel"]
    script = FORWARD.format(stream=stream, http=http, target=_target(KERNEL), to_stream=PLAIN[0], to_http=PLAIN[1])
    _inside(KERNEL, "nft", "-f", "-", given=script)


def _start_all(work: Path, started: dict[str, subprocess.Popen]) -> None:
    root = work / "root"
    root.mkdir()
    (root / "small").write_bytes(b"x" * 200)
    # All of it is read by processes that gave up being root.
    for folder in (work.parent, work, root):
        folder.chmod(0o755)
    servers = "".join(TARGETS.format(port=port, root=root).replace("127.0.0.1:", "") for port in (PLAIN[1], KEPT[1]))
    (work / "target.conf").write_text(NGINX.format(work=work, name="target", rest="", http=servers))
    for name, options in (("haproxy", ""), ("haproxy, splice", SPLICE)):
        listens = (HAPROXY_LISTEN.format(port=port, front=LINKS[RELAYS][0][0], target=_target(RELAYS), to=to, options=options) for port, to in zip(PORTS[name], PLAIN, strict=True))
        (work / (name.replace(", ", "-") + ".cfg")).write_text(HAPROXY + "".join(listens))
    (work / "longshore.json").write_text(json.dumps(_configuration(BALANCER, {"longshore": PLAIN, "longshore, addresses kept": KEPT})))
    (work / "relayed.json").write_text(json.dumps(_configuration(RELAYS, {"longshore, relayed": PLAIN})))
    commands = {
        "http": (TARGET_SPACE, "nginx", "-p", work, "-c", work / "target.conf"),
        "streams": (TARGET_SPACE, "iperf3", "--server", "--port", PLAIN[0]),
        "streams kept": (TARGET_SPACE, "iperf3", "--server", "--port", KEPT[0]),
        "haproxy": (RELAYS, "haproxy", "-db", "-f", work / "haproxy.cfg"),
        "haproxy, splice": (RELAYS, "haproxy", "-db", "-f", work / "haproxy-splice.cfg"),
        "longshore": (BALANCER, PROGRAM, work / "longshore.json", "1"),
        "longshore, relayed": (RELAYS, PROGRAM, work / "relayed.json", "1", "relay"),
    }
    for name, (space, *command) in commands.items():
        started[name] = _start(space, *command)
    for name, (_, http) in PORTS.items():
        until(lambda: _is_served(_front(name), http), 10, f"{name} to answer")
    # What is forwarded is not relayed any more.
    until(lambda: "elements" in _inside(BALANCER, "nft", "list", "map", "ip", "longshore-lb", "targets"), 10, "the kernel to forward")


def _front(name: str) -> str:
    space = KERNEL if name == "kernel" else RELAYS if "relayed" in name or "haproxy" in name else BALANCER
    return LINKS[space][0][0]


def _target(space: str) -> str:
    return LINKS[space][1][1]


def _configuration(space: str, of: dict[str, tuple[int, int]]) -> dict:
    check = {"enabled": False, "protocol": "TCP", "path": "/", "intervalSeconds": 30, "timeoutSeconds": 10, "healthyThreshold": 5, "unhealthyThreshold": 2, "matcher": "200"}
    groups, listeners = [], []
    for name, ports in of.items():
        for own, port in zip(PORTS[name], ports, strict=True):
            arn = str(own)
            network = {"proxyProtocol": False, "connectionTermination": False, "keepOnUnhealthy": False, "preserveClientIp": ports == KEPT}
            groups.append({"arn": arn, "protocol": "TCP", "healthCheck": check, "namespace": space, "targets": [{"id": _target(space), "address": _target(space), "port": port}], "network": network})
            listeners.append({"arn": arn, "port": own, "protocol": "TCP", "defaultActions": [{"forward": {"groups": [{"group": arn, "weight": 1}]}}]})
    arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/net/n/1"
    balancer = {"arn": arn, "kind": "network", "namespace": space, "addresses": [{"address": LINKS[space][0][0], "zone": "us-east-1a"}], "crossZone": False, "listeners": listeners}
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


def _streams(front: str, port: int, streams: int) -> dict:
    done = _inside(CLIENT, "iperf3", "--client", front, "--port", str(port), "--parallel", str(streams), "--time", str(SECONDS), "--json")
    received = json.loads(done)["end"]["sum_received"]
    return {"rate": received["bits_per_second"] / 8e9, "count": received["bytes"] / 1e9}


def _requests(front: str, port: int, how: str) -> dict:
    """Counted in millions: the CPU of one is in microseconds."""
    close = ["-H", "Connection: close"] if how == "close" else []
    done = _inside(CLIENT, "wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s", "--latency", "--timeout", "5s", *close, f"http://{front}:{port}/small")
    result = read_wrk(done, SECONDS)
    return {**{name: result[name] for name in ("rate", "p50", "p99")}, "count": result["count"] / 1e6}


def _is_served(front: str, port: int) -> bool:
    command = ["ip", "netns", "exec", CLIENT, "curl", "-sf", "-m", "1", "-o", "/dev/null", f"http://{front}:{port}/small"]
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
