"""Answers that were packed for the way: unpacked as far as they may be large, and no further."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
from qgis.PyQt.QtNetwork import QNetworkReply

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.exchange import Answer
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.plugin.service.unpacking import unpacked

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

BODY = b'{"name": "Olinda"}' * 100
_Error = QNetworkReply.NetworkError


def _answer(content: bytes, encoding: str) -> Answer:
    return Answer(status=200, content=content, headers={"content-encoding": encoding})


@pytest.mark.parametrize("encoding", ["gzip", " GZIP ", "x-gzip"])
def test_gzip_is_unpacked(encoding: str) -> None:
    answer = unpacked(_answer(gzip.compress(BODY), encoding), len(BODY))
    assert (answer.content, answer.error, answer.is_too_large) == (BODY, _Error.NoError, False)


def test_deflate_is_unpacked() -> None:
    assert unpacked(_answer(zlib.compress(BODY), "deflate"), len(BODY)).content == BODY


@pytest.mark.parametrize("encoding", ["", "identity"])
def test_what_is_not_packed_stays(encoding: str) -> None:
    assert unpacked(_answer(BODY, encoding), 10).content == BODY


def test_more_than_is_allowed_is_never_unpacked() -> None:
    bomb = gzip.compress(bytes(2**27))
    tracemalloc.start()
    answer = unpacked(_answer(bomb, "gzip"), 2**16)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert answer.is_too_large
    assert answer.content == b""
    assert peak < 2**20


def test_one_byte_more_is_too_much() -> None:
    assert unpacked(_answer(gzip.compress(BODY), "gzip"), len(BODY) - 1).is_too_large


@pytest.mark.parametrize(("content", "encoding"), [(BODY, "gzip"), (BODY, "br"), (BODY, "secret")])
def test_what_cannot_be_unpacked_is_an_error(content: bytes, encoding: str) -> None:
    answer = unpacked(_answer(content, encoding), 10**6)
    assert (answer.content, answer.error) == (b"", _Error.ProtocolFailure)


def test_what_breaks_off_is_a_cut_connection() -> None:
    answer = unpacked(_answer(gzip.compress(BODY)[:-12], "gzip"), 10**6)
    assert (answer.content, answer.error) == (b"", _Error.RemoteHostClosedError)


def test_the_words_of_an_error_are_unpacked_too() -> None:
    answer = Answer(500, _Error.InternalServerError, "", gzip.compress(BODY), {"content-encoding": "gzip"})
    assert unpacked(answer, len(BODY)) == Answer(500, _Error.InternalServerError, "", BODY, answer.headers)
    answer.content = b"broken"
    assert unpacked(answer, len(BODY)).error == _Error.InternalServerError


def test_qt_is_told_to_leave_packed_answers_alone(image_server: ImageServerProcess, url: str) -> None:
    Transport(Access()).get(url, {"f": "json"})
    assert [request.headers["accept-encoding"] for request in image_server.requests()] == ["gzip"]
