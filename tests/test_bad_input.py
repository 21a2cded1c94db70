"""Requests that no SDK sends: each is answered with a modelled 4xx, soon, and the server goes on."""

from __future__ import annotations

import http.client
import json
import random
import socket
import string
import time
from urllib.parse import urlsplit

import botocore.session
import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from longshore import REGION
from operations import OPERATIONS

TARGET = {"ecs": "AmazonEC2ContainerServiceV20141113", "logs": "Logs_20140328"}


class Wire:
    """Signed requests, byte for byte."""

    def __init__(self, longshore) -> None:
        self.endpoint = longshore.endpoint
        self.credentials = Credentials(longshore.environment["AWS_ACCESS_KEY_ID"], longshore.environment["AWS_SECRET_ACCESS_KEY"])
        parts = urlsplit(longshore.endpoint)
        self.address = (parts.hostname, parts.port)

    def send(self, service: str, operation: str, body: bytes, **headers: str) -> tuple[int, dict]:
        """The status and the decoded body. A hang or a reset raises."""
        given = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"{TARGET[service]}.{operation}", **headers}
        request = AWSRequest("POST", f"{self.endpoint}/", headers=given, data=body)
        SigV4Auth(self.credentials, service, REGION).add_auth(request)
        connection = http.client.HTTPConnection(*self.address, timeout=20)
        try:
            connection.request("POST", "/", body, dict(request.headers.items()))
            answer = connection.getresponse()
            text = answer.read()
            assert answer.headers.get("x-amzn-RequestId"), "every answer has its request id"
            return answer.status, json.loads(text) if text else {}
        finally:
            connection.close()

    def refused(self, service: str, operation: str, body: bytes, **headers: str) -> str:
        """The code of a 4xx."""
        status, answer = self.send(service, operation, body, **headers)
        assert 400 <= status < 500, (operation, status, answer, body[:200])
        code = answer["__type"].split("#")[-1]
        assert code and isinstance(answer.get("message", answer.get("Message", "")), str)
        return code


@pytest.fixture(scope="module")
def wire(control) -> Wire:
    return Wire(control)


@pytest.fixture(autouse=True)
def still_well(wire):
    yield
    status, _ = wire.send("ecs", "ListClusters", b"{}")
    assert status == 200


MALFORMED = {
    "nothing but a brace": b"{",
    "cut off": b'{"clusterName": "a',
    "no JSON": b"clusterName=a",
    "a list": b"[]",
    "a string": b'"a"',
    "a number": b"1e999",
    "two values": b"{} {}",
    "trailing comma": b'{"a": 1,}',
    "invalid UTF-8": b'{"clusterName": "\xff\xfe"}',
    "lone surrogate": b'{"clusterName": "\\ud800"}',
    "control characters": b'{"clusterName": "\x00"}',
    "XML": b"<ListClusters/>",
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_bodies(wire, body):
    for service, operation in [("ecs", "CreateCluster"), ("logs", "CreateLogGroup")]:
        assert wire.refused(service, operation, body) in ("SerializationException", "InvalidParameterException", "ValidationException")


@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
def test_deep_nesting(wire, opening):
    for depth in (200, 100_000):
        body = b'{"containerDefinitions":' + opening * depth + b"1" + (b"]" if opening == b"[" else b"}") * depth + b"}"
        assert wire.refused("ecs", "RegisterTaskDefinition", body) == "SerializationException"
        unknown = b'{"unheardOf":' + opening * depth + b"1" + (b"]" if opening == b"[" else b"}") * depth + b"}"
        status, _ = wire.send("ecs", "ListClusters", unknown)
        assert status in (200, 400)


def test_ten_megabytes(wire):
    bodies = [
        b'{"clusterName": "' + b"x" * (10 << 20) + b'"}',
        b'{"clusterName": ' + b" " * (10 << 20) + b"1}",
        b'{"tags": [' + b",".join([b'{"key":"a","value":"b"}'] * 400_000) + b"]}",
        b"\x00" * (10 << 20),
    ]
    for body in bodies:
        begun = time.monotonic()
        wire.refused("ecs", "CreateCluster", body)
        assert time.monotonic() - begun < 15


def test_more_than_any_limit(wire):
    """The answer comes although the body is not read to its end."""
    with socket.create_connection(wire.address, timeout=20) as connection:
        connection.sendall(
            b"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-amz-json-1.1\r\nX-Amz-Target: "
            + f"{TARGET['ecs']}.ListClusters".encode() + b"\r\nContent-Length: 10000000000\r\n\r\n" + b"x" * 65536
        )
        assert connection.recv(65536).split()[1] in (b"400", b"403", b"413")


def kinds_of_wrong(shape) -> list:
    """Values of every JSON type that is not the shape's."""
    values = {"string": "text", "integer": 7, "boolean": True, "list": ["x"], "structure": {"x": 1}}
    own = {"map": "structure", "long": "integer", "double": "integer", "float": "integer", "timestamp": "integer", "blob": "string"}.get(shape.type_name, shape.type_name)
    return [v for kind, v in values.items() if kind != own]


@pytest.mark.parametrize("service", TARGET)
def test_wrong_types_and_missing_members(wire, service):
    model = botocore.session.get_session().get_service_model(service)
    probed = 0
    for name in OPERATIONS[service]:
        shape = model.operation_model(name).input_shape
        for member, inner in (shape.members if shape else {}).items():
            for value in kinds_of_wrong(inner):
                code = wire.refused(service, name, json.dumps({member: value}).encode())
                assert code in ("SerializationException", "InvalidParameterException", "ValidationException", "ClientException"), (name, member, value)
                probed += 1
        if shape and shape.required_members:
            wire.refused(service, name, b"{}")
            wire.refused(service, name, b"null")
    assert probed > 100


def test_noise(wire):
    """Random documents over the members of RegisterTaskDefinition and RunTask: never a 5xx."""
    rng = random.Random(4566)
    model = botocore.session.get_session().get_service_model("ecs")

    def noise(shape, depth: int):
        if rng.random() < 0.15:
            return rng.choice([None, "", -1, 2**63, 1.5, [], {}, "\u0000", "x" * 300, True])
        match shape.type_name:
            case "structure":
                return {n: noise(s, depth - 1) for n, s in shape.members.items() if depth > 0 and rng.random() < 0.4}
            case "list":
                return [noise(shape.member, depth - 1) for _ in range(rng.randrange(3))] if depth > 0 else []
            case "map":
                return {"".join(rng.choices(string.printable, k=4)): noise(shape.value, depth - 1) for _ in range(rng.randrange(3))}
            case "string":
                return rng.choice([*shape.enum, *shape.enum, "".join(rng.choices(string.ascii_letters + "/:._-", k=6))])
            case "boolean":
                return rng.random() < 0.5
            case _:
                return rng.choice([0, 1, 80, 512, 70000, -5, 2**31])

    for operation in ("RegisterTaskDefinition", "RunTask", "CreateCluster", "RegisterContainerInstance"):
        shape = model.operation_model(operation).input_shape
        for _ in range(150):
            status, answer = wire.send("ecs", operation, json.dumps(noise(shape, 6)).encode())
            assert status == 200 or 400 <= status < 500, (operation, status, answer)


def test_signatures(wire):
    def send(credentials: Credentials | None, **changed: str) -> tuple[int, str]:
        request = AWSRequest("POST", f"{wire.endpoint}/", headers={"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"{TARGET['ecs']}.ListClusters"}, data=b"{}")
        if credentials:
            SigV4Auth(credentials, "ecs", REGION).add_auth(request)
        headers = {**dict(request.headers.items()), **changed}
        connection = http.client.HTTPConnection(*wire.address, timeout=10)
        connection.request("POST", "/", b"{}", headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())["__type"].split("#")[-1]

    key = wire.credentials
    assert send(None) == (400, "MissingAuthenticationTokenException")
    assert send(Credentials("AKIAIOSFODNN7EXAMPLE", key.secret_key)) == (400, "UnrecognizedClientException")
    assert send(Credentials(key.access_key, "wrong" + key.secret_key)) == (400, "InvalidSignatureException")
    assert send(key, **{"X-Amz-Target": f"{TARGET['ecs']}.DeleteCluster"})[1] == "InvalidSignatureException"
    assert send(key, Authorization="AWS4-HMAC-SHA256 nonsense")[1] == "IncompleteSignatureException"


def test_what_is_no_operation(wire):
    assert wire.refused("ecs", "NoSuchOperation", b"{}") in ("UnknownOperationException", "InvalidAction")
    status, answer = wire.send("ecs", "CreateExpressGatewayService", b"{}")
    assert status in (400, 501) and "__type" in answer


def test_broken_http(wire):
    for text in (b"GARBAGE\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01", b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"):
        with socket.create_connection(wire.address, timeout=10) as connection:
            connection.sendall(text)
            connection.shutdown(socket.SHUT_WR)
            answer = connection.recv(65536)
            assert answer == b"" or answer.split()[1].startswith(b"4"), (text, answer)
