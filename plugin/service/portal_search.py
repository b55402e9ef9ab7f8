"""Image services found by words in a portal: ArcGIS Online, or the one of an ArcGIS Enterprise.

After "Search" and "Item" of the ArcGIS REST API.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from ..translation import tr
from .address import ServiceAddress, host_of, parse_web_address
from .errors import AddressError, ResponseError
from .json_values import integer, mapping, sequence, text
from .plain_text import clean_line, plain_text
from .response import json_object
from .transport import Request, Transport

ARCGIS_ONLINE = "https://www.arcgis.com"

PAGE = 20
_TYPE = "Image Service"
# In characters; a query for more finds nothing that a shorter one does not.
LONGEST_WORDS = 500


@dataclass(frozen=True)
class FoundService:
    """An image service that is an item of a portal.

    Attributes:
        title: its name in the portal.
        url: its own address, which may be on any server.
        owner: the name of the user whose item it is.
        access: who may see it: `public`, `org`, `shared`, `private`.
        snippet: a sentence on what it is.
        thumbnail_url: a picture of it in the portal, empty without one.
    """

    title: str
    url: str
    owner: str = ""
    access: str = ""
    snippet: str = ""
    thumbnail_url: str = ""


@dataclass(frozen=True)
class Found:
    """A page of what was found; `next_start` is where the next one begins, 0 after the last."""

    services: tuple[FoundService, ...]
    total: int
    next_start: int = 0


def search_portal(portal_url: str, words: str, transport: Transport, start: int = 1) -> Found:
    """Ask a portal (`https://host/portal`) for image services that words describe; those that the user may see.

    What belongs to the user's own search language, such as `owner:esri`, goes as it is.

    Raises:
        ResponseError: the answer is none of a portal.
        ImageServerLayerError: as `Transport.get`, and `ServerError` with the portal's words.
    """
    words = clean_line(words).strip()[:LONGEST_WORDS]
    kind = f'type:"{_TYPE}"'
    parameters = {"q": f"({words}) AND {kind}" if words else kind, "num": str(PAGE), "start": str(start), "f": "json"}
    body = json_object(transport.get(f"{portal_url}/sharing/rest/search", parameters))
    if not isinstance(body.get("results"), list):
        message = tr("{host} is not a portal that can be searched: give the address of one.")
        raise ResponseError(message.format(host=host_of(portal_url)), portal_url)
    found = [_found(portal_url, mapping(item)) for item in sequence(body["results"])[:PAGE]]
    next_start = integer(body.get("nextStart")) or 0
    services = tuple(service for service in found if service is not None)
    return Found(services, integer(body.get("total")) or len(services), next_start if next_start > start else 0)


def portal_of_server(directory_url: str, transport: Transport) -> str:
    """Return the address of the portal that a server belongs to, empty where it belongs to none.

    `directory_url` is `https://host/…/rest/services`.

    Raises:
        ImageServerLayerError: as `Transport.get`.
    """
    info = directory_url[: -len("services")] + "info"
    answer = json_object(transport.get(info, {"f": "json"}))
    url = text(answer.get("owningSystemUrl")).strip().rstrip("/")
    parts = urlsplit(url)
    is_lowered = (urlsplit(directory_url).scheme, parts.scheme) == ("https", "http")
    return url if parts.scheme in ("http", "https") and parts.hostname and not is_lowered else ""


def thumbnail_request(service: FoundService) -> Request:
    """Return the request for the picture of a service."""
    return Request(service.thumbnail_url, {}, max_bytes=2**20)


def _found(portal_url: str, item: Mapping[str, Any]) -> FoundService | None:
    """Read an item; None for what is no image service that can be asked."""
    if item.get("type") != _TYPE:
        return None
    try:
        address = parse_web_address(text(item.get("url")))
    except AddressError:
        return None
    if not isinstance(address, ServiceAddress):
        return None
    identifier, picture = text(item.get("id")), text(item.get("thumbnail"))
    thumbnail = ""
    # No other resource of the portal is asked for on the word of an item.
    if identifier and picture and ".." not in picture:
        place = f"{quote(identifier, safe='')}/info/{quote(picture)}"
        thumbnail = f"{portal_url}/sharing/rest/content/items/{place}"
    return FoundService(
        clean_line(text(item.get("title"))) or address.url,
        address.url,
        clean_line(text(item.get("owner"))),
        clean_line(text(item.get("access"))),
        plain_text(text(item.get("snippet"))),
        thumbnail,
    )
