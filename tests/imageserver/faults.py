"""Faults on demand: what servers, proxies and networks do wrong."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Any

from .errors import ParameterError
from .wire import Request, Response, json_response

_LOGIN_PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form>Please sign in.</form></body></html>\n"
)

#: Added with the number of the hop to the address that a redirect leads to.
_REDIRECTED = re.compile(r"[?&]redirected=(\d+)$")

#: Kinds of faults, and the arguments that each takes with their defaults:
#:
#: - status: an HTTP status, with a body and headers such as Retry-After
#: - json_error: an error of ArcGIS, with HTTP 200
#: - html, empty: a page to sign in on, nothing at all, with HTTP 200
#: - drop: the connection is closed without an answer; reset: it is torn down after a fraction of the body
#: - truncate: it is closed after a fraction of the body; length: the header promises so many bytes more than there are
#: - hang: nothing for so many seconds, and then the right answer; drip: the right answer, so many bytes at a time
#: - redirect: to the same address so many hops long, or on another host, by another scheme; or to a location as given,
#:   each time
#: - samples: getSamples answers for the first so many locations only, with another value, with numbers that are shifted
#: - placeless: the catalog lists the first so many rasters of an answer without their footprints
#: - file_size: the download operation tells sizes with so many bytes more; no_range: files are sent whole each time
#: - url_limit: only addresses longer than that are refused
#: - size, bands, format, pixel_type: an image of another size, with other bands, in another format, of another type
KINDS: dict[str, dict[str, Any]] = {
    "status": {"status": 500, "body": "", "content_type": "text/html", "headers": {}},
    "json_error": {"code": 500, "message": "Error performing operation", "details": []},
    "html": {"body": _LOGIN_PAGE.decode()},
    "empty": {},
    "drop": {},
    "reset": {"fraction": 0.5},
    "truncate": {"fraction": 0.5},
    "length": {"difference": 1000},
    "hang": {"seconds": 60.0},
    "drip": {"size": 1, "seconds": 0.1},
    "size": {"columns": 1, "rows": 1},
    "bands": {"count": 1},
    "format": {"format": "png"},
    "pixel_type": {"pixel_type": "U8"},
    "samples": {"limit": 1000, "value": None, "shift": 0},
    "placeless": {"count": 1_000_000},
    "file_size": {"difference": 1},
    "no_range": {},
    "redirect": {"status": 302, "relative": False, "host": "", "scheme": "", "hops": 1, "location": ""},
    "url_limit": {"length": 2048, "status": 414},
}


@dataclass
class Fault:
    """A fault for the requests whose address or form, decoded or as sent, holds `match`.

    It leaves out the first `after` of them, meets each `every`th of the others, and happens `times` times (None = for
    good).
    """

    kind: str
    match: str
    times: int | None
    after: int
    every: int
    arguments: dict[str, Any]
    met: int = 0

    def applies(self, request: Request) -> bool:
        if self.kind == "redirect" and not self.arguments["location"] and _hops(request) >= self.arguments["hops"]:
            return False
        if self.kind == "url_limit" and len(request.target) <= self.arguments["length"]:
            return False
        texts = (request.target, request.path, request.body, *request.parameters.values())
        return any(self.match in text for text in texts)


@dataclass
class Faults:
    """The faults that are set, in that order, and the event that ends what hangs."""

    _faults: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    released: threading.Event = field(default_factory=threading.Event)

    def add(self, kind: str, match: str, times: int | None, after: int, every: int, arguments: dict[str, Any]) -> None:
        """Set a fault; raises `ParameterError` for a kind or an argument that there is not."""
        if kind not in KINDS or not arguments.keys() <= KINDS[kind].keys():
            raise ParameterError(f"There is no fault '{kind}' with the arguments {sorted(arguments)}.")
        with self._lock:
            self._faults.append(Fault(kind, match, times, after, every, {**KINDS[kind], **arguments}))

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()
            self.released.set()
            self.released = threading.Event()

    def take(self, request: Request) -> Fault | None:
        """The first fault that a request meets, counted as used."""
        with self._lock:
            for fault in self._faults:
                if fault.times == 0 or not fault.applies(request):
                    continue
                if fault.after:
                    fault.after -= 1
                    continue
                fault.met += 1
                if fault.met % fault.every:
                    continue
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None


def answer(fault: Fault, request: Request) -> Response | None:
    """The response that a fault gives instead of the right one; None for a fault that acts elsewhere."""
    given = fault.arguments
    if fault.kind == "status":
        return Response(given["body"].encode(), given["content_type"], given["status"], given["headers"])
    if fault.kind == "json_error":
        return json_response({"error": {key: given[key] for key in ("code", "message", "details")}})
    if fault.kind == "html":
        return Response(given["body"].encode(), "text/html;charset=UTF-8")
    if fault.kind == "empty":
        return Response(b"")
    if fault.kind == "redirect":
        return Response(b"", "text/html", given["status"], {"Location": given["location"] or _next_hop(request, given)})
    if fault.kind == "url_limit":
        return Response(b"<html><body>URI Too Long</body></html>", "text/html", given["status"])
    return None


def _hops(request: Request) -> int:
    match = _REDIRECTED.search(request.target)
    return int(match[1]) if match else 0


def _next_hop(request: Request, given: dict[str, Any]) -> str:
    plain = _REDIRECTED.sub("", request.target)
    target = f"{plain}{'&' if '?' in plain else '?'}redirected={_hops(request) + 1}"
    if given["relative"]:
        return target
    scheme, _, place = request.origin.partition("://")
    host, _, port = place.partition(":")
    return f"{given['scheme'] or scheme}://{given['host'] or host}:{port}{target}"
