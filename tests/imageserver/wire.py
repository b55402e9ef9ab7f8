"""Requests and responses, the log of them, and the speed of the line."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

#: How long the log waits for responses that are just being written, in seconds.
_SETTLE = 5.0


@dataclass(frozen=True)
class Request:
    """One HTTP request.

    `target` is the path and query as they came, `path` is decoded, `parameters` are those of the query and of a form
    in the body. `origin` is the scheme, host and port that the client used.
    """

    method: str
    target: str
    path: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    body: str
    origin: str

    @property
    def segments(self) -> tuple[str, ...]:
        return tuple(segment for segment in self.path.split("/") if segment)

    @property
    def operation(self) -> str:
        """What is asked of an image service: the segment after `ImageServer`, empty for its description."""
        segments = self.segments
        place = segments.index("ImageServer") + 1 if "ImageServer" in segments else len(segments)
        return segments[place] if place < len(segments) else ""


def parse_request(method: str, target: str, headers: Mapping[str, str], body: str, origin: str) -> Request:
    """A request from its request line, its headers (names in lower case) and its body."""
    parts = urlsplit(target)
    parameters = dict(parse_qsl(parts.query, keep_blank_values=True))
    if headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        parameters.update(parse_qsl(body, keep_blank_values=True))
    return Request(method, target, unquote(parts.path), parameters, headers, body, origin)


@dataclass
class Response:
    """What goes back; `headers` are those beside Content-Type and Content-Length."""

    body: bytes
    content_type: str = "application/json;charset=UTF-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


def json_response(document: object, indent: int | None = None) -> Response:
    return Response(json.dumps(document, indent=indent, ensure_ascii=False).encode())


@dataclass
class Record:
    """A request as the log keeps it, and as `process.py` gets it.

    `operation` is the segment after `ImageServer` (empty for the description and for what is no image service),
    `query` the decoded parameters of query and form, `url` path and query as they came, `headers` have their names in
    lower case. `size` counts the bytes sent, head and body; `status` 0 means no answer. `started` is in seconds since
    the epoch, `seconds` runs from there to the last byte.
    """

    method: str
    path: str
    operation: str
    query: dict[str, str]
    url: str
    headers: dict[str, str]
    body: str
    status: int = 0
    size: int = 0
    seconds: float = 0.0
    started: float = field(default_factory=time.time)


class Log:
    """What was on the wire, in the order in which it arrived."""

    def __init__(self) -> None:
        self._records: list[Record] = []
        self._being_written = 0
        self._condition = threading.Condition()

    def add(self, request: Request) -> Record:
        record = Record(
            request.method,
            request.path,
            request.operation,
            dict(request.parameters),
            request.target,
            dict(request.headers),
            request.body,
        )
        with self._condition:
            self._records.append(record)
        return record

    def writing(self) -> None:
        """A response begins to be written; until `written`, the log has not settled."""
        with self._condition:
            self._being_written += 1

    def written(self, record: Record, status: int, size: int) -> None:
        with self._condition:
            record.status, record.size, record.seconds = status, size, time.time() - record.started
            self._being_written -= 1
            self._condition.notify_all()

    def settled(self) -> list[dict[str, object]]:
        """All records, once no response is half written: a client that has its answer finds it here."""
        with self._condition:
            self._condition.wait_for(lambda: self._being_written == 0, timeout=_SETTLE)
            return [asdict(record) for record in self._records]

    def clear(self) -> None:
        with self._condition:
            self._records.clear()


class Line:
    """The way to the clients: a latency for each request, and a speed that all connections share."""

    def __init__(self) -> None:
        self.latency = 0.0
        self.speed: float | None = None
        self._free_at = 0.0
        self._lock = threading.Lock()
        self._is_over = threading.Event()

    def wait_for(self, size: int) -> None:
        """Wait until `size` bytes have gone over the line, behind what others have put on it."""
        if self.speed is None:
            return
        with self._lock:
            self._free_at = max(self._free_at, time.monotonic()) + size / self.speed
            delay = self._free_at - time.monotonic()
        self._is_over.wait(max(delay, 0.0))

    def end(self) -> None:
        """Let nobody wait any more."""
        self._is_over.set()
