"""Where a redirect may lead. The credentials of the server that was asked go along."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.errors import NetworkError
from image_server_layer.plugin.service.redirects import Hop, next_hop

HTTPS = "https://gis.example.org/arcgis/rest/services/X/ImageServer?f=json"
HTTP = "http://gis.example.org:6080/arcgis/rest/services/X/ImageServer?f=json"


@pytest.mark.parametrize(
    ("url", "location", "target"),
    [
        (HTTPS, "/other?f=json", "https://gis.example.org/other?f=json"),
        (HTTPS, "Y?f=json#part", "https://gis.example.org/arcgis/rest/services/X/Y?f=json"),
        (HTTPS, "https://GIS.example.org:443/x", "https://gis.example.org/x"),
        (HTTPS, "//gis.example.org/x", "https://gis.example.org/x"),
        (HTTPS, "https://me:k3y@gis.example.org/x", "https://gis.example.org/x"),
        (HTTPS, " /blanks?a=%20b ", "https://gis.example.org/blanks?a=%20b"),
        (HTTP, "http://gis.example.org:6080/x", "http://gis.example.org:6080/x"),
        (HTTP, "https://gis.example.org:6443/x", "https://gis.example.org:6443/x"),
        ("http://gis.example.org/x", "https://gis.example.org/x", "https://gis.example.org/x"),
        ("http://[::1]:8000/x", "http://[::1]:8000/y", "http://[::1]:8000/y"),
    ],
)
def test_the_same_server_is_followed_also_to_https(url: str, location: str, target: str) -> None:
    assert next_hop(url, 302, location, (url,)).url == target


@pytest.mark.parametrize(
    ("url", "location", "named"),
    [
        (HTTPS, "https://evil.example.net/x", "evil.example.net"),
        (HTTPS, "https://gis.example.org.evil.net/x", "gis.example.org.evil.net"),
        (HTTPS, "//evil.example.net/x", "evil.example.net"),
        (HTTPS, "https://gis.example.org@evil.example.net/x", "evil.example.net"),
        (HTTPS, "https://gis.example.org:8443/x", "gis.example.org:8443"),
        (HTTPS, "http://evil.example.net/x", "evil.example.net"),
        (HTTP, "http://gis.example.org:8080/x", "gis.example.org:8080"),
        ("http://127.0.0.1/x", "http://localhost/x", "localhost"),
    ],
)
def test_another_server_is_not_followed_but_named(url: str, location: str, named: str) -> None:
    with pytest.raises(NetworkError) as caught:
        next_hop(url, 302, location, (url,))
    host = url.split("/")[2]
    assert caught.value.message == (
        f"{host} redirects to another server, {named}: if you trust it, give the address there itself."
    )


def test_what_the_other_server_would_be_asked_is_not_told() -> None:
    """It may hold a secret of the first one's by any name."""
    with pytest.raises(NetworkError) as caught:
        next_hop(HTTPS, 302, "https://evil.example.net/x?ring=open-sesame#part", (HTTPS,))
    assert caught.value.details == f"{HTTPS}\nhttps://evil.example.net/x"


def test_https_is_not_left_for_http() -> None:
    with pytest.raises(NetworkError) as caught:
        next_hop(HTTPS, 301, HTTPS.replace("https:", "http:"), (HTTPS,))
    assert caught.value.message == (
        "gis.example.org redirects from https to http at gis.example.org, which is not safe: ask the owner of it."
    )


@pytest.mark.parametrize(
    "location",
    [
        "file:///etc/passwd",
        "data:text/plain,x",
        "ftp://gis.example.org/x",
        "javascript:alert(1)",
        "https://[::1/x",
        "https://gis.example.org:port/x",
        "https://gis.example.org/x\r\nX-Evil: 1",
        "/x\x00y",
        "https:///\u2028/x",
    ],
)
def test_what_is_no_address_of_the_web_is_not_followed(location: str) -> None:
    with pytest.raises(NetworkError) as caught:
        next_hop(HTTPS, 302, location, (HTTPS,))
    assert caught.value.message == (
        "gis.example.org redirects to something that is no web address: give the address that a browser ends up at."
    )
    assert caught.value.details.startswith(HTTPS)


@pytest.mark.parametrize("location", ["\\\\server\\share", "https:///x", "/x", "?f=pjson"])
def test_what_names_no_server_is_a_place_on_the_same_one(location: str) -> None:
    assert next_hop(HTTPS, 302, location, (HTTPS,)).url.startswith("https://gis.example.org/")


def test_a_circle_is_named() -> None:
    with pytest.raises(NetworkError) as caught:
        next_hop("https://h/b", 302, "/a", ("https://h/a", "https://h/b"))
    assert caught.value.message == "h redirects in a circle: ask the owner of the service, or try again later."


def test_after_five_hops_it_is_enough() -> None:
    addresses = tuple(f"https://h/{number}" for number in range(5))
    assert next_hop(addresses[-1], 302, "/5", addresses).url == "https://h/5"
    with pytest.raises(NetworkError) as caught:
        next_hop("https://h/5", 302, "/6", (*addresses, "https://h/5"))
    assert caught.value.message.startswith("h redirects more than 5 times: ")


@pytest.mark.parametrize(("status", "keeps_form"), [(301, True), (302, True), (303, False), (307, True), (308, True)])
def test_a_form_stays_one_but_for_303(status: int, keeps_form: bool) -> None:
    assert next_hop("https://h/a", status, "/b", ("https://h/a",)) == Hop("https://h/b", keeps_form)
