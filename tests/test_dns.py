"""Names inside a VPC: its own, those that resolvers of this machine know, and what a task definition says of them."""

from __future__ import annotations

import ipaddress
import socket
import struct
import threading

import pytest

from longshore import Longshore
from tasks import IDLE, Tasks, container, one
from waiting import until

NXDOMAIN = 3


class Resolver:
    """A resolver on loopback. It knows the names that it is given; of more than 30 addresses it tells over TCP only."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self.names = names
        self.asked: list[str] = []
        self.silent = False
        self.streams = socket.create_server(("127.0.0.1", 0))
        self.port = self.streams.getsockname()[1]
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind(("127.0.0.1", self.port))
        for serve in (self._serve_datagrams, self._serve_streams):
            threading.Thread(target=serve, daemon=True).start()

    def close(self) -> None:
        # Wakes the threads, which end then.
        for one_of_both in (self.streams, self.datagrams):
            try:
                one_of_both.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            one_of_both.close()

    def _serve_datagrams(self) -> None:
        while True:
            try:
                query, client = self.datagrams.recvfrom(4096)
            except OSError:
                return
            if not query:
                return
            answer = self._answer(query, 30)
            if not self.silent:
                self.datagrams.sendto(answer, client)

    def _serve_streams(self) -> None:
        while True:
            try:
                stream, _ = self.streams.accept()
            except OSError:
                return
            with stream, stream.makefile("rb") as reader:
                query = reader.read(struct.unpack(">H", reader.read(2))[0])
                answer = self._answer(query, 1000)
                stream.sendall(struct.pack(">H", len(answer)) + answer)

    def _answer(self, query: bytes, most: int) -> bytes:
        labels, at = [], 12
        while length := query[at]:
            labels.append(query[at + 1 : at + 1 + length].decode())
            at += 1 + length
        name, (kind,) = ".".join(labels), struct.unpack(">H", query[at + 1 : at + 3])
        self.asked.append(name)
        known = self.names.get(name.lower())
        addresses = (known or []) if kind == 1 else []
        truncated = len(addresses) > most
        flags = 0x8180 | (0x0200 if truncated else 0) | (0 if known is not None else NXDOMAIN)
        records = [] if truncated else [b"\xc0\x0c" + struct.pack(">HHIH", 1, 1, 300, 4) + ipaddress.ip_address(a).packed for a in addresses]
        return query[:2] + struct.pack(">HHHHH", flags, 1, len(records), 0, 0) + query[12 : at + 5] + b"".join(records)


@pytest.fixture(scope="module")
def resolver():
    made = Resolver({"www.test.example": ["192.0.2.80"], "many.test.example": [f"192.0.2.{n}" for n in range(1, 100)]})
    yield made
    made.close()


@pytest.fixture(scope="module")
def arguments(resolver) -> list[str]:
    return ["--cpu", "16384", "--memory", "16384", "--resolver", f"127.0.0.1:{resolver.port}"]


@pytest.fixture(scope="module")
def vpc(longshore) -> dict:
    return {"networkMode": "awsvpc", "run": {"networkConfiguration": {"awsvpcConfiguration": {"subnets": longshore.subnets()[:1]}}}}


def private_name(address: str) -> str:
    return f"ip-{address.replace('.', '-')}.ec2.internal"


def name_server(longshore: Longshore) -> str:
    return str(ipaddress.ip_network(longshore.block)[2])


def test_a_task_asks_the_name_server_of_its_vpc(tasks, longshore, vpc):
    said = tasks.output(container("cat /etc/resolv.conf; hostname"), **vpc)
    assert f"nameserver {name_server(longshore)}" in said
    assert "search ec2.internal" in said
    assert said[-1].endswith(".ec2.internal")


def test_a_task_finds_its_neighbour_by_name_and_back(tasks, longshore, vpc):
    neighbour = tasks.start(container(IDLE), **vpc)
    address = one(tasks.running(neighbour))["networkInterfaces"][0]["privateIpv4Address"]
    for server in ("", "169.254.169.253"):
        script = f"busybox nslookup -type=a {private_name(address)} {server}; busybox nslookup {address} {server}"
        said = "\n".join(tasks.output(container(script), **vpc))
        assert f"Address: {address}" in said, said
        assert f"name = {private_name(address)}" in said, said
    network = ipaddress.ip_network(longshore.block)
    beyond = private_name(str(network.broadcast_address + 1))
    said = "\n".join(tasks.output(container(f"busybox nslookup -type=a {beyond} || echo lost"), **vpc))
    assert "NXDOMAIN" in said and said.endswith("lost"), said
    tasks.stop(neighbour)


def test_what_the_vpc_does_not_know_is_asked_for(tasks, resolver, vpc):
    script = "for n in 1 2 3; do busybox nslookup -type=a www.test.example; done; busybox nslookup -type=a nobody.test.example || echo lost"
    said = "\n".join(tasks.output(container(script), **vpc))
    assert said.count("Address: 192.0.2.80") == 3, said
    assert "NXDOMAIN" in said and said.endswith("lost"), said
    assert resolver.asked.count("www.test.example") == 1, "it is kept"


def test_this_machine_is_not_of_the_vpc(longshore, tasks, vpc):
    # A task sees to it that the VPC is there.
    tasks.finish(container("true"), **vpc)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(1)
        client.sendto(b"\x12\x34\x01\x00\x00\x01\0\0\0\0\0\0\x03www\x04test\x07example\0\0\x01\0\x01", (name_server(longshore), 53))
        with pytest.raises(TimeoutError):
            client.recv(512)


def test_nobody_answers_and_own_names_are_still_known(tasks, resolver, longshore, vpc):
    own = private_name(name_server(longshore))
    script = f"from=$(date +%s); busybox nslookup -type=a gone.test.example || echo lost; busybox nslookup -type=a {own}; echo took $(($(date +%s) - from))"
    resolver.silent = True
    try:
        said = tasks.output(container(script), **vpc)
    finally:
        resolver.silent = False
    assert "SERVFAIL" in "\n".join(said) and "lost" in said, said
    assert f"Address: {name_server(longshore)}" in said, said
    # Two tries of 1.5 s, and the machine may be busy.
    assert int(said[-1].removeprefix("took ")) <= 8, said


def test_a_definition_names_its_own(tasks, vpc):
    own = container("cat /etc/resolv.conf", dnsServers=["192.0.2.53", "192.0.2.54"], dnsSearchDomains=["one.example", "two.example"])
    said = tasks.output(own, **vpc)
    assert [line for line in said if line.startswith("nameserver")] == ["nameserver 192.0.2.53", "nameserver 192.0.2.54"]
    assert "search one.example two.example" in said


def test_search_domains_alone_leave_the_server(tasks, longshore, vpc):
    said = tasks.output(container("cat /etc/resolv.conf", dnsSearchDomains=["one.example"]), **vpc)
    assert f"nameserver {name_server(longshore)}" in said
    assert "search one.example" in said


def test_extra_hosts_are_written_on_a_bridge(tasks):
    # On the container's own loopback: nobody listens there, which is known at once.
    hosts = [{"hostname": "db.example", "ipAddress": "127.0.0.7"}]
    said = tasks.output(container("cat /etc/hosts; wget -O - http://db.example:9/ 2>&1 || true", extraHosts=hosts), networkMode="bridge")
    assert "127.0.0.7\tdb.example" in said
    assert "Connecting to db.example:9 (127.0.0.7:9)" in said, said


def test_names_outlive_a_crash(tasks, longshore, vpc):
    script = f"while true; do busybox nslookup -type=a {private_name(name_server(longshore))} >/tmp/said 2>&1 && echo found || echo lost; sleep 1; done"
    arn = tasks.start(container(script), **vpc)
    tasks.running(arn)
    until(lambda: "found" in tasks.said(arn), 20, "an answer")
    longshore.kill()
    longshore.start()
    again = Tasks(longshore)
    before = len(again.said(arn))
    until(lambda: "found" in again.said(arn)[before:], 30, "an answer after the restart")
    again.stop(arn)
