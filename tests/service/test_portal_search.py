"""Image services found by words in a portal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.errors import ResponseError, ServerError
from image_server_layer.plugin.service.portal_search import FoundService, portal_of_server, search_portal
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.portal import item_id
from image_server_layer.tests.imageserver.services import NAMES

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.fixture
def portal(image_server: ImageServerProcess) -> str:
    return f"{image_server.origin}/portal"


def _answer(server: ImageServerProcess, body: object) -> None:
    server.fault("status", "search", status=200, body=json.dumps(body), content_type="application/json")


def test_services_are_found_by_words(image_server: ImageServerProcess, portal: str) -> None:
    found = search_portal(portal, " landsat  olinda ", Transport(Access()))
    picture = f"{portal}/sharing/rest/content/items/{item_id('Olinda/Landsat')}/info/thumbnail/ago_downloaded.png"
    service = FoundService(
        "Olinda Landsat",
        image_server.service("Olinda/Landsat"),
        "surveyor",
        "public",
        "The service Olinda/Landsat of the embedded server",
        picture,
    )
    assert (found.services, found.total, found.next_start) == ((service,), 1, 0)
    (request,) = image_server.requests()
    assert request.path == "/portal/sharing/rest/search"
    assert request.query == {
        "q": '(landsat  olinda) AND type:"Image Service"',
        "num": "20",
        "start": "1",
        "f": "json",
    }


def test_pages_follow_one_another_to_the_end(portal: str) -> None:
    pages = [search_portal(portal, "", Transport(Access()))]
    while pages[-1].next_start:
        pages.append(search_portal(portal, "", Transport(Access()), pages[-1].next_start))
    urls = [service.url for page in pages for service in page.services]
    # The secured one is for users of the portal only.
    assert len(urls) == len(set(urls)) == pages[0].total == len(NAMES) - 1
    assert all(len(page.services) == 20 for page in pages[:-1])


def test_the_portals_own_words_tell_what_is_wrong_with_a_search(portal: str) -> None:
    with pytest.raises(ServerError, match="Invalid query syntax"):
        search_portal(portal, 'a "broken phrase', Transport(Access()))


@pytest.mark.parametrize("body", [{}, {"results": "many"}, []])
def test_what_is_no_portal_is_told(image_server: ImageServerProcess, portal: str, body: object) -> None:
    _answer(image_server, body)
    with pytest.raises(ResponseError):
        search_portal(portal, "a", Transport(Access()))


@pytest.mark.parametrize(
    "item",
    [
        {"type": "Web Map", "url": "https://h.org/arcgis/rest/services/A/ImageServer"},
        {"type": "Image Service"},
        {"type": "Image Service", "url": r"\\host\share\x.ags"},
        {"type": "Image Service", "url": "file:///etc/passwd"},
        {"type": "Image Service", "url": "https://h.org/arcgis/rest/services/A/MapServer"},
        "Image Service",
        None,
    ],
)
def test_what_is_no_image_service_is_left_out(image_server: ImageServerProcess, portal: str, item: Any) -> None:
    good = {"type": "Image Service", "title": "A\u202e\nB", "url": "https://h.org/arcgis/rest/services/A/ImageServer"}
    _answer(image_server, {"results": [item, good], "total": 2, "nextStart": -1})
    found = search_portal(portal, "a", Transport(Access()))
    assert [(service.title, service.thumbnail_url) for service in found.services] == [("A B", "")]


@pytest.mark.parametrize("picture", ["../../../../admin", "..", "a/../b"])
def test_no_item_names_another_resource_of_the_portal(
    image_server: ImageServerProcess, portal: str, picture: str
) -> None:
    url = "https://h.org/arcgis/rest/services/A/ImageServer"
    _answer(image_server, {"results": [{"type": "Image Service", "id": "a/b", "url": url, "thumbnail": picture}]})
    assert search_portal(portal, "a", Transport(Access())).services[0].thumbnail_url == ""


def test_a_portal_that_answers_each_page_with_the_same_one_has_one(
    image_server: ImageServerProcess, portal: str
) -> None:
    _answer(image_server, {"results": [], "total": 100, "nextStart": 1})
    assert search_portal(portal, "a", Transport(Access())).next_start == 0


def test_a_server_tells_which_portal_it_belongs_to(image_server: ImageServerProcess, portal: str) -> None:
    assert portal_of_server(image_server.url, Transport(Access())) == portal


@pytest.mark.parametrize("url", ["", "file:///portal", "javascript:alert(1)", "//h.org/portal", 7, None])
def test_what_is_no_address_is_no_portal(image_server: ImageServerProcess, url: object) -> None:
    body = json.dumps({"owningSystemUrl": url})
    image_server.fault("status", "rest/info", status=200, body=body, content_type="application/json")
    assert portal_of_server(image_server.url, Transport(Access())) == ""
