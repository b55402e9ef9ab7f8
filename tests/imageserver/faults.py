"""Faults on demand: what servers, proxies and networks do wrong."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Any

from .errors import ParameterError
from .wire import Request, Response, json_response

_LOGIN_PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form>Please sign in.</form></body></html>\n"
)

#: Added to the address that a redirect leads to, so that it is not redirected again.
REDIRECTED = "redirected=1"

#: Kinds of faults, and the arguments that each takes with their defaults.
KINDS: dict[str, dict[str, Any]] = {
    "status": {"status": 500, "body": "", "content_type": "text/html", "headers": {}},
    "json_error": {"code": 500, "message": "Error performing operation", "details": []},
    "html": {"body": _LOGIN_PAGE.decode()},
    "empty": {},
    "drop": {},
    "truncate": {"fraction": 0.5},
    "hang": {"seconds": 30.0},
    "size": {"columns": 1, "rows": 1},
    "bands": {"count": 1},
    "redirect": {"status": 302, "relative": False},
    "url_limit": {"length": 2048, "status": 414},
}


@dataclass
class Fault:
    """A fault for the requests whose address or form, decoded or as sent, holds `match`.

    It leaves out the first `after` of them and then happens `times` times (None = for good).
    """

    kind: str
    match: str
    times: int | None
    after: int
    arguments: dict[str, Any]

    def applies(self, request: Request) -> bool:
        if self.kind == "redirect" and REDIRECTED in request.target:
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

    def add(self, kind: str, match: str, times: int | None, after: int, arguments: dict[str, Any]) -> None:
        """Set a fault; raises `ParameterError` for a kind or an argument that there is not."""
        if kind not in KINDS or not arguments.keys() <= KINDS[kind].keys():
            raise ParameterError(f"There is no fault '{kind}' with the arguments {sorted(arguments)}.")
        with self._lock:
            self._faults.append(Fault(kind, match, times, after, {**KINDS[kind], **arguments}))

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
        location = f"{request.target}{'&' if '?' in request.target else '?'}{REDIRECTED}"
        headers = {"Location": location if given["relative"] else request.origin + location}
        return Response(b"", "text/html", given["status"], headers)
    if fault.kind == "url_limit":
        return Response(b"<html><body>URI Too Long</body></html>", "text/html", given["status"])
    return None
