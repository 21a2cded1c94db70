"""Real clients through real containers: HTTP/1.1 and HTTP/2 by curl, websockets and gRPC by their usual libraries, with TLS and without."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import ssl
import threading
from collections import Counter
from pathlib import Path

import grpc
import pytest
from websockets.sync.client import connect

import target
from balancers import Answer, Balancer, Certificate, certificate, curl
from http2 import Connection
from services import Services
from waiting import until

LARGE = 1 << 20


class Site:
    """A service of two tasks that speak everything, behind listeners for HTTP and for HTTPS with two certificates."""

    def __init__(self, server, directory: Path) -> None:
        self.services, self.balancer = Services(server), Balancer(server)
        elb = self.balancer.elb
        self.http = self.balancer.target_group(port=target.HTTP)
        self.websocket = self.balancer.target_group(port=target.WEBSOCKET, HealthCheckPath="/health")
        checked = {"HealthCheckPath": f"/{target.SERVICE}/Say", "Matcher": {"GrpcCode": "0"}}
        self.grpc = self.balancer.target_group(port=target.GRPC, ProtocolVersion="GRPC", **checked)
        self.plain = self.balancer.listen(self.http)
        self.one, self.two = (certificate(server, directory, name) for name in ("one.example", "two.example"))
        self.sealed = self.balancer.listen(self.http, port=443, protocol="HTTPS", Certificates=[{"CertificateArn": self.one.arn}])
        elb.add_listener_certificates(ListenerArn=self.sealed, Certificates=[{"CertificateArn": self.two.arn}])
        for listener in (self.plain, self.sealed):
            self.lead(listener, self.websocket, 1, {"Field": "path-pattern", "Values": ["/ws"]})
        self.lead(self.sealed, self.grpc, 2, {"Field": "http-header", "HttpHeaderConfig": {"HttpHeaderName": "content-type", "Values": ["application/grpc*"]}})
        definition = self.services.tasks.define(target.container(*target.PORTS), networkMode="awsvpc", volumes=target.volumes())
        groups = {"http": self.http, "websocket": self.websocket, "grpc": self.grpc}
        behind = [{"targetGroupArn": group, "containerName": "web", "containerPort": target.PORTS[word]} for word, group in groups.items()]
        vpc = {"subnets": self.balancer.subnets, "securityGroups": [self.balancer.group]}
        self.name = self.services.create(definition, desiredCount=2, loadBalancers=behind, networkConfiguration={"awsvpcConfiguration": vpc})
        self.balancer.active()
        for group in groups.values():
            self.balancer.healthy(group, 2)
        self.address = self.balancer.public()[0]

    def lead(self, listener: str, group: str, priority: int, condition: dict) -> None:
        forward = [{"Type": "forward", "TargetGroupArn": group}]
        self.balancer.elb.create_rule(ListenerArn=listener, Priority=priority, Conditions=[condition], Actions=forward)

    def https(self, path: str, *arguments: str, trusting: Certificate | None = None) -> Answer:
        trusted = trusting or self.one
        return curl(f"https://{trusted.name}{path}", "--cacert", trusted.file, "--resolve", f"{trusted.name}:443:{self.address}", *arguments)

    def trusting(self, certificate: Certificate) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=certificate.file)

    def channel(self, trusting: Certificate) -> grpc.Channel:
        trusted = grpc.ssl_channel_credentials(trusting.file.read_bytes())
        return grpc.secure_channel(f"{self.address}:443", trusted, options=[("grpc.ssl_target_name_override", trusting.name)])


@pytest.fixture(scope="module")
def site(longshore, tmp_path_factory):
    made = Site(longshore, tmp_path_factory.mktemp("certificates"))
    yield made
    made.services.delete(made.name)
    made.balancer.delete()


def seen(answer: Answer) -> dict[str, str]:
    """The headers that came to the target, in small letters."""
    return {name.lower(): value for name, value in json.loads(answer.body)["headers"]}


def test_http_1_by_curl(site):
    got = curl(f"http://{site.address}/a/path?a=b", "-d", "a body", "-H", "X-Forwarded-For: 192.0.2.7")
    said, headers = json.loads(got.body), seen(got)
    assert (got.status, got.version, said["method"], said["path"], said["body"]) == (200, "1.1", "POST", "/a/path?a=b", "a body")
    assert headers["x-forwarded-for"].startswith("192.0.2.7, ") and headers["x-amzn-trace-id"].startswith("Root=1-")
    assert (headers["x-forwarded-proto"], headers["x-forwarded-port"], headers["host"]) == ("http", "80", site.address)
    # Without TLS there is nothing else: who offers to go on with HTTP/2 stays where it is.
    assert curl(f"http://{site.address}/name", "--http2").version == "1.1"
    # Both tasks answer, and what a target says is what the client hears.
    until(lambda: len({curl(f"http://{site.address}/name").body for _ in range(4)}) == 2, 10, "both tasks")
    assert curl(f"http://{site.address}/status/418").status == 418


@pytest.mark.parametrize("version", ["1.1", "2"])
def test_https_by_curl(site, version):
    for trusted in (site.one, site.two):
        got = site.https("/who", f"--http{version}", trusting=trusted)
        headers = seen(got)
        assert (got.status, got.version) == (200, version)
        assert (headers["x-forwarded-proto"], headers["x-forwarded-port"], headers["host"]) == ("https", "443", trusted.name)


@pytest.mark.parametrize("version", ["1.1", "2"])
def test_large_bodies_go_both_ways(site, tmp_path, version):
    (tmp_path / "body").write_bytes(b"0123456789abcdef" * (LARGE // 16))
    got = site.https("/mirror", f"--http{version}", "-X", "POST", "-H", "Transfer-Encoding: chunked" if version == "1.1" else "X-None: 0", "-T", tmp_path / "body")
    assert got.version == version and got.body.encode() == (tmp_path / "body").read_bytes()


PIECES = (b"first\n", b"second\n", b"third\n")


def test_what_was_sent_is_answered_before_more_is_sent(site):
    """Nobody between client and target waits for a body's end."""
    with socket.create_connection((site.address, 443), timeout=10) as connection, site.trusting(site.one).wrap_socket(connection, server_hostname=site.one.name) as sealed:
        sealed.sendall(b"POST /mirror HTTP/1.1\r\nHost: one.example\r\nTransfer-Encoding: chunked\r\n\r\n")
        heard = sealed.makefile("rb")
        for at, piece in enumerate(PIECES):
            sealed.sendall(b"%x\r\n%s\r\n" % (len(piece), piece))
            if at == 0:
                assert heard.readline().startswith(b"HTTP/1.1 200")
                while heard.readline() != b"\r\n":
                    pass
            assert (int(heard.readline(), 16), heard.read(len(piece) + 2)) == (len(piece), piece + b"\r\n")
        sealed.sendall(b"0\r\n\r\n")
        assert heard.read(5) == b"0\r\n\r\n"


def test_what_was_sent_is_answered_before_more_is_sent_over_http_2(site):
    async def talk() -> None:
        context = site.trusting(site.one)
        context.set_alpn_protocols(["h2"])
        connection = Connection(*await asyncio.open_connection(site.address, 443, ssl=context, server_hostname=site.one.name))
        number, stream = connection.ask("POST", site.one.name, "/mirror", ends=False)
        for at in range(len(PIECES)):
            connection.send(number, PIECES[at])
            while bytes(stream.body) != b"".join(PIECES[: at + 1]):
                stream.heard.clear()
                await stream.heard.wait()
        connection.send(number, b"", ends=True)
        assert await stream.answered == (200, b"".join(PIECES))
        connection.close()

    asyncio.run(asyncio.wait_for(talk(), 20))


@pytest.mark.parametrize("scheme", ["ws", "wss"])
def test_websockets(site, scheme):
    sealed = {"ssl": site.trusting(site.two), "server_hostname": site.two.name} if scheme == "wss" else {}
    names, large = set(), os.urandom(LARGE)
    for _ in range(4):
        with connect(f"{scheme}://{site.address}/ws", compression=None, open_timeout=10, max_size=2 * LARGE, **sealed) as talk:
            names.add(talk.recv(10))
            for message in ("grüezi", large):
                talk.send(message)
                assert talk.recv(10) == message
            assert talk.ping().wait(10), "an answer to a ping"
            talk.close(4001, "seen enough")
            assert (talk.close_code, talk.close_reason) == (4001, "seen enough"), "the target's own words"
    assert len(names) == 2, names


def call(channel: grpc.Channel, kind: str, method: str):
    return getattr(channel, kind)(f"/{target.SERVICE}/{method}")


def test_grpc(site):
    with site.channel(site.two) as channel:
        # Metadata of both kinds comes through: what is said before the answer, and what is said after it.
        names = set()
        for _ in range(4):
            body, told = call(channel, "unary_unary", "Say").with_call(b"salut", metadata=[("told", "by-me")], timeout=10)
            name, _, word = body.decode().partition(" ")
            assert (dict(told.initial_metadata())["begins"], dict(told.trailing_metadata())["ends"], word) == (name, "by-me", "salut")
            names.add(name)
        assert len(names) == 2, "calls of one connection go to both tasks"
        counted = call(channel, "unary_stream", "Count")(b"1000", timeout=10)
        assert [int(message) for message in counted] == list(range(1000))
        assert dict(counted.trailing_metadata())["counted"] == "1000"
        assert call(channel, "stream_unary", "Add")((str(n).encode() for n in range(100)), timeout=10) == b"4950"
        # Large messages are many frames.
        assert call(channel, "unary_unary", "Say")(b"x" * LARGE, timeout=10).endswith(b"x" * LARGE)


def test_grpc_answers_each_message_before_the_next_one(site):
    with site.channel(site.one) as channel:
        heard: list[bytes] = []

        def speak():
            """Each is sent when the one before it was answered."""
            for at, word in enumerate((b"uno", b"dos", b"tres")):
                until(lambda at=at: len(heard) == at, 10, f"{at} answers")
                yield word

        for answer in call(channel, "stream_stream", "Talk")(speak(), timeout=30):
            heard.append(answer)
        assert heard == [b"UNO", b"DOS", b"TRES"]


def test_grpc_fails_with_the_targets_own_words(site):
    with site.channel(site.one) as channel:
        with pytest.raises(grpc.RpcError) as caught:
            call(channel, "unary_unary", "Fail")(b"nein", timeout=10)
        assert (caught.value.code(), caught.value.details()) == (grpc.StatusCode.FAILED_PRECONDITION, "nein: höchst ungern")
        assert dict(caught.value.trailing_metadata())["why"] == "asked-to"
        with pytest.raises(grpc.RpcError) as caught:
            call(channel, "unary_unary", "Nothing")(b"", timeout=10)
        assert caught.value.code() == grpc.StatusCode.UNIMPLEMENTED


class Calls:
    """Calls at a rate, on one channel or each on a new one, until they are enough."""

    def __init__(self, site: Site, kept: bool) -> None:
        self.site, self.kept = site, kept
        self.names: Counter[str] = Counter()
        self.failed: list[str] = []
        self.enough = threading.Event()
        self.thread = threading.Thread(target=self._call_on)

    def __enter__(self) -> Calls:
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.enough.set()
        self.thread.join(30)

    def _call_on(self) -> None:
        channel = self.site.channel(self.site.one)
        while not self.enough.wait(0.02):
            if not self.kept:
                channel.close()
                channel = self.site.channel(self.site.one)
            try:
                self.names[call(channel, "unary_unary", "Say")(b"", timeout=10).decode().strip()] += 1
            except grpc.RpcError as error:
                self.failed.append(f"{error.code()} {error.details()}")
        channel.close()


def test_no_call_is_lost_while_tasks_are_replaced(site):
    with Calls(site, kept=True) as kept, Calls(site, kept=False) as fresh:
        until(lambda: len(kept.names) == len(fresh.names) == 2, 10, "both tasks to answer both")
        site.services.ecs.update_service(service=site.name, forceNewDeployment=True)
        until(lambda: len(kept.names) == len(fresh.names) == 4, 60, "the new tasks")
        site.services.stable(site.name, seconds=90)
        before = kept.names.total() + fresh.names.total()
        until(lambda: kept.names.total() + fresh.names.total() > before + 50, 20, "calls to go on")
    assert kept.failed == fresh.failed == []
