"""A client's connection of HTTP/2 with many requests at once, frame by frame.

Libraries stop reading when the other side says that it will end. This one goes on, asks nothing new (`leaves`), and so sees whether what it had asked is
answered.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

from hpack import Decoder, Encoder
from hyperframe.frame import ContinuationFrame, DataFrame, Frame, GoAwayFrame, HeadersFrame, PingFrame, RstStreamFrame, SettingsFrame, WindowUpdateFrame

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
# Answers are small: a window is given once, for all that a connection hears.
WINDOW = 1 << 30


@dataclass
class Stream:
    answered: asyncio.Future
    status: int = 0
    head: bytes = b""
    body: bytearray = field(default_factory=bytearray)
    # Set with each frame.
    heard: asyncio.Event = field(default_factory=asyncio.Event)


class Connection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.encoder, self.decoder = Encoder(), Decoder()
        self.streams: dict[int, Stream] = {}
        self.next_id = 1
        self.leaves = False
        writer.write(PREFACE)
        self._send(SettingsFrame(settings={SettingsFrame.INITIAL_WINDOW_SIZE: WINDOW, SettingsFrame.ENABLE_PUSH: 0}), WindowUpdateFrame(0, window_increment=WINDOW))
        self.reading = asyncio.create_task(self._read())

    async def get(self, host: str, path: str) -> tuple[int, bytes]:
        """Status and body. ConnectionError where the stream or the connection ends before the answer does."""
        stream_id, stream = self.ask("GET", host, path, ends=True)
        try:
            return await stream.answered
        finally:
            del self.streams[stream_id]
            if self.leaves and not self.streams:
                self.writer.close()

    def ask(self, method: str, host: str, path: str, ends: bool) -> tuple[int, Stream]:
        """A request whose body, where it has one, is sent with `send`."""
        stream_id, stream = self.next_id, Stream(asyncio.get_running_loop().create_future())
        self.next_id += 2
        self.streams[stream_id] = stream
        head = HeadersFrame(stream_id, flags=["END_HEADERS", *(["END_STREAM"] if ends else [])])
        head.data = self.encoder.encode([(":method", method), (":scheme", "https"), (":authority", host), (":path", path), ("user-agent", "load")])
        self._send(head)
        return stream_id, stream

    def send(self, stream_id: int, data: bytes, ends: bool = False) -> None:
        """A piece of a body, which fits into the windows that a connection begins with."""
        self._send(DataFrame(stream_id, data, flags=["END_STREAM"] if ends else []))

    def close(self) -> None:
        self.leaves = True
        if not self.streams:
            self.writer.close()

    def _send(self, *frames: Frame) -> None:
        self.writer.write(b"".join(frame.serialize() for frame in frames))

    async def _read(self) -> None:
        why = "the connection ended"
        try:
            while True:
                head = await self.reader.readexactly(9)
                frame, length = Frame.parse_frame_header(memoryview(head))
                frame.parse_body(memoryview(await self.reader.readexactly(length)))
                self._take(frame)
        except (OSError, EOFError) as error:
            why = f"{type(error).__name__} {error}"
        finally:
            self.leaves = True
            for stream in self.streams.values():
                if not stream.answered.done():
                    stream.answered.set_exception(ConnectionError(why))
            with contextlib.suppress(OSError):
                self.writer.close()

    def _take(self, frame: Frame) -> None:
        stream = self.streams.get(frame.stream_id)
        if isinstance(frame, SettingsFrame) and "ACK" not in frame.flags:
            self._send(SettingsFrame(flags=["ACK"]))
        elif isinstance(frame, PingFrame) and "ACK" not in frame.flags:
            self._send(PingFrame(flags=["ACK"], opaque_data=frame.opaque_data))
        elif isinstance(frame, GoAwayFrame):
            self.leaves = True
            for stream_id, open_stream in self.streams.items():
                if stream_id > frame.last_stream_id and not open_stream.answered.done():
                    open_stream.answered.set_exception(ConnectionError(f"GOAWAY {frame.error_code} without this request"))
        elif isinstance(frame, RstStreamFrame) and stream and not stream.answered.done():
            stream.answered.set_exception(ConnectionError(f"RST_STREAM {frame.error_code}"))
        elif isinstance(frame, (HeadersFrame, ContinuationFrame)):
            # Also what nobody waits for any more is read: the table of fields is the whole connection's.
            stream = stream or Stream(asyncio.get_running_loop().create_future())
            stream.head += frame.data
            if "END_HEADERS" in frame.flags:
                fields = dict(self.decoder.decode(stream.head))
                stream.status, stream.head = int(fields.get(":status", stream.status)), b""
        elif isinstance(frame, DataFrame) and stream:
            stream.body += frame.data
        if stream:
            stream.heard.set()
        if stream and "END_STREAM" in frame.flags and not stream.answered.done():
            stream.answered.set_result((stream.status, bytes(stream.body)))
