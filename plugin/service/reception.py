"""A body that is taken in pieces as it comes, and asked for again from where it broke off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from ..translation import tr
from .address import host_of
from .errors import ImageServerLayerError, ResponseError

_CONTENT_RANGE = re.compile(r"bytes\s+(\d+)-(\d+)/(\d+|\*)$", re.IGNORECASE)
PARTIAL = 206
NOT_SATISFIABLE = 416
# In bytes: after so much more of a body, the attempts at it are counted anew.
_PROGRESS = 2**20


class Receiver(Protocol):
    """Takes a body in pieces. An exception of its methods ends everything that is under way."""

    @property
    def offset(self) -> int:
        """How many bytes are here already; the next request asks for those that follow."""

    @property
    def size(self) -> int | None:
        """How many bytes the whole body has; None if unknown."""

    @property
    def validator(self) -> str:
        """The `ETag` or `Last-Modified` of the bytes that are here; empty if the server gave none."""

    def begin(self, offset: int, validator: str) -> None:
        """Keep the first `offset` bytes; the next piece follows them. `validator` is that of the body from now on."""

    def write(self, piece: bytes) -> None:
        """Take the next piece."""


class Reception:
    """One body on its way to a receiver, through as many requests as it takes."""

    def __init__(self, receiver: Receiver, url: str) -> None:
        self._receiver, self._url = receiver, url
        self._asked_from = 0
        self._furthest = receiver.offset
        # Of the answer that is under way.
        self.has_begun = False

    def headers(self) -> dict[bytes, bytes]:
        """Return the headers of the next request, which asks for what is missing (`Range`, `If-Range`)."""
        self.has_begun = False
        self._asked_from = self._receiver.offset
        # Byte ranges of a body that is compressed on the way would be ranges of something else.
        headers = {b"Accept-Encoding": b"identity"}
        if self._asked_from:
            headers[b"Range"] = f"bytes={self._asked_from}-".encode("ascii")
            if self._receiver.validator:
                headers[b"If-Range"] = self._receiver.validator.encode("latin-1", "ignore")
        return headers

    def room(self, max_bytes: int) -> int:
        """Return how many bytes the next answer may hold: all, as a server without ranges begins from the start."""
        return self._receiver.size if self._receiver.size is not None else max_bytes

    def begin_anew(self) -> bool:
        """Discard what is here, as the server's file is shorter than that; return whether there was anything."""
        if not self._asked_from:
            return False
        self._receiver.begin(0, "")
        return True

    def take(self, status: int, headers: Mapping[str, str], piece: bytes) -> ImageServerLayerError | None:
        """Hand a piece of an answer to the receiver; return the error if it is not what was asked for.

        Raises:
            ImageServerLayerError: the receiver cannot take it.
        """
        if not self.has_begun:
            problem = self._begin(status, headers)
            if problem is not None:
                return problem
            self.has_begun = True
        size = self._receiver.size
        if size is not None and self._receiver.offset + len(piece) > size:
            return self.other_size(self._receiver.offset + len(piece))
        self._receiver.write(piece)
        return None

    def end(self) -> ImageServerLayerError | None:
        """Return the error if the body, of which all has come, has not the promised size."""
        size = self._receiver.size
        return None if size is None or self._receiver.offset == size else self.other_size(self._receiver.offset)

    def has_progressed(self) -> bool:
        """Return whether the body has grown by `_PROGRESS` since this was last true."""
        progressed = self._receiver.offset >= self._furthest + _PROGRESS
        if progressed:
            self._furthest = self._receiver.offset
        return progressed

    def other_size(self, size: int) -> ResponseError:
        """Return the error of a body of another size than was promised."""
        message = tr("{host} promised {promised} bytes and sends {size}: the file may be changing just now.")
        promised = self._receiver.size
        text = message.format(host=host_of(self._url), promised=promised, size=size)
        return ResponseError(text, self._url)

    def _begin(self, status: int, headers: Mapping[str, str]) -> ImageServerLayerError | None:
        if headers.get("content-encoding", "").strip().lower() not in ("", "identity"):
            text = tr("{host} compresses the file on the way, which was not asked for: ask the owner of the service.")
            return ResponseError(text.format(host=host_of(self._url)), self._url)
        start = 0
        length = _whole_number(headers.get("content-length", ""))
        if status == PARTIAL:
            told = _CONTENT_RANGE.match(headers.get("content-range", "").strip())
            if told is None or int(told[1]) != self._asked_from:
                text = tr("{host} sent another part of the file than was asked for: try again later.")
                return ResponseError(text.format(host=host_of(self._url)), self._url)
            start = self._asked_from
            total = _whole_number(told[3])
        else:
            total = length
        if total is not None and self._receiver.size is not None and total != self._receiver.size:
            return self.other_size(total)
        validator = headers.get("etag", "").strip()
        if not validator or validator.startswith("W/"):
            # A weak ETag does not promise the same bytes.
            validator = headers.get("last-modified", "").strip()
        self._receiver.begin(start, validator)
        return None


def _whole_number(text: str) -> int | None:
    return int(text[:18]) if text.isascii() and text.isdigit() else None
