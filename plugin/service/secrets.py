"""Keep credentials out of everything a person or a file may see."""

from __future__ import annotations

import re

_PARAMETERS = re.compile(
    r"((?:token|api_?key|password|client_secret)(?:=|%3d|\"\s*:\s*\"))[^&\s\"'<>#;]+", re.IGNORECASE
)
_HEADERS = re.compile(r"((?:\bBearer|Authorization\W{1,3}Basic)\s+)[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE)
_USER_INFO = re.compile(r"([a-z][a-z0-9+.-]*://)[^/\s?#]+@", re.IGNORECASE)


def redacted(text: str) -> str:
    """Return `text` with the values of tokens, keys and passwords replaced by three dots."""
    text = _PARAMETERS.sub(r"\1…", text)
    text = _HEADERS.sub(r"\1…", text)
    return _USER_INFO.sub(r"\1", text)
