"""Failures that pass are asked again, after a pause; others are not."""

from __future__ import annotations

import threading
from itertools import pairwise
from typing import Any

import pytest
from qgis.core import QgsFeedback

from image_server_layer.plugin.service import retries
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import (
    CanceledError,
    ImageServerLayerError,
    NetworkError,
    RequestTimeoutError,
    ServerError,
)
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.patience import soon


@pytest.mark.parametrize("length", [10, 3000], ids=["GET", "POST"])
@pytest.mark.parametrize(
    ("fault", "arguments"),
    [
        ("status", {"status": 429}),
        ("status", {"status": 502}),
        ("status", {"status": 503}),
        ("status", {"status": 504}),
        ("truncate", {}),
        ("reset", {}),
        ("length", {}),
    ],
)
def test_what_passes_is_asked_again(
    image_server: ImageServerProcess, url: str, fault: str, arguments: dict[str, Any], length: int
) -> None:
    image_server.fault(fault, match="xxxxxxxxxx", times=2, **arguments)
    response = Transport(Access()).get(url, {"f": "json", "x": "x" * length})
    assert response.status == 200
    requests = image_server.requests()
    assert len(requests) == 3
    assert len({(request.method, request.url, request.body) for request in requests}) == 1
    pauses = [later.started - earlier.started for earlier, later in pairwise(requests)]
    # A busy machine adds to them.
    assert 0.25 < pauses[0] < 9
    assert 1.15 < pauses[1] < 9


def test_a_connection_that_was_closed_without_an_answer_is_asked_again(
    image_server: ImageServerProcess, url: str
) -> None:
    image_server.fault("drop", match="f=json", times=2)
    assert Transport(Access()).get(url, {"f": "json"}).status == 200


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 500, 501])
def test_what_stays_is_asked_once(image_server: ImageServerProcess, url: str, status: int) -> None:
    image_server.fault("status", match="f=json", status=status)
    with pytest.raises(ServerError):
        Transport(Access()).get(url, {"f": "json"})
    assert len(image_server.requests()) == 1


def test_after_three_attempts_the_failure_is_told(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("truncate", match="f=json")
    with pytest.raises(NetworkError) as caught:
        Transport(Access()).get(url, {"f": "json"})
    assert caught.value.message.endswith("cut the connection: try again later.")
    assert len(image_server.requests()) == 3


def test_a_timeout_is_asked_again_once(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("hang", match="f=json", times=1)
    assert Transport(Access(timeout=2.0)).get(url, {"f": "json"}).status == 200
    image_server.reset()
    image_server.fault("hang", match="f=json")
    with pytest.raises(RequestTimeoutError):
        Transport(Access(timeout=0.3)).get(url, {"f": "json"})
    assert len(image_server.requests()) == 2


def test_the_pause_is_as_long_as_the_server_asks_for(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("status", match="f=json", status=503, times=1, headers={"Retry-After": "2"})
    assert Transport(Access()).get(url, {"f": "json"}).status == 200
    first, second = image_server.requests()
    assert 1.9 < second.started - first.started < 9


@pytest.mark.parametrize(
    ("status", "after", "sentence"),
    [
        (429, "60", "{host} asks for fewer requests (HTTP 429): try again in 60 seconds."),
        (429, "600", "{host} asks for fewer requests (HTTP 429): try again in 10 minutes."),
        (503, "3600", "{host} is unavailable (HTTP 503): try again in 60 minutes."),
    ],
)
def test_a_long_pause_is_for_the_user_to_wait(
    image_server: ImageServerProcess, url: str, status: int, after: str, sentence: str
) -> None:
    image_server.fault("status", match="f=json", status=status, headers={"Retry-After": after})
    with pytest.raises(ServerError) as caught:
        Transport(Access()).get(url, {"f": "json"})
    assert caught.value.message == sentence.format(host=url.split("/")[2])
    assert len(image_server.requests()) == 1


def test_a_pause_can_be_canceled_at_once(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("status", match="f=json", status=503, headers={"Retry-After": "9"})
    feedback = QgsFeedback()
    canceller = threading.Timer(0.5, feedback.cancel)
    canceller.start()
    with soon(7.0), pytest.raises(CanceledError):
        Transport(Access(), feedback).get(url, {"f": "json"})
    canceller.join()


def test_one_failure_in_three_is_never_seen(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("status", match="f=json", status=503, every=3)
    for _ in range(6):
        assert Transport(Access()).get(url, {"f": "json"}).status == 200


def test_a_lost_network_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "_PAUSES", (60.0, 60.0))
    with soon(), pytest.raises(ImageServerLayerError):
        Transport(Access()).get("http://127.0.0.1:1/arcgis", {})
