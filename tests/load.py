"""A constant load of requests over HTTP/1.1 or HTTP/2, on kept and on new connections, that counts every request which failed.

It runs in a process of its own, so that what a test does beside it holds nobody up, and ends by itself after its time. It repeats nothing: a request
that was sent and not answered with 200 has failed. Each body names who answered.
"""

from __future__ import annotations

import asyncio
import json
import os
import ssl
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from waiting import until

TICK_S = 0.2
# How long a request may take: longer than any load balancer waits here for a target that it tries.
PATIENCE_S = 10
MOST_FAILURES = 1000
MOST_BYTES = 1 << 20


class Load:
    """The load as a context: it flows within, and is over afterwards, every request of it answered or failed."""

    def __init__(self, address: str, port: int = 80, rate: int = 500, kept: int = 8, fresh: int = 2, seconds: int = 120, **more: str) -> None:
        """`rate` requests a second at most, a fifth of them on new connections where there are both kinds. `kept` and `fresh`: how many ask at a time on
        each kind. `scheme` (http, https, or h2, where those who keep connections share two), `host` and `path` say more of the requests."""
        url = f"{more.pop('scheme', 'http')}://{address}:{port}{more.pop('path', '/')}"
        host = more.pop("host", address)
        assert not more, f"nobody knows {more}"
        # Without packages it is there at once.
        bare = [] if url.startswith("h2:") else ["-S"]
        self.command = [sys.executable, *bare, __file__, json.dumps({"url": url, "host": host, "rate": rate, "kept": kept, "fresh": fresh, "seconds": seconds})]
        self.done, self.rate = 0, 0.0
        self.failed: list[str] = []
        self.by: Counter[str] = Counter()
        # Who answered in the last tick.
        self.now: set[str] = set()
        self.ticks = 0

    def __enter__(self) -> Load:
        self.process = subprocess.Popen(self.command, cwd=Path(__file__).parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()
        try:
            until(lambda: self.done or self.failed, 10, "the first answer")
        except BaseException:
            self.process.kill()
            raise
        return self

    def __exit__(self, *_) -> None:
        self.process.stdin.close()
        try:
            assert self.process.wait(PATIENCE_S + 5) == 0
        finally:
            self.process.kill()
            self.reader.join(5)

    def goes_on(self, seconds: float = 1) -> None:
        """Returns when it has flowed for so long from now."""
        ticks = self.ticks + round(seconds / TICK_S)
        until(lambda: self.ticks >= ticks, seconds + 20, "the load to go on")

    def only(self, names: set[str], seconds: float = 60) -> None:
        """Returns when all of these answer, and nobody else."""
        until(lambda: self.now == names, seconds, f"{names} to answer; it was {self.now}")

    def _read(self) -> None:
        for line in self.process.stdout:
            said = json.loads(line)
            self.failed += said["failed"]
            self.by.update(said["by"])
            self.now = set(said["by"])
            self.done, self.rate = said["done"], said["rate"]
            self.ticks += 1


class Source:
    """The child's half."""

    def __init__(self, url: str, host: str, rate: int, kept: int, fresh: int, seconds: int) -> None:
        at = urlsplit(url)
        self.address, self.port = at.hostname, at.port
        self.context = None
        self.speaks_http2 = at.scheme == "h2"
        if at.scheme != "http":
            self.context = ssl.create_default_context()
            self.context.check_hostname, self.context.verify_mode = False, ssl.CERT_NONE
        if self.speaks_http2:
            self.context.set_alpn_protocols(["h2"])
        self.host, self.path = host, at.path
        self.request = f"GET {at.path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: load\r\n".encode()
        self.began = time.monotonic()
        self.until = self.began + seconds
        self.over = False
        self.done = 0
        self.by: Counter[str] = Counter()
        self.failed: list[str] = []
        share = 0.8 if kept and fresh else 1
        self.workers = [(True, rate * share / kept)] * kept if kept else []
        self.workers += [(False, rate * (0.2 if kept else 1) / fresh)] * fresh if fresh else []
        # Those of HTTP/2 that are shared.
        self.shared: list = [None, None]

    async def run(self) -> None:
        threading.Thread(target=self._wait_for_the_end, daemon=True).start()
        work = self._work_http2 if self.speaks_http2 else self._work
        workers = [asyncio.create_task(work(kept, rate, n / len(self.workers))) for n, (kept, rate) in enumerate(self.workers)]
        ending = asyncio.gather(*workers)
        while not ending.done():
            await asyncio.wait([ending], timeout=TICK_S)
            self._tell()
        await ending

    def _wait_for_the_end(self) -> None:
        # Without Python's buffer, whose lock would be held when this program ends.
        os.read(0, 1)
        self.over = True

    def _tell(self) -> None:
        said = {"done": self.done, "rate": self.done / (time.monotonic() - self.began), "by": self.by, "failed": self.failed[:MOST_FAILURES]}
        print(json.dumps(said), flush=True)
        self.by, self.failed = Counter(), []

    async def _times(self, rate: float, phase: float):
        """When to ask: not sooner than its time, and what was late is not caught up with."""
        next_at = time.monotonic() + phase / rate
        while not self.over and time.monotonic() < self.until:
            await asyncio.sleep(max(0.0, next_at - time.monotonic()))
            next_at = max(next_at + 1 / rate, time.monotonic())
            yield

    async def _work(self, kept: bool, rate: float, phase: float) -> None:
        connection = None
        async for _ in self._times(rate, phase):
            was_there = connection is not None
            try:
                async with asyncio.timeout(PATIENCE_S):
                    if connection is None:
                        connection = await self._open()
                    status, body, stays = await self._ask(*connection, kept)
                self._count(was_there, status, body)
            except (OSError, EOFError, ValueError, TimeoutError) as error:
                self._fail(was_there, f"{type(error).__name__} {error}")
                stays = False
            if connection is not None and not (stays and kept):
                connection[1].close()
                connection = None
        if connection is not None:
            connection[1].close()

    async def _work_http2(self, kept: bool, rate: float, phase: float) -> None:
        at = round(phase * len(self.workers)) % len(self.shared)
        async for _ in self._times(rate, phase):
            was_there, connection = False, None
            try:
                async with asyncio.timeout(PATIENCE_S):
                    if kept:
                        was_there = self.shared[at] is not None and self.shared[at].done() and not self.shared[at].result().leaves
                        connection = await self._share(at)
                    else:
                        connection = await self._open_http2()
                    status, body = await connection.get(self.host, self.path)
                self._count(was_there, status, body.decode("latin-1").strip())
            except (OSError, EOFError, ValueError, TimeoutError) as error:
                self._fail(was_there, f"{type(error).__name__} {error}")
            if connection is not None and not kept:
                connection.close()

    async def _share(self, at: int):
        """The connection of this number, or a new one where it leaves; opened by one for all who wait for it."""
        opening = self.shared[at]
        if opening is None or opening.done() and (opening.exception() or opening.result().leaves):
            opening = self.shared[at] = asyncio.ensure_future(self._open_http2())
        return await asyncio.shield(opening)

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self.address, self.port, ssl=self.context, server_hostname=self.host if self.context else None)

    async def _open_http2(self):
        from http2 import Connection

        reader, writer = await self._open()
        if writer.get_extra_info("ssl_object").selected_alpn_protocol() != "h2":
            writer.close()
            raise ValueError("no HTTP/2 is spoken there")
        return Connection(reader, writer)

    def _count(self, was_there: bool, status: int, body: str) -> None:
        if status != 200:
            self._fail(was_there, f"{status} {body[:80]}")
        else:
            self.done += 1
            self.by[body] += 1

    def _fail(self, was_there: bool, why: str) -> None:
        kind = "kept" if was_there else "new"
        self.failed.append(f"{time.monotonic() - self.began:.2f} s, {kind} connection: {why}")

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: bool) -> tuple[int, str, bool]:
        writer.write(self.request + (b"\r\n" if kept else b"Connection: close\r\n\r\n"))
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
                body += (await reader.readexactly(size + 2))[:-2]
            await reader.readuntil(b"\r\n")
        elif "content-length" in headers:
            body = await reader.readexactly(int(headers["content-length"]))
        else:
            body = await reader.read(MOST_BYTES)
        stays = headers.get("connection", "").lower() != "close" and ("content-length" in headers or "transfer-encoding" in headers)
        return int(head[0].split(" ")[1]), body.decode("latin-1").strip(), stays


if __name__ == "__main__":
    asyncio.run(Source(**json.loads(sys.argv[1])).run())
