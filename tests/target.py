"""A target that speaks all that load balancers carry: HTTP/1.1, websockets and gRPC, each at a port of its own.

It runs inside containers, with the Python of the machine, whose directories are mounted there (`container`). Told to end, it says so to those whose
connections it keeps, answers what they still ask, and ends when they are gone.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HTTP, WEBSOCKET, GRPC = 8080, 8081, 8082
PORTS = {"http": HTTP, "websocket": WEBSOCKET, "grpc": GRPC}
# Service and methods of gRPC: messages are plain bytes.
SERVICE = "tests.Speaker"
HERE = Path(__file__).parent
# How long those who keep connections are waited for.
PATIENCE_S = 5


def container(*speaks: str, **more) -> dict:
    """A container that speaks these; its task definition has `volumes()`."""
    from longshore import IMAGE

    mounted = [{"sourceVolume": name, "containerPath": path, "readOnly": True} for name, path, _ in mounts()]
    command = [sys.executable, "-B", str(HERE / "target.py"), *speaks]
    ports = [{"containerPort": PORTS[word]} for word in speaks]
    return {"name": "web", "image": IMAGE, "memory": 256, "command": command, "mountPoints": mounted, "portMappings": ports, **more}


def volumes() -> list[dict]:
    return [{"name": name, "host": {"sourcePath": source}} for name, _, source in mounts()]


def mounts() -> list[tuple[str, str, str]]:
    """Directories of the machine that its Python needs: a name, where each is in the container, and where on the machine."""
    wanted = [Path("/usr"), Path(sys.base_prefix), Path(sys.prefix), HERE, Path("/lib"), Path("/lib64")]
    wanted = [path for path in wanted if path.is_dir() and not any(other in path.parents for other in wanted)]
    return [(f"mount{at}", str(path), str(path.resolve())) for at, path in enumerate(dict.fromkeys(wanted))]


class Http(BaseHTTPRequestHandler):
    """`/` and whatever is not named: what was asked, as JSON. `/slow?S`: half of the answer, and S seconds later the rest. `/mirror`: each piece of the
    body as it comes. `/login`: a cookie of the application's own. `/status/N`: that status."""

    protocol_version = "HTTP/1.1"
    # An answer is one packet where it can be.
    wbufsize = -1
    ending = threading.Event()
    open = 0
    lock = threading.Lock()

    def setup(self) -> None:
        super().setup()
        with self.lock:
            Http.open += 1

    def finish(self) -> None:
        with self.lock:
            Http.open -= 1
        super().finish()

    def answer(self) -> None:
        path, _, query = self.path.partition("?")
        if path == "/slow":
            self.begin()
            self.piece(f"{NAME} begins\n".encode())
            time.sleep(float(query))
            self.piece(f"{NAME} ends\n".encode())
            self.piece(b"")
        elif path == "/mirror":
            self.begin()
            while piece := self.next_piece():
                self.piece(piece)
            self.piece(b"")
        elif path.startswith("/status/"):
            self.whole(int(path.split("/")[2]), b"")
        elif path == "/login":
            self.whole(200, NAME.encode(), ("Set-Cookie", "APPSESSION=yours; Path=/"))
        elif path == "/name":
            self.whole(200, NAME.encode())
        else:
            body = self.rfile.read(int(self.headers.get("content-length", 0))).decode("latin-1")
            said = {"name": NAME, "client": self.client_address[0], "method": self.command, "path": self.path, "headers": self.headers.items(), "body": body}
            self.whole(200, json.dumps(said).encode())

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = answer

    def whole(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def end_headers(self) -> None:
        if self.ending.is_set():
            self.send_header("Connection", "close")
        super().end_headers()

    def piece(self, data: bytes) -> None:
        """The last one is empty."""
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))
        self.wfile.flush()

    def next_piece(self) -> bytes:
        """Of the body, as it comes; empty at its end."""
        if "content-length" in self.headers:
            left = self.left = getattr(self, "left", int(self.headers["content-length"]))
            data = self.rfile.read1(min(left, 65536)) if left else b""
            self.left -= len(data)
            return data
        size = int(self.rfile.readline().split(b";")[0], 16)
        data = self.rfile.read(size)
        self.rfile.readline()
        return data

    def log_message(self, *_) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_) -> None:
        pass  # whoever asked has gone


def serve_websockets() -> None:
    from websockets.sync.server import serve

    def healthy(connection, request):
        return connection.respond(200, "well\n") if request.path == "/health" else None

    def speak(connection) -> None:
        connection.send(NAME)
        for message in connection:
            connection.send(message)

    with serve(speak, "", WEBSOCKET, process_request=healthy, compression=None) as server:
        server.serve_forever()


def serve_grpc():
    import grpc
    from concurrent.futures import ThreadPoolExecutor

    def say(request: bytes, context) -> bytes:
        """Who answers, and what was said; the client's own metadata comes back as a trailer."""
        told = dict(context.invocation_metadata())
        context.send_initial_metadata([("begins", NAME)])
        context.set_trailing_metadata([("ends", told.get("told", ""))])
        return f"{NAME} {request.decode()}".encode()

    def count(request: bytes, context):
        """So many messages, and a trailer after them."""
        for number in range(int(request)):
            yield str(number).encode()
        context.set_trailing_metadata([("counted", request.decode())])

    def add(requests, context) -> bytes:
        return str(sum(int(request) for request in requests)).encode()

    def talk(requests, context):
        """One answer to each message, before the next one comes."""
        for request in requests:
            yield request.upper()

    def fail(request: bytes, context) -> bytes:
        context.set_trailing_metadata([("why", "asked-to")])
        context.abort(grpc.StatusCode.FAILED_PRECONDITION, f"{request.decode()}: höchst ungern")

    handlers = grpc.method_handlers_generic_handler(SERVICE, {
        "Say": grpc.unary_unary_rpc_method_handler(say),
        "Count": grpc.unary_stream_rpc_method_handler(count),
        "Add": grpc.stream_unary_rpc_method_handler(add),
        "Talk": grpc.stream_stream_rpc_method_handler(talk),
        "Fail": grpc.unary_unary_rpc_method_handler(fail),
    })
    server = grpc.server(ThreadPoolExecutor(16), handlers=[handlers])
    assert server.add_insecure_port(f"0.0.0.0:{GRPC}") == GRPC
    server.start()
    return server


def main(speaks: list[str]) -> None:
    told = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told.set())
    http = Server(("", HTTP), Http) if "http" in speaks else None
    if http:
        threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    if "websocket" in speaks:
        threading.Thread(target=serve_websockets, daemon=True).start()
    grpc = serve_grpc() if "grpc" in speaks else None
    told.wait()
    Http.ending.set()
    until = time.monotonic() + PATIENCE_S
    while http and Http.open and time.monotonic() < until:
        time.sleep(0.05)
    if grpc:
        grpc.stop(1).wait()


if __name__ == "__main__":
    NAME = os.environ.get("SAYS", "") + socket.gethostname()
    main(sys.argv[1:])
