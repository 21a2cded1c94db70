"""Load balancers beside nginx and HAProxy: one core each, the same targets, the same clients.

The balancer has core 0; the target (nginx, two files) and the client share core 1. Where there is only one core, all share it.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from pathlib import Path

from measure import until
from ours import TARGET

PROGRAM = TARGET / "release/examples/balancer"
SECONDS = 3
CONNECTIONS = 64
TARGET_PORT = 9000
TICK = os.sysconf("SC_CLK_TCK")
# Ports of each balancer: HTTP, HTTPS, TCP.
PORTS = {"longshore": (9101, 9201, 9301), "nginx": (9102, 9202, 9302), "haproxy": (9103, 9203, 9303)}
# What is asked, over which of the ports, and how.
CASES = {
    "200 B": (0, "small", "wrk"),
    "64 KiB": (0, "large", "wrk"),
    "200 B, a connection each": (0, "small", "close"),
    "200 B, TLS": (1, "small", "wrk"),
    "64 KiB, TLS": (1, "large", "wrk"),
    "200 B, TLS, a connection each": (1, "small", "close"),
    "200 B, HTTP/2 over TLS": (1, "small", "h2"),
    "200 B, TCP": (2, "small", "wrk"),
    "64 KiB, TCP": (2, "large", "wrk"),
}

NGINX = """
worker_processes 1; daemon off; master_process off; pid {work}/{name}.pid; error_log stderr crit;
events {{ worker_connections 4096; }}
http {{
  access_log off; keepalive_requests 100000000; keepalive_timeout 600s; sendfile on; tcp_nopush on;
  client_body_temp_path {work}/{name}-body; proxy_temp_path {work}/{name}-proxy; fastcgi_temp_path {work}/{name}-f; uwsgi_temp_path {work}/{name}-u; scgi_temp_path {work}/{name}-s;
  {http}
}}
{rest}
"""
TARGETS = "server {{ listen 127.0.0.1:{port} backlog=4096; root {root}; }}"
PROXY = """
  upstream targets {{ server 127.0.0.1:{target}; keepalive 256; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{http} backlog=4096; listen 127.0.0.1:{https} ssl http2 backlog=4096; http2_max_requests 100000000;
    ssl_certificate {work}/chain.pem; ssl_certificate_key {work}/key.pem; ssl_protocols TLSv1.2 TLSv1.3;
    location / {{
      proxy_pass http://targets; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Port $server_port;
    }}
  }}
"""
HAPROXY = """
global
  nbthread 1
  maxconn 8192
defaults
  mode http
  timeout connect 10s
  timeout client 60s
  timeout server 60s
  option forwardfor
  http-reuse always
frontend http
  bind 127.0.0.1:{http} backlog 4096
  bind 127.0.0.1:{https} backlog 4096 ssl crt {work}/both.pem alpn h2,http/1.1
  http-request set-header X-Forwarded-Proto https if {{ ssl_fc }}
  http-request set-header X-Forwarded-Port %[dst_port]
  default_backend targets
backend targets
  server one 127.0.0.1:{target}
frontend tcp
  mode tcp
  bind 127.0.0.1:{tcp} backlog 4096
  default_backend plain
backend plain
  mode tcp
  server one 127.0.0.1:{target}
"""


def measure(work: Path, rounds: int) -> dict:
    """By case and balancer: results of each round; `cpu` is the balancer's, in microseconds per request."""
    work = work / "balance"
    work.mkdir()
    commands = _prepare(work)
    processes: list[subprocess.Popen] = []
    found: dict = {}
    try:
        root = work / "root"
        processes.append(_start(commands["target"], 1))
        until(lambda: _answers(TARGET_PORT), 10, "the target to answer")
        pids = {}
        for name in PORTS:
            processes.append(_start(commands[name], 0))
            pids[name] = processes[-1].pid
            until(lambda: _answers(PORTS[name][0]), 10, f"{name} to answer")
        for case, (port, what, how) in CASES.items():
            for _ in range(rounds):
                for name, ports in PORTS.items():
                    if name == "nginx" and port == 2:
                        continue
                    url = f"{'https' if port == 1 else 'http'}://127.0.0.1:{ports[port]}/{what}"
                    before = cpu(pids[name])
                    result = _load(url, how)
                    result["cpu"] = (cpu(pids[name]) - before) / result["count"] * 1e6
                    found.setdefault(case, {}).setdefault(name, []).append(result)
        assert (root / "small").stat().st_size == 200
    finally:
        for process in processes:
            process.kill()
            process.wait()
    return found


def _prepare(work: Path) -> dict[str, list]:
    root = work / "root"
    root.mkdir()
    (root / "small").write_bytes(b"x" * 200)
    (root / "large").write_bytes(b"x" * 65536)
    # All of it is read by processes that gave up being root.
    for folder in (work.parent, work, root):
        folder.chmod(0o755)
    key, chain = work / "key.pem", work / "chain.pem"
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*request, "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", chain], check=True, capture_output=True)
    (work / "both.pem").write_text(chain.read_text() + key.read_text())
    ports = {name: dict(zip(("http", "https", "tcp"), of, strict=True)) for name, of in PORTS.items()}
    (work / "target.conf").write_text(NGINX.format(work=work, name="target", rest="", http=TARGETS.format(port=TARGET_PORT, root=root)))
    (work / "nginx.conf").write_text(NGINX.format(work=work, name="nginx", rest="", http=PROXY.format(work=work, target=TARGET_PORT, **ports["nginx"])))
    (work / "haproxy.cfg").write_text(HAPROXY.format(work=work, target=TARGET_PORT, **ports["haproxy"]))
    (work / "longshore.json").write_text(json.dumps(_configuration(ports["longshore"], chain.read_text(), key.read_text())))
    nginx = ["nginx", "-p", work, "-c"]
    return {
        "target": [*nginx, work / "target.conf"],
        "nginx": [*nginx, work / "nginx.conf"],
        "haproxy": ["haproxy", "-db", "-f", work / "haproxy.cfg"],
        "longshore": [PROGRAM, work / "longshore.json", "1"],
    }


def _configuration(ports: dict[str, int], chain: str, key: str) -> dict:
    """As the control plane would compute it: an ALB with an HTTP and an HTTPS listener, an NLB with a TCP listener."""
    arn = "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/"
    check = {"enabled": False, "protocol": "HTTP", "path": "/", "intervalSeconds": 30, "timeoutSeconds": 5, "healthyThreshold": 5, "unhealthyThreshold": 2, "matcher": "200"}
    target = {"id": "127.0.0.1", "address": "127.0.0.1", "port": TARGET_PORT}

    def group(name: str, protocol: str) -> dict:
        return {"arn": name, "protocol": protocol, "healthCheck": check, "targets": [target]}

    def listener(name: str, port: str, protocol: str, to: str) -> dict:
        return {"arn": name, "port": ports[port], "protocol": protocol, "defaultActions": [{"forward": {"groups": [{"group": to, "weight": 1}]}}]}

    https = listener("https", "https", "HTTPS", "http")
    https["tls"] = {"policy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "defaultCertificate": "c"}
    application = {"arn": f"{arn}app/a/1", "kind": "application", "addresses": [{"address": "127.0.0.1", "zone": "us-east-1a"}], "crossZone": True, "listeners": [listener("http", "http", "HTTP", "http"), https]}
    network = {"arn": f"{arn}net/n/1", "kind": "network", "addresses": [{"address": "127.0.0.1", "zone": "us-east-1a"}], "crossZone": False, "listeners": [listener("tcp", "tcp", "TCP", "tcp")]}
    certificates = [{"arn": "c", "chain": chain, "key": key, "notAfter": 4_000_000_000_000}]
    return configuration([application, network], [group("http", "HTTP"), group("tcp", "TCP")], certificates)


def configuration(balancers: list[dict], groups: list[dict], certificates: list[dict]) -> dict:
    """In the format that the program takes."""
    secrets = {"cookieKey": "5c" * 32, "signingKey": "01" * 32}
    return {"format": 4, "revision": 1, **secrets, "balancers": balancers, "groups": groups, "certificates": certificates}


def _start(command: list, core: int) -> subprocess.Popen:
    return subprocess.Popen([*_pinned(core), *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _pinned(core: int) -> list[str]:
    return ["taskset", "-c", str(min(core, len(os.sched_getaffinity(0)) - 1))]


def _answers(port: int) -> bool:
    return subprocess.run(["curl", "-sf", "-o", "/dev/null", f"http://127.0.0.1:{port}/small"], check=False).returncode == 0


def _load(url: str, how: str) -> dict:
    """Requests per second, their number, p50 and p99 in milliseconds."""
    if how == "h2":
        command = ["h2load", "-D", str(SECONDS), "-c", "8", "-m", str(CONNECTIONS // 8), url]
    else:
        command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{SECONDS}s", "--latency", "--timeout", "5s", *(["-H", "Connection: close"] if how == "close" else []), url]
    started = time.monotonic()
    done = subprocess.run([*_pinned(1), *command], capture_output=True, text=True, check=True, timeout=SECONDS + 30)
    return _h2load(done.stdout) if how == "h2" else read_wrk(done.stdout, time.monotonic() - started)


def read_wrk(text: str, seconds: float) -> dict:
    """What wrk says of its run, in the terms of `_load`."""
    count = int(re.search(r"(\d+) requests in", text)[1])
    if failed := re.search(r"Non-2xx.*|Socket errors: (?!connect 0, read 0, write 0, timeout 0).*", text):
        # A client that asks for `Connection: close` counts ends as errors of reading where it pleases wrk; anything else is none of a benchmark.
        if not re.fullmatch(r"Socket errors: connect 0, read \d+, write 0, timeout 0", failed[0].strip()):
            raise RuntimeError(f"wrk: {failed[0]}")
    times = {percent: _milliseconds(re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)", text)) for percent in (50, 99)}
    return {"rate": float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]), "count": count, "p50": times[50], "p99": times[99], "seconds": seconds}


def _h2load(text: str) -> dict:
    done, rate = re.search(r"finished in [\d.]+\w+, ([\d.]+) req/s", text), re.search(r"(\d+) succeeded, (\d+) failed", text)
    if int(rate[2]):
        raise RuntimeError(f"h2load: {rate[0]}")
    # It tells mean and maximum of the times only.
    mean = re.search(r"time for request:\s+\S+\s+\S+\s+([\d.]+)(us|ms|s)", text)
    longest = re.search(r"time for request:\s+\S+\s+([\d.]+)(us|ms|s)", text)
    return {"rate": float(done[1]), "count": int(rate[1]), "p50": _milliseconds(mean), "p99": _milliseconds(longest)}


def _milliseconds(found: re.Match) -> float:
    return float(found[1]) * {"us": 1e-3, "ms": 1, "s": 1e3}[found[2]]


def cpu(process: int) -> float:
    """Seconds that a process has had of the CPU."""
    user, system = Path(f"/proc/{process}/stat").read_text().rsplit(") ", 1)[1].split()[11:13]
    return (int(user) + int(system)) / TICK
