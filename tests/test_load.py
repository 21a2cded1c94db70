"""The load of other tests is one: it flows at its rate, and no failure escapes it."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from load import Load
from waiting import until


class Backend:
    """Answers with its name, and does what the test says to those who ask."""

    def __init__(self) -> None:
        self.connections: set[socket.socket] = set()
        # Statuses of the next answers, where they are not 200.
        self.statuses: list[int] = []
        backend = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def setup(self) -> None:
                super().setup()
                backend.connections.add(self.request)

            def do_GET(self) -> None:
                try:
                    status = backend.statuses.pop()
                except IndexError:
                    status = 200
                self.send_response(status)
                self.send_header("Content-Length", "3")
                self.end_headers()
                self.wfile.write(b"one")

            def log_message(self, *_) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 128

            def handle_error(self, *_) -> None:
                pass  # the test closes connections under its hands

        self.server = Server(("127.0.0.1", 0), Handler)
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self.thread.start()

    def die(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        for connection in list(self.connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it had ended


@pytest.fixture
def backend():
    made = Backend()
    yield made
    made.die()


def test_what_is_answered_is_counted(backend):
    with Load("127.0.0.1", backend.port, rate=300) as load:
        load.goes_on(2)
        assert load.now == {"one"}
    assert load.failed == []
    assert load.by["one"] == load.done > 100
    assert 50 < len(backend.connections), "new connections are made"


def test_each_answer_that_is_none_is_a_failure(backend):
    with Load("127.0.0.1", backend.port, rate=100) as load:
        backend.statuses += [503, 500]
        until(lambda: len(load.failed) == 2, 10, "two failures")
        load.goes_on(0.6)
    assert sorted(line.split(": ")[1] for line in load.failed) == ["500 one", "503 one"]


def test_a_backend_that_dies_is_noticed_on_both_kinds_of_connections(backend):
    with Load("127.0.0.1", backend.port, rate=100) as load:
        load.goes_on(0.6)
        assert load.failed == []
        backend.die()
        until(lambda: {"kept", "new"} <= {line.split()[2] for line in load.failed}, 10, "failures of both kinds")
    assert any("ConnectionRefusedError" in line for line in load.failed), load.failed[:5]


def test_it_ends_by_itself(backend):
    with Load("127.0.0.1", backend.port, rate=50, seconds=1) as load:
        until(lambda: load.process.poll() is not None, 10, "its end")
    assert load.failed == []
