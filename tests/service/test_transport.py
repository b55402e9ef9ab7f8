"""What goes out through the door to the network, and comes back, against the embedded image server."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

import pytest
from qgis.core import QgsBlockingNetworkRequest, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtNetwork import QNetworkRequest

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import AuthenticationError, ResponseError
from image_server_layer.plugin.service.response import json_object
from image_server_layer.plugin.service.transport import Transport, encoded_query
from image_server_layer.tests.credentials import Store
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.patience import soon
from image_server_layer.tests.service.running import Runner

AWKWARD = "a+b&c=d#e%20f;g'h\"i/ü\\ {}[]~."


def test_a_query_holds_nothing_but_unreserved_characters() -> None:
    query = encoded_query({"where": AWKWARD, "ö": "1,2"})
    assert re.fullmatch(r"[A-Za-z0-9_.~%=&-]+", query)
    assert parse_qsl(query) == [("where", AWKWARD), ("ö", "1,2")]


def test_an_answer_is_returned_with_its_type_and_its_address_without_query(
    image_server: ImageServerProcess, url: str, run: Runner
) -> None:
    response = run(lambda: Transport(Access()).get(url, {"f": "json"}))
    assert json_object(response)["name"] == "Olinda/Landsat"
    assert (response.status, response.url) == (200, url)
    assert response.content_type.startswith("application/json")
    assert [(request.method, request.query) for request in image_server.requests()] == [("GET", {"f": "json"})]


@pytest.mark.parametrize("where", [AWKWARD, AWKWARD * 100], ids=["short", "long"])
def test_values_reach_the_server_as_they_are(
    image_server: ImageServerProcess, url: str, run: Runner, where: str
) -> None:
    run(lambda: Transport(Access()).get(f"{url}/query", {"where": where, "f": "json"}))
    (request,) = image_server.requests()
    assert request.query == {"where": where, "f": "json"}


@pytest.mark.parametrize(("length", "method"), [(1500, "GET"), (1501, "POST")])
def test_queries_of_more_than_1500_characters_are_sent_as_a_form(
    image_server: ImageServerProcess, url: str, length: int, method: str
) -> None:
    Transport(Access()).get(url, {"f": "json", "x": "x" * (length - len("f=json&x="))})
    (request,) = image_server.requests()
    assert request.method == method
    assert ("?" in request.url) is (method == "GET")
    if method == "POST":
        assert request.headers["content-type"] == "application/x-www-form-urlencoded"


def test_a_drawing_request_is_never_sent_as_a_form(image_server: ImageServerProcess, url: str) -> None:
    Transport(Access()).get(url, {"f": "json", "x": "x" * 6000}, always_get=True)
    assert [request.method for request in image_server.requests()] == ["GET"]


@pytest.mark.parametrize("length", [10, 6000])
def test_a_token_and_a_referer_travel_in_headers(image_server: ImageServerProcess, url: str, length: int) -> None:
    transport = Transport(Access(referer="https://portal.example.org/"), token=TOKEN)
    transport.get(url, {"f": "json", "x": "x" * length})
    (request,) = image_server.requests()
    assert request.headers["x-esri-authorization"] == f"Bearer {TOKEN}"
    assert request.headers["referer"] == "https://portal.example.org/"
    assert TOKEN not in request.url + request.body


def test_a_header_cannot_bring_others_along(image_server: ImageServerProcess, url: str) -> None:
    transport = Transport(Access(referer="https://h/\r\nX-One: 1"), token="abc\nX-Two: 2")  # noqa: S106
    transport.get(url, {"f": "json"})
    (request,) = image_server.requests()
    assert request.headers["referer"] == "https://h/X-One:1"
    assert request.headers["x-esri-authorization"] == "Bearer abcX-Two:2"
    assert not {"x-one", "x-two"}.intersection(request.headers)


def test_nothing_about_the_user_is_sent_unasked(image_server: ImageServerProcess, url: str) -> None:
    Transport(Access()).get(url, {"f": "json"})
    (request,) = image_server.requests()
    assert not {"x-esri-authorization", "authorization", "referer", "cookie"}.intersection(request.headers)


def test_an_authentication_configuration_is_applied(
    image_server: ImageServerProcess, url: str, run: Runner, stored: Store
) -> None:
    authcfg = stored("Basic", {"username": "surveyor", "password": "k3y 2 the map"})
    run(lambda: Transport(Access(authcfg)).get(url, {"f": "json"}))
    (request,) = image_server.requests()
    assert request.headers["authorization"] == "Basic c3VydmV5b3I6azN5IDIgdGhlIG1hcA=="


def test_an_authentication_configuration_that_is_not_there_is_named(
    image_server: ImageServerProcess, url: str, run: Runner
) -> None:
    with pytest.raises(AuthenticationError) as caught:
        run(lambda: Transport(Access("gone123")).get(url, {"f": "json"}))
    assert str(caught.value) == (
        "The authentication configuration “gone123” is not known to this QGIS: sign in by a configuration of your own "
        "(Settings ▸ Options ▸ Authentication), and choose it for the layer."
    )
    assert image_server.requests() == []


def test_answers_are_neither_read_from_the_disk_cache_nor_left_in_it(
    image_server: ImageServerProcess, url: str, run: Runner
) -> None:
    cache = QgsNetworkAccessManager.instance().cache()
    cached_url = QUrl(f"{url}?f=json")
    request = QNetworkRequest(cached_url)
    blocking = QgsBlockingNetworkRequest()
    assert blocking.get(request) == QgsBlockingNetworkRequest.ErrorCode.NoError
    # As QGIS has put it there.
    assert cache.metaData(cached_url).isValid()
    run(lambda: Transport(Access()).get(url, {"f": "json"}))
    assert len(image_server.requests()) == 2
    cache.clear()
    run(lambda: Transport(Access()).get(url, {"f": "json"}))
    assert not cache.metaData(cached_url).isValid()


@pytest.mark.parametrize("relative", [False, True], ids=["complete", "relative"])
def test_redirects_within_the_server_are_followed(
    image_server: ImageServerProcess, url: str, run: Runner, relative: bool
) -> None:
    image_server.fault("redirect", match="f=json", relative=relative)
    response = run(lambda: Transport(Access()).get(url, {"f": "json"}))
    assert json_object(response)["name"] == "Olinda/Landsat"
    assert [request.status for request in image_server.requests()] == [302, 200]


def test_an_answer_of_just_the_allowed_size_is_returned(url: str, run: Runner) -> None:
    size = len(Transport(Access()).get(url, {"f": "json"}).content)
    assert len(run(lambda: Transport(Access()).get(url, {"f": "json"}, max_bytes=size)).content) == size


@pytest.mark.parametrize("length", [10, 6000], ids=["GET", "POST"])
def test_a_larger_answer_is_refused(url: str, run: Runner, length: int) -> None:
    with pytest.raises(ResponseError) as caught:
        run(lambda: Transport(Access()).get(url, {"f": "json", "x": "x" * length}, max_bytes=500))
    assert str(caught.value) == f"{url.split('/')[2]} sent more than 0.0 MB: ask for less at a time."
    assert caught.value.details == url


def test_an_answer_that_grows_too_large_is_cut_off(image_server: ImageServerProcess, url: str, run: Runner) -> None:
    image_server.settings(line_speed=200_000)  # all of it takes half a minute
    large = {"bbox": "288776,9110728,298722,9120760", "size": "1000,1000", "format": "tiff", "f": "image"}
    with soon(), pytest.raises(ResponseError):
        run(lambda: Transport(Access()).get(f"{url}/exportImage", large, max_bytes=200_000, always_get=True))
