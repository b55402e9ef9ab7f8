"""Files of any length come in pieces, each byte once, and are gone on with where they broke off."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import QgsFeedback

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.client import ImageServiceClient, file_request
from image_server_layer.plugin.service.errors import CanceledError, ImageServerLayerError, ServerError
from image_server_layer.plugin.service.pace import Pace
from image_server_layer.plugin.service.raster_files import RasterFile
from image_server_layer.plugin.service.reception import Reception
from image_server_layer.plugin.service.response import Response
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.downloads import (
    FILE_IDS,
    LARGE,
    LARGE_SIZE,
    MEDIUM,
    MEDIUM_SIZE,
    PATTERN,
    source_rasters,
)

if TYPE_CHECKING:
    from image_server_layer.plugin.service.question import Outcome
    from image_server_layer.tests.imageserver.process import ImageServerProcess

FILE = FILE_IDS[6]
CONTENT = source_rasters().source_files[FILE].content
_ONE_MB = 2**20


class Held:
    """Receives into memory."""

    def __init__(self, size: int | None, content: bytes = b"", validator: str = "") -> None:
        self.content, self.size, self.validator = bytearray(content), size, validator
        self.pieces: list[int] = []

    @property
    def offset(self) -> int:
        return len(self.content)

    def begin(self, offset: int, validator: str) -> None:
        del self.content[offset:]
        self.validator = validator

    def write(self, piece: bytes) -> None:
        self.content += piece
        self.pieces.append(len(piece))


class Counted(Held):
    """Keeps a digest only."""

    def __init__(self, size: int, seen: Callable[[int], None]) -> None:
        super().__init__(size)
        self.digest, self._seen, self._count = hashlib.sha256(), seen, 0

    @property
    def offset(self) -> int:
        return self._count

    def write(self, piece: bytes) -> None:
        self.digest.update(piece)
        self._count += len(piece)
        self.pieces.append(len(piece))
        self._seen(self._count)


def received(
    server: ImageServerProcess,
    held: Held,
    name: str = FILE,
    service: str = "Test/SourceRasters",
    feedback: QgsFeedback | None = None,
    timeout: float = 30.0,
) -> Outcome:
    """Ask for a file, and return what becomes of it."""
    waiting = iter([(RasterFile(name, held.size, (7,)), held)])
    client = ImageServiceClient(server.service(service), Transport(Access(timeout=timeout), feedback))
    ((_, outcome),) = client.receive_files(lambda: next(waiting, None), 2**30, Pace(1))
    return outcome


def ranges(server: ImageServerProcess) -> list[str]:
    return [request.headers.get("range", "") for request in server.requests(operation="file")]


def test_a_file_is_what_the_server_has_and_the_wire_is_known(image_server: ImageServerProcess) -> None:
    held = Held(len(CONTENT))
    outcome = received(image_server, held)
    assert isinstance(outcome, Response)
    assert (bytes(held.content), outcome.content) == (CONTENT, b"")
    (request,) = image_server.requests(operation="file")
    assert (request.method, request.query) == ("GET", {"id": FILE, "rasterId": "7"})
    assert request.headers["accept-encoding"] == "identity"
    assert "range" not in request.headers
    assert file_request("u", RasterFile("a", 1, (2,)), held, 9).max_bytes == 9


@pytest.mark.parametrize("fault", ["truncate", "reset"])
def test_a_cut_file_is_gone_on_with(image_server: ImageServerProcess, fault: str) -> None:
    image_server.fault(fault, match="/file?", times=1, fraction=0.7)
    held = Held(len(CONTENT))
    assert isinstance(received(image_server, held), Response)
    assert bytes(held.content) == CONTENT
    first, second = ranges(image_server)
    assert first == ""
    if second:
        (tag,) = {r.headers["if-range"] for r in image_server.requests(operation="file") if "if-range" in r.headers}
        assert tag == held.validator


def test_what_was_there_is_kept_where_the_server_has_it_still(image_server: ImageServerProcess) -> None:
    whole = Held(len(CONTENT))
    received(image_server, whole)
    begun = Held(len(CONTENT), CONTENT[:5000], whole.validator)
    assert isinstance(received(image_server, begun), Response)
    assert bytes(begun.content) == CONTENT
    assert ranges(image_server)[-1] == "bytes=5000-"
    other = Held(len(CONTENT), b"x" * 5000, '"another"')
    assert isinstance(received(image_server, other), Response)
    assert bytes(other.content) == CONTENT


def test_a_server_without_ranges_sends_it_anew(image_server: ImageServerProcess) -> None:
    image_server.fault("no_range", match="/file?")
    held = Held(len(CONTENT), CONTENT[:5000], "")
    assert isinstance(received(image_server, held), Response)
    assert bytes(held.content) == CONTENT


def test_more_than_there_is_is_forgotten(image_server: ImageServerProcess) -> None:
    held = Held(None, CONTENT + b"more", "")
    assert isinstance(received(image_server, held), Response)
    assert bytes(held.content) == CONTENT
    assert ranges(image_server) == [f"bytes={len(CONTENT) + 4}-", ""]


def test_a_busy_server_is_asked_again(image_server: ImageServerProcess) -> None:
    image_server.fault("status", match="/file?", times=1, status=503, headers={"Retry-After": "0"})
    held = Held(len(CONTENT))
    assert isinstance(received(image_server, held), Response)
    assert bytes(held.content) == CONTENT


@pytest.mark.parametrize("difference", [1, -1])
def test_another_size_than_promised_is_told_of_before_it_is_read(
    image_server: ImageServerProcess, difference: int
) -> None:
    held = Held(len(CONTENT) + difference)
    outcome = received(image_server, held)
    assert isinstance(outcome, ImageServerLayerError)
    assert f"{len(CONTENT) + difference} bytes" in outcome.message
    assert held.pieces == []


@pytest.mark.parametrize(
    ("fault", "arguments", "said"),
    [
        ("json_error", {"code": 500, "message": "No such raster"}, "No such raster"),
        ("html", {}, "a web page (perhaps one to sign in on) instead of a file"),
        ("status", {"status": 404}, "HTTP 404"),
        ("status", {"status": 500, "body": "x" * 3 * 2**20}, "sends more than|HTTP 500"),
        ("empty", {}, "and sends 0"),
    ],
    ids=["error of ArcGIS", "web page", "not there", "long error", "nothing"],
)
def test_something_else_is_no_file(
    image_server: ImageServerProcess, fault: str, arguments: dict[str, Any], said: str
) -> None:
    image_server.fault(fault, match="/file?", **arguments)
    held = Held(len(CONTENT))
    outcome = received(image_server, held)
    assert isinstance(outcome, ImageServerLayerError)
    assert any(words in outcome.message for words in said.split("|"))
    assert held.pieces == []
    assert isinstance(outcome, ServerError) == (fault in ("json_error", "status") and "body" not in arguments)


def test_silence_is_what_takes_too_long_not_the_whole(image_server: ImageServerProcess) -> None:
    image_server.settings(line_speed=len(CONTENT) / 3)
    held = Held(len(CONTENT))
    assert isinstance(received(image_server, held, timeout=2.0), Response)
    assert bytes(held.content) == CONTENT
    image_server.reset()
    image_server.fault("hang", match="/file?")
    outcome = received(image_server, Held(len(CONTENT)), timeout=0.5)
    assert isinstance(outcome, ImageServerLayerError)
    assert "did not answer in time" in outcome.message


def begun(held: Held, status: int, headers: dict[str, str]) -> ImageServerLayerError | None:
    """Return what is wrong with the first piece of an answer."""
    reception = Reception(held, "https://h.example/file")
    reception.headers()
    return reception.take(status, headers, b"new")


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (206, {"content-range": "bytes 0-9/100"}, "another part of the file"),
        (206, {"content-range": "bytes 11-99/100"}, "another part of the file"),
        (206, {"content-range": "pages 10-99/100"}, "another part of the file"),
        (206, {}, "another part of the file"),
        (206, {"content-range": "bytes 10-99/101"}, "promised 100 bytes and sends 101"),
        (200, {"content-length": "99"}, "promised 100 bytes and sends 99"),
        (200, {"content-encoding": "gzip"}, "compresses the file on the way"),
        (206, {"content-range": "bytes 10-99/100", "content-encoding": "br"}, "compresses the file on the way"),
    ],
)
def test_a_piece_that_does_not_follow_is_not_taken(status: int, headers: dict[str, str], said: str) -> None:
    held = Held(100, b"0123456789", '"version 1"')
    problem = begun(held, status, headers)
    assert problem is not None
    assert said in problem.message
    assert (bytes(held.content), held.pieces) == (b"0123456789", [])


@pytest.mark.parametrize(
    ("headers", "validator"),
    [
        ({"etag": '"2"', "last-modified": "Sun, 01 Mar 2026 12:00:00 GMT"}, '"2"'),
        ({"etag": 'W/"2"', "last-modified": "Sun, 01 Mar 2026 12:00:00 GMT"}, "Sun, 01 Mar 2026 12:00:00 GMT"),
        ({"etag": 'W/"2"'}, ""),
        ({}, ""),
    ],
    ids=["strong", "weak and a date", "weak", "none"],
)
def test_only_what_stands_for_every_byte_is_gone_on_with(headers: dict[str, str], validator: str) -> None:
    held = Held(100, b"0123456789", '"version 1"')
    assert begun(held, 206, {"content-range": "bytes 10-99/100", **headers}) is None
    assert (bytes(held.content), held.validator) == (b"0123456789new", validator)
    # All of it anew, as the server has another version, or knows no ranges.
    held = Held(100, b"0123456789", '"version 1"')
    assert begun(held, 200, {"content-length": "100", "content-encoding": "identity", **headers}) is None
    assert (bytes(held.content), held.validator) == (b"new", validator)


def test_more_than_was_promised_is_not_written() -> None:
    held = Held(12, b"0123456789", '"1"')
    problem = begun(held, 206, {"content-range": "bytes 10-11/*"})
    assert problem is not None
    assert "promised 12 bytes and sends 13" in problem.message
    assert bytes(held.content) == b"0123456789"


@pytest.mark.parametrize(("size", "is_whole"), [(6, True), (7, False), (None, True)], ids=["whole", "short", "unknown"])
def test_what_ends_too_early_is_no_whole_file_where_the_server_told_no_length(size: int | None, is_whole: bool) -> None:
    reception = Reception(Held(size), "https://h.example/file")
    reception.headers()
    assert reception.take(200, {}, b"123") is None
    assert reception.take(200, {}, b"456") is None
    problem = reception.end()
    assert (problem is None) == is_whole
    assert problem is None or "promised 7 bytes and sends 6" in problem.message


def test_a_file_that_comes_on_is_asked_for_until_it_is_whole(image_server: ImageServerProcess) -> None:
    """Three failures in a row are the end of a question, and not of one that has come megabytes further each time."""
    seen: list[int] = []
    held = Counted(MEDIUM_SIZE, seen.append)
    image_server.fault("truncate", match="/file?", times=4, fraction=0.3)
    assert isinstance(received(image_server, held, MEDIUM, "Test/LargeFile"), Response)
    assert held.offset == MEDIUM_SIZE
    truth = hashlib.sha256(PATTERN * (MEDIUM_SIZE // _ONE_MB))
    assert held.digest.digest() == truth.digest()
    assert len(ranges(image_server)) == 5


def test_a_large_file_is_never_in_memory_and_canceled_at_once(image_server: ImageServerProcess) -> None:
    received(image_server, Held(len(CONTENT)))
    before, most = _memory(), [0]

    def look(_count: int) -> None:
        most[0] = max(most[0], _memory())

    held = Counted(LARGE_SIZE, look)
    assert isinstance(received(image_server, held, LARGE, "Test/LargeFile"), Response)
    truth = hashlib.sha256()
    for _ in range(LARGE_SIZE // _ONE_MB):
        truth.update(PATTERN)
    assert held.digest.digest() == truth.digest()
    assert max(held.pieces) < 4 * _ONE_MB
    assert most[0] - before < 30 * _ONE_MB
    feedback = QgsFeedback()
    stopped = Counted(LARGE_SIZE, lambda count: feedback.cancel() if count > 10 * _ONE_MB else None)
    with pytest.raises(CanceledError):
        received(image_server, stopped, LARGE, "Test/LargeFile", feedback)
    # How much comes until it is noticed depends on the machine; not all of it.
    assert stopped.offset < LARGE_SIZE // 2


def _memory() -> int:
    """Return the bytes that this process holds."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096
