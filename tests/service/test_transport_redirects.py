"""Redirects on the wire: decided at each hop, with the credentials that belong to the server and to no other."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import NetworkError, RequestTimeoutError
from image_server_layer.plugin.service.response import json_object
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN

ACCESS = Access(referer="https://portal.example.org/")


def refusal(url: str) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        Transport(ACCESS, token=TOKEN).get(url, {"f": "json"})
    return caught.value


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("relative", [False, True], ids=["complete", "relative"])
def test_a_redirect_on_the_same_server_is_followed_with_all_that_was_sent(
    image_server: ImageServerProcess, url: str, status: int, relative: bool
) -> None:
    image_server.fault("redirect", match="f=json", status=status, relative=relative, hops=2)
    response = Transport(ACCESS, token=TOKEN).get(url, {"f": "json"})
    assert json_object(response)["name"] == "Olinda/Landsat"
    assert response.url == url
    requests = image_server.requests()
    assert [request.status for request in requests] == [status, status, 200]
    for request in requests:
        assert request.headers["x-esri-authorization"] == f"Bearer {TOKEN}"
        assert request.headers["referer"] == "https://portal.example.org/"


@pytest.mark.parametrize(("status", "method"), [(302, "POST"), (303, "GET"), (307, "POST"), (308, "POST")])
def test_a_form_stays_a_form(image_server: ImageServerProcess, url: str, status: int, method: str) -> None:
    image_server.fault("redirect", match="ImageServer", status=status)
    Transport(ACCESS).get(url, {"f": "json", "x": "x" * 3000})
    first, second = image_server.requests()
    assert (first.method, second.method) == ("POST", method)
    assert second.body == (first.body if method == "POST" else "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"host": "localhost"}, "redirects to another server, localhost:"),
        ({"location": "file:///etc/hostname"}, "redirects to something that is no web address"),
        ({"location": "data:application/json,{}"}, "redirects to something that is no web address"),
        ({"hops": 99}, "redirects more than 5 times"),
    ],
)
def test_where_it_must_not_lead_nothing_is_asked(
    image_server: ImageServerProcess, url: str, arguments: dict[str, Any], words: str
) -> None:
    image_server.fault("redirect", match="f=json", **arguments)
    assert words in refusal(url).message
    # The hosts' names are the same server's here: it would have had the request.
    assert len(image_server.requests()) == (6 if "hops" in arguments else 1)


def test_two_addresses_that_lead_to_each_other_are_named_at_once(image_server: ImageServerProcess, url: str) -> None:
    image_server.fault("redirect", match="again=1", location=f"{url}?f=json")
    image_server.fault("redirect", match="f=json", location=f"{url}?again=1")
    assert "redirects in a circle" in refusal(url).message
    assert len(image_server.requests()) == 2


def test_all_hops_share_the_time(image_server: ImageServerProcess, url: str) -> None:
    image_server.settings(latency=0.5)
    image_server.fault("redirect", match="f=json", hops=5)
    # Two attempts; each hop by itself would be fast enough.
    with pytest.raises(RequestTimeoutError):
        Transport(Access(timeout=1.0)).get(url, {"f": "json"})
