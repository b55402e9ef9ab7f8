"""The body of an answer as it was before the server packed it for the way.

Qt would unpack it, too, but all of it, however large that is, before anybody sees how large: a small answer can become
hundreds of megabytes. It leaves alone what somebody else has said to take (`ACCEPTED`).
"""

from __future__ import annotations

import zlib
from dataclasses import replace

from qgis.PyQt.QtNetwork import QNetworkReply

from .exchange import Answer

ACCEPTED = b"gzip"
"""What goes into `Accept-Encoding`."""

_PLAIN = ("", "identity")
_PACKED = ("gzip", "x-gzip", "deflate")
# zlib detects by the first bytes which of the two it is.
_GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


def unpacked(answer: Answer, max_bytes: int) -> Answer:
    """Return the answer with its body as it was; too large where that has more than `max_bytes`.

    What cannot be unpacked is an error, what breaks off in the middle a cut connection.
    """
    encoding = answer.headers.get("content-encoding", "").strip().lower()
    if encoding in _PLAIN or not answer.content:
        return answer
    if encoding not in _PACKED:
        return _broken(answer, QNetworkReply.NetworkError.ProtocolFailure, encoding)
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        content = unpacker.decompress(answer.content, max_bytes + 1)
    except zlib.error as problem:
        return _broken(answer, QNetworkReply.NetworkError.ProtocolFailure, f"{encoding}: {problem}")
    if len(content) > max_bytes:
        return replace(answer, content=b"", is_too_large=True)
    if not unpacker.eof:
        return _broken(answer, QNetworkReply.NetworkError.RemoteHostClosedError, encoding)
    return replace(answer, content=content)


def _broken(answer: Answer, error: QNetworkReply.NetworkError, text: str) -> Answer:
    """Return the answer without its body; an error that it has already counts more."""
    if answer.error != QNetworkReply.NetworkError.NoError:
        return replace(answer, content=b"")
    return replace(answer, content=b"", error=error, error_text=f"Content-Encoding: {text}")
