"""The search of the portal: its image services by the words in their titles, and pictures of them."""

from __future__ import annotations

import hashlib
import re

import numpy as np

from .encode import png
from .errors import ServiceError
from .parameters import Parameters
from .services import NAMES
from .wire import Request, Response

#: Those that only users of the portal see.
_INTERNAL = ("Test/Secured",)
_WITHOUT_PICTURE = ("Test/Huge",)
_QUERY = re.compile(r'(?:\((?P<words>.*)\) AND )?type:"Image Service"')
_MOST = 100


def item_id(name: str) -> str:
    """Return the id of a service's item."""
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


def search(request: Request, may_see_all: bool) -> dict[str, object]:
    """What `…/sharing/rest/search` answers: services whose title holds each of the words."""
    parameters = Parameters(request.parameters)
    query = _QUERY.fullmatch(parameters.text("q"))
    if query is None or (query["words"] or "").count('"') % 2:
        raise ServiceError(400, "Unable to perform query.", "Invalid query syntax.")
    words = (query["words"] or "").lower().split()
    names = [name for name in NAMES if all(word in name.lower() for word in words)]
    names = [name for name in names if may_see_all or name not in _INTERNAL]
    start, count = max(parameters.integer("start", 1), 1), min(parameters.integer("num", 10), _MOST)
    page = names[start - 1 : start - 1 + count]
    more = start + count <= len(names)
    return {
        "query": parameters.text("q"),
        "total": len(names),
        "start": start,
        "num": len(page),
        "nextStart": start + count if more else -1,
        "results": [_item(request, name) for name in page],
    }


def _item(request: Request, name: str) -> dict[str, object]:
    return {
        "id": item_id(name),
        "owner": "surveyor",
        "title": name.replace("/", " "),
        "type": "Image Service",
        "snippet": f"The service <b>{name}</b> of the embedded server",
        "thumbnail": None if name in _WITHOUT_PICTURE else "thumbnail/ago_downloaded.png",
        "url": f"{request.origin}/arcgis/rest/services/{name}/ImageServer",
        "access": "org" if name in _INTERNAL else "public",
    }


def picture(identifier: str) -> Response:
    """The thumbnail of an item: a PNG of one color, which the id tells."""
    name = next((name for name in NAMES if item_id(name) == identifier), None)
    if name is None or name in _WITHOUT_PICTURE:
        raise ServiceError(404, "Item does not exist or is inaccessible.")
    color = np.frombuffer(bytes.fromhex(identifier[:6]), np.uint8)
    return Response(png(np.broadcast_to(color[:, np.newaxis, np.newaxis], (3, 133, 200))), "image/png")
