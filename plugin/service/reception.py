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
# In bytes: who has come so much further may fail again as often as whoever has only begun.
_PROGRESS = 2**20


class Receiver(Protocol):
    """What takes the pieces. What it raises ends everything that is under way."""

    @property
    def offset(self) -> int:
        """How many bytes there are already: what is asked for begins there."""

    @property
    def size(self) -> int | None:
        """How many bytes there are to be in all, None where nobody knows."""

    @property
    def validator(self) -> str:
        """By what the server calls the version that these bytes are of; empty for none."""

    def begin(self, offset: int, validator: str) -> None:
        """Keep so many of the bytes that there are; what comes next follows them, and is of that version."""

    def write(self, piece: bytes) -> None:
        """Take the next piece."""


class Reception:
    """One body on its way to a receiver, through any number of answers."""

    def __init__(self, receiver: Receiver, url: str) -> None:
        self._receiver, self._url = receiver, url
        self._asked_from = 0
        self._furthest = receiver.offset
        # Of the answer that is under way.
        self.has_begun = False

    def headers(self) -> dict[bytes, bytes]:
        """Return what to say in the next request: from where on, and of which version. It begins a new answer."""
        self.has_begun = False
        self._asked_from = self._receiver.offset
        # A file is kept as it is: what a server packs on the way could not be gone on with.
        headers = {b"Accept-Encoding": b"identity"}
        if self._asked_from:
            headers[b"Range"] = f"bytes={self._asked_from}-".encode("ascii")
            if self._receiver.validator:
                headers[b"If-Range"] = self._receiver.validator.encode("latin-1", "ignore")
        return headers

    def room(self, max_bytes: int) -> int:
        """Return how many bytes the next answer may hold, of which a server that knows no ranges sends all anew."""
        return self._receiver.size if self._receiver.size is not None else max_bytes

    def begin_anew(self) -> bool:
        """Forget what there is, if there is anything; what the server has is shorter than that."""
        if not self._asked_from:
            return False
        self._receiver.begin(0, "")
        return True

    def take(self, status: int, headers: Mapping[str, str], piece: bytes) -> ImageServerLayerError | None:
        """Hand a piece of an answer on; return why it cannot be.

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
        """Return what is wrong with the whole, if anything."""
        size = self._receiver.size
        return None if size is None or self._receiver.offset == size else self.other_size(self._receiver.offset)

    def has_progressed(self) -> bool:
        """Return whether much more has come than ever before."""
        progressed = self._receiver.offset >= self._furthest + _PROGRESS
        if progressed:
            self._furthest = self._receiver.offset
        return progressed

    def other_size(self, size: int) -> ResponseError:
        """Return the error of a body that has another size than was promised."""
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
            # A weak one does not say that every byte is the same.
            validator = headers.get("last-modified", "").strip()
        self._receiver.begin(start, validator)
        return None


def _whole_number(text: str) -> int | None:
    return int(text[:18]) if text.isascii() and text.isdigit() else None
