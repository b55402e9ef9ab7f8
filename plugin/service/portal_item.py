"""The items of an ArcGIS portal: the image service behind one, and the layers of a web map."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from ..translation import tr
from .address import PortalItem, ServiceAddress, parse_web_address
from .errors import AddressError, WebMapError
from .json_values import LONGEST_JSON, text
from .response import json_object
from .transport import Transport

WEB_MAPS = ("Web Map", "Web Scene")
"""The types of portal items that hold layers."""


def resolve_portal_item(item: PortalItem, transport: Transport) -> ServiceAddress:
    """Ask a portal for the image service behind one of its items.

    The token of the item goes along only where the service is on the portal's own host, or both are ArcGIS Online's.

    Raises:
        WebMapError: the item is a web map, which may hold any number of them.
        AddressError: the item is something else.
    """
    answer = portal_item(item, transport)
    url = text(answer.get("url"))
    if answer.get("type") in WEB_MAPS:
        raise _web_map(item, answer)
    try:
        address = parse_web_address(url)
    except AddressError as error:
        raise _not_an_image_service(item, answer, error.message) from error
    if not isinstance(address, ServiceAddress):
        raise _not_an_image_service(item, answer, url)
    return replace(address, token=address.token or (item.token if are_related(item.url, address.url) else None))


def portal_item(item: PortalItem, transport: Transport) -> Mapping[str, Any]:
    """Return what a portal says of one of its items: `title`, `type`, and `url` where it is that of a service."""
    return json_object(transport.get(item.url, {"f": "json"}))


def portal_item_data(item: PortalItem, transport: Transport) -> Mapping[str, Any]:
    """Return the JSON that an item of a portal holds: of a web map, its layers."""
    return json_object(transport.get(f"{item.url}/data", {"f": "json"}, max_bytes=LONGEST_JSON))


def are_related(portal_url: str, service_url: str) -> bool:
    """Whether a service is asked with the credentials of a portal: on the same host, or both at ArcGIS Online.

    Never by http where the portal was asked by https.
    """
    if (urlsplit(portal_url).scheme, urlsplit(service_url).scheme) == ("https", "http"):
        return False
    hosts = {urlsplit(url).hostname or "" for url in (portal_url, service_url)}
    return len(hosts) == 1 or all(host.endswith(".arcgis.com") for host in hosts)


def _web_map(item: PortalItem, answer: Mapping[str, Any]) -> WebMapError:
    message = tr(
        "The portal item “{title}” is a web map: open it with the algorithm “Open layer file”, or give the item of one "
        "of its image services."
    )
    return WebMapError(message.format(title=text(answer.get("title")) or item.url), item.url)


def _not_an_image_service(item: PortalItem, answer: Mapping[str, Any], details: str) -> AddressError:
    message = tr("The portal item “{title}” is not an image service but of the type “{type}”: give the item of one.")
    title, kind = text(answer.get("title")) or item.url, text(answer.get("type")) or tr("unknown")
    return AddressError(message.format(title=title, type=kind), details)
