"""Items of a portal, and the image services behind them."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.address import PortalItem, ServiceAddress
from image_server_layer.plugin.service.errors import AddressError, ServerError, WebMapError
from image_server_layer.plugin.service.portal_item import are_related, resolve_portal_item
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.imageserver.security import TOKEN
from image_server_layer.tests.imageserver.web_map import COAST_MAP

IMAGE_SERVICE_ITEM = "0123456789abcdef0123456789abcdef"
MAP_SERVICE_ITEM = "fedcba9876543210fedcba9876543210"


def item(server: ImageServerProcess, item_id: str, token: str | None = None) -> PortalItem:
    return PortalItem(f"{server.origin}/portal/sharing/rest/content/items/{item_id}", token)


def test_a_portal_item_leads_to_its_service(image_server: ImageServerProcess) -> None:
    address = resolve_portal_item(item(image_server, IMAGE_SERVICE_ITEM), Transport(Access()))
    assert address == ServiceAddress(image_server.service("Olinda/Landsat"))


def test_a_token_goes_along_to_the_same_host_only(image_server: ImageServerProcess) -> None:
    near = item(image_server, IMAGE_SERVICE_ITEM, TOKEN)
    assert resolve_portal_item(near, Transport(Access())).token == TOKEN
    elsewhere = '{"type":"Image Service","url":"https://other.example.org/s/rest/services/X/ImageServer"}'
    image_server.fault("status", match="items", status=200, body=elsewhere)
    assert resolve_portal_item(near, Transport(Access())).token is None


def test_a_portal_item_of_another_type_is_refused(image_server: ImageServerProcess) -> None:
    with pytest.raises(AddressError) as caught:
        resolve_portal_item(item(image_server, MAP_SERVICE_ITEM), Transport(Access()))
    assert str(caught.value) == (
        "The portal item “Places” is not an image service but of the type “Map Service”: give the item of one."
    )


def test_a_portal_item_without_an_address_is_refused(image_server: ImageServerProcess) -> None:
    image_server.fault("status", match="items", status=200, body='{"type":"PDF","title":"Rivers","url":null}')
    with pytest.raises(AddressError) as caught:
        resolve_portal_item(item(image_server, IMAGE_SERVICE_ITEM), Transport(Access()))
    assert str(caught.value) == (
        "The portal item “Rivers” is not an image service but of the type “PDF”: give the item of one."
    )


def test_a_web_map_is_told_apart(image_server: ImageServerProcess) -> None:
    with pytest.raises(WebMapError) as caught:
        resolve_portal_item(item(image_server, COAST_MAP), Transport(Access()))
    assert str(caught.value) == (
        "The portal item “Coast map” is a web map: open it with the algorithm “Open layer file”, or give the item of "
        "one of its image services."
    )


def test_a_portal_item_that_is_not_there_is_told_in_the_portals_words(image_server: ImageServerProcess) -> None:
    with pytest.raises(ServerError) as caught:
        resolve_portal_item(item(image_server, "0" * 32), Transport(Access()))
    assert caught.value.words == "Item does not exist or is inaccessible."


@pytest.mark.parametrize(
    ("portal", "service", "related"),
    [
        ("https://gis.example.org/portal/x", "https://gis.example.org/arcgis/x", True),
        ("https://gis.example.org/portal/x", "https://gis.example.org:6443/arcgis/x", True),
        ("http://gis.example.org/portal/x", "https://gis.example.org/arcgis/x", True),
        ("https://www.arcgis.com/x", "https://services1.arcgis.com/x", True),
        ("https://gis.example.org/portal/x", "http://gis.example.org/arcgis/x", False),
        ("https://gis.example.org/portal/x", "https://evil.example/arcgis/x", False),
        ("https://www.arcgis.com/x", "https://arcgis.com.evil.example/x", False),
        ("https://www.arcgis.com/x", "http://services1.arcgis.com/x", False),
    ],
)
def test_credentials_of_a_portal_are_for_its_own_host_by_a_way_as_safe(
    portal: str, service: str, related: bool
) -> None:
    assert are_related(portal, service) is related
