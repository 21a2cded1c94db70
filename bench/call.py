"""Calls of AWS's JSON protocol over one kept connection, signed before they are sent, so that the client costs next to nothing."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

REGION = "us-east-1"
PREFIX = "AmazonEC2ContainerServiceV20141113"


class Caller:
    def __init__(self, endpoint: str, key: str, secret: str) -> None:
        self.endpoint = endpoint
        self.host = urlsplit(endpoint).netloc
        self.credentials = Credentials(key, secret)
        self.socket: socket.socket | None = None

    def headers(self, operation: str, body: str) -> dict[str, str]:
        """Of a signed request; it may be sent again and again for fifteen minutes."""
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"{PREFIX}.{operation}", "Host": self.host}
        request = AWSRequest("POST", f"{self.endpoint}/", headers=headers, data=body)
        SigV4Auth(self.credentials, "ecs", REGION).add_auth(request)
        return dict(request.headers.items())

    def sign(self, operation: str, **parameters) -> bytes:
        """A whole request, ready to be sent."""
        body = json.dumps(parameters)
        lines = [f"{name}: {value}" for name, value in self.headers(operation, body).items()]
        head = "\r\n".join(["POST / HTTP/1.1", *lines, f"Content-Length: {len(body)}"])
        return f"{head}\r\n\r\n{body}".encode()

    def send(self, request: bytes) -> dict:
        """The decoded answer; anything but a 200 is an error."""
        if self.socket is None:
            host, port = self.host.split(":")
            self.socket = socket.create_connection((host, int(port)), timeout=30)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = received[:end].decode("latin-1").lower()
        length = int(head.split("content-length:")[1].split("\r\n")[0])
        while len(received) < end + 4 + length:
            received += self._more()
        body = received[end + 4 :]
        if " 200 " not in head.split("\r\n")[0] + " ":
            raise RuntimeError(f"{head.splitlines()[0]}: {body[:500]!r}")
        return json.loads(body)

    def call(self, operation: str, **parameters) -> dict:
        return self.send(self.sign(operation, **parameters))

    def _more(self) -> bytes:
        more = self.socket.recv(1 << 16)
        if not more:
            raise ConnectionError("the server closed the connection")
        return more

    def close(self) -> None:
        if self.socket:
            self.socket.close()
            self.socket = None
