"""A registry of OCI images on the loopback address, as well or as badly behaved as a test wants it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import os
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

BUSYBOX = next((p for p in map(Path, ("/usr/bin/busybox", "/bin/busybox")) if p.exists()), None)
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


TOKEN = "a-token-of-the-test"


def _basic(user: tuple[str, str]) -> str:
    return "Basic " + base64.b64encode(":".join(user).encode()).decode()


def digest(data: bytes) -> str:
    return "sha256:" + hashlib.sha256(data).hexdigest()


def tar(files: dict[str, bytes], links: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o755
            archive.addfile(member, io.BytesIO(data))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            archive.addfile(member)
    return buffer.getvalue()


class Image:
    """Busybox and numbered layers, the first of which may be given bytes that do not compress."""

    def __init__(self, layers: int, size: int = 0) -> None:
        plain = [tar({"bin/busybox": BUSYBOX.read_bytes()}, {f"bin/{a}": "busybox" for a in ("sh", "cat", "echo", "sleep", "true")})]
        for n in range(layers):
            files = {f"layer-{n}": f"{n}\n".encode()}
            if n == 0 and size:
                files["filler"] = os.urandom(size)
            plain.append(tar(files))
        packed = [_gzip(layer) for layer in plain]
        config = json.dumps({
            "architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/bin"], "Cmd": ["true"]},
            "rootfs": {"type": "layers", "diff_ids": [digest(p) for p in plain]},
        }).encode()
        self.blobs = {digest(b): b for b in [config, *packed]}
        self.manifest = json.dumps({
            "schemaVersion": 2, "mediaType": MANIFEST,
            "config": {"mediaType": CONFIG, "digest": digest(config), "size": len(config)},
            "layers": [{"mediaType": LAYER, "digest": digest(p), "size": len(p)} for p in packed],
        }).encode()

    def archive(self, path: Path, name: str) -> None:
        """An OCI archive of it."""
        index = json.dumps({"schemaVersion": 2, "manifests": [{
            "mediaType": MANIFEST, "digest": digest(self.manifest), "size": len(self.manifest),
            "annotations": {"org.opencontainers.image.ref.name": name},
        }]}).encode()
        files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}', "index.json": index}
        for name_, blob in {**self.blobs, digest(self.manifest): self.manifest}.items():
            files[f"blobs/{name_.replace(':', '/')}"] = blob
        path.write_bytes(tar(files))


def _gzip(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=1, mtime=0)


class Registry:
    """Serves while its block runs."""

    def __init__(self) -> None:
        self.images: dict[str, Image] = {}
        self.cut_blobs = False
        self.forge_blobs = False
        self.requests: list[str] = []
        # Who may pull, and how that is proven: at the registry itself, or with a token of the server that it names.
        self.user: tuple[str, str] | None = None
        self.by_token = False
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"127.0.0.1:{self.server.server_port}"

    def add(self, name: str, layers: int = 1, size: int = 0) -> None:
        self.images[name] = Image(layers, size)

    def __enter__(self) -> Registry:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(registry):  # noqa: N805 (the handler's own self is another)
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def do_HEAD(self) -> None:
                self.do_GET()

            def do_GET(self) -> None:
                registry.requests.append(f"{self.command} {self.path}")
                if self.path.startswith("/token"):
                    return self.hand_out_token()
                if not self.is_allowed():
                    return self.challenge()
                parts = self.path.strip("/").split("/")
                if parts == ["v2"]:
                    return self.answer(200, b"{}", "application/json")
                image = registry.images.get(parts[1]) if len(parts) == 4 else None
                if image is None:
                    return self.refuse("NAME_UNKNOWN" if len(parts) == 4 else "UNSUPPORTED")
                if parts[2] == "manifests" and parts[3] in ("latest", digest(image.manifest)):
                    return self.answer(200, image.manifest, MANIFEST)
                blob = image.blobs.get(parts[3]) if parts[2] == "blobs" else None
                if blob is None:
                    return self.refuse("MANIFEST_UNKNOWN")
                if registry.forge_blobs:
                    blob = blob[:-1] + bytes([blob[-1] ^ 1])
                self.answer(200, blob, "application/octet-stream", cut=registry.cut_blobs)

            def is_allowed(self) -> bool:
                if registry.user is None:
                    return True
                wanted = f"Bearer {TOKEN}" if registry.by_token else _basic(registry.user)
                return self.headers.get("Authorization") == wanted

            def challenge(self) -> None:
                repository = "/".join(self.path.strip("/").split("/")[1:-2])
                realm = f'Bearer realm="http://{registry.address}/token",service="test",scope="repository:{repository}:pull"'
                refused = json.dumps({"errors": [{"code": "UNAUTHORIZED", "message": "authentication required"}]}).encode()
                self.answer(401, refused, "application/json", challenge=realm if registry.by_token else 'Basic realm="test"')

            def hand_out_token(self) -> None:
                if self.headers.get("Authorization") != _basic(registry.user) or "scope=repository" not in self.path:
                    refused = json.dumps({"errors": [{"code": "UNAUTHORIZED", "message": "incorrect username or password"}]}).encode()
                    return self.answer(401, refused, "application/json")
                self.answer(200, json.dumps({"token": TOKEN}).encode(), "application/json")

            def refuse(self, code: str) -> None:
                self.answer(404, json.dumps({"errors": [{"code": code, "message": "not found"}]}).encode(), "application/json")

            def answer(self, status: int, body: bytes, kind: str, cut: bool = False, challenge: str | None = None) -> None:
                self.send_response(status)
                if challenge:
                    self.send_header("WWW-Authenticate", challenge)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                if kind == MANIFEST:
                    self.send_header("Docker-Content-Digest", digest(body))
                self.end_headers()
                if self.command == "HEAD":
                    return
                try:
                    self.wfile.write(body[: len(body) // 2] if cut else body)
                    if cut:
                        self.close_connection = True
                except OSError:
                    self.close_connection = True

        return Handler
