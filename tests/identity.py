"""A provider of identities (OpenID Connect) for tests, under an authority of its own, and a browser that logs in with it."""

from __future__ import annotations

import base64
import ctypes
import http.client
import json
import os
import re
import socket
import ssl
import subprocess
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

CLIENT, SECRET = "longshore", "hunter2-of-the-provider"


def decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def encoded(value: dict) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


class Authority:
    """Who trusts its `file` trusts what it issues."""

    def __init__(self, place: Path) -> None:
        self.place, self.file = place, place / "authority.pem"
        self._new("authority", "-x509", "-days", "10", "-subj", "/CN=Authority of a test", "-out", self.file)

    def _new(self, name: str, *arguments: str | Path) -> None:
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", self.place / f"{name}.key"]
        subprocess.run(["openssl", "req", *key, *arguments], check=True, capture_output=True)

    def issue(self, address: str) -> tuple[Path, Path]:
        """A certificate for an address, and its key."""
        asked, made, extensions = (self.place / f"{address}.{kind}" for kind in ("csr", "pem", "ext"))
        self._new(address, "-subj", f"/CN={address}", "-out", asked)
        extensions.write_text(f"subjectAltName=IP:{address}\n")
        given = ["-CA", self.file, "-CAkey", self.place / "authority.key", "-CAcreateserial", "-days", "10", "-extfile", extensions, "-out", made]
        subprocess.run(["openssl", "x509", "-req", "-in", asked, *given], check=True, capture_output=True)
        return made, self.place / f"{address}.key"


class World:
    """A machine behind a link, which is a network namespace of this one: load balancers reach it as they reach the world."""

    def __init__(self) -> None:
        worker = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "gw0")) or 0)
        # TEST-NET-2, a block of four for each process of the suite.
        near, self.address = (f"198.51.100.{4 * (worker % 16) + n}" for n in (1, 2))
        self.name, link = f"lsidp{worker}", f"lsid{worker}"
        self.end()
        self._ip("netns", "add", self.name)
        try:
            self._ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", self.name)
            self._ip("addr", "add", f"{near}/30", "dev", link)
            self._ip("link", "set", link, "up")
            self._ip("-n", self.name, "addr", "add", f"{self.address}/30", "dev", "eth0")
            self._ip("-n", self.name, "link", "set", "eth0", "up")
            self._ip("-n", self.name, "route", "add", "default", "via", near)
        except BaseException:
            self.end()
            raise

    @staticmethod
    def _ip(*words: str) -> None:
        subprocess.run(["ip", *words], check=True, capture_output=True, text=True)

    def end(self) -> None:
        subprocess.run(["ip", "netns", "del", self.name], capture_output=True, check=False)

    def listen(self) -> socket.socket:
        """A socket stays in the network in which it was made; a thread that goes there ends there."""
        made: list[socket.socket | OSError] = []

        def there() -> None:
            with open(f"/run/netns/{self.name}") as network:
                if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), 0x40000000) != 0:
                    made.append(OSError(ctypes.get_errno(), "setns"))
                    return
            made.append(socket.create_server((self.address, 0)))

        thread = threading.Thread(target=there)
        thread.start()
        thread.join()
        if isinstance(made[0], OSError):
            raise made[0]
        return made[0]


class Provider:
    """It lets everybody in as `ann`; its access tokens last `seconds`."""

    def __init__(self, authority: Authority, world: World, seconds: int = 3600) -> None:
        self.seconds, self.logged_in = seconds, True
        self.asked: list[str] = []
        self.codes: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.asked.append(self.path)
                known = self.headers.get("authorization") == "Bearer access-of-ann"
                self.say(200, {"sub": "ann", "email": "ann@example.com"}) if known else self.say(401, {"error": "invalid_token"})

            def do_POST(self) -> None:
                form = dict(parse_qsl(self.rfile.read(int(self.headers["content-length"])).decode()))
                provider.asked.append(f"{self.path} {form['grant_type']}")
                self.say(*provider.token(form, self.headers.get("authorization", "")))

            def say(self, status: int, body: dict) -> None:
                data = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_) -> None:
                pass

        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*authority.issue(world.address))
        self.server = ThreadingHTTPServer((world.address, 0), Handler, bind_and_activate=False)
        self.server.socket.close()
        self.server.socket = context.wrap_socket(world.listen(), server_side=True)
        self.issuer = f"https://{world.address}:{self.server.socket.getsockname()[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def end(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def token(self, form: dict, authorization: str) -> tuple[int, dict]:
        if authorization != "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode():
            return 401, {"error": "invalid_client"}
        if form["grant_type"] == "refresh_token":
            good = self.logged_in and form["refresh_token"] == "refresh-of-ann"
        else:
            # A code is good once, and for whom it was made.
            good = self.codes.pop(form["code"], None) == form["redirect_uri"]
        if not good:
            return 400, {"error": "invalid_grant"}
        claims = {"iss": self.issuer, "aud": CLIENT, "sub": "ann", "exp": int(time.time()) + 60, "iat": int(time.time())}
        tokens = {"access_token": "access-of-ann", "token_type": "Bearer", "expires_in": self.seconds, "refresh_token": "refresh-of-ann"}
        return 200, {**tokens, "id_token": f"{encoded({'alg': 'RS256'})}.{encoded(claims)}.c2ln"}

    def log_in(self, url: str) -> str:
        """Where a browser is sent back to that came with this URL."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code"), asked
        code = f"code-{len(self.codes)}-{time.monotonic_ns()}"
        self.codes[code] = asked["redirect_uri"]
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def action(self, **more) -> dict:
        """What a rule has to have."""
        endpoints = {"AuthorizationEndpoint": f"{self.issuer}/authorize", "TokenEndpoint": f"{self.issuer}/token", "UserInfoEndpoint": f"{self.issuer}/userinfo"}
        config = {"Issuer": self.issuer, **endpoints, "ClientId": CLIENT, "ClientSecret": SECRET, "Scope": "openid email", **more}
        return {"Type": "authenticate-oidc", "Order": 1, "AuthenticateOidcConfig": config}


@dataclass
class Page:
    status: int
    headers: http.client.HTTPMessage
    body: str

    @property
    def location(self) -> str:
        return self.headers["Location"]


@dataclass
class Browser:
    """Asks a load balancer of that name at an address, and keeps its cookies."""

    address: str
    name: str
    trusts: Path
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Page:
        context = ssl.create_default_context(cafile=str(self.trusts))
        stream = context.wrap_socket(socket.create_connection((self.address, 443), timeout=10), server_hostname=self.name)
        connection = http.client.HTTPConnection(self.name)
        connection.sock = stream
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        page = Page(answer.status, answer.headers, answer.read().decode())
        connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            assert "Secure" in cookie and "HttpOnly" in cookie, cookie
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        return page

    def follow(self, url: str) -> Page:
        """A URL of the load balancer's."""
        parts = urlsplit(url)
        assert (parts.scheme, parts.netloc) == ("https", self.name), url
        return self.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def verify(token: str, public_key: str, place: Path) -> tuple[dict, dict]:
    """Header and claims of a token that was signed with that key (ES256); openssl says whether it was."""
    signed, _, signature = token.rpartition(".")
    raw = decoded(signature)
    assert len(raw) == 64

    def integer(number: bytes) -> bytes:
        number = number.lstrip(b"\0") or b"\0"
        number = b"\0" + number if number[0] >= 128 else number
        return bytes([2, len(number)]) + number

    body = integer(raw[:32]) + integer(raw[32:])
    files = {"key": public_key.encode(), "signature": bytes([0x30, len(body)]) + body, "signed": signed.encode()}
    for name, content in files.items():
        (place / name).write_bytes(content)
    command = ["openssl", "dgst", "-sha256", "-verify", place / "key", "-signature", place / "signature", place / "signed"]
    subprocess.run(command, check=True, capture_output=True)
    header, claims = (json.loads(decoded(part)) for part in signed.split("."))
    return header, claims
